/* products.c: a world of 190 regions and 5,000 products, 10 million edges: built, solved for an export ban, measured.
 *
 *     bench/bench_products [REGIONS [PRODUCTS [EDGES]]]
 *
 * Generated: 20 sectors; sizes of regions from 1 to 1/190 (Zipf), trade by gravity with home bias; each product of each
 * buyer has some ten sellers drawn by size. The ban: the largest region sells a tenth of all products to nobody. */
// SPDX-License-Identifier: MIT
#include <entente/entente.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    SECTORS = 20
};

typedef struct {
    ptrdiff_t R, P, rows;
    uint64_t dice;
    ent_arena house, loose; /* loose: what is needed until the network stands */
    ent_error err;
    ent_table table;
    ent_detail detail;
} world;

static double roll(world *w)
{
    uint64_t z = w->dice += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double peak_mb(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss / 1024.0;
}

/* Time of this process on the processor. */
static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double size_of(ptrdiff_t n)
{
    return 1e6 / (double)(n + 1);
}

/* A table whose rows sum to output: shares of buyers by size, half stays at home. */
static ent_status make_table(world *w)
{
    const ptrdiff_t R = w->R, J = SECTORS;
    ent_table *t = &w->table;
    *t = (ent_table){.name = "generated", .year = 2022};
    for (ptrdiff_t n = 0; n < R; n++)
        ENT_TRY(ent_names_add(&t->regions, &w->house, ent_string_format(&w->house, "R%td", n + 1), NULL, NULL));
    for (ptrdiff_t j = 0; j < J; j++)
        ENT_TRY(ent_names_add(&t->sectors, &w->house, ent_string_format(&w->house, "S%td", j + 1), NULL, NULL));
    ENT_TRY(ent_names_add(&t->uses, &w->house, "final", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, &w->house, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, &w->house, &w->err));
    t->trade_elasticity = ent_new(&w->house, double, J);
    if (t->trade_elasticity == NULL) return ENT_NO_MEMORY;
    double all = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) all += size_of(n);
    for (ptrdiff_t j = 0; j < J; j++) t->trade_elasticity[j] = 2.0 + 0.3 * (double)j;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t n = 0; n < R; n++) {
                const double sold = size_of(i) * (0.5 * size_of(n) / all + (i == n ? 0.5 : 0.0)) * (0.5 + roll(w));
                double *z = t->z + ((i * J + j) * R + n) * J;
                for (ptrdiff_t k = 0; k < J; k++) z[k] = 0.4 * sold / (double)J;
                t->f[(i * J + j) * R + n] = 0.6 * sold;
            }
    return ent_table_repair(t, &w->house, &w->err);
}

/* Sellers of one product in one buyer: home, and others by chance, large ones more often. */
static void draw_sellers(world *w, ptrdiff_t n, double per_row, int64_t *rows)
{
    for (ptrdiff_t i = 0; i < w->R; i++) {
        const double chance = per_row / (double)w->R * (i < w->R / 10 ? 3.0 : 0.777);
        if (i != n && roll(w) > chance) continue;
        if (*rows == w->rows) return;
        w->detail.seller[*rows] = (int32_t)i;
        w->detail.value_usd[(*rows)++] = size_of(i) * (0.1 + roll(w)) * (i == n ? 10.0 : 1.0);
    }
}

