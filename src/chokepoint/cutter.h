/* cutter.h: what a cutter holds for the files of this room. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/chokepoint.h"

struct ent_cutter {
    const ent_network *net;
    const ent_policy *base;
    const ent_equilibrium *eq;
    ent_policy policy; /* base, with bans of its own */
    ent_solver *solver;
    double *log_price; /* [nodes] room of the formula */
};

/* Which lanes a cut takes: marks policy.banned and returns their border value; *lanes how many trade. */
double ent_cutter_mark(ent_cutter *cutter, const ent_cut *cut, ptrdiff_t *lanes);
/* log real income of a region at an equilibrium. */
double ent_log_real_income(const ent_network *net, const ent_equilibrium *eq, ptrdiff_t region);
/* The equilibrium of the cutter's marked policy as it stands, from its start. */
ent_status ent_cutter_solve(ent_cutter *cutter, ent_arena *arena, ent_equilibrium *eq, ent_error *err);
