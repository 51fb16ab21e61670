/* pass.c: opens the room a pass needs, puts a policy on the lanes, and runs prices, sales and incomes in their order.
 */
// SPDX-License-Identifier: MIT
#include "equilibrium/bans.h"
#include <assert.h>
#include <string.h>

enum {
    FEW_PRODUCERS = 32, /* are no burden as unknowns; and where trade all but ends, the accelerated iteration finds its
                           way with them where it may not without */
    MOST_BLOCKS = 16    /* more: finer balance, larger partial sums; fixed, so that no bit depends on the threads */
};

/* ---- unknowns ---- */

static int measures_scale(const ent_network *net, const unsigned char *measure, ptrdiff_t k)
{
    return measure[k] && net->kind[k] != ENT_NODE_PRODUCER && net->kind[k] != ENT_NODE_HOUSEHOLD;
}

/* 1 where node k and its nests need nothing but factors, and nobody's sales make their prices. */
static int stands_alone(const ent_network *net, const unsigned char *measure, ptrdiff_t k)
{
    int alone = !measure[k] && net->scale_size[k] < 0;
    for (int64_t e = net->first[k]; alone && e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]];
        if (net->kind[seller] == ENT_NODE_FACTOR) continue;
        alone = seller >= net->level_first[3] && seller < k && stands_alone(net, measure, seller);
    }
    return alone;
}

static void mark_early(const ent_pass *p, ptrdiff_t k)
{
    const ent_network *net = p->net;
    p->early[k] = 1;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        if (net->kind[net->seller[net->edge_lane[e]]] != ENT_NODE_FACTOR) mark_early(p, net->seller[net->edge_lane[e]]);
}

static void find_early(ent_pass *p, const unsigned char *measure)
{
    const ent_network *net = p->net;
    if (net->level_first[6] - net->level_first[5] < FEW_PRODUCERS) return;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        if (!stands_alone(net, measure, k)) continue;
        mark_early(p, k);
        p->any_early = 1;
    }
}

static ent_status list_unknowns(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    ENT_SCRATCH scratch = {0};
    unsigned char *measure = ent_new0(&scratch, unsigned char, net->nodes);
    p->price_node = ent_new(arena, int32_t, net->nodes);
    p->sales_node = ent_new(arena, int32_t, net->nodes);
    p->price_state = ent_new(arena, int32_t, net->nodes);
    p->sales_state = ent_new(arena, int32_t, net->nodes);
    p->early = ent_new0(arena, unsigned char, net->nodes);
    if (measure == NULL || p->price_node == NULL || p->sales_node == NULL || p->price_state == NULL ||
        p->sales_state == NULL || p->early == NULL)
        return ENT_NO_MEMORY;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        p->price_state[k] = p->sales_state[k] = -1;
        if (net->scale_size[k] >= 0) measure[net->scale_size[k]] = 1;
    }
    find_early(p, measure);
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (!p->early[k]) p->price_node[p->prices++] = (int32_t)k;
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) p->price_node[p->prices++] = (int32_t)k;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (!p->early[k]) p->sales_node[p->sales++] = (int32_t)k;
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (measures_scale(net, measure, k)) p->sales_node[p->sales++] = (int32_t)k;
    for (ptrdiff_t n = 0; n < net->regions; n++) p->sales_node[p->sales++] = net->household[n];
    p->states = p->prices + p->sales;
    for (ptrdiff_t s = 0; s < p->prices; s++) p->price_state[p->price_node[s]] = (int32_t)s;
    for (ptrdiff_t s = 0; s < p->sales; s++) p->sales_state[p->sales_node[s]] = (int32_t)(p->prices + s);
    return ENT_OK;
}

/* ---- views and lanes ---- */

/* Lanes of one producer that are seen with one elasticity share a view. Where trade is by product, products of a sector
 * with the same elasticity do: class_of [products] is the first of them. */
static ent_status find_classes(const ent_network *net, ent_arena *scratch, int32_t **class_of)
{
    const ent_detail *detail = net->lane_product != NULL ? net->table->detail : NULL;
    const ptrdiff_t products = detail != NULL ? detail->products.count : 0;
    *class_of = ent_new(scratch, int32_t, products);
    if (*class_of == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t h = 0, first = 0; h < products; h++) {
        if (detail->sector[h] != detail->sector[first]) first = h;
        ptrdiff_t like = first;
        while (detail->trade_elasticity != NULL && detail->trade_elasticity[like] != detail->trade_elasticity[h])
            like++;
        (*class_of)[h] = (int32_t)like;
    }
    return ENT_OK;
}

