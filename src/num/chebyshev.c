/* chebyshev.c: see chebyshev.h. With x_i = cos(π i/n) on [−1, 1] and λ = (1 − x)/2:
 *
 *   derivative   c_i/c_j (−1)^(i+j)/(x_i − x_j), c = 2 at the ends, else 1; the diagonal makes rows sum to 0, so that a
 *                constant has no slope to the last digit. x_i − x_j as a product of sines: nothing cancels.
 *   integral     the cosine series of the interpolant, term by term
 *   between      barycentric, weights (−1)^i, halved at the ends
 *
 * Errors fall as ρ^(−n) where the function is analytic; the derivative loses some n² of the last digits. */
// SPDX-License-Identifier: MIT
#include "num/chebyshev.h"
#include <math.h>

static const double pi = 3.14159265358979323846;

double ent_chebyshev_point(ptrdiff_t n, ptrdiff_t i)
{
    const double s = sin(0.5 * pi * (double)i / (double)n);
    return i == n ? 1.0 : s * s;
}

static double sign_at(ptrdiff_t n, ptrdiff_t i)
{
    return (i % 2 == 0 ? 1.0 : -1.0) * (i == 0 || i == n ? 0.5 : 1.0);
}

static void fill_derivative(ptrdiff_t n, double *d)
{
    const ptrdiff_t m = n + 1;
    const double half = 0.5 * pi / (double)n;
    for (ptrdiff_t i = 0; i < m; i++) {
        double sum = 0.0;
        for (ptrdiff_t j = 0; j < m; j++) {
            if (i == j) continue;
            /* λ_i − λ_j = (x_j − x_i)/2 */
            const double gap = sin(half * (double)(i + j)) * sin(half * (double)(i - j));
            d[i * m + j] = sign_at(n, j) / sign_at(n, i) / gap;
            sum += d[i * m + j];
        }
        d[i * m + i] = -sum;
    }
}

static double integral_weight(ptrdiff_t n, ptrdiff_t i)
{
    double sum = 1.0;
    for (ptrdiff_t k = 1; 2 * k <= n; k++)
        sum -= (2 * k == n ? 1.0 : 2.0) * cos(2.0 * pi * (double)(k * i) / (double)n) / (4.0 * (double)(k * k) - 1.0);
    return (i == 0 || i == n ? 0.5 : 1.0) * sum / (double)n;
}

ent_status ent_chebyshev_make(ptrdiff_t n, ent_arena *arena, ent_chebyshev *rule, ent_error *err)
{
    *rule = (ent_chebyshev){.n = n,
                            .point = ent_new(arena, double, n + 1),
                            .weight = ent_new(arena, double, n + 1),
                            .derive = ent_new(arena, double, (n + 1) * (n + 1))};
    if (rule->point == NULL || rule->weight == NULL || rule->derive == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td points of a path", n + 1);
    for (ptrdiff_t i = 0; i <= n; i++) {
        rule->point[i] = ent_chebyshev_point(n, i);
        rule->weight[i] = integral_weight(n, i);
    }
    fill_derivative(n, rule->derive);
    return ENT_OK;
}

void ent_chebyshev_between(ptrdiff_t n, double lambda, double *share)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i <= n; i++) {
        const double gap = lambda - ent_chebyshev_point(n, i);
        if (gap == 0.0) {
            for (ptrdiff_t j = 0; j <= n; j++) share[j] = j == i ? 1.0 : 0.0;
            return;
        }
        share[i] = sign_at(n, i) / gap;
        sum += share[i];
    }
    for (ptrdiff_t i = 0; i <= n; i++) share[i] /= sum;
}
