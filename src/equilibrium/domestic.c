/* domestic.c: see domestic.h.
 *
 * Inside region n, with C the domestic cost shares between producers, dropping all that comes back over a border, d = P
 * r solves
 *
 *   dp − C dp − Σ_g B_g dw_g          = r_p        prices               (E3)
 *   dS − H dS − D dp − F dI           = r_S        sales, H = S⁻¹ Cᵀ S  (E7)
 *   dw_g − (1 − s_n) Σ_k h_gk dS_k    = r_w        wages                (E9); s_n: the numeraire's share of it (E11)
 *   dI − Σ_g χ_g dw_g                 = r_I        income               (E8)
 *
 * by two triangular solves with one factorisation of I − C (H needs its transpose) and a G × G system for wages, all
 * prepared once per network at the benchmark's shares. */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "num/dot.h"
#include "num/mmatrix.h"
#include <string.h>

enum {
    MOST_FACTORS = 16
};

typedef struct {
    const ent_network *net;
    double *home; /* [nodes] share of a sourcing node's spending that stays at home */
} ent_home;

static void find_home_shares(const ent_network *net, double *home)
{
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e];
            if (lane >= net->borders) break;
            if (ent_lane_exporter(net, lane) == net->node_region[k]) home[k] = net->share[e];
        }
}

/* Domestic cost shares of node k: on producers (by sector) and on factors, through all nests below it. */
static void collect(const ent_home *h, ptrdiff_t k, double weight, double *on_sector, double *on_factor)
{
    const ent_network *net = h->net;
    if (net->kind[k] == ENT_NODE_SOURCING) {
        on_sector[net->node_sector[k]] += weight * h->home[k];
        return;
    }
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]];
        const double share = weight * net->share[e];
        if (net->kind[seller] == ENT_NODE_FACTOR)
            on_factor[net->node_user[seller]] += share;
        else
            collect(h, seller, share, on_sector, on_factor);
    }
}

/* D: r (1 − ω) over the lanes of a seller, weighted by what they bring; ω averages over the users of a lane. */
static void find_price_slopes(const ent_network *net, const double *kept, double *own, double *slope)
{
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < net->borders)
                own[net->edge_lane[e]] += net->share[e] * net->share[e] * net->sales_usd[k];
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const int32_t l = net->seller[lane];
        slope[net->node_region[l] * net->sectors + net->node_sector[l]] +=
            ent_lane_power(net, lane) * (1.0 - own[lane] / net->lane_value_usd[lane]) * kept[lane] *
            net->lane_value_usd[lane] / net->sales_usd[l];
    }
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
    d->wage_system = ent_new0(arena, double, regions * d->G * d->G);
    d->outside = ent_new0(arena, double, regions);
    d->factor_first = ent_new0(arena, int64_t, regions + 1);
    return d->leontief == NULL || d->price_slope == NULL || d->final_share == NULL || d->sales_usd == NULL ||
                   d->factor_cost == NULL || d->factor_share == NULL || d->price_by_wage == NULL ||
                   d->sales_by_wage == NULL || d->income_by_wage == NULL || d->wage_system == NULL ||
                   d->outside == NULL || d->factor_first == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* I − C, B, h, F of region n. */
