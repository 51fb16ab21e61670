/* measure.c: every measure of E13 on a world of two equal regions and one sector, where it can be worked out by hand;
 * the identities between measures in random worlds; one outcome against another. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* Two equal regions, one good each, no materials: each buys 70 at home and 30 abroad. θ = 4. */
#define THETA 4.0
#define HOME  0.7
#define ALL   100.0

static ent_status make_twins(random_world *w)
{
    static const world_kind two = {2, 2, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 1};
    ENT_TRY(random_table(w, 1, &two));
    ent_table *t = &w->table;
    memset(t->z, 0, 4 * sizeof *t->z);
    t->f[0] = t->f[3] = HOME * ALL;
    t->f[1] = t->f[2] = (1.0 - HOME) * ALL;
    t->x[0] = t->x[1] = t->va[0] = t->va[1] = ALL;
    ENT_TRY(ent_table_check(t, &w->err));
    ENT_TRY(ent_blueprint_default(t, &w->arena, &w->blueprint, &w->err));
    w->blueprint.trade_elasticity[0] = THETA;
    ENT_TRY(random_lay(w));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

static int is_foreign(const random_world *w, ptrdiff_t lane)
{
    return ent_lane_exporter(&w->net, lane) != w->net.lane_region[lane];
}

static ent_status solve(random_world *w)
{
    ENT_TRY(random_solve(w, 1e-13));
    return random_measure(w);
}

static void check_region(const random_world *w, ent_region_variable v, double before, double after)
{
    const double near = 1e-11;
    for (ptrdiff_t n = 0; n < 2; n++) {
        const double b = w->out.region_benchmark[v * 2 + n], a = w->out.region_value[v * 2 + n];
        if (!(fabs(b - before) <= near * (1.0 + fabs(before))) || !(fabs(a - after) <= near * (1.0 + fabs(after))))
            test_fail(__FILE__, __LINE__, "%s goes from %.15g to %.15g, not from %.15g to %.15g",
                      ent_region_variables[v].name, b, a, before, after);
    }
}

static void check_sector(const random_world *w, ent_sector_variable v, double before, double after)
{
    const double near = 1e-11;
    for (ptrdiff_t n = 0; n < 2; n++) {
        const double b = w->out.sector_benchmark[v * 2 + n], a = w->out.sector_value[v * 2 + n];
        if (!(fabs(b - before) <= near * (1.0 + fabs(before))) || !(fabs(a - after) <= near * (1.0 + fabs(after))))
            test_fail(__FILE__, __LINE__, "%s goes from %.15g to %.15g, not from %.15g to %.15g",
                      ent_sector_variables[v].name, b, a, before, after);
    }
}

/* Both put 25 % on each other. Wages stay 1 by symmetry; the foreign good costs 1.25;
 *   P^−θ = 0.7 + 0.3 (1.25)^−θ,  s = 0.3 (1.25)^−θ P^θ the foreign share of spending E at buyer prices,
 *   revenue R = t/(1+t) s E,  E = 100 + R. */
TEST(a_war_of_twins_comes_out_as_by_hand, "E13")
{
    random_world w;
    MUST(make_twins(&w), w.err);
    const double t = 0.25, foreign = (1.0 - HOME) * pow(1.0 + t, -THETA), sum = HOME + foreign;
    const double price = pow(sum, -1.0 / THETA), s = foreign / sum;
    const double spent = ALL / (1.0 - t / (1.0 + t) * s), duties = spent - ALL, border = s * spent / (1.0 + t);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.duty[lane] = t;
    MUST(solve(&w), w.err);
    const double real = spent / ALL / price, volume = border / ((1.0 - HOME) * ALL);
    check_region(&w, ENT_REGION_real_income, 1.0, real);
    check_region(&w, ENT_REGION_welfare, 1.0, real);
    check_region(&w, ENT_REGION_equivalent_variation, 0.0, ALL * (real - 1.0));
    check_region(&w, ENT_REGION_wage, 1.0, 1.0);
    check_region(&w, ENT_REGION_price_index, 1.0, price);
    check_region(&w, ENT_REGION_real_wage, 1.0, 1.0 / price);
    check_region(&w, ENT_REGION_employment, 1.0, 1.0);
    check_region(&w, ENT_REGION_income, ALL, spent);
    check_region(&w, ENT_REGION_gdp, ALL, ALL);
    check_region(&w, ENT_REGION_real_gdp, 1.0, real); /* trade is balanced in volumes too */
    check_region(&w, ENT_REGION_tariff_revenue, 0.0, duties);
    check_region(&w, ENT_REGION_export_tax_revenue, 0.0, 0.0);
    check_region(&w, ENT_REGION_exports, (1.0 - HOME) * ALL, border);
    check_region(&w, ENT_REGION_imports, (1.0 - HOME) * ALL, border);
    check_region(&w, ENT_REGION_real_exports, 1.0, volume);
    check_region(&w, ENT_REGION_real_imports, 1.0, volume);
    check_region(&w, ENT_REGION_trade_balance, 0.0, 0.0);
    check_region(&w, ENT_REGION_terms_of_trade, 1.0, 1.0);
    check_region(&w, ENT_REGION_average_duty, 0.0, t);
    check_region(&w, ENT_REGION_welfare_linear, 0.0,
                 0.0); /* no wedge before, no price moved: the linear formula is blind */
    CHECK_NEAR(w.out.world_real_income, real, 1e-12);
    check_sector(&w, ENT_SECTOR_output, ALL, ALL);
    check_sector(&w, ENT_SECTOR_real_output, 1.0, 1.0);
    check_sector(&w, ENT_SECTOR_cost, 1.0, 1.0);
    check_sector(&w, ENT_SECTOR_price, 1.0, price);
    check_sector(&w, ENT_SECTOR_expenditure, ALL, spent);
    check_sector(&w, ENT_SECTOR_value_added, ALL, ALL);
    check_sector(&w, ENT_SECTOR_employment, 1.0, 1.0);
    check_sector(&w, ENT_SECTOR_exports, (1.0 - HOME) * ALL, border);
    check_sector(&w, ENT_SECTOR_imports, (1.0 - HOME) * ALL, border);
    check_sector(&w, ENT_SECTOR_home_share, HOME, 1.0 - s);
    check_sector(&w, ENT_SECTOR_supplier_concentration, 1.0, 1.0);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
        const int abroad = is_foreign(&w, lane);
        CHECK_NEAR(w.out.flow_value[ENT_FLOW_value * w.out.flows + lane], abroad ? border : (1.0 - s) * spent, 1e-9);
        CHECK_NEAR(w.out.flow_value[ENT_FLOW_quantity * w.out.flows + lane],
                   abroad ? volume : (1.0 - s) * spent / (HOME * ALL), 1e-11);
        CHECK(w.out.flow_value[ENT_FLOW_duty * w.out.flows + lane] == (abroad ? t : 0.0));
        CHECK(w.out.flow_benchmark[ENT_FLOW_quantity * w.out.flows + lane] == 1.0);
    }
    random_close(&w);
}

