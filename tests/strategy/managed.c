/* managed.c: linear trade, solved by hand; another world, solved on a grid; and what must hold for any. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* With demand = supply = β: war (2/3) v/β = θ, temptation (3/8) β (θ − τ)², payoff −β τ²/4. So τ_c = max(0, θ − s) with
 * (3/8) β s² the leash, and (3/2) s² (1 − δ)/δ = E[min(s, θ) (2 θ − min(s, θ))]. */
static double closed_worth(double s, double discount, ptrdiff_t volumes, const double *theta, const double *probability)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < volumes; k++) {
        const double m = fmin(s, theta[k]);
        sum += probability[k] * m * (2.0 * theta[k] - m);
    }
    return discount / (1.0 - discount) * sum / 1.5;
}

/* Its largest root. */
static double closed_length(double discount, ptrdiff_t volumes, const double *theta, const double *probability)
{
    double low = 0.0, high = 1e3;
    for (int half = 0; half < 200; half++) {
        const double s = 0.5 * (low + high);
        if (closed_worth(s, discount, volumes, theta, probability) < s * s) /* s² over it rises with s */
            high = s;
        else
            low = s;
    }
    return low;
}

TEST(duties_rise_with_the_volume_as_in_linear_trade, "7.3")
{
    const double beta = 1.7, probability[5] = {0.1, 0.3, 0.3, 0.2, 0.1}, volume[5] = {0.5, 0.9, 1.2, 1.5, 2.0};
    ent_linear_trade trade = {beta, beta};
    ent_managed m = {.payoff = ent_linear_payoff,
                     .who = &trade,
                     .volume = volume,
                     .probability = probability,
                     .volumes = 5,
                     .greatest = 4.0};
    double before[5] = {9, 9, 9, 9, 9}, theta[5];
    int managed = 0, held = 0, everywhere = 0;
    for (int k = 0; k < 5; k++) theta[k] = 2.0 * volume[k] / (3.0 * beta);
    for (m.discount = 0.05; m.discount < 0.93; m.discount += 0.05) {
        ent_arena arena = {0};
        ent_managed_result r;
        ent_error err;
        MUST(ent_managed_solve(&m, &arena, &r, &err), err);
        const double s = closed_length(m.discount, 5, theta, probability);
        CHECK_NEAR(r.leash, 0.375 * beta * s * s, 2e-10 + r.slack);
        for (int k = 0; k < 5; k++) {
            CHECK_NEAR(r.war[k], theta[k], 1e-9);
            CHECK_NEAR(r.duty[k], fmax(0.0, theta[k] - s), 1e-8);
            CHECK(r.duty[k] <= before[k] + 1e-9);                /* falls with patience */
            if (k > 0) CHECK(r.duty[k] >= r.duty[k - 1] - 1e-9); /* rises with the volume */
            CHECK(r.temptation[k] <= r.leash + 1e-12);
            before[k] = r.duty[k];
        }
        managed += r.duty[0] < 1e-9 && r.duty[4] > 1e-3;
        everywhere += r.duty[0] > 1e-3;
        held += r.duty[4] < 1e-9;
        CHECK((r.duty[4] < 1e-9) == (m.discount >= r.patience));
        ent_arena_close(&arena);
    }
    CHECK(managed > 0 && held > 0 && everywhere > 0); /* all three seasons were met */
}

/* Where nothing is free of duty, s = 2 E θ/(1 + 1.5 (1 − δ)/δ), whatever the distribution; and the patience of the
 * target is that of its largest temptation. */
TEST(impatient_sides_are_moved_by_the_mean_volume_alone, "7.3")
{
    ent_linear_trade trade = {1.0, 1.0};
    const double discount = 0.2, volume[3] = {1.0, 1.2, 1.4}, probability[3] = {0.25, 0.5, 0.25};
    const ent_managed m = {ent_linear_payoff, &trade, volume, probability, 3, discount, 0.0, 0.0, 2.0};
    ent_arena arena = {0};
    ent_managed_result r;
    ent_error err;
    MUST(ent_managed_solve(&m, &arena, &r, &err), err);
    const double mean = 2.0 / 3.0 * 1.2, s = 2.0 * mean / (1.0 + 1.5 * (1.0 - discount) / discount);
    double square = 0.0;
    for (int k = 0; k < 3; k++) {
        CHECK_NEAR(r.duty[k], 2.0 / 3.0 * volume[k] - s, 1e-8);
        square += probability[k] * 4.0 / 9.0 * volume[k] * volume[k];
    }
    const double worst = 0.375 * 4.0 / 9.0 * 1.4 * 1.4;
    CHECK_NEAR(r.patience, worst / (worst + 0.25 * square), 1e-9);
    ent_arena_close(&arena);
}

