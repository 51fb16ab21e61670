/* stocks.c, repair.c: negative stock changes treated, gaps judged and closed. */
// SPDX-License-Identifier: MIT
#include "table/repair.h"
#include "tiny.h"

static double sold(const ent_table *t, int row)
{
    double sum = 0.0;
    for (int c = 0; c < 4; c++) sum += t->z[4 * row + c] + t->f[4 * row + c];
    return sum;
}

static double cost(const ent_table *t, int column)
{
    double sum = t->tls[column] + t->va[2 * column] + t->va[2 * column + 1];
    for (int row = 0; row < 4; row++) sum += t->z[4 * row + column];
    return sum;
}

static void check_balance(const ent_table *t)
{
    for (int k = 0; k < 4; k++) {
        CHECK_NEAR(sold(t, k), t->x[k], 1e-12 * t->x[k]);
        CHECK_NEAR(cost(t, k), t->x[k], 1e-12 * t->x[k]);
    }
}

/* Mexican vehicles: f = 2 HFCE, 0 INVNT at home, 1 and 0 in the USA; z = 3 1 | 2 1. Take `fall` out of stocks at home,
 * and so out of output, whose column pays for it with capital. */
static ent_status with_fall(double fall, ent_arena *house, ent_table *t, ent_error *err)
{
    ENT_TRY(tiny_table(house, t, err));
    t->f[1] = -fall;
    t->x[0] -= fall;
    t->va[1] -= fall;
    return ENT_OK;
}

TEST(a_small_fall_of_stocks_comes_off_the_other_final_uses_there, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(with_fall(0.5, &house, &t, &err), err);
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_MOVE, &house, &err), err);
    CHECK_NEAR(t.f[0], 1.5, 0.0);
    CHECK(t.f[1] == 0.0);
    CHECK_NEAR(t.z[0], 3.0, 0.0);
    check_balance(&t);
    CHECK_TEXT(t.history,
               "stocks move: 1 negative cell of final use (-0.5 million US dollars) taken off other final uses "
               "there (0.5), producers there (0), uses elsewhere (0)");
}

TEST(a_larger_one_comes_off_producers_there_by_their_sizes, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(with_fall(4.0, &house, &t, &err), err); /* 2 from households, 2 of 3 + 1 from producers */
    const double capital = t.va[3], labour = t.va[2];
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_MOVE, &house, &err), err);
    CHECK(t.f[0] == 0.0 && t.f[1] == 0.0);
    CHECK_NEAR(t.z[0], 1.5, 1e-15);
    CHECK_NEAR(t.z[1], 0.5, 1e-15);
    CHECK_NEAR(t.va[2] + t.va[3], labour + capital + 0.5, 1e-14); /* Mexican services bought 0.5 less */
    CHECK_NEAR(t.va[2] / t.va[3], labour / capital, 1e-14);
    check_balance(&t);
}

TEST(the_largest_comes_off_uses_elsewhere, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(with_fall(6.5, &house, &t, &err), err); /* 2 + 4 there, 0.5 of the American household's 1 */
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_MOVE, &house, &err), err);
    CHECK(t.z[0] == 0.0 && t.z[1] == 0.0);
    CHECK_NEAR(t.f[2], 0.5, 1e-15);
    CHECK_NEAR(t.z[2], 2.0, 0.0);
    check_balance(&t);
}

TEST(a_row_that_sells_less_than_nothing_is_emptied_and_said, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(with_fall(12.0, &house, &t, &err), err); /* all sales are 10 */
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_MOVE, &house, &err), err);
    CHECK(sold(&t, 0) == 0.0);
    CHECK(strstr(t.history, "1 row whose stock changes exceed all sales emptied (-2 million US dollars)") != NULL);
}

/* x' = (I - A)^-1 f' by the sum of its powers, from the coefficients of the table before. */
TEST(leontief_recomputes_outputs_with_constant_coefficients, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table t, before;
    ent_error err = {{0}};
    double wanted[4], wave[4];
    MUST(with_fall(1.5, &house, &t, &err), err);
    MUST(with_fall(1.5, &house, &before, &err), err);
    for (int r = 0; r < 4; r++) {
        wave[r] = wanted[r] = 0.0;
        for (int c = 0; c < 4; c++) wave[r] += fmax(before.f[4 * r + c], 0.0);
    }
    for (int power = 0; power < 400; power++) {
        double next[4] = {0};
        for (int r = 0; r < 4; r++) {
            wanted[r] += wave[r];
            for (int c = 0; c < 4; c++) next[r] += before.z[4 * r + c] / before.x[c] * wave[c];
        }
        memcpy(wave, next, sizeof wave);
    }
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_LEONTIEF, &house, &err), err);
    for (int r = 0; r < 4; r++) {
        CHECK_NEAR(t.x[r], wanted[r], 1e-12 * wanted[r]);
        CHECK_NEAR(t.va[2 * r] / t.x[r], before.va[2 * r] / before.x[r], 1e-12);
        for (int c = 0; c < 4; c++) CHECK_NEAR(t.z[4 * r + c] / t.x[c], before.z[4 * r + c] / before.x[c], 1e-12);
    }
    CHECK(t.f[1] == 0.0);
    check_balance(&t);
}

