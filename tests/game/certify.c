/* certify.c: a war is certified, and what is none is found out. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
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
    for (ptrdiff_t p = 0; p < 7; p++) CHECK(c.bend[p] < -0.05);
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

/* A party is searched for as one: from where nobody has moved, two who share a goal find what they find together, which
 * is more than either finds alone. */
TEST(those_who_share_a_goal_are_searched_for_together, "certificate")
{
    const char *folder = test_data("ossa2014");
    const double weight[7] = {0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.5};
    game_world w = {0};
    ent_game_point still = {0}, best;
    ent_game_certificate c;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_player players[3] = {{.region = 6, .greatest = 10.0, .weight = weight},
                                   {.region = 2, .greatest = 10.0},
                                   {.region = 1, .greatest = 10.0, .weight = weight}};
    const ent_player both[2] = {players[0], players[2]};
    const ent_game game = {&w.net, &w.policy, players, 3}, party = {&w.net, &w.policy, both, 2};
    still.policy = w.policy;
    MUST(ent_game_certify(&game, &still, NULL, &w.arena, &c, &w.err), w.err);
    MUST(ent_game_play(&party, NULL, NULL, &w.arena, &best, &w.err), w.err);
    CHECK_NEAR(c.gain[0], best.objective[0], 1e-10);
    CHECK_NEAR(c.gain[2], c.gain[0], 0.0);
    for (int k = 0; k < 2; k++) {
        const ent_game alone = {&w.net, &w.policy, both + k, 1};
        MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &best, &w.err), w.err);
        CHECK(c.gain[0] > best.objective[0] + 1e-3);
    }
    CHECK(c.player == 0 && !ent_game_certified(&game, &c, &w.err));
    CHECK(strncmp(w.err.text, "US, together with those who share its goal, gains 0.02", 54) == 0);
    game_close(&w);
}

/* One duty: its second derivative by differences of the objective itself, over σ V/I. */
TEST(a_goal_bends_as_its_second_difference_says, "certificate")
{
    const double h = 1e-3;
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash, moved;
    ent_game_certificate c;
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    MUST(ent_game_certify(&game, &nash, NULL, &w.arena, &c, &w.err), w.err);
    for (ptrdiff_t p = 0; p < 2; p++) {
        ent_player still = players[p];
        const ent_game held = {game.net, &nash.policy, &still, 1};
        double value[2], flow = 0.0;
        for (int side = 0; side < 2; side++) {
            const double turn = log1p(game_duty(&w, &nash.policy, p, 1 - p, 0)) + (side == 0 ? h : -h);
            still.least = still.greatest = expm1(turn);
            MUST(ent_game_play(&held, NULL, NULL, &w.arena, &moved, &w.err), w.err);
            value[side] = moved.log_welfare[p];
        }
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (w.net.lane_region[lane] == p && ent_lane_exporter(&w.net, lane) != p)
                flow += 5.0 * nash.eq.lane_value_usd[lane] / nash.eq.income_usd[p];
        const double second = (value[0] - 2.0 * nash.log_welfare[p] + value[1]) / (h * h);
        CHECK(c.bend[p] < 0.0);
        CHECK_NEAR(c.bend[p], second / flow, 1e-4 * fabs(second / flow));
    }
    game_close(&w);
}

/* Every allocation of the first steps, then every tenth or so. */
TEST(talks_searches_and_certificates_without_memory_end_cleanly, "faults")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash;
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_game_options easy = {.tolerance = 1e-7};
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    for (int which = 0; which < 3; which++) {
        ent_status status = ENT_NO_MEMORY;
        long nth = 0;
        while (status == ENT_NO_MEMORY && nth < 1000000) {
            ENT_SCRATCH arena = {0};
            ent_error err = {{0}};
            ent_game_point point;
            ent_game_points points;
            ent_game_certificate c;
            double weight[2];
            nth += 1 + nth / 10;
            test_fail_allocation(nth);
            if (which == 0) status = ent_game_bargain(&game, nash.log_welfare, &easy, &arena, weight, &point, &err);
            if (which == 1) status = ent_game_search(&game, &easy, &arena, &points, &err);
            if (which == 2) status = ent_game_certify(&game, &nash, &easy, &arena, &c, &err);
            test_fail_allocation(0);
            CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
        }
        CHECK(status == ENT_OK && nth > 10);
    }
    game_close(&w);
}

