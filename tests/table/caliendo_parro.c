/* caliendo_parro.c: folders in the layout caliendo-parro: a small one by hand, the bases of 1993, and the one of 2017.
 */
// SPDX-License-Identifier: MIT
#include "text/records.h"
#include "wrong.h"
#include <stdlib.h>

static const small_file files[] = {
    {"flows.csv", "sector,importer,exporter,flow_musd\n"
                  "s1,AUS,AUS,60\ns1,AUS,USA,20\ns1,USA,AUS,30\ns1,USA,USA,100\ns2,AUS,AUS,80\ns2,USA,USA,150\n"},
    {"sector_country.csv", "sector,country,va_share,final_share\n"
                           "s1,AUS,0.5,0.6103896\ns1,USA,0.5,0.5494881\ns2,AUS,0.5,0.3896104\ns2,USA,0.5,0.4505119\n"},
    {"io_shares.csv", "country,input_sector,using_sector,share_of_materials\n"
                      "AUS,s1,s1,0.6\nAUS,s2,s1,0.4\nAUS,s1,s2,0.2\nAUS,s2,s2,0.8\n"
                      "USA,s1,s1,0.6\nUSA,s2,s1,0.4\nUSA,s1,s2,0.2\nUSA,s2,s2,0.8\n"},
    {"tariffs.csv", "sector,importer,exporter,tariff_1993_pct,tariff_2005_pct\ns1,AUS,USA,10,5\ns1,USA,AUS,5,0\n"},
    {"sectors.csv", "sector,name,traded,theta\ns1,Goods,1,5\ns2,Services,0,4\n"},
    {"countries.csv", "country,name\nAUS,Australia\nUSA,United States\n"},
};
static const small_world world = {.layout = ENT_LAYOUT_CALIENDO_PARRO,
                                  .folder = "parro",
                                  .file = files,
                                  .files = sizeof files / sizeof *files,
                                  .is_folder = 1};

/* Output: AUS 90 and 80, USA 120 and 150. Australia pays 60 + 20 · 1.1 = 82 for goods; its producers' share of that is
 * 0.6 · 45 + 0.2 · 40 = 35. */
TEST(a_small_folder_becomes_the_table_that_paper_and_pencil_give, "CP")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&world, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    CHECK_NEAR(t.x[0], 90.0, 1e-12);
    CHECK_NEAR(t.x[3], 150.0, 1e-12);
    CHECK_NEAR(t.z[2 * 4 + 0], 20.0 / 82.0 * 27.0, 1e-13);        /* American goods to Australian goods */
    CHECK_NEAR(t.z[0 * 4 + 3], 30.0 / 131.5 * 0.2 * 75.0, 1e-13); /* Australian goods to American services */
    CHECK_NEAR(t.f[2 * 2 + 0], 20.0 * (1.0 - 35.0 / 82.0), 1e-12);
    CHECK_NEAR(t.va[1], 40.0, 1e-12);
    CHECK_NEAR(t.tls[0], 0.1 * 20.0 / 82.0 * 27.0, 1e-12); /* duties that Australian goods pay on American ones */
    CHECK_NEAR(t.duty[(1 * 2 + 0) * 2 + 0], 0.10, 1e-15);  /* exporter USA, importer AUS */
    CHECK_NEAR(t.duty[(0 * 2 + 1) * 2 + 0], 0.05, 1e-15);
    CHECK_NEAR(t.trade_elasticity[1], 4.0, 0.0);
    CHECK(t.is_good[0] == 1 && t.is_good[1] == 0);
    CHECK(t.duty_accounts == ENT_DUTIES_IN_TAXES);
    CHECK(t.year == 1993);
    CHECK_TEXT(t.elasticity_source, "sectors.csv");
    const ptrdiff_t traded = ent_names_find(&t.sector_groups.names, "traded");
    CHECK(traded >= 0 && t.sector_groups.member[traded * 2] == 1 && t.sector_groups.member[traded * 2 + 1] == 0);
}

