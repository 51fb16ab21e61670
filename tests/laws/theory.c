/* theory.c: what theorems say about special worlds: Hulten, Arkolakis–Costinot–Rodríguez-Clare, Lerner, the optimal
 * duty of a small economy, uniform taxes, and the limits of elasticities and mobility. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* ---- small steps ---- */

static ent_status lay_plain(random_world *w, uint64_t seed, const world_kind *kind)
{
    ENT_TRY(random_table(w, seed, kind));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    return ENT_OK;
}

static ent_status solve(random_world *w)
{
    ENT_TRY(random_solve(w, 1e-12));
    return random_measure(w);
}

/* Leave only final use: no materials, value added is output. */
static void strip_materials(ent_table *t)
{
    const ptrdiff_t cells = t->regions.count * t->sectors.count, RU = t->regions.count * t->uses.count;
    memset(t->z, 0, (size_t)(cells * cells) * sizeof *t->z);
    for (ptrdiff_t ij = 0; ij < cells; ij++) {
        t->x[ij] = 0.0;
        for (ptrdiff_t c = 0; c < RU; c++) t->x[ij] += t->f[ij * RU + c];
        for (ptrdiff_t g = 0; g < t->factors.count; g++) t->va[ij * t->factors.count + g] = g == 0 ? t->x[ij] : 0.0;
    }
}

/* Σ_n I_n log Ŵ_n / Σ_n I_n: what Hulten's theorem is about. */
static double world_welfare(const random_world *w)
{
    double sum = 0.0, income = 0.0;
    for (ptrdiff_t n = 0; n < w->net.regions; n++) {
        const double i = w->eq.benchmark_income_usd[n];
        sum += i * log(ent_outcome_region(&w->out, ENT_REGION_real_income, n));
        income += i;
    }
    return sum / income;
}

/* ---- Hulten ---- */

/* Without wedges, a small gain in productivity of a producer is worth its sales over world income, whatever the
 * elasticities, nests, mobility and deficits. By central differences: h = 1e-3 leaves h² times a third derivative of
 * order ten times the share. */
TEST(a_small_gain_of_productivity_is_worth_the_sales_of_who_gains, "Hulten")
{
    const double h = 1e-3;
    world_kind kind = any_world;
    kind.most_duty = 0.0;
    kind.taxes = 0;
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        MUST_IN(&w, random_table(&w, seed, &kind));
        MUST_IN(&w, random_blueprint(&w));
        w.blueprint.market = ENT_MARKET_PERFECT;
        w.blueprint.labour_supply = 0.0;
        for (ptrdiff_t n = 0; n < w.table.regions.count; n++) w.blueprint.entry_share[n] = 0.0;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        const ptrdiff_t first = w.net.level_first[5], count = w.net.level_first[6] - first;
        const ptrdiff_t k = first + dice_pick(&w.dice, count);
        double income = 0.0, worth[2];
        ent_status status = ENT_OK;
        for (int side = 0; side < 2 && status == ENT_OK; side++) {
            w.policy.log_productivity[k] = side == 0 ? h : -h;
            status = solve(&w);
            if (status == ENT_OK) worth[side] = world_welfare(&w);
        }
        MUST_IN(&w, status);
        for (ptrdiff_t n = 0; n < w.net.regions; n++) income += w.eq.benchmark_income_usd[n];
        const double share = w.net.sales_usd[k] / income, gain = (worth[0] - worth[1]) / (2.0 * h);
        LAW(&w, fabs(gain / share - 1.0) <= 1e-3, "a gain is worth %.9g, not the share of sales %.9g", gain, share);
        random_close(&w);
    }
}

/* ---- Arkolakis, Costinot and Rodríguez-Clare ---- */

/* One sector, trade costs alone change: real wages follow the share bought at home, ŵ/P̂ = λ̂^(−1/(θ β)), with β the
 * share of value added in costs (1 without materials); with balanced trade real income does too. */
