/* random_world.c: see random_world.h. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include <stdlib.h>

/* ---- dice: splitmix64 ---- */

static uint64_t next(dice *d)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double dice_roll(dice *d)
{
    return (double)(next(d) >> 11) * 0x1p-53;
}

double dice_between(dice *d, double from, double to)
{
    return from + (to - from) * dice_roll(d);
}

ptrdiff_t dice_pick(dice *d, ptrdiff_t count)
{
    return (ptrdiff_t)(dice_roll(d) * (double)count);
}

int dice_chance(dice *d, double probability)
{
    return dice_roll(d) < probability;
}

const world_kind any_world = {1, 6, 1, 5, 3, 3, 0.25, 0.1, 0.4, 1, 1};
const world_kind plain_world = {2, 5, 1, 4, 1, 1, 0.0, 0.0, 0.0, 0, 1};
const world_kind simple_world = {2, 5, 1, 4, 1, 1, 0.0, 0.0, 0.0, 0, 0};

void random_blame(const random_world *w, const char *file, int line, const char *format, ...)
{
    char words[700];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    test_fail(file, line, "seed %llu (%td regions, %td sectors): %s", (unsigned long long)w->seed,
              w->table.regions.count, w->table.sectors.count, words);
}

/* ---- tables ---- */

static ent_status name_all(ent_names *names, ent_arena *arena, const char *prefix, ptrdiff_t count)
{
    for (ptrdiff_t k = 0; k < count; k++) {
        const char *code = ent_string_format(arena, "%s%td", prefix, k + 1);
        if (code == NULL) return ENT_NO_MEMORY;
        ENT_TRY(ent_names_add(names, arena, code, NULL, NULL));
    }
    return ENT_OK;
}

/* Input coefficients (rows sellers, columns buyers), columns sum to at most 0.55, home bias; and final use. */
static void draw_uses(random_world *w, const world_kind *kind, double *a, const unsigned char *made)
{
    const ent_table *t = &w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count, cells = R * J;
    for (ptrdiff_t nk = 0; nk < cells; nk++) {
        double sum = 0.0;
        for (ptrdiff_t ij = 0; ij < cells; ij++) {
            const int there = made[ij] && made[nk] && !dice_chance(&w->dice, kind->zeros);
            a[ij * cells + nk] = there ? dice_roll(&w->dice) * (ij / J == nk / J ? 3.0 : 1.0) : 0.0;
            sum += a[ij * cells + nk];
        }
        const double goal = dice_between(&w->dice, 0.05, 0.55);
        for (ptrdiff_t ij = 0; ij < cells && sum > 0.0; ij++) a[ij * cells + nk] *= goal / sum;
    }
    for (ptrdiff_t ij = 0; ij < cells; ij++)
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t u = 0; u < U; u++) {
                const int home = ij / J == n, there = made[ij] && (home || !dice_chance(&w->dice, kind->zeros));
                t->f[ij * R * U + n * U + u] =
                    there ? dice_between(&w->dice, 1.0, 100.0) * (home ? 3.0 : 1.0) * (u == 0 ? 1.0 : 0.3) : 0.0;
            }
}

/* x = f + A x by iteration: columns sum to less than 0.6. */
static void find_output(const ent_table *t, const double *a)
{
    const ptrdiff_t cells = t->regions.count * t->sectors.count, RU = t->regions.count * t->uses.count;
    for (int pass = 0; pass < 200; pass++)
        for (ptrdiff_t ij = 0; ij < cells; ij++) {
            double x = 0.0;
            for (ptrdiff_t c = 0; c < RU; c++) x += t->f[ij * RU + c];
            for (ptrdiff_t nk = 0; nk < cells; nk++) x += a[ij * cells + nk] * t->x[nk];
            t->x[ij] = x;
        }
    for (ptrdiff_t ij = 0; ij < cells; ij++) {
        double x = 0.0;
        for (ptrdiff_t nk = 0; nk < cells; nk++) x += t->z[ij * cells + nk] = a[ij * cells + nk] * t->x[nk];
        for (ptrdiff_t c = 0; c < RU; c++) x += t->f[ij * RU + c];
        t->x[ij] = x;
    }
}

