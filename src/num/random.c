/* random.c: see random.h. */
// SPDX-License-Identifier: MIT
#include "num/random.h"
#include <math.h>

enum {
    ROUNDS = 10
};
static const uint32_t MULTIPLY[2] = {0xD2511F53u, 0xCD9E8D57u};
static const uint32_t WEYL[2] = {0x9E3779B9u, 0xBB67AE85u};

void ent_random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3], k0 = key[0], k1 = key[1];
    for (int r = 0; r < ROUNDS; r++) {
        const uint64_t a = (uint64_t)MULTIPLY[0] * x0, b = (uint64_t)MULTIPLY[1] * x2;
        x0 = (uint32_t)(b >> 32) ^ x1 ^ k0;
        x1 = (uint32_t)b;
        x2 = (uint32_t)(a >> 32) ^ x3 ^ k1;
        x3 = (uint32_t)a;
        k0 += WEYL[0];
        k1 += WEYL[1];
    }
    out[0] = x0, out[1] = x1, out[2] = x2, out[3] = x3;
}

/* In (0, 1): the middle of one of 2^53 cells, so that its log is finite. */
static double uniform(uint32_t low, uint32_t high)
{
    const uint64_t bits = ((uint64_t)high << 32 | low) >> 11;
    return ((double)bits + 0.5) * 0x1p-53;
}

void ent_random_normals(uint64_t seed, uint64_t stream, ptrdiff_t count, double *out)
{
    const double full_circle = 6.283185307179586477;
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    for (ptrdiff_t n = 0; n < count; n += 2) {
        const uint64_t pair = (uint64_t)n / 2;
        const uint32_t counter[4] = {(uint32_t)pair, (uint32_t)(pair >> 32), (uint32_t)stream,
                                     (uint32_t)(stream >> 32)};
        uint32_t bits[4];
        ent_random_block(counter, key, bits);
        const double radius = sqrt(-2.0 * log(uniform(bits[0], bits[1])));
        const double angle = full_circle * uniform(bits[2], bits[3]);
        out[n] = radius * cos(angle);
        if (n + 1 < count) out[n + 1] = radius * sin(angle);
    }
}
