/* decompose.c: the parts of real income (E14): by hand where one can, by law in random worlds of every blueprint. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static double part_of(const ent_decomposition *d, ent_part part, ptrdiff_t n)
{
    return d->part[part * d->regions + n];
}

static ent_status decompose(random_world *w, ent_decomposition *d)
{
    return ent_outcome_decompose(&w->net, &w->policy, &w->eq, NULL, &w->arena, d, &w->err);
}

/* ---- laws in random worlds ---- */

/* Parts by flow belong to the regions' parts; over the world, terms of trade and transfers are zero-sum. */
static void hold_laws(random_world *w, const ent_decomposition *d, double size)
{
    const ptrdiff_t R = d->regions;
    double terms_usd = 0.0, transfers_usd = 0.0, income = 0.0;
    double *terms = ent_new0(&w->arena, double, R), *duties = ent_new0(&w->arena, double, R);
    if (terms == NULL || duties == NULL) return;
    for (ptrdiff_t lane = 0; lane < d->flows; lane++) {
        terms[ent_lane_exporter(&w->net, lane)] += d->export_terms[lane];
        terms[w->net.lane_region[lane]] += d->import_terms[lane];
        duties[w->net.lane_region[lane]] += d->duty_wedge[lane];
    }
    for (ptrdiff_t n = 0; n < R; n++) {
        LAW(w, fabs(d->sum[n] - d->exact[n]) <= 1e-8, "parts of region %td sum to %.12g, not to %.12g (shock %g)", n,
            d->sum[n], d->exact[n], size);
        LAW(w, fabs(d->exact[n] - log(ent_outcome_region(&w->out, ENT_REGION_real_income, n))) <= 1e-12,
            "region %td: ln of real income is %.12g", n, d->exact[n]);
        LAW(w, fabs(terms[n] - part_of(d, ENT_PART_TERMS_OF_TRADE, n)) <= 1e-12, "terms by flow of region %td", n);
        LAW(w, fabs(duties[n] - part_of(d, ENT_PART_DUTY_WEDGES, n)) <= 1e-12, "duty wedges by flow of region %td", n);
        terms_usd += d->part_usd[ENT_PART_TERMS_OF_TRADE * R + n];
        transfers_usd += d->part_usd[ENT_PART_TRANSFERS * R + n];
        income += w->eq.benchmark_income_usd[n];
    }
    LAW(w, fabs(terms_usd) <= 1e-11 * income, "terms of trade of the world are %g", terms_usd / income);
    LAW(w, fabs(transfers_usd) <= 1e-9 * income, "transfers of the world are %g", transfers_usd / income);
}

TEST(parts_sum_to_real_income_in_worlds_of_every_blueprint, "E14")
{
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        ent_decomposition d;
        const double size = seed % 3 == 0 ? 1.0 : seed % 3 == 1 ? 0.3 : 0.05;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, size));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, random_measure(&w));
        MUST_IN(&w, decompose(&w, &d));
        hold_laws(&w, &d, size);
        random_close(&w);
    }
}

/* The same with an equilibrium as the benchmark: wedges of all kinds are there before, and subsidies have become
 * levies. */
TEST(parts_sum_from_a_benchmark_full_of_wedges_too, "E14")
{
    for (uint64_t seed = 301; seed <= 300 + WORLDS(40); seed++) {
        random_world w;
        ent_decomposition d;
        ent_network rebased;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.5));
        MUST_IN(&w, random_solve(&w, 1e-13));
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &rebased, &w.err));
        w.net = rebased;
        MUST_IN(&w, random_policy(&w, 0.3));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, random_measure(&w));
        MUST_IN(&w, decompose(&w, &d));
        hold_laws(&w, &d, 0.3);
        random_close(&w);
    }
}

/* The first half of a policy's way, in logs; `rest` is what is left of it for the network that stands there. */
static ent_status halve(random_world *w, ent_policy *half, ent_policy *rest)
{
    const ent_network *net = &w->net;
    ENT_TRY(ent_policy_none(net, &w->arena, half, &w->err));
    ENT_TRY(ent_policy_none(net, &w->arena, rest, &w->err));
    for (ptrdiff_t n = 0; n < net->regions; n++) w->policy.transfer_usd[n] = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        rest->duty[lane] = w->policy.duty[lane];
        rest->export_tax[lane] = w->policy.export_tax[lane];
        half->duty[lane] = expm1(0.5 * (log1p(net->duty[lane]) + log1p(w->policy.duty[lane])));
        half->export_tax[lane] = expm1(0.5 * (log1p(net->export_tax[lane]) + log1p(w->policy.export_tax[lane])));
        half->log_trade_cost[lane] = rest->log_trade_cost[lane] = 0.5 * w->policy.log_trade_cost[lane];
    }
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        half->log_productivity[k] = rest->log_productivity[k] = 0.5 * w->policy.log_productivity[k];
        half->subsidy[k] = rest->subsidy[k] = -expm1(0.5 * log1p(-w->policy.subsidy[k]));
    }
    return ENT_OK;
}

