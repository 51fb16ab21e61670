/* leverage.c: a point more of an instrument against the solver; rankings and matrices against plain sums. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

typedef struct {
    random_world w;
    ent_sensitivity *s;
    ent_leverage leverage;
} bench;

static ent_status open_bench(bench *b, uint64_t seed)
{
    ENT_TRY(random_table(&b->w, seed, &any_world));
    ENT_TRY(random_blueprint(&b->w));
    ENT_TRY(random_lay(&b->w));
    ENT_TRY(random_policy(&b->w, 0.4));
    ENT_TRY(random_solve(&b->w, 1e-12));
    ENT_TRY(ent_sensitivity_open(&b->w.net, &b->w.policy, &b->w.eq, &b->w.arena, &b->s, &b->w.err));
    return ent_leverage_measure(b->s, -1, &b->w.arena, &b->leverage, &b->w.err);
}

/* The first world where two regions trade. */
static ent_status open_traders(bench *b)
{
    for (uint64_t seed = 1;; seed++) {
        ENT_TRY(open_bench(b, seed));
        ent_objective o;
        if (b->w.net.regions > 1 && ent_objective_parse("exports:R1", &b->w.net, &b->w.arena, &o, NULL) == ENT_OK)
            return ENT_OK;
        random_close(&b->w);
    }
}

/* Equivalent variation of everyone with `change` on one lane's duty, export tax or trade cost. */
static ent_status vary(bench *b, int kind, ptrdiff_t lane, double change, double *ev)
{
    random_world *w = &b->w;
    double *const list = kind == ENT_LEVER_DUTY         ? w->policy.duty
                         : kind == ENT_LEVER_EXPORT_TAX ? w->policy.export_tax
                                                        : w->policy.log_trade_cost;
    ent_options options = ent_options_default();
    ent_equilibrium eq;
    const double before = list[lane];
    options.tolerance = 1e-12;
    list[lane] += change;
    const ent_status status = ent_equilibrium_solve(&w->net, &w->policy, &options, &w->eq, &w->arena, &eq, &w->err);
    list[lane] = before;
    ENT_TRY(status);
    for (ptrdiff_t n = 0; n < w->net.regions; n++)
        ev[n] = eq.income_usd[n] / exp(eq.log_price[w->net.household[n]]) - eq.benchmark_income_usd[n];
    return ENT_OK;
}

TEST(a_point_of_an_instrument_does_what_the_solver_says, "E16")
{
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        bench b;
        MUST_IN(&b.w, open_bench(&b, seed));
        const ent_network *net = &b.w.net;
        for (int attempt = 0; attempt < 6; attempt++) {
            const ptrdiff_t lane = dice_pick(&b.w.dice, net->borders);
            const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane);
            const int kind = (int)dice_pick(&b.w.dice, ENT_LEVER_SUBSIDY);
            double above[8], below[8];
            if (n == i) continue;
            MUST(vary(&b, kind, lane, 1e-4, above), b.w.err);
            MUST(vary(&b, kind, lane, -1e-4, below), b.w.err);
            const double importer = (above[n] - below[n]) / 2e-4 * ENT_POINT;
            const double exporter = (above[i] - below[i]) / 2e-4 * ENT_POINT;
            const double size = 1e-5 * (fabs(importer) + fabs(exporter)) + 1e-9 * b.leverage.income_usd[n];
            LAW(&b.w, fabs(b.leverage.importer_usd[kind][lane] - importer) <= size, "%s: importer %g, not %g",
                ent_lever_word(kind), b.leverage.importer_usd[kind][lane], importer);
            LAW(&b.w, fabs(b.leverage.exporter_usd[kind][lane] - exporter) <= size, "%s: exporter %g, not %g",
                ent_lever_word(kind), b.leverage.exporter_usd[kind][lane], exporter);
            held++;
        }
        random_close(&b.w);
    }
    CHECK(held >= WORLDS(40));
}

TEST(levers_are_ranked_by_their_effect_and_priced_by_their_holder, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        bench b;
        ent_objective o;
        ent_lever *list;
        ptrdiff_t count, lanes = 0, made = 0, own = 0;
        MUST_IN(&b.w, open_bench(&b, seed));
        const ent_network *net = &b.w.net;
        MUST(ent_objective_parse("real_income:R1", net, &b.w.arena, &o, &b.w.err), b.w.err);
        MUST(ent_lever_rank(b.s, &o, -1, ~0u, &b.w.arena, &list, &count, &b.w.err), b.w.err);
        for (ptrdiff_t lane = 0; lane < net->borders; lane++)
            lanes += net->lane_region[lane] != ent_lane_exporter(net, lane);
        for (ptrdiff_t cell = 0; cell < net->regions * net->sectors; cell++) made += net->producer[cell] >= 0;
        LAW(&b.w, count == 3 * lanes + made, "%td levers of %td lanes and %td producers", count, lanes, made);
        for (ptrdiff_t k = 0; k < count; k++) {
            const ent_lever *l = &list[k];
            if (k > 0) LAW(&b.w, fabs(l->effect) <= fabs(l[-1].effect), "lever %td is larger than the one before", k);
            LAW(&b.w, l->holder >= 0 && l->target >= 0 && (l->holder == l->target) == (l->kind == ENT_LEVER_SUBSIDY),
                "lever %td is of %d on %d", k, l->holder, l->target);
            LAW(&b.w, fabs(l->effect_usd - l->effect * b.leverage.income_usd[0]) <= 1e-9 * fabs(l->effect_usd), "%td",
                k);
            if (l->holder == 0) /* R1's own instruments: what it feels is what they cost it */
                LAW(&b.w, fabs(l->effect_usd - l->own_usd) <= 1e-9 * fabs(l->own_usd), "%g and %g", l->effect_usd,
                    l->own_usd);
            LAW(&b.w, isnan(l->ratio) == !(l->own_usd < 0.0), "lever %td costs %g and has ratio %g", k, l->own_usd,
                l->ratio);
            own += l->holder == 0;
        }
        ptrdiff_t alone;
        MUST(ent_lever_rank(b.s, &o, 0, ~0u, &b.w.arena, &list, &alone, &b.w.err), b.w.err);
        LAW(&b.w, alone == own, "%td levers of R1 alone, %td among all", alone, own);
        random_close(&b.w);
    }
}

