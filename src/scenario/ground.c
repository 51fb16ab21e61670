/* ground.c: from an action's names to cells. A file of values becomes a dense block of cells with NaN where it says
 * nothing: at 81 x 81 x 50 that is 2.6 MB for the time of one action, and every later step is an index. */
// SPDX-License-Identifier: MIT
#include "scenario/ground.h"
#include "text/records.h"
#include <math.h>
#include <string.h>

ent_naming ent_naming_of(const ent_table *table)
{
    const char *name = table->name != NULL && table->name[0] != 0 ? table->name : "the table";
    return (ent_naming){{&table->regions, &table->region_groups, "region", name},
                        {&table->sectors, &table->sector_groups, "sector", name}};
}

static int on_lanes(const ent_action *action)
{
    return ent_action_is_on_lanes(action->kind);
}

/* Duties and export taxes are levied on goods unless the file of the action says on what. */
static const char *absent_sector(const ent_action *action)
{
    const int levied = action->kind == ENT_ACTION_duty || action->kind == ENT_ACTION_export_tax;
    return levied && action->file == NULL ? "goods" : "all";
}

/* ---- choices ---- */
ent_status ent_sides_resolve(const ent_reading *reading, const ent_yaml *choice_here, const ent_yaml *choice_there,
                             const ent_nameable *regions, unsigned char *here, unsigned char *there,
                             unsigned char *rest)
{
    const int later = ent_choice_says_rest(choice_here); /* then there is the side that can be known first */
    unsigned char *first = later ? there : here, *second = later ? here : there;
    ENT_TRY(ent_choice_resolve(reading, later ? choice_there : choice_here, "all", regions, NULL, first));
    for (ptrdiff_t n = 0; n < regions->names->count; n++) rest[n] = !first[n];
    return ent_choice_resolve(reading, later ? choice_here : choice_there, "all", regions, rest, second);
}

static ent_status refuse_home(const ent_reading *reading, const ent_action *action, const ent_reach *reach,
                              const ent_naming *naming)
{
    ptrdiff_t importers = 0, exporters = 0, one = -1;
    for (ptrdiff_t n = 0; n < reach->regions; n++) {
        importers += reach->importer[n];
        exporters += reach->exporter[n];
        if (reach->importer[n] && reach->exporter[n]) one = n;
    }
    if (importers != 1 || exporters != 1 || one < 0) return ENT_OK;
    return ENT_REFUSE(reading, action->exporter != NULL ? action->exporter : action->at,
                      "importer and exporter are both %s; what is sold at home crosses no border, name another",
                      naming->regions.names->code[one]);
}

/* ---- values from a file ---- */
typedef struct {
    ent_records records;
    const ent_nameable *among[3]; /* for importer (or region), exporter, sector */
    ptrdiff_t key[3], value;      /* columns; key -1: not in the file */
    const unsigned char *chosen[3];
    int32_t *line; /* as reach->value: where the value stands, 0 none */
} value_rows;

static ptrdiff_t find_field(const ent_nameable *among, const ent_field *field, ent_arena *scratch)
{
    const ptrdiff_t found = ent_names_find_n(among->names, field->text, field->length);
    if (found >= 0) return found;
    const char *word = ent_string_copy_n(scratch, field->text, field->length);
    return word == NULL ? -1 : ent_nameable_find(among, word);
}

/* Which cells a row speaks of: at[k] an index or -1 for all that are chosen. *skip: it lies outside the choice. */
static ent_status place_row(const ent_reading *reading, const value_rows *rows, ptrdiff_t at[3], int *skip)
{
    ENT_SCRATCH scratch = {0};
    int unknown = -1;
    *skip = 0;
    for (int k = 0; k < 3; k++) {
        at[k] = -1;
        if (rows->key[k] < 0) continue;
        at[k] = find_field(rows->among[k], &rows->records.field[rows->key[k]], &scratch);
        if (at[k] < 0 && unknown < 0) unknown = k;
        if (at[k] >= 0 && !rows->chosen[k][at[k]]) *skip = 1;
    }
    if (*skip || unknown < 0) return ENT_OK;
    const ent_field *field = &rows->records.field[rows->key[unknown]];
    const ent_yaml where = {.line = (int)field->line, .column = (int)(field->start - field->line_start) + 1};
    const char *word = ent_string_copy_n(&scratch, field->text, field->length);
    if (word == NULL) return ent_reading_no_memory(reading);
    const ent_reading file = {.path = rows->records.csv.path, .err = reading->err};
    return ent_nameable_unknown(&file, &where, rows->among[unknown], word);
}

static ent_status row_value(const ent_reading *reading, const value_rows *rows, const ent_action *action, double *value)
{
    const ent_field *field = &rows->records.field[rows->value];
    ENT_TRY(ent_records_number(&rows->records, rows->value, value, reading->err));
    if (action->file->unit == ENT_UNIT_PERCENT) *value /= 100.0;
    if (action->file->unit == ENT_UNIT_FACTOR) *value -= 1.0;
    const int subsidy = action->kind == ENT_ACTION_subsidy;
    if (action->change == ENT_CHANGE_ADD || (subsidy ? *value < 1.0 : *value > -1.0)) return ENT_OK;
    return ENT_RECORDS_FAIL(&rows->records, rows->value, reading->err,
                            "%s in column %s is %.10g %%; it must be %s100 %%, is the column's unit right?",
                            ent_field_show(field).text, action->file->column, 100.0 * *value,
                            subsidy ? "below " : "above -");
}

