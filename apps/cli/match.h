/* match.h: a game file on its way from words to answers, for `entente war` and `entente talks`: what both read, lay
 * out, play, print and write. */
// SPDX-License-Identifier: MIT
#pragma once
#include "files.h"
#include "ledger.h"
#include "progress.h"
#include "words.h"
#include <entente/entente.h>

typedef struct {
    const char *path; /* of the game */
    words_list settings;
    const char *world, *blueprint, *out, *line;
    int format, quiet, quick;
    ptrdiff_t threads, rounds;
    double tolerance;
} match_ask;

typedef struct match match;
struct match {
    match_ask ask;
    progress line;
    ent_arena *house;
    ent_contest contest;
    ent_table table;
    ent_blueprint blueprint;
    ent_network laid, net;
    ent_seats seats;
    ent_play play;
    const char *const *lines; /* [line_count] what the status quo is, in words */
    ptrdiff_t line_count;
    double began;
    void (*more)(const match *m, ent_json *json); /* further members of the page's data; or NULL */
    const void *more_of;                          /* what they are about */
};

/* The options that both commands take, at `options` (MATCH_OPTIONS of them). */
enum {
    MATCH_OPTIONS = 10
};
void match_options(match_ask *ask, words_option options[MATCH_OPTIONS]);
/* 0 and up: an exit status to leave with; -1: go on. */
int match_check(const char *command, const words_list *rest, match_ask *ask);

/* From the file to seats on a network. */
ent_status match_lay(match *m, ent_error *err);
ent_play_options match_play_options(match *m);

/* Text of at most 100 columns on stdout. */
void match_print(const match *m);
void match_print_head(const match *m);   /* who plays, on which world */
void match_print_points(const match *m); /* all that follows */
/* Tables in full: one row a record, 17 digits. */
ledger match_games(const match *m);  /* games.csv */
ledger match_duties(const match *m); /* duties.csv */
/* regions.csv of every point, as `entente run` has it; `scenario` is the point's name. */
ent_status match_write_outcomes(match *m, ent_error *err);
/* Everything that lies in a folder of answers, but the command's own tables. */
ent_status match_write(match *m, ent_error *err);
/* "nash", "status-quo", "package". */
const char *match_concept_of(const ent_verdict *verdict);
/* report.html. */
ent_status match_page(match *m, ent_text *out, ent_error *err);
ledger match_frontier(const match *m);   /* frontier.csv */
ledger match_partitions(const match *m); /* partitions.csv */
/* "USA+EUU / CHN": partition k of a table. */
const char *match_partition_name(const match *m, const ent_partitions *all, ptrdiff_t k, ent_arena *arena);
/* Weight k of a motive: is there one (does the region make the good), "ELE" or "CHN:ELE", and in words. */
int match_has_weight(const match *m, const ent_revealed *one, ptrdiff_t k);
const char *match_weight_code(const match *m, const ent_revealed *one, ptrdiff_t k, ent_arena *arena);
const char *match_weight_label(const match *m, const ent_revealed *one, ptrdiff_t k, ent_arena *arena);
int match_is_odd(const match *m, const ent_revealed *one); /* a lobby weight is negative */
/* Clubs (match_club.c): text and rows of games.csv. */
void match_club_print(const match *m);
void match_club_rows(const match *m, ledger *book);
/* What members of all together are due (match_shares.c): text and rows of games.csv. */
void match_shares_print(const match *m, const ent_partitions *all);
void match_shares_rows(const match *m, ledger *book);
/* The members of manifest.json that both commands have. */
ent_status match_manifest(match *m, ent_json *json, ent_error *err);
/* Sentences about what was not reached, on stderr; the exit status. */
int match_close(match *m);
