/* bloc.h: which blocs governments form: every partition of the players, what each bloc gets in it, which partitions
 * last, what members are due, and clubs that grow.
 * Knows games. Does not know how anything is printed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/game.h"
#include "entente/strategy.h"

enum {
    ENT_MOST_BLOC_PLAYERS = 12
};

/* A partition of players: bloc[p] is the number of player p's bloc, blocs numbered by their first members, so that
 * bloc[0] = 0 and every bloc[p] <= 1 + the largest before it. */
ptrdiff_t
ent_partition_count(ptrdiff_t players); /* Bell's number: 877 of 7, 21147 of 9; 0: more than there is room for */
/* All of them in lexicographic order [count][players], the grand coalition first, everyone alone last. */
ent_status ent_partition_list(ptrdiff_t players, ent_arena *arena, unsigned char **bloc, ptrdiff_t *count,
                              ent_error *err);
ptrdiff_t ent_partition_find(ptrdiff_t players, const unsigned char *list, ptrdiff_t count, const unsigned char *bloc);

/* How a bloc trades within. */
typedef enum {
    ENT_BLOC_FREE_TRADE, /* no duties between members (their free lanes) */
    ENT_BLOC_AS_BEFORE,  /* duties between members as the game's policy has them */
    ENT_BLOC_JOINT       /* duties between members are set by the bloc too */
} ent_bloc_inside;

typedef struct {
    ptrdiff_t players, partitions, regions;
    unsigned char *bloc;    /* [partitions][players] */
    double *log_welfare;    /* [partitions][regions] log W over the benchmark */
    double *goal;           /* [partitions][players] goals of game.h: log W but for lobby and security weights */
    double *objective;      /* [partitions][players] of each player's bloc: Σ share goal of its members, shares of the
                               bloc's benchmark spending */
    double *slope;          /* [partitions] as in ent_game_point */
    unsigned char *reached; /* [partitions] 0: the war of these blocs did not come to rest; its numbers are NaN */
    ptrdiff_t failed;       /* how many */
    ptrdiff_t *region;      /* [players] */
    double *spending_usd;   /* [players] benchmark, of their regions */
    double seconds;
} ent_bloc_table;
/* The war of every partition: each bloc one player with one objective, its duties on outsiders free.
 *
 * Given     game      players: the governments, with their freedoms and bounds; weights are not read;
 *           bloc      partitions to solve, or NULL for all (at most ENT_MOST_BLOC_PLAYERS players)
 *           threads   over partitions; they change no bit
 *           progress  in options: called with what = "blocs" and the share that is left, from the caller's thread
 * Status    ENT_OK (also where some partitions were not reached: see failed), ENT_NO_MEMORY, ENT_BAD_INPUT
 * Cost      a war a partition, each from the duties that its blocs have against everyone alone
 * Source    docs/TALKS.md 8 */
ent_status ent_bloc_wars(const ent_game *game, ent_bloc_inside inside, const unsigned char *bloc, ptrdiff_t partitions,
                         int threads, const ent_game_options *options, ent_arena *arena, ent_bloc_table *table,
                         ent_error *err);

/* Which partitions last. In units of log W a gain counts from `slack` on (0: 1e-9). Needs the table of all partitions.
 */
typedef struct {
    unsigned char *exit;      /* [partitions] a member of a bloc gains by standing alone, the others stay together */
    unsigned char *admission; /* [partitions] somebody gains by changing into a bloc whose members all gain */
    unsigned char *merger;    /* [partitions] two blocs merge and everybody in both gains */
    unsigned char *stable;    /* [partitions] none of these */
    ptrdiff_t *survivor;      /* [survivors] the stable ones, in order */
    ptrdiff_t survivors;
} ent_bloc_stability;
ent_status ent_bloc_stable(const ent_bloc_table *table, double slack, ent_arena *arena, ent_bloc_stability *stability,
                           ent_error *err);

/* worth[S] of every coalition of players (by bits, 2^players) in million USD of benchmark real income gained over the
 * benchmark, given what the others do when S forms. Needs what stability needs. For ent_shapley() and other rules. */
typedef enum {
    ENT_OTHERS_ALONE,    /* gamma: everyone for himself */
    ENT_OTHERS_TOGETHER, /* delta: one bloc */
    ENT_OTHERS_AVERAGE   /* the mean over all partitions of the others */
} ent_bloc_others;
ent_status ent_bloc_worth(const ent_bloc_table *table, ent_bloc_others others, ent_arena *arena, double **worth,
                          ent_error *err);
