/* contest.h: game files: who plays, with which instruments, for what, and what is asked; and their answers.
 * Knows scenarios, games and talks. Does not know how anything is printed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/bloc.h"
#include "entente/talk.h"

/* A game file as read: a scenario (name, source, world, blueprint, start, and as `actions` the status quo), and the
 * keys of its own, names not yet looked up. */
typedef struct ent_contest_file ent_contest_file;
typedef struct {
    ent_scenario scenario;
    ent_contest_file *file; /* private: the parsed document with its marks */
} ent_contest;

/* Read a game from a file or from bytes; folder as in ent_scenario_parse(). Everything that can be wrong without a
 * table is refused here. ENT_BAD_INPUT: `path:line:column: what, and what would mend it`. */
ent_status ent_contest_read(const char *path, ent_arena *arena, ent_contest *contest, ent_error *err);
ent_status ent_contest_parse(ent_bytes bytes, const char *path, const char *folder, ent_arena *arena,
                             ent_contest *contest, ent_error *err);

/* What can be asked of a game. CONCEPT(name, word, keys, said, meaning) */
typedef enum {
#define CONCEPT(name, word, keys, said, meaning) ENT_CONCEPT_##name,
#include "entente/concepts.def"
#undef CONCEPT
    ENT_CONCEPTS
} ent_concept_kind;
const char *ent_concept_word(ent_concept_kind kind);    /* "nash-bargaining", as in a file */
const char *ent_concept_said(ent_concept_kind kind);    /* "bargain", in tables */
const char *ent_concept_meaning(ent_concept_kind kind); /* one line */

typedef enum {
    ENT_THREAT_STATUS_QUO,
    ENT_THREAT_NASH
} ent_threat;

/* Weights that an observed policy is asked for: of a dollar of each sector's income, or of real output somewhere. */
typedef enum {
    ENT_MOTIVE_LOBBY,
    ENT_MOTIVE_SECURITY
} ent_motive_kind;
const char *ent_motive_words(ent_motive_kind kind); /* "lobby" */

/* Who sits at the table: one government, or a bloc of governments with one objective. */
typedef struct {
    const char *name;                    /* `name:`, or the regions' codes */
    ptrdiff_t first, count;              /* its governments: player[first .. first + count − 1] */
    const char *instruments, *objective; /* one line each, in words */
} ent_seat;

/* What a club asks of its members at one level: actions, written once, that each member takes. */
typedef struct ent_club_pledge ent_club_pledge;
typedef struct {
    const char *name;         /* of a level of a list; NULL: there is one alone */
    const char *const *lines; /* [line_count] in words; `member` stands for each member */
    ptrdiff_t line_count;
    ent_club_pledge *pledge; /* private: the actions of every seat */
} ent_club_level;

/* One thing that is asked. What a concept does not take is as zeroed. */
typedef struct {
    ent_concept_kind kind;
    unsigned char *in; /* [seats] who plays; others stay at the status quo */
    double *weight;    /* [seats] cooperative: of each seat's objective, sum 1 */
    ent_threat threat;
    ptrdiff_t points; /* frontier */
    double *kappa;    /* [kappas] sanctions, rising */
    ptrdiff_t kappas;
    ptrdiff_t asker;     /* ask: seat */
    ptrdiff_t target;    /* sanctions, ask: region */
    unsigned char *bloc; /* [seats] blocs: number of each seat's bloc; NULL: all partitions */
    int inside;          /* blocs: 0 free trade within, 1 as before, 2 set jointly */
    ent_motive_kind motive;
    int32_t *cell; /* [cells] motive security: region × sectors + sector */
    ptrdiff_t cells;
    unsigned char *core, *candidate; /* [seats] club: who moves first, and who may join */
    int joint;                       /* club: members' taxes on outsiders serve all of them */
    ent_club_level *level;           /* [levels] club: from the first, which asks least, on; at least one */
    ptrdiff_t levels;
    double raise; /* club: how finely the share of its level that keeps all is looked for; 0: all of it is asked */
} ent_concept;

/* A deal: a list of actions upon the status quo. */
typedef struct {
    const char *name;
    ent_policy policy;
    const char *const *lines; /* [line_count] its actions, in words */
    ptrdiff_t line_count;
} ent_package;

