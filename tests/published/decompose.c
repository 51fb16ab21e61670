/* decompose.c: exact parts (E14) of published experiments: NAFTA and variants on the world of [CP], Liberation Day with
 * every option of E17. The linear formula of [CP] stands beside: the published 1.3121 = −0.4118 + 1.7239 for Mexico,
 * where the same model's real income changes by +0.0073 %. */
// SPDX-License-Identifier: MIT
#include "published/liberation2025.h"

typedef struct {
    const char *base, *actions;
} experiment;

#define NAFTA                                                                                                          \
    "[{duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], file: %s/tariffs.csv, column: tariff_2005_pct}}]"
static const experiment experiments[] = {
    {"base_nodeficit", NAFTA},
    {"base_nodeficit", "[{trade_cost: {exporter: all, importer: all, sector: traded, change: -10%}}]"},
    {"base_nodeficit", "[{productivity: {region: MEX, sector: all, change: 5%}}]"},
    {"base_deficit", "[{duty: {importer: USA, exporter: {not: USA}, sector: traded, add: 10%}}]"},
    {"base_deficit", "[{subsidy: {region: USA, sector: traded, rate: 5%}}, {export_tax: {exporter: CHN, importer: USA, "
                     "sector: traded, set: 10%}}]"},
    {"base_nomaterials", NAFTA},
    {"base_onesector", "[{duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], sector: all, set: 0%}}]"},
};
enum {
    EXPERIMENTS = sizeof experiments / sizeof *experiments
};

static ent_status run(corridor *c, ent_arena *arena, const char *data, const experiment *x, ent_decomposition *d)
{
    const ent_options tight = corridor_tolerance(1e-12);
    ent_table table;
    ent_text yaml = {.arena = arena};
    const char *path = ent_string_format(arena, "%s/%s", data, x->base), *mark = strstr(x->actions, "%s");
    *c = (corridor){0};
    ent_text_say(&yaml, "name: test\nactions: ");
    if (mark != NULL) {
        ent_text_add(&yaml, x->actions, (size_t)(mark - x->actions));
        ent_text_say(&yaml, "%s%s", data, mark + 2);
    } else
        ent_text_say(&yaml, "%s", x->actions);
    ent_text_say(&yaml, "\n");
    if (path == NULL || yaml.failed) return ENT_NO_MEMORY;
    ENT_TRY(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, path, arena, &table, &c->err));
    ENT_TRY(corridor_run(c, &table, yaml.data, data, &tight));
    return ent_outcome_decompose(&c->net, &c->policy, &c->eq, &tight, &c->arena, d, &c->err);
}

static double part_of(const ent_decomposition *d, ent_part part, ptrdiff_t n)
{
    return 100.0 * d->part[part * d->regions + n];
}

TEST(parts_of_published_experiments_sum_to_real_income, "E14")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    for (int x = 0; x < EXPERIMENTS; x++) {
        ENT_SCRATCH arena = {0};
        corridor c;
        ent_decomposition d;
        MUST(run(&c, &arena, data, &experiments[x], &d), c.err);
        for (ptrdiff_t n = 0; n < d.regions; n++) {
            const double exact = log(ent_outcome_region(&c.out, ENT_REGION_real_income, n));
            if (!(fabs(d.sum[n] - exact) <= 1e-8))
                test_fail(__FILE__, __LINE__, "%s %s: parts of %s sum to %.12g, not %.12g", experiments[x].base,
                          experiments[x].actions, c.table.regions.code[n], d.sum[n], exact);
        }
        corridor_close(&c);
    }
}

/* The published numbers of the linear formula have four digits behind the point; the exact real income comes from
 * data/cp2015/expected/noS_nafta_country.csv. */
