/* wiod2013.c: the world of 2011 in WIOD's 41 regions, 35 industries and 5 final uses, every user with its own origins
 * (1,435 x 1,640), and with common origins. The table brings no trade elasticities; 4 is asked for. */
// SPDX-License-Identifier: MIT
#include "corridor.h"

#define STILL "actions: []\n"
#define WAR                                                                                                            \
    "actions:\n"                                                                                                       \
    "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 25%}\n"                                              \
    "  - duty: {importer: CHN, exporter: USA, sector: goods, add: 25%}\n"

static const char *const sourcings[] = {"common", "by-use", "two-tier"};
enum {
    COMMON,
    BY_USE,
    TWO_TIER,
    SOURCINGS
};

static ent_status import_2011(const char *data, ent_arena *arena, ent_table *table, ent_error *err)
{
    return corridor_import(ENT_LAYOUT_WIOD_2013, ent_string_format(arena, "%s/wiot11_row.csv.gz", data), arena, table,
                           err);
}

static const char *scenario_of(ent_arena *arena, int sourcing, const char *actions)
{
    return ent_string_format(arena, "name: test\nblueprint: {sourcing: %s, elasticities: 4}\n%s", sourcings[sourcing],
                             actions);
}

/* The largest |log| of anything that has moved, of prices and sales. */
static double largest_move(const corridor *c)
{
    double largest = 0.0;
    for (ptrdiff_t k = 0; k < c->net.nodes; k++) {
        largest = fmax(largest, fabs(c->eq.log_price[k]));
        largest = fmax(largest, fabs(c->eq.sales_usd[k] / c->net.sales_usd[k] - 1.0));
    }
    return largest;
}

TEST(the_identities_of_wiod_are_restored_by_moving_stocks, "E1 E2")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    ent_error err = {0};
    ent_table table;
    ent_table_balance balance;
    MUST(import_2011(data, &scratch, &table, &err), err);
    CHECK(table.regions.count == 41 && table.sectors.count == 35 && table.uses.count == 5);
    MUST(ent_table_check(&table, &err), err);
    ent_table_measure(&table, &balance);
    CHECK(fabs(balance.row_gap) <= 1e-9 * balance.world_output);
    CHECK(fabs(balance.column_gap) <= 1e-9 * balance.world_output);
    CHECK(balance.least_z >= 0.0 && balance.least_f >= 0.0);
    CHECK(strstr(table.history, "stock") != NULL); /* and what was moved is said */
}

/* Under sanitizers three of the seventeen years stand for all. */
TEST(every_year_of_wiod_makes_a_network_and_a_war_in_it_solves, "E1 E2")
{
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    for (int year = 1995; year <= 2011; year++) {
#if defined(__SANITIZE_ADDRESS__)
        if (year != 1995 && year != 2003 && year != 2009) continue;
#endif
        ENT_SCRATCH scratch = {0};
        ent_error err = {0};
        ent_table table;
        corridor c;
        const char *path = ent_string_format(&scratch, "%s/wiot%02d_row.csv.gz", data, year % 100);
        MUST(corridor_import(ENT_LAYOUT_WIOD_2013, path, &scratch, &table, &err), err);
        CHECK(table.year == year && table.regions.count == 41 && table.sectors.count == 35);
        MUST(corridor_run(&c, &table, scenario_of(&scratch, COMMON, WAR), NULL, NULL), c.err);
        CHECK(c.eq.certificate.converged && c.eq.certificate.passes <= 30);
        corridor_close(&c);
    }
}

