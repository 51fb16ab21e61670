/* route.h: equilibria on the way from the benchmark to a policy, at Chebyshev points of λ (E14). */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/outcome.h"

enum {
    ENT_ROUTE_MOST = 64 /* intervals of the finest way; more would ask for digits that the derivatives no longer have */
};

/* The part λ of a policy, in logs: log(1+t) and all other wedges go in a straight line from the benchmark to it. A ban
 * has no log: on the way to it there stands a trade cost, under which sales over the lane fall as (1 − λ)². */
typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    ent_licences licence; /* [borders] at the end of the way */
    ent_quota *quota;     /* [policy->quotas] with their prices at the end in place of their limits */
    double *ban_power;    /* [borders] of banned lanes (bans.h), else 0 */
    ent_options options;
    ent_solver *solver; /* of all points: the network is opened once */
    ent_arena *arena;   /* where the equilibria live */
    ptrdiff_t n;        /* intervals so far; 0 before the first ent_route_walk() */
    ptrdiff_t solves, passes;
    ent_equilibrium at[ENT_ROUTE_MOST + 1]; /* at the points of ENT_ROUTE_MOST; those of n are i × ENT_ROUTE_MOST/n */
    unsigned char known[ENT_ROUTE_MOST + 1];
} ent_route;

/* Begin at the benchmark and end at `eq`, an equilibrium of the policy. */
ent_status ent_route_begin(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                           const ent_options *options, ent_arena *arena, ent_route *route, ent_error *err);
/* Fill the points of n intervals; what is known stays. */
ent_status ent_route_walk(ent_route *route, ptrdiff_t n, ent_error *err);

static inline const ent_equilibrium *ent_route_at(const ent_route *route, ptrdiff_t i)
{
    return &route->at[i * (ENT_ROUTE_MOST / route->n)];
}
/* log d̂ of a lane at the part λ of the way, bans as the trade cost that ends in them (infinite at 1); and its slope. */
double ent_route_log_cost(const ent_route *route, ptrdiff_t lane, double lambda);
double ent_route_cost_slope(const ent_route *route, ptrdiff_t lane, double lambda);
/* 1 + rate at the part λ of the way. */
double ent_route_factor(double from, double to, double lambda);
