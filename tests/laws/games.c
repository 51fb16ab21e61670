/* games.c: laws of governments that choose, in any world under any blueprint: what is held is the benchmark, optima
 * beat what is sampled and have the right slopes at their bounds, bargains do not see the units of welfare, and no
 * trade at all is an equilibrium. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

static ent_status open_random(random_world *w, uint64_t seed, ptrdiff_t least)
{
    world_kind kind = any_world;
    kind.least_regions = least;
    kind.most_regions = 4;
    kind.most_sectors = 4;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(random_blueprint(w));
    return random_lay(w);
}

/* The policy with one region's duties replaced. */
static ent_status with_duties(random_world *w, const ent_policy *policy, ptrdiff_t n, double least, double greatest,
                              dice *d, ent_policy *other)
{
    *other = *policy;
    other->duty = ent_new(&w->arena, double, w->net.borders);
    if (other->duty == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(&w->net, lane);
        other->duty[lane] = policy->duty[lane];
        if (w->net.lane_region[lane] != n || i == n) continue;
        other->duty[lane] = -2.0; /* drawn below, once for all users of a partner's goods */
        for (ptrdiff_t e = 0; e < lane && other->duty[lane] < -1.0; e++)
            if (w->net.lane_region[e] == n && ent_lane_exporter(&w->net, e) == i &&
                ent_lane_sector(&w->net, e) == ent_lane_sector(&w->net, lane))
                other->duty[lane] = other->duty[e];
        if (other->duty[lane] < -1.0) other->duty[lane] = dice_between(d, least, greatest);
    }
    return ENT_OK;
}

/* Players whose bounds are what they have: nothing moves, all hats are 1. */
TEST(who_may_only_keep_what_he_has_leaves_the_benchmark, "I3")
{
    int played = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_player players[MOST_PLAYERS];
        ent_game_point point;
        ptrdiff_t count = 0;
        MUST_IN(&w, open_random(&w, seed, 2));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            unsigned char *partner = ent_new0(&w.arena, unsigned char, w.net.regions);
            unsigned char *sector = ent_new0(&w.arena, unsigned char, w.net.sectors);
            if (partner == NULL || sector == NULL) break;
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) { /* the last lane of each buyer is his free one */
                if (w.net.lane_region[lane] != n || ent_lane_exporter(&w.net, lane) == n) continue;
                memset(partner, 0, (size_t)w.net.regions);
                memset(sector, 0, (size_t)w.net.sectors);
                partner[ent_lane_exporter(&w.net, lane)] = sector[ent_lane_sector(&w.net, lane)] = 1;
                const double duty = w.net.duty[lane];
                players[count] =
                    (ent_player){.region = n, .partner = partner, .sector = sector, .least = duty, .greatest = duty};
            }
            const ent_game alone = {&w.net, &w.policy, players + count, 1};
            count += players[count].partner == partner && ent_game_check(&alone, NULL) == ENT_OK;
        }
        const ent_game game = {&w.net, &w.policy, players, count};
        if (count > 0) {
            MUST_IN(&w, ent_game_play(&game, NULL, NULL, &w.arena, &point, &w.err));
            for (ptrdiff_t n = 0; n < w.net.regions; n++)
                LAW(&w, fabs(point.log_welfare[n]) < 1e-10, "welfare moves by %g", point.log_welfare[n]);
            for (ptrdiff_t k = 0; k < w.net.nodes; k++)
                LAW(&w, fabs(point.eq.log_price[k]) < 1e-9, "a price moves by %g", point.eq.log_price[k]);
            played++;
        }
        random_close(&w);
    }
    CHECK(played > WORLDS(60) / 2);
}

/* One step inwards from a bound, or to either side where there is none. */
static void check_bounds(random_world *w, const ent_player *who, const ent_game_point *best)
{
    const double step = 1e-4;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(&w->net, lane), j = ent_lane_sector(&w->net, lane);
        if (w->net.lane_region[lane] != who->region || i == who->region || !dice_chance(&w->dice, 0.3)) continue;
        const double duty = best->policy.duty[lane];
        for (int side = -1; side <= 1; side += 2) {
            ent_policy other = best->policy;
            double *welfare;
            const double moved = (1.0 + duty) * exp(side * step) - 1.0;
            if (moved < who->least || moved > who->greatest) continue;
            other.duty = ent_new(&w->arena, double, w->net.borders);
            if (other.duty == NULL) return;
            memcpy(other.duty, best->policy.duty, (size_t)w->net.borders * sizeof *other.duty);
            for (ptrdiff_t e = 0; e < w->net.borders; e++)
                if (w->net.lane_region[e] == who->region && ent_lane_exporter(&w->net, e) == i &&
                    ent_lane_sector(&w->net, e) == j)
                    other.duty[e] = moved;
            if (ent_talk_welfare(&w->net, &other, &best->eq, &w->arena, &welfare, &w->err) != ENT_OK) continue;
            LAW(w, welfare[who->region] <= best->log_welfare[who->region] + 1e-11, "a step from %g to %g gains %g",
                duty, moved, welfare[who->region] - best->log_welfare[who->region]);
        }
    }
}

