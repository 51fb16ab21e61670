/* adjoint.h: derivatives of an equilibrium, each by one preconditioned linear solve: the tangent (E15) for one
 * direction of policy, the adjoint (E16) for one objective and every instrument at once. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/back.h"
#include "equilibrium/domestic.h"
#include "num/recycle.h"

/* What all derivatives at one equilibrium share: the pass at that point, the domestic blocks, room. */
typedef struct {
    ent_pass pass;
    ent_domestic domestic;
    ent_back back;
    double *z, *image;     /* [states] the equilibrium's unknowns; G(z) */
    double *bar, *mu;      /* [states] */
    double *krylov, *room; /* room of the linear solves */
    ent_recycled recycled; /* of solves nearby; once opened */
    ptrdiff_t products;    /* passes of the last solve */
    double tolerance;      /* of the linear solves, relative */
} ent_linearised;

ent_status ent_linearised_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               ent_arena *arena, ent_linearised *lin, ent_error *err);
/* (I − dG/dz)ᵀ μ = what `form` asks of the unknowns; then the adjoints of policy and elasticities stand in lin->back.
 */
ent_status ent_linearised_adjoint(ent_linearised *lin, const ent_form *form, ent_error *err);
/* The same for wedges alone, to a tolerance in units of the largest |μ|, from a μ nearby (0 at first), which becomes
 * the solution: for many adjoints on a way, which help one another once room for that has been opened. */
ent_status ent_linearised_open_near(ent_linearised *lin, ent_arena *arena, ent_error *err);
/* The point has moved: `pass` has been run at another. */
void ent_linearised_moved(ent_linearised *lin);
ent_status ent_linearised_adjoint_near(ent_linearised *lin, const ent_form *form, double tolerance, double *mu,
                                       ent_error *err);
/* (I − dG/dz) dz = rhs: unknowns' change for a change `rhs` of G [states]; the pass's tangent is left at dz. */
ent_status ent_linearised_tangent(ent_linearised *lin, const double *rhs, double *dz, ent_error *err);
