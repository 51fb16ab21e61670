/* fit.c: see fit.h. Reflection c turns what is left of column c into one number; columns that the ones before already
 * span are skipped, so the triangle has gaps rather than divisions by rounding. */
// SPDX-License-Identifier: MIT
#include "num/fit.h"
#include <math.h>

#define SPANNED 1e-9 /* larger drops what can be told apart, smaller takes rounding for a direction */

static double inner(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* y −= v (2 vᵀ y/vᵀ v) */
static void reflect(ptrdiff_t n, const double *v, double size, double *y)
{
    const double part = 2.0 * inner(n, v, y) / size;
    for (ptrdiff_t i = 0; i < n; i++) y[i] -= part * v[i];
}

ptrdiff_t ent_fit(ptrdiff_t rows, ptrdiff_t columns, double *a, double *b, double *x)
{
    ptrdiff_t rank = 0;
    for (ptrdiff_t c = 0; c < columns; c++) {
        double *column = a + c * rows, *rest = column + rank;
        const double whole = sqrt(inner(rows, column, column));
        const double left = rank < rows ? sqrt(inner(rows - rank, rest, rest)) : 0.0;
        x[c] = NAN;
        if (!(left > SPANNED * whole)) continue;
        const double first = rest[0] > 0.0 ? -left : left;
        rest[0] -= first;
        const double size = inner(rows - rank, rest, rest);
        for (ptrdiff_t next = c + 1; next < columns; next++) reflect(rows - rank, rest, size, a + next * rows + rank);
        reflect(rows - rank, rest, size, b + rank);
        rest[0] = first;
        x[c] = (double)rank++; /* its row of the triangle, until it is solved for */
    }
    for (ptrdiff_t c = columns - 1; c >= 0; c--) {
        if (isnan(x[c])) {
            x[c] = 0.0;
            continue;
        }
        const ptrdiff_t row = (ptrdiff_t)x[c];
        double sum = b[row];
        for (ptrdiff_t next = c + 1; next < columns; next++) sum -= a[next * rows + row] * x[next];
        x[c] = sum / a[c * rows + row];
    }
    return rank;
}
