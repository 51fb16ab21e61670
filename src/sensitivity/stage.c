/* stage.c: see stage.h. */
// SPDX-License-Identifier: MIT
#include "sensitivity/stage.h"
#include "network/tune.h"
#include "sensitivity/spread.h"
#include <math.h>

/* Nests are merged, and lanes shared, where these are equal (network/nodes.c, edges.c). */
static int shares_a_nest(ent_parameter_kind kind)
{
    return kind == ENT_PARAMETER_OUTPUT_ELASTICITY || kind == ENT_PARAMETER_FACTOR_ELASTICITY ||
           kind == ENT_PARAMETER_MATERIAL_ELASTICITY || kind == ENT_PARAMETER_CONSUMPTION_ELASTICITY;
}

/* Numbers that differ just enough for the network to keep apart what they stand on. */
static void set_apart(const ent_spread *spread, ent_blueprint *blueprint)
{
    for (ptrdiff_t p = 0; p < spread->count; p++)
        if (shares_a_nest(spread->parameter[p].kind))
            *ent_parameter_place(blueprint, &spread->parameter[p]) *= 1.0 + 1e-7 * (double)(p + 1);
}

static void set_values(const ent_spread *spread, const double *value, ent_blueprint *blueprint)
{
    for (ptrdiff_t p = 0; p < spread->count; p++)
        *ent_parameter_place(blueprint, &spread->parameter[p]) = value != NULL ? value[p] : spread->parameter[p].value;
}

/* The policy on the network that was laid again: the same borders, the same producers. */
static ent_status move_policy(const ent_answer_point *point, ent_arena *arena, ent_stage *stage, ent_error *err)
{
    const ent_network *from = point->net, *to = &stage->laid;
    ent_policy *p = &stage->own_policy;
    ENT_TRY(ent_policy_none(to, arena, p, err));
    p->duty = point->policy->duty;
    p->export_tax = point->policy->export_tax;
    p->log_trade_cost = point->policy->log_trade_cost;
    p->transfer_usd = point->policy->transfer_usd;
    p->banned = point->policy->banned;
    p->quota = point->policy->quota;
    p->quotas = point->policy->quotas;
    for (ptrdiff_t c = 0; c < to->regions * to->sectors; c++) {
        if (to->producer[c] < 0) continue;
        p->log_productivity[to->producer[c]] = point->policy->log_productivity[from->producer[c]];
        p->subsidy[to->producer[c]] = point->policy->subsidy[from->producer[c]];
    }
    return ENT_OK;
}

static int same_benchmark(const ent_network *a, const ent_network *b)
{
    if (a->borders != b->borders) return 0;
    for (ptrdiff_t lane = 0; lane < a->borders; lane++)
        if (!(fabs(a->lane_value_usd[lane] - b->lane_value_usd[lane]) <= 1e-9 * a->lane_value_usd[lane])) return 0;
    return 1;
}

static ent_status lay_apart(const ent_answer_point *point, ent_arena *arena, ent_stage *stage, ent_error *err)
{
    ent_network copy;
    ENT_TRY(ent_network_tunable(point->net, arena, &copy, &stage->blueprint, err));
    set_apart(stage->spread, &stage->blueprint);
    stage->blueprint.separate_nests = 1;
    ENT_TRY(ent_network_lay(point->net->table, &stage->blueprint, arena, &stage->laid, err));
    if (!same_benchmark(point->net, &stage->laid))
        return ent_fail(err, ENT_BAD_INPUT,
                        "standard errors of output, factor, material or consumption elasticities need a benchmark as "
                        "the table states it, and this one was solved for first (closure: balanced); give standard "
                        "errors of `elasticities` alone");
    set_values(stage->spread, NULL, &stage->blueprint);
    ent_network_tune(&stage->laid);
    ENT_TRY(move_policy(point, arena, stage, err));
    ENT_TRY(ent_equilibrium_solve(&stage->laid, &stage->own_policy, &stage->options, point->equilibrium, arena,
                                  &stage->own_eq, err));
    stage->net = &stage->laid;
    stage->policy = &stage->own_policy;
    stage->eq = &stage->own_eq;
    return ENT_OK;
}

ent_status ent_stage_open(const ent_answer_point *point, const ent_spread *spread, ent_arena *arena, ent_stage *stage,
                          ent_error *err)
{
    *stage = (ent_stage){
        .net = point->net,
        .policy = point->policy,
        .eq = point->equilibrium,
        .spread = spread,
        .options = point->options != NULL ? *point->options : ent_options_default(),
    };
    stage->threads = (int)stage->options.threads;
    stage->options.threads = 1;
    stage->options.progress = NULL;
    if (!(spread->correlation >= 0.0 && spread->correlation <= 1.0))
        return ent_fail(err, ENT_BAD_INPUT, "the correlation between elasticities is %g; it must be between 0 and 1",
                        spread->correlation);
    for (ptrdiff_t p = 0; p < spread->count; p++)
        if (shares_a_nest(spread->parameter[p].kind)) return lay_apart(point, arena, stage, err);
    return ENT_OK;
}

ent_status ent_hand_open(const ent_stage *stage, ent_arena *arena, ent_hand *hand, ent_error *err)
{
    hand->stage = stage;
    return ent_network_tunable(stage->net, arena, &hand->net, &hand->blueprint, err);
}

ent_status ent_hand_solve(ent_hand *hand, const double *value, const ent_uncertainty *u, int *reached, double *out)
{
    ENT_SCRATCH scratch = {0};
    const ent_stage *stage = hand->stage;
    ent_equilibrium eq;
    ent_outcome outcome;
    set_values(stage->spread, value, &hand->blueprint);
    hand->net.blueprint = &hand->blueprint;
    ent_network_tune(&hand->net);
    const ent_status status =
        ent_equilibrium_solve(&hand->net, stage->policy, &stage->options, stage->eq, &scratch, &eq, NULL);
    *reached = status == ENT_OK;
    for (ptrdiff_t h = 0; h < u->count; h++) out[h] = NAN;
    if (status == ENT_NO_MEMORY) return status;
    if (!*reached) return ENT_OK;
    ENT_TRY(ent_outcome_measure(&hand->net, stage->policy, &eq, &scratch, &outcome, NULL));
    ent_headlines_read(u, &outcome, out);
    return ENT_OK;
}
