/* turns.c: wars in any world, under any blueprint, with any taxes. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include "worlds.h"

enum {
    MOST_REGIONS = 4
};

static ptrdiff_t draw_players(random_world *w, ent_player players[MOST_REGIONS], ent_instruments sets[MOST_REGIONS][2])
{
    ptrdiff_t count = 0;
    for (ptrdiff_t n = 0; n < w->net.regions; n++) {
        const ptrdiff_t kinds = dice_pick(&w->dice, 3);
        for (int s = 0; s < 2; s++)
            sets[count][s] = (ent_instruments){.tax = kinds == 1 || s == 1 ? ENT_TAX_EXPORT : ENT_TAX_IMPORT,
                                               .freedom = (ent_freedom)dice_pick(&w->dice, 4),
                                               .greatest = 3.0};
        players[count] = (ent_player){.region = n,
                                      .freedom = (ent_freedom)dice_pick(&w->dice, 4),
                                      .greatest = 3.0,
                                      .instruments = sets[count],
                                      .sets = kinds};
        const ent_game alone = {&w->net, &w->policy, players + count, 1};
        count += ent_game_check(&alone, NULL) == ENT_OK;
    }
    return count;
}

/* Nearly all wars come to rest, by rounds or, where these go in circles, by turns; and where one does, nobody climbs
 * from there. Some have no equilibrium in these taxes: a sentence says so. */
TEST(wars_of_any_world_come_to_rest_or_say_so, "I6")
{
    int played = 0, rested = 0, circled = 0;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        world_kind kind = any_world;
        ent_player players[MOST_REGIONS];
        ent_instruments sets[MOST_REGIONS][2];
        ent_game_point nash, climbed;
        const ent_game_options easy = {.tolerance = 1e-9};
        kind.least_regions = 2;
        kind.most_regions = MOST_REGIONS;
        kind.most_sectors = 4;
        MUST_IN(&w, random_table(&w, seed, &kind));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.3));
        const ent_game game = {&w.net, &w.policy, players, draw_players(&w, players, sets)};
        if (game.players >= 2) {
            const ent_status status = ent_game_play(&game, &easy, NULL, &w.arena, &nash, &w.err);
            CHECK(status == ENT_OK || status == ENT_NOT_CONVERGED);
            played++;
            rested += status == ENT_OK;
            circled += nash.damped;
            for (ptrdiff_t p = 0; status == ENT_OK && p < game.players; p++) {
                const ent_game alone = {&w.net, &nash.policy, players + p, 1};
                MUST_IN(&w, ent_game_climb(&alone, &easy, NULL, &w.arena, &climbed, &w.err));
                LAW(&w, climbed.objective[0] - nash.objective[p] < 1e-9, "player %td gains %.3g by climbing", p,
                    climbed.objective[0] - nash.objective[p]);
            }
        }
        random_close(&w);
    }
    CHECK(circled > 0);
    CHECK(rested >= played - played / 25);
}
