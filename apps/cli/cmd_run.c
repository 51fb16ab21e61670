/* cmd_run.c: `entente run`: scenarios from files to words, along the one corridor of the library.
 *
 * All scenarios of one call stand on one world and are shown side by side. The world is read once; a benchmark (the
 * world with a scenario's `start:` duties, laid out by its blueprint) is laid once and shared by the scenarios whose
 * duties and blueprints are equal, number by number. Each scenario is solved from the benchmark, not from its
 * neighbour, so that its answer does not depend on the company it is run in. Nothing is printed or written until every
 * scenario has its answer. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "progress.h"
#include "uncertain.h"
#include "words.h"
#include <entente/entente.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum {
    DECOMPOSE_AUTO,
    DECOMPOSE_ALWAYS,
    DECOMPOSE_NEVER
} decompose_choice; /* in the order of the option's words */

typedef struct {
    words_list paths, settings;
    const char *world, *blueprint, *out;
    int format, method, quiet, decompose;
    uncertain_ask uncertain;
    ent_options options;
    const char *line; /* the command line itself, for the manifest */
} request;

/* What a network is laid from, and the network. */
typedef struct {
    ent_table table; /* the world with duties of its own, where `start:` changed them */
    ent_blueprint blueprint;
    ent_network net;
} benchmark;

/* One scenario on its way through the corridor. */
typedef struct {
    ent_scenario scenario;
    const benchmark *base;
    ent_policy policy;
    ent_equilibrium equilibrium;
    ent_outcome outcome;
    const char *const *lines;
    ptrdiff_t line_count;
    ent_uncertainty uncertainty; /* where it was asked for */
    const char *partial;         /* draws that are done, until the answers are written */
} future;

/* All of one call; everything lives in house. */
typedef struct {
    request ask;
    progress line;
    ent_arena *house;
    ent_table world;
    future *futures;  /* [ask.paths.count] */
    benchmark **laid; /* [benchmarks], room for one a future */
    ptrdiff_t benchmarks;
} run;

/* ---- the command line ---- */

