/* ground.c: see ground.h. */
// SPDX-License-Identifier: MIT
#include "ground.h"

ent_status ground_lay(const ground_ask *ask, ent_arena *house, ground *at, ent_error *err)
{
    const ent_scenario *scenario = ask->path != NULL ? &at->scenario : NULL;
    const char *world = ask->world;
    if (scenario != NULL) ENT_TRY(ent_scenario_read(ask->path, house, &at->scenario, err));
    if (world == NULL) world = scenario != NULL && scenario->world != NULL ? scenario->world : "baseline2022";
    ENT_TRY(ent_table_read(world, house, &at->table, err));
    ENT_TRY(ent_table_check(&at->table, err));
    if (scenario != NULL) ENT_TRY(ent_scenario_start(scenario, &at->table, house, err));
    ENT_TRY(ent_blueprint_default(&at->table, house, &at->blueprint, err));
    if (scenario != NULL) ENT_TRY(ent_scenario_blueprint(scenario, &at->table, house, &at->blueprint, err));
    if (ask->blueprint != NULL) ENT_TRY(ent_blueprint_read(ask->blueprint, &at->table, house, &at->blueprint, err));
    for (ptrdiff_t s = 0; s < ask->settings->count; s++)
        ENT_TRY(ent_blueprint_set(ask->settings->word[s], &at->table, house, &at->blueprint, err));
    ENT_TRY(ent_network_lay(&at->table, &at->blueprint, house, &at->laid, err));
    ENT_TRY(ent_network_balance(&at->laid, ask->options, house, &at->net, err));
    if (scenario == NULL) return ent_policy_none(&at->net, house, &at->policy, err);
    ENT_TRY(ent_scenario_place(scenario, &at->net, house, &at->policy, err));
    return ent_scenario_lines(scenario, house, &at->lines, &at->line_count, err);
}
