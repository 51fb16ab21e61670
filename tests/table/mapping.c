/* mapping.c: mapping files. */
// SPDX-License-Identifier: MIT
#include "table/readers.h"
#include "test.h"

static ent_status name_four(ent_names *names, ent_arena *house)
{
    ENT_TRY(ent_names_add(names, house, "AUS", "Australia", NULL));
    ENT_TRY(ent_names_add(names, house, "NA", "Namibia", NULL));
    ENT_TRY(ent_names_add(names, house, "USA", "United States", NULL));
    return ent_names_add(names, house, "MEX", "Mexico", NULL);
}

static ent_status parse(const char *text, ent_arena *house, ptrdiff_t **map, ent_names *to, ent_error *err)
{
    ent_names names = {0};
    const ent_source source = {"map.csv", {text, strlen(text)}};
    if (name_four(&names, house) != ENT_OK) return ent_fail(err, ENT_NO_MEMORY, "no memory for names");
    return ent_mapping_parse(&source, &names, house, map, to, err);
}

TEST(a_mapping_sends_every_name_somewhere, "text")
{
    ENT_SCRATCH house = {0};
    ent_error err = {{0}};
    ent_names to;
    ptrdiff_t *map;
    MUST(parse("from,to,label\nUSA,NORTH,North\nAUS,SOUTH,\nNA,SOUTH,The South\nMEX,NORTH,North\n", &house, &map, &to,
               &err),
         err);
    CHECK(to.count == 2 && map[0] == 1 && map[1] == 1 && map[2] == 0 && map[3] == 0);
    CHECK_TEXT(to.label[0], "North");
    CHECK_TEXT(to.label[1], "The South");
    MUST(parse("comment,to,from\r\n?,A,AUS\r\n?,B,NA\r\n?,C,USA\r\n?,\"D, \"\"d\"\"\",MEX", &house, &map, &to, &err),
         err);
    CHECK_TEXT(to.code[3], "D, \"d\"");
    CHECK_TEXT(to.label[3], "D, \"d\"");
}

TEST(wrong_mappings_are_refused_by_name, "golden")
{
    static const struct {
        const char *text, *sentence;
    } wrong[] = {
        {"", "map.csv: is empty"},
        {"\n \n", "map.csv: is empty"},
        {"from\nAUS\n", "map.csv: has no column 'to'"},
        {"to\nAUS\n", "map.csv: has no column 'from'"},
        {"form,to\n", "map.csv: has no column 'from'; is 'form' meant?"},
        {"from;to\nAUS;A\n", "map.csv: the columns are separated by semicolons; write commas"},
        {"from,to,to\n", "map.csv:1:9: the column 'to' is there twice"},
        {"from,to,\n", "map.csv:1:9: a column of the header has no name"},
        {"from,to\n", "map.csv: does not say where 'AUS' and 3 more go"},
        {"from,to\nAUS,A\nNA,A\nUSA,A\n", "map.csv: does not say where 'MEX' goes"},
        {"from,to\nAUS,A\nUSA,A\nMEX,A\n", "map.csv: does not say where 'NA' goes"},
        {"from,to\nAUS,A\nAUS,B\n", "map.csv:3:1: 'AUS' is mapped twice"},
        {"from,to\nAUS,A\nAUS,A\n", "map.csv:3:1: 'AUS' is mapped twice"},
        {"from,to\nAUT,A\n", "map.csv:2:1: 'AUT' is no name of the table; is 'AUS' meant?"},
        {"from,to\naus,A\n", "map.csv:2:1: 'aus' is no name of the table; is 'AUS' meant?"},
        {"from,to\nMexico,A\n", "map.csv:2:1: 'Mexico' is no name of the table; is 'MEX' meant?"},
        {"from,to\n,A\n", "map.csv:2:1: '' is no name of the table"},
        {"from,to\nAUS,\n", "map.csv:2:5: 'to' is empty"},
        {"from,to\nAUS\n", "map.csv:2: the row has 1 field, but the header has 2"},
        {"from,to\nAUS,A,B\n", "map.csv:2: the row has 3 fields, but the header has 2"},
        {"from,to\n\"AUS,A\n", "map.csv:2:1: the quote that opens here is never closed"},
        {"from,to\n\"AUS\n\",A\n", "map.csv:2:1: 'AUS?' is no name of the table; is 'AUS' meant?"},
        {"from,to\n\"AUS\"x,A\n", "map.csv:2:1: something stands behind the closing quote; double the quotes inside"},
        {"from,to,label\nAUS,A,One\nNA,A,Two\n", "map.csv:3:6: 'A' is called 'Two' here, but 'One' further up"},
    };
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        ENT_SCRATCH house = {0};
        ent_error err = {{0}};
        ent_names to;
        ptrdiff_t *map;
        CHECK(parse(wrong[w].text, &house, &map, &to, &err) == ENT_BAD_INPUT);
        CHECK_TEXT(err.text, wrong[w].sentence);
    }
}

TEST(a_mapping_fails_cleanly_at_every_allocation, "faults")
{
    for (long nth = 1; nth < 100; nth++) {
        ENT_SCRATCH house = {0}, room = {0};
        ent_error err = {{0}};
        ent_names names = {0}, to;
        ptrdiff_t *map;
        MUST(name_four(&names, &house), err);
        static const char text[] = "from,to,label\nUSA,N,North\nAUS,S,South\nNA,S,\nMEX,N,North\n";
        const ent_source source = {"map.csv", {text, sizeof text - 1}};
        test_fail_allocation(nth);
        const ent_status status = ent_mapping_parse(&source, &names, &room, &map, &to, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) return;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
    }
    test_fail(__FILE__, __LINE__, "a hundred allocations were not enough");
}
