/* table.c: making, measuring and checking a table: each kind of offender has its sentence. */
// SPDX-License-Identifier: MIT
#include "tiny.h"

/* Make a tiny table, spoil it by the statement, and expect the sentence. */
#define SPOILED(spoil, sentence)                                                                                       \
    do {                                                                                                               \
        ENT_SCRATCH house = {0};                                                                                       \
        ent_table t;                                                                                                   \
        ent_error err = {""};                                                                                          \
        MUST(tiny_table(&house, &t, &err), err);                                                                       \
        spoil;                                                                                                         \
        CHECK(ent_table_check(&t, &err) == ENT_BAD_INPUT);                                                             \
        CHECK_TEXT(err.text, sentence);                                                                                \
    } while (0)

TEST(a_table_that_balances_is_accepted, "E1 E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
}

TEST(made_tables_have_their_groups_and_strings, "table")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    MUST(tiny_table(&house, &t, &err), err);
    CHECK(t.title != NULL && t.source != NULL && t.licence != NULL && t.history != NULL);
    CHECK_TEXT(t.unit, "million US dollars, current, basic prices");
    CHECK_TEXT(t.members[1], "USA");
    const ptrdiff_t goods = ent_names_find(&t.sector_groups.names, "goods");
    const ptrdiff_t services = ent_names_find(&t.sector_groups.names, "services");
    const ptrdiff_t traded = ent_names_find(&t.sector_groups.names, "traded");
    const ptrdiff_t all = ent_names_find(&t.sector_groups.names, "all");
    CHECK(goods >= 0 && services >= 0 && traded >= 0 && all >= 0);
    CHECK(t.sector_groups.of == 2 && t.region_groups.of == 2);
    CHECK(t.sector_groups.member[2 * goods] == 1 && t.sector_groups.member[2 * goods + 1] == 0);
    CHECK(t.sector_groups.member[2 * services] == 0 && t.sector_groups.member[2 * services + 1] == 1);
    CHECK(t.sector_groups.member[2 * traded] == 1 && t.sector_groups.member[2 * traded + 1] == 0);
    CHECK(t.sector_groups.member[2 * all] == 1 && t.sector_groups.member[2 * all + 1] == 1);
    CHECK(t.region_groups.member[0] == 1 && t.region_groups.member[1] == 1);
}

TEST(sums_of_a_table_are_those_of_its_cells, "E1 E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    ent_table_balance b;
    MUST(tiny_table(&house, &t, &err), err);
    ent_table_measure(&t, &b);
    CHECK_NEAR(b.row_gap, 0.0, 0.0);
    CHECK_NEAR(b.column_gap, 0.0, 1e-14);
    CHECK_NEAR(b.world_output, 10 + 10 + 30 + 68, 1e-12); /* row sums by hand */
    CHECK_NEAR(b.world_final_use, 3 + 6 + 14 + 42, 1e-12);
    CHECK_NEAR(b.world_value_added, 118 - 53 - 4 * 0.25, 1e-12); /* output, inputs, taxes */
    /* Mexico's sales to the USA 2+1+0+1 and final 1+0; American ones to Mexico 1+2+0+1 and final 2+1 */
    CHECK_NEAR(b.world_trade, 4 + 1 + 4 + 3, 1e-12);
    CHECK_NEAR(b.least_z, 0.0, 0.0);
    t.z[7] = -2.0;
    t.f[7] = -3.0;
    t.va[2] = -4.0;
    ent_table_measure(&t, &b);
    CHECK_NEAR(b.least_z, -2.0, 0.0);
    CHECK_NEAR(b.least_f, -3.0, 0.0);
    CHECK_NEAR(b.least_va, -4.0, 0.0);
    CHECK(b.row_region == 0 && b.row_sector == 1 && b.column_region == 0 && b.column_sector == 1);
    CHECK_NEAR(b.row_gap, -6.0, 1e-14);    /* z[1][3] was 1, f[1][3] 0 */
    CHECK_NEAR(b.column_gap, -5.5, 1e-14); /* labour was 1.5 */
    CHECK_NEAR(b.row_gap_total, 6.0, 1e-13);
}