TEST(a_final_share_of_nothing_leaves_no_dust, "CP")
{
    const small_file none[] = {
        {"flows.csv", "sector,importer,exporter,flow_musd\ns1,AUS,AUS,0.3\ns2,AUS,AUS,0.9\n"},
        {"sector_country.csv", "sector,country,va_share,final_share\ns1,AUS,0.5,0\ns2,AUS,0.6666666666666667,1\n"},
        {"io_shares.csv", "country,input_sector,using_sector,share_of_materials\nAUS,s2,s1,1\nAUS,s1,s2,1\n"},
        {"tariffs.csv", "sector,importer,exporter,tariff_1993_pct\n"},
        files[4],
        {"countries.csv", "country\nAUS\n"}};
    const small_world w = {
        .layout = ENT_LAYOUT_CALIENDO_PARRO, .folder = "parro", .file = none, .files = 6, .is_folder = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&w, &house, &t, &err), err);
    CHECK(t.f[0] == 0.0);
    CHECK_NEAR(t.z[1], 0.3, 1e-15);
}

TEST(balance_scales_down_what_producers_cannot_buy, "E2")
{
    small_file short_of[sizeof files / sizeof *files];
    memcpy(short_of, files, sizeof files);
    short_of[0].content =
        "sector,importer,exporter,flow_musd\n"
        "s1,AUS,AUS,60\ns1,AUS,USA,20\ns1,USA,AUS,30\ns1,USA,USA,100\ns2,AUS,AUS,20\ns2,USA,USA,150\n";
    const small_world w = {.layout = ENT_LAYOUT_CALIENDO_PARRO,
                           .folder = "parro",
                           .file = short_of,
                           .files = sizeof files / sizeof *files,
                           .is_folder = 1,
                           .balance = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&w, &house, &t, &err), err); /* services: 0.4 · 45 + 0.8 · 10 = 26 wanted, 20 there */
    MUST(ent_table_check(&t, &err), err);
    CHECK_NEAR(t.z[1 * 4 + 0], 18.0 * 20.0 / 26.0, 1e-12);
    CHECK_NEAR(t.z[1 * 4 + 1], 8.0 * 20.0 / 26.0, 1e-12);
    CHECK(t.f[1 * 2 + 0] == 0.0);
    CHECK_NEAR(t.va[0], 45.0 + 18.0 * 6.0 / 26.0, 1e-12);
    CHECK(strstr(t.history,
                 "balanced: 1 product was bought by producers beyond what there is (6 million US dollars)") != NULL);
}

