/* kinsol.h: the two iterations of SUNDIALS KINSOL on a pass. The door of SUNDIALS. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/renew.h"

typedef struct {
    ent_arena *arena; /* for the tangent's room, taken when Newton is first asked */
    ent_pass *pass;
    const ent_domestic *benchmark; /* its preconditioner */
    const ent_domestic *domestic;  /* the one in use */
    ent_renewal *renewal;
    const ent_options *options;
    double *z;      /* [states] start on entry, best point on return */
    double *image;  /* [states] room */
    double *change; /* [states] room */
    double *room;   /* [ent_domestic_room()] */
    double *at;     /* [states] where the pass was last run, room */
    int at_valid;
    double *nearest; /* [states] where the fixed point came nearest, and */
    double gap;      /*          its largest residual */
    double old_gap;  /*          that of some passes ago */
    ptrdiff_t seen;  /* passes of the fixed point, and */
    ptrdiff_t close; /*          those with a residual that will do */
    int met;         /* it has seen that z moves no more */
    ptrdiff_t newton_steps, renewals;
    ptrdiff_t work; /* passes, tangents and what costs as much that may still be spent */
    double aim;     /* stop when the estimated error is below */
} ent_iteration;

/* z <- Anderson-accelerated fixed point of z + P (G(z) − z), at most `passes`. ENT_NOT_CONVERGED where it stops before,
 * at the nearest point, or gets no nearer. */
ent_status ent_fixed_point(ent_iteration *it, ptrdiff_t passes);
/* z <- Newton–Krylov (GMRES with the exact tangent, preconditioned by P) with line search on G(z) − z = 0. */
ent_status ent_newton(ent_iteration *it, ptrdiff_t steps);
/* From now on the preconditioner of the point z; where there is none, the benchmark's. */
ent_status ent_iteration_renew(ent_iteration *it);
