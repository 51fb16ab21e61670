/* choke_print.c: the answer of `entente chokepoint` on a terminal. */
// SPDX-License-Identifier: MIT
#include "choke.h"
#include "sheet.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_COLUMNS = 19, /* of a matrix: 4 + 19 * 5 characters */
    REMEDIED = 5,      /* cut-offs whose remedies are printed */
    DEPENDENT = 10     /* markets of a target that are printed */
};

const char *choke_definition(void)
{
    return "A cut-off removes what the sender sells to the target, exactly; what it buys from it too where two-way. "
           "Share: "
           "of the sender in what the target spends on the product at buyer prices; of imports: in its imports at the "
           "border. Formula: loss of real income where wages, incomes and scale stand still (E3, exact for any nests). "
           "Exact: in the new equilibrium, everything adjusting. Loss, own: million US dollars a year of the target's "
           "and "
           "of the sender's real income. Per dollar: of the target's loss for each that the sender loses; free: it "
           "does "
           "not lose.";
}

static const char *region(const choke_answer *a, ptrdiff_t n)
{
    return n >= 0 ? a->net->table->regions.code[n] : "bloc";
}

static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

/* "ELE Computers, electronics…": what a scenario file calls it comes first. */
static void print_sector(const choke_answer *a, ptrdiff_t sector, int width)
{
    const ent_names *sectors = &a->net->table->sectors;
    char both[200];
    if (sector < 0) {
        sheet_words("all together", width);
        return;
    }
    const int alone = strlen(sectors->code[sector]) > 8 || strcmp(sectors->code[sector], sectors->label[sector]) == 0;
    snprintf(both, sizeof both, alone ? "%s" : "%s %s", sectors->code[sector], sectors->label[sector]);
    sheet_words(both, width);
}

/* Percent with four digits that count, where there is room for them; a word where there is no equilibrium. */
static void print_percent(double log_points, int width)
{
    const double value = percent(log_points), size = fabs(value);
    if (log_points == INFINITY)
        printf("%*s", width, "vital");
    else
        sheet_number(value, width, size < 0.1 ? 5 : size < 10.0 ? 4 : 3);
}

static void print_ratio(const ent_cutoff *t, int width)
{
    if (isnan(t->ratio) && t->own_usd <= 0.0)
        printf("%*s", width, "free");
    else
        sheet_number(t->ratio, width, t->ratio < 999.5 ? 1 : 0);
}

/* ---- what the targets depend on ---- */

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

static void print_market(const choke_answer *a, ptrdiff_t cell)
{
    const ent_suppliers *s = &a->suppliers;
    print_sector(a, cell % a->net->sectors, 30);
    sheet_number(s->imports_usd[cell], 12, 0);
    sheet_number(s->herfindahl[cell], 8, 3);
    sheet_number(s->foreign_share[cell], 8, 3);
    if (isinf(s->cover[cell]))
        printf("%9s", "none");
    else
        sheet_number(s->cover[cell], 9, 2);
    printf("  %-4s", s->depends[cell] ? "yes" : "");
    printf(" ");
    sheet_words(s->largest[cell] >= 0 ? region(a, s->largest[cell]) : "-", 8);
    sheet_number(a->reliance.face_foreign[cell], 9, 3);
    sheet_number(a->reliance.look_foreign[cell], 9, 3);
    printf("\n");
}

/* One target: its markets with the most concentrated imports, and its producers' reliance. */
static void print_target(const choke_answer *a, ptrdiff_t n, ent_arena *arena)
{
    const ptrdiff_t J = a->net->sectors;
    ranked *order = ent_new(arena, ranked, J);
    if (order == NULL) return;
    for (ptrdiff_t j = 0; j < J; j++) {
        const double h = a->suppliers.herfindahl[n * J + j];
        order[j] = (ranked){isnan(h) ? -1.0 : h * a->suppliers.foreign_share[n * J + j], n * J + j};
    }
    qsort(order, (size_t)J, sizeof *order, larger_first);
    printf("What %s depends on: imports by concentration and weight\n", a->net->table->regions.label[n]);
    printf("%-30s%12s%8s%8s%9s  %-4s %-8s%9s%9s\n", "", "imports", "Herfin-", "foreign", "imports/", "all", "largest",
           "inputs", "all");
    printf("%-30s%12s%8s%8s%9s  %-4s %-8s%9s%9s\n", "product", "mn USD", "dahl", "share", "exports", "3", "supplier",
           "abroad", "rounds");
    for (ptrdiff_t k = 0; k < J && k < DEPENDENT && order[k].size >= 0.0; k++) print_market(a, order[k].place);
    printf("\n");
}

static void print_targets(const choke_answer *a, ent_arena *arena)
{
    if (a->ask.target == NULL) return;
    for (ptrdiff_t n = 0; n < a->net->regions; n++)
        if (a->ask.target[n]) print_target(a, n, arena);
}

