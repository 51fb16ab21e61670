/* choke_page.c: what report.html of `entente chokepoint` draws: the threat matrix and its map, ranked cut-offs,
 * suppliers and users of what is cut, remedies, joint threats. The page, with its figures, is the one of every report;
 * here its data are said, as JSON members. Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "choke.h"
#include "manifest.h"
#include <math.h>
#include <string.h>

enum {
    MOST_ROWS = 60,    /* of ranked cut-offs */
    MOST_JOINT = 600,  /* of joint threats; the page draws the largest of them */
    MOST_MARKETS = 60, /* whose suppliers and users are drawn */
    MOST_REGIONS = 80, /* of the matrix; more would be cells of a few pixels */
    DIGITS = 6
};

static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

static void say(const char *key, double value, ent_json *json)
{
    ent_json_pair_rounded(json, key, value, DIGITS);
}

/* ---- names ---- */

/* Codes of countries, with blanks between. */
static void say_members(const char *members, ent_json *json)
{
    char code[16];
    ent_json_key(json, "members");
    ent_json_open(json, '[');
    for (const char *c = members == NULL ? "" : members; *c != 0;) {
        const size_t length = strcspn(c, " ");
        if (length > 0 && length < sizeof code) {
            memcpy(code, c, length);
            code[length] = 0;
            ent_json_string(json, code);
        }
        c += length + strspn(c + length, " ");
    }
    ent_json_close(json, ']');
}

static void say_name(const ent_names *names, ptrdiff_t i, ent_json *json)
{
    ent_json_pair(json, "code", names->code[i]);
    ent_json_pair(json, "label", names->label[i]);
}

