/* markets.c: see markets.h. With r = 1 − σ of market (n,j), ω_nij the share of origin i in what it buys:
 *
 *   d log S_ij = Σ_n s_nij r_nj (d log p_ij − Σ_m ω_nmj d log p_mj)
 *
 * which for each sector is one matrix of regions × regions, built once by one product of such matrices: an application
 * then reads a third of what the lanes themselves would take. In two tiers imports i pull on each other with the r
 * among imports, and on home goods and back with that of home against imports.
 *
 * Where each user has a sourcing node of its own, users' origins differ, and a price moves sales less than the market's
 * average shares say: by φ = Σ_e V (1 − ω_e)/Σ V (1 − ω), with ω_e the users' own shares. r φ then has the right size
 * for each seller's own price on average, and a rise of all prices by the same moves nothing. */
// SPDX-License-Identifier: MIT
#include "equilibrium/markets.h"
#include "network/blueprint.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

typedef struct {
    ent_markets *m;
    double *own;      /* [borders] Σ ω_e V over the users of a lane; NULL where there is one user only */
    int64_t *first;   /* [R*J] first lane of market (n,j), one after the other; and */
    int64_t *end;     /* [R*J] its end, 0 where there is none */
    double *pulled;   /* [R][stride] at [m][n]: r ω, what market n holds against others when m's price rises */
    double *own_sum;  /* [stride]    at [i]: Σ_n s r; */
    double *per_sale; /* [stride]   at [i]: 1/S; all three of one sector at a time */
} ent_markets_work;

static void add_own(const ent_network *net, double *own)
{
    if (own == NULL) return;
    for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            if (net->edge_lane[e] < net->borders)
                own[net->edge_lane[e]] += net->share[e] * net->share[e] * net->sales_usd[k];
}

static void find_markets(const ent_markets_work *w)
{
    const ent_network *net = w->m->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t market = net->lane_region[lane] * net->sectors + net->node_sector[net->seller[lane]];
        if (w->end[market] == 0) w->first[market] = lane;
        w->end[market] = lane + 1;
    }
}

/* What one market does: r of goods from home against the rest, r among imports, what is spent on both, on imports. */
typedef struct {
    double home, abroad, spent, imports;
} ent_markets_power;

/* r, weakened where users differ. */
static ent_markets_power power_of(const ent_markets_work *w, ptrdiff_t n, int64_t from, int64_t to)
{
    const ent_network *net = w->m->net;
    double users = 0.0, average = 0.0;
    ent_markets_power p = {.home = NAN, .abroad = NAN};
    for (int64_t lane = from; lane < to; lane++) {
        const int home = net->node_region[net->seller[lane]] == n;
        p.spent += net->lane_value_usd[lane];
        p.imports += home ? 0.0 : net->lane_value_usd[lane];
        *(home ? &p.home : &p.abroad) = ent_lane_power(net, lane);
    }
    if (isnan(p.home)) p.home = p.abroad;
    if (isnan(p.abroad)) p.abroad = p.home;
    if (net->lane_product != NULL && net->lane_product[from] >= 0) {
        p.home = p.abroad = 1.0 - ent_blueprint_product_elasticity(net->blueprint, net->node_sector[net->seller[from]]);
        return p;
    }
    if (w->own == NULL) return p;
    for (int64_t lane = from; lane < to; lane++) {
        const double v = net->lane_value_usd[lane];
        users += v - w->own[lane];
        average += v * (1.0 - v / p.spent);
    }
    p.home *= average > 0.0 && users < average ? users / average : 1.0;
    p.abroad = p.home;
    return p;
}

/* Trade by product: within a product origins replace each other with r_h, products of the sector each other with r_b,
 * which p.home is then. What the bundle pulls is entered by rank one like any market; what the product pulls beyond,
 * (r_b − r_h) of its price, by pairs of its lanes. */