TEST(a_wrong_folder_is_refused_by_name, "golden")
{
    static const char *const fl = "flows.csv", *const sc = "sector_country.csv", *const io = "io_shares.csv",
                             *const ta = "tariffs.csv", *const se = "sectors.csv", *const co = "countries.csv";
    const one_mistake mistakes[] = {
        {fl, "", NULL, "parro: has no flows.csv, nor has the folder above; the caliendo-parro layout needs it"},
        {se, "", NULL, "parro: has no sectors.csv, nor has the folder above; the caliendo-parro layout needs it"},
        {fl, "", "", "parro/flows.csv: is empty"},
        {fl, "flow_musd", "flow_usd", "parro/flows.csv: has no column 'flow_musd'; is 'flow_usd' meant?"},
        {fl, "exporter", "importer", "parro/flows.csv:1:17: the column 'importer' is there twice"},
        {fl, "s1,AUS,USA,20", "s1,AUS,UAS,20",
         "parro/flows.csv:3:8: 'UAS' is no country of countries.csv; is 'AUS' meant?"},
        {fl, "s1,AUS,USA,20", "s3,AUS,USA,20", "parro/flows.csv:3:1: 's3' is no sector of sectors.csv; is 's1' meant?"},
        {fl, "s1,AUS,USA,20", "s1,AUS,USA,-20", "parro/flows.csv:3:12: the flow is -20; it cannot be less than 0"},
        {fl, "s1,AUS,USA,20", "s1,AUS,USA,NaN", "parro/flows.csv:3:12: 'NaN' is not a number"},
        {fl, "s1,AUS,USA,20", "s1,AUS,USA,",
         "parro/flows.csv:3:12: a number is missing; write 0 where there is nothing"},
        {fl, "s1,AUS,USA,20", "s1,AUS,AUS,20", "parro/flows.csv:3:1: this flow is there twice"},
        {fl, "s1,AUS,USA,20", "s1,AUS,USA", "parro/flows.csv:3: the row has 3 fields, but the header has 4"},
        {fl, "s1,AUS,USA,20", "s1,\"AUS,USA,20", "parro/flows.csv:3:4: the quote that opens here is never closed"},
        {fl, "s2,AUS,AUS,80", "s2,AUS,AUS,20",
         "parro: the sectors of Australia need 26 million US dollars of Services by their input shares, but only 20 "
         "are bought "
         "there, so final use would be negative; --balance scales their purchases down"},
        {fl, "s2,AUS,AUS,80\n", "",
         "parro: the sectors of Australia need 18 million US dollars of Services by their input shares, but only 0 are "
         "bought "
         "there, so final use would be negative; --balance scales their purchases down"},
        {sc, "s2,USA,0.5,0.4505119\n", "",
         "parro/sector_country.csv: has no share of value added of sector 's2' in country 'USA'"},
        {sc, "s1,AUS,0.5", "s1,AUS,1.5",
         "parro/sector_country.csv:2:8: the share of value added is 1.5; it cannot be more than 1"},
        {sc, "s1,AUS,0.5", "s1,AUS,-0.5",
         "parro/sector_country.csv:2:8: the share of value added is -0.5; it cannot be less than 0"},
        {sc, "0.6103896", "0.7103896",
         "parro/sector_country.csv: the final shares of country 'AUS' sum to 1.1, not to 1"},
        {sc, "s1,USA,", "s1,AUS,", "parro/sector_country.csv:3:1: this share of value added is there twice"},
        {io, "AUS,s1,s1,0.6", "AUS,s1,s1,0.5",
         "parro/io_shares.csv: the shares of materials of sector 's1' in country 'AUS' sum to 0.9, not to 1"},
        {io, "AUS,s1,s1,0.6", "AUS,s1,s1,-0.6",
         "parro/io_shares.csv:2:11: the share of materials is -0.6; it cannot be less than -0.001"},
        {io, "AUS,s2,s1", "AUS,s1,s1", "parro/io_shares.csv:3:1: this share of materials is there twice"},
        {ta, "tariff_1993_pct,tariff_2005_pct", "duty_a,duty_b",
         "parro/tariffs.csv: has no column whose name starts with 'tariff'; name one with --duty-column"},
        {ta, "s1,AUS,USA,10", "s1,AUS,USA,-100",
         "parro/tariffs.csv: the duty of 'AUS' on sector 's1' of 'USA' is -1; as a rate it must be more than -1"},
        {ta, "s1,AUS,USA,10", "s1,AUS,AUS,10",
         "parro/tariffs.csv: 'AUS' has a duty of 0.1 on its own sector 's1'; it must be 0"},
        {ta, "s1,USA,AUS,5,0", "s1,AUS,USA,5,0", "parro/tariffs.csv:3:1: this duty is there twice"},
        {se, "s2,Services,0,4", "s1,Services,0,4", "parro/sectors.csv:3:1: the sector 's1' is listed twice"},
        {se, "s2,Services,0,4", "s2,Services,no,4",
         "parro/sectors.csv:3:13: 'no' does not say whether the sector is traded; write 1 or 0"},
        {se, "s2,Services,0,4", "s2,Services,0,0",
         "parro/sectors.csv:3:15: the trade elasticity is 0; it must be a positive number"},
        {se, "s2,Services,0,4", ",Services,0,4", "parro/sectors.csv:3:1: the sector has no code"},
        {se, "s1,Goods,1,5\ns2,Services,0,4\n", "", "parro/sectors.csv: lists no sector"},
        {co, "USA,United States", "AUS,United States", "parro/countries.csv:3:1: the country 'AUS' is listed twice"},
        {co, "USA,United States\n", "", "parro/flows.csv:3:8: 'USA' is no country of countries.csv"},
        {co, "AUS,Australia\nUSA,United States\n", "", "parro/countries.csv: lists no country"},
    };
    CHECK_MISTAKES(&world, mistakes);
}

