/* quantal.c: logit quantal responses, p_i ∝ exp(λ u_i) (McKelvey and Palfrey 1995), followed from λ = 0.
 *
 * Unknown are x = log p of all strategies and λ, on the curve
 *
 *   x_ij − x_i0 − λ (u_ij − u_i0) = 0,   j > 0          Σ_j exp x_ij − 1 = 0
 *
 * which starts at the uniform mixture. The branch may turn back in λ, so it is followed by its own length: Euler along
 * the tangent, Newton across it; the first time it passes the λ asked for, Newton in x alone. Payoffs are divided by
 * their range, so that lengths mean the same in every game; logs keep probabilities of any smallness. */
// SPDX-License-Identifier: MIT
#include "num/lu.h"
#include "strategy/finite.h"
#include <math.h>
#include <string.h>

enum {
    MOST_STEPS = 20000,
    CORRECTIONS = 12, /* of Newton; slower ones mean that the step was too long */
    MOST_PLAYERS = 16
};
#define FINE   1e-13 /* last correction of a point at the λ asked for, of log p */
#define ENOUGH 1e-9  /* the same on the way */

typedef struct {
    const ent_finite *game;
    ptrdiff_t n;                   /* strategies of all */
    double range;                  /* of payoffs */
    double *probability, *value;   /* [n] */
    double *bend;                  /* [n][n] ∂ value / ∂ x */
    double *system, *miss, *point; /* [n+1][n+1], [n+1], [n+1]: x, λ */
    double *tangent, *last, *next; /* [n+1] */
    int32_t *pivot;
} curve;

