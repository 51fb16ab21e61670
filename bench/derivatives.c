/* derivatives.c: what every derivative of one objective costs (E16), against one solve of the same scenario: NAFTA
 * and a made-up world of its size in which everybody trades everything, the embedded world, and 81 × 50. Medians of
 * many runs, one thread, seconds of the processor.
 *
 *     bench_derivatives [nafta | 31x40 | baseline | 81x50 | two-tier]... */
// SPDX-License-Identifier: MIT
#include "world.h"
#include <time.h>

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, ascending);
    return list[count / 2];
}

static double seconds(void) /* of the processor, so that neighbours on the machine count less */
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum {
    MOST_RUNS = 101
};

static void measure(const char *name, const ent_network *net, const ent_policy *policy, int runs)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {{0}};
    ent_options options = ent_options_default();
    double solve[MOST_RUNS], open[MOST_RUNS], adjoint[MOST_RUNS], further[MOST_RUNS];
    ptrdiff_t passes = 0, linear = 0;
    options.threads = 1;
    for (int run = 0; run < runs; run++) {
        ENT_SCRATCH once = {0};
        ent_equilibrium eq;
        ent_sensitivity *s;
        ent_derivatives d;
        const ent_term term = {ENT_TERM_REAL_INCOME, 1.0, run % net->regions, -1, -1};
        const ent_objective income = {"real income", &term, 1};
        const double began = seconds();
        bench_must(ent_equilibrium_solve(net, policy, &options, NULL, &once, &eq, &err), &err);
        const double solved = seconds();
        bench_must(ent_sensitivity_open(net, policy, &eq, &once, &s, &err), &err);
        const double opened = seconds();
        bench_must(ent_sensitivity_adjoint(s, &income, &once, &d, &err), &err);
        const double first = seconds();
        const ent_term other = {ENT_TERM_REAL_INCOME, 1.0, (run + 1) % net->regions, -1, -1};
        const ent_objective next = {"real income", &other, 1};
        bench_must(ent_sensitivity_adjoint(s, &next, &once, &d, &err), &err);
        further[run] = seconds() - first;
        solve[run] = solved - began;
        open[run] = opened - solved;
        adjoint[run] = first - opened;
        passes = eq.certificate.passes;
        linear = d.passes;
    }
    const double t = median(solve, runs), o = median(open, runs), a = median(adjoint, runs), b = median(further, runs);
    printf("%-9s %9td duties  solve %8.2f ms (%td passes)  open %7.2f ms  one objective %7.2f ms, another %7.2f "
           "ms (%td products)  first %.2f x, further %.2f x one solve\n",
           name, net->borders, 1e3 * t, passes, 1e3 * o, 1e3 * a, 1e3 * b, linear, (o + a) / t, b / t);
}

static void made_up(const char *name, ptrdiff_t R, ptrdiff_t J, ent_sourcing sourcing, int runs)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    bench_made_up(R, J, sourcing, &arena, &c);
    measure(name, &c.net, &c.policy, runs);
}

static void nafta(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    if (bench_nafta(&arena, &c)) measure("nafta", &c.net, &c.policy, 101);
}

static void baseline(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    bench_baseline(0.6, &arena, &c);
    measure("baseline", &c.net, &c.policy, 101);
}

int main(int count, char **words)
{
    for (int w = 1; w < (count > 1 ? count : 2); w++) {
        const char *only = count > 1 ? words[w] : "all";
        const int all = strcmp(only, "all") == 0;
        if (all || strcmp(only, "nafta") == 0) nafta();
        if (all || strcmp(only, "31x40") == 0) made_up("31x40", 31, 40, ENT_SOURCING_COMMON, 101);
        if (all || strcmp(only, "baseline") == 0) baseline();
        if (all || strcmp(only, "81x50") == 0) made_up("81x50", 81, 50, ENT_SOURCING_COMMON, 11);
        if (all || strcmp(only, "two-tier") == 0) made_up("two-tier", 81, 50, ENT_SOURCING_TWO_TIER, 5);
    }
    return 0;
}
