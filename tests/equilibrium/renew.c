/* renew.c: far from the benchmark the preconditioner of the point knows the point, as that of the benchmark no longer
 * does; and it can be out of memory. */
// SPDX-License-Identifier: MIT
#include "equilibrium/renew.h"
#include "random_world.h"

typedef struct {
    ent_pass pass;
    ent_domestic benchmark;
    double *v, *image, *rest, *out, *room; /* [states], room */
} bench;

static ent_status open_bench(bench *b, random_world *w)
{
    ENT_TRY(ent_pass_open(&w->net, 1, &w->arena, &b->pass, &w->err));
    ENT_TRY(ent_pass_open_tangent(&b->pass, &w->arena, &w->err));
    ENT_TRY(ent_domestic_open(&b->pass, &w->arena, &b->benchmark, &w->err));
    const ptrdiff_t n = b->pass.states;
    b->v = ent_new0(&w->arena, double, n);
    b->image = ent_new0(&w->arena, double, n);
    b->rest = ent_new0(&w->arena, double, n);
    b->out = ent_new0(&w->arena, double, n);
    b->room = ent_new0(&w->arena, double, ent_domestic_room(&b->benchmark));
    if (b->v == NULL || b->image == NULL || b->rest == NULL || b->out == NULL || b->room == NULL) return ENT_NO_MEMORY;
    ent_pass_set_policy(&b->pass, &w->policy, 1.0);
    return ent_pass_run(&b->pass, w->eq.state, b->image) ? ENT_OK : ENT_NOT_CONVERGED;
}

/* |v − P (I − dG/dz) v| over |v|, v of the world's income. */
static double left_over(bench *b, const ent_domestic *p, dice *d)
{
    const ptrdiff_t n = b->pass.states;
    double more = 0.0, left = 0.0, size = 0.0;
    for (ptrdiff_t s = 0; s < n; s++) b->v[s] = dice_between(d, -1.0, 1.0);
    ent_pass_tangent(&b->pass, b->v, b->image);
    for (int64_t f = 0; f < b->pass.net->level_first[1]; f++) more += b->pass.d_spent[f] / b->pass.gdp;
    for (ptrdiff_t s = 0; s < n; s++) b->v[s] -= more;
    ent_pass_tangent(&b->pass, b->v, b->image);
    for (ptrdiff_t s = 0; s < n; s++) b->rest[s] = b->v[s] - b->image[s];
    ent_domestic_apply(p, b->rest, b->out, b->room);
    for (ptrdiff_t s = 0; s < n; s++) {
        left += (b->out[s] - b->v[s]) * (b->out[s] - b->v[s]);
        size += b->v[s] * b->v[s];
    }
    return sqrt(left / size);
}

static ent_status solve_far(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &plain_world));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (ent_lane_exporter(&w->net, lane) != w->net.lane_region[lane]) w->policy.log_trade_cost[lane] = -0.5;
    return random_solve(w, 1e-10);
}

TEST(the_preconditioner_of_the_point_knows_the_point, "5")
{
    double here = 0.0, at_benchmark = 0.0;
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        bench b;
        ent_renewal renewal = {0};
        MUST_IN(&w, solve_far(&w, seed));
        MUST_IN(&w, open_bench(&b, &w));
        const dice kept = w.dice;
        MUST_IN(&w, ent_renew(&renewal, &b.pass));
        here += left_over(&b, &renewal.domestic, &w.dice);
        w.dice = kept;
        at_benchmark += left_over(&b, &b.benchmark, &w.dice);
        ent_arena_close(&renewal.room);
        random_close(&w);
    }
    CHECK(here <= 0.5 * at_benchmark);
}

TEST(a_renewal_runs_out_of_memory_cleanly, "5")
{
    random_world w;
    bench b;
    ent_renewal renewal = {0};
    MUST(solve_far(&w, 2), w.err);
    MUST(open_bench(&b, &w), w.err);
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status == ENT_NO_MEMORY && nth < 1000; nth++) {
        test_fail_allocation(nth);
        status = ent_renew(&renewal, &b.pass);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && renewal.room.chunks == NULL));
    }
    CHECK(status == ENT_OK);
    ent_arena_close(&renewal.room);
    random_close(&w);
}
