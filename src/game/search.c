/* search.c: the same game from several starts, so that more than one place of rest is seen where there is more than
 * one. Points are the same where no log(1 + t) differs by more than a thousand tolerances. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>

static int is_same(const ent_network *net, const ent_game_point *a, const ent_game_point *b, double within)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (!(fabs(log1p(a->policy.duty[lane]) - log1p(b->policy.duty[lane])) <= within)) return 0;
    return 1;
}

/* The game's own policy with the players' duties at one rate, as far as their bounds let them. */
static ent_status start_at(const ent_game *game, double rate, ent_arena *arena, ent_policy *start, ent_error *err)
{
    *start = *game->policy;
    start->duty = ent_new(arena, double, game->net->borders);
    if (start->duty == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the start of a game");
    for (ptrdiff_t lane = 0; lane < game->net->borders; lane++) start->duty[lane] = rate;
    return ENT_OK;
}

ent_status ent_game_search(const ent_game *game, const ent_game_options *options, ent_arena *arena,
                           ent_game_points *points, ent_error *err)
{
    static const double rates[] = {0.0, 0.5, 3.0};
    const double tolerance = options != NULL && options->tolerance > 0.0 ? options->tolerance : 1e-11;
    ENT_SCRATCH scratch = {0};
    *points = (ent_game_points){.point = ent_new(arena, ent_game_point, ENT_GAME_STARTS)};
    if (points->point == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the points of a game");
    for (ptrdiff_t s = 0; s < ENT_GAME_STARTS; s++) {
        ent_policy start;
        ent_game_point *next = points->point + points->count;
        if (s > 0) ENT_TRY(start_at(game, rates[s - 1], &scratch, &start, err));
        const ent_status status = ent_game_play(game, options, s > 0 ? &start : NULL, arena, next, err);
        points->starts++;
        if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return status;
        if (status != ENT_OK) {
            points->failed++;
            continue;
        }
        int known = 0;
        for (ptrdiff_t p = 0; p < points->count; p++)
            known |= is_same(game->net, points->point + p, next, 1e3 * tolerance);
        points->count += !known;
    }
    if (points->count == 0) return ENT_NOT_CONVERGED; /* err has the sentence of the last start */
    if (err != NULL) err->text[0] = 0;
    return ENT_OK;
}