/* Payoffs of linear trade are areas under its curves. */
TEST(payoffs_of_linear_trade_are_areas, "7.3")
{
    ent_linear_trade l = {1.3, 0.6};
    const double volume = 2.0, price = 5.0;
    for (double own = 0.0; own < 8.0; own += 0.7)
        for (double other = 0.0; other < 8.0; other += 0.9) {
            double total = 0.0;
            for (int market = 0; market < 2; market++) { /* 0: what it buys, 1: what it sells */
                const double duty = market == 0 ? own : other;
                double low = 0.0, high = 60.0; /* the buyer's price at which the market clears */
                for (int half = 0; half < 200; half++) {
                    const double p = 0.5 * (low + high), wants = fmax(0.0, volume - l.demand * (p - price));
                    if (wants > fmax(0.0, volume + l.supply * (p - duty - price)))
                        low = p;
                    else
                        high = p;
                }
                const double trade = fmax(0.0, volume - l.demand * (low - price));
                const double choke = trade > 0.0 ? low : price + volume / l.demand;
                const double seller = trade > 0.0 ? low - duty : price - volume / l.supply;
                if (market == 0) /* the triangle over imports, and revenue */
                    total += trade * trade / (2.0 * l.demand) - volume * volume / (2.0 * l.demand) +
                             (trade > 0.0 ? duty * trade : 0.0);
                else
                    total += trade * trade / (2.0 * l.supply) - volume * volume / (2.0 * l.supply);
                CHECK(choke >= seller - 1e-9);
            }
            CHECK_NEAR(ent_linear_payoff(&l, own, other, volume), total, 1e-10);
        }
}

/* ---- a world in which answers depend on one another, on a grid ---- */

static double bent_payoff(void *who, double own, double other, double volume)
{
    const double *cost = who;
    const double sells = volume * exp(-0.8 * other) * (1.0 - 0.1 * own), buys = volume * exp(-0.5 * own);
    return buys * (1.0 + own) + 0.9 * sells - cost[0] * own * own * (1.0 + 0.2 * other);
}

enum {
    GRID = 1200
};

/* Plain rounds from the longest leash, on a grid of duties. */
static double grid_duty(const ent_managed *m, ptrdiff_t which, double *duty)
{
    const double step = (m->greatest - m->least) / GRID;
    static double best[3][GRID + 1];
    int war[3] = {0};
    double leash = INFINITY;
    for (ptrdiff_t k = 0; k < m->volumes; k++) {
        for (int b = 0; b <= GRID; b++) {
            best[k][b] = -INFINITY;
            int at = 0;
            for (int a = 0; a <= GRID; a++) {
                const double p = m->payoff(m->who, step * a, step * b, m->volume[k]);
                if (p > best[k][b]) at = a;
                best[k][b] = fmax(best[k][b], p);
            }
            if (at >= b) war[k] = b;
        }
    }
    for (int round = 0; round < 4000; round++) {
        double sum = 0.0;
        for (ptrdiff_t k = 0; k < m->volumes; k++) {
            int at = 0;
            while (at < war[k] && best[k][at] - m->payoff(m->who, step * at, step * at, m->volume[k]) > leash) at++;
            duty[k] = step * at;
            sum += m->probability[k] * (m->payoff(m->who, step * at, step * at, m->volume[k]) -
                                        m->payoff(m->who, step * war[k], step * war[k], m->volume[k]));
        }
        leash = m->discount / (1.0 - m->discount) * sum;
    }
    return step * war[which];
}

TEST(managed_trade_is_the_fixed_point_that_a_grid_finds, "7.3")
{
    double cost = 0.35;
    const double volume[3] = {0.8, 1.0, 1.3}, probability[3] = {0.3, 0.4, 0.3};
    ent_managed m = {bent_payoff, &cost, volume, probability, 3, 0.0, 0.0, 0.0, 1.2};
    int between = 0;
    for (m.discount = 0.1; m.discount < 0.6; m.discount += 0.1) {
        ent_arena arena = {0};
        ent_managed_result r;
        ent_error err;
        double duty[3];
        MUST(ent_managed_solve(&m, &arena, &r, &err), err);
        const double war = grid_duty(&m, 2, duty);
        CHECK_NEAR(r.war[2], war, 2e-3);
        for (int k = 0; k < 3; k++) {
            CHECK_NEAR(r.duty[k], duty[k], 4e-3);
            between += r.duty[k] > 0.01 && r.duty[k] < r.war[k] - 0.01;
        }
        ent_arena_close(&arena);
    }
    CHECK(between > 0);
}

TEST(managed_trade_refuses_what_it_cannot_mean, "faults")
{
    ent_linear_trade trade = {1.0, 1.0};
    const double volume[2] = {1.0, 1.4}, probability[2] = {0.5, 0.5}, odd[2] = {0.5, 0.4};
    ent_managed m = {ent_linear_payoff, &trade, volume, probability, 2, 1.0, 0.0, 0.0, 2.0};
    ent_arena arena = {0};
    ent_managed_result r;
    ent_error err;
    CHECK(ent_managed_solve(&m, &arena, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a discount factor of 1 is not in [0, 1)");
    m.discount = 0.3;
    m.probability = odd;
    CHECK(ent_managed_solve(&m, &arena, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the probabilities of the volumes sum to 0.9, not to 1");
    m.target = 3.0;
    CHECK(ent_managed_solve(&m, &arena, &r, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "duties from 0 to 2 have no room above a target of 3");
    m.target = 0.0;
    m.probability = probability;
    for (long nth = 1; nth < 20; nth++) {
        ent_arena house = {0};
        test_fail_allocation(nth);
        const ent_status status = ent_managed_solve(&m, &house, &r, &err);
        test_fail_allocation(0);
        ent_arena_close(&house);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
        CHECK(nth < 19);
    }
    ent_arena_close(&arena);
}
