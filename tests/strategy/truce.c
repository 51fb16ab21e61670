/* truce.c: the patience of truces, from their definitions. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* u_D − u_C = (δ + … + δ^T)(u_C − u_N), summed term by term. */
TEST(a_truce_needs_the_patience_that_makes_both_ways_worth_the_same, "I8")
{
    dice d = {11};
    for (int draw = 0; draw < 300; draw++) {
        const double n = dice_between(&d, -2.0, 1.0), c = n + exp(dice_between(&d, -6.0, 1.0));
        const double D = c + exp(dice_between(&d, -6.0, 1.0));
        const double grim = ent_truce_patience(c, D, n, ENT_FOREVER);
        CHECK(grim > 0.0 && grim < 1.0);
        CHECK_NEAR((1.0 - grim) * D + grim * n, c, 1e-12 * (1.0 + fabs(c) + D));
        double before = INFINITY;
        for (ptrdiff_t T = 1; T < 60; T++) {
            const double delta = ent_truce_patience(c, D, n, T);
            if (!isfinite(delta)) {
                CHECK(D - c > (double)T * (c - n) * (1.0 - 1e-12));
                continue;
            }
            double sum = 0.0, power = 1.0;
            for (ptrdiff_t t = 0; t < T; t++) sum += power *= delta;
            CHECK_NEAR(sum * (c - n), D - c, 1e-10 * (D - c) + 1e-14);
            CHECK(delta <= before + 1e-15 && delta >= grim - 1e-12);
            before = delta;
        }
        CHECK_NEAR(ent_truce_patience(c, D, n, 100000), grim, 1e-4 / (1.0 - grim));
    }
}

TEST(no_temptation_needs_no_patience_and_no_loss_deters_nobody, "I8")
{
    CHECK(ent_truce_patience(1.0, 1.0, 0.0, ENT_FOREVER) == 0.0);
    CHECK(ent_truce_patience(1.0, 0.5, 0.0, 3) == 0.0);
    CHECK(isinf(ent_truce_patience(1.0, 2.0, 1.0, ENT_FOREVER)));
    CHECK(isinf(ent_truce_patience(1.0, 2.0, 1.5, 4)));
    CHECK(isinf(ent_truce_patience(1.0, 3.5, 0.0, 2)));           /* 2.5 is more than two periods can take */
    CHECK_NEAR(ent_truce_patience(1.0, 3.0, 0.0, 2), 1.0, 1e-15); /* 2 is just what they can */
    CHECK_NEAR(ent_truce_patience(1.0, 1.5, 0.0, 1), 0.5, 1e-15);
    CHECK(isnan(ent_truce_patience(NAN, 1.0, 0.0, 1)));
}

/* One period of penance: who refuses and is punished anew has c + δ P + δ² C + …, who takes it P + δ C + … */
TEST(penance_is_taken_from_the_patience_on_at_which_refusing_pays_no_more, "I8")
{
    dice d = {12};
    for (int draw = 0; draw < 100; draw++) {
        const double P = dice_between(&d, -1.0, 0.0), C = dice_between(&d, 0.0, 1.0), refusal = dice_between(&d, P, C);
        for (ptrdiff_t T = 1; T < 5; T++) {
            const double delta = ent_truce_penance(C, P, refusal, T);
            double take = 0.0, power = 1.0;
            for (ptrdiff_t t = 0; t < 4000; t++, power *= delta) take += power * (t < T ? P : C);
            take += power * C / (1.0 - delta);
            if (delta > 0.999) continue;
            CHECK_NEAR(refusal + delta * take, take, 1e-9 * (1.0 + fabs(take)));
        }
    }
    CHECK(ent_truce_penance(1.0, 0.0, -0.5, 1) == 0.0);
    CHECK(isinf(ent_truce_penance(1.0, 0.0, 1.5, 1)));
}

TEST(a_discount_factor_and_its_rate_are_two_names, "talk")
{
    CHECK_NEAR(ent_discount_factor(0.05, 1.0), exp(-0.05), 1e-16);
    CHECK_NEAR(ent_discount_rate(ent_discount_factor(0.07, 4.0), 4.0), 0.07, 1e-15);
}
