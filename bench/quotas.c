/* quotas.c: what quotas and bans add to a solve (E12): bench_quotas
 *
 * The embedded world. A plain shock (a 30-point duty of the first region on all others), one quota of half of what the
 * second region sells to it, one for each sector, one for each flow into it, and the same sales banned. One solver, one
 * thread; the best of many runs of processor time. */
// SPDX-License-Identifier: MIT
#include "world.h"
#include <string.h>
#include <time.h>

enum {
    RUNS = 200,
    TARGET = 0,
    SENDER = 1
};

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void measure(const char *name, ent_solver *solver, const ent_policy *policy)
{
    ent_error err = {{0}};
    double best = INFINITY;
    ent_certificate c = {0};
    for (int r = 0; r < RUNS; r++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        const double began = processor_seconds();
        bench_must(ent_solver_solve(solver, policy, NULL, &scratch, &eq, &err), &err);
        best = fmin(best, processor_seconds() - began);
        c = eq.certificate;
    }
    printf("%-34s %4td quotas %7.2f ms  %3td passes  worst %.0e  complementarity %.0e\n", name, policy->quotas,
           1e3 * best, c.passes, fmax(c.excess, fmax(c.price, c.walras)), c.complementarity);
}

/* Foreign lanes into TARGET, of one sender or of all (-1), of one sector or of all. */
static ptrdiff_t choose(const ent_network *net, ptrdiff_t sender, ptrdiff_t sector, int32_t *lane)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        const ptrdiff_t i = ent_lane_exporter(net, e);
        if (net->lane_region[e] != TARGET || i == TARGET || (sender >= 0 && i != sender)) continue;
        if (sector >= 0 && ent_lane_sector(net, e) != sector) continue;
        lane[count++] = (int32_t)e;
    }
    return count;
}

int main(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    ent_error err = {{0}};
    ent_solver *solver;
    bench_baseline(0.0, &arena, &c);
    const ent_network *net = &c.net;
    int32_t *lane = ent_new(&arena, int32_t, net->borders);
    ent_quota *quota = ent_new(&arena, ent_quota, net->borders);
    bench_must(ent_solver_open(net, NULL, &arena, &solver, &err), &err);
    bench_must(ent_policy_none(net, &arena, &c.policy, &err), &err);
    ptrdiff_t count = choose(net, -1, -1, lane);
    for (ptrdiff_t k = 0; k < count; k++) c.policy.duty[lane[k]] += 0.3;
    measure("30 points on all imports", solver, &c.policy);
    for (ptrdiff_t k = 0; k < count; k++) c.policy.duty[lane[k]] = net->duty[lane[k]];
    count = choose(net, SENDER, -1, lane);
    quota[0] = (ent_quota){.lane = lane, .lanes = count, .limit = 0.5};
    c.policy.quota = quota;
    c.policy.quotas = 1;
    measure("half of one sender's sales", solver, &c.policy);
    c.policy.quotas = 0;
    for (ptrdiff_t j = 0, at = 0; j < net->sectors; j++) {
        const ptrdiff_t here = choose(net, SENDER, j, lane + at);
        if (here > 0) quota[c.policy.quotas++] = (ent_quota){.lane = lane + at, .lanes = here, .limit = 0.5};
        at += here;
    }
    measure("the same, sector by sector", solver, &c.policy);
    count = choose(net, -1, -1, lane);
    c.policy.quotas = count;
    for (ptrdiff_t k = 0; k < count; k++) quota[k] = (ent_quota){.lane = lane + k, .lanes = 1, .limit = 0.5};
    measure("half of every flow into one region", solver, &c.policy);
    c.policy.quotas = 0;
    count = choose(net, SENDER, -1, lane);
    for (ptrdiff_t k = 0; k < count; k++) c.policy.banned[lane[k]] = 1;
    measure("one sender's sales banned", solver, &c.policy);
    return 0;
}
