/* pass.c: the tangent is the derivative of the pass, at the benchmark and elsewhere, in every blueprint; and the pass
 * keeps its digits where prices differ widely. */
// SPDX-License-Identifier: MIT
#include "equilibrium/pass.h"
#include "corridor.h"
#include "random_world.h"

typedef struct {
    ent_pass pass;
    double *z, *v, *above, *below, *exact, *there; /* [states] */
} bench;

static ent_status open_bench(bench *b, const ent_network *net, const ent_policy *policy, ent_arena *arena,
                             ent_error *err)
{
    ENT_TRY(ent_pass_open(net, 1, arena, &b->pass, err));
    ENT_TRY(ent_pass_open_tangent(&b->pass, arena, err));
    ent_pass_set_policy(&b->pass, policy, 1.0);
    double **const lists[] = {&b->z, &b->v, &b->above, &b->below, &b->exact, &b->there};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        *lists[k] = ent_new0(arena, double, b->pass.states);
        if (*lists[k] == NULL) return ENT_NO_MEMORY;
    }
    return ENT_OK;
}

/* Central difference against the tangent along v at z, relative to the largest entry. h² leaves about 1e-9 of third
 * derivatives of order θ². INFINITY: z is no point. */
static double tangent_gap(bench *b)
{
    const ptrdiff_t n = b->pass.states;
    const double h = 1e-5;
    double largest = 0.0, gap = 0.0;
    for (ptrdiff_t s = 0; s < n; s++) b->there[s] = b->z[s] + h * b->v[s];
    if (!ent_pass_run(&b->pass, b->there, b->above)) return INFINITY;
    for (ptrdiff_t s = 0; s < n; s++) b->there[s] = b->z[s] - h * b->v[s];
    if (!ent_pass_run(&b->pass, b->there, b->below)) return INFINITY;
    if (!ent_pass_run(&b->pass, b->z, b->there)) return INFINITY;
    ent_pass_tangent(&b->pass, b->v, b->exact);
    for (ptrdiff_t s = 0; s < n; s++) {
        largest = fmax(largest, fabs(b->exact[s]));
        gap = fmax(gap, fabs(b->exact[s] - (b->above[s] - b->below[s]) / (2.0 * h)));
    }
    return gap / fmax(largest, 1e-3); /* alone, on factors alone, a region has nothing that moves */
}

static void draw_point(bench *b, dice *d, double size)
{
    for (ptrdiff_t s = 0; s < b->pass.states; s++) {
        b->z[s] = size * dice_between(d, -0.1, 0.1);
        b->v[s] = dice_between(d, -1.0, 1.0);
    }
}

TEST(the_tangent_is_the_derivative_of_the_pass_in_any_world, "E15")
{
    for (uint64_t seed = 1; seed <= WORLDS(400); seed++) {
        random_world w;
        bench b;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        for (int point = 0; point < 3; point++) {
            draw_point(&b, &w.dice, point);
            const double gap = tangent_gap(&b);
            LAW(&w, gap <= 1e-6, "the tangent is off by %g of its largest entry (point %d)", gap, point);
        }
        random_close(&w);
    }
}

/* 1 where node k buys goods, itself or through its nests. */
static int buys_goods(const ent_network *net, ptrdiff_t k)
{
    int buys = net->kind[k] == ENT_NODE_SOURCING;
    for (int64_t e = net->first[k]; !buys && e < net->first[k + 1]; e++)
        buys = buys_goods(net, net->seller[net->edge_lane[e]]);
    return buys;
}

/* Who buys no goods stands on factors alone: one pass finds its price and sales, and z has neither, unless its sales
 * make a price, or the world is small. Worlds in which most inputs are 0 have both kinds of producers. */
