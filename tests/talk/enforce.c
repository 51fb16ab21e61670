/* enforce.c: two equal countries against a second program of a dozen lines, and what an optimum under constraints is.
 */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

/* ---- two equal countries, one good each, σ = 1 + θ, written down once more ---- */

typedef struct {
    double theta, tau;
} twins;

/* log W of the first at duties s (its own) and t (the other's), over free trade without duties: the wage of the second
 * balances trade. Prices at the border are wages times tau. */
static double welfare_of(const twins *w, double s, double t)
{
    double low = -3.0, high = 3.0, own = 0.0, spent = 0.0;
    for (int half = 0; half < 200; half++) {
        const double wage = exp(0.5 * (low + high)), far = pow(w->tau, -w->theta);
        const double a = pow(wage * (1.0 + s), -w->theta) * far, b = pow((1.0 + t) / wage, -w->theta) * far;
        const double buys = a / (1.0 + a), sells = b / (1.0 + b); /* import shares of the two */
        const double x = 1.0 / (1.0 - buys * s / (1.0 + s)), y = wage / (1.0 - sells * t / (1.0 + t));
        own = 1.0 + a;
        spent = x;
        if (buys * x / (1.0 + s) > sells * y / (1.0 + t))
            low = 0.5 * (low + high); /* the first buys more than it sells: the other's wage must rise */
        else
            high = 0.5 * (low + high);
    }
    return log(spent) + log(own) / w->theta - log(1.0 + pow(w->tau, -w->theta)) / w->theta;
}

/* Its best duty against t, by thirds. */
static double best_of(const twins *w, double t)
{
    double low = 0.0, high = 2.0;
    for (int third = 0; third < 200; third++) {
        const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        if (welfare_of(w, a, t) < welfare_of(w, b, t))
            low = a;
        else
            high = b;
    }
    return welfare_of(w, 0.5 * (low + high), t);
}

static double war_of(const twins *w)
{
    double x = 1.0 / w->theta; /* θ (X − 1) = 1 + X^−σ τ^−θ, X = 1 + t */
    for (int k = 0; k < 200; k++) x = (1.0 + pow(1.0 + x, -1.0 - w->theta) * pow(w->tau, -w->theta)) / w->theta;
    return x;
}

static double nash_of(const twins *w)
{
    return welfare_of(w, war_of(w), war_of(w));
}

/* The lowest common duty that δ holds up: u(t, t) = (1 − δ) D(t) + δ u_N. */
static double lowest_of(const twins *w, double delta)
{
    const double war = nash_of(w);
    double low = 0.0, high = war_of(w);
    for (int half = 0; half < 100; half++) {
        const double t = 0.5 * (low + high);
        if (welfare_of(w, t, t) < (1.0 - delta) * best_of(w, t) + delta * war)
            low = t;
        else
            high = t;
    }
    return high;
}

