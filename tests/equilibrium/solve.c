/* solve.c: what comes back when there is no answer, how much work ordinary answers take, and memory that runs out. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "equilibrium/certify.h"
#include "random_world.h"

static ent_status open_any(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, 1.0);
}

/* What the certificate says of eq is what a fresh look at eq's point says. */
static void hold_certificate(random_world *w, const ent_equilibrium *eq)
{
    ent_pass pass;
    ent_certificate fresh = {0};
    if (ent_pass_open(&w->net, 1, &w->arena, &pass, &w->err) != ENT_OK) return;
    double *image = ent_new0(&w->arena, double, pass.states);
    if (image == NULL) return;
    ent_pass_set_policy(&pass, &w->policy, 1.0);
    LAW(w, ent_pass_run(&pass, eq->state, image), "the point that came back is none");
    ent_certify(&pass, eq->state, image, eq->certificate.tolerance, &fresh);
    const ent_certificate *c = &eq->certificate;
    LAW(w, fresh.excess == c->excess && fresh.price == c->price && fresh.walras == c->walras,
        "the certificate says %g, %g, %g of a point with %g, %g, %g", c->excess, c->price, c->walras, fresh.excess,
        fresh.price, fresh.walras);
    LAW(w, fresh.converged == c->converged, "the certificate says converged: %d", c->converged);
}

TEST(the_certificate_is_true_of_the_point_that_comes_back, "E12")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        MUST_IN(&w, open_any(&w, seed));
        MUST_IN(&w, random_solve(&w, 1e-10));
        hold_certificate(&w, &w.eq);
        random_close(&w);
    }
}

TEST(too_few_passes_give_the_best_point_and_say_so, "5")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_options options = ent_options_default();
        options.method = ENT_METHOD_FIXED_POINT;
        options.passes = 3;
        options.tolerance = 1e-13;
        MUST_IN(&w, open_any(&w, seed));
        const ent_status status = ent_equilibrium_solve(&w.net, &w.policy, &options, NULL, &w.arena, &w.eq, &w.err);
        if (status == ENT_OK) { /* one region with one sector may need no more */
            random_close(&w);
            continue;
        }
        LAW(&w, status == ENT_NOT_CONVERGED, "the status is %s", ent_status_words(status));
        LAW(&w, !w.eq.certificate.converged && ent_certificate_worst(&w.eq.certificate) > 1e-13,
            "converged all the same");
        LAW(&w, strncmp(w.err.text, "not converged: the largest residual is ", 39) == 0, "it says: %s", w.err.text);
        LAW(&w, strstr(w.err.text, "the tolerance 1e-13") != NULL, "it says: %s", w.err.text);
        hold_certificate(&w, &w.eq);
        random_close(&w);
    }
}

/* A factor in fixed proportions to another becomes worthless (σ_v = 0, seed found by dice): no method gets there,
 * homotopy ends half way, and what comes back is still the best point under the whole policy, with its own certificate.
 */
TEST(where_homotopy_ends_half_way_the_best_point_of_the_whole_policy_comes_back, "5")
{
    ptrdiff_t failed = 0;
    for (uint64_t seed = 1; seed <= 60 && failed < 3; seed++) {
        random_world w;
        world_kind kind = any_world;
        kind.least_sectors = 2;
        MUST_IN(&w, random_table(&w, seed, &kind));
        MUST_IN(&w, random_blueprint(&w));
        for (ptrdiff_t j = 0; j < w.table.sectors.count; j++)
            w.blueprint.factor_elasticity[j] = w.blueprint.output_elasticity[j] = 0.0;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        const ent_status status = random_solve(&w, 1e-10);
        if (status == ENT_NOT_CONVERGED) {
            failed++;
            hold_certificate(&w, &w.eq);
            LAW(&w, w.eq.certificate.homotopy_steps > 0, "homotopy was not tried");
        }
        random_close(&w);
    }
    CHECK(failed > 0);
}

static ent_status open_plain(random_world *w)
{
    ENT_TRY(random_table(w, 3, &plain_world));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    ENT_TRY(random_lay(w));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

TEST(a_shock_without_finite_prices_is_refused_with_a_sentence, "5")
{
    random_world w;
    MUST(open_plain(&w), w.err);
    w.policy.subsidy[w.net.level_first[5]] = 1.0; /* the whole cost is paid: the price is 0 */
    CHECK(random_solve(&w, 1e-10) == ENT_NOT_CONVERGED);
    CHECK_TEXT(w.err.text, "no point with finite prices was found; is the shock what you meant?");
    random_close(&w);
}

TEST(a_gain_that_feeds_on_itself_does_not_converge, "5")
{
    random_world w;
    MUST(random_table(&w, 3, &plain_world), w.err);
    MUST(ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err), w.err);
    for (ptrdiff_t j = 0; j < w.table.sectors.count; j++) w.blueprint.output_elasticity[j] = 20.0;
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    for (ptrdiff_t k = w.net.level_first[5]; k < w.net.level_first[6]; k++) w.policy.log_productivity[k] = 1.0;
    CHECK(random_solve(&w, 1e-10) == ENT_NOT_CONVERGED);
    CHECK(!w.eq.certificate.converged);
    CHECK(strncmp(w.err.text, "not converged: the largest residual is ", 39) == 0);
    random_close(&w);
}

