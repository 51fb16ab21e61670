/* page_data.c: what the page draws. Arrays run in table order, a total stands last; a `before` that equals the first
 * scenario's is null. Values of regions have ten digits, so that what the page shows is what regions.csv says; the rest
 * is for pictures and has six. */
// SPDX-License-Identifier: MIT
#include "report/page_data.h"
#include "report/uncertain.h"
#include "report/words.h"
#include <math.h>
#include <string.h>

enum {
    REGION_DIGITS = 10,
    PICTURE_DIGITS = 6
};

static const ent_sector_variable sector_pictures[] = {ENT_SECTOR_real_output, ENT_SECTOR_cost, ENT_SECTOR_employment};
enum {
    SECTOR_PICTURES = sizeof sector_pictures / sizeof *sector_pictures
};

static const ent_outcome *outcome_of(const ent_view *view, ptrdiff_t s)
{
    return view->report->answers[s].outcome;
}

/* ---- names ---- */

static void say_members(const char *members, ent_json *json)
{
    char code[16];
    ent_json_open(json, '[');
    for (const char *c = members == NULL ? "" : members; *c != 0;) {
        const size_t length = strcspn(c, " ");
        if (length > 0 && length < sizeof code) {
            memcpy(code, c, length);
            code[length] = 0;
            ent_json_string(json, code);
        }
        c += length + strspn(c + length, " ");
    }
    ent_json_close(json, ']');
}

