/* cmd_world.c: `entente world list | show W | check W | save W FILE`: what a table holds, in words and sums. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "sheet.h"
#include "words.h"
#include <entente/scenario.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOP_FLOWS = 12,
    NAME_WIDTH = 34,
    CHECK_WIDTH = 26
};

/* Sales by region, sector and pair, in the unit that is shown. */
typedef struct {
    const ent_table *table;
    const char *unit; /* "billion US dollars" */
    double per;       /* what a value of the table is multiplied by */
    double *flow;     /* [R][R][J] sales of sector j of region i to region n, all uses */
    int flow_decimals;
} view;

static int out_of_memory(void)
{
    ent_error err = {""};
    return words_fail(ENT_NO_MEMORY, &err);
}

/* ---- sums ---- */

static double sum_of(ptrdiff_t count, const double *value)
{
    double sum = 0.0;
    for (ptrdiff_t c = 0; c < count; c++) sum += value[c];
    return sum;
}

static double *flow_at(const view *v, ptrdiff_t i, ptrdiff_t n, ptrdiff_t j)
{
    return &v->flow[(i * v->table->regions.count + n) * v->table->sectors.count + j];
}

static int look(const ent_table *table, ent_arena *arena, view *v)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count, U = table->uses.count;
    const char *million = "million ", *unit = table->unit;
    const int is_million = strncmp(unit, million, strlen(million)) == 0;
    *v = (view){.table = table, .per = is_million ? 1e-3 : 1.0, .flow = ent_new0(arena, double, R *R *J)};
    v->unit = ent_string_format(arena, "%s%.*s", is_million ? "billion " : "",
                                (int)strcspn(unit, ",") - (is_million ? (int)strlen(million) : 0),
                                unit + (is_million ? strlen(million) : 0));
    if (v->flow == NULL || v->unit == NULL) return 0;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t n = 0; n < R; n++)
                *flow_at(v, i, n, j) = v->per * (sum_of(J, table->z + (i * J + j) * R * J + n * J) +
                                                 sum_of(U, table->f + (i * J + j) * R * U + n * U));
    return 1;
}

/* Decimals that leave the largest number of a column three digits at least, and four decimals at most. */
static int decimals_for(double largest)
{
    return largest >= 100.0 ? 1 : largest >= 10.0 ? 2 : largest >= 1.0 ? 3 : 4;
}

/* Imports of n, exports of n, and duties, summed over partners; goods alone for the duties' averages. */
typedef struct {
    double imports, exports, goods_in, goods_out, levied, met;
} trade;

static trade trade_of(const view *v, ptrdiff_t n)
{
    const ent_table *t = v->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    trade sum = {0};
    for (ptrdiff_t m = 0; m < R; m++) {
        for (ptrdiff_t j = 0; m != n && j < J; j++) {
            const double in = *flow_at(v, m, n, j), out = *flow_at(v, n, m, j);
            sum.imports += in;
            sum.exports += out;
            if (!t->is_good[j]) continue;
            sum.goods_in += in;
            sum.goods_out += out;
            sum.levied += in * t->duty[(m * R + n) * J + j];
            sum.met += out * t->duty[(n * R + m) * J + j];
        }
    }
    return sum;
}

/* ---- show ---- */

static void show_sums(const view *v)
{
    const ent_table *t = v->table;
    ent_table_balance b;
    ent_table_measure(t, &b);
    const struct {
        const char *words;
        double value;
    } sums[] = {{"output", b.world_output},
                {"value added", b.world_value_added},
                {"final use", b.world_final_use},
                {"trade between regions", b.world_trade}};
    for (int s = 0; s < 4; s++) {
        printf("  ");
        sheet_words(sums[s].words, 24);
        sheet_number(v->per * sums[s].value, 12, decimals_for(v->per * b.world_output));
        printf(" %s\n", v->unit);
    }
}

static void show_names(const char *what, const ent_names *names)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    for (ptrdiff_t n = 0; n < names->count; n++) {
        const int plain = strcmp(names->code[n], names->label[n]) == 0;
        ent_text_say(&text, "%s%s%s%s%s", n == 0 ? "" : ", ", names->code[n], plain ? "" : " (",
                     plain ? "" : names->label[n], plain ? "" : ")");
    }
    if (!text.failed && text.size > 0) sheet_text(what, 26, text.data);
}

