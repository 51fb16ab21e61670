/* routes_chokepoint.c: POST /chokepoint: what `entente chokepoint` ranks, at the benchmark or after a scenario. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include <math.h>
#include <string.h>

typedef struct {
    asked point;
    ask_texts senders, targets, products;
    int together, two_way, formula, matrix, remedies, markets;
    ptrdiff_t top;
    ent_cutoff_ask ask;
    ent_cutoff *threats;
    ptrdiff_t count;
} inquiry;

static ent_status read_ask(const ent_json_value *body, ent_arena *arena, inquiry *q, ent_error *err)
{
    const ent_json_value *options = NULL;
    ask_member members[ASKED_MEMBERS + 10] = {0};
    const ask_member own[] = {
        {"senders", ASK_TEXTS, &q->senders, NULL},   {"targets", ASK_TEXTS, &q->targets, NULL},
        {"products", ASK_TEXTS, &q->products, NULL}, {"together", ASK_TRUTH, &q->together, NULL},
        {"two_way", ASK_TRUTH, &q->two_way, NULL},   {"formula", ASK_TRUTH, &q->formula, NULL},
        {"matrix", ASK_TRUTH, &q->matrix, NULL},     {"remedies", ASK_TRUTH, &q->remedies, NULL},
        {"top", ASK_COUNT, &q->top, NULL},           {"markets", ASK_TRUTH, &q->markets, NULL},
    };
    asked_members(&q->point.ask, &options, members);
    memcpy(members + ASKED_MEMBERS, own, sizeof own);
    ENT_TRY(ask_read(body, members, sizeof members / sizeof *members, arena, err));
    ENT_TRY(asked_check(&q->point.ask, options, arena, err));
    if (q->formula && q->remedies)
        return ask_fail(err, body, "`remedies` are measured exactly, which `formula` leaves out");
    return q->top < 0 ? ask_fail(err, body, "`top` must be at least 0, which is all") : ENT_OK;
}

/* ---- the command ---- */

/* Names apart by commas are one bloc; targets and products may be said the same way. */
static void say_names(ent_text *line, const char *option, const ask_texts *words)
{
    if (words->count == 0) return;
    ent_text joined = {.arena = line->arena};
    for (ptrdiff_t w = 0; w < words->count; w++) ent_text_say(&joined, "%s%s", w > 0 ? "," : "", words->word[w]);
    asked_say_option(line, option, joined.failed ? "" : joined.data);
}

static void say_head(const inquiry *q, ent_arena *arena, ent_json *json)
{
    ent_text line = {.arena = arena};
    asked_begin_line(&q->point, &line);
    say_names(&line, "target", &q->targets);
    say_names(&line, "sender", &q->senders);
    say_names(&line, "product", &q->products);
    if (q->together) ent_text_say(&line, " --together");
    if (q->two_way) ent_text_say(&line, " --two-way");
    if (q->formula) ent_text_say(&line, " --formula");
    if (q->matrix) ent_text_say(&line, " --matrix");
    if (q->top != 25) ent_text_say(&line, " --top %td", q->top);
    ent_json_pair(
        json, "definition",
        "Losses of real income, percent, where the sender stops selling the sector's goods "
        "to the target: by formula at fixed wages, exactly in general equilibrium; amounts in million USD a year.");
    asked_say(&q->point, &line, arena, json);
}

/* ---- rows, named as the command's files name their columns ---- */

/* Log points to percent of real income; INFINITY, no equilibrium without it, is all of it. */
static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

static void say_code(ent_json *json, const char *key, const ent_names *names, ptrdiff_t index)
{
    ent_json_pair(json, key, index >= 0 ? names->code[index] : NULL);
}

static void say_threat(const ent_table *t, const ent_cutoff *c, ent_json *json)
{
    ent_json_open(json, '{');
    say_code(json, "sender", &t->regions, c->sender);
    say_code(json, "target", &t->regions, c->target);
    say_code(json, "sector", &t->sectors, c->sector);
    ent_json_pair(json, "kind", c->kind == ENT_CUTOFF_VITAL ? "no_equilibrium" : "measured");
    ent_json_pair_number(json, "trade_musd", c->trade_usd);
    ent_json_pair_number(json, "share", c->share);
    ent_json_pair_number(json, "import_share", c->import_share);
    ent_json_pair_number(json, "formula_percent", percent(c->formula));
    ent_json_pair_number(json, "exact_percent", percent(c->exact));
    ent_json_pair_number(json, "loss_musd", c->exact_usd);
    ent_json_pair_number(json, "own_percent", percent(c->own));
    ent_json_pair_number(json, "own_musd", c->own_usd);
    ent_json_pair_number(json, "per_dollar", c->ratio);
    ent_json_pair_number(json, "others_musd", c->others_usd);
    ent_json_close(json, '}');
}

