/* json_read.c: JSON text -> a tree (RFC 8259). One pass over the bytes; containers that are open stand on a stack of
 * fixed depth, so nothing here calls itself. A string's text is made where it stands, unescaped, in the arena. */
// SPDX-License-Identifier: MIT
#include "entente/text.h"
#include "text/decimal.h"
#include "text/utf8.h"
#include <math.h>
#include <string.h>

typedef struct {
    ent_json_value *node, *last;
} container;

typedef struct {
    const char *what, *at, *end;
    const char *counted; /* characters of its line are counted up to here, */
    int line, column;    /* where this column is */
    ent_arena *arena;
    ent_error *err;
    container open[ENT_JSON_DEPTH];
    int depth;
    const char *key;
    ent_json_value *root;
} reading;

/* ---- sentences ---- */

/* Places are asked for in the order of the text, so that all of them together are one reading of it. */
static int column_of(const reading *r, const char *at)
{
    int column = r->column;
    for (const char *c = r->counted; c < at; c++) column += ((unsigned char)*c & 0xC0) != 0x80;
    return column;
}

static ent_status fail_at(const reading *r, const char *at, const char *sentence)
{
    return ent_fail(r->err, ENT_BAD_INPUT, "%s:%d:%d: %s", r->what, r->line, column_of(r, at), sentence);
}

static ent_status no_memory(const reading *r)
{
    return ent_fail(r->err, ENT_NO_MEMORY, "%s: no memory for what stands in it", r->what);
}

/* ---- scalars ---- */

static int hexadecimal(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Four hexadecimal digits at c; -1: they are not there. */
static long unit_at(const reading *r, const char *c)
{
    long unit = 0;
    if (r->end - c < 4) return -1;
    for (int d = 0; d < 4; d++) {
        if (hexadecimal(c[d]) < 0) return -1;
        unit = 16 * unit + hexadecimal(c[d]);
    }
    return unit;
}

static char *put_character(char *to, long code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

/* What stands behind \u, perhaps with its second half; *c moves behind it. */
static ent_status take_unit(reading *r, const char **c, char **to)
{
    const char *escape = *c - 2;
    long code = unit_at(r, *c);
    if (code < 0) return fail_at(r, escape, "\\u needs four hexadecimal digits");
    *c += 4;
    if (code >= 0xD800 && code < 0xDC00 && r->end - *c >= 6 && (*c)[0] == '\\' && (*c)[1] == 'u') {
        const long low = unit_at(r, *c + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            *c += 6;
        }
    }
    if (code >= 0xD800 && code < 0xE000) return fail_at(r, escape, "half of a surrogate pair is no character");
    if (code == 0) return fail_at(r, escape, "the character 0 may not stand in a text");
    *to = put_character(*to, code);
    return ENT_OK;
}

static ent_status take_escape(reading *r, const char **c, char **to)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = *c < r->end && **c != 0 ? strchr(names, **c) : NULL;
    if (*c < r->end && **c == 'u') {
        ++*c;
        return take_unit(r, c, to);
    }
    if (name == NULL) return fail_at(r, *c - 1, "an unknown escape; a backslash itself is written \\\\");
    *(*to)++ = meant[name - names];
    ++*c;
    return ENT_OK;
}

/* r->at stands at the opening quote. */
static ent_status take_string(reading *r, const char **text)
{
    const char *c = r->at + 1, *close = c;
    while (close < r->end && *close != '"') close += *close == '\\' && close + 1 < r->end ? 2 : 1;
    if (close >= r->end) return fail_at(r, r->at, "a string that begins here has no closing quote");
    char *made = ent_new(r->arena, char, close - c + 1), *to = made;
    if (made == NULL) return no_memory(r);
    while (c < close) {
        if (*c == '\\') {
            c++;
            ENT_TRY(take_escape(r, &c, &to));
            continue;
        }
        const size_t length = ent_utf8_length((const unsigned char *)c, (size_t)(r->end - c));
        if (length == 0) return fail_at(r, c, "is not UTF-8 text here");
        if ((unsigned char)*c < ' ') return fail_at(r, c, "a control character in a string; write it as an escape");
        memcpy(to, c, length);
        to += length;
        c += length;
    }
    *to = 0;
    *text = made;
    r->at = close + 1;
    return ENT_OK;
}

/* The end of the number that begins at c by the grammar of JSON, or c itself. */
static const char *number_end(const char *c)
{
    const char *begin = c, *digits;
    if (*c == '-') c++;
    digits = c;
    c += strspn(c, "0123456789");
    if (c == digits || (*digits == '0' && c > digits + 1)) return begin;
    if (*c == '.') {
        digits = ++c;
        c += strspn(c, "0123456789");
        if (c == digits) return begin;
    }
    if (*c == 'e' || *c == 'E') {
        c += c[1] == '+' || c[1] == '-' ? 2 : 1;
        digits = c;
        c += strspn(c, "0123456789");
        if (c == digits) return begin;
    }
    return c;
}

static ent_status take_number(reading *r, ent_json_value *value)
{
    const char *end = number_end(r->at);
    if (end == r->at) return fail_at(r, r->at, "this is no number as JSON writes them");
    if (ent_decimal_read(r->at, end, &value->number) != DECIMAL_FINE)
        return fail_at(r, r->at, "this number is beyond the largest");
    value->kind = ENT_JSON_NUMBER;
    value->text = ent_string_copy_n(r->arena, r->at, (size_t)(end - r->at));
    if (value->text == NULL) return no_memory(r);
    r->at = end;
    return ENT_OK;
}

static ent_status take_word(reading *r, ent_json_value *value)
{
    static const struct {
        const char *word;
        ent_json_kind kind;
    } words[] = {{"null", ENT_JSON_NULL}, {"false", ENT_JSON_FALSE}, {"true", ENT_JSON_TRUE}};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        const size_t length = strlen(words[w].word);
        if (strncmp(r->at, words[w].word, length) != 0) continue;
        value->kind = words[w].kind;
        r->at += length;
        return ENT_OK;
    }
    return fail_at(r, r->at, "a value was expected: a string in double quotes, a number, {, [, true, false or null");
}

