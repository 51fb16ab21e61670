/* adjoints.c: many adjoints on a way, of a game's governments: see adjoint.h. Those at one point have one matrix, and
 * those of the next point a matrix nearby, so the domestic blocks of a point met on the way leave next to nothing of a
 * residual: they are tried first, several adjoints at once, and GMRES is asked where they do not get on. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

#define POOR    0.3 /* of a residual left by one step with the domestic blocks: more, and new ones pay for one adjoint */
#define NEXT_TO 1e-6 /* of a residual left by blocks that are as good as the inverse */
#define CAREFUL 3.0  /* how much worse a step may be than others at the point */
#define VAIN    0.5  /* more, and another such step is in vain */

static double unit_of(const ent_pass *p, ptrdiff_t state)
{
    if (state >= ent_pass_core(p)) return 1.0; /* a licence */
    const int32_t k = state < p->prices ? p->price_node[state] : p->sales_node[state - p->prices];
    return p->net->sales_usd[k] > 0.0 ? p->net->sales_usd[k] : 1.0;
}

static ent_status take_near_room(ent_linearised *lin, ptrdiff_t at_once, ent_arena *arena)
{
    const ptrdiff_t n = lin->pass.states;
    ent_back *twin = ent_new0(arena, ent_back, at_once);
    lin->unit = ent_new(arena, double, n);
    if (twin == NULL || lin->unit == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t v = 0; v < at_once; v++) {
        lin->in[v] = ent_new(arena, double, n);
        lin->out[v] = ent_new(arena, double, n);
        lin->left[v] = ent_new(arena, double, n);
        lin->rooms[v] = v == 0 ? lin->room : ent_new(arena, double, ent_domestic_room(&lin->domestic));
        if (lin->in[v] == NULL || lin->out[v] == NULL || lin->left[v] == NULL || lin->rooms[v] == NULL)
            return ENT_NO_MEMORY;
        lin->backs[v] = v == 0 ? &lin->back : twin + v;
        if (v > 0) ENT_TRY(ent_back_open_twin(&lin->back, arena, twin + v));
    }
    return ENT_OK;
}

