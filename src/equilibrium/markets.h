/* markets.h: one market is where region n buys sector j from all its origins. Here they are met at the benchmark: how
 * sales answer to the prices of all competitors, at home and abroad. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/pass.h"

/* Vectors by sector: [sectors][stride], regions of one sector beside each other. Matrices by sector likewise, by
 * columns (dot.h). Where nothing is bought or sold they are 0. */
typedef struct {
    const ent_network *net;
    ptrdiff_t R, J, stride; /* stride: regions, rounded up to 8 */
    double *by_price;       /* [J][R][stride] at [j][m][i]: log sales of (i,j), per unit of the log price of (m,j) */
    double *sale_share;     /* [J][R][stride] at [j][n][i]: s, share of market (n,j) in what (i,j) sells */
    double *bought_usd;     /* [J][stride]    at [j][n]: what market (n,j) spends, at buyer prices */
    double *duties_usd;     /* [J][stride]    at [j][n]: duties on it */
    double *duty_by_price;  /* [J][R][stride] at [j][m][n]: duties of market (n,j) as a share of n's income, per unit of
                               the log price of (m,j), spending held; NULL where no region lives on duties */
} ent_markets;

ent_status ent_markets_open(const ent_network *net, ent_arena *arena, ent_markets *markets, ent_error *err);

/* sales += what prices do to them. Vectors by sector. */
void ent_markets_respond(const ent_markets *markets, const double *price, double *sales);
/* sales += what spending does to them, log changes by market; and the transpose: spending += . */
void ent_markets_sell(const ent_markets *markets, const double *spending, double *sales);
void ent_markets_sell_transposed(const ent_markets *markets, const double *sales, double *spending);
