/* desk.h: workers and a queue of bounded length before them. Knows nothing of what is worked on. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef struct web_desk web_desk;
ent_status desk_open(ptrdiff_t workers, ptrdiff_t longest, void (*work)(void *what), web_desk **desk, ent_error *err);
/* 0: the queue is full, or the desk closes. */
int desk_put(web_desk *desk, void *what);
/* What waits is still worked on; then the workers go home. */
void desk_close(web_desk *desk);
