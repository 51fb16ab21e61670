/* stocks.c: the named treatments of negative stock changes.
 *
 * A negative cell of final use says that goods of earlier years were used. A model of one year has no such seller, and
 * no share may be negative.
 *
 *   move      what the stock gave is taken off the uses that it served: the other final uses of the product in that
 *             region, then its producers there, then uses elsewhere, each by their sizes. Row sums, so outputs, stay;
 *             where producers bought less, their value added takes the difference, so that costs still sum to output.
 *   leontief  the negative cell becomes 0: more final use, so more output, by constant input coefficients: with s the
 *             factor by which each sector grows,  s[r] x[r] = f[r] + Σ_c z[r,c] s[c],  solved by repeating it (inputs
 *             are less than output, so it converges at the rate of the largest input share).
 *   keep      nothing.
 *
 * A row whose stock changes exceed all its sales has a negative sum; move empties it and leaves its output for the
 * caller to judge, as a gap. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/repair.h"
#include <math.h>

enum {
    MOST_PASSES = 10000 /* of the Leontief iteration: enough for a largest input share of 0.997 */
};
#define GROWTH_TOLERANCE 1e-14 /* relative; smaller ones are lost in the rounding of sums of thousands */

typedef struct {
    ptrdiff_t cells, rows_emptied;
    double total, final, intermediate, elsewhere, lost;
} ent_moved;

/* Take `need` off the positive cells by their sizes; what they could not give is returned. What each gave goes to
 * given[c], where it isn't NULL. */
static double take_off(double need, ptrdiff_t count, double *cell, double *given)
{
    double there = 0.0;
    for (ptrdiff_t c = 0; c < count; c++) there += cell[c] > 0.0 ? cell[c] : 0.0;
    if (there <= 0.0 || need <= 0.0) return need;
    const double share = need < there ? need / there : 1.0;
    for (ptrdiff_t c = 0; c < count; c++) {
        if (!(cell[c] > 0.0)) continue;
        const double part = share * cell[c];
        if (given != NULL) given[c] += part;
        cell[c] = share == 1.0 ? 0.0 : cell[c] - part;
    }
    return need < there ? 0.0 : need - there;
}

/* Empty the negative cells of one region's uses; their sum, positive. */
static double empty_negative(ptrdiff_t uses, double *f, ent_moved *moved)
{
    double sum = 0.0;
    for (ptrdiff_t u = 0; u < uses; u++)
        if (f[u] < 0.0) {
            sum -= f[u];
            f[u] = 0.0;
            moved->cells++;
        }
    return sum;
}

/* One seller's row; given[c] sums what the buyers' columns of z gave. */
static void move_row(const ent_table *table, double *z, double *f, double *given, ent_moved *moved)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count, U = table->uses.count;
    double left = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) {
        const double need = empty_negative(U, f + n * U, moved);
        if (need == 0.0) continue;
        const double after_final = take_off(need, U, f + n * U, NULL);
        const double after_producers = take_off(after_final, J, z + n * J, given + n * J);
        moved->total += need;
        moved->final += need - after_final;
        moved->intermediate += after_final - after_producers;
        left += after_producers;
    }
    if (left == 0.0) return;
    const double after_final = take_off(left, R * U, f, NULL), after_all = take_off(after_final, R * J, z, given);
    moved->elsewhere += left - after_all;
    moved->lost += after_all;
    moved->rows_emptied += after_all > 0.0;
}

static ent_status move(ent_table *table, ent_arena *arena)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t rows = table->regions.count * table->sectors.count, uses = table->regions.count * table->uses.count;
    double *given = ent_new0(&scratch, double, rows);
    ent_moved m = {0};
    if (given == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t row = 0; row < rows; row++) move_row(table, table->z + row * rows, table->f + row * uses, given, &m);
    for (ptrdiff_t k = 0; k < rows; k++)
        if (given[k] > 0.0) ent_value_added_add(table, k, given[k]);
    if (m.cells == 0) return ENT_OK;
    ENT_TRY(ent_history_add(table, arena,
                            "stocks move: %td negative cell%s of final use (%.6g million US dollars) taken off other "
                            "final uses there (%.6g), producers there (%.6g), uses elsewhere (%.6g)",
                            m.cells, m.cells == 1 ? "" : "s", -m.total, m.final, m.intermediate, m.elsewhere));
    if (m.rows_emptied == 0) return ENT_OK;
    return ent_history_add(
        table, arena, "stocks move: %td row%s whose stock changes exceed all sales emptied (%.6g million US dollars)",
        m.rows_emptied, m.rows_emptied == 1 ? "" : "s", -m.lost);
}

