/* place.c: actions reach the lanes they name, in order, and no other. */
// SPDX-License-Identifier: MIT
#include "try.h"
#include <time.h>

#define PLACE(actions)                                                                                                 \
    trial t;                                                                                                           \
    if (try_actions(&t, actions) != ENT_OK)                                                                            \
        test_fail(__FILE__, __LINE__, "%s", t.err.text);                                                               \
    else

/* How many duties differ from the benchmark's. */
static int changed_duties(const trial *t)
{
    int changed = 0;
    for (ptrdiff_t e = 0; e < t->world.net.borders; e++) changed += t->policy.duty[e] != t->world.net.duty[e];
    return changed;
}

TEST(no_action_is_the_benchmark, "")
{
    PLACE("  []\n")
    {
        CHECK(changed_duties(&t) == 0);
        for (ptrdiff_t e = 0; e < t.world.net.borders; e++)
            CHECK(t.policy.export_tax[e] == 0.0 && t.policy.log_trade_cost[e] == 0.0);
        for (ptrdiff_t k = 0; k < t.world.net.nodes; k++)
            CHECK(t.policy.subsidy[k] == 0.0 && t.policy.log_productivity[k] == 0.0);
        for (ptrdiff_t n = 0; n < SMALL_REGIONS; n++) CHECK(t.policy.transfer_usd[n] == 0.0);
    }
    ent_arena_close(&t.arena);
}

TEST(a_duty_is_set_added_and_scaled, "")
{
    PLACE("  - duty: {importer: USA, exporter: CHN, sector: ELE, set: 30%}\n"
          "  - duty: {importer: USA, exporter: CHN, sector: AGR, add: 25 %}\n"
          "  - duty: {importer: CHN, exporter: USA, sector: AGR, scale: 0.5}\n"
          "  - duty: {importer: CHN, exporter: USA, sector: ELE, scale: 150%}\n"
          "  - duty: {importer: EUU, exporter: CHN, sector: ELE, add: -2.5%}\n")
    {
        CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.30, 1e-15);
        CHECK_NEAR(duty_of(&t, USA, CHN, AGR), 0.27, 1e-15);
        CHECK_NEAR(duty_of(&t, CHN, USA, AGR), 0.01, 1e-15);
        CHECK_NEAR(duty_of(&t, CHN, USA, ELE), 0.03, 1e-15);
        CHECK_NEAR(duty_of(&t, EUU, CHN, ELE), -0.005, 1e-15);
        CHECK(changed_duties(&t) == 5);
    }
    ent_arena_close(&t.arena);
}

TEST(a_later_action_stands_on_the_earlier, "")
{
    PLACE("  - duty: {importer: USA, exporter: all, set: 10%}\n"
          "  - duty: {importer: USA, exporter: CHN, add: 20%}\n"
          "  - duty: {importer: USA, exporter: CHN, sector: ELE, scale: 0.5}\n"
          "  - duty: {importer: USA, exporter: MEX, add: 5%}\n"
          "  - duty: {importer: USA, exporter: MEX, set: 1%}\n")
    {
        CHECK_NEAR(duty_of(&t, USA, EUU, ELE), 0.10, 1e-15);
        CHECK_NEAR(duty_of(&t, USA, CHN, AGR), 0.30, 1e-15);
        CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.15, 1e-15);
        CHECK_NEAR(duty_of(&t, USA, MEX, ELE), 0.01, 1e-15);
    }
    ent_arena_close(&t.arena);
}

TEST(duties_are_on_goods_unless_the_action_says_otherwise, "")
{
    PLACE("  - duty: {importer: USA, exporter: CHN, set: 30%}\n"
          "  - duty: {importer: CHN, exporter: USA, sector: all, set: 20%}\n"
          "  - duty: {importer: EUU, exporter: USA, sector: services, set: 5%}\n")
    {
        CHECK(duty_of(&t, USA, CHN, SER) == 0.0);
        CHECK_NEAR(duty_of(&t, CHN, USA, SER), 0.20, 1e-15);
        CHECK_NEAR(duty_of(&t, EUU, USA, SER), 0.05, 1e-15);
        CHECK(duty_of(&t, EUU, USA, ELE) == 0.02);
        CHECK(changed_duties(&t) == 2 + 3 + 1);
    }
    ent_arena_close(&t.arena);
}

