/* repair.h: gaps of E1 and E2 that are judged and closed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "table/readers.h"

/* How the gaps of a table look. */
typedef enum {
    ENT_GAPS_NONE,     /* (T1) holds */
    ENT_GAPS_ROUNDING, /* each is within what the source's printed digits explain, or within 1e-6 of the output */
    ENT_GAPS_LARGE
} ent_gaps;

/* A row or column of c cells, each printed to within rounding.cell, can miss its sum by c times that. */
ent_status ent_gaps_judge(const ent_table *table, ent_rounding rounding, ent_gaps *gaps, ent_error *err);

/* Add money to the value added of column (n,k), by the shares that its factors have. */
void ent_value_added_add(ent_table *table, ptrdiff_t column, double money);
