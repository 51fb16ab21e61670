/* coercion.c: the law of peace against drawn costs of war, and what it must do. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* Costs drawn: 1/c from a Frechet law by its inverse, (s/−log U)^(1/η); attacks where the gain exceeds the cost. */
TEST(peace_is_as_likely_as_drawn_costs_keep_it, "Cooley")
{
    const ent_coercion law = {.scale = 3.0, .capability = 0.8, .distance = 0.5, .size = 0.3, .gain = 1.4};
    const ent_attacker attacker[2] = {{2.0, 1.5, 0.6, 0.9, -0.2}, {0.7, 0.4, 1.1, 1.3, -0.5}};
    double hazard[2], by[2], s[2];
    ent_coerced c = {.hazard = hazard, .by = by};
    ent_error err;
    dice d = {5};
    MUST(ent_coercion_solve(&law, 2, attacker, 0.1, &c, &err), err);
    for (int j = 0; j < 2; j++)
        s[j] = pow(attacker[j].capability, 0.8) / sqrt(attacker[j].distance) * pow(attacker[j].size, 0.3) / 3.0;
    int peaceful = 0;
    enum {
        DRAWS = 400000
    };
    for (int draw = 0; draw < DRAWS; draw++) {
        int attacked = 0;
        for (int j = 0; j < 2; j++) {
            const double inverse = pow(s[j] / -log(1.0 - dice_roll(&d)), 1.0 / 1.4);
            attacked |= attacker[j].gain > 1.0 / inverse;
        }
        peaceful += !attacked;
    }
    CHECK_NEAR(c.peace, (double)peaceful / DRAWS, 4.0 * sqrt(c.peace * (1.0 - c.peace) / DRAWS));
    CHECK_NEAR(c.peace, exp(-s[0] * pow(0.9, 1.4) - s[1] * pow(1.3, 1.4)), 1e-14);
    CHECK_NEAR(by[0] + by[1], 1.0 - c.peace, 1e-14);
    CHECK_NEAR(by[0] / by[1], hazard[0] / hazard[1], 1e-12);
    CHECK_NEAR(c.attacked, (hazard[0] * -0.2 + hazard[1] * -0.5) / (hazard[0] + hazard[1]), 1e-14);
    CHECK_NEAR(c.objective, c.peace * 0.1 + (1.0 - c.peace) * c.attacked, 1e-14);
}

TEST(who_gains_nothing_by_war_leaves_peace_alone, "Cooley")
{
    const ent_coercion law = {1.0, 1.0, 1.0, 1.0, 2.0};
    ent_attacker attacker[2] = {{1.0, 1.0, 1.0, 0.0, -9.0}, {1.0, 1.0, 1.0, -0.3, -9.0}};
    double hazard[2], by[2], last = 1.0;
    ent_coerced c = {.hazard = hazard, .by = by};
    ent_error err;
    MUST(ent_coercion_solve(&law, 2, attacker, 0.25, &c, &err), err);
    CHECK(c.peace == 1.0 && c.objective == 0.25 && c.attacked == 0.25 && by[0] == 0.0 && by[1] == 0.0);
    MUST(ent_coercion_solve(&law, 0, NULL, 0.25, &c, &err), err);
    CHECK(c.peace == 1.0 && c.objective == 0.25);
    for (attacker[0].gain = 0.1; attacker[0].gain < 100.0; attacker[0].gain *= 2.0) { /* the more there is to win */
        MUST(ent_coercion_solve(&law, 2, attacker, 0.25, &c, &err), err);
        CHECK(c.peace < last || c.peace == 0.0);
        last = c.peace;
    }
    CHECK_NEAR(c.objective, -9.0, 1e-12); /* an attack is sure in the end */
    attacker[0].capability = 1e300;
    attacker[0].gain = 1e300;
    MUST(ent_coercion_solve(&law, 2, attacker, 0.25, &c, &err), err);
    CHECK(c.peace == 0.0 && by[0] == 1.0 && c.attacked == -9.0);
}

TEST(coercion_that_makes_no_sense_is_refused, "Cooley")
{
    ent_coercion law = {0.0, 1.0, 1.0, 1.0, 1.0};
    ent_attacker attacker = {1.0, 0.0, 1.0, 0.1, 0.0};
    double hazard, by;
    ent_coerced c = {.hazard = &hazard, .by = &by};
    ent_error err;
    CHECK(ent_coercion_solve(&law, 1, &attacker, 0.0, &c, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the law of war costs needs a scale and an exponent of gains above 0; given are 0 and 1, and "
                         "exponents 1, 1 and 1 of capability, distance and size");
    law.scale = 1.0;
    CHECK(ent_coercion_solve(&law, 1, &attacker, 0.0, &c, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text,
               "attacker 1 has capability 1, distance 0 and size 1, which must be above 0, and a gain of 0.1, "
               "which must be a number");
}
