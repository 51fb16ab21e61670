/* search.c: see search.h. The accelerated fixed point with the benchmark's preconditioner, which is enough as a rule;
 * with the preconditioner of the point where that got stuck; Newton–Krylov; and homotopy in the size of the shock.
 *
 * The work is bounded in passes, not in seconds, so that the answer is the same on every machine. The iterations stop
 * at an estimated error of a third of the tolerance; ent_certify() then compares the residuals themselves, and only it
 * says "converged". */
// SPDX-License-Identifier: MIT
#include "equilibrium/search.h"
#include <math.h>
#include <string.h>

enum {
    FIRST_TRY = 120,  /* passes that `auto` gives the fixed point: ordinary cases need 10 to 20 */
    MOST_RENEWED = 3, /* times that it may go on with a new preconditioner */
    LEAST_WORK = 400, /* passes of Newton's method or of a homotopy in the largest worlds, */
    MOST_WORK = 6000, /* in small ones, */
    WORK = 500000000, /* and edges read in between */
    WITHOUT_END = 1 << 30
};

ent_status ent_search_open(ent_pass *pass, const ent_domestic *benchmark, const ent_options *options,
                           ent_renewal *renewal, ent_arena *arena, ent_search *s, ent_error *err)
{
    *s = (ent_search){.options = options};
    s->it = (ent_iteration){.arena = arena,
                            .pass = pass,
                            .benchmark = benchmark,
                            .renewal = renewal,
                            .options = options,
                            .room = ent_new0(arena, double, ent_domestic_room(benchmark)),
                            .aim = 0.3 * options->tolerance};
    if (s->it.room == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td unknowns", pass->states);
    return ent_search_stretch(s, err);
}

/* Quotas add unknowns; room that was taken for more serves for fewer. */
ent_status ent_search_stretch(ent_search *s, ent_error *err)
{
    const ptrdiff_t n = s->it.pass->states;
    double **const lists[] = {&s->it.z, &s->it.image, &s->it.change, &s->it.at, &s->it.nearest, &s->best};
    if (n <= s->capacity) return ENT_OK;
    for (size_t c = 0; c < sizeof lists / sizeof *lists; c++) {
        *lists[c] = ent_new0(s->it.arena, double, n);
        if (*lists[c] == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td unknowns", n);
    }
    s->capacity = n;
    return ENT_OK;
}

static size_t bytes_of(const ent_search *s)
{
    return (size_t)s->it.pass->states * sizeof *s->best;
}

/* ---- where do we stand? ---- */

static void forget(ent_search *s)
{
    s->certificate = (ent_certificate){.excess = INFINITY, .price = INFINITY, .walras = INFINITY, .worst_node = -1};
}

/* A licence price of the wrong sign, or one that is as good as 0 where the quota does not bind, is 0. */
static void tidy_licences(const ent_search *s)
{
    const ent_quotas *quotas = &s->it.pass->quotas;
    double *z = s->it.z + ent_pass_core(s->it.pass);
    for (ptrdiff_t q = 0; q < quotas->count; q++) {
        const ent_quota_kind kind = quotas->quota[q].kind;
        const int wrong = kind == ENT_QUOTA_CEILING ? z[q] < 0.0 : z[q] > 0.0;
        const int idle = fabs(z[q]) <= (quotas->active[q] ? 1e-13 : s->options->tolerance); /* rounding, or both */
        if (kind != ENT_QUOTA_PRICE && (wrong || idle)) z[q] = 0.0;
    }
}

/* Keep z if it is the best so far. 1: converged. */
static int look(ent_search *s, ent_method method)
{
    ent_iteration *it = &s->it;
    ent_certificate c = {.method = method};
    for (ptrdiff_t k = 0; k < it->pass->states; k++)
        if (!isfinite(it->z[k])) return 0;
    tidy_licences(s);
    if (!it->at_valid || memcmp(it->at, it->z, bytes_of(s)) != 0) {
        it->at_valid = ent_pass_run(it->pass, it->z, it->image);
        if (!it->at_valid) return 0;
        memcpy(it->at, it->z, bytes_of(s));
    }
    ent_certify(it->pass, it->z, it->image, s->options->tolerance, &c);
    if (ent_certificate_worst(&c) <= ent_certificate_worst(&s->certificate)) {
        s->certificate = c;
        memcpy(s->best, it->z, bytes_of(s));
    }
    return c.converged;
}

/* Back to the best point seen, or to the benchmark. */
static void back_to_best(ent_search *s)
{
    if (isfinite(ent_certificate_worst(&s->certificate)))
        memcpy(s->it.z, s->best, bytes_of(s));
    else
        memset(s->it.z, 0, bytes_of(s));
}

static void set_policy(ent_search *s, double part)
{
    ent_pass_set_policy(s->it.pass, s->policy, part);
    s->it.at_valid = 0;
}

/* ---- iterations ---- */

static ptrdiff_t share_of_work(const ent_search *s)
{
    return (ptrdiff_t)fmax(LEAST_WORK, fmin(MOST_WORK, WORK / (double)s->it.pass->net->edges));
}

static ent_status try_fixed_point(ent_search *s, ptrdiff_t passes, ent_method method, int *done)
{
    const ent_status status = ent_fixed_point(&s->it, passes < s->options->passes ? passes : s->options->passes);
    if (status == ENT_NO_MEMORY) return status;
    *done = look(s, method);
    return ENT_OK;
}

static ent_status try_newton(ent_search *s, ent_method method, int *done)
{
    const ent_status status = ent_newton(&s->it, s->options->steps);
    if (status == ENT_NO_MEMORY) return status;
    *done = look(s, method);
    return ENT_OK;
}

/* The fixed point with preconditioners of the points where it got stuck, as long as that helps. */
static ent_status try_renewed(ent_search *s, ent_method method, int *done)
{
    for (int times = 0; times < MOST_RENEWED && !*done; times++) {
        const double before = ent_certificate_worst(&s->certificate);
        back_to_best(s);
        ENT_TRY(ent_iteration_renew(&s->it));
        ENT_TRY(try_fixed_point(s, FIRST_TRY, method, done));
        if (!(ent_certificate_worst(&s->certificate) < 0.5 * before)) break;
    }
    return ENT_OK;
}

/* One piece of the shock, from a guess in z. */
static ent_status reach(ent_search *s, int *reached)
{
    *reached = 0;
    ENT_TRY(try_fixed_point(s, FIRST_TRY / 2, ENT_METHOD_HOMOTOPY, reached));
    if (*reached || s->it.work <= 0) return ENT_OK;
    back_to_best(s);
    return try_newton(s, ENT_METHOD_HOMOTOPY, reached);
}

/* The shock in pieces: a failed piece is cut in four, an easy one doubled; the next start is extrapolated along the
 * last piece, with the preconditioner of the last point. */
static ent_status try_homotopy(ent_search *s, int *done)
{
    const ptrdiff_t n = s->it.pass->states;
    const double least = 1e-5;
    double last = 0.0, piece = 0.125;
    *done = 0;
    s->part = 0.0;
    s->it.domestic = s->it.benchmark;
    memset(s->here, 0, bytes_of(s));
    for (s->pieces = 0; piece > least && s->it.work > 0; s->pieces++) {
        const double next = fmin(1.0, s->part + piece),
                     stretch = s->part > last ? (next - s->part) / (s->part - last) : 0.0;
        int reached = 0;
        set_policy(s, next);
        forget(s);
        for (ptrdiff_t k = 0; k < n; k++)
            s->it.z[k] = s->here[k] + (stretch > 0.0 ? stretch * (s->here[k] - s->before[k]) : 0.0);
        ENT_TRY(reach(s, &reached));
        if (!reached) {
            piece *= 0.25;
            continue;
        }
        memcpy(s->before, s->here, bytes_of(s));
        memcpy(s->here, s->best, bytes_of(s));
        last = s->part;
        s->part = next;
        piece *= 2.0;
        *done = next == 1.0;
        if (*done) return ENT_OK;
        back_to_best(s);
        ENT_TRY(ent_iteration_renew(&s->it));
    }
    set_policy(s, 1.0);
    return ENT_OK;
}

/* A homotopy that ends half way has looked at other policies: the best point of the whole one is kept apart. */
static ent_status follow_path(ent_search *s, int *done)
{
    ENT_SCRATCH scratch = {0};
    const ent_certificate kept = s->certificate;
    double *best = ent_new(&scratch, double, s->it.pass->states);
    s->here = ent_new(&scratch, double, s->it.pass->states);
    s->before = ent_new0(&scratch, double, s->it.pass->states);
    if (best == NULL || s->here == NULL || s->before == NULL) return ENT_NO_MEMORY;
    memcpy(best, s->best, bytes_of(s));
    s->it.work = share_of_work(s);
    ENT_TRY(try_homotopy(s, done));
    s->it.work = WITHOUT_END;
    if (*done) return ENT_OK;
    s->certificate = kept;
    memcpy(s->best, best, bytes_of(s));
    return ENT_OK;
}

static ent_status try_all(ent_search *s)
{
    const ent_method method = s->options->method;
    const int any = method == ENT_METHOD_AUTO;
    int done = look(s, ENT_METHOD_FIXED_POINT) && ent_certificate_worst(&s->certificate) <= s->it.aim;
    if (!done && (any || method == ENT_METHOD_FIXED_POINT))
        ENT_TRY(try_fixed_point(s, any ? FIRST_TRY : s->options->passes, ENT_METHOD_FIXED_POINT, &done));
    if (!done && any) ENT_TRY(try_renewed(s, ENT_METHOD_FIXED_POINT, &done));
    if (!done && (any || method == ENT_METHOD_NEWTON)) {
        if (any) {
            back_to_best(s);
            s->it.work = share_of_work(s);
        }
        ENT_TRY(try_newton(s, ENT_METHOD_NEWTON, &done));
    }
    if (!done && (any || method == ENT_METHOD_HOMOTOPY)) ENT_TRY(follow_path(s, &done));
    return ENT_OK;
}

/* A start that had other quotas is one for all else. */
static void take_start(ent_search *s, const ent_equilibrium *start)
{
    const ptrdiff_t core = ent_pass_core(s->it.pass);
    memset(s->it.z, 0, bytes_of(s));
    if (start == NULL || start->states - start->quotas != core) return;
    memcpy(s->it.z, start->state,
           (size_t)(start->states == s->it.pass->states ? start->states : core) * sizeof *s->it.z);
}

ent_status ent_search_run(ent_search *s, const ent_policy *policy, const ent_equilibrium *start)
{
    s->policy = policy;
    s->pieces = 0;
    s->part = 1.0;
    s->it.domestic = s->nearby != NULL ? s->nearby : s->it.benchmark;
    s->it.newton_steps = s->it.renewals = 0;
    s->it.work = WITHOUT_END;
    set_policy(s, 1.0);
    forget(s);
    if (s->it.pass->starved >= 0) return ENT_NO_EQUILIBRIUM;
    take_start(s, start);
    ENT_TRY(try_all(s));
    back_to_best(s);
    look(s, s->certificate.method);
    return ENT_OK;
}
