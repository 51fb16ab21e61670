/* wages.c: see wages.h. With p_mg, X_mg what one unit of m's log wage g does to prices and spending in m (home.h):
 *
 *   T   demand for (i,j):  by_price[(i,j),(m,j)] p_mgj  +  s_mij X_mgj (i ≠ m; home's own spending is in V)
 *       income of i:       χ_g (1 + κ_g) at home  −  χ κ_i P_i,mg
 *   P   price indices:     Σ_j E_n,mj p_mgj (and selection at home),  E_n,mj = final share of j × share of origin m
 *   K   (1 + κ) log wage:  η' T + κ P,   η = wage_by_demand;  Y likewise with income_by_demand, without P
 *
 * One step across the border; then ((1 + κ) − K + (1 + κ) γ'Y) w = r, where γ'Y is the numeraire (E11), γ shares of
 * world factor income. Where levies and duties count, incomes y are unknowns beside wages, y = v'(demand + T w + A y),
 * v a row of V (home.h): what income makes a region buy abroad comes back as others' income. With them, and without
 * inputs from abroad, nothing is left out. */
// SPDX-License-Identifier: MIT
#include "equilibrium/wages.h"
#include "num/dot.h"
#include "num/lu.h"
#include <string.h>

enum {
    MOST_UNKNOWNS = 256 /* where incomes are among them: more cost more than they save */
};

typedef struct {
    const ent_markets *m;
    const ent_home *h;
    ent_wages *w;
    const double *gdp_share;
    double *answer;    /* [width] sales and income at home, and */
    double *spending;  /* [width] what is spent on each sector */
    double *numeraire; /* [n] γ'Y */
} ent_wages_work;

/* E */
static void find_index(const ent_wages_work *k)
{
    const ent_markets *m = k->m;
    const ent_network *net = m->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], l = net->seller[lane], j = net->node_sector[l];
        if (!(k->m->bought_usd[j * m->stride + n] > 0.0)) continue;
        k->w->index[(j * m->R + net->node_region[l]) * m->stride + n] =
            k->h->final_share[n * k->h->width + j] * net->lane_value_usd[lane] / m->bought_usd[j * m->stride + n];
    }
}

/* P of all regions, per unit of wage (m,g). */
static void find_index_by_wage(const ent_wages_work *k, ptrdiff_t m, ptrdiff_t g)
{
    const ptrdiff_t G = k->h->G, J = k->h->J, R = k->m->R, stride = k->m->stride;
    const double *price = k->h->price_by_wage + (m * G + g) * k->h->width;
    double *index = k->w->index_by_wage + (m * G + g) * R;
    for (ptrdiff_t j = 0; j < J; j++) ent_add_run(R, k->w->index + (j * R + m) * stride, price[j], index);
    if (g == 0) index[m] += k->h->index_by_wage[m];
}

/* What a wage, by way of its own region's demand and income, makes m spend on each sector. */
static void find_spending(const ent_wages_work *k, ptrdiff_t m, const double *own_demand)
{
    const ptrdiff_t J = k->h->J, W = k->h->width;
    const size_t bytes = (size_t)W * sizeof(double);
    memset(k->answer, 0, bytes);
    memset(k->spending, 0, bytes);
    ent_columns_add(W, J + 1, W, k->h->response + m * (J + 1) * W, own_demand, k->answer);
    if (k->w->size > k->w->n) k->answer[J] = 0.0; /* income is an unknown of its own */
    ent_columns_add(W, J + 1, W, k->h->spending + m * (J + 1) * W, k->answer, k->spending);
}

/* One column of T. */
static void find_demand(const ent_wages_work *k, ptrdiff_t m, ptrdiff_t g)
{
    const ptrdiff_t G = k->h->G, J = k->h->J, R = k->m->R, stride = k->m->stride, all = J + 1;
    const double *price = k->h->price_by_wage + (m * G + g) * k->h->width;
    double *demand = k->w->demand + (m * G + g) * k->w->height;
    for (ptrdiff_t j = 0; j < J; j++) {
        const double *by_price = k->m->by_price + (j * R + m) * stride;
        for (ptrdiff_t i = 0; i < R; i++) demand[i * all + j] = by_price[i] * price[j];
    }
    for (ptrdiff_t i = 0; i < R && k->w->index != NULL; i++)
        demand[i * all + J] =
            -k->h->income_share[i * G] * ent_home_supply(k->h, i, 0) * k->w->index_by_wage[(m * G + g) * R + i];
    for (ptrdiff_t j = 0; j < J && k->m->duty_by_price != NULL; j++)
        for (ptrdiff_t i = 0; i < R; i++)
            demand[i * all + J] += k->m->duty_by_price[(j * R + m) * stride + i] * price[j];
    demand[m * all + J] += k->h->income_share[m * G + g] * (1.0 + ent_home_supply(k->h, m, g));
    find_spending(k, m, demand + m * all);
    for (ptrdiff_t j = 0; j < J; j++) {
        const double *share = k->m->sale_share + (j * R + m) * stride, spent = k->spending[j];
        for (ptrdiff_t i = 0; i < R; i++) demand[i * all + j] += i != m ? share[i] * spent : 0.0;
    }
}

/* Income of m that no wage explains, spent abroad. */
static void find_abroad(const ent_wages_work *k, ptrdiff_t m)
{
    const ptrdiff_t J = k->h->J, R = k->m->R, W = k->h->width, all = J + 1;
    double *demand = k->w->abroad + m * k->w->height;
    const double *by_income = k->h->spending + (m * all + J) * W;
    for (ptrdiff_t j = 0; j < J; j++) {
        const double *share = k->m->sale_share + (j * R + m) * k->m->stride, spent = by_income[j];
        for (ptrdiff_t i = 0; i < R; i++) demand[i * all + j] = i != m ? share[i] * spent : 0.0;
    }
}

