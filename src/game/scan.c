/* scan.c: large changes of a player's taxes, others as they are.
 *
 * With the multipliers frozen, his objective is a sum over markets (answer.c). Where the dials of a market have no lane
 * elsewhere, those without slope lie on the curve of (T), traced by the single number x: its points are tried. Where a
 * dial reaches into several markets (one rate for a partner, or for all; users with sourcing of their own), it is tried
 * on all of them together, one dial after the other with the others where they went, until none goes elsewhere.
 *
 * Frozen multipliers mislead where one dial moves the whole economy. There are few dials then, and lines of the
 * objective itself can be afforded. */
// SPDX-License-Identifier: MIT
#include "game/scan.h"
#include <math.h>
#include <string.h>

enum {
    POINTS = 400, /* of a curve, evenly in log x */
    RATES = 200,  /* of a dial, evenly in log(1 + rate) between its bounds */
    SWEEPS = 12,  /* over dials: those that still move then are settled by the rounds that follow */
    STOPS = 32    /* of a line, each an equilibrium */
};
#define NOISE 1e-11 /* of an objective: what two ways to the same point differ by */

/* The best of the spot's curve; into turn where it beats the place it has. */
static int scan_spot(const ent_board *b, ptrdiff_t spot, double *turn)
{
    double low, high, best_x = NAN;
    if (!ent_answer_curve(b, spot, &low, &high)) return 0;
    double best = ent_answer_value(b, spot, NAN, turn) + NOISE;
    for (int point = 0; point <= POINTS; point++) {
        const double x = low * pow(high / low, (double)point / POINTS);
        const double value = ent_answer_value(b, spot, x, turn);
        if (!(value > best)) continue;
        best = value;
        best_x = x;
    }
    ent_answer_value(b, spot, best_x, turn);
    return !isnan(best_x);
}

static double rate_at(const ent_board *b, ptrdiff_t dial, int point, int points)
{
    const double least = b->dials.least[dial], greatest = b->dials.greatest[dial];
    return least + (greatest - least) * (double)point / points;
}

/* The best rate of the dial, others at `turn`. */
static int scan_dial(const ent_board *b, ptrdiff_t dial, double *turn, ent_slice *slice)
{
    const ptrdiff_t count = ent_answer_slices(b, dial, turn, slice);
    double best = ent_answer_along(b, dial, slice, count, turn[dial]) + NOISE, best_turn = turn[dial];
    int jumped = 0;
    for (int point = 0; point <= RATES; point++) {
        const double at = rate_at(b, dial, point, RATES);
        const double value = ent_answer_along(b, dial, slice, count, at);
        if (!(value > best)) continue;
        best = value;
        best_turn = at;
        jumped = 1;
    }
    turn[dial] = best_turn;
    return jumped;
}

static int is_apart(const ent_board *b, ptrdiff_t dial)
{
    return b->apart[b->edge_spot[b->edge_first[dial]]];
}

ent_status ent_scan_frozen(const ent_board *b, double *turn, int *jumped, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_dials *d = &b->dials;
    int64_t most = 0;
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        most =
            b->edge_first[dial + 1] - b->edge_first[dial] > most ? b->edge_first[dial + 1] - b->edge_first[dial] : most;
    ent_slice *slice = ent_new(&scratch, ent_slice, most);
    if (slice == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to look over %td taxes", d->count);
    memcpy(turn, b->turn, (size_t)d->count * sizeof *turn);
    *jumped = 0;
    for (ptrdiff_t spot = 0; spot < b->spots; spot++) *jumped += scan_spot(b, spot, turn);
    int moved = 1;
    for (int sweep = 0; sweep < SWEEPS && moved > 0; sweep++) {
        moved = 0;
        for (ptrdiff_t dial = 0; dial < d->count; dial++)
            if (b->edge_first[dial] < b->edge_first[dial + 1] && !is_apart(b, dial))
                moved += scan_dial(b, dial, turn, slice);
        *jumped += moved;
    }
    return ENT_OK;
}

ent_status ent_scan_line(ent_board *b, ptrdiff_t dial, double *value, int *better, ent_error *err)
{
    double best = b->turn[dial];
    *better = 0;
    for (int stop = 0; stop <= STOPS; stop++) {
        b->turn[dial] = rate_at(b, dial, stop, STOPS);
        const ent_status status = ent_board_solve(b, err);
        if (status == ENT_NO_MEMORY) return status;
        if (status != ENT_OK || !(b->objective[0] > *value + NOISE)) continue;
        *value = b->objective[0];
        best = b->turn[dial];
        *better = 1;
    }
    b->turn[dial] = best;
    return ENT_OK;
}
