/* choke_rows.c: the answer of `entente chokepoint` as rows for other programs. Shares are shares (0.25), losses percent
 * of real income, money million US dollars a year. */
// SPDX-License-Identifier: MIT
#include "choke.h"
#include <math.h>

static const char *region(const choke_answer *a, ptrdiff_t n)
{
    return n >= 0 ? a->net->table->regions.code[n] : "bloc";
}

static const char *sector(const choke_answer *a, ptrdiff_t j)
{
    return j >= 0 ? a->net->table->sectors.code[j] : "all";
}

static const char *sector_label(const choke_answer *a, ptrdiff_t j)
{
    return j >= 0 ? a->net->table->sectors.label[j] : "all that was asked for";
}

/* Log points to percent of real income; INFINITY, no equilibrium without it, is all of it. */
static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

static void add_threats(const choke_answer *a, const ent_cutoff *list, ptrdiff_t count, ledger *book)
{
    for (ptrdiff_t k = 0; k < count; k++) {
        const ent_cutoff *t = &list[k];
        ledger_text(book, region(a, t->sender));
        ledger_text(book, region(a, t->target));
        ledger_text(book, sector(a, t->sector));
        ledger_text(book, sector_label(a, t->sector));
        ledger_text(book, t->kind == ENT_CUTOFF_VITAL ? "no_equilibrium" : "measured");
        ledger_number(book, t->trade_usd);
        ledger_number(book, t->share);
        ledger_number(book, t->import_share);
        ledger_number(book, percent(t->formula));
        ledger_number(book, percent(t->exact));
        ledger_number(book, t->exact_usd);
        ledger_number(book, percent(t->own));
        ledger_number(book, t->own_usd);
        ledger_number(book, t->ratio);
        ledger_number(book, t->others_usd);
    }
}

static const ledger_column threat_columns[] = {
    {"sender", 1},     {"target", 1},      {"sector", 1},       {"sector_label", 1},    {"kind", 1},
    {"trade_musd", 0}, {"share", 0},       {"import_share", 0}, {"formula_percent", 0}, {"exact_percent", 0},
    {"loss_musd", 0},  {"own_percent", 0}, {"own_musd", 0},     {"per_dollar", 0},      {"others_musd", 0}};

ledger choke_threats(const choke_answer *a, ent_arena *arena)
{
    ledger book = ledger_begin(arena, threat_columns, sizeof threat_columns / sizeof *threat_columns);
    add_threats(a, a->threats, a->count, &book);
    return book;
}

ledger choke_pairs(const choke_answer *a, ent_arena *arena)
{
    ledger book = ledger_begin(arena, threat_columns, sizeof threat_columns / sizeof *threat_columns);
    add_threats(a, a->pairs, a->pair_count, &book);
    return book;
}

ledger choke_suppliers(const choke_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"importer", 1}, {"sector", 1},      {"sector_label", 1},
                                            {"exporter", 1}, {"border_musd", 0}, {"purchases_musd", 0},
                                            {"share", 0},    {"import_share", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    for (ptrdiff_t lane = 0; lane < a->net->borders; lane++) {
        const double value = a->eq->lane_value_usd[lane];
        const ptrdiff_t j = ent_lane_sector(a->net, lane);
        ledger_text(&book, region(a, a->net->lane_region[lane]));
        ledger_text(&book, sector(a, j));
        ledger_text(&book, sector_label(a, j));
        ledger_text(&book, region(a, ent_lane_exporter(a->net, lane)));
        ledger_number(&book, value / (1.0 + a->policy->duty[lane]));
        ledger_number(&book, value);
        ledger_number(&book, a->suppliers.share[lane]);
        ledger_number(&book, a->suppliers.import_share[lane]);
    }
    return book;
}

