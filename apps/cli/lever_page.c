/* lever_page.c: what report.html of `entente lever` draws: heat maps of who can hurt whom and who depends on whom,
 * ranked instruments. The page, with its figures, is the one of every report; here its data are said, as JSON members.
 * Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "lever.h"
#include <math.h>

enum {
    MOST_REGIONS = 80, /* more would be cells of a few pixels */
    MOST_ROWS = 60     /* of ranked instruments */
};

static void say_number(ent_text *out, double value)
{
    if (isfinite(value))
        ent_text_say(out, "%.6g", value);
    else
        ent_text_say(out, "null");
}

/* The regions that are drawn: [count] of the table's. */
typedef struct {
    const lever_answer *answer;
    ptrdiff_t *region;
    ptrdiff_t count;
} drawn;

typedef double (*number_of)(const lever_answer *a, const void *about, ptrdiff_t row, ptrdiff_t column);

static void say_square(const drawn *d, const char *key, number_of value, const void *about, ent_text *out)
{
    ent_text_say(out, ", \"%s\": [", key);
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_text_say(out, r > 0 ? ",\n[" : "[");
        for (ptrdiff_t c = 0; c < d->count; c++) {
            if (c > 0) ent_text_say(out, ",");
            say_number(out, value(d->answer, about, d->region[r], d->region[c]));
        }
        ent_text_say(out, "]");
    }
    ent_text_say(out, "]");
}

/* ---- names ---- */

/* Million US dollars at benchmark prices: what losses are shares of. */
static double real_income(const lever_answer *a, ptrdiff_t n)
{
    return a->eq->income_usd[n] / exp(a->eq->log_price[a->net->household[n]]);
}

