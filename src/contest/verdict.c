/* verdict.c: answers: how they are named, what they are worth to every seat, and why one is missing; and games of some
 * of the seats, which is what most concepts are. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include <math.h>
#include <string.h>

/* ---- verdicts ---- */

void ent_play_options_take(ent_table_of_play *at, const ent_play_options *options)
{
    const ent_seats *seats = at->seats;
    if (options != NULL) at->options = *options;
    at->everybody = (ent_game){seats->net, &seats->policy, seats->player, seats->players};
    at->options.game.whole = &at->everybody;
}

ent_status ent_play_no_memory(const ent_table_of_play *at)
{
    return ent_fail(at->err, ENT_NO_MEMORY, "no memory for the answers of a game");
}

/* A file's name: letters, digits and dashes. */
static char *slug(ent_arena *arena, const char *text)
{
    char *copy = ent_string_copy(arena, text);
    size_t to = 0;
    for (size_t from = 0; copy != NULL && copy[from] != 0; from++) {
        const char c = copy[from];
        const int plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '+';
        if (plain)
            copy[to++] = c;
        else if (to > 0 && copy[to - 1] != '-')
            copy[to++] = '-';
    }
    if (copy == NULL) return NULL;
    while (to > 0 && copy[to - 1] == '-') to--;
    copy[to] = 0;
    return copy;
}

static int is_taken(const ent_play *play, const char *name)
{
    for (ptrdiff_t v = 0; v < play->verdicts; v++)
        if (strcmp(play->verdict[v].name, name) == 0) return 1;
    return 0;
}

ent_verdict *ent_verdict_new(ent_table_of_play *at, const ent_concept *concept, const char *name, const char *label)
{
    ent_play *play = at->play;
    if (play->verdicts == at->room) {
        ent_verdict *more = ent_new0(at->arena, ent_verdict, 2 * at->room + 16);
        if (more == NULL) return NULL;
        if (play->verdicts > 0) memcpy(more, play->verdict, (size_t)play->verdicts * sizeof *more);
        play->verdict = more;
        at->room = 2 * at->room + 16;
    }
    const char *file = slug(at->arena, name), *words = ent_string_copy(at->arena, label);
    for (int again = 2; file != NULL && words != NULL && is_taken(play, file); again++) {
        file = ent_string_format(at->arena, "%s-%d", slug(at->arena, name), again);
        words = ent_string_format(at->arena, "%s (%d)", label, again);
    }
    if (file == NULL || words == NULL) return NULL;
    ent_verdict *verdict = &play->verdict[play->verdicts++];
    *verdict = (ent_verdict){.concept = concept,
                             .name = file,
                             .label = words,
                             .slope = NAN,
                             .gain = NAN,
                             .bend = NAN,
                             .radius = NAN,
                             .parameter = NAN};
    return verdict;
}

/* A control of quantities on lanes that somebody taxes; NULL: none. Where a duty has taken all of the licence's price
 * the goal has a kink, and no slope vanishes there. Under an import licence the two are one, and there is no kink. */
static const ent_quota *kink_of(const ent_seats *seats)
{
    for (ptrdiff_t q = 0; q < seats->policy.quotas; q++) {
        const ent_quota *quota = &seats->policy.quota[q];
        for (ptrdiff_t k = 0; k < quota->lanes && quota->kind != ENT_QUOTA_PRICE && quota->rent != ENT_RENT_IMPORTER;
             k++)
            for (ptrdiff_t s = 0; s < seats->seats; s++)
                if (ent_seat_sets(seats, &seats->seat[s], ENT_TAX_IMPORT, quota->lane[k]) ||
                    ent_seat_sets(seats, &seats->seat[s], ENT_TAX_EXPORT, quota->lane[k]))
                    return quota;
    }
    return NULL;
}

ent_status ent_verdict_fail(ent_table_of_play *at, ent_verdict *verdict, ent_status status, const ent_error *why)
{
    if (status == ENT_OK) return ENT_OK;
    if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return ent_fail(at->err, status, "%s", why->text);
    const char *words = why->text[0] != 0 ? why->text : ent_status_words(status);
    const ent_quota *kink = status == ENT_NOT_CONVERGED ? kink_of(at->seats) : NULL;
    verdict->status = status;
    verdict->why = kink == NULL
                       ? ent_string_copy(at->arena, words)
                       : ent_string_format(at->arena,
                                           "%s; %s lies on rates that are free, and where a duty takes all of the "
                                           "licence's price the objective has a kink: leave these sectors out of "
                                           "`instruments`, or let the rent be the importer's",
                                           words, kink->name != NULL ? kink->name : "a control of quantities");
    at->play->failed++;
    return verdict->why == NULL ? ent_play_no_memory(at) : ENT_OK;
}

