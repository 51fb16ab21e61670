/* prices.c: prices up the levels.
 *
 *   D[lane]   log price at the gate as the CES form adds it up (boxcox.h): shift + exp(r w) D(log p̂_l)
 *                                                                                   r = 1 − σ, w = log τ̂
 *   (E3)      y_k = Σ_e ω_e D[lane e],   log ĉ_k = D⁻¹(y_k) − log Â_k
 *   (E4)      log p̂_k = log ĉ_k − ψ_k (log Ŝ_size − log p̂_base)                  base: another node, or ĉ_k itself
 *
 * Tangent (Shephard's lemma): d log ĉ_k = Σ_e ω_e weight_e du_e/unit_k, du_e = d log p̂_l: one read of the edges, no
 * exponentials. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "equilibrium/back.h"
#include "num/dot.h"
#include <string.h>

typedef struct {
    ent_pass *p;
    const double *z;
    ptrdiff_t level;
    int early; /* nodes before the border are meant, or those behind it */
} ent_price_work;

double ent_row_sum(const ent_pass *p, ptrdiff_t k, const double *x)
{
    const ent_network *net = p->net;
    const ent_row *row = p->row + k;
    const double run = ent_dot_run(row->length, row->share, x + row->lane);
    if (row->head == 0) return run;
    return run + ent_dot_gather(row->head, net->share + net->first[k], x, net->edge_lane + net->first[k]);
}

/* log Ŝ of a node that measures scale, as the state says. */
static double log_size(const ent_pass *p, const double *z, int32_t node)
{
    return z[p->sales_state[node]];
}

/* Σ ω x at the gate: of a market it has been found by its square. */
static double cost_sum(const ent_pass *p, ptrdiff_t k)
{
    const ent_squares *s = &p->squares;
    return s->present && p->net->kind[k] == ENT_NODE_SOURCING ? s->cost[ent_square_place(s, p->net, k)]
                                                              : ent_row_sum(p, k, p->delivered);
}

static void price_node(ent_pass *p, const double *z, ptrdiff_t k)
{
    const ent_network *net = p->net;
    if (ent_is_dry(p, k)) {
        p->unit[k] = 1.0;
        p->log_cost[k] = p->log_price[k] = 0.0;
        return;
    }
    const double r = 1.0 - net->elasticity[k], y = cost_sum(p, k);
    p->unit[k] = ces_weight(y, r);
    p->log_cost[k] = ces_log_cost(y, r, p->whole[k]) + p->cost_shift[k];
    double log_price = p->log_cost[k] + p->price_shift[k];
    if (p->held != NULL) {
        log_price += p->held[k];
    } else if (net->scale_size[k] >= 0) {
        const int32_t base = net->scale_base[k];
        log_price -=
            net->scale[k] * (log_size(p, z, net->scale_size[k]) - (base >= 0 ? p->log_price[base] : p->log_cost[k]));
    }
    p->log_price[k] = log_price;
}

static void show_price(ent_pass *p, ptrdiff_t k)
{
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) {
        const int32_t lane = p->own_lane[o];
        const double r = ent_lane_power(p->net, lane);
        p->delivered[lane] = ent_is_dry(p, k) ? ces_unseen(r) : ces_seen(p->log_price[k], r);
    }
}

static void price_block(void *state, ptrdiff_t block)
{
    const ent_price_work *w = state;
    const int64_t *first = w->p->block_first + w->level * (w->p->blocks + 1) + block;
    for (int64_t k = first[0]; k < first[1]; k++) {
        if (w->p->early[k] != w->early) continue;
        price_node(w->p, w->z, k);
        show_price(w->p, k);
    }
}

/* Levels upwards, of nodes before the border or behind it. */
static void climb(ent_price_work *w, int early, ent_block_work *work)
{
    w->early = early;
    for (w->level = early ? 3 : 1; w->level < (early ? 6 : w->p->net->levels); w->level++)
        ent_blocks_run(w->p->blocks, w->p->threads, work, w);
}