TEST(impatient_twins_agree_on_the_lowest_duty_that_holds, "4.4")
{
    const twins twin = {4.0, 1.3};
    const double weight[2] = {0.5, 0.5}, patience[3] = {0.2, 0.4, 0.6};
    for (int c = 0; c < 3; c++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        ent_game_point war;
        ent_enforced deal;
        const double delta[2] = {patience[c], patience[c]};
        MUST(game_two(&w, 1.0, twin.tau, twin.theta), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
        MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
        CHECK_NEAR(war.goal[0], nash_of(&twin), 1e-10);
        MUST(ent_talk_enforce(&game, weight, delta, war.goal, NULL, &w.arena, &deal, &w.err), w.err);
        const double lowest = lowest_of(&twin, patience[c]);
        for (int n = 0; n < 2; n++) {
            CHECK_NEAR(game_duty(&w, &deal.policy, n, 1 - n, 0), lowest, 1e-7); /* 1e-8 of u over a slope near 0.1 */
            CHECK((deal.multiplier[n] > 0.0) == (lowest > 1e-9));
            CHECK(deal.slack[n] >= -1e-8);
        }
        game_close(&w);
    }
}

/* With next to no patience hardly more than the war holds: what is agreed leaves it in proportion to δ, and is found as
 * exactly as 1e-9 of u over a slope near 0.1 δ says. With none at all the war is what holds. */
TEST(who_has_no_patience_is_at_war_and_who_has_little_near_it, "4.4")
{
    const twins twin = {4.0, 1.3};
    const double weight[2] = {0.5, 0.5}, patience[4] = {0.0, 1e-4, 1e-3, 1e-2};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war;
    MUST(game_two(&w, 1.0, twin.tau, twin.theta), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    const double at_war = game_duty(&w, &war.policy, 0, 1, 0);
    for (int c = 0; c < 4; c++) {
        ent_enforced deal;
        const double delta[2] = {patience[c], patience[c]};
        MUST(ent_talk_enforce(&game, weight, delta, war.goal, NULL, &w.arena, &deal, &w.err), w.err);
        for (int n = 0; n < 2; n++) {
            const double duty = game_duty(&w, &deal.policy, n, 1 - n, 0);
            CHECK(deal.slack[n] >= -1e-9);
            if (c == 0) {
                CHECK_NEAR(duty, at_war, 1e-11);
                CHECK_NEAR(deal.agreed[n], war.goal[n], 1e-12);
                continue;
            }
            CHECK_NEAR(duty, lowest_of(&twin, patience[c]), 1e-8 / patience[c]);
            CHECK(duty < at_war && at_war - duty < 5.0 * patience[c]);
        }
    }
    game_close(&w);
}

/* The United States and China of Ossa's world: patience buys cooperation, what binds holds with equality, and the truce
 * test says that the agreement needs just the patience that there was. */
TEST(patience_buys_cooperation_and_no_more_than_holds, "4.4")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_game_point war, first;
    const double half[2] = {0.5, 0.5};
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    ent_player players[2] = {{.region = 6, .freedom = ENT_FREE_BY_PARTNER, .greatest = 10.0},
                             {.region = 1, .freedom = ENT_FREE_BY_PARTNER, .greatest = 10.0}};
    const ent_game game = {&w.net, &w.policy, players, 2};
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    double before = 0.5 * (war.goal[6] + war.goal[1]), weight[7] = {0};
    weight[6] = weight[1] = 0.5;
    players[0].weight = players[1].weight = weight;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &first, &w.err), w.err);
    players[0].weight = players[1].weight = NULL;
    for (double delta = 0.15; delta < 0.9; delta += 0.25) {
        const double patience[2] = {delta, delta};
        ent_enforced deal;
        ent_truce truce;
        MUST(ent_talk_enforce(&game, half, patience, war.goal, NULL, &w.arena, &deal, &w.err), w.err);
        MUST(ent_talk_truce(&game, &deal.policy, war.goal, 1, NULL, &w.arena, &truce, &w.err), w.err);
        CHECK(deal.objective >= before - 1e-9);
        CHECK(deal.objective <= first.objective[0] + 1e-9);
        before = deal.objective;
        int bound = 0;
        for (int p = 0; p < 2; p++) {
            CHECK_NEAR(truce.temptation[p], deal.temptation[p], 1e-9);
            CHECK(truce.patience[p] <= delta + 1e-5);
            if (deal.multiplier[p] == 0.0) continue;
            CHECK_NEAR(deal.slack[p], 0.0, 1e-8);
            bound = 1;
        }
        CHECK(bound || fabs(deal.objective - first.objective[0]) < 1e-9);
    }
    game_close(&w);
}

TEST(agreements_without_weight_or_patience_are_refused, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_enforced deal;
    const double half[2] = {0.5, 0.5}, none[2] = {0.0, 0.5}, one[2] = {0.5, 1.0}, war[2] = {0.0, NAN};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    CHECK(ent_talk_enforce(&game, none, half, war, NULL, &w.arena, &deal, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the weight of R1 in the agreement is 0; it must be above 0");
    CHECK(ent_talk_enforce(&game, half, one, war, NULL, &w.arena, &deal, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the discount factor of R2 is 1; it must be at least 0 and below 1");
    CHECK(ent_talk_enforce(&game, half, half, war, NULL, &w.arena, &deal, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "what R2 has in the war is nan, which is not a number");
    game_close(&w);
}
