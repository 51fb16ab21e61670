/* csv.c: the cursor over CSV bytes: what is taken, what is refused, and where the sentences point. */
// SPDX-License-Identifier: MIT
#include "text/csv.h"
#include "test.h"

/* All rows as text: fields in [ ], rows ended by /. An error's sentence ends it. */
static const char *rows_of(const char *data, size_t size, ent_arena *arena)
{
    ent_text out = {.arena = arena};
    ent_error err = {{0}};
    ent_csv csv;
    ent_csv_open(&csv, (ent_bytes){data, size}, "f.csv", arena);
    ent_text_add(&out, "", 0);
    while (ent_csv_next_row(&csv)) {
        while (csv.in_row) {
            ent_field field;
            if (ent_csv_take(&csv, &field, &err) != ENT_OK) {
                ent_text_say(&out, "%s", err.text);
                return out.data;
            }
            ent_text_say(&out, "[%.*s]", (int)field.length, field.text);
        }
        ent_text_say(&out, "/");
    }
    return out.data;
}

static void check_rows(const char *text, const char *wanted)
{
    ENT_SCRATCH scratch = {0};
    CHECK_TEXT(rows_of(text, strlen(text), &scratch), wanted);
}

TEST(fields_and_rows_end_where_csv_says, "text")
{
    check_rows("", "");
    check_rows("a", "[a]/");
    check_rows("a,b\nc,d\n", "[a][b]/[c][d]/");
    check_rows("a,b\r\nc,d\r\n", "[a][b]/[c][d]/");
    check_rows("a,b\rc,d", "[a][b]/[c][d]/");
    check_rows("a,\n,\n,,", "[a][]/[][]/[][][]/");
    check_rows("\n\n  \t\na\n\r\n\nb\n\n", "[a]/[b]/");
    check_rows("\xef\xbb\xbf"
               "a,b",
               "[a][b]/");
    check_rows(" a , b ", "[ a ][ b ]/");
    check_rows("NA,\xc3\xa9", "[NA][\xc3\xa9]/");
}

TEST(quotes_hold_commas_line_ends_and_quotes, "text")
{
    check_rows("\"a,b\",\"c\nd\",\"e \"\"f\"\"\"\n1,2,3", "[a,b][c\nd][e \"f\"]/[1][2][3]/");
    check_rows("\"\",\"\"\"\"", "[][\"]/");
    check_rows("a\"b,c\"", "[a\"b][c\"]/");
    check_rows("\"x\r\ny\"\r\nz", "[x\r\ny]/[z]/");
}

TEST(wrong_csv_is_refused_with_line_and_column, "text")
{
    check_rows("a,b\nc,\"d", "[a][b]/[c]f.csv:2:3: the quote that opens here is never closed");
    check_rows("\"a\" b", "f.csv:1:1: something stands behind the closing quote; double the quotes inside");
    check_rows("\"two\nlines\",x,\"y\"z",
               "[two\nlines][x]f.csv:2:10: something stands behind the closing quote; double "
               "the quotes inside");
    check_rows("\xc3\xa9\xc3\xa9,\"", "[\xc3\xa9\xc3\xa9]f.csv:1:4: the quote that opens here is never closed");
}

TEST(a_zero_byte_is_refused_wherever_it_stands, "text")
{
    ENT_SCRATCH scratch = {0};
    CHECK_TEXT(rows_of("a,b\0c,d", 7, &scratch), "[a]f.csv:1:3: has a zero byte; this is no text file");
    CHECK_TEXT(rows_of("a\n\"b\0\"", 6, &scratch), "[a]/f.csv:2:1: has a zero byte; this is no text file");
    CHECK_TEXT(rows_of("\0", 1, &scratch), "f.csv:1:1: has a zero byte; this is no text file");
}

/* Every way to write a table of odd strings reads back as those strings. */
TEST(what_is_quoted_reads_back, "text")
{
    static const char *const odd[] = {"", "a", ",", "\"", "\n", "\r\n", "a\"\"b", " ", "NA", "\"\"\"", "x,y\n\"z\""};
    enum {
        ODD = sizeof odd / sizeof *odd
    };
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch}, wanted = {.arena = &scratch};
    for (int a = 0; a < ODD; a++)
        for (int b = 0; b < ODD; b++) {
            ent_text_say(&text, "k");
            for (int f = 0; f < 2; f++) {
                ent_text_add(&text, ",\"", 2);
                for (const char *c = odd[f == 0 ? a : b]; *c != 0; c++)
                    ent_text_say(&text, *c == '"' ? "\"\"" : "%c", *c);
                ent_text_add(&text, "\"", 1);
            }
            ent_text_say(&text, "\n");
            ent_text_say(&wanted, "[k][%s][%s]/", odd[a], odd[b]);
        }
    CHECK_TEXT(rows_of(text.data, text.size, &scratch), wanted.data);
}

TEST(a_number_that_is_none_is_named_with_its_place, "text")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {{0}};
    ent_csv csv;
    double value = 0.0;
    const char text[] = "1,x\n,nan,2e999,a very long word that nobody would ever write into a field of numbers";
    ent_csv_open(&csv, (ent_bytes){text, sizeof text - 1}, "f.csv", &scratch);
    CHECK(ent_csv_next_row(&csv));
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_OK);
    CHECK_NEAR(value, 1.0, 0.0);
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:1:3: 'x' is not a number");
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:2:1: the row ends too early");
    CHECK(ent_csv_next_row(&csv));
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:2:1: a number is missing; write 0 where there is nothing");
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:2:2: 'nan' is not a number");
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:2:6: '2e999' is larger than any number that can be kept");
    CHECK(ent_csv_take_number(&csv, &value, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "f.csv:2:12: 'a very long word that nobody would ever …' is not a number");
}

TEST(a_field_is_shown_without_control_bytes_and_whole_characters, "text")
{
    const char text[] = "a\tb\x7f";
    const ent_field field = {text, 4, text, text, 1};
    CHECK_TEXT(ent_field_show(&field).text, "a?b?");
    char many[64];
    for (int c = 0; c < 60; c += 2) memcpy(many + c, "\xc3\xa9", 2);
    const ent_field wide = {many, 59, many, many, 1};
    CHECK(strlen(ent_field_show(&wide).text) == 40 + strlen("…"));
    const ent_field odd = {many + 1, 58, many, many, 1};
    CHECK(strlen(ent_field_show(&odd).text) == 39 + strlen("…"));
}
