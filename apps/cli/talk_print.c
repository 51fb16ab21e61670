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
        printf("%*s", width, cell->text);
    else
        sheet_number(cell->number, width, t->decimals);
}

/* A head on two lines: its last word below, the rest above. */
static void print_heads(const talk_table *t, int width)
{
    for (int line = 0; line < 2; line++) {
        int gap = LABEL;
        for (int c = 0; c < t->columns; c++) {
            const char *last = strrchr(t->column[c], ' ');
            const int split = (int)strlen(t->column[c]) > width - 1 && last != NULL;
            char part[64];
            snprintf(part, sizeof part, "%.*s", line == 0 ? (split ? (int)(last - t->column[c]) : 0) : 60,
                     line == 0 ? t->column[c]
                     : split   ? last + 1
                               : t->column[c]);
            const int length = (int)strlen(part);
            gap += width - (length < width ? length : width - 1);
            if (length > 0) {
                printf("%*s%.*s", gap, "", width - 1, part);
                gap = 0;
            }
        }
        if (gap < LABEL + t->columns * width) printf("\n");
    }
}

static void print_table(const talk_table *t)
{
    const int width = t->columns > 6 ? 9 : 11;
    printf("%s\n", t->title);
    if (t->unit != NULL) sheet_text(NULL, 2, t->unit);
    if (t->rows > 0) print_heads(t, width);
    for (ptrdiff_t r = 0; r < t->rows; r++) {
        int last = t->columns;
        while (last > 0 && t->row[r].cell[last - 1].text != NULL && *t->row[r].cell[last - 1].text == 0) last--;
        sheet_words(t->row[r].label, LABEL);
        for (int c = 0; c < last; c++) print_cell(t, &t->row[r].cell[c], width);
        printf("\n");
    }
    if (t->note != NULL) sheet_text(NULL, 2, t->note);
    printf("\n");
}

void talk_print(const talk_tables *all)
{
    printf("What the model implies; not a forecast\n\n");
    for (ptrdiff_t t = 0; t < all->tables; t++) print_table(&all->table[t]);
}
