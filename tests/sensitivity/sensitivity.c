/* sensitivity.c: every derivative of every kind of objective against differences, in any world and blueprint; the chain
 * forwards is the transpose of the chain backwards; lost memory. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "sensitivity/aim.h"
#include "sensitivity/nudge.h"

/* Elasticities away from 0, and mobility from 1, where differences on both sides need room. */
static void leave_room(random_world *w)
{
    ent_blueprint *b = &w->blueprint;
    b->separate_nests = 1;
    b->consumption_elasticity = fmax(b->consumption_elasticity, 0.1);
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) {
        b->output_elasticity[j] = fmax(b->output_elasticity[j], 0.1);
        b->factor_elasticity[j] = fmax(b->factor_elasticity[j], 0.1);
        b->material_elasticity[j] = fmax(b->material_elasticity[j], 0.1);
    }
    for (ptrdiff_t g = 0; g < w->table.factors.count; g++) b->mobility[g] = fmax(b->mobility[g], 1.2);
}

static ground ground_of(const random_world *w, double tolerance)
{
    return (ground){&w->table, &w->blueprint, &w->net, &w->policy, &w->eq, tolerance};
}

TEST(every_derivative_is_that_of_the_solver_in_any_world, "E16")
{
    ptrdiff_t held[NUDGES] = {0};
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        drawn_objectives o;
        ent_sensitivity *s;
        ent_derivatives d[OBJECTIVES];
        ent_outcome out;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        leave_room(&w);
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.5));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, ent_outcome_measure(&w.net, &w.policy, &w.eq, &w.arena, &out, &w.err));
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        const ptrdiff_t count = draw_objectives(&w.dice, &w.net, &o);
        for (ptrdiff_t c = 0; c < count; c++) {
            LAW(&w, ent_sensitivity_adjoint(s, &o.list[c], &w.arena, &d[c], &w.err) == ENT_OK, "%s", w.err.text);
            const double value = nudge_value(&out, &o.list[c]);
            LAW(&w, fabs(d[c].value - value) <= 1e-12 * (1.0 + fabs(value)), "objective %td is %.17g, not %.17g", c,
                d[c].value, value);
        }
        const ground g = ground_of(&w, 1e-13);
        for (int kind = 0; kind < NUDGES; kind++) {
            ent_status status = ENT_OK;
            const double gap = nudge_gap(&g, (nudge_kind)kind, &w.dice, o.list, count, d, 1e-3, &status, &w.err);
            if (status == ENT_NOT_CONVERGED) continue; /* 1e-13 is not always within reach of doubles */
            LAW(&w, status == ENT_OK, "%s: %s", nudge_words[kind], w.err.text);
            LAW(&w, gap <= 1e-6, "derivatives by %s are off by %.2g (sourcing %d, market %d, closure %d)",
                nudge_words[kind], gap, w.blueprint.sourcing, w.blueprint.market, w.blueprint.closure);
            held[kind] += gap >= 0.0;
        }
        random_close(&w);
    }
    for (int kind = 0; kind < NUDGES; kind++) CHECK(held[kind] >= WORLDS(100) / 10);
}

/* ⟨V_z, (I − G_z)⁻¹ r⟩ forwards is ⟨(I − G_z)⁻ᵀ V_z, r⟩ backwards, for any r and the form of any objective. */
TEST(forwards_and_backwards_are_transposes, "E15 E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        drawn_objectives o;
        ent_linearised lin;
        ent_aim aim;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.5));
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, ent_linearised_open(&w.net, &w.policy, &w.eq, NULL, &w.arena, &lin, &w.err));
        MUST_IN(&w, ent_aim_open(&lin.pass, &w.eq, &w.arena, &aim, &w.err));
        const ptrdiff_t count = draw_objectives(&w.dice, &w.net, &o), states = lin.pass.states;
        double *r = ent_new(&w.arena, double, states), *dz = ent_new(&w.arena, double, states);
        double *bar = ent_new(&w.arena, double, states);
        const ent_form form = ent_aim_set(&aim, &o.list[count - 1]);
        for (ptrdiff_t k = 0; k < states; k++) r[k] = dice_between(&w.dice, -1.0, 1.0);
        MUST_IN(&w, ent_linearised_tangent(&lin, r, dz, &w.err));
        ent_back_run(&lin.back, NULL, &form, 0, bar);
        MUST_IN(&w, ent_linearised_adjoint(&lin, &form, &w.err));
        double forwards = 0.0, backwards = 0.0, sizes = 0.0;
        for (ptrdiff_t k = 0; k < states; k++) {
            forwards += bar[k] * dz[k];
            backwards += lin.mu[k] * r[k];
            sizes += fabs(bar[k] * dz[k]) + fabs(lin.mu[k] * r[k]);
        }
        LAW(&w, fabs(forwards - backwards) <= 1e-12 * sizes, "%.17g forwards, %.17g backwards, of %g", forwards,
            backwards, sizes);
        random_close(&w);
    }
}

