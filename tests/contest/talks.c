/* talks.c: what talks of a file come to, against symmetry, closed forms and what the library says of the same game. */
// SPDX-License-Identifier: MIT
#include "seated.h"

static ent_status talk_text(game_world *w, const char *text, ent_contest *contest, ent_seats *seats, ent_talks *talks)
{
    const ent_play_options options = {.starts = 1};
    ENT_TRY(seat_text(w, text, NULL, contest, seats));
    return ent_contest_talk(seats, &options, &w->arena, talks, &w->err);
}

/* Two symmetric countries, sigma = 5: the least patience at which free trade holds (the bargain of twins). */
TEST(twins_need_the_patience_of_the_closed_form, "C5")
{
    static const double tau[] = {1.0, 1.5, 2.0}, wanted[] = {0.491430345, 0.457544064, 0.449191822};
    for (int k = 0; k < 3; k++) {
        game_world w = {0};
        ent_contest contest;
        ent_seats seats;
        ent_talks talks;
        MUST(game_two(&w, 1.0, tau[k], 4.0), w.err);
        MUST(talk_text(&w, "players: [R1, R2]\ntalks: {punishment: [3, forever]}\n", &contest, &seats, &talks), w.err);
        CHECK(talks.two && talks.truce_status == ENT_OK && talks.truce.periods == 3);
        CHECK_NEAR(talks.truce.patience[0], wanted[k], 2e-8);
        CHECK_NEAR(talks.truce.patience[1], wanted[k], 2e-8);
        CHECK(talks.truce.patience_T[0] > talks.truce.patience[0]); /* a shorter punishment asks for more */
        game_close(&w);
    }
}

/* Equal patience in quick succession divides twins' frontier in equal parts; the one who offers first has the more, and
 * what the other is offered is what waiting is worth to it. */
TEST(offers_in_turn_leave_the_other_side_what_waiting_is_worth, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.8, R2: 0.8}}\n", &contest, &seats, &talks), w.err);
    CHECK(talks.zone_status == ENT_OK && talks.zone.open && talks.offers_there && talks.offers.agreed);
    CHECK(talks.offers.first > talks.offers.second);
    CHECK_NEAR(talks.offers.second, 0.8 * talks.offers.first, 1e-9); /* side 0 is offered what waiting is worth */
    CHECK_NEAR(talks.offer[0].share[1], 0.8 * talks.offer[1].share[1], 1e-6); /* and so is side 1, on the frontier */
    CHECK_NEAR(talks.offer[0].share[0], talks.offer[1].share[1], 1e-6);       /* twins */
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.999, R2: 0.999}}\n", &contest, &seats, &talks),
         w.err);
    CHECK_NEAR(talks.offer[0].share[0], talks.offer[0].share[1], 2e-3);
    CHECK_NEAR(talks.agreed->goal[0], talks.offer[0].goal[0], 2e-3 * (talks.zone.best[0] - talks.zone.threat[0]));
    game_close(&w);
}

TEST(an_outside_option_that_binds_is_what_is_got, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.5, R2: 0.9}}\n", &contest, &seats, &talks), w.err);
    const double without = talks.offers.first, range = talks.zone.best[0] - talks.zone.threat[0];
    /* the status quo is free trade; side 0 can walk away with what lies well above what it would get, over the war */
    const double outside = talks.zone.threat[0] + fmin(0.95, without + 0.3) * range - talks.play.verdict[0].goal[0];
    char text[256];
    snprintf(text, sizeof text, "players: [R1, R2]\ntalks: {discount: {R1: 0.5, R2: 0.9}, outside: {R1: %.12f%%}}\n",
             100.0 * expm1(outside));
    MUST(talk_text(&w, text, &contest, &seats, &talks), w.err);
    CHECK(talks.offers.agreed && talks.offers.outside_binds[0]);
    CHECK_NEAR(talks.offers.second, fmin(0.95, without + 0.3), 1e-6);
    CHECK(talks.offers.first >= talks.offers.second);
    game_close(&w);
}

/* Twins with the same claims and priors: nobody gives in at once, each is as likely to be the one who gives in, and
 * hazards are those of the closed form r (yield − war)/(win − yield). */
