/* party.c: see party.h. */
// SPDX-License-Identifier: MIT
#include "game/party.h"
#include <string.h>

/* Players before p of the same row, or the next party. */
static ptrdiff_t party_of(const ent_parties *parties, const double *mine)
{
    const size_t bytes = (size_t)parties->regions * sizeof *mine;
    ptrdiff_t k = 0;
    while (k < parties->count && memcmp(parties->row + k * parties->regions, mine, bytes) != 0) k++;
    return k;
}

ent_status ent_parties_list(const ent_game *game, ent_arena *arena, ent_parties *parties, ent_error *err)
{
    const ent_network *net = game->net;
    const ptrdiff_t R = net->regions;
    *parties = (ent_parties){.regions = R,
                             .row = ent_new(arena, double, game->players *R),
                             .of = ent_new(arena, ptrdiff_t, game->players),
                             .first = ent_new(arena, ptrdiff_t, game->players),
                             .income = ent_new0(arena, double, game->players),
                             .name = ent_new(arena, const char *, game->players)};
    if (parties->row == NULL || parties->of == NULL || parties->first == NULL || parties->income == NULL ||
        parties->name == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the parties of %td players", game->players);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const ent_player *who = game->player + p;
        double *mine = parties->row + parties->count * R;
        for (ptrdiff_t n = 0; n < R; n++) mine[n] = who->weight != NULL ? who->weight[n] : n == who->region ? 1.0 : 0.0;
        const ptrdiff_t k = party_of(parties, mine);
        if (k == parties->count) {
            parties->first[k] = p;
            parties->name[k] = net->table->regions.label[who->region];
            parties->count++;
        }
        parties->of[p] = k;
        parties->income[k] += net->sales_usd[net->household[who->region]];
    }
    return ENT_OK;
}

double ent_party_has(const ent_parties *parties, ptrdiff_t party, const double *goal)
{
    const double *row = parties->row + party * parties->regions;
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < parties->regions; n++)
        if (row[n] != 0.0) sum += row[n] * goal[n];
    return sum;
}

void ent_party_add(const ent_parties *parties, ptrdiff_t party, double part, double *row)
{
    for (ptrdiff_t n = 0; n < parties->regions; n++) row[n] += part * parties->row[party * parties->regions + n];
}
