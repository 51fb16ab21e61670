/* club.c: rounds, memberships and gains against every membership there could be, each fought by the engine alone. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

enum {
    MOST = 7,
    SETS = 1 << MOST
};

/* What members do: their first sector makes less, and somebody outside is taxed on what it sells to them. */
typedef struct {
    const game_world *w;
    double loss;     /* log points at level 1 */
    ptrdiff_t rival; /* a region whose sales to members carry trade costs; −1: none */
    double cost;
} pledge;

static ent_status pledged(void *who, const unsigned char *member, double level, ent_arena *arena, ent_policy *policy,
                          ent_error *err)
{
    const pledge *p = who;
    const ent_network *net = &p->w->net;
    ENT_TRY(ent_policy_none(net, arena, policy, err));
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (member[n]) policy->log_productivity[net->producer[n * net->sectors]] = -level * p->loss;
    for (ptrdiff_t lane = 0; lane < net->borders && p->rival >= 0; lane++)
        if (member[net->lane_region[lane]] && ent_lane_exporter(net, lane) == p->rival)
            policy->log_trade_cost[lane] = level * p->cost;
    return ENT_OK;
}

/* What goals are worth to each player: its own, or by its weights. */
static void objectives(const ent_player *players, ptrdiff_t count, const double *goal, double *objective)
{
    for (ptrdiff_t n = 0; n < count; n++) {
        objective[n] = players[n].weight != NULL ? 0.0 : goal[n];
        for (ptrdiff_t i = 0; i < count && players[n].weight != NULL; i++)
            objective[n] += players[n].weight[i] * goal[i];
    }
}

/* The war of one membership, put together here: goals of all players. */
static ent_status fight(game_world *w, const ent_player *everybody, ptrdiff_t players, unsigned set, pledge *p,
                        double level, int joint, double *goal)
{
    ent_arena arena = {0};
    ent_player who[MOST];
    ent_policy policy;
    ent_game_point point;
    unsigned char member[MOST], from_within[MOST], from_without[MOST];
    double weight[MOST] = {0}, row[MOST] = {0}, total = 0.0, *found;
    ptrdiff_t free = 0;
    for (ptrdiff_t n = 0; n < players; n++) {
        member[n] = from_without[n] = (unsigned char)(set >> n & 1);
        from_within[n] = !member[n];
        weight[n] = member[n] ? w->net.sales_usd[w->net.household[n]] : 0.0;
        total += weight[n];
    }
    for (ptrdiff_t n = 0; n < players; n++) weight[n] /= total;
    for (ptrdiff_t n = 0; n < players; n++)
        for (ptrdiff_t i = 0; i < players; i++)
            row[i] += weight[n] * (everybody[n].weight != NULL ? everybody[n].weight[i] : (double)(i == n));
    ent_status status = pledged(p, member, level, &arena, &policy, &w->err);
    for (ptrdiff_t lane = 0; lane < w->net.borders && status == ENT_OK; lane++)
        if (member[w->net.lane_region[lane]] && member[ent_lane_exporter(&w->net, lane)]) policy.duty[lane] = 0.0;
    for (ptrdiff_t n = 0; n < players; n++) {
        who[free] = everybody[n];
        who[free].partner = member[n] ? from_within : from_without;
        if (joint && member[n]) who[free].weight = row;
        const ent_game alone = {&w->net, &policy, who + free, 1};
        free += status == ENT_OK && ent_game_check(&alone, NULL) == ENT_OK;
    }
    ent_game game = {&w->net, &policy, who, free};
    if (status == ENT_OK && free > 0) {
        status = ent_game_play(&game, NULL, NULL, &arena, &point, &w->err);
        if (status == ENT_OK) objectives(everybody, players, point.goal, goal);
    } else if (status == ENT_OK) {
        game.player = everybody;
        game.players = players;
        status = ent_talk_goals(&game, &policy, &arena, &found, &w->err);
        if (status == ENT_OK) objectives(everybody, players, found, goal);
    }
    ent_arena_close(&arena);
    return status;
}

typedef struct {
    ptrdiff_t players;
    unsigned core, may;
    double goal[SETS][MOST];
    double none[MOST];
} all_memberships;

static double being_in(const all_memberships *all, unsigned set, ptrdiff_t p)
{
    return all->goal[set | 1u << p][p] - all->goal[set & ~(1u << p)][p];
}

