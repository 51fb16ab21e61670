/* uncertain.c: see uncertain.h. The text shows one table a scenario, x ± one standard error, and where draws were made
 * a second one that puts the delta method beside them. */
// SPDX-License-Identifier: MIT
#include "report/uncertain.h"
#include "text/csv_write.h"
#include "text/number.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const ent_headline *ent_headline_find(const ent_uncertainty *u, ent_region_variable variable, ptrdiff_t region)
{
    if (u == NULL) return NULL;
    for (ptrdiff_t h = 0; h < u->count; h++)
        if (u->headline[h].variable == variable && u->headline[h].region == region && u->headline[h].partner < 0)
            return &u->headline[h];
    return NULL;
}

/* ---- words: units of the reader ---- */

enum {
    LABEL = 20,
    NUMBER = 7,
    FIRST_ERROR = 8, /* ± behind real income, which has more digits */
    ERROR = 6
};

typedef struct {
    const ent_view *view;
    ent_sheet *sheet;
    ptrdiff_t s;
    const ent_uncertainty *u;
    int decimals; /* of real income in % */
} doubt;

/* How a headline is shown: (x − zero) × factor; ratios and trade as changes in %, revenue in billion dollars. */
typedef struct {
    double zero, factor;
} scale;

static double trade_before(const doubt *d, ptrdiff_t exporter, ptrdiff_t importer)
{
    const ent_outcome *o = d->view->report->answers[d->s].outcome;
    double sum = 0.0;
    for (ptrdiff_t e = 0; e < o->flows; e++)
        if (o->flow_exporter[e] == exporter && o->flow_importer[e] == importer)
            sum += o->flow_benchmark[ENT_FLOW_value * o->flows + e];
    return sum;
}

static scale scale_of(const doubt *d, const ent_headline *one)
{
    if (one->variable == ENT_REGION_tariff_revenue) return (scale){0.0, 1e-3};
    if (ent_region_variables[one->variable].kind == ENT_INDEX) return (scale){1.0, 100.0};
    const double before = one->partner >= 0 ? trade_before(d, one->region, one->partner)
                                            : ent_view_region(d->view, d->s, ENT_BEFORE, one->variable, one->region);
    return (scale){before, 100.0 / before};
}

static void say_error(ent_sheet *sheet, double se, int decimals, ptrdiff_t width)
{
    char number[ENT_NUMBER_ROOM], cell[ENT_NUMBER_ROOM + 4];
    ent_number_fixed(se, decimals, 0, number);
    snprintf(cell, sizeof cell, "±%s", number);
    ent_sheet_left(sheet, ENT_INK_DIM, isfinite(se) ? cell : "", width);
}

/* The best ± there is. */
static double error_of(const doubt *d, const ent_headline *one)
{
    return d->u->order == ENT_ORDER_SECOND && isfinite(one->se_second) ? one->se_second : one->se;
}

static void say_cell(const doubt *d, const ent_headline *one, int decimals, ptrdiff_t width)
{
    const scale by = scale_of(d, one);
    const double value = (one->value - by.zero) * by.factor;
    if (one->variable == ENT_REGION_tariff_revenue)
        ent_sheet_number(d->sheet, value, decimals, NUMBER);
    else
        ent_sheet_change(d->sheet, value, decimals, NUMBER);
    say_error(d->sheet, error_of(d, one) * by.factor, decimals, width);
}

static const char *label_of(const doubt *d, const ent_headline *one, ent_arena *scratch)
{
    const char **labels = d->view->table->regions.label, **codes = d->view->table->regions.code;
    if (one->region == d->view->regions) return "World";
    if (one->partner < 0) return labels[one->region];
    const char *words = ent_string_format(scratch, "%s to %s, exports", codes[one->region], codes[one->partner]);
    return words != NULL ? words : "exports";
}

