/* plan.h: a scenario file as read, for the rooms's own files: actions in order, names not yet looked up. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"
#include "scenario/action.h"

/* What an action says, in words, after `before`; NULL where memory is out (lines.c). */
const char *ent_action_line(ent_arena *arena, const ent_action *action, const char *before);
/* Put a quota, guarantee or licence onto the lanes that are chosen (place_quota.c): block [R*J+1] the first border of
 * (importer, sector), reach what the action names. *touched: lanes. What it adds lives in `arena`. */
ent_status ent_quota_place(const ent_reading *reading, const ent_action *action, const ent_network *net,
                           const ptrdiff_t *block, const unsigned char *const chosen[3], ent_arena *arena,
                           ent_policy *policy, ptrdiff_t *touched);

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
