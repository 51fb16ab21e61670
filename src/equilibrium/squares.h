/* squares.h: the fast way over the border, for worlds where all users of a region share one sourcing node a sector:
 * each lane then has one buyer, and a sector is a square matrix of buyers × sellers. Wedges are multiplied into the
 * shares once a policy, so that a pass reads three numbers a lane instead of ten. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"

/* Matrices [J][R][stride] at [j][n][i], 0 where n does not buy from i; vectors [J][stride]. With x_i the price of
 * (i,j) to the power r, a = ω exp(r w), z what market (n,j) spends per unit of its cost:
 *   cost_n = Σ_i a x_i,   V_ni = z_n a x_i,   received by i: x_i Σ_n a N/V z_n,   duties of n: z_n Σ_i a (1 − B/V) x_i
 */
typedef struct {
    int present;            /* this network is such a world, steep (boxcox.h) and not thinly filled */
    ptrdiff_t R, J, stride; /* stride: regions, rounded up to 8 */
    double *cost_part;      /* a */
    double *sale_part;      /* a N/V */
    double *duty_part;      /* a (1 − B/V) */
    unsigned char *taxed;   /* [J*R] at [j][n]: market (n,j) pays duties at all */
    double *x, *cost, *paid, *sold, *duties;
} ent_squares;

/* Is the network such a world? Takes room if it is. */
ent_status ent_squares_open(const ent_network *net, ent_arena *arena, ent_squares *squares);
static inline ptrdiff_t ent_square_place(const ent_squares *s, const ent_network *net, ptrdiff_t node)
{
    return net->node_sector[node] * s->stride + net->node_region[node];
}
/* What one market buys, lane by lane (N5: neighbours). */
typedef struct {
    ptrdiff_t lanes;
    const int32_t *seller;
    const double *share, *wedge_factor, *border_part, *seller_part;
} ent_square_row;
void ent_squares_place(ent_squares *squares, const ent_network *net, ptrdiff_t node, const ent_square_row *row);
void ent_squares_price(const ent_squares *s, ptrdiff_t j); /* cost from x */
void ent_squares_sell(const ent_squares *s, ptrdiff_t j);  /* sold and duties from x and paid */
