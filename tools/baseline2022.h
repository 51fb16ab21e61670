/* baseline2022.h: the embedded world from the files of data/baseline2022. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

ent_status baseline2022_make(const char *folder, ent_arena *arena, ent_table *table, ent_error *err);
