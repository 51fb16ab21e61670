/* mmatrix.h: small dense systems (I − C) x = b with C >= 0 and rows that sum to less than one (an M-matrix): the
 * Leontief block of a region. No pivoting is needed, so the order of every operation is fixed: the same bits for any
 * number of threads, which a threaded LAPACK does not promise. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

/* Factor a[n][n] in place into L (unit diagonal) and U. 0: a pivot is not positive, no M-matrix. Cost n³/3. */
int ent_mmatrix_factor(ptrdiff_t n, double *a);
/* x = A⁻¹ x and x = A⁻ᵀ x from the factors. Cost n² each. */
void ent_mmatrix_solve(ptrdiff_t n, const double *lu, double *x);
void ent_mmatrix_solve_transposed(ptrdiff_t n, const double *lu, double *x);
