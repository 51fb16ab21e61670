/* words.c: see words.h. One pass over the words; what an option's value becomes is decided in `keep`. */
// SPDX-License-Identifier: MIT
#include "words.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int words_wrong(const char *format, ...)
{
    va_list list;
    fputs("entente: ", stderr);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return 2;
}

int words_fail(ent_status status, const ent_error *err)
{
    fprintf(stderr, "entente: %s\n", err->text[0] != 0 ? err->text : ent_status_words(status));
    return status == ENT_BAD_INPUT ? 2 : 1;
}

/* ---- help ---- */

static void print_option(const char *name, char letter, const char *value, const char *meaning)
{
    char left[64];
    snprintf(left, sizeof left, "%s%c%s--%s%s%s", letter != 0 ? "-" : "", letter != 0 ? letter : ' ',
             letter != 0 ? ", " : "   ", name, value != NULL ? " " : "", value != NULL ? value : "");
    if (strlen(left) <= 30)
        printf("  %-30s  %s\n", left, meaning);
    else
        printf("  %s\n  %-30s  %s\n", left, "", meaning);
}

static void print_help(const words_command *command)
{
    printf("usage: entente %s %s\n\n%s\n", command->name, command->synopsis, command->about);
    printf("\noptions:\n");
    for (ptrdiff_t o = 0; o < command->option_count; o++) {
        const words_option *option = &command->options[o];
        print_option(option->name, option->letter, option->value, option->meaning);
    }
    print_option("help", 'h', NULL, "this page");
    if (command->examples != NULL) printf("\nexamples:\n%s\n", command->examples);
}

/* ---- reading ---- */

static const words_option *find(const words_command *command, const char *name, size_t length)
{
    for (ptrdiff_t o = 0; o < command->option_count; o++) {
        const words_option *option = &command->options[o];
        if (strncmp(option->name, name, length) == 0 && option->name[length] == 0) return option;
    }
    return NULL;
}

static const words_option *find_letter(const words_command *command, char letter)
{
    for (ptrdiff_t o = 0; o < command->option_count; o++)
        if (letter != 0 && command->options[o].letter == letter) return &command->options[o];
    return NULL;
}

static int unknown(const words_command *command, const char *word, size_t length)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    for (ptrdiff_t o = 0; o < command->option_count; o++)
        if (ent_names_add(&names, &scratch, command->options[o].name, NULL, NULL) == ENT_NO_MEMORY) break;
    ent_names_add(&names, &scratch, "help", NULL, NULL);
    const char *bare = ent_string_copy_n(&scratch, word + 2, length - 2);
    const char *near = bare == NULL || word[1] != '-' ? NULL : ent_names_nearest(&names, bare);
    if (near != NULL)
        return words_wrong("%s has no option %.*s; did you mean --%s?", command->name, (int)length, word, near);
    return words_wrong("%s has no option %.*s; `entente help %s` lists what it takes", command->name, (int)length, word,
                       command->name);
}

static int keep_choice(const words_option *option, const char *value)
{
    const size_t length = strlen(value);
    int which = 0;
    for (const char *at = option->value; *at != 0; which++) {
        const size_t here = strcspn(at, "|");
        if (here == length && strncmp(at, value, here) == 0) {
            *(int *)option->into = which;
            return -1;
        }
        at += here + (at[here] == '|');
    }
    return words_wrong("--%s %s: is not one of %s", option->name, value, option->value);
}

static int keep_count(const words_option *option, const char *value)
{
    char *end;
    errno = 0;
    const long long number = strtoll(value, &end, 10);
    if (end == value || *end != 0 || errno != 0)
        return words_wrong("--%s %s: is not a whole number", option->name, value);
    *(ptrdiff_t *)option->into = (ptrdiff_t)number;
    return -1;
}

static int keep_number(const words_option *option, const char *value)
{
    char *end;
    const double number = strtod(value, &end);
    if (end == value || *end != 0) return words_wrong("--%s %s: is not a number", option->name, value);
    *(double *)option->into = number;
    return -1;
}

/* Each list can at most hold every word of the line, so it gets that room when its first value comes. */
static int keep_in_list(words_list *list, const char *value, int count, ent_arena *arena)
{
    if (list->word == NULL) list->word = ent_new(arena, const char *, count);
    if (list->word == NULL) return words_fail(ENT_NO_MEMORY, &(ent_error){0});
    list->word[list->count++] = value;
    return -1;
}

static int keep(const words_option *option, const char *value, int count, ent_arena *arena)
{
    switch (option->kind) {
    case WORDS_FLAG:
        *(int *)option->into = 1;
        break;
    case WORDS_TEXT:
        *(const char **)option->into = value;
        break;
    case WORDS_LIST:
        return keep_in_list(option->into, value, count, arena);
    case WORDS_CHOICE:
        return keep_choice(option, value);
    case WORDS_COUNT:
        return keep_count(option, value);
    case WORDS_NUMBER:
        return keep_number(option, value);
    }
    return -1;
}

/* One option, whose value may stand in the same word or in the next; *at moves past what was used. */
static int read_option(const words_command *command, int count, char **words, int *at, ent_arena *arena)
{
    const char *word = words[*at];
    const int is_long = word[1] == '-';
    const char *equals = is_long ? strchr(word, '=') : NULL;
    const size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const words_option *option = NULL;
    if (is_long)
        option = find(command, word + 2, length - 2);
    else if (length == 2)
        option = find_letter(command, word[1]);
    if (option == NULL) return unknown(command, word, length);
    const char *value = NULL;
    if (equals != NULL)
        value = equals + 1;
    else if (option->kind != WORDS_FLAG) {
        if (*at + 1 >= count) return words_wrong("%s needs a value: %s %s", word, word, option->value);
        value = words[++*at];
    }
    if (option->kind == WORDS_FLAG && value != NULL)
        return words_wrong("--%s takes no value, but was given `%s`", option->name, value);
    return keep(option, value, count, arena);
}

int words_read(const words_command *command, int count, char **words, ent_arena *arena, words_list *rest)
{
    int only_words = 0;
    *rest = (words_list){ent_new(arena, const char *, count), 0};
    if (rest->word == NULL) return words_fail(ENT_NO_MEMORY, &(ent_error){0});
    for (int w = 1; w < count; w++) {
        const char *word = words[w];
        if (only_words || word[0] != '-' || word[1] == 0) {
            rest->word[rest->count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_words = 1;
        } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            print_help(command);
            return 0;
        } else {
            const int early = read_option(command, count, words, &w, arena);
            if (early >= 0) return early;
        }
    }
    return -1;
}

const char *words_line(int count, char **words, ent_arena *house)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,:=%@";
    ent_text line = {.arena = house};
    ent_text_say(&line, "entente");
    for (int w = 0; w < count; w++) {
        const char *word = words[w];
        if (*word != 0 && word[strspn(word, plain)] == 0) {
            ent_text_say(&line, " %s", word);
            continue;
        }
        ent_text_say(&line, " '");
        for (; *word != 0; word++)
            if (*word == '\'')
                ent_text_say(&line, "'\\''");
            else
                ent_text_add(&line, word, 1);
        ent_text_say(&line, "'");
    }
    return line.failed ? NULL : line.data;
}
