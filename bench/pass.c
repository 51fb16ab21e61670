/* pass.c: what one pass over the network costs (MODEL.md 5), from 10⁴ to 10⁷ edges: bench_pass
 *
 * Prints nanoseconds an edge, the bytes that a pass must at least read or write, and beside the bandwidth that this
 * makes, what plain loops over arrays of the same size reach on this machine at that moment. Then the parts of a solve:
 * opening the pass and the domestic blocks, putting a policy on, one preconditioning. One thread. */
// SPDX-License-Identifier: MIT
#include "equilibrium/domestic.h"
#include "world.h"

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Σ and a copy over `bytes` of memory: read and write bandwidth in GB/s, the best of several. */
static double bandwidth(size_t bytes)
{
    const size_t n = bytes / 16;
    double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b), best = INFINITY;
    if (a == NULL || b == NULL) exit(1);
    for (size_t e = 0; e < n; e++) a[e] = b[e] = 1.0;
    const int rounds = bytes < (1u << 24) ? 200 : 5;
    for (int try = 0; try < 7; try++) {
        const double began = bench_cpu_seconds();
        for (int r = 0; r < rounds; r++) {
            const double c = 1.0 + 1e-9 * r;
            for (size_t e = 0; e < n; e++) a[e] += c * b[e];
            __asm__ volatile("" : : "r"(a), "r"(b) : "memory");
        }
        best = least(best, (bench_cpu_seconds() - began) / rounds);
    }
    free(a);
    free(b);
    return (double)n * 24.0 / best / 1e9;
}

/* What must cross between memory and processor, if nothing stayed in caches: shares twice (prices up, sales down) or
 * the three parts of a square, indices where rows are not runs, and each lane's and node's numbers once or twice. */
static double bytes_of(const ent_pass *p)
{
    const ent_network *net = p->net;
    double bytes = 0.0;
    for (int64_t k = net->level_first[1]; k < net->nodes; k++) {
        if (p->squares.present && net->kind[k] == ENT_NODE_SOURCING) continue;
        bytes += 2.0 * (8.0 * (double)p->row[k].length + 12.0 * p->row[k].head);
    }
    if (p->squares.present)
        bytes += 3.0 * 8.0 * (double)(p->squares.R * p->squares.stride * p->squares.J);
    else
        bytes += 8.0 * 8.0 * (double)net->borders; /* wedge, price, bought twice, two parts, and write both */
    return bytes +
           8.0 * (6.0 * (double)(net->lanes - net->borders) + 12.0 * (double)net->nodes + 4.0 * (double)p->states);
}

typedef struct {
    double open, policy, blocks, run, apply; /* seconds, best of several */
} parts;

static parts time_parts(const ent_network *net, const ent_policy *policy, int rounds, double *bytes)
{
    parts t = {INFINITY, INFINITY, INFINITY, INFINITY, INFINITY};
    for (int round = 0; round < rounds; round++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {{0}};
        ent_pass pass;
        ent_domestic domestic;
        double at[6];
        at[0] = bench_cpu_seconds();
        bench_must(ent_pass_open(net, 1, &arena, &pass, &err), &err);
        at[1] = bench_cpu_seconds();
        ent_pass_set_policy(&pass, policy, 1.0);
        at[2] = bench_cpu_seconds();
        bench_must(ent_domestic_open(&pass, &arena, &domestic, &err), &err);
        at[3] = bench_cpu_seconds();
        double *z = ent_new0(&arena, double, pass.states), *image = ent_new0(&arena, double, pass.states);
        double *room = ent_new0(&arena, double, ent_domestic_room(&domestic));
        const int passes = net->edges > 1000000 ? 3 : 20;
        t.open = least(t.open, at[1] - at[0]);
        t.policy = least(t.policy, at[2] - at[1]);
        t.blocks = least(t.blocks, at[3] - at[2]);
        for (int k = 0; k < passes; k++) {
            at[0] = bench_cpu_seconds();
            if (!ent_pass_run(&pass, z, image)) exit(1);
            at[1] = bench_cpu_seconds();
            ent_domestic_apply(&domestic, image, z, room);
            at[2] = bench_cpu_seconds();
            for (ptrdiff_t s = 0; s < pass.states; s++) z[s] *= 1e-3;
            t.run = least(t.run, at[1] - at[0]);
            t.apply = least(t.apply, at[2] - at[1]);
        }
        *bytes = bytes_of(&pass);
    }
    return t;
}

static void measure(ptrdiff_t R, ptrdiff_t J, ptrdiff_t U, int by_use)
{
    ENT_SCRATCH world = {0};
    ENT_SCRATCH arena = {0};
    ent_error err = {{0}};
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    double bytes = 0.0;
    bench_world(R, J, U, 0.5, by_use ? 0.8 : 0.0, &world, &table);
    bench_must(ent_blueprint_default(&table, &arena, &blueprint, &err), &err);
    if (by_use) blueprint.sourcing = ENT_SOURCING_BY_USE;
    bench_must(ent_network_lay(&table, &blueprint, &arena, &net, &err), &err);
    ent_arena_close(&world);
    bench_war(&net, 0.25, &arena, &policy);
    const parts t = time_parts(&net, &policy, net.edges > 1000000 ? 2 : 20, &bytes);
    printf(
        "%-7s %3td x %2td %9td edges %9.3f ms %6.2f ns/edge %8.2f MB %6.1f GB/s of %6.1f |  open %7.2f  policy %6.2f  "
        "blocks %7.2f  precondition %6.3f ms\n",
        by_use ? "by-use" : "common", R, J, net.edges, 1e3 * t.run, 1e9 * t.run / (double)net.edges, bytes / 1e6,
        bytes / t.run / 1e9, bandwidth((size_t)bytes), 1e3 * t.open, 1e3 * t.policy, 1e3 * t.blocks, 1e3 * t.apply);
}

int main(void)
{
    static const struct {
        ptrdiff_t regions, sectors;
    } sizes[] = {{12, 8}, {19, 24}, {31, 40}, {56, 40}, {81, 50}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) measure(sizes[s].regions, sizes[s].sectors, 1, 0);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) measure(sizes[s].regions, sizes[s].sectors, 6, 1);
    return 0;
}