static void say_threats(const char *key, const ent_table *t, const ent_cutoff *threats, ptrdiff_t count, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < count; k++) say_threat(t, &threats[k], json);
    ent_json_close(json, ']');
}

/* What the bloc does together less what its members do one by one. */
static ent_status join(inquiry *q, const ent_table *t, ent_arena *arena, ent_json *json, ent_error *err)
{
    ent_cutoff_ask apart = q->ask;
    ent_cutoff *single;
    ent_joint *joint;
    ptrdiff_t singles, count;
    apart.bloc = 0;
    ENT_TRY(ent_cutoffs_measure(&apart, arena, &single, &singles, err));
    ENT_TRY(ent_joint_measure(single, singles, q->threats, q->count, arena, &joint, &count, err));
    ent_json_key(json, "joint");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < count; k++) {
        ent_json_open(json, '{');
        say_code(json, "target", &t->regions, joint[k].target);
        say_code(json, "sector", &t->sectors, joint[k].sector);
        ent_json_pair_number(json, "sum_of_single_formula", 100.0 * joint[k].single_formula);
        ent_json_pair_number(json, "joint_formula", 100.0 * joint[k].joint_formula);
        ent_json_pair_number(json, "sum_of_single_exact", 100.0 * joint[k].single_exact);
        ent_json_pair_number(json, "joint_exact", 100.0 * joint[k].joint_exact);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

static ent_status pair_up(const inquiry *q, const ent_table *t, ent_arena *arena, ent_json *json, ent_error *err)
{
    ent_cutoff_ask all = q->ask;
    ent_cutoff *pairs;
    ptrdiff_t count;
    all.bloc = 0;
    all.together = 1;
    ENT_TRY(ent_cutoffs_measure(&all, arena, &pairs, &count, err));
    say_threats("pairs", t, pairs, count, json);
    return ENT_OK;
}

static void say_remedy(const ent_table *t, ptrdiff_t row, const ent_remedy *r, ent_json *json)
{
    ent_json_open(json, '{');
    ent_json_pair_integer(json, "row", row);
    ent_json_pair(json, "remedy", ent_remedy_word(r->kind));
    ent_json_pair(json, "unit", ent_remedy_unit(r->kind));
    say_code(json, "partner", &t->regions, r->partner);
    ent_json_pair_number(json, "size", r->size);
    ent_json_pair_number(json, "premium_percent", percent(r->premium));
    ent_json_pair_number(json, "without_percent", percent(r->without));
    ent_json_pair_number(json, "left_percent", percent(r->left));
    ent_json_pair_number(json, "with_percent", percent(r->with));
    ent_json_pair_number(json, "even", r->even);
    ent_json_close(json, '}');
}

static ent_status remedy(const inquiry *q, const ent_table *t, ptrdiff_t shown, ent_arena *arena, ent_json *json,
                         ent_error *err)
{
    enum {
        MOST = 25
    };
    ent_json_key(json, "remedies");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < shown && k < MOST; k++) {
        ent_remedy_list list;
        if (q->threats[k].kind != ENT_CUTOFF_MEASURED) continue;
        web_watch_say(q->point.watch, "remedies", k, shown < MOST ? shown : MOST);
        ENT_TRY(ent_remedies_measure(&q->ask, &q->threats[k], NULL, arena, &list, err));
        for (ptrdiff_t r = 0; r < list.count; r++) say_remedy(t, k, &list.remedy[r], json);
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

/* ---- the markets of the first rows: who sells to them and who uses what they buy ---- */

/* Of all products together it is the target's largest import among those that are asked about. */
static ptrdiff_t market_of(const inquiry *q, const ent_suppliers *s, const ent_cutoff *threat)
{
    const ptrdiff_t J = q->ask.net->sectors;
    ptrdiff_t best = -1;
    if (threat->sector >= 0) return threat->target * J + threat->sector;
    for (ptrdiff_t j = 0; j < J; j++) {
        const ptrdiff_t cell = threat->target * J + j;
        if (q->ask.sector != NULL && !q->ask.sector[j]) continue;
        if (best < 0 || s->imports_usd[cell] > s->imports_usd[best]) best = cell;
    }
    return best;
}

static void say_list(const char *key, ptrdiff_t count, const double *value, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t i = 0; i < count; i++) ent_json_number(json, value[i]);
    ent_json_close(json, ']');
}

static ent_status say_market(const inquiry *q, const ent_table *t, const ent_suppliers *s, ptrdiff_t market,
                             ent_json *json, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = q->ask.net;
    const ptrdiff_t n = market / net->sectors, j = market % net->sectors;
    ent_users_of users;
    ENT_TRY(ent_users_of_measure(net, q->ask.policy, q->ask.eq, n, j, &scratch, &users, err));
    ent_json_open(json, '{');
    say_code(json, "target", &t->regions, n);
    say_code(json, "sector", &t->sectors, j);
    ent_json_pair_number(json, "herfindahl", s->herfindahl[market]);
    ent_json_pair_number(json, "foreign_share", s->foreign_share[market]);
    ent_json_pair_number(json, "cover", s->cover[market]);
    ent_json_key(json, "depends");
    ent_json_truth(json, s->depends[market]);
    ent_json_key(json, "suppliers");
    ent_json_open(json, '{');
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (net->lane_region[lane] == n && ent_lane_sector(net, lane) == j && q->ask.eq->lane_value_usd[lane] > 0.0)
            ent_json_pair_number(json, t->regions.code[ent_lane_exporter(net, lane)], q->ask.eq->lane_value_usd[lane]);
    ent_json_close(json, '}');
    say_list("by_sector", net->sectors, users.by_sector, json);
    say_list("by_final", t->uses.count, users.by_final, json);
    ent_json_close(json, '}');
    return ENT_OK;
}

static ent_status say_markets(const inquiry *q, const ent_table *t, ptrdiff_t shown, ent_arena *arena, ent_json *json,
                              ent_error *err)
{
    enum {
        MOST = 25
    };
    ptrdiff_t said[MOST], count = 0;
    ent_suppliers s;
    ENT_TRY(ent_suppliers_measure(q->ask.net, q->ask.policy, q->ask.eq, arena, &s, err));
    ent_json_key(json, "markets");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < shown && count < MOST; k++) {
        const ptrdiff_t market = market_of(q, &s, &q->threats[k]);
        ptrdiff_t at = 0;
        while (at < count && said[at] != market) at++;
        if (market < 0 || at < count) continue;
        said[count++] = market;
        ENT_TRY(say_market(q, t, &s, market, json, err));
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

/* ---- the question ---- */

static void say_progress(void *watch, ptrdiff_t done, ptrdiff_t all)
{
    web_watch_say(watch, "cut-offs", done, all);
}

static ent_status set_up(inquiry *q, const web_setup *setup, ent_options *options, ent_arena *arena, ent_error *err)
{
    const ent_table *t = &q->point.base->table;
    unsigned char *sender, *target, *sector;
    ptrdiff_t senders = 0;
    ENT_TRY(asked_mark("region", &q->senders, &t->regions, &t->region_groups, arena, &sender, err));
    ENT_TRY(asked_mark("region", &q->targets, &t->regions, &t->region_groups, arena, &target, err));
    ENT_TRY(asked_mark("product or sector", &q->products, &t->sectors, &t->sector_groups, arena, &sector, err));
    for (ptrdiff_t n = 0; sender != NULL && n < t->regions.count; n++) senders += sender[n];
    *options = q->point.ask.options;
    options->stop = web_watch_stop;
    options->stop_who = q->point.watch;
    q->ask = (ent_cutoff_ask){.net = &q->point.base->net,
                              .policy = &q->point.policy,
                              .eq = &q->point.eq,
                              .options = options,
                              .sender = sender,
                              .target = target,
                              .sector = sector,
                              .bloc = senders > 1,
                              .together = q->together,
                              .two_way = q->two_way,
                              .formula_only = q->formula,
                              .threads = (int)setup->threads,
                              .progress = say_progress,
                              .progress_who = q->point.watch};
    return ENT_OK;
}

static ent_status answer(web_app *app, inquiry *q, ent_arena *arena, ent_json *json, ent_error *err)
{
    ent_options options;
    ENT_TRY(asked_solve(app, &q->point, arena, err));
    const ent_table *t = &q->point.base->table;
    ENT_TRY(set_up(q, app->setup, &options, arena, err));
    ENT_TRY(ent_cutoffs_measure(&q->ask, arena, &q->threats, &q->count, err));
    ent_json_open(json, '{');
    say_head(q, arena, json);
    asked_say_codes("regions", &t->regions, json);
    if (q->ask.bloc) ENT_TRY(join(q, t, arena, json, err));
    ent_cutoffs_sort(q->threats, q->count);
    const ptrdiff_t shown = q->top == 0 || q->top > q->count ? q->count : q->top;
    ent_json_pair_integer(json, "count", q->count);
    say_threats("rows", t, q->threats, shown, json);
    if (q->matrix) ENT_TRY(pair_up(q, t, arena, json, err));
    if (q->remedies) ENT_TRY(remedy(q, t, shown, arena, json, err));
    if (q->markets) ENT_TRY(say_markets(q, t, shown, arena, json, err));
    ent_json_close(json, '}');
    return ENT_OK;
}

void web_ask_chokepoint(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena,
                        web_response *response)
{
    inquiry q = {.point = {.ask = {.options = ent_options_default(), .command = "chokepoint"}, .watch = watch},
                 .top = 25};
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    ent_status status = read_ask(body, arena, &q, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = answer(app, &q, arena, &json, &err);
    if (status == ENT_OK)
        web_say_json(&text, response);
    else
        web_say_failure(status, watch, &err, -1, arena, response);
    asked_close(app, &q.point);
}
