/* tidy.c: the layout `tidy`: a world as long lists, for those who have numbers and no layout.
 *
 *   flows.csv          exporter,importer,sector,use,value_musd   a use that is a sector's code is that sector of the
 *                                                                importer; any other is a final use of it
 *   value_added.csv    region,sector,factor,value_musd           perhaps; factor TLS: taxes less subsidies. Without the
 *                                                                file value added is output less inputs
 *   duties.csv         importer,exporter,sector,rate             perhaps; or rate_pct, or factor (1 + rate)
 *   elasticities.csv   sector,trade_elasticity                   perhaps; also `name`, and `traded`: 1 goods, 0
 * services
 *
 * Regions, sectors and final uses come in order of appearance; what isn't listed is zero; more columns may be there.
 * A sector is one that somebody sells, so flows are read twice: first for the names, then for the values. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/readers.h"
#include "text/records.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

enum column {
    EXPORTER,
    IMPORTER,
    SECTOR,
    USE,
    VALUE,
    COLUMNS
};
static const char *const columns[COLUMNS] = {"exporter", "importer", "sector", "use", "value_musd"};

static ent_status no_memory(const char *path, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", path);
}

static ent_status open_flows(const ent_source *source, ent_arena *scratch, ent_records *r, ptrdiff_t column[COLUMNS],
                             ent_error *err)
{
    ENT_TRY(ent_records_open(r, source->bytes, source->path, scratch, err));
    for (int c = 0; c < COLUMNS; c++) ENT_TRY(ent_records_column(r, columns[c], &column[c], err));
    return ENT_OK;
}

/* ---- names ---- */

static ent_status read_names(const ent_source *source, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t column[COLUMNS], at;
    int found;
    ENT_TRY(open_flows(source, &scratch, &r, column, err));
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(ent_records_name(&r, column[EXPORTER], &table->regions, arena, &at, err));
        ENT_TRY(ent_records_name(&r, column[IMPORTER], &table->regions, arena, &at, err));
        ENT_TRY(ent_records_name(&r, column[SECTOR], &table->sectors, arena, &at, err));
    }
    if (r.row == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: holds no flow", source->path);
    for (ptrdiff_t n = 0; n < table->regions.count; n++) {
        const char *name = ent_country_name(table->regions.code[n]);
        if (name != NULL) table->regions.label[n] = name;
    }
    return ENT_OK;
}

static ent_status read_uses(const ent_source *source, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t column[COLUMNS], at;
    int found;
    ENT_TRY(open_flows(source, &scratch, &r, column, err));
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        const ent_field *use = &r.field[column[USE]];
        if (ent_names_find_n(&table->sectors, use->text, use->length) >= 0) continue;
        ENT_TRY(ent_records_name(&r, column[USE], &table->uses, arena, &at, err));
    }
    if (table->uses.count == 0)
        return ent_fail(err, ENT_BAD_INPUT, "%s: every use is a sector's code; a world needs a final use, such as HFCE",
                        source->path);
    return ENT_OK;
}

/* ---- values ---- */

/* One flow into z or f, which hold NaN where nothing was said yet. */
static ent_status place_flow(const ent_records *r, const ptrdiff_t column[COLUMNS], ent_table *table, ent_error *err)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count, U = table->uses.count;
    ptrdiff_t i, n, j;
    double value;
    ENT_TRY(ent_records_known(r, column[EXPORTER], &table->regions, "region", &i, err));
    ENT_TRY(ent_records_known(r, column[IMPORTER], &table->regions, "region", &n, err));
    ENT_TRY(ent_records_known(r, column[SECTOR], &table->sectors, "sector", &j, err));
    ENT_TRY(ent_records_number(r, column[VALUE], &value, err));
    const ent_field *use = &r->field[column[USE]];
    const ptrdiff_t k = ent_names_find_n(&table->sectors, use->text, use->length);
    const ptrdiff_t u = ent_names_find_n(&table->uses, use->text, use->length);
    double *cell = k >= 0 ? &table->z[(i * J + j) * R * J + n * J + k] : &table->f[((i * J + j) * R + n) * U + u];
    if (k >= 0 && value < 0.0)
        return ENT_RECORDS_FAIL(r, column[VALUE], err, "the sales to a sector are negative (%g)", value);
    if (!isnan(*cell)) return ENT_RECORDS_FAIL(r, column[EXPORTER], err, "this flow is there twice");
    *cell = value;
    return ENT_OK;
}

