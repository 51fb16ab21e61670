/* dot.c: the kernels against plain loops, for every length around the width of their pattern, and their bits. */
// SPDX-License-Identifier: MIT
#include "num/dot.h"
#include "random_world.h"

enum {
    MOST = 131,
    SELLERS = 29
};

typedef struct {
    double a[MOST], x[MOST], y[MOST], b[MOST], z[MOST], by_seller[SELLERS];
    int32_t index[MOST], seller[MOST];
} lists;

static void draw(lists *l, dice *d)
{
    for (int e = 0; e < MOST; e++) {
        l->a[e] = dice_between(d, -1.0, 1.0);
        l->x[e] = dice_between(d, -2.0, 2.0);
        l->y[e] = dice_between(d, -2.0, 2.0);
        l->b[e] = dice_between(d, 0.0, 2.0);
        l->z[e] = dice_between(d, -1.0, 1.0);
        l->index[e] = (int32_t)dice_pick(d, MOST);
        l->seller[e] = (int32_t)dice_pick(d, SELLERS);
    }
    memset(l->by_seller, 0, sizeof l->by_seller);
}

TEST(dots_are_sums_of_products, "num")
{
    dice d = {1};
    lists l;
    for (ptrdiff_t n = 0; n <= MOST; n++) {
        long double run = 0.0L, gather = 0.0L;
        draw(&l, &d);
        for (ptrdiff_t e = 0; e < n; e++) {
            run += (long double)l.a[e] * l.x[e];
            gather += (long double)l.a[e] * l.x[l.index[e]];
        }
        CHECK_NEAR(ent_dot_run(n, l.a, l.x), (double)run, 1e-14);
        CHECK_NEAR(ent_dot_gather(n, l.a, l.x, l.index), (double)gather, 1e-14);
    }
}

/* The pattern of additions is one: a gather over a run has the bits of the run. */
TEST(a_gather_over_neighbours_has_the_bits_of_a_run, "num")
{
    dice d = {2};
    lists l;
    for (ptrdiff_t n = 0; n <= MOST; n++) {
        draw(&l, &d);
        for (int32_t e = 0; e < n; e++) l.index[e] = e;
        const double run = ent_dot_run(n, l.a, l.x), gather = ent_dot_gather(n, l.a, l.x, l.index);
        CHECK(memcmp(&run, &gather, sizeof run) == 0);
    }
}

TEST(additions_go_where_they_should_and_nowhere_else, "num")
{
    dice d = {3};
    lists l;
    for (ptrdiff_t n = 0; n < MOST; n++) {
        draw(&l, &d);
        double run[MOST], scatter[MOST], naive[MOST], naive_scatter[MOST];
        memcpy(run, l.y, sizeof run);
        memcpy(scatter, l.y, sizeof run);
        memcpy(naive, l.y, sizeof run);
        memcpy(naive_scatter, l.y, sizeof run);
        for (ptrdiff_t e = 0; e < n; e++) {
            naive[e] += l.a[e] * 0.7;
            naive_scatter[l.index[e]] += l.a[e] * 0.7;
        }
        ent_add_run(n, l.a, 0.7, run);
        ent_add_scatter(n, l.a, 0.7, scatter, l.index);
        CHECK(memcmp(run, naive, sizeof run) == 0);
        CHECK(memcmp(scatter, naive_scatter, sizeof run) == 0);
    }
}

