/* decompose.c: the exact decomposition (E14) beside the equilibrium it decomposes: bench_decompose [case...]
 *
 *   nafta      31 × 40, NAFTA 1993–2005 ($ENTENTE_DATA/cp2015)
 *   baseline   the embedded world, a 60-point war
 *   common     81 × 50, common sourcing, made up
 * One thread. Prints the best of several runs. */
// SPDX-License-Identifier: MIT
#include "world.h"

static void measure(const char *name, const ent_network *net, const ent_policy *policy, int runs)
{
    ent_error err = {{0}};
    double solve = INFINITY, decompose = INFINITY;
    ent_decomposition d = {0};
    for (int r = 0; r < runs; r++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        bench_must(ent_equilibrium_solve(net, policy, NULL, NULL, &scratch, &eq, &err), &err);
        bench_must(ent_outcome_decompose(net, policy, &eq, NULL, &scratch, &d, &err), &err);
        solve = fmin(solve, eq.certificate.seconds);
        decompose = fmin(decompose, d.seconds);
    }
    printf("%-9s %8td edges  solve %9.2f ms  decompose %9.2f ms  %2td points, %3td passes  gap %.1e  change %.1e  peak "
           "%.0f MB\n",
           name, net->edges, 1e3 * solve, 1e3 * decompose, d.points, d.passes, d.gap, d.change, bench_peak_mb());
}

static void nafta(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    if (bench_nafta(&arena, &c)) measure("nafta", &c.net, &c.policy, 7);
}

static void baseline(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    bench_baseline(0.6, &arena, &c);
    measure("baseline", &c.net, &c.policy, 7);
}

static void common(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    bench_made_up(81, 50, ENT_SOURCING_COMMON, &arena, &c);
    measure("common", &c.net, &c.policy, 3);
}

int main(int count, char **words)
{
    for (int w = 1; w < (count > 1 ? count : 2); w++) {
        const char *only = count > 1 ? words[w] : "all";
        const int all = strcmp(only, "all") == 0;
        if (all || strcmp(only, "nafta") == 0) nafta();
        if (all || strcmp(only, "baseline") == 0) baseline();
        if (all || strcmp(only, "common") == 0) common();
    }
    return 0;
}