TEST(home_is_never_touched, "")
{
    PLACE("  - duty: {importer: all, exporter: all, sector: all, set: 30%}\n"
          "  - export_tax: {importer: [USA, CHN], exporter: [USA, CHN], sector: all, set: 10%}\n"
          "  - trade_cost: {importer: all, exporter: all, change: 10%}\n")
    {
        for (ptrdiff_t e = 0; e < t.world.net.borders; e++) {
            const int home = t.world.net.node_region[t.world.net.seller[e]] == t.world.net.lane_region[e];
            CHECK_NEAR(t.policy.duty[e], home ? 0.0 : 0.3, 1e-15);
            CHECK_NEAR(t.policy.log_trade_cost[e], home ? 0.0 : log(1.1), 1e-15);
            if (home) CHECK(t.policy.export_tax[e] == 0.0);
        }
        CHECK_NEAR(t.policy.export_tax[small_lane(&t.world, CHN, USA, SER)], 0.10, 1e-15);
        CHECK(t.policy.export_tax[small_lane(&t.world, EUU, USA, SER)] == 0.0);
    }
    ent_arena_close(&t.arena);
}

/* Choices: which of the twelve foreign pairs take the duty, as importer*4+exporter bits. */
static unsigned pairs_of(const trial *t)
{
    unsigned pairs = 0;
    for (int n = 0; n < SMALL_REGIONS; n++)
        for (int i = 0; i < SMALL_REGIONS; i++)
            if (i != n && duty_of(t, n, i, AGR) == 1.0) pairs |= 1u << (4 * n + i);
    return pairs;
}

static unsigned pair(int n, int i)
{
    return 1u << (4 * n + i);
}

TEST(regions_are_named_alone_in_lists_in_groups_and_by_what_they_are_not, "")
{
    const struct {
        const char *sides;
        unsigned pairs;
    } cases[] = {
        {"importer: USA, exporter: CHN", pair(USA, CHN)},
        {"importer: United States, exporter: [China, Mexico]", pair(USA, CHN) | pair(USA, MEX)},
        {"importer: CHN, exporter: WEST", pair(CHN, USA) | pair(CHN, EUU) | pair(CHN, MEX)},
        {"importer: CHN, exporter: The West", pair(CHN, USA) | pair(CHN, EUU) | pair(CHN, MEX)},
        {"importer: USA, exporter: rest", pair(USA, CHN) | pair(USA, EUU) | pair(USA, MEX)},
        {"importer: rest, exporter: USA", pair(CHN, USA) | pair(EUU, USA) | pair(MEX, USA)},
        {"importer: [USA, EUU], exporter: rest", pair(USA, CHN) | pair(USA, MEX) | pair(EUU, CHN) | pair(EUU, MEX)},
        {"importer: WEST, exporter: WEST",
         pair(USA, EUU) | pair(USA, MEX) | pair(EUU, USA) | pair(EUU, MEX) | pair(MEX, USA) | pair(MEX, EUU)},
        {"importer: USA, exporter: {not: MEX}", pair(USA, CHN) | pair(USA, EUU)},
        {"importer: USA, exporter: {not: [MEX, CHN]}", pair(USA, EUU)},
        {"importer: {of: WEST, not: USA}, exporter: CHN", pair(EUU, CHN) | pair(MEX, CHN)},
        {"importer: {of: [WEST, CHN], not: [USA, EUU]}, exporter: USA", pair(CHN, USA) | pair(MEX, USA)},
        {"importer: CHN, exporter: {of: rest, not: EUU}", pair(CHN, USA) | pair(CHN, MEX)},
        {"importer: [CHN, CHN], exporter: [USA, USA]", pair(CHN, USA)},
        {"importer: CHN, exporter: [WEST, all]", pair(CHN, USA) | pair(CHN, EUU) | pair(CHN, MEX)},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        trial t;
        char action[256];
        snprintf(action, sizeof action, "  - duty: {%s, set: 100%%}\n", cases[c].sides);
        if (try_actions(&t, action) != ENT_OK)
            test_fail(__FILE__, __LINE__, "%s: %s", cases[c].sides, t.err.text);
        else if (pairs_of(&t) != cases[c].pairs)
            test_fail(__FILE__, __LINE__, "%s: pairs %#x, not %#x", cases[c].sides, pairs_of(&t), cases[c].pairs);
        ent_arena_close(&t.arena);
    }
}

