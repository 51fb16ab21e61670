/* arrays.h: the lists that a table consists of: its dimensions, arrays and strings. Making, hashing, the flat bytes and
 * the world file all walk these lists, so a new array is one new row in table.def. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* Buyers have dimensions of their own, so that no array has the same one twice (xarray and R insist on it). */
typedef enum {
    ENT_DIM_REGION,
    ENT_DIM_SECTOR,
    ENT_DIM_BUYER_REGION,
    ENT_DIM_BUYER_SECTOR,
    ENT_DIM_USE,
    ENT_DIM_FACTOR,
    ENT_DIMS
} ent_dim;

typedef struct {
    const char *name;
    size_t offset; /* of the double * in ent_table */
    int rank;
    ent_dim dim[4];
    int optional; /* NULL where the table brings none */
    const char *symbol, *unit, *words;
} ent_table_array;

typedef struct {
    const char *name;
    size_t offset; /* of the const char * in ent_table */
    int identity;  /* 1: part of what the table is (ent_table_hash), 0: said about it */
} ent_table_string;

extern const ent_table_array ent_table_arrays[];
extern const ptrdiff_t ent_table_arrays_count;
extern const ent_table_string ent_table_strings[];
extern const ptrdiff_t ent_table_strings_count;

const char *ent_dim_name(ent_dim dim);                               /* "buyer_region" */
const ent_names *ent_dim_names(const ent_table *table, ent_dim dim); /* the list of names along it */
double *ent_array_data(const ent_table *table, const ent_table_array *array);
void ent_array_set(ent_table *table, const ent_table_array *array, double *data);
/* Number of cells; -1 where it does not fit in memory's address. */
ptrdiff_t ent_array_cells(const ent_table *table, const ent_table_array *array);
const char *ent_string_get(const ent_table *table, const ent_table_string *string);
void ent_string_set(ent_table *table, const ent_table_string *string, const char *value);

/* (T4), which whoever follows a bundle to its first sector asks for before. */
ent_status ent_bundles_check(const ent_table *table, ent_error *err);

/* Add a set of regions or sectors under a code, members [of]; a code that is there already is replaced. */
ent_status ent_groups_add(ent_groups *groups, ent_arena *arena, ptrdiff_t of, const char *code, const char *label,
                          const unsigned char *member);