TEST(twins_wear_each_other_out_evenly, "C7")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(
        talk_text(&w,
                  "players: [R1, R2]\ntalks: {discount: {R1: 0.95, R2: 0.95}, period: 0.5, stubborn: {R1: 5%, R2: 5%}, "
                  "claim: {R1: 85%, R2: 85%}}\n",
                  &contest, &seats, &talks),
        w.err);
    CHECK(talks.attrition_there);
    const ent_attrition *a = &talks.attrition;
    const ent_attrition_result *r = &talks.attrition_result;
    CHECK_NEAR(a->rate[0], -log(0.95) / 0.5, 1e-12);
    CHECK_NEAR(talks.demand[0].share[0], 0.85, 1e-6);
    CHECK_NEAR(talks.demand[1].share[1], 0.85, 1e-6);
    CHECK_NEAR(r->hazard[1], a->rate[0] * (a->yield[0] - a->war[0]) / (a->win[0] - a->yield[0]), 1e-12);
    CHECK_NEAR(r->hazard[0], r->hazard[1], 1e-6 * r->hazard[0]);
    CHECK_NEAR(r->gives_in[0], r->gives_in[1], 1e-5);
    CHECK_NEAR(r->gives_in[0] + r->gives_in[1] + r->never, 1.0, 1e-9);
    game_close(&w);
}

/* A package is worth what its scenario is worth; what is worse for somebody than the war does not suit over the war. */
TEST(packages_are_worth_what_their_actions_do, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.0, 2.0), w.err);
    MUST(talk_text(&w,
                   "players: [R1, R2]\n"
                   "talks:\n"
                   "  packages:\n"
                   "    - {name: free trade, actions: []}\n"
                   "    - {name: one-sided, actions: [duty: {importer: R1, exporter: R2, set: 200%}]}\n"
                   "    - {name: 'low, both', actions: [duty: {importer: all, exporter: all, set: 10%}]}\n",
                   &contest, &seats, &talks),
         w.err);
    CHECK(talks.packages == 3);
    CHECK_NEAR(talks.package[0]->objective[0], 0.0, 1e-11);
    CHECK(talks.over_war.acceptable[0] && !talks.over_war.acceptable[1] && talks.over_war.acceptable[2]);
    CHECK(talks.over_war.bargained == 0); /* free trade is what twins agree on */
    CHECK(!talks.over_quo.acceptable[1] && !talks.over_quo.acceptable[2]);
    CHECK_TEXT(talks.package[2]->name, "low-both");
    game_close(&w);
}

TEST(talks_of_one_are_refused, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.0, 2.0), w.err);
    CHECK(talk_text(&w, "players: [R1]\n", &contest, &seats, &talks) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "g.yaml: talks are for two players or more, but one plays; write the others under `players`");
    game_close(&w);
}

/* ---- ladders ---- */

/* Steps are laid upon the status quo together: the payoffs are those of the scenarios, and matching what is best for
 * oneself rests where nobody gains alone. */
TEST(every_combination_of_steps_is_a_scenario_of_its_own, "4.7")
{
    static const char *const text = "players: [R1, R2]\n"
                                    "talks:\n"
                                    "  ladders:\n"
                                    "    R2:\n"
                                    "      - {name: ten, actions: [duty: {importer: R2, exporter: R1, set: 10%}]}\n"
                                    "      - {name: fifty, actions: [duty: {importer: R2, exporter: R1, set: 50%}]}\n"
                                    "    R1:\n"
                                    "      - {name: twenty, actions: [duty: {importer: R1, exporter: R2, set: 20%}]}\n"
                                    "  precision: 3\n";
    static const double mine[2] = {0.0, 0.2}, theirs[3] = {0.0, 0.1, 0.5};
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w, text, &contest, &seats, &talks), w.err);
    const ent_rungs *r = &talks.rungs;
    CHECK(r->status == ENT_OK && r->why == NULL && r->game.players == 2);
    CHECK(r->game.strategies[0] == 3 && r->game.strategies[1] == 2); /* the file's order */
    CHECK_TEXT(seats.terms.ladder[0].step[0], "nothing");
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 2; b++) {
            ent_policy policy = w.policy;
            double *log_welfare;
            policy.duty = ent_new(&w.arena, double, w.net.borders);
            for (ptrdiff_t e = 0; e < w.net.borders; e++)
                policy.duty[e] = w.net.lane_region[e] == ent_lane_exporter(&w.net, e) ? 0.0
                                 : w.net.lane_region[e] == 0                          ? mine[b]
                                                                                      : theirs[a];
            MUST(ent_talk_welfare(&w.net, &policy, NULL, &w.arena, &log_welfare, &w.err), w.err);
            CHECK_NEAR(r->game.payoff[(a * 2 + b) * 2], 100.0 * log_welfare[1], 1e-9);
            CHECK_NEAR(r->game.payoff[(a * 2 + b) * 2 + 1], 100.0 * log_welfare[0], 1e-9);
        }
    for (ptrdiff_t k = 0; k < r->pure_count; k++) {
        const ptrdiff_t a = r->pure[k] / 2, b = r->pure[k] % 2;
        for (ptrdiff_t other = 0; other < 3; other++)
            CHECK(r->game.payoff[(other * 2 + b) * 2] <= r->game.payoff[(a * 2 + b) * 2] + 1e-8);
        CHECK(r->game.payoff[(a * 2 + 1 - b) * 2 + 1] <= r->game.payoff[(a * 2 + b) * 2 + 1] + 1e-8);
    }
    CHECK(r->pure_count > 0);
    /* p_i proportional to exp(3 u_i), u in percent, against the other's probabilities */
    const double *p = r->quantal.probability, *q = p + 3;
    double u[3];
    for (int a = 0; a < 3; a++) u[a] = q[0] * r->game.payoff[a * 4] + q[1] * r->game.payoff[(a * 2 + 1) * 2];
    for (int a = 1; a < 3; a++) CHECK_NEAR(log(p[a] / p[0]), 3.0 * (u[a] - u[0]), 1e-9);
    CHECK_NEAR(p[0] + p[1] + p[2], 1.0, 1e-12);
    game_close(&w);
}

