/* transposed.c: the transpose of ent_domestic_apply(): its steps from the last to the first, with a bar on everything:
 * adjoints of what each step computes. It preconditions the adjoint's linear systems (E16). */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "num/dot.h"
#include <string.h>

/* give_out(): bars of prices, sales and incomes, wages; measures of scale pass theirs to sales. */
static void take_back(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width;
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        for (ptrdiff_t j = 0; j < J; j++) {
            const int32_t producer = net->producer[n * J + j];
            if (producer < 0 || pass->early[producer]) continue;
            k->price[n * W + j] = r[pass->price_state[producer]];
            k->sales[n * W + j] = r[pass->sales_state[producer]];
        }
        k->sales[n * W + J] = r[pass->sales_state[net->household[n]]];
    }
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const double rigid = h->rigidity[net->node_user[f]], bar = r[pass->price_state[f]];
        k->wage[net->factor_group[f]] += (1.0 - rigid) * bar;
        if (rigid > 0.0) k->sales[net->node_region[f] * W + net->node_sector[f]] += rigid * bar;
    }
    for (ptrdiff_t row = 0; row < d->wages.n; row++) k->average[row] = -k->wage[row];
}

static void take_back_scale(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width, all = J + 1;
    for (int64_t q = net->level_first[2]; q < net->level_first[3]; q++)
        if (pass->sales_state[q] >= 0) k->raw[net->node_region[q] * W + net->node_sector[q]] += r[pass->sales_state[q]];
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        double *sales = k->sales + n * W, *price = k->price + n * W;
        const int32_t labour = net->labour[n];
        if (h->by_selection) ent_columns_dot(W, all, W, h->spending + n * all * W, k->raw + n * W, sales);
        if (labour >= 0 && pass->sales_state[labour] >= 0) {
            k->labour[n] = k->entry[n] = r[pass->sales_state[labour]];
            ent_add_run(all, h->factor_income + n * h->G * W, k->labour[n], sales);
        }
        for (ptrdiff_t c = 0; c < all; c++) sales[c] -= ent_dot_run(J, h->feedback + (n * all + c) * W, price);
    }
}

/* close_regions(): bars of demand and wages. */
static void reopen_regions(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_home *h = &d->home;
    const ptrdiff_t G = h->G, W = h->width, all = h->J + 1;
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        ent_columns_dot(W, all, W, h->response + n * all * W, k->sales + n * W, k->demand + n * all);
        ent_columns_dot(W, G, W, h->price_by_wage + n * G * W, k->price + n * W, k->wage + n * G);
    }
}

static void ask_demand(const ent_domestic *d, ptrdiff_t many, const ent_domestic_work *k)
{
    const double *demand[ENT_DOMESTIC_MANY] = {NULL};
    double *wage[ENT_DOMESTIC_MANY] = {NULL};
    for (ptrdiff_t v = 0; v < many; v++) {
        demand[v] = k[v].demand;
        wage[v] = k[v].wage;
    }
    ent_columns_dot_many(d->wages.height, d->wages.size, d->wages.height, d->wages.demand, many, demand, wage);
}

