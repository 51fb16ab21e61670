/* source.c: files of a layout, found and named. */
// SPDX-License-Identifier: MIT
#include "table/readers.h"
#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

ent_status ent_source_find(const char *folder, const char *name, ent_arena *arena, ent_source *source, ent_error *err)
{
    static const char *const endings[] = {"", ".gz", ".zst"};
    *source = (ent_source){0};
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        char *file = ent_string_format(arena, "%s%s", name, endings[e]);
        char *path = file == NULL ? NULL : ent_path_join(arena, folder, file);
        if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to look for %s", folder, name);
        struct stat about;
        if (stat(path, &about) != 0) continue;
        source->path = path;
        return ent_bytes_read(path, 0, arena, &source->bytes, err);
    }
    return ENT_OK;
}

const char *ent_source_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

const char *ent_source_name(const char *path, ent_arena *arena)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    char *whole = ent_string_copy_n(arena, path, length);
    if (whole == NULL) return NULL;
    const char *base = ent_source_base(whole);
    length = strlen(base);
    static const char *const endings[] = {".gz", ".zst", ".csv"};
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        const size_t size = strlen(endings[e]);
        if (length > size && strncmp(base + length - size, endings[e], size) == 0) length -= size;
    }
    if (length == 0 || strcmp(base, ".") == 0 || strcmp(base, "..") == 0) return ent_string_copy(arena, "world");
    return ent_string_copy_n(arena, base, length);
}

ent_status ent_sparse_allowed(const char *path, ptrdiff_t regions, ptrdiff_t sectors, size_t text_bytes, ent_error *err)
{
    const double producers = (double)regions * (double)sectors;
    const double needed = producers * producers * (double)sizeof(double);
    if (needed <= (double)ENT_SPARSE_BYTES + (double)ENT_SPARSE_MULTIPLE * (double)text_bytes) return ENT_OK;
    return ent_fail(
        err, ENT_BAD_INPUT,
        "%s: names %td regions and %td sectors, a table of %.3g MB, but has only %zu bytes of text; are the "
        "columns the right ones?",
        path, regions, sectors, needed * 1e-6, text_bytes);
}

int ent_year_in(const char *text)
{
    while (*text != 0) {
        int digits = 0, year = 0;
        for (; isdigit((unsigned char)*text); text++, digits++) year = digits < 4 ? 10 * year + (*text - '0') : 0;
        if (digits == 4 && year >= 1900 && year < 2100) return year;
        if (*text != 0) text++;
    }
    return 0;
}
