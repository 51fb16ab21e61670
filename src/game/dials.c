/* dials.c: see dials.h. A freedom is a rule that gives each free lane of a player a key; lanes of one key share a dial.
 */
// SPDX-License-Identifier: MIT
#include "game/dials.h"
#include <math.h>
#include <string.h>

const char *ent_tax_words(ent_tax tax)
{
    return tax == ENT_TAX_EXPORT ? "export tax" : "import duty";
}

const char *ent_freedom_words(ent_freedom freedom)
{
    static const char *const words[] = {"by partner and sector", "by sector, alike for all partners",
                                        "by partner, alike in all sectors", "one rate on all trade"};
    return words[freedom];
}

static const char *region_of(const ent_game *game, const ent_player *who)
{
    return game->net->table->regions.label[who->region];
}

/* A player's sets: those listed, or the one that its own members say. */
static ptrdiff_t sets_of(const ent_player *who)
{
    return who->sets > 0 ? who->sets : 1;
}

static ent_instruments set_of(const ent_player *who, ptrdiff_t set)
{
    if (who->sets > 0) return who->instruments[set];
    return (ent_instruments){ENT_TAX_IMPORT, who->freedom, who->partner, who->sector, who->least, who->greatest};
}

static ent_status check_set(const ent_game *game, const ent_player *who, const ent_instruments *set, ent_error *err)
{
    if (set->tax != ENT_TAX_IMPORT && set->tax != ENT_TAX_EXPORT)
        return ent_fail(err, ENT_BAD_INPUT, "a tax of %s is of kind %d, which there is not", region_of(game, who),
                        (int)set->tax);
    if (!(set->least > -1.0) || !isfinite(set->greatest) || !(set->least <= set->greatest))
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s of %s are bounded by %g and %g; the lower bound must be above -1 (-100 %%) and not "
                        "above the upper one",
                        set->tax == ENT_TAX_EXPORT ? "export taxes" : "duties", region_of(game, who), set->least,
                        set->greatest);
    if (set->freedom < ENT_FREE_BY_PARTNER_AND_SECTOR || set->freedom > ENT_FREE_ONE)
        return ent_fail(err, ENT_BAD_INPUT, "the freedom of %s is number %d, which there is not", region_of(game, who),
                        (int)set->freedom);
    return ENT_OK;
}

static ent_status check_weights(const ent_game *game, const ent_player *who, ent_error *err)
{
    const ent_table *table = game->net->table;
    const ptrdiff_t R = game->net->regions, J = game->net->sectors;
    double lobbied = 0.0;
    for (ptrdiff_t n = 0; who->weight != NULL && n < R; n++)
        if (!isfinite(who->weight[n]))
            return ent_fail(err, ENT_BAD_INPUT, "the weight of %s in the objective of %s is not a number",
                            table->regions.label[n], region_of(game, who));
    for (ptrdiff_t j = 0; who->lobby != NULL && j < J; j++) {
        if (!(who->lobby[j] >= 0.0) || !isfinite(who->lobby[j]))
            return ent_fail(err, ENT_BAD_INPUT, "the lobby weight of %s in %s is %g; it must be 0 or more",
                            table->sectors.label[j], region_of(game, who), who->lobby[j]);
        lobbied += who->lobby[j];
    }
    if (who->lobby != NULL && !(lobbied > 0.0))
        return ent_fail(err, ENT_BAD_INPUT, "the lobby weights of all sectors of %s are 0: it would want nothing",
                        region_of(game, who));
    for (ptrdiff_t k = 0; who->security != NULL && k < R * J; k++) {
        if (!isfinite(who->security[k]))
            return ent_fail(err, ENT_BAD_INPUT, "the security weight of %s in %s for %s is not a number",
                            table->sectors.label[k % J], table->regions.label[k / J], region_of(game, who));
        if (who->security[k] != 0.0 && game->net->producer[k] < 0)
            return ent_fail(err, ENT_BAD_INPUT, "%s has a security weight on %s in %s, which makes none",
                            region_of(game, who), table->sectors.label[k % J], table->regions.label[k / J]);
    }
    return ENT_OK;
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
    for (ptrdiff_t s = 0; s < sets_of(who); s++) {
        const ent_instruments set = set_of(who, s);
        ENT_TRY(check_set(game, who, &set, err));
    }
    return check_weights(game, who, err);
}

