/* uncertain.c: the delta method. With g = dV/dθ of a headline V from one adjoint (E16), s the standard errors and ρ the
 * correlation between any two:
 *
 *   var V   = Σ_jk g_j g_k cov_jk = (1 − ρ) Σ (g_j s_j)² + ρ (Σ g_j s_j)²
 *   E V − V = ½ Σ_jk V_jk cov_jk  = ½ (1 − ρ) Σ V_jj s_j² + ½ ρ s'V''s
 *
 * V_jj and s'V''s are second differences of equilibria along each elasticity and along all together. The variance to
 * second order is second.c's. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "sensitivity/spread.h"
#include "sensitivity/stage.h"
#include <math.h>

enum {
    BLOCKS = 8 /* of headlines; each has a linearisation of its own */
};

typedef struct {
    const ent_stage *stage;
    ent_uncertainty *u;
    double *gradient; /* [count][K] */
    ent_status status[BLOCKS];
    ent_error err[BLOCKS];
} delta;

static ent_term_kind term_of(ent_region_variable variable)
{
    switch (variable) {
    case ENT_REGION_real_wage:
        return ENT_TERM_REAL_WAGE;
    case ENT_REGION_price_index:
        return ENT_TERM_PRICE_INDEX;
    case ENT_REGION_exports:
        return ENT_TERM_EXPORTS;
    case ENT_REGION_imports:
        return ENT_TERM_IMPORTS;
    case ENT_REGION_tariff_revenue:
        return ENT_TERM_TARIFF_REVENUE;
    default:
        return ENT_TERM_REAL_INCOME;
    }
}

/* dV/dθ: objectives are logs, but of revenue; V itself is what the reader sees. */
static ent_status differentiate(const delta *d, ent_sensitivity *sensitivity, ptrdiff_t h, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_headline *one = &d->u->headline[h];
    const ent_spread *spread = d->stage->spread;
    const ent_term term = {
        .kind = term_of(one->variable), .weight = 1.0, .region = one->region, .sector = -1, .partner = one->partner};
    const ent_objective objective = {.terms = &term, .count = 1};
    const double unit = term.kind == ENT_TERM_TARIFF_REVENUE ? 1.0 : one->value;
    double *g = d->gradient + h * spread->count;
    ent_derivatives derivatives;
    const int asked = isfinite(one->value) && unit != 0.0; /* no trade stays none */
    if (asked) ENT_TRY(ent_sensitivity_adjoint(sensitivity, &objective, &scratch, &derivatives, err));
    for (ptrdiff_t p = 0; p < spread->count; p++)
        g[p] = asked ? unit * ent_parameter_derivative(&derivatives, &spread->parameter[p])
                     : (one->value == 0.0 ? 0.0 : (double)NAN);
    return ENT_OK;
}

/* The world's real income is a mean of the regions', with weights of the benchmark. */
static void differentiate_world(const delta *d, ptrdiff_t h)
{
    const ptrdiff_t K = d->stage->spread->count;
    const double *income = d->stage->eq->benchmark_income_usd;
    double world = 0.0, *g = d->gradient + h * K;
    for (ptrdiff_t n = 0; n < d->u->regions; n++) world += income[n];
    for (ptrdiff_t p = 0; p < K; p++) {
        g[p] = 0.0;
        for (ptrdiff_t n = 0; n < d->u->regions; n++) g[p] += income[n] / world * d->gradient[n * K + p];
    }
}

static double standard_error(const ent_spread *spread, const double *g)
{
    double squares = 0.0, sum = 0.0;
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        const double part = g[p] * spread->parameter[p].se;
        squares += part * part;
        sum += part;
    }
    return sqrt((1.0 - spread->correlation) * squares + spread->correlation * sum * sum);
}

static ent_status differentiate_block(const delta *d, ptrdiff_t block, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_sensitivity *sensitivity;
    ENT_TRY(ent_sensitivity_open(d->stage->net, d->stage->policy, d->stage->eq, &scratch, &sensitivity, err));
    for (ptrdiff_t h = d->u->count * block / BLOCKS; h < d->u->count * (block + 1) / BLOCKS; h++)
        if (d->u->headline[h].region < d->u->regions) ENT_TRY(differentiate(d, sensitivity, h, err));
    return ENT_OK;
}

