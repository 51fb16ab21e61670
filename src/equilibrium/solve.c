/* solve.c: a solver is a pass, its preconditioner and the room of a search; one policy after another goes through it.
 */
// SPDX-License-Identifier: MIT
#include "equilibrium/bans.h"
#include "equilibrium/solver.h"
#include <math.h>
#include <string.h>

ent_status ent_solver_open(const ent_network *net, const ent_options *options, ent_arena *arena, ent_solver **solver,
                           ent_error *err)
{
    ent_solver *s = ent_new0(arena, ent_solver, 1);
    if (s == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a solver");
    s->net = net;
    s->options = options != NULL ? *options : ent_options_default();
    ENT_TRY(ent_options_check(&s->options, err));
    ENT_TRY(ent_pass_open(net, (int)s->options.threads, arena, &s->pass, err));
    ENT_TRY(ent_domestic_open(&s->pass, arena, &s->domestic, err));
    ENT_TRY(ent_search_open(&s->pass, &s->domestic, &s->options, &s->renewal, arena, &s->search, err));
    *solver = s;
    return ENT_OK;
}

void ent_solver_aim(ent_solver *s, double tolerance)
{
    s->options.tolerance = tolerance;
    s->search.it.aim = 0.3 * tolerance;
}

void ent_solver_lend(ent_solver *s, const ent_domestic *nearby)
{
    s->search.nearby = nearby;
}

/* ---- the answer ---- */

static ent_status take_answer_room(const ent_network *net, ptrdiff_t states, ptrdiff_t quotas, ent_arena *arena,
                                   ent_equilibrium *eq)
{
    eq->rents_usd = ent_new0(arena, double, net->regions);
    eq->licence_price = ent_new0(arena, double, quotas);
    eq->quota_quantity = ent_new0(arena, double, quotas);
    eq->quota_rent_usd = ent_new0(arena, double, quotas);
    eq->quotas = quotas;
    eq->log_price = ent_new(arena, double, net->nodes);
    eq->log_cost = ent_new(arena, double, net->nodes);
    eq->sales_usd = ent_new(arena, double, net->nodes);
    eq->lane_value_usd = ent_new(arena, double, net->lanes);
    eq->log_factor_supply = ent_new0(arena, double, net->nodes);
    eq->income_usd = ent_new(arena, double, net->regions);
    eq->benchmark_income_usd = ent_new(arena, double, net->regions);
    eq->duties_usd = ent_new(arena, double, net->regions);
    eq->export_taxes_usd = ent_new(arena, double, net->regions);
    eq->levies_usd = ent_new(arena, double, net->regions);
    eq->transfer_usd = ent_new(arena, double, net->regions);
    eq->state = ent_new(arena, double, states);
    eq->states = states;
    return eq->log_price == NULL || eq->log_cost == NULL || eq->sales_usd == NULL || eq->lane_value_usd == NULL ||
                   eq->log_factor_supply == NULL || eq->income_usd == NULL || eq->benchmark_income_usd == NULL ||
                   eq->duties_usd == NULL || eq->export_taxes_usd == NULL || eq->levies_usd == NULL ||
                   eq->transfer_usd == NULL || eq->state == NULL || eq->rents_usd == NULL ||
                   eq->licence_price == NULL || eq->quota_quantity == NULL || eq->quota_rent_usd == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* The numeraire of the answer: world factor income (E11), or consumer prices weighted by benchmark spending. */
static double numeraire_shift(const ent_pass *p)
{
    const ent_network *net = p->net;
    if (net->blueprint->numeraire == ENT_NUMERAIRE_GDP) return p->shift;
    double cost = 0.0, spent = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        cost += net->sales_usd[h] * exp(p->log_price[h]);
        spent += net->sales_usd[h];
    }
    return log(cost / spent);
}

static void copy_quotas(const ent_pass *p, double factor, ent_equilibrium *eq)
{
    const ent_quotas *s = &p->quotas;
    for (ptrdiff_t n = 0; n < p->net->regions && s->count > 0; n++) eq->rents_usd[n] = s->rents[n] * factor;
    for (ptrdiff_t q = 0; q < s->count; q++) {
        eq->licence_price[q] = expm1(s->log_factor[q]);
        eq->quota_rent_usd[q] = s->rent[q] * factor;
        eq->quota_quantity[q] = exp(s->log_quantity[q] - (s->quota[q].of_value ? p->shift : 0.0));
        if (s->inert[q]) eq->quota_quantity[q] = 0.0;
    }
}

static void copy_answer(ent_solver *s, ent_equilibrium *eq)
{
    ent_pass *p = &s->pass;
    ent_pass_show(p);
    const ent_network *net = s->net;
    const double shift = numeraire_shift(p), factor = exp(-shift);
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const int factor_node = net->kind[k] == ENT_NODE_FACTOR;
        eq->log_price[k] = p->log_price[k] - shift;
        eq->log_cost[k] = (factor_node ? p->log_price[k] : p->log_cost[k]) - shift;
        eq->sales_usd[k] = p->spent[k] * factor;
        if (factor_node && !ent_is_shut(p, k))
            eq->log_factor_supply[k] = log(p->spent[k] / net->sales_usd[k]) - p->log_price[k];
    }
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++)
        eq->lane_value_usd[lane] = ent_lane_weight(p, lane) * p->bought[lane] * factor;
    for (ptrdiff_t lane = 0; lane < net->borders && p->policy->banned != NULL; lane++)
        if (p->policy->banned[lane]) eq->lane_value_usd[lane] = 0.0; /* where the weight's last digit is not */
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        eq->income_usd[n] = p->income[n] * factor;
        eq->benchmark_income_usd[n] = p->own_income0[n] + net->stated_usd[n];
        eq->duties_usd[n] = p->duties[n] * factor;
        eq->export_taxes_usd[n] = p->export_taxes[n] * factor;
        eq->levies_usd[n] = p->levies[n] * factor;
        eq->transfer_usd[n] = (p->income[n] - p->own_income[n]) * factor;
    }
    copy_quotas(p, factor, eq);
    memcpy(eq->state, s->search.best, (size_t)eq->states * sizeof *eq->state);
}

