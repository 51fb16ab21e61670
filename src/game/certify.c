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
    JUMPS = 8,    /* scans that follow one another while the objective rises */
    TRIALS = 8    /* places of rest until one is certified */
};
#define CERTAIN 1e-8  /* a gain that a certificate lets pass: what duties at the tolerance may leave on the way */
#define WORTH   1e-10 /* a gain for which a player would move */
#define NOISE   1e-11 /* of an objective: what two ways to the same point differ by */

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

/* The best that a search has met. */
typedef struct {
    double value;
    double *turn; /* [dials] */
    ptrdiff_t searches;
} summit;

/* Rounds of answers from the turn; *best grows to what they bring. A search that fails brings nothing. */
static ent_status climb_to(ent_board *b, summit *best, ent_error *err)
{
    ptrdiff_t rounds;
    int damped;
    b->solved = 0; /* from the benchmark: so that the answer does not depend on the search before */
    best->searches++;
    const ent_status status = ent_board_play(b, &rounds, &damped, err);
    if (status == ENT_NO_MEMORY) return status;
    if (!b->solved || !(b->objective[0] > best->value)) return ENT_OK;
    best->value = b->objective[0];
    memcpy(best->turn, b->turn, (size_t)b->dials.count * sizeof *best->turn);
    return ENT_OK;
}

static ent_status by_sectors(ent_board *b, summit *best, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *turn = ent_new(&scratch, double, b->dials.count);
    if (turn == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    for (int jump = 0; jump < JUMPS; jump++) {
        const double before = best->value;
        int jumped = 0;
        ENT_TRY(ent_board_solve(b, err));
        ENT_TRY(ent_board_feel(b, 1, err));
        memcpy(turn, b->turn, (size_t)b->dials.count * sizeof *turn);
        for (ptrdiff_t spot = 0; spot < b->spots; spot++) jumped += scan_spot(b, spot, turn);
        best->searches += jumped == 0;
        if (jumped == 0) return ENT_OK;
        memcpy(b->turn, turn, (size_t)b->dials.count * sizeof *turn);
        ENT_TRY(climb_to(b, best, err));
        if (!(best->value > before + NOISE)) return ENT_OK;
    }
    return ENT_OK;
}

/* The largest gain that player p finds. */
static ent_status search(const ent_game *game, const ent_game_point *point, ptrdiff_t p, const ent_game_options *given,
                         ent_game_certificate *c, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    const ent_game alone = {.net = game->net, .policy = &point->policy, .player = game->player + p, .players = 1};
    ent_game_options options = given != NULL ? *given : (ent_game_options){0};
    options.progress = NULL;
    ENT_TRY(ent_board_open(&alone, game, &options, &scratch, &board, err));
    ENT_TRY(ent_board_solve(&board, err));
    const double here = board.objective[0];
    ENT_TRY(ent_board_bend(&board, c->bend + p, err));
    summit best = {.value = here, .turn = ent_new(&scratch, double, board.dials.count)};
    if (best.turn == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    ENT_TRY(by_sectors(&board, &best, err));
    for (int start = 0; start < ENT_DIAL_STARTS; start++)
        if (ent_dials_start(&alone, &board.dials, start, board.turn)) ENT_TRY(climb_to(&board, &best, err));
    c->gain[p] = best.value - here;
    c->searches += best.searches;
    if (c->gain[p] > WORTH) ent_dials_set(&board.dials, best.turn, &c->better);
    return ENT_OK;
}

ent_status ent_game_certify(const ent_game *game, const ent_game_point *point, const ent_game_options *options,
                            ent_arena *arena, ent_game_certificate *c, ent_error *err)
{
    const ptrdiff_t borders = game->net->borders;
    ENT_TRY(ent_game_check(game, err));
    *c = (ent_game_certificate){.player = -1,
                                .slope = point->slope,
                                .gain = ent_new0(arena, double, game->players),
                                .bend = ent_new0(arena, double, game->players),
                                .better = point->policy};
    c->better.duty = ent_new(arena, double, borders);
    c->better.export_tax = ent_new(arena, double, borders);
    if (c->gain == NULL || c->bend == NULL || c->better.duty == NULL || c->better.export_tax == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the certificate of a game");
    memcpy(c->better.duty, point->policy.duty, (size_t)borders * sizeof *c->better.duty);
    memcpy(c->better.export_tax, point->policy.export_tax, (size_t)borders * sizeof *c->better.export_tax);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        ENT_TRY(search(game, point, p, options, c, err));
        if (!(c->gain[p] > c->largest)) continue;
        c->largest = c->gain[p];
        c->player = p;
    }
    return ENT_OK;
}

ent_status ent_game_settle(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                           ent_arena *arena, ent_game_point *point, ent_game_certificate *c, ptrdiff_t *rejected,
                           ent_error *err)
{
    ptrdiff_t count = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        ENT_TRY(ent_game_play(game, options, start, arena, point, err));
        ENT_TRY(ent_game_certify(game, point, options, arena, c, err));
        if (rejected != NULL) *rejected = count;
        if (c->largest <= CERTAIN) return ENT_OK;
        start = &c->better;
        count++;
    }
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "after %d places of rest %s still gains %.3g by taxes far from where it stands: no certified "
                    "equilibrium was found",
                    TRIALS, game->net->table->regions.label[game->player[c->player].region], c->largest);
}
