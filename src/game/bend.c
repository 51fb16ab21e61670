/* bend.c: does a player stand on a summit? The largest eigenvalue of the Hessian of his objective in those of his
 * log(1 + rate) that are between their bounds, by Lanczos (1950); the Hessian is known by what it does to a direction,
 * which is the difference of two gradients, one adjoint each.
 *
 * In plain units a duty on next to nothing bends next to nothing, and the largest eigenvalue would always be −0. So the
 * unit of each dial is √(σ V/I), V the trade it is put on and I the region's income: what a market alone would bend by
 * is then of order one. Dials on less than a millionth of the largest are left out: differences would drown in
 * rounding, and the scan of single markets sees them. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    STEPS = 12,  /* of Lanczos: fewer see less of the largest eigenvalue, more are paid for */
    POWERS = 100 /* of a matrix of that size, for a direction that is tried and not relied on */
};
#define SMALL 1e-6 /* of the largest σ V/I */
#define NUDGE 1e-4 /* of the largest log(1 + rate): larger bends, smaller drowns */

typedef struct {
    ptrdiff_t n;
    int32_t *dial;                   /* [n] */
    double *unit;                    /* [n] 1/√(σ V/I) */
    double *at, *up;                 /* [dials] turns; [n] slopes above */
    double *vector;                  /* [STEPS+1][n] */
    double main[STEPS], side[STEPS]; /* the tridiagonal matrix */
} lanczos;

static ent_status open_lanczos(const ent_board *b, lanczos *l, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    const ent_dials *d = &b->dials;
    *l = (lanczos){.dial = ent_new(arena, int32_t, d->count),
                   .unit = ent_new0(arena, double, d->count),
                   .at = ent_new(arena, double, d->count),
                   .up = ent_new(arena, double, d->count),
                   .vector = ent_new0(arena, double, (STEPS + 1) * d->count)};
    if (l->dial == NULL || l->unit == NULL || l->at == NULL || l->up == NULL || l->vector == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for how %td taxes bend a goal", d->count);
    memcpy(l->at, b->turn, (size_t)d->count * sizeof *l->at);
    double largest = 0.0;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const double income = b->eq.income_usd[b->game->player[d->player[dial]].region];
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++)
            l->unit[dial] += net->lane_elasticity[d->lane[at]] * b->eq.lane_value_usd[d->lane[at]] / income;
        largest = fmax(largest, l->unit[dial]);
    }
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const int held = b->turn[dial] <= d->least[dial] || b->turn[dial] >= d->greatest[dial];
        if (held || l->unit[dial] < SMALL * largest) continue;
        l->unit[l->n] = 1.0 / sqrt(l->unit[dial]);
        l->dial[l->n++] = (int32_t)dial;
    }
    return ENT_OK;
}

/* Slopes at the point plus `size` times the direction v. */
static ent_status feel_at(ent_board *b, const lanczos *l, const double *v, double size, double *slope, ent_error *err)
{
    memcpy(b->turn, l->at, (size_t)b->dials.count * sizeof *b->turn);
    for (ptrdiff_t i = 0; i < l->n; i++) b->turn[l->dial[i]] += size * l->unit[i] * v[i];
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 0, err));
    for (ptrdiff_t i = 0; i < l->n; i++) slope[i] = l->unit[i] * b->slope[l->dial[i]];
    return ENT_OK;
}

/* out = H v */
static ent_status bend(ent_board *b, lanczos *l, const double *v, double *out, ent_error *err)
{
    double longest = 0.0;
    for (ptrdiff_t i = 0; i < l->n; i++) longest = fmax(longest, fabs(l->unit[i] * v[i]));
    const double h = NUDGE / longest;
    ENT_TRY(feel_at(b, l, v, h, l->up, err));
    ENT_TRY(feel_at(b, l, v, -h, out, err));
    for (ptrdiff_t i = 0; i < l->n; i++) out[i] = (l->up[i] - out[i]) / (2.0 * h);
    return ENT_OK;
}

