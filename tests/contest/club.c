/* club.c: clubs of a game file: what stands there, what it comes to, and the sentences for what it may not say. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include "seated.h"

static ent_status open_four(game_world *w)
{
    dice d = {4};
    double flow[4 * 4 * 2], duty[4 * 4 * 2];
    const double theta[2] = {3.0, 5.0};
    for (int i = 0; i < 4; i++)
        for (int n = 0; n < 4; n++)
            for (int j = 0; j < 2; j++) {
                flow[(i * 4 + n) * 2 + j] = i == n ? dice_between(&d, 20.0, 90.0) : dice_between(&d, 1.0, 15.0);
                duty[(i * 4 + n) * 2 + j] = i == n ? 0.0 : dice_between(&d, 0.0, 0.7);
            }
    return game_lay(w, 4, 2, flow, duty, theta, COMPETITION);
}

static const char FOUR[] = "players: [{region: R1, instruments: [import_duty: {sector: all}]}, {region: R2, "
                           "instruments: [import_duty: {sector: all}]}, {region: R3, instruments: [import_duty: "
                           "{sector: all}]}, {region: R4, instruments: [import_duty: {sector: all}]}]\n";

/* The same pledge by hand. */
static ent_status pledged(void *who, const unsigned char *member, double level, ent_arena *arena, ent_policy *policy,
                          ent_error *err)
{
    const ent_network *net = who;
    ENT_TRY(ent_policy_none(net, arena, policy, err));
    for (ptrdiff_t n = 0; n < 4; n++) {
        if (!member[n]) continue;
        policy->log_productivity[net->producer[n * 2]] = level * log1p(-0.02);
        for (ptrdiff_t lane = 0; lane < net->borders; lane++)
            if (net->lane_region[lane] == 3 && ent_lane_exporter(net, lane) == n && ent_lane_sector(net, lane) == 1)
                policy->log_trade_cost[lane] = level * log1p(0.1);
    }
    return ENT_OK;
}

TEST(a_club_of_a_file_is_the_one_that_is_gathered_by_hand, "I14")
{
    static const char club_text[] =
        "concepts:\n"
        "  - club:\n"
        "      core: R1\n"
        "      candidates: [R2, R3]\n"
        "      taxes: joint\n"
        "      target:\n"
        "        - productivity: {region: member, sector: S1, change: -2%}\n"
        "        - trade_cost: {exporter: [member], importer: R4, sector: S2, change: 10%}\n";
    const unsigned char core[4] = {1, 0, 0, 0}, candidate[4] = {0, 1, 1, 0};
    for (int raised = 0; raised < 2; raised++) {
        game_world w = {0};
        ent_contest contest;
        ent_seats seats;
        ent_play play;
        ent_club_form form;
        char text[2000];
        double kept = NAN, lost = NAN;
        MUST(open_four(&w), w.err);
        snprintf(text, sizeof text, "%s%s%s", FOUR, club_text, raised ? "      raise: 10%\n" : "");
        MUST(seat_text(&w, text, NULL, &contest, &seats), w.err);
        MUST(ent_contest_play(&seats, &(ent_play_options){.certify = 1}, &w.arena, &play, &w.err), w.err);
        CHECK(play.clubs == 1 && play.verdicts == 2 && play.failed == 0);
        const ent_gathered *one = &play.club[0];
        const ent_game game = {&w.net, &w.policy, seats.player, 4};
        const ent_club club = {
            .core = core, .candidate = candidate, .policy = pledged, .who = &w.net, .level = 1.0, .joint = 1};
        if (raised)
            MUST(ent_club_raise(&game, &club, 0.1, NULL, &w.arena, &form, &kept, &lost, &w.err), w.err);
        else
            MUST(ent_club_gather(&game, &club, NULL, &w.arena, &form, &w.err), w.err);
        CHECK(one->form.rounds == form.rounds && one->form.nash == form.nash && one->form.all == form.all);
        CHECK(isnan(kept) ? isnan(one->kept) : one->kept == kept);
        CHECK(isnan(lost) ? isnan(one->lost) : one->lost == lost);
        CHECK(memcmp(one->form.member, form.member, 4) == 0);
        for (int n = 0; n < 4; n++) {
            CHECK_NEAR(one->form.goal[n], form.goal[n], 1e-11);
            CHECK_NEAR(play.verdict[1].log_welfare[n], form.log_welfare[n], 1e-9);
        }
        CHECK(play.verdict[1].club == one && play.verdict[1].gain < 1e-8);
        game_close(&w);
    }
}

