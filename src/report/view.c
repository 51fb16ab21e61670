/* view.c: outcomes side by side. Sums go in table order, so that the same inputs give the same digits. */
// SPDX-License-Identifier: MIT
#include "report/view.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SUM = -1, /* money: add */
    NONE = -2 /* no total makes sense */
};

/* How a region variable is summed over the world: SUM, NONE or the variable whose benchmark weighs the mean. */
static int region_rule(ent_region_variable v)
{
    switch (v) {
    case ENT_REGION_real_income:
    case ENT_REGION_welfare:
    case ENT_REGION_price_index:
        return ENT_REGION_income;
    case ENT_REGION_real_gdp:
        return ENT_REGION_gdp;
    case ENT_REGION_real_exports:
        return ENT_REGION_exports;
    case ENT_REGION_real_imports:
    case ENT_REGION_average_duty:
        return ENT_REGION_imports;
    default:
        return strcmp(ent_region_variables[v].unit, "million USD") == 0 ? SUM : NONE;
    }
}

static int sector_rule(ent_sector_variable v)
{
    if (v == ENT_SECTOR_real_output) return ENT_SECTOR_output;
    return strcmp(ent_sector_variables[v].unit, "million USD") == 0 ? SUM : NONE;
}

static const char *free_code(const ent_names *names, const char *wish, ent_arena *arena)
{
    while (wish != NULL && ent_names_find(names, wish) >= 0) wish = ent_string_format(arena, "%s_", wish);
    return wish;
}

static int is_taken(const ent_view *view, ptrdiff_t before, const char *name)
{
    for (ptrdiff_t s = 0; s < before; s++)
        if (strcmp(view->name[s], name) == 0) return 1;
    return 0;
}

static const char *distinct_name(const ent_view *view, ptrdiff_t s, ent_arena *arena)
{
    const char *plain = view->report->answers[s].scenario->name;
    if (plain == NULL || *plain == 0) plain = "scenario";
    const char *name = plain;
    for (int twin = 2; name != NULL && is_taken(view, s, name); twin++)
        name = ent_string_format(arena, "%s (%d)", plain, twin);
    return name;
}

ent_status ent_view_make(const ent_report *report, ent_arena *arena, ent_view *view, ent_error *err)
{
    *view = (ent_view){.report = report,
                       .table = report->table,
                       .regions = report->table->regions.count,
                       .sectors = report->table->sectors.count,
                       .scenarios = report->count};
    view->world = free_code(&report->table->regions, "WLD", arena);
    view->all = free_code(&report->table->sectors, "ALL", arena);
    view->name = ent_new(arena, const char *, report->count);
    if (view->world == NULL || view->all == NULL || view->name == NULL) goto no_memory;
    for (ptrdiff_t s = 0; s < report->count; s++) {
        view->name[s] = distinct_name(view, s, arena);
        if (view->name[s] == NULL) goto no_memory;
    }
    return ENT_OK;
no_memory:
    return ent_fail(err, ENT_NO_MEMORY, "no memory for a report of %td scenarios", report->count);
}

static const ent_outcome *outcome_of(const ent_view *view, ptrdiff_t s)
{
    return view->report->answers[s].outcome;
}

/* Σ x or Σ w x / Σ w over n places `step` apart; places without a value are left out. */
static double total(ptrdiff_t n, const double *x, const double *w, ptrdiff_t step)
{
    double sum = 0.0, weight = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const double xi = x[i * step], wi = w == NULL ? 1.0 : w[i * step];
        if (isnan(xi) || isnan(wi)) continue;
        sum += wi * xi;
        weight += wi;
    }
    if (w == NULL) return sum;
    return weight != 0.0 ? sum / weight : (double)NAN;
}

double ent_view_region(const ent_view *view, ptrdiff_t s, ent_when when, ent_region_variable v, ptrdiff_t region)
{
    const ent_outcome *o = outcome_of(view, s);
    const double *all = when == ENT_BEFORE ? o->region_benchmark : o->region_value;
    const double *x = all + (ptrdiff_t)v * view->regions;
    if (region < view->regions) return x[region];
    if (v == ENT_REGION_real_income && when == ENT_AFTER) return o->world_real_income;
    const int rule = region_rule(v);
    if (rule == NONE) return (double)NAN;
    if (rule == SUM) return total(view->regions, x, NULL, 1);
    const double *weights =
        v == ENT_REGION_average_duty ? all : o->region_benchmark; /* duties: by imports of the same time */
    return total(view->regions, x, weights + rule * view->regions, 1);
}

