/* quotas.c: what a duty on goods under a binding quota is good for: quantity does not answer it, so it moves rents. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

/* Real income of region 1 with duty t on what it buys from region 2 under a ceiling of 60 %; *licence its price. */
static ent_status income_at(game_world *w, double t, ent_rent rent, double *income, double *licence)
{
    ent_policy policy = w->policy;
    ent_equilibrium eq;
    const ent_options tight = {.tolerance = 1e-12, .depth = 12, .passes = 500, .steps = 60, .threads = 1};
    int32_t lane = -1;
    for (ptrdiff_t e = 0; e < w->net.borders; e++)
        if (w->net.lane_region[e] == 0 && ent_lane_exporter(&w->net, e) == 1) lane = (int32_t)e;
    ent_quota quota = {.kind = ENT_QUOTA_CEILING, .limit = 0.6, .rent = rent, .lane = &lane, .lanes = 1};
    policy.quota = &quota;
    policy.quotas = 1;
    policy.duty = ent_new0(&w->arena, double, w->net.borders);
    if (policy.duty == NULL) return ENT_NO_MEMORY;
    policy.duty[lane] = t;
    ENT_TRY(ent_equilibrium_solve(&w->net, &policy, &tight, NULL, &w->arena, &eq, &w->err));
    *income = log(eq.income_usd[0] / eq.benchmark_income_usd[0]) - eq.log_price[w->net.household[0]];
    *licence = eq.licence_price[0];
    return ENT_OK;
}

/* Rents of its own: duty and licence are one price, and the government is indifferent until the licence is worth
 * nothing. Rents of the exporter: each point of duty takes rent from him, up to the same point, which is a kink. */
TEST(under_a_binding_quota_a_duty_moves_rent_alone, "E12")
{
    game_world w = {0};
    double none, kink, income, licence, before = -INFINITY;
    MUST(game_two(&w, 1.0, 1.0, 4.0), w.err);
    MUST(income_at(&w, 0.0, ENT_RENT_IMPORTER, &none, &kink), w.err);
    CHECK(kink > 0.1);
    for (int step = 0; step < 10; step++) {
        const double t = 0.1 * step * kink;
        MUST(income_at(&w, t, ENT_RENT_IMPORTER, &income, &licence), w.err);
        CHECK_NEAR(income, none, 1e-10);
        CHECK_NEAR((1.0 + t) * (1.0 + licence), 1.0 + kink, 1e-9);
        MUST(income_at(&w, t, ENT_RENT_EXPORTER, &income, &licence), w.err);
        CHECK(licence > 0.0 && income > before && income < none);
        before = income;
    }
    MUST(income_at(&w, kink, ENT_RENT_EXPORTER, &income, &licence), w.err);
    CHECK_NEAR(income, none, 1e-9);
    CHECK_NEAR(licence, 0.0, 1e-9);
    MUST(income_at(&w, 1.05 * kink, ENT_RENT_EXPORTER, &income, &licence), w.err);
    CHECK(licence == 0.0 && income < none);
    game_close(&w);
}