/* Both tax their exports by 25 %: the same prices and incomes; but the border value holds the tax. */
TEST(export_taxes_of_twins_come_out_as_by_hand, "E13")
{
    random_world w;
    MUST(make_twins(&w), w.err);
    const double tax = 0.25, foreign = (1.0 - HOME) * pow(1.0 + tax, -THETA), sum = HOME + foreign, s = foreign / sum;
    const double spent = ALL / (1.0 - tax / (1.0 + tax) * s), price = pow(sum, -1.0 / THETA);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.export_tax[lane] = tax;
    MUST(solve(&w), w.err);
    check_region(&w, ENT_REGION_real_income, 1.0, spent / ALL / price);
    check_region(&w, ENT_REGION_export_tax_revenue, 0.0, spent - ALL);
    check_region(&w, ENT_REGION_tariff_revenue, 0.0, 0.0);
    check_region(&w, ENT_REGION_exports, (1.0 - HOME) * ALL, s * spent);
    check_region(&w, ENT_REGION_imports, (1.0 - HOME) * ALL, s * spent);
    check_region(&w, ENT_REGION_real_exports, 1.0, s * spent / (1.0 + tax) / ((1.0 - HOME) * ALL));
    check_region(&w, ENT_REGION_terms_of_trade, 1.0, 1.0); /* both sides' prices are 25 % higher */
    check_region(&w, ENT_REGION_gdp, ALL, ALL);
    random_close(&w);
}

