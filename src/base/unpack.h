/* unpack.h: packed bytes to plain ones. The door of zlib and zstd. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

int ent_is_packed(ent_bytes bytes); /* by magic bytes: gzip or zstd */
ent_status ent_unpack(ent_bytes packed, const char *path, size_t limit, ent_arena *arena, ent_bytes *plain,
                      ent_error *err);