/* ---- leontief ---- */

/* One pass of s[r] x[r] = f[r] + Σ_c z[r,c] s[c] from `from` into `to`; the largest change. */
static double grow(const ent_table *table, const double *final, const double *from, double *to)
{
    const ptrdiff_t rows = table->regions.count * table->sectors.count;
    double largest = 0.0;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const double *z = table->z + r * rows;
        double sum = final[r];
        if (!(table->x[r] > 0.0)) { /* makes nothing with anything: no coefficients to keep */
            to[r] = 1.0;
            continue;
        }
        for (ptrdiff_t c = 0; c < rows; c++) sum += z[c] * from[c];
        to[r] = sum / table->x[r];
        const double change = fabs(to[r] - from[r]) / fabs(to[r]);
        largest = change > largest || isnan(change) ? change : largest;
    }
    return largest;
}

/* Scale the columns by s; outputs are the new row sums, and value added closes what rounding leaves open. */
static void apply_growth(ent_table *table, const double *s, const double *final, double *cost)
{
    const ptrdiff_t rows = table->regions.count * table->sectors.count, G = table->factors.count;
    for (ptrdiff_t r = 0; r < rows; r++) {
        double *z = table->z + r * rows, sum = final[r];
        for (ptrdiff_t c = 0; c < rows; c++) {
            z[c] *= s[c];
            sum += z[c];
            cost[c] += z[c];
        }
        table->x[r] = sum;
    }
    for (ptrdiff_t k = 0; k < rows; k++) {
        double costs = cost[k] + (table->tls[k] *= s[k]);
        for (ptrdiff_t g = 0; g < G; g++) costs += table->va[k * G + g] *= s[k];
        if (table->x[k] != costs) ent_value_added_add(table, k, table->x[k] - costs);
    }
}

static ent_status leontief(ent_table *table, ent_arena *arena, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t rows = table->regions.count * table->sectors.count, uses = table->regions.count * table->uses.count;
    double *s = ent_new(&scratch, double, rows), *next = ent_new(&scratch, double, rows);
    double *final = ent_new0(&scratch, double, rows), *cost = ent_new0(&scratch, double, rows);
    ent_moved m = {0};
    double before = 0.0, after = 0.0, change = 1.0;
    if (s == NULL || next == NULL || final == NULL || cost == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t r = 0; r < rows; r++) {
        m.total += empty_negative(uses, table->f + r * uses, &m);
        for (ptrdiff_t c = 0; c < uses; c++) final[r] += table->f[r * uses + c];
        before += table->x[r];
        s[r] = 1.0;
    }
    for (int pass = 0; pass < MOST_PASSES && !(change <= GROWTH_TOLERANCE) && !isnan(change); pass++) {
        change = grow(table, final, s, next);
        double *swap = s;
        s = next;
        next = swap;
    }
    if (!(change <= GROWTH_TOLERANCE))
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "%s: outputs under constant input coefficients do not settle; some sector's inputs cost more "
                        "than its output; use --stocks move",
                        table->name);
    apply_growth(table, s, final, cost);
    for (ptrdiff_t r = 0; r < rows; r++) after += table->x[r];
    if (m.cells == 0) return ENT_OK;
    return ent_history_add(
        table, arena,
        "stocks leontief: %td negative cell%s of final use (%.6g million US dollars) set to 0, outputs "
        "recomputed with constant input coefficients (world output %+.4g %%)",
        m.cells, m.cells == 1 ? "" : "s", -m.total, 100.0 * (after / before - 1.0));
}

ent_status ent_table_clean_stocks(ent_table *table, ent_stocks how, ent_arena *arena, ent_error *err)
{
    ent_status status = ENT_OK;
    switch (how) {
    case ENT_STOCKS_MOVE:
        status = move(table, arena);
        break;
    case ENT_STOCKS_LEONTIEF:
        status = leontief(table, arena, err);
        break;
    case ENT_STOCKS_KEEP:
        break;
    }
    return status == ENT_NO_MEMORY ? ent_fail(err, status, "%s: no memory to clean its stock changes", table->name)
                                   : status;
}
