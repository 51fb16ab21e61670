/* cut.c: one cut-off: lanes are removed, and two questions asked: by how much consumer prices rise where wages, incomes
 * and scale stand still (the formula: exact for any nests, since it is E3 itself), and what real incomes are in the new
 * equilibrium. In one tier without inputs the formula is the closed form
 *
 *   loss = Σ_s μ_s/(σ_s − 1) ln 1/(1 − λ_s)      μ_s expenditure share, λ_s what the sender has of it */
// SPDX-License-Identifier: MIT
#include "chokepoint/cutter.h"
#include <math.h>
#include <string.h>

double ent_log_real_income(const ent_network *net, const ent_equilibrium *eq, ptrdiff_t region)
{
    return log(eq->income_usd[region]) - eq->log_price[net->household[region]];
}

ent_status ent_cutter_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                           const ent_options *options, ent_arena *arena, ent_cutter **cutter, ent_error *err)
{
    ent_cutter *c = ent_new0(arena, ent_cutter, 1);
    if (c == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for cut-offs");
    *c = (ent_cutter){.net = net, .base = policy, .eq = eq, .policy = *policy};
    c->policy.banned = ent_new0(arena, unsigned char, net->borders + 1);
    c->log_price = ent_new(arena, double, net->nodes);
    if (c->policy.banned == NULL || c->log_price == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for cut-offs among %td lanes", net->borders);
    ENT_TRY(ent_solver_open(net, options, arena, &c->solver, err));
    *cutter = c;
    return ENT_OK;
}

static int is_cut(const ent_cut *cut, ptrdiff_t exporter, ptrdiff_t importer)
{
    return (cut->sender[exporter] && cut->target[importer]) ||
           (cut->two_way && cut->target[exporter] && cut->sender[importer]);
}

double ent_cutter_mark(ent_cutter *c, const ent_cut *cut, ptrdiff_t *lanes)
{
    const ent_network *net = c->net;
    double usd = 0.0;
    *lanes = 0;
    if (c->base->banned != NULL)
        memcpy(c->policy.banned, c->base->banned, (size_t)net->borders);
    else
        memset(c->policy.banned, 0, (size_t)net->borders);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane);
        if (i == n || !(c->eq->lane_value_usd[lane] > 0.0) || !is_cut(cut, i, n)) continue;
        if (cut->sector != NULL && !cut->sector[ent_lane_sector(net, lane)]) continue;
        c->policy.banned[lane] = 1;
        usd += c->eq->lane_value_usd[lane] / (1.0 + c->base->duty[lane]);
        ++*lanes;
    }
    return usd;
}

ent_status ent_cutter_solve(ent_cutter *c, ent_arena *arena, ent_equilibrium *eq, ent_error *err)
{
    return ent_solver_solve(c->solver, &c->policy, c->eq, arena, eq, err);
}

static ent_status measure_formula(ent_cutter *c, double *loss, ent_error *err)
{
    const ent_network *net = c->net;
    ENT_TRY(ent_solver_prices(c->solver, &c->policy, c->base, c->eq, c->log_price, err));
    for (ptrdiff_t n = 0; n < net->regions; n++)
        loss[n] = c->log_price[net->household[n]] - c->eq->log_price[net->household[n]];
    return ENT_OK;
}

static ent_status measure_exact(ent_cutter *c, ent_cut_effect *effect, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_equilibrium after = {0};
    ENT_TRY(ent_cutter_solve(c, &scratch, &after, err));
    for (ptrdiff_t n = 0; n < c->net->regions; n++)
        effect->exact[n] = ent_log_real_income(c->net, c->eq, n) - ent_log_real_income(c->net, &after, n);
    effect->certificate = after.certificate;
    return ENT_OK;
}

ent_status ent_cutter_cut(ent_cutter *c, const ent_cut *cut, unsigned what, ent_arena *arena, ent_cut_effect *effect,
                          ent_error *err)
{
    const ptrdiff_t R = c->net->regions;
    ptrdiff_t lanes;
    *effect = (ent_cut_effect){.formula = ent_new0(arena, double, R), .exact = ent_new0(arena, double, R)};
    if (effect->formula == NULL || effect->exact == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the losses of %td regions", R);
    effect->trade_usd = ent_cutter_mark(c, cut, &lanes);
    effect->certificate = c->eq->certificate;
    for (ptrdiff_t n = 0; n < R; n++) {
        if ((what & ENT_CUT_FORMULA) == 0) effect->formula[n] = NAN;
        if ((what & ENT_CUT_EXACT) == 0) effect->exact[n] = NAN;
    }
    if (lanes == 0) return ENT_OK; /* nothing is traded, nothing happens */
    if (what & ENT_CUT_FORMULA) ENT_TRY(measure_formula(c, effect->formula, err));
    if (what & ENT_CUT_EXACT) ENT_TRY(measure_exact(c, effect, err));
    return ENT_OK;
}
