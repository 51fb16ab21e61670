/* contest.c: what a game file may say, and the sentences for what it may not. */
// SPDX-License-Identifier: MIT
#include "seated.h"

TEST(what_a_game_says_is_what_is_played, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    MUST(game_embedded(&w), w.err);
    MUST(seat_text(&w,
                   "name: trial\n"
                   "actions: [duty: {importer: USA, exporter: CHN, set: 30%}]\n"
                   "players:\n"
                   "  - region: USA\n"
                   "    instruments: [import_duty: {partner: CHN, sector: [ELE, CHE], freedom: mfn, least: -5%, "
                   "greatest: 60%}]\n"
                   "  - {name: Europe, region: [EUU, GBR]}\n"
                   "  - CHN\n"
                   "concepts:\n"
                   "  - nash\n"
                   "  - frontier: {players: [USA, China (incl. Hong Kong)], points: 5}\n"
                   "  - cooperative: {weights: {USA: 1, Europe: 2, CHN: 1}}\n"
                   "  - sanctions: {senders: [USA, Europe], target: IND, kappa: [0, 1.5]}\n"
                   "  - blocs: {partition: [[CHN], [USA, Europe]]}\n",
                   NULL, &contest, &seats),
         w.err);
    CHECK(seats.seats == 3 && seats.players == 4 && seats.concepts == 5);
    CHECK_TEXT(contest.scenario.name, "trial");
    CHECK_TEXT(seats.seat[0].name, "USA");
    CHECK_TEXT(seats.seat[1].name, "Europe");
    CHECK(seats.seat[1].count == 2);
    const ptrdiff_t usa = ent_names_find(&w.table.regions, "USA"), chn = ent_names_find(&w.table.regions, "CHN");
    const ptrdiff_t eu = ent_names_find(&w.table.regions, "EUU"), uk = ent_names_find(&w.table.regions, "GBR");
    const ptrdiff_t ele = ent_names_find(&w.table.sectors, "ELE"), agr = ent_names_find(&w.table.sectors, "AGR");
    CHECK_NEAR(game_duty(&w, &seats.policy, usa, chn, ele), 0.3, 0.0);
    const ent_player *first = &seats.player[0], *europe = &seats.player[1];
    CHECK(first->region == usa && seats.player[3].region == chn);
    /* a bloc counts its members by what their households spend */
    const double eu_spends = w.net.sales_usd[w.net.household[eu]], uk_spends = w.net.sales_usd[w.net.household[uk]];
    CHECK(europe->weight != NULL && europe[1].weight == europe->weight);
    CHECK_NEAR(europe->weight[eu], eu_spends / (eu_spends + uk_spends), 1e-15);
    CHECK_NEAR(europe->weight[eu] + europe->weight[uk], 1.0, 1e-15);
    CHECK(seats.concept[0].in[0] && seats.concept[0].in[1] && seats.concept[0].in[2]);
    CHECK(seats.concept[1].in[0] && !seats.concept[1].in[1] && seats.concept[1].in[2] && seats.concept[1].points == 5);
    CHECK_NEAR(seats.concept[2].weight[1], 0.5, 1e-15);
    CHECK(seats.concept[3].kappas == 2 && seats.concept[3].kappa[1] == 1.5);
    CHECK(seats.concept[3].target == ent_names_find(&w.table.regions, "IND"));
    CHECK(seats.concept[4].bloc[0] == 1 && seats.concept[4].bloc[1] == 1 && seats.concept[4].bloc[2] == 0);
    (void)agr;
    game_close(&w);
}

TEST(a_bloc_with_free_trade_inside_has_no_duties_there_and_sets_none, "")
{
    game_world w = {0};
    ent_contest contest;
    ent_seats seats;
    ent_play play;
    MUST(game_embedded(&w), w.err);
    MUST(seat_text(&w, "players: [{region: [CAN, MEX], inside: free-trade}]\nconcepts: [optimum]\n", NULL, &contest,
                   &seats),
         w.err);
    MUST(ent_contest_play(&seats, NULL, &w.arena, &play, &w.err), w.err);
    CHECK(play.verdicts == 2 && play.failed == 0);
    const ptrdiff_t can = ent_names_find(&w.table.regions, "CAN"), mex = ent_names_find(&w.table.regions, "MEX");
    for (ptrdiff_t v = 0; v < play.verdicts; v++)
        for (ptrdiff_t j = 0; j < w.net.sectors; j++) {
            const double there = game_duty(&w, &play.verdict[v].policy, can, mex, j);
            const double back = game_duty(&w, &play.verdict[v].policy, mex, can, j);
            CHECK(isnan(there) || there == 0.0);
            CHECK(isnan(back) || back == 0.0);
        }
    game_close(&w);
}

