/* oecd_icio.c: the layout oecd-icio on small sheets, on the 19 x 24 world, and on a made-up one of full size. */
// SPDX-License-Identifier: MIT
#include "wrong.h"
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

static const small_file sheet = {"sheet.csv",
                                 "V1,AUS_A01,AUS_D,USA_A01,USA_D,AUS_HFCE,AUS_INVNT,USA_HFCE,USA_INVNT,OUT\n"
                                 "AUS_A01,1,2,3,4,10,0,5,0,25\n"
                                 "AUS_D,2,2,0,1,20,0,0,0,25\n"
                                 "USA_A01,0,0,10,5,1,0,30,4,50\n"
                                 "USA_D,1,1,5,10,2,0,40,1,60\n"
                                 "TLS,1,0,2,3,0,0,0,0,0\n"
                                 "VA,20,20,30,37,0,0,0,0,0\n"
                                 "OUT,25,25,50,60,33,0,75,5,0\n"};
static const small_world world = {.layout = ENT_LAYOUT_OECD_ICIO, .folder = "icio", .file = &sheet, .files = 1};

TEST(a_small_icio_sheet_is_read_cell_by_cell, "E1")
{
    static const double z[16] = {1, 2, 3, 4, 2, 2, 0, 1, 0, 0, 10, 5, 1, 1, 5, 10};
    static const double f[16] = {10, 0, 5, 0, 20, 0, 0, 0, 1, 0, 30, 4, 2, 0, 40, 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(small_world_import(&world, &house, &t, &err), err);
    CHECK(t.regions.count == 2 && t.sectors.count == 2 && t.uses.count == 2 && t.factors.count == 1);
    CHECK_TEXT(t.regions.code[1], "USA");
    CHECK_TEXT(t.regions.label[0], "Australia");
    CHECK_TEXT(t.sectors.label[0], "Agriculture and hunting");
    CHECK_TEXT(t.uses.code[1], "INVNT");
    CHECK_TEXT(t.members[1], "USA");
    CHECK(t.is_good[0] == 1 && t.is_good[1] == 0);
    CHECK(memcmp(t.z, z, sizeof z) == 0 && memcmp(t.f, f, sizeof f) == 0);
    CHECK_NEAR(t.tls[3], 3.0, 0.0);
    CHECK_NEAR(t.va[3], 37.0, 0.0);
    CHECK_NEAR(t.x[3], 60.0, 0.0);
    CHECK(t.duty_accounts == ENT_DUTIES_IN_TAXES);
    CHECK(t.trade_elasticity == NULL);
    CHECK_TEXT(t.name, "sheet");
    CHECK_TEXT(t.history,
               "imported from the oecd-icio layout: sheet.csv, printed to 0 decimals; no duties and no trade "
               "elasticities in it");
}

TEST(quotes_line_ends_and_order_of_the_bottom_rows_dont_matter, "text")
{
    static const small_file other = {"sheet.csv",
                                     "\xef\xbb\xbf\"\",\"AUS_A01\",AUS_D,USA_A01,USA_D,AUS_HFCE,AUS_INVNT,USA_HFCE,"
                                     "USA_INVNT,OUT\r\n"
                                     "\"AUS_A01\",1,2,3,4,10,0,5,0,25\r\n\r\n"
                                     "AUS_D,2,2,0,1,2e1,0,0,0,25\r\n"
                                     "USA_A01,0,0,10,5,\"1\",0,30,4,50\r\n"
                                     "USA_D,1,1,5,10,2,0,40,1,60\r\n"
                                     "OUT,25,25,50,60\r\n"
                                     "VA,20,20,30,37,,,,,\r\n"
                                     "TLS,1,0,2,3,0,0,0,0,0"};
    const small_world written = {.layout = ENT_LAYOUT_OECD_ICIO, .folder = "icio", .file = &other, .files = 1};
    ENT_SCRATCH house = {0};
    ent_table a, b;
    ent_error err = {{0}};
    MUST(small_world_import(&world, &house, &a, &err), err);
    MUST(small_world_import(&written, &house, &b, &err), err);
    CHECK_TEXT(ent_table_hash(&b, &house), ent_table_hash(&a, &house));
}

TEST(a_wrong_icio_sheet_is_refused_by_name, "golden")
{
    static const char *const n = "sheet.csv";
    const one_mistake mistakes[] = {
        {n, "", "", "icio/sheet.csv: is empty"},
        {n, "", "\n\n", "icio/sheet.csv: is empty"},
        {n, "", "a,b\n",
         "icio/sheet.csv: the first line names 1 columns; the oecd-icio layout starts with a line of labels "
         "such as 'AUS_A01'"},
        {n, "AUS_D", "AUSD", "icio/sheet.csv:1:12: 'AUSD' is no label of economy and industry such as 'AUS_A01'"},
        {n, "AUS_D", "AUS_A01", "icio/sheet.csv:1:12: the column 'AUS_A01' is there twice"},
        {n, "USA_D", "USA_E",
         "icio/sheet.csv:1:26: 'USA_E' stands where 'USA_D' belongs; every economy must have the same "
         "industries in the same order"},
        {n, "USA_D,AUS_HFCE", "AUS_HFCE,USA_D",
         "icio/sheet.csv:1:35: the industry 'USA_D' stands behind the final uses"},
        {n, "USA_INVNT", "USA_GGFC",
         "icio/sheet.csv:1:60: 'USA_GGFC' stands where 'USA_INVNT' belongs; every economy must "
         "have the same final uses in the same order"},
        {n, ",USA_INVNT", "",
         "icio/sheet.csv: 2 economies with 2 industries and 2 final uses make 8 columns, but the header "
         "has 7"},
        {n, "USA_INVNT,OUT", "USA_INVNT",
         "icio/sheet.csv:1:60: the last column is 'USA_INVNT'; it must be 'OUT', the output"},
        {n, ",AUS_HFCE,AUS_INVNT,USA_HFCE,USA_INVNT", "",
         "icio/sheet.csv: the first line has no column of a final use, such as 'AUS_HFCE'"},
        {n, "\nAUS_D", "\nUSA_D",
         "icio/sheet.csv:3:1: 'USA_D' stands where 'AUS_D' belongs; every economy must have the "
         "same industries in the same order"},
        {n, "AUS_D,2,2,0,1,20,0,0,0,25\n", "",
         "icio/sheet.csv:3:1: 'USA_A01' stands where 'AUS_D' belongs; every economy must have the same industries in "
         "the same "
         "order"},
        {n, "10,0,5,0,25", "10,0,x,0,25", "icio/sheet.csv:2:22: 'x' is not a number"},
        {n, "10,0,5,0,25", "10,0,NaN,0,25", "icio/sheet.csv:2:22: 'NaN' is not a number"},
        {n, "10,0,5,0,25", "10,0,inf,0,25", "icio/sheet.csv:2:22: 'inf' is not a number"},
        {n, "10,0,5,0,25", "10,0,,0,25", "icio/sheet.csv:2:22: a number is missing; write 0 where there is nothing"},
        {n, "10,0,5,0,25", "10,0,1e400,0,25",
         "icio/sheet.csv:2:22: '1e400' is larger than any number that can be kept"},
        {n, "10,0,5,0,25", "10,0,5,25", "icio/sheet.csv:2: the row of 'AUS_A01' ends 1 number too early"},
        {n, "10,0,5,0,25", "10,0,5,0,25,0",
         "icio/sheet.csv:2:29: the row of 'AUS_A01' goes on behind the last column of the header"},
        {n, "10,0,5,0,25", "\"10,0,5,0,25", "icio/sheet.csv:2:17: the quote that opens here is never closed"},
        {n, "10,0,5,0,25", "10,0,\"5\n\",0,25", "icio/sheet.csv:2:22: '5?' is not a number"},
        {n, "TLS", "TAX", "icio/sheet.csv:6:1: 'TAX' stands where TLS, VA or OUT belongs"},
        {n, "TLS", "VA", "icio/sheet.csv:7:1: the row VA is there twice"},
        {n, "VA,20,20,30,37,0,0,0,0,0\n", "", "icio/sheet.csv: has no row VA below the industries; is the file cut?"},
        {n, "OUT,25,25,50,60,33", "OUT,25,25,50,70,33",
         "icio/sheet.csv: the output of USA_D is 60 in the column OUT, but 70 in the row OUT"},
        {n, "OUT,25,25,50,60,33,0,75,5,0\n", "OUT,25,25,50\n",
         "icio/sheet.csv:8: the row of 'OUT' ends 1 number too early"},
        {n, "AUS_D,2,2,0,1,20,0,0,0,25\nUSA_A01,0,0,10,5,1,0,30,4,50\nUSA_D,1,1,5,10,2,0,40,1,60\n", "",
         "icio/sheet.csv:3:1: 'TLS' stands where 'AUS_D' belongs; every economy must have the same industries in the "
         "same "
         "order"},
        {n, "", "V1,AUS_A01,AUS_D,USA_A01,USA_D,AUS_HFCE,USA_HFCE,OUT\nAUS_A01,1\n",
         "icio/sheet.csv: the header announces 4 rows of 6 numbers, but only 1 line of 10 bytes follows; is the file "
         "cut?"},
        {n, "AUS_D,2,2,0,1,20", "AUS_D,2,2,0,1,40",
         "sheet: E1 fails for Electricity, gas, steam and air conditioning supply in Australia: sales of 45 exceed "
         "output of "
         "25 by 20 million US dollars (80 % of output); --balance repairs such gaps"},
        {n, "VA,20,20", "VA,20,30",
         "sheet: E2 fails for Electricity, gas, steam and air conditioning supply in Australia: costs of 35 exceed "
         "output of "
         "25 by 10 million US dollars (40 % of output); --balance repairs such gaps"},
        {n, "USA_A01,0,0", "USA_A01,0,-20",
         "sheet: sales of Agriculture and hunting of United States to Electricity, gas, steam and air conditioning "
         "supply in "
         "Australia are negative (-20 million US dollars); stock changes were left in, see --stocks"},
    };
    CHECK_MISTAKES(&world, mistakes);
}

TEST(an_output_below_zero_is_refused, "golden")
{
    static const small_file negative = {"sheet.csv",
                                        "V1,AUS_A01,AUS_HFCE,OUT\nAUS_A01,0,-5,-5\nTLS,0\nVA,-5\nOUT,-5\n"};
    const small_world w = {.layout = ENT_LAYOUT_OECD_ICIO, .folder = "icio", .file = &negative, .files = 1};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    CHECK(small_world_import(&w, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text,
               "sheet: output of Agriculture and hunting in Australia is negative (-5 million US dollars); correct "
               "it in the source");
}

TEST(a_cut_icio_sheet_is_refused, "faults")
{
    check_cuts(__FILE__, __LINE__, &world, "sheet.csv", (ptrdiff_t)strlen(sheet.content) - 13);
}

TEST(an_icio_import_fails_cleanly_at_every_allocation, "faults")
{
    check_allocations(__FILE__, __LINE__, &world);
}

static ent_status import_file(const char *path, ent_arena *house, ent_table *t, ent_error *err)
{
    const ent_import ask = {.layout = ENT_LAYOUT_OECD_ICIO, .paths = &path, .path_count = 1};
    return ent_table_import(&ask, house, t, err);
}

TEST(the_19_by_24_world_reads_as_its_description_says, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table t, embedded;
    ent_table_balance b;
    ent_error err = {{0}};
    MUST(import_file(ENT_SOURCE_DIR "/data/baseline2022/icio_r19s24_2022.csv.gz", &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    CHECK(t.regions.count == 19 && t.sectors.count == 24 && t.uses.count == 6 && t.year == 2022);
    ent_table_measure(&t, &b);
    CHECK_NEAR(b.world_output, 199.69e6, 0.005e6); /* as its SOURCE.md says, trillions */
    CHECK_NEAR(b.world_value_added, 96.4e6, 0.05e6);
    CHECK(t.duty_accounts == ENT_DUTIES_IN_VALUE_ADDED);
    MUST(ent_table_read("baseline2022", &house, &embedded, &err), err);
    for (ptrdiff_t c = 0; c < 456 * 456; c++)
        if (fabs(t.z[c] - embedded.z[c]) > 1e-9 * (1.0 + fabs(t.z[c]))) {
            test_fail(__FILE__, __LINE__, "z[%td] is %.17g in the file, %.17g in the embedded world", c, t.z[c],
                      embedded.z[c]);
            break;
        }
}

/* ---- full size ---- */

static void pack(const char *path)
{
    ENT_SCRATCH house = {0};
    ent_bytes bytes;
    ent_error err = {{0}};
    MUST(ent_bytes_read(path, 0, &house, &bytes, &err), err);
    const size_t room = ZSTD_compressBound(bytes.size);
    char *packed = ent_new(&house, char, room), *name = ent_string_format(&house, "%s.zst", path);
    const size_t size = ZSTD_compress(packed, room, bytes.data, bytes.size, 1);
    MUST(ent_bytes_write(name, packed, size, &err), err);
    gzFile gz = gzopen(ent_string_format(&house, "%s.gz", path), "wb1");
    CHECK(gz != NULL && gzwrite(gz, bytes.data, (unsigned)bytes.size) == (int)bytes.size && gzclose(gz) == Z_OK);
}

TEST(a_sheet_of_full_size_reads_plain_and_packed, "E1")
{
    static const char *const endings[] = {"", ".gz", ".zst"};
    ENT_SCRATCH names = {0};
    char *path = ent_string_format(&names, "%s/2022_SML.csv", test_temporary_folder());
    char *command = ent_string_format(&names, "'%s/generate_icio' 81 50 7 > '%s'", ENT_BINARY_DIR, path);
    const char *hash = NULL;
    if (system(command) != 0) {
        test_fail(__FILE__, __LINE__, "%s failed", command);
        return;
    }
    pack(path);
    for (int e = 0; e < 3; e++) {
        ENT_SCRATCH house = {0};
        ent_table t;
        ent_error err = {{0}};
        char *file = ent_string_format(&names, "%s%s", path, endings[e]);
        const double began = ent_seconds();
        MUST(import_file(file, &house, &t, &err), err);
        CHECK(ent_seconds() - began < 60.0); /* ≤ 3 s is bench's matter; this must only end under sanitizers too */
        CHECK(t.regions.count == 81 && t.sectors.count == 50 && t.year == 2022);
        CHECK_TEXT(t.regions.code[80], "ROW");
        CHECK_TEXT(t.sectors.label[49], "Activities of households as employers; undifferentiated goods- and "
                                        "services-producing activities of households for own use");
        CHECK_TEXT(t.name, "2022_SML");
        const char *here = ent_table_hash(&t, &names);
        if (hash != NULL) CHECK_TEXT(here, hash);
        hash = here;
        remove(file);
    }
}