TEST(a_path_that_is_no_folder_is_refused, "golden")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    const char *const paths[2] = {"/no/such/folder", "x"};
    ent_import ask = {.layout = ENT_LAYOUT_CALIENDO_PARRO, .paths = paths, .path_count = 1};
    CHECK(ent_table_import(&ask, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "/no/such/folder: is no folder; the caliendo-parro layout is a folder of CSV files");
    ask.path_count = 2;
    CHECK(ent_table_import(&ask, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the caliendo-parro layout is one folder, but 2 paths are given");
}

TEST(cut_files_of_a_folder_are_refused, "faults")
{
    check_cuts(__FILE__, __LINE__, &world, "flows.csv", 30);
    check_cuts(__FILE__, __LINE__, &world, "sector_country.csv", 100);
    check_cuts(__FILE__, __LINE__, &world, "io_shares.csv", 100);
}

TEST(a_folders_import_fails_cleanly_at_every_allocation, "faults")
{
    check_allocations(__FILE__, __LINE__, &world);
}

/* ---- the bases of 1993 ---- */

static const char *const bases[] = {"base_deficit", "base_nodeficit", "base_nomaterials", "base_onesector",
                                    "inputs_noio"};

static ent_status import_base(const char *set, const char *base, const char *duty_column, int balance, ent_arena *house,
                              ent_table *t, ent_error *err)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", test_data(set), base);
    const char *const paths[1] = {path};
    const ent_import ask = {.layout = ENT_LAYOUT_CALIENDO_PARRO,
                            .paths = paths,
                            .path_count = 1,
                            .duty_column = duty_column,
                            .balance = balance};
    return ent_table_import(&ask, house, t, err);
}

static double sales_to(const ent_table *t, ptrdiff_t i, ptrdiff_t n, ptrdiff_t j)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, row = i * J + j;
    double sum = t->f[row * R + n];
    for (ptrdiff_t k = 0; k < J; k++) sum += t->z[row * R * J + n * J + k];
    return sum;
}

/* Every flow of the file against the table's, summed over users. */
static void compare_flows(const ent_table *t, const char *base)
{
    ENT_SCRATCH scratch = {0};
    char path[4200];
    ent_bytes bytes;
    ent_records r;
    ent_error err = {{0}};
    ptrdiff_t column[4];
    static const char *const names[4] = {"sector", "importer", "exporter", "flow_musd"};
    snprintf(path, sizeof path, "%s/%s/flows.csv", test_data("cp2015"), base);
    MUST(ent_bytes_read(path, 0, &scratch, &bytes, &err), err);
    MUST(ent_records_open(&r, bytes, path, &scratch, &err), err);
    for (int c = 0; c < 4; c++) MUST(ent_records_column(&r, names[c], &column[c], &err), err);
    for (int found;;) {
        ptrdiff_t j, n, i;
        double flow;
        MUST(ent_records_next(&r, &found, &err), err);
        if (!found) return;
        MUST(ent_records_known(&r, column[0], &t->sectors, "sector", &j, &err), err);
        MUST(ent_records_known(&r, column[1], &t->regions, "region", &n, &err), err);
        MUST(ent_records_known(&r, column[2], &t->regions, "region", &i, &err), err);
        MUST(ent_records_number(&r, column[3], &flow, &err), err);
        CHECK_NEAR(sales_to(t, i, n, j), flow, 1e-12 * flow);
    }
}