TEST(who_buys_no_goods_is_no_unknown, "E3, E7")
{
    static const world_kind few_inputs = {7, 9, 6, 8, 3, 3, 0.95, 0.1, 0.4, 1, 1};
    ptrdiff_t early = 0, late = 0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        bench b;
        if (random_table(&w, seed, &few_inputs) != ENT_OK) { /* so many zeros may leave a region nothing */
            random_close(&w);
            continue;
        }
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        for (ptrdiff_t k = w.net.level_first[5]; k < w.net.level_first[6]; k++) {
            const int known = b.pass.price_state[k] < 0;
            LAW(&w, known == (b.pass.sales_state[k] < 0), "a price without sales");
            LAW(&w, !known || !buys_goods(&w.net, k), "%td buys goods and is no unknown", k);
            LAW(&w, known || buys_goods(&w.net, k) || w.net.scale_size[k] >= 0, "%td buys no goods and is an unknown",
                k);
            *(known ? &early : &late) += 1;
        }
        draw_point(&b, &w.dice, 1.0);
        double least = INFINITY;
        for (ptrdiff_t n = 0; n < w.net.regions; n++) least = fmin(least, w.net.sales_usd[w.net.household[n]]);
        const double gap = least > 1e-6 ? tangent_gap(&b) : 0.0; /* incomes of 1e-324 have no digits */
        LAW(&w, gap <= 1e-6, "the tangent is off by %g of its largest entry", gap);
        random_close(&w);
    }
    CHECK(early > 0 && late > 0);
}

TEST(the_tangent_is_the_derivative_of_the_pass_for_nafta, "E15")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH scratch = {0};
    static const char *const yaml = "name: NAFTA\nactions:\n"
                                    "  - duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], file: "
                                    "tariffs.csv, column: tariff_2005_pct}\n";
    ent_error err = {0};
    ent_table table;
    corridor c;
    bench b;
    dice d = {1};
    MUST(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, ent_string_format(&scratch, "%s/base_deficit", data), &scratch,
                         &table, &err),
         err);
    MUST(corridor_open(&c, &table, yaml, data), c.err);
    MUST(open_bench(&b, &c.net, &c.policy, &scratch, &err), err);
    for (int point = 0; point < 4; point++) {
        draw_point(&b, &d, 0.1 * point); /* θ is up to 65: prices a percent apart move sales by half */
        CHECK_NEAR(tangent_gap(&b), 0.0, 1e-6);
    }
    corridor_close(&c);
}

/* The tangent is linear: that of a sum is the sum. */
TEST(the_tangent_is_linear, "E15")
{
    for (uint64_t seed = 1; seed <= WORLDS(50); seed++) {
        random_world w;
        bench b;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        draw_point(&b, &w.dice, 1.0);
        const ptrdiff_t n = b.pass.states;
        ent_pass_run(&b.pass, b.z, b.there);
        ent_pass_tangent(&b.pass, b.v, b.above);
        for (ptrdiff_t s = 0; s < n; s++) b.there[s] = dice_between(&w.dice, -1.0, 1.0);
        ent_pass_tangent(&b.pass, b.there, b.below);
        for (ptrdiff_t s = 0; s < n; s++) b.there[s] = 2.0 * b.v[s] - 3.0 * b.there[s];
        ent_pass_tangent(&b.pass, b.there, b.exact);
        double gap = 0.0, largest = 0.0;
        for (ptrdiff_t s = 0; s < n; s++) {
            gap = fmax(gap, fabs(b.exact[s] - (2.0 * b.above[s] - 3.0 * b.below[s])));
            largest = fmax(largest, fabs(b.exact[s]));
        }
        LAW(&w, gap <= 1e-12 * largest, "2 T(a) - 3 T(b) differs from T(2 a - 3 b) by %g of %g", gap, largest);
        random_close(&w);
    }
}

/* A duty of 50 % lifted where θ is 65 (petroleum of Portugal in the rest of the world, without input–output linkages):
 * shares change by 10¹¹, and the seller lives from what was next to nothing. Prices added up as (p^r − 1)/r had seven
 * digits left. */
TEST(a_steep_nest_keeps_its_digits_when_a_wedge_of_half_is_lifted, "E3 E5")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        char where[256];
        MUST_IN(&w, random_table(&w, seed, &plain_world));
        MUST_IN(&w, ent_blueprint_default(&w.table, &w.arena, &w.blueprint, &w.err));
        for (ptrdiff_t j = 0; j < w.table.sectors.count; j++) w.blueprint.trade_elasticity[j] = 65.0;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
            if (ent_lane_exporter(&w.net, lane) == 0 && w.net.lane_region[lane] == 1)
                w.policy.log_trade_cost[lane] = -log(1.5);
        MUST_IN(&w, random_solve(&w, 1e-11));
        const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
        LAW(&w, gap <= 1e-9, "gap %g: %s", gap, where);
        random_close(&w);
    }
}
