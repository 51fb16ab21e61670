/* blocs.c: wars among blocs: one partition as a point like any other, or the table of all of them; and bargains pair by
 * pair. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include <math.h>
#include <string.h>

/* ---- one partition ---- */

/* Duties between members of one bloc, as far as members may set them, are zero. */
static void free_within(ent_table_of_play *at, const ent_concept *concept, double *duty)
{
    const ent_seats *seats = at->seats;
    const ent_network *net = seats->net;
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        for (ptrdiff_t t = 0; t < seats->seats; t++) {
            if (!concept->in[s] || !concept->in[t] || s == t || concept->bloc[s] != concept->bloc[t]) continue;
            for (ptrdiff_t e = 0; e < net->borders; e++)
                if (ent_seat_sets(seats, &seats->seat[s], ENT_TAX_IMPORT, e) &&
                    ent_seat_has(seats, &seats->seat[t], ent_lane_exporter(net, e)))
                    duty[e] = 0.0;
        }
}

/* What the seat's bloc maximises: its members' objectives by their benchmark spending. */
static ent_status row_of(ent_table_of_play *at, const ent_concept *concept, ptrdiff_t bloc, double *row)
{
    const ent_seats *seats = at->seats;
    const ent_network *net = seats->net;
    double total = 0.0;
    memset(row, 0, (size_t)net->regions * sizeof *row);
    for (int pass = 0; pass < 2; pass++)
        for (ptrdiff_t s = 0; s < seats->seats; s++) {
            const ent_seat *seat = &seats->seat[s];
            double spends = 0.0;
            if (!concept->in[s] || concept->bloc[s] != bloc) continue;
            for (ptrdiff_t p = seat->first; p < seat->first + seat->count; p++)
                spends += net->sales_usd[net->household[seats->player[p].region]];
            if (pass == 0) total += spends;
            for (ptrdiff_t n = 0; n < net->regions && pass == 1; n++) {
                const ent_player *player = &seats->player[seat->first];
                row[n] += spends / total * (player->weight != NULL ? player->weight[n] : n == player->region);
            }
        }
    return ENT_OK;
}

/* The seat's players with the bloc's objective and with partners outside it; who has nobody left is not in the game. */
static ent_status seat_bloc(ent_table_of_play *at, const ent_concept *concept, ptrdiff_t s, ent_game *game,
                            ent_player *players)
{
    const ent_seats *seats = at->seats;
    const ptrdiff_t R = seats->net->regions;
    double *row = ent_new(at->arena, double, R);
    unsigned char *with = ent_new(at->arena, unsigned char, R);
    if (row == NULL || with == NULL) return ent_play_no_memory(at);
    ENT_TRY(row_of(at, concept, concept->bloc[s], row));
    for (ptrdiff_t n = 0; n < R; n++) {
        with[n] = 1;
        for (ptrdiff_t t = 0; t < seats->seats && concept->inside != 2; t++)
            if (concept->in[t] && t != s && concept->bloc[t] == concept->bloc[s] &&
                ent_seat_has(seats, &seats->seat[t], n))
                with[n] = 0;
    }
    for (ptrdiff_t p = seats->seat[s].first; p < seats->seat[s].first + seats->seat[s].count; p++) {
        ent_player player = seats->player[p];
        player.weight = row;
        ENT_TRY(ent_player_keep(at, &player, with));
        if (player.sets > 0) players[game->players++] = player;
    }
    return ENT_OK;
}

static ent_status name_partition(ent_table_of_play *at, const ent_concept *concept, char **name)
{
    const ent_seats *seats = at->seats;
    ent_text text = {.arena = at->arena};
    for (int bloc = 0; bloc < 256; bloc++) {
        int any = 0;
        for (ptrdiff_t s = 0; s < seats->seats; s++)
            if (concept->in[s] && concept->bloc[s] == bloc)
                ent_text_say(&text, "%s%s", any++ ? "+" : text.size > 0 ? " / " : "", seats->seat[s].name);
    }
    *name = text.data;
    return text.failed ? ent_play_no_memory(at) : ENT_OK;
}

static ent_status play_partition(ent_table_of_play *at, const ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    const ent_network *net = seats->net;
    ent_policy policy = seats->policy;
    char *label;
    ent_player *players = ent_new(at->arena, ent_player, seats->players);
    policy.duty = ent_new(at->arena, double, net->borders);
    if (players == NULL || policy.duty == NULL) return ent_play_no_memory(at);
    memcpy(policy.duty, seats->policy.duty, (size_t)net->borders * sizeof(double));
    ent_policy *kept = ent_new(at->arena, ent_policy, 1);
    if (kept == NULL) return ent_play_no_memory(at);
    if (concept->inside == 0) free_within(at, concept, policy.duty);
    *kept = policy;
    ent_game game = {net, kept, players, 0};
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        if (concept->in[s]) ENT_TRY(seat_bloc(at, concept, s, &game, players));
    ENT_TRY(name_partition(at, concept, &label));
    const char *name = ent_string_format(at->arena, "blocs-%s", label);
    if (name == NULL) return ent_play_no_memory(at);
    if (game.players > 0) return ent_play_game(at, concept, &game, name, label);
    ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
    return verdict == NULL ? ent_play_no_memory(at) : ent_verdict_solve(at, verdict, kept);
}

