/* joint.h: the players of a game under one objective with weights that move, and scalar roots over such weights. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/talk.h"
#include "game/party.h"

/* The game with players of its own, all of them with the row `weight`. */
typedef struct {
    ent_game game;
    ent_player *player;  /* [players] */
    ent_parties parties; /* of the game as it was given: by the players' own weights */
    double *weight;      /* [regions] */
    ent_game_options options;
    ent_policy start;     /* where the next search begins; duty and export_tax are the joint's own */
    ent_arena home, next; /* where the point lives, and the next one will */
    ent_game_point point; /* the last one found */
    int any;
} ent_joint;
ent_status ent_joint_open(const ent_game *game, const ent_game_options *options, ent_arena *arena, ent_joint *joint,
                          ent_error *err);
void ent_joint_close(ent_joint *joint);
#define ENT_JOINT __attribute__((cleanup(ent_joint_close))) ent_joint
/* The best policy for the weights, from the last one found. Where it fails the last one stays. */
ent_status ent_joint_play(ent_joint *joint, ent_error *err);
/* Weights of two parties, 1 − a and a; and what a party has at the point. */
void ent_joint_split(ent_joint *joint, double a);
double ent_joint_has(const ent_joint *joint, ptrdiff_t party);
/* Refuses a game that has not just two parties. what: "a frontier lies". */
ent_status ent_joint_two(const ent_parties *parties, const char *what, ent_error *err);
/* The search starts again from a policy; NULL: the game's. */
void ent_joint_restart(ent_joint *joint, const ent_policy *policy);
/* The last point in the caller's arena. */
ent_status ent_joint_copy(const ent_joint *joint, ent_arena *arena, ent_game_point *point, ent_error *err);

/* A root of a function that falls from > 0 at `low` to < 0 at `high`, by regula falsi with halvings (Illinois). It is
 * called last at the root. within: of its value; a jump over 0 is narrowed down to neighbouring numbers. */
typedef ent_status ent_joint_value(void *who, double at, double *value, ent_error *err);
typedef struct {
    double low, high, at_low, at_high; /* ends and values there */
    double within;
    double guess; /* where to look first; NaN: nowhere in particular */
} ent_bracket;
ent_status ent_joint_root(const ent_bracket *bracket, ent_joint_value *f, void *who, double *root, double *value,
                          ent_error *err);

/* The same over weights between 0 and 1, looked for outwards from `guess` (NaN: ½), for the ends are the hardest
 * policies to find. Where nothing changes sign before an end, *at is that end. */
ent_status ent_joint_cross(ent_joint_value *f, void *who, double guess, double within, double *at, ent_error *err);

/* A policy with rates of its own, copied from another. */
ent_status ent_joint_keep(const ent_network *net, const ent_policy *policy, ent_arena *arena, ent_policy *kept,
                          ent_error *err);
/* The benchmark income of a region. */
double ent_joint_income(const ent_network *net, ptrdiff_t region);
/* The players of a party, as a game of their own over a policy; with `not`, all others. player: room for all. */
ent_game ent_joint_part(const ent_game *game, const ent_parties *parties, ptrdiff_t party, int not, ent_player *player);
