/* home.c: see home.h. All changes are logs; p, S producers' prices and sales, w wages, I income, P the price index of
 * the household, M_j what the region spends on sector j, M_L labour's income, Q scale, r residuals:
 *
 *   p − C p − B w + ψ_L M_L + ψ_S S + Σ_j a_j M_j = r_p      prices  (E3, E4)   C_kj, B scaled by 1 + ψ_S
 *   S_j − s_j M_j                                 = demand   sales   (E7)       s_j share sold at home
 *   M_j − X (S, I)                                = r_M      spending
 *   I − Σ_g χ_g Y_g − ρ M − ℓ S                   = r_I      income  (E8)      duties and levies, shares of income
 *   Y_g − h (S, I) − e r_M                        = 0        factor income; labour's with market entry e (E17)
 *   (1 + κ_g) w_g − Y_g − κ_g P                   = (1 + κ_g) r_w         wages (E9), solved for all regions in wages.c
 *
 * ψ_S, ψ_L: scale by output and by labour (base: own cost, the wage); a_j: selection, the wage being its base. A factor
 * that is not mobile between sectors costs sector k (1 − 1/κ) Y + S_k/κ: scale in reverse, with ψ_S = −B/κ. So
 * prices are p = (I − C)⁻¹ (r_p + B w) − N (S, I), and with Y = (1 + κ)(w − r_w) − κ P from the wages' side
 *
 *   | 1 − s X_S + D N_S    −s X_I + D N_I |  (S)     (demand)
 *   | χκ π_S − ρ X_S − ℓ  1 + χκ π_I − ρ X_I |  (I)  =  (r_I + Σ χ (1 + κ)(w − r_w) − χκ P₀)      V = this, inverted
 *
 * where D is the answer of sales to own prices (markets.h) and π what (S, I) do to P through scale. Without scale
 * economies N = π = 0, and V is known from (I − C)⁻¹: (I − H)⁻¹ = S⁻¹ (I − C)⁻ᵀ S, and one row and column more. */
// SPDX-License-Identifier: MIT
#include "equilibrium/home.h"
#include "num/dot.h"
#include "num/lu.h"
#include "num/mmatrix.h"
#include <math.h>
#include <string.h>

/* What is needed while blocks are made. */
typedef struct {
    const ent_markets *markets;
    double *home;        /* [nodes] share of a sourcing node's spending that stays at home */
    double *selection;   /* [regions*J] its scale elasticity, averaged over users */
    double *on_home;     /* [J][J] producer k's cost shares on domestic producers, one region at a time */
    double *on_sector;   /* [J][J] and on sectors wherever they are made */
    double *final_home;  /* [J] the household's, and */
    double *scale_price; /* [J+1][width] what (S, I) do to costs through scale, before chains */
    double *index;       /* [width] κπ */
    double *duties;      /* [J] on each sector, share of income */
    double *levies;      /* [J] that sectors pay, share of income; and */
    double *fiscal;      /* [J+1] both, per unit of sales and income */
    double *sales;       /* [J] */
    double *block;       /* [J+1][J+1] the system above, and */
    int32_t *pivot;      /* [J+1] */
} ent_home_work;

static double *region_of(const ent_home *h, double *array, ptrdiff_t columns, ptrdiff_t n)
{
    return array + n * columns * h->width;
}

/* ---- from the network ---- */

static int is_selected(const ent_network *net, int64_t k)
{
    return net->scale_size[k] == (int32_t)k && net->kind[k] == ENT_NODE_SOURCING;
}

static void look_at_sourcing(const ent_network *net, const ent_home_work *w)
{
    const ptrdiff_t J = net->sectors;
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e];
            if (lane >= net->borders) break;
            if (net->node_region[net->seller[lane]] == net->node_region[k]) w->home[k] = net->share[e];
        }
    for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++) {
        const ptrdiff_t n = net->node_region[k], j = net->node_sector[k];
        if (is_selected(net, k) && net->sales_usd[k] > 0.0)
            w->selection[n * J + j] +=
                net->scale[k] * net->sales_usd[k] / w->markets->bought_usd[j * w->markets->stride + n];
    }
}

