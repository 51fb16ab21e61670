/* print_text.c: a report as words and numbers for a terminal of 100 columns.
 *
 * Every table has the same grid, so that the eye finds a scenario in the same place all the way down: a label, the
 * value before, and one cell a scenario, four abreast (more scenarios: the table again for the next four). One scenario
 * alone has room for its variables side by side. */
// SPDX-License-Identifier: MIT
#include "report/print.h"
#include "report/quotas.h"
#include "report/sheet.h"
#include "report/uncertain.h"
#include "report/words.h"
#include "text/number.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL = 24,
    BEFORE = 11,
    CELL = 16,
    ABREAST = 4,
    MOST_REGIONS = 26, /* more: the first and last dozen */
    MAIN_REGIONS = 8,
    MAIN_ABREAST = 6,
    MOST_LINEAR = 5 /* regions a scenario where formula and number differ; all are in regions.csv */
};

typedef struct {
    const ent_view *view;
    ent_sheet *sheet;
    ptrdiff_t first, last; /* scenarios of this block: first .. last-1 */
} block;

static const char *region_label(const ent_view *view, ptrdiff_t n)
{
    return n < view->regions ? view->table->regions.label[n] : "World";
}

static double percent(const ent_view *view, ptrdiff_t s, ent_region_variable v, ptrdiff_t n)
{
    return ent_view_percent(ent_view_ratio(ent_region_variables[v].kind, ent_view_region(view, s, ENT_BEFORE, v, n),
                                           ent_view_region(view, s, ENT_AFTER, v, n)));
}

static double billion(const ent_view *view, ptrdiff_t s, ent_when when, ent_region_variable v, ptrdiff_t n)
{
    return ent_view_region(view, s, when, v, n) / 1e3;
}

static int percent_decimals(const ent_view *view, ent_region_variable v)
{
    double largest = 0.0;
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        for (ptrdiff_t n = 0; n < view->regions; n++) largest = fmax(largest, fabs(percent(view, s, v, n)));
    return ent_number_decimals(largest);
}

/* ---- head ---- */

static void say_label(ent_sheet *sheet, const char *label, const char *text)
{
    ent_sheet_left(sheet, ENT_INK_DIM, label, 12);
    ent_sheet_wrap(sheet, ENT_INK_PLAIN, text, 12);
}

static ent_status say_head(const ent_view *view, ent_sheet *sheet)
{
    ENT_SCRATCH scratch = {0};
    const ent_table *t = view->table;
    const char *title = view->scenarios == 1
                            ? view->name[0]
                            : ent_string_format(&scratch, "%td scenarios side by side", view->scenarios);
    const char *year = t->year == 0 ? "" : ent_string_format(&scratch, ", %d", t->year); /* 0: a table without one */
    const char *world = ent_string_format(&scratch, "%s%s: %td regions, %td sectors; %s", t->name,
                                          year == NULL ? "" : year, view->regions, view->sectors, t->unit);
    if (title == NULL || year == NULL || world == NULL) return ENT_NO_MEMORY;
    ent_sheet_left(sheet, ENT_INK_BOLD, title, ENT_SHEET_COLUMNS);
    ent_sheet_end(sheet);
    say_label(sheet, "world", world);
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const char *words = ent_words_blueprint(view, s, &scratch);
        if (words == NULL) return ENT_NO_MEMORY;
        const char *before = s == 0 ? NULL : ent_words_blueprint(view, s - 1, &scratch);
        if (before != NULL && strcmp(words, before) == 0) continue;
        say_label(sheet, s == 0 ? "blueprint" : "  then", words);
    }
    return ENT_OK;
}

static void say_number_and_name(const ent_view *view, ent_sheet *sheet, ptrdiff_t s)
{
    char number[24];
    snprintf(number, sizeof number, "%td", s + 1);
    ent_sheet_left(sheet, ENT_INK_BOLD, number, 3);
    ent_sheet_wrap(sheet, ENT_INK_BOLD, view->name[s], 3);
}

