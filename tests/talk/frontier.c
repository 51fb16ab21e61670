/* frontier.c: what a frontier is: falling, bending outwards, with its prices between the chords, and nothing above it.
 */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

static ent_game two_of(const game_world *w, ent_player players[2], ptrdiff_t a, ptrdiff_t b)
{
    players[0] = (ent_player){.region = a, .greatest = 10.0};
    players[1] = (ent_player){.region = b, .greatest = 10.0};
    return (ent_game){&w->net, &w->policy, players, 2};
}

/* By the theorem of the mean the price at one point, of the chord, and at the next one stand in order. */
static void check_frontier(const ent_frontier *f, double within)
{
    for (ptrdiff_t k = 0; k + 1 < f->points; k++) {
        const double down = f->gain[0][k] - f->gain[0][k + 1], up = f->gain[1][k + 1] - f->gain[1][k];
        CHECK(down > 0.0 && up > 0.0);
        CHECK(f->weight[k] < f->weight[k + 1]);
        CHECK(down >= f->price[k] * up - within && down <= f->price[k + 1] * up + within);
    }
}

TEST(a_frontier_falls_and_its_prices_are_its_slopes, "I7")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[2];
    ent_frontier f;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = two_of(&w, players, 6, 1);
    MUST(ent_talk_frontier(&game, 15, NULL, &w.arena, &f, &w.err), w.err);
    CHECK(f.points == 15);
    check_frontier(&f, 1e-10);
    CHECK(f.slope <= 1e-9 && f.kink == 0.0);
    const double incomes = w.net.sales_usd[w.net.household[6]] / w.net.sales_usd[w.net.household[1]];
    dice d = {62};
    for (int trial = 0; trial < 60; trial++) { /* no sampled policy is above every point's own straight line */
        const ptrdiff_t k = 1 + dice_pick(&d, f.points - 2);
        const double size = exp(dice_between(&d, -5.0, 0.0)), a = f.weight[k];
        ent_policy other = w.policy;
        double *welfare;
        CHECK_NEAR(f.price_usd[k], f.price[k] * incomes, 1e-12 * f.price_usd[k]);
        other.duty = ent_new(&w.arena, double, w.net.borders);
        if (other.duty == NULL) break;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t n = w.net.lane_region[lane];
            const int theirs = (n == 6 || n == 1) && ent_lane_exporter(&w.net, lane) != n;
            other.duty[lane] = f.policy[k].duty[lane];
            if (theirs) other.duty[lane] = fmax(0.0, other.duty[lane] + dice_between(&d, -size, size));
        }
        MUST(ent_talk_welfare(&w.net, &other, NULL, &w.arena, &welfare, &w.err), w.err);
        CHECK((1.0 - a) * welfare[6] + a * welfare[1] <= (1.0 - a) * f.gain[0][k] + a * f.gain[1][k] + 1e-11);
    }
    game_close(&w);
}

/* At the ends all weight is on one of the two, and the other's duties serve him alone. */
static void check_ends(game_world *w, ptrdiff_t a, ptrdiff_t b)
{
    ent_player players[2];
    ent_frontier f;
    const ent_game game = two_of(w, players, a, b);
    MUST(ent_talk_frontier(&game, 9, NULL, &w->arena, &f, &w->err), w->err);
    CHECK(f.points == 9 && f.slope <= 1e-9);
    CHECK_NEAR(f.weight[0], 0.0, 0.0);
    CHECK_NEAR(f.weight[8], 1.0, 0.0);
    check_frontier(&f, 1e-10);
    for (int side = 0; side < 2; side++) { /* alone each does less well, the other's duties as they were */
        ent_game_point best;
        const ent_game alone = {game.net, game.policy, players + side, 1};
        MUST(ent_game_play(&alone, NULL, NULL, &w->arena, &best, &w->err), w->err);
        CHECK(f.gain[side][side == 0 ? 0 : 8] > best.objective[0] + 1e-4);
    }
}

TEST(frontiers_reach_from_end_to_end, "I7")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    check_ends(&w, 6, 1);
    game_close(&w);
}

TEST(with_materials_frontiers_reach_from_end_to_end, "I7")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    check_ends(&w, ent_names_find(&w.table.regions, "USA"), ent_names_find(&w.table.regions, "CHN"));
    game_close(&w);
}

/* Two equal countries: free trade is in the middle, where a log point costs a log point. */
TEST(equal_countries_pay_one_for_one_at_free_trade, "C1")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_frontier f;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_talk_frontier(&game, 3, NULL, &w.arena, &f, &w.err), w.err);
    CHECK_NEAR(f.weight[1], 0.5, 1e-9);
    CHECK_NEAR(f.gain[0][1], 0.0, 1e-9);
    CHECK_NEAR(f.gain[1][1], 0.0, 1e-9);
    CHECK_NEAR(f.price[1], 1.0, 1e-8);
    CHECK(f.price[0] == 0.0 && isinf(f.price[2]));
    CHECK(ent_talk_frontier(&game, 2, NULL, &w.arena, &f, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a frontier has 3 points or more, not 2");
    ent_game alone = game;
    alone.players = 1;
    CHECK(ent_talk_frontier(&alone, 5, NULL, &w.arena, &f, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a frontier lies between 2 parties, and this game has 1; players of equal weights are one");
    game_close(&w);
}
