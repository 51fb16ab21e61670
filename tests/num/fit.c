/* fit.c: a line through points by its normal equations; columns that say nothing new. */
// SPDX-License-Identifier: MIT
#include "num/fit.h"
#include "test.h"

TEST(a_line_through_four_points, "num")
{
    double a[8] = {1, 1, 1, 1, 1, 2, 3, 4}, b[4] = {6, 5, 7, 10}, x[2];
    CHECK(ent_fit(4, 2, a, b, x) == 2);
    CHECK_NEAR(x[0], 3.5, 1e-13);
    CHECK_NEAR(x[1], 1.4, 1e-13);
}

TEST(a_column_that_others_span_counts_for_nothing, "num")
{
    double a[12] = {1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 3, 4}, b[4] = {6, 5, 7, 10}, x[3];
    CHECK(ent_fit(4, 3, a, b, x) == 2);
    CHECK_NEAR(x[0], 3.5, 1e-13);
    CHECK_NEAR(x[1], 0.0, 0.0);
    CHECK_NEAR(x[2], 1.4, 1e-13);
    double wide[6] = {1, 0, 0, 1, 1, 1}, right[2] = {2, 3};
    CHECK(ent_fit(2, 3, wide, right, x) == 2);
    CHECK_NEAR(x[0], 2.0, 1e-15);
    CHECK_NEAR(x[1], 3.0, 1e-15);
}
