/* embed.c: at build time, the files of the embedded worlds -> their flat bytes: embed FOLDER OUT PRODUCTS OUT, where
 * the second world is the first with products cut out of its sectors. It is linked with the library less the worlds
 * themselves, so it brings an empty list of them. */
// SPDX-License-Identifier: MIT
#include "baseline2022.h"
#include "entente/scenario.h"
#include "table/embedded.h"
#include "table/flat.h"
#include <stdio.h>

const ent_embedded_world ent_embedded_worlds[] = {{NULL, NULL, NULL}};

static ent_status write_flat(const ent_table *table, const char *out, ent_arena *house, ent_error *err)
{
    ent_bytes flat;
    ENT_TRY(ent_table_check(table, err));
    ENT_TRY(ent_flat_write(table, house, &flat, err));
    return ent_bytes_write(out, flat.data, flat.size, err);
}

static ent_status embed(char **words, ent_arena *house, ent_error *err)
{
    ent_table table, refined;
    ent_products products;
    ENT_TRY(baseline2022_make(words[1], house, &table, err));
    ENT_TRY(write_flat(&table, words[2], house, err));
    ENT_TRY(ent_products_read(words[3], &table, house, &products, err));
    ENT_TRY(ent_products_refine(&table, &products, house, &refined, err));
    return write_flat(&refined, words[4], house, err);
}

int main(int count, char **words)
{
    ENT_SCRATCH house = {0};
    ent_error err = {""};
    if (count != 5) {
        fprintf(stderr, "usage: embed FOLDER OUT PRODUCTS OUT\n");
        return 2;
    }
    const ent_status status = embed(words, &house, &err);
    if (status != ENT_OK) fprintf(stderr, "embed: %s: %s\n", ent_status_words(status), err.text);
    return status == ENT_OK ? 0 : 1;
}