static void say_row(const doubt *d, ptrdiff_t n)
{
    ent_sheet_left(d->sheet, n == d->view->regions ? ENT_INK_BOLD : ENT_INK_PLAIN,
                   n == d->view->regions ? "World" : d->view->table->regions.label[n], LABEL);
    for (int v = 0; v < ENT_HEADLINE_VARIABLES; v++) {
        const ent_headline *one = ent_headline_find(d->u, ent_headline_variables[v], n);
        if (one == NULL) break; /* the world has its real income alone */
        say_cell(d, one, v == 0 ? d->decimals : (v == ENT_HEADLINE_VARIABLES - 1 ? 1 : 2),
                 v == 0 ? FIRST_ERROR : ERROR);
    }
    ent_sheet_end(d->sheet);
}

static void say_heads(const doubt *d)
{
    static const char *const heads[2][ENT_HEADLINE_VARIABLES] = {
        {"real", "real", "consumer", "exports", "imports", "tariff"},
        {"income %", "wage %", "prices %", "%", "%", "rev. bn USD"}};
    for (int line = 0; line < 2; line++) {
        ent_sheet_left(d->sheet, ENT_INK_PLAIN, "", LABEL);
        for (int v = 0; v < ENT_HEADLINE_VARIABLES; v++)
            ent_sheet_right(d->sheet, ENT_INK_DIM, heads[line][v],
                            v == 0 ? NUMBER + FIRST_ERROR - 1 : (v == 1 ? NUMBER + ERROR + 1 : NUMBER + ERROR));
        ent_sheet_end(d->sheet);
    }
}

static void say_delta(const doubt *d, const int32_t *order)
{
    say_heads(d);
    for (ptrdiff_t r = 0; r < d->view->regions; r++) say_row(d, order[r]);
    say_row(d, d->view->regions);
    for (ptrdiff_t h = 0; h < d->u->count; h++) {
        ENT_SCRATCH scratch = {0};
        const ent_headline *one = &d->u->headline[h];
        if (one->partner < 0) continue;
        ent_sheet_left(d->sheet, ENT_INK_PLAIN, label_of(d, one, &scratch), LABEL);
        ent_sheet_left(d->sheet, ENT_INK_PLAIN, "", 3 * NUMBER + FIRST_ERROR + 2 * ERROR);
        say_cell(d, one, 2, ERROR);
        ent_sheet_end(d->sheet);
    }
}

/* ---- draws beside the delta method ---- */

static void say_draw_row(const doubt *d, const ent_headline *one)
{
    ENT_SCRATCH scratch = {0};
    const scale by = scale_of(d, one);
    const int decimals = one->variable == ENT_REGION_real_income ? d->decimals : 2;
    const double spread[] = {error_of(d, one) * by.factor, one->shift * by.factor};
    const double at[] = {one->mean, one->q05, one->q50, one->q95};
    ent_sheet_left(d->sheet, ENT_INK_PLAIN, label_of(d, one, &scratch), 25);
    ent_sheet_change(d->sheet, (one->value - by.zero) * by.factor, decimals, 10);
    ent_sheet_number(d->sheet, spread[0], decimals, 8);
    ent_sheet_change(d->sheet, spread[1], decimals, 9);
    for (int k = 0; k < 4; k++) {
        ent_sheet_change(d->sheet, (at[k] - by.zero) * by.factor, decimals, k == 0 ? 11 : 10);
        if (k == 0) ent_sheet_number(d->sheet, one->sd * by.factor, decimals, 7);
    }
    ent_sheet_end(d->sheet);
}

static void say_draws(const doubt *d, const int32_t *order)
{
    static const struct {
        const char *head[2];
        ptrdiff_t width;
    } columns[] = {{{"real income,", "trade %"}, 35},
                   {{"delta", "±"}, 8},
                   {{"method", "shift"}, 9},
                   {{"draws", "mean"}, 11},
                   {{"", "sd"}, 7},
                   {{"", "5 %"}, 10},
                   {{"", "50 %"}, 10},
                   {{"", "95 %"}, 10}};
    ent_text_add(d->sheet->out, "\n", 1);
    for (int line = 0; line < 2; line++) {
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            ent_sheet_right(d->sheet, ENT_INK_DIM, columns[c].head[line], columns[c].width);
        ent_sheet_end(d->sheet);
    }
    for (ptrdiff_t r = 0; r <= d->view->regions; r++) {
        const ptrdiff_t n = r < d->view->regions ? order[r] : r;
        const ent_headline *one = ent_headline_find(d->u, ENT_REGION_real_income, n);
        if (one != NULL) say_draw_row(d, one);
    }
    for (ptrdiff_t h = 0; h < d->u->count; h++)
        if (d->u->headline[h].partner >= 0) say_draw_row(d, &d->u->headline[h]);
}

