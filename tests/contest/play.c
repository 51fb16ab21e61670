/* play.c: concepts of a game file against closed forms, and against one another. */
// SPDX-License-Identifier: MIT
#include "seated.h"

static const ent_verdict *verdict_named(const ent_play *play, const char *name)
{
    for (ptrdiff_t v = 0; v < play->verdicts; v++)
        if (strcmp(play->verdict[v].name, name) == 0) return &play->verdict[v];
    test_fail(__FILE__, __LINE__, "no point is called %s", name);
    return &play->verdict[0];
}

static ent_status play_text(game_world *w, const char *text, ent_contest *contest, ent_seats *seats, ent_play *play)
{
    const ent_play_options options = {.certify = 1};
    ENT_TRY(seat_text(w, text, NULL, contest, seats));
    return ent_contest_play(seats, &options, &w->arena, play, &w->err);
}

/* σ = 3 without trade cost: war is the golden ratio, and twins gain alike from any deal. */
TEST(twins_of_a_file_fight_at_the_golden_ratio_and_agree_on_free_trade, "C1")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    MUST(game_two(&w, 1.0, 1.0, 2.0), w.err);
    MUST(play_text(&w,
                   "players: [R1, {region: R2, name: other}]\n"
                   "concepts: [free-trade, nash, mfn-nash, bilateral-war, cooperative, equal-gain: {over: nash}, "
                   "nash-bargaining: {threat: nash}]\n",
                   &contest, &seats, &play),
         w.err);
    CHECK(play.failed == 0 && play.verdicts == 8);
    const double golden = 0.618033988749895;
    const char *wars[] = {"nash", "mfn-nash", "bilateral-war"},
               *deals[] = {"free-trade", "cooperative", "equal-gain-over-war", "nash-bargaining"};
    for (int k = 0; k < 3; k++) {
        const ent_verdict *war = verdict_named(&play, wars[k]);
        CHECK_NEAR(game_duty(&w, &war->policy, 0, 1, 0), golden, 1e-10);
        CHECK_NEAR(game_duty(&w, &war->policy, 1, 0, 0), golden, 1e-10);
        CHECK(war->found == 1 && war->gain < 1e-8 && war->slope <= 1e-11);
        CHECK(war->bend < -0.01 && war->doubt == NULL);
        CHECK(war->radius > 0.0 && war->radius < 1.0);
    }
    for (int k = 0; k < 4; k++) {
        const ent_verdict *deal = verdict_named(&play, deals[k]);
        CHECK_NEAR(deal->log_welfare[0], 0.0, 1e-10); /* the benchmark is free trade */
        CHECK_NEAR(deal->objective[1], deal->log_welfare[1], 0.0);
        CHECK(isnan(deal->radius));
    }
    const ent_verdict *bargain = verdict_named(&play, "nash-bargaining");
    CHECK_NEAR(bargain->weight[0], 0.5, 1e-8);
    game_close(&w);
}

TEST(what_is_free_stands_within_its_bounds_and_the_rest_does_not_move, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    double room[20000];
    MUST(game_embedded(&w), w.err);
    MUST(play_text(&w,
                   "actions: [duty: {importer: IND, exporter: CHN, add: 10%}]\n"
                   "players:\n"
                   "  - {region: USA, instruments: [import_duty: {partner: CHN, least: 8%, greatest: 9%}]}\n"
                   "  - {region: CHN, instruments: [import_duty: {partner: USA, sector: [AGR, ELE]}]}\n"
                   "concepts: [nash, optimum: {players: CHN}]\n",
                   &contest, &seats, &play),
         w.err);
    const ptrdiff_t usa = ent_names_find(&w.table.regions, "USA"), chn = ent_names_find(&w.table.regions, "CHN");
    const ptrdiff_t ind = ent_names_find(&w.table.regions, "IND"), ele = ent_names_find(&w.table.sectors, "ELE");
    const ptrdiff_t agr = ent_names_find(&w.table.sectors, "AGR");
    CHECK(w.net.borders < 20000);
    for (ptrdiff_t v = 0; v < play.verdicts; v++) {
        const ent_verdict *one = &play.verdict[v];
        CHECK_NEAR(game_duty(&w, &one->policy, ind, chn, ele), game_duty(&w, &w.policy, ind, chn, ele) + 0.1, 1e-15);
        const ent_rates rates = ent_verdict_rates(&seats, one, 0, ENT_TAX_IMPORT, room);
        if (strcmp(one->name, "nash") == 0) CHECK(rates.least >= 0.08 && rates.greatest <= 0.09);
        for (ptrdiff_t e = 0; e < w.net.borders; e++) {
            const ptrdiff_t n = w.net.lane_region[e], i = ent_lane_exporter(&w.net, e), j = ent_lane_sector(&w.net, e);
            const int his = n == chn && i == usa && (j == ele || j == agr),
                      mine = n == usa && i == chn && w.table.is_good[j];
            if (!his && !mine) CHECK(one->policy.duty[e] == seats.policy.duty[e]);
            if (strcmp(one->name, "optimum-CHN") == 0 && !his) CHECK(one->policy.duty[e] == seats.policy.duty[e]);
        }
    }
    game_close(&w);
}

