/* world.h: made-up worlds of any size for the benchmarks: gravity in trade, a share of output in materials, balanced.
 * The same numbers on every machine. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/entente.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static uint64_t bench_state = 88172645463325252u;

static inline double bench_random(void) /* uniform on (0, 1), xorshift */
{
    bench_state ^= bench_state << 13;
    bench_state ^= bench_state >> 7;
    bench_state ^= bench_state << 17;
    return ((double)(bench_state >> 11) + 0.5) / 9007199254740992.0;
}

static inline void bench_must(ent_status status, const ent_error *err)
{
    if (status == ENT_OK) return;
    fprintf(stderr, "%s: %s\n", ent_status_words(status), err->text);
    exit(1);
}

/* Time of this process on the processor: what others do beside it counts only by the caches they share. */
static inline double bench_cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double bench_peak_mb(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss / 1024.0;
}

/* R regions, J sectors, U final uses, one factor; `differ` > 0 lets users differ in their origins (by-use). */
static inline void bench_world(ptrdiff_t R, ptrdiff_t J, ptrdiff_t U, double materials, double differ, ent_arena *arena,
                               ent_table *t)
{
    ent_error err = {{0}};
    char code[24];
    *t = (ent_table){.name = "bench", .year = 2022};
    for (ptrdiff_t n = 0; n < R; n++) {
        snprintf(code, sizeof code, "R%03td", n);
        bench_must(ent_names_add(&t->regions, arena, code, NULL, NULL), &err);
    }
    for (ptrdiff_t j = 0; j < J; j++) {
        snprintf(code, sizeof code, "S%03td", j);
        bench_must(ent_names_add(&t->sectors, arena, code, NULL, NULL), &err);
    }
    for (ptrdiff_t u = 0; u < U; u++) {
        snprintf(code, sizeof code, "F%td", u);
        bench_must(ent_names_add(&t->uses, arena, code, NULL, NULL), &err);
    }
    bench_must(ent_names_add(&t->factors, arena, "labour", NULL, NULL), &err);
    bench_must(ent_table_make(t, arena, &err), &err);
    t->trade_elasticity = ent_new(arena, double, J);

    ENT_SCRATCH scratch = {0};
    double *origin = ent_new(&scratch, double, R *J *R), *input = ent_new(&scratch, double, R *J *J);
    double *final = ent_new(&scratch, double, R *J), *use = ent_new(&scratch, double, R *J);
    for (ptrdiff_t j = 0; j < J; j++) t->trade_elasticity[j] = 2.0 + 6.0 * bench_random();
    for (ptrdiff_t n = 0; n < R; n++) {
        const double size = exp(2.0 * bench_random());
        for (ptrdiff_t j = 0; j < J; j++) {
            double sum = 0.0, *o = origin + (n * J + j) * R, *a = input + (n * J + j) * J, total = 0.0;
            for (ptrdiff_t i = 0; i < R; i++) sum += o[i] = i == n ? 0.0 : bench_random() * bench_random();
            const double abroad = 0.1 + 0.4 * bench_random();
            for (ptrdiff_t i = 0; i < R; i++) o[i] *= abroad / (sum > 0.0 ? sum : 1.0);
            o[n] = R > 1 ? 1.0 - abroad : 1.0;
            for (ptrdiff_t k = 0; k < J; k++) total += a[k] = bench_random() * bench_random() + (j == k);
            for (ptrdiff_t k = 0; k < J; k++) a[k] *= materials / total; /* a[j→k]: of what (n, j) is made of */
            final[n * J + j] = 1000.0 * size * bench_random();
            t->x[n * J + j] = 2.0 * final[n * J + j];
        }
    }
    for (int round = 0; round < 80; round++) { /* x = origins of (inputs of x + final use) */
        for (ptrdiff_t c = 0; c < R * J; c++) use[c] = final[c];
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t k = 0; k < J; k++)
                for (ptrdiff_t j = 0; j < J; j++) use[n * J + j] += input[(n * J + k) * J + j] * t->x[n * J + k];
        for (ptrdiff_t c = 0; c < R * J; c++) t->x[c] = 0.0;
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t j = 0; j < J; j++)
                for (ptrdiff_t i = 0; i < R; i++) t->x[i * J + j] += origin[(n * J + j) * R + i] * use[n * J + j];
    }
    const ptrdiff_t rows = R * J;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t n = 0; n < R; n++) {
                const double share = origin[(n * J + j) * R + i];
                double *z = t->z + (i * J + j) * rows + n * J, *f = t->f + (i * J + j) * R * U + n * U;
                for (ptrdiff_t k = 0; k < J; k++)
                    z[k] =
                        share * input[(n * J + k) * J + j] * t->x[n * J + k] * (1.0 + differ * (bench_random() - 0.5));
                for (ptrdiff_t u = 0; u < U; u++)
                    f[u] = share * final[n * J + j] / (double)U * (1.0 + differ * (bench_random() - 0.5));
                if (i != n) t->duty[(i * R + n) * J + j] = 0.1 * bench_random();
            }
    for (ptrdiff_t r = 0; r < rows; r++) {
        t->x[r] = 0.0;
        for (ptrdiff_t c = 0; c < rows; c++) t->x[r] += t->z[r * rows + c];
        for (ptrdiff_t c = 0; c < R * U; c++) t->x[r] += t->f[r * R * U + c];
    }
    for (ptrdiff_t r = 0; r < rows; r++) t->va[r] = t->x[r];
    for (ptrdiff_t r = 0; r < rows; r++)
        for (ptrdiff_t c = 0; c < rows; c++) t->va[c] -= t->z[r * rows + c];
    t->duty_accounts = ENT_DUTIES_IN_VALUE_ADDED;
}

