/* vector.h: the vectors that KINSOL computes with: the serial ones of SUNDIALS, their sums done by our kernels (dot.h),
 * which are several times faster than the packaged ones and add in a fixed order. */
// SPDX-License-Identifier: MIT
#pragma once
#include <nvector/nvector_serial.h>

/* A vector over values[n] (borrowed), or NULL. Clones have the same operations. */
N_Vector ent_vector_over(sunindextype n, double *values, SUNContext context);