static void fill(ptrdiff_t count, double *cell, double with)
{
    for (ptrdiff_t c = 0; c < count; c++) cell[c] = with;
}

static void absent_is_zero(ptrdiff_t count, double *cell)
{
    for (ptrdiff_t c = 0; c < count; c++)
        if (isnan(cell[c])) cell[c] = 0.0;
}

static ent_status read_flows(const ent_source *source, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t rows = table->regions.count * table->sectors.count, uses = table->regions.count * table->uses.count;
    ent_records r;
    ptrdiff_t column[COLUMNS];
    int found;
    ENT_TRY(open_flows(source, &scratch, &r, column, err));
    fill(rows * rows, table->z, NAN);
    fill(rows * uses, table->f, NAN);
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(place_flow(&r, column, table, err));
    }
    absent_is_zero(rows * rows, table->z);
    absent_is_zero(rows * uses, table->f);
    return ENT_OK;
}

static void sum_output(ent_table *table)
{
    const ptrdiff_t rows = table->regions.count * table->sectors.count, uses = table->regions.count * table->uses.count;
    for (ptrdiff_t row = 0; row < rows; row++) {
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < rows; c++) sum += table->z[row * rows + c];
        for (ptrdiff_t c = 0; c < uses; c++) sum += table->f[row * uses + c];
        table->x[row] = sum;
    }
}

/* ---- value added ---- */

static ent_status read_factors(const ent_source *source, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t factor, at;
    int found;
    if (source->bytes.data != NULL) {
        ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
        ENT_TRY(ent_records_column(&r, "factor", &factor, err));
        for (;;) {
            ENT_TRY(ent_records_next(&r, &found, err));
            if (!found) break;
            if (ent_field_is(&r.field[factor], "TLS")) continue;
            ENT_TRY(ent_records_name(&r, factor, &table->factors, arena, &at, err));
        }
        if (table->factors.count == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: names no factor", source->path);
        return ENT_OK;
    }
    return ent_names_add(&table->factors, arena, "VA", "Value added", NULL) == ENT_OK ? ENT_OK : no_memory("tidy", err);
}

static ent_status place_value_added(const ent_records *r, const ptrdiff_t column[4], ent_table *table, ent_error *err)
{
    const ptrdiff_t J = table->sectors.count, G = table->factors.count;
    ptrdiff_t n, k;
    double value;
    ENT_TRY(ent_records_known(r, column[0], &table->regions, "region of the flows", &n, err));
    ENT_TRY(ent_records_known(r, column[1], &table->sectors, "sector of the flows", &k, err));
    ENT_TRY(ent_records_number(r, column[3], &value, err));
    const ent_field *factor = &r->field[column[2]];
    const ptrdiff_t g = ent_names_find_n(&table->factors, factor->text, factor->length);
    double *cell = g >= 0 ? &table->va[(n * J + k) * G + g] : &table->tls[n * J + k];
    if (!isnan(*cell)) return ENT_RECORDS_FAIL(r, column[0], err, "this value added is there twice");
    *cell = value;
    return ENT_OK;
}

static ent_status read_value_added(const ent_source *source, ent_table *table, ent_error *err)
{
    static const char *const names[4] = {"region", "sector", "factor", "value_musd"};
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t rows = table->regions.count * table->sectors.count;
    ent_records r;
    ptrdiff_t column[4];
    int found;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    for (int c = 0; c < 4; c++) ENT_TRY(ent_records_column(&r, names[c], &column[c], err));
    fill(rows * table->factors.count, table->va, NAN);
    fill(rows, table->tls, NAN);
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(place_value_added(&r, column, table, err));
    }
    absent_is_zero(rows * table->factors.count, table->va);
    absent_is_zero(rows, table->tls);
    return ENT_OK;
}

/* Output less inputs. */
static void derive_value_added(ent_table *table)
{
    const ptrdiff_t rows = table->regions.count * table->sectors.count;
    for (ptrdiff_t k = 0; k < rows; k++) {
        double inputs = 0.0;
        for (ptrdiff_t row = 0; row < rows; row++) inputs += table->z[row * rows + k];
        table->va[k] = table->x[k] - inputs;
    }
}

/* ---- duties and elasticities ---- */

