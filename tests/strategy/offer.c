/* offer.c: the best demand by trying them all, and the best mediation by trying thresholds on a grid of types. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

TEST(no_other_demand_is_worth_more, "C7")
{
    dice d = {31};
    ent_error err;
    for (int draw = 0; draw < 100; draw++) {
        const double p = dice_between(&d, 0.0, 1.0), own = dice_between(&d, 0.0, 0.5), low = dice_between(&d, 0.0, 0.2);
        const double high = low + dice_between(&d, 0.01, 0.6);
        ent_risk best;
        MUST(ent_risk_return(p, own, low, high, &best, &err), err);
        for (double x = 0.0; x <= 1.0; x += 0.001) {
            const double refuse = fmin(1.0, fmax(0.0, (x - p - low) / (high - low)));
            CHECK(x * (1.0 - refuse) + (p - own) * refuse <= best.proposer + 1e-12);
        }
    }
    ent_risk textbook; /* p + (C − c)/2 and (1 − c/C)/2 */
    MUST(ent_risk_return(0.5, 0.1, 0.0, 0.3, &textbook, &err), err);
    CHECK_NEAR(textbook.demand, 0.6, 1e-15);
    CHECK_NEAR(textbook.risk, 1.0 / 3.0, 1e-15);
    MUST(ent_risk_return(0.5, 0.4, 0.0, 0.3, &textbook, &err), err);
    CHECK_NEAR(textbook.demand, 0.5, 1e-15);
    CHECK(textbook.risk == 0.0);
    CHECK(ent_risk_return(1.5, 0.0, 0.0, 1.0, &textbook, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the proposer's share of the pie in a war is 1.5; it lies between 0 and 1");
    CHECK(ent_risk_return(0.5, 0.0, 1.0, 1.0, &textbook, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "costs of war are not negative, and the responder's lie between two different ones; given are "
                         "0 for the proposer, 1 to 1 for the responder");
}

TEST(mediation_between_equal_uniform_types_reaches_nine_of_sixty_four, "C7")
{
    ent_error err;
    ent_ceiling c;
    const double unit[2] = {0.0, 1.0};
    MUST(ent_mediation_ceiling(unit, unit, &c, &err), err);
    CHECK_NEAR(c.margin, 0.25, 1e-14);
    CHECK_NEAR(c.surplus, 9.0 / 64.0, 1e-14);
    CHECK_NEAR(c.first_surplus, 1.0 / 6.0, 1e-14);
    CHECK_NEAR(c.probability, 9.0 / 32.0, 1e-14);
    CHECK_NEAR(c.first_probability, 0.5, 1e-14);
    const double far[2] = {2.5, 3.0}; /* trade is worth it for all types, and wide enough apart */
    MUST(ent_mediation_ceiling(far, unit, &c, &err), err);
    CHECK(c.margin == 0.0);
    CHECK_NEAR(c.probability, 1.0, 1e-14);
    CHECK_NEAR(c.surplus, 2.75 - 0.5, 1e-14);
    const double below[2] = {-2.0, -1.0};
    MUST(ent_mediation_ceiling(below, unit, &c, &err), err);
    CHECK(c.probability == 0.0 && c.surplus == 0.0);
    CHECK(ent_mediation_ceiling(unit, (double[]){0.5, 0.5}, &c, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a private value lies between two different numbers; given are 0 to 1 and 0.5 to 0.5");
}

/* On a grid of types: the least threshold whose virtual surplus pays for itself. */
TEST(the_margin_is_the_least_that_pays_for_itself, "C7")
{
    dice d = {32};
    ent_error err;
    for (int draw = 0; draw < 20; draw++) {
        enum {
            TYPES = 400
        };
        const double v0 = dice_between(&d, 0.0, 0.6), c0 = dice_between(&d, 0.0, 0.6);
        const double v[2] = {v0, v0 + dice_between(&d, 0.2, 1.0)}, c[2] = {c0, c0 + dice_between(&d, 0.2, 1.0)};
        ent_ceiling got;
        MUST(ent_mediation_ceiling(v, c, &got, &err), err);
        double at = 0.0;
        for (;; at += 0.0005) {
            double sum = 0.0;
            for (int a = 0; a < TYPES; a++)
                for (int b = 0; b < TYPES; b++) {
                    const double x = v[0] + (v[1] - v[0]) * (a + 0.5) / TYPES;
                    const double y = c[0] + (c[1] - c[0]) * (b + 0.5) / TYPES;
                    if (x - y >= at) sum += 2.0 * x - v[1] - (2.0 * y - c[0]);
                }
            if (sum >= 0.0 || at > 2.0) break;
        }
        CHECK_NEAR(got.margin, v[1] > c[0] ? at : 0.0, 0.004);
        CHECK(got.surplus <= got.first_surplus + 1e-15 && got.probability <= got.first_probability + 1e-15);
    }
}
