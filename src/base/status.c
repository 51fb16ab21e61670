/* status.c: the words of a status, and the one way to fail. */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

const char *ent_status_words(ent_status status)
{
    switch (status) {
#define ENT_STATUS_CASE(name, words)                                                                                   \
    case ENT_##name:                                                                                                   \
        return words;
        ENT_STATUS_LIST(ENT_STATUS_CASE)
#undef ENT_STATUS_CASE
    }
    return "an unknown status";
}

ent_status(ent_fail)(ent_error *err, ent_status status, const char *format, ...)
{
    if (err == NULL) return status;
    char text[sizeof err->text]; /* apart, as the old sentence may be part of the new one */
    va_list list;
    va_start(list, format);
    const int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (length >= (int)sizeof text) { /* too long: end at a whole character, and say so */
        size_t end = sizeof text - sizeof "…";
        while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
        memcpy(text + end, "…", sizeof "…");
    }
    memcpy(err->text, text, sizeof text);
    return status;
}

double ent_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
