/* domestic.c: the approximate inverse P of I − dG/dz is linear, and near enough that Newton's linear systems
 * are solved with few tangents. (It need not make every error smaller by itself: on NAFTA one mode, the level of goods
 * against wages, grows under it, which the accelerated fixed point and GMRES see in a step.) */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "corridor.h"
#include "game/worlds.h"
#include "random_world.h"

typedef struct {
    ent_pass pass;
    ent_domestic domestic;
    double *v, *image, *rest, *out, *room;
} bench;

static ent_status open_bench(bench *b, const ent_network *net, const ent_policy *policy, ent_arena *arena,
                             ent_error *err)
{
    ENT_TRY(ent_pass_open(net, 1, arena, &b->pass, err));
    ENT_TRY(ent_pass_open_tangent(&b->pass, arena, err));
    ENT_TRY(ent_domestic_open(&b->pass, arena, &b->domestic, err));
    const ptrdiff_t n = b->pass.states;
    b->v = ent_new0(arena, double, n);
    b->image = ent_new0(arena, double, n);
    b->rest = ent_new0(arena, double, n);
    b->out = ent_new0(arena, double, n);
    b->room = ent_new0(arena, double, ent_domestic_room(&b->domestic));
    if (b->v == NULL || b->image == NULL || b->rest == NULL || b->out == NULL || b->room == NULL) return ENT_NO_MEMORY;
    ent_pass_set_policy(&b->pass, policy, 1.0);
    if (!ent_pass_run(&b->pass, b->v, b->image)) return ent_fail(err, ENT_BAD_INPUT, "the benchmark is no point");
    return ENT_OK;
}

static double size_of(const double *v, ptrdiff_t n)
{
    double sum = 0.0;
    for (ptrdiff_t s = 0; s < n; s++) sum += v[s] * v[s];
    return sqrt(sum);
}

/* Each Newton step solves (I − dG/dz) d = r by GMRES on P (I − dG/dz): few tangents a step mean that P knows most of
 * it. */
static ent_status count_tangents(const ent_network *net, const ent_policy *policy, ent_arena *arena, double *a_step,
                                 ent_error *err)
{
    ent_options options = ent_options_default();
    ent_equilibrium eq;
    options.method = ENT_METHOD_NEWTON;
    ENT_TRY(ent_equilibrium_solve(net, policy, &options, NULL, arena, &eq, err));
    const ptrdiff_t steps = eq.certificate.newton_steps;
    *a_step = steps == 0 ? 0.0 : (double)eq.certificate.tangents / (double)steps; /* no shock, no step */
    return ENT_OK;
}

TEST(with_the_preconditioner_newton_needs_few_tangents_on_nafta, "5")
{
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_table table;
    corridor c;
    double a_step;
    static const char *const yaml = "name: NAFTA\nactions:\n"
                                    "  - duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], file: "
                                    "tariffs.csv, column: tariff_2005_pct}\n";
    MUST(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, ent_string_format(&scratch, "%s/base_nodeficit", data), &scratch,
                         &table, &err),
         err);
    MUST(corridor_open(&c, &table, yaml, data), c.err);
    MUST(count_tangents(&c.net, &c.policy, &scratch, &a_step, &err), err);
    CHECK(a_step <= 8.0); /* 5.3 of 2542 unknowns when this was written */
    corridor_close(&c);
}

TEST(with_the_preconditioner_newton_needs_few_tangents_in_any_world, "5")
{
    double sum = 0.0;
    ptrdiff_t worlds = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        double a_step;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, random_policy(&w, 1.0));
        if (count_tangents(&w.net, &w.policy, &w.arena, &a_step, &w.err) == ENT_OK) { /* it may need homotopy */
            sum += a_step;
            worlds++;
        }
        random_close(&w);
    }
    CHECK(worlds >= WORLDS(60) * 9 / 10);
    CHECK(sum / (double)worlds <= 12.0); /* 8 when this was written, of 8 to 110 unknowns */
}

