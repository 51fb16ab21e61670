/* party.h: who wants the same. Players of equal weights are one party: a government alone, or a bloc. A party's
 * objective is Σ weight goal, its row of weights over the goals of all regions. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/game.h"

typedef struct {
    ptrdiff_t count, regions;
    double *row;       /* [count][regions] */
    ptrdiff_t *of;     /* [players] party of each player, in the order of their first players */
    ptrdiff_t *first;  /* [count] first player */
    double *income;    /* [count] million USD, benchmark income of the regions that its players govern */
    const char **name; /* [count] label of the first player's region */
} ent_parties;

ent_status ent_parties_list(const ent_game *game, ent_arena *arena, ent_parties *parties, ent_error *err);
/* Σ weight goal of a party, at goals [regions]. Goals that count nothing may be anything. */
double ent_party_has(const ent_parties *parties, ptrdiff_t party, const double *goal);
/* row [regions] += part × the party's. */
void ent_party_add(const ent_parties *parties, ptrdiff_t party, double part, double *row);