static void hold_acr(int materials)
{
    world_kind kind = simple_world;
    kind.most_sectors = 1;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        MUST_IN(&w, lay_plain(&w, seed, &kind));
        if (!materials) strip_materials(&w.table);
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (ent_lane_exporter(&w.net, lane) != w.net.lane_region[lane])
                w.policy.log_trade_cost[lane] = dice_between(&w.dice, -0.3, 0.6);
        MUST_IN(&w, solve(&w));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            const double beta = materials ? w.table.va[n] / w.table.x[n] : 1.0;
            const double home = w.out.sector_value[ENT_SECTOR_home_share * w.net.regions + n] /
                                w.out.sector_benchmark[ENT_SECTOR_home_share * w.net.regions + n];
            const double gain = pow(home, -1.0 / (w.table.trade_elasticity[0] * beta));
            const double real_wage = ent_outcome_region(&w.out, ENT_REGION_real_wage, n);
            const double real_income = ent_outcome_region(&w.out, ENT_REGION_real_income, n);
            LAW(&w, fabs(real_wage / gain - 1.0) <= 1e-9, "a real wage is %.15g, not %.15g", real_wage, gain);
            if (materials) /* the balance is struck with materials in it */
                LAW(&w, fabs(real_income / gain - 1.0) <= 1e-9, "real income is %.15g, not %.15g", real_income, gain);
        }
        random_close(&w);
    }
}

TEST(real_wages_follow_the_home_share, "ACR")
{
    hold_acr(0);
}

TEST(with_materials_the_home_share_counts_once_a_round, "ACR")
{
    hold_acr(1);
}

/* ---- Lerner ---- */

/* Under balanced trade a duty of t on all imports of a country is a tax of t on all its exports. */
TEST(a_uniform_import_duty_is_a_uniform_export_tax, "Lerner")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        double income[2][8], volume[2][8];
        ent_status status = ENT_OK;
        MUST_IN(&w, random_table(&w, seed, &simple_world));
        MUST_IN(&w, random_blueprint(&w));
        w.blueprint.market = ENT_MARKET_PERFECT;
        for (ptrdiff_t n = 0; n < w.table.regions.count; n++) w.blueprint.entry_share[n] = 0.0;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        const ptrdiff_t who = dice_pick(&w.dice, w.net.regions);
        const double t = dice_between(&w.dice, 0.05, 0.5);
        for (int side = 0; side < 2 && status == ENT_OK; side++) {
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
                const ptrdiff_t n = w.net.lane_region[lane], i = ent_lane_exporter(&w.net, lane);
                w.policy.duty[lane] = side == 0 && n == who && i != who ? t : 0.0;
                w.policy.export_tax[lane] = side == 1 && i == who && n != who ? t : 0.0;
            }
            status = solve(&w);
            for (ptrdiff_t n = 0; n < w.net.regions && status == ENT_OK; n++) {
                income[side][n] = ent_outcome_region(&w.out, ENT_REGION_real_income, n);
                volume[side][n] = ent_outcome_region(&w.out, ENT_REGION_real_imports, n);
            }
        }
        MUST_IN(&w, status);
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            LAW(&w, fabs(income[0][n] / income[1][n] - 1.0) <= 1e-9,
                "real income is %.15g with the duty, %.15g with the tax", income[0][n], income[1][n]);
            LAW(&w, fabs(volume[0][n] / volume[1][n] - 1.0) <= 1e-9,
                "imports are %.15g with the duty, %.15g with the tax", volume[0][n], volume[1][n]);
        }
        random_close(&w);
    }
}

/* ---- a uniform tax ---- */

/* A duty of t on everything, home sales included, given back to who paid it: without materials (which it would tax
 * again and again) and with balanced budgets it moves nothing real. Scenarios can't say it, since what is sold at home
 * is never touched; the policy can. */
