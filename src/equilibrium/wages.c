/* wages.c: see wages.h.
 *
 * K[(i,h),(m,g)]: change of the log income of i's factor h per unit of m's log wage g. At home it is the block's own.
 * Abroad, one step across the border:
 *
 *   Σ_j y_ihj { −r_j Σ_n s_nij ω_nmj p_mgj  +  s_mij X_mgj }          i ≠ m, r = 1 − σ
 *
 *   s_nij  share of (i,j)'s sales that go to n;  ω_nmj  share of m in n's spending on j
 *   p_mgj  prices, X_mgj spending of m per unit of its wage;  y_ihj  factor income per unit of demand for (i,j)
 *
 * The first term is built by one rank-one update for each market (n,j). Then (I − K + 1 γ'K) w = r, where γ'K is the
 * numeraire (E11), γ shares of world factor income. */
// SPDX-License-Identifier: MIT
#include "equilibrium/wages.h"
#include "num/dot.h"
#include "num/lu.h"
#include <string.h>

typedef struct {
    const ent_wage_parts *p;
    double *k;      /* [n][n] */
    double *market; /* [n] ω_nmj p_mgj of one market */
} ent_wage_work;

static void add_market(const ent_wage_work *w, ptrdiff_t market)
{
    const ent_wage_parts *p = w->p;
    const ent_markets *markets = p->markets;
    const ent_network *net = markets->net;
    const ptrdiff_t G = net->factors, J = net->sectors, all = net->regions * G;
    const ptrdiff_t n = markets->place[market] / J, j = markets->place[market] % J;
    const int64_t from = markets->first[market], to = markets->first[market + 1];
    memset(w->market, 0, (size_t)all * sizeof *w->market);
    for (int64_t lane = from; lane < to; lane++) {
        const ptrdiff_t m = ent_lane_exporter(net, lane);
        for (ptrdiff_t g = 0; g < G; g++)
            w->market[m * G + g] = markets->buy_share[lane] * p->price_by_wage[(m * G + g) * J + j];
    }
    for (int64_t lane = from; lane < to; lane++) {
        const ptrdiff_t i = ent_lane_exporter(net, lane);
        for (ptrdiff_t h = 0; h < G; h++) {
            const double y = p->income_by_sales[(i * G + h) * J + j] * markets->sale_share[lane];
            const double r = markets->power[market];
            double *row = w->k + (i * G + h) * all;
            ent_add_run(all, w->market, -r * y, row);
            for (ptrdiff_t g = 0; g < G; g++) {
                row[i * G + g] += r * y * w->market[i * G + g]; /* the seller's own price is in its block */
                if (i != n) row[n * G + g] += y * p->spending_by_wage[(n * G + g) * J + j];
            }
        }
    }
}

/* K becomes I − K + 1 γ'K, with a whisper on the diagonal: regions that trade with nobody leave relative wages open. */
static void close_system(const ent_wage_work *w, ptrdiff_t all, double *numeraire)
{
    const double whisper = 1e-9; /* larger slows the last digits, smaller lets closed regions drift */
    memset(numeraire, 0, (size_t)all * sizeof *numeraire);
    for (ptrdiff_t row = 0; row < all; row++) ent_add_run(all, w->k + row * all, w->p->gdp_share[row], numeraire);
    for (ptrdiff_t row = 0; row < all; row++) {
        double *k = w->k + row * all;
        for (ptrdiff_t c = 0; c < all; c++) k[c] = numeraire[c] - k[c];
        k[row] += 1.0 + whisper;
    }
}

ent_status ent_wages_open(const ent_wage_parts *p, ent_arena *arena, ent_wages *wages, ent_error *err)
{
    const ent_network *net = p->markets->net;
    const ptrdiff_t G = net->factors, all = net->regions * G;
    ENT_SCRATCH scratch = {0};
    double *numeraire = ent_new(&scratch, double, all);
    ent_wage_work work = {p, ent_new0(arena, double, all *all), ent_new(&scratch, double, all)};
    *wages = (ent_wages){all, work.k, ent_new(arena, int32_t, all), p->gdp_share};
    if (numeraire == NULL || work.k == NULL || work.market == NULL || wages->pivot == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the wages of %td regions", net->regions);
    for (ptrdiff_t market = 0; market < p->markets->count; market++) add_market(&work, market);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        for (ptrdiff_t h = 0; h < G; h++)
            for (ptrdiff_t g = 0; g < G; g++) work.k[(n * G + h) * all + n * G + g] += p->own[(n * G + h) * G + g];
    close_system(&work, all, numeraire);
    if (!ent_lu_factor(all, work.k, wages->pivot))
        return ent_fail(err, ENT_NOT_CONVERGED, "the response of wages to wages is singular at the benchmark");
    return ENT_OK;
}

void ent_wages_solve(const ent_wages *wages, double *w)
{
    ent_lu_solve(wages->n, wages->lu, wages->pivot, w);
}