/* Who is on the other side of the lane's border, as the tax is seen. */
static ptrdiff_t partner_of(const ent_network *net, ent_tax tax, ptrdiff_t lane)
{
    return tax == ENT_TAX_EXPORT ? net->lane_region[lane] : net->node_region[net->seller[lane]];
}

static int is_free(const ent_network *net, const ent_player *who, const ent_instruments *set, ptrdiff_t lane)
{
    const ptrdiff_t i = net->node_region[net->seller[lane]], n = net->lane_region[lane];
    const ptrdiff_t own = set->tax == ENT_TAX_EXPORT ? i : n, partner = partner_of(net, set->tax, lane);
    return i != n && own == who->region && (set->partner == NULL || set->partner[partner]) &&
           (set->sector == NULL || set->sector[net->node_sector[net->seller[lane]]]);
}

static ptrdiff_t key_of(const ent_network *net, const ent_instruments *set, ptrdiff_t lane)
{
    const ptrdiff_t i = partner_of(net, set->tax, lane), j = net->node_sector[net->seller[lane]];
    switch (set->freedom) {
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

/* Number the dials of one set of player p: lane_dial of its free lanes. dial_of is room, [regions*sectors]. */
static ent_status number_set(const ent_game *game, ptrdiff_t p, const ent_instruments *set, ent_dials *d,
                             int32_t *dial_of, ent_error *err)
{
    const ent_network *net = game->net;
    const ent_player *who = game->player + p;
    int32_t *lane_dial = d->lane_dial[set->tax];
    for (ptrdiff_t key = 0; key < net->regions * net->sectors; key++) dial_of[key] = -1;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (!is_free(net, who, set, lane)) continue;
        if (lane_dial[lane] >= 0)
            return ent_fail(err, ENT_BAD_INPUT, "the %s of %s on trade in %s with %s is free in two sets; one may do",
                            ent_tax_words(set->tax), region_of(game, who),
                            net->table->sectors.label[net->node_sector[net->seller[lane]]],
                            net->table->regions.label[partner_of(net, set->tax, lane)]);
        int32_t *dial = dial_of + key_of(net, set, lane);
        if (*dial < 0) {
            *dial = (int32_t)d->count;
            d->player[d->count] = (int32_t)p;
            d->tax[d->count] = (unsigned char)set->tax;
            d->least[d->count] = log1p(set->least);
            d->greatest[d->count++] = log1p(set->greatest);
        }
        lane_dial[lane] = *dial;
    }
    return ENT_OK;
}

static ent_status number_dials(const ent_game *game, ptrdiff_t p, ent_dials *d, int32_t *dial_of, ent_error *err)
{
    const ent_player *who = game->player + p;
    const ptrdiff_t before = d->count;
    int exports = 0;
    for (ptrdiff_t s = 0; s < sets_of(who); s++) {
        const ent_instruments set = set_of(who, s);
        exports |= set.tax == ENT_TAX_EXPORT;
        ENT_TRY(number_set(game, p, &set, d, dial_of, err));
    }
    if (d->count > before) return ENT_OK;
    if (exports)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s has no tax to set: it does not trade with its free partners in its free sectors",
                        region_of(game, who));
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s has no duty to set: it buys nothing from its free partners in its free sectors",
                    region_of(game, who));
}

/* Lanes by dial, a counting sort: ends of dials first, which then move down to their beginnings. */
static void sort_lanes(const ent_network *net, ent_dials *d)
{
    const ptrdiff_t both = 2 * net->borders;
    for (ptrdiff_t at = 0; at < both; at++) {
        const int32_t dial = d->lane_dial[at / net->borders][at % net->borders];
        if (dial >= 0) d->first[dial + 1]++;
    }
    for (ptrdiff_t dial = 0; dial < d->count; dial++) d->first[dial + 1] += d->first[dial];
    const int64_t lanes = d->first[d->count];
    for (ptrdiff_t at = both - 1; at >= 0; at--) {
        const int32_t dial = d->lane_dial[at / net->borders][at % net->borders];
        if (dial >= 0) d->lane[--d->first[dial + 1]] = (int32_t)(at % net->borders);
    }
    for (ptrdiff_t dial = 0; dial < d->count; dial++) d->first[dial] = d->first[dial + 1];
    d->first[d->count] = lanes;
}

