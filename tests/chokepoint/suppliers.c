/* suppliers.c: shares, concentration and users are those of the table. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

/* What region n buys of (i, j), straight from the table. */
static double bought(const ent_table *t, ptrdiff_t i, ptrdiff_t j, ptrdiff_t n)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count, row = i * J + j;
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < J; k++) sum += t->z[row * R * J + n * J + k];
    for (ptrdiff_t u = 0; u < U; u++) sum += t->f[row * R * U + n * U + u];
    return sum;
}

static void check_market(const random_world *w, const ent_suppliers *s, ptrdiff_t n, ptrdiff_t j)
{
    const ent_table *t = &w->table;
    const ptrdiff_t R = w->net.regions, market = n * w->net.sectors + j;
    double imports = 0.0, exports = 0.0, squares = 0.0, most = 0.0;
    ptrdiff_t largest = -1;
    for (ptrdiff_t i = 0; i < R; i++) {
        if (i == n) continue;
        const double from = bought(t, i, j, n);
        imports += from;
        squares += from * from;
        exports += bought(t, n, j, i);
        if (from > most) largest = i;
        most = fmax(most, from);
    }
    const double home = bought(t, n, j, n);
    LAW(w, fabs(s->imports_usd[market] - imports) <= 1e-9 * imports, "imports %g, not %g", s->imports_usd[market],
        imports);
    LAW(w, fabs(s->purchases_usd[market] - imports - home) <= 1e-9 * (imports + home), "purchases");
    LAW(w, fabs(s->exports_usd[market] - exports) <= 1e-9 * exports, "exports");
    LAW(w, fabs(s->herfindahl[market] - squares / (imports * imports)) <= 1e-9, "Herfindahl %g, not %g",
        s->herfindahl[market], squares / (imports * imports));
    LAW(w, fabs(s->foreign_share[market] - imports / (imports + home)) <= 1e-9, "foreign share");
    LAW(w, fabs(s->cover[market] - imports / exports) <= 1e-8 * imports / exports, "cover");
    LAW(w, s->largest[market] == largest, "largest supplier %d, not %td", s->largest[market], largest);
    const int depends = squares / (imports * imports) > 0.4 && imports / (imports + home) > 0.5 && imports > exports;
    LAW(w, s->depends[market] == depends, "the three tests say %d, not %d", s->depends[market], depends);
}

TEST(shares_and_concentration_are_those_of_the_table, "E5")
{
    int depend = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_suppliers s;
        MUST_IN(&w, choke_plain(&w, seed, ENT_SOURCING_COMMON));
        MUST_IN(&w, ent_suppliers_measure(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        for (ptrdiff_t n = 0; n < w.net.regions; n++)
            for (ptrdiff_t j = 0; j < w.net.sectors; j++) {
                check_market(&w, &s, n, j);
                depend += s.depends[n * w.net.sectors + j];
            }
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t n = w.net.lane_region[lane], i = ent_lane_exporter(&w.net, lane);
            const ptrdiff_t j = ent_lane_sector(&w.net, lane), market = n * w.net.sectors + j;
            LAW(&w, fabs(s.share[lane] - bought(&w.table, i, j, n) / s.purchases_usd[market]) <= 1e-9, "share");
            LAW(&w, (i == n) == (isnan(s.import_share[lane]) != 0), "home lanes have no share in imports");
        }
        random_close(&w);
    }
    CHECK(depend > 0);
}

/* A duty is paid by the buyer: it is in what is spent, not in the border's value. */
TEST(duties_count_in_purchases_and_not_in_imports, "E6")
{
    for (uint64_t seed = 1; seed <= WORLDS(30); seed++) {
        random_world w;
        ent_suppliers s;
        MUST_IN(&w, choke_any(&w, seed));
        MUST_IN(&w, ent_suppliers_measure(&w.net, &w.policy, &w.eq, &w.arena, &s, &w.err));
        double purchases = 0.0, spent = 0.0, imports = 0.0, border = 0.0, exports = 0.0;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            spent += w.eq.lane_value_usd[lane];
            if (w.net.lane_region[lane] != ent_lane_exporter(&w.net, lane))
                border += w.eq.lane_value_usd[lane] / (1.0 + w.policy.duty[lane]);
        }
        for (ptrdiff_t c = 0; c < w.net.regions * w.net.sectors; c++) {
            purchases += s.purchases_usd[c];
            imports += s.imports_usd[c];
            exports += s.exports_usd[c];
        }
        LAW(&w, fabs(purchases - spent) <= 1e-9 * spent && fabs(imports - border) <= 1e-9 * spent, "sums");
        LAW(&w, fabs(imports - exports) <= 1e-9 * spent, "the world's imports are not its exports");
        random_close(&w);
    }
}

TEST(users_of_a_good_are_those_of_the_table, "E6")
{
    static const ent_sourcing kinds[] = {ENT_SOURCING_COMMON, ENT_SOURCING_BY_USE, ENT_SOURCING_TWO_TIER};
    for (uint64_t seed = 1; seed <= WORLDS(30); seed++) {
        random_world w;
        ent_users_of users;
        MUST_IN(&w, choke_plain(&w, seed, kinds[seed % 3]));
        const ent_table *t = &w.table;
        const ptrdiff_t R = w.net.regions, J = w.net.sectors, U = t->uses.count;
        const ptrdiff_t n = dice_pick(&w.dice, R), j = dice_pick(&w.dice, J);
        MUST_IN(&w, ent_users_of_measure(&w.net, &w.policy, &w.eq, n, j, &w.arena, &users, &w.err));
        for (ptrdiff_t k = 0; k < J; k++) {
            double wanted = 0.0;
            for (ptrdiff_t i = 0; i < R; i++) wanted += t->z[(i * J + j) * R * J + n * J + k];
            LAW(&w, fabs(users.by_sector[k] - wanted) <= 1e-8 * (1.0 + wanted), "sector %td uses %g, not %g", k,
                users.by_sector[k], wanted);
        }
        for (ptrdiff_t u = 0; u < U; u++) {
            double wanted = 0.0;
            for (ptrdiff_t i = 0; i < R; i++) wanted += t->f[(i * J + j) * R * U + n * U + u];
            LAW(&w, fabs(users.by_final[u] - wanted) <= 1e-8 * (1.0 + wanted), "use %td takes %g, not %g", u,
                users.by_final[u], wanted);
        }
        CHECK(ent_users_of_measure(&w.net, &w.policy, &w.eq, R, 0, &w.arena, &users, &w.err) == ENT_BAD_INPUT);
        random_close(&w);
    }
}
