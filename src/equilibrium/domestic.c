/* domestic.c: see domestic.h.
 *
 * Inside region n, with C the domestic cost shares between producers, d = P r solves
 *
 *   dp − C dp − Σ_g B_g dw_g          = r_p        prices               (E3)
 *   dS − H dS − D dp − F dI           = r_S        sales, H = S⁻¹ Cᵀ S  (E7)
 *   dI − Σ_g χ_g dw_g                 = r_I        income               (E8)
 *
 * by two triangular solves with one factorisation of I − C (H needs its transpose). Wages (E9, E11) are then solved for
 * all regions together (wages.c): one dense system of regions × factors. All is prepared once, at the benchmark's
 * shares. What P leaves out comes back over a border: imported prices, foreign demand for sales other than through
 * wages. */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "num/dot.h"
#include "num/mmatrix.h"
#include <string.h>

enum {
    MOST_FACTORS = 16
};

/* Room of one application. */
typedef struct {
    double *price, *sales, *price_w, *spending; /* [regions][J]; _w: what wages add */
    double *wage, *average;                     /* [regions][G] */
    double *income;                             /* [regions] */
    double *room;                               /* [2][regions][J] of the markets */
} ent_domestic_work;

/* What is needed once, while the blocks are made. */
typedef struct {
    const ent_network *net;
    double *home;            /* [nodes] share of a sourcing node's spending that stays at home */
    double *materials_usd;   /* [J][J] spending of producer k on sector j, one region at a time */
    double *final_usd;       /* [J] of its household */
    double *spending_usd;    /* [regions][J] */
    double *income_by_sales; /* [regions][G][J] */
    double *own;             /* [regions][G][G] */
} ent_first;

static void find_home_shares(const ent_network *net, double *home)
{
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e];
            if (lane >= net->borders) break;
            if (ent_lane_exporter(net, lane) == net->node_region[k]) home[k] = net->share[e];
        }
}

/* Cost shares of node k, through all nests below it: on domestic producers, on sectors wherever they are made, on
 * factors. */
static void collect(const ent_first *f, ptrdiff_t k, double weight, double *on_home, double *on_sector,
                    double *on_factor)
{
    const ent_network *net = f->net;
    if (net->kind[k] == ENT_NODE_SOURCING) {
        on_home[net->node_sector[k]] += weight * f->home[k];
        on_sector[net->node_sector[k]] += weight;
        return;
    }
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]];
        const double share = weight * net->share[e];
        if (net->kind[seller] == ENT_NODE_FACTOR)
            on_factor[net->node_user[seller]] += share;
        else
            collect(f, seller, share, on_home, on_sector, on_factor);
    }
}

/* D: a seller's own price in all its markets, Σ_n s r (1 − ω). */
static void find_price_slopes(const ent_markets *m, double *slope)
{
    const ptrdiff_t J = m->net->sectors;
    for (ptrdiff_t market = 0; market < m->count; market++)
        for (int64_t lane = m->first[market]; lane < m->first[market + 1]; lane++)
            slope[ent_lane_exporter(m->net, lane) * J + m->place[market] % J] +=
                m->sale_share[lane] * m->power[market] * (1.0 - m->buy_share[lane]);
}

