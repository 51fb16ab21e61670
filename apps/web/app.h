/* app.h: all that a request may need while it is answered, and the answering, without sockets: http_serve.c and tests
 * give a request and get a response. */
// SPDX-License-Identifier: MIT
#pragma once
#include "ask.h"
#include "guard.h"
#include "jobs.h"
#include "store.h"
#include "watch.h"
#include "web.h"
#include "worlds.h"

enum {
    APP_BODY = 1 << 20,    /* bytes of a request's body */
    APP_QUEUE = 64,        /* requests that wait for a worker; more are refused */
    APP_SCENARIOS = 8,     /* side by side */
    APP_JOBS = 64,         /* that wait, run or are remembered */
    APP_DRAWS = 1000000,   /* in one job */
    APP_CONNECTIONS = 256, /* open at once */
    APP_ARRIVAL = 20,      /* seconds in which a whole request must arrive */
    APP_MEMORY = 1 << 30   /* bytes of one answer */
};

typedef struct web_app {
    const web_setup *setup;
    web_guard guard;
    web_worlds worlds;
    web_store *store;
    web_jobs *jobs;
    pthread_mutex_t netcdf; /* that library takes one thread at a time */
} web_app;

ent_status web_app_open(const web_setup *setup, ent_arena *arena, web_app *app, ent_error *err);
void web_app_close(web_app *app);

/* Answer a whole request. Everything in the response lives in the arena or for ever. */
void web_answer(web_app *app, const web_request *request, ent_arena *arena, web_response *response);
/* 1 where the answer is at hand, as a file of the page. Then no worker is needed. */
int web_is_quick(const web_request *request);

/* ---- answers to questions (POST bodies), asked directly or by a job ---- */
typedef void web_question(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena,
                          web_response *response);
/* By the name of its route, "run"; NULL: there is none. index < 0: by name; else the name of the index-th, or NULL. */
web_question *web_question_find(const char *name);
const char *web_question_name(ptrdiff_t index);
web_question web_ask_run, web_ask_lever, web_ask_war, web_ask_talks, web_ask_chokepoint, web_ask_scenario_check,
    web_ask_scenario_yaml;

/* ---- routes, by file ---- */
typedef void web_route(web_app *app, const web_request *request, ent_arena *arena, web_response *response);
web_route web_get_about, web_get_worlds, web_get_world, web_get_actions, web_get_presets, web_get_blueprints;
web_route web_get_runs, web_get_run, web_get_run_file, web_patch_run, web_delete_run;
web_route web_get_jobs, web_post_job, web_get_job, web_get_job_events, web_delete_job;
web_route web_post_link, web_get_enter;

/* ---- what all of them say ---- */
void web_say_json(ent_text *text, web_response *response);
/* The error's sentence under a status; a place at its head, `name:line:column: `, becomes members. scenario -1: none.
 */
void web_say_error(int status, const ent_error *err, ptrdiff_t scenario, ent_arena *arena, web_response *response);
void web_say_failure(ent_status status, const web_watch *watch, const ent_error *err, ptrdiff_t scenario,
                     ent_arena *arena, web_response *response);
/* A body that is not what it should be: 400; memory that is out: 503. */
void web_say_wrong(ent_status status, const ent_error *err, ent_arena *arena, web_response *response);
void web_say_no_memory(web_response *response);
