/* newton.c: where rounds of answers go in circles, Newton's method on what they leave: R(z) = z − Φ(z), with z all
 * players' log(1 + rate) and Φ(z) what (T) answers at the equilibrium under them, within bounds. Far from an
 * equilibrium answers jump from bound to bound, and there it leads nowhere; it begins where turns have led (turns.c).
 *
 * A step solves (I − Φ') s = −R by GMRES; what Φ' does to a direction is one difference of answers. It does not matter
 * whether answers overshoot: a cycle is an eigenvalue near −1, which makes I − Φ' no worse. Answers at bounds do not
 * move, and a step then leads to the bound: the method is semismooth. Steps are halved until R falls; where it does
 * not, the method ends, for there R has no zero that it could see, or answers jump.
 *
 * A zero of R is a place without slope. Rounds run from one where somebody has no summit; Newton does not. So whether
 * everybody stands on one is asked at the end (bend.c), and a place where somebody does not is no answer. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "num/dot.h"
#include "num/gmres.h"
#include <math.h>
#include <string.h>

enum {
    STEPS = 15,      /* four to eight are usual */
    DIRECTIONS = 30, /* of one step */
    HALVINGS = 7     /* a step cut to less than a hundredth leads nowhere */
};
#define NUDGE    1e-5 /* of log(1 + rate), root mean square: larger bends, smaller drowns in the last digits */
#define FARTHEST 1e-4 /* of any one of them */
#define LONGEST  1.0  /* of a step, any log(1 + rate): beyond, the slope of answers says nothing */
#define FALL     1e-1 /* of |R|, that a step has to bring in units of its length; smaller creeps */

typedef struct {
    ent_board *board;
    ptrdiff_t n;
    double *at, *answer, *left; /* [n] z, Φ(z), R */
    double *step, *room;        /* [n], of GMRES */
    ent_status status;          /* of differences */
    ent_error *err;
} newton;