static void say_actions(const ent_view *view, ent_sheet *sheet)
{
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const ent_answer *a = &view->report->answers[s];
        ent_text_add(sheet->out, "\n", 1);
        if (view->scenarios > 1) say_number_and_name(view, sheet, s);
        for (ptrdiff_t l = 0; l < a->line_count; l++) {
            ent_sheet_left(sheet, ENT_INK_PLAIN, "   -", 5);
            ent_sheet_wrap(sheet, ENT_INK_PLAIN, a->lines[l], 5);
        }
        if (a->line_count == 0) {
            ent_sheet_left(sheet, ENT_INK_PLAIN, "   -", 5);
            ent_sheet_wrap(sheet, ENT_INK_PLAIN, "no action: the benchmark itself", 5);
        }
        if (a->scenario->source != NULL && *a->scenario->source != 0) {
            ent_sheet_left(sheet, ENT_INK_DIM, "     source:", 13);
            ent_sheet_wrap(sheet, ENT_INK_DIM, a->scenario->source, 13);
        }
    }
}

/* ---- the grid ---- */

/* Names of the block's scenarios over their cells, in at most two lines, then `before` and the units. */
static void say_grid_head(const block *b, const char *before, const char *unit)
{
    char cell[4 * CELL + 8], name[256];
    for (int line = 0; line < 2 && b->view->scenarios > 1; line++) {
        int any = line == 0;
        for (ptrdiff_t s = b->first; s < b->last; s++) any = any || ent_sheet_width(b->view->name[s]) + 2 > CELL - 2;
        if (!any) continue;
        ent_sheet_left(b->sheet, ENT_INK_PLAIN, "", LABEL + BEFORE);
        for (ptrdiff_t s = b->first; s < b->last; s++) {
            snprintf(name, sizeof name, "%td %s", s + 1, b->view->name[s]);
            ent_sheet_right(b->sheet, ENT_INK_BOLD, ent_sheet_broken(name, CELL - 2, 2, line, cell), CELL);
        }
        ent_sheet_end(b->sheet);
    }
    ent_sheet_left(b->sheet, ENT_INK_PLAIN, "", LABEL);
    ent_sheet_right(b->sheet, ENT_INK_DIM, before, BEFORE);
    for (ptrdiff_t s = b->first; s < b->last; s++) ent_sheet_right(b->sheet, ENT_INK_DIM, unit, CELL);
    ent_sheet_end(b->sheet);
}

typedef void say_block(const block *b, const void *what);

static void for_each_block(const ent_view *view, ent_sheet *sheet, say_block *say, const void *what)
{
    for (ptrdiff_t first = 0; first < view->scenarios; first += ABREAST) {
        const block b = {view, sheet, first, first + ABREAST < view->scenarios ? first + ABREAST : view->scenarios};
        say(&b, what);
    }
}

/* ---- real income ---- */

typedef struct {
    const int32_t *order;
    int decimals;
} ranking;

static void say_income_row(const block *b, const ranking *rank, ptrdiff_t n)
{
    ent_sheet_left(b->sheet, n == b->view->regions ? ENT_INK_BOLD : ENT_INK_PLAIN, region_label(b->view, n), LABEL);
    ent_sheet_number(b->sheet, billion(b->view, b->first, ENT_BEFORE, ENT_REGION_income, n), 1, BEFORE);
    for (ptrdiff_t s = b->first; s < b->last; s++) {
        ent_sheet_change(b->sheet, percent(b->view, s, ENT_REGION_real_income, n), rank->decimals, CELL - 8);
        ent_sheet_change(b->sheet, billion(b->view, s, ENT_AFTER, ENT_REGION_equivalent_variation, n), 1, 8);
    }
    ent_sheet_end(b->sheet);
}

static void say_income_block(const block *b, const void *what)
{
    const ranking *rank = what;
    const ptrdiff_t R = b->view->regions;
    say_grid_head(b, "income, bn", "%  bn USD");
    for (ptrdiff_t r = 0; r < R; r++) {
        if (R > MOST_REGIONS && r == MOST_REGIONS / 2) {
            ENT_SCRATCH scratch = {0};
            const ptrdiff_t left_out = R - MOST_REGIONS;
            const char *words =
                ent_string_format(&scratch, "  … %td regions between (all are in regions.csv)", left_out);
            ent_sheet_left(b->sheet, ENT_INK_DIM, words == NULL ? "  …" : words, LABEL + 40);
            ent_sheet_end(b->sheet);
            r += left_out;
        }
        say_income_row(b, rank, rank->order[r]);
    }
    say_income_row(b, rank, R);
}

