/* board.h: one point of a game: the players' taxes, the equilibrium under them, what every player's objective is worth
 * there, its slope along every dial, and the taxes that (T) answers. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/adjoint.h"
#include "equilibrium/search.h"
#include "game/dials.h"
#include "game/goal.h"

#define ENT_EXACT 1e-2 /* how exact the last point is, in units of the tolerance */

typedef struct {
    const ent_game *game;
    ent_game_options options; /* with all presets filled in */
    ent_dials dials;
    ent_goal goals;
    ent_policy policy; /* the game's, with duties and export taxes of its own */

    /* distinct objectives: players of equal weights share one */
    ptrdiff_t rows;
    double *weight;       /* [rows][regions] */
    int32_t *player_row;  /* [players] */
    ptrdiff_t *row_first; /* [rows+1] its dials */
    int32_t *row_dial;    /* [dials] by row */
    ent_adjoint *adjoint; /* [rows] with the regions whose lanes a row reads */
    double *forms;        /* [ENT_BACK_MANY][3][nodes] */
    /* One objective whose weights depend on the point: its value, and into weight [regions] its slopes along goals; or
     * NULL: the weights are what they are. */
    double (*rule)(void *who, const double *goal, double *weight);
    void *rule_who;
    int reads_all; /* slopes along others' taxes are wanted too (ent_board_lean) */

    /* the point */
    double *turn;        /* [dials] log(1 + rate) */
    double *slope;       /* [dials] d objective of its player / d log(1 + rate) */
    double *answer;      /* [dials] what its player answers, log(1 + rate) within bounds */
    double *objective;   /* [players] */
    double *log_welfare; /* [regions] */
    double *goal;        /* [regions] */
    ent_equilibrium eq;
    ent_arena eq_home, eq_next; /* where eq lives, and the next one will */
    ent_solver *solver;
    int solved;
    int solver_stands;  /* at the point last solved */
    ent_status last;    /* of the last solve */
    double part;        /* over which part of its shock a path of equilibria led, where that failed; 1: nobody looked */
    ent_linearised lin; /* once lin_open */
    int lin_open;
    int lin_here;              /* it stands at the point last solved */
    ent_arena *arena;          /* the caller's, for lin */
    struct ent_memory *memory; /* of rounds (play.c), or NULL */
    double *nu;                /* [rows][states] adjoints of the last point, by the dollar, where the next ones start */
    int blind;                 /* slopes are not asked for at the next point, and are infinite there */
    int rough;                 /* nor are answers exact: it is one on the way */
    double care; /* how exact the next point shall be, relative: the smaller the nearer to the end; 0: fully */
    ptrdiff_t solves, adjoints, products;

    /* spots: a market, which is a node that buys over lanes of dials, as one player sees it; and their edges there */
    ptrdiff_t spots;
    int32_t *market;      /* [spots] node */
    int32_t *spot_player; /* [spots] */
    unsigned char *apart; /* [spots] its dials have no lane elsewhere, and nobody else buys over its lanes */
    int64_t *edge_first;  /* [dials+1] edges of a dial */
    int64_t *edge;        /* edges by dial */
    int32_t *edge_spot;   /* the spot of each of them */
    double *worth[2];     /* by ent_tax: [borders] a, see answer.c */
    double *share;        /* [edges]   s */
    double *outside;      /* [spots] worth of a higher log price of the market to who buys there */
    double *kept;         /* [spots] Σ s u over lanes that are not the player's */
    int32_t *dial_here;   /* [most edges of a node] the spot's dials of the market at hand, or -1 */
    double *fixed;        /* [spots] g, what of u does not depend on the rate; 0 for duties */
} ent_board;

/* Everything but a point; close it on every way out (ENT_BOARD). Goals are those of the players of `whole`, which may
 * be more than who plays; NULL: game. */
ent_status ent_board_open(const ent_game *game, const ent_game *whole, const ent_game_options *options,
                          ent_arena *arena, ent_board *board, ent_error *err);
void ent_board_close(ent_board *board);
#define ENT_BOARD __attribute__((cleanup(ent_board_close))) ent_board

/* Other weights for all players at once [regions]: one objective. */
void ent_board_share(ent_board *board, const double *weight);
/* The equilibrium at `turn` and the objectives. Where it fails the board stays as it was, but for `turn`. */
ent_status ent_board_solve(ent_board *board, ent_error *err);
/* Slopes and, with `answers`, answers at the point last solved. */
ent_status ent_board_feel(ent_board *board, int answers, ent_error *err);
/* The slope along a dial, of these dials or of others, of the objective whose adjoint was taken last. */
double ent_board_lean(const ent_board *board, const ent_dials *dials, ptrdiff_t dial);
/* Largest slope that bounds do not hold; *player whose, -1 where it is 0. */
double ent_board_slope(const ent_board *board, ptrdiff_t *player);
/* Largest gap between dials and answers. */
double ent_board_spread(const ent_board *board);
/* The point in the caller's arena. */
ent_status ent_board_copy(ent_board *board, ent_arena *arena, ent_game_point *point, ent_error *err);