/* One side's ladder: its first step is to do nothing, the others are lists of actions upon the status quo. */
typedef struct {
    ptrdiff_t seat, steps;
    const char *const *step; /* [steps] names */
} ent_climber;

/* What talks need beyond the economy; NaN or NULL where the file says nothing. */
typedef struct {
    double *discount;                   /* [seats] factor a period, in (0, 1) */
    double years;                       /* length of a period */
    double *stubborn;                   /* [seats] prior that it cannot give in, in [0, 1) */
    double *cost_least, *cost_greatest; /* [seats] of a war beyond the model's, share of its real income */
    double *outside;                    /* [seats] log W of walking away, over the status quo */
    double *claim;         /* [seats] share of its largest gain over the war that it insists on; preset 0.75 */
    ptrdiff_t *punishment; /* [punishments] periods; PTRDIFF_MAX: for ever */
    ptrdiff_t punishments;
    ent_package *package; /* [packages] */
    ptrdiff_t packages;
    ent_climber *ladder; /* [ladders] in the file's order */
    ptrdiff_t ladders;
    double precision; /* of quantal responses: by how much the log odds of a step rise with one percent of what it
                         brings; preset 10 */
    int there;        /* the file has `talks:` */
} ent_terms;

/* A game file on a network: names looked up. Borrows both. */
typedef struct {
    const ent_contest *contest;
    const ent_network *net;
    ent_policy policy; /* the status quo */
    double *outer;     /* [borders] duties of the file's actions before blocs lifted theirs within; NULL: none did */
    ent_seat *seat;    /* [seats] */
    ptrdiff_t seats;
    ent_player *player; /* [players] of all seats, in order */
    ptrdiff_t players;
    ent_concept *concept; /* [concepts] in the file's order */
    ptrdiff_t concepts;
    ent_terms terms;
} ent_seats;
ent_status ent_contest_seat(const ent_contest *contest, const ent_network *net, ent_arena *arena, ent_seats *seats,
                            ent_error *err);

/* ---- answers ---- */

/* One policy that a concept comes to, with what it is worth to everybody and what says that it is what it claims. */
typedef struct {
    const ent_concept *concept;      /* NULL: the status quo, or a package */
    const ent_package *package;      /* or NULL */
    const struct ent_gathered *club; /* or NULL */
    int excused;                     /* there is no such point, which is an answer: nothing to bargain over */
    int enforced;      /* the best agreement that enforces itself: no concept of a file, but of its talks */
    const char *name;  /* short, distinct, also a file's name: "optimum-USA" */
    const char *label; /* "optimum of USA" */
    ent_status status; /* ENT_OK, or why there is no point; then only what follows is filled */
    const char *why;   /* the sentence, or NULL */
    ent_policy policy;
    double *log_welfare; /* [regions] real income over the benchmark */
    double *goal;        /* [regions] goal of game.h: log_welfare, but for lobby and security weights */
    double *objective;   /* [seats] */
    double *weight;      /* [seats] that cooperation gives them; NULL: does not apply */
    double parameter;    /* kappa of sanctions; price of an ask: what one log point of the other's floor costs; NaN */
    double excess;       /* largest residual of the equilibrium, and its tolerance */
    double tolerance_of_solver;
    double slope, tolerance; /* largest slope along a free duty, and what was asked for; NaN: does not apply */
    double gain;             /* largest gain that a player found far from here, of his objective; NaN: not looked for */
    double bend;             /* second order, as ent_game_certificate.steepest; NaN: at bounds, or not looked for */
    const char *doubt;       /* why it is not certified; NULL: it is, or nobody looked (gain is NaN) */
    double radius; /* of a war: spectral radius of how answers answer one another (game.h); below 1: stable under
                      adjustment; NaN: does not apply, or not looked for */
    ptrdiff_t found, starts; /* different points from so many starts; 0: one start */
    ptrdiff_t rejected; /* at the first point of a game: places of rest besides, from which somebody gains far away */
    ptrdiff_t free_duties, rounds, solves;
    int damped;
    double seconds;
} ent_verdict;

/* The frontier of two seats, each of one government; goals as in ent_frontier. */
typedef struct {
    const ent_concept *concept;
    ptrdiff_t seat[2];
    ent_status status;
    const char *why;
    ent_frontier frontier; /* where status is ENT_OK */
} ent_curve;

