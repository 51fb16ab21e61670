/* domestic.h: an approximate inverse of I − dG/dz that knows each region from inside, and of
 * what crosses borders how demand answers to prices and wages to wages. It turns the plain pass, which creeps (wages
 * and prices correct each other), into one that needs some ten passes, and preconditions Newton's linear systems. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/wages.h"

typedef struct {
    const ent_pass *pass;
    ptrdiff_t J, G;
    double *leontief;         /* [regions][J][J] factors of I − C_n */
    double *price_slope;      /* [regions][J]    D: d log S/d log p through sourcing */
    double *final_share;      /* [regions][J]    F: share of sales that goes to the own household */
    double *sales_usd;        /* [regions][J]    S, 1 where nothing is made */
    double *factor_cost;      /* [regions][G][J] B: direct cost share of the factor */
    double *factor_share;     /* [regions][G][J] h: share of the factor's income that the sector pays */
    double *price_by_wage;    /* [regions][G][J] prices, per unit of log wage */
    double *sales_by_wage;    /* [regions][G][J] sales, per unit of log wage */
    double *income_by_wage;   /* [regions][G] share of income */
    double *gdp_share;        /* [regions][G] share of world factor income */
    int64_t *factor_first;    /* [regions+1] factor nodes of a region */
    double *income_by_sales;  /* [regions][G][J] y: log factor income, per unit of log demand for k */
    double *spending_by_wage; /* [regions][G][J] spending on each sector, per unit of log wage */
    ent_markets markets;
    ent_wages wages;
} ent_domestic;

ent_status ent_domestic_open(const ent_pass *pass, ent_arena *arena, ent_domestic *domestic, ent_error *err);
ptrdiff_t ent_domestic_room(const ent_domestic *domestic);
/* out = P r, r and out [states], not the same array; room [ent_domestic_room()]. */
void ent_domestic_apply(const ent_domestic *d, const double *r, double *out, double *room);
