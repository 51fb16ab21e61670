/* sensitivity.c: every derivative of every kind of objective against differences, in any world and blueprint; the chain
 * forwards is the transpose of the chain backwards; lost memory. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include "sensitivity/nudge.h"

enum {
    OBJECTIVES = ENT_TERMS + 1
};

/* One of each kind, of whom the dice say, and a sum of all; 0 where the network has nothing to measure. */
typedef struct {
    ent_term terms[ENT_TERMS];
    ent_objective list[OBJECTIVES];
} objectives;

static ptrdiff_t draw_objectives(dice *d, const ent_network *net, objectives *o)
{
    ptrdiff_t count = 0;
    for (int kind = 0; kind < ENT_TERMS; kind++) {
        for (int attempt = 0; attempt < 20; attempt++) {
            const int trades = kind == ENT_TERM_EXPORTS || kind == ENT_TERM_IMPORTS;
            const int wants_sector = kind == ENT_TERM_REAL_OUTPUT || kind == ENT_TERM_PRODUCER_PRICE;
            o->terms[count] =
                (ent_term){.kind = (ent_term_kind)kind,
                           .weight = dice_between(d, -1.0, 2.0),
                           .region = dice_pick(d, net->regions),
                           .sector = wants_sector || dice_chance(d, 0.5) ? dice_pick(d, net->sectors) : -1,
                           .partner = trades && dice_chance(d, 0.5) ? dice_pick(d, net->regions) : -1};
            if (kind == ENT_TERM_TARIFF_REVENUE)
                o->terms[count].weight /= net->sales_usd[net->household[o->terms[count].region]];
            o->list[count] = (ent_objective){"one", &o->terms[count], 1};
            if (ent_objective_check(&o->list[count], net, NULL) == ENT_OK) break;
            o->list[count].count = 0;
        }
        if (o->list[count].count > 0) count++;
    }
    o->list[count] = (ent_objective){"sum", o->terms, count};
    return count + 1;
}

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

/* The derivative along a direction of one class against differences: relative to the sum of the sizes of its parts, and
 * never to less than a thousandth (doubles end at 1e-16, four solves at 1e-13 over a step of 1e-3). −1: nothing to
 * move. */
static double worst_gap(random_world *w, const ground *g, nudge_kind kind, const objectives *o, ptrdiff_t count,
                        const ent_derivatives *d, double size, ent_status *status)
{
    const ptrdiff_t n = nudge_count(g, kind);
    double *direction = ent_new0(&w->arena, double, n), slope[OBJECTIVES], worst = 0.0, transfers = 0.0;
    int any = 0;
    for (ptrdiff_t k = 0; k < n; k++) {
        direction[k] = nudge_unit(g, kind, k) * dice_between(&w->dice, -1.0, 1.0);
        transfers += direction[k];
        any |= direction[k] != 0.0;
    }
    for (ptrdiff_t k = 0; k < n && kind == NUDGE_TRANSFER; k++) direction[k] -= transfers / (double)n;
    if (!any) return -1.0;
    *status = nudge_difference(g, kind, direction, size, o->list, count, slope, &w->err);
    if (*status != ENT_OK) return 0.0;
    for (ptrdiff_t c = 0; c < count; c++) {
        const double *gradient = nudge_gradient(&d[c], kind);
        double sum = 0.0, sizes = 0.0;
        for (ptrdiff_t k = 0; k < n; k++) {
            if (direction[k] == 0.0) continue;
            sum += gradient[k] * direction[k];
            sizes += fabs(gradient[k] * direction[k]);
        }
        const double gap = fabs(sum - slope[c]) / (sizes + 1e-3);
        if (!(gap <= worst)) worst = isnan(gap) ? (double)INFINITY : gap;
    }
    return worst;
}

TEST(every_derivative_is_that_of_the_solver_in_any_world, "E16")
{
    ptrdiff_t held[NUDGES] = {0};
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        objectives o;
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
            const double gap = worst_gap(&w, &g, (nudge_kind)kind, &o, count, d, 1e-3, &status);
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
