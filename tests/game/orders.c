/* orders.c: whoever moves when, the same war. All at once (rounds), one after the other (turns, by the public call for
 * one player alone), by Newton's method, and with the players listed in another order: one certified equilibrium, or
 * the search says that there are several (I16). */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "random_wars.h"
#include "worlds.h"

static double apart(const ent_network *net, const ent_policy *a, const ent_policy *b)
{
    double largest = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        largest = fmax(largest, fabs(log1p(a->duty[lane]) - log1p(b->duty[lane])));
        largest = fmax(largest, fabs(log1p(a->export_tax[lane]) - log1p(b->export_tax[lane])));
    }
    return largest;
}

/* Gauss–Seidel: each player alone, to its optimum, the others as they are; `sweeps` times over all. */
static ent_status one_by_one(const ent_game *game, const ent_game_options *options, int sweeps, ent_arena *arena,
                             ent_policy *end, ent_error *err)
{
    *end = *game->policy;
    for (int sweep = 0; sweep < sweeps; sweep++)
        for (ptrdiff_t p = 0; p < game->players; p++) {
            ent_game_point best;
            const ent_game alone = {game->net, end, game->player + p, 1};
            ENT_TRY(ent_game_play(&alone, options, NULL, arena, &best, err));
            *end = best.policy;
        }
    return ENT_OK;
}

/* Newton's method from a policy; where it ends. */
static ent_status by_newton(const ent_game *game, const ent_game_options *options, const ent_policy *from,
                            ent_arena *arena, ent_policy *end, int *rested, ent_error *err)
{
    const size_t bytes = (size_t)game->net->borders * sizeof(double);
    ptrdiff_t steps;
    ENT_BOARD b = {0};
    ENT_TRY(ent_board_open(game, NULL, options, arena, &b, err));
    ent_dials_read(&b.dials, from, b.turn);
    ENT_TRY(ent_board_newton(&b, &steps, rested, err));
    *end = *game->policy;
    end->duty = ent_new(arena, double, game->net->borders);
    end->export_tax = ent_new(arena, double, game->net->borders);
    if (end->duty == NULL || end->export_tax == NULL) return ENT_NO_MEMORY;
    memcpy(end->duty, game->policy->duty, bytes);
    memcpy(end->export_tax, game->policy->export_tax, bytes);
    ent_dials_set(&b.dials, b.turn, end);
    return ENT_OK;
}

static ent_game turned_round(const ent_game *game, ent_player *players)
{
    for (ptrdiff_t p = 0; p < game->players; p++) players[p] = game->player[game->players - 1 - p];
    return (ent_game){game->net, game->policy, players, game->players};
}

TEST(the_war_of_seven_regions_is_one_in_any_order, "I16")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS], other[MOST_PLAYERS];
    ent_game_point rounds, turned;
    ent_game_certificate c;
    ent_policy turns, newton;
    int rested;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    const ent_game round = turned_round(&game, other);
    MUST(ent_game_settle(&game, NULL, NULL, &w.arena, &rounds, &c, NULL, &w.err), w.err);
    MUST(ent_game_play(&round, NULL, NULL, &w.arena, &turned, &w.err), w.err);
    CHECK_NEAR(apart(&w.net, &turned.policy, &rounds.policy), 0.0, 1e-10);
    const ent_game_options easy = {.tolerance = 1e-10};
    MUST(one_by_one(&game, &easy, 8, &w.arena, &turns, &w.err), w.err);
    CHECK_NEAR(apart(&w.net, &turns, &rounds.policy), 0.0, 1e-8);
    MUST(by_newton(&game, NULL, &w.policy, &w.arena, &newton, &rested, &w.err), w.err);
    CHECK(rested);
    CHECK_NEAR(apart(&w.net, &newton, &rounds.policy), 0.0, 1e-10);
    game_close(&w);
}

/* How far `end` is from the nearest of the points found. */
static double nearest(const ent_network *net, const ent_game_points *found, const ent_policy *end)
{
    double least = INFINITY;
    for (ptrdiff_t k = 0; k < found->count; k++) least = fmin(least, apart(net, &found->point[k].policy, end));
    return least;
}

/* Random economies with materials, export taxes, any freedom. Lerner's lines end wherever they began, and are left out;
 * so is what turns do not bring to rest. */
TEST(wars_of_any_world_are_one_in_any_order_or_several, "I16")
{
    int one = 0, several = 0, newtons = 0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_war war;
        ent_game_point first, turned;
        ent_game_points found;
        ent_player other[MOST_AT_WAR];
        ent_policy turns, newton;
        int rested = 0;
        const ent_game_options easy = {.tolerance = 1e-10};
        MUST_IN(&war.w, random_war_open(&war, seed));
        random_world *w = &war.w;
        if (war.game.players < 2 || ent_game_play(&war.game, &easy, NULL, &w->arena, &first, &w->err) != ENT_OK ||
            first.levelled > 0 || ent_game_search(&war.game, &easy, &w->arena, &found, &w->err) != ENT_OK) {
            random_close(w);
            continue;
        }
        LAW(w, first.slope <= easy.tolerance, "a slope of %.3g is left", first.slope);
        const ent_game round = turned_round(&war.game, other);
        if (ent_game_play(&round, &easy, NULL, &w->arena, &turned, &w->err) == ENT_OK)
            LAW(w, nearest(&w->net, &found, &turned.policy) < 1e-6, "the other way round: %.3g away from all of %td",
                nearest(&w->net, &found, &turned.policy), found.count);
        const ent_game_options point = {.tolerance = 1e-9};
        if (one_by_one(&war.game, &point, 12, &w->arena, &turns, &w->err) == ENT_OK &&
            by_newton(&war.game, &easy, &turns, &w->arena, &newton, &rested, &w->err) == ENT_OK && rested) {
            LAW(w, nearest(&w->net, &found, &newton) < 1e-6, "turns and Newton: %.3g away from all of %td",
                nearest(&w->net, &found, &newton), found.count);
            newtons++;
        }
        one += found.count == 1;
        several += found.count > 1;
        random_close(w);
    }
    const int all = WORLDS(40) == 40; /* few under sanitizers */
    CHECK(one > (all ? 10 : 0) && several <= one);
    CHECK(newtons > (all ? 10 : 0));
}
