/* uncertain.c: the delta method against closed forms, against networks laid anew, and against draws; draws against
 * threads, interruptions and failures. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a world whose answer is known: two regions alike, two sectors made by labour alone, half of spending on each
 * ----
 *
 * Trade costs d_j rise alike on both sides, so wages stay equal and
 *   Ŵ = Π_j ( λ_j + (1 − λ_j) d_j^{−θ_j} )^{1/(2 θ_j)} */

static const double HOME[2] = {0.8, 0.6}, COST[2] = {1.3, 1.6}, THETA[2] = {4.0, 2.5};

static double known(const double *theta)
{
    double log_w = 0.0;
    for (int j = 0; j < 2; j++) log_w += log(HOME[j] + (1.0 - HOME[j]) * pow(COST[j], -theta[j])) / (2.0 * theta[j]);
    return exp(log_w);
}

/* Differences of the closed form; h is large enough for 1e-8 of the second ones. */
static double slope(int j)
{
    double up[2] = {THETA[0], THETA[1]}, down[2] = {THETA[0], THETA[1]};
    up[j] += 1e-5, down[j] -= 1e-5;
    return (known(up) - known(down)) / 2e-5;
}

static double bend(int j, int k)
{
    const double h = 1e-3;
    double sum = 0.0;
    for (int a = -1; a <= 1; a += 2)
        for (int b = -1; b <= 1; b += 2) {
            double at[2] = {THETA[0], THETA[1]};
            at[j] += a * h, at[k] += b * h;
            sum += a * b * known(at);
        }
    return sum / (4.0 * h * h);
}

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
    ent_options options;
    ent_parameter parameter[2];
    ent_spread spread;
    ent_answer_point point;
} twins;

static ent_status name_all(twins *t)
{
    static const char *const regions[] = {"AAA", "BBB"}, *const sectors[] = {"one", "two"};
    ptrdiff_t index;
    for (int n = 0; n < 2; n++) ENT_TRY(ent_names_add(&t->table.regions, &t->arena, regions[n], NULL, &index));
    for (int j = 0; j < 2; j++) ENT_TRY(ent_names_add(&t->table.sectors, &t->arena, sectors[j], NULL, &index));
    ENT_TRY(ent_names_add(&t->table.uses, &t->arena, "use", NULL, &index));
    return ent_names_add(&t->table.factors, &t->arena, "labour", NULL, &index);
}

static ent_status open_twins(twins *t, double shock)
{
    *t = (twins){.options = ent_options_default()};
    ent_table *table = &t->table;
    table->name = "twins";
    table->source = table->licence = table->history = "";
    table->unit = "million";
    ENT_TRY(name_all(t));
    ENT_TRY(ent_table_make(table, &t->arena, &t->err));
    for (ptrdiff_t i = 0; i < 2; i++)
        for (ptrdiff_t j = 0; j < 2; j++) {
            const ptrdiff_t row = i * 2 + j;
            for (ptrdiff_t n = 0; n < 2; n++) table->f[row * 2 + n] = 100.0 * (i == n ? HOME[j] : 1.0 - HOME[j]);
            table->x[row] = table->va[row] = 100.0;
        }
    ENT_TRY(ent_blueprint_default(table, &t->arena, &t->blueprint, &t->err));
    for (int j = 0; j < 2; j++) t->blueprint.trade_elasticity[j] = THETA[j];
    ENT_TRY(ent_network_lay(table, &t->blueprint, &t->arena, &t->net, &t->err));
    ENT_TRY(ent_policy_none(&t->net, &t->arena, &t->policy, &t->err));
    for (ptrdiff_t lane = 0; lane < t->net.borders; lane++)
        if (ent_lane_exporter(&t->net, lane) != t->net.lane_region[lane])
            t->policy.log_trade_cost[lane] = shock * log(COST[ent_lane_sector(&t->net, lane)]);
    ENT_TRY(ent_equilibrium_solve(&t->net, &t->policy, &t->options, NULL, &t->arena, &t->eq, &t->err));
    for (int j = 0; j < 2; j++)
        t->parameter[j] = (ent_parameter){ENT_PARAMETER_ELASTICITIES, j, THETA[j], j == 0 ? 0.8 : 0.3};
    t->spread = (ent_spread){.source = "se.csv", .count = 2, .parameter = t->parameter};
    t->point = (ent_answer_point){&t->net, &t->policy, &t->eq, &t->options};
    return ENT_OK;
}

