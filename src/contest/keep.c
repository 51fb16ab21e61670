/* keep.c: does the bargain over the war hold, and what is the best agreement that would? */
// SPDX-License-Identifier: MIT
#include "contest/parley.h"
#include <math.h>

ent_status ent_parley_truce(ent_parley *p)
{
    ent_talks *talks = p->talks;
    ent_error why = {0};
    ptrdiff_t periods = 1;
    for (ptrdiff_t k = p->terms->punishments - 1; k >= 0; k--)
        if (p->terms->punishment[k] != ENT_FOREVER) periods = p->terms->punishment[k];
    talks->truce_status = ENT_NOT_CONVERGED;
    if (talks->agreed == NULL) return ENT_OK;
    talks->truce_status = ent_talk_truce(&p->game, &talks->agreed->policy, talks->war->goal, periods,
                                         &p->at.options.game, p->at.arena, &talks->truce, &why);
    return ent_parley_kept(p, talks->truce_status, &why, &talks->truce_why);
}

/* ---- what enforces itself ---- */

/* Weights and discount factors by player; *there 0: somebody's factor was not given. */
static ent_status lists(ent_parley *p, double **weight, double **patience, int *there)
{
    const ent_seats *seats = p->seats;
    *weight = ent_new(p->at.arena, double, seats->players);
    *patience = ent_new(p->at.arena, double, seats->players);
    *there = p->talks->agreed != NULL && p->talks->agreed->weight != NULL;
    if (*weight == NULL || *patience == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t s = 0; s < seats->seats && *there; s++)
        for (ptrdiff_t k = 0; k < seats->seat[s].count; k++) {
            const ptrdiff_t player = seats->seat[s].first + k;
            (*weight)[player] = p->talks->agreed->weight[s];
            (*patience)[player] = p->terms->discount[s];
            if (isnan(p->terms->discount[s])) *there = 0;
        }
    return ENT_OK;
}

static ent_status add_point(ent_parley *p)
{
    const ent_enforced *e = &p->talks->enforced;
    ent_verdict *verdict = ent_verdict_new(&p->at, NULL, "self-enforcing", "self-enforcing");
    if (verdict == NULL) return ent_play_no_memory(&p->at);
    ENT_TRY(ent_verdict_solve(&p->at, verdict, &e->policy));
    verdict->enforced = 1;
    verdict->slope = e->slope;
    verdict->tolerance = 1e-9; /* of ent_talk_enforce() */
    verdict->rounds = e->rounds;
    verdict->solves = e->evaluations;
    verdict->starts = 1;
    verdict->seconds = e->seconds;
    return ENT_OK;
}

ent_status ent_parley_enforce(ent_parley *p)
{
    ent_talks *talks = p->talks;
    ent_error why = {0};
    double *weight, *patience, binds = 0.0;
    int there;
    ENT_TRY(lists(p, &weight, &patience, &there));
    if (!there) return ENT_OK;
    const ent_status status = ent_talk_enforce(&p->game, weight, patience, talks->war->goal, &p->at.options.game,
                                               p->at.arena, &talks->enforced, &why);
    ENT_TRY(ent_parley_kept(p, status, &why, &talks->enforced_why));
    if (status != ENT_OK) return ENT_OK;
    talks->enforced_there = 1;
    for (ptrdiff_t k = 0; k < p->seats->players; k++) binds = fmax(binds, talks->enforced.multiplier[k]);
    return binds > 0.0 ? add_point(p) : ENT_OK;
}
