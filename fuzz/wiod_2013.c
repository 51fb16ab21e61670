/* wiod_2013.c: any bytes as a sheet in that layout; read, then mended as import does, with repair and without. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"fuzz.csv"};
    for (int balance = 0; balance < 2; balance++) {
        ENT_SCRATCH arena = {0};
        ent_source file;
        ent_table table;
        ent_rounding rounding = {0};
        ent_error err = {{0}};
        const ent_import ask = {.balance = balance, .stocks = size % 2 ? ENT_STOCKS_LEONTIEF : ENT_STOCKS_MOVE};
        if (files_split(data, size, 1, names, &arena, &file) == 0) return 0;
        const ent_status status = ent_wiod_2013_read(&file, &ask, &arena, &table, &rounding, &err);
        files_judge(status, &ask, rounding, &arena, &table, &err);
    }
    return 0;
}
