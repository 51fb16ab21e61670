/* store.c: the door to SQLite. One connection, one call at a time.
 *
 * The journal is a write-ahead log that is synced at every commit (synchronous FULL), so that a run that was
 * acknowledged is there after a kill, and after a power cut as far as the disk keeps its word; a log that was cut in
 * the middle of a frame ends there for SQLite, and the commits before it stand. NORMAL would save the sync (a quarter
 * of a millisecond on the machine where that was measured) and keep the promise for kills alone. The file is locked for
 * this process, so that two servers do not take up the same jobs. */
// SPDX-License-Identifier: MIT
#include "store.h"
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    APPLICATION = 0x456e7465, /* "Ente": what file this is */
    SCHEMA = 2,               /* 1 did not count how often a job began */
    PAGE = 4096
};

struct web_store {
    sqlite3 *base;
    pthread_mutex_t lock;
    int lasting;
};

static const char TABLES[] =
    "CREATE TABLE run (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,"
    " seconds REAL NOT NULL, pinned INTEGER NOT NULL DEFAULT 0, version TEXT NOT NULL, world TEXT NOT NULL,"
    " world_hash TEXT NOT NULL, name TEXT NOT NULL, command TEXT NOT NULL, request TEXT NOT NULL,"
    " result_hash TEXT NOT NULL, scenarios TEXT NOT NULL, note TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE job (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,"
    " kind TEXT NOT NULL, request TEXT NOT NULL, state TEXT NOT NULL, result TEXT, seconds REAL NOT NULL DEFAULT 0,"
    " starts INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX job_state ON job (state);";

#define RUN_COLUMNS                                                                                                    \
    "created, seconds, pinned, id, version, world, world_hash, name, command, request, result_hash, scenarios, note"

static store_status broken(const web_store *store, ent_error *err)
{
    const int code = sqlite3_errcode(store->base);
    if (code == SQLITE_FULL) {
        ent_fail(err, ENT_BAD_INPUT, "the store is full: delete runs, or start the server with a larger --store-limit");
        return STORE_FULL;
    }
    ent_fail(err, ENT_BAD_INPUT, "the store can't be used: %s", sqlite3_errmsg(store->base));
    return STORE_BROKEN;
}

/* ---- opening ---- */

static int pragma(sqlite3 *base, const char *name, int *value)
{
    char words[64];
    sqlite3_stmt *s = NULL;
    sqlite3_snprintf(sizeof words, words, "PRAGMA %s", name);
    const int fine = sqlite3_prepare_v2(base, words, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
    if (fine) *value = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return fine;
}

static int execute(sqlite3 *base, const char *words)
{
    return sqlite3_exec(base, words, NULL, NULL, NULL) == SQLITE_OK;
}

static ent_status fail_open(const sqlite3 *base, const char *path, ent_error *err)
{
    const int code = sqlite3_errcode((sqlite3 *)base);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: another `entente serve` holds this store; give this one its own with --store FILE, or "
                        "--store :memory:",
                        path);
    if (code == SQLITE_NOTADB)
        return ent_fail(err, ENT_BAD_INPUT, "%s: is no store of runs; --store FILE names another", path);
    return ent_fail(err, ENT_BAD_INPUT, "%s: the store can't be opened: %s", path, sqlite3_errmsg((sqlite3 *)base));
}

/* A new file becomes a store; another one must be a store of ours. */
static ent_status make_tables(sqlite3 *base, const char *path, ent_error *err)
{
    int application = 0, schema = 0, tables = 0;
    if (!pragma(base, "application_id", &application) || !pragma(base, "user_version", &schema) ||
        !pragma(base, "schema_version", &tables))
        return fail_open(base, path, err);
    if (tables == 0 && application == 0) {
        char words[128];
        sqlite3_snprintf(sizeof words, words, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
                         SCHEMA);
        if (!execute(base, "BEGIN IMMEDIATE") || !execute(base, TABLES) || !execute(base, words) ||
            !execute(base, "COMMIT"))
            return fail_open(base, path, err);
        return ENT_OK;
    }
    if (application != APPLICATION)
        return ent_fail(err, ENT_BAD_INPUT, "%s: is a database, but no store of runs; --store FILE names another",
                        path);
    if (schema > SCHEMA)
        return ent_fail(err, ENT_BAD_INPUT, "%s: was written by a later version of entente than %s", path, ENT_VERSION);
    if (schema == 1 && !execute(base, "BEGIN IMMEDIATE; ALTER TABLE job ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;"
                                      " PRAGMA user_version = 2; COMMIT"))
        return fail_open(base, path, err);
    return ENT_OK;
}

