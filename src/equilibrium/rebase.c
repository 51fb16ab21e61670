/* rebase.c: an equilibrium becomes the benchmark. What depends on shares and values is new; the plan of nodes, edges
 * and lanes is shared with the old network. */
// SPDX-License-Identifier: MIT
#include "entente/equilibrium.h"
#include <math.h>
#include <string.h>

static double *copy_of(ent_arena *arena, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(arena, double, count);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

static ent_status take_copies(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                              ent_arena *arena, ent_network *to)
{
    *to = *net;
    to->share = copy_of(arena, net->share, net->edges);
    to->sales_usd = copy_of(arena, eq->sales_usd, net->nodes);
    to->levy_share = copy_of(arena, net->levy_share, net->nodes);
    to->lane_value_usd = copy_of(arena, eq->lane_value_usd, net->lanes);
    to->duty = copy_of(arena, policy->duty, net->borders);
    to->export_tax = copy_of(arena, policy->export_tax, net->borders);
    to->transfer_usd = copy_of(arena, eq->transfer_usd, net->regions);
    to->stated_usd = to->transfer_usd;
    return to->share == NULL || to->sales_usd == NULL || to->levy_share == NULL || to->lane_value_usd == NULL ||
                   to->duty == NULL || to->export_tax == NULL || to->transfer_usd == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* log price at the buyer's gate. */
static double log_gate_price(const ent_network *net, const ent_network *to, const ent_policy *p,
                             const ent_licences *licences, const ent_equilibrium *eq, int32_t lane)
{
    double u = eq->log_price[net->seller[lane]];
    if (lane < net->borders)
        u += net->duty_power[net->lane_region[lane]] * (log1p(to->duty[lane]) - log1p(net->duty[lane])) +
             log1p(to->export_tax[lane]) - log1p(net->export_tax[lane]) + p->log_trade_cost[lane] +
             log(licences->wasted[lane]);
    return u;
}

/* Banned, or from a seller that bans have left nothing to sell: its share of the new benchmark is 0 for good. */
static int is_gone(const ent_network *net, const ent_policy *p, const ent_equilibrium *eq, int32_t lane)
{
    if (lane < net->borders && p->banned != NULL && p->banned[lane]) return 1;
    return eq->sales_usd[net->seller[lane]] == 0.0 && net->sales_usd[net->seller[lane]] > 0.0;
}

/* (E5) ω' = ω exp(r (u − log ĉ − log Â)), scaled so that Σ ω' is what Σ ω was to the last digit. */
static void renew_shares(const ent_network *net, const ent_policy *p, const ent_licences *licences,
                         const ent_equilibrium *eq, ent_network *to)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const double r = 1.0 - net->elasticity[k];
        double before = 0.0, after = 0.0;
        if (r == 0.0) continue;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            if (is_gone(net, p, eq, net->edge_lane[e])) {
                before += net->share[e];
                to->share[e] = 0.0;
                continue;
            }
            const double gap =
                log_gate_price(net, to, p, licences, eq, net->edge_lane[e]) - eq->log_cost[k] - p->log_productivity[k];
            before += net->share[e];
            to->share[e] = net->share[e] * exp(r * gap);
            after += to->share[e];
        }
        for (int64_t e = net->first[k]; e < net->first[k + 1] && after > 0.0; e++) to->share[e] *= before / after;
    }
}

/* Licences that bind become taxes of the side that has their rent: the same wedges, the same money to the same region.
 * A shared rent has no such tax, nor has one that does not cut the income tax where taxes do. */
static ent_status turn_licences_into_taxes(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                           const ent_licences *licences, ent_network *to, ent_error *err)
{
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        const int taxed = policy->quota[q].rent != ENT_RENT_WASTED && eq->licence_price[q] != 0.0;
        if (taxed && (policy->quota[q].rent == ENT_RENT_SHARED || net->blueprint->revenue == ENT_REVENUE_INCOME_TAX))
            return ent_fail(
                err, ENT_BAD_INPUT,
                "%s binds, and its rent (%s) cannot be kept in a new benchmark, where licences become taxes; "
                "give the rent to the exporter or to the importer, with `revenue: lump-sum`",
                policy->quota[q].name != NULL ? policy->quota[q].name : "a quota",
                ent_rent_words(policy->quota[q].rent));
    }
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (licences->on_import[lane] != 1.0) to->duty[lane] = (1.0 + to->duty[lane]) * licences->on_import[lane] - 1.0;
        if (licences->on_export[lane] != 1.0)
            to->export_tax[lane] = (1.0 + to->export_tax[lane]) * licences->on_export[lane] - 1.0;
    }
    return ENT_OK;
}

ent_status ent_network_rebase(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                              ent_arena *arena, ent_network *rebased, ent_error *err)
{
    if (take_copies(net, policy, eq, arena, rebased) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a network of %td edges", net->edges);
    ENT_SCRATCH scratch = {0};
    ent_licences licences;
    ENT_TRY(ent_licences_by_lane(net, policy, eq, &scratch, &licences, err));
    ENT_TRY(turn_licences_into_taxes(net, policy, eq, &licences, rebased, err));
    renew_shares(net, policy, &licences, eq, rebased);
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (policy->subsidy[k] != 0.0)
            rebased->levy_share[k] = 1.0 - (1.0 - net->levy_share[k]) / (1.0 - policy->subsidy[k]);
    for (ptrdiff_t n = 0; n < net->regions; n++) rebased->sales_usd[net->household[n]] = eq->income_usd[n];
    return ENT_OK;
}

ent_status ent_network_balance(const ent_network *net, const ent_options *options, ent_arena *arena,
                               ent_network *balanced, ent_error *err)
{
    *balanced = *net;
    if (net->blueprint->closure != ENT_CLOSURE_BALANCED) return ENT_OK;
    ENT_SCRATCH scratch = {0};
    ent_policy policy;
    ent_equilibrium eq;
    ENT_TRY(ent_policy_none(net, &scratch, &policy, err));
    for (ptrdiff_t n = 0; n < net->regions; n++) policy.transfer_usd[n] = -net->transfer_usd[n];
    ENT_TRY(ent_equilibrium_solve(net, &policy, options, NULL, &scratch, &eq, err));
    ENT_TRY(ent_network_rebase(net, &policy, &eq, arena, balanced, err));
    for (ptrdiff_t n = 0; n < net->regions; n++) balanced->transfer_usd[n] = 0.0; /* to the last digit */
    return ENT_OK;
}