static ent_status say_income(const ent_view *view, ent_sheet *sheet)
{
    ENT_SCRATCH scratch = {0};
    int32_t *order = ent_new(&scratch, int32_t, view->regions);
    if (order == NULL) return ENT_NO_MEMORY;
    const double *first = view->report->answers[0].outcome->region_value + ENT_REGION_real_income * view->regions;
    ent_view_rank_regions(view, first, order);
    const ranking rank = {order, percent_decimals(view, ENT_REGION_real_income)};
    ent_sheet_heading(sheet, "Real income",
                      view->scenarios > 1 ? "change in % and as equivalent variation a year; ranked by scenario 1"
                                          : "change in % and as equivalent variation a year");
    for_each_block(view, sheet, say_income_block, &rank);
    return ENT_OK;
}

/* ---- the linear formula beside the exact number ---- */

static int is_gross(const ent_view *view, ptrdiff_t s, ptrdiff_t n)
{
    return ent_view_differs_grossly(percent(view, s, ENT_REGION_real_income, n),
                                    ent_view_region(view, s, ENT_AFTER, ENT_REGION_welfare_linear, n));
}

static double linear_gap(const ent_view *view, ptrdiff_t s, ptrdiff_t n)
{
    return fabs(percent(view, s, ENT_REGION_real_income, n) -
                ent_view_region(view, s, ENT_AFTER, ENT_REGION_welfare_linear, n));
}

/* How many gross regions of s have a larger gap (ties: stand before): the rank of n among them. */
static int gap_rank(const ent_view *view, ptrdiff_t s, ptrdiff_t n)
{
    int rank = 0;
    const double gap = linear_gap(view, s, n);
    for (ptrdiff_t m = 0; m < view->regions; m++)
        if (m != n && is_gross(view, s, m) &&
            (linear_gap(view, s, m) > gap || (linear_gap(view, s, m) == gap && m < n)))
            rank++;
    return rank;
}

static void say_linear_rows(const ent_view *view, ent_sheet *sheet, ptrdiff_t s)
{
    int said = 0;
    const int most = view->scenarios > 1 ? MOST_LINEAR : 2 * MOST_LINEAR;
    for (ptrdiff_t n = 0; n < view->regions; n++) {
        if (!is_gross(view, s, n) || gap_rank(view, s, n) >= most) continue;
        if (said++ == 0 && view->scenarios > 1) {
            ent_sheet_left(sheet, ENT_INK_BOLD, view->name[s], ENT_SHEET_COLUMNS);
            ent_sheet_end(sheet);
        }
        ent_sheet_left(sheet, ENT_INK_PLAIN, region_label(view, n), 36);
        ent_sheet_change(sheet, percent(view, s, ENT_REGION_real_income, n), 3, 14);
        ent_sheet_change(sheet, percent(view, s, ENT_REGION_real_wage, n), 3, 14);
        ent_sheet_change(sheet, ent_view_region(view, s, ENT_AFTER, ENT_REGION_welfare_linear, n), 3, 14);
        ent_sheet_end(sheet);
    }
}

static void say_linear(const ent_view *view, ent_sheet *sheet)
{
    int any = 0;
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        for (ptrdiff_t n = 0; n < view->regions; n++) any = any || is_gross(view, s, n);
    if (!any) return;
    ent_sheet_heading(sheet, "Exact and linear",
                      "where the first-order formula (terms and volume of trade) misses the exact number");
    ent_sheet_left(sheet, ENT_INK_PLAIN, "", 36);
    ent_sheet_right(sheet, ENT_INK_DIM, "real income %", 14);
    ent_sheet_right(sheet, ENT_INK_DIM, "real wage %", 14);
    ent_sheet_right(sheet, ENT_INK_DIM, "linear %", 14);
    ent_sheet_end(sheet);
    for (ptrdiff_t s = 0; s < view->scenarios; s++) say_linear_rows(view, sheet, s);
}

/* ---- main regions ---- */

typedef enum {
    AS_PERCENT,
    AS_BILLION,
    AS_RATE
} number_form;
static const struct {
    ent_region_variable variable;
    number_form form;
    const char *title;
} main_rows[] = {{ENT_REGION_real_wage, AS_PERCENT, "Real wage, %"},
                 {ENT_REGION_price_index, AS_PERCENT, "Consumer prices, %"},
                 {ENT_REGION_exports, AS_PERCENT, "Exports, bn USD, then %"},
                 {ENT_REGION_imports, AS_PERCENT, "Imports, bn USD, then %"},
                 {ENT_REGION_tariff_revenue, AS_BILLION, "Tariff revenue, bn USD"},
                 {ENT_REGION_average_duty, AS_RATE, "Duties in % of imports"}};
