/* cmd_lever.c: `entente lever`: whose instrument moves whom, who can hurt whom, and who depends on whom, at the
 * benchmark or at the equilibrium of a scenario. One linear solve an objective; nothing is simulated one by one. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "files.h"
#include "ground.h"
#include "lever.h"
#include "manifest.h"
#include "progress.h"
#include "words.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    words_list paths, settings, levers;
    const char *world, *blueprint, *out, *objective, *by, *sector, *line;
    int matrix, exposure, format, quiet;
    ptrdiff_t top;
    ent_options options;
} request;

typedef struct {
    request ask;
    progress line;
    ent_arena *house;
    ground at;
    ent_equilibrium eq;
    ent_sensitivity *sensitivity;
} inquiry;

/* ---- the command line ---- */

static int read_words(int count, char **words, ent_arena *house, request *ask)
{
    const words_option options[] = {
        {"objective", 'O', WORDS_TEXT, &ask->objective, "WHAT", "rank instruments by what they do to real_income:CHN"},
        {"by", 0, WORDS_TEXT, &ask->by, "REGION", "only instruments of that region, or of `others`"},
        {"matrix", 'm', WORDS_FLAG, &ask->matrix, NULL, "who can hurt whom, by pairs of regions"},
        {"exposure", 'e', WORDS_FLAG, &ask->exposure, NULL, "who depends on whom, to first order, by sector"},
        {"lever", 'l', WORDS_LIST, &ask->levers, "KIND", "duty, export_tax, trade_cost or subsidy; several times"},
        {"sector", 0, WORDS_TEXT, &ask->sector, "SECTOR", "with --exposure: the sector that is printed"},
        {"top", 't', WORDS_COUNT, &ask->top, "N", "how many rows are listed; default 25, 0 all"},
        {"world", 'w', WORDS_TEXT, &ask->world, "WORLD", "an embedded world or a world file; default: the scenario's"},
        {"blueprint", 'b', WORDS_TEXT, &ask->blueprint, "NAME|FILE", "a blueprint by name or from a YAML file"},
        {"set", 's', WORDS_LIST, &ask->settings, "KEY=VALUE", "one key of the blueprint, as elasticities.ELE=4.5"},
        {"out", 'o', WORDS_TEXT, &ask->out, "DIR", "write the whole table as CSV, report.html and a manifest there"},
        {"format", 'f', WORDS_CHOICE, &ask->format, "text|json|csv", "what is printed; default text"},
        {"threads", 0, WORDS_COUNT, &ask->options.threads, "N", "of the solve"},
        {"quiet", 'q', WORDS_FLAG, &ask->quiet, NULL, "no progress and no closing line on stderr"},
    };
    const words_command command = {
        "lever",
        "[SCENARIO.yaml] [options]",
        "Derivatives of the equilibrium, at the benchmark or after a scenario; three questions:\n"
        "--objective ranks every duty, export tax, trade cost and subsidy by what one point of it does;\n"
        "--matrix says who can hurt whom at which cost; --exposure who depends on whose productivity.\n"
        "An objective is real_income:USA, welfare:, real_wage:, price_index:, income:, tariff_revenue:,\n"
        "output:CHN:ELE, real_output:, producer_price:, exports:USA:CHN:ELE, imports:, or a sum of such.",
        "  entente lever --objective real_income:CHN --by USA\n"
        "  entente lever truce.yaml --matrix --lever export_tax\n"
        "  entente lever --exposure --sector ELE --out dependence",
        options,
        sizeof options / sizeof *options,
    };
    const int early = words_read(&command, count, words, house, &ask->paths);
    if (early >= 0) return early;
    const int questions = (ask->objective != NULL) + (ask->matrix != 0) + (ask->exposure != 0);
    if (questions == 0)
        return words_wrong("lever needs a question: --objective real_income:CHN, --matrix or --exposure");
    if (questions > 1) return words_wrong("lever answers one question at a time: --objective, --matrix or --exposure");
    if (ask->paths.count > 1) return words_wrong("lever stands at one scenario, not at %td", ask->paths.count);
    if (ask->by != NULL && ask->objective == NULL) return words_wrong("--by goes with --objective");
    if (ask->sector != NULL && !ask->exposure) return words_wrong("--sector goes with --exposure");
    if (ask->levers.count > 0 && ask->exposure) return words_wrong("--lever does not go with --exposure");
    ent_error err = {0};
    const ent_status status = ent_options_check(&ask->options, &err);
    return status == ENT_OK ? -1 : words_fail(status, &err);
}

