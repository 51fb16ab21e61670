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
 * so a duty costs a multiplication, not an exponential. Weights of shares (E5): ω'_e = ω_e (1 + r x_e)/(1 + r y).
 *
 * Far from Cobb–Douglas the form has a weakness: where r u is far below 0 (θ = 65 and a price a third higher, or a duty
 * of 50 % lifted), 1 + r x is a small difference of large numbers, and a seller who lives from such lanes has lost its
 * digits. There, for |r| of a half and more (STEEP), x is the weight itself, exp(r u): nothing is ever subtracted, and
 * all that r divides is at most doubled. One set of functions serves both: */
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

#define STEEP 0.5 /* larger loses digits of large price changes, smaller those near Cobb–Douglas */

static inline int is_steep(double r)
{
    return fabs(r) >= STEEP;
}
/* x of a log price u. */
static inline double ces_seen(double u, double r)
{
    return is_steep(r) ? exp(r * u) : box_cox(u, r);
}
/* x seen through a wedge w: shift + exp(r w) x. */
static inline double ces_shift(double w, double r)
{
    return is_steep(r) ? 0.0 : box_cox(w, r);
}
/* The weight of a share, exp(r u), and what a unit of x adds to it. */
static inline double ces_slope(double r)
{
    return is_steep(r) ? 1.0 : r;
}
static inline double ces_weight(double x, double r)
{
    return is_steep(r) ? x : 1.0 + r * x;
}
/* x of an input that is not to be had, at an infinite price: its weight is 0. Only where r < 0 can a buyer do without.
 */
static inline double ces_unseen(double r)
{
    return is_steep(r) || r >= 0.0 ? 0.0 : -1.0 / r;
}
/* log ĉ of y = Σ ω x; whole: Σ ω as it came out (1 but for rounding), so that no change is exactly no change. */
static inline double ces_log_cost(double y, double r, double whole)
{
    return is_steep(r) ? log(y / whole) / r : box_cox_inverse(y, r);
}
/* dx/du, for the weight exp(r u). */
static inline double ces_steepness(double weight, double r)
{
    return is_steep(r) ? r * weight : weight;
}
