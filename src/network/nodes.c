/* nodes.c: which nodes a blueprint has, numbered in the order of evaluation (N3), level by level, by region within a
 * level:
 *
 *   0 factors       1 imports (two-tier)   2 sourcing     3 bundles of products, value added
 *   4 materials     5 producers            6 final uses   7 households
 *
 * A nest whose elasticity equals its parent's is the parent (a CES of CES with one elasticity is one CES): no node is
 * made for it. So the Caliendo–Parro blueprint, all Cobb–Douglas above the sourcing, has no materials and value-added
 * nodes. */
// SPDX-License-Identifier: MIT
#include "network/draft.h"
#include <math.h>

enum {
    LEVELS = 8
};

static int has_materials_node(const ent_draft *d, ptrdiff_t k)
{
    return d->blueprint->separate_nests || d->blueprint->material_elasticity[k] != d->blueprint->output_elasticity[k];
}

/* Value added is a node where it bundles two factors or more with an elasticity of its own. */
static int has_bundle_node(const ent_draft *d, ptrdiff_t n, ptrdiff_t k)
{
    ptrdiff_t paid = 0;
    for (ptrdiff_t g = 0; g < d->G; g++) paid += d->factor_pay[(n * d->J + k) * d->G + g] > 0.0;
    return paid > 1 &&
           (d->blueprint->separate_nests || d->blueprint->factor_elasticity[k] != d->blueprint->output_elasticity[k]);
}

static double materials_of(const ent_draft *d, ptrdiff_t n, ptrdiff_t k)
{
    double sum = 0.0;
    for (ptrdiff_t j = 0; j < d->J; j++) sum += d->use[(n * d->J + j) * d->C + k];
    return sum;
}

/* Counting (net->kind NULL) and placing walk the same way. */
static int32_t place(ent_network *net, ptrdiff_t *count, ent_node_kind kind, ptrdiff_t region, ptrdiff_t sector,
                     ptrdiff_t user, double elasticity, double sales)
{
    const ptrdiff_t node = (*count)++;
    if (net->kind != NULL) {
        net->kind[node] = (unsigned char)kind;
        net->node_region[node] = (int32_t)region;
        net->node_sector[node] = (int32_t)sector;
        net->node_user[node] = (int32_t)user;
        net->elasticity[node] = elasticity;
        net->sales_usd[node] = sales;
    }
    return (int32_t)node;
}

static void place_factors(ent_draft *d, ent_network *net, ptrdiff_t *count)
{
    for (ptrdiff_t n = 0; n < d->R; n++) {
        net->labour[n] = -1;
        for (ptrdiff_t g = 0; g < d->G; g++) {
            const int mobile = isinf(d->blueprint->mobility[g]);
            int32_t shared = -1;
            for (ptrdiff_t k = 0; k < d->J; k++) {
                const ptrdiff_t cell = (n * d->J + k) * d->G + g;
                d->factor_node[cell] = -1;
                if (!(d->factor_pay[cell] > 0.0)) continue;
                if (shared < 0 || !mobile) shared = place(net, count, ENT_NODE_FACTOR, n, mobile ? -1 : k, g, 1.0, 0.0);
                d->factor_node[cell] = shared;
                if (g == 0 && mobile) net->labour[n] = shared;
            }
        }
    }
}

/* Sourcing of every product of sector j in n; what it costs with its duties. */
static void place_details(ent_draft *d, ent_network *net, ptrdiff_t *count, ptrdiff_t n, ptrdiff_t j)
{
    for (ptrdiff_t h = d->product_first[j]; h < d->product_first[j + 1]; h++) {
        double spent = 0.0;
        for (int64_t r = d->detail->first[n * d->P + h]; r < d->detail->first[n * d->P + h + 1]; r++)
            spent += d->detail->value_usd[r] * (1.0 + ent_draft_duty(d, d->detail->seller[r], j, n));
        d->product_node[n * d->P + h] = -1;
        if (spent > 0.0)
            d->product_node[n * d->P + h] =
                place(net, count, ENT_NODE_SOURCING, n, j, 0, ent_draft_product_sigma(d, h), spent);
    }
}

