/* place.c: actions onto a network (policy) and onto a table (`start:`). The borders of a network stand in the order of
 * importer, sector, exporter (N5), so the lanes of one importer and sector are one block and an action visits only the
 * blocks it chooses: five thousand small actions cost little more than one large. */
// SPDX-License-Identifier: MIT
#include "scenario/ground.h"
#include <math.h>

/* A network seen by actions. */
typedef struct {
    const ent_network *net;
    ent_naming naming;
    ptrdiff_t *block; /* [R*J+1] the first border of (n, j) */
    ent_policy *policy;
    ent_arena *arena; /* of the policy */
} field_of_play;

/* A reading of the scenario whose working space is an arena of the action's own. */
static ent_reading reading_of(const ent_scenario *scenario, ent_arena *arena, ent_error *err)
{
    return (ent_reading){scenario->file->path, scenario->file->folder, arena, err};
}

static ent_status find_blocks(const ent_reading *reading, const ent_network *net, ptrdiff_t **block)
{
    const ptrdiff_t sectors = net->sectors, blocks = net->regions * sectors;
    ptrdiff_t *first = ent_new0(reading->arena, ptrdiff_t, blocks + 1);
    if (first == NULL) return ent_reading_no_memory(reading);
    for (ptrdiff_t e = 0; e < net->borders; e++)
        first[net->lane_region[e] * sectors + net->node_sector[net->seller[e]] + 1]++;
    for (ptrdiff_t b = 0; b < blocks; b++) first[b + 1] += first[b];
    *block = first;
    return ENT_OK;
}

/* ---- duties, export taxes, trade costs ---- */
static ent_status refuse_rate(const ent_reading *reading, const ent_action *action, const ent_naming *naming,
                              ptrdiff_t n, ptrdiff_t i, ptrdiff_t j, double rate)
{
    const int duty = action->kind == ENT_ACTION_duty;
    return ENT_REFUSE(reading, action->at->key,
                      "the %s %s %s %s, %s would be %.10g %%; it must be above -100 %% and finite",
                      duty ? "duty of" : "export tax of", naming->regions.names->code[duty ? n : i], duty ? "on" : "to",
                      naming->regions.names->code[duty ? i : n], naming->sectors.names->code[j], 100.0 * rate);
}

static ent_status refuse_no_trade(const ent_reading *reading, const ent_action *action, const ent_naming *naming)
{
    ENT_SCRATCH scratch = {0};
    ent_text said = {.arena = &scratch};
    ent_choice_say(&said, action->exporter, "all", "region");
    ent_text_say(&said, " to ");
    ent_choice_say(&said, action->importer, "all", "region");
    ent_text_say(&said, ", ");
    ent_choice_say(&said, action->sector, "all", "sector");
    if (said.failed) return ent_reading_no_memory(reading);
    return ENT_REFUSE(reading, action->at->key, "%s has no trade that this action would touch (%s)%s",
                      naming->regions.table, said.data,
                      action->file != NULL ? ", or the file has no value for it" : "");
}

/* One border: the rate or cost after the action. */
static ent_status act_on_lane(const ent_reading *reading, const field_of_play *play, const ent_action *action,
                              ptrdiff_t e, ptrdiff_t i, double value)
{
    ent_policy *policy = play->policy;
    if (action->kind == ENT_ACTION_ban || ent_action_is_quota(action->kind)) { /* a quota of nothing is a ban */
        policy->banned[e] = 1;
        return ENT_OK;
    }
    if (action->kind == ENT_ACTION_trade_cost) {
        policy->log_trade_cost[e] += log1p(value);
        return ENT_OK;
    }
    double *rate = (action->kind == ENT_ACTION_duty ? policy->duty : policy->export_tax) + e;
    *rate = ent_rate_after(action->change, *rate, value);
    if (*rate > -1.0 && isfinite(*rate)) return ENT_OK;
    return refuse_rate(reading, action, &play->naming, play->net->lane_region[e], i,
                       play->net->node_sector[play->net->seller[e]], *rate);
}

