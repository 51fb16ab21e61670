/* scenario.c: any bytes at all as a scenario, through every step that knows them: parse, start, blueprint, place and
 * lines on the small world of the tests; bytes that begin with "--set " as an option. What is accepted must leave
 * wedges that mean something; what is refused must say why. */
// SPDX-License-Identifier: MIT
#include "../tests/scenario/small_world.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_policy(const small_world *world, const ent_policy *policy)
{
    double sum = 0.0, size = 0.0;
    for (ptrdiff_t e = 0; e < world->net.borders; e++)
        if (!(policy->duty[e] > -1.0 && isfinite(policy->duty[e]) && policy->export_tax[e] > -1.0 &&
              isfinite(policy->export_tax[e]) && isfinite(policy->log_trade_cost[e])))
            __builtin_trap();
    for (ptrdiff_t q = 0; q < policy->quotas; q++)
        if (ent_quota_check(&world->net, policy->quota + q, 1, NULL) != ENT_OK) __builtin_trap();
    for (ptrdiff_t k = 0; k < world->net.nodes; k++)
        if (!(policy->subsidy[k] < 1.0 && isfinite(policy->subsidy[k]) && isfinite(policy->log_productivity[k])))
            __builtin_trap();
    for (ptrdiff_t n = 0; n < world->net.regions; n++) {
        sum += policy->transfer_usd[n];
        size += fabs(policy->transfer_usd[n]);
    }
    if (!(fabs(sum) <= 1e-9 * size)) __builtin_trap();
}

static ent_status play(ent_bytes bytes, small_world *world, ent_arena *arena, ent_error *err)
{
    ent_scenario scenario;
    ent_blueprint blueprint;
    ent_policy policy;
    const char *const *lines;
    ptrdiff_t count;
    ENT_TRY(small_make(arena, world, err));
    ENT_TRY(ent_blueprint_default(&world->table, arena, &blueprint, err));
    if (bytes.size > 6 && memcmp(bytes.data, "--set ", 6) == 0) {
        const char *option = ent_string_copy_n(arena, bytes.data + 6, bytes.size - 6);
        return option == NULL ? ENT_NO_MEMORY : ent_blueprint_set(option, &world->table, arena, &blueprint, err);
    }
    ENT_TRY(ent_scenario_parse(bytes, "fuzz.yaml", NULL, arena, &scenario, err));
    ENT_TRY(ent_scenario_lines(&scenario, arena, &lines, &count, err));
    ENT_TRY(ent_scenario_start(&scenario, &world->table, arena, err));
    ENT_TRY(ent_scenario_blueprint(&scenario, &world->table, arena, &blueprint, err));
    ENT_TRY(ent_scenario_place(&scenario, &world->net, arena, &policy, err));
    check_policy(world, &policy);
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    small_world world;
    ent_error err = {0};
    const ent_status status = play((ent_bytes){(const char *)data, size}, &world, &arena, &err);
    if (status != ENT_OK && (status != ENT_BAD_INPUT || err.text[0] == 0)) __builtin_trap(); /* a refusal says why */
    return 0;
}