/* Trade becomes 10 % dearer for both by icebergs: nobody collects, what arrives is less than what leaves. */
TEST(icebergs_of_twins_come_out_as_by_hand, "E13")
{
    random_world w;
    MUST(make_twins(&w), w.err);
    const double d = 1.1, foreign = (1.0 - HOME) * pow(d, -THETA), sum = HOME + foreign, s = foreign / sum;
    const double price = pow(sum, -1.0 / THETA);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (is_foreign(&w, lane)) w.policy.log_trade_cost[lane] = log(d);
    MUST(solve(&w), w.err);
    check_region(&w, ENT_REGION_real_income, 1.0, 1.0 / price);
    check_region(&w, ENT_REGION_income, ALL, ALL);
    check_region(&w, ENT_REGION_exports, (1.0 - HOME) * ALL, s * ALL);
    check_region(&w, ENT_REGION_real_exports, 1.0, s / (1.0 - HOME));
    check_region(&w, ENT_REGION_terms_of_trade, 1.0, 1.0 / d); /* exports f.o.b. as before, imports c.i.f. dearer */
    check_sector(&w, ENT_SECTOR_home_share, HOME, 1.0 - s);
    random_close(&w);
}

/* ---- identities ---- */

static double value(const random_world *w, ent_region_variable v, ptrdiff_t n)
{
    return ent_outcome_region(&w->out, v, n);
}

static double before(const random_world *w, ent_region_variable v, ptrdiff_t n)
{
    return w->out.region_benchmark[v * w->out.regions + n];
}

static ent_status solve_any(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    ENT_TRY(random_policy(w, 1.0));
    ENT_TRY(random_solve(w, 1e-11));
    return random_measure(w);
}

static void hold_regions(const random_world *w)
{
    double balance[2] = {0}, income = 0.0, real = 0.0, sources = 0.0;
    for (ptrdiff_t n = 0; n < w->out.regions; n++) {
        const double i0 = before(w, ENT_REGION_income, n), i1 = value(w, ENT_REGION_income, n);
        const double p = value(w, ENT_REGION_price_index, n), r = value(w, ENT_REGION_real_income, n);
        LAW(w, fabs(r - i1 / i0 / p) <= 1e-12 * r, "real income %g is not income %g over prices %g", r, i1 / i0, p);
        LAW(w, fabs(value(w, ENT_REGION_equivalent_variation, n) - i0 * (r - 1.0)) <= 1e-12 * i0, "EV %g",
            value(w, ENT_REGION_equivalent_variation, n));
        LAW(w, fabs(value(w, ENT_REGION_real_wage, n) * p - value(w, ENT_REGION_wage, n)) <= 1e-12, "real wage");
        LAW(w,
            fabs(value(w, ENT_REGION_trade_balance, n) - value(w, ENT_REGION_exports, n) +
                 value(w, ENT_REGION_imports, n)) <= 1e-12 * i0,
            "trade balance");
        /* what is spent is what is earned, taxed and given */
        const double earned = value(w, ENT_REGION_gdp, n) + value(w, ENT_REGION_tariff_revenue, n) +
                              value(w, ENT_REGION_export_tax_revenue, n) + w->eq.levies_usd[n] + w->eq.transfer_usd[n];
        LAW(w, fabs(earned - i1) <= 1e-9 * i0, "income %.12g, sources %.12g", i1, earned);
        balance[0] += before(w, ENT_REGION_trade_balance, n);
        balance[1] += value(w, ENT_REGION_trade_balance, n);
        sources += earned - w->eq.transfer_usd[n];
        income += i1;
        real += i0 * r;
    }
    LAW(w, fabs(balance[0]) <= 1e-9 * income && fabs(balance[1]) <= 1e-9 * income, "world trade is off by %g, %g",
        balance[0], balance[1]);
    LAW(w, fabs(sources / income - 1.0) <= 1e-9, "the world spends %.12g and earns %.12g", income, sources);
    LAW(w, w->out.world_real_income > 0.0, "world real income is %g", w->out.world_real_income);
    double weight = 0.0;
    for (ptrdiff_t n = 0; n < w->out.regions; n++) weight += before(w, ENT_REGION_income, n);
    LAW(w, fabs(w->out.world_real_income - real / weight) <= 1e-12, "world real income is %g",
        w->out.world_real_income);
}

