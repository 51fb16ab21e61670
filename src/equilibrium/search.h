/* search.h: from a start to an equilibrium: which iteration is tried when, and how long. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/certify.h"
#include "equilibrium/kinsol.h"

typedef struct {
    const ent_options *options;
    const ent_policy *policy;
    ent_iteration it;
    const ent_domestic *nearby;  /* lent blocks to begin with, or NULL */
    ent_certificate certificate; /* of the best point */
    double *best;                /* [states] */
    ptrdiff_t capacity;          /* unknowns for which there is room */
    double *here, *before;       /* [states] points of a homotopy */
    ptrdiff_t pieces;
    double part; /* of the shock that a homotopy has followed; 1 where none was needed */
} ent_search;

ent_status ent_search_open(ent_pass *pass, const ent_domestic *benchmark, const ent_options *options,
                           ent_renewal *renewal, ent_arena *arena, ent_search *search, ent_error *err);
/* After the pass has taken quotas. */
ent_status ent_search_stretch(ent_search *search, ent_error *err);
/* From the state of `start`, or the benchmark where it is NULL. Leaves the best point in z, the pass run there, and its
 * certificate. ENT_NO_EQUILIBRIUM where bans leave somebody without
 * what he needs (bans.h); but for that only ENT_NO_MEMORY fails. */
ent_status ent_search_run(ent_search *search, const ent_policy *policy, const ent_equilibrium *start);

/* solve.c: other tolerance for the next solves of a solver. */
void ent_solver_aim(ent_solver *solver, double tolerance);
/* Blocks of a point nearby, of the same network, to begin with in place of the benchmark's; NULL: those again. */
void ent_solver_lend(ent_solver *solver, const ent_domestic *nearby);
