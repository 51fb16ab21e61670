/* aim.c: see aim.h.
 *
 *   real income     log S_h − log P̂                        S_h: what the household earns and spends
 *   real wage       log ŵ − log P̂; where labour is tied to sectors, ŵ is the mean of theirs, Σ S_f/Σ S_f⁰
 *   output          log Σ_j S_nj
 *   welfare         log(d Ŵ + (1 − d) ŵL̂/P̂), d of [ILMS] as in outcome/regions.c; d moves with revenue and κ_s
 *   trade           log Σ B,  B = V/(1 + t'):  dlog = Σ (dV/(1 + t') − B dlog(1 + t'))/Σ B
 *   tariff revenue  Σ V − B:  d = Σ (dV t'/(1 + t') + B dlog(1 + t'))
 *   licences        what they leave of V, e^(−M) at the duty's gate and e^(−X) of the border price, moves with them
 *
 * Another numeraire multiplies every nominal value by exp(−c), c = log Σ_n a_n P̂_n (consumer prices, a_n benchmark
 * spending): the term's degree of homogeneity times −dc is added. */
// SPDX-License-Identifier: MIT
#include "sensitivity/aim.h"
#include <math.h>
#include <string.h>

ent_status ent_aim_open(const ent_pass *pass, const ent_equilibrium *eq, ent_arena *arena, ent_aim *aim, ent_error *err)
{
    const ent_network *net = pass->net;
    *aim = (ent_aim){.pass = pass,
                     .eq = eq,
                     .factor = 1.0,
                     .log_price = ent_new(arena, double, net->nodes),
                     .log_spent = ent_new(arena, double, net->nodes),
                     .value = ent_new(arena, double, net->lanes),
                     .log_duty = ent_new(arena, double, net->borders),
                     .log_export_tax = ent_new(arena, double, net->borders),
                     .licence = ent_new(arena, double, pass->quotas.count)};
    if (aim->licence == NULL || aim->log_export_tax == NULL || aim->log_price == NULL || aim->log_spent == NULL ||
        aim->value == NULL || aim->log_duty == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an objective over %td lanes", net->lanes);
    if (net->regions > 0) aim->factor = eq->sales_usd[net->household[0]] / pass->spent[net->household[0]];
    return ENT_OK;
}

/* ---- regions ---- */

static void add_price_index(ent_aim *a, double weight, ptrdiff_t n)
{
    a->log_price[a->pass->net->household[n]] += weight;
}

static void add_income(ent_aim *a, double weight, ptrdiff_t n)
{
    a->log_spent[a->pass->net->household[n]] += weight;
}

static double income_value(const ent_aim *a, ptrdiff_t n)
{
    return log(a->eq->income_usd[n] / a->eq->benchmark_income_usd[n]);
}

static double price_value(const ent_aim *a, ptrdiff_t n)
{
    return a->eq->log_price[a->pass->net->household[n]];
}

/* Labour of n, over its nodes; returns log ŵ. */
static double add_wage(ent_aim *a, double weight, ptrdiff_t n)
{
    const ent_network *net = a->pass->net;
    if (net->labour[n] >= 0) {
        a->log_price[net->labour[n]] += weight;
        return a->eq->log_price[net->labour[n]];
    }
    double before = 0.0, after = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
            if (net->node_region[f] != n || net->node_user[f] != 0) continue;
            if (pass == 0) {
                before += net->sales_usd[f];
                after += a->eq->sales_usd[f];
            } else
                a->log_spent[f] += weight * a->eq->sales_usd[f] / after;
        }
    return log(after / before);
}

/* ---- sectors ---- */

static double add_output(ent_aim *a, double weight, ptrdiff_t n, ptrdiff_t j)
{
    const ent_network *net = a->pass->net;
    const int32_t *producer = net->producer + n * net->sectors;
    const ptrdiff_t from = j >= 0 ? j : 0, to = j >= 0 ? j + 1 : net->sectors;
    double before = 0.0, after = 0.0;
    for (ptrdiff_t k = from; k < to; k++) {
        if (producer[k] < 0) continue;
        before += net->sales_usd[producer[k]];
        after += a->eq->sales_usd[producer[k]];
    }
    for (ptrdiff_t k = from; k < to; k++)
        if (producer[k] >= 0) a->log_spent[producer[k]] += weight * a->eq->sales_usd[producer[k]] / after;
    return log(after / before);
}

static double add_producer_price(ent_aim *a, double weight, ptrdiff_t n, ptrdiff_t j)
{
    const int32_t producer = a->pass->net->producer[n * a->pass->net->sectors + j];
    a->log_price[producer] += weight;
    return a->eq->log_price[producer];
}