/* ---- ranking ---- */

static void print_threat(const choke_answer *a, const ent_cutoff *t)
{
    sheet_words(region(a, t->sender), 6);
    printf(" ");
    sheet_words(region(a, t->target), 6);
    printf(" ");
    print_sector(a, t->sector, 18);
    sheet_number(t->trade_usd, 10, 0);
    sheet_number(100.0 * t->share, 7, 2);
    sheet_number(100.0 * t->import_share, 8, 2);
    print_percent(t->formula, 9);
    print_percent(t->exact, 9);
    sheet_number(t->exact_usd, 9, 0);
    sheet_number(t->own_usd, 8, 0);
    print_ratio(t, 7);
    printf("\n");
}

static void print_ranking(const choke_answer *a)
{
    printf("Cut-offs, %s, by what the target loses%s\n", a->what, a->ask.formula_only ? " at fixed wages" : "");
    printf("%-6s %-6s %-18s%10s%7s%8s%9s%9s%9s%8s%7s\n", "sender", "target", "product", "trade", "share", "of imp.",
           "formula", "exact", "loss", "own", "per");
    printf("%-6s %-6s %-18s%10s%7s%8s%9s%9s%9s%8s%7s\n", "", "", "", "mn USD", "%", "%", "%", "%", "mn USD", "mn USD",
           "dollar");
    for (ptrdiff_t k = 0; k < a->count && k < a->top; k++) print_threat(a, &a->threats[k]);
    if (a->top < a->count) printf("… of %td; --top shows more, --out all\n", a->count);
    if (a->count == 0) printf("nothing is traded between those who were asked for\n");
    printf("\n");
}

/* ---- joint threats ---- */

static void print_joint(const choke_answer *a)
{
    printf("Together and one by one: loss of the target, log points times 100\n");
    printf("%-7s%-30s%10s%10s%10s%10s%10s%10s\n", "", "", "formula:", "", "more by", "exact:", "", "more by");
    printf("%-7s%-30s%10s%10s%10s%10s%10s%10s\n", "target", "product", "sum", "together", "union", "sum", "together",
           "union");
    for (ptrdiff_t k = 0; k < a->joint_count && k < a->top; k++) {
        const ent_joint *x = &a->joint[k];
        sheet_words(region(a, x->target), 7);
        print_sector(a, x->sector, 30);
        sheet_number(100.0 * x->single_formula, 10, 4);
        sheet_number(100.0 * x->joint_formula, 10, 4);
        sheet_number(100.0 * (x->joint_formula - x->single_formula), 10, 4);
        sheet_number(100.0 * x->single_exact, 10, 4);
        sheet_number(100.0 * x->joint_exact, 10, 4);
        sheet_number(100.0 * (x->joint_exact - x->single_exact), 10, 4);
        printf("\n");
    }
    printf("\n");
}

/* ---- remedies ---- */

static const char *say_remedy(const choke_answer *a, const ent_remedy *r, char *words, size_t room)
{
    switch (r->kind) {
    case ENT_REMEDY_HOME:
        snprintf(words, room, "%s subsidises its own production by %g %%", region(a, r->partner), 100.0 * r->size);
        break;
    case ENT_REMEDY_PARTNER:
        snprintf(words, room, "it subsidises imports from %s by %g %%", region(a, r->partner), 100.0 * r->size);
        break;
    case ENT_REMEDY_CHANNEL:
        snprintf(words, room, "green channel with %s: trade costs %g %%", region(a, r->partner), 100.0 * r->size);
        break;
    case ENT_REMEDY_STOCK:
        snprintf(words, room, "stock of %g days against a cut-off of %g", r->size, a->sizes.cut_days);
        break;
    case ENT_REMEDIES:
        break;
    }
    return words;
}

static void print_odds(double even, int width)
{
    if (isnan(even))
        printf("%*s", width, "-");
    else if (even == 0.0)
        printf("%*s", width, "always");
    else
        printf("%*.1f %%", width - 2, 100.0 * even);
}

static void print_remedies(const choke_answer *a)
{
    char words[200];
    printf("What diversification would buy: percent of the target's real income\n");
    printf("%-50s%10s%10s%10s%10s%10s\n", "", "premium", "cut-off", "cut-off", "both", "worth it");
    printf("%-50s%10s%10s%10s%10s%10s\n", "", "in calm", "today", "with it", "together", "from odds");
    for (ptrdiff_t k = 0; k < a->remedied && k < REMEDIED; k++) {
        const ent_cutoff *t = &a->threats[k];
        printf("%s cut off from %s's ", region(a, t->target), region(a, t->sender));
        print_sector(a, t->sector, -40);
        printf("\n");
        for (ptrdiff_t m = 0; m < a->remedies[k].count; m++) {
            const ent_remedy *r = &a->remedies[k].remedy[m];
            printf("  ");
            sheet_words(say_remedy(a, r, words, sizeof words), 48);
            if (isnan(r->premium))
                printf("%10s", "-");
            else
                print_percent(r->premium, 10);
            print_percent(r->without, 10);
            print_percent(r->left, 10);
            print_percent(r->with, 10);
            print_odds(r->even, 10);
            printf("\n");
        }
    }
    printf("\n");
}

