/* bans.c: a ban removes its lane exactly: every equation holds without it, it is the limit of any barrier, derivatives
 * and decompositions know it, and where somebody cannot do without what is gone, a sentence says who, what and why. */
// SPDX-License-Identifier: MIT
#include "equilibrium/bans.h"
#include "equilibrium/adjoint.h"
#include "random_world.h"

/* Each foreign lane with this probability. */
static void draw_bans(random_world *w, double probability)
{
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (ent_lane_exporter(&w->net, lane) != w->net.lane_region[lane] && dice_chance(&w->dice, probability))
            w->policy.banned[lane] = 1;
}

static ent_status lay(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    ENT_TRY(random_policy(w, 0.4));
    draw_bans(w, dice_chance(&w->dice, 0.3) ? 0.8 : 0.2);
    return ENT_OK;
}

/* Scale economies can make a sector as good as vanish: then its sales have no digits left to check. */
static int has_digits(const random_world *w)
{
    for (ptrdiff_t k = 0; k < w->net.nodes; k++)
        if (w->eq.sales_usd[k] > 0.0 && w->eq.sales_usd[k] < 1e-280) return 0;
    return 1;
}

static ptrdiff_t shut_nodes(const random_world *w)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t k = 0; k < w->net.nodes; k++) count += w->eq.sales_usd[k] == 0.0;
    return count;
}

TEST(every_equation_holds_without_the_banned_lanes, "E3-E10")
{
    ptrdiff_t solved = 0, refused = 0, shut = 0;
    for (uint64_t seed = 1; seed <= WORLDS(300); seed++) {
        random_world w;
        char where[256];
        MUST_IN(&w, lay(&w, seed));
        const ent_status status = random_solve(&w, 1e-11);
        if (status == ENT_OK && has_digits(&w)) {
            const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
            LAW(&w, gap <= 1e-9, "%.3g off: %s", gap, where);
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
                LAW(&w, !w.policy.banned[lane] || w.eq.lane_value_usd[lane] == 0.0, "a banned lane sells %g",
                    w.eq.lane_value_usd[lane]);
            shut += shut_nodes(&w) > 0;
        }
        solved += status == ENT_OK;
        refused += status == ENT_NO_EQUILIBRIUM;
        LAW(&w, status != ENT_NO_EQUILIBRIUM || strncmp(w.err.text, "no equilibrium: ", 16) == 0, "%s", w.err.text);
        random_close(&w);
    }
    /* the rest: transfers that a region cut off cannot pay, and scale economies */
    CHECK(solved >= WORLDS(300) / 2 && refused > 0 && shut > 0);
}

/* Prices and sales of what is still sold. */
static double gap_between(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b)
{
    double gap = 0.0;
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        gap = fmax(gap, fabs(a->sales_usd[k] - b->sales_usd[k]) / net->sales_usd[k]);
        if (a->sales_usd[k] > 0.0 && b->sales_usd[k] > 1e-9 * net->sales_usd[k])
            gap = fmax(gap, fabs(a->log_price[k] - b->log_price[k]));
    }
    return gap;
}

TEST(a_ban_is_the_limit_of_trade_costs, "E3")
{
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(200); seed++) {
        random_world w;
        ent_equilibrium far;
        double *power;
        MUST_IN(&w, lay(&w, seed));
        if (random_solve(&w, 1e-11) != ENT_OK || shut_nodes(&w) > 0) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_bans_powers(&w.net, &w.policy, &w.arena, &power));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            if (!w.policy.banned[lane]) continue;
            w.policy.banned[lane] = 0;
            w.policy.log_trade_cost[lane] = -46.0 / (1.0 - w.net.lane_elasticity[lane]); /* a weight of e⁻⁴⁶ */
            LAW(&w, power[lane] == 1.0 - w.net.lane_elasticity[lane], "nothing is dry, and the power is %g",
                power[lane]);
        }
        ent_options options = ent_options_default();
        options.tolerance = 1e-11;
        MUST_IN(&w, ent_equilibrium_solve(&w.net, &w.policy, &options, &w.eq, &w.arena, &far, &w.err));
        const double gap = gap_between(&w.net, &w.eq, &far);
        LAW(&w, gap <= 1e-8, "the limit differs by %g", gap);
        held++;
        random_close(&w);
    }
    CHECK(held >= WORLDS(200) / 3);
}

/* Without trade real income is known from the shares of home in the benchmark alone: with Cobb–Douglas above the
 * sourcing, −log P_j = log λ_j/θ_j − Σ_m γ_mj log P_m, in units of the one factor's price. */
