/* wiod_2013.c: the layout `wiod-2013`: the publisher's sheet as CSV.
 *
 *   titles …
 *   ,,,,        AtB C … P  AtB …                     NACE codes (of producers)
 *   ,,,,        names of industries and final uses
 *   ,,,,        AUS AUS … RoW        AUS …  RoW      countries
 *   ,,,,        c1 c2 … c35 c1 …     c37 c38 …       codes
 *   AtB,name,AUS,c1   z              f          x
 *   …
 *   ,name,,r60  sums of inputs                       and below it r64 value added, r69 output; the publisher also has
 *                                                    r99 r61 r62 r63 r65: taxes on products, adjustments, margins
 *
 * The header lines are found from the one that starts with c1 at its fifth field, so titles may be more or fewer. Where
 * the rows between r60 and r64 are absent, r64 is the residual and has net taxes in it. All of them but value added go
 * to the taxes, so that E2 holds as printed. Countries are renamed to ISO codes where WIOD has its own (ROM, RoW).
 * Memory: the text, and a table of at most eight times its size. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/sheet.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABELS = 4, /* columns before the numbers */
    KEPT = 4,   /* header lines that are needed: codes, names, countries, c-codes */
    MOST_TITLES = 20
};

static const struct {
    const char *column, *code;
} final_uses[] = {{"c37", "HFCE"}, {"c38", "NPISH"}, {"c39", "GGFC"}, {"c41", "GFCF"}, {"c42", "INVNT"}};
enum {
    USES = sizeof final_uses / sizeof *final_uses
};

enum bottom_row {
    INPUTS,
    TAXES,
    EXPORT_ADJUSTMENT,
    ABROAD,
    NON_RESIDENTS,
    VALUE_ADDED,
    MARGINS,
    OUTPUT,
    BOTTOM_ROWS
};
static const char *const bottom[BOTTOM_ROWS] = {"r60", "r99", "r61", "r62", "r63", "r64", "r65", "r69"};

typedef struct {
    ent_field *field; /* [count] behind the labels */
    ptrdiff_t count;
} ent_header_line;

typedef struct {
    ent_sheet sheet;
    ent_table *table;
    ent_arena *arena, *scratch;
    ent_header_line line[KEPT]; /* NACE codes, names, countries, c-codes */
    int seen[BOTTOM_ROWS];
    double *output_row; /* [R*J] r69 */
    int year;
} ent_wiod;

enum header_line {
    CODES,
    NAMES,
    COUNTRIES,
    COLUMNS
};

static ent_status no_memory(const ent_wiod *w, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", w->sheet.csv.path);
}

/* ---- the header ---- */

/* One whole row as fields. Its first field is kept apart: titles stand there. */
static ent_status take_line(ent_wiod *w, ent_header_line *line, ent_field *first, ent_error *err)
{
    ent_csv *csv = &w->sheet.csv;
    ent_csv counting = *csv;
    ent_field field;
    ptrdiff_t fields = 0;
    for (; counting.in_row; fields++) ENT_TRY(ent_csv_take(&counting, &field, err));
    line->count = fields > LABELS ? fields - LABELS : 0;
    line->field = ent_new(w->scratch, ent_field, line->count);
    if (line->field == NULL) return no_memory(w, err);
    for (ptrdiff_t c = 0; c < fields; c++)
        ENT_TRY(ent_csv_take(csv, c < LABELS ? (c == 0 ? first : &field) : &line->field[c - LABELS], err));
    return ENT_OK;
}

static ent_status note_year(ent_wiod *w, const ent_field *title, ent_error *err)
{
    char *text = ent_string_copy_n(w->scratch, title->text, title->length);
    if (text == NULL) return no_memory(w, err);
    if (w->year == 0) w->year = ent_year_in(text);
    return ENT_OK;
}

