/* route.c: see route.h. A new point starts from what the polynomial through the known ones says of its state, so that
 * it needs a few passes; the finer the way, the fewer.
 *
 * The benchmark end is solved too: a table whose exponents or surpluses are rounded (N2, N4) is not an equilibrium to
 * the last digit, and what is measured is the way between two equilibria. */
// SPDX-License-Identifier: MIT
#include "outcome/route.h"
#include "equilibrium/bans.h"
#include "num/chebyshev.h"
#include <math.h>

static const double tight = 1e-12; /* larger is felt in sums that shall hold to 1e-8, after differences of neighbours */

double ent_route_factor(double from, double to, double lambda)
{
    if (from == to || lambda == 1.0) return 1.0 + to;
    if (lambda == 0.0) return 1.0 + from;
    return exp((1.0 - lambda) * log1p(from) + lambda * log1p(to));
}

double ent_route_log_cost(const ent_route *r, ptrdiff_t lane, double lambda)
{
    const double power = r->ban_power[lane];
    const double cost = lambda * (r->policy->log_trade_cost[lane] + log(r->licence.wasted[lane]));
    return power == 0.0 ? cost : lambda < 1.0 ? cost + ent_ban_wedge(lambda, power) : (double)INFINITY;
}

double ent_route_cost_slope(const ent_route *r, ptrdiff_t lane, double lambda)
{
    const double power = r->ban_power[lane], cost = r->policy->log_trade_cost[lane] + log(r->licence.wasted[lane]);
    return power == 0.0 ? cost : cost - 2.0 / (power * (1.0 - lambda));
}

static double part_of(double from, double to, double lambda)
{
    if (from == to || lambda == 1.0) return to;
    return expm1((1.0 - lambda) * log1p(from) + lambda * log1p(to));
}

static ent_status place(const ent_route *r, double lambda, ent_arena *arena, ent_policy *part, ent_error *err)
{
    const ent_network *net = r->net;
    ENT_TRY(ent_policy_none(net, arena, part, err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        part->duty[lane] = part_of(net->duty[lane], r->policy->duty[lane], lambda);
        part->export_tax[lane] = part_of(net->export_tax[lane], r->policy->export_tax[lane], lambda);
        part->banned[lane] = r->ban_power[lane] != 0.0 && lambda == 1.0;
        part->log_trade_cost[lane] = /* wasted licences are quotas of the part's own */
            part->banned[lane] ? r->policy->log_trade_cost[lane]
                               : ent_route_log_cost(r, lane, lambda) - lambda * log(r->licence.wasted[lane]);
    }
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        part->log_productivity[k] = lambda * r->policy->log_productivity[k];
        part->subsidy[k] = r->policy->subsidy[k] == 0.0 ? 0.0 : -expm1(lambda * log1p(-r->policy->subsidy[k]));
    }
    ent_quota *quota = ent_new(arena, ent_quota, r->policy->quotas);
    if (quota == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td quotas", r->policy->quotas);
    for (ptrdiff_t q = 0; q < r->policy->quotas; q++) {
        quota[q] = r->quota[q];
        quota[q].limit = part_of(0.0, r->quota[q].limit, lambda);
    }
    part->quota = quota;
    part->quotas = r->policy->quotas;
    for (ptrdiff_t n = 0; n < net->regions; n++) part->transfer_usd[n] = lambda * r->policy->transfer_usd[n];
    return ENT_OK;
}

/* A point that is nearly there counts: the sum of the parts is what decides. */
static int is_near(const ent_certificate *c)
{
    return fmax(c->excess, fmax(c->price, c->walras)) <= 1e-10;
}

static ent_status solve(ent_route *r, ptrdiff_t i, const ent_equilibrium *start, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_policy part;
    ent_equilibrium *eq = &r->at[i];
    ent_error why = {{0}};
    const double lambda = ent_chebyshev_point(ENT_ROUTE_MOST, i);
    ENT_TRY(place(r, lambda, &scratch, &part, err));
    const ent_status status = ent_solver_solve(r->solver, &part, start, r->arena, eq, &why);
    r->solves++;
    r->passes += eq->certificate.passes;
    if (status == ENT_OK || (status == ENT_NOT_CONVERGED && is_near(&eq->certificate))) {
        r->known[i] = 1;
        return ENT_OK;
    }
    return ent_fail(err, status, "on the way to the scenario, at %.4g of it: %s", lambda, why.text);
}

ent_status ent_route_begin(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                           const ent_options *options, ent_arena *arena, ent_route *route, ent_error *err)
{
    *route = (ent_route){.net = net, .policy = policy, .arena = arena};
    route->options = options != NULL ? *options : ent_options_default();
    route->options.tolerance = fmin(route->options.tolerance, tight);
    route->options.method = ENT_METHOD_AUTO;
    ENT_TRY(ent_licences_by_lane(net, policy, eq, arena, &route->licence, err));
    route->quota = ent_new(arena, ent_quota, policy->quotas);
    if (route->quota == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td quotas", policy->quotas);
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        route->quota[q] = policy->quota[q];
        route->quota[q].kind = ENT_QUOTA_PRICE;
        route->quota[q].limit = eq->licence_price[q];
    }
    if (ent_bans_powers(net, policy, arena, &route->ban_power) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the way to a policy on %td borders", net->borders);
    ENT_TRY(ent_solver_open(net, &route->options, arena, &route->solver, err));
    ENT_TRY(solve(route, 0, NULL, err));
    return solve(route, ENT_ROUTE_MOST, eq, err);
}

/* What the known points of `from` intervals say of the state at point i. */
static void guess(const ent_route *r, ptrdiff_t from, ptrdiff_t i, double *state)
{
    double share[ENT_ROUTE_MOST + 1];
    const ptrdiff_t step = ENT_ROUTE_MOST / from, states = r->at[0].states;
    ent_chebyshev_between(from, ent_chebyshev_point(ENT_ROUTE_MOST, i), share);
    for (ptrdiff_t s = 0; s < states; s++) state[s] = 0.0;
    for (ptrdiff_t j = 0; j <= from; j++)
        for (ptrdiff_t s = 0; s < states; s++) state[s] += share[j] * r->at[j * step].state[s];
}

ent_status ent_route_walk(ent_route *r, ptrdiff_t n, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t step = ENT_ROUTE_MOST / n, from = r->n == 0 ? 1 : r->n;
    ent_equilibrium start = r->at[0];
    start.state = ent_new(&scratch, double, start.states);
    if (start.state == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td points on the way", n + 1);
    for (ptrdiff_t i = 0; i <= ENT_ROUTE_MOST; i += step) {
        if (r->known[i]) continue;
        guess(r, from, i, start.state);
        ENT_TRY(solve(r, i, &start, err));
    }
    r->n = n;
    return ENT_OK;
}
