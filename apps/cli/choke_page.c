/* choke_page.c: what report.html of `entente chokepoint` draws: the threat matrix and its map, ranked cut-offs,
 * suppliers and users of what is cut, remedies, joint threats. The page, with its figures, is the one of every report;
 * here its data are said, as JSON members. Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "choke.h"
#include <math.h>
#include <string.h>

enum {
    MOST_ROWS = 60,    /* of ranked cut-offs */
    MOST_JOINT = 600,  /* of joint threats; the page draws the largest of them */
    MOST_MARKETS = 60, /* whose suppliers and users are drawn */
    MOST_REGIONS = 80  /* of the matrix; more would be cells of a few pixels */
};

static void say_number(ent_text *out, double value)
{
    if (isfinite(value))
        ent_text_say(out, "%.6g", value);
    else
        ent_text_say(out, "null");
}

static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

static void say_pair(ent_text *out, const char *key, double value)
{
    ent_text_say(out, ", \"%s\": ", key);
    say_number(out, value);
}

/* ---- names ---- */

static void say_members(ent_text *out, const char *members)
{
    char code[16];
    int said = 0;
    ent_text_say(out, "[");
    for (const char *c = members == NULL ? "" : members; *c != 0;) {
        const size_t length = strcspn(c, " ");
        if (length > 0 && length < sizeof code) {
            memcpy(code, c, length);
            code[length] = 0;
            ent_text_say(out, said++ > 0 ? ", " : "");
            ledger_quote(out, code);
        }
        c += length + strspn(c + length, " ");
    }
    ent_text_say(out, "]");
}

static void say_name(ent_text *out, const ent_names *names, ptrdiff_t i)
{
    ent_text_say(out, "{\"code\": ");
    ledger_quote(out, names->code[i]);
    ent_text_say(out, ", \"label\": ");
    ledger_quote(out, names->label[i]);
}

