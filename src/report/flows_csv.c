/* flows_csv.c: flows.csv, one row a scenario, importer, exporter, sector and variable, and totals over sectors by pair,
 * with the world as importer, exporter or both. Pairs that trade in neither state leave no row, nor do
 * export taxes that are 0 in both (there are few others). */
// SPDX-License-Identifier: MIT
#include "report/csv.h"
#include "text/csv_write.h"
#include <math.h>

static void add_fields(ent_text *key, const char *code, const char *label)
{
    ent_csv_field(key, code);
    ent_text_add(key, ",", 1);
    ent_csv_field(key, label);
    ent_text_add(key, ",", 1);
}

static void say_key(const ent_view *view, ptrdiff_t s, const ptrdiff_t at[3], ent_text *key)
{
    const ent_names *regions = &view->table->regions, *sectors = &view->table->sectors;
    key->size = 0;
    ent_csv_field(key, view->name[s]);
    ent_text_add(key, ",", 1);
    for (int side = 0; side < 2; side++) {
        const ptrdiff_t n = at[side];
        add_fields(key, n < view->regions ? regions->code[n] : view->world,
                   n < view->regions ? regions->label[n] : "World");
    }
    const ptrdiff_t j = at[2];
    add_fields(key, j < view->sectors ? sectors->code[j] : view->all,
               j < view->sectors ? sectors->label[j] : "All sectors");
}

static void say_flows(const ent_view *view, ptrdiff_t s, ent_text *key, ent_text *text, ent_target *target)
{
    const ent_outcome *o = view->report->answers[s].outcome;
    for (ptrdiff_t e = 0; e < o->flows; e++) {
        const double before = o->flow_benchmark[ENT_FLOW_value * o->flows + e];
        const double after = o->flow_value[ENT_FLOW_value * o->flows + e];
        if (!(before > 0.0) && !(after > 0.0)) continue;
        say_key(view, s, (const ptrdiff_t[]){o->flow_importer[e], o->flow_exporter[e], o->flow_sector[e]}, key);
        if (key->failed) return;
        const ent_csv_rows rows = {text, target, key->data, key->size};
        for (int v = 0; v < ENT_FLOW_VARIABLES; v++) {
            const double benchmark = o->flow_benchmark[v * o->flows + e], value = o->flow_value[v * o->flows + e];
            if ((v == ENT_FLOW_export_tax || v == ENT_FLOW_licence) && benchmark == 0.0 && value == 0.0) continue;
            ent_csv_value_row(&rows, &ent_flow_variables[v], benchmark, value);
        }
    }
}

static ent_status say_totals(const ent_view *view, ptrdiff_t s, ent_text *key, ent_text *text, ent_target *target,
                             ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_pairs p;
    ENT_TRY(ent_view_pairs(view, s, &scratch, &p, err));
    const ptrdiff_t side = view->regions + 1;
    for (ptrdiff_t c = 0; c < side * side; c++) {
        if (!(p.value[ENT_BEFORE][c] > 0.0) && !(p.value[ENT_AFTER][c] > 0.0)) continue;
        say_key(view, s, (const ptrdiff_t[]){c / side, c % side, view->sectors}, key);
        if (key->failed) break;
        const ent_csv_rows rows = {text, target, key->data, key->size};
        ent_csv_value_row(&rows, &ent_flow_variables[ENT_FLOW_value], p.value[ENT_BEFORE][c], p.value[ENT_AFTER][c]);
        ent_csv_value_row(&rows, &ent_flow_variables[ENT_FLOW_quantity], 1.0, p.quantity[c]);
        ent_csv_value_row(&rows, &ent_flow_variables[ENT_FLOW_duty], p.rate[ENT_BEFORE][c], p.rate[ENT_AFTER][c]);
        if (p.export_tax[ENT_BEFORE][c] != 0.0 || p.export_tax[ENT_AFTER][c] != 0.0)
            ent_csv_value_row(&rows, &ent_flow_variables[ENT_FLOW_export_tax], p.export_tax[ENT_BEFORE][c],
                              p.export_tax[ENT_AFTER][c]);
    }
    return ENT_OK;
}

ent_status ent_flows_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text key = {.arena = &scratch};
    ent_text_say(text, "scenario,importer,importer_label,exporter,exporter_label,sector,sector_label,variable,unit,"
                       "benchmark,value,ratio\n");
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        say_flows(view, s, &key, text, target);
        ENT_TRY(say_totals(view, s, &key, text, target, err));
    }
    if (key.failed || text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for flows.csv");
    return ENT_OK;
}
