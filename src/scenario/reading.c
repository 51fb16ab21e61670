/* reading.c: the small sentences that all readers of a scenario share. */
// SPDX-License-Identifier: MIT
#include "scenario/reading.h"
#include <string.h>

ent_status ent_reading_begin(const char *path, const char *absent, const char *folder, ent_arena *arena,
                             ent_reading *reading, ent_error *err)
{
    *reading = (ent_reading){path[0] != 0 ? path : absent, NULL, arena, err};
    const char *kept = ent_string_copy(arena, reading->path);
    const char *kept_folder = folder != NULL ? ent_string_copy(arena, folder) : NULL;
    if (kept == NULL || (folder != NULL && kept_folder == NULL)) return ent_reading_no_memory(reading);
    reading->path = kept;
    reading->folder = kept_folder;
    return ENT_OK;
}

static const char *kind_words(ent_yaml_kind kind)
{
    return kind == YAML_SEQUENCE ? "a list" : kind == YAML_MAPPING ? "a mapping" : "a text";
}

ent_status ent_reading_text(const ent_reading *reading, const ent_yaml *node, const char **text)
{
    const char *key = node->key != NULL ? node->key->text : "an item";
    if (node->kind != YAML_SCALAR)
        return ENT_REFUSE(reading, node, "%s stands where `%s` wants one word or number", kind_words(node->kind),
                          ent_yaml_short(key).text);
    if (node->text[0] == 0)
        return ENT_REFUSE(reading, node, "`%s` is empty; write its value, or leave it out", ent_yaml_short(key).text);
    *text = node->text;
    return ENT_OK;
}

/* ---- lists of words ---- */
static const char *next_word(const char **words, size_t *length)
{
    const char *word = *words + strspn(*words, " ");
    *length = strcspn(word, " ");
    *words = word + *length;
    return *length == 0 ? NULL : word;
}

int ent_words_find(const char *words, const char *word)
{
    size_t length;
    int index = 0;
    for (const char *one; (one = next_word(&words, &length)) != NULL; index++)
        if (strlen(word) == length && memcmp(one, word, length) == 0) return index;
    return -1;
}

const char *ent_words_joined(ent_arena *arena, const char *words, const char *last)
{
    ent_text joined = {.arena = arena};
    size_t length, ahead;
    ent_text_say(&joined, "%s", "");
    for (const char *one; (one = next_word(&words, &length)) != NULL;) {
        const char *rest = words;
        const int more = next_word(&rest, &ahead) != NULL;
        if (joined.size > 0) ent_text_say(&joined, more ? ", " : " %s ", last);
        ent_text_add(&joined, one, length);
    }
    return joined.failed ? NULL : joined.data;
}

static const char *nearest_word(ent_arena *arena, const char *words, const char *word)
{
    ent_names names = {0};
    size_t length;
    for (const char *one; (one = next_word(&words, &length)) != NULL;) {
        const char *copy = ent_string_copy_n(arena, one, length);
        if (copy == NULL || ent_names_add(&names, arena, copy, NULL, NULL) == ENT_NO_MEMORY) return NULL;
    }
    return ent_names_nearest(&names, word);
}

ent_status ent_reading_unknown(const ent_reading *reading, const ent_yaml *at, const char *word, const char *what,
                               const char *words)
{
    ENT_SCRATCH scratch = {0};
    const char *near = nearest_word(&scratch, words, word), *all = ent_words_joined(&scratch, words, "or");
    if (all == NULL) return ent_reading_no_memory(reading);
    if (near != NULL)
        return ENT_REFUSE(reading, at, "no %s is called `%s`; did you mean `%s`?", what, ent_yaml_short(word).text,
                          near);
    return ENT_REFUSE(reading, at, "no %s is called `%s`; write %s", what, ent_yaml_short(word).text, all);
}

ent_status ent_reading_word(const ent_reading *reading, const ent_yaml *node, const char *words, int *index)
{
    ENT_SCRATCH scratch = {0};
    const char *text = NULL;
    ENT_TRY(ent_reading_text(reading, node, &text));
    *index = ent_words_find(words, text);
    if (*index >= 0) return ENT_OK;
    const char *all = ent_words_joined(&scratch, words, "or");
    if (all == NULL) return ent_reading_no_memory(reading);
    return ENT_REFUSE(reading, node, "`%s` is %s, not `%s`", node->key != NULL ? node->key->text : "it", all,
                      ent_yaml_short(text).text);
}

/* ---- files ---- */
int ent_is_path(const char *text)
{
    return strpbrk(text, "/.") != NULL;
}

ent_status ent_reading_file(const ent_reading *reading, const ent_yaml *node, const char **path, ent_bytes *bytes)
{
    const size_t LARGEST = (size_t)256 << 20; /* a table of 81 x 81 x 50 rates takes some 10 MB */
    const char *name = NULL;
    ENT_TRY(ent_reading_text(reading, node, &name));
    if (reading->folder == NULL)
        return ENT_REFUSE(reading, node, "this text may not read files; write the numbers in place of %s",
                          ent_yaml_short(name).text);
    *path = ent_path_join(reading->arena, reading->folder, name);
    if (*path == NULL) return ent_reading_no_memory(reading);
    ent_error why = {0};
    const ent_status status = ent_bytes_read(*path, LARGEST, reading->arena, bytes, &why);
    if (status == ENT_NO_MEMORY) return ent_reading_no_memory(reading);
    if (status != ENT_OK) return ENT_REFUSE(reading, node, "%s", why.text);
    return ENT_OK;
}