/* What a blueprint leaves open follows θ: σ_d = (1 + θ)/2 and ψ = 1/θ; and a balanced benchmark is held fixed. */
TEST(derived_elasticities_and_balanced_benchmarks_have_derivatives_too, "E16")
{
    ptrdiff_t held = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        drawn_objectives o;
        ent_sensitivity *s;
        ent_derivatives d[OBJECTIVES];
        MUST_IN(&w, random_table(&w, seed, &plain_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        w.blueprint.sourcing = seed % 2 ? ENT_SOURCING_TWO_TIER : ENT_SOURCING_BY_USE;
        w.blueprint.market = seed % 3 == 0 ? ENT_MARKET_KRUGMAN : ENT_MARKET_PERFECT;
        w.blueprint.closure = seed % 5 < 2 ? ENT_CLOSURE_BALANCED : ENT_CLOSURE_FIXED;
        for (ptrdiff_t j = 0; j < w.table.sectors.count; j++) w.blueprint.trade_elasticity[j] += 3.0;
        leave_room(&w);
        MUST_IN(&w, random_lay(&w));
        ent_network net = w.net;
        MUST_IN(&w, ent_network_balance(&net, NULL, &w.arena, &w.net, &w.err));
        MUST_IN(&w, random_policy(&w, 0.2));
        if (w.blueprint.market == ENT_MARKET_KRUGMAN && random_solve(&w, 1e-12) != ENT_OK) {
            random_close(&w); /* ψ = 1/θ in worlds with materials: agglomeration may have the last word */
            continue;
        }
        MUST_IN(&w, random_solve(&w, 1e-12));
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        const ptrdiff_t count = draw_objectives(&w.dice, &w.net, &o);
        for (ptrdiff_t c = 0; c < count; c++)
            LAW(&w, ent_sensitivity_adjoint(s, &o.list[c], &w.arena, &d[c], &w.err) == ENT_OK, "%s", w.err.text);
        const ground g = ground_of(&w, 1e-13);
        static const nudge_kind kinds[] = {NUDGE_TRADE_ELASTICITY, NUDGE_DUTY, NUDGE_TRANSFER};
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            ent_status status = ENT_OK;
            const double gap = nudge_gap(&g, kinds[k], &w.dice, o.list, count, d, 1e-3, &status, &w.err);
            if (status == ENT_NOT_CONVERGED) continue;
            LAW(&w, status == ENT_OK, "%s: %s", nudge_words[kinds[k]], w.err.text);
            LAW(&w, gap <= 1e-6, "derivatives by %s are off by %.2g (sourcing %d, market %d, closure %d)",
                nudge_words[kinds[k]], gap, w.blueprint.sourcing, w.blueprint.market, w.blueprint.closure);
            held += gap >= 0.0;
        }
        random_close(&w);
    }
    CHECK(held >= 2 * WORLDS(60));
}