typedef enum {
    AS_RATE,
    AS_PERCENT,
    AS_FACTOR,
    WRITINGS
} writing;

static ent_status find_duty_column(const ent_records *r, ptrdiff_t *column, writing *how, ent_error *err)
{
    static const char *const names[WRITINGS] = {"rate", "rate_pct", "factor"};
    for (int w = 0; w < WRITINGS; w++) {
        *column = ent_names_find(&r->columns, names[w]);
        *how = (writing)w;
        if (*column >= 0) return ENT_OK;
    }
    return ent_fail(err, ENT_BAD_INPUT, "%s: has no column 'rate', 'rate_pct' or 'factor'", r->csv.path);
}

static ent_status place_duty(const ent_records *r, const ptrdiff_t column[4], writing how, ent_table *table,
                             ent_error *err)
{
    const ptrdiff_t R = table->regions.count, J = table->sectors.count;
    ptrdiff_t i, n, j;
    double value;
    ENT_TRY(ent_records_known(r, column[0], &table->regions, "region of the flows", &n, err));
    ENT_TRY(ent_records_known(r, column[1], &table->regions, "region of the flows", &i, err));
    ENT_TRY(ent_records_known(r, column[2], &table->sectors, "sector of the flows", &j, err));
    ENT_TRY(ent_records_number(r, column[3], &value, err));
    const double rate = how == AS_RATE ? value : how == AS_PERCENT ? value / 100.0 : value - 1.0;
    double *cell = &table->duty[(i * R + n) * J + j];
    if (!(rate > -1.0))
        return ENT_RECORDS_FAIL(r, column[3], err, "the duty is %g; as a rate it must be more than -1", rate);
    if (i == n && rate != 0.0)
        return ENT_RECORDS_FAIL(r, column[3], err, "'%s' has a duty on its own goods; it must be 0",
                                table->regions.code[n]);
    if (!isnan(*cell)) return ENT_RECORDS_FAIL(r, column[0], err, "this duty is there twice");
    *cell = rate;
    return ENT_OK;
}

static ent_status read_duties(const ent_source *source, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t cells = table->regions.count * table->regions.count * table->sectors.count;
    static const char *const names[3] = {"importer", "exporter", "sector"};
    ent_records r;
    ptrdiff_t column[4];
    writing how;
    int found;
    if (source->bytes.data == NULL) return ENT_OK;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    for (int c = 0; c < 3; c++) ENT_TRY(ent_records_column(&r, names[c], &column[c], err));
    ENT_TRY(find_duty_column(&r, &column[3], &how, err));
    fill(cells, table->duty, NAN);
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(place_duty(&r, column, how, table, err));
    }
    absent_is_zero(cells, table->duty);
    return ENT_OK;
}

/* The sector's elasticity, and its name and kind where the file says them. */
static ent_status place_sector(const ent_records *r, ptrdiff_t sector, ptrdiff_t value, ent_arena *arena,
                               ent_table *table, ent_error *err)
{
    const ptrdiff_t name = ent_names_find(&r->columns, "name"), traded = ent_names_find(&r->columns, "traded");
    ptrdiff_t j;
    double theta;
    ENT_TRY(ent_records_known(r, sector, &table->sectors, "sector of the flows", &j, err));
    ENT_TRY(ent_records_number(r, value, &theta, err));
    if (!(theta > 0.0))
        return ENT_RECORDS_FAIL(r, value, err, "the trade elasticity is %g; it must be a positive number", theta);
    if (table->trade_elasticity[j] > 0.0)
        return ENT_RECORDS_FAIL(r, sector, err, "the elasticity of sector '%s' is there twice", table->sectors.code[j]);
    table->trade_elasticity[j] = theta;
    if (name >= 0 && r->field[name].length > 0) {
        table->sectors.label[j] = ent_string_copy_n(arena, r->field[name].text, r->field[name].length);
        if (table->sectors.label[j] == NULL) return no_memory(r->csv.path, err);
    }
    if (traded < 0) return ENT_OK;
    if (!ent_field_is(&r->field[traded], "0") && !ent_field_is(&r->field[traded], "1"))
        return ENT_RECORDS_FAIL(r, traded, err, "'%s' does not say whether the sector is traded; write 1 or 0",
                                ent_field_show(&r->field[traded]).text);
    table->is_good[j] = r->field[traded].text[0] == '1';
    return ENT_OK;
}

