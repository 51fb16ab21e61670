/* back.c: see back.h. The floors stand beside their forward kernels in incomes.c, sales.c and prices.c; here is the
 * room, the order, and the chain from wedges to duties, taxes, costs and elasticities. */
// SPDX-License-Identifier: MIT
#include "equilibrium/back.h"
#include "num/boxcox.h"
#include "num/dot.h"
#include <string.h>

static void find_parts(const ent_back *b)
{
    const ent_network *net = b->pass->net;
    for (ptrdiff_t level = 0; level < net->levels; level++) {
        int64_t k = net->level_first[level], *first = b->part_first + level * (net->regions + 1);
        for (ptrdiff_t n = 0; n <= net->regions; n++) {
            while (k < net->level_first[level + 1] && net->node_region[k] < n) k++;
            first[n] = k;
        }
    }
}

/* Room for the bars of one reading. */
static int take_bars(ent_back *b, ent_arena *arena)
{
    const ent_pass *pass = b->pass;
    const ent_network *net = pass->net;
    const struct {
        double **array;
        ptrdiff_t length;
    } wanted[] = {
        {&b->log_price, net->nodes},
        {&b->log_cost, net->nodes},
        {&b->spent, net->nodes},
        {&b->sold, net->nodes},
        {&b->spread, net->nodes},
        {&b->rents, net->regions},
        {&b->kept, pass->views},
        {&b->taxed, pass->views},
        {&b->seen, pass->views},
        {&b->duties, net->regions},
        {&b->export_taxes, net->regions},
        {&b->entry, net->regions},
        {&b->levies, net->regions},
        {&b->tax, net->regions},
        {&b->group, net->regions * net->factors},
        {&b->log_productivity, net->nodes},
        {&b->subsidy, net->nodes},
        {&b->transfer, net->regions},
        {&b->scale, net->nodes},
        {&b->labour_supply, net->regions},
        {&b->inverse_mobility, net->nodes},
    };
    int there = 1;
    for (size_t a = 0; a < sizeof wanted / sizeof *wanted; a++)
        there &= (*wanted[a].array = ent_new0(arena, double, wanted[a].length)) != NULL;
    for (int a = 0; a < 4 && pass->squares.present; a++)
        there &= (b->square[a] = ent_new0(arena, double, pass->squares.J * pass->squares.stride)) != NULL;
    b->value = ent_new(arena, double, net->lanes); /* written before they are read: by squares only inner lanes are */
    b->price = ent_new(arena, double, net->lanes);
    b->weighted = ent_new(arena, double, net->lanes);
    b->told = ent_new(arena, int32_t, net->regions);
    return there && b->told != NULL && b->value != NULL && b->price != NULL && b->weighted != NULL;
}

ent_status ent_back_open_twin(const ent_back *back, ent_arena *arena, ent_back *twin)
{
    *twin = (ent_back){.pass = back->pass, .gate_pass = -1, .part_first = back->part_first, .early = back->early};
    return take_bars(twin, arena) ? ENT_OK : ENT_NO_MEMORY;
}