/* ---- solve ---- */

/* A guarantee over lanes that are all banned cannot be kept at any price. */
static ent_status refuse_impossible(const ent_network *net, const ent_policy *policy, ent_error *err)
{
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        const ent_quota *quota = policy->quota + q;
        int open = quota->kind != ENT_QUOTA_FLOOR || policy->banned == NULL;
        for (ptrdiff_t c = 0; c < quota->lanes && !open; c++) open = !policy->banned[quota->lane[c]];
        if (open) continue;
        ENT_SCRATCH scratch = {0};
        return ent_fail(err, ENT_NO_EQUILIBRIUM,
                        "no equilibrium: %s cannot be kept, for all that it guarantees is banned (%s from %s to %s)",
                        quota->name != NULL ? quota->name : ent_string_format(&scratch, "guarantee %td", q + 1),
                        net->table->sectors.label[ent_lane_sector(net, quota->lane[0])],
                        net->table->regions.label[ent_lane_exporter(net, quota->lane[0])],
                        net->table->regions.label[net->lane_region[quota->lane[0]]]);
    }
    return ENT_OK;
}

static void sign(const ent_solver *s, double seconds, ent_certificate *c)
{
    *c = s->search.certificate;
    c->passes = s->pass.passes;
    c->tangents = s->pass.tangents;
    c->newton_steps = s->search.it.newton_steps;
    c->homotopy_steps = s->search.pieces;
    c->part = s->search.part;
    c->seconds = seconds;
}

/* Scale economies and substitution that feed each other (MODEL.md 6.1): ψ θ of 0.6 and more. */
static int runs_away(const ent_network *net)
{
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (net->scale[k] * net->blueprint->trade_elasticity[net->node_sector[k]] >= 0.6) return 1;
    return 0;
}

static int holds_transfers(const ent_network *net)
{
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (net->blueprint->closure == ENT_CLOSURE_FIXED &&
            fabs(net->transfer_usd[n]) > 1e-6 * net->sales_usd[net->household[n]])
            return 1;
    return 0;
}

/* Where the path of equilibria ends before the whole shock, there may be none further on: how far it went, and what
 * often ends it. */
