/* decompose.c: exact decomposition of real income (E14), from the network's own accounts. docs/DECOMPOSITION.md derives
 * it; here is what is added up. At any point of the way, with all values of that point in units of world factor income,
 *
 *   I dlnW = dI − I dlnP                                                        household's budget (E8), CES envelope
 *     = Σ exports (1−ν_m) B dln(pX)  −  Σ imports (1−ν_n) B dln(pX)             terms of trade
 *     + Σ bought  t B dln m                                                     duty wedges
 *     + Σ sold    s N dln q  +  Σ producers Λ dln(S/p)                          tax wedges, with levies and subsidies
 *     + Σ bought  (Y−1) T B dln m + Σ sold (Z−1) X N dln q + d(rents shared)     licences
 *     − Σ bought  B dln d                                                       trade costs, bans, queues
 *     + Σ nodes   C dln A                                                       productivity
 *     + Σ nodes   C ψ (dln S − dln base)  +  Σ bought {(1−φ) V dln T + ν B (dln w − dln(pX))}      scale; E17
 *     + dTr                                                                     transfers
 *     + Σ factors w dL                                                          factor supply
 *
 *   V = T B spending over a lane, B at the border = pX q/(1−ν), N = (1−ν) B/X;  T = 1+t, X = 1+s, d iceberg
 *   Y licences on top of the duty, V = Y T B; Z in the border price, which is then pXZ q/(1−ν); those wasted are in d
 *   q = N/p leaves the seller's gate, m = q/d arrives;  Λ_k = (1−λ_k) S_k levies of a producer, C_k = λ_k S_k its costs
 *
 * Home lanes stand in every sum but the first. A producer whose published exponents sum to Ω ≠ 1 (N2) has C/Ω in place
 * of C; what that leaves over is a tax wedge too, some 1e-9 of income. Factors of one region that move between sectors
 * (E9) have Σ w dL = 0: moving has no effect of its own but through the wedges above.
 *
 * Every term is ∫ a db over λ, with a and b sampled at Chebyshev points and db taken of the polynomial through them.
 * Volumes go in as levels (t B dln m = t pXd dm), since a flow may vanish on the way. */
// SPDX-License-Identifier: MIT
#include "num/chebyshev.h"
#include "outcome/route.h"
#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    FIRST_INTERVALS = 4
};
static const double within = 1e-8;  /* of the sum against the exact ln Ŵ */
static const double settled = 1e-5; /* of each part, from n/2 to n intervals: errors fall so fast that then n has them
                                       near the square of it; a sum alone could be right by luck */

static_assert((int)ENT_REGION_exact_sum - (int)ENT_REGION_exact_terms_of_trade == (int)ENT_PARTS,
              "the parts are the region variables exact_..., in their order");

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_route *route;
    ent_chebyshev rule;
    ptrdiff_t points;
    double *unit;       /* [points] 1 over world factor income, benchmark = 1 */
    double *per_income; /* [points][regions] 1/I, I in these units */
    double *slope;      /* [nodes][points] dlog p/dλ in these units, of producers and factors; else unused */
    double *share_sum;  /* [nodes] Ω of producers */
    ent_decomposition *out;
} sums;

/* ---- bits of ∫ a db ---- */

static double derivative(const sums *s, ptrdiff_t i, const double *b)
{
    const double *row = s->rule.derive + i * s->points;
    double sum = 0.0;
    for (ptrdiff_t j = 0; j < s->points; j++) sum += row[j] * b[j];
    return sum;
}

/* `amount` is what a point adds to I dlnW of region n, weight included. Returns it over income, for sums by flow. */
static double add(const sums *s, ent_part part, ptrdiff_t n, ptrdiff_t i, double amount)
{
    const double share = amount * s->per_income[i * s->net->regions + n];
    s->out->part_usd[part * s->net->regions + n] += amount;
    s->out->part[part * s->net->regions + n] += share;
    return share;
}

static double log_change(double from, double to)
{
    return from == to ? 0.0 : log1p(to) - log1p(from);
}

