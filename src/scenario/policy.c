/* policy.c: the policy under which a network is in its benchmark, its surpluses as stated. */
// SPDX-License-Identifier: MIT
#include "entente/scenario.h"
#include <string.h>

ent_status ent_policy_none(const ent_network *net, ent_arena *arena, ent_policy *policy, ent_error *err)
{
    *policy = (ent_policy){
        .duty = ent_new(arena, double, net->borders),
        .export_tax = ent_new0(arena, double, net->borders),
        .log_trade_cost = ent_new0(arena, double, net->borders),
        .log_productivity = ent_new0(arena, double, net->nodes),
        .subsidy = ent_new0(arena, double, net->nodes),
        .transfer_usd = ent_new0(arena, double, net->regions),
        .banned = ent_new0(arena, unsigned char, net->borders),
    };
    if (policy->duty == NULL || policy->export_tax == NULL || policy->log_trade_cost == NULL ||
        policy->log_productivity == NULL || policy->subsidy == NULL || policy->transfer_usd == NULL ||
        policy->banned == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy on %td borders", net->borders);
    for (ptrdiff_t n = 0; n < net->regions; n++) policy->transfer_usd[n] = net->stated_usd[n] - net->transfer_usd[n];
    if (net->borders > 0)
        memcpy(policy->export_tax, net->export_tax, (size_t)net->borders * sizeof *policy->export_tax);
    if (net->borders > 0) memcpy(policy->duty, net->duty, (size_t)net->borders * sizeof *policy->duty);
    return ENT_OK;
}