double ent_view_sector(const ent_view *view, ptrdiff_t s, ent_when when, ent_sector_variable v, ptrdiff_t region,
                       ptrdiff_t sector)
{
    const ent_outcome *o = outcome_of(view, s);
    const ptrdiff_t R = view->regions, J = view->sectors;
    const double *x = (when == ENT_BEFORE ? o->sector_benchmark : o->sector_value) + (ptrdiff_t)v * R * J;
    if (region < R && sector < J) return x[region * J + sector];
    const int rule = sector_rule(v);
    if (rule == NONE) return (double)NAN;
    const double *w = rule == SUM ? NULL : o->sector_benchmark + rule * R * J;
    if (region < R) return total(J, x + region * J, w == NULL ? NULL : w + region * J, 1);
    if (sector < J) return total(R, x + sector, w == NULL ? NULL : w + sector, J);
    return total(R * J, x, w, 1);
}

double ent_view_ratio(ent_variable_kind kind, double benchmark, double value)
{
    if (kind == ENT_INDEX) return value;
    if (kind == ENT_CHANGE || benchmark == 0.0) return (double)NAN;
    return value / benchmark;
}

/* ---- trade of pairs ---- */

static void add_weighted(double *sum, double weight, double x)
{
    if (!isnan(weight) && !isnan(x)) *sum += weight * x;
}

static void add_flow(ent_pairs *pairs, const ent_outcome *o, ptrdiff_t e, ptrdiff_t cell)
{
    const ptrdiff_t flows = o->flows;
    const double weight = o->flow_benchmark[ENT_FLOW_value * flows + e];
    for (int when = ENT_BEFORE; when <= ENT_AFTER; when++) {
        const double *all = when == ENT_BEFORE ? o->flow_benchmark : o->flow_value;
        add_weighted(&pairs->value[when][cell], 1.0, all[ENT_FLOW_value * flows + e]);
        add_weighted(&pairs->rate[when][cell], weight, all[ENT_FLOW_duty * flows + e]);
        add_weighted(&pairs->export_tax[when][cell], weight, all[ENT_FLOW_export_tax * flows + e]);
    }
    add_weighted(&pairs->quantity[cell], weight, o->flow_value[ENT_FLOW_quantity * flows + e]);
}

static void divide_by_trade(ent_pairs *pairs, ptrdiff_t cells)
{
    for (ptrdiff_t c = 0; c < cells; c++) {
        for (int when = ENT_BEFORE; when <= ENT_AFTER; when++) {
            pairs->rate[when][c] /= pairs->value[ENT_BEFORE][c]; /* 0/0: NaN, no trade has no rate */
            pairs->export_tax[when][c] /= pairs->value[ENT_BEFORE][c];
        }
        pairs->quantity[c] /= pairs->value[ENT_BEFORE][c];
    }
}

ent_status ent_view_pairs(const ent_view *view, ptrdiff_t s, ent_arena *arena, ent_pairs *pairs, ent_error *err)
{
    const ent_outcome *o = outcome_of(view, s);
    const ptrdiff_t side = view->regions + 1, world = view->regions;
    double *room = ent_new0(arena, double, 7 * side * side);
    if (room == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the trade of %td regions", view->regions);
    *pairs = (ent_pairs){.regions = view->regions, .quantity = room + 6 * side * side};
    for (int when = ENT_BEFORE; when <= ENT_AFTER; when++) {
        pairs->value[when] = room + when * side * side;
        pairs->rate[when] = room + (2 + when) * side * side;
        pairs->export_tax[when] = room + (4 + when) * side * side;
    }
    for (ptrdiff_t e = 0; e < o->flows; e++) {
        const ptrdiff_t n = o->flow_importer[e], i = o->flow_exporter[e];
        if (n == i) continue;
        add_flow(pairs, o, e, n * side + i);
        add_flow(pairs, o, e, n * side + world);
        add_flow(pairs, o, e, world * side + i);
        add_flow(pairs, o, e, world * side + world);
    }
    divide_by_trade(pairs, side * side);
    return ENT_OK;
}

static int by_change(const void *left, const void *right)
{
    const ent_pair *l = left, *r = right;
    if (l->change_usd != r->change_usd) return l->change_usd > r->change_usd ? -1 : 1;
    if (l->a != r->a) return l->a < r->a ? -1 : 1;
    return (l->b > r->b) - (l->b < r->b);
}

static double change_of(const ent_view *view, const ent_pairs *pairs, ptrdiff_t a, ptrdiff_t b)
{
    double sum = 0.0;
    const ptrdiff_t side = view->regions + 1;
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const double *before = pairs[s].value[ENT_BEFORE], *after = pairs[s].value[ENT_AFTER];
        sum += fabs(after[a * side + b] - before[a * side + b]) + fabs(after[b * side + a] - before[b * side + a]);
    }
    return sum;
}

