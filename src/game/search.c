/* search.c: the same game from several starts, so that more than one place of rest is seen where there is more than
 * one. Points are the same where no log(1 + rate) differs by more than a thousand tolerances; and where nobody anywhere
 * could tell, real incomes and goals being equal: under an import licence whose rent stays at home, a duty and the
 * price of the licence are one thing by two names. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

#define ALIKE 1e-11 /* of log real income: policies at one place of rest are nearer, those at two are not */

static int has_same_rates(const ent_network *net, const ent_game_point *a, const ent_game_point *b, double within)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (!(fabs(log1p(a->policy.duty[lane]) - log1p(b->policy.duty[lane])) <= within) ||
            !(fabs(log1p(a->policy.export_tax[lane]) - log1p(b->policy.export_tax[lane])) <= within))
            return 0;
    return 1;
}

static int is_same(const ent_network *net, const ent_game_point *a, const ent_game_point *b, double within)
{
    int alike = 1;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        alike &= fabs(a->log_welfare[n] - b->log_welfare[n]) <= ALIKE && fabs(a->goal[n] - b->goal[n]) <= ALIKE;
    return alike || has_same_rates(net, a, b, within);
}

/* The game's own policy with the players' taxes at start number `which`. *there 0: there is no such start. */
static ent_status start_at(const ent_game *game, int which, ent_arena *arena, ent_policy *start, int *there,
                           ent_error *err)
{
    const size_t bytes = (size_t)game->net->borders * sizeof(double);
    ent_dials dials;
    ENT_TRY(ent_dials_list(game, arena, &dials, err));
    double *turn = ent_new(arena, double, dials.count);
    *start = *game->policy;
    start->duty = ent_new(arena, double, game->net->borders);
    start->export_tax = ent_new(arena, double, game->net->borders);
    if (turn == NULL || start->duty == NULL || start->export_tax == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the start of a game");
    memcpy(start->duty, game->policy->duty, bytes);
    memcpy(start->export_tax, game->policy->export_tax, bytes);
    *there = ent_dials_start(game, &dials, which, turn);
    ent_dials_set(&dials, turn, start);
    return ENT_OK;
}

ent_status ent_game_search(const ent_game *game, const ent_game_options *options, ent_arena *arena,
                           ent_game_points *points, ent_error *err)
{
    const double tolerance = options != NULL && options->tolerance > 0.0 ? options->tolerance : 1e-11;
    ent_error first = {{0}}; /* of the game's own policy, whose failure says more than that of rates everywhere alike */
    *points = (ent_game_points){.point = ent_new(arena, ent_game_point, ENT_GAME_STARTS)};
    if (points->point == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the points of a game");
    for (int s = 0; s < ENT_GAME_STARTS; s++) {
        ENT_SCRATCH scratch = {0};
        ent_policy start;
        int there = 1;
        ent_game_point *next = points->point + points->count;
        if (s > 0) ENT_TRY(start_at(game, s - 1, &scratch, &start, &there, err));
        if (!there) continue;
        const ent_status status = ent_game_play(game, options, s > 0 ? &start : NULL, arena, next, err);
        points->starts++;
        if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return status;
        if (status != ENT_OK) {
            if (points->failed++ == 0 && err != NULL) first = *err;
            continue;
        }
        int known = 0;
        for (ptrdiff_t p = 0; p < points->count; p++)
            known |= is_same(game->net, points->point + p, next, 1e3 * tolerance);
        points->count += !known;
    }
    if (err != NULL) *err = points->count == 0 ? first : (ent_error){{0}};
    if (points->count == 0) return ENT_NOT_CONVERGED;
    return ENT_OK;
}
