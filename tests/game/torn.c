/* torn.c: where an economy has several equilibria under the same taxes no policy is an optimum, and a certificate says
 * so instead of calling luck a gain. Two equal countries with little trade whose goods hardly replace each other: the
 * conditions of Marshall and Lerner fail, σ h + m < 1/2 (h the home share, m the imported one, σ between them), so that
 * the benchmark is one of three equilibria. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

/* Two equal countries, imports a tenth of spending; laid out again with σ between home and imports. */
static ent_status lay(game_world *w, double home_elasticity)
{
    const double flow[4] = {6.0, 4.0, 4.0, 6.0}, none[4] = {0}, theta = 4.0;
    ENT_TRY(game_lay(w, 2, 1, flow, none, &theta, COMPETITION));
    w->blueprint.sourcing = ENT_SOURCING_TWO_TIER;
    w->blueprint.home_elasticity[0] = home_elasticity;
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &w->net, &w->err));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

/* Another equilibrium of the benchmark's own policy: what is found from a point far from it. */
static ent_status elsewhere(game_world *w, double far, ent_equilibrium *eq)
{
    ent_equilibrium start;
    ENT_TRY(ent_equilibrium_solve(&w->net, &w->policy, NULL, NULL, &w->arena, &start, &w->err));
    for (ptrdiff_t k = 0; k < start.states; k++) start.state[k] = k % 2 == 0 ? far : -far;
    return ent_equilibrium_solve(&w->net, &w->policy, NULL, &start, &w->arena, eq, &w->err);
}

/* The same world written down once more: σ = 0.1, home share 0.6, p the price of the second country's good in units of
 * the first's. Trade balances at p = 1, at one p above and at its inverse. */
static double share_of_imports(double price)
{
    return 0.4 * pow(price, 0.9) / (0.6 + 0.4 * pow(price, 0.9));
}

static double other_price(void)
{
    double low = 2.0, high = 1e4;
    for (int half = 0; half < 200; half++) {
        const double p = sqrt(low * high);
        *(share_of_imports(p) > p * share_of_imports(1.0 / p) ? &low : &high) = p;
    }
    return low;
}

static double log_price_index(double price)
{
    return log(0.6 + 0.4 * pow(price, 0.9)) / 0.9;
}

/* Nearly nothing may be set, so that the point is the benchmark as theory knows it. */
static ent_status play(game_world *w, ent_player *player, ent_game *game, ent_game_point *point)
{
    *player = (ent_player){.region = 0, .greatest = 1e-7};
    *game = (ent_game){&w->net, &w->policy, player, 1};
    return ent_game_play(game, NULL, NULL, &w->arena, point, &w->err);
}

TEST(where_the_economy_has_several_equilibria_nothing_is_certified, "4.6")
{
    game_world w = {0};
    ent_equilibrium eq;
    ent_player player;
    ent_game game;
    ent_game_point point;
    ent_game_certificate c;
    ent_error doubt = {{0}};
    MUST(lay(&w, 0.1), w.err);
    MUST(elsewhere(&w, 3.0, &eq), w.err);
    const double p = other_price();
    CHECK_NEAR(eq.income_usd[0] / eq.income_usd[1], p, 1e-6 * p);
    MUST(play(&w, &player, &game, &point), w.err);
    point.eq = eq;
    MUST(ent_game_certify(&game, &point, NULL, &w.arena, &c, &w.err), w.err);
    CHECK(!ent_game_certified(&game, &c, &doubt));
    CHECK(c.torn == 1); /* the poorer one's imports are dear: it moves more */
    CHECK_NEAR(c.apart, fmax(fabs(log_price_index(p)), fabs(log_price_index(1.0 / p))), 1e-5);
    CHECK(strstr(doubt.text, "the economy has more than one equilibrium under the same taxes, real income of R") ==
          doubt.text);
    game_close(&w);
}

/* With σ = 1.5 the conditions hold, from anywhere there is one equilibrium, and the same question is answered no. */
TEST(where_the_economy_has_one_equilibrium_it_is_not_called_torn, "4.6")
{
    game_world w = {0};
    ent_equilibrium eq;
    ent_player player;
    ent_game game;
    ent_game_point point;
    ent_game_certificate c;
    MUST(lay(&w, 1.5), w.err);
    MUST(elsewhere(&w, 3.0, &eq), w.err);
    MUST(play(&w, &player, &game, &point), w.err);
    point.eq = eq;
    MUST(ent_game_certify(&game, &point, NULL, &w.arena, &c, &w.err), w.err);
    CHECK(c.torn == -1 && c.apart == 0.0);
    CHECK(ent_game_certified(&game, &c, NULL));
    game_close(&w);
}