static ent_status take_header(ent_wiod *w, ent_error *err)
{
    ent_csv *csv = &w->sheet.csv;
    int lines = 0;
    for (; lines < MOST_TITLES && ent_csv_next_row(csv); lines++) {
        ent_field first = {.text = ""};
        memmove(w->line, w->line + 1, (KEPT - 1) * sizeof *w->line);
        ENT_TRY(take_line(w, &w->line[COLUMNS], &first, err));
        ENT_TRY(note_year(w, &first, err));
        const ent_header_line *last = &w->line[COLUMNS];
        if (last->count > 0 && ent_field_is(&last->field[0], "c1")) break;
    }
    if (w->line[COLUMNS].count == 0 || !ent_field_is(&w->line[COLUMNS].field[0], "c1") || lines + 1 < KEPT)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: has no header line whose fifth field is c1, below lines of codes, names and countries; is "
                        "this a sheet of the WIOD of 2013?",
                        csv->path);
    for (int l = 0; l < COLUMNS; l++)
        if (w->line[l].count != w->line[COLUMNS].count)
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: the header lines of codes, names, countries and columns have %td, %td, %td and %td "
                            "columns; they must be the same",
                            csv->path, w->line[CODES].count, w->line[NAMES].count, w->line[COUNTRIES].count,
                            w->line[COLUMNS].count);
    return ENT_OK;
}

/* ---- names ---- */

static int same(const ent_field *a, const ent_field *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* c37 and above are final uses. */
static int is_final(const ent_field *column)
{
    for (int u = 0; u < USES; u++)
        if (ent_field_is(column, final_uses[u].column)) return 1;
    return 0;
}

static const char *iso_of(const ent_wiod *w, const ent_field *country)
{
    if (ent_field_is(country, "RoW")) return "ROW";
    if (ent_field_is(country, "ROM")) return "ROU";
    return ent_string_copy_n(w->scratch, country->text, country->length);
}

static ent_status add_name(const ent_wiod *w, ent_names *names, const ent_field *field, const char *code,
                           const char *label, const char *what, ent_error *err)
{
    if (code == NULL) return no_memory(w, err);
    if (*code == 0) return ent_field_fail(&w->sheet.csv, field, err, "the %s has no code", what);
    const ent_status status = ent_names_add(names, w->arena, code, label, NULL);
    if (status == ENT_BAD_INPUT)
        return ent_field_fail(&w->sheet.csv, field, err, "the %s '%s' is there twice", what,
                              ent_field_show(field).text);
    return status == ENT_OK ? ENT_OK : no_memory(w, err);
}

static ent_status collect_names(ent_wiod *w, ent_error *err)
{
    ent_table *t = w->table;
    const ent_field *code = w->line[CODES].field, *name = w->line[NAMES].field, *country = w->line[COUNTRIES].field;
    const ent_field *column = w->line[COLUMNS].field;
    for (ptrdiff_t c = 0; c < w->line[COLUMNS].count && !is_final(&column[c]); c++) {
        if (c == 0 || !same(&country[c], &country[c - 1])) {
            if (c + 1 == w->line[COLUMNS].count) break; /* the total */
            const char *iso = iso_of(w, &country[c]);
            ENT_TRY(
                add_name(w, &t->regions, &country[c], iso, iso == NULL ? NULL : ent_country_name(iso), "country", err));
        }
        if (t->regions.count > 1) continue;
        const char *label = ent_string_copy_n(w->scratch, name[c].text, name[c].length);
        const char *nace = ent_string_copy_n(w->scratch, code[c].text, code[c].length);
        ENT_TRY(add_name(w, &t->sectors, &code[c], nace, label, "industry", err));
    }
    for (int u = 0; u < USES; u++) {
        const ptrdiff_t at = t->regions.count * t->sectors.count + u;
        const char *label =
            at < w->line[NAMES].count ? ent_string_copy_n(w->scratch, name[at].text, name[at].length) : NULL;
        if (ent_names_add(&t->uses, w->arena, final_uses[u].code, label, NULL) != ENT_OK) return no_memory(w, err);
    }
    return ENT_OK;
}

/* Every column says country and code; they must go round in the same order. */
static ent_status check_columns(const ent_wiod *w, ent_error *err)
{
    const ent_table *t = w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, columns = R * (J + USES);
    const ent_field *country = w->line[COUNTRIES].field, *column = w->line[COLUMNS].field;
    if (R == 0 || w->line[COLUMNS].count != columns + 1)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: %td countries with %td industries and %d final uses make %td columns and a total, but the "
                        "header has %td",
                        w->sheet.csv.path, R, J, USES, columns, w->line[COLUMNS].count);
    for (ptrdiff_t c = 0; c < columns; c++) {
        const ptrdiff_t n = c < R * J ? c / J : (c - R * J) / USES;
        char code[24];
        if (c < R * J)
            snprintf(code, sizeof code, "c%td", c % J + 1);
        else
            strcpy(code, final_uses[(c - R * J) % USES].column);
        const ent_field *here = &country[n * J];
        if (!ent_field_is(&column[c], code))
            return ent_field_fail(&w->sheet.csv, &column[c], err, "the column is '%s' where %s belongs",
                                  ent_field_show(&column[c]).text, code);
        if (!same(&country[c], here))
            return ent_field_fail(&w->sheet.csv, &country[c], err, "the country is '%s' where '%s' belongs",
                                  ent_field_show(&country[c]).text, ent_field_show(here).text);
    }
    return ENT_OK;
}