/* Goals of all regions at the verdict's policy: log welfare, unless somebody has lobby or security weights. */
static ent_status find_goals(ent_table_of_play *at, ent_verdict *verdict)
{
    const ent_seats *seats = at->seats;
    const ent_game everybody = {seats->net, &seats->policy, seats->player, seats->players};
    ent_error why = {0};
    int plain = 1;
    for (ptrdiff_t p = 0; p < seats->players; p++)
        if (seats->player[p].lobby != NULL || seats->player[p].security != NULL) plain = 0;
    verdict->goal = verdict->log_welfare;
    if (plain) return ENT_OK;
    const ent_status status = ent_talk_goals(&everybody, &verdict->policy, at->arena, &verdict->goal, &why);
    return ent_verdict_fail(at, verdict, status, &why);
}

double ent_seat_worth(const ent_seats *seats, ptrdiff_t seat, const double *goal)
{
    const ent_player *player = &seats->player[seats->seat[seat].first];
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < seats->net->regions; n++) {
        const double weight = player->weight != NULL ? player->weight[n] : n == player->region;
        if (weight != 0.0) sum += weight * goal[n];
    }
    return sum;
}

/* Objectives of all seats, whether they played or not. */
static ent_status weigh(ent_table_of_play *at, ent_verdict *verdict)
{
    const ent_seats *seats = at->seats;
    ENT_TRY(find_goals(at, verdict));
    if (verdict->status != ENT_OK) return ENT_OK;
    verdict->objective = ent_new0(at->arena, double, seats->seats);
    if (verdict->objective == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) verdict->objective[s] = ent_seat_worth(seats, s, verdict->goal);
    return ENT_OK;
}

ent_status ent_verdict_take(ent_table_of_play *at, ent_verdict *verdict, const ent_game_point *point)
{
    const ent_certificate *c = &point->eq.certificate;
    verdict->policy = point->policy;
    verdict->log_welfare = point->log_welfare;
    verdict->excess = fmax(c->excess, fmax(c->price, c->walras));
    verdict->tolerance_of_solver = c->tolerance;
    verdict->slope = point->slope;
    verdict->radius = point->radius;
    verdict->free_duties = point->free_duties;
    verdict->rounds = point->rounds;
    verdict->solves = point->solves;
    verdict->damped = point->damped;
    return weigh(at, verdict);
}

ent_status ent_verdict_solve(ent_table_of_play *at, ent_verdict *verdict, const ent_policy *policy)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = at->seats->net;
    ent_options options = ent_options_default();
    ent_equilibrium eq;
    ent_error why = {0};
    options.tolerance = at->options.game.tolerance_of_solver > 0.0 ? at->options.game.tolerance_of_solver : 1e-12;
    const ent_status status = ent_equilibrium_solve(net, policy, &options, NULL, &scratch, &eq, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    verdict->policy = *policy;
    verdict->excess = fmax(eq.certificate.excess, fmax(eq.certificate.price, eq.certificate.walras));
    verdict->tolerance_of_solver = eq.certificate.tolerance;
    verdict->solves = 1;
    verdict->log_welfare = ent_new(at->arena, double, net->regions);
    if (verdict->log_welfare == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        verdict->log_welfare[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[net->household[n]];
    return weigh(at, verdict);
}

const char *ent_verdict_kind(const ent_verdict *verdict)
{
    if (verdict->package != NULL) return "package";
    if (verdict->enforced) return "self-enforcing";
    return verdict->concept != NULL ? ent_concept_word(verdict->concept->kind) : "status-quo";
}

/* ---- games of some of the seats ---- */

ent_status ent_subgame(ent_table_of_play *at, const unsigned char *in, ent_game *game, ent_player **players)
{
    const ent_seats *seats = at->seats;
    *players = ent_new(at->arena, ent_player, seats->players);
    if (*players == NULL) return ent_play_no_memory(at);
    *game = (ent_game){seats->net, &seats->policy, *players, 0};
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        for (ptrdiff_t p = 0; p < seats->seat[s].count && (in == NULL || in[s]); p++)
            (*players)[game->players++] = seats->player[seats->seat[s].first + p];
    return ENT_OK;
}

ent_status ent_subgame_share(ent_table_of_play *at, const double *weight, ent_game *game, ent_player *players)
{
    const ent_seats *seats = at->seats;
    double *row = ent_new0(at->arena, double, seats->net->regions);
    if (row == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const ent_player *player = &seats->player[seats->seat[s].first];
        for (ptrdiff_t n = 0; n < seats->net->regions; n++)
            row[n] += weight[s] * (player->weight != NULL ? player->weight[n] : n == player->region);
    }
    for (ptrdiff_t p = 0; p < game->players; p++) players[p].weight = row;
    return ENT_OK;
}
