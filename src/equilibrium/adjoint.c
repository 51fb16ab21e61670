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
    MOST = 600,
    PAIRS = 48 /* that adjoints nearby have in common; more cost as much as the products that they save */
};

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
    ent_domestic_apply_transposed(&lin->domestic, x, y, lin->room);
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

ent_status ent_linearised_open_near(ent_linearised *lin, ent_arena *arena, ent_error *err)
{
    double *numbers = ent_new(arena, double, ent_recycle_numbers(lin->pass.states, PAIRS));
    if (numbers == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives of %td unknowns", lin->pass.states);
    ent_recycle_open(&lin->recycled, lin->pass.states, PAIRS, numbers);
    return ENT_OK;
}

void ent_linearised_moved(ent_linearised *lin)
{
    if (lin->recycled.most > 0) ent_recycle_turn(&lin->recycled);
}

/* μ += what is left of the system, lin->bar, to within the goal. First by what solves nearby have in common; what that
 * leaves by GMRES. */
static int correct(ent_linearised *lin, double goal, double *mu)
{
    ent_linear_system sys = system_of(lin, 1);
    if (lin->recycled.most > 0) {
        const ptrdiff_t products = ent_recycle_solve(&lin->recycled, &sys, goal, lin->bar, mu);
        if (products >= 0) {
            lin->products += products;
            return 1;
        }
    }
    sys.trusting = 1;
    sys.tolerance = fmin(0.5, goal / ent_largest(sys.n, lin->bar));
    const ptrdiff_t products = ent_gmres(&sys, lin->bar, lin->mu, lin->krylov);
    if (products < 0) return 0;
    lin->products += products;
    ent_combine(sys.n, 1.0, mu, 1.0, lin->mu, mu);
    return 1;
}

/* Each reading backwards leaves V_z + G_zᵀ μ in lin->bar: less μ it is the residual. The last one gathers too. */
ent_status ent_linearised_adjoint_near(ent_linearised *lin, const ent_form *form, double tolerance, double *mu,
                                       ent_error *err)
{
    const ptrdiff_t n = lin->pass.states;
    double before = INFINITY;
    lin->products = 0;
    for (int what = ENT_BACK_STATES;; what = ENT_BACK_WEDGES) {
        ent_back_run(&lin->back, mu, form, what, lin->bar);
        ent_combine(n, 1.0, lin->bar, -1.0, mu, lin->bar);
        lin->products++;
        const double size = ent_largest(n, mu), left = ent_largest(n, lin->bar);
        const double goal = tolerance * (size > 0.0 ? fmax(size, left) : left);
        const int done = left <= goal || (left > 0.5 * before && left <= 1e2 * goal); /* rounding is stirred below */
        if (done && what == ENT_BACK_WEDGES) return ENT_OK;
        if (lin->products >= MOST || !isfinite(left) || (!done && !correct(lin, 0.5 * goal, mu)))
            return not_reached(lin, err);
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