ent_status ent_back_open(ent_pass *pass, ent_arena *arena, ent_back *b, ent_error *err)
{
    const ent_network *net = pass->net;
    *b = (ent_back){.pass = pass, .gate_pass = -1};
    ENT_TRY(ent_pass_open_tangent(pass, arena, err));
    b->gate = ent_new0(arena, double, net->lanes);
    b->bend = ent_new0(arena, double, net->nodes);
    b->log_duty = ent_new0(arena, double, net->borders);
    b->log_export_tax = ent_new0(arena, double, net->borders);
    b->log_trade_cost = ent_new0(arena, double, net->borders);
    b->elasticity = ent_new0(arena, double, net->nodes);
    b->part_first = ent_new(arena, int64_t, net->levels * (net->regions + 1));
    if (!take_bars(b, arena) || b->gate == NULL || b->bend == NULL || b->log_duty == NULL ||
        b->log_export_tax == NULL || b->log_trade_cost == NULL || b->elasticity == NULL || b->part_first == NULL ||
        ent_early_open(pass, arena, &b->early) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the adjoint of a pass over %td edges", net->edges);
    find_parts(b);
    return ENT_OK;
}

static void clear(ent_back *b, double *z_bar)
{
    const ent_network *net = b->pass->net;
    const size_t nodes = (size_t)net->nodes * sizeof(double);
    const ptrdiff_t from = b->whole ? 0 : net->borders; /* else border lanes are written before they are read */
    const size_t regions = (size_t)net->regions * sizeof(double);
    memset(z_bar, 0, (size_t)b->pass->states * sizeof(double));
    memset(b->log_price, 0, nodes);
    memset(b->log_cost, 0, nodes);
    memset(b->spent, 0, nodes);
    memset(b->sold, 0, nodes);
    memset(b->subsidy, 0, nodes);
    memset(b->inverse_mobility, 0, nodes);
    memset(b->labour_supply, 0, regions);
    memset(b->value + from, 0, (size_t)(net->lanes - from) * sizeof(double));
    memset(b->duties, 0, regions);
    memset(b->export_taxes, 0, regions);
    memset(b->entry, 0, regions);
    memset(b->levies, 0, regions);
    memset(b->rents, 0, regions);
    memset(b->tax, 0, regions);
    memset(b->transfer, 0, regions);
    memset(b->group, 0, regions * (size_t)net->factors);
}

static void sow(ent_back *b, const ent_form *form, double *z_bar)
{
    const ent_pass *p = b->pass;
    if (form == NULL) return;
    for (ptrdiff_t k = 0; k < p->net->nodes; k++) {
        if (form->log_price != NULL) b->log_price[k] += form->log_price[k];
        if (form->log_cost != NULL) b->log_cost[k] += form->log_cost[k];
        if (form->log_spent != NULL && form->log_spent[k] != 0.0 && !ent_is_shut(p, k))
            b->spent[k] += form->log_spent[k] / p->spent[k];
    }
    for (ptrdiff_t q = 0; form->licence != NULL && q < p->quotas.count; q++)
        z_bar[ent_pass_core(p) + q] += form->licence[q];
    for (ptrdiff_t lane = 0; form->value != NULL && lane < p->net->lanes; lane++) b->value[lane] += form->value[lane];
}

/* ---- one border lane ---- */

int ent_back_is_enough(const ent_back *b)
{
    return b->pass->squares.present && b->pass->quotas.count == 0 && !b->pass->any_export_tax;
}

double ent_back_value(const ent_back *b, ptrdiff_t lane)
{
    const ent_pass *p = b->pass;
    if (!b->squared) return b->value[lane];
    const ptrdiff_t n = p->net->lane_region[lane];
    return b->duties[n] + p->border_part[lane] * (p->net->entry_share[n] * b->entry[n] - b->duties[n]) +
           p->seller_part[lane] * b->sold[p->net->seller[lane]];
}

/* Of log price at the gate, by squares: x a (c + (1 − B/V) r z (d − ν e)) + r s N (squares.h). */
static double wedge_of(const ent_back *b, ptrdiff_t lane, double spent)
{
    const ent_pass *p = b->pass;
    if (!b->squared) return b->price[lane];
    const ent_squares *s = &p->squares;
    const ptrdiff_t j = p->net->node_sector[p->net->seller[lane]], n = p->net->lane_region[lane];
    const double blame =
        b->square[2][j * s->stride + n] + (1.0 - p->border_part[lane]) * b->square[3][j * s->stride + n];
    const double kept = p->seller_part[lane] * b->sold[p->net->seller[lane]];
    return ent_squares_weight(s, p->net, lane) * blame + ent_lane_power(p->net, lane) * spent * kept;
}

/* w = φ log(1+t') + log(1+s') + log d̂;  B/V = 1/(1+t'), N/V = (1−ν)/((1+t')(1+s')) */
typedef struct {
    double wedge, at_border, kept;
} wedge_bars;

static wedge_bars wedge_bars_of(const ent_back *b, ptrdiff_t lane)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ptrdiff_t n = net->lane_region[lane], i = net->node_region[net->seller[lane]];
    const double v = ent_lane_weight(p, lane) * p->bought[lane], entry = net->entry_share[n];
    return (wedge_bars){.wedge = wedge_of(b, lane, v),
                        .at_border = v * p->border_part[lane] *
                                     (b->entry[n] * entry - b->duties[n] + b->export_taxes[i] * (1.0 - entry)),
                        .kept = v * p->seller_part[lane] * (b->sold[net->seller[lane]] - b->export_taxes[i])};
}