static void draw_duties(random_world *w, const world_kind *kind)
{
    const ent_table *t = &w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t j = 0; j < J; j++)
                if (i != n && !dice_chance(&w->dice, 0.3))
                    t->duty[(i * R + n) * J + j] = kind->most_duty * dice_roll(&w->dice);
}

static void draw_value_added(random_world *w, const world_kind *kind)
{
    ent_table *t = &w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, G = t->factors.count, cells = R * J;
    t->duty_accounts = dice_chance(&w->dice, 0.5) ? ENT_DUTIES_IN_VALUE_ADDED : ENT_DUTIES_IN_TAXES;
    for (ptrdiff_t nk = 0; nk < cells; nk++) {
        double inputs = 0.0, duties = 0.0, weight[8], sum = 0.0;
        for (ptrdiff_t ij = 0; ij < cells; ij++) {
            const double z = t->z[ij * cells + nk];
            inputs += z;
            duties += z * t->duty[(ij / J * R + nk / J) * J + ij % J];
        }
        if (t->duty_accounts == ENT_DUTIES_IN_TAXES) t->tls[nk] = duties;
        /* a tax below ENT_SHARE_ROUNDING would be taken for the rounding of published exponents */
        const double rate = dice_between(&w->dice, -0.05, 0.1);
        if (kind->taxes) t->tls[nk] += t->x[nk] * (fabs(rate) < 1e-3 ? 0.0 : rate);
        for (ptrdiff_t g = 0; g < G; g++) {
            weight[g] = g == 0 || !dice_chance(&w->dice, kind->zeros) ? dice_between(&w->dice, 0.2, 1.0) : 0.0;
            sum += weight[g];
        }
        for (ptrdiff_t g = 0; g < G; g++) t->va[nk * G + g] = (t->x[nk] - inputs - t->tls[nk]) * weight[g] / sum;
    }
}

/* Scale every region's final purchases until it spends what it earns, within a fraction. */
static void balance_trade(const ent_table *t, const double *a, double within)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count, cells = R * J;
    for (int round = 0; round < 3000; round++) {
        find_output(t, a);
        double worst = 0.0;
        for (ptrdiff_t n = 0; n < R; n++) {
            double earned = 0.0, spent = 0.0;
            for (ptrdiff_t k = 0; k < J; k++) {
                earned += t->x[n * J + k];
                for (ptrdiff_t ij = 0; ij < cells; ij++) earned -= t->z[ij * cells + n * J + k];
            }
            for (ptrdiff_t ij = 0; ij < cells; ij++)
                for (ptrdiff_t u = 0; u < U; u++) spent += t->f[ij * R * U + n * U + u];
            worst = fmax(worst, fabs(earned / spent - 1.0));
            for (ptrdiff_t ij = 0; ij < cells; ij++)
                for (ptrdiff_t u = 0; u < U; u++) t->f[ij * R * U + n * U + u] *= earned / spent;
        }
        if (worst < within) break;
    }
    find_output(t, a);
}

