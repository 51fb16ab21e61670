/* tidy.c: the layout tidy, as one file and as a folder of four. */
// SPDX-License-Identifier: MIT
#include "wrong.h"

#define FLOWS                                                                                                          \
    "exporter,importer,sector,use,value_musd\n"                                                                        \
    "AUS,AUS,A01,A01,1\nAUS,AUS,A01,HFCE,10\nAUS,USA,A01,G,2\nAUS,USA,A01,HFCE,5\n"                                    \
    "USA,USA,A01,A01,10\nUSA,USA,A01,HFCE,30\nUSA,AUS,A01,HFCE,4\nUSA,USA,A01,INVNT,-1\n"                              \
    "USA,USA,G,A01,5\nUSA,USA,G,HFCE,60\nAUS,AUS,G,HFCE,20\n"
static const small_file one[] = {{"flows.csv", FLOWS}};
static const small_file four[] = {
    {"flows.csv", FLOWS},
    {"value_added.csv", "region,sector,factor,value_musd\nAUS,A01,labour,10\nAUS,A01,capital,6\nAUS,A01,TLS,1\n"
                        "USA,A01,labour,20\nUSA,A01,capital,8\nAUS,G,labour,20\nUSA,G,labour,60\nUSA,G,capital,3\n"},
    {"duties.csv", "importer,exporter,sector,rate_pct\nUSA,AUS,A01,25\nAUS,USA,A01,5\n"},
    {"elasticities.csv", "sector,trade_elasticity,name,traded\nA01,4,Farming,1\nG,5,Trade,0\n"},
};
static const small_world single = {.layout = ENT_LAYOUT_TIDY, .folder = "single", .file = one, .files = 1};
static const small_world whole = {
    .layout = ENT_LAYOUT_TIDY, .folder = "tidy", .file = four, .files = 4, .is_folder = 1};

TEST(flows_alone_make_a_world_whose_value_added_is_the_rest, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&single, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    CHECK(t.regions.count == 2 && t.sectors.count == 2 && t.uses.count == 2 && t.factors.count == 1);
    CHECK_TEXT(t.uses.code[0], "HFCE");
    CHECK_TEXT(t.regions.label[0], "Australia");
    CHECK_NEAR(t.z[0 * 4 + 3], 2.0, 0.0); /* Australian farming to American trade */
    CHECK_NEAR(t.x[2], 43.0, 0.0);        /* 10 + 30 + 4 - 1 */
    CHECK_NEAR(t.va[2], 43.0 - 15.0, 0.0);
    CHECK_NEAR(t.va[3], 65.0 - 2.0, 0.0);
    CHECK(t.trade_elasticity == NULL);
    CHECK_TEXT(
        t.history,
        "imported from the tidy layout: flows.csv; final uses HFCE, INVNT; value added is output less inputs; no "
        "duties; no trade elasticities\n"
        "stocks move: 1 negative cell of final use (-1 million US dollars) taken off other final uses there (1), "
        "producers there (0), uses elsewhere (0)");
}

TEST(a_folder_of_four_says_factors_taxes_duties_and_elasticities, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&whole, &house, &t, &err), err);
    CHECK(t.factors.count == 2);
    CHECK_TEXT(t.factors.code[1], "capital");
    CHECK_NEAR(t.va[0 * 2 + 1], 6.0, 0.0);
    CHECK_NEAR(t.tls[0], 1.0, 0.0);
    CHECK_NEAR(t.duty[(0 * 2 + 1) * 2 + 0], 0.25, 1e-15); /* exporter AUS, importer USA */
    CHECK_NEAR(t.duty[(1 * 2 + 0) * 2 + 0], 0.05, 1e-15);
    CHECK_NEAR(t.trade_elasticity[1], 5.0, 0.0);
    CHECK_TEXT(t.sectors.label[0], "Farming");
    CHECK(t.is_good[0] == 1 && t.is_good[1] == 0);
    CHECK_TEXT(t.name, "tidy");
}