/* Variance of the closed form where θ is log-normal as in docs/UNCERTAINTY.md 4: the trapezoid rule over two normal
 * numbers, which converges faster than any power of the step. */
static double known_variance(const twins *t)
{
    const double step = 0.125, rho = t->spread.correlation;
    double weights = 0.0, sum = 0.0, squares = 0.0;
    for (double a = -8.0; a <= 8.0; a += step)
        for (double b = -8.0; b <= 8.0; b += step) {
            const double x[2] = {a, rho * a + sqrt(1.0 - rho * rho) * b}, weight = exp(-0.5 * (a * a + b * b));
            double theta[2];
            for (int j = 0; j < 2; j++) {
                const double relative = t->parameter[j].se / t->parameter[j].value, v = log1p(relative * relative);
                theta[j] = t->parameter[j].value * exp(sqrt(v) * x[j] - 0.5 * v);
            }
            const double off = known(theta) - known(THETA); /* small, so that squares lose nothing */
            weights += weight;
            sum += weight * off;
            squares += weight * off * off;
        }
    return squares / weights - (sum / weights) * (sum / weights);
}

/* Its variance to second order misses the true one by the sixth power of the errors (and the fourth, times the square
 * of the steps); the first order by the fourth. */
TEST(the_second_order_of_the_variance_is_that_of_a_closed_form, "delta")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    t.options.tolerance = 1e-13;
    for (double rho = 0.0; rho <= 1.0; rho += 0.25) {
        double miss[2], first[2];
        t.spread.correlation = rho;
        for (int half = 0; half < 2; half++) {
            t.parameter[0].se = THETA[0] * (half ? 0.1 : 0.2);
            t.parameter[1].se = THETA[1] * (half ? 0.15 : 0.3);
            MUST(ent_uncertainty_delta(&t.point, &t.spread, ENT_ORDER_SECOND, &t.arena, &u, &t.err), t.err);
            const double exact = known_variance(&t), se = u.headline[0].se, second = u.headline[0].se_second;
            miss[half] = fabs(second * second - exact) / exact;
            first[half] = fabs(se * se - exact) / exact;
            CHECK(miss[half] < 0.01 * first[half]);
        }
        CHECK(first[1] > 0.2 * first[0] && miss[1] < 0.2 * miss[0]);
    }
    ent_arena_close(&t.arena);
}

TEST(the_delta_method_is_that_of_a_closed_form, "delta")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    const double a = slope(0) * t.parameter[0].se, b = slope(1) * t.parameter[1].se;
    const double s0 = t.parameter[0].se, s1 = t.parameter[1].se;
    for (double rho = 0.0; rho <= 1.0; rho += 0.5) {
        t.spread.correlation = rho;
        MUST(ent_uncertainty_delta(&t.point, &t.spread, 1, &t.arena, &u, &t.err), t.err);
        const double se = sqrt(a * a + b * b + 2.0 * rho * a * b);
        const double shift = 0.5 * (bend(0, 0) * s0 * s0 + bend(1, 1) * s1 * s1) + rho * bend(0, 1) * s0 * s1;
        for (ptrdiff_t n = 0; n < 2; n++) {
            CHECK_NEAR(u.headline[n].value, known(THETA), 1e-9);
            CHECK_NEAR(u.headline[n].se, se, 1e-7 * se);
            CHECK_NEAR(u.headline[n].shift, shift, 5e-3 * fabs(shift)); /* differences over 5 % of θ */
        }
        const ent_headline *world = &u.headline[ENT_HEADLINE_VARIABLES * 2];
        CHECK(world->region == 2 && world->variable == ENT_REGION_real_income);
        CHECK_NEAR(world->se, se, 1e-7 * se); /* both regions move together */
    }
    CHECK(u.curvature_failed == 0);
    ent_arena_close(&t.arena);
}