ent_status random_table(random_world *w, uint64_t seed, const world_kind *kind)
{
    *w = (random_world){.seed = seed, .dice = {seed}};
    ent_table *t = &w->table;
    *t = (ent_table){.name = "random"};
    const ptrdiff_t R = kind->least_regions + dice_pick(&w->dice, kind->most_regions - kind->least_regions + 1);
    const ptrdiff_t J = kind->least_sectors + dice_pick(&w->dice, kind->most_sectors - kind->least_sectors + 1);
    ENT_TRY(name_all(&t->regions, &w->arena, "R", R));
    ENT_TRY(name_all(&t->sectors, &w->arena, "S", J));
    ENT_TRY(name_all(&t->uses, &w->arena, "use", 1 + dice_pick(&w->dice, kind->most_uses)));
    ENT_TRY(name_all(&t->factors, &w->arena, "factor", 1 + dice_pick(&w->dice, kind->most_factors)));
    ENT_TRY(ent_table_make(t, &w->arena, &w->err));
    t->trade_elasticity = ent_new(&w->arena, double, J);
    double *a = ent_new0(&w->arena, double, R *J *R *J);
    unsigned char *made = ent_new0(&w->arena, unsigned char, R *J);
    if (t->trade_elasticity == NULL || a == NULL || made == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t j = 0; j < J; j++)
        t->trade_elasticity[j] =
            dice_chance(&w->dice, 0.2) ? dice_between(&w->dice, 0.05, 1.0) : dice_between(&w->dice, 1.0, 19.0);
    t->elasticity_source = "dice";
    for (ptrdiff_t ij = 0; ij < R * J; ij++) made[ij] = ij % J == 0 || !dice_chance(&w->dice, kind->empty);
    draw_uses(w, kind, a, made);
    balance_trade(t, a, kind->deficits ? 0.3 : 1e-15); /* who lives from others alone may be taxed to death */
    draw_duties(w, kind);
    draw_value_added(w, kind);
    return ent_table_check(t, &w->err);
}

/* ---- blueprints ---- */

/* An elasticity of a nest: the special values, and anything up to `most`. */
static double draw_elasticity(dice *d, double most)
{
    static const double special[] = {0.0, 1.0, 1.0, 1.0 - 1e-9, 1.0 + 1e-9, 0.5, 2.0};
    if (dice_chance(d, 0.5)) return special[dice_pick(d, sizeof special / sizeof *special)];
    return dice_chance(d, 0.5) ? dice_between(d, 0.0, 2.0) : dice_between(d, 0.0, most);
}

/* Duties over payments to the first factor, in the region where they weigh most. */
static double heaviest_revenue(const ent_table *t)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, G = t->factors.count, U = t->uses.count;
    double heaviest = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) {
        double labour = 0.0, duties = 0.0;
        for (ptrdiff_t k = 0; k < J; k++) labour += t->va[(n * J + k) * G];
        for (ptrdiff_t ij = 0; ij < R * J; ij++) {
            double bought = 0.0;
            for (ptrdiff_t k = 0; k < J; k++) bought += t->z[ij * R * J + n * J + k];
            for (ptrdiff_t u = 0; u < U; u++) bought += t->f[ij * R * U + n * U + u];
            duties += bought * t->duty[(ij / J * R + n) * J + ij % J];
        }
        heaviest = fmax(heaviest, duties / labour);
    }
    return heaviest;
}

/* Not every combination has an equilibrium for every shock, and where it has two, a path of equilibria ends in a fold.
 * Found by dice, and kept away from here:
 *   a factor in fixed proportions to others (σ_v = 0) can become worthless: its price falls without end
 *   home and imports that do not replace each other (σ_d near 0): the conditions of Marshall and Lerner fail
 *   a lower income tax out of duties as large as wages, with elastic labour supply
 *   selection (E17) and elastic supply together: more spending, lower prices, more work, more spending */
