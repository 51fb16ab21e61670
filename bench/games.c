/* games.c: what a war and a talk cost: bench_games [case...]
 *
 *   war     Nash duties of Ossa's 7 regions × 33 industries, 1386 duties ($ENTENTE_DATA/ossa2014)
 *   talk    their cooperative duties with equal gains over what is
 *   random  Nash duties of 12 regions × 20 sectors with materials, made up
 *   world   Nash duties of all regions of the embedded world, with materials
 *   icio    Nash duties of 81 regions × 28 sectors ($ENTENTE_DATA/icio-bilateral, 2022; every elasticity 4)
 *   certify the certificate of the war of all regions of the embedded world
 *   climb   its USA and China under one goal that counts them 98 to 2, by the direct optimiser
 *   blocs   the wars of all 877 partitions of Ossa's regions, by one thread and by two
 * One thread. Prints the best and the median of several runs, seconds of the processor, network laid already. */
// SPDX-License-Identifier: MIT
#include "text/records.h"
#include "world.h"

enum {
    RUNS = 5
};

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct {
    ent_arena arena;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_player player[96];
} stage;

static void lay(stage *s)
{
    ent_error err = {{0}};
    ent_network laid;
    bench_must(ent_blueprint_default(&s->table, &s->arena, &s->blueprint, &err), &err);
    s->blueprint.closure = ENT_CLOSURE_BALANCED;
    bench_must(ent_network_lay(&s->table, &s->blueprint, &s->arena, &laid, &err), &err);
    bench_must(ent_network_balance(&laid, NULL, &s->arena, &s->net, &err), &err);
    bench_must(ent_policy_none(&s->net, &s->arena, &s->policy, &err), &err);
}

static ent_game everybody(stage *s)
{
    for (ptrdiff_t n = 0; n < s->net.regions; n++) s->player[n] = (ent_player){.region = n, .greatest = 10.0};
    return (ent_game){&s->net, &s->policy, s->player, s->net.regions};
}

static void report(const char *name, double *seconds, const ent_game_point *p)
{
    qsort(seconds, RUNS, sizeof *seconds, by_size);
    printf("%-7s %7td duties  best %8.2f ms  median %8.2f ms  %4td rounds %5td adjoints %6td products  slope %.1e\n",
           name, p->free_duties, 1e3 * seconds[0], 1e3 * seconds[RUNS / 2], p->rounds, p->adjoints, p->products,
           p->slope);
}

static void play(const char *name, stage *s, int talk)
{
    double seconds[RUNS];
    ent_game_point point = {0};
    for (int r = 0; r < RUNS; r++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        double weight[96];
        const ent_game game = everybody(s);
        const double began = bench_cpu_seconds();
        if (talk)
            bench_must(ent_game_equal_gain(&game, NULL, NULL, &scratch, weight, &point, &err), &err);
        else
            bench_must(ent_game_play(&game, NULL, NULL, &scratch, &point, &err), &err);
        seconds[r] = bench_cpu_seconds() - began;
    }
    report(name, seconds, &point);
}

/* What a player gains far away, looked for by all of them; the war is played before. */
static void certify(stage *s)
{
    double seconds[RUNS];
    ent_game_certificate c = {0};
    for (int r = 0; r < RUNS; r++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_game_point war;
        const ent_game game = everybody(s);
        bench_must(ent_game_play(&game, NULL, NULL, &scratch, &war, &err), &err);
        const double began = bench_cpu_seconds();
        bench_must(ent_game_certify(&game, &war, NULL, &scratch, &c, &err), &err);
        seconds[r] = bench_cpu_seconds() - began;
    }
    qsort(seconds, RUNS, sizeof *seconds, by_size);
    printf("certify           searches %td  best %8.2f ms  median %8.2f ms  gain %.1e  bend %.2g\n", c.searches,
           1e3 * seconds[0], 1e3 * seconds[RUNS / 2], c.largest, c.steepest);
}

/* Duties of one that serve mostly another: where rounds of answers overshoot. */
static void climb(stage *s)
{
    double seconds[RUNS], weight[96] = {0};
    ent_game_point top = {0};
    const ptrdiff_t usa = ent_names_find(&s->table.regions, "USA"), chn = ent_names_find(&s->table.regions, "CHN");
    const ent_player two[2] = {{.region = usa, .greatest = 10.0, .weight = weight},
                               {.region = chn, .greatest = 10.0, .weight = weight}};
    const ent_game game = {&s->net, &s->policy, two, 2};
    weight[usa] = 0.98;
    weight[chn] = 0.02;
    for (int r = 0; r < RUNS; r++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        const double began = bench_cpu_seconds();
        bench_must(ent_game_climb(&game, NULL, NULL, &scratch, &top, &err), &err);
        seconds[r] = bench_cpu_seconds() - began;
    }
    report("climb", seconds, &top);
}

static void form_blocs(stage *s)
{
    for (int threads = 1; threads <= 2; threads++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_bloc_table table;
        ent_bloc_stability stability;
        const ent_game game = everybody(s);
        const double began = bench_cpu_seconds();
        bench_must(ent_bloc_wars(&game, ENT_BLOC_FREE_TRADE, NULL, 0, threads, NULL, &scratch, &table, &err), &err);
        const double spent = bench_cpu_seconds() - began;
        bench_must(ent_bloc_stable(&table, 0.0, &scratch, &stability, &err), &err);
        printf("blocs   %7td partitions  %d threads  %8.2f s  %8.2f s of processor  %td not reached  %td last\n",
               table.partitions, threads, table.seconds, spent, table.failed, stability.survivors);
    }
}

