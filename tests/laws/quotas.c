/* quotas.c: quantity controls (E12) in any world: complementarity, equivalence with duties and taxes, who gets the
 * rents. Expected numbers are those of other policies, which other tests hold, or of the equations written a second
 * time. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "random_world.h"

enum {
    MOST_QUOTAS = 6
};

static int is_foreign(const ent_network *net, ptrdiff_t lane)
{
    return ent_lane_exporter(net, lane) != net->lane_region[lane];
}

/* A quota over lanes drawn with this probability; none where no lane was. Guarantees keep off the lanes of others, with
 * which they might contradict each other. */
static int draw_quota(random_world *w, double probability, unsigned char *taken, ent_quota *quota)
{
    int32_t *lane = ent_new(&w->arena, int32_t, w->net.borders + 1);
    *quota = (ent_quota){.lane = lane};
    const int floor = dice_chance(&w->dice, 0.3);
    for (ptrdiff_t e = 0; e < w->net.borders; e++)
        if (is_foreign(&w->net, e) && taken[e] <= !floor && dice_chance(&w->dice, probability)) {
            lane[quota->lanes++] = (int32_t)e;
            taken[e] = floor ? 2 : 1;
        }
    quota->kind = floor ? ENT_QUOTA_FLOOR : ENT_QUOTA_CEILING;
    quota->limit =
        quota->kind == ENT_QUOTA_CEILING ? dice_between(&w->dice, 0.3, 1.1) : dice_between(&w->dice, 0.9, 1.3);
    if (dice_chance(&w->dice, 0.1))
        *quota = (ent_quota){
            .lane = lane, .lanes = quota->lanes, .kind = ENT_QUOTA_PRICE, .limit = dice_between(&w->dice, -0.1, 0.4)};
    quota->rent = (ent_rent)dice_pick(&w->dice, quota->kind == ENT_QUOTA_FLOOR ? 3 : 4);
    quota->to_exporter = dice_roll(&w->dice);
    quota->of_value = dice_chance(&w->dice, 0.3);
    return quota->lanes > 0;
}

static void draw_quotas(random_world *w, double probability)
{
    ent_quota *list = ent_new(&w->arena, ent_quota, MOST_QUOTAS);
    unsigned char *taken = ent_new0(&w->arena, unsigned char, w->net.borders);
    const ptrdiff_t wanted = 1 + dice_pick(&w->dice, MOST_QUOTAS);
    for (ptrdiff_t q = 0; q < wanted; q++)
        w->policy.quotas += draw_quota(w, probability, taken, list + w->policy.quotas);
    w->policy.quota = list;
}

static ent_status lay(random_world *w, uint64_t seed, double size)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, size);
}

TEST(every_equation_holds_under_quotas_of_every_kind, "E12")
{
    ptrdiff_t solved = 0, binding = 0, passes = 0, plain = 0;
    for (uint64_t seed = 1; seed <= WORLDS(300); seed++) {
        random_world w;
        char where[256];
        MUST_IN(&w, lay(&w, seed, 0.3));
        MUST_IN(&w, random_solve(&w, 1e-11));
        plain += w.eq.certificate.passes;
        if (dice_chance(&w.dice, 0.2))
            for (ptrdiff_t e = 0; e < w.net.borders; e++)
                w.policy.banned[e] = is_foreign(&w.net, e) && dice_chance(&w.dice, 0.1);
        draw_quotas(&w, dice_chance(&w.dice, 0.5) ? 0.1 : 0.4);
        const ent_status status = random_solve(&w, 1e-11);
        if (status == ENT_OK) {
            const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
            LAW(&w, gap <= 1e-9, "%.3g off: %s", gap, where);
            for (ptrdiff_t q = 0; q < w.policy.quotas; q++) binding += w.eq.licence_price[q] != 0.0;
            passes += w.eq.certificate.passes;
        }
        solved += status == ENT_OK;
        random_close(&w);
    }
    CHECK(solved >= WORLDS(300) * 9 / 10 && binding >= solved && passes <= 2 * plain);
}

/* ---- one quota, and policies that do the same ---- */

/* All imports of one region from some others, of some sectors: something of everything. */
static int draw_lanes(random_world *w, ent_quota *quota)
{
    int32_t *lane = ent_new(&w->arena, int32_t, w->net.borders + 1);
    *quota = (ent_quota){.lane = lane};
    for (ptrdiff_t e = 0; e < w->net.borders; e++)
        if (is_foreign(&w->net, e) && dice_chance(&w->dice, 0.3)) lane[quota->lanes++] = (int32_t)e;
    return quota->lanes > 0;
}