/* ---- lanes ---- */

typedef struct {
    ptrdiff_t lane, seller, importer, exporter;
    double d_duty, d_tax;                   /* slopes of log T, X */
    double d_import, d_export;              /* of the licences Y, Z */
    int banned;                             /* at the end of the way */
    double d_cost[ENT_ROUTE_MOST + 1];      /* slope of log d, 0 at the end of a ban, where nothing is bought */
    double log_cost[ENT_ROUTE_MOST + 1];    /* log d */
    double border[ENT_ROUTE_MOST + 1];      /* B, as the equilibrium has it */
    double duty_factor[ENT_ROUTE_MOST + 1]; /* T */
    double tax_factor[ENT_ROUTE_MOST + 1];  /* X */
    double import[ENT_ROUTE_MOST + 1];      /* Y: licences on top of the duty, and */
    double export[ENT_ROUTE_MOST + 1];      /* Z: within the border price */
    double factor[ENT_ROUTE_MOST + 1];      /* of a wedge */
    double volume[ENT_ROUTE_MOST + 1];      /* m or q */
    double gate_price[ENT_ROUTE_MOST + 1];  /* p, as the equilibrium has it */
} border_lane;

static void look_at(const sums *s, ptrdiff_t lane, border_lane *b)
{
    const ent_network *net = s->net;
    b->lane = lane;
    b->seller = net->seller[lane];
    b->importer = net->lane_region[lane];
    b->exporter = net->node_region[b->seller];
    b->d_duty = log_change(net->duty[lane], s->policy->duty[lane]);
    b->d_tax = log_change(net->export_tax[lane], s->policy->export_tax[lane]);
    b->d_import = log(s->route->licence.on_import[lane]);
    b->d_export = log(s->route->licence.on_export[lane]);
    b->banned = s->route->ban_power[lane] != 0.0;
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double lambda = s->rule.point[i];
        b->duty_factor[i] = ent_route_factor(net->duty[lane], s->policy->duty[lane], lambda);
        b->tax_factor[i] = ent_route_factor(net->export_tax[lane], s->policy->export_tax[lane], lambda);
        b->log_cost[i] = ent_route_log_cost(s->route, lane, lambda);
        b->d_cost[i] = b->banned && lambda == 1.0 ? 0.0 : ent_route_cost_slope(s->route, lane, lambda);
        b->import[i] = exp(lambda * b->d_import);
        b->export[i] = exp(lambda * b->d_export);
        b->border[i] = ent_route_at(s->route, i)->lane_value_usd[lane] / (b->duty_factor[i] * b->import[i]);
    }
}

/* Terms of trade of both sides, and what a lane's trade costs and selection do to its buyer. */
static void add_prices(const sums *s, const border_lane *b)
{
    const ent_network *net = s->net;
    const ptrdiff_t n = b->importer, x = b->exporter, lane = b->lane;
    const double nu = net->entry_share[n], phi = net->duty_power[n];
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double value = s->rule.weight[i] * s->unit[i] * b->border[i];
        const double d_price = s->slope[b->seller * s->points + i] + b->d_tax + b->d_export;
        if (n != x) {
            const double terms = (1.0 - nu) * value * d_price;
            s->out->export_terms[lane] += add(s, ENT_PART_TERMS_OF_TRADE, x, i, terms);
            s->out->import_terms[lane] += add(s, ENT_PART_TERMS_OF_TRADE, n, i, -terms);
        }
        if (b->d_cost[i] != 0.0) add(s, ENT_PART_TRADE_COSTS, n, i, -value * b->d_cost[i]);
        if (phi != 1.0)
            add(s, ENT_PART_SCALE, n, i,
                (1.0 - phi) * value * b->duty_factor[i] * b->import[i] * (b->d_duty + b->d_import));
        if (nu > 0.0) add(s, ENT_PART_SCALE, n, i, nu * value * (s->slope[net->labour[n] * s->points + i] - d_price));
    }
}

