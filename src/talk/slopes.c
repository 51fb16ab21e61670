/* slopes.c: see slopes.h. */
// SPDX-License-Identifier: MIT
#include "talk/slopes.h"
#include "game/board.h"

ent_status ent_slope_left(const ent_game *game, const ent_policy *policy, const double *weight, double *slope,
                          ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ent_game there = *game;
    ptrdiff_t player;
    there.policy = policy;
    ENT_TRY(ent_board_open(&there, NULL, NULL, &scratch, &board, err));
    ent_board_share(&board, weight);
    ENT_TRY(ent_board_solve(&board, err));
    ENT_TRY(ent_board_feel(&board, 0, err));
    *slope = ent_board_slope(&board, &player);
    return ENT_OK;
}
