/* reading.h: what every reader of a scenario carries with it: where the text comes from and where the answer goes. */
// SPDX-License-Identifier: MIT
#pragma once
#include "text/yaml.h"

typedef struct {
    const char *path;   /* for sentences */
    const char *folder; /* where relative paths start; NULL: this text may name no files */
    ent_arena *arena;
    ent_error *err;
} ent_reading;

/* path "" is text from memory, called `absent` in sentences; strings are copied. */
ent_status ent_reading_begin(const char *path, const char *absent, const char *folder, ent_arena *arena,
                             ent_reading *reading, ent_error *err);

/* ENT_BAD_INPUT with path:line:column before the sentence. */
#define ENT_REFUSE(reading, at, ...) ent_yaml_fail((reading)->err, (reading)->path, (at), __VA_ARGS__)
#ifdef __clang_analyzer__ /* which must not think that a refusal is fine */
#undef ENT_REFUSE
#define ENT_REFUSE(reading, at, ...)                                                                                   \
    ((void)ent_yaml_fail((reading)->err, (reading)->path, (at), __VA_ARGS__), ENT_BAD_INPUT)
#endif

static inline ent_status ent_reading_no_memory(const ent_reading *reading)
{
    return ent_fail(reading->err, ENT_NO_MEMORY, "%s: no memory to read it", reading->path);
}

/* The node's text; refused where it is a list, a mapping or empty. */
ent_status ent_reading_text(const ent_reading *reading, const ent_yaml *node, const char **text);

/* The index of a word in a list of words apart by blanks ("set add"); what: "`mode`". Refused with the nearest. */
ent_status ent_reading_word(const ent_reading *reading, const ent_yaml *node, const char *words, int *index);

/* Refuse a word that is not in the list: "no <what> is called <word>; did you mean <nearest>?" or all of them. */
ent_status ent_reading_unknown(const ent_reading *reading, const ent_yaml *at, const char *word, const char *what,
                               const char *words);

/* "a, b or c" of words apart by blanks; NULL where memory is out. */
const char *ent_words_joined(ent_arena *arena, const char *words, const char *last);
/* The place of a word among words apart by blanks; -1: not there. */
int ent_words_find(const char *words, const char *word);

/* A word without a slash or a dot is a name; anything else is a path. */
int ent_is_path(const char *text);

/* The bytes of a file named by the text; its path as it shall be printed. At most 256 MiB. */
ent_status ent_reading_file(const ent_reading *reading, const ent_yaml *node, const char **path, ent_bytes *bytes);
