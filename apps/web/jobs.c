/* jobs.c: see jobs.h. Jobs that wait or run are in memory, in order; those that have ended are in the store alone. */
// SPDX-License-Identifier: MIT
#include "jobs.h"
#include <entente/text.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum {
    MOST_STARTS = 3 /* of a job whose server ended under it: more would take a deadly one up for ever */
};

typedef struct job job;
struct job {
    job_view view;
    char *request;
    web_watch watch;
    double began, told; /* seconds on the clock: of the work, of the last news */
    web_jobs *jobs;
    job *next;
};

struct jobs_listener {
    web_jobs *jobs;
    char id[JOB_ID + 1];
    void (*wake)(void *who);
    void *who;
    ptrdiff_t done; /* what was told last */
    job_state state;
    int told, tick, waits, over;
    jobs_listener *next;
};

struct web_jobs {
    web_store *store;
    jobs_work *work;
    void *who;
    double seconds;
    ptrdiff_t most, waiting;
    pthread_mutex_t lock;
    pthread_cond_t news;
    pthread_t thread;
    int has_thread, stopping;
    job *first; /* the one that runs, or will */
    jobs_listener *listeners;
};

const char *job_state_word(job_state state)
{
    static const char *const words[] = {"waiting", "running", "done", "failed", "cancelled"};
    return words[state];
}

static job_state state_of(const char *word)
{
    for (int s = JOB_WAITING; s < JOB_CANCELLED; s++)
        if (strcmp(job_state_word((job_state)s), word) == 0) return (job_state)s;
    return JOB_CANCELLED;
}

int64_t web_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void web_say_time(int64_t milliseconds, char text[32])
{
    const time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    const size_t length = strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &parts);
    const int rest = (int)(milliseconds % 1000);
    text[length] = '.';
    text[length + 1] = (char)('0' + rest / 100);
    text[length + 2] = (char)('0' + rest / 10 % 10);
    text[length + 3] = (char)('0' + rest % 10);
    text[length + 4] = 'Z';
    text[length + 5] = 0;
}

void job_say(const job_view *view, int with_result, ent_text *text)
{
    ent_json json = {.text = text};
    char created[32];
    web_say_time(view->created, created);
    ent_json_open(&json, '{');
    ent_json_pair(&json, "job", view->id);
    ent_json_pair(&json, "kind", view->kind);
    ent_json_pair(&json, "state", job_state_word(view->state));
    ent_json_pair(&json, "created", created);
    ent_json_pair(&json, "what", view->what);
    ent_json_pair_integer(&json, "done", view->done);
    ent_json_pair_integer(&json, "all", view->all);
    ent_json_key(&json, "seconds");
    ent_json_rounded(&json, view->seconds, 4);
    if (with_result) {
        const char *result = view->state == JOB_DONE ? view->result : NULL;
        const char *failure = view->state == JOB_FAILED ? view->result : NULL;
        ent_json_key(&json, "result");
        ent_json_put(&json, result != NULL ? result : "null", result != NULL ? strlen(result) : 4);
        ent_json_key(&json, "error");
        ent_json_put(&json, failure != NULL ? failure : "null", failure != NULL ? strlen(failure) : 4);
    }
    ent_json_close(&json, '}');
}

/* ---- under the lock ---- */

static void wake_listeners(web_jobs *jobs, const char *id)
{
    for (jobs_listener *l = jobs->listeners; l != NULL; l = l->next)
        if (l->waits && (id == NULL || strcmp(l->id, id) == 0)) {
            l->waits = 0;
            l->wake(l->who);
        }
}

static job *find_job(const web_jobs *jobs, const char *id)
{
    job *one = jobs->first;
    while (one != NULL && strcmp(one->view.id, id) != 0) one = one->next;
    return one;
}

static void take_out(web_jobs *jobs, const job *one)
{
    for (job **link = &jobs->first; *link != NULL; link = &(*link)->next)
        if (*link == one) {
            *link = one->next;
            jobs->waiting--;
            return;
        }
}

static void free_job(job *one)
{
    free(one->request);
    free(one);
}

static job *make_job(web_jobs *jobs, const char *id, const char *kind, const char *request, int64_t created)
{
    job *one = calloc(1, sizeof *one);
    if (one == NULL) return NULL;
    one->request = strdup(request);
    if (one->request == NULL) {
        free(one);
        return NULL;
    }
    strncpy(one->view.id, id, JOB_ID);
    strncpy(one->view.kind, kind, sizeof one->view.kind - 1);
    one->view.created = created;
    one->jobs = jobs;
    return one;
}

static void put_last(web_jobs *jobs, job *one)
{
    job **link = &jobs->first;
    while (*link != NULL) link = &(*link)->next;
    *link = one;
    jobs->waiting++;
}

