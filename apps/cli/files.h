/* files.h: files that a command leaves in the folder of --out. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

/* One text into the folder, whole or not at all; a text that ran out of memory is said here. */
ent_status files_write(const char *folder, const char *name, const ent_text *text, ent_arena *arena, ent_error *err);
