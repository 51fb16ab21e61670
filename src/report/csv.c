/* csv.c: rows of the CSV files. */
// SPDX-License-Identifier: MIT
#include "report/csv.h"
#include "text/csv_write.h"
#include <string.h>

enum {
    BLOCK_BYTES = 1 << 20
};

void ent_csv_value_row(const ent_csv_rows *rows, const ent_variable *variable, double benchmark, double value)
{
    ent_text *text = rows->text;
    ent_text_add(text, rows->key, rows->key_size);
    ent_text_add(text, variable->name, strlen(variable->name));
    ent_text_add(text, ",", 1);
    ent_csv_field(text, variable->unit);
    ent_text_add(text, ",", 1);
    ent_csv_number(text, benchmark);
    ent_text_add(text, ",", 1);
    ent_csv_number(text, value);
    ent_text_add(text, ",", 1);
    ent_csv_number(text, ent_view_ratio(variable->kind, benchmark, value));
    ent_text_add(text, "\n", 1);
    if (rows->target == NULL || text->failed || text->size < BLOCK_BYTES) return;
    ent_target_add(rows->target, text->data, text->size);
    text->size = 0;
}
