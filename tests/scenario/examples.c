/* The examples of examples/: each is read, laid and placed, and its lanes hold what its comments say. */
// SPDX-License-Identifier: MIT
#include "test.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_scenario scenario;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
} played;

static ent_status play(played *p, const char *path, const char *world)
{
    *p = (played){0};
    ENT_TRY(ent_scenario_read(path, &p->arena, &p->scenario, &p->err));
    ENT_TRY(ent_table_read(world != NULL ? world : p->scenario.world, &p->arena, &p->table, &p->err));
    ENT_TRY(ent_scenario_start(&p->scenario, &p->table, &p->arena, &p->err));
    ENT_TRY(ent_blueprint_default(&p->table, &p->arena, &p->blueprint, &p->err));
    ENT_TRY(ent_scenario_blueprint(&p->scenario, &p->table, &p->arena, &p->blueprint, &p->err));
    ENT_TRY(ent_network_lay(&p->table, &p->blueprint, &p->arena, &p->net, &p->err));
    return ent_scenario_place(&p->scenario, &p->net, &p->arena, &p->policy, &p->err);
}

static ptrdiff_t lane(const played *p, const char *importer, const char *exporter, const char *sector)
{
    const ptrdiff_t n = ent_names_find(&p->table.regions, importer), i = ent_names_find(&p->table.regions, exporter);
    const ptrdiff_t j = ent_names_find(&p->table.sectors, sector);
    for (ptrdiff_t e = 0; e < p->net.borders; e++)
        if (p->net.lane_region[e] == n && ent_lane_exporter(&p->net, e) == i && ent_lane_sector(&p->net, e) == j)
            return e;
    test_fail(__FILE__, __LINE__, "%s sells no %s to %s", exporter, sector, importer);
    return 0;
}

/* By how many points a duty has risen over the benchmark. */
static double rise(const played *p, const char *importer, const char *exporter, const char *sector)
{
    const ptrdiff_t e = lane(p, importer, exporter, sector);
    return 100.0 * (p->policy.duty[e] - p->net.duty[e]);
}

static double cost(const played *p, const char *importer, const char *exporter, const char *sector)
{
    return exp(p->policy.log_trade_cost[lane(p, importer, exporter, sector)]);
}

#define EXAMPLE(file)                                                                                                  \
    played p;                                                                                                          \
    if (play(&p, ENT_SOURCE_DIR "/examples/" file, NULL) != ENT_OK)                                                    \
        test_fail(__FILE__, __LINE__, "%s", p.err.text);                                                               \
    else

TEST(the_truce, "")
{
    EXAMPLE("lancaster-house/truce.yaml")
    {
        CHECK_NEAR(rise(&p, "USA", "CHN", "ELE"), 28.5470, 1e-9); /* China and Hong Kong, 28.5392 and 29.1174 */
        CHECK_NEAR(rise(&p, "USA", "JPN", "VEH"), 16.5320, 1e-9);
        CHECK_NEAR(rise(&p, "USA", "CHN", "BUS"), 0.0, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "USA", "MAC"), 10.0, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "USA", "AGR"), 10.0 + 9.3334, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "EUU", "MAC"), 0.0, 1e-9);
    }
    ent_arena_close(&p.arena);
}

TEST(the_deal, "")
{
    EXAMPLE("lancaster-house/deal.yaml")
    {
        CHECK_NEAR(rise(&p, "USA", "CHN", "ELE"), 8.5470, 1e-9);
        CHECK_NEAR(rise(&p, "USA", "EUU", "ELE"), 12.2435, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "USA", "AGR"), 0.0, 1e-9);
    }
    ent_arena_close(&p.arena);
}

TEST(the_breakdown, "")
{
    EXAMPLE("lancaster-house/breakdown.yaml")
    {
        CHECK_NEAR(rise(&p, "USA", "CHN", "ELE"), 145.0, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "USA", "MAC"), 125.0, 1e-9);
        CHECK_NEAR(rise(&p, "CHN", "USA", "FOO"), 125.0 + 5.9144, 1e-9);
        CHECK_NEAR(rise(&p, "USA", "EUU", "ELE"), 12.2435, 1e-9);
    }
    ent_arena_close(&p.arena);
}

