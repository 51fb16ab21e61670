/* nudge.c: see nudge.h. */
// SPDX-License-Identifier: MIT
#include "sensitivity/nudge.h"

const char *const nudge_words[NUDGES] = {
#define NUDGE_WORD(name, member) #member,
    NUDGE_LIST(NUDGE_WORD)
#undef NUDGE_WORD
};

ptrdiff_t nudge_count(const ground *g, nudge_kind kind)
{
    const ptrdiff_t cells = g->net->regions * g->net->sectors;
    switch (kind) {
    case NUDGE_DUTY:
    case NUDGE_EXPORT_TAX:
    case NUDGE_TRADE_COST:
        return g->net->borders;
    case NUDGE_PRODUCTIVITY:
    case NUDGE_SUBSIDY:
        return cells;
    case NUDGE_TRANSFER:
        return g->net->regions;
    case NUDGE_MOBILITY:
        return g->net->factors;
    case NUDGE_CONSUMPTION_ELASTICITY:
    case NUDGE_LABOUR_SUPPLY:
    case NUDGE_PARETO_SHAPE:
        return 1;
    default:
        return g->net->sectors;
    }
}

const double *nudge_gradient(const ent_derivatives *d, nudge_kind kind)
{
    const double *const list[NUDGES] = {d->duty,
                                        d->export_tax,
                                        d->trade_cost,
                                        d->productivity,
                                        d->subsidy,
                                        d->transfer,
                                        d->trade_elasticity,
                                        d->home_elasticity,
                                        d->output_elasticity,
                                        d->factor_elasticity,
                                        d->material_elasticity,
                                        d->scale,
                                        d->mobility,
                                        &d->consumption_elasticity,
                                        &d->labour_supply,
                                        &d->pareto_shape};
    return list[kind];
}

double nudge_unit(const ground *g, nudge_kind kind, ptrdiff_t k)
{
    const ent_blueprint *b = g->blueprint;
    switch (kind) {
    case NUDGE_PRODUCTIVITY:
    case NUDGE_SUBSIDY:
        return g->net->producer[k] >= 0 ? 1.0 : 0.0;
    case NUDGE_TRANSFER:
        return 0.1 * g->net->sales_usd[g->net->household[k]];
    case NUDGE_TRADE_ELASTICITY:
        return b->trade_elasticity[k];
    case NUDGE_HOME_ELASTICITY:
        return b->sourcing == ENT_SOURCING_TWO_TIER && !isnan(b->home_elasticity[k]) ? b->home_elasticity[k] : 0.0;
    case NUDGE_OUTPUT_ELASTICITY:
        return b->output_elasticity[k];
    case NUDGE_FACTOR_ELASTICITY:
        return b->factor_elasticity[k];
    case NUDGE_MATERIAL_ELASTICITY:
        return b->material_elasticity[k];
    case NUDGE_SCALE:
        return b->market != ENT_MARKET_PERFECT && b->scale[k] > 0.0 ? b->scale[k] : 0.0;
    case NUDGE_MOBILITY:
        return isfinite(b->mobility[k]) ? fmin(1.0 / b->mobility[k], 1.0 - 1.0 / b->mobility[k]) : 0.0;
    case NUDGE_CONSUMPTION_ELASTICITY:
        return b->consumption_elasticity;
    case NUDGE_LABOUR_SUPPLY:
        return b->labour_supply;
    case NUDGE_PARETO_SHAPE:
        return b->market == ENT_MARKET_MELITZ && b->pareto_shape > 0.0 ? b->pareto_shape : 0.0;
    default:
        return 1.0;
    }
}

/* ---- objectives, from the outcome ---- */

static double trade(const ent_outcome *out, const ent_term *t, const double *flows)
{
    double sum = 0.0;
    for (ptrdiff_t lane = 0; lane < out->flows; lane++) {
        const int sells = t->kind == ENT_TERM_EXPORTS;
        const ptrdiff_t own = sells ? out->flow_exporter[lane] : out->flow_importer[lane];
        const ptrdiff_t other = sells ? out->flow_importer[lane] : out->flow_exporter[lane];
        if (own != t->region || other == own || (t->partner >= 0 && other != t->partner)) continue;
        if (t->sector >= 0 && out->flow_sector[lane] != t->sector) continue;
        sum += flows[ENT_FLOW_value * out->flows + lane];
    }
    return sum;
}

