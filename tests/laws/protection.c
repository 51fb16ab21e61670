/* protection.c: what lobbies get. In a small country whose government takes prices as they are, the duty on a good
 * follows Grossman and Helpman's "Protection for Sale" (1994),
 *
 *     t/(1 + t) = [(I_s − a_L)/(a + a_L)] z_s/e_s,
 *
 * I_s 1 where sector s is organised, a the weight of welfare, a_L the share of people in organised sectors, z output
 * over imports, e the elasticity of imports. Here a dollar of sector s counts lobby_s, and revenue counts their mean by
 * income shares, lbar: lobby_s = a + I_s gives lbar = a + a_L, so that the bracket is lobby_s/lbar − 1.
 *
 * Goods differ by origin. Of what a duty adds to the price of imports, specific factors get
 * φ = u(σ − 1)/(1 + u(σ − 1)), u the share of imports in what is spent on the good, and e = σ/(1 + u(σ − 1)), so that
 * with φ z for z (it is z where goods are the same, σ → ∞)
 *
 *     t/(1 + t) = (lobby_s/lbar − 1) (1 − u)(σ − 1)/σ
 *
 * where the sector is small. And Bagwell and Staiger (1999): duties that two governments choose who ignore what they do
 * to world prices are efficient, politics or not. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

/* Factors stay in their sectors. */
static ent_status lay_specific(game_world *w, ptrdiff_t sectors, const double *flow, const double *theta)
{
    static const double duty[64] = {0};
    ENT_TRY(game_lay(w, 2, sectors, flow, duty, theta, COMPETITION));
    for (ptrdiff_t g = 0; g < w->table.factors.count; g++) w->blueprint.mobility[g] = 1.0;
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &w->net, &w->err));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

/* ---- a small country ---- */

enum {
    FARM,  /* exported and imported at world prices; counts 1 */
    STEEL, /* likewise; counts 2 */
    CARS,  /* competes with imports; organised: counts 2 */
    CLOTH, /* competes with imports; not organised: counts 1 */
    GOODS
};
#define SIGMA 4.0
#define TINY  1e-5 /* of spending: sectors whose duties move no income but their own */

static const double counts[GOODS] = {1.0, 2.0, 2.0, 1.0}, own[GOODS] = {0.1, 0.1, 6.0 * TINY, 5.0 * TINY},
                    bought[GOODS] = {0.5, 0.3, 4.0 * TINY, 5.0 * TINY};

/* u at a duty: home prices clear the market of a fixed quantity, what is spent on the good stays. */
static double import_share(double u0, double t)
{
    double low = 0.0, high = 1.0;
    for (int half = 0; half < 100; half++) {
        const double u = 0.5 * (low + high), relative = (1.0 + t) * (1.0 - u0) / (1.0 - u);
        if (u / (1.0 - u) < u0 / (1.0 - u0) * pow(relative, 1.0 - SIGMA))
            low = u;
        else
            high = u;
    }
    return low;
}

static double for_sale(double bracket, double u0)
{
    double low = -0.9, high = 10.0;
    for (int half = 0; half < 100; half++) {
        const double t = 0.5 * (low + high);
        if (t / (1.0 + t) < bracket * (1.0 - import_share(u0, t)) * (SIGMA - 1.0) / SIGMA)
            low = t;
        else
            high = t;
    }
    return low;
}

/* The small country's best duties on cars and cloth, farm and steel with this elasticity. */
static ent_status best_duties(double theta_of_world, double t[GOODS])
{
    game_world w = {0};
    double flow[4 * GOODS], theta[GOODS] = {theta_of_world, theta_of_world, SIGMA - 1.0, SIGMA - 1.0};
    static const unsigned char duties_on[GOODS] = {0, 0, 1, 1};
    for (int s = 0; s < GOODS; s++) {
        flow[s] = own[s];                /* [home][home] */
        flow[GOODS + s] = 0.0;           /* [home][world] */
        flow[2 * GOODS + s] = bought[s]; /* [world][home] */
        flow[3 * GOODS + s] = 1e6 * (own[s] + bought[s]);
    }
    flow[GOODS + FARM] = 0.5 + 9.0 * TINY;
    flow[GOODS + STEEL] = 0.3;
    ent_game_point best;
    ent_player home = {.region = 0, .sector = duties_on, .least = -0.9, .greatest = 10.0, .lobby = counts};
    ent_status status = lay_specific(&w, GOODS, flow, theta);
    const ent_game game = {&w.net, &w.policy, &home, 1};
    const ent_game_options exact = {.tolerance = 1e-13};
    if (status == ENT_OK) status = ent_game_play(&game, &exact, NULL, &w.arena, &best, &w.err);
    if (status != ENT_OK) test_fail(__FILE__, __LINE__, "%s", w.err.text);
    for (int s = 0; s < GOODS && status == ENT_OK; s++) t[s] = game_duty(&w, &best.policy, 0, 1, s);
    game_close(&w);
    return status;
}

