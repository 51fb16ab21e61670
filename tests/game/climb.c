/* climb.c: the climb reaches the tolerance where the closed form overshoots: weights so unequal that the duties of one
 * serve mostly another, from any start, in any world. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include "worlds.h"

/* No sampled policy of the players is better than the point, near it or far. */
static void check_summit(game_world *w, const ent_game *game, const ent_game_point *point, int trials, dice *d)
{
    for (int trial = 0; trial < trials; trial++) {
        const double size = exp(dice_between(d, -7.0, 0.5));
        ent_policy other = point->policy;
        double *welfare, value = 0.0;
        other.duty = ent_new(&w->arena, double, w->net.borders);
        if (other.duty == NULL) return;
        for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
            const ptrdiff_t n = w->net.lane_region[lane];
            int free = 0;
            for (ptrdiff_t p = 0; p < game->players; p++) free |= game->player[p].region == n;
            free = free && ent_lane_exporter(&w->net, lane) != n;
            const double moved = log1p(point->policy.duty[lane]) + (free ? dice_between(d, -size, size) : 0.0);
            other.duty[lane] = free ? fmin(10.0, fmax(0.0, expm1(moved))) : point->policy.duty[lane];
        }
        MUST(ent_talk_welfare(&w->net, &other, NULL, &w->arena, &welfare, &w->err), w->err);
        for (ptrdiff_t n = 0; n < w->net.regions; n++) value += game->player[0].weight[n] * welfare[n];
        CHECK(value <= point->objective[0] + 1e-12);
    }
}

/* From the benchmark, and from where rounds of answers have gone: of two players one summit, of four there are several.
 */
static void check_weights(game_world *w, const ptrdiff_t *region, const double *share, ptrdiff_t players)
{
    double weight[MOST_PLAYERS] = {0};
    ent_player player[MOST_PLAYERS];
    ent_game_point climbed, played;
    dice d = {17};
    for (ptrdiff_t p = 0; p < players; p++) {
        player[p] = (ent_player){.region = region[p], .greatest = 10.0, .weight = weight};
        weight[region[p]] = share[p];
    }
    const ent_game game = {&w->net, &w->policy, player, players};
    MUST(ent_game_climb(&game, NULL, NULL, &w->arena, &climbed, &w->err), w->err);
    CHECK(climbed.slope <= 1e-11 && climbed.rounds < 60);
    check_summit(w, &game, &climbed, 8, &d);
    MUST(ent_game_play(&game, NULL, NULL, &w->arena, &played, &w->err), w->err);
    CHECK(played.slope <= 1e-11);
    if (players == 2) CHECK_NEAR(played.objective[0], climbed.objective[0], 1e-11);
}

TEST(duties_of_one_may_serve_mostly_another, "4.3")
{
    const char *folder = test_data("ossa2014");
    const ptrdiff_t us_china[2] = {6, 1}, four[4] = {6, 1, 2, 4};
    game_world w = {0};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const double least[] = {0.1, 0.05, 0.005, 0.0};
    for (size_t k = 0; k < sizeof least / sizeof *least; k++)
        check_weights(&w, us_china, (double[]){1.0 - least[k], least[k]}, 2);
    check_weights(&w, four, (double[]){0.94, 0.03, 0.02, 0.01}, 4);
    game_close(&w);
}

TEST(with_materials_duties_of_one_may_serve_mostly_another, "4.3")
{
    ONCE_IS_ENOUGH;
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    const ent_names *names = &w.table.regions;
    const ptrdiff_t four[4] = {ent_names_find(names, "USA"), ent_names_find(names, "CHN"), ent_names_find(names, "EUU"),
                               ent_names_find(names, "JPN")};
    check_weights(&w, four, (double[]){0.98, 0.02}, 2);
    check_weights(&w, four, (double[]){0.94, 0.03, 0.02, 0.01}, 4);
    game_close(&w);
}

TEST(a_climb_without_memory_ends_cleanly, "faults")
{
    const double weight[2] = {0.9, 0.1};
    game_world w = {0};
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    const ent_player players[2] = {{.region = 0, .greatest = 10.0, .weight = weight},
                                   {.region = 1, .greatest = 10.0, .weight = weight}};
    const ent_game game = {&w.net, &w.policy, players, 2};
    ent_status status = ENT_NO_MEMORY;
    long nth = 0;
    while (status == ENT_NO_MEMORY && nth < 100000) {
        ENT_SCRATCH arena = {0};
        ent_error err = {{0}};
        ent_game_point point;
        test_fail_allocation(nth += 1 + nth / 30);
        status = ent_game_climb(&game, NULL, NULL, &arena, &point, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
    }
    CHECK(status == ENT_OK && nth > 20);
    game_close(&w);
}