static void say_list(const char *key, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open_dense(json, '[');
    for (ptrdiff_t i = 0; i < names->count; i++) {
        ent_json_open(json, '{');
        say_name(names, i, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_names(const choke_answer *a, ent_json *json)
{
    const ent_table *t = a->net->table;
    ent_json_key(json, "regions");
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < a->net->regions; n++) {
        ent_json_open_dense(json, '{');
        say_name(&t->regions, n, json);
        say("income", a->eq->income_usd[n], json);
        say_members(t->members == NULL ? t->regions.code[n] : t->members[n], json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    say_list("sectors", &t->sectors, json);
    say_list("uses", &t->uses, json);
}

/* ---- cut-offs ---- */

static void say_threat(const choke_answer *a, const ent_cutoff *t, ent_json *json)
{
    const ent_table *table = a->net->table;
    ent_json_open_dense(json, '{');
    ent_json_pair_truth(json, "vital", t->kind == ENT_CUTOFF_VITAL);
    manifest_code("sender", &table->regions, t->sender, json);
    manifest_code("target", &table->regions, t->target, json);
    manifest_code("sector", &table->sectors, t->sector, json);
    say("trade", t->trade_usd, json);
    say("share", t->share, json);
    say("import_share", t->import_share, json);
    say("formula", percent(t->formula), json);
    say("exact", percent(t->exact), json);
    say("loss_usd", t->exact_usd, json);
    say("own", percent(t->own), json);
    say("own_usd", t->own_usd, json);
    say("ratio", t->ratio, json);
    ent_json_close(json, '}');
}

static ptrdiff_t shown_of(const choke_answer *a)
{
    const ptrdiff_t most = a->top < MOST_ROWS ? a->top : MOST_ROWS;
    return a->count < most ? a->count : most;
}

static void say_threats(const choke_answer *a, ent_json *json)
{
    ent_json_pair_integer(json, "count", a->count);
    ent_json_key(json, "rows");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < shown_of(a); k++) say_threat(a, &a->threats[k], json);
    ent_json_close(json, ']');
    ent_json_key(json, "pairs");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < a->pair_count; k++) say_threat(a, &a->pairs[k], json);
    ent_json_close(json, ']');
}

static void say_joint(const choke_answer *a, ent_json *json)
{
    ent_json_key(json, "joint");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < a->joint_count && k < MOST_JOINT; k++) {
        const ent_joint *x = &a->joint[k];
        ent_json_open_dense(json, '{');
        ent_json_pair_integer(json, "at", k);
        manifest_code("target", &a->net->table->regions, x->target, json);
        manifest_code("sector", &a->net->table->sectors, x->sector, json);
        say("single_formula", 100.0 * x->single_formula, json);
        say("joint_formula", 100.0 * x->joint_formula, json);
        say("single", 100.0 * x->single_exact, json);
        say("joint", 100.0 * x->joint_exact, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_remedy(const choke_answer *a, ptrdiff_t row, const ent_remedy *r, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair_integer(json, "row", row);
    ent_json_pair(json, "kind", ent_remedy_word(r->kind));
    manifest_code("partner", &a->net->table->regions, r->partner, json);
    say("size", r->size, json);
    say("premium", percent(r->premium), json);
    say("without", percent(r->without), json);
    say("left", percent(r->left), json);
    say("with", percent(r->with), json);
    say("even", r->even, json);
    ent_json_close(json, '}');
}

/* `remedies` of the manifest has their sizes; these are the rows. */
static void say_remedies(const choke_answer *a, ent_json *json)
{
    say("cut_days", a->sizes.cut_days, json);
    ent_json_key(json, "remedied");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < a->remedied; k++)
        for (ptrdiff_t m = 0; m < a->remedies[k].count; m++) say_remedy(a, k, &a->remedies[k].remedy[m], json);
    ent_json_close(json, ']');
}

/* ---- suppliers and users ---- */

/* Markets of the ranked rows, each once; where rows are of all products together, the largest of the targets' imports.
 */
static ptrdiff_t list_markets(const choke_answer *a, ptrdiff_t *market)
{
    const ptrdiff_t J = a->net->sectors;
    ptrdiff_t count = 0;
    for (ptrdiff_t k = 0; k < shown_of(a) && count < MOST_MARKETS; k++) {
        ptrdiff_t cell = a->threats[k].target * J + a->threats[k].sector, at = 0;
        if (a->threats[k].sector < 0) {
            cell = a->threats[k].target * J;
            for (ptrdiff_t j = 0; j < J; j++)
                if ((a->ask.sector == NULL || a->ask.sector[j]) &&
                    a->suppliers.imports_usd[a->threats[k].target * J + j] > a->suppliers.imports_usd[cell])
                    cell = a->threats[k].target * J + j;
        }
        while (at < count && market[at] != cell) at++;
        if (at == count) market[count++] = cell;
    }
    return count;
}

static void say_suppliers(const choke_answer *a, ptrdiff_t target, ptrdiff_t sector, ent_json *json)
{
    ent_json_key(json, "suppliers");
    ent_json_open(json, '{');
    for (ptrdiff_t lane = 0; lane < a->net->borders; lane++) {
        if (a->net->lane_region[lane] != target || ent_lane_sector(a->net, lane) != sector) continue;
        if (!(a->eq->lane_value_usd[lane] > 0.0)) continue;
        say(a->net->table->regions.code[ent_lane_exporter(a->net, lane)], a->eq->lane_value_usd[lane], json);
    }
    ent_json_close(json, '}');
}

static void say_numbers(const char *key, const double *value, ptrdiff_t count, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < count; k++) ent_json_rounded(json, value[k], DIGITS);
    ent_json_close(json, ']');
}

static ent_status say_market(const choke_answer *a, ptrdiff_t market, ent_json *json, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_table *t = a->net->table;
    const ptrdiff_t n = market / a->net->sectors, j = market % a->net->sectors;
    ent_users_of users;
    ENT_TRY(ent_users_of_measure(a->net, a->policy, a->eq, n, j, &scratch, &users, err));
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "target", t->regions.code[n]);
    manifest_code("sector", &t->sectors, j, json);
    say("herfindahl", a->suppliers.herfindahl[market], json);
    say("foreign", a->suppliers.foreign_share[market], json);
    say("cover", a->suppliers.cover[market], json);
    ent_json_pair_truth(json, "depends", a->suppliers.depends[market]);
    say_suppliers(a, n, j, json);
    say_numbers("by_sector", users.by_sector, a->net->sectors, json);
    say_numbers("by_final", users.by_final, t->uses.count, json);
    ent_json_close(json, '}');
    return ENT_OK;
}

static ent_status say_markets(const choke_answer *a, ent_json *json, ent_error *err)
{
    ptrdiff_t market[MOST_MARKETS];
    const ptrdiff_t count = list_markets(a, market);
    ent_json_key(json, "markets");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < count; k++) ENT_TRY(say_market(a, market[k], json, err));
    ent_json_close(json, ']');
    return ENT_OK;
}

ent_status choke_page(const choke_answer *a, ent_json *json, ent_error *err)
{
    ent_json_pair(json, "kind", "chokepoint");
    ent_json_pair_integer(json, "most_regions", MOST_REGIONS);
    ent_json_pair(json, "where", a->where);
    say_names(a, json);
    say_threats(a, json);
    say_joint(a, json);
    say_remedies(a, json);
    return say_markets(a, json, err);
}
