/* run.c: the corridor of the library for texts that came by the wire: scenarios on one world, each on a benchmark that
 * may be kept already, each solved from that benchmark. The report is that of the command, to the byte; what is written
 * here once more is only which call follows which. */
// SPDX-License-Identifier: MIT
#include "runs.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names and the command's line ---- */

const char *web_slug(const char *name, ent_arena *arena)
{
    enum {
        MOST = 48
    };
    char slug[MOST + 1];
    int length = 0;
    for (const char *c = name; *c != 0 && length < MOST; c++) {
        const int letter = isascii((unsigned char)*c) && isalnum((unsigned char)*c);
        if (letter)
            slug[length++] = (char)tolower((unsigned char)*c);
        else if (length > 0 && slug[length - 1] != '-')
            slug[length++] = '-';
    }
    while (length > 0 && slug[length - 1] == '-') length--;
    slug[length] = 0;
    return ent_string_copy(arena, length > 0 ? slug : "scenario");
}

void web_say_word(ent_text *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,:=%@";
    if (*word != 0 && word[strspn(word, plain)] == 0) {
        ent_text_say(line, " %s", word);
        return;
    }
    ent_text_say(line, " '");
    for (; *word != 0; word++)
        if (*word == '\'')
            ent_text_say(line, "'\\''");
        else
            ent_text_add(line, word, 1);
    ent_text_say(line, "'");
}

static void say_option_double(ent_text *line, const char *name, double value, double preset)
{
    if (!(value < preset || value > preset)) return;
    char number[32]; /* as short as reads back to the same double */
    snprintf(number, sizeof number, "%.15g", value);
    const double back = strtod(number, NULL);
    if (back < value || back > value) snprintf(number, sizeof number, "%.17g", value);
    ent_text_say(line, " --%s %s", name, number);
}

static void say_option_ptrdiff_t(ent_text *line, const char *name, ptrdiff_t value, ptrdiff_t preset)
{
    if (value != preset) ent_text_say(line, " --%s %td", name, value);
}

void web_say_options(ent_text *line, const ent_options *options)
{
    const ent_options usual = ent_options_default();
    if (options->method != usual.method) ent_text_say(line, " --method %s", ent_method_words(options->method));
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    say_option_##type(line, #name, options->name, usual.name);
#include <entente/options.def>
#undef OPTION
}

static ent_status say_command(web_run *run, ent_arena *arena, ent_error *err)
{
    static const char *const decompositions[] = {"auto", "always", "never"};
    const run_ask *ask = &run->ask;
    ent_text line = {.arena = arena};
    ent_text_say(&line, "entente run");
    for (ptrdiff_t s = 0; s < run->count; s++) web_say_word(&line, run->future[s].file);
    if (ask->world != NULL || run->world->option != NULL) {
        ent_text_say(&line, " --world");
        web_say_word(&line, run->world->option != NULL ? run->world->option : ask->world);
    }
    if (ask->blueprint != NULL) ent_text_say(&line, " --blueprint %s", ask->blueprint);
    for (ptrdiff_t s = 0; s < ask->settings.count; s++) {
        ent_text_say(&line, " --set");
        web_say_word(&line, ask->settings.word[s]);
    }
    web_say_options(&line, &ask->options);
    if (ask->decompose != RUN_DECOMPOSE_AUTO) ent_text_say(&line, " --decompose %s", decompositions[ask->decompose]);
    if (ask->uncertain) {
        ent_text_say(&line, " --uncertain default%s", ask->second_order ? " --second-order" : "");
        say_option_double(&line, "correlation", ask->correlation, 0.0);
        say_option_ptrdiff_t(&line, "draws", ask->draws, 0);
        say_option_ptrdiff_t(&line, "seed", ask->seed, 1);
    }
    ent_text_say(&line, " --out answers");
    run->command = line.data;
    return line.failed ? ent_fail(err, ENT_NO_MEMORY, "no memory for a command line") : ENT_OK;
}