static void put_quota(random_world *w, const ent_quota *quota)
{
    w->policy.quota = quota;
    w->policy.quotas = 1;
}

static double income_gap(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b)
{
    double gap = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        gap = fmax(gap, fabs(log(a->income_usd[n] / b->income_usd[n]) - a->log_price[h] + b->log_price[h]));
    }
    return gap;
}

TEST(a_quota_of_all_of_the_benchmark_is_nothing, "E12")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        ent_quota quota;
        ent_equilibrium plain;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        if (!draw_lanes(&w, &quota)) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, random_solve(&w, 1e-12));
        plain = w.eq;
        quota.limit = 1.0;
        for (int kind = ENT_QUOTA_CEILING; kind <= ENT_QUOTA_FLOOR; kind++) {
            quota.kind = (ent_quota_kind)kind;
            quota.of_value = dice_chance(&w.dice, 0.5);
            put_quota(&w, &quota);
            MUST_IN(&w, random_solve(&w, 1e-12));
            const double gap = income_gap(&w.net, &w.eq, &plain);
            LAW(&w, gap <= 1e-12 && fabs(w.eq.licence_price[0]) <= 1e-12, "price %g, incomes move by %g",
                w.eq.licence_price[0], gap);
        }
        random_close(&w);
    }
}

/* Whoever has the licences: import licences are a duty, export licences an export tax, queues a trade cost; a guarantee
 * is a negative one. */
TEST(a_quota_is_the_tax_that_gives_the_same_quantity, "E12")
{
    static const ent_rent rents[] = {ENT_RENT_IMPORTER, ENT_RENT_EXPORTER, ENT_RENT_WASTED};
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        ent_quota quota;
        ent_equilibrium limited;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        w.blueprint.revenue = ENT_REVENUE_LUMP_SUM;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.2));
        if (!draw_lanes(&w, &quota)) {
            random_close(&w);
            continue;
        }
        quota.rent = rents[seed % 3];
        quota.kind = quota.rent != ENT_RENT_WASTED && dice_chance(&w.dice, 0.3) ? ENT_QUOTA_FLOOR : ENT_QUOTA_CEILING;
        quota.limit = quota.kind == ENT_QUOTA_FLOOR ? dice_between(&w.dice, 1.1, 1.3) : dice_between(&w.dice, 0.3, 0.8);
        quota.of_value = dice_chance(&w.dice, 0.3);
        put_quota(&w, &quota);
        if (random_solve(&w, 1e-12) != ENT_OK) {
            random_close(&w);
            continue;
        }
        limited = w.eq;
        w.policy.quotas = 0;
        for (ptrdiff_t c = 0; c < quota.lanes; c++) {
            const int32_t lane = quota.lane[c];
            const double factor = 1.0 + limited.licence_price[0];
            double *duty = &w.policy.duty[lane], *tax = &w.policy.export_tax[lane];
            if (quota.rent == ENT_RENT_IMPORTER) *duty = (1.0 + *duty) * factor - 1.0;
            if (quota.rent == ENT_RENT_EXPORTER) *tax = (1.0 + *tax) * factor - 1.0;
            if (quota.rent == ENT_RENT_WASTED) w.policy.log_trade_cost[lane] += log(factor);
        }
        MUST_IN(&w, random_solve(&w, 1e-12));
        const double gap = income_gap(&w.net, &w.eq, &limited);
        LAW(&w, gap <= 1e-9, "the tax of %g %% moves incomes by %g", 100.0 * limited.licence_price[0], gap);
        held += limited.licence_price[0] != 0.0;
        random_close(&w);
    }
    CHECK(held >= WORLDS(150) / 2);
}