TEST(without_a_shock_elasticities_do_not_matter, "delta")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 0.0), t.err);
    MUST(ent_uncertainty_delta(&t.point, &t.spread, 1, &t.arena, &u, &t.err), t.err);
    for (ptrdiff_t h = 0; h < u.count; h++) {
        CHECK_NEAR(u.headline[h].se, 0.0, 1e-9 * (1.0 + u.headline[h].value));
        CHECK_NEAR(u.headline[h].shift, 0.0, 1e-7 * (1.0 + u.headline[h].value));
    }
    ent_arena_close(&t.arena);
}

TEST(nothing_uncertain_gives_no_error_and_draws_that_agree, "delta")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    t.spread.count = 0;
    MUST(ent_uncertainty_delta(&t.point, &t.spread, 1, &t.arena, &u, &t.err), t.err);
    const ent_drawing ask = {.draws = 7, .seed = 1};
    MUST(ent_uncertainty_draw(&t.point, &ask, &t.arena, &u, &t.err), t.err);
    for (ptrdiff_t h = 0; h < u.count; h++) {
        CHECK(u.headline[h].se == 0.0 && u.headline[h].shift == 0.0 && u.headline[h].se_second == 0.0);
        CHECK_NEAR(u.headline[h].sd, 0.0, 1e-9 * u.headline[h].value);
        CHECK_NEAR(u.headline[h].q95, u.headline[h].value, 1e-9 * u.headline[h].value);
    }
    CHECK(u.failed == 0);
    ent_arena_close(&t.arena);
}

/* ---- any world: each headline's derivative against a network laid anew at another number ---- */

static ent_status value_at(random_world *w, const ent_blueprint *blueprint, const ent_uncertainty *u, ent_arena *arena,
                           double *out)
{
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
    ent_outcome o;
    ent_options options = ent_options_default();
    options.tolerance = 1e-12;
    ENT_TRY(ent_network_lay(&w->table, blueprint, arena, &net, &w->err));
    ENT_TRY(ent_policy_none(&net, arena, &policy, &w->err));
    policy.duty = w->policy.duty;
    policy.export_tax = w->policy.export_tax;
    policy.log_trade_cost = w->policy.log_trade_cost;
    ENT_TRY(ent_equilibrium_solve(&net, &policy, &options, NULL, arena, &eq, &w->err));
    ENT_TRY(ent_outcome_measure(&net, &policy, &eq, arena, &o, &w->err));
    for (ptrdiff_t h = 0; h < ENT_HEADLINE_VARIABLES * u->regions; h++)
        out[h] = ent_outcome_region(&o, u->headline[h].variable, u->headline[h].region);
    return ENT_OK;
}

/* Borders alone: productivity and subsidies stand on nodes, whose numbers change with the nests. */
static ent_status open_plain(random_world *w, uint64_t seed)
{
    world_kind kind = plain_world;
    kind.most_factors = 2;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    w->blueprint.sourcing = (ent_sourcing)(seed % 3);
    w->blueprint.market = seed % 2 == 0 ? ENT_MARKET_KRUGMAN : ENT_MARKET_PERFECT;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++)
        w->blueprint.trade_elasticity[j] = dice_between(&w->dice, 5.0, 9.0);
    w->blueprint.labour_supply = seed % 4 == 1 ? 0.5 : 0.0;
    if (seed > 6) w->blueprint.home_elasticity[0] = 3.0, w->blueprint.scale[0] = 0.1; /* else they follow from θ */
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        if (ent_lane_exporter(&w->net, lane) == w->net.lane_region[lane]) continue;
        w->policy.duty[lane] = dice_between(&w->dice, 0.0, 0.4);
        w->policy.log_trade_cost[lane] = dice_between(&w->dice, -0.1, 0.2);
    }
    return random_solve(w, 1e-12);
}