double ent_back_log_duty(const ent_back *b, ptrdiff_t lane)
{
    const wedge_bars bar = wedge_bars_of(b, lane);
    return b->pass->net->duty_power[b->pass->net->lane_region[lane]] * bar.wedge - bar.at_border - bar.kept;
}

double ent_back_log_export_tax(const ent_back *b, ptrdiff_t lane)
{
    const wedge_bars bar = wedge_bars_of(b, lane);
    return bar.wedge - bar.kept;
}

static void harvest_wedges(ent_back *b)
{
    const ent_network *net = b->pass->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const wedge_bars bar = wedge_bars_of(b, lane);
        b->log_duty[lane] = net->duty_power[net->lane_region[lane]] * bar.wedge - bar.at_border - bar.kept;
        b->log_export_tax[lane] = bar.wedge - bar.kept;
        b->log_trade_cost[lane] = bar.wedge;
    }
}

/* log price at the gate: the seller's where no wedge changed, else from its weight exp(r u) or its Box–Cox form. */
static double log_gate(const ent_pass *p, ptrdiff_t lane)
{
    const int border = lane < p->net->borders;
    if (!border || (p->wedge_factor[lane] == 1.0 && p->wedge_shift[lane] == 0.0))
        return p->log_price[p->net->seller[lane]];
    const double r = ent_lane_power(p->net, lane), x = p->delivered[lane];
    if (!(ces_weight(x, r) > 0.0)) return 0.0; /* it is not bought, at whatever price */
    return is_steep(r) ? log(x) / r : box_cox_inverse(x, r);
}

/* Elasticities at given prices, r = 1 − σ, m = Σ s u over the edges of a node, s = ω weight/unit:
 *   d log ĉ/dr = (m − log ĉ)/r   → ½ Σ s (u − m)² as r → 0
 *   dV_e/dr    = V_e (u_e − m), of which the bar of log ĉ has had −r d log ĉ/dr already
 * What the point alone decides is kept for all objectives there. */
static void measure_bends(ent_back *b)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    if (b->gate_pass == p->passes) return;
    b->gate_pass = p->passes;
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) b->gate[lane] = ent_lane_weight(p, lane) * log_gate(p, lane);
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        const double r = 1.0 - net->elasticity[k];
        double m = 0.0, square = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const double part = net->share[e] * b->gate[net->edge_lane[e]];
            m += part;
            if (fabs(r) < 1e-3) square += part * log_gate(p, net->edge_lane[e]);
        }
        m /= p->unit[k];
        square /= p->unit[k];
        b->bend[k] =
            fabs(r) < 1e-3 ? 0.5 * (square - m * m / p->share_sum[k]) : (m - (p->log_cost[k] - p->cost_shift[k])) / r;
    }
}

