/* mapping.c: any bytes as a mapping file; what is accepted maps every name to a name that is there. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const file_names[] = {"fuzz.csv"}, *const codes[] = {"AUS", "NA", "USA", "c1"};
    ENT_SCRATCH arena = {0};
    ent_source file;
    ent_names names = {0}, to;
    ptrdiff_t *map;
    ent_error err = {{0}};
    for (int c = 0; c < 4; c++)
        if (ent_names_add(&names, &arena, codes[c], NULL, NULL) != ENT_OK) return 0;
    if (files_split(data, size, 1, file_names, &arena, &file) == 0) return 0;
    if (ent_mapping_parse(&file, &names, &arena, &map, &to, &err) != ENT_OK) {
        if (err.text[0] == 0) __builtin_trap();
        return 0;
    }
    for (ptrdiff_t n = 0; n < names.count; n++)
        if (map[n] < 0 || map[n] >= to.count) __builtin_trap();
    return 0;
}