/* ---- the thread ---- */

static void note_progress(void *who, const char *what, ptrdiff_t done, ptrdiff_t all)
{
    job *one = who;
    const double now = ent_seconds();
    pthread_mutex_lock(&one->jobs->lock);
    strncpy(one->view.what, what, sizeof one->view.what - 1);
    one->view.done = done;
    one->view.all = all;
    one->view.seconds = now - one->began;
    if (now - one->told > 0.1) {
        one->told = now;
        wake_listeners(one->jobs, one->view.id);
    }
    pthread_mutex_unlock(&one->jobs->lock);
}

/* The text of an answer; its error alone where it is one. */
static const char *result_of(const web_response *response, ent_arena *arena)
{
    static const char head[] = "{\"error\":";
    size_t size = response->body.size;
    while (size > 0 && response->body.data[size - 1] == '\n') size--;
    const char *data = response->body.data;
    if (response->status >= 400 && size > sizeof head && strncmp(data, head, sizeof head - 1) == 0) {
        data += sizeof head - 1;
        size -= sizeof head;
    }
    return ent_string_copy_n(arena, data, size);
}

static job_state do_work(web_jobs *jobs, job *one, ent_arena *arena, const char **result)
{
    web_response response = {0};
    const ent_bytes request = {one->request, strlen(one->request)};
    jobs->work(jobs->who, one->view.kind, request, &one->watch, arena, &response);
    if (atomic_load(&one->watch.cancelled) != 0) return JOB_CANCELLED;
    *result = result_of(&response, arena);
    return response.status < 400 ? JOB_DONE : JOB_FAILED;
}

/* What is left of a job that broke off, so that the next server can have it; or its end, whatever it was. */
static void put_away(web_jobs *jobs, const job *one, job_state state, const char *result, double seconds)
{
    static const char lost[] =
        "{\"status\":507,\"sentence\":\"the job is done, but the store has no room for its result\"}";
    ent_error err = {0};
    ptrdiff_t starts;
    pthread_mutex_lock(&jobs->lock);
    const int stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    const char *id = one->view.id, *word = job_state_word(state);
    if (stopping && state == JOB_CANCELLED)
        store_start_job(jobs->store, id, -1, &starts, &err);
    else if (store_end_job(jobs->store, id, word, result, seconds, jobs->most, &err) != STORE_FINE)
        store_end_job(jobs->store, id, job_state_word(JOB_FAILED), lost, seconds, jobs->most, &err);
}

static void do_job(web_jobs *jobs, job *one)
{
    static const char deadly[] =
        "{\"status\":500,\"sentence\":\"the server ended several times while it worked on this "
        "job; it is not tried again\"}";
    ENT_SCRATCH scratch = {0};
    const char *result = deadly;
    ent_error err = {0};
    ptrdiff_t starts = 0;
    store_start_job(jobs->store, one->view.id, 1, &starts, &err);
    pthread_mutex_lock(&jobs->lock);
    one->view.state = JOB_RUNNING;
    one->began = one->told = ent_seconds();
    one->watch.deadline = one->began + jobs->seconds;
    wake_listeners(jobs, one->view.id);
    pthread_mutex_unlock(&jobs->lock);
    const job_state state = starts <= MOST_STARTS ? do_work(jobs, one, &scratch, &result) : JOB_FAILED;
    put_away(jobs, one, state, result, ent_seconds() - one->began);
    pthread_mutex_lock(&jobs->lock);
    take_out(jobs, one);
    wake_listeners(jobs, one->view.id);
    pthread_mutex_unlock(&jobs->lock);
    free_job(one);
}

static void *work_on(void *who)
{
    web_jobs *jobs = who;
    for (;;) {
        pthread_mutex_lock(&jobs->lock);
        while (jobs->first == NULL && !jobs->stopping) pthread_cond_wait(&jobs->news, &jobs->lock);
        job *one = jobs->stopping ? NULL : jobs->first;
        pthread_mutex_unlock(&jobs->lock);
        if (one == NULL) return NULL;
        do_job(jobs, one);
    }
}

/* ---- opening and closing ---- */

