/* view.c: sums, ranks and names that all forms of a report share. */
// SPDX-License-Identifier: MIT
#include "report/view.h"
#include "fabricated.h"

TEST(twin_names_and_taken_codes_stay_distinct, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_view view;
    MUST(fabricated_make(&f, &scratch), err);
    f.scenario[1].name = "Deal";
    ptrdiff_t at;
    ent_names taken = {0};
    MUST(ent_names_add(&taken, &scratch, "WLD", NULL, &at), err);
    MUST(ent_names_add(&taken, &scratch, "BOR", NULL, &at), err);
    f.table.regions = taken;
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    CHECK_TEXT(view.name[0], "Deal");
    CHECK_TEXT(view.name[1], "Deal (2)");
    CHECK_TEXT(view.world, "WLD_");
    CHECK_TEXT(view.all, "ALL");
}

TEST(money_adds_up_and_ratios_are_weighted_means, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_view view;
    MUST(fabricated_make(&f, &scratch), err);
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    fabricated_region(&f, 0, ENT_REGION_imports, 0, 300, 100);
    fabricated_region(&f, 0, ENT_REGION_imports, 1, 100, 100);
    fabricated_region(&f, 0, ENT_REGION_average_duty, 0, 0.02, 0.5);
    fabricated_region(&f, 0, ENT_REGION_average_duty, 1, 0.06, 0.1);
    CHECK_NEAR(ent_view_region(&view, 0, ENT_BEFORE, ENT_REGION_imports, 2), 400, 0);
    CHECK_NEAR(ent_view_region(&view, 0, ENT_BEFORE, ENT_REGION_average_duty, 2), 0.03, 1e-16);
    CHECK_NEAR(ent_view_region(&view, 0, ENT_AFTER, ENT_REGION_average_duty, 2), 0.3, 1e-16);
    CHECK(isnan(ent_view_region(&view, 0, ENT_AFTER, ENT_REGION_wage, 2)));
    fabricated_sector(&f, 0, ENT_SECTOR_output, 0, 0, 30, 30);
    fabricated_sector(&f, 0, ENT_SECTOR_output, 0, 1, 10, 10);
    fabricated_sector(&f, 0, ENT_SECTOR_real_output, 0, 0, 1, 1.1);
    fabricated_sector(&f, 0, ENT_SECTOR_real_output, 0, 1, 1, (double)NAN); /* nothing made: left out of the mean */
    CHECK_NEAR(ent_view_sector(&view, 0, ENT_AFTER, ENT_SECTOR_real_output, 0, 2), 1.1, 1e-15);
    fabricated_sector(&f, 0, ENT_SECTOR_real_output, 0, 1, 1, 0.9);
    CHECK_NEAR(ent_view_sector(&view, 0, ENT_AFTER, ENT_SECTOR_real_output, 0, 2), 1.05, 1e-15);
}

TEST(trade_of_pairs_sums_over_sectors_with_mean_duties, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_view view;
    ent_pairs p;
    MUST(fabricated_make(&f, &scratch), err);
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 1, 0, 10, 30);
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 1, 1, 30, 10);
    fabricated_flow(&f, 0, ENT_FLOW_duty, 0, 1, 0, 0.1, 0.4);
    fabricated_flow(&f, 0, ENT_FLOW_duty, 0, 1, 1, 0.02, 0.0);
    fabricated_flow(&f, 0, ENT_FLOW_quantity, 0, 1, 0, 1, 2.0);
    fabricated_flow(&f, 0, ENT_FLOW_quantity, 0, 1, 1, 1, 0.4);
    MUST(ent_view_pairs(&view, 0, &scratch, &p, &err), err);
    CHECK_NEAR(p.value[ENT_BEFORE][0 * 3 + 1], 40, 0);
    CHECK_NEAR(p.value[ENT_AFTER][0 * 3 + 2], 40, 0); /* from the world */
    CHECK_NEAR(p.rate[ENT_BEFORE][1], (10 * 0.1 + 30 * 0.02) / 40, 1e-16);
    CHECK_NEAR(p.rate[ENT_AFTER][1], (10 * 0.4 + 30 * 0.0) / 40, 1e-16); /* weights of the benchmark */
    CHECK_NEAR(p.quantity[1], (10 * 2.0 + 30 * 0.4) / 40, 1e-16);
}

TEST(usa_and_china_come_first_unless_others_move_far_more, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_view view;
    MUST(fabricated_shape(&f, 4, 1, &scratch), err);
    ent_names names = {0};
    static const char *const codes[] = {"AAA", "CHN", "BBB", "USA"};
    ptrdiff_t at, count;
    for (int n = 0; n < 4; n++) MUST(ent_names_add(&names, &scratch, codes[n], NULL, &at), err);
    f.table.regions = names;
    f.report.count = 1;
    for (int n = 0; n < 4; n++)
        for (int i = 0; i < 4; i++) fabricated_flow(&f, 0, ENT_FLOW_value, n, i, 0, 100, 100 + n + i);
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    ent_pairs p;
    ent_pair *ranked;
    MUST(ent_view_pairs(&view, 0, &scratch, &p, &err), err);
    MUST(ent_view_rank_pairs(&view, &p, &scratch, &ranked, &count, &err), err);
    CHECK(count == 6 && ranked[0].a == 3 && ranked[0].b == 1);
    CHECK(ranked[1].a == 2 && ranked[1].b == 3); /* |Δ| = 2 (2 + 3) */
    for (ptrdiff_t r = 2; r < count; r++) CHECK(ranked[r].change_usd <= ranked[r - 1].change_usd);
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 2, 0, 100, 300); /* now another pair moves much more: 202 against 8 */
    MUST(ent_view_pairs(&view, 0, &scratch, &p, &err), err);
    MUST(ent_view_rank_pairs(&view, &p, &scratch, &ranked, &count, &err), err);
    CHECK(ranked[0].a == 0 && ranked[0].b == 2 && ranked[1].a == 3 && ranked[1].b == 1 && ranked[2].b == 3);
    int32_t order[4];
    for (int n = 0; n < 4; n++) fabricated_region(&f, 0, ENT_REGION_gdp, n, 100 - n, 0);
    CHECK(ent_view_main_regions(&view, 2, order) == 2); /* both stay, though the largest economies are others */
    CHECK((order[0] == 1 && order[1] == 3) || (order[0] == 3 && order[1] == 1));
}

TEST(ranks_put_what_has_no_value_last, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_view view;
    int32_t order[4];
    MUST(fabricated_shape(&f, 4, 1, &scratch), err);
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    ent_view_rank_regions(&view, (const double[]){(double)NAN, 1.0, 3.0, 1.0}, order);
    CHECK(order[0] == 2 && order[1] == 1 && order[2] == 3 && order[3] == 0);
}

TEST(gross_differences_are_far_apart_or_of_other_sign, "E14")
{
    CHECK(ent_view_differs_grossly(0.007, 1.312)); /* Mexico 1993-2005 */
    CHECK(ent_view_differs_grossly(0.06, -0.05));
    CHECK(!ent_view_differs_grossly(1.0, 1.2));
    CHECK(!ent_view_differs_grossly(0.01, 0.05));
    CHECK(!ent_view_differs_grossly((double)NAN, 5.0));
}