/* Every policy of a club comes back as a scenario: what members do, their war's duties, shares of a target; and what a
 * package does, which is no rate. */
static void check_back(game_world *w, const ent_seats *seats, const ent_verdict *one, double within)
{
    ent_scenario_copy copy;
    ent_scenario back;
    ent_policy policy;
    char path[4096];
    MUST(ent_verdict_scenario(seats, one, "rates.csv", "in-", &w->arena, &copy, &w->err), w->err);
    for (ptrdiff_t p = 0; p < copy.pieces; p++) {
        snprintf(path, sizeof path, "%s/%s", test_temporary_folder(), copy.piece[p].name);
        MUST(ent_bytes_write(path, copy.piece[p].bytes.data, copy.piece[p].bytes.size, &w->err), w->err);
    }
    MUST(ent_scenario_parse(copy.scenario, "copy.yaml", test_temporary_folder(), &w->arena, &back, &w->err), w->err);
    MUST(ent_scenario_place(&back, &w->net, &w->arena, &policy, &w->err), w->err);
    for (ptrdiff_t e = 0; e < w->net.borders; e++) {
        CHECK(policy.duty[e] == one->policy.duty[e]);
        CHECK_NEAR(policy.log_trade_cost[e], one->policy.log_trade_cost[e], within);
        CHECK((policy.banned != NULL && policy.banned[e]) == (one->policy.banned != NULL && one->policy.banned[e]));
    }
    for (ptrdiff_t k = 0; k < w->net.nodes; k++) {
        CHECK_NEAR(policy.log_productivity[k], one->policy.log_productivity[k], within);
        CHECK_NEAR(policy.subsidy[k], one->policy.subsidy[k], within);
    }
    CHECK(policy.quotas == one->policy.quotas);
}

TEST(what_members_do_comes_back_as_a_scenario, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    char text[2000];
    MUST(open_four(&w), w.err);
    snprintf(text, sizeof text,
             "%sconcepts:\n"
             "  - club:\n"
             "      core: R1\n"
             "      candidates: [R2, R3]\n"
             "      levels:\n"
             "        - {name: costs, actions: [trade_cost: {exporter: R4, importer: member, change: 4%%}]}\n"
             "        - {name: bans, actions: [ban: {exporter: member, importer: R4, sector: S2}]}\n"
             "  - club: {core: R2, target: [productivity: {region: member, change: -30%%}, subsidy: {region: member, "
             "rate: 3%%}], raise: 20%%}\n"
             "  - club: {core: R3}\n",
             FOUR);
    MUST(seat_text(&w, text, NULL, &contest, &seats), w.err);
    MUST(ent_contest_play(&seats, NULL, &w.arena, &play, &w.err), w.err);
    CHECK(play.clubs == 4 && play.verdicts == 5);
    CHECK_TEXT(play.verdict[1].name, "club-costs");
    CHECK_TEXT(play.verdict[2].label, "club: bans");
    CHECK_TEXT(seats.concept[0].level[1].lines[0], "Ban on sales of member to R4, S2");
    CHECK(play.club[2].form.level < 1.0); /* all of it is too much for somebody */
    for (ptrdiff_t v = 1; v < play.verdicts; v++) {
        CHECK(play.verdict[v].status == ENT_OK);
        if (play.verdict[v].status == ENT_OK) check_back(&w, &seats, &play.verdict[v], v == 3 ? 1e-15 : 0.0);
    }
    game_close(&w);
}

