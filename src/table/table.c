/* table.c: a table's arrays, its identities E1 and E2, and the sentences about them.
 *
 * The scan reads z twice, both times along its rows: once a row for E1, and once in strips of columns, whose sums stay
 * in the first-level cache, for E2. A 4050 x 4050 table (131 MB) is bounded by memory, and nothing is allocated.
 *
 * A gap is judged against 1e-9 of the larger of the output and 1e-9 of world output (T1): 1e-9 is what sums of some
 * thousand cells of sixteen digits keep with two digits to spare; the floor lets an empty sector hold rounding dust. */
// SPDX-License-Identifier: MIT
#include "table/arrays.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    STRIP = 512 /* columns summed at a time: 4 KiB */
};
#define GAP_SHARE     1e-9 /* of output; smaller refuses tables that are whole, larger lets errors into the shares */
#define SMALLEST_SIZE 1e-9 /* of world output */

/* ---- making ---- */

/* A standard set keeps what the caller may have put under its name. */
static ent_status add_default(ent_groups *groups, ent_arena *arena, ptrdiff_t of, const char *code,
                              const unsigned char *member)
{
    if (ent_names_find(&groups->names, code) >= 0) return ENT_OK;
    return ent_groups_add(groups, arena, of, code, NULL, member);
}

static ent_status make_groups(ent_table *table, ent_arena *arena)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count;
    unsigned char *every = ent_new(arena, unsigned char, R > J ? R : J);
    unsigned char *service = ent_new(arena, unsigned char, J);
    if (every == NULL || service == NULL) return ENT_NO_MEMORY;
    memset(every, 1, (size_t)(R > J ? R : J));
    for (ptrdiff_t j = 0; j < J; j++) service[j] = !table->is_good[j];
    ENT_TRY(add_default(&table->region_groups, arena, R, "all", every));
    ENT_TRY(add_default(&table->sector_groups, arena, J, "all", every));
    ENT_TRY(add_default(&table->sector_groups, arena, J, "goods", table->is_good));
    ENT_TRY(add_default(&table->sector_groups, arena, J, "services", service));
    return add_default(&table->sector_groups, arena, J, "traded", table->is_good);
}

static ent_status make_arrays(ent_table *table, ent_arena *arena)
{
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) {
        const ent_table_array *array = &ent_table_arrays[a];
        if (array->optional || ent_array_data(table, array) != NULL) continue;
        const ptrdiff_t cells = ent_array_cells(table, array);
        double *data = cells < 0 ? NULL : ent_new0(arena, double, cells);
        if (data == NULL) return ENT_NO_MEMORY;
        ent_array_set(table, array, data);
    }
    return ENT_OK;
}

static ent_status make(ent_table *table, ent_arena *arena)
{
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++)
        if (ent_string_get(table, &ent_table_strings[s]) == NULL) ent_string_set(table, &ent_table_strings[s], "");
    if (*table->unit == 0) table->unit = "million US dollars, current, basic prices";
    if (table->members == NULL) {
        table->members = ent_new(arena, const char *, table->regions.count);
        if (table->members == NULL) return ENT_NO_MEMORY;
        for (ptrdiff_t n = 0; n < table->regions.count; n++) table->members[n] = table->regions.code[n];
    }
    if (table->is_good == NULL) {
        table->is_good = ent_new(arena, unsigned char, table->sectors.count);
        if (table->is_good == NULL) return ENT_NO_MEMORY;
        memset(table->is_good, 1, (size_t)table->sectors.count);
    }
    ENT_TRY(make_groups(table, arena));
    return make_arrays(table, arena);
}

ent_status ent_table_make(ent_table *table, ent_arena *arena, ent_error *err)
{
    const ent_status status = make(table, arena);
    if (status == ENT_OK) return status;
    return ent_fail(err, status, "no memory for a table of %td regions and %td sectors", table->regions.count,
                    table->sectors.count);
}

void ent_table_set_duties(ent_table *table, const double *rate)
{
    const ptrdiff_t cells = table->regions.count * table->regions.count * table->sectors.count;
    for (ptrdiff_t c = 0; c < cells; c++)
        if (!isnan(rate[c])) table->duty[c] = rate[c];
}

/* ---- the scan ---- */

