/* nucleolus.c: the division that leaves the angriest coalition as little to complain of as can be, then the next one,
 * and so on (Schmeidler 1969). Complaint, or excess, of S: e(S) = worth(S) − x(S).
 *
 * A sequence of linear programs (Kohlberg 1972; Maschler, Peleg and Shapley 1979). In each, the largest complaint t of
 * the coalitions that are not settled is made as small as can be:
 *
 *     min t    x(S) + t >= worth(S)  all S not settled      x(S) = settled(S)      x_i >= worth(i), if asked for
 *
 * and is solved by its dual, whose basis is small whatever the number of coalitions: a balanced collection of n + 1
 * columns, λ_S >= 0 for (1_S, 1), µ_S free for settled (1_S, 0), ν_i >= 0 for (e_i, 0), which add up to (0, 1).
 * Coalitions with λ_S > 0 complain equally at every solution, so they are settled, and with them all in their span;
 * each program settles one more dimension at least.
 *
 * Columns are of 0 and 1, so det·B⁻¹ is a matrix of whole numbers, none larger than a determinant of zeros and ones of
 * that order (2.8e8 for 20 players), and is kept as such: who has a positive λ, who leaves the basis, who lies in the
 * span, are exact answers. Only complaints are rounded. Ties, of which such games are full, cannot send the simplex in
 * circles: after a step of no length the first column that improves enters (Bland), else the one that improves most.
 *
 * A library of linear programs was not taken: those at hand end the program where memory is out, and decide by
 * tolerances what is whole numbers here. */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>
#include <string.h>

enum {
    ROWS = ENT_MOST_MEMBERS + 1,
    MOST_PIVOTS = 100000
};
#define ROUNDING 1e-12 /* of the largest worth: smaller complaints than this are none */

typedef enum {
    EMPTY,   /* no column yet: the unit vector of the row */
    SETTLED, /* µ of a settled coalition, or of one that was forced to its own worth; never leaves */
    COMPLAINT,
    OWN /* ν of a player's own worth */
} column_kind;

typedef struct {
    ptrdiff_t players, rows; /* rows = players + 1 */
    size_t all;              /* the coalition of all */
    const double *worth;
    int rational;
    double scale;
    unsigned char *spanned; /* [2^players] settled, or in the span of what is settled */
    double *given;          /* [2^players] x(S) at the prices of the basis */
    /* the basis: det·B⁻¹ [rows][rows], what stands in each row, and what a column is worth */
    int64_t inverse[ROWS][ROWS], det;
    column_kind kind[ROWS];
    size_t set[ROWS];
    double price[ROWS]; /* x_1 .. x_n, t */
    size_t settled[ROWS];
    double settled_at[ROWS];
    ptrdiff_t settled_count;
    double last[ROWS]; /* worth of a settled column by basis row */
} program;

/* det·B⁻¹ times (1_S, last). */
static void direction(const program *lp, size_t set, int last, int64_t *d)
{
    for (ptrdiff_t r = 0; r < lp->rows; r++) {
        d[r] = last ? lp->inverse[r][lp->players] : 0;
        for (ptrdiff_t i = 0; i < lp->players; i++)
            if (set >> i & 1) d[r] += lp->inverse[r][i];
    }
}

/* The column with direction d takes row r. */
static void pivot(program *lp, ptrdiff_t r, const int64_t *d)
{
    const int64_t turn = d[r] < 0 ? -1 : 1;
    for (ptrdiff_t i = 0; i < lp->rows; i++)
        for (ptrdiff_t k = 0; k < lp->rows && i != r; k++)
            lp->inverse[i][k] = turn * ((lp->inverse[i][k] * d[r] - d[i] * lp->inverse[r][k]) / lp->det);
    for (ptrdiff_t k = 0; k < lp->rows; k++) lp->inverse[r][k] *= turn;
    lp->det = turn * d[r];
}

/* Put a column into an empty row; 0: it lies in the span of those that are there. */
static int put(program *lp, column_kind kind, size_t set, double worth)
{
    int64_t d[ROWS];
    direction(lp, set, kind == COMPLAINT, d);
    for (ptrdiff_t r = 0; r < lp->rows; r++) {
        if (lp->kind[r] != EMPTY || d[r] == 0) continue;
        pivot(lp, r, d);
        lp->kind[r] = kind;
        lp->set[r] = set;
        lp->last[r] = worth;
        return 1;
    }
    return 0;
}

