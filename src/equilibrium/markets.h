/* markets.h: one market is where region n buys sector j from all its origins. Here they are met at the benchmark: how
 * sales answer to the prices of all competitors, at home and abroad. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/pass.h"

typedef struct {
    const ent_network *net;
    ptrdiff_t count;
    int64_t *first;       /* [count+1] border lanes of a market (N5: they are neighbours) */
    int32_t *place;       /* [count]   n J + j */
    double *power;        /* [count]   r = 1 − σ, weakened where users differ in their origins (by-use) */
    unsigned char *whole; /* [count] every region sells there: lanes follow the sellers without their index */
    int32_t *origin;      /* [borders] j R + i: the sellers of a sector are neighbours */
    double *buy_share;    /* [borders] ω share of the origin in what the market buys */
    double *sale_share;   /* [borders] s share of the market in what the origin sells */
} ent_markets;

ent_status ent_markets_open(const ent_network *net, ent_arena *arena, ent_markets *markets, ent_error *err);

/* sales[i J + j] += Σ_n s r (p_ij − Σ_m ω p_mj)  +  Σ_{n ≠ i} s x_nj.  price, sales, spending [regions*J]; spending:
 * change of n's spending on j, or NULL; room [2 regions*J]. */
void ent_markets_respond(const ent_markets *markets, const double *price, const double *spending, double *sales,
                         double *room);
