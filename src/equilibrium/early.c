/* early.c: producers that buy no goods (pass.h), straight from factors, for readings that need neither their nests nor
 * what these do to each other. With s the shares of factors in a producer's cost at the point, through its nests,
 *
 *   d log p = Σ s d log w      and a dollar of its sales is worth   ℓ' × the levy's + (1 − ℓ') Σ s × the factor's */
// SPDX-License-Identifier: MIT
#include "equilibrium/back.h"

/* Edges below node k that end in factors; counted, or written with their shares. */
static void collect(const ent_pass *p, ptrdiff_t k, double weight, ent_early *early, ptrdiff_t producer)
{
    const ent_network *net = p->net;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e], seller = net->seller[lane];
        const double part = weight * net->share[e] * ent_lane_weight(p, lane) / p->unit[k];
        if (net->kind[seller] != ENT_NODE_FACTOR) {
            collect(p, seller, part, early, producer);
            continue;
        }
        if (early->part != NULL) {
            early->producer[early->count] = (int32_t)producer;
            early->factor[early->count] = seller;
            early->part[early->count] = part;
        }
        early->count++;
    }
}

static void collect_all(const ent_pass *p, ent_early *early)
{
    const ent_network *net = p->net;
    early->count = 0;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (p->early[k] && !ent_is_shut(p, k)) collect(p, k, 1.0, early, k);
}

ent_status ent_early_open(const ent_pass *pass, ent_arena *arena, ent_early **early)
{
    ent_early *all = *early = ent_new0(arena, ent_early, 1);
    if (all == NULL) return ENT_NO_MEMORY;
    collect_all(pass, all);
    all->pass_of = -1;
    all->producer = ent_new(arena, int32_t, all->count);
    all->factor = ent_new(arena, int32_t, all->count);
    all->part = ent_new(arena, double, all->count);
    return all->producer == NULL || all->factor == NULL || all->part == NULL ? ENT_NO_MEMORY : ENT_OK;
}

static void look(ent_early *early, const ent_pass *p)
{
    if (early->pass_of != p->passes) collect_all(p, early);
    early->pass_of = p->passes;
}

void ent_early_sell_adjoint(const ent_back *b)
{
    const ent_pass *p = b->pass;
    ent_early *early = b->early;
    look(early, p);
    for (ptrdiff_t at = 0; at < early->count; at++) {
        const int32_t k = early->producer[at];
        b->sold[k] += p->levy_part[k] / p->share_sum[k] * early->part[at] * b->spent[early->factor[at]];
    }
}

void ent_early_price_adjoint(const ent_back *b)
{
    ent_early *early = b->early;
    look(early, b->pass);
    for (ptrdiff_t at = 0; at < early->count; at++)
        b->log_price[early->factor[at]] += early->part[at] * b->log_price[early->producer[at]];
}
