/* target.h: a file that appears whole or not at all, written piece by piece: temporary file beside it, fsync, rename.
 * (ent_bytes_write does the same for bytes that are all there at once; flows of a large world are not.) */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

typedef struct {
    const char *path, *beside; /* the file, and the temporary one that becomes it */
    int file;                  /* descriptor, -1 once closed */
    int why;                   /* first errno, 0 while all is well */
} ent_target;

/* path is borrowed, its temporary name lives in the arena. */
ent_status ent_target_open(ent_target *target, const char *path, ent_arena *arena, ent_error *err);
void ent_target_add(ent_target *target, const char *data, size_t size); /* remembers a failure */
/* fsync and rename, or, where something failed, remove what was begun and say why. */
ent_status ent_target_close(ent_target *target, ent_error *err);
void ent_target_abandon(ent_target *target);