/* ---- borders ---- */

/* V and B of a lane, as the pass has them. */
static double spent_over(const ent_aim *a, ptrdiff_t lane)
{
    return a->eq->lane_value_usd[lane] / a->factor;
}

/* `amount` of a lane goes with e^(−M), and where `export` is 1 with e^(−X) too (E12). */
static void add_licence(ent_aim *a, ptrdiff_t lane, double amount, int export)
{
    const ent_quotas *s = &a->pass->quotas;
    const ptrdiff_t u = ent_quotas_find(s, lane);
    for (int64_t c = u >= 0 ? s->first[u] : 0; u >= 0 && c < s->first[u + 1]; c++) {
        const ent_rent rent = s->quota[s->on[c]].rent;
        if (rent == ENT_RENT_IMPORTER || (export && rent != ENT_RENT_WASTED)) a->licence[s->on[c]] -= amount;
    }
}

/* Licences on a lane, none where there are no quotas. */
static ent_licence licence_of(const ent_pass *p, ptrdiff_t lane)
{
    const ptrdiff_t u = ent_quotas_find(&p->quotas, lane);
    return u >= 0 ? p->quotas.licence[u] : (ent_licence){0};
}

static double add_trade(ent_aim *a, const ent_term *term)
{
    const ent_network *net = a->pass->net;
    double before = 0.0, after = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (!ent_term_trades(term, net, lane)) continue;
        before += net->lane_value_usd[lane] / (1.0 + net->duty[lane]);
        after += spent_over(a, lane) * a->pass->border_part[lane];
    }
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (!ent_term_trades(term, net, lane)) continue;
        const double part = term->weight * a->pass->border_part[lane] / after;
        a->value[lane] += part;
        a->log_duty[lane] -= part * spent_over(a, lane);
        add_licence(a, lane, part * spent_over(a, lane), 0);
    }
    return log(a->factor * after / before);
}

/* Home lanes carry no duty, but a duty on them would bring revenue. */
static double add_revenue(ent_aim *a, double weight, ptrdiff_t n)
{
    const ent_pass *p = a->pass;
    for (int64_t lane = p->region_first[n]; lane < p->region_first[n + 1]; lane++) {
        const double part = exp(-licence_of(p, lane).import) - p->border_part[lane];
        a->value[lane] += weight * a->factor * part;
        add_licence(a, lane, weight * a->factor * spent_over(a, lane) * part, 0);
        a->log_duty[lane] += weight * a->factor * spent_over(a, lane) * p->border_part[lane];
    }
    return a->eq->duties_usd[n];
}

/* Export taxes of n, Σ V g, g = (1 − ν) B/V − N/V. */
static void add_export_taxes(ent_aim *a, double weight, ptrdiff_t n)
{
    const ent_pass *p = a->pass;
    for (ptrdiff_t lane = 0; lane < p->net->borders; lane++) {
        if (ent_lane_exporter(p->net, lane) != n) continue;
        const double entry = p->net->entry_share[p->net->lane_region[lane]], paid = spent_over(a, lane);
        const double part =
            p->border_part[lane] * (1.0 - entry) * exp(-licence_of(p, lane).export) - p->seller_part[lane];
        add_licence(a, lane, weight * a->factor * paid * part, 1);
        a->value[lane] += weight * a->factor * part;
        a->log_duty[lane] -= weight * a->factor * paid * part;
        a->log_export_tax[lane] += weight * a->factor * paid * p->seller_part[lane];
    }
}

/* W = d R + (1 − d) E,  R = Î/P̂,  E = ŵL̂/P̂,  d = I/(I − c (1 − r) L),  c = κ/(1 + κ),  r = revenue/wL where it cuts the
 * income tax:  dd/dr = −d² c L/I,  dd/dκ = d² (1 − r) L/I /(1 + κ)² */
