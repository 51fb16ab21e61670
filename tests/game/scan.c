/* scan.c: large changes of dials that reach into several markets are seen: worlds with several places of rest, held
 * against grids of the objective itself, which is solved at every point. */
// SPDX-License-Identifier: MIT
#include "game/scan.h"
#include "random_world.h"
#include "worlds.h"

static double rate_on(const ent_dials *d, ptrdiff_t dial, int at, int steps)
{
    return d->least[dial] + (d->greatest[dial] - d->least[dial]) * (double)at / steps;
}

/* The largest objective on the grid of two dials, or of one. */
static ent_status grid_of(const ent_game *game, int steps, double *best, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    *best = -INFINITY;
    ENT_TRY(ent_board_open(game, NULL, NULL, &scratch, &board, err));
    for (int i = 0; i <= steps; i++)
        for (int k = 0; k <= (board.dials.count > 1 ? steps : 0); k++) {
            board.turn[0] = rate_on(&board.dials, 0, i, steps);
            if (board.dials.count > 1) board.turn[1] = rate_on(&board.dials, 1, k, steps);
            if (ent_board_solve(&board, err) == ENT_OK) *best = fmax(*best, board.objective[0]);
        }
    return ENT_OK;
}

/* Two partners, two sectors that count very differently for the government and have elasticities of 5 and 14: one rate
 * for each partner. Rates alike end in two places of rest; the best is a high rate for one and a low one for the other.
 */
static ent_status open_lobbied(game_world *w)
{
    const double theta[2] = {4.0, 13.4}, none[18] = {0};
    const double flow[18] = {11.45, 1.39, 0.74, 1.86, 0.49, 1.72, 1.22, 1.64, 2.46,
                             2.89,  1.02, 1.08, 0.31, 0.36, 0.64, 0.66, 5.62, 2.98};
    return game_lay(w, 3, 2, flow, none, theta, MARKUPS);
}
static const double lobbied[2] = {2.065, 0.52};

TEST(each_partners_rate_jumps_its_own_way, "4.6")
{
    game_world w = {0};
    ent_game_point first, best;
    ent_game_certificate c;
    ptrdiff_t rejected;
    double grid;
    MUST(open_lobbied(&w), w.err);
    const ent_player who = {.freedom = ENT_FREE_BY_PARTNER, .greatest = 4.0, .lobby = lobbied};
    const ent_game game = {&w.net, &w.policy, &who, 1};
    MUST(grid_of(&game, 32, &grid, &w.err), w.err);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &first, &w.err), w.err);
    CHECK(first.objective[0] < grid - 5e-4); /* rounds rest at the worse place */
    MUST(ent_game_certify(&game, &first, NULL, &w.arena, &c, &w.err), w.err);
    CHECK(first.objective[0] + c.gain[0] >= grid);
    CHECK(!ent_game_certified(&game, &c, &w.err));
    CHECK(strncmp(w.err.text, "R1 gains 0.00", 13) == 0);
    MUST(ent_game_settle(&game, NULL, NULL, &w.arena, &best, &c, &rejected, &w.err), w.err);
    CHECK(rejected > 0 && best.objective[0] >= grid && best.objective[0] < grid + 1e-3);
    game_close(&w);
}

/* The frozen part alone, without solving anything: along a dial it is the objective up to the second order, so that its
 * slope at the point is the dial's. */