/* ---- what was asked ---- */

static void say_how(const doubt *d)
{
    ENT_SCRATCH scratch = {0};
    ent_text words = {.arena = &scratch};
    char draws[ENT_NUMBER_ROOM], failed[ENT_NUMBER_ROOM];
    ent_number_fixed((double)d->u->draws, 0, 0, draws);
    ent_number_fixed((double)d->u->failed, 0, 0, failed);
    ent_text_say(&words, "± is one standard error, %s order, from %s (%td elasticities",
                 d->u->order == ENT_ORDER_SECOND ? "second" : "first", d->u->spread->source, d->u->spread->count);
    if (d->u->spread->correlation > 0.0) ent_text_say(&words, ", correlation %g", d->u->spread->correlation);
    ent_text_say(&words, ").");
    if (d->u->draw != NULL) ent_text_say(&words, " %s draws, seed %llu: ", draws, (unsigned long long)d->u->seed);
    if (d->u->draw != NULL && d->u->failed == 0) ent_text_say(&words, "all converged.");
    if (d->u->draw != NULL && d->u->failed > 0) ent_text_say(&words, "%s did not converge, left out below.", failed);
    if (d->u->curvature_failed > 0)
        ent_text_say(&words, " %td solves of the second order did not converge: no shift of means is known%s.",
                     d->u->curvature_failed, d->u->order == ENT_ORDER_SECOND ? ", and ± is of first order" : "");
    ent_sheet_wrap(d->sheet, ENT_INK_DIM, words.failed ? "" : words.data, 0);
}

static int decimals_of(const doubt *d)
{
    double largest = 0.0;
    for (ptrdiff_t n = 0; n < d->view->regions; n++)
        largest = fmax(largest, 100.0 * fabs(ent_headline_find(d->u, ENT_REGION_real_income, n)->value - 1.0));
    const int decimals = ent_number_decimals(largest);
    return decimals < 3 ? decimals : 3; /* four do not fit */
}

ent_status ent_print_uncertain(const ent_view *view, ent_sheet *sheet)
{
    ENT_SCRATCH scratch = {0};
    int32_t *order = ent_new(&scratch, int32_t, view->regions);
    if (order == NULL) return ENT_NO_MEMORY;
    int said = 0;
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        doubt d = {.view = view, .sheet = sheet, .s = s, .u = view->report->answers[s].uncertainty};
        if (d.u == NULL) continue;
        if (said++ == 0) ent_sheet_heading(sheet, "How sure", "what not knowing the elasticities means");
        if (view->scenarios > 1) {
            if (said > 1) ent_text_add(sheet->out, "\n", 1);
            ent_sheet_left(sheet, ENT_INK_BOLD, view->name[s], ENT_SHEET_COLUMNS);
            ent_sheet_end(sheet);
        }
        d.decimals = decimals_of(&d);
        ent_view_rank_regions(
            view, view->report->answers[0].outcome->region_value + ENT_REGION_real_income * view->regions, order);
        say_how(&d);
        say_delta(&d, order);
        if (d.u->draw != NULL) say_draws(&d, order);
    }
    return ENT_OK;
}

/* ---- JSON ---- */

