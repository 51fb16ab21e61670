/* plan.h: a scenario file as read, for the rooms's own files: actions in order, names not yet looked up. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"
#include "scenario/action.h"

struct ent_scenario_file {
    const char *path, *folder; /* folder NULL: the text may name no files */
    const ent_yaml *root;
    const ent_yaml *blueprint; /* or NULL */
    ent_action *start, *actions;
    ptrdiff_t start_count, action_count;
};
