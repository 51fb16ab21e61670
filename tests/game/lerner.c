/* lerner.c: export taxes: what theory says of them alone, and beside import duties. */
// SPDX-License-Identifier: MIT
#include "worlds.h"
#include <stdlib.h>

static ent_instruments taxes(ent_tax tax, ent_freedom freedom, double least)
{
    return (ent_instruments){.tax = tax, .freedom = freedom, .least = least, .greatest = 10.0};
}

static ent_status best_of(game_world *w, ptrdiff_t region, const ent_instruments *sets, ptrdiff_t count,
                          ent_game_point *best)
{
    const ent_player who = {.region = region, .instruments = sets, .sets = count};
    const ent_game game = {.net = &w->net, .policy = &w->policy, .player = &who, .players = 1};
    return ent_game_play(&game, NULL, NULL, &w->arena, best, &w->err);
}

/* A millionth of the world: 1 + e = ε/(ε − 1), ε = 1 + θ (1 − s), s its share in what the others spend on the sector.
 * It makes half of what there is of the second sector, an eighth of the third. */
TEST(a_small_country_taxes_exports_as_the_monopolist_it_is, "C6")
{
    const double theta[3] = {3.0, 5.0, 8.0}, none[12] = {0};
    const double flow[12] = {0.4, 0.05, 0.05, /* at home */
                             0.1, 0.2,  0.2,  /* abroad */
                             0.3, 0.1,  0.1,  /* bought abroad */
                             1e6, 0.2,  1.4}; /* abroad, their own */
    game_world w = {0};
    ent_game_point best;
    const ent_instruments by_sector = taxes(ENT_TAX_EXPORT, ENT_FREE_BY_SECTOR, 0.0);
    MUST(game_lay(&w, 2, 3, flow, none, theta, COMPETITION), w.err);
    MUST(best_of(&w, 0, &by_sector, 1, &best), w.err);
    for (ptrdiff_t j = 0; j < 3; j++) {
        double own = 0.0, all = 0.0, rate = NAN;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            if (w.net.lane_region[lane] != 1 || ent_lane_sector(&w.net, lane) != j) continue;
            all += best.eq.lane_value_usd[lane];
            if (ent_lane_exporter(&w.net, lane) != 0) continue;
            own = best.eq.lane_value_usd[lane];
            rate = best.policy.export_tax[lane];
        }
        const double epsilon = 1.0 + theta[j] * (1.0 - own / all);
        CHECK_NEAR(1.0 + rate, epsilon / (epsilon - 1.0), 1e-5);
        CHECK(j != 1 || own / all > 0.1);
    }
    game_close(&w);
}

/* One duty on all imports and one tax on all exports do the same (Lerner). */
TEST(one_duty_on_all_imports_is_one_tax_on_all_exports, "C6")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) w.policy.duty[lane] = 0.0;
    const ent_instruments duty = taxes(ENT_TAX_IMPORT, ENT_FREE_ONE, 0.0),
                          tax = taxes(ENT_TAX_EXPORT, ENT_FREE_ONE, 0.0);
    for (ptrdiff_t n = 0; n < 7; n++) {
        ent_game_point by_duty, by_tax;
        MUST(best_of(&w, n, &duty, 1, &by_duty), w.err);
        MUST(best_of(&w, n, &tax, 1, &by_tax), w.err);
        double t = NAN, e = NAN;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t i = ent_lane_exporter(&w.net, lane), m = w.net.lane_region[lane];
            if (i != m && m == n) t = by_duty.policy.duty[lane];
            if (i != m && i == n) e = by_tax.policy.export_tax[lane];
        }
        CHECK(t > 0.1);
        CHECK_NEAR(e, t, 1e-8);
        for (ptrdiff_t m = 0; m < 7; m++) CHECK_NEAR(by_tax.log_welfare[m], by_duty.log_welfare[m], 1e-11);
    }
    game_close(&w);
}

/* All duties of a region up by a factor, all its export taxes down by it: its wage rises by the factor, nothing real
 * changes. */
