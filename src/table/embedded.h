/* embedded.h: the worlds that are compiled into the library. The list is written at build time (cmake/Embed.cmake). */
// SPDX-License-Identifier: MIT
#pragma once

typedef struct {
    const char *name;        /* NULL in the row that ends the list */
    const char *start, *end; /* its flat bytes */
} ent_embedded_world;

extern const ent_embedded_world ent_embedded_worlds[];