#define OPTION_KIND(type) _Generic((type)0, double : WORDS_NUMBER, ptrdiff_t : WORDS_COUNT)
static int read_words(int count, char **words, ent_arena *house, request *ask)
{
    const words_option options[] = {
        {"world", 'w', WORDS_TEXT, &ask->world, "WORLD", "an embedded world or a world file; default: the scenario's"},
        {"blueprint", 'b', WORDS_TEXT, &ask->blueprint, "NAME|FILE", "a blueprint by name or from a YAML file"},
        {"set", 's', WORDS_LIST, &ask->settings, "KEY=VALUE", "one key of the blueprint, as elasticities.ELE=4.5"},
        {"out", 'o', WORDS_TEXT, &ask->out, "DIR", "write manifest, CSV, netCDF and report.html there"},
        {"format", 'f', WORDS_CHOICE, &ask->format, "text|json|csv", "what is printed; default text"},
        {"method", 0, WORDS_CHOICE, &ask->method, "auto|fixed-point|newton|homotopy", "the solver; default auto"},
        {"decompose", 0, WORDS_CHOICE, &ask->decompose, "auto|always|never",
         "real income by its causes; auto: where it is quick"},
        {"uncertain", 'u', WORDS_TEXT, &ask->uncertain.path, "FILE|default",
         "± from standard errors of elasticities: CSV sector,se"},
        {"correlation", 0, WORDS_NUMBER, &ask->uncertain.correlation, "R", "between any two elasticities; default 0"},
        {"second-order", 0, WORDS_FLAG, &ask->uncertain.second, NULL,
         "± with curvature; some 2 K (K + 2) solves for K elasticities"},
        {"draws", 0, WORDS_COUNT, &ask->uncertain.draws, "N",
         "solve for N draws of elasticities too; --threads at once"},
        {"seed", 0, WORDS_COUNT, &ask->uncertain.seed, "N", "of the draws; default 1"},
        {"quiet", 'q', WORDS_FLAG, &ask->quiet, NULL, "no progress and no closing line on stderr"},
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    {#name, 0, OPTION_KIND(type), &ask->options.name, "N", meaning "; in " unit ", default " #preset},
#include <entente/options.def>
#undef OPTION
    };
    const words_command command = {
        "run",
        "SCENARIO.yaml... [options]",
        "Solves scenarios on one world and shows their answers side by side. A scenario file says which\n"
        "duties, taxes, costs and transfers change; entente-scenario(5) describes it. The command line has\n"
        "the last word: --world, --blueprint and --set stand above what the files say.",
        "  entente run examples/lancaster-house/truce.yaml\n"
        "  entente run examples/lancaster-house/*.yaml --out answers\n"
        "  entente run truce.yaml --set sourcing=two-tier --format csv\n"
        "  entente run truce.yaml --uncertain default --draws 10000 --threads 2 --out answers",
        options,
        sizeof options / sizeof *options,
    };
    const int early = words_read(&command, count, words, house, &ask->paths);
    if (early >= 0) return early;
    if (ask->paths.count == 0) return words_wrong("run needs a scenario file; `entente help run` shows how");
    ask->options.method = (ent_method)ask->method;
    ent_error err = {0};
    ent_status status = ent_options_check(&ask->options, &err);
    if (status == ENT_OK) status = uncertain_check(&ask->uncertain, &err);
    return status == ENT_OK ? -1 : words_fail(status, &err);
}

/* ---- benchmarks ---- */

/* The world with the scenario's own start, and its blueprint, the command line last. */
static ent_status choose(const run *r, const ent_scenario *scenario, benchmark *fresh, ent_error *err)
{
    const request *ask = &r->ask;
    const ptrdiff_t duties = r->world.regions.count * r->world.regions.count * r->world.sectors.count;
    fresh->table = r->world;
    fresh->table.duty = ent_new(r->house, double, duties);
    if (fresh->table.duty == NULL) return ENT_NO_MEMORY;
    memcpy(fresh->table.duty, r->world.duty, (size_t)duties * sizeof(double));
    ENT_TRY(ent_scenario_start(scenario, &fresh->table, r->house, err));
    ENT_TRY(ent_blueprint_default(&fresh->table, r->house, &fresh->blueprint, err));
    ENT_TRY(ent_scenario_blueprint(scenario, &fresh->table, r->house, &fresh->blueprint, err));
    if (ask->blueprint != NULL)
        ENT_TRY(ent_blueprint_read(ask->blueprint, &fresh->table, r->house, &fresh->blueprint, err));
    for (ptrdiff_t s = 0; s < ask->settings.count; s++)
        ENT_TRY(ent_blueprint_set(ask->settings.word[s], &fresh->table, r->house, &fresh->blueprint, err));
    return ENT_OK;
}

static int same_benchmark(const benchmark *a, const benchmark *b)
{
    const ent_table *t = &a->table;
    return memcmp(t->duty, b->table.duty,
                  (size_t)(t->regions.count * t->regions.count * t->sectors.count) * sizeof(double)) == 0 &&
           ent_blueprint_same(&a->blueprint, &b->blueprint, t);
}

/* The network that a scenario stands on: one that is there already, or a new one. */
static ent_status lay(run *r, const ent_scenario *scenario, const benchmark **base, ent_error *err)
{
    benchmark *fresh = ent_new0(r->house, benchmark, 1);
    if (fresh == NULL) return ENT_NO_MEMORY;
    ENT_TRY(choose(r, scenario, fresh, err));
    for (ptrdiff_t b = 0; b < r->benchmarks; b++)
        if (same_benchmark(r->laid[b], fresh)) {
            *base = r->laid[b];
            return ENT_OK;
        }
    ent_network laid_out;
    r->line.who = "benchmark";
    ENT_TRY(ent_network_lay(&fresh->table, &fresh->blueprint, r->house, &laid_out, err));
    ENT_TRY(ent_network_balance(&laid_out, &r->ask.options, r->house, &fresh->net, err)); /* closure: balanced (E10) */
    *base = r->laid[r->benchmarks++] = fresh;
    return ENT_OK;
}

/* ---- the corridor ---- */

static ent_status read_world(run *r, ent_error *err)
{
    static const char standard[] = "baseline2022";
    const char *name = r->ask.world;
    for (ptrdiff_t s = 0; r->ask.world == NULL && s < r->ask.paths.count; s++) {
        const ent_scenario *first = &r->futures[0].scenario, *here = &r->futures[s].scenario;
        const char *own = here->world != NULL ? here->world : standard;
        if (name != NULL && strcmp(name, own) != 0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s stands on the world %s, but %s on %s; scenarios shown side by side share one world: "
                            "give --world, or run them one by one",
                            first->path, name, here->path, own);
        name = own;
    }
    ENT_TRY(ent_table_read(name, r->house, &r->world, err));
    return ent_table_check(&r->world, err); /* E1, E2: a world that does not balance has no benchmark */
}

/* Say how far off the best point is: a run that has not converged has no result. */
static ent_status say_how_far(const run *r, const future *one, ent_error *err)
{
    const ent_certificate *c = &one->equilibrium.certificate;
    const char *where =
        c->worst_node >= 0 ? ent_network_node_name(&one->base->net, c->worst_node, r->house) : "no node";
    if (where == NULL) return ENT_NO_MEMORY;
    const char *quotas = "";
    if (one->policy.quotas > 0)
        quotas =
            ent_string_format(r->house, ", quotas %.2e%s", c->complementarity,
                              c->complementarity > 1e-3 ? " (do guarantees and ceilings contradict each other?)" : "");
    if (quotas == NULL) return ENT_NO_MEMORY;
    return ent_fail(
        err, ENT_NOT_CONVERGED,
        "%s: not converged, so there is no result: largest excess demand %.2e, price gap %.2e, Walras %.2e%s, "
        "where %.0e was asked for; worst at %s; %td passes, %td Newton steps, %td homotopy steps. More "
        "--passes or --steps, another --method or a larger --tolerance may mend it",
        one->scenario.path, c->excess, c->price, c->walras, quotas, c->tolerance, where, c->passes, c->newton_steps,
        c->homotopy_steps);
}

/* Real income by its causes (E14). `auto` goes by the size of the work, not by the clock, so that the same inputs give
 * the same bytes; it leaves out what does not settle, and says so. */
static ent_status explain(run *r, future *one, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const double quick = 1e7; /* edges × passes of the solve: ten times that is some second */
    const ent_network *net = &one->base->net;
    const double work = (double)net->edges * (double)one->equilibrium.certificate.passes;
    ent_decomposition parts;
    ent_error why = {0};
    if (r->ask.decompose == DECOMPOSE_NEVER || (r->ask.decompose == DECOMPOSE_AUTO && work > quick)) return ENT_OK;
    const ent_status status =
        ent_outcome_decompose(net, &one->policy, &one->equilibrium, &r->ask.options, &scratch, &parts, &why);
    if (status == ENT_OK) {
        ent_outcome_take_parts(&one->outcome, &parts);
        return ENT_OK;
    }
    if (r->ask.decompose == DECOMPOSE_AUTO && status == ENT_NOT_CONVERGED) {
        progress_end(&r->line);
        if (!r->ask.quiet) fprintf(stderr, "entente: %s: left without parts: %s\n", one->scenario.path, why.text);
        return ENT_OK;
    }
    return ent_fail(err, status, "%s: %s", one->scenario.path, why.text);
}

static ent_status solve(run *r, future *one, ent_error *err)
{
    const ent_network *net = &one->base->net;
    r->line.who = one->scenario.name;
    ENT_TRY(ent_scenario_place(&one->scenario, net, r->house, &one->policy, err));
    const ent_status status =
        ent_equilibrium_solve(net, &one->policy, &r->ask.options, NULL, r->house, &one->equilibrium, err);
    if (status == ENT_NOT_CONVERGED) return say_how_far(r, one, err);
    ENT_TRY(status);
    ENT_TRY(ent_outcome_measure(net, &one->policy, &one->equilibrium, r->house, &one->outcome, err));
    ENT_TRY(explain(r, one, err));
    return ent_scenario_lines(&one->scenario, r->house, &one->lines, &one->line_count, err);
}

/* How sure: ± and, where draws were asked for, their quantiles. */
static ent_status doubt(run *r, future *one, ent_error *err)
{
    const request *ask = &r->ask;
    if (ask->uncertain.path == NULL) return ENT_OK;
    if (ask->uncertain.draws > 0 && ask->out != NULL) {
        const char *name = ent_string_format(r->house, "draws-%td.partial", one - r->futures + 1);
        one->partial = name == NULL ? NULL : ent_path_join(r->house, ask->out, name);
        if (one->partial == NULL) return ENT_NO_MEMORY;
    }
    const ent_answer_point point = {&one->base->net, &one->policy, &one->equilibrium, &ask->options};
    return uncertain_measure(&ask->uncertain, &point, ask->out, one->partial, &r->line, r->house, &one->uncertainty,
                             err);
}

static ent_status show(const run *r, const ent_report *report, ent_error *err)
{
    const request *ask = &r->ask;
    if (ask->out != NULL) ENT_TRY(ent_report_write(report, ask->out, err));
    for (ptrdiff_t s = 0; s < report->count; s++)
        if (r->futures[s].partial != NULL) unlink(r->futures[s].partial);
    const char *no_colour = getenv("NO_COLOR");
    const int colour = isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == 0);
    ent_text text = {.arena = r->house};
    ENT_TRY(ent_report_print(report, (ent_format)ask->format, colour, &text, err));
    if (text.failed) return ENT_NO_MEMORY;
    fwrite(text.data, 1, text.size, stdout);
    if (ask->out != NULL && !ask->quiet) fprintf(stderr, "entente: the answers lie in %s\n", ask->out);
    return ENT_OK;
}