/* The pair of a and b comes first where the scenarios move it, else second. */
static void put_forward(ent_pair *list, ptrdiff_t count, ptrdiff_t a, ptrdiff_t b)
{
    for (ptrdiff_t p = 0; p < count; p++) {
        if (!((list[p].a == a && list[p].b == b) || (list[p].a == b && list[p].b == a))) continue;
        const ent_pair chief = {(int32_t)a, (int32_t)b, list[p].change_usd};
        const ptrdiff_t place = p == 0 || chief.change_usd >= 0.1 * list[0].change_usd ? 0 : 1;
        memmove(list + place + 1, list + place, (size_t)(p - place) * sizeof *list);
        list[place] = chief;
        return;
    }
}

ent_status ent_view_rank_pairs(const ent_view *view, const ent_pairs *pairs, ent_arena *arena, ent_pair **ranked,
                               ptrdiff_t *count, ent_error *err)
{
    const ptrdiff_t R = view->regions;
    const ptrdiff_t us = ent_names_find(&view->table->regions, "USA"),
                    cn = ent_names_find(&view->table->regions, "CHN");
    *count = R * (R - 1) / 2;
    ent_pair *list = *ranked = ent_new(arena, ent_pair, *count);
    if (list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td pairs of regions", *count);
    ptrdiff_t p = 0;
    for (ptrdiff_t a = 0; a < R; a++)
        for (ptrdiff_t b = a + 1; b < R; b++)
            list[p++] = (ent_pair){(int32_t)a, (int32_t)b, change_of(view, pairs, a, b)};
    qsort(list, (size_t)p, sizeof *list, by_change);
    if (us >= 0 && cn >= 0) put_forward(list, p, us, cn);
    return ENT_OK;
}

/* ---- orders ---- */

static int stands_before(double a, double b)
{
    return !isnan(a) && (isnan(b) || a > b);
}

void ent_view_rank_regions(const ent_view *view, const double *value, int32_t *order)
{
    for (ptrdiff_t n = 0; n < view->regions; n++) { /* insertion: stable, and some hundred regions at most */
        ptrdiff_t place = n;
        for (; place > 0 && stands_before(value[n], value[order[place - 1]]); place--) order[place] = order[place - 1];
        order[place] = (int32_t)n;
    }
}

/* The region named code changes places with the last of the first `most` that is not `keep`. */
static void keep_among_first(const ent_view *view, const char *code, const char *keep, ptrdiff_t most, int32_t *order)
{
    const ptrdiff_t wanted = ent_names_find(&view->table->regions, code),
                    kept = ent_names_find(&view->table->regions, keep);
    ptrdiff_t place = 0, slot = most - 1;
    if (wanted < 0) return;
    while (order[place] != wanted) place++;
    if (place < most) return;
    if (order[slot] == kept && slot > 0) slot--;
    order[place] = order[slot];
    order[slot] = (int32_t)wanted;
}

ptrdiff_t ent_view_main_regions(const ent_view *view, ptrdiff_t most, int32_t *order)
{
    const double *gdp = outcome_of(view, 0)->region_benchmark + ENT_REGION_gdp * view->regions;
    ent_view_rank_regions(view, gdp, order);
    if (view->regions <= most) return view->regions;
    keep_among_first(view, "USA", "CHN", most, order);
    keep_among_first(view, "CHN", "USA", most, order);
    return most;
}

int ent_view_differs_grossly(double exact_percent, double linear_percent)
{
    const double gap = fabs(exact_percent - linear_percent);
    const double larger = fmax(fabs(exact_percent), fabs(linear_percent));
    if (!isfinite(gap)) return 0;
    return (gap > 0.25 && gap > 0.5 * larger) || (gap > 0.1 && exact_percent * linear_percent < 0.0);
}

double ent_view_percent(double ratio)
{
    return 100.0 * (ratio - 1.0);
}

const char *ent_view_worst(const ent_view *view, ptrdiff_t s, ent_arena *arena)
{
    const ent_certificate *c = &view->report->answers[s].equilibrium->certificate;
    const ent_network *net = outcome_of(view, s)->net;
    if (c->worst_node < 0 || c->worst_node >= net->nodes) return "";
    return ent_network_node_name(net, c->worst_node, arena);
}
