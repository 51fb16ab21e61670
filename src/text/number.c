/* number.c: numbers as text, exact for files and rounded for people.
 *
 * Exact: a double x with |x| < 9e11 for which k = x 10⁴ is a whole number and k / 10⁴ gives x again is the double
 * nearest to the decimal k / 10⁴ (k < 2⁵³, and IEEE division is correctly rounded), so those few digits read back to x.
 * Rates, counts and ones are of this kind; all others get the 17 digits that always suffice. */
// SPDX-License-Identifier: MIT
#include "text/number.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t whole_digits(uint64_t k, char *out)
{
    char turned[24];
    size_t n = 0, length = 0;
    do turned[n++] = (char)('0' + k % 10);
    while ((k /= 10) > 0);
    while (n > 0) out[length++] = turned[--n];
    return length;
}

static size_t short_decimal(double x, char *out)
{
    const double scaled = x * 1e4;
    if (!(fabs(scaled) < 9e15)) return 0;
    const double k = nearbyint(scaled);
    if (k / 1e4 != x || (k == 0.0 && x != 0.0)) return 0;
    const uint64_t size = (uint64_t)fabs(k);
    size_t length = 0;
    if (k < 0.0) out[length++] = '-';
    length += whole_digits(size / 10000, out + length);
    unsigned part = (unsigned)(size % 10000);
    if (part > 0) {
        out[length] = '.';
        for (size_t d = 4; d > 0; d--, part /= 10) out[length + d] = (char)('0' + part % 10);
        for (length += 5; out[length - 1] == '0'; length--) continue;
    }
    out[length] = 0;
    return length;
}

size_t ent_number_exact(double x, char out[ENT_NUMBER_ROOM])
{
    out[0] = 0;
    if (isnan(x)) return 0;
    const size_t quick = short_decimal(x, out);
    if (quick > 0) return quick;
    const int length = snprintf(out, ENT_NUMBER_ROOM, "%.17g", x);
    char *comma = strchr(out, ',');
    if (comma != NULL) *comma = '.';
    return (size_t)length;
}

static int is_zero(const char *digits)
{
    return digits[strspn(digits, "0.,")] == 0;
}

size_t ent_number_fixed(double x, int decimals, int plus, char out[ENT_NUMBER_ROOM])
{
    char plain[48];
    if (!isfinite(x)) return (size_t)snprintf(out, ENT_NUMBER_ROOM, "–");
    if (fabs(x) >= 1e15) return (size_t)snprintf(out, ENT_NUMBER_ROOM, plus ? "%+.3e" : "%.3e", x);
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(x));
    const size_t whole = strcspn(plain, ".,");
    size_t length = 0;
    if (!is_zero(plain) && (x < 0.0 || plus)) out[length++] = x < 0.0 ? '-' : '+';
    for (size_t c = 0; plain[c] != 0; c++) {
        if (c > 0 && c < whole && (whole - c) % 3 == 0) out[length++] = ',';
        out[length++] = c == whole ? '.' : plain[c];
    }
    out[length] = 0;
    return length;
}

int ent_number_decimals(double largest)
{
    if (!(largest < 10.0)) return 1;
    if (largest >= 1.0) return 2;
    if (largest >= 0.1) return 3;
    return largest > 0.0 ? 4 : 2;
}
