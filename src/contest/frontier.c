/* frontier.c: the frontier of two seats: the plane has a seat's objective on each axis. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"

ent_status ent_play_frontier(ent_table_of_play *at, const ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    ent_play *play = at->play;
    ent_game game;
    ent_player *players;
    ent_error why = {0};
    int side = 0;
    if (play->curve == NULL) play->curve = ent_new0(at->arena, ent_curve, seats->concepts);
    if (play->curve == NULL) return ent_play_no_memory(at);
    ent_curve *curve = &play->curve[play->curves];
    *curve = (ent_curve){.concept = concept};
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        if (!concept->in[s]) continue;
        curve->seat[side++] = s;
    }
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    curve->status = ent_talk_frontier(&game, concept->points, &at->options.game, at->arena, &curve->frontier, &why);
    play->curves++;
    if (curve->status == ENT_OK) return ENT_OK;
    if (curve->status != ENT_NOT_CONVERGED && curve->status != ENT_NO_EQUILIBRIUM)
        return ent_fail(at->err, curve->status, "%s", why.text);
    curve->why = ent_string_copy(at->arena, why.text);
    play->failed++;
    return curve->why == NULL ? ent_play_no_memory(at) : ENT_OK;
}