ent_status random_blueprint(random_world *w)
{
    ent_blueprint *b = &w->blueprint;
    dice *d = &w->dice;
    const ptrdiff_t J = w->table.sectors.count, G = w->table.factors.count, R = w->table.regions.count;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, b, &w->err));
    b->sourcing = (ent_sourcing)dice_pick(d, 3);
    b->users = (ent_users)dice_pick(d, 2);
    b->closure = dice_chance(d, 0.5) ? ENT_CLOSURE_FIXED : ENT_CLOSURE_PROPORTIONAL;
    b->market = (ent_market)dice_pick(d, 3);
    b->revenue = heaviest_revenue(&w->table) < 0.1 ? (ent_revenue)dice_pick(d, 2) : ENT_REVENUE_LUMP_SUM;
    b->numeraire = (ent_numeraire)dice_pick(d, 2);
    b->scale_by = (ent_scale_by)dice_pick(d, 2);
    /* where demand lowers prices, buyers who substitute easily make more than one equilibrium */
    const double most = b->market == ENT_MARKET_PERFECT ? 20.0 : 2.0;
    b->consumption_elasticity = draw_elasticity(d, most);
    for (ptrdiff_t j = 0; j < J; j++) {
        b->output_elasticity[j] = draw_elasticity(d, most);
        b->factor_elasticity[j] = draw_elasticity(d, most);
        b->material_elasticity[j] = draw_elasticity(d, most);
        if (dice_chance(d, 0.5)) b->home_elasticity[j] = fmax(draw_elasticity(d, most), 0.8);
        b->scale[j] = 0.2 * dice_roll(d) / (1.0 + b->trade_elasticity[j]); /* far below 1/θ: one equilibrium */
    }
    for (ptrdiff_t g = 0; g < G; g++)
        if (dice_chance(d, 0.4) && !(g == 0 && b->market == ENT_MARKET_MELITZ))
            b->mobility[g] = dice_chance(d, 0.4) ? 1.0 : dice_between(d, 1.0, 10.0);
    for (ptrdiff_t g = 0; g < G; g++)
        for (ptrdiff_t j = 0; j < J && isfinite(b->mobility[g]); j++) {
            b->factor_elasticity[j] = fmax(b->factor_elasticity[j], 0.5);
            b->output_elasticity[j] = fmax(b->output_elasticity[j], 0.3);
        }
    for (ptrdiff_t j = 0; j < J && G > 1; j++) b->factor_elasticity[j] = fmax(b->factor_elasticity[j], 0.4);
    if (isinf(b->mobility[0]) && dice_chance(d, 0.4)) b->labour_supply = dice_between(d, 0.1, 0.5);
    if (b->market == ENT_MARKET_MELITZ) {
        b->pareto_shape = dice_between(d, 1.5, 8.0);
        for (ptrdiff_t n = 0; n < R; n++) b->entry_share[n] = dice_chance(d, 0.8) ? dice_between(d, 0.0, 0.05) : 0.0;
    }
    return ENT_OK;
}

ent_status random_lay(random_world *w)
{
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &w->net, &w->err));
    return ent_network_check(&w->net, &w->err);
}

/* Where materials replace value added easily (σ_y), they are made ever more out of themselves once goods get cheaper,
 * and past (σ_y − 1) log(gain) of about 1 nothing is finite any more. */
static double bearable_gain(const random_world *w)
{
    double steepest = 1.0;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) steepest = fmax(steepest, w->blueprint.output_elasticity[j]);
    return steepest > 1.01 ? 1.0 / steepest : 1.0;
}

ent_status random_policy(random_world *w, double size)
{
    const ent_network *net = &w->net;
    dice *d = &w->dice;
    const double gain = size * bearable_gain(w);
    ENT_TRY(ent_policy_none(net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (ent_lane_exporter(net, lane) == net->lane_region[lane]) continue;
        if (dice_chance(d, 0.5)) w->policy.duty[lane] += dice_between(d, -0.1 * gain, 0.5 * size);
        if (dice_chance(d, 0.3)) w->policy.export_tax[lane] += dice_between(d, -0.1 * gain, 0.3 * size);
        if (dice_chance(d, 0.3)) w->policy.log_trade_cost[lane] = dice_between(d, -0.2 * gain, 0.3 * size);
    }
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        if (dice_chance(d, 0.3)) w->policy.log_productivity[k] = dice_between(d, -0.2 * size, 0.2 * gain);
        if (dice_chance(d, 0.3)) w->policy.subsidy[k] = dice_between(d, -0.1 * size, 0.1 * gain);
    }
    if (net->regions > 1 && dice_chance(d, 0.5)) {
        const double least =
            fmin(net->sales_usd[net->household[0]], net->sales_usd[net->household[1]]); /* of what is spent */
        w->policy.transfer_usd[0] = size * 0.1 * least;
        w->policy.transfer_usd[1] = -size * 0.1 * least;
    }
    return ENT_OK;
}

