/* regions.c: E13 by region.
 *
 *   real income     Ŵ = Î/P̂, EV = I (Ŵ − 1)
 *   welfare         Ŵ, or with elastic labour d Î/P̂ + (1 − d) ŵL̂/P̂, d = E/(E − κ/(1+κ) (1 − r) Y)   (E17, [ILMS])
 *   real GDP        Laspeyres volume of final use plus exports less imports, at benchmark prices
 *   terms of trade  Laspeyres prices of exports (f.o.b.) over those of imports (c.i.f., before duty) */
// SPDX-License-Identifier: MIT
#include "outcome/scene.h"
#include <math.h>

static void add_trade(const ent_scene *s)
{
    const ent_network *net = s->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t importer = net->lane_region[lane], exporter = ent_lane_exporter(net, lane);
        ent_trade_sums *to = &s->trade[importer], *from = &s->trade[exporter];
        const double b0 = s->border0[lane], b1 = s->border1[lane], tax = net->export_tax[lane];
        from->export_taxes0 += b0 * (1.0 - net->entry_share[importer]) * (tax / (1.0 + tax));
        to->duties0 += b0 * net->duty[lane];
        if (importer == exporter) continue;
        from->exports0 += b0;
        from->exports1 += b1;
        from->export_volume += b0 * s->quantity[lane];
        from->export_price += b0 * s->export_price[lane];
        to->imports0 += b0;
        to->imports1 += b1;
        to->import_volume += b0 * s->quantity[lane];
        to->import_price += b0 * s->import_price[lane];
    }
}

typedef struct {
    double labour0, labour1, gdp0, gdp1, log_supply;
} ent_factor_sums;

static ent_factor_sums add_factors(const ent_scene *s, ptrdiff_t n)
{
    ent_factor_sums sum = {0};
    const ent_network *net = s->net;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        if (net->node_region[f] != n) continue;
        sum.gdp0 += net->sales_usd[f];
        sum.gdp1 += s->eq->sales_usd[f];
        if (net->node_user[f] != 0) continue;
        sum.labour0 += net->sales_usd[f];
        sum.labour1 += s->eq->sales_usd[f];
        if (net->labour[n] == f) sum.log_supply = s->eq->log_factor_supply[f];
    }
    return sum;
}

/* d Î/P̂ + (1 − d) ŵL̂/P̂ */
static double welfare(const ent_scene *s, ptrdiff_t n, const ent_factor_sums *f, double real_income, double prices)
{
    const double kappa = s->net->blueprint->labour_supply;
    if (kappa == 0.0) return real_income;
    const int cut = s->net->blueprint->revenue == ENT_REVENUE_INCOME_TAX;
    const double revenue = s->eq->duties_usd[n] + s->eq->export_taxes_usd[n];
    const double r = cut ? revenue / f->labour1 : 0.0, spent = s->eq->benchmark_income_usd[n];
    const double d = spent / (spent - kappa / (1.0 + kappa) * (1.0 - r) * f->labour0);
    return d * real_income + (1.0 - d) * (f->labour1 / f->labour0) / prices;
}

static double real_gdp(const ent_scene *s, ptrdiff_t n, const ent_trade_sums *t)
{
    const ptrdiff_t h = s->net->household[n];
    const double use0 = s->net->sales_usd[h], use = s->eq->sales_usd[h] / exp(s->eq->log_price[h]);
    return (use + t->export_volume - t->import_volume) / (use0 + t->exports0 - t->imports0);
}

static void measure_region(ent_scene *s, ptrdiff_t n)
{
    const ent_trade_sums t = s->trade[n];
    const ent_factor_sums f = add_factors(s, n);
    const double income0 = s->eq->benchmark_income_usd[n], income1 = s->eq->income_usd[n];
    const double prices = exp(s->eq->log_price[s->net->household[n]]);
    const double real_income = income1 / income0 / prices;
    const double employment = exp(f.log_supply), wage = f.labour1 / f.labour0 / employment;
    ent_note_region(s, ENT_REGION_real_income, n, 1.0, real_income);
    ent_note_region(s, ENT_REGION_equivalent_variation, n, 0.0, income0 * (real_income - 1.0));
    ent_note_region(s, ENT_REGION_welfare, n, 1.0, welfare(s, n, &f, real_income, prices));
    ent_note_region(s, ENT_REGION_wage, n, 1.0, wage);
    ent_note_region(s, ENT_REGION_price_index, n, 1.0, prices);
    ent_note_region(s, ENT_REGION_real_wage, n, 1.0, wage / prices);
    ent_note_region(s, ENT_REGION_employment, n, 1.0, employment);
    ent_note_region(s, ENT_REGION_income, n, income0, income1);
    ent_note_region(s, ENT_REGION_gdp, n, f.gdp0, f.gdp1);
    ent_note_region(s, ENT_REGION_real_gdp, n, 1.0, real_gdp(s, n, &t));
    ent_note_region(s, ENT_REGION_tariff_revenue, n, t.duties0, s->eq->duties_usd[n]);
    ent_note_region(s, ENT_REGION_export_tax_revenue, n, t.export_taxes0, s->eq->export_taxes_usd[n]);
    ent_note_region(s, ENT_REGION_licence_rents, n, 0.0, s->eq->rents_usd[n]);
    ent_note_region(s, ENT_REGION_exports, n, t.exports0, t.exports1);
    ent_note_region(s, ENT_REGION_imports, n, t.imports0, t.imports1);
    ent_note_region(s, ENT_REGION_trade_balance, n, t.exports0 - t.imports0, t.exports1 - t.imports1);
    if (t.exports0 > 0.0) ent_note_region(s, ENT_REGION_real_exports, n, 1.0, t.export_volume / t.exports0);
    if (t.imports0 <= 0.0) return;
    ent_note_region(s, ENT_REGION_real_imports, n, 1.0, t.import_volume / t.imports0);
    ent_note_region(s, ENT_REGION_average_duty, n, t.duties0 / t.imports0, s->eq->duties_usd[n] / t.imports1);
    if (t.exports0 > 0.0)
        ent_note_region(s, ENT_REGION_terms_of_trade, n, 1.0,
                        t.export_price / t.exports0 / (t.import_price / t.imports0));
}

void ent_measure_regions(ent_scene *s)
{
    double before = 0.0, after = 0.0;
    add_trade(s);
    for (ptrdiff_t n = 0; n < s->net->regions; n++) {
        measure_region(s, n);
        before += s->eq->benchmark_income_usd[n];
        after += s->eq->benchmark_income_usd[n] * ent_outcome_region(s->out, ENT_REGION_real_income, n);
    }
    s->out->world_real_income = after / before;
}
