/* random_wars.c: see random_wars.h. */
// SPDX-License-Identifier: MIT
#include "random_wars.h"

static ptrdiff_t draw_players(random_war *war)
{
    random_world *w = &war->w;
    ptrdiff_t count = 0;
    for (ptrdiff_t n = 0; n < w->net.regions; n++) {
        const ptrdiff_t kinds = dice_pick(&w->dice, 3);
        for (int s = 0; s < 2; s++)
            war->sets[count][s] = (ent_instruments){.tax = kinds == 1 || s == 1 ? ENT_TAX_EXPORT : ENT_TAX_IMPORT,
                                                    .freedom = (ent_freedom)dice_pick(&w->dice, 4),
                                                    .greatest = 3.0};
        war->players[count] = (ent_player){.region = n,
                                           .freedom = (ent_freedom)dice_pick(&w->dice, 4),
                                           .greatest = 3.0,
                                           .instruments = war->sets[count],
                                           .sets = kinds};
        const ent_game alone = {&w->net, &w->policy, war->players + count, 1};
        count += ent_game_check(&alone, NULL) == ENT_OK;
    }
    return count;
}

ent_status random_war_open(random_war *war, uint64_t seed)
{
    world_kind kind = any_world;
    kind.least_regions = 2;
    kind.most_regions = MOST_AT_WAR;
    kind.most_sectors = 4;
    ENT_TRY(random_table(&war->w, seed, &kind));
    ENT_TRY(random_blueprint(&war->w));
    ENT_TRY(random_lay(&war->w));
    ENT_TRY(random_policy(&war->w, 0.3));
    war->game = (ent_game){&war->w.net, &war->w.policy, war->players, draw_players(war)};
    return ENT_OK;
}
