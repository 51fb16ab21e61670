/* seated.h: a game's text through the whole of the contest room, on the embedded world or on two countries. */
// SPDX-License-Identifier: MIT
#pragma once
#include "game/worlds.h"
#include "test.h"

/* Read and seat; folder NULL: no files. */
static inline ent_status seat_text(game_world *w, const char *text, const char *folder, ent_contest *contest,
                                   ent_seats *seats)
{
    ENT_TRY(ent_contest_parse((ent_bytes){text, strlen(text)}, "g.yaml", folder, &w->arena, contest, &w->err));
    return ent_contest_seat(contest, &w->net, &w->arena, seats, &w->err);
}

static inline void check_game_refused(const char *file, int line, game_world *w, const char *text, const char *wanted)
{
    ent_contest contest;
    ent_seats seats;
    w->err.text[0] = 0;
    const ent_status status = seat_text(w, text, NULL, &contest, &seats);
    if (status != ENT_BAD_INPUT)
        test_fail(file, line, "accepted, though it is wrong: %s", text);
    else if (strcmp(w->err.text, wanted) != 0)
        test_fail(file, line, "the sentence is\n    %s\n  not\n    %s", w->err.text, wanted);
}
#define REFUSED_GAME(text, wanted) check_game_refused(__FILE__, __LINE__, &w, text, wanted)
