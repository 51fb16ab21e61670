/* turns.c: wars in any world, under any blueprint, with any taxes. */
// SPDX-License-Identifier: MIT
#include "random_wars.h"

/* Nearly all wars come to rest, by rounds or, where these go in circles, by turns; and where one does, nobody climbs
 * from there. Some have no equilibrium in these taxes: a sentence says so. */
TEST(wars_of_any_world_come_to_rest_or_say_so, "I6")
{
    int played = 0, rested = 0, circled = 0;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_war war;
        ent_game_point nash, climbed;
        const ent_game_options easy = {.tolerance = 1e-9};
        MUST_IN(&war.w, random_war_open(&war, seed));
        const ent_game game = war.game;
        if (game.players >= 2) {
            const ent_status status = ent_game_play(&game, &easy, NULL, &war.w.arena, &nash, &war.w.err);
            CHECK(status == ENT_OK || status == ENT_NOT_CONVERGED);
            played++;
            rested += status == ENT_OK;
            circled += nash.damped;
            for (ptrdiff_t p = 0; status == ENT_OK && p < game.players; p++) {
                const ent_game alone = {&war.w.net, &nash.policy, war.players + p, 1};
                MUST_IN(&war.w, ent_game_climb(&alone, &easy, NULL, &war.w.arena, &climbed, &war.w.err));
                LAW(&war.w, climbed.objective[0] - nash.objective[p] < 1e-9, "player %td gains %.3g by climbing", p,
                    climbed.objective[0] - nash.objective[p]);
            }
        }
        random_close(&war.w);
    }
    CHECK(circled > 0);
    CHECK(rested >= played - played / 100);
}
