/* netcdf.c: any bytes as a world file. libnetcdf and libhdf5 see them too; see docs/WORLDS.md on files one doesn't
 * trust. */
// SPDX-License-Identifier: MIT
#include "table/netcdf_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    ent_table table;
    ent_error err = {0};
    const ent_bytes bytes = {(const char *)data, size};
    if (ent_netcdf_read_bytes(bytes, "fuzz.nc", &arena, &table, &err) != ENT_OK) {
        if (err.text[0] == 0) __builtin_trap(); /* a refusal says why */
        return 0;
    }
    ent_table_balance balance;
    ent_table_measure(&table, &balance);
    ent_table_check(&table, &err);
    return 0;
}