/* Their bundle is what users buy in place of the sector. */
static void place_detail_bundles(ent_draft *d, ent_network *net, ptrdiff_t *count, ptrdiff_t n)
{
    for (ptrdiff_t j = 0; j < d->J; j++)
        if (ent_draft_has_detail(d, j) && d->spend[n * d->J + j] > 0.0)
            d->sourcing_node[n * d->J + j] =
                place(net, count, ENT_NODE_BUNDLE, n, j, -1, ent_blueprint_product_elasticity(d->blueprint, j),
                      d->spend[n * d->J + j]);
}

static void place_sourcing(ent_draft *d, ent_network *net, ptrdiff_t *count, int imports)
{
    for (ptrdiff_t n = 0; n < d->R; n++)
        for (ptrdiff_t j = 0; j < d->J; j++)
            for (ptrdiff_t q = 0; q < d->Q; q++) {
                const ptrdiff_t cell = (n * d->J + j) * d->Q + q;
                const double value = imports ? d->imported[cell] : d->spend[cell];
                const double foreign = 1.0 + d->blueprint->trade_elasticity[j];
                const double sigma = d->two_tier && !imports ? ent_blueprint_home_elasticity(d->blueprint, j) : foreign;
                int32_t *const where = imports ? d->imports_node : d->sourcing_node;
                where[cell] = -1;
                if (ent_draft_has_detail(d, j)) {
                    place_details(d, net, count, n, j);
                    continue;
                }
                if (value > 0.0)
                    where[cell] =
                        place(net, count, imports ? ENT_NODE_IMPORTS : ENT_NODE_SOURCING, n, j, q, sigma, value);
            }
}

/* The elasticity with which user c of any region chooses among sectors. */
static double nest_of_user(const ent_draft *d, ptrdiff_t c)
{
    return c < d->J ? d->blueprint->material_elasticity[c] : d->blueprint->consumption_elasticity;
}

/* User c buys products of one sector as a bundle where it replaces them otherwise than sectors; but by-products (T3),
 * negative exponents, stay among the sectors. */
static int has_products_node(const ent_draft *d, ptrdiff_t n, ptrdiff_t first, ptrdiff_t c)
{
    double sum = 0.0;
    if (d->bundle[first] != first || (c < d->J && !(d->sales[n * d->J + c] > 0.0))) return 0;
    for (ptrdiff_t j = first; j < d->J; j++) {
        const double use = ent_draft_use(d, n, j, c);
        if (d->bundle[j] != first) continue;
        if (use < 0.0) return 0;
        sum += use;
    }
    return sum > 0.0 && (d->blueprint->separate_nests ||
                         ent_blueprint_product_elasticity(d->blueprint, first) != nest_of_user(d, c));
}

static void place_products(ent_draft *d, ent_network *net, ptrdiff_t *count, ptrdiff_t n)
{
    for (ptrdiff_t first = 0; first < d->J; first++)
        for (ptrdiff_t c = 0; c < d->C; c++) {
            const ptrdiff_t cell = (n * d->J + first) * d->C + c;
            double sum = 0.0;
            d->products_node[cell] = -1;
            if (!has_products_node(d, n, first, c)) continue;
            for (ptrdiff_t j = first; j < d->J; j++)
                if (d->bundle[j] == first) sum += ent_draft_use(d, n, j, c);
            d->products_node[cell] = place(net, count, ENT_NODE_BUNDLE, n, first, c,
                                           ent_blueprint_product_elasticity(d->blueprint, first), sum);
        }
}

