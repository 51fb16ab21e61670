/* files.c: see files.h. */
// SPDX-License-Identifier: MIT
#include "files.h"

ent_status files_write(const char *folder, const char *name, const ent_text *text, ent_arena *arena, ent_error *err)
{
    const char *path = ent_path_join(arena, folder, name);
    if (path == NULL || text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for %s", name);
    return ent_bytes_write(path, text->data != NULL ? text->data : "", text->size, err);
}
