/* regions_csv.c: regions.csv, one row a scenario, region and variable; the world last. */
// SPDX-License-Identifier: MIT
#include "report/uncertain.h"
#include "text/csv_write.h"
#include <math.h>

static void say_key(const ent_view *view, ptrdiff_t s, ptrdiff_t n, ent_text *key)
{
    const ent_names *names = &view->table->regions;
    key->size = 0;
    ent_csv_field(key, view->name[s]);
    ent_text_add(key, ",", 1);
    ent_csv_field(key, n < view->regions ? names->code[n] : view->world);
    ent_text_add(key, ",", 1);
    ent_csv_field(key, n < view->regions ? names->label[n] : "World");
    ent_text_add(key, ",", 1);
}

ent_status ent_regions_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text key = {.arena = &scratch};
    ent_text_say(text, "scenario,region,label,variable,unit,benchmark,value,ratio\n");
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        for (ptrdiff_t n = 0; n <= view->regions; n++) {
            say_key(view, s, n, &key);
            const ent_csv_rows rows = {text, target, key.data, key.size};
            if (key.failed) break;
            for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
                const double value = ent_view_region(view, s, ENT_AFTER, (ent_region_variable)v, n);
                if (n == view->regions && isnan(value)) continue; /* no world total makes sense */
                ent_csv_value_row(&rows, &ent_region_variables[v],
                                  ent_view_region(view, s, ENT_BEFORE, (ent_region_variable)v, n), value);
            }
            ent_uncertain_rows(&rows, view->report->answers[s].uncertainty, n);
        }
    if (key.failed || text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for regions.csv");
    return ENT_OK;
}