/* ---- to the equilibrium ---- */

static ent_status lay(inquiry *q, ent_error *err)
{
    const request *ask = &q->ask;
    return ground_lay(&(ground_ask){.path = ask->paths.count > 0 ? ask->paths.word[0] : NULL,
                                    .world = ask->world,
                                    .blueprint = ask->blueprint,
                                    .settings = &ask->settings,
                                    .options = &ask->options},
                      q->house, &q->at, err);
}

static ptrdiff_t named(const ent_names *names, const char *what, const char *word, const char *table, ent_error *err)
{
    const ptrdiff_t found = ent_names_find(names, word);
    const char *near = found < 0 ? ent_names_nearest(names, word) : NULL;
    if (found < 0 && near != NULL)
        ent_fail(err, ENT_BAD_INPUT, "%s has no %s called %s; did you mean %s?", table, what, word, near);
    else if (found < 0)
        ent_fail(err, ENT_BAD_INPUT, "%s has no %s called %s; `entente world show` lists them", table, what, word);
    return found;
}

static ent_status read_kinds(const inquiry *q, unsigned *kinds, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names all = {0};
    const unsigned at_borders = (1u << ENT_LEVER_SUBSIDY) - 1;
    for (int kind = 0; kind < ENT_LEVERS; kind++)
        ENT_TRY(ent_names_add(&all, &scratch, ent_lever_word(kind), NULL, NULL));
    *kinds = q->ask.levers.count > 0 ? 0 : q->ask.matrix ? 1u << ENT_LEVER_DUTY | 1u << ENT_LEVER_EXPORT_TAX : ~0u;
    for (ptrdiff_t k = 0; k < q->ask.levers.count; k++) {
        const char *word = q->ask.levers.word[k];
        const ptrdiff_t kind = ent_names_find(&all, word);
        const char *near = kind < 0 ? ent_names_nearest(&all, word) : NULL;
        if (kind < 0 && near != NULL)
            return ent_fail(err, ENT_BAD_INPUT, "there is no instrument %s; did you mean %s?", word, near);
        if (kind < 0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "there is no instrument %s; there are duty, export_tax, trade_cost and subsidy", word);
        if (q->ask.matrix && (at_borders >> kind & 1) == 0)
            return ent_fail(err, ENT_BAD_INPUT, "--matrix takes instruments at borders; a %s is inside a region", word);
        *kinds |= 1u << kind;
    }
    return ENT_OK;
}

/* ---- questions ---- */

static ent_status rank(inquiry *q, lever_answer *a, ent_error *err)
{
    const char *by = q->ask.by;
    ptrdiff_t holder = -1;
    ENT_TRY(ent_objective_parse(q->ask.objective, &q->at.net, q->house, &a->objective, err));
    const int others = by != NULL && strcmp(by, "others") == 0;
    if (by != NULL && !others) holder = named(&q->at.table.regions, "region", by, q->at.table.name, err);
    if (by != NULL && !others && holder < 0) return ENT_BAD_INPUT;
    ENT_TRY(ent_lever_rank(q->sensitivity, &a->objective, holder, a->kinds, q->house, &a->levers, &a->count, err));
    ptrdiff_t kept = 0;
    for (ptrdiff_t k = 0; others && k < a->count; k++)
        if (a->levers[k].holder != a->objective.terms->region) a->levers[kept++] = a->levers[k];
    if (others) a->count = kept;
    a->by = by;
    a->objective_usd = ent_objective_usd(q->sensitivity, &a->objective);
    a->objective_level = q->eq.duties_usd[a->objective.terms->region];
    return ENT_OK;
}