TEST(leontief_says_where_inputs_cost_more_than_output, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &t, &err), err);
    t.z[0] = 50.0; /* to a sector whose output is 10 */
    CHECK(ent_table_clean_stocks(&t, ENT_STOCKS_LEONTIEF, &house, &err) == ENT_NOT_CONVERGED);
    CHECK_TEXT(err.text,
               "tiny: outputs under constant input coefficients do not settle; some sector's inputs cost more than "
               "its output; use --stocks move");
}

TEST(a_table_without_falls_stays_as_it_is, "T2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &t, &err), err);
    const char *hash = ent_table_hash(&t, &house);
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_MOVE, &house, &err), err);
    MUST(ent_table_clean_stocks(&t, ENT_STOCKS_KEEP, &house, &err), err);
    CHECK_TEXT(ent_table_hash(&t, &house), hash);
    CHECK_TEXT(t.history, "");
}

/* ---- repair ---- */

TEST(repair_sets_output_to_sales_and_value_added_to_the_rest, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &t, &err), err);
    const double labour_share = t.va[0] / (t.va[0] + t.va[1]);
    t.f[0] += 1.0; /* Mexican vehicles: E1 misses 1, then E2 too */
    MUST(ent_table_repair(&t, &house, &err), err);
    CHECK_NEAR(t.x[0], 11.0, 1e-12);
    CHECK_NEAR(t.va[0] / (t.va[0] + t.va[1]), labour_share, 1e-14);
    check_balance(&t);
    CHECK_TEXT(t.history,
               "repaired: output set to the sum of sales (1 change, 1 million US dollars in all; largest +1, Motor "
               "vehicles in Mexico)\n"
               "repaired: value added set to output less inputs and taxes (1 change, 1 million US dollars in all; "
               "largest +1, Motor vehicles in Mexico)");
}

TEST(repair_gives_the_inputs_of_an_idle_sector_to_final_use, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &t, &err), err);
    for (int c = 0; c < 4; c++) t.z[c] = t.f[c] = 0.0; /* Mexico makes no vehicles, but is said to buy for it */
    const double services = t.z[4] + t.f[4];
    MUST(ent_table_repair(&t, &house, &err), err);
    CHECK(t.x[0] == 0.0 && t.va[0] == 0.0 && t.va[1] == 0.0 && t.tls[0] == 0.0);
    CHECK(t.z[4] == 0.0);
    CHECK_NEAR(t.f[4], services, 0.0);
    check_balance(&t);
    CHECK(strstr(t.history, "repaired: inputs of sectors without output moved to final use (1 change") != NULL);
}

TEST(repair_clears_negative_sales_and_names_negative_value_added, "E2")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &t, &err), err);
    t.z[1] = -1.0;
    t.z[3 * 4] = 30.0; /* more American services than Mexican vehicles are worth */
    MUST(ent_table_repair(&t, &house, &err), err);
    CHECK(t.z[1] == 0.0);
    check_balance(&t);
    CHECK(strstr(t.history,
                 "repaired: negative intermediate sales set to 0 (1 change, 1 million US dollars in all; largest -1, "
                 "Motor vehicles in Mexico)") != NULL);
}

TEST(gaps_are_none_rounding_or_large, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    ent_gaps gaps;
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_gaps_judge(&t, (ent_rounding){0.0}, &gaps, &err), err);
    CHECK(gaps == ENT_GAPS_NONE);
    t.f[0] += 5e-6; /* of an output of 10 */
    MUST(ent_gaps_judge(&t, (ent_rounding){0.0}, &gaps, &err), err);
    CHECK(gaps == ENT_GAPS_ROUNDING);
    t.f[0] += 0.25;
    MUST(ent_gaps_judge(&t, (ent_rounding){0.0}, &gaps, &err), err);
    CHECK(gaps == ENT_GAPS_LARGE);
    MUST(ent_gaps_judge(&t, (ent_rounding){0.05}, &gaps, &err), err); /* 9 cells printed to one decimal */
    CHECK(gaps == ENT_GAPS_ROUNDING);
    t.f[0] = NAN;
    MUST(ent_gaps_judge(&t, (ent_rounding){0.05}, &gaps, &err), err);
    CHECK(gaps == ENT_GAPS_LARGE);
}

TEST(treatments_fail_cleanly_at_every_allocation, "faults")
{
    for (int how = 0; how < 3; how++)
        for (long nth = 1;; nth++) {
            ENT_SCRATCH house = {0}, room = {0};
            ent_table t;
            ent_error err = {{0}};
            MUST(with_fall(6.5, &house, &t, &err), err);
            t.f[4] += how == 2 ? 1.0 : 0.0;
            test_fail_allocation(nth);
            const ent_status status =
                how == 2 ? ent_table_repair(&t, &room, &err) : ent_table_clean_stocks(&t, (ent_stocks)how, &room, &err);
            test_fail_allocation(0);
            if (status == ENT_OK) break;
            CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
            if (nth == 100) {
                test_fail(__FILE__, __LINE__, "a hundred allocations were not enough");
                break;
            }
        }
}