/* A trade war: the first two regions put `points` on each other, all others 10 points on the first. */
static inline void bench_war(const ent_network *net, double points, ent_arena *arena, ent_policy *policy)
{
    ent_error err = {{0}};
    bench_must(ent_policy_none(net, arena, policy, &err), &err);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane);
        if (n == i) continue;
        if (n + i == 1) policy->duty[lane] += points;
        if (i == 0 && n > 1) policy->duty[lane] += 0.1;
    }
}

/* One world laid out with its policy; everything lives in the arena. */
typedef struct {
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
} bench_case;

/* NAFTA 1993–2005 on the 31 × 40 base of $ENTENTE_DATA/cp2015; 0, and a line that says so, where the data are absent.
 */
static inline int bench_nafta(ent_arena *arena, bench_case *c)
{
    static const char yaml[] =
        "name: NAFTA\nactions:\n  - duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], "
        "file: ../tariffs.csv, column: tariff_2005_pct}\n";
    ent_error err = {{0}};
    ent_scenario scenario;
    char folder[4096];
    const char *root = getenv("ENTENTE_DATA"), *path = folder;
    snprintf(folder, sizeof folder, "%s/cp2015/base_nodeficit", root != NULL ? root : ENT_SOURCE_DIR "/../shared/data");
    const ent_import ask = {.layout = ENT_LAYOUT_CALIENDO_PARRO, .paths = &path, .path_count = 1};
    if (ent_table_import(&ask, arena, &c->table, &err) != ENT_OK) {
        printf("nafta       left out: %s\n", err.text);
        return 0;
    }
    bench_must(ent_blueprint_default(&c->table, arena, &c->blueprint, &err), &err);
    bench_must(ent_network_lay(&c->table, &c->blueprint, arena, &c->net, &err), &err);
    bench_must(ent_scenario_parse((ent_bytes){yaml, sizeof yaml - 1}, "nafta.yaml", folder, arena, &scenario, &err),
               &err);
    bench_must(ent_scenario_place(&scenario, &c->net, arena, &c->policy, &err), &err);
    return 1;
}

/* The embedded world, and a war of `points` among its first regions. */
static inline void bench_baseline(double points, ent_arena *arena, bench_case *c)
{
    ent_error err = {{0}};
    bench_must(ent_table_read("baseline2022", arena, &c->table, &err), &err);
    bench_must(ent_blueprint_default(&c->table, arena, &c->blueprint, &err), &err);
    bench_must(ent_network_lay(&c->table, &c->blueprint, arena, &c->net, &err), &err);
    bench_war(&c->net, points, arena, &c->policy);
}

/* A made-up world of one final use, and a war of 25 points. */
static inline void bench_made_up(ptrdiff_t R, ptrdiff_t J, ent_sourcing sourcing, ent_arena *arena, bench_case *c)
{
    ent_error err = {{0}};
    bench_world(R, J, 1, 0.5, 0.0, arena, &c->table);
    bench_must(ent_blueprint_default(&c->table, arena, &c->blueprint, &err), &err);
    c->blueprint.sourcing = sourcing;
    bench_must(ent_network_lay(&c->table, &c->blueprint, arena, &c->net, &err), &err);
    bench_war(&c->net, 0.25, arena, &c->policy);
}