TEST(sectors_are_named_the_same_way, "")
{
    PLACE("  - duty: {importer: USA, exporter: CHN, sector: {not: AGR}, set: 50%}\n"
          "  - duty: {importer: CHN, exporter: USA, sector: {of: goods, not: ELE}, set: 50%}\n"
          "  - duty: {importer: EUU, exporter: USA, sector: [ELE, SER], set: 50%}\n")
    {
        CHECK(duty_of(&t, USA, CHN, AGR) == 0.02 && duty_of(&t, USA, CHN, ELE) == 0.5 &&
              duty_of(&t, USA, CHN, SER) == 0.5);
        CHECK(duty_of(&t, CHN, USA, AGR) == 0.5 && duty_of(&t, CHN, USA, ELE) == 0.02 &&
              duty_of(&t, CHN, USA, SER) == 0.0);
        CHECK(duty_of(&t, EUU, USA, AGR) == 0.02 && duty_of(&t, EUU, USA, ELE) == 0.5 &&
              duty_of(&t, EUU, USA, SER) == 0.5);
    }
    ent_arena_close(&t.arena);
}

TEST(export_taxes_and_trade_costs_reach_their_lanes, "")
{
    PLACE("  - export_tax: {exporter: CHN, importer: USA, sector: ELE, set: 20%}\n"
          "  - export_tax: {exporter: CHN, importer: [USA, EUU], sector: ELE, add: -5%}\n"
          "  - trade_cost: {exporter: CHN, importer: EUU, sector: ELE, change: -10%}\n"
          "  - trade_cost: {exporter: CHN, importer: EUU, sector: ELE, change: 20%}\n")
    {
        const ptrdiff_t usa = small_lane(&t.world, USA, CHN, ELE), euu = small_lane(&t.world, EUU, CHN, ELE);
        CHECK_NEAR(t.policy.export_tax[usa], 0.15, 1e-15);
        CHECK_NEAR(t.policy.export_tax[euu], -0.05, 1e-15);
        CHECK_NEAR(exp(t.policy.log_trade_cost[euu]), 0.9 * 1.2, 1e-15);
        CHECK(t.policy.log_trade_cost[usa] == 0.0);
        CHECK(changed_duties(&t) == 0);
    }
    ent_arena_close(&t.arena);
}

TEST(subsidies_and_productivity_reach_producers, "")
{
    PLACE("  - subsidy: {region: USA, sector: ELE, rate: 10%}\n"
          "  - subsidy: {region: USA, sector: [ELE, SER], add: 5%}\n"
          "  - productivity: {region: CHN, sector: AGR, change: -20%}\n"
          "  - productivity: {region: [CHN, MEX], change: 50%}\n")
    {
        CHECK_NEAR(t.policy.subsidy[USA * 3 + ELE], 0.15, 1e-15);
        CHECK_NEAR(t.policy.subsidy[USA * 3 + SER], 0.05, 1e-15);
        CHECK(t.policy.subsidy[USA * 3 + AGR] == 0.0 && t.policy.subsidy[CHN * 3 + ELE] == 0.0);
        CHECK_NEAR(exp(t.policy.log_productivity[CHN * 3 + AGR]), 0.8 * 1.5, 1e-15);
        CHECK_NEAR(exp(t.policy.log_productivity[CHN * 3 + SER]), 1.5, 1e-15);
        CHECK_NEAR(exp(t.policy.log_productivity[MEX * 3 + AGR]), 1.5, 1e-15);
        CHECK(t.policy.log_productivity[MEX * 3 + SER] == 0.0); /* makes none: no node */
        CHECK(t.policy.log_productivity[USA * 3 + AGR] == 0.0);
    }
    ent_arena_close(&t.arena);
}

