/* pairwise.c: at the end every pair bargains as if it were alone: its first-order condition, its weights, and no
 * sampled deal of the two has a larger product of gains. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

static ptrdiff_t region_of(const ent_game *game, const ent_pairwise *w, ptrdiff_t k, int i)
{
    return game->player[i == 0 ? w->first[k] : w->second[k]].region;
}

/* Gains over the threats, in the level of real income. */
static double product(const ent_game *game, const ent_pairwise *w, ptrdiff_t k, const double *log_welfare)
{
    double product = 1.0;
    for (int i = 0; i < 2; i++) {
        const double gain = exp(log_welfare[region_of(game, w, k, i)]) - exp(w->threat[2 * k + i]);
        product *= fmax(gain, 0.0);
    }
    return product;
}

static void check_pairs(game_world *w, const ent_game *game, ent_failure failure, ptrdiff_t pairs)
{
    ent_pairwise deal;
    dice d = {81};
    MUST(ent_talk_pairwise(game, failure, NULL, &w->arena, &deal, &w->err), w->err);
    CHECK(deal.pairs == pairs && deal.moved <= 1e-8);
    CHECK(deal.largest_slope <= 1e-8); /* what the last sweep moved the others by */
    for (ptrdiff_t k = 0; k < deal.pairs; k++) {
        CHECK(deal.weight[k] > 0.0 && deal.weight[k] < 1.0);
        double part[2];
        for (int i = 0; i < 2; i++)
            part[i] = -expm1(deal.threat[2 * k + i] - deal.log_welfare[region_of(game, &deal, k, i)]);
        CHECK_NEAR(deal.weight[k], part[0] / (part[0] + part[1]), 1e-5); /* of the first against the second */
        const double best = product(game, &deal, k, deal.log_welfare);
        for (int trial = 0; trial < 15; trial++) {
            ent_policy other = deal.policy;
            double *welfare;
            const double size = exp(dice_between(&d, -5.0, -0.5));
            other.duty = ent_new(&w->arena, double, w->net.borders);
            if (other.duty == NULL) break;
            for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
                const ptrdiff_t n = w->net.lane_region[lane], i = ent_lane_exporter(&w->net, lane);
                const ptrdiff_t a = region_of(game, &deal, k, 0), b = region_of(game, &deal, k, 1);
                const int theirs = (n == a && i == b) || (n == b && i == a);
                const double moved = deal.policy.duty[lane] + (theirs ? dice_between(&d, -size, size) : 0.0);
                other.duty[lane] = theirs ? fmax(0.0, moved) : deal.policy.duty[lane];
            }
            MUST(ent_talk_welfare(&w->net, &other, NULL, &w->arena, &welfare, &w->err), w->err);
            CHECK(product(game, &deal, k, welfare) <= best * (1.0 + 1e-6));
        }
    }
}

TEST(each_of_three_pairs_bargains_as_if_alone, "4.3")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    ent_player players[3] = {
        {.region = 6, .greatest = 10.0}, {.region = 1, .greatest = 10.0}, {.region = 2, .greatest = 10.0}};
    const ent_game game = {&w.net, &w.policy, players, 3};
    check_pairs(&w, &game, ENT_FAIL_TO_POLICY, 3);
    check_pairs(&w, &game, ENT_FAIL_TO_WAR, 3);
    game_close(&w);
}

TEST(each_of_six_pairs_bargains_as_if_alone, "4.3")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    ent_player players[4] = {{.region = 6, .greatest = 10.0},
                             {.region = 1, .greatest = 10.0},
                             {.region = 2, .greatest = 10.0},
                             {.region = 4, .greatest = 10.0}};
    const ent_game game = {&w.net, &w.policy, players, 4};
    check_pairs(&w, &game, ENT_FAIL_TO_POLICY, 6);
    game_close(&w);
}

TEST(with_materials_each_of_six_pairs_bargains_as_if_alone, "4.3")
{
    ONCE_IS_ENOUGH;
    static const char *const codes[4] = {"USA", "CHN", "EUU", "JPN"};
    game_world w = {0};
    ent_player players[4];
    MUST(game_embedded(&w), w.err);
    for (int p = 0; p < 4; p++)
        players[p] = (ent_player){.region = ent_names_find(&w.table.regions, codes[p]), .greatest = 10.0};
    const ent_game game = {&w.net, &w.policy, players, 4};
    check_pairs(&w, &game, ENT_FAIL_TO_WAR, 6);
    game_close(&w);
}

/* Two players are one pair, and that is Nash's bargain. */
TEST(one_pair_is_a_bargain_of_two, "4.3")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war, bargain;
    ent_pairwise deal;
    double weight[2];
    MUST(game_two(&w, 1.6, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_bargain(&game, war.goal, NULL, &w.arena, weight, &bargain, &w.err), w.err);
    MUST(ent_talk_pairwise(&game, ENT_FAIL_TO_WAR, NULL, &w.arena, &deal, &w.err), w.err);
    CHECK_NEAR(deal.weight[0], weight[1], 1e-7);
    for (int n = 0; n < 2; n++) {
        CHECK_NEAR(deal.log_welfare[n], bargain.log_welfare[n], 1e-9);
        CHECK_NEAR(deal.threat[n], war.goal[n], 1e-9);
    }
    ent_game alone = game;
    alone.players = 1;
    CHECK(ent_talk_pairwise(&alone, ENT_FAIL_TO_WAR, NULL, &w.arena, &deal, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "bargains pair by pair need 2 players or more, not 1");
    game_close(&w);
}

/* Free trade is all that two equal countries can reach: who fails to it has nothing to agree on. */
TEST(a_pair_that_cannot_gain_stays_where_it_fails_to, "4.3")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_pairwise deal;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_talk_pairwise(&game, ENT_FAIL_TO_POLICY, NULL, &w.arena, &deal, &w.err), w.err);
    CHECK_NEAR(deal.log_welfare[0], 0.0, 1e-10);
    CHECK_NEAR(deal.log_welfare[1], 0.0, 1e-10);
    game_close(&w);
}