static int is_nash(const all_memberships *all, unsigned set)
{
    for (ptrdiff_t p = 0; p < all->players; p++)
        if ((all->may >> p & 1) && (set >> p & 1 ? -1.0 : 1.0) * being_in(all, set, p) > 1e-8) return 0;
    return 1;
}

/* The rounds once more, by their rule. */
static unsigned next_round(const all_memberships *all, unsigned set)
{
    unsigned moved = 0;
    for (int leaving = 0; leaving < 2 && moved == 0; leaving++)
        for (ptrdiff_t p = 0; p < all->players; p++)
            if ((all->may >> p & 1) && (int)(set >> p & 1) == leaving &&
                (leaving ? -1.0 : 1.0) * being_in(all, set, p) > 1e-8)
                moved |= 1u << p;
    return set ^ moved;
}

static unsigned set_of(const unsigned char *member, ptrdiff_t players)
{
    unsigned set = 0;
    for (ptrdiff_t p = 0; p < players; p++) set |= (unsigned)member[p] << p;
    return set;
}

static void check_form(const all_memberships *all, const ent_club_form *form)
{
    const ptrdiff_t players = all->players;
    const unsigned last = set_of(form->member, players);
    unsigned now = all->core;
    int left = 0, rising = 1, gains = 1;
    for (ptrdiff_t r = 0; r <= form->rounds; r++) {
        const unsigned told = set_of(form->in + r * players, players);
        if (r > 0) {
            CHECK(told == next_round(all, now));
            left |= (now & ~told) != 0;
        } else {
            CHECK(told == all->core);
        }
        now = told;
    }
    CHECK(now == last);
    CHECK(form->circular || next_round(all, last) == last);
    CHECK(form->nash == is_nash(all, last));
    CHECK(form->circular || form->nash);
    CHECK(form->monotone == !left);
    CHECK(form->all == (last == (all->core | all->may)));
    for (ptrdiff_t p = 0; p < players; p++) {
        CHECK_NEAR(form->goal[p], all->goal[last][p], 1e-9);
        CHECK_NEAR(form->gain_none[p], all->goal[last][p] - all->none[p], 1e-9);
        if (all->core >> p & 1) gains &= form->gain_none[p] > 1e-9;
        if ((all->may >> p & 1) == 0) {
            CHECK(isnan(form->gain_staying[p]) && isnan(form->gain_joining[p]));
            continue;
        }
        CHECK_NEAR(form->gain_staying[p], (last >> p & 1 ? 1.0 : -1.0) * being_in(all, last, p), 1e-9);
        if ((last >> p & 1) == 0) {
            CHECK(form->joined[p] == -1 && isnan(form->gain_joining[p]));
            continue;
        }
        const unsigned before = set_of(form->in + (form->joined[p] - 1) * players, players);
        CHECK_NEAR(form->gain_joining[p], being_in(all, before, p), 1e-9);
        rising &= form->gain_staying[p] >= form->gain_joining[p] - 1e-9;
    }
    CHECK(form->rising == rising);
    CHECK(form->core_gains == gains);
}

/* Every membership of the core with some of those who may join. */
static ent_status fight_them_all(game_world *w, const ent_player *players, pledge *p, double level, int joint,
                                 all_memberships *all)
{
    const ent_game game = {&w->net, &w->policy, players, all->players};
    double *none;
    for (unsigned set = 0; set < 1u << all->players; set++)
        if ((set & all->core) == all->core && (set & ~(all->core | all->may)) == 0)
            ENT_TRY(fight(w, players, all->players, set, p, level, joint, all->goal[set]));
    ENT_TRY(ent_talk_goals(&game, &w->policy, &w->arena, &none, &w->err));
    objectives(players, all->players, none, all->none);
    return ENT_OK;
}

static ent_status open_four(game_world *w, dice *d)
{
    double flow[4 * 4 * 2], duty[4 * 4 * 2];
    const double theta[2] = {dice_between(d, 2.0, 6.0), dice_between(d, 2.0, 6.0)};
    for (int i = 0; i < 4; i++)
        for (int n = 0; n < 4; n++)
            for (int j = 0; j < 2; j++) {
                flow[(i * 4 + n) * 2 + j] = i == n ? dice_between(d, 20.0, 90.0) : dice_between(d, 1.0, 15.0);
                duty[(i * 4 + n) * 2 + j] = i == n ? 0.0 : dice_between(d, 0.0, 0.7);
            }
    return game_lay(w, 4, 2, flow, duty, theta, COMPETITION);
}

