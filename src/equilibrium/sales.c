/* sales.c: sales down the levels, and what is collected on the way.
 *
 *   z_k       (1 − ℓ'_k) S_k/unit_k/Σ ω                         what node k spends, per unit of Σ ω_e (price)^r
 *   bought    Σ_e ω_e z_k over the edges of a lane
 *   (E5, E6)  V = weight × bought,  B = V/(1 + t),  N = (1 − ν) B/(1 + s)
 *   (E7)      S_l = Σ N over the lanes of l
 *
 * Border lanes are settled by blocks of buyer regions into partial sums, which are added in the order of the blocks:
 * the same bits for any number of threads. Tangent: dz = z (d log S − r d log ĉ), dV = d weight × bought +
 * weight × d bought. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "equilibrium/back.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

typedef struct {
    ent_pass *p;
    const double *z;
    ptrdiff_t level;
    int early; /* nodes behind the border are meant, or those before it */
} ent_sale_work;

static void spend(const ent_pass *p, ptrdiff_t k, double amount, double *bought)
{
    const ent_network *net = p->net;
    const ent_row *row = p->row + k;
    ent_add_run(row->length, row->share, amount, bought + row->lane);
    if (row->head > 0)
        ent_add_scatter(row->head, net->share + net->first[k], amount, bought, net->edge_lane + net->first[k]);
}

/* dV = dq bought + q d bought, q = the lane's weight (boxcox.h) */
static double lane_spending_tangent(const ent_pass *p, ptrdiff_t lane)
{
    return ces_slope(ent_lane_power(p->net, lane)) * p->d_delivered[lane] * p->bought[lane] +
           ent_lane_weight(p, lane) * p->d_bought[lane];
}

static double lane_spending(const ent_pass *p, ptrdiff_t lane)
{
    return ent_lane_weight(p, lane) * p->bought[lane];
}

double ent_sales_value(const ent_pass *p, ptrdiff_t lane)
{
    const ent_squares *s = &p->squares;
    return s->present ? ent_squares_value(s, p->net, lane) : lane_spending(p, lane);
}

double ent_sales_value_tangent(const ent_pass *p, ptrdiff_t lane)
{
    return lane_spending_tangent(p, lane);
}

static double sold_inside(const ent_pass *p, ptrdiff_t k)
{
    double sum = 0.0;
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) sum += lane_spending(p, p->own_lane[o]);
    return sum;
}

/* S of a node whose sales are no unknown. */
static double sold_by(const ent_pass *p, ptrdiff_t k)
{
    return p->early[k] && p->net->kind[k] == ENT_NODE_PRODUCER ? p->sold[k] : sold_inside(p, k);
}

static double sold_inside_tangent(const ent_pass *p, ptrdiff_t k)
{
    double sum = 0.0;
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) sum += lane_spending_tangent(p, p->own_lane[o]);
    return sum;
}

static void sell_block(void *state, ptrdiff_t block)
{
    const ent_sale_work *w = state;
    ent_pass *p = w->p;
    const int64_t *first = p->block_first + w->level * (p->blocks + 1) + block;
    for (int64_t k = first[0]; k < first[1]; k++) {
        const int32_t s = p->sales_state[k];
        if (p->early[k] != w->early) continue;
        if (s >= 0) p->sold[k] = sold_inside(p, k); /* for measures of scale; producers and households follow */
        p->spent[k] = s >= 0 ? p->net->sales_usd[k] * exp(w->z[s]) : sold_by(p, k);
        if (ent_is_shut(p, k)) p->spent[k] = 0.0;
        p->paid[k] = p->levy_part[k] / p->share_sum[k] * p->spent[k] / p->unit[k];
        if (p->squares.present && p->net->kind[k] == ENT_NODE_SOURCING)
            p->squares.paid[ent_square_place(&p->squares, p->net, k)] = p->paid[k];
        else
            spend(p, k, p->paid[k], p->bought);
    }
}

