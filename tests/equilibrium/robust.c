/* robust.c: shocks far beyond what is observed: each has its answer or a sentence, in bounded work, and never a number
 * that is none. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
} world;

/* The embedded world, blueprint keys as on the command line; trade balanced first where `balanced`. */
static ent_status open_world(world *w, const char *const settings[], int balanced)
{
    *w = (world){0};
    ENT_TRY(ent_table_read("baseline2022", &w->arena, &w->table, &w->err));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    for (ptrdiff_t k = 0; settings != NULL && settings[k] != NULL; k++)
        ENT_TRY(ent_blueprint_set(settings[k], &w->table, &w->arena, &w->blueprint, &w->err));
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &w->net, &w->err));
    if (balanced) {
        ent_network *net = ent_new(&w->arena, ent_network, 1);
        if (net == NULL) return ENT_NO_MEMORY;
        w->blueprint.closure = ENT_CLOSURE_BALANCED;
        ENT_TRY(ent_network_balance(&w->net, NULL, &w->arena, net, &w->err));
        w->net = *net;
    }
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

typedef enum {
    NOTHING,
    DUTY_500,
    DUTY_500_PAIR,
    DUTY_10000,
    DUTY_10000_ONE,
    COST_300,
    PRODUCTIVITY_90,
    PRODUCTIVITY_90_ONE,
    CUT_OFF,
    SHOCKS
} shock;
static const char *const shock_words[SHOCKS] = {"nothing",
                                                "duties of 500 %",
                                                "duties of 500 % between two",
                                                "duties of 10000 %",
                                                "duties of 10000 % of one",
                                                "trade costs four times as high",
                                                "productivity down by 90 %",
                                                "productivity of one down by 90 %",
                                                "one region cut off"};

static void place(const ent_network *net, shock what, ent_policy *policy)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane);
        if (n == i) continue;
        if (what == DUTY_500 || (what == DUTY_500_PAIR && n + i == 1)) policy->duty[lane] += 5.0;
        if (what == DUTY_10000 || (what == DUTY_10000_ONE && n == 0)) policy->duty[lane] += 100.0;
        if (what == COST_300) policy->log_trade_cost[lane] = log(4.0);
        if (what == CUT_OFF && (n == 0 || i == 0)) policy->log_trade_cost[lane] = 20.0;
    }
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (what == PRODUCTIVITY_90 || (what == PRODUCTIVITY_90_ONE && net->node_region[k] == 0))
            policy->log_productivity[k] = log(0.1);
}

static int all_finite(const ent_network *net, const ent_equilibrium *eq)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (!isfinite(eq->log_price[k]) || !isfinite(eq->sales_usd[k])) return 0;
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++)
        if (!isfinite(eq->lane_value_usd[lane])) return 0;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        if (!isfinite(eq->income_usd[n])) return 0;
    return 1;
}

static ptrdiff_t work_of(const ent_equilibrium *eq)
{
    return eq->certificate.passes + eq->certificate.tangents;
}

static void solve_all(const char *name, const char *const settings[], const shock shocks[], ptrdiff_t count)
{
    world w;
    MUST(open_world(&w, settings, 1), w.err);
    for (ptrdiff_t s = 0; s < count; s++) {
        MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
        place(&w.net, shocks[s], &w.policy);
        const ent_status status = ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err);
        if (status != ENT_OK) test_fail(__FILE__, __LINE__, "%s, %s: %s", name, shock_words[shocks[s]], w.err.text);
        CHECK(status != ENT_OK || (w.eq.certificate.excess <= 1e-10 && all_finite(&w.net, &w.eq)));
    }
    ent_arena_close(&w.arena);
}

TEST(with_balanced_trade_large_shocks_have_answers, "5")
{
    static const shock all[] = {DUTY_500,        DUTY_500_PAIR,       DUTY_10000_ONE, COST_300,
                                PRODUCTIVITY_90, PRODUCTIVITY_90_ONE, CUT_OFF};
    static const shock most[] = {DUTY_500, DUTY_500_PAIR, DUTY_10000_ONE, COST_300, PRODUCTIVITY_90_ONE};
    static const struct {
        const char *name, *settings[3];
    } blueprints[] = {
        {"common", {NULL}},
        {"two-tier", {"sourcing=two-tier", NULL}},
        {"elasticities of 0.05", {"elasticities=0.05", NULL}},
        {"elasticities of 40", {"elasticities=40", NULL}},
        {"elastic labour", {"labour_supply=0.5", NULL}},
        {"sectors' own factors", {"mobility=1", NULL}},
    };
    for (size_t b = 0; b < sizeof blueprints / sizeof *blueprints; b++) {
        const int plain = b == 0;
        solve_all(blueprints[b].name, blueprints[b].settings, plain ? all : most,
                  plain ? (ptrdiff_t)(sizeof all / sizeof *all) : (ptrdiff_t)(sizeof most / sizeof *most));
    }
}

/* Duties of 10000 % of everybody on everybody leave trade of some 1e-8 of incomes: relative wages hang by that thread,
 * and may be found or not; all else is, and what is not is said. */
TEST(where_hardly_any_trade_is_left_all_but_relative_wages_is_found, "5")
{
    world w;
    MUST(open_world(&w, NULL, 1), w.err);
    place(&w.net, DUTY_10000, &w.policy);
    const ent_status status = ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err);
    CHECK(status == ENT_OK || status == ENT_NOT_CONVERGED);
    CHECK(w.eq.certificate.converged == (status == ENT_OK));
    CHECK(w.eq.certificate.excess <= 1e-6 && w.eq.certificate.price <= 1e-6);
    CHECK(work_of(&w.eq) <= 20000 && all_finite(&w.net, &w.eq));
    ent_arena_close(&w.arena);
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(large_shocks_have_answers_by_use_too, "5")
{
    static const shock some[] = {DUTY_500, COST_300, PRODUCTIVITY_90_ONE};
    static const char *const settings[] = {"sourcing=by-use", NULL};
    solve_all("by-use", settings, some, 3);
}
#endif

