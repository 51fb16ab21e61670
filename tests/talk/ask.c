/* ask.c: an ask leaves its victim the floor, nothing sampled beats it, and the multiplier is the price of the floor. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

typedef struct {
    game_world w;
    ent_player players[2];
    ent_game game;
} pair;

/* The United States and China of Ossa's world, duties on everybody free. */
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
    return 1;
}

TEST(an_ask_takes_all_but_the_floor_at_the_price_of_its_multiplier, "4.5")
{
    pair o;
    double floor[7], weight[7] = {0}, *status_quo;
    ent_asked asked, less, more;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    const double h = 1e-4; /* h² of a third derivative, and 1e-10/h of the floors, are both below 1e-5 */
    for (int n = 0; n < 7; n++) floor[n] = -INFINITY;
    weight[6] = 1.0;
    MUST(ent_talk_welfare(&w->net, &w->policy, NULL, &w->arena, &status_quo, &w->err), w->err);
    for (int n = 0; n < 7; n++) CHECK_NEAR(status_quo[n], 0.0, 1e-10); /* the policy is the benchmark */
    const ent_ask ask = {weight, floor};
    floor[1] = -0.01;
    MUST(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &asked, &w->err), w->err);
    CHECK_NEAR(asked.point.log_welfare[1], -0.01, 1e-9);
    CHECK(asked.missed <= 1e-9 && asked.point.slope <= 1e-11);
    floor[1] = -0.01 - h;
    MUST(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &less, &w->err), w->err);
    floor[1] = -0.01 + h;
    MUST(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &more, &w->err), w->err);
    CHECK_NEAR((less.objective - more.objective) / (2.0 * h), asked.multiplier[1], 1e-4 * asked.multiplier[1]);
    dice d = {61};
    for (int trial = 0; trial < 40; trial++) { /* what leaves the victim its floor leaves the other no more */
        ent_policy other = asked.point.policy;
        double *welfare;
        const double size = exp(dice_between(&d, -6.0, -1.0));
        other.duty = ent_new(&w->arena, double, w->net.borders);
        if (other.duty == NULL) break;
        for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
            const ptrdiff_t n = w->net.lane_region[lane];
            const int his = (n == 6 || n == 1) && ent_lane_exporter(&w->net, lane) != n;
            other.duty[lane] = asked.point.policy.duty[lane];
            if (his) other.duty[lane] = fmax(0.0, expm1(log1p(other.duty[lane]) + dice_between(&d, -size, size)));
        }
        MUST(ent_talk_welfare(&w->net, &other, NULL, &w->arena, &welfare, &w->err), w->err);
        CHECK(welfare[6] + asked.multiplier[1] * (welfare[1] + 0.01) <= asked.objective + 1e-10);
    }
    floor[1] = -1.0; /* nobody would miss it */
    MUST(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &less, &w->err), w->err);
    CHECK(less.multiplier[1] == 0.0 && less.point.log_welfare[1] > -1.0);
    floor[1] = 0.3;
    CHECK(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &less, &w->err) == ENT_NOT_CONVERGED);
    CHECK(strstr(w->err.text, "no free duties give China the real income that it must keep: the most is ") ==
              w->err.text ||
          strstr(w->err.text, "no free duties give CHN the real income that it must keep: the most is ") ==
              w->err.text);
    game_close(w);
}

/* Several floors at once: the European Union shall not lose either. */
TEST(several_floors_are_kept_together, "4.5")
{
    pair o;
    double floor[7], weight[7] = {0};
    ent_asked asked;
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    for (int n = 0; n < 7; n++) floor[n] = -INFINITY;
    floor[1] = -0.01;
    floor[2] = 0.0;
    floor[4] = -0.9;
    weight[6] = 1.0;
    const ent_ask ask = {weight, floor};
    MUST(ent_talk_ask(&o.game, &ask, NULL, &w->arena, &asked, &w->err), w->err);
    for (int n = 0; n < 7; n++) {
        CHECK(asked.point.log_welfare[n] >= floor[n] - 1e-8);
        CHECK(asked.multiplier[n] >= 0.0);
        if (asked.multiplier[n] > 0.0) CHECK_NEAR(asked.point.log_welfare[n], floor[n], 1e-8);
    }
    CHECK(asked.multiplier[1] > 0.0 && asked.multiplier[2] > 0.0 && asked.multiplier[4] == 0.0);
    game_close(w);
}

/* The zone over the war of the two: its ends are on the frontier, Nash's bargain lies between. */
TEST(a_zone_of_agreement_reaches_from_one_threat_to_the_other, "4.3")
{
    pair o;
    ent_zone zone;
    ent_game_point war, bargain;
    double weight[2];
    if (!open_pair(&o)) return;
    game_world *w = &o.w;
    MUST(ent_game_play(&o.game, NULL, NULL, &w->arena, &war, &w->err), w->err);
    MUST(ent_talk_zone(&o.game, war.log_welfare, NULL, &w->arena, &zone, &w->err), w->err);
    MUST(ent_game_bargain(&o.game, war.log_welfare, NULL, &w->arena, weight, &bargain, &w->err), w->err);
    CHECK(zone.open);
    for (int p = 0; p < 2; p++) {
        const ptrdiff_t n = o.players[p].region, other = o.players[1 - p].region;
        CHECK(zone.best[p] > war.log_welfare[n]);
        CHECK_NEAR(zone.end[p].point.log_welfare[other], war.log_welfare[other], 1e-9);
        CHECK(bargain.log_welfare[n] < zone.best[p] && bargain.log_welfare[n] > war.log_welfare[n]);
    }
    const double price = weight[1] / weight[0];
    CHECK(zone.price[0] < price && price < zone.price[1]);
    double above[7]; /* a threat that is better than all that they can reach together */
    for (int n = 0; n < 7; n++) above[n] = zone.best[n == 6 ? 0 : 1] - 1e-3;
    MUST(ent_talk_zone(&o.game, above, NULL, &w->arena, &zone, &w->err), w->err);
    CHECK(!zone.open);
    game_close(w);
}

TEST(asks_that_make_no_sense_are_refused, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_asked asked;
    ent_zone zone;
    double weight[2] = {0.0, 0.0}, floor[2] = {NAN, 0.0};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_ask ask = {weight, floor};
    CHECK(ent_talk_ask(&game, &ask, NULL, &w.arena, &asked, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the floor of R1 is nan; it must be a log of real income, or minus infinity");
    floor[0] = -INFINITY;
    CHECK(ent_talk_ask(&game, &ask, NULL, &w.arena, &asked, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "nobody asks: all weights are 0");
    weight[0] = -1.0;
    CHECK(ent_talk_ask(&game, &ask, NULL, &w.arena, &asked, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the weight of R1 among those who ask is -1; it must not be negative");
    game.players = 1;
    CHECK(ent_talk_zone(&game, floor, NULL, &w.arena, &zone, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "a zone of agreement lies between 2 parties, and this game has 1; players of equal weights are one");
    game_close(&w);
}
