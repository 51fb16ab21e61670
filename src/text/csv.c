/* csv.c: see csv.h. One pass over the bytes, nothing copied: a field points into the file, unless it has doubled
 * quotes. The plain field is the hot one (twenty million numbers in a table of the world), so it is read first and
 * without calls. */
// SPDX-License-Identifier: MIT
#include "text/csv.h"
#include "text/decimal.h"
#include <stdio.h>
#include <string.h>

void ent_csv_open(ent_csv *csv, ent_bytes bytes, const char *path, ent_arena *arena)
{
    *csv = (ent_csv){.path = path, .at = bytes.data, .end = bytes.data + bytes.size, .arena = arena, .line = 1};
    if (bytes.size >= 3 && memcmp(bytes.data, "\xef\xbb\xbf", 3) == 0) csv->at += 3;
    csv->line_start = csv->at;
}

static int ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* Past the line end at csv->at. */
static void end_line(ent_csv *csv)
{
    if (*csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n') csv->at++;
    csv->at++;
    csv->line++;
    csv->line_start = csv->at;
}

int ent_csv_next_row(ent_csv *csv)
{
    ent_field left;
    while (csv->in_row)
        if (ent_csv_take(csv, &left, NULL) != ENT_OK) {
            csv->at = csv->end;
            csv->in_row = 0;
        }
    while (csv->at < csv->end) {
        const char *c = csv->at;
        while (c < csv->end && (*c == ' ' || *c == '\t')) c++;
        if (c < csv->end && !ends_line(*c)) break;
        csv->at = c;
        if (c < csv->end) end_line(csv);
    }
    csv->in_row = csv->at < csv->end;
    return csv->in_row;
}

/* Behind a field: a comma, or the row's end. 0 where something else stands there. */
static int past_separator(ent_csv *csv)
{
    csv->in_row = 0;
    if (csv->at == csv->end) return 1;
    if (*csv->at == ',') {
        csv->at++;
        csv->in_row = 1;
        return 1;
    }
    if (!ends_line(*csv->at)) return 0;
    end_line(csv);
    return 1;
}

static ent_status unquote(ent_csv *csv, ent_field *field, ent_error *err)
{
    char *plain = ent_new(csv->arena, char, field->length + 1);
    size_t size = 0;
    if (plain == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory for a field of it", csv->path);
    for (size_t c = 0; c < field->length; c++) {
        plain[size++] = field->text[c];
        if (field->text[c] == '"') c++; /* the other one of the pair */
    }
    field->text = plain;
    field->length = size;
    return ENT_OK;
}

static ent_status quoted_field(ent_csv *csv, ent_field *field, ent_error *err)
{
    int doubled = 0;
    csv->at++;
    field->text = csv->at;
    for (;; csv->at++) {
        if (csv->at == csv->end) return ent_field_fail(csv, field, err, "the quote that opens here is never closed");
        if (*csv->at == 0) return ent_field_fail(csv, field, err, "has a zero byte; this is no text file");
        if (ends_line(*csv->at)) {
            end_line(csv);
            csv->at--;
        }
        if (*csv->at != '"') continue;
        if (csv->at + 1 == csv->end || csv->at[1] != '"') break;
        doubled = 1;
        csv->at++;
    }
    field->length = (size_t)(csv->at - field->text);
    csv->at++;
    if (!past_separator(csv))
        return ent_field_fail(csv, field, err, "something stands behind the closing quote; double the quotes inside");
    return doubled ? unquote(csv, field, err) : ENT_OK;
}

ent_status ent_csv_take(ent_csv *csv, ent_field *field, ent_error *err)
{
    *field = (ent_field){csv->at, 0, csv->at, csv->line_start, csv->line};
    if (!csv->in_row) return ent_field_fail(csv, field, err, "the row ends too early");
    const char *c = csv->at, *const end = csv->end;
    if (c < end && *c == '"') return quoted_field(csv, field, err);
    while (c < end && *c != ',' && !ends_line(*c) && *c != 0) c++;
    field->length = (size_t)(c - csv->at);
    csv->at = c;
    if (!past_separator(csv)) return ent_field_fail(csv, field, err, "has a zero byte; this is no text file");
    return ENT_OK;
}

ent_status ent_field_number(const ent_csv *csv, const ent_field *field, double *value, ent_error *err)
{
    switch (ent_decimal_read(field->text, field->text + field->length, value)) {
    case DECIMAL_FINE:
        return ENT_OK;
    case DECIMAL_EMPTY:
        return ent_field_fail(csv, field, err, "a number is missing; write 0 where there is nothing");
    case DECIMAL_TOO_LARGE:
        return ent_field_fail(csv, field, err, "'%s' is larger than any number that can be kept",
                              ent_field_show(field).text);
    case DECIMAL_NO_NUMBER:
        break;
    }
    return ent_field_fail(csv, field, err, "'%s' is not a number", ent_field_show(field).text);
}

ent_status ent_csv_take_number(ent_csv *csv, double *value, ent_error *err)
{
    ent_field field;
    ENT_TRY(ent_csv_take(csv, &field, err));
    return ent_field_number(csv, &field, value, err);
}

int ent_field_is(const ent_field *field, const char *word)
{
    return strlen(word) == field->length && memcmp(word, field->text, field->length) == 0;
}

ent_shown ent_field_show(const ent_field *field)
{
    enum {
        SHOWN = 40
    };
    ent_shown shown = {{0}};
    size_t size = field->length;
    if (size > SHOWN) {
        size = SHOWN;
        while (size > 0 && ((unsigned char)field->text[size] & 0xc0) == 0x80) size--; /* not inside a character */
    }
    for (size_t c = 0; c < size; c++) {
        const unsigned char byte = (unsigned char)field->text[c];
        shown.text[c] = byte < 0x20 || byte == 0x7f ? '?' : field->text[c];
    }
    if (size < field->length) memcpy(shown.text + size, "…", sizeof "…");
    return shown;
}

ent_status ent_field_fail(const ent_csv *csv, const ent_field *field, ent_error *err, const char *format, ...)
{
    if (err == NULL) return ENT_BAD_INPUT;
    ptrdiff_t column = 1;
    for (const char *c = field->line_start; c < field->start; c++) column += ((unsigned char)*c & 0xc0) != 0x80;
    int size = snprintf(err->text, sizeof err->text, "%s:%td:%td: ", csv->path, field->line, column);
    if (size < 0 || (size_t)size >= sizeof err->text) return ENT_BAD_INPUT;
    va_list list;
    va_start(list, format);
    vsnprintf(err->text + size, sizeof err->text - (size_t)size, format, list);
    va_end(list);
    return ENT_BAD_INPUT;
}
