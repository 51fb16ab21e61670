/* exposure.c: in the world of Kleinman, Liu and Redding their matrices are the solver's derivatives. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* One sector, no materials, no duties, balanced trade; then shares are moved by a policy of trade costs. */
static ent_status open_armington(random_world *w, uint64_t seed)
{
    world_kind kind = simple_world;
    kind.most_sectors = 1;
    kind.most_regions = 6;
    ENT_TRY(random_table(w, seed, &kind));
    const ptrdiff_t R = w->table.regions.count;
    for (ptrdiff_t round = 0; round < 3000;
         round++) { /* no materials: sales to final use alone, each spends its sales */
        for (ptrdiff_t i = 0; i < R; i++) {
            w->table.x[i] = 0.0;
            for (ptrdiff_t n = 0; n < R; n++) w->table.x[i] += w->table.f[i * R + n];
        }
        for (ptrdiff_t n = 0; n < R; n++) {
            double spent = 0.0;
            for (ptrdiff_t i = 0; i < R; i++) spent += w->table.f[i * R + n];
            for (ptrdiff_t i = 0; i < R; i++) w->table.f[i * R + n] *= w->table.x[n] / spent;
        }
    }
    for (ptrdiff_t i = 0; i < R; i++) {
        w->table.x[i] = w->table.tls[i] = 0.0;
        for (ptrdiff_t n = 0; n < R; n++) {
            w->table.x[i] += w->table.f[i * R + n];
            w->table.z[i * R + n] = 0.0;
        }
        w->table.va[i] = w->table.x[i];
    }
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    w->blueprint.closure = ENT_CLOSURE_FIXED;
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (w->net.lane_region[lane] != ent_lane_exporter(&w->net, lane))
            w->policy.log_trade_cost[lane] = dice_between(&w->dice, -0.2, 0.3);
    return random_solve(w, 1e-13);
}

TEST(in_armingtons_world_exposure_is_the_derivative_of_the_solver, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(50); seed++) {
        random_world w;
        ent_exposure x, all;
        ent_sensitivity *s;
        MUST_IN(&w, open_armington(&w, seed));
        MUST_IN(&w, ent_exposure_measure(&w.net, &w.policy, &w.eq, 0, &w.arena, &x, &w.err));
        MUST_IN(&w, ent_exposure_measure(&w.net, &w.policy, &w.eq, -1, &w.arena, &all, &w.err));
        MUST_IN(&w, ent_sensitivity_open(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        const ptrdiff_t R = w.net.regions;
        for (ptrdiff_t c = 0; c < R * R; c++) LAW(&w, fabs(x.u[c] - all.u[c]) <= 1e-12, "one sector is not all trade");
        for (ptrdiff_t n = 0; n < R; n++) {
            const ent_term wage[] = {{ENT_TERM_REAL_WAGE, 1.0, n, -1, -1}, {ENT_TERM_PRICE_INDEX, 1.0, n, -1, -1}};
            const ent_term income = {ENT_TERM_REAL_INCOME, 1.0, n, -1, -1};
            const ent_objective of_wage = {"wage", wage, 2}, of_income = {"real income", &income, 1};
            ent_derivatives d;
            double sum = 0.0;
            MUST(ent_sensitivity_adjoint(s, &of_wage, &w.arena, &d, &w.err), w.err);
            for (ptrdiff_t i = 0; i < R; i++)
                LAW(&w, fabs(x.w[n * R + i] - d.productivity[i]) <= 1e-8, "W of %td by %td is %.12g, not %.12g", n, i,
                    x.w[n * R + i], d.productivity[i]);
            MUST(ent_sensitivity_adjoint(s, &of_income, &w.arena, &d, &w.err), w.err);
            for (ptrdiff_t i = 0; i < R; i++) {
                LAW(&w, fabs(x.u[n * R + i] - d.productivity[i]) <= 1e-8, "U of %td by %td is %.12g, not %.12g", n, i,
                    x.u[n * R + i], d.productivity[i]);
                sum += x.u[n * R + i];
            }
            LAW(&w, fabs(sum - 1.0) <= 1e-10, "row %td of U sums to %.12g", n, sum);
        }
        random_close(&w);
    }
}

TEST(rows_of_shares_sum_to_one_and_who_sells_nothing_has_no_row, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        MUST_IN(&w, random_solve(&w, 1e-10));
        const ptrdiff_t R = w.net.regions;
        for (ptrdiff_t j = -1; j < w.net.sectors; j++) {
            ent_exposure x;
            const ent_status status = ent_exposure_measure(&w.net, &w.policy, &w.eq, j, &w.arena, &x, &w.err);
            if (status != ENT_OK) {
                LAW(&w, status == ENT_BAD_INPUT && strstr(w.err.text, "across borders") != NULL, "%s", w.err.text);
                continue;
            }
            for (ptrdiff_t n = 0; n < R; n++) {
                double s = 0.0, t = 0.0;
                for (ptrdiff_t i = 0; i < R; i++) {
                    s += x.s[n * R + i];
                    t += x.t[n * R + i];
                }
                LAW(&w, fabs(s - 1.0) <= 1e-12 && fabs(t - 1.0) <= 1e-12, "region %td: %g, %g", n, s, t);
                const int sells = j < 0 || w.net.producer[n * w.net.sectors + j] >= 0;
                LAW(&w, isfinite(x.u[n * R]) == sells, "region %td, sector %td: U is %g", n, j, x.u[n * R]);
            }
        }
        random_close(&w);
    }
}
