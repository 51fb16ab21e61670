/* sanction.c: an independent solution of Ossa's world (GAMES.md 8.3), and what holds in any world. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

/* US, EU and Japan against China, weights their shares of spending: the free lunch, then the price. */
TEST(three_against_china_pay_the_checked_price_of_harm, "I9")
{
    const char *folder = test_data("ossa2014");
    const double kappa[3] = {0.0, 0.5, 1.0}, median[3] = {37.0, 90.0, 145.0};
    const double china[3] = {-1.75, -3.01, -3.50}, usa[3] = {0.32, 0.05, -0.32};
    unsigned char partner[7] = {0};
    game_world w = {0};
    ent_player players[3];
    ent_sanctions s;
    ent_game_point bloc;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ptrdiff_t target = 1, us = 6, senders[3] = {us, 2, 4};
    CHECK_TEXT(w.table.regions.code[target], "China");
    double weight[7] = {0}, total = 0.0;
    partner[target] = 1;
    for (int p = 0; p < 3; p++) {
        players[p] = (ent_player){.region = senders[p], .partner = partner, .greatest = 10.0};
        total += weight[senders[p]] = w.net.sales_usd[w.net.household[senders[p]]];
    }
    for (int n = 0; n < 7; n++) weight[n] /= total;
    const ent_game game = {&w.net, &w.policy, players, 3};
    const ent_sanction plan = {NULL, target, kappa, 3};
    MUST(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err), w.err);
    for (int k = 0; k < 3; k++) {
        CHECK_NEAR(100.0 * s.median_duty[k], median[k], 0.5);
        CHECK_NEAR(100.0 * expm1(s.target[k]), china[k], 0.005);
        CHECK_NEAR(100.0 * expm1(s.point[k].log_welfare[us]), usa[k], 0.005);
        CHECK(s.point[k].slope <= 1e-11);
        if (k > 0) CHECK(s.price[k] >= kappa[k - 1] && s.price[k] <= kappa[k]);
    }
    for (int p = 0; p < 3; p++) players[p].weight = weight;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &bloc, &w.err), w.err);
    for (int n = 0; n < 7; n++) CHECK_NEAR(s.point[0].log_welfare[n], bloc.log_welfare[n], 1e-11);
    game_close(&w);
}

static ent_status open_random(random_world *w, uint64_t seed)
{
    world_kind kind = any_world;
    kind.least_regions = 3;
    kind.most_regions = 5;
    kind.most_sectors = 4;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, 0.2);
}

/* S and T fall with kappa, and the price of the last harm lies between neighbouring kappas: revealed preference. */
TEST(more_weight_on_harm_never_helps_the_target_nor_the_senders, "I9")
{
    const double kappa[5] = {0.0, 0.05, 0.3, 1.0, 3.0};
    int traced = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_sanctions s;
        unsigned char partner[8] = {0};
        MUST_IN(&w, open_random(&w, seed));
        partner[0] = 1;
        ent_player players[2] = {{.region = 1, .partner = partner, .greatest = 2.0},
                                 {.region = 2, .partner = partner, .greatest = 2.0}};
        const ent_game game = {&w.net, &w.policy, players, 2};
        const ent_sanction plan = {NULL, 0, kappa, 5};
        if (ent_game_check(&game, NULL) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err));
        traced++;
        for (int k = 1; k < 5; k++) {
            LAW(&w, s.senders[k] <= s.senders[k - 1] + 1e-10, "senders gain %g with kappa %g",
                s.senders[k] - s.senders[k - 1], kappa[k]);
            LAW(&w, s.target[k] <= s.target[k - 1] + 1e-10, "the target gains %g with kappa %g",
                s.target[k] - s.target[k - 1], kappa[k]);
            const double harm = s.target[k - 1] - s.target[k], paid = s.senders[k - 1] - s.senders[k];
            LAW(&w, paid >= kappa[k - 1] * harm - 1e-9 && paid <= kappa[k] * harm + 1e-9, "%g of harm for %g", harm,
                paid);
        }
        random_close(&w);
    }
    CHECK(traced > WORLDS(60) / 2);
}

TEST(sanctions_that_make_no_sense_are_refused, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_sanctions s;
    const double kappa[2] = {0.5, 0.5}, weight[2] = {1.0, -1.0};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    ent_sanction plan = {NULL, 1, kappa, 2};
    CHECK(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "R2 is the target of sanctions and one of those who set them");
    game.players = 1;
    CHECK(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the weights on harm must be numbers from 0 on and rise; number 2 is 0.5");
    plan.count = 0;
    CHECK(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "sanctions are traced over one kappa or more, and there is none");
    plan.count = 1;
    plan.weight = weight;
    CHECK(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the weight of R2 among the senders is -1; the target's is kappa");
    plan.target = 2;
    CHECK(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the target of sanctions is region 2, but the world has regions 0 to 1");
    game_close(&w);
}