static ent_status expose(inquiry *q, lever_answer *a, ent_error *err)
{
    const ptrdiff_t J = q->at.net.sectors;
    a->sector = -1;
    if (q->ask.sector != NULL) {
        a->sector = named(&q->at.table.sectors, "sector", q->ask.sector, q->at.table.name, err);
        if (a->sector < 0) return ENT_BAD_INPUT;
    }
    a->exposure = ent_new0(q->house, ent_exposure, J + 1);
    if (a->exposure == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t j = 0; j <= J; j++) {
        const ptrdiff_t sector = j < J ? j : -1;
        const ent_status status =
            ent_exposure_measure(&q->at.net, &q->at.policy, &q->eq, sector, q->house, &a->exposure[j], err);
        if (status == ENT_BAD_INPUT && sector != a->sector) {
            a->exposure[j].s = NULL; /* a sector that nobody trades has no rows */
            err->text[0] = 0;
            continue;
        }
        ENT_TRY(status);
    }
    return ENT_OK;
}

static void say_progress(void *who, ptrdiff_t done, ptrdiff_t all)
{
    progress_count(who, "regions", done, all);
}

static ent_status inquire(inquiry *q, lever_answer *a, ent_error *err)
{
    a->top = q->ask.top > 0 ? q->ask.top : PTRDIFF_MAX;
    a->question = q->ask.matrix ? LEVER_MATRIX : q->ask.exposure ? LEVER_EXPOSURE : LEVER_RANK;
    a->net = &q->at.net;
    a->policy = &q->at.policy;
    a->eq = &q->eq;
    a->where =
        q->ask.paths.count > 0 ? ent_string_format(q->house, "after: %s", q->at.scenario.name) : "at the benchmark";
    if (a->where == NULL) return ENT_NO_MEMORY;
    ENT_TRY(read_kinds(q, &a->kinds, err));
    ENT_TRY(ent_sensitivity_open(&q->at.net, &q->at.policy, &q->eq, q->house, &q->sensitivity, err));
    ent_sensitivity_watch(q->sensitivity, say_progress, &q->line);
    if (a->question == LEVER_RANK) return rank(q, a, err);
    if (a->question == LEVER_EXPOSURE) ENT_TRY(expose(q, a, err));
    ENT_TRY(ent_leverage_measure(q->sensitivity, -1, q->house, &a->leverage, err));
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY && a->question == LEVER_MATRIX; kind++)
        ENT_TRY(ent_lever_matrix_make(&a->leverage, (ent_lever_kind)kind, q->house, &a->matrix[kind], err));
    return ENT_OK;
}

/* ---- files ---- */

