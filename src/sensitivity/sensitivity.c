/* sensitivity.c: one linearisation, many objectives (E15, E16); from the bars of wedges and nodes to those of rates and
 * of the blueprint's own numbers.
 *
 *   duty            d/dt = d/dlog(1 + t) / (1 + t);  so export taxes
 *   θ_j             sourcing nodes (σ = 1 + θ); two-tier: imports nodes, and half of σ_d where that is derived;
 *                   and −1/θ² of ψ where that is derived
 *   σ_y, σ_v, σ_m   nodes of producers, value added, materials, where each has its own
 *   θ'              φ_n = 1 + ν (1 + 1/θ')/(1 − ν): the power of n's duties and the scale φ − 1 of its sourcing (E17)
 */
// SPDX-License-Identifier: MIT
#include "sensitivity/state.h"
#include <math.h>

ent_status ent_sensitivity_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_sensitivity **sensitivity, ent_error *err)
{
    ent_sensitivity *s = ent_new0(arena, ent_sensitivity, 1);
    if (s == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives");
    *s = (ent_sensitivity){.net = net, .policy = policy, .eq = eq};
    ENT_TRY(ent_linearised_open(net, policy, eq, NULL, arena, &s->lin, err));
    ENT_TRY(ent_aim_open(&s->lin.pass, eq, arena, &s->aim, err));
    *sensitivity = s;
    return ENT_OK;
}

void ent_sensitivity_watch(ent_sensitivity *s, void (*progress)(void *who, ptrdiff_t done, ptrdiff_t all), void *who)
{
    s->progress = progress;
    s->who = who;
}

/* ---- room ---- */

static ent_status take_room(const ent_network *net, ptrdiff_t quotas, ent_arena *arena, ent_derivatives *d,
                            ent_error *err)
{
    const ptrdiff_t cells = net->regions * net->sectors;
    const struct {
        double **array;
        ptrdiff_t length;
    } wanted[] = {
        {&d->duty, net->borders},
        {&d->export_tax, net->borders},
        {&d->trade_cost, net->borders},
        {&d->productivity, cells},
        {&d->subsidy, cells},
        {&d->transfer, net->regions},
        {&d->trade_elasticity, net->sectors},
        {&d->home_elasticity, net->sectors},
        {&d->output_elasticity, net->sectors},
        {&d->factor_elasticity, net->sectors},
        {&d->material_elasticity, net->sectors},
        {&d->product_elasticity, net->sectors},
        {&d->scale, net->sectors},
        {&d->mobility, net->factors},
        {&d->quota, quotas},
    };
    *d = (ent_derivatives){0};
    for (size_t a = 0; a < sizeof wanted / sizeof *wanted; a++) {
        *wanted[a].array = ent_new0(arena, double, wanted[a].length);
        if (*wanted[a].array == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives by %td duties", net->borders);
    }
    return ENT_OK;
}

/* ---- instruments ---- */

static void take_wedges(const ent_sensitivity *s, ent_derivatives *d)
{
    const ent_back *b = &s->lin.back;
    for (ptrdiff_t lane = 0; lane < s->net->borders; lane++) {
        d->duty[lane] = (b->log_duty[lane] + s->aim.log_duty[lane]) / (1.0 + s->policy->duty[lane]);
        d->export_tax[lane] =
            (b->log_export_tax[lane] + s->aim.log_export_tax[lane]) / (1.0 + s->policy->export_tax[lane]);
        d->trade_cost[lane] = b->log_trade_cost[lane];
    }
    for (ptrdiff_t cell = 0; cell < s->net->regions * s->net->sectors; cell++) {
        const int32_t k = s->net->producer[cell];
        if (k < 0) continue;
        d->productivity[cell] = b->log_productivity[k];
        d->subsidy[cell] = b->subsidy[k];
    }
    for (ptrdiff_t n = 0; n < s->net->regions; n++) d->transfer[n] = b->transfer[n];
    for (ptrdiff_t q = 0; q < s->policy->quotas; q++) d->quota[q] = s->lin.pass.quotas.limit[q];
}

/* ---- elasticities ---- */

static void add_node_elasticities(const ent_sensitivity *s, ent_derivatives *d)
{
    const ent_network *net = s->net;
    const int two_tier = net->blueprint->sourcing == ENT_SOURCING_TWO_TIER;
    const int final_level = net->level_first[6] < net->level_first[7]; /* then households are Cobb–Douglas */
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        const double bar = s->lin.back.elasticity[k];
        const int32_t j = net->node_sector[k];
        switch ((ent_node_kind)net->kind[k]) {
        case ENT_NODE_IMPORTS:
            d->trade_elasticity[j] += bar;
            break;
        case ENT_NODE_SOURCING:
            (two_tier ? d->home_elasticity : d->trade_elasticity)[j] += bar;
            break;
        case ENT_NODE_BUNDLE:
            d->product_elasticity[j] += bar;
            break;
        case ENT_NODE_MATERIALS:
            d->material_elasticity[j] += bar;
            break;
        case ENT_NODE_VALUE_ADDED:
            d->factor_elasticity[j] += bar;
            break;
        case ENT_NODE_PRODUCER:
            d->output_elasticity[j] += bar;
            break;
        case ENT_NODE_FINAL:
            d->consumption_elasticity += bar;
            break;
        case ENT_NODE_HOUSEHOLD:
            if (!final_level) d->consumption_elasticity += bar;
            break;
        case ENT_NODE_FACTOR:
            break;
        }
    }
}

/* Nests that were merged into their producer (network/nodes.c) share its bar: none of them has one of its own. */
static void drop_merged(const ent_network *net, ent_derivatives *d)
{
    const ent_blueprint *b = net->blueprint;
    if (b->separate_nests) return;
    for (ptrdiff_t j = 0; j < net->sectors; j++) {
        const int materials = b->material_elasticity[j] == b->output_elasticity[j];
        const int bundles = net->factors > 1 && b->factor_elasticity[j] == b->output_elasticity[j];
        if (materials) d->material_elasticity[j] = NAN;
        if (bundles) d->factor_elasticity[j] = NAN;
        if (materials || bundles) d->output_elasticity[j] = NAN;
    }
}

static void add_scale(const ent_sensitivity *s, ent_derivatives *d)
{
    const ent_network *net = s->net;
    const ent_blueprint *b = net->blueprint;
    const int scaled = b->market != ENT_MARKET_PERFECT;
    for (ptrdiff_t k = net->level_first[5]; scaled && k < net->level_first[6]; k++) {
        const int32_t j = net->node_sector[k];
        d->scale[j] += net->scale_size[k] >= 0 ? s->lin.back.scale[k] : NAN;
    }
    for (ptrdiff_t j = 0; j < net->sectors; j++) {
        const double theta = b->trade_elasticity[j];
        if (isnan(b->product_elasticity[j])) d->trade_elasticity[j] += d->product_elasticity[j];
        if (b->sourcing == ENT_SOURCING_TWO_TIER && isnan(b->home_elasticity[j]))
            d->trade_elasticity[j] += 0.5 * d->home_elasticity[j];
        if (scaled && isnan(b->scale[j])) d->trade_elasticity[j] -= d->scale[j] / (theta * theta);
    }
}

/* What φ_n is the power of: the duty, and import licences on top of it. */
static double duty_change(const ent_sensitivity *s, ptrdiff_t lane)
{
    const ptrdiff_t u = ent_quotas_find(&s->lin.pass.quotas, lane);
    return log1p(s->policy->duty[lane]) - log1p(s->net->duty[lane]) +
           (u >= 0 ? s->lin.pass.quotas.licence[u].import : 0.0);
}

/* dφ_n/dθ' = −ν/((1 − ν) θ'²) */
static void add_pareto_shape(const ent_sensitivity *s, ent_derivatives *d)
{
    const ent_network *net = s->net;
    const double shape = net->blueprint->pareto_shape;
    if (net->blueprint->market != ENT_MARKET_MELITZ) return;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const double nu = net->entry_share[n];
        double bar = 0.0;
        if (nu == 0.0) continue;
        for (int64_t lane = s->lin.pass.region_first[n]; lane < s->lin.pass.region_first[n + 1]; lane++)
            bar += s->lin.back.log_trade_cost[lane] * duty_change(s, lane);
        for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++)
            if (net->node_region[k] == n && net->scale_size[k] >= 0) bar += s->lin.back.scale[k];
        d->pareto_shape -= bar * nu / ((1.0 - nu) * shape * shape);
    }
}