/* Σ factor × B dln m, for what is due on what arrives; returns it over the importer's income. Where the lane is banned
 * in the end, d grows without bound: B dln m = B (dln q − dln d), with q smooth. */
static double add_arrivals(const sums *s, border_lane *b, ent_part part)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < s->points; i++)
        b->volume[i] = b->border[i] / (b->tax_factor[i] * b->export[i] * b -> gate_price[i]) *
                       (b->banned ? 1.0 : exp(-b->log_cost[i]));
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double melting = b->banned ? 1.0 : exp(b->log_cost[i]);
        const double price = b->tax_factor[i] * b->export[i] * b -> gate_price[i] * melting * s -> unit[i];
        double amount = b->factor[i] * price * derivative(s, i, b->volume);
        if (b->banned) amount -= b->factor[i] * b->border[i] * s->unit[i] * b->d_cost[i];
        sum += add(s, part, b->importer, i, s->rule.weight[i] * amount);
    }
    return sum;
}

/* Σ factor × N dln q, for what is due on what is sold; returns it over the exporter's income. */
static double add_departures(const sums *s, border_lane *b, ent_part part)
{
    const double kept = 1.0 - s->net->entry_share[b->importer];
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < s->points; i++)
        b->volume[i] = kept * b->border[i] / (b->tax_factor[i] * b->export[i] * b -> gate_price[i]);
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double amount = b->factor[i] * b->gate_price[i] * s->unit[i] * derivative(s, i, b->volume);
        sum += add(s, part, b->exporter, i, s->rule.weight[i] * amount);
    }
    return sum;
}

static void add_wedges(const sums *s, border_lane *b)
{
    const ptrdiff_t lane = b->lane;
    if (s->net->duty[lane] != 0.0 || s->policy->duty[lane] != 0.0) {
        for (ptrdiff_t i = 0; i < s->points; i++) b->factor[i] = b->duty_factor[i] - 1.0;
        s->out->duty_wedge[lane] += add_arrivals(s, b, ENT_PART_DUTY_WEDGES);
    }
    if (b->d_import != 0.0) {
        for (ptrdiff_t i = 0; i < s->points; i++) b->factor[i] = (b->import[i] - 1.0) * b->duty_factor[i];
        add_arrivals(s, b, ENT_PART_LICENCES);
    }
    if (s->net->export_tax[lane] != 0.0 || s->policy->export_tax[lane] != 0.0) {
        for (ptrdiff_t i = 0; i < s->points; i++) b->factor[i] = b->tax_factor[i] - 1.0;
        s->out->tax_wedge[lane] += add_departures(s, b, ENT_PART_TAX_WEDGES);
    }
    if (b->d_export != 0.0) {
        for (ptrdiff_t i = 0; i < s->points; i++) b->factor[i] = (b->export[i] - 1.0) * b->tax_factor[i];
        add_departures(s, b, ENT_PART_LICENCES);
    }
}

/* What the importer gets of a shared quota's rent on one lane, which the parts above have given to the exporter: a
 * licence takes P (e^l − 1) of the price P below it, and `below` is the log of P over (1−ν) B/Z. */
static void add_shared_rent(const sums *s, const ent_quota *quota, ptrdiff_t lane, double below)
{
    const double log_factor = log1p(quota->limit);
    double rent[ENT_ROUTE_MOST + 1];
    border_lane b;
    look_at(s, lane, &b);
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double lambda = s->rule.point[i], bare = b.border[i] / b.export[i];
        rent[i] = (1.0 - quota->to_exporter) * (1.0 - s->net->entry_share[b.importer]) * bare * exp(lambda * below) *
                  expm1(lambda * log_factor) * s->unit[i];
    }
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double amount = s->rule.weight[i] * derivative(s, i, rent);
        add(s, ENT_PART_LICENCES, b.exporter, i, -amount);
        add(s, ENT_PART_LICENCES, b.importer, i, amount);
    }
}