/* Sectors add up to regions, flows to sectors. */
static void hold_sums(const random_world *w)
{
    const ptrdiff_t R = w->out.regions, J = w->out.sectors, cells = R * J;
    for (int after = 0; after < 2; after++) {
        const double *of = after ? w->out.sector_value : w->out.sector_benchmark;
        const double *flow = after ? w->out.flow_value : w->out.flow_benchmark;
        const double *region = after ? w->out.region_value : w->out.region_benchmark;
        for (ptrdiff_t n = 0; n < R; n++) {
            double exports = 0.0, imports = 0.0, added = 0.0, flows = 0.0;
            for (ptrdiff_t j = 0; j < J; j++) {
                exports += of[ENT_SECTOR_exports * cells + n * J + j];
                imports += of[ENT_SECTOR_imports * cells + n * J + j];
                added += of[ENT_SECTOR_value_added * cells + n * J + j];
            }
            double entry = 0.0;
            for (ptrdiff_t f = 0; f < w->out.flows; f++) {
                if (w->out.flow_importer[f] != n) continue;
                entry += w->net.entry_share[n] * flow[ENT_FLOW_value * w->out.flows + f];
                if (w->out.flow_exporter[f] != n) flows += flow[ENT_FLOW_value * w->out.flows + f];
            }
            const double size = 1e-9 * region[ENT_REGION_income * R + n];
            LAW(w, fabs(exports - region[ENT_REGION_exports * R + n]) <= size, "exports of sectors");
            LAW(w, fabs(imports - region[ENT_REGION_imports * R + n]) <= size, "imports of sectors");
            LAW(w, fabs(imports - flows) <= size, "imports of flows");
            LAW(w, fabs(added + entry - region[ENT_REGION_gdp * R + n]) <= size,
                "value added %.12g and market entry %.12g are not GDP %.12g", added, entry,
                region[ENT_REGION_gdp * R + n]);
        }
    }
}

static void hold_sectors(const random_world *w)
{
    const ptrdiff_t cells = w->out.regions * w->out.sectors;
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        const double output0 = w->out.sector_benchmark[ENT_SECTOR_output * cells + cell];
        const double output = w->out.sector_value[ENT_SECTOR_output * cells + cell];
        const double real = w->out.sector_value[ENT_SECTOR_real_output * cells + cell];
        const double price = w->out.sector_value[ENT_SECTOR_cost * cells + cell];
        const double home = w->out.sector_value[ENT_SECTOR_home_share * cells + cell];
        const double herfindahl = w->out.sector_value[ENT_SECTOR_supplier_concentration * cells + cell];
        if (output0 > 0.0)
            LAW(w, fabs(real * price - output / output0) <= 1e-10, "output %g is not volume %g times price %g",
                output / output0, real, price);
        else
            LAW(w, output == 0.0 && isnan(price) && isnan(real), "a sector that makes nothing has a price");
        LAW(w, isnan(home) || (home >= 0.0 && home <= 1.0 + 1e-12), "a home share is %g", home);
        LAW(w, isnan(herfindahl) || (herfindahl > 0.0 && herfindahl <= 1.0 + 1e-12), "a Herfindahl is %g", herfindahl);
    }
}

TEST(measures_add_up_in_any_world, "E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(300); seed++) {
        random_world w;
        MUST_IN(&w, solve_any(&w, seed));
        hold_regions(&w);
        hold_sums(&w);
        hold_sectors(&w);
        random_close(&w);
    }
}

/* ---- against ---- */

