/* climb.c: one objective by projected Newton steps on the free log(1 + rate), with the adjoint's slopes alone
 * (conjugate.c). Dials at a bound that their slope points beyond are held; the step of the others is projected onto
 * their bounds (Bertsekas 1982) and halved until the objective rises; where Newton's does not rise, a plain one along
 * the slopes in the same metric. Where changes of the objective are lost in rounding, a step is taken if slopes became
 * smaller. */
// SPDX-License-Identifier: MIT
#include "game/ascent.h"
#include <math.h>
#include <string.h>

enum {
    HALVINGS = 30 /* of one step */
};
#define ROUNDING 1e-12 /* of an objective: larger takes noise for slopes, smaller takes noise for progress */
#define TRIFLE   1e-12 /* of the largest σ V/I: a dial on less has the step of one on as much */

static ent_status open_ascent(const ent_board *b, ent_ascent *a, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t n = b->dials.count;
    *a = (ent_ascent){.n = n};
    double **list[] = {&a->metric, &a->unit, &a->direction, &a->from, &a->from_slope,
                       &a->gone,   &a->left, &a->along,     &a->bent};
    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        *list[k] = ent_new0(arena, double, n);
        if (*list[k] == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to climb over %td free duties", n);
    }
    return ENT_OK;
}

/* σ V/I at the point last solved: what the curvature is in a small economy up to a number of order one; without it,
 * duties on small flows would hardly move. */
static void measure(const ent_board *b, ent_ascent *a)
{
    const ent_network *net = b->game->net;
    const ent_dials *d = &b->dials;
    a->largest = 0.0;
    for (ptrdiff_t dial = 0; dial < a->n; dial++) {
        a->metric[dial] = 0.0;
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const int32_t lane = d->lane[at];
            a->metric[dial] +=
                net->lane_elasticity[lane] * b->eq.lane_value_usd[lane] / b->eq.income_usd[net->lane_region[lane]];
        }
        a->largest = fmax(a->largest, a->metric[dial]);
    }
    for (ptrdiff_t dial = 0; dial < a->n; dial++) a->metric[dial] = fmax(a->metric[dial], TRIFLE * a->largest);
}

/* Did the step climb enough? Where the objective cannot tell, by the slope that is left along the step, but for dials
 * that have come to a bound: theirs does not change. */
static int climbed(const ent_board *b, const ent_ascent *a, double gain, double promised)
{
    double left = 0.0;
    for (ptrdiff_t i = 0; i < a->n; i++) left += ent_ascent_holds(b, i) ? 0.0 : b->slope[i] * (b->turn[i] - a->from[i]);
    return gain > ROUNDING ? 1 : fabs(left) <= 0.9 * promised;
}

/* One step along the direction, halved until it climbs. *moved 0: none did, and the board is back where it was. */
static ent_status step_up(ent_board *b, ent_ascent *a, int *moved, ent_error *err)
{
    const double before = b->objective[0];
    memcpy(a->from, b->turn, (size_t)a->n * sizeof *b->turn);
    memcpy(a->from_slope, b->slope, (size_t)a->n * sizeof *b->slope);
    *moved = 0;
    double size = 1.0;
    for (int half = 0; half < HALVINGS && !*moved; half++, size *= 0.5) {
        double promised = 0.0;
        for (ptrdiff_t i = 0; i < a->n; i++) {
            b->turn[i] = ent_dial_within(&b->dials, i, a->from[i] + size * fmax(-1.0, fmin(1.0, a->direction[i])));
            promised += a->from_slope[i] * (b->turn[i] - a->from[i]);
        }
        if (!(promised > 0.0)) continue;
        const ent_status status = ent_board_solve(b, err);
        if (status == ENT_NO_MEMORY) return status;
        if (status != ENT_OK) continue;
        const double gain = b->objective[0] - before;
        if (!(gain >= 1e-4 * promised) && !(fabs(gain) < ROUNDING)) continue;
        ENT_TRY(ent_board_feel(b, 0, err));
        *moved = climbed(b, a, gain, promised);
    }
    if (*moved) return ENT_OK;
    memcpy(b->turn, a->from, (size_t)a->n * sizeof *b->turn);
    ENT_TRY(ent_board_solve(b, err));
    return ent_board_feel(b, 0, err);
}

/* By Newton, ever more exactly the nearer the summit; else plainly. */
static ent_status step(ent_board *b, ent_ascent *a, double slope, int *moved, ent_error *err)
{
    measure(b, a);
    ENT_TRY(ent_ascent_newton(b, a, fmax(1e-3, fmin(0.25, sqrt(1e3 * slope))), err));
    ENT_TRY(step_up(b, a, moved, err));
    if (*moved) return ENT_OK;
    for (ptrdiff_t i = 0; i < a->n; i++) a->direction[i] = ent_ascent_holds(b, i) ? 0.0 : b->slope[i] / a->metric[i];
    return step_up(b, a, moved, err);
}

ent_status ent_board_climb(ent_board *b, ptrdiff_t *steps, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_ascent a;
    ptrdiff_t player;
    int moved = 1;
    ENT_TRY(open_ascent(b, &a, &scratch, err));
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 0, err));
    for (*steps = 0;; ++*steps) {
        const double slope = ent_board_slope(b, &player);
        if (b->options.progress != NULL) b->options.progress(b->options.progress_who, "climb", slope);
        if (slope <= b->options.tolerance) return ent_board_feel(b, 1, err); /* answers, too, are of this point */
        if (!moved || *steps >= b->options.rounds)
            return ent_fail(err, ENT_NOT_CONVERGED,
                            "the climb ended after %td steps with a slope of %.3g left to %s; the tolerance is %.3g",
                            *steps, slope, b->game->net->table->regions.label[b->game->player[player].region],
                            b->options.tolerance);
        ENT_TRY(step(b, &a, slope, &moved, err));
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
    ptrdiff_t levelled = 0;
    ent_status status = ent_board_climb(&board, &steps, err);
    if (!board.solved || status == ENT_NO_MEMORY) return status;
    if (status != ENT_OK) status = ent_board_explain(&board, status, err);
    if (status == ENT_OK) status = ent_board_level(&board, &levelled, err);
    ENT_TRY(ent_board_copy(&board, arena, point, err));
    point->levelled = levelled;
    point->spread = ent_board_spread(&board);
    point->rounds = steps;
    point->seconds = ent_seconds() - began;
    return status;
}
