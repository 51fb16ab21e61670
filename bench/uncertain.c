/* uncertain.c: how long it takes to know how sure one is, on the embedded world and a war of everybody's duties:
 * bench_uncertain [draws] [threads]
 *
 *   adjoints       derivatives of every region's real income by everything, E16
 *   first order    ± of all headlines
 *   second order   and the shift of their means, by 2 (K + 1) solves
 *   draws          elasticities drawn and the world solved again, on `threads` threads (default 10000 and 2) */
// SPDX-License-Identifier: MIT
#include "world.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_scenario scenario;
    ent_policy policy;
    ent_equilibrium eq;
    ent_options options;
    ent_spread spread;
} war;

static ent_status open_war(war *w)
{
    ENT_TRY(ent_table_read("baseline2022", &w->arena, &w->table, &w->err));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &w->net, &w->err));
    ENT_TRY(
        ent_scenario_read(ENT_SOURCE_DIR "/examples/lancaster-house/breakdown.yaml", &w->arena, &w->scenario, &w->err));
    ENT_TRY(ent_scenario_place(&w->scenario, &w->net, &w->arena, &w->policy, &w->err));
    ENT_TRY(ent_equilibrium_solve(&w->net, &w->policy, NULL, NULL, &w->arena, &w->eq, &w->err));
    return ent_spread_read("default", &w->table, &w->blueprint, &w->arena, &w->spread, &w->err);
}

static ent_status all_real_incomes(war *w)
{
    ENT_SCRATCH scratch = {0};
    ent_sensitivity *s;
    ENT_TRY(ent_sensitivity_open(&w->net, &w->policy, &w->eq, &scratch, &s, &w->err));
    for (ptrdiff_t n = 0; n < w->net.regions; n++) {
        ENT_SCRATCH room = {0};
        const ent_term term = {.kind = ENT_TERM_REAL_INCOME, .weight = 1.0, .region = n, .sector = -1, .partner = -1};
        const ent_objective objective = {.terms = &term, .count = 1};
        ent_derivatives d;
        ENT_TRY(ent_sensitivity_adjoint(s, &objective, &room, &d, &w->err));
    }
    return ENT_OK;
}

int main(int count, char **words)
{
    war w = {.options = ent_options_default()};
    ent_uncertainty u;
    const ptrdiff_t draws = count > 1 ? atol(words[1]) : 10000;
    w.options.threads = count > 2 ? atol(words[2]) : 2;
    bench_must(open_war(&w), &w.err);
    const ent_answer_point point = {&w.net, &w.policy, &w.eq, &w.options};
    const ent_drawing ask = {.draws = draws, .seed = 1};
    double began = ent_seconds();
    bench_must(all_real_incomes(&w), &w.err);
    printf("adjoints      %9.1f ms  real incomes of %td regions, one thread\n", 1e3 * (ent_seconds() - began),
           w.net.regions);
    began = ent_seconds();
    bench_must(ent_uncertainty_delta(&point, &w.spread, 0, &w.arena, &u, &w.err), &w.err);
    printf("first order   %9.1f ms  ± of %td headlines, %td threads\n", 1e3 * (ent_seconds() - began), u.count,
           w.options.threads);
    began = ent_seconds();
    bench_must(ent_uncertainty_delta(&point, &w.spread, 1, &w.arena, &u, &w.err), &w.err);
    printf("second order  %9.1f ms  with first\n", 1e3 * (ent_seconds() - began));
    began = ent_seconds();
    bench_must(ent_uncertainty_draw(&point, &ask, &w.arena, &u, &w.err), &w.err);
    printf("draws         %9.1f s   %td draws, %td failed, %.2f ms a draw and thread, peak %.0f MB\n",
           ent_seconds() - began, u.draws, u.failed,
           1e3 * (ent_seconds() - began) * (double)w.options.threads / (double)draws, bench_peak_mb());
    ent_arena_close(&w.arena);
    return 0;
}
