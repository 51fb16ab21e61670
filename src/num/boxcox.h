/* boxcox.h: prices as the CES form adds them up.
 *
 *   φ_r(u) = (exp(r u) − 1)/r,   φ_0(u) = u          u = log price, r = 1 − σ
 *
 * With x = φ_r(u) the unit cost of a CES node is a plain weighted sum (E3):
 *
 *   y = Σ_e ω_e x_e,   log ĉ = φ_r⁻¹(y) = log(1 + r y)/r
 *
 * for every σ: Cobb–Douglas (r = 0) and Leontief (r = 1) are no special cases, and nothing cancels near r = 0, where
 * the plain form log(Σ ω exp(r u))/r loses all digits: expm1 and log1p keep y and log ĉ to full relative accuracy. A
 * wedge is affine in x,
 *
 *   φ_r(u + w) = φ_r(w) + exp(r w) φ_r(u),
 *
 * so a duty costs a multiplication, not an exponential. Weights of shares (E5): ω'_e = ω_e (1 + r x_e)/(1 + r y). */
// SPDX-License-Identifier: MIT
#pragma once
#include <math.h>

static inline double box_cox(double u, double r)
{
    return r == 0.0 ? u : expm1(r * u) / r;
}

static inline double box_cox_inverse(double x, double r)
{
    return r == 0.0 ? x : log1p(r * x) / r;
}