static void enter_products(const ent_markets_work *w, ptrdiff_t j, int64_t from, int64_t to, double bundle)
{
    const ent_markets *m = w->m;
    const ent_network *net = m->net;
    for (int64_t first = from, last; first < to; first = last) {
        double spent = 0.0;
        for (last = first; last < to && net->lane_product[last] == net->lane_product[first]; last++)
            spent += net->lane_value_usd[last];
        const double pull = (bundle - ent_lane_power(net, first)) / spent;
        for (int64_t a = first; a < last && pull != 0.0; a++) {
            const ptrdiff_t i = net->node_region[net->seller[a]];
            const double sold =
                net->lane_value_usd[a] / (1.0 + net->duty[a]) / (1.0 + net->export_tax[a]) * w->per_sale[i];
            for (int64_t b = first; b < last; b++)
                m->by_price[(j * m->R + net->node_region[net->seller[b]]) * m->stride + i] +=
                    sold * pull * net->lane_value_usd[b];
        }
    }
}

/* With τ = 1 − B/V, D = Σ τ V: d(τ V) by prices adds up to V_m (r τ_m − D (r among imports, less home's)/imports − D
 * r/E) for imports m; home goods pay no duty, and pull with home's r alone. */
static void enter_duties(const ent_markets_work *w, ptrdiff_t n, ptrdiff_t j, ent_markets_power p, double among)
{
    const ent_markets *m = w->m;
    const ent_network *net = m->net;
    const double income = net->sales_usd[net->household[n]], duties = m->duties_usd[j * m->stride + n];
    for (int64_t lane = w->first[n * m->J + j]; lane < w->end[n * m->J + j]; lane++) {
        const ptrdiff_t i = net->node_region[net->seller[lane]];
        const double v = net->lane_value_usd[lane] / income, tau = net->duty[lane] / (1.0 + net->duty[lane]);
        m->duty_by_price[(j * m->R + i) * m->stride + n] +=
            v * (i == n ? p.home * tau : p.abroad * tau - duties * among) - v * duties * p.home / p.spent;
    }
}

/* One market's lanes go into its sector's matrices. */
static void enter(const ent_markets_work *w, ptrdiff_t n, ptrdiff_t j)
{
    const ent_markets *m = w->m;
    const ent_network *net = m->net;
    const int64_t from = w->first[n * m->J + j], to = w->end[n * m->J + j];
    const ent_markets_power p = power_of(w, n, from, to);
    if (!(p.spent > 0.0)) return;
    const double among = p.imports > 0.0 ? (p.abroad - p.home) / p.imports : 0.0;
    double duties = 0.0, *share = m->sale_share + (j * m->R + n) * m->stride;
    for (int64_t lane = from; lane < to; lane++) {
        const ptrdiff_t i = net->node_region[net->seller[lane]];
        const double v = net->lane_value_usd[lane], border = v / (1.0 + net->duty[lane]);
        const double tax = net->export_tax[lane], kept = (1.0 - net->entry_share[n]) * border;
        duties += v - border;
        const double sold = (tax == 0.0 ? kept : kept / (1.0 + tax)) * w->per_sale[i];
        share[i] += sold;
        w->own_sum[i] += sold * (net->lane_product != NULL ? ent_lane_power(net, lane) : i == n ? p.home : p.abroad);
        w->pulled[i * m->stride + n] -= v * (p.home / p.spent + (i == n ? 0.0 : among));
    }
    if (net->lane_product != NULL && net->lane_product[from] >= 0) enter_products(w, j, from, to, p.home);
    for (int64_t lane = from; lane < to && among != 0.0; lane++) { /* what is among imports does not pull on home */
        const ptrdiff_t i = net->node_region[net->seller[lane]];
        if (i != n) m->by_price[(j * m->R + i) * m->stride + n] += share[n] * among * net->lane_value_usd[lane];
    }
    m->bought_usd[j * m->stride + n] = p.spent;
    m->duties_usd[j * m->stride + n] = duties;
    if (m->duty_by_price != NULL) enter_duties(w, n, j, p, among);
}