/* ask_wages(); returns the bar of the level. */
static double answer_demand(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_home *h = &d->home;
    const ptrdiff_t G = h->G, all = h->J + 1;
    double sum = 0.0;
    for (ptrdiff_t row = 0; row < d->wages.n; row++) sum += (1.0 + ent_home_supply(h, row / G, row % G)) * k->wage[row];
    for (ptrdiff_t row = 0; row < d->wages.n; row++) {
        const ptrdiff_t n = row / G, g = row % G;
        const double kappa = ent_home_supply(h, n, g), wage = k->wage[row], shift = -d->gdp_share[row] * sum;
        ent_add_run(all, h->wage_by_demand + row * h->width, wage, k->demand + n * all);
        ent_add_run(all, h->income_by_demand + row * h->width, shift, k->demand + n * all);
        if (g == 0) k->entry[n] += wage + shift;
        k->index[n] += kappa * wage;
        k->average[row] += (1.0 + kappa) * wage;
    }
    for (ptrdiff_t y = d->wages.n; y < d->wages.size; y++) {
        const ptrdiff_t n = y - d->wages.n;
        ent_add_run(all, h->earned + n * h->width, k->wage[y], k->demand + n * all);
    }
    if (d->wages.size == d->wages.n) {
        ent_columns_dot(d->wages.height, d->markets.R, d->wages.height, d->wages.abroad, k->demand, k->income);
        for (ptrdiff_t n = 0; n < d->markets.R; n++) k->demand[n * all + h->J] += k->income[n];
    }
    for (ptrdiff_t row = 0; row < d->wages.n; row++) {
        const ptrdiff_t n = row / G;
        const double kappa = ent_home_supply(h, n, row % G);
        const double income = h->income_share[row] * k->demand[n * all + h->J];
        k->average[row] -= (1.0 + kappa) * income;
        k->index[n] -= kappa * income;
    }
    return sum;
}

/* meet_markets(): bars of prices, and of what sourcing nodes measure. */
static void face_markets(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_markets *m = &d->markets;
    for (ptrdiff_t n = 0; n < m->R; n++) {
        for (ptrdiff_t j = 0; j < m->J; j++) k->by_sector[j * m->stride + n] = k->demand[n * (m->J + 1) + j];
        k->revenue[n] = k->demand[n * (m->J + 1) + m->J];
    }
}

static void cross_markets(const ent_domestic *d, ptrdiff_t many, const ent_domestic_work *k)
{
    const ent_markets *m = &d->markets;
    const double *demand[ENT_DOMESTIC_MANY] = {NULL}, *revenue[ENT_DOMESTIC_MANY] = {NULL};
    double *answer[ENT_DOMESTIC_MANY] = {NULL};
    for (ptrdiff_t j = 0; j < m->J; j++) {
        const ptrdiff_t matrix = j * m->R * m->stride;
        for (ptrdiff_t v = 0; v < many; v++) {
            demand[v] = k[v].by_sector + j * m->stride;
            revenue[v] = k[v].revenue;
            answer[v] = k[v].answer + j * m->stride;
        }
        ent_columns_dot_many(m->stride, m->R, m->stride, m->by_price + matrix, many, demand, answer);
        if (m->duty_by_price != NULL)
            ent_columns_dot_many(m->stride, m->R, m->stride, m->duty_by_price + matrix, many, revenue, answer);
    }
}

static void leave_markets(const ent_domestic *d, const ent_domestic_work *k)
{
    const ent_markets *m = &d->markets;
    const ent_home *h = &d->home;
    const size_t bytes = (size_t)(m->J * m->stride) * sizeof *k->by_sector;
    for (ptrdiff_t j = 0; j < m->J && d->wages.index != NULL; j++)
        ent_columns_dot(m->stride, m->R, m->stride, d->wages.index + j * m->R * m->stride, k->index,
                        k->answer + j * m->stride);
    for (ptrdiff_t n = 0; n < m->R; n++)
        for (ptrdiff_t j = 0; j < m->J; j++) k->price[n * h->width + j] += k->answer[j * m->stride + n];
    if (!h->by_selection) return;
    memset(k->answer, 0, bytes);
    ent_markets_sell_transposed(m, k->by_sector, k->answer);
    for (ptrdiff_t n = 0; n < m->R; n++) {
        for (ptrdiff_t j = 0; j < m->J; j++) k->measure[n * h->width + j] += k->answer[j * m->stride + n];
        ent_add_run(m->J, h->index_measure + n * h->width, -k->index[n], k->measure + n * h->width);
    }
}

