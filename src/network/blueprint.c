/* blueprint.c: the defaults of MODEL.md 3 and the ranges of every number in a blueprint. */
// SPDX-License-Identifier: MIT
#include "entente/network.h"
#include <math.h>
#include <string.h>

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

/* Bit for bit: NaN, which stands for "derived", equals itself. */
static int same(const double *a, const double *b, ptrdiff_t count)
{
    return a == b || (a != NULL && b != NULL && memcmp(a, b, (size_t)count * sizeof *a) == 0);
}

int ent_blueprint_same(const ent_blueprint *a, const ent_blueprint *b, const ent_table *table)
{
    const ptrdiff_t J = table->sectors.count;
    const struct {
        const double *a, *b;
        ptrdiff_t count;
    } numbers[] = {
        {a->trade_elasticity, b->trade_elasticity, J},
        {a->home_elasticity, b->home_elasticity, J},
        {a->output_elasticity, b->output_elasticity, J},
        {a->factor_elasticity, b->factor_elasticity, J},
        {a->material_elasticity, b->material_elasticity, J},
        {a->product_elasticity, b->product_elasticity, J},
        {&a->consumption_elasticity, &b->consumption_elasticity, 1},
        {a->scale, b->scale, J},
        {&a->labour_supply, &b->labour_supply, 1},
        {a->mobility, b->mobility, table->factors.count},
        {a->entry_share, b->entry_share, table->regions.count},
        {&a->pareto_shape, &b->pareto_shape, 1},
    };
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (!same(numbers[k].a, numbers[k].b, numbers[k].count)) return 0;
    return strcmp(a->name, b->name) == 0 && a->sourcing == b->sourcing && a->users == b->users &&
           a->closure == b->closure && a->market == b->market && a->revenue == b->revenue &&
           a->numeraire == b->numeraire && a->scale_by == b->scale_by && a->separate_nests == b->separate_nests;
}
