/* chebyshev.c: integrals, derivatives and values between points, against functions known by hand. */
// SPDX-License-Identifier: MIT
#include "num/chebyshev.h"
#include "test.h"

TEST(polynomials_up_to_the_points_are_exact, "num")
{
    for (ptrdiff_t n = 2; n <= 64; n *= 2) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_chebyshev rule;
        double share[65];
        MUST(ent_chebyshev_make(n, &scratch, &rule, &err), err);
        CHECK(rule.point[0] == 0.0 && rule.point[n] == 1.0);
        for (ptrdiff_t degree = 0; degree <= n; degree++) {
            double integral = 0.0, between = 0.0, slope = 0.0;
            ent_chebyshev_between(n, 0.3, share);
            for (ptrdiff_t i = 0; i <= n; i++) {
                const double f = pow(rule.point[i], (double)degree);
                integral += rule.weight[i] * f;
                between += share[i] * f;
                slope += rule.derive[n * (n + 1) + i] * f;
            }
            CHECK_NEAR(integral, 1.0 / (double)(degree + 1), 1e-15);
            CHECK_NEAR(between, pow(0.3, (double)degree), 1e-13);
            CHECK_NEAR(slope, (double)degree, 1e-12 * (double)(n * n)); /* at λ = 1 */
        }
    }
}

TEST(smooth_functions_converge_by_the_doubling, "num")
{
    double before = 1.0;
    for (ptrdiff_t n = 4; n <= 16; n *= 2) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_chebyshev rule;
        double sum = 0.0;
        MUST(ent_chebyshev_make(n, &scratch, &rule, &err), err);
        /* ∫ a db with a = exp(3λ), b = sin(2λ) */
        for (ptrdiff_t i = 0; i <= n; i++)
            for (ptrdiff_t j = 0; j <= n; j++)
                sum +=
                    rule.weight[i] * exp(3.0 * rule.point[i]) * rule.derive[i * (n + 1) + j] * sin(2.0 * rule.point[j]);
        const double exact = 2.0 * (exp(3.0) * (3.0 * cos(2.0) + 2.0 * sin(2.0)) - 3.0) / 13.0;
        const double gap = fabs(sum / exact - 1.0);
        CHECK(gap < before * before || gap < 1e-13);
        before = gap;
    }
    CHECK(before < 1e-13);
}

TEST(points_of_n_are_among_those_of_twice_n, "num")
{
    for (ptrdiff_t i = 0; i <= 8; i++) CHECK(ent_chebyshev_point(8, i) == ent_chebyshev_point(16, 2 * i));
    double share[9];
    ent_chebyshev_between(8, ent_chebyshev_point(8, 3), share);
    for (ptrdiff_t i = 0; i <= 8; i++) CHECK(share[i] == (i == 3 ? 1.0 : 0.0));
}
