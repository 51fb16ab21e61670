/* wiod_2013.c: the layout wiod-2013 on small sheets and on all seventeen years. */
// SPDX-License-Identifier: MIT
#include "wrong.h"

#define HEADER                                                                                                         \
    "World Input-Output Table for 2011\n"                                                                              \
    "(industry-by-industry),,,,AtB,50,AtB,50,,,,,,,,,,,\n"                                                             \
    "(millions of US$),,,,Agriculture,Trade,Agriculture,Trade,Households,Non-profit,Government,Investment,"            \
    "Inventories,Households,Non-profit,Government,Investment,Inventories,Total output\n"                               \
    ",,,,AUS,AUS,RoW,RoW,AUS,AUS,AUS,AUS,AUS,RoW,RoW,RoW,RoW,RoW,\n"                                                   \
    ",,,,c1,c2,c1,c2,c37,c38,c39,c41,c42,c37,c38,c39,c41,c42,\n"
#define ROWS                                                                                                           \
    "AtB,Agriculture,AUS,c1,100,200,300,400,1000,0,0,0,0,500,0,0,0,0,2500\n"                                           \
    "50,Trade,AUS,c2,200,200,0,100,2000,0,0,0,0,0,0,0,0,0,2500\n"                                                      \
    "AtB,Agriculture,RoW,c1,0,0,1000,500,100,0,0,0,0,3000,0,0,400,0,5000\n"                                            \
    "50,Trade,RoW,c2,100,100,500,1000,200,0,0,0,0,4000,0,0,0,100,6000\n"

static const small_file sheet = {"wiot.csv", HEADER ROWS ",Total,TOT,r60,400,500,1800,2000,,,,,,,,,,,\n"
                                                         ",Value added,,r64,2100,2000,3200,4000,,,,,,,,,,,\n"
                                                         ",Output,,r69,2500,2500,5000,6000,,,,,,,,,,,\n"};
static const small_world world = {.layout = ENT_LAYOUT_WIOD_2013, .folder = "wiod", .file = &sheet, .files = 1};

TEST(a_small_wiod_sheet_is_read_cell_by_cell, "E1")
{
    static const double z[16] = {100, 200, 300, 400, 200, 200, 0, 100, 0, 0, 1000, 500, 100, 100, 500, 1000};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&world, &house, &t, &err), err);
    CHECK(t.regions.count == 2 && t.sectors.count == 2 && t.uses.count == 5 && t.year == 2011);
    CHECK_TEXT(t.regions.code[1], "ROW");
    CHECK_TEXT(t.regions.label[1], "Rest of the world");
    CHECK_TEXT(t.members[1], "");
    CHECK_TEXT(t.sectors.code[1], "50");
    CHECK_TEXT(t.sectors.label[1], "Trade");
    CHECK_TEXT(t.uses.code[4], "INVNT");
    CHECK_TEXT(t.uses.label[4], "Inventories");
    CHECK(t.is_good[0] == 1 && t.is_good[1] == 0);
    CHECK(memcmp(t.z, z, sizeof z) == 0);
    CHECK_NEAR(t.f[0], 1000.0, 0.0);
    CHECK_NEAR(t.f[2 * 10 + 8], 400.0, 0.0);
    CHECK_NEAR(t.va[3], 4000.0, 0.0);
    CHECK_NEAR(t.x[2], 5000.0, 0.0);
    CHECK(t.duty_accounts == ENT_DUTIES_IN_VALUE_ADDED);
    CHECK(t.trade_elasticity == NULL);
}

TEST(the_publishers_bottom_rows_go_to_taxes, "E2")
{
    static const small_file whole = {"wiot.csv", HEADER ROWS ",Total,TOT,r60,400,500,1800,2000,,,,,,,,,,,\n"
                                                             ",Taxes,TOT,r99,50,40,30,20,,,,,,,,,,,\n"
                                                             ",Cif,TOT,r61,1,0,0,0,,,,,,,,,,,\n"
                                                             ",Abroad,TOT,r62,2,0,0,0,,,,,,,,,,,\n"
                                                             ",Here,TOT,r63,3,0,0,0,,,,,,,,,,,\n"
                                                             ",Value added,TOT,r64,2040,1960,3165,3980,,,,,,,,,,,\n"
                                                             ",Margins,TOT,r65,4,0,5,0,,,,,,,,,,,\n"
                                                             ",Output,TOT,r69,2500,2500,5000,6000,,,,,,,,,,,\n"};
    const small_world w = {.layout = ENT_LAYOUT_WIOD_2013, .folder = "wiod", .file = &whole, .files = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&w, &house, &t, &err), err);
    CHECK_NEAR(t.tls[0], 60.0, 0.0); /* 50 + 1 + 2 + 3 + 4 */
    CHECK_NEAR(t.tls[2], 35.0, 0.0);
    CHECK_NEAR(t.va[0], 2040.0, 0.0);
    CHECK(t.duty_accounts == ENT_DUTIES_IN_TAXES);
}