/* below: [borders] of zeros. */
static void add_shared_rents(const sums *s, double *below)
{
    for (ptrdiff_t q = 0; q < s->policy->quotas; q++) {
        const ent_quota *quota = s->route->quota + q;
        if (quota->rent != ENT_RENT_EXPORTER && quota->rent != ENT_RENT_SHARED) continue;
        for (ptrdiff_t c = 0; c < quota->lanes; c++) {
            if (quota->rent == ENT_RENT_SHARED && quota->limit != 0.0)
                add_shared_rent(s, quota, quota->lane[c], below[quota->lane[c]]);
            below[quota->lane[c]] += log1p(quota->limit);
        }
    }
}

static void add_lanes(const sums *s)
{
    border_lane b;
    for (ptrdiff_t lane = 0; lane < s->net->borders; lane++) {
        look_at(s, lane, &b);
        for (ptrdiff_t i = 0; i < s->points; i++) b.gate_price[i] = exp(ent_route_at(s->route, i)->log_price[b.seller]);
        add_prices(s, &b);
        add_wedges(s, &b);
    }
}

/* ---- nodes ---- */

/* C of node k at point i: what its inputs cost. */
static double cost_of(const sums *s, ptrdiff_t k, ptrdiff_t i)
{
    const ent_equilibrium *eq = ent_route_at(s->route, i);
    if (s->net->kind[k] != ENT_NODE_PRODUCER) return eq->sales_usd[k] * s->unit[i];
    const double subsidy = s->policy->subsidy[k] == 0.0 ? 0.0 : log1p(-s->policy->subsidy[k]);
    return (1.0 - s->net->levy_share[k]) * exp(-subsidy * s->rule.point[i]) * eq->sales_usd[k] * s->unit[i];
}

/* log S − log base of what measures a node's scale (E4): both in the same units, so that they need no other. */
static double log_scale(const sums *s, ptrdiff_t k, ptrdiff_t i)
{
    const ent_network *net = s->net;
    const ent_equilibrium *eq = ent_route_at(s->route, i);
    const int32_t size = net->scale_size[k], base = net->scale_base[k];
    return log(eq->sales_usd[size] / net->sales_usd[size]) - (base >= 0 ? eq->log_price[base] : eq->log_cost[k]);
}

/* Scale of a node whose size ends in 0: C ψ (dS/S − dln base), where C ∝ S; nothing at the end, where S falls as a
 * square. */
static void add_vanishing_scale(const sums *s, ptrdiff_t k)
{
    const ent_network *net = s->net;
    const int32_t size = net->scale_size[k], base = net->scale_base[k];
    double sales[ENT_ROUTE_MOST + 1], price[ENT_ROUTE_MOST + 1];
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const ent_equilibrium *eq = ent_route_at(s->route, i);
        sales[i] = eq->sales_usd[size];
        price[i] = base >= 0 ? eq->log_price[base] : eq->log_cost[k];
    }
    for (ptrdiff_t i = 0; i + 1 < s->points; i++) {
        const double cost = s->rule.weight[i] * cost_of(s, k, i) / s->share_sum[k];
        const double slope = derivative(s, i, sales) / sales[i] - derivative(s, i, price);
        add(s, ENT_PART_SCALE, net->node_region[k], i, cost * net->scale[k] * slope);
    }
}

static int vanishes(const sums *s, int32_t node)
{
    return node >= 0 && !(ent_route_at(s->route, s->points - 1)->sales_usd[node] > 0.0);
}

static void add_technology(const sums *s, ptrdiff_t k)
{
    const ent_network *net = s->net;
    const ptrdiff_t n = net->node_region[k];
    const double d_productivity = s->policy->log_productivity[k];
    const int ends = vanishes(s, net->scale_size[k]), scaled = net->scale_size[k] >= 0 && !ends;
    double scale[ENT_ROUTE_MOST + 1];
    if (ends) add_vanishing_scale(s, k);
    if (d_productivity == 0.0 && !scaled) return;
    for (ptrdiff_t i = 0; i < s->points && scaled; i++) scale[i] = log_scale(s, k, i);
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double cost = s->rule.weight[i] * cost_of(s, k, i) / s->share_sum[k];
        if (d_productivity != 0.0) add(s, ENT_PART_PRODUCTIVITY, n, i, cost * d_productivity);
        if (scaled) add(s, ENT_PART_SCALE, n, i, cost * net->scale[k] * derivative(s, i, scale));
    }
}

