/* lever_print.c: the answers of `entente lever` as text for a terminal and as rows for other programs. */
// SPDX-License-Identifier: MIT
#include "lever.h"
#include "sheet.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_COLUMNS = 19 /* of a matrix: 4 + 19 * 5 characters */
};

const char *lever_file(lever_question question)
{
    static const char *const files[] = {"levers.csv", "leverage.csv", "exposure.csv"};
    return files[question];
}

const char *lever_definition(lever_question question)
{
    static const char *const sentences[] = {
        "First-order effect of one percentage point more of each instrument, alone, with everybody's prices, wages "
        "and incomes adjusting; money is million US dollars a year. Own: what it does to the real income of the one "
        "who holds it. Per dollar: effect for each dollar that the holder loses; free: the holder does not lose.",
        "First-order losses of real income (equivalent variation) from one percentage point more on everything that "
        "crosses the border from one region to the other, all sectors together. Per dollar: loss of the other side "
        "for each dollar that the holder loses. Best sector: where that is largest, among sectors where both lose.",
        "Exposure of first order of Kleinman, Liu and Redding: percent of the row's real income (U) or wage (W) for "
        "one percent of productivity in the column, from this sector's trade alone, as if it were the whole economy. "
        "Model: percent of the row's real income in the whole network, when the column's productivity rises by one "
        "percent in this sector (all: in every sector).",
    };
    return sentences[question];
}

static const char *region(const lever_answer *a, ptrdiff_t n)
{
    return a->net->table->regions.code[n];
}

/* ---- ranking ---- */

static double percent(const lever_answer *a, const ent_lever *l)
{
    const int level = a->objective.count == 1 && a->objective.terms->kind == ENT_TERM_TARIFF_REVENUE;
    return 100.0 * l->effect / (level ? a->objective_level : 1.0);
}

/* "ELE Computers, electronics…": what a scenario file calls it comes first. */
static void print_sector(const lever_answer *a, ptrdiff_t sector, int width)
{
    const char *code = a->net->table->sectors.code[sector], *label = a->net->table->sectors.label[sector];
    char both[200];
    snprintf(both, sizeof both, strcmp(code, label) == 0 ? "%s" : "%s %s", code, label);
    sheet_words(both, width);
}

static void print_ratio(const ent_lever *l, int width)
{
    if (isnan(l->ratio) && l->own_usd >= 0.0)
        printf("%*s", width, "free");
    else
        sheet_number(l->ratio, width, 2);
}

static const char *lever_said(ent_lever_kind kind)
{
    static const char *const words[] = {"duty", "export tax", "trade cost", "subsidy"};
    return words[kind];
}

static void print_rank(const lever_answer *a)
{
    printf("What moves the %s", a->objective.name);
    printf(a->by != NULL ? ", by instruments of %s\n\n" : "%s\n\n", a->by != NULL ? a->by : "");
    printf("%-6s %-10s %-6s %-29s %12s %10s %12s %8s\n", "whose", "instrument", "on", "sector", "effect", "effect",
           "own", "per");
    printf("%-6s %-10s %-6s %-29s %12s %10s %12s %8s\n", "", "", "", "", "mn USD", "percent", "mn USD", "dollar");
    const ptrdiff_t top = a->top < a->count ? a->top : a->count;
    for (ptrdiff_t k = 0; k < top; k++) {
        const ent_lever *l = &a->levers[k];
        sheet_words(region(a, l->holder), 6);
        printf(" ");
        sheet_words(lever_said(l->kind), 10);
        printf(" ");
        sheet_words(l->kind == ENT_LEVER_SUBSIDY ? "" : region(a, l->target), 6);
        printf(" ");
        print_sector(a, l->sector, 29);
        printf(" ");
        sheet_number(l->effect_usd, 12, 2);
        printf(" ");
        sheet_number(percent(a, l), 10, 6);
        printf(" ");
        sheet_number(l->own_usd, 12, 2);
        printf(" ");
        print_ratio(l, 8);
        printf("\n");
    }
    if (top < a->count) printf("… of %td; --top shows more, --out all\n", a->count);
}

