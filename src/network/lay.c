/* lay.c: from a table and a blueprint to the benchmark network: bills, nodes, edges, then income (E8). */
// SPDX-License-Identifier: MIT
#include "network/draft.h"
#include "table/arrays.h"
#include <math.h>

static ent_status measure(const ent_table *table, const ent_blueprint *b, ent_draft *d, ent_error *err)
{
    d->table = table;
    d->blueprint = b;
    d->R = table->regions.count;
    d->J = table->sectors.count;
    d->U = table->uses.count;
    d->G = table->factors.count;
    d->C = d->J + d->U;
    if (d->R == 0 || d->J == 0 || d->U == 0 || d->G == 0)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: a network needs a region, a sector, a final use and a factor; the table has %td, %td, %td, %td",
            table->name, d->R, d->J, d->U, d->G);
    const int by_use = b->sourcing == ENT_SOURCING_BY_USE;
    d->Q = !by_use ? 1 : b->users == ENT_USERS_EVERY ? d->C : 2;
    d->two_tier = b->sourcing == ENT_SOURCING_TWO_TIER;
    d->final_level = by_use && b->users == ENT_USERS_EVERY && d->U > 1;
    d->user_node = ent_new(d->scratch, int32_t, d->C);
    if (d->user_node == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a network");
    for (ptrdiff_t c = 0; c < d->C; c++)
        d->user_node[c] = (int32_t)(d->Q == 1 ? 0 : d->Q == 2 && !(b->users == ENT_USERS_EVERY) ? c >= d->J : c);
    return ENT_OK;
}

/* Products that are bought together; NULL where every sector stands alone. */
static ent_status find_bundles(const ent_table *table, ent_draft *d, ent_error *err)
{
    int any = 0;
    if (table->bundle == NULL) return ENT_OK;
    int32_t *bundle = ent_new(d->scratch, int32_t, d->J);
    if (bundle == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a network");
    for (ptrdiff_t j = 0; j < d->J; j++) bundle[j] = -1;
    for (ptrdiff_t j = 0; j < d->J; j++) {
        const ptrdiff_t first = (ptrdiff_t)table->bundle[j];
        if (first == j) continue;
        bundle[j] = bundle[first] = (int32_t)first;
        any = 1;
    }
    d->bundle = any ? bundle : NULL;
    return ENT_OK;
}

/* Products of a sector are sourced one by one, for all users together. */
static ent_status find_detail(const ent_table *table, ent_draft *d, ent_error *err)
{
    d->detail = table->detail;
    if (d->detail == NULL) return ENT_OK;
    d->P = d->detail->products.count;
    if (d->Q != 1 || d->two_tier || d->blueprint->market != ENT_MARKET_PERFECT || d->bundle != NULL)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: trade by product needs `sourcing: common` and `market: perfect`, in a table without products "
            "that were cut out of sectors",
            table->name);
    d->product_first = ent_new0(d->scratch, ptrdiff_t, d->J + 1);
    if (d->product_first == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a network");
    for (ptrdiff_t h = 0; h < d->P; h++) d->product_first[d->detail->sector[h] + 1]++;
    for (ptrdiff_t j = 0; j < d->J; j++) d->product_first[j + 1] += d->product_first[j];
    return ENT_OK;
}

/* Sales of factors, what every region earns at the benchmark, and the transfer that closes its budget (E8). */
static void balance_budgets(const ent_draft *d, ent_network *net)
{
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) {
        const int32_t seller = net->seller[lane];
        if (net->kind[seller] == ENT_NODE_FACTOR) net->sales_usd[seller] += net->lane_value_usd[lane];
        if (lane < net->borders && net->entry_share[net->lane_region[lane]] > 0.0) {
            const ptrdiff_t n = net->lane_region[lane];
            net->sales_usd[net->labour[n]] += net->entry_share[n] * net->lane_value_usd[lane] / (1.0 + net->duty[lane]);
        }
    }
    for (ptrdiff_t n = 0; n < d->R; n++) net->transfer_usd[n] = d->final_spend[n];
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const ptrdiff_t n = net->node_region[k];
        if (net->kind[k] == ENT_NODE_FACTOR) net->transfer_usd[n] -= net->sales_usd[k];
        if (net->kind[k] == ENT_NODE_PRODUCER) net->transfer_usd[n] -= net->levy_share[k] * net->sales_usd[k];
    }
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        net->transfer_usd[net->lane_region[lane]] -=
            net->lane_value_usd[lane] * net->duty[lane] / (1.0 + net->duty[lane]);
}

/* Published accounts state surpluses with more digits than their flows keep (base_* of data/cp2015: 2e-10 of income).
 * They are what a scenario holds fixed; the benchmark itself stays what the flows say. */
static void state_surpluses(const ent_draft *d, ent_network *net)
{
    const double rounding =
        1e-8; /* larger takes a real difference for rounding, smaller the rounding for a difference */
    double sum = 0.0;
    int all = d->table->surplus != NULL;
    for (ptrdiff_t n = 0; n < d->R && all; n++) {
        sum += d->table->surplus[n];
        all = fabs(-d->table->surplus[n] - net->transfer_usd[n]) <= rounding * d->final_spend[n];
    }
    for (ptrdiff_t n = 0; n < d->R; n++)
        net->stated_usd[n] = all ? -(d->table->surplus[n] - sum / (double)d->R) : net->transfer_usd[n];
}

