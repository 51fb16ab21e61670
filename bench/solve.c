/* solve.c: one equilibrium after another, on worlds of several sizes: bench_solve [case...]
 *
 *   nafta      31 × 40, common sourcing, NAFTA 1993–2005 ($ENTENTE_DATA/cp2015)
 *   liberation 194 × 1, Liberation Day with every option of E17 ($ENTENTE_DATA/liberation2025)
 *   common     81 × 50, common sourcing, made up
 *   baseline   the embedded world, a 60-point war
 *   by-use     81 × 50 × (50 + 6) users: 18 million edges, made up
 * One thread, tolerance 1e-10. Prints the best and the median of several runs, network laid already, and the
 * median where a solver keeps its room (`again`). */
// SPDX-License-Identifier: MIT
#include "world.h"

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum {
    MOST_RUNS = 4096
};

/* The median where a solver keeps its room from solve to solve, seconds of the processor. */
static double again(const ent_network *net, const ent_policy *policy, int runs)
{
    static double seconds[MOST_RUNS];
    ent_error err = {{0}};
    ENT_SCRATCH arena = {0};
    ent_solver *solver;
    bench_must(ent_solver_open(net, NULL, &arena, &solver, &err), &err);
    for (int r = 0; r < runs; r++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        const double began = bench_cpu_seconds();
        bench_must(ent_solver_solve(solver, policy, NULL, &scratch, &eq, &err), &err);
        seconds[r] = bench_cpu_seconds() - began;
    }
    qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
    return seconds[runs / 2];
}

static void measure(const char *name, const ent_network *net, const ent_policy *policy, int runs)
{
    static double seconds[MOST_RUNS];
    ent_error err = {{0}};
    ent_certificate c = {0};
    const char *more = getenv("BENCH_RUNS");
    if (more != NULL && atoi(more) > 0) runs = atoi(more) < MOST_RUNS ? atoi(more) : MOST_RUNS;
    for (int r = 0; r < runs; r++) {
        ENT_SCRATCH scratch = {0};
        ent_equilibrium eq;
        const double began = bench_cpu_seconds();
        bench_must(ent_equilibrium_solve(net, policy, NULL, NULL, &scratch, &eq, &err), &err);
        seconds[r] = bench_cpu_seconds() - began;
        c = eq.certificate;
    }
    qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
    printf("%-11s %9td edges %7td nodes  best %9.2f ms  median %9.2f ms  again %8.2f ms  %3td passes  %s  excess %.1e  "
           "peak %.0f MB\n",
           name, net->edges, net->nodes, 1e3 * seconds[0], 1e3 * seconds[runs / 2], 1e3 * again(net, policy, runs),
           c.passes, ent_method_words(c.method), c.excess, bench_peak_mb());
}

static void nafta(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    if (bench_nafta(&arena, &c)) measure("nafta", &c.net, &c.policy, 41);
}

/* ---- Liberation Day: the world of data/liberation2025, as its SOURCE.md prepares it ---- */

enum {
    COUNTRIES = 194
};

typedef struct {
    char code[COUNTRIES][4];
    double output[COUNTRIES], rate[COUNTRIES], nu[COUNTRIES], sales[COUNTRIES][COUNTRIES]; /* million USD; [i][n] */
} source_data;

static int country_of(const source_data *d, const char *code)
{
    for (int n = 0; n < COUNTRIES; n++)
        if (strncmp(d->code[n], code, 3) == 0) return n;
    return -1;
}

static int read_source(const char *root, source_data *d)
{
    char path[4096], line[1024];
    snprintf(path, sizeof path, "%s/liberation2025/countries.csv", root);
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    int n = -1;
    while (fgets(line, sizeof line, file) != NULL && n < COUNTRIES) {
        char *rate = strrchr(line, ',');
        if (n >= 0 && rate != NULL) {
            *rate = 0;
            memcpy(d->code[n], line, 3);
            d->rate[n] = fmax(0.1, atof(rate + 1));
            d->output[n] = atof(strrchr(line, ',') + 1) / 1e6;
            d->nu[n] = strncmp(line, "USA", 3) == 0 ? 0.270470982282 : 0.114335212816;
        }
        n++;
    }
    fclose(file);
    snprintf(path, sizeof path, "%s/liberation2025/trade.csv", root);
    file = fopen(path, "r");
    if (file == NULL || n != COUNTRIES) return 0;
    while (fgets(line, sizeof line, file) != NULL) {
        const int i = country_of(d, line), m = country_of(d, line + 4);
        if (i >= 0 && m >= 0) d->sales[i][m] = atof(line + 8) / 1e3;
    }
    fclose(file);
    for (int i = 0; i < COUNTRIES; i++) {
        double imports = 0.0, kept = 0.0;
        for (int m = 0; m < COUNTRIES; m++) {
            imports += d->sales[m][i];
            kept += (1.0 - d->nu[m]) * d->sales[i][m];
        }
        d->sales[i][i] = fmax(0.0, d->output[i] + (1.0 - d->nu[i]) * (imports - kept) - imports);
    }
    return 1;
}