TEST(along_a_dial_the_frozen_objective_has_its_slope, "G4")
{
    const double h = 1e-5;
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        static const ent_freedom freedoms[] = {ENT_FREE_BY_PARTNER, ENT_FREE_ONE, ENT_FREE_BY_SECTOR};
        world_kind kind = any_world;
        random_world w;
        ENT_BOARD board = {0};
        kind.least_regions = 2;
        kind.most_regions = 4;
        MUST_IN(&w, random_table(&w, seed, &kind));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.3));
        const ent_instruments set = {
            .tax = seed % 2 ? ENT_TAX_IMPORT : ENT_TAX_EXPORT, .freedom = freedoms[seed % 3], .greatest = 3.0};
        const ent_player who = {.region = dice_pick(&w.dice, w.net.regions), .instruments = &set, .sets = 1};
        const ent_game game = {&w.net, &w.policy, &who, 1};
        if (ent_game_check(&game, NULL) == ENT_OK) {
            MUST_IN(&w, ent_board_open(&game, NULL, NULL, &w.arena, &board, &w.err));
            for (ptrdiff_t k = 0; k < board.dials.count; k++) board.turn[k] = dice_between(&w.dice, 0.1, 0.6);
            MUST_IN(&w, ent_board_solve(&board, &w.err));
            MUST_IN(&w, ent_board_feel(&board, 1, &w.err));
            const ptrdiff_t dial = dice_pick(&w.dice, board.dials.count);
            ent_slice *slice = ent_new(&w.arena, ent_slice, w.net.edges);
            const ptrdiff_t count = ent_answer_slices(&board, dial, board.turn, slice);
            const double up = ent_answer_along(&board, dial, slice, count, board.turn[dial] + h);
            const double down = ent_answer_along(&board, dial, slice, count, board.turn[dial] - h);
            const double gap = (up - down) / (2.0 * h) - board.slope[dial];
            LAW(&w, fabs(gap) < 1e-7 * (1.0 + fabs(board.slope[dial])), "slope %.12g is %.3g away from the frozen one",
                board.slope[dial], gap);
        }
        random_close(&w);
    }
}

/* Any blueprint, taxes, goal: no point of a grid of one or two dials beats what is certified; and of more dials, none
 * that moves alone. */
TEST(no_point_of_a_grid_beats_what_is_certified, "I6")
{
    int tried = 0, played = 0, several = 0;
    for (uint64_t seed = 1; seed <= WORLDS(120); seed++) {
        world_kind kind = any_world;
        random_world w;
        ent_game_point point;
        ent_game_certificate c;
        ptrdiff_t rejected;
        double best = -INFINITY;
        kind.least_regions = 2;
        kind.most_regions = 4;
        kind.most_sectors = 4;
        MUST_IN(&w, random_table(&w, 2000 + seed, &kind));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.3));
        double *lobby = ent_new(&w.arena, double, w.net.sectors);
        for (ptrdiff_t j = 0; lobby != NULL && j < w.net.sectors; j++) lobby[j] = dice_between(&w.dice, 0.2, 2.5);
        const ent_instruments set = {.tax = seed % 3 ? ENT_TAX_IMPORT : ENT_TAX_EXPORT,
                                     .freedom = (ent_freedom)dice_pick(&w.dice, 4),
                                     .greatest = 3.0};
        const ent_player who = {
            .region = dice_pick(&w.dice, w.net.regions), .instruments = &set, .sets = 1, .lobby = lobby};
        const ent_game game = {&w.net, &w.policy, &who, 1};
        if (ent_game_check(&game, NULL) == ENT_OK) {
            ENT_BOARD board = {0};
            tried++;
            if (ent_game_settle(&game, NULL, NULL, &w.arena, &point, &c, &rejected, &w.err) != ENT_OK) {
                random_close(&w);
                continue;
            }
            MUST_IN(&w, ent_board_open(&game, NULL, NULL, &w.arena, &board, &w.err));
            for (ptrdiff_t dial = 0; dial < board.dials.count; dial++) {
                ent_dials_read(&board.dials, &point.policy, board.turn);
                for (int at = 0; at <= 10; at++) {
                    board.turn[dial] = rate_on(&board.dials, dial, at, 10);
                    if (ent_board_solve(&board, &w.err) == ENT_OK) best = fmax(best, board.objective[0]);
                }
            }
            if (board.dials.count <= 2) {
                double grid;
                MUST_IN(&w, grid_of(&game, 12, &grid, &w.err));
                best = fmax(best, grid);
            }
            LAW(&w, best <= point.objective[0] + 1e-8, "%.12g of a grid beats %.12g", best, point.objective[0]);
            played++;
            several += rejected > 0;
        }
        random_close(&w);
    }
    CHECK(tried > WORLDS(120) / 2 && played >= tried - tried / 40);
    CHECK(several > 0 || WORLDS(120) < 120);
}
