/* commands.h: the commands of `entente`, one row and one file cmd_<name>.c each. From the rows come the declarations,
 * the dispatch in main.c and the list that `entente help` prints. Knows no command's options. */
// SPDX-License-Identifier: MIT
#pragma once

#define COMMAND_LIST(COMMAND) /* a row is added together with its file, so that every commit links */                  \
    COMMAND(run, "scenarios are solved on one world and shown side by side")                                           \
    COMMAND(lever, "whose instruments move whom, who can hurt whom, who depends on whom")                              \
    COMMAND(chokepoint, "who depends on whose goods; what cut-offs cost, and what diversification buys")               \
    COMMAND(war, "governments choose: optima, wars, cooperation, bargains, blocs")                                     \
    COMMAND(talks, "what governments could agree on over a war, and whether it would hold")                            \
    COMMAND(world, "what a world holds: sums, duties, elasticities; whether it balances")                              \
    COMMAND(import, "a published table becomes a world file")                                                          \
    COMMAND(serve, "the page and its API, for this machine")                                                           \
    COMMAND(help, "what a command does and which options it takes")

/* Each is given its own words, words[0] being its name, and gives back the exit status: 0 done, 1 no answer or not
 * reached, 2 wrong input. */
#define COMMAND(name, line) int cmd_##name(int count, char **words);
COMMAND_LIST(COMMAND)
#undef COMMAND

typedef struct {
    const char *name, *line;
    int (*body)(int count, char **words);
} command_row;
extern const command_row command_rows[]; /* ends with a row of NULLs */

/* Run the command that `name` names with these words, or say which name is near. Gives back the exit status. */
int command_run(const char *name, int count, char **words);