/* A number by country from country.csv, by name. */
static double stated(const char *base, const char *country, const char *column)
{
    ENT_SCRATCH scratch = {0};
    char path[4200];
    ent_bytes bytes;
    ent_records r;
    ptrdiff_t key, value;
    double number = NAN;
    snprintf(path, sizeof path, "%s/%s/country.csv", test_data("cp2015"), base);
    if (ent_bytes_read(path, 0, &scratch, &bytes, NULL) != ENT_OK ||
        ent_records_open(&r, bytes, path, &scratch, NULL) != ENT_OK ||
        ent_records_column(&r, "country", &key, NULL) != ENT_OK ||
        ent_records_column(&r, column, &value, NULL) != ENT_OK)
        return NAN;
    for (int found = 1; ent_records_next(&r, &found, NULL) == ENT_OK && found;)
        if (ent_field_is(&r.field[key], country)) ent_records_number(&r, value, &number, NULL);
    return number;
}

static void compare_accounts(const ent_table *t, const char *base)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    for (ptrdiff_t n = 0; n < R; n++) {
        double paid = 0.0, surplus = 0.0, size = 0.0;
        for (ptrdiff_t j = 0; j < J; j++) {
            paid += t->va[n * J + j];
            for (ptrdiff_t m = 0; m < R; m++) {
                if (m == n) continue;
                surplus += sales_to(t, n, m, j) - sales_to(t, m, n, j);
                size += sales_to(t, n, m, j);
            }
        }
        const double wanted = stated(base, t->regions.code[n], "value_added_musd");
        CHECK_NEAR(paid, wanted, 1e-9 * wanted);
        CHECK_NEAR(surplus, stated(base, t->regions.code[n], "trade_surplus_musd"), 1e-8 * size);
    }
}

TEST(every_base_of_1993_gives_its_flows_and_accounts_back, "CP")
{
    if (test_data("cp2015") == NULL) return;
    for (size_t b = 0; b < sizeof bases / sizeof *bases; b++) {
        ENT_SCRATCH house = {0};
        ent_table t;
        ent_error err = {{0}};
        MUST(import_base("cp2015", bases[b], NULL, 0, &house, &t, &err), err);
        MUST(ent_table_check(&t, &err), err);
        CHECK(t.regions.count == 31 && t.year == 1993);
        CHECK_TEXT(t.name, bases[b]);
        compare_flows(&t, bases[b]);
        compare_accounts(&t, bases[b]);
    }
}

/* f was made without the file's final shares (but where they are 0): they must come out of it. */
TEST(final_shares_come_out_as_published, "CP")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_bytes bytes;
    ent_records r;
    ent_error err = {{0}};
    double spent[31][40] = {{0}}, income[31] = {0};
    char path[4200];
    if (test_data("cp2015") == NULL) return;
    MUST(import_base("cp2015", "base_nodeficit", NULL, 0, &house, &t, &err), err);
    for (ptrdiff_t row = 0; row < 31 * 40; row++)
        for (ptrdiff_t n = 0; n < 31; n++) {
            const double paid = t.f[row * 31 + n] * (1.0 + t.duty[(row / 40 * 31 + n) * 40 + row % 40]);
            spent[n][row % 40] += paid;
            income[n] += paid;
        }
    snprintf(path, sizeof path, "%s/base_nodeficit/sector_country.csv", test_data("cp2015"));
    MUST(ent_bytes_read(path, 0, &house, &bytes, &err), err);
    MUST(ent_records_open(&r, bytes, path, &house, &err), err);
    for (int found; ent_records_next(&r, &found, &err) == ENT_OK && found;) {
        ptrdiff_t j, n;
        double share;
        MUST(ent_records_known(&r, 0, &t.sectors, "sector", &j, &err), err);
        MUST(ent_records_known(&r, 1, &t.regions, "region", &n, &err), err);
        MUST(ent_records_number(&r, 3, &share, &err), err);
        CHECK_NEAR(spent[n][j] / income[n], share, 1e-12);
        if (share == 0.0) CHECK(spent[n][j] == 0.0);
    }
}

