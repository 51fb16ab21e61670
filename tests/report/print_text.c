/* print_text.c: what a person sees, to the letter, for an invented world small enough to reckon by hand. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"

/* Scenario 0 as the golden text below says; scenario 1 with larger numbers and a linear formula that is far off. */
static void set_region(fabricated *f, int s, ptrdiff_t n, const double income_and_rest[12])
{
    const double *x = income_and_rest;
    fabricated_region(f, s, ENT_REGION_income, n, x[0], x[0]);
    fabricated_region(f, s, ENT_REGION_gdp, n, 0.9 * x[0], 0.9 * x[0]);
    fabricated_region(f, s, ENT_REGION_real_income, n, 1.0, x[1]);
    fabricated_region(f, s, ENT_REGION_equivalent_variation, n, 0.0, x[2]);
    fabricated_region(f, s, ENT_REGION_real_wage, n, 1.0, x[3]);
    fabricated_region(f, s, ENT_REGION_price_index, n, 1.0, x[4]);
    fabricated_region(f, s, ENT_REGION_exports, n, x[5], x[6]);
    fabricated_region(f, s, ENT_REGION_imports, n, x[7], x[8]);
    fabricated_region(f, s, ENT_REGION_tariff_revenue, n, x[9], x[10]);
    fabricated_region(f, s, ENT_REGION_average_duty, n, x[9] / x[7], x[10] / x[8]);
    fabricated_region(f, s, ENT_REGION_welfare_linear, n, 0.0, x[11]);
    for (int v = ENT_REGION_exact_terms_of_trade; v <= ENT_REGION_exact_sum; v++) /* not decomposed */
        fabricated_region(f, s, (ent_region_variable)v, n, (double)NAN, (double)NAN);
}

static void set_trade(fabricated *f, int s, const double after[4])
{
    static const double before[4] = {8000, 10000, 5000, 15000};
    for (int j = 0; j < 2; j++) {
        fabricated_flow(f, s, ENT_FLOW_value, 0, 1, j, before[j], after[j]);
        fabricated_flow(f, s, ENT_FLOW_value, 1, 0, j, before[2 + j], after[2 + j]);
        fabricated_flow(f, s, ENT_FLOW_duty, 0, 1, j, 0.05, 0.1);
        fabricated_flow(f, s, ENT_FLOW_duty, 1, 0, j, 0.0, s == 0 ? 0.0 : 1.45);
    }
}

static void set_outputs(fabricated *f, int s, const double volume[4])
{
    static const double output[4] = {30000, 60000, 20000, 25000};
    for (int c = 0; c < 4; c++) {
        fabricated_sector(f, s, ENT_SECTOR_output, c / 2, c % 2, output[c], output[c]);
        fabricated_sector(f, s, ENT_SECTOR_real_output, c / 2, c % 2, 1.0, volume[c]);
    }
}

static ent_status by_hand(fabricated *f, ent_arena *arena)
{
    ENT_TRY(fabricated_make(f, arena));
    set_region(f, 0, 0, (double[]){100000, 1.012, 1200, 1.0134, 0.995, 20000, 21000, 18000, 17100, 900, 1710, 1.2});
    set_region(f, 0, 1, (double[]){50000, 0.98, -1000, 0.97, 1.01, 18000, 17100, 20000, 21000, 0, 0, -2.1});
    set_region(f, 1, 0, (double[]){100000, 1.0001, 10, 1.02, 1.1, 20000, 2000, 18000, 1800, 900, 180, 1.31});
    set_region(f, 1, 1, (double[]){50000, 0.88, -6000, 0.88, 1.2, 18000, 1800, 20000, 2000, 0, 2900, -9.0});
    f->outcome[0].world_real_income = 1.0 + 200.0 / 150000.0;
    f->outcome[1].world_real_income = 1.0 - 5990.0 / 150000.0;
    set_trade(f, 0, (double[]){6000, 11100, 5000, 16000});
    set_trade(f, 1, (double[]){800, 1000, 0, 2000});
    set_outputs(f, 0, (double[]){0.9, 1.06, 1.0, 0.98});
    set_outputs(f, 1, (double[]){1.0, 1.0, 1.0, (double)NAN});
    return ENT_OK;
}

