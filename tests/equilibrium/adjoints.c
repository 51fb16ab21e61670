/* adjoints.c: many adjoints on a way are those that are taken one by one, read off some regions or all, wherever the
 * way leads. */
// SPDX-License-Identifier: MIT
#include "equilibrium/adjoint.h"
#include "random_world.h"

enum {
    POINTS = 3
};

typedef struct {
    const random_world *w;
    ent_linearised *near, *alone;
    const ent_adjoint *adjoint;
    double largest, gap; /* slope of any lane that is read; gap between both ways */
} comparison;

static void compare(void *user, ptrdiff_t which)
{
    comparison *c = user;
    const ent_network *net = &c->w->net;
    const ent_adjoint *a = c->adjoint + which;
    if (ent_linearised_adjoint(c->alone, &a->form, NULL) != ENT_OK) {
        c->gap = INFINITY;
        return;
    }
    const double *duty = c->alone->back.log_duty, *tax = c->alone->back.log_export_tax;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        int read = a->regions == 0;
        for (ptrdiff_t r = 0; r < a->regions; r++) read |= net->lane_region[lane] == a->region[r];
        if (!read) continue;
        c->largest = fmax(c->largest, fmax(fabs(duty[lane]), fabs(tax[lane])));
        c->gap = fmax(c->gap, fabs(ent_back_log_duty(&c->near->back, lane) - duty[lane]));
        c->gap = fmax(c->gap, fabs(ent_back_log_export_tax(&c->near->back, lane) - tax[lane]));
    }
}

/* log W of a region: its income over its prices. */
static void ask(const random_world *w, ent_adjoint *a, ptrdiff_t n, double *room)
{
    const ptrdiff_t nodes = w->net.nodes;
    room[w->net.household[n]] = -1.0;
    room[nodes + w->net.household[n]] = 1.0;
    a->form = (ent_form){.log_price = room, .log_spent = room + nodes};
}

static ent_status follow(random_world *w, double tolerance, int looked_at, comparison *c)
{
    const ptrdiff_t R = w->net.regions;
    ent_linearised near = {0};
    ent_adjoint *adjoint = ent_new0(&w->arena, ent_adjoint, R);
    int32_t *own = ent_new(&w->arena, int32_t, R);
    for (int point = 0; point < POINTS; point++) {
        ent_linearised alone = {0};
        for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
            w->policy.duty[lane] = w->net.duty[lane] + (point == 0 ? 0.0 : dice_between(&w->dice, 0.0, 0.6));
        ENT_TRY(random_solve(w, 1e-13));
        ENT_TRY(ent_linearised_open(&w->net, &w->policy, &w->eq, NULL, &w->arena, &alone, &w->err));
        if (point == 0) {
            ENT_TRY(ent_linearised_open(&w->net, &w->policy, &w->eq, NULL, &w->arena, &near, &w->err));
            ENT_TRY(ent_linearised_open_near(&near, R, &w->arena, &w->err));
        } else {
            ent_pass_set_policy(&near.pass, &w->policy, 1.0);
            memcpy(near.z, w->eq.state, (size_t)near.pass.states * sizeof *near.z);
            if (!ent_pass_run(&near.pass, near.z, near.image)) return ENT_NOT_CONVERGED;
        }
        ent_linearised_moved(&near);
        for (ptrdiff_t n = 0; n < R; n++) {
            own[n] = (int32_t)n;
            if (adjoint[n].nu == NULL) adjoint[n].nu = ent_new0(&w->arena, double, near.pass.states);
            ask(w, adjoint + n, n, ent_new0(&w->arena, double, 2 * w->net.nodes));
            adjoint[n].region = own + n;
            adjoint[n].regions = n % 2; /* every second one is read everywhere */
        }
        *c = (comparison){w, &near, &alone, adjoint, c->largest, c->gap};
        const ent_status status =
            ent_linearised_adjoints_near(&near, adjoint, R, tolerance, looked_at, compare, c, &w->err);
        if (status != ENT_OK) ent_linearised_close(&near);
        ENT_TRY(status);
    }
    ent_linearised_close(&near);
    return ENT_OK;
}

TEST(many_adjoints_are_each_what_it_is_alone, "E16")
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        const double tolerance = seed % 2 ? 1e-13 : 1e-7;
        world_kind kind = any_world;
        random_world w;
        comparison c = {0};
        kind.least_regions = 2;
        kind.most_regions = 12;
        MUST_IN(&w, random_table(&w, seed, &kind));
        if (seed % 3 > 0) { /* with squares; else whatever the dice say */
            MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        } else {
            MUST_IN(&w, random_blueprint(&w));
        }
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        if (follow(&w, tolerance, seed % 2, &c) == ENT_OK) {
            compared++;
            LAW(&w, c.gap <= 1e2 * tolerance * (1.0 + c.largest), "slopes differ by %g, the largest is %g", c.gap,
                c.largest);
        }
        random_close(&w);
    }
    CHECK(compared >= WORLDS(60) * 8 / 10);
}

/* Nobody buys inputs: factors earn all sales. */
static void drop_inputs(ent_table *t)
{
    const ptrdiff_t cells = t->regions.count * t->sectors.count, G = t->factors.count;
    const ptrdiff_t bought = t->regions.count * t->uses.count;
    memset(t->z, 0, (size_t)(cells * cells) * sizeof *t->z);
    for (ptrdiff_t nk = 0; nk < cells; nk++) {
        double paid = 0.0;
        t->x[nk] = 0.0;
        for (ptrdiff_t c = 0; c < bought; c++) t->x[nk] += t->f[nk * bought + c];
        for (ptrdiff_t g = 0; g < G; g++) paid += t->va[nk * G + g];
        for (ptrdiff_t g = 0; g < G; g++) t->va[nk * G + g] *= t->x[nk] / paid;
    }
}

/* Factors and households are all the unknowns of such a world, and blocks of a point as good as the inverse: adjoints
 * come from nothing by one step, and are what they are alone all the same. */
TEST(many_adjoints_of_final_trade_are_each_what_it_is_alone, "E16")
{
    static const world_kind final_trade = {7, 9, 6, 8, 1, 2, 0.0, 0.0, 0.0, 0, 1};
    int compared = 0;
    for (uint64_t seed = 1; seed <= WORLDS(20); seed++) {
        const double tolerance = seed % 2 ? 1e-13 : 1e-7;
        random_world w;
        comparison c = {0};
        MUST_IN(&w, random_table(&w, seed, &final_trade));
        drop_inputs(&w.table);
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        if (follow(&w, tolerance, seed % 4 > 1, &c) == ENT_OK) {
            compared++;
            LAW(&w, c.gap <= 1e2 * tolerance * (1.0 + c.largest), "slopes differ by %g, the largest is %g", c.gap,
                c.largest);
        }
        random_close(&w);
    }
    CHECK(compared >= WORLDS(20) * 8 / 10);
}