TEST(gaps_are_told_by_name_and_size, "E1 E2")
{
    SPOILED(t.x[0] = 9.0; t.va[1] -= 1.0, "tiny: E1 fails for Motor vehicles in Mexico: sales of 10 exceed output of 9 "
                                          "by 1 million US dollars (11.1 % of "
                                          "output); --balance repairs such gaps");
    SPOILED(t.z[15] -= 2.0; t.f[8] += 0.5; t.va[7] += 2.0,
                                           "tiny: E1 fails for Services in United States: sales of 66 fall short of "
                                           "output of 68 by 2 million US dollars (2.94 "
                                           "% of output), and 1 more row fails; --balance repairs such gaps");
    SPOILED(t.va[4] += 0.125, "tiny: E2 fails for Motor vehicles in United States: costs of 30.125 exceed output of 30 "
                              "by 0.125 million US dollars "
                              "(0.417 % of output); --balance repairs such gaps");
    SPOILED(for (int k = 0; k < 4; k++) t.tls[k] = 0.0,
            "tiny: E2 fails for Motor vehicles in Mexico: costs of 9.75 fall short of output of 10 by 0.25 million US "
            "dollars "
            "(2.5 % of output), and 3 more columns fail; --balance repairs such gaps");
    SPOILED(t.z[0] *= 1.0 + 1e-8; t.va[1] -= 3e-8, "tiny: E1 fails for Motor vehicles in Mexico: sales of 10 exceed "
                                                   "output of 10 by 3e-08 million US dollars (3e-07 % of "
                                                   "output); --balance repairs such gaps");
}

TEST(rounding_dust_is_no_gap, "E1 E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    MUST(tiny_table(&house, &t, &err), err);
    t.z[0] *= 1.0 + 1e-10;
    MUST(ent_table_check(&t, &err), err);
}

TEST(negative_and_missing_cells_are_told_by_name, "table")
{
    SPOILED(t.f[1] = -3.1; t.x[0] -= 3.1, "tiny: sales of Motor vehicles of Mexico to Inventories in Mexico are "
                                          "negative (-3.1 million US dollars); stock "
                                          "changes were left in, see --stocks");
    SPOILED(t.z[9] = -1.0, "tiny: sales of Motor vehicles of United States to Services in Mexico are negative (-1 "
                           "million US dollars); stock "
                           "changes were left in, see --stocks");
    SPOILED(t.z[6] = NAN,
            "tiny: sales of Services of Mexico to Motor vehicles in United States are not a number (nan); fill or "
            "correct that cell in the source");
    SPOILED(t.f[14] = INFINITY,
            "tiny: sales of Services of United States to Households in United States are not a number (inf); "
            "fill or correct that cell in the source");
    SPOILED(t.x[3] = NAN,
            "tiny: output of Services in United States is not a number (nan); fill or correct that cell in the "
            "source");
    SPOILED(t.x[1] = -2.0,
            "tiny: output of Services in Mexico is negative (-2 million US dollars); correct it in the source");
    SPOILED(t.tls[2] = NAN,
            "tiny: taxes less subsidies of Motor vehicles in United States are not a number (nan); fill or "
            "correct that cell in the source");
    SPOILED(t.va[3] = INFINITY,
            "tiny: payments of Services in Mexico to Capital are not a number (inf); fill or correct that "
            "cell in the source");
}

TEST(duties_and_elasticities_are_told_by_name, "table")
{
    SPOILED(t.duty[2] = -1.0,
            "tiny: the duty of United States on Motor vehicles from Mexico is -1; a rate is more than -1 (0.25 "
            "is 25 %)");
    SPOILED(t.duty[5] = NAN,
            "tiny: the duty of Mexico on Services from United States is not a number (nan); set it to a rate, "
            "0.25 for 25 %");
    SPOILED(t.duty[6] = 0.05, "tiny: United States has a duty of 0.05 on its own Motor vehicles; set it to 0");
    SPOILED(t.trade_elasticity[1] = 0.0, "tiny: the trade elasticity of Services is 0; it must be a positive number");
    SPOILED(t.trade_elasticity[0] = NAN,
            "tiny: the trade elasticity of Motor vehicles is nan; it must be a positive number");
}

TEST(a_table_without_names_is_refused, "table")
{
    ENT_SCRATCH house = {0};
    ent_table t = {.name = "nothing"};
    ent_error err = {""};
    MUST(ent_table_make(&t, &house, &err), err);
    CHECK(ent_table_check(&t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "nothing: the table has no regions; it needs at least one");
    ent_table_balance b;
    ent_table_measure(&t, &b);
    CHECK(b.row_region == -1 && b.column_sector == -1);
}

TEST(duties_that_are_not_given_stay, "table")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    MUST(tiny_table(&house, &t, &err), err);
    const double rate[8] = {NAN, NAN, NAN, NAN, 0.3, NAN, NAN, NAN};
    ent_table_set_duties(&t, rate);
    CHECK_NEAR(t.duty[2], 0.1, 0.0);
    CHECK_NEAR(t.duty[4], 0.3, 0.0);
    CHECK_NEAR(t.duty[0], 0.0, 0.0);
}

TEST(making_a_table_survives_every_failed_allocation, "faults")
{
    for (long nth = 1; nth < 100; nth++) {
        ENT_SCRATCH house = {0};
        ent_table t;
        ent_error err = {""};
        test_fail_allocation(nth);
        const ent_status status = tiny_table(&house, &t, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) return;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
    }
    CHECK(0 && "it never succeeds");
}
