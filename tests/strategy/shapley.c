/* shapley.c: gloves, unanimity, and all orders of entry one by one. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static void enter(ptrdiff_t players, const double *worth, size_t inside, double *share, double *orders)
{
    const size_t all = ((size_t)1 << players) - 1;
    if (inside == all) {
        *orders += 1.0;
        return;
    }
    for (ptrdiff_t i = 0; i < players; i++) {
        const size_t member = (size_t)1 << i;
        double before = *orders;
        if (inside & member) continue;
        enter(players, worth, inside | member, share, orders);
        share[i] += (*orders - before) * (worth[inside | member] - worth[inside]);
    }
}

TEST(a_share_is_the_mean_over_all_orders, "C7")
{
    dice d = {51};
    ent_error err;
    for (ptrdiff_t players = 1; players <= 7; players++) {
        double worth[128] = {0}, share[7], slow[7] = {0}, orders = 0.0, sum = 0.0;
        for (size_t s = 1; s < (size_t)1 << players; s++) worth[s] = dice_between(&d, -3.0, 10.0);
        MUST(ent_shapley(players, worth, share, &err), err);
        enter(players, worth, 0, slow, &orders);
        for (ptrdiff_t i = 0; i < players; i++) {
            CHECK_NEAR(share[i], slow[i] / orders, 1e-12);
            sum += share[i];
        }
        CHECK_NEAR(sum, worth[((size_t)1 << players) - 1], 1e-12);
    }
}

TEST(one_left_glove_is_worth_four_times_a_right_one, "C7")
{
    ent_error err;
    double worth[8] = {0}, share[3];
    for (int s = 0; s < 8; s++) worth[s] = (s & 1) && (s & 6) ? 1.0 : 0.0;
    MUST(ent_shapley(3, worth, share, &err), err);
    CHECK_NEAR(share[0], 2.0 / 3.0, 1e-15);
    CHECK_NEAR(share[1], 1.0 / 6.0, 1e-15);
    worth[0] = 1.0;
    CHECK(ent_shapley(3, worth, share, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the worth of coalition 0 is 1; nobody is worth 0");
    CHECK(ent_shapley(21, worth, share, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a coalition has 1 to 20 members, not 21");
}