static void show_regions(const view *v)
{
    const ent_table *t = v->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, G = t->factors.count;
    double largest = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) largest = fmax(largest, v->per * sum_of(J, t->x + n * J));
    const int decimals = decimals_for(largest);
    printf("\nRegions, %s; duties: average on goods, weighted by trade\n\n", v->unit);
    printf("  %-*s %11s %11s %9s %9s %8s %8s\n", NAME_WIDTH, "", "output", "value added", "exports", "imports",
           "levies", "meets");
    for (ptrdiff_t n = 0; n < R; n++) {
        const trade sum = trade_of(v, n);
        printf("  ");
        sheet_words(t->regions.code[n], 5);
        sheet_words(t->regions.label[n], NAME_WIDTH - 5);
        sheet_number(v->per * sum_of(J, t->x + n * J), 12, decimals);
        sheet_number(v->per * sum_of(J * G, t->va + n * J * G), 12, decimals);
        sheet_number(sum.exports, 10, decimals);
        sheet_number(sum.imports, 10, decimals);
        sheet_number(100.0 * sum.levied / sum.goods_in, 7, 2);
        printf(" %%");
        sheet_number(100.0 * sum.met / sum.goods_out, 7, 2);
        printf(" %%\n");
    }
}

static void show_sector(const view *v, ptrdiff_t j, int decimals)
{
    const ent_table *t = v->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    double output = 0.0, traded = 0.0, levied = 0.0;
    for (ptrdiff_t i = 0; i < R; i++) {
        output += v->per * t->x[i * J + j];
        for (ptrdiff_t n = 0; n < R; n++) {
            if (n == i) continue;
            traded += *flow_at(v, i, n, j);
            levied += *flow_at(v, i, n, j) * t->duty[(i * R + n) * J + j];
        }
    }
    printf("  ");
    sheet_words(t->sectors.code[j], 7);
    sheet_words(t->sectors.label[j], NAME_WIDTH + 10);
    printf(" %-8s", t->is_good[j] ? "good" : "service");
    sheet_number(output, 12, decimals);
    sheet_number(traded, 11, decimals);
    sheet_number(100.0 * levied / traded, 7, 2);
    printf(" %%");
    if (t->trade_elasticity != NULL) sheet_number(t->trade_elasticity[j], 6, 2);
    printf("\n");
}

static void show_sectors(const view *v)
{
    const ent_table *t = v->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    double largest = 0.0;
    for (ptrdiff_t j = 0; j < J; j++) {
        double output = 0.0;
        for (ptrdiff_t i = 0; i < R; i++) output += v->per * t->x[i * J + j];
        largest = fmax(largest, output);
    }
    printf("\nSectors, %s\n\n  %-*s %20s %10s %8s%s\n", v->unit, NAME_WIDTH + 17, "", "output", "traded", "duty",
           t->trade_elasticity != NULL ? " theta" : "");
    for (ptrdiff_t j = 0; j < J; j++) show_sector(v, j, decimals_for(largest));
    if (t->trade_elasticity == NULL)
        printf("\n  No trade elasticities: the blueprint must bring them.\n");
    else
        printf("\n  theta: trade elasticity.\n");
}

/* The cell of flow[] with the largest value up to `most`; ties are taken in their order after `after`. */
static ptrdiff_t next_flow(const view *v, int goods_only, double most, ptrdiff_t after)
{
    const ptrdiff_t R = v->table->regions.count, J = v->table->sectors.count;
    ptrdiff_t best = -1;
    for (ptrdiff_t c = 0; c < R * R * J; c++) {
        if (c / J / R == c / J % R || v->flow[c] > most || (c <= after && v->flow[c] == most)) continue;
        if (goods_only && !v->table->is_good[c % J]) continue;
        if (best < 0 || v->flow[c] > v->flow[best]) best = c;
    }
    return best;
}

/* Goods, where the table has any that are traded. */
static void show_flows(const view *v)
{
    const ent_table *t = v->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    ptrdiff_t cell = next_flow(v, 1, INFINITY, -1);
    const int goods_only = cell >= 0 && v->flow[cell] > 0.0;
    if (!goods_only) cell = next_flow(v, 0, INFINITY, -1);
    if (cell < 0 || !(v->flow[cell] > 0.0)) return;
    const int decimals = decimals_for(v->flow[cell]);
    printf("\nLargest flows%s, %s\n\n  %-25s%-25s%-27s %9s %9s\n", goods_only ? " of goods" : "", v->unit, "from", "to",
           "product", "value", "duty");
    for (int f = 0; f < TOP_FLOWS && cell >= 0 && v->flow[cell] > 0.0; f++) {
        printf("  ");
        sheet_words(t->regions.label[cell / J / R], 24);
        printf(" ");
        sheet_words(t->regions.label[cell / J % R], 24);
        printf(" ");
        sheet_words(t->sectors.label[cell % J], 27);
        sheet_number(v->flow[cell], 10, decimals);
        sheet_number(100.0 * t->duty[cell], 8, 2);
        printf(" %%\n");
        cell = next_flow(v, goods_only, v->flow[cell], cell);
    }
}

