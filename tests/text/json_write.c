/* json_write.c: what is written, another reader of JSON (jansson) reads back the same. */
// SPDX-License-Identifier: MIT
#include "text/json_write.h"
#include "test.h"
#include <jansson.h>

static void check_string(const char *value, const char *wanted)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_json json = {.text = &text};
    ent_json_open(&json, '[');
    ent_json_string(&json, value);
    ent_json_close(&json, ']');
    CHECK(strchr(text.data, '<') == NULL && strchr(text.data, '>') == NULL && strchr(text.data, '&') == NULL);
    json_t *read = json_loads(text.data, 0, NULL);
    CHECK(read != NULL);
    CHECK_TEXT(json_string_value(json_array_get(read, 0)), wanted);
    json_decref(read);
}

TEST(strings_read_back_and_never_end_a_script, "JSON")
{
    check_string("plain", "plain");
    check_string("a \"quoted\" \\ back\nslash\ttab", "a \"quoted\" \\ back\nslash\ttab");
    check_string("</script><script>alert(1)</script>", "</script><script>alert(1)</script>");
    check_string("Türkiye – 中国 𐍈", "Türkiye – 中国 𐍈");
    check_string("line\xe2\x80\xa8separator", "line\xe2\x80\xa8separator");
    check_string("\x01\x1f\x7f", "\x01\x1f\x7f");
}

TEST(wrong_utf8_becomes_the_replacement_character, "JSON")
{
    check_string("a\xff"
                 "b",
                 "a\xef\xbf\xbd"
                 "b");
    check_string("cut \xe4\xb8", "cut \xef\xbf\xbd\xef\xbf\xbd");
    check_string("overlong \xc0\xaf", "overlong \xef\xbf\xbd\xef\xbf\xbd");
    check_string("surrogate \xed\xa0\x80", "surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void write_nested(ent_json *json)
{
    ent_json_open(json, '{');
    ent_json_pair(json, "name", "x");
    ent_json_pair(json, "nothing", NULL);
    ent_json_key(json, "list");
    ent_json_open_dense(json, '[');
    ent_json_number(json, 0.1);
    ent_json_number(json, (double)NAN);
    ent_json_number(json, (double)INFINITY);
    ent_json_close(json, ']');
    ent_json_key(json, "empty");
    ent_json_open(json, '{');
    ent_json_close(json, '}');
    ent_json_pair_integer(json, "count", -3);
    ent_json_key(json, "sure");
    ent_json_truth(json, 1);
    ent_json_close(json, '}');
}

TEST(commas_and_lines_stand_where_they_should, "JSON")
{
    ENT_SCRATCH scratch = {0};
    ent_text tight = {.arena = &scratch}, pretty = {.arena = &scratch};
    write_nested(&(ent_json){.text = &tight});
    write_nested(&(ent_json){.text = &pretty, .pretty = 1});
    CHECK_TEXT(tight.data,
               "{\"name\":\"x\",\"nothing\":null,\"list\":[0.1,null,\"infinite\"],\"empty\":{},\"count\":-3,"
               "\"sure\":true}");
    CHECK_TEXT(pretty.data, "{\n"
                            "  \"name\": \"x\",\n"
                            "  \"nothing\": null,\n"
                            "  \"list\": [0.1, null, \"infinite\"],\n"
                            "  \"empty\": {},\n"
                            "  \"count\": -3,\n"
                            "  \"sure\": true\n"
                            "}");
}

TEST(members_in_one_call_are_those_in_two, "JSON")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_json json = {.text = &text, .pretty = 1};
    const char *const words[] = {"a", "b\"", NULL};
    ent_json_open(&json, '{');
    ent_json_pair_rounded(&json, "third", 1.0 / 3.0, 3);
    ent_json_pair_rounded(&json, "none", NAN, 3);
    ent_json_pair_rounded(&json, "whole", 0.1, 17);
    ent_json_pair_truth(&json, "yes", 7);
    ent_json_pair_truth(&json, "no", 0);
    ent_json_pair_strings(&json, "words", words, 3);
    ent_json_pair_strings(&json, "nothing", NULL, 0);
    ent_json_close(&json, '}');
    CHECK_TEXT(text.data, "{\n"
                          "  \"third\": 0.333,\n"
                          "  \"none\": null,\n"
                          "  \"whole\": 0.10000000000000001,\n"
                          "  \"yes\": true,\n"
                          "  \"no\": false,\n"
                          "  \"words\": [\"a\", \"b\\\"\", null],\n"
                          "  \"nothing\": []\n"
                          "}");
}
