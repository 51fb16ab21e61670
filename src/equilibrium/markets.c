/* markets.c: see markets.h. With r = 1 − σ of market (n,j), ω_nij the share of origin i in what it buys:
 *
 *   d log S_ij = Σ_n s_nij r_nj (d log p_ij − Σ_m ω_nmj d log p_mj)
 *
 * which for each sector is one matrix of regions × regions, built once by one product of such matrices: an application
 * then reads a third of what the lanes themselves would take.
 *
 * Where each user has a sourcing node of its own, users' origins differ, and a price moves sales less than the market's
 * average shares say: by φ = Σ_e V (1 − ω_e)/Σ V (1 − ω), with ω_e the users' own shares. r φ then has the right size
 * for each seller's own price on average, and a rise of all prices by the same moves nothing. */
// SPDX-License-Identifier: MIT
#include "equilibrium/markets.h"
#include "num/dot.h"
#include <string.h>

typedef struct {
    ent_markets *m;
    double *own;     /* [borders] Σ ω_e V over the users of a lane */
    double *pulled;  /* [J][R][stride] at [j][m][n]: r ω, what market n holds against others when m's price rises */
    double *own_sum; /* [J][stride]    at [j][i]: Σ_n s r */
} ent_markets_work;

static void add_own(const ent_network *net, double *own)
{
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < net->borders)
                own[net->edge_lane[e]] += net->share[e] * net->share[e] * net->sales_usd[k];
}

static ptrdiff_t end_of_market(const ent_network *net, ptrdiff_t from)
{
    const int32_t n = net->lane_region[from], j = net->node_sector[net->seller[from]];
    ptrdiff_t to = from + 1;
    while (to < net->borders && net->lane_region[to] == n && net->node_sector[net->seller[to]] == j) to++;
    return to;
}

/* The average of r, weakened where users differ. */
static double power_of(const ent_markets_work *w, ptrdiff_t from, ptrdiff_t to, double spent)
{
    const ent_network *net = w->m->net;
    double users = 0.0, average = 0.0, power = 0.0;
    for (ptrdiff_t lane = from; lane < to; lane++) {
        const double v = net->lane_value_usd[lane];
        power += v / spent * ent_lane_power(net, lane);
        users += v - w->own[lane];
        average += v * (1.0 - v / spent);
    }
    return power * (average > 0.0 && users < average ? users / average : 1.0);
}

/* One market's lanes go into its sector's matrices. */
static void enter(const ent_markets_work *w, ptrdiff_t from, ptrdiff_t to)
{
    const ent_markets *m = w->m;
    const ent_network *net = m->net;
    const ptrdiff_t n = net->lane_region[from], j = net->node_sector[net->seller[from]];
    double spent = 0.0, duties = 0.0;
    for (ptrdiff_t lane = from; lane < to; lane++) spent += net->lane_value_usd[lane];
    const double r = power_of(w, from, to, spent);
    double *share = m->sale_share + (j * m->R + n) * m->stride, *sum = w->own_sum + j * m->stride;
    for (ptrdiff_t lane = from; lane < to; lane++) {
        const ptrdiff_t i = net->node_region[net->seller[lane]];
        const double v = net->lane_value_usd[lane];
        duties += v * net->duty[lane] / (1.0 + net->duty[lane]);
        const double kept = (1.0 - net->entry_share[n]) / ((1.0 + net->duty[lane]) * (1.0 + net->export_tax[lane]));
        share[i] = kept * v / net->sales_usd[net->seller[lane]];
        sum[i] += share[i] * r;
        w->pulled[(j * m->R + i) * m->stride + n] = -r * v / spent;
    }
    m->bought_usd[j * m->stride + n] = spent;
    m->duties_usd[j * m->stride + n] = duties;
}

static void meet(const ent_markets_work *w, ptrdiff_t j)
{
    const ent_markets *m = w->m;
    for (ptrdiff_t i = 0; i < m->R; i++) {
        double *column = m->by_price + (j * m->R + i) * m->stride;
        ent_columns_add(m->stride, m->R, m->stride, m->sale_share + j * m->R * m->stride,
                        w->pulled + (j * m->R + i) * m->stride, column);
        column[i] += w->own_sum[j * m->stride + i];
    }
}

ent_status ent_markets_open(const ent_network *net, ent_arena *arena, ent_markets *m, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    *m = (ent_markets){.net = net, .R = net->regions, .J = net->sectors, .stride = ent_pad(net->regions)};
    const ptrdiff_t matrices = m->J * m->R * m->stride;
    m->by_price = ent_new0(arena, double, matrices);
    m->sale_share = ent_new0(arena, double, matrices);
    m->bought_usd = ent_new0(arena, double, m->J * m->stride);
    m->duties_usd = ent_new0(arena, double, m->J * m->stride);
    ent_markets_work w = {m, ent_new0(&scratch, double, net->borders), ent_new0(&scratch, double, matrices),
                          ent_new0(&scratch, double, m->J * m->stride)};
    if (m->by_price == NULL || m->sale_share == NULL || m->bought_usd == NULL || m->duties_usd == NULL ||
        w.own == NULL || w.pulled == NULL || w.own_sum == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the markets of %td regions and %td sectors", m->R, m->J);
    add_own(net, w.own);
    for (ptrdiff_t lane = 0, next; lane < net->borders; lane = next) {
        next = end_of_market(net, lane);
        enter(&w, lane, next);
    }
    for (ptrdiff_t j = 0; j < m->J; j++) meet(&w, j);
    return ENT_OK;
}

void ent_markets_respond(const ent_markets *m, const double *price, double *sales)
{
    for (ptrdiff_t j = 0; j < m->J; j++)
        ent_columns_add(m->stride, m->R, m->stride, m->by_price + j * m->R * m->stride, price + j * m->stride,
                        sales + j * m->stride);
}

void ent_markets_respond_transposed(const ent_markets *m, const double *sales, double *price)
{
    for (ptrdiff_t j = 0; j < m->J; j++)
        ent_columns_dot(m->stride, m->R, m->stride, m->by_price + j * m->R * m->stride, sales + j * m->stride,
                        price + j * m->stride);
}

void ent_markets_sell(const ent_markets *m, const double *spending, double *sales)
{
    for (ptrdiff_t j = 0; j < m->J; j++)
        ent_columns_add(m->stride, m->R, m->stride, m->sale_share + j * m->R * m->stride, spending + j * m->stride,
                        sales + j * m->stride);
}

void ent_markets_sell_transposed(const ent_markets *m, const double *sales, double *spending)
{
    for (ptrdiff_t j = 0; j < m->J; j++)
        ent_columns_dot(m->stride, m->R, m->stride, m->sale_share + j * m->R * m->stride, sales + j * m->stride,
                        spending + j * m->stride);
}
