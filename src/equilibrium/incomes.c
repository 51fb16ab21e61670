/* incomes.c: factors and households close the circle.
 *
 *   (E9)   Ŷ_ng   income of factor g in region n, over its benchmark; a factor node f of the group with mobility κ:
 *          log ŵ_f = log Ŷ + (log Ŝ_f − log Ŷ)/κ                 from S_f = λ_f Y ŵ_f^κ/Φ, Φ = Ŷ^κ; κ = ∞: one wage
 *          elastic supply L̂ = (τ̂ ŵ/P̂)^κ_s of mobile labour:      log ŵ = (log Ŝ + κ_s (log P̂ − log τ̂))/(1 + κ_s)
 *          τ = 1/(1 − R/(wL)) where revenue cuts the income tax (E17), else 1
 *   (E8)   I_n = Σ_f S_f + duties + export taxes + levies + Tr_n
 *   (E10)  Tr_n fixed as a share of world factor income; or proportional to Y_n, income before transfers:
 *          Tr_n Y'_n/Y_n, less everyone's share in Y' of what is left over
 *   (E11)  all logs are shifted by that of world factor income, which at a fixed point is what it was */
// SPDX-License-Identifier: MIT
#include "equilibrium/back.h"
#include <math.h>
#include <string.h>

static double labour_supply(const ent_pass *p)
{
    return p->net->blueprint->labour_supply;
}

static int is_elastic(const ent_pass *p, int32_t f)
{
    return labour_supply(p) > 0.0 && p->net->labour[p->net->node_region[f]] == f;
}

static double revenue(const ent_pass *p, ptrdiff_t n)
{
    return p->duties[n] + p->export_taxes[n];
}

static void add_factor_income(ent_pass *p)
{
    const ent_network *net = p->net;
    memset(p->group_income, 0, (size_t)(net->regions * net->factors) * sizeof *p->group_income);
    memset(p->factor_income, 0, (size_t)net->regions * sizeof *p->factor_income);
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        p->group_income[net->factor_group[f]] += p->spent[f];
        p->factor_income[net->node_region[f]] += p->spent[f];
    }
    p->gdp = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        p->gdp += p->factor_income[n];
        p->own_income[n] = p->factor_income[n] + revenue(p, n) + p->levies[n];
        if (p->quotas.count > 0) p->own_income[n] += p->quotas.rents[n];
        const int32_t labour = net->labour[n];
        const int cut = net->blueprint->revenue == ENT_REVENUE_INCOME_TAX && labour >= 0;
        p->log_tax[n] = cut ? -log1p(-revenue(p, n) / p->spent[labour]) : 0.0;
    }
}

static void add_income(ent_pass *p)
{
    const ent_network *net = p->net;
    double leak = 0.0, total = 0.0;
    const int proportional = net->blueprint->closure == ENT_CLOSURE_PROPORTIONAL;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        total += p->own_income[n];
        leak += p->transfer[n] * p->own_income[n] / p->own_income0[n];
    }
    for (ptrdiff_t n = 0; n < net->regions; n++)
        p->income[n] = p->own_income[n] + (proportional ? p->transfer[n] * p->own_income[n] / p->own_income0[n] -
                                                              leak * p->own_income[n] / total
                                                        : p->transfer[n] * (p->gdp / p->gdp0));
}

static double log_wage(const ent_pass *p, int32_t f)
{
    const ent_network *net = p->net;
    const double log_sales = log(p->spent[f] / net->sales_usd[f]);
    if (is_elastic(p, f)) {
        const ptrdiff_t n = net->node_region[f];
        const double kappa = labour_supply(p), log_tax = p->log_tax[n] - p->log_tax0[n];
        return (log_sales + kappa * (p->log_price[net->household[n]] - log_tax)) / (1.0 + kappa);
    }
    const ptrdiff_t group = net->factor_group[f];
    const double log_group = log(p->group_income[group] / p->group_income0[group]);
    return log_group + net->inverse_mobility[f] * (log_sales - log_group);
}

int ent_incomes_run(ent_pass *p, const double *z, double *out)
{
    const ent_network *net = p->net;
    add_factor_income(p);
    add_income(p);
    if (!(p->gdp > 0.0) || !isfinite(p->gdp)) return 0;
    p->shift = log(p->gdp / p->gdp0);
    for (ptrdiff_t s = 0; s < p->prices; s++) {
        const int32_t k = p->price_node[s];
        if (net->kind[k] == ENT_NODE_FACTOR) out[s] = ent_is_shut(p, k) ? p->shift : log_wage(p, k);
        out[s] -= p->shift;
    }
    for (ptrdiff_t s = 0; s < p->sales; s++) {
        const int32_t k = p->sales_node[s];
        const double sold = net->kind[k] == ENT_NODE_HOUSEHOLD ? p->income[net->node_region[k]] : p->sold[k];
        out[p->prices + s] = ent_is_shut(p, k) ? 0.0 : log(sold / net->sales_usd[k]) - p->shift;
    }
    for (ptrdiff_t s = 0; s < ent_pass_core(p); s++)
        if (!isfinite(out[s])) return 0;
    return ent_quotas_answer(p, z, out);
}