ent_status random_solve(random_world *w, double tolerance)
{
    ent_options options = ent_options_default();
    options.tolerance = tolerance;
    return ent_equilibrium_solve(&w->net, &w->policy, &options, NULL, &w->arena, &w->eq, &w->err);
}

ent_status random_measure(random_world *w)
{
    return ent_outcome_measure(&w->net, &w->policy, &w->eq, &w->arena, &w->out, &w->err);
}

void random_close(random_world *w)
{
    ent_arena_close(&w->arena);
}

/* ---- the model a second time ---- */

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    const ent_licences *licences;
    double worst;
    char *where;
} naive;

static void weigh(naive *m, const char *equation, ptrdiff_t k, long double value, long double wanted, long double size)
{
    const double gap = (double)(fabsl(value - wanted) / size);
    if (gap <= m->worst) return;
    m->worst = isnan(gap) ? (double)INFINITY : gap;
    snprintf(m->where, 256, "%s at node %td (kind %d, region %d, sector %d): %.17Lg, not %.17Lg", equation, k,
             k >= 0 ? m->net->kind[k] : -1, k >= 0 ? m->net->node_region[k] : -1, k >= 0 ? m->net->node_sector[k] : -1,
             value, wanted);
}

/* Shut by bans: nobody buys it. */
static int is_out(const naive *m, ptrdiff_t k)
{
    return m->eq->sales_usd[k] == 0.0 && m->policy->banned != NULL;
}

/* log of the price at the buyer's gate over its benchmark: log τ̂ + log p̂. */
static long double gate(const naive *m, int32_t lane)
{
    const ent_network *net = m->net;
    long double u = m->eq->log_price[net->seller[lane]];
    if (is_out(m, net->seller[lane])) return INFINITY;
    if (lane >= net->borders) return u;
    if (m->policy->banned != NULL && m->policy->banned[lane]) return INFINITY;
    const long double phi = net->duty_power[net->lane_region[lane]];
    u += phi * logl((1.0L + m->policy->duty[lane]) * m->licences->on_import[lane] / (1.0L + net->duty[lane]));
    u += logl((1.0L + m->policy->export_tax[lane]) * m->licences->on_export[lane] / (1.0L + net->export_tax[lane]));
    return u + m->policy->log_trade_cost[lane] + logl(m->licences->wasted[lane]);
}

/* (E3) log ĉ with Â; near σ = 1 by the mean and half the variance, exact to the second order in 1 − σ. */
static long double cost_of(const naive *m, ptrdiff_t k)
{
    const ent_network *net = m->net;
    const long double r = 1.0L - net->elasticity[k];
    long double sum = 0.0L, mean = 0.0L, square = 0.0L;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const long double u = gate(m, net->edge_lane[e]);
        mean += net->share[e] * u;
        square += net->share[e] * u * u;
        sum += net->share[e] * expl(r * u);
    }
    const long double log_cost = fabsl(r) < 1e-6L ? mean + r / 2.0L * (square - mean * mean) : logl(sum) / r;
    return log_cost - m->policy->log_productivity[k];
}

static long double log_ratio(double value, double benchmark)
{
    return logl((long double)value / benchmark);
}

/* (E3), (E4) */
static void check_prices(naive *m)
{
    const ent_network *net = m->net;
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        if (is_out(m, k)) continue;
        const long double cost = cost_of(m, k);
        weigh(m, "E3", k, m->eq->log_cost[k], cost, 1.0L);
        long double price = cost + logl(1.0L - m->policy->subsidy[k]);
        if (net->scale_size[k] >= 0) {
            const int32_t size = net->scale_size[k], base = net->scale_base[k];
            price -= net->scale[k] * (log_ratio(m->eq->sales_usd[size], net->sales_usd[size]) -
                                      (base >= 0 ? (long double)m->eq->log_price[base] : cost));
        }
        weigh(m, "E4", k, m->eq->log_price[k], price, 1.0L);
    }
}

