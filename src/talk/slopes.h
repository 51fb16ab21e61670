/* slopes.h: how an objective answers to the free taxes of a game, at any policy. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/talk.h"

/* The largest slope of Σ weight goal (weight [regions]) along a free tax of any player that bounds do not hold. */
ent_status ent_slope_left(const ent_game *game, const ent_policy *policy, const double *weight, double *slope,
                          ent_error *err);
