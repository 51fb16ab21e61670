/* parley.h: talks on their way: what the files that answer them share. */
// SPDX-License-Identifier: MIT
#pragma once
#include "contest/play.h"

typedef struct {
    ent_table_of_play at;
    ent_talks *talks;
    const ent_terms *terms;
    ent_game game;    /* of all seats */
    ent_seats *seats; /* with the concepts of talks */
} ent_parley;

/* ENT_OK and the failure kept as *sentence, where it is one of the answer; else the status. */
ent_status ent_parley_kept(ent_parley *p, ent_status status, const ent_error *why, const char **sentence);

/* keep.c: does the bargain hold, and what would */
ent_status ent_parley_truce(ent_parley *p);
ent_status ent_parley_enforce(ent_parley *p);
/* sides.c: what each side could have; and, of two, all that follows */
ent_status ent_parley_most(ent_parley *p);
ent_status ent_parley_two(ent_parley *p);
/* rungs.c: ladders of steps */
ent_status ent_parley_rungs(ent_parley *p);
