/* markets.c: see markets.h. Two reads of the border lanes for one response.
 *
 * Where each user has a sourcing node of its own, users' origins differ, and a price moves sales less than the market's
 * average shares say: by φ = Σ_e V (1 − ω_e)/Σ V (1 − ω), with ω_e the users' own shares. r φ then has the right size
 * for each seller's own price on average, and a rise of all prices by the same moves nothing. */
// SPDX-License-Identifier: MIT
#include "equilibrium/markets.h"
#include "num/dot.h"

static ptrdiff_t place_of(const ent_network *net, ptrdiff_t lane)
{
    return net->lane_region[lane] * net->sectors + ent_lane_sector(net, lane);
}

static ptrdiff_t end_of_market(const ent_network *net, ptrdiff_t from)
{
    ptrdiff_t to = from + 1;
    while (to < net->borders && place_of(net, to) == place_of(net, from)) to++;
    return to;
}

/* Σ ω_e V over the users of each lane. */
static void add_own(const ent_network *net, double *own)
{
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < net->borders)
                own[net->edge_lane[e]] += net->share[e] * net->share[e] * net->sales_usd[k];
}

static void describe(ent_markets *m, ptrdiff_t market, const double *own)
{
    const ent_network *net = m->net;
    double spent = 0.0, users = 0.0, average = 0.0, power = 0.0;
    for (int64_t lane = m->first[market]; lane < m->first[market + 1]; lane++) spent += net->lane_value_usd[lane];
    for (int64_t lane = m->first[market]; lane < m->first[market + 1]; lane++) {
        const double v = net->lane_value_usd[lane];
        const double kept = (1.0 - net->entry_share[net->lane_region[lane]]) /
                            ((1.0 + net->duty[lane]) * (1.0 + net->export_tax[lane]));
        m->origin[lane] = (int32_t)(ent_lane_sector(net, lane) * net->regions + ent_lane_exporter(net, lane));
        m->buy_share[lane] = v / spent;
        m->sale_share[lane] = kept * v / net->sales_usd[net->seller[lane]];
        power += v / spent * ent_lane_power(net, lane);
        users += v - own[lane];
        average += v * (1.0 - v / spent);
    }
    m->power[market] = power * (average > 0.0 && users < average ? users / average : 1.0);
}

ent_status ent_markets_open(const ent_network *net, ent_arena *arena, ent_markets *m, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *own = ent_new0(&scratch, double, net->borders);
    *m = (ent_markets){.net = net};
    for (ptrdiff_t lane = 0; lane < net->borders; lane = end_of_market(net, lane)) m->count++;
    m->first = ent_new(arena, int64_t, m->count + 1);
    m->place = ent_new(arena, int32_t, m->count);
    m->power = ent_new(arena, double, m->count);
    m->whole = ent_new(arena, unsigned char, m->count);
    m->origin = ent_new(arena, int32_t, net->borders);
    m->buy_share = ent_new(arena, double, net->borders);
    m->sale_share = ent_new(arena, double, net->borders);
    if (own == NULL || m->first == NULL || m->place == NULL || m->power == NULL || m->origin == NULL ||
        m->whole == NULL || m->buy_share == NULL || m->sale_share == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td markets", m->count);
    add_own(net, own);
    ptrdiff_t market = 0;
    m->first[0] = 0;
    for (ptrdiff_t lane = 0; lane < net->borders; market++) {
        m->place[market] = (int32_t)place_of(net, lane);
        lane = end_of_market(net, lane);
        m->first[market + 1] = lane;
        describe(m, market, own);
        m->whole[market] = m->first[market + 1] - m->first[market] == net->regions;
    }
    return ENT_OK;
}

/* One market: fall in sales that the average price explains, then each seller's own. */
static void respond(const ent_markets *m, ptrdiff_t market, double spending, const double *price, double *sales)
{
    const ptrdiff_t R = m->net->regions, J = m->net->sectors, place = m->place[market];
    const ptrdiff_t from = m->first[market], lanes = m->first[market + 1] - from, home = place % J * R + place / J;
    const int32_t *origin = m->origin + from;
    const double *share = m->sale_share + from, r = m->power[market];
    if (m->whole[market]) {
        const double average = ent_dot_run(lanes, m->buy_share + from, price + origin[0]);
        ent_add_product(lanes, share, price + origin[0], r, spending - r * average, sales + origin[0]);
        sales[home] -= share[home - origin[0]] * spending;
        return;
    }
    const double average = ent_dot_gather(lanes, m->buy_share + from, price, origin);
    for (ptrdiff_t l = 0; l < lanes; l++)
        sales[origin[l]] += share[l] * (r * (price[origin[l]] - average) + (origin[l] != home ? spending : 0.0));
}

void ent_markets_respond(const ent_markets *m, const double *price, const double *spending, double *sales, double *room)
{
    const ptrdiff_t R = m->net->regions, J = m->net->sectors;
    double *price_by_sector = room, *sales_by_sector = room + R * J;
    for (ptrdiff_t j = 0; j < J; j++)
        for (ptrdiff_t i = 0; i < R; i++) {
            price_by_sector[j * R + i] = price[i * J + j];
            sales_by_sector[j * R + i] = 0.0;
        }
    for (ptrdiff_t market = 0; market < m->count; market++)
        respond(m, market, spending != NULL ? spending[m->place[market]] : 0.0, price_by_sector, sales_by_sector);
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++) sales[i * J + j] += sales_by_sector[j * R + i];
}
