/* read.c: a world by name or path. Names come first, so that no file can stand in for an embedded world. */
// SPDX-License-Identifier: MIT
#include "table/embedded.h"
#include "table/flat.h"
#include "table/netcdf_world.h"
#include <string.h>
#include <sys/stat.h>

const char *ent_table_embedded(ptrdiff_t index)
{
    for (ptrdiff_t w = 0; ent_embedded_worlds[w].name != NULL; w++)
        if (w == index) return ent_embedded_worlds[w].name;
    return NULL;
}

static ent_status fail_unknown(const char *name, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names embedded = {0};
    for (ptrdiff_t w = 0; ent_embedded_worlds[w].name != NULL; w++)
        ENT_TRY(ent_names_add(&embedded, &scratch, ent_embedded_worlds[w].name, NULL, NULL));
    const char *nearest = ent_names_nearest(&embedded, name);
    for (ptrdiff_t w = 0; w < embedded.count; w++) /* "baseline" is far by edits, and yet plain */
        if (strlen(name) > 2 && strncmp(embedded.code[w], name, strlen(name)) == 0) nearest = embedded.code[w];
    if (nearest == NULL)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: neither an embedded world nor a file; `entente world list` names the embedded worlds, others are "
            "given by the path of their .nc file",
            name);
    return ent_fail(
        err, ENT_BAD_INPUT,
        "%s: neither an embedded world nor a file; is '%s' meant? Other worlds are given by the path of their .nc "
        "file",
        name, nearest);
}

ent_status ent_table_read(const char *name_or_path, ent_arena *arena, ent_table *table, ent_error *err)
{
    for (const ent_embedded_world *world = ent_embedded_worlds; world->name != NULL; world++)
        if (strcmp(world->name, name_or_path) == 0)
            return ent_flat_read((ent_bytes){world->start, (size_t)(world->end - world->start)}, arena, table, err);
    const size_t length = strlen(name_or_path);
    struct stat about;
    const int is_path = length > 3 && strcmp(name_or_path + length - 3, ".nc") == 0;
    if (!is_path && stat(name_or_path, &about) != 0) return fail_unknown(name_or_path, err);
    return ent_netcdf_read(name_or_path, arena, table, err);
}
