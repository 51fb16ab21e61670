/* liberation2025.h: the duties announced on 2 April 2025, solved; for tests that stand on that world. */
// SPDX-License-Identifier: MIT
#pragma once
#include "corridor.h"

/* `file`: ustr, lumpsum, ek, armington_ustr. The tables live in arena, the rest in c; close with corridor_close(). */
ent_status liberation_run(const char *data, const char *file, ent_arena *arena, corridor *c);
