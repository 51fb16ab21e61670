/* refine.c: from a table and a list of products to the refined table: check, fill flows, find columns, assemble. */
// SPDX-License-Identifier: MIT
#include "product/draft.h"
#include "table/arrays.h"

ent_status ent_products_refine(const ent_table *table, const ent_products *products, ent_arena *arena,
                               ent_table *refined, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_cut cut = {.old = table,
                   .products = products,
                   .scratch = &scratch,
                   .R = table->regions.count,
                   .J = table->sectors.count,
                   .U = table->uses.count,
                   .G = table->factors.count,
                   .C = table->sectors.count + table->uses.count,
                   .P = products->count};
    ENT_TRY(ent_bundles_check(table, err));
    ENT_TRY(ent_cut_check(&cut, err));
    ENT_TRY(ent_cut_flows(&cut, err));
    ENT_TRY(ent_cut_columns(&cut, err));
    const ent_status status = ent_cut_assemble(&cut, arena, refined);
    return status == ENT_OK ? ENT_OK : ent_fail(err, status, "%s: no memory to cut products out of it", table->name);
}