/* (E5), (E6): what lanes carry; and Σ ω' = 1. */
static void fill_lanes(naive *m, long double *value)
{
    const ent_network *net = m->net;
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        if (is_out(m, k)) continue;
        const long double r = 1.0L - net->elasticity[k], cost = cost_of(m, k) + m->policy->log_productivity[k];
        const long double spends = m->eq->sales_usd[k] * (1.0L - net->levy_share[k]) / (1.0L - m->policy->subsidy[k]);
        long double sum = 0.0L;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const long double share = net->share[e] * expl(r * (gate(m, net->edge_lane[e]) - cost));
            value[net->edge_lane[e]] += share * spends;
            sum += share;
        }
        weigh(m, "E5", k, sum, 1.0L, 1.0L);
    }
}

typedef struct {
    long double *sold, *duties, *taxes, *levies, *factors, *rents; /* [nodes], then [regions] */
    long double *quantity;                                         /* [quotas] */
} naive_accounts;

/* (E12) each licence takes its part of the price below it: from the seller's gate with tax, or from the price with
 * duty. */
static void share_rents(naive *m, ptrdiff_t lane, long double kept, long double bare, long double landed,
                        naive_accounts *a)
{
    const ent_network *net = m->net;
    const int32_t n = net->lane_region[lane], i = net->node_region[net->seller[lane]];
    for (ptrdiff_t q = 0; q < m->policy->quotas; q++) {
        const ent_quota *quota = &m->policy->quota[q];
        const long double price = m->eq->licence_price[q];
        for (ptrdiff_t c = 0; c < quota->lanes; c++) {
            if (quota->lane[c] != lane) continue;
            a->quantity[q] +=
                kept / m->licences->wasted[lane] / (quota->of_value ? 1.0L : expl(m->eq->log_price[net->seller[lane]]));
            if (quota->rent == ENT_RENT_IMPORTER) {
                a->rents[n] += price * landed;
                landed *= 1.0L + price;
            } else if (quota->rent != ENT_RENT_WASTED) {
                const long double exporter = quota->rent == ENT_RENT_EXPORTER ? 1.0L : quota->to_exporter;
                a->rents[i] += price * bare * exporter;
                a->rents[n] += price * bare * (1.0L - exporter);
                bare *= 1.0L + price;
            }
        }
    }
}

/* (E12) as complementarity, and values in units of world factor income. */
static void check_quotas(naive *m, const naive_accounts *a)
{
    const ent_network *net = m->net;
    long double gdp = 0.0L, gdp0 = 0.0L;
    for (ptrdiff_t f = 0; f < net->level_first[1]; f++) {
        gdp += m->eq->sales_usd[f];
        gdp0 += net->sales_usd[f];
    }
    for (ptrdiff_t q = 0; q < m->policy->quotas; q++) {
        const ent_quota *quota = &m->policy->quota[q];
        long double before = 0.0L;
        for (ptrdiff_t c = 0; c < quota->lanes; c++) {
            const int32_t lane = quota->lane[c];
            before += net->lane_value_usd[lane] / (1.0L + net->duty[lane]) *
                      (1.0L - net->entry_share[net->lane_region[lane]]) / (1.0L + net->export_tax[lane]);
        }
        const long double quantity = a->quantity[q] / before / (quota->of_value ? gdp / gdp0 : 1.0L);
        const long double price = m->eq->licence_price[q], slack = 1.0L - quantity / quota->limit;
        weigh(m, "E12 quantity", -1, m->eq->quota_quantity[q], quantity, fmaxl(quantity, 1e-3L));
        if (quota->kind == ENT_QUOTA_PRICE) weigh(m, "E12 price", -1, price, quota->limit, 1.0L);
        if (quota->kind == ENT_QUOTA_CEILING) weigh(m, "E12 ceiling", -1, fminl(price, slack), 0.0L, 1.0L);
        if (quota->kind == ENT_QUOTA_FLOOR) weigh(m, "E12 floor", -1, fminl(-price, -slack), 0.0L, 1.0L);
    }
    for (ptrdiff_t n = 0; n < net->regions; n++)
        weigh(m, "E12 rents", net->household[n], m->eq->rents_usd[n], a->rents[n], net->sales_usd[net->household[n]]);
}