static ent_status say_manifest(const inquiry *q, const lever_answer *a, ent_json *json, ent_error *err)
{
    const char *hash = ent_table_hash(&q->at.table, q->house);
    if (hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a manifest");
    ent_json_pair(json, "program", "entente");
    ent_json_pair(json, "version", ENT_VERSION);
    ent_json_pair(json, "world", q->at.table.name);
    ent_json_pair(json, "world_hash", hash);
    ent_json_pair(json, "blueprint", q->at.blueprint.name);
    ent_json_pair(json, "command", q->ask.line);
    ent_json_pair(json, "scenario", q->ask.paths.count > 0 ? q->at.scenario.name : "");
    ent_json_pair_strings(json, "actions", q->at.lines, q->at.line_count);
    ent_json_pair(json, "objective", q->ask.objective != NULL ? q->ask.objective : "");
    ent_json_pair(json, "definition", lever_definition(a->question));
    manifest_certificate(&q->eq.certificate, json);
    manifest_elasticities(&q->at.table, &q->at.blueprint, json);
    return ENT_OK;
}

static ent_status write_page(const inquiry *q, const lever_answer *a, ent_error *err)
{
    ent_text text = {.arena = q->house}, page = {.arena = q->house};
    ent_json json = {.text = &text};
    ent_json_open(&json, '{');
    ENT_TRY(say_manifest(q, a, &json, err));
    manifest_sources(&q->at.table, &json);
    ent_json_pair_integer(&json, "year", q->at.table.year);
    lever_page(a, q->house, &json);
    ent_json_close(&json, '}');
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ENT_TRY(ent_report_page_around(lever_page_title(a->question), (ent_bytes){text.data, text.size}, &page, err));
    return files_write(q->ask.out, "report.html", &page, q->house, err);
}

static ent_status write_files(const inquiry *q, const lever_answer *a, const ledger *book, ent_error *err)
{
    ent_text table = {.arena = q->house}, manifest = {.arena = q->house};
    ent_json json = manifest_open(&manifest);
    ENT_TRY(say_manifest(q, a, &json, err));
    manifest_close(&json);
    ledger_csv(book, &table);
    ENT_TRY(ent_folder_make(q->ask.out, err));
    ENT_TRY(files_write(q->ask.out, lever_file(a->question), &table, q->house, err));
    ENT_TRY(write_page(q, a, err));
    return files_write(q->ask.out, "manifest.json", &manifest, q->house, err);
}

static ent_status show(const inquiry *q, const lever_answer *a, ent_error *err)
{
    const ledger book = lever_ledger(a, q->house);
    if (book.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for a table of %td cells", book.cells);
    if (q->ask.out != NULL) ENT_TRY(write_files(q, a, &book, err));
    ent_text text = {.arena = q->house};
    if (q->ask.format == ENT_FORMAT_CSV) ledger_csv(&book, &text);
    if (q->ask.format == ENT_FORMAT_JSON) {
        ent_json json = manifest_open(&text);
        ENT_TRY(say_manifest(q, a, &json, err));
        ent_json_key(&json, "rows");
        ledger_json(&book, &json);
        manifest_close(&json);
    }
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for what is printed");
    if (q->ask.format == ENT_FORMAT_TEXT)
        lever_print(a, q->house);
    else
        fwrite(text.data, 1, text.size, stdout);
    if (q->ask.out != NULL && !q->ask.quiet) fprintf(stderr, "entente: the whole table lies in %s\n", q->ask.out);
    return ENT_OK;
}

static ent_status answer(inquiry *q, ent_error *err)
{
    lever_answer a = {0};
    ENT_TRY(lay(q, err));
    q->line.who = q->ask.paths.count > 0 ? q->at.scenario.name : "benchmark";
    ENT_TRY(ent_equilibrium_solve(&q->at.net, &q->at.policy, &q->ask.options, NULL, q->house, &q->eq, err));
    ENT_TRY(inquire(q, &a, err));
    progress_end(&q->line);
    return show(q, &a, err);
}

int cmd_lever(int count, char **words)
{
    ENT_SCRATCH house = {0};
    inquiry q = {.ask = {.options = ent_options_default(), .top = 25}, .house = &house};
    const int early = read_words(count, words, &house, &q.ask);
    if (early >= 0) return early;
    ent_error err = {0};
    q.ask.line = words_line(count, words, &house);
    if (q.ask.line == NULL) return words_fail(ENT_NO_MEMORY, &err);
    q.line = progress_begin(q.ask.quiet);
    q.ask.options.progress = progress_say;
    q.ask.options.progress_who = &q.line;
    const ent_status status = answer(&q, &err);
    progress_end(&q.line);
    return status == ENT_OK ? 0 : words_fail(status, &err);
}
