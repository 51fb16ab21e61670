/* tidy.c: any bytes as tidy lists: flows, and perhaps value added, duties, elasticities. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"flows.csv", "value_added.csv", "duties.csv", "elasticities.csv"};
    for (int balance = 0; balance < 2; balance++) {
        ENT_SCRATCH arena = {0};
        ent_source file[4] = {{0}};
        ent_table table;
        ent_error err = {{0}};
        const ent_import ask = {.balance = balance, .stocks = size % 2 ? ENT_STOCKS_LEONTIEF : ENT_STOCKS_MOVE};
        if (files_split(data, size, 4, names, &arena, file) == 0) return 0;
        const ent_tidy_sources sources = {file[0], file[1], file[2], file[3]};
        const ent_status status = ent_tidy_read(&sources, &ask, &arena, &table, &err);
        files_judge(status, &ask, (ent_rounding){0}, &arena, &table, &err);
    }
    return 0;
}
