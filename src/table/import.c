/* import.c: a world from a source's files: read, clean, judge, repair or refuse, check, group.
 *
 * The order: stock changes that are moved don't touch sums, so they go first; then the gaps are judged. Gaps that the
 * source's printed digits explain are repaired without asking and reported; larger ones only with --balance. Outputs by
 * Leontief need sums that hold, so that treatment comes after. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/repair.h"
#include <string.h>
#include <sys/stat.h>

/* ---- reading ---- */

static ent_status one_path(const ent_import *ask, const char *layout, const char *what, ent_error *err)
{
    if (ask->path_count == 1) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "the %s layout is %s, but %td paths are given", layout, what, ask->path_count);
}

static ent_status read_file(const ent_import *ask, ent_arena *arena, ent_table *table, ent_rounding *rounding,
                            ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const int is_icio = ask->layout == ENT_LAYOUT_OECD_ICIO;
    ent_source source = {0};
    ENT_TRY(one_path(ask, is_icio ? "oecd-icio" : "wiod-2013", "one file", err));
    source.path = ask->paths[0];
    ENT_TRY(ent_bytes_read(source.path, 0, &scratch, &source.bytes, err));
    return is_icio ? ent_oecd_icio_read(&source, ask, arena, table, rounding, err)
                   : ent_wiod_2013_read(&source, ask, arena, table, rounding, err);
}

static ent_status read_parro(const ent_import *ask, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_parro_sources sources;
    ENT_TRY(one_path(ask, "caliendo-parro", "one folder", err));
    ENT_TRY(ent_caliendo_parro_open(ask->paths[0], &scratch, &sources, err));
    return ent_caliendo_parro_read(&sources, ask, arena, table, err);
}

/* A folder holds flows.csv and perhaps the others; a file is the flows alone. */
static ent_status open_tidy(const ent_import *ask, ent_arena *arena, ent_tidy_sources *sources, ent_error *err)
{
    static const char *const names[] = {"flows.csv", "value_added.csv", "duties.csv", "elasticities.csv"};
    ent_source *const files[] = {&sources->flows, &sources->value_added, &sources->duties, &sources->elasticities};
    struct stat about;
    *sources = (ent_tidy_sources){0};
    ENT_TRY(one_path(ask, "tidy", "one file of flows, or a folder that holds flows.csv", err));
    const char *path = ask->paths[0];
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode)) {
        sources->flows.path = path;
        return ent_bytes_read(path, 0, arena, &sources->flows.bytes, err);
    }
    for (int f = 0; f < 4; f++) ENT_TRY(ent_source_find(path, names[f], arena, files[f], err));
    if (sources->flows.bytes.data != NULL) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%s: has no flows.csv; the tidy layout needs it", path);
}

static ent_status read_tidy(const ent_import *ask, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_tidy_sources sources;
    ENT_TRY(open_tidy(ask, &scratch, &sources, err));
    ent_import named = *ask; /* a folder's world is called like the folder, not "flows" */
    if (ask->name == NULL && strcmp(ent_source_base(sources.flows.path), ent_source_base(ask->paths[0])) != 0)
        named.name = ent_source_name(ask->paths[0], &scratch);
    return ent_tidy_read(&sources, &named, arena, table, err);
}

static ent_status read_layout(const ent_import *ask, ent_arena *arena, ent_table *table, ent_rounding *rounding,
                              ent_error *err)
{
    *rounding = (ent_rounding){0};
    switch (ask->layout) {
    case ENT_LAYOUT_OECD_ICIO:
    case ENT_LAYOUT_WIOD_2013:
        return read_file(ask, arena, table, rounding, err);
    case ENT_LAYOUT_CALIENDO_PARRO:
        return read_parro(ask, arena, table, err);
    case ENT_LAYOUT_TIDY:
        return read_tidy(ask, arena, table, err);
    }
    return ent_fail(err, ENT_BAD_INPUT, "no such layout");
}

/* ---- mending ---- */

ent_status ent_table_mend(const ent_import *ask, ent_rounding rounding, ent_arena *arena, ent_table *table,
                          ent_error *err)
{
    ent_gaps gaps;
    if (ask->stocks == ENT_STOCKS_MOVE) ENT_TRY(ent_table_clean_stocks(table, ask->stocks, arena, err));
    ENT_TRY(ent_gaps_judge(table, rounding, &gaps, err));
    if (gaps == ENT_GAPS_LARGE && !ask->balance) return ent_table_check(table, err);
    if (gaps != ENT_GAPS_NONE) ENT_TRY(ent_table_repair(table, arena, err));
    if (ask->stocks == ENT_STOCKS_LEONTIEF) ENT_TRY(ent_table_clean_stocks(table, ask->stocks, arena, err));
    return ask->stocks == ENT_STOCKS_KEEP ? ENT_OK : ent_table_check(table, err);
}

static ent_status group(const ent_import *ask, const ent_table *fine, ent_arena *arena, ent_table *table,
                        ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names regions, sectors;
    ptrdiff_t *region_map = NULL, *sector_map = NULL;
    if (ask->region_map != NULL)
        ENT_TRY(ent_mapping_read(ask->region_map, &fine->regions, &scratch, &region_map, &regions, err));
    if (ask->sector_map != NULL)
        ENT_TRY(ent_mapping_read(ask->sector_map, &fine->sectors, &scratch, &sector_map, &sectors, err));
    return ent_table_group(fine, region_map, &regions, sector_map, &sectors, arena, table, err);
}

ent_status ent_table_import(const ent_import *ask, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_rounding rounding;
    ent_table fine;
    const int grouped = ask->region_map != NULL || ask->sector_map != NULL;
    ent_arena *home = grouped ? &scratch : arena;
    ENT_TRY(read_layout(ask, home, &fine, &rounding, err));
    ENT_TRY(ent_table_mend(ask, rounding, home, &fine, err));
    if (grouped) return group(ask, &fine, arena, table, err);
    *table = fine;
    return ENT_OK;
}
