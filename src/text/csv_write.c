/* csv_write.c: values -> fields of CSV. The caller puts commas and line ends. */
// SPDX-License-Identifier: MIT
#include "text/csv_write.h"
#include "text/number.h"
#include <math.h>
#include <string.h>

static int needs_quotes(const char *value, size_t length)
{
    if (length == 0) return 0;
    return strpbrk(value, ",\"\r\n") != NULL || value[0] == ' ' || value[length - 1] == ' ' || value[0] == '\t' ||
           value[length - 1] == '\t';
}

void ent_csv_field(ent_text *text, const char *value)
{
    const size_t length = strlen(value);
    if (!needs_quotes(value, length)) {
        ent_text_add(text, value, length);
        return;
    }
    ent_text_add(text, "\"", 1);
    for (const char *c = value; *c != 0; c++) {
        if (*c == '"') ent_text_add(text, "\"", 1);
        ent_text_add(text, c, 1);
    }
    ent_text_add(text, "\"", 1);
}

void ent_csv_number(ent_text *text, double value)
{
    char number[ENT_NUMBER_ROOM];
    if (isfinite(value)) ent_text_add(text, number, ent_number_exact(value, number));
}