TEST(prohibitive_costs_are_ordinary, "E3")
{
    random_world w;
    char where[256];
    MUST(open_plain(&w), w.err);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        if (ent_lane_exporter(&w.net, lane) != w.net.lane_region[lane]) {
            w.policy.log_trade_cost[lane] = 40.0; /* goods melt away: autarky */
        }
    for (ptrdiff_t n = 0; n < w.net.regions; n++) w.policy.transfer_usd[n] = -w.net.transfer_usd[n];
    MUST(random_solve(&w, 1e-10), w.err);
    CHECK_NEAR(naive_gap(&w.net, &w.policy, &w.eq, where), 0.0, 1e-9);
    MUST(random_measure(&w), w.err);
    for (ptrdiff_t n = 0; n < w.net.regions; n++)
        CHECK_NEAR(ent_outcome_region(&w.out, ENT_REGION_imports, n), 0.0,
                   1e-9 * ent_outcome_region(&w.out, ENT_REGION_income, n));
    random_close(&w);
}

/* How many passes ordinary cases take: a change is to be noticed. */
TEST(nafta_takes_few_passes, "5")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH scratch = {0};
    static const char *const yaml = "name: NAFTA\nactions:\n"
                                    "  - duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], file: "
                                    "tariffs.csv, column: tariff_2005_pct}\n";
    ent_error err = {0};
    ent_table table;
    corridor c;
    MUST(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, ent_string_format(&scratch, "%s/base_nodeficit", data), &scratch,
                         &table, &err),
         err);
    MUST(corridor_run(&c, &table, yaml, data, NULL), c.err);
    CHECK(c.eq.certificate.method == ENT_METHOD_FIXED_POINT);
    CHECK(c.eq.certificate.passes <= 25);
    corridor_close(&c);
}

typedef struct {
    ptrdiff_t calls;
    double last;
} listener;

static void listen(void *who, const char *what, double residual)
{
    listener *l = who;
    l->calls++;
    l->last = residual;
    CHECK(what != NULL && *what != 0);
}

TEST(progress_is_told_and_falls, "5")
{
    random_world w;
    listener l = {0, 0.0};
    MUST(open_any(&w, 5), w.err);
    ent_options options = ent_options_default();
    options.progress = listen;
    options.progress_who = &l;
    MUST(ent_equilibrium_solve(&w.net, &w.policy, &options, NULL, &w.arena, &w.eq, &w.err), w.err);
    CHECK(l.calls > 2 && l.last < 1e-6);
    random_close(&w);
}

/* ---- memory ---- */

/* From a table to an outcome over a new benchmark, in an arena of its own. */
static ent_status whole_way(const random_world *w, ent_error *err)
{
    ENT_SCRATCH arena = {0};
    ent_network net, next;
    ent_policy policy;
    ent_equilibrium eq;
    ent_outcome out, against;
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &arena, &net, err));
    ENT_TRY(ent_network_check(&net, err));
    ENT_TRY(ent_policy_none(&net, &arena, &policy, err));
    for (ptrdiff_t lane = 0; lane < net.borders; lane++)
        if (ent_lane_exporter(&net, lane) != net.lane_region[lane]) policy.duty[lane] += 0.1;
    ENT_TRY(ent_equilibrium_solve(&net, &policy, NULL, NULL, &arena, &eq, err));
    ENT_TRY(ent_outcome_measure(&net, &policy, &eq, &arena, &out, err));
    ENT_TRY(ent_outcome_against(&out, &out, &arena, &against, err));
    ENT_TRY(ent_network_rebase(&net, &policy, &eq, &arena, &next, err));
    return ent_network_balance(&next, NULL, &arena, &net, err);
}

TEST(wherever_memory_ends_the_answer_is_clean, "6")
{
    static const world_kind kind = {6, 6, 12, 12, 3, 3, 0.2, 0.1, 0.3, 1, 1}; /* more than one chunk of an arena */
    for (uint64_t seed = 2; seed <= 6; seed += 2) {
        random_world w;
        MUST(random_table(&w, seed, &kind), w.err);
        MUST(random_blueprint(&w), w.err);
        ent_error err = {0};
        ent_status status = ENT_NO_MEMORY;
        long nth = 1;
        for (; status != ENT_OK && nth < 10000; nth++) {
            err.text[0] = 0;
            test_fail_allocation(nth);
            status = whole_way(&w, &err);
            test_fail_allocation(0);
            if (status == ENT_OK) break;
            LAW(&w, status == ENT_NO_MEMORY, "without the %ldth allocation: %s: %s", nth, ent_status_words(status),
                err.text);
            LAW(&w, strstr(err.text, "no memory") != NULL, "without the %ldth allocation it says: %s", nth, err.text);
            if (status != ENT_NO_MEMORY) break;
        }
        LAW(&w, status == ENT_OK && nth > 12, "%ld allocations failed, then %s", nth - 1, ent_status_words(status));
        random_close(&w);
    }
}
