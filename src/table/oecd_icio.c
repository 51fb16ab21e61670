/* oecd_icio.c: the layout `oecd-icio`: one sheet, all industries of the first economy, then of the next.
 *
 *              AGO_A01 … ROW_T      AGO_HFCE … ROW_DPABR     OUT
 *   AGO_A01    z                    f                        x
 *   …
 *   TLS        tls                  (of final use: not kept)
 *   VA         va
 *   OUT        x
 *
 * A label is split at its first underscore, because industries have underscores too (C17_18). The header says all:
 * every later label is held against it, so a sheet with a row or a column out of place is refused by name. The final
 * uses begin where an industry is called as one. Memory: the text, and a table of at most eight times its size. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/sheet.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *code, *label;
} final_uses[] = {
    {"HFCE", "Household consumption"},
    {"NPISH", "Consumption of non-profit institutions serving households"},
    {"GGFC", "Government consumption"},
    {"GFCF", "Gross fixed capital formation"},
    {"INVNT", "Changes in inventories and valuables"},
    {"DPABR", "Direct purchases abroad by residents"},
    {"P33", "Direct purchases abroad by residents"},
    {"NONRES", "Direct purchases by non-residents"},
};

typedef struct {
    ent_sheet sheet;
    ent_table *table;
    ent_arena *arena, *scratch;
    ent_field *label; /* [labels] of the header, without its first field */
    ptrdiff_t labels;
    int seen[3]; /* bottom rows TLS, VA, OUT */
    double *out_column;
} ent_icio;

static ent_status no_memory(const ent_icio *icio, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", icio->sheet.csv.path);
}

/* ---- the header ---- */

static ent_status take_labels(ent_icio *icio, ent_error *err)
{
    ent_csv *csv = &icio->sheet.csv;
    ent_field field;
    if (!ent_csv_next_row(csv)) return ent_fail(err, ENT_BAD_INPUT, "%s: is empty", csv->path);
    const char *end = memchr(csv->at, '\n', (size_t)(csv->end - csv->at));
    const size_t most = (size_t)((end == NULL ? csv->end : end) - csv->at) + 1; /* labels can't be more than bytes */
    ptrdiff_t commas = 1;
    for (size_t c = 0; c + 1 < most; c++) commas += csv->at[c] == ',';
    icio->label = ent_new(icio->scratch, ent_field, commas);
    if (icio->label == NULL) return no_memory(icio, err);
    ENT_TRY(ent_csv_take(csv, &field, err));
    while (csv->in_row && icio->labels < commas) ENT_TRY(ent_csv_take(csv, &icio->label[icio->labels++], err));
    if (icio->labels < 3)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: the first line names %td columns; the oecd-icio layout starts with a line of labels such as "
            "'AUS_A01'",
            csv->path, icio->labels);
    return ENT_OK;
}

typedef struct {
    const char *region, *rest;
    size_t region_length, rest_length;
} ent_split;

static int split(const ent_field *field, ent_split *s)
{
    const char *bar = memchr(field->text, '_', field->length);
    if (bar == NULL || bar == field->text || bar + 1 == field->text + field->length) return 0;
    *s =
        (ent_split){field->text, bar + 1, (size_t)(bar - field->text), field->length - (size_t)(bar + 1 - field->text)};
    return 1;
}

static int use_of(const ent_split *s)
{
    for (size_t u = 0; u < sizeof final_uses / sizeof *final_uses; u++)
        if (strlen(final_uses[u].code) == s->rest_length && memcmp(final_uses[u].code, s->rest, s->rest_length) == 0)
            return (int)u;
    return -1;
}

static int region_is(const ent_icio *icio, const ent_split *s, ptrdiff_t n)
{
    const char *code = icio->table->regions.code[n];
    return strlen(code) == s->region_length && memcmp(code, s->region, s->region_length) == 0;
}

