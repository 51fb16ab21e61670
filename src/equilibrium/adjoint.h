/* adjoint.h: derivatives of an equilibrium, each by one preconditioned linear solve: the tangent (E15) for one
 * direction of policy, the adjoint (E16) for one objective and every instrument at once. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/back.h"
#include "equilibrium/domestic.h"
#include "equilibrium/renew.h"
#include "num/gmres.h"

/* What all derivatives at one equilibrium share: the pass at that point, the domestic blocks, room. */
typedef struct {
    ent_pass pass;
    ent_domestic domestic;
    ent_back back;
    double *z, *image;     /* [states] the equilibrium's unknowns; G(z) */
    double *bar, *mu;      /* [states] */
    double *krylov, *room; /* room of the linear solves */
    /* for many adjoints on a way; once opened */
    double *unit;      /* [states] benchmark sales of a state's node: adjoints on a way are taken by the dollar */
    ptrdiff_t at_once; /* that share readings */
    double *in[ENT_BACK_MANY], *out[ENT_BACK_MANY], *left[ENT_BACK_MANY]; /* [states] room; residuals */
    double *rooms[ENT_BACK_MANY];                                         /* [ent_domestic_room()] */
    ent_back *backs[ENT_BACK_MANY];                                       /* back, and its twins */
    ent_renewal renewal; /* domestic blocks of a point met on the way; empty: the benchmark's are in use */
    double worst;        /* of what a step with these blocks left over at this point; 0: not seen yet */
    double poor;         /* when it is more, new ones pay */
    int afresh;          /* new ones are as good as the inverse itself: they are made at every point */
    int renewed_here;    /* at this point */
    ptrdiff_t products;  /* passes of the last solve */
    double tolerance;    /* of the linear solves, relative */
} ent_linearised;

/* benchmark: the domestic blocks there, of a solver that will live as long; NULL: they are made. */
ent_status ent_linearised_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               const ent_domestic *benchmark, ent_arena *arena, ent_linearised *lin, ent_error *err);
/* (I − dG/dz)ᵀ μ = what `form` asks of the unknowns; then the adjoints of policy and elasticities stand in lin->back.
 */
ent_status ent_linearised_adjoint(ent_linearised *lin, const ent_form *form, ent_error *err);
/* The system of both, to lin->tolerance, and what is said where that takes more products than this. */
enum {
    ENT_LINEARISED_MOST = 600
};
ent_linear_system ent_linearised_system(ent_linearised *lin, int transposed);
ent_status ent_linearised_not_reached(const ent_linearised *lin, ent_error *err);
/* The domestic blocks in use: of a point on the way, or of the benchmark. */
static inline const ent_domestic *ent_linearised_blocks(const ent_linearised *lin)
{
    return lin->renewal.room.chunks != NULL ? &lin->renewal.domestic : &lin->domestic;
}

/* ---- many adjoints on a way ---- */

/* One of them: of wedges alone. They are taken by the dollar, ν = μ/S with S the benchmark sales of a state's node, to
 * a tolerance in units of the largest |ν|: so that what the goods of a small country are worth to a large one is as
 * exact as what those of a large one are. ν is one nearby on entry (0 at first), and becomes the solution. */
typedef struct {
    ent_form form;
    double *nu;            /* [states] */
    const int32_t *region; /* [regions] whose border lanes and markets will be read from lin->back, nobody else's; */
    ptrdiff_t regions;     /* 0: all are */
} ent_adjoint;

/* Open room for them first; `adjoints`: about how many a point. */
ent_status ent_linearised_open_near(ent_linearised *lin, ptrdiff_t adjoints, ent_arena *arena, ent_error *err);
/* As each is solved, in any order, lin->back stands for it and `solved` is called. `looked_at`: its residual is known
 * to do; else that may be concluded from those of others at the point. */
ent_status ent_linearised_adjoints_near(ent_linearised *lin, ent_adjoint *adjoint, ptrdiff_t count, double tolerance,
                                        int looked_at, void (*solved)(void *user, ptrdiff_t which), void *user,
                                        ent_error *err);
/* The point has moved: `pass` has just been run at another. */
void ent_linearised_moved(ent_linearised *lin);
void ent_linearised_close(ent_linearised *lin); /* gives back what was taken on the way */

/* (I − dG/dz) dz = rhs: unknowns' change for a change `rhs` of G [states]; the pass's tangent is left at dz. */
ent_status ent_linearised_tangent(ent_linearised *lin, const double *rhs, double *dz, ent_error *err);