/* Levels downwards, of nodes behind the border or before it. */
static void descend(ent_sale_work *w, int early, ent_block_work *work)
{
    w->early = early;
    for (w->level = early ? 5 : w->p->net->levels - 1; w->level >= (early ? 3 : 1); w->level--)
        ent_blocks_run(w->p->blocks, w->p->threads, work, w);
}

/* (E6) what the sellers' regions collect on the way to n: gross − N. */
static void tax_exports(const ent_pass *p, ptrdiff_t n, double (*spending)(const ent_pass *, ptrdiff_t), double *taxed)
{
    const ent_network *net = p->net;
    for (int64_t lane = p->region_first[n]; lane < p->region_first[n + 1]; lane++)
        taxed[net->node_region[net->seller[lane]]] +=
            spending(p, lane) * (p->border_part[lane] * (1.0 - net->entry_share[n]) - p->seller_part[lane]);
}

/* What region n spends on each lane goes to sellers (by view) and to the border; sums: spent, at the border. */
static void settle_region(const ent_pass *p, ptrdiff_t n, double *sold, double sums[2])
{
    const int64_t from = p->region_first[n], to = p->region_first[n + 1];
    const ptrdiff_t lanes = (ptrdiff_t)(to - from);
    const double *x = p->delivered + from, *bought = p->bought + from;
    const double *to_seller = p->seller_part + from, *to_border = p->border_part + from;
    if (p->lanes_of[n] == ENT_LANES_RUN) {
        ent_settle_run(lanes, x, bought, to_seller, to_border, sold + p->lane_view[from], sums);
        return;
    }
    if (p->lanes_of[n] == ENT_LANES_STEEP) {
        ent_settle_scatter(lanes, x, bought, to_seller, to_border, p->lane_view + from, sold, sums);
        return;
    }
    for (int64_t lane = from; lane < to; lane++) {
        const double v = lane_spending(p, lane);
        sold[p->lane_view[lane]] += v * p->seller_part[lane];
        sums[0] += v;
        sums[1] += v * p->border_part[lane];
    }
}

static void settle_block(void *state, ptrdiff_t block)
{
    const ent_sale_work *w = state;
    ent_pass *p = w->p;
    const ent_network *net = p->net;
    double *sold = p->partial + block * p->views, *taxed = p->taxed + block * net->regions;
    memset(sold, 0, (size_t)p->views * sizeof *sold);
    memset(taxed, 0, (size_t)net->regions * sizeof *taxed);
    for (int64_t n = p->region_block[block]; n < p->region_block[block + 1]; n++) {
        double sums[2] = {0};
        settle_region(p, n, sold, sums);
        p->duties[n] = sums[0] - sums[1];
        p->entry[n] = net->entry_share[n] * sums[1];
        if (p->any_export_tax) tax_exports(p, n, lane_spending, taxed);
    }
}

/* Who gets a producer's levy, by parts of its sales. The household; but what is only the rounding of published
 * exponents (N2), what they would pay out with sum 1 less what they do, is labour's, so that wages obey [CP]'s balance
 * of trade with the exponents as published. Subsidies and taxes are the household's there too. */
typedef struct {
    double household, labour;
} ent_levy_parts;

static ent_levy_parts levy_parts(const ent_pass *p, ptrdiff_t k)
{
    const double sum = p->share_sum[k], paid = p->levy_part[k];
    if (sum == 1.0 || p->net->labour[p->net->node_region[k]] < 0) return (ent_levy_parts){1.0 - paid, 0.0};
    if (fabs(1.0 - paid / sum) < 1e-13)
        return (ent_levy_parts){0.0, 1.0 - paid}; /* no tax: not its last digit either */
    return (ent_levy_parts){1.0 - paid / sum, paid / sum * (1.0 - sum)};
}