/* Cost shares of node k, through all nests below it: on domestic producers, on sectors wherever they are made, on
 * factors. */
static void collect(const ent_network *net, const double *home, ptrdiff_t k, double weight, double *on_home,
                    double *on_sector, double *on_factor)
{
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]], j = net->node_sector[seller];
        const double share = weight * net->share[e];
        if (net->kind[seller] == ENT_NODE_SOURCING) {
            on_home[j] += share * home[seller];
            on_sector[j] += share;
        } else if (net->kind[seller] == ENT_NODE_FACTOR) {
            on_factor[net->node_user[seller]] += share;
        } else {
            collect(net, home, seller, share, on_home, on_sector, on_factor);
        }
    }
}

/* What producer (n,k) buys, and where its payments go. */
static void describe_producer(const ent_home *h, const ent_home_work *w, ptrdiff_t n, ptrdiff_t k)
{
    const ent_network *net = h->net;
    const ptrdiff_t J = h->J, G = h->G;
    const int32_t producer = net->producer[n * J + k];
    double on_factor[MOST_FACTORS] = {0}, *on_home = w->on_home + k * J, *on_sector = w->on_sector + k * J;
    memset(on_home, 0, (size_t)J * sizeof *on_home);
    memset(on_sector, 0, (size_t)J * sizeof *on_sector);
    if (producer < 0) return;
    collect(net, w->home, producer, 1.0, on_home, on_sector, on_factor);
    const double paid = net->sales_usd[producer] * (1.0 - net->levy_share[producer]);
    double *spending = region_of(h, h->spending, J + 1, n) + k * h->width;
    for (ptrdiff_t j = 0; j < J; j++) {
        const double bought = w->markets->bought_usd[j * w->markets->stride + n];
        spending[j] = bought > 0.0 ? on_sector[j] * paid / bought : 0.0;
    }
    for (ptrdiff_t g = 0; g < G; g++) {
        region_of(h, h->factor_cost, G, n)[g * h->width + k] = on_factor[g];
        region_of(h, h->factor_income, G, n)[g * h->width + k] = on_factor[g] * paid;
        h->income_share[n * G + g] += on_factor[g] * paid;
    }
}

static void describe_household(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J;
    double on_factor[MOST_FACTORS] = {0}, *final = h->final_share + n * h->width;
    double *spending = region_of(h, h->spending, J + 1, n) + J * h->width;
    const double spent = h->net->sales_usd[h->net->household[n]];
    memset(w->final_home, 0, (size_t)J * sizeof *w->final_home);
    collect(h->net, w->home, h->net->household[n], 1.0, w->final_home, final, on_factor);
    for (ptrdiff_t j = 0; j < J; j++) {
        const double bought = w->markets->bought_usd[j * w->markets->stride + n];
        spending[j] = bought > 0.0 ? final[j] * spent / bought : 0.0;
    }
}

/* Payments become shares of the factor's income; with selection, labour is paid for market entry too, and entry follows
 * spending: h of labour reaches income as well. */
static void share_income(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, G = h->G;
    const double nu = h->net->entry_share[n], spent = h->net->sales_usd[h->net->household[n]];
    double *income = h->income_share + n * G, *entry = h->by_selection ? h->entry_income + n * h->width : NULL;
    if (entry != NULL && h->net->labour[n] >= 0)
        for (ptrdiff_t j = 0; j < J; j++) {
            entry[j] = nu * w->markets->bought_usd[j * w->markets->stride + n];
            income[0] += entry[j];
        }
    for (ptrdiff_t g = 0; g < G; g++) {
        double *share = region_of(h, h->factor_income, G, n) + g * h->width;
        for (ptrdiff_t k = 0; k < J; k++) share[k] = income[g] > 0.0 ? share[k] / income[g] : 0.0;
    }
    if (entry != NULL && income[0] > 0.0) {
        for (ptrdiff_t j = 0; j < J; j++) entry[j] /= income[0];
        ent_columns_dot(h->width, J + 1, h->width, region_of(h, h->spending, J + 1, n), entry,
                        region_of(h, h->factor_income, G, n));
    }
    for (ptrdiff_t g = 0; g < G; g++) income[g] /= spent;
}