TEST(a_step_without_an_equilibrium_is_named, "4.7")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w,
                   "players: [R1, R2]\n"
                   "talks:\n"
                   "  ladders:\n"
                   "    R1: [{name: wall, actions: [ban: {importer: R1, exporter: R2}]}]\n"
                   "    R2: [{name: wall, actions: [ban: {importer: R2, exporter: R1}]}]\n",
                   &contest, &seats, &talks),
         w.err);
    /* autarky is a game like any other: Dixit's mutual best reply */
    const ent_rungs *r = &talks.rungs;
    CHECK(r->status == ENT_OK);
    int walls = 0;
    for (ptrdiff_t k = 0; k < r->pure_count; k++) walls |= r->pure[k] == 3;
    CHECK(walls);
    game_close(&w);
}

TEST(bad_ladders_are_refused_in_one_sentence, "contest")
{
    game_world w = {0};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    REFUSED_GAME(
        "players: [R1, R2]\ntalks: {ladders: [R1]}\n",
        "g.yaml:2:18: `ladders` is a mapping from players to lists of steps, such as {USA: [{name: ..., actions: "
        "[...]}]}");
    REFUSED_GAME("players: [R1, R2]\ntalks: {ladders: {R1: up}}\n",
                 "g.yaml:2:23: the ladder of R1 is a list of steps, each with `name` and `actions`; doing nothing is a "
                 "step already");
    REFUSED_GAME("players: [R1, R2]\ntalks: {ladders: {R1: [{name: a}]}}\n",
                 "g.yaml:2:24: a step needs `actions`, the scenario's actions that make it");
    REFUSED_GAME("players: [R1, R2]\ntalks: {ladders: {R1: [{name: a, actions: []}]}}\n",
                 "g.yaml:2:19: ladders are climbed by 2 to 16 players, not 1");
    REFUSED_GAME("players: [R1, R2]\ntalks: {ladders: {R3: [{name: a, actions: []}]}}\n",
                 "g.yaml:2:19: no player is called R3; did you mean R1?");
    REFUSED_GAME(
        "players: [R1, R2]\ntalks: {ladders: {R1: [{name: nothing, actions: []}]}}\n",
        "g.yaml:2:31: doing nothing is everybody's first step already; leave it out, or call this one something "
        "else");
    REFUSED_GAME(
        "players: [R1, R2]\ntalks: {precision: -1}\n",
        "g.yaml:2:20: `precision: -1` must be a number from 0 (all steps are as likely) to 1000000, log odds for "
        "one percent of real income");
    REFUSED_GAME("players: [R1, R2]\ntalks: {cost: {R1: [0%, 100%]}}\n",
                 "g.yaml:2:20: the costs of R1 must rise, to below 100 % of its real income; below 0 % war pleases");
    game_close(&w);
}

/* ---- what enforces itself ---- */