static ent_status list_views(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    ENT_SCRATCH scratch = {0};
    int32_t *class_of;
    if (find_classes(net, &scratch, &class_of) != ENT_OK) return ENT_NO_MEMORY;
    const ptrdiff_t products = net->lane_product != NULL ? net->table->detail->products.count : 0;
    /* a producer is seen with at most two elasticities: at home and abroad; by product with one each */
    int32_t *seen = ent_new(&scratch, int32_t, 2 * net->nodes),
            *by = ent_new(&scratch, int32_t, products * net->regions);
    p->lane_view = ent_new(arena, int32_t, net->borders);
    p->view_node = ent_new(arena, int32_t, 2 * net->nodes);
    p->view_power = ent_new(arena, double, 2 * net->nodes);
    if (seen == NULL || by == NULL || p->lane_view == NULL || p->view_node == NULL || p->view_power == NULL)
        return ENT_NO_MEMORY;
    for (ptrdiff_t c = 0; c < 2 * net->nodes; c++) seen[c] = -1;
    for (ptrdiff_t c = 0; c < products * net->regions; c++) by[c] = -1;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t l = net->seller[lane], h = ent_lane_product(net, lane);
        int32_t *view = h >= 0 ? &by[class_of[h] * net->regions + net->node_region[l]] : &seen[2 * l];
        if (h < 0 && *view >= 0 && p->view_power[*view] != ent_lane_power(net, lane)) view++;
        if (*view < 0) {
            if (p->views == 2 * net->nodes) return ENT_BAD_INPUT;
            *view = (int32_t)p->views++;
            p->view_node[*view] = (int32_t)l;
            p->view_power[*view] = ent_lane_power(net, lane);
        } else if (p->view_power[*view] != ent_lane_power(net, lane)) {
            return ENT_BAD_INPUT;
        }
        p->lane_view[lane] = *view;
    }
    return ENT_OK;
}

static int all_steep(const ent_pass *p)
{
    for (ptrdiff_t v = 0; v < p->views; v++)
        if (!is_steep(p->view_power[v])) return 0;
    return 1;
}

static ent_lanes kind_of_lanes(const ent_pass *p, ptrdiff_t n, int steep)
{
    const int64_t from = p->region_first[n], to = p->region_first[n + 1];
    int64_t lane = from;
    for (; lane < to && !steep; lane++)
        if (!is_steep(ent_lane_power(p->net, lane))) return ENT_LANES_ANY;
    for (lane = from; lane < to && p->lane_view[lane] - p->lane_view[from] == lane - from; lane++) continue;
    return from < to && lane == to ? ENT_LANES_RUN : ENT_LANES_STEEP;
}

static ent_status list_lanes(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    p->own_first = ent_new0(arena, int64_t, net->nodes + 1);
    p->own_lane = ent_new(arena, int32_t, net->lanes - net->borders);
    p->region_first = ent_new0(arena, int64_t, net->regions + 1);
    p->lanes_of = ent_new0(arena, unsigned char, net->regions);
    if (p->own_first == NULL || p->own_lane == NULL || p->region_first == NULL || p->lanes_of == NULL)
        return ENT_NO_MEMORY;
    for (ptrdiff_t lane = net->borders; lane < net->lanes; lane++) p->own_first[net->seller[lane] + 1]++;
    for (ptrdiff_t k = 0; k < net->nodes; k++) p->own_first[k + 1] += p->own_first[k];
    for (ptrdiff_t lane = net->lanes - 1; lane >= net->borders; lane--)
        p->own_lane[--p->own_first[net->seller[lane] + 1]] = (int32_t)lane;
    /* after the sweep own_first[k+1] is where k's lanes begin: shift back */
    memmove(p->own_first, p->own_first + 1, (size_t)net->nodes * sizeof *p->own_first);
    p->own_first[net->nodes] = net->lanes - net->borders;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) p->region_first[net->lane_region[lane] + 1]++;
    for (ptrdiff_t n = 0; n < net->regions; n++) p->region_first[n + 1] += p->region_first[n];
    const int steep = all_steep(p);
    for (ptrdiff_t n = 0; n < net->regions; n++) p->lanes_of[n] = (unsigned char)kind_of_lanes(p, n, steep);
    return ENT_OK;
}

