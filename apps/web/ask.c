/* ask.c: see ask.h. One pass over the members; what a value becomes is decided in `keep`. */
// SPDX-License-Identifier: MIT
#include "ask.h"
#include <string.h>

ent_status ask_fail(ent_error *err, const ent_json_value *at, const char *format, ...)
{
    ENT_SCRATCH scratch = {0};
    ent_text sentence = {.arena = &scratch};
    va_list list;
    va_start(list, format);
    ent_text_say_list(&sentence, format, list);
    va_end(list);
    if (sentence.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory to say what is wrong with the body");
    return ent_fail(err, ENT_BAD_INPUT, "body:%d:%d: %s", at->line, at->column, sentence.data);
}

static ent_status unknown(const ent_json_value *value, const ask_member *members, ptrdiff_t count, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    for (ptrdiff_t m = 0; m < count; m++)
        if (ent_names_add(&names, &scratch, members[m].name, NULL, NULL) == ENT_NO_MEMORY)
            return ent_fail(err, ENT_NO_MEMORY, "no memory to say what is wrong with the body");
    const char *near = ent_names_nearest(&names, value->key);
    if (near != NULL) return ask_fail(err, value, "there is no member `%.60s`; did you mean `%s`?", value->key, near);
    ent_text known = {.arena = &scratch};
    for (ptrdiff_t m = 0; m < count; m++) ent_text_say(&known, "%s%s", m > 0 ? ", " : "", members[m].name);
    return ask_fail(err, value, "there is no member `%.60s`; there are %s", value->key,
                    known.failed ? "others" : known.data);
}

static ent_status refuse(const ent_json_value *value, const char *wanted, ent_error *err)
{
    return ask_fail(err, value, "`%.60s` must be %s", value->key != NULL ? value->key : "it", wanted);
}

static ent_status keep_texts(const ent_json_value *value, ask_texts *texts, ent_arena *arena, ent_error *err)
{
    if (value->kind != ENT_JSON_ARRAY) return refuse(value, "a list of texts", err);
    texts->word = ent_new(arena, const char *, value->count + 1);
    texts->count = 0;
    if (texts->word == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the body");
    for (const ent_json_value *item = value->first; item != NULL; item = item->next) {
        if (item->kind != ENT_JSON_STRING) return ask_fail(err, item, "`%.60s` must be a list of texts", value->key);
        texts->word[texts->count++] = item->text;
    }
    return ENT_OK;
}

static ent_status keep_choice(const ent_json_value *value, const char *words, int *into, ent_error *err)
{
    int which = 0;
    if (value->kind != ENT_JSON_STRING) return ask_fail(err, value, "`%s` must be one of %s", value->key, words);
    const size_t length = strlen(value->text);
    for (const char *at = words; *at != 0; which++) {
        const size_t here = strcspn(at, "|");
        if (here == length && strncmp(at, value->text, here) == 0) {
            *into = which;
            return ENT_OK;
        }
        at += here + (at[here] == '|');
    }
    return ask_fail(err, value, "`%s` is %.60s, but must be one of %s", value->key, value->text, words);
}

static ent_status keep_count(const ent_json_value *value, ptrdiff_t *into, ent_error *err)
{
    const double most = 9007199254740992.0; /* beyond it a number of JSON is no longer every whole number */
    if (value->kind != ENT_JSON_NUMBER || !(value->number >= -most && value->number <= most) ||
        value->number != (double)(ptrdiff_t)value->number)
        return refuse(value, "a whole number", err);
    *into = (ptrdiff_t)value->number;
    return ENT_OK;
}

static ent_status keep(const ent_json_value *value, const ask_member *member, ent_arena *arena, ent_error *err)
{
    switch (member->kind) {
    case ASK_TEXT:
        if (value->kind != ENT_JSON_STRING) return refuse(value, "a text", err);
        *(const char **)member->into = value->text;
        break;
    case ASK_TEXTS:
        return keep_texts(value, member->into, arena, err);
    case ASK_TRUTH:
        if (value->kind != ENT_JSON_TRUE && value->kind != ENT_JSON_FALSE) return refuse(value, "true or false", err);
        *(int *)member->into = value->kind == ENT_JSON_TRUE;
        break;
    case ASK_COUNT:
        return keep_count(value, member->into, err);
    case ASK_NUMBER:
        if (value->kind != ENT_JSON_NUMBER) return refuse(value, "a number", err);
        *(double *)member->into = value->number;
        break;
    case ASK_CHOICE:
        return keep_choice(value, member->words, member->into, err);
    case ASK_OBJECT:
        if (value->kind != ENT_JSON_OBJECT) return refuse(value, "an object", err);
        *(const ent_json_value **)member->into = value;
        break;
    case ASK_ANYTHING:
        *(const ent_json_value **)member->into = value;
        break;
    }
    return ENT_OK;
}

ent_status ask_read(const ent_json_value *object, const ask_member *members, ptrdiff_t count, ent_arena *arena,
                    ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    unsigned char *seen = ent_new0(&scratch, unsigned char, count + 1);
    if (seen == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the body");
    if (object->kind != ENT_JSON_OBJECT) return ask_fail(err, object, "the body must be an object, {...}");
    for (const ent_json_value *value = object->first; value != NULL; value = value->next) {
        ptrdiff_t m = 0;
        while (m < count && strcmp(members[m].name, value->key) != 0) m++;
        if (m == count) return unknown(value, members, count, err);
        if (seen[m]) return ask_fail(err, value, "`%s` stands there twice", value->key);
        seen[m] = 1;
        if (value->kind != ENT_JSON_NULL) ENT_TRY(keep(value, &members[m], arena, err));
    }
    return ENT_OK;
}
