/* wages.h: how every region's wages answer to every other's, at the benchmark: the one thing that one region alone
 * cannot know and that creeps, since wages talk to each other only through trade. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/home.h"

typedef struct {
    ptrdiff_t n, cells; /* regions × factors; regions × (J + 1) */
    ptrdiff_t size;     /* n, and where income is more than factors earn (home.h) every region's income too */
    ptrdiff_t height;   /* cells, rounded up to 8 */
    double *demand;     /* [size][height] T: demand for (i,j), and what adds to i's income, per unit of each wage; then
                           A: demand abroad, per unit of each region's income */
    double *abroad;     /* [R][height] A, also where incomes are no unknowns */
    double *own;        /* [size][R] what T and A make region n earn (home.h, earned); NULL where size = n */
    double *index; /* [J][R][stride] E at [j][m][n]: n's price index, per unit of the price of (m,j); NULL: κ = 0 */
    double *index_by_wage; /* [n][regions] the same per unit of each wage, by columns; NULL: κ = 0 */
    double *lu;            /* [size][size] */
    double whisper;        /* on the diagonal of wages' rows */
    int32_t *pivot;        /* [size] */
} ent_wages;

ent_status ent_wages_open(const ent_markets *markets, const ent_home *home, const double *gdp_share, ent_arena *arena,
                          ent_wages *wages, ent_error *err);
/* x = change of log wages (and incomes), from x = right-hand sides of their equations; and the transpose. [size] */
void ent_wages_solve(const ent_wages *w, double *x);
void ent_wages_solve_transposed(const ent_wages *w, double *x);
/* The same without the whisper, to its square; room [size]. */
void ent_wages_solve_transposed_exactly(const ent_wages *w, double *x, double *room);
