/* choice.c: see choice.h. A choice stays a piece of the file until a table's names are known. */
// SPDX-License-Identifier: MIT
#include "scenario/choice.h"
#include <string.h>

/* ---- form ---- */
static ent_status check_words(const ent_reading *reading, const ent_yaml *words)
{
    const char *text;
    if (words->kind != YAML_SEQUENCE) return ent_reading_text(reading, words, &text);
    if (words->count == 0)
        return ENT_REFUSE(reading, words, "an empty list chooses nothing; write names, or leave it out");
    for (const ent_yaml *word = words->first; word != NULL; word = word->next)
        ENT_TRY(ent_reading_text(reading, word, &text));
    return ENT_OK;
}

ent_status ent_choice_check(const ent_reading *reading, const ent_yaml *choice)
{
    if (choice->kind != YAML_MAPPING) return check_words(reading, choice);
    for (const ent_yaml *part = choice->first; part != NULL; part = part->next) {
        if (ent_words_find("of not", part->key->text) < 0)
            return ent_reading_unknown(reading, part->key, part->key->text, "part of a choice", "of not");
        ENT_TRY(check_words(reading, part));
    }
    if (ent_yaml_find(choice, "not") == NULL)
        return ENT_REFUSE(reading, choice,
                          "a choice in braces says whom it leaves out: {not: [CAN, MEX]} or {of: ..., not: ...}");
    if (ent_choice_says_rest(ent_yaml_find(choice, "not")))
        return ENT_REFUSE(reading, ent_yaml_find(choice, "not"), "`rest` can't be left out; name the regions");
    return ENT_OK;
}

int ent_choice_says_rest(const ent_yaml *choice)
{
    if (choice == NULL) return 0;
    if (choice->kind == YAML_SCALAR) return strcmp(choice->text, "rest") == 0;
    for (const ent_yaml *part = choice->first; part != NULL; part = part->next) {
        if (part->kind == YAML_SCALAR && strcmp(part->text, "rest") == 0) return 1;
        if (part->kind == YAML_SEQUENCE && ent_choice_says_rest(part)) return 1;
    }
    return 0;
}

/* ---- names ---- */
static ptrdiff_t find_label(const ent_names *names, const char *word)
{
    ptrdiff_t found = -1;
    for (ptrdiff_t n = 0; n < names->count; n++) {
        if (strcmp(names->label[n], word) != 0) continue;
        if (found >= 0) return -2;
        found = n;
    }
    return found;
}

ptrdiff_t ent_nameable_find(const ent_nameable *among, const char *word)
{
    const ptrdiff_t found = ent_names_find(among->names, word);
    return found >= 0 ? found : find_label(among->names, word);
}

static ptrdiff_t find_group(const ent_nameable *among, const char *word)
{
    const ptrdiff_t found = ent_names_find(&among->groups->names, word);
    return found >= 0 ? found : find_label(&among->groups->names, word);
}

/* Names and groups in one list, for the nearest. */
static ent_status everything(const ent_nameable *among, ent_arena *scratch, ent_names *all)
{
    const ent_names *lists[] = {among->names, &among->groups->names};
    for (int l = 0; l < 2; l++)
        for (ptrdiff_t n = 0; n < lists[l]->count; n++)
            if (ent_names_add(all, scratch, lists[l]->code[n], lists[l]->label[n], NULL) == ENT_NO_MEMORY)
                return ENT_NO_MEMORY;
    if (ent_names_add(all, scratch, "all", NULL, NULL) == ENT_NO_MEMORY) return ENT_NO_MEMORY;
    return ENT_OK;
}

ent_status ent_nameable_unknown(const ent_reading *reading, const ent_yaml *at, const ent_nameable *among,
                                const char *word)
{
    ENT_SCRATCH scratch = {0};
    ent_names all = {0};
    if (everything(among, &scratch, &all) != ENT_OK) return ent_reading_no_memory(reading);
    const char *near = ent_names_nearest(&all, word);
    if (*word == 0) return ENT_REFUSE(reading, at, "the name of a %s is empty here", among->what);
    if (find_label(among->names, word) == -2)
        return ENT_REFUSE(reading, at, "several %ss of %s are labelled %s; write a code", among->what, among->table,
                          ent_yaml_short(word).text);
    if (near != NULL)
        return ENT_REFUSE(reading, at, "%s has no %s or group called %s; did you mean %s?", among->table, among->what,
                          ent_yaml_short(word).text, near);
    return ENT_REFUSE(reading, at, "%s has no %s or group called %s; `entente world show` lists them", among->table,
                      among->what, ent_yaml_short(word).text);
}

