/* names.c: an ordered list of distinct codes, found by hash (FNV-1a, open addressing, at most half full), and the
 * nearest name to a mistyped word (edit distance with swaps of neighbours, letter case apart). */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <ctype.h>
#include <string.h>

static uint64_t hash_of(const char *code, size_t length)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t c = 0; c < length; c++) hash = (hash ^ (unsigned char)code[c]) * 1099511628211u;
    return hash;
}

/* The slot that holds the code, or the empty one where it would go. */
static ptrdiff_t slot_of(const ent_names *names, const char *code, size_t length)
{
    ptrdiff_t at = (ptrdiff_t)(hash_of(code, length) % (uint64_t)names->slots);
    while (names->slot[at] >= 0) {
        const char *other = names->code[names->slot[at]];
        if (strnlen(other, length + 1) == length && memcmp(other, code, length) == 0) break;
        at = at + 1 == names->slots ? 0 : at + 1;
    }
    return at;
}

static ent_status grow(ent_names *names, ent_arena *arena)
{
    const ptrdiff_t room = names->room == 0 ? 16 : 2 * names->room;
    const char **code = ent_new(arena, const char *, room);
    const char **label = ent_new(arena, const char *, room);
    int32_t *slot = ent_new(arena, int32_t, 2 * room);
    if (code == NULL || label == NULL || slot == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < names->count; n++) {
        code[n] = names->code[n];
        label[n] = names->label[n];
    }
    for (ptrdiff_t s = 0; s < 2 * room; s++) slot[s] = -1;
    names->code = code;
    names->label = label;
    names->slot = slot;
    names->room = room;
    names->slots = 2 * room;
    for (ptrdiff_t n = 0; n < names->count; n++) slot[slot_of(names, code[n], strlen(code[n]))] = (int32_t)n;
    return ENT_OK;
}

ptrdiff_t ent_names_find_n(const ent_names *names, const char *code, size_t length)
{
    if (names->count == 0) return -1;
    return names->slot[slot_of(names, code, length)];
}

ptrdiff_t ent_names_find(const ent_names *names, const char *code)
{
    return ent_names_find_n(names, code, strlen(code));
}

ent_status ent_names_add(ent_names *names, ent_arena *arena, const char *code, const char *label, ptrdiff_t *index)
{
    if (ent_names_find(names, code) >= 0) return ENT_BAD_INPUT;
    if (names->count == names->room) ENT_TRY(grow(names, arena));
    char *own = ent_string_copy(arena, code);
    char *own_label = label == NULL || *label == 0 ? own : ent_string_copy(arena, label);
    if (own == NULL || own_label == NULL) return ENT_NO_MEMORY;
    names->slot[slot_of(names, own, strlen(own))] = (int32_t)names->count;
    names->code[names->count] = own;
    names->label[names->count] = own_label;
    if (index != NULL) *index = names->count;
    names->count++;
    return ENT_OK;
}

enum {
    LONGEST_WORD = 63 /* longer words are compared by their beginnings */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int edit_distance(const char *a, const char *b)
{
    const size_t la = strnlen(a, LONGEST_WORD), lb = strnlen(b, LONGEST_WORD);
    int row[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= lb; j++) row[1][j] = (int)j;
    for (size_t i = 1; i <= la; i++) {
        row[2][0] = (int)i;
        for (size_t j = 1; j <= lb; j++) {
            const int same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
            int d = least(least(row[1][j], row[2][j - 1]) + 1, row[1][j - 1] + !same);
            if (i > 1 && j > 1 && tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 2]) &&
                tolower((unsigned char)a[i - 2]) == tolower((unsigned char)b[j - 1]))
                d = least(d, row[0][j - 2] + 1);
            row[2][j] = d;
        }
        memcpy(row[0], row[1], sizeof row[0]);
        memcpy(row[1], row[2], sizeof row[1]);
    }
    return row[1][lb];
}

const char *ent_names_nearest(const ent_names *names, const char *word)
{
    const char *best = NULL;
    const int length = (int)strnlen(word, LONGEST_WORD);
    int shortest = length / 2 + 1;
    for (ptrdiff_t n = 0; n < names->count; n++) {
        const int by_code = edit_distance(names->code[n], word), by_label = edit_distance(names->label[n], word);
        if (least(by_code, by_label) < shortest) {
            shortest = least(by_code, by_label);
            best = names->code[n];
        }
    }
    return best;
}