TEST(packages_come_back_as_scenarios_with_all_that_they_do, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    char text[2000];
    MUST(open_four(&w), w.err);
    snprintf(
        text, sizeof text,
        "%sactions: [trade_cost: {exporter: R1, importer: R2, change: 3%%}]\nconcepts: [nash]\ntalks:\n  packages:\n"
        "    - {name: a ban, actions: [ban: {exporter: R1, importer: R4, sector: S2}]}\n"
        "    - {name: a quota, actions: [quota: {exporter: R1, importer: R3, sector: S1, to: 50%%, rent: exporter}]}\n",
        FOUR);
    MUST(seat_text(&w, text, NULL, &contest, &seats), w.err);
    MUST(ent_contest_talk(&seats, NULL, &w.arena, &talks, &w.err), w.err);
    CHECK(talks.packages == 2);
    for (ptrdiff_t k = 0; k < talks.packages; k++) check_back(&w, &seats, talks.package[k], 0.0);
    CHECK(talks.package[1]->policy.quotas == 1);
    game_close(&w);
}

/* Twins are due the same of what both together are worth, which is free trade over the benchmark: nothing, here; and
 * one bloc of both is all that lasts, however far they look. */
TEST(twins_are_due_the_same_of_all_blocs, "10.2")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    MUST(game_two(&w, 1.0, 1.0, 2.0), w.err);
    MUST(seat_text(&w,
                   "players: [{region: R1, instruments: [import_duty: {sector: all}]}, {region: R2, instruments: "
                   "[import_duty: {sector: all}]}]\nconcepts: [blocs]\n",
                   NULL, &contest, &seats),
         w.err);
    MUST(ent_contest_play(&seats, NULL, &w.arena, &play, &w.err), w.err);
    CHECK(play.partition_tables == 1 && play.partitions[0].status == ENT_OK);
    const ent_partitions *all = &play.partitions[0];
    const double income = w.net.sales_usd[w.net.household[0]];
    const double apart = income * expm1(all->table.goal[2]); /* each, in their war */
    CHECK(apart < 0.0);
    for (int others = 0; others < 3; others++) {
        for (int p = 0; p < 2; p++) {
            CHECK_NEAR(all->shapley[others][p], 0.0, 1e-8 * income);
            CHECK_NEAR(all->nucleolus[others][p], 0.0, 1e-8 * income);
        }
        CHECK_NEAR(all->complaint[others], apart, 1e-8 * income);
        CHECK(!all->core_empty[others]);
    }
    CHECK(all->farsighted[0] && !all->farsighted[1]);
    game_close(&w);
}

