/* chokepoint.c: how long a ranking of all cut-offs takes on an embedded world: bench_chokepoint [threads] [world]
 * [blueprint]
 *
 *   formula   every sender, target and product: prices at fixed wages
 *   exact     and in general equilibrium
 *   reliance  all rounds of inputs, walked through the network */
// SPDX-License-Identifier: MIT
#include "world.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
} ground;

static void rank(ground *g, int threads, int formula_only)
{
    ent_arena arena = {0};
    ent_cutoff *list;
    ptrdiff_t count;
    const ent_cutoff_ask ask = {
        .net = &g->net, .policy = &g->policy, .eq = &g->eq, .threads = threads, .formula_only = formula_only};
    const double began = ent_seconds(), cpu = bench_cpu_seconds();
    bench_must(ent_cutoffs_measure(&ask, &arena, &list, &count, &g->err), &g->err);
    printf("%-9s %8.2f s, %8.2f s of the processor  %td cut-offs, %d threads\n", formula_only ? "formula" : "exact",
           ent_seconds() - began, bench_cpu_seconds() - cpu, count, threads);
    ent_arena_close(&arena);
}

int main(int count, char **words)
{
    ground g = {0};
    ent_reliance reliance;
    const int threads = count > 1 ? atoi(words[1]) : 2;
    bench_must(ent_table_read(count > 2 ? words[2] : "baseline2022", &g.arena, &g.table, &g.err), &g.err);
    bench_must(ent_blueprint_default(&g.table, &g.arena, &g.blueprint, &g.err), &g.err);
    if (count > 3) bench_must(ent_blueprint_read(words[3], &g.table, &g.arena, &g.blueprint, &g.err), &g.err);
    bench_must(ent_network_lay(&g.table, &g.blueprint, &g.arena, &g.net, &g.err), &g.err);
    bench_must(ent_policy_none(&g.net, &g.arena, &g.policy, &g.err), &g.err);
    bench_must(ent_equilibrium_solve(&g.net, &g.policy, NULL, NULL, &g.arena, &g.eq, &g.err), &g.err);
    rank(&g, threads, 1);
    rank(&g, threads, 0);
    const double cpu = bench_cpu_seconds();
    bench_must(ent_reliance_measure(&g.net, &g.policy, &g.eq, &g.arena, &reliance, &g.err), &g.err);
    printf("reliance  %8.2f s of the processor, %td readings of the edges\n", bench_cpu_seconds() - cpu,
           reliance.rounds);
    printf("memory    %8.1f MB at most\n", bench_peak_mb());
    ent_arena_close(&g.arena);
    return 0;
}
