/* jobs.h: long work, one piece after the other in a thread of its own, with progress for whoever listens. A job is in
 * the store before it is acknowledged, and is taken up again by the next server where this one ends first. Knows no
 * question: what is asked is a kind and a body. Any thread may call. */
// SPDX-License-Identifier: MIT
#pragma once
#include "http.h"
#include "store.h"
#include "watch.h"

enum {
    JOB_ID = 16 /* hexadecimal digits */
};

typedef enum {
    JOB_WAITING,
    JOB_RUNNING,
    JOB_DONE,
    JOB_FAILED,
    JOB_CANCELLED
} job_state;
const char *job_state_word(job_state state);

typedef struct {
    char id[JOB_ID + 1];
    char kind[32];
    job_state state;
    int64_t created;
    char what[32];
    ptrdiff_t done, all;
    double seconds;     /* of work so far */
    const char *result; /* JSON: the answer (done), the error (failed); else NULL */
} job_view;

/* The work: an answer under 400 is a result, any other an error. */
typedef void jobs_work(void *who, const char *kind, ent_bytes request, web_watch *watch, ent_arena *arena,
                       web_response *response);

typedef struct web_jobs web_jobs;
/* Takes up what the store has waiting. most: jobs that wait, and ended ones that are remembered. */
ent_status jobs_open(web_store *store, jobs_work *work, void *who, double seconds, ptrdiff_t most, web_jobs **jobs,
                     ent_error *err);
/* Stop: what runs is broken off and stays waiting in the store; listeners are told that nothing more comes. */
void jobs_stop(web_jobs *jobs);
void jobs_close(web_jobs *jobs);

/* 0, or 503 (too many wait), 507, 500 and a sentence. */
int jobs_add(web_jobs *jobs, const char *kind, const char *request, char id[JOB_ID + 1], ent_error *err);
/* 0, or 404, 500. with_result: the result too, which is in the store. */
int jobs_find(web_jobs *jobs, const char *id, int with_result, ent_arena *arena, job_view *view, ent_error *err);
int jobs_list(web_jobs *jobs, ent_arena *arena, job_view **views, ptrdiff_t *count, ent_error *err);
/* Cancel one that waits or runs, forget one that has ended. 0, or 404, 500. */
int jobs_drop(web_jobs *jobs, const char *id, ent_error *err);

/* What is new of a job: jobs_next() gives 1 with events' text, 0 nothing yet, -1 nothing will ever come. After a 0,
 * jobs_wait(): 1 where there is news by now; else 0, and the listener is woken once (from another thread, with the jobs
 * locked: it may not call back) when there is. */
typedef struct jobs_listener jobs_listener;
jobs_listener *jobs_listen(web_jobs *jobs, const char *id, void (*wake)(void *who), void *who);
int jobs_next(jobs_listener *listener, ent_text *text);
int jobs_wait(jobs_listener *listener);
void jobs_unlisten(jobs_listener *listener);
void jobs_tick(web_jobs *jobs); /* once in a while: listeners hear a sign of life */
void job_say(const job_view *view, int with_result, ent_text *text); /* as JSON */
int64_t web_now(void);                                               /* milliseconds since 1970 */
void web_say_time(int64_t milliseconds, char text[32]);              /* "2026-11-24T10:00:00.000Z" */
