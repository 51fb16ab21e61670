/* csv_write.c: fields are quoted where a reader would otherwise split them. */
// SPDX-License-Identifier: MIT
#include "text/csv_write.h"
#include "test.h"

static void check_field(const char *value, const char *wanted)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_csv_field(&text, value);
    CHECK_TEXT(text.data == NULL ? "" : text.data, wanted);
}

TEST(fields_are_quoted_only_where_needed, "CSV")
{
    check_field("plain", "plain");
    check_field("", "");
    check_field("Türkiye", "Türkiye");
    check_field("Food, beverages", "\"Food, beverages\"");
    check_field("the \"south\"", "\"the \"\"south\"\"\"");
    check_field("two\nlines", "\"two\nlines\"");
    check_field(" blank", "\" blank\"");
}

TEST(undefined_numbers_are_empty_fields, "CSV")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_csv_number(&text, (double)NAN);
    ent_csv_number(&text, (double)INFINITY);
    CHECK(text.size == 0);
    ent_csv_number(&text, 0.1);
    CHECK_TEXT(text.data, "0.1");
}
