/* runs.h: a run from its request to a report: what `entente run` does, for texts that came by the wire. */
// SPDX-License-Identifier: MIT
#pragma once
#include "app.h"

enum {
    RUN_ID = 20 /* hexadecimal digits */
};

typedef struct {
    ask_texts texts; /* [1 .. APP_SCENARIOS] YAML */
    const char *world, *blueprint;
    ask_texts settings;
    ent_options options;
    int decompose; /* RUN_DECOMPOSE */
    int uncertain; /* ± from the default standard errors */
    int second_order;
    double correlation;
    ptrdiff_t draws, seed;
    int detail; /* ent_page_detail */
    int keep;   /* -1: as `detail` says */
} run_ask;

enum {
    RUN_DECOMPOSE_AUTO,
    RUN_DECOMPOSE_ALWAYS,
    RUN_DECOMPOSE_NEVER
};

/* One scenario on its way through the corridor. */
typedef struct {
    const char *file; /* name of the file that the command reads */
    ent_scenario scenario;
    web_benchmark *base; /* taken; web_run_close() gives it back */
    ent_policy policy;
    ent_equilibrium equilibrium;
    ent_outcome outcome;
    const char *const *lines;
    ptrdiff_t line_count;
    ent_uncertainty uncertainty;
} run_future;

typedef struct {
    run_ask ask;
    const web_world *world;
    ptrdiff_t count, wrong;          /* wrong: the scenario that an error is about, -1 none */
    run_future *future;              /* [count] */
    const char *command, *canonical; /* the line; the request in one way of writing it */
    char id[RUN_ID + 1];
    ent_text notes; /* a JSON list without its brackets */
    ent_report report;
} web_run;

/* Members of the body. 400 where they are wrong. */
ent_status run_ask_read(const ent_json_value *body, ent_arena *arena, run_ask *ask, ent_error *err);
/* Texts, world, files, command, id: all that is known before anything is solved. Then the answer. */
ent_status web_run_prepare(web_app *app, const run_ask *ask, ent_arena *arena, web_run *run, ent_error *err);
ent_status web_run_solve(web_app *app, web_watch *watch, ent_arena *arena, web_run *run, ent_error *err);
void web_run_close(web_app *app, web_run *run);

void web_run_say_files(const web_run *run, ent_json *json); /* members `command` and `files` */
/* Options that are not the defaults, as words of a command line; and a text as a shell reads it. */
void web_say_options(ent_text *line, const ent_options *options);
void web_say_word(ent_text *line, const char *word);
/* "Truce of June 2025" -> "truce-of-june-2025". */
const char *web_slug(const char *name, ent_arena *arena);
/* Members of the object `options` of a request, with `method`. */
ent_status web_options_read(const ent_json_value *object, ent_arena *arena, ent_options *options, ent_error *err);
int web_is_preset(const char *name, ent_error *err);
