/* club_words.c: see club_words.h. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
#include "ledger.h"
#include <math.h>
#include <stdio.h>

ptrdiff_t club_region(const ent_seats *seats, const ent_gathered *club, ptrdiff_t player)
{
    return seats->player[seats->seat[club->seat[player]].first].region;
}

const char *club_place(const ent_gathered *club, ptrdiff_t player, char room[32])
{
    if (club->concept->core[club->seat[player]]) return "core";
    if (!club->form.member[player]) return club->concept->candidate[club->seat[player]] ? "stays out" : "outside";
    snprintf(room, 32, "round %td", club->form.joined[player]);
    return room;
}

/* Names of those who are in `now` and not in `before`. */
static int say_names(const ent_seats *seats, const ent_gathered *club, const unsigned char *now,
                     const unsigned char *before, ent_text *out)
{
    const ent_names *regions = &seats->net->table->regions;
    int any = 0;
    for (ptrdiff_t p = 0; p < club->players; p++)
        if (now[p] && !before[p])
            ent_text_say(out, "%s%s", any++ ? ", " : "", regions->label[club_region(seats, club, p)]);
    return any;
}

void club_round(const ent_seats *seats, const ent_gathered *club, ptrdiff_t round, ent_text *out)
{
    const unsigned char *now = club->form.in + round * club->form.players, *before = now - club->form.players;
    const int joins = say_names(seats, club, now, before, out);
    if (joins > 0) {
        ent_text_say(out, joins > 1 ? " join" : " joins");
        return;
    }
    ent_text_say(out, say_names(seats, club, before, now, out) > 1 ? " leave" : " leaves");
}

static void say_level(const ent_gathered *club, ent_text *out)
{
    if (!(club->concept->raise > 0.0)) return;
    if (isnan(club->kept))
        ent_text_say(out, " Somebody stays out even where nothing is asked, which is shown here.");
    else if (isnan(club->lost))
        ent_text_say(out, " All stay up to 100 %% of the target, which is all of it.");
    else
        ent_text_say(out, " All stay up to %.4g %% of the target, which is shown here; at %.4g %% somebody does not.",
                     100.0 * club->kept, 100.0 * club->lost);
}

void club_words(const ent_gathered *club, ent_text *out)
{
    const ent_club_form *f = &club->form;
    ent_text_say(out, "%s. ",
                 f->circular ? "The rounds have no end: a membership came back, and the last one stands here"
                 : f->nash   ? "No member gains by leaving, and nobody who may join gains by joining"
                             : "Somebody would still come or go");
    ent_text_say(out, "%s. ",
                 f->core_gains ? "The core has more than without a club"
                               : "The core has no more than without a club: it would not begin");
    ent_text_say(out, "%s; %s.", f->monotone ? "Nobody who came in left" : "Some who came in left",
                 f->rising ? "being in is worth no less at the end than on coming in"
                           : "being in is worth less to somebody at the end than on coming in");
    ent_text_say(out, " %td memberships were played.", f->wars);
    say_level(club, out);
}

/* ---- JSON ---- */

static void say_number(ent_text *out, const char *key, double value)
{
    ent_text_say(out, ", \"%s\": ", key);
    if (isfinite(value))
        ent_text_say(out, "%.17g", value);
    else
        ent_text_say(out, "null");
}

static void say_truth(ent_text *out, const char *key, int truth)
{
    ent_text_say(out, ", \"%s\": %s", key, truth ? "true" : "false");
}

static void say_players(const ent_seats *seats, const ent_gathered *club, ent_text *out)
{
    const ent_club_form *f = &club->form;
    ent_text_say(out, ", \"players\": [");
    for (ptrdiff_t p = 0; p < club->players; p++) {
        char room[32];
        ent_text_say(out, "%s{\"region\": %td, \"place\": \"%s\"", p > 0 ? ", " : "", club_region(seats, club, p),
                     club_place(club, p, room));
        say_truth(out, "member", f->member[p]);
        say_number(out, "gain_on_joining", f->gain_joining[p]);
        say_number(out, "gain_by_choice", f->gain_staying[p]);
        say_number(out, "gain_over_no_club", f->gain_none[p]);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

static void say_lines(const ent_seats *seats, const ent_gathered *club, ent_text *out)
{
    ent_text_say(out, ", \"members_do\": [");
    for (ptrdiff_t l = 0; l < club->level->line_count; l++) {
        ent_text_say(out, l > 0 ? ", " : "");
        ledger_quote(out, club->level->lines[l]);
    }
    ent_text_say(out, "], \"rounds\": [");
    for (ptrdiff_t r = 1; r <= club->form.rounds; r++) {
        ENT_SCRATCH scratch = {0};
        ent_text line = {.arena = &scratch};
        club_round(seats, club, r, &line);
        ent_text_say(out, r > 1 ? ", " : "");
        ledger_quote(out, line.failed ? "" : line.data);
    }
    ent_text_say(out, "]");
}

static void say_club(const ent_seats *seats, const ent_gathered *club, ent_text *out)
{
    ENT_SCRATCH scratch = {0};
    ent_text words = {.arena = &scratch};
    const ent_club_form *f = &club->form;
    ent_text_say(out, "{\"point\": ");
    ledger_quote(out, club->name);
    ent_text_say(out, ", \"label\": ");
    ledger_quote(out, club->label);
    ent_text_say(out, ", \"taxes\": \"%s\"", club->concept->joint ? "joint" : "own");
    say_lines(seats, club, out);
    say_players(seats, club, out);
    say_number(out, "level", f->level);
    say_number(out, "kept", club->kept);
    say_number(out, "lost", club->lost);
    say_truth(out, "nash_in_membership", f->nash);
    say_truth(out, "core_gains", f->core_gains);
    say_truth(out, "all_in", f->all);
    say_truth(out, "monotone", f->monotone);
    say_truth(out, "rising", f->rising);
    say_truth(out, "circular", f->circular);
    ent_text_say(out, ", \"memberships_played\": %td, \"words\": ", f->wars);
    club_words(club, &words);
    ledger_quote(out, words.failed ? "" : words.data);
    ent_text_say(out, "}");
}

void club_json(const ent_seats *seats, const ent_play *play, ent_text *out)
{
    int any = 0;
    ent_text_say(out, "[");
    for (ptrdiff_t c = 0; c < play->clubs; c++) {
        if (play->club[c].status != ENT_OK) continue; /* its point says why */
        ent_text_say(out, any++ ? ",\n    " : "");
        say_club(seats, &play->club[c], out);
    }
    ent_text_say(out, "]");
}

static void say_shares(ent_text *out, const char *key, const double *share, ptrdiff_t players)
{
    ent_text_say(out, ", \"%s\": [", key);
    for (ptrdiff_t p = 0; p < players; p++) ent_text_say(out, "%s%.17g", p > 0 ? "," : "", share[p]);
    ent_text_say(out, "]");
}

void share_json(const ent_partitions *all, ent_text *out)
{
    ent_text_say(out, "[");
    for (int others = 0; others <= ENT_OTHERS_AVERAGE && all->status == ENT_OK; others++) {
        ent_text_say(out, "%s{\"others\": \"%s\"", others > 0 ? ", " : "", ent_others_words((ent_bloc_others)others));
        say_truth(out, "core_empty", all->core_empty[others]);
        say_number(out, "complaint", all->complaint[others]);
        say_shares(out, "shapley", all->shapley[others], all->table.players);
        say_shares(out, "nucleolus", all->nucleolus[others], all->table.players);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}
