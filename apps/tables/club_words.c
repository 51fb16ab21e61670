/* club_words.c: see club_words.h. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
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

enum {
    DIGITS = 17
};

static void say_players(const ent_seats *seats, const ent_gathered *club, ent_json *json)
{
    const ent_club_form *f = &club->form;
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < club->players; p++) {
        char room[32];
        ent_json_open(json, '{');
        ent_json_pair_integer(json, "region", club_region(seats, club, p));
        ent_json_pair(json, "place", club_place(club, p, room));
        ent_json_pair_truth(json, "member", f->member[p]);
        ent_json_pair_rounded(json, "gain_on_joining", f->gain_joining[p], DIGITS);
        ent_json_pair_rounded(json, "gain_by_choice", f->gain_staying[p], DIGITS);
        ent_json_pair_rounded(json, "gain_over_no_club", f->gain_none[p], DIGITS);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_rounds(const ent_seats *seats, const ent_gathered *club, ent_json *json)
{
    ent_json_key(json, "rounds");
    ent_json_open(json, '[');
    for (ptrdiff_t r = 1; r <= club->form.rounds; r++) {
        ENT_SCRATCH scratch = {0};
        ent_text line = {.arena = &scratch};
        club_round(seats, club, r, &line);
        ent_json_string(json, line.failed ? "" : line.data);
    }
    ent_json_close(json, ']');
}

static void say_club(const ent_seats *seats, const ent_gathered *club, ent_json *json)
{
    ENT_SCRATCH scratch = {0};
    ent_text words = {.arena = &scratch};
    const ent_club_form *f = &club->form;
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "point", club->name);
    ent_json_pair(json, "label", club->label);
    ent_json_pair(json, "taxes", club->concept->joint ? "joint" : "own");
    ent_json_pair_strings(json, "members_do", club->level->lines, club->level->line_count);
    say_rounds(seats, club, json);
    say_players(seats, club, json);
    ent_json_pair_rounded(json, "level", f->level, DIGITS);
    ent_json_pair_rounded(json, "kept", club->kept, DIGITS);
    ent_json_pair_rounded(json, "lost", club->lost, DIGITS);
    ent_json_pair_truth(json, "nash_in_membership", f->nash);
    ent_json_pair_truth(json, "core_gains", f->core_gains);
    ent_json_pair_truth(json, "all_in", f->all);
    ent_json_pair_truth(json, "monotone", f->monotone);
    ent_json_pair_truth(json, "rising", f->rising);
    ent_json_pair_truth(json, "circular", f->circular);
    ent_json_pair_integer(json, "memberships_played", f->wars);
    club_words(club, &words);
    ent_json_pair(json, "words", words.failed ? "" : words.data);
    ent_json_close(json, '}');
}

void club_json(const ent_seats *seats, const ent_play *play, ent_json *json)
{
    ent_json_open(json, '[');
    for (ptrdiff_t c = 0; c < play->clubs; c++) /* of one that was not reached its point says why */
        if (play->club[c].status == ENT_OK) say_club(seats, &play->club[c], json);
    ent_json_close(json, ']');
}

static void say_shares(const char *key, const double *share, ptrdiff_t players, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < players; p++) ent_json_rounded(json, share[p], DIGITS);
    ent_json_close(json, ']');
}

void share_json(const ent_partitions *all, ent_json *json)
{
    ent_json_open(json, '[');
    for (int others = 0; others <= ENT_OTHERS_AVERAGE && all->status == ENT_OK; others++) {
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "others", ent_others_words((ent_bloc_others)others));
        ent_json_pair_truth(json, "core_empty", all->core_empty[others]);
        ent_json_pair_rounded(json, "complaint", all->complaint[others], DIGITS);
        say_shares("shapley", all->shapley[others], all->table.players, json);
        say_shares("nucleolus", all->nucleolus[others], all->table.players, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}