void web_run_say_files(const web_run *run, ent_json *json)
{
    ent_json_pair(json, "command", run->command);
    ent_json_key(json, "files");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < run->count; s++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "name", run->future[s].file);
        ent_json_pair(json, "yaml", run->ask.texts.word[s]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- identity ---- */

static void say_canonical_options(const ent_options *options, ent_json *json)
{
    const ent_options usual = ent_options_default();
    ent_json_key(json, "options");
    ent_json_open(json, '{');
    if (options->method != usual.method) ent_json_pair(json, "method", ent_method_words(options->method));
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    if (options->name < usual.name || options->name > usual.name)                                                      \
        ent_json_pair_number(json, #name, (double)options->name);
#include <entente/options.def>
#undef OPTION
    ent_json_close(json, '}');
}

static void say_texts(const char *key, const ask_texts *texts, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t t = 0; t < texts->count; t++) ent_json_string(json, texts->word[t]);
    ent_json_close(json, ']');
}

/* The request without how it is shown; reading it gives the same run. */
static ent_status say_canonical(web_run *run, ent_arena *arena, ent_error *err)
{
    static const char *const decompositions[] = {"auto", "always", "never"};
    const run_ask *ask = &run->ask;
    ent_text text = {.arena = arena}, identity = {.arena = arena};
    ent_json json = {.text = &text};
    char hash[65];
    ent_json_open(&json, '{');
    say_texts("scenarios", &ask->texts, &json);
    ent_json_pair(&json, "world", ask->world);
    ent_json_pair(&json, "blueprint", ask->blueprint);
    say_texts("set", &ask->settings, &json);
    say_canonical_options(&ask->options, &json);
    ent_json_pair(&json, "decompose", decompositions[ask->decompose]);
    if (ask->uncertain) {
        ent_json_key(&json, "uncertain");
        ent_json_open(&json, '{');
        ent_json_pair_number(&json, "correlation", ask->correlation);
        ent_json_pair_integer(&json, "draws", ask->draws);
        ent_json_pair_integer(&json, "seed", ask->seed);
        ent_json_key(&json, "second_order");
        ent_json_truth(&json, ask->second_order);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, '}');
    ent_text_say(&identity, "%s\n%s\n%s", ENT_VERSION, run->world->hash, text.failed ? "" : text.data);
    if (identity.failed || text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for a run");
    ent_hash_hex(identity.data, identity.size, hash);
    memcpy(run->id, hash, RUN_ID);
    run->id[RUN_ID] = 0;
    run->canonical = text.data;
    return ENT_OK;
}

/* ---- before the solve ---- */

/* The text once for its name, and once more as the file that the command will read. */
static ent_status read_scenario(web_run *run, ptrdiff_t s, ent_arena *arena, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const char *text = run->ask.texts.word[s];
    const ent_bytes bytes = {text, strlen(text)};
    run_future *f = &run->future[s];
    ENT_TRY(ent_scenario_parse(bytes, "", NULL, &scratch, &f->scenario, err));
    const char *slug = web_slug(f->scenario.name, arena), *file = slug;
    for (ptrdiff_t other = 0, number = 2; slug != NULL && file != NULL && other < s;) {
        const size_t length = strlen(file);
        if (strncmp(run->future[other].file, file, length) == 0 &&
            strcmp(run->future[other].file + length, ".yaml") == 0) {
            file = ent_string_format(arena, "%s-%td", slug, number++);
            other = 0;
        } else {
            other++;
        }
    }
    f->file = file == NULL ? NULL : ent_string_format(arena, "%s.yaml", file);
    if (f->file == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a scenario");
    return ent_scenario_parse(bytes, f->file, NULL, arena, &f->scenario, err);
}

static ent_status find_world(const web_app *app, web_run *run, ent_error *err)
{
    const char *name = run->ask.world;
    for (ptrdiff_t s = 0; run->ask.world == NULL && s < run->count; s++) {
        const char *said = run->future[s].scenario.world;
        const char *own = said != NULL ? said : app->worlds.world->table.name;
        if (name != NULL && own != NULL && strcmp(name, own) != 0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "one scenario stands on the world %.60s, another on %.60s; those shown side by side share "
                            "one: say `world`, or run them one by one",
                            name, own);
        name = own;
    }
    run->world = web_world_find(&app->worlds, name, err);
    return run->world == NULL ? ENT_BAD_INPUT : ENT_OK;
}

ent_status web_run_prepare(web_app *app, const run_ask *ask, ent_arena *arena, web_run *run, ent_error *err)
{
    *run = (web_run){.ask = *ask, .count = ask->texts.count, .wrong = -1, .notes = {.arena = arena}};
    run->future = ent_new0(arena, run_future, run->count);
    if (run->future == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a run");
    for (ptrdiff_t s = 0; s < run->count; s++) {
        run->wrong = s;
        ENT_TRY(read_scenario(run, s, arena, err));
    }
    run->wrong = -1;
    ENT_TRY(find_world(app, run, err));
    ENT_TRY(say_command(run, arena, err));
    return say_canonical(run, arena, err);
}

/* ---- the solve ---- */

static void add_note(web_run *run, const char *format, const char *name, const char *why)
{
    ENT_SCRATCH scratch = {0};
    const char *note = ent_string_format(&scratch, "%s: %s: %s", name, format, why);
    ent_json json = {.text = &run->notes, .depth = 1, .busy = {0, run->notes.size > 0}};
    if (note != NULL) ent_json_string(&json, note);
}

/* Real income by its causes (E14), as `entente run` decides it: by the size of the work, not by the clock. */
static ent_status explain(web_run *run, run_future *f, const ent_options *options, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const double quick = 1e7; /* edges × passes of the solve: ten times that is some second */
    const ent_network *net = &f->base->net;
    const int decompose = run->ask.decompose;
    const double work = (double)net->edges * (double)f->equilibrium.certificate.passes;
    ent_decomposition parts;
    ent_error why = {0};
    if (decompose == RUN_DECOMPOSE_NEVER) return ENT_OK;
    if (decompose == RUN_DECOMPOSE_AUTO && (work > quick || (run->ask.detail != ENT_PAGE_FULL && !run->ask.keep)))
        return ENT_OK;
    const ent_status status = ent_outcome_decompose(net, &f->policy, &f->equilibrium, options, &scratch, &parts, &why);
    if (status == ENT_OK) {
        ent_outcome_take_parts(&f->outcome, &parts);
        return ENT_OK;
    }
    if (decompose == RUN_DECOMPOSE_AUTO && status == ENT_NOT_CONVERGED) {
        add_note(run, "left without parts", f->scenario.name, why.text);
        return ENT_OK;
    }
    return ent_fail(err, status, "%s: %s", f->file, why.text);
}

static int say_draws(void *who, ptrdiff_t done, ptrdiff_t draws)
{
    web_watch_say(who, "draws", done, draws);
    return web_watch_stop(who);
}

static ent_status doubt(const web_run *run, run_future *f, const ent_options *options, web_watch *watch,
                        ent_arena *arena, ent_error *err)
{
    const run_ask *ask = &run->ask;
    const ent_answer_point point = {&f->base->net, &f->policy, &f->equilibrium, options};
    if (!ask->uncertain) return ENT_OK;
    ent_spread *spread = ent_new0(arena, ent_spread, 1);
    if (spread == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for standard errors");
    ENT_TRY(ent_spread_read("default", &f->base->table, &f->base->blueprint, arena, spread, err));
    spread->correlation = ask->correlation;
    web_watch_say(watch, "elasticities", 0, 1);
    ENT_TRY(ent_uncertainty_delta(&point, spread, ask->second_order ? ENT_ORDER_SECOND : ENT_ORDER_SHIFT, arena,
                                  &f->uncertainty, err));
    if (ask->draws == 0) return ENT_OK;
    const ent_drawing drawing = {
        .draws = ask->draws, .seed = (uint64_t)ask->seed, .progress = say_draws, .progress_who = watch};
    return ent_uncertainty_draw(&point, &drawing, arena, &f->uncertainty, err);
}

static ent_status solve(web_app *app, web_run *run, run_future *f, web_watch *watch, ent_arena *arena, ent_error *err)
{
    const run_ask *ask = &run->ask;
    ent_options options = ask->options;
    options.stop = web_watch_stop;
    options.stop_who = watch;
    const web_choice choice = {.world = run->world,
                               .scenario = &f->scenario,
                               .blueprint = ask->blueprint,
                               .settings = ask->settings.word,
                               .count = ask->settings.count,
                               .options = &options};
    ENT_TRY(web_benchmark_take(&app->worlds, &choice, &f->base, err));
    const ent_network *net = &f->base->net;
    ENT_TRY(ent_scenario_place(&f->scenario, net, arena, &f->policy, err));
    ENT_TRY(web_benchmark_solve(&app->worlds, f->base, &ask->options, watch, &f->policy, arena, &f->equilibrium, err));
    ENT_TRY(ent_outcome_measure(net, &f->policy, &f->equilibrium, arena, &f->outcome, err));
    ENT_TRY(explain(run, f, &options, err));
    ENT_TRY(doubt(run, f, &options, watch, arena, err));
    return ent_scenario_lines(&f->scenario, arena, &f->lines, &f->line_count, err);
}

ent_status web_run_solve(web_app *app, web_watch *watch, ent_arena *arena, web_run *run, ent_error *err)
{
    const double began = ent_seconds();
    ent_answer *answers = ent_new0(arena, ent_answer, run->count);
    if (answers == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a run");
    for (ptrdiff_t s = 0; s < run->count; s++) {
        run_future *f = &run->future[s];
        run->wrong = s;
        web_watch_say(watch, "scenarios", s, run->count);
        ENT_TRY(solve(app, run, f, watch, arena, err));
        answers[s] = (ent_answer){&f->scenario, &f->outcome,   &f->equilibrium,
                                  f->lines,     f->line_count, run->ask.uncertain ? &f->uncertainty : NULL};
    }
    run->wrong = -1;
    run->report = (ent_report){
        .answers = answers,
        .count = run->count,
        .table = &run->world->table,
        .options = &run->ask.options,
        .world_hash = run->world->hash,
        .command = run->command,
        .seconds = ent_seconds() - began,
    };
    return ENT_OK;
}

void web_run_close(web_app *app, web_run *run)
{
    for (ptrdiff_t s = 0; run->future != NULL && s < run->count; s++)
        if (run->future[s].base != NULL) web_benchmark_give(&app->worlds, run->future[s].base);
}
