/* haggle.c: offers that leave the responder what waiting is worth, quick ones that are Nash's bargain, one offer that
 * no other beats, and a standoff over both offers. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

typedef struct {
    game_world w;
    ent_player players[2];
    ent_game game;
    ent_game_point war;
} pair;

static int open_pair(pair *o)
{
    const char *folder = test_data("ossa2014");
    *o = (pair){0};
    if (folder == NULL) return 0;
    if (game_ossa(&o->w, folder, "trade_purged_musd", MARKUPS) != ENT_OK) {
        test_fail(__FILE__, __LINE__, "%s", o->w.err.text);
        return 0;
    }
    o->players[0] = (ent_player){.region = 6, .greatest = 10.0};
    o->players[1] = (ent_player){.region = 1, .greatest = 10.0};
    o->game = (ent_game){&o->w.net, &o->w.policy, o->players, 2};
    if (ent_game_play(&o->game, NULL, NULL, &o->w.arena, &o->war, &o->w.err) == ENT_OK) return 1;
    test_fail(__FILE__, __LINE__, "%s", o->w.err.text);
    return 0;
}

TEST(an_offer_leaves_what_waiting_is_worth, "C7")
{
    pair o;
    ent_haggled h;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    const double *d = o.war.goal, delta[2] = {0.8, 0.9};
    const ent_haggle plain = {d, {delta[0], delta[1]}, {-INFINITY, -INFINITY}};
    MUST(ent_talk_offers(&o.game, &plain, NULL, &w->arena, &h, &w->err), w->err);
    CHECK_NEAR(h.second.goal[6], 0.2 * d[6] + 0.8 * h.first.goal[6], 1e-8);
    CHECK_NEAR(h.first.goal[1], 0.1 * d[1] + 0.9 * h.second.goal[1], 1e-8);
    CHECK(h.first.goal[6] > h.second.goal[6] && h.second.goal[1] > h.first.goal[1]);
    CHECK(!h.outside_binds[0] && !h.outside_binds[1]);
    const double high = h.first.goal[1] + 0.002; /* worth more than waiting: she gets just that */
    const ent_haggle free_ = {d, {delta[0], delta[1]}, {-INFINITY, high}};
    MUST(ent_talk_offers(&o.game, &free_, NULL, &w->arena, &h, &w->err), w->err);
    CHECK(h.outside_binds[1] && !h.outside_binds[0]);
    CHECK_NEAR(h.first.goal[1], high, 1e-8);
    double above[7];
    for (int n = 0; n < 7; n++) above[n] = 0.2;
    const ent_haggle greedy = {above, {0.5, 0.5}, {-INFINITY, -INFINITY}};
    CHECK(ent_talk_offers(&o.game, &greedy, NULL, &w->arena, &h, &w->err) == ENT_NOT_CONVERGED);
    game_close(w);
}

/* Binmore: offers in ever quicker succession go to Nash's bargain over the threat, in units of goals. */
TEST(quick_offers_are_the_bargain_of_the_frontier, "C7")
{
    pair o;
    ent_haggled h;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    const double *d = o.war.goal;
    const ent_haggle quick = {d, {0.999, 0.999}, {-INFINITY, -INFINITY}};
    MUST(ent_talk_offers(&o.game, &quick, NULL, &w->arena, &h, &w->err), w->err);
    /* weights of the largest product of log gains: (1 − a)(u_0 − d_0) = a (u_1 − d_1) */
    for (int k = 0; k < 2; k++) {
        const double a = h.weight[k], left = (1.0 - a) * (h.gain[k][0] - d[6]), right = a * (h.gain[k][1] - d[1]);
        CHECK_NEAR(left, right, 2e-3 * left);
    }
    game_close(w);
}

