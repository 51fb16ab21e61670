/* against.c: one outcome measured against another on the same table, as if the second were the benchmark. */
// SPDX-License-Identifier: MIT
#include "entente/outcome.h"
#include <math.h>

/* Levels and indices: the other's value is the benchmark; indices become ratios; changes are differences. */
static void compare(ptrdiff_t variables, const ent_variable *about, ptrdiff_t count, const double *value,
                    const double *base, double *benchmark, double *result)
{
    for (ptrdiff_t v = 0; v < variables; v++)
        for (ptrdiff_t c = 0; c < count; c++) {
            const ptrdiff_t at = v * count + c;
            const int index = about[v].kind == ENT_INDEX, change = about[v].kind == ENT_CHANGE;
            benchmark[at] = isnan(base[at]) ? NAN : index ? 1.0 : change ? 0.0 : base[at];
            result[at] = index ? value[at] / base[at] : change ? value[at] - base[at] : value[at];
        }
}

static ent_status take_room(ent_outcome *o, ent_arena *arena)
{
    const ptrdiff_t cells = o->regions * o->sectors;
    o->region_benchmark = ent_new(arena, double, ENT_REGION_VARIABLES * o->regions);
    o->region_value = ent_new(arena, double, ENT_REGION_VARIABLES * o->regions);
    o->sector_benchmark = ent_new(arena, double, ENT_SECTOR_VARIABLES *cells);
    o->sector_value = ent_new(arena, double, ENT_SECTOR_VARIABLES *cells);
    o->flow_benchmark = ent_new(arena, double, ENT_FLOW_VARIABLES * o->flows);
    o->flow_value = ent_new(arena, double, ENT_FLOW_VARIABLES * o->flows);
    return o->region_benchmark == NULL || o->region_value == NULL || o->sector_benchmark == NULL ||
                   o->sector_value == NULL || o->flow_benchmark == NULL || o->flow_value == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

ent_status ent_outcome_against(const ent_outcome *outcome, const ent_outcome *base, ent_arena *arena, ent_outcome *out,
                               ent_error *err)
{
    if (outcome->regions != base->regions || outcome->sectors != base->sectors || outcome->flows != base->flows)
        return ent_fail(err, ENT_BAD_INPUT, "two outcomes are compared only on one world; these have other shapes");
    *out = *outcome;
    if (take_room(out, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to compare outcomes of %td regions", outcome->regions);
    compare(ENT_REGION_VARIABLES, ent_region_variables, out->regions, outcome->region_value, base->region_value,
            out->region_benchmark, out->region_value);
    compare(ENT_SECTOR_VARIABLES, ent_sector_variables, out->regions * out->sectors, outcome->sector_value,
            base->sector_value, out->sector_benchmark, out->sector_value);
    compare(ENT_FLOW_VARIABLES, ent_flow_variables, out->flows, outcome->flow_value, base->flow_value,
            out->flow_benchmark, out->flow_value);
    double before = 0.0, after = 0.0;
    for (ptrdiff_t n = 0; n < out->regions; n++) {
        const double weight = out->region_benchmark[ENT_REGION_income * out->regions + n];
        const double w = out->region_value[ENT_REGION_real_income * out->regions + n];
        out->region_value[ENT_REGION_equivalent_variation * out->regions + n] = weight * (w - 1.0);
        before += weight;
        after += weight * w;
    }
    out->world_real_income = after / before;
    return ENT_OK;
}