/* (E6), (E7) */
static void settle(naive *m, const long double *value, naive_accounts *a)
{
    const ent_network *net = m->net;
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++) {
        const int32_t l = net->seller[lane], n = net->lane_region[lane];
        long double kept = value[lane];
        weigh(m, "E6", l, m->eq->lane_value_usd[lane], value[lane], net->lane_value_usd[lane]);
        if (lane < net->borders) {
            const long double landed = value[lane] / m->licences->on_import[lane];
            const long double border = landed / (1.0L + m->policy->duty[lane]);
            const long double gross = border * (1.0L - net->entry_share[n]);
            const long double bare = gross / m->licences->on_export[lane];
            kept = bare / (1.0L + m->policy->export_tax[lane]);
            a->duties[n] += landed - border;
            a->taxes[net->node_region[l]] += bare - kept;
            share_rents(m, lane, kept, bare, landed, a);
            if (net->entry_share[n] > 0.0) a->sold[net->labour[n]] += border - gross;
        }
        a->sold[l] += kept;
    }
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (net->kind[k] != ENT_NODE_HOUSEHOLD) weigh(m, "E7", k, m->eq->sales_usd[k], a->sold[k], net->sales_usd[k]);
}

/* (E9) */
static void check_factors(naive *m)
{
    const ent_network *net = m->net;
    for (ptrdiff_t f = 0; f < net->level_first[1]; f++) {
        const int32_t n = net->node_region[f];
        long double income = 0.0L, income0 = 0.0L, pull = 0.0L;
        if (is_out(m, f)) continue;
        for (ptrdiff_t h = 0; h < net->level_first[1]; h++) {
            if (net->factor_group[h] != net->factor_group[f]) continue;
            income += m->eq->sales_usd[h];
            income0 += net->sales_usd[h];
        }
        const long double wage = m->eq->log_price[f];
        weigh(m, "E9 S = wL", f, m->eq->log_factor_supply[f], log_ratio(m->eq->sales_usd[f], net->sales_usd[f]) - wage,
              1.0L);
        if (net->inverse_mobility[f] == 0.0) {
            const double kappa = net->labour[n] == f ? net->blueprint->labour_supply : 0.0;
            long double reward = wage - m->eq->log_price[net->household[n]];
            if (kappa > 0.0 && net->blueprint->revenue == ENT_REVENUE_INCOME_TAX) {
                long double before = 0.0L;
                for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
                    const long double b = net->lane_value_usd[lane] / (1.0L + net->duty[lane]);
                    if (net->lane_region[lane] == n) before += b * net->duty[lane];
                    if (ent_lane_exporter(net, lane) == n)
                        before += b * (1.0L - net->entry_share[net->lane_region[lane]]) * net->export_tax[lane] /
                                  (1.0L + net->export_tax[lane]);
                }
                const long double after = m->eq->duties_usd[n] + (long double)m->eq->export_taxes_usd[n];
                reward += logl((1.0L - before / net->sales_usd[f]) / (1.0L - after / m->eq->sales_usd[f]));
            }
            weigh(m, "E9 supply", f, m->eq->log_factor_supply[f], kappa * reward, 1.0L);
            continue;
        }
        const long double kappa = 1.0L / net->inverse_mobility[f];
        for (ptrdiff_t h = 0; h < net->level_first[1]; h++)
            if (net->factor_group[h] == net->factor_group[f] && !is_out(m, h))
                pull += net->sales_usd[h] / income0 * expl(kappa * m->eq->log_price[h]);
        weigh(m, "E9 mobility", f, m->eq->sales_usd[f],
              net->sales_usd[f] / income0 * income * expl(kappa * wage) / pull, net->sales_usd[f]);
        weigh(m, "E9 group", f, logl(income / income0), logl(pull) / kappa, 1.0L);
    }
}

