/* lu.h: a general dense system, factored with row pivoting in a fixed order: the same bits for any number of threads.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Factor a[n][n] in place; pivot[n] gets the row swaps. 0: singular. Cost 2 n³/3. */
int ent_lu_factor(ptrdiff_t n, double *a, int32_t *pivot);
/* x = A⁻¹ x from the factors. Cost 2 n². */
void ent_lu_solve(ptrdiff_t n, const double *lu, const int32_t *pivot, double *x);
/* x = A⁻ᵀ x */
void ent_lu_solve_transposed(ptrdiff_t n, const double *lu, const int32_t *pivot, double *x);