static ent_status open_newton(ent_board *b, newton *m, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t n = b->dials.count;
    const ent_linear_system sizes = {.n = n, .depth = DIRECTIONS};
    *m = (newton){.board = b,
                  .n = n,
                  .at = ent_new(arena, double, n),
                  .answer = ent_new(arena, double, n),
                  .left = ent_new(arena, double, n),
                  .step = ent_new(arena, double, n),
                  .room = ent_new(arena, double, ent_gmres_room(&sizes)),
                  .err = err};
    if (m->at == NULL || m->answer == NULL || m->left == NULL || m->step == NULL || m->room == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for Newton's method on %td taxes", n);
    return ENT_OK;
}

static double norm(ptrdiff_t n, const double *x)
{
    return sqrt(ent_dot_run(n, x, x));
}

static ent_status answers_at_turn(ent_board *b, ent_error *err)
{
    ENT_TRY(ent_board_solve(b, err));
    return ent_board_feel(b, 1, err);
}

/* y = x − Φ' x */
static void difference(void *user, const double *x, double *y)
{
    newton *m = user;
    ent_board *b = m->board;
    const double far = ent_largest(m->n, x);
    memcpy(y, x, (size_t)m->n * sizeof *y);
    if (m->status != ENT_OK || !(far > 0.0)) return;
    const double h = fmin(NUDGE * sqrt((double)m->n) / norm(m->n, x), FARTHEST / far);
    ent_combine(m->n, 1.0, m->at, h, x, b->turn);
    m->status = answers_at_turn(b, m->err);
    if (m->status != ENT_OK) return;
    for (ptrdiff_t i = 0; i < m->n; i++) y[i] -= (b->answer[i] - m->answer[i]) / h;
}

static void same(void *user, const double *x, double *y)
{
    const newton *m = user;
    memcpy(y, x, (size_t)m->n * sizeof *y);
}

/* The board's turn and answers as the point that the next step starts from. */
static void stand(newton *m)
{
    const size_t bytes = (size_t)m->n * sizeof(double);
    memcpy(m->at, m->board->turn, bytes);
    memcpy(m->answer, m->board->answer, bytes);
    ent_combine(m->n, 1.0, m->answer, -1.0, m->at, m->left);
}

/* s from (I − Φ') s = Φ(z) − z, cut to a length within which slopes of answers say something. */
static ent_status aim(newton *m, double tolerance)
{
    const ent_linear_system system = {.n = m->n,
                                      .matrix = difference,
                                      .precondition = same,
                                      .user = m,
                                      .depth = m->n < DIRECTIONS ? m->n : DIRECTIONS,
                                      .most = m->n < DIRECTIONS ? m->n : DIRECTIONS,
                                      .tolerance = tolerance,
                                      .trusting = 1};
    m->status = ENT_OK;
    ent_gmres(&system, m->left, m->step, m->room);
    if (m->status != ENT_OK) return m->status;
    const double far = ent_largest(m->n, m->step);
    if (far > LONGEST) ent_combine(m->n, LONGEST / far, m->step, 0.0, m->step, m->step);
    return ENT_OK;
}

/* Along the step, halved until less is left. *moved 0: it never was. */
static ent_status move(newton *m, int *moved)
{
    ent_board *b = m->board;
    const double before = norm(m->n, m->left);
    double size = 1.0;
    *moved = 0;
    for (int half = 0; half < HALVINGS && !*moved; half++, size *= 0.5) {
        for (ptrdiff_t i = 0; i < m->n; i++) b->turn[i] = ent_dial_within(&b->dials, i, m->at[i] + size * m->step[i]);
        const ent_status status = answers_at_turn(b, m->err);
        if (status == ENT_NO_MEMORY) return status;
        if (status != ENT_OK) continue;
        double after = 0.0;
        for (ptrdiff_t i = 0; i < m->n; i++) after += (b->answer[i] - b->turn[i]) * (b->answer[i] - b->turn[i]);
        *moved = sqrt(after) <= (1.0 - FALL * size) * before;
    }
    return ENT_OK;
}

/* Do the players of a row stand on a summit, the others as they are? */
static ent_status look_down(const ent_board *b, ptrdiff_t row, int *summit, ent_error *err)
{
    const ent_game *game = b->game;
    ENT_SCRATCH scratch = {0};
    ENT_BOARD alone = {0};
    double bend;
    ptrdiff_t players = 0;
    ent_player *who = ent_new(&scratch, ent_player, game->players);
    double *direction = ent_new(&scratch, double, b->dials.count);
    if (who == NULL || direction == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to look at where %td players stand", game->players);
    for (ptrdiff_t p = 0; p < game->players; p++)
        if (b->player_row[p] == row) who[players++] = game->player[p];
    const ent_game part = {.net = game->net, .policy = &b->policy, .player = who, .players = players};
    ent_game_options options = b->options;
    options.progress = NULL;
    ENT_TRY(ent_board_open(&part, game, &options, &scratch, &alone, err));
    ENT_TRY(ent_board_solve(&alone, err));
    ENT_TRY(ent_board_bend(&alone, &bend, direction, err));
    *summit = ent_game_stand(bend) != ENT_STAND_NO_SUMMIT;
    return ENT_OK;
}

ent_status ent_board_newton(ent_board *b, ptrdiff_t *steps, int *rested, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    newton m;
    ptrdiff_t player;
    int moved = 1;
    *rested = 0;
    ENT_TRY(open_newton(b, &m, &scratch, err));
    b->care = 0.0;
    ENT_TRY(answers_at_turn(b, err));
    for (*steps = 0; *steps < STEPS && moved; ++*steps) {
        const double slope = ent_board_slope(b, &player), spread = ent_board_spread(b);
        if (b->options.progress != NULL) b->options.progress(b->options.progress_who, "Newton", slope);
        if (slope <= b->options.tolerance && spread <= b->options.tolerance) break;
        stand(&m);
        if (aim(&m, fmin(0.1, fmax(1e-4, spread))) != ENT_OK) return m.status == ENT_NO_MEMORY ? m.status : ENT_OK;
        ENT_TRY(move(&m, &moved));
    }
    *rested = ent_board_slope(b, &player) <= b->options.tolerance && ent_board_spread(b) <= b->options.tolerance;
    for (ptrdiff_t row = 0; row < b->rows && *rested; row++) ENT_TRY(look_down(b, row, rested, err));
    return ENT_OK;
}