/* The wars of every partition into blocs, and which of them last. Players of the table are the seats that play. */
typedef struct {
    const ent_concept *concept;
    ent_status status;
    const char *why;
    ent_bloc_table table;         /* where status is ENT_OK */
    ent_bloc_stability stability; /* likewise */
    unsigned char *farsighted;    /* [partitions] lasts where everybody looks to the end; NULL: too many partitions */
    double *shapley[ENT_OTHERS_AVERAGE + 1];   /* by ent_bloc_others: [players] million USD a year over the benchmark */
    double *nucleolus[ENT_OTHERS_AVERAGE + 1]; /* likewise */
    double complaint[ENT_OTHERS_AVERAGE + 1];  /* the largest that the nucleolus leaves a coalition */
    int core_empty[ENT_OTHERS_AVERAGE + 1];    /* it is above 0, by more than rounding */
} ent_partitions;
const char *ent_others_words(ent_bloc_others others); /* "alone" */

/* A club as it came together at one level. Its point is a verdict like any other. */
typedef struct ent_gathered {
    const ent_concept *concept;
    const ent_club_level *level;
    const char *name, *label; /* of its point */
    ptrdiff_t *seat;          /* [players] whose place in `form` this is */
    ptrdiff_t players;
    ent_status status; /* ENT_OK, or why there is no club */
    const char *why;
    ent_club_form form; /* where status is ENT_OK */
    double kept, lost;  /* of a club that is raised, as in ent_club_raise(); else NaN */
} ent_gathered;

/* What a seat of one government must want, that the status quo is what it would choose. */
typedef struct {
    const ent_concept *concept;
    ptrdiff_t seat;
    const char *name;  /* "motive-lobby-USA" */
    const char *label; /* "lobby weights of USA" */
    ent_status status; /* ENT_OK, or why there are no weights */
    const char *why;
    ent_game_motive motive; /* weights: [sectors], or [concept->cells]; where status is ENT_OK */
} ent_revealed;

typedef struct {
    const ent_seats *seats;
    ent_verdict *verdict; /* [verdicts], the first: the status quo */
    ptrdiff_t verdicts;
    ent_curve *curve; /* [curves] one a concept `frontier` */
    ptrdiff_t curves;
    ent_partitions *partitions; /* [partition_tables] one a concept `blocs` of all partitions */
    ptrdiff_t partition_tables;
    ent_revealed *revealed; /* [revelations] one a seat that a concept `motive` asks about */
    ptrdiff_t revelations;
    ent_gathered *club; /* [clubs] one a level of a concept `club` */
    ptrdiff_t clubs;
    ptrdiff_t failed; /* how many have no answer */
} ent_play;

typedef struct {
    ent_game_options game; /* zeroed: presets */
    int starts;            /* 1: one start; else several, as ent_game_search() */
    int certify;           /* search for deviations far from a war or an optimum */
    int threads;
} ent_play_options;

/* Answer all that is asked. Status: ENT_OK also where some concepts were not reached (see failed); the status quo must
 * be. */
ent_status ent_contest_play(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_play *play,
                            ent_error *err);

/* "nash", "package", "self-enforcing", "status-quo": where a point comes from. */
const char *ent_verdict_kind(const ent_verdict *verdict);

/* Rates of what a seat may set, weighted by benchmark trade; NaN where it has no such instrument. */
typedef struct {
    double median, mean, least, greatest; /* rates; the mean weighted by benchmark trade */
    ptrdiff_t count;                      /* lanes with trade */
} ent_rates;
ent_rates ent_verdict_rates(const ent_seats *seats, const ent_verdict *verdict, ptrdiff_t seat, ent_tax tax,
                            double *room /* [borders] */);

/* A verdict's policy as a scenario that `entente run` reads: what the game file says of world, blueprint, start and
 * status quo, and then every rate that differs, from a CSV file with 17 digits. Files that the game names come along,
 * under names of their own. A
 * world by path is left out: the caller names it. */