/* ---- prices ---- */

/* 1 + ψ where scale is by output. */
static double steepness(const ent_home *h, ptrdiff_t n, ptrdiff_t k, int with_scale)
{
    const int32_t producer = h->net->producer[n * h->J + k];
    const int by_output = producer >= 0 && h->net->scale_size[producer] == producer;
    return by_output && with_scale ? 1.0 + h->net->scale[producer] : 1.0;
}

static int invert_prices(const ent_home *h, const ent_home_work *w, ptrdiff_t n, int with_scale)
{
    const ptrdiff_t J = h->J;
    double *inverse = region_of(h, h->price, J, n);
    for (ptrdiff_t k = 0; k < J; k++) {
        const double steep = steepness(h, n, k, with_scale);
        for (ptrdiff_t j = 0; j < J; j++) inverse[j * h->width + k] = (j == k) - steep * w->on_home[k * J + j];
    }
    return ent_mmatrix_invert(J, h->width, inverse);
}

/* ψ by labour, selection in costs, and what wages do as their base. */
static void place_scale(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ent_network *net = h->net;
    const ptrdiff_t J = h->J;
    double *cost = region_of(h, h->factor_cost, h->G, n), *labour = h->labour_scale + n * h->width;
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = net->producer[n * J + k];
        if (producer < 0) continue;
        const double steep = steepness(h, n, k, 1);
        for (ptrdiff_t g = 0; g < h->G; g++) {
            cost[g * h->width + k] *= steep;
            if (!h->by_sector) continue;
            region_of(h, h->specific, h->G, n)[g * h->width + k] = cost[g * h->width + k];
            cost[g * h->width + k] *= 1.0 - h->rigidity[g];
        }
        labour[k] =
            net->scale_size[producer] >= 0 && net->scale_size[producer] != producer ? net->scale[producer] : 0.0;
        cost[k] += labour[k];
        for (ptrdiff_t j = 0; j < J && h->by_selection; j++) {
            const double a = steep * w->on_sector[k * J + j] * w->selection[n * J + j];
            region_of(h, h->selection, J, n)[j * h->width + k] = a;
            cost[k] += a;
        }
    }
    for (ptrdiff_t j = 0; j < J && h->by_selection; j++) {
        h->index_measure[n * h->width + j] = h->final_share[n * h->width + j] * w->selection[n * J + j];
        h->index_by_wage[n] += h->index_measure[n * h->width + j];
    }
}

/* N: prices by sales and income, through scale and then through the chains. */
static void feed_back(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width;
    const double *labour_income = region_of(h, h->factor_income, h->G, n);
    const double *spending = region_of(h, h->spending, J + 1, n), *labour = h->labour_scale + n * W;
    double *feedback = region_of(h, h->feedback, J + 1, n);
    for (ptrdiff_t c = 0; c <= J; c++) {
        double *cost = w->scale_price;
        for (ptrdiff_t k = 0; k < W; k++) cost[k] = labour[k] * labour_income[c];
        if (c < J) cost[c] += steepness(h, n, c, 1) - 1.0;
        for (ptrdiff_t g = 0; g < h->G && h->by_sector && c < J; g++)
            cost[c] -= h->rigidity[g] * region_of(h, h->specific, h->G, n)[g * W + c];
        if (h->by_selection) ent_columns_add(W, J, W, region_of(h, h->selection, J, n), spending + c * W, cost);
        ent_columns_add(W, J, W, region_of(h, h->price, J, n), cost, feedback + c * W);
    }
}