static double *number_of(ent_blueprint *b, ent_parameter_kind kind)
{
    switch (kind) {
    case ENT_PARAMETER_HOME_ELASTICITY:
        return b->home_elasticity;
    case ENT_PARAMETER_SCALE:
        return b->scale;
    case ENT_PARAMETER_OUTPUT_ELASTICITY:
        return b->output_elasticity;
    case ENT_PARAMETER_FACTOR_ELASTICITY:
        return b->factor_elasticity;
    case ENT_PARAMETER_MATERIAL_ELASTICITY:
        return b->material_elasticity;
    case ENT_PARAMETER_CONSUMPTION_ELASTICITY:
        return &b->consumption_elasticity;
    case ENT_PARAMETER_LABOUR_SUPPLY:
        return &b->labour_supply;
    default:
        return b->trade_elasticity;
    }
}

static void hold_key(random_world *w, ent_parameter_kind kind)
{
    ENT_SCRATCH arena = {0};
    ent_options options = ent_options_default();
    options.tolerance = 1e-12;
    double *number = number_of(&w->blueprint, kind);
    const double middle = *number, step = 1e-3 * middle;
    const int one_for_all = kind == ENT_PARAMETER_CONSUMPTION_ELASTICITY || kind == ENT_PARAMETER_LABOUR_SUPPLY;
    ent_parameter parameter = {kind, one_for_all ? -1 : 0, middle, 0.25 * middle};
    const ent_spread spread = {.source = "se.csv", .count = 1, .parameter = &parameter};
    const ent_answer_point point = {&w->net, &w->policy, &w->eq, &options};
    ent_uncertainty u;
    ent_status status = ent_uncertainty_delta(&point, &spread, 0, &arena, &u, &w->err);
    LAW(w, status == ENT_OK, "%s: %s", ent_parameter_words(kind), w->err.text);
    if (status != ENT_OK) return;
    double *up = ent_new(&arena, double, u.count), *down = ent_new(&arena, double, u.count);
    *number = middle + step;
    status = value_at(w, &w->blueprint, &u, &arena, up);
    *number = middle - step;
    if (status == ENT_OK) status = value_at(w, &w->blueprint, &u, &arena, down);
    *number = middle;
    LAW(w, status == ENT_OK, "%s: %s", ent_parameter_words(kind), w->err.text);
    for (ptrdiff_t h = 0; status == ENT_OK && h < ENT_HEADLINE_VARIABLES * u.regions; h++) {
        const double wanted = fabs(up[h] - down[h]) / (2.0 * step) * parameter.se, size = fabs(u.headline[h].value);
        LAW(w, fabs(u.headline[h].se - wanted) <= 1e-4 * wanted + 1e-8 * size, "%s of %td by %s: ± is %.10g, not %.10g",
            ent_region_variables[u.headline[h].variable].name, u.headline[h].region, ent_parameter_words(kind),
            u.headline[h].se, wanted);
    }
}

TEST(each_error_is_the_derivative_of_a_network_laid_anew, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(12); seed++) {
        random_world w;
        MUST_IN(&w, open_plain(&w, seed));
        for (int kind = 0; kind < ENT_PARAMETERS; kind++) {
            if (kind == ENT_PARAMETER_HOME_ELASTICITY && isnan(w.blueprint.home_elasticity[0])) continue;
            if (kind == ENT_PARAMETER_SCALE && isnan(w.blueprint.scale[0])) continue;
            if (kind == ENT_PARAMETER_LABOUR_SUPPLY && w.blueprint.labour_supply == 0.0) continue;
            hold_key(&w, (ent_parameter_kind)kind);
        }
        random_close(&w);
    }
}