static double output(const ent_outcome *out, const ent_term *t, const double *values)
{
    const ptrdiff_t cells = out->regions * out->sectors;
    double sum = 0.0;
    for (ptrdiff_t j = 0; j < out->sectors; j++)
        if (t->sector < 0 || t->sector == j) sum += values[ENT_SECTOR_output * cells + t->region * out->sectors + j];
    return sum;
}

static double term_value(const ent_outcome *out, const ent_term *t)
{
    const ptrdiff_t n = t->region, cell = n * out->sectors + t->sector, cells = out->regions * out->sectors;
    switch (t->kind) {
    case ENT_TERM_REAL_INCOME:
        return log(ent_outcome_region(out, ENT_REGION_real_income, n));
    case ENT_TERM_REAL_WAGE:
        return log(ent_outcome_region(out, ENT_REGION_real_wage, n));
    case ENT_TERM_PRICE_INDEX:
        return log(ent_outcome_region(out, ENT_REGION_price_index, n));
    case ENT_TERM_INCOME:
        return log(ent_outcome_region_ratio(out, ENT_REGION_income, n));
    case ENT_TERM_OUTPUT:
        return log(output(out, t, out->sector_value) / output(out, t, out->sector_benchmark));
    case ENT_TERM_REAL_OUTPUT:
        return log(out->sector_value[ENT_SECTOR_real_output * cells + cell]);
    case ENT_TERM_PRODUCER_PRICE:
        return log(out->sector_value[ENT_SECTOR_cost * cells + cell]);
    case ENT_TERM_EXPORTS:
    case ENT_TERM_IMPORTS:
        return log(trade(out, t, out->flow_value) / trade(out, t, out->flow_benchmark));
    case ENT_TERM_TARIFF_REVENUE:
        return ent_outcome_region(out, ENT_REGION_tariff_revenue, n);
    case ENT_TERM_WELFARE:
        return log(ent_outcome_region(out, ENT_REGION_welfare, n));
    default:
        return NAN;
    }
}

double nudge_value(const ent_outcome *out, const ent_objective *objective)
{
    double sum = 0.0;
    for (ptrdiff_t t = 0; t < objective->count; t++)
        sum += objective->terms[t].weight * term_value(out, &objective->terms[t]);
    return sum;
}

/* ---- moved ---- */

