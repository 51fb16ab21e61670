/* game.h: governments that choose their duties and export taxes: optimal, Nash, cooperative and bargained policies,
 * with a certificate. Knows networks, policies and equilibria. Does not know which model of trade lies below: it asks
 * the equilibrium and its adjoint, whatever the blueprint. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/equilibrium.h"

/* What a government taxes: what comes in over its border, on the border value; what goes out, on the producer's. */
typedef enum {
    ENT_TAX_IMPORT,
    ENT_TAX_EXPORT
} ent_tax;
const char *ent_tax_words(ent_tax tax);

/* Which of its taxes a government may set apart from one another. */
typedef enum {
    ENT_FREE_BY_PARTNER_AND_SECTOR,
    ENT_FREE_BY_SECTOR,  /* one a sector, the same for all its free partners (MFN) */
    ENT_FREE_BY_PARTNER, /* one a partner, the same for all its free sectors */
    ENT_FREE_ONE         /* one for all */
} ent_freedom;
const char *ent_freedom_words(ent_freedom freedom);

/* A set of taxes that are free. */
typedef struct {
    ent_tax tax;
    ent_freedom freedom;
    const unsigned char *partner; /* [regions] 1: taxes on trade with this partner are free; NULL: with all */
    const unsigned char *sector;  /* [sectors] 1: taxes in this sector are free; NULL: in all */
    double least, greatest;       /* bounds of each rate, > -1 */
} ent_instruments;

/* A government: what it may set, and what for.
 *
 * What it may set is one set of import duties, said by `freedom` to `greatest`; or, where `sets` > 0, the sets of
 * `instruments`, no tax in two of them.
 *
 * What for: every region n has a goal, over the benchmark,
 *
 *     goal_n = log G_n + Σ security_is log Q_is,    G_n = Σ_s lobby_s (Y_ns + d_ns R_n)/P_n
 *
 * Y_ns: what sector s pays to factors and keeps as profit; d_ns: its share in factor income; R_n: the region's other
 * income, revenue above all; P_n: consumer prices; Q_is: real output of sector s in region i. lobby and security are
 * those of the region's own player. Where lobby is 1 in every sector (NULL), and for regions that do not play, G_n is
 * real income W_n (E13). A player maximises Σ_n weight[n] goal_n. Regions in one bloc are players with the same
 * weights; all players with the same weights cooperate. */
typedef struct {
    ptrdiff_t region; /* whose taxes it sets */
    ent_freedom freedom;
    const unsigned char *partner;       /* [regions] 1: duties on this partner are free; NULL: on all */
    const unsigned char *sector;        /* [sectors] 1: duties in this sector are free; NULL: in all */
    double least, greatest;             /* bounds of each duty, rates, > -1 */
    const double *weight;               /* [regions], NULL: 1 for its own region, 0 for others */
    const ent_instruments *instruments; /* [sets] */
    ptrdiff_t sets;
    const double *lobby;    /* [sectors] what a dollar of the sector's income counts for, >= 0; NULL: 1 */
    const double *security; /* [regions*sectors] of log real output, negative for what is feared; NULL: 0 */
} ent_player;

typedef struct {
    const ent_network *net;
    const ent_policy *policy; /* what is not free, and where free duties start */
    const ent_player *player; /* [players] */
    ptrdiff_t players;
} ent_game;

typedef struct {
    double tolerance; /* largest slope of an objective in a free log(1 + rate), bounds apart; 0: 1e-11 */
    ptrdiff_t rounds; /* most rounds of best responses; 0: 400 */
    ptrdiff_t depth;  /* rounds that are remembered to speed up; 0: 6, or 12 of more than 500 taxes; -1: none */
    double tolerance_of_solver; /* of each equilibrium; 0: 1e-12 */
    int radius;                 /* 1: ent_game_play() also finds its point's radius, for some 10 to 30 rounds more */
    void (*progress)(void *who, const char *what, double slope); /* or NULL; called once a round */
    void *progress_who;
    int (*stop)(void *who); /* as ent_options.stop, or NULL */
    void *stop_who;
    const ent_game *whole; /* players whose goals count as their own, though they may not play here; NULL: who plays */
} ent_game_options;

