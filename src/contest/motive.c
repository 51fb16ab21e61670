/* motive.c: what a government must want, that the status quo is what it would choose: the game's weights, asked for
 * backwards. The policy that is explained is the one that stands: benchmark, `start` and `actions`. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"

static ent_revealed *revealed_new(ent_table_of_play *at, const ent_concept *concept, ptrdiff_t seat)
{
    const ent_seats *seats = at->seats;
    ent_play *play = at->play;
    const char *who = seats->seat[seat].name, *kind = ent_motive_words(concept->motive);
    if (play->revealed == NULL) play->revealed = ent_new0(at->arena, ent_revealed, seats->concepts * seats->seats);
    ptrdiff_t before = 0; /* of the same name */
    for (ptrdiff_t r = 0; r < play->revelations; r++) {
        const ent_revealed *other = &play->revealed[r];
        before += other->seat == seat && other->concept->motive == concept->motive;
    }
    const char *more = before == 0 ? "" : ent_string_format(at->arena, "-%td", before + 1);
    const char *again = before == 0 ? "" : ent_string_format(at->arena, " (%td)", before + 1);
    if (more == NULL || again == NULL) return NULL;
    const char *name = ent_string_format(at->arena, "motive-%s-%s%s", kind, who, more);
    const char *label = ent_string_format(at->arena, "%s weights of %s%s", kind, who, again);
    if (play->revealed == NULL || name == NULL || label == NULL) return NULL;
    ent_revealed *one = &play->revealed[play->revelations++];
    *one = (ent_revealed){.concept = concept, .seat = seat, .name = name, .label = label};
    return one;
}

static ent_status ask(ent_table_of_play *at, ent_revealed *one)
{
    const ent_seats *seats = at->seats;
    const ent_concept *concept = one->concept;
    const ent_game game = {seats->net, &seats->policy, &seats->player[seats->seat[one->seat].first], 1};
    ent_error why = {0};
    one->status = concept->motive == ENT_MOTIVE_LOBBY
                      ? ent_game_motive_lobby(&game, 0, &at->options.game, at->arena, &one->motive, &why)
                      : ent_game_motive_security(&game, 0, concept->cell, concept->cells, &at->options.game, at->arena,
                                                 &one->motive, &why);
    if (one->status == ENT_OK) return ENT_OK;
    if (one->status == ENT_NO_MEMORY) return ent_fail(at->err, one->status, "%s", why.text);
    if (one->status == ENT_BAD_INPUT)
        return ent_fail(at->err, one->status, "%s: `motive`: %s", seats->contest->scenario.path, why.text);
    one->why = ent_string_copy(at->arena, why.text);
    at->play->failed++;
    return one->why == NULL ? ent_play_no_memory(at) : ENT_OK;
}

ent_status ent_play_motive(ent_table_of_play *at, const ent_concept *concept)
{
    for (ptrdiff_t s = 0; s < at->seats->seats; s++) {
        if (!concept->in[s]) continue;
        ent_revealed *one = revealed_new(at, concept, s);
        if (one == NULL) return ent_play_no_memory(at);
        ENT_TRY(ask(at, one));
    }
    return ENT_OK;
}
