/* json_read.c: what is read is what another reader of JSON (jansson) reads, or both refuse it; sentences with places.
 */
// SPDX-License-Identifier: MIT
#include "entente/text.h"
#include "test.h"
#include <jansson.h>

static ent_status read_text(const char *text, ent_arena *arena, const ent_json_value **root, ent_error *err)
{
    return ent_json_read((ent_bytes){text, strlen(text)}, "t", arena, root, err);
}

static int same(const ent_json_value *a, const json_t *b)
{
    switch (a->kind) {
    case ENT_JSON_NULL:
        return json_is_null(b);
    case ENT_JSON_FALSE:
        return json_is_false(b);
    case ENT_JSON_TRUE:
        return json_is_true(b);
    case ENT_JSON_NUMBER:
        return json_is_number(b) && !(json_number_value(b) < a->number || json_number_value(b) > a->number);
    case ENT_JSON_STRING:
        return json_is_string(b) && strcmp(json_string_value(b), a->text) == 0;
    case ENT_JSON_ARRAY: {
        size_t k = 0;
        if (!json_is_array(b) || json_array_size(b) != (size_t)a->count) return 0;
        for (const ent_json_value *one = a->first; one != NULL; one = one->next)
            if (!same(one, json_array_get(b, k++))) return 0;
        return 1;
    }
    case ENT_JSON_OBJECT:
        if (!json_is_object(b) || json_object_size(b) != (size_t)a->count) return 0;
        for (const ent_json_value *one = a->first; one != NULL; one = one->next)
            if (!same(one, json_object_get(b, one->key))) return 0;
        return 1;
    }
    return 0;
}

