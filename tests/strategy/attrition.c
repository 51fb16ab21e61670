/* attrition.c: who waits is indifferent at every date, by integration; and dates and masses by many played wars. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static ent_attrition draw_war(dice *d)
{
    ent_attrition w = {.war = {0.0, 0.0}};
    for (int i = 0; i < 2; i++) {
        w.war[i] = dice_between(d, -1.0, 0.0);
        w.yield[i] = w.war[i] + dice_between(d, 0.1, 1.0);
        w.win[i] = w.yield[i] + dice_between(d, 0.1, 1.0);
        w.rate[i] = dice_between(d, 0.02, 0.3);
        w.prior[i] = dice_between(d, 0.001, 0.4);
    }
    return w;
}

/* What i has in mind who gives in at T: the flow of war, and what the other's giving in brings, by Simpson's rule. */
static double plan_of(const ent_attrition *w, const ent_attrition_result *r, int i, double T)
{
    enum {
        PIECES = 2000
    };
    const int j = 1 - i;
    const double still = 1.0 - r->at_once[j], rate = w->rate[i], h = T / PIECES;
    double sum = 0.0;
    for (int k = 0; k <= PIECES; k++) {
        const double t = k * h, alive = still * exp(-r->hazard[j] * t);
        const double flow = exp(-rate * t) * (alive * w->war[i] + alive * r->hazard[j] * w->win[i] / rate);
        sum += flow * (k == 0 || k == PIECES ? 1.0 : k % 2 ? 4.0 : 2.0);
    }
    return r->at_once[j] * w->win[i] / rate + sum * h / 3.0 +
           exp(-rate * T) * still * exp(-r->hazard[j] * T) * w->yield[i] / rate;
}

TEST(who_waits_does_not_mind_when_to_give_in, "C7")
{
    dice d = {21};
    ent_error err;
    for (int draw = 0; draw < 60; draw++) {
        const ent_attrition w = draw_war(&d);
        ent_attrition_result r;
        MUST(ent_attrition_solve(&w, &r, &err), err);
        for (int i = 0; i < 2; i++)
            for (double part = 0.0; part <= 1.0; part += 0.125)
                CHECK_NEAR(plan_of(&w, &r, i, part * r.end) * w.rate[i], r.payoff[i], 1e-9);
        CHECK(r.at_once[0] == 0.0 || r.at_once[1] == 0.0);
        for (int i = 0; i < 2; i++) /* at the end only the stubborn are left */
            CHECK_NEAR((1.0 - r.at_once[i]) * exp(-r.hazard[i] * r.end), w.prior[i], 1e-12);
    }
}

/* λ_i = r_j (1 − a_i)/(a_0 + a_1 − 1), T = −ln z/λ, m = 1 − z exp(λ T_0), payoffs a_j m_i + (1 − a_i)(1 − m_i). */
TEST(two_demands_are_the_flows_of_abreu_and_gul, "C7")
{
    dice d = {22};
    ent_error err;
    for (int draw = 0; draw < 100; draw++) {
        const double a[2] = {dice_between(&d, 0.55, 0.95), dice_between(&d, 0.5, 0.95)};
        const double r[2] = {dice_between(&d, 0.01, 0.2), dice_between(&d, 0.01, 0.2)};
        const double z[2] = {dice_between(&d, 0.01, 0.3), dice_between(&d, 0.01, 0.3)};
        const ent_attrition w = ent_attrition_demands(a, r, z);
        ent_attrition_result got;
        MUST(ent_attrition_solve(&w, &got, &err), err);
        double T[2], lambda[2];
        for (int i = 0; i < 2; i++) {
            lambda[i] = r[1 - i] * (1.0 - a[i]) / (a[0] + a[1] - 1.0);
            T[i] = -log(z[i]) / lambda[i];
        }
        const double end = fmin(T[0], T[1]);
        for (int i = 0; i < 2; i++) {
            const int j = 1 - i;
            const double m = 1.0 - z[i] * exp(lambda[i] * end);
            CHECK_NEAR(got.hazard[i], lambda[i], 1e-14);
            CHECK_NEAR(got.at_once[i], m, 1e-12);
            CHECK_NEAR(got.payoff[j], a[j] * m + (1.0 - a[i]) * (1.0 - m), 1e-12);
        }
    }
}