static void add_levies(const ent_pass *p, double *spent, double *levies)
{
    const ent_network *net = p->net;
    memset(levies, 0, (size_t)net->regions * sizeof *levies);
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        const ptrdiff_t n = net->node_region[k];
        const ent_levy_parts part = levy_parts(p, k);
        levies[n] += part.household * spent[k];
        if (part.labour != 0.0) spent[net->labour[n]] += part.labour * spent[k];
    }
}

/* Add the blocks up in their order. */
static void gather_blocks(const ent_pass *p, double *sold, double *export_taxes)
{
    const ent_network *net = p->net;
    memset(export_taxes, 0, (size_t)net->regions * sizeof *export_taxes);
    for (ptrdiff_t block = 1; block < p->blocks; block++)
        ent_add_run(p->views, p->partial + block * p->views, 1.0, p->partial);
    for (ptrdiff_t block = 0; block < p->blocks; block++)
        ent_add_run(net->regions, p->taxed + block * net->regions, 1.0, export_taxes);
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) sold[k] = 0.0;
    for (ptrdiff_t v = 0; v < p->views; v++) sold[p->view_node[v]] += p->partial[v];
}

static void sell_square(void *state, ptrdiff_t sector)
{
    const ent_sale_work *w = state;
    ent_squares_sell(&w->p->squares, sector);
}

/* The same by squares (squares.h). */
static void settle_squares(ent_sale_work *w)
{
    ent_pass *p = w->p;
    const ent_network *net = p->net;
    const ent_squares *s = &p->squares;
    ent_blocks_run(s->J, p->threads, sell_square, w);
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        double spent = 0.0;
        p->duties[n] = 0.0;
        for (ptrdiff_t at = n; at < s->J * s->stride; at += s->stride) {
            spent += s->paid[at] * s->cost[at];
            p->duties[n] += s->duties[at];
        }
        p->entry[n] = net->entry_share[n] * (spent - p->duties[n]);
    }
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        p->sold[k] = s->sold[ent_square_place(s, net, k)];
    memset(p->export_taxes, 0, (size_t)net->regions * sizeof *p->export_taxes);
    if (!p->any_export_tax) return;
    ent_pass_show(p);
    for (ptrdiff_t n = 0; n < net->regions; n++) tax_exports(p, n, lane_spending, p->export_taxes);
}

void ent_sales_show(ent_pass *p)
{
    const ent_network *net = p->net;
    memset(p->bought, 0, (size_t)net->borders * sizeof *p->bought);
    for (ptrdiff_t k = net->level_first[2]; k < net->level_first[3]; k++) spend(p, k, p->paid[k], p->bought);
}

void ent_sales_run(ent_pass *p, const double *z)
{
    const ent_network *net = p->net;
    const ptrdiff_t from = p->squares.present ? net->borders : 0;
    ent_sale_work work = {.p = p, .z = z};
    memset(p->bought + from, 0, (size_t)(net->lanes - from) * sizeof *p->bought);
    descend(&work, 0, sell_block);
    if (p->squares.present) {
        settle_squares(&work);
    } else {
        ent_blocks_run(p->blocks, p->threads, settle_block, &work);
        gather_blocks(p, p->sold, p->export_taxes);
    }
    if (p->any_early) descend(&work, 1, sell_block);
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) p->spent[k] = sold_inside(p, k);
    ent_quotas_settle(p, z);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (net->labour[n] >= 0) p->spent[net->labour[n]] += p->entry[n];
    add_levies(p, p->spent, p->levies);
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) p->sold[k] = p->spent[k];
}

/* ---- tangent ---- */

static double sold_by_tangent(const ent_pass *p, ptrdiff_t k)
{
    return p->early[k] && p->net->kind[k] == ENT_NODE_PRODUCER ? p->d_sold[k] : sold_inside_tangent(p, k);
}