/* Patient twins keep the bargain; impatient ones agree on less, and then each is just held. */
TEST(impatient_sides_agree_on_what_enforces_itself, "4.4")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.6, R2: 0.6}}\n", &contest, &seats, &talks), w.err);
    CHECK(talks.enforced_there && talks.enforced_point == NULL);
    CHECK_NEAR(talks.enforced.agreed[0], talks.agreed->objective[0], 1e-9);
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.3, R2: 0.3}}\n", &contest, &seats, &talks), w.err);
    CHECK(talks.enforced_there && talks.enforced_point != NULL);
    CHECK_TEXT(talks.enforced_point->name, "self-enforcing");
    CHECK_TEXT(ent_verdict_kind(talks.enforced_point), "self-enforcing");
    for (int p = 0; p < 2; p++) {
        const double agreed = talks.enforced.agreed[p], breaks = talks.enforced.temptation[p];
        CHECK(agreed < talks.agreed->objective[p] && agreed > talks.war->objective[p]);
        CHECK_NEAR((breaks - agreed) / (breaks - talks.war->objective[p]), 0.3, 1e-5); /* delta* is what was given */
        CHECK_NEAR(talks.enforced_point->objective[p], agreed, 1e-10);
    }
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {discount: {R1: 0.3}}\n", &contest, &seats, &talks), w.err);
    CHECK(!talks.enforced_there && talks.enforced_why == NULL); /* one side's patience is not known */
    game_close(&w);
}

/* ---- hidden costs ---- */

/* Twins: S is twice the bargain's gain, costs are logs; the chance of peace if all were known is that S + c_0 + c_1 >
 * 0, here counted on a grid of types. Where nobody would rather fight, peace is sure. */
TEST(mediation_has_a_ceiling_where_war_may_please, "C7")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.0, 2.0), w.err);
    MUST(talk_text(&w, "players: [R1, R2]\ntalks: {cost: {R1: [0%, 1%], R2: [0%, 1%]}}\n", &contest, &seats, &talks),
         w.err);
    CHECK(talks.mediation_there && talks.mediation.probability == 1.0);
    CHECK(talks.risk_there[0] && talks.risk_there[1]);
    CHECK(talks.play.failed ==
          0); /* the status quo is free trade: that there is nothing to bargain over is an answer */
    MUST(
        talk_text(&w, "players: [R1, R2]\ntalks: {cost: {R1: [-20%, 5%], R2: [-20%, 5%]}}\n", &contest, &seats, &talks),
        w.err);
    const double pie = 2.0 * (talks.agreed->objective[0] - talks.war->objective[0]);
    const double low = -log1p(0.2), high = -log1p(-0.05);
    enum {
        GRID = 1000
    };
    int peaceful = 0;
    for (int a = 0; a < GRID; a++)
        for (int b = 0; b < GRID; b++) peaceful += pie + 2.0 * low + (high - low) * (a + b + 1.0) / GRID > 0.0;
    CHECK_NEAR(talks.mediation_price, 1.0, 1e-6);
    CHECK_NEAR(talks.mediation.first_probability, (double)peaceful / (GRID * GRID), 2e-3);
    CHECK(talks.mediation.probability < talks.mediation.first_probability && talks.mediation.probability > 0.0);
    CHECK(talks.mediation.surplus < talks.mediation.first_surplus);
    /* what is offered at a risk lies on the frontier, and is the best of those that were tried */
    const ent_frontier *f = &talks.play.curve[0].frontier;
    const double range = talks.zone.best[0] - talks.zone.threat[0];
    for (ptrdiff_t k = 0; k < f->points; k++) {
        const double refuses = fmin(1.0, fmax(0.0, (talks.zone.threat[1] - f->gain[1][k] - low) / (high - low)));
        const double fights = talks.zone.threat[0] - 0.5 * (low + high); /* its own cost, at the middle */
        const double expects = f->gain[0][k] * (1.0 - refuses) + fights * refuses;
        CHECK((expects - talks.zone.threat[0]) / range <= talks.risk[0].proposer + 1e-7);
    }
    game_close(&w);
}

/* ---- who sits at the table ---- */

/* One who can set nothing of weight has no threat: the war is the other's optimum, and nothing is left to settle. */
TEST(where_one_side_has_nothing_to_give_the_zone_is_closed, "4.3")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    MUST(talk_text(&w,
                   "players:\n  - R1\n  - {region: R2, instruments: [import_duty: {least: 0%, greatest: 0%}]}\n"
                   "talks: {discount: {R1: 0.9, R2: 0.9}}\n",
                   &contest, &seats, &talks),
         w.err);
    CHECK(talks.zone_status == ENT_OK && !talks.zone.open && !talks.offers_there);
    CHECK(talks.agreed == NULL && talks.play.failed == 0);
    game_close(&w);
}

