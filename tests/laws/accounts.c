/* accounts.c: what holds in every equilibrium of every world: all equations of MODEL.md 2 against a naive twin, the
 * accounts that follow from them, and no change without a cause. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static ent_status lay_any(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    return random_lay(w);
}

TEST(without_a_shock_nothing_moves_in_any_world, "6")
{
    for (uint64_t seed = 1; seed <= WORLDS(400); seed++) {
        random_world w;
        MUST_IN(&w, lay_any(&w, seed));
        MUST_IN(&w, random_policy(&w, 0.0));
        MUST_IN(&w, random_solve(&w, 1e-12));
        double largest = 0.0;
        for (ptrdiff_t k = 0; k < w.net.nodes; k++) {
            largest = fmax(largest, fabs(w.eq.log_price[k]));
            largest = fmax(largest, fabs(w.eq.sales_usd[k] / w.net.sales_usd[k] - 1.0));
        }
        for (ptrdiff_t lane = 0; lane < w.net.lanes; lane++)
            largest = fmax(largest, fabs(w.eq.lane_value_usd[lane] / w.net.lane_value_usd[lane] - 1.0));
        LAW(&w, largest <= 1e-12, "something moves by %g without a cause", largest);
        random_close(&w);
    }
}

TEST(equilibria_satisfy_the_equations_as_a_naive_twin_writes_them, "E3-E10")
{
    for (uint64_t seed = 1; seed <= WORLDS(1000); seed++) {
        random_world w;
        char where[256];
        MUST_IN(&w, lay_any(&w, seed));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, random_solve(&w, 1e-11));
        const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
        LAW(&w, gap <= 1e-9, "gap %g: %s", gap, where);
        random_close(&w);
    }
}
