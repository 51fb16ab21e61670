/* suppliers.c: who sells what to whom: shares, concentration, the European Union's three tests of dependence, and who
 * uses a good inside a region. Border lanes stand by buyer region and sector (N5), so one walk over them fills all. */
// SPDX-License-Identifier: MIT
#include "entente/chokepoint.h"
#include <math.h>
#include <string.h>

static double *unknown(ent_arena *arena, ptrdiff_t count)
{
    double *list = ent_new(arena, double, count);
    for (ptrdiff_t c = 0; list != NULL && c < count; c++) list[c] = NAN;
    return list;
}

static ent_status take_room(ent_suppliers *s, ent_arena *arena)
{
    const ptrdiff_t cells = s->net->regions * s->net->sectors;
    s->share = unknown(arena, s->net->borders);
    s->import_share = unknown(arena, s->net->borders);
    s->purchases_usd = ent_new0(arena, double, cells);
    s->imports_usd = ent_new0(arena, double, cells);
    s->exports_usd = ent_new0(arena, double, cells);
    s->herfindahl = unknown(arena, cells);
    s->foreign_share = unknown(arena, cells);
    s->cover = unknown(arena, cells);
    s->depends = ent_new0(arena, unsigned char, cells);
    s->largest = ent_new(arena, int32_t, cells);
    return s->share == NULL || s->import_share == NULL || s->purchases_usd == NULL || s->imports_usd == NULL ||
                   s->exports_usd == NULL || s->herfindahl == NULL || s->foreign_share == NULL || s->cover == NULL ||
                   s->depends == NULL || s->largest == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

static ptrdiff_t market_of(const ent_network *net, ptrdiff_t lane)
{
    return net->lane_region[lane] * net->sectors + ent_lane_sector(net, lane);
}

static double border_usd(const ent_policy *policy, const ent_equilibrium *eq, ptrdiff_t lane)
{
    return eq->lane_value_usd[lane] / (1.0 + policy->duty[lane]);
}

static void add_up(ent_suppliers *s, const ent_policy *policy, const ent_equilibrium *eq, double *at_border)
{
    const ent_network *net = s->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t market = market_of(net, lane), i = ent_lane_exporter(net, lane);
        const double value = border_usd(policy, eq, lane);
        s->purchases_usd[market] += eq->lane_value_usd[lane];
        at_border[market] += value;
        if (i == net->lane_region[lane]) continue;
        s->imports_usd[market] += value;
        s->exports_usd[i * net->sectors + market % net->sectors] += value;
    }
}

static void share_out(ent_suppliers *s, const ent_policy *policy, const ent_equilibrium *eq)
{
    const ent_network *net = s->net;
    double most = 0.0;
    for (ptrdiff_t lane = 0, market = -1; lane < net->borders; lane++) {
        const double value = border_usd(policy, eq, lane);
        if (market_of(net, lane) != market) most = 0.0;
        market = market_of(net, lane);
        if (s->purchases_usd[market] > 0.0) s->share[lane] = eq->lane_value_usd[lane] / s->purchases_usd[market];
        if (ent_lane_exporter(net, lane) == net->lane_region[lane] || !(s->imports_usd[market] > 0.0)) continue;
        const double part = value / s->imports_usd[market];
        s->import_share[lane] = part;
        s->herfindahl[market] = (isnan(s->herfindahl[market]) ? 0.0 : s->herfindahl[market]) + part * part;
        if (value <= most) continue;
        most = value;
        s->largest[market] = (int32_t)ent_lane_exporter(net, lane);
    }
}

ent_status ent_suppliers_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                 ent_arena *arena, ent_suppliers *suppliers, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_suppliers *s = suppliers;
    const ptrdiff_t cells = net->regions * net->sectors;
    double *at_border = ent_new0(&scratch, double, cells);
    *s = (ent_suppliers){.net = net};
    if (at_border == NULL || take_room(s, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the suppliers of %td markets", cells);
    for (ptrdiff_t cell = 0; cell < cells; cell++) s->largest[cell] = -1;
    add_up(s, policy, eq, at_border);
    share_out(s, policy, eq);
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        if (at_border[cell] > 0.0) s->foreign_share[cell] = s->imports_usd[cell] / at_border[cell];
        if (s->imports_usd[cell] > 0.0)
            s->cover[cell] = s->exports_usd[cell] > 0.0 ? s->imports_usd[cell] / s->exports_usd[cell] : INFINITY;
        s->depends[cell] = s->herfindahl[cell] > ENT_CONCENTRATED && s->foreign_share[cell] > ENT_FOREIGN &&
                           s->cover[cell] > ENT_UNCOVERED;
    }
    return ENT_OK;
}

/* ---- users ---- */

/* content[k]: share of what node k spends that goes to the market, through all nests between; one walk up (N3), from
 * the market's own sourcing nodes to producers and final uses. */
ent_status ent_users_of_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ptrdiff_t region, ptrdiff_t sector, ent_arena *arena, ent_users_of *users,
                                ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_network at;
    const ptrdiff_t U = net->table->uses.count;
    if (region < 0 || region >= net->regions || sector < 0 || sector >= net->sectors)
        return ent_fail(err, ENT_BAD_INPUT, "users of sector number %td in region number %td: there are %td and %td",
                        sector, region, net->sectors, net->regions);
    double *content = ent_new0(&scratch, double, net->nodes);
    users->by_sector = ent_new0(arena, double, net->sectors);
    users->by_final = ent_new0(arena, double, U);
    if (content == NULL || users->by_sector == NULL || users->by_final == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the users of one good");
    ENT_TRY(ent_network_rebase(net, policy, eq, &scratch, &at, err));
    for (ptrdiff_t k = 0; k < at.nodes; k++) {
        if (at.node_region[k] != region) continue;
        if (at.kind[k] == ENT_NODE_SOURCING && at.node_sector[k] == sector) {
            content[k] = 1.0;
            continue;
        }
        for (int64_t e = at.first[k]; e < at.first[k + 1]; e++) {
            const int32_t lane = at.edge_lane[e], seller = at.seller[lane];
            if (lane >= at.borders && at.kind[seller] != ENT_NODE_PRODUCER) content[k] += at.share[e] * content[seller];
        }
        if (at.kind[k] == ENT_NODE_PRODUCER)
            users->by_sector[at.node_sector[k]] += content[k] * at.sales_usd[k] * (1.0 - at.levy_share[k]);
        if (at.kind[k] == ENT_NODE_FINAL) users->by_final[at.node_user[k]] += content[k] * at.sales_usd[k];
        /* where there is one final use, the household is it */
        if (at.kind[k] == ENT_NODE_HOUSEHOLD && at.kind[at.seller[at.edge_lane[at.first[k]]]] != ENT_NODE_FINAL)
            users->by_final[0] += content[k] * at.sales_usd[k];
    }
    return ENT_OK;
}
