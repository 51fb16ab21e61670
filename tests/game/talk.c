/* talk.c: cooperation with equal gains and Nash's bargain: Ossa's published gains, and what makes a point a bargain. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

typedef struct {
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game game;
} ossa;

static int open_ossa(ossa *o)
{
    const char *folder = test_data("ossa2014");
    *o = (ossa){0};
    if (folder == NULL) return 0;
    if (game_ossa(&o->w, folder, "trade_purged_musd", MARKUPS) != ENT_OK) {
        test_fail(__FILE__, __LINE__, "%s", o->w.err.text);
        return 0;
    }
    o->game = game_of_all(&o->w, o->players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    return 1;
}

static double gain_of(const ent_game_point *p, const double *base, ptrdiff_t n)
{
    return 100.0 * expm1(p->log_welfare[n] - (base != NULL ? base[n] : 0.0));
}

/* Table 5a: everybody gains 3.4 % over the war, 0.5 % (0.52 exactly) over what is, 0.03 % over free trade. */
TEST(seven_regions_gain_alike_what_was_published, "Ossa")
{
    ossa o;
    ent_game_point nash, point;
    double weight[7];
    if (!open_ossa(&o)) return;
    game_world *w = &o.w;
    MUST(ent_game_equal_gain(&o.game, NULL, NULL, &w->arena, weight, &point, &w->err), w->err);
    for (ptrdiff_t n = 0; n < 7; n++) {
        CHECK_NEAR(gain_of(&point, NULL, n), 0.52, 0.005);
        CHECK_NEAR(gain_of(&point, NULL, n), gain_of(&point, NULL, 0), 1e-6);
    }
    MUST(ent_game_play(&o.game, NULL, NULL, &w->arena, &nash, &w->err), w->err);
    MUST(ent_game_equal_gain(&o.game, nash.log_welfare, NULL, &w->arena, weight, &point, &w->err), w->err);
    for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(gain_of(&point, nash.log_welfare, n), 3.4, 0.05);
    ent_equilibrium eq;
    double base[7];
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) w->policy.duty[lane] = 0.0;
    MUST(ent_equilibrium_solve(&w->net, &w->policy, NULL, NULL, &w->arena, &eq, &w->err), w->err);
    for (ptrdiff_t n = 0; n < 7; n++)
        base[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[w->net.household[n]];
    MUST(ent_game_equal_gain(&o.game, base, NULL, &w->arena, weight, &point, &w->err), w->err);
    for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(gain_of(&point, base, n), 0.03, 0.005);
    game_close(w);
}

static double nash_product(const ent_game_point *p, const double *threat)
{
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < 7; n++) sum += log(exp(p->log_welfare[n]) - exp(threat[n]));
    return sum;
}

/* No other cooperative policy has a larger product of gains: equal gains have not, nor have weights nearby. Weights are
 * what they must be, and levels of a player's welfare in other units change nothing. */
TEST(a_bargain_has_the_largest_product_of_gains, "I7")
{
    ossa o;
    ent_game_point nash, bargain, other;
    double weight[7], apart[7];
    if (!open_ossa(&o)) return;
    game_world *w = &o.w;
    MUST(ent_game_play(&o.game, NULL, NULL, &w->arena, &nash, &w->err), w->err);
    const double *threat = nash.log_welfare;
    MUST(ent_game_bargain(&o.game, threat, NULL, &w->arena, weight, &bargain, &w->err), w->err);
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < 7; n++) sum += 1.0 / -expm1(threat[n] - bargain.log_welfare[n]);
    for (ptrdiff_t n = 0; n < 7; n++)
        CHECK_NEAR(weight[n], 1.0 / -expm1(threat[n] - bargain.log_welfare[n]) / sum, 1e-8);
    const double best = nash_product(&bargain, threat);
    MUST(ent_game_equal_gain(&o.game, threat, NULL, &w->arena, apart, &other, &w->err), w->err);
    CHECK(nash_product(&other, threat) < best);
    for (ptrdiff_t p = 0; p < 7; p++) {
        memcpy(apart, weight, sizeof apart);
        apart[p] *= 1.02;
        for (ptrdiff_t q = 0; q < 7; q++) o.players[q].weight = apart;
        MUST(ent_game_play(&o.game, NULL, &bargain.policy, &w->arena, &other, &w->err), w->err);
        CHECK(nash_product(&other, threat) < best);
    }
    game_close(w);
}

/* Two equal countries at war stop it. */
TEST(equal_countries_agree_on_free_trade_in_effect, "C1")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash, point;
    double weight[2];
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    MUST(ent_game_equal_gain(&game, nash.log_welfare, NULL, &w.arena, weight, &point, &w.err), w.err);
    CHECK_NEAR(weight[0], 0.5, 1e-9);
    CHECK_NEAR(point.log_welfare[0], 0.0, 1e-10); /* free trade is the benchmark */
    CHECK_NEAR(point.log_welfare[1], 0.0, 1e-10);
    game_close(&w);
}

TEST(where_nobody_can_gain_there_is_no_bargain, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point point;
    double weight[2];
    const double threat[2] = {0.01, 0.01};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    CHECK(ent_game_bargain(&game, threat, NULL, &w.arena, weight, &point, &w.err) == ENT_NOT_CONVERGED);
    CHECK_TEXT(w.err.text,
               "there is nothing to bargain over: shared equally, cooperation changes everybody's real income "
               "by -0.995 % over the threat");
    game_close(&w);
}
