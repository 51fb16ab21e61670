/* table.h: the world table of one year (MODEL.md 1): who sold what to whom, before any model.
 * Knows files and names. Does not know elasticities of substitution as choices, policies, networks or results. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

/* Named sets of regions or of sectors, such as "all", "goods" or a mapping's names. */
typedef struct {
    ent_names names;
    unsigned char *member; /* [names.count][of], 1 where the region (sector) belongs to the set */
    ptrdiff_t of;
} ent_groups;

/* Where the table's accounts book the import duties that a sector pays on its inputs. */
typedef enum {
    ENT_DUTIES_IN_VALUE_ADDED, /* value added is output less inputs at border prices: duties must be taken out of it */
    ENT_DUTIES_IN_TAXES        /* tls holds them, with the other taxes less subsidies */
} ent_duty_accounts;

/* Trade by product, sparse: which products of a sector each region buys from whom. Products are made with their
 * sector's technology and used in its proportions, so thousands of them cost a node a region and a lane a flow.
 * (Products with recipes, makers and users of their own are cut out as sectors: product.h.) */
typedef struct {
    ent_names products;
    const int32_t *sector;          /* [P] of the table; rising */
    const double *trade_elasticity; /* [P] θ_h > 0; or NULL: the sector's */
    int64_t *first;                 /* [R*P+1] rows of buyer n and product h: first[n*P + h] .. first[n*P + h + 1]-1 */
    int32_t *seller;                /* [rows] region i, rising within a buyer and product */
    double *value_usd;              /* [rows] at the border, all users together, home sales too */
} ent_detail;

#define ENT_BY_PRODUCT 1e-3 /* larger lets errors of sign through, smaller refuses published tables */

/* Indices: i seller region, j its sector; n buyer region, k its sector; u final use; g factor.
 * All values in million current US dollars at basic prices; R, J, U, G are the counts of the name lists.
 *
 * Always true of a table that ent_table_check() accepts:
 *   (T1)  E1: row (i,j) of z and f sums to x[i,j];  E2: column (n,k) of z plus tls plus va sums to x[n,k]; both within
 *         1e-9 of the larger of the output and 1e-9 of world output
 *   (T2)  z, f, x >= 0 and finite; va finite; duty > -1 and finite, 0 where i == n
 *   (T4)  bundle[j] <= j is a whole number, and bundle[bundle[j]] == bundle[j]
 *   (T3)  but z may fall to -ENT_BY_PRODUCT of the buyer's output: a by-product, which some published input shares show
 *         as a negative input; it is kept where the buyer is Cobb–Douglas (a negative exponent of a price) */
typedef struct {
    const char *name;    /* short: "baseline2022"                                     never NULL */
    const char *title;   /* one line                                                  never NULL, perhaps "" */
    const char *source;  /* attribution, as it shall be printed                       never NULL, perhaps "" */
    const char *licence; /*                                                           never NULL, perhaps "" */
    const char *history; /* one line a step: import, cleaning, balancing, grouping    never NULL, perhaps "" */
    const char *unit;    /* "million US dollars, current, basic prices"               never NULL */
    int year;
    ent_names regions, sectors, uses, factors;
    ent_groups region_groups; /* at least "all" */
    ent_groups sector_groups; /* at least "all", "goods", "services", "traded" */
    const char **members;     /* [R]            ISO3 codes of the countries in region n, separated by blanks; the map */
    unsigned char *is_good;   /* [J]            1 goods, 0 services */
    double *z;                /* [R*J][R*J]     intermediate sales: row (i,j) seller, column (n,k) buyer */
    double *f;                /* [R*J][R*U]     final sales: row (i,j), column (n,u) */
    double *va;               /* [R*J][G]       payments to factor g */
    double *tls;              /* [R*J]          taxes less subsidies that the using sector pays */
    double *x;                /* [R*J]          output */
    double *duty;             /* [R][R][J]      t[i,n,j]: exporter i, importer n; a rate, 0.25 for 25 % */
    double *trade_elasticity; /* [J]            θ_j > 0, or NULL where the table brings none */
    double *surplus; /* [R]            S_n exports less imports as the source states them, or NULL: what flows say */
    double *bundle;  /* [J]            b[j] the first sector of j's bundle (products cut out of one sector, products.h),
                        j  itself where it stands alone; or NULL: all do */
    const char *elasticity_source; /*               where θ comes from; "" with NULL */
    ent_duty_accounts duty_accounts;
    const ent_detail
        *detail; /* trade by product, of sectors that have products there; or NULL. Not part of world files */
} ent_table;

/* Give a table of the stated shape (name lists filled by the caller) its arrays, zeroed, groups "all" and so on made
 * from is_good, which the caller sets before or NULL for all goods. */
ent_status ent_table_make(ent_table *table, ent_arena *arena, ent_error *err);

