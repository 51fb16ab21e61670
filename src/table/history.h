/* history.h: what was done to a table, one line a step, kept in the table itself. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* Append a line to table->history (a new string in the arena). */
ent_status ent_history_add(ent_table *table, ent_arena *arena, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