TEST(nests_of_a_balanced_benchmark_cannot_be_taken_apart, "sentences")
{
    random_world w;
    ent_network balanced;
    ent_parameter one = {ENT_PARAMETER_OUTPUT_ELASTICITY, 0, 1.0, 0.2};
    const ent_spread spread = {.source = "se.csv", .count = 1, .parameter = &one};
    ent_uncertainty u;
    MUST(open_plain(&w, 3), w.err);
    w.blueprint.closure = ENT_CLOSURE_BALANCED;
    MUST(ent_network_balance(&w.net, NULL, &w.arena, &balanced, &w.err), w.err);
    MUST(ent_equilibrium_solve(&balanced, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err), w.err);
    const ent_answer_point point = {&balanced, &w.policy, &w.eq, NULL};
    CHECK(ent_uncertainty_delta(&point, &spread, 0, &w.arena, &u, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "standard errors of output, factor, material or consumption elasticities need a benchmark as "
               "the table states it, and this one was solved for first (closure: balanced); give standard "
               "errors of `elasticities` alone");
    one = (ent_parameter){ENT_PARAMETER_ELASTICITIES, 0, w.blueprint.trade_elasticity[0], 0.2};
    CHECK(ent_uncertainty_delta(&point, &spread, 0, &w.arena, &u, &w.err) == ENT_OK);
    random_close(&w);
}

/* ---- draws ---- */

static void shrink(twins *t, double part)
{
    for (int j = 0; j < 2; j++) t->parameter[j].se = part * t->parameter[j].value;
}

TEST(draws_with_small_errors_are_the_delta_method, "draws")
{
    enum {
        DRAWS = 2000
    };
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    shrink(&t, 1e-3);
    t.options.tolerance = 1e-12;
    for (double rho = 0.0; rho <= 1.0; rho += 0.5) {
        t.spread.correlation = rho;
        MUST(ent_uncertainty_delta(&t.point, &t.spread, 0, &t.arena, &u, &t.err), t.err);
        const ent_drawing ask = {.draws = DRAWS, .seed = 5};
        MUST(ent_uncertainty_draw(&t.point, &ask, &t.arena, &u, &t.err), t.err);
        CHECK(u.failed == 0);
        for (ptrdiff_t n = 0; n < 2; n++) {
            const ent_headline *one = &u.headline[n];
            CHECK_NEAR(one->sd / one->se, 1.0, 4.0 / sqrt(2.0 * DRAWS));
            CHECK_NEAR(one->mean, one->value, 4.0 * one->se / sqrt(DRAWS));
            CHECK_NEAR((one->q95 - one->value) / one->se, 1.645, 4.0 * 2.11 / sqrt(DRAWS));
            CHECK_NEAR((one->q05 - one->value) / one->se, -1.645, 4.0 * 2.11 / sqrt(DRAWS));
            CHECK_NEAR((one->q50 - one->value) / one->se, 0.0, 4.0 * 1.26 / sqrt(DRAWS));
        }
    }
    ent_arena_close(&t.arena);
}

/* Every draw is the closed form at the elasticities that were drawn. */
TEST(each_draw_is_the_answer_at_its_elasticities, "draws")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    MUST(ent_uncertainty_delta(&t.point, &t.spread, 0, &t.arena, &u, &t.err), t.err);
    const ent_drawing ask = {.draws = 50, .seed = 9};
    MUST(ent_uncertainty_draw(&t.point, &ask, &t.arena, &u, &t.err), t.err);
    for (ptrdiff_t d = 0; d < 50; d++) {
        double theta[2];
        ent_spread_draw(&t.spread, 9, d, theta);
        CHECK_NEAR(u.draw[d * u.count], known(theta), 1e-9);
    }
    ent_arena_close(&t.arena);
}

static ent_status draw_with(twins *t, ptrdiff_t threads, const ent_drawing *ask, ent_uncertainty *u)
{
    t->options.threads = threads;
    ENT_TRY(ent_uncertainty_delta(&t->point, &t->spread, ENT_ORDER_SECOND, &t->arena, u, &t->err));
    return ent_uncertainty_draw(&t->point, ask, &t->arena, u, &t->err);
}

static int same_draws(const ent_uncertainty *a, const ent_uncertainty *b)
{
    return a->draws == b->draws && a->count == b->count &&
           memcmp(a->draw, b->draw, (size_t)(a->draws * a->count) * sizeof *a->draw) == 0 &&
           memcmp(a->headline, b->headline, (size_t)a->count * sizeof *a->headline) == 0;
}

TEST(threads_change_no_bit_of_a_draw, "draws")
{
    twins t;
    ent_uncertainty one, two, other;
    const ent_drawing ask = {.draws = 101, .seed = 3}, elsewhere = {.draws = 101, .seed = 4};
    MUST(open_twins(&t, 1.0), t.err);
    MUST(draw_with(&t, 1, &ask, &one), t.err);
    MUST(draw_with(&t, 2, &ask, &two), t.err);
    MUST(draw_with(&t, 2, &elsewhere, &other), t.err);
    CHECK(same_draws(&one, &two));
    CHECK(!same_draws(&one, &other));
    ent_arena_close(&t.arena);
}

