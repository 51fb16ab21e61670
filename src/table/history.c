/* history.c: see history.h. Lines are few, so each one makes the string anew. */
// SPDX-License-Identifier: MIT
#include "table/history.h"

ent_status ent_history_add(ent_table *table, ent_arena *arena, const char *format, ...)
{
    ent_text text = {.arena = arena};
    if (table->history != NULL && *table->history != 0) ent_text_say(&text, "%s\n", table->history);
    va_list list;
    va_start(list, format);
    ent_text_say_list(&text, format, list);
    va_end(list);
    if (text.failed) return ENT_NO_MEMORY;
    table->history = text.data;
    return ENT_OK;
}