static void harvest_elasticities(ent_back *b)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    measure_bends(b);
    memset(b->weighted, 0, (size_t)net->lanes * sizeof *b->weighted);
    ent_multiply(net->lanes, b->gate, b->value, b->weighted);
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        const double cost = p->log_cost[k] - p->cost_shift[k];
        const double moved = p->paid[k] * ent_row_sum(p, k, b->weighted);
        const double paid_bar = b->spread[k]; /* Σ V̄ V over the node's edges */
        b->elasticity[k] = -(b->log_cost[k] * b->bend[k] + moved - paid_bar * cost);
    }
}

/* A form in prices and in sales that are unknowns says nothing to any lane. */
static int says_nothing_to_sales(const ent_back *b, const ent_form *form)
{
    const ent_network *net = b->pass->net;
    if (form == NULL || form->value != NULL) return 0;
    for (ptrdiff_t k = 0; k < net->nodes && form->log_spent != NULL; k++) {
        const int open = b->pass->sales_state[k] >= 0 && net->kind[k] != ENT_NODE_FACTOR;
        if (form->log_spent[k] != 0.0 && !open) return 0;
    }
    return 1;
}

static void skip_sales(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ptrdiff_t from = b->squared ? p->net->borders : 0;
    memset(b->price + from, 0, (size_t)(p->net->lanes - from) * sizeof *b->price);
    for (int a = 0; a < 4 && b->squared; a++)
        memset(b->square[a], 0, (size_t)(p->squares.J * p->squares.stride) * sizeof *b->square[a]);
    for (ptrdiff_t s = 0; s < p->sales; s++)
        z_bar[p->prices + s] += b->spent[p->sales_node[s]] * p->spent[p->sales_node[s]];
}

void ent_back_read(ent_back *b, const double *out_bar, const ent_form *form, const int32_t *region, ptrdiff_t regions,
                   double *z_bar)
{
    ent_pass_show(b->pass);
    b->whole = 0;
    b->squared = 1;
    clear(b, z_bar);
    sow(b, form, z_bar);
    ent_incomes_adjoint(b, out_bar, ent_quotas_answer_adjoint(b, out_bar, z_bar));
    ent_sales_adjoint_read(b, region, regions, z_bar);
    ent_prices_adjoint_read(b, region, regions, z_bar);
}

/* Regions some of whose nodes have a bar now. */
static ptrdiff_t find_told(const ent_back *b)
{
    const ent_network *net = b->pass->net;
    ptrdiff_t count = 0;
    for (ptrdiff_t n = 0; n < net->regions; n++) b->told[n] = 0;
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (b->log_price[k] != 0.0 || b->log_cost[k] != 0.0) b->told[net->node_region[k]] = 1;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (b->told[n]) b->told[count++] = (int32_t)n;
    return count;
}

void ent_back_form(ent_back *b, const ent_form *form, double *z_bar)
{
    const ent_squares *s = &b->pass->squares;
    if (!ent_back_is_enough(b) || !says_nothing_to_sales(b, form)) {
        ent_back_run(b, NULL, form, ENT_BACK_STATES, z_bar);
        return;
    }
    b->whole = 0;
    b->squared = 1;
    clear(b, z_bar);
    sow(b, form, z_bar);
    const ptrdiff_t told = find_told(b);
    skip_sales(b, z_bar);
    ent_prices_adjoint_read(b, b->told, told, z_bar);
    for (ptrdiff_t j = 0; j < s->J; j++)
        for (ptrdiff_t r = 0; r < told; r++)
            ent_squares_blame_of(s, j, b->told[r], b->square[2][j * s->stride + b->told[r]],
                                 b->square[1] + j * s->stride);
    ent_prices_adjoint_hand(b, z_bar);
}

/* ---- a run ---- */

static void begin(ent_back *b, const double *out_bar, const ent_form *form, int policy, double *z_bar)
{
    const ent_pass *p = b->pass;
    ent_pass_show(b->pass);
    b->whole = policy || p->quotas.count > 0 || (form != NULL && form->value != NULL);
    b->squared = p->squares.present && !b->whole && !p->any_export_tax;
    clear(b, z_bar);
    sow(b, form, z_bar);
    const double shift_bar = ent_quotas_answer_adjoint(b, out_bar, z_bar);
    if (out_bar != NULL) ent_incomes_adjoint(b, out_bar, shift_bar);
}