typedef struct {
    ptrdiff_t stop_at, first, calls;
} watch;

static int look(void *who, ptrdiff_t done, ptrdiff_t draws)
{
    watch *w = who;
    (void)draws;
    if (w->calls++ == 0) w->first = done;
    return done >= w->stop_at;
}

TEST(an_interrupted_run_goes_on_where_it_stopped, "draws")
{
    twins t;
    ent_uncertainty whole, broken, mended;
    watch stops = {.stop_at = 8}, runs = {.stop_at = 1000};
    char path[256];
    snprintf(path, sizeof path, "%s/draws.partial", test_temporary_folder());
    MUST(open_twins(&t, 1.0), t.err);
    const ent_drawing plain = {.draws = 40, .seed = 3};
    const ent_drawing breaks = {40, 3, path, 0.0, look, &stops}, mends = {40, 3, path, 0.0, look, &runs};
    MUST(draw_with(&t, 1, &plain, &whole), t.err);
    CHECK(draw_with(&t, 1, &breaks, &broken) == ENT_NOT_CONVERGED);
    char sentence[512];
    snprintf(sentence, sizeof sentence,
             "stopped after 12 of 40 draws; they are kept in %s, and the same command goes on from there", path);
    CHECK_TEXT(t.err.text, sentence);
    MUST(draw_with(&t, 2, &mends, &mended), t.err);
    CHECK(runs.first > 12); /* the first twelve were not made again */
    CHECK(same_draws(&whole, &mended));
    /* more draws of the same seed go on from all of them; fewer are a part of them */
    const ent_drawing more = {60, 3, path, 0.0, NULL, NULL}, fewer = {5, 3, path, 0.0, NULL, NULL};
    MUST(draw_with(&t, 1, &more, &mended), t.err);
    CHECK(memcmp(mended.draw, whole.draw, (size_t)(40 * whole.count) * sizeof *whole.draw) == 0);
    MUST(draw_with(&t, 1, &fewer, &mended), t.err);
    CHECK(memcmp(mended.draw, whole.draw, (size_t)(5 * whole.count) * sizeof *whole.draw) == 0);
    ent_arena_close(&t.arena);
}

static ent_status put(const char *path, const char *bytes, size_t size)
{
    return ent_bytes_write(path, bytes, size, NULL);
}

TEST(draws_of_another_run_and_other_bytes_are_refused, "sentences")
{
    twins t;
    ent_uncertainty u;
    ent_bytes kept;
    char path[256], sentence[512];
    snprintf(path, sizeof path, "%s/other.partial", test_temporary_folder());
    MUST(open_twins(&t, 1.0), t.err);
    const ent_drawing ask = {8, 3, path, 0.0, NULL, NULL}, other = {8, 4, path, 0.0, NULL, NULL};
    MUST(draw_with(&t, 1, &ask, &u), t.err);
    snprintf(sentence, sizeof sentence,
             "%s: these draws belong to another world, scenario, blueprint, seed or standard errors; finish that run, "
             "choose another --out, or remove the file",
             path);
    CHECK(draw_with(&t, 1, &other, &u) == ENT_BAD_INPUT);
    CHECK_TEXT(t.err.text, sentence);
    t.policy.log_trade_cost[0] += 0.01;
    MUST(ent_equilibrium_solve(&t.net, &t.policy, NULL, NULL, &t.arena, &t.eq, &t.err), t.err);
    CHECK(draw_with(&t, 1, &ask, &u) == ENT_BAD_INPUT);
    CHECK_TEXT(t.err.text, sentence);
    MUST(ent_bytes_read(path, 0, &t.arena, &kept, &t.err), t.err);
    snprintf(sentence, sizeof sentence, "%s: this is no file of draws; remove it, and the draws start anew", path);
    const size_t cuts[] = {0, 5, 20, 80, 90, kept.size - 1};
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
        MUST(put(path, kept.data, cuts[c]), t.err);
        CHECK(draw_with(&t, 1, &ask, &u) == ENT_BAD_INPUT);
        CHECK_TEXT(t.err.text, sentence);
    }
    static const char *const heads[] = {"entente draws x 9223372036854775807 9223372036854775807\n",
                                        "entente draws x -1 15\n", "entente draws x 3 0\n", "entente draws x 3 15 \n",
                                        "no draws\n"};
    for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
        MUST(put(path, heads[h], strlen(heads[h])), t.err);
        CHECK(draw_with(&t, 1, &ask, &u) == ENT_BAD_INPUT);
        CHECK_TEXT(t.err.text, sentence);
    }
    ent_arena_close(&t.arena);
}

