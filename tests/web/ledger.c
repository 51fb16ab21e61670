/* ledger.c: one table, as CSV that any reader takes apart again and as JSON; where there is no number there is nothing.
 */
// SPDX-License-Identifier: MIT
#include "ledger.h"
#include "test.h"

static const ledger_column columns[] = {{"who", 1}, {"how much", 0}};

static ledger two_rows(ent_arena *arena)
{
    ledger book = ledger_begin(arena, columns, 2);
    ledger_text(&book, "a, \"b\"");
    ledger_number(&book, 0.1);
    ledger_text(&book, "plain");
    ledger_number(&book, INFINITY);
    return book;
}

TEST(a_table_as_csv_quotes_what_needs_it_and_leaves_out_what_is_no_number, "CSV")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    const ledger book = two_rows(&scratch);
    ledger_csv(&book, &text);
    CHECK_TEXT(text.data, "who,how much\n\"a, \"\"b\"\"\",0.10000000000000001\nplain,\n");
}

TEST(a_table_as_json_has_a_row_a_line_inside_a_document, "JSON")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_json json = {.text = &text, .pretty = 1};
    const ledger book = two_rows(&scratch), empty = ledger_begin(&scratch, columns, 2);
    ent_json_open(&json, '{');
    ent_json_key(&json, "rows");
    ledger_json(&book, &json);
    ent_json_key(&json, "none");
    ledger_json(&empty, &json);
    ent_json_close(&json, '}');
    CHECK_TEXT(text.data, "{\n"
                          "  \"rows\": [\n"
                          "    {\"who\": \"a, \\\"b\\\"\", \"how much\": 0.10000000000000001},\n"
                          "    {\"who\": \"plain\", \"how much\": null}\n"
                          "  ],\n"
                          "  \"none\": []\n"
                          "}");
}

TEST(a_table_without_memory_says_so, "faults")
{
    for (long nth = 1;; nth++) {
        ENT_SCRATCH scratch = {0};
        test_fail_allocation(nth);
        const ledger book = two_rows(&scratch);
        test_fail_allocation(0);
        CHECK(book.failed || book.cells == 4);
        if (!book.failed) {
            CHECK(nth > 1);
            break;
        }
    }
}
