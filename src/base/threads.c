/* threads.c: see threads.h. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"

void ent_blocks_run(ptrdiff_t blocks, int threads, ent_block_work *work, void *state)
{
    if (threads <= 1) {
        for (ptrdiff_t b = 0; b < blocks; b++) work(state, b);
        return;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (ptrdiff_t b = 0; b < blocks; b++) work(state, b);
}
