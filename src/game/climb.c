/* climb.c: one objective by projected quasi-Newton: limited-memory BFGS on the free log(1 + t), with the adjoint's
 * slopes.
 *
 * Minimises −objective. Its first metric is diagonal, σ V/I of the lanes of a dial: what the curvature is in a small
 * economy up to a number of order one; without it, duties on small flows would hardly move. The line search projects
 * onto the bounds. Where changes of the objective are lost in rounding, a step is taken if slopes became smaller. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    DEPTH = 20,       /* pairs of steps and changes of slope */
    HALVINGS = 30,    /* of one step */
    STEPS_A_ROUND = 5 /* most steps, in units of options.rounds: a step is cheaper than it brings */
};
#define ROUNDING 1e-12 /* of an objective: larger takes noise for slopes, smaller takes noise for progress */

typedef struct {
    ptrdiff_t n, kept, next;
    double *step, *bend;                   /* [DEPTH][n] s, y */
    double *metric;                        /* [n] first guess of the curvature */
    double *direction, *from, *from_slope; /* [n] */
} slopes;

static ent_status open_slopes(const ent_board *b, slopes *m, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    const ent_dials *d = &b->dials;
    const ptrdiff_t n = d->count;
    *m = (slopes){.n = n,
                  .step = ent_new(arena, double, DEPTH *n),
                  .bend = ent_new(arena, double, DEPTH *n),
                  .metric = ent_new0(arena, double, n),
                  .direction = ent_new(arena, double, n),
                  .from = ent_new(arena, double, n),
                  .from_slope = ent_new(arena, double, n)};
    if (m->step == NULL || m->bend == NULL || m->metric == NULL || m->direction == NULL || m->from == NULL ||
        m->from_slope == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to climb over %td free duties", n);
    for (ptrdiff_t dial = 0; dial < n; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const int32_t lane = d->lane[at];
            m->metric[dial] += net->lane_elasticity[lane] * net->lane_value_usd[lane] /
                               net->sales_usd[net->household[net->lane_region[lane]]];
        }
    return ENT_OK;
}

static int is_held(const ent_board *b, ptrdiff_t i)
{
    return b->slope[i] > 0.0 ? b->turn[i] >= b->dials.greatest[i] : b->turn[i] <= b->dials.least[i];
}

static double inner(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* The two loops: direction = H slope on dials that bounds do not hold. */
static void aim(const ent_board *b, slopes *m)
{
    double alpha[DEPTH] = {0}, *d = m->direction, scale = 1.0;
    for (ptrdiff_t i = 0; i < m->n; i++) d[i] = is_held(b, i) ? 0.0 : b->slope[i];
    for (ptrdiff_t back = 1; back <= m->kept; back++) {
        const ptrdiff_t c = (m->next - back + DEPTH) % DEPTH;
        const double *s = m->step + c * m->n, *y = m->bend + c * m->n;
        alpha[c] = inner(m->n, s, d) / inner(m->n, s, y);
        for (ptrdiff_t i = 0; i < m->n; i++) d[i] -= alpha[c] * y[i];
    }
    if (m->kept > 0) {
        const ptrdiff_t c = (m->next - 1 + DEPTH) % DEPTH;
        const double *s = m->step + c * m->n, *y = m->bend + c * m->n;
        double weighed = 0.0;
        for (ptrdiff_t i = 0; i < m->n; i++) weighed += y[i] * y[i] / m->metric[i];
        scale = inner(m->n, s, y) / weighed;
    }
    for (ptrdiff_t i = 0; i < m->n; i++) d[i] *= scale / m->metric[i];
    for (ptrdiff_t back = m->kept; back >= 1; back--) {
        const ptrdiff_t c = (m->next - back + DEPTH) % DEPTH;
        const double *s = m->step + c * m->n, *y = m->bend + c * m->n;
        const double beta = inner(m->n, y, d) / inner(m->n, s, y);
        for (ptrdiff_t i = 0; i < m->n; i++) d[i] += (alpha[c] - beta) * s[i];
    }
    for (ptrdiff_t i = 0; i < m->n; i++)
        if (is_held(b, i)) d[i] = 0.0;
    if (inner(m->n, d, b->slope) > 0.0) return;
    m->kept = 0;
    for (ptrdiff_t i = 0; i < m->n; i++) d[i] = is_held(b, i) ? 0.0 : b->slope[i] / m->metric[i];
}

static void keep_pair(const ent_board *b, slopes *m)
{
    double *s = m->step + m->next * m->n, *y = m->bend + m->next * m->n;
    for (ptrdiff_t i = 0; i < m->n; i++) {
        s[i] = b->turn[i] - m->from[i];
        y[i] = s[i] == 0.0 ? 0.0 : m->from_slope[i] - b->slope[i];
    }
    if (!(inner(m->n, s, y) > 1e-10 * sqrt(inner(m->n, s, s) * inner(m->n, y, y)))) return;
    m->next = (m->next + 1) % DEPTH;
    if (m->kept < DEPTH) m->kept++;
}

/* Did the step climb enough? Where the objective cannot tell, by the slope that is left along the step, but for dials
 * that have come to a bound: theirs does not change. */
static int climbed(const ent_board *b, const slopes *m, double gain, double promised)
{
    double left = 0.0;
    for (ptrdiff_t i = 0; i < m->n; i++) left += is_held(b, i) ? 0.0 : b->slope[i] * (b->turn[i] - m->from[i]);
    return gain > ROUNDING ? 1 : fabs(left) <= 0.9 * promised;
}

/* One step along the direction, halved until it climbs. *moved 0: none did, and the board is back where it was. */
static ent_status step_up(ent_board *b, slopes *m, int *moved, ent_error *err)
{
    const double before = b->objective[0];
    memcpy(m->from, b->turn, (size_t)m->n * sizeof *b->turn);
    memcpy(m->from_slope, b->slope, (size_t)m->n * sizeof *b->slope);
    *moved = 0;
    double size = 1.0;
    for (int half = 0; half < HALVINGS && !*moved; half++, size *= 0.5) {
        double promised = 0.0;
        for (ptrdiff_t i = 0; i < m->n; i++) {
            b->turn[i] = ent_dial_within(&b->dials, i, m->from[i] + size * fmax(-1.0, fmin(1.0, m->direction[i])));
            promised += m->from_slope[i] * (b->turn[i] - m->from[i]);
        }
        const ent_status status = ent_board_solve(b, err);
        if (status == ENT_NO_MEMORY) return status;
        if (status != ENT_OK) continue;
        const double gain = b->objective[0] - before;
        if (!(gain >= 1e-4 * promised) && !(fabs(gain) < ROUNDING)) continue;
        ENT_TRY(ent_board_feel(b, 0, err));
        *moved = climbed(b, m, gain, promised);
    }
    if (*moved) return ENT_OK;
    memcpy(b->turn, m->from, (size_t)m->n * sizeof *b->turn);
    ENT_TRY(ent_board_solve(b, err));
    return ent_board_feel(b, 0, err);
}

ent_status ent_board_climb(ent_board *b, ptrdiff_t *steps, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    slopes m;
    ptrdiff_t player;
    ENT_TRY(open_slopes(b, &m, &scratch, err));
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 0, err));
    for (*steps = 0;; ++*steps) {
        const double slope = ent_board_slope(b, &player);
        int moved = 1;
        if (b->options.progress != NULL) b->options.progress(b->options.progress_who, "climb", slope);
        if (slope <= b->options.tolerance) return ENT_OK;
        if (*steps < STEPS_A_ROUND * b->options.rounds) {
            aim(b, &m);
            const int fresh = m.kept == 0;
            ENT_TRY(step_up(b, &m, &moved, err));
            if (moved) {
                keep_pair(b, &m);
                continue;
            }
            m.kept = 0;
            if (!fresh) continue;
        }
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "the climb ended after %td steps with a slope of %.3g left to %s; the tolerance is %.3g",
                        *steps, slope, b->game->net->table->regions.label[b->game->player[player].region],
                        b->options.tolerance);
    }
}

ent_status ent_game_climb(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                          ent_arena *arena, ent_game_point *point, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ptrdiff_t steps = 0;
    ENT_TRY(ent_board_open(game, NULL, options, &scratch, &board, err));
    if (board.rows > 1)
        return ent_fail(err, ENT_BAD_INPUT,
                        "a climb takes one objective, and these players have %td; let them play, or climb one by one",
                        board.rows);
    if (start != NULL) ent_dials_read(&board.dials, start, board.turn);
    const ent_status status = ent_board_climb(&board, &steps, err);
    if (!board.solved || status == ENT_NO_MEMORY) return status;
    ENT_TRY(ent_board_copy(&board, arena, point, err));
    point->rounds = steps;
    point->seconds = ent_seconds() - began;
    return status;
}
