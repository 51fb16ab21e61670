/* status.c: the words of a status, and the one way to fail. */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <stdio.h>
#include <time.h>

const char *ent_status_words(ent_status status)
{
    switch (status) {
#define ENT_STATUS_CASE(name, words)                                                                                   \
    case ENT_##name: return words;
        ENT_STATUS_LIST(ENT_STATUS_CASE)
#undef ENT_STATUS_CASE
    }
    return "an unknown status";
}

ent_status ent_fail(ent_error *err, ent_status status, const char *format, ...)
{
    if (err != NULL) {
        va_list list;
        va_start(list, format);
        vsnprintf(err->text, sizeof err->text, format, list);
        va_end(list);
    }
    return status;
}

double ent_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