static ent_status describe_regions(const ent_draft *d, ent_network *net, ent_arena *arena, ent_error *err)
{
    net->duty_power = ent_new(arena, double, d->R);
    net->entry_share = ent_new(arena, double, d->R);
    net->transfer_usd = ent_new(arena, double, d->R);
    net->stated_usd = ent_new(arena, double, d->R);
    if (net->duty_power == NULL || net->entry_share == NULL || net->transfer_usd == NULL || net->stated_usd == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td regions", d->R);
    for (ptrdiff_t n = 0; n < d->R; n++) {
        net->duty_power[n] = ent_blueprint_duty_power(d->blueprint, n);
        net->entry_share[n] = d->blueprint->market == ENT_MARKET_MELITZ ? d->blueprint->entry_share[n] : 0.0;
    }
    return ENT_OK;
}

static ent_status every_producer_buys(const ent_network *net, ent_error *err)
{
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (net->first[k] == net->first[k + 1])
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: %s in %s sells but buys nothing, neither inputs nor factors; fix its column",
                            net->table->name, net->table->sectors.label[net->node_sector[k]],
                            net->table->regions.label[net->node_region[k]]);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (net->entry_share[n] > 0.0 && net->labour[n] < 0)
            return ent_fail(err, ENT_BAD_INPUT, "%s: market entry in %s is paid in labour, but it has none",
                            net->table->name, net->table->regions.label[n]);
    return ENT_OK;
}

/* Revenue that cuts the tax on wages can't be more than the wages: 1 − R/(wL) > 0 (E17). */
static ent_status wages_bear_the_cut(const ent_network *net, ent_arena *scratch, ent_error *err)
{
    if (net->blueprint->revenue != ENT_REVENUE_INCOME_TAX || net->blueprint->labour_supply == 0.0) return ENT_OK;
    double *duties = ent_new0(scratch, double, net->regions);
    if (duties == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the duties of %td regions", net->regions);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        duties[net->lane_region[lane]] += net->lane_value_usd[lane] * net->duty[lane] / (1.0 + net->duty[lane]);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (net->labour[n] >= 0 && !(duties[n] < net->sales_usd[net->labour[n]]))
            return ent_fail(
                err, ENT_BAD_INPUT,
                "%s: the duties of %s bring %.6g, more than its labour earns, %.6g, so they cannot go into a "
                "lower income tax; say `revenue: lump-sum`",
                net->table->name, net->table->regions.label[n], duties[n], net->sales_usd[net->labour[n]]);
    return ENT_OK;
}

ent_status ent_network_lay(const ent_table *table, const ent_blueprint *blueprint, ent_arena *arena, ent_network *net,
                           ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_draft draft = {.scratch = &scratch};
    ent_text notes = {.arena = arena};
    ENT_TRY(ent_bundles_check(table, err));
    ENT_TRY(ent_blueprint_check(table, blueprint, err));
    ENT_TRY(measure(table, blueprint, &draft, err));
    ENT_TRY(find_bundles(table, &draft, err));
    ENT_TRY(find_detail(table, &draft, err));
    *net = (ent_network){.table = table,
                         .blueprint = blueprint,
                         .regions = draft.R,
                         .sectors = draft.J,
                         .factors = draft.G,
                         .users = draft.Q};
    ENT_TRY(ent_draft_bill(&draft, &notes, err));
    ENT_TRY(describe_regions(&draft, net, arena, err));
    ENT_TRY(ent_draft_nodes(&draft, net, arena, err));
    ENT_TRY(ent_draft_edges(&draft, net, arena, err));
    ENT_TRY(every_producer_buys(net, err));
    balance_budgets(&draft, net);
    ENT_TRY(wages_bear_the_cut(net, &scratch, err));
    state_surpluses(&draft, net);
    net->notes = notes.size > 0 ? notes.data : "";
    if (notes.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for the notes of a network");
    return ENT_OK;
}

ptrdiff_t ent_lane_exporter(const ent_network *net, ptrdiff_t lane)
{
    return net->node_region[net->seller[lane]];
}

ptrdiff_t ent_lane_sector(const ent_network *net, ptrdiff_t lane)
{
    return net->node_sector[net->seller[lane]];
}

ptrdiff_t ent_lane_product(const ent_network *net, ptrdiff_t lane)
{
    return net->lane_product != NULL ? net->lane_product[lane] : -1;
}

const char *ent_network_node_name(const ent_network *net, ptrdiff_t node, ent_arena *arena)
{
    static const char *const what[] = {
        "", "imports of ", "purchases of ", "purchases of ", "materials of ", "value added of ", "", "", "spending"};
    const ent_table *t = net->table;
    const char *region = t->regions.label[net->node_region[node]];
    const int32_t j = net->node_sector[node];
    const char *name = NULL;
    switch ((ent_node_kind)net->kind[node]) {
    case ENT_NODE_FACTOR:
        name = ent_string_format(arena, "%s%s%s in %s", t->factors.label[net->node_user[node]], j >= 0 ? " of " : "",
                                 j >= 0 ? t->sectors.label[j] : "", region);
        break;
    case ENT_NODE_HOUSEHOLD:
        name = ent_string_format(arena, "spending of %s", region);
        break;
    case ENT_NODE_FINAL:
        name = ent_string_format(arena, "%s of %s", t->uses.label[net->node_user[node]], region);
        break;
    default:
        name = ent_string_format(arena, "%s%s in %s", what[net->kind[node]], t->sectors.label[j], region);
        break;
    }
    return name != NULL ? name : "a node";
}