static double autarky_loss(const random_world *w, ptrdiff_t n)
{
    enum {
        MOST = 8
    };
    const ent_network *net = &w->net;
    const ptrdiff_t J = net->sectors;
    double p[MOST] = {0}, next[MOST], home[MOST];
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (net->lane_region[lane] == n && ent_lane_exporter(net, lane) == n) {
            const ptrdiff_t j = ent_lane_sector(net, lane);
            double all = 0.0;
            for (ptrdiff_t other = 0; other < net->borders; other++)
                if (net->lane_region[other] == n && ent_lane_sector(net, other) == j) all += net->lane_value_usd[other];
            home[j] = net->lane_value_usd[lane] / all;
        }
    for (int round = 0; round < 2000; round++) {
        for (ptrdiff_t j = 0; j < J; j++) {
            next[j] = log(home[j]) / w->blueprint.trade_elasticity[j];
            for (ptrdiff_t m = 0; m < J; m++) {
                double bought = 0.0;
                for (ptrdiff_t i = 0; i < net->regions; i++)
                    bought += w->table.z[((i * J + m) * net->regions + n) * J + j];
                next[j] += bought / w->table.x[n * J + j] * p[m];
            }
        }
        memcpy(p, next, sizeof p);
    }
    double loss = 0.0, spent = 0.0;
    for (ptrdiff_t j = 0; j < J; j++) {
        double used = 0.0;
        for (ptrdiff_t i = 0; i < net->regions; i++) used += w->table.f[(i * J + j) * net->regions + n];
        loss += used * p[j];
        spent += used;
    }
    return loss / spent;
}

TEST(a_ban_of_everything_foreign_is_autarky, "E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        MUST_IN(&w, random_table(&w, seed, &simple_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        draw_bans(&w, 2.0);
        MUST_IN(&w, random_solve(&w, 1e-12));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            const double change =
                log(w.eq.income_usd[n] / w.eq.benchmark_income_usd[n]) - w.eq.log_price[w.net.household[n]];
            const double wanted = autarky_loss(&w, n);
            LAW(&w, fabs(change - wanted) <= 1e-9, "region %td: %.12g, not %.12g", n, change, wanted);
        }
        random_close(&w);
    }
}

/* ---- derivatives and parts ---- */

static double dot(ptrdiff_t n, const double *a, const double *b)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < n; k++) sum += a[k] * b[k];
    return sum;
}

TEST(under_bans_the_chain_backwards_is_the_transpose_of_the_chain_forwards, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        ent_linearised lin;
        MUST_IN(&w, lay(&w, seed));
        if (random_solve(&w, 1e-11) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_linearised_open(&w.net, &w.policy, &w.eq, NULL, &w.arena, &lin, &w.err));
        const ptrdiff_t n = lin.pass.states;
        double *a = ent_new(&w.arena, double, n), *b = ent_new(&w.arena, double, n);
        double *ga = ent_new(&w.arena, double, n), *gb = ent_new(&w.arena, double, n);
        double *room = ent_new(&w.arena, double, ent_domestic_room(&lin.domestic));
        for (ptrdiff_t s = 0; s < n; s++) a[s] = dice_between(&w.dice, -1.0, 1.0);
        for (ptrdiff_t s = 0; s < n; s++) b[s] = dice_between(&w.dice, -1.0, 1.0);
        ent_pass_tangent(&lin.pass, a, ga);
        ent_back_run(&lin.back, b, NULL, 0, gb);
        const double forth = dot(n, ga, b), back = dot(n, a, gb), size = sqrt(dot(n, ga, ga) * dot(n, b, b)) + 1e-300;
        LAW(&w, fabs(forth - back) <= 1e-12 * size, "pass: %.17g and %.17g", forth, back);
        ent_domestic_apply(&lin.domestic, a, ga, room);
        ent_domestic_apply_transposed(&lin.domestic, b, gb, room);
        const double p = dot(n, ga, b), q = dot(n, a, gb), much = sqrt(dot(n, ga, ga) * dot(n, b, b)) + 1e-300;
        LAW(&w, fabs(p - q) <= 1e-12 * much, "preconditioner: %.17g and %.17g", p, q);
        random_close(&w);
    }
}

static double log_real_income(const random_world *w, ptrdiff_t n)
{
    return log(w->eq.income_usd[n]) - w->eq.log_price[w->net.household[n]];
}

TEST(under_bans_derivatives_are_those_of_the_solver, "E16")
{
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        random_world w;
        ent_sensitivity *s;
        ent_derivatives d;
        MUST_IN(&w, lay(&w, seed));
        const ent_term term = {ENT_TERM_REAL_INCOME, 1.0, 0, -1, -1};
        const ent_objective objective = {NULL, &term, 1};
        if (random_solve(&w, 1e-12) != ENT_OK || w.net.borders == 0) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        MUST_IN(&w, ent_sensitivity_adjoint(s, &objective, &w.arena, &d, &w.err));
        const ptrdiff_t lane = dice_pick(&w.dice, w.net.borders);
        double side[2];
        int both = 1;
        for (int up = 0; up < 2; up++) {
            w.policy.duty[lane] += up ? 2e-4 : -1e-4;
            both = both && random_solve(&w, 1e-13) == ENT_OK;
            side[up] = log_real_income(&w, 0);
        }
        const double wanted = (side[1] - side[0]) / 2e-4;
        LAW(&w, !both || fabs(d.duty[lane] - wanted) <= 1e-6 * (1.0 + fabs(wanted)), "%.12g, not %.12g", d.duty[lane],
            wanted);
        held += both && d.duty[lane] != 0.0;
        for (ptrdiff_t one = 0; one < w.net.borders; one++)
            LAW(&w, !w.policy.banned[one] || (d.duty[one] == 0.0 && d.trade_cost[one] == 0.0),
                "a banned lane has a derivative");
        random_close(&w);
    }
    CHECK(held >= WORLDS(80) / 4);
}

