/* play.c: rounds of best responses by the closed form (T): solve, multipliers, answers of all players at once, solve.
 *
 * Plain rounds converge at a rate near one half, and can go in circles where players are very unequal. They are sped up
 * by remembering the last rounds (Anderson 1965): with f = answer − turn, the next turn is
 *
 *   turn + β f − Σ_h γ_h (Δturn_h + β Δf_h),   γ = argmin |f − Σ γ_h Δf_h|
 *
 * with a γ for every objective, from its own taxes: what a government's taxes do to its own answers is much of what
 * rounds have to learn, and every government teaches another lesson. It is learnt from the last round first, and no
 * further back than until the fit is as good as what others' moves leave uncertain (FIT).
 *
 * Where the gap has not fallen for some rounds they go in circles: several objectives then take turns (turns.c); one is
 * climbed (climb.c), or, where that fails, damped (β < 1) with memory wiped. Where a turn leaves no equilibrium, it is
 * cut towards the last one that had. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

enum {
    MOST_DEPTH = 32,
    PATIENCE = 10, /* rounds without progress before damping */
    DAMPINGS = 5   /* after a climb that failed, before the last one */
};
#define SMALLEST 0.005 /* of a step that leaves no equilibrium: less leads nowhere */

/* Of all taxes, in the order of objectives (row_dial). */
struct ent_memory {
    ptrdiff_t n, depth, kept, next;                   /* kept of depth, the next goes to column `next` */
    double *d_turn, *d_gap;                           /* [depth][n] differences of successive rounds */
    double *gap, *turn, *last_gap, *last_turn, *room; /* [n], room [depth][n] */
    int any;                                          /* there is a last round */
};
typedef struct ent_memory memory;

#define CARE                                                                                                           \
    1e-4           /* how exact a point is, in units of the last gap: larger disturbs the rounds, smaller is paid for  \
                    */
#define FIRST 1e-4 /* of the first point, whose gap nobody knows yet */
#define FIT   0.3  /* of a gap left by its fit to few rounds, where others move too; nearer only fits their noise */

