/* talk_tables.h: what talks imply, as small tables of words and numbers: one list serves the terminal, CSV, the
 * page and the server. */
// SPDX-License-Identifier: MIT
#pragma once
#include "ledger.h"
#include <entente/entente.h>

typedef struct {
    const char *text; /* or NULL: the number */
    double number;
} talk_cell;

typedef struct {
    const char *label;
    talk_cell *cell; /* [columns] */
    int cells;
} talk_row;

typedef struct {
    const char *name, *title, *unit, *note; /* unit, note: perhaps NULL */
    const char **column;                    /* [columns] */
    int columns, column_room, decimals;
    talk_row *row;
    ptrdiff_t rows, room;
} talk_table;

typedef struct {
    talk_table *table;
    ptrdiff_t tables, room;
    const ent_names *regions;
    ent_arena *arena;
    talk_table lost; /* written to where memory was out */
    int failed;
} talk_tables;

/* Part k of talks that may not be there, and why it is not (NULL: it is, or was not asked for); 0 past the last. */
int talk_tables_missing(const ent_talks *talks, ptrdiff_t k, const char **part, const char **why);

/* Borrows talks and names. failed: memory was out. */
talk_tables talk_tables_make(const ent_talks *talks, const ent_names *regions, ent_arena *arena);
ledger talk_tables_ledger(const talk_tables *all);             /* talks.csv */
void talk_tables_page(const talk_tables *all, ent_json *json); /* a JSON array */