static void run_block(void *state, ptrdiff_t block)
{
    delta *d = state;
    d->status[block] = differentiate_block(d, block, &d->err[block]);
}

static ent_status first_order(const ent_stage *stage, ent_uncertainty *u, double *gradient, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    delta *d = ent_new0(&scratch, delta, 1);
    if (d == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td derivatives", u->count);
    *d = (delta){.stage = stage, .u = u, .gradient = gradient};
    ent_blocks_run(BLOCKS, stage->threads, run_block, d);
    for (int b = 0; b < BLOCKS; b++)
        if (d->status[b] != ENT_OK) return ent_fail(err, d->status[b], "%s", d->err[b].text);
    for (ptrdiff_t h = 0; h < u->count; h++) {
        if (u->headline[h].region == u->regions) differentiate_world(d, h);
        u->headline[h].se = standard_error(stage->spread, gradient + h * stage->spread->count);
    }
    return ENT_OK;
}

static double bend(const ent_curve *curve, const ent_uncertainty *u, ptrdiff_t way, ptrdiff_t h)
{
    const double above = curve->above[way * u->count + h], below = curve->below[way * u->count + h];
    return ((above - u->headline[h].value) + (below - u->headline[h].value)) / (curve->step[way] * curve->step[way]);
}

static ent_status shift_means(const ent_stage *stage, ent_uncertainty *u, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_curve curve;
    const ent_spread *spread = stage->spread;
    ENT_TRY(ent_curve_run(stage, u, &scratch, &curve, err));
    u->curvature_failed = curve.failed;
    for (ptrdiff_t h = 0; h < u->count; h++) {
        double own = 0.0;
        for (ptrdiff_t p = 0; p < spread->count; p++)
            own += bend(&curve, u, p, h) * spread->parameter[p].se * spread->parameter[p].se;
        const double all = spread->correlation > 0.0 ? bend(&curve, u, spread->count, h) : 0.0;
        u->headline[h].shift = 0.5 * ((1.0 - spread->correlation) * own + spread->correlation * all);
    }
    return ENT_OK;
}

static ent_status nothing_uncertain(ent_uncertainty *u)
{
    for (ptrdiff_t h = 0; h < u->count; h++) u->headline[h].se = u->headline[h].se_second = u->headline[h].shift = 0.0;
    return ENT_OK;
}

ent_status ent_uncertainty_delta(const ent_answer_point *point, const ent_spread *spread, ent_order order,
                                 ent_arena *arena, ent_uncertainty *uncertainty, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const double began = ent_seconds();
    ent_stage stage;
    ent_outcome outcome;
    *uncertainty = (ent_uncertainty){.spread = spread, .order = order};
    ENT_TRY(ent_stage_open(point, spread, &scratch, &stage, err));
    ENT_TRY(ent_outcome_measure(stage.net, stage.policy, stage.eq, &scratch, &outcome, err));
    ENT_TRY(ent_headlines_list(&outcome, arena, uncertainty, err));
    double *value = ent_new(&scratch, double, uncertainty->count);
    if (value == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td headlines", uncertainty->count);
    ent_headlines_read(uncertainty, &outcome, value);
    for (ptrdiff_t h = 0; h < uncertainty->count; h++) uncertainty->headline[h].value = value[h];
    if (spread->count == 0) return nothing_uncertain(uncertainty);
    double *gradient = ent_new0(&scratch, double, uncertainty->count * spread->count);
    if (gradient == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td derivatives", uncertainty->count);
    ENT_TRY(first_order(&stage, uncertainty, gradient, err));
    if (order >= ENT_ORDER_SHIFT) ENT_TRY(shift_means(&stage, uncertainty, err));
    if (order >= ENT_ORDER_SECOND) ENT_TRY(ent_second_order(&stage, gradient, uncertainty, err));
    uncertainty->seconds_delta = ent_seconds() - began;
    return ENT_OK;
}
