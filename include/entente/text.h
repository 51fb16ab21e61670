/* text.h: JSON, written in order and read into a small tree. Knows no meaning of any key, opens no file. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

/* ---- values -> JSON text ---- */

enum {
    ENT_JSON_DEPTH = 32
};

/* A writer that puts the commas. `ent_json json = {.text = &text, .pretty = 1}` is a ready one. Strings come out as
 * valid UTF-8 (a wrong byte becomes U+FFFD) with <, > and & escaped, so that the text may stand inside a page's script
 * element. */
typedef struct {
    ent_text *text;
    int pretty; /* 1: one value a line, indented, arrays of plain numbers on one line apart */
    int depth;
    int after_key;
    unsigned char busy[ENT_JSON_DEPTH];  /* something stands there already */
    unsigned char dense[ENT_JSON_DEPTH]; /* opened by ent_json_open_dense: on one line */
} ent_json;

void ent_json_open(ent_json *json, char bracket); /* '{' or '[' */
void ent_json_open_dense(ent_json *json, char bracket);
void ent_json_close(ent_json *json, char bracket); /* '}' or ']' */
void ent_json_key(ent_json *json, const char *key);
void ent_json_string(ent_json *json, const char *value); /* NULL: null */
void ent_json_number(ent_json *json, double value);      /* exact; NaN: null; infinities: "infinite", "-infinite" */
void ent_json_rounded(ent_json *json, double value, int digits); /* digits that count, for pictures */
void ent_json_integer(ent_json *json, ptrdiff_t value);
void ent_json_truth(ent_json *json, int value);
void ent_json_put(ent_json *json, const char *data, size_t size); /* a value that is JSON already */
/* key and value in one call */
void ent_json_pair(ent_json *json, const char *key, const char *value);
void ent_json_pair_number(ent_json *json, const char *key, double value);
void ent_json_pair_rounded(ent_json *json, const char *key, double value, int digits);
void ent_json_pair_integer(ent_json *json, const char *key, ptrdiff_t value);
void ent_json_pair_truth(ent_json *json, const char *key, int value);
void ent_json_pair_strings(ent_json *json, const char *key, const char *const *values,
                           ptrdiff_t count); /* on one line */

/* ---- JSON text -> values ---- */

typedef enum {
    ENT_JSON_NULL,
    ENT_JSON_FALSE,
    ENT_JSON_TRUE,
    ENT_JSON_NUMBER,
    ENT_JSON_STRING,
    ENT_JSON_ARRAY,
    ENT_JSON_OBJECT
} ent_json_kind;

typedef struct ent_json_value ent_json_value;
struct ent_json_value {
    ent_json_kind kind;
    int line, column;            /* from 1, in characters */
    const char *key;             /* where this is an object's member, else NULL; keys may stand twice */
    const char *text;            /* of a string, without inner 0; of a number, as it was written; else NULL */
    double number;               /* to the nearest double */
    ptrdiff_t count;             /* items or members */
    const ent_json_value *first; /* item or member */
    const ent_json_value *next;  /* item or member beside this one */
};

/* Read one value (RFC 8259), at most ENT_JSON_DEPTH - 2 deep, so that it can be written inside another.
 *
 * Given     bytes  data[size] == 0, as ent_bytes says;  what  for sentences: `what:line:column: ...`
 * Returned  root   in arena, some 100 bytes for each byte at most; never NULL with ENT_OK
 * Status    ENT_BAD_INPUT: no JSON, not UTF-8, a character 0 in a string, a number beyond the largest; ENT_NO_MEMORY */
ent_status ent_json_read(ent_bytes bytes, const char *what, ent_arena *arena, const ent_json_value **root,
                         ent_error *err);
void ent_json_value_say(const ent_json_value *value, ent_json *json); /* as it was read; numbers in their own words */
const ent_json_value *ent_json_find(const ent_json_value *object, const char *key); /* the first; NULL: not there */
