/* certify.c: could a player do better far from where he stands? Small changes are told by slopes; here are large ones.
 *
 * By sectors: with the multipliers frozen, a player's objective is a sum over markets, and within a market the duties
 * with no slope lie on the curve of (T), traced by the single number x (answer.c). The best point of each market's
 * curve is jumped to, if it is better than where the market stands; then the player answers until he comes to rest.
 * Then from the same duty everywhere. Any equilibrium met on the way counts: what it brings is a gain he could have. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    POINTS = 400, /* of the curve, evenly in log x */
    JUMPS = 8     /* scans that follow one another while the objective rises */
};
#define NOISE 1e-11 /* of an objective: what two ways to the same point differ by */

/* The best of the spot's curve; into turn where it beats the place it has. */
static int scan_spot(ent_board *b, ptrdiff_t spot, double *turn)
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

/* Rounds of answers from the turn; *best grows to what they bring. A search that fails brings nothing. */
static ent_status settle(ent_board *b, double *best, ent_error *err)
{
    ptrdiff_t rounds;
    int damped;
    b->solved = 0; /* from the benchmark: so that the answer does not depend on the search before */
    const ent_status status = ent_board_play(b, &rounds, &damped, err);
    if (status == ENT_NO_MEMORY) return status;
    if (b->solved) *best = fmax(*best, b->objective[0]);
    return ENT_OK;
}

static ent_status by_sectors(ent_board *b, double *best, ptrdiff_t *searches, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *turn = ent_new(&scratch, double, b->dials.count);
    if (turn == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better duties");
    for (int jump = 0; jump < JUMPS; jump++) {
        const double before = *best;
        int jumped = 0;
        ENT_TRY(ent_board_solve(b, err));
        ENT_TRY(ent_board_feel(b, 1, err));
        memcpy(turn, b->turn, (size_t)b->dials.count * sizeof *turn);
        for (ptrdiff_t spot = 0; spot < b->spots; spot++) jumped += scan_spot(b, spot, turn);
        ++*searches;
        if (jumped == 0) return ENT_OK;
        memcpy(b->turn, turn, (size_t)b->dials.count * sizeof *turn);
        ENT_TRY(settle(b, best, err));
        if (!(*best > before + NOISE)) return ENT_OK;
    }
    return ENT_OK;
}

/* The largest gain that player p finds. */
static ent_status search(const ent_game *game, const ent_game_point *point, ptrdiff_t p, const ent_game_options *given,
                         ent_game_certificate *c, ent_error *err)
{
    static const double starts[] = {0.0, 0.5, 3.0};
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    const ent_game alone = {.net = game->net, .policy = &point->policy, .player = game->player + p, .players = 1};
    ent_game_options options = given != NULL ? *given : (ent_game_options){0};
    options.progress = NULL;
    ENT_TRY(ent_board_open(&alone, game, &options, &scratch, &board, err));
    ENT_TRY(ent_board_solve(&board, err));
    const double here = board.objective[0];
    double best = here;
    ENT_TRY(by_sectors(&board, &best, &c->searches, err));
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++, c->searches++) {
        for (ptrdiff_t dial = 0; dial < board.dials.count; dial++)
            board.turn[dial] = ent_dial_within(&board.dials, dial, log1p(starts[s]));
        ENT_TRY(settle(&board, &best, err));
    }
    c->gain[p] = best - here;
    return ENT_OK;
}

ent_status ent_game_certify(const ent_game *game, const ent_game_point *point, const ent_game_options *options,
                            ent_arena *arena, ent_game_certificate *c, ent_error *err)
{
    ENT_TRY(ent_game_check(game, err));
    *c = (ent_game_certificate){.player = -1, .slope = point->slope, .gain = ent_new0(arena, double, game->players)};
    if (c->gain == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the certificate of a game");
    for (ptrdiff_t p = 0; p < game->players; p++) {
        ENT_TRY(search(game, point, p, options, c, err));
        if (!(c->gain[p] > c->largest)) continue;
        c->largest = c->gain[p];
        c->player = p;
    }
    return ENT_OK;
}
