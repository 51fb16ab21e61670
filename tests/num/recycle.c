/* recycle.c: many right-hand sides with one matrix, and with matrices nearby, against the matrix itself. */
// SPDX-License-Identifier: MIT
#include "num/recycle.h"
#include "random_world.h"
#include "test.h"

enum {
    N = 60,
    MOST_PAIRS = 48
};

typedef struct {
    double a[N][N];
    ptrdiff_t products;
} dense;

static void times(void *user, const double *x, double *y)
{
    dense *d = user;
    d->products++;
    for (int i = 0; i < N; i++) {
        y[i] = 0.0;
        for (int j = 0; j < N; j++) y[i] += d->a[i][j] * x[j];
    }
}

static void nothing(void *user, const double *x, double *y)
{
    (void)user;
    memcpy(y, x, N * sizeof *x);
}

/* The identity plus something of rank ten. */
static void draw(dense *d, dice *roll, double size)
{
    for (int k = 0; k < 10; k++) {
        double u[N], v[N];
        for (int i = 0; i < N; i++) u[i] = dice_between(roll, -1.0, 1.0), v[i] = dice_between(roll, -1.0, 1.0);
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) d->a[i][j] += size * u[i] * v[j];
    }
}

static double worst_miss(dense *d, const double *x, const double *b)
{
    double y[N], worst = 0.0;
    times(d, x, y);
    for (int i = 0; i < N; i++) worst = fmax(worst, fabs(y[i] - b[i]));
    return worst;
}

TEST(what_one_solve_learns_the_next_need_not, "num")
{
    static double numbers[(4 * MOST_PAIRS + 1) * N];
    dice roll = {3};
    dense d = {0};
    ent_recycled l;
    const ent_linear_system sys = {
        .n = N, .matrix = times, .precondition = nothing, .user = &d, .depth = 60, .most = 100};
    CHECK(ent_recycle_numbers(N, MOST_PAIRS) == (ptrdiff_t)(sizeof numbers / sizeof *numbers));
    ent_recycle_open(&l, N, MOST_PAIRS, numbers);
    for (int i = 0; i < N; i++) d.a[i][i] = 1.0;
    draw(&d, &roll, 0.1);
    for (int matrix = 0; matrix < 3; matrix++) {
        ptrdiff_t first = 0, last = 0;
        for (int right = 0; right < 12; right++) {
            double b[N], r[N], x[N] = {0};
            for (int i = 0; i < N; i++) b[i] = r[i] = dice_between(&roll, -1.0, 1.0);
            last = ent_recycle_solve(&l, &sys, 1e-11, r, x);
            if (right == 0) first = last;
            CHECK(last >= 0);
            CHECK_NEAR(worst_miss(&d, x, b), 0.0, 1e-10);
        }
        /* ten directions besides the identity: a space of eleven holds the first, and one more each the others */
        CHECK(first <= 12 && last <= 2);
        if (matrix > 0) CHECK(first <= 8); /* guided by the matrix before */
        draw(&d, &roll, 1e-7);
        ent_recycle_turn(&l);
    }
}

/* Without room for another pair it says so, and what it has is as good as its residual says. */
TEST(a_search_without_room_says_so, "num")
{
    static double numbers[(4 * 3 + 1) * N];
    dice roll = {5};
    dense d = {0};
    ent_recycled l;
    double b[N], r[N], x[N] = {0};
    const ent_linear_system sys = {
        .n = N, .matrix = times, .precondition = nothing, .user = &d, .depth = 60, .most = 100};
    ent_recycle_open(&l, N, 3, numbers);
    for (int i = 0; i < N; i++) d.a[i][i] = 1.0;
    draw(&d, &roll, 0.1);
    for (int i = 0; i < N; i++) b[i] = r[i] = dice_between(&roll, -1.0, 1.0);
    CHECK(ent_recycle_solve(&l, &sys, 1e-11, r, x) == -1);
    for (int i = 0; i < N; i++) r[i] = b[i] - r[i];
    CHECK_NEAR(worst_miss(&d, x, r), 0.0, 1e-12);
}
