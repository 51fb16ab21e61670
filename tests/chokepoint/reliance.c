/* reliance.c: walking the network is inverting I − A. */
// SPDX-License-Identifier: MIT
#include "num/lu.h"
#include "worlds.h"

enum {
    MOST = 16 /* regions × sectors of these worlds */
};

/* Sales of (i,j) to user c of region n: as the table has them, or in proportion to what n buys from i at all. */
static double sale(const random_world *w, ptrdiff_t row, ptrdiff_t n, const double *use, ptrdiff_t stride, ptrdiff_t c)
{
    const ent_table *t = &w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count, j = row % J;
    if (w->blueprint.sourcing == ENT_SOURCING_BY_USE) return use[row * stride + c];
    double all = 0.0, from = 0.0, user = 0.0;
    for (ptrdiff_t i = 0; i < R; i++) {
        const ptrdiff_t r = i * J + j;
        double bought = 0.0;
        for (ptrdiff_t k = 0; k < J; k++) bought += t->z[r * R * J + n * J + k];
        for (ptrdiff_t u = 0; u < U; u++) bought += t->f[r * R * U + n * U + u];
        all += bought;
        if (r == row) from = bought;
        user += use[r * stride + c];
    }
    return user * from / all;
}

static void check_inputs(const random_world *w, const ent_reliance *r)
{
    const ptrdiff_t R = w->net.regions, J = w->net.sectors, N = R * J;
    double a[MOST][MOST], lu[MOST * MOST], in[MOST];
    int32_t pivot[MOST];
    double region_all[8] = {0}, region_from[8][8] = {{0}};
    for (ptrdiff_t l = 0; l < N; l++)
        for (ptrdiff_t k = 0; k < N; k++) {
            a[l][k] = sale(w, l, k / J, w->table.z, N, k) / w->table.x[k];
            lu[k * N + l] = (l == k) - a[l][k]; /* transposed: columns of B */
        }
    if (!ent_lu_factor(N, lu, pivot)) {
        LAW(w, 0, "I − A is singular");
        return;
    }
    for (ptrdiff_t h = 0; h < R; h++) { /* in = rows of h of B − I, summed: (I − Aᵀ)⁻¹ Aᵀ 1_h */
        for (ptrdiff_t k = 0; k < N; k++) {
            in[k] = 0.0;
            for (ptrdiff_t l = 0; l < N; l++) in[k] += l / J == h ? a[l][k] : 0.0;
        }
        double direct[MOST];
        memcpy(direct, in, sizeof in);
        ent_lu_solve(N, lu, pivot, in);
        for (ptrdiff_t k = 0; k < N; k++) {
            double all_direct = 0.0;
            for (ptrdiff_t l = 0; l < N; l++) all_direct += a[l][k];
            LAW(w, fabs(r->face[k * R + h] - direct[k] / all_direct) <= 1e-9, "face value %g, not %g",
                r->face[k * R + h], direct[k] / all_direct);
            region_from[k / J][h] += in[k] * w->table.x[k];
        }
        for (ptrdiff_t k = 0; k < N; k++) region_all[k / J] += in[k] * w->table.x[k];
    }
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t h = 0; h < R; h++)
            LAW(w, fabs(r->region_look[n * R + h] - region_from[n][h] / region_all[n]) <= 1e-9,
                "look-through of a region %g, not %g", r->region_look[n * R + h], region_from[n][h] / region_all[n]);
}

/* One producer's look-through: (B − I) column by column. */
static void check_look_through(const random_world *w, const ent_reliance *r, ptrdiff_t k)
{
    const ptrdiff_t R = w->net.regions, J = w->net.sectors, N = R * J;
    double lu[MOST * MOST], column[MOST] = {0}, from[8] = {0}, all = 0.0;
    int32_t pivot[MOST];
    for (ptrdiff_t l = 0; l < N; l++)
        for (ptrdiff_t c = 0; c < N; c++)
            lu[l * N + c] = (l == c) - sale(w, l, c / J, w->table.z, N, c) / w->table.x[c];
    if (!ent_lu_factor(N, lu, pivot)) return;
    column[k] = 1.0;
    ent_lu_solve(N, lu, pivot, column);
    column[k] -= 1.0;
    for (ptrdiff_t l = 0; l < N; l++) {
        from[l / J] += column[l];
        all += column[l];
    }
    for (ptrdiff_t h = 0; h < R; h++)
        LAW(w, fabs(r->look[k * R + h] - from[h] / all) <= 1e-9, "look-through %g, not %g", r->look[k * R + h],
            from[h] / all);
    LAW(w, fabs(r->look_foreign[k] - 1.0 + from[k / J] / all) <= 1e-9, "FIR");
}

/* h = e + W h: e the share sold abroad, W what domestic users buy, per dollar of sales. */
static void check_sales(const random_world *w, const ent_reliance *r)
{
    const ptrdiff_t R = w->net.regions, J = w->net.sectors, N = R * J, U = w->table.uses.count;
    for (ptrdiff_t i = 0; i < R; i++) {
        double lu[8 * 8], e[8];
        int32_t pivot[8];
        for (ptrdiff_t j = 0; j < J; j++) {
            const ptrdiff_t row = i * J + j;
            double home = 0.0;
            for (ptrdiff_t u = 0; u < U; u++) home += sale(w, row, i, w->table.f, R * U, i * U + u);
            for (ptrdiff_t k = 0; k < J; k++) {
                const double s = sale(w, row, i, w->table.z, N, i * J + k);
                home += s;
                lu[j * J + k] = (j == k) - s / w->table.x[row];
            }
            e[j] = 1.0 - home / w->table.x[row];
        }
        if (!ent_lu_factor(J, lu, pivot)) continue;
        ent_lu_solve(J, lu, pivot, e);
        for (ptrdiff_t j = 0; j < J; j++)
            LAW(w, fabs(r->hot[i * J + j] - e[j]) <= 1e-9, "HOT %g, not %g", r->hot[i * J + j], e[j]);
    }
}

TEST(walking_the_network_is_inverting_i_minus_a, "E3")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        ent_reliance r;
        MUST_IN(&w, choke_plain(&w, seed, seed % 2 == 0 ? ENT_SOURCING_COMMON : ENT_SOURCING_BY_USE));
        MUST_IN(&w, ent_reliance_measure(&w.net, &w.policy, &w.eq, &w.arena, &r, &w.err));
        check_inputs(&w, &r);
        check_look_through(&w, &r, dice_pick(&w.dice, w.net.regions * w.net.sectors));
        check_sales(&w, &r);
        random_close(&w);
    }
}

TEST(shares_of_inputs_sum_to_one_in_any_world, "E3")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_reliance r;
        MUST_IN(&w, choke_any(&w, seed));
        MUST_IN(&w, ent_reliance_measure(&w.net, &w.policy, &w.eq, &w.arena, &r, &w.err));
        const ptrdiff_t R = w.net.regions;
        for (ptrdiff_t k = 0; k < R * w.net.sectors; k++) {
            double face = 0.0, look = 0.0;
            for (ptrdiff_t h = 0; h < R; h++) {
                face += r.face[k * R + h];
                look += r.look[k * R + h];
            }
            LAW(&w, isnan(face) || fabs(face - 1.0) <= 1e-12, "face value sums to %.17g", face);
            LAW(&w, isnan(look) || fabs(look - 1.0) <= 1e-12, "look-through sums to %.17g", look);
            LAW(&w, isnan(r.hot[k]) || (r.hot[k] >= -1e-12 && r.hot[k] <= 1.0 + 1e-9), "HOT is %.17g", r.hot[k]);
        }
        random_close(&w);
    }
}