typedef struct {
    double gap; /* signed: sum less output */
    double output;
    double excess;     /* |gap| over what is allowed; INFINITY where a number is none */
    ptrdiff_t at;      /* row or column */
    ptrdiff_t failing; /* how many rows (columns) are past what is allowed */
} offender;

typedef struct {
    ent_table_balance balance;
    offender row, column;
} scan;

static double sum_of(ptrdiff_t count, const double *value)
{
    double part[4] = {0.0, 0.0, 0.0, 0.0}; /* four chains: adding waits for no one */
    ptrdiff_t c = 0;
    for (; c + 4 <= count; c += 4)
        for (int p = 0; p < 4; p++) part[p] += value[c + p];
    for (; c < count; c++) part[0] += value[c];
    return (part[0] + part[1]) + (part[2] + part[3]);
}

static double least_of(ptrdiff_t count, const double *value, double least)
{
    for (ptrdiff_t c = 0; c < count; c++) least = value[c] < least ? value[c] : least;
    return least;
}

/* Keep the gap that is worst against what is allowed, and the one that is largest in money. */
static void note_gap(double gap, double output, double floor_size, ptrdiff_t at, offender *worst, double *largest,
                     ptrdiff_t *largest_at, double *total)
{
    const double size = fabs(output) > floor_size ? fabs(output) : floor_size;
    const double allowed = GAP_SHARE * size;
    double excess = gap == 0.0 ? 0.0 : fabs(gap) / allowed;
    if (isnan(excess)) excess = INFINITY;
    if (excess > 1.0) worst->failing++;
    if (worst->at < 0 || excess > worst->excess) {
        worst->at = at;
        worst->gap = gap;
        worst->output = output;
        worst->excess = excess;
    }
    if (*largest_at < 0 || fabs(gap) > fabs(*largest) || (isnan(gap) && !isnan(*largest))) {
        *largest = gap;
        *largest_at = at;
    }
    *total += fabs(gap);
}

static void scan_rows(const ent_table *table, double floor_size, scan *s, ptrdiff_t *largest_at)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count, U = table->uses.count, rows = R * J;
    ent_table_balance *b = &s->balance;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const double *z = table->z + row * rows, *f = table->f + row * R * U;
        const ptrdiff_t home = row / J;
        const double home_sales = sum_of(J, z + home * J) + sum_of(U, f + home * U);
        const double final_sales = sum_of(R * U, f), sales = sum_of(rows, z) + final_sales;
        b->world_trade += sales - home_sales;
        b->world_final_use += final_sales;
        b->least_z = least_of(rows, z, b->least_z);
        b->least_f = least_of(R * U, f, b->least_f);
        note_gap(sales - table->x[row], table->x[row], floor_size, row, &s->row, &b->row_gap, largest_at,
                 &b->row_gap_total);
    }
}

static void scan_columns(const ent_table *table, double floor_size, scan *s, ptrdiff_t *largest_at)
{
    const ptrdiff_t columns = table->regions.count * table->sectors.count, G = table->factors.count;
    ent_table_balance *b = &s->balance;
    for (ptrdiff_t first = 0; first < columns; first += STRIP) {
        const ptrdiff_t width = columns - first < STRIP ? columns - first : STRIP;
        double cost[STRIP] = {0.0};
        for (ptrdiff_t row = 0; row < columns; row++) {
            const double *z = table->z + row * columns + first;
            for (ptrdiff_t c = 0; c < width; c++) cost[c] += z[c];
        }
        for (ptrdiff_t c = 0; c < width; c++) {
            const ptrdiff_t at = first + c;
            const double paid = sum_of(G, table->va + at * G);
            b->world_value_added += paid;
            b->least_va = least_of(G, table->va + at * G, b->least_va);
            note_gap(cost[c] + table->tls[at] + paid - table->x[at], table->x[at], floor_size, at, &s->column,
                     &b->column_gap, largest_at, &b->column_gap_total);
        }
    }
}

static void scan_table(const ent_table *table, scan *s)
{
    const ptrdiff_t J = table->sectors.count;
    ptrdiff_t row = -1, column = -1;
    *s = (scan){.row = {.at = -1}, .column = {.at = -1}};
    s->balance.world_output = sum_of(table->regions.count * J, table->x);
    const double floor_size = SMALLEST_SIZE * fabs(s->balance.world_output);
    scan_rows(table, floor_size, s, &row);
    scan_columns(table, floor_size, s, &column);
    s->balance.row_region = row < 0 ? -1 : row / J;
    s->balance.row_sector = row < 0 ? -1 : row % J;
    s->balance.column_region = column < 0 ? -1 : column / J;
    s->balance.column_sector = column < 0 ? -1 : column % J;
}