ledger choke_markets(const choke_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {
        {"region", 1},       {"sector", 1},       {"sector_label", 1}, {"purchases_musd", 0},
        {"imports_musd", 0}, {"exports_musd", 0}, {"herfindahl", 0},   {"foreign_share", 0},
        {"cover", 0},        {"depends", 0},      {"largest", 1},      {"face_foreign", 0},
        {"look_foreign", 0}, {"hot", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    const ptrdiff_t J = a->net->sectors;
    for (ptrdiff_t cell = 0; cell < a->net->regions * J; cell++) {
        const ent_suppliers *s = &a->suppliers;
        ledger_text(&book, region(a, cell / J));
        ledger_text(&book, sector(a, cell % J));
        ledger_text(&book, sector_label(a, cell % J));
        ledger_number(&book, s->purchases_usd[cell]);
        ledger_number(&book, s->imports_usd[cell]);
        ledger_number(&book, s->exports_usd[cell]);
        ledger_number(&book, s->herfindahl[cell]);
        ledger_number(&book, s->foreign_share[cell]);
        ledger_number(&book, s->cover[cell]);
        ledger_number(&book, s->depends[cell]);
        ledger_text(&book, s->largest[cell] >= 0 ? region(a, s->largest[cell]) : "");
        ledger_number(&book, a->reliance.face_foreign[cell]);
        ledger_number(&book, a->reliance.look_foreign[cell]);
        ledger_number(&book, a->reliance.hot[cell]);
    }
    return book;
}

ledger choke_reliance(const choke_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"region", 1}, {"sector", 1}, {"on", 1}, {"face", 0}, {"look_through", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    const ptrdiff_t R = a->net->regions, J = a->net->sectors;
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t j = 0; j <= J; j++)
            for (ptrdiff_t h = 0; h < R; h++) {
                const int all = j == J; /* the region's producers together stand last */
                ledger_text(&book, region(a, n));
                ledger_text(&book, all ? "all" : sector(a, j));
                ledger_text(&book, region(a, h));
                ledger_number(&book, all ? a->reliance.region_face[n * R + h] : a->reliance.face[(n * J + j) * R + h]);
                ledger_number(&book, all ? a->reliance.region_look[n * R + h] : a->reliance.look[(n * J + j) * R + h]);
            }
    return book;
}

ledger choke_remedies(const choke_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"sender", 1},       {"target", 1},          {"sector", 1},
                                            {"remedy", 1},       {"partner", 1},         {"size", 0},
                                            {"unit", 1},         {"premium_percent", 0}, {"without_percent", 0},
                                            {"left_percent", 0}, {"with_percent", 0},    {"even", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    for (ptrdiff_t k = 0; k < a->remedied; k++)
        for (ptrdiff_t m = 0; m < a->remedies[k].count; m++) {
            const ent_remedy *r = &a->remedies[k].remedy[m];
            const ent_cutoff *t = &a->threats[k];
            ledger_text(&book, region(a, t->sender));
            ledger_text(&book, region(a, t->target));
            ledger_text(&book, sector(a, t->sector));
            ledger_text(&book, ent_remedy_word(r->kind));
            ledger_text(&book, r->partner >= 0 ? region(a, r->partner) : "");
            ledger_number(&book, r->size);
            ledger_text(&book, ent_remedy_unit(r->kind));
            ledger_number(&book, percent(r->premium));
            ledger_number(&book, percent(r->without));
            ledger_number(&book, percent(r->left));
            ledger_number(&book, percent(r->with));
            ledger_number(&book, r->even);
        }
    return book;
}

ledger choke_joint(const choke_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"target", 1},
                                            {"sector", 1},
                                            {"sum_of_single_formula", 0},
                                            {"joint_formula", 0},
                                            {"complementarity_formula", 0},
                                            {"sum_of_single_exact", 0},
                                            {"joint_exact", 0},
                                            {"complementarity_exact", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    for (ptrdiff_t k = 0; k < a->joint_count; k++) {
        const ent_joint *x = &a->joint[k];
        ledger_text(&book, region(a, x->target));
        ledger_text(&book, sector(a, x->sector));
        ledger_number(&book, 100.0 * x->single_formula);
        ledger_number(&book, 100.0 * x->joint_formula);
        ledger_number(&book, 100.0 * (x->joint_formula - x->single_formula));
        ledger_number(&book, 100.0 * x->single_exact);
        ledger_number(&book, 100.0 * x->joint_exact);
        ledger_number(&book, 100.0 * (x->joint_exact - x->single_exact));
    }
    return book;
}