static void say_names(const choke_answer *a, ent_text *out)
{
    const ent_table *t = a->net->table;
    ent_text_say(out, ",\n  \"regions\": [");
    for (ptrdiff_t n = 0; n < a->net->regions; n++) {
        ent_text_say(out, n > 0 ? ",\n" : "");
        say_name(out, &t->regions, n);
        say_pair(out, "income", a->eq->income_usd[n]);
        ent_text_say(out, ", \"members\": ");
        say_members(out, t->members == NULL ? t->regions.code[n] : t->members[n]);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "],\n  \"sectors\": [");
    for (ptrdiff_t j = 0; j < a->net->sectors; j++) {
        ent_text_say(out, j > 0 ? ", " : "");
        say_name(out, &t->sectors, j);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "],\n  \"uses\": [");
    for (ptrdiff_t u = 0; u < t->uses.count; u++) {
        ent_text_say(out, u > 0 ? ", " : "");
        say_name(out, &t->uses, u);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

static void say_code(ent_text *out, const char *key, const ent_names *names, ptrdiff_t i)
{
    ent_text_say(out, ", \"%s\": ", key);
    if (i < 0)
        ent_text_say(out, "null");
    else
        ledger_quote(out, names->code[i]);
}

/* ---- cut-offs ---- */

static void say_threat(const choke_answer *a, const ent_cutoff *t, ent_text *out)
{
    const ent_table *table = a->net->table;
    ent_text_say(out, "{\"vital\": %s", t->kind == ENT_CUTOFF_VITAL ? "true" : "false");
    say_code(out, "sender", &table->regions, t->sender);
    say_code(out, "target", &table->regions, t->target);
    say_code(out, "sector", &table->sectors, t->sector);
    say_pair(out, "trade", t->trade_usd);
    say_pair(out, "share", t->share);
    say_pair(out, "import_share", t->import_share);
    say_pair(out, "formula", percent(t->formula));
    say_pair(out, "exact", percent(t->exact));
    say_pair(out, "loss_usd", t->exact_usd);
    say_pair(out, "own", percent(t->own));
    say_pair(out, "own_usd", t->own_usd);
    say_pair(out, "ratio", t->ratio);
    ent_text_say(out, "}");
}

static ptrdiff_t shown_of(const choke_answer *a)
{
    const ptrdiff_t most = a->top < MOST_ROWS ? a->top : MOST_ROWS;
    return a->count < most ? a->count : most;
}

static void say_threats(const choke_answer *a, ent_text *out)
{
    ent_text_say(out, ",\n  \"count\": %td,\n  \"rows\": [", a->count);
    for (ptrdiff_t k = 0; k < shown_of(a); k++) {
        ent_text_say(out, k > 0 ? ",\n" : "");
        say_threat(a, &a->threats[k], out);
    }
    ent_text_say(out, "],\n  \"pairs\": [");
    for (ptrdiff_t k = 0; k < a->pair_count; k++) {
        ent_text_say(out, k > 0 ? ",\n" : "");
        say_threat(a, &a->pairs[k], out);
    }
    ent_text_say(out, "]");
}

static void say_joint(const choke_answer *a, ent_text *out)
{
    ent_text_say(out, ",\n  \"joint\": [");
    for (ptrdiff_t k = 0; k < a->joint_count && k < MOST_JOINT; k++) {
        const ent_joint *x = &a->joint[k];
        ent_text_say(out, k > 0 ? ",\n{\"at\": %td" : "{\"at\": %td", k);
        say_code(out, "target", &a->net->table->regions, x->target);
        say_code(out, "sector", &a->net->table->sectors, x->sector);
        say_pair(out, "single_formula", 100.0 * x->single_formula);
        say_pair(out, "joint_formula", 100.0 * x->joint_formula);
        say_pair(out, "single", 100.0 * x->single_exact);
        say_pair(out, "joint", 100.0 * x->joint_exact);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

static void say_remedies(const choke_answer *a, ent_text *out)
{
    int said = 0;
    ent_text_say(out, ",\n  \"cut_days\": %.6g,\n  \"remedies\": [", a->sizes.cut_days);
    for (ptrdiff_t k = 0; k < a->remedied; k++)
        for (ptrdiff_t m = 0; m < a->remedies[k].count; m++) {
            const ent_remedy *r = &a->remedies[k].remedy[m];
            ent_text_say(out, "%s{\"row\": %td, \"kind\": \"%s\"", said++ > 0 ? ",\n" : "", k,
                         ent_remedy_word(r->kind));
            say_code(out, "partner", &a->net->table->regions, r->partner);
            say_pair(out, "size", r->size);
            say_pair(out, "premium", percent(r->premium));
            say_pair(out, "without", percent(r->without));
            say_pair(out, "left", percent(r->left));
            say_pair(out, "with", percent(r->with));
            say_pair(out, "even", r->even);
            ent_text_say(out, "}");
        }
    ent_text_say(out, "]");
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

static ent_status say_market(const choke_answer *a, ptrdiff_t market, ent_text *out, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_table *t = a->net->table;
    const ptrdiff_t n = market / a->net->sectors, j = market % a->net->sectors;
    ent_users_of users;
    int said = 0;
    ENT_TRY(ent_users_of_measure(a->net, a->policy, a->eq, n, j, &scratch, &users, err));
    ent_text_say(out, "{\"target\": ");
    ledger_quote(out, t->regions.code[n]);
    say_code(out, "sector", &t->sectors, j);
    say_pair(out, "herfindahl", a->suppliers.herfindahl[market]);
    say_pair(out, "foreign", a->suppliers.foreign_share[market]);
    say_pair(out, "cover", a->suppliers.cover[market]);
    ent_text_say(out, ", \"depends\": %s, \"suppliers\": {", a->suppliers.depends[market] ? "true" : "false");
    for (ptrdiff_t lane = 0; lane < a->net->borders; lane++) {
        if (a->net->lane_region[lane] != n || ent_lane_sector(a->net, lane) != j) continue;
        if (!(a->eq->lane_value_usd[lane] > 0.0)) continue;
        ent_text_say(out, said++ > 0 ? ", " : "");
        ledger_quote(out, t->regions.code[ent_lane_exporter(a->net, lane)]);
        ent_text_say(out, ": ");
        say_number(out, a->eq->lane_value_usd[lane]);
    }
    ent_text_say(out, "}, \"by_sector\": [");
    for (ptrdiff_t k = 0; k < a->net->sectors; k++) {
        ent_text_say(out, k > 0 ? "," : "");
        say_number(out, users.by_sector[k]);
    }
    ent_text_say(out, "], \"by_final\": [");
    for (ptrdiff_t u = 0; u < t->uses.count; u++) {
        ent_text_say(out, u > 0 ? "," : "");
        say_number(out, users.by_final[u]);
    }
    ent_text_say(out, "]}");
    return ENT_OK;
}

static ent_status say_markets(const choke_answer *a, ent_text *out, ent_error *err)
{
    ptrdiff_t market[MOST_MARKETS];
    const ptrdiff_t count = list_markets(a, market);
    ent_text_say(out, ",\n  \"markets\": [");
    for (ptrdiff_t k = 0; k < count; k++) {
        ent_text_say(out, k > 0 ? ",\n" : "");
        ENT_TRY(say_market(a, market[k], out, err));
    }
    ent_text_say(out, "]");
    return ENT_OK;
}

ent_status choke_page(const choke_answer *a, ent_text *out, ent_error *err)
{
    ent_text_say(out, ",\n  \"kind\": \"chokepoint\",\n  \"most_regions\": %d,\n  \"where\": ", MOST_REGIONS);
    ledger_quote(out, a->where);
    say_names(a, out);
    say_threats(a, out);
    say_joint(a, out);
    say_remedies(a, out);
    return say_markets(a, out, err);
}
