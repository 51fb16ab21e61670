/* edges.c: edges by buyer and lanes by seller.
 *
 * One walk over the table names every edge (buyer, seller, value); it is made twice, once to count and once to fill, so
 * that no list of 18 million triples is ever built. Border edges know their lane at once: (n, j, i). Inner edges carry
 * their seller until all are there; then each pair (seller, elasticity of the buyer) becomes one lane. */
// SPDX-License-Identifier: MIT
#include "network/draft.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ent_network *net;
    int filling;
    int64_t *next; /* [nodes] where the buyer's next edge goes */
} ent_edge_pen;

/* lane >= 0: a border lane; otherwise an inner edge from `seller`. */
static void draw(ent_edge_pen *pen, int32_t buyer, int32_t lane, int32_t seller, double value)
{
    ent_network *net = pen->net;
    if (value == 0.0) return;
    if (!pen->filling) {
        net->first[buyer + 1]++;
        return;
    }
    const int64_t e = pen->next[buyer]++;
    net->edge_lane[e] = lane >= 0 ? lane : -1 - seller;
    net->share[e] = value;
}

/* Origins of every product of sector j in n, and the bundle of them. */
static void draw_details(const ent_draft *d, ent_edge_pen *pen, ptrdiff_t n, ptrdiff_t j)
{
    const int64_t base = d->row_lane[n * d->J + j];
    for (ptrdiff_t h = d->product_first[j]; h < d->product_first[j + 1]; h++) {
        const int32_t buyer = d->product_node[n * d->P + h];
        double spent = 0.0;
        for (int64_t r = d->detail->first[n * d->P + h]; r < d->detail->first[n * d->P + h + 1] && buyer >= 0; r++) {
            const double value = d->detail->value_usd[r] * (1.0 + ent_draft_duty(d, d->detail->seller[r], j, n));
            spent += value;
            draw(pen, buyer, (int32_t)(base + r), -1, value);
        }
        if (buyer >= 0) draw(pen, d->sourcing_node[n * d->J + j], -1, buyer, spent);
    }
}

/* Origins of sector j in n. */
static void draw_sourcing(const ent_draft *d, ent_edge_pen *pen, ptrdiff_t n, ptrdiff_t j, double *by_node)
{
    for (ptrdiff_t i = 0; i < d->R; i++) {
        const int32_t lane = d->border_lane[(n * d->J + j) * d->R + i];
        if (lane < 0) continue;
        const double price = 1.0 + ent_draft_duty(d, i, j, n);
        memset(by_node, 0, (size_t)d->Q * sizeof *by_node);
        for (ptrdiff_t c = 0; c < d->C; c++) by_node[d->user_node[c]] += ent_draft_sale(d, i, j, n, c) * price;
        const int32_t *buyer = (d->two_tier && i != n ? d->imports_node : d->sourcing_node) + (n * d->J + j) * d->Q;
        for (ptrdiff_t q = 0; q < d->Q; q++) draw(pen, buyer[q], lane, -1, by_node[q]);
    }
    if (d->two_tier)
        for (ptrdiff_t q = 0; q < d->Q; q++) {
            const ptrdiff_t cell = (n * d->J + j) * d->Q + q;
            draw(pen, d->sourcing_node[cell], -1, d->imports_node[cell], d->imported[cell]);
        }
}

/* User c of n buys `value` of sector j, as one of a bundle of products where it has one. */
static void draw_use(const ent_draft *d, ent_edge_pen *pen, int32_t buyer, ptrdiff_t n, ptrdiff_t j, ptrdiff_t c,
                     double value)
{
    const int32_t seller = d->sourcing_node[(n * d->J + j) * d->Q + d->user_node[c]];
    const int32_t first = d->bundle != NULL ? d->bundle[j] : -1;
    const int32_t products = first >= 0 ? d->products_node[(n * d->J + first) * d->C + c] : -1;
    draw(pen, products >= 0 ? products : buyer, -1, seller, value);
    if (products < 0 || first != j) return;
    double bundled = 0.0;
    for (ptrdiff_t h = first; h < d->J; h++)
        if (d->bundle[h] == first) bundled += ent_draft_use(d, n, h, c);
    draw(pen, buyer, -1, products, bundled);
}

static void draw_producer(const ent_draft *d, ent_edge_pen *pen, ptrdiff_t n, ptrdiff_t k)
{
    const ptrdiff_t cell = n * d->J + k;
    const int32_t producer = pen->net->producer[cell], materials = d->materials_node[cell],
                  bundle = d->bundle_node[cell];
    if (producer < 0) return;
    double bundled = 0.0, bought = 0.0;
    for (ptrdiff_t g = 0; g < d->G; g++) {
        const double pay = d->factor_pay[cell * d->G + g];
        bundled += pay;
        draw(pen, bundle >= 0 ? bundle : producer, -1, d->factor_node[cell * d->G + g], pay);
    }
    for (ptrdiff_t j = 0; j < d->J; j++) {
        const double value = d->use[(n * d->J + j) * d->C + k];
        bought += value;
        draw_use(d, pen, materials >= 0 ? materials : producer, n, j, k, value);
    }
    if (materials >= 0) draw(pen, producer, -1, materials, bought);
    if (bundle >= 0) draw(pen, producer, -1, bundle, bundled);
}

