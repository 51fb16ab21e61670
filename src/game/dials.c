/* dials.c: see dials.h. A freedom is a rule that gives each free lane of a player a key; lanes of one key share a dial.
 */
// SPDX-License-Identifier: MIT
#include "game/dials.h"
#include <math.h>
#include <string.h>

const char *ent_freedom_words(ent_freedom freedom)
{
    static const char *const words[] = {"by partner and sector", "by sector, alike for all partners",
                                        "by partner, alike in all sectors", "one duty on all imports"};
    return words[freedom];
}

static const char *region_of(const ent_game *game, const ent_player *who)
{
    return game->net->table->regions.label[who->region];
}

static ent_status check_player(const ent_game *game, ptrdiff_t p, ent_error *err)
{
    const ent_player *who = game->player + p;
    if (who->region < 0 || who->region >= game->net->regions)
        return ent_fail(err, ENT_BAD_INPUT, "player %td is region %td, but the world has regions 0 to %td", p + 1,
                        who->region, game->net->regions - 1);
    for (ptrdiff_t q = 0; q < p; q++)
        if (game->player[q].region == who->region)
            return ent_fail(err, ENT_BAD_INPUT, "players %td and %td are both the government of %s; a region has one",
                            q + 1, p + 1, region_of(game, who));
    if (!(who->least > -1.0) || !isfinite(who->greatest) || !(who->least <= who->greatest))
        return ent_fail(err, ENT_BAD_INPUT,
                        "duties of %s are bounded by %g and %g; the lower bound must be above -1 (-100 %%) and not "
                        "above the upper one",
                        region_of(game, who), who->least, who->greatest);
    if (who->freedom < ENT_FREE_BY_PARTNER_AND_SECTOR || who->freedom > ENT_FREE_ONE)
        return ent_fail(err, ENT_BAD_INPUT, "the freedom of %s is number %d, which there is not", region_of(game, who),
                        (int)who->freedom);
    for (ptrdiff_t n = 0; who->weight != NULL && n < game->net->regions; n++)
        if (!isfinite(who->weight[n]))
            return ent_fail(err, ENT_BAD_INPUT, "the weight of %s in the objective of %s is not a number",
                            game->net->table->regions.label[n], region_of(game, who));
    return ENT_OK;
}

static int is_free(const ent_game *game, const ent_player *who, ptrdiff_t lane)
{
    const ent_network *net = game->net;
    const ptrdiff_t i = net->node_region[net->seller[lane]], j = net->node_sector[net->seller[lane]];
    return net->lane_region[lane] == who->region && i != who->region && (who->partner == NULL || who->partner[i]) &&
           (who->sector == NULL || who->sector[j]);
}

static ptrdiff_t key_of(const ent_game *game, const ent_player *who, ptrdiff_t lane)
{
    const ent_network *net = game->net;
    const ptrdiff_t i = net->node_region[net->seller[lane]], j = net->node_sector[net->seller[lane]];
    switch (who->freedom) {
    case ENT_FREE_BY_SECTOR:
        return j;
    case ENT_FREE_BY_PARTNER:
        return i;
    case ENT_FREE_ONE:
        return 0;
    default:
        return i * net->sectors + j;
    }
}

/* Number the dials of player p: lane_dial of his free lanes. dial_of is room, [regions*sectors]. */
static ent_status number_dials(const ent_game *game, ptrdiff_t p, ent_dials *d, int32_t *dial_of, ent_error *err)
{
    const ent_network *net = game->net;
    const ent_player *who = game->player + p;
    const ptrdiff_t before = d->count;
    for (ptrdiff_t key = 0; key < net->regions * net->sectors; key++) dial_of[key] = -1;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (!is_free(game, who, lane)) continue;
        int32_t *dial = dial_of + key_of(game, who, lane);
        if (*dial < 0) {
            *dial = (int32_t)d->count;
            d->player[d->count] = (int32_t)p;
            d->least[d->count] = log1p(who->least);
            d->greatest[d->count++] = log1p(who->greatest);
        }
        d->lane_dial[lane] = *dial;
    }
    if (d->count == before)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s has no duty to set: it buys nothing from its free partners in its free sectors",
                        region_of(game, who));
    return ENT_OK;
}

/* Lanes by dial, a counting sort: ends of dials first, which then move down to their beginnings. */
static void sort_lanes(const ent_network *net, ent_dials *d)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (d->lane_dial[lane] >= 0) d->first[d->lane_dial[lane] + 1]++;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) d->first[dial + 1] += d->first[dial];
    const int64_t lanes = d->first[d->count];
    for (ptrdiff_t lane = net->borders - 1; lane >= 0; lane--)
        if (d->lane_dial[lane] >= 0) d->lane[--d->first[d->lane_dial[lane] + 1]] = (int32_t)lane;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) d->first[dial] = d->first[dial + 1];
    d->first[d->count] = lanes;
}

ent_status ent_dials_list(const ent_game *game, ent_arena *arena, ent_dials *d, ent_error *err)
{
    const ent_network *net = game->net;
    ENT_SCRATCH scratch = {0};
    if (game->players < 1) return ent_fail(err, ENT_BAD_INPUT, "a game needs a player: nobody sets any duty");
    for (ptrdiff_t p = 0; p < game->players; p++) ENT_TRY(check_player(game, p, err));
    int32_t *dial_of = ent_new(&scratch, int32_t, net->regions * net->sectors);
    *d = (ent_dials){.player = ent_new(arena, int32_t, net->borders),
                     .first = ent_new0(arena, int64_t, net->borders + 1),
                     .lane = ent_new(arena, int32_t, net->borders),
                     .lane_dial = ent_new(arena, int32_t, net->borders),
                     .least = ent_new(arena, double, net->borders),
                     .greatest = ent_new(arena, double, net->borders)};
    if (dial_of == NULL || d->player == NULL || d->first == NULL || d->lane == NULL || d->lane_dial == NULL ||
        d->least == NULL || d->greatest == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the duties of %td players", game->players);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) d->lane_dial[lane] = -1;
    for (ptrdiff_t p = 0; p < game->players; p++) ENT_TRY(number_dials(game, p, d, dial_of, err));
    sort_lanes(net, d);
    return ENT_OK;
}

ent_status ent_game_check(const ent_game *game, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_dials dials;
    return ent_dials_list(game, &scratch, &dials, err);
}

void ent_dials_read(const ent_dials *d, const ent_policy *policy, double *turn)
{
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        double sum = 0.0;
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) sum += log1p(policy->duty[d->lane[at]]);
        turn[dial] = ent_dial_within(d, dial, sum / (double)(d->first[dial + 1] - d->first[dial]));
    }
}

void ent_dials_set(const ent_dials *d, const double *turn, ent_policy *policy)
{
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) policy->duty[d->lane[at]] = expm1(turn[dial]);
}