static void sell_block_tangent(void *state, ptrdiff_t block)
{
    const ent_sale_work *w = state;
    ent_pass *p = w->p;
    const int64_t *first = p->block_first + w->level * (p->blocks + 1) + block;
    for (int64_t k = first[0]; k < first[1]; k++) {
        const int32_t s = p->sales_state[k];
        if (p->early[k] != w->early) continue;
        if (s >= 0) p->d_sold[k] = sold_inside_tangent(p, k);
        if (ent_is_shut(p, k)) {
            p->d_spent[k] = 0.0;
            continue;
        }
        const double d_log_spent = s >= 0 ? w->z[s] : sold_by_tangent(p, k) / p->spent[k];
        const double r = 1.0 - p->net->elasticity[k];
        p->d_spent[k] = p->spent[k] * d_log_spent;
        spend(p, k, p->paid[k] * (d_log_spent - r * p->d_log_cost[k]), p->d_bought);
    }
}

static void settle_block_tangent(void *state, ptrdiff_t block)
{
    const ent_sale_work *w = state;
    ent_pass *p = w->p;
    const ent_network *net = p->net;
    double *sold = p->partial + block * p->views, *taxed = p->taxed + block * net->regions;
    memset(sold, 0, (size_t)p->views * sizeof *sold);
    memset(taxed, 0, (size_t)net->regions * sizeof *taxed);
    for (int64_t n = p->region_block[block]; n < p->region_block[block + 1]; n++) {
        double spent = 0.0, at_border = 0.0;
        for (int64_t lane = p->region_first[n]; lane < p->region_first[n + 1]; lane++) {
            const double v = lane_spending_tangent(p, lane);
            sold[p->lane_view[lane]] += v * p->seller_part[lane];
            spent += v;
            at_border += v * p->border_part[lane];
        }
        p->d_duties[n] = spent - at_border;
        p->d_entry[n] = net->entry_share[n] * at_border;
        if (p->any_export_tax) tax_exports(p, n, lane_spending_tangent, taxed);
    }
}

void ent_sales_tangent(ent_pass *p, const double *v)
{
    const ent_network *net = p->net;
    ent_sale_work work = {.p = p, .z = v};
    memset(p->d_bought, 0, (size_t)net->lanes * sizeof *p->d_bought);
    descend(&work, 0, sell_block_tangent);
    ent_blocks_run(p->blocks, p->threads, settle_block_tangent, &work);
    gather_blocks(p, p->d_sold, p->d_export_taxes);
    ent_quotas_settle_tangent(p, v); /* takes from what is sold */
    if (p->any_early) descend(&work, 1, sell_block_tangent);
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) p->d_spent[k] = sold_inside_tangent(p, k);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (net->labour[n] >= 0) p->d_spent[net->labour[n]] += p->d_entry[n];
    add_levies(p, p->d_spent, p->d_levies);
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) p->d_sold[k] = p->d_spent[k];
}

/* ---- adjoint ---- */

/* What a lane's spending is worth: V̄; so its weight × V̄ for who buys over it, and r V V̄ for its price. */
static void value_lane(ent_back *b, ptrdiff_t lane)
{
    const ent_pass *p = b->pass;
    const double weight = ent_lane_weight(p, lane);
    b->weighted[lane] = weight * b->value[lane];
    b->price[lane] = ent_lane_power(p->net, lane) * weight * p->bought[lane] * b->value[lane];
}

static void value_own_lanes(ent_back *b, ptrdiff_t k, double bar)
{
    const ent_pass *p = b->pass;
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) {
        b->value[p->own_lane[o]] += bar;
        value_lane(b, p->own_lane[o]);
    }
}