TEST(nafta_of_mexico_is_small_by_the_exact_parts_and_large_by_the_linear_formula, "E14")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH arena = {0};
    corridor c;
    expected e;
    ent_decomposition d;
    MUST(run(&c, &arena, data, &experiments[0], &d), c.err);
    MUST(expected_read(ent_string_format(&arena, "%s/expected/noS_nafta_country.csv", data), &arena, &e, &c.err),
         c.err);
    const ptrdiff_t mexico = ent_names_find(&c.table.regions, "MEX");
    for (ptrdiff_t row = 0; row < e.rows; row++) {
        const ptrdiff_t n = ent_names_find(&c.table.regions, expected_text(&e, row, "country"));
        CHECK(n >= 0);
        if (n >= 0) CHECK_NEAR(d.sum[n], log(expected_number(&e, row, "real_income_hat")), 1e-8);
    }
    CHECK_NEAR(100.0 * expm1(d.sum[mexico]), 0.0073, 0.00005);
    CHECK_NEAR(ent_outcome_region(&c.out, ENT_REGION_terms_of_trade_linear, mexico), -0.4118, 0.00005);
    CHECK_NEAR(ent_outcome_region(&c.out, ENT_REGION_volume_of_trade_linear, mexico), 1.7239, 0.00005);
    CHECK_NEAR(ent_outcome_region(&c.out, ENT_REGION_welfare_linear, mexico), 1.3121, 0.00005);
    /* the whole of it is a trade-off: cheaper exports against more of what was taxed */
    CHECK(part_of(&d, ENT_PART_TERMS_OF_TRADE, mexico) < -0.5 && part_of(&d, ENT_PART_DUTY_WEDGES, mexico) > 0.5);
    corridor_close(&c);
}

/* The linear formula in N steps, each from the equilibrium before it: the error of its terms and volume falls as 1/N,
 * and what it goes to (Richardson) are the exact parts. A second way to them, which knows nothing of this one. */
TEST(the_linear_formula_in_many_steps_goes_to_the_exact_parts, "E14")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH arena = {0};
    corridor c;
    ent_decomposition d;
    MUST(run(&c, &arena, data, &experiments[0], &d), c.err);
    const ent_options tight = corridor_tolerance(1e-12);
    const ptrdiff_t mexico = ent_names_find(&c.table.regions, "MEX");
    double terms[3] = {0}, volume[3] = {0};
    for (int round = 0; round < 3; round++) {
        const int steps = 8 << round;
        ent_network net = c.net;
        for (int step = 1; step <= steps; step++) {
            ent_policy part;
            ent_equilibrium eq;
            ent_outcome out;
            ent_network next;
            MUST(ent_policy_none(&net, &arena, &part, &c.err), c.err);
            for (ptrdiff_t lane = 0; lane < net.borders; lane++) {
                const double from = log1p(c.net.duty[lane]), to = log1p(c.policy.duty[lane]);
                part.duty[lane] = expm1(from + (to - from) * step / steps);
            }
            MUST(ent_equilibrium_solve(&net, &part, &tight, NULL, &arena, &eq, &c.err), c.err);
            MUST(ent_outcome_measure(&net, &part, &eq, &arena, &out, &c.err), c.err);
            terms[round] += ent_outcome_region(&out, ENT_REGION_terms_of_trade_linear, mexico);
            volume[round] += ent_outcome_region(&out, ENT_REGION_volume_of_trade_linear, mexico);
            MUST(ent_network_rebase(&net, &part, &eq, &arena, &next, &c.err), c.err);
            net = next;
        }
    }
    /* two Richardson steps leave the third order: 1e-5 of a percent point here */
    const double t = (8.0 * terms[2] - 6.0 * terms[1] + terms[0]) / 3.0;
    const double v = (8.0 * volume[2] - 6.0 * volume[1] + volume[0]) / 3.0;
    CHECK_NEAR(t, part_of(&d, ENT_PART_TERMS_OF_TRADE, mexico), 3e-5);
    CHECK_NEAR(v, part_of(&d, ENT_PART_DUTY_WEDGES, mexico), 3e-5);
    CHECK(fabs(terms[1] - t) < 0.6 * fabs(terms[0] - t) && fabs(volume[1] - v) < 0.6 * fabs(volume[0] - v));
    corridor_close(&c);
}