/* Dates drawn from the two strategies, a million wars. */
TEST(dates_and_masses_are_those_of_many_wars, "C7")
{
    dice d = {23};
    ent_error err;
    for (int draw = 0; draw < 4; draw++) {
        const ent_attrition w = draw_war(&d);
        ent_attrition_result r;
        MUST(ent_attrition_solve(&w, &r, &err), err);
        enum {
            WARS = 200000
        };
        double dates = 0.0, over = 0.0, by_half = 0.0, gives[2] = {0};
        const double date = 0.4 * r.end;
        for (int war = 0; war < WARS; war++) {
            double when[2];
            for (int i = 0; i < 2; i++) {
                const double u = dice_between(&d, 0.0, 1.0), left = 1.0 - r.at_once[i];
                when[i] = u < r.at_once[i]       ? 0.0
                          : u < 1.0 - w.prior[i] ? log(left / (1.0 - u)) / r.hazard[i]
                                                 : INFINITY;
            }
            const double end = fmin(when[0], when[1]);
            if (!isfinite(end)) continue;
            over += 1.0;
            dates += end;
            by_half += end <= date;
            gives[when[1] < when[0]] += 1.0;
        }
        CHECK_NEAR(over / WARS, 1.0 - r.never, 0.005);
        CHECK_NEAR(dates / over, r.expected_date, 0.01 * r.end);
        CHECK_NEAR(by_half / WARS, ent_attrition_over_by(&r, date), 0.005);
        for (int i = 0; i < 2; i++) CHECK_NEAR(gives[i] / WARS, r.gives_in[i], 0.005);
        if (isfinite(r.median_date) && r.median_date > 0.0)
            CHECK_NEAR(ent_attrition_over_by(&r, r.median_date), 0.5, 1e-12);
    }
}

TEST(without_priors_the_war_is_stationary, "C7")
{
    ent_error err;
    ent_attrition w = {.yield = {1.0, 2.0}, .win = {3.0, 3.0}, .rate = {0.1, 0.05}};
    ent_attrition_result r;
    MUST(ent_attrition_solve(&w, &r, &err), err);
    CHECK_NEAR(r.hazard[1], 0.1 * 1.0 / 2.0, 1e-16);
    CHECK_NEAR(r.hazard[0], 0.05 * 2.0 / 1.0, 1e-16);
    CHECK_NEAR(r.expected_date, 1.0 / 0.15, 1e-13);
    CHECK_NEAR(r.median_date, log(2.0) / 0.15, 1e-13);
    CHECK(isinf(r.end) && r.never == 0.0 && r.at_once[0] == 0.0 && r.at_once[1] == 0.0);
    w.prior[0] = 0.2; /* only the first may be stubborn: the other gives in at once */
    MUST(ent_attrition_solve(&w, &r, &err), err);
    CHECK(r.at_once[1] == 1.0 && r.payoff[0] == 3.0 && r.payoff[1] == 2.0 && r.expected_date == 0.0);
}

TEST(a_war_of_attrition_needs_something_to_wait_for, "talk")
{
    ent_error err;
    ent_attrition_result r;
    ent_attrition w = {.war = {0.0, 0.5}, .yield = {1.0, 0.25}, .win = {2.0, 1.0}, .rate = {0.1, 0.1}};
    CHECK(ent_attrition_solve(&w, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a war of attrition needs war < yielding < winning for each; player 2 has 0.5, 0.25 and 1");
    w.war[1] = 0.0;
    w.rate[0] = 0.0;
    CHECK(ent_attrition_solve(&w, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the discount rate of player 1 is 0; it must be above 0");
    w.rate[0] = 0.1;
    w.prior[1] = 1.0;
    CHECK(ent_attrition_solve(&w, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the probability that player 2 cannot give in is 1; it must be at least 0 and below 1");
}
