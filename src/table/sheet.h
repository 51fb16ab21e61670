/* sheet.h: a CSV sheet that is one large matrix with labels around it: rows of numbers, as exact as they are printed.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "table/readers.h"
#include "text/csv.h"

typedef struct {
    ent_csv csv;
    int decimals; /* the most that a number so far was printed with */
} ent_sheet;

void ent_sheet_open(ent_sheet *sheet, const ent_source *source, ent_arena *arena);

/* Refuse a sheet too short for what its header announces, before memory is taken for that: rows of so many cells have
 * two bytes a cell at least. Called with the cursor behind the header. */
ent_status ent_sheet_allowed(const ent_sheet *sheet, ptrdiff_t rows, ptrdiff_t columns, ent_error *err);

/* The next `count` numbers of this row; label says whose row it is. */
ent_status ent_sheet_numbers(ent_sheet *sheet, const char *label, ptrdiff_t count, double *to, ent_error *err);

/* The row must end here: over `spare` more fields that nobody reads (totals of totals, often empty). */
ent_status ent_sheet_row_end(ent_sheet *sheet, const char *label, ptrdiff_t spare, ent_error *err);

/* Half a unit of the last digit printed; 0 where numbers have all their digits. */
double ent_sheet_rounding(const ent_sheet *sheet);
