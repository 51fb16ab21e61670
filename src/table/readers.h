/* readers.h: one reader a layout, from bytes to a table as its source has it: labels, arrays, and the first line of its
 * history; not yet cleaned, repaired or checked (import.c does that). A reader opens no file, so that fuzzers and tests
 * reach it with bytes alone; it takes any bytes, without crash, leak or hang. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* One file as read. bytes.data NULL: there is none. bytes.data[bytes.size] is 0. */
typedef struct {
    const char *path; /* for sentences */
    ent_bytes bytes;
} ent_source;

/* How exact a source says its numbers are. */
typedef struct {
    double cell; /* half a unit of the last digit that it prints, million US dollars */
} ent_rounding;

/* Memory: the dense layouts have two bytes a cell at least, so their tables take at most eight times the text. A sparse
 * layout's table is refused where it would take more than this multiple of the text and this much beside. */
enum {
    ENT_SPARSE_MULTIPLE = 1000,
    ENT_SPARSE_BYTES = 1 << 20
};
ent_status ent_sparse_allowed(const char *path, ptrdiff_t regions, ptrdiff_t sectors, size_t text_bytes,
                              ent_error *err);

ent_status ent_oecd_icio_read(const ent_source *source, const ent_import *ask, ent_arena *arena, ent_table *table,
                              ent_rounding *rounding, ent_error *err);
ent_status ent_wiod_2013_read(const ent_source *source, const ent_import *ask, ent_arena *arena, ent_table *table,
                              ent_rounding *rounding, ent_error *err);

/* Caliendo-Parro folders, in two spellings: the one of PRODUCT.md, and the one of TradeFlow2017.csv. */
typedef enum {
    ENT_PARRO_FLOWS,
    ENT_PARRO_VALUE_ADDED, /* shares of value added by sector and country */
    ENT_PARRO_FINAL,       /* final shares; in the first spelling the same file as the value-added shares */
    ENT_PARRO_MATERIALS,   /* input-output shares */
    ENT_PARRO_TARIFFS,
    ENT_PARRO_SECTORS,
    ENT_PARRO_COUNTRIES,    /* first spelling only */
    ENT_PARRO_ELASTICITIES, /* second spelling only */
    ENT_PARRO_ACCOUNTS,     /* first spelling, perhaps: surpluses as stated */
    ENT_PARRO_FILES
} ent_parro_file;
typedef struct {
    const char *folder; /* for sentences and the name */
    int spelling;       /* index of ent_parro_spellings */
    ent_source file[ENT_PARRO_FILES];
} ent_parro_sources;
ent_status ent_caliendo_parro_read(const ent_parro_sources *sources, const ent_import *ask, ent_arena *arena,
                                   ent_table *table, ent_error *err);
/* Open a folder's files, those that it lacks from its parent; plain, .gz or .zst. */
ent_status ent_caliendo_parro_open(const char *folder, ent_arena *arena, ent_parro_sources *sources, ent_error *err);

/* Tidy: flows, and perhaps the three others. */
typedef struct {
    ent_source flows, value_added, duties, elasticities;
} ent_tidy_sources;
ent_status ent_tidy_read(const ent_tidy_sources *sources, const ent_import *ask, ent_arena *arena, ent_table *table,
                         ent_error *err);

ent_status ent_mapping_parse(const ent_source *source, const ent_names *names, ent_arena *arena, ptrdiff_t **map,
                             ent_names *to, ent_error *err);

/* What import does with a table as read: clean its stock changes, judge the gaps, repair or refuse, check. */
ent_status ent_table_mend(const ent_import *ask, ent_rounding rounding, ent_arena *arena, ent_table *table,
                          ent_error *err);

/* ---- what readers share ---- */

/* Read folder/name, or that with .gz or .zst; *source stays empty (bytes.data NULL) where none is there. */
ent_status ent_source_find(const char *folder, const char *name, ent_arena *arena, ent_source *source, ent_error *err);

/* The file's name without folder and endings ("2022_SML" of "/x/2022_SML.csv.gz"); "world" where nothing is left. */
const char *ent_source_name(const char *path, ent_arena *arena);

/* A file's own name, without its folder. */
const char *ent_source_base(const char *path);

/* The first four digits between 1900 and 2099 that stand alone; 0 where there are none. */
int ent_year_in(const char *text);

/* A code's name in the published lists; NULL where it isn't there. */
const char *ent_country_name(const char *iso3);
const char *ent_icio_industry_name(const char *code, int edition); /* 2023 or 2025 */

/* table->members: the regions that are countries stand for themselves, "EU" for its 27, others for none. */
ent_status ent_members_fill(ent_table *table, ent_arena *arena);