TEST(the_decoupling, "")
{
    EXAMPLE("lancaster-house/decoupling.yaml")
    {
        CHECK_NEAR(rise(&p, "USA", "CHN", "ELE"), 28.5470, 1e-9);
        CHECK_NEAR(cost(&p, "USA", "CHN", "ELE"), 1.2, 1e-12);
        CHECK_NEAR(cost(&p, "RUS", "JPN", "BUS"), 1.2, 1e-12);
        CHECK_NEAR(cost(&p, "USA", "EUU", "ELE"), 1.0, 1e-12);
        CHECK_NEAR(cost(&p, "IND", "CHN", "ELE"), 1.0, 1e-12);
        CHECK_NEAR(cost(&p, "CHN", "RUS", "ENE"), 1.0, 1e-12);
    }
    ent_arena_close(&p.arena);
}

TEST(liberation_day, "")
{
    EXAMPLE("liberation-day.yaml")
    {
        CHECK_NEAR(rise(&p, "USA", "EUU", "CHE"), 20.0, 1e-9);
        CHECK_NEAR(rise(&p, "USA", "TWN", "ELE"), 32.0, 1e-9);
        CHECK_NEAR(rise(&p, "USA", "CAN", "VEH"), 0.0, 1e-9);
    }
    ent_arena_close(&p.arena);
}

TEST(the_green_channel, "")
{
    EXAMPLE("green-channel.yaml")
    {
        CHECK_NEAR(cost(&p, "EUU", "CHN", "EEQ"), 0.95, 1e-12);
        CHECK_NEAR(cost(&p, "CHN", "EUU", "VEH"), 0.95, 1e-12);
        CHECK_NEAR(cost(&p, "CHN", "EUU", "BUS"), 1.0, 1e-12);
        CHECK_NEAR(rise(&p, "EUU", "CHN", "EEQ"), 0.0, 1e-12);
    }
    ent_arena_close(&p.arena);
}

/* The scenario and the tariffs it names, beside each other, on the world it names. */
TEST(nafta, "")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_bytes bytes;
    ent_table table;
    const char *folder = test_temporary_folder(), *base = ent_string_format(&scratch, "%s/base_nodeficit", data);
    MUST(ent_bytes_read(ENT_SOURCE_DIR "/examples/nafta/nafta.yaml", 0, &scratch, &bytes, &err), err);
    MUST(ent_bytes_write(ent_string_format(&scratch, "%s/nafta.yaml", folder), bytes.data, bytes.size, &err), err);
    MUST(ent_bytes_read(ent_string_format(&scratch, "%s/tariffs.csv", data), 0, &scratch, &bytes, &err), err);
    MUST(ent_bytes_write(ent_string_format(&scratch, "%s/tariffs.csv", folder), bytes.data, bytes.size, &err), err);
    const ent_import ask = {.layout = ENT_LAYOUT_CALIENDO_PARRO, .paths = &base, .path_count = 1};
    MUST(ent_table_import(&ask, &scratch, &table, &err), err);
    MUST(ent_table_write(&table, ent_string_format(&scratch, "%s/world.nc", folder), &err), err);
    played p;
    if (play(&p, ent_string_format(&scratch, "%s/nafta.yaml", folder), NULL) != ENT_OK)
        test_fail(__FILE__, __LINE__, "%s", p.err.text);
    else {

        CHECK_NEAR(p.net.duty[lane(&p, "ARG", "AUS", "s01")], 0.04166667, 1e-15);
        CHECK_NEAR(p.policy.duty[lane(&p, "ARG", "AUS", "s01")], 0.04166667, 1e-15); /* outside: stays at 1993 */
        CHECK_NEAR(p.policy.duty[lane(&p, "MEX", "USA", "s01")], 0.008533333, 1e-15);
        CHECK_NEAR(p.net.duty[lane(&p, "MEX", "USA", "s01")], 0.09156667, 1e-15);
    }
    ent_arena_close(&p.arena);
}

