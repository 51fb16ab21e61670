/* flat.h: a table as one string of bytes and back: how a world is compiled into the library, and what is hashed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* All of a table as bytes that live in arena. */
ent_status ent_flat_write(const ent_table *table, ent_arena *arena, ent_bytes *flat, ent_error *err);

/* The table in those bytes, copied into arena. Any bytes may come: what is not a whole flat world is ENT_BAD_INPUT with
 * a sentence. Memory taken is at most 64 times the size of the input, plus 1 MiB. Nothing is said about E1 and E2. */
ent_status ent_flat_read(ent_bytes flat, ent_arena *arena, ent_table *table, ent_error *err);