TEST(wrong_games_are_refused_in_one_sentence_with_place_and_remedy, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    REFUSED_GAME("name: x\n", "g.yaml:1:1: the game has no `players`; write who plays, such as `players: [USA, CHN]`");
    REFUSED_GAME("player: [USA]\n", "g.yaml:1:1: no key of a game is called `player`; did you mean `players`?");
    REFUSED_GAME("[USA]\n", "g.yaml:1:1: a game is a mapping of keys: name, world, actions, players, concepts, talks");
    REFUSED_GAME("players: []\n", "g.yaml:1:10: `players` is a list of who plays, such as `players: [USA, CHN]`");
    REFUSED_GAME("players: [USB]\n", "g.yaml:1:11: baseline2022 has no region or group called USB; did you mean USA?");
    REFUSED_GAME("players: [USA, [CHN]]\n", "g.yaml:1:16: a player is a region, or a mapping with `region`");
    REFUSED_GAME("players: [{name: us}]\n", "g.yaml:1:11: a player needs `region`: one, or a list for a bloc");
    REFUSED_GAME("players: [USA, {region: [USA, CAN]}]\n", "g.yaml:1:16: USA plays twice; a region has one government");
    REFUSED_GAME("players: [{region: USA, name: A}, {region: CHN, name: A}]\n",
                 "g.yaml:1:35: two players are called A; rename one");
    REFUSED_GAME("players: [{region: USA, instruments: []}]\n",
                 "g.yaml:1:38: this player has no instruments; write import_duty or export_tax, or leave `instruments` "
                 "out for all import duties on goods");
    REFUSED_GAME("players: [{region: USA, instruments: [import_dutty]}]\n",
                 "g.yaml:1:39: no instrument is called `import_dutty`; did you mean `import_duty`?");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {partners: CHN}]}]\n",
                 "g.yaml:1:53: no key of an instrument is called `partners`; did you mean `partner`?");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {freedom: all}]}]\n",
                 "g.yaml:1:62: `freedom` is partner-and-sector, mfn, partner or uniform, not `all`");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {least: 20%, greatest: 10%}]}]\n",
                 "g.yaml:1:39: these bounds are impossible: `least` is 20 % and `greatest` 10 %; swap them");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {least: -100%}]}]\n",
                 "g.yaml:1:39: `least` is -100 %; a rate must stay above -100 %");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {greatest: 2}]}]\n",
                 "g.yaml:1:63: `greatest: 2` carries no %: was 2 % meant, or 200 % (2 = 200 %)? Write its %");
    REFUSED_GAME("players: [{region: USA, instruments: [import_duty: {partner: USA}]}]\n",
                 "g.yaml:1:39: USA has nobody to tax: its partners are its own regions; name others");
    REFUSED_GAME("players: [{region: USA, objective: real}]\n",
                 "g.yaml:1:36: `objective` is a mapping with weights, lobby or security");
    REFUSED_GAME("players: [{region: USA, objective: {weights: {CHX: 1}}}]\n",
                 "g.yaml:1:47: baseline2022 has no region or group called CHX; did you mean CHN?");
    game_close(&w);
}

