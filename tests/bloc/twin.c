/* twin.c: wars of blocs of Ossa's world against the second program of tests/game/twin.c. Percent of welfare over the
 * factual world, 9 digits after the point. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

/* Brazil, China, EU, India, Japan, ROW, US; free trade inside, joint duties outside, shares of benchmark spending. */
TEST(wars_of_blocs_are_those_of_the_second_program, "10.2")
{
    static const struct {
        unsigned char bloc[7];
        double welfare[7];
    } rows[] = {{{0, 1, 2, 3, 4, 5, 2}, /* EU and US */
                 {-1.973851183, -2.352933057, -1.964731631, -2.317549642, -0.884157826, -5.278396803, -1.421974387}},
                {{0, 0, 0, 0, 0, 0, 0}, /* all */
                 {0.167583701, 0.173675342, 0.441217601, 0.398589522, 2.938344781, -0.102780698, 0.758363205}},
                {{0, 0, 0, 0, 1, 0, 0}, /* all but Japan */
                 {0.188455147, -0.014023583, 0.443598115, 0.434456825, -2.842120661, -0.493988856, 0.688066194}},
                {{0, 0, 0, 1, 0, 0, 0}, /* all but India */
                 {0.188799314, 0.128058300, 0.411996574, -3.363079834, 2.928335805, -0.197679126, 0.743167274}},
                {{0, 1, 0, 0, 0, 0, 0}, /* all but China */
                 {0.172649523, -3.345011647, 0.220947120, 0.544650956, 1.835875022, -1.342252236, 0.340198481}},
                {{0, 1, 0, 0, 1, 0, 0}, /* China and Japan against the rest */
                 {0.162419649, -2.833227537, 0.153025112, 0.544978219, 0.177202543, -1.945406790, 0.165659117}},
                {{0, 0, 0, 0, 0, 1, 0}, /* all but ROW */
                 {-0.946253604, -0.277185574, -1.384602220, -0.349854443, 2.213642774, -6.348959914, -0.531437390}},
                {{0, 0, 1, 0, 1, 2, 1}, /* EU, Japan and US; Brazil, China and India; ROW */
                 {-2.098634135, -2.344413450, -1.814538509, -2.227891161, 0.632052731, -5.582127916, -1.188307345}}};
    enum {
        ROWS = sizeof rows / sizeof *rows
    };
    const char *folder = test_data("ossa2014");
    unsigned char list[ROWS * 7];
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_bloc_table t;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    for (int row = 0; row < ROWS; row++) memcpy(list + 7 * row, rows[row].bloc, 7);
    MUST(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, list, ROWS, 1, NULL, &w.arena, &t, &w.err), w.err);
    CHECK(t.partitions == ROWS && t.failed == 0);
    for (int row = 0; row < ROWS; row++)
        for (int n = 0; n < 7; n++) CHECK_NEAR(100.0 * expm1(t.log_welfare[row * 7 + n]), rows[row].welfare[n], 1e-9);
    game_close(&w);
}
