/* quotas.c: see quotas.h. Rates stand as percent in words and as numbers in JSON. */
// SPDX-License-Identifier: MIT
#include "report/quotas.h"
#include <math.h>
#include <stdio.h>

enum {
    NAME_WIDTH = 52,
    NAME_LINES = 3,
    NUMBER_WIDTH = 9,
    RENT_WIDTH = 11,
    SHOWN = 30 /* of one scenario; all are in the JSON */
};

static const char *kind_words(ent_quota_kind kind)
{
    return kind == ENT_QUOTA_CEILING ? "ceiling" : kind == ENT_QUOTA_FLOOR ? "guarantee" : "licence";
}

static void say_percent(ent_sheet *sheet, double rate)
{
    if (isnan(rate))
        ent_sheet_right(sheet, ENT_INK_DIM, "", NUMBER_WIDTH);
    else
        ent_sheet_number(sheet, 100.0 * rate, 2, NUMBER_WIDTH);
}

static void say_quota(ent_sheet *sheet, const ent_quota_outcome *q)
{
    char cell[4 * NAME_WIDTH + 4];
    for (int line = 0; line < NAME_LINES; line++) {
        const char *name = ent_sheet_broken(q->name, NAME_WIDTH, NAME_LINES, line, cell);
        if (line > 0 && *name == 0) break;
        ent_sheet_left(sheet, ENT_INK_PLAIN, name, NAME_WIDTH);
        if (line == 0) {
            say_percent(sheet, q->limit);
            say_percent(sheet, q->quantity);
            say_percent(sheet, q->price);
            ent_sheet_number(sheet, q->rent_usd / 1e3, 3, RENT_WIDTH);
            ent_sheet_right(sheet, q->binds ? ENT_INK_BOLD : ENT_INK_DIM, q->binds ? "yes" : "no", 7);
        }
        ent_sheet_end(sheet);
    }
}

static void say_heading(ent_sheet *sheet)
{
    static const char *const above[] = {"limit", "reached", "licence"}, *const below[] = {"%", "%", "price %"};
    ent_sheet_heading(sheet, "Quotas and licences", "limit and quantity (or value) over the benchmark; rent a year");
    for (int line = 0; line < 2; line++) {
        ent_sheet_left(sheet, ENT_INK_PLAIN, "", NAME_WIDTH);
        for (int c = 0; c < 3; c++) ent_sheet_right(sheet, ENT_INK_DIM, (line ? below : above)[c], NUMBER_WIDTH);
        ent_sheet_right(sheet, ENT_INK_DIM, line ? "bn USD" : "rent", RENT_WIDTH);
        ent_sheet_right(sheet, ENT_INK_DIM, line ? "" : "binds", 7);
        ent_sheet_end(sheet);
    }
}

void ent_print_quotas(const ent_view *view, ent_sheet *sheet)
{
    int begun = 0;
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const ent_outcome *o = view->report->answers[s].outcome;
        if (o->quotas == 0) continue;
        if (!begun) say_heading(sheet);
        begun = 1;
        if (view->scenarios > 1) {
            ent_sheet_left(sheet, ENT_INK_BOLD, view->name[s], ENT_SHEET_COLUMNS);
            ent_sheet_end(sheet);
        }
        for (ptrdiff_t q = 0; q < o->quotas && q < SHOWN; q++) say_quota(sheet, o->quota + q);
        if (o->quotas <= SHOWN) continue;
        char more[96];
        snprintf(more, sizeof more, "and %td more, in `--format json` and manifest.json", o->quotas - SHOWN);
        ent_sheet_left(sheet, ENT_INK_DIM, more, ENT_SHEET_COLUMNS);
        ent_sheet_end(sheet);
    }
}

void ent_quotas_json(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_outcome *o = view->report->answers[s].outcome;
    if (o->quotas == 0) return;
    ent_json_key(json, "quotas");
    ent_json_open(json, '[');
    for (ptrdiff_t q = 0; q < o->quotas; q++) {
        const ent_quota_outcome *one = o->quota + q;
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "name", one->name);
        ent_json_pair(json, "kind", kind_words(one->kind));
        ent_json_pair(json, "of", one->of_value ? "value" : "quantity");
        ent_json_pair(json, "rent", ent_rent_words(one->rent));
        ent_json_pair_number(json, "limit", one->limit);
        ent_json_pair_number(json, "reached", one->quantity);
        ent_json_pair_number(json, "licence_price", one->price);
        ent_json_pair_number(json, "rent_musd", one->rent_usd);
        ent_json_key(json, "binds");
        ent_json_truth(json, one->binds);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}
