/* flat.c: any bytes as a flat world. What is read is whole: it can be checked, hashed, and written to the same table.
 */
// SPDX-License-Identifier: MIT
#include "table/flat.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    ent_table table, again;
    ent_bytes flat;
    ent_error err = {0};
    char *bytes = malloc(size == 0 ? 1 : size);
    if (bytes == NULL) return 0;
    memcpy(bytes, data, size);
    if (size >= 24) memcpy(bytes + 16, &(uint64_t){size}, sizeof(uint64_t));
    const ent_status status = ent_flat_read((ent_bytes){bytes, size}, &arena, &table, &err);
    free(bytes);
    if (arena.bytes > 64 * size + (1 << 20)) __builtin_trap(); /* the bound of flat.h */
    if (status != ENT_OK) {
        if (err.text[0] == 0) __builtin_trap(); /* a refusal says why */
        return 0;
    }
    ent_table_balance balance;
    ent_table_measure(&table, &balance);
    ent_table_check(&table, &err);
    if (ent_flat_write(&table, &arena, &flat, &err) != ENT_OK) return 0;
    if (ent_flat_read(flat, &arena, &again, &err) != ENT_OK) __builtin_trap();
    const char *one = ent_table_hash(&table, &arena), *two = ent_table_hash(&again, &arena);
    if (one == NULL || two == NULL || strcmp(one, two) != 0) __builtin_trap();
    return 0;
}