/* ---- sales and income ---- */

/* κπ: what (S, I) do to the price index, times κ. */
static void find_index(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width;
    const double kappa = ent_home_supply(h, n, 0);
    for (ptrdiff_t c = 0; c <= J; c++) {
        double fall = ent_dot_run(J, w->final_home, region_of(h, h->feedback, J + 1, n) + c * W);
        if (h->by_selection)
            fall += ent_dot_run(J, h->index_measure + n * W, region_of(h, h->spending, J + 1, n) + c * W);
        w->index[c] = -kappa * fall;
    }
}

/* ρ, ℓ, and ρ X + ℓ */
static void find_fiscal(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width;
    const ent_markets *m = w->markets;
    const double income = h->net->sales_usd[h->net->household[n]];
    for (ptrdiff_t j = 0; j < J; j++) {
        const int32_t producer = h->net->producer[n * J + j];
        w->duties[j] = m->duties_usd[j * m->stride + n] / income;
        w->levies[j] = producer >= 0 ? h->net->levy_share[producer] * h->net->sales_usd[producer] / income : 0.0;
    }
    for (ptrdiff_t c = 0; c <= J; c++)
        w->fiscal[c] =
            ent_dot_run(J, w->duties, region_of(h, h->spending, J + 1, n) + c * W) + (c < J ? w->levies[c] : 0.0);
}

static int invert_sales(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width, all = J + 1;
    const ent_markets *m = w->markets;
    const double *spending = region_of(h, h->spending, all, n), *feedback = region_of(h, h->feedback, all, n);
    double *response = region_of(h, h->response, all, n);
    for (ptrdiff_t i = 0; i < J; i++) {
        const double at_home = m->sale_share[(i * m->R + n) * m->stride + n];
        const double slope = m->by_price[(i * m->R + n) * m->stride + n];
        for (ptrdiff_t c = 0; c < all; c++)
            w->block[i * all + c] = (i == c) - at_home * spending[c * W + i] + slope * feedback[c * W + i];
    }
    for (ptrdiff_t c = 0; c < all; c++)
        w->block[J * all + c] = (c == J) + h->income_share[n * h->G] * w->index[c] - w->fiscal[c];
    if (!ent_lu_factor(all, w->block, w->pivot)) return 0;
    for (ptrdiff_t c = 0; c < all; c++) {
        response[c * W + c] = 1.0;
        ent_lu_solve(all, w->block, w->pivot, response + c * W);
    }
    return 1;
}

/* V from (I − C)⁻¹ = H, where no price feeds back: demand passes down the chains, and income adds to it,
 *   S = H d + h I,  h = H s X_I;   I = (r_I + f H d)/(1 − f_I − f h),  f = ρ X + ℓ. */
static void respond_plainly(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width;
    const ent_markets *m = w->markets;
    const double *inverse = region_of(h, h->price, J, n), *by_income = region_of(h, h->spending, J + 1, n) + J * W;
    double *response = region_of(h, h->response, J + 1, n), *sales = w->sales;
    for (ptrdiff_t k = 0; k < J; k++) {
        const int32_t producer = h->net->producer[n * J + k];
        sales[k] = producer >= 0 && h->net->sales_usd[producer] > 0.0 ? h->net->sales_usd[producer] : 1.0;
        /* what is not made has a row of its own in I − C */
    }
    for (ptrdiff_t c = 0; c < J; c++) {
        double *column = response + c * W;
        for (ptrdiff_t i = 0; i < J; i++) column[i] = inverse[i * W + c] * sales[c] / sales[i];
        ent_add_run(J, column, m->sale_share[(c * m->R + n) * m->stride + n] * by_income[c], response + J * W);
    }
    double *by_shock = response + J * W, whole = 1.0 - w->fiscal[J] - ent_dot_run(J, w->fiscal, by_shock);
    by_shock[J] = 1.0;
    if (!(whole > 0.1)) return; /* no such income: what it earns is left out */
    for (ptrdiff_t c = 0; c < J; c++) {
        const double earned = ent_dot_run(J, w->fiscal, response + c * W) / whole;
        ent_add_run(J, by_shock, earned, response + c * W);
        response[c * W + J] = earned;
    }
    ent_combine(J + 1, 1.0 / whole, by_shock, 0.0, by_shock, by_shock);
}

