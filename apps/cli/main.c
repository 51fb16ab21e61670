/* main.c: the command `entente`: gives a command its words, and sees that what was printed has arrived. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "words.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int answer(int count, char **words)
{
    if (count < 2) return words_wrong("a command is missing; `entente help` lists them");
    const char *word = words[1];
    if (strcmp(word, "--version") == 0) return printf("entente %s\n", ENT_VERSION) < 0;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return cmd_help(1, words + 1);
    return command_run(word, count - 1, words + 1);
}

int main(int count, char **words)
{
    const int status = answer(count, words);
    if (fflush(stdout) != 0 || ferror(stdout)) { /* a full disk must not look like success */
        fprintf(stderr, "entente: standard output: %s\n", strerror(errno));
        return status == 0 ? 1 : status;
    }
    return status;
}
