/* cmd_chokepoint.c: `entente chokepoint`: who depends on whose goods, what it costs to be cut off from them and to cut
 * off, and what diversification would buy; at the benchmark or at the equilibrium of a scenario. */
// SPDX-License-Identifier: MIT
#include "choke.h"
#include "commands.h"
#include "files.h"
#include "ground.h"
#include "manifest.h"
#include "progress.h"
#include "words.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    words_list paths, settings, targets, senders, products;
    const char *world, *blueprint, *out, *line, *subsidy, *channel;
    int two_way, formula, exact, together, matrix, format, quiet;
    ptrdiff_t top;
    double stock, days;
    ent_options options;
} request;

typedef struct {
    request ask;
    progress line;
    ent_arena *house;
    ground at;
    ent_equilibrium eq;
    const char *counted; /* what progress is counting */
} inquiry;

/* ---- the command line ---- */

static int read_words(int count, char **words, ent_arena *house, request *ask)
{
    const words_option options[] = {
        {"target", 'n', WORDS_LIST, &ask->targets, "REGION", "only cut-offs of these; several times, or A,B"},
        {"sender", 0, WORDS_LIST, &ask->senders, "REGION|BLOC",
         "only cut-offs by these; A,B or a group: a bloc, together"},
        {"product", 'p', WORDS_LIST, &ask->products, "SECTOR", "only these products (sectors); several times, or A,B"},
        {"together", 'a', WORDS_FLAG, &ask->together, NULL, "the products at once instead of one by one"},
        {"two-way", '2', WORDS_FLAG, &ask->two_way, NULL, "the target stops selling to the sender too"},
        {"formula", 0, WORDS_FLAG, &ask->formula, NULL, "only the loss at fixed wages: no equilibrium is solved"},
        {"exact", 0, WORDS_FLAG, &ask->exact, NULL, "the loss in general equilibrium beside it: the default"},
        {"matrix", 'm', WORDS_FLAG, &ask->matrix, NULL, "the threat matrix: every sender with every target"},
        {"top", 't', WORDS_COUNT, &ask->top, "N", "how many rows are listed; default 25, 0 all"},
        {"subsidy", 0, WORDS_TEXT, &ask->subsidy, "RATE", "of the subsidies among the remedies; default 10%"},
        {"channel", 0, WORDS_TEXT, &ask->channel, "RATE", "by which a green channel lowers trade costs; default 10%"},
        {"stock", 0, WORDS_NUMBER, &ask->stock, "DAYS", "of use that a stock covers; default 90"},
        {"days", 0, WORDS_NUMBER, &ask->days, "DAYS", "that a cut-off lasts, for stocks; default 365"},
        {"world", 'w', WORDS_TEXT, &ask->world, "WORLD", "an embedded world or a world file; default: the scenario's"},
        {"blueprint", 'b', WORDS_TEXT, &ask->blueprint, "NAME|FILE", "a blueprint by name or from a YAML file"},
        {"set", 's', WORDS_LIST, &ask->settings, "KEY=VALUE", "one key of the blueprint, as elasticities.ELE=4.5"},
        {"out", 'o', WORDS_TEXT, &ask->out, "DIR", "write all rows as CSV, report.html and a manifest there"},
        {"format", 'f', WORDS_CHOICE, &ask->format, "text|json|csv", "what is printed; default text"},
        {"threads", 0, WORDS_COUNT, &ask->options.threads, "N", "that share the rows; no digit depends on it"},
        {"quiet", 'q', WORDS_FLAG, &ask->quiet, NULL, "no progress and no closing line on stderr"},
    };
    const words_command command = {
        "chokepoint",
        "[SCENARIO.yaml] [options]",
        "Ranks cut-offs: what each target loses when a sender stops selling it a product, by formula at\n"
        "fixed wages and in general equilibrium, and what that costs the sender. For targets that are\n"
        "named: concentration of suppliers, the EU's three tests, reliance with look-through. For a bloc:\n"
        "what it adds to the sum of its members' threats. For the largest: what diversification buys.",
        "  entente chokepoint --target EUU --sender CHN\n"
        "  entente chokepoint --sender USA,JPN,EUU --target CHN --together\n"
        "  entente chokepoint --matrix --together --two-way --out threats",
        options,
        sizeof options / sizeof *options,
    };
    const int early = words_read(&command, count, words, house, &ask->paths);
    if (early >= 0) return early;
    if (ask->paths.count > 1) return words_wrong("chokepoint stands at one scenario, not at %td", ask->paths.count);
    if (ask->formula && ask->exact) return words_wrong("--formula leaves out what --exact asks for");
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

/* ---- names ---- */

typedef struct {
    const char *what, *table;
    const ent_names *names;
    const ent_groups *groups;
} choice;

/* One word, a name or a group, into the list; *several where it is a group of more than one. */
static ent_status mark_word(const choice *c, const char *word, unsigned char *list, ent_error *err)
{
    const ptrdiff_t name = ent_names_find(c->names, word), group = ent_names_find(&c->groups->names, word);
    if (name >= 0) {
        list[name] = 1;
        return ENT_OK;
    }
    for (ptrdiff_t i = 0; group >= 0 && i < c->names->count; i++)
        if (c->groups->member[group * c->groups->of + i]) list[i] = 1;
    if (group >= 0) return ENT_OK;
    const char *near = ent_names_nearest(c->names, word);
    if (near == NULL) near = ent_names_nearest(&c->groups->names, word);
    if (near != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "%s has no %s called %s; did you mean %s?", c->table, c->what, word, near);
    return ent_fail(err, ENT_BAD_INPUT, "%s has no %s called %s; `entente world show` lists them", c->table, c->what,
                    word);
}

/* Words apart by commas; NULL where nothing was asked for. */
static ent_status mark_words(const choice *c, const words_list *words, ent_arena *house, unsigned char **list,
                             ent_error *err)
{
    *list = NULL;
    if (words->count == 0) return ENT_OK;
    *list = ent_new0(house, unsigned char, c->names->count);
    if (*list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a list of names");
    for (ptrdiff_t w = 0; w < words->count; w++)
        for (const char *at = words->word[w]; at != NULL; at = strchr(at, ',') != NULL ? strchr(at, ',') + 1 : NULL) {
            const char *word = ent_string_copy_n(house, at, strcspn(at, ","));
            if (word == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a list of names");
            ENT_TRY(mark_word(c, word, *list, err));
        }
    return ENT_OK;
}

static ptrdiff_t marked(const unsigned char *list, ptrdiff_t count)
{
    ptrdiff_t many = 0;
    for (ptrdiff_t i = 0; list != NULL && i < count; i++) many += list[i];
    return many;
}

/* "10%" as a rate; a bare number is refused with the sentence that asks which was meant. */
static ent_status read_rate(const char *option, const char *word, double *rate, ent_error *err)
{
    char *end = NULL;
    if (word == NULL) return ENT_OK;
    const double value = strtod(word, &end);
    if (end != word && strcmp(end, "%") == 0 && value >= 0.0 && value < 100.0) {
        *rate = value / 100.0;
        return ENT_OK;
    }
    if (end != word && *end == 0)
        return ent_fail(err, ENT_BAD_INPUT, "--%s %s: is that percent? write %s%% or %g%%", option, word, word,
                        100.0 * value);
    return ent_fail(err, ENT_BAD_INPUT, "--%s %s: a rate from 0%% to less than 100%% was expected, such as 10%%",
                    option, word);
}

/* ---- the question ---- */

static void say_progress(void *who, ptrdiff_t done, ptrdiff_t all)
{
    inquiry *q = who;
    progress_count(&q->line, q->counted, done, all);
}

static ent_status read_question(inquiry *q, choke_answer *a, ent_error *err)
{
    const ent_table *t = &q->at.table;
    const choice regions = {"region", t->name, &t->regions, &t->region_groups};
    const choice sectors = {"product or sector", t->name, &t->sectors, &t->sector_groups};
    unsigned char *sender, *target, *sector;
    ENT_TRY(mark_words(&regions, &q->ask.senders, q->house, &sender, err));
    ENT_TRY(mark_words(&regions, &q->ask.targets, q->house, &target, err));
    ENT_TRY(mark_words(&sectors, &q->ask.products, q->house, &sector, err));
    a->sizes = ent_remedy_sizes_default();
    ENT_TRY(read_rate("subsidy", q->ask.subsidy, &a->sizes.subsidy, err));
    ENT_TRY(read_rate("channel", q->ask.channel, &a->sizes.channel, err));
    if (!isnan(q->ask.stock)) a->sizes.stock_days = q->ask.stock;
    if (!isnan(q->ask.days)) a->sizes.cut_days = q->ask.days;
    if (!(a->sizes.stock_days >= 0.0 && a->sizes.cut_days > 0.0))
        return ent_fail(err, ENT_BAD_INPUT, "--stock takes 0 days or more and --days more than 0, not %g and %g",
                        a->sizes.stock_days, a->sizes.cut_days);
    a->net = &q->at.net;
    a->policy = &q->at.policy;
    a->eq = &q->eq;
    a->top = q->ask.top > 0 ? q->ask.top : PTRDIFF_MAX;
    a->matrix = q->ask.matrix;
    a->what = q->ask.two_way ? "two-way" : "one-way";
    a->ask = (ent_cutoff_ask){.net = &q->at.net,
                              .policy = &q->at.policy,
                              .eq = &q->eq,
                              .options = &q->ask.options,
                              .sender = sender,
                              .target = target,
                              .sector = sector,
                              .bloc = marked(sender, t->regions.count) > 1,
                              .together = q->ask.together,
                              .two_way = q->ask.two_way,
                              .formula_only = q->ask.formula,
                              .threads = (int)q->ask.options.threads,
                              .progress = say_progress,
                              .progress_who = q};
    return ENT_OK;
}

/* What the bloc does together and its members one by one. */
static ent_status join(inquiry *q, choke_answer *a, ent_error *err)
{
    ent_cutoff_ask apart = a->ask;
    ent_cutoff *single;
    ptrdiff_t count;
    apart.bloc = 0;
    q->counted = "cut-offs by single members";
    ENT_TRY(ent_cutoffs_measure(&apart, q->house, &single, &count, err));
    return ent_joint_measure(single, count, a->threats, a->count, q->house, &a->joint, &a->joint_count, err);
}

static ent_status pair_up(inquiry *q, choke_answer *a, ent_error *err)
{
    ent_cutoff_ask all = a->ask;
    all.bloc = 0;
    all.together = 1;
    q->counted = "pairs";
    return ent_cutoffs_measure(&all, q->house, &a->pairs, &a->pair_count, err);
}

static ent_status remedy(inquiry *q, choke_answer *a, ent_error *err)
{
    enum {
        MOST = 25
    };
    ptrdiff_t wanted = a->top < a->count ? a->top : a->count;
    if (wanted > MOST) wanted = MOST;
    a->remedies = ent_new0(q->house, ent_remedy_list, wanted + 1);
    if (a->remedies == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for remedies");
    for (ptrdiff_t k = 0; k < wanted; k++) {
        progress_count(&q->line, "remedies", k, wanted);
        if (a->threats[k].kind == ENT_CUTOFF_MEASURED)
            ENT_TRY(ent_remedies_measure(&a->ask, &a->threats[k], &a->sizes, q->house, &a->remedies[k], err));
        a->remedied = k + 1;
    }
    return ENT_OK;
}

static ent_status inquire(inquiry *q, choke_answer *a, ent_error *err)
{
    a->where =
        q->ask.paths.count > 0 ? ent_string_format(q->house, "after: %s", q->at.scenario.name) : "at the benchmark";
    if (a->where == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_suppliers_measure(&q->at.net, &q->at.policy, &q->eq, q->house, &a->suppliers, err));
    if (q->ask.out != NULL || a->ask.target != NULL)
        ENT_TRY(ent_reliance_measure(&q->at.net, &q->at.policy, &q->eq, q->house, &a->reliance, err));
    q->counted = "cut-offs";
    ENT_TRY(ent_cutoffs_measure(&a->ask, q->house, &a->threats, &a->count, err));
    if (a->ask.bloc) ENT_TRY(join(q, a, err));
    ent_cutoffs_sort(a->threats, a->count);
    if (q->ask.out != NULL || a->matrix) ENT_TRY(pair_up(q, a, err));
    return a->ask.formula_only ? ENT_OK : remedy(q, a, err);
}

/* ---- files ---- */

static void say_list(const char *key, const unsigned char *list, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    if (list == NULL) {
        ent_json_string(json, "all");
        return;
    }
    ent_json_open_dense(json, '[');
    for (ptrdiff_t i = 0; i < names->count; i++)
        if (list[i]) ent_json_string(json, names->code[i]);
    ent_json_close(json, ']');
}

/* What was asked, and at which sizes. */
static void say_question(const choke_answer *a, const ent_table *table, ent_json *json)
{
    say_list("senders", a->ask.sender, &table->regions, json);
    say_list("targets", a->ask.target, &table->regions, json);
    say_list("products", a->ask.sector, &table->sectors, json);
    ent_json_pair_truth(json, "bloc", a->ask.bloc);
    ent_json_pair_truth(json, "together", a->ask.together);
    ent_json_pair_truth(json, "two_way", a->ask.two_way);
    ent_json_pair_truth(json, "formula_only", a->ask.formula_only);
    ent_json_key(json, "remedies");
    ent_json_open_dense(json, '{');
    ent_json_pair_rounded(json, "subsidy", a->sizes.subsidy, 17);
    ent_json_pair_rounded(json, "channel", a->sizes.channel, 17);
    ent_json_pair_rounded(json, "stock_days", a->sizes.stock_days, 17);
    ent_json_pair_rounded(json, "cut_days", a->sizes.cut_days, 17);
    ent_json_close(json, '}');
    ent_json_pair(json, "definition", choke_definition());
}

static ent_status say_manifest(const inquiry *q, const choke_answer *a, ent_json *json, ent_error *err)
{
    const char *hash = ent_table_hash(&q->at.table, q->house);
    if (hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a manifest");
    ent_json_pair(json, "program", "entente");
    ent_json_pair(json, "version", ENT_VERSION);
    ent_json_pair(json, "world", q->at.table.name);
    ent_json_pair_integer(json, "year", q->at.table.year);
    ent_json_pair(json, "world_hash", hash);
    ent_json_pair(json, "blueprint", q->at.blueprint.name);
    ent_json_pair(json, "command", q->ask.line);
    ent_json_pair(json, "scenario", q->ask.paths.count > 0 ? q->at.scenario.name : "");
    ent_json_pair_strings(json, "actions", q->at.lines, q->at.line_count);
    say_question(a, &q->at.table, json);
    manifest_certificate(&q->eq.certificate, json);
    ent_json_pair_rounded(json, "tolerance_of_cut_offs", q->ask.options.tolerance, 3);
    manifest_elasticities(&q->at.table, &q->at.blueprint, json);
    return ENT_OK;
}

static ent_status write_rows(const inquiry *q, const char *name, ledger book, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    if (book.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for %s", name);
    ledger_csv(&book, &text);
    return files_write(q->ask.out, name, &text, q->house, err);
}

/* report.html: the manifest's members, what is drawn, and what the page says of the world. */
static ent_status write_page(const inquiry *q, const choke_answer *a, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch}, page = {.arena = &scratch};
    ent_json json = {.text = &text};
    ent_json_open(&json, '{');
    ENT_TRY(say_manifest(q, a, &json, err));
    manifest_sources(&q->at.table, &json);
    ENT_TRY(choke_page(a, &json, err));
    ent_json_close(&json, '}');
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ENT_TRY(ent_report_page_around("Chokepoints", (ent_bytes){text.data, text.size}, &page, err));
    return files_write(q->ask.out, "report.html", &page, q->house, err);
}

static ent_status write_files(const inquiry *q, const choke_answer *a, ent_error *err)
{
    ent_text manifest = {.arena = q->house};
    ent_json json = manifest_open(&manifest);
    ENT_TRY(say_manifest(q, a, &json, err));
    manifest_close(&json);
    ENT_TRY(ent_folder_make(q->ask.out, err));
    ENT_TRY(write_rows(q, "chokepoints.csv", choke_threats(a, q->house), err));
    ENT_TRY(write_rows(q, "threats.csv", choke_pairs(a, q->house), err));
    ENT_TRY(write_rows(q, "suppliers.csv", choke_suppliers(a, q->house), err));
    ENT_TRY(write_rows(q, "dependence.csv", choke_markets(a, q->house), err));
    ENT_TRY(write_rows(q, "reliance.csv", choke_reliance(a, q->house), err));
    ENT_TRY(write_rows(q, "remedies.csv", choke_remedies(a, q->house), err));
    if (a->ask.bloc) ENT_TRY(write_rows(q, "joint.csv", choke_joint(a, q->house), err));
    ENT_TRY(write_page(q, a, err));
    return files_write(q->ask.out, "manifest.json", &manifest, q->house, err);
}

static void say_rows(const char *key, ledger book, ent_json *json)
{
    ent_json_key(json, key);
    ledger_json(&book, json);
    if (book.failed) json->text->failed = 1;
}

static ent_status show(const inquiry *q, const choke_answer *a, ent_error *err)
{
    ent_text text = {.arena = q->house};
    if (q->ask.out != NULL) ENT_TRY(write_files(q, a, err));
    if (q->ask.format == ENT_FORMAT_CSV) {
        const ledger book = choke_threats(a, q->house);
        if (book.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td cut-offs", a->count);
        ledger_csv(&book, &text);
    }
    if (q->ask.format == ENT_FORMAT_JSON) {
        ent_json json = manifest_open(&text);
        ENT_TRY(say_manifest(q, a, &json, err));
        say_rows("rows", choke_threats(a, q->house), &json);
        if (a->joint_count > 0) say_rows("joint", choke_joint(a, q->house), &json);
        if (a->remedied > 0) say_rows("remedied", choke_remedies(a, q->house), &json);
        if (a->matrix) say_rows("pairs", choke_pairs(a, q->house), &json);
        manifest_close(&json);
    }
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for what is printed");
    if (q->ask.format == ENT_FORMAT_TEXT)
        choke_print(a, q->house);
    else
        fwrite(text.data, 1, text.size, stdout);
    if (q->ask.out != NULL && !q->ask.quiet) fprintf(stderr, "entente: all rows lie in %s\n", q->ask.out);
    return ENT_OK;
}

static ent_status answer(inquiry *q, ent_error *err)
{
    choke_answer a = {0};
    ENT_TRY(lay(q, err));
    ENT_TRY(read_question(q, &a, err));
    q->line.who = q->ask.paths.count > 0 ? q->at.scenario.name : "benchmark";
    ENT_TRY(ent_equilibrium_solve(&q->at.net, &q->at.policy, &q->ask.options, NULL, q->house, &q->eq, err));
    ENT_TRY(inquire(q, &a, err));
    progress_end(&q->line);
    return show(q, &a, err);
}

int cmd_chokepoint(int count, char **words)
{
    ENT_SCRATCH house = {0};
    inquiry q = {.ask = {.options = ent_options_default(), .top = 25, .stock = NAN, .days = NAN}, .house = &house};
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