TEST(combinations_and_products_are_what_they_say, "num")
{
    dice d = {4};
    lists l;
    for (ptrdiff_t n = 0; n <= MOST; n++) {
        double z[MOST], gathered[MOST], plain[MOST], added[MOST];
        draw(&l, &d);
        memcpy(added, l.z, sizeof added);
        ent_combine(n, 2.0, l.x, -3.0, l.y, z);
        ent_multiply_gather(n, l.x, l.y, l.index, gathered);
        ent_multiply(n, l.x, l.y, plain);
        ent_add_product(n, l.a, l.x, 0.3, 1.7, added);
        for (ptrdiff_t e = 0; e < n; e++) {
            CHECK_NEAR(z[e], 2.0 * l.x[e] - 3.0 * l.y[e], 1e-14);
            CHECK(gathered[e] == l.x[e] * l.y[l.index[e]]);
            CHECK(plain[e] == l.x[e] * l.y[e]);
            CHECK_NEAR(added[e], l.z[e] + l.a[e] * (0.3 * l.x[e] + 1.7), 1e-14);
        }
        ent_combine(n, 1.0, l.x, 1.0, l.y, l.x); /* in place */
        for (ptrdiff_t e = 0; e < n; e++) CHECK_NEAR(l.x[e], 0.5 * (z[e] + 5.0 * l.y[e]), 1e-14);
    }
}

TEST(trade_is_settled_by_seller_and_in_sum, "E6")
{
    dice d = {5};
    lists l;
    for (ptrdiff_t n = 0; n <= MOST; n++) {
        double naive[SELLERS] = {0}, run[MOST] = {0}, sums[2] = {10.0, 20.0}, run_sums[2] = {0};
        long double spent = 0.0L, border = 0.0L;
        draw(&l, &d);
        for (ptrdiff_t e = 0; e < n; e++) {
            const double v = l.x[e] * l.a[e];
            spent += v;
            border += (long double)v * l.b[e];
            naive[l.seller[e]] += v * l.y[e];
        }
        ent_settle_scatter(n, l.x, l.a, l.y, l.b, l.seller, l.by_seller, sums);
        for (int s = 0; s < SELLERS; s++) CHECK_NEAR(l.by_seller[s], naive[s], 1e-13);
        CHECK_NEAR(sums[0], 10.0 + (double)spent, 1e-13);
        CHECK_NEAR(sums[1], 20.0 + (double)border, 1e-13);
        ent_settle_run(n, l.x, l.a, l.y, l.b, run, run_sums);
        for (ptrdiff_t e = 0; e < n; e++) CHECK_NEAR(run[e], l.x[e] * l.a[e] * l.y[e], 1e-15);
        CHECK_NEAR(run_sums[0], (double)spent, 1e-13);
        CHECK_NEAR(run_sums[1], (double)border, 1e-13);
    }
}

/* ⟨settled, worth⟩ = ⟨v, bars⟩: what a dollar on a lane is worth is the transpose of where it goes. */
TEST(what_trade_is_worth_is_the_transpose_of_how_it_is_settled, "E16")
{
    dice d = {6};
    lists l;
    for (ptrdiff_t n = 0; n <= MOST; n++) {
        double seller[MOST] = {0}, tax[MOST], weighted[MOST], price[MOST], sums[2] = {0}, there = 0.0, back = 0.0;
        const double worth[3] = {0.7, -0.2, 0.9};
        draw(&l, &d);
        for (ptrdiff_t e = 0; e < n; e++) tax[e] = dice_between(&d, -1.0, 1.0);
        ent_settle_run(n, l.x, l.a, l.y, l.b, seller, sums);
        ent_value_run(n, l.x, l.a, l.y, l.b, l.x, l.z, tax, worth, weighted, price);
        there = worth[0] * sums[0] + worth[1] * sums[1];
        for (ptrdiff_t e = 0; e < n; e++) {
            there += seller[e] * l.z[e] + worth[2] * tax[e] * l.b[e] * l.x[e] * l.a[e];
            back += l.a[e] * weighted[e];
            CHECK_NEAR(price[e], l.x[e] * l.a[e] * weighted[e], 1e-14);
        }
        CHECK_NEAR(back, there, 1e-12);
        for (ptrdiff_t e = 0; e < n; e++) seller[e] = l.z[e];
        ent_add_run_product(n, l.y, l.a, l.x, seller);
        for (ptrdiff_t e = 0; e < n; e++) CHECK_NEAR(seller[e], l.z[e] + l.y[e] + l.a[e] * l.x[e], 1e-14);
    }
}

