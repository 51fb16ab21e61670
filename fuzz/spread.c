/* spread.c: any bytes as a file of standard errors; what is accepted has positive errors of positive elasticities, each
 * once. */
// SPDX-License-Identifier: MIT
#include "entente/uncertainty.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ent_status make_table(ent_arena *arena, ent_table *table)
{
    static const char *const sectors[] = {"AGR", "NA", "c1"};
    ent_error err;
    for (int j = 0; j < 3; j++) ENT_TRY(ent_names_add(&table->sectors, arena, sectors[j], NULL, NULL));
    ENT_TRY(ent_names_add(&table->regions, arena, "USA", NULL, NULL));
    ENT_TRY(ent_names_add(&table->uses, arena, "use", NULL, NULL));
    ENT_TRY(ent_names_add(&table->factors, arena, "labour", NULL, NULL));
    return ent_table_make(table, arena, &err);
}

static void hold(const ent_spread *spread)
{
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        const ent_parameter *one = &spread->parameter[p];
        if (!(one->se > 0.0 && one->se <= 10.0 * one->value) || !(one->value > 0.0)) __builtin_trap();
        for (ptrdiff_t q = 0; q < p; q++)
            if (spread->parameter[q].kind == one->kind && spread->parameter[q].sector == one->sector) __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    ent_table table = {.name = "fuzz"};
    ent_blueprint blueprint;
    ent_spread spread;
    ent_error err = {{0}};
    if (make_table(&arena, &table) != ENT_OK || ent_blueprint_default(&table, &arena, &blueprint, &err) != ENT_OK)
        return 0;
    for (ptrdiff_t j = 0; j < table.sectors.count; j++) blueprint.trade_elasticity[j] = 4.0;
    char *copy = ent_new0(&arena, char, size + 1);
    if (copy == NULL) return 0;
    if (size > 0) memcpy(copy, data, size);
    if (ent_spread_parse((ent_bytes){copy, size}, "fuzz.csv", &table, &blueprint, &arena, &spread, &err) != ENT_OK) {
        if (err.text[0] == 0) __builtin_trap();
        return 0;
    }
    hold(&spread);
    return 0;
}
