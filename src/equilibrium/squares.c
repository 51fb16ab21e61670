/* squares.c: see squares.h. Sectors never share a number, so they can be taken by several threads in any order. */
// SPDX-License-Identifier: MIT
#include "equilibrium/squares.h"
#include "num/boxcox.h"
#include "num/dot.h"
#include <string.h>

enum {
    THINNEST = 4 /* one lane in four: below, the zeros of the squares cost more than the indices of the lanes */
};

static int is_square_world(const ent_network *net)
{
    int64_t edges = 0;
    if (net->lane_product != NULL) return 0; /* several lanes a cell */
    if (net->borders == 0 || net->borders * THINNEST < net->regions * net->regions * net->sectors) return 0;
    if (net->level_first[1] != net->level_first[2]) return 0; /* imports apart: two-tier */
    for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++) {
        if (!is_steep(1.0 - net->elasticity[k])) return 0;
        edges += net->first[k + 1] - net->first[k];
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] >= net->borders) return 0;
    }
    return edges == net->borders;
}

ent_status ent_squares_open(const ent_network *net, ent_arena *arena, ent_squares *s)
{
    *s = (ent_squares){
        .present = is_square_world(net), .R = net->regions, .J = net->sectors, .stride = ent_pad(net->regions)};
    if (!s->present) return ENT_OK;
    const ptrdiff_t vectors = s->J * s->stride, matrices = s->R * vectors;
    s->cost_part = ent_new0(arena, double, matrices);
    s->sale_part = ent_new0(arena, double, matrices);
    s->duty_part = ent_new0(arena, double, matrices);
    s->taxed = ent_new0(arena, unsigned char, s->J * s->R);
    s->x = ent_new0(arena, double, vectors);
    s->cost = ent_new0(arena, double, vectors);
    s->paid = ent_new0(arena, double, vectors);
    s->sold = ent_new0(arena, double, vectors);
    s->duties = ent_new0(arena, double, vectors);
    return s->cost_part == NULL || s->sale_part == NULL || s->duty_part == NULL || s->taxed == NULL || s->x == NULL ||
                   s->cost == NULL || s->paid == NULL || s->sold == NULL || s->duties == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

void ent_squares_place(ent_squares *s, const ent_network *net, ptrdiff_t node, const ent_square_row *row)
{
    const ptrdiff_t market = net->node_sector[node] * s->R + net->node_region[node];
    double *cost = s->cost_part + market * s->stride, *sale = s->sale_part + market * s->stride;
    double *duty = s->duty_part + market * s->stride;
    int taxed = 0;
    for (ptrdiff_t lane = 0; lane < row->lanes; lane++) {
        const ptrdiff_t i = row->lanes == s->R ? lane : net->node_region[row->seller[lane]];
        const double a = row->share[lane] * row->wedge_factor[lane];
        cost[i] = a;
        sale[i] = a * row->seller_part[lane];
        duty[i] = a * (1.0 - row->border_part[lane]);
        taxed |= row->border_part[lane] != 1.0;
    }
    s->taxed[market] = (unsigned char)taxed;
}

void ent_squares_copy(ent_squares *s, const ent_squares *from)
{
    const size_t bytes = (size_t)(s->J * s->R * s->stride) * sizeof *s->cost_part;
    memcpy(s->cost_part, from->cost_part, bytes);
    memcpy(s->sale_part, from->sale_part, bytes);
    memcpy(s->duty_part, from->duty_part, bytes);
    memcpy(s->taxed, from->taxed, (size_t)(s->J * s->R));
}

static ptrdiff_t market_of(const ent_squares *s, const ent_network *net, ptrdiff_t lane)
{
    return net->node_sector[net->seller[lane]] * s->R + net->lane_region[lane];
}

void ent_squares_set(ent_squares *s, const ent_network *net, ptrdiff_t lane, double a, double border_part,
                     double seller_part)
{
    const ptrdiff_t market = market_of(s, net, lane);
    const ptrdiff_t cell = market * s->stride + net->node_region[net->seller[lane]];
    s->cost_part[cell] = a;
    s->sale_part[cell] = a * seller_part;
    s->duty_part[cell] = a * (1.0 - border_part);
    if (border_part != 1.0) s->taxed[market] = 1;
}

double ent_squares_weight(const ent_squares *s, const ent_network *net, ptrdiff_t lane)
{
    const ptrdiff_t j = net->node_sector[net->seller[lane]], i = net->node_region[net->seller[lane]];
    return s->cost_part[market_of(s, net, lane) * s->stride + i] * s->x[j * s->stride + i];
}

double ent_squares_value(const ent_squares *s, const ent_network *net, ptrdiff_t lane)
{
    const ptrdiff_t j = net->node_sector[net->seller[lane]];
    return s->paid[j * s->stride + net->lane_region[lane]] * ent_squares_weight(s, net, lane);
}

void ent_squares_price(const ent_squares *s, ptrdiff_t j)
{
    const ptrdiff_t vector = j * s->stride, matrix = s->R * vector;
    memset(s->cost + vector, 0, (size_t)s->stride * sizeof *s->cost);
    ent_columns_dot(s->stride, s->R, s->stride, s->cost_part + matrix, s->x + vector, s->cost + vector);
}

void ent_squares_sell(const ent_squares *s, ptrdiff_t j)
{
    const ptrdiff_t vector = j * s->stride, matrix = s->R * vector;
    double *sold = s->sold + vector, *duties = s->duties + vector;
    memset(sold, 0, (size_t)s->stride * sizeof *sold);
    ent_columns_add(s->stride, s->R, s->stride, s->sale_part + matrix, s->paid + vector, sold);
    for (ptrdiff_t i = 0; i < s->R; i++) sold[i] *= s->x[vector + i];
    for (ptrdiff_t n = 0; n < s->R; n++)
        duties[n] =
            s->taxed[j * s->R + n]
                ? s->paid[vector + n] * ent_dot_run(s->stride, s->duty_part + matrix + n * s->stride, s->x + vector)
                : 0.0;
}

double ent_squares_worth_of(const ent_squares *s, ptrdiff_t j, ptrdiff_t n, const double *at_seller)
{
    return ent_dot_run(s->stride, s->sale_part + (s->R * j + n) * s->stride, at_seller);
}

void ent_squares_worth(const ent_squares *s, ptrdiff_t j, ptrdiff_t many, const double *const *at_seller,
                       double *const *worth)
{
    ent_columns_dot_many(s->stride, s->R, s->stride, s->sale_part + s->R * j * s->stride, many, at_seller, worth);
}

void ent_squares_blame_of(const ent_squares *s, ptrdiff_t j, ptrdiff_t n, double cost, double *out)
{
    ent_add_run(s->stride, s->cost_part + (s->R * j + n) * s->stride, cost, out);
}

void ent_squares_blame(const ent_squares *s, ptrdiff_t j, ptrdiff_t many, const double *const *cost,
                       const double *const *duty, double *const *out)
{
    const ptrdiff_t matrix = s->R * j * s->stride;
    ent_columns_add_many(s->stride, s->R, s->stride, s->cost_part + matrix, many, cost, out);
    if (memchr(s->taxed + j * s->R, 1, (size_t)s->R) != NULL)
        ent_columns_add_many(s->stride, s->R, s->stride, s->duty_part + matrix, many, duty, out);
}
