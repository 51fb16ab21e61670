/* truce.c: the printed thresholds of two equal countries, and what a truce is by its definition. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

/* GAMES.md C5: sigma = 5, free trade against the war of optimal duties; payoffs log W. */
TEST(two_equal_countries_need_the_printed_patience, "C5")
{
    const double tau[3] = {1.0, 1.5, 2.0}, patience[3] = {0.491430345, 0.457544064, 0.449191822};
    for (int c = 0; c < 3; c++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        ent_truce truce;
        MUST(game_two(&w, 1.0, tau[c], 4.0), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
        MUST(ent_talk_truce(&game, &w.policy, NULL, 3, NULL, &w.arena, &truce, &w.err), w.err);
        for (int p = 0; p < 2; p++) {
            CHECK_NEAR(truce.patience[p], patience[c], 1e-8);
            CHECK(truce.patience_T[p] > truce.patience[p] && truce.patience_T[p] < 1.0);
            CHECK(truce.proof[p] && truce.others[p] > 0.0);
        }
        game_close(&w);
    }
}

/* The United States and China of Ossa's world, and their equal gain over the war: no sampled breach tempts more, and
 * the penance is taken. */
TEST(temptation_is_the_most_that_a_breach_can_bring, "4.4")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_game_point war, deal;
    ent_truce truce;
    double weight[2];
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    ent_player players[2] = {{.region = 6, .greatest = 10.0}, {.region = 1, .greatest = 10.0}};
    const ent_game game = {&w.net, &w.policy, players, 2};
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_equal_gain(&game, war.log_welfare, NULL, &w.arena, weight, &deal, &w.err), w.err);
    MUST(ent_talk_truce(&game, &deal.policy, war.log_welfare, 5, NULL, &w.arena, &truce, &w.err), w.err);
    dice d = {71};
    for (int p = 0; p < 2; p++) {
        const ptrdiff_t n = players[p].region;
        CHECK_NEAR(truce.agreed[p], deal.log_welfare[n], 1e-11);
        CHECK_NEAR(truce.punishment[p], war.log_welfare[n], 1e-15);
        const double best = truce.temptation[p], kept = truce.agreed[p], lost = truce.punishment[p];
        CHECK_NEAR(truce.patience[p], (best - kept) / (best - lost), 1e-14);
        CHECK(truce.refusal[p] >= truce.penance[p] && truce.most >= truce.patience[p]);
        for (int trial = 0; trial < 20; trial++) {
            ent_policy breach = deal.policy;
            double *welfare;
            const double size = exp(dice_between(&d, -3.0, 0.5));
            breach.duty = ent_new(&w.arena, double, w.net.borders);
            if (breach.duty == NULL) break;
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
                const int his = w.net.lane_region[lane] == n && ent_lane_exporter(&w.net, lane) != n;
                breach.duty[lane] = deal.policy.duty[lane] + (his ? dice_between(&d, 0.0, size) : 0.0);
            }
            MUST(ent_talk_welfare(&w.net, &breach, NULL, &w.arena, &welfare, &w.err), w.err);
            CHECK(welfare[n] <= best + 1e-11);
        }
    }
    game_close(&w);
}

/* At the war itself nobody is tempted. */
TEST(nobody_breaks_a_war, "4.4")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war;
    ent_truce truce;
    MUST(game_two(&w, 3.0, 1.2, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_talk_truce(&game, &war.policy, NULL, 1, NULL, &w.arena, &truce, &w.err), w.err);
    CHECK(truce.patience[0] == 0.0 && truce.patience[1] == 0.0);
    CHECK(ent_talk_truce(&game, &war.policy, NULL, 0, NULL, &w.arena, &truce, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a punishment lasts one period or more, not 0");
    game_close(&w);
}