static void meet(const ent_markets_work *w, ptrdiff_t j)
{
    const ent_markets *m = w->m;
    memset(w->pulled, 0, (size_t)(m->R * m->stride) * sizeof *w->pulled);
    memset(w->own_sum, 0, (size_t)m->stride * sizeof *w->own_sum);
    for (ptrdiff_t i = 0; i < m->R; i++) {
        const int32_t producer = m->net->producer[i * m->J + j];
        w->per_sale[i] = producer >= 0 && m->net->sales_usd[producer] > 0.0 ? 1.0 / m->net->sales_usd[producer] : 0.0;
    }
    for (ptrdiff_t n = 0; n < m->R; n++)
        if (w->end[n * m->J + j] > 0) enter(w, n, j);
    for (ptrdiff_t i = 0; i < m->R; i++) {
        double *column = m->by_price + (j * m->R + i) * m->stride;
        ent_columns_add(m->stride, m->R, m->stride, m->sale_share + j * m->R * m->stride, w->pulled + i * m->stride,
                        column);
        column[i] += w->own_sum[i];
    }
}

/* Does some region have more than a few hundredths of its income from duties? */
static int lives_on_duties(const ent_network *net, double *room)
{
    const double much = 0.03; /* smaller reads a matrix more for next to nothing */
    int lives = 0;
    for (ptrdiff_t n = 0; n < net->regions; n++) room[n] = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        room[net->lane_region[lane]] += net->lane_value_usd[lane] * net->duty[lane] / (1.0 + net->duty[lane]);
    for (ptrdiff_t n = 0; n < net->regions; n++) lives |= fabs(room[n]) > much * net->sales_usd[net->household[n]];
    return lives;
}

ent_status ent_markets_open(const ent_network *net, ent_arena *arena, ent_markets *m, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    *m = (ent_markets){.net = net, .R = net->regions, .J = net->sectors, .stride = ent_pad(net->regions)};
    const ptrdiff_t matrix = m->R * m->stride, vectors = m->J * m->stride;
    const int one_user = net->users == 1;
    m->by_price = ent_new0(arena, double, m->J *matrix);
    m->sale_share = ent_new0(arena, double, m->J *matrix);
    m->bought_usd = ent_new0(arena, double, vectors);
    m->duties_usd = ent_new0(arena, double, vectors);
    ent_markets_work w = {m,
                          ent_new0(&scratch, double, one_user ? 0 : net->borders),
                          ent_new(&scratch, int64_t, m->R * m->J),
                          ent_new0(&scratch, int64_t, m->R * m->J),
                          ent_new(&scratch, double, matrix),
                          ent_new(&scratch, double, m->stride),
                          ent_new(&scratch, double, m->stride)};
    if (m->by_price == NULL || m->sale_share == NULL || m->bought_usd == NULL || m->duties_usd == NULL ||
        w.own == NULL || w.first == NULL || w.end == NULL || w.pulled == NULL || w.own_sum == NULL ||
        w.per_sale == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the markets of %td regions and %td sectors", m->R, m->J);
    if (one_user) w.own = NULL;
    if (lives_on_duties(net, w.own_sum)) {
        m->duty_by_price = ent_new0(arena, double, m->J *matrix);
        if (m->duty_by_price == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for the duties of %td regions", m->R);
    }
    add_own(net, w.own);
    find_markets(&w);
    for (ptrdiff_t j = 0; j < m->J; j++) meet(&w, j);
    return ENT_OK;
}

void ent_markets_respond(const ent_markets *m, const double *price, double *sales)
{
    for (ptrdiff_t j = 0; j < m->J; j++)
        ent_columns_add(m->stride, m->R, m->stride, m->by_price + j * m->R * m->stride, price + j * m->stride,
                        sales + j * m->stride);
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