enum {
    MAIN_ROWS = sizeof main_rows / sizeof *main_rows
};

static void say_main_cell(const block *b, int row, ptrdiff_t s, ptrdiff_t n, ptrdiff_t width)
{
    const ent_region_variable v = main_rows[row].variable;
    if (main_rows[row].form == AS_PERCENT)
        ent_sheet_change(b->sheet, percent(b->view, s, v, n), 2, width);
    else if (main_rows[row].form == AS_BILLION)
        ent_sheet_number(b->sheet, billion(b->view, s, ENT_AFTER, v, n), 1, width);
    else
        ent_sheet_number(b->sheet, 100.0 * ent_view_region(b->view, s, ENT_AFTER, v, n), 2, width);
}

static void say_main_before(const block *b, int row, ptrdiff_t n, ptrdiff_t width)
{
    const ent_region_variable v = main_rows[row].variable;
    if (main_rows[row].form == AS_RATE)
        ent_sheet_number(b->sheet, 100.0 * ent_view_region(b->view, b->first, ENT_BEFORE, v, n), 2, width);
    else if (ent_region_variables[v].kind == ENT_LEVEL)
        ent_sheet_number(b->sheet, billion(b->view, b->first, ENT_BEFORE, v, n), 1, width);
    else
        ent_sheet_left(b->sheet, ENT_INK_PLAIN, "", width);
}

typedef struct {
    const int32_t *order;
    ptrdiff_t count;
} main_regions;

static void say_main_block(const block *b, const void *what)
{
    const main_regions *main = what;
    say_grid_head(b, "before", "");
    for (int row = 0; row < MAIN_ROWS; row++) {
        ent_sheet_left(b->sheet, ENT_INK_BOLD, main_rows[row].title, LABEL);
        ent_sheet_end(b->sheet);
        for (ptrdiff_t r = 0; r < main->count && r < MAIN_ABREAST; r++) {
            ent_sheet_left(b->sheet, ENT_INK_PLAIN, "  ", 2);
            ent_sheet_left(b->sheet, ENT_INK_PLAIN, region_label(b->view, main->order[r]), LABEL - 2);
            say_main_before(b, row, main->order[r], BEFORE);
            for (ptrdiff_t s = b->first; s < b->last; s++) say_main_cell(b, row, s, main->order[r], CELL);
            ent_sheet_end(b->sheet);
        }
    }
}

/* One scenario: the variables side by side. */
static void say_main_alone(const block *b, const main_regions *main)
{
    static const struct {
        int row, before;
        const char *head, *unit;
        ptrdiff_t width;
    } cells[] = {{0, 0, "real", "wage %", 9},         {1, 0, "consumer", "prices %", 10},
                 {2, 1, "exports", "bn USD", 11},     {2, 0, "", "%", 8},
                 {3, 1, "imports", "bn USD", 11},     {3, 0, "", "%", 8},
                 {4, 1, "tariff rev.", "before", 12}, {4, 0, "bn USD", "after", 7}};
    enum {
        CELLS = sizeof cells / sizeof *cells
    };
    for (int line = 0; line < 2; line++) {
        ent_sheet_left(b->sheet, ENT_INK_PLAIN, "", LABEL);
        for (int c = 0; c < CELLS; c++)
            ent_sheet_right(b->sheet, ENT_INK_DIM, line == 0 ? cells[c].head : cells[c].unit, cells[c].width);
        ent_sheet_end(b->sheet);
    }
    for (ptrdiff_t r = 0; r < main->count; r++) {
        const ptrdiff_t n = main->order[r];
        ent_sheet_left(b->sheet, ENT_INK_PLAIN, region_label(b->view, n), LABEL);
        for (int c = 0; c < CELLS; c++)
            if (cells[c].before)
                say_main_before(b, cells[c].row, n, cells[c].width);
            else
                say_main_cell(b, cells[c].row, 0, n, cells[c].width);
        ent_sheet_end(b->sheet);
    }
}

static ent_status say_main(const ent_view *view, ent_sheet *sheet)
{
    ENT_SCRATCH scratch = {0};
    int32_t *order = ent_new(&scratch, int32_t, view->regions);
    if (order == NULL) return ENT_NO_MEMORY;
    const main_regions main = {order, ent_view_main_regions(view, MAIN_REGIONS, order)};
    ent_sheet_heading(
        sheet, "Main regions",
        view->scenarios > 1 ? "change against the benchmark; prices relative to world GDP, which is constant" : "");
    if (view->scenarios == 1)
        say_main_alone(&(block){view, sheet, 0, 1}, &main);
    else
        for_each_block(view, sheet, say_main_block, &main);
    return ENT_OK;
}