static ledger rank_ledger(const lever_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"instrument", 1},  {"whose", 1},          {"on", 1},
                                            {"sector", 1},      {"sector_label", 1},   {"effect", 0},
                                            {"effect_musd", 0}, {"effect_percent", 0}, {"own_musd", 0},
                                            {"per_dollar", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    for (ptrdiff_t k = 0; k < a->count; k++) {
        const ent_lever *l = &a->levers[k];
        ledger_text(&book, ent_lever_word(l->kind));
        ledger_text(&book, region(a, l->holder));
        ledger_text(&book, region(a, l->target));
        ledger_text(&book, a->net->table->sectors.code[l->sector]);
        ledger_text(&book, a->net->table->sectors.label[l->sector]);
        ledger_number(&book, l->effect);
        ledger_number(&book, l->effect_usd);
        ledger_number(&book, percent(a, l));
        ledger_number(&book, l->own_usd);
        ledger_number(&book, l->ratio);
    }
    return book;
}

/* ---- matrices ---- */

typedef struct {
    double size;
    ptrdiff_t place;
} ranked;

static int larger_first(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

ptrdiff_t lever_regions(const lever_answer *a, ptrdiff_t most, ent_arena *arena, ptrdiff_t **chosen)
{
    const ptrdiff_t R = a->net->regions, count = R < most ? R : most;
    ranked *order = ent_new(arena, ranked, R);
    unsigned char *in = ent_new0(arena, unsigned char, R);
    *chosen = ent_new(arena, ptrdiff_t, R);
    if (order == NULL || in == NULL || *chosen == NULL) return 0;
    for (ptrdiff_t n = 0; n < R; n++) order[n] = (ranked){a->eq->income_usd[n], n};
    qsort(order, (size_t)R, sizeof *order, larger_first);
    for (ptrdiff_t k = 0; k < count; k++) in[order[k].place] = 1;
    ptrdiff_t at = 0;
    for (ptrdiff_t n = 0; n < R; n++)
        if (in[n]) (*chosen)[at++] = n;
    return at;
}

/* A blank and at most four characters, three digits of them; NaN: `none`. */
static void print_cell(double value, const char *none)
{
    const double size = fabs(value);
    char cell[16];
    if (isnan(value))
        snprintf(cell, sizeof cell, "%s", none);
    else if (size >= 9999.5 || value <= -999.5)
        snprintf(cell, sizeof cell, "%s", value > 0.0 ? ">9k" : "<-1k");
    else if (value >= 0.0)
        snprintf(cell, sizeof cell, "%.*f", size < 9.995 ? 2 : size < 99.95 ? 1 : 0, size);
    else if (size < 0.995)
        snprintf(cell, sizeof cell, size < 0.005 ? "0.00" : "-.%02.0f", 100.0 * size);
    else
        snprintf(cell, sizeof cell, "-%.*f", size < 9.95 ? 1 : 0, size);
    printf(" %4s", cell);
}

static void print_square(const lever_answer *a, const double *value, double factor, const char *none, const char *title,
                         ent_arena *arena)
{
    const ptrdiff_t R = a->net->regions;
    ptrdiff_t *chosen;
    const ptrdiff_t count = lever_regions(a, MOST_COLUMNS, arena, &chosen);
    sheet_text(NULL, 0, title);
    if (count < R) printf("the %td largest of %td regions; --out and --format csv have all\n", count, R);
    printf("%4s", "");
    for (ptrdiff_t c = 0; c < count; c++) {
        const int length = (int)strlen(region(a, chosen[c]));
        printf("%*s", length < 4 ? 5 - length : 1, "");
        sheet_words(region(a, chosen[c]), -4);
    }
    printf("\n");
    for (ptrdiff_t r = 0; r < count; r++) {
        sheet_words(region(a, chosen[r]), 4);
        for (ptrdiff_t c = 0; c < count; c++)
            if (r == c && a->question == LEVER_MATRIX)
                print_cell(NAN, ".");
            else
                print_cell(factor * value[chosen[r] * R + chosen[c]], none);
        printf("\n");
    }
    printf("\n");
}

/* What the column loses for a dollar of the row; where nearly all levers are free, only those that are not. */
static void print_ratios(const lever_answer *a, const ent_lever_matrix *x, ent_arena *arena)
{
    const ptrdiff_t R = a->net->regions;
    ent_text few = {.arena = arena};
    ptrdiff_t priced = 0;
    for (ptrdiff_t pair = 0; pair < R * R; pair++)
        if (isfinite(x->ratio[pair]))
            ent_text_say(&few, "%s %s on %s %.3g", priced++ > 0 ? "," : "", region(a, pair / R), region(a, pair % R),
                         x->ratio[pair]);
    if (priced > R && !few.failed) {
        print_square(a, x->ratio, 1.0, "free",
                     "Dollars that the column loses for each dollar that the row loses; free: the row does not lose",
                     arena);
        return;
    }
    printf("Dollars lost for each dollar that the holder loses: no holder loses anything%s\n",
           priced > 0 ? ", but:" : ".");
    if (priced > 0 && !few.failed) sheet_text(NULL, 0, few.data + 1);
    printf("\n");
}

static void print_pairs(const lever_answer *a, const ent_lever_matrix *x, ent_arena *arena)
{
    const ptrdiff_t R = a->net->regions, pairs = R * R;
    ranked *order = ent_new(arena, ranked, pairs);
    if (order == NULL) return;
    for (ptrdiff_t pair = 0; pair < pairs; pair++)
        order[pair] = (ranked){isnan(x->loss_usd[pair]) ? -INFINITY : x->loss_usd[pair], pair};
    qsort(order, (size_t)pairs, sizeof *order, larger_first);
    printf("Largest losses in money\n%-6s %-6s %12s %10s %12s %10s  %-27s %8s\n", "whose", "on", "loss", "loss",
           "own loss", "per", "best sector for a dollar", "per");
    printf("%-6s %-6s %12s %10s %12s %10s  %-27s %8s\n", "", "", "mn USD", "percent", "mn USD", "dollar", "", "dollar");
    for (ptrdiff_t k = 0; k < a->top && k < pairs; k++) {
        const ptrdiff_t pair = order[k].place, n = pair % R;
        if (!isfinite(order[k].size)) break;
        sheet_words(region(a, pair / R), 6);
        printf(" ");
        sheet_words(region(a, n), 6);
        printf(" ");
        sheet_number(x->loss_usd[pair], 12, 2);
        printf(" ");
        sheet_number(100.0 * x->loss_usd[pair] / a->leverage.income_usd[n], 10, 5);
        printf(" ");
        sheet_number(x->own_usd[pair], 12, 2);
        printf(" ");
        if (x->own_usd[pair] > 0.0)
            sheet_number(x->ratio[pair], 10, 2);
        else
            printf("%10s", "free");
        printf("  ");
        if (x->best[pair] >= 0)
            print_sector(a, x->best[pair], 27);
        else
            sheet_words(x->free[pair] > 0 ? "none: all free or useless" : "none", 27);
        printf(" ");
        sheet_number(x->best_ratio[pair], 8, 2);
        printf("\n");
    }
    printf("\n");
}

static void print_matrix(const lever_answer *a, ent_arena *arena)
{
    static const char *const what[] = {
        "import duty, one point more on all that the row buys from the column",
        "export tax, one point more on all that the row sells to the column",
        "trade cost (nobody collects it), one percent more on all that the row buys from the column"};
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        char title[300];
        if ((a->kinds >> kind & 1) == 0) continue;
        const ent_lever_matrix *x = &a->matrix[kind];
        const ptrdiff_t R = a->net->regions;
        double *part = ent_new(arena, double, R *R);
        for (ptrdiff_t pair = 0; part != NULL && pair < R * R; pair++)
            part[pair] = x->loss_usd[pair] / a->leverage.income_usd[pair % R];
        snprintf(title, sizeof title, "Who can hurt whom: %s: loss of the column, millionths of its real income",
                 what[kind]);
        if (part != NULL) print_square(a, part, 1e6, ".", title, arena);
        print_ratios(a, x, arena);
        print_pairs(a, x, arena);
    }
}

