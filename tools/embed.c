/* embed.c: at build time, the files of an embedded world -> its flat bytes: embed FOLDER OUT.
 * It is linked with the library less the worlds themselves, so it brings an empty list of them. */
// SPDX-License-Identifier: MIT
#include "baseline2022.h"
#include "table/embedded.h"
#include "table/flat.h"
#include <stdio.h>

const ent_embedded_world ent_embedded_worlds[] = {{NULL, NULL, NULL}};

static ent_status embed(const char *folder, const char *out, ent_arena *house, ent_error *err)
{
    ent_table table;
    ent_bytes flat;
    ENT_TRY(baseline2022_make(folder, house, &table, err));
    ENT_TRY(ent_table_check(&table, err));
    ENT_TRY(ent_flat_write(&table, house, &flat, err));
    return ent_bytes_write(out, flat.data, flat.size, err);
}

int main(int count, char **words)
{
    ENT_SCRATCH house = {0};
    ent_error err = {""};
    if (count != 3) {
        fprintf(stderr, "usage: embed FOLDER OUT\n");
        return 2;
    }
    const ent_status status = embed(words[1], words[2], &house, &err);
    if (status != ENT_OK) fprintf(stderr, "embed: %s: %s\n", ent_status_words(status), err.text);
    return status == ENT_OK ? 0 : 1;
}
