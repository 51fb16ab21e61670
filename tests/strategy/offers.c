/* offers.c: Rubinstein's shares: the printed formulas, and a game cut off after very many offers. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

TEST(the_first_offer_leaves_what_waiting_is_worth, "C7")
{
    ent_error err;
    ent_offers_result r;
    for (double a = 0.05; a < 1.0; a += 0.09)
        for (double b = 0.05; b < 1.0; b += 0.09) {
            const ent_offers plain = {.discount = {a, b}};
            MUST(ent_offers_solve(&plain, &r, &err), err);
            CHECK_NEAR(r.first, (1.0 - b) / (1.0 - a * b), 1e-15);
            CHECK_NEAR(r.second, a * r.first, 1e-15);
            CHECK(r.agreed && !r.outside_binds[0] && !r.outside_binds[1]);
        }
    /* offers in quick succession: r_1/(r_0 + r_1) */
    const double rate[2] = {0.04, 0.06}, none[2] = {0.0, 0.0}, flow[2] = {0.2, 0.3};
    const double quick = 1e-7;
    ent_offers fast = {.discount = {exp(-rate[0] * quick), exp(-rate[1] * quick)}};
    MUST(ent_offers_solve(&fast, &r, &err), err);
    CHECK_NEAR(r.first, 0.6, 1e-7);
    CHECK_NEAR(ent_offers_limit(rate, none), 0.6, 1e-15);
    fast.inside[0] = 0.2, fast.inside[1] = 0.3;
    MUST(ent_offers_solve(&fast, &r, &err), err);
    CHECK_NEAR(r.first, 0.2 + 0.5 * 0.6, 1e-7);
    CHECK_NEAR(ent_offers_limit(rate, flow), 0.5, 1e-15);
}

/* The responder's outside option binds only above δ_1 (1 − δ_0)/(1 − δ_0 δ_1), and then she gets it. */
TEST(an_outside_option_counts_only_where_it_beats_waiting, "C7")
{
    ent_error err;
    ent_offers_result r;
    const double d0 = 0.9, d1 = 0.8, edge = d1 * (1.0 - d0) / (1.0 - d0 * d1);
    for (double o = 0.0; o < 1.0; o += 0.03125) {
        const ent_offers offers = {.discount = {d0, d1}, .outside = {0.0, o}};
        MUST(ent_offers_solve(&offers, &r, &err), err);
        CHECK(r.outside_binds[1] == (o > edge));
        CHECK_NEAR(1.0 - r.first, o > edge ? o : edge, 1e-15);
    }
}

/* What the first mover gets of a game that ends with nothing after 2 K offers, backwards from its end. */
static double cut_off(const ent_offers *o, int offers)
{
    double next = 0.0; /* value of the next round to player 0, and what is left for the other */
    double left = 0.0;
    for (int k = offers; k > 0; k--) {
        const int i = k % 2 == 1 ? 0 : 1, j = 1 - i; /* i proposes in round k, the first is player 0's */
        const double value[2] = {next, left};
        const double wait = (1.0 - o->discount[j]) * o->inside[j] + o->discount[j] * value[j];
        const double hers = fmax(o->outside[j], wait);
        next = i == 0 ? 1.0 - hers : hers;
        left = 1.0 - next;
    }
    return next;
}

TEST(endless_offers_are_the_limit_of_many, "C7")
{
    dice d = {13};
    ent_error err;
    ent_offers_result r;
    for (int draw = 0; draw < 300; draw++) {
        ent_offers o = {.discount = {dice_between(&d, 0.0, 0.98), dice_between(&d, 0.0, 0.98)}};
        o.inside[0] = dice_between(&d, 0.0, 0.7);
        o.inside[1] = dice_between(&d, 0.0, 1.0 - o.inside[0]);
        o.outside[0] = dice_between(&d, 0.0, 0.8);
        o.outside[1] = dice_between(&d, 0.0, 1.0 - o.outside[0]);
        MUST(ent_offers_solve(&o, &r, &err), err);
        CHECK_NEAR(r.first, cut_off(&o, 4000), 1e-12);
        CHECK_NEAR(
            r.second,
            cut_off(
                &(ent_offers){{o.discount[1], o.discount[0]}, {o.inside[1], o.inside[0]}, {o.outside[1], o.outside[0]}},
                4000) *
                    -1.0 +
                1.0,
            1e-12);
    }
}

TEST(talks_over_less_than_nothing_break_up, "talk")
{
    ent_error err;
    ent_offers_result r;
    const ent_offers greedy = {.discount = {0.9, 0.9}, .outside = {0.7, 0.6}};
    MUST(ent_offers_solve(&greedy, &r, &err), err);
    CHECK(!r.agreed && isnan(r.first));
    const ent_offers patient = {.discount = {1.0, 1.0}};
    CHECK(ent_offers_solve(&patient, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "where nobody minds waiting, offers have no one outcome: give one of the players a discount "
                         "factor below 1");
    const ent_offers wrong = {.discount = {1.2, 0.5}};
    CHECK(ent_offers_solve(&wrong, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a discount factor of offers lies between 0 and 1; player 1 has 1.2");
    const ent_offers debt = {.discount = {0.5, 0.5}, .inside = {0.0, -1.0}};
    CHECK(ent_offers_solve(&debt, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "inside and outside options are shares of the pie, not negative; player 2 has -1 and 0");
}
