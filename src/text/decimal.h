/* decimal.h: a decimal number of a file to the nearest double, whatever the locale. */
// SPDX-License-Identifier: MIT
#pragma once

typedef enum {
    DECIMAL_FINE,
    DECIMAL_EMPTY,     /* nothing, or blanks alone */
    DECIMAL_NO_NUMBER, /* anything but one number: words, NaN, Inf, hexadecimal, a second word */
    DECIMAL_TOO_LARGE  /* beyond the largest double */
} ent_decimal;

/* Read the number that fills text .. end (blanks around it apart) into *value, rounded to the nearest double with ties
 * to even. *end must be readable and no digit: a separator, a quote, a line's end or the 0 behind a file's bytes. */
ent_decimal ent_decimal_read(const char *text, const char *end, double *value);
