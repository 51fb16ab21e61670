/* repair.c: E1 and E2 made to hold. Rows first: what was sold is the output. Then columns: value added is what inputs
 * and taxes leave of it, since statistics derive it so. Both are residuals that a reader can check against the source,
 * unlike a balancing that spreads every gap over all cells (RAS); and no sale is changed, but two kinds that cannot be:
 * sales that are negative become 0, and what a sector without output is said to buy goes to final use. */
// SPDX-License-Identifier: MIT
#include "table/repair.h"
#include "table/history.h"
#include <math.h>

#define WHOLE_GAP     1e-9 /* as (T1) */
#define ROUNDING_GAP  1e-6 /* of output: six digits are more than any statistic knows */
#define SMALLEST_SIZE 1e-9 /* of world output, as (T1) */

typedef struct {
    ptrdiff_t rows, uses; /* R*J, R*U */
    double *sold;         /* [R*J] row sums of z and f */
    double *bought;       /* [R*J] column sums of z */
} ent_sums;

static ent_status sum_up(const ent_table *table, ent_arena *scratch, ent_sums *s)
{
    s->rows = table->regions.count * table->sectors.count;
    s->uses = table->regions.count * table->uses.count;
    s->sold = ent_new0(scratch, double, s->rows);
    s->bought = ent_new0(scratch, double, s->rows);
    if (s->sold == NULL || s->bought == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t row = 0; row < s->rows; row++) {
        const double *z = table->z + row * s->rows, *f = table->f + row * s->uses;
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < s->rows; c++) {
            sum += z[c];
            s->bought[c] += z[c];
        }
        for (ptrdiff_t c = 0; c < s->uses; c++) sum += f[c];
        s->sold[row] = sum;
    }
    return ENT_OK;
}

static double paid(const ent_table *table, ptrdiff_t column)
{
    const ptrdiff_t G = table->factors.count;
    double sum = 0.0;
    for (ptrdiff_t g = 0; g < G; g++) sum += table->va[column * G + g];
    return sum;
}

static ent_gaps judge_one(double gap, double output, double floor_size, double rounding)
{
    const double size = fabs(output) > floor_size ? fabs(output) : floor_size;
    if (fabs(gap) <= WHOLE_GAP * size) return ENT_GAPS_NONE;
    return fabs(gap) <= rounding || fabs(gap) <= ROUNDING_GAP * size ? ENT_GAPS_ROUNDING : ENT_GAPS_LARGE;
}

static ent_gaps worse(ent_gaps a, ent_gaps b)
{
    return a > b ? a : b;
}

