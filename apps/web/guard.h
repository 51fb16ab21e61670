/* guard.h: who may ask. A page from elsewhere may not, not even under a name that was bent to our address; and where
 * the server listens to a network, nobody without the token. Knows headers, no routes. */
// SPDX-License-Identifier: MIT
#pragma once
#include "http.h"
#include <pthread.h>

enum {
    GUARD_SECRET = 40, /* characters of a secret that we make, and the 0 behind them */
    GUARD_LINKS = 8    /* links that are out; more make the oldest void */
};

typedef struct {
    const char *address;     /* where we listen */
    const char *const *host; /* [hosts] further names */
    ptrdiff_t hosts;
    const char *token; /* NULL: none is asked for */
    char session[GUARD_SECRET];
    char link[GUARD_LINKS][GUARD_SECRET]; /* "" where there is none */
    int next_link;
    pthread_mutex_t lock; /* of the links */
} web_guard;

ent_status web_guard_open(web_guard *guard, ent_error *err);
void web_guard_close(web_guard *guard);
/* 0, or the status to refuse the request with (400, 401, 403) and a sentence. */
int web_guard_check(const web_guard *guard, const web_request *request, ent_error *err);
/* A new link's secret; and is this one of those that are out? Then it no longer is. */
ent_status web_guard_link(web_guard *guard, char link[GUARD_SECRET], ent_error *err);
int web_guard_enter(web_guard *guard, const char *link);
/* The first line of a token file: at least 16 characters, printable and without blanks. */
ent_status web_guard_token(ent_bytes file, const char *path, ent_arena *arena, const char **token, ent_error *err);
int web_is_loopback(const char *address);
