/* wars.c: all partitions of Ossa's seven regions against an independent solution (GAMES.md 10.2), and what holds for
 * the blocs of any world. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

enum {
    BRAZIL,
    CHINA,
    EUROPE,
    INDIA,
    JAPAN,
    REST,
    USA
};

static ptrdiff_t row_of(const ent_bloc_table *t, const unsigned char bloc[7])
{
    return ent_partition_find(7, t->bloc, t->partitions, bloc);
}

static double percent(const ent_bloc_table *t, ptrdiff_t row, ptrdiff_t n)
{
    return 100.0 * expm1(t->log_welfare[row * t->regions + n]);
}

/* The printed numbers of a customs union are of weights at producer prices, without the duties in the spending. The
 * table's own row is the war that the engine finds with spending as households pay it. */
static void check_union(game_world *w, const ent_bloc_table *t, ptrdiff_t row)
{
    ent_player players[MOST_PLAYERS];
    const unsigned char partner[7] = {1, 1, 0, 1, 1, 1, 0};
    const ent_game game = game_of_all(w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    double *kept = ent_new(&w->arena, double, w->net.borders), *own = w->policy.duty;
    if (kept == NULL) return;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const ptrdiff_t n = w->net.lane_region[lane], i = ent_lane_exporter(&w->net, lane);
        kept[lane] = !partner[n] && !partner[i] && n != i ? 0.0 : w->policy.duty[lane];
    }
    players[EUROPE].partner = players[USA].partner = partner;
    w->policy.duty = kept;
    for (int bare = 0; bare < 2; bare++) {
        double weight[7] = {0};
        ent_game_point point;
        for (int n = 0; n < 7; n++)
            if (!partner[n]) weight[n] = w->net.sales_usd[w->net.household[n]];
        for (ptrdiff_t lane = 0; lane < w->net.borders && bare; lane++) {
            const ptrdiff_t n = w->net.lane_region[lane];
            const double duty = w->net.duty[lane];
            if (!partner[n]) weight[n] -= w->net.lane_value_usd[lane] * duty / (1.0 + duty);
        }
        const double total = weight[EUROPE] + weight[USA];
        weight[EUROPE] /= total;
        weight[USA] /= total;
        players[EUROPE].weight = players[USA].weight = weight;
        MUST(ent_game_play(&game, NULL, NULL, &w->arena, &point, &w->err), w->err);
        for (int n = 0; n < 7 && !bare; n++) CHECK_NEAR(point.log_welfare[n], t->log_welfare[row * 7 + n], 1e-10);
        if (!bare) continue;
        CHECK_NEAR(100.0 * expm1(point.log_welfare[EUROPE]), -1.97, 0.005);
        CHECK_NEAR(100.0 * expm1(point.log_welfare[USA]), -1.42, 0.005);
    }
    w->policy.duty = own;
}

/* 877 partitions, each to rest; seven survive: all, and all without Japan, India or China or two of them, alone or
 * together as printed in the design. */
