/* transposed.c: the domestic preconditioner's transpose, step by step against the order of ent_domestic_apply():
 *
 *   apply       s₁ = r_S + R M r_p + F r_I;  h = Y s₁;  w = W⁻¹ (avg r_w + h − γ'h);
 *               d_p = M r_p + P_w w;  d_S = K (s₁ + R P_w w + X X_w w + F χ w);  d_I = r_I + χ w;  d_w = r_w − avg r_w
 * + w transposed  with a bar on each of these, from the last to the first. It need not be exact to the last bit: it
 * preconditions the adjoint's linear system, whose residual decides. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "num/dot.h"
#include "num/lu.h"
#include "num/mmatrix.h"
#include <string.h>

typedef struct {
    double *price, *sales, *more, *spending; /* [regions][J] */
    double *wage, *average;                  /* [regions][G] */
    double *income;                          /* [regions] */
} ent_transposed_work;

/* Rᵀ and Xᵀ: price += Rᵀ sales, spending += Xᵀ sales (NULL: not wanted). */
static void markets_transposed(const ent_markets *m, const double *sales, double *price, double *spending)
{
    const ptrdiff_t R = m->net->regions, J = m->net->sectors;
    for (ptrdiff_t market = 0; market < m->count; market++) {
        const ptrdiff_t n = m->place[market] / J, j = m->place[market] % J;
        double asked = 0.0;
        for (int64_t lane = m->first[market]; lane < m->first[market + 1]; lane++)
            asked += m->sale_share[lane] * sales[m->origin[lane] % R * J + j];
        for (int64_t lane = m->first[market]; lane < m->first[market + 1]; lane++) {
            const ptrdiff_t i = m->origin[lane] % R;
            const double own = m->sale_share[lane] * sales[i * J + j];
            price[i * J + j] += m->power[market] * (own - m->buy_share[lane] * asked);
            if (spending != NULL && i != n) spending[n * J + j] += own;
        }
    }
}

/* Kᵀ = S (I − C)⁻¹ S⁻¹, region by region. */
static void sales_transposed(const ent_domestic *d, double *sales)
{
    const ptrdiff_t J = d->J;
    for (ptrdiff_t n = 0; n < d->pass->net->regions; n++) {
        double *x = sales + n * J;
        const double *s = d->sales_usd + n * J;
        for (ptrdiff_t k = 0; k < J; k++) x[k] /= s[k];
        ent_mmatrix_solve(J, d->leontief + n * J * J, x);
        for (ptrdiff_t k = 0; k < J; k++) x[k] *= s[k];
    }
}

static void take_in(const ent_domestic *d, const double *r, const ent_transposed_work *k)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    for (ptrdiff_t cell = 0; cell < net->regions * d->J; cell++) {
        const int32_t producer = net->producer[cell];
        k->price[cell] = producer >= 0 ? r[pass->price_state[producer]] : 0.0;
        k->sales[cell] = producer >= 0 ? r[pass->sales_state[producer]] : 0.0;
    }
    memset(k->wage, 0, (size_t)(net->regions * d->G) * sizeof *k->wage);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        k->wage[net->factor_group[f]] += r[pass->price_state[f]];
    memcpy(k->average, k->wage, (size_t)(net->regions * d->G) * sizeof *k->wage);
}

/* Bars of the wages' solution, from what they did to prices, spending and incomes; leaves those of s₁ in sales. */
static void wages_transposed(const ent_domestic *d, const double *r, const ent_transposed_work *k)
{
    const ent_pass *pass = d->pass;
    const ptrdiff_t J = d->J, G = d->G, regions = pass->net->regions;
    double sum = 0.0;
    memcpy(k->more, k->price, (size_t)(regions * J) * sizeof *k->more);
    memset(k->spending, 0, (size_t)(regions * J) * sizeof *k->spending);
    markets_transposed(&d->markets, k->sales, k->more, k->spending);
    for (ptrdiff_t n = 0; n < regions; n++) {
        k->income[n] =
            r[pass->sales_state[pass->net->household[n]]] + ent_dot_run(J, d->final_share + n * J, k->sales + n * J);
        for (ptrdiff_t g = 0; g < G; g++) {
            const ptrdiff_t row = n * G + g;
            k->wage[row] += ent_dot_run(J, d->price_by_wage + row * J, k->more + n * J) +
                            ent_dot_run(J, d->spending_by_wage + row * J, k->spending + n * J) +
                            d->income_by_wage[row] * k->income[n];
        }
    }
    ent_lu_solve_transposed(d->wages.n, d->wages.lu, d->wages.pivot, k->wage);
    for (ptrdiff_t row = 0; row < regions * G; row++) sum += k->wage[row];
    for (ptrdiff_t row = 0; row < regions * G; row++)
        ent_add_run(J, d->income_by_sales + row * J, k->wage[row] - d->gdp_share[row] * sum, k->sales + row / G * J);
}

void ent_domestic_apply_transposed(const ent_domestic *d, const double *r, double *out, double *room)
{
    const ent_pass *pass = d->pass;
    const ent_network *net = pass->net;
    const ptrdiff_t J = d->J, regions = net->regions, cells = regions * J;
    const ent_transposed_work k = {room,
                                   room + cells,
                                   room + 2 * cells,
                                   room + 3 * cells,
                                   room + 4 * cells,
                                   room + 4 * cells + regions * d->G,
                                   room + 4 * cells + 2 * regions * d->G};
    take_in(d, r, &k);
    sales_transposed(d, k.sales);
    wages_transposed(d, r, &k);
    markets_transposed(&d->markets, k.sales, k.price, NULL);
    for (ptrdiff_t n = 0; n < regions; n++) ent_mmatrix_solve_transposed(J, d->leontief + n * J * J, k.price + n * J);
    for (ptrdiff_t s = 0; s < pass->sales; s++) out[pass->prices + s] = r[pass->prices + s];
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        const int32_t producer = net->producer[cell];
        if (producer < 0) continue;
        out[pass->price_state[producer]] = k.price[cell];
        out[pass->sales_state[producer]] = k.sales[cell];
    }
    for (ptrdiff_t n = 0; n < regions; n++)
        out[pass->sales_state[net->household[n]]] =
            r[pass->sales_state[net->household[n]]] + ent_dot_run(J, d->final_share + n * J, k.sales + n * J);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) {
        const int32_t group = net->factor_group[f];
        const double share = net->sales_usd[f] / pass->group_income0[group];
        out[pass->price_state[f]] = r[pass->price_state[f]] + share * (k.wage[group] - k.average[group]);
    }
}
