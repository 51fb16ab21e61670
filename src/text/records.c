/* records.c: see records.h. The header's names are held in an ent_names, so that a column is found by hash and a
 * mistyped one has its nearest. Names from files never hold a zero byte: the cursor refuses it. */
// SPDX-License-Identifier: MIT
#include "text/records.h"
#include <string.h>

static ent_status no_memory(const ent_records *records, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", records->csv.path);
}

static ent_status add_column(ent_records *records, const ent_field *field, ent_arena *arena, ent_error *err)
{
    if (field->length == 0) return ent_field_fail(&records->csv, field, err, "a column of the header has no name");
    char *name = ent_string_copy_n(arena, field->text, field->length);
    if (name == NULL) return no_memory(records, err);
    const ent_status status = ent_names_add(&records->columns, arena, name, NULL, NULL);
    if (status == ENT_BAD_INPUT)
        return ent_field_fail(&records->csv, field, err, "the column '%s' is there twice", ent_field_show(field).text);
    return status == ENT_OK ? ENT_OK : no_memory(records, err);
}

ent_status ent_records_open(ent_records *records, ent_bytes bytes, const char *path, ent_arena *arena, ent_error *err)
{
    *records = (ent_records){0};
    ent_csv_open(&records->csv, bytes, path, arena);
    if (!ent_csv_next_row(&records->csv)) return ent_fail(err, ENT_BAD_INPUT, "%s: is empty", path);
    while (records->csv.in_row) {
        ent_field field;
        ENT_TRY(ent_csv_take(&records->csv, &field, err));
        ENT_TRY(add_column(records, &field, arena, err));
    }
    records->field = ent_new0(arena, ent_field, records->columns.count);
    return records->field == NULL ? no_memory(records, err) : ENT_OK;
}

ent_status ent_records_column(const ent_records *records, const char *name, ptrdiff_t *index, ent_error *err)
{
    *index = ent_names_find(&records->columns, name);
    if (*index >= 0) return ENT_OK;
    const char *path = records->csv.path, *only = records->columns.code[0];
    if (records->columns.count == 1 && strchr(only, ';') != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "%s: the columns are separated by semicolons; write commas", path);
    if (records->columns.count == 1 && strchr(only, '\t') != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "%s: the columns are separated by tabs; write commas", path);
    const char *near = ent_names_nearest(&records->columns, name);
    if (near != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "%s: has no column '%s'; is '%.40s' meant?", path, name, near);
    return ent_fail(err, ENT_BAD_INPUT, "%s: has no column '%s'", path, name);
}

ent_status ent_records_next(ent_records *records, int *found, ent_error *err)
{
    *found = ent_csv_next_row(&records->csv);
    if (!*found) return ENT_OK;
    const ptrdiff_t columns = records->columns.count, line = records->csv.line;
    ptrdiff_t fields = 0;
    for (; records->csv.in_row; fields++) {
        ent_field spare;
        ENT_TRY(ent_csv_take(&records->csv, fields < columns ? &records->field[fields] : &spare, err));
    }
    if (fields != columns)
        return ent_fail(err, ENT_BAD_INPUT, "%s:%td: the row has %td field%s, but the header has %td",
                        records->csv.path, line, fields, fields == 1 ? "" : "s", columns);
    records->row++;
    return ENT_OK;
}

ent_status ent_records_number(const ent_records *records, ptrdiff_t column, double *value, ent_error *err)
{
    return ent_field_number(&records->csv, &records->field[column], value, err);
}

ent_status ent_records_known(const ent_records *records, ptrdiff_t column, const ent_names *names, const char *what,
                             ptrdiff_t *index, ent_error *err)
{
    const ent_field *field = &records->field[column];
    *index = ent_names_find_n(names, field->text, field->length);
    if (*index >= 0) return ENT_OK;
    const ent_shown shown = ent_field_show(field);
    const char *near = ent_names_nearest(names, shown.text);
    if (near != NULL)
        return ent_field_fail(&records->csv, field, err, "'%s' is no %s; is '%.40s' meant?", shown.text, what, near);
    return ent_field_fail(&records->csv, field, err, "'%s' is no %s", shown.text, what);
}

ent_status ent_records_name(const ent_records *records, ptrdiff_t column, ent_names *names, ent_arena *arena,
                            ptrdiff_t *index, ent_error *err)
{
    const ent_field *field = &records->field[column];
    *index = ent_names_find_n(names, field->text, field->length);
    if (*index >= 0) return ENT_OK;
    if (field->length == 0)
        return ent_field_fail(&records->csv, field, err, "'%s' is empty", records->columns.code[column]);
    char *name = ent_string_copy_n(arena, field->text, field->length);
    if (name == NULL || ent_names_add(names, arena, name, NULL, index) != ENT_OK) return no_memory(records, err);
    return ENT_OK;
}
