/* watch.c: see watch.h. */
// SPDX-License-Identifier: MIT
#include "watch.h"
#include <entente/base.h>

int web_watch_late(const web_watch *watch)
{
    return watch->deadline > 0.0 && ent_seconds() > watch->deadline;
}

int web_watch_stop(void *watch)
{
    web_watch *w = watch;
    return atomic_load(&w->cancelled) != 0 || web_watch_late(w);
}

void web_watch_say(const web_watch *watch, const char *what, ptrdiff_t done, ptrdiff_t all)
{
    if (watch->progress != NULL) watch->progress(watch->who, what, done, all);
}
