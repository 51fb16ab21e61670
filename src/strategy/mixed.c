/* mixed.c: equilibria of two players by the paths of Lemke and Howson (1964).
 *
 * Payoffs are brought between 1 and 2. With A the first player's and B the second's, the polytopes are
 *
 *   P = {x >= 0: Bᵀ x <= 1}   (tableau 0: a row for each strategy of the second)
 *   Q = {y >= 0: A y <= 1}    (tableau 1: a row for each strategy of the first)
 *
 * A strategy is a label: that of x_i in P and of the slack of row i in Q, and the other way round. At an equilibrium
 * every label is missing in one of the two, as in the artificial start x = y = 0. Dropping one label and picking up, in
 * turns, what was met twice leads from there to an equilibrium. Ties are broken lexicographically by the columns of the
 * slacks, so that no path runs in circles. */
// SPDX-License-Identifier: MIT
#include "strategy/finite.h"
#include <math.h>
#include <string.h>

enum {
    MOST_PIVOTS = 100000 /* paths can be exponentially long; ordinary ones have some tens of pivots */
};
#define ZERO  1e-12 /* a pivot below it is rounding: payoffs are of order one */
#define ALIKE 1e-9  /* probabilities of the same equilibrium */

typedef struct {
    ptrdiff_t rows, labels;
    double *cell;  /* [rows][labels + 1], the last column the right-hand side */
    int32_t *base; /* [rows] label of the variable that is basic in the row */
} tableau;

