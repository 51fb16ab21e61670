/* match_motive.c: weights that an observed policy reveals, as words: what each is on. */
// SPDX-License-Identifier: MIT
#include "match.h"

/* The cell (region × sectors + sector) that weight k is on. */
static ptrdiff_t cell_of(const match *m, const ent_revealed *one, ptrdiff_t k)
{
    const ptrdiff_t own = m->seats.player[m->seats.seat[one->seat].first].region;
    return one->concept->motive == ENT_MOTIVE_LOBBY ? own * m->net.sectors + k : one->concept->cell[k];
}

int match_has_weight(const match *m, const ent_revealed *one, ptrdiff_t k)
{
    return m->net.producer[cell_of(m, one, k)] >= 0;
}

const char *match_weight_code(const match *m, const ent_revealed *one, ptrdiff_t k, ent_arena *arena)
{
    const ptrdiff_t cell = cell_of(m, one, k), n = cell / m->net.sectors, j = cell % m->net.sectors;
    if (one->concept->motive == ENT_MOTIVE_LOBBY) return m->table.sectors.code[j];
    const char *code = ent_string_format(arena, "%s:%s", m->table.regions.code[n], m->table.sectors.code[j]);
    return code != NULL ? code : "";
}

const char *match_weight_label(const match *m, const ent_revealed *one, ptrdiff_t k, ent_arena *arena)
{
    const ptrdiff_t cell = cell_of(m, one, k), n = cell / m->net.sectors, j = cell % m->net.sectors;
    if (one->concept->motive == ENT_MOTIVE_LOBBY) return m->table.sectors.label[j];
    const char *label = ent_string_format(arena, "%s in %s", m->table.sectors.label[j], m->table.regions.label[n]);
    return label != NULL ? label : "";
}

int match_is_odd(const match *m, const ent_revealed *one)
{
    for (ptrdiff_t k = 0; k < one->motive.weights && one->concept->motive == ENT_MOTIVE_LOBBY; k++)
        if (match_has_weight(m, one, k) && one->motive.weight[k] < 0.0) return 1;
    return 0;
}
