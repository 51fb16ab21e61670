/* sheet.c: see sheet.h. The hot loop of reading a world: twenty million numbers, most of them short. */
// SPDX-License-Identifier: MIT
#include "table/sheet.h"
#include <math.h>
#include <string.h>

enum {
    ALL_DIGITS = 12 /* printed decimals from which on a number counts as exact */
};

void ent_sheet_open(ent_sheet *sheet, const ent_source *source, ent_arena *arena)
{
    *sheet = (ent_sheet){0};
    ent_csv_open(&sheet->csv, source->bytes, source->path, arena);
}

ent_status ent_sheet_allowed(const ent_sheet *sheet, ptrdiff_t rows, ptrdiff_t columns, ent_error *err)
{
    const size_t left = (size_t)(sheet->csv.end - sheet->csv.at);
    if ((size_t)rows <= left / 2 / (size_t)columns) return ENT_OK;
    ptrdiff_t lines = 0;
    for (const char *c = sheet->csv.at; c < sheet->csv.end; lines++) {
        const char *end = memchr(c, '\n', (size_t)(sheet->csv.end - c));
        c = end == NULL ? sheet->csv.end : end + 1;
    }
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s: the header announces %td rows of %td numbers, but only %td line%s of %zu bytes follow%s; "
                    "is the file cut?",
                    sheet->csv.path, rows, columns, lines, lines == 1 ? "" : "s", left, lines == 1 ? "s" : "");
}

/* Digits behind the point; a number with an exponent counts as exact. */
static void note_decimals(ent_sheet *sheet, const ent_field *field)
{
    const char *point = memchr(field->text, '.', field->length), *const end = field->text + field->length;
    if (point == NULL && memchr(field->text, 'e', field->length) == NULL) return;
    int decimals = 0;
    for (const char *c = point == NULL ? field->text : point + 1; c < end; c++) {
        if (*c == 'e' || *c == 'E') decimals = ALL_DIGITS;
        decimals += *c >= '0' && *c <= '9' && point != NULL;
    }
    if (decimals > sheet->decimals) sheet->decimals = decimals;
}

ent_status ent_sheet_numbers(ent_sheet *sheet, const char *label, ptrdiff_t count, double *to, ent_error *err)
{
    ent_csv *csv = &sheet->csv;
    for (ptrdiff_t c = 0; c < count; c++) {
        ent_field field;
        if (!csv->in_row)
            return ent_fail(err, ENT_BAD_INPUT, "%s:%td: the row of '%.40s' ends %td number%s too early", csv->path,
                            csv->line - (csv->at > csv->line_start ? 0 : 1), label, count - c,
                            count - c == 1 ? "" : "s");
        if (csv->at + 1 < csv->end && csv->at[0] == '0' && csv->at[1] == ',') { /* four cells in five are a plain 0 */
            csv->at += 2;
            to[c] = 0.0;
            continue;
        }
        ENT_TRY(ent_csv_take(csv, &field, err));
        ENT_TRY(ent_field_number(csv, &field, &to[c], err));
        if (sheet->decimals < ALL_DIGITS) note_decimals(sheet, &field);
    }
    return ENT_OK;
}

ent_status ent_sheet_row_end(ent_sheet *sheet, const char *label, ptrdiff_t spare, ent_error *err)
{
    ent_csv *csv = &sheet->csv;
    ent_field field;
    for (ptrdiff_t c = 0; c < spare && csv->in_row; c++) ENT_TRY(ent_csv_take(csv, &field, err));
    if (!csv->in_row) return ENT_OK;
    ENT_TRY(ent_csv_take(csv, &field, err));
    return ent_field_fail(csv, &field, err, "the row of '%.40s' goes on behind the last column of the header", label);
}

double ent_sheet_rounding(const ent_sheet *sheet)
{
    return sheet->decimals >= ALL_DIGITS ? 0.0 : 0.5 * pow(10.0, -sheet->decimals);
}
