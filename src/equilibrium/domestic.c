/* domestic.c: see domestic.h. The system of home.c for all regions at once, d = P r: prices as if wages stood still,
 * the demand that follows from them in all markets, wages of all regions from what that does to factor incomes, what
 * wages do to prices, demand and incomes, and then sales and incomes, which may feed back to prices.
 *
 * All is prepared once, at the benchmark's shares. What P leaves out: substitution above the sourcing, and what
 * comes back over a border: prices of imported inputs, demand for inputs that travels abroad and returns other than
 * through wages and incomes, and revenue from export taxes. */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "num/dot.h"
#include <string.h>

/* ---- open ---- */

/* Money goes round and is neither made nor lost (E6-E8): Σ S log-changes of all that receives and spends it, producers,
 * households, and sourcing nodes whose sales are unknowns, is the same before and after a pass. */
static void find_money(const ent_domestic *d, const ent_network *at)
{
    const ent_pass *pass = d->pass;
    double all = 0.0;
    for (ptrdiff_t s = 0; s < pass->sales; s++) {
        const int32_t k = pass->sales_node[s];
        d->money[s] = at->kind[k] == ENT_NODE_FACTOR ? 0.0 : at->sales_usd[k];
        all += d->money[s];
    }
    for (ptrdiff_t s = 0; s < pass->sales; s++) d->money[s] /= all;
}

static void find_weights(const ent_domestic *d, const ent_network *at)
{
    const ent_markets *m = &d->markets;
    double world = 0.0;
    for (int64_t f = at->level_first[0]; f < at->level_first[1]; f++) {
        d->gdp_share[at->factor_group[f]] += at->sales_usd[f];
        world += at->sales_usd[f];
    }
    for (int64_t f = at->level_first[0]; f < at->level_first[1]; f++)
        d->weight[f] = at->sales_usd[f] > 0.0 ? at->sales_usd[f] / d->gdp_share[at->factor_group[f]] : 0.0;
    for (ptrdiff_t group = 0; group < at->regions * at->factors; group++) d->gdp_share[group] /= world;
    for (int64_t k = at->level_first[2]; k < at->level_first[3]; k++) {
        const double bought = m->bought_usd[at->node_sector[k] * m->stride + at->node_region[k]];
        if (d->pass->sales_state[k] >= 0 && bought > 0.0) d->weight[k] = at->sales_usd[k] / bought;
    }
}