static const char *describe_path(const ent_solver *s, double part, ent_arena *scratch)
{
    const char *why = "";
    if (part >= 1.0) return "";
    if (runs_away(s->net))
        why = " (where `scale` times the trade elasticity is 0.6 or more, the larger a sector the cheaper it gets, and "
              "there may be several equilibria or none near: a smaller `scale` has one)";
    else if (holds_transfers(s->net))
        why = " (`closure: fixed` holds transfers as shares of world income, more than a region that is cut off can "
              "earn: `closure: balanced` or `proportional` may be what you mean)";
    const char *text = ent_string_format(
        scratch, "; a path of equilibria leads from the benchmark over %.3g %% of the shock%s", 100.0 * part, why);
    return text != NULL ? text : "";
}

/* Where it is worst: a quota that is not kept, or a node. */
static const char *describe_worst(const ent_solver *s, const ent_certificate *c, ent_arena *scratch)
{
    if (c->complementarity == ent_certificate_worst(c) && c->complementarity > 0.0)
        return "the licence price of a quota (where guarantees and ceilings contradict each other, there is none)";
    return c->worst_node >= 0 ? ent_network_node_name(s->net, c->worst_node, scratch) : "the benchmark";
}

static ent_status not_converged(const ent_solver *s, const ent_certificate *c, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "not converged: the largest residual is %.3g at %s, the tolerance %.3g, after %td passes and %td "
                    "Newton steps%s",
                    ent_certificate_worst(c), describe_worst(s, c, &scratch), c->tolerance, c->passes, c->newton_steps,
                    describe_path(s, c->part, &scratch));
}

static ent_status solve(ent_solver *s, const ent_policy *policy, const ent_equilibrium *start, ent_arena *arena,
                        ent_equilibrium *eq, ent_error *err)
{
    const double began = ent_seconds();
    s->pass.passes = s->pass.tangents = 0;
    if (take_answer_room(s->net, s->pass.states, policy->quotas, arena, eq) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an equilibrium of %td nodes", s->net->nodes);
    const ent_status status = ent_search_run(&s->search, policy, start);
    ent_arena_close(&s->renewal.room);
    if (status == ENT_NO_EQUILIBRIUM) {
        eq->certificate =
            (ent_certificate){.excess = INFINITY, .price = INFINITY, .walras = INFINITY, .worst_node = -1};
        return ent_bans_judge(&s->pass, err);
    }
    if (status != ENT_OK) return ent_fail(err, status, "no memory to solve for %td unknowns", s->pass.states);
    sign(s, ent_seconds() - began, &eq->certificate);
    if (!isfinite(ent_certificate_worst(&eq->certificate)))
        return ent_fail(err, ENT_NOT_CONVERGED, "no point with finite prices was found; is the shock what you meant?");
    copy_answer(s, eq);
    return eq->certificate.converged ? ENT_OK : not_converged(s, &eq->certificate, err);
}

/* Lists of quotas live as long as one solve. */
ent_status ent_solver_solve(ent_solver *s, const ent_policy *policy, const ent_equilibrium *start, ent_arena *arena,
                            ent_equilibrium *eq, ent_error *err)
{
    ENT_SCRATCH lists = {0};
    ENT_TRY(ent_quota_check(s->net, policy->quota, policy->quotas, err));
    ENT_TRY(refuse_impossible(s->net, policy, err));
    ENT_TRY(ent_pass_take_quotas(&s->pass, policy, &lists, err));
    ENT_TRY(ent_search_stretch(&s->search, err));
    const ent_status status = solve(s, policy, start, arena, eq, err);
    const ent_policy none = {0};
    ENT_TRY(ent_pass_take_quotas(&s->pass, &none, &lists, err));
    return status;
}

ent_status ent_equilibrium_solve(const ent_network *net, const ent_policy *policy, const ent_options *options,
                                 const ent_equilibrium *start, ent_arena *arena, ent_equilibrium *eq, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ent_solver *solver = NULL;
    ENT_TRY(ent_solver_open(net, options, &scratch, &solver, err));
    const ent_status status = ent_solver_solve(solver, policy, start, arena, eq, err);
    eq->certificate.seconds = ent_seconds() - began;
    return status;
}
