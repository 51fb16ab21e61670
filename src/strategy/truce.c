/* truce.c: what patience a truce needs.
 *
 *   grim     δ/(1 − δ) = q,                q = (u_D − u_C)/(u_C − u_N),  so  δ = (u_D − u_C)/(u_D − u_N)
 *   T        δ + … + δ^T = q               rises from 0 to T: a root within (0, 1] iff q <= T
 *   penance  δ^T >= (refusal − u_P)/(u_C − u_P) */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <assert.h>
#include <math.h>

/* δ + … + δ^T − q, without cancellation near δ = 1 */
static double sum_of_powers(double delta, ptrdiff_t periods)
{
    const double T = (double)periods;
    if (delta >= 1.0) return T;
    return delta * -expm1(T * log(delta)) / (1.0 - delta);
}

/* Bisection, by the bits: 200 halvings of (0, 1] leave nothing between. */
static double root_of_powers(double q, ptrdiff_t periods)
{
    double low = 0.0, high = 1.0;
    for (int half = 0; half < 200; half++) {
        const double middle = 0.5 * (low + high);
        if (middle == low || middle == high) break;
        if (sum_of_powers(middle, periods) < q)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double ent_truce_patience(double agreed, double temptation, double punishment, ptrdiff_t periods)
{
    assert(periods >= 1);
    if (isnan(agreed) || isnan(temptation) || isnan(punishment)) return NAN;
    if (temptation <= agreed) return 0.0;
    if (agreed <= punishment) return INFINITY;
    if (periods == ENT_FOREVER) return (temptation - agreed) / (temptation - punishment);
    const double q = (temptation - agreed) / (agreed - punishment);
    if (q > (double)periods) return INFINITY;
    return root_of_powers(q, periods);
}

double ent_truce_penance(double agreed, double punished, double refusal, ptrdiff_t periods)
{
    assert(periods >= 1);
    if (isnan(agreed) || isnan(punished) || isnan(refusal)) return NAN;
    if (refusal <= punished) return 0.0;
    if (agreed <= punished || refusal > agreed || periods == ENT_FOREVER) return INFINITY;
    return pow((refusal - punished) / (agreed - punished), 1.0 / (double)periods);
}

double ent_discount_factor(double rate, double years)
{
    return exp(-rate * years);
}

double ent_discount_rate(double factor, double years)
{
    return -log(factor) / years;
}
