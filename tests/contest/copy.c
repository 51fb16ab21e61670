/* copy.c: a policy that was found comes back as a scenario, to the bit. */
// SPDX-License-Identifier: MIT
#include "seated.h"

static const char *write_text(const char *name, const char *data, size_t size)
{
    static char path[4096];
    ent_error err = {0};
    snprintf(path, sizeof path, "%s/%s", test_temporary_folder(), name);
    if (ent_bytes_write(path, data, size, &err) != ENT_OK) test_fail(__FILE__, __LINE__, "%s", err.text);
    return path;
}

TEST(a_policy_that_was_found_comes_back_as_a_scenario, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    ent_scenario_copy copy;
    static const char rates[] = "importer,exporter,sector,more_pct\nUSA,CHN,ELE,7.25\nUSA,CHN,AGR,1e1\n";
    MUST(game_embedded(&w), w.err);
    write_text("extra duties, of a game.csv", rates, sizeof rates - 1);
    MUST(seat_text(&w,
                   "name: \"A war: \\\"their\\\" war\"\nsource: \"no, none # of it\"\nworld: baseline2022\n"
                   "actions:\n"
                   "  - duty: {file: \"extra duties, of a game.csv\", column: more_pct, mode: add}\n"
                   "  - duty: {file: \"extra duties, of a game.csv\", column: more_pct, mode: add}\n"
                   "  - trade_cost: {exporter: {of: all, not: [CHN, RUS]}, importer: USA, sector: ELE, change: 2%}\n"
                   "  - transfer: {from: USA, to: MEX, amount: 10e9 USD}\n"
                   "players: [USA, CHN]\nconcepts: [nash]\n",
                   test_temporary_folder(), &contest, &seats),
         w.err);
    MUST(ent_contest_play(&seats, NULL, &w.arena, &play, &w.err), w.err);
    CHECK(play.verdicts == 2);
    for (ptrdiff_t v = 0; v < play.verdicts; v++) {
        ent_scenario back;
        ent_policy policy;
        const ent_verdict *one = &play.verdict[v];
        MUST(ent_verdict_scenario(&seats, one, v == 0 ? "quo.csv" : "war.csv", "in-", &w.arena, &copy, &w.err), w.err);
        CHECK(copy.pieces == 1 + v); /* the file that is named twice is copied once */
        for (ptrdiff_t p = 0; p < copy.pieces; p++)
            write_text(copy.piece[p].name, copy.piece[p].bytes.data, copy.piece[p].bytes.size);
        MUST(ent_scenario_parse(copy.scenario, "copy.yaml", test_temporary_folder(), &w.arena, &back, &w.err), w.err);
        MUST(ent_scenario_place(&back, &w.net, &w.arena, &policy, &w.err), w.err);
        CHECK_TEXT(back.name, v == 0 ? "A war: \"their\" war: status quo" : "A war: \"their\" war: Nash");
        CHECK_TEXT(back.source, "no, none # of it");
        CHECK_TEXT(back.world, "baseline2022");
        for (ptrdiff_t e = 0; e < w.net.borders; e++)
            if (policy.duty[e] != one->policy.duty[e] || policy.log_trade_cost[e] != one->policy.log_trade_cost[e] ||
                policy.export_tax[e] != one->policy.export_tax[e]) {
                test_fail(__FILE__, __LINE__, "lane %td of %s comes back as another", e, one->name);
                break;
            }
        for (ptrdiff_t n = 0; n < w.net.regions; n++) CHECK(policy.transfer_usd[n] == one->policy.transfer_usd[n]);
    }
    game_close(&w);
}

/* Everything of a policy, lane by lane. */
static void check_same_policy(const game_world *w, const ent_policy *a, const ent_policy *b, const char *name)
{
    CHECK(a->quotas == b->quotas);
    for (ptrdiff_t e = 0; e < w->net.borders; e++) {
        const int banned = a->banned != NULL && a->banned[e], too = b->banned != NULL && b->banned[e];
        if (a->duty[e] != b->duty[e] || a->export_tax[e] != b->export_tax[e] || banned != too) {
            test_fail(__FILE__, __LINE__, "lane %td of %s comes back as another", e, name);
            return;
        }
    }
}

TEST(cut_offs_and_packages_come_back_whole, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_talks talks;
    ent_play play;
    const ent_play_options options = {.starts = 1};
    MUST(game_embedded(&w), w.err);
    MUST(seat_text(
             &w,
             "actions: [ban: {exporter: USA, importer: RUS, sector: ELE}]\n"
             "players: [{region: [EUU, GBR], name: Europe, inside: free-trade, instruments: [import_duty: {partner: "
             "RUS, sector: MAC}]}, {region: RUS, instruments: [import_duty: {partner: EUU, sector: MAC}]}]\n"
             "concepts: [ask: {asker: Europe, target: RUS}]\n"
             "talks:\n  packages:\n"
             "    - {name: gas, actions: [quota: {exporter: RUS, importer: EUU, sector: ENE, to: 70%, rent: exporter}, "
             "duty: {importer: RUS, exporter: GBR, set: 7%}, ban: {exporter: EUU, importer: RUS, sector: MAC}]}\n",
             NULL, &contest, &seats),
         w.err);
    MUST(ent_contest_play(&seats, &options, &w.arena, &play, &w.err), w.err);
    MUST(ent_contest_talk(&seats, &options, &w.arena, &talks, &w.err), w.err);
    CHECK(play.verdicts == 3 && play.failed == 0 && talks.packages == 1);
    const ent_verdict *all[] = {&play.verdict[0], &play.verdict[1], &play.verdict[2], talks.package[0]};
    for (int v = 0; v < 4; v++) {
        ent_scenario back;
        ent_scenario_copy copy;
        ent_policy policy;
        MUST(ent_verdict_scenario(&seats, all[v], "rates.csv", "in-", &w.arena, &copy, &w.err), w.err);
        for (ptrdiff_t p = 0; p < copy.pieces; p++)
            write_text(copy.piece[p].name, copy.piece[p].bytes.data, copy.piece[p].bytes.size);
        MUST(ent_scenario_parse(copy.scenario, "copy.yaml", test_temporary_folder(), &w.arena, &back, &w.err), w.err);
        MUST(ent_scenario_place(&back, &w.net, &w.arena, &policy, &w.err), w.err);
        check_same_policy(&w, &policy, &all[v]->policy, all[v]->name);
        if (v == 3) CHECK(policy.quotas == 1 && policy.quota[0].limit == 0.7);
    }
    const ptrdiff_t eu = ent_names_find(&w.table.regions, "EUU"), uk = ent_names_find(&w.table.regions, "GBR");
    for (ptrdiff_t j = 0; j < w.net.sectors; j++) { /* free trade within holds in packages too */
        const double duty = game_duty(&w, &all[3]->policy, eu, uk, j);
        CHECK(isnan(duty) || duty == 0.0);
    }
    game_close(&w);
}
