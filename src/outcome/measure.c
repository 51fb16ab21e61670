/* measure.c: from an equilibrium to an outcome: room, lanes side by side, then flows, regions, sectors and the linear
 * formula. */
// SPDX-License-Identifier: MIT
#include "outcome/scene.h"
#include <math.h>

static double *unknown(ent_arena *arena, ptrdiff_t count)
{
    double *list = ent_new(arena, double, count);
    for (ptrdiff_t c = 0; list != NULL && c < count; c++) list[c] = NAN;
    return list;
}

static ent_status take_room(ent_scene *s, ent_arena *arena, ent_arena *scratch)
{
    ent_outcome *o = s->out;
    const ptrdiff_t cells = o->regions * o->sectors;
    o->region_benchmark = unknown(arena, ENT_REGION_VARIABLES * o->regions);
    o->region_value = unknown(arena, ENT_REGION_VARIABLES * o->regions);
    o->sector_benchmark = unknown(arena, ENT_SECTOR_VARIABLES * cells);
    o->sector_value = unknown(arena, ENT_SECTOR_VARIABLES * cells);
    o->flow_benchmark = unknown(arena, ENT_FLOW_VARIABLES * o->flows);
    o->flow_value = unknown(arena, ENT_FLOW_VARIABLES * o->flows);
    o->flow_importer = ent_new(arena, int32_t, o->flows);
    o->flow_exporter = ent_new(arena, int32_t, o->flows);
    o->flow_sector = ent_new(arena, int32_t, o->flows);
    s->border0 = ent_new(scratch, double, o->flows);
    s->border1 = ent_new(scratch, double, o->flows);
    s->quantity = ent_new(scratch, double, o->flows);
    s->import_price = ent_new(scratch, double, o->flows);
    s->export_price = ent_new(scratch, double, o->flows);
    s->trade = ent_new0(scratch, ent_trade_sums, o->regions);
    return o->region_benchmark == NULL || o->region_value == NULL || o->sector_benchmark == NULL ||
                   o->sector_value == NULL || o->flow_benchmark == NULL || o->flow_value == NULL ||
                   o->flow_importer == NULL || o->flow_exporter == NULL || o->flow_sector == NULL ||
                   s->border0 == NULL || s->border1 == NULL || s->quantity == NULL || s->import_price == NULL ||
                   s->export_price == NULL || s->trade == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* B = V/(1 + t);  N = (1 − ν) B/(1 + s);  q̂ = N̂/p̂ */
static void lay_lanes_side_by_side(ent_scene *s)
{
    const ent_network *net = s->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const double price = exp(s->eq->log_price[net->seller[lane]]);
        const double bare = (1.0 + s->policy->export_tax[lane]) / (1.0 + net->export_tax[lane]);
        const double tax = bare * s->licence.on_export[lane];
        s->border0[lane] = net->lane_value_usd[lane] / (1.0 + net->duty[lane]);
        s->border1[lane] = s->eq->lane_value_usd[lane] / (1.0 + s->policy->duty[lane]) / s->licence.on_import[lane];
        s->quantity[lane] = s->border0[lane] > 0.0 ? s->border1[lane] / s->border0[lane] / (tax * price) : 0.0;
        s->export_price[lane] = tax * price;
        s->import_price[lane] = tax * price * exp(s->policy->log_trade_cost[lane]) * s->licence.wasted[lane];
    }
}

void ent_measure_flows(ent_scene *s)
{
    const ent_network *net = s->net;
    ent_outcome *o = s->out;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        o->flow_importer[lane] = net->lane_region[lane];
        o->flow_exporter[lane] = (int32_t)ent_lane_exporter(net, lane);
        o->flow_sector[lane] = (int32_t)ent_lane_sector(net, lane);
        o->flow_benchmark[ENT_FLOW_value * o->flows + lane] = s->border0[lane];
        o->flow_value[ENT_FLOW_value * o->flows + lane] = s->border1[lane];
        o->flow_benchmark[ENT_FLOW_quantity * o->flows + lane] = 1.0;
        o->flow_value[ENT_FLOW_quantity * o->flows + lane] = s->quantity[lane];
        o->flow_benchmark[ENT_FLOW_duty * o->flows + lane] = net->duty[lane];
        o->flow_value[ENT_FLOW_duty * o->flows + lane] = s->policy->duty[lane];
        o->flow_benchmark[ENT_FLOW_export_tax * o->flows + lane] = net->export_tax[lane];
        o->flow_value[ENT_FLOW_export_tax * o->flows + lane] = s->policy->export_tax[lane];
        o->flow_benchmark[ENT_FLOW_licence * o->flows + lane] = 0.0;
        o->flow_value[ENT_FLOW_licence * o->flows + lane] =
            s->licence.on_export[lane] * s->licence.on_import[lane] * s->licence.wasted[lane] - 1.0;
    }
}

static ent_status list_quotas(const ent_policy *policy, const ent_equilibrium *eq, ent_arena *arena, ent_outcome *o)
{
    o->quota = ent_new(arena, ent_quota_outcome, policy->quotas);
    o->quotas = policy->quotas;
    for (ptrdiff_t q = 0; q < policy->quotas && o->quota != NULL; q++) {
        const ent_quota *quota = policy->quota + q;
        const char *name =
            quota->name != NULL ? ent_string_copy(arena, quota->name) : ent_string_format(arena, "quota %td", q + 1);
        if (name == NULL) return ENT_NO_MEMORY;
        o->quota[q] = (ent_quota_outcome){.name = name,
                                          .kind = quota->kind,
                                          .rent = quota->rent,
                                          .of_value = quota->of_value,
                                          .binds = eq->licence_price[q] != 0.0,
                                          .limit = quota->kind == ENT_QUOTA_PRICE ? (double)NAN : quota->limit,
                                          .quantity = eq->quota_quantity[q],
                                          .price = eq->licence_price[q],
                                          .rent_usd = eq->quota_rent_usd[q]};
    }
    return o->quota == NULL ? ENT_NO_MEMORY : ENT_OK;
}

ent_status ent_outcome_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               ent_arena *arena, ent_outcome *outcome, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_scene scene = {.net = net, .policy = policy, .eq = eq, .out = outcome};
    *outcome = (ent_outcome){.net = net,
                             .certificate = &eq->certificate,
                             .regions = net->regions,
                             .sectors = net->sectors,
                             .flows = net->borders};
    if (take_room(&scene, arena, &scratch) != ENT_OK || list_quotas(policy, eq, arena, outcome) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the outcome of %td regions and %td flows", net->regions,
                        net->borders);
    ENT_TRY(ent_licences_by_lane(net, policy, eq, &scratch, &scene.licence, err));
    lay_lanes_side_by_side(&scene);
    ent_measure_flows(&scene);
    ent_measure_regions(&scene);
    ent_measure_sectors(&scene);
    ent_measure_linear(&scene);
    return ENT_OK;
}
