/* deals.c: packages by hand, and ladders whose combinations are policies that could have been written down. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

TEST(deals_are_weighed_by_threat_product_and_least_gain, "4.3")
{
    ent_arena arena = {0};
    ent_error err;
    ent_deal_table t;
    const double threat[2] = {0.0, 0.0};
    const double value[7][2] = {{0.1, 0.1},   {0.3, 0.05}, {0.05, 0.08}, {-0.01, 0.9},
                                {0.3, 0.049}, {NAN, 0.5},  {0.09, 0.11}};
    MUST(ent_deal_weigh(7, 2, value[0], threat, &arena, &t, &err), err);
    const int acceptable[7] = {1, 1, 1, 0, 1, 0, 1}, efficient[7] = {1, 1, 0, 1, 0, 0, 1};
    for (int k = 0; k < 7; k++) CHECK(t.acceptable[k] == acceptable[k] && t.efficient[k] == efficient[k]);
    CHECK(t.open == 3);
    CHECK(t.bargained == 1); /* (e^.3 − 1)(e^.05 − 1) = .0179 > (e^.1 − 1)² = .0111 */
    CHECK(t.even == 0);
    CHECK_NEAR(t.product[1], log(expm1(0.3) * expm1(0.05)), 1e-14);
    const double high[2] = {0.5, 0.5};
    MUST(ent_deal_weigh(7, 2, value[0], high, &arena, &t, &err), err);
    CHECK(t.bargained == -1 && t.even == -1 && t.open == 0);
    CHECK(ent_deal_weigh(0, 2, value[0], threat, &arena, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a table of deals needs a deal and two parties; it has 0 and 2");
    CHECK(ent_deal_weigh(1, 2, value[0], (double[]){NAN, 0.0}, &arena, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the threat of party 1 is nan, which is not a number");
    ent_arena_close(&arena);
}

static ent_status step_of(game_world *w, ptrdiff_t importer, double rate, ent_policy *step)
{
    *step = w->policy;
    step->duty = ent_new(&w->arena, double, w->net.borders);
    if (step->duty == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const int his = w->net.lane_region[lane] == importer && ent_lane_exporter(&w->net, lane) != importer;
        step->duty[lane] = his ? rate : w->policy.duty[lane];
    }
    return ENT_OK;
}

/* Two equal countries that choose between no duty and the optimal one: the prisoners' game; and every combination is
 * worth what the policy with both duties is. */
TEST(ladders_of_two_equal_countries_are_the_prisoners_game, "4.7")
{
    game_world w = {0};
    ent_policy step[2][3];
    ptrdiff_t *pure, count;
    ent_finite game;
    const double own[2][2] = {{1.0, 0.0}, {0.0, 1.0}}, rate[3] = {0.0, 0.2, 0.3};
    MUST(game_two(&w, 1.0, 1.0, 4.0), w.err);
    for (int p = 0; p < 2; p++)
        for (int k = 0; k < 3; k++) MUST(step_of(&w, p, rate[k], &step[p][k]), w.err);
    const ent_ladder side[2] = {{step[0], 3, own[0]}, {step[1], 3, own[1]}};
    MUST(ent_deal_ladders(&w.net, &w.policy, side, 2, 1, &w.arena, &game, &w.err), w.err);
    for (ptrdiff_t at = 0; at < 9; at++) {
        ptrdiff_t choice[2];
        ent_policy both = w.policy;
        double *welfare;
        ent_finite_choice(&game, at, choice);
        both.duty = ent_new(&w.arena, double, w.net.borders);
        if (both.duty == NULL) break;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t n = w.net.lane_region[lane];
            both.duty[lane] = ent_lane_exporter(&w.net, lane) != n ? rate[choice[n]] : w.policy.duty[lane];
        }
        MUST(ent_talk_welfare(&w.net, &both, NULL, &w.arena, &welfare, &w.err), w.err);
        for (int p = 0; p < 2; p++) CHECK_NEAR(game.payoff[at * 2 + p], welfare[p], 1e-12);
    }
    MUST(ent_finite_pure(&game, 0.0, &w.arena, &pure, &count, &w.err), w.err);
    CHECK(count == 1 && pure[0] == 8); /* optimal duties lie above .3 at sigma 5: each takes his highest step */
    CHECK(game.payoff[16] < game.payoff[0] && game.payoff[17] < game.payoff[1]);
    ent_finite again;
    MUST(ent_deal_ladders(&w.net, &w.policy, side, 2, 2, &w.arena, &again, &w.err), w.err);
    CHECK(memcmp(again.payoff, game.payoff, 18 * sizeof(double)) == 0);
    CHECK(ent_deal_ladders(&w.net, &w.policy, side, 17, 1, &w.arena, &again, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "ladders are climbed by 1 to 16 sides, not 17");
    game_close(&w);
}

/* The values of a list are those of its policies, and a cut-off is worth what no trade is. */
TEST(a_deal_may_be_a_ban_and_its_threat_leaves_autarky, "8.2")
{
    game_world w = {0};
    ent_policy deal[2];
    double *value;
    unsigned char *reached;
    const double theta = 4.0;
    MUST(game_two(&w, 1.5, 1.2, theta), w.err);
    deal[0] = w.policy;
    MUST(ent_talk_cut_off(&w.net, &w.policy, 0, 1, 1, &w.arena, &deal[1], &w.err), w.err);
    MUST(ent_deal_values(&w.net, deal, 2, 1, &w.arena, &value, &reached, &w.err), w.err);
    CHECK(reached[0] && reached[1]);
    for (int n = 0; n < 2; n++) { /* Arkolakis, Costinot and Rodríguez-Clare: autarky costs −log(home share)/θ */
        double home = 0.0, all = 0.0;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            if (w.net.lane_region[lane] != n) continue;
            all += w.net.lane_value_usd[lane];
            if (ent_lane_exporter(&w.net, lane) == n) home += w.net.lane_value_usd[lane];
        }
        CHECK_NEAR(value[n], 0.0, 1e-11);
        CHECK_NEAR(value[2 + n], log(home / all) / theta, 1e-10);
    }
    CHECK(ent_talk_cut_off(&w.net, &w.policy, 0, 0, 1, &w.arena, &deal[1], &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a cut-off is between two different regions of 0 to 1, not 0 and 0");
    game_close(&w);
}

TEST(deals_run_out_of_memory_cleanly, "faults")
{
    game_world w = {0};
    ent_policy step[2];
    const double own[2] = {1.0, 0.0};
    MUST(game_two(&w, 1.0, 1.2, 4.0), w.err);
    for (int k = 0; k < 2; k++) MUST(step_of(&w, 0, 0.1 * k, &step[k]), w.err);
    const ent_ladder side = {step, 2, own};
    for (long nth = 1; nth < 3000; nth++) {
        ent_arena arena = {0};
        ent_error err = {{0}};
        ent_finite game;
        double *value;
        unsigned char *reached;
        test_fail_allocation(nth);
        ent_status status = ent_deal_values(&w.net, step, 2, 1, &arena, &value, &reached, &err);
        if (status == ENT_OK) status = ent_deal_ladders(&w.net, &w.policy, &side, 1, 1, &arena, &game, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status != ENT_NO_MEMORY) break;
        CHECK(nth < 2999);
    }
    game_close(&w);
}