static ent_status answer(run *r, ent_error *err)
{
    const ptrdiff_t count = r->ask.paths.count;
    const double began = ent_seconds();
    ent_answer *answers = ent_new0(r->house, ent_answer, count);
    r->futures = ent_new0(r->house, future, count);
    r->laid = ent_new0(r->house, benchmark *, count);
    if (r->futures == NULL || r->laid == NULL || answers == NULL) return ENT_NO_MEMORY;

    for (ptrdiff_t s = 0; s < count; s++)
        ENT_TRY(ent_scenario_read(r->ask.paths.word[s], r->house, &r->futures[s].scenario, err));
    ENT_TRY(read_world(r, err));
    for (ptrdiff_t s = 0; s < count; s++) {
        future *one = &r->futures[s];
        ENT_TRY(lay(r, &one->scenario, &one->base, err));
        ENT_TRY(solve(r, one, err));
        ENT_TRY(doubt(r, one, err));
        answers[s] =
            (ent_answer){&one->scenario, &one->outcome,   &one->equilibrium,
                         one->lines,     one->line_count, r->ask.uncertain.path != NULL ? &one->uncertainty : NULL};
    }
    progress_end(&r->line);
    const ent_report report = {
        .answers = answers,
        .count = count,
        .table = &r->world,
        .options = &r->ask.options,
        .world_hash = ent_table_hash(&r->world, r->house),
        .command = r->ask.line,
        .seconds = ent_seconds() - began,
    };
    if (report.world_hash == NULL || report.command == NULL) return ENT_NO_MEMORY;
    return show(r, &report, err);
}

int cmd_run(int count, char **words)
{
    ENT_SCRATCH house = {0};
    run r = {.ask = {.uncertain = {.seed = 1}, .options = ent_options_default()}, .house = &house};
    const int early = read_words(count, words, &house, &r.ask);
    if (early >= 0) return early;
    r.ask.line = words_line(count, words, &house);
    r.line = progress_begin(r.ask.quiet);
    r.ask.options.progress = progress_say;
    r.ask.options.progress_who = &r.line;
    ent_error err = {0};
    const ent_status status = answer(&r, &err);
    progress_end(&r.line);
    return status == ENT_OK ? 0 : words_fail(status, &err);
}
