/* chebyshev.h: a smooth function on [0, 1] known at Chebyshev points: its integral, derivative and values between. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

/* Points λ_i = (1 − cos(π i/n))/2, i = 0 .. n: those of n are among those of 2n. */
typedef struct {
    ptrdiff_t n;
    double *point;  /* [n+1] λ_i, rising from 0 to 1 */
    double *weight; /* [n+1] ∫ f dλ = Σ_i weight_i f_i   (Clenshaw–Curtis) */
    double *derive; /* [n+1][n+1] f'(λ_i) = Σ_j derive_ij f_j */
} ent_chebyshev;

/* n even, >= 2. */
ent_status ent_chebyshev_make(ptrdiff_t n, ent_arena *arena, ent_chebyshev *rule, ent_error *err);
double ent_chebyshev_point(ptrdiff_t n, ptrdiff_t i);
/* How much each of the n+1 values counts at λ: f(λ) = Σ_i share_i f_i. share [n+1] */
void ent_chebyshev_between(ptrdiff_t n, double lambda, double *share);
