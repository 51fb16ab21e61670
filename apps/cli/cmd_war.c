/* cmd_war.c: `entente war`: governments choose: optima, wars, cooperation and bargains of a game file, side by side. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "manifest.h"
#include "match.h"
#include <stdio.h>

static int read_words(int count, char **words, ent_arena *house, match_ask *ask)
{
    words_option options[MATCH_OPTIONS];
    match_options(ask, options);
    const words_command command = {
        "war",
        "GAME.yaml [options]",
        "Governments choose their duties and taxes. A game file says who plays, with which instruments,\n"
        "for what, and what is asked: optima, wars, cooperation, bargains, sanctions, blocs, clubs;\n"
        "entente-game(5) describes it. Every point comes with its certificate: the largest slope that is\n"
        "left to a player, what he could gain far away, how many different points were found, and of a\n"
        "war whether it is stable where all answer at once.",
        "  entente war examples/games/us-china.yaml\n"
        "  entente war examples/games/us-china-eu.yaml --out war\n"
        "  entente war us-china.yaml --set elasticities.ELE=4.5 --format csv",
        options,
        MATCH_OPTIONS,
    };
    words_list rest;
    const int early = words_read(&command, count, words, house, &rest);
    return early >= 0 ? early : match_check("war", &rest, ask);
}

static ent_status answer(match *m, ent_error *err)
{
    const ent_play_options options = match_play_options(m);
    ENT_TRY(match_lay(m, err));
    ENT_TRY(ent_contest_play(&m->seats, &options, m->house, &m->play, err));
    progress_end(&m->line);
    if (m->ask.out != NULL) ENT_TRY(match_write(m, err));
    if (m->ask.format == ENT_FORMAT_TEXT) {
        match_print(m);
        return ENT_OK;
    }
    const ledger games = match_games(m);
    ent_text text = {.arena = m->house};
    if (m->ask.format == ENT_FORMAT_JSON) {
        ent_json json = manifest_open(&text);
        ENT_TRY(match_manifest(m, &json, err));
        ent_json_key(&json, "answers");
        ledger_json(&games, &json);
        manifest_close(&json);
    } else {
        ledger_csv(&games, &text);
    }
    if (games.failed || text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of a game");
    fwrite(text.data, 1, text.size, stdout);
    return ENT_OK;
}

int cmd_war(int count, char **words)
{
    ENT_SCRATCH house = {0};
    match m = {.ask = {.tolerance = 1e-11, .rounds = 400}, .house = &house, .began = ent_seconds()};
    const int early = read_words(count, words, &house, &m.ask);
    if (early >= 0) return early;
    ent_error err = {0};
    m.ask.line = words_line(count, words, &house);
    if (m.ask.line == NULL) return words_fail(ENT_NO_MEMORY, &err);
    m.line = progress_begin(m.ask.quiet);
    const ent_status status = answer(&m, &err);
    progress_end(&m.line);
    return status == ENT_OK ? match_close(&m) : words_fail(status, &err);
}