TEST(one_scenario_is_told_as_a_person_would, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(by_hand(&f, &scratch), err);
    f.report.count = 1;
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
    CHECK_TEXT(
        text.data,
        "Deal\n"
        "world       invented, 2001: 2 regions, 2 sectors; million US dollars\n"
        "blueprint   default: sourcing common, closure fixed, market perfect; trade elasticities: a guess\n"
        "\n"
        "   - duty: Atlantis on Borduria, all sectors: set to 10 %\n"
        "     source: a wish\n"
        "\n"
        "Real income  change in % and as equivalent variation a year\n"
        "                         income, bn       %  bn USD\n"
        "Atlantis                      100.0   +1.20    +1.2\n"
        "Borduria, \"south\"              50.0   -2.00    -1.0\n"
        "World                         150.0   +0.13    +0.2\n"
        "\n"
        "Main regions\n"
        "                             real  consumer    exports            imports         tariff rev. bn USD\n"
        "                           wage %  prices %     bn USD       %     bn USD       %      before  after\n"
        "Atlantis                    +1.34     -0.50       20.0   +5.00       18.0   -5.00         0.9    1.7\n"
        "Borduria, \"south\"           -3.00     +1.00       18.0   -5.00       20.0   +5.00         0.0    0.0\n"
        "\n"
        "Trade between Atlantis and Borduria, \"south\"  before duty; duties at benchmark weights\n"
        "                             before  bn USD       %\n"
        "Borduria, \"south\" → Atlantis\n"
        "  value, bn USD                18.0    17.1    -5.0\n"
        "  average duty, %              5.00   10.00\n"
        "Atlantis → Borduria, \"south\"\n"
        "  value, bn USD                20.0    21.0    +5.0\n"
        "  average duty, %              0.00    0.00\n"
        "\n"
        "Sectors that change most  volume of output, at benchmark prices\n"
        "                                                                     before, bn change, bn         %\n"
        "  Industry in Atlantis                                                     60.0       +3.6     +6.00\n"
        "  Farming in Atlantis                                                      30.0       -3.0    -10.00\n"
        "  Industry in Borduria, \"south\"                                            25.0       -0.5     -2.00\n"
        "\n"
        "Certificate  how far each answer is from an equilibrium\n"
        "converged: largest residual 2.5e-12 at Industry in Atlantis (within 1e-10), Walras 3.0e-16;\n"
        "fixed-point, 14 passes, 0.004 s\n"
        "\n"
        "Nobody, 2001\n");
}

TEST(scenarios_stand_side_by_side_and_the_linear_formula_beside_the_exact_number, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(by_hand(&f, &scratch), err);
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
    CHECK(strstr(text.data, "\nReal income  change in % and as equivalent variation a year; ranked by scenario 1\n"
                            "                                             1 Deal        2 War of\n"
                            "                                                          attrition\n"
                            "                         income, bn       %  bn USD       %  bn USD\n"
                            "Atlantis                      100.0    +1.2    +1.2     0.0     0.0\n"
                            "Borduria, \"south\"              50.0    -2.0    -1.0   -12.0    -6.0\n"
                            "World                         150.0    +0.1    +0.2    -4.0    -6.0\n") != NULL);
    CHECK(
        strstr(text.data,
               "\nExact and linear  where the first-order formula (terms and volume of trade) misses the exact number\n"
               "                                     real income %   real wage %      linear %\n"
               "War of attrition\n"
               "Atlantis                                    +0.010        +2.000        +1.310\n"
               "\n") != NULL);
    CHECK(strstr(text.data, "\nWar of attrition\n  no sector changes\n") != NULL);
    CHECK(strstr(text.data, "  average duty, %              0.00    0.00          145.00\n") != NULL);
}

static ptrdiff_t widest_line(const char *text)
{
    ptrdiff_t widest = 0, width = 0;
    for (; *text != 0; text++) {
        if (*text == '\n') width = -1;
        width += ((unsigned char)*text & 0xc0) != 0x80;
        if (width > widest) widest = width;
    }
    return widest;
}

TEST(text_fits_a_hundred_columns_whatever_the_world, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_shape(&f, 81, 5, &scratch), err);
    ent_answer many[7];
    for (int s = 0; s < 7; s++) many[s] = f.answer[s % 2];
    f.report.answers = many;
    f.table.regions.label[3] =
        "A region whose name is far longer than any column of any table could ever be, and then some";
    f.table.sectors.label[2] =
        "A sector whose name, too, goes on for longer than a line of a terminal has room to give it";
    f.scenario[1].name = "A scenario with a name that nobody would want to type twice, not even once";
    for (f.report.count = 1; f.report.count <= 7; f.report.count++) {
        ent_text text = {.arena = &scratch};
        MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
        CHECK(widest_line(text.data) <= 100);
        CHECK(strstr(text.data, "  … 55 regions between (all are in regions.csv)\n") != NULL);
    }
}

TEST(a_table_without_a_year_is_not_of_the_year_nought, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_text text = {.arena = &scratch};
    ent_error err = {0};
    MUST(by_hand(&f, &scratch), err);
    f.table.year = 0;
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
    CHECK(strstr(text.data, "invented: 2 regions, 2 sectors") != NULL);
}