/* Liberation Day in a one-sector world with elastic labour, scale, selection and market entry. What is decomposed is
 * real income, hours worked included; the welfare of the expected files counts leisure too and is another number. */
TEST(parts_of_liberation_day_sum_to_real_income_under_every_option_of_melitz, "E14 E17")
{
    static const char *const files[] = {"ustr", "lumpsum", "ek", "armington_ustr"};
    const char *data = test_data("liberation2025");
    if (data == NULL) return;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        ENT_SCRATCH arena = {0};
        corridor c;
        ent_decomposition d;
        MUST(liberation_run(data, files[f], &arena, &c), c.err);
        MUST(ent_outcome_decompose(&c.net, &c.policy, &c.eq, NULL, &c.arena, &d, &c.err), c.err);
        const ptrdiff_t usa = ent_names_find(&c.table.regions, "USA");
        for (ptrdiff_t n = 0; n < d.regions; n++) {
            const double exact = log(ent_outcome_region(&c.out, ENT_REGION_real_income, n));
            if (!(fabs(d.sum[n] - exact) <= 1e-8))
                test_fail(__FILE__, __LINE__, "%s: parts of %s sum to %.12g, not %.12g", files[f],
                          c.table.regions.code[n], d.sum[n], exact);
        }
        CHECK(part_of(&d, ENT_PART_TERMS_OF_TRADE, usa) > 0.0 && part_of(&d, ENT_PART_DUTY_WEDGES, usa) < 0.0);
        /* only its own options have parts */
        CHECK((f < 3) == (fabs(part_of(&d, ENT_PART_SCALE, usa)) > 1e-3));
        CHECK((f < 3) == (fabs(part_of(&d, ENT_PART_FACTOR_SUPPLY, usa)) > 1e-3));
        corridor_close(&c);
    }
}

/* With exponents as published, a producer's levy is rounding and labour's (N2); a subsidy is none of that. The
 * household pays it, as it does where the exponents are made to sum to one (σ_y = 1.000001), and as a benchmark it
 * stays. */
TEST(a_subsidy_is_the_households_with_published_exponents_too, "E8 N2")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    double income[2][31];
    const ent_options tight = corridor_tolerance(1e-12);
    for (int round = 0; round < 2; round++) {
        ENT_SCRATCH arena = {0};
        corridor c;
        ent_table table;
        ent_network rebased;
        ent_policy none;
        const char *path = ent_string_format(&arena, "%s/base_nodeficit", data);
        const char *yaml = ent_string_format(&arena,
                                             "name: s\nblueprint: {output_elasticity: %s}\n"
                                             "actions: [{subsidy: {region: USA, sector: traded, rate: 5%%}}]\n",
                                             round == 0 ? "1" : "1.000001");
        c = (corridor){0};
        MUST(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, path, &arena, &table, &c.err), c.err);
        MUST(corridor_run(&c, &table, yaml, data, &tight), c.err);
        for (ptrdiff_t n = 0; n < 31; n++) income[round][n] = ent_outcome_region(&c.out, ENT_REGION_real_income, n);
        MUST(ent_network_rebase(&c.net, &c.policy, &c.eq, &c.arena, &rebased, &c.err), c.err);
        MUST(ent_network_check(&rebased, &c.err), c.err);
        MUST(ent_policy_none(&rebased, &c.arena, &none, &c.err), c.err);
        MUST(ent_equilibrium_solve(&rebased, &none, &tight, NULL, &c.arena, &c.eq, &c.err), c.err);
        for (ptrdiff_t n = 0; n < 31; n++) {
            CHECK_NEAR(c.eq.income_usd[n] / rebased.sales_usd[rebased.household[n]], 1.0, 1e-10);
            CHECK_NEAR(c.eq.income_usd[n] / c.eq.benchmark_income_usd[n], 1.0, 1e-5); /* but for the rounding */
        }
        corridor_close(&c);
    }
    for (ptrdiff_t n = 0; n < 31; n++) CHECK_NEAR(income[0][n], income[1][n], 1e-8);
}
