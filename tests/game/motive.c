/* motive.c: weights that made an optimum are found again from it; a policy that no weights explain says so. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

TEST(lobby_weights_are_read_off_the_duties_they_made, "goal")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point best;
    ent_game_motive motive;
    double *lobby = NULL;
    if (folder == NULL) return;
    const char *weights = ent_path_join(&w.arena, folder, "political_weights.csv");
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    MUST(game_by_sector(&w, weights, "EU", 0.0, &lobby), w.err);
    ent_game all = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    players[2].lobby = lobby;
    const ent_game alone = {all.net, all.policy, players + 2, 1};
    MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &best, &w.err), w.err);
    players[2].lobby = NULL;
    const ent_game observed = {all.net, &best.policy, players, 7};
    MUST(ent_game_motive_lobby(&observed, 2, NULL, &w.arena, &motive, &w.err), w.err);
    CHECK(motive.conditions > 33 && motive.left < 1e-9 && motive.before > 1e-3);
    CHECK_NEAR(motive.fit, 1.0, 1e-9);
    for (ptrdiff_t j = 0; j < 33; j++) CHECK_NEAR(motive.weight[j], lobby[j], 1e-6);
    /* What is, one point up, no lobby explains in full. */
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) w.policy.duty[lane] += 0.01;
    MUST(ent_game_motive_lobby(&all, 2, NULL, &w.arena, &motive, &w.err), w.err);
    CHECK(motive.left > 1e-5 && motive.fit > 0.0 && motive.fit < 0.9999);
    game_close(&w);
}

TEST(security_weights_are_read_off_the_taxes_they_made, "goal")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point best;
    ent_game_motive motive;
    double security[7 * 33] = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game all = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    const int32_t cell[3] = {1 * 33 + 25, 1 * 33 + 30, 6 * 33 + 25};
    const double made[3] = {-0.01, -0.02, 0.015};
    const ent_instruments sets[2] = {{.tax = ENT_TAX_IMPORT, .greatest = 10.0},
                                     {.tax = ENT_TAX_EXPORT, .freedom = ENT_FREE_BY_SECTOR, .greatest = 10.0}};
    for (int k = 0; k < 3; k++) security[cell[k]] = made[k];
    players[6].security = security;
    players[6].instruments = sets;
    players[6].sets = 2;
    const ent_game alone = {all.net, all.policy, players + 6, 1};
    MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &best, &w.err), w.err);
    players[6].security = NULL;
    const ent_game observed = {all.net, &best.policy, players, 7};
    MUST(ent_game_motive_security(&observed, 6, cell, 3, NULL, &w.arena, &motive, &w.err), w.err);
    CHECK(motive.left < 1e-9 && motive.before > 1e-4);
    for (int k = 0; k < 3; k++) CHECK_NEAR(motive.weight[k], made[k], 1e-7);
    game_close(&w);
}

TEST(motives_that_cannot_be_told_are_refused, "goal")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_motive motive;
    const int32_t cells[3] = {0, 1, 1};
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) w.policy.duty[lane] = 0.1;
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    CHECK(ent_game_motive_security(&game, 0, cells, 3, NULL, &w.arena, &motive, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "of the free taxes of R1 1 stand between their bounds, too few or too alike to tell 3 "
                           "weights apart; ask for fewer, let more of its taxes be free, or widen their bounds");
    CHECK(ent_game_motive_lobby(&game, 2, NULL, &w.arena, &motive, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "player 3 is asked for its motives, but there are 2");
    game_close(&w);
}

TEST(motives_and_settled_games_without_memory_end_cleanly, "faults")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    const int32_t cell[1] = {1};
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    players[0].least = -0.5; /* no duty is no bound */
    const ent_game_options easy = {.tolerance = 1e-7};
    for (int which = 0; which < 3; which++) {
        ent_status status = ENT_NO_MEMORY;
        long nth = 0;
        while (status == ENT_NO_MEMORY && nth < 1000000) {
            ENT_SCRATCH arena = {0};
            ent_error err = {{0}};
            ent_game_motive motive;
            ent_game_point point;
            ent_game_certificate c;
            nth += 1 + nth / 10;
            test_fail_allocation(nth);
            if (which == 0) status = ent_game_motive_lobby(&game, 0, &easy, &arena, &motive, &err);
            if (which == 1) status = ent_game_motive_security(&game, 0, cell, 1, &easy, &arena, &motive, &err);
            if (which == 2) status = ent_game_settle(&game, &easy, NULL, &arena, &point, &c, NULL, &err);
            test_fail_allocation(0);
            CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
        }
        CHECK(status == ENT_OK && nth > 5);
    }
    game_close(&w);
}
