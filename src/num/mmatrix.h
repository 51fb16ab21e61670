/* mmatrix.h: small dense matrices I − C with C >= 0 and rows that sum to less than one (M-matrices): the Leontief block
 * of a region, and its inverse. No pivoting is needed, so the order of every operation is fixed: the same bits for any
 * number of threads, which a threaded LAPACK does not promise. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

/* a[n][stride] becomes its inverse; stride >= n, what lies past column n is kept at 0. 0: a pivot is not positive, no
 * M-matrix; a is then spoilt. Cost n³. The transpose of a gives the transpose of the inverse. */
int ent_mmatrix_invert(ptrdiff_t n, ptrdiff_t stride, double *a);
