/* words.h: the words of a command line, read against a command's list of options; its help comes from the same list.
 *
 *     static int frobnicate(...)
 *     {
 *         ENT_SCRATCH house = {0};
 *         const char *out = NULL;
 *         const words_option options[] = {{"out", 'o', WORDS_TEXT, &out, "FILE", "where the result goes"}};
 *         const words_command command = {"frob", "FILE... [options]", "What it does.", NULL, options, 1};
 *         words_list files;
 *         const int early = words_read(&command, count, words, &house, &files);
 *         if (early >= 0) return early;
 *
 * Options are `--key value`, `--key=value`, `-k value` where a letter is given; they may stand among the other words;
 * after
 * `--` all is an ordinary word. `--help` and `-h` are understood by every command. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef enum {
    WORDS_FLAG,   /* int *         set to 1                                                  */
    WORDS_TEXT,   /* const char ** the value; the last one counts                            */
    WORDS_LIST,   /* words_list *  all values, in order                                      */
    WORDS_CHOICE, /* int *         which of the words of `value`, "text|json|csv": 0, 1, 2   */
    WORDS_COUNT,  /* ptrdiff_t *   a whole number                                            */
    WORDS_NUMBER  /* double *      a number                                                  */
} words_kind;

typedef struct {
    const char **word; /* [count] borrowed from the command line */
    ptrdiff_t count;
} words_list;

typedef struct {
    const char *name; /* "out" for --out */
    char letter;      /* 'o' for -o, or 0 */
    words_kind kind;
    void *into;          /* as `kind` says; holds the default on entry */
    const char *value;   /* what the value is called in the help: "DIR", "text|json|csv"; NULL for a flag */
    const char *meaning; /* one line of help */
} words_option;

typedef struct {
    const char *name;     /* "run" */
    const char *synopsis; /* what follows the name in the help: "SCENARIO.yaml... [options]" */
    const char *about;    /* what it does, whole sentences, lines of at most 96 columns */
    const char *examples; /* lines to copy, or NULL */
    const words_option *options;
    ptrdiff_t option_count;
} words_command;

/* Read the words. Gives back -1 to go on, with the ordinary words in *rest (in arena), or an exit status to leave with:
 * 0 where help was asked for and printed, 2 where something was wrong and has been said. */
int words_read(const words_command *command, int count, char **words, ent_arena *arena, words_list *rest);

/* "entente run truce.yaml": the words as a shell would read them again, for manifests; NULL where memory is out. */
const char *words_line(int count, char **words, ent_arena *house);

/* Say `entente: <sentence>` on stderr and give the exit status for it: 2 wrong input, 1 no answer or not reached. */
int words_fail(ent_status status, const ent_error *err);
/* The same for a mistake in the command line: a sentence, and 2. */
int words_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
