/* draft.h: a table while products are cut out of it. Lives only inside ent_products_refine(). */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/product.h"

/* i seller region, n buyer region; c user of n: a sector c = k, or a final use c = J + u; h, p products. */
typedef struct {
    const ent_table *old;
    const ent_products *products;
    ent_arena *scratch;
    ptrdiff_t R, J, U, G, C, P;
    ptrdiff_t *order;   /* [P] every product after those that are made of it */
    double *flow;       /* [P][R][R][C] by i, n, c: border value */
    double *need;       /* [P][P][R]    by h, p, n: of h that product p of n takes */
    double *part;       /* [P][P][R]    of what sector(p) of n buys of h, the part that goes to p */
    double *made;       /* [P][R]       output */
    double *recipe_usd; /* [P][R]       what p of n pays for its recipe */
    double *column;     /* [P][R]       part of the sector's other materials that p takes */
    double *kept;     /* [P][R]       of the value added that the sector has for such sales: 1 but for large recipes */
    double *missed;   /* [P]          largest share by which a total was missed, of the product's world */
    double *observed; /* [P]          part of the product's flows that was observed */
} ent_cut;

/* check.c */
ent_status ent_cut_check(ent_cut *cut, ent_error *err);
/* flows.c: fills flow, need, part, made, missed, observed. */
ent_status ent_cut_flows(ent_cut *cut, ent_error *err);
/* columns.c: fills recipe_usd and column. */
ent_status ent_cut_columns(ent_cut *cut, ent_error *err);
/* assemble.c */
ent_status ent_cut_assemble(const ent_cut *cut, ent_arena *arena, ent_table *out);

static inline double ent_cut_cell(const ent_cut *cut, ptrdiff_t i, ptrdiff_t j, ptrdiff_t n, ptrdiff_t c)
{
    const ptrdiff_t row = i * cut->J + j;
    return c < cut->J ? cut->old->z[row * (cut->R * cut->J) + n * cut->J + c]
                      : cut->old->f[row * (cut->R * cut->U) + n * cut->U + (c - cut->J)];
}
static inline double *ent_cut_flow(const ent_cut *cut, ptrdiff_t h, ptrdiff_t i, ptrdiff_t n)
{
    return cut->flow + ((h * cut->R + i) * cut->R + n) * cut->C;
}
static inline double *ent_cut_pair(const ent_cut *cut, double *array, ptrdiff_t h, ptrdiff_t p)
{
    return array + (h * cut->P + p) * cut->R;
}
/* Of what sector k of n buys of product h, the part that no recipe takes. */
static inline double ent_cut_free(const ent_cut *cut, ptrdiff_t h, ptrdiff_t n, ptrdiff_t k)
{
    double free = 1.0;
    for (ptrdiff_t p = 0; p < cut->P; p++)
        if (cut->products->item[p].sector == k) free -= ent_cut_pair(cut, cut->part, h, p)[n];
    return free > 0.0 ? free : 0.0;
}