static ent_status take_room(ent_domestic *d, ptrdiff_t regions, ent_arena *arena)
{
    const ptrdiff_t cells = regions * d->J;
    d->leontief = ent_new0(arena, double, cells * d->J);
    d->price_slope = ent_new0(arena, double, cells);
    d->final_share = ent_new0(arena, double, cells);
    d->sales_usd = ent_new0(arena, double, cells);
    d->factor_cost = ent_new0(arena, double, cells * d->G);
    d->factor_share = ent_new0(arena, double, cells * d->G);
    d->price_by_wage = ent_new0(arena, double, cells * d->G);
    d->sales_by_wage = ent_new0(arena, double, cells * d->G);
    d->income_by_wage = ent_new0(arena, double, regions * d->G);
    d->income_by_sales = ent_new0(arena, double, cells * d->G);
    d->spending_by_wage = ent_new0(arena, double, cells * d->G);
    d->gdp_share = ent_new0(arena, double, regions * d->G);
    d->factor_first = ent_new0(arena, int64_t, regions + 1);
    return d->leontief == NULL || d->price_slope == NULL || d->final_share == NULL || d->sales_usd == NULL ||
                   d->factor_cost == NULL || d->factor_share == NULL || d->price_by_wage == NULL ||
                   d->sales_by_wage == NULL || d->income_by_wage == NULL || d->gdp_share == NULL ||
                   d->spending_by_wage == NULL || d->income_by_sales == NULL || d->factor_first == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* I − C, B, h, F of region n. */
static void describe(ent_domestic *d, const ent_first *f, ptrdiff_t n)
{
    const ent_network *net = d->pass->net;
    const ptrdiff_t J = d->J, G = d->G;
    double *a = d->leontief + n * J * J, *final = d->final_share + n * J;
    double *cost = d->factor_cost + n * G * J, *share = d->factor_share + n * G * J;
    double *income = d->income_by_wage + n * G;
    double on_factor[MOST_FACTORS];
    memset(f->materials_usd, 0, (size_t)(J * J) * sizeof *f->materials_usd);
    memset(f->final_usd, 0, (size_t)J * sizeof *f->final_usd);
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = net->producer[n * J + k];
        double *row = a + k * J;
        d->sales_usd[n * J + k] = producer >= 0 ? net->sales_usd[producer] : 1.0;
        if (producer >= 0) {
            memset(on_factor, 0, sizeof on_factor);
            collect(f, producer, 1.0, row, f->materials_usd + k * J, on_factor);
            for (ptrdiff_t j = 0; j < J; j++) f->materials_usd[k * J + j] *= net->sales_usd[producer];
            const double steep = net->scale_base[producer] < 0 ? 1.0 + net->scale[producer] : 1.0;
            for (ptrdiff_t j = 0; j < J; j++) row[j] *= -steep;
            for (ptrdiff_t g = 0; g < G; g++) {
                cost[g * J + k] = steep * on_factor[g];
                share[g * J + k] = on_factor[g] * net->sales_usd[producer] * (1.0 - net->levy_share[producer]);
                income[g] += share[g * J + k];
            }
        }
        row[k] += 1.0;
    }
    for (ptrdiff_t g = 0; g < G; g++)
        for (ptrdiff_t k = 0; k < J; k++)
            if (income[g] > 0.0) share[g * J + k] /= income[g];
    const double spent = net->sales_usd[net->household[n]];
    memset(on_factor, 0, sizeof on_factor);
    collect(f, net->household[n], 1.0, final, f->final_usd, on_factor);
    for (ptrdiff_t k = 0; k < J; k++) f->final_usd[k] *= spent;
    for (ptrdiff_t k = 0; k < J; k++) final[k] *= spent / d->sales_usd[n * J + k];
    for (ptrdiff_t g = 0; g < G; g++) income[g] /= spent;
}

/* dS = (I − H)⁻¹ x = S⁻¹ (I − Cᵀ)⁻¹ S x */
static void solve_sales(const ent_domestic *d, ptrdiff_t n, double *x)
{
    const double *s = d->sales_usd + n * d->J;
    for (ptrdiff_t k = 0; k < d->J; k++) x[k] *= s[k];
    ent_mmatrix_solve_transposed(d->J, d->leontief + n * d->J * d->J, x);
    for (ptrdiff_t k = 0; k < d->J; k++) x[k] /= s[k];
}

/* y: change of factor g's log income per unit of log demand for k: (I − H)⁻ᵀ h = S (I − C)⁻¹ S⁻¹ h. */
static void find_income_by_sales(const ent_domestic *d, ptrdiff_t n, ptrdiff_t g, double *y)
{
    const double *s = d->sales_usd + n * d->J, *h = d->factor_share + (n * d->G + g) * d->J;
    for (ptrdiff_t k = 0; k < d->J; k++) y[k] = h[k] / s[k];
    ent_mmatrix_solve(d->J, d->leontief + n * d->J * d->J, y);
    for (ptrdiff_t k = 0; k < d->J; k++) y[k] *= s[k];
}

/* What one unit of each log wage does at home: to prices, sales, spending on each sector, and factor incomes. */
static void respond(const ent_domestic *d, const ent_first *f, ptrdiff_t n)
{
    const ptrdiff_t J = d->J, G = d->G;
    for (ptrdiff_t g = 0; g < G; g++) {
        double *p = d->price_by_wage + (n * G + g) * J, *s = d->sales_by_wage + (n * G + g) * J;
        double *x = d->spending_by_wage + (n * G + g) * J;
        const double income = d->income_by_wage[n * G + g];
        memcpy(p, d->factor_cost + (n * G + g) * J, (size_t)J * sizeof *p);
        ent_mmatrix_solve(J, d->leontief + n * J * J, p);
        for (ptrdiff_t k = 0; k < J; k++) s[k] = d->price_slope[n * J + k] * p[k] + d->final_share[n * J + k] * income;
        solve_sales(d, n, s);
        for (ptrdiff_t j = 0; j < J; j++) x[j] = f->final_usd[j] * income;
        for (ptrdiff_t k = 0; k < J; k++) ent_add_run(J, f->materials_usd + k * J, s[k], x);
        for (ptrdiff_t j = 0; j < J; j++)
            x[j] = f->spending_usd[n * J + j] > 0.0 ? x[j] / f->spending_usd[n * J + j] : 0.0;
        find_income_by_sales(d, n, g, d->income_by_sales + (n * G + g) * J);
    }
    for (ptrdiff_t h = 0; h < G; h++)
        for (ptrdiff_t g = 0; g < G; g++)
            f->own[(n * G + h) * G + g] =
                ent_dot_run(J, d->factor_share + (n * G + h) * J, d->sales_by_wage + (n * G + g) * J);
}