/* A certified optimum: no sampled policy gains, no step from a bound inwards does, and some stand at bounds. */
TEST(an_optimum_beats_what_is_sampled_and_stays_at_its_bounds, "I5")
{
    int played = 0, bound = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_game_point best;
        ent_game_certificate c;
        MUST_IN(&w, open_random(&w, seed, 2));
        MUST_IN(&w, random_policy(&w, 0.3));
        const ent_player who = {
            .region = dice_pick(&w.dice, w.net.regions), .least = 0.0, .greatest = dice_between(&w.dice, 0.05, 0.6)};
        const ent_game game = {&w.net, &w.policy, &who, 1};
        const ent_game_options easy = {.tolerance = 1e-10};
        if (ent_game_check(&game, NULL) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_game_settle(&game, &easy, NULL, &w.arena, &best, &c, NULL, &w.err));
        played++;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            bound += w.net.lane_region[lane] == who.region && ent_lane_exporter(&w.net, lane) != who.region &&
                     best.policy.duty[lane] >= who.greatest - 1e-12;
        check_bounds(&w, &who, &best);
        for (int trial = 0; trial < 8; trial++) {
            ent_policy other;
            double *welfare;
            if (with_duties(&w, &best.policy, who.region, who.least, who.greatest, &w.dice, &other) != ENT_OK) break;
            if (ent_talk_welfare(&w.net, &other, &best.eq, &w.arena, &welfare, &w.err) != ENT_OK) continue;
            LAW(&w, welfare[who.region] <= best.log_welfare[who.region] + 1e-8, "a sampled policy gains %g",
                welfare[who.region] - best.log_welfare[who.region]);
        }
        random_close(&w);
    }
    CHECK(played > WORLDS(60) / 2 && bound > WORLDS(60) / 3);
}

/* Welfare counted from another equilibrium is each player's level times a number of his own. Nash's bargain over the
 * same threat, with that equilibrium as the benchmark, is the same policy with the same weights. */
