/* renew.c: see renew.h. (E5) ω' = ω weight/unit; S', V, N/V and 1 − ℓ' as the pass has them. */
// SPDX-License-Identifier: MIT
#include "equilibrium/renew.h"
#include <math.h>

static ent_status take_room(const ent_network *net, ent_arena *room, ent_network *at)
{
    *at = *net;
    at->share = ent_new(room, double, net->edges);
    at->sales_usd = ent_new(room, double, net->nodes);
    at->levy_share = ent_new(room, double, net->nodes);
    at->lane_value_usd = ent_new(room, double, net->lanes);
    at->duty = ent_new(room, double, net->borders);
    at->export_tax = ent_new(room, double, net->borders);
    return at->share == NULL || at->sales_usd == NULL || at->levy_share == NULL || at->lane_value_usd == NULL ||
                   at->duty == NULL || at->export_tax == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* 0: some number is none. */
static int look_around(const ent_pass *p, ent_network *at)
{
    const ent_network *net = p->net;
    int finite = 1;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        at->sales_usd[k] = p->spent[k];
        at->levy_share[k] = 1.0 - p->levy_part[k];
        finite = finite && isfinite(p->spent[k]) && (p->spent[k] > 0.0 || ent_is_shut(p, k));
        if (k < net->level_first[1]) continue;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            at->share[e] = net->share[e] * ent_lane_weight(p, net->edge_lane[e]) / p->unit[k];
            finite = finite && isfinite(at->share[e]);
        }
    }
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) {
        at->lane_value_usd[lane] = ent_lane_weight(p, lane) * p->bought[lane];
        if (lane >= net->borders) continue;
        at->duty[lane] = 1.0 / p->border_part[lane] - 1.0;
        at->export_tax[lane] =
            (1.0 - net->entry_share[net->lane_region[lane]]) * p->border_part[lane] / p->seller_part[lane] - 1.0;
    }
    return finite;
}

ent_status ent_renew(ent_renewal *r, ent_pass *pass)
{
    ent_arena_empty(&r->room);
    ent_pass_show(pass);
    ent_status status = take_room(pass->net, &r->room, &r->at);
    if (status == ENT_OK && !look_around(pass, &r->at)) status = ENT_NOT_CONVERGED;
    if (status == ENT_OK) status = ent_domestic_open_at(pass, &r->at, &r->room, &r->domestic, NULL);
    if (status != ENT_OK) ent_arena_empty(&r->room);
    return status;
}