TEST(the_preconditioner_is_linear, "5")
{
    for (uint64_t seed = 1; seed <= WORLDS(50); seed++) {
        random_world w;
        bench b;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        const ptrdiff_t n = b.pass.states;
        double *second = ent_new0(&w.arena, double, n), gap = 0.0;
        for (ptrdiff_t s = 0; s < n; s++) {
            b.v[s] = dice_between(&w.dice, -1.0, 1.0);
            b.rest[s] = dice_between(&w.dice, -1.0, 1.0);
        }
        ent_domestic_apply(&b.domestic, b.v, b.image, b.room);
        ent_domestic_apply(&b.domestic, b.rest, b.out, b.room);
        for (ptrdiff_t s = 0; s < n; s++) b.rest[s] = 2.0 * b.v[s] - 3.0 * b.rest[s];
        ent_domestic_apply(&b.domestic, b.rest, second, b.room);
        for (ptrdiff_t s = 0; s < n; s++) gap = fmax(gap, fabs(second[s] - 2.0 * b.image[s] + 3.0 * b.out[s]));
        const double size = size_of(second, n);
        LAW(&w, isfinite(size) && gap <= 1e-11 * (1.0 + size), "2 P(a) - 3 P(b) differs from P(2 a - 3 b) by %g of %g",
            gap, size);
        random_close(&w);
    }
}

TEST(the_transposed_preconditioner_is_the_transpose, "E16")
{
    for (uint64_t seed = 1; seed <= WORLDS(200); seed++) {
        random_world w;
        bench b;
        double left = 0.0, right = 0.0;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        const ptrdiff_t n = b.pass.states;
        for (ptrdiff_t s = 0; s < n; s++) {
            b.v[s] = dice_between(&w.dice, -1.0, 1.0);
            b.rest[s] = dice_between(&w.dice, -1.0, 1.0);
        }
        ent_domestic_apply(&b.domestic, b.v, b.image, b.room);
        ent_domestic_apply_transposed(&b.domestic, b.rest, b.out, b.room);
        for (ptrdiff_t s = 0; s < n; s++) {
            left += b.image[s] * b.rest[s];
            right += b.v[s] * b.out[s];
        }
        const double size = size_of(b.image, n) * size_of(b.rest, n) + size_of(b.v, n) * size_of(b.out, n);
        LAW(&w, fabs(left - right) <= 1e-12 * size, "(P a) b = %.17g, a (P' b) = %.17g, of %g", left, right, size);
        random_close(&w);
    }
}

/* v less the level that changes world factor income (E11): every point of an iteration has that level. */
static void keep_numeraire(bench *b)
{
    const ent_network *net = b->pass.net;
    double more = 0.0;
    ent_pass_tangent(&b->pass, b->v, b->image);
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++) more += b->pass.d_spent[f] / b->pass.gdp;
    for (ptrdiff_t s = 0; s < b->pass.states; s++) b->v[s] -= more;
}

/* One sector without materials: nothing crosses a border twice, and P is the inverse. Scale economies, selection and
 * elastic labour supply are known at home and one step abroad. */
