/* lever_page.c: what report.html of `entente lever` draws: heat maps of who can hurt whom and who depends on whom,
 * ranked instruments. The page, with its figures, is the one of every report; here its data are said, as JSON members.
 * Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "lever.h"
#include "manifest.h"
#include <math.h>

enum {
    MOST_REGIONS = 80, /* more would be cells of a few pixels */
    MOST_ROWS = 60,    /* of ranked instruments */
    DIGITS = 6
};

/* The regions that are drawn: [count] of the table's. */
typedef struct {
    const lever_answer *answer;
    ptrdiff_t *region;
    ptrdiff_t count;
} drawn;

typedef double (*number_of)(const lever_answer *a, const void *about, ptrdiff_t row, ptrdiff_t column);

static void say_square(const drawn *d, const char *key, number_of value, const void *about, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_json_open_dense(json, '[');
        for (ptrdiff_t c = 0; c < d->count; c++)
            ent_json_rounded(json, value(d->answer, about, d->region[r], d->region[c]), DIGITS);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

/* ---- names ---- */

/* Million US dollars at benchmark prices: what losses are shares of. */
static double real_income(const lever_answer *a, ptrdiff_t n)
{
    return a->eq->income_usd[n] / exp(a->eq->log_price[a->net->household[n]]);
}

static void say_names(const drawn *d, ent_json *json)
{
    const ent_table *t = d->answer->net->table;
    ent_json_key(json, "regions");
    ent_json_open_dense(json, '[');
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->regions.code[d->region[r]]);
        ent_json_pair(json, "label", t->regions.label[d->region[r]]);
        ent_json_pair_rounded(json, "income", real_income(d->answer, d->region[r]), DIGITS);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    ent_json_pair_integer(json, "all_regions", d->answer->net->regions);
    ent_json_key(json, "sectors");
    ent_json_open_dense(json, '[');
    for (ptrdiff_t j = 0; j < d->answer->net->sectors; j++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->sectors.code[j]);
        ent_json_pair(json, "label", t->sectors.label[j]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- who can hurt whom ---- */

#define OF_MATRIX(member)                                                                                              \
    static double member##_of(const lever_answer *a, const void *about, ptrdiff_t r, ptrdiff_t c)                      \
    {                                                                                                                  \
        const ent_lever_matrix *m = about;                                                                             \
        return m->member[r * a->net->regions + c];                                                                     \
    }
OF_MATRIX(loss_usd)
OF_MATRIX(own_usd)
OF_MATRIX(ratio)
OF_MATRIX(best_ratio)

static void say_best(const drawn *d, const ent_lever_matrix *m, ent_json *json)
{
    const ptrdiff_t R = d->answer->net->regions;
    ent_json_key(json, "best");
    ent_json_open(json, '[');
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_json_open_dense(json, '[');
        for (ptrdiff_t c = 0; c < d->count; c++) {
            const ptrdiff_t best = m->best[d->region[r] * R + d->region[c]];
            ent_json_string(json, best < 0 ? NULL : d->answer->net->table->sectors.code[best]);
        }
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static void say_matrices(const drawn *d, ent_json *json)
{
    ent_json_key(json, "matrices");
    ent_json_open(json, '[');
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        const ent_lever_matrix *m = &d->answer->matrix[kind];
        if ((d->answer->kinds >> kind & 1) == 0) continue;
        ent_json_open(json, '{');
        ent_json_pair(json, "lever", ent_lever_word(kind));
        say_square(d, "loss_usd", loss_usd_of, m, json);
        say_square(d, "own_usd", own_usd_of, m, json);
        say_square(d, "ratio", ratio_of, m, json);
        say_square(d, "best_ratio", best_ratio_of, m, json);
        say_best(d, m, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- who depends on whom ---- */

static double welfare_of(const lever_answer *a, const void *about, ptrdiff_t r, ptrdiff_t c)
{
    const ent_exposure *x = about;
    return x->u[r * a->net->regions + c];
}

static double model_of(const lever_answer *a, const void *about, ptrdiff_t r, ptrdiff_t c)
{
    return lever_in_model(a, r, c, *(const ptrdiff_t *)about);
}

static void say_exposure(const drawn *d, ptrdiff_t sector, ent_json *json)
{
    const lever_answer *a = d->answer;
    const ent_exposure *x = &a->exposure[sector >= 0 ? sector : a->net->sectors];
    ent_json_open(json, '{');
    ent_json_pair(json, "sector", sector >= 0 ? a->net->table->sectors.code[sector] : "");
    ent_json_pair(json, "label", sector >= 0 ? a->net->table->sectors.label[sector] : "All trade together");
    say_square(d, "welfare", welfare_of, x, json);
    say_square(d, "model", model_of, &sector, json);
    ent_json_close(json, '}');
}

/* What was asked for comes first and is shown first. */
static void say_exposures(const drawn *d, ent_json *json)
{
    const lever_answer *a = d->answer;
    ent_json_key(json, "exposures");
    ent_json_open(json, '[');
    say_exposure(d, a->sector, json);
    for (ptrdiff_t j = -1; j < a->net->sectors; j++)
        if (j != a->sector && a->exposure[j >= 0 ? j : a->net->sectors].s != NULL) say_exposure(d, j, json);
    ent_json_close(json, ']');
}

/* ---- ranked instruments ---- */

static void say_rank(const lever_answer *a, ent_json *json)
{
    const ent_table *t = a->net->table;
    ent_json_pair(json, "by", a->by != NULL ? a->by : "");
    ent_json_pair_integer(json, "count", a->count);
    ent_json_key(json, "rows");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < a->count && k < MOST_ROWS && k < a->top; k++) {
        const ent_lever *l = &a->levers[k];
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "lever", ent_lever_word(l->kind));
        manifest_code("holder", &t->regions, l->holder, json);
        manifest_code("target", &t->regions, l->target, json);
        manifest_code("sector", &t->sectors, l->sector, json);
        ent_json_pair_rounded(json, "effect", l->effect, DIGITS);
        ent_json_pair_rounded(json, "effect_usd", l->effect_usd, DIGITS);
        ent_json_pair_rounded(json, "own_usd", l->own_usd, DIGITS);
        ent_json_pair_rounded(json, "ratio", l->ratio, DIGITS);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

const char *lever_page_title(lever_question question)
{
    static const char *const titles[] = {"What moves whom", "Who can hurt whom", "Who depends on whom"};
    return titles[question];
}

void lever_page(const lever_answer *a, ent_arena *arena, ent_json *json)
{
    static const char *const questions[] = {"rank", "matrix", "exposure"};
    drawn d = {.answer = a};
    d.count = lever_regions(a, a->question == LEVER_RANK ? a->net->regions : MOST_REGIONS, arena, &d.region);
    ent_json_pair(json, "kind", "lever");
    ent_json_pair(json, "question", questions[a->question]);
    ent_json_pair(json, "where", a->where);
    say_names(&d, json);
    if (a->question == LEVER_MATRIX) say_matrices(&d, json);
    if (a->question == LEVER_EXPOSURE) say_exposures(&d, json);
    if (a->question == LEVER_RANK) say_rank(a, json);
}
