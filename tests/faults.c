/* faults.c: the n-th allocation fails. The linker sends every malloc of the library and of the tests here. */
// SPDX-License-Identifier: MIT
#include "test.h"
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

static long countdown, counted;

void test_fail_allocation(long nth)
{
    countdown = nth;
    counted = 0;
}

long test_allocations(void)
{
    return counted;
}

void *__wrap_malloc(size_t size)
{
    counted++;
    if (countdown == 1) return NULL;
    if (countdown > 1) countdown--;
    return __real_malloc(size);
}
