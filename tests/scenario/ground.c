/* ground.c: values from CSV files: whose they are, in which unit, and what is wrong with a row. */
// SPDX-License-Identifier: MIT
#include "try.h"

static void try_file(trial *t, const char *csv, const char *action)
{
    char text[512];
    const char *folder = write_file("v.csv", csv);
    snprintf(text, sizeof text, "name: f\nactions:\n  - %s\n", action);
    if (try_in(t, text, folder) != ENT_OK) test_fail(__FILE__, __LINE__, "%s", t->err.text);
}

TEST(a_file_sets_the_duties_of_its_rows, "")
{
    trial t;
    try_file(&t,
             "sector,importer,exporter,t_1993_pct,t_2005_pct\nELE,USA,CHN,4,3.5\nAGR,USA,MEX,2,0\nELE,CHN,USA,9,9\n"
             "ELE,USA,USA,7,7\nAGR,USA,EUU,,\n",
             "duty: {importer: USA, exporter: all, file: v.csv, column: t_2005_pct}");
    CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.035, 1e-15);
    CHECK(duty_of(&t, USA, MEX, AGR) == 0.0);
    CHECK(duty_of(&t, CHN, USA, ELE) == 0.02); /* outside the choice */
    CHECK(duty_of(&t, USA, USA, ELE) == 0.0);  /* home */
    CHECK(duty_of(&t, USA, EUU, AGR) == 0.02); /* an empty cell says nothing */
    CHECK(duty_of(&t, USA, CHN, AGR) == 0.02); /* no row */
    ent_arena_close(&t.arena);
}

TEST(the_columns_name_says_the_unit, "")
{
    const char *csv = "importer,exporter,sector,rate,rate_pct,factor,other\nUSA,CHN,ELE,0.25,25,1.25,0.25\n";
    static const char *const columns[] = {"rate", "rate_pct", "factor", "other, unit: rate",
                                          "other, unit: rate, mode: set"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        trial t;
        char action[256];
        snprintf(action, sizeof action, "duty: {importer: USA, exporter: CHN, file: v.csv, column: %s}", columns[c]);
        try_file(&t, csv, action);
        CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.25, 1e-15);
        ent_arena_close(&t.arena);
    }
}

TEST(mode_add_stands_on_what_was, "")
{
    trial t;
    try_file(&t, "exporter,rate_pct\nCHN,30\nMexico,10\n",
             "duty: {importer: USA, exporter: rest, sector: goods, file: v.csv, column: rate_pct, mode: add}");
    CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.32, 1e-15); /* the file has no sectors: all that the action chooses */
    CHECK_NEAR(duty_of(&t, USA, CHN, AGR), 0.32, 1e-15);
    CHECK_NEAR(duty_of(&t, USA, MEX, ELE), 0.12, 1e-15);
    CHECK(duty_of(&t, USA, CHN, SER) == 0.0);
    CHECK(duty_of(&t, USA, EUU, ELE) == 0.02);
    ent_arena_close(&t.arena);
}

TEST(a_file_stands_for_keys_that_are_left_out, "")
{
    trial t;
    try_file(&t, "importer,exporter,sector,rate\nUSA,CHN,SER,0.5\nEUU,CHN,ELE,0.5\n",
             "duty: {file: v.csv, column: rate}");
    CHECK(duty_of(&t, USA, CHN, SER) == 0.5 && duty_of(&t, EUU, CHN, ELE) == 0.5 && duty_of(&t, EUU, CHN, AGR) == 0.02);
    ent_arena_close(&t.arena);
    try_file(&t, "region,sector,change_pct\nUSA,ELE,-20\n", "productivity: {file: v.csv, column: change_pct}");
    CHECK_NEAR(exp(t.policy.log_productivity[USA * 3 + ELE]), 0.8, 1e-15);
    CHECK(t.policy.log_productivity[USA * 3 + AGR] == 0.0);
    ent_arena_close(&t.arena);
    try_file(&t, "exporter,d_factor\nUSA,0.9\n", "trade_cost: {importer: CHN, file: v.csv, column: d_factor}");
    CHECK_NEAR(exp(t.policy.log_trade_cost[small_lane(&t.world, CHN, USA, SER)]), 0.9, 1e-15);
    CHECK(t.policy.log_trade_cost[small_lane(&t.world, EUU, USA, SER)] == 0.0);
    ent_arena_close(&t.arena);
    try_file(&t, "sector,rate\nELE,0.1\n", "subsidy: {region: [USA, MEX], file: v.csv, column: rate}");
    CHECK(t.policy.subsidy[USA * 3 + ELE] == 0.1 && t.policy.subsidy[MEX * 3 + ELE] == 0.1);
    CHECK(t.policy.subsidy[CHN * 3 + ELE] == 0.0 && t.policy.subsidy[USA * 3 + AGR] == 0.0);
    ent_arena_close(&t.arena);
}

