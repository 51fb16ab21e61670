/* main.c: runs one fuzz target without libFuzzer: smoke SEEDS [seconds]. Every seed goes in whole, cut, and with bytes
 * bent, doubled, deleted and crossed with another seed's, drawn from a fixed sequence, so that a failure comes back the
 * next time. Depth is libFuzzer's work (cmake -DENT_FUZZ=ON with clang); this keeps the targets honest in every test
 * run. */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    MOST_SEEDS = 500,
    MOST_BYTES = 1 << 18,
    ROUNDS = 20000
};

static uint64_t state = 88172645463325252u;

static size_t draw(size_t below) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return below == 0 ? 0 : (size_t)(state % below);
}

static void give(const char *bytes, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size); /* of its own size, so that a sanitizer sees one byte too many */
    if (copy == NULL) exit(1);
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_seeds(const char *folder, ent_arena *house, ent_bytes *seeds)
{
    DIR *open = opendir(folder);
    const char *names[MOST_SEEDS];
    int count = 0;
    const struct dirent *entry;
    while (open != NULL && (entry = readdir(open)) != NULL && count < MOST_SEEDS)
        if (entry->d_name[0] != '.') names[count++] = ent_path_join(house, folder, entry->d_name);
    if (open != NULL) closedir(open);
    qsort(names, (size_t)count, sizeof *names, by_name); /* readdir has no order */
    int kept = 0;
    for (int s = 0; s < count; s++) {
        FILE *file = fopen(names[s], "rb"); /* as it is: ent_bytes_read would unpack it */
        char *bytes = ent_new(house, char, MOST_BYTES);
        if (file == NULL || bytes == NULL) exit(1);
        seeds[kept++] = (ent_bytes){bytes, fread(bytes, 1, MOST_BYTES, file)};
        fclose(file);
    }
    return kept;
}

static void cut(ent_bytes seed)
{
    for (size_t size = 0; size <= seed.size; size += size < 64 || seed.size - size < 64 ? 1 : 1 + seed.size / 64)
        give(seed.data, size);
}

/* One to eight small accidents. */
static size_t bend(char *bytes, size_t size, ent_bytes other)
{
    static const char signs[] = "0123456789-+.eE,;:\"'{}[]\n\r\t \0%#&*!|>\xff\x80NaNinf";
    for (size_t accidents = 1 + draw(8); accidents > 0; accidents--) {
        const size_t at = draw(size), length = draw(1 + draw(32));
        switch (draw(6)) {
        case 0:
            if (size > 0) bytes[at] = (char)draw(256);
            break;
        case 1:
            if (size > 0) bytes[at] = signs[draw(sizeof signs)];
            break;
        case 2:
            if (size > 0) bytes[at] ^= (char)(1 << draw(8));
            break;
        case 3: /* delete */
            if (at + length <= size) {
                memmove(bytes + at, bytes + at + length, size - at - length);
                size -= length;
            }
            break;
        case 4: /* double */
            if (at + length <= size && size + length <= MOST_BYTES) {
                memmove(bytes + at + length, bytes + at, size - at);
                size += length;
            }
            break;
        default: /* cross */
            if (other.size > 0) {
                const size_t from = draw(other.size);
                size_t copied = draw(256);
                if (copied > other.size - from) copied = other.size - from;
                if (copied > size - at) copied = size - at;
                memcpy(bytes + at, other.data + from, copied);
            }
        }
    }
    return size;
}

int main(int count, char **words)
{
    static ent_bytes seeds[MOST_SEEDS];
    static char bytes[MOST_BYTES];
    ENT_SCRATCH house = {0};
    if (count < 2) return 2;
    const double seconds = count > 2 ? strtod(words[2], NULL) : 5.0, began = ent_seconds();
    const int seed_count = read_seeds(words[1], &house, seeds);
    if (seed_count == 0) {
        printf("FAILED: %s holds no seeds\n", words[1]);
        return 1;
    }
    for (int s = 0; s < seed_count; s++) {
        give(seeds[s].data, seeds[s].size);
        if (seeds[s].size <= 1 << 14) cut(seeds[s]);
    }
    long rounds = 0;
    for (; rounds < ROUNDS && ent_seconds() - began < seconds; rounds++) {
        const ent_bytes seed = seeds[draw((size_t)seed_count)], other = seeds[draw((size_t)seed_count)];
        memcpy(bytes, seed.data, seed.size);
        give(bytes, bend(bytes, seed.size, other));
    }
    printf("%d seeds, %ld bent inputs, no crash\n", seed_count, rounds);
    return 0;
}