TEST(one_offer_weighs_its_gain_against_the_risk, "C7")
{
    pair o;
    ent_risky best;
    ent_frontier f;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    const double *d = o.war.goal, low = 0.002, high = 0.06;
    for (int proposer = 0; proposer < 2; proposer++) {
        MUST(ent_talk_risk(&o.game, proposer, d, 0.0, low, high, NULL, &w->arena, &best, &w->err), w->err);
        MUST(ent_talk_frontier(&o.game, 30, NULL, &w->arena, &f, &w->err), w->err);
        const int other = 1 - proposer;
        for (ptrdiff_t k = 0; k < f.points; k++) { /* no other point of the frontier is worth more */
            const double war = d[o.players[other].region], risk = (war - f.gain[other][k] - low) / (high - low);
            const double refuse = fmin(1.0, fmax(0.0, risk)), lost = d[o.players[proposer].region];
            CHECK(f.gain[proposer][k] * (1.0 - refuse) + lost * refuse <= best.proposer + 1e-10);
        }
        CHECK(best.risk > 0.0 && best.risk < 1.0);
        CHECK_NEAR(best.point.goal[o.players[proposer].region], best.demand[proposer], 1e-10);
    }
    /* a cost that is surely high is no risk: she is left her war less the least of it */
    MUST(ent_talk_risk(&o.game, 0, d, 0.0, 0.02, 0.021, NULL, &w->arena, &best, &w->err), w->err);
    CHECK(best.risk < 1e-6);
    CHECK_NEAR(best.demand[1], d[1] - 0.02, 1e-8);
    game_close(w);
}

TEST(a_standoff_is_attrition_over_the_two_demands, "C7")
{
    pair o;
    ent_haggled h;
    ent_attrition war;
    ent_attrition_result r;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    const double *d = o.war.goal, rate[2] = {0.05, 0.05}, prior[2] = {0.05, 0.1};
    const ent_haggle slow = {d, {0.6, 0.6}, {-INFINITY, -INFINITY}};
    MUST(ent_talk_offers(&o.game, &slow, NULL, &w->arena, &h, &w->err), w->err);
    const ent_policy demand[2] = {h.first.policy, h.second.policy};
    MUST(ent_talk_standoff(&o.game, demand, d, rate, prior, &war, &r, &w->err), w->err);
    CHECK_NEAR(war.win[0], h.gain[0][0], 1e-10);
    CHECK_NEAR(war.yield[0], h.gain[1][0], 1e-10);
    CHECK_NEAR(war.war[1], d[1], 1e-15);
    CHECK_NEAR(r.hazard[1], 0.05 * (h.gain[1][0] - d[6]) / (h.gain[0][0] - h.gain[1][0]), 1e-7);
    CHECK_NEAR(r.never, 0.005, 1e-15);
    CHECK(r.expected_date >= 0.0 && isfinite(r.expected_date));
    game_close(w);
}

TEST(offers_that_make_no_sense_are_refused, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_haggled h;
    ent_risky r;
    const double threat[2] = {-0.02, -0.02};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_haggle endless = {threat, {1.0, 0.5}, {-INFINITY, -INFINITY}};
    CHECK(ent_talk_offers(&game, &endless, NULL, &w.arena, &h, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "the discount factor of player 1 between two offers is 1; it must be at least 0 and below 1");
    const ent_haggle odd = {threat, {0.5, 0.5}, {-INFINITY, NAN}};
    CHECK(ent_talk_offers(&game, &odd, NULL, &w.arena, &h, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the outside option of player 2 is nan; it must be a goal, or minus infinity");
    CHECK(ent_talk_risk(&game, 2, threat, 0.0, 0.0, 1.0, NULL, &w.arena, &r, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the proposer is party 0 or 1, not 2");
    CHECK(ent_talk_risk(&game, 1, threat, 0.0, 0.5, 0.5, NULL, &w.arena, &r, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the cost of war lies between two rising numbers; given are 0.5 and 0.5");
    const ent_haggle plain = {threat, {0.5, 0.5}, {-INFINITY, -INFINITY}};
    game.players = 1;
    CHECK(ent_talk_offers(&game, &plain, NULL, &w.arena, &h, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "offers are made between 2 parties, and this game has 1; players of equal weights are one");
    game_close(&w);
}
