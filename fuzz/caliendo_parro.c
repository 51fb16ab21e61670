/* caliendo_parro.c: any bytes as the files of a folder in that layout: the first byte chooses the spelling; then flows,
 * shares of value added, final shares, materials, tariffs, sectors, countries, elasticities, and perhaps accounts. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[ENT_PARRO_FILES] = {"flows",   "value_added", "final",        "materials", "tariffs",
                                                       "sectors", "countries",   "elasticities", "accounts"};
    if (size == 0) return 0;
    for (int balance = 0; balance < 2; balance++) {
        ENT_SCRATCH arena = {0};
        ent_parro_sources sources = {.folder = "fuzz", .spelling = data[0] == '2'};
        ent_table table;
        ent_error err = {{0}};
        const ent_import ask = {.balance = balance};
        if (files_split(data + 1, size - 1, ENT_PARRO_FILES, names, &arena, sources.file) < ENT_PARRO_ACCOUNTS)
            return 0;
        const ent_status status = ent_caliendo_parro_read(&sources, &ask, &arena, &table, &err);
        files_judge(status, &ask, (ent_rounding){0}, &arena, &table, &err);
    }
    return 0;
}