static void draw_final(const ent_draft *d, ent_edge_pen *pen, ptrdiff_t n)
{
    const int32_t household = pen->net->household[n];
    for (ptrdiff_t u = 0; u < (d->final_level ? d->U : 1); u++) {
        const int32_t buyer = d->final_level ? d->final_node[n * d->U + u] : household;
        double spent = 0.0;
        for (ptrdiff_t j = 0; j < d->J; j++) {
            const double value = ent_draft_use(d, n, j, d->J + u);
            spent += value;
            draw_use(d, pen, buyer, n, j, d->J + u, value);
        }
        if (d->final_level) draw(pen, household, -1, buyer, spent);
    }
}

static void draw_all(const ent_draft *d, ent_edge_pen *pen, double *by_node)
{
    for (ptrdiff_t n = 0; n < d->R; n++) {
        for (ptrdiff_t j = 0; j < d->J; j++)
            if (ent_draft_has_detail(d, j))
                draw_details(d, pen, n, j);
            else
                draw_sourcing(d, pen, n, j, by_node);
        for (ptrdiff_t k = 0; k < d->J; k++) draw_producer(d, pen, n, k);
        draw_final(d, pen, n);
    }
}

/* Lanes of the products of (n,j): one a row. */
static void number_rows(ent_draft *d, ent_network *net, ptrdiff_t n, ptrdiff_t j)
{
    const int64_t from = d->detail->first[n * d->P + d->product_first[j]];
    const int64_t to = d->detail->first[n * d->P + d->product_first[j + 1]];
    d->row_lane[n * d->J + j] = net->borders - from;
    net->borders += (ptrdiff_t)(to - from);
}

/* Border lanes, ordered by n, j, perhaps h, i (N5). */
static ent_status number_borders(ent_draft *d, ent_network *net, ent_error *err)
{
    const ptrdiff_t cells = d->R * d->J * d->R;
    d->border_lane = ent_new(d->scratch, int32_t, cells);
    if (d->border_lane == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td trade lanes", cells);
    net->borders = 0;
    for (ptrdiff_t market = 0; market < d->R * d->J; market++) {
        if (ent_draft_has_detail(d, market % d->J)) {
            number_rows(d, net, market / d->J, market % d->J);
            continue;
        }
        for (ptrdiff_t cell = market * d->R; cell < (market + 1) * d->R; cell++)
            d->border_lane[cell] = d->border[cell] > 0.0 ? (int32_t)net->borders++ : -1;
    }
    return net->borders < INT32_MAX / 2
               ? ENT_OK
               : ent_fail(err, ENT_BAD_INPUT, "%td trade lanes are more than a network can hold", net->borders);
}

static int buys_inside(const ent_network *net, ptrdiff_t k)
{
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        if (net->edge_lane[e] < 0) return 1;
    return 0;
}

/* The distinct elasticities of buyers inside regions, few as a rule; rung[k] is node k's. */
static ptrdiff_t rungs_of(const ent_network *net, int32_t *rung, double *sigma, ptrdiff_t most)
{
    ptrdiff_t rungs = 0;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        ptrdiff_t r = 0;
        rung[k] = 0;
        if (!buys_inside(net, k)) continue; /* thousands of products with elasticities of their own */
        while (r < rungs && sigma[r] != net->elasticity[k]) r++;
        if (r == rungs && rungs < most) sigma[rungs++] = net->elasticity[k];
        rung[k] = (int32_t)r;
    }
    return rungs;
}

