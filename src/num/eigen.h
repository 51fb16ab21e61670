/* eigen.h: all eigenvalues of a small dense matrix without symmetry. */
// SPDX-License-Identifier: MIT
#pragma once
#include <complex.h>
#include <stddef.h>

/* Eigenvalues of an upper Hessenberg matrix: h[column n + row], what stands below the first subdiagonal is not read.
 * h is overwritten; value[n] in no order. 0: some were not reached. Cost some 10 n³.
 * Source   Francis (1961, 1962), Computer Journal 4: 265-271, 332-345: QR with shifts */
int ent_eigen_hessenberg(ptrdiff_t n, double complex *h, double complex *value);