/* A point where the players' free taxes stand. Always true where ENT_OK was returned: slope <= tolerance. */
typedef struct {
    ent_policy policy;   /* with the players' taxes */
    ent_equilibrium eq;  /* of that policy */
    double *log_welfare; /* [regions] log W_n, over the benchmark */
    double *goal;        /* [regions] goal_n: log W_n but for players with lobby or security weights */
    double *objective;   /* [players] Σ weight goal */
    double slope;        /* largest |d objective / d log(1 + rate)| of a player, along a free tax off its bounds */
    ptrdiff_t player;    /* whose; -1: nobody's */
    double spread;       /* largest gap between log(1 + rate) and what its player answers to this point */
    ptrdiff_t free_duties, rounds, solves, adjoints, products; /* products: passes within the adjoints' solves */
    int damped;           /* rounds went in circles, and were helped: climbed, damped, or by turns */
    double radius;        /* spectral radius of how answers answer one another: below 1 the point is stable under
                             adjustment, where all answer at once by (T); NaN: not asked for, or some neighbour has no
                             equilibrium. Taxes at bounds are held; Lerner's lines are left out */
    double radius_within; /* what is left of the eigenvalue's equation */
    ptrdiff_t levelled;   /* players who set all their duties and export taxes: determined but for one common factor
                             (Lerner), which was chosen so that the lowest export tax is 0, or as near as bounds let it */
    double seconds;
} ent_game_point;

/* Bounds, regions, freedoms and weights of the players, and that every one has a tax to set. */
ent_status ent_game_check(const ent_game *game, ent_error *err);

/* A policy where no player gains by a small change of his duties alone: the Nash equilibrium; with one player his
 * optimum, others as they are; with players of equal weights their cooperative policy.
 *
 * Given     start  a policy to start from, or NULL for the game's
 * Returned  point  in arena; filled also where the tolerance was not reached
 * Status    ENT_OK, ENT_NOT_CONVERGED, ENT_BAD_INPUT (ent_game_check), and those of ent_equilibrium_solve
 * Cost      some 15 to 60 rounds, each one equilibrium and one adjoint a distinct objective
 * Source    docs/GAMES.md (T): the first-order condition solved for the duty, with the multipliers of the equilibrium
 */
ent_status ent_game_play(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                         ent_arena *arena, ent_game_point *point, ent_error *err);

/* The game from several starts: its own policy, no taxes, rates of 50 % and of 300 %, and, where somebody has lobby
 * weights, rates that rise with them (all within bounds). All different points come back, the first one that was
 * reached first. More than one: say so wherever one of them is shown. None is certified: some may be places of rest
 * from which somebody gains far away. ENT_NOT_CONVERGED where no start came to rest. */
enum {
    ENT_GAME_STARTS = 5
};
typedef struct {
    ent_game_point *point; /* [count] */
    ptrdiff_t count, starts, failed;
} ent_game_points;
ent_status ent_game_search(const ent_game *game, const ent_game_options *options, ent_arena *arena,
                           ent_game_points *points, ent_error *err);

/* The same point by a method that shares nothing with it but the gradient: projected Newton on log(1 + rate). All
 * players must have the same weights (one player: his optimum). */
ent_status ent_game_climb(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                          ent_arena *arena, ent_game_point *point, ent_error *err);

/* Parties: players of equal weights are one, a government alone or a bloc, and want Σ weight goal. Cooperation with the
 * weights of parties that give every party the same gain of that over `base` (goals [regions]; NULL: those of the
 * game's own policy). weight [players] of each player's party comes back; those of the parties sum to 1.
 * ENT_BAD_INPUT also where all players are one party. */
ent_status ent_game_equal_gain(const ent_game *game, const double *base, const ent_game_options *options,
                               ent_arena *arena, double *weight, ent_game_point *point, ent_error *err);
/* Cooperation that maximises Π (exp U − exp D) over the parties, U = Σ weight goal, D the same of `threat` (goals
 * [regions]) (Nash 1950). */
ent_status ent_game_bargain(const ent_game *game, const double *threat, const ent_game_options *options,
                            ent_arena *arena, double *weight, ent_game_point *point, ent_error *err);