/* The first block of the manual is a whole scenario, and runs as it stands. */
TEST(the_manual_opens_with_a_scenario_that_runs, "")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_bytes manual;
    MUST(ent_bytes_read(ENT_SOURCE_DIR "/docs/SCENARIOS.md", 0, &scratch, &manual, &err), err);
    const char *begin = strstr(manual.data, "```yaml\n"), *end = begin == NULL ? NULL : strstr(begin + 8, "```");
    CHECK(end != NULL);
    if (end == NULL) return;
    const char *path = ent_string_format(&scratch, "%s/manual.yaml", test_temporary_folder());
    MUST(ent_bytes_write(path, begin + 8, (size_t)(end - begin) - 8, &err), err);
    played p;
    if (play(&p, path, NULL) != ENT_OK)
        test_fail(__FILE__, __LINE__, "%s", p.err.text);
    else {
        CHECK_NEAR(rise(&p, "USA", "CHN", "ELE"), 30.0, 1e-9);
        CHECK_NEAR(p.net.duty[lane(&p, "USA", "CHN", "STE")], 0.25, 1e-15);
        CHECK_NEAR(p.policy.export_tax[lane(&p, "USA", "CHN", "CHE")], 0.2, 1e-15);
        CHECK_NEAR(cost(&p, "EUU", "CHN", "MIN"), 0.9, 1e-12);
        CHECK(p.blueprint.trade_elasticity[ent_names_find(&p.table.sectors, "ELE")] == 4.5);
    }
    ent_arena_close(&p.arena);
}

/* How much of the benchmark's quantity China still sells abroad. */
static double magnets_sold(const played *p, const ent_equilibrium *eq)
{
    double before = 0.0, after = 0.0;
    for (ptrdiff_t e = 0; e < p->net.borders; e++) {
        if (strcmp(p->table.sectors.code[ent_lane_sector(&p->net, e)], "magnets") != 0 ||
            strcmp(p->table.regions.code[ent_lane_exporter(&p->net, e)], "CHN") != 0 ||
            ent_lane_exporter(&p->net, e) == p->net.lane_region[e])
            continue;
        before += p->net.lane_value_usd[e] / (1.0 + p->net.duty[e]);
        after += eq->lane_value_usd[e] / (1.0 + p->policy.duty[e]) / (1.0 + p->policy.export_tax[e]) /
                 exp(eq->log_price[p->net.seller[e]]);
    }
    return after / before;
}

/* China's exports of magnets at a quarter, as customs reported for May 2025: the quota of the example and the export
 * tax at which buyers take no more are one world. */
TEST(the_magnets_of_may_2025_by_quota_and_by_tax, "E12")
{
    EXAMPLE("critical-inputs/magnets-may-2025.yaml")
    {
        ent_equilibrium quota, tax;
        MUST(ent_equilibrium_solve(&p.net, &p.policy, NULL, NULL, &p.arena, &quota, &p.err), p.err);
        MUST(ent_policy_none(&p.net, &p.arena, &p.policy, &p.err), p.err);
        for (ptrdiff_t e = 0; e < p.net.borders; e++)
            if (strcmp(p.table.sectors.code[ent_lane_sector(&p.net, e)], "magnets") == 0 &&
                strcmp(p.table.regions.code[ent_lane_exporter(&p.net, e)], "CHN") == 0 &&
                ent_lane_exporter(&p.net, e) != p.net.lane_region[e])
                p.policy.export_tax[e] = 20.657;
        MUST(ent_equilibrium_solve(&p.net, &p.policy, NULL, NULL, &p.arena, &tax, &p.err), p.err);
        CHECK_NEAR(magnets_sold(&p, &tax), 0.25, 1e-4);
        for (ptrdiff_t n = 0; n < p.net.regions; n++)
            CHECK_NEAR(quota.income_usd[n] / exp(quota.log_price[p.net.household[n]]) /
                           (tax.income_usd[n] / exp(tax.log_price[p.net.household[n]])),
                       1.0, 1e-6);
    }
    ent_arena_close(&p.arena);
}

TEST(bans_of_chips_and_tools_remove_their_lanes_alone, "")
{
    EXAMPLE("critical-inputs/chip-tools.yaml")
    {
        CHECK(p.policy.banned != NULL && p.policy.banned[lane(&p, "CHN", "EUU", "chip-tools")]);
        CHECK(!p.policy.banned[lane(&p, "CHN", "EUU", "MAC-other")]);
        CHECK(!p.policy.banned[lane(&p, "CHN", "KOR", "chip-tools")]);
    }
    ent_arena_close(&p.arena);
    if (play(&p, ENT_SOURCE_DIR "/examples/critical-inputs/chips.yaml", NULL) != ENT_OK)
        test_fail(__FILE__, __LINE__, "%s", p.err.text);
    else
        CHECK(p.policy.banned[lane(&p, "CHN", "TWN", "chips")] &&
              !p.policy.banned[lane(&p, "CHN", "TWN", "ELE-other")]);
    ent_arena_close(&p.arena);
}
