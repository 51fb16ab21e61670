/* lu.c: see lu.h. */
// SPDX-License-Identifier: MIT
#include "num/lu.h"
#include "num/dot.h"
#include <math.h>

static ptrdiff_t largest_below(ptrdiff_t n, const double *a, ptrdiff_t k)
{
    ptrdiff_t at = k;
    for (ptrdiff_t i = k + 1; i < n; i++)
        if (fabs(a[i * n + k]) > fabs(a[at * n + k])) at = i;
    return at;
}

static void swap_rows(ptrdiff_t n, double *a, double *b)
{
    for (ptrdiff_t c = 0; c < n; c++) {
        const double kept = a[c];
        a[c] = b[c];
        b[c] = kept;
    }
}

int ent_lu_factor(ptrdiff_t n, double *a, int32_t *pivot)
{
    for (ptrdiff_t k = 0; k < n; k++) {
        const ptrdiff_t at = largest_below(n, a, k);
        pivot[k] = (int32_t)at;
        if (at != k) swap_rows(n, a + k * n, a + at * n);
        const double head = a[k * n + k];
        if (!(fabs(head) > 0.0) || !isfinite(head)) return 0;
        for (ptrdiff_t i = k + 1; i < n; i++) {
            double *row = a + i * n;
            if (row[k] == 0.0) continue;
            row[k] /= head;
            ent_add_run(n - k - 1, a + k * n + k + 1, -row[k], row + k + 1);
        }
    }
    return 1;
}

void ent_lu_solve(ptrdiff_t n, const double *lu, const int32_t *pivot, double *x)
{
    for (ptrdiff_t k = 0; k < n; k++) {
        const double kept = x[pivot[k]];
        x[pivot[k]] = x[k];
        x[k] = kept;
    }
    for (ptrdiff_t i = 1; i < n; i++) x[i] -= ent_dot_run(i, lu + i * n, x);
    for (ptrdiff_t i = n - 1; i >= 0; i--)
        x[i] = (x[i] - ent_dot_run(n - 1 - i, lu + i * n + i + 1, x + i + 1)) / lu[i * n + i];
}

/* Aᵀ = Uᵀ Lᵀ Q with Q the swaps: forward with Uᵀ, backward with Lᵀ, then the swaps undone from the last. */
void ent_lu_solve_transposed(ptrdiff_t n, const double *lu, const int32_t *pivot, double *x)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        x[i] /= lu[i * n + i];
        ent_add_run(n - 1 - i, lu + i * n + i + 1, -x[i], x + i + 1);
    }
    for (ptrdiff_t i = n - 1; i > 0; i--) ent_add_run(i, lu + i * n, -x[i], x);
    for (ptrdiff_t k = n - 1; k >= 0; k--) {
        const double kept = x[pivot[k]];
        x[pivot[k]] = x[k];
        x[k] = kept;
    }
}