static void show_words(const ent_table *t, const char *hash)
{
    printf("\n");
    show_names("Final uses", &t->uses);
    show_names("Factors", &t->factors);
    show_names("Sets of regions", &t->region_groups.names);
    show_names("Sets of sectors", &t->sector_groups.names);
    sheet_text("Duties are booked", 26,
               t->duty_accounts == ENT_DUTIES_IN_TAXES ? "in taxes less subsidies" : "in value added");
    if (*t->elasticity_source != 0) sheet_text("Elasticities", 26, t->elasticity_source);
    if (*t->source != 0) sheet_text("Source", 26, t->source);
    if (*t->licence != 0) sheet_text("Licence", 26, t->licence);
    if (*t->history != 0) sheet_text("History", 26, t->history);
    sheet_text("SHA-256", 26, hash);
}

static void show_heading(const ent_table *t)
{
    printf("%s", t->name);
    if (*t->title != 0) printf(": %s", t->title);
    printf("\n");
    sheet_count(t->regions.count, "region", ", ");
    sheet_count(t->sectors.count, "sector", ", ");
    sheet_count(t->uses.count, "final use", ", ");
    sheet_count(t->factors.count, "factor", "");
    if (t->year != 0) printf("; %d", t->year);
    printf("; %s\n\n", t->unit);
}

static int show(const ent_table *table, ent_arena *house)
{
    view v;
    const char *hash = ent_table_hash(table, house);
    if (hash == NULL || !look(table, house, &v)) return out_of_memory();
    show_heading(table);
    show_sums(&v);
    show_regions(&v);
    show_sectors(&v);
    show_flows(&v);
    show_words(table, hash);
    return 0;
}

/* ---- check ---- */

static void print_gap(const ent_table *t, const char *words, double gap, double total, ptrdiff_t region,
                      ptrdiff_t sector)
{
    printf("  ");
    sheet_words(words, CHECK_WIDTH);
    if (gap == 0.0 || region < 0) {
        printf("holds to the last digit\n");
        return;
    }
    const double output = t->x[region * t->sectors.count + sector];
    printf("largest gap %.3g (%.2g of output), all together %.3g\n%*s", gap, fabs(gap) / output, total, CHECK_WIDTH + 2,
           "");
    sheet_words(t->sectors.label[sector], -40);
    printf(" in ");
    sheet_words(t->regions.label[region], -24);
    printf("\n");
}

static void print_least(const char *words, double least)
{
    printf("  ");
    sheet_words(words, CHECK_WIDTH);
    if (least < 0.0)
        printf("most negative cell %.6g\n", least);
    else
        printf("no negative cell\n");
}

static void print_duties(const ent_table *t)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count;
    ptrdiff_t highest = 0, some = 0;
    for (ptrdiff_t c = 0; c < R * R * J; c++) {
        some += t->duty[c] != 0.0;
        if (t->duty[c] > t->duty[highest]) highest = c;
    }
    printf("  ");
    sheet_words("duties", CHECK_WIDTH);
    if (some == 0)
        printf("none\n");
    else
        printf("%td of %td rates are not 0; highest %.2f %%, %s on %s from %s\n", some, R * (R - 1) * J,
               100.0 * t->duty[highest], t->regions.code[highest / J % R], t->sectors.code[highest % J],
               t->regions.code[highest / J / R]);
}

static int check(const ent_table *table)
{
    ent_table_balance b;
    ent_error err = {""};
    show_heading(table);
    ent_table_measure(table, &b);
    print_gap(table, "E1  sales are output", b.row_gap, b.row_gap_total, b.row_region, b.row_sector);
    print_gap(table, "E2  costs are output", b.column_gap, b.column_gap_total, b.column_region, b.column_sector);
    print_least("intermediate sales", b.least_z);
    print_least("final sales", b.least_f);
    print_least("payments to factors", b.least_va);
    print_duties(table);
    const ent_status status = ent_table_check(table, &err);
    fflush(stdout);
    if (status != ENT_OK) return words_fail(status, &err);
    printf("\nThe table balances: gaps within 1e-9 of output, no negative sales.\n");
    return 0;
}

