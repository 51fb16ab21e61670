/* number.c: numbers as text: exact ones read back, rounded ones are what a person would write. */
// SPDX-License-Identifier: MIT
#include "text/number.h"
#include "test.h"
#include <locale.h>
#include <stdlib.h>

static const char *exact(double x)
{
    static char out[ENT_NUMBER_ROOM];
    CHECK(ent_number_exact(x, out) == strlen(out));
    return out;
}

static const char *fixed(double x, int decimals, int plus)
{
    static char out[ENT_NUMBER_ROOM];
    CHECK(ent_number_fixed(x, decimals, plus, out) == strlen(out));
    return out;
}

TEST(exact_numbers_are_short_where_the_decimal_is, "number")
{
    CHECK_TEXT(exact(0.0), "0");
    CHECK_TEXT(exact(1.0), "1");
    CHECK_TEXT(exact(-145.0), "-145");
    CHECK_TEXT(exact(0.25), "0.25");
    CHECK_TEXT(exact(0.075), "0.075");
    CHECK_TEXT(exact(-0.0001), "-0.0001");
    CHECK_TEXT(exact(123456.789), "123456.789");
    CHECK_TEXT(exact((double)NAN), "");
    CHECK_TEXT(exact((double)INFINITY), "inf");
    CHECK_TEXT(exact(1e-10), "1e-10");
}

TEST(exact_numbers_read_back_to_the_same_bits, "number")
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        double x;
        memcpy(&x, &state, sizeof x);
        if (i % 3 == 1) x = (double)(int64_t)state / 1e4 / (double)(1 + (i % 1000000)); /* ordinary sizes */
        if (i % 3 == 2) x = nearbyint((double)(int32_t)state) / 1e3;                    /* few decimals */
        if (!isfinite(x)) continue;
        const double back = strtod(exact(x), NULL);
        CHECK(memcmp(&back, &x, sizeof x) == 0 || (x == 0.0 && back == 0.0));
    }
}

TEST(rounded_numbers_carry_signs_and_thousands, "number")
{
    CHECK_TEXT(fixed(1234567.891, 1, 0), "1,234,567.9");
    CHECK_TEXT(fixed(999.95, 1, 0), "1,000.0"); /* 999.95 is a little more in binary */
    CHECK_TEXT(fixed(0.4167, 2, 1), "+0.42");
    CHECK_TEXT(fixed(-0.4167, 2, 1), "-0.42");
    CHECK_TEXT(fixed(-0.004, 2, 1), "0.00");
    CHECK_TEXT(fixed(0.0, 2, 1), "0.00");
    CHECK_TEXT(fixed(-12.0, 0, 0), "-12");
    CHECK_TEXT(fixed((double)NAN, 2, 1), "–");
    CHECK_TEXT(fixed(-3e17, 1, 0), "-3.000e+17");
}

TEST(decimals_keep_three_digits_that_count, "number")
{
    CHECK(ent_number_decimals(145.0) == 1);
    CHECK(ent_number_decimals(9.99) == 2);
    CHECK(ent_number_decimals(0.42) == 3);
    CHECK(ent_number_decimals(0.042) == 4);
    CHECK(ent_number_decimals(0.0) == 2);
}
