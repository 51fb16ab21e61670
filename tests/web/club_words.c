/* club_words.c: whether a club holds, in sentences; places; JSON without numbers where there are none. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
#include "test.h"

static const char *words_of(const ent_gathered *club, ent_arena *arena)
{
    ent_text text = {.arena = arena};
    club_words(club, &text);
    return text.failed ? "" : text.data;
}

TEST(a_club_says_whether_it_holds, "I14")
{
    ent_arena arena = {0};
    ent_concept concept = {.kind = ENT_CONCEPT_CLUB};
    ent_gathered club = {.concept = &concept,
                         .kept = NAN,
                         .lost = NAN,
                         .form = {.nash = 1, .core_gains = 1, .monotone = 1, .rising = 1, .wars = 8}};
    CHECK_TEXT(
        words_of(&club, &arena),
        "No member gains by leaving, and nobody who may join gains by joining. The core has more than without a "
        "club. Nobody who came in left; being in is worth no less at the end than on coming in. 8 memberships were "
        "played.");
    club.form = (ent_club_form){.circular = 1, .wars = 5};
    CHECK_TEXT(
        words_of(&club, &arena),
        "The rounds have no end: a membership came back, and the last one stands here. The core has no more than "
        "without a club: it would not begin. Some who came in left; being in is worth less to somebody at the end "
        "than on coming in. 5 memberships were played.");
    concept.raise = 0.05;
    const struct {
        double kept, lost;
        const char *end;
    } levels[] = {
        {1.0, NAN, " All stay up to 100 % of the target, which is all of it."},
        {0.25, 0.28125, " All stay up to 25 % of the target, which is shown here; at 28.12 % somebody does not."},
        {NAN, 0.0, " Somebody stays out even where nothing is asked, which is shown here."}};
    for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
        club.kept = levels[k].kept;
        club.lost = levels[k].lost;
        const char *words = words_of(&club, &arena);
        const size_t length = strlen(words), end = strlen(levels[k].end);
        CHECK_TEXT(words + (length > end ? length - end : 0), levels[k].end);
    }
    ent_arena_close(&arena);
}

TEST(players_of_a_club_have_a_place_and_rounds_say_who_moves, "I14")
{
    ent_arena arena = {0};
    const char *label[4] = {"North", "South", "East", "West"};
    ent_table table = {.regions = {.count = 4, .label = label}};
    const ent_network net = {.table = &table, .regions = 4};
    ent_player player[4] = {{.region = 0}, {.region = 1}, {.region = 2}, {.region = 3}};
    ent_seat seat[4] = {
        {.first = 0, .count = 1}, {.first = 1, .count = 1}, {.first = 2, .count = 1}, {.first = 3, .count = 1}};
    const ent_seats seats = {.net = &net, .seat = seat, .seats = 4, .player = player, .players = 4};
    unsigned char core[4] = {1, 0, 0, 0}, candidate[4] = {0, 1, 1, 0}, member[4] = {1, 0, 1, 0};
    unsigned char in[12] = {1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0};
    ptrdiff_t places[4] = {0, 1, 2, 3}, joined[4] = {0, -1, 1, -1};
    ent_concept concept = {.core = core, .candidate = candidate};
    const ent_gathered club = {.concept = &concept,
                               .seat = places,
                               .players = 4,
                               .form = {.players = 4, .rounds = 2, .in = in, .member = member, .joined = joined}};
    const char *wanted[4] = {"core", "stays out", "round 1", "outside"},
               *said[2] = {"South, East join", "South leaves"};
    for (ptrdiff_t p = 0; p < 4; p++) {
        char room[32];
        CHECK_TEXT(club_place(&club, p, room), wanted[p]);
    }
    for (ptrdiff_t r = 1; r <= 2; r++) {
        ent_text text = {.arena = &arena};
        club_round(&seats, &club, r, &text);
        CHECK_TEXT(text.data, said[r - 1]);
    }
    ent_arena_close(&arena);
}