/* take_in_specific() */
static void give_back_specific(const ent_domestic *d, const ent_domestic_work *k, double *out)
{
    const ent_network *net = d->pass->net;
    const ent_home *h = &d->home;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const int32_t group = net->factor_group[f], g = net->node_user[f];
        if (h->rigidity[g] == 0.0) continue;
        const double bar = h->specific[group * h->width + net->node_sector[f]] *
                           k->raw[net->node_region[f] * h->width + net->node_sector[f]];
        out[d->pass->price_state[f]] += bar;
        k->average[group] -= (1.0 - h->rigidity[g]) * bar;
    }
}

/* take_in_scale(); k->raw holds the bars of prices before the chains. */
static void give_back_scale(const ent_domestic *d, const ent_domestic_work *k, const double *r, double *out)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width;
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        const double fall = ent_dot_run(J, h->labour_scale + n * W, k->raw + n * W);
        const int32_t labour = net->labour[n];
        if (labour >= 0 && pass->sales_state[labour] >= 0) out[pass->sales_state[labour]] = k->labour[n] - fall;
        if (!h->by_selection) continue;
        ent_add_run(J, h->entry_income + n * W, k->entry[n] - fall, k->measure + n * W);
        for (ptrdiff_t j = 0; j < J; j++)
            k->measure[n * W + j] -= ent_dot_run(J, h->selection + (n * J + j) * W, k->raw + n * W);
    }
    for (int64_t q = net->level_first[2]; q < net->level_first[3]; q++) {
        const int32_t s = pass->sales_state[q];
        if (s >= 0) out[s] = r[s] + d->weight[q] * k->measure[net->node_region[q] * W + net->node_sector[q]];
    }
}

static void give_back(const ent_domestic *d, const ent_domestic_work *k, const double *r, double *out)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ptrdiff_t J = d->home.J, W = d->home.width;
    for (ptrdiff_t n = 0; n < d->markets.R; n++) {
        for (ptrdiff_t j = 0; j < J; j++) {
            const int32_t producer = net->producer[n * J + j];
            if (producer < 0 || pass->early[producer]) continue;
            out[pass->price_state[producer]] = k->raw[n * W + j];
            out[pass->sales_state[producer]] = k->demand[n * (J + 1) + j];
        }
        out[pass->sales_state[net->household[n]]] = k->demand[n * (J + 1) + J];
    }
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        out[pass->price_state[f]] = r[pass->price_state[f]];
    if (d->home.by_sector) give_back_specific(d, k, out);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        out[pass->price_state[f]] += d->weight[f] * k->average[net->factor_group[f]];
}

/* level_out() */
static void level_back(const ent_domestic *d, double level, double *out)
{
    const ent_pass *pass = d->pass;
    double sum = 0.0;
    for (ptrdiff_t s = 0; s < ent_pass_core(pass); s++) sum += out[s];
    ent_add_run(pass->sales, d->money, level - sum, out + pass->prices);
}

static void begin(const ent_domestic *d, const double *r, const ent_domestic_work *k)
{
    if (d->pass->any_shut) r = memcpy(k->residual, r, (size_t)ent_pass_core(d->pass) * sizeof *r);
    if (d->pass->any_shut) ent_domestic_hold(d, NULL, k->residual);
    take_back(d, r, k);
    if (d->home.by_scale) take_back_scale(d, r, k);
    reopen_regions(d, k);
}

static void end(const ent_domestic *d, const double *whole, double level, const ent_domestic_work *k, double *out)
{
    const ent_home *h = &d->home;
    const ptrdiff_t J = h->J, W = h->width;
    const double *r = d->pass->any_shut ? k->residual : whole;
    leave_markets(d, k);
    memset(k->raw, 0, (size_t)(d->markets.R * W) * sizeof *k->raw);
    for (ptrdiff_t n = 0; n < d->markets.R; n++)
        ent_columns_dot(W, J, W, h->price + n * J * W, k->price + n * W, k->raw + n * W);
    give_back(d, k, r, out);
    if (h->by_scale) give_back_scale(d, k, r, out);
    level_back(d, level, out);
    for (ptrdiff_t s = 0; s < ent_pass_core(d->pass) && d->pass->any_shut; s++)
        if (ent_domestic_holds(d, s)) out[s] += whole[s];
    ent_quotas_precondition(d->pass, whole, out);
}