/* ---- rows ---- */

/* Where the longest run of k's lanes begins that ends with its last one and is filled well enough. Gaps must be lanes
 * of the same region, or threads would meet there (P1). */
static int64_t start_of_run(const ent_network *net, int64_t k)
{
    const int64_t from = net->first[k], to = net->first[k + 1];
    int64_t start = to - 1;
    for (int64_t e = to - 2; e >= from; e--) {
        const int64_t span = net->edge_lane[to - 1] - net->edge_lane[e] + 1;
        if (2 * span > 3 * (to - e) + 4) break;
        for (int32_t lane = net->edge_lane[e] + 1; lane < net->edge_lane[e + 1]; lane++)
            if (net->lane_region[lane] != net->node_region[k]) return start;
        start = e;
    }
    return start;
}

static ent_status list_rows(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    int64_t filled = 0;
    p->row = ent_new0(arena, ent_row, net->nodes);
    if (p->row == NULL) return ENT_NO_MEMORY;
    for (int64_t k = net->level_first[1]; k < net->nodes; k++) {
        const int64_t start = start_of_run(net, k), last = net->first[k + 1] - 1;
        ent_row *row = p->row + k;
        row->lane = net->edge_lane[start];
        row->length = net->edge_lane[last] - net->edge_lane[start] + 1;
        row->head = (int32_t)(start - net->first[k]);
        if (row->length == last - start + 1)
            row->share = net->share + start;
        else
            filled += row->length;
    }
    double *shares = ent_new0(arena, double, filled);
    if (shares == NULL) return ENT_NO_MEMORY;
    for (int64_t k = net->level_first[1]; k < net->nodes; k++) {
        ent_row *row = p->row + k;
        if (row->length == net->first[k + 1] - net->first[k] - row->head) continue; /* its shares serve as they are */
        for (int64_t e = net->first[k] + row->head; e < net->first[k + 1]; e++)
            shares[net->edge_lane[e] - row->lane] = net->share[e];
        row->share = shares;
        shares += row->length;
    }
    return ENT_OK;
}

/* ---- blocks ---- */

/* Cut nodes from..to into blocks of about equal numbers of edges, only between regions (P1). */
static void cut_level(const ent_pass *p, int64_t from, int64_t to, int64_t *first)
{
    const ent_network *net = p->net;
    const double edges = (double)(net->first[to] - net->first[from]);
    int64_t k = from;
    for (ptrdiff_t block = 0; block < p->blocks; block++) {
        first[block] = k;
        const double goal = edges * (double)(block + 1) / (double)p->blocks;
        while (k < to && ((double)(net->first[k] - net->first[from]) < goal ||
                          (k > from && net->node_region[k] == net->node_region[k - 1])))
            k++;
    }
    first[p->blocks] = to;
}

static ent_status cut_blocks(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    p->blocks = net->regions < MOST_BLOCKS ? net->regions : MOST_BLOCKS;
    if (p->blocks < 1) p->blocks = 1;
    p->block_first = ent_new(arena, int64_t, net->levels * (p->blocks + 1));
    p->region_block = ent_new(arena, int64_t, p->blocks + 1);
    if (p->block_first == NULL || p->region_block == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t v = 0; v < net->levels; v++)
        cut_level(p, net->level_first[v], net->level_first[v + 1], p->block_first + v * (p->blocks + 1));
    for (ptrdiff_t block = 0; block <= p->blocks; block++) p->region_block[block] = net->regions * block / p->blocks;
    return ENT_OK;
}

/* ---- room ---- */

typedef struct {
    double **array;
    ptrdiff_t length;
} ent_wanted;

static ent_status take_arrays(size_t count, const ent_wanted wanted[], ent_arena *arena)
{
    for (size_t a = 0; a < count; a++) {
        *wanted[a].array = ent_new0(arena, double, wanted[a].length);
        if (*wanted[a].array == NULL) return ENT_NO_MEMORY;
    }
    return ENT_OK;
}

