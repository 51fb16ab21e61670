/* talk_print.c: tables of talks (talk_tables.h) on a terminal of 100 columns. */
// SPDX-License-Identifier: MIT
#include "talk_print.h"
#include "sheet.h"
#include <stdio.h>
#include <string.h>

enum {
    LABEL = 28
};

static void print_cell(const talk_table *t, const talk_cell *cell, int width)
{
    if (cell->text != NULL)
        sheet_right(cell->text, width);
    else
        sheet_number(cell->number, width, t->decimals);
}

/* A head on two lines: its last word below, the rest above. Columns from `first`, `count` of them. */
static void print_heads(const talk_table *t, int first, int count, int width, int label_width)
{
    for (int line = 0; line < 2; line++) {
        int gap = label_width, any = 0;
        for (int c = first; c < first + count; c++, gap += width) {
            const char *label = t->column[c], *last = strrchr(label, ' ');
            const int split = sheet_characters(label) > width - 1 && last != NULL;
            char above[64] = "";
            if (split) snprintf(above, sizeof above, "%.*s", (int)(last - label), label);
            const char *part = line == 0 ? above : split ? last + 1 : label;
            if (*part == 0) continue;
            printf("%*s", gap, "");
            sheet_right(part, width);
            gap = -width;
            any = 1;
        }
        if (any) printf("\n");
    }
}

static void print_rows(const talk_table *t, int first, int count, int width, int label)
{
    for (ptrdiff_t r = 0; r < t->rows; r++) {
        int last = first + count;
        while (last > first && t->row[r].cell[last - 1].text != NULL && *t->row[r].cell[last - 1].text == 0) last--;
        sheet_words(t->row[r].label, last > first ? label : -label);
        for (int c = first; c < last; c++) print_cell(t, &t->row[r].cell[c], width);
        printf("\n");
    }
}

/* Labels in full where columns leave room for them. */
static int label_width(const talk_table *t, int most)
{
    int width = LABEL;
    for (ptrdiff_t r = 0; r < t->rows; r++) {
        const int here = sheet_characters(t->row[r].label) + 1;
        if (here > width) width = here;
    }
    return width < most ? width : most;
}

/* As many columns as fit beside the labels; the others follow below, under labels of their own. */
static void print_table(const talk_table *t)
{
    const int width = t->columns > 6 ? 9 : 11, fit = (SHEET_WIDTH - LABEL) / width;
    const int label = label_width(t, SHEET_WIDTH - width * (t->columns < fit ? t->columns : fit));
    printf("%s\n", t->title);
    if (t->unit != NULL) sheet_text(NULL, 2, t->unit);
    for (int first = 0; first < t->columns && t->rows > 0; first += fit) {
        const int count = t->columns - first < fit ? t->columns - first : fit;
        print_heads(t, first, count, width, label);
        print_rows(t, first, count, width, label);
    }
    if (t->note != NULL) sheet_text(NULL, 2, t->note);
    printf("\n");
}

void talk_print(const talk_tables *all)
{
    printf("What the model implies; not a forecast\n\n");
    for (ptrdiff_t t = 0; t < all->tables; t++) print_table(&all->table[t]);
}
