/* quotas.h: what became of quotas, guarantees and licences (E12), for the terminal and for machines. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/sheet.h"
#include "report/view.h"
#include "text/json_write.h"

/* A table a scenario that has any; nothing where none has. */
void ent_print_quotas(const ent_view *view, ent_sheet *sheet);
/* "quotas": [...] of scenario s; nothing where it has none. */
void ent_quotas_json(const ent_view *view, ptrdiff_t s, ent_json *json);