TEST(no_shock_to_the_world_of_2011_leaves_it_as_it_is, "6")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    ent_error err = {0};
    ent_table table;
    const ent_options tight = corridor_tolerance(1e-12);
    MUST(import_2011(data, &scratch, &table, &err), err);
    for (int s = 0; s < SOURCINGS; s++) {
        corridor c;
        MUST(corridor_run(&c, &table, scenario_of(&scratch, s, STILL), NULL, &tight), c.err);
        CHECK_NEAR(largest_move(&c), 0.0, 1e-12);
        for (ptrdiff_t n = 0; n < c.net.regions; n++)
            CHECK_NEAR(ent_outcome_region(&c.out, ENT_REGION_real_income, n), 1.0, 1e-12);
        corridor_close(&c);
    }
}

TEST(a_war_of_25_points_solves_in_every_detail_and_detail_matters, "E5")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    ent_error err = {0};
    ent_table table;
    double usa[SOURCINGS], chn[SOURCINGS];
    MUST(import_2011(data, &scratch, &table, &err), err);
    for (int s = 0; s < SOURCINGS; s++) {
        corridor c;
        MUST(corridor_run(&c, &table, scenario_of(&scratch, s, WAR), NULL, NULL), c.err);
        const ent_certificate *e = &c.eq.certificate;
        CHECK(e->converged && e->excess <= 1e-10 && e->price <= 1e-10 && e->walras <= 1e-10);
        CHECK(e->passes <= 30);
        if (s == BY_USE) CHECK(c.net.edges > 400000 && c.net.users == 40);
        if (s == COMMON) CHECK(c.net.edges < 150000 && c.net.users == 1);
        const ptrdiff_t us = ent_names_find(&table.regions, "USA"), cn = ent_names_find(&table.regions, "CHN");
        usa[s] = ent_outcome_region(&c.out, ENT_REGION_real_income, us);
        chn[s] = ent_outcome_region(&c.out, ENT_REGION_real_income, cn);
        /* a bilateral war costs China more, for it sells more to the USA than it buys there; both trade less */
        CHECK(chn[s] < 1.0 && chn[s] < usa[s]);
        CHECK(ent_outcome_region(&c.out, ENT_REGION_real_imports, us) < 1.0);
        CHECK(ent_outcome_region(&c.out, ENT_REGION_real_imports, cn) < 1.0);
        corridor_close(&c);
    }
    CHECK(fabs(usa[COMMON] - usa[BY_USE]) > 1e-6);
    CHECK(fabs(chn[COMMON] - chn[BY_USE]) > 1e-6);
    CHECK(fabs(chn[COMMON] - chn[TWO_TIER]) > 1e-6);
}

/* ent_pass_open() lets threads in above 200,000 edges: by-use has them. */
TEST(two_threads_give_the_bits_of_one, "5")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    ent_error err = {0};
    ent_table table;
    corridor c;
    MUST(import_2011(data, &scratch, &table, &err), err);
    MUST(corridor_run(&c, &table, scenario_of(&scratch, BY_USE, WAR), NULL, NULL), c.err);
    CHECK(c.net.edges > 200000);
    for (ptrdiff_t threads = 2; threads <= 3; threads++) {
        ent_options options = ent_options_default();
        ent_equilibrium eq;
        options.threads = threads;
        MUST(ent_equilibrium_solve(&c.net, &c.policy, &options, NULL, &scratch, &eq, &err), err);
        CHECK(eq.certificate.passes == c.eq.certificate.passes);
        CHECK(memcmp(eq.state, c.eq.state, (size_t)eq.states * sizeof *eq.state) == 0);
        CHECK(memcmp(eq.log_price, c.eq.log_price, (size_t)c.net.nodes * sizeof *eq.log_price) == 0);
        CHECK(memcmp(eq.sales_usd, c.eq.sales_usd, (size_t)c.net.nodes * sizeof *eq.sales_usd) == 0);
        CHECK(memcmp(eq.lane_value_usd, c.eq.lane_value_usd, (size_t)c.net.lanes * sizeof *eq.lane_value_usd) == 0);
        CHECK(memcmp(eq.income_usd, c.eq.income_usd, (size_t)c.net.regions * sizeof *eq.income_usd) == 0);
    }
    corridor_close(&c);
}
