/* talk_tables.h: what talks imply, as small tables of words and numbers: one list serves the terminal, CSV, the
 * page and the server. */
// SPDX-License-Identifier: MIT
#pragma once
#include "ledger.h"
#include <entente/entente.h>

enum {
    TALK_CELLS = 8,
    TALK_TABLES = 8
};

typedef struct {
    const char *text; /* or NULL: the number */
    double number;
} talk_cell;

typedef struct {
    const char *label;
    talk_cell cell[TALK_CELLS];
} talk_row;

typedef struct {
    const char *name, *title, *unit, *note; /* unit, note: perhaps NULL */
    const char *column[TALK_CELLS];
    int columns, decimals;
    talk_row *row;
    ptrdiff_t rows, room;
} talk_table;

typedef struct {
    talk_table table[TALK_TABLES];
    ptrdiff_t tables;
    const ent_names *regions;
    ent_arena *arena;
    talk_row lost; /* written to where memory was out */
    int failed;
} talk_tables;

/* Borrows talks and names. failed: memory was out. */
talk_tables talk_tables_make(const ent_talks *talks, const ent_names *regions, ent_arena *arena);
ledger talk_tables_ledger(const talk_tables *all);            /* talks.csv */
void talk_tables_page(const talk_tables *all, ent_text *out); /* a JSON array */
