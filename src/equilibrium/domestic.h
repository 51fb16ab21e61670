/* domestic.h: an approximate inverse P of I − dG/dz that knows each region from inside (home.h), and of what crosses
 * borders how demand answers to prices (markets.h) and wages to wages (wages.h). It turns the plain pass, which creeps
 * (wages and prices correct each other), into one that needs some ten passes, and preconditions linear systems. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/wages.h"

typedef struct {
    const ent_pass *pass;
    double *gdp_share; /* [regions*G] share of world factor income */
    double *weight;    /* [nodes] of factor nodes in their group, of measuring sourcing nodes in their market */
    double *money;     /* [sales] share of all money that is received, of the unknowns that are spent on */
    ent_markets markets;
    ent_home home;
    ent_wages wages;
} ent_domestic;

ent_status ent_domestic_open(const ent_pass *pass, ent_arena *arena, ent_domestic *domestic, ent_error *err);
/* The same with shares, sales and values of another point, `at`, a network of the same plan as the pass's own. */
ent_status ent_domestic_open_at(const ent_pass *pass, const ent_network *at, ent_arena *arena, ent_domestic *domestic,
                                ent_error *err);
ptrdiff_t ent_domestic_room(const ent_domestic *domestic);
/* out = P r, r and out [states], not the same array; room [ent_domestic_room()]. */
void ent_domestic_apply(const ent_domestic *d, const double *r, double *out, double *room);
/* out = Pᵀ r (transposed.c) */
void ent_domestic_apply_transposed(const ent_domestic *d, const double *r, double *out, double *room);
/* The same for many at once, each with a room of its own. */
enum {
    ENT_DOMESTIC_MANY = 8
};
void ent_domestic_apply_transposed_many(const ent_domestic *d, ptrdiff_t many /* <= ENT_DOMESTIC_MANY */,
                                        const double *const *r, double *const *out, double *const *room);

/* Are factors and households all the unknowns there are? */
int ent_domestic_is_short(const ent_pass *pass);

/* States of what bans have shut stand still: P is the identity in their rows. x[s] = r[s] there, or 0 without r. */
int ent_domestic_holds(const ent_domestic *d, ptrdiff_t state);
void ent_domestic_hold(const ent_domestic *d, const double *r, double *x);

/* The room of one application, private to both. */
typedef struct {
    double *residual;                      /* [states] */
    double *raw, *price, *sales, *measure; /* [regions][width]; sales: and income; measure: of sourcing nodes */
    double *demand;                        /* [regions][J+1], rounded up to 8 */
    double *by_sector, *answer;            /* [J][stride] */
    double *index;                         /* [stride] price index of households */
    double *revenue;                       /* [stride] duties that prices change, share of income */
    double *labour, *entry, *income;       /* [regions] of what measures labour; income from market entry */
    double *wage;                          /* [wages.size] wages, and incomes where they are unknowns */
    double *average;                       /* [regions*G] */
} ent_domestic_work;
ent_domestic_work ent_domestic_lay_out(const ent_domestic *d, double *room);