ent_status ent_domestic_open_at(const ent_pass *pass, const ent_network *at, ent_arena *arena, ent_domestic *d,
                                ent_error *err)
{
    *d = (ent_domestic){.pass = pass,
                        .gdp_share = ent_new0(arena, double, at->regions * at->factors),
                        .weight = ent_new0(arena, double, at->nodes),
                        .money = ent_new0(arena, double, pass->sales)};
    if (d->gdp_share == NULL || d->weight == NULL || d->money == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the domestic blocks of %td regions", at->regions);
    ENT_TRY(ent_markets_open(at, arena, &d->markets, err));
    find_weights(d, at);
    find_money(d, at);
    ENT_TRY(ent_home_open(&d->markets, arena, &d->home, err));
    return ent_wages_open(&d->markets, &d->home, d->gdp_share, arena, &d->wages, err);
}

ent_status ent_domestic_open(const ent_pass *pass, ent_arena *arena, ent_domestic *d, ent_error *err)
{
    return ent_domestic_open_at(pass, pass->net, arena, d, err);
}

/* ---- room ---- */

ptrdiff_t ent_domestic_room(const ent_domestic *d)
{
    const ent_markets *m = &d->markets;
    return ent_pass_core(d->pass) + 4 * m->R * d->home.width + d->wages.height + 2 * m->J * m->stride + 2 * m->stride +
           4 * m->R + 2 * d->wages.n; /* as at any other point */
}

ent_domestic_work ent_domestic_lay_out(const ent_domestic *d, double *room)
{
    const ent_markets *m = &d->markets;
    const ptrdiff_t wide = m->R * d->home.width, by_sector = m->J * m->stride;
    ent_domestic_work k = {.residual = room, .raw = room + ent_pass_core(d->pass)};
    k.price = k.raw + wide;
    k.sales = k.price + wide;
    k.measure = k.sales + wide;
    k.demand = k.measure + wide;
    k.by_sector = k.demand + d->wages.height;
    k.answer = k.by_sector + by_sector;
    k.index = k.answer + by_sector;
    k.revenue = k.index + m->stride;
    k.labour = k.revenue + m->stride;
    k.entry = k.labour + m->R;
    k.income = k.entry + m->R;
    k.wage = k.income + m->R;
    k.average = k.wage + d->wages.n + m->R;
    memset(room, 0, (size_t)ent_domestic_room(d) * sizeof *room);
    return k;
}

/* ---- apply ---- */

/* The numeraire (E11) takes one number from every log: with Σ money r it is known from the residual, and what is left
 * is as if there were none. It comes back in the wages' equations, which hold the level. */
static double level_out(const ent_domestic *d, const double *r, double *level)
{
    const ent_pass *pass = d->pass;
    const double shift = ent_dot_run(pass->sales, d->money, r + pass->prices);
    for (ptrdiff_t s = 0; s < ent_pass_core(pass); s++) level[s] = r[s] - shift;
    return shift;
}

static void take_in(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ptrdiff_t R = d->markets.R, J = d->markets.J, W = d->home.width;
    for (ptrdiff_t n = 0; n < R; n++) {
        for (ptrdiff_t j = 0; j < J; j++) {
            const int32_t producer = net->producer[n * J + j];
            if (producer < 0 || pass->early[producer]) continue;
            k->raw[n * W + j] = r[pass->price_state[producer]];
            k->demand[n * (J + 1) + j] = r[pass->sales_state[producer]];
        }
        k->demand[n * (J + 1) + J] = r[pass->sales_state[net->household[n]]];
    }
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        k->average[net->factor_group[f]] += d->weight[f] * r[pass->price_state[f]];
}

/* What a sector's own part of a factor costs more than its group: its residual, and some of the group's wage less. */
static void take_in_specific(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    const ent_network *net = d->pass->net;
    const ent_home *h = &d->home;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const int32_t group = net->factor_group[f], g = net->node_user[f];
        if (h->rigidity[g] == 0.0) continue;
        k->raw[net->node_region[f] * h->width + net->node_sector[f]] +=
            h->specific[group * h->width + net->node_sector[f]] *
            (r[d->pass->price_state[f]] - (1.0 - h->rigidity[g]) * k->average[group]);
    }
}

/* What nodes that measure scale miss reaches prices, and labour's income, at once. */
static void take_in_scale(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t R = d->markets.R, J = h->J, W = h->width;
    for (int64_t q = net->level_first[2]; q < net->level_first[3]; q++)
        if (pass->sales_state[q] >= 0)
            k->measure[net->node_region[q] * W + net->node_sector[q]] += d->weight[q] * r[pass->sales_state[q]];
    for (ptrdiff_t n = 0; n < R; n++) {
        if (net->labour[n] >= 0 && pass->sales_state[net->labour[n]] >= 0)
            k->labour[n] = r[pass->sales_state[net->labour[n]]];
        if (h->by_selection) k->entry[n] = ent_dot_run(J, h->entry_income + n * W, k->measure + n * W);
        ent_add_run(J, h->labour_scale + n * W, -(k->labour[n] + k->entry[n]), k->raw + n * W);
        if (!h->by_selection) continue;
        for (ptrdiff_t j = 0; j < J; j++)
            ent_add_run(J, h->selection + (n * J + j) * W, -k->measure[n * W + j], k->raw + n * W);
    }
}

/* From [regions][width] to [sectors][stride], and from there to demand. */
static void turn(const ent_domestic *d, const double *from, double *by_sector)
{
    const ent_markets *m = &d->markets;
    for (ptrdiff_t n = 0; n < m->R; n++)
        for (ptrdiff_t j = 0; j < m->J; j++) by_sector[j * m->stride + n] = from[n * d->home.width + j];
}