static void say_names(const ent_view *view, ent_json *json)
{
    const ent_table *t = view->table;
    ent_json_key(json, "regions");
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < view->regions; n++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->regions.code[n]);
        ent_json_pair(json, "label", t->regions.label[n]);
        ent_json_key(json, "members");
        say_members(t->members == NULL ? t->regions.code[n] : t->members[n], json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    ent_json_key(json, "sectors");
    ent_json_open(json, '[');
    for (ptrdiff_t j = 0; j < view->sectors; j++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->sectors.code[j]);
        ent_json_pair(json, "label", t->sectors.label[j]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* Of licences only where there are any: they would take room for nothing on every other page. */
static int is_left_out(const ent_view *view, int v)
{
    if (v != ENT_REGION_licence_rents && v != ENT_REGION_exact_licences) return 0;
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        if (outcome_of(view, s)->quotas > 0) return 0;
    return 1;
}

static void say_variables(const ent_view *view, ent_json *json)
{
    ent_json_key(json, "variables");
    ent_json_open(json, '[');
    for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
        static const char *const kinds[] = {"level", "index", "change"};
        if (is_left_out(view, v)) continue;
        const ent_variable *variable = &ent_region_variables[v];
        ent_json_open(json, '{');
        ent_json_pair(json, "name", variable->name);
        ent_json_pair(json, "unit", variable->unit);
        ent_json_pair(json, "label", variable->label);
        ent_json_pair(json, "kind", kinds[variable->kind]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- values of one scenario ---- */

static int same(ptrdiff_t count, const double *a, const double *b)
{
    return memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

static void say_regions(const ent_view *view, ptrdiff_t s, ent_when when, ent_json *json)
{
    ent_json_key(json, when == ENT_BEFORE ? "before" : "after");
    if (when == ENT_BEFORE && s > 0 &&
        same(ENT_REGION_VARIABLES * view->regions, outcome_of(view, s)->region_benchmark,
             outcome_of(view, 0)->region_benchmark)) {
        ent_json_string(json, NULL);
        return;
    }
    ent_json_open(json, '[');
    for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
        if (is_left_out(view, v)) continue;
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n <= view->regions; n++)
            ent_json_rounded(json, ent_view_region(view, s, when, (ent_region_variable)v, n), REGION_DIGITS);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static void say_array(ent_json *json, const char *key, ptrdiff_t count, const double *value)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t i = 0; i < count; i++) ent_json_rounded(json, value[i], PICTURE_DIGITS);
    ent_json_close(json, ']');
}

static void say_sectors(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_outcome *o = outcome_of(view, s), *first = outcome_of(view, 0);
    const ptrdiff_t cells = view->regions * view->sectors, at = ENT_SECTOR_output * cells;
    ent_json_key(json, "sectors");
    ent_json_open(json, '{');
    if (s == 0 || !same(cells, o->sector_benchmark + at, first->sector_benchmark + at))
        say_array(json, "output_before", cells, o->sector_benchmark + at);
    for (int p = 0; p < SECTOR_PICTURES; p++)
        say_array(json, ent_sector_variables[sector_pictures[p]].name, cells,
                  o->sector_value + sector_pictures[p] * cells);
    ent_json_close(json, '}');
}

/* ---- trade ---- */

typedef struct {
    ent_pairs *pairs; /* [scenarios] */
    ent_pair *ranked;
    ptrdiff_t shown; /* of ranked */
    int32_t *main;
    ptrdiff_t main_count;
} trade;

static ent_status make_trade(const ent_view *view, ent_arena *arena, trade *t, ent_error *err)
{
    *t = (trade){.pairs = ent_new(arena, ent_pairs, view->scenarios), .main = ent_new(arena, int32_t, view->regions)};
    if (t->pairs == NULL || t->main == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    for (ptrdiff_t s = 0; s < view->scenarios; s++) ENT_TRY(ent_view_pairs(view, s, arena, &t->pairs[s], err));
    ENT_TRY(ent_view_rank_pairs(view, t->pairs, arena, &t->ranked, &t->shown, err));
    if (t->shown > ENT_PAGE_PAIRS) t->shown = ENT_PAGE_PAIRS;
    t->main_count = ent_view_main_regions(view, ENT_PAGE_MAIN, t->main);
    return ENT_OK;
}

static void say_matrix(const ent_view *view, ptrdiff_t s, const trade *t, ent_json *json)
{
    const ptrdiff_t side = view->regions + 1;
    ent_json_key(json, "matrix"); /* [importer][exporter] over main: before, after, in million USD */
    ent_json_open(json, '{');
    for (int when = ENT_BEFORE; when <= ENT_AFTER; when++) {
        if (when == ENT_BEFORE && s > 0 && same(side * side, t->pairs[s].value[when], t->pairs[0].value[when]))
            continue;
        ent_json_key(json, when == ENT_BEFORE ? "before" : "after");
        ent_json_open(json, '[');
        for (ptrdiff_t m = 0; m < t->main_count; m++)
            for (ptrdiff_t x = 0; x < t->main_count; x++)
                ent_json_rounded(json, t->pairs[s].value[when][t->main[m] * side + t->main[x]], PICTURE_DIGITS);
        ent_json_close(json, ']');
    }
    ent_json_close(json, '}');
}

/* One way of one pair by sector: flow index or -1. */
static void find_flows(const ent_outcome *o, ptrdiff_t importer, ptrdiff_t exporter, ptrdiff_t sectors, ptrdiff_t *flow)
{
    for (ptrdiff_t j = 0; j < sectors; j++) flow[j] = -1;
    for (ptrdiff_t e = 0; e < o->flows; e++)
        if (o->flow_importer[e] == importer && o->flow_exporter[e] == exporter) flow[o->flow_sector[e]] = e;
}

static void say_way(const ent_view *view, ptrdiff_t s, const trade *t, ptrdiff_t importer, ptrdiff_t exporter,
                    ptrdiff_t *flow, ent_json *json)
{
    const ent_outcome *o = outcome_of(view, s);
    const ptrdiff_t cell = importer * (view->regions + 1) + exporter;
    find_flows(o, importer, exporter, view->sectors, flow);
    ent_json_open(json, '{');
    for (int what = 0; what < 2; what++)
        for (int when = ENT_BEFORE; when <= ENT_AFTER; when++) {
            static const char *const keys[2][2] = {{"before", "after"}, {"duty_before", "duty_after"}};
            const double *all = when == ENT_BEFORE ? o->flow_benchmark : o->flow_value;
            const double *x = all + (what == 0 ? ENT_FLOW_value : ENT_FLOW_duty) * o->flows;
            const ent_pairs *p = &t->pairs[s];
            ent_json_key(json, keys[what][when]);
            ent_json_open(json, '[');
            for (ptrdiff_t j = 0; j < view->sectors; j++)
                ent_json_rounded(json, flow[j] < 0 ? (double)NAN : x[flow[j]], PICTURE_DIGITS);
            ent_json_rounded(json, what == 0 ? p->value[when][cell] : p->rate[when][cell], PICTURE_DIGITS);
            ent_json_close(json, ']');
        }
    ent_json_close(json, '}');
}

static ent_status say_pairs(const ent_view *view, ptrdiff_t s, const trade *t, ent_json *json, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ptrdiff_t *flow = ent_new(&scratch, ptrdiff_t, view->sectors);
    if (flow == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ent_json_key(json, "pairs"); /* [shown][2]: what a sells to b, what b sells to a */
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < t->shown; p++) {
        ent_json_open(json, '[');
        say_way(view, s, t, t->ranked[p].b, t->ranked[p].a, flow, json);
        say_way(view, s, t, t->ranked[p].a, t->ranked[p].b, flow, json);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

/* Standard errors in the unit in which the page shows the variable: points of its change in percent. The world last. */
static void say_errors(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_uncertainty *u = view->report->answers[s].uncertainty;
    if (u == NULL) return;
    ent_json_key(json, "errors");
    ent_json_open(json, '{');
    for (int v = 0; v < ENT_HEADLINE_VARIABLES; v++) {
        const ent_region_variable variable = ent_headline_variables[v];
        ent_json_key(json, ent_region_variables[variable].name);
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n <= view->regions; n++) {
            const ent_headline *one = ent_headline_find(u, variable, n);
            const double before = ent_region_variables[variable].kind == ENT_LEVEL
                                      ? ent_view_region(view, s, ENT_BEFORE, variable, n)
                                      : 1.0;
            ent_json_rounded(json, one == NULL ? (double)NAN : 100.0 * one->se / before, PICTURE_DIGITS);
        }
        ent_json_close(json, ']');
    }
    ent_json_close(json, '}');
    ent_json_pair(json, "errors_from", u->spread->source);
}

static ent_status say_scenario(const ent_view *view, ptrdiff_t s, ent_page_detail detail, const trade *t,
                               ent_json *json, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const char *blueprint = ent_words_blueprint(view, s, &scratch);
    const char *certificate = ent_words_certificate(view, s, 0, &scratch);
    if (blueprint == NULL || certificate == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ent_json_open(json, '{');
    ent_words_scenario_json(view, s, json);
    ent_json_pair(json, "blueprint", blueprint);
    ent_json_pair(json, "certificate_words", certificate);
    ent_json_key(json, "certificate");
    ENT_TRY(ent_words_certificate_json(view, s, json));
    say_regions(view, s, ENT_BEFORE, json);
    say_regions(view, s, ENT_AFTER, json);
    say_errors(view, s, json);
    if (detail == ENT_PAGE_FULL) {
        say_sectors(view, s, json);
        say_matrix(view, s, t, json);
        ENT_TRY(say_pairs(view, s, t, json, err));
    }
    ent_json_close(json, '}');
    return ENT_OK;
}

ent_status ent_page_data(const ent_view *view, ent_page_detail detail, ent_json *json, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    trade t = {0};
    if (detail == ENT_PAGE_FULL) ENT_TRY(make_trade(view, &scratch, &t, err));
    ent_json_open(json, '{');
    ent_json_pair(json, "version", ENT_VERSION);
    ent_json_pair(json, "command", view->report->command);
    ent_json_key(json, "world");
    ent_json_open(json, '{');
    ent_words_world_json(view, json);
    ent_json_close(json, '}');
    say_names(view, json);
    say_variables(view, json);
    ent_json_key(json, "main");
    ent_json_open(json, '[');
    for (ptrdiff_t m = 0; m < t.main_count; m++) ent_json_integer(json, t.main[m]);
    ent_json_close(json, ']');
    ent_json_key(json, "pairs");
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < t.shown; p++) {
        ent_json_open(json, '[');
        ent_json_integer(json, t.ranked[p].a);
        ent_json_integer(json, t.ranked[p].b);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
    ent_json_key(json, "scenarios");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < view->scenarios; s++) ENT_TRY(say_scenario(view, s, detail, &t, json, err));
    ent_json_close(json, ']');
    ent_json_close(json, '}');
    return ENT_OK;
}