static void place_producer(ent_draft *d, ent_network *net, ptrdiff_t *count, ent_node_kind kind, ptrdiff_t n,
                           ptrdiff_t k)
{
    const ptrdiff_t cell = n * d->J + k;
    const ent_blueprint *b = d->blueprint;
    const double materials = materials_of(d, n, k);
    double bundle = 0.0;
    for (ptrdiff_t g = 0; g < d->G; g++) bundle += d->factor_pay[cell * d->G + g];
    if (kind == ENT_NODE_MATERIALS) {
        d->materials_node[cell] = -1;
        if (d->sales[cell] > 0.0 && materials > 0.0 && has_materials_node(d, k))
            d->materials_node[cell] = place(net, count, kind, n, k, -1, b->material_elasticity[k], materials);
    } else if (kind == ENT_NODE_VALUE_ADDED) {
        d->bundle_node[cell] = -1;
        if (d->sales[cell] > 0.0 && has_bundle_node(d, n, k))
            d->bundle_node[cell] = place(net, count, kind, n, k, -1, b->factor_elasticity[k], bundle);
    } else {
        net->producer[cell] = -1;
        if (d->sales[cell] > 0.0)
            net->producer[cell] = place(net, count, kind, n, k, -1, b->output_elasticity[k], d->sales[cell]);
    }
}

static void place_production(ent_draft *d, ent_network *net, ptrdiff_t *count, ent_node_kind kind)
{
    for (ptrdiff_t n = 0; n < d->R; n++) {
        if (kind == ENT_NODE_VALUE_ADDED && d->bundle != NULL) place_products(d, net, count, n);
        if (kind == ENT_NODE_VALUE_ADDED && d->detail != NULL) place_detail_bundles(d, net, count, n);
        for (ptrdiff_t k = 0; k < d->J; k++) place_producer(d, net, count, kind, n, k);
    }
}

static void place_final(ent_draft *d, ent_network *net, ptrdiff_t *count)
{
    for (ptrdiff_t n = 0; n < d->R; n++)
        for (ptrdiff_t u = 0; u < d->U; u++) {
            double value = 0.0;
            for (ptrdiff_t j = 0; j < d->J; j++) value += d->use[(n * d->J + j) * d->C + d->J + u];
            d->final_node[n * d->U + u] = -1;
            if (d->final_level && value > 0.0)
                d->final_node[n * d->U + u] =
                    place(net, count, ENT_NODE_FINAL, n, -1, u, d->blueprint->consumption_elasticity, value);
        }
}

static void place_all(ent_draft *d, ent_network *net, ptrdiff_t *count, int64_t level_first[LEVELS + 1])
{
    *count = 0;
    level_first[0] = 0;
    place_factors(d, net, count);
    level_first[1] = *count;
    if (d->two_tier) place_sourcing(d, net, count, 1);
    level_first[2] = *count;
    place_sourcing(d, net, count, 0);
    level_first[3] = *count;
    place_production(d, net, count, ENT_NODE_VALUE_ADDED);
    level_first[4] = *count;
    place_production(d, net, count, ENT_NODE_MATERIALS);
    level_first[5] = *count;
    place_production(d, net, count, ENT_NODE_PRODUCER);
    level_first[6] = *count;
    place_final(d, net, count);
    level_first[7] = *count;
    for (ptrdiff_t n = 0; n < d->R; n++)
        net->household[n] = place(net, count, ENT_NODE_HOUSEHOLD, n, -1, -1,
                                  d->final_level ? 1.0 : d->blueprint->consumption_elasticity, d->final_spend[n]);
    level_first[8] = *count;
}

static ent_status node_room(ent_network *net, ent_arena *arena)
{
    const ptrdiff_t nodes = net->nodes;
    net->kind = ent_new(arena, unsigned char, nodes);
    net->node_region = ent_new(arena, int32_t, nodes);
    net->node_sector = ent_new(arena, int32_t, nodes);
    net->node_user = ent_new(arena, int32_t, nodes);
    net->elasticity = ent_new(arena, double, nodes);
    net->sales_usd = ent_new(arena, double, nodes);
    net->scale = ent_new0(arena, double, nodes);
    net->scale_size = ent_new(arena, int32_t, nodes);
    net->scale_base = ent_new(arena, int32_t, nodes);
    net->levy_share = ent_new0(arena, double, nodes);
    net->factor_group = ent_new(arena, int32_t, nodes);
    net->inverse_mobility = ent_new0(arena, double, nodes);
    net->first = ent_new0(arena, int64_t, nodes + 1);
    if (net->kind == NULL || net->node_region == NULL || net->node_sector == NULL || net->node_user == NULL ||
        net->elasticity == NULL || net->sales_usd == NULL || net->scale == NULL || net->scale_size == NULL ||
        net->scale_base == NULL || net->levy_share == NULL || net->factor_group == NULL ||
        net->inverse_mobility == NULL || net->first == NULL)
        return ENT_NO_MEMORY;
    for (ptrdiff_t k = 0; k < nodes; k++) net->scale_size[k] = net->scale_base[k] = net->factor_group[k] = -1;
    return ENT_OK;
}