static void add_demand(const ent_domestic *d, const double *by_sector, double *demand)
{
    const ent_markets *m = &d->markets;
    for (ptrdiff_t n = 0; n < m->R; n++)
        for (ptrdiff_t j = 0; j < m->J; j++) demand[n * (m->J + 1) + j] += by_sector[j * m->stride + n];
}

/* Demand from prices as they stand (by sector), and price indices where the supply of labour answers to them. */
static void meet_markets(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_markets *m = &d->markets;
    const ent_home *h = &d->home;
    turn(d, k->price, k->by_sector);
    ent_markets_respond(m, k->by_sector, k->answer);
    for (ptrdiff_t j = 0; j < m->J && d->wages.index != NULL; j++)
        ent_columns_add(m->stride, m->R, m->stride, d->wages.index + j * m->R * m->stride, k->by_sector + j * m->stride,
                        k->index);
    for (ptrdiff_t j = 0; j < m->J && m->duty_by_price != NULL; j++)
        ent_columns_add(m->stride, m->R, m->stride, m->duty_by_price + j * m->R * m->stride,
                        k->by_sector + j * m->stride, k->revenue);
    for (ptrdiff_t n = 0; n < m->R; n++) k->demand[n * (m->J + 1) + m->J] += k->revenue[n];
    if (h->by_selection) {
        turn(d, k->measure, k->by_sector);
        ent_markets_sell(m, k->by_sector, k->answer);
        for (ptrdiff_t n = 0; n < m->R; n++)
            k->index[n] -= ent_dot_run(m->J, h->index_measure + n * h->width, k->measure + n * h->width);
    }
    add_demand(d, k->answer, k->demand);
}

/* Right-hand sides of incomes and of the wages' equations. */
static void ask_wages(const ent_domestic *d, double level, const ent_domestic_work *k)
{
    const ent_home *h = &d->home;
    const ptrdiff_t G = h->G, all = h->J + 1;
    double shift = 0.0;
    for (ptrdiff_t row = 0; row < d->wages.n; row++) {
        const ptrdiff_t n = row / G, g = row % G;
        const double kappa = ent_home_supply(h, n, g);
        k->demand[n * all + h->J] -= h->income_share[row] * ((1.0 + kappa) * k->average[row] + kappa * k->index[n]);
    }
    if (d->wages.size == d->wages.n) {
        for (ptrdiff_t n = 0; n < d->markets.R; n++) k->income[n] = k->demand[n * all + h->J];
        ent_columns_add(d->wages.height, d->markets.R, d->wages.height, d->wages.abroad, k->income, k->demand);
    }
    for (ptrdiff_t y = d->wages.n; y < d->wages.size; y++) {
        const ptrdiff_t n = y - d->wages.n;
        k->wage[y] = ent_dot_run(all, h->earned + n * h->width, k->demand + n * all);
    }
    for (ptrdiff_t row = 0; row < d->wages.n; row++) {
        const ptrdiff_t n = row / G, g = row % G;
        const double kappa = ent_home_supply(h, n, g), entry = g == 0 ? k->entry[n] : 0.0;
        const double *demand = k->demand + n * all;
        k->wage[row] = ent_dot_run(all, h->wage_by_demand + row * h->width, demand) + entry + kappa * k->index[n] +
                       (1.0 + kappa) * (k->average[row] + level);
        shift += d->gdp_share[row] * (ent_dot_run(all, h->income_by_demand + row * h->width, demand) + entry);
    }
    for (ptrdiff_t row = 0; row < d->wages.n; row++)
        k->wage[row] -= (1.0 + ent_home_supply(h, row / G, row % G)) * shift;
}