/* ---- containers ---- */

static void skip_blanks(reading *r)
{
    for (; r->at < r->end; r->at++) {
        if (*r->at == '\n') {
            r->line++;
            r->column = 1;
            r->counted = r->at + 1;
        } else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r') {
            return;
        }
    }
}

static void attach(reading *r, ent_json_value *value)
{
    value->key = r->key;
    r->key = NULL;
    if (r->depth == 0) {
        r->root = value;
        return;
    }
    container *top = &r->open[r->depth - 1];
    if (top->last == NULL)
        top->node->first = value;
    else
        top->last->next = value;
    top->last = value;
    top->node->count++;
}

/* A key and its colon, where an object is open. */
static ent_status take_key(reading *r)
{
    if (*r->at != '"') return fail_at(r, r->at, "a key in double quotes was expected");
    ENT_TRY(take_string(r, &r->key));
    skip_blanks(r);
    if (*r->at != ':') return fail_at(r, r->at, "a colon was expected after the key");
    r->at++;
    skip_blanks(r);
    return ENT_OK;
}

static ent_status take_value(reading *r)
{
    ent_json_value *value = ent_new0(r->arena, ent_json_value, 1);
    if (value == NULL) return no_memory(r);
    r->column = column_of(r, r->at);
    r->counted = r->at;
    value->line = r->line;
    value->column = r->column;
    const char *begin = r->at;
    if (*begin == '{' || *begin == '[') {
        if (r->depth == ENT_JSON_DEPTH - 2) return fail_at(r, begin, "this is nested too deep");
        value->kind = *begin == '{' ? ENT_JSON_OBJECT : ENT_JSON_ARRAY;
        attach(r, value);
        r->open[r->depth++] = (container){value, NULL};
        r->at++;
        return ENT_OK;
    }
    if (*begin == '"') {
        value->kind = ENT_JSON_STRING;
        ENT_TRY(take_string(r, &value->text));
    } else if (*begin == '-' || (*begin >= '0' && *begin <= '9')) {
        ENT_TRY(take_number(r, value));
    } else {
        ENT_TRY(take_word(r, value));
    }
    attach(r, value);
    return ENT_OK;
}

/* In an open container: its end, or a comma where one must stand, then the next item. */
static ent_status take_inside(reading *r)
{
    container *top = &r->open[r->depth - 1];
    const int object = top->node->kind == ENT_JSON_OBJECT;
    if (*r->at == (object ? '}' : ']')) {
        r->at++;
        r->depth--;
        return ENT_OK;
    }
    if (top->last != NULL) {
        if (*r->at != ',') return fail_at(r, r->at, object ? "a comma or } was expected" : "a comma or ] was expected");
        r->at++;
        skip_blanks(r);
    }
    if (object) ENT_TRY(take_key(r));
    return take_value(r);
}

ent_status ent_json_read(ent_bytes bytes, const char *what, ent_arena *arena, const ent_json_value **root,
                         ent_error *err)
{
    reading r = {.what = what,
                 .at = bytes.data,
                 .end = bytes.data + bytes.size,
                 .counted = bytes.data,
                 .line = 1,
                 .column = 1,
                 .arena = arena,
                 .err = err};
    skip_blanks(&r);
    if (r.at == r.end) return fail_at(&r, r.at, "nothing stands here, and a JSON value was expected");
    ENT_TRY(take_value(&r));
    for (skip_blanks(&r); r.depth > 0; skip_blanks(&r)) {
        if (r.at == r.end) return fail_at(&r, r.at, "the text ends before its { or [ is closed");
        ENT_TRY(take_inside(&r));
    }
    if (r.at < r.end) return fail_at(&r, r.at, "something stands behind the end of the value");
    *root = r.root;
    return ENT_OK;
}

const ent_json_value *ent_json_find(const ent_json_value *object, const char *key)
{
    for (const ent_json_value *v = object->first; v != NULL; v = v->next)
        if (v->key != NULL && strcmp(v->key, key) == 0) return v;
    return NULL;
}

/* Calls itself at most ENT_JSON_DEPTH times, as deep as a text that was read may be. */
void ent_json_value_say(const ent_json_value *value, ent_json *json)
{
    static const char *const words[] = {"null", "false", "true"};
    if (value->kind == ENT_JSON_STRING) {
        ent_json_string(json, value->text);
    } else if (value->kind < ENT_JSON_ARRAY) {
        const char *word = value->kind == ENT_JSON_NUMBER ? value->text : words[value->kind];
        ent_json_put(json, word, strlen(word));
    } else {
        const int object = value->kind == ENT_JSON_OBJECT;
        ent_json_open(json, object ? '{' : '[');
        for (const ent_json_value *one = value->first; one != NULL; one = one->next) {
            if (object) ent_json_key(json, one->key);
            ent_json_value_say(one, json);
        }
        ent_json_close(json, object ? '}' : ']');
    }
}
