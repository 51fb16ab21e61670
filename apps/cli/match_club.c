/* match_club.c: clubs in words and tables: who joined in which round, what being in is worth to everybody, and whether
 * it holds. Gains are differences of goals, log points. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
#include "match.h"
#include "sheet.h"
#include <math.h>
#include <stdio.h>

static const char *label_of(const match *m, const ent_gathered *one, ptrdiff_t player)
{
    return m->table.regions.label[club_region(&m->seats, one, player)];
}

/* ---- text ---- */

static void print_rounds(const match *m, const ent_gathered *one)
{
    for (ptrdiff_t r = 1; r <= one->form.rounds; r++) {
        ENT_SCRATCH scratch = {0};
        ent_text text = {.arena = &scratch};
        char round[32];
        snprintf(round, sizeof round, "Round %td", r);
        club_round(&m->seats, one, r, &text);
        if (!text.failed) sheet_text(round, 12, text.data);
    }
}

static void print_gain(double gain)
{
    if (isnan(gain))
        printf("%16s", "-");
    else
        sheet_number(100.0 * gain, 16, 4);
}

static void print_player(const match *m, const ent_gathered *one, ptrdiff_t p)
{
    const ent_club_form *f = &one->form;
    char room[32];
    sheet_words(label_of(m, one, p), 24);
    printf("%12s", club_place(one, p, room));
    print_gain(f->gain_joining[p]);
    print_gain(f->gain_staying[p]);
    print_gain(f->gain_none[p]);
    printf("\n");
}

static void print_words(const ent_gathered *one)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    club_words(one, &text);
    if (!text.failed) sheet_text(NULL, 0, text.data);
}

static void print_club(const match *m, const ent_gathered *one)
{
    printf("%s\n", one->label);
    for (ptrdiff_t l = 0; l < one->level->line_count; l++)
        sheet_text(l == 0 ? "Members" : NULL, 12, one->level->lines[l]);
    sheet_text(one->level->line_count == 0 ? "Members" : NULL, 12,
               one->concept->joint
                   ? "no duties on one another that are theirs to set; taxes on all others for all of them"
                   : "no duties on one another that are theirs to set; taxes on all others each for itself");
    print_rounds(m, one);
    sheet_words("Gains, log points × 100", 24);
    printf("%12s%16s%16s%16s\n", "", "on joining", "by its choice", "over no club");
    for (ptrdiff_t p = 0; p < one->players; p++) print_player(m, one, p);
    print_words(one);
    printf("\n");
}

/* Of several levels, the last one that keeps all; that none does is said only of levels that were all reached. */
static void print_largest(const match *m, const ent_concept *concept)
{
    const ent_gathered *largest = NULL;
    ptrdiff_t reached = 0;
    if (concept->kind != ENT_CONCEPT_CLUB || concept->levels < 2) return;
    for (ptrdiff_t c = 0; c < m->play.clubs; c++) {
        const ent_gathered *one = &m->play.club[c];
        if (one->concept != concept || one->status != ENT_OK) continue;
        reached++;
        if (one->form.all && one->form.nash) largest = one;
    }
    if (largest != NULL)
        printf("The last level that keeps all: %s\n\n", largest->level->name);
    else if (reached == concept->levels)
        printf("No level keeps all\n\n");
}

void match_club_print(const match *m)
{
    int any = 0;
    for (ptrdiff_t c = 0; c < m->play.clubs; c++)
        if (m->play.club[c].status == ENT_OK) {
            print_club(m, &m->play.club[c]);
            any = 1;
        }
    if (any) {
        sheet_text(NULL, 0,
                   "On joining: over staying out, in the round in which it came in. By its choice: a member's over "
                   "leaving, and over joining of who stays out. Over no club: over the status quo.");
        printf("\n");
    }
    for (ptrdiff_t c = 0; c < m->seats.concepts; c++) print_largest(m, &m->seats.concept[c]);
}

/* ---- rows of games.csv ---- */

static void add_row(const match *m, ledger *book, const ent_gathered *one, ptrdiff_t player, const char *variable,
                    const char *unit, double value)
{
    ledger_text(book, "club");
    ledger_text(book, one->name);
    ledger_text(book, player < 0 ? "" : m->table.regions.code[club_region(&m->seats, one, player)]);
    ledger_text(book, player < 0 ? "" : label_of(m, one, player));
    ledger_text(book, variable);
    ledger_text(book, unit);
    ledger_number(book, value);
}

static void add_club(const match *m, ledger *book, const ent_gathered *one)
{
    const ent_club_form *f = &one->form;
    const char *logs = "log points";
    for (ptrdiff_t p = 0; p < f->players; p++) {
        for (ptrdiff_t r = 0; r <= f->rounds; r++) {
            const char *name = ent_string_format(m->house, "in_after_round_%td", r);
            if (name == NULL)
                book->failed = 1;
            else
                add_row(m, book, one, p, name, "0 or 1", (double)f->in[r * f->players + p]);
        }
        add_row(m, book, one, p, "member", "0 or 1", (double)f->member[p]);
        add_row(m, book, one, p, "joined_round", "count", f->joined[p] >= 0 ? (double)f->joined[p] : (double)NAN);
        add_row(m, book, one, p, "gain_on_joining", logs, f->gain_joining[p]);
        add_row(m, book, one, p, "gain_by_choice", logs, f->gain_staying[p]);
        add_row(m, book, one, p, "gain_over_no_club", logs, f->gain_none[p]);
    }
    const struct {
        const char *variable, *unit;
        double value;
    } rows[] = {{"club_level", "share of the target", f->level}, {"club_kept", "share of the target", one->kept},
                {"club_lost", "share of the target", one->lost}, {"nash_in_membership", "0 or 1", (double)f->nash},
                {"core_gains", "0 or 1", (double)f->core_gains}, {"all_in", "0 or 1", (double)f->all},
                {"monotone", "0 or 1", (double)f->monotone},     {"rising", "0 or 1", (double)f->rising},
                {"circular", "0 or 1", (double)f->circular},     {"club_rounds", "count", (double)f->rounds},
                {"memberships_played", "count", (double)f->wars}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        add_row(m, book, one, -1, rows[k].variable, rows[k].unit, rows[k].value);
}

void match_club_rows(const match *m, ledger *book)
{
    for (ptrdiff_t c = 0; c < m->play.clubs; c++)
        if (m->play.club[c].status == ENT_OK) add_club(m, book, &m->play.club[c]);
}