static void say_parameters(const ent_view *view, const ent_spread *spread, ent_json *json)
{
    ent_json_key(json, "elasticities");
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        const ent_parameter *one = &spread->parameter[p];
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "key", ent_parameter_words(one->kind));
        ent_json_pair(json, "sector", one->sector < 0 ? NULL : view->table->sectors.code[one->sector]);
        ent_json_pair_number(json, "value", one->value);
        ent_json_pair_number(json, "se", one->se);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_headline(const ent_view *view, const ent_uncertainty *u, const ent_headline *one, ent_json *json)
{
    const char **codes = view->table->regions.code;
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "variable", ent_region_variables[one->variable].name);
    ent_json_pair(json, "unit", ent_region_variables[one->variable].unit);
    ent_json_pair(json, "region", one->region == view->regions ? view->world : codes[one->region]);
    if (one->partner >= 0) ent_json_pair(json, "partner", codes[one->partner]);
    ent_json_pair_number(json, "value", one->value);
    ent_json_pair_number(json, "se", one->se);
    if (u->order == ENT_ORDER_SECOND) ent_json_pair_number(json, "se_second", one->se_second);
    ent_json_pair_number(json, "shift", one->shift);
    if (u->draw != NULL) {
        ent_json_pair_number(json, "mean", one->mean);
        ent_json_pair_number(json, "sd", one->sd);
        ent_json_pair_number(json, "q05", one->q05);
        ent_json_pair_number(json, "q50", one->q50);
        ent_json_pair_number(json, "q95", one->q95);
    }
    ent_json_close(json, '}');
}

void ent_uncertain_json(const ent_view *view, ptrdiff_t s, int headlines, ent_json *json)
{
    const ent_uncertainty *u = view->report->answers[s].uncertainty;
    if (u == NULL) return;
    ent_json_key(json, "uncertainty");
    ent_json_open(json, '{');
    ent_json_pair(json, "source", u->spread->source);
    ent_json_pair_number(json, "correlation", u->spread->correlation);
    ent_json_pair_integer(json, "order", u->order == ENT_ORDER_SECOND ? 2 : 1);
    ent_json_pair_integer(json, "curvature_failed", u->curvature_failed);
    if (u->draw != NULL) {
        ent_json_pair_integer(json, "draws", u->draws);
        ent_json_pair_integer(json, "failed", u->failed);
        ent_json_pair_integer(json, "seed", (ptrdiff_t)u->seed);
    }
    say_parameters(view, u->spread, json);
    if (headlines) {
        ent_json_key(json, "headlines");
        ent_json_open(json, '[');
        for (ptrdiff_t h = 0; h < u->count; h++) say_headline(view, u, &u->headline[h], json);
        ent_json_close(json, ']');
    }
    ent_json_close(json, '}');
}

/* ---- CSV ---- */

const char *ent_doubt_word(const ent_uncertainty *u, int fact)
{
    static const struct {
        const char *word;
        int second, drawn; /* where this was asked for */
    } facts[ENT_DOUBTS] = {{"se", 0, 0}, {"shift", 0, 0}, {"se_second", 1, 0}, {"mean", 0, 1},
                           {"sd", 0, 1}, {"q05", 0, 1},   {"q50", 0, 1},       {"q95", 0, 1}};
    if (u == NULL || (facts[fact].second && u->order != ENT_ORDER_SECOND)) return NULL;
    return facts[fact].drawn && u->draw == NULL ? NULL : facts[fact].word;
}

double ent_doubt_value(const ent_headline *one, int fact)
{
    const double values[ENT_DOUBTS] = {one->se, one->shift, one->se_second, one->mean,
                                       one->sd, one->q05,   one->q50,       one->q95};
    return values[fact];
}

void ent_uncertain_rows(const ent_csv_rows *rows, const ent_uncertainty *u, ptrdiff_t region)
{
    for (int v = 0; u != NULL && v < ENT_HEADLINE_VARIABLES; v++) {
        const ent_headline *one = ent_headline_find(u, ent_headline_variables[v], region);
        for (int fact = 0; one != NULL && fact < ENT_DOUBTS; fact++) {
            char name[64];
            const char *word = ent_doubt_word(u, fact);
            if (word == NULL) continue;
            snprintf(name, sizeof name, "%s_%s", ent_region_variables[one->variable].name, word);
            const ent_variable variable = {name, ent_region_variables[one->variable].unit, name, ENT_CHANGE};
            ent_csv_value_row(rows, &variable, NAN, ent_doubt_value(one, fact));
        }
    }
}

/* Elasticities have columns where all scenarios draw the same ones. */
static int same_parameters(const ent_spread *a, const ent_spread *b)
{
    if (a->count != b->count) return 0;
    for (ptrdiff_t p = 0; p < a->count; p++)
        if (a->parameter[p].kind != b->parameter[p].kind || a->parameter[p].sector != b->parameter[p].sector) return 0;
    return 1;
}