static void close_regions(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, G = h->G, W = h->width, all = J + 1;
    ent_columns_add(d->wages.height, d->wages.size, d->wages.height, d->wages.demand, k->wage, k->demand);
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        double *price = k->price + n * W, *sales = k->sales + n * W;
        ent_columns_add(W, G, W, h->price_by_wage + n * G * W, k->wage + n * G, price);
        ent_columns_add(W, all, W, h->response + n * all * W, k->demand + n * all, sales);
        if (!h->by_scale) continue;
        for (ptrdiff_t c = 0; c < all; c++) ent_add_run(J, h->feedback + (n * all + c) * W, -sales[c], price);
    }
}

static void give_out_scale(const ent_domestic *d, const ent_domestic_work *k, const double *r, double *out)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width, all = J + 1;
    memset(k->raw, 0, (size_t)(d->markets.R * W) * sizeof *k->raw);
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        const double *sales = k->sales + n * W;
        const int32_t labour = net->labour[n];
        if (h->by_selection) ent_columns_add(W, all, W, h->spending + n * all * W, sales, k->raw + n * W);
        if (labour >= 0 && pass->sales_state[labour] >= 0)
            out[pass->sales_state[labour]] =
                k->labour[n] + k->entry[n] + ent_dot_run(all, h->factor_income + n * h->G * W, sales);
    }
    for (int64_t q = net->level_first[2]; q < net->level_first[3]; q++) {
        const int32_t s = pass->sales_state[q];
        if (s >= 0) out[s] = r[s] + k->raw[net->node_region[q] * W + net->node_sector[q]];
    }
}

static void give_out(const ent_domestic *d, const ent_domestic_work *k, const double *r, double *out)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ptrdiff_t J = d->home.J, W = d->home.width;
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        for (ptrdiff_t j = 0; j < J; j++) {
            const int32_t producer = net->producer[n * J + j];
            if (producer < 0 || pass->early[producer]) continue;
            out[pass->price_state[producer]] = k->price[n * W + j];
            out[pass->sales_state[producer]] = k->sales[n * W + j];
        }
        out[pass->sales_state[net->household[n]]] = k->sales[n * W + J];
    }
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const ptrdiff_t state = pass->price_state[f], group = net->factor_group[f];
        const double rigid = d->home.rigidity[net->node_user[f]];
        out[state] = r[state] + (1.0 - rigid) * (k->wage[group] - k->average[group]);
        if (rigid > 0.0) out[state] += rigid * k->sales[net->node_region[f] * W + net->node_sector[f]];
    }
    if (d->home.by_scale) give_out_scale(d, k, r, out);
}

int ent_domestic_holds(const ent_domestic *d, ptrdiff_t state)
{
    const ent_pass *p = d->pass;
    const int32_t k = state < p->prices ? p->price_node[state] : p->sales_node[state - p->prices];
    return ent_is_shut(p, k) && (state >= p->prices || p->net->kind[k] == ENT_NODE_FACTOR);
}

void ent_domestic_hold(const ent_domestic *d, const double *r, double *x)
{
    for (ptrdiff_t s = 0; s < ent_pass_core(d->pass); s++)
        if (ent_domestic_holds(d, s)) x[s] = r != NULL ? r[s] : 0.0;
}

void ent_domestic_apply(const ent_domestic *d, const double *r, double *out, double *room)
{
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width;
    const ent_domestic_work k = ent_domestic_lay_out(d, room);
    const double shift = level_out(d, r, k.residual);
    take_in(d, k.residual, &k);
    if (h->by_sector) take_in_specific(d, k.residual, &k);
    if (h->by_scale) take_in_scale(d, k.residual, &k);
    for (ptrdiff_t n = 0; n < d->markets.R; n++)
        ent_columns_add(W, J, W, h->price + n * J * W, k.raw + n * W, k.price + n * W);
    meet_markets(d, &k);
    ask_wages(d, shift, &k);
    ent_wages_solve(&d->wages, k.wage);
    close_regions(d, &k);
    give_out(d, &k, k.residual, out);
    if (d->pass->any_shut) ent_domestic_hold(d, r, out);
    ent_quotas_precondition(d->pass, r, out);
}