static ent_status take_room(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    const ptrdiff_t groups = net->regions * net->factors;
    const ent_wanted wanted[] = {
        {&p->wedge_shift, net->borders},
        {&p->wedge_factor, net->borders},
        {&p->border_part, net->borders},
        {&p->seller_part, net->borders},
        {&p->levy_part, net->nodes},
        {&p->cost_shift, net->nodes},
        {&p->price_shift, net->nodes},
        {&p->log_cost, net->nodes},
        {&p->log_price, net->nodes},
        {&p->unit, net->nodes},
        {&p->share_sum, net->nodes},
        {&p->whole, net->nodes},
        {&p->spent, net->nodes},
        {&p->paid, net->nodes},
        {&p->sold, net->nodes},
        {&p->view_x, p->views},
        {&p->delivered, net->lanes},
        {&p->bought, net->lanes},
        {&p->partial, p->blocks * p->views},
        {&p->taxed, p->blocks * net->regions},
        {&p->duties, net->regions},
        {&p->export_taxes, net->regions},
        {&p->entry, net->regions},
        {&p->levies, net->regions},
        {&p->factor_income, net->regions},
        {&p->income, net->regions},
        {&p->transfer, net->regions},
        {&p->own_income, net->regions},
        {&p->own_income0, net->regions},
        {&p->log_tax, net->regions},
        {&p->log_tax0, net->regions},
        {&p->group_income, groups},
        {&p->group_income0, groups},
    };
    return take_arrays(sizeof wanted / sizeof *wanted, wanted, arena);
}

ent_status ent_pass_open_tangent(ent_pass *p, ent_arena *arena, ent_error *err)
{
    const ent_network *net = p->net;
    const ptrdiff_t groups = net->regions * net->factors;
    const ent_wanted wanted[] = {
        {&p->d_log_price, net->nodes}, {&p->d_log_cost, net->nodes}, {&p->d_spent, net->nodes},
        {&p->d_sold, net->nodes},      {&p->d_view, p->views},       {&p->d_delivered, net->lanes},
        {&p->d_bought, net->lanes},    {&p->d_duties, net->regions}, {&p->d_export_taxes, net->regions},
        {&p->d_entry, net->regions},   {&p->d_levies, net->regions}, {&p->d_own_income, net->regions},
        {&p->d_income, net->regions},  {&p->d_tax, net->regions},    {&p->d_group_income, groups},
    };
    if (p->d_log_price != NULL) return ENT_OK;
    if (take_arrays(sizeof wanted / sizeof *wanted, wanted, arena) == ENT_OK) return ENT_OK;
    return ent_fail(err, ENT_NO_MEMORY, "no memory for the tangent of a pass over %td edges", net->edges);
}

/* The lanes' wedges go into the squares. */
static void place_squares(ent_pass *p)
{
    const ent_network *net = p->net;
    for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++) {
        const int64_t e = net->first[k];
        const int32_t lane = net->edge_lane[e];
        ent_squares_place(&p->squares, net, k,
                          &(ent_square_row){.lanes = (ptrdiff_t)(net->first[k + 1] - e),
                                            .seller = net->seller + lane,
                                            .share = net->share + e,
                                            .wedge_factor = p->wedge_factor + lane,
                                            .border_part = p->border_part + lane,
                                            .seller_part = p->seller_part + lane});
    }
}

/* What the household gets of a producer: not the rounding of published exponents (N2), which a table's income lacks. */
static double benchmark_levy(const ent_pass *p, ptrdiff_t k)
{
    const ent_network *net = p->net;
    const double tax = 1.0 - (1.0 - net->levy_share[k]) / p->share_sum[k];
    if (p->share_sum[k] == 1.0) return net->levy_share[k] * net->sales_usd[k];
    return fabs(tax) < 1e-13 ? 0.0 : tax * net->sales_usd[k];
}

