/* records.c: files with a header line: columns by name, rows of as many fields. */
// SPDX-License-Identifier: MIT
#include "text/records.h"
#include "test.h"

/* Read `key` and `value` of every row; the sentence of the first error, or what was read. */
static const char *read_all(const char *text, ent_arena *arena)
{
    ent_text out = {.arena = arena};
    ent_error err = {{0}};
    ent_records r;
    ptrdiff_t key, value;
    int found;
    ent_text_add(&out, "", 0);
    ent_status status = ent_records_open(&r, (ent_bytes){text, strlen(text)}, "f.csv", arena, &err);
    if (status == ENT_OK) status = ent_records_column(&r, "key", &key, &err);
    if (status == ENT_OK) status = ent_records_column(&r, "value", &value, &err);
    while (status == ENT_OK) {
        double number;
        status = ent_records_next(&r, &found, &err);
        if (status != ENT_OK || !found) break;
        status = ent_records_number(&r, value, &number, &err);
        if (status == ENT_OK) ent_text_say(&out, "%.*s=%g;", (int)r.field[key].length, r.field[key].text, number);
    }
    return status == ENT_OK ? out.data : ent_string_copy(arena, err.text);
}

static void check(const char *text, const char *wanted)
{
    ENT_SCRATCH scratch = {0};
    CHECK_TEXT(read_all(text, &scratch), wanted);
}

TEST(records_read_columns_by_name_in_any_order, "text")
{
    check("key,value\na,1\nb,2\n", "a=1;b=2;");
    check("other,value,key\n?,1,\"a\"\n\n?,2,NA", "a=1;NA=2;");
    check("key,value\n", "");
}

TEST(wrong_records_are_refused_by_name, "text")
{
    check("", "f.csv: is empty");
    check("\n\n", "f.csv: is empty");
    check("key,valeu\n", "f.csv: has no column 'value'; is 'valeu' meant?");
    check("key,x\n", "f.csv: has no column 'value'");
    check("key;value\na;1\n", "f.csv: the columns are separated by semicolons; write commas");
    check("key\tvalue\n", "f.csv: the columns are separated by tabs; write commas");
    check("key,key\n", "f.csv:1:5: the column 'key' is there twice");
    check("key,,value\n", "f.csv:1:5: a column of the header has no name");
    check("key,value\na,1\nb\n", "f.csv:3: the row has 1 field, but the header has 2");
    check("key,value\na,1,2\n", "f.csv:2: the row has 3 fields, but the header has 2");
    check("key,value\na,\n", "f.csv:2:3: a number is missing; write 0 where there is nothing");
    check("key,value\n\"a\nb\",x\n", "f.csv:3:4: 'x' is not a number");
    check("key,value\na,\"1\n", "f.csv:2:3: the quote that opens here is never closed");
}

TEST(names_are_known_or_the_nearest_is_told, "text")
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    ent_records r;
    ent_error err = {{0}};
    ptrdiff_t at = -1;
    int found;
    const char text[] = "region\nMEX\nMXE\nelsewhere at all\n";
    MUST(ent_names_add(&names, &scratch, "MEX", "Mexico", NULL), err);
    MUST(ent_records_open(&r, (ent_bytes){text, sizeof text - 1}, "f.csv", &scratch, &err), err);
    MUST(ent_records_next(&r, &found, &err), err);
    MUST(ent_records_known(&r, 0, &names, "region", &at, &err), err);
    CHECK(at == 0);
    MUST(ent_records_next(&r, &found, &err), err);
    CHECK(ent_records_known(&r, 0, &names, "region", &at, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:3:1: 'MXE' is no region; is 'MEX' meant?");
    MUST(ent_records_next(&r, &found, &err), err);
    CHECK(ent_records_known(&r, 0, &names, "region", &at, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:4:1: 'elsewhere at all' is no region");
}

TEST(records_fail_cleanly_at_every_allocation, "faults")
{
    for (long nth = 1; nth < 200; nth++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_records r;
        test_fail_allocation(nth);
        const char text[] = "key,value\n\"a \"\"b\"\"\",1\n";
        int found = 0;
        ent_status status = ent_records_open(&r, (ent_bytes){text, sizeof text - 1}, "f.csv", &scratch, &err);
        if (status == ENT_OK) status = ent_records_next(&r, &found, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) return;
        CHECK(status == ENT_NO_MEMORY);
        CHECK(err.text[0] != 0);
    }
    test_fail(__FILE__, __LINE__, "two hundred allocations were not enough");
}
