/* formula.c: what a policy does to prices where wages, incomes and scale stand still: E3 alone, whatever the nests.
 *
 *   p̂_l = p̂_l(at) for factors;   log p̂_k = log ĉ_k + log(1 − subsidy_k) + held_k,   held: what E4 and E17 add at `at`
 *
 * Prices of producers are met again round the circle (N3), so this is a fixed point in them, p = f(p), and a
 * contraction: a cost moves by what its inputs' prices do, and factors, which do not move, have a part in it. It is
 * solved by the step (I − C_n)⁻¹ (f(p) − p) region by region, C_n the benchmark's cost shares of one region's producers
 * on each other (home.h), so that only what comes back over a border is left to the next step. Where a large shock has
 * made another world, in which those shares mislead, by Newton's steps with the tangent of E3. */
// SPDX-License-Identifier: MIT
#include "equilibrium/bans.h"
#include "equilibrium/solver.h"
#include "num/dot.h"
#include "num/gmres.h"
#include <math.h>
#include <string.h>

#define STILL 1e-13 /* log points; larger stops before the last digits, smaller asks for what rounding leaves */
#define CLOSE 2e-14 /* log points; smaller is within rounding, larger may be a step short */
#define BLIND 1e-6  /* relative, of a Newton step's linear system: larger takes more steps, smaller longer ones */
enum {
    QUICK_STEPS = 40, /* before Newton; a shock that these shares describe takes some twenty */
    MOST_STEPS = 200,
    NEWTON_DEPTH = 60
};

typedef struct {
    ent_solver *s;
    double *z, *image;        /* [states] */
    double *residual, *step;  /* [prices] f(p) − p of producers, 0 for factors; what is added to them */
    double *direction, *felt; /* [states] a tangent, there and back */
    double *plain;            /* [prices] where a plain step would lead */
    double *raw, *answer;     /* [R][width] room of the preconditioner */
    double *krylov;           /* room of GMRES, taken when first needed */
    ent_arena *scratch;
} formula_work;

static void hold_scale(const ent_network *net, const ent_policy *policy, const ent_equilibrium *at, double *held)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        held[k] = 0.0;
        if (net->scale_size[k] >= 0) held[k] = at->log_price[k] - at->log_cost[k] - log1p(-policy->subsidy[k]);
    }
}

static int is_free(const ent_pass *p, ptrdiff_t state)
{
    const int32_t k = p->price_node[state];
    return p->net->kind[k] == ENT_NODE_PRODUCER && !ent_is_shut(p, k);
}

/* f(p) − p, and its largest size. */
static double look(formula_work *w)
{
    ent_pass *p = &w->s->pass;
    double gap = 0.0;
    p->passes++;
    p->shown = !p->squares.present;
    ent_prices_run(p, w->z, w->image);
    for (ptrdiff_t k = 0; k < p->prices; k++) {
        w->residual[k] = is_free(p, k) ? w->image[k] - w->z[k] : 0.0;
        gap = fmax(gap, fabs(w->residual[k]));
        if (isnan(w->residual[k])) return NAN;
    }
    return gap;
}

/* y = (I − C_n)⁻¹ x, region by region. */
static void precondition(void *user, const double *x, double *y)
{
    const formula_work *w = user;
    const ent_home *home = &w->s->domestic.home;
    const ent_pass *p = &w->s->pass;
    const ent_network *net = w->s->net;
    const ptrdiff_t J = net->sectors, W = home->width;
    memset(w->raw, 0, (size_t)(net->regions * W) * sizeof *w->raw);
    memset(w->answer, 0, (size_t)(net->regions * W) * sizeof *w->answer);
    memcpy(y, x, (size_t)p->prices * sizeof *y);
    for (ptrdiff_t cell = 0; cell < net->regions * J; cell++)
        if (net->producer[cell] >= 0 && p->price_state[net->producer[cell]] >= 0)
            w->raw[cell / J * W + cell % J] = x[p->price_state[net->producer[cell]]];
    for (ptrdiff_t n = 0; n < net->regions; n++)
        ent_columns_add(W, J, W, home->price + n * J * W, w->raw + n * W, w->answer + n * W);
    for (ptrdiff_t cell = 0; cell < net->regions * J; cell++)
        if (net->producer[cell] >= 0 && p->price_state[net->producer[cell]] >= 0)
            y[p->price_state[net->producer[cell]]] = w->answer[cell / J * W + cell % J];
}

/* y = (I − df/dp) x at the point of the last look. */
static void turn(void *user, const double *x, double *y)
{
    const formula_work *w = user;
    ent_pass *p = &w->s->pass;
    for (ptrdiff_t k = 0; k < p->prices; k++) w->direction[k] = is_free(p, k) ? x[k] : 0.0;
    ent_prices_tangent(p, w->direction, w->felt);
    for (ptrdiff_t k = 0; k < p->prices; k++) y[k] = is_free(p, k) ? x[k] - w->felt[k] : x[k];
}

