/* json_write.h: values -> JSON text, in order of writing. Opens no file. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

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
/* key and value in one call */
void ent_json_pair(ent_json *json, const char *key, const char *value);
void ent_json_pair_number(ent_json *json, const char *key, double value);
void ent_json_pair_integer(ent_json *json, const char *key, ptrdiff_t value);
