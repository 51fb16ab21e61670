/* solve.c: one policy to its equilibrium: accelerated fixed point, then Newton–Krylov, then homotopy in the size of the
 * shock, each where the one before did not get there. What got there is said in the certificate.
 *
 * The iterations stop at an estimated error of a third of the tolerance; ent_certify() then compares the residuals
 * themselves, and only it says "converged". */
// SPDX-License-Identifier: MIT
#include "equilibrium/certify.h"
#include "equilibrium/kinsol.h"
#include <math.h>
#include <string.h>

enum {
    FIRST_TRY = 120,  /* passes that `auto` gives the fixed point: ordinary cases need 10 to 40 */
    MOST_PIECES = 400 /* steps of a homotopy */
};

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    ent_options options;
    ent_pass pass;
    ent_domestic domestic;
    ent_iteration it;
    ent_certificate best_certificate;
    double *best; /* [states] */
} ent_solver;

static ent_status open_solver(ent_solver *s, ent_arena *arena, ent_error *err)
{
    ENT_TRY(ent_pass_open(s->net, (int)s->options.threads, arena, &s->pass, err));
    ENT_TRY(ent_domestic_open(&s->pass, arena, &s->domestic, err));
    const ptrdiff_t n = s->pass.states;
    s->it = (ent_iteration){.arena = arena,
                            .pass = &s->pass,
                            .domestic = &s->domestic,
                            .options = &s->options,
                            .z = ent_new0(arena, double, n),
                            .image = ent_new0(arena, double, n),
                            .change = ent_new0(arena, double, n),
                            .room = ent_new0(arena, double, ent_domestic_room(&s->domestic)),
                            .at = ent_new0(arena, double, n),
                            .aim = 0.3 * s->options.tolerance};
    s->best = ent_new0(arena, double, n);
    if (s->it.z == NULL || s->it.image == NULL || s->it.change == NULL || s->it.room == NULL || s->it.at == NULL ||
        s->best == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td unknowns", n);
    s->best_certificate.excess = s->best_certificate.price = s->best_certificate.walras = INFINITY;
    return ENT_OK;
}

/* Where does z stand? Keep it if it is the best so far. 1: converged. */
static int look(ent_solver *s, ent_method method)
{
    ent_iteration *it = &s->it;
    ent_certificate c = {.method = method};
    const size_t bytes = (size_t)s->pass.states * sizeof *it->z;
    if (!it->at_valid || memcmp(it->at, it->z, bytes) != 0) {
        it->at_valid = ent_pass_run(&s->pass, it->z, it->image);
        if (!it->at_valid) return 0;
        memcpy(it->at, it->z, bytes);
    }
    ent_certify(&s->pass, it->z, it->image, s->options.tolerance, &c);
    if (ent_certificate_worst(&c) <= ent_certificate_worst(&s->best_certificate)) {
        s->best_certificate = c;
        memcpy(s->best, it->z, bytes);
    }
    return c.converged;
}

static int all_finite(const ent_solver *s)
{
    for (ptrdiff_t k = 0; k < s->pass.states; k++)
        if (!isfinite(s->it.z[k])) return 0;
    return 1;
}

/* Back to the best point seen, or to the benchmark. */
static void back_to_best(ent_solver *s)
{
    const size_t bytes = (size_t)s->pass.states * sizeof *s->it.z;
    if (isfinite(ent_certificate_worst(&s->best_certificate)))
        memcpy(s->it.z, s->best, bytes);
    else
        memset(s->it.z, 0, bytes);
}

static ent_status try_fixed_point(ent_solver *s, ptrdiff_t passes, int *done)
{
    const ent_status status = ent_fixed_point(&s->it, passes);
    if (status == ENT_NO_MEMORY) return status;
    *done = all_finite(s) && look(s, ENT_METHOD_FIXED_POINT);
    return ENT_OK;
}

static ent_status try_newton(ent_solver *s, ent_method method, int *done)
{
    const ent_status status = ent_newton(&s->it, s->options.steps);
    if (status == ENT_NO_MEMORY) return status;
    *done = all_finite(s) && look(s, method);
    return ENT_OK;
}

/* The shock in pieces: each piece solved by the fixed point, else by Newton; a failed piece is halved, an easy one
 * doubled, and the next start is extrapolated along the last piece. */
static ent_status try_homotopy(ent_solver *s, ptrdiff_t *pieces, ent_arena *arena, int *done)
{
    const ptrdiff_t n = s->pass.states;
    double *here = ent_new0(arena, double, n), *before = ent_new0(arena, double, n);
    if (here == NULL || before == NULL) return ENT_NO_MEMORY;
    double part = 0.0, last = 0.0, piece = 0.125;
    *done = 0;
    for (*pieces = 0; *pieces < MOST_PIECES && piece > 1e-6; ++*pieces) {
        const double next = fmin(1.0, part + piece);
        ent_pass_set_policy(&s->pass, s->policy, next);
        s->it.at_valid = 0;
        s->best_certificate.excess = INFINITY;
        for (ptrdiff_t k = 0; k < n; k++)
            s->it.z[k] = here[k] + (part > last ? (here[k] - before[k]) * (next - part) / (part - last) : 0.0);
        int reached = 0;
        ENT_TRY(try_fixed_point(s, FIRST_TRY, &reached));
        if (!reached) {
            back_to_best(s);
            ENT_TRY(try_newton(s, ENT_METHOD_HOMOTOPY, &reached));
        }
        if (!reached) {
            piece *= 0.5;
            continue;
        }
        memcpy(before, here, (size_t)n * sizeof *here);
        memcpy(here, s->best, (size_t)n * sizeof *here);
        last = part;
        part = next;
        piece *= 2.0;
        if (part == 1.0) {
            s->best_certificate.method = ENT_METHOD_HOMOTOPY;
            *done = 1;
            return ENT_OK;
        }
    }
    ent_pass_set_policy(&s->pass, s->policy, 1.0);
    s->it.at_valid = 0;
    return ENT_OK;
}

static ent_status search(ent_solver *s, ptrdiff_t *pieces, ent_arena *arena)
{
    const ent_method method = s->options.method;
    int done = look(s, ENT_METHOD_FIXED_POINT) && ent_certificate_worst(&s->best_certificate) <= s->it.aim;
    if (!done && (method == ENT_METHOD_AUTO || method == ENT_METHOD_FIXED_POINT))
        ENT_TRY(try_fixed_point(
            s, method == ENT_METHOD_AUTO && s->options.passes > FIRST_TRY ? FIRST_TRY : s->options.passes, &done));
    if (!done && (method == ENT_METHOD_AUTO || method == ENT_METHOD_NEWTON)) {
        if (method == ENT_METHOD_AUTO) back_to_best(s);
        ENT_TRY(try_newton(s, ENT_METHOD_NEWTON, &done));
    }
    if (!done && (method == ENT_METHOD_AUTO || method == ENT_METHOD_HOMOTOPY)) {
        /* a homotopy that ends half way has looked at other policies: the best point of the whole one is kept apart */
        const ent_certificate kept = s->best_certificate;
        const size_t bytes = (size_t)s->pass.states * sizeof *s->best;
        double *best = ent_new(arena, double, s->pass.states);
        if (best == NULL) return ENT_NO_MEMORY;
        memcpy(best, s->best, bytes);
        ENT_TRY(try_homotopy(s, pieces, arena, &done));
        if (!done) {
            s->best_certificate = kept;
            memcpy(s->best, best, bytes);
        }
    }
    return ENT_OK;
}

/* ---- the answer ---- */

static ent_status take_answer_room(const ent_network *net, ptrdiff_t states, ent_arena *arena, ent_equilibrium *eq)
{
    eq->log_price = ent_new(arena, double, net->nodes);
    eq->log_cost = ent_new(arena, double, net->nodes);
    eq->sales_usd = ent_new(arena, double, net->nodes);
    eq->lane_value_usd = ent_new(arena, double, net->lanes);
    eq->log_factor_supply = ent_new0(arena, double, net->nodes);
    eq->income_usd = ent_new(arena, double, net->regions);
    eq->benchmark_income_usd = ent_new(arena, double, net->regions);
    eq->duties_usd = ent_new(arena, double, net->regions);
    eq->export_taxes_usd = ent_new(arena, double, net->regions);
    eq->levies_usd = ent_new(arena, double, net->regions);
    eq->transfer_usd = ent_new(arena, double, net->regions);
    eq->state = ent_new(arena, double, states);
    eq->states = states;
    return eq->log_price == NULL || eq->log_cost == NULL || eq->sales_usd == NULL || eq->lane_value_usd == NULL ||
                   eq->log_factor_supply == NULL || eq->income_usd == NULL || eq->benchmark_income_usd == NULL ||
                   eq->duties_usd == NULL || eq->export_taxes_usd == NULL || eq->levies_usd == NULL ||
                   eq->transfer_usd == NULL || eq->state == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

/* The numeraire of the answer: world factor income (E11), or consumer prices weighted by benchmark spending. */
static double numeraire_shift(const ent_pass *p)
{
    const ent_network *net = p->net;
    if (net->blueprint->numeraire == ENT_NUMERAIRE_GDP) return p->shift;
    double cost = 0.0, spent = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        cost += net->sales_usd[h] * exp(p->log_price[h]);
        spent += net->sales_usd[h];
    }
    return log(cost / spent);
}

static void copy_answer(ent_solver *s, ent_equilibrium *eq)
{
    ent_pass *p = &s->pass;
    ent_pass_show(p);
    const ent_network *net = s->net;
    const double shift = numeraire_shift(p), factor = exp(-shift);
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        const int factor_node = net->kind[k] == ENT_NODE_FACTOR;
        eq->log_price[k] = p->log_price[k] - shift;
        eq->log_cost[k] = (factor_node ? p->log_price[k] : p->log_cost[k]) - shift;
        eq->sales_usd[k] = p->spent[k] * factor;
        if (factor_node) eq->log_factor_supply[k] = log(p->spent[k] / net->sales_usd[k]) - p->log_price[k];
    }
    for (ptrdiff_t lane = 0; lane < net->lanes; lane++)
        eq->lane_value_usd[lane] = ent_lane_weight(p, lane) * p->bought[lane] * factor;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        eq->income_usd[n] = p->income[n] * factor;
        eq->benchmark_income_usd[n] = p->own_income0[n] + net->stated_usd[n];
        eq->duties_usd[n] = p->duties[n] * factor;
        eq->export_taxes_usd[n] = p->export_taxes[n] * factor;
        eq->levies_usd[n] = p->levies[n] * factor;
        eq->transfer_usd[n] = (p->income[n] - p->own_income[n]) * factor;
    }
    memcpy(eq->state, s->best, (size_t)eq->states * sizeof *eq->state);
}