/* Integrals along one way add up: its halves, the second from the equilibrium in the middle as its benchmark, give the
 * parts of the whole, each of them. So not only their sum is right. */
TEST(each_part_is_the_sum_of_its_halves, "E14")
{
    for (uint64_t seed = 501; seed <= 500 + WORLDS(60); seed++) {
        random_world w;
        ent_decomposition whole, first, second;
        ent_policy half, rest;
        ent_network middle;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.6));
        MUST_IN(&w, halve(&w, &half, &rest));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &whole));
        w.policy = half;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &first));
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &middle, &w.err));
        w.net = middle;
        w.policy = rest;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &second));
        for (ptrdiff_t c = 0; c < ENT_PARTS * whole.regions; c++)
            LAW(&w, fabs(first.part[c] + second.part[c] - whole.part[c]) <= 2e-8, "part %td: %.12g + %.12g, not %.12g",
                c, first.part[c], second.part[c], whole.part[c]);
        random_close(&w);
    }
}

/* What no part is about is nought in it; where nothing changes, all are. */
TEST(a_part_without_a_cause_is_nought, "E14")
{
    for (uint64_t seed = 1; seed <= WORLDS(30); seed++) {
        random_world w;
        ent_decomposition d, none;
        MUST_IN(&w, random_table(&w, seed, &plain_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.0));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &none));
        for (ptrdiff_t c = 0; c < ENT_PARTS * none.regions; c++)
            LAW(&w, fabs(none.part[c]) <= 1e-12, "no shock, but part %td is %g", c, none.part[c]);
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (ent_lane_exporter(&w.net, lane) != w.net.lane_region[lane]) w.policy.duty[lane] = 0.2;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &d));
        for (ptrdiff_t n = 0; n < d.regions; n++) {
            LAW(&w, part_of(&d, ENT_PART_DUTY_WEDGES, n) < 0.0, "a first duty does no harm to region %td", n);
            for (int part = ENT_PART_TAX_WEDGES; part < ENT_PARTS; part++)
                LAW(&w, fabs(part_of(&d, (ent_part)part, n)) <= 1e-10, "part %d of region %td is %g", part, n,
                    part_of(&d, (ent_part)part, n));
        }
        random_close(&w);
    }
}

/* ---- by hand ---- */

/* A world of one region that trades with nobody: ln Ŵ = ln Â β⁻¹ (Hulten), all of it productivity. */
TEST(a_closed_economy_gains_its_productivity_and_nothing_else, "E14")
{
    static const world_kind one = {1, 1, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 0};
    random_world w;
    ent_decomposition d;
    MUST(random_table(&w, 5, &one), w.err);
    MUST(ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err), w.err);
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    const ptrdiff_t producer = w.net.producer[0];
    w.policy.log_productivity[producer] = 0.1;
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(decompose(&w, &d), w.err);
    const double gain = 0.1 * w.net.sales_usd[producer] / w.net.sales_usd[w.net.household[0]]; /* Cobb–Douglas: exact */
    CHECK_NEAR(part_of(&d, ENT_PART_PRODUCTIVITY, 0), gain, 1e-11);
    CHECK_NEAR(d.sum[0], gain, 1e-11);
    CHECK_NEAR(d.part_usd[ENT_PART_PRODUCTIVITY], 0.1 * w.net.sales_usd[producer], 1e-9 * w.net.sales_usd[producer]);
    random_close(&w);
}

#define THETA 4.0
#define HOME  0.7