/* ---- where factors and households are all the unknowns there are ---- */

int ent_domestic_is_short(const ent_pass *pass)
{
    const int64_t factors = pass->net->level_first[1] - pass->net->level_first[0];
    return pass->prices == factors && pass->sales == pass->net->regions;
}

static int goes_short(const ent_domestic *d)
{
    return ent_domestic_is_short(d->pass) && d->wages.size > d->wages.n && !d->home.by_scale && d->home.supply == 0.0 &&
           !d->pass->any_shut;
}

/* The same steps, where nothing is left over in prices and sales of producers, and nobody asks for theirs. */
static void apply_short(const ent_domestic *d, const double *r, double *out, double *room)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ent_home *h = &d->home;
    const ptrdiff_t R = net->regions, G = h->G, W = h->width, J = h->J, n_wages = d->wages.n;
    const double *income = r + pass->prices; /* households are in the order of regions */
    double *wage = room, *average = wage + d->wages.size, sum = 0.0, level = 0.0, *bar = out + pass->prices;
    memset(wage, 0, (size_t)d->wages.size * sizeof *wage);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        wage[net->factor_group[f]] += r[pass->price_state[f]];
    for (ptrdiff_t row = 0; row < n_wages; row++) average[row] = -wage[row];
    for (ptrdiff_t c = 0; c < d->wages.size; c++) wage[c] += ent_dot_run(R, d->wages.own + c * R, income);
    ent_wages_solve_transposed_exactly(&d->wages, wage, average + n_wages);
    for (ptrdiff_t row = 0; row < n_wages; row++) sum += wage[row];
    for (ptrdiff_t n = 0; n < R; n++) bar[n] = h->earned[n * W + J] * (income[n] + wage[n_wages + n]);
    for (ptrdiff_t row = 0; row < n_wages; row++) {
        bar[row / G] +=
            h->wage_by_demand[row * W + J] * wage[row] - h->income_by_demand[row * W + J] * d->gdp_share[row] * sum;
        average[row] += wage[row];
    }
    for (ptrdiff_t row = 0; row < n_wages; row++) average[row] -= h->income_share[row] * bar[row / G];
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        out[pass->price_state[f]] = r[pass->price_state[f]] + d->weight[f] * average[net->factor_group[f]];
    for (ptrdiff_t s = 0; s < ent_pass_core(pass); s++) level += out[s];
    ent_add_run(R, d->money, sum - level, bar);
    ent_quotas_precondition(pass, r, out);
}

void ent_domestic_apply_transposed_many(const ent_domestic *d, ptrdiff_t many, const double *const *r,
                                        double *const *out, double *const *room)
{
    ent_domestic_work k[ENT_DOMESTIC_MANY];
    double level[ENT_DOMESTIC_MANY] = {0};
    if (goes_short(d)) {
        for (ptrdiff_t v = 0; v < many; v++) apply_short(d, r[v], out[v], room[v]);
        return;
    }
    for (ptrdiff_t v = 0; v < many; v++) {
        k[v] = ent_domestic_lay_out(d, room[v]);
        begin(d, r[v], k + v);
    }
    ask_demand(d, many, k);
    for (ptrdiff_t v = 0; v < many; v++) {
        ent_wages_solve_transposed(&d->wages, k[v].wage);
        level[v] = answer_demand(d, k + v);
        face_markets(d, k + v);
    }
    cross_markets(d, many, k);
    for (ptrdiff_t v = 0; v < many; v++) end(d, r[v], level[v], k + v, out[v]);
}

void ent_domestic_apply_transposed(const ent_domestic *d, const double *r, double *out, double *room)
{
    ent_domestic_apply_transposed_many(d, 1, &r, &out, &room);
}
