/* kinsol.h: the two iterations of SUNDIALS KINSOL on a pass. The door of SUNDIALS. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/domestic.h"

typedef struct {
    ent_arena *arena; /* for the tangent's room, taken when Newton is first asked */
    ent_pass *pass;
    const ent_domestic *domestic;
    const ent_options *options;
    double *z;      /* [states] start on entry, best point on return */
    double *image;  /* [states] room */
    double *change; /* [states] room */
    double *room;   /* [ent_domestic_room()] */
    double *at;     /* [states] where the pass was last run, room */
    int at_valid;
    int met; /* the fixed point has seen that z moves no more */
    ptrdiff_t newton_steps;
    double aim; /* stop when the estimated error is below */
} ent_iteration;

/* z <- Anderson-accelerated fixed point of z + P (G(z) − z), at most `passes`. ENT_NOT_CONVERGED where it stops before.
 */
ent_status ent_fixed_point(ent_iteration *it, ptrdiff_t passes);
/* z <- Newton–Krylov (GMRES with the exact tangent, preconditioned by P) with line search on G(z) − z = 0. */
ent_status ent_newton(ent_iteration *it, ptrdiff_t steps);
