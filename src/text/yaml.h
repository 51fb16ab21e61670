/* yaml.h: bytes of YAML as a small tree: scalars, sequences and mappings in the order of the file, each with its place.
 *
 * The plain part of YAML 1.2: one document, no anchors, aliases or tags, keys are scalars and distinct, every scalar is
 * text (so NO is Norway and 010 is 010). Knows no meaning of any key. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

enum {
    YAML_DEEPEST = 32,             /* nested deeper is refused: what reads the tree may call itself */
    YAML_LARGEST = 4 * 1024 * 1024 /* bytes; the reader below takes up to 300 bytes for each byte of a flow sequence */
};

typedef enum {
    YAML_SCALAR,
    YAML_SEQUENCE,
    YAML_MAPPING
} ent_yaml_kind;

typedef struct ent_yaml ent_yaml;
struct ent_yaml {
    ent_yaml_kind kind;
    int line, column;      /* from 1, in characters; line 0: text that has no place, such as an option */
    int plain;             /* scalar without quotes */
    int count;             /* items of a sequence, pairs of a mapping */
    const char *text;      /* scalar, without inner 0; "" where a value is missing; NULL for the other kinds */
    const ent_yaml *key;   /* where this is a mapping's value: its key, a scalar; else NULL */
    const ent_yaml *first; /* item or value */
    const ent_yaml *next;  /* item or value beside this one */
};

/* Read one document.
 *
 * Given     bytes   at most YAML_LARGEST;  path  for sentences
 * Returned  root    in arena, at most 128 bytes for each byte of input; never NULL with ENT_OK
 * Status    ENT_BAD_INPUT with `path:line:column: what`, ENT_NO_MEMORY */
ent_status ent_yaml_read(ent_bytes bytes, const char *path, ent_arena *arena, const ent_yaml **root, ent_error *err);

const ent_yaml *ent_yaml_find(const ent_yaml *mapping, const char *key); /* NULL: not there */

/* ENT_BAD_INPUT with the place before the sentence: `return ent_yaml_fail(err, path, node, "...", ...)`. */
ent_status ent_yaml_fail(ent_error *err, const char *path, const ent_yaml *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A word for a sentence: at most 60 bytes, cut between characters, on one line. */
typedef struct {
    char text[72];
} ent_yaml_word;
ent_yaml_word ent_yaml_short(const char *text);