/* Factor incomes and wages, per unit of demand. */
static void answer_wages(const ent_home *h, const ent_home_work *w, ptrdiff_t n)
{
    const ptrdiff_t J = h->J, W = h->width, G = h->G;
    const double *response = region_of(h, h->response, J + 1, n);
    for (ptrdiff_t g = 0; g < G; g++) {
        double *income = region_of(h, h->factor_income, G, n) + g * W;
        ent_columns_add(W, J, W, region_of(h, h->price, J, n), region_of(h, h->factor_cost, G, n) + g * W,
                        region_of(h, h->price_by_wage, G, n) + g * W);
        ent_columns_dot(W, J + 1, W, response, income, region_of(h, h->income_by_demand, G, n) + g * W);
        if (h->wage_by_demand == h->income_by_demand) continue;
        double *wage = region_of(h, h->wage_by_demand, G, n) + g * W;
        ent_columns_dot(W, J + 1, W, response, income, wage);
        if (g == 0 && h->by_scale) ent_columns_dot(W, J + 1, W, response, w->index, wage);
    }
}

/* ---- open ---- */

static ent_status take_room(ent_home *h, ent_arena *arena)
{
    const ptrdiff_t R = h->net->regions, J = h->J, G = h->G, W = h->width;
    const struct {
        double **array;
        ptrdiff_t length;
        int wanted;
    } rooms[] = {
        {&h->price, R * J * W, 1},
        {&h->response, R * (J + 1) * W, 1},
        {&h->feedback, R * (J + 1) * W, h->by_scale},
        {&h->spending, R * (J + 1) * W, 1},
        {&h->labour_scale, R * W, h->by_scale},
        {&h->selection, R * J * W, h->by_selection},
        {&h->entry_income, R * W, h->by_selection},
        {&h->index_measure, R * W, h->by_selection},
        {&h->specific, R * G * W, h->by_sector},
        {&h->factor_cost, R * G * W, 1},
        {&h->price_by_wage, R * G * W, 1},
        {&h->factor_income, R * G * W, 1},
        {&h->income_share, R * G, 1},
        {&h->income_by_demand, R * G * W, 1},
        {&h->wage_by_demand, R * G * W, h->supply > 0.0},
        {&h->index_by_wage, R, 1},
        {&h->final_share, R * W, 1},
        {&h->earned, R * W, 1},
    };
    for (size_t a = 0; a < sizeof rooms / sizeof *rooms; a++) {
        if (!rooms[a].wanted) continue;
        *rooms[a].array = ent_new0(arena, double, rooms[a].length);
        if (*rooms[a].array == NULL) return ENT_NO_MEMORY;
    }
    if (h->wage_by_demand == NULL) h->wage_by_demand = h->income_by_demand;
    return ENT_OK;
}