ent_status ent_linearised_open_near(ent_linearised *lin, ptrdiff_t adjoints, ent_arena *arena, ent_error *err)
{
    const int shared = lin->pass.squares.present; /* else there is nothing that many read together */
    lin->at_once = !shared ? 1 : adjoints < ENT_BACK_MANY ? adjoints : ENT_BACK_MANY;
    if (take_near_room(lin, lin->at_once, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for derivatives of %td unknowns", lin->pass.states);
    for (ptrdiff_t s = 0; s < lin->pass.states; s++) lin->unit[s] = unit_of(&lin->pass, s);
    lin->poor = POOR / (double)adjoints;
    lin->afresh = ent_domestic_is_short(&lin->pass) && ent_back_is_enough(&lin->back);
    return ENT_OK;
}

void ent_linearised_moved(ent_linearised *lin)
{
    lin->worst = 0.0;
    lin->renewed_here = 0;
}

/* Where the blocks in use have become poor they are made anew, once a point, and serve from there on; at once where new
 * ones are as good as the inverse itself. */
static ent_status renew_blocks(ent_linearised *lin, ent_error *err)
{
    if (lin->renewed_here || !(lin->afresh || lin->worst > lin->poor)) return ENT_OK;
    ent_linearised_moved(lin);
    lin->renewed_here = 1;
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
    ent_multiply(n, x, lin->unit, lin->in[0]);
    map(lin, lin->in[0], y);
    for (ptrdiff_t s = 0; s < n; s++) y[s] /= lin->unit[s];
}

static void matrix_by_dollar(void *user, const double *x, double *y)
{
    by_dollar(user, ent_linearised_system(user, 1).matrix, x, y);
}

static void precondition_by_dollar(void *user, const double *x, double *y)
{
    by_dollar(user, ent_linearised_system(user, 1).precondition, x, y);
}

/* ν += what is left of the system, `left`, to within the goal. */
static int step_by_gmres(ent_linearised *lin, double goal, const double *left, double *nu)
{
    ent_linear_system sys = ent_linearised_system(lin, 1);
    sys.matrix = matrix_by_dollar;
    sys.precondition = precondition_by_dollar;
    sys.trusting = 1;
    sys.tolerance = fmin(0.5, goal / ent_largest(sys.n, left));
    const ptrdiff_t products = ent_gmres(&sys, left, lin->mu, lin->krylov);
    if (products < 0) return 0;
    lin->products += products;
    ent_combine(sys.n, 1.0, nu, 1.0, lin->mu, nu);
    return 1;
}

/* Where one of them stands: its residual `left` before the last step was `before`, and shall be at most `goal`. */
typedef struct {
    ptrdiff_t which;
    double before, left, goal;
    int done;
} standing;

/* What a reading says of it. The domestic blocks of a point nearby leave little of a residual; rounding is stirred
 * where half and more is left near the goal. */
static void judge(ent_linearised *lin, double tolerance, const double *nu, const double *left, int by_blocks,
                  standing *at)
{
    const ptrdiff_t n = lin->pass.states;
    const double size = ent_largest(n, nu);
    at->left = ent_largest(n, left);
    at->goal = tolerance * (size > 0.0 ? fmax(size, at->left) : at->left);
    at->done = at->left <= at->goal || (at->left > 0.5 * at->before && at->left <= 1e2 * at->goal);
    if (by_blocks && fmax(at->left, 0.1 * at->before) > at->goal)
        lin->worst = fmax(lin->worst, fmax(at->left / at->before, 1e-16));
}

/* Residuals of several by one reading: S⁻¹ (V_z + G_zᵀ μ) − ν. */
static void look(ent_linearised *lin, const ent_adjoint *adjoint, const standing *at, ptrdiff_t many)
{
    const ptrdiff_t n = lin->pass.states;
    ent_form form[ENT_BACK_MANY] = {{0}};
    for (ptrdiff_t v = 0; v < many; v++) {
        form[v] = adjoint[at[v].which].form;
        ent_multiply(n, adjoint[at[v].which].nu, lin->unit, lin->out[v]);
    }
    ent_back_run_many(lin->backs, many, (const double *const *)lin->out, form, lin->left);
    for (ptrdiff_t v = 0; v < many; v++)
        for (ptrdiff_t s = 0; s < n; s++) lin->left[v][s] = (lin->left[v][s] - lin->out[v][s]) / lin->unit[s];
    lin->products += many;
}

/* ν += what the domestic blocks make of the residuals. */
static void step_by_blocks(ent_linearised *lin, const ent_adjoint *adjoint, const standing *at, ptrdiff_t many)
{
    const ptrdiff_t n = lin->pass.states;
    for (ptrdiff_t v = 0; v < many; v++) ent_multiply(n, lin->left[v], lin->unit, lin->in[v]);
    ent_domestic_apply_transposed_many(ent_linearised_blocks(lin), many, (const double *const *)lin->in, lin->out,
                                       lin->rooms);
    for (ptrdiff_t v = 0; v < many; v++)
        for (ptrdiff_t s = 0; s < n; s++) adjoint[at[v].which].nu[s] += lin->out[v][s] / lin->unit[s];
}

/* lin->back shall stand for it: by a reading of some regions, or of all. */
static void stand_for(ent_linearised *lin, const ent_adjoint *a)
{
    ent_multiply(lin->pass.states, a->nu, lin->unit, lin->out[0]);
    if (a->regions > 0 && ent_back_is_enough(&lin->back))
        ent_back_read(&lin->back, lin->out[0], &a->form, a->region, a->regions, lin->bar);
    else
        ent_back_run(&lin->back, lin->out[0], &a->form,
                     ent_back_is_enough(&lin->back) ? ENT_BACK_STATES : ENT_BACK_WEDGES, lin->bar);
}

/* One alone, to the end: by the blocks as long as they leave less than half, else by GMRES. */
static ent_status solve_alone(ent_linearised *lin, const ent_adjoint *adjoint, double tolerance, int by_blocks,
                              standing at, ent_error *err)
{
    for (const ptrdiff_t began = lin->products;;) {
        look(lin, adjoint, &at, 1);
        judge(lin, tolerance, adjoint[at.which].nu, lin->left[0], by_blocks, &at);
        if (at.done) return ENT_OK;
        if (lin->products - began >= ENT_LINEARISED_MOST || !isfinite(at.left))
            return ent_linearised_not_reached(lin, err);
        by_blocks = !(at.left > VAIN * at.before);
        if (by_blocks)
            step_by_blocks(lin, adjoint, &at, 1);
        else if (!step_by_gmres(lin, 0.5 * at.goal, lin->left[0], adjoint[at.which].nu))
            return ent_linearised_not_reached(lin, err);
        at.before = at.left;
    }
}

static void swap(double **a, double **b)
{
    double *c = *a;
    *a = *b;
    *b = c;
}

/* All from nothing, by one step with the blocks of the point, where others have shown that what it leaves over is of no
 * consequence; then they are done. 0: it may be of some, or they shall be looked at. */
static int step_afresh(ent_linearised *lin, const ent_adjoint *adjoint, double tolerance, int looked_at, standing *at,
                       ptrdiff_t many)
{
    const ptrdiff_t n = lin->pass.states;
    int enough = lin->worst > 0.0 && !looked_at;
    for (ptrdiff_t v = 0; v < many; v++) { /* of ν = 0 all that is asked is left */
        memset(adjoint[at[v].which].nu, 0, (size_t)n * sizeof(double));
        ent_back_form(lin->backs[v], &adjoint[at[v].which].form, lin->left[v]);
        for (ptrdiff_t s = 0; s < n; s++) lin->left[v][s] /= lin->unit[s];
        at[v].before = ent_largest(n, lin->left[v]);
    }
    step_by_blocks(lin, adjoint, at, many);
    for (ptrdiff_t v = 0; v < many && enough; v++)
        enough = CAREFUL * lin->worst * at[v].before <= tolerance * ent_largest(n, adjoint[at[v].which].nu);
    return enough;
}

/* Several together: read and step until each is done, or will do as others at the point did. Those that do not get on
 * come back in `slow`; how many. */
static ptrdiff_t solve_together(ent_linearised *lin, const ent_adjoint *adjoint, double tolerance, int looked_at,
                                int by_blocks, standing *at, ptrdiff_t many, standing *slow)
{
    ptrdiff_t left_over = 0;
    for (; many > 0; by_blocks = 1) {
        ptrdiff_t open = 0;
        look(lin, adjoint, at, many);
        for (ptrdiff_t v = 0; v < many; v++) {
            judge(lin, tolerance, adjoint[at[v].which].nu, lin->left[v], by_blocks, at + v);
            if (at[v].done) continue;
            if (at[v].left > VAIN * at[v].before || !isfinite(at[v].left)) {
                slow[left_over++] = at[v];
                continue;
            }
            swap(lin->left + open, lin->left + v);
            at[open++] = at[v];
        }
        step_by_blocks(lin, adjoint, at, open);
        many = 0;
        for (ptrdiff_t v = 0; v < open; v++) {
            const int known = !looked_at && lin->worst > 0.0 && CAREFUL * lin->worst * at[v].left <= at[v].goal;
            at[v].before = at[v].left;
            if (!known) at[many++] = at[v];
        }
    }
    return left_over;
}

ent_status ent_linearised_adjoints_near(ent_linearised *lin, ent_adjoint *adjoint, ptrdiff_t count, double tolerance,
                                        int looked_at, void (*solved)(void *user, ptrdiff_t which), void *user,
                                        ent_error *err)
{
    const int enough = ent_back_is_enough(&lin->back);
    lin->products = 0;
    if (lin->afresh) ENT_TRY(renew_blocks(lin, err));
    for (ptrdiff_t from = 0, many; from < count; from += many) {
        standing at[ENT_BACK_MANY], *slow = at, apart[ENT_BACK_MANY];
        many = count - from < lin->at_once ? count - from : lin->at_once;
        if (!enough || lin->worst == 0.0) many = 1; /* the first one at a point shows what a step is worth there */
        for (ptrdiff_t v = 0; v < many; v++) at[v] = (standing){.which = from + v, .before = INFINITY};
        const int stepped = lin->afresh, known = stepped && step_afresh(lin, adjoint, tolerance, looked_at, at, many);
        ptrdiff_t open = !known;
        if (many > 1 && !known)
            open = solve_together(lin, adjoint, tolerance, looked_at, stepped, at, many, slow = apart);
        for (ptrdiff_t v = 0; v < open; v++)
            ENT_TRY(solve_alone(lin, adjoint, tolerance, many == 1 && stepped, slow[v], err));
        for (ptrdiff_t v = 0; v < many; v++) {
            if (many > 1 || known || !enough) stand_for(lin, adjoint + from + v);
            solved(user, from + v);
        }
        lin->afresh = lin->afresh && lin->worst <= NEXT_TO;
        ENT_TRY(renew_blocks(lin, err));
    }
    return ENT_OK;
}