/* Levies of producer k: Λ dln(S/p). Where published exponents sum to Ω ≠ 1, what inputs would get with sum 1 is C/Ω:
 * labour gets C/Ω − C, the household S − C/Ω, and the part is (S − C/Ω) dln(S/p) + (C/Ω − C) dln w; where there is no
 * mobile labour, the household gets all, and it is Λ dln(S/p) + (C/Ω − C)(dln p − dσ), σ = log(1 − subsidy). */
static void add_levy(const sums *s, ptrdiff_t k)
{
    const ent_network *net = s->net;
    const ptrdiff_t n = net->node_region[k];
    const double whole = s->share_sum[k];
    const double d_sigma = s->policy->subsidy[k] == 0.0 ? 0.0 : log1p(-s->policy->subsidy[k]);
    const int of_labour = whole != 1.0 && net->labour[n] >= 0;
    double volume[ENT_ROUTE_MOST + 1];
    if (whole == 1.0 && net->levy_share[k] == 0.0 && d_sigma == 0.0) return;
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const ent_equilibrium *eq = ent_route_at(s->route, i);
        volume[i] = eq->sales_usd[k] / exp(eq->log_price[k]);
    }
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const double sales = ent_route_at(s->route, i)->sales_usd[k] * s->unit[i], cost = cost_of(s, k, i);
        const double rounding = cost / whole - cost, levy = of_labour ? sales - cost / whole : sales - cost;
        double amount = of_labour ? rounding * s->slope[net->labour[n] * s->points + i]
                                  : rounding * (s->slope[k * s->points + i] - d_sigma);
        if (volume[i] > 0.0) amount += levy / volume[i] * derivative(s, i, volume);
        add(s, ENT_PART_TAX_WEDGES, n, i, s->rule.weight[i] * amount);
    }
}

static void add_factor(const sums *s, ptrdiff_t f)
{
    double supply[ENT_ROUTE_MOST + 1], wage[ENT_ROUTE_MOST + 1];
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const ent_equilibrium *eq = ent_route_at(s->route, i);
        wage[i] = exp(eq->log_price[f]);
        supply[i] = eq->sales_usd[f] / wage[i];
    }
    for (ptrdiff_t i = 0; i < s->points; i++)
        add(s, ENT_PART_FACTOR_SUPPLY, s->net->node_region[f], i,
            s->rule.weight[i] * wage[i] * s->unit[i] * derivative(s, i, supply));
}

static void add_nodes(const sums *s)
{
    const ent_network *net = s->net;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) add_factor(s, f);
    for (int64_t k = net->level_first[1]; k < net->nodes; k++) add_technology(s, k);
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++) add_levy(s, k);
}

/* ---- regions ---- */

static double log_real_income(const ent_network *net, const ent_equilibrium *eq, ptrdiff_t n)
{
    return log(eq->income_usd[n] / eq->benchmark_income_usd[n]) - eq->log_price[net->household[n]];
}

/* Surpluses as a table states them (network.stated_usd) differ from its flows by their rounding; what the first point
 * therefore has of its own belongs to the transfers. */
static void add_transfers(const sums *s, ptrdiff_t n)
{
    double transfer[ENT_ROUTE_MOST + 1];
    for (ptrdiff_t i = 0; i < s->points; i++) transfer[i] = ent_route_at(s->route, i)->transfer_usd[n] * s->unit[i];
    for (ptrdiff_t i = 0; i < s->points; i++)
        add(s, ENT_PART_TRANSFERS, n, i, s->rule.weight[i] * derivative(s, i, transfer));
    s->out->part[ENT_PART_TRANSFERS * s->net->regions + n] += log_real_income(s->net, ent_route_at(s->route, 0), n);
}