static void describe(ent_domestic *d, const ent_home *home, ptrdiff_t n)
{
    const ent_network *net = d->pass->net;
    const ptrdiff_t J = d->J, G = d->G;
    double *a = d->leontief + n * J * J, *final = d->final_share + n * J;
    double *cost = d->factor_cost + n * G * J, *share = d->factor_share + n * G * J;
    double *income = d->income_by_wage + n * G;
    double on_factor[MOST_FACTORS];
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = net->producer[n * J + k];
        double *row = a + k * J;
        d->sales_usd[n * J + k] = producer >= 0 ? net->sales_usd[producer] : 1.0;
        if (producer >= 0) {
            memset(on_factor, 0, sizeof on_factor);
            collect(home, producer, 1.0, row, on_factor);
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
    collect(home, net->household[n], 1.0, final, on_factor);
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

/* What one unit of each log wage does to prices and sales at home, and so to wages. */
static int respond(ent_domestic *d, ptrdiff_t n)
{
    const ptrdiff_t J = d->J, G = d->G;
    const ent_pass *pass = d->pass;
    double *system = d->wage_system + n * G * G, factor_income = 0.0;
    for (int64_t f = d->factor_first[n]; f < d->factor_first[n + 1]; f++) factor_income += pass->net->sales_usd[f];
    const double outside = d->outside[n] = 1.0 - factor_income / pass->gdp0;
    for (ptrdiff_t g = 0; g < G; g++) {
        double *p = d->price_by_wage + (n * G + g) * J, *s = d->sales_by_wage + (n * G + g) * J;
        memcpy(p, d->factor_cost + (n * G + g) * J, (size_t)J * sizeof *p);
        ent_mmatrix_solve(J, d->leontief + n * J * J, p);
        for (ptrdiff_t k = 0; k < J; k++)
            s[k] = d->price_slope[n * J + k] * p[k] + d->final_share[n * J + k] * d->income_by_wage[n * G + g];
        solve_sales(d, n, s);
    }
    for (ptrdiff_t g = 0; g < G; g++)
        for (ptrdiff_t m = 0; m < G; m++)
            system[g * G + m] = (g == m) - outside * ent_dot_run(J, d->factor_share + (n * G + g) * J,
                                                                 d->sales_by_wage + (n * G + m) * J);
    return ent_mmatrix_factor(G, system);
}

ent_status ent_domestic_open(const ent_pass *pass, ent_arena *arena, ent_domestic *d, ent_error *err)
{
    const ent_network *net = pass->net;
    ENT_SCRATCH scratch = {0};
    *d = (ent_domestic){.pass = pass, .J = net->sectors, .G = net->factors};
    double *own = ent_new0(&scratch, double, net->borders), *kept = ent_new(&scratch, double, net->borders);
    ent_home home = {net, ent_new0(&scratch, double, net->nodes)};
    if (own == NULL || kept == NULL || home.home == NULL || take_room(d, net->regions, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the domestic blocks of %td regions", net->regions);
    if (d->G > MOST_FACTORS)
        return ent_fail(err, ENT_BAD_INPUT, "%td factors are more than the 16 that are solved for", d->G);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        kept[lane] =
            (1.0 - net->entry_share[net->lane_region[lane]]) / (1.0 + net->duty[lane]) / (1.0 + net->export_tax[lane]);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) d->factor_first[net->node_region[f] + 1]++;
    for (ptrdiff_t n = 0; n < net->regions; n++) d->factor_first[n + 1] += d->factor_first[n];
    find_home_shares(net, home.home);
    find_price_slopes(net, kept, own, d->price_slope);
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        describe(d, &home, n);
        if (!ent_mmatrix_factor(d->J, d->leontief + n * d->J * d->J) || !respond(d, n))
            return ent_fail(err, ENT_NOT_CONVERGED, "the input coefficients of %s do not leave room for value added",
                            net->table->regions.label[n]);
    }
    return ENT_OK;
}

/* r_w of group g: the average over the sectors' parts of the factor, weighted by income (one node where it is mobile).
 */
static void average_wages(const ent_domestic *d, ptrdiff_t n, const double *r, double *w)
{
    const ent_network *net = d->pass->net;
    double weight[MOST_FACTORS] = {0};
    for (ptrdiff_t g = 0; g < d->G; g++) w[g] = 0.0;
    for (int64_t f = d->factor_first[n]; f < d->factor_first[n + 1]; f++) {
        w[net->node_user[f]] += net->sales_usd[f] * r[d->pass->price_state[f]];
        weight[net->node_user[f]] += net->sales_usd[f];
    }
    for (ptrdiff_t g = 0; g < d->G; g++)
        if (weight[g] > 0.0) w[g] /= weight[g];
}

static void apply_region(const ent_domestic *d, ptrdiff_t n, const double *r, double *out, double *room)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ptrdiff_t J = d->J, G = d->G, income = pass->sales_state[net->household[n]];
    double *p = room, *s = room + J, residual[MOST_FACTORS], w[MOST_FACTORS];
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = net->producer[n * J + k];
        p[k] = producer >= 0 ? r[pass->price_state[producer]] : 0.0;
        s[k] = producer >= 0 ? r[pass->sales_state[producer]] : 0.0;
    }
    ent_mmatrix_solve(J, d->leontief + n * J * J, p);
    for (ptrdiff_t k = 0; k < J; k++) s[k] += d->price_slope[n * J + k] * p[k] + d->final_share[n * J + k] * r[income];
    solve_sales(d, n, s);
    average_wages(d, n, r, residual);
    for (ptrdiff_t g = 0; g < G; g++)
        w[g] = residual[g] + d->outside[n] * ent_dot_run(J, d->factor_share + (n * G + g) * J, s);
    ent_mmatrix_solve(G, d->wage_system + n * G * G, w);
    double d_income = r[income];
    for (ptrdiff_t g = 0; g < G; g++) {
        ent_add_run(J, d->price_by_wage + (n * G + g) * J, w[g], p);
        ent_add_run(J, d->sales_by_wage + (n * G + g) * J, w[g], s);
        d_income += d->income_by_wage[n * G + g] * w[g];
    }
    for (int64_t f = d->factor_first[n]; f < d->factor_first[n + 1]; f++) {
        const ptrdiff_t g = net->node_user[f], state = pass->price_state[f];
        out[state] = r[state] - residual[g] + w[g];
    }
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = net->producer[n * J + k];
        if (producer < 0) continue;
        out[pass->price_state[producer]] = p[k];
        out[pass->sales_state[producer]] = s[k];
    }
    out[income] = d_income;
}

void ent_domestic_apply(const ent_domestic *d, const double *r, double *out, double *room)
{
    const ent_pass *pass = d->pass;
    for (ptrdiff_t s = 0; s < pass->sales; s++) /* measures of scale follow their own residual */
        out[pass->prices + s] = r[pass->prices + s];
    for (ptrdiff_t n = 0; n < pass->net->regions; n++) apply_region(d, n, r, out, room);
}