static ent_status make_twins(random_world *w)
{
    static const world_kind two = {2, 2, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 1};
    ENT_TRY(random_table(w, 1, &two));
    ent_table *t = &w->table;
    memset(t->z, 0, 4 * sizeof *t->z);
    t->f[0] = t->f[3] = HOME;
    t->f[1] = t->f[2] = 1.0 - HOME;
    t->x[0] = t->x[1] = t->va[0] = t->va[1] = 1.0;
    ENT_TRY(ent_blueprint_default(t, &w->arena, &w->blueprint, &w->err));
    w->blueprint.trade_elasticity[0] = THETA;
    ENT_TRY(random_lay(w));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

static int is_foreign(const random_world *w, ptrdiff_t lane)
{
    return ent_lane_exporter(&w->net, lane) != w->net.lane_region[lane];
}

/* Equal duties of twins move no price at the border: all is the duty wedge. The real income is measure.c's. */
TEST(a_war_of_twins_is_all_duty_wedge, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    const double t = 0.25, foreign = (1.0 - HOME) * pow(1.0 + t, -THETA), sum = HOME + foreign;
    const double s = foreign / sum, spent = 1.0 / (1.0 - t / (1.0 + t) * s), price = pow(sum, -1.0 / THETA);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.duty[lane] = t;
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(decompose(&w, &d), w.err);
    for (ptrdiff_t n = 0; n < 2; n++) {
        CHECK_NEAR(part_of(&d, ENT_PART_DUTY_WEDGES, n), log(spent / price), 1e-10);
        CHECK_NEAR(part_of(&d, ENT_PART_TERMS_OF_TRADE, n), 0.0, 1e-12);
    }
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        CHECK_NEAR(d.duty_wedge[lane], is_foreign(&w, lane) ? log(spent / price) : 0.0, 1e-10);
    random_close(&w);
}

/* Export taxes of twins: each gains from its own what it loses by the other's, and the wedge is what is left. Icebergs
 * of twins: −∫ s dln d, s the foreign share, is ln of 1/P. */
TEST(export_taxes_and_icebergs_of_twins_have_their_own_parts, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    const double x = 0.25, foreign = (1.0 - HOME) * pow(1.0 + x, -THETA), sum = HOME + foreign;
    const double s = foreign / sum, spent = 1.0 / (1.0 - x / (1.0 + x) * s), price = pow(sum, -1.0 / THETA);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.export_tax[lane] = x;
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(decompose(&w, &d), w.err);
    for (ptrdiff_t n = 0; n < 2; n++) {
        CHECK_NEAR(part_of(&d, ENT_PART_TAX_WEDGES, n), log(spent / price), 1e-10);
        CHECK_NEAR(part_of(&d, ENT_PART_TERMS_OF_TRADE, n), 0.0, 1e-12);
    }
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
        w.policy.export_tax[lane] = 0.0;
        if (is_foreign(&w, lane)) w.policy.log_trade_cost[lane] = log(1.0 + x);
    }
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(decompose(&w, &d), w.err);
    for (ptrdiff_t n = 0; n < 2; n++) {
        CHECK_NEAR(part_of(&d, ENT_PART_TRADE_COSTS, n), -log(price), 1e-10);
        CHECK_NEAR(d.sum[n], -log(price), 1e-10);
    }
    random_close(&w);
}

/* A gift without frictions of trade moves no price: it is its own value, and a loss to the giver. */
TEST(a_gift_between_twins_without_home_bias_is_all_transfer, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    ent_table *t = &w.table;
    for (int c = 0; c < 4; c++) t->f[c] = 0.5;
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    w.policy.transfer_usd[0] = 0.1;
    w.policy.transfer_usd[1] = -0.1;
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(decompose(&w, &d), w.err);
    CHECK_NEAR(part_of(&d, ENT_PART_TRANSFERS, 0), log(1.1), 1e-10);
    CHECK_NEAR(part_of(&d, ENT_PART_TRANSFERS, 1), log(0.9), 1e-10);
    CHECK_NEAR(d.sum[0], log(1.1), 1e-10);
    random_close(&w);
}

/* ---- first order ---- */

/* As the shock goes to nought, terms of trade and duty wedges go to the linear formula of [CP] (16). */
TEST(small_shocks_decompose_as_the_linear_formula, "E14")
{
    for (uint64_t seed = 1; seed <= WORLDS(20); seed++) {
        random_world w;
        ent_decomposition d;
        static const world_kind kind = {2, 5, 1, 4, 1, 1, 0.0, 0.0, 0.4, 0, 0};
        const double small = 1e-4;
        MUST_IN(&w, random_table(&w, seed, &kind));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (is_foreign(&w, lane) && w.net.lane_region[lane] == 0) w.policy.duty[lane] += small;
        MUST_IN(&w, random_solve(&w, 1e-13));
        MUST_IN(&w, random_measure(&w));
        MUST_IN(&w, decompose(&w, &d));
        for (ptrdiff_t n = 0; n < d.regions; n++) {
            const double terms = ent_outcome_region(&w.out, ENT_REGION_terms_of_trade_linear, n) / 100.0;
            const double volume = ent_outcome_region(&w.out, ENT_REGION_volume_of_trade_linear, n) / 100.0;
            /* second order: some tens of elasticities times the square of the shock */
            LAW(&w, fabs(part_of(&d, ENT_PART_TERMS_OF_TRADE, n) - terms) <= 100.0 * small * small,
                "terms of trade %g, linear %g", part_of(&d, ENT_PART_TERMS_OF_TRADE, n), terms);
            LAW(&w, fabs(part_of(&d, ENT_PART_DUTY_WEDGES, n) - volume) <= 100.0 * small * small,
                "duty wedges %g, linear %g", part_of(&d, ENT_PART_DUTY_WEDGES, n), volume);
        }
        random_close(&w);
    }
}