static ent_status take_first_room(const ent_network *net, ent_arena *scratch, ent_first *f)
{
    const ptrdiff_t cells = net->regions * net->sectors, groups = net->regions * net->factors;
    f->home = ent_new0(scratch, double, net->nodes);
    f->materials_usd = ent_new(scratch, double, net->sectors * net->sectors);
    f->final_usd = ent_new(scratch, double, net->sectors);
    f->spending_usd = ent_new0(scratch, double, cells);
    f->own = ent_new0(scratch, double, groups * net->factors);
    return f->home == NULL || f->materials_usd == NULL || f->final_usd == NULL || f->spending_usd == NULL ||
                   f->own == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

static ent_status open_regions(ent_domestic *d, ent_first *f, ent_error *err)
{
    const ent_network *net = f->net;
    for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++)
        f->spending_usd[net->node_region[k] * net->sectors + net->node_sector[k]] += net->sales_usd[k];
    find_home_shares(net, f->home);
    find_price_slopes(&d->markets, d->price_slope);
    for (int64_t k = net->level_first[0]; k < net->level_first[1]; k++) {
        d->factor_first[net->node_region[k] + 1]++;
        d->gdp_share[net->factor_group[k]] += net->sales_usd[k] / d->pass->gdp0;
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        d->factor_first[n + 1] += d->factor_first[n];
        describe(d, f, n);
        if (!ent_mmatrix_factor(d->J, d->leontief + n * d->J * d->J))
            return ent_fail(err, ENT_NOT_CONVERGED, "the input coefficients of %s do not leave room for value added",
                            net->table->regions.label[n]);
        respond(d, f, n);
    }
    return ENT_OK;
}

ent_status ent_domestic_open(const ent_pass *pass, ent_arena *arena, ent_domestic *d, ent_error *err)
{
    const ent_network *net = pass->net;
    ENT_SCRATCH scratch = {0};
    ent_first f = {.net = net};
    *d = (ent_domestic){.pass = pass, .J = net->sectors, .G = net->factors};
    if (d->G > MOST_FACTORS)
        return ent_fail(err, ENT_BAD_INPUT, "%td factors are more than the %d that are solved for", d->G, MOST_FACTORS);
    if (take_room(d, net->regions, arena) != ENT_OK || take_first_room(net, &scratch, &f) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the domestic blocks of %td regions", net->regions);
    ENT_TRY(ent_markets_open(net, arena, &d->markets, err));
    ENT_TRY(open_regions(d, &f, err));
    const ent_wage_parts parts = {.markets = &d->markets,
                                  .price_by_wage = d->price_by_wage,
                                  .spending_by_wage = d->spending_by_wage,
                                  .income_by_sales = d->income_by_sales,
                                  .own = f.own,
                                  .gdp_share = d->gdp_share};
    return ent_wages_open(&parts, arena, &d->wages, err);
}

/* ---- apply ---- */

/* The unknowns by region and sector; 0 where nothing is made. */
static void spread(const ent_domestic *d, const double *r, double *price, double *sales)
{
    const ent_pass *pass = d->pass;
    for (ptrdiff_t cell = 0; cell < pass->net->regions * d->J; cell++) {
        const int32_t producer = pass->net->producer[cell];
        price[cell] = producer >= 0 ? r[pass->price_state[producer]] : 0.0;
        sales[cell] = producer >= 0 ? r[pass->sales_state[producer]] : 0.0;
    }
}

static void solve_all_prices(const ent_domestic *d, double *price)
{
    for (ptrdiff_t n = 0; n < d->pass->net->regions; n++)
        ent_mmatrix_solve(d->J, d->leontief + n * d->J * d->J, price + n * d->J);
}

/* sales = (I − H)⁻¹ (sales + own final use out of more income) */
static void solve_all_sales(const ent_domestic *d, const double *income, double *sales)
{
    for (ptrdiff_t n = 0; n < d->pass->net->regions; n++) {
        ent_add_run(d->J, d->final_share + n * d->J, income[n], sales + n * d->J);
        solve_sales(d, n, sales + n * d->J);
    }
}

/* Residuals of wages by group: averages over the sectors' parts, weighted by income (one node where a factor is
 * mobile). */
static void average_wages(const ent_domestic *d, const double *r, double *average)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    for (ptrdiff_t c = 0; c < net->regions * d->G; c++) average[c] = 0.0;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        average[net->factor_group[f]] +=
            net->sales_usd[f] / pass->group_income0[net->factor_group[f]] * r[pass->price_state[f]];
}