/* Incomes of the benchmark, against which E8-E11 measure. */
static void note_benchmark(ent_pass *p)
{
    const ent_network *net = p->net;
    for (ptrdiff_t n = 0; n < net->regions; n++) p->duties[n] = p->export_taxes[n] = 0.0;
    for (ptrdiff_t k = 0; k < net->nodes; k++) p->share_sum[k] = 1.0;
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        p->share_sum[k] = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) p->share_sum[k] += net->share[e];
        if (fabs(p->share_sum[k] - 1.0) < 1e-13) p->share_sum[k] = 1.0;
    }
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane];
        if (net->duty[lane] == 0.0 && net->export_tax[lane] == 0.0) continue;
        const double v = net->lane_value_usd[lane], b = v / (1.0 + net->duty[lane]);
        const double gross = b * (1.0 - net->entry_share[n]);
        p->duties[n] += v - b;
        if (net->export_tax[lane] == 0.0) continue;
        p->export_taxes[net->node_region[net->seller[lane]]] += gross - gross / (1.0 + net->export_tax[lane]);
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) p->own_income0[n] = p->duties[n] + p->export_taxes[n];
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const ptrdiff_t n = net->node_region[k];
        if (net->kind[k] == ENT_NODE_PRODUCER) p->own_income0[n] += benchmark_levy(p, k);
        if (net->kind[k] != ENT_NODE_FACTOR) continue;
        p->own_income0[n] += net->sales_usd[k];
        p->group_income0[net->factor_group[k]] += net->sales_usd[k];
        p->gdp0 += net->sales_usd[k];
    }
    if (net->blueprint->revenue == ENT_REVENUE_INCOME_TAX)
        for (ptrdiff_t n = 0; n < net->regions; n++)
            if (net->labour[n] >= 0)
                p->log_tax0[n] = -log1p(-(p->duties[n] + p->export_taxes[n]) / net->sales_usd[net->labour[n]]);
}

ent_status ent_pass_open(const ent_network *net, int threads, ent_arena *arena, ent_pass *p, ent_error *err)
{
    *p = (ent_pass){.net = net,
                    .threads = net->edges < 200000 ? 1 : threads}; /* below, threads cost more than they save */
    ent_status status = list_unknowns(p, arena);
    if (status == ENT_OK) status = list_views(p, arena);
    if (status == ENT_OK) status = list_lanes(p, arena);
    if (status == ENT_OK) status = list_rows(p, arena);
    if (status == ENT_OK) status = ent_squares_open(net, arena, &p->squares);
    if (status == ENT_OK) status = cut_blocks(p, arena);
    if (status == ENT_OK) status = take_room(p, arena);
    if (status == ENT_NO_MEMORY) return ent_fail(err, status, "no memory for a pass over %td edges", net->edges);
    if (status != ENT_OK) return ent_fail(err, status, "a producer is sold with more than two elasticities");
    note_benchmark(p);
    if (ent_bans_open(p, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a pass over %td edges", net->edges);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        p->wedge_factor[lane] = p->border_part[lane] = p->seller_part[lane] = 1.0;
    if (p->squares.present) place_squares(p);
    ent_prices_weigh(p);
    return ENT_OK;
}

/* ---- policy ---- */

/* The part λ of a change of a factor 1 + rate, in logs; the whole change keeps the rate to the last digit. */
static double part_of(double from, double to, double part)
{
    if (from == to || part == 1.0) return to;
    return expm1((1.0 - part) * log1p(from) + part * log1p(to));
}

static double log_change(double from, double to)
{
    return from == to ? 0.0 : log1p(to) - log1p(from);
}

/* Rates of region n's lanes, or the part λ of their change, become what is left of a dollar at the border and for the
 * seller. */
static void set_parts(ent_pass *p, ptrdiff_t n, double part)
{
    const ent_network *net = p->net;
    const double kept = 1.0 - net->entry_share[n];
    int taxed = 0;
    for (int64_t lane = p->region_first[n]; lane < p->region_first[n + 1]; lane++) {
        const double duty = p->policy->duty[lane], tax = p->policy->export_tax[lane];
        p->border_part[lane] = part == 1.0 ? duty : part_of(net->duty[lane], duty, part);
        p->seller_part[lane] = part == 1.0 ? tax : part_of(net->export_tax[lane], tax, part);
        taxed |= p->seller_part[lane] != 0.0;
    }
    for (int64_t lane = p->region_first[n]; lane < p->region_first[n + 1]; lane++) {
        p->border_part[lane] = 1.0 / (1.0 + p->border_part[lane]);
        p->seller_part[lane] = kept * p->border_part[lane] / (1.0 + p->seller_part[lane]);
    }
    p->any_export_tax |= taxed;
}

double ent_pass_log_wedge(const ent_pass *p, ptrdiff_t lane, double part)
{
    const ent_network *net = p->net;
    const ent_policy *policy = p->policy;
    const int banned = part < 1.0 && policy->banned != NULL && policy->banned[lane];
    return (banned ? ent_ban_wedge(part, ent_lane_power(net, lane)) : 0.0) +
           net->duty_power[net->lane_region[lane]] *
               log_change(net->duty[lane], part_of(net->duty[lane], policy->duty[lane], part)) +
           log_change(net->export_tax[lane], part_of(net->export_tax[lane], policy->export_tax[lane], part)) +
           part * policy->log_trade_cost[lane];
}

static void set_wedges(ent_pass *p, double part)
{
    const ent_network *net = p->net;
    const ent_policy *policy = p->policy;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const int banned = policy->banned != NULL && policy->banned[lane];
        const int still = !banned && policy->duty[lane] == net->duty[lane] &&
                          policy->export_tax[lane] == net->export_tax[lane] && policy->log_trade_cost[lane] == 0.0;
        const double r = ent_lane_power(net, lane);
        const double w = still ? 0.0 : ent_pass_log_wedge(p, lane, part);
        const int gone = banned && part == 1.0;
        p->wedge_shift[lane] = gone ? ces_unseen(r) : w == 0.0 ? 0.0 : ces_shift(w, r);
        p->wedge_factor[lane] = gone ? 0.0 : w == 0.0 ? 1.0 : exp(r * w);
    }
}

void ent_pass_set_policy(ent_pass *p, const ent_policy *policy, double part)
{
    const ent_network *net = p->net;
    assert(policy->quotas == p->quotas.count); /* ent_pass_take_quotas() */
    p->policy = policy;
    p->any_export_tax = 0;
    for (ptrdiff_t n = 0; n < net->regions; n++) set_parts(p, n, part);
    set_wedges(p, part);
    ent_bans_look(p, part);
    ent_quotas_place(p, part);
    if (p->squares.present) place_squares(p);
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        p->cost_shift[k] = -part * policy->log_productivity[k];
        p->price_shift[k] = policy->subsidy[k] == 0.0 ? 0.0 : part * log1p(-policy->subsidy[k]);
        p->levy_part[k] = (1.0 - net->levy_share[k]) * (policy->subsidy[k] == 0.0 ? 1.0 : exp(-p->price_shift[k]));
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) p->transfer[n] = net->transfer_usd[n] + part * policy->transfer_usd[n];
}

