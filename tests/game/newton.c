/* newton.c: wars whose rounds go in circles, and Newton's method on what they leave. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "random_wars.h"
#include "worlds.h"

/* What region n spends on goods of i, at producer prices. */
static double bought(const game_world *w, const ent_game_point *p, ptrdiff_t n, ptrdiff_t i)
{
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (w->net.lane_region[lane] == n && ent_lane_exporter(&w->net, lane) == i)
            return p->eq.lane_value_usd[lane] / (1.0 + p->policy.duty[lane]);
    return 0.0;
}

/* Two countries of very unequal sizes, no cost of trade, high elasticities: the small one buys nearly all abroad, and
 * overshoots. Both duties are known: 1/(θ λ), λ the other's share in its own spending at producer prices. */
TEST(very_unequal_countries_come_to_rest_even_by_plain_rounds, "C2")
{
    const double sizes[] = {1.0 / 60.0, 1.0 / 120.0, 1.0 / 400.0, 1.0 / 3000.0};
    for (int s = 0; s < 4; s++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        ent_game_point nash;
        MUST(game_two(&w, sizes[s], 1.0, 7.0), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
        for (ptrdiff_t depth = -1; depth < 6; depth += 6) {
            const ent_game_options ask = {.depth = depth};
            MUST(ent_game_play(&game, &ask, NULL, &w.arena, &nash, &w.err), w.err);
            for (ptrdiff_t n = 0; n < 2; n++) {
                const double own = bought(&w, &nash, 1 - n, 1 - n);
                const double share = own / (own + bought(&w, &nash, 1 - n, n));
                CHECK_NEAR(game_duty(&w, &nash.policy, n, 1 - n, 0), 1.0 / (7.0 * share), 1e-9);
            }
        }
        game_close(&w);
    }
}

/* Near a point of rest a few steps lead back to it, however steep answers are there. */
TEST(newton_leads_back_from_nearby, "newton")
{
    int seen = 0, steep = 0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_war war;
        ent_game_point rest;
        const ent_game_options ask = {.tolerance = 1e-9, .radius = 1};
        MUST_IN(&war.w, random_war_open(&war, seed));
        if (war.game.players < 2 || ent_game_play(&war.game, &ask, NULL, &war.w.arena, &rest, &war.w.err) != ENT_OK ||
            rest.levelled > 0) {
            random_close(&war.w);
            continue;
        }
        ENT_BOARD b = {0};
        ptrdiff_t steps = 0;
        int rested = 0;
        MUST_IN(&war.w, ent_board_open(&war.game, NULL, &ask, &war.w.arena, &b, &war.w.err));
        ent_dials_read(&b.dials, &rest.policy, b.turn);
        for (ptrdiff_t d = 0; d < b.dials.count; d++)
            b.turn[d] = ent_dial_within(&b.dials, d, b.turn[d] + dice_between(&war.w.dice, -1e-3, 1e-3));
        MUST_IN(&war.w, ent_board_newton(&b, &steps, &rested, &war.w.err));
        seen++;
        if (rested) {
            double apart = 0.0;
            for (ptrdiff_t d = 0; d < b.dials.count; d++) {
                const ptrdiff_t lane = b.dials.lane[b.dials.first[d]];
                apart = fmax(apart, fabs(b.turn[d] - log1p(ent_dial_rates(&b.dials, d, &rest.policy)[lane])));
            }
            LAW(&war.w, apart < 1e-6, "%.3g away from where it was", apart);
            LAW(&war.w, steps <= 8, "%td steps", steps);
            steep += rest.radius > 1.0;
        } else {
            LAW(&war.w, rest.radius > 0.9, "does not come back, though the radius is %.3g", rest.radius);
        }
        random_close(&war.w);
    }
    const int all = WORLDS(40) == 40; /* under sanitizers few are seen, and perhaps no steep one */
    CHECK(seen > (all ? 10 : 0));
    CHECK(!all || steep > 0);
}
