/* cmd_talks.c: `entente talks`: what two or more governments could agree on over a war, whether it would hold, and what
 * the model implies for how they get there. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "manifest.h"
#include "match.h"
#include "talk_print.h"
#include <stdio.h>

static int read_words(int count, char **words, ent_arena *house, match_ask *ask)
{
    words_option options[MATCH_OPTIONS];
    match_options(ask, options);
    const words_command command = {
        "talks",
        "GAME.yaml [options]",
        "What the players of a game file could agree on over a war: the zone of agreement, bargains, what\n"
        "a concession costs, whether an agreement would be kept, offers in turn, a war of attrition, deals\n"
        "in packages. The game's `talks:` gives patience, priors and packages; entente-game(5) describes\n"
        "it. Everything is what the model implies, and no forecast.",
        "  entente talks examples/games/us-china.yaml\n"
        "  entente talks examples/games/chips-for-minerals.yaml --out talks",
        options,
        MATCH_OPTIONS,
    };
    words_list rest;
    const int early = words_read(&command, count, words, house, &rest);
    return early >= 0 ? early : match_check("talks", &rest, ask);
}

static void say_tables(const match *m, ent_json *json)
{
    ent_json_key(json, "tables");
    talk_tables_page(m->more_of, json);
}

static void say_reasons(const match *m, const ent_talks *talks)
{
    const char *part, *why;
    for (ptrdiff_t k = 0; talk_tables_missing(talks, k, &part, &why); k++)
        if (why != NULL && !(m->ask.quiet && why == talks->attrition_why))
            fprintf(stderr, "entente: %s: %s: %s\n", m->ask.path, part, why);
}

static ent_status write_files(match *m, const ledger *book, ent_error *err)
{
    ent_text text = {.arena = m->house};
    ENT_TRY(match_write(m, err));
    ledger_csv(book, &text);
    return files_write(m->ask.out, "talks.csv", &text, m->house, err);
}

static ent_status show(match *m, const talk_tables *tables, const ledger *book, ent_error *err)
{
    ent_text text = {.arena = m->house};
    if (m->ask.format == ENT_FORMAT_TEXT) {
        match_print_head(m);
        talk_print(tables);
        match_print_points(m);
        return ENT_OK;
    }
    if (m->ask.format == ENT_FORMAT_JSON) {
        ent_json json = manifest_open(&text);
        ENT_TRY(match_manifest(m, &json, err));
        ent_json_key(&json, "tables");
        talk_tables_page(tables, &json);
        ent_json_key(&json, "implied");
        ledger_json(book, &json);
        manifest_close(&json);
    } else {
        ledger_csv(book, &text);
    }
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of talks");
    fwrite(text.data, 1, text.size, stdout);
    return ENT_OK;
}

static ent_status answer(match *m, ent_talks *talks, ent_error *err)
{
    const ent_play_options options = match_play_options(m);
    ENT_TRY(match_lay(m, err));
    ENT_TRY(ent_contest_talk(&m->seats, &options, m->house, talks, err));
    m->play = talks->play;
    progress_end(&m->line);
    talk_tables *tables = ent_new(m->house, talk_tables, 1);
    if (tables == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of talks");
    *tables = talk_tables_make(talks, &m->table.regions, m->house);
    const ledger book = talk_tables_ledger(tables);
    if (book.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of talks");
    m->more = say_tables;
    m->more_of = tables;
    if (m->ask.out != NULL) ENT_TRY(write_files(m, &book, err));
    say_reasons(m, talks);
    return show(m, tables, &book, err);
}

int cmd_talks(int count, char **words)
{
    ENT_SCRATCH house = {0};
    match m = {.ask = {.tolerance = 1e-11, .rounds = 400}, .house = &house, .began = ent_seconds()};
    const int early = read_words(count, words, &house, &m.ask);
    if (early >= 0) return early;
    ent_error err = {0};
    ent_talks talks;
    m.ask.line = words_line(count, words, &house);
    if (m.ask.line == NULL) return words_fail(ENT_NO_MEMORY, &err);
    m.line = progress_begin(m.ask.quiet);
    const ent_status status = answer(&m, &talks, &err);
    progress_end(&m.line);
    return status == ENT_OK ? match_close(&m) : words_fail(status, &err);
}
