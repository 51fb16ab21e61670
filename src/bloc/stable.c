/* stable.c: which partitions last, and what coalitions are worth: look-ups in the table of all partitions. */
// SPDX-License-Identifier: MIT
#include "bloc/partition.h"
#include <math.h>
#include <string.h>

#define SLACK 1e-9 /* of a goal: less than a gain of 1e-9 is the rounding of two wars */

ent_status ent_partition_table_check(const ent_bloc_table *t, ent_error *err)
{
    if (t->players > ENT_MOST_BLOC_PLAYERS || t->partitions != ent_partition_count(t->players))
        return ent_fail(err, ENT_BAD_INPUT,
                        "stability and worth need all %td partitions of %td players; the table has %td",
                        ent_partition_count(t->players), t->players, t->partitions);
    for (ptrdiff_t row = 0; row < t->partitions; row++)
        if (!t->reached[row])
            return ent_fail(err, ENT_NOT_CONVERGED,
                            "stability and worth need every partition, and the wars of %td of %td did not come to rest",
                            t->failed, t->partitions);
    return ENT_OK;
}

typedef struct {
    const ent_bloc_table *t;
    double slack;
    ptrdiff_t row;
    unsigned char other[ENT_MOST_BLOC_PLAYERS]; /* a partition to compare with */
} comparing;

static const unsigned char *bloc_of(const comparing *c)
{
    return c->t->bloc + c->row * c->t->players;
}

/* Does player p gain by the other partition? */
static int gains(const comparing *c, ptrdiff_t other, ptrdiff_t p)
{
    return c->t->goal[other * c->t->players + p] - c->t->goal[c->row * c->t->players + p] > c->slack;
}

static ptrdiff_t find_other(comparing *c)
{
    ent_partition_tidy(c->t->players, c->other);
    return ent_partition_find(c->t->players, c->t->bloc, c->t->partitions, c->other);
}

/* Somebody gains by standing alone. */
static int somebody_leaves(comparing *c)
{
    const ptrdiff_t players = c->t->players;
    for (ptrdiff_t p = 0; p < players; p++) {
        memcpy(c->other, bloc_of(c), (size_t)players);
        c->other[p] = (unsigned char)players;
        if (gains(c, find_other(c), p)) return 1;
    }
    return 0;
}

/* Somebody changes into a bloc, gains, and so does everyone in it. */
static int somebody_is_admitted(comparing *c)
{
    const ptrdiff_t players = c->t->players;
    for (ptrdiff_t p = 0; p < players; p++)
        for (ptrdiff_t host = 0; host < players; host++) {
            const unsigned char *bloc = bloc_of(c);
            if (bloc[host] == bloc[p]) continue;
            memcpy(c->other, bloc, (size_t)players);
            c->other[p] = bloc[host];
            const ptrdiff_t other = find_other(c);
            int all = gains(c, other, p);
            for (ptrdiff_t q = 0; q < players && all; q++)
                if (bloc[q] == bloc[host]) all = gains(c, other, q);
            if (all) return 1;
        }
    return 0;
}

static int some_merge(comparing *c)
{
    const ptrdiff_t players = c->t->players;
    const unsigned char *bloc = bloc_of(c);
    for (int a = 0; a < players; a++)
        for (int b = a + 1; b < players; b++) {
            const size_t both = ent_partition_set(players, bloc, a) | ent_partition_set(players, bloc, b);
            if (ent_partition_set(players, bloc, b) == 0) continue;
            for (ptrdiff_t p = 0; p < players && p < ENT_MOST_BLOC_PLAYERS; p++)
                c->other[p] = bloc[p] == b ? (unsigned char)a : bloc[p];
            const ptrdiff_t other = find_other(c);
            int all = 1;
            for (ptrdiff_t p = 0; p < players && all; p++)
                if (both >> p & 1) all = gains(c, other, p);
            if (all) return 1;
        }
    return 0;
}

ent_status ent_bloc_stable(const ent_bloc_table *t, double slack, ent_arena *arena, ent_bloc_stability *s,
                           ent_error *err)
{
    ENT_TRY(ent_partition_table_check(t, err));
    *s = (ent_bloc_stability){.exit = ent_new(arena, unsigned char, t->partitions),
                              .admission = ent_new(arena, unsigned char, t->partitions),
                              .merger = ent_new(arena, unsigned char, t->partitions),
                              .stable = ent_new(arena, unsigned char, t->partitions),
                              .survivor = ent_new(arena, ptrdiff_t, t->partitions)};
    if (s->exit == NULL || s->admission == NULL || s->merger == NULL || s->stable == NULL || s->survivor == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the stability of %td partitions", t->partitions);
    comparing c = {.t = t, .slack = slack > 0.0 ? slack : SLACK};
    for (c.row = 0; c.row < t->partitions; c.row++) {
        s->exit[c.row] = (unsigned char)somebody_leaves(&c);
        s->admission[c.row] = (unsigned char)somebody_is_admitted(&c);
        s->merger[c.row] = (unsigned char)some_merge(&c);
        s->stable[c.row] = !s->exit[c.row] && !s->admission[c.row] && !s->merger[c.row];
        if (s->stable[c.row]) s->survivor[s->survivors++] = c.row;
    }
    return ENT_OK;
}

/* ---- worth ---- */

/* Money that the coalition's members would give at the benchmark for this partition. */
static double money(const ent_bloc_table *t, ptrdiff_t row, size_t set)
{
    double sum = 0.0;
    for (ptrdiff_t p = 0; p < t->players; p++)
        if (set >> p & 1) sum += t->spending_usd[p] * expm1(t->goal[row * t->players + p]);
    return sum;
}

static double worth_of(const ent_bloc_table *t, size_t set, ent_bloc_others others)
{
    unsigned char bloc[ENT_MOST_BLOC_PLAYERS];
    double sum = 0.0, count = 0.0;
    if (others == ENT_OTHERS_AVERAGE) {
        for (ptrdiff_t row = 0; row < t->partitions; row++)
            for (int b = 0; b < t->players; b++)
                if (ent_partition_set(t->players, t->bloc + row * t->players, b) == set) {
                    sum += money(t, row, set);
                    count += 1.0;
                }
        return sum / count;
    }
    ent_partition_alone(t->players, set, bloc);
    for (ptrdiff_t p = 0; p < t->players && others == ENT_OTHERS_TOGETHER; p++) bloc[p] = !(set >> p & 1);
    ent_partition_tidy(t->players, bloc);
    return money(t, ent_partition_find(t->players, t->bloc, t->partitions, bloc), set);
}

ent_status ent_bloc_worth(const ent_bloc_table *t, ent_bloc_others others, ent_arena *arena, double **worth,
                          ent_error *err)
{
    ENT_TRY(ent_partition_table_check(t, err));
    const size_t sets = (size_t)1 << t->players;
    *worth = ent_new0(arena, double, sets);
    if (*worth == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the worth of %zu coalitions", sets);
    for (size_t set = 1; set < sets; set++) (*worth)[set] = worth_of(t, set, others);
    return ENT_OK;
}
