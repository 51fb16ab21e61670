/* dials.h: what the players may turn: one dial is one log(1 + rate), of a duty or of an export tax, that
 * a player sets on one or many trade lanes. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/game.h"

/* Always true:
 *   (D1)  a lane belongs to one dial at most for each kind of tax; home lanes to none
 *   (D2)  dials of one player stand together, in the order of the players */
typedef struct {
    ptrdiff_t count;
    int32_t *player;          /* [count] */
    unsigned char *tax;       /* [count] ent_tax */
    int64_t *first;           /* [count+1] lanes of a dial */
    int32_t *lane;            /* [first[count]] */
    int32_t *lane_dial[2];    /* by ent_tax: [borders] or -1 */
    double *least, *greatest; /* [count] of log(1 + rate) */
} ent_dials;

ent_status ent_dials_list(const ent_game *game, ent_arena *arena, ent_dials *dials, ent_error *err);
/* log(1 + rate) of a policy's taxes, averaged over a dial's lanes and brought within its bounds; and back. */
void ent_dials_read(const ent_dials *dials, const ent_policy *policy, double *turn);
void ent_dials_set(const ent_dials *dials, const double *turn, ent_policy *policy);
/* The rates of a dial's kind of tax in a policy. */
static inline double *ent_dial_rates(const ent_dials *d, ptrdiff_t dial, const ent_policy *policy)
{
    return d->tax[dial] == ENT_TAX_EXPORT ? policy->export_tax : policy->duty;
}
/* Within the bounds; and at a bound where no more than rounding is between. */
static inline double ent_dial_within(const ent_dials *d, ptrdiff_t dial, double turn)
{
    const double rounding = 1e-13;
    if (turn < d->least[dial] + rounding) return d->least[dial];
    return turn > d->greatest[dial] - rounding ? d->greatest[dial] : turn;
}

/* Starts that are tried everywhere: all dials at one rate, or rising with their players' lobby weights. */
enum {
    ENT_DIAL_STARTS = 4
};
/* Start number `start` into turn, within bounds. 0: there is none of its kind (nobody has lobby weights). */
int ent_dials_start(const ent_game *game, const ent_dials *dials, int start, double *turn);
