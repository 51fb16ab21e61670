/* threads.c: every block is worked on once, and sums by blocks are the same to the bit for any number of threads. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "test.h"

enum {
    BLOCKS = 257,
    EACH = 1000
};

typedef struct {
    int visits[BLOCKS];
    double sum[BLOCKS];
} work_done;

static void add_up(void *state, ptrdiff_t block)
{
    work_done *done = state;
    done->visits[block]++;
    for (ptrdiff_t n = 0; n < EACH; n++) done->sum[block] += 1.0 / (double)(block * EACH + n + 1);
}

TEST(blocks_are_worked_on_once_and_sums_do_not_depend_on_threads, "")
{
    work_done one = {0};
    ent_blocks_run(BLOCKS, 1, add_up, &one);
    for (int threads = 2; threads <= 5; threads++) {
        work_done more = {0};
        ent_blocks_run(BLOCKS, threads, add_up, &more);
        for (int b = 0; b < BLOCKS; b++) CHECK(more.visits[b] == 1);
        CHECK(memcmp(one.sum, more.sum, sizeof one.sum) == 0);
    }
    ent_blocks_run(0, 4, add_up, NULL); /* nothing to do is fine */
}
