/* finite.h: what the solvers of finite games share. Strategies of all players stand in one list, player after player.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/strategy.h"

/* Place of a player's first strategy in that list; of player `players`: its length. */
ptrdiff_t ent_finite_first(const ent_finite *game, ptrdiff_t player);
/* value[s]: what strategy s is worth to its player while the others mix. */
void ent_finite_expect(const ent_finite *game, const double *probability, double *value);
/* payoff (in arena) and gain from the probabilities. */
ent_status ent_finite_measure(const ent_finite *game, ent_arena *arena, ent_mixture *mixture, ent_error *err);
/* Largest payoff less the least one, 1 where they are the same. */
double ent_finite_range(const ent_finite *game, double *least);