static double inner(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* How many eigenvalues of the tridiagonal matrix are above x (Sturm). */
static ptrdiff_t count_above(const lanczos *l, ptrdiff_t size, double x)
{
    ptrdiff_t above = 0;
    double pivot = 1.0;
    for (ptrdiff_t k = 0; k < size; k++) {
        pivot = l->main[k] - x - (k > 0 ? l->side[k - 1] * l->side[k - 1] / pivot : 0.0);
        if (pivot == 0.0) pivot = -1e-300;
        above += pivot > 0.0;
    }
    return above;
}

static double largest_of(const lanczos *l, ptrdiff_t size)
{
    double reach = 0.0;
    for (ptrdiff_t k = 0; k < size; k++) reach = fmax(reach, fabs(l->main[k]) + 2.0 * fabs(l->side[k]));
    double low = -reach, high = reach;
    for (int half = 0; half < 60; half++) {
        const double middle = 0.5 * (low + high);
        if (count_above(l, size, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The vector of the largest eigenvalue, by powers of the tridiagonal matrix plus what makes all its others positive; as
 * a direction of dials. */
static void point_along(const lanczos *l, ptrdiff_t size, double *direction)
{
    double at[STEPS] = {0}, next[STEPS], shift = 0.0, longest = 0.0;
    for (ptrdiff_t k = 0; k < size; k++) shift = fmax(shift, fabs(l->main[k]) + 2.0 * fabs(l->side[k]));
    at[0] = 1.0;
    for (int power = 0; power < POWERS; power++) {
        double length = 0.0;
        for (ptrdiff_t k = 0; k < size; k++) {
            next[k] = (l->main[k] + shift) * at[k];
            if (k > 0) next[k] += l->side[k - 1] * at[k - 1];
            if (k + 1 < size) next[k] += l->side[k] * at[k + 1];
            length = hypot(length, next[k]);
        }
        for (ptrdiff_t k = 0; k < size; k++) at[k] = length > 0.0 ? next[k] / length : at[k];
    }
    for (ptrdiff_t i = 0; i < l->n; i++) {
        double *to = direction + l->dial[i];
        for (ptrdiff_t k = 0; k < size; k++) *to += l->unit[i] * at[k] * l->vector[k * l->n + i];
        longest = fmax(longest, fabs(*to));
    }
    for (ptrdiff_t i = 0; i < l->n; i++) direction[l->dial[i]] /= longest;
}

ent_status ent_board_bend(ent_board *b, double *largest, double *direction, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    lanczos l;
    ptrdiff_t size = 0;
    *largest = NAN;
    memset(direction, 0, (size_t)b->dials.count * sizeof *direction);
    ENT_TRY(open_lanczos(b, &l, &scratch, err));
    for (ptrdiff_t i = 0; i < l.n; i++) l.vector[i] = 1.0 + 0.5 * sin((double)i); /* no direction is left out */
    double length = sqrt(inner(l.n, l.vector, l.vector));
    while (size < STEPS && size < l.n && length > 1e-8) {
        double *v = l.vector + size * l.n, *next = v + l.n;
        for (ptrdiff_t i = 0; i < l.n; i++) v[i] /= length;
        ENT_TRY(bend(b, &l, v, next, err));
        l.main[size] = inner(l.n, v, next);
        for (int twice = 0; twice < 2; twice++)
            for (ptrdiff_t k = 0; k <= size; k++) {
                const double part = inner(l.n, l.vector + k * l.n, next);
                for (ptrdiff_t i = 0; i < l.n; i++) next[i] -= part * l.vector[k * l.n + i];
            }
        length = sqrt(inner(l.n, next, next));
        l.side[size++] = length;
    }
    if (size > 0) {
        l.side[size - 1] = 0.0;
        *largest = largest_of(&l, size);
        point_along(&l, size, direction);
    }
    memcpy(b->turn, l.at, (size_t)b->dials.count * sizeof *b->turn);
    return ent_board_solve(b, err);
}
