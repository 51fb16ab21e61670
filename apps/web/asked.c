/* asked.c: see asked.h. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include <string.h>

void asked_members(asked_ask *ask, const ent_json_value **options, ask_member members[ASKED_MEMBERS])
{
    const ask_member rows[ASKED_MEMBERS] = {
        {"yaml", ASK_TEXT, &ask->yaml, NULL},           {"world", ASK_TEXT, &ask->world_name, NULL},
        {"blueprint", ASK_TEXT, &ask->blueprint, NULL}, {"set", ASK_TEXTS, &ask->settings, NULL},
        {"options", ASK_OBJECT, options, NULL},
    };
    memcpy(members, rows, sizeof rows);
}

ent_status asked_check(asked_ask *ask, const ent_json_value *options, ent_arena *arena, ent_error *err)
{
    if (options != NULL) ENT_TRY(web_options_read(options, arena, &ask->options, err));
    return ask->blueprint == NULL || web_is_preset(ask->blueprint, err) ? ENT_OK : ENT_BAD_INPUT;
}

static ent_status read_scenario(asked *a, ent_arena *arena, ent_error *err)
{
    if (a->ask.yaml == NULL) return ENT_OK;
    ENT_SCRATCH scratch = {0};
    const ent_bytes bytes = {a->ask.yaml, strlen(a->ask.yaml)};
    ENT_TRY(ent_scenario_parse(bytes, "", NULL, &scratch, &a->scenario, err));
    const char *slug = web_slug(a->scenario.name, arena);
    a->file = slug == NULL ? NULL : ent_string_format(arena, "%s.yaml", slug);
    if (a->file == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a scenario");
    return ent_scenario_parse(bytes, a->file, NULL, arena, &a->scenario, err);
}

ent_status asked_solve(web_app *app, asked *a, ent_arena *arena, ent_error *err)
{
    const asked_ask *ask = &a->ask;
    ENT_TRY(read_scenario(a, arena, err));
    const ent_scenario *scenario = a->file != NULL ? &a->scenario : NULL;
    const char *own = scenario != NULL ? scenario->world : NULL;
    a->world = web_world_find(&app->worlds, ask->world_name != NULL ? ask->world_name : own, err);
    if (a->world == NULL) return ENT_BAD_INPUT;
    ent_options options = ask->options;
    options.stop = web_watch_stop;
    options.stop_who = a->watch;
    const web_choice choice = {.world = a->world,
                               .scenario = scenario,
                               .blueprint = ask->blueprint,
                               .settings = ask->settings.word,
                               .count = ask->settings.count,
                               .options = &options};
    ENT_TRY(web_benchmark_take(&app->worlds, &choice, &a->base, err));
    const ent_network *net = &a->base->net;
    if (scenario != NULL)
        ENT_TRY(ent_scenario_place(scenario, net, arena, &a->policy, err));
    else
        ENT_TRY(ent_policy_none(net, arena, &a->policy, err));
    return web_benchmark_solve(&app->worlds, a->base, &ask->options, a->watch, &a->policy, arena, &a->eq, err);
}

void asked_close(web_app *app, asked *a)
{
    if (a->base != NULL) web_benchmark_give(&app->worlds, a->base);
    a->base = NULL;
}

/* ---- the command ---- */

void asked_say_option(ent_text *line, const char *option, const char *word)
{
    ent_text_say(line, " --%s", option);
    web_say_word(line, word);
}

void asked_begin_line(const asked *a, ent_text *line)
{
    ent_text_say(line, "entente %s", a->ask.command);
    if (a->file != NULL) web_say_word(line, a->file);
}

static void end_line(const asked *a, ent_text *line)
{
    if (a->ask.world_name != NULL || a->world->option != NULL)
        asked_say_option(line, "world", a->world->option != NULL ? a->world->option : a->ask.world_name);
    if (a->ask.blueprint != NULL) asked_say_option(line, "blueprint", a->ask.blueprint);
    for (ptrdiff_t s = 0; s < a->ask.settings.count; s++) asked_say_option(line, "set", a->ask.settings.word[s]);
}

/* ---- the answer's head ---- */

void asked_say_files(const char *file, const char *yaml, ent_json *json)
{
    ent_json_key(json, "files");
    ent_json_open(json, '[');
    if (file != NULL) {
        ent_json_open(json, '{');
        ent_json_pair(json, "name", file);
        ent_json_pair(json, "yaml", yaml);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_certificate(const ent_certificate *c, ent_json *json)
{
    ent_json_key(json, "certificate");
    ent_json_open(json, '{');
    ent_json_key(json, "converged");
    ent_json_truth(json, c->converged);
    ent_json_pair_number(json, "tolerance", c->tolerance);
    ent_json_pair_number(json, "excess", c->excess);
    ent_json_pair_number(json, "price", c->price);
    ent_json_pair_number(json, "walras", c->walras);
    ent_json_pair(json, "method", ent_method_words(c->method));
    ent_json_pair_integer(json, "passes", c->passes);
    ent_json_close(json, '}');
}

void asked_say(const asked *a, ent_text *line, ent_arena *arena, ent_json *json)
{
    end_line(a, line);
    ent_json_pair(json, "where",
                  a->file != NULL ? ent_string_format(arena, "after: %s", a->scenario.name) : "at the benchmark");
    ent_json_pair(json, "world", a->world->table.name);
    ent_json_pair_integer(json, "year", a->world->table.year);
    ent_json_pair(json, "blueprint", a->base->blueprint.name);
    ent_json_pair(json, "command", line->failed ? NULL : line->data);
    asked_say_files(a->file, a->ask.yaml, json);
    say_certificate(&a->eq.certificate, json);
}

void asked_say_codes(const char *key, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < names->count; n++) ent_json_string(json, names->code[n]);
    ent_json_close(json, ']');
}

/* ---- names ---- */

ent_status asked_fail_name(const ent_names *names, const char *what, const char *word, ent_error *err)
{
    const char *near = ent_names_nearest(names, word);
    if (near != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "there is no %s called %.60s; did you mean %s?", what, word, near);
    return ent_fail(err, ENT_BAD_INPUT, "there is no %s called %.60s", what, word);
}

ent_status asked_mark(const char *what, const ask_texts *words, const ent_names *names, const ent_groups *groups,
                      ent_arena *arena, unsigned char **list, ent_error *err)
{
    *list = NULL;
    if (words->count == 0) return ENT_OK;
    *list = ent_new0(arena, unsigned char, names->count);
    if (*list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a list of names");
    for (ptrdiff_t w = 0; w < words->count; w++) {
        const ptrdiff_t name = ent_names_find(names, words->word[w]);
        const ptrdiff_t group = name < 0 ? ent_names_find(&groups->names, words->word[w]) : -1;
        if (name < 0 && group < 0) return asked_fail_name(names, what, words->word[w], err);
        if (name >= 0) (*list)[name] = 1;
        for (ptrdiff_t i = 0; group >= 0 && i < names->count; i++)
            if (groups->member[group * groups->of + i]) (*list)[i] = 1;
    }
    return ENT_OK;
}
