/* reading.h: reads CSV lines back, by a way of its own. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

enum {
    MOST_FIELDS = 16
};

/* Splits one line (quotes undone in place) and moves *text behind it. Returns the number of fields, 0 at the end. */
static inline int fields_of_line(char **text, char *field[MOST_FIELDS])
{
    char *in = *text, *out = in;
    int count = 0, quoted = 0;
    if (*in == 0) return 0;
    field[count++] = out;
    for (; *in != 0 && (quoted || *in != '\n'); in++) {
        if (*in == '"' && quoted && in[1] == '"') {
            *out++ = *in++;
        } else if (*in == '"') {
            quoted = !quoted;
        } else if (*in == ',' && !quoted && count < MOST_FIELDS) {
            *out++ = 0;
            field[count++] = out;
        } else {
            *out++ = *in;
        }
    }
    *text = *in == 0 ? in : in + 1;
    *out = 0;
    return count;
}