/* A price of 0 counts the quantity and does nothing. */
TEST(a_quota_that_does_not_bind_costs_nothing_and_a_tighter_one_costs_more, "E12")
{
    static const double tight[] = {1.02, 0.9, 0.7, 0.5, 0.3, 0.1};
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_quota quota;
        ent_equilibrium plain;
        double before = 0.0;
        MUST_IN(&w, lay(&w, seed, 0.2));
        if (w.blueprint.market != ENT_MARKET_PERFECT || !draw_lanes(&w, &quota)) {
            random_close(&w);
            continue;
        }
        quota.kind = ENT_QUOTA_PRICE;
        put_quota(&w, &quota);
        MUST_IN(&w, random_solve(&w, 1e-12));
        plain = w.eq;
        quota.kind = ENT_QUOTA_CEILING;
        quota.rent = (ent_rent)dice_pick(&w.dice, 4);
        quota.to_exporter = 0.5;
        for (size_t k = 0; k < sizeof tight / sizeof *tight; k++) {
            quota.limit = tight[k] * plain.quota_quantity[0];
            if (random_solve(&w, 1e-12) != ENT_OK) break; /* transfers that cannot be paid any more */
            const double price = w.eq.licence_price[0];
            if (k == 0)
                LAW(&w, price == 0.0 && w.eq.quota_rent_usd[0] == 0.0 && income_gap(&w.net, &w.eq, &plain) <= 1e-10,
                    "it does not bind, and costs %g", price);
            else
                LAW(&w, price > before && fabs(w.eq.quota_quantity[0] / quota.limit - 1.0) <= 1e-9,
                    "at %g of what was sold the price is %g, and was %g", tight[k], price, before);
            before = price;
        }
        random_close(&w);
    }
}

/* Licences on all that a region buys, or on all that it sells: the same where trade is balanced. */
TEST(licences_on_all_imports_are_licences_on_all_exports, "E12")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        ent_equilibrium of_imports;
        MUST_IN(&w, random_table(&w, seed, &simple_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        int32_t *in = ent_new(&w.arena, int32_t, w.net.borders), *out = ent_new(&w.arena, int32_t, w.net.borders);
        ent_quota imports = {.lane = in, .limit = 0.7, .rent = ENT_RENT_IMPORTER}, exports = {.lane = out};
        for (ptrdiff_t e = 0; e < w.net.borders; e++) {
            if (!is_foreign(&w.net, e)) continue;
            if (w.net.lane_region[e] == 0) in[imports.lanes++] = (int32_t)e;
            if (ent_lane_exporter(&w.net, e) == 0) out[exports.lanes++] = (int32_t)e;
        }
        put_quota(&w, &imports);
        MUST_IN(&w, random_solve(&w, 1e-12));
        of_imports = w.eq;
        exports.kind = ENT_QUOTA_PRICE;
        exports.limit = of_imports.licence_price[0];
        put_quota(&w, &exports);
        MUST_IN(&w, random_solve(&w, 1e-12));
        const double gap = income_gap(&w.net, &w.eq, &of_imports);
        LAW(&w, gap <= 1e-9, "incomes differ by %g", gap);
        random_close(&w);
    }
}

TEST(a_ban_is_the_limit_of_ever_smaller_quotas, "E12")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        ent_quota quota;
        ent_equilibrium none;
        MUST_IN(&w, random_table(&w, seed, &plain_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        for (ptrdiff_t j = 0; j < w.table.sectors.count; j++)
            w.blueprint.trade_elasticity[j] = fmax(2.0, w.blueprint.trade_elasticity[j]);
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.2));
        if (!draw_lanes(&w, &quota)) {
            random_close(&w);
            continue;
        }
        for (ptrdiff_t c = 0; c < quota.lanes; c++) w.policy.banned[quota.lane[c]] = 1;
        if (random_solve(&w, 1e-12) != ENT_OK) {
            random_close(&w);
            continue;
        }
        none = w.eq;
        memset(w.policy.banned, 0, (size_t)w.net.borders);
        put_quota(&w, &quota);
        double before = INFINITY;
        for (double limit = 1e-2; limit > 1e-10; limit *= 1e-3) {
            quota.limit = limit;
            MUST_IN(&w, random_solve(&w, 1e-12));
            const double gap = income_gap(&w.net, &w.eq, &none);
            LAW(&w, gap < 0.1 * before || gap <= 1e-9, "at %g the gap is %g, and was %g", limit, gap, before);
            before = gap;
        }
        random_close(&w);
    }
}

/* ---- derivatives, parts, the next benchmark, memory ---- */

static ent_status lay_quotas(random_world *w, uint64_t seed)
{
    ENT_TRY(lay(w, seed, 0.3));
    draw_quotas(w, 0.3);
    return ENT_OK;
}

static double dot(ptrdiff_t n, const double *a, const double *b)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < n; k++) sum += a[k] * b[k];
    return sum;
}

