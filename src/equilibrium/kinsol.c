/* kinsol.c: see kinsol.h. */
// SPDX-License-Identifier: MIT
#include "equilibrium/kinsol.h"
#include "num/dot.h"
#include <kinsol/kinsol.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <string.h>
#include <sunlinsol/sunlinsol_spgmr.h>

/* ---- vectors: the serial ones, their sums done by our kernels, which are several times faster than the packaged ones
 * and add in a fixed order ---- */

static double dot(N_Vector x, N_Vector y)
{
    return ent_dot_run(N_VGetLength_Serial(x), N_VGetArrayPointer_Serial(x), N_VGetArrayPointer_Serial(y));
}

static int dot_many(int count, N_Vector x, N_Vector *y, double *products)
{
    for (int c = 0; c < count; c++) products[c] = dot(x, y[c]);
    return 0;
}

static void linear_sum(double a, N_Vector x, double b, N_Vector y, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(x);
    const double *from = N_VGetArrayPointer_Serial(x), *other = N_VGetArrayPointer_Serial(y);
    double *to = N_VGetArrayPointer_Serial(z);
    if (z == y && b == 1.0) {
        ent_add_run(n, from, a, to);
        return;
    }
    ent_combine(n, a, from, b, other, to);
}

/* z = Σ c[k] x[k]; x[0] may be z. */
static int linear_combination(int count, double *c, N_Vector *x, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(z);
    double *to = N_VGetArrayPointer_Serial(z);
    ent_combine(n, c[0], N_VGetArrayPointer_Serial(x[0]), 0.0, N_VGetArrayPointer_Serial(x[0]), to);
    for (int k = 1; k < count; k++) ent_add_run(n, N_VGetArrayPointer_Serial(x[k]), c[k], to);
    return 0;
}

static void scale(double c, N_Vector x, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(x);
    const double *from = N_VGetArrayPointer_Serial(x);
    double *to = N_VGetArrayPointer_Serial(z);
    if (c == 1.0)
        memmove(to, from, (size_t)n * sizeof *to);
    else
        ent_combine(n, c, from, 0.0, from, to);
}

static void product(N_Vector x, N_Vector y, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(x);
    double *to = N_VGetArrayPointer_Serial(z);
    const double *a = N_VGetArrayPointer_Serial(x), *b = N_VGetArrayPointer_Serial(y);
    for (ptrdiff_t e = 0; e < n; e++) to[e] = a[e] * b[e];
}

static double largest(N_Vector x)
{
    return ent_largest(N_VGetLength_Serial(x), N_VGetArrayPointer_Serial(x));
}

static N_Vector vector_over(sunindextype n, double *values, SUNContext context)
{
    N_Vector v = N_VMake_Serial(n, values, context);
    if (v == NULL) return NULL;
    v->ops->nvdotprod = dot;
    v->ops->nvlinearsum = linear_sum;
    v->ops->nvscale = scale;
    v->ops->nvprod = product;
    v->ops->nvmaxnorm = largest;
    v->ops->nvdotprodmulti = dot_many;
    v->ops->nvlinearcombination = linear_combination;
    return v;
}

/* ---- a solver and its room ---- */

typedef struct {
    SUNContext context;
    N_Vector z, ones;
    SUNLinearSolver linear;
    void *memory;
} ent_kinsol;

static void quiet(const char *module, const char *function, char *message, void *data)
{
    (void)module, (void)function, (void)message, (void)data;
}

static void silent(int code, const char *module, const char *function, char *message, void *data)
{
    (void)code;
    quiet(module, function, message, data);
}

static void close_kinsol(ent_kinsol *k)
{
    if (k->memory != NULL) KINFree(&k->memory);
    if (k->linear != NULL) SUNLinSolFree(k->linear);
    if (k->z != NULL) N_VDestroy(k->z);
    if (k->ones != NULL) N_VDestroy(k->ones);
    if (k->context != NULL) SUNContext_Free(&k->context);
}

static int open_kinsol(ent_kinsol *k, ent_iteration *it)
{
    *k = (ent_kinsol){0};
    if (SUNContext_Create(NULL, &k->context) != 0) return 0;
    const sunindextype n = (sunindextype)it->pass->states;
    k->z = vector_over(n, it->z, k->context);
    k->ones = k->z != NULL ? N_VClone(k->z) : NULL;
    k->memory = KINCreate(k->context);
    if (k->z == NULL || k->ones == NULL || k->memory == NULL) return 0;
    N_VConst(1.0, k->ones);
    return KINSetErrHandlerFn(k->memory, silent, NULL) == KIN_SUCCESS &&
           KINSetInfoHandlerFn(k->memory, quiet, NULL) == KIN_SUCCESS && KINSetUserData(k->memory, it) == KIN_SUCCESS;
}