TEST(texts_mean_what_they_mean_to_another_reader, "JSON")
{
    static const char *const texts[] = {
        "null", " true ", "false", "0", "-0", "12", "-1.5", "1e3", "1E+3", "2.5e-7", "123456789012345678", "0.1",
        "1.7976931348623157e308", "4.9e-324", "\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0041\\u00e9\\u20ac\"", "\"\\ud834\\udd1e\"", "\"Türkiye – 中国 𐍈\"", "[]", "[1]", "[1, [2, [3]], \"4\"]",
        "{}", "{\"a\": 1}", "{\"a\": {\"b\": [true, null]}, \"c\": \"d\"}", "\n{\r\n\t\"k\" : [ ] }\n", "[\"\\u007f\"]",
        /* and what is none */
        "", " ", "nul", "truex", "01", "-", "1.", ".5", "1e", "+1", "1 2", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud834\"",
        "\"\\udd1e\"", "\"\\ud834\\u0041\"", "\"\t\"", "\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "[", "[1", "[1,",
        "[1,]", "[,1]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}",
        "]", "}", "[}", "{]", "[1}", "'a'", "[1 2]", "{\"a\":1 \"b\":2}", "NaN", "Infinity", "1e999", "-1e999",
        "\"\\u0000\"", "\"a\\", "/* */ 1"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        ENT_SCRATCH scratch = {0};
        const ent_json_value *root = NULL;
        ent_error err = {0};
        json_t *other = json_loads(texts[t], JSON_DECODE_ANY, NULL);
        const ent_status status = read_text(texts[t], &scratch, &root, &err);
        if ((status == ENT_OK) != (other != NULL))
            test_fail(__FILE__, __LINE__, "`%s` is %s here and %s there (%s)", texts[t],
                      status == ENT_OK ? "read" : "refused", other != NULL ? "read" : "refused", err.text);
        else if (other != NULL && !same(root, other))
            test_fail(__FILE__, __LINE__, "`%s` means something else to another reader", texts[t]);
        json_decref(other);
    }
}

static void check_refused(const char *text, const char *sentence)
{
    ENT_SCRATCH scratch = {0};
    const ent_json_value *root;
    ent_error err = {0};
    CHECK(read_text(text, &scratch, &root, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, sentence);
}

TEST(a_mistake_is_told_with_its_line_and_column, "JSON")
{
    check_refused("", "t:1:1: nothing stands here, and a JSON value was expected");
    check_refused("{\"a\": 1,\n  \"é\": nix}",
                  "t:2:8: a value was expected: a string in double quotes, a number, {, [, true, "
                  "false or null");
    check_refused("{\"a\": 1\n \"b\": 2}", "t:2:2: a comma or } was expected");
    check_refused("[1, \"abc", "t:1:5: a string that begins here has no closing quote");
    check_refused("[\"é\\q\"]", "t:1:4: an unknown escape; a backslash itself is written \\\\");
    check_refused("[\"\\u12\"]", "t:1:3: \\u needs four hexadecimal digits");
    check_refused("[\"a\\u0000\"]", "t:1:4: the character 0 may not stand in a text");
    check_refused("[1e999]", "t:1:2: this number is beyond the largest");
    check_refused("[01]", "t:1:2: this is no number as JSON writes them");
    check_refused("{\"a\":\n\n[1", "t:3:3: the text ends before its { or [ is closed");
    check_refused("{} x", "t:1:4: something stands behind the end of the value");
    check_refused("{\"a\\\nb\": 1}", "t:1:4: an unknown escape; a backslash itself is written \\\\");
}

TEST(depth_is_bounded_and_what_was_read_can_be_written, "JSON")
{
    char deep[2 * ENT_JSON_DEPTH + 8];
    for (int depth = ENT_JSON_DEPTH - 3; depth <= ENT_JSON_DEPTH; depth++) {
        ENT_SCRATCH scratch = {0};
        const ent_json_value *root;
        ent_error err = {0};
        memset(deep, '[', (size_t)depth);
        memset(deep + depth, ']', (size_t)depth);
        deep[2 * depth] = 0;
        const ent_status status = read_text(deep, &scratch, &root, &err);
        CHECK((status == ENT_OK) == (depth <= ENT_JSON_DEPTH - 2));
        if (status != ENT_OK) continue;
        ent_text text = {.arena = &scratch};
        ent_json json = {.text = &text};
        ent_json_value_say(root, &json);
        CHECK_TEXT(text.data, deep);
    }
}

TEST(numbers_are_written_in_their_own_words, "JSON")
{
    ENT_SCRATCH scratch = {0};
    const ent_json_value *root;
    ent_error err = {0};
    ent_text text = {.arena = &scratch};
    ent_json json = {.text = &text};
    MUST(read_text("{\"a\": [1e-11, 10.50, -0], \"b\": {\"c\": \"d\", \"e\": null}, \"f\": true}", &scratch, &root,
                   &err),
         err);
    ent_json_value_say(root, &json);
    CHECK_TEXT(text.data, "{\"a\":[1e-11,10.50,-0],\"b\":{\"c\":\"d\",\"e\":null},\"f\":true}");
    CHECK(ent_json_find(root, "b") != NULL && ent_json_find(root, "z") == NULL);
    CHECK(root->first->first->line == 1 && root->first->first->column == 8);
}

/* A megabyte of values on one line: places are counted once, not once a value. */
TEST(a_long_line_costs_one_reading, "JSON")
{
    enum {
        VALUES = 500000
    };
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    const ent_json_value *root;
    ent_error err = {0};
    ent_text_add(&text, "[0", 2);
    for (int k = 1; k < VALUES; k++) ent_text_add(&text, ",1", 2);
    ent_text_add(&text, "]", 1);
    const double began = ent_seconds();
    MUST(ent_json_read((ent_bytes){text.data, text.size}, "t", &scratch, &root, &err), err);
    CHECK(root->count == VALUES);
    CHECK(ent_seconds() - began < 20.0); /* some 0.05 s; read once a value it would be minutes */
    CHECK(scratch.bytes < (size_t)200 << 20);
}

TEST(the_nth_allocation_of_a_tree_fails_cleanly, "faults")
{
    static const char text[] = "{\"a\": [1, \"b\\n\", {\"c\": true}]}";
    for (long n = 1;; n++) {
        ENT_SCRATCH scratch = {0};
        const ent_json_value *root;
        ent_error err = {0};
        test_fail_allocation(n);
        const ent_status status = read_text(text, &scratch, &root, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
        CHECK(n < 100);
    }
}
