/* recycle.c: see recycle.h. Generalised conjugate residuals (Eisenstat, Elman & Schultz 1983), which like GMRES make
 * the residual smallest over the space searched so far, but keep that space in pairs that serve the next right-hand
 * side. Pairs of matrices before are part of the preconditioner: with P the system's own,
 *
 *   B r = U Cᵀ r + P (r − C Cᵀ r)
 *
 * so that close to where the matrix no longer changes every further solve takes one product or none. */
// SPDX-License-Identifier: MIT
#include "num/recycle.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

enum {
    OLD = 20 /* pairs of matrices before: fewer guide worse, more cost as much as the products that they save */
};
#define SAME 1e-2  /* what is left of an old c: below, the pair says nothing new, and rounding would be blown up */
#define DEAD 1e-13 /* likewise of a product: below, the search is at its end */

ptrdiff_t ent_recycle_numbers(ptrdiff_t n, ptrdiff_t most)
{
    return (4 * most + 1) * n;
}

void ent_recycle_open(ent_recycled *l, ptrdiff_t n, ptrdiff_t most, double *numbers)
{
    *l = (ent_recycled){.n = n,
                        .most = most,
                        .u = numbers,
                        .c = numbers + most * n,
                        .old_u = numbers + 2 * most * n,
                        .old_c = numbers + 3 * most * n,
                        .room = numbers + 4 * most * n};
}

/* (u, c) less its part along the pairs of `now`; then of length one, if there is that much left of it. */
static int add_pair(ent_recycled *l, double *u, double *c, double least)
{
    const ptrdiff_t n = l->n;
    const double before = sqrt(ent_dot_run(n, c, c));
    for (ptrdiff_t k = 0; k < l->now; k++) {
        const double part = ent_dot_run(n, l->c + k * n, c);
        ent_add_run(n, l->c + k * n, -part, c);
        ent_add_run(n, l->u + k * n, -part, u);
    }
    const double left = sqrt(ent_dot_run(n, c, c));
    if (!(left > least * before) || !isfinite(left)) return 0;
    ent_combine(n, 1.0 / left, c, 0.0, c, c);
    ent_combine(n, 1.0 / left, u, 0.0, u, u);
    l->now++;
    return 1;
}

void ent_recycle_turn(ent_recycled *l)
{
    const size_t bytes = (size_t)l->n * sizeof(double);
    for (ptrdiff_t k = 0; k < l->old && l->now < OLD; k++) {
        double *u = l->u + l->now * l->n, *c = l->c + l->now * l->n;
        memcpy(u, l->old_u + k * l->n, bytes);
        memcpy(c, l->old_c + k * l->n, bytes);
        add_pair(l, u, c, SAME);
    }
    double *u = l->u, *c = l->c;
    l->u = l->old_u;
    l->c = l->old_c;
    l->old_u = u;
    l->old_c = c;
    l->old = l->now < OLD ? l->now : OLD;
    l->now = 0;
}

/* y = B r */
static void guess(const ent_recycled *l, const ent_linear_system *sys, const double *r, double *y)
{
    const ptrdiff_t n = l->n;
    double part[OLD];
    memcpy(l->room, r, (size_t)n * sizeof *r);
    for (ptrdiff_t k = 0; k < l->old; k++) {
        part[k] = ent_dot_run(n, l->old_c + k * n, l->room);
        ent_add_run(n, l->old_c + k * n, -part[k], l->room);
    }
    sys->precondition(sys->user, l->room, y);
    for (ptrdiff_t k = 0; k < l->old; k++) ent_add_run(n, l->old_u + k * n, part[k], y);
}

static void take_out(const ent_recycled *l, ptrdiff_t k, double *r, double *x)
{
    const double part = ent_dot_run(l->n, l->c + k * l->n, r);
    ent_add_run(l->n, l->c + k * l->n, -part, r);
    ent_add_run(l->n, l->u + k * l->n, part, x);
}

ptrdiff_t ent_recycle_solve(ent_recycled *l, const ent_linear_system *sys, double goal, double *r, double *x)
{
    for (ptrdiff_t k = 0; k < l->now; k++) take_out(l, k, r, x);
    for (ptrdiff_t products = 0;; products++) {
        if (sqrt(ent_dot_run(l->n, r, r)) <= goal) return products;
        if (l->now == l->most || products == sys->most) return -1;
        double *u = l->u + l->now * l->n, *c = l->c + l->now * l->n;
        guess(l, sys, r, u);
        sys->matrix(sys->user, u, c);
        if (!add_pair(l, u, c, DEAD)) return -1;
        take_out(l, l->now - 1, r, x);
    }
}
