/* decimal.c: numbers of files, to the nearest double. The twin is strtod, which the C library rounds correctly. */
// SPDX-License-Identifier: MIT
#include "text/decimal.h"
#include "test.h"
#include <locale.h>
#include <stdlib.h>

static ent_decimal read_text(const char *text, double *value)
{
    return ent_decimal_read(text, text + strlen(text), value);
}

static int same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void check_as_strtod(const char *text)
{
    double value = -1.0;
    if (read_text(text, &value) != DECIMAL_FINE || !same_bits(value, strtod(text, NULL)))
        test_fail(__FILE__, __LINE__, "'%s' is %.17g, not %.17g", text, value, strtod(text, NULL));
}

static uint64_t state = 88172645463325252u;

static uint64_t draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

TEST(decimals_round_as_the_c_library_does, "text")
{
    static const char *const hard[] = {"0",
                                       "-0",
                                       "1",
                                       "0.1",
                                       "125749.492",
                                       ".5",
                                       "5.",
                                       "+7",
                                       "1e22",
                                       "1e23",
                                       "1e-22",
                                       "1e-23",
                                       "123456789012345678901234567890",
                                       "9007199254740993",
                                       "9007199254740992.5",
                                       "9007199254740993.0000000000000000000000001",
                                       "0.1234567890123456789",
                                       "2.2250738585072011e-308",
                                       "4.9406564584124654e-324",
                                       "1e-400",
                                       "1.7976931348623157e308",
                                       "0.000000000000000000000000000001",
                                       "1e-20000",
                                       "00000000000000000000000000000000001.5",
                                       "18446744073709551615",
                                       "18446744073709551616",
                                       "1E5",
                                       "1e+5"};
    for (size_t h = 0; h < sizeof hard / sizeof *hard; h++) check_as_strtod(hard[h]);
}

TEST(decimals_drawn_at_random_round_as_the_c_library_does, "text")
{
    char text[80];
    for (int d = 0; d < 200000; d++) {
        const uint64_t bits = draw();
        double any;
        memcpy(&any, &bits, sizeof any);
        if (isfinite(any)) {
            snprintf(text, sizeof text, "%.17g", any);
            check_as_strtod(text);
        }
        snprintf(text, sizeof text, "%llu.%0*llu", (unsigned long long)(draw() % 100000000), 1 + (int)(draw() % 15),
                 (unsigned long long)(draw() % 10));
        check_as_strtod(text);
        snprintf(text, sizeof text, "%llu.5", (unsigned long long)((draw() >> 11) | ((uint64_t)1 << 52))); /* halfway */
        check_as_strtod(text);
        snprintf(text, sizeof text, "%llue-%d", (unsigned long long)draw(), (int)(draw() % 40));
        check_as_strtod(text);
    }
}

TEST(what_is_no_number_is_refused, "text")
{
    static const char *const wrong[] = {"NA", "nan", "NaN", "inf", "Infinity", "0x10", "1 2", "1e",  "1e+", "e5",
                                        ".",  "-",   "+-1", "1,5", "1.2.3",    "12a",  "--1", "1d5", "1_0", "€5"};
    double value;
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
        if (read_text(wrong[w], &value) != DECIMAL_NO_NUMBER)
            test_fail(__FILE__, __LINE__, "'%s' was taken for a number", wrong[w]);
    CHECK(read_text("", &value) == DECIMAL_EMPTY);
    CHECK(read_text(" \t ", &value) == DECIMAL_EMPTY);
    CHECK(read_text("1e309", &value) == DECIMAL_TOO_LARGE);
    CHECK(read_text("-123e400", &value) == DECIMAL_TOO_LARGE);
}

TEST(blanks_around_a_number_dont_count, "text")
{
    double value = 0.0;
    CHECK(read_text("  6.23 ", &value) == DECIMAL_FINE);
    CHECK_NEAR(value, 6.23, 0.0);
    CHECK(read_text("\t-1e-3", &value) == DECIMAL_FINE);
    CHECK_NEAR(value, -1e-3, 0.0);
}

TEST(a_number_ends_where_its_field_ends, "text")
{
    const char text[] = "12345678901234567890123,9"; /* long enough for the slow way, which must stop at the comma */
    double value = 0.0;
    CHECK(ent_decimal_read(text, strchr(text, ','), &value) == DECIMAL_FINE);
    CHECK_NEAR(value, 12345678901234567890123.0, 0.0);
}