static double add_welfare(ent_aim *a, double weight, ptrdiff_t n)
{
    const ent_network *net = a->pass->net;
    const int cut = net->blueprint->revenue == ENT_REVENUE_INCOME_TAX;
    const double kappa = net->blueprint->labour_supply, c = kappa / (1.0 + kappa),
                 spent = a->eq->benchmark_income_usd[n];
    double before = 0.0, after = 0.0;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        if (net->node_region[f] != n || net->node_user[f] != 0) continue;
        before += net->sales_usd[f];
        after += a->eq->sales_usd[f];
    }
    const double r = cut ? (a->eq->duties_usd[n] + a->eq->export_taxes_usd[n]) / after : 0.0;
    const double d = spent / (spent - c * (1.0 - r) * before), by_r = -d * d * c * before / spent;
    const double income = exp(income_value(a, n) - price_value(a, n));
    const double earned = after / before / exp(price_value(a, n)), welfare = d * income + (1.0 - d) * earned;
    const double of_income = weight * d * income / welfare, of_earned = weight * (1.0 - d) * earned / welfare;
    const double of_d = weight * (income - earned) / welfare;
    add_income(a, of_income, n);
    add_price_index(a, -of_income - of_earned, n);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        if (net->node_region[f] == n && net->node_user[f] == 0)
            a->log_spent[f] += (of_earned - of_d * by_r * r) * a->eq->sales_usd[f] / after;
    a->labour_supply += of_d * d * d * (1.0 - r) * before / spent / ((1.0 + kappa) * (1.0 + kappa));
    if (cut && kappa > 0.0) {
        add_revenue(a, of_d * by_r / after, n);
        add_export_taxes(a, of_d * by_r / after, n);
        a->any_value = 1;
    }
    return log(welfare);
}

/* ---- all ---- */

static void add_term(ent_aim *a, const ent_term *t)
{
    const ptrdiff_t n = t->region, j = t->sector;
    const double w = t->weight;
    double value = 0.0, degree = 1.0;
    switch (t->kind) {
    case ENT_TERM_REAL_INCOME:
        add_income(a, w, n);
        add_price_index(a, -w, n);
        value = income_value(a, n) - price_value(a, n);
        degree = 0.0;
        break;
    case ENT_TERM_REAL_WAGE:
        value = add_wage(a, w, n) - price_value(a, n);
        add_price_index(a, -w, n);
        degree = 0.0;
        break;
    case ENT_TERM_PRICE_INDEX:
        add_price_index(a, w, n);
        value = price_value(a, n);
        break;
    case ENT_TERM_INCOME:
        add_income(a, w, n);
        value = income_value(a, n);
        break;
    case ENT_TERM_OUTPUT:
        value = add_output(a, w, n, j);
        break;
    case ENT_TERM_REAL_OUTPUT:
        value = add_output(a, w, n, j) - add_producer_price(a, -w, n, j);
        degree = 0.0;
        break;
    case ENT_TERM_PRODUCER_PRICE:
        value = add_producer_price(a, w, n, j);
        break;
    case ENT_TERM_EXPORTS:
    case ENT_TERM_IMPORTS:
        value = add_trade(a, t);
        a->any_value = 1;
        break;
    case ENT_TERM_TARIFF_REVENUE:
        degree = value = add_revenue(a, w, n);
        a->any_value = 1;
        break;
    case ENT_TERM_WELFARE:
        value = add_welfare(a, w, n);
        degree = 0.0;
        break;
    case ENT_TERMS:
        break;
    }
    a->sum += w * value;
    a->degree += w * degree;
}

static void change_numeraire(ent_aim *a)
{
    const ent_network *net = a->pass->net;
    double cost = 0.0;
    if (net->blueprint->numeraire == ENT_NUMERAIRE_GDP || a->degree == 0.0) return;
    for (int pass = 0; pass < 2; pass++)
        for (ptrdiff_t n = 0; n < net->regions; n++) {
            const ptrdiff_t h = net->household[n];
            const double part = net->sales_usd[h] * exp(a->pass->log_price[h]);
            if (pass == 0)
                cost += part;
            else
                a->log_price[h] -= a->degree * part / cost;
        }
}

ent_form ent_aim_set(ent_aim *a, const ent_objective *objective)
{
    const ent_network *net = a->pass->net;
    memset(a->log_price, 0, (size_t)net->nodes * sizeof *a->log_price);
    memset(a->log_spent, 0, (size_t)net->nodes * sizeof *a->log_spent);
    memset(a->value, 0, (size_t)net->lanes * sizeof *a->value);
    memset(a->log_duty, 0, (size_t)net->borders * sizeof *a->log_duty);
    memset(a->log_export_tax, 0, (size_t)net->borders * sizeof *a->log_export_tax);
    memset(a->licence, 0, (size_t)a->pass->quotas.count * sizeof *a->licence);
    a->degree = a->sum = a->labour_supply = 0.0;
    a->any_value = 0;
    for (ptrdiff_t t = 0; t < objective->count; t++) add_term(a, &objective->terms[t]);
    change_numeraire(a);
    return (ent_form){.log_price = a->log_price,
                      .log_spent = a->log_spent,
                      .value = a->any_value ? a->value : NULL,
                      .licence = a->licence};
}
