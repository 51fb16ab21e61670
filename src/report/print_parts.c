/* print_parts.c: what real income is made of (E14): exact parts beside the terms of the linear formula, for the regions
 * they move most. Columns that are nought for all of them are left out. */
// SPDX-License-Identifier: MIT
#include "report/print.h"
#include "report/sheet.h"
#include "text/number.h"
#include <math.h>
#include <string.h>

enum {
    LEAST_LABEL = 24,
    WIDEST = 11,
    LINEAR = 2, /* columns of the linear formula, the last */
    ALONE = 8,  /* regions of one scenario; all are in regions.csv */
    ABREAST = 4 /* of each of several */
};

static const struct {
    ent_region_variable variable;
    const char *above, *below;
} columns[] = {
    {ENT_REGION_exact_terms_of_trade, "terms of", "trade"},
    {ENT_REGION_exact_duty_wedges, "duty", "wedges"},
    {ENT_REGION_exact_tax_wedges, "tax", "wedges"},
    {ENT_REGION_exact_licences, "", "licences"},
    {ENT_REGION_exact_trade_costs, "trade", "costs"},
    {ENT_REGION_exact_productivity, "produc-", "tivity"},
    {ENT_REGION_exact_scale, "", "scale"},
    {ENT_REGION_exact_transfers, "", "transfers"},
    {ENT_REGION_exact_factor_supply, "", "labour"},
    {ENT_REGION_exact_sum, "", "sum"},
    {ENT_REGION_terms_of_trade_linear, "linear:", "terms"},
    {ENT_REGION_volume_of_trade_linear, "linear:", "volume"},
};
enum {
    COLUMNS = sizeof columns / sizeof *columns
};

typedef struct {
    const ent_view *view;
    ent_sheet *sheet;
    int32_t *order; /* [regions] of one scenario, by the size of their parts */
    int rows;
    int shown[COLUMNS];
    ptrdiff_t width;
    int decimals;
} parts_table;

static double part(const parts_table *t, ptrdiff_t s, int column, ptrdiff_t n)
{
    return ent_view_region(t->view, s, ENT_AFTER, columns[column].variable, n);
}

/* Σ |part|: who gains on one side what it loses on the other is moved too. -1: not decomposed. */
static double size_of(const parts_table *t, ptrdiff_t s, ptrdiff_t n)
{
    double sum = 0.0;
    for (int c = 0; columns[c].variable != ENT_REGION_exact_sum; c++) sum += fabs(part(t, s, c, n));
    return isnan(sum) ? -1.0 : sum;
}

/* The rows of scenario s stand first in order. Returns how many there are. */
static int choose_rows(const parts_table *t, ptrdiff_t s)
{
    int rows = 0;
    for (ptrdiff_t n = 0; n < t->view->regions; n++) t->order[n] = (int32_t)n;
    while (rows < t->rows && rows < t->view->regions) {
        ptrdiff_t best = rows;
        for (ptrdiff_t r = rows + 1; r < t->view->regions; r++)
            if (size_of(t, s, t->order[r]) > size_of(t, s, t->order[best])) best = r;
        if (size_of(t, s, t->order[best]) < 0.0) break;
        const int32_t n = t->order[best];
        memmove(t->order + rows + 1, t->order + rows, (size_t)(best - rows) * sizeof *t->order);
        t->order[rows++] = n;
    }
    return rows;
}

/* Which columns say something, how wide they are, and with how many decimals. 0: no scenario was decomposed. */
static int choose_columns(parts_table *t)
{
    double largest[COLUMNS] = {0}, most = 0.0;
    int any = 0, count = 0;
    for (ptrdiff_t s = 0; s < t->view->scenarios; s++) {
        const int rows = choose_rows(t, s);
        any = any || rows > 0;
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < COLUMNS; c++) largest[c] = fmax(largest[c], fabs(part(t, s, c, t->order[r])));
    }
    for (int c = 0; c < COLUMNS; c++) most = fmax(most, largest[c]);
    t->decimals = ent_number_decimals(most);
    const double visible = 0.5 * pow(10.0, -t->decimals);
    for (int c = 0; c < COLUMNS; c++) {
        const int always = columns[c].variable == ENT_REGION_exact_sum || c >= COLUMNS - LINEAR;
        t->shown[c] = always || c < 2 || largest[c] >= visible;
        count += t->shown[c];
    }
    for (int c = COLUMNS - LINEAR; c < COLUMNS && count > COLUMNS - LINEAR; c++) {
        count -= t->shown[c];
        t->shown[c] = 0; /* no room: they stand in regions.csv */
    }
    t->width = (ENT_SHEET_COLUMNS - LEAST_LABEL) / count;
    if (t->width > WIDEST) t->width = WIDEST;
    return any;
}

static ptrdiff_t label_width(const parts_table *t)
{
    ptrdiff_t width = ENT_SHEET_COLUMNS;
    for (int c = 0; c < COLUMNS; c++) width -= t->shown[c] ? t->width : 0;
    return width < 36 ? width : 36;
}

static void say_titles(const parts_table *t)
{
    for (int line = 0; line < 2; line++) {
        ent_sheet_left(t->sheet, ENT_INK_PLAIN, "", label_width(t));
        for (int c = 0; c < COLUMNS; c++)
            if (t->shown[c])
                ent_sheet_right(t->sheet, ENT_INK_DIM, line == 0 ? columns[c].above : columns[c].below, t->width);
        ent_sheet_end(t->sheet);
    }
}

static void say_rows(const parts_table *t, ptrdiff_t s)
{
    const int rows = choose_rows(t, s);
    if (t->view->scenarios > 1) {
        ent_sheet_left(t->sheet, ENT_INK_BOLD, t->view->name[s], ENT_SHEET_COLUMNS);
        ent_sheet_end(t->sheet);
    }
    for (int r = 0; r < rows; r++) {
        ent_sheet_left(t->sheet, ENT_INK_PLAIN, t->view->table->regions.label[t->order[r]], label_width(t));
        for (int c = 0; c < COLUMNS; c++)
            if (t->shown[c]) ent_sheet_change(t->sheet, part(t, s, c, t->order[r]), t->decimals, t->width);
        ent_sheet_end(t->sheet);
    }
    if (rows > 0) return;
    ent_sheet_left(t->sheet, ENT_INK_DIM, "  not decomposed; --decompose always asks for it", ENT_SHEET_COLUMNS);
    ent_sheet_end(t->sheet);
}

ent_status ent_print_parts(const ent_view *view, ent_sheet *sheet)
{
    ENT_SCRATCH scratch = {0};
    parts_table t = {.view = view,
                     .sheet = sheet,
                     .order = ent_new(&scratch, int32_t, view->regions + 1),
                     .rows = view->scenarios > 1 ? ABREAST : ALONE};
    if (t.order == NULL) return ENT_NO_MEMORY;
    if (!choose_columns(&t)) return ENT_OK;
    ent_sheet_heading(sheet, "What it is made of",
                      "exact parts of real income, 100 × log points; the linear formula beside them, %");
    say_titles(&t);
    for (ptrdiff_t s = 0; s < view->scenarios; s++) say_rows(&t, s);
    return ENT_OK;
}
