/* threads.h: loops over fixed blocks by several threads. The blocks never depend on the number of threads, and every
 * result belongs to one block, so results are the same to the bit for any number of threads. The door of OpenMP. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

typedef void ent_block_work(void *state, ptrdiff_t block);

/* Call work(state, b) once for each b in 0 .. blocks-1, by at most `threads` threads (1: in the caller's own). */
void ent_blocks_run(ptrdiff_t blocks, int threads, ent_block_work *work, void *state);