TEST(wrong_concepts_are_refused_in_one_sentence, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
#define WITH(concepts) "players: [USA, CHN, EUU]\nconcepts: [" concepts "]\n"
    REFUSED_GAME(WITH("nasch"), "g.yaml:2:12: no concept is called `nasch`; did you mean `nash`?");
    REFUSED_GAME("players: [USA]\nconcepts: nash\n",
                 "g.yaml:2:11: `concepts` is a list of what is asked, such as `concepts: [optimum, nash]`");
    REFUSED_GAME(WITH("nash: {player: [USA]}"),
                 "g.yaml:2:19: no key of `nash` is called `player`; did you mean `players`?");
    REFUSED_GAME(WITH("nash: {players: [USA, CHI]}"), "g.yaml:2:34: no player is called CHI; did you mean CHN?");
    REFUSED_GAME(WITH("bilateral-war"),
                 "g.yaml:2:12: `bilateral-war` is for two players, but 3 play; name them with `players: [...]`");
    REFUSED_GAME(WITH("frontier: {players: USA}"),
                 "g.yaml:2:12: `frontier` is for two players, but 1 plays; name them with `players: [...]`");
    REFUSED_GAME(WITH("frontier: {players: [USA, CHN], points: 2}"),
                 "g.yaml:2:52: `points: 2` must be a whole number from 3 to 1001");
    REFUSED_GAME(WITH("cooperative: {weights: {USA: 1, CHN: 0, EUU: 1}}"),
                 "g.yaml:2:49: the weight of CHN is 0; it must be above 0, for who counts nothing would give all");
    REFUSED_GAME(WITH("cooperative: {weights: {USA: 1, CHN: 1}}"),
                 "g.yaml:2:35: `weights` says nothing of EUU, who plays");
    REFUSED_GAME(WITH("nash-bargaining: {threat: war}"), "g.yaml:2:38: `threat` is status-quo or nash, not `war`");
    REFUSED_GAME(WITH("sanctions: {target: IND}"), "g.yaml:2:12: `sanctions` needs `senders`, one player or several");
    REFUSED_GAME(WITH("sanctions: {senders: USA}"), "g.yaml:2:12: `sanctions` needs `target`, a region");
    REFUSED_GAME(WITH("sanctions: {senders: USA, target: USA}"),
                 "g.yaml:2:46: USA stands on both sides; a target is somebody else");
    REFUSED_GAME(WITH("sanctions: {senders: USA, target: CHN, kappa: [1, 0.5]}"),
                 "g.yaml:2:62: `kappa` is at least 0 and rises along the list; 0.5 does not");
    REFUSED_GAME(WITH("ask: {target: CHN}"), "g.yaml:2:12: `ask` needs `asker`, a player");
    REFUSED_GAME(WITH("blocs: {partition: [[USA, CHN], [CHN]]}"),
                 "g.yaml:2:44: CHN stands in two blocs; leave it in one");
    REFUSED_GAME(WITH("blocs: {partition: every}"),
                 "g.yaml:2:31: `partition` is `all`, or a list of blocs, such as [[USA, CAN], [CHN]]");
    game_close(&w);
}

TEST(wrong_terms_of_talks_are_refused_in_one_sentence, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
#define TALKS(talks) "players: [USA, CHN]\ntalks: {" talks "}\n"
    REFUSED_GAME(TALKS("discounts: {USA: 0.9}"),
                 "g.yaml:2:9: no key of `talks` is called `discounts`; did you mean `discount`?");
    REFUSED_GAME(TALKS("discount: {USA: 1.2}"),
                 "g.yaml:2:25: a discount factor of 1.2 is not between 0 and 1; 0.95 counts the next period at 95 %");
    REFUSED_GAME(TALKS("discount: {EUU: 0.9}"), "g.yaml:2:20: no player is called EUU; the first is USA");
    REFUSED_GAME(TALKS("period: 0"), "g.yaml:2:17: `period: 0` must be a number of years above 0");
    REFUSED_GAME(TALKS("stubborn: {USA: 100%}"), "g.yaml:2:25: a prior of 100% is no probability below 100%");
    REFUSED_GAME(TALKS("punishment: [0]"),
                 "g.yaml:2:22: a punishment of 0 periods is neither a whole number from 1 on nor `forever`");
    REFUSED_GAME(TALKS("cost: {USA: 2%}"),
                 "g.yaml:2:21: the cost of USA is two rates, least and greatest, such as [0%, 2%]");
    REFUSED_GAME(TALKS("packages: [{name: a}]"),
                 "g.yaml:2:20: a package needs `actions`, the scenario's actions that make it");
    REFUSED_GAME(TALKS("packages: [{name: a, actions: []}, {name: a, actions: []}]"),
                 "g.yaml:2:51: two packages are called a; rename one");
    REFUSED_GAME(TALKS("packages: [{name: a, actions: [duty: {importer: USA, exporter: CHN, set: 5}]}]"),
                 "g.yaml:2:82: `set: 5` carries no %: was 5 % meant, or 500 % (5 = 500 %)? Write its %");
    game_close(&w);
}