static ent_status take_room(const ent_game *game, ent_arena *arena, ent_dials *d, ent_error *err)
{
    const ptrdiff_t borders = game->net->borders;
    *d = (ent_dials){.player = ent_new(arena, int32_t, 2 * borders),
                     .tax = ent_new(arena, unsigned char, 2 * borders),
                     .first = ent_new0(arena, int64_t, 2 * borders + 1),
                     .lane = ent_new(arena, int32_t, 2 * borders),
                     .lane_dial = {ent_new(arena, int32_t, borders), ent_new(arena, int32_t, borders)},
                     .least = ent_new(arena, double, 2 * borders),
                     .greatest = ent_new(arena, double, 2 * borders)};
    if (d->player == NULL || d->tax == NULL || d->first == NULL || d->lane == NULL || d->lane_dial[0] == NULL ||
        d->lane_dial[1] == NULL || d->least == NULL || d->greatest == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the taxes of %td players", game->players);
    for (ptrdiff_t lane = 0; lane < borders; lane++) d->lane_dial[0][lane] = d->lane_dial[1][lane] = -1;
    return ENT_OK;
}

ent_status ent_dials_list(const ent_game *game, ent_arena *arena, ent_dials *d, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    if (game->players < 1) return ent_fail(err, ENT_BAD_INPUT, "a game needs a player: nobody sets any duty");
    for (ptrdiff_t p = 0; p < game->players; p++) ENT_TRY(check_player(game, p, err));
    int32_t *dial_of = ent_new(&scratch, int32_t, game->net->regions * game->net->sectors);
    if (dial_of == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the taxes of %td players", game->players);
    ENT_TRY(take_room(game, arena, d, err));
    for (ptrdiff_t p = 0; p < game->players; p++) ENT_TRY(number_dials(game, p, d, dial_of, err));
    sort_lanes(game->net, d);
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
        const double *rate = ent_dial_rates(d, dial, policy);
        double sum = 0.0;
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) sum += log1p(rate[d->lane[at]]);
        turn[dial] = ent_dial_within(d, dial, sum / (double)(d->first[dial + 1] - d->first[dial]));
    }
}

void ent_dials_set(const ent_dials *d, const double *turn, ent_policy *policy)
{
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        double *rate = ent_dial_rates(d, dial, policy);
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) rate[d->lane[at]] = expm1(turn[dial]);
    }
}

/* 50 % times the square of the lobby weight over its mean, averaged over the dial's lanes: protection follows weights
 * more than one for one where politics are strong. */
static double lobbied_rate(const ent_game *game, const ent_dials *d, ptrdiff_t dial, const double *lobby)
{
    const ent_network *net = game->net;
    double mean = 0.0, sum = 0.0;
    for (ptrdiff_t j = 0; j < net->sectors; j++) mean += lobby[j] / (double)net->sectors;
    for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
        const double weight = lobby[net->node_sector[net->seller[d->lane[at]]]] / mean;
        sum += weight * weight;
    }
    return 0.5 * sum / (double)(d->first[dial + 1] - d->first[dial]);
}

int ent_dials_start(const ent_game *game, const ent_dials *d, int start, double *turn)
{
    static const double rates[] = {0.0, 0.5, 3.0};
    int any = start < 3;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const double *lobby = start == 3 ? game->player[d->player[dial]].lobby : NULL;
        const double rate = start < 3 ? rates[start] : lobby != NULL ? lobbied_rate(game, d, dial, lobby) : 0.5;
        any |= lobby != NULL;
        turn[dial] = ent_dial_within(d, dial, log1p(rate));
    }
    return any;
}