static void add_factors(const ent_sensitivity *s, ent_derivatives *d)
{
    const ent_network *net = s->net;
    for (ptrdiff_t g = 0; g < net->factors; g++)
        if (isinf(net->blueprint->mobility[g])) d->mobility[g] = NAN;
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++)
        d->mobility[net->node_user[f]] += s->lin.back.inverse_mobility[f];
    d->labour_supply = s->aim.labour_supply;
    for (ptrdiff_t n = 0; n < net->regions; n++) d->labour_supply += s->lin.back.labour_supply[n];
}

ent_status ent_sensitivity_adjoint(ent_sensitivity *s, const ent_objective *objective, ent_arena *arena,
                                   ent_derivatives *derivatives, ent_error *err)
{
    ENT_TRY(ent_objective_check(objective, s->net, err));
    ENT_TRY(take_room(s->net, s->policy->quotas, arena, derivatives, err));
    const ent_form form = ent_aim_set(&s->aim, objective);
    ENT_TRY(ent_linearised_adjoint(&s->lin, &form, err));
    derivatives->value = s->aim.sum;
    derivatives->passes = s->lin.products;
    take_wedges(s, derivatives);
    add_node_elasticities(s, derivatives);
    add_scale(s, derivatives);
    add_pareto_shape(s, derivatives);
    add_factors(s, derivatives);
    drop_merged(s->net, derivatives);
    return ENT_OK;
}
