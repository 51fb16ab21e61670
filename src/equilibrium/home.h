/* home.h: one region from inside, at the benchmark: how its prices, sales and income answer to demand, to wages and to
 * one another while the rest of the world stands still. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/markets.h"

enum {
    MOST_FACTORS = 16
};

/* Matrices by columns (dot.h), one a region; a vector of a region has J + 1 entries, sectors and income, where it says
 * "and income". */
typedef struct {
    const ent_network *net;
    ptrdiff_t J, G, width;         /* width: J + 1, rounded up to 8 */
    double supply;                 /* κ: elasticity of the supply of the first factor where it is mobile; 0: fixed */
    double rigidity[MOST_FACTORS]; /* [G] 1/κ of mobility between sectors, 0: mobile */
    int by_scale;                  /* somebody's price depends on somebody's sales (E4, E9, E17) */
    int by_sector;                 /* factors of sectors that are not mobile are among the reasons */
    int by_selection;              /* and sourcing nodes are among them */

    double *price;    /* [regions][J][width]   (I − C)⁻¹ */
    double *response; /* [regions][J+1][width] V: sales and income, per unit of demand for j and of income */
    double *feedback; /* [regions][J+1][width] N: fall of prices, per unit of sales and income; by_scale */
    double *spending; /* [regions][J+1][width] X: spending on each sector, per unit of sales and income */

    double *labour_scale;  /* [regions][width]    ψ by labour;                                       by_scale */
    double *selection;     /* [regions][J][width] prices, per unit of scale of a sourcing node;      by_selection */
    double *entry_income;  /* [regions][width]    share of labour's income that is entry into j;     by_selection */
    double *index_measure; /* [regions][width]    fall of P per unit of scale of a sourcing node;    by_selection */

    double *specific;      /* [regions][G][width] direct cost share of the sector's own part of a factor;  by_sector */
    double *factor_cost;   /* [regions][G][width] B: prices, per unit of the log wage, before chains */
    double *price_by_wage; /* [regions][G][width] (I − C)⁻¹ B */
    double *factor_income; /* [regions][G][width] h: log factor income, per unit of sales and income */
    double *income_share;  /* [regions][G]        χ: share of the household's income */
    double *income_by_demand; /* [regions][G][width] Vᵀ h: log factor income, per unit of demand and income */
    double *wage_by_demand;   /* [regions][G][width] the same for (1 + κ) log wage; the same array where κ = 0 */
    double *index_by_wage;    /* [regions]           P, per unit of the wage, through selection */
    double *final_share;      /* [regions][width]    share of sector j in final spending */
    double *earned;           /* [regions][width]    income, per unit of demand and income: a row of V */
    int earns;                /* income is more than what factors earn: levies and duties count in some region */
} ent_home;

ent_status ent_home_open(const ent_markets *markets, ent_arena *arena, ent_home *home, ent_error *err);
/* κ of factor g in region n. */
static inline double ent_home_supply(const ent_home *h, ptrdiff_t n, ptrdiff_t g)
{
    return g == 0 && h->net->labour[n] >= 0 ? h->supply : 0.0;
}
