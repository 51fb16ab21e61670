/* desk.c: see desk.h. A ring under one lock: a worker's piece takes milliseconds, the lock less than one of them. */
// SPDX-License-Identifier: MIT
#include "desk.h"
#include <pthread.h>
#include <stdlib.h>

struct web_desk {
    void (*work)(void *what);
    void **queue; /* [longest] a ring */
    ptrdiff_t longest, first, count, workers;
    int closing;
    pthread_mutex_t lock;
    pthread_cond_t news;
    pthread_t *thread; /* [workers] */
};

static void *work_on(void *who)
{
    web_desk *desk = who;
    for (;;) {
        pthread_mutex_lock(&desk->lock);
        while (desk->count == 0 && !desk->closing) pthread_cond_wait(&desk->news, &desk->lock);
        void *what = NULL;
        if (desk->count > 0) {
            what = desk->queue[desk->first];
            desk->first = (desk->first + 1) % desk->longest;
            desk->count--;
        }
        pthread_mutex_unlock(&desk->lock);
        if (what == NULL) return NULL;
        desk->work(what);
    }
}

ent_status desk_open(ptrdiff_t workers, ptrdiff_t longest, void (*work)(void *what), web_desk **desk, ent_error *err)
{
    web_desk *d = calloc(1, sizeof *d);
    *desk = NULL;
    if (d == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for workers");
    d->work = work;
    d->longest = longest;
    d->queue = calloc((size_t)longest, sizeof *d->queue);
    d->thread = calloc((size_t)workers, sizeof *d->thread);
    if (d->queue == NULL || d->thread == NULL || pthread_mutex_init(&d->lock, NULL) != 0 ||
        pthread_cond_init(&d->news, NULL) != 0) {
        free(d->queue);
        free(d->thread);
        free(d);
        return ent_fail(err, ENT_NO_MEMORY, "no memory for workers");
    }
    while (d->workers < workers && pthread_create(&d->thread[d->workers], NULL, work_on, d) == 0) d->workers++;
    if (d->workers < workers) {
        desk_close(d);
        return ent_fail(err, ENT_NO_MEMORY, "no threads for %td workers; --threads asks for fewer", workers);
    }
    *desk = d;
    return ENT_OK;
}

int desk_put(web_desk *desk, void *what)
{
    pthread_mutex_lock(&desk->lock);
    const int fits = desk->count < desk->longest && !desk->closing;
    if (fits) desk->queue[(desk->first + desk->count++) % desk->longest] = what;
    pthread_cond_signal(&desk->news);
    pthread_mutex_unlock(&desk->lock);
    return fits;
}

void desk_close(web_desk *desk)
{
    if (desk == NULL) return;
    pthread_mutex_lock(&desk->lock);
    desk->closing = 1;
    pthread_cond_broadcast(&desk->news);
    pthread_mutex_unlock(&desk->lock);
    for (ptrdiff_t w = 0; w < desk->workers; w++) pthread_join(desk->thread[w], NULL);
    pthread_cond_destroy(&desk->news);
    pthread_mutex_destroy(&desk->lock);
    free(desk->queue);
    free(desk->thread);
    free(desk);
}