TEST(transfers_are_shared_by_spending_and_sum_to_zero, "")
{
    PLACE("  - transfer: {from: EUU, to: MEX, amount: 10e9 USD}\n"
          "  - transfer: {from: [USA, CHN], to: MEX, amount: 3 bn USD}\n"
          "  - transfer: {from: USA, to: rest, amount: 0.9 tn USD}\n"
          "  - transfer: {from: EUU, to: USA, amount: 5 mn USD}\n")
    {
        /* households spend 1000, 2000, 3000, 4000: USA pays a third of 3 bn, CHN gets 2/9 of 0.9 tn */
        CHECK_NEAR(t.policy.transfer_usd[USA], -1000.0 - 900000.0 + 5.0, 1e-9);
        CHECK_NEAR(t.policy.transfer_usd[CHN], -2000.0 + 200000.0, 1e-9);
        CHECK_NEAR(t.policy.transfer_usd[EUU], -10000.0 + 300000.0 - 5.0, 1e-9);
        CHECK_NEAR(t.policy.transfer_usd[MEX], 10000.0 + 3000.0 + 400000.0, 1e-9);
        double sum = 0.0;
        for (int n = 0; n < SMALL_REGIONS; n++) sum += t.policy.transfer_usd[n];
        CHECK_NEAR(sum, 0.0, 1e-9);
    }
    ent_arena_close(&t.arena);
}

TEST(the_start_changes_the_table_and_not_the_policy, "")
{
    trial t;
    const ent_status status = try_in(&t,
                                     "name: s\nstart:\n  - duty: {importer: USA, exporter: CHN, set: 12%}\n"
                                     "  - duty: {importer: USA, exporter: all, sector: ELE, scale: 2}\nactions: []\n",
                                     NULL);
    MUST(status, t.err);
    const double *duty = t.world.table.duty; /* [i][n][j] */
    CHECK_NEAR(duty[(CHN * 4 + USA) * 3 + AGR], 0.12, 1e-15);
    CHECK_NEAR(duty[(CHN * 4 + USA) * 3 + ELE], 0.24, 1e-15);
    CHECK_NEAR(duty[(EUU * 4 + USA) * 3 + ELE], 0.04, 1e-15);
    CHECK_NEAR(duty[(EUU * 4 + USA) * 3 + AGR], 0.02, 1e-15);
    CHECK_NEAR(duty[(USA * 4 + CHN) * 3 + ELE], 0.02, 1e-15);
    CHECK(duty[(USA * 4 + USA) * 3 + ELE] == 0.0);
    CHECK(changed_duties(&t) == 0);
    ent_arena_close(&t.arena);
}

TEST(what_actions_come_to_is_checked_on_the_lane, "")
{
    REFUSED_ACTION(
        "  - duty: {importer: USA, exporter: CHN, set: -60%}\n  - duty: {importer: USA, exporter: rest, add: -60%}",
        "s.yaml:4:5: the duty of USA on CHN, AGR would be -120 %; it must be above -100 % and finite");
    REFUSED_ACTION("  - export_tax: {importer: USA, exporter: CHN, sector: ELE, add: -100%}",
                   "s.yaml:3:5: the export tax of CHN to USA, ELE would be -100 %; it must be above -100 % and finite");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, sector: ELE, scale: 1e308}\n"
                   "  - duty: {importer: USA, exporter: CHN, sector: ELE, scale: 1e308}",
                   "s.yaml:4:5: the duty of USA on CHN, ELE would be inf %; it must be above -100 % and finite");
    REFUSED_ACTION("  - subsidy: {region: USA, sector: ELE, rate: 60%}\n  - subsidy: {region: USA, add: 40%}",
                   "s.yaml:4:5: the subsidy of USA, ELE would be 100 %; it must be below 100 %");
}

TEST(an_action_that_touches_nothing_is_wrong, "")
{
    REFUSED_ACTION("  - duty: {importer: CHN, exporter: MEX, sector: ELE, add: 10%}",
                   "s.yaml:3:5: small has no trade that this action would touch (MEX to CHN, ELE)");
    REFUSED_ACTION(
        "  - trade_cost: {importer: {not: MEX}, exporter: MEX, sector: services, change: 10%}",
        "s.yaml:3:5: small has no trade that this action would touch (MEX to all regions but MEX, all services)");
    REFUSED_ACTION("  - productivity: {region: MEX, sector: SER, change: 10%}",
                   "s.yaml:3:5: small makes nothing that this action would touch");
    REFUSED_ACTION(
        "  - duty: {importer: USA, exporter: USA, add: 10%}",
        "s.yaml:3:37: importer and exporter are both USA; what is sold at home crosses no border, name another");
    REFUSED_ACTION(
        "  - duty: {importer: [USA], exporter: {of: WEST, not: [MEX, EUU]}, add: 10%}",
        "s.yaml:3:39: importer and exporter are both USA; what is sold at home crosses no border, name another");
    REFUSED_ACTION("  - transfer: {from: WEST, to: [CHN, EUU], amount: 10 bn USD}",
                   "s.yaml:3:32: EUU stands under `from` and under `to`; leave it out of one");
    REFUSED("start:\n - duty: {importer: USA, exporter: USA, set: 1%}\nactions: []\n",
            "s.yaml:2:36: importer and exporter are both USA; what is sold at home crosses no border, name another");
}

