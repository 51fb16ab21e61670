/* print_json.c: everything of the outcomes by names, for programs: `entente run --format json`. */
// SPDX-License-Identifier: MIT
#include "report/print.h"
#include "report/quotas.h"
#include "report/uncertain.h"
#include "report/words.h"

static void say_value(ent_json *json, const ent_variable *variable, double benchmark, double value)
{
    ent_json_key(json, variable->name);
    ent_json_open_dense(json, '{');
    if (variable->kind != ENT_CHANGE) ent_json_pair_number(json, "benchmark", benchmark);
    ent_json_pair_number(json, "value", value);
    ent_json_close(json, '}');
}

static void say_units(ent_json *json, const char *key, const ent_variable *variables, int count)
{
    ent_json_key(json, key);
    ent_json_open(json, '{');
    for (int v = 0; v < count; v++) ent_json_pair(json, variables[v].name, variables[v].unit);
    ent_json_close(json, '}');
}

static void say_regions(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    ent_json_key(json, "regions");
    ent_json_open(json, '{');
    for (ptrdiff_t n = 0; n <= view->regions; n++) {
        ent_json_key(json, n < view->regions ? view->table->regions.code[n] : view->world);
        ent_json_open(json, '{');
        for (int v = 0; v < ENT_REGION_VARIABLES; v++)
            say_value(json, &ent_region_variables[v], ent_view_region(view, s, ENT_BEFORE, (ent_region_variable)v, n),
                      ent_view_region(view, s, ENT_AFTER, (ent_region_variable)v, n));
        ent_json_close(json, '}');
    }
    ent_json_close(json, '}');
}

static void say_sectors(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    ent_json_key(json, "sectors");
    ent_json_open(json, '{');
    for (ptrdiff_t n = 0; n < view->regions; n++) {
        ent_json_key(json, view->table->regions.code[n]);
        ent_json_open(json, '{');
        for (ptrdiff_t j = 0; j < view->sectors; j++) {
            ent_json_key(json, view->table->sectors.code[j]);
            ent_json_open(json, '{');
            for (int v = 0; v < ENT_SECTOR_VARIABLES; v++)
                say_value(json, &ent_sector_variables[v],
                          ent_view_sector(view, s, ENT_BEFORE, (ent_sector_variable)v, n, j),
                          ent_view_sector(view, s, ENT_AFTER, (ent_sector_variable)v, n, j));
            ent_json_close(json, '}');
        }
        ent_json_close(json, '}');
    }
    ent_json_close(json, '}');
}

static void say_flows(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_outcome *o = view->report->answers[s].outcome;
    const ent_names *regions = &view->table->regions, *sectors = &view->table->sectors;
    ent_json_key(json, "flows");
    ent_json_open(json, '[');
    for (ptrdiff_t e = 0; e < o->flows; e++) {
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "importer", regions->code[o->flow_importer[e]]);
        ent_json_pair(json, "exporter", regions->code[o->flow_exporter[e]]);
        ent_json_pair(json, "sector", sectors->code[o->flow_sector[e]]);
        for (int v = 0; v < ENT_FLOW_VARIABLES; v++)
            say_value(json, &ent_flow_variables[v], o->flow_benchmark[v * o->flows + e],
                      o->flow_value[v * o->flows + e]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static ent_status say_scenario(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    ent_json_open(json, '{');
    ent_words_scenario_json(view, s, json);
    ent_json_key(json, "certificate");
    ENT_TRY(ent_words_certificate_json(view, s, json));
    ent_json_pair_number(json, "world_real_income", view->report->answers[s].outcome->world_real_income);
    ent_uncertain_json(view, s, 1, json);
    ent_quotas_json(view, s, json);
    say_regions(view, s, json);
    say_sectors(view, s, json);
    say_flows(view, s, json);
    ent_json_close(json, '}');
    return ENT_OK;
}

ent_status ent_print_json(const ent_view *view, ent_text *out, ent_error *err)
{
    ent_json json = {.text = out, .pretty = 1};
    ent_json_open(&json, '{');
    ent_json_pair(&json, "program", "entente");
    ent_json_pair(&json, "version", ENT_VERSION);
    ent_json_key(&json, "world");
    ent_json_open(&json, '{');
    ent_words_world_json(view, &json);
    ent_json_close(&json, '}');
    ent_json_key(&json, "units");
    ent_json_open(&json, '{');
    say_units(&json, "regions", ent_region_variables, ENT_REGION_VARIABLES);
    say_units(&json, "sectors", ent_sector_variables, ENT_SECTOR_VARIABLES);
    say_units(&json, "flows", ent_flow_variables, ENT_FLOW_VARIABLES);
    ent_json_close(&json, '}');
    ent_json_key(&json, "scenarios");
    ent_json_open(&json, '[');
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const ent_status status = say_scenario(view, s, &json);
        if (status != ENT_OK) return ent_fail(err, status, "no memory to print the report");
    }
    ent_json_close(&json, ']');
    ent_json_close(&json, '}');
    ent_text_add(out, "\n", 1);
    if (out->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory to print the report");
    return ENT_OK;
}