static void deliver_block(void *state, ptrdiff_t block)
{
    const ent_price_work *w = state;
    ent_pass *p = w->p;
    for (int64_t n = p->region_block[block]; n < p->region_block[block + 1]; n++) {
        const int64_t from = p->region_first[n], to = p->region_first[n + 1];
        const ptrdiff_t lanes = (ptrdiff_t)(to - from);
        if (p->lanes_of[n] == ENT_LANES_RUN)
            ent_multiply(lanes, p->wedge_factor + from, p->view_x + p->lane_view[from], p->delivered + from);
        else if (p->lanes_of[n] == ENT_LANES_STEEP)
            ent_multiply_gather(lanes, p->wedge_factor + from, p->view_x, p->lane_view + from, p->delivered + from);
        else
            for (int64_t lane = from; lane < to; lane++)
                p->delivered[lane] = p->wedge_shift[lane] + p->wedge_factor[lane] * p->view_x[p->lane_view[lane]];
    }
}

static void price_square(void *state, ptrdiff_t sector)
{
    const ent_price_work *w = state;
    ent_squares_price(&w->p->squares, sector);
}

/* Costs of all markets at views as they stand. */
static void price_squares(ent_price_work *w)
{
    const ent_pass *p = w->p;
    for (ptrdiff_t v = 0; v < p->views; v++)
        p->squares.x[ent_square_place(&p->squares, p->net, p->view_node[v])] = p->view_x[v];
    ent_blocks_run(p->squares.J, p->threads, price_square, w);
}

/* Σ ω as the kernels add it up: with no wedges, at prices that have not moved. */
void ent_prices_weigh(ent_pass *p)
{
    const ent_network *net = p->net;
    ent_price_work work = {.p = p};
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) p->delivered[lane] = 1.0;
    for (ptrdiff_t v = 0; v < p->views; v++) p->view_x[v] = 1.0;
    if (p->squares.present) price_squares(&work);
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) p->whole[k] = cost_sum(p, k);
}

void ent_prices_run(ent_pass *p, const double *z, double *out)
{
    const ent_network *net = p->net;
    ent_price_work work = {.p = p, .z = z};
    for (ptrdiff_t s = 0; s < p->prices; s++) p->log_price[p->price_node[s]] = z[s];
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) show_price(p, k);
    if (p->any_early) climb(&work, 1, price_block);
    for (ptrdiff_t v = 0; v < p->views; v++) p->view_x[v] = ces_seen(p->log_price[p->view_node[v]], p->view_power[v]);
    if (p->squares.present)
        price_squares(&work);
    else
        ent_blocks_run(p->blocks, p->threads, deliver_block, &work);
    climb(&work, 0, price_block);
    for (ptrdiff_t s = 0; s < p->prices; s++) out[s] = p->log_price[p->price_node[s]];
}

void ent_prices_show(ent_pass *p)
{
    ent_price_work work = {.p = p};
    ent_blocks_run(p->blocks, p->threads, deliver_block, &work);
}

/* ---- tangent ---- */

static void price_node_tangent(ent_pass *p, const double *v, ptrdiff_t k)
{
    const ent_network *net = p->net;
    if (ent_is_dry(p, k)) {
        p->d_log_cost[k] = p->d_log_price[k] = 0.0;
        return;
    }
    p->d_log_cost[k] = ent_row_sum(p, k, p->d_delivered) / ces_steepness(p->unit[k], 1.0 - net->elasticity[k]);
    double d = p->d_log_cost[k];
    if (net->scale_size[k] >= 0 && p->held == NULL) {
        const int32_t base = net->scale_base[k];
        d -= net->scale[k] *
             (log_size(p, v, net->scale_size[k]) - (base >= 0 ? p->d_log_price[base] : p->d_log_cost[k]));
    }
    p->d_log_price[k] = d;
}

/* dD = D' d log p */
static void show_price_tangent(ent_pass *p, ptrdiff_t k)
{
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) {
        const int32_t lane = p->own_lane[o];
        p->d_delivered[lane] =
            ces_steepness(ent_lane_weight(p, lane), ent_lane_power(p->net, lane)) * p->d_log_price[k];
    }
}

