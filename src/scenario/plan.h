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

/* The keys of a scenario in a larger file's mapping, whose other keys are not looked at. `actions` may be absent there:
 * nothing is done. */
#define ENT_SCENARIO_KEYS "name description dated source world blueprint start actions"
ent_status ent_scenario_take(const ent_reading *reading, const ent_yaml *root, ent_scenario *scenario);