static ent_status read_elasticities(const ent_source *source, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t sector, value;
    int found;
    if (source->bytes.data == NULL) return ENT_OK;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    ENT_TRY(ent_records_column(&r, "sector", &sector, err));
    ENT_TRY(ent_records_column(&r, "trade_elasticity", &value, err));
    table->trade_elasticity = ent_new0(arena, double, table->sectors.count);
    table->elasticity_source = ent_string_copy(arena, ent_source_base(source->path));
    if (table->trade_elasticity == NULL || table->elasticity_source == NULL) return no_memory(source->path, err);
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(place_sector(&r, sector, value, arena, table, err));
    }
    for (ptrdiff_t j = 0; j < table->sectors.count; j++)
        if (!(table->trade_elasticity[j] > 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "%s: has no elasticity of sector '%s'", source->path,
                            table->sectors.code[j]);
    return ENT_OK;
}

/* ---- the table ---- */

static ent_status begin_table(const ent_tidy_sources *s, const ent_import *ask, ent_arena *arena, ent_table *table,
                              ent_error *err)
{
    const char *path = s->flows.path;
    table->name = ask->name != NULL ? ent_string_copy(arena, ask->name) : ent_source_name(path, arena);
    table->year = ask->year != 0 ? ask->year : ent_year_in(ent_source_base(path));
    table->title = ent_string_format(arena, "World of %td region%s and %td sector%s", table->regions.count,
                                     table->regions.count == 1 ? "" : "s", table->sectors.count,
                                     table->sectors.count == 1 ? "" : "s");
    table->is_good = ent_new(arena, unsigned char, table->sectors.count);
    if (table->name == NULL || table->title == NULL || table->is_good == NULL ||
        ent_members_fill(table, arena) != ENT_OK)
        return no_memory(path, err);
    memset(table->is_good, 1, (size_t)table->sectors.count);
    return ENT_OK;
}

static ent_status tell(const ent_tidy_sources *s, ent_arena *arena, ent_table *table, ent_error *err)
{
    ent_text uses = {.arena = arena};
    for (ptrdiff_t u = 0; u < table->uses.count && u < 12; u++)
        ent_text_say(&uses, "%s%s", u == 0 ? "" : ", ", table->uses.code[u]);
    if (uses.failed) return no_memory(s->flows.path, err);
    const ent_status status = ent_history_add(
        table, arena, "imported from the tidy layout: %s; final uses %s%s; value added %s; %s; %s",
        ent_source_base(s->flows.path), uses.data, table->uses.count > 12 ? " …" : "",
        s->value_added.bytes.data != NULL ? "from value_added.csv" : "is output less inputs",
        s->duties.bytes.data != NULL ? "duties from duties.csv" : "no duties",
        s->elasticities.bytes.data != NULL ? "trade elasticities from elasticities.csv" : "no trade elasticities");
    return status == ENT_OK ? ENT_OK : no_memory(s->flows.path, err);
}

ent_status ent_tidy_read(const ent_tidy_sources *sources, const ent_import *ask, ent_arena *arena, ent_table *table,
                         ent_error *err)
{
    const size_t text_bytes = sources->flows.bytes.size + sources->value_added.bytes.size + sources->duties.bytes.size;
    *table = (ent_table){.duty_accounts = ENT_DUTIES_IN_VALUE_ADDED};
    ENT_TRY(read_names(&sources->flows, arena, table, err));
    ENT_TRY(read_uses(&sources->flows, arena, table, err));
    ENT_TRY(read_factors(&sources->value_added, arena, table, err));
    ENT_TRY(ent_sparse_allowed(sources->flows.path, table->regions.count,
                               table->sectors.count + table->uses.count + table->factors.count, text_bytes, err));
    ENT_TRY(begin_table(sources, ask, arena, table, err));
    ENT_TRY(read_elasticities(&sources->elasticities, arena, table, err));
    ENT_TRY(ent_table_make(table, arena, err));
    ENT_TRY(read_flows(&sources->flows, table, err));
    sum_output(table);
    if (sources->value_added.bytes.data != NULL)
        ENT_TRY(read_value_added(&sources->value_added, table, err));
    else
        derive_value_added(table);
    ENT_TRY(read_duties(&sources->duties, table, err));
    return tell(sources, arena, table, err);
}