/* ---- all partitions ---- */

const char *ent_others_words(ent_bloc_others others)
{
    static const char *const words[] = {"alone", "together", "on average"};
    return words[others];
}

/* What lasts where everybody looks to the end, and what members of all together are due. */
static ent_status look_further(ent_table_of_play *at, ent_partitions *all, ent_error *why)
{
    const ent_bloc_table *t = &all->table;
    if (t->partitions <= ENT_MOST_OUTCOMES) ENT_TRY(ent_bloc_farsighted(t, 0.0, at->arena, &all->farsighted, why));
    for (int others = 0; others <= ENT_OTHERS_AVERAGE; others++) {
        ENT_SCRATCH scratch = {0};
        double *worth;
        all->shapley[others] = ent_new(at->arena, double, t->players);
        all->nucleolus[others] = ent_new(at->arena, double, t->players);
        if (all->shapley[others] == NULL || all->nucleolus[others] == NULL) return ENT_NO_MEMORY;
        ENT_TRY(ent_bloc_worth(t, (ent_bloc_others)others, &scratch, &worth, why));
        ENT_TRY(ent_shapley(t->players, worth, all->shapley[others], why));
        ENT_TRY(ent_nucleolus(t->players, worth, 0, all->nucleolus[others], &all->complaint[others], why));
        double size = 0.0;
        for (size_t set = 0; set < (size_t)1 << t->players; set++) size = fmax(size, fabs(worth[set]));
        all->core_empty[others] = all->complaint[others] > 1e-9 * size;
    }
    return ENT_OK;
}

static ent_status play_partitions(ent_table_of_play *at, const ent_concept *concept)
{
    ent_play *play = at->play;
    ent_game game;
    ent_player *players;
    ent_error why = {0};
    if (play->partitions == NULL) play->partitions = ent_new0(at->arena, ent_partitions, at->seats->concepts);
    if (play->partitions == NULL) return ent_play_no_memory(at);
    ent_partitions *all = &play->partitions[play->partition_tables++];
    *all = (ent_partitions){.concept = concept};
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        if (concept->in[s] && at->seats->seat[s].count != 1)
            return ent_fail(at->err, ENT_BAD_INPUT,
                            "%s: `blocs` of all partitions is for players of one region, but %s is a bloc already; "
                            "write its regions as players of their own",
                            at->seats->contest->scenario.path, at->seats->seat[s].name);
    ent_status status = ent_bloc_wars(&game, (ent_bloc_inside) concept->inside, NULL, 0, at->options.threads,
                                      &at->options.game, at->arena, &all->table, &why);
    if (status == ENT_OK && all->table.failed > 0) {
        status = ENT_NOT_CONVERGED;
        ent_fail(&why, status, "%td of %td partitions did not come to rest, so stability is not known",
                 all->table.failed, all->table.partitions);
    }
    if (status == ENT_OK) status = ent_bloc_stable(&all->table, 0.0, at->arena, &all->stability, &why);
    if (status == ENT_OK) status = look_further(at, all, &why);
    all->status = status;
    if (status == ENT_OK) return ENT_OK;
    if (status == ENT_BAD_INPUT || status == ENT_NO_MEMORY) return ent_fail(at->err, status, "%s", why.text);
    all->why = ent_string_copy(at->arena, why.text);
    play->failed++;
    return all->why == NULL ? ent_play_no_memory(at) : ENT_OK;
}

ent_status ent_play_blocs(ent_table_of_play *at, const ent_concept *concept)
{
    return concept->bloc != NULL ? play_partition(at, concept) : play_partitions(at, concept);
}

/* ---- pair by pair ---- */

ent_status ent_play_pairwise(ent_table_of_play *at, const ent_concept *concept)
{
    const double began = ent_seconds();
    ent_game game;
    ent_player *players;
    ent_pairwise *pairs = ent_new0(at->arena, ent_pairwise, 1);
    ent_error why = {0};
    if (pairs == NULL) return ent_play_no_memory(at);
    const ent_failure failure = concept->threat == ENT_THREAT_NASH ? ENT_FAIL_TO_WAR : ENT_FAIL_TO_POLICY;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    ent_verdict *verdict =
        ent_verdict_new(at, concept, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
    if (verdict == NULL) return ent_play_no_memory(at);
    ent_game_options options = at->options.game;
    options.rounds = 0; /* sweeps over pairs have a bound of their own */
    const ent_status status = ent_talk_pairwise(&game, failure, &options, at->arena, pairs, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    ENT_TRY(ent_verdict_solve(at, verdict, &pairs->policy));
    verdict->slope = pairs->largest_slope;
    verdict->tolerance = ent_play_tolerance(at);
    verdict->rounds = pairs->sweeps;
    verdict->starts = 1;
    verdict->seconds = ent_seconds() - began;
    return ENT_OK;
}