TEST(under_quotas_the_chain_backwards_is_the_transpose_of_the_chain_forwards, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w;
        ent_linearised lin;
        MUST_IN(&w, lay_quotas(&w, seed));
        if (random_solve(&w, 1e-11) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_linearised_open(&w.net, &w.policy, &w.eq, NULL, &w.arena, &lin, &w.err));
        const ptrdiff_t n = lin.pass.states;
        double *a = ent_new(&w.arena, double, n), *b = ent_new(&w.arena, double, n);
        double *ga = ent_new(&w.arena, double, n), *gb = ent_new(&w.arena, double, n);
        for (ptrdiff_t s = 0; s < n; s++) a[s] = dice_between(&w.dice, -1.0, 1.0);
        for (ptrdiff_t s = 0; s < n; s++) b[s] = dice_between(&w.dice, -1.0, 1.0);
        ent_pass_tangent(&lin.pass, a, ga);
        ent_back_run(&lin.back, b, NULL, 0, gb);
        const double forth = dot(n, ga, b), back = dot(n, a, gb), size = sqrt(dot(n, ga, ga) * dot(n, b, b)) + 1e-300;
        LAW(&w, fabs(forth - back) <= 1e-12 * size, "%.17g and %.17g", forth, back);
        random_close(&w);
    }
}

/* The objective at a policy moved by a step, its quotas' prices all of one sign with the centre's: on the active set.
 */
static int moved(random_world *w, const ent_objective *objective, const double *price, double *value)
{
    ENT_SCRATCH scratch = {0};
    ent_sensitivity *s;
    ent_derivatives d;
    if (random_solve(w, 1e-13) != ENT_OK) return 0;
    for (ptrdiff_t q = 0; q < w->policy.quotas; q++)
        if ((w->eq.licence_price[q] == 0.0) != (price[q] == 0.0)) return 0;
    if (ent_sensitivity_open(&w->net, &w->policy, &w->eq, &scratch, &s, &w->err) != ENT_OK) return 0;
    if (ent_sensitivity_adjoint(s, objective, &scratch, &d, &w->err) != ENT_OK) return 0;
    *value = d.value;
    return 1;
}

TEST(derivatives_by_ceilings_and_duties_are_those_of_the_solver, "E16")
{
    static const ent_term_kind kinds[] = {ENT_TERM_REAL_INCOME, ENT_TERM_TARIFF_REVENUE, ENT_TERM_IMPORTS};
    ptrdiff_t held[2] = {0};
    for (uint64_t seed = 1; seed <= WORLDS(120); seed++) {
        random_world w;
        ent_sensitivity *s;
        ent_derivatives d;
        MUST_IN(&w, lay_quotas(&w, seed));
        const ent_term term = {kinds[seed % 3], 1.0, 0, -1, -1};
        const ent_objective objective = {NULL, &term, 1};
        if (random_solve(&w, 1e-12) != ENT_OK || ent_objective_check(&objective, &w.net, &w.err) != ENT_OK) {
            random_close(&w);
            continue;
        }
        const double *price = w.eq.licence_price;
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        MUST_IN(&w, ent_sensitivity_adjoint(s, &objective, &w.arena, &d, &w.err));
        ent_quota *quota = ent_new(&w.arena, ent_quota, w.policy.quotas);
        memcpy(quota, w.policy.quota, (size_t)w.policy.quotas * sizeof *quota);
        w.policy.quota = quota;
        for (int what = 0; what < 2 && w.policy.quotas > 0; what++) {
            const ptrdiff_t q = dice_pick(&w.dice, w.policy.quotas), lane = quota[q].lane[0];
            double *place = what == 0 ? &quota[q].limit : &w.policy.duty[lane];
            const int is_price = quota[q].kind == ENT_QUOTA_PRICE;
            const double at = *place, unit = what == 1 ? 1.0 : is_price ? 1.0 + at : at;
            const double found = what == 0 ? d.quota[q] : d.duty[lane];
            double side[2], step = 1e-4;
            *place = at + step * unit;
            int both = moved(&w, &objective, price, side + 1);
            *place = at - step * unit;
            both = both && moved(&w, &objective, price, side);
            *place = at;
            if (!both) continue;
            const double wanted = (side[1] - side[0]) / (2.0 * step), scale = fabs(wanted) + fabs(d.value) + 1.0;
            LAW(&w, fabs(found - wanted) <= 1e-6 * scale, "%s: %.12g, not %.12g", what == 0 ? "limit" : "duty", found,
                wanted);
            held[what] += wanted != 0.0;
        }
        random_close(&w);
    }
    CHECK(held[0] >= WORLDS(120) / 5 && held[1] >= WORLDS(120) / 3);
}

