/* radius.c: do answers to answers shrink what disturbs a point? The spectral radius of Φ', where Φ takes all players'
 * taxes to what (T) answers at the equilibrium under them: below 1 a small disturbance dies out where all answer at
 * once, above 1 it grows.
 *
 * Φ' is known by what it does to a direction, one difference of answers: an equilibrium and an adjoint an objective.
 * Its largest eigenvalues may be a complex pair, or −1.x beside 0.9: powers of Φ' do not settle then. So they are taken
 * from the small Hessenberg matrix of Arnoldi (1951), whose space grows until the largest is known: |h y| of the last
 * row says to what. Few directions matter, since players meet in the few numbers that clear markets.
 *
 * Taxes that bounds hold answer nothing, and stand still. A player who sets both sides of his trade may move along
 * Lerner's line with no effect at all (lerner.c): an eigenvalue 1 that says nothing; the line is left out where a
 * difference shows that it is one. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "num/dot.h"
#include "num/eigen.h"
#include "num/random.h"
#include <math.h>
#include <string.h>

enum {
    MOST = 48 /* directions: Ossa's seven regions need 15, random worlds at most 30 */
};
#define NUDGE    1e-5 /* of log(1 + rate), root mean square: larger bends, smaller drowns in the last digits */
#define FARTHEST 1e-4 /* of any one of them */
#define KNOWN    1e-4 /* of the largest eigenvalue: what differences can tell */
#define NOTHING  1e-6 /* of what Φ' makes of a direction: what differences leave where nothing is left */
#define LINE     1e-3 /* how far Φ' may move a line that it should leave as it is */

typedef struct {
    ent_board *board;
    ptrdiff_t n;
    int32_t *dial;               /* [n] those off their bounds */
    double *at, *answer, *slope; /* [dials] the point's */
    double *vector;              /* [MOST+1][n] */
    double *h;                   /* [MOST][MOST+1] Φ' in these, by columns */
    double *line;                /* [players][n] Lerner's, of length 1 */
    ptrdiff_t lines;
    double complex *small, *value; /* [MOST][MOST], [MOST] */
} arnoldi;

static ent_status open_arnoldi(ent_board *b, arnoldi *a, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t dials = b->dials.count;
    const size_t bytes = (size_t)dials * sizeof(double);
    *a = (arnoldi){.board = b,
                   .dial = ent_new(arena, int32_t, dials),
                   .at = ent_new(arena, double, dials),
                   .answer = ent_new(arena, double, dials),
                   .slope = ent_new(arena, double, dials),
                   .h = ent_new0(arena, double, MOST *(MOST + 1)),
                   .small = ent_new(arena, double complex, MOST *MOST),
                   .value = ent_new(arena, double complex, MOST)};
    int taken = a->dial != NULL && a->at != NULL && a->answer != NULL && a->slope != NULL && a->h != NULL &&
                a->small != NULL && a->value != NULL;
    for (ptrdiff_t dial = 0; taken && dial < dials; dial++)
        if (b->turn[dial] > b->dials.least[dial] && b->turn[dial] < b->dials.greatest[dial])
            a->dial[a->n++] = (int32_t)dial;
    if (taken) {
        a->vector = ent_new0(arena, double, (MOST + 1) * a->n);
        a->line = ent_new0(arena, double, b->game->players * a->n);
        taken = a->vector != NULL && a->line != NULL;
    }
    if (!taken) return ent_fail(err, ENT_NO_MEMORY, "no memory for how %td taxes answer one another", dials);
    memcpy(a->at, b->turn, bytes);
    memcpy(a->answer, b->answer, bytes);
    memcpy(a->slope, b->slope, bytes);
    return ENT_OK;
}

static double norm(ptrdiff_t n, const double *x)
{
    return sqrt(ent_dot_run(n, x, x));
}

/* out = Φ' v */
static ent_status differ(const arnoldi *a, const double *v, double *out, ent_error *err)
{
    ent_board *b = a->board;
    const double far = ent_largest(a->n, v), root = sqrt((double)a->n) / norm(a->n, v);
    const double h = fmin(NUDGE * root, FARTHEST / far);
    memcpy(b->turn, a->at, (size_t)b->dials.count * sizeof *b->turn);
    for (ptrdiff_t i = 0; i < a->n; i++) b->turn[a->dial[i]] += h * v[i];
    ENT_TRY(ent_board_solve(b, err));
    ENT_TRY(ent_board_feel(b, 1, err));
    for (ptrdiff_t i = 0; i < a->n; i++) out[i] = (b->answer[a->dial[i]] - a->answer[a->dial[i]]) / h;
    return ENT_OK;
}

static void leave_out(const arnoldi *a, double *x)
{
    for (ptrdiff_t l = 0; l < a->lines; l++) {
        const double *line = a->line + l * a->n;
        ent_add_run(a->n, line, -ent_dot_run(a->n, line, x), x);
    }
}

