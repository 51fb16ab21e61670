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

/* Which partitions last where everybody looks to the end: the largest consistent set (strategy.h) over all partitions,
 * with the moves that stability looks at: one member leaves a bloc; somebody changes into a bloc, he and its members
 * together; two blocs merge. lasts [partitions]. slack as above. Needs what stability needs; up to 8 players. */
ent_status ent_bloc_farsighted(const ent_bloc_table *table, double slack, ent_arena *arena, unsigned char **lasts,
                               ent_error *err);

/* ---- clubs (Nordhaus 2015; Farrokhi and Lashkaripour 2025, section 5.2) ----
 *
 * Members follow a policy together (controls, prices of carbon, subsidies, whatever a policy holds), have no duties on
 * one another's goods as far as these are theirs to set, and set their free taxes on everybody else as best suits them,
 * each for himself or jointly. Players outside set their free taxes on members as best suits them; on one another they
 * stay as they were. Who has joined gains what the club's trade is worth, and pays what its policy costs.
 *
 * The core moves first. In every round each candidate who gains by joining the club as it is comes in, all of them at
 * once; when nobody does, those who gain by leaving it as it is drop out; until nothing changes or a membership comes
 * back. At the end each member and each candidate is asked once more. */

/* What members do: the policy that is not free, for these members. Called from several threads at once. */
typedef ent_status ent_club_policy(void *who, const unsigned char *member, double level, ent_arena *arena,
                                   ent_policy *policy, ent_error *err);
typedef struct {
    const unsigned char *core;      /* [players] 1: in the club, come what may */
    const unsigned char *candidate; /* [players] 1: may join; NULL: everybody may */
    ent_club_policy *policy;        /* NULL: the game's policy */
    void *who;
    double level; /* handed to policy: how much is asked of members */
    int joint;    /* taxes on outsiders serve the members' weighted sum, as in blocs; 0: each member's own goal */
    double slack; /* gains count from here on; 0: 1e-9 of a goal */
    int threads;  /* over memberships; they change no bit */
} ent_club;
typedef struct {
    ptrdiff_t players, regions, rounds;
    double level;
    unsigned char *in;     /* [rounds+1][players] who is in after each round; the first row: the core */
    unsigned char *member; /* [players] at the end */
    ptrdiff_t *joined;     /* [players] round in which a member came in for good; 0: the core; −1: not in */
    double *gain_joining;  /* [players] in that round, over staying out alone; NaN: core, and who is not in */
    double *gain_staying;  /* [players] members: over leaving; candidates: over joining; NaN: core, who may not join */
    double *gain_none;     /* [players] over the game's policy as it is: no club, and nobody moves */
    double *goal;          /* [players] objective: Σ weight goal, of its region alone without weights */
    double *log_welfare;   /* [regions] */
    ent_policy policy;     /* of the club's war, in the arena */
    ent_game game;  /* that war: who sets what for what, from the policy before it; no players: nobody sets anything */
    double slope;   /* as in ent_game_point */
    int nash;       /* no member gains by leaving and no candidate by joining */
    int core_gains; /* every member of the core has more than without a club */
    int all;        /* every candidate is in */
    int monotone;   /* nobody who came in left */
    int rising;     /* nobody's gain from being in is less at the end than it was when he came in */
    int circular;   /* a membership came back: the rounds do not end, the last one stands here */
    ptrdiff_t wars; /* memberships that were played */
    double seconds;
} ent_club_form;
/* Status    ENT_NOT_CONVERGED, ENT_NO_EQUILIBRIUM  the war of a membership that is needed has no answer: the sentence
 *           says which;  ENT_BAD_INPUT  no core, no candidate who plays
 * Cost      a war a membership that is met: some two for each player and round */
ent_status ent_club_gather(const ent_game *game, const ent_club *club, const ent_game_options *options,
                           ent_arena *arena, ent_club_form *form, ent_error *err);

/* The largest level between 0 and 1 at which every candidate is in and nobody wants to leave, by halving down to
 * `width` (0: 1/64): what is asked of members may rise until then, if they stay only below some level. Returned  form
 * the club at `kept`, or at 0 where even there somebody is missing kept   the largest level tried that keeps all; NaN:
 * none lost   the least level tried that does not; NaN: none, 1 keeps all */
ent_status ent_club_raise(const ent_game *game, const ent_club *club, double width, const ent_game_options *options,
                          ent_arena *arena, ent_club_form *form, double *kept, double *lost, ent_error *err);