static ent_status add_name(ent_icio *icio, ent_names *names, const ent_field *field, const char *text, size_t length,
                           const char *label, ent_error *err)
{
    char *code = ent_string_copy_n(icio->scratch, text, length);
    const ent_status status = code == NULL ? ENT_NO_MEMORY : ent_names_add(names, icio->arena, code, label, NULL);
    if (status == ENT_BAD_INPUT)
        return ent_field_fail(&icio->sheet.csv, field, err, "the column '%s' is there twice",
                              ent_field_show(field).text);
    return status == ENT_OK ? ENT_OK : no_memory(icio, err);
}

static ent_status fail_label(const ent_icio *icio, const ent_field *field, ent_error *err)
{
    return ent_field_fail(&icio->sheet.csv, field, err, "'%s' is no label of economy and industry such as 'AUS_A01'",
                          ent_field_show(field).text);
}

/* Names from the header: the first economy's labels give the industries (uses), the first industry's the economies. */
static ent_status collect_names(ent_icio *icio, ent_error *err)
{
    ent_table *t = icio->table;
    for (ptrdiff_t c = 0; c + 1 < icio->labels; c++) {
        const ent_field *field = &icio->label[c];
        ent_split s;
        if (!split(field, &s)) return fail_label(icio, field, err);
        const int use = use_of(&s);
        if (use < 0 && t->uses.count > 0)
            return ent_field_fail(&icio->sheet.csv, field, err, "the industry '%s' stands behind the final uses",
                                  ent_field_show(field).text);
        if (use < 0 && (t->regions.count == 0 || !region_is(icio, &s, t->regions.count - 1))) {
            const char *code = ent_string_copy_n(icio->scratch, s.region, s.region_length);
            if (code == NULL) return no_memory(icio, err);
            ENT_TRY(add_name(icio, &t->regions, field, s.region, s.region_length, ent_country_name(code), err));
        }
        if (t->regions.count == 0 || !region_is(icio, &s, 0)) continue;
        if (use < 0)
            ENT_TRY(add_name(icio, &t->sectors, field, s.rest, s.rest_length, NULL, err));
        else
            ENT_TRY(add_name(icio, &t->uses, field, s.rest, s.rest_length, final_uses[use].label, err));
    }
    if (t->sectors.count == 0 || t->uses.count == 0)
        return ent_fail(err, ENT_BAD_INPUT, "%s: the first line has no column of %s", icio->sheet.csv.path,
                        t->sectors.count == 0 ? "an industry, such as 'AUS_A01'" : "a final use, such as 'AUS_HFCE'");
    return ENT_OK;
}

/* Column c (of producers, or of uses behind them) must be called so. */
static ent_status check_label(const ent_icio *icio, const ent_field *field, ptrdiff_t c, ent_error *err)
{
    const ent_table *t = icio->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count;
    const ent_names *rest = c < R * J ? &t->sectors : &t->uses;
    const ptrdiff_t at = c < R * J ? c : c - R * J, of = c < R * J ? J : U;
    const char *region = t->regions.code[at / of], *code = rest->code[at % of];
    ent_split s;
    if (split(field, &s) && region_is(icio, &s, at / of) && strlen(code) == s.rest_length &&
        memcmp(code, s.rest, s.rest_length) == 0)
        return ENT_OK;
    return ent_field_fail(&icio->sheet.csv, field, err,
                          "'%s' stands where '%s_%s' belongs; every economy must have the same %s in the same order",
                          ent_field_show(field).text, region, code, c < R * J ? "industries" : "final uses");
}

static ent_status check_header(const ent_icio *icio, ent_error *err)
{
    const ent_table *t = icio->table;
    const ptrdiff_t columns = t->regions.count * (t->sectors.count + t->uses.count);
    const ent_field *last = &icio->label[icio->labels - 1];
    if (!ent_field_is(last, "OUT"))
        return ent_field_fail(&icio->sheet.csv, last, err, "the last column is '%s'; it must be 'OUT', the output",
                              ent_field_show(last).text);
    for (ptrdiff_t c = 0; c < icio->labels - 1 && c < columns; c++) ENT_TRY(check_label(icio, &icio->label[c], c, err));
    if (icio->labels - 1 == columns) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s: %td economies with %td industries and %td final uses make %td columns, but the header has %td",
                    icio->sheet.csv.path, t->regions.count, t->sectors.count, t->uses.count, columns, icio->labels - 1);
}

