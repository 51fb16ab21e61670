/* direct.c: the closed form of best responses held against the direct optimiser, which knows the gradient alone, in two
 * worlds with full input–output linkages: the embedded one (19 regions × 24 sectors) and NAFTA's (Caliendo and Parro
 * 2015, 31 × 40).
 *
 * Both stop where no slope exceeds 1e-11; two points of that kind may differ by it over the curvature, which is of
 * order σ V/I: so that is how finely rates are compared, and it says the same of every rate, be it on much trade or
 * next to none. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "game/worlds.h"

#define SLOPE 1e-11
#define GAP   1e-9 /* of a log(1 + rate) times σ V/I: a hundred slopes, for markets bend together */
#define GOAL  1e-12

/* The largest gap between the players' rates of two points, times σ V/I. */
static double gap_of(const ent_game *game, const ent_game_point *a, const ent_game_point *b)
{
    const ent_network *net = game->net;
    double largest = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const double moved = fmax(fabs(log1p(a->policy.duty[lane]) - log1p(b->policy.duty[lane])),
                                  fabs(log1p(a->policy.export_tax[lane]) - log1p(b->policy.export_tax[lane])));
        const double income = fmax(a->eq.income_usd[net->lane_region[lane]], 1.0);
        largest = fmax(largest, moved * net->lane_elasticity[lane] * a->eq.lane_value_usd[lane] / income);
    }
    return largest;
}

/* One objective by both methods, the direct one from `start` (NULL: the game's own policy). */
static ent_status hold(const ent_game *game, const ent_policy *start, ent_arena *arena, ent_game_point *best,
                       ent_error *err)
{
    ent_game_point climbed;
    ENT_TRY(ent_game_play(game, NULL, NULL, arena, best, err));
    ENT_TRY(ent_game_climb(game, NULL, start, arena, &climbed, err));
    CHECK(best->slope <= SLOPE && climbed.slope <= SLOPE);
    CHECK(best->spread <= SLOPE || best->damped); /* rounds that overshoot are climbed in the end */
    CHECK_NEAR(best->objective[0], climbed.objective[0], GOAL);
    CHECK_NEAR(gap_of(game, best, &climbed), 0.0, GAP);
    return ENT_OK;
}

static const char *const embedded[] = {"USA", "CHN", "EUU", "VNM"};
enum {
    EMBEDDED = sizeof embedded / sizeof *embedded
};

TEST(with_materials_optima_are_those_of_the_direct_optimiser, "T")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    for (int k = 0; k < EMBEDDED; k++) {
        ent_game_point best;
        const ent_player who = {.region = ent_names_find(&w.table.regions, embedded[k]), .greatest = 10.0};
        const ent_game game = {&w.net, &w.policy, &who, 1};
        MUST(hold(&game, NULL, &w.arena, &best, &w.err), w.err);
        CHECK(best.objective[0] > 1e-5);
    }
    game_close(&w);
}

TEST(with_materials_optimal_export_taxes_are_those_of_the_direct_optimiser, "T")
{
    ONCE_IS_ENOUGH;
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    for (int k = 0; k < EMBEDDED; k++) {
        ent_game_point best;
        const ent_instruments set = {.tax = ENT_TAX_EXPORT, .greatest = 10.0};
        const ent_player who = {
            .region = ent_names_find(&w.table.regions, embedded[k]), .instruments = &set, .sets = 1};
        const ent_game game = {&w.net, &w.policy, &who, 1};
        MUST(hold(&game, NULL, &w.arena, &best, &w.err), w.err);
        CHECK(best.objective[0] > 1e-5);
    }
    game_close(&w);
}

/* In the war of all 19 each has what the direct optimiser finds for him from no duties, the others as they are. */
TEST(with_materials_a_war_is_everybodys_direct_optimum, "T")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash;
    MUST(game_embedded(&w), w.err);
    const ent_game all = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&all, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    for (int k = 0; k < EMBEDDED; k++) {
        const ptrdiff_t p = ent_names_find(&w.table.regions, embedded[k]);
        ent_policy others = nash.policy;
        ent_game_point best;
        others.duty = ent_new(&w.arena, double, w.net.borders);
        if (others.duty == NULL) break;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            others.duty[lane] = w.net.lane_region[lane] == p ? w.policy.duty[lane] : nash.policy.duty[lane];
        const ent_game game = {&w.net, &others, players + p, 1};
        MUST(hold(&game, NULL, &w.arena, &best, &w.err), w.err);
        CHECK_NEAR(best.objective[0], nash.objective[p], GOAL);
        CHECK_NEAR(gap_of(&game, &best, &nash), 0.0, GAP);
    }
    game_close(&w);
}