TEST(the_parts_of_quotas_sum_to_what_they_do, "E14")
{
    ptrdiff_t held = 0, refused = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_decomposition d;
        MUST_IN(&w, lay_quotas(&w, seed));
        if (random_solve(&w, 1e-12) == ENT_OK) {
            const ent_status status = ent_outcome_decompose(&w.net, &w.policy, &w.eq, NULL, &w.arena, &d, &w.err);
            LAW(&w, status != ENT_OK || d.gap <= 1e-8, "a gap of %g", d.gap);
            held += status == ENT_OK;
            refused += status != ENT_OK;
        }
        random_close(&w);
    }
    CHECK(held >= 20 * refused);
}

TEST(licences_that_bind_become_taxes_of_the_next_benchmark, "E10")
{
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_network after;
        ent_policy none;
        ent_equilibrium still;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        draw_quotas(&w, 0.3);
        int plain = 1;
        for (ptrdiff_t q = 0; q < w.policy.quotas; q++) plain = plain && w.policy.quota[q].rent != ENT_RENT_SHARED;
        if (w.blueprint.revenue == ENT_REVENUE_INCOME_TAX || !plain || random_solve(&w, 1e-12) != ENT_OK) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_network_rebase(&w.net, &w.policy, &w.eq, &w.arena, &after, &w.err));
        MUST_IN(&w, ent_network_check(&after, &w.err));
        MUST_IN(&w, ent_policy_none(&after, &w.arena, &none, &w.err));
        MUST_IN(&w, ent_equilibrium_solve(&after, &none, NULL, NULL, &w.arena, &still, &w.err));
        for (ptrdiff_t k = 0; k < after.nodes; k++)
            LAW(&w, fabs(still.log_price[k]) <= 1e-8, "node %td moves by %g", k, still.log_price[k]);
        held++;
        random_close(&w);
    }
    CHECK(held >= WORLDS(60) / 6);
}

TEST(lost_memory_under_quotas_is_an_answer, "E12")
{
    random_world w;
    MUST(lay_quotas(&w, 1), w.err);
    for (uint64_t seed = 2; w.policy.quotas == 0 || random_solve(&w, 1e-10) != ENT_OK; seed++) {
        random_close(&w);
        MUST(lay_quotas(&w, seed), w.err);
    }
    for (long nth = 1; nth < 2000; nth++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        ent_outcome out;
        test_fail_allocation(nth);
        ent_status status = ent_equilibrium_solve(&w.net, &w.policy, NULL, NULL, &scratch, &eq, &w.err);
        if (status == ENT_OK) status = ent_outcome_measure(&w.net, &w.policy, &eq, &scratch, &out, &w.err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
    }
    random_close(&w);
}

TEST(quotas_that_mean_nothing_are_refused_by_name, "E12")
{
    random_world w;
    const int32_t twice[] = {1, 1}, far[] = {9999};
    MUST(lay(&w, 3, 0.0), w.err);
    const struct {
        ent_quota quota;
        const char *sentence;
    } wrong[] = {
        {{.lane = twice, .lanes = 1, .limit = 0.0},
         "quota 1: a limit of 0 % is a ban; remove the lanes (`banned`) instead"},
        {{.lane = twice, .lanes = 1, .limit = -0.5, .name = "ore"},
         "ore: the limit is -50 % of the benchmark; it must be above 0"},
        {{.lane = twice, .lanes = 2, .limit = 0.5}, "quota 1: lane 1 stands in it twice"},
        {{.lane = twice, .lanes = 0, .limit = 0.5}, "quota 1: there is no trade in the benchmark that it could limit"},
        {{.lane = twice, .lanes = 1, .limit = 1.5, .kind = ENT_QUOTA_FLOOR, .rent = ENT_RENT_WASTED},
         "quota 1: a guarantee is kept by a subsidy, and somebody must pay it: the exporter or the importer"},
        {{.lane = twice, .lanes = 1, .limit = 0.5, .rent = ENT_RENT_SHARED, .to_exporter = 1.5},
         "quota 1: the exporter's share of the rent is 150 %; it lies between 0 and 100 %"},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        CHECK(ent_quota_check(&w.net, &wrong[k].quota, 1, &w.err) == ENT_BAD_INPUT);
        CHECK_TEXT(w.err.text, wrong[k].sentence);
    }
    const ent_quota beyond = {.lane = far, .lanes = 1, .limit = 0.5};
    CHECK(ent_quota_check(&w.net, &beyond, 1, &w.err) == ENT_BAD_INPUT);
    random_close(&w);
}