/* ---- what the codes mean ---- */

/* The edition that knows more of the industries. */
static void label_industries(ent_table *table)
{
    int known[2] = {0, 0};
    for (int e = 0; e < 2; e++)
        for (ptrdiff_t j = 0; j < table->sectors.count; j++)
            known[e] += ent_icio_industry_name(table->sectors.code[j], 2025 - 2 * e) != NULL;
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        const char *name = ent_icio_industry_name(table->sectors.code[j], known[0] >= known[1] ? 2025 : 2023);
        if (name != NULL) table->sectors.label[j] = name;
    }
}

/* ISIC: a letter, alone or with a division behind it; A to C are goods. A code of another kind tells nothing. */
static int is_isic(const char *code)
{
    return code[0] >= 'A' && code[0] <= 'U' && (code[1] == 0 || isdigit((unsigned char)code[1]));
}

static ptrdiff_t mark_goods(ent_table *table)
{
    ptrdiff_t unknown = 0;
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        const char *code = table->sectors.code[j];
        unknown += !is_isic(code);
        table->is_good[j] = !is_isic(code) || code[0] <= 'C';
    }
    return unknown;
}

/* ---- the rows ---- */

static const char *const bottom[3] = {"TLS", "VA", "OUT"};

static ent_status read_producer(ent_icio *icio, ptrdiff_t row, ent_error *err)
{
    ent_table *t = icio->table;
    const ptrdiff_t rows = t->regions.count * t->sectors.count, uses = t->regions.count * t->uses.count;
    ent_sheet *sheet = &icio->sheet;
    ent_field label;
    if (!ent_csv_next_row(&sheet->csv))
        return ent_fail(err, ENT_BAD_INPUT, "%s: ends before the row of '%s_%s'; is the file cut?", sheet->csv.path,
                        t->regions.code[row / t->sectors.count], t->sectors.code[row % t->sectors.count]);
    ENT_TRY(ent_csv_take(&sheet->csv, &label, err));
    ENT_TRY(check_label(icio, &label, row, err));
    const ent_shown shown = ent_field_show(&label);
    ENT_TRY(ent_sheet_numbers(sheet, shown.text, rows, t->z + row * rows, err));
    ENT_TRY(ent_sheet_numbers(sheet, shown.text, uses, t->f + row * uses, err));
    ENT_TRY(ent_sheet_numbers(sheet, shown.text, 1, &icio->out_column[row], err));
    return ent_sheet_row_end(sheet, shown.text, 0, err);
}

static ent_status read_bottom(ent_icio *icio, ent_error *err)
{
    ent_table *t = icio->table;
    ent_sheet *sheet = &icio->sheet;
    const ptrdiff_t rows = t->regions.count * t->sectors.count;
    double *const to[3] = {t->tls, t->va, t->x};
    while (ent_csv_next_row(&sheet->csv)) {
        ent_field label;
        int which = 0;
        ENT_TRY(ent_csv_take(&sheet->csv, &label, err));
        while (which < 3 && !ent_field_is(&label, bottom[which])) which++;
        if (which == 3)
            return ent_field_fail(&sheet->csv, &label, err, "'%s' stands where TLS, VA or OUT belongs",
                                  ent_field_show(&label).text);
        if (icio->seen[which]++)
            return ent_field_fail(&sheet->csv, &label, err, "the row %s is there twice", bottom[which]);
        ENT_TRY(ent_sheet_numbers(sheet, bottom[which], rows, to[which], err));
        ENT_TRY(ent_sheet_row_end(sheet, bottom[which], t->regions.count * t->uses.count + 1, err));
    }
    for (int which = 0; which < 3; which++)
        if (!icio->seen[which])
            return ent_fail(err, ENT_BAD_INPUT, "%s: has no row %s below the industries; is the file cut?",
                            sheet->csv.path, bottom[which]);
    return ENT_OK;
}

