/* solver.c: the answer does not depend on how it is found: by which method, from where, in how many steps, with how
 * many threads. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static ent_status lay_any(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, 1.0);
}

static double price_gap(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b)
{
    double gap = 0.0;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        gap = fmax(gap, fabs(a->log_price[k] - b->log_price[k]));
        gap = fmax(gap, fabs(a->sales_usd[k] / b->sales_usd[k] - 1.0));
    }
    return gap;
}

TEST(every_method_finds_the_same_point, "5")
{
    ptrdiff_t without_help = 0;
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        MUST_IN(&w, lay_any(&w, seed));
        MUST_IN(&w, random_solve(&w, 1e-11));
        for (ent_method method = ENT_METHOD_FIXED_POINT; method <= ENT_METHOD_HOMOTOPY; method++) {
            ent_options options = ent_options_default();
            ent_equilibrium eq;
            options.tolerance = 1e-11;
            options.method = method;
            const ent_status status = ent_equilibrium_solve(&w.net, &w.policy, &options, NULL, &w.arena, &eq, &w.err);
            /* the fixed point and Newton may fail alone, which is what `auto` is for; but what is found is the same */
            if (status == ENT_NOT_CONVERGED && method != ENT_METHOD_HOMOTOPY) continue;
            LAW(&w, status == ENT_OK, "%s: %s", ent_method_words(method), w.err.text);
            if (status != ENT_OK) continue;
            const double gap = price_gap(&w.net, &eq, &w.eq);
            LAW(&w, gap <= 1e-9, "%s differs by %g", ent_method_words(method), gap);
            without_help += method != ENT_METHOD_HOMOTOPY;
        }
        random_close(&w);
    }
    CHECK(without_help >= 2 * WORLDS(150) * 9 / 10);
}

TEST(a_neighbour_is_a_good_start_and_leads_to_the_same_point, "5")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        ent_equilibrium near, cold;
        MUST_IN(&w, lay_any(&w, seed));
        MUST_IN(&w, random_solve(&w, 1e-11));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (ent_lane_exporter(&w.net, lane) != w.net.lane_region[lane]) w.policy.duty[lane] += 1e-4;
        ent_options options = ent_options_default();
        options.tolerance = 1e-11;
        MUST_IN(&w, ent_equilibrium_solve(&w.net, &w.policy, &options, NULL, &w.arena, &cold, &w.err));
        MUST_IN(&w, ent_equilibrium_solve(&w.net, &w.policy, &options, &w.eq, &w.arena, &near, &w.err));
        const double gap = price_gap(&w.net, &near, &cold);
        LAW(&w, gap <= 1e-9, "a warm start leads elsewhere, by %g", gap);
        LAW(&w, near.certificate.passes <= cold.certificate.passes, "a warm start took %td passes, a cold one %td",
            near.certificate.passes, cold.certificate.passes);
        random_close(&w);
    }
}

/* The second half of a policy on top of the first, which has become the benchmark. */
static ent_status rest_of_policy(const ent_policy *whole, const ent_policy *half, const ent_network *net,
                                 ent_policy *rest, ent_arena *arena, ent_error *err)
{
    ENT_TRY(ent_policy_none(net, arena, rest, err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        rest->duty[lane] = whole->duty[lane];
        rest->export_tax[lane] = whole->export_tax[lane];
        rest->log_trade_cost[lane] = whole->log_trade_cost[lane] - half->log_trade_cost[lane];
    }
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        rest->log_productivity[k] = whole->log_productivity[k] - half->log_productivity[k];
        rest->subsidy[k] = 1.0 - (1.0 - whole->subsidy[k]) / (1.0 - half->subsidy[k]);
    }
    return ENT_OK;
}