static ledger matrix_ledger(const lever_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {
        {"instrument", 1},    {"whose", 1},      {"on", 1},          {"loss_musd", 0},       {"loss_percent", 0},
        {"own_loss_musd", 0}, {"per_dollar", 0}, {"best_sector", 1}, {"best_per_dollar", 0}, {"free_sectors", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    const ptrdiff_t R = a->net->regions;
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++)
        for (ptrdiff_t pair = 0; (a->kinds >> kind & 1) != 0 && pair < R * R; pair++) {
            const ent_lever_matrix *x = &a->matrix[kind];
            if (pair / R == pair % R) continue;
            ledger_text(&book, ent_lever_word(kind));
            ledger_text(&book, region(a, pair / R));
            ledger_text(&book, region(a, pair % R));
            ledger_number(&book, x->loss_usd[pair]);
            ledger_number(&book, 100.0 * x->loss_usd[pair] / a->leverage.income_usd[pair % R]);
            ledger_number(&book, x->own_usd[pair]);
            ledger_number(&book, x->ratio[pair]);
            ledger_text(&book, x->best[pair] >= 0 ? a->net->table->sectors.code[x->best[pair]] : "");
            ledger_number(&book, x->best_ratio[pair]);
            ledger_number(&book, x->free[pair]);
        }
    return book;
}

/* ---- exposure ---- */

double lever_in_model(const lever_answer *a, ptrdiff_t n, ptrdiff_t i, ptrdiff_t sector)
{
    const ptrdiff_t J = a->net->sectors;
    const double *row = a->leverage.productivity + n * a->net->regions * J + i * J;
    if (sector >= 0) return row[sector];
    double sum = 0.0;
    for (ptrdiff_t j = 0; j < J; j++) sum += row[j];
    return sum;
}

static void print_exposure(const lever_answer *a, ent_arena *arena)
{
    const ptrdiff_t R = a->net->regions;
    const ent_exposure *x = &a->exposure[a->sector >= 0 ? a->sector : a->net->sectors];
    const char *of = a->sector >= 0 ? a->net->table->sectors.label[a->sector] : "all trade together";
    char title[400];
    double *model = ent_new(arena, double, R *R);
    snprintf(title, sizeof title,
             "Dependence of first order (Kleinman, Liu and Redding), %s, trade elasticity %.3g: percent of the row's "
             "real income for one percent of productivity in the column, times 100",
             of, x->theta);
    print_square(a, x->u, 100.0, ".", title, arena);
    for (ptrdiff_t pair = 0; model != NULL && pair < R * R; pair++)
        model[pair] = lever_in_model(a, pair / R, pair % R, a->sector);
    if (model != NULL)
        print_square(a, model, 100.0, ".", "The same in the whole network, with inputs, duties and all other sectors",
                     arena);
}

static ledger exposure_ledger(const lever_answer *a, ent_arena *arena)
{
    static const ledger_column columns[] = {{"sector", 1}, {"region", 1}, {"on", 1}, {"S", 0}, {"T", 0},    {"Q", 0},
                                            {"M", 0},      {"V", 0},      {"W", 0},  {"U", 0}, {"model", 0}};
    ledger book = ledger_begin(arena, columns, sizeof columns / sizeof *columns);
    const ptrdiff_t R = a->net->regions, J = a->net->sectors;
    for (ptrdiff_t j = 0; j <= J; j++) {
        const ent_exposure *x = &a->exposure[j];
        for (ptrdiff_t pair = 0; x->s != NULL && pair < R * R; pair++) {
            ledger_text(&book, j < J ? a->net->table->sectors.code[j] : "all");
            ledger_text(&book, region(a, pair / R));
            ledger_text(&book, region(a, pair % R));
            ledger_number(&book, x->s[pair]);
            ledger_number(&book, x->t[pair]);
            ledger_number(&book, x->q[pair % R]);
            ledger_number(&book, x->m[pair]);
            ledger_number(&book, x->v[pair]);
            ledger_number(&book, x->w[pair]);
            ledger_number(&book, x->u[pair]);
            ledger_number(&book, lever_in_model(a, pair / R, pair % R, j < J ? j : -1));
        }
    }
    return book;
}

/* ---- all ---- */

ledger lever_ledger(const lever_answer *a, ent_arena *arena)
{
    if (a->question == LEVER_RANK) return rank_ledger(a, arena);
    return a->question == LEVER_MATRIX ? matrix_ledger(a, arena) : exposure_ledger(a, arena);
}

void lever_print(const lever_answer *a, ent_arena *arena)
{
    printf("%s, blueprint %s, %s\n\n", a->net->table->name, a->net->blueprint->name, a->where);
    if (a->question == LEVER_RANK) print_rank(a);
    if (a->question == LEVER_MATRIX) print_matrix(a, arena);
    if (a->question == LEVER_EXPOSURE) print_exposure(a, arena);
    if (a->question == LEVER_RANK) printf("\n");
    sheet_text(NULL, 0, lever_definition(a->question));
}