TEST(rates_percents_and_factors_are_the_same_duties, "text")
{
    static const char *const ways[] = {"rate\nUSA,AUS,A01,0.25\n", "rate_pct\nUSA,AUS,A01,25\n",
                                       "factor\nUSA,AUS,A01,1.25\n"};
    for (int w = 0; w < 3; w++) {
        ENT_SCRATCH house = {0};
        ent_table t;
        ent_error err = {{0}};
        small_file files[4];
        memcpy(files, four, sizeof files);
        files[2].content = ent_string_format(&house, "importer,exporter,sector,%s", ways[w]);
        const small_world w_world = {
            .layout = ENT_LAYOUT_TIDY, .folder = "tidy", .file = files, .files = 4, .is_folder = 1};
        MUST(small_world_import(&w_world, &house, &t, &err), err);
        CHECK_NEAR(t.duty[(0 * 2 + 1) * 2 + 0], 0.25, 1e-15);
    }
}

TEST(a_key_called_na_is_a_key, "text")
{
    static const small_file namibia[] = {
        {"flows.csv",
         "exporter,importer,sector,use,value_musd\nNA,NA,NA,HFCE,1\nNA,NULL,NA,HFCE,2\nNULL,NULL,NA,HFCE,3\n"}};
    const small_world w = {.layout = ENT_LAYOUT_TIDY, .folder = "single", .file = namibia, .files = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&w, &house, &t, &err), err);
    CHECK_TEXT(t.regions.code[0], "NA");
    CHECK_NEAR(t.x[0], 3.0, 0.0);
}