static ent_status find_newton_step(formula_work *w, ent_error *err)
{
    ent_pass *p = &w->s->pass;
    const ent_linear_system system = {.n = p->prices,
                                      .matrix = turn,
                                      .precondition = precondition,
                                      .user = w,
                                      .depth = NEWTON_DEPTH,
                                      .most = (ptrdiff_t)10 * NEWTON_DEPTH,
                                      .tolerance = BLIND};
    if (w->krylov == NULL) {
        ENT_TRY(ent_pass_open_tangent(p, w->s->search.it.arena, err));
        w->krylov = ent_new(w->scratch, double, ent_gmres_room(&system));
        if (w->krylov == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for the prices of %td nodes", p->net->nodes);
    }
    if (p->squares.present) ent_prices_show(p);
    ent_gmres(&system, w->residual, w->step, w->krylov); /* the best step there is, if not the exact one */
    return ENT_OK;
}

/* One step from the point of the last look, by these shares or by Newton's; and where that leads away, the plain one,
 * which never does: prices become what they cost. Returns the largest residual. */
static ent_status go(formula_work *w, int newton, double *gap, ent_error *err)
{
    const ent_pass *p = &w->s->pass;
    const double before = *gap;
    if (newton)
        ENT_TRY(find_newton_step(w, err));
    else
        precondition(w, w->residual, w->step);
    memcpy(w->plain, w->image, (size_t)p->prices * sizeof *w->plain);
    for (ptrdiff_t k = 0; k < p->prices; k++) w->z[k] += is_free(p, k) ? w->step[k] : 0.0;
    *gap = look(w);
    if (*gap <= 2.0 * before) return ENT_OK;
    for (ptrdiff_t k = 0; k < p->prices; k++) w->z[k] = is_free(p, k) ? w->plain[k] : w->z[k];
    *gap = look(w);
    return ENT_OK;
}

/* Down to what rounding leaves. *gap: the largest residual. */
static ent_status settle(formula_work *w, double *gap, ent_error *err)
{
    double best = look(w);
    int settled = best <= CLOSE;
    *gap = best;
    for (int step = 0; step < MOST_STEPS && !settled; step++) {
        ENT_TRY(go(w, step >= QUICK_STEPS, gap, err));
        settled = *gap <= CLOSE || (*gap >= best && best < STILL);
        best = fmin(best, *gap);
    }
    return ENT_OK;
}

static ent_status take_room(formula_work *w, double **held)
{
    const ptrdiff_t wide = w->s->net->regions * w->s->domestic.home.width, states = w->s->pass.states;
    double **const of_states[] = {&w->z, &w->image, &w->residual, &w->step, &w->direction, &w->felt, &w->plain};
    for (size_t k = 0; k < sizeof of_states / sizeof *of_states; k++) {
        *of_states[k] = ent_new0(w->scratch, double, states);
        if (*of_states[k] == NULL) return ENT_NO_MEMORY;
    }
    w->raw = ent_new(w->scratch, double, wide);
    w->answer = ent_new(w->scratch, double, wide);
    *held = ent_new(w->scratch, double, w->s->net->nodes);
    return w->raw == NULL || w->answer == NULL || *held == NULL ? ENT_NO_MEMORY : ENT_OK;
}

/* Incomes stand still, and so do licences: their prices are those of `at`, whatever the quantities. */
static ent_status hold_licences(const ent_policy *policy, const ent_equilibrium *at, ent_arena *scratch,
                                ent_policy *held, ent_error *err)
{
    ent_quota *quota = ent_new(scratch, ent_quota, policy->quotas);
    if (quota == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td quotas", policy->quotas);
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        quota[q] = policy->quota[q];
        quota[q].kind = ENT_QUOTA_PRICE;
        quota[q].limit = policy->quotas == at->quotas ? at->licence_price[q] : 0.0;
    }
    *held = *policy;
    held->quota = quota;
    return ENT_OK;
}

static ent_status find_prices(ent_solver *s, const ent_policy *policy, const ent_policy *at_policy,
                              const ent_equilibrium *at, ent_arena *scratch, double *log_price, ent_error *err)
{
    ent_pass *p = &s->pass;
    formula_work w = {.s = s, .scratch = scratch};
    double *held = NULL, gap = INFINITY;
    if (take_room(&w, &held) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the prices of %td nodes", s->net->nodes);
    hold_scale(s->net, at_policy, at, held);
    ent_pass_set_policy(p, policy, 1.0);
    ENT_TRY(ent_bans_judge(p, err));
    for (ptrdiff_t k = 0; k < p->prices; k++) w.z[k] = at->log_price[p->price_node[k]];
    for (ptrdiff_t q = 0; q < policy->quotas; q++) w.z[ent_pass_core(p) + q] = log1p(policy->quota[q].limit);
    ent_quotas_wedge(p, w.z);
    p->held = held;
    const ent_status status = settle(&w, &gap, err);
    p->held = NULL;
    ENT_TRY(status);
    if (!(gap <= s->options.tolerance))
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "prices at fixed wages: not converged, the largest residual is %.3g, the tolerance %.3g", gap,
                        s->options.tolerance);
    memcpy(log_price, p->log_price, (size_t)s->net->nodes * sizeof *log_price);
    return ENT_OK;
}

ent_status ent_solver_prices(ent_solver *s, const ent_policy *policy, const ent_policy *at_policy,
                             const ent_equilibrium *at, double *log_price, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_policy none = {0};
    ent_policy held;
    ENT_TRY(hold_licences(policy, at, &scratch, &held, err));
    ENT_TRY(ent_quota_check(s->net, held.quota, held.quotas, err));
    ENT_TRY(ent_pass_take_quotas(&s->pass, &held, &scratch, err));
    const ent_status status = find_prices(s, &held, at_policy, at, &scratch, log_price, err);
    ENT_TRY(ent_pass_take_quotas(&s->pass, &none, &scratch, err));
    return status;
}
