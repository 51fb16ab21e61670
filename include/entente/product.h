/* product.h: products cut out of the sectors of a table, such as magnets out of electrical equipment (MODEL.md 3).
 * Knows tables. Does not know networks, scenarios or results.
 *
 * The refined table is a table like any other: each product is a sector with makers, users and a recipe of its own, and
 * what is left of the sector stands before its products. Sums over a sector and its products are the sector's cells, to
 * the last digits. Who needs thousands of products without recipes takes trade.h instead. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* How cells that nobody observed are filled. */
typedef enum {
    ENT_FILL_PROPORTIONAL, /* a maker's sales go where its sector's go */
    ENT_FILL_RAS           /* and are then scaled to makers' and users' totals, in turn */
} ent_fill;

/* A product that another one is made of. */
typedef struct {
    ptrdiff_t product; /* index among the products */
    double share;      /* of the maker's sales, at basic prices                                 > 0, < 1 */
} ent_product_input;

typedef struct {
    const char *code, *label; /* never NULL */
    const char *hs;           /* which lines of the Harmonized System, or "" */
    const char *source;       /* of its numbers, or "" */
    ptrdiff_t sector;         /* of the table, out of which it is cut */
    double world_usd;         /* what the world makes of it, million US dollars; NaN: what its recipes need */
    /* shares; NaN: what they leave, as the sector's; NULL: all so */
    const double *made;  /* [R] of what the world makes */
    const double *used;  /* [J+U] of what users take beside recipes: sectors, then final uses */
    const double *taken; /* [R] of the same, by region */
    const double
        *trade_usd; /* [R][R] observed value at the border, seller i, buyer n, home too; NaN, NULL: unobserved */
    const ent_product_input *input; /* [inputs] */
    ptrdiff_t inputs;
    double capacity;         /* share of value added that is earned by what can make nothing else     in [0,1) */
    double trade_elasticity; /* θ; NaN: the sector's */
} ent_product;

typedef struct {
    const char *name, *title, *source; /* of the refined table; NULL: as the table */
    ent_fill fill;
    const ent_product *item; /* [count] */
    ptrdiff_t count;
} ent_products;

#define ENT_PRODUCT_MOST  0.95  /* of a cell of the sector that products may take: something must be left of it */
#define ENT_PRODUCT_LEAST 1e-12 /* of what the world makes of it; smaller flows stay in the rest of the sector */

/* Cut products out of a table.
 *
 * Returned  refined  in arena: sectors in their order, of each that is cut first what is left (`CODE-other`), then its
 *                    products; groups `CODE` (the whole) and `products`; a factor `capacity` where a product has any;
 *                    bundle, elasticities, history with what was observed, filled and missed
 * Status    ENT_BAD_INPUT  a number or name that can't be, a recipe that is a circle or larger than the sector's
 *                          materials, ENT_NO_MEMORY
 * Accuracy  sector sums 1e-12 of the cell; makers' and users' totals as the history says (cells bound them) */
ent_status ent_products_refine(const ent_table *table, const ent_products *products, ent_arena *arena,
                               ent_table *refined, ent_error *err);
