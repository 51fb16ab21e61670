/* fit.h: linear least squares. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

/* x [columns] that makes |A x − b|² smallest, by Householder's reflections. A by columns [columns][rows] and b [rows]
 * are overwritten. Returns how many columns say something of their own (what is left of a column after those before it
 * is at least 1e-9 of it); x of the others is 0. */
ptrdiff_t ent_fit(ptrdiff_t rows, ptrdiff_t columns, double *a, double *b, double *x);