TEST(elasticities_and_duties_are_those_of_the_files, "CP")
{
    ENT_SCRATCH house = {0};
    ent_table t, later;
    ent_error err = {{0}};
    if (test_data("cp2015") == NULL) return;
    MUST(import_base("cp2015", "base_deficit", NULL, 0, &house, &t, &err), err);
    MUST(import_base("cp2015", "base_deficit", "tariff_2005_pct", 1, &house, &later, &err), err);
    CHECK_NEAR(t.trade_elasticity[0], 9.11, 0.0);
    CHECK_NEAR(t.trade_elasticity[1], 13.53, 0.0);
    const ptrdiff_t arg = ent_names_find(&t.regions, "ARG"), aus = ent_names_find(&t.regions, "AUS");
    CHECK_NEAR(t.duty[(aus * 31 + arg) * 40], 0.04166667, 1e-15); /* the first row of tariffs.csv */
    CHECK_NEAR(later.duty[(aus * 31 + arg) * 40], 0.0368, 1e-15);
    CHECK(strstr(later.history, "tariff_2005_pct") != NULL);
    double largest = 0.0; /* tls: duties on inputs, and what the rounding of the input shares (1.6e-6) leaves open */
    for (ptrdiff_t nk = 0; nk < 31 * 40; nk++) {
        double duties = 0.0;
        for (ptrdiff_t row = 0; row < 31 * 40; row++)
            duties += t.z[row * 31 * 40 + nk] * t.duty[(row / 40 * 31 + nk / 40) * 40 + row % 40];
        if (t.x[nk] > 0.0) largest = fmax(largest, fabs(t.tls[nk] - duties) / t.x[nk]);
    }
    CHECK(largest < 1.6e-6);
    CHECK(import_base("cp2015", "base_deficit", "tariff_2004_pct", 0, &house, &later, &err) == ENT_BAD_INPUT);
    CHECK(strstr(err.text, "tariffs.csv: has no column 'tariff_2004_pct'; is 'tariff_2005_pct' meant?") != NULL);
}

/* ---- 2017 ---- */

TEST(the_folder_of_2017_needs_balance_and_gets_it, "CP")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_table_balance b;
    ent_error err = {{0}};
    if (test_data("cp2017-7x44") == NULL) return;
    CHECK(import_base("cp2017-7x44", "", NULL, 0, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK(strstr(err.text, "Mining support service activities") != NULL && strstr(err.text, "--balance") != NULL);
    MUST(import_base("cp2017-7x44", "", NULL, 1, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    ent_table_measure(&t, &b);
    CHECK(t.regions.count == 7 && t.sectors.count == 44 && t.year == 2017);
    const ptrdiff_t usa = ent_names_find(&t.regions, "USA"), chn = ent_names_find(&t.regions, "CHN");
    double output = 0.0, bought = 0.0;
    for (ptrdiff_t j = 0; j < 44; j++)
        for (ptrdiff_t n = 0; n < 7; n++) output += sales_to(&t, usa, n, j) * (1.0 + t.duty[(usa * 7 + n) * 44 + j]);
    CHECK_NEAR(output, 33.8e6, 0.05e6); /* SOURCE.md, trillions, as the file has it, with duties */
    for (ptrdiff_t j = 0; j < 22; j++) bought += sales_to(&t, chn, usa, j) * (1.0 + t.duty[(chn * 7 + usa) * 44 + j]);
    CHECK_NEAR(bought, 398.9e3, 0.05e3); /* SOURCE.md: what the USA spends on Chinese goods, billions */
    CHECK_NEAR(t.trade_elasticity[0], 6.23, 0.0);
    CHECK(t.is_good[0] == 1 && t.is_good[21] == 1 && t.is_good[22] == 0 && t.is_good[43] == 0);
    CHECK_TEXT(t.sectors.label[1], "Fishing and aquaculture");
    CHECK_TEXT(t.elasticity_source, "cal_elasticities.csv");
    const ptrdiff_t eu = ent_names_find(&t.regions, "EU");
    CHECK(eu >= 0 && strstr(t.members[eu], "DEU") != NULL);
}
