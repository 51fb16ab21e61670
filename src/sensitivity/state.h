/* state.h: what one linearisation holds for the files of this room. */
// SPDX-License-Identifier: MIT
#pragma once
#include "sensitivity/aim.h"

struct ent_sensitivity {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    ent_linearised lin;
    ent_aim aim;
    void (*progress)(void *who, ptrdiff_t done, ptrdiff_t all); /* or NULL */
    void *who;
};
