/* farsighted.c: partitions as states of the world, and the steps of stable.c as moves between them. */
// SPDX-License-Identifier: MIT
#include "bloc/partition.h"
#include <string.h>

#define SLACK 1e-9 /* as in stable.c */

typedef struct {
    const ent_bloc_table *t;
    ent_move *move; /* NULL: they are counted */
    ptrdiff_t moves;
} moving;

/* From row to the partition that the numbers in `other` say. */
static void add(moving *m, ptrdiff_t row, unsigned char *other, size_t who)
{
    const ptrdiff_t players = m->t->players;
    ent_partition_tidy(players, other);
    if (memcmp(other, m->t->bloc + row * players, (size_t)players) == 0) return; /* who is alone leaves nobody */
    if (m->move != NULL)
        m->move[m->moves] = (ent_move){
            (int32_t)row, (int32_t)ent_partition_find(players, m->t->bloc, m->t->partitions, other), (uint32_t)who};
    m->moves++;
}

static void list_moves(moving *m, ptrdiff_t row)
{
    const ptrdiff_t players = m->t->players;
    const unsigned char *bloc = m->t->bloc + row * players;
    unsigned char other[ENT_MOST_BLOC_PLAYERS];
    for (ptrdiff_t p = 0; p < players; p++) { /* leaves */
        memcpy(other, bloc, (size_t)players);
        other[p] = (unsigned char)players;
        add(m, row, other, (size_t)1 << p);
    }
    for (int b = 0; b < players; b++) {
        const size_t host = ent_partition_set(players, bloc, b);
        for (ptrdiff_t p = 0; p < players && host != 0; p++) { /* is let in */
            if (bloc[p] == b) continue;
            memcpy(other, bloc, (size_t)players);
            other[p] = (unsigned char)b;
            add(m, row, other, host | (size_t)1 << p);
        }
        for (int a = b + 1; a < players && host != 0; a++) { /* merge */
            const size_t guest = ent_partition_set(players, bloc, a);
            if (guest == 0 || (guest & (guest - 1)) == 0) continue; /* one alone is let in */
            for (ptrdiff_t p = 0; p < players; p++) other[p] = bloc[p] == a ? (unsigned char)b : bloc[p];
            add(m, row, other, host | guest);
        }
    }
}

ent_status ent_bloc_farsighted(const ent_bloc_table *t, double slack, ent_arena *arena, unsigned char **lasts,
                               ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    moving m = {.t = t};
    ENT_TRY(ent_partition_table_check(t, err));
    if (t->partitions > ENT_MOST_OUTCOMES)
        return ent_fail(err, ENT_BAD_INPUT, "%td players have %td partitions; foresight is for %d at most", t->players,
                        t->partitions, (int)ENT_MOST_OUTCOMES);
    for (ptrdiff_t row = 0; row < t->partitions; row++) list_moves(&m, row);
    m.move = ent_new(&scratch, ent_move, m.moves);
    *lasts = ent_new(arena, unsigned char, t->partitions);
    if (m.move == NULL || *lasts == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the foresight of %td partitions", t->partitions);
    m.moves = 0;
    for (ptrdiff_t row = 0; row < t->partitions; row++) list_moves(&m, row);
    const ent_foresight game = {.players = t->players,
                                .outcomes = t->partitions,
                                .payoff = t->goal,
                                .move = m.move,
                                .moves = m.moves,
                                .slack = slack > 0.0 ? slack : SLACK};
    return ent_largest_consistent(&game, *lasts, err);
}
