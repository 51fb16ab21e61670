/* utf8.h: where a character of UTF-8 ends. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

/* Length of the character at the start of left > 0 bytes; 0 where there is none (overlong forms, surrogates, cut). */
size_t ent_utf8_length(const unsigned char *at, size_t left);
