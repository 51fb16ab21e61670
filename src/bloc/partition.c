/* partition.c: partitions as restricted growth strings: bloc[0] = 0, and no bloc's number is larger than one more than
 * the largest before it. Their lexicographic order is the order of lists, so that one is found by halving. */
// SPDX-License-Identifier: MIT
#include "bloc/partition.h"
#include <string.h>

enum {
    MOST_LISTED = ENT_MOST_BLOC_PLAYERS
};

ptrdiff_t ent_partition_count(ptrdiff_t players)
{
    ptrdiff_t row[MOST_LISTED + 1] = {1}; /* Bell's triangle: each row begins with the last of the one before */
    if (players < 0 || players > MOST_LISTED) return 0;
    for (ptrdiff_t k = 1; k <= players; k++) {
        ptrdiff_t left = row[k - 1];
        for (ptrdiff_t c = 0; c <= k; c++) {
            const ptrdiff_t above = row[c];
            row[c] = left;
            left += above;
        }
    }
    return row[0];
}

/* The next string; 0: there is none. */
static int next(ptrdiff_t players, unsigned char *bloc)
{
    for (ptrdiff_t p = players - 1; p > 0; p--) {
        unsigned char most = 0;
        for (ptrdiff_t q = 0; q < p; q++) most = bloc[q] > most ? bloc[q] : most;
        if (bloc[p] > most) continue;
        bloc[p]++;
        memset(bloc + p + 1, 0, (size_t)(players - p - 1));
        return 1;
    }
    return 0;
}

ent_status ent_partition_list(ptrdiff_t players, ent_arena *arena, unsigned char **bloc, ptrdiff_t *count,
                              ent_error *err)
{
    if (players < 1 || players > MOST_LISTED)
        return ent_fail(err, ENT_BAD_INPUT,
                        "all partitions are listed for 1 to %d players, not %td; give the ones that matter",
                        MOST_LISTED, players);
    *count = ent_partition_count(players);
    *bloc = ent_new0(arena, unsigned char, *count *players);
    if (*bloc == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td partitions", *count);
    for (ptrdiff_t k = 1; k < *count; k++) {
        unsigned char *here = *bloc + k * players;
        memcpy(here, here - players, (size_t)players);
        (void)next(players, here);
    }
    return ENT_OK;
}

ptrdiff_t ent_partition_find(ptrdiff_t players, const unsigned char *list, ptrdiff_t count, const unsigned char *bloc)
{
    ptrdiff_t low = 0, high = count;
    while (low < high) {
        const ptrdiff_t middle = low + (high - low) / 2;
        const int order = memcmp(list + middle * players, bloc, (size_t)players);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

void ent_partition_tidy(ptrdiff_t players, unsigned char *bloc)
{
    unsigned char name[256], blocs = 0;
    memset(name, 255, sizeof name);
    for (ptrdiff_t p = 0; p < players; p++) {
        if (name[bloc[p]] == 255) name[bloc[p]] = blocs++;
        bloc[p] = name[bloc[p]];
    }
}

size_t ent_partition_set(ptrdiff_t players, const unsigned char *bloc, int which)
{
    size_t set = 0;
    for (ptrdiff_t p = 0; p < players; p++)
        if (bloc[p] == which) set |= (size_t)1 << p;
    return set;
}

void ent_partition_alone(ptrdiff_t players, size_t set, unsigned char *bloc)
{
    for (ptrdiff_t p = 0; p < players; p++) bloc[p] = (unsigned char)(set >> p & 1 ? players : p);
    ent_partition_tidy(players, bloc);
}
