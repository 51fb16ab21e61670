/* adjoint.c: see adjoint.h. z = G(z, x): (I − G_z) dz = G_x dx; for V(z, x): (I − G_z)ᵀ μ = V_z, dV/dx = V_x + G_xᵀ μ,
 * where one reading backwards of the pass with μ on its results and V's own form gives both terms. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "equilibrium/bans.h"
#include "num/dot.h"
#include "num/gmres.h"
#include <math.h>
#include <string.h>

enum {
    DEPTH = 60, /* vectors of GMRES; ordinary cases need 15 */
    MOST = 600
};
#define POOR    0.3 /* of a residual left by one step with the domestic blocks: more, and new ones pay for one adjoint */
#define CAREFUL 3.0 /* how much worse a step may be than others at the point */
#define VAIN    0.5 /* more, and another such step is in vain */

static void matrix(void *user, const double *x, double *y)
{
    ent_linearised *lin = user;
    ent_pass_tangent(&lin->pass, x, y);
    for (ptrdiff_t s = 0; s < lin->pass.states; s++) y[s] = x[s] - y[s];
}

static void matrix_transposed(void *user, const double *x, double *y)
{
    ent_linearised *lin = user;
    ent_back_run(&lin->back, x, NULL, 0, y);
    for (ptrdiff_t s = 0; s < lin->pass.states; s++) y[s] = x[s] - y[s];
}

static void precondition(void *user, const double *x, double *y)
{
    ent_linearised *lin = user;
    ent_domestic_apply(&lin->domestic, x, y, lin->room);
}

static void precondition_transposed(void *user, const double *x, double *y)
{
    ent_linearised *lin = user;
    const int renewed = lin->renewal.room.chunks != NULL;
    ent_domestic_apply_transposed(renewed ? &lin->renewal.domestic : &lin->domestic, x, y, lin->room);
}

static ent_linear_system system_of(ent_linearised *lin, int transposed)
{
    return (ent_linear_system){.n = lin->pass.states,
                               .matrix = transposed ? matrix_transposed : matrix,
                               .precondition = transposed ? precondition_transposed : precondition,
                               .user = lin,
                               .depth = DEPTH,
                               .most = MOST,
                               .tolerance = lin->tolerance};
}

static ent_status take_room(ent_linearised *lin, ent_arena *arena, ent_error *err)
{
    const ent_linear_system sys = system_of(lin, 0);
    const ptrdiff_t n = lin->pass.states;
    lin->z = ent_new(arena, double, n);
    lin->image = ent_new(arena, double, n);
    lin->bar = ent_new(arena, double, n);
    lin->mu = ent_new(arena, double, n);
    lin->krylov = ent_new(arena, double, ent_gmres_room(&sys));
    lin->room = ent_new(arena, double, ent_domestic_room(&lin->domestic));
    if (lin->z == NULL || lin->image == NULL || lin->bar == NULL || lin->mu == NULL || lin->krylov == NULL ||
        lin->room == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives of %td unknowns", n);
    return ENT_OK;
}

ent_status ent_linearised_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               ent_arena *arena, ent_linearised *lin, ent_error *err)
{
    *lin = (ent_linearised){.tolerance = 1e-13};
    ENT_TRY(ent_pass_open(net, 1, arena, &lin->pass, err));
    ENT_TRY(ent_quota_check(net, policy->quota, policy->quotas, err));
    ENT_TRY(ent_pass_take_quotas(&lin->pass, policy, arena, err));
    if (eq->states != lin->pass.states)
        return ent_fail(err, ENT_BAD_INPUT, "an equilibrium with %td quotas is no equilibrium of a policy with %td",
                        eq->quotas, policy->quotas);
    ENT_TRY(ent_domestic_open(&lin->pass, arena, &lin->domestic, err));
    ENT_TRY(ent_back_open(&lin->pass, arena, &lin->back, err));
    ENT_TRY(take_room(lin, arena, err));
    ent_pass_set_policy(&lin->pass, policy, 1.0);
    ENT_TRY(ent_bans_judge(&lin->pass, err));
    memcpy(lin->z, eq->state, (size_t)lin->pass.states * sizeof *lin->z);
    if (!ent_pass_run(&lin->pass, lin->z, lin->image))
        return ent_fail(err, ENT_NOT_CONVERGED, "derivatives are asked for at a point that is no equilibrium");
    ent_pass_show(&lin->pass);
    return ENT_OK;
}

