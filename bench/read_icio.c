/* read_icio.c: how long an OECD sheet takes to become a table:  bench_read_icio FILE [times]
 * Make one of full size with  generate_icio 81 50 1 > full.csv.  Printed: the fastest of some runs, the text's speed,
 * and the most memory that the process had, against what a read of the bare bytes takes. */
// SPDX-License-Identifier: MIT
#include "entente/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static double read_bytes(const char *path, size_t *size)
{
    ENT_SCRATCH arena = {0};
    ent_bytes bytes;
    ent_error err = {{0}};
    const double began = ent_seconds();
    if (ent_bytes_read(path, 0, &arena, &bytes, &err) != ENT_OK) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    *size = bytes.size;
    return ent_seconds() - began;
}

static double read_table(const char *path, size_t *arena_bytes)
{
    ENT_SCRATCH arena = {0};
    ent_table table;
    ent_error err = {{0}};
    const ent_import ask = {.layout = ENT_LAYOUT_OECD_ICIO, .paths = &path, .path_count = 1};
    const double began = ent_seconds();
    if (ent_table_import(&ask, &arena, &table, &err) != ENT_OK) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    *arena_bytes = arena.bytes;
    return ent_seconds() - began;
}

int main(int count, char **words)
{
    if (count < 2) {
        fputs("bench_read_icio FILE [times]\n", stderr);
        return 2;
    }
    size_t size = 0, kept = 0;
    double bytes = 1e9, table = 1e9;
    for (int t = count > 2 ? atoi(words[2]) : 5; t > 0; t--) {
        const double b = read_bytes(words[1], &size), w = read_table(words[1], &kept);
        bytes = b < bytes ? b : bytes;
        table = w < table ? w : table;
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    const double megabytes = 1e-6 * (double)size;
    printf("%s: %.1f MB of text; bytes alone %.3f s; table %.3f s (%.0f MB/s)\n", words[1], megabytes, bytes, table,
           megabytes / table);
    printf("table %.1f MB; most memory %.1f MB, %.2f times the text\n", 1e-6 * (double)kept,
           1e-3 * (double)use.ru_maxrss, 1e-3 * (double)use.ru_maxrss / megabytes);
    return 0;
}