TEST(one_duty_on_everything_given_back_moves_nothing, "6")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        MUST_IN(&w, lay_plain(&w, seed, &simple_world));
        strip_materials(&w.table);
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) w.policy.transfer_usd[n] = -w.net.transfer_usd[n];
        MUST_IN(&w, solve(&w));
        double before[8];
        for (ptrdiff_t n = 0; n < w.net.regions; n++) before[n] = ent_outcome_region(&w.out, ENT_REGION_real_income, n);
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) w.policy.duty[lane] = 0.25;
        MUST_IN(&w, solve(&w));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            const double after = ent_outcome_region(&w.out, ENT_REGION_real_income, n);
            LAW(&w, fabs(after / before[n] - 1.0) <= 1e-10, "real income goes from %.15g to %.15g", before[n], after);
        }
        random_close(&w);
    }
}

/* ---- the optimal duty of a small economy ---- */

/* Two regions, the first a share `size` of the second, trade balanced, half of what the small one buys is foreign. */
static ent_status small_economy(random_world *w, double size, double theta)
{
    static const world_kind two = {2, 2, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 1};
    ENT_TRY(lay_plain(w, 1, &two));
    ent_table *t = &w->table;
    strip_materials(t);
    t->f[0] = t->f[1] = t->f[2] = size;
    t->f[3] = 1.0;
    t->x[0] = t->va[0] = 2.0 * size;
    t->x[1] = t->va[1] = 1.0 + size;
    ENT_TRY(ent_table_check(t, &w->err));
    w->blueprint.trade_elasticity[0] = theta;
    ENT_TRY(random_lay(w));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

static ent_status income_at(random_world *w, double duty, double *income)
{
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        w->policy.duty[lane] = w->net.lane_region[lane] == 0 && ent_lane_exporter(&w->net, lane) == 1 ? duty : 0.0;
    ENT_TRY(random_solve(w, 1e-13));
    ENT_TRY(random_measure(w));
    *income = log(ent_outcome_region(&w->out, ENT_REGION_real_income, 0));
    return ENT_OK;
}

/* Where income as a function of the duty is flat, by secants on its central differences. */
static ent_status best_duty(random_world *w, double *duty)
{
    double low = 1e-3, high = 3.0;
    for (int step = 0; step < 40; step++) {
        const double middle = 0.5 * (low + high), h = 1e-3;
        double above, below;
        ENT_TRY(income_at(w, middle + h, &above));
        ENT_TRY(income_at(w, middle - h, &below));
        *(above > below ? &low : &high) = middle;
    }
    *duty = 0.5 * (low + high);
    return ENT_OK;
}

TEST(the_optimal_duty_of_a_small_economy_is_one_over_theta, "6")
{
    static const double thetas[] = {1.5, 4.0, 8.0};
    for (int k = 0; k < 3; k++) {
        double duty[3];
        static const double sizes[] = {1e-1, 1e-3, 1e-5};
        for (int s = 0; s < 3; s++) {
            random_world w;
            MUST(small_economy(&w, sizes[s], thetas[k]), w.err);
            MUST(best_duty(&w, &duty[s]), w.err);
            random_close(&w);
        }
        /* the differences leave h² times a curvature of order one: 1e-5 */
        CHECK_NEAR(duty[2], 1.0 / thetas[k], 2e-4);
        CHECK(duty[0] > duty[1] && duty[1] > duty[2]); /* who is larger gains from more */
    }
}

/* ---- limits ---- */

/* Answers as σ passes 1: the mean of both sides is the answer at 1 to the second order, and the sides differ by the
 * first. */
TEST(elasticities_pass_one_without_a_step, "E3")
{
    const double h = 1e-5;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        double income[3] = {0};
        ent_status status = ENT_OK;
        for (int side = 0; side < 3 && status == ENT_OK; side++) {
            const double sigma = 1.0 + (side - 1) * h;
            status = lay_plain(&w, seed, &plain_world);
            if (status != ENT_OK) break;
            for (ptrdiff_t j = 0; j < w.table.sectors.count; j++)
                w.blueprint.output_elasticity[j] = w.blueprint.material_elasticity[j] = sigma;
            w.blueprint.consumption_elasticity = sigma;
            status = random_lay(&w);
            if (status == ENT_OK) status = random_policy(&w, 1.0);
            if (status == ENT_OK) status = solve(&w);
            if (status == ENT_OK) income[side] = log(ent_outcome_region(&w.out, ENT_REGION_real_income, 0));
            if (side < 2 && status == ENT_OK) random_close(&w);
        }
        MUST_IN(&w, status);
        const double bend = income[0] - 2.0 * income[1] + income[2];
        LAW(&w, fabs(bend) <= 1e-8, "income bends by %g at one", bend);
        LAW(&w, fabs(income[2] - income[0]) <= 10.0 * h, "income steps from %.15g to %.15g", income[0], income[2]);
        random_close(&w);
    }
}