TEST(draws_that_do_not_converge_are_counted_and_left_out, "draws")
{
    twins t;
    ent_uncertainty u;
    const ent_drawing ask = {.draws = 6, .seed = 3};
    MUST(open_twins(&t, 1.0), t.err);
    t.policy.log_trade_cost[0] = t.policy.log_trade_cost[1] = t.policy.log_trade_cost[2] = 0.3; /* no longer alike */
    MUST(ent_equilibrium_solve(&t.net, &t.policy, NULL, NULL, &t.arena, &t.eq, &t.err), t.err);
    t.options.method = ENT_METHOD_FIXED_POINT; /* one pass is too little for any of them */
    t.options.passes = 1;
    t.options.tolerance = 1e-13;
    MUST(draw_with(&t, 1, &ask, &u), t.err);
    CHECK(u.failed == 6);
    CHECK(u.curvature_failed > 0 && isnan(u.headline[0].shift) && isnan(u.headline[0].se_second));
    CHECK(isfinite(u.headline[0].se));
    CHECK(isnan(u.headline[0].mean) && isnan(u.headline[0].sd) && isnan(u.headline[0].q50));
    ent_arena_close(&t.arena);
}

TEST(wrong_numbers_of_draws_and_correlations_are_refused, "sentences")
{
    twins t;
    ent_uncertainty u;
    MUST(open_twins(&t, 1.0), t.err);
    MUST(ent_uncertainty_delta(&t.point, &t.spread, 0, &t.arena, &u, &t.err), t.err);
    const ent_drawing none = {.draws = 0};
    CHECK(ent_uncertainty_draw(&t.point, &none, &t.arena, &u, &t.err) == ENT_BAD_INPUT);
    CHECK_TEXT(t.err.text, "0 draws were asked for; it must be between 1 and 10000000");
    t.spread.correlation = 1.5;
    CHECK(ent_uncertainty_delta(&t.point, &t.spread, 0, &t.arena, &u, &t.err) == ENT_BAD_INPUT);
    CHECK_TEXT(t.err.text, "the correlation between elasticities is 1.5; it must be between 0 and 1");
    ent_arena_close(&t.arena);
}

TEST(lost_memory_of_the_delta_method_and_of_draws_is_said, "faults")
{
    twins t;
    char path[256];
    snprintf(path, sizeof path, "%s/faults.partial", test_temporary_folder());
    const ent_drawing ask = {3, 3, path, 0.0, NULL, NULL};
    MUST(open_twins(&t, 1.0), t.err);
    t.parameter[1] = (ent_parameter){ENT_PARAMETER_CONSUMPTION_ELASTICITY, -1, 1.0, 0.1};
    for (int what = 0; what < 2; what++) {
        ENT_SCRATCH arena = {0};
        ent_uncertainty u;
        long nth = 1;
        MUST(ent_uncertainty_delta(&t.point, &t.spread, 0, &arena, &u, &t.err), t.err);
        for (;; nth++) {
            ENT_SCRATCH scratch = {0};
            test_fail_allocation(nth);
            const ent_status status =
                what == 0 ? ent_uncertainty_delta(&t.point, &t.spread, ENT_ORDER_SECOND, &scratch, &u, &t.err)
                          : ent_uncertainty_draw(&t.point, &ask, &scratch, &u, &t.err);
            test_fail_allocation(0);
            if (status == ENT_OK) break;
            CHECK(status == ENT_NO_MEMORY);
            if (status != ENT_NO_MEMORY || nth > 20000) break;
        }
        CHECK(nth > 10);
    }
    ent_arena_close(&t.arena);
}