/* (E8), (E10) */
static void check_households(naive *m, const naive_accounts *a)
{
    const ent_network *net = m->net;
    long double gdp = 0.0L, gdp0 = 0.0L, transfers = 0.0L, first_burden = 0.0L;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const int32_t n = net->node_region[k];
        if (net->kind[k] == ENT_NODE_PRODUCER)
            a->levies[n] += m->eq->sales_usd[k] * (1.0L - (1.0L - net->levy_share[k]) / (1.0L - m->policy->subsidy[k]));
        if (net->kind[k] != ENT_NODE_FACTOR) continue;
        a->factors[n] += m->eq->sales_usd[k];
        gdp += m->eq->sales_usd[k];
        gdp0 += net->sales_usd[k];
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        const long double spent = net->sales_usd[h],
                          own = a->factors[n] + a->duties[n] + a->taxes[n] + a->levies[n] + a->rents[n];
        weigh(m, "E6 duties", h, m->eq->duties_usd[n], a->duties[n], spent);
        weigh(m, "E6 export taxes", h, m->eq->export_taxes_usd[n], a->taxes[n], spent);
        weigh(m, "E6 levies", h, m->eq->levies_usd[n], a->levies[n], spent);
        weigh(m, "E8", h, m->eq->income_usd[n], own + m->eq->transfer_usd[n], spent);
        weigh(m, "E8 spending", h, m->eq->sales_usd[h], m->eq->income_usd[n], spent);
        if (net->blueprint->closure != ENT_CLOSURE_PROPORTIONAL)
            weigh(m, "E10", h, m->eq->transfer_usd[n],
                  (net->transfer_usd[n] + (long double)m->policy->transfer_usd[n]) * gdp / gdp0, spent);
        else {
            /* in proportion to what a region earns; what is then left over, everyone bears in one proportion too */
            const long double own0 = spent - net->transfer_usd[n];
            const long double rate0 = (net->transfer_usd[n] + (long double)m->policy->transfer_usd[n]) / own0;
            const long double burden = m->eq->transfer_usd[n] / own - rate0;
            if (n == 0) first_burden = burden;
            weigh(m, "E10 proportion", h, burden, first_burden, 1.0L);
        }
        transfers += m->eq->transfer_usd[n];
    }
    weigh(m, "E10 sum", -1, transfers, 0.0L, gdp0);
}

double naive_gap(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq, char where[256])
{
    ENT_SCRATCH scratch = {0};
    ent_licences licences;
    if (ent_licences_by_lane(net, policy, eq, &scratch, &licences, NULL) != ENT_OK) abort();
    naive m = {net, policy, eq, &licences, 0.0, where};
    long double *value = ent_new0(&scratch, long double, net->lanes);
    naive_accounts a = {ent_new0(&scratch, long double, net->nodes),    ent_new0(&scratch, long double, net->regions),
                        ent_new0(&scratch, long double, net->regions),  ent_new0(&scratch, long double, net->regions),
                        ent_new0(&scratch, long double, net->regions),  ent_new0(&scratch, long double, net->regions),
                        ent_new0(&scratch, long double, policy->quotas)};
    where[0] = 0;
    if (a.rents == NULL || a.quantity == NULL || value == NULL || a.sold == NULL || a.duties == NULL ||
        a.taxes == NULL || a.levies == NULL || a.factors == NULL)
        abort();
    check_prices(&m);
    fill_lanes(&m, value);
    settle(&m, value, &a);
    check_factors(&m);
    check_quotas(&m, &a);
    check_households(&m, &a);
    return m.worst;
}