/* The identities on every load, and the sums that `entente world check` prints. */
typedef struct {
    double row_gap, column_gap;       /* largest |E1|, |E2| gap, million US dollars, signed */
    ptrdiff_t row_region, row_sector; /* where; -1 in an empty table */
    ptrdiff_t column_region, column_sector;
    double row_gap_total, column_gap_total; /* sums of the sizes of all gaps */
    double least_z, least_f, least_va;      /* most negative cells */
    double world_output, world_value_added, world_final_use, world_trade;
} ent_table_balance;

void ent_table_measure(const ent_table *table, ent_table_balance *balance);
/* (T1), (T2) with a sentence that names the worst offender: region, sector, gap, and what would mend it. */
ent_status ent_table_check(const ent_table *table, ent_error *err);

/* Named treatment of negative stock changes (MODEL.md 1). What it moved is added to table->history. */
typedef enum {
    ENT_STOCKS_MOVE,     /* into the other final uses of the same product in the same region, then into its intermediate
                            uses there, then into uses elsewhere; E1, E2 hold afterwards */
    ENT_STOCKS_LEONTIEF, /* negative cells become 0 and output is recomputed with constant input coefficients */
    ENT_STOCKS_KEEP      /* leave them: a table with negative cells can be looked at, not solved */
} ent_stocks;
ent_status ent_table_clean_stocks(ent_table *table, ent_stocks how, ent_arena *arena, ent_error *err);

/* Repair small gaps: x becomes the row sum (E1), then va is scaled (or tls where there is no va) so that E2 holds.
 * Negative intermediate sales become 0, and the inputs of a sector that sells nothing go to the first final use.
 * Reports what it changed in table->history. */
ent_status ent_table_repair(ent_table *table, ent_arena *arena, ent_error *err);

/* Sum regions and sectors by maps [R] -> new index and [J] -> new index (NULL: keep). Duties become averages weighted
 * by trade, elasticities averages weighted by cross-border trade. Sums are kept. */
ent_status ent_table_group(const ent_table *table, const ptrdiff_t *region_map, const ent_names *regions,
                           const ptrdiff_t *sector_map, const ent_names *sectors, ent_arena *arena, ent_table *out,
                           ent_error *err);
/* A mapping file, CSV `from,to` and perhaps `label`: every name of `names` once. */
ent_status ent_mapping_read(const char *path, const ent_names *names, ent_arena *arena, ptrdiff_t **map, ent_names *to,
                            ent_error *err);

/* Replace the benchmark duties: cells where rate is NaN keep theirs. rate [R][R][J] as table->duty. */
void ent_table_set_duties(ent_table *table, const double *rate);

/* Scale observed trade by product so that its sums are the table's flows, for every seller, buyer and sector that has
 * products (detail.c says how). `detail` shares names, sectors and elasticities with `observed`; set table->detail to
 * it. Cost: two reads of the rows and one of the table. */
ent_status ent_detail_fit(const ent_table *table, const ent_detail *observed, ent_arena *arena, ent_detail *detail,
                          ent_error *err);

/* ---- doors ---- */

/* A world by name or path: an embedded world ("baseline2022") or a netCDF-4 world file, which is read in a process of
 * its own (docs/WORLDS.md 4). Every number is finite then; signs, E1 and E2 are ent_table_check's matter, so that a
 * table that does not balance can be looked at. */
ent_status ent_table_read(const char *name_or_path, ent_arena *arena, ent_table *table, ent_error *err);
ent_status ent_table_write(const ent_table *table, const char *path,
                           ent_error *err);      /* netCDF-4, whole or not at all */
const char *ent_table_embedded(ptrdiff_t index); /* names of the embedded worlds; NULL past the last */
const char *ent_table_hash(const ent_table *table, ent_arena *arena); /* SHA-256 of labels and arrays, hexadecimal */

typedef enum {
    ENT_LAYOUT_OECD_ICIO,
    ENT_LAYOUT_WIOD_2013,
    ENT_LAYOUT_CALIENDO_PARRO,
    ENT_LAYOUT_TIDY
} ent_layout;
typedef struct {
    ent_layout layout;
    const char *const *paths; /* [path_count] files, or one folder where the layout says so */
    ptrdiff_t path_count;
    ent_stocks stocks;
    int balance;             /* repair a table that does not balance, instead of refusing it */
    const char *name;        /* NULL: from the file's name */
    int year;                /* 0: from the file, where it says so */
    const char *duty_column; /* caliendo-parro: benchmark duty column of tariffs.csv; NULL as PRODUCT.md says */
    const char *region_map, *sector_map; /* mapping files, or NULL */
} ent_import;
ent_status ent_table_import(const ent_import *ask, ent_arena *arena, ent_table *table, ent_error *err);