/* A region that is cut off cannot earn the surplus that `closure: fixed` has it pay. */
TEST(a_shock_without_an_answer_is_told_in_bounded_work, "5")
{
    world w;
    MUST(open_world(&w, NULL, 0), w.err);
    place(&w.net, CUT_OFF, &w.policy);
    CHECK(ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err) == ENT_NOT_CONVERGED);
    CHECK(strncmp(w.err.text, "not converged: the largest residual is ", 39) == 0);
    const char *path = strstr(w.err.text, "; a path of equilibria leads from the benchmark over ");
    CHECK(path != NULL);
    if (path != NULL)
        CHECK_TEXT(strchr(path, '%'),
                   "% of the shock (`closure: fixed` holds transfers as shares of world income, more "
                   "than a region that is cut off can earn: `closure: balanced` or `proportional` may "
                   "be what you mean)");
    CHECK(w.eq.certificate.part > 0.0 && w.eq.certificate.part < 1.0);
    CHECK(work_of(&w.eq) <= 20000);
    CHECK(all_finite(&w.net, &w.eq));
    ent_arena_close(&w.arena);
}

/* ψ = 1/θ, and materials that make it more: the benchmark itself is an equilibrium, but hardly any shock has one near.
 */
TEST(scale_economies_that_run_away_are_told_and_the_benchmark_is_found_at_once, "E4")
{
    static const char *const settings[] = {"market=krugman", NULL};
    world w;
    MUST(open_world(&w, settings, 0), w.err);
    MUST(ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err), w.err);
    CHECK(w.eq.certificate.passes <= 2);
    place(&w.net, DUTY_500_PAIR, &w.policy);
    CHECK(ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &w.arena, &w.eq, &w.err) == ENT_NOT_CONVERGED);
    CHECK(strstr(w.err.text, "% of the shock (where `scale` times the trade elasticity is 0.6 or more, the larger a "
                             "sector the cheaper it gets, and there may be several equilibria or none near: a smaller "
                             "`scale` has one)") != NULL);
    CHECK(work_of(&w.eq) <= 20000);
    ent_arena_close(&w.arena);
}

TEST(in_any_world_large_shocks_have_an_answer_or_a_sentence, "5")
{
    ptrdiff_t asked = 0, answered = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++)
        for (shock what = DUTY_500; what < SHOCKS; what++) {
            random_world w;
            MUST_IN(&w, random_table(&w, seed, &any_world));
            MUST_IN(&w, random_blueprint(&w));
            MUST_IN(&w, random_lay(&w));
            MUST_IN(&w, random_policy(&w, 3.0));
            place(&w.net, what, &w.policy);
            w.err.text[0] = 0;
            const ent_status status = random_solve(&w, 1e-10);
            asked++;
            answered += status == ENT_OK;
            LAW(&w, status == ENT_OK || status == ENT_NOT_CONVERGED, "%s: %s", shock_words[what], w.err.text);
            LAW(&w, status == ENT_OK || w.err.text[0] != 0, "%s: no sentence", shock_words[what]);
            LAW(&w, status != ENT_OK || all_finite(&w.net, &w.eq), "%s: not all is finite", shock_words[what]);
            LAW(&w, work_of(&w.eq) <= 20000, "%s: %td passes", shock_words[what], work_of(&w.eq));
            random_close(&w);
        }
    CHECK(answered >= asked / 2);
}

/* ---- a solver that is used again ---- */

static int same_bits(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b)
{
    return memcmp(a->log_price, b->log_price, (size_t)net->nodes * sizeof(double)) == 0 &&
           memcmp(a->sales_usd, b->sales_usd, (size_t)net->nodes * sizeof(double)) == 0 &&
           memcmp(a->lane_value_usd, b->lane_value_usd, (size_t)net->lanes * sizeof(double)) == 0 &&
           memcmp(a->income_usd, b->income_usd, (size_t)net->regions * sizeof(double)) == 0 &&
           a->certificate.passes == b->certificate.passes && a->certificate.excess == b->certificate.excess;
}

TEST(a_solver_gives_the_same_bits_whatever_it_has_solved_before, "5")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_solver *solver = NULL;
        ent_policy none;
        ent_equilibrium first, again, still, far;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, random_solve(&w, 1e-10));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &none, &w.err));
        ent_options options = ent_options_default();
        options.tolerance = 1e-10;
        MUST_IN(&w, ent_solver_open(&w.net, &options, &w.arena, &solver, &w.err));
        MUST_IN(&w, ent_solver_solve(solver, &w.policy, NULL, &w.arena, &first, &w.err));
        MUST_IN(&w, ent_solver_solve(solver, &none, &first, &w.arena, &still, &w.err));
        place(&w.net, DUTY_10000, &none);
        (void)ent_solver_solve(solver, &none, NULL, &w.arena, &far, &w.err); /* answer or sentence */
        MUST_IN(&w, ent_solver_solve(solver, &w.policy, NULL, &w.arena, &again, &w.err));
        LAW(&w, same_bits(&w.net, &first, &w.eq), "the first answer of a solver is another");
        LAW(&w, same_bits(&w.net, &again, &w.eq), "a later answer of a solver is another");
        double moved = 0.0;
        for (ptrdiff_t k = 0; k < w.net.nodes; k++) moved = fmax(moved, fabs(still.log_price[k]));
        LAW(&w, moved <= 1e-7, "back at the benchmark prices have moved by %g", moved);
        random_close(&w);
    }
}
