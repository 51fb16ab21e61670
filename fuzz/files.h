/* files.h: a fuzzer's bytes as one or several files, parted by lines that say ====; and what must hold of any table
 * that a reader makes of them. */
// SPDX-License-Identifier: MIT
#pragma once
#include "table/readers.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Up to `most` files, each ended by the 0 that readers count on. Returns how many; 0 where memory is out. */
static inline int files_split(const uint8_t *data, size_t size, int most, const char *const *names, ent_arena *arena,
                              ent_source *file)
{
    static const char parting[] = "====\n";
    char *text = ent_new(arena, char, size + 1);
    int count = 0;
    if (text == NULL) return 0;
    if (size > 0) memcpy(text, data, size);
    text[size] = 0;
    for (char *at = text, *const end = text + size; count < most; count++) {
        char *next = memmem(at, (size_t)(end - at), parting, sizeof parting - 1);
        file[count] = (ent_source){names[count], {at, (size_t)((next == NULL ? end : next) - at)}};
        if (next == NULL) return count + 1;
        *next = 0;
        at = next + sizeof parting - 1;
    }
    return count;
}

/* A refusal says why; a table that passed is a table that the check accepts. */
static inline void files_judge(ent_status status, const ent_import *ask, ent_rounding rounding, ent_arena *arena,
                               ent_table *table, ent_error *err)
{
    if (status == ENT_OK) status = ent_table_mend(ask, rounding, arena, table, err);
    if (status != ENT_OK && err->text[0] == 0) __builtin_trap();
    if (status == ENT_OK && (*table->history == 0 || ent_table_check(table, err) != ENT_OK)) __builtin_trap();
}