TEST(who_can_hurt_whom_adds_sectors_up_and_finds_the_best, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        bench b;
        MUST_IN(&b.w, open_bench(&b, seed));
        const ent_network *net = &b.w.net;
        const ptrdiff_t R = net->regions;
        for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
            ent_lever_matrix x;
            MUST(ent_lever_matrix_make(&b.leverage, (ent_lever_kind)kind, &b.w.arena, &x, &b.w.err), b.w.err);
            for (ptrdiff_t h = 0; h < R; h++)
                for (ptrdiff_t n = 0; n < R; n++) {
                    double loss = 0.0, own = 0.0, best = 0.0;
                    ptrdiff_t lanes = 0;
                    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
                        const ptrdiff_t importer = net->lane_region[lane], exporter = ent_lane_exporter(net, lane);
                        const int sells = kind == ENT_LEVER_EXPORT_TAX;
                        if (importer == exporter || (sells ? exporter : importer) != h ||
                            (sells ? importer : exporter) != n)
                            continue;
                        const double to_n = (sells ? b.leverage.importer_usd : b.leverage.exporter_usd)[kind][lane];
                        const double to_h = (sells ? b.leverage.exporter_usd : b.leverage.importer_usd)[kind][lane];
                        loss -= to_n;
                        own -= to_h;
                        if (to_n < 0.0 && to_h < 0.0) best = fmax(best, to_n / to_h);
                        lanes++;
                    }
                    const ptrdiff_t pair = h * R + n;
                    if (lanes == 0) {
                        LAW(&b.w, isnan(x.loss_usd[pair]) && x.best[pair] < 0, "a pair that doesn't trade");
                        continue;
                    }
                    LAW(&b.w, fabs(x.loss_usd[pair] - loss) <= 1e-12 * b.leverage.income_usd[n], "%td on %td", h, n);
                    LAW(&b.w, fabs(x.own_usd[pair] - own) <= 1e-12 * b.leverage.income_usd[h], "%td on %td", h, n);
                    LAW(&b.w, best > 0.0 ? fabs(x.best_ratio[pair] / best - 1.0) <= 1e-12 : isnan(x.best_ratio[pair]),
                        "best of %td on %td is %g, not %g", h, n, x.best_ratio[pair], best);
                }
        }
        random_close(&b.w);
    }
}

TEST(money_is_given_only_to_objectives_that_are_money, "E16")
{
    bench b;
    ent_objective o;
    MUST(open_traders(&b), b.w.err);
    double world = 0.0;
    for (ptrdiff_t n = 0; n < b.w.net.regions; n++) world += b.leverage.income_usd[n];
    MUST(ent_objective_parse("real_income:all", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    CHECK_NEAR(ent_objective_usd(b.s, &o) / world, 1.0, 1e-12);
    MUST(ent_objective_parse("income:R1", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    CHECK_NEAR(ent_objective_usd(b.s, &o), b.w.eq.income_usd[0], 0.0);
    MUST(ent_objective_parse("tariff_revenue:R1", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    CHECK_NEAR(ent_objective_usd(b.s, &o), 1.0, 0.0);
    MUST(ent_objective_parse("price_index:R1", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    CHECK(isnan(ent_objective_usd(b.s, &o)));
    MUST(ent_objective_parse("real_income:R1 - real_income:R2", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    CHECK(isnan(ent_objective_usd(b.s, &o)));
    random_close(&b.w);
}

TEST(leverage_without_memory_says_so, "6")
{
    bench b;
    ent_objective o;
    MUST(open_traders(&b), b.w.err);
    MUST(ent_objective_parse("exports:R1", &b.w.net, &b.w.arena, &o, &b.w.err), b.w.err);
    for (long nth = 1;; nth++) {
        ent_arena arena = {0};
        ent_lever *list;
        ent_lever_matrix x;
        ent_exposure e;
        ptrdiff_t count;
        b.w.err.text[0] = 0;
        test_fail_allocation(nth);
        ent_status status = ent_lever_rank(b.s, &o, -1, ~0u, &arena, &list, &count, &b.w.err);
        if (status == ENT_OK) status = ent_lever_matrix_make(&b.leverage, ENT_LEVER_DUTY, &arena, &x, &b.w.err);
        if (status == ENT_OK) status = ent_exposure_measure(&b.w.net, &b.w.policy, &b.w.eq, -1, &arena, &e, &b.w.err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        if (status == ENT_OK) {
            CHECK(nth > 3);
            break;
        }
        CHECK(status == ENT_NO_MEMORY && b.w.err.text[0] != 0);
    }
    random_close(&b.w);
}