/* ---- tangent ---- */

static double d_log_wage(const ent_pass *p, int32_t f, const double *d_log_tax)
{
    const ent_network *net = p->net;
    const double d_log_sales = p->d_spent[f] / p->spent[f];
    if (is_elastic(p, f)) {
        const ptrdiff_t n = net->node_region[f];
        const double kappa = labour_supply(p);
        return (d_log_sales + kappa * (p->d_log_price[net->household[n]] - d_log_tax[n])) / (1.0 + kappa);
    }
    const ptrdiff_t group = net->factor_group[f];
    const double d_log_group = p->d_group_income[group] / p->group_income[group];
    return d_log_group + net->inverse_mobility[f] * (d_log_sales - d_log_group);
}

static double add_factor_income_tangent(ent_pass *p)
{
    const ent_network *net = p->net;
    double d_gdp = 0.0;
    memset(p->d_group_income, 0, (size_t)(net->regions * net->factors) * sizeof *p->d_group_income);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        p->d_own_income[n] =
            p->d_duties[n] + p->d_export_taxes[n] + p->d_levies[n] + (p->quotas.count > 0 ? p->quotas.d_rents[n] : 0.0);
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        p->d_group_income[net->factor_group[f]] += p->d_spent[f];
        p->d_own_income[net->node_region[f]] += p->d_spent[f];
        d_gdp += p->d_spent[f];
    }
    return d_gdp;
}

/* d I_n of all regions. */
static void add_income_tangent(const ent_pass *p, double d_gdp, double *d_income)
{
    const ent_network *net = p->net;
    double leak = 0.0, total = 0.0, d_leak = 0.0, d_total = 0.0;
    const int proportional = net->blueprint->closure == ENT_CLOSURE_PROPORTIONAL;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        total += p->own_income[n];
        d_total += p->d_own_income[n];
        leak += p->transfer[n] * p->own_income[n] / p->own_income0[n];
        d_leak += p->transfer[n] * p->d_own_income[n] / p->own_income0[n];
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const double own = p->own_income[n], d_own = p->d_own_income[n];
        d_income[n] = d_own + (proportional ? p->transfer[n] * d_own / p->own_income0[n] - d_leak * own / total -
                                                  leak * d_own / total + leak * own * d_total / (total * total)
                                            : p->transfer[n] * d_gdp / p->gdp0);
    }
}

/* d log τ: τ = 1/(1 − ρ), ρ = R/S */
static double d_log_tax(const ent_pass *p, ptrdiff_t n)
{
    const int32_t labour = p->net->labour[n];
    if (p->net->blueprint->revenue != ENT_REVENUE_INCOME_TAX || labour < 0) return 0.0;
    const double rho = revenue(p, n) / p->spent[labour];
    return ((p->d_duties[n] + p->d_export_taxes[n]) - rho * p->d_spent[labour]) / p->spent[labour] / (1.0 - rho);
}

void ent_incomes_tangent(ent_pass *p, const double *v, double *out)
{
    const ent_network *net = p->net;
    const double d_gdp = add_factor_income_tangent(p), d_shift = d_gdp / p->gdp;
    double *d_income = p->d_income, *d_tax = p->d_tax;
    add_income_tangent(p, d_gdp, d_income);
    for (ptrdiff_t n = 0; n < net->regions; n++) d_tax[n] = d_log_tax(p, n);
    for (ptrdiff_t s = 0; s < p->prices; s++) {
        const int32_t k = p->price_node[s];
        if (net->kind[k] == ENT_NODE_FACTOR) out[s] = ent_is_shut(p, k) ? d_shift : d_log_wage(p, k, d_tax);
        out[s] -= d_shift;
    }
    for (ptrdiff_t s = 0; s < p->sales; s++) {
        const int32_t k = p->sales_node[s];
        const ptrdiff_t n = net->node_region[k];
        out[p->prices + s] = 0.0;
        if (ent_is_shut(p, k)) continue;
        out[p->prices + s] =
            (net->kind[k] == ENT_NODE_HOUSEHOLD ? d_income[n] / p->income[n] : p->d_sold[k] / p->sold[k]) - d_shift;
    }
    ent_quotas_answer_tangent(p, v, d_shift, out);
}

/* ---- adjoint ---- */

