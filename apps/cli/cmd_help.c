/* cmd_help.c: `entente help [COMMAND]`: the list of commands, or the help of one, which that command prints itself. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "words.h"
#include <stdio.h>

static int list_commands(void)
{
    printf("entente %s: what tariffs, export controls and trade wars do to the world economy\n\n"
           "usage: entente COMMAND [words and options]\n\ncommands:\n",
           ENT_VERSION);
    for (const command_row *row = command_rows; row->name != NULL; row++) printf("  %-8s  %s\n", row->name, row->line);
    printf("\n`entente help COMMAND` tells more; `entente --version` says which version this is.\n"
           "Exit status: 0 done, 1 no answer or not reached, 2 wrong input.\n");
    return 0;
}

int cmd_help(int count, char **words)
{
    static char ask[] = "--help";
    const words_command command = {
        "help", "[COMMAND]", "Says what a command does and which options it takes.", "  entente help run", NULL, 0};
    ENT_SCRATCH house = {0};
    words_list names;
    const int early = words_read(&command, count, words, &house, &names);
    if (early >= 0) return early;
    if (names.count == 0) return list_commands();
    if (names.count > 1) return words_wrong("help explains one command at a time");
    return command_run(names.word[0], 2, (char *[]){words[0], ask});
}