/* NACE revision 1: agriculture, mining, manufacturing (15 to 37). */
static void mark_goods(ent_table *table)
{
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        const char *code = table->sectors.code[j];
        const long division = strtol(code, NULL, 10);
        table->is_good[j] = strcmp(code, "AtB") == 0 || strcmp(code, "C") == 0 || (division >= 15 && division <= 37);
    }
}

/* ---- the rows ---- */

static ent_status take_labels(ent_wiod *w, ent_field label[LABELS], ent_error *err)
{
    for (int l = 0; l < LABELS; l++) ENT_TRY(ent_csv_take(&w->sheet.csv, &label[l], err));
    return ENT_OK;
}

static ent_status read_producer(ent_wiod *w, ptrdiff_t row, ent_error *err)
{
    ent_table *t = w->table;
    ent_csv *csv = &w->sheet.csv;
    const ptrdiff_t J = t->sectors.count, rows = t->regions.count * J, uses = t->regions.count * USES;
    const ent_field *country = &w->line[COUNTRIES].field[row], *column = &w->line[COLUMNS].field[row];
    ent_field label[LABELS];
    if (!ent_csv_next_row(csv))
        return ent_fail(err, ENT_BAD_INPUT, "%s: ends before the row of %s in %s; is the file cut?", csv->path,
                        t->sectors.label[row % J], t->regions.label[row / J]);
    ENT_TRY(take_labels(w, label, err));
    if (!same(&label[2], country) || !same(&label[3], column))
        return ent_field_fail(csv, &label[2], err, "the row of '%s' '%s' stands where '%s' '%s' belongs",
                              ent_field_show(&label[2]).text, ent_field_show(&label[3]).text,
                              ent_field_show(country).text, ent_field_show(column).text);
    const char *name = t->sectors.label[row % J];
    ENT_TRY(ent_sheet_numbers(&w->sheet, name, rows, t->z + row * rows, err));
    ENT_TRY(ent_sheet_numbers(&w->sheet, name, uses, t->f + row * uses, err));
    ENT_TRY(ent_sheet_numbers(&w->sheet, name, 1, &t->x[row], err));
    return ent_sheet_row_end(&w->sheet, name, 0, err);
}

/* Where a bottom row goes: r60 is the sum of what was read, r64 value added, r69 output; the others are taxes. */
static void place_bottom(ent_wiod *w, int which, const double *value)
{
    ent_table *t = w->table;
    for (ptrdiff_t k = 0; k < t->regions.count * t->sectors.count; k++) {
        if (which == VALUE_ADDED)
            t->va[k] = value[k];
        else if (which == OUTPUT)
            w->output_row[k] = value[k];
        else if (which != INPUTS)
            t->tls[k] += value[k];
    }
}

static ent_status read_bottom(ent_wiod *w, ent_error *err)
{
    ent_csv *csv = &w->sheet.csv;
    const ptrdiff_t rows = w->table->regions.count * w->table->sectors.count;
    double *value = ent_new(w->scratch, double, rows);
    if (value == NULL) return no_memory(w, err);
    while (ent_csv_next_row(csv)) {
        ent_field label[LABELS];
        int which = 0;
        ENT_TRY(take_labels(w, label, err));
        while (which < BOTTOM_ROWS && !ent_field_is(&label[3], bottom[which])) which++;
        if (which == BOTTOM_ROWS)
            return ent_field_fail(csv, &label[3], err,
                                  "'%s' is no row of the sheet's bottom (r60, r99, r61 to r65, r69)",
                                  ent_field_show(&label[3]).text);
        if (w->seen[which]++) return ent_field_fail(csv, &label[3], err, "the row %s is there twice", bottom[which]);
        ENT_TRY(ent_sheet_numbers(&w->sheet, bottom[which], rows, value, err));
        ENT_TRY(ent_sheet_row_end(&w->sheet, bottom[which], w->table->regions.count * USES + 1, err));
        place_bottom(w, which, value);
    }
    for (int which = VALUE_ADDED; which <= OUTPUT; which += OUTPUT - VALUE_ADDED)
        if (!w->seen[which])
            return ent_fail(err, ENT_BAD_INPUT, "%s: has no row %s (%s) below the industries; is the file cut?",
                            csv->path, bottom[which], which == OUTPUT ? "output" : "value added");
    return ENT_OK;
}