static ent_status prepare(sqlite3 *base, const char *path, ptrdiff_t most_mb, ent_error *err)
{
    char words[128];
    sqlite3_snprintf(sizeof words, words, "PRAGMA page_size = %d; PRAGMA max_page_count = %lld", PAGE,
                     (long long)most_mb * (1 << 20) / PAGE);
    sqlite3_busy_timeout(base, 500);
    if (!execute(base, words) || !execute(base, "PRAGMA locking_mode = EXCLUSIVE") ||
        !execute(base, "PRAGMA journal_mode = WAL") || !execute(base, "PRAGMA synchronous = FULL") ||
        !execute(base, "PRAGMA journal_size_limit = 16777216"))
        return fail_open(base, path, err);
    return make_tables(base, path, err);
}

ent_status store_open(const char *path, ptrdiff_t most_mb, web_store **store, ent_error *err)
{
    web_store *s = calloc(1, sizeof *s);
    *store = NULL;
    if (s == NULL || pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a store");
    }
    s->lasting = strcmp(path, ":memory:") != 0;
    if (s->lasting) { /* for its owner's eyes; SQLite gives its journal the same rights */
        const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) close(file);
    }
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    ent_status status = ENT_OK;
    if (sqlite3_open_v2(path, &s->base, flags, NULL) != SQLITE_OK)
        status =
            s->base == NULL ? ent_fail(err, ENT_NO_MEMORY, "no memory for a store") : fail_open(s->base, path, err);
    if (status == ENT_OK) status = prepare(s->base, path, most_mb, err);
    if (status != ENT_OK) {
        store_close(s);
        return status;
    }
    *store = s;
    return ENT_OK;
}

void store_close(web_store *store)
{
    if (store == NULL) return;
    sqlite3_close(store->base);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

/* ---- statements: "?" are texts, numbers come by store_bind_... ---- */

typedef struct {
    web_store *store;
    sqlite3_stmt *s;
    int place;
    int failed;
} statement;

static statement begin(web_store *store, const char *words)
{
    statement one = {.store = store};
    pthread_mutex_lock(&store->lock);
    one.failed = sqlite3_prepare_v2(store->base, words, -1, &one.s, NULL) != SQLITE_OK;
    return one;
}

static void give_text(statement *one, const char *text)
{
    if (!one->failed) one->failed = sqlite3_bind_text(one->s, ++one->place, text, -1, SQLITE_TRANSIENT) != SQLITE_OK;
}

static void give_integer(statement *one, int64_t value)
{
    if (!one->failed) one->failed = sqlite3_bind_int64(one->s, ++one->place, value) != SQLITE_OK;
}

static void give_number(statement *one, double value)
{
    if (!one->failed) one->failed = sqlite3_bind_double(one->s, ++one->place, value) != SQLITE_OK;
}

/* 1: there is a row. */
static int next_row(statement *one)
{
    if (one->failed) return 0;
    const int code = sqlite3_step(one->s);
    one->failed = code != SQLITE_ROW && code != SQLITE_DONE;
    return code == SQLITE_ROW;
}

static store_status end(statement *one, ent_error *err)
{
    const store_status status = one->failed ? broken(one->store, err) : STORE_FINE;
    sqlite3_finalize(one->s);
    pthread_mutex_unlock(&one->store->lock);
    return status;
}

/* Run a statement that gives no rows; absent where it changed nothing. */
static store_status finish(statement *one, ent_error *err)
{
    (void)next_row(one);
    const int changed = one->failed ? 1 : sqlite3_changes(one->store->base);
    const store_status status = end(one, err);
    return status == STORE_FINE && changed == 0 ? STORE_ABSENT : status;
}

/* A column's text in the arena; NULL where it is null or memory is out (*lost). */
static const char *column_text(const statement *one, int column, ent_arena *arena, int *lost)
{
    const unsigned char *text = sqlite3_column_text(one->s, column);
    if (text == NULL) return NULL;
    const char *copy = ent_string_copy_n(arena, (const char *)text, (size_t)sqlite3_column_bytes(one->s, column));
    if (copy == NULL) *lost = 1;
    return copy;
}

static store_status lost_memory(ent_error *err)
{
    ent_fail(err, ENT_NO_MEMORY, "no memory for what is in the store");
    return STORE_BROKEN;
}

/* ---- runs ---- */

store_status store_measure(web_store *store, store_size *size, ent_error *err)
{
    *size = (store_size){.lasting = store->lasting};
    statement one = begin(store, "SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM run WHERE pinned),"
                                 " (SELECT page_count FROM pragma_page_count) * ?");
    give_integer(&one, PAGE);
    if (next_row(&one)) {
        size->runs = sqlite3_column_int64(one.s, 0);
        size->pinned = sqlite3_column_int64(one.s, 1);
        size->bytes = sqlite3_column_int64(one.s, 2);
    }
    return end(&one, err);
}

static store_status find_created(web_store *store, const char *id, int64_t *created, ent_error *err)
{
    statement one = begin(store, "SELECT created FROM run WHERE id = ?");
    give_text(&one, id);
    const int found = next_row(&one);
    if (found) *created = sqlite3_column_int64(one.s, 0);
    const store_status status = end(&one, err);
    return status == STORE_FINE && !found ? STORE_ABSENT : status;
}

store_status store_keep(web_store *store, const store_run *run, int64_t *created, ent_error *err)
{
    const store_status there = find_created(store, run->id, created, err);
    if (there != STORE_ABSENT) return there;
    statement one = begin(store, "INSERT INTO run (" RUN_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                 " ON CONFLICT (id) DO NOTHING");
    give_integer(&one, run->created);
    give_number(&one, run->seconds);
    give_integer(&one, run->pinned);
    const char *const texts[] = {run->id,      run->version, run->world,       run->world_hash, run->name,
                                 run->command, run->request, run->result_hash, run->scenarios,  run->note};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) give_text(&one, texts[t]);
    *created = run->created;
    const store_status status = finish(&one, err);
    return status == STORE_ABSENT ? find_created(store, run->id, created, err) : status;
}

