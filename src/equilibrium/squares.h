/* squares.h: the fast way over the border, for worlds where all users of a region share one sourcing node a sector:
 * each lane then has one buyer, and a sector is a square matrix of buyers × sellers. Wedges are multiplied into the
 * shares once a policy, so that a pass reads three numbers a lane instead of ten. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"

/* Matrices [J][R][stride] at [j][n][i], 0 where n does not buy from i; vectors [J][stride]. With x_i the price of
 * (i,j) to the power r, a = ω exp(r w), z what market (n,j) spends per unit of its cost:
 *   cost_n = Σ_i a x_i,   V_ni = z_n a x_i,   received by i: x_i Σ_n a N/V z_n,   duties of n: z_n Σ_i a (1 − B/V) x_i
 * Backwards, where no export is taxed, with bars of what is received (s_i), of duties (d_n), of market entry (ν e_n)
 * and of log cost over unit (c_n), a lane's spending is worth V̄ = d (1 − B/V) + ν e B/V + s N/V: of log z_n:      z_n
 * (Σ_i a N/V x_i s_i + d_n Σ_i a (1 − B/V) x_i + ν e_n Σ_i a B/V x_i) of log price i:  x_i Σ_n (a (c_n + r z_n ν e_n) +
 * a (1 − B/V) r z_n (d_n − ν e_n)) + r s_i × received by i */
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
/* The lanes of another such world as they are. */
void ent_squares_copy(ent_squares *squares, const ent_squares *from);
/* One border lane alone: a, B/V and N/V; and what is spent over it at the point, V = z a x. */
void ent_squares_set(ent_squares *squares, const ent_network *net, ptrdiff_t lane, double a, double border_part,
                     double seller_part);
double ent_squares_weight(const ent_squares *squares, const ent_network *net, ptrdiff_t lane); /* a x */
double ent_squares_value(const ent_squares *s, const ent_network *net, ptrdiff_t lane);
void ent_squares_price(const ent_squares *s, ptrdiff_t j); /* cost from x */
void ent_squares_sell(const ent_squares *s, ptrdiff_t j);  /* sold and duties from x and paid */
double ent_squares_worth_of(const ent_squares *s, ptrdiff_t j, ptrdiff_t n,
                            const double *at_seller); /* of one market */
/* Backwards: worth [stride] += Σ_i a N/V at_seller[i];  out [stride] += Σ_n (a cost[n] + a (1 − B/V) duty[n]). */
void ent_squares_blame_of(const ent_squares *s, ptrdiff_t j, ptrdiff_t n, double cost,
                          double *out); /* of one market, no duties */
/* For many at once. */
void ent_squares_worth(const ent_squares *s, ptrdiff_t j, ptrdiff_t many, const double *const *at_seller,
                       double *const *worth);
void ent_squares_blame(const ent_squares *s, ptrdiff_t j, ptrdiff_t many, const double *const *cost,
                       const double *const *duty, double *const *out);
