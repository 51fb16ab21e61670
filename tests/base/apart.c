/* apart.c: work in a process of its own: its answer and its words come back, and its death is noticed. */
// SPDX-License-Identifier: MIT
#include "base/apart.h"
#include "test.h"
#include <stdlib.h>
#include <unistd.h>

static const ent_apart_bounds enough = {10, 1 << 24};

static ent_status answer_large(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    const size_t size = *(const size_t *)state;
    char *data = ent_new(arena, char, size);
    if (data == NULL) return ent_fail(err, ENT_NO_MEMORY, "none left");
    for (size_t b = 0; b < size; b++) data[b] = (char)(b * 7);
    *(size_t *)state = 0; /* in the copy, not in the caller */
    *answer = (ent_bytes){data, size};
    return ENT_OK;
}

static ent_status refuse(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    (void)arena, (void)answer;
    return ent_fail(err, ENT_BAD_INPUT, "%s will not do", (const char *)state);
}

static ent_status crash(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    (void)state, (void)arena, (void)answer, (void)err;
    fprintf(stderr, "nobody hears this\n");
    abort();
}

static ent_status compute_for_ever(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    volatile unsigned counter = 0;
    (void)state, (void)arena, (void)answer, (void)err;
    for (;;) counter++;
    return ENT_OK;
}

static ent_status wait_for_ever(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    (void)state, (void)arena, (void)answer, (void)err;
    for (;;) pause();
    return ENT_OK;
}

TEST(an_answer_from_apart_comes_back_whole, "apart")
{
    ENT_SCRATCH house = {0};
    ent_bytes answer;
    ent_error err = {""};
    int died = 1;
    size_t size = 3000000; /* many times a pipe's room */
    MUST(ent_apart_run(answer_large, &size, enough, &house, &answer, &died, &err), err);
    CHECK(!died && size == 3000000 && answer.size == size);
    int wrong = 0;
    for (size_t b = 0; b < size; b++) wrong += answer.data[b] != (char)(b * 7);
    CHECK(wrong == 0 && answer.data[size] == 0);
}

TEST(a_refusal_from_apart_keeps_its_sentence, "apart")
{
    ENT_SCRATCH house = {0};
    ent_bytes answer;
    ent_error err = {""};
    int died = 1;
    char word[] = "this";
    CHECK(ent_apart_run(refuse, word, enough, &house, &answer, &died, &err) == ENT_BAD_INPUT);
    CHECK(!died);
    CHECK_TEXT(err.text, "this will not do");
}

TEST(work_that_crashes_or_hangs_has_died, "apart")
{
    ENT_SCRATCH house = {0};
    ent_bytes answer;
    ent_error err = {""};
    int died = 0;
    CHECK(ent_apart_run(crash, NULL, enough, &house, &answer, &died, &err) == ENT_BAD_INPUT && died);
    const ent_apart_bounds short_time = {1, 1 << 24};
    CHECK(ent_apart_run(compute_for_ever, NULL, short_time, &house, &answer, &died, &err) == ENT_BAD_INPUT && died);
    const double start = ent_seconds();
    CHECK(ent_apart_run(wait_for_ever, NULL, short_time, &house, &answer, &died, &err) == ENT_BAD_INPUT && died);
    CHECK(ent_seconds() - start < 20.0);
}

TEST(an_answer_past_its_bound_is_not_taken, "apart")
{
    ENT_SCRATCH house = {0};
    ent_bytes answer;
    ent_error err = {""};
    int died = 0;
    size_t size = 100000;
    const ent_apart_bounds small = {10, 5000};
    CHECK(ent_apart_run(answer_large, &size, small, &house, &answer, &died, &err) == ENT_BAD_INPUT && died);
}

TEST(work_apart_survives_every_failed_allocation, "faults")
{
    int running = 1;
    for (long nth = 1; nth < 20 && running; nth++) {
        ENT_SCRATCH house = {0};
        ent_bytes answer;
        ent_error err = {""};
        int died = 1;
        size_t size = 100000;
        test_fail_allocation(nth);
        const ent_status status = ent_apart_run(answer_large, &size, enough, &house, &answer, &died, &err);
        test_fail_allocation(0);
        CHECK(!died && (status == ENT_OK || status == ENT_NO_MEMORY));
        running = status != ENT_OK;
    }
    CHECK(!running);
}