/* What a player could still gain, looked for far from where he stands, others as they are; and how firmly he stands. */
typedef struct {
    double *gain;       /* [players] largest gain found, of Σ weight goal; >= 0 */
    double largest;     /* of all */
    ptrdiff_t player;   /* whose; -1: nobody found any */
    double slope;       /* the point's */
    ptrdiff_t searches; /* that were made */
    double *bend;    /* [players] second order: largest eigenvalue of the Hessian of his objective in his log(1 + rate)
                        between bounds, each in units of √(σ V/I); below 0: a summit; NaN: all stand at bounds */
    double steepest; /* largest of them; NaN: all of all stand at bounds */
    ptrdiff_t unsettled; /* whose that is, where he stands on no summit; -1: nobody does */
    double apart; /* how far log real incomes are apart in two equilibria of the economy under the same taxes, those of
                     the point, or better ones that were found: nothing is an optimum then; 0: none was seen */
    ptrdiff_t torn;    /* the region whose; -1 */
    ent_policy better; /* the point's policy, with the better taxes of everybody who gains more than 1e-10 */
} ent_game_certificate;

/* What a bend says. Level: neither up nor down beyond what differences of slopes can tell, as along Lerner's line. */
typedef enum {
    ENT_STAND_SUMMIT,
    ENT_STAND_LEVEL,
    ENT_STAND_NO_SUMMIT,
    ENT_STAND_BOUNDS
} ent_stand;
ent_stand ent_game_stand(double bend);
const char *ent_stand_words(ent_stand stand); /* "a summit", "level", "not a summit", "all at bounds" */

/* Search for better answers of every player to the others' policies: market by market with his multipliers frozen, then
 * from no taxes, rates of 50 % and of 300 %, and rates that rise with his lobby weights (within his bounds), each to
 * its own optimum; and where he stands on no summit, the way his objective bends. Players of equal weights move
 * together: gain and bend are those of all of them. */
ent_status ent_game_certify(const ent_game *game, const ent_game_point *point, const ent_game_options *options,
                            ent_arena *arena, ent_game_certificate *certificate, ent_error *err);

/* A point is certified where nobody gains more than 1e-8 and everybody stands on a summit, level, or at bounds.
 * Returned  doubt  why it is not, in a whole sentence; or NULL */
int ent_game_certified(const ent_game *game, const ent_game_certificate *certificate, ent_error *doubt);

/* ent_game_play() and ent_game_certify(); as long as somebody gains more than 1e-8, again from his better taxes.
 * Returned  rejected  places of rest that the certificate did not stand behind; or NULL
 * Status    ENT_OK: `point` is certified;  ENT_NOT_CONVERGED also where after eight rounds it still is not */
ent_status ent_game_settle(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                           ent_arena *arena, ent_game_point *point, ent_game_certificate *certificate,
                           ptrdiff_t *rejected, ent_error *err);

/* What a government must want, that the game's policy is what it would choose: the inverse of its optimum. Slopes of
 * its goal along its free taxes are linear in the weights; where there are more taxes than weights, they are fitted,
 * each gap weighed by the trade it is put on. Taxes at a bound say nothing. */
typedef struct {
    ptrdiff_t weights, conditions; /* conditions: free taxes between their bounds */
    double *weight;                /* [weights] */
    double left;   /* largest |slope| of the goal with these weights, over real income; 0: the policy is just what they
                      choose */
    double before; /* the same with none: real income alone (and, for security, the player's own lobby weights) */
    double fit;    /* share of the squares of the slopes that the weights explain: 1 all of it */
} ent_game_motive;
/* Lobby weights by sector, [sectors], mean 1 over the sectors that the region has (others: 1). They may come out
 * negative: then no lobby explains the policy. Status    ENT_BAD_INPUT  there are fewer taxes between bounds than
 * weights, or they do not tell them apart Cost      one adjoint a sector */
ent_status ent_game_motive_lobby(const ent_game *game, ptrdiff_t player, const ent_game_options *options,
                                 ent_arena *arena, ent_game_motive *motive, ent_error *err);
/* Security weights on the real output of `cells`: region × sectors + sector. */
ent_status ent_game_motive_security(const ent_game *game, ptrdiff_t player, const int32_t *cell, ptrdiff_t cells,
                                    const ent_game_options *options, ent_arena *arena, ent_game_motive *motive,
                                    ent_error *err);
