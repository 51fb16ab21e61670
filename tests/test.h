/* test.h: a test is TEST(name_that_states_the_law, "tag") { ... }; it registers itself and runs with its folder.
 * A failed check prints where and what, and the test goes on; the runner ends with `N passed, N failed`. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/entente.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef void test_body(void);
void test_register(const char *file, const char *name, const char *tag, test_body *body);
void test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void test_skip(const char *why, ...) __attribute__((format(printf, 1, 2)));
/* Folder of a data set, $ENTENTE_DATA or ../shared/data beside the sources; NULL (and the test is skipped with one
 * line) where it is absent. In CI ($CI set) absence is a failure. */
const char *test_data(const char *set);
const char *test_temporary_folder(void); /* one for the whole run, emptied at its end */

/* Faults: the n-th malloc from now on (1: the next) gives NULL, and all after it too; 0 switches off. */
void test_fail_allocation(long nth);
long test_allocations(void); /* since the last test_fail_allocation */

#define TEST(name, tag)                                                                                                \
    static void name(void);                                                                                            \
    __attribute__((constructor)) static void register_##name(void)                                                     \
    {                                                                                                                  \
        test_register(__FILE__, #name, tag, name);                                                                     \
    }                                                                                                                  \
    static void name(void)

/* Of a test for its numbers, on code that others walk through: not once more under sanitizers. */
#if defined(__SANITIZE_ADDRESS__)
#define ONCE_IS_ENOUGH return
#else
#define ONCE_IS_ENOUGH (void)0
#endif

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) test_fail(__FILE__, __LINE__, "%s does not hold", #condition);                               \
    } while (0)
#define CHECK_NEAR(value, wanted, within)                                                                              \
    do {                                                                                                               \
        const double v_ = (value), w_ = (wanted), t_ = (within);                                                       \
        if (!(fabs(v_ - w_) <= t_))                                                                                    \
            test_fail(__FILE__, __LINE__, "%s is %.17g, not %.17g within %g", #value, v_, w_, t_);                     \
    } while (0)
#define CHECK_TEXT(value, wanted)                                                                                      \
    do {                                                                                                               \
        const char *v_ = (value), *w_ = (wanted);                                                                      \
        if (strcmp(v_, w_) != 0) test_fail(__FILE__, __LINE__, "%s is\n    %s\n  not\n    %s", #value, v_, w_);        \
    } while (0)
/* A step that must succeed; otherwise the sentence is printed and the test left. */
#define MUST(call, err)                                                                                                \
    do {                                                                                                               \
        const ent_status s_ = (call);                                                                                  \
        if (s_ != ENT_OK) {                                                                                            \
            test_fail(__FILE__, __LINE__, "%s: %s: %s", #call, ent_status_words(s_), (err).text);                      \
            return;                                                                                                    \
        }                                                                                                              \
    } while (0)