/* Run the pass at z unless that is where it stands; image = G(z). */
static int run_at(ent_iteration *it, const double *z)
{
    const size_t bytes = (size_t)it->pass->states * sizeof *z;
    if (it->at_valid && memcmp(it->at, z, bytes) == 0) return 1;
    it->at_valid = ent_pass_run(it->pass, z, it->image);
    if (it->at_valid) memcpy(it->at, z, bytes);
    return it->at_valid;
}

enum {
    PATIENCE = 20,    /* passes in which the residual must fall to a third */
    CLOSE_ENOUGH = 4, /* passes with a residual that will do after which the estimated error may be what it is: where
                         hardly any trade is left, nothing holds relative wages */
    RENEWAL = 10      /* passes that take as long as a new preconditioner */
};

#define HUSH 1e-3 /* of the aim: KINSOL sees steps alone, and does not end what residuals would go on with */

/* Count a pass. 1: the share of work is done, or nobody wants the answer any more. */
static int spent(ent_iteration *it)
{
    if (it->options->stop != NULL && it->options->stop(it->options->stop_who) != 0) it->work = 0;
    return --it->work <= 0;
}

/* One pass more. 0: it gets no nearer, or has had its share of work. */
static int goes_on(ent_iteration *it, const double *z)
{
    const double gap = ent_largest(it->pass->states, it->change);
    if (gap < it->gap) {
        it->gap = gap;
        memcpy(it->nearest, z, (size_t)it->pass->states * sizeof *z);
    }
    if (++it->seen % PATIENCE == 0) {
        if (it->gap > it->old_gap / 3.0) return 0;
        it->old_gap = it->gap;
    }
    return !spent(it);
}

static void tell(const ent_iteration *it, const char *what)
{
    if (it->options->progress == NULL) return;
    double largest = 0.0;
    for (ptrdiff_t s = 0; s < it->pass->states; s++) largest = fmax(largest, fabs(it->image[s] - it->at[s]));
    it->options->progress(it->options->progress_who, what, largest);
}

/* z + P (G(z) − z). Where that is z itself, as near as asked for, the search ends here, at a point whose pass has been
 * run: one pass less than if KINSOL had to see it. */
static int corrected(N_Vector z, N_Vector out, void *user)
{
    ent_iteration *it = user;
    const ptrdiff_t n = it->pass->states;
    const double *from = N_VGetArrayPointer(z);
    double *to = N_VGetArrayPointer(out);
    if (!run_at(it, from)) return -1;
    tell(it, "pass");
    ent_combine(n, 1.0, it->image, -1.0, from, it->change);
    if (!goes_on(it, from)) return -1;
    ent_domestic_apply(it->domestic, it->change, to, it->room);
    if (ent_largest(n, it->change) <= it->aim) {
        it->close++;
        it->met = ent_largest(n, to) <= it->aim || it->close == CLOSE_ENOUGH;
    }
    if (it->met) {
        memcpy(it->z, from, (size_t)n * sizeof *from);
        return -1;
    }
    ent_combine(n, 1.0, from, 1.0, to, to);
    return 0;
}

ent_status ent_fixed_point(ent_iteration *it, ptrdiff_t passes)
{
    ent_kinsol k;
    int answer = KIN_MEM_FAIL;
    it->met = 0;
    it->seen = it->close = 0;
    it->gap = it->old_gap = INFINITY;
    const int open = open_kinsol(&k, it);
    if (open && KINSetMAA(k.memory, (long)it->options->depth) == KIN_SUCCESS &&
        KINInit(k.memory, corrected, k.z) == KIN_SUCCESS &&
        KINSetFuncNormTol(k.memory, HUSH * it->aim) == KIN_SUCCESS &&
        KINSetNumMaxIters(k.memory, (long)passes) == KIN_SUCCESS)
        answer = KINSol(k.memory, k.z, KIN_FP, k.ones, k.ones);
    close_kinsol(&k);
    if (!open || answer == KIN_MEM_FAIL) return ENT_NO_MEMORY;
    if (it->met || answer >= 0) return ENT_OK;
    if (isfinite(it->gap)) memcpy(it->z, it->nearest, (size_t)it->pass->states * sizeof *it->z);
    return ENT_NOT_CONVERGED;
}