TEST(duties_up_and_export_taxes_down_change_nothing_real, "C6")
{
    const char *folder = test_data("ossa2014");
    const double factor = 1.2;
    game_world w = {0};
    ent_equilibrium before, after;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_options tight = {.tolerance = 1e-13, .depth = 12, .passes = 500, .steps = 60, .threads = 1};
    MUST(ent_equilibrium_solve(&w.net, &w.policy, &tight, NULL, &w.arena, &before, &w.err), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(&w.net, lane), n = w.net.lane_region[lane];
        if (n == 2 && i != n) w.policy.duty[lane] = (1.0 + w.policy.duty[lane]) * factor - 1.0;
        if (i == 2 && i != n) w.policy.export_tax[lane] = 1.0 / factor - 1.0;
    }
    MUST(ent_equilibrium_solve(&w.net, &w.policy, &tight, NULL, &w.arena, &after, &w.err), w.err);
    for (ptrdiff_t n = 0; n < 7; n++) {
        const int32_t h = w.net.household[n];
        const double real = log(after.income_usd[n] / before.income_usd[n]) - after.log_price[h] + before.log_price[h];
        const double wage = after.log_price[w.net.labour[n]] - before.log_price[w.net.labour[n]];
        const double other = after.log_price[w.net.labour[0]] - before.log_price[w.net.labour[0]];
        CHECK_NEAR(real, 0.0, 1e-11);
        CHECK_NEAR(wage - other, n == 2 ? log(factor) : 0.0, 1e-11);
    }
    game_close(&w);
}

/* Both sides free: one factor is left open; wherever rounds begin they end at the same rates, the lowest export tax 0,
 * and at least as well as with either side alone. */
TEST(both_sides_of_trade_are_determined_but_for_one_factor, "C6")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_instruments sets[2] = {taxes(ENT_TAX_IMPORT, ENT_FREE_BY_PARTNER_AND_SECTOR, -0.9),
                                     taxes(ENT_TAX_EXPORT, ENT_FREE_BY_PARTNER_AND_SECTOR, -0.9)};
    const ent_player who = {.region = 6, .instruments = sets, .sets = 2};
    const ent_game game = {.net = &w.net, .policy = &w.policy, .player = &who, .players = 1};
    ent_game_point first, second, alone;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &first, &w.err), w.err);
    ent_policy start = w.policy;
    start.duty = ent_new(&w.arena, double, w.net.borders);
    start.export_tax = ent_new(&w.arena, double, w.net.borders);
    CHECK(start.duty != NULL && start.export_tax != NULL);
    if (start.duty == NULL || start.export_tax == NULL) return;
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) start.duty[lane] = 0.1, start.export_tax[lane] = 0.4;
    MUST(ent_game_play(&game, NULL, &start, &w.arena, &second, &w.err), w.err);
    CHECK(first.levelled == 1 && second.levelled == 1);
    double lowest = INFINITY;
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
        CHECK_NEAR(log1p(first.policy.duty[lane]), log1p(second.policy.duty[lane]), 1e-7);
        CHECK_NEAR(log1p(first.policy.export_tax[lane]), log1p(second.policy.export_tax[lane]), 1e-7);
        if (ent_lane_exporter(&w.net, lane) == 6 && w.net.lane_region[lane] != 6)
            lowest = fmin(lowest, first.policy.export_tax[lane]);
    }
    CHECK_NEAR(lowest, 0.0, 1e-12);
    for (int side = 0; side < 2; side++) {
        MUST(best_of(&w, 6, sets + side, 1, &alone), w.err);
        CHECK(alone.log_welfare[6] < first.log_welfare[6]);
        CHECK(alone.levelled == 0);
    }
    ent_game_point climbed;
    const ent_game_options easy = {.tolerance = 1e-8};
    MUST(ent_game_climb(&game, &easy, NULL, &w.arena, &climbed, &w.err), w.err);
    CHECK_NEAR(climbed.objective[0], first.objective[0], 1e-9);
    game_close(&w);
}
