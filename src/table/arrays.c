/* arrays.c: the lists of table.def as data, and named sets (groups). */
// SPDX-License-Identifier: MIT
#include "table/arrays.h"
#include <string.h>

#define DIMS(a, b, c, d)                                                                                               \
    {                                                                                                                  \
        ENT_DIM_##a, ENT_DIM_##b, ENT_DIM_##c, ENT_DIM_##d                                                             \
    }

const ent_table_array ent_table_arrays[] = {
#define ARRAY(name, rank, dims, optional, symbol, unit, words)                                                         \
    {#name, offsetof(ent_table, name), rank, DIMS dims, optional, symbol, unit, words},
#include "table/table.def"
#undef ARRAY
};
const ptrdiff_t ent_table_arrays_count = sizeof ent_table_arrays / sizeof *ent_table_arrays;

const ent_table_string ent_table_strings[] = {
#define STRING(name, identity) {#name, offsetof(ent_table, name), identity},
#include "table/table.def"
#undef STRING
};
const ptrdiff_t ent_table_strings_count = sizeof ent_table_strings / sizeof *ent_table_strings;

const char *ent_dim_name(ent_dim dim)
{
    static const char *const names[ENT_DIMS] = {"region", "sector", "buyer_region", "buyer_sector", "use", "factor"};
    return names[dim];
}

const ent_names *ent_dim_names(const ent_table *table, ent_dim dim)
{
    switch (dim) {
    case ENT_DIM_REGION:
    case ENT_DIM_BUYER_REGION:
        return &table->regions;
    case ENT_DIM_SECTOR:
    case ENT_DIM_BUYER_SECTOR:
        return &table->sectors;
    case ENT_DIM_USE:
        return &table->uses;
    case ENT_DIM_FACTOR:
    case ENT_DIMS:
        break;
    }
    return &table->factors;
}

/* Members are reached by offset; memcpy keeps that within the rules of aliasing. */
double *ent_array_data(const ent_table *table, const ent_table_array *array)
{
    double *data;
    memcpy(&data, (const char *)table + array->offset, sizeof data);
    return data;
}

void ent_array_set(ent_table *table, const ent_table_array *array, double *data)
{
    memcpy((char *)table + array->offset, &data, sizeof data);
}

const char *ent_string_get(const ent_table *table, const ent_table_string *string)
{
    const char *value;
    memcpy(&value, (const char *)table + string->offset, sizeof value);
    return value;
}

void ent_string_set(ent_table *table, const ent_table_string *string, const char *value)
{
    memcpy((char *)table + string->offset, &value, sizeof value);
}

ptrdiff_t ent_array_cells(const ent_table *table, const ent_table_array *array)
{
    ptrdiff_t cells = 1;
    for (int d = 0; d < array->rank; d++) {
        const ptrdiff_t length = ent_dim_names(table, array->dim[d])->count;
        if (length > 0 && cells > PTRDIFF_MAX / (ptrdiff_t)sizeof(double) / length) return -1;
        cells *= length;
    }
    return cells;
}

ent_status ent_groups_add(ent_groups *groups, ent_arena *arena, ptrdiff_t of, const char *code, const char *label,
                          const unsigned char *member)
{
    ptrdiff_t at = ent_names_find(&groups->names, code);
    if (at < 0) { /* one more row: sets are few and small, so the matrix is simply copied */
        ENT_TRY(ent_names_add(&groups->names, arena, code, label, &at));
        unsigned char *rows = ent_new(arena, unsigned char, groups->names.count *of);
        if (rows == NULL) return ENT_NO_MEMORY;
        if (at > 0 && of > 0) memcpy(rows, groups->member, (size_t)(at * of));
        groups->member = rows;
        groups->of = of;
    }
    if (of > 0) memcpy(groups->member + at * of, member, (size_t)of);
    return ENT_OK;
}
