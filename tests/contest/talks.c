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
    CHECK_NEAR(talks.offer[0].share[1], 0.8 * talks.offer[1].share[1], 2e-3); /* and so is side 1, on the frontier */
    CHECK_NEAR(talks.offer[0].share[0], talks.offer[1].share[1], 2e-3);       /* twins */
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