/* V̄ of the lanes to n: duty + (B/V) (ν entry − duty + (1 − ν) tax) + (N/V) (sold − tax), each a bar. */
static void settle_region_adjoint(ent_back *b, ptrdiff_t n)
{
    const ent_pass *p = b->pass;
    const double nu = p->net->entry_share[n];
    const double worth[3] = {b->duties[n], nu * b->entry[n] - b->duties[n], 1.0 - nu};
    const int64_t from = p->region_first[n], to = p->region_first[n + 1];
    if (p->lanes_of[n] == ENT_LANES_RUN && !b->whole) {
        const int32_t view = p->lane_view[from];
        ent_value_run((ptrdiff_t)(to - from), p->delivered + from, p->bought + from, p->seller_part + from,
                      p->border_part + from, p->view_power + view, b->kept + view, b->taxed + view, worth,
                      b->weighted + from, b->price + from);
        return;
    }
    if (p->lanes_of[n] == ENT_LANES_STEEP && !b->whole) {
        ent_value_gather((ptrdiff_t)(to - from), p->delivered + from, p->bought + from, p->seller_part + from,
                         p->border_part + from, p->view_power, b->kept, b->taxed, p->lane_view + from, worth,
                         b->weighted + from, b->price + from);
        return;
    }
    for (int64_t lane = from; lane < to; lane++) {
        const int32_t view = p->lane_view[lane];
        b->value[lane] = (b->whole ? b->value[lane] : 0.0) + worth[0] +
                         p->border_part[lane] * (worth[1] + worth[2] * b->taxed[view]) +
                         p->seller_part[lane] * b->kept[view];
        value_lane(b, lane);
    }
}

/* x s of all sellers. */
static void value_sellers(ent_back *b)
{
    const ent_pass *p = b->pass;
    for (ptrdiff_t v = 0; v < p->views; v++) {
        const ptrdiff_t at = ent_square_place(&p->squares, p->net, p->view_node[v]);
        b->square[0][at] = p->squares.x[at] * b->sold[p->view_node[v]];
    }
}

/* Σ a x V̄ of market k. */
static double square_worth(ent_back *b, ptrdiff_t k)
{
    const ent_pass *p = b->pass;
    const ptrdiff_t at = ent_square_place(&p->squares, p->net, k), n = p->net->node_region[k];
    const double duties = p->paid[k] == 0.0 ? 0.0 : p->squares.duties[at] / p->paid[k];
    const double entry = p->net->entry_share[n] * b->entry[n];
    b->square[3][at] = (1.0 - p->net->elasticity[k]) * p->paid[k] * (b->duties[n] - entry);
    return b->square[1][at] + b->duties[n] * duties + entry * (p->squares.cost[at] - duties);
}

static void settle_adjoint(ent_back *b)
{
    const ent_pass *p = b->pass;
    if (b->squared) { /* then squares.h goes on */
        value_sellers(b);
        return;
    }
    for (ptrdiff_t v = 0; v < p->views; v++) {
        const int32_t seller = p->view_node[v];
        b->taxed[v] = b->export_taxes[p->net->node_region[seller]];
        b->kept[v] = b->sold[seller] - b->taxed[v];
    }
    for (ptrdiff_t n = 0; n < p->net->regions; n++) settle_region_adjoint(b, n);
}

/* Node k spends: z = (1−ℓ) S/unit/Σω. */
static void sell_adjoint(ent_back *b, ptrdiff_t k, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    if (ent_is_shut(p, k)) {
        b->spread[k] = 0.0;
        if (b->squared && net->kind[k] == ENT_NODE_SOURCING) b->square[3][ent_square_place(&p->squares, net, k)] = 0.0;
        value_own_lanes(b, k, 0.0);
        return;
    }
    const int market = b->squared && net->kind[k] == ENT_NODE_SOURCING;
    const double paid_bar = p->paid[k] * (market ? square_worth(b, k) : ent_row_sum(p, k, b->weighted)); /* of log z */
    const int32_t s = p->sales_state[k];
    b->spread[k] = paid_bar;
    b->spent[k] += paid_bar / p->spent[k];
    b->log_cost[k] -= (1.0 - net->elasticity[k]) * paid_bar;
    b->subsidy[k] -= paid_bar; /* of log(1 − rate): 1 − ℓ' = (1 − ℓ)/(1 − rate) */
    if (s >= 0) {
        z_bar[s] += b->spent[k] * p->spent[k];
        const int inner = net->kind[k] != ENT_NODE_PRODUCER && net->kind[k] != ENT_NODE_HOUSEHOLD;
        value_own_lanes(b, k, inner ? b->sold[k] : 0.0);
    } else if (p->early[k] && net->kind[k] == ENT_NODE_PRODUCER) {
        b->sold[k] += b->spent[k];
        value_own_lanes(b, k, 0.0);
    } else {
        value_own_lanes(b, k, b->spent[k]);
    }
}

