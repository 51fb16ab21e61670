/* solver.h: what a solver holds for the files of this room. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/search.h"

struct ent_solver {
    const ent_network *net;
    ent_options options;
    ent_pass pass;
    ent_domestic domestic;
    ent_renewal renewal;
    ent_search search;
};
