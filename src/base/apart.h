/* apart.h: a piece of work in a process of its own, for foreign libraries that bad bytes can crash, hang or make leak.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

/* The work: it answers with bytes in its arena, or with a status and a sentence. It runs in a copy of the calling
 * process: it sees all its memory, and what it changes is lost. It must not start threads or print. */
typedef ent_status ent_apart_work(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err);

typedef struct {
    unsigned seconds; /* of computing, or four times as many by the clock: then the process is ended */
    size_t bytes;     /* more memory than this is not given to it, nor taken from it as an answer */
} ent_apart_bounds;

/* Run the work apart and wait for it.
 * Returned  answer  in arena, ended by a 0 that doesn't count;  died  1 where no answer came: it crashed or ran out of
 * time Status    the work's own, with its sentence; ENT_BAD_INPUT without one where it died; ENT_NO_MEMORY;
 * ENT_BAD_INPUT with a sentence where no process can be made */
ent_status ent_apart_run(ent_apart_work *work, void *state, ent_apart_bounds bounds, ent_arena *arena,
                         ent_bytes *answer, int *died, ent_error *err);
