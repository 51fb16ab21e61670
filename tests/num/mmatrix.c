/* mmatrix.c: Leontief blocks against a plain elimination in long double with pivoting; and lu.c likewise. */
// SPDX-License-Identifier: MIT
#include "num/mmatrix.h"
#include "num/lu.h"
#include "random_world.h"

enum {
    MOST = 40
};

/* x = A⁻¹ b, the schoolbook way. */
static void plain_solve(ptrdiff_t n, const double *matrix, const double *b, long double *x)
{
    static long double a[MOST][MOST + 1];
    for (ptrdiff_t i = 0; i < n; i++) {
        for (ptrdiff_t j = 0; j < n; j++) a[i][j] = matrix[i * n + j];
        a[i][n] = b[i];
    }
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t best = k;
        for (ptrdiff_t i = k; i < n; i++)
            if (fabsl(a[i][k]) > fabsl(a[best][k])) best = i;
        for (ptrdiff_t j = 0; j <= n; j++) {
            const long double here = a[k][j];
            a[k][j] = a[best][j];
            a[best][j] = here;
        }
        for (ptrdiff_t i = k + 1; i < n; i++) {
            const long double part = a[i][k] / a[k][k];
            for (ptrdiff_t j = k; j <= n; j++) a[i][j] -= part * a[k][j];
        }
    }
    for (ptrdiff_t i = n - 1; i >= 0; i--) {
        x[i] = a[i][n];
        for (ptrdiff_t j = i + 1; j < n; j++) x[i] -= a[i][j] * x[j];
        x[i] /= a[i][i];
    }
}

/* I − C with C >= 0 and rows that sum to at most `most`. */
static void draw_leontief(dice *d, ptrdiff_t n, double most, double *a)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (ptrdiff_t j = 0; j < n; j++) sum += a[i * n + j] = dice_chance(d, 0.4) ? 0.0 : dice_roll(d);
        const double goal = most * dice_roll(d);
        for (ptrdiff_t j = 0; j < n; j++) a[i * n + j] = (i == j) - (sum > 0.0 ? a[i * n + j] * goal / sum : 0.0);
    }
}

static double gap_of(ptrdiff_t n, const double *x, const long double *wanted)
{
    double gap = 0.0, largest = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) {
        gap = fmax(gap, fabs(x[i] - (double)wanted[i]));
        largest = fmax(largest, fabs((double)wanted[i]));
    }
    return gap / largest;
}

TEST(leontief_blocks_are_inverted_as_by_elimination, "num")
{
    enum {
        STRIDE = MOST + 8
    };
    dice d = {1};
    static double a[MOST * MOST], inverse[MOST * STRIDE], b[MOST];
    double x[MOST] = {0};
    static long double wanted[MOST];
    for (ptrdiff_t n = 1; n <= MOST; n++) {
        draw_leontief(&d, n, 0.95, a);
        memset(inverse, 0, sizeof inverse);
        for (ptrdiff_t i = 0; i < n; i++) {
            b[i] = dice_between(&d, -1.0, 1.0);
            for (ptrdiff_t j = 0; j < n; j++) inverse[j * STRIDE + i] = a[i * n + j]; /* by columns */
        }
        plain_solve(n, a, b, wanted);
        CHECK(ent_mmatrix_invert(n, STRIDE, inverse));
        for (ptrdiff_t i = 0; i < n; i++) {
            x[i] = 0.0;
            for (ptrdiff_t j = 0; j < n; j++) x[i] += inverse[j * STRIDE + i] * b[j];
        }
        CHECK_NEAR(gap_of(n, x, wanted), 0.0, 1e-13);
        for (ptrdiff_t j = 0; j < n; j++)
            for (ptrdiff_t i = n; i < STRIDE; i++) CHECK(inverse[j * STRIDE + i] == 0.0);
    }
}

TEST(rows_that_use_up_more_than_they_make_are_refused, "num")
{
    double a[4] = {0.5, -0.6, -0.6, 0.5}; /* C = (0.5 0.6; 0.6 0.5) */
    CHECK(!ent_mmatrix_invert(2, 2, a));
    double b[1] = {0.0};
    CHECK(!ent_mmatrix_invert(1, 1, b));
    double c[1] = {NAN};
    CHECK(!ent_mmatrix_invert(1, 1, c));
}

TEST(general_systems_are_solved_as_by_elimination, "num")
{
    dice d = {2};
    static double a[MOST * MOST], b[MOST], x[MOST];
    static long double wanted[MOST];
    int32_t pivot[MOST];
    for (ptrdiff_t n = 1; n <= MOST; n++) {
        for (ptrdiff_t c = 0; c < n * n; c++) a[c] = dice_between(&d, -1.0, 1.0);
        for (ptrdiff_t i = 0; i < n; i++) {
            a[i * n + i] *= 1e-6; /* without pivoting this loses half the digits */
            b[i] = dice_between(&d, -1.0, 1.0);
        }
        plain_solve(n, a, b, wanted);
        memcpy(x, b, sizeof x);
        CHECK(ent_lu_factor(n, a, pivot));
        ent_lu_solve(n, a, pivot, x);
        CHECK_NEAR(gap_of(n, x, wanted), 0.0, n == 1 ? 1e-15 : 1e-10); /* conditions up to some 1e4 */
    }
}

TEST(a_singular_system_is_refused, "num")
{
    double a[4] = {1.0, 2.0, 2.0, 4.0};
    int32_t pivot[2];
    CHECK(!ent_lu_factor(2, a, pivot));
}