/* With draws; NULL without. */
static const ent_uncertainty *drawn(const ent_view *view, ptrdiff_t s)
{
    const ent_uncertainty *u = view->report->answers[s].uncertainty;
    return u != NULL && u->draw != NULL ? u : NULL;
}

static const ent_uncertainty *first_drawn(const ent_view *view)
{
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        if (drawn(view, s) != NULL) return drawn(view, s);
    return NULL;
}

int ent_view_has_draws(const ent_view *view)
{
    return first_drawn(view) != NULL;
}

static const ent_spread *common_spread(const ent_view *view)
{
    const ent_spread *first = first_drawn(view)->spread;
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        if (drawn(view, s) != NULL && !same_parameters(first, drawn(view, s)->spread)) return NULL;
    return first;
}

static int is_drawn_column(const ent_headline *one)
{
    return one->variable == ENT_REGION_real_income || one->partner >= 0;
}

static void say_draw_heads(const ent_view *view, const ent_spread *spread, ent_text *text)
{
    const ent_uncertainty *u = first_drawn(view);
    const char **codes = view->table->regions.code;
    ENT_SCRATCH scratch = {0};
    ent_text name = {.arena = &scratch};
    ent_text_say(text, "scenario,draw,converged");
    for (ptrdiff_t p = 0; spread != NULL && p < spread->count; p++) {
        const ent_parameter *one = &spread->parameter[p];
        name.size = 0;
        ent_text_say(&name, "%s", ent_parameter_words(one->kind));
        if (one->sector >= 0) ent_text_say(&name, ".%s", view->table->sectors.code[one->sector]);
        ent_text_add(text, ",", 1);
        ent_csv_field(text, name.failed ? "" : name.data);
    }
    for (ptrdiff_t h = 0; h < u->count; h++) {
        const ent_headline *one = &u->headline[h];
        if (!is_drawn_column(one)) continue;
        name.size = 0;
        ent_text_say(&name, "%s.%s", ent_region_variables[one->variable].name,
                     one->region == view->regions ? view->world : codes[one->region]);
        if (one->partner >= 0) ent_text_say(&name, ".%s", codes[one->partner]);
        ent_text_add(text, ",", 1);
        ent_csv_field(text, name.failed ? "" : name.data);
    }
    ent_text_add(text, "\n", 1);
    if (name.failed) text->failed = 1;
}

static void say_draw(const ent_view *view, ptrdiff_t s, ptrdiff_t d, int elasticities, double *value, ent_text *text)
{
    const ent_uncertainty *u = drawn(view, s);
    const double *row = u->draw + d * u->count;
    ent_csv_field(text, view->name[s]);
    ent_text_say(text, ",%td,%d", d + 1, !isnan(row[0]));
    if (elasticities) ent_spread_draw(u->spread, u->seed, d, value);
    for (ptrdiff_t p = 0; elasticities && p < u->spread->count; p++) {
        ent_text_add(text, ",", 1);
        ent_csv_number(text, value[p]);
    }
    for (ptrdiff_t h = 0; h < u->count; h++) {
        if (!is_drawn_column(&u->headline[h])) continue;
        ent_text_add(text, ",", 1);
        ent_csv_number(text, row[h]);
    }
    ent_text_add(text, "\n", 1);
}

ent_status ent_draws_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err)
{
    enum {
        BLOCK_BYTES = 1 << 20
    };
    ENT_SCRATCH scratch = {0};
    if (!ent_view_has_draws(view)) return ENT_OK;
    const ent_spread *spread = common_spread(view);
    double *value = ent_new(&scratch, double, spread != NULL ? spread->count + 1 : 1);
    if (value == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for draws.csv");
    say_draw_heads(view, spread, text);
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        for (ptrdiff_t d = 0; drawn(view, s) != NULL && d < drawn(view, s)->draws; d++) {
            say_draw(view, s, d, spread != NULL, value, text);
            if (target == NULL || text->failed || text->size < BLOCK_BYTES) continue;
            ent_target_add(target, text->data, text->size);
            text->size = 0;
        }
    if (text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for draws.csv");
    return ENT_OK;
}