/* Lerner's lines: of players all of whose taxes can move, where the move comes back as it is. */
static ent_status find_lines(arnoldi *a, double *room, ent_error *err)
{
    const ent_dials *d = &a->board->dials;
    for (ptrdiff_t p = 0; p < a->board->game->players; p++) {
        double *line = a->line + a->lines * a->n;
        ptrdiff_t all = 0, moving = 0;
        if (!ent_board_sets_both_sides(a->board, p)) continue;
        for (ptrdiff_t dial = 0; dial < d->count; dial++) all += d->player[dial] == p;
        for (ptrdiff_t i = 0; i < a->n; i++) {
            const int mine = d->player[a->dial[i]] == p;
            line[i] = !mine ? 0.0 : d->tax[a->dial[i]] == ENT_TAX_EXPORT ? -1.0 : 1.0;
            moving += mine;
        }
        if (moving < all) continue;
        ent_combine(a->n, 1.0 / sqrt((double)moving), line, 0.0, line, line);
        ENT_TRY(differ(a, line, room, err));
        ent_add_run(a->n, line, -1.0, room);
        a->lines += norm(a->n, room) <= LINE;
    }
    return ENT_OK;
}

/* The next direction from Φ' of the last one; what it has of those before goes into column j of h. */
static ent_status grow(arnoldi *a, ptrdiff_t j, ent_error *err)
{
    double *next = a->vector + (j + 1) * a->n, *h = a->h + j * (MOST + 1);
    ENT_TRY(differ(a, a->vector + j * a->n, next, err));
    leave_out(a, next);
    const double whole = norm(a->n, next);
    for (int twice = 0; twice < 2; twice++)
        for (ptrdiff_t i = 0; i <= j; i++) {
            const double part = ent_dot_run(a->n, a->vector + i * a->n, next);
            ent_add_run(a->n, a->vector + i * a->n, -part, next);
            h[i] += part;
        }
    h[j + 1] = norm(a->n, next);
    if (h[j + 1] <= NOTHING * fmax(whole, NOTHING)) h[j + 1] = 0.0; /* the space is closed */
    if (h[j + 1] > 0.0) ent_combine(a->n, 1.0 / h[j + 1], next, 0.0, next, next);
    return ENT_OK;
}

/* |last entry| of the eigenvector of length 1 to the eigenvalue z: (H − z) y = 0 from the last row up. */
static double tail_of(const arnoldi *a, ptrdiff_t size, double complex z)
{
    double complex *y = a->small; /* no longer needed */
    double length = 1.0;
    y[size - 1] = 1.0;
    for (ptrdiff_t row = size - 1; row > 0; row--) {
        double complex sum = 0.0;
        for (ptrdiff_t k = row; k < size; k++) sum += (a->h[k * (MOST + 1) + row] - (k == row ? z : 0.0)) * y[k];
        y[row - 1] = -sum / a->h[(row - 1) * (MOST + 1) + row];
        length = hypot(length, cabs(y[row - 1]));
    }
    return 1.0 / length;
}

/* The largest |eigenvalue| of the first `size` directions, and what is left of its equation. */
static void largest_of(const arnoldi *a, ptrdiff_t size, double *radius, double *within)
{
    double complex largest = 0.0;
    for (ptrdiff_t c = 0; c < size; c++)
        for (ptrdiff_t r = 0; r < size; r++) a->small[c * size + r] = r <= c + 1 ? a->h[c * (MOST + 1) + r] : 0.0;
    *radius = *within = NAN;
    if (!ent_eigen_hessenberg(size, a->small, a->value)) return;
    for (ptrdiff_t k = 0; k < size; k++)
        if (cabs(a->value[k]) > cabs(largest)) largest = a->value[k];
    *radius = cabs(largest);
    *within = a->h[(size - 1) * (MOST + 1) + size] * tail_of(a, size, largest);
}

/* Directions until the largest eigenvalue is known, or closed, or there are enough. */
static ent_status search(arnoldi *a, double *radius, double *within, ent_error *err)
{
    *radius = *within = 0.0;
    if (a->n == 0) return ENT_OK;
    ENT_TRY(find_lines(a, a->vector, err));
    ent_random_normals(1, 0, a->n, a->vector); /* no symmetry of players or sectors */
    leave_out(a, a->vector);
    const double length = norm(a->n, a->vector);
    if (a->n == a->lines || !(length > 0.0)) return ENT_OK;
    ent_combine(a->n, 1.0 / length, a->vector, 0.0, a->vector, a->vector);
    for (ptrdiff_t j = 0; j < MOST && j < a->n - a->lines; j++) {
        ENT_TRY(grow(a, j, err));
        largest_of(a, j + 1, radius, within);
        if (a->h[j * (MOST + 1) + j + 1] == 0.0 || *within <= KNOWN * fmax(*radius, KNOWN)) break;
    }
    *within = fmax(*within, KNOWN * *radius);
    return ENT_OK;
}

ent_status ent_board_radius(ent_board *b, double *radius, double *within, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    arnoldi a;
    const size_t bytes = (size_t)b->dials.count * sizeof(double);
    *radius = *within = NAN;
    ENT_TRY(open_arnoldi(b, &a, &scratch, err));
    b->care = 0.0;
    const ent_status status = search(&a, radius, within, err);
    memcpy(b->turn, a.at, bytes);
    memcpy(b->answer, a.answer, bytes);
    memcpy(b->slope, a.slope, bytes);
    if (status == ENT_NO_MEMORY) return status;
    if (status != ENT_OK) *radius = *within = NAN; /* a neighbour without an equilibrium: nobody knows */
    return ent_board_solve(b, err);
}