static void lay_source(const source_data *d, ent_arena *arena, ent_table *t)
{
    ent_error err = {{0}};
    *t = (ent_table){.name = "liberation2025", .year = 2023};
    for (int n = 0; n < COUNTRIES; n++) bench_must(ent_names_add(&t->regions, arena, d->code[n], NULL, NULL), &err);
    bench_must(ent_names_add(&t->sectors, arena, "GOODS", NULL, NULL), &err);
    bench_must(ent_names_add(&t->uses, arena, "FINAL", NULL, NULL), &err);
    bench_must(ent_names_add(&t->factors, arena, "labour", NULL, NULL), &err);
    bench_must(ent_table_make(t, arena, &err), &err);
    for (int i = 0; i < COUNTRIES; i++)
        for (int n = 0; n < COUNTRIES; n++) {
            t->f[i * COUNTRIES + n] = d->sales[i][n];
            t->x[i] += d->sales[i][n];
        }
    for (int i = 0; i < COUNTRIES; i++) t->va[i] = t->x[i];
    t->trade_elasticity = ent_new(arena, double, 1);
    t->trade_elasticity[0] = 4.0;
}

static void liberation(void)
{
    static source_data d;
    ENT_SCRATCH arena = {0};
    ent_error err = {{0}};
    ent_table table;
    ent_blueprint b;
    ent_network net;
    ent_policy policy;
    const char *root = getenv("ENTENTE_DATA");
    if (!read_source(root != NULL ? root : ENT_SOURCE_DIR "/../shared/data", &d)) {
        printf("liberation  left out: the data are absent\n");
        return;
    }
    lay_source(&d, &arena, &table);
    bench_must(ent_blueprint_default(&table, &arena, &b, &err), &err);
    b.market = ENT_MARKET_MELITZ;
    b.scale_by = ENT_SCALE_BY_LABOUR;
    b.labour_supply = 0.5;
    b.revenue = ENT_REVENUE_INCOME_TAX;
    b.pareto_shape = 4.0 / 0.67;
    b.scale[0] = 0.67 / 4.0;
    memcpy(b.entry_share, d.nu, sizeof d.nu);
    bench_must(ent_network_lay(&table, &b, &arena, &net, &err), &err);
    bench_must(ent_policy_none(&net, &arena, &policy, &err), &err);
    const int usa = country_of(&d, "USA");
    for (ptrdiff_t lane = 0; lane < net.borders; lane++)
        if (net.lane_region[lane] == usa && ent_lane_exporter(&net, lane) != usa)
            policy.duty[lane] = d.rate[ent_lane_exporter(&net, lane)];
    measure("liberation", &net, &policy, 41);
}

static void made_up(const char *name, ptrdiff_t R, ptrdiff_t J, ptrdiff_t U, int by_use, int runs)
{
    ENT_SCRATCH world = {0};
    ENT_SCRATCH arena = {0};
    ent_error err = {{0}};
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    bench_world(R, J, U, 0.5, by_use ? 0.8 : 0.0, &world, &table);
    bench_must(ent_blueprint_default(&table, &arena, &blueprint, &err), &err);
    if (by_use) blueprint.sourcing = ENT_SOURCING_BY_USE;
    const double began = ent_seconds();
    bench_must(ent_network_lay(&table, &blueprint, &arena, &net, &err), &err);
    printf("%-11s laid in %.3f s\n", name, ent_seconds() - began);
    bench_war(&net, 0.25, &arena, &policy);
    measure(name, &net, &policy, runs);
}

static void baseline(void)
{
    ENT_SCRATCH arena = {0};
    bench_case c;
    bench_baseline(0.6, &arena, &c);
    measure("baseline", &c.net, &c.policy, 41);
}

int main(int count, char **words)
{
    for (int w = 1; w < (count > 1 ? count : 2); w++) {
        const char *only = count > 1 ? words[w] : "all";
        const int all = strcmp(only, "all") == 0;
        if (all || strcmp(only, "nafta") == 0) nafta();
        if (all || strcmp(only, "liberation") == 0) liberation();
        if (all || strcmp(only, "baseline") == 0) baseline();
        if (all || strcmp(only, "common") == 0) made_up("common", 81, 50, 1, 0, 15);
        if (all || strcmp(only, "by-use") == 0) made_up("by-use", 81, 50, 6, 1, 3);
    }
    return 0;
}
