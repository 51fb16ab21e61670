/* shadow.c: attacks on markets: what freeing them is worth against equilibria solved by hand. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

TEST(who_is_opened_by_force_has_no_duties_on_the_winner, "Cooley")
{
    static const double flow[9] = {0.70, 0.12, 0.18, 0.12, 0.74, 0.14, 0.18, 0.14, 1.68}, theta[1] = {4.0},
                        duty[9] = {0};
    static const double capability[3] = {1.0, 2.0, 4.0}, distance[9] = {0, 1, 2, 1, 0, 3, 2, 3, 0};
    for (int to_all = 0; to_all < 2; to_all++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        ent_shadowed s;
        MUST(game_lay(&w, 3, 1, flow, duty, theta, COMPETITION), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
        const ent_shadow shadow = {{0.01, 1.0, 0.5, 0.7, 1.2}, capability, distance, to_all};
        for (ptrdiff_t e = 0; e < w.net.borders; e++)
            if (w.net.lane_region[e] != ent_lane_exporter(&w.net, e)) w.policy.duty[e] = 0.2;
        MUST(ent_talk_shadow(&game, &w.policy, &shadow, &w.arena, &s, &w.err), w.err);
        for (int i = 0; i < 3; i++) {
            double hazards = 0.0, attacked = 0.0;
            for (int j = 0; j < 3; j++) {
                ent_policy opened = w.policy;
                double *goal, *quo;
                if (j == i) continue;
                opened.duty = ent_new(&w.arena, double, w.net.borders);
                memcpy(opened.duty, w.policy.duty, (size_t)w.net.borders * sizeof(double));
                for (ptrdiff_t e = 0; e < w.net.borders; e++)
                    if (w.net.lane_region[e] == i && (to_all || ent_lane_exporter(&w.net, e) == j))
                        opened.duty[e] = 0.0;
                MUST(ent_talk_welfare(&w.net, &opened, NULL, &w.arena, &goal, &w.err), w.err);
                MUST(ent_talk_welfare(&w.net, &w.policy, NULL, &w.arena, &quo, &w.err), w.err);
                CHECK_NEAR(s.freed[i * 3 + j], goal[j], 1e-11);
                CHECK_NEAR(s.left[i * 3 + j], goal[i], 1e-11);
                CHECK(goal[j] > quo[j]); /* a market opened is worth something */
                const double size = (j == 2 ? 2.0 : 1.0) / 2.0;
                const double h = capability[j] / capability[i] / sqrt(distance[i * 3 + j]) * pow(size, 0.7) *
                                 pow(goal[j] - quo[j], 1.2) / 0.01;
                hazards += h;
                attacked += h * goal[i];
            }
            CHECK_NEAR(s.peace[i], exp(-hazards), 1e-8);
            CHECK_NEAR(s.objective[i], s.peace[i] * s.value[i] + (1.0 - s.peace[i]) * attacked / hazards, 1e-10);
        }
        CHECK(s.peace[0] < s.peace[2]); /* the strong are left alone */
        game_close(&w);
    }
}

TEST(attacks_that_make_no_sense_are_refused, "Cooley")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_shadowed s;
    double capability[2] = {1.0, 0.0}, distance[4] = {0.0, 0.0, 1.0, 0.0};
    const ent_shadow shadow = {{1.0, 1.0, 1.0, 1.0, 1.0}, capability, distance, 0};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    CHECK(ent_talk_shadow(&game, &w.policy, &shadow, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the distance between R1 and R2 is 0; it must be above 0");
    distance[1] = 1.0;
    CHECK(ent_talk_shadow(&game, &w.policy, &shadow, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the capability of R2 is 0; it must be above 0");
    game.players = 1;
    CHECK(ent_talk_shadow(&game, &w.policy, &shadow, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "attacks are between two parties or more, and this game has 1");
    game_close(&w);
}