/* One duty on all imports, of which some have an elasticity of 2.5 and some of 11.8: a low duty and a high one are both
 * better than any near them, and between them is a place where slopes vanish too. It is no summit, and is said to be
 * none; from it the better of the two is found, as a grid finds it. */
TEST(a_place_between_two_summits_is_not_certified, "certificate")
{
    const double theta[2] = {1.5, 10.8}, lobby[2] = {0.4, 1.7}, none[8] = {0};
    const double flow[8] = {2.0, 4.4, 0.5, 1.5, 0.3, 4.4, 17.6, 18.0};
    game_world w = {0};
    ent_game_point between = {0}, best;
    ent_game_certificate c;
    ptrdiff_t rejected;
    MUST(game_lay(&w, 2, 2, flow, none, theta, MARKUPS), w.err);
    const ent_player who = {.freedom = ENT_FREE_ONE, .greatest = 4.0, .lobby = lobby};
    const ent_game game = {&w.net, &w.policy, &who, 1};
    ENT_BOARD board = {0};
    double low = 0.4, high = 0.9, here, grid = -INFINITY;
    MUST(ent_board_open(&game, NULL, NULL, &w.arena, &board, &w.err), w.err);
    for (int half = 0; half < 60; half++) { /* downhill on its left, uphill on its right */
        board.turn[0] = 0.5 * (low + high);
        MUST(ent_board_solve(&board, &w.err), w.err);
        MUST(ent_board_feel(&board, 0, &w.err), w.err);
        *(board.slope[0] < 0.0 ? &low : &high) = board.turn[0];
    }
    here = board.objective[0];
    MUST(ent_board_copy(&board, &w.arena, &between, &w.err), w.err);
    CHECK(between.slope < 1e-11);
    for (int at = 0; at <= 200; at++) {
        board.turn[0] = board.dials.greatest[0] * at / 200.0;
        MUST(ent_board_solve(&board, &w.err), w.err);
        grid = fmax(grid, board.objective[0]);
    }
    MUST(ent_game_certify(&game, &between, NULL, &w.arena, &c, &w.err), w.err);
    CHECK(c.bend[0] > 0.01 && c.steepest == c.bend[0] && c.unsettled == 0);
    CHECK(ent_game_stand(c.bend[0]) == ENT_STAND_NO_SUMMIT);
    CHECK(here + c.gain[0] >= grid && here + c.gain[0] < grid + 1e-4);
    CHECK(!ent_game_certified(&game, &c, &w.err));
    c.gain[0] = c.largest = 0.0; /* had nothing better been found, it would still be no summit */
    CHECK(!ent_game_certified(&game, &c, &w.err));
    CHECK(strncmp(w.err.text, "R1 stands on no summit: its objective bends upwards, by 0.", 58) == 0);
    MUST(ent_game_settle(&game, NULL, &between.policy, &w.arena, &best, &c, &rejected, &w.err), w.err);
    CHECK(rejected == 1 && best.objective[0] >= grid && c.bend[0] < 0.0 && c.unsettled == -1);
    CHECK_TEXT(ent_stand_words(ent_game_stand(c.bend[0])), "a summit");
    CHECK_TEXT(ent_stand_words(ent_game_stand(0.02)), "not a summit");
    CHECK_TEXT(ent_stand_words(ent_game_stand(1e-5)), "level");
    CHECK_TEXT(ent_stand_words(ent_game_stand(NAN)), "all at bounds");
    game_close(&w);
}