/* What wages w add to prices and incomes at home. */
static void respond_to_wages(const ent_domestic *d, const double *w, double *price, double *income)
{
    const ptrdiff_t J = d->J, G = d->G, regions = d->pass->net->regions;
    memset(price, 0, (size_t)(regions * J) * sizeof *price);
    for (ptrdiff_t n = 0; n < regions; n++) {
        income[n] = 0.0;
        for (ptrdiff_t g = 0; g < G; g++) {
            const ptrdiff_t row = n * G + g;
            ent_add_run(J, d->price_by_wage + row * J, w[row], price + n * J);
            income[n] += d->income_by_wage[row] * w[row];
        }
    }
}

static void spend_wages(const ent_domestic *d, const double *w, double *spending)
{
    const ptrdiff_t J = d->J, G = d->G, regions = d->pass->net->regions;
    memset(spending, 0, (size_t)(regions * J) * sizeof *spending);
    for (ptrdiff_t row = 0; row < regions * G; row++)
        ent_add_run(J, d->spending_by_wage + row * J, w[row], spending + row / G * J);
}

static void collect_answer(const ent_domestic *d, const ent_domestic_work *k, const double *r, double *out)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    for (ptrdiff_t s = 0; s < pass->sales; s++) /* measures of scale follow their own residual */
        out[pass->prices + s] = r[pass->prices + s];
    for (ptrdiff_t cell = 0; cell < net->regions * d->J; cell++) {
        const int32_t producer = net->producer[cell];
        if (producer < 0) continue;
        out[pass->price_state[producer]] = k->price[cell] + k->price_w[cell];
        out[pass->sales_state[producer]] = k->sales[cell];
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t income = pass->sales_state[net->household[n]];
        out[income] = r[income] + k->income[n];
    }
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const ptrdiff_t state = pass->price_state[f], group = net->factor_group[f];
        out[state] = r[state] - k->average[group] + k->wage[group];
    }
}

static ent_domestic_work lay_out(const ent_domestic *d, double *room)
{
    const ptrdiff_t cells = d->pass->net->regions * d->J, groups = d->pass->net->regions * d->G;
    return (ent_domestic_work){.price = room,
                               .sales = room + cells,
                               .price_w = room + 2 * cells,
                               .spending = room + 3 * cells,
                               .room = room + 4 * cells,
                               .wage = room + 6 * cells,
                               .average = room + 6 * cells + groups,
                               .income = room + 6 * cells + 2 * groups};
}

void ent_domestic_apply(const ent_domestic *d, const double *r, double *out, double *room)
{
    const ent_pass *pass = d->pass;
    const ptrdiff_t J = d->J, G = d->G, regions = pass->net->regions;
    const ent_domestic_work k = lay_out(d, room);
    /* prices as if wages stood still, and what that asks of every seller */
    spread(d, r, k.price, k.sales);
    solve_all_prices(d, k.price);
    ent_markets_respond(&d->markets, k.price, NULL, k.sales, k.room);
    for (ptrdiff_t n = 0; n < regions; n++)
        ent_add_run(J, d->final_share + n * J, r[pass->sales_state[pass->net->household[n]]], k.sales + n * J);
    /* wages of all regions from what that does to factor incomes */
    double shift = 0.0;
    average_wages(d, r, k.average);
    for (ptrdiff_t row = 0; row < regions * G; row++) {
        k.wage[row] = ent_dot_run(J, d->income_by_sales + row * J, k.sales + row / G * J);
        shift += d->gdp_share[row] * k.wage[row];
    }
    for (ptrdiff_t row = 0; row < regions * G; row++) k.wage[row] += k.average[row] - shift;
    ent_wages_solve(&d->wages, k.wage);
    /* what wages do to prices and incomes, and all that to sales */
    respond_to_wages(d, k.wage, k.price_w, k.income);
    spend_wages(d, k.wage, k.spending);
    ent_markets_respond(&d->markets, k.price_w, k.spending, k.sales, k.room);
    solve_all_sales(d, k.income, k.sales);
    collect_answer(d, &k, r, out);
}

ptrdiff_t ent_domestic_room(const ent_domestic *d)
{
    return 6 * d->pass->net->regions * d->J + 2 * d->pass->net->regions * d->G + d->pass->net->regions;
}
