/* certify.c: a war is certified, and what is none is found out. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

TEST(the_war_of_seven_regions_is_certified, "Ossa")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash;
    ent_game_certificate c;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    MUST(ent_game_certify(&game, &nash, NULL, &w.arena, &c, &w.err), w.err);
    CHECK(c.largest >= 0.0 && c.largest <= 1e-8);
    CHECK(c.searches >= 7 * 4);
    game_close(&w);
}

/* Where nobody has moved yet, each could gain his optimum. */
TEST(what_is_no_war_is_found_out, "certificate")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point still = {0};
    ent_game_certificate c;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    still.policy = w.policy;
    MUST(ent_game_certify(&game, &still, NULL, &w.arena, &c, &w.err), w.err);
    for (ptrdiff_t p = 0; p < 7; p++) {
        ent_game_point best;
        const ent_game alone = {game.net, game.policy, players + p, 1};
        MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &best, &w.err), w.err);
        CHECK_NEAR(c.gain[p], best.objective[0], 1e-10);
    }
    CHECK(c.player == 4); /* Japan, 4.0 % */
    game_close(&w);
}
