/* formula.c: prices at fixed wages are those of E3 with everything else held. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* ---- the same, straight from the equation ---- */

static int is_banned(const random_world *w, const ent_policy *p, int32_t lane)
{
    return lane < w->net.borders && p->banned != NULL && p->banned[lane];
}

static long double log_wedge(const ent_network *net, const ent_policy *p, int32_t lane)
{
    if (lane >= net->borders) return 0.0L;
    return net->duty_power[net->lane_region[lane]] *
               (log1pl((long double)p->duty[lane]) - log1pl((long double)net->duty[lane])) +
           log1pl((long double)p->export_tax[lane]) - log1pl((long double)net->export_tax[lane]) +
           p->log_trade_cost[lane];
}

/* log(Σ ω exp(r u))/r with nothing lost near r = 0, nor far from it where all weights are small; what is banned or not
 * to be had costs infinitely much. */
static long double log_cost(const random_world *w, const ent_policy *p, ptrdiff_t k, const long double *price)
{
    const ent_network *net = &w->net;
    const long double r = 1.0L - net->elasticity[k];
    long double sum = 0.0L, weights = 0.0L, whole = 0.0L;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e];
        const long double gate = price[net->seller[lane]] + log_wedge(net, p, lane);
        const long double u = is_banned(w, p, lane) ? INFINITY : gate;
        whole += net->share[e];
        sum += net->share[e] * (r == 0.0L ? u : expm1l(r * u));
        weights += net->share[e] * expl(r * u);
    }
    const long double log_sum = fabsl(r) < 0.5L ? log1pl(sum / whole) : logl(weights / whole);
    return (r == 0.0L ? sum : log_sum / r) - p->log_productivity[k];
}

/* Factor prices as they are, markups of scale as they are; round after round. 0 where that leads nowhere: with inputs
 * that nothing can stand in for, a producer may need more than one unit of its own good to make one. */
static int naive_prices(const random_world *w, const ent_policy *p, long double *price)
{
    const ent_network *net = &w->net;
    for (ptrdiff_t k = 0; k < net->nodes; k++) price[k] = w->eq.log_price[k];
    long double moved = 1.0L;
    for (int round = 0; round < 30000 && moved > 1e-17L; round++) {
        moved = 0.0L;
        for (ptrdiff_t k = 0; k < net->nodes; k++) {
            if (net->kind[k] == ENT_NODE_FACTOR) continue;
            const long double held = net->scale_size[k] < 0 ? 0.0L
                                                            : (long double)w->eq.log_price[k] - w->eq.log_cost[k] -
                                                                  log1pl(-(long double)w->policy.subsidy[k]);
            const long double now = log_cost(w, p, k, price) + log1pl(-(long double)p->subsidy[k]) + held;
            if (now != price[k]) moved = fmaxl(moved, fabsl(now - price[k]));
            price[k] = now;
            if (isfinite(now) && fabsl(now) > 100.0L) return 0;
        }
    }
    return moved <= 1e-17L;
}

static ent_status open_world(random_world *w, uint64_t seed)
{
    world_kind kind = any_world;
    kind.least_regions = 2;
    kind.most_regions = 4;
    kind.most_sectors = 4;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    ENT_TRY(random_policy(w, 0.4));
    return random_solve(w, 1e-13);
}

static double *copy_of(random_world *w, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(&w->arena, double, count + 1);
    if (copy != NULL) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

/* Wedges of every kind moved, and some lanes banned. */
static void move(random_world *w, ent_policy *p)
{
    *p = w->policy;
    p->duty = copy_of(w, p->duty, w->net.borders);
    p->log_trade_cost = copy_of(w, p->log_trade_cost, w->net.borders);
    p->log_productivity = copy_of(w, p->log_productivity, w->net.nodes);
    p->subsidy = copy_of(w, p->subsidy, w->net.nodes);
    p->banned = ent_new0(&w->arena, unsigned char, w->net.borders + 1);
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        if (w->net.lane_region[lane] == ent_lane_exporter(&w->net, lane)) continue;
        p->duty[lane] += dice_between(&w->dice, 0.0, 0.3);
        p->log_trade_cost[lane] += dice_between(&w->dice, -0.3, 0.3);
        p->banned[lane] = (unsigned char)dice_chance(&w->dice, 0.25);
    }
    for (ptrdiff_t k = 0; k < w->net.nodes; k++) {
        if (w->net.kind[k] != ENT_NODE_PRODUCER) continue;
        p->log_productivity[k] += dice_between(&w->dice, -0.2, 0.2);
        p->subsidy[k] += dice_between(&w->dice, -0.1, 0.1);
    }
}

