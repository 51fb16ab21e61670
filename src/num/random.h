/* random.h: random numbers by counter: number `index` of stream `stream` under a seed is a function of the three, so a
 * draw is the same whoever makes it, when, and in whatever order.
 * Source   Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011: Philox4x32-10 */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

/* out = Philox4x32-10 of the counter under the key. */
void ent_random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* out[0 .. count-1]: independent standard normal numbers (Box and Muller's, of 53 random bits each). */
void ent_random_normals(uint64_t seed, uint64_t stream, ptrdiff_t count, double *out);
