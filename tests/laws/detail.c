/* detail.c: trade by product adds up to trade by sector where products replace each other as origins do, and satisfies
 * the model's equations where they do not. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "random_world.h"

typedef struct {
    ent_detail observed, detail;
    ent_table table; /* with the detail */
} detailed;

/* Random products of every sector but perhaps the first: three flows in five. Where `theta`, with elasticities of their
 * own. */
static ent_status draw_detail(const ent_table *t, dice *d, int theta, ent_arena *arena, detailed *x, ent_error *err)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    ptrdiff_t P = 0;
    int64_t rows = 0;
    int32_t *sector = ent_new(arena, int32_t, 6 * J);
    double *own = ent_new(arena, double, 6 * J);
    *x = (detailed){.table = *t};
    for (ptrdiff_t j = 0; j < J; j++)
        for (ptrdiff_t h = j == 0 && J > 1 && dice_chance(d, 0.5) ? 6 : dice_pick(d, 4); h < 6; h++, P++) {
            sector[P] = (int32_t)j;
            own[P] = dice_chance(d, 0.3) && h > 0 ? t->trade_elasticity[j] : dice_between(d, 0.3, 8.0);
            ENT_TRY(ent_names_add(&x->observed.products, arena, ent_string_format(arena, "P%td", P), NULL, NULL));
        }
    x->observed.sector = sector;
    x->observed.trade_elasticity = theta ? own : NULL;
    x->observed.first = ent_new(arena, int64_t, R * P + 1);
    x->observed.seller = ent_new(arena, int32_t, R * R * P);
    x->observed.value_usd = ent_new(arena, double, R *R *P);
    for (ptrdiff_t cell = 0; cell < R * P; cell++) {
        x->observed.first[cell] = rows;
        for (ptrdiff_t i = 0; i < R; i++) {
            if (!dice_chance(d, 0.6)) continue;
            x->observed.seller[rows] = (int32_t)i;
            x->observed.value_usd[rows++] = dice_between(d, 0.1, 5.0);
        }
    }
    x->observed.first[R * P] = rows;
    ENT_TRY(ent_detail_fit(t, &x->observed, arena, &x->detail, err));
    x->table.detail = &x->detail;
    return ENT_OK;
}

static double rate(uint64_t seed, ptrdiff_t a, ptrdiff_t b, ptrdiff_t c)
{
    dice d = {seed + (uint64_t)(a * 10007 + b * 101 + c)};
    (void)dice_roll(&d);
    return dice_chance(&d, 0.3) ? 0.0 : dice_roll(&d);
}

static ent_status policy_by_sector(random_world *w)
{
    const ent_network *net = &w->net;
    ENT_TRY(ent_policy_none(net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(net, lane), n = net->lane_region[lane], j = ent_lane_sector(net, lane);
        if (i == n) continue;
        w->policy.duty[lane] += 0.3 * rate(w->seed, i, n, j);
        w->policy.export_tax[lane] += 0.1 * rate(w->seed + 1, i, n, j);
        w->policy.log_trade_cost[lane] = 0.1 * rate(w->seed + 2, i, n, j);
    }
    return ENT_OK;
}

static ent_status solve(random_world *w)
{
    ENT_TRY(random_lay(w));
    ENT_TRY(policy_by_sector(w));
    ENT_TRY(random_solve(w, 1e-11));
    return random_measure(w);
}

static ent_status draw_plain(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    w->blueprint.sourcing = ENT_SOURCING_COMMON;
    w->blueprint.market = ENT_MARKET_PERFECT;
    w->blueprint.closure = ENT_CLOSURE_PROPORTIONAL;
    for (ptrdiff_t n = 0; n < w->table.regions.count; n++) w->blueprint.entry_share[n] = 0.0;
    return ENT_OK;
}

TEST(trade_by_product_adds_up_to_trade_by_sector, "products E3-E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        random_world w;
        detailed x;
        MUST_IN(&w, draw_plain(&w, seed));
        MUST_IN(&w, solve(&w));
        MUST_IN(&w, draw_detail(&w.table, &w.dice, 0, &w.arena, &x, &w.err));
        random_world fine = {.seed = seed, .table = x.table, .blueprint = w.blueprint};
        MUST_IN(&fine, solve(&fine));
        double worst = 0.0;
        for (ptrdiff_t n = 0; n < w.table.regions.count; n++)
            worst = fmax(worst, fabs(ent_outcome_region(&fine.out, ENT_REGION_real_income, n) /
                                         ent_outcome_region(&w.out, ENT_REGION_real_income, n) -
                                     1.0));
        LAW(&w, worst <= 1e-9, "real income differs by %g", worst);
        LAW(&w, fine.eq.certificate.passes <= 2 * w.eq.certificate.passes + 10, "%td passes instead of %td",
            fine.eq.certificate.passes, w.eq.certificate.passes);
        random_close(&fine);
        random_close(&w);
    }
}

