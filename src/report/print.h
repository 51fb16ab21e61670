/* print.h: the forms of `entente run --format`. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/sheet.h"
#include "report/view.h"

ent_status ent_print_text(const ent_view *view, int colour, ent_text *out, ent_error *err);
ent_status ent_print_json(const ent_view *view, ent_text *out, ent_error *err);
/* What real income is made of (E14); nothing where no scenario was decomposed. */
ent_status ent_print_parts(const ent_view *view, ent_sheet *sheet);
