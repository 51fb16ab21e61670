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
    DEPTH = 60 /* vectors of GMRES; ordinary cases need 15 */
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
    ent_domestic_apply_transposed(ent_linearised_blocks(lin), x, y, lin->room);
}

ent_linear_system ent_linearised_system(ent_linearised *lin, int transposed)
{
    return (ent_linear_system){.n = lin->pass.states,
                               .matrix = transposed ? matrix_transposed : matrix,
                               .precondition = transposed ? precondition_transposed : precondition,
                               .user = lin,
                               .depth = DEPTH,
                               .most = ENT_LINEARISED_MOST,
                               .tolerance = lin->tolerance};
}

static ent_status take_room(ent_linearised *lin, ent_arena *arena, ent_error *err)
{
    const ent_linear_system sys = ent_linearised_system(lin, 0);
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
                               const ent_domestic *benchmark, ent_arena *arena, ent_linearised *lin, ent_error *err)
{
    *lin = (ent_linearised){.tolerance = 1e-13};
    ENT_TRY(ent_pass_open(net, 1, arena, &lin->pass, err));
    ENT_TRY(ent_quota_check(net, policy->quota, policy->quotas, err));
    ENT_TRY(ent_pass_take_quotas(&lin->pass, policy, arena, err));
    if (eq->states != lin->pass.states)
        return ent_fail(err, ENT_BAD_INPUT, "an equilibrium with %td quotas is no equilibrium of a policy with %td",
                        eq->quotas, policy->quotas);
    if (benchmark != NULL) {
        lin->domestic = *benchmark;
        lin->domestic.pass = &lin->pass;
    } else {
        ENT_TRY(ent_domestic_open(&lin->pass, arena, &lin->domestic, err));
    }
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

ent_status ent_linearised_not_reached(const ent_linearised *lin, ent_error *err)
{
    return ent_fail(
        err, ENT_NOT_CONVERGED,
        "the linear system of the derivatives was not solved to %g in %d passes: the equilibrium may stand at a "
        "turning point",
        lin->tolerance, ENT_LINEARISED_MOST);
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
    ent_linear_system sys = ent_linearised_system(lin, 1);
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
        if (products < 0 || lin->products >= ENT_LINEARISED_MOST || !isfinite(left))
            return ent_linearised_not_reached(lin, err);
    }
}

ent_status ent_linearised_tangent(ent_linearised *lin, const double *rhs, double *dz, ent_error *err)
{
    const ent_linear_system sys = ent_linearised_system(lin, 0);
    lin->products = ent_gmres(&sys, rhs, dz, lin->krylov);
    if (lin->products < 0) return ent_linearised_not_reached(lin, err);
    ent_pass_tangent(&lin->pass, dz, lin->bar);
    return ENT_OK;
}
