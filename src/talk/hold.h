/* hold.h: floors that no weights meet, met by the method of multipliers (enforce.c). */
// SPDX-License-Identifier: MIT
#pragma once
#include "talk/joint.h"

typedef struct {
    ent_game_point point;
    double *has, *multiplier; /* [parties] objectives; of the floors */
    double slope, missed;
} ent_held;
/* A policy, the best near `start`, for Σ weight U of the parties, each of which keeps its floor. weight, floor
 * [players], of a party its first player's; −INFINITY: no floor. ENT_NOT_CONVERGED: none was found. */
ent_status ent_hold_floors(const ent_game *game, const double *weight, const double *floor, const ent_policy *start,
                           const ent_game_options *options, ent_arena *arena, ent_held *held, ent_error *err);
