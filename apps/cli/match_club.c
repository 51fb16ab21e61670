/* match_club.c: clubs in words and tables: who joined in which round, what being in is worth to everybody, and whether
 * it holds. Gains are differences of goals, log points. */
// SPDX-License-Identifier: MIT
#include "match.h"
#include "sheet.h"
#include <math.h>
#include <stdio.h>

static ptrdiff_t region_of(const match *m, const ent_gathered *one, ptrdiff_t player)
{
    return m->seats.player[m->seats.seat[one->seat[player]].first].region;
}

static const char *label_of(const match *m, const ent_gathered *one, ptrdiff_t player)
{
    return m->table.regions.label[region_of(m, one, player)];
}

static int is_core(const ent_gathered *one, ptrdiff_t player)
{
    return one->concept->core[one->seat[player]];
}

/* ---- text ---- */

/* Names of those who are in `now` and not in `before`. */
static int say_names(const match *m, const ent_gathered *one, const unsigned char *now, const unsigned char *before,
                     ent_text *text)
{
    int any = 0;
    for (ptrdiff_t p = 0; p < one->players; p++)
        if (now[p] && !before[p]) ent_text_say(text, "%s%s", any++ ? ", " : "", label_of(m, one, p));
    return any;
}

static void print_rounds(const match *m, const ent_gathered *one)
{
    const ent_club_form *f = &one->form;
    for (ptrdiff_t r = 1; r <= f->rounds; r++) {
        ENT_SCRATCH scratch = {0};
        ent_text text = {.arena = &scratch};
        const unsigned char *now = f->in + r * f->players, *before = now - f->players;
        char round[32];
        snprintf(round, sizeof round, "Round %td", r);
        if (say_names(m, one, now, before, &text)) ent_text_say(&text, " join");
        if (text.size == 0 && say_names(m, one, before, now, &text)) ent_text_say(&text, " leave");
        if (!text.failed && text.size > 0) sheet_text(round, 12, text.data);
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
    char place[32];
    if (is_core(one, p))
        snprintf(place, sizeof place, "core");
    else if (f->member[p])
        snprintf(place, sizeof place, "round %td", f->joined[p]);
    else
        snprintf(place, sizeof place, "%s", one->concept->candidate[one->seat[p]] ? "stays out" : "outside");
    sheet_words(label_of(m, one, p), 24);
    printf("%12s", place);
    print_gain(f->gain_joining[p]);
    print_gain(f->gain_staying[p]);
    print_gain(f->gain_none[p]);
    printf("\n");
}

static void print_verdict(const ent_gathered *one)
{
    const ent_club_form *f = &one->form;
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_text_say(&text, "%s. ",
                 f->circular ? "The rounds have no end: a membership came back, and the last one stands here"
                 : f->nash   ? "No member gains by leaving, and nobody who may join gains by joining"
                             : "Somebody would still come or go");
    ent_text_say(&text, "%s. ",
                 f->core_gains ? "The core has more than without a club"
                               : "The core has no more than without a club: it would not begin");
    ent_text_say(&text, "%s; %s.", f->monotone ? "Nobody who came in left" : "Some who came in left",
                 f->rising ? "being in is worth no less at the end than on coming in"
                           : "being in is worth less to somebody at the end than on coming in");
    ent_text_say(&text, " %td memberships were played.", f->wars);
    if (!isnan(one->kept))
        ent_text_say(&text, " All stay up to %.4g %% of the target%s", 100.0 * one->kept,
                     isnan(one->lost) ? ", which is all of it." : "");
    if (!isnan(one->kept) && !isnan(one->lost))
        ent_text_say(&text, "; at %.4g %% somebody stays out or leaves.", 100.0 * one->lost);
    if (one->concept->raise > 0.0 && isnan(one->kept))
        ent_text_say(&text, " Somebody stays out even where nothing is asked, which is shown here.");
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
    print_verdict(one);
    printf("\n");
}

/* Of several levels, the last one that keeps all. */
static void print_largest(const match *m, const ent_concept *concept)
{
    const ent_gathered *largest = NULL;
    for (ptrdiff_t c = 0; c < m->play.clubs; c++) {
        const ent_gathered *one = &m->play.club[c];
        if (one->concept == concept && one->status == ENT_OK && one->form.all && one->form.nash) largest = one;
    }
    if (concept->kind != ENT_CONCEPT_CLUB || concept->levels < 2) return;
    if (largest != NULL)
        printf("The last level that keeps all: %s\n\n", largest->level->name);
    else
        printf("No level keeps all\n\n");
}

void match_club_print(const match *m)
{
    for (ptrdiff_t c = 0; c < m->play.clubs; c++)
        if (m->play.club[c].status == ENT_OK) print_club(m, &m->play.club[c]);
    for (ptrdiff_t c = 0; c < m->seats.concepts; c++) print_largest(m, &m->seats.concept[c]);
}

/* ---- rows of games.csv ---- */

static void add_row(const match *m, ledger *book, const ent_gathered *one, ptrdiff_t player, const char *variable,
                    const char *unit, double value)
{
    ledger_text(book, "club");
    ledger_text(book, one->name);
    ledger_text(book, player < 0 ? "" : m->table.regions.code[region_of(m, one, player)]);
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

/* ---- the manifest ---- */

void match_club_say(const match *m, ent_text *out)
{
    int any = 0;
    if (m->play.clubs == 0) return;
    ent_text_say(out, ",\n  \"clubs\": [");
    for (ptrdiff_t c = 0; c < m->play.clubs; c++) {
        const ent_gathered *one = &m->play.club[c];
        const ent_club_form *f = &one->form;
        if (one->status != ENT_OK) continue; /* its point says why */
        ent_text_say(out, "%s\n    {\"point\": ", any++ ? "," : "");
        ledger_quote(out, one->name);
        ent_text_say(out, ", \"what_members_do\": [");
        for (ptrdiff_t l = 0; l < one->level->line_count; l++) {
            ent_text_say(out, l > 0 ? ", " : "");
            ledger_quote(out, one->level->lines[l]);
        }
        ent_text_say(out, "], \"taxes\": \"%s\", \"level\": %.17g, \"members\": [",
                     one->concept->joint ? "joint" : "own", f->level);
        for (ptrdiff_t p = 0, some = 0; p < f->players; p++) {
            if (!f->member[p]) continue;
            ent_text_say(out, some++ ? ", " : "");
            ledger_quote(out, m->table.regions.code[region_of(m, one, p)]);
        }
        ent_text_say(out, "], \"rounds\": %td, \"memberships_played\": %td", f->rounds, f->wars);
        const struct {
            const char *key;
            int value;
        } truths[] = {{"nash_in_membership", f->nash}, {"core_gains", f->core_gains}, {"all_in", f->all},
                      {"monotone", f->monotone},       {"rising", f->rising},         {"circular", f->circular}};
        for (size_t k = 0; k < sizeof truths / sizeof *truths; k++)
            ent_text_say(out, ", \"%s\": %s", truths[k].key, truths[k].value ? "true" : "false");
        ent_text_say(out, "}");
    }
    ent_text_say(out, "\n  ]");
}