/* Farm and steel are differentiated a little, which gives the country some power over their prices; that goes with one
 * over their elasticity, and is taken out by two of them. */
TEST(protection_is_for_sale_in_a_small_country, "7.1")
{
    double rough[GOODS], fine[GOODS];
    if (best_duties(400.0, rough) != ENT_OK || best_duties(800.0, fine) != ENT_OK) return;
    const double income = 0.6 + 0.4 + 9.0 * TINY + 11.0 * TINY, organised = 0.4 + 6.0 * TINY;
    const double lbar = 1.0 + organised / income; /* a + a_L, a = 1 */
    for (int s = CARS; s < GOODS; s++) {
        const double wanted = for_sale(counts[s] / lbar - 1.0, bought[s] / (own[s] + bought[s]));
        CHECK(s == CARS ? wanted > 0.1 : wanted < -0.05);
        CHECK_NEAR(2.0 * fine[s] - rough[s], wanted, 2e-4);
    }
}

/* ---- two countries who ignore world prices ---- */

/* Each competes with imports in one good and exports another, which it buys at home too; mirror images. */
typedef struct {
    double own, bought, kept, lobby;
} mirror;

/* log G of a government that sets t and takes the prices of imports and exports as 1. */
static double as_if_small(const mirror *m, double t)
{
    const double income = m->own + m->bought + m->kept, mu = (m->own + m->bought) / income;
    const double u0 = m->bought / (m->own + m->bought), exports = m->kept + m->bought;
    double low = 0.1, high = 10.0, spends = income, u = u0, price = 1.0;
    for (int half = 0; half < 200; half++) { /* the price of what competes with imports */
        price = 0.5 * (low + high);
        const double a = (1.0 - u0) * pow(price, 1.0 - SIGMA), b = u0 * pow(1.0 + t, 1.0 - SIGMA);
        u = b / (a + b);
        spends = exports / (1.0 - mu * ((1.0 - u) + u * t / (1.0 + t)));
        if ((1.0 - u) * mu * spends > price * m->own)
            low = price;
        else
            high = price;
    }
    const double earns = price * m->own, revenue = mu * spends * u * t / (1.0 + t);
    const double level = (m->lobby * earns + exports) * (1.0 + revenue / (earns + exports));
    const double index =
        mu * log((1.0 - u0) * pow(price, 1.0 - SIGMA) + u0 * pow(1.0 + t, 1.0 - SIGMA)) / (1.0 - SIGMA);
    return log(level) - index;
}

static double chosen_as_if_small(const mirror *m)
{
    double low = -0.5, high = 5.0;
    for (int third = 0; third < 200; third++) {
        const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        if (as_if_small(m, a) < as_if_small(m, b))
            low = a;
        else
            high = b;
    }
    return 0.5 * (low + high);
}

TEST(duties_chosen_without_a_view_to_world_prices_are_efficient, "7.1")
{
    static const double row[2] = {0.5, 0.5};
    static const mirror mirrors[] = {{0.5, 0.3, 0.4, 1.0}, {0.5, 0.3, 0.4, 1.4}, {0.2, 0.5, 0.6, 1.8}};
    for (size_t k = 0; k < sizeof mirrors / sizeof *mirrors; k++) {
        const mirror *m = &mirrors[k];
        game_world w = {0};
        const double theta[2] = {SIGMA - 1.0, SIGMA - 1.0};
        /* [exporter][importer][sector]: the first competes in sector 0, the second in sector 1 */
        const double flow[8] = {m->own, m->kept, 0.0, m->bought, m->bought, 0.0, m->kept, m->own};
        const double lobby[2][2] = {{m->lobby, 1.0}, {1.0, m->lobby}};
        ent_game_point both, war;
        MUST(lay_specific(&w, 2, flow, theta), w.err);
        ent_player players[2];
        for (int p = 0; p < 2; p++)
            players[p] = (ent_player){.region = p, .least = -0.5, .greatest = 5.0, .lobby = lobby[p], .weight = row};
        const ent_game game = {&w.net, &w.policy, players, 2};
        MUST(ent_game_play(&game, NULL, NULL, &w.arena, &both, &w.err), w.err);
        const double wanted = chosen_as_if_small(m);
        for (int p = 0; p < 2; p++) {
            CHECK_NEAR(game_duty(&w, &both.policy, p, 1 - p, p), wanted, 1e-6);
            players[p].weight = NULL;
        }
        if (m->lobby == 1.0) CHECK_NEAR(wanted, 0.0, 1e-6); /* without politics: free trade */
        MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
        CHECK(game_duty(&w, &war.policy, 0, 1, 0) > wanted + 0.01); /* who has an eye on them sets more */
        game_close(&w);
    }
}
