/* sectors_csv.c: sectors.csv, one row a scenario, region, sector and variable; all sectors and the world as rows too.
 */
// SPDX-License-Identifier: MIT
#include "report/csv.h"
#include "text/csv_write.h"
#include <math.h>

static void say_key(const ent_view *view, ptrdiff_t s, ptrdiff_t n, ptrdiff_t j, ent_text *key)
{
    const ent_names *regions = &view->table->regions, *sectors = &view->table->sectors;
    const char *const fields[] = {view->name[s], n < view->regions ? regions->code[n] : view->world,
                                  n < view->regions ? regions->label[n] : "World",
                                  j < view->sectors ? sectors->code[j] : view->all,
                                  j < view->sectors ? sectors->label[j] : "All sectors"};
    key->size = 0;
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        ent_csv_field(key, fields[f]);
        ent_text_add(key, ",", 1);
    }
}

ent_status ent_sectors_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text key = {.arena = &scratch};
    const ptrdiff_t R = view->regions, J = view->sectors;
    ent_text_say(text, "scenario,region,region_label,sector,sector_label,variable,unit,benchmark,value,ratio\n");
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        for (ptrdiff_t cell = 0; cell < (R + 1) * (J + 1) && !key.failed; cell++) {
            const ptrdiff_t n = cell / (J + 1), j = cell % (J + 1);
            say_key(view, s, n, j, &key);
            const ent_csv_rows rows = {text, target, key.data, key.size};
            if (key.failed) break;
            for (int v = 0; v < ENT_SECTOR_VARIABLES; v++) {
                const double value = ent_view_sector(view, s, ENT_AFTER, (ent_sector_variable)v, n, j);
                if ((n == R || j == J) && isnan(value)) continue; /* no total makes sense */
                ent_csv_value_row(&rows, &ent_sector_variables[v],
                                  ent_view_sector(view, s, ENT_BEFORE, (ent_sector_variable)v, n, j), value);
            }
        }
    if (key.failed || text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for sectors.csv");
    return ENT_OK;
}