TEST(a_file_can_say_the_benchmark, "")
{
    const char *folder = write_file("v.csv", "importer,exporter,sector,rate\nUSA,CHN,ELE,0.07\n");
    trial t;
    MUST(try_in(&t, "start:\n  - duty: {importer: USA, exporter: all, file: v.csv, column: rate}\nactions: []\n",
                folder),
         t.err);
    CHECK(t.world.table.duty[(CHN * 4 + USA) * 3 + ELE] == 0.07);
    CHECK(t.world.table.duty[(CHN * 4 + USA) * 3 + AGR] == 0.02);
    ent_arena_close(&t.arena);
}

#define SET_FROM "  - duty: {importer: USA, exporter: {not: USA}, file: w.csv, column: rate_pct}"

static void refused_row(const char *csv, const char *sentence)
{
    const char *folder = write_file("w.csv", csv);
    char wanted[900];
    snprintf(wanted, sizeof wanted, "%s/w.csv%s", folder, sentence);
    REFUSED_IN(folder, SET_FROM, wanted);
}

TEST(rows_that_name_nobody_are_wrong, "")
{
    refused_row("importer,exporter,sector,rate_pct\nUSA,CHN,ELE,5\nUSA,CHM,ELE,5\n",
                ":3:5: small has no region or group called CHM; did you mean CHN?");
    refused_row("importer,exporter,sector,rate_pct\nUSA,CHN,Elephants,5\n",
                ":2:9: small has no sector or group called Elephants; `entente world show` lists them");
    refused_row("importer,exporter,sector,rate_pct\nUSA,CHN,ELE,5\nUSA,,ELE,5\n",
                ":3:5: the name of a region is empty here");
    trial t; /* CHN imports: outside the choice, whoever sells */
    try_file(&t, "importer,exporter,sector,rate_pct\nUSA,CHN,ELE,5\nCHN,Atlantis,ELE,5\n",
             "duty: {importer: USA, exporter: all, file: v.csv, column: rate_pct}");
    CHECK_NEAR(duty_of(&t, USA, CHN, ELE), 0.05, 1e-15);
    ent_arena_close(&t.arena);
}

TEST(values_that_are_none_are_wrong, "")
{
    refused_row("exporter,rate_pct\nCHN,five\n", ":2:5: 'five' is not a number");
    refused_row("exporter,rate_pct\nCHN,-100\n",
                ":2:5: -100 in column rate_pct is -100 %; it must be above -100 %, is the column's unit right?");
    refused_row("exporter,rate_pct\nCHN,5,6\n", ":2: the row has 3 fields, but the header has 2");
    refused_row("exporter,rate_pct\nCHN,5\nMEX,5\nChina,6\n",
                ":4:1: the value of USA from CHN, AGR stands in line 2 already; keep one of them");
    refused_row("partner,rate_pct\nCHN,5\n",
                ":1: none of the columns is called importer, exporter or sector; they say whose value a row is");
    refused_row("", ": is empty");
    const char *folder = write_file("w.csv", "importer,exporter,rate_pct\nCHN,USA,5\n");
    REFUSED_IN(
        folder, SET_FROM,
        "s.yaml:3:5: small has no trade that this action would touch (all regions but USA to USA, all sectors), or the "
        "file has no value for it");
}

TEST(a_file_is_read_once, "")
{
    ENT_SCRATCH scratch = {0};
    ent_text csv = {.arena = &scratch}, text = {.arena = &scratch};
    ent_text_say(&csv, "exporter,rate_pct\n");
    for (int line = 0; line < 100000; line++) ent_text_say(&csv, "\n");
    ent_text_say(&csv, "CHN,1\n");
    const char *folder = write_file("large.csv", csv.data);
    ent_text_say(&text, "actions:\n");
    for (int a = 0; a < 200; a++)
        ent_text_say(&text, "  - duty: {importer: USA, exporter: CHN, file: large.csv, column: rate_pct, mode: add}\n");
    trial t;
    MUST(try_in(&t, text.data, folder), t.err);
    CHECK_NEAR(duty_of(&t, USA, CHN, SER), 2.0, 1e-12); /* services are chosen too: the file has no sectors */
    CHECK(t.arena.bytes < 4u << 20);                    /* 200 copies would be 20 MB */
    ent_arena_close(&t.arena);
}
