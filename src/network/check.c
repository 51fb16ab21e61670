/* check.c: the invariants N1-N5 of network.h, in code. Tests call it after every step that makes a network. */
// SPDX-License-Identifier: MIT
#include "entente/network.h"
#include <math.h>

static ent_status check_edges(const ent_network *net, ent_error *err)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        double sum = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e], seller = lane >= 0 && lane < net->lanes ? net->seller[lane] : -1;
            if (seller < 0) return ent_fail(err, ENT_BAD_INPUT, "N1: edge %lld leads nowhere", (long long)e);
            const int circle = net->kind[seller] == ENT_NODE_PRODUCER || net->kind[seller] == ENT_NODE_FACTOR;
            if (seller >= k && !circle) return ent_fail(err, ENT_BAD_INPUT, "N3: node %td buys from a later node", k);
            if (net->lane_elasticity[lane] != net->elasticity[k])
                return ent_fail(err, ENT_BAD_INPUT, "a lane of node %td has another elasticity than the node", k);
            if (net->lane_region[lane] != net->node_region[k])
                return ent_fail(err, ENT_BAD_INPUT, "a lane of node %td leads to another region", k);
            const int gone = net->share[e] == 0.0 && net->lane_value_usd[lane] == 0.0;
            if (!(net->share[e] > 0.0) && net->elasticity[k] != 1.0 && !gone)
                return ent_fail(err, ENT_BAD_INPUT, "N2: node %td has a share of 0 or less", k);
            sum += net->share[e];
        }
        const int published = net->kind[k] == ENT_NODE_PRODUCER && net->elasticity[k] == 1.0;
        const int idle = net->sales_usd[k] == 0.0;
        if (net->kind[k] != ENT_NODE_FACTOR && !idle && fabs(sum - 1.0) > (published ? ENT_SHARE_ROUNDING : 1e-12))
            return ent_fail(err, ENT_BAD_INPUT, "N2: shares of node %td sum to %.17g", k, sum);
    }
    return ENT_OK;
}

/* Of region n's money, how much is the rounding of published exponents (N2): levies that labour gets. In a network laid
 * from a table the wage bill is without it, in one that was an equilibrium with it. */
static void add_rounding(const ent_network *net, double *rounding)
{
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        double sum = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) sum += net->share[e];
        if (fabs(sum - 1.0) > 1e-12) rounding[net->node_region[k]] += fabs(net->levy_share[k]) * net->sales_usd[k];
    }
}

/* N4: what lanes bring. */
static ent_status check_sales(const ent_network *net, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *sold = ent_new0(&scratch, double, net->nodes), *income = ent_new0(&scratch, double, net->regions);
    double *rounding = ent_new0(&scratch, double, net->regions);
    if (sold == NULL || income == NULL || rounding == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to check a network");
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) {
        const ptrdiff_t n = net->lane_region[lane];
        double value = net->lane_value_usd[lane];
        if (lane < net->borders) {
            const double border = value / (1.0 + net->duty[lane]), gross = border * (1.0 - net->entry_share[n]);
            income[n] += value - border;
            if (net->entry_share[n] > 0.0) sold[net->labour[n]] += border - gross;
            value = gross / (1.0 + net->export_tax[lane]);
            income[net->node_region[net->seller[lane]]] += gross - value;
        }
        sold[net->seller[lane]] += value;
    }
    add_rounding(net, rounding);
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const double spare = net->kind[k] == ENT_NODE_FACTOR ? rounding[net->node_region[k]] : 0.0;
        if (net->kind[k] == ENT_NODE_FACTOR) income[net->node_region[k]] += net->sales_usd[k];
        if (net->kind[k] == ENT_NODE_PRODUCER) income[net->node_region[k]] += net->levy_share[k] * net->sales_usd[k];
        if (net->kind[k] != ENT_NODE_HOUSEHOLD &&
            fabs(sold[k] - net->sales_usd[k]) > 1e-9 * net->sales_usd[k] + 1e-9 + spare)
            return ent_fail(err, ENT_BAD_INPUT, "N4: node %td sells %.17g but its lanes bring %.17g", k,
                            net->sales_usd[k], sold[k]);
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const double spent = net->sales_usd[net->household[n]];
        if (fabs(income[n] + net->transfer_usd[n] - spent) > 1e-9 * spent + rounding[n])
            return ent_fail(err, ENT_BAD_INPUT, "N4: %s spends %.17g and earns %.17g", net->table->regions.code[n],
                            spent, income[n] + net->transfer_usd[n]);
    }
    return ENT_OK;
}

/* (N5) */
static int stands_behind(const ent_network *net, ptrdiff_t lane, ptrdiff_t before)
{
    const ptrdiff_t here[] = {net->lane_region[lane], ent_lane_sector(net, lane), ent_lane_product(net, lane),
                              ent_lane_exporter(net, lane)};
    const ptrdiff_t there[] = {net->lane_region[before], ent_lane_sector(net, before), ent_lane_product(net, before),
                               ent_lane_exporter(net, before)};
    for (int c = 0; c < 4; c++)
        if (here[c] != there[c]) return here[c] > there[c];
    return 0;
}

ent_status ent_network_check(const ent_network *net, ent_error *err)
{
    for (ptrdiff_t lane = 1; lane < net->borders; lane++)
        if (!stands_behind(net, lane, lane - 1))
            return ent_fail(err, ENT_BAD_INPUT, "N5: border lane %td is out of order", lane);
    ENT_TRY(check_edges(net, err));
    return check_sales(net, err);
}