static double *copy_of(ent_arena *arena, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(arena, double, count);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

static double *moved(ent_arena *arena, const double *list, const double *step, ptrdiff_t count)
{
    double *copy = copy_of(arena, list, count);
    for (ptrdiff_t k = 0; copy != NULL && k < count; k++) copy[k] += step[k];
    return copy;
}

static void move_policy(const ground *g, nudge_kind kind, const double *step, ent_arena *arena, ent_policy *p)
{
    const ptrdiff_t count = nudge_count(g, kind);
    *p = *g->policy;
    if (kind == NUDGE_DUTY) p->duty = moved(arena, p->duty, step, count);
    if (kind == NUDGE_EXPORT_TAX) p->export_tax = moved(arena, p->export_tax, step, count);
    if (kind == NUDGE_TRADE_COST) p->log_trade_cost = moved(arena, p->log_trade_cost, step, count);
    if (kind == NUDGE_TRANSFER) p->transfer_usd = moved(arena, p->transfer_usd, step, count);
    if (kind == NUDGE_PRODUCTIVITY) p->log_productivity = copy_of(arena, p->log_productivity, g->net->nodes);
    if (kind == NUDGE_SUBSIDY) p->subsidy = copy_of(arena, p->subsidy, g->net->nodes);
    for (ptrdiff_t cell = 0; cell < count && (kind == NUDGE_PRODUCTIVITY || kind == NUDGE_SUBSIDY); cell++)
        if (g->net->producer[cell] >= 0)
            (kind == NUDGE_SUBSIDY ? p->subsidy : p->log_productivity)[g->net->producer[cell]] += step[cell];
}

static void move_blueprint(const ground *g, nudge_kind kind, const double *step, ent_arena *arena, ent_blueprint *b)
{
    const ptrdiff_t count = nudge_count(g, kind);
    *b = *g->blueprint;
    switch (kind) {
    case NUDGE_TRADE_ELASTICITY:
        b->trade_elasticity = moved(arena, b->trade_elasticity, step, count);
        break;
    case NUDGE_HOME_ELASTICITY:
        b->home_elasticity = moved(arena, b->home_elasticity, step, count);
        break;
    case NUDGE_OUTPUT_ELASTICITY:
        b->output_elasticity = moved(arena, b->output_elasticity, step, count);
        break;
    case NUDGE_FACTOR_ELASTICITY:
        b->factor_elasticity = moved(arena, b->factor_elasticity, step, count);
        break;
    case NUDGE_MATERIAL_ELASTICITY:
        b->material_elasticity = moved(arena, b->material_elasticity, step, count);
        break;
    case NUDGE_SCALE:
        b->scale = moved(arena, b->scale, step, count);
        break;
    case NUDGE_MOBILITY:
        b->mobility = copy_of(arena, b->mobility, count);
        for (ptrdiff_t f = 0; f < count; f++)
            if (step[f] != 0.0) b->mobility[f] = 1.0 / (1.0 / b->mobility[f] + step[f]);
        break;
    case NUDGE_CONSUMPTION_ELASTICITY:
        b->consumption_elasticity += *step;
        break;
    case NUDGE_LABOUR_SUPPLY:
        b->labour_supply += *step;
        break;
    case NUDGE_PARETO_SHAPE:
        b->pareto_shape += *step;
        break;
    default:
        break;
    }
}

/* A balanced benchmark is held fixed: the network keeps its shares and values, only elasticities are the new ones. */
static ent_status keep_benchmark(const ground *g, ent_network *net, ent_error *err)
{
    if (g->blueprint->closure != ENT_CLOSURE_BALANCED) return ENT_OK;
    if (net->lanes != g->net->lanes || net->nodes != g->net->nodes ||
        memcmp(net->edge_lane, g->net->edge_lane, (size_t)net->edges * sizeof *net->edge_lane) != 0)
        return ent_fail(err, ENT_BAD_INPUT, "the nudged network has other lanes");
    net->share = g->net->share;
    net->sales_usd = g->net->sales_usd;
    net->levy_share = g->net->levy_share;
    net->lane_value_usd = g->net->lane_value_usd;
    net->duty = g->net->duty;
    net->export_tax = g->net->export_tax;
    net->transfer_usd = g->net->transfer_usd;
    net->stated_usd = g->net->stated_usd;
    return ENT_OK;
}

ent_status nudge_measure(const ground *g, nudge_kind kind, const double *step, const ent_objective *objectives,
                         ptrdiff_t count, double *values, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_network net = *g->net;
    ent_blueprint blueprint;
    ent_policy policy;
    ent_equilibrium eq;
    ent_outcome out;
    ent_options options = ent_options_default();
    options.tolerance = g->tolerance;
    move_policy(g, kind, step, &scratch, &policy);
    if (kind >= NUDGE_TRADE_ELASTICITY) {
        move_blueprint(g, kind, step, &scratch, &blueprint);
        ENT_TRY(ent_network_lay(g->table, &blueprint, &scratch, &net, err));
        ENT_TRY(keep_benchmark(g, &net, err));
    }
    ENT_TRY(ent_equilibrium_solve(&net, &policy, &options, g->eq, &scratch, &eq, err));
    ENT_TRY(ent_outcome_measure(&net, &policy, &eq, &scratch, &out, err));
    for (ptrdiff_t o = 0; o < count; o++) values[o] = nudge_value(&out, &objectives[o]);
    return ENT_OK;
}

ent_status nudge_difference(const ground *g, nudge_kind kind, const double *direction, double size,
                            const ent_objective *objectives, ptrdiff_t count, double *slope, ent_error *err)
{
    static const double at[] = {-2.0, -1.0, 1.0, 2.0}, weight[] = {1.0 / 12.0, -2.0 / 3.0, 2.0 / 3.0, -1.0 / 12.0};
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t n = nudge_count(g, kind);
    double *step = ent_new(&scratch, double, n), *value = ent_new(&scratch, double, count);
    if (step == NULL || value == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t o = 0; o < count; o++) slope[o] = 0.0;
    for (int p = 0; p < 4; p++) {
        for (ptrdiff_t k = 0; k < n; k++) step[k] = at[p] * size * direction[k];
        ENT_TRY(nudge_measure(g, kind, step, objectives, count, value, err));
        for (ptrdiff_t o = 0; o < count; o++) slope[o] += weight[p] * value[o] / size;
    }
    return ENT_OK;
}

/* ---- against derivatives ---- */

ptrdiff_t draw_objectives(dice *d, const ent_network *net, drawn_objectives *o)
{
    ptrdiff_t count = 0;
    for (int kind = 0; kind < ENT_TERMS; kind++) {
        for (int attempt = 0; attempt < 20; attempt++) {
            const int trades = kind == ENT_TERM_EXPORTS || kind == ENT_TERM_IMPORTS;
            const int wants_sector = kind == ENT_TERM_REAL_OUTPUT || kind == ENT_TERM_PRODUCER_PRICE;
            o->terms[count] =
                (ent_term){.kind = (ent_term_kind)kind,
                           .weight = dice_between(d, -1.0, 2.0),
                           .region = dice_pick(d, net->regions),
                           .sector = wants_sector || dice_chance(d, 0.5) ? dice_pick(d, net->sectors) : -1,
                           .partner = trades && dice_chance(d, 0.5) ? dice_pick(d, net->regions) : -1};
            if (kind == ENT_TERM_TARIFF_REVENUE)
                o->terms[count].weight /= net->sales_usd[net->household[o->terms[count].region]];
            o->list[count] = (ent_objective){"one", &o->terms[count], 1};
            if (ent_objective_check(&o->list[count], net, NULL) == ENT_OK) break;
            o->list[count].count = 0;
        }
        if (o->list[count].count > 0) count++;
    }
    o->list[count] = (ent_objective){"sum", o->terms, count};
    return count + 1;
}

double nudge_gap(const ground *g, nudge_kind kind, dice *d, const ent_objective *list, ptrdiff_t count,
                 const ent_derivatives *derivatives, double size, ent_status *status, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t n = nudge_count(g, kind);
    double *direction = ent_new0(&scratch, double, n), slope[OBJECTIVES], worst = 0.0, sum = 0.0;
    int any = 0;
    for (ptrdiff_t k = 0; k < n; k++) {
        direction[k] = nudge_unit(g, kind, k) * dice_between(d, -1.0, 1.0);
        sum += direction[k];
        any |= direction[k] != 0.0;
    }
    for (ptrdiff_t k = 0; k < n && kind == NUDGE_TRANSFER; k++) direction[k] -= sum / (double)n;
    if (!any) return -1.0;
    *status = nudge_difference(g, kind, direction, size, list, count, slope, err);
    if (*status != ENT_OK) return 0.0;
    for (ptrdiff_t c = 0; c < count; c++) {
        const double *gradient = nudge_gradient(&derivatives[c], kind);
        double along = 0.0, sizes = 0.0;
        for (ptrdiff_t k = 0; k < n; k++) {
            if (direction[k] == 0.0) continue;
            along += gradient[k] * direction[k];
            sizes += fabs(gradient[k] * direction[k]);
        }
        const double gap = fabs(along - slope[c]) / (sizes + 1e-3);
        if (!(gap <= worst)) worst = isnan(gap) ? (double)INFINITY : gap;
    }
    return worst;
}
