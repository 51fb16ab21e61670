/* random.c: known answers, moments, and independence of the order of asking. */
// SPDX-License-Identifier: MIT
#include "num/random.h"
#include "test.h"

/* Random123, kat_vectors: philox4x32 10 rounds. */
TEST(philox_gives_the_published_answers, "known")
{
    static const uint32_t cases[3][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u},
        {0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu,
         0xa20bc7c6u, 0x6d5451fdu},
        {0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu,
         0x5001e420u, 0x24126ea1u},
    };
    for (int c = 0; c < 3; c++) {
        uint32_t out[4];
        ent_random_block(cases[c], cases[c] + 4, out);
        for (int w = 0; w < 4; w++) CHECK(out[w] == cases[c][6 + w]);
    }
}

enum {
    STREAMS = 20000,
    NUMBERS = 5
};

TEST(normal_numbers_have_the_moments_of_the_normal_law, "moments")
{
    double sum[5] = {0}, across = 0.0, beyond = 0.0;
    for (uint64_t s = 0; s < STREAMS; s++) {
        double x[NUMBERS];
        ent_random_normals(42, s, NUMBERS, x);
        for (int n = 0; n < NUMBERS; n++) {
            for (int p = 1; p < 5; p++) sum[p] += pow(x[n], p);
            beyond += x[n] > 1.6448536269514722;
        }
        across += x[0] * x[1] + x[1] * x[2] + x[3] * x[4];
    }
    /* five standard errors of each moment over 100,000 numbers */
    const double count = (double)STREAMS * NUMBERS;
    CHECK_NEAR(sum[1] / count, 0.0, 5.0 * sqrt(1.0 / count));
    CHECK_NEAR(sum[2] / count, 1.0, 5.0 * sqrt(2.0 / count));
    CHECK_NEAR(sum[3] / count, 0.0, 5.0 * sqrt(15.0 / count));
    CHECK_NEAR(sum[4] / count, 3.0, 5.0 * sqrt(96.0 / count));
    CHECK_NEAR(beyond / count, 0.05, 5.0 * sqrt(0.05 * 0.95 / count));
    CHECK_NEAR(across / (3.0 * STREAMS), 0.0, 5.0 / sqrt(3.0 * STREAMS));
}

TEST(a_number_is_a_function_of_seed_stream_and_index, "counter")
{
    double few[3], many[8], other[3];
    ent_random_normals(7, 123456789012345u, 8, many);
    ent_random_normals(7, 123456789012345u, 3, few);
    CHECK(memcmp(few, many, sizeof few) == 0);
    ent_random_normals(8, 123456789012345u, 3, other);
    CHECK(memcmp(few, other, sizeof few) != 0);
    ent_random_normals(7, 123456789012346u, 3, other);
    CHECK(memcmp(few, other, sizeof few) != 0);
}