TEST(the_parts_of_a_ban_sum_to_what_it_does, "E14")
{
    ptrdiff_t held = 0, refused = 0;
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        random_world w;
        ent_decomposition d;
        MUST_IN(&w, lay(&w, seed));
        if (random_solve(&w, 1e-11) == ENT_OK) {
            const ent_status status = ent_outcome_decompose(&w.net, &w.policy, &w.eq, NULL, &w.arena, &d, &w.err);
            LAW(&w, status != ENT_OK || d.gap <= 1e-8, "a gap of %g", d.gap);
            held += status == ENT_OK;
            refused += status != ENT_OK;
        }
        random_close(&w);
    }
    CHECK(held >= 9 * refused);
}

/* ---- the benchmark after a ban ---- */

TEST(an_equilibrium_under_bans_can_be_the_benchmark, "E10")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        ent_network after;
        ent_policy none;
        ent_equilibrium still;
        MUST_IN(&w, lay(&w, seed));
        for (ptrdiff_t n = 0; n < w.net.regions; n++)
            w.policy.transfer_usd[n] = w.net.stated_usd[n] - w.net.transfer_usd[n];
        if (random_solve(&w, 1e-12) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &after, &w.err));
        MUST_IN(&w, ent_network_check(&after, &w.err));
        MUST_IN(&w, ent_policy_none(&after, &w.arena, &none, &w.err));
        MUST_IN(&w, ent_equilibrium_solve(&after, &none, NULL, NULL, &w.arena, &still, &w.err));
        for (ptrdiff_t k = 0; k < w.net.nodes; k++)
            LAW(&w, fabs(still.sales_usd[k] - after.sales_usd[k]) <= 1e-8 * w.net.sales_usd[k], "node %td moves", k);
        random_close(&w);
    }
}

/* ---- sentences ---- */

/* Two regions, one good that both make and a household; `two_tier` with σ between home and imports. */
static ent_status two_regions(random_world *w, uint64_t seed)
{
    static const world_kind two = {.least_regions = 2,
                                   .most_regions = 2,
                                   .least_sectors = 2,
                                   .most_sectors = 2,
                                   .most_uses = 1,
                                   .most_factors = 1};
    ENT_TRY(random_table(w, seed, &two));
    return ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err);
}

TEST(a_node_that_cannot_do_without_imports_is_named, "E12")
{
    random_world w;
    MUST(two_regions(&w, 1), w.err);
    w.blueprint.sourcing = ENT_SOURCING_TWO_TIER;
    for (ptrdiff_t j = 0; j < 2; j++) w.blueprint.home_elasticity[j] = 0.8;
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        w.policy.banned[lane] =
            w.net.lane_region[lane] == 1 && ent_lane_exporter(&w.net, lane) == 0 && ent_lane_sector(&w.net, lane) == 1;
    CHECK(random_solve(&w, 1e-10) == ENT_NO_EQUILIBRIUM);
    CHECK_TEXT(w.err.text, "no equilibrium: S1 in R2 cannot do without S2, of which the ban on sales from R1 to R2 "
                           "leaves no source abroad");
    random_close(&w);
}

TEST(a_good_of_which_no_source_is_left_is_named, "E12")
{
    random_world w;
    MUST(two_regions(&w, 1), w.err);
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        w.policy.banned[lane] = w.net.lane_region[lane] == 0 && ent_lane_sector(&w.net, lane) == 0;
    CHECK(random_solve(&w, 1e-10) == ENT_NO_EQUILIBRIUM);
    CHECK_TEXT(w.err.text,
               "no equilibrium: S1 in R1 cannot do without S1, of which the ban on sales from R1 and R2 to R1 "
               "leaves no source");
    random_close(&w);
}

TEST(a_policy_without_a_list_of_bans_has_none, "E12")
{
    random_world w;
    MUST(two_regions(&w, 2), w.err);
    MUST(random_lay(&w), w.err);
    MUST(random_policy(&w, 0.3), w.err);
    MUST(random_solve(&w, 1e-11), w.err);
    const double with = log_real_income(&w, 0);
    w.policy.banned = NULL;
    MUST(random_solve(&w, 1e-11), w.err);
    CHECK(with == log_real_income(&w, 0));
    random_close(&w);
}

TEST(lost_memory_under_bans_is_an_answer, "E12")
{
    random_world w;
    MUST(two_regions(&w, 2), w.err);
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    draw_bans(&w, 2.0);
    for (long nth = 1; nth < 1000; nth++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        test_fail_allocation(nth);
        const ent_status status = ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &scratch, &eq, &w.err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
    }
    random_close(&w);
}