static void log_wage_adjoint(ent_back *b, int32_t f, double bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ptrdiff_t n = net->node_region[f];
    const double kappa = labour_supply(p);
    if (net->labour[n] == f) /* κ_s = 0 has a derivative too, from above */
        b->labour_supply[n] +=
            bar / (1.0 + kappa) * (p->log_price[net->household[n]] - (p->log_tax[n] - p->log_tax0[n]) - log_wage(p, f));
    if (is_elastic(p, f)) {
        b->spent[f] += bar / (1.0 + kappa) / p->spent[f];
        b->log_price[net->household[n]] += bar * kappa / (1.0 + kappa);
        b->tax[n] -= bar * kappa / (1.0 + kappa);
        return;
    }
    const ptrdiff_t group = net->factor_group[f];
    b->spent[f] += bar * net->inverse_mobility[f] / p->spent[f];
    b->group[group] += bar * (1.0 - net->inverse_mobility[f]) / p->group_income[group];
    b->inverse_mobility[f] +=
        bar * (log(p->spent[f] / net->sales_usd[f]) - log(p->group_income[group] / p->group_income0[group]));
}

/* From the bars of incomes to those of own incomes, world factor income and transfers; returns the second. */
static double add_income_adjoint(ent_back *b, const double *income_bar, double *own_bar)
{
    const ent_pass *p = b->pass;
    const ptrdiff_t regions = p->net->regions;
    const int proportional = p->net->blueprint->closure == ENT_CLOSURE_PROPORTIONAL;
    double leak = 0.0, total = 0.0, leak_bar = 0.0, total_bar = 0.0, gdp_bar = 0.0;
    for (ptrdiff_t n = 0; n < regions; n++) {
        total += p->own_income[n];
        leak += p->transfer[n] * p->own_income[n] / p->own_income0[n];
    }
    for (ptrdiff_t n = 0; n < regions; n++) {
        leak_bar -= income_bar[n] * p->own_income[n] / total;
        total_bar += income_bar[n] * leak * p->own_income[n] / (total * total);
    }
    for (ptrdiff_t n = 0; n < regions; n++) {
        const double own = p->own_income[n] / p->own_income0[n], bar = income_bar[n];
        own_bar[n] = bar;
        if (proportional) {
            own_bar[n] += bar * (p->transfer[n] / p->own_income0[n] - leak / total) +
                          leak_bar * p->transfer[n] / p->own_income0[n] + total_bar;
            b->transfer[n] += (bar + leak_bar) * own;
        } else {
            gdp_bar += bar * p->transfer[n] / p->gdp0;
            b->transfer[n] += bar * p->gdp / p->gdp0;
        }
    }
    return gdp_bar;
}

/* Revenue cuts the income tax: log τ = −log(1 − ρ), ρ = R/S. */
static double tax_adjoint(ent_back *b, ptrdiff_t n)
{
    const ent_pass *p = b->pass;
    const int32_t labour = p->net->labour[n];
    if (p->net->blueprint->revenue != ENT_REVENUE_INCOME_TAX || labour < 0 || b->tax[n] == 0.0) return 0.0;
    const double rho = revenue(p, n) / p->spent[labour], bar = b->tax[n] / (1.0 - rho) / p->spent[labour];
    b->spent[labour] -= bar * rho;
    return bar;
}

void ent_incomes_adjoint(ent_back *b, const double *out_bar, double shift_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    double *income_bar = p->d_income, *own_bar = p->d_own_income; /* the tangent's room */
    for (ptrdiff_t s = 0; s < p->prices; s++) {
        const int32_t k = p->price_node[s];
        if (net->kind[k] == ENT_NODE_FACTOR && ent_is_shut(p, k)) continue;
        shift_bar -= out_bar[s];
        if (net->kind[k] == ENT_NODE_FACTOR)
            log_wage_adjoint(b, k, out_bar[s]);
        else
            b->log_price[k] += out_bar[s];
    }
    for (ptrdiff_t s = 0; s < p->sales; s++) {
        const int32_t k = p->sales_node[s];
        const double bar = out_bar[p->prices + s];
        if (ent_is_shut(p, k)) continue;
        shift_bar -= bar;
        if (net->kind[k] == ENT_NODE_HOUSEHOLD)
            income_bar[net->node_region[k]] = bar / p->income[net->node_region[k]];
        else if (net->kind[k] == ENT_NODE_FACTOR)
            b->spent[k] += bar / p->spent[k];
        else
            b->sold[k] += bar / p->sold[k];
    }
    const double gdp_bar = shift_bar / p->gdp + add_income_adjoint(b, income_bar, own_bar);
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const double revenue_bar = own_bar[n] + tax_adjoint(b, n);
        b->duties[n] += revenue_bar;
        b->export_taxes[n] += revenue_bar;
        b->levies[n] += own_bar[n];
        b->rents[n] += own_bar[n];
    }
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++)
        b->spent[f] += own_bar[net->node_region[f]] + gdp_bar + b->group[net->factor_group[f]];
}
