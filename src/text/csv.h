/* csv.h: a cursor over the bytes of a CSV file: rows, fields, and where each stands, for errors.
 * Knows bytes. Opens no file, and knows no meaning of a column.
 *
 * Taken: commas, fields in double quotes (with commas, line ends and doubled quotes inside), LF, CR LF and CR, a UTF-8
 * byte order mark, blank lines (skipped), a last line without an end. A field is what stands there: "NA" is two
 * letters. Refused with path:line:column: a quote never closed, text behind a closing quote, a zero byte. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

typedef struct {
    const char *text; /* [length], not ended by 0; without its quotes, doubled quotes made single */
    size_t length;
    const char *start;      /* its first byte in the file */
    const char *line_start; /* the first byte of its line */
    ptrdiff_t line;         /* from 1 */
} ent_field;

typedef struct {
    const char *path; /* for messages */
    const char *at, *end;
    const char *line_start;
    ptrdiff_t line;
    int in_row;       /* another field follows in this row */
    ent_arena *arena; /* where fields with doubled quotes are written anew: no more than the file's size in all */
} ent_csv;

/* bytes.data[bytes.size] must be 0, as ent_bytes_read leaves it. Bytes, path and arena must outlive the cursor. */
void ent_csv_open(ent_csv *csv, ent_bytes bytes, const char *path, ent_arena *arena);

/* To the next row that isn't blank, over what is left of this one. 0 at the end of the file, and also where a quote is
 * never closed: ent_csv_take has then said so, if it was asked. */
int ent_csv_next_row(ent_csv *csv);

/* The next field of this row. Status: ENT_BAD_INPUT also where the row has no more fields: ask csv->in_row first. */
ent_status ent_csv_take(ent_csv *csv, ent_field *field, ent_error *err);

/* The next field as a finite number. */
ent_status ent_csv_take_number(ent_csv *csv, double *value, ent_error *err);

/* A field as a finite number. */
ent_status ent_field_number(const ent_csv *csv, const ent_field *field, double *value, ent_error *err);

int ent_field_is(const ent_field *field, const char *word);

/* The field's text for a sentence: cut to some 40 bytes, control bytes as '?'. */
typedef struct {
    char text[52];
} ent_shown;
ent_shown ent_field_show(const ent_field *field);

/* path:line:column: and the sentence; returns ENT_BAD_INPUT. Columns are counted in characters from 1. */
ent_status ent_field_fail(const ent_csv *csv, const ent_field *field, ent_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