/* One column of K and of γ'Y; of a wage, or of an income. */
static void find_answers(const ent_wages_work *k, ptrdiff_t column)
{
    const ptrdiff_t G = k->h->G, J = k->h->J, all = J + 1, W = k->h->width, n = k->w->n, size = k->w->size;
    const double *demand = k->w->demand + column * k->w->height;
    for (ptrdiff_t row = 0; row < n; row++) {
        const double *here = demand + row / G * all;
        double answer = ent_dot_run(all, k->h->wage_by_demand + row * W, here);
        const double income = k->h->wage_by_demand == k->h->income_by_demand
                                  ? answer
                                  : ent_dot_run(all, k->h->income_by_demand + row * W, here);
        const double kappa = ent_home_supply(k->h, row / G, row % G);
        if (kappa > 0.0 && column < n) answer += kappa * k->w->index_by_wage[column * k->m->R + row / G];
        k->w->lu[row * size + column] = -answer;
        k->numeraire[column] += k->gdp_share[row] * income;
    }
    for (ptrdiff_t row = n; row < size; row++) {
        const double earned = ent_dot_run(all, k->h->earned + (row - n) * W, demand + (row - n) * all);
        k->w->own[column * k->m->R + row - n] = earned;
        k->w->lu[row * size + column] = (row == column) - earned;
    }
}

/* Adds the wage itself and the numeraire, with a whisper on the diagonal: regions that trade with nobody leave relative
 * wages open. */
static void close_system(const ent_wages_work *k)
{
    k->w->whisper = 1e-9; /* larger slows the last digits, smaller lets closed regions drift */
    const ptrdiff_t n = k->w->n, size = k->w->size, G = k->h->G;
    for (ptrdiff_t row = 0; row < n; row++) {
        const double one = 1.0 + ent_home_supply(k->h, row / G, row % G);
        ent_add_run(size, k->numeraire, one, k->w->lu + row * size);
        k->w->lu[row * size + row] += one + k->w->whisper;
    }
}

static ent_status take_room(const ent_wages_work *k, ent_arena *arena)
{
    const ent_markets *m = k->m;
    ent_wages *w = k->w;
    w->demand = ent_new0(arena, double, (w->n + m->R) * w->height);
    w->lu = ent_new(arena, double, w->size * w->size);
    w->pivot = ent_new(arena, int32_t, w->size);
    if (w->demand == NULL || w->lu == NULL || w->pivot == NULL) return ENT_NO_MEMORY;
    w->abroad = w->demand + w->n * w->height;
    if (w->size > w->n) w->own = ent_new(arena, double, w->size * m->R);
    if (w->size > w->n && w->own == NULL) return ENT_NO_MEMORY;
    if (k->h->supply == 0.0) return ENT_OK;
    w->index = ent_new0(arena, double, m->J * m->R * m->stride);
    w->index_by_wage = ent_new0(arena, double, w->n * m->R);
    return w->index == NULL || w->index_by_wage == NULL ? ENT_NO_MEMORY : ENT_OK;
}

ent_status ent_wages_open(const ent_markets *markets, const ent_home *home, const double *gdp_share, ent_arena *arena,
                          ent_wages *w, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t n = markets->R * home->G, cells = markets->R * (home->J + 1);
    const ptrdiff_t size = home->earns && n + markets->R <= MOST_UNKNOWNS ? n + markets->R : n;
    *w = (ent_wages){.n = n, .size = size, .cells = cells, .height = ent_pad(cells)};
    const ent_wages_work k = {markets,
                              home,
                              w,
                              gdp_share,
                              ent_new(&scratch, double, home->width),
                              ent_new(&scratch, double, home->width),
                              ent_new0(&scratch, double, size)};
    if (take_room(&k, arena) != ENT_OK || k.answer == NULL || k.spending == NULL || k.numeraire == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the wages of %td regions", markets->R);
    if (w->index != NULL) find_index(&k);
    for (ptrdiff_t c = 0; c < n; c++) {
        if (w->index != NULL) find_index_by_wage(&k, c / home->G, c % home->G);
        find_demand(&k, c / home->G, c % home->G);
    }
    for (ptrdiff_t m = 0; m < markets->R; m++) find_abroad(&k, m);
    for (ptrdiff_t c = 0; c < size; c++) find_answers(&k, c);
    close_system(&k);
    if (!ent_lu_factor(size, w->lu, w->pivot))
        return ent_fail(err, ENT_NOT_CONVERGED, "the response of wages to wages is singular at the benchmark");
    return ENT_OK;
}

void ent_wages_solve(const ent_wages *w, double *x)
{
    ent_lu_solve(w->size, w->lu, w->pivot, x);
}

void ent_wages_solve_transposed(const ent_wages *w, double *x)
{
    ent_lu_solve_transposed(w->size, w->lu, w->pivot, x);
}

void ent_wages_solve_transposed_exactly(const ent_wages *w, double *x, double *room)
{
    ent_lu_solve_transposed(w->size, w->lu, w->pivot, x);
    for (ptrdiff_t row = 0; row < w->size; row++) room[row] = row < w->n ? w->whisper * x[row] : 0.0;
    ent_lu_solve_transposed(w->size, w->lu, w->pivot, room);
    ent_add_run(w->size, room, 1.0, x);
}