/* The output stands twice, as last column and as last row. */
static ent_status compare_outputs(const ent_icio *icio, ent_error *err)
{
    const ent_table *t = icio->table;
    const double slack = 2.0 * ent_sheet_rounding(&icio->sheet);
    for (ptrdiff_t k = 0; k < t->regions.count * t->sectors.count; k++) {
        const double column = icio->out_column[k], row = t->x[k], gap = fabs(column - row);
        if (gap <= slack || gap <= 1e-6 * fabs(row)) continue;
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: the output of %s_%s is %.10g in the column OUT, but %.10g in the row OUT",
                        icio->sheet.csv.path, t->regions.code[k / t->sectors.count],
                        t->sectors.code[k % t->sectors.count], column, row);
    }
    return ENT_OK;
}

/* ---- the table ---- */

static ent_status begin_table(ent_icio *icio, const ent_import *ask, ent_error *err)
{
    ent_table *t = icio->table;
    const char *path = icio->sheet.csv.path;
    t->name = ask->name != NULL ? ent_string_copy(icio->arena, ask->name) : ent_source_name(path, icio->arena);
    t->year = ask->year != 0 ? ask->year : ent_year_in(ent_source_base(path));
    t->title = ent_string_format(icio->arena, "Inter-country input-output table of %td economies and %td industries",
                                 t->regions.count, t->sectors.count);
    t->source = "in the layout of the OECD Inter-Country Input-Output tables; attribute their publisher";
    t->is_good = ent_new0(icio->arena, unsigned char, t->sectors.count);
    icio->out_column = ent_new0(icio->scratch, double, t->regions.count * t->sectors.count);
    if (t->name == NULL || t->title == NULL || t->is_good == NULL || icio->out_column == NULL ||
        ent_names_add(&t->factors, icio->arena, "VA", "Value added", NULL) != ENT_OK ||
        ent_members_fill(t, icio->arena) != ENT_OK)
        return no_memory(icio, err);
    label_industries(t);
    return ENT_OK;
}

/* Taxes on products that users pay include duties; a table without such taxes has them in what is left, value added. */
static ent_duty_accounts duty_accounts(const ent_table *table)
{
    for (ptrdiff_t k = 0; k < table->regions.count * table->sectors.count; k++)
        if (table->tls[k] != 0.0) return ENT_DUTIES_IN_TAXES;
    return ENT_DUTIES_IN_VALUE_ADDED;
}

static ent_status tell(ent_icio *icio, ptrdiff_t unknown, ent_error *err)
{
    ent_table *t = icio->table;
    ent_status status = ent_history_add(
        t, icio->arena,
        "imported from the oecd-icio layout: %s, printed to %d decimals; no duties and no trade elasticities in it",
        ent_source_base(icio->sheet.csv.path), icio->sheet.decimals);
    if (status == ENT_OK && unknown > 0)
        status =
            ent_history_add(t, icio->arena, "%td industry codes are not of ISIC; those are taken as goods", unknown);
    return status == ENT_OK ? ENT_OK : no_memory(icio, err);
}

ent_status ent_oecd_icio_read(const ent_source *source, const ent_import *ask, ent_arena *arena, ent_table *table,
                              ent_rounding *rounding, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_icio icio = {.table = table, .arena = arena, .scratch = &scratch};
    *table = (ent_table){0};
    ent_sheet_open(&icio.sheet, source, &scratch);
    ENT_TRY(take_labels(&icio, err));
    ENT_TRY(collect_names(&icio, err));
    ENT_TRY(check_header(&icio, err));
    const ptrdiff_t rows = table->regions.count * table->sectors.count;
    ENT_TRY(ent_sheet_allowed(&icio.sheet, rows, rows + table->regions.count * table->uses.count, err));
    ENT_TRY(begin_table(&icio, ask, err));
    const ptrdiff_t unknown = mark_goods(table);
    ENT_TRY(ent_table_make(table, arena, err));
    for (ptrdiff_t row = 0; row < rows; row++) ENT_TRY(read_producer(&icio, row, err));
    ENT_TRY(read_bottom(&icio, err));
    ENT_TRY(compare_outputs(&icio, err));
    table->duty_accounts = duty_accounts(table);
    rounding->cell = ent_sheet_rounding(&icio.sheet);
    return tell(&icio, unknown, err);
}
