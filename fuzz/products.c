/* products.c: any bytes at all as a product file, read with the small world's names and, where that is accepted, cut
 * out of its table. What is refused must say why; a refined table balances. No files are read. */
// SPDX-License-Identifier: MIT
#include "../tests/scenario/small_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ent_status cut(ent_bytes bytes, ent_arena *arena, ent_error *err)
{
    small_world world;
    ent_products products;
    ent_table refined;
    ENT_TRY(small_make(arena, &world, err));
    ENT_TRY(ent_products_parse(bytes, "fuzz.yaml", NULL, &world.table, arena, &products, err));
    if (products.count > 20) return ENT_OK; /* recipes by all products take the square of them */
    ENT_TRY(ent_products_refine(&world.table, &products, arena, &refined, err));
    ent_error why = {0};
    if (ent_table_check(&world.table, &why) == ENT_OK && ent_table_check(&refined, &why) != ENT_OK) __builtin_trap();
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_status status = cut((ent_bytes){(const char *)data, size}, &arena, &err);
    if (status != ENT_OK && (status != ENT_BAD_INPUT || err.text[0] == 0)) __builtin_trap(); /* a refusal says why */
    return 0;
}