TEST(a_club_is_the_one_that_rounds_over_all_memberships_form, "I14")
{
    dice d = {4};
    int empty = 0, some = 0, full = 0, refused = 0;
    for (int trial = 0; trial < WORLDS(24); trial++) {
        game_world w = {0};
        ent_player players[MOST_PLAYERS];
        pledge p = {.w = &w, .loss = dice_between(&d, 0.0, 0.05), .rival = trial % 3 == 0 ? 3 : -1, .cost = 0.1};
        all_memberships all = {.players = 4, .core = trial % 4 == 1 ? 3 : 1, .may = trial % 3 == 0 ? 6 : 14};
        unsigned char core[4], candidate[4];
        ent_club_form form;
        all.may &= ~all.core;
        for (int n = 0; n < 4; n++) {
            core[n] = all.core >> n & 1;
            candidate[n] = all.may >> n & 1;
        }
        MUST(open_four(&w, &d), w.err);
        const ent_game game = game_of_all(&w, players, ENT_FREE_BY_SECTOR);
        const double friend[4] = {1.0, 0.4, 0.0, -0.2}, ally[4] = {0.0, 0.3, 1.0, 0.0};
        if (trial % 5 == 0) players[0].weight = friend;
        if (trial % 5 < 2) players[2].weight = ally;
        const ent_club club = {.core = core,
                               .candidate = candidate,
                               .policy = pledged,
                               .who = &p,
                               .level = 1.0,
                               .joint = trial % 2,
                               .threads = 1 + trial % 2};
        MUST(fight_them_all(&w, players, &p, 1.0, club.joint, &all), w.err);
        MUST(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err), w.err);
        check_form(&all, &form);
        if (form.game.players > 0) { /* the war that is handed out is the one that was fought */
            ent_game_point point;
            MUST(ent_game_play(&form.game, NULL, NULL, &w.arena, &point, &w.err), w.err);
            for (int n = 0; n < 4; n++) CHECK_NEAR(point.log_welfare[n], form.log_welfare[n], 1e-9);
            for (ptrdiff_t e = 0; e < w.net.borders; e++) CHECK_NEAR(point.policy.duty[e], form.policy.duty[e], 1e-7);
        }
        const unsigned last = set_of(form.member, 4);
        empty += last == all.core;
        full += form.all;
        some += last != all.core && !form.all;
        refused += !form.core_gains;
        game_close(&w);
    }
    if (WORLDS(24) == 24) CHECK(empty > 0 && some > 0 && full > 0 && refused > 0 && refused < 24);
}

/* Ossa's seven regions around the United States, with and without a price for membership. */
TEST(seven_regions_join_as_all_their_memberships_say, "I14")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    static all_memberships all;
    const unsigned char core[7] = {0, 0, 0, 0, 0, 0, 1};
    if (folder == NULL || WORLDS(64) < 64) return; /* too many for sanitizers */
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    for (int priced = 0; priced < 2; priced++) {
        pledge p = {.w = &w, .loss = 0.3 * priced, .rival = -1};
        const ent_club club = {.core = core, .policy = pledged, .who = &p, .level = 1.0, .threads = 2};
        ent_club_form form;
        all = (all_memberships){.players = 7, .core = 64, .may = 63};
        MUST(fight_them_all(&w, players, &p, 1.0, 0, &all), w.err);
        MUST(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err), w.err);
        check_form(&all, &form);
    }
    game_close(&w);
}

/* A gift to the second and third for being in, as long as the other is not; both in, they pay. */
static ent_status rivals(void *who, const unsigned char *member, double level, ent_arena *arena, ent_policy *policy,
                         ent_error *err)
{
    const game_world *w = who;
    ENT_TRY(ent_policy_none(&w->net, arena, policy, err));
    const double gift = member[1] && member[2] ? -level : level;
    for (int n = 1; n < 3; n++)
        if (member[n]) {
            policy->transfer_usd[n] += gift;
            policy->transfer_usd[3] -= gift;
        }
    return ENT_OK;
}

TEST(two_who_gain_only_alone_go_in_circles_and_that_is_said, "I14")
{
    dice d = {21};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    const unsigned char core[4] = {1, 0, 0, 0}, candidate[4] = {0, 1, 1, 0};
    MUST(open_four(&w, &d), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_club club = {.core = core, .candidate = candidate, .policy = rivals, .who = &w, .level = 30.0};
    ent_club_form form;
    MUST(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err), w.err);
    CHECK(form.circular && !form.nash && !form.monotone && !form.all);
    CHECK(form.rounds == 2);
    const unsigned char in[12] = {1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0};
    CHECK(memcmp(form.in, in, 12) == 0);
    for (int p = 1; p < 3; p++) CHECK(form.gain_staying[p] < 0.0 && form.joined[p] == -1); /* each would join alone */
    game_close(&w);
}