static ent_status number_inner_lanes(ent_draft *d, ent_network *net, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t most = 5 * d->J + 8; /* σ_y, σ_v, σ_m, σ_h, σ_d or 1 + θ by sector, and the household's */
    int32_t *rung = ent_new(d->scratch, int32_t, net->nodes);
    double *sigma = ent_new(d->scratch, double, most);
    if (rung == NULL || sigma == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the lanes");
    const ptrdiff_t rungs = rungs_of(net, rung, sigma, most);
    int32_t *lane_of = ent_new(d->scratch, int32_t, rungs * net->nodes);
    if (lane_of == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the lanes");
    for (ptrdiff_t c = 0; c < rungs * net->nodes; c++) lane_of[c] = -1;
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < 0) lane_of[rung[k] * net->nodes + (-1 - net->edge_lane[e])] = 0;
    net->lanes = net->borders;
    for (ptrdiff_t c = 0; c < rungs * net->nodes; c++)
        if (lane_of[c] == 0) lane_of[c] = (int32_t)net->lanes++;
    net->seller = ent_new(arena, int32_t, net->lanes);
    net->lane_region = ent_new(arena, int32_t, net->lanes);
    net->lane_elasticity = ent_new(arena, double, net->lanes);
    net->lane_value_usd = ent_new0(arena, double, net->lanes);
    if (net->seller == NULL || net->lane_region == NULL || net->lane_elasticity == NULL || net->lane_value_usd == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td lanes", net->lanes);
    for (ptrdiff_t c = 0; c < rungs * net->nodes; c++) {
        if (lane_of[c] < 0) continue;
        net->seller[lane_of[c]] = (int32_t)(c % net->nodes);
        net->lane_region[lane_of[c]] = net->node_region[c % net->nodes];
        net->lane_elasticity[lane_of[c]] = sigma[c / net->nodes];
    }
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < 0) net->edge_lane[e] = lane_of[rung[k] * net->nodes + (-1 - net->edge_lane[e])];
    return ENT_OK;
}

static void describe_lane(const ent_draft *d, ent_network *net, int64_t lane, ptrdiff_t n, ptrdiff_t j, ptrdiff_t i)
{
    net->seller[lane] = net->producer[i * d->J + j];
    net->lane_region[lane] = (int32_t)n;
    net->lane_elasticity[lane] = d->two_tier && i == n ? ent_blueprint_home_elasticity(d->blueprint, j)
                                                       : 1.0 + d->blueprint->trade_elasticity[j];
    net->duty[lane] = ent_draft_duty(d, i, j, n);
    if (net->lane_product != NULL) net->lane_product[lane] = -1;
}

static void describe_rows(const ent_draft *d, ent_network *net, ptrdiff_t n, ptrdiff_t j)
{
    for (ptrdiff_t h = d->product_first[j]; h < d->product_first[j + 1]; h++)
        for (int64_t r = d->detail->first[n * d->P + h]; r < d->detail->first[n * d->P + h + 1]; r++) {
            const int64_t lane = d->row_lane[n * d->J + j] + r;
            describe_lane(d, net, lane, n, j, d->detail->seller[r]);
            net->lane_elasticity[lane] = ent_draft_product_sigma(d, h);
            net->lane_product[lane] = (int32_t)h;
        }
}

static ent_status describe_borders(const ent_draft *d, ent_network *net, ent_arena *arena, ent_error *err)
{
    net->duty = ent_new0(arena, double, net->borders);
    net->export_tax = ent_new0(arena, double, net->borders);
    if (d->detail != NULL) net->lane_product = ent_new(arena, int32_t, net->borders);
    if (net->duty == NULL || net->export_tax == NULL || (d->detail != NULL && net->lane_product == NULL))
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the duties");
    for (ptrdiff_t n = 0; n < d->R; n++)
        for (ptrdiff_t j = 0; j < d->J; j++) {
            if (ent_draft_has_detail(d, j)) describe_rows(d, net, n, j);
            for (ptrdiff_t i = 0; i < d->R && !ent_draft_has_detail(d, j); i++) {
                const int32_t lane = d->border_lane[(n * d->J + j) * d->R + i];
                if (lane >= 0) describe_lane(d, net, lane, n, j, i);
            }
        }
    return ENT_OK;
}

/* Values become shares, exponents as published where they miss 1 by rounding (N2); lanes of a node stand in rising
 * order, so that runs of neighbours can be read without their index. */
static void finish_shares(ent_network *net)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        double sum = 0.0;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e];
            const double value = net->share[e];
            int64_t at = e;
            for (; at > net->first[k] && net->edge_lane[at - 1] > lane; at--) {
                net->edge_lane[at] = net->edge_lane[at - 1];
                net->share[at] = net->share[at - 1];
            }
            net->edge_lane[at] = lane;
            net->share[at] = value;
            net->lane_value_usd[lane] += value;
            sum += value;
        }
        double whole = sum;
        if (net->kind[k] == ENT_NODE_PRODUCER && sum > 0.0) {
            const double levy = 1.0 - sum / net->sales_usd[k];
            net->levy_share[k] = fabs(levy) < 1e-14 ? 0.0 : levy;
            if (net->elasticity[k] == 1.0 && fabs(levy) < ENT_SHARE_ROUNDING) whole = net->sales_usd[k];
        }
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) net->share[e] /= whole;
    }
}

ent_status ent_draft_edges(ent_draft *d, ent_network *net, ent_arena *arena, ent_error *err)
{
    ENT_TRY(number_borders(d, net, err));
    double *by_node = ent_new(d->scratch, double, d->Q);
    int64_t *next = ent_new(d->scratch, int64_t, net->nodes);
    if (by_node == NULL || next == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to draw the edges");
    ent_edge_pen pen = {.net = net, .next = next};
    draw_all(d, &pen, by_node);
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        net->first[k + 1] += net->first[k];
        next[k] = net->first[k];
    }
    net->edges = (ptrdiff_t)net->first[net->nodes];
    net->edge_lane = ent_new(arena, int32_t, net->edges);
    net->share = ent_new(arena, double, net->edges);
    if (net->edge_lane == NULL || net->share == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td edges", net->edges);
    pen.filling = 1;
    draw_all(d, &pen, by_node);
    ENT_TRY(number_inner_lanes(d, net, arena, err));
    ENT_TRY(describe_borders(d, net, arena, err));
    finish_shares(net);
    return ENT_OK;
}