static ent_status act_on_block(const ent_reading *reading, const field_of_play *play, const ent_action *action,
                               const ent_reach *reach, ptrdiff_t n, ptrdiff_t j, ptrdiff_t *touched)
{
    const ptrdiff_t b = n * play->net->sectors + j;
    for (ptrdiff_t e = play->block[b]; e < play->block[b + 1]; e++) {
        const ptrdiff_t i = play->net->node_region[play->net->seller[e]];
        if (i == n || !reach->exporter[i]) continue;
        const double value = ent_reach_value(reach, action, n, i, j);
        if (isnan(value)) continue;
        ENT_TRY(act_on_lane(reading, play, action, e, i, value));
        ++*touched;
    }
    return ENT_OK;
}

static ent_status act_on_lanes(const ent_reading *reading, const field_of_play *play, const ent_action *action)
{
    ent_reach reach;
    ptrdiff_t touched = 0;
    ENT_TRY(ent_reach_of(reading, action, &play->naming, &reach));
    if (ent_action_is_quota(action->kind) && (action->quota.limit > 0.0 || action->quota.kind == ENT_QUOTA_PRICE)) {
        const unsigned char *const chosen[3] = {reach.importer, reach.exporter, reach.sector};
        ENT_TRY(ent_quota_place(reading, action, play->net, play->block, chosen, play->arena, play->policy, &touched));
        return touched > 0 ? ENT_OK : refuse_no_trade(reading, action, &play->naming);
    }
    for (ptrdiff_t n = 0; n < reach.regions; n++)
        for (ptrdiff_t j = 0; reach.importer[n] && j < reach.sectors; j++)
            if (reach.sector[j]) ENT_TRY(act_on_block(reading, play, action, &reach, n, j, &touched));
    return touched > 0 ? ENT_OK : refuse_no_trade(reading, action, &play->naming);
}

/* ---- subsidies and productivity ---- */
static ent_status act_on_producer(const ent_reading *reading, const field_of_play *play, const ent_action *action,
                                  ptrdiff_t node, double value)
{
    if (action->kind == ENT_ACTION_productivity) {
        play->policy->log_productivity[node] += log1p(value);
        return ENT_OK;
    }
    double *rate = play->policy->subsidy + node;
    *rate = ent_rate_after(action->change, *rate, value);
    if (*rate < 1.0 && isfinite(*rate)) return ENT_OK;
    return ENT_REFUSE(reading, action->at->key, "the subsidy of %s, %s would be %.10g %%; it must be below 100 %%",
                      play->naming.regions.names->code[play->net->node_region[node]],
                      play->naming.sectors.names->code[play->net->node_sector[node]], 100.0 * *rate);
}

static ent_status act_on_producers(const ent_reading *reading, const field_of_play *play, const ent_action *action)
{
    ent_reach reach;
    ptrdiff_t touched = 0;
    ENT_TRY(ent_reach_of(reading, action, &play->naming, &reach));
    for (ptrdiff_t i = 0; i < reach.regions; i++)
        for (ptrdiff_t j = 0; reach.exporter[i] && j < reach.sectors; j++) {
            const ptrdiff_t node = play->net->producer[i * reach.sectors + j];
            const double value = ent_reach_value(&reach, action, 0, i, j);
            if (node < 0 || !reach.sector[j] || isnan(value)) continue;
            ENT_TRY(act_on_producer(reading, play, action, node, value));
            touched++;
        }
    if (touched > 0) return ENT_OK;
    return ENT_REFUSE(reading, action->at->key, "%s makes nothing that this action would touch%s",
                      play->naming.regions.table, action->file != NULL ? ", or the file has no value for it" : "");
}

/* ---- transfers ---- */
/* Add an amount to the chosen regions, in proportion to what their households spend in the benchmark. */
static ent_status share_out(const ent_reading *reading, const field_of_play *play, const ent_action *action,
                            const unsigned char *member, double amount)
{
    const ent_network *net = play->net;
    double total = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (member[n]) total += net->sales_usd[net->household[n]];
    if (!(total > 0.0))
        return ENT_REFUSE(reading, action->at->key, "the regions of this transfer spend nothing in the table");
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (member[n]) play->policy->transfer_usd[n] += amount * (net->sales_usd[net->household[n]] / total);
    return ENT_OK;
}