TEST(seven_regions_form_seven_lasting_partitions, "10.2")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_bloc_table t;
    ent_bloc_stability s;
    if (folder == NULL || WORLDS(877) < 877)
        return; /* too many for sanitizers, which see the same code in small worlds */
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, NULL, 0, 2, NULL, &w.arena, &t, &w.err), w.err);
    CHECK(t.partitions == 877 && t.failed == 0);
    for (ptrdiff_t row = 0; row < t.partitions; row++) CHECK(t.slope[row] <= 1e-11);
    const unsigned char all[7] = {0}, alone[7] = {0, 1, 2, 3, 4, 5, 6}, union_[7] = {0, 1, 2, 3, 4, 5, 2};
    const double nash[7] = {-1.942067, -2.192974, -2.587295, -2.156417, -0.764827, -4.970889, -2.164470};
    for (int n = 0; n < 7; n++) CHECK_NEAR(percent(&t, row_of(&t, alone), n), nash[n], 6e-7);
    CHECK_NEAR(percent(&t, row_of(&t, all), REST), -0.10, 0.005);
    check_union(&w, &t, row_of(&t, union_));
    const int outside[5] = {BRAZIL, CHINA, INDIA, JAPAN, REST};
    for (int k = 0; k < 5; k++) /* outsiders lose more than in the war of all */
        CHECK(percent(&t, row_of(&t, union_), outside[k]) < nash[outside[k]]);
    MUST(ent_bloc_stable(&t, 0.0, &w.arena, &s, &w.err), w.err);
    CHECK(s.survivors == 7);
    const unsigned char named[5][7] = {{0, 0, 0, 0, 0, 0, 0},
                                       {0, 0, 0, 0, 1, 0, 0},  /* without Japan */
                                       {0, 0, 0, 1, 0, 0, 0},  /* without India */
                                       {0, 1, 0, 0, 0, 0, 0},  /* without China */
                                       {0, 1, 0, 0, 1, 0, 0}}; /* China and Japan together */
    for (int k = 0; k < 5; k++) CHECK(s.stable[row_of(&t, named[k])]);
    double *worth, share[7], sum = 0.0;
    for (int others = 0; others < 3; others++) {
        MUST(ent_bloc_worth(&t, (ent_bloc_others)others, &w.arena, &worth, &w.err), w.err);
        double whole = 0.0;
        for (int p = 0; p < 7; p++) whole += t.spending_usd[p] * expm1(t.goal[p]);
        CHECK_NEAR(worth[127], whole, 1e-9 * fabs(whole)); /* all together, whatever the others do */
        MUST(ent_shapley(7, worth, share, &w.err), w.err);
        sum = 0.0;
        for (int p = 0; p < 7; p++) sum += share[p];
        CHECK_NEAR(sum, worth[127], 1e-9 * fabs(whole));
    }
    game_close(&w);
}

TEST(partitions_are_counted_listed_and_found, "10.2")
{
    const ptrdiff_t bell[10] = {1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147};
    ent_arena arena = {0};
    ent_error err;
    for (ptrdiff_t players = 1; players < 10; players++) {
        unsigned char *list;
        ptrdiff_t count;
        CHECK(ent_partition_count(players) == bell[players]);
        MUST(ent_partition_list(players, &arena, &list, &count, &err), err);
        CHECK(count == bell[players]);
        for (ptrdiff_t k = 0; k < count; k++) {
            const unsigned char *bloc = list + k * players;
            int most = -1;
            for (ptrdiff_t p = 0; p < players; p++) {
                CHECK(bloc[p] <= most + 1);
                if (bloc[p] > most) most = bloc[p];
            }
            CHECK(ent_partition_find(players, list, count, bloc) == k);
            CHECK(k == 0 || memcmp(bloc - players, bloc, (size_t)players) < 0);
        }
    }
    unsigned char *list;
    ptrdiff_t count;
    CHECK(ent_partition_list(13, &arena, &list, &count, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "all partitions are listed for 1 to 12 players, not 13; give the ones that matter");
    ent_arena_close(&arena);
}

static ent_status open_random(random_world *w, uint64_t seed)
{
    world_kind kind = any_world;
    kind.least_regions = 3;
    kind.most_regions = 4;
    kind.most_sectors = 3;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, 0.2);
}

/* A bloc that sets all duties of its members, inside too, and has found its best answer, is not beaten by any sampled
 * policy of theirs, the outsiders' as they are. */
