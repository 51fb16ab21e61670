/* wages.h: how every region's wages answer to every other's, at the benchmark: the one thing that the domestic blocks
 * leave out and that creeps, since wages talk to each other only through trade. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/markets.h"

/* What the domestic blocks know of one another's responses; arrays as in ent_domestic. */
typedef struct {
    const ent_markets *markets;
    const double *price_by_wage;    /* [regions][G][J] */
    const double *spending_by_wage; /* [regions][G][J] change of spending on j, per unit of log wage */
    const double
        *income_by_sales;    /* [regions][G][J] y: change of the factor's log income, per unit of log demand for k */
    const double *own;       /* [regions][G][G] change of log factor income at home, through the domestic block */
    const double *gdp_share; /* [regions][G] of world factor income (E11) */
} ent_wage_parts;

typedef struct {
    ptrdiff_t n;    /* regions × factors */
    double *lu;     /* [n][n] */
    int32_t *pivot; /* [n] */
    const double *gdp_share;
} ent_wages;

ent_status ent_wages_open(const ent_wage_parts *parts, ent_arena *arena, ent_wages *wages, ent_error *err);
/* w = change of log wages, from w = residual of wages plus what sales at home add to factor incomes. [n] */
void ent_wages_solve(const ent_wages *wages, double *w);