void ent_table_measure(const ent_table *table, ent_table_balance *balance)
{
    scan s;
    scan_table(table, &s);
    *balance = s.balance;
}

/* ---- the sentences ---- */

/* The first part of the unit, "million US dollars". */
static int unit_length(const ent_table *table)
{
    return (int)strcspn(table->unit, ",");
}

static ent_status fail_cell(const ent_table *table, const char *what, double value, ent_error *err)
{
    if (isfinite(value))
        return ent_fail(err, ENT_BAD_INPUT, "%s: %s are negative (%.6g %.*s); stock changes were left in, see --stocks",
                        table->name, what, value, unit_length(table), table->unit);
    return ent_fail(err, ENT_BAD_INPUT, "%s: %s are not a number (%g); fill or correct that cell in the source",
                    table->name, what, value);
}

/* The most negative cell, or the first that is not a number; -1 where all is well. */
static ptrdiff_t worst_cell(ptrdiff_t count, const double *value)
{
    ptrdiff_t at = -1;
    for (ptrdiff_t c = 0; c < count; c++) {
        if (!isfinite(value[c])) return c;
        if (value[c] < (at < 0 ? 0.0 : value[at])) at = c;
    }
    return at;
}

/* The same for z, where a by-product (T3) is no offender. */
static ptrdiff_t worst_input(const ent_table *table, ptrdiff_t rows)
{
    ptrdiff_t at = -1;
    for (ptrdiff_t row = 0; row < rows; row++)
        for (ptrdiff_t column = 0; column < rows; column++) {
            const ptrdiff_t c = row * rows + column;
            if (!isfinite(table->z[c])) return c;
            const int by_product = table->z[c] >= -ENT_BY_PRODUCT * table->x[column];
            if (!by_product && table->z[c] < (at < 0 ? 0.0 : table->z[at])) at = c;
        }
    return at;
}

static ent_status check_sales(const ent_table *table, ent_error *err)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count, U = table->uses.count, rows = R * J;
    char what[600];
    ptrdiff_t at = worst_input(table, rows);
    if (at >= 0) {
        const ptrdiff_t row = at / rows, column = at % rows;
        snprintf(what, sizeof what, "sales of %.120s of %.120s to %.120s in %.120s", table->sectors.label[row % J],
                 table->regions.label[row / J], table->sectors.label[column % J], table->regions.label[column / J]);
        return fail_cell(table, what, table->z[at], err);
    }
    at = worst_cell(rows * R * U, table->f);
    if (at < 0) return ENT_OK;
    const ptrdiff_t row = at / (R * U), column = at % (R * U);
    snprintf(what, sizeof what, "sales of %.120s of %.120s to %.120s in %.120s", table->sectors.label[row % J],
             table->regions.label[row / J], table->uses.label[column % U], table->regions.label[column / U]);
    return fail_cell(table, what, table->f[at], err);
}

static ent_status check_producers(const ent_table *table, ent_error *err)
{
    const ptrdiff_t J = table->sectors.count, G = table->factors.count;
    for (ptrdiff_t k = 0; k < table->regions.count * J; k++) {
        const char *sector = table->sectors.label[k % J], *region = table->regions.label[k / J];
        const double x = table->x[k];
        if (!isfinite(x))
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: output of %s in %s is not a number (%g); fill or correct that cell in the source",
                            table->name, sector, region, x);
        if (x < 0.0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: output of %s in %s is negative (%.6g %.*s); correct it in the source", table->name,
                            sector, region, x, unit_length(table), table->unit);
        if (!isfinite(table->tls[k]))
            return ent_fail(
                err, ENT_BAD_INPUT,
                "%s: taxes less subsidies of %s in %s are not a number (%g); fill or correct that cell in the source",
                table->name, sector, region, table->tls[k]);
        for (ptrdiff_t g = 0; g < G; g++)
            if (!isfinite(table->va[k * G + g]))
                return ent_fail(
                    err, ENT_BAD_INPUT,
                    "%s: payments of %s in %s to %s are not a number (%g); fill or correct that cell in the source",
                    table->name, sector, region, table->factors.label[g], table->va[k * G + g]);
    }
    return ENT_OK;
}

