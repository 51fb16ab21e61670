/* view.h: what every form of a report (words, CSV, netCDF, page) needs from the outcomes side by side: distinct names
 * of the scenarios, sums over the world, trade of pairs, orders of rank. The only place of this room that adds anything
 * up. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/report.h"

typedef struct {
    const ent_report *report;
    const ent_table *table;
    ptrdiff_t regions, sectors, scenarios;
    const char **name; /* [scenarios] distinct: a second "Deal" is "Deal (2)" */
    const char *world; /* code of the total over regions: "WLD", or WLD_ where the table has a region of that name */
    const char *all;   /* code of the total over sectors: "ALL", likewise */
} ent_view;

ent_status ent_view_make(const ent_report *report, ent_arena *arena, ent_view *view, ent_error *err);

typedef enum {
    ENT_BEFORE,
    ENT_AFTER
} ent_when;

/* Values with their totals. region == regions: the world; sector == sectors: all sectors. A total is the sum where the
 * variable is money, a mean with benchmark weights where a ratio has such weights, else NaN. */
double ent_view_region(const ent_view *view, ptrdiff_t s, ent_when when, ent_region_variable v, ptrdiff_t region);
double ent_view_sector(const ent_view *view, ptrdiff_t s, ent_when when, ent_sector_variable v, ptrdiff_t region,
                       ptrdiff_t sector);
/* value/benchmark for levels, the value for indices, NaN for changes and where the benchmark is 0. */
double ent_view_ratio(ent_variable_kind kind, double benchmark, double value);

/* Bilateral trade at the border, summed over sectors; [R+1][R+1] (importer, exporter), index R: the world, for one
 * scenario. Rates and quantities are means weighted by the trade of the benchmark: weighted by what is left of it, a
 * duty that stops trade would seem to lower the average. */
typedef struct {
    ptrdiff_t regions;
    double *value[2]; /* [ENT_BEFORE, ENT_AFTER] million USD */
    double *rate[2];  /* import duty */
    double *export_tax[2];
    double *quantity; /* ratio */
} ent_pairs;
ent_status ent_view_pairs(const ent_view *view, ptrdiff_t s, ent_arena *arena, ent_pairs *pairs, ent_error *err);

/* Two-way trade of two regions that a reader wants first. */
typedef struct {
    int32_t a, b;
    double change_usd; /* sum over scenarios of the sizes of both ways' changes */
} ent_pair;
/* All pairs by change. United States and China stand first where the table has both and their trade moves at least a
 * tenth as much as that of the most moved pair, else second. *count = R (R-1) / 2. */
ent_status ent_view_rank_pairs(const ent_view *view, const ent_pairs *pairs_of_scenario, ent_arena *arena,
                               ent_pair **ranked, ptrdiff_t *count, ent_error *err);

/* Regions from the largest value to the least, ties and NaN (last) in table order. order has room for all. */
void ent_view_rank_regions(const ent_view *view, const double *value, int32_t *order);
/* Regions by benchmark GDP; at most `most`, always with USA and CHN where the table has them. Returns how many. */
ptrdiff_t ent_view_main_regions(const ent_view *view, ptrdiff_t most, int32_t *order);

/* The linear formula and the exact number tell different stories: more than a quarter of a point apart and more than
 * half of the larger one, or of opposite signs and more than a tenth of a point apart. */
int ent_view_differs_grossly(double exact_percent, double linear_percent);
double ent_view_percent(double ratio); /* 1.0042 -> 0.42 */
/* "Motor vehicles in Mexico" where the certificate's largest residual is; never NULL unless memory is out */
const char *ent_view_worst(const ent_view *view, ptrdiff_t s, ent_arena *arena);
