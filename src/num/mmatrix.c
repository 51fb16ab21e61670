/* mmatrix.c: see mmatrix.h. Gauss–Jordan in place: rows are updated by rows, so that every inner loop runs along
 * memory. The inverse, not factors: it is applied some twenty times a solve, and a product with it keeps vector units
 * busy where short triangular solves wait for themselves. */
// SPDX-License-Identifier: MIT
#include "num/mmatrix.h"
#include "num/dot.h"
#include <math.h>

int ent_mmatrix_invert(ptrdiff_t n, ptrdiff_t stride, double *a)
{
    for (ptrdiff_t k = 0; k < n; k++) {
        double *row = a + k * stride;
        const double pivot = row[k];
        if (!(pivot > 0.0) || !isfinite(pivot)) return 0;
        row[k] = 1.0;
        for (ptrdiff_t c = 0; c < n; c++) row[c] /= pivot;
        ent_eliminate(n, stride, k, row, a);
    }
    return 1;
}
