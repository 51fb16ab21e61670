/* conjugate.c: Newton's step without a matrix. What the Hessian does to a direction is the difference of two gradients,
 * which is an equilibrium and an adjoint; conjugate gradients need some five to fifty of them (Steihaug 1983). Near a
 * summit, where differences of the objective drown in rounding, those of slopes still tell.
 *
 * All is in units of 1/√(σ V/I), V the trade as it is: what a market alone would bend by is then of order one, be it
 * large or nearly closed. The nudge of a difference is small for the dials on much trade, which bend everything, and
 * may be larger for those on next to none, whose own slopes would drown otherwise. */
// SPDX-License-Identifier: MIT
#include "game/ascent.h"
#include <math.h>
#include <string.h>

enum {
    MOST_PRODUCTS = 80
};
#define REACH 1.0  /* of a log(1 + rate), where the objective bends upwards: larger overshoots, smaller creeps */
#define NUDGE 1e-6 /* of a log(1 + rate) on the most trade: larger bends, smaller drowns */
#define FAR   1e-3 /* of any other */
#define LEVEL 1e-9 /* of a bend in units: what is not below it is no summit */

static double inner(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* How much of the direction v, in units, can be gone at once. */
static double nudge_of(const ent_ascent *a, const double *v)
{
    double turned = 0.0, most = 0.0;
    for (ptrdiff_t i = 0; i < a->n; i++) {
        turned = fmax(turned, fabs(a->unit[i] * v[i]));
        most = fmax(most, fabs(v[i]));
    }
    return fmin(FAR / turned, NUDGE * sqrt(a->largest) / most);
}

/* out = −H v in units */
static ent_status bend(ent_board *b, const ent_ascent *a, const double *v, double *out, ent_error *err)
{
    const double h = nudge_of(a, v);
    for (ptrdiff_t i = 0; i < a->n; i++) b->turn[i] = a->from[i] + h * a->unit[i] * v[i];
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 0, err));
    for (ptrdiff_t i = 0; i < a->n; i++) out[i] = a->unit[i] * (a->from_slope[i] - b->slope[i]) / h;
    return ENT_OK;
}

/* On along the direction, as far as the first dial that has moved by REACH. */
static void reach_out(const ent_ascent *a)
{
    double far = INFINITY;
    for (ptrdiff_t i = 0; i < a->n; i++) {
        const double pace = fabs(a->unit[i] * a->along[i]);
        const double moved = a->unit[i] * (a->along[i] > 0.0 ? a->gone[i] : -a->gone[i]);
        if (pace > 0.0) far = fmin(far, fmax(0.0, REACH - moved) / pace);
    }
    for (ptrdiff_t i = 0; i < a->n && isfinite(far); i++) a->gone[i] += far * a->along[i];
}

static ent_status conjugate(ent_board *b, ent_ascent *a, double within, ent_error *err)
{
    for (ptrdiff_t i = 0; i < a->n; i++) a->left[i] = a->along[i] = a->unit[i] * a->from_slope[i];
    memset(a->gone, 0, (size_t)a->n * sizeof *a->gone);
    double left = inner(a->n, a->left, a->left);
    const double enough = within * within * left;
    for (int k = 0; k < MOST_PRODUCTS && left > enough; k++) {
        const ent_status status = bend(b, a, a->along, a->bent, err);
        if (status != ENT_OK) return status == ENT_NO_MEMORY ? status : ENT_OK;
        const double bent = inner(a->n, a->along, a->bent);
        if (!(bent > LEVEL * inner(a->n, a->along, a->along))) {
            reach_out(a);
            return ENT_OK;
        }
        for (ptrdiff_t i = 0; i < a->n; i++) {
            a->gone[i] += left / bent * a->along[i];
            a->left[i] -= left / bent * a->bent[i];
        }
        const double now = inner(a->n, a->left, a->left);
        for (ptrdiff_t i = 0; i < a->n; i++) a->along[i] = a->left[i] + now / left * a->along[i];
        left = now;
    }
    return ENT_OK;
}

ent_status ent_ascent_newton(ent_board *b, ent_ascent *a, double within, ent_error *err)
{
    const double objective = b->objective[0];
    const size_t bytes = (size_t)a->n * sizeof *a->from;
    memcpy(a->from, b->turn, bytes);
    memcpy(a->from_slope, b->slope, bytes);
    for (ptrdiff_t i = 0; i < a->n; i++) a->unit[i] = ent_ascent_holds(b, i) ? 0.0 : 1.0 / sqrt(a->metric[i]);
    ENT_TRY(conjugate(b, a, within, err));
    for (ptrdiff_t i = 0; i < a->n; i++) a->direction[i] = a->unit[i] * a->gone[i];
    memcpy(b->turn, a->from, bytes);
    memcpy(b->slope, a->from_slope, bytes);
    b->objective[0] = objective;
    return ENT_OK;
}
