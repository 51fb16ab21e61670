/* decimal.c: [+-] digits [. digits] [e [+-] digits] to the nearest double.
 *
 * A table of the world has twenty million numbers, nearly all of them short, so there are three ways, each exact:
 *   1  at most 2^53 as a whole number and a power of ten up to 22: both are doubles, so one operation rounds once;
 *   2  at most 19 digits over a power of ten up to 19: the quotient in 128 bits, with its remainder as the sticky bit;
 *   3  strtod in the C locale for the rest (strtod alone would follow the user's locale and its decimal comma).
 * The grammar is checked here, not by strtod, which also takes nan, inf and hexadecimal numbers. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* strtod_l */
#include "text/decimal.h"
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    MOST_DIGITS = 19, /* more could overflow 64 bits: 10^19 < 2^64 < 10^20 */
    MOST_EXPONENT = 100000
};

/* sign · mantissa · 10^exponent; exact while digits <= MOST_DIGITS. */
typedef struct {
    int negative, digits, exponent;
    uint64_t mantissa;
} ent_scanned;

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void take_digit(ent_scanned *s, char c)
{
    if (s->digits > MOST_DIGITS || (s->digits == 0 && c == '0')) return; /* zeros in front don't count */
    if (++s->digits <= MOST_DIGITS) s->mantissa = 10 * s->mantissa + (uint64_t)(c - '0');
}

static const char *scan_exponent(const char *at, const char *end, ent_scanned *s)
{
    int power = 0, down = 0;
    const char *c = at + 1;
    if (c < end && (*c == '+' || *c == '-')) down = *c++ == '-';
    if (c == end || !is_digit(*c)) return at;
    for (; c < end && is_digit(*c); c++)
        if (power < MOST_EXPONENT) power = 10 * power + (*c - '0');
    s->exponent += down ? -power : power;
    return c;
}

/* Past the number that starts at `at`; NULL where none does. */
static const char *scan(const char *at, const char *end, ent_scanned *s)
{
    int seen = 0;
    if (at < end && (*at == '+' || *at == '-')) s->negative = *at++ == '-';
    for (; at < end && is_digit(*at); at++, seen = 1) take_digit(s, *at);
    if (at < end && *at == '.')
        for (at++; at < end && is_digit(*at); at++, seen = 1) {
            take_digit(s, *at);
            if (s->exponent > -MOST_EXPONENT) s->exponent--;
        }
    if (!seen) return NULL;
    return at < end && (*at == 'e' || *at == 'E') ? scan_exponent(at, end, s) : at;
}

static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

__extension__ typedef unsigned __int128 ent_wide;

static uint64_t whole_ten(int power)
{
    uint64_t ten = 1;
    while (power-- > 0) ten *= 10;
    return ten;
}

/* mantissa / 10^power to the nearest double. The mantissa is shifted to 64 bits first, so that the quotient of 128 bits
 * has 64 at least: 53 are kept, the others and the remainder decide the rounding. */
static double quotient(uint64_t mantissa, int power)
{
    const int lead = __builtin_clzll(mantissa);
    const uint64_t ten = whole_ten(power);
    const ent_wide top = (ent_wide)(mantissa << lead) << 64;
    const ent_wide q = top / ten;
    const int inexact = q * ten != top;
    const uint64_t high = (uint64_t)(q >> 64);
    const int bits = high == 0 ? 64 - __builtin_clzll((uint64_t)q) : 128 - __builtin_clzll(high);
    const int drop = bits - 53;
    const ent_wide half = (ent_wide)1 << (drop - 1), rest = q & (2 * half - 1);
    uint64_t kept = (uint64_t)(q >> drop);
    if (rest > half || (rest == half && (inexact || (kept & 1)))) kept++;
    return ldexp((double)kept, drop - 64 - lead);
}

static ent_decimal read_slowly(const char *at, double *value)
{
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) return DECIMAL_NO_NUMBER;
    *value = strtod_l(at, NULL, plain);
    freelocale(plain);
    return isfinite(*value) ? DECIMAL_FINE : DECIMAL_TOO_LARGE;
}

ent_decimal ent_decimal_read(const char *text, const char *end, double *value)
{
    ent_scanned s = {0};
    while (text < end && (*text == ' ' || *text == '\t')) text++;
    while (text < end && (end[-1] == ' ' || end[-1] == '\t')) end--;
    if (text == end) return DECIMAL_EMPTY;
    if (scan(text, end, &s) != end) return DECIMAL_NO_NUMBER;
    double size;
    if (s.digits > MOST_DIGITS)
        return read_slowly(text, value);
    else if (s.mantissa == 0)
        size = 0.0;
    else if (s.mantissa <= (uint64_t)1 << 53 && s.exponent >= -22 && s.exponent <= 22)
        size = s.exponent < 0 ? (double)s.mantissa / tens[-s.exponent] : (double)s.mantissa * tens[s.exponent];
    else if (s.exponent < 0 && s.exponent >= -MOST_DIGITS)
        size = quotient(s.mantissa, -s.exponent);
    else
        return read_slowly(text, value);
    *value = s.negative ? -size : size;
    return DECIMAL_FINE;
}