TEST(what_is_asked_of_a_club_rises_until_somebody_stays_away, "I14")
{
    dice d = {4};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    static all_memberships all;
    const unsigned char core[4] = {1, 0, 0, 0};
    double kept, lost;
    ent_club_form form;
    MUST(open_four(&w, &d), w.err);
    pledge p = {.w = &w, .loss = 0.2, .rival = -1};
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_SECTOR);
    const ent_club club = {.core = core, .policy = pledged, .who = &p};
    MUST(ent_club_raise(&game, &club, 0.01, NULL, &w.arena, &form, &kept, &lost, &w.err), w.err);
    CHECK(kept > 0.0 && lost > kept && lost - kept <= 0.01);
    CHECK_NEAR(form.level, kept, 0.0);
    CHECK(form.all && form.nash);
    for (int end = 0; end < 2; end++) {
        all = (all_memberships){.players = 4, .core = 1, .may = 14};
        MUST(fight_them_all(&w, players, &p, end == 0 ? kept : lost, 0, &all), w.err);
        unsigned now = 1, before = 0;
        for (int r = 0; r < 20 && now != before; r++) {
            before = now;
            now = next_round(&all, now);
        }
        CHECK((now == 15) == (end == 0));
    }
    p.loss = 0.0; /* nothing is asked */
    MUST(ent_club_raise(&game, &club, 0.01, NULL, &w.arena, &form, &kept, &lost, &w.err), w.err);
    CHECK(kept == 1.0 && isnan(lost) && form.level == 1.0);
    game_close(&w);
}

TEST(threads_change_no_bit_of_a_club, "I14")
{
    dice d = {9};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    const unsigned char core[4] = {0, 0, 1, 0};
    ent_club_form form[2];
    MUST(open_four(&w, &d), w.err);
    pledge p = {.w = &w, .loss = 0.01, .rival = -1};
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    for (int k = 0; k < 2; k++) {
        const ent_club club = {
            .core = core, .policy = pledged, .who = &p, .level = 1.0, .joint = 1, .threads = k == 0 ? 1 : 3};
        MUST(ent_club_gather(&game, &club, NULL, &w.arena, &form[k], &w.err), w.err);
    }
    CHECK(form[0].rounds == form[1].rounds);
    CHECK(memcmp(form[0].log_welfare, form[1].log_welfare, 4 * sizeof(double)) == 0);
    CHECK(memcmp(form[0].policy.duty, form[1].policy.duty, (size_t)w.net.borders * sizeof(double)) == 0);
    game_close(&w);
}

static ent_status broken(void *who, const unsigned char *member, double level, ent_arena *arena, ent_policy *policy,
                         ent_error *err)
{
    (void)who, (void)member, (void)level, (void)arena, (void)policy;
    return ent_fail(err, ENT_BAD_INPUT, "the pledge cannot be read");
}

TEST(a_club_says_what_is_wrong_with_it_and_runs_out_of_memory_cleanly, "faults")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    const unsigned char nobody[2] = {0, 0}, first[2] = {1, 0}, both[2] = {1, 1};
    ent_club club = {.core = nobody};
    ent_club_form form;
    MUST(game_two(&w, 2.0, 1.2, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    CHECK(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a club needs a core: a player who moves first");
    club.core = both;
    CHECK(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "a club needs candidates: players who may join its core");
    club.core = first;
    club.policy = broken;
    CHECK(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "the pledge cannot be read");
    club.policy = NULL;
    const ent_game_options hasty = {.rounds = 1, .tolerance = 1e-13};
    CHECK(ent_club_gather(&game, &club, &hasty, &w.arena, &form, &w.err) == ENT_NOT_CONVERGED);
    CHECK(strncmp(w.err.text, "the club of R1: ", 16) == 0);
    for (long nth = 1; nth < 3000; nth++) {
        ent_arena arena = {0};
        ent_error err = {{0}};
        double kept, lost;
        test_fail_allocation(nth);
        const ent_status status = ent_club_raise(&game, &club, 0.3, NULL, &arena, &form, &kept, &lost, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status != ENT_NO_MEMORY) break;
        CHECK(nth < 2999);
    }
    game_close(&w);
}