static void say_names(const drawn *d, ent_text *out)
{
    const ent_table *t = d->answer->net->table;
    ent_text_say(out, ",\n  \"regions\": [");
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_text_say(out, r > 0 ? ", {\"code\": " : "{\"code\": ");
        ledger_quote(out, t->regions.code[d->region[r]]);
        ent_text_say(out, ", \"label\": ");
        ledger_quote(out, t->regions.label[d->region[r]]);
        ent_text_say(out, ", \"income\": ");
        say_number(out, real_income(d->answer, d->region[r]));
        ent_text_say(out, "}");
    }
    ent_text_say(out, "],\n  \"all_regions\": %td,\n  \"sectors\": [", d->answer->net->regions);
    for (ptrdiff_t j = 0; j < d->answer->net->sectors; j++) {
        ent_text_say(out, j > 0 ? ", {\"code\": " : "{\"code\": ");
        ledger_quote(out, t->sectors.code[j]);
        ent_text_say(out, ", \"label\": ");
        ledger_quote(out, t->sectors.label[j]);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
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

static void say_best(const drawn *d, const ent_lever_matrix *m, ent_text *out)
{
    const ptrdiff_t R = d->answer->net->regions;
    ent_text_say(out, ", \"best\": [");
    for (ptrdiff_t r = 0; r < d->count; r++) {
        ent_text_say(out, r > 0 ? ",\n[" : "[");
        for (ptrdiff_t c = 0; c < d->count; c++) {
            const ptrdiff_t best = m->best[d->region[r] * R + d->region[c]];
            if (c > 0) ent_text_say(out, ",");
            if (best < 0)
                ent_text_say(out, "null");
            else
                ledger_quote(out, d->answer->net->table->sectors.code[best]);
        }
        ent_text_say(out, "]");
    }
    ent_text_say(out, "]");
}

static void say_matrices(const drawn *d, ent_text *out)
{
    int said = 0;
    ent_text_say(out, ",\n  \"matrices\": [");
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        const ent_lever_matrix *m = &d->answer->matrix[kind];
        if ((d->answer->kinds >> kind & 1) == 0) continue;
        ent_text_say(out, "%s{\"lever\": \"%s\"", said++ > 0 ? ",\n" : "", ent_lever_word(kind));
        say_square(d, "loss_usd", loss_usd_of, m, out);
        say_square(d, "own_usd", own_usd_of, m, out);
        say_square(d, "ratio", ratio_of, m, out);
        say_square(d, "best_ratio", best_ratio_of, m, out);
        say_best(d, m, out);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
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

static void say_exposure(const drawn *d, ptrdiff_t sector, int first, ent_text *out)
{
    const lever_answer *a = d->answer;
    const ent_exposure *x = &a->exposure[sector >= 0 ? sector : a->net->sectors];
    ent_text_say(out, "%s{\"sector\": ", first ? "" : ",\n");
    ledger_quote(out, sector >= 0 ? a->net->table->sectors.code[sector] : "");
    ent_text_say(out, ", \"label\": ");
    ledger_quote(out, sector >= 0 ? a->net->table->sectors.label[sector] : "All trade together");
    say_square(d, "welfare", welfare_of, x, out);
    say_square(d, "model", model_of, &sector, out);
    ent_text_say(out, "}");
}

/* What was asked for comes first and is shown first. */
static void say_exposures(const drawn *d, ent_text *out)
{
    const lever_answer *a = d->answer;
    ent_text_say(out, ",\n  \"exposures\": [");
    say_exposure(d, a->sector, 1, out);
    for (ptrdiff_t j = -1; j < a->net->sectors; j++)
        if (j != a->sector && a->exposure[j >= 0 ? j : a->net->sectors].s != NULL) say_exposure(d, j, 0, out);
    ent_text_say(out, "]");
}

/* ---- ranked instruments ---- */

static void say_code(ent_text *out, const char *key, const ent_names *names, ptrdiff_t i)
{
    ent_text_say(out, ", \"%s\": ", key);
    if (i < 0)
        ent_text_say(out, "null");
    else
        ledger_quote(out, names->code[i]);
}

static void say_rank(const lever_answer *a, ent_text *out)
{
    const ent_table *t = a->net->table;
    ent_text_say(out, ",\n  \"by\": ");
    ledger_quote(out, a->by != NULL ? a->by : "");
    ent_text_say(out, ",\n  \"count\": %td,\n  \"rows\": [", a->count);
    for (ptrdiff_t k = 0; k < a->count && k < MOST_ROWS && k < a->top; k++) {
        const ent_lever *l = &a->levers[k];
        ent_text_say(out, "%s{\"lever\": \"%s\"", k > 0 ? ",\n" : "", ent_lever_word(l->kind));
        say_code(out, "holder", &t->regions, l->holder);
        say_code(out, "target", &t->regions, l->target);
        say_code(out, "sector", &t->sectors, l->sector);
        ent_text_say(out, ", \"effect\": ");
        say_number(out, l->effect);
        ent_text_say(out, ", \"effect_usd\": ");
        say_number(out, l->effect_usd);
        ent_text_say(out, ", \"own_usd\": ");
        say_number(out, l->own_usd);
        ent_text_say(out, ", \"ratio\": ");
        say_number(out, l->ratio);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

const char *lever_page_title(lever_question question)
{
    static const char *const titles[] = {"What moves whom", "Who can hurt whom", "Who depends on whom"};
    return titles[question];
}

void lever_page(const lever_answer *a, ent_arena *arena, ent_text *out)
{
    static const char *const questions[] = {"rank", "matrix", "exposure"};
    drawn d = {.answer = a};
    d.count = lever_regions(a, a->question == LEVER_RANK ? a->net->regions : MOST_REGIONS, arena, &d.region);
    ent_text_say(out, ",\n  \"kind\": \"lever\",\n  \"question\": \"%s\",\n  \"where\": ", questions[a->question]);
    ledger_quote(out, a->where);
    say_names(&d, out);
    if (a->question == LEVER_MATRIX) say_matrices(&d, out);
    if (a->question == LEVER_EXPOSURE) say_exposures(&d, out);
    if (a->question == LEVER_RANK) say_rank(a, out);
}