/* The mean by trade of a duty that is everywhere the same is that duty, and the median too. */
TEST(rates_are_summed_over_what_a_seat_may_set, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    double room[20000];
    MUST(game_embedded(&w), w.err);
    MUST(play_text(&w,
                   "actions: [duty: {importer: USA, exporter: [CHN, MEX], set: 17%}]\nplayers: [{region: USA, "
                   "instruments: [import_duty: {partner: [CHN, MEX]}]}]\nconcepts: [free-trade]\n",
                   &contest, &seats, &play),
         w.err);
    const ent_rates quo = ent_verdict_rates(&seats, &play.verdict[0], 0, ENT_TAX_IMPORT, room);
    const ent_rates none = ent_verdict_rates(&seats, &play.verdict[1], 0, ENT_TAX_IMPORT, room);
    CHECK_NEAR(quo.mean, 0.17, 1e-15);
    CHECK_NEAR(quo.median, 0.17, 1e-15);
    CHECK(none.mean == 0.0 && none.greatest == 0.0 && none.count == quo.count);
    CHECK(isnan(ent_verdict_rates(&seats, &play.verdict[0], 0, ENT_TAX_EXPORT, room).mean));
    game_close(&w);
}

/* The policy of a verdict becomes the status quo of another game, whose motive finds the weights that it was made with.
 */
TEST(a_motive_finds_the_weights_that_made_an_optimum, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play, asked;
    MUST(game_embedded(&w), w.err);
    MUST(play_text(
             &w,
             "players:\n"
             "  - {region: EUU, instruments: [import_duty: {least: -60%}], objective: {lobby: {AGR: 1.4, STE: 0.7}}}\n"
             "  - {region: USA, instruments: [import_duty: {least: -60%, freedom: mfn}], objective: {security: {CHN: "
             "{ELE: -0.01}, USA: {STE: 0.002}}}}\n"
             "concepts: [nash, motive: {player: EUU}, motive: {player: USA, kind: security, cells: {CHN: ELE, USA: "
             "[STE, VEH]}}]\n",
             &contest, &seats, &play),
         w.err);
    CHECK(play.revelations == 2 && play.failed == 0);
    CHECK_TEXT(play.revealed[0].name, "motive-lobby-EUU");
    CHECK(play.revealed[0].motive.fit < 0.999 && play.revealed[0].motive.left > 1e-6); /* what is, is no optimum */
    seats.policy = verdict_named(&play, "nash")->policy;
    MUST(ent_contest_play(&seats, NULL, &w.arena, &asked, &w.err), w.err);
    const ent_game_motive *lobby = &asked.revealed[0].motive, *security = &asked.revealed[1].motive;
    const ptrdiff_t agr = ent_names_find(&w.table.sectors, "AGR"), ste = ent_names_find(&w.table.sectors, "STE");
    const ptrdiff_t ele = ent_names_find(&w.table.sectors, "ELE");
    CHECK(lobby->weights == w.net.sectors && lobby->left < 1e-10);
    CHECK_NEAR(lobby->fit, 1.0, 1e-9);
    CHECK_NEAR(lobby->weight[agr] / lobby->weight[ele], 1.4, 1e-6);
    CHECK_NEAR(lobby->weight[ste] / lobby->weight[ele], 0.7, 1e-6);
    CHECK(security->weights == 3 && security->left < 1e-10);
    CHECK_NEAR(security->weight[0], -0.01, 1e-8); /* cells in the order of the file */
    CHECK_NEAR(security->weight[1], 0.002, 1e-8);
    CHECK_NEAR(security->weight[2], 0.0, 1e-8);
    game_close(&w);
}

TEST(a_motive_that_nothing_could_tell_is_refused, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    MUST(game_embedded(&w), w.err);
    CHECK(play_text(
              &w,
              "players: [{region: USA, instruments: [import_duty: {partner: CHN, sector: ELE}]}]\nconcepts: [motive]\n",
              &contest, &seats, &play) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "g.yaml: `motive`: of the free taxes of United States 1 stand between their bounds, too few "
                           "or too alike to tell 24 weights apart; ask for fewer, let more of its taxes be free, or "
                           "widen their bounds");
    game_close(&w);
}

/* Under an import licence with the rent at home, a duty and the licence's price are one thing: one point, not four.
 * With the rent abroad the duty takes the price until nothing is left of it, and there the goal has a kink. */