typedef struct {
    const char *name; /* relative to the folder of the scenario */
    ent_bytes bytes;
} ent_scenario_piece;
typedef struct {
    ent_bytes scenario;        /* the YAML text */
    ent_scenario_piece *piece; /* [pieces] files that it names; the last one the rates, where there are any */
    ptrdiff_t pieces;
} ent_scenario_copy;
/* rates: the name that the file of rates shall have, such as "nash.csv"; inputs: how names of copied files begin, such
 * as "input-". The same inputs have the same names whatever the verdict. */
ent_status ent_verdict_scenario(const ent_seats *seats, const ent_verdict *verdict, const char *rates,
                                const char *inputs, ent_arena *arena, ent_scenario_copy *copy, ent_error *err);

/* ---- talks ---- */

/* An offer on the frontier of two seats: shares of what each could gain at most over the war. */
typedef struct {
    double share[2]; /* of the seat's own largest gain */
    double goal[2];
} ent_offer;

/* Ladders of steps as a finite game, with what it comes to. Payoffs are log points × 100 of objectives over the status
 * quo, each step of one side met by each of the others'. */
typedef struct {
    ent_finite game; /* players: the ladders; NULL payoff: there are none */
    ptrdiff_t *pure; /* [pure_count] profiles */
    ptrdiff_t pure_count;
    ent_mixture *mixed; /* [mixed_count] of two sides, those that are not pure */
    ptrdiff_t mixed_count;
    ent_mixture quantal; /* probability NULL: not followed that far; see why */
    ent_status status;   /* ENT_OK, or why there is no game; then nothing else is filled */
    const char *why;     /* a sentence, or NULL */
} ent_rungs;

enum {
    ENT_TALK_PARTS = 5
};

/* What talks over the war come to. Objectives of a bloc are its own. Two-sided parts need two seats; `two` says so. */
typedef struct {
    ent_play play; /* status quo, war, bargains, equal gain, frontier; every package, and what enforces itself */
    const ent_verdict *war, *agreed, *peace; /* points of play: Nash; bargains over the war and over the status quo */
    const ent_verdict **package;             /* [packages] */
    ptrdiff_t packages;
    ent_truce truce;         /* of `agreed`; periods: the first finite punishment, or 1 */
    ent_status truce_status; /* ENT_OK where there is one */
    const char *truce_why;
    /* The best agreement that enforces itself with the war for ever, at the file's discount factors and the weights of
     * the bargain over the war. */
    int enforced_there; /* discount factors of all were given, and it was found */
    ent_enforced enforced;
    const ent_verdict *enforced_point; /* a point of play; NULL where the bargain itself holds */
    const char *enforced_why;          /* why it was not found, or NULL */
    /* More than two seats: the most that each can have while all others keep what the war leaves them. */
    ent_most *most;        /* [seats], or NULL */
    const char **most_why; /* [seats] why it was not found, or NULL */
    int two;
    ptrdiff_t seat[2];
    ent_zone zone; /* over the war; valid where `two` and zone_status is ENT_OK */
    ent_status zone_status;
    const char *zone_why;
    int offers_there; /* discount factors of both were given */
    ent_offers_result offers;
    ent_offer offer[2];  /* when seat 0, when seat 1 makes the first offer */
    int attrition_there; /* discount factors and priors of both were given, and each prefers the other's deal to war */
    const char *attrition_why; /* why not, or NULL */
    ent_offer demand[2];       /* what each insists on: `claim` of its largest gain */
    ent_attrition attrition;   /* rates a year */
    ent_attrition_result attrition_result;
    int risk_there[2];       /* the other's cost was given */
    ent_risk risk[2];        /* seat's take-it-or-leave-it offer: shares of its own largest gain */
    ent_offer risk_offer[2]; /* what is offered */
    int mediation_there;     /* costs of both were given */
    ent_ceiling mediation;   /* log points of seat 0's objective; the frontier as its tangent at the bargain */
    double mediation_price;  /* that one log point of seat 1's is worth there */
    /* why offers, attrition, mediation and the offers of either side to take or leave were not reached, or NULL */
    const char *part_why[ENT_TALK_PARTS];
    ent_rungs rungs;
    ent_deal_table over_war, over_quo; /* of the packages; valid where packages > 0 */
} ent_talks;

/* Status: ENT_OK also where some parts were not reached (see play.failed and the sentences); the war must be. */
ent_status ent_contest_talk(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_talks *talks,
                            ent_error *err);