/* The basis of the settled coalitions alone. */
static void clear(program *lp)
{
    memset(lp->inverse, 0, sizeof lp->inverse);
    lp->det = 1;
    for (ptrdiff_t r = 0; r < lp->rows; r++) {
        lp->inverse[r][r] = 1;
        lp->kind[r] = EMPTY;
    }
    for (ptrdiff_t k = 0; k < lp->settled_count; k++) (void)put(lp, SETTLED, lp->settled[k], lp->settled_at[k]);
}

static void settle(program *lp, size_t set, double at)
{
    if (!put(lp, SETTLED, set, at)) return; /* it follows from others */
    lp->settled[lp->settled_count] = set;
    lp->settled_at[lp->settled_count++] = at;
}

static void mark_span(program *lp)
{
    for (size_t set = 1; set < lp->all; set++) {
        int64_t d[ROWS];
        int inside = 1;
        if (lp->spanned[set]) continue;
        direction(lp, set, 0, d);
        for (ptrdiff_t r = 0; r < lp->rows && inside; r++) inside = lp->kind[r] != EMPTY || d[r] == 0;
        lp->spanned[set] = (unsigned char)inside;
    }
    lp->spanned[0] = lp->spanned[lp->all] = 1;
}

/* A coalition and its complement, each ½, are balanced; single players fill the rest at 0. */
static void begin(program *lp)
{
    size_t set = 1;
    while (lp->spanned[set]) set++;
    (void)put(lp, COMPLAINT, set, lp->worth[set]);
    (void)put(lp, COMPLAINT, lp->all ^ set, lp->worth[lp->all ^ set]);
    for (ptrdiff_t i = 0; i < lp->players; i++) {
        const size_t single = (size_t)1 << i;
        if (!lp->spanned[single]) (void)put(lp, COMPLAINT, single, lp->worth[single]);
    }
}

/* Prices of the basis, and what they give to every coalition. */
static void find_prices(program *lp)
{
    for (ptrdiff_t k = 0; k < lp->rows; k++) {
        double sum = 0.0;
        for (ptrdiff_t r = 0; r < lp->rows; r++)
            if (lp->kind[r] != EMPTY) sum += lp->last[r] * (double)lp->inverse[r][k];
        lp->price[k] = sum / (double)lp->det;
    }
    lp->given[0] = 0.0;
    for (ptrdiff_t i = 0; i < lp->players; i++) {
        const size_t member = (size_t)1 << i;
        for (size_t set = 0; set < member; set++) lp->given[set | member] = lp->given[set] + lp->price[i];
    }
}

/* The column that enters: first or best of those that improve. 0: none. */
static int find_entering(const program *lp, int first, column_kind *kind, size_t *set)
{
    double most = ROUNDING * lp->scale;
    int found = 0;
    for (ptrdiff_t i = 0; i < lp->players && lp->rational; i++) {
        const size_t single = (size_t)1 << i;
        const double gain = lp->worth[single] - lp->given[single];
        if (lp->spanned[single] || !(gain > most)) continue; /* what he gets is settled already */
        *kind = OWN;
        *set = single;
        if (first) return 1;
        most = gain;
        found = 1;
    }
    for (size_t other = 1; other < lp->all; other++) {
        const double gain = lp->worth[other] - lp->given[other] - lp->price[lp->players];
        if (lp->spanned[other] || !(gain > most)) continue;
        *kind = COMPLAINT;
        *set = other;
        if (first) return 1;
        most = gain;
        found = 1;
    }
    return found;
}

/* The place of a column in the order of find_entering(). */
static size_t order_of(const program *lp, ptrdiff_t row)
{
    return lp->set[row] + (lp->kind[row] == COMPLAINT ? lp->all : 0);
}

/* The row that is the first to fall to 0; of several the first in order. −1: none. */
static ptrdiff_t find_leaving(const program *lp, const int64_t *d)
{
    ptrdiff_t leaving = -1;
    for (ptrdiff_t r = 0; r < lp->rows; r++) {
        if (lp->kind[r] == SETTLED || d[r] <= 0) continue;
        if (leaving < 0) {
            leaving = r;
            continue;
        }
        const int64_t here = lp->inverse[r][lp->players] * d[leaving], there = lp->inverse[leaving][lp->players] * d[r];
        if (here < there || (here == there && order_of(lp, r) < order_of(lp, leaving))) leaving = r;
    }
    return leaving;
}