TEST(trade_by_product_satisfies_the_equations_with_elasticities_of_its_own, "products E3-E10")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        detailed x;
        char where[256];
        MUST_IN(&w, draw_plain(&w, seed));
        MUST_IN(&w, draw_detail(&w.table, &w.dice, 1, &w.arena, &x, &w.err));
        for (ptrdiff_t j = 0; j < w.table.sectors.count; j++)
            w.blueprint.product_elasticity[j] = dice_chance(&w.dice, 0.2) ? 1.0 : dice_between(&w.dice, 0.3, 3.0);
        w.table = x.table;
        MUST_IN(&w, solve(&w));
        const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
        LAW(&w, gap <= 1e-9, "gap %g: %s", gap, where);
        random_close(&w);
    }
}

TEST(fitted_products_sum_to_the_flows_of_the_table, "products")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        detailed x;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, draw_detail(&w.table, &w.dice, 0, &w.arena, &x, &w.err));
        const ptrdiff_t R = w.table.regions.count, J = w.table.sectors.count, U = w.table.uses.count;
        const ptrdiff_t P = x.detail.products.count;
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t j = 0; j < J; j++)
                for (ptrdiff_t i = 0; i < R; i++) {
                    double flow = 0.0, sum = 0.0;
                    int any = 0;
                    for (ptrdiff_t k = 0; k < J; k++) flow += w.table.z[((i * J + j) * R + n) * J + k];
                    for (ptrdiff_t u = 0; u < U; u++) flow += w.table.f[((i * J + j) * R + n) * U + u];
                    for (ptrdiff_t h = 0; h < P; h++) {
                        if (x.detail.sector[h] != j) continue;
                        any = 1;
                        for (int64_t r = x.detail.first[n * P + h]; r < x.detail.first[n * P + h + 1]; r++)
                            if (x.detail.seller[r] == i) sum += x.detail.value_usd[r];
                    }
                    if (any) LAW(&w, fabs(sum - flow) <= 1e-12 * flow, "%g instead of %g", sum, flow);
                }
        random_close(&w);
    }
}

TEST(a_ban_on_one_product_leaves_the_others_of_its_sector, "products ban")
{
    random_world w;
    detailed x;
    MUST(draw_plain(&w, 4), w.err);
    MUST(draw_detail(&w.table, &w.dice, 0, &w.arena, &x, &w.err), w.err);
    w.table = x.table;
    MUST(random_lay(&w), w.err);
    MUST(ent_policy_none(&w.net, &w.arena, &w.policy, &w.err), w.err);
    ptrdiff_t lane = 0;
    while (ent_lane_product(&w.net, lane) < 0 || ent_lane_exporter(&w.net, lane) == w.net.lane_region[lane]) lane++;
    w.policy.banned = ent_new0(&w.arena, unsigned char, w.net.borders);
    w.policy.banned[lane] = 1;
    MUST(random_solve(&w, 1e-10), w.err);
    CHECK(w.eq.lane_value_usd[lane] == 0.0);
    double largest = 0.0;
    for (ptrdiff_t other = 0; other < w.net.borders; other++)
        if (other != lane && w.net.seller[other] == w.net.seller[lane] &&
            w.net.lane_region[other] == w.net.lane_region[lane])
            largest = fmax(largest, w.eq.lane_value_usd[other]);
    CHECK(largest > 0.0);
    random_close(&w);
}

TEST(detail_asks_for_common_sourcing_and_perfect_markets, "products")
{
    random_world w;
    detailed x;
    MUST(draw_plain(&w, 9), w.err);
    MUST(draw_detail(&w.table, &w.dice, 0, &w.arena, &x, &w.err), w.err);
    w.table = x.table;
    w.blueprint.sourcing = ENT_SOURCING_TWO_TIER;
    CHECK(random_lay(&w) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text,
               "random: trade by product needs `sourcing: common` and `market: perfect`, in a table without "
               "products that were cut out of sectors");
    x.observed.seller[0] = 77;
    CHECK(ent_detail_fit(&w.table, &x.observed, &w.arena, &x.detail, &w.err) == ENT_BAD_INPUT);
    random_close(&w);
}