static ent_status open_curve(curve *c, const ent_finite *game, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t n = ent_finite_first(game, game->players);
    double least;
    *c = (curve){.game = game,
                 .n = n,
                 .range = ent_finite_range(game, &least),
                 .probability = ent_new(arena, double, n),
                 .value = ent_new(arena, double, n),
                 .bend = ent_new(arena, double, n *n),
                 .system = ent_new(arena, double, (n + 1) * (n + 1)),
                 .miss = ent_new(arena, double, n + 1),
                 .point = ent_new0(arena, double, n + 1),
                 .tangent = ent_new0(arena, double, n + 1),
                 .last = ent_new(arena, double, n + 1),
                 .next = ent_new(arena, double, n + 1),
                 .pivot = ent_new(arena, int32_t, n + 1)};
    if (c->probability == NULL || c->value == NULL || c->bend == NULL || c->system == NULL || c->miss == NULL ||
        c->point == NULL || c->tangent == NULL || c->last == NULL || c->next == NULL || c->pivot == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for quantal responses of %td strategies", n);
    return ENT_OK;
}

/* u and ∂u/∂x at the probabilities, in units of the range. */
static void feel(curve *c)
{
    const ent_finite *game = c->game;
    const ptrdiff_t players = game->players, n = c->n;
    ptrdiff_t choice[MOST_PLAYERS];
    memset(c->value, 0, (size_t)n * sizeof *c->value);
    memset(c->bend, 0, (size_t)(n * n) * sizeof *c->bend);
    for (ptrdiff_t at = 0; at < ent_finite_profiles(game); at++) {
        ent_finite_choice(game, at, choice);
        for (ptrdiff_t p = 0, first = 0; p < players; first += game->strategies[p++]) {
            double likely = game->payoff[at * players + p] / c->range;
            for (ptrdiff_t q = 0, other = 0; q < players; other += game->strategies[q++])
                if (q != p) likely *= c->probability[other + choice[q]];
            c->value[first + choice[p]] += likely;
            for (ptrdiff_t q = 0, other = 0; q < players; other += game->strategies[q++])
                if (q != p) c->bend[(first + choice[p]) * n + other + choice[q]] += likely;
        }
    }
}

/* Rows 0 .. n−1 of the system and of the miss at `point`; the last row is left to the caller. */
static void equations(curve *c)
{
    const ptrdiff_t n = c->n, width = n + 1;
    const double lambda = c->point[n];
    for (ptrdiff_t s = 0; s < n; s++) c->probability[s] = exp(c->point[s]);
    feel(c);
    memset(c->system, 0, (size_t)(width * width) * sizeof *c->system);
    for (ptrdiff_t p = 0, first = 0; p < c->game->players; first += c->game->strategies[p++]) {
        double sum = -1.0;
        for (ptrdiff_t s = first; s < first + c->game->strategies[p]; s++) {
            double *row = c->system + s * width;
            sum += c->probability[s];
            c->system[first * width + s] = c->probability[s];
            if (s == first) continue;
            for (ptrdiff_t q = 0; q < n; q++) row[q] = -lambda * (c->bend[s * n + q] - c->bend[first * n + q]);
            row[s] += 1.0;
            row[first] -= 1.0;
            row[n] = -(c->value[s] - c->value[first]);
            c->miss[s] = c->point[s] - c->point[first] + lambda * row[n];
        }
        c->miss[first] = sum;
    }
}

/* Newton at a fixed λ (across NULL), or on the plane across the tangent through `next`. 0: it did not get there. */
static int correct(curve *c, const double *across, double enough)
{
    const ptrdiff_t n = c->n, width = n + 1;
    double before = INFINITY;
    for (int k = 0; k < CORRECTIONS; k++) {
        equations(c);
        double *row = c->system + n * width;
        c->miss[n] = 0.0;
        for (ptrdiff_t q = 0; q <= n; q++) {
            row[q] = across != NULL ? across[q] : q == n;
            if (across != NULL) c->miss[n] += across[q] * (c->point[q] - c->next[q]);
        }
        if (!ent_lu_factor(width, c->system, c->pivot)) return 0;
        ent_lu_solve(width, c->system, c->pivot, c->miss);
        double size = 0.0;
        for (ptrdiff_t q = 0; q <= n; q++) {
            c->point[q] -= c->miss[q];
            size = fmax(size, fabs(c->miss[q]) / fmax(1.0, fabs(c->point[q])));
        }
        if (!isfinite(size) || (size > before && size > 1e-6)) return 0;
        if (size <= enough) return 1;
        before = size;
    }
    return 0;
}

/* The unit tangent at the point, in the direction of the last one. */
static int turn(curve *c)
{
    const ptrdiff_t n = c->n, width = n + 1;
    equations(c);
    memcpy(c->system + n * width, c->tangent, (size_t)width * sizeof *c->tangent);
    memset(c->miss, 0, (size_t)width * sizeof *c->miss);
    c->miss[n] = 1.0;
    if (!ent_lu_factor(width, c->system, c->pivot)) return 0;
    ent_lu_solve(width, c->system, c->pivot, c->miss);
    double size = 0.0;
    for (ptrdiff_t q = 0; q <= n; q++) size += c->miss[q] * c->miss[q];
    for (ptrdiff_t q = 0; q <= n; q++) c->tangent[q] = c->miss[q] / sqrt(size);
    return isfinite(size);
}

/* From the last point before λ and the first one behind it, to it. */
static int land(curve *c, double lambda)
{
    const ptrdiff_t n = c->n;
    const double part = (lambda - c->last[n]) / (c->point[n] - c->last[n]);
    for (ptrdiff_t q = 0; q < n; q++) c->point[q] = c->last[q] + part * (c->point[q] - c->last[q]);
    c->point[n] = lambda;
    return correct(c, NULL, FINE);
}

/* One step along the curve, shortened until it lands. */
static int advance(curve *c, double *step)
{
    const size_t bytes = (size_t)(c->n + 1) * sizeof *c->point;
    memcpy(c->last, c->point, bytes);
    for (; *step > 1e-9; *step *= 0.5) {
        for (ptrdiff_t q = 0; q <= c->n; q++) c->next[q] = c->last[q] + *step * c->tangent[q];
        memcpy(c->point, c->next, bytes);
        if (correct(c, c->tangent, ENOUGH)) return 1;
        memcpy(c->point, c->last, bytes);
    }
    return 0;
}

/* From λ = 0 to the one asked for. */
static int trace(curve *c, double lambda)
{
    double step = 0.1, near[2]; /* directions of two tangents: where they differ much, steps are short */
    c->tangent[c->n] = 1.0;
    for (int k = 0; k < MOST_STEPS; k++) {
        if (!turn(c) || !advance(c, &step)) return 0;
        if (c->point[c->n] >= lambda) {
            double kept = step;
            if (land(c, lambda)) return 1;
            memcpy(c->point, c->last, (size_t)(c->n + 1) * sizeof *c->point); /* too far apart: nearer */
            step = 0.25 * kept;
            if (step < 1e-9) return 0;
            continue;
        }
        near[0] = c->tangent[c->n];
        if (!turn(c)) return 0;
        near[1] = c->tangent[c->n];
        step *= fabs(near[1] - near[0]) < 0.05 ? 1.5 : 0.75;
    }
    return 0;
}

ent_status ent_finite_quantal(const ent_finite *game, double precision, ent_arena *arena, ent_mixture *mixture,
                              ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    curve c;
    ENT_TRY(ent_finite_check(game, err));
    if (!(precision >= 0.0) || !isfinite(precision))
        return ent_fail(err, ENT_BAD_INPUT, "the precision of quantal responses is %g; it must be a number from 0 on",
                        precision);
    ENT_TRY(open_curve(&c, game, &scratch, err));
    for (ptrdiff_t p = 0, first = 0; p < game->players; first += game->strategies[p++])
        for (ptrdiff_t s = first; s < first + game->strategies[p]; s++) c.point[s] = -log((double)game->strategies[p]);
    if (precision > 0.0 && !trace(&c, precision * c.range))
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "quantal responses were followed up to a precision of %.6g; %.6g was not reached",
                        c.point[c.n] / c.range, precision);
    *mixture = (ent_mixture){.probability = ent_new(arena, double, c.n)};
    if (mixture->probability == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for quantal responses");
    for (ptrdiff_t s = 0; s < c.n; s++) mixture->probability[s] = exp(c.point[s]);
    return ent_finite_measure(game, arena, mixture, err);
}