TEST(wrong_clubs_are_refused_in_one_sentence, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
#define CLUB "players: [USA, EUU, CHN]\nconcepts: [club: "
    REFUSED_GAME("players: [USA, EUU]\nconcepts: [club]\n",
                 "g.yaml:2:12: `club` needs `core`, a player or a list of players who move first");
    REFUSED_GAME(CLUB "{core: JPN}]\n", "g.yaml:2:25: no player is called JPN; the first is USA");
    REFUSED_GAME(CLUB "{core: USA, candidate: EUU}]\n",
                 "g.yaml:2:30: no key of `club` is called `candidate`; did you mean `candidates`?");
    REFUSED_GAME(CLUB "{core: USA, candidates: [USA, EUU]}]\n",
                 "g.yaml:2:42: USA is in the core and a candidate; leave it in one");
    REFUSED_GAME(CLUB "{core: USA, candidates: EUU, players: [USA, CHN]}]\n",
                 "g.yaml:2:42: EUU is not among the `players` of this club; add it there, or leave it out");
    REFUSED_GAME(CLUB "{core: [USA, EUU, CHN]}]\n",
                 "g.yaml:2:12: `club` has no candidates: everybody who plays is in its core");
    REFUSED_GAME(CLUB "{core: USA, taxes: each}]\n", "g.yaml:2:37: `taxes` is own or joint, not `each`");
    REFUSED_GAME(CLUB "{core: USA, target: [ban: {exporter: USA, importer: RUS}]}]\n",
                 "g.yaml:2:39: what members do says `member` where each of them stands, such as {exporter: member, "
                 "importer: CHN}");
    REFUSED_GAME(CLUB "{core: USA, target: [ban: {exporter: member, importer: RUX}]}]\n",
                 "g.yaml:2:73: baseline2022 has no region or group called RUX; did you mean RUS?");
    REFUSED_GAME(CLUB "{core: USA, target: [duty: {importer: member, exporter: RUS, set: 30}]}]\n",
                 "g.yaml:2:84: `set: 30` carries no %: was 30 % meant, or 3000 % (30 = 3000 %)? Write its %");
    REFUSED_GAME(CLUB "{core: USA, target: [], levels: []}]\n",
                 "g.yaml:2:42: `target` and `levels` are one or the other: what members do, or a list of ever more");
    REFUSED_GAME(CLUB "{core: USA, levels: []}]\n",
                 "g.yaml:2:38: `levels` is a list: each level begins with a dash, and has `name` and `actions`");
    REFUSED_GAME(CLUB "{core: USA, levels: [{name: a, actions: []}, {name: a, actions: []}]}]\n",
                 "g.yaml:2:70: two levels are called a; rename one");
    REFUSED_GAME(CLUB "{core: USA, raise: 5%}]\n",
                 "g.yaml:2:30: `raise` looks for the share of a `target` that keeps all; there is none");
    REFUSED_GAME(CLUB "{core: USA, target: [ban: {exporter: member, importer: RUS}], raise: 5%}]\n",
                 "g.yaml:2:39: `raise` asks for shares of the target, and a ban has none; write `levels` instead");
    REFUSED_GAME(CLUB "{core: USA, target: [subsidy: {region: member, sector: ELE, rate: 5%}], raise: 80%}]\n",
                 "g.yaml:2:97: `raise: 80%` must be above 0% and at most 50%: how finely is looked");
    REFUSED_GAME(
        CLUB "{core: USA, target: [duty: {importer: member, exporter: RUS, sector: MIN, set: 90%}]}]\n",
        "g.yaml:2:38: USA sets its import duty on trade of RUS with USA in MIN as suits it best, so nothing can "
        "be asked of it; leave it out here, or out of the `instruments` of USA");
    REFUSED_GAME(
        "players: [{name: North, region: [USA, CAN]}, EUU]\nconcepts: [club: {core: EUU}]\n",
        "g.yaml:2:12: `club` is for players of one region, but North is a bloc; write its regions as players of "
        "their own, or leave it out with `players`");
    game_close(&w);
}

TEST(clubs_of_a_file_run_out_of_memory_cleanly, "faults")
{
    game_world w = {0};
    MUST(game_two(&w, 2.0, 1.2, 4.0), w.err);
    const char *text =
        "players: [{region: R1, instruments: [import_duty: {sector: all, freedom: uniform}]}, R2]\n"
        "concepts: [club: {core: R1, target: [productivity: {region: member, change: -1%}], raise: 30%}]\n";
    ent_status status = ENT_NO_MEMORY;
    for (long n = 1; status != ENT_OK && n < 4000; n++) {
        ent_arena arena = {0};
        ent_contest contest;
        ent_seats seats;
        ent_play play;
        ent_scenario_copy copy;
        ent_error err = {0};
        test_fail_allocation(n);
        status = ent_contest_parse((ent_bytes){text, strlen(text)}, "g.yaml", NULL, &arena, &contest, &err);
        if (status == ENT_OK) status = ent_contest_seat(&contest, &w.net, &arena, &seats, &err);
        if (status == ENT_OK) status = ent_contest_play(&seats, &(ent_play_options){.starts = 1}, &arena, &play, &err);
        if (status == ENT_OK)
            status = ent_verdict_scenario(&seats, &play.verdict[1], "rates.csv", "in-", &arena, &copy, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
    }
    CHECK(status == ENT_OK);
    game_close(&w);
}