static ent_status take_work_room(const ent_home *h, ent_arena *scratch, ent_home_work *w)
{
    const ptrdiff_t J = h->J, all = J + 1;
    w->home = ent_new0(scratch, double, h->net->nodes);
    w->selection = ent_new0(scratch, double, h->net->regions *J);
    w->on_home = ent_new(scratch, double, J *J);
    w->on_sector = ent_new(scratch, double, J *J);
    w->final_home = ent_new(scratch, double, J);
    w->scale_price = ent_new(scratch, double, h->width);
    w->index = ent_new0(scratch, double, h->width);
    w->duties = ent_new(scratch, double, J);
    w->levies = ent_new(scratch, double, J);
    w->fiscal = ent_new(scratch, double, all);
    w->sales = ent_new(scratch, double, J);
    w->block = ent_new(scratch, double, all *all);
    w->pivot = ent_new(scratch, int32_t, all);
    return w->home == NULL || w->selection == NULL || w->on_home == NULL || w->on_sector == NULL ||
                   w->final_home == NULL || w->scale_price == NULL || w->index == NULL || w->duties == NULL ||
                   w->levies == NULL || w->fiscal == NULL || w->sales == NULL || w->block == NULL || w->pivot == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* Does some region have more than a few hundredths of its income from levies and duties? */
static int has_fiscal_income(const ent_markets *m)
{
    const double much = 0.03; /* smaller makes the wages' system larger for next to nothing */
    const ent_network *net = m->net;
    for (ptrdiff_t n = 0; n < m->R; n++) {
        double sum = 0.0;
        for (ptrdiff_t j = 0; j < m->J; j++) {
            const int32_t producer = net->producer[n * m->J + j];
            sum += fabs(m->duties_usd[j * m->stride + n]);
            if (producer >= 0) sum += fabs(net->levy_share[producer]) * net->sales_usd[producer];
        }
        if (sum > much * net->sales_usd[net->household[n]]) return 1;
    }
    return 0;
}

static void look_for_scale(const ent_markets *markets, ent_home *h)
{
    for (ptrdiff_t g = 0; g < h->G; g++) {
        h->rigidity[g] = 1.0 / h->net->blueprint->mobility[g]; /* 1/inf is 0 */
        h->by_sector |= h->rigidity[g] > 0.0;
    }
    h->by_scale = h->by_sector;
    h->earns = has_fiscal_income(markets);
    for (ptrdiff_t k = 0; k < h->net->nodes; k++) {
        h->by_scale |= h->net->scale_size[k] >= 0;
        h->by_selection |= is_selected(h->net, k);
    }
}

static ent_status open_region(const ent_home *h, const ent_home_work *w, ptrdiff_t n, ent_error *err)
{
    for (ptrdiff_t k = 0; k < h->J; k++) describe_producer(h, w, n, k);
    describe_household(h, w, n);
    share_income(h, w, n);
    if (!invert_prices(h, w, n, 1) && !invert_prices(h, w, n, 0))
        return ent_fail(err, ENT_NOT_CONVERGED, "the input coefficients of %s do not leave room for value added",
                        h->net->table->regions.label[n]);
    if (h->by_scale) {
        place_scale(h, w, n);
        feed_back(h, w, n);
        find_index(h, w, n);
    }
    find_fiscal(h, w, n);
    if (!h->by_scale || !invert_sales(h, w, n)) respond_plainly(h, w, n);
    for (ptrdiff_t c = 0; c <= h->J; c++)
        h->earned[n * h->width + c] = region_of(h, h->response, h->J + 1, n)[c * h->width + h->J];
    answer_wages(h, w, n);
    return ENT_OK;
}

ent_status ent_home_open(const ent_markets *markets, ent_arena *arena, ent_home *h, ent_error *err)
{
    const ent_network *net = markets->net;
    ENT_SCRATCH scratch = {0};
    ent_home_work w = {.markets = markets};
    *h = (ent_home){.net = net,
                    .J = net->sectors,
                    .G = net->factors,
                    .width = ent_pad(net->sectors + 1),
                    .supply = net->blueprint->labour_supply};
    if (h->G > MOST_FACTORS)
        return ent_fail(err, ENT_BAD_INPUT, "%td factors are more than the %d that are solved for", h->G, MOST_FACTORS);
    look_for_scale(markets, h);
    if (take_room(h, arena) != ENT_OK || take_work_room(h, &scratch, &w) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the domestic blocks of %td regions", net->regions);
    look_at_sourcing(net, &w);
    for (ptrdiff_t n = 0; n < net->regions; n++) ENT_TRY(open_region(h, &w, n, err));
    return ENT_OK;
}
