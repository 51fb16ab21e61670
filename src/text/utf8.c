/* utf8.c: see utf8.h. */
// SPDX-License-Identifier: MIT
#include "text/utf8.h"

size_t ent_utf8_length(const unsigned char *at, size_t left)
{
    const unsigned first = at[0];
    const size_t length = first < 0x80   ? 1
                          : first < 0xC2 ? 0
                          : first < 0xE0 ? 2
                          : first < 0xF0 ? 3
                          : first < 0xF5 ? 4
                                         : 0;
    if (length == 0 || length > left) return 0;
    for (size_t c = 1; c < length; c++)
        if ((at[c] & 0xC0) != 0x80) return 0;
    if ((first == 0xE0 && at[1] < 0xA0) || (first == 0xED && at[1] > 0x9F) || (first == 0xF0 && at[1] < 0x90) ||
        (first == 0xF4 && at[1] > 0x8F))
        return 0;
    return length;
}