static ent_status not_reached(const ent_linearised *lin, ent_error *err)
{
    return ent_fail(
        err, ENT_NOT_CONVERGED,
        "the linear system of the derivatives was not solved to %g in %d passes: the equilibrium may stand at a "
        "turning point",
        lin->tolerance, MOST);
}

static double largest(ptrdiff_t n, const double *x)
{
    double most = 0.0;
    for (ptrdiff_t s = 0; s < n; s++) most = fmax(most, fabs(x[s]));
    return most;
}

/* The reading backwards that gathers the derivatives also leaves V_z + G_zᵀ μ in lin->bar: less μ it is the residual,
 * so nobody measures it twice; what is left of it, rarely, is solved for in turn. */
ent_status ent_linearised_adjoint(ent_linearised *lin, const ent_form *form, ent_error *err)
{
    ent_linear_system sys = system_of(lin, 1);
    const ptrdiff_t n = sys.n;
    double *step = lin->image; /* room: the point itself stands in the pass */
    ent_back_run(&lin->back, NULL, form, ENT_BACK_STATES, lin->bar);
    const double size = largest(n, lin->bar), goal = sys.tolerance * size, rounding = 1e-14 * size;
    sys.trusting = 1;
    lin->products = 0;
    memset(lin->mu, 0, (size_t)n * sizeof *lin->mu);
    for (double before = INFINITY, left = size;; before = left) {
        if (left > 0.0) sys.tolerance = fmin(0.5, goal / left);
        const ptrdiff_t products = ent_gmres(&sys, lin->bar, step, lin->krylov);
        lin->products += products + 1;
        ent_combine(n, 1.0, lin->mu, 1.0, step, lin->mu);
        ent_back_run(&lin->back, lin->mu, form, ENT_BACK_POLICY, lin->bar);
        ent_combine(n, 1.0, lin->bar, -1.0, lin->mu, lin->bar);
        left = largest(n, lin->bar);
        if (left <= goal || (left > 0.5 * before && left <= 100.0 * rounding)) return ENT_OK;
        if (products < 0 || lin->products >= MOST || !isfinite(left)) return not_reached(lin, err);
    }
}

/* ---- many nearby ---- */

static double unit_of(const ent_pass *p, ptrdiff_t state)
{
    if (state >= ent_pass_core(p)) return 1.0; /* a licence */
    const int32_t k = state < p->prices ? p->price_node[state] : p->sales_node[state - p->prices];
    return p->net->sales_usd[k] > 0.0 ? p->net->sales_usd[k] : 1.0;
}