static ent_status make_detail(world *w, double edges, ent_detail *fitted)
{
    const double per_row = edges / (double)(w->R * w->P) - 2.0; /* home and the product's place in its bundle apart */
    ent_detail *d = &w->detail;
    int32_t *sector = ent_new(&w->house, int32_t, w->P);
    double *theta = ent_new(&w->house, double, w->P);
    d->first = ent_new(&w->loose, int64_t, w->R * w->P + 1);
    w->rows = (ptrdiff_t)(1.3 * edges) + w->R * w->P;
    d->seller = ent_new(&w->loose, int32_t, w->rows);
    d->value_usd = ent_new(&w->loose, double, w->rows);
    if (sector == NULL || theta == NULL || d->first == NULL || d->seller == NULL || d->value_usd == NULL)
        return ent_fail(&w->err, ENT_NO_MEMORY, "no memory for the flows");
    for (ptrdiff_t h = 0; h < w->P; h++) {
        sector[h] = (int32_t)(h * SECTORS / w->P);
        theta[h] = 1.5 + 6.0 * roll(w);
        ENT_TRY(ent_names_add(&d->products, &w->house, ent_string_format(&w->house, "%06td", h + 1), NULL, NULL));
    }
    d->sector = sector;
    d->trade_elasticity = theta;
    int64_t rows = 0;
    for (ptrdiff_t cell = 0; cell < w->R * w->P; cell++) {
        d->first[cell] = rows;
        draw_sellers(w, cell / w->P, per_row, &rows);
    }
    d->first[w->R * w->P] = rows;
    return ent_detail_fit(&w->table, d, &w->house, fitted, &w->err);
}

static ent_status ban(const ent_network *net, world *w, ent_policy *policy, ptrdiff_t *lanes)
{
    ENT_TRY(ent_policy_none(net, &w->house, policy, &w->err));
    policy->banned = ent_new0(&w->house, unsigned char, net->borders);
    if (policy->banned == NULL) return ent_fail(&w->err, ENT_NO_MEMORY, "no memory for a ban");
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (ent_lane_exporter(net, lane) == 0 && net->lane_region[lane] != 0 && ent_lane_product(net, lane) % 10 == 0) {
            policy->banned[lane] = 1;
            ++*lanes;
        }
    return ENT_OK;
}

static ent_status run(world *w, double edges)
{
    ent_detail fitted;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
    ent_arena answer = {0};
    ptrdiff_t banned = 0;
    const double start = seconds();
    ENT_TRY(make_table(w));
    ENT_TRY(make_detail(w, edges, &fitted));
    ent_arena_close(&w->loose);
    const double made = seconds();
    w->table.detail = &fitted;
    ENT_TRY(ent_blueprint_default(&w->table, &w->house, &blueprint, &w->err));
    ENT_TRY(ent_network_lay(&w->table, &blueprint, &w->house, &net, &w->err));
    const double laid = seconds();
    ENT_TRY(ban(&net, w, &policy, &banned));
    const ent_status status = ent_equilibrium_solve(&net, &policy, NULL, NULL, &answer, &eq, &w->err);
    const double solved = seconds();
    printf("%td regions, %td products, %td edges, %td lanes, %td nodes; %td lanes banned\n", w->R, w->P, net.edges,
           net.lanes, net.nodes, banned);
    printf("generated %.2f s, laid %.2f s, solved %.2f s; laid and solved %.2f s; peak %.0f MB\n", made - start,
           laid - made, solved - laid, solved - made, peak_mb());
    printf("%td passes, %td tangents, method %s: excess %.2g, price %.2g, Walras %.2g; real income of R1 %.6f\n",
           eq.certificate.passes, eq.certificate.tangents, ent_method_words(eq.certificate.method),
           eq.certificate.excess, eq.certificate.price, eq.certificate.walras,
           eq.income_usd[0] / eq.benchmark_income_usd[0] / exp(eq.log_price[net.household[0]]));
    ent_arena_close(&answer);
    return status;
}

int main(int count, char **words)
{
    world w = {.R = count > 1 ? atol(words[1]) : 190, .P = count > 2 ? atol(words[2]) : 5000, .dice = 7};
    const ent_status status = run(&w, count > 3 ? atof(words[3]) : 10e6);
    if (status != ENT_OK) fprintf(stderr, "%s: %s\n", ent_status_words(status), w.err.text);
    ent_arena_close(&w.loose);
    ent_arena_close(&w.house);
    return status == ENT_OK ? 0 : 1;
}
