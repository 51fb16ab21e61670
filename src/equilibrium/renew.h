/* renew.h: the preconditioner once more, at a point far from the benchmark, where the benchmark's shares have lost
 * their meaning. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/domestic.h"

typedef struct {
    ent_arena room; /* of what follows; close it at the end */
    ent_network at; /* the network with shares, sales, values and taxes of the point */
    ent_domestic domestic;
} ent_renewal;

/* The pass must just have run at the point. ENT_NOT_CONVERGED: there is no such preconditioner there; the room is empty
 * then, and what stood in it is gone. */
ent_status ent_renew(ent_renewal *renewal, ent_pass *pass);