static ent_status act_transfer(const ent_reading *reading, const field_of_play *play, const ent_action *action)
{
    const ent_nameable *regions = &play->naming.regions;
    unsigned char *from = ent_new0(reading->arena, unsigned char, regions->names->count);
    unsigned char *to = ent_new0(reading->arena, unsigned char, regions->names->count);
    unsigned char *rest = ent_new0(reading->arena, unsigned char, regions->names->count);
    if (from == NULL || to == NULL || rest == NULL) return ent_reading_no_memory(reading);
    ENT_TRY(ent_sides_resolve(reading, action->from, action->to, regions, from, to, rest));
    for (ptrdiff_t n = 0; n < regions->names->count; n++)
        if (from[n] && to[n])
            return ENT_REFUSE(reading, action->to, "%s stands under `from` and under `to`; leave it out of one",
                              regions->names->code[n]);
    ENT_TRY(share_out(reading, play, action, from, -action->value));
    return share_out(reading, play, action, to, action->value);
}

/* ---- all of them, in order ---- */
static ent_status act(const ent_reading *reading, const field_of_play *play, const ent_action *action)
{
    switch (action->kind) {
    case ENT_ACTION_subsidy:
    case ENT_ACTION_productivity:
        return act_on_producers(reading, play, action);
    case ENT_ACTION_transfer:
        return act_transfer(reading, play, action);
    default:
        return act_on_lanes(reading, play, action);
    }
}

ent_status ent_scenario_place(const ent_scenario *scenario, const ent_network *net, ent_arena *arena,
                              ent_policy *policy, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_reading whole = reading_of(scenario, &scratch, err);
    field_of_play play = {.net = net, .naming = ent_naming_of(net->table), .policy = policy, .arena = arena};
    ENT_TRY(ent_policy_none(net, arena, policy, err));
    ENT_TRY(find_blocks(&whole, net, &play.block));
    for (ptrdiff_t a = 0; a < scenario->file->action_count; a++) {
        ENT_SCRATCH space = {0};
        const ent_reading reading = reading_of(scenario, &space, err);
        ENT_TRY(act(&reading, &play, &scenario->file->actions[a]));
    }
    return ENT_OK;
}

/* ---- the benchmark's own duties ---- */
static ent_status start_duty(const ent_reading *reading, const ent_action *action, const ent_naming *naming,
                             double *duty)
{
    ent_reach reach;
    ptrdiff_t touched = 0;
    ENT_TRY(ent_reach_of(reading, action, naming, &reach));
    for (ptrdiff_t n = 0; n < reach.regions; n++)
        for (ptrdiff_t i = 0; reach.importer[n] && i < reach.regions; i++)
            for (ptrdiff_t j = 0; reach.exporter[i] && i != n && j < reach.sectors; j++) {
                const double value = ent_reach_value(&reach, action, n, i, j);
                double *rate = &duty[(i * reach.regions + n) * reach.sectors + j];
                if (!reach.sector[j] || isnan(value)) continue;
                *rate = ent_rate_after(action->change, *rate, value);
                if (!(*rate > -1.0 && isfinite(*rate))) return refuse_rate(reading, action, naming, n, i, j, *rate);
                touched++;
            }
    if (touched > 0) return ENT_OK;
    return ENT_REFUSE(reading, action->at->key, "this chooses no duty of %s%s", naming->regions.table,
                      action->file != NULL ? ", or the file has no value for it" : "");
}

ent_status ent_scenario_start(const ent_scenario *scenario, ent_table *table, ent_arena *arena, ent_error *err)
{
    (void)arena; /* the table has its duties already; they are replaced in their place */
    ENT_SCRATCH scratch = {0};
    const ent_naming naming = ent_naming_of(table);
    const ptrdiff_t cells = table->regions.count * table->regions.count * table->sectors.count;
    if (scenario->file->start_count == 0) return ENT_OK;
    double *duty = ent_new(&scratch, double, cells);
    const ent_reading whole = reading_of(scenario, &scratch, err);
    if (duty == NULL) return ent_reading_no_memory(&whole);
    for (ptrdiff_t c = 0; c < cells; c++) duty[c] = table->duty[c];
    for (ptrdiff_t a = 0; a < scenario->file->start_count; a++) {
        ENT_SCRATCH space = {0};
        const ent_reading reading = reading_of(scenario, &space, err);
        ENT_TRY(start_duty(&reading, &scenario->file->start[a], &naming, duty));
    }
    ent_table_set_duties(table, duty);
    return ENT_OK;
}