static ent_status fill_cell(const ent_reading *reading, const value_rows *rows, const ent_reach *reach, ptrdiff_t n,
                            ptrdiff_t i, ptrdiff_t j, double value)
{
    const ptrdiff_t cell = (n * reach->regions + i) * reach->sectors + j;
    const ent_field *field = &rows->records.field[0];
    if (rows->line[cell] != 0)
        return ENT_RECORDS_FAIL(
            &rows->records, 0, reading->err, "the value of %s%s%s, %s stands in line %d already; keep one of them",
            rows->among[0] != NULL ? rows->among[0]->names->code[n] : "", rows->among[0] != NULL ? " from " : "",
            rows->among[1]->names->code[i], rows->among[2]->names->code[j], rows->line[cell]);
    rows->line[cell] = (int32_t)field->line;
    reach->value[cell] = value;
    return ENT_OK;
}

/* A row fills its cells; where a key is no column of the file, those of all that are chosen. */
static ent_status fill_row(const ent_reading *reading, const value_rows *rows, const ent_action *action,
                           const ent_reach *reach, const ptrdiff_t at[3])
{
    const ptrdiff_t count[3] = {rows->among[0] != NULL ? reach->regions : 1, reach->regions, reach->sectors};
    ptrdiff_t from[3], to[3];
    double value;
    ENT_TRY(row_value(reading, rows, action, &value));
    for (int k = 0; k < 3; k++) {
        from[k] = at[k] < 0 ? 0 : at[k];
        to[k] = at[k] < 0 ? count[k] : at[k] + 1;
    }
    for (ptrdiff_t n = from[0]; n < to[0]; n++)
        for (ptrdiff_t i = from[1]; i < to[1]; i++) {
            if (rows->among[0] != NULL && (n == i || !rows->chosen[0][n])) continue; /* home is not touched */
            if (!rows->chosen[1][i]) continue;
            for (ptrdiff_t j = from[2]; j < to[2]; j++)
                if (rows->chosen[2][j]) ENT_TRY(fill_cell(reading, rows, reach, n, i, j, value));
        }
    return ENT_OK;
}

static ent_status open_rows(const ent_reading *reading, const ent_action *action, const ent_reach *reach,
                            const ent_naming *naming, ent_arena *scratch, value_rows *rows)
{
    const int lanes = on_lanes(action);
    const char *const keys[3] = {"importer", lanes ? "exporter" : "region", "sector"};
    *rows = (value_rows){.among = {lanes ? &naming->regions : NULL, &naming->regions, &naming->sectors},
                         .chosen = {reach->importer, reach->exporter, reach->sector}};
    ENT_TRY(ent_records_open(&rows->records, action->file->bytes, action->file->path, scratch, reading->err));
    ptrdiff_t found = 0;
    for (int k = 0; k < 3; k++) {
        rows->key[k] = k == 0 && !lanes ? -1 : ent_names_find(&rows->records.columns, keys[k]);
        found += rows->key[k] >= 0;
    }
    if (found == 0)
        return ent_fail(reading->err, ENT_BAD_INPUT,
                        "%s:1: none of the columns is called %s; they say whose value a row is", action->file->path,
                        lanes ? "importer, exporter or sector" : "region or sector");
    return ent_records_column(&rows->records, action->file->column, &rows->value, reading->err);
}

static ent_status read_values(const ent_reading *reading, const ent_action *action, const ent_naming *naming,
                              ent_reach *reach)
{
    ENT_SCRATCH scratch = {0};
    value_rows rows;
    const ptrdiff_t cells = (on_lanes(action) ? reach->regions : 1) * reach->regions * reach->sectors;
    reach->value = ent_new(reading->arena, double, cells);
    ENT_TRY(open_rows(reading, action, reach, naming, &scratch, &rows));
    rows.line = ent_new0(&scratch, int32_t, cells);
    if (reach->value == NULL || rows.line == NULL) return ent_reading_no_memory(reading);
    for (ptrdiff_t c = 0; c < cells; c++) reach->value[c] = NAN;
    for (;;) {
        ptrdiff_t at[3];
        int found, skip;
        ENT_TRY(ent_records_next(&rows.records, &found, reading->err));
        if (!found) return ENT_OK;
        ENT_TRY(place_row(reading, &rows, at, &skip));
        if (skip || rows.records.field[rows.value].length == 0) continue; /* an empty cell says nothing */
        ENT_TRY(fill_row(reading, &rows, action, reach, at));
    }
}

ent_status ent_reach_of(const ent_reading *reading, const ent_action *action, const ent_naming *naming,
                        ent_reach *reach)
{
    const ptrdiff_t regions = naming->regions.names->count, sectors = naming->sectors.names->count;
    *reach = (ent_reach){.regions = regions, .sectors = sectors};
    reach->importer = ent_new0(reading->arena, unsigned char, regions);
    reach->exporter = ent_new0(reading->arena, unsigned char, regions);
    reach->sector = ent_new0(reading->arena, unsigned char, sectors);
    unsigned char *rest = ent_new0(reading->arena, unsigned char, regions);
    if (reach->importer == NULL || reach->exporter == NULL || reach->sector == NULL || rest == NULL)
        return ent_reading_no_memory(reading);
    if (on_lanes(action)) {
        ENT_TRY(ent_sides_resolve(reading, action->importer, action->exporter, &naming->regions, reach->importer,
                                  reach->exporter, rest));
        ENT_TRY(refuse_home(reading, action, reach, naming));
    } else {
        ENT_TRY(ent_choice_resolve(reading, action->region, "all", &naming->regions, NULL, reach->exporter));
    }
    ENT_TRY(ent_choice_resolve(reading, action->sector, absent_sector(action), &naming->sectors, NULL, reach->sector));
    return action->file == NULL ? ENT_OK : read_values(reading, action, naming, reach);
}