static void price_block_tangent(void *state, ptrdiff_t block)
{
    const ent_price_work *w = state;
    const int64_t *first = w->p->block_first + w->level * (w->p->blocks + 1) + block;
    for (int64_t k = first[0]; k < first[1]; k++) {
        if (w->p->early[k] != w->early) continue;
        price_node_tangent(w->p, w->z, k);
        show_price_tangent(w->p, k);
    }
}

static void deliver_block_tangent(void *state, ptrdiff_t block)
{
    const ent_price_work *w = state;
    ent_pass *p = w->p;
    const int64_t from = p->region_first[p->region_block[block]], to = p->region_first[p->region_block[block + 1]];
    for (int64_t lane = from; lane < to; lane++)
        p->d_delivered[lane] = p->wedge_factor[lane] * p->d_view[p->lane_view[lane]];
}

void ent_prices_tangent(ent_pass *p, const double *v, double *out)
{
    const ent_network *net = p->net;
    ent_price_work work = {.p = p, .z = v};
    for (ptrdiff_t s = 0; s < p->prices; s++) p->d_log_price[p->price_node[s]] = v[s];
    for (ptrdiff_t k = net->level_first[0]; k < net->level_first[1]; k++) show_price_tangent(p, k);
    if (p->any_early) climb(&work, 1, price_block_tangent);
    for (ptrdiff_t w = 0; w < p->views; w++)
        p->d_view[w] = ces_steepness(ces_weight(p->view_x[w], p->view_power[w]), p->view_power[w]) *
                       p->d_log_price[p->view_node[w]];
    ent_blocks_run(p->blocks, p->threads, deliver_block_tangent, &work);
    ent_quotas_deliver_tangent(p);
    climb(&work, 0, price_block_tangent);
    for (ptrdiff_t s = 0; s < p->prices; s++) out[s] = p->d_log_price[p->price_node[s]];
}

/* ---- adjoint ---- */

/* What buyers of k's good add to the bar of its price: over its inner lanes, r V V̄ and the lane's share in costs. */
static double shown_price_adjoint(const ent_back *b, ptrdiff_t k)
{
    const ent_pass *p = b->pass;
    double bar = 0.0;
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) bar += b->price[p->own_lane[o]];
    return bar;
}

/* Adds ω c̄/unit to the room of each lane of k; the lane's weight comes last, when all its buyers have been. Of a market
 * it is kept for its square. */
static void cost_adjoint(const ent_back *b, ptrdiff_t k, double bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ent_row *row = p->row + k;
    if (b->squared && net->kind[k] == ENT_NODE_SOURCING) {
        const double entry = net->entry_share[net->node_region[k]] * b->entry[net->node_region[k]];
        b->square[2][ent_square_place(&p->squares, net, k)] = bar + (1.0 - net->elasticity[k]) * p->paid[k] * entry;
        return;
    }
    if (bar == 0.0) return; /* forms speak of one region */
    ent_add_run(row->length, row->share, bar, b->weighted + row->lane);
    if (row->head > 0)
        ent_add_scatter(row->head, net->share + net->first[k], bar, b->weighted, net->edge_lane + net->first[k]);
}

static void price_node_adjoint(ent_back *b, ptrdiff_t k, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    for (int64_t o = p->own_first[k]; o < p->own_first[k + 1]; o++) {
        const int32_t lane = p->own_lane[o];
        b->price[lane] += ent_lane_weight(p, lane) * b->weighted[lane];
    }
    if (ent_is_dry(p, k)) {
        b->scale[k] = b->log_productivity[k] = b->log_cost[k] = 0.0;
        if (b->squared && net->kind[k] == ENT_NODE_SOURCING) b->square[2][ent_square_place(&p->squares, net, k)] = 0.0;
        return;
    }
    const double bar = b->log_price[k] + (net->kind[k] == ENT_NODE_PRODUCER ? 0.0 : shown_price_adjoint(b, k));
    double cost_bar = bar;
    b->scale[k] = 0.0;
    if (net->scale_size[k] >= 0) {
        const int32_t base = net->scale_base[k];
        b->scale[k] = bar / net->scale[k] * (p->log_price[k] - p->log_cost[k] - p->price_shift[k]);
        z_bar[p->sales_state[net->scale_size[k]]] -= net->scale[k] * bar;
        if (base >= 0)
            b->log_price[base] += net->scale[k] * bar;
        else
            cost_bar += net->scale[k] * bar;
    }
    b->subsidy[k] += bar;
    b->log_productivity[k] = -cost_bar;
    b->log_cost[k] += cost_bar;
    cost_adjoint(b, k, b->log_cost[k] / p->unit[k]);
}

