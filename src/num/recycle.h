/* recycle.h: many linear systems with one matrix, then as many with a matrix nearby: what was learnt from one solve is
 * used in the next. */
// SPDX-License-Identifier: MIT
#pragma once
#include "num/gmres.h"

/* Pairs (u, c) with c = A u, the c of one list orthonormal: what lies in their span is solved already. `now` belongs to
 * the matrix at hand; `old` to matrices before it, and only guides. */
typedef struct {
    ptrdiff_t n, most;     /* pairs of a list at most */
    ptrdiff_t now, old;    /* pairs that there are */
    double *u, *c;         /* [most][n] */
    double *old_u, *old_c; /* [most][n] */
    double *room;          /* [n] */
} ent_recycled;

/* Numbers of room that most pairs of vectors [n] need; and put them there. */
ptrdiff_t ent_recycle_numbers(ptrdiff_t n, ptrdiff_t most);
void ent_recycle_open(ent_recycled *list, ptrdiff_t n, ptrdiff_t most, double *numbers);
/* The matrix has changed. */
void ent_recycle_turn(ent_recycled *list);
/* x += what A⁻¹ makes of the residual r, until r is no longer than `goal` (2-norm); r is what is left, by the
 * recurrence's word. Products with A, or −1 where pairs or products ran out before (x and r stand where it ended). */
ptrdiff_t ent_recycle_solve(ent_recycled *list, const ent_linear_system *system, double goal, double *r, double *x);
