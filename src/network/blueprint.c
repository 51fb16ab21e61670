/* blueprint.c: the defaults of MODEL.md 3 and the ranges of every number in a blueprint. */
// SPDX-License-Identifier: MIT
#include "entente/network.h"
#include <math.h>

static double *filled(ent_arena *arena, ptrdiff_t count, double value)
{
    double *list = ent_new(arena, double, count);
    if (list != NULL)
        for (ptrdiff_t c = 0; c < count; c++) list[c] = value;
    return list;
}

ent_status ent_blueprint_default(const ent_table *table, ent_arena *arena, ent_blueprint *blueprint, ent_error *err)
{
    const ptrdiff_t sectors = table->sectors.count;
    *blueprint = (ent_blueprint){
        .name = "default",
        .trade_elasticity = filled(arena, sectors, NAN),
        .home_elasticity = filled(arena, sectors, NAN),
        .output_elasticity = filled(arena, sectors, 1.0),
        .factor_elasticity = filled(arena, sectors, 1.0),
        .material_elasticity = filled(arena, sectors, 1.0),
        .product_elasticity = filled(arena, sectors, NAN),
        .consumption_elasticity = 1.0,
        .scale = filled(arena, sectors, NAN),
        .mobility = filled(arena, table->factors.count, INFINITY),
        .entry_share = filled(arena, table->regions.count, 0.0),
        .pareto_shape = NAN,
    };
    if (blueprint->trade_elasticity == NULL || blueprint->home_elasticity == NULL ||
        blueprint->output_elasticity == NULL || blueprint->factor_elasticity == NULL ||
        blueprint->material_elasticity == NULL || blueprint->product_elasticity == NULL || blueprint->scale == NULL ||
        blueprint->mobility == NULL || blueprint->entry_share == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a blueprint of %td sectors", sectors);
    if (table->trade_elasticity != NULL)
        for (ptrdiff_t j = 0; j < sectors; j++) blueprint->trade_elasticity[j] = table->trade_elasticity[j];
    return ENT_OK;
}
