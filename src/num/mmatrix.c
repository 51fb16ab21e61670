/* mmatrix.c: see mmatrix.h. Rows are updated by rows (kij), so that every inner loop runs along memory. */
// SPDX-License-Identifier: MIT
#include "num/mmatrix.h"
#include "num/dot.h"

int ent_mmatrix_factor(ptrdiff_t n, double *a)
{
    for (ptrdiff_t k = 0; k < n; k++) {
        const double pivot = a[k * n + k];
        if (!(pivot > 0.0)) return 0;
        for (ptrdiff_t i = k + 1; i < n; i++) {
            double *row = a + i * n;
            if (row[k] == 0.0) continue;
            row[k] /= pivot;
            ent_add_run(n - k - 1, a + k * n + k + 1, -row[k], row + k + 1);
        }
    }
    return 1;
}

void ent_mmatrix_solve(ptrdiff_t n, const double *lu, double *x)
{
    for (ptrdiff_t i = 1; i < n; i++) x[i] -= ent_dot_run(i, lu + i * n, x);
    for (ptrdiff_t i = n - 1; i >= 0; i--)
        x[i] = (x[i] - ent_dot_run(n - 1 - i, lu + i * n + i + 1, x + i + 1)) / lu[i * n + i];
}

/* Aᵀ = Uᵀ Lᵀ: forward with Uᵀ by columns, backward with Lᵀ by columns. */
void ent_mmatrix_solve_transposed(ptrdiff_t n, const double *lu, double *x)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        x[i] /= lu[i * n + i];
        ent_add_run(n - 1 - i, lu + i * n + i + 1, -x[i], x + i + 1);
    }
    for (ptrdiff_t i = n - 1; i > 0; i--) ent_add_run(i, lu + i * n, -x[i], x);
}
