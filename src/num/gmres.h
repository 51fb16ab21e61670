/* gmres.h: large linear systems that are known only by what they do to a vector. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

/* y = M x; x and y are not the same array. */
typedef void ent_linear_map(void *user, const double *x, double *y);

typedef struct {
    ptrdiff_t n;
    ent_linear_map *matrix;       /* A */
    ent_linear_map *precondition; /* P, near A⁻¹ */
    void *user;
    ptrdiff_t depth;  /* vectors kept before a restart */
    ptrdiff_t most;   /* products with A, at most */
    double tolerance; /* largest |b − A x| accepted, in units of the largest |b| */
    int trusting;     /* 1: the recurrence's word for it is taken; whoever asks measures b − A x for his own ends */
} ent_linear_system;

/* Numbers of room that a solve needs. */
ptrdiff_t ent_gmres_room(const ent_linear_system *system);
/* x from A x = b by restarted GMRES, preconditioned from the right (the residual is the true one), starting from 0.
 * Returns the number of products with A, or −1 where the tolerance was not reached (x is the best point then). Source:
 * Saad & Schultz (1986), SIAM J. Sci. Stat. Comput. 7: 856-869. */
ptrdiff_t ent_gmres(const ent_linear_system *system, const double *b, double *x, double *room);
