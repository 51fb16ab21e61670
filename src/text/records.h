/* records.h: a CSV file with one header line: columns by name, then rows of as many fields. */
// SPDX-License-Identifier: MIT
#pragma once
#include "text/csv.h"

typedef struct {
    ent_csv csv;
    ent_names columns; /* as the header names them */
    ent_field *field;  /* [columns.count] of the current row */
    ptrdiff_t row;     /* rows read so far, without the header */
} ent_records;

/* Read the header. Refused: an empty file, a column named twice or not at all, zero bytes. */
ent_status ent_records_open(ent_records *records, ent_bytes bytes, const char *path, ent_arena *arena, ent_error *err);

/* Where the column stands; the sentence names the nearest where it is missing. For columns that may be missing use
 * ent_names_find(&records->columns, name). */
ent_status ent_records_column(const ent_records *records, const char *name, ptrdiff_t *index, ent_error *err);

/* The next row into field[]; *found is 0 at the end. Refused: more or fewer fields than the header has. */
ent_status ent_records_next(ent_records *records, int *found, ent_error *err);

ent_status ent_records_number(const ent_records *records, ptrdiff_t column, double *value, ent_error *err);

/* The index of the field's text among names; the sentence says what it should have been ("region") and the nearest. */
ent_status ent_records_known(const ent_records *records, ptrdiff_t column, const ent_names *names, const char *what,
                             ptrdiff_t *index, ent_error *err);

/* The same, and a name that isn't there yet is added. Refused: an empty one. */
ent_status ent_records_name(const ent_records *records, ptrdiff_t column, ent_names *names, ent_arena *arena,
                            ptrdiff_t *index, ent_error *err);

/* path:line:column of the field in the current row, and the sentence; ENT_BAD_INPUT. */
#define ENT_RECORDS_FAIL(records, column, err, ...)                                                                    \
    ent_field_fail(&(records)->csv, &(records)->field[column], (err), __VA_ARGS__)