/* Whole millions: fifteen cells can miss their sum by 7.5; that is mended and said, more is refused. */
TEST(gaps_of_rounding_are_closed_and_told, "E1")
{
    static const small_file off = {"wiot.csv",
                                   HEADER "AtB,Agriculture,AUS,c1,100,200,300,400,1000,0,0,0,0,507,0,0,0,0,2500\n"
                                          "50,Trade,AUS,c2,200,200,0,100,2000,0,0,0,0,0,0,0,0,0,2500\n"
                                          "AtB,Agriculture,RoW,c1,0,0,1000,500,100,0,0,0,0,3000,0,0,400,0,5000\n"
                                          "50,Trade,RoW,c2,100,100,500,1000,200,0,0,0,0,4000,0,0,0,100,6000\n"
                                          ",Value added,,r64,2100,2000,3200,4000,,,,,,,,,,,\n"
                                          ",Output,,r69,2500,2500,5000,6000,,,,,,,,,,,\n"};
    const small_world w = {.layout = ENT_LAYOUT_WIOD_2013, .folder = "wiod", .file = &off, .files = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&w, &house, &t, &err), err);
    CHECK_NEAR(t.x[0], 2507.0, 0.0);
    CHECK_NEAR(t.va[0], 2107.0, 0.0);
    CHECK_TEXT(
        t.history,
        "imported from the wiod-2013 layout: wiot.csv, printed to 0 decimals; value added is r64, with net taxes on "
        "products in it; no duties and no trade elasticities in it\n"
        "repaired: output set to the sum of sales (1 change, 7 million US dollars in all; largest +7, Agriculture in "
        "Australia)\n"
        "repaired: value added set to output less inputs and taxes (1 change, 7 million US dollars in all; largest +7, "
        "Agriculture in Australia)");
}

TEST(a_wrong_wiod_sheet_is_refused_by_name, "golden")
{
    static const char *const n = "wiot.csv";
    static const char *const no_header = "wiod/wiot.csv: has no header line whose fifth field is c1, below lines of "
                                         "codes, names and countries; is this a "
                                         "sheet of the WIOD of 2013?";
    const one_mistake mistakes[] = {
        {n, "", "", no_header},
        {n, "", "V1,AUS_A01,AUS_HFCE,OUT\n", no_header},
        {n, ",,,,c1,", ",,,,k1,", no_header},
        {n, "World Input-Output Table for 2011\n(industry-by-industry),,,,AtB,50,AtB,50,,,,,,,,,,,\n", "", no_header},
        {n, ",,,,AUS,AUS,RoW,RoW,", ",,,,AUS,AUS,RoW,",
         "wiod/wiot.csv: the header lines of codes, names, countries and columns have 15, 15, 14 and 15 columns; they "
         "must be "
         "the same"},
        {n, ",,,,AUS,AUS,RoW,RoW", ",,,,AUS,AUS,AUS,RoW", "wiod/wiot.csv:2:34: the industry 'AtB' is there twice"},
        {n, ",,,,AUS,AUS,RoW,RoW", ",,,,AUS,RoW,AUS,RoW", "wiod/wiot.csv:4:13: the country 'AUS' is there twice"},
        {n, ",,,,AUS,AUS,RoW,RoW", ",,,,,AUS,RoW,RoW", "wiod/wiot.csv:4:5: the country has no code"},
        {n, ",,,,AtB,50", ",,,,,50", "wiod/wiot.csv:2:27: the industry has no code"},
        {n, "c1,c2,c1,c2,c37", "c1,c2,c2,c1,c37", "wiod/wiot.csv:5:11: the column is 'c2' where c1 belongs"},
        {n, "c37,c38,c39,c41,c42,c37", "c37,c38,c39,c40,c42,c37",
         "wiod/wiot.csv:5:29: the column is 'c40' where c41 belongs"},
        {n, "RoW,RoW,AUS,AUS,AUS,AUS,AUS,RoW", "RoW,RoW,AUS,AUS,AUS,AUS,RoW,RoW",
         "wiod/wiot.csv:4:37: the country is 'RoW' where 'AUS' belongs"},
        {n, "50,Trade,AUS,c2", "50,Trade,AUS,c3",
         "wiod/wiot.csv:7:10: the row of 'AUS' 'c3' stands where 'AUS' 'c2' belongs"},
        {n, "50,Trade,AUS,c2", "50,Trade,RoW,c2",
         "wiod/wiot.csv:7:10: the row of 'RoW' 'c2' stands where 'AUS' 'c2' belongs"},
        {n, "50,Trade,AUS,c2,200,200,0,100,2000,0,0,0,0,0,0,0,0,0,2500\n", "",
         "wiod/wiot.csv:7:17: the row of 'RoW' 'c1' stands where 'AUS' 'c2' belongs"},
        {n, "c1,100,200", "c1,1oo,200", "wiod/wiot.csv:6:24: '1oo' is not a number"},
        {n, "c1,100,200", "c1,nan,200", "wiod/wiot.csv:6:24: 'nan' is not a number"},
        {n, "c1,100,200", "c1,,200", "wiod/wiot.csv:6:24: a number is missing; write 0 where there is nothing"},
        {n, "c1,100,200", "c1,200", "wiod/wiot.csv:6: the row of 'Agriculture' ends 1 number too early"},
        {n, "c1,100,200", "c1,100,200,300",
         "wiod/wiot.csv:6:69: the row of 'Agriculture' goes on behind the last column of the header"},
        {n, "c1,100,200", "c1,\"100,200", "wiod/wiot.csv:6:24: the quote that opens here is never closed"},
        {n, "r60", "r66", "wiod/wiot.csv:10:12: 'r66' is no row of the sheet's bottom (r60, r99, r61 to r65, r69)"},
        {n, "r60", "r64", "wiod/wiot.csv:11:15: the row r64 is there twice"},
        {n, ",Value added,,r64,2100,2000,3200,4000,,,,,,,,,,,\n", "",
         "wiod/wiot.csv: has no row r64 (value added) below the industries; is the file cut?"},
        {n, ",Output,,r69,2500,2500,5000,6000,,,,,,,,,,,\n", "",
         "wiod/wiot.csv: has no row r69 (output) below the industries; is the file cut?"},
        {n, "r69,2500,2500", "r69,2500,2600",
         "wiod/wiot.csv: the output of Trade in Australia is 2500 in the last column, but 2600 in row r69"},
        {n, "r64,2100", "r64,2000",
         "wiot: E2 fails for Agriculture in Australia: costs of 2400 fall short of output of 2500 by "
         "100 million US dollars (4 % of output); --balance repairs such gaps"},
        {n, "c2,200,200", "c2,220,200",
         "wiot: E1 fails for Trade in Australia: sales of 2520 exceed output of 2500 by 20 "
         "million US dollars (0.8 % of output); --balance repairs such gaps"},
    };
    CHECK_MISTAKES(&world, mistakes);
}

