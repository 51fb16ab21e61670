/* site.h: the files of the page, compiled in (cmake/Serve.cmake). */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef struct {
    const char *name; /* "page.js" */
    const char *start, *end;
    char etag[24]; /* quoted; from the bytes, when the server starts */
} site_file;

void site_open(void);                         /* once, before the first request */
const site_file *site_find(const char *name); /* NULL: there is no such file */
const char *site_type(const char *name);

/* The generated list; ends with a row of NULLs. */
extern site_file site_files[];
