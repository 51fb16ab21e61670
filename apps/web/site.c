/* site.c: see site.h. A name from a request is compared with names and never opened. */
// SPDX-License-Identifier: MIT
#include "site.h"
#include <stdio.h>
#include <string.h>

void site_open(void)
{
    for (site_file *file = site_files; file->name != NULL; file++) {
        char hash[65];
        ent_hash_hex(file->start, (size_t)(file->end - file->start), hash);
        snprintf(file->etag, sizeof file->etag, "\"%.20s\"", hash);
    }
}

const site_file *site_find(const char *name)
{
    for (const site_file *file = site_files; file->name != NULL; file++)
        if (strcmp(file->name, name) == 0) return file;
    return NULL;
}

const char *site_type(const char *name)
{
    static const char *const types[][2] = {{".html", "text/html; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".css", "text/css; charset=utf-8"},
                                           {".json", "application/json"},
                                           {".svg", "image/svg+xml"},
                                           {".woff2", "font/woff2"},
                                           {".png", "image/png"},
                                           {".txt", "text/plain; charset=utf-8"},
                                           {".csv", "text/csv; charset=utf-8"},
                                           {".nc", "application/x-netcdf"},
                                           {".webmanifest", "application/manifest+json"}};
    const char *dot = strrchr(name, '.');
    for (size_t t = 0; dot != NULL && t < sizeof types / sizeof *types; t++)
        if (strcmp(dot, types[t][0]) == 0) return types[t][1];
    return "application/octet-stream";
}