TEST(wrong_tidy_lists_are_refused_by_name, "golden")
{
    static const char *const fl = "flows.csv", *const va = "value_added.csv", *const du = "duties.csv",
                             *const el = "elasticities.csv";
    const one_mistake mistakes[] = {
        {fl, "", NULL, "tidy: has no flows.csv; the tidy layout needs it"},
        {fl, "", "", "tidy/flows.csv: is empty"},
        {fl, "", "exporter,importer,sector,use,value_musd\n", "tidy/flows.csv: holds no flow"},
        {fl, "value_musd", "value", "tidy/flows.csv: has no column 'value_musd'; is 'value' meant?"},
        {fl, "use,", "user,", "tidy/flows.csv: has no column 'use'; is 'user' meant?"},
        {fl, "exporter,importer", "importer,importer", "tidy/flows.csv:1:10: the column 'importer' is there twice"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,A01,one\n", "tidy/flows.csv:2:17: 'one' is not a number"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,A01,nan\n", "tidy/flows.csv:2:17: 'nan' is not a number"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,A01,\n",
         "tidy/flows.csv:2:17: a number is missing; write 0 where there is nothing"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,A01,-1\n",
         "tidy/flows.csv:2:17: the sales to a sector are negative (-1)"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,A01\n",
         "tidy/flows.csv:2: the row has 4 fields, but the header has 5"},
        {fl, "AUS,AUS,A01,A01,1\n", ",AUS,A01,A01,1\n", "tidy/flows.csv:2:1: 'exporter' is empty"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,,1\n", "tidy/flows.csv:2:13: 'use' is empty"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,\"A01,1\n",
         "tidy/flows.csv:2:13: the quote that opens here is never closed"},
        {fl, "AUS,AUS,A01,A01,1\n", "AUS,AUS,A01,HFCE,1\n", "tidy/flows.csv:3:1: this flow is there twice"},
        {fl, "", "exporter,importer,sector,use,value_musd\nAUS,AUS,A01,A01,1\nAUS,AUS,G,A01,1\n",
         "tidy/flows.csv: every use is a sector's code; a world needs a final use, such as HFCE"},
        {va, "USA,A01,labour,20", "USA,A01,labour,40",
         "tidy: E2 fails for Farming in United States: costs of 63 exceed output of 43 by 20 million US dollars (46.5 "
         "% of "
         "output); --balance repairs such gaps"},
        {va, "AUS,A01,capital", "AUT,A01,capital",
         "tidy/value_added.csv:3:1: 'AUT' is no region of the flows; is 'AUS' meant?"},
        {va, "AUS,A01,capital", "AUS,A02,capital",
         "tidy/value_added.csv:3:5: 'A02' is no sector of the flows; is 'A01' meant?"},
        {va, "AUS,A01,capital", "AUS,A01,labour", "tidy/value_added.csv:3:1: this value added is there twice"},
        {va, "factor", "what", "tidy/value_added.csv: has no column 'factor'; is 'sector' meant?"},
        {va, "", "region,sector,factor,value_musd\nAUS,A01,TLS,1\n", "tidy/value_added.csv: names no factor"},
        {du, "rate_pct", "percent", "tidy/duties.csv: has no column 'rate', 'rate_pct' or 'factor'"},
        {du, "USA,AUS,A01,25", "USA,AUS,A01,-100",
         "tidy/duties.csv:2:13: the duty is -1; as a rate it must be more than -1"},
        {du, "USA,AUS,A01,25", "USA,USA,A01,25",
         "tidy/duties.csv:2:13: 'USA' has a duty on its own goods; it must be 0"},
        {du, "AUS,USA,A01,5", "USA,AUS,A01,5", "tidy/duties.csv:3:1: this duty is there twice"},
        {du, "USA,AUS,A01,25", "USA,AUS,A01,25%", "tidy/duties.csv:2:13: '25%' is not a number"},
        {el, "A01,4", "A01,0", "tidy/elasticities.csv:2:5: the trade elasticity is 0; it must be a positive number"},
        {el, "A01,4", "A01,4e999", "tidy/elasticities.csv:2:5: '4e999' is larger than any number that can be kept"},
        {el, "G,5,Trade,0\n", "", "tidy/elasticities.csv: has no elasticity of sector 'G'"},
        {el, "G,5,Trade,0\n", "A01,5,Trade,0\n",
         "tidy/elasticities.csv:3:1: the elasticity of sector 'A01' is there twice"},
        {el, "G,5,Trade,0\n", "G,5,Trade,yes\n",
         "tidy/elasticities.csv:3:11: 'yes' does not say whether the sector is traded; write 1 or 0"},
        {el, "G,5,Trade,0\n", "GG,5,Trade,0\n",
         "tidy/elasticities.csv:3:1: 'GG' is no sector of the flows; is 'G' meant?"},
    };
    CHECK_MISTAKES(&whole, mistakes);
}

TEST(a_few_bytes_that_announce_a_huge_world_are_refused, "faults")
{
    ENT_SCRATCH house = {0};
    ent_text text = {.arena = &house};
    ent_table t;
    ent_error err = {{0}};
    ent_text_say(&text, "exporter,importer,sector,use,value_musd\n");
    for (int n = 0; n < 3000; n++) ent_text_say(&text, "r%d,r%d,s%d,u,1\n", n, n, n);
    const small_file huge[] = {{"flows.csv", text.data}};
    const small_world w = {.layout = ENT_LAYOUT_TIDY, .folder = "single", .file = huge, .files = 1};
    CHECK(small_world_import(&w, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK(strstr(err.text, "flows.csv: names 3000 regions and 3002 sectors, a table of 6.49e+08 MB, but has only") !=
          NULL);
}

TEST(cut_tidy_lists_are_refused_or_shorter, "faults")
{
    check_cuts(__FILE__, __LINE__, &single, "flows.csv", 60);
    check_cuts(__FILE__, __LINE__, &whole, "value_added.csv", 60);
}

TEST(a_tidy_import_fails_cleanly_at_every_allocation, "faults")
{
    check_allocations(__FILE__, __LINE__, &whole);
}