TEST(ten_thousand_lines_are_quick, "")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_text_say(&text, "name: long\nactions:\n");
    for (int a = 0; a < 5000; a++)
        ent_text_say(&text, "  - duty: {importer: USA, exporter: [CHN, EUU], sector: ELE,\n           add: 0.01%%}\n");
    const clock_t before = clock();
    trial t;
    MUST(try_in(&t, text.data, NULL), t.err);
    const double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.02 + 0.5, 1e-12);
    CHECK(seconds < 2.0); /* some 0.05 s of the processor; room for sanitizers */
    ent_arena_close(&t.arena);
}

/* 81 regions, 50 sectors, everyone trades everything: 328,050 borders. */
static ent_status large_network(ent_arena *arena, ent_table *table, ent_network *net, ent_error *err)
{
    enum {
        R = 81,
        J = 50,
        LANES = R * R * J
    };
    char code[16];
    *table = (ent_table){.name = "large"};
    for (int n = 0; n < R; n++) {
        snprintf(code, sizeof code, "R%d", n);
        ENT_TRY(ent_names_add(&table->regions, arena, code, NULL, NULL));
    }
    for (int j = 0; j < J; j++) {
        snprintf(code, sizeof code, "S%d", j);
        ENT_TRY(ent_names_add(&table->sectors, arena, code, NULL, NULL));
    }
    *net = (ent_network){.table = table, .regions = R, .sectors = J, .nodes = R * J, .borders = LANES, .lanes = LANES};
    net->node_region = ent_new0(arena, int32_t, R * J);
    net->node_sector = ent_new0(arena, int32_t, R * J);
    net->seller = ent_new0(arena, int32_t, LANES);
    net->lane_region = ent_new0(arena, int32_t, LANES);
    net->duty = ent_new0(arena, double, LANES);
    net->export_tax = ent_new0(arena, double, LANES);
    net->transfer_usd = ent_new0(arena, double, R);
    net->stated_usd = ent_new0(arena, double, R);
    if (net->stated_usd == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory");
    for (int32_t p = 0; p < R * J; p++) {
        net->node_region[p] = p / J;
        net->node_sector[p] = p % J;
    }
    for (int32_t e = 0; e < LANES; e++) {
        net->lane_region[e] = e / (R * J);
        net->seller[e] = e % R * J + e / R % J;
    }
    return ENT_OK;
}

TEST(a_large_network_is_quick, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_table table;
    ent_network net;
    ent_scenario scenario;
    ent_policy policy;
    ent_text text = {.arena = &arena};
    ent_text_say(&text, "actions:\n");
    for (int a = 0; a < 20; a++)
        ent_text_say(&text, "  - duty: {importer: all, exporter: all, sector: all, add: 0.1%%}\n");
    MUST(large_network(&arena, &table, &net, &err), err);
    MUST(ent_scenario_parse((ent_bytes){text.data, text.size}, "", NULL, &arena, &scenario, &err), err);
    const clock_t before = clock();
    MUST(ent_scenario_place(&scenario, &net, &arena, &policy, &err), err);
    const double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    CHECK_NEAR(policy.duty[1], 0.02, 1e-12);
    CHECK_NEAR(policy.duty[net.borders - 2], 0.02, 1e-12);
    CHECK(policy.duty[0] == 0.0 && policy.duty[net.borders - 1] == 0.0); /* home */
    CHECK(seconds < 5.0); /* some 0.02 s of the processor for 20 times 328,050 lanes; room for sanitizers */
}

TEST(no_memory_while_a_scenario_is_placed, "")
{
    const char *folder = write_file("memory.csv", "importer,exporter,sector,rate\nUSA,CHN,ELE,0.4\n");
    const char *text =
        "name: all of it\nworld: baseline2022\nblueprint: {preset: gtap-like, elasticities: {ELE: 4.5}}\n"
        "start:\n  - duty: {importer: USA, exporter: CHN, set: 12%}\nactions:\n"
        "  - duty: {importer: USA, exporter: rest, sector: {not: SER}, add: 30%}\n"
        "  - duty: {importer: USA, file: memory.csv, column: rate}\n"
        "  - subsidy: {region: USA, rate: 10%}\n  - transfer: {from: EUU, to: MEX, amount: 1 bn USD}\n";
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status == ENT_NO_MEMORY && nth < 10000; nth++) {
        trial t;
        const char *const *lines;
        ptrdiff_t count;
        test_fail_allocation(nth);
        status = try_in(&t, text, folder);
        if (status == ENT_OK) status = ent_scenario_lines(&t.scenario, &t.arena, &lines, &count, &t.err);
        if (status == ENT_OK)
            status = ent_blueprint_set("elasticities.AGR=9", &t.world.table, &t.arena, &t.blueprint, &t.err);
        test_fail_allocation(0);
        if (status != ENT_OK && status != ENT_NO_MEMORY)
            test_fail(__FILE__, __LINE__, "allocation %ld: %s", nth, t.err.text);
        ent_arena_close(&t.arena);
    }
    CHECK(status == ENT_OK);
}

