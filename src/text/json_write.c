/* json_write.c: values -> JSON text. The writer counts depth and commas; the caller says what stands where. */
// SPDX-License-Identifier: MIT
#include "text/json_write.h"
#include "text/number.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void new_line(ent_json *json)
{
    if (!json->pretty || json->dense[json->depth]) return;
    ent_text_add(json->text, "\n", 1);
    for (int d = 0; d < json->depth; d++) ent_text_add(json->text, "  ", 2);
}

static void before_value(ent_json *json)
{
    if (json->after_key) {
        json->after_key = 0;
        return;
    }
    if (json->busy[json->depth])
        ent_text_add(json->text, json->dense[json->depth] && json->pretty ? ", " : ",",
                     json->dense[json->depth] && json->pretty ? 2 : 1);
    json->busy[json->depth] = 1;
    if (json->depth > 0) new_line(json);
}

static void open_as(ent_json *json, char bracket, int dense)
{
    before_value(json);
    ent_text_add(json->text, &bracket, 1);
    assert(json->depth + 1 < ENT_JSON_DEPTH);
    dense = dense || json->dense[json->depth];
    json->depth++;
    json->busy[json->depth] = 0;
    json->dense[json->depth] = (unsigned char)dense;
}

void ent_json_open(ent_json *json, char bracket)
{
    open_as(json, bracket, 0);
}

void ent_json_open_dense(ent_json *json, char bracket)
{
    open_as(json, bracket, 1);
}

void ent_json_close(ent_json *json, char bracket)
{
    assert(json->depth > 0 && !json->after_key);
    const int empty = !json->busy[json->depth], dense = json->dense[json->depth];
    json->depth--;
    if (!empty && !dense) new_line(json);
    ent_text_add(json->text, &bracket, 1);
}

/* Length of the UTF-8 character at s, 0 where it is not one (overlong forms, surrogates and cut ones included). */
static size_t character_length(const unsigned char *s)
{
    static const struct {
        unsigned char least, most, second_least, second_most;
        size_t length;
    } kinds[] = {{0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
                 {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
                 {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (s[0] < kinds[k].least || s[0] > kinds[k].most) continue;
        if (kinds[k].length == 1) return 1;
        if (s[1] < kinds[k].second_least || s[1] > kinds[k].second_most) return 0;
        for (size_t c = 2; c < kinds[k].length; c++)
            if ((s[c] & 0xc0) != 0x80) return 0;
        return kinds[k].length;
    }
    return 0;
}

static void quoted(ent_text *text, const char *value)
{
    ent_text_add(text, "\"", 1);
    const char *plain = value; /* what waits to be written as it is */
    for (const char *c = value; *c != 0;) {
        const size_t length = character_length((const unsigned char *)c);
        const int bare = length > 1 || (length == 1 && (unsigned char)*c >= 0x20 && strchr("\"\\<>&\x7f", *c) == NULL);
        if (bare && !(length == 3 && memcmp(c, "\xe2\x80", 2) == 0 && (c[2] == '\xa8' || c[2] == '\xa9'))) {
            c += length;
            continue;
        }
        ent_text_add(text, plain, (size_t)(c - plain));
        if (length == 0)
            ent_text_add(text, "\xef\xbf\xbd", 3);
        else if (length == 3) /* the line separators that old scripts stumble over */
            ent_text_say(text, "\\u202%c", c[2] == '\xa8' ? '8' : '9');
        else if (*c == '"' || *c == '\\')
            ent_text_say(text, "\\%c", *c);
        else if (*c == '\n')
            ent_text_add(text, "\\n", 2);
        else
            ent_text_say(text, "\\u%04x", (unsigned)(unsigned char)*c);
        c += length == 0 ? 1 : length;
        plain = c;
    }
    ent_text_add(text, plain, strlen(plain));
    ent_text_add(text, "\"", 1);
}

void ent_json_key(ent_json *json, const char *key)
{
    before_value(json);
    quoted(json->text, key);
    ent_text_add(json->text, ": ", json->pretty ? 2 : 1);
    json->after_key = 1;
}

void ent_json_string(ent_json *json, const char *value)
{
    before_value(json);
    if (value == NULL)
        ent_text_add(json->text, "null", 4);
    else
        quoted(json->text, value);
}

void ent_json_number(ent_json *json, double value)
{
    char number[ENT_NUMBER_ROOM];
    before_value(json);
    if (isnan(value))
        ent_text_add(json->text, "null", 4);
    else if (isinf(value))
        ent_text_say(json->text, "\"%sinfinite\"", value < 0.0 ? "-" : "");
    else
        ent_text_add(json->text, number, ent_number_exact(value, number));
}

void ent_json_rounded(ent_json *json, double value, int digits)
{
    if (!isfinite(value)) {
        ent_json_number(json, (double)NAN);
        return;
    }
    char number[ENT_NUMBER_ROOM];
    before_value(json);
    const int length = snprintf(number, sizeof number, "%.*g", digits, value);
    char *comma = strchr(number, ',');
    if (comma != NULL) *comma = '.';
    ent_text_add(json->text, number, (size_t)length);
}

void ent_json_integer(ent_json *json, ptrdiff_t value)
{
    before_value(json);
    ent_text_say(json->text, "%td", value);
}

void ent_json_truth(ent_json *json, int value)
{
    before_value(json);
    ent_text_say(json->text, "%s", value ? "true" : "false");
}

void ent_json_put(ent_json *json, const char *data, size_t size)
{
    before_value(json);
    ent_text_add(json->text, data, size);
}

void ent_json_pair(ent_json *json, const char *key, const char *value)
{
    ent_json_key(json, key);
    ent_json_string(json, value);
}

void ent_json_pair_number(ent_json *json, const char *key, double value)
{
    ent_json_key(json, key);
    ent_json_number(json, value);
}

void ent_json_pair_integer(ent_json *json, const char *key, ptrdiff_t value)
{
    ent_json_key(json, key);
    ent_json_integer(json, value);
}

void ent_json_pair_rounded(ent_json *json, const char *key, double value, int digits)
{
    ent_json_key(json, key);
    ent_json_rounded(json, value, digits);
}

void ent_json_pair_truth(ent_json *json, const char *key, int value)
{
    ent_json_key(json, key);
    ent_json_truth(json, value);
}

void ent_json_pair_strings(ent_json *json, const char *key, const char *const *values, ptrdiff_t count)
{
    ent_json_key(json, key);
    ent_json_open_dense(json, '[');
    for (ptrdiff_t k = 0; k < count; k++) ent_json_string(json, values[k]);
    ent_json_close(json, ']');
}