ent_status ent_gaps_judge(const ent_table *table, ent_rounding rounding, ent_gaps *gaps, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_sums s;
    if (sum_up(table, &scratch, &s) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to check its sums", table->name);
    double world = 0.0;
    for (ptrdiff_t k = 0; k < s.rows; k++) world += table->x[k];
    const double floor_size = SMALLEST_SIZE * fabs(world), in_row = rounding.cell * (double)(s.rows + s.uses + 1),
                 in_column = rounding.cell * (double)(s.rows + table->factors.count + 2);
    *gaps = ENT_GAPS_NONE;
    for (ptrdiff_t k = 0; k < s.rows; k++) {
        const double x = table->x[k], cost = s.bought[k] + table->tls[k] + paid(table, k);
        *gaps = worse(*gaps, judge_one(s.sold[k] - x, x, floor_size, in_row));
        *gaps = worse(*gaps, judge_one(cost - x, x, floor_size, in_column));
    }
    return ENT_OK;
}

void ent_value_added_add(ent_table *table, ptrdiff_t column, double money)
{
    const ptrdiff_t G = table->factors.count;
    double *va = table->va + column * G;
    const double whole = paid(table, column), wanted = whole + money;
    if (G == 1)
        va[0] = wanted;
    else if (whole > 0.0 && wanted > 0.0)
        for (ptrdiff_t g = 0; g < G; g++) va[g] *= wanted / whole;
    else
        table->tls[column] += money;
}

/* ---- the steps of a repair ---- */

typedef struct {
    double size, total; /* the largest change, and the sum of their sizes */
    ptrdiff_t at, count;
} ent_change;

static void note(ent_change *change, double by, ptrdiff_t at)
{
    if (by == 0.0) return;
    change->count++;
    change->total += fabs(by);
    if (fabs(by) <= fabs(change->size)) return;
    change->size = by;
    change->at = at;
}

static void clear_negative(ent_table *table, const ent_sums *s, ent_change *cleared)
{
    for (ptrdiff_t c = 0; c < s->rows * s->rows; c++)
        if (table->z[c] < 0.0) {
            note(cleared, table->z[c], c / s->rows);
            table->z[c] = 0.0;
        }
}

/* A sector that sells nothing makes nothing: what it bought was used up in its region. */
static void release_inputs(ent_table *table, const ent_sums *s, ent_change *released)
{
    const ptrdiff_t J = table->sectors.count, U = table->uses.count, G = table->factors.count;
    for (ptrdiff_t k = 0; k < s->rows; k++) {
        if (s->sold[k] != 0.0) continue;
        for (ptrdiff_t row = 0; row < s->rows; row++) {
            double *z = &table->z[row * s->rows + k];
            table->f[(row * table->regions.count + k / J) * U] += *z;
            *z = 0.0;
        }
        note(released, s->bought[k], k);
        s->bought[k] = table->tls[k] = 0.0;
        for (ptrdiff_t g = 0; g < G; g++) table->va[k * G + g] = 0.0;
    }
}

static void close_gaps(ent_table *table, const ent_sums *s, ent_change *output, ent_change *value_added)
{
    for (ptrdiff_t k = 0; k < s->rows; k++) {
        note(output, s->sold[k] - table->x[k], k);
        table->x[k] = s->sold[k];
        const double gap = table->x[k] - s->bought[k] - table->tls[k] - paid(table, k);
        note(value_added, gap, k);
        if (gap != 0.0) ent_value_added_add(table, k, gap);
    }
}

static ent_status tell(ent_table *table, ent_arena *arena, const ent_change *change, const char *what)
{
    if (change->count == 0) return ENT_OK;
    const ptrdiff_t J = table->sectors.count;
    return ent_history_add(table, arena,
                           "repaired: %s (%td change%s, %.6g million US dollars in all; largest %+.6g, %s in %s)", what,
                           change->count, change->count == 1 ? "" : "s", change->total, change->size,
                           table->sectors.label[change->at % J], table->regions.label[change->at / J]);
}

static ent_status tell_negative(ent_table *table, ent_arena *arena)
{
    ent_change negative = {0};
    for (ptrdiff_t k = 0; k < table->regions.count * table->sectors.count; k++)
        if (paid(table, k) < 0.0) note(&negative, paid(table, k), k);
    if (negative.count == 0) return ENT_OK;
    const ptrdiff_t J = table->sectors.count;
    return ent_history_add(table, arena, "value added is negative in %td sector%s, lowest %.6g: %s in %s",
                           negative.count, negative.count == 1 ? "" : "s", negative.size,
                           table->sectors.label[negative.at % J], table->regions.label[negative.at / J]);
}

ent_status ent_table_repair(ent_table *table, ent_arena *arena, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_sums s = {.rows = table->regions.count * table->sectors.count};
    ent_change cleared = {0}, released = {0}, output = {0}, value_added = {0};
    clear_negative(table, &s, &cleared);
    ent_status status = sum_up(table, &scratch, &s);
    if (status == ENT_OK) {
        release_inputs(table, &s, &released);
        close_gaps(table, &s, &output, &value_added);
        status = tell(table, arena, &cleared, "negative intermediate sales set to 0");
    }
    if (status == ENT_OK) status = tell(table, arena, &released, "inputs of sectors without output moved to final use");
    if (status == ENT_OK) status = tell(table, arena, &output, "output set to the sum of sales");
    if (status == ENT_OK) status = tell(table, arena, &value_added, "value added set to output less inputs and taxes");
    if (status == ENT_OK) status = tell_negative(table, arena);
    return status == ENT_OK ? ENT_OK : ent_fail(err, status, "%s: no memory to repair it", table->name);
}