/* ---- one pair ---- */

typedef struct {
    const ent_pairs *pairs; /* [scenarios] */
    ptrdiff_t a, b;
} couple;

static void say_way(const block *b, const couple *c, ptrdiff_t importer, ptrdiff_t exporter)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t at = importer * (b->view->regions + 1) + exporter;
    const ent_pairs *first = &c->pairs[b->first];
    const char *way =
        ent_string_format(&scratch, "%s → %s", region_label(b->view, exporter), region_label(b->view, importer));
    ent_sheet_left(b->sheet, ENT_INK_BOLD, way == NULL ? "" : way, ENT_SHEET_COLUMNS);
    ent_sheet_end(b->sheet);
    ent_sheet_left(b->sheet, ENT_INK_PLAIN, "  value, bn USD", LABEL);
    ent_sheet_number(b->sheet, first->value[ENT_BEFORE][at] / 1e3, 1, BEFORE);
    for (ptrdiff_t s = b->first; s < b->last; s++) {
        const double before = c->pairs[s].value[ENT_BEFORE][at], after = c->pairs[s].value[ENT_AFTER][at];
        ent_sheet_number(b->sheet, after / 1e3, 1, CELL - 8);
        ent_sheet_change(b->sheet, ent_view_percent(after / before), 1, 8);
    }
    ent_sheet_end(b->sheet);
    ent_sheet_left(b->sheet, ENT_INK_PLAIN, "  average duty, %", LABEL);
    ent_sheet_number(b->sheet, 100.0 * first->rate[ENT_BEFORE][at], 2, BEFORE);
    for (ptrdiff_t s = b->first; s < b->last; s++)
        ent_sheet_number(b->sheet, 100.0 * c->pairs[s].rate[ENT_AFTER][at], 2, CELL - 8),
            ent_sheet_left(b->sheet, ENT_INK_PLAIN, "", 8);
    ent_sheet_end(b->sheet);
}

static void say_pair_block(const block *b, const void *what)
{
    const couple *c = what;
    say_grid_head(b, "before", "bn USD       %");
    say_way(b, c, c->a, c->b);
    say_way(b, c, c->b, c->a);
}

static ent_status say_pair(const ent_view *view, ent_sheet *sheet, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_pairs *pairs = ent_new(&scratch, ent_pairs, view->scenarios);
    if (pairs == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t s = 0; s < view->scenarios; s++) ENT_TRY(ent_view_pairs(view, s, &scratch, &pairs[s], err));
    ent_pair *ranked;
    ptrdiff_t count;
    ENT_TRY(ent_view_rank_pairs(view, pairs, &scratch, &ranked, &count, err));
    if (count == 0) return ENT_OK;
    const couple c = {pairs, ranked[0].a, ranked[0].b};
    const char *title =
        ent_string_format(&scratch, "Trade between %s and %s", region_label(view, c.a), region_label(view, c.b));
    if (title == NULL) return ENT_NO_MEMORY;
    ent_sheet_heading(sheet, title, "before duty; duties at benchmark weights");
    for_each_block(view, sheet, say_pair_block, &c);
    return ENT_OK;
}

/* ---- sectors ---- */

/* Volume change of sector cell c, worth at benchmark prices, million USD. */
static double worth(const ent_outcome *o, ptrdiff_t c)
{
    const ptrdiff_t cells = o->regions * o->sectors;
    const double change = o->sector_benchmark[ENT_SECTOR_output * cells + c] *
                          (o->sector_value[ENT_SECTOR_real_output * cells + c] - 1.0);
    return isnan(change) ? 0.0 : change;
}

static ptrdiff_t pick_sectors(const ent_outcome *o, ptrdiff_t most, ptrdiff_t *picked)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t c = 0; c < o->regions * o->sectors; c++) {
        const double size = fabs(worth(o, c));
        ptrdiff_t place = count < most ? count++ : most;
        if (size == 0.0 || (place == most && size <= fabs(worth(o, picked[most - 1])))) {
            if (place < most) count--;
            continue;
        }
        if (place == most) place--;
        for (; place > 0 && fabs(worth(o, picked[place - 1])) < size; place--) picked[place] = picked[place - 1];
        picked[place] = c;
    }
    return count;
}

