/* boxcox.c: the two forms of a CES sum keep their digits: near Cobb–Douglas, far from it, and between them. */
// SPDX-License-Identifier: MIT
#include "num/boxcox.h"
#include "test.h"

static long double long_box_cox(double u, double r)
{
    return r == 0.0 ? (long double)u : expm1l((long double)r * u) / r;
}

/* log Σ ω exp(r u) / r in long double; near r = 0 by the mean and half the variance, whose next term is r² u³/6. */
static long double long_log_cost(int n, const double *omega, const double *u, double r)
{
    long double sum = 0.0L, mean = 0.0L, square = 0.0L;
    for (int e = 0; e < n; e++) {
        mean += (long double)omega[e] * u[e];
        square += (long double)omega[e] * u[e] * u[e];
        sum += (long double)omega[e] * expm1l((long double)r * u[e]);
    }
    if (fabs(r) < 1e-9) return mean + (long double)r / 2.0L * (square - mean * mean);
    return log1pl(sum) / r;
}

static double log_cost(int n, const double *omega, const double *u, double r)
{
    double y = 0.0, whole = 0.0;
    for (int e = 0; e < n; e++) {
        y += omega[e] * ces_seen(u[e], r);
        whole += omega[e];
    }
    return ces_log_cost(y, r, whole);
}

static const double omega[4] = {0.1, 0.2, 0.3, 0.4}, prices[4] = {0.3, -0.2, 0.05, 0.7};

TEST(a_price_loses_nothing_near_cobb_douglas, "E3")
{
    for (double sign = -1.0; sign <= 1.0; sign += 2.0)
        for (double r = sign; fabs(r) > 1e-30; r /= 3.0)
            for (int e = 0; e < 4; e++) {
                const long double wanted = long_box_cox(prices[e], r);
                CHECK_NEAR(box_cox(prices[e], r), (double)wanted, 1e-15 * fabs((double)wanted));
                CHECK_NEAR(box_cox_inverse(box_cox(prices[e], r), r), prices[e], 1e-15);
            }
    CHECK(box_cox(0.3, 0.0) == 0.3 && box_cox_inverse(0.3, 0.0) == 0.3);
}

TEST(unit_cost_loses_nothing_near_cobb_douglas, "E3")
{
    for (double sign = -1.0; sign <= 1.0; sign += 2.0)
        for (double r = sign; fabs(r) > 1e-18; r /= 3.0) /* passes STEEP on the way */
            CHECK_NEAR(log_cost(4, omega, prices, r), (double)long_log_cost(4, omega, prices, r), 1e-15);
}

TEST(unit_cost_keeps_its_digits_far_from_cobb_douglas, "E3")
{
    for (double r = -80.0; r <= 1.0; r += 0.37) {
        const long double wanted = long_log_cost(4, omega, prices, r);
        CHECK_NEAR(log_cost(4, omega, prices, r), (double)wanted, 2e-15);
    }
}

TEST(the_weight_of_a_high_price_keeps_its_digits, "E5")
{
    for (double u = 0.0; u < 5.0; u += 0.25) {
        const double r = -65.0, weight = ces_weight(ces_seen(u, r), r);
        const double wanted = (double)expl((long double)r * u);
        CHECK_NEAR(weight, wanted, 4e-16 * (1.0 + fabs(r * u)) * wanted); /* the product r u is rounded before exp */
    }
}

TEST(a_wedge_is_affine, "E3")
{
    static const double powers[] = {-64.0, -4.0, -0.5, -0.49, -1e-9, 0.0, 1e-9, 0.3, 0.5, 1.0};
    for (size_t p = 0; p < sizeof powers / sizeof *powers; p++)
        for (int e = 0; e < 4; e++)
            for (double w = -0.4; w < 0.5; w += 0.2) {
                const double r = powers[p], whole = ces_seen(prices[e] + w, r);
                const double part = ces_shift(w, r) + exp(r * w) * ces_seen(prices[e], r);
                CHECK_NEAR(part, whole, 1e-13 * (1.0 + fabs(whole)));
            }
}

TEST(slopes_are_derivatives, "E15")
{
    static const double powers[] = {-8.0, -0.5, -0.3, 0.0, 0.3, 1.0};
    const double h = 1e-6;
    for (size_t p = 0; p < sizeof powers / sizeof *powers; p++)
        for (int e = 0; e < 4; e++) {
            const double r = powers[p], u = prices[e], x = ces_seen(u, r), weight = ces_weight(x, r);
            const double dx = (ces_seen(u + h, r) - ces_seen(u - h, r)) / (2.0 * h);
            const double dw = (ces_weight(x + h, r) - ces_weight(x - h, r)) / (2.0 * h);
            CHECK_NEAR(ces_steepness(weight, r), dx, 1e-7 * (1.0 + fabs(dx)));
            CHECK_NEAR(ces_slope(r), dw, 1e-7);
        }
}

TEST(no_change_is_exactly_no_change, "E3")
{
    for (double r = -20.0; r <= 1.0; r += 0.1) {
        const double u[4] = {0};
        CHECK(log_cost(4, omega, u, r) == 0.0);
    }
}
