/* goal.h: what each region's government wants (game.h): its value at a point, and its linear form there. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/game.h"
#include "equilibrium/back.h"

typedef struct {
    const ent_network *net;
    const double **lobby;     /* [regions] each [sectors], or NULL: real income */
    const double **security;  /* [regions] each [regions*sectors], or NULL */
    int political;            /* somebody has either */
    double *base;             /* [regions] log of G at the benchmark, million US dollars */
    double *factors, *earned; /* [sectors] of one region: F, what it pays to factors; Y, with its profits */
} ent_goal;

/* Weights of the game's players. `base` is filled by ent_goal_found(). */
ent_status ent_goal_open(const ent_game *game, ent_arena *arena, ent_goal *goal, ent_error *err);
/* Let the benchmark be what goals are measured over; the pass has been run there. income_usd [regions] at it. */
void ent_goal_found(ent_goal *goal, const ent_pass *pass, const double *income_usd);
/* goal_n of all regions at the point of the pass; log_welfare [regions] is log W there. */
void ent_goal_measure(const ent_goal *goal, const ent_pass *pass, const double *log_welfare, double *value);
/* Σ_n weight[n] goal_n as a linear form: added to log_price, log_cost and log_spent [nodes]. */
void ent_goal_form(const ent_goal *goal, const ent_pass *pass, const double *weight, double *log_price,
                   double *log_cost, double *log_spent);
/* Σ_s lobby_s (Y_s + R F_s/F) of region n with other lobby weights, in the pass's dollars. */
double ent_goal_amount(const ent_goal *goal, const ent_pass *pass, ptrdiff_t n, const double *lobby);