/* What squares.h has left of it. */
static void deliver_squares_adjoint(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_squares *s = &p->squares;
    for (ptrdiff_t v = 0; v < p->views; v++) {
        const int32_t k = p->view_node[v];
        const ptrdiff_t at = ent_square_place(s, p->net, k);
        *ent_price_bar(b, k, z_bar) += s->x[at] * b->square[1][at] + p->view_power[v] * b->sold[k] * s->sold[at];
    }
}

/* What border lanes add to the bars of producers' prices, by view. */
static void deliver_adjoint(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    if (b->squared) {
        deliver_squares_adjoint(b, z_bar);
        return;
    }
    memset(b->seen, 0, (size_t)p->views * sizeof *b->seen);
    for (ptrdiff_t n = 0; n < p->net->regions; n++) {
        const int64_t from = p->region_first[n], to = p->region_first[n + 1];
        if (p->lanes_of[n] == ENT_LANES_RUN && !b->whole) {
            ent_add_run_product((ptrdiff_t)(to - from), b->price + from, p->delivered + from, b->weighted + from,
                                b->seen + p->lane_view[from]);
            continue;
        }
        if (p->lanes_of[n] != ENT_LANES_ANY && !b->whole) { /* all steep: x is the weight */
            for (int64_t lane = from; lane < to; lane++)
                b->seen[p->lane_view[lane]] += b->price[lane] + p->delivered[lane] * b->weighted[lane];
            continue;
        }
        for (int64_t lane = from; lane < to; lane++) {
            b->price[lane] += ent_lane_weight(p, lane) * b->weighted[lane];
            b->seen[p->lane_view[lane]] += b->price[lane];
        }
    }
    for (ptrdiff_t v = 0; v < p->views; v++) *ent_price_bar(b, p->view_node[v], z_bar) += b->seen[v];
}

void ent_prices_adjoint_read(ent_back *b, const int32_t *region, ptrdiff_t regions, double *z_bar)
{
    const ent_network *net = b->pass->net;
    memset(b->weighted + net->borders, 0, (size_t)(net->lanes - net->borders) * sizeof *b->weighted);
    for (ptrdiff_t r = 0; r < regions; r++)
        for (ptrdiff_t level = net->levels - 1; level >= 1; level--) {
            const int64_t *first = b->part_first + level * (net->regions + 1) + region[r];
            for (int64_t k = first[1] - 1; k >= first[0]; k--)
                if (!b->pass->early[k]) price_node_adjoint(b, k, z_bar);
        }
}

void ent_prices_adjoint_open(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ptrdiff_t from = b->squared ? net->borders : 0;
    memset(b->weighted + from, 0, (size_t)(net->lanes - from) * sizeof *b->weighted);
    for (ptrdiff_t k = net->nodes - 1; k >= net->level_first[1]; k--)
        if (!p->early[k]) price_node_adjoint(b, k, z_bar);
}

static void price_factors_adjoint(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    for (ptrdiff_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        for (int64_t o = p->own_first[f]; o < p->own_first[f + 1]; o++) {
            const int32_t lane = p->own_lane[o];
            b->price[lane] += ent_lane_weight(p, lane) * b->weighted[lane];
        }
        z_bar[p->price_state[f]] += b->log_price[f] + shown_price_adjoint(b, f);
    }
}

void ent_prices_adjoint_close(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    deliver_adjoint(b, z_bar);
    for (ptrdiff_t k = net->level_first[6] - 1; k >= net->level_first[3] && p->any_early; k--)
        if (p->early[k]) price_node_adjoint(b, k, z_bar);
    price_factors_adjoint(b, z_bar);
}

void ent_prices_adjoint_hand(ent_back *b, double *z_bar)
{
    deliver_adjoint(b, z_bar);
    if (b->pass->any_early) ent_early_price_adjoint(b);
    price_factors_adjoint(b, z_bar);
}
