/* watch.h: somebody waits for an answer: how long, and whether still; how far it is. One a request or job. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stdatomic.h>
#include <stddef.h>

typedef struct {
    atomic_int cancelled;
    double deadline; /* on ent_seconds()'s clock; 0: none */
    void (*progress)(void *who, const char *what, ptrdiff_t done, ptrdiff_t all); /* or NULL */
    void *who;
} web_watch;

int web_watch_stop(void *watch); /* as ent_options.stop: 1 where nobody waits any more */
int web_watch_late(const web_watch *watch);
void web_watch_say(const web_watch *watch, const char *what, ptrdiff_t done, ptrdiff_t all);