/* ---- outcome, numeraire, refusals ---- */

TEST(parts_are_taken_into_the_outcome_and_are_unknown_before, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.duty[lane] = 0.1;
    MUST(random_solve(&w, 1e-13), w.err);
    MUST(random_measure(&w), w.err);
    CHECK(isnan(ent_outcome_region(&w.out, ENT_REGION_exact_terms_of_trade, 0)));
    CHECK(isnan(ent_outcome_region(&w.out, ENT_REGION_exact_sum, 1)));
    MUST(decompose(&w, &d), w.err);
    ent_outcome_take_parts(&w.out, &d);
    for (ptrdiff_t n = 0; n < 2; n++) {
        double sum = 0.0;
        for (int v = ENT_REGION_exact_terms_of_trade; v < ENT_REGION_exact_sum; v++)
            sum += ent_outcome_region(&w.out, (ent_region_variable)v, n);
        CHECK_NEAR(sum, ent_outcome_region(&w.out, ENT_REGION_exact_sum, n), 1e-12);
        CHECK_NEAR(sum, 100.0 * log(ent_outcome_region(&w.out, ENT_REGION_real_income, n)), 1e-6);
        CHECK_NEAR(ent_outcome_region(&w.out, ENT_REGION_exact_duty_wedges, n), 100.0 * d.sum[n], 1e-9);
    }
    random_close(&w);
}

/* Prices in another numeraire are other numbers; the parts are not. */
TEST(parts_do_not_depend_on_the_numeraire, "E14")
{
    for (uint64_t seed = 1; seed <= WORLDS(20); seed++) {
        random_world w;
        ent_decomposition a, b;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.5));
        w.blueprint.numeraire = ENT_NUMERAIRE_GDP;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &a));
        w.blueprint.numeraire = ENT_NUMERAIRE_CONSUMPTION;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, decompose(&w, &b));
        for (ptrdiff_t c = 0; c < ENT_PARTS * a.regions; c++)
            LAW(&w, fabs(a.part[c] - b.part[c]) <= 1e-10, "part %td is %g and %g", c, a.part[c], b.part[c]);
        random_close(&w);
    }
}

TEST(a_way_too_steep_for_its_points_is_refused_by_name, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    w.blueprint.trade_elasticity[0] = 300.0;
    MUST(random_lay(&w), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane) && w.net.lane_region[lane] == 1) w.policy.duty[lane] = 20.0;
    MUST(random_solve(&w, 1e-11), w.err);
    const ent_status status = decompose(&w, &d);
    CHECK(status == ENT_NOT_CONVERGED);
    CHECK(d.gap > 1e-8 || d.change > 1e-5);
    static const char begins[] =
        "the parts of the change in real income do not settle: with 65 points on the way they ";
    CHECK(strncmp(w.err.text, begins, sizeof begins - 1) == 0); /* what follows are digits of the last rounding */
    random_close(&w);
}

TEST(a_decomposition_that_finds_no_memory_says_so, "E14")
{
    random_world w;
    ent_decomposition d;
    MUST(make_twins(&w), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.duty[lane] = 0.1;
    MUST(random_solve(&w, 1e-13), w.err);
    for (long nth = 1;; nth++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {{0}};
        test_fail_allocation(nth);
        const ent_status status = ent_outcome_decompose(&w.net, &w.policy, &w.eq, NULL, &arena, &d, &err);
        const long asked = test_allocations();
        test_fail_allocation(0);
        if (asked < nth) {
            CHECK(status == ENT_OK);
            break;
        }
        CHECK(status == ENT_NO_MEMORY);
        CHECK(strlen(err.text) > 0);
        if (status != ENT_NO_MEMORY) break;
    }
    random_close(&w);
}
