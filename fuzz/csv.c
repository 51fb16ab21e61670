/* csv.c: any bytes as CSV: every field lies in the file or is no longer than what stands there, lines never go back,
 * and a number reads as strtod reads it. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "text/csv.h"
#include "files.h"
#include <stdlib.h>

static void check_number(const ent_csv *csv, const ent_field *field)
{
    char text[128];
    double value;
    if (ent_field_number(csv, field, &value, NULL) != ENT_OK || field->length >= sizeof text) return;
    memcpy(text, field->text, field->length);
    text[field->length] = 0;
    const double wanted = strtod(text, NULL);
    if (memcmp(&value, &wanted, sizeof value) != 0) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"fuzz.csv"};
    ENT_SCRATCH arena = {0};
    ent_source file;
    ent_csv csv;
    ent_field field;
    ent_error err = {{0}};
    ptrdiff_t line = 1;
    if (files_split(data, size, 1, names, &arena, &file) == 0) return 0;
    ent_csv_open(&csv, file.bytes, file.path, &arena);
    while (ent_csv_next_row(&csv)) {
        while (csv.in_row) {
            if (ent_csv_take(&csv, &field, &err) != ENT_OK) {
                if (err.text[0] == 0) __builtin_trap();
                return 0;
            }
            if (field.length > file.bytes.size || field.line < line || csv.at > csv.end) __builtin_trap();
            line = field.line;
            check_number(&csv, &field);
        }
    }
    if (csv.at != csv.end || arena.bytes > 4 * size + (1 << 17)) __builtin_trap();
    return 0;
}