/* Nests whose elasticity is that of their parent are one nest: the network is smaller and the answer the same as with
 * an elasticity beside it. */
TEST(a_nest_like_its_parent_is_its_parent, "E3")
{
    const double h = 1e-7;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        double income[2] = {0};
        ptrdiff_t nodes[2] = {0};
        ent_status status = ENT_OK;
        for (int side = 0; side < 2 && status == ENT_OK; side++) {
            status = random_table(&w, seed, &any_world);
            if (status == ENT_OK) status = ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err);
            for (ptrdiff_t j = 0; j < w.table.sectors.count && status == ENT_OK; j++) {
                w.blueprint.output_elasticity[j] = w.blueprint.factor_elasticity[j] = 0.7;
                w.blueprint.material_elasticity[j] = 0.7 + side * h;
                w.blueprint.factor_elasticity[j] = 0.7 + side * h;
            }
            if (status == ENT_OK) status = random_lay(&w);
            if (status == ENT_OK) status = random_policy(&w, 1.0);
            if (status == ENT_OK) status = solve(&w);
            if (status == ENT_OK) income[side] = log(ent_outcome_region(&w.out, ENT_REGION_real_income, 0));
            nodes[side] = w.net.nodes;
            if (side == 0 && status == ENT_OK) random_close(&w);
        }
        MUST_IN(&w, status);
        LAW(&w, nodes[1] > nodes[0], "%td nodes, and %td where nests are their parents", nodes[1], nodes[0]);
        LAW(&w, fabs(income[1] - income[0]) <= 10.0 * h, "income is %.15g, and %.15g beside", income[0], income[1]);
        random_close(&w);
    }
}

/* What differs in one thing gives nearly the same answer: a factor that is very mobile and one that is quite; one
 * sector where mobility can't matter; a supply of labour that hardly responds; sourcing by use where all uses are
 * alike. */
typedef void vary(random_world *w, int side);

static void hold_alike(const world_kind *kind, vary *change, double within, const char *what)
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        double income[2][8] = {{0}};
        ent_status status = ENT_OK;
        for (int side = 0; side < 2 && status == ENT_OK; side++) {
            status = lay_plain(&w, seed, kind);
            if (status != ENT_OK) break;
            change(&w, side);
            status = random_lay(&w);
            if (status == ENT_OK) status = random_policy(&w, 1.0);
            if (status == ENT_OK) status = solve(&w);
            for (ptrdiff_t n = 0; n < w.net.regions && status == ENT_OK; n++)
                income[side][n] = ent_outcome_region(&w.out, ENT_REGION_real_income, n);
            if (side == 0 && status == ENT_OK) random_close(&w);
        }
        MUST_IN(&w, status);
        for (ptrdiff_t n = 0; n < w.net.regions; n++)
            LAW(&w, fabs(income[1][n] / income[0][n] - 1.0) <= within, "%s: real income is %.15g, and %.15g", what,
                income[0][n], income[1][n]);
        random_close(&w);
    }
}

