/* unpack.c: any bytes at all, unpacked into at most a megabyte. */
// SPDX-License-Identifier: MIT
#include "base/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH arena = {0};
    ent_bytes plain;
    ent_error err = {0};
    const ent_bytes packed = {(const char *)data, size};
    if (!ent_is_packed(packed)) return 0;
    if (ent_unpack(packed, "fuzz", 1 << 20, &arena, &plain, &err) == ENT_OK) {
        if (plain.size > 1 << 20 || plain.data[plain.size] != 0) __builtin_trap();
    } else if (err.text[0] == 0) {
        __builtin_trap(); /* a refusal says why */
    }
    return 0;
}