ent_status ent_linearised_open_near(ent_linearised *lin, ptrdiff_t adjoints, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t n = lin->pass.states;
    lin->unit = ent_new(arena, double, n);
    lin->in = ent_new(arena, double, n);
    lin->out = ent_new(arena, double, n);
    if (lin->unit == NULL || lin->in == NULL || lin->out == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives of %td unknowns", n);
    for (ptrdiff_t s = 0; s < n; s++) lin->unit[s] = unit_of(&lin->pass, s);
    lin->poor = POOR / (double)adjoints;
    return ENT_OK;
}

ent_status ent_linearised_moved(ent_linearised *lin, ent_error *err)
{
    const int poor = lin->worst > lin->poor;
    lin->worst = 0.0;
    if (lin->unit == NULL || !poor) return ENT_OK;
    if (ent_renew(&lin->renewal, &lin->pass) == ENT_NO_MEMORY)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives of %td unknowns", lin->pass.states);
    return ENT_OK;
}

void ent_linearised_close(ent_linearised *lin)
{
    ent_arena_close(&lin->renewal.room);
}

/* y = S⁻¹ M S x */
static void by_dollar(ent_linearised *lin, ent_linear_map *map, const double *x, double *y)
{
    const ptrdiff_t n = lin->pass.states;
    ent_multiply(n, x, lin->unit, lin->in);
    map(lin, lin->in, y);
    for (ptrdiff_t s = 0; s < n; s++) y[s] /= lin->unit[s];
}

static void matrix_by_dollar(void *user, const double *x, double *y)
{
    by_dollar(user, matrix_transposed, x, y);
}

static void precondition_by_dollar(void *user, const double *x, double *y)
{
    by_dollar(user, precondition_transposed, x, y);
}

/* ν += what the domestic blocks make of the residual, lin->bar. */
static void step_by_blocks(ent_linearised *lin, double *nu)
{
    precondition_by_dollar(lin, lin->bar, lin->mu);
    ent_combine(lin->pass.states, 1.0, nu, 1.0, lin->mu, nu);
}

/* ν += what is left of the system, lin->bar, to within the goal. */
static int step_by_gmres(ent_linearised *lin, double goal, double *nu)
{
    ent_linear_system sys = system_of(lin, 1);
    sys.matrix = matrix_by_dollar;
    sys.precondition = precondition_by_dollar;
    sys.trusting = 1;
    sys.tolerance = fmin(0.5, goal / ent_largest(sys.n, lin->bar));
    const ptrdiff_t products = ent_gmres(&sys, lin->bar, lin->mu, lin->krylov);
    if (products < 0) return 0;
    lin->products += products;
    ent_combine(sys.n, 1.0, nu, 1.0, lin->mu, nu);
    return 1;
}

static int is_known_to_do(const ent_linearised *lin, double left, double goal)
{
    return lin->worst > 0.0 && CAREFUL * lin->worst * left <= goal;
}

/* Each reading backwards leaves V_z + G_zᵀ μ in lin->bar: less μ it is the residual, by the dollar. The last one
 * gathers too, where lanes cannot be read without. The domestic blocks of a point nearby leave little of a residual:
 * they are tried first, and GMRES is asked where they do not. */
ent_status ent_linearised_adjoint_near(ent_linearised *lin, const ent_form *form, double tolerance,
                                       const ent_readers *readers, double *nu, ent_error *err)
{
    const ptrdiff_t n = lin->pass.states;
    const int enough = ent_back_is_enough(&lin->back), last = enough ? ENT_BACK_STATES : ENT_BACK_WEDGES;
    double before = INFINITY;
    int by_blocks = 0;
    lin->products = 0;
    for (int what = ENT_BACK_STATES;; what = last) {
        ent_multiply(n, nu, lin->unit, lin->out);
        ent_back_run(&lin->back, lin->out, form, what, lin->bar);
        for (ptrdiff_t s = 0; s < n; s++) lin->bar[s] = (lin->bar[s] - lin->out[s]) / lin->unit[s];
        lin->products++;
        const double size = ent_largest(n, nu), left = ent_largest(n, lin->bar);
        const double goal = tolerance * (size > 0.0 ? fmax(size, left) : left);
        const int done = left <= goal || (left > 0.5 * before && left <= 1e2 * goal); /* rounding is stirred below */
        if (by_blocks && fmax(left, 0.1 * before) > goal) lin->worst = fmax(lin->worst, left / before);
        if (done && what == last) return ENT_OK;
        if (lin->products >= MOST || !isfinite(left)) return not_reached(lin, err);
        if (done) continue;
        by_blocks = !(left > VAIN * before);
        if (by_blocks)
            step_by_blocks(lin, nu);
        else if (!step_by_gmres(lin, 0.5 * goal, nu))
            return not_reached(lin, err);
        if (by_blocks && enough && readers != NULL && is_known_to_do(lin, left, goal)) {
            ent_multiply(n, nu, lin->unit, lin->out);
            ent_back_read(&lin->back, lin->out, form, readers->region, readers->count);
            return ENT_OK;
        }
        before = left;
    }
}

ent_status ent_linearised_tangent(ent_linearised *lin, const double *rhs, double *dz, ent_error *err)
{
    const ent_linear_system sys = system_of(lin, 0);
    lin->products = ent_gmres(&sys, rhs, dz, lin->krylov);
    if (lin->products < 0) return not_reached(lin, err);
    ent_pass_tangent(&lin->pass, dz, lin->bar);
    return ENT_OK;
}