/* Rounds of answers from `turn` until they come to rest (play.c). */
ent_status ent_board_play(ent_board *board, ptrdiff_t *rounds, int *damped, ent_error *err);

/* The objective of row 0, all there is, from `turn` to where no slope is left (climb.c). */
ent_status ent_board_climb(ent_board *board, ptrdiff_t *steps, ent_error *err);
/* goal [regions] under the game's policy as it stands. */
ent_status ent_board_base(ent_board *board, double *goal, ent_error *err);

/* One objective after the other from `turn`, until nobody moves (turns.c). */
ent_status ent_board_take_turns(ent_board *board, ptrdiff_t *sweeps, ent_error *err);

/* Newton's method on what rounds leave, from `turn` (newton.c). *rested 0: it ended before it came to rest, or where
 * somebody stands on no summit; the board is then somewhere on its way. */
ent_status ent_board_newton(ent_board *board, ptrdiff_t *steps, int *rested, ent_error *err);

/* Players who set both sides of their trade: their point is moved along the line of equal ones (lerner.c). How many. */
ent_status ent_board_level(ent_board *board, ptrdiff_t *levelled, ent_error *err);

/* At the point last solved, which is left as it was: how the only player's objective bends there most (bend.c), and
 * the direction in which it does, [dials], its largest member 1 or −1. NaN: no dial is between its bounds. */
ent_status ent_board_bend(ent_board *board, double *largest, double *direction, ent_error *err);

/* At the point where the players rest, which is left as it was: the spectral radius of how answers answer one another,
 * and to what it is known (radius.c). NaN: a neighbour of the point has no equilibrium. */
ent_status ent_board_radius(ent_board *board, double *radius, double *within, ent_error *err);
/* Two equilibria of the economy under the same taxes (torn.c). */
typedef struct {
    double apart;     /* how far log real incomes are apart, at most; 0: one equilibrium was found */
    ptrdiff_t region; /* whose; -1 */
} ent_torn;
/* *torn grows to what solving a policy from the benchmark and from another equilibrium shows. */
ent_status ent_board_torn(ent_board *board, const ent_policy *policy, const ent_equilibrium *other, ent_torn *torn);
/* ENT_NOT_CONVERGED: the reason, after `before`, or (NULL) after what err says already. */
ent_status ent_torn_say(const ent_network *net, const ent_torn *torn, const char *before, ent_error *err);
/* Where a game did not come to rest: err also says so where the economy is torn at the board's policy. */
ent_status ent_board_explain(ent_board *board, ent_status status, ent_error *err);

/* Are all lanes of player p's trade with others in his dials? (lerner.c) */
int ent_board_sets_both_sides(const ent_board *board, ptrdiff_t p);

/* answer.c */
ent_status ent_answer_open(ent_board *board, ent_arena *arena, ent_error *err);
/* Answers of the players with objective `row`, whose adjoint stands in board->lin. */
void ent_answer_row(ent_board *board, ptrdiff_t row);
/* The market's own part of the objective where all dials of the spot lie on the curve of (T) at x: see answer.c. */
double ent_answer_value(const ent_board *board, ptrdiff_t spot, double x, double *turn);
/* Ends of that curve: beyond them all dials are at their bounds. 0: there is none. */
int ent_answer_curve(const ent_board *board, ptrdiff_t spot, double *low, double *high);
/* A market that a dial reaches into, all other dials where they stand: sums over the other lanes, and what of the
 * dial's own depends on its turn. */
typedef struct {
    int32_t spot;
    double sum, worth, logs;  /* of the others: Σ τ^(φ r) s, the same times V̄, Σ s φ log τ */
    double share, kept, paid; /* of its own at the point last solved: Σ s, Σ s (ρ − g), Σ s a */
    double power;             /* φ */
} ent_slice;
/* Every market of the dial with all dials at `turn`; slice: room for as many as it has edges. How many. */
ptrdiff_t ent_answer_slices(const ent_board *board, ptrdiff_t dial, const double *turn, ent_slice *slice);
/* The objective's part in these markets with the dial at `turn`, multipliers frozen at the point last solved. */
double ent_answer_along(const ent_board *board, ptrdiff_t dial, const ent_slice *slice, ptrdiff_t count, double turn);