static int gap(N_Vector z, N_Vector out, void *user)
{
    ent_iteration *it = user;
    const double *from = N_VGetArrayPointer(z);
    double *to = N_VGetArrayPointer(out);
    if (spent(it)) return -1;
    if (!run_at(it, from)) return 1;
    for (ptrdiff_t s = 0; s < it->pass->states; s++) to[s] = it->image[s] - from[s];
    return 0;
}

static int gap_tangent(N_Vector v, N_Vector jv, N_Vector z, booleantype *is_new, void *user)
{
    ent_iteration *it = user;
    const double *d = N_VGetArrayPointer(v);
    double *to = N_VGetArrayPointer(jv);
    (void)is_new;
    if (spent(it)) return -1;
    if (!run_at(it, N_VGetArrayPointer(z))) return 1;
    ent_pass_tangent(it->pass, d, to);
    for (ptrdiff_t s = 0; s < it->pass->states; s++) to[s] -= d[s];
    return 0;
}

ent_status ent_iteration_renew(ent_iteration *it)
{
    it->work -= RENEWAL;
    it->renewals++;
    if (!run_at(it, it->z)) return ENT_OK;
    it->domestic = it->benchmark;
    const ent_status status = ent_renew(it->renewal, it->pass);
    if (status == ENT_OK) it->domestic = &it->renewal->domestic;
    return status == ENT_NO_MEMORY ? status : ENT_OK;
}

/* (dG/dz − I)⁻¹ ≈ −P */
static int precondition(N_Vector z, N_Vector zscale, N_Vector f, N_Vector fscale, N_Vector v, void *user)
{
    ent_iteration *it = user;
    double *d = N_VGetArrayPointer(v);
    (void)z, (void)zscale, (void)f, (void)fscale;
    for (ptrdiff_t s = 0; s < it->pass->states; s++) it->change[s] = -d[s];
    ent_domestic_apply(it->domestic, it->change, d, it->room);
    return 0;
}

/* Now and then, and where steps fail, with the shares of the point. */
static int prepare(N_Vector z, N_Vector zscale, N_Vector f, N_Vector fscale, void *user)
{
    ent_iteration *it = user;
    (void)zscale, (void)f, (void)fscale;
    if (!run_at(it, N_VGetArrayPointer(z))) return 1;
    if (ent_iteration_renew(it) != ENT_OK) return -1;
    return it->work > 0 ? 0 : -1;
}

ent_status ent_newton(ent_iteration *it, ptrdiff_t steps)
{
    ENT_TRY(ent_pass_open_tangent(it->pass, it->arena, NULL));
    ent_kinsol k;
    int answer = KIN_MEM_FAIL;
    const int open = open_kinsol(&k, it);
    if (open) {
        k.linear = SUNLinSol_SPGMR(k.z, SUN_PREC_RIGHT, 100, k.context);
        long taken = 0;
        if (k.linear != NULL && KINInit(k.memory, gap, k.z) == KIN_SUCCESS &&
            KINSetLinearSolver(k.memory, k.linear, NULL) == KIN_SUCCESS &&
            KINSetJacTimesVecFn(k.memory, gap_tangent) == KIN_SUCCESS &&
            KINSetPreconditioner(k.memory, prepare, precondition) == KIN_SUCCESS &&
            KINSetFuncNormTol(k.memory, it->aim) == KIN_SUCCESS &&
            KINSetScaledStepTol(k.memory, 1e-15) == KIN_SUCCESS &&
            KINSetNumMaxIters(k.memory, (long)steps) == KIN_SUCCESS &&
            KINSetMaxNewtonStep(k.memory, 1e3) == KIN_SUCCESS)
            answer = KINSol(k.memory, k.z, KIN_LINESEARCH, k.ones, k.ones);
        if (k.memory != NULL && KINGetNumNonlinSolvIters(k.memory, &taken) == KIN_SUCCESS) it->newton_steps += taken;
    }
    close_kinsol(&k);
    if (!open || answer == KIN_MEM_FAIL) return ENT_NO_MEMORY;
    return answer >= 0 ? ENT_OK : ENT_NOT_CONVERGED;
}