TEST(a_duty_under_a_quota_is_one_point_or_a_kink_that_is_named, "E12")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    MUST(game_embedded(&w), w.err);
#define UNDER(rent)                                                                                                    \
    "actions: [quota: {exporter: CHN, importer: USA, sector: MIN, to: 60%, rent: " rent "}]\n"                         \
    "players: [{region: USA, instruments: [import_duty: {partner: CHN, sector: [MIN, ELE, STE]}]}]\n"                  \
    "concepts: [optimum]\n"
    MUST(play_text(&w, UNDER("importer"), &contest, &seats, &play), w.err);
    CHECK(play.failed == 0 && play.verdicts == 2 && play.verdict[1].found == 1);
    MUST(play_text(&w, UNDER("exporter"), &contest, &seats, &play), w.err);
    CHECK(play.failed == 1 && play.verdicts == 2);
    if (play.failed == 1)
        CHECK(strstr(play.verdict[1].why,
                     "lies on rates that are free, and where a duty takes all of the licence's price "
                     "the objective has a kink") != NULL);
    game_close(&w);
#undef UNDER
}

/* With Ossa's political weights Japan's rounds rest where it gains 2.588 %, and from other starts at less; its optimum
 * is 2.6217 %. The other places are no optima, and are not shown as such. */
TEST(a_place_of_rest_that_its_player_would_leave_is_no_optimum, "[Ossa] table 3b")
{
    const char *folder = test_data("ossa2014");
    if (folder == NULL) return;
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    const ent_play_options options = {.certify = 1};
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    MUST(seat_text(&w,
                   "players: [{region: Japan, instruments: [import_duty: {sector: all}], objective: {lobby: {file: "
                   "political_weights.csv, column: Japan}}}]\nconcepts: [optimum]\n",
                   folder, &contest, &seats),
         w.err);
    MUST(ent_contest_play(&seats, &options, &w.arena, &play, &w.err), w.err);
    CHECK(play.failed == 0 && play.verdicts == 2 && play.verdict[1].rejected > 0);
    CHECK(play.verdict[1].doubt == NULL && play.verdict[1].gain < 1e-8);
    CHECK_NEAR(100.0 * expm1(play.verdict[1].objective[0] - play.verdict[0].objective[0]), 2.6217, 5e-5);
    game_close(&w);
}

/* Every concept, with every allocation of the first steps failing, then every fifth or so. */
TEST(a_game_without_memory_ends_cleanly_whatever_is_asked, "faults")
{
    static const char *const concepts[] = {
        "free-trade",
        "optimum",
        "nash",
        "mfn-nash",
        "bilateral-war",
        "cooperative",
        "equal-gain",
        "nash-bargaining",
        "frontier: {points: 3}",
        "nash-in-nash",
        "sanctions: {senders: R1, target: R2, kappa: 0.5}",
        "ask: {asker: R1, target: R2}",
        "blocs",
        "blocs: {partition: [[R1, R2]], inside: joint}",
        "motive: {player: R1, kind: security, cells: {R2: all}}",
        "motive: {player: R1}",
    };
    game_world w = {0};
    MUST(game_two(&w, 2.0, 1.3, 4.0), w.err);
    for (size_t c = 0; c < sizeof concepts / sizeof *concepts; c++) {
        ent_contest contest;
        ent_seats seats;
        const char *text = ent_string_format(&w.arena,
                                             "players: [{region: R1, instruments: [import_duty: {freedom: uniform, "
                                             "sector: all, least: -50%%}]}, {region: R2, instruments: [import_duty: "
                                             "{freedom: uniform, sector: all}]}]\nconcepts: [%s]\n",
                                             concepts[c]);
        const ent_play_options options = {.game = {.tolerance = 1e-7}, .certify = c < 3, .threads = 1};
        ent_status status = ENT_NO_MEMORY;
        long nth = 0;
        MUST(seat_text(&w, text, NULL, &contest, &seats), w.err);
        while (status == ENT_NO_MEMORY && nth < 1000000) {
            ENT_SCRATCH arena = {0};
            ent_error err = {{0}};
            ent_play play;
            nth += 1 + nth / 5;
            test_fail_allocation(nth);
            status = ent_contest_play(&seats, &options, &arena, &play, &err);
            test_fail_allocation(0);
            if (status != ENT_OK && (status != ENT_NO_MEMORY || err.text[0] == 0))
                test_fail(__FILE__, __LINE__, "%s, allocation %ld: %s: %s", concepts[c], nth, ent_status_words(status),
                          err.text);
            if (status == ENT_OK && play.failed > 0) test_fail(__FILE__, __LINE__, "%s was not reached", concepts[c]);
        }
        CHECK(status == ENT_OK && nth > 5);
    }
    game_close(&w);
}