static void say_sector(const ent_view *view, ent_sheet *sheet, ptrdiff_t s, ptrdiff_t c)
{
    ENT_SCRATCH scratch = {0};
    const ent_outcome *o = view->report->answers[s].outcome;
    const ptrdiff_t cells = view->regions * view->sectors;
    const char *name = ent_string_format(&scratch, "%s in %s", view->table->sectors.label[c % view->sectors],
                                         region_label(view, c / view->sectors));
    ent_sheet_left(sheet, ENT_INK_PLAIN, "  ", 2);
    ent_sheet_left(sheet, ENT_INK_PLAIN, name == NULL ? "" : name, 66);
    ent_sheet_number(sheet, o->sector_benchmark[ENT_SECTOR_output * cells + c] / 1e3, 1, 11);
    ent_sheet_change(sheet, worth(o, c) / 1e3, 1, 11);
    ent_sheet_change(sheet, ent_view_percent(o->sector_value[ENT_SECTOR_real_output * cells + c]), 2, 10);
    ent_sheet_end(sheet);
}

static void say_sectors(const ent_view *view, ent_sheet *sheet)
{
    enum {
        ALONE = 12,
        EACH = 5
    };
    ent_sheet_heading(sheet, "Sectors that change most", "volume of output, at benchmark prices");
    ent_sheet_left(sheet, ENT_INK_PLAIN, "", 68);
    ent_sheet_right(sheet, ENT_INK_DIM, "before, bn", 11);
    ent_sheet_right(sheet, ENT_INK_DIM, "change, bn", 11);
    ent_sheet_right(sheet, ENT_INK_DIM, "%", 10);
    ent_sheet_end(sheet);
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        ptrdiff_t picked[ALONE];
        if (view->scenarios > 1) {
            ent_sheet_left(sheet, ENT_INK_BOLD, view->name[s], ENT_SHEET_COLUMNS);
            ent_sheet_end(sheet);
        }
        const ptrdiff_t count =
            pick_sectors(view->report->answers[s].outcome, view->scenarios == 1 ? ALONE : EACH, picked);
        for (ptrdiff_t p = 0; p < count; p++) say_sector(view, sheet, s, picked[p]);
        if (count == 0) {
            ent_sheet_left(sheet, ENT_INK_DIM, "  no sector changes", 62);
            ent_sheet_end(sheet);
        }
    }
}

/* ---- certificate ---- */

static ent_status say_certificates(const ent_view *view, ent_sheet *sheet)
{
    ent_sheet_heading(sheet, "Certificate", "how far each answer is from an equilibrium");
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        ENT_SCRATCH scratch = {0};
        const char *words = ent_words_certificate(view, s, 1, &scratch);
        if (words == NULL) return ENT_NO_MEMORY;
        char number[24];
        snprintf(number, sizeof number, "%td", s + 1);
        ent_sheet_left(sheet, ENT_INK_BOLD, view->scenarios > 1 ? number : "", view->scenarios > 1 ? 3 : 0);
        ent_sheet_wrap(sheet,
                       view->report->answers[s].equilibrium->certificate.converged ? ENT_INK_PLAIN : ENT_INK_LOSS,
                       words, view->scenarios > 1 ? 3 : 0);
    }
    if (view->table->source[0] != 0) {
        ent_text_add(sheet->out, "\n", 1);
        ent_sheet_wrap(sheet, ENT_INK_DIM, view->table->source, 0);
    }
    return ENT_OK;
}

static ent_status say_all(const ent_view *view, ent_sheet *sheet, ent_error *err)
{
    ENT_TRY(say_head(view, sheet));
    say_actions(view, sheet);
    ENT_TRY(say_income(view, sheet));
    ent_print_quotas(view, sheet);
    ENT_TRY(ent_print_uncertain(view, sheet));
    ENT_TRY(ent_print_parts(view, sheet));
    say_linear(view, sheet);
    ENT_TRY(say_main(view, sheet));
    ENT_TRY(say_pair(view, sheet, err));
    say_sectors(view, sheet);
    return say_certificates(view, sheet);
}

ent_status ent_print_text(const ent_view *view, int colour, ent_text *out, ent_error *err)
{
    ent_sheet sheet = {out, colour};
    const ent_status status = say_all(view, &sheet, err);
    if (status == ENT_NO_MEMORY || out->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory to print the report");
    return status;
}
