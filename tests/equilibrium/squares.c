/* squares.c: the fast way over the border is the way over the lanes, in all that a pass finds. */
// SPDX-License-Identifier: MIT
#include "equilibrium/pass.h"
#include "random_world.h"

static double gap_between(ptrdiff_t n, const double *a, const double *b)
{
    double gap = 0.0;
    for (ptrdiff_t e = 0; e < n; e++) gap = fmax(gap, fabs(a[e] - b[e]) / fmax(1.0, fabs(a[e])));
    return gap;
}

static ent_status open_pass(random_world *w, ent_pass *pass, double **image)
{
    ENT_TRY(ent_pass_open(&w->net, 1, &w->arena, pass, &w->err));
    *image = ent_new0(&w->arena, double, pass->states);
    return *image != NULL ? ENT_OK : ENT_NO_MEMORY;
}

TEST(a_pass_by_squares_is_the_pass_by_lanes, "E7")
{
    ptrdiff_t by_squares = 0;
    for (uint64_t seed = 1; seed <= WORLDS(300); seed++) {
        random_world w;
        ent_pass fast, slow;
        double *image, *other;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        if (dice_chance(&w.dice, 0.7)) w.blueprint.sourcing = ENT_SOURCING_COMMON;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, open_pass(&w, &fast, &image));
        MUST_IN(&w, open_pass(&w, &slow, &other));
        if (fast.squares.present) {
            by_squares++;
            slow.squares.present = 0;
            double *z = ent_new0(&w.arena, double, fast.states);
            for (ptrdiff_t s = 0; s < fast.states; s++) z[s] = dice_between(&w.dice, -0.3, 0.3);
            ent_pass_set_policy(&fast, &w.policy, 1.0);
            ent_pass_set_policy(&slow, &w.policy, 1.0);
            LAW(&w, ent_pass_run(&fast, z, image) && ent_pass_run(&slow, z, other), "no point");
            LAW(&w, gap_between(fast.states, image, other) <= 1e-13, "G(z) differs by %g",
                gap_between(fast.states, image, other));
            LAW(&w, gap_between(w.net.regions, fast.duties, slow.duties) <= 1e-12, "duties differ");
            LAW(&w, gap_between(w.net.regions, fast.export_taxes, slow.export_taxes) <= 1e-12, "export taxes differ");
            LAW(&w, gap_between(w.net.regions, fast.income, slow.income) <= 1e-12, "incomes differ");
            ent_pass_show(&fast);
            LAW(&w, gap_between(w.net.lanes, fast.delivered, slow.delivered) <= 1e-12, "prices at the gate differ");
            LAW(&w, gap_between(w.net.lanes, fast.bought, slow.bought) <= 1e-12, "spending differs");
        }
        random_close(&w);
    }
    CHECK(by_squares >= WORLDS(300) / 5);
}
