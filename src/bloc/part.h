/* part.h: a game whose players stand in blocs: one bloc, one player; its war. */
// SPDX-License-Identifier: MIT
#pragma once
#include "bloc/partition.h"
#include "game/board.h"

enum {
    ENT_NO_HOST = -1
};

/* Who stands with whom, and what follows from it. */
typedef struct {
    const ent_game *game;       /* all players, with their freedoms */
    const ent_policy *policy;   /* what is not free */
    const ent_dials *dials;     /* of the whole game */
    const double *spending_usd; /* [players] */
    const unsigned char *bloc;  /* [players] */
    ent_bloc_inside inside;
    int host;  /* a bloc: others set their taxes on its members alone; ENT_NO_HOST: on everybody */
    int apart; /* members of a bloc have each their own objective */
    int rows;  /* players' own weights are read; 0: every player is its region's goal */
} ent_parting;

/* It as a game. Players who have nothing left to set are left out (all of them, perhaps); their goals still count. */
typedef struct {
    ent_game game;
    ent_player *player;
    ent_instruments *instruments;
    unsigned char *partner; /* for every set of instruments: [regions] */
    double *weight;         /* [players][regions] rows, by first members */
    ent_policy policy;
} ent_part;
ent_status ent_part_make(const ent_parting *how, ent_arena *arena, ent_part *part);

/* Its war, from `start` (NULL: its own policy), and from its own policy where that does not come to rest; with nobody
 * who could set anything, the policy as it is. The board has goals of all players of how->game. */
ent_status ent_part_fight(const ent_parting *how, const ent_part *part, const ent_policy *start,
                          const ent_game_options *options, ent_arena *arena, ent_board *board, ent_error *err);

/* Σ weight goal of a player, goal [regions]; of its region alone where it has no weights. */
double ent_part_objective(const ent_player *player, ptrdiff_t regions, const double *goal);
/* spending [players]: benchmark spending of the players' regions. */
void ent_part_spending(const ent_game *game, double *spending_usd);
