/* store.h: runs and jobs on disk. What a call has written is on disk when it returns, and stays there whatever happens
 * to the process. Knows texts, not what they mean. Any thread may call. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef struct web_store web_store;

typedef enum {
    STORE_FINE,
    STORE_ABSENT, /* there is no such run or job */
    STORE_FULL,   /* the store has reached its size */
    STORE_BROKEN  /* the disk or the file; err says what */
} store_status;

/* A row; texts live in the arena of the call that read it. */
typedef struct {
    int64_t created; /* milliseconds since 1970 */
    double seconds;
    int pinned;
    const char *id, *version, *world, *world_hash, *name, *command, *request, *result_hash, *scenarios, *note;
} store_run;

typedef struct {
    int64_t created;
    const char *id, *kind, *request, *state, *result; /* result NULL until it has one */
    double seconds;
} store_job;

typedef struct {
    ptrdiff_t runs, pinned;
    int64_t bytes;
    int lasting; /* 0: in memory alone */
} store_size;

/* path ":memory:" keeps nothing. Makes the file where it is missing; refuses one that another server holds, that is no
 * store, or that a later version wrote. */
ent_status store_open(const char *path, ptrdiff_t most_mb, web_store **store, ent_error *err);
void store_close(web_store *store);
store_status store_measure(web_store *store, store_size *size, ent_error *err);

/* Keep a run; one that is there stays as it is. *created: when it was kept first. */
store_status store_keep(web_store *store, const store_run *run, int64_t *created, ent_error *err);
store_status store_find(web_store *store, const char *id, ent_arena *arena, store_run *run, ent_error *err);
/* The newest first, at most `most`, those before the run `before` (NULL: from the newest), pinned ones alone or all. */
store_status store_list(web_store *store, const char *before, int pinned, ptrdiff_t most, ent_arena *arena,
                        store_run **runs, ptrdiff_t *count, ent_error *err);
store_status store_mark(web_store *store, const char *id, int pinned, const char *note,
                        ent_error *err); /* -1, NULL: as it is */
store_status store_drop(web_store *store, const char *id, ent_error *err);

store_status store_add_job(web_store *store, const store_job *job, ent_error *err);
/* A job begins (by 1), or is left for the next server (by -1). *starts: how often it has begun and not ended. */
store_status store_start_job(web_store *store, const char *id, int by, ptrdiff_t *starts, ent_error *err);
/* The job's new state; ended ones but the last `remembered` are forgotten. */
store_status store_end_job(web_store *store, const char *id, const char *state, const char *result, double seconds,
                           ptrdiff_t remembered, ent_error *err);
store_status store_find_job(web_store *store, const char *id, ent_arena *arena, store_job *job, ent_error *err);
/* All of them, the newest first, without requests and results; or those in one state, the oldest first, with requests.
 */
store_status store_list_jobs(web_store *store, const char *state, ent_arena *arena, store_job **jobs, ptrdiff_t *count,
                             ent_error *err);
store_status store_drop_job(web_store *store, const char *id, ent_error *err);