static void meet_sellers(ent_back *const *b, ptrdiff_t many)
{
    const ent_squares *s = &b[0]->pass->squares;
    const double *at_seller[ENT_BACK_MANY] = {NULL};
    double *worth[ENT_BACK_MANY] = {NULL};
    for (ptrdiff_t v = 0; v < many; v++)
        memset(b[v]->square[1], 0, (size_t)(s->J * s->stride) * sizeof *b[v]->square[1]);
    for (ptrdiff_t j = 0; j < s->J; j++) {
        for (ptrdiff_t v = 0; v < many; v++) {
            at_seller[v] = b[v]->square[0] + j * s->stride;
            worth[v] = b[v]->square[1] + j * s->stride;
        }
        ent_squares_worth(s, j, many, at_seller, worth);
    }
}

static void meet_buyers(ent_back *const *b, ptrdiff_t many)
{
    const ent_squares *s = &b[0]->pass->squares;
    const double *cost[ENT_BACK_MANY] = {NULL}, *duty[ENT_BACK_MANY] = {NULL};
    double *out[ENT_BACK_MANY] = {NULL};
    for (ptrdiff_t v = 0; v < many; v++)
        memset(b[v]->square[1], 0, (size_t)(s->J * s->stride) * sizeof *b[v]->square[1]);
    for (ptrdiff_t j = 0; j < s->J; j++) {
        for (ptrdiff_t v = 0; v < many; v++) {
            cost[v] = b[v]->square[2] + j * s->stride;
            duty[v] = b[v]->square[3] + j * s->stride;
            out[v] = b[v]->square[1] + j * s->stride;
        }
        ent_squares_blame(s, j, many, cost, duty, out);
    }
}

void ent_back_run_many(ent_back *const *b, ptrdiff_t many, const double *const *out_bar, const ent_form *form,
                       double *const *z_bar)
{
    for (ptrdiff_t v = 0; v < many; v++) {
        begin(b[v], out_bar[v], form + v, ENT_BACK_STATES, z_bar[v]);
        ent_sales_adjoint_open(b[v], z_bar[v]);
    }
    if (b[0]->squared) meet_sellers(b, many);
    for (ptrdiff_t v = 0; v < many; v++) {
        ent_sales_adjoint_close(b[v], z_bar[v]);
        ent_prices_adjoint_open(b[v], z_bar[v]);
    }
    if (b[0]->squared) meet_buyers(b, many);
    for (ptrdiff_t v = 0; v < many; v++) {
        ent_prices_adjoint_close(b[v], z_bar[v]);
        ent_quotas_wedge_adjoint(b[v], z_bar[v]);
    }
}

void ent_back_run(ent_back *b, const double *out_bar, const ent_form *form, int policy, double *z_bar)
{
    begin(b, out_bar, form, policy, z_bar);
    if (out_bar == NULL && !policy && says_nothing_to_sales(b, form)) {
        skip_sales(b, z_bar);
    } else {
        ent_sales_adjoint_open(b, z_bar);
        if (b->squared) meet_sellers(&b, 1);
        ent_sales_adjoint_close(b, z_bar);
    }
    ent_prices_adjoint_open(b, z_bar);
    if (b->squared) meet_buyers(&b, 1);
    ent_prices_adjoint_close(b, z_bar);
    ent_quotas_wedge_adjoint(b, z_bar);
    if (!policy) return;
    harvest_wedges(b);
    ent_quotas_harvest(b);
    if (policy == ENT_BACK_POLICY) harvest_elasticities(b);
    for (ptrdiff_t k = 0; k < b->pass->net->nodes; k++)
        b->subsidy[k] /= -exp(b->pass->price_shift[k]); /* d log(1 − rate) */
}