TEST(of_one_sector_without_materials_the_preconditioner_is_the_inverse, "E17")
{
    const world_kind kind = {2, 6, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 1};
    for (uint64_t seed = 1; seed <= WORLDS(200); seed++) {
        random_world w;
        bench b;
        double gap = 0.0;
        MUST_IN(&w, random_table(&w, seed, &kind));
        memset(w.table.z, 0, (size_t)(w.table.regions.count * w.table.regions.count) * sizeof *w.table.z);
        for (ptrdiff_t i = 0; i < w.table.regions.count; i++) {
            w.table.x[i] = 0.0;
            for (ptrdiff_t n = 0; n < w.table.regions.count; n++)
                w.table.x[i] += w.table.f[i * w.table.regions.count + n];
            w.table.va[i] = w.table.x[i];
        }
        MUST_IN(&w, random_blueprint(&w));
        if (w.blueprint.sourcing == ENT_SOURCING_BY_USE) w.blueprint.sourcing = ENT_SOURCING_COMMON;
        w.blueprint.closure = ENT_CLOSURE_FIXED;
        w.blueprint.mobility[0] = INFINITY;
        if (dice_chance(&w.dice, 0.5)) {
            w.blueprint.market = ENT_MARKET_PERFECT;
            w.blueprint.labour_supply = 0.0;
            memset(w.blueprint.entry_share, 0, (size_t)w.table.regions.count * sizeof *w.blueprint.entry_share);
        }
        const int plain = w.blueprint.market == ENT_MARKET_PERFECT && w.blueprint.labour_supply == 0.0;
        MUST_IN(&w, random_lay(&w));
        MUST_IN(&w, ent_policy_none(&w.net, &w.arena, &w.policy, &w.err));
        MUST_IN(&w, open_bench(&b, &w.net, &w.policy, &w.arena, &w.err));
        const ptrdiff_t n = b.pass.states;
        for (ptrdiff_t s = 0; s < n; s++) b.v[s] = dice_between(&w.dice, -1.0, 1.0);
        keep_numeraire(&b);
        ent_pass_tangent(&b.pass, b.v, b.image);
        for (ptrdiff_t s = 0; s < n; s++) b.rest[s] = b.v[s] - b.image[s];
        ent_domestic_apply(&b.domestic, b.rest, b.out, b.room);
        for (ptrdiff_t s = 0; s < n; s++) gap = fmax(gap, fabs(b.out[s] - b.v[s]));
        LAW(&w, gap <= (plain ? 1e-7 : 0.2), "P (I - dG/dz) v differs from v by %g (market %d, scale by %d, supply %g)",
            gap, (int)w.blueprint.market, (int)w.blueprint.scale_by, w.blueprint.labour_supply);
        random_close(&w);
    }
}

/* Where inputs do not cross borders (here: none are used) and no export is taxed, P leaves nothing out: not the income
 * that duties and markups make, nor what it buys abroad. */
TEST(without_inputs_the_preconditioner_is_the_inverse, "5")
{
    enum {
        R = 5,
        J = 4
    };
    for (uint64_t seed = 1; seed <= WORLDS(20); seed++) {
        game_world w = {0};
        bench b;
        dice die = {.state = seed * 977 + 5};
        double flow[R * R * J], duty[R * R * J] = {0}, theta[J], gap = 0.0;
        for (int j = 0; j < J; j++) theta[j] = dice_between(&die, 1.0, 8.0);
        for (int i = 0; i < R; i++)
            for (int n = 0; n < R; n++)
                for (int j = 0; j < J; j++) {
                    flow[(i * R + n) * J + j] = dice_between(&die, 1.0, 9.0) * (i == n ? 10.0 : 1.0);
                    if (i != n) duty[(i * R + n) * J + j] = dice_between(&die, 0.0, 0.9);
                }
        MUST(game_lay(&w, R, J, flow, duty, theta, seed % 2 == 0 ? MARKUPS : COMPETITION), w.err);
        MUST(open_bench(&b, &w.net, &w.policy, &w.arena, &w.err), w.err);
        for (ptrdiff_t s = 0; s < b.pass.states; s++) b.v[s] = dice_between(&die, -1.0, 1.0);
        ent_pass_tangent(&b.pass, b.v, b.image);
        for (ptrdiff_t s = 0; s < b.pass.states; s++) b.rest[s] = b.v[s] - b.image[s];
        ent_domestic_apply(&b.domestic, b.rest, b.out, b.room);
        for (ptrdiff_t s = 0; s < b.pass.states; s++) gap = fmax(gap, fabs(b.out[s] - b.v[s]));
        CHECK_NEAR(gap, 0.0, 1e-7); /* wages' whisper of 1e-9 (wages.c) */
        game_close(&w);
    }
}