/* ---- list, save, and the command ---- */

enum {
    LIST,
    SHOW,
    CHECK,
    SAVE,
    REFINE,
    KINDS
};
static const struct {
    const char *word;
    ptrdiff_t words; /* with itself */
    const char *wants;
} kinds[KINDS] = {{"list", 1, "no further words"},
                  {"show", 2, "one world; `entente world list` names some"},
                  {"check", 2, "one world; `entente world list` names some"},
                  {"save", 3, "a world and the path of the file to write"},
                  {"refine", 4, "a world, a product file and the path of the file to write"}};

static int list(void)
{
    printf("Embedded worlds\n\n");
    for (ptrdiff_t w = 0; ent_table_embedded(w) != NULL; w++) {
        ENT_SCRATCH house = {0};
        ent_table table = {0};
        ent_error err = {""};
        const ent_status status = ent_table_read(ent_table_embedded(w), &house, &table, &err);
        if (status != ENT_OK) return words_fail(status, &err);
        printf("  ");
        sheet_text(table.name, 18, table.title);
    }
    printf("\nOther worlds are files: `entente world show FILE.nc`. `entente import` makes them.\n");
    return 0;
}

static int save(const ent_table *table, const char *path)
{
    ent_error err = {""};
    const ent_status status = ent_table_write(table, path, &err);
    if (status != ENT_OK) return words_fail(status, &err);
    printf("%s written to %s\n", table->name, path);
    return 0;
}

/* Cut the products of a file out of the world, and write what comes of it. */
static int refine(const ent_table *table, const char *products_path, const char *path, ent_arena *house)
{
    ent_error err = {""};
    ent_products products;
    ent_table refined;
    ent_status status = ent_products_read(products_path, table, house, &products, &err);
    if (status == ENT_OK) status = ent_products_refine(table, &products, house, &refined, &err);
    if (status == ENT_OK) status = ent_table_check(&refined, &err);
    return status == ENT_OK ? save(&refined, path) : words_fail(status, &err);
}

/* What is wanted of which world; the words are right in number. */
static int answer(int kind, const words_list *rest)
{
    ENT_SCRATCH house = {0};
    ent_table table = {0};
    ent_error err = {""};
    if (kind == LIST) return list();
    const ent_status status = ent_table_read(rest->word[1], &house, &table, &err);
    if (status != ENT_OK) return words_fail(status, &err);
    if (kind == SHOW) return show(&table, &house);
    if (kind == REFINE) return refine(&table, rest->word[2], rest->word[3], &house);
    return kind == CHECK ? check(&table) : save(&table, rest->word[2]);
}

int cmd_world(int count, char **words)
{
    const words_command command = {
        "world",
        "list | show WORLD | check WORLD | save WORLD FILE.nc | refine WORLD PRODUCTS.yaml FILE.nc",
        "list   names the worlds that are part of the program.\n"
        "show   says what a world holds: sums, regions, sectors, the largest flows, duties, elasticities\n"
        "       and their source, licence and history.\n"
        "check  holds it to its identities (E1: sales are output; E2: costs are output) and names the\n"
        "       worst offender; exit status 2 where one fails.\n"
        "save   writes it as a world file (netCDF-4), for other programs.\n"
        "refine cuts products out of its sectors, as a file says, and writes the world with them.\n"
        "\n"
        "WORLD is an embedded world's name or the path of a world file (.nc).",
        "  entente world show baseline2022\n"
        "  entente world check icio2022.nc\n"
        "  entente world save baseline2022 baseline.nc\n"
        "  entente world refine baseline2022 products.yaml fine.nc",
        NULL,
        0};
    ENT_SCRATCH house = {0};
    words_list rest;
    const int early = words_read(&command, count, words, &house, &rest);
    if (early >= 0) return early;
    int kind = 0;
    while (rest.count > 0 && kind < KINDS && strcmp(rest.word[0], kinds[kind].word) != 0) kind++;
    if (rest.count == 0 || kind == KINDS)
        return words_wrong("world wants one of list, show, check, save, refine; see `entente help world`");
    if (rest.count != kinds[kind].words) return words_wrong("world %s wants %s", kinds[kind].word, kinds[kind].wants);
    return answer(kind, &rest);
}