static ent_status take_up(web_jobs *jobs, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    store_job *found;
    ptrdiff_t count;
    if (store_list_jobs(jobs->store, job_state_word(JOB_WAITING), &scratch, &found, &count, err) != STORE_FINE)
        return ENT_BAD_INPUT;
    for (ptrdiff_t k = 0; k < count; k++) {
        job *one = make_job(jobs, found[k].id, found[k].kind, found[k].request, found[k].created);
        if (one == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for jobs");
        one->watch.progress = note_progress;
        one->watch.who = one;
        put_last(jobs, one);
    }
    return ENT_OK;
}

ent_status jobs_open(web_store *store, jobs_work *work, void *who, double seconds, ptrdiff_t most, web_jobs **jobs,
                     ent_error *err)
{
    web_jobs *j = calloc(1, sizeof *j);
    *jobs = NULL;
    if (j == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for jobs");
    j->store = store;
    j->work = work;
    j->who = who;
    j->seconds = seconds;
    j->most = most;
    if (pthread_mutex_init(&j->lock, NULL) != 0 || pthread_cond_init(&j->news, NULL) != 0) {
        free(j);
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a lock");
    }
    ent_status status = take_up(j, err);
    if (status == ENT_OK) {
        j->has_thread = pthread_create(&j->thread, NULL, work_on, j) == 0;
        if (!j->has_thread) status = ent_fail(err, ENT_NO_MEMORY, "no thread for jobs");
    }
    if (status != ENT_OK)
        jobs_close(j);
    else
        *jobs = j;
    return status;
}

void jobs_stop(web_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = 1;
    if (jobs->first != NULL) atomic_store(&jobs->first->watch.cancelled, 1);
    pthread_cond_broadcast(&jobs->news);
    pthread_mutex_unlock(&jobs->lock);
    if (jobs->has_thread) pthread_join(jobs->thread, NULL);
    jobs->has_thread = 0;
    pthread_mutex_lock(&jobs->lock);
    wake_listeners(jobs, NULL);
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_close(web_jobs *jobs)
{
    if (jobs == NULL) return;
    jobs_stop(jobs);
    while (jobs->first != NULL) {
        job *one = jobs->first;
        take_out(jobs, one);
        free_job(one);
    }
    pthread_cond_destroy(&jobs->news);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

/* ---- asking ---- */

static int status_of(store_status status)
{
    return status == STORE_FINE ? 0 : status == STORE_ABSENT ? 404 : status == STORE_FULL ? 507 : 500;
}

static int make_id(char id[JOB_ID + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char noise[JOB_ID / 2];
    if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise) return 0;
    for (int c = 0; c < JOB_ID; c++) id[c] = digits[noise[c / 2] >> (c % 2 == 0 ? 4 : 0) & 15];
    id[JOB_ID] = 0;
    return 1;
}

int jobs_add(web_jobs *jobs, const char *kind, const char *request, char id[JOB_ID + 1], ent_error *err)
{
    pthread_mutex_lock(&jobs->lock);
    const int full = jobs->waiting >= jobs->most || jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    job *one = full || !make_id(id) ? NULL : make_job(jobs, id, kind, request, web_now());
    if (one == NULL) {
        ent_fail(err, ENT_NO_MEMORY, full ? "too many jobs wait already" : "no memory for a job");
        return 503;
    }
    one->watch.progress = note_progress;
    one->watch.who = one;
    const store_job row = {
        .created = one->view.created, .id = id, .kind = kind, .request = request, .state = "waiting"};
    const int status = status_of(store_add_job(jobs->store, &row, err));
    if (status != 0) {
        free_job(one);
        return status;
    }
    pthread_mutex_lock(&jobs->lock);
    put_last(jobs, one);
    pthread_cond_broadcast(&jobs->news);
    pthread_mutex_unlock(&jobs->lock);
    return 0;
}

static job_view view_of(const store_job *row)
{
    job_view view = {
        .state = state_of(row->state), .created = row->created, .seconds = row->seconds, .result = row->result};
    strncpy(view.id, row->id, JOB_ID);
    strncpy(view.kind, row->kind, sizeof view.kind - 1);
    return view;
}

int jobs_find(web_jobs *jobs, const char *id, int with_result, ent_arena *arena, job_view *view, ent_error *err)
{
    store_job row;
    pthread_mutex_lock(&jobs->lock);
    const job *one = find_job(jobs, id);
    if (one != NULL) *view = one->view;
    pthread_mutex_unlock(&jobs->lock);
    if (one != NULL) return 0;
    const store_status status = store_find_job(jobs->store, id, arena, &row, err);
    if (status == STORE_ABSENT) ent_fail(err, ENT_BAD_INPUT, "there is no such job; ended ones are forgotten in time");
    if (status != STORE_FINE) return status_of(status);
    *view = view_of(&row);
    if (!with_result) view->result = NULL;
    return 0;
}

int jobs_list(web_jobs *jobs, ent_arena *arena, job_view **views, ptrdiff_t *count, ent_error *err)
{
    store_job *rows;
    const store_status status = store_list_jobs(jobs->store, NULL, arena, &rows, count, err);
    if (status != STORE_FINE) return status_of(status);
    *views = ent_new(arena, job_view, *count + 1);
    if (*views == NULL) {
        ent_fail(err, ENT_NO_MEMORY, "no memory for a list of jobs");
        return 503;
    }
    pthread_mutex_lock(&jobs->lock);
    for (ptrdiff_t k = 0; k < *count; k++) {
        const job *one = find_job(jobs, rows[k].id);
        (*views)[k] = one != NULL ? one->view : view_of(&rows[k]);
    }
    pthread_mutex_unlock(&jobs->lock);
    return 0;
}

int jobs_drop(web_jobs *jobs, const char *id, ent_error *err)
{
    pthread_mutex_lock(&jobs->lock);
    job *one = find_job(jobs, id);
    const int running = one != NULL && one == jobs->first;
    if (one != NULL) atomic_store(&one->watch.cancelled, 1);
    if (one != NULL && !running) take_out(jobs, one);
    pthread_mutex_unlock(&jobs->lock);
    if (running) return 0; /* its thread will notice, and end it */
    if (one != NULL) {
        free_job(one);
        const int status = status_of(store_end_job(jobs->store, id, "cancelled", NULL, 0.0, jobs->most, err));
        pthread_mutex_lock(&jobs->lock);
        wake_listeners(jobs, id);
        pthread_mutex_unlock(&jobs->lock);
        return status;
    }
    const store_status status = store_drop_job(jobs->store, id, err);
    if (status == STORE_ABSENT) ent_fail(err, ENT_BAD_INPUT, "there is no such job; ended ones are forgotten in time");
    return status_of(status);
}

/* ---- listening ---- */

jobs_listener *jobs_listen(web_jobs *jobs, const char *id, void (*wake)(void *who), void *who)
{
    jobs_listener *l = calloc(1, sizeof *l);
    if (l == NULL) return NULL;
    l->jobs = jobs;
    strncpy(l->id, id, JOB_ID);
    l->wake = wake;
    l->who = who;
    pthread_mutex_lock(&jobs->lock);
    l->next = jobs->listeners;
    jobs->listeners = l;
    pthread_mutex_unlock(&jobs->lock);
    return l;
}

void jobs_unlisten(jobs_listener *listener)
{
    web_jobs *jobs = listener->jobs;
    pthread_mutex_lock(&jobs->lock);
    for (jobs_listener **link = &jobs->listeners; *link != NULL; link = &(*link)->next)
        if (*link == listener) {
            *link = listener->next;
            break;
        }
    pthread_mutex_unlock(&jobs->lock);
    free(listener);
}

void jobs_tick(web_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    for (jobs_listener *l = jobs->listeners; l != NULL; l = l->next) l->tick = 1;
    wake_listeners(jobs, NULL);
    pthread_mutex_unlock(&jobs->lock);
}

static void say_event(const char *event, const job_view *view, int with_result, ent_text *text)
{
    ent_text_say(text, "event: %s\ndata: ", event);
    job_say(view, with_result, text);
    ent_text_add(text, "\n\n", 2);
}

/* Under the lock: 1 where there is news of a job in memory; 0: not yet; -1: the store has what became of it. */
static int look(jobs_listener *l, job_view *view)
{
    const job *one = find_job(l->jobs, l->id);
    if (one == NULL) return -1;
    if (l->told && l->done == one->view.done && l->state == one->view.state && !l->tick) return 0;
    *view = one->view;
    return 1;
}

int jobs_wait(jobs_listener *l)
{
    job_view view;
    pthread_mutex_lock(&l->jobs->lock);
    const int news = l->jobs->stopping || look(l, &view) != 0;
    if (!news) l->waits = 1;
    pthread_mutex_unlock(&l->jobs->lock);
    return news;
}

int jobs_next(jobs_listener *l, ent_text *text)
{
    ENT_SCRATCH scratch = {0};
    job_view view;
    ent_error err = {0};
    if (l->over) return -1;
    pthread_mutex_lock(&l->jobs->lock);
    const int stopping = l->jobs->stopping;
    const int news = stopping ? -1 : look(l, &view);
    pthread_mutex_unlock(&l->jobs->lock);
    if (news == 0) return 0;
    if (news == 1) {
        const int same = l->told && l->done == view.done && l->state == view.state;
        if (same)
            ent_text_say(text, ": still here\n\n");
        else
            say_event("progress", &view, 0, text);
        l->told = 1;
        l->tick = 0;
        l->done = view.done;
        l->state = view.state;
        return 1;
    }
    l->over = 1;
    if (stopping || jobs_find(l->jobs, l->id, 1, &scratch, &view, &err) != 0 || view.state < JOB_DONE) return -1;
    say_event(job_state_word(view.state), &view, 1, text);
    return 1;
}
