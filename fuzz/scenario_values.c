/* scenario_values.c: any bytes at all as the file of values that a scenario's actions name. The bytes lie in memory
 * under a name of /proc, so that they come in through the same door as a file. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memfd_create */
#include "../tests/scenario/small_world.h"
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char PLAN[] = "actions:\n"
                           "  - %s: {%s, file: \"/proc/self/fd/%d\", column: %s}\n";
static const char *const ACTIONS[][3] = {{"duty", "importer: USA, exporter: all", "rate_pct"},
                                         {"duty", "mode: add", "rate"},
                                         {"trade_cost", "exporter: {not: CHN}", "d_factor"},
                                         {"subsidy", "region: WEST", "rate_pct"},
                                         {"productivity", "sector: goods", "rate"}};

static ent_status play(const char *text, ent_arena *arena, ent_error *err)
{
    small_world world;
    ent_scenario scenario;
    ent_policy policy;
    ENT_TRY(small_make(arena, &world, err));
    ENT_TRY(ent_scenario_parse((ent_bytes){text, strlen(text)}, "fuzz.yaml", "", arena, &scenario, err));
    ENT_TRY(ent_scenario_place(&scenario, &world.net, arena, &policy, err));
    for (ptrdiff_t e = 0; e < world.net.borders; e++)
        if (!(policy.duty[e] > -1.0 && isfinite(policy.duty[e]) && isfinite(policy.log_trade_cost[e])))
            __builtin_trap();
    for (ptrdiff_t k = 0; k < world.net.nodes; k++)
        if (!(policy.subsidy[k] < 1.0 && isfinite(policy.log_productivity[k]))) __builtin_trap();
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int file = memfd_create("values", 0);
    if (file < 0 || write(file, data, size) != (ssize_t)size) __builtin_trap();
    for (size_t a = 0; a < sizeof ACTIONS / sizeof *ACTIONS; a++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {0};
        char text[256];
        snprintf(text, sizeof text, PLAN, ACTIONS[a][0], ACTIONS[a][1], file, ACTIONS[a][2]);
        const ent_status status = play(text, &arena, &err);
        if (status != ENT_OK && (status != ENT_BAD_INPUT || err.text[0] == 0)) __builtin_trap();
    }
    close(file);
    return 0;
}
