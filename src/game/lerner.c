/* lerner.c: who sets both the duties on all his imports and the taxes on all his exports can raise the ones and lower
 * the others by one common factor without doing anything (Lerner 1936, where trade is balanced: his prices and wages
 * rise by the factor, nothing real changes). His optimum is then a line. Rounds of answers end somewhere on it,
 * depending on where they began; here the point is moved along it to where his lowest export tax is zero, or as near to
 * that as bounds let it come. Where the move is not without effect after all (transfers fixed in world money), the
 * point stays. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

int ent_board_sets_both_sides(const ent_board *b, ptrdiff_t p)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t own = b->game->player[p].region;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t i = net->node_region[net->seller[lane]], n = net->lane_region[lane];
        if (i == n || (i != own && n != own)) continue;
        const int32_t dial = b->dials.lane_dial[i == own ? ENT_TAX_EXPORT : ENT_TAX_IMPORT][lane];
        if (dial < 0 || b->dials.player[dial] != p) return 0;
    }
    return 1;
}

/* How far export taxes of player p are to fall, log(1 + rate), within everybody's bounds. */
static double fall_of(const ent_board *b, ptrdiff_t p)
{
    const ent_dials *d = &b->dials;
    double fall = INFINITY, most = INFINITY, least = -INFINITY;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        if (d->player[dial] != p) continue;
        const double up = d->greatest[dial] - b->turn[dial], down = b->turn[dial] - d->least[dial];
        if (d->tax[dial] == ENT_TAX_EXPORT) fall = fmin(fall, b->turn[dial]);
        most = fmin(most, d->tax[dial] == ENT_TAX_EXPORT ? down : up);
        least = fmax(least, -(d->tax[dial] == ENT_TAX_EXPORT ? up : down));
    }
    return fmax(least, fmin(most, fall));
}

static void shift(ent_board *b, ptrdiff_t p, double fall)
{
    const ent_dials *d = &b->dials;
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        if (d->player[dial] == p)
            b->turn[dial] = ent_dial_within(d, dial, b->turn[dial] + (d->tax[dial] == ENT_TAX_EXPORT ? -fall : fall));
}

static ent_status look(ent_board *b, double *slope, ent_error *err)
{
    ptrdiff_t player;
    b->care = 0.0;
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 1, err));
    *slope = ent_board_slope(b, &player);
    return ENT_OK;
}

ent_status ent_board_level(ent_board *b, ptrdiff_t *levelled, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const size_t bytes = (size_t)b->dials.count * sizeof *b->turn;
    *levelled = 0;
    for (ptrdiff_t p = 0; p < b->game->players; p++) {
        if (!ent_board_sets_both_sides(b, p)) continue;
        const double fall = fall_of(b, p), before = b->objective[p];
        double slope, *kept = ent_new(&scratch, double, b->dials.count);
        double *state = ent_new(b->arena, double, b->eq.states);
        if (kept == NULL || state == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for %td taxes", b->dials.count);
        memcpy(kept, b->turn, bytes);
        memcpy(state, b->eq.state, (size_t)b->eq.states * sizeof *state);
        shift(b, p, fall);
        const ent_status status = look(b, &slope, err);
        if (status == ENT_NO_MEMORY) return status;
        const int same =
            status == ENT_OK && fabs(b->objective[p] - before) <= 1e-10 && slope <= 10.0 * b->options.tolerance;
        *levelled += same;
        if (same) continue;
        memcpy(b->turn, kept, bytes);
        b->eq.state = state; /* an economy with several equilibria goes back to the one that it came from */
        ENT_TRY(look(b, &slope, err));
    }
    return ENT_OK;
}