static store_run read_run(const statement *one, ent_arena *arena, int *lost)
{
    store_run run = {.created = sqlite3_column_int64(one->s, 0),
                     .seconds = sqlite3_column_double(one->s, 1),
                     .pinned = sqlite3_column_int(one->s, 2)};
    const char **const texts[] = {&run.id,      &run.version, &run.world,       &run.world_hash, &run.name,
                                  &run.command, &run.request, &run.result_hash, &run.scenarios,  &run.note};
    for (int t = 0; t < (int)(sizeof texts / sizeof *texts); t++) *texts[t] = column_text(one, 3 + t, arena, lost);
    return run;
}

store_status store_find(web_store *store, const char *id, ent_arena *arena, store_run *run, ent_error *err)
{
    int lost = 0;
    statement one = begin(store, "SELECT " RUN_COLUMNS " FROM run WHERE id = ?");
    give_text(&one, id);
    const int found = next_row(&one);
    if (found) *run = read_run(&one, arena, &lost);
    const store_status status = end(&one, err);
    if (lost) return lost_memory(err);
    return status == STORE_FINE && !found ? STORE_ABSENT : status;
}

store_status store_list(web_store *store, const char *before, int pinned, ptrdiff_t most, ent_arena *arena,
                        store_run **runs, ptrdiff_t *count, ent_error *err)
{
    int lost = 0;
    *count = 0;
    *runs = ent_new(arena, store_run, most > 0 ? most : 1);
    if (*runs == NULL) return lost_memory(err);
    statement one =
        begin(store, "SELECT " RUN_COLUMNS " FROM run WHERE (?1 IS NULL OR number < (SELECT number FROM run WHERE"
                     " id = ?1)) AND pinned >= ?2 ORDER BY number DESC LIMIT ?3");
    give_text(&one, before);
    give_integer(&one, pinned);
    give_integer(&one, most);
    while (*count < most && next_row(&one)) (*runs)[(*count)++] = read_run(&one, arena, &lost);
    const store_status status = end(&one, err);
    return lost ? lost_memory(err) : status;
}

store_status store_mark(web_store *store, const char *id, int pinned, const char *note, ent_error *err)
{
    statement one = begin(store, "UPDATE run SET pinned = CASE WHEN ?1 < 0 THEN pinned ELSE ?1 END,"
                                 " note = ifnull(?2, note) WHERE id = ?3");
    give_integer(&one, pinned);
    give_text(&one, note);
    give_text(&one, id);
    return finish(&one, err);
}

store_status store_drop(web_store *store, const char *id, ent_error *err)
{
    statement one = begin(store, "DELETE FROM run WHERE id = ?");
    give_text(&one, id);
    return finish(&one, err);
}