/* Four who maximise one sum, by their incomes and by other weights. */
TEST(with_materials_cooperation_is_that_of_the_direct_optimiser, "T")
{
    ONCE_IS_ENOUGH;
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    for (int by_income = 0; by_income < 2; by_income++) {
        double weight[MOST_PLAYERS] = {0}, sum = 0.0;
        ent_player players[EMBEDDED];
        ent_game_point best;
        for (int k = 0; k < EMBEDDED; k++) {
            const ptrdiff_t n = ent_names_find(&w.table.regions, embedded[k]);
            players[k] = (ent_player){.region = n, .greatest = 10.0, .weight = weight};
            weight[n] = by_income ? w.net.sales_usd[w.net.household[n]] : 1.0 + k;
            sum += weight[n];
        }
        for (ptrdiff_t n = 0; n < w.net.regions; n++) weight[n] /= sum;
        const ent_game game = {&w.net, &w.policy, players, EMBEDDED};
        MUST(hold(&game, NULL, &w.arena, &best, &w.err), w.err);
    }
    game_close(&w);
}

/* ---- NAFTA ---- */

static ent_status open_nafta(corridor *c, ent_arena *arena, const char *data)
{
    ent_table table;
    *c = (corridor){0};
    const char *path = ent_path_join(arena, data, "base_nodeficit");
    if (path == NULL) return ENT_NO_MEMORY;
    ENT_TRY(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, path, arena, &table, &c->err));
    return corridor_open(c, &table, "name: 1993\nactions: []\n", data);
}

static const char *const america[] = {"USA", "MEX", "CAN"};

TEST(optima_of_nafta_are_those_of_the_direct_optimiser, "T CP")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("cp2015");
    corridor c;
    if (data == NULL) return;
    MUST(open_nafta(&c, &scratch, data), c.err);
    for (int k = 0; k < 3; k++) {
        ent_game_point best;
        const ent_player who = {.region = ent_names_find(&c.table.regions, america[k]), .greatest = 10.0};
        const ent_game game = {&c.net, &c.policy, &who, 1};
        MUST(hold(&game, NULL, &c.arena, &best, &c.err), c.err);
        CHECK(best.objective[0] > 1e-5);
    }
    corridor_close(&c);
}

TEST(the_war_of_nafta_is_everybodys_direct_optimum, "T CP")
{
    ONCE_IS_ENOUGH;
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("cp2015");
    corridor c;
    ent_player players[3];
    ent_game_point nash;
    if (data == NULL) return;
    MUST(open_nafta(&c, &scratch, data), c.err);
    for (int k = 0; k < 3; k++)
        players[k] = (ent_player){.region = ent_names_find(&c.table.regions, america[k]), .greatest = 10.0};
    const ent_game war = {&c.net, &c.policy, players, 3};
    MUST(ent_game_play(&war, NULL, NULL, &c.arena, &nash, &c.err), c.err);
    CHECK(nash.slope <= SLOPE);
    for (int k = 0; k < 3; k++) {
        ent_policy others = nash.policy;
        ent_game_point best;
        others.duty = ent_new(&c.arena, double, c.net.borders);
        if (others.duty == NULL) break;
        for (ptrdiff_t lane = 0; lane < c.net.borders; lane++)
            others.duty[lane] =
                c.net.lane_region[lane] == players[k].region ? c.policy.duty[lane] : nash.policy.duty[lane];
        const ent_game game = {&c.net, &others, players + k, 1};
        MUST(hold(&game, NULL, &c.arena, &best, &c.err), c.err);
        CHECK_NEAR(best.objective[0], nash.objective[k], GOAL);
        CHECK_NEAR(gap_of(&game, &best, &nash), 0.0, GAP);
    }
    corridor_close(&c);
}