static ent_status climb(program *lp, ptrdiff_t *pivots, ent_error *err)
{
    int first = 0;
    column_kind kind = COMPLAINT;
    size_t set = 0;
    find_prices(lp);
    while (find_entering(lp, first, &kind, &set)) {
        int64_t d[ROWS];
        direction(lp, set, kind == COMPLAINT, d);
        const ptrdiff_t r = find_leaving(lp, d);
        if (r < 0 || ++*pivots > MOST_PIVOTS)
            return ent_fail(err, ENT_NOT_CONVERGED, "the nucleolus was not reached in %td steps", *pivots);
        first = lp->inverse[r][lp->players] == 0;
        pivot(lp, r, d);
        lp->kind[r] = kind;
        lp->set[r] = set;
        lp->last[r] = lp->worth[set];
        find_prices(lp);
    }
    return ENT_OK;
}

/* All with λ > 0 complain by t whatever the solution; ν > 0 holds a player to his own worth. */
static void settle_bound(program *lp)
{
    size_t set[ROWS];
    double at[ROWS];
    ptrdiff_t count = 0;
    for (ptrdiff_t r = 0; r < lp->rows; r++) {
        if ((lp->kind[r] != COMPLAINT && lp->kind[r] != OWN) || lp->inverse[r][lp->players] == 0) continue;
        set[count] = lp->set[r];
        at[count++] = lp->last[r] - (lp->kind[r] == COMPLAINT ? lp->price[lp->players] : 0.0);
    }
    clear(lp);
    for (ptrdiff_t k = 0; k < count; k++) settle(lp, set[k], at[k]);
}

static ent_status solve(program *lp, double *share, double *excess, ent_error *err)
{
    ptrdiff_t pivots = 0;
    int stages = 0;
    clear(lp);
    settle(lp, lp->all, lp->worth[lp->all]);
    *excess = 0.0;
    for (; lp->settled_count < lp->players; stages++) {
        mark_span(lp);
        begin(lp);
        ENT_TRY(climb(lp, &pivots, err));
        if (stages == 0) *excess = lp->price[lp->players];
        settle_bound(lp);
    }
    find_prices(lp); /* the last row is empty: it is nobody's */
    memcpy(share, lp->price, (size_t)lp->players * sizeof *share);
    return ENT_OK;
}

static ent_status check(ptrdiff_t players, const double *worth, int rational, double *scale, ent_error *err)
{
    double single = 0.0;
    if (players < 1 || players > ENT_MOST_MEMBERS)
        return ent_fail(err, ENT_BAD_INPUT, "a coalition has 1 to %d members, not %td", (int)ENT_MOST_MEMBERS, players);
    const size_t all = ((size_t)1 << players) - 1;
    *scale = 0.0;
    for (size_t set = 0; set <= all; set++) {
        if (!isfinite(worth[set]) || (set == 0 && worth[0] != 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "the worth of coalition %zu is %g; %s", set, worth[set],
                            set == 0 ? "nobody is worth 0" : "it must be a number");
        *scale = fmax(*scale, fabs(worth[set]));
    }
    for (ptrdiff_t i = 0; i < players; i++) single += worth[(size_t)1 << i];
    if (rational && single > worth[all] + ROUNDING * *scale)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "all together are worth %g and one by one %g, so nobody can be given what he has alone; ask for "
            "divisions that may give less",
            worth[all], single);
    return ENT_OK;
}

ent_status ent_nucleolus(ptrdiff_t players, const double *worth, int rational, double *share, double *excess,
                         ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double scale = 0.0, least;
    ENT_TRY(check(players, worth, rational, &scale, err));
    program *lp = ent_new0(&scratch, program, 1);
    if (lp == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a nucleolus");
    *lp = (program){.players = players,
                    .rows = players + 1,
                    .all = ((size_t)1 << players) - 1,
                    .worth = worth,
                    .rational = rational,
                    .scale = scale,
                    .spanned = ent_new0(&scratch, unsigned char, (size_t)1 << players),
                    .given = ent_new(&scratch, double, (size_t)1 << players)};
    if (lp->spanned == NULL || lp->given == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a nucleolus");
    return solve(lp, share, excess != NULL ? excess : &least, err);
}
