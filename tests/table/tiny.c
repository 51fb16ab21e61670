/* tiny.c: see tiny.h. */
// SPDX-License-Identifier: MIT
#include "tiny.h"

static ent_status name(ent_names *names, ent_arena *arena, const char *code, const char *label)
{
    return ent_names_add(names, arena, code, label, NULL);
}

static ent_status name_all(ent_arena *arena, ent_table *table)
{
    ENT_TRY(name(&table->regions, arena, "MEX", "Mexico"));
    ENT_TRY(name(&table->regions, arena, "USA", "United States"));
    ENT_TRY(name(&table->sectors, arena, "VEH", "Motor vehicles"));
    ENT_TRY(name(&table->sectors, arena, "SRV", "Services"));
    ENT_TRY(name(&table->uses, arena, "HFCE", "Households"));
    ENT_TRY(name(&table->uses, arena, "INVNT", "Inventories"));
    ENT_TRY(name(&table->factors, arena, "labour", "Labour"));
    return name(&table->factors, arena, "capital", "Capital");
}

static void fill(ent_table *table)
{
    static const double z[16] = {3, 1, 2, 1, 1, 2, 0, 1, 1, 2, 9, 4, 0, 1, 5, 20};
    static const double f[16] = {2, 0, 1, 0, 6, 0, 0, 0, 2, 0, 10, 2, 1, 0, 40, 1};
    memcpy(table->z, z, sizeof z);
    memcpy(table->f, f, sizeof f);
    for (int row = 0; row < 4; row++) {
        for (int c = 0; c < 4; c++) table->x[row] += z[4 * row + c] + f[4 * row + c];
    }
    for (int column = 0; column < 4; column++) {
        double cost = 0.0;
        for (int row = 0; row < 4; row++) cost += z[4 * row + column];
        table->tls[column] = 0.25;
        table->va[2 * column] = 1.5;
        table->va[2 * column + 1] = table->x[column] - cost - 1.75;
    }
    table->duty[2 * 1] = 0.1; /* Mexican vehicles into the USA */
}

ent_status tiny_table(ent_arena *arena, ent_table *table, ent_error *err)
{
    *table = (ent_table){.name = "tiny", .year = 2020};
    if (name_all(arena, table) != ENT_OK) return ent_fail(err, ENT_NO_MEMORY, "no memory for names");
    table->is_good = ent_new0(arena, unsigned char, 2);
    table->trade_elasticity = ent_new(arena, double, 2);
    if (table->is_good == NULL || table->trade_elasticity == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory");
    table->is_good[0] = 1;
    table->trade_elasticity[0] = 4.0;
    table->trade_elasticity[1] = 5.5;
    table->elasticity_source = "invented";
    ENT_TRY(ent_table_make(table, arena, err));
    fill(table);
    return ENT_OK;
}
