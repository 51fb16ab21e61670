/* uncertain.h: how sure an answer is (uncertainty.h), in words, JSON and CSV. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/csv.h"
#include "report/sheet.h"
#include "text/json_write.h"

/* Where a headline stands among those of an uncertainty; NULL: it has none. region == regions: the world. */
const ent_headline *ent_headline_find(const ent_uncertainty *u, ent_region_variable variable, ptrdiff_t region);

/* Blocks of the text report; nothing where nobody asked. */
ent_status ent_print_uncertain(const ent_view *view, ent_sheet *sheet);
/* A member "uncertainty" of the open object, with its headlines or without. */
void ent_uncertain_json(const ent_view *view, ptrdiff_t s, int headlines, ent_json *json);
/* What is said of a headline beside its value: words `se`, `shift`, to second order `se_second`, and of draws `mean`,
 * `sd`, `q05`, `q50`, `q95`. */
enum {
    ENT_DOUBTS = 8
};
const char *ent_doubt_word(const ent_uncertainty *u, int fact); /* NULL: not of this uncertainty */
double ent_doubt_value(const ent_headline *one, int fact);
/* Rows `<variable>_<word>` of regions.csv. */
void ent_uncertain_rows(const ent_csv_rows *rows, const ent_uncertainty *u, ptrdiff_t region);
/* draws.csv: one row a draw: its elasticities, real incomes and trade of the pair. */
ent_status ent_draws_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err);
int ent_view_has_draws(const ent_view *view);