/* ---- jobs ---- */

store_status store_add_job(web_store *store, const store_job *job, ent_error *err)
{
    statement one = begin(store, "INSERT INTO job (created, id, kind, request, state) VALUES (?, ?, ?, ?, ?)");
    give_integer(&one, job->created);
    give_text(&one, job->id);
    give_text(&one, job->kind);
    give_text(&one, job->request);
    give_text(&one, job->state);
    return finish(&one, err);
}

store_status store_start_job(web_store *store, const char *id, int by, ptrdiff_t *starts, ent_error *err)
{
    statement one = begin(store, "UPDATE job SET starts = starts + ? WHERE id = ? RETURNING starts");
    give_integer(&one, by);
    give_text(&one, id);
    const int found = next_row(&one);
    if (found) {
        *starts = sqlite3_column_int64(one.s, 0);
        (void)next_row(&one); /* the statement ends, and is committed, with its last row */
    }
    const store_status status = end(&one, err);
    return status == STORE_FINE && !found ? STORE_ABSENT : status;
}

static store_status forget_jobs(web_store *store, ptrdiff_t remembered, ent_error *err)
{
    statement one = begin(store, "DELETE FROM job WHERE state <> 'waiting' AND number NOT IN (SELECT number FROM job"
                                 " WHERE state <> 'waiting' ORDER BY number DESC LIMIT ?)");
    give_integer(&one, remembered);
    const store_status status = finish(&one, err);
    return status == STORE_ABSENT ? STORE_FINE : status;
}

store_status store_end_job(web_store *store, const char *id, const char *state, const char *result, double seconds,
                           ptrdiff_t remembered, ent_error *err)
{
    statement one = begin(store, "UPDATE job SET state = ?, result = ?, seconds = ? WHERE id = ?");
    give_text(&one, state);
    give_text(&one, result);
    give_number(&one, seconds);
    give_text(&one, id);
    const store_status status = finish(&one, err);
    return status == STORE_FINE ? forget_jobs(store, remembered, err) : status;
}

store_status store_find_job(web_store *store, const char *id, ent_arena *arena, store_job *job, ent_error *err)
{
    int lost = 0;
    statement one = begin(store, "SELECT created, seconds, id, kind, state, request, result FROM job WHERE id = ?");
    give_text(&one, id);
    const int found = next_row(&one);
    if (found) {
        *job = (store_job){.created = sqlite3_column_int64(one.s, 0), .seconds = sqlite3_column_double(one.s, 1)};
        const char **const texts[] = {&job->id, &job->kind, &job->state, &job->request, &job->result};
        for (int t = 0; t < 5; t++) *texts[t] = column_text(&one, 2 + t, arena, &lost);
    }
    const store_status status = end(&one, err);
    if (lost) return lost_memory(err);
    return status == STORE_FINE && !found ? STORE_ABSENT : status;
}

store_status store_list_jobs(web_store *store, const char *state, ent_arena *arena, store_job **jobs, ptrdiff_t *count,
                             ent_error *err)
{
    enum {
        MOST = 1000
    };
    int lost = 0;
    *count = 0;
    *jobs = ent_new(arena, store_job, MOST);
    if (*jobs == NULL) return lost_memory(err);
    statement one = begin(store, "SELECT created, seconds, id, kind, state, CASE WHEN ?1 IS NULL THEN NULL ELSE request"
                                 " END FROM job WHERE ?1 IS NULL OR state = ?1 ORDER BY CASE WHEN ?1 IS NULL THEN"
                                 " -number ELSE number END LIMIT ?2");
    give_text(&one, state);
    give_integer(&one, MOST);
    while (*count < MOST && next_row(&one)) {
        store_job *job = &(*jobs)[(*count)++];
        *job = (store_job){.created = sqlite3_column_int64(one.s, 0), .seconds = sqlite3_column_double(one.s, 1)};
        const char **const texts[] = {&job->id, &job->kind, &job->state, &job->request};
        for (int t = 0; t < 4; t++) *texts[t] = column_text(&one, 2 + t, arena, &lost);
    }
    const store_status status = end(&one, err);
    return lost ? lost_memory(err) : status;
}

store_status store_drop_job(web_store *store, const char *id, ent_error *err)
{
    statement one = begin(store, "DELETE FROM job WHERE id = ?");
    give_text(&one, id);
    return finish(&one, err);
}
