/* part.c: see part.h. In a partition every bloc is one player: its members have one row of weights, their shares of the
 * bloc's spending (or each its own, where they stand apart), and only their taxes on outsiders are free. */
// SPDX-License-Identifier: MIT
#include "bloc/part.h"
#include <math.h>
#include <string.h>

void ent_part_spending(const ent_game *game, double *spending_usd)
{
    for (ptrdiff_t p = 0; p < game->players; p++)
        spending_usd[p] = game->net->sales_usd[game->net->household[game->player[p].region]];
}

double ent_part_objective(const ent_player *player, ptrdiff_t regions, const double *goal)
{
    double sum = 0.0;
    if (player->weight == NULL) return goal[player->region];
    for (ptrdiff_t n = 0; n < regions; n++) sum += player->weight[n] * goal[n];
    return sum;
}

/* ---- as a game ---- */

static ptrdiff_t count_sets(const ent_game *game)
{
    ptrdiff_t sets = 0;
    for (ptrdiff_t p = 0; p < game->players; p++) sets += 1 + game->player[p].sets;
    return sets;
}

/* Player q's own row, so many times. */
static void add_row(const ent_parting *how, ptrdiff_t q, double times, double *row)
{
    const ent_player *player = &how->game->player[q];
    if (!how->rows || player->weight == NULL) {
        row[player->region] += times;
        return;
    }
    for (ptrdiff_t n = 0; n < how->game->net->regions; n++) row[n] += times * player->weight[n];
}

/* What every player maximises, a row each, zeroed before. */
static void weigh(const ent_parting *how, double *weight)
{
    const ent_game *game = how->game;
    const unsigned char *bloc = how->bloc;
    for (ptrdiff_t p = 0; p < game->players; p++) {
        double total = 0.0, *row = weight + p * game->net->regions;
        for (ptrdiff_t q = 0; q < game->players; q++)
            if (bloc[q] == bloc[p]) total += how->spending_usd[q];
        if (how->apart) add_row(how, p, 1.0, row);
        for (ptrdiff_t q = 0; q < game->players && !how->apart; q++)
            if (bloc[q] == bloc[p]) add_row(how, q, how->spending_usd[q] / total, row);
    }
}

/* Partners of a set of instruments whom player p taxes: nobody of his bloc, and from without a host bloc only its
 * members. */
static const unsigned char *taxed(const ent_parting *how, ptrdiff_t p, const unsigned char *partner,
                                  unsigned char *outside)
{
    const ent_game *game = how->game;
    const unsigned char *bloc = how->bloc;
    const int narrow = how->host != ENT_NO_HOST && bloc[p] != how->host;
    for (ptrdiff_t n = 0; n < game->net->regions; n++) outside[n] = !narrow && (partner == NULL || partner[n]);
    for (ptrdiff_t q = 0; q < game->players && narrow; q++) {
        const ptrdiff_t n = game->player[q].region;
        outside[n] = bloc[q] == how->host && (partner == NULL || partner[n]);
    }
    for (ptrdiff_t q = 0; q < game->players && how->inside != ENT_BLOC_JOINT; q++)
        if (bloc[q] == bloc[p]) outside[game->player[q].region] = 0;
    return outside;
}

/* Taxes between members that are theirs to set are none. */
static void free_inside(const ent_parting *how, ent_policy *policy)
{
    const ent_network *net = how->game->net;
    const ent_dials *d = how->dials;
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const int32_t lane = d->lane[at];
            const ptrdiff_t other =
                d->tax[dial] == ENT_TAX_EXPORT ? net->lane_region[lane] : net->node_region[net->seller[lane]];
            for (ptrdiff_t q = 0; q < how->game->players; q++)
                if (how->game->player[q].region == other && how->bloc[q] == how->bloc[d->player[dial]])
                    ent_dial_rates(d, dial, policy)[lane] = 0.0;
        }
}