static ent_status check_duties(const ent_table *table, ent_error *err)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count;
    for (ptrdiff_t c = 0; c < R * R * J; c++) {
        const ptrdiff_t i = c / J / R, n = c / J % R, j = c % J;
        const char *from = table->regions.label[i], *to = table->regions.label[n], *what = table->sectors.label[j];
        const double t = table->duty[c];
        if (!isfinite(t))
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: the duty of %s on %s from %s is not a number (%g); set it to a rate, 0.25 for 25 %%",
                            table->name, to, what, from, t);
        if (t <= -1.0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: the duty of %s on %s from %s is %.6g; a rate is more than -1 (0.25 is 25 %%)",
                            table->name, to, what, from, t);
        if (i == n && t != 0.0)
            return ent_fail(err, ENT_BAD_INPUT, "%s: %s has a duty of %.6g on its own %s; set it to 0", table->name, to,
                            t, what);
    }
    return ENT_OK;
}

static ent_status check_elasticities(const ent_table *table, ent_error *err)
{
    if (table->trade_elasticity == NULL) return ENT_OK;
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        const double theta = table->trade_elasticity[j];
        if (!(theta > 0.0) || !isfinite(theta))
            return ent_fail(err, ENT_BAD_INPUT, "%s: the trade elasticity of %s is %g; it must be a positive number",
                            table->name, table->sectors.label[j], theta);
    }
    return ENT_OK;
}

ent_status ent_bundles_check(const ent_table *table, ent_error *err)
{
    for (ptrdiff_t j = 0; table->bundle != NULL && j < table->sectors.count; j++) {
        const double b = table->bundle[j];
        const int place = b >= 0.0 && b <= (double)j && b == floor(b);
        if (place && table->bundle[(ptrdiff_t)b] == b) continue;
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: the bundle of %s is %g, but it must be the place of the bundle's first sector, no later than "
            "its own place, %td",
            table->name, table->sectors.label[j], b, j);
    }
    return ENT_OK;
}

static ent_status fail_gap(const ent_table *table, const offender *worst, int is_row, ent_error *err)
{
    const ptrdiff_t J = table->sectors.count;
    char share[64] = "", more[64] = "";
    if (worst->output > 0.0)
        snprintf(share, sizeof share, " (%.3g %% of output)", 100.0 * fabs(worst->gap) / worst->output);
    if (worst->failing > 1)
        snprintf(more, sizeof more, ", and %td more %s%s", worst->failing - 1, is_row ? "row" : "column",
                 worst->failing == 2 ? " fails" : "s fail");
    return ent_fail(
        err, ENT_BAD_INPUT,
        "%s: %s fails for %s in %s: %s of %.9g %s output of %.9g by %.4g %.*s%s%s; --balance repairs such gaps",
        table->name, is_row ? "E1" : "E2", table->sectors.label[worst->at % J], table->regions.label[worst->at / J],
        is_row ? "sales" : "costs", worst->output + worst->gap, worst->gap > 0.0 ? "exceed" : "fall short of",
        worst->output, fabs(worst->gap), unit_length(table), table->unit, share, more);
}

ent_status ent_table_check(const ent_table *table, ent_error *err)
{
    static const char *const what[4] = {"regions", "sectors", "final uses", "factors"};
    const ent_names *const lists[4] = {&table->regions, &table->sectors, &table->uses, &table->factors};
    for (int l = 0; l < 4; l++)
        if (lists[l]->count == 0)
            return ent_fail(err, ENT_BAD_INPUT, "%s: the table has no %s; it needs at least one", table->name, what[l]);
    scan s;
    scan_table(table, &s);
    /* A number that is none makes some row sum one that is none; otherwise the least cells say it all. */
    if (s.balance.least_z < 0.0 || s.balance.least_f < 0.0 || !isfinite(s.row.gap) ||
        !isfinite(s.balance.row_gap_total))
        ENT_TRY(check_sales(table, err));
    ENT_TRY(check_producers(table, err));
    ENT_TRY(check_duties(table, err));
    ENT_TRY(check_elasticities(table, err));
    ENT_TRY(ent_bundles_check(table, err));
    if (!(s.row.excess <= 1.0)) return fail_gap(table, &s.row, 1, err);
    if (!(s.column.excess <= 1.0)) return fail_gap(table, &s.column, 0, err);
    return ENT_OK;
}