TEST(a_cut_wiod_sheet_is_refused, "faults")
{
    check_cuts(__FILE__, __LINE__, &world, "wiot.csv", (ptrdiff_t)strlen(sheet.content) - 12);
}

TEST(a_wiod_import_fails_cleanly_at_every_allocation, "faults")
{
    check_allocations(__FILE__, __LINE__, &world);
}

/* ---- the real sheets ---- */

static ent_status import_year(int year, ent_stocks stocks, ent_arena *house, ent_table *t, ent_error *err)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/wiot%02d_row.csv.gz", test_data("wiod2013"), year % 100);
    const char *const paths[1] = {path};
    const ent_import ask = {.layout = ENT_LAYOUT_WIOD_2013, .paths = paths, .path_count = 1, .stocks = stocks};
    return ent_table_import(&ask, house, t, err);
}

TEST(all_seventeen_years_import_and_balance, "E1")
{
    if (test_data("wiod2013") == NULL) return;
    for (int year = 1995; year <= 2011; year++) {
        ENT_SCRATCH house = {0};
        ent_table t;
        ent_table_balance b;
        ent_error err = {{0}};
        MUST(import_year(year, ENT_STOCKS_MOVE, &house, &t, &err), err);
        MUST(ent_table_check(&t, &err), err); /* E1, E2 within 1e-9, no negative sale */
        ent_table_measure(&t, &b);
        CHECK(t.year == year && t.regions.count == 41 && t.sectors.count == 35 && t.uses.count == 5);
        if (year == 2011) CHECK_NEAR(b.world_value_added, 69.3e6, 0.05e6); /* SOURCE.md, trillions */
        if (year == 2008) CHECK_NEAR(b.world_value_added, 60.2e6, 0.15e6);
        CHECK(b.least_f == 0.0 && b.least_z == 0.0);
    }
}

TEST(kept_stocks_are_those_of_the_source, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    ptrdiff_t negative = 0;
    if (test_data("wiod2013") == NULL) return;
    MUST(import_year(2011, ENT_STOCKS_KEEP, &house, &t, &err), err);
    for (ptrdiff_t c = 0; c < 1435 * 205; c++) negative += t.f[c] < 0.0;
    CHECK(negative == 352); /* SOURCE.md */
    const ptrdiff_t rou = ent_names_find(&t.regions, "ROU");
    CHECK(rou >= 0 && strcmp(t.members[rou], "ROU") == 0);
}

TEST(moved_and_recomputed_stocks_both_balance_and_differ_little, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table moved, grown;
    ent_table_balance a, b;
    ent_error err = {{0}};
    if (test_data("wiod2013") == NULL) return;
    MUST(import_year(2009, ENT_STOCKS_MOVE, &house, &moved, &err), err);
    MUST(import_year(2009, ENT_STOCKS_LEONTIEF, &house, &grown, &err), err);
    MUST(ent_table_check(&grown, &err), err);
    ent_table_measure(&moved, &a);
    ent_table_measure(&grown, &b);
    CHECK(b.world_output > a.world_output && b.world_output < 1.02 * a.world_output);
}