static ent_status take_tableau(tableau *t, ptrdiff_t rows, ptrdiff_t labels, ent_arena *arena, ent_error *err)
{
    *t = (tableau){rows, labels, ent_new(arena, double, rows *(labels + 1)), ent_new(arena, int32_t, rows)};
    if (t->cell == NULL || t->base == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a game of %td strategies", labels);
    return ENT_OK;
}

/* The starts: slack of each row basic. side 0: P, whose rows are strategies of the second. */
static void fill(const ent_finite *game, int side, tableau *t)
{
    const ptrdiff_t m = game->strategies[0], n = game->strategies[1], width = m + n + 1;
    double least;
    const double range = ent_finite_range(game, &least);
    memset(t->cell, 0, (size_t)(t->rows * width) * sizeof *t->cell);
    for (ptrdiff_t row = 0; row < t->rows; row++) {
        double *cell = t->cell + row * width;
        const ptrdiff_t slack = side == 0 ? m + row : row;
        for (ptrdiff_t c = 0; c < (side == 0 ? m : n); c++) {
            const ptrdiff_t i = side == 0 ? c : row, j = side == 0 ? row : c;
            cell[side == 0 ? c : m + c] = 1.0 + (game->payoff[(i * n + j) * 2 + 1 - side] - least) / range;
        }
        cell[slack] = cell[width - 1] = 1.0;
        t->base[row] = (int32_t)slack;
    }
}

/* Is row a / a[enter] lexicographically below row b / b[enter]? The right-hand side first, then the slacks' columns. */
static int is_below(const tableau *t, ptrdiff_t a, ptrdiff_t b, ptrdiff_t enter, ptrdiff_t slack)
{
    const ptrdiff_t width = t->labels + 1;
    const double *x = t->cell + a * width, *y = t->cell + b * width;
    for (ptrdiff_t c = -1; c < t->rows; c++) {
        const ptrdiff_t at = c < 0 ? t->labels : slack + c;
        const double gap = x[at] / x[enter] - y[at] / y[enter];
        if (fabs(gap) > ZERO) return gap < 0.0;
    }
    return 0;
}

/* Bring a label in; returns the one that leaves, -1 where none can. slack: first of the tableau's own slacks. */
static ptrdiff_t pivot(tableau *t, ptrdiff_t enter, ptrdiff_t slack)
{
    const ptrdiff_t width = t->labels + 1;
    ptrdiff_t best = -1;
    for (ptrdiff_t row = 0; row < t->rows; row++)
        if (t->cell[row * width + enter] > ZERO && (best < 0 || is_below(t, row, best, enter, slack))) best = row;
    if (best < 0) return -1;
    double *head = t->cell + best * width;
    const double by = head[enter];
    for (ptrdiff_t c = 0; c < width; c++) head[c] /= by;
    for (ptrdiff_t row = 0; row < t->rows; row++) {
        double *cell = t->cell + row * width;
        const double part = cell[enter];
        if (row == best || part == 0.0) continue;
        for (ptrdiff_t c = 0; c < width; c++) cell[c] -= part * head[c];
        cell[enter] = 0.0;
    }
    const ptrdiff_t leaves = t->base[best];
    t->base[best] = (int32_t)enter;
    return leaves;
}

/* The path that drops `label`, and the probabilities at its end. 0: it broke off. */
static int follow(const ent_finite *game, tableau side[2], ptrdiff_t label, double *probability)
{
    const ptrdiff_t m = game->strategies[0], n = game->strategies[1];
    ptrdiff_t enter = label;
    int at = label < m ? 0 : 1; /* where the label's variable is out */
    fill(game, 0, side);
    fill(game, 1, side + 1);
    for (int step = 0;; step++, at = 1 - at) {
        enter = pivot(side + at, enter, at == 0 ? m : 0);
        if (enter == label) break;
        if (enter < 0 || step == MOST_PIVOTS) return 0;
    }
    memset(probability, 0, (size_t)(m + n) * sizeof *probability);
    for (int s = 0; s < 2; s++) {
        double sum = 0.0;
        for (ptrdiff_t row = 0; row < side[s].rows; row++)
            if ((side[s].base[row] < m) == (s == 0))
                sum += probability[side[s].base[row]] = fmax(0.0, side[s].cell[row * (m + n + 1) + m + n]);
        if (!(sum > 0.0)) return 0;
        for (ptrdiff_t c = s == 0 ? 0 : m; c < (s == 0 ? m : m + n); c++) probability[c] /= sum;
    }
    return 1;
}

static int is_known(const ent_mixture *list, ptrdiff_t count, const double *probability, ptrdiff_t length)
{
    for (ptrdiff_t k = 0; k < count; k++) {
        double gap = 0.0;
        for (ptrdiff_t s = 0; s < length; s++) gap = fmax(gap, fabs(list[k].probability[s] - probability[s]));
        if (gap < ALIKE) return 1;
    }
    return 0;
}

ent_status ent_finite_mixed(const ent_finite *game, ent_arena *arena, ent_mixture **mixture, ptrdiff_t *count,
                            ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    tableau side[2];
    double least;
    ENT_TRY(ent_finite_check(game, err));
    if (game->players != 2)
        return ent_fail(err, ENT_BAD_INPUT,
                        "paths of Lemke and Howson are for two players, and this game has %td; ask for pure "
                        "equilibria or quantal responses",
                        game->players);
    const ptrdiff_t m = game->strategies[0], n = game->strategies[1];
    ENT_TRY(take_tableau(side, n, m + n, &scratch, err));
    ENT_TRY(take_tableau(side + 1, m, m + n, &scratch, err));
    double *probability = ent_new(&scratch, double, m + n);
    *mixture = ent_new(arena, ent_mixture, m + n);
    *count = 0;
    if (probability == NULL || *mixture == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for mixed equilibria");
    for (ptrdiff_t label = 0; label < m + n; label++) {
        if (!follow(game, side, label, probability) || is_known(*mixture, *count, probability, m + n)) continue;
        ent_mixture *next = *mixture + *count;
        *next = (ent_mixture){.probability = ent_new(arena, double, m + n)};
        if (next->probability == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a mixed equilibrium");
        memcpy(next->probability, probability, (size_t)(m + n) * sizeof *probability);
        ENT_TRY(ent_finite_measure(game, arena, next, err));
        *count += next->gain <= 1e-9 * ent_finite_range(game, &least);
    }
    if (*count == 0)
        return ent_fail(err, ENT_NOT_CONVERGED, "no path of Lemke and Howson ended in an equilibrium within rounding");
    return ENT_OK;
}