TEST(a_ban_removes_the_lanes_that_it_names_and_leaves_home_alone, "")
{
    PLACE("  - ban: {exporter: [CHN, USA], importer: all, product: ELE}\n  - ban: {exporter: EUU, importer: rest}\n")
    for (ptrdiff_t e = 0; e < t.world.net.borders; e++) {
        const ptrdiff_t i = ent_lane_exporter(&t.world.net, e), n = t.world.net.lane_region[e];
        const int wanted = i != n && (i == EUU || ((i == CHN || i == USA) && ent_lane_sector(&t.world.net, e) == ELE));
        CHECK(t.policy.banned[e] == wanted);
    }
    ent_arena_close(&t.arena);
}

TEST(a_quota_is_one_for_all_or_one_for_each, "E12")
{
    PLACE("  - quota: {exporter: CHN, importer: [USA, EUU], product: ELE, to: 50%, rent: importer}\n"
          "  - quota: {exporter: CHN, importer: rest, to: 80%, of: value, each: importer}\n"
          "  - guarantee: {exporter: MEX, importer: USA, at_least: 95%, each: sector, rent: shared, exporter_share: "
          "25%}\n"
          "  - quota: {exporter: EUU, importer: MEX, sector: SER, to: 0%}\n")
    {
        const ent_policy *p = &t.policy;
        CHECK(p->quotas == 1 + 3 + 2); /* MEX makes no SER */
        CHECK(p->quota[0].lanes == 2 && p->quota[0].rent == ENT_RENT_IMPORTER && p->quota[0].limit == 0.5);
        CHECK(p->quota[0].kind == ENT_QUOTA_CEILING && !p->quota[0].of_value);
        for (ptrdiff_t c = 0; c < 2; c++) {
            const int32_t lane = p->quota[0].lane[c];
            CHECK(ent_lane_exporter(&t.world.net, lane) == CHN && ent_lane_sector(&t.world.net, lane) == ELE);
            CHECK(t.world.net.lane_region[lane] == (c == 0 ? USA : EUU));
        }
        for (ptrdiff_t q = 1; q < 4; q++)
            for (ptrdiff_t c = 0; c < p->quota[q].lanes; c++) {
                const int32_t lane = p->quota[q].lane[c], n = t.world.net.lane_region[lane];
                CHECK(p->quota[q].of_value && n == t.world.net.lane_region[p->quota[q].lane[0]] && n != CHN);
                CHECK(ent_lane_exporter(&t.world.net, lane) == CHN);
            }
        CHECK_TEXT(p->quota[1].name,
                   "Quota on sales of CHN to all others, all sectors: at most 80 % of the benchmark's value, "
                   "for each importer, rent to the exporter (USA)");
        CHECK(p->quota[4].kind == ENT_QUOTA_FLOOR && p->quota[4].to_exporter == 0.25 && p->quota[5].lanes == 1);
        int banned = 0;
        for (ptrdiff_t e = 0; e < t.world.net.borders; e++) banned += p->banned[e];
        CHECK(banned == 1);
        MUST(ent_quota_check(&t.world.net, p->quota, p->quotas, &t.err), t.err);
    }
    ent_arena_close(&t.arena);
}
