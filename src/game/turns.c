/* turns.c: where rounds of all players at once do not come to rest, they take turns: one objective after the other is
 * brought to its own optimum, the others as they are (play.c, by climbing where answers overshoot), until nobody moves.
 * Slower, but nobody answers to what the others are about to leave, and an optimum is one whatever the closed form says
 * where a market has no summit. After each sweep Newton's method (newton.c) tries to come to rest from there: a sweep
 * or two bring players near enough, and it does not need turns to converge. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    SWEEPS = 60,  /* over all objectives */
    ROUNDS = 100, /* most of one objective in its turn: what does not come to rest by then is left to the next sweep */
    PATIENCE = 12 /* sweeps without progress before it is given up */
};

/* The players of one row in their turn: their taxes at an optimum into the policy. */
static ent_status move_row(ent_board *b, ptrdiff_t row, ent_policy *policy, ent_error *err)
{
    const ent_game *game = b->game;
    ENT_SCRATCH scratch = {0};
    ENT_BOARD alone = {0};
    ptrdiff_t rounds, players = 0;
    int damped;
    ent_player *who = ent_new(&scratch, ent_player, game->players);
    if (who == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td players to take turns", game->players);
    for (ptrdiff_t p = 0; p < game->players; p++)
        if (b->player_row[p] == row) who[players++] = game->player[p];
    const ent_game part = {.net = game->net, .policy = policy, .player = who, .players = players};
    ent_game_options options = b->options;
    options.progress = NULL;
    options.rounds = options.rounds < ROUNDS ? options.rounds : ROUNDS;
    ENT_TRY(ent_board_open(&part, game, &options, &scratch, &alone, err));
    const ent_status status = ent_board_play(&alone, &rounds, &damped, err);
    b->solves += alone.solves;
    b->adjoints += alone.adjoints;
    b->products += alone.products;
    if (status == ENT_NO_MEMORY) return status;
    if (alone.solved) ent_dials_set(&alone.dials, alone.turn, policy);
    return ENT_OK;
}

/* Newton's method from where the sweep has ended; where it does not come to rest, the board's turn is as it was. */
static ent_status try_newton(ent_board *b, double *turn, int *rested, ent_error *err)
{
    const size_t bytes = (size_t)b->dials.count * sizeof *turn;
    ptrdiff_t steps;
    memcpy(turn, b->turn, bytes);
    const ent_status status = ent_board_newton(b, &steps, rested, err);
    if (!*rested) memcpy(b->turn, turn, bytes);
    return status == ENT_NO_MEMORY ? status : ENT_OK;
}

ent_status ent_board_take_turns(ent_board *b, ptrdiff_t *sweeps, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const size_t bytes = (size_t)b->game->net->borders * sizeof(double);
    ent_policy policy = b->policy;
    double least = INFINITY, slope = INFINITY;
    int since = 0, rested = 0;
    double *turn = ent_new(&scratch, double, b->dials.count);
    policy.duty = ent_new(&scratch, double, b->game->net->borders);
    policy.export_tax = ent_new(&scratch, double, b->game->net->borders);
    if (turn == NULL || policy.duty == NULL || policy.export_tax == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td players to take turns", b->game->players);
    memcpy(policy.duty, b->policy.duty, bytes);
    memcpy(policy.export_tax, b->policy.export_tax, bytes);
    b->care = 0.0;
    for (*sweeps = 1; *sweeps <= SWEEPS && since < PATIENCE; ++*sweeps) {
        ptrdiff_t player;
        for (ptrdiff_t row = 0; row < b->rows; row++) ENT_TRY(move_row(b, row, &policy, err));
        ent_dials_read(&b->dials, &policy, b->turn);
        ENT_TRY(ent_board_solve(b, err));
        ENT_TRY(ent_board_feel(b, 1, err));
        slope = ent_board_slope(b, &player);
        if (b->options.progress != NULL) b->options.progress(b->options.progress_who, "turns", slope);
        if (slope <= b->options.tolerance && ent_board_spread(b) <= b->options.tolerance) return ENT_OK;
        ENT_TRY(try_newton(b, turn, &rested, err));
        if (rested) return ENT_OK;
        if (slope <= b->options.tolerance) { /* optima that are none of (T)'s */
            ENT_TRY(ent_board_solve(b, err));
            return ent_board_feel(b, 1, err);
        }
        since = slope < 0.9 * least ? 0 : since + 1;
        least = fmin(least, slope);
    }
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "neither rounds of answers to answers nor turns came to rest: after %td sweeps a slope of %.3g is "
                    "left; there may be no equilibrium in these taxes",
                    *sweeps - 1, slope);
}
