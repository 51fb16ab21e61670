/* eigen.c: eigenvalues that are known by theory. */
// SPDX-License-Identifier: MIT
#include "num/eigen.h"
#include "random_world.h"

enum {
    MOST = 24
};

/* The largest distance between the eigenvalues of h, by columns, and `wanted`, each taken once, nearest first. */
static double apart(ptrdiff_t n, double complex *h, const double complex *wanted)
{
    double complex value[MOST];
    double worst = 0.0;
    int taken[MOST] = {0};
    if (!ent_eigen_hessenberg(n, h, value)) return INFINITY;
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t nearest = -1;
        for (ptrdiff_t i = 0; i < n; i++)
            if (!taken[i] && (nearest < 0 || cabs(value[i] - wanted[k]) < cabs(value[nearest] - wanted[k])))
                nearest = i;
        taken[nearest] = 1;
        worst = fmax(worst, cabs(value[nearest] - wanted[k]));
    }
    return worst;
}

TEST(a_rotation_turns_and_a_triangle_shows_its_diagonal, "eigen")
{
    for (int step = 0; step < 12; step++) {
        const double angle = 0.1 + 0.25 * step;
        double complex turn[2][2] = {{cos(angle), sin(angle)}, {-sin(angle), cos(angle)}};
        const double complex wanted[2] = {cexp(I * angle), cexp(-I * angle)};
        CHECK_NEAR(apart(2, turn[0], wanted), 0.0, 1e-14);
    }
    double complex triangle[4][4] = {{3.0}, {1.0, -2.0}, {5.0, 7.0, 0.5}, {1.0, 1.0, 1.0, 1e-3}};
    const double complex diagonal[4] = {0.5, 3.0, -2.0, 1e-3};
    CHECK_NEAR(apart(4, triangle[0], diagonal), 0.0, 1e-13);
    double complex one[1][1] = {{-1.25}};
    CHECK_NEAR(apart(1, one[0], &(double complex){-1.25}), 0.0, 0.0);
}

/* A cycle of n has the n-th roots of one: unshifted steps would leave it as it is. */
TEST(a_cycle_has_the_roots_of_one, "eigen")
{
    for (ptrdiff_t n = 2; n <= MOST; n++) {
        double complex cycle[MOST * MOST] = {0.0}, wanted[MOST];
        for (ptrdiff_t k = 0; k < n; k++) {
            cycle[k * n + (k + 1) % n] = 1.0;
            wanted[k] = cexp(2.0 * I * acos(-1.0) * (double)k / (double)n);
        }
        CHECK_NEAR(apart(n, cycle, wanted), 0.0, 1e-13);
    }
}

/* Companion matrices: the roots of a polynomial made from them, -1.2 before 1.1 and a pair among them. */
TEST(a_companion_has_the_roots_of_its_polynomial, "eigen")
{
    const double complex root[6] = {-1.2, 1.1, 0.3 + 0.9 * I, 0.3 - 0.9 * I, 0.05, -0.4};
    double complex poly[7] = {1.0}, companion[6][6] = {{0.0}}; /* poly[k] of x^(degree - k) */
    for (ptrdiff_t k = 0; k < 6; k++)
        for (ptrdiff_t c = k + 1; c > 0; c--) poly[c] -= root[k] * poly[c - 1];
    for (ptrdiff_t c = 0; c < 6; c++) {
        companion[c][0] = -poly[c + 1];
        if (c < 5) companion[c][c + 1] = 1.0;
    }
    CHECK_NEAR(apart(6, companion[0], root), 0.0, 1e-12);
}

/* Σ λ = tr H and Σ λ² = tr H². */
TEST(traces_are_sums_of_eigenvalues, "eigen")
{
    dice d = {11};
    for (int draw = 0; draw < 50; draw++) {
        const ptrdiff_t n = 1 + dice_pick(&d, MOST);
        double complex h[MOST * MOST] = {0.0}, value[MOST], sum = 0.0, squares = 0.0, trace = 0.0,
                                trace_of_square = 0.0;
        for (ptrdiff_t c = 0; c < n; c++)
            for (ptrdiff_t r = 0; r < n && r <= c + 1; r++) h[c * n + r] = dice_between(&d, -1.0, 1.0);
        for (ptrdiff_t c = 0; c < n; c++) {
            trace += h[c * n + c];
            for (ptrdiff_t r = 0; r < n; r++) trace_of_square += h[c * n + r] * h[r * n + c];
        }
        CHECK(ent_eigen_hessenberg(n, h, value));
        for (ptrdiff_t k = 0; k < n; k++) {
            sum += value[k];
            squares += value[k] * value[k];
        }
        CHECK_NEAR(cabs(sum - trace), 0.0, 1e-12 * (double)n);
        CHECK_NEAR(cabs(squares - trace_of_square), 0.0, 1e-11 * (double)n);
    }
}
