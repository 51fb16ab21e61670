/* draft.h: what stands on the table while a network is laid out: sums of the world table by buyer, and the places of
 * the nodes. Lives only inside ent_network_lay(). */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/network.h"
#include "network/blueprint.h"

/* A user c of region n is a using sector (c = k) or a final use (c = J + u); q is the sourcing node it shares. */
typedef struct {
    const ent_table *table;
    const ent_blueprint *blueprint;
    ent_arena *scratch;         /* where the arrays below live */
    ptrdiff_t R, J, U, G, C, Q; /* regions, sectors, uses, factors; C = J + U users; Q sourcing nodes of one (n,j) */
    const ent_detail *detail;   /* trade by product, or NULL */
    ptrdiff_t P;                /* its products */
    ptrdiff_t *product_first;   /* [J+1] products of a sector */
    int32_t *product_node;      /* [R][P] sourcing of a product; the sector's sourcing_node is then its bundle */
    int64_t *row_lane;          /* [R][J] lane of row r of (n,j): row_lane + r */
    int two_tier, final_level;  /* has a level of imports; of final uses */
    int32_t *user_node;         /* [C] q of user c */
    int32_t *bundle;            /* [J] first sector of the bundle of products that j belongs to, -1: it stands alone */

    double *use;         /* [R][J][C] spending at buyer prices on sector j by user c of n */
    double *spend;       /* [R][J][Q] the same by sourcing node */
    double *imported;    /* [R][J][Q] its foreign part */
    double *border;      /* [R][J][R] B border value by n, j, i */
    double *duties_paid; /* [R][C]    by user c of n */
    double *sales;       /* [R][J]    S of producer (i,j), net of market entry */
    double *factor_pay;  /* [R][J][G] */
    double *final_spend; /* [R] */

    int32_t *factor_node;    /* [R][J][G] (all j the same where the factor is mobile), -1 none; so below */
    int32_t *imports_node;   /* [R][J][Q] */
    int32_t *sourcing_node;  /* [R][J][Q] */
    int32_t *materials_node; /* [R][J] */
    int32_t *products_node;  /* [R][J][C] bundles: by n, first sector and user */
    int32_t *bundle_node;    /* [R][J] value added */
    int32_t *final_node;     /* [R][U] */
    int32_t *border_lane;    /* [R][J][R] */
} ent_draft;

/* bill.c: sums of the table at buyer prices; what factors get after duties and market entry. */
ent_status ent_draft_bill(ent_draft *draft, ent_text *notes, ent_error *err);
/* nodes.c: which nodes there are, in the order of evaluation (N3). */
ent_status ent_draft_nodes(ent_draft *draft, ent_network *net, ent_arena *arena, ent_error *err);
/* edges.c: edges by buyer (N1, N2), lanes (N5). */
ent_status ent_draft_edges(ent_draft *draft, ent_network *net, ent_arena *arena, ent_error *err);

/* The value of user c of region n's purchases of (i,j), border price. */
static inline double ent_draft_sale(const ent_draft *d, ptrdiff_t i, ptrdiff_t j, ptrdiff_t n, ptrdiff_t c)
{
    const ptrdiff_t row = i * d->J + j;
    return c < d->J ? d->table->z[row * (d->R * d->J) + n * d->J + c]
                    : d->table->f[row * (d->R * d->U) + n * d->U + (c - d->J)];
}
/* What user c of region n spends on sector j, at buyer prices; without a level of final uses the household buys for all
 * of them, as the first. */
static inline double ent_draft_use(const ent_draft *d, ptrdiff_t n, ptrdiff_t j, ptrdiff_t c)
{
    const double *use = d->use + (n * d->J + j) * d->C;
    double sum = 0.0;
    if (c < d->J || d->final_level) return use[c];
    for (ptrdiff_t u = d->J; c == d->J && u < d->C; u++) sum += use[u];
    return sum;
}
static inline int ent_draft_has_detail(const ent_draft *d, ptrdiff_t j)
{
    return d->detail != NULL && d->product_first[j] < d->product_first[j + 1];
}
static inline double ent_draft_product_sigma(const ent_draft *d, ptrdiff_t h)
{
    return 1.0 + (d->detail->trade_elasticity != NULL ? d->detail->trade_elasticity[h]
                                                      : d->blueprint->trade_elasticity[d->detail->sector[h]]);
}
static inline double ent_draft_duty(const ent_draft *d, ptrdiff_t i, ptrdiff_t j, ptrdiff_t n)
{
    return i == n ? 0.0 : d->table->duty[(i * d->R + n) * d->J + j];
}