static void copy(double *to, const double *from, ptrdiff_t count)
{
    memcpy(to, from, (size_t)count * sizeof *to);
}

void ent_pass_copy_policy(ent_pass *p, const ent_pass *from)
{
    const ent_network *net = p->net;
    assert(from->net == net && p->quotas.count == 0 && from->quotas.count == 0);
    p->policy = from->policy;
    p->any_export_tax = from->any_export_tax;
    copy(p->wedge_shift, from->wedge_shift, net->borders);
    copy(p->wedge_factor, from->wedge_factor, net->borders);
    copy(p->border_part, from->border_part, net->borders);
    copy(p->seller_part, from->seller_part, net->borders);
    copy(p->cost_shift, from->cost_shift, net->nodes);
    copy(p->price_shift, from->price_shift, net->nodes);
    copy(p->levy_part, from->levy_part, net->nodes);
    copy(p->transfer, from->transfer, net->regions);
    memcpy(p->shut, from->shut, (size_t)net->nodes * sizeof *p->shut);
    p->any_shut = from->any_shut;
    p->starved = from->starved;
    if (p->squares.present) ent_squares_copy(&p->squares, &from->squares);
}

/* ---- run ---- */

int ent_pass_run(ent_pass *p, const double *z, double *out)
{
    p->passes++;
    p->shown = !p->squares.present;
    ent_quotas_wedge(p, z);
    ent_prices_run(p, z, out);
    ent_sales_run(p, z);
    return ent_incomes_run(p, z, out);
}

void ent_pass_show(ent_pass *p)
{
    if (p->shown) return;
    ent_prices_show(p);
    ent_sales_show(p);
    p->shown = 1;
}

void ent_pass_tangent(ent_pass *p, const double *v, double *out)
{
    ent_pass_show(p);
    p->tangents++;
    ent_quotas_wedge_tangent(p, v);
    ent_prices_tangent(p, v, out);
    ent_sales_tangent(p, v);
    ent_incomes_tangent(p, v, out);
}