TEST(a_game_without_memory_says_so, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
    const char *text =
        "actions: [duty: {importer: USA, exporter: CHN, set: 30%}]\n"
        "players: [{region: USA, objective: {weights: {USA: 1, EUU: 0.5}}}, {region: [EUU, GBR], inside: joint}, CHN]\n"
        "concepts: [optimum, sanctions: {senders: USA, target: IND}, blocs: {partition: [[USA, CHN]]}]\n"
        "talks: {discount: {USA: 0.9}, cost: {CHN: [0%, 1%]}, packages: [{name: a, actions: []}]}\n";
    ent_status status = ENT_NO_MEMORY;
    for (long n = 1; status != ENT_OK && n < 2000; n++) {
        ent_arena arena = {0};
        ent_contest contest;
        ent_seats seats;
        ent_error err = {0};
        test_fail_allocation(n);
        status = ent_contest_parse((ent_bytes){text, strlen(text)}, "g.yaml", NULL, &arena, &contest, &err);
        if (status == ENT_OK) status = ent_contest_seat(&contest, &w.net, &arena, &seats, &err);
        test_fail_allocation(0);
        if (status != ENT_OK) {
            CHECK(status == ENT_NO_MEMORY);
            CHECK(err.text[0] != 0);
        }
        ent_arena_close(&arena);
    }
    CHECK(status == ENT_OK);
    game_close(&w);
}

TEST(wrong_blocs_and_objectives_are_refused_in_one_sentence, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
#define BLOCS(keys) "players: [USA, CHN, EUU]\nconcepts: [blocs: {" keys "}]\n"
    REFUSED_GAME(BLOCS("partition: [[]]"), "g.yaml:2:32: `partition` is a player or a list of players");
    REFUSED_GAME(BLOCS("players: [USA, CHN], partition: [[USA, EUU]]"),
                 "g.yaml:2:53: EUU stands in a bloc, but `players` leaves it out; name it there too");
    REFUSED_GAME(BLOCS("partition: [[USA, CHN], CHN]"), "g.yaml:2:44: CHN stands in two blocs; leave it in one");
#undef BLOCS
    REFUSED_GAME("players: [{region: USA, inside: joint}]\n",
                 "g.yaml:1:33: `inside` is for a bloc, but USA is one region; leave it out");
    REFUSED_GAME("players: [{region: USA, objective: {weights: {USA: 0, CHN: 0}}}]\n",
                 "g.yaml:1:46: all these weights are 0: the player would want nothing; give it one");
    REFUSED_GAME("players: [{region: USA, objective: {security: {CHN: {}}}}]\n",
                 "g.yaml:1:53: `CHN` is a mapping from sectors to weights, such as {ELE: -0.05}");
    REFUSED_GAME("players: [{region: all, name: world}]\n",
                 "g.yaml:1:11: world has nobody to tax: its partners are its own regions; name others");
    game_close(&w);
}

TEST(wrong_motives_are_refused_in_one_sentence, "")
{
    game_world w = {0};
    MUST(game_embedded(&w), w.err);
#define WANTS(keys) "players: [USA, {region: [CAN, MEX]}]\nconcepts: [motive: {" keys "}]\n"
    REFUSED_GAME(WANTS("players: USA"), "g.yaml:2:21: no key of `motive` is called `players`; did you mean `player`?");
    REFUSED_GAME(WANTS("player: CHN"), "g.yaml:2:29: no player is called CHN; the first is USA");
    REFUSED_GAME(WANTS("player: CAN+MEX"),
                 "g.yaml:2:29: `motive` is for a player of one region, but CAN+MEX is a bloc; ask for another with "
                 "`player`");
    REFUSED_GAME(WANTS("player: USA, kind: lobbies"), "g.yaml:2:40: `kind` is lobby or security, not `lobbies`");
    REFUSED_GAME(WANTS("player: USA, kind: security"),
                 "g.yaml:2:40: security weights need `cells`: whose output of what, such as {CHN: [ELE, MAC]}");
    REFUSED_GAME(WANTS("player: USA, cells: {CHN: ELE}"),
                 "g.yaml:2:34: `cells` are for `kind: security`; lobby weights are asked for all sectors");
    REFUSED_GAME(WANTS("player: USA, kind: security, cells: [ELE]"),
                 "g.yaml:2:57: `cells` is a mapping from regions to sectors, such as {CHN: [ELE, MAC]}");
    REFUSED_GAME(WANTS("player: USA, kind: security, cells: {CHN: [ELL]}"),
                 "g.yaml:2:64: baseline2022 has no sector or group called ELL; did you mean ELE?");
    game_close(&w);
#undef WANTS
}