TEST(two_who_want_the_same_have_nothing_to_settle, "talk")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    CHECK(talk_text(&w,
                    "players:\n"
                    "  - {region: R1, objective: {weights: {R1: 1, R2: 1}}}\n"
                    "  - {region: R2, objective: {weights: {R2: 1, R1: 1}}}\n",
                    &contest, &seats, &talks) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "g.yaml: R1 and R2 have the same objective, so they have nothing to settle; write them as one "
               "player, or give them weights of their own");
    game_close(&w);
}

/* A bloc of two equal halves of a country talks like the country: what it wants, has and is left is the same. */
TEST(a_bloc_of_halves_talks_like_the_whole, "I2")
{
    game_world halves = {0}, whole = {0};
    ent_contest contest[2];
    ent_seats seats[2];
    ent_talks talks[2];
    static const double theta[1] = {4.0}, none[9] = {0};
    static const double one[4] = {0.7, 0.3, 0.3, 0.9};
    /* the halves of the first buy from one another what the whole bought at home */
    static const double two[9] = {0.175, 0.175, 0.15, 0.175, 0.175, 0.15, 0.15, 0.15, 0.9};
    MUST(game_lay(&whole, 2, 1, one, none, theta, COMPETITION), whole.err);
    MUST(game_lay(&halves, 3, 1, two, none, theta, COMPETITION), halves.err);
    MUST(talk_text(&whole,
                   "players: [R1, R2]\ntalks: {discount: {R1: 0.3, R2: 0.4}, cost: {R1: [-1%, 2%], R2: [0%, 3%]}}\n",
                   &contest[0], &seats[0], &talks[0]),
         whole.err);
    MUST(talk_text(&halves,
                   "players:\n  - {region: [R1, R2], name: A, instruments: [import_duty: {partner: R3}]}\n"
                   "  - {region: R3, instruments: [import_duty: {partner: [R1, R2]}]}\n"
                   "talks: {discount: {A: 0.3, R3: 0.4}, cost: {A: [-1%, 2%], R3: [0%, 3%]}}\n",
                   &contest[1], &seats[1], &talks[1]),
         halves.err);
    for (int s = 0; s < 2; s++) {
        const ptrdiff_t at[2] = {s, s == 0 ? 0 : 2}; /* the seat's first player */
        CHECK_NEAR(talks[1].war->objective[s], talks[0].war->objective[s], 1e-9);
        CHECK_NEAR(talks[1].agreed->objective[s], talks[0].agreed->objective[s], 1e-8);
        CHECK_NEAR(talks[1].zone.best[s], talks[0].zone.best[s], 1e-8);
        CHECK_NEAR(talks[1].zone.price[s], talks[0].zone.price[s], 1e-5);
        CHECK_NEAR(talks[1].truce.temptation[at[1]], talks[0].truce.temptation[at[0]], 1e-8);
        CHECK_NEAR(talks[1].truce.patience[at[1]], talks[0].truce.patience[at[0]], 1e-5);
        CHECK_NEAR(talks[1].enforced.agreed[at[1]], talks[0].enforced.agreed[at[0]], 1e-7);
        CHECK_NEAR(talks[1].offer[s].share[0], talks[0].offer[s].share[0], 1e-5);
        CHECK_NEAR(talks[1].risk[s].demand, talks[0].risk[s].demand, 1e-5);
    }
    CHECK_NEAR(talks[1].mediation.probability, talks[0].mediation.probability, 1e-6);
    game_close(&whole);
    game_close(&halves);
}

/* Of three, what each can have at most while the others have no less than in the war. */
TEST(of_three_each_has_a_most, "4.3")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    static const double flow[9] = {0.70, 0.12, 0.18, 0.12, 0.74, 0.14, 0.18, 0.14, 1.68}, theta[1] = {4.0},
                        duty[9] = {0};
    MUST(game_lay(&w, 3, 1, flow, duty, theta, COMPETITION), w.err);
    MUST(talk_text(&w, "players: [R1, R2, R3]\n", &contest, &seats, &talks), w.err);
    CHECK(!talks.two && talks.most != NULL && talks.play.failed == 0);
    for (int s = 0; s < 3; s++) {
        CHECK(talks.most_why[s] == NULL);
        for (int o = 0; o < 3; o++) {
            CHECK(talks.most[s].has[o] >= talks.war->objective[o] - 1e-8);
            CHECK(talks.most[s].has[s] >= talks.most[o].has[s] - 1e-8); /* nobody else gives it more */
        }
        CHECK(talks.most[s].has[s] >= talks.agreed->objective[s]);
    }
    game_close(&w);
}
