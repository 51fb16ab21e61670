/* farsighted.c: moves between partitions against those that pairs of partitions themselves say. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    MOST = 5,
    MOST_ROWS = 52,
    MOST_MOVES = MOST_ROWS * MOST_ROWS * 8
};

/* Who of two partitions stand together. */
static unsigned mates(const unsigned char *bloc, ptrdiff_t players, ptrdiff_t p)
{
    unsigned set = 0;
    for (ptrdiff_t q = 0; q < players; q++) set |= (unsigned)(bloc[q] == bloc[p]) << q;
    return set;
}

/* Everyone but those in `apart` stands with the same others, `apart` left out of the count. */
static int same_but(const unsigned char *a, const unsigned char *b, ptrdiff_t players, unsigned apart)
{
    for (ptrdiff_t p = 0; p < players; p++)
        if (!(apart >> p & 1) && (mates(a, players, p) & ~apart) != (mates(b, players, p) & ~apart)) return 0;
    return 1;
}

/* All sets that turn a into b by one leaving, one changing into a bloc, or two blocs merging. */
static ptrdiff_t moves_between(const unsigned char *a, const unsigned char *b, ptrdiff_t players, int32_t from,
                               int32_t to, ent_move *move)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t p = 0; p < players; p++) {
        const unsigned bit = 1u << p, was = mates(a, players, p), is = mates(b, players, p);
        if (!same_but(a, b, players, bit) || was == is) continue;
        move[count++] = (ent_move){from, to, is}; /* he alone, or with the bloc he comes into */
    }
    for (ptrdiff_t p = 0; p < players; p++)
        for (ptrdiff_t q = p + 1; q < players; q++) {
            const unsigned both = mates(a, players, p) | mates(a, players, q);
            if (a[p] != a[q] && mates(b, players, p) == both && same_but(a, b, players, both))
                move[count++] = (ent_move){from, to, both};
        }
    return count;
}

TEST(partitions_last_by_the_moves_that_lie_between_them, "Chwe")
{
    dice d = {17};
    static ent_move move[MOST_MOVES];
    unsigned sizes[MOST + 1] = {0};
    for (int trial = 0; trial < 60; trial++) {
        const ptrdiff_t players = 2 + trial % 4;
        ent_arena arena = {0};
        ent_error err;
        unsigned char reached[MOST_ROWS], *lasts, wanted[MOST_ROWS];
        double goal[MOST_ROWS * MOST];
        ent_bloc_table t = {.players = players, .goal = goal, .reached = reached};
        MUST(ent_partition_list(players, &arena, &t.bloc, &t.partitions, &err), err);
        for (ptrdiff_t at = 0; at < t.partitions * players; at++) goal[at] = floor(dice_between(&d, 0.0, 7.0));
        memset(reached, 1, sizeof reached);
        ptrdiff_t moves = 0;
        for (ptrdiff_t a = 0; a < t.partitions; a++)
            for (ptrdiff_t b = 0; b < t.partitions; b++)
                if (a != b)
                    moves += moves_between(t.bloc + a * players, t.bloc + b * players, players, (int32_t)a, (int32_t)b,
                                           move + moves);
        const ent_foresight game = {players, t.partitions, goal, move, moves, 1e-9};
        MUST(ent_largest_consistent(&game, wanted, &err), err);
        MUST(ent_bloc_farsighted(&t, 0.0, &arena, &lasts, &err), err);
        CHECK(memcmp(lasts, wanted, (size_t)t.partitions) == 0);
        for (ptrdiff_t k = 0; k < t.partitions; k++) sizes[players] += lasts[k];
        ent_arena_close(&arena);
    }
    CHECK(sizes[2] > 0 && sizes[5] > 0 && sizes[5] < 15 * 52); /* some last, some do not */
}

TEST(foresight_of_blocs_needs_all_of_them, "faults")
{
    ent_arena arena = {0};
    ent_error err;
    unsigned char reached[1] = {1}, *lasts;
    const ent_bloc_table some = {.players = 3, .partitions = 1, .reached = reached};
    CHECK(ent_bloc_farsighted(&some, 0.0, &arena, &lasts, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "stability and worth need all 5 partitions of 3 players; the table has 1");
    double goal[2 * 2] = {2.0, 2.0, 1.0, 1.0};
    unsigned char both[2] = {1, 1}, bloc[4] = {0, 0, 0, 1};
    const ent_bloc_table two = {.players = 2, .partitions = 2, .goal = goal, .reached = both, .bloc = bloc};
    for (long nth = 1; nth < 50; nth++) {
        test_fail_allocation(nth);
        const ent_status status = ent_bloc_farsighted(&two, 0.0, &arena, &lasts, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
        CHECK(nth < 49);
    }
    CHECK(lasts[0] && !lasts[1]); /* apart, both would rather be together, and nothing can follow */
    ent_arena_close(&arena);
}
