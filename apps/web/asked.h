/* asked.h: what questions about one point have in common: a scenario or the benchmark, solved, with its names and its
 * command. Used by levers, chokepoints and games. */
// SPDX-License-Identifier: MIT
#pragma once
#include "runs.h"

typedef struct {
    const char *yaml, *world_name, *blueprint; /* as asked; NULL: not */
    ask_texts settings;
    ent_options options;
    const char *command; /* "lever": behind `entente` */
} asked_ask;

typedef struct {
    asked_ask ask;
    const web_world *world;
    const char *file; /* of the scenario; NULL: at the benchmark */
    ent_scenario scenario;
    web_benchmark *base; /* taken; asked_close() gives it back */
    ent_policy policy;
    ent_equilibrium eq;
    web_watch *watch;
} asked;

/* Rows for ask_read(), ASKED_MEMBERS of them: yaml, world, blueprint, set, options. */
enum {
    ASKED_MEMBERS = 5
};
void asked_members(asked_ask *ask, const ent_json_value **options, ask_member members[ASKED_MEMBERS]);
/* What was read, checked. */
ent_status asked_check(asked_ask *ask, const ent_json_value *options, ent_arena *arena, ent_error *err);
/* From the text to the equilibrium. */
ent_status asked_solve(web_app *app, asked *a, ent_arena *arena, ent_error *err);
void asked_close(web_app *app, asked *a);

/* Members of the answer: where, world, year, blueprint, command (the line so far is finished here), files,
 * certificate. */
void asked_say(const asked *a, ent_text *line, ent_arena *arena, ent_json *json);
void asked_say_files(const char *file, const char *yaml, ent_json *json);
void asked_say_codes(const char *key, const ent_names *names, ent_json *json);
/* The line's beginning: `entente lever steel.yaml`; and an option with a word. */
void asked_begin_line(const asked *a, ent_text *line);
void asked_say_option(ent_text *line, const char *option, const char *word);
/* Words that are names or groups, into a list [names->count]; NULL where there are none. */
ent_status asked_mark(const char *what, const ask_texts *words, const ent_names *names, const ent_groups *groups,
                      ent_arena *arena, unsigned char **list, ent_error *err);
ent_status asked_fail_name(const ent_names *names, const char *what, const char *word, ent_error *err);
