/* ascent.h: one objective on its way up: where it stands, the metric in which its steps are long or short, and where it
 * is aimed at. */
// SPDX-License-Identifier: MIT
#pragma once
#include "game/board.h"

typedef struct {
    ptrdiff_t n;
    double *metric;                     /* [n] σ V/I of each dial's trade as it is, > 0 */
    double *unit;                       /* [n] 1/√metric; 0 where a dial is held */
    double *direction;                  /* [n] */
    double *from, *from_slope;          /* [n] where the step starts */
    double *gone, *left, *along, *bent; /* [n] of conjugate gradients, in units */
    double largest;                     /* of metric */
} ent_ascent;

/* Is the dial held by a bound that its slope points beyond? */
static inline int ent_ascent_holds(const ent_board *b, ptrdiff_t dial)
{
    return b->slope[dial] > 0.0 ? b->turn[dial] >= b->dials.greatest[dial] : b->turn[dial] <= b->dials.least[dial];
}

/* direction = Newton's step over the dials that bounds do not hold, until slopes are `within` of what they are; where
 * the objective bends upwards on the way, along that, as far as no dial moves by more than 1. The board is left at
 * another equilibrium nearby, with turn, slope and objective as they were. Where an equilibrium on the way is missing,
 * the step ends before it. */
ent_status ent_ascent_newton(ent_board *board, ent_ascent *ascent, double within, ent_error *err);