static void close_sums(const sums *s)
{
    ent_decomposition *out = s->out;
    out->gap = 0.0;
    for (ptrdiff_t n = 0; n < s->net->regions; n++) {
        add_transfers(s, n);
        out->sum[n] = 0.0;
        for (int part = 0; part < ENT_PARTS; part++) out->sum[n] += out->part[part * s->net->regions + n];
        const double gap = fabs(out->sum[n] - out->exact[n]);
        if (!(gap <= out->gap)) out->gap = gap;
    }
}

/* ---- one rule ---- */

static double world_factor_income(const ent_network *net, const double *sales)
{
    double sum = 0.0;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) sum += sales[f];
    return sum;
}

/* Slopes of the prices of producers and factors, in units of world factor income. */
static void find_slopes(const sums *s)
{
    const ent_network *net = s->net;
    double log_price[ENT_ROUTE_MOST + 1];
    for (int64_t k = 0; k < net->level_first[6]; k++) {
        if (k == net->level_first[1]) k = net->level_first[5];
        for (ptrdiff_t i = 0; i < s->points; i++)
            log_price[i] = ent_route_at(s->route, i)->log_price[k] + log(s->unit[i]);
        for (ptrdiff_t i = 0; i < s->points; i++) s->slope[k * s->points + i] = derivative(s, i, log_price);
    }
}

static ent_status open_sums(sums *s, ent_arena *scratch, ent_error *err)
{
    const ent_network *net = s->net;
    const double before = world_factor_income(net, net->sales_usd);
    ENT_TRY(ent_chebyshev_make(s->route->n, scratch, &s->rule, err));
    s->points = s->rule.n + 1;
    s->unit = ent_new(scratch, double, s->points);
    s->per_income = ent_new(scratch, double, s->points * net->regions);
    s->slope = ent_new(scratch, double, net->level_first[6] * s->points);
    if (s->unit == NULL || s->per_income == NULL || s->slope == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to decompose %td points of the way", s->points);
    for (ptrdiff_t i = 0; i < s->points; i++) {
        const ent_equilibrium *eq = ent_route_at(s->route, i);
        s->unit[i] = before / world_factor_income(net, eq->sales_usd);
        for (ptrdiff_t n = 0; n < net->regions; n++)
            s->per_income[i * net->regions + n] = 1.0 / (eq->income_usd[n] * s->unit[i]);
    }
    find_slopes(s);
    return ENT_OK;
}

static void clear(ent_decomposition *d)
{
    memset(d->part, 0, (size_t)(ENT_PARTS * d->regions) * sizeof *d->part);
    memset(d->part_usd, 0, (size_t)(ENT_PARTS * d->regions) * sizeof *d->part_usd);
    memset(d->export_terms, 0, (size_t)d->flows * sizeof *d->export_terms);
    memset(d->import_terms, 0, (size_t)d->flows * sizeof *d->import_terms);
    memset(d->duty_wedge, 0, (size_t)d->flows * sizeof *d->duty_wedge);
    memset(d->tax_wedge, 0, (size_t)d->flows * sizeof *d->tax_wedge);
}

/* All sums over the points that the route has. */
static ent_status sum_up(sums s, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_TRY(open_sums(&s, &scratch, err));
    clear(s.out);
    double *below = ent_new0(&scratch, double, s.net->borders);
    if (below == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td borders", s.net->borders);
    add_lanes(&s);
    add_shared_rents(&s, below);
    add_nodes(&s);
    close_sums(&s);
    s.out->points = s.points;
    return ENT_OK;
}

/* ---- the whole ---- */

static ent_status take_room(const ent_network *net, ent_arena *arena, ent_decomposition *d)
{
    *d = (ent_decomposition){.regions = net->regions,
                             .flows = net->borders,
                             .part = ent_new0(arena, double, ENT_PARTS * net->regions),
                             .part_usd = ent_new0(arena, double, ENT_PARTS * net->regions),
                             .sum = ent_new0(arena, double, net->regions),
                             .exact = ent_new0(arena, double, net->regions),
                             .export_terms = ent_new0(arena, double, net->borders),
                             .import_terms = ent_new0(arena, double, net->borders),
                             .duty_wedge = ent_new0(arena, double, net->borders),
                             .tax_wedge = ent_new0(arena, double, net->borders),
                             .gap = INFINITY,
                             .change = INFINITY};
    return d->part == NULL || d->part_usd == NULL || d->sum == NULL || d->exact == NULL || d->export_terms == NULL ||
                   d->import_terms == NULL || d->duty_wedge == NULL || d->tax_wedge == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* Ω of producers, 1 for all else (N2); as the pass decides what is rounding. */
static void add_shares(const ent_network *net, double *share_sum)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) share_sum[k] = 1.0;
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        double sum = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) sum += net->share[e];
        if (fabs(sum - 1.0) >= 1e-13) share_sum[k] = sum;
    }
}