static void very_mobile(random_world *w, int side)
{
    if (side == 1) w->blueprint.mobility[0] = 1e9;
}

static void specific_or_mobile(random_world *w, int side)
{
    if (side == 1) w->blueprint.mobility[0] = 1.0;
}

static void hardly_elastic(random_world *w, int side)
{
    if (side == 1) w->blueprint.labour_supply = 1e-9;
}

static void krugman_without_scale(random_world *w, int side)
{
    if (side == 0) return;
    w->blueprint.market = ENT_MARKET_KRUGMAN;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) w->blueprint.scale[j] = 0.0;
}

static void melitz_without_entry(random_world *w, int side)
{
    w->blueprint.market = side == 0 ? ENT_MARKET_KRUGMAN : ENT_MARKET_MELITZ;
    w->blueprint.pareto_shape = 4.0;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) w->blueprint.scale[j] = 0.01;
}

/* Home against imports with the elasticity among imports is no level at all. */
static void two_tiers_of_one_kind(random_world *w, int side)
{
    if (side == 0) return;
    w->blueprint.sourcing = ENT_SOURCING_TWO_TIER;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++)
        w->blueprint.home_elasticity[j] = 1.0 + w->blueprint.trade_elasticity[j];
}

/* Every user of a product buys it from the same origins in the same proportions. */
static void make_users_alike(ent_table *t)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, cells = R * J, U = t->uses.count;
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t j = 0; j < J; j++) {
            double all = 0.0, from[8] = {0}, by_user[16] = {0};
            for (ptrdiff_t i = 0; i < R; i++)
                for (ptrdiff_t c = 0; c < J + U; c++) {
                    const ptrdiff_t row = i * J + j;
                    const double v = c < J ? t->z[row * cells + n * J + c] : t->f[(row * R + n) * U + c - J];
                    from[i] += v, by_user[c] += v, all += v;
                }
            for (ptrdiff_t i = 0; i < R; i++)
                for (ptrdiff_t c = 0; c < J + U; c++) {
                    const ptrdiff_t row = i * J + j;
                    *(c < J ? &t->z[row * cells + n * J + c] : &t->f[(row * R + n) * U + c - J]) =
                        from[i] * by_user[c] / all;
                }
        }
}

static void each_its_own_though_alike(random_world *w, int side)
{
    make_users_alike(&w->table);
    if (side == 1) w->blueprint.sourcing = ENT_SOURCING_BY_USE;
}

TEST(a_factor_that_is_very_mobile_is_mobile, "E9")
{
    hold_alike(&plain_world, very_mobile, 1e-7, "mobility 1e9");
}

TEST(in_one_sector_mobility_does_not_matter, "E9")
{
    world_kind one_sector = plain_world;
    one_sector.most_sectors = 1;
    hold_alike(&one_sector, specific_or_mobile, 1e-10, "mobility 1");
}

TEST(labour_that_hardly_responds_is_fixed, "E9")
{
    hold_alike(&plain_world, hardly_elastic, 1e-8, "labour supply 1e-9");
}

TEST(without_scale_economies_krugman_is_armington, "E4")
{
    hold_alike(&plain_world, krugman_without_scale, 1e-12, "scale 0");
}

TEST(without_market_entry_melitz_is_krugman, "E17")
{
    hold_alike(&plain_world, melitz_without_entry, 1e-12, "entry share 0");
}

TEST(two_tiers_of_one_elasticity_are_one, "E3")
{
    hold_alike(&plain_world, two_tiers_of_one_kind, 1e-9, "two tiers");
}

TEST(sourcing_by_use_of_users_who_are_alike_is_common_sourcing, "E3")
{
    hold_alike(&plain_world, each_its_own_though_alike, 1e-9, "by use");
}