TEST(a_bloc_does_no_worse_than_its_members_could_choose, "I11")
{
    int tried = 0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        ent_bloc_table t;
        const unsigned char bloc[4] = {0, 0, 1, 2};
        MUST_IN(&w, open_random(&w, seed));
        ent_player players[4];
        const ptrdiff_t regions = w.net.regions;
        for (ptrdiff_t n = 0; n < regions; n++) players[n] = (ent_player){.region = n, .greatest = 1.0};
        const ent_game game = {&w.net, &w.policy, players, regions};
        if (ent_game_check(&game, NULL) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_bloc_wars(&game, ENT_BLOC_JOINT, bloc, 1, 1, NULL, &w.arena, &t, &w.err));
        if (t.failed == 1) {
            random_close(&w);
            continue;
        }
        /* the same war once more by the engine itself: members of equal weights */
        double weight[4] = {0}, total = t.spending_usd[0] + t.spending_usd[1];
        ent_game_point point;
        weight[0] = t.spending_usd[0] / total;
        weight[1] = t.spending_usd[1] / total;
        players[0].weight = players[1].weight = weight;
        if (ent_game_play(&game, NULL, &w.policy, &w.arena, &point, &w.err) != ENT_OK) {
            random_close(&w); /* the table had a better start than this one */
            continue;
        }
        LAW(&w, fabs(point.objective[0] - t.objective[0]) < 1e-8, "%.12g by the table, %.12g by the game",
            t.objective[0], point.objective[0]);
        tried++;
        for (int trial = 0; trial < 10; trial++) {
            ent_policy other = point.policy;
            double *welfare;
            const double size = exp(dice_between(&w.dice, -5.0, 0.0));
            other.duty = ent_new(&w.arena, double, w.net.borders);
            if (other.duty == NULL) break;
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
                const ptrdiff_t n = w.net.lane_region[lane];
                const int theirs = n < 2 && ent_lane_exporter(&w.net, lane) != n;
                const double moved = point.policy.duty[lane] + (theirs ? dice_between(&w.dice, -size, size) : 0.0);
                other.duty[lane] = theirs ? fmin(1.0, fmax(0.0, moved)) : point.policy.duty[lane];
            }
            if (ent_talk_welfare(&w.net, &other, NULL, &w.arena, &welfare, &w.err) != ENT_OK) continue;
            LAW(&w, weight[0] * welfare[0] + weight[1] * welfare[1] <= point.objective[0] + 1e-9, "a trial gains %g",
                weight[0] * welfare[0] + weight[1] * welfare[1] - point.objective[0]);
        }
        random_close(&w);
    }
    CHECK(tried > WORLDS(40) / 3);
}

/* Threads change no bit, and an asked-for partition is the one of the whole table. */
TEST(neither_threads_nor_company_change_a_partition, "10.2")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_bloc_table one, two, some;
    const double flow[3 * 3 * 2] = {40, 30, 6, 9, 5, 8, 7, 4, 50, 35, 9, 6, 6, 8, 4, 10, 30, 45}, none[18] = {0};
    const double theta[2] = {4.0, 2.5};
    MUST(game_lay(&w, 3, 2, flow, none, theta, COMPETITION), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, NULL, 0, 1, NULL, &w.arena, &one, &w.err), w.err);
    MUST(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, NULL, 0, 3, NULL, &w.arena, &two, &w.err), w.err);
    CHECK(one.partitions == 5 && one.failed == 0);
    CHECK(memcmp(one.log_welfare, two.log_welfare, 15 * sizeof(double)) == 0);
    const unsigned char pair[3] = {0, 1, 0};
    MUST(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, pair, 1, 1, NULL, &w.arena, &some, &w.err), w.err);
    const ptrdiff_t row = ent_partition_find(3, one.bloc, 5, pair);
    for (int n = 0; n < 3; n++) CHECK_NEAR(some.log_welfare[n], one.log_welfare[row * 3 + n], 1e-10);
    ent_bloc_stability s;
    CHECK(ent_bloc_stable(&some, 0.0, &w.arena, &s, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "stability and worth need all 5 partitions of 3 players; the table has 1");
    const unsigned char wrong[3] = {1, 0, 1};
    CHECK(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, wrong, 1, 1, NULL, &w.arena, &some, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "partition 1 does not number its blocs by their first members, from 0 on");
    game_close(&w);
}

TEST(blocs_run_out_of_memory_cleanly, "faults")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    MUST(game_two(&w, 2.0, 1.2, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    for (long nth = 1; nth < 2000; nth++) {
        ent_arena arena = {0};
        ent_bloc_table t;
        ent_bloc_stability s;
        double *worth;
        ent_error err = {{0}};
        test_fail_allocation(nth);
        ent_status status = ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, NULL, 0, 1, NULL, &arena, &t, &err);
        if (status == ENT_OK) status = ent_bloc_stable(&t, 0.0, &arena, &s, &err);
        if (status == ENT_OK) status = ent_bloc_worth(&t, ENT_OTHERS_AVERAGE, &arena, &worth, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status != ENT_NO_MEMORY) break;
        CHECK(nth < 1999);
    }
    game_close(&w);
}