/* flows.csv and sigma.csv have no quotes: a line a row. 0: not there. */
static int ossa(stage *s)
{
    char path[4096], i[16], n[16], j[16];
    double raw, flow, duty, sigma;
    ent_error err = {{0}};
    const char *root = getenv("ENTENTE_DATA");
    snprintf(path, sizeof path, "%s/ossa2014/flows.csv", root != NULL ? root : ENT_SOURCE_DIR "/../shared/data");
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    for (int pass = 0; pass < 2; pass++) {
        ent_table *t = &s->table;
        rewind(file);
        if (fscanf(file, "%*[^\n]") != 0) exit(1);
        while (fscanf(file, " %15[^,],%15[^,],%15[^,],%lf,%lf,%lf", i, n, j, &raw, &flow, &duty) == 6) {
            if (pass == 0) {
                (void)ent_names_add(&t->regions, &s->arena, i, NULL, NULL); /* where it is there already, it stays */
                (void)ent_names_add(&t->sectors, &s->arena, j, NULL, NULL);
                continue;
            }
            const ptrdiff_t a = ent_names_find(&t->regions, i), b = ent_names_find(&t->regions, n);
            const ptrdiff_t c = ent_names_find(&t->sectors, j), R = t->regions.count, J = t->sectors.count;
            t->f[(a * J + c) * R + b] = flow;
            t->duty[(a * R + b) * J + c] = duty;
            t->x[a * J + c] += flow;
        }
        if (pass == 1) break;
        (void)ent_names_add(&t->uses, &s->arena, "households", NULL, NULL);
        (void)ent_names_add(&t->factors, &s->arena, "labour", NULL, NULL);
        t->name = "ossa2014";
        bench_must(ent_table_make(t, &s->arena, &err), &err);
        t->trade_elasticity = ent_new(&s->arena, double, t->sectors.count);
    }
    fclose(file);
    strcpy(strrchr(path, '/'), "/sigma.csv");
    file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%*[^\n]") != 0) return 0;
    while (fscanf(file, " %15[^,],%lf%*[^\n]", j, &sigma) == 2)
        s->table.trade_elasticity[ent_names_find(&s->table.sectors, j)] = sigma - 1.0;
    fclose(file);
    for (ptrdiff_t r = 0; r < s->table.regions.count * s->table.sectors.count; r++) {
        const double theta = s->table.trade_elasticity[r % s->table.sectors.count];
        s->table.va[r] = s->table.x[r] * theta / (1.0 + theta);
        s->table.tls[r] = s->table.x[r] - s->table.va[r];
    }
    lay(s);
    return 1;
}

/* Rows EXPORTER_SECTOR, a column an importer; no duties. */
static int icio(stage *s)
{
    enum {
        J = 28
    };
    char path[4096];
    ent_error err = {{0}};
    ent_bytes bytes;
    ent_records rows;
    ent_table *t = &s->table;
    const char *root = getenv("ENTENTE_DATA");
    snprintf(path, sizeof path, "%s/icio-bilateral/icio_bilateral_2022.csv.gz",
             root != NULL ? root : ENT_SOURCE_DIR "/../shared/data");
    if (ent_bytes_read(path, 0, &s->arena, &bytes, &err) != ENT_OK) return 0;
    bench_must(ent_records_open(&rows, bytes, path, &s->arena, &err), &err);
    const ptrdiff_t R = rows.columns.count - 1;
    for (ptrdiff_t n = 1; n <= R; n++) (void)ent_names_add(&t->regions, &s->arena, rows.columns.code[n], NULL, NULL);
    for (ptrdiff_t j = 0; j < J; j++)
        (void)ent_names_add(&t->sectors, &s->arena, ent_string_format(&s->arena, "s%td", j + 1), NULL, NULL);
    (void)ent_names_add(&t->uses, &s->arena, "households", NULL, NULL);
    (void)ent_names_add(&t->factors, &s->arena, "labour", NULL, NULL);
    t->name = "icio2022";
    bench_must(ent_table_make(t, &s->arena, &err), &err);
    t->trade_elasticity = ent_new(&s->arena, double, J);
    for (ptrdiff_t j = 0; j < J; j++) t->trade_elasticity[j] = 4.0;
    for (ptrdiff_t row = 0; row < R * J; row++) {
        int there;
        bench_must(ent_records_next(&rows, &there, &err), &err);
        for (ptrdiff_t n = 0; n < R; n++) bench_must(ent_records_number(&rows, n + 1, t->f + row * R + n, &err), &err);
        for (ptrdiff_t n = 0; n < R; n++) t->x[row] += t->f[row * R + n];
        t->va[row] = t->x[row];
    }
    lay(s);
    return 1;
}

int main(int count, char **words)
{
    const char *const cases[] = {"war", "talk", "random", "world", "blocs", "icio", "certify", "climb"};
    for (int c = 0; c < 8; c++) {
        int wanted = count < 2;
        for (int a = 1; a < count; a++) wanted |= strcmp(words[a], cases[c]) == 0;
        if (!wanted) continue;
        stage s = {0};
        if (c == 2) {
            bench_world(12, 20, 1, 0.4, 0.0, &s.arena, &s.table);
            lay(&s);
        } else if (c == 3 || c > 5) {
            ent_error err = {{0}};
            bench_must(ent_table_read("baseline2022", &s.arena, &s.table, &err), &err);
            lay(&s);
        } else if (c == 5) {
            if (!icio(&s)) {
                printf("%-7s left out: icio-bilateral is not there\n", cases[c]);
                continue;
            }
        } else if (!ossa(&s)) {
            printf("%-7s left out: ossa2014 is not there\n", cases[c]);
            continue;
        }
        if (c == 4)
            form_blocs(&s);
        else if (c == 6)
            certify(&s);
        else if (c == 7)
            climb(&s);
        else
            play(cases[c], &s, c == 1);
        ent_arena_close(&s.arena);
    }
    return 0;
}