TEST(columns_are_a_matrix_and_its_transpose, "num")
{
    enum {
        ROWS = 40,
        COLUMNS = 27,
        STRIDE = ROWS + 8
    };
    dice d = {7};
    static double a[COLUMNS * STRIDE];
    for (ptrdiff_t rows = 8; rows <= ROWS; rows += 8)
        for (ptrdiff_t columns = 0; columns <= COLUMNS; columns++) {
            double x[COLUMNS], y[STRIDE], kept[STRIDE], z[COLUMNS], back[COLUMNS] = {0};
            for (ptrdiff_t c = 0; c < COLUMNS * STRIDE; c++) a[c] = dice_between(&d, -1.0, 1.0);
            for (ptrdiff_t c = 0; c < COLUMNS; c++) x[c] = dice_between(&d, -1.0, 1.0);
            for (ptrdiff_t i = 0; i < STRIDE; i++) kept[i] = y[i] = dice_between(&d, -1.0, 1.0);
            for (ptrdiff_t c = 0; c < COLUMNS; c++) back[c] = z[c] = dice_between(&d, -1.0, 1.0);
            ent_columns_add(rows, columns, STRIDE, a, x, y);
            ent_columns_dot(rows, columns, STRIDE, a, kept, z);
            for (ptrdiff_t i = 0; i < STRIDE; i++) {
                long double sum = kept[i];
                for (ptrdiff_t c = 0; c < columns && i < rows; c++) sum += (long double)a[c * STRIDE + i] * x[c];
                CHECK_NEAR(y[i], (double)sum, 1e-14);
            }
            for (ptrdiff_t c = 0; c < COLUMNS; c++) {
                long double sum = back[c];
                for (ptrdiff_t i = 0; i < rows && c < columns; i++) sum += (long double)a[c * STRIDE + i] * kept[i];
                CHECK_NEAR(z[c], (double)sum, 1e-14);
            }
        }
}

TEST(the_largest_is_found_wherever_it_stands, "num")
{
    double x[MOST];
    for (ptrdiff_t n = 0; n <= MOST; n++)
        for (ptrdiff_t at = 0; at < n; at++) {
            for (ptrdiff_t e = 0; e < MOST; e++) x[e] = e < n ? (e % 2 == 0 ? 0.5 : -0.5) : 9.0;
            x[at] = at % 3 == 0 ? -2.0 : 2.0;
            CHECK(ent_largest(n, x) == 2.0);
        }
    CHECK(ent_largest(0, x) == 0.0);
}

/* Many vectors at once give each what it gets alone, to the bit. */
TEST(columns_for_many_are_columns_for_each, "5")
{
    enum {
        ROWS = 24,
        COLUMNS = 21,
        VECTORS = 13
    };
    double a[COLUMNS * ROWS], x[VECTORS][ROWS], y[VECTORS][ROWS], z[VECTORS][ROWS];
    const double *from[VECTORS];
    double *to[VECTORS];
    dice die = {.state = 77};
    for (int i = 0; i < COLUMNS * ROWS; i++) a[i] = dice_between(&die, -1.0, 1.0);
    for (int many = 0; many <= VECTORS; many++)
        for (int dot = 0; dot < 2; dot++) {
            for (int v = 0; v < VECTORS; v++) {
                for (int i = 0; i < ROWS; i++) {
                    x[v][i] = dice_between(&die, -1.0, 1.0);
                    y[v][i] = z[v][i] = dice_between(&die, -1.0, 1.0);
                }
                from[v] = x[v];
                to[v] = y[v];
            }
            (dot ? ent_columns_dot_many : ent_columns_add_many)(ROWS, COLUMNS, ROWS, a, many, from, to);
            for (int v = 0; v < many; v++)
                (dot ? ent_columns_dot : ent_columns_add)(ROWS, COLUMNS, ROWS, a, x[v], z[v]);
            CHECK(memcmp(y, z, sizeof y) == 0);
        }
}
