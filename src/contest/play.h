/* play.h: answers on their way: what the files of the concepts share. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/contest.h"

typedef struct {
    const ent_seats *seats;
    ent_play_options options;
    ent_arena *arena;
    ent_play *play;
    ent_game everybody; /* of all seats: whose goals count, whoever plays */
    ptrdiff_t room;     /* verdicts that there is room for */
    ent_error *err;
} ent_table_of_play;

/* The options of the caller, with everybody's goals. The table must stay where it is. */
void ent_play_options_take(ent_table_of_play *at, const ent_play_options *options);
/* A new verdict of a concept, named and labelled: what it comes to is filled in by who asked. NULL: no memory. */
ent_verdict *ent_verdict_new(ent_table_of_play *at, const ent_concept *concept, const char *name, const char *label);
/* What a point of a game says. */
ent_status ent_verdict_take(ent_table_of_play *at, ent_verdict *verdict, const ent_game_point *point);
/* A policy that was not found as a game's point: solved here. */
ent_status ent_verdict_solve(ent_table_of_play *at, ent_verdict *verdict, const ent_policy *policy);
/* Deviations far from a game's point, where they are asked for. */
ent_status ent_verdict_certify(ent_table_of_play *at, const ent_game *game, const ent_game_point *point,
                               ent_verdict *verdict);
/* ENT_OK and the failure kept in the verdict, where it is one of the answer; else the status. */
ent_status ent_verdict_fail(ent_table_of_play *at, ent_verdict *verdict, ent_status status, const ent_error *why);

/* The players of the seats that play, in room for all; the policy is the status quo. */
ent_status ent_subgame(ent_table_of_play *at, const unsigned char *in, ent_game *game, ent_player **players);
/* Everybody maximises Σ weight[seat] objective[seat]: one row for all players of the game. */
ent_status ent_subgame_share(ent_table_of_play *at, const double *weight, ent_game *game, ent_player *players);
/* Only partners who are members of `with` [regions] stay free. */
ent_status ent_player_narrow(ent_table_of_play *at, ent_player *player, const unsigned char *with);
/* Goals [regions] of the concept's threat, from a verdict that is there already, or solved now. NULL with *status where
 * the war was not reached. */
ent_status ent_threat_of(ent_table_of_play *at, const ent_concept *concept, const double **threat, ent_error *why,
                         ent_status *status);

/* The same without a refusal: sets without partners are dropped, all of them perhaps. */
ent_status ent_player_keep(ent_table_of_play *at, ent_player *player, const unsigned char *with);
/* A game's points as verdicts: the first one, and every other that another start led to. */
ent_status ent_play_game(ent_table_of_play *at, const ent_concept *concept, const ent_game *game, const char *name,
                         const char *label);
/* The seat may set this tax on the lane; the region is one of its members. */
int ent_seat_sets(const ent_seats *seats, const ent_seat *seat, ent_tax tax, ptrdiff_t lane);
int ent_seat_has(const ent_seats *seats, const ent_seat *seat, ptrdiff_t region);
/* A seat's objective at goals [regions]. */
double ent_seat_worth(const ent_seats *seats, ptrdiff_t seat, const double *goal);

/* blocs.c, coerce.c, frontier.c */
ent_status ent_play_blocs(ent_table_of_play *at, const ent_concept *concept);
ent_status ent_play_pairwise(ent_table_of_play *at, const ent_concept *concept);
ent_status ent_play_frontier(ent_table_of_play *at, const ent_concept *concept);
ent_status ent_play_sanctions(ent_table_of_play *at, const ent_concept *concept);
/* Senders without anything to set against the target are refused before the work begins. */
ent_status ent_sanctions_check(ent_table_of_play *at, const ent_concept *concept);
ent_status ent_play_ask(ent_table_of_play *at, const ent_concept *concept);
/* gather.c */
ent_status ent_play_club(ent_table_of_play *at, const ent_concept *concept);
/* motive.c */
ent_status ent_play_motive(ent_table_of_play *at, const ent_concept *concept);

double ent_play_tolerance(const ent_table_of_play *at);
ent_status ent_play_no_memory(const ent_table_of_play *at);
