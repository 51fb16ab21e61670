/* netcdf_world.h: world files, netCDF-4 (docs/WORLDS.md). The foreign library stays behind netcdf_world.c;
 * writing is ent_table_write. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* Read a world file into arena. Every number is finite afterwards; E1, E2 and signs are ent_table_check's matter, so
 * that a table that does not balance can be looked at. ENT_BAD_INPUT with a sentence that names what is missing or
 * wrong. */
ent_status ent_netcdf_read(const char *path, ent_arena *arena, ent_table *table, ent_error *err);
/* The same from bytes; path is for sentences only. */
ent_status ent_netcdf_read_bytes(ent_bytes bytes, const char *path, ent_arena *arena, ent_table *table, ent_error *err);