TEST(a_bargain_does_not_see_what_welfare_is_counted_from, "I7")
{
    const double theta[2] = {4.0, 2.5}, none[18] = {0};
    const double flow[18] = {40, 30, 6, 9, 5, 8, 7, 4, 50, 35, 9, 6, 6, 8, 4, 10, 30, 45};
    const ent_options tight = {.tolerance = 1e-13, .depth = 12, .passes = 500, .steps = 60, .threads = 1};
    for (int market = 0; market < 2; market++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        ent_game_point war, first, second;
        ent_equilibrium eq;
        ent_network moved;
        ent_policy before, after;
        double weight[2][3];
        MUST(game_lay(&w, 3, 2, flow, none, theta, market == 0 ? COMPETITION : MARKUPS), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
        MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
        MUST(ent_game_bargain(&game, war.log_welfare, NULL, &w.arena, weight[0], &first, &w.err), w.err);
        before = w.policy; /* another benchmark: the second region with a duty of a half, some trade dearer */
        before.duty = ent_new(&w.arena, double, w.net.borders);
        CHECK(before.duty != NULL);
        if (before.duty == NULL) return;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t n = w.net.lane_region[lane], i = ent_lane_exporter(&w.net, lane);
            before.duty[lane] = n == 1 && i != n ? 0.5 : n == 2 && i == 0 ? 0.2 : 0.0;
        }
        MUST(ent_equilibrium_solve(&w.net, &before, &tight, NULL, &w.arena, &eq, &w.err), w.err);
        MUST(ent_network_rebase(&w.net, &before, &eq, &w.arena, &moved, &w.err), w.err);
        MUST(ent_policy_none(&moved, &w.arena, &after, &w.err), w.err);
        const ent_game again = {&moved, &after, players, 3};
        double threat[3], shift[3];
        for (ptrdiff_t n = 0; n < 3; n++) {
            shift[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[w.net.household[n]];
            threat[n] = war.log_welfare[n] - shift[n];
        }
        CHECK(fabs(shift[1] - shift[0]) > 1e-3);
        MUST(ent_game_bargain(&again, threat, NULL, &w.arena, weight[1], &second, &w.err), w.err);
        for (ptrdiff_t n = 0; n < 3; n++) {
            CHECK_NEAR(second.log_welfare[n] + shift[n], first.log_welfare[n], 1e-8);
            CHECK_NEAR(weight[1][n], weight[0][n], 1e-7);
        }
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            CHECK_NEAR(second.policy.duty[lane], first.policy.duty[lane], 1e-6);
        game_close(&w);
    }
}

/* Dixit (1987): where all others' duties are prohibitive nobody gains by opening alone, whatever the sizes and sectors;
 * duties of 10^8 % leave less than 1e-18 of spending for imports. */
TEST(nobody_opens_alone_a_world_without_trade, "I12")
{
    const double theta[2] = {4.0, 3.0}, none[18] = {0};
    const double flow[18] = {40, 30, 6, 9, 5, 8, 7, 4, 50, 35, 9, 6, 6, 8, 4, 10, 30, 45};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point apart;
    MUST(game_lay(&w, 3, 2, flow, none, theta, COMPETITION), w.err);
    ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    ent_policy policy = w.policy;
    policy.duty = ent_new(&w.arena, double, w.net.borders);
    CHECK(policy.duty != NULL);
    if (policy.duty == NULL) return;
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        policy.duty[lane] = w.net.lane_region[lane] != ent_lane_exporter(&w.net, lane) ? 1e6 : 0.0;
    for (ptrdiff_t p = 0; p < 3; p++) players[p].least = players[p].greatest = 1e6;
    game.policy = &policy;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &apart, &w.err), w.err);
    for (ptrdiff_t p = 0; p < 3; p++) {
        for (int k = 0; k < 3; k++) {
            ent_policy start = apart.policy;
            const double duty[3] = {0.0, 0.3, 10.0};
            start.duty = ent_new(&w.arena, double, w.net.borders);
            if (start.duty == NULL) return;
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
                const int his = w.net.lane_region[lane] == p && ent_lane_exporter(&w.net, lane) != p;
                start.duty[lane] = his ? duty[k] : apart.policy.duty[lane];
            }
            double *welfare;
            MUST(ent_talk_welfare(&w.net, &start, NULL, &w.arena, &welfare, &w.err), w.err);
            CHECK(welfare[p] <= apart.log_welfare[p] + 1e-10);
        }
        double home = 0.0; /* autarky: Π (home share)^(share of spending/θ) */
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            if (w.net.lane_region[lane] != p || ent_lane_exporter(&w.net, lane) != p) continue;
            double sector = 0.0;
            const ptrdiff_t j = ent_lane_sector(&w.net, lane);
            for (ptrdiff_t e = 0; e < w.net.borders; e++)
                if (w.net.lane_region[e] == p && ent_lane_sector(&w.net, e) == j) sector += w.net.lane_value_usd[e];
            home += sector / w.net.sales_usd[w.net.household[p]] * log(w.net.lane_value_usd[lane] / sector) / theta[j];
        }
        CHECK_NEAR(apart.log_welfare[p], home, 1e-9);
    }
    game_close(&w);
}

/* One after the other, each at his optimum, by hand: from either end of the list the turns lead to where all answer at
 * once, and so does a list of players in another order. */
TEST(turns_taken_one_by_one_lead_to_the_same_war, "I16")
{
    const double theta[2] = {4.0, 2.5}, none[18] = {0};
    const double flow[18] = {40, 30, 6, 9, 5, 8, 7, 4, 50, 35, 9, 6, 6, 8, 4, 10, 30, 45};
    game_world w = {0};
    ent_player players[MOST_PLAYERS], backwards[3];
    ent_game_point war, point;
    MUST(game_lay(&w, 3, 2, flow, none, theta, MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    for (int order = 0; order < 2; order++) {
        ent_policy policy = w.policy;
        double moved = INFINITY;
        int round = 0;
        while (moved > 1e-11 && round++ < 200) {
            moved = 0.0;
            for (int turn = 0; turn < 3; turn++) {
                const ent_game alone = {&w.net, &policy, players + (order == 0 ? turn : 2 - turn), 1};
                MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &point, &w.err), w.err);
                for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
                    moved = fmax(moved, fabs(point.policy.duty[lane] - policy.duty[lane]));
                policy = point.policy;
            }
        }
        CHECK(round < 200);
        for (ptrdiff_t n = 0; n < 3; n++) CHECK_NEAR(point.log_welfare[n], war.log_welfare[n], 1e-10);
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            CHECK_NEAR(policy.duty[lane], war.policy.duty[lane], 1e-8);
    }
    for (int p = 0; p < 3; p++) backwards[p] = players[2 - p];
    const ent_game other = {&w.net, &w.policy, backwards, 3};
    MUST(ent_game_play(&other, NULL, NULL, &w.arena, &point, &w.err), w.err);
    for (ptrdiff_t n = 0; n < 3; n++) CHECK_NEAR(point.log_welfare[n], war.log_welfare[n], 1e-11);
    game_close(&w);
}
