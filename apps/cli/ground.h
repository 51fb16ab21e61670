/* ground.h: where a question stands: from the words of a command line to a network and a policy on it, at the benchmark
 * or after one scenario. */
// SPDX-License-Identifier: MIT
#pragma once
#include "words.h"
#include <entente/entente.h>

typedef struct {
    const char *path;  /* of the scenario; NULL: the benchmark */
    const char *world; /* or NULL: the scenario's, else the embedded one */
    const char *blueprint;
    const words_list *settings;
    const ent_options *options;
} ground_ask;

typedef struct {
    ent_table table;
    ent_blueprint blueprint;
    ent_network laid, net;
    ent_scenario scenario; /* empty at the benchmark */
    ent_policy policy;
    const char *const *lines; /* [line_count] the scenario's actions in words */
    ptrdiff_t line_count;
} ground;

/* The command line has the last word. The networks point into `at`, which stays where it is. */
ent_status ground_lay(const ground_ask *ask, ent_arena *house, ground *at, ent_error *err);