/* What is paid behind the border comes first here. */
static void sell_early_adjoint(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    if (!p->any_early) return;
    for (ptrdiff_t k = p->net->level_first[3]; k < p->net->level_first[6]; k++)
        if (p->early[k]) sell_adjoint(b, k, z_bar);
}

static void levy_adjoint(ent_back *b, ptrdiff_t k)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ptrdiff_t n = net->node_region[k];
    const ent_levy_parts part = levy_parts(p, k);
    const double household_bar = b->levies[n], labour_bar = part.labour == 0.0 ? 0.0 : b->spent[net->labour[n]];
    b->spent[k] += part.household * household_bar + part.labour * labour_bar;
    b->subsidy[k] += p->spent[k] * ((1.0 - part.household) * household_bar - part.labour * labour_bar);
}

static void enter_adjoint(ent_back *b, ptrdiff_t n)
{
    if (b->pass->net->labour[n] >= 0) b->entry[n] += b->spent[b->pass->net->labour[n]];
}

/* What early producers' sales are worth. */
static void read_early(ent_back *b)
{
    const ent_network *net = b->pass->net;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        if (!b->pass->early[k]) continue;
        levy_adjoint(b, k);
        b->sold[k] += b->spent[k];
    }
    ent_early_sell_adjoint(b);
}

/* What region n's other producers and factors hand on. */
static void read_factors(ent_back *b, ptrdiff_t n)
{
    const int64_t *first = b->part_first + n;
    const ptrdiff_t row = b->pass->net->regions + 1;
    for (int64_t k = first[5 * row]; k < first[5 * row + 1]; k++)
        if (!b->pass->early[k]) levy_adjoint(b, k);
    enter_adjoint(b, n);
    for (int64_t f = first[0]; f < first[1]; f++) value_own_lanes(b, f, b->spent[f]);
}

/* Of region n alone; its markets meet the sellers of all regions. */
static void read_region(ent_back *b, ptrdiff_t n, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ent_squares *s = &p->squares;
    const int64_t *first = b->part_first + n;
    const ptrdiff_t row = net->regions + 1;
    for (ptrdiff_t j = 0; j < s->J; j++)
        b->square[1][j * s->stride + n] = ent_squares_worth_of(s, j, n, b->square[0] + j * s->stride);
    for (ptrdiff_t level = 1; level < net->levels; level++)
        for (int64_t k = first[level * row]; k < first[level * row + 1]; k++)
            if (!b->pass->early[k]) sell_adjoint(b, k, z_bar);
}

void ent_sales_adjoint_read(ent_back *b, const int32_t *region, ptrdiff_t regions, double *z_bar)
{
    if (b->pass->any_early) read_early(b); /* sellers everywhere wait for it */
    for (ptrdiff_t r = 0; r < regions; r++) read_factors(b, region[r]);
    value_sellers(b);
    for (ptrdiff_t r = 0; r < regions; r++) read_region(b, region[r], z_bar);
}

void ent_sales_adjoint_open(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) levy_adjoint(b, k);
    for (ptrdiff_t n = 0; n < net->regions; n++) enter_adjoint(b, n);
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++) value_own_lanes(b, f, b->spent[f]);
    sell_early_adjoint(b, z_bar);
    ent_quotas_settle_adjoint(b, z_bar);
    settle_adjoint(b);
}

void ent_sales_adjoint_close(ent_back *b, double *z_bar)
{
    const ent_network *net = b->pass->net;
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++)
        if (!b->pass->early[k]) sell_adjoint(b, k, z_bar);
}
