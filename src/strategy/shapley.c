/* shapley.c: the mean of what a member adds: Σ_S |S|! (n − |S| − 1)!/n! (worth[S ∪ i] − worth[S]) over S without i. */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

static ptrdiff_t size_of(size_t set)
{
    ptrdiff_t size = 0;
    for (; set != 0; set &= set - 1) size++;
    return size;
}

ent_status ent_shapley(ptrdiff_t players, const double *worth, double *share, ent_error *err)
{
    double part[ENT_MOST_MEMBERS]; /* of all orders: those where just `size` others came before */
    if (players < 1 || players > ENT_MOST_MEMBERS)
        return ent_fail(err, ENT_BAD_INPUT, "a coalition has 1 to %d members, not %td", (int)ENT_MOST_MEMBERS, players);
    const size_t all = (size_t)1 << players;
    for (size_t set = 0; set < all; set++)
        if (!isfinite(worth[set]) || (set == 0 && worth[0] != 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "the worth of coalition %zu is %g; %s", set, worth[set],
                            set == 0 ? "nobody is worth 0" : "it must be a number");
    part[0] = 1.0 / (double)players;
    for (ptrdiff_t size = 1; size < players; size++)
        part[size] = part[size - 1] * (double)size / (double)(players - size);
    for (ptrdiff_t i = 0; i < players; i++) {
        const size_t member = (size_t)1 << i;
        share[i] = 0.0;
        for (size_t set = 0; set < all; set++)
            if ((set & member) == 0) share[i] += part[size_of(set)] * (worth[set | member] - worth[set]);
    }
    return ENT_OK;
}