static ent_status place_room(ent_draft *d, ent_network *net, ent_arena *own)
{
    const ptrdiff_t cells = d->R * d->J;
    ent_arena *arena = d->scratch;
    d->factor_node = ent_new(arena, int32_t, cells * d->G);
    d->imports_node = ent_new(arena, int32_t, cells * d->Q);
    d->sourcing_node = ent_new(arena, int32_t, cells * d->Q);
    d->materials_node = ent_new(arena, int32_t, cells);
    d->bundle_node = ent_new(arena, int32_t, cells);
    d->products_node = ent_new(arena, int32_t, d->bundle != NULL ? cells * d->C : 0);
    d->product_node = ent_new(arena, int32_t, d->R * d->P);
    d->row_lane = ent_new(arena, int64_t, d->detail != NULL ? cells : 0);
    d->final_node = ent_new(arena, int32_t, d->R * d->U);
    net->producer = ent_new(own, int32_t, cells);
    net->household = ent_new(own, int32_t, d->R);
    net->labour = ent_new(own, int32_t, d->R);
    net->level_first = ent_new(own, int64_t, LEVELS + 1);
    return d->factor_node == NULL || d->imports_node == NULL || d->sourcing_node == NULL || d->materials_node == NULL ||
                   d->bundle_node == NULL || d->products_node == NULL || d->product_node == NULL ||
                   d->row_lane == NULL || d->final_node == NULL || net->producer == NULL || net->household == NULL ||
                   net->labour == NULL || net->level_first == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* Scale economies of producers (E4) and selection into markets (E17). */
static void set_scale(const ent_draft *d, ent_network *net)
{
    for (ptrdiff_t n = 0; n < d->R; n++)
        for (ptrdiff_t j = 0; j < d->J; j++) {
            const int32_t producer = net->producer[n * d->J + j];
            const double psi = ent_blueprint_scale(d->blueprint, j);
            const int32_t labour = net->labour[n];
            if (producer >= 0 && psi != 0.0) {
                const int by_labour = d->blueprint->scale_by == ENT_SCALE_BY_LABOUR && labour >= 0;
                net->scale[producer] = psi;
                net->scale_size[producer] = by_labour ? labour : producer;
                net->scale_base[producer] = by_labour ? labour : -1;
            }
            if (net->duty_power[n] == 1.0) continue;
            for (ptrdiff_t q = 0; q < d->Q; q++) {
                const int32_t sourcing = d->sourcing_node[(n * d->J + j) * d->Q + q];
                if (sourcing < 0 || labour < 0) continue;
                net->scale[sourcing] = net->duty_power[n] - 1.0;
                net->scale_size[sourcing] = sourcing;
                net->scale_base[sourcing] = labour;
            }
        }
}

ent_status ent_draft_nodes(ent_draft *d, ent_network *net, ent_arena *arena, ent_error *err)
{
    ptrdiff_t count = 0;
    if (place_room(d, net, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the places of the nodes");
    net->kind = NULL;
    place_all(d, net, &count, net->level_first);
    if (count > INT32_MAX) return ent_fail(err, ENT_BAD_INPUT, "%td nodes are more than a network can hold", count);
    net->nodes = count;
    net->levels = LEVELS;
    if (node_room(net, arena) != ENT_OK) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td nodes", count);
    place_all(d, net, &count, net->level_first);
    for (ptrdiff_t k = 0; k < net->level_first[1]; k++) {
        const int32_t g = net->node_user[k];
        net->factor_group[k] = (int32_t)(net->node_region[k] * d->G + g);
        net->inverse_mobility[k] = 1.0 / d->blueprint->mobility[g]; /* 1/inf is 0 */
    }
    set_scale(d, net);
    return ENT_OK;
}