static ent_status refuse(const sums *s, ent_error *err)
{
    const ent_decomposition *d = s->out;
    ptrdiff_t worst = 0;
    for (ptrdiff_t n = 0; n < d->regions; n++)
        if (!(fabs(d->sum[n] - d->exact[n]) <= fabs(d->sum[worst] - d->exact[worst]))) worst = n;
    return ent_fail(
        err, ENT_NOT_CONVERGED,
        "the parts of the change in real income do not settle: with %td points on the way they miss its log "
        "by %.1e in %s, where %.0e is asked for, and moved by %.1e when the points were last doubled, where "
        "%.0e is; a smaller shock, or several scenarios one after another, may mend it",
        d->points, d->gap, s->net->table->regions.label[worst], within, d->change, settled);
}

static int is_done(const ent_decomposition *d)
{
    return d->gap <= within && d->change <= settled;
}

ent_status ent_outcome_decompose(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                 const ent_options *options, ent_arena *arena, ent_decomposition *d, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ent_route *route = ent_new(&scratch, ent_route, 1);
    double *before = ent_new(&scratch, double, ENT_PARTS * net->regions);
    sums s = {
        .net = net, .policy = policy, .route = route, .share_sum = ent_new(&scratch, double, net->nodes), .out = d};
    if (route == NULL || before == NULL || s.share_sum == NULL || take_room(net, arena, d) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to decompose %td regions and %td flows", net->regions,
                        net->borders);
    add_shares(net, s.share_sum);
    for (ptrdiff_t n = 0; n < net->regions; n++) d->exact[n] = log_real_income(net, eq, n);
    ENT_TRY(ent_route_begin(net, policy, eq, options, &scratch, route, err));
    for (ptrdiff_t n = FIRST_INTERVALS; n <= ENT_ROUTE_MOST && !is_done(d); n *= 2) {
        memcpy(before, d->part, (size_t)(ENT_PARTS * net->regions) * sizeof *before);
        ENT_TRY(ent_route_walk(route, n, err));
        ENT_TRY(sum_up(s, err));
        d->change = n == FIRST_INTERVALS ? (double)INFINITY : 0.0;
        for (ptrdiff_t c = 0; c < ENT_PARTS * net->regions; c++)
            d->change = fmax(d->change, fabs(d->part[c] - before[c]));
    }
    d->solves = route->solves;
    d->passes = route->passes;
    d->seconds = ent_seconds() - began;
    return is_done(d) ? ENT_OK : refuse(&s, err);
}

void ent_outcome_take_parts(ent_outcome *outcome, const ent_decomposition *d)
{
    const ptrdiff_t R = outcome->regions;
    for (int part = 0; part <= ENT_PARTS; part++)
        for (ptrdiff_t n = 0; n < R; n++) {
            const ptrdiff_t at = (ENT_REGION_exact_terms_of_trade + part) * R + n;
            outcome->region_benchmark[at] = 0.0;
            outcome->region_value[at] = 100.0 * (part < ENT_PARTS ? d->part[part * R + n] : d->sum[n]);
        }
}