TEST(prices_at_fixed_wages_are_e3_with_everything_else_held, "E3")
{
    int met = 0, refused = 0, nowhere = 0;
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        ent_solver *solver;
        ent_policy other;
        MUST_IN(&w, open_world(&w, seed));
        move(&w, &other);
        double *price = ent_new(&w.arena, double, w.net.nodes);
        long double *wanted = ent_new(&w.arena, long double, w.net.nodes);
        MUST_IN(&w, ent_solver_open(&w.net, NULL, &w.arena, &solver, &w.err));
        const ent_status status = ent_solver_prices(solver, &other, &w.policy, &w.eq, price, &w.err);
        const int settles = naive_prices(&w, &other, wanted);
        ptrdiff_t household_lost = 0;
        for (ptrdiff_t n = 0; n < w.net.regions; n++) household_lost += !isfinite((double)wanted[w.net.household[n]]);
        LAW(&w, status == ENT_OK || status == ENT_NO_EQUILIBRIUM || !settles, "status %d: %s", status, w.err.text);
        if (status == ENT_OK && settles) {
            met++;
            LAW(&w, household_lost == 0, "prices were found where a household has lost what it needs");
            for (ptrdiff_t k = 0; k < w.net.nodes; k++)
                if (isfinite((double)wanted[k]))
                    LAW(&w, fabs(price[k] - (double)wanted[k]) <= 1e-11, "node %td: %.17g, not %.17Lg", k, price[k],
                        wanted[k]);
        }
        refused += status == ENT_NO_EQUILIBRIUM;
        nowhere += status != ENT_NO_EQUILIBRIUM && !settles;
        random_close(&w);
    }
    CHECK(met > WORLDS(150) / 3);
    CHECK(refused > 0);
    CHECK(nowhere <= WORLDS(150) / 30);
}

TEST(where_nothing_changes_prices_at_fixed_wages_stay, "E3")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_solver *solver;
        MUST_IN(&w, open_world(&w, seed));
        double *price = ent_new(&w.arena, double, w.net.nodes);
        MUST_IN(&w, ent_solver_open(&w.net, NULL, &w.arena, &solver, &w.err));
        MUST_IN(&w, ent_solver_prices(solver, &w.policy, &w.policy, &w.eq, price, &w.err));
        for (ptrdiff_t k = 0; k < w.net.nodes; k++)
            LAW(&w, fabs(price[k] - w.eq.log_price[k]) <= 1e-11, "node %td moves by %g", k,
                price[k] - w.eq.log_price[k]);
        /* and a solver that has answered this answers as before */
        ent_equilibrium again;
        const ent_options tight = {.tolerance = 1e-13, .depth = 8, .passes = 500, .steps = 60, .threads = 1};
        MUST_IN(&w, ent_solver_open(&w.net, &tight, &w.arena, &solver, &w.err));
        MUST_IN(&w, ent_solver_prices(solver, &w.policy, &w.policy, &w.eq, price, &w.err));
        MUST_IN(&w, ent_solver_solve(solver, &w.policy, NULL, &w.arena, &again, &w.err));
        LAW(&w, memcmp(again.log_price, w.eq.log_price, (size_t)w.net.nodes * sizeof *price) == 0,
            "prices at fixed wages leave something behind");
        random_close(&w);
    }
}