TEST(against_itself_nothing_has_changed, "E13")
{
    random_world w;
    ent_outcome same;
    MUST(solve_any(&w, 3), w.err);
    MUST(ent_outcome_against(&w.out, &w.out, &w.arena, &same, &w.err), w.err);
    for (ptrdiff_t v = 0; v < ENT_REGION_VARIABLES; v++)
        for (ptrdiff_t n = 0; n < same.regions; n++) {
            const ptrdiff_t at = v * same.regions + n;
            const double was = same.region_benchmark[at], is = same.region_value[at];
            CHECK((isnan(was) && isnan(is)) || was == is);
            if (ent_region_variables[v].kind == ENT_INDEX && !isnan(is)) CHECK(is == 1.0);
            if (ent_region_variables[v].kind == ENT_CHANGE && !isnan(is)) CHECK(is == 0.0);
        }
    CHECK(same.world_real_income == 1.0);
    random_close(&w);
}

/* Two policies compared by `against`, and by making the first the benchmark of the second: the same ratios. */
TEST(against_another_is_as_if_that_were_the_benchmark, "E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_outcome first, compared, rebased_out;
        ent_network rebased;
        ent_equilibrium eq;
        ent_options options = ent_options_default();
        options.tolerance = 1e-12;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        w.blueprint.closure = ENT_CLOSURE_FIXED;
        w.blueprint.labour_supply = 0.0; /* the weight of leisure in welfare is the benchmark's, so it differs */
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (is_foreign(&w, lane)) w.policy.duty[lane] += 0.1;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, random_measure(&w));
        first = w.out;
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &rebased, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (is_foreign(&w, lane) && ent_lane_exporter(&w.net, lane) == 0) w.policy.duty[lane] += 0.2;
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, random_measure(&w));
        MUST_IN(&w, ent_outcome_against(&w.out, &first, &w.arena, &compared, &w.err));
        MUST_IN(&w, ent_equilibrium_solve(&rebased, &w.policy, &options, NULL, &w.arena, &eq, &w.err));
        MUST_IN(&w, ent_outcome_measure(&rebased, &w.policy, &eq, &w.arena, &rebased_out, &w.err));
        static const ent_region_variable same[] = {ENT_REGION_real_income, ENT_REGION_real_wage,
                                                   ENT_REGION_equivalent_variation, ENT_REGION_welfare};
        for (size_t v = 0; v < sizeof same / sizeof *same; v++)
            for (ptrdiff_t n = 0; n < compared.regions; n++) {
                const double a = ent_outcome_region(&compared, same[v], n),
                             b = ent_outcome_region(&rebased_out, same[v], n);
                const double size =
                    ent_region_variables[same[v]].kind == ENT_INDEX ? 1.0 : before(&w, ENT_REGION_income, n) * 1.0;
                LAW(&w, fabs(a - b) <= 1e-9 * size,
                    "%s of region %td is %.12g by comparison, %.12g over the new benchmark",
                    ent_region_variables[same[v]].name, n, a, b);
            }
        LAW(&w, fabs(compared.world_real_income - rebased_out.world_real_income) <= 1e-9, "world real income");
        random_close(&w);
    }
}

TEST(outcomes_of_other_shapes_are_not_compared, "E13")
{
    random_world w, v;
    ent_outcome none;
    MUST(solve_any(&w, 3), w.err);
    MUST(solve_any(&v, 4), v.err);
    CHECK(w.out.regions != v.out.regions || w.out.sectors != v.out.sectors || w.out.flows != v.out.flows);
    CHECK(ent_outcome_against(&w.out, &v.out, &w.arena, &none, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "two outcomes are compared only on one world; these have other shapes");
    random_close(&w);
    random_close(&v);
}

TEST(every_variable_has_a_name_a_unit_and_a_label, "E13")
{
    for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
        CHECK(*ent_region_variables[v].name != 0 && *ent_region_variables[v].unit != 0);
        for (int u = 0; u < v; u++) CHECK(strcmp(ent_region_variables[u].name, ent_region_variables[v].name) != 0);
        if (ent_region_variables[v].kind == ENT_INDEX) CHECK_TEXT(ent_region_variables[v].unit, "ratio");
    }
    for (int v = 0; v < ENT_SECTOR_VARIABLES; v++)
        for (int u = 0; u < v; u++) CHECK(strcmp(ent_sector_variables[u].name, ent_sector_variables[v].name) != 0);
    CHECK_TEXT(ent_region_variables[ENT_REGION_real_income].label, "Real income");
    CHECK_TEXT(ent_flow_variables[ENT_FLOW_duty].unit, "rate");
}