ent_status ent_equilibrium_solve(const ent_network *net, const ent_policy *policy, const ent_options *options,
                                 const ent_equilibrium *start, ent_arena *arena, ent_equilibrium *eq, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ent_solver s = {.net = net, .policy = policy, .options = options != NULL ? *options : ent_options_default()};
    ptrdiff_t pieces = 0;
    ENT_TRY(ent_options_check(&s.options, err));
    ENT_TRY(open_solver(&s, &scratch, err));
    if (take_answer_room(net, s.pass.states, arena, eq) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an equilibrium of %td nodes", net->nodes);
    ent_pass_set_policy(&s.pass, policy, 1.0);
    if (start != NULL && start->states == s.pass.states)
        memcpy(s.it.z, start->state, (size_t)s.pass.states * sizeof *s.it.z);
    if (search(&s, &pieces, &scratch) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to solve for %td unknowns", s.pass.states);
    back_to_best(&s);
    if (!look(&s, s.best_certificate.method) && !isfinite(ent_certificate_worst(&s.best_certificate)))
        return ent_fail(err, ENT_NOT_CONVERGED, "no point with finite prices was found; is the shock what you meant?");
    copy_answer(&s, eq);
    eq->certificate = s.best_certificate;
    eq->certificate.passes = s.pass.passes;
    eq->certificate.tangents = s.pass.tangents;
    eq->certificate.newton_steps = s.it.newton_steps;
    eq->certificate.homotopy_steps = pieces;
    eq->certificate.seconds = ent_seconds() - began;
    if (eq->certificate.converged) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "not converged: the largest residual is %.3g at %s, the tolerance %.3g, after %td passes and %td "
                    "Newton steps",
                    ent_certificate_worst(&eq->certificate),
                    eq->certificate.worst_node >= 0 ? ent_network_node_name(net, eq->certificate.worst_node, &scratch)
                                                    : "the benchmark",
                    s.options.tolerance, s.pass.passes, s.it.newton_steps);
}
