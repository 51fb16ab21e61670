/* commands.c: see commands.h. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "words.h"
#include <string.h>

const command_row command_rows[] = {
#define COMMAND(name, line) {#name, line, cmd_##name},
    COMMAND_LIST(COMMAND)
#undef COMMAND
        {0}};

static int unknown(const char *name)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    for (const command_row *row = command_rows; row->name != NULL; row++)
        if (ent_names_add(&names, &scratch, row->name, NULL, NULL) != ENT_OK) break;
    const char *what = name[0] == '-' ? "option" : "command";
    if (name[0] == '-') ent_names_add(&names, &scratch, "--version", NULL, NULL);
    const char *near = ent_names_nearest(&names, name);
    if (near != NULL) return words_wrong("there is no %s %s; did you mean `entente %s`?", what, name, near);
    return words_wrong("there is no %s %s; `entente help` lists the commands", what, name);
}

int command_run(const char *name, int count, char **words)
{
    for (const command_row *row = command_rows; row->name != NULL; row++)
        if (strcmp(name, row->name) == 0) return row->body(count, words);
    return unknown(name);
}