/* At κ_s = 0 supply can only become elastic: forward differences, of second order. */
TEST(labour_supply_has_a_derivative_where_it_is_fixed, "E9 E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(30); seed++) {
        random_world w;
        drawn_objectives o;
        ent_sensitivity *s;
        ent_derivatives d;
        MUST_IN(&w, random_table(&w, seed, &plain_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        if (seed % 2) w.blueprint.revenue = ENT_REVENUE_INCOME_TAX;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 0.3));
        MUST_IN(&w, random_solve(&w, 1e-13));
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        const ptrdiff_t count = draw_objectives(&w.dice, &w.net, &o);
        const ground g = ground_of(&w, 1e-13);
        const double h = 1e-4, none = 0.0, once = h, twice = 2.0 * h;
        for (ptrdiff_t c = 0; c < count; c++) {
            double at[3];
            MUST(ent_sensitivity_adjoint(s, &o.list[c], &w.arena, &d, &w.err), w.err);
            MUST(nudge_measure(&g, NUDGE_LABOUR_SUPPLY, &none, &o.list[c], 1, &at[0], &w.err), w.err);
            MUST(nudge_measure(&g, NUDGE_LABOUR_SUPPLY, &once, &o.list[c], 1, &at[1], &w.err), w.err);
            MUST(nudge_measure(&g, NUDGE_LABOUR_SUPPLY, &twice, &o.list[c], 1, &at[2], &w.err), w.err);
            const double slope = (-3.0 * at[0] + 4.0 * at[1] - at[2]) / (2.0 * h);
            LAW(&w, fabs(slope - d.labour_supply) <= 1e-6 * (0.01 + fabs(slope)), "%td: %.12g, not %.12g", c,
                d.labour_supply, slope);
        }
        random_close(&w);
    }
}

/* Nests with one elasticity are one node, which has one derivative: that of all of them together. */
TEST(merged_nests_have_no_derivative_of_their_own, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(20); seed++) {
        random_world w;
        ent_derivatives d[2];
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        const ent_term term = {ENT_TERM_REAL_INCOME, 1.0, 0, -1, -1};
        const ent_objective income = {NULL, &term, 1};
        for (int apart = 0; apart < 2; apart++) {
            ent_sensitivity *s;
            w.blueprint.separate_nests = apart;
            MUST(ent_network_lay(&w.table, &w.blueprint, &w.arena, &w.net, &w.err), w.err);
            dice again = {seed};
            w.dice = again;
            MUST(random_policy(&w, 0.3), w.err);
            MUST(random_solve(&w, 1e-12), w.err);
            MUST(ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err), w.err);
            MUST(ent_sensitivity_adjoint(s, &income, &w.arena, &d[apart], &w.err), w.err);
        }
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            LAW(&w, fabs(d[0].duty[lane] - d[1].duty[lane]) <= 1e-10, "duty %td: %g and %g", lane, d[0].duty[lane],
                d[1].duty[lane]);
        for (ptrdiff_t j = 0; j < w.net.sectors; j++) {
            LAW(&w, isnan(d[0].output_elasticity[j]) && isnan(d[0].material_elasticity[j]), "sector %td", j);
            LAW(&w, isfinite(d[1].output_elasticity[j]) && isfinite(d[1].material_elasticity[j]), "sector %td", j);
            LAW(&w, isfinite(d[1].factor_elasticity[j]), "sector %td", j);
            LAW(&w, fabs(d[0].trade_elasticity[j] - d[1].trade_elasticity[j]) <= 1e-10, "sector %td", j);
        }
        random_close(&w);
    }
}

TEST(lost_memory_is_an_ordinary_answer, "6")
{
    random_world w;
    ent_error err;
    MUST(random_table(&w, 5, &any_world), w.err);
    MUST(random_blueprint(&w), w.err);
    MUST(random_lay(&w), w.err);
    MUST(random_policy(&w, 0.5), w.err);
    MUST(random_solve(&w, 1e-11), w.err);
    for (long nth = 1;; nth++) {
        ent_arena arena = {0};
        ent_sensitivity *s = NULL;
        ent_objective objective;
        ent_derivatives d;
        err.text[0] = 0;
        test_fail_allocation(nth);
        ent_status status =
            ent_objective_parse("real_income:all - 0.5*real_income:R1", &w.net, &arena, &objective, &err);
        if (status == ENT_OK) status = ent_sensitivity_open(&w.net, &w.policy, &w.eq, &arena, &s, &err);
        if (status == ENT_OK) status = ent_sensitivity_adjoint(s, &objective, &arena, &d, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        if (status == ENT_OK) {
            CHECK(nth > 3);
            break;
        }
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
    }
    random_close(&w);
}