/* ---- from words to members ---- */
static ent_status mark_word(const ent_reading *reading, const ent_yaml *word, const ent_nameable *among,
                            const unsigned char *rest, unsigned char value, unsigned char *member)
{
    const ptrdiff_t count = among->names->count, one = ent_nameable_find(among, word->text);
    if (one >= 0) {
        member[one] = value;
        return ENT_OK;
    }
    const ptrdiff_t group = find_group(among, word->text);
    const int every = strcmp(word->text, "all") == 0; /* also where a table made by hand has no groups */
    if (group < 0 && !every && strcmp(word->text, "rest") == 0) {
        if (rest == NULL)
            return ENT_REFUSE(reading, word,
                              "`rest` means the regions not on the action's other side, and there is no such "
                              "side here; name them, or write {not: ...}");
        for (ptrdiff_t n = 0; n < count; n++)
            if (rest[n]) member[n] = value;
        return ENT_OK;
    }
    if (group < 0 && !every) return ent_nameable_unknown(reading, word, among, word->text);
    for (ptrdiff_t n = 0; n < count; n++)
        if (group < 0 || among->groups->member[group * count + n]) member[n] = value;
    return ENT_OK;
}

static ent_status mark(const ent_reading *reading, const ent_yaml *words, const ent_nameable *among,
                       const unsigned char *rest, unsigned char value, unsigned char *member)
{
    if (words->kind == YAML_SCALAR) return mark_word(reading, words, among, rest, value, member);
    for (const ent_yaml *word = words->first; word != NULL; word = word->next)
        ENT_TRY(mark_word(reading, word, among, rest, value, member));
    return ENT_OK;
}

ent_status ent_choice_resolve(const ent_reading *reading, const ent_yaml *choice, const char *absent,
                              const ent_nameable *among, const unsigned char *rest, unsigned char *member)
{
    memset(member, 0, (size_t)among->names->count);
    const ent_yaml all = {.kind = YAML_SCALAR, .text = "all"}, fallback = {.kind = YAML_SCALAR, .text = absent};
    if (choice == NULL) return mark(reading, &fallback, among, rest, 1, member);
    if (choice->kind == YAML_MAPPING) {
        const ent_yaml *of = ent_yaml_find(choice, "of");
        ENT_TRY(mark(reading, of != NULL ? of : &all, among, rest, 1, member));
        ENT_TRY(mark(reading, ent_yaml_find(choice, "not"), among, rest, 0, member));
    } else {
        ENT_TRY(mark(reading, choice, among, rest, 1, member));
    }
    if (memchr(member, 1, (size_t)among->names->count) == NULL)
        return ENT_REFUSE(reading, choice, "this chooses no %s of %s; leave out fewer", among->what, among->table);
    return ENT_OK;
}

/* ---- in words ---- */
static const char *word_said(const char *word, const char *what)
{
    const int sector = strcmp(what, "sector") == 0;
    if (strcmp(word, "all") == 0) return sector ? "all sectors" : "all regions";
    if (strcmp(word, "rest") == 0) return "all others";
    if (sector && strcmp(word, "goods") == 0) return "all goods";
    if (sector && strcmp(word, "services") == 0) return "all services";
    if (sector && strcmp(word, "traded") == 0) return "all traded sectors";
    return word;
}

static void say_words(ent_text *text, const ent_yaml *words, const char *what)
{
    if (words->kind == YAML_SCALAR) {
        ent_text_say(text, "%s", word_said(words->text, what));
        return;
    }
    for (const ent_yaml *word = words->first; word != NULL; word = word->next) {
        if (word != words->first) ent_text_say(text, word->next != NULL ? ", " : " and ");
        ent_text_say(text, "%s", word_said(word->text, what));
    }
}

void ent_choice_say(ent_text *text, const ent_yaml *choice, const char *absent, const char *what)
{
    const ent_yaml all = {.kind = YAML_SCALAR, .text = "all"}, fallback = {.kind = YAML_SCALAR, .text = absent};
    if (choice == NULL) {
        say_words(text, &fallback, what);
    } else if (choice->kind == YAML_MAPPING) {
        const ent_yaml *of = ent_yaml_find(choice, "of");
        say_words(text, of != NULL ? of : &all, what);
        ent_text_say(text, " but ");
        say_words(text, ent_yaml_find(choice, "not"), what);
    } else {
        say_words(text, choice, what);
    }
}