/* ---- matrices ---- */

static ptrdiff_t largest_regions(const choke_answer *a, ent_arena *arena, ptrdiff_t **chosen)
{
    const ptrdiff_t R = a->net->regions;
    ranked *order = ent_new(arena, ranked, R);
    *chosen = ent_new(arena, ptrdiff_t, R);
    unsigned char *in = ent_new0(arena, unsigned char, R);
    ptrdiff_t at = 0;
    if (order == NULL || *chosen == NULL || in == NULL) return 0;
    for (ptrdiff_t n = 0; n < R; n++) order[n] = (ranked){a->eq->income_usd[n], n};
    qsort(order, (size_t)R, sizeof *order, larger_first);
    for (ptrdiff_t k = 0; k < R && k < MOST_COLUMNS; k++) in[order[k].place] = 1;
    for (ptrdiff_t n = 0; n < R; n++)
        if (in[n]) (*chosen)[at++] = n;
    return at;
}

/* A blank and at most four characters, three digits of them. */
static void print_cell(double value)
{
    char cell[16];
    const double size = fabs(value);
    if (isnan(value))
        snprintf(cell, sizeof cell, ".");
    else if (!isfinite(value))
        snprintf(cell, sizeof cell, "vit");
    else if (value >= 0.0)
        snprintf(cell, sizeof cell, size >= 9999.5 ? ">9k" : "%.*f", size < 9.995 ? 2 : size < 99.95 ? 1 : 0, size);
    else
        snprintf(cell, sizeof cell,
                 size < 0.005   ? "0.00"
                 : size < 0.995 ? "-.%02.0f"
                                : "%.1f",
                 size < 0.995 ? 100.0 * size : value);
    printf(" %4s", cell);
}

static void print_matrix(const choke_answer *a, const char *title, int own, ent_arena *arena)
{
    const ptrdiff_t R = a->net->regions;
    ptrdiff_t *chosen;
    const ptrdiff_t shown = largest_regions(a, arena, &chosen);
    double *value = ent_new(arena, double, R *R);
    if (value == NULL || shown == 0) return;
    for (ptrdiff_t pair = 0; pair < R * R; pair++) value[pair] = pair / R == pair % R ? NAN : 0.0;
    for (ptrdiff_t k = 0; k < a->pair_count; k++) {
        const ent_cutoff *t = &a->pairs[k];
        const double loss = own ? t->own : isnan(t->exact) ? t->formula : t->exact;
        value[t->sender * R + t->target] = loss == INFINITY ? INFINITY : 100.0 * percent(loss);
    }
    sheet_text(NULL, 0, title);
    if (shown < R) printf("the %td largest of %td regions; --out has all\n", shown, R);
    printf("%4s", "");
    for (ptrdiff_t c = 0; c < shown; c++) {
        const int length = (int)strlen(region(a, chosen[c]));
        printf("%*s", length < 4 ? 5 - length : 1, "");
        sheet_words(region(a, chosen[c]), -4);
    }
    printf("\n");
    for (ptrdiff_t r = 0; r < shown; r++) {
        sheet_words(region(a, chosen[r]), 4);
        for (ptrdiff_t c = 0; c < shown; c++) print_cell(value[chosen[r] * R + chosen[c]]);
        printf("\n");
    }
    printf("\n");
}

void choke_print(const choke_answer *a, ent_arena *arena)
{
    printf("%s, blueprint %s, %s\n\n", a->net->table->name, a->net->blueprint->name, a->where);
    print_targets(a, arena);
    print_ranking(a);
    if (a->joint_count > 0) print_joint(a);
    if (a->remedied > 0) print_remedies(a);
    if (a->matrix) {
        print_matrix(a,
                     a->ask.formula_only ? "Who can hurt whom: all that the row sells to the column stops: loss of the "
                                           "column at fixed wages, hundredths of a percent of its real income"
                                         : "Who can hurt whom: all that the row sells to the column stops: loss of the "
                                           "column, hundredths of a percent of its real income",
                     0, arena);
        if (!a->ask.formula_only)
            print_matrix(a, "The same: loss of the row itself, hundredths of a percent of its real income", 1, arena);
    }
    sheet_text(NULL, 0, choke_definition());
}