static double *copied(ent_arena *arena, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(arena, double, count);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

static ent_status take_room(const ent_parting *how, ent_part *part, ent_arena *arena)
{
    const ent_game *game = how->game;
    const ptrdiff_t sets = count_sets(game), regions = game->net->regions;
    *part = (ent_part){.game = *game,
                       .player = ent_new(arena, ent_player, game->players),
                       .instruments = ent_new(arena, ent_instruments, sets),
                       .partner = ent_new(arena, unsigned char, sets *regions),
                       .weight = ent_new0(arena, double, game->players *regions),
                       .policy = *how->policy};
    part->policy.duty = copied(arena, how->policy->duty, game->net->borders);
    part->policy.export_tax = copied(arena, how->policy->export_tax, game->net->borders);
    if (part->player == NULL || part->instruments == NULL || part->partner == NULL || part->weight == NULL ||
        part->policy.duty == NULL || part->policy.export_tax == NULL)
        return ENT_NO_MEMORY;
    return ENT_OK;
}

ent_status ent_part_make(const ent_parting *how, ent_arena *arena, ent_part *part)
{
    const ent_game *game = how->game;
    const ptrdiff_t regions = game->net->regions;
    ptrdiff_t players = 0, sets = 0;
    ENT_TRY(take_room(how, part, arena));
    weigh(how, part->weight);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        ent_player *who = part->player + players;
        *who = game->player[p];
        who->weight = part->weight + p * regions;
        who->partner = taxed(how, p, who->partner, part->partner + sets++ * regions);
        who->instruments = part->instruments + sets;
        for (ptrdiff_t k = 0; k < who->sets; k++) {
            part->instruments[sets] = game->player[p].instruments[k];
            part->instruments[sets].partner =
                taxed(how, p, part->instruments[sets].partner, part->partner + sets * regions);
            sets++;
        }
        const ent_game alone = {game->net, game->policy, who, 1};
        players += ent_game_check(&alone, NULL) == ENT_OK;
    }
    if (how->inside == ENT_BLOC_FREE_TRADE) free_inside(how, &part->policy);
    part->game.policy = &part->policy;
    part->game.player = part->player;
    part->game.players = players;
    return ENT_OK;
}

/* ---- its war ---- */

static ent_status play_from(ent_board *b, const ent_policy *start, ent_error *err)
{
    ptrdiff_t rounds;
    int damped;
    ent_dials_read(&b->dials, start, b->turn);
    return ent_board_play(b, &rounds, &damped, err);
}

/* Nobody has anything to set: the policy as it is. */
static ent_status rest(const ent_parting *how, const ent_part *part, const ent_game_options *given, ent_arena *arena,
                       ent_board *b, ent_error *err)
{
    const ent_network *net = how->game->net;
    ent_game *whole = ent_new(arena, ent_game, 1); /* for its goals; its dials are not touched. The board keeps it */
    ent_options options = ent_options_default();
    ent_equilibrium eq;
    if (whole == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a partition");
    *whole = *how->game;
    whole->policy = &part->policy;
    ENT_TRY(ent_board_open(whole, how->game, given, arena, b, err));
    ENT_TRY(ent_board_base(b, b->goal, err));
    options.tolerance = b->options.tolerance_of_solver;
    ENT_TRY(ent_equilibrium_solve(net, &part->policy, &options, NULL, arena, &eq, err));
    for (ptrdiff_t n = 0; n < net->regions; n++)
        b->log_welfare[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[net->household[n]];
    return ENT_OK;
}

ent_status ent_part_fight(const ent_parting *how, const ent_part *part, const ent_policy *start,
                          const ent_game_options *options, ent_arena *arena, ent_board *b, ent_error *err)
{
    if (part->game.players == 0) return rest(how, part, options, arena, b, err);
    ENT_TRY(ent_board_open(&part->game, how->game, options, arena, b, err));
    if (start != NULL) {
        const ent_status status = play_from(b, start, err);
        if (status == ENT_OK || status == ENT_NO_MEMORY) return status;
        b->solved = 0;
    }
    return play_from(b, &part->policy, err);
}
