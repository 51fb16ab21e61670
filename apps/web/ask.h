/* ask.h: the members of a request's body, read against a list of what it may have. Knows no route. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/entente.h>

typedef enum {
    ASK_TEXT,    /* const char **            a string                                                 */
    ASK_TEXTS,   /* ask_texts *              a list of strings                                        */
    ASK_TRUTH,   /* int *                    true or false                                            */
    ASK_COUNT,   /* ptrdiff_t *              a whole number                                           */
    ASK_NUMBER,  /* double *                 a number                                                 */
    ASK_CHOICE,  /* int *                    which of the words of `words`, "auto|always": 0, 1       */
    ASK_OBJECT,  /* const ent_json_value **  an object                                                */
    ASK_ANYTHING /* const ent_json_value **  whatever it is                                           */
} ask_kind;

typedef struct {
    const char **word; /* [count] */
    ptrdiff_t count;
} ask_texts;

typedef struct {
    const char *name;
    ask_kind kind;
    void *into; /* as `kind` says; holds the default on entry */
    const char *words;
} ask_member;

/* ENT_BAD_INPUT: body:line:column and a sentence. `null` leaves the default. */
ent_status ask_read(const ent_json_value *object, const ask_member *members, ptrdiff_t count, ent_arena *arena,
                    ent_error *err);
/* A sentence about a place in the body. */
ent_status ask_fail(ent_error *err, const ent_json_value *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
