/* shares.c: gains that no weights lead to: at a corner, where all weights have the same policy, and where one side
 * gains more whatever the weights. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

/* Countries of sizes 1 and 1.2 that keep duties of 5 % and set one export tax each, of at least none. Export taxes
 * only add to what is in the way of trade: whoever counts for how much, both agree on none, but for the most unequal
 * weights. */
static ent_status lay(game_world *w, ent_player players[2], ent_instruments taxes[2], ent_game *game)
{
    ENT_TRY(game_two(w, 1.2, 1.2, 4.0));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        if (w->net.node_region[w->net.seller[lane]] != w->net.lane_region[lane]) w->policy.duty[lane] = 0.05;
    }
    for (int n = 0; n < 2; n++) {
        taxes[n] = (ent_instruments){.tax = ENT_TAX_EXPORT, .freedom = ENT_FREE_ONE, .greatest = 3.0};
        players[n] = (ent_player){.region = n, .instruments = &taxes[n], .sets = 1};
    }
    *game = (ent_game){&w->net, &w->policy, players, 2};
    return ENT_OK;
}

/* Goals where the export taxes are a and b. */
static ent_status at_taxes(game_world *w, const ent_game *game, const double rate[2], double **goal)
{
    ent_policy policy;
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &policy, &w->err));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const ptrdiff_t i = w->net.node_region[w->net.seller[lane]];
        if (i == w->net.lane_region[lane]) continue;
        policy.duty[lane] = 0.05;
        policy.export_tax[lane] = rate[i];
    }
    return ent_talk_goals(game, &policy, &w->arena, goal, &w->err);
}

static double product_of(const double *goal, const double *threat)
{
    const double a = exp(goal[0]) - exp(threat[0]), b = exp(goal[1]) - exp(threat[1]);
    return a > 0.0 && b > 0.0 ? a * b : 0.0;
}

TEST(a_bargain_at_a_corner_has_the_largest_product_and_the_weights_of_its_gains, "4.3")
{
    game_world w = {0};
    ent_player players[2];
    ent_instruments taxes[2];
    ent_game game;
    ent_game_point war, deal;
    double weight[2];
    MUST(lay(&w, players, taxes, &game), w.err);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    for (int tilt = -1; tilt <= 1; tilt++) {
        const double threat[2] = {war.goal[0] + 1e-4 * tilt, war.goal[1] - 2e-4 * tilt};
        MUST(ent_game_bargain(&game, threat, NULL, &w.arena, weight, &deal, &w.err), w.err);
        const double best = product_of(deal.goal, threat);
        CHECK(best > 0.0 && deal.slope <= 1e-11);
        CHECK_NEAR(weight[0] / weight[1], expm1(threat[1] - deal.goal[1]) / expm1(threat[0] - deal.goal[0]), 1e-6);
        for (int a = 0; a <= 8; a++)
            for (int b = 0; b <= 8; b++) {
                const double rate[2] = {0.05 * a, 0.05 * b};
                double *goal;
                MUST(at_taxes(&w, &game, rate, &goal), w.err);
                CHECK(product_of(goal, threat) <= best * (1.0 + 1e-9));
            }
    }
    game_close(&w);
}

/* Over a base that is a fifth too low for the first country it gains more than the second can, who at best has its
 * optimum against a country that sets nothing. */
TEST(gains_that_only_harm_makes_alike_are_refused, "4.3")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point best, point;
    double weight[2];
    const double base[2] = {-0.2, 0.0};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_game second = {&w.net, &w.policy, players + 1, 1};
    MUST(ent_game_play(&second, NULL, NULL, &w.arena, &best, &w.err), w.err);
    CHECK(best.goal[1] - base[1] < best.goal[0] - base[0]);
    CHECK(ent_game_equal_gain(&game, base, NULL, &w.arena, weight, &point, &w.err) == ENT_NOT_CONVERGED);
    CHECK_TEXT(w.err.text, "gains are alike only where R1 is harmed to nobody's use: it gains more than the others "
                           "whatever the weights");
    game_close(&w);
}

TEST(a_failed_allocation_ends_a_shared_gain_cleanly, "memory")
{
    game_world w = {0};
    ent_player players[2];
    ent_instruments taxes[2];
    ent_game game;
    ent_game_point war;
    MUST(lay(&w, players, taxes, &game), w.err);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    const double threat[2] = {war.goal[0] + 1e-4, war.goal[1] - 2e-4};
    ent_status status = ENT_NO_MEMORY;
    for (int n = 1; status != ENT_OK; n += 7) { /* every seventh: each is a bargain of its own */
        ent_arena arena = {0};
        ent_game_point deal;
        double weight[2];
        test_fail_allocation(n);
        status = ent_game_bargain(&game, threat, NULL, &arena, weight, &deal, &w.err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        ent_arena_close(&arena);
        if (status != ENT_OK && status != ENT_NO_MEMORY) break;
    }
    game_close(&w);
}