TEST(two_steps_over_a_new_benchmark_are_one, "E10")
{
    for (uint64_t seed = 1; seed <= WORLDS(200); seed++) {
        random_world w;
        ent_policy whole, rest, none;
        ent_network between;
        ent_equilibrium second, still;
        char where[256];
        ent_options options = ent_options_default();
        options.tolerance = 1e-12;
        MUST_IN(&w, lay_any(&w, seed));
        w.blueprint.closure = ENT_CLOSURE_FIXED; /* proportions would be held anew from each benchmark */
        whole = w.policy;
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            w.policy.duty[lane] = 0.5 * (whole.duty[lane] + w.net.duty[lane]);
            w.policy.export_tax[lane] = 0.5 * whole.export_tax[lane];
            w.policy.log_trade_cost[lane] = 0.5 * whole.log_trade_cost[lane];
        }
        for (ptrdiff_t k = 0; k < w.net.nodes; k++) {
            w.policy.log_productivity[k] = 0.5 * whole.log_productivity[k];
            w.policy.subsidy[k] = 0.5 * whole.subsidy[k];
        }
        for (ptrdiff_t n = 0; n < w.net.regions; n++) w.policy.transfer_usd[n] = whole.transfer_usd[n];
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &between, &w.err));
        MUST_IN(&w, ent_network_check(&between, &w.err));

        /* the new benchmark stands still by itself */
        MUST_IN(&w, ent_policy_none(&between, &w.arena, &none, &w.err));
        MUST_IN(&w, ent_equilibrium_solve(&between, &none, &options, NULL, &w.arena, &still, &w.err));
        double moved = 0.0;
        for (ptrdiff_t k = 0; k < between.nodes; k++) moved = fmax(moved, fabs(still.log_price[k]));
        LAW(&w, moved <= 1e-10, "the new benchmark moves by %g without a cause", moved);

        /* and leads to where one step leads */
        MUST_IN(&w, rest_of_policy(&whole, &w.policy, &between, &rest, &w.arena, &w.err));
        const ent_equilibrium first = w.eq;
        MUST_IN(&w, ent_equilibrium_solve(&between, &rest, &options, NULL, &w.arena, &second, &w.err));
        const double naive = naive_gap(&between, &rest, &second, where);
        LAW(&w, naive <= 1e-9, "gap %g over the new benchmark: %s", naive, where);
        w.policy = whole;
        MUST_IN(&w, random_solve(&w, 1e-12));
        double gap = 0.0;
        for (ptrdiff_t k = 0; k < w.net.nodes; k++)
            gap = fmax(gap, fabs(first.log_price[k] + second.log_price[k] - w.eq.log_price[k] -
                                 (first.log_price[0] + second.log_price[0] - w.eq.log_price[0])));
        LAW(&w, gap <= 1e-9, "two steps differ from one by %g", gap);
        random_close(&w);
    }
}

/* Threads are let in above 200,000 edges: a world of 12 regions and 40 sectors, every user apart. */
TEST(threads_do_not_change_a_bit, "5")
{
    static const world_kind large = {12, 12, 40, 40, 1, 2, 0.05, 0.0, 0.3, 1, 1};
    random_world w;
    MUST(random_table(&w, 7, &large), w.err);
    MUST(ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err), w.err);
    w.blueprint.sourcing = ENT_SOURCING_BY_USE;
    w.blueprint.mobility[0] = 2.0;
    MUST(random_lay(&w), w.err);
    MUST(random_policy(&w, 1.0), w.err);
    CHECK(w.net.edges > 200000);
    MUST(random_solve(&w, 1e-10), w.err);
    for (ptrdiff_t threads = 2; threads <= 5; threads += 3) {
        ent_options options = ent_options_default();
        ent_equilibrium eq;
        options.threads = threads;
        MUST(ent_equilibrium_solve(&w.net, &w.policy, &options, NULL, &w.arena, &eq, &w.err), w.err);
        CHECK(eq.states == w.eq.states && eq.certificate.passes == w.eq.certificate.passes);
        CHECK(memcmp(eq.state, w.eq.state, (size_t)eq.states * sizeof *eq.state) == 0);
        CHECK(memcmp(eq.lane_value_usd, w.eq.lane_value_usd, (size_t)w.net.lanes * sizeof *eq.lane_value_usd) == 0);
        CHECK(memcmp(eq.income_usd, w.eq.income_usd, (size_t)w.net.regions * sizeof *eq.income_usd) == 0);
    }
    random_close(&w);
}