static ent_status memory_open(memory *m, ptrdiff_t n, ptrdiff_t depth, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t columns = depth > 0 ? depth : 1;
    *m = (memory){.n = n,
                  .depth = depth > 0 ? depth : 0,
                  .d_turn = ent_new(arena, double, columns *n),
                  .d_gap = ent_new(arena, double, columns *n),
                  .gap = ent_new(arena, double, n),
                  .turn = ent_new(arena, double, n),
                  .last_gap = ent_new(arena, double, n),
                  .last_turn = ent_new(arena, double, n),
                  .room = ent_new(arena, double, columns *n)};
    if (m->d_turn == NULL || m->d_gap == NULL || m->gap == NULL || m->turn == NULL || m->last_gap == NULL ||
        m->last_turn == NULL || m->room == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to remember %td rounds of a game", depth);
    return ENT_OK;
}

static void remember(memory *m, const ent_board *b)
{
    const size_t bytes = (size_t)m->n * sizeof *m->turn;
    for (ptrdiff_t i = 0; i < m->n; i++) {
        m->turn[i] = b->turn[b->row_dial[i]];
        m->gap[i] = b->answer[b->row_dial[i]] - m->turn[i];
    }
    if (m->any && m->depth > 0) {
        ent_combine(m->n, 1.0, m->turn, -1.0, m->last_turn, m->d_turn + m->next * m->n);
        ent_combine(m->n, 1.0, m->gap, -1.0, m->last_gap, m->d_gap + m->next * m->n);
        m->next = (m->next + 1) % m->depth;
        if (m->kept < m->depth) m->kept++;
    }
    memcpy(m->last_turn, m->turn, bytes);
    memcpy(m->last_gap, m->gap, bytes);
    m->any = 1;
}

static void forget(memory *m)
{
    m->kept = m->next = 0;
    m->any = 0;
}

/* Where the round c rounds ago is kept. */
static ptrdiff_t column_of(const memory *m, ptrdiff_t c)
{
    return (m->next - 1 - c + m->depth) % m->depth;
}

/* γ [kept] of taxes from..from+n by modified Gram–Schmidt, the last round first; columns that add less than 1e-10 of
 * themselves are left out, and the rest once no more than `fit` of the gap is left. Returns how many count. */
static ptrdiff_t least_squares(const memory *m, ptrdiff_t from, ptrdiff_t n, double fit, double *gamma)
{
    double upper[MOST_DEPTH][MOST_DEPTH] = {{0}}, right[MOST_DEPTH] = {0};
    const double *gap = m->gap + from, whole = ent_dot_run(n, gap, gap), goal = fit * fit * whole;
    double left = whole;
    ptrdiff_t count = 0;
    for (; count < m->kept && (count == 0 || fit == 0.0 || left > goal); count++) {
        const ptrdiff_t c = count;
        double *q = m->room + c * m->n + from;
        memcpy(q, m->d_gap + column_of(m, c) * m->n + from, (size_t)n * sizeof *q);
        const double size = sqrt(ent_dot_run(n, q, q));
        for (ptrdiff_t b = 0; b < c; b++) {
            upper[b][c] = ent_dot_run(n, m->room + b * m->n + from, q);
            ent_add_run(n, m->room + b * m->n + from, -upper[b][c], q);
        }
        const double rest = sqrt(ent_dot_run(n, q, q));
        upper[c][c] = rest > 1e-10 * size ? rest : 0.0;
        ent_combine(n, upper[c][c] > 0.0 ? 1.0 / rest : 0.0, q, 0.0, q, q);
        right[c] = ent_dot_run(n, q, gap);
        left -= right[c] * right[c];
    }
    for (ptrdiff_t c = count - 1; c >= 0; c--) {
        for (ptrdiff_t b = c + 1; b < count; b++) right[c] -= upper[c][b] * gamma[b];
        gamma[c] = upper[c][c] > 0.0 ? right[c] / upper[c][c] : 0.0;
    }
    return count;
}

static void step(ent_board *b, memory *m, double beta)
{
    remember(m, b);
    ent_combine(m->n, 1.0, m->turn, beta, m->gap, m->turn);
    for (ptrdiff_t row = 0; row < b->rows; row++) {
        double gamma[MOST_DEPTH] = {0};
        const ptrdiff_t from = b->row_first[row], n = b->row_first[row + 1] - from;
        const ptrdiff_t count = least_squares(m, from, n, b->rows > 1 ? FIT : 0.0, gamma);
        for (ptrdiff_t c = 0; c < count; c++) {
            const ptrdiff_t at = column_of(m, c) * m->n + from;
            ent_add_run(n, m->d_turn + at, -gamma[c], m->turn + from);
            ent_add_run(n, m->d_gap + at, -gamma[c] * beta, m->turn + from);
        }
    }
    for (ptrdiff_t i = 0; i < m->n; i++)
        b->turn[b->row_dial[i]] = ent_dial_within(&b->dials, b->row_dial[i], m->turn[i]);
}

static ent_status say_lost(ent_status status, int moved, ent_error *err)
{
    const ent_error told = err != NULL ? *err : (ent_error){{0}};
    return ent_fail(err, status, "no equilibrium of the economy was found under the taxes that %s: %.700s",
                    moved ? "governments turn to, however little they move" : "the search starts from", told.text);
}

/* The equilibrium at the turn, or at one cut towards the last round. */
static ent_status solve_near(ent_board *b, memory *m, ent_error *err)
{
    ent_status status = ent_board_solve(b, err);
    double size = 1.0;
    while (m->any && size > SMALLEST && status != ENT_OK && status != ENT_NO_MEMORY) {
        const double cut = fmax(0.0625, fmin(0.5, b->part)); /* where the path ended early, halves lead nowhere */
        for (ptrdiff_t i = 0; i < m->n; i++) {
            double *turn = b->turn + b->row_dial[i];
            *turn = m->last_turn[i] + cut * (*turn - m->last_turn[i]);
        }
        size *= cut;
        status = ent_board_solve(b, err);
        if (status == ENT_OK) forget(m);
    }
    return status == ENT_OK || status == ENT_NO_MEMORY ? status : say_lost(status, m->any, err);
}

typedef struct {
    double beta, least; /* damping; smallest gap so far */
    ptrdiff_t since;    /* rounds since it was found */
    int damped;         /* times */
} patience;

static void watch(patience *p, memory *m, double spread)
{
    if (spread < 0.9 * p->least) {
        p->least = spread;
        p->since = 0;
    } else if (++p->since >= PATIENCE) {
        p->beta = fmax(0.5 * p->beta, 0.0625);
        p->since = 0;
        p->least = spread;
        p->damped++;
        forget(m);
    }
}

/* Where answers overshoot each other for good (a small country that buys nearly all abroad), one objective can still be
 * climbed. Where that fails, the rounds may go on from where they were. */
static ent_status climb_on(ent_board *b, ptrdiff_t *rounds, int *rested, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const size_t bytes = (size_t)b->dials.count * sizeof *b->turn;
    const double care = b->care;
    ptrdiff_t steps = 0;
    double *turn = ent_new(&scratch, double, b->dials.count);
    if (turn == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to remember %td taxes", b->dials.count);
    memcpy(turn, b->turn, bytes);
    b->care = 0.0;
    const ent_status status = ent_board_climb(b, &steps, err);
    *rounds += steps;
    *rested = status == ENT_OK;
    if (*rested) return ENT_OK;
    memcpy(b->turn, turn, bytes);
    b->care = care;
    return status;
}

static ent_status turn_by_turn(ent_board *b, ptrdiff_t *rounds, ent_error *err)
{
    ptrdiff_t sweeps = 0;
    const ent_status status = ent_board_take_turns(b, &sweeps, err);
    *rounds += sweeps;
    return status;
}

ent_status ent_board_play(ent_board *b, ptrdiff_t *rounds, int *damped, ent_error *err)
{
    patience p = {.beta = 1.0, .least = INFINITY};
    memory *m = b->memory;
    if (m == NULL) {
        m = b->memory = ent_new(b->arena, memory, 1);
        if (m == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to remember rounds of a game");
        ENT_TRY(memory_open(m, b->dials.count, b->options.depth, b->arena, err));
    }
    m->any = 0; /* what other weights or starts taught about answers is kept */
    b->care = FIRST;
    for (*rounds = 1;; ++*rounds) {
        ptrdiff_t player;
        ENT_TRY(solve_near(b, m, err));
        const int exact =
            b->care <= ENT_EXACT * b->options.tolerance; /* a point looked at too roughly is looked at again */
        b->rough = !exact;
        b->blind = !exact && b->options.progress == NULL && *rounds < b->options.rounds; /* nobody would see them */
        const ent_status felt = ent_board_feel(b, 1, err);
        b->blind = b->rough = 0;
        ENT_TRY(felt);
        const double slope = ent_board_slope(b, &player), spread = ent_board_spread(b);
        if (b->options.progress != NULL) b->options.progress(b->options.progress_who, "game", slope);
        if (exact && slope <= b->options.tolerance && spread <= b->options.tolerance) return ENT_OK;
        if (*rounds >= b->options.rounds)
            return ent_fail(err, ENT_NOT_CONVERGED,
                            "%td rounds of answers to answers did not come to rest: a slope of %.3g is left to %s, and "
                            "a duty %.3g away from its answer",
                            *rounds, slope,
                            player < 0 ? "nobody" : b->game->net->table->regions.label[b->game->player[player].region],
                            spread);
        const int before = p.damped;
        b->care = CARE * spread;
        watch(&p, m, spread);
        *damped = p.damped > 0;
        if (b->rows > 1 && p.damped > 0) return turn_by_turn(b, rounds, err);
        if (p.damped > before && (p.damped == 1 || p.damped > DAMPINGS)) {
            int rested = 0;
            const ent_status status = climb_on(b, rounds, &rested, err);
            if (rested || status == ENT_NO_MEMORY || p.damped > DAMPINGS) return status;
            continue;
        }
        step(b, m, p.beta);
    }
}

ent_status ent_game_play(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                         ent_arena *arena, ent_game_point *point, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ptrdiff_t rounds = 0;
    int damped = 0;
    ENT_TRY(ent_board_open(game, NULL, options, &scratch, &board, err));
    if (start != NULL) ent_dials_read(&board.dials, start, board.turn);
    ptrdiff_t levelled = 0;
    double radius = NAN, within = NAN;
    ent_status status = ent_board_play(&board, &rounds, &damped, err);
    if (!board.solved || status == ENT_NO_MEMORY) return status;
    if (status != ENT_OK) status = ent_board_explain(&board, status, err);
    if (status == ENT_OK && board.options.radius) status = ent_board_radius(&board, &radius, &within, err);
    if (status == ENT_OK) status = ent_board_level(&board, &levelled, err);
    const ent_status copied = ent_board_copy(&board, arena, point, status == ENT_OK ? err : NULL);
    if (copied != ENT_OK) return status == ENT_OK || copied == ENT_NO_MEMORY ? copied : status;
    point->levelled = levelled;
    point->radius = radius;
    point->radius_within = within;
    point->rounds = rounds;
    point->damped = damped;
    point->spread = ent_board_spread(&board);
    point->seconds = ent_seconds() - began;
    return status;
}