/* The output stands twice, as last column and as row r69. */
static ent_status compare_outputs(const ent_wiod *w, ent_error *err)
{
    const ent_table *t = w->table;
    const double slack = 2.0 * ent_sheet_rounding(&w->sheet);
    for (ptrdiff_t k = 0; k < t->regions.count * t->sectors.count; k++) {
        const double gap = fabs(t->x[k] - w->output_row[k]);
        if (gap <= slack || gap <= 1e-6 * fabs(t->x[k])) continue;
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: the output of %s in %s is %.10g in the last column, but %.10g in row r69",
                        w->sheet.csv.path, t->sectors.label[k % t->sectors.count],
                        t->regions.label[k / t->sectors.count], t->x[k], w->output_row[k]);
    }
    return ENT_OK;
}

/* ---- the table ---- */

static ent_status begin_table(ent_wiod *w, const ent_import *ask, ent_error *err)
{
    ent_table *t = w->table;
    const char *path = w->sheet.csv.path;
    t->name = ask->name != NULL ? ent_string_copy(w->arena, ask->name) : ent_source_name(path, w->arena);
    t->year = ask->year != 0 ? ask->year : w->year;
    t->title = ent_string_format(w->arena, "World input-output table, WIOD 2013 release: %td countries, %td industries",
                                 t->regions.count, t->sectors.count);
    t->source =
        "World Input-Output Database, 2013 release; Timmer, Dietzenbacher, Los, Stehrer, de Vries (2015), Review of "
        "International Economics 23: 575-605";
    t->licence = "CC BY 4.0";
    t->is_good = ent_new0(w->arena, unsigned char, t->sectors.count);
    w->output_row = ent_new0(w->scratch, double, t->regions.count * t->sectors.count);
    if (t->name == NULL || t->title == NULL || t->is_good == NULL || w->output_row == NULL ||
        ent_names_add(&t->factors, w->arena, "VA", "Value added", NULL) != ENT_OK ||
        ent_members_fill(t, w->arena) != ENT_OK)
        return no_memory(w, err);
    mark_goods(t);
    return ENT_OK;
}

static ent_status tell(ent_wiod *w, ent_error *err)
{
    ent_table *t = w->table;
    const char *accounts = w->seen[TAXES] ? "taxes less subsidies are r99 with r61 to r63 and r65"
                                          : "value added is r64, with net taxes on products in it";
    t->duty_accounts = w->seen[TAXES] ? ENT_DUTIES_IN_TAXES : ENT_DUTIES_IN_VALUE_ADDED;
    if (ent_history_add(t, w->arena,
                        "imported from the wiod-2013 layout: %s, printed to %d decimals; %s; no duties and no trade "
                        "elasticities in it",
                        ent_source_base(w->sheet.csv.path), w->sheet.decimals, accounts) == ENT_OK)
        return ENT_OK;
    return no_memory(w, err);
}

ent_status ent_wiod_2013_read(const ent_source *source, const ent_import *ask, ent_arena *arena, ent_table *table,
                              ent_rounding *rounding, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_wiod w = {.table = table, .arena = arena, .scratch = &scratch};
    *table = (ent_table){0};
    ent_sheet_open(&w.sheet, source, &scratch);
    ENT_TRY(take_header(&w, err));
    ENT_TRY(collect_names(&w, err));
    ENT_TRY(check_columns(&w, err));
    const ptrdiff_t rows = table->regions.count * table->sectors.count;
    ENT_TRY(ent_sheet_allowed(&w.sheet, rows, rows + table->regions.count * USES, err));
    ENT_TRY(begin_table(&w, ask, err));
    ENT_TRY(ent_table_make(table, arena, err));
    for (ptrdiff_t row = 0; row < rows; row++) ENT_TRY(read_producer(&w, row, err));
    ENT_TRY(read_bottom(&w, err));
    ENT_TRY(compare_outputs(&w, err));
    rounding->cell = ent_sheet_rounding(&w.sheet);
    return tell(&w, err);
}
