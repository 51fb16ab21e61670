/* ledger.h: a table of words and numbers on its way out as CSV or JSON: one row a record, 17 digits, nothing where
 * there is no number. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/text.h>

typedef struct {
    const char *name;
    int is_text;
} ledger_column;

typedef struct {
    const char *text;
    double number;
} ledger_cell;

typedef struct {
    const ledger_column *columns;
    ptrdiff_t width, cells, room;
    ledger_cell *cell; /* [cells], row after row */
    ent_arena *arena;
    int failed; /* memory was out: check once, at the end */
} ledger;

ledger ledger_begin(ent_arena *arena, const ledger_column *columns, ptrdiff_t width);
void ledger_text(ledger *book, const char *text); /* borrowed */
void ledger_number(ledger *book, double number);
void ledger_csv(const ledger *book, ent_text *out);
void ledger_json(const ledger *book, ent_json *json); /* an array of objects, a row a line */
