/* detail.c: trade by product, sparse (ent_detail): from a list of flows to rows by buyer, product and seller that sum
 * to the table's flows.
 *
 * The rule is `proportional`: of what sector j of i sells to n, every product that was observed there has its observed
 * share. Where a flow of the table has no product at all, the sector's first product carries it; flows that the table
 * does not have are dropped. So sums over products are the table's flows, to the last digits. */
// SPDX-License-Identifier: MIT
#include "table/arrays.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_table *table;
    ent_detail *d;
    ptrdiff_t R, J, P;
    ptrdiff_t *sector_first; /* [J+1] products of a sector */
    double *flow;            /* [R][J][R] by n, j, i: the table's */
} fitting;

/* ---- flows of the table ---- */

static void sum_flows(const fitting *f)
{
    const ptrdiff_t R = f->R, J = f->J, U = f->table->uses.count;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t n = 0; n < R; n++) {
                const double *z = f->table->z + ((i * J + j) * R + n) * J, *u = f->table->f + ((i * J + j) * R + n) * U;
                double sum = 0.0;
                for (ptrdiff_t k = 0; k < J; k++) sum += z[k];
                for (ptrdiff_t c = 0; c < U; c++) sum += u[c];
                f->flow[(n * J + j) * R + i] = sum;
            }
}

static ent_status find_sectors(const fitting *f, ent_error *err)
{
    for (ptrdiff_t h = 0; h < f->P; h++) {
        const int32_t j = f->d->sector[h];
        if (j < 0 || j >= f->J || (h > 0 && j < f->d->sector[h - 1]))
            return ent_fail(
                err, ENT_BAD_INPUT,
                "%s: product %s belongs to sector number %d; products stand in the order of their sectors, of "
                "which there are %td",
                f->table->name, f->d->products.code[h], j, f->J);
        f->sector_first[j + 1]++;
    }
    for (ptrdiff_t j = 0; j < f->J; j++) f->sector_first[j + 1] += f->sector_first[j];
    return ENT_OK;
}

/* ---- rows ---- */

static ent_status check_rows(const fitting *f, ent_error *err)
{
    for (ptrdiff_t cell = 0; cell < f->R * f->P; cell++)
        for (int64_t r = f->d->first[cell]; r < f->d->first[cell + 1]; r++) {
            const int32_t i = f->d->seller[r];
            const double v = f->d->value_usd[r];
            const int rising = r == f->d->first[cell] || i > f->d->seller[r - 1];
            if (i < 0 || i >= f->R || !rising || !(v >= 0.0 && isfinite(v)))
                return ent_fail(
                    err, ENT_BAD_INPUT,
                    "%s: sales of %s to %s, row %lld: seller %d, value %g; sellers rise, values are at least 0",
                    f->table->name, f->d->products.code[cell % f->P], f->table->regions.label[cell / f->P],
                    (long long)r, i, v);
        }
    return ENT_OK;
}

/* What products of sector j bring to n, by seller. */
static void sum_rows(const fitting *f, ptrdiff_t n, ptrdiff_t j, double *sum)
{
    memset(sum, 0, (size_t)f->R * sizeof *sum);
    for (int64_t r = f->d->first[n * f->P + f->sector_first[j]]; r < f->d->first[n * f->P + f->sector_first[j + 1]];
         r++)
        sum[f->d->seller[r]] += f->d->value_usd[r];
}

/* How many rows the first product of every cell will have once it carries what no product does. */
static int64_t count_rows(const fitting *f, double *sum)
{
    int64_t rows = 0;
    for (ptrdiff_t n = 0; n < f->R; n++)
        for (ptrdiff_t j = 0; j < f->J; j++) {
            if (f->sector_first[j] == f->sector_first[j + 1]) continue;
            const double *flow = f->flow + (n * f->J + j) * f->R;
            sum_rows(f, n, j, sum);
            for (int64_t r = f->d->first[n * f->P + f->sector_first[j]];
                 r < f->d->first[n * f->P + f->sector_first[j + 1]]; r++)
                rows += f->d->value_usd[r] > 0.0 && flow[f->d->seller[r]] > 0.0;
            for (ptrdiff_t i = 0; i < f->R; i++) rows += flow[i] > 0.0 && !(sum[i] > 0.0);
        }
    return rows;
}

typedef struct {
    ent_detail *out;
    int64_t rows;
} row_pen;

static void put_row(row_pen *pen, ptrdiff_t i, double value)
{
    pen->out->seller[pen->rows] = (int32_t)i;
    pen->out->value_usd[pen->rows++] = value;
}

/* Rows of product h in n, scaled; the first product of the sector takes in what nobody carries, sellers rising. */
static void fit_product(const fitting *f, ptrdiff_t n, ptrdiff_t h, const double *sum, row_pen *pen)
{
    const ptrdiff_t j = f->d->sector[h];
    const double *flow = f->flow + (n * f->J + j) * f->R;
    const int carries = h == f->sector_first[j];
    ptrdiff_t next = 0;
    for (int64_t r = f->d->first[n * f->P + h]; r < f->d->first[n * f->P + h + 1]; r++) {
        const ptrdiff_t i = f->d->seller[r];
        for (; carries && next < i; next++)
            if (flow[next] > 0.0 && !(sum[next] > 0.0)) put_row(pen, next, flow[next]);
        if (f->d->value_usd[r] > 0.0 && flow[i] > 0.0)
            put_row(pen, i, f->d->value_usd[r] / sum[i] * flow[i]);
        else if (carries && flow[i] > 0.0 && !(sum[i] > 0.0))
            put_row(pen, i, flow[i]);
        next = i + 1;
    }
    for (; carries && next < f->R; next++)
        if (flow[next] > 0.0 && !(sum[next] > 0.0)) put_row(pen, next, flow[next]);
}

static ent_status fit_rows(const fitting *f, ent_arena *arena, double *sum, ent_detail *out, ent_error *err)
{
    const int64_t rows = count_rows(f, sum);
    row_pen pen = {.out = out};
    out->first = ent_new(arena, int64_t, f->R * f->P + 1);
    out->seller = ent_new(arena, int32_t, rows);
    out->value_usd = ent_new(arena, double, rows);
    if (out->first == NULL || out->seller == NULL || out->value_usd == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %lld flows of products", (long long)rows);
    for (ptrdiff_t n = 0; n < f->R; n++)
        for (ptrdiff_t h = 0; h < f->P; h++) {
            out->first[n * f->P + h] = pen.rows;
            if (h == f->sector_first[f->d->sector[h]]) sum_rows(f, n, f->d->sector[h], sum);
            fit_product(f, n, h, sum, &pen);
        }
    out->first[f->R * f->P] = pen.rows;
    return ENT_OK;
}

ent_status ent_detail_fit(const ent_table *table, const ent_detail *observed, ent_arena *arena, ent_detail *detail,
                          ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_detail from = *observed;
    fitting f = {.table = table,
                 .d = &from,
                 .R = table->regions.count,
                 .J = table->sectors.count,
                 .P = observed->products.count};
    f.sector_first = ent_new0(&scratch, ptrdiff_t, f.J + 1);
    f.flow = ent_new(&scratch, double, f.R *f.J *f.R);
    double *sum = ent_new(&scratch, double, f.R);
    if (f.sector_first == NULL || f.flow == NULL || sum == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to fit %td products", f.P);
    ENT_TRY(find_sectors(&f, err));
    ENT_TRY(check_rows(&f, err));
    sum_flows(&f);
    *detail = from;
    return fit_rows(&f, arena, sum, detail, err);
}
