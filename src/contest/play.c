/* play.c: every concept of a game file by the calls of the game room; what they find as verdicts.
 *
 * Players who are not named by a concept stand at the status quo. A concept that is not reached spoils nobody else's
 * answer: its verdict has a status and a sentence instead of a point. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include "game/dials.h"
#include <math.h>
#include <string.h>

/* ---- verdicts ---- */

static ent_status no_memory(const ent_table_of_play *at)
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
    *verdict = (ent_verdict){.concept = concept, .name = file, .label = words, .slope = NAN, .gain = NAN};
    return verdict;
}

ent_status ent_verdict_fail(ent_table_of_play *at, ent_verdict *verdict, ent_status status, const ent_error *why)
{
    if (status == ENT_OK) return ENT_OK;
    if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return ent_fail(at->err, status, "%s", why->text);
    verdict->status = status;
    verdict->why = ent_string_copy(at->arena, why->text[0] != 0 ? why->text : ent_status_words(status));
    at->play->failed++;
    return verdict->why == NULL ? no_memory(at) : ENT_OK;
}

/* Objectives of all seats, whether they played or not. */
static ent_status weigh(ent_table_of_play *at, ent_verdict *verdict)
{
    const ent_seats *seats = at->seats;
    verdict->objective = ent_new0(at->arena, double, seats->seats);
    if (verdict->objective == NULL) return no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const ent_player *player = &seats->player[seats->seat[s].first];
        for (ptrdiff_t n = 0; n < seats->net->regions; n++) {
            const double weight = player->weight != NULL ? player->weight[n] : n == player->region;
            if (weight != 0.0) verdict->objective[s] += weight * verdict->log_welfare[n];
        }
    }
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
    if (verdict->log_welfare == NULL) return no_memory(at);
    for (ptrdiff_t n = 0; n < net->regions; n++)
        verdict->log_welfare[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[net->household[n]];
    return weigh(at, verdict);
}

/* ---- games of some of the seats ---- */

ent_status ent_subgame(ent_table_of_play *at, const unsigned char *in, ent_game *game, ent_player **players)
{
    const ent_seats *seats = at->seats;
    *players = ent_new(at->arena, ent_player, seats->players);
    if (*players == NULL) return no_memory(at);
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
    if (row == NULL) return no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const ent_player *player = &seats->player[seats->seat[s].first];
        for (ptrdiff_t n = 0; n < seats->net->regions; n++)
            row[n] += weight[s] * (player->weight != NULL ? player->weight[n] : n == player->region);
    }
    for (ptrdiff_t p = 0; p < game->players; p++) players[p].weight = row;
    return ENT_OK;
}

static ent_status certify(ent_table_of_play *at, const ent_game *game, const ent_game_point *point,
                          ent_verdict *verdict)
{
    ENT_SCRATCH scratch = {0};
    ent_game_certificate certificate;
    ent_error why = {0};
    if (!at->options.certify) return ENT_OK;
    const ent_status status = ent_game_certify(game, point, &at->options.game, &scratch, &certificate, &why);
    if (status == ENT_OK) verdict->gain = certificate.largest;
    return ent_verdict_fail(at, verdict, status, &why);
}

static double tolerance_of(const ent_table_of_play *at)
{
    return at->options.game.tolerance > 0.0 ? at->options.game.tolerance : 1e-11;
}

/* A game's points as verdicts: the first one, and every other that another start led to. */
static ent_status play_game(ent_table_of_play *at, const ent_concept *concept, const ent_game *game, const char *name,
                            const char *label)
{
    const double began = ent_seconds();
    ent_error why = {0};
    ent_game_point one = {0};
    ent_game_points points = {.point = &one, .count = 1};
    const int several = at->options.starts != 1;
    const ent_status status = several ? ent_game_search(game, &at->options.game, at->arena, &points, &why)
                                      : ent_game_play(game, &at->options.game, NULL, at->arena, &one, &why);
    if (status != ENT_OK) {
        ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
        return verdict == NULL ? no_memory(at) : ent_verdict_fail(at, verdict, status, &why);
    }
    const double searched = ent_seconds() - began;
    for (ptrdiff_t k = 0; k < points.count; k++) {
        const double here = ent_seconds();
        ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
        if (verdict == NULL) return no_memory(at);
        ENT_TRY(ent_verdict_take(at, verdict, &points.point[k]));
        verdict->tolerance = tolerance_of(at);
        verdict->found = several ? points.count : 0;
        verdict->starts = several ? points.starts : 1;
        ENT_TRY(certify(at, game, &points.point[k], verdict));
        verdict->seconds = (k == 0 ? searched : 0.0) + ent_seconds() - here;
    }
    return ENT_OK;
}

/* ---- concepts ---- */

static ent_status play_optimum(ent_table_of_play *at, const ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    unsigned char *alone = ent_new0(at->arena, unsigned char, seats->seats);
    if (alone == NULL) return no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        ent_game game;
        ent_player *players;
        if (!concept->in[s]) continue;
        alone[s] = 1;
        ENT_TRY(ent_subgame(at, alone, &game, &players));
        alone[s] = 0;
        const char *name = ent_string_format(at->arena, "optimum-%s", seats->seat[s].name);
        const char *label = ent_string_format(at->arena, "optimum of %s", seats->seat[s].name);
        if (name == NULL || label == NULL) return no_memory(at);
        ENT_TRY(play_game(at, concept, &game, name, label));
    }
    return ENT_OK;
}

/* Duties of two seats on each other alone are free: partners are narrowed to the other side. */
static ent_status narrow(ent_table_of_play *at, const ent_concept *concept, const ent_game *game, ent_player *players)
{
    const ent_seats *seats = at->seats;
    const ptrdiff_t R = seats->net->regions;
    ptrdiff_t at_player = 0;
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        if (!concept->in[s]) continue;
        for (ptrdiff_t k = 0; k < seats->seat[s].count; k++, at_player++) {
            unsigned char *partner = ent_new0(at->arena, unsigned char, R);
            if (partner == NULL) return no_memory(at);
            for (ptrdiff_t t = 0; t < seats->seats; t++)
                for (ptrdiff_t q = 0; q < seats->seat[t].count && concept->in[t] && t != s; q++) {
                    const ptrdiff_t other = seats->player[seats->seat[t].first + q].region;
                    partner[other] = players[at_player].partner == NULL || players[at_player].partner[other];
                }
            players[at_player].partner = partner;
        }
    }
    ent_error why = {0};
    const ent_status status = ent_game_check(game, &why);
    if (status != ENT_BAD_INPUT) return status;
    return ent_fail(at->err, ENT_BAD_INPUT, "%s: a war of two leaves nothing to set: %s", seats->contest->scenario.path,
                    why.text);
}

static ent_status play_war(ent_table_of_play *at, const ent_concept *concept)
{
    ent_game game;
    ent_player *players;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    if (concept->kind == ENT_CONCEPT_BILATERAL_WAR) ENT_TRY(narrow(at, concept, &game, players));
    for (ptrdiff_t p = 0; p < game.players && concept->kind == ENT_CONCEPT_MFN_NASH; p++)
        if (players[p].freedom == ENT_FREE_BY_PARTNER_AND_SECTOR)
            players[p].freedom = ENT_FREE_BY_SECTOR;
        else if (players[p].freedom == ENT_FREE_BY_PARTNER)
            players[p].freedom = ENT_FREE_ONE;
    return play_game(at, concept, &game, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
}

static ent_status play_free_trade(ent_table_of_play *at, const ent_concept *concept)
{
    const double began = ent_seconds();
    ent_game game;
    ent_player *players;
    ent_dials dials;
    ent_policy policy = at->seats->policy;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    ENT_TRY(ent_dials_list(&game, at->arena, &dials, at->err));
    double *turn = ent_new0(at->arena, double, dials.count);
    policy.duty = ent_new(at->arena, double, game.net->borders);
    ent_verdict *verdict =
        ent_verdict_new(at, concept, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
    if (turn == NULL || policy.duty == NULL || verdict == NULL) return no_memory(at);
    memcpy(policy.duty, at->seats->policy.duty, (size_t)game.net->borders * sizeof(double));
    for (ptrdiff_t d = 0; d < dials.count; d++) turn[d] = ent_dial_within(&dials, d, 0.0);
    ent_dials_set(&dials, turn, &policy);
    ENT_TRY(ent_verdict_solve(at, verdict, &policy));
    verdict->seconds = ent_seconds() - began;
    return ENT_OK;
}

static ent_status play_cooperative(ent_table_of_play *at, const ent_concept *concept)
{
    ent_game game;
    ent_player *players;
    const ptrdiff_t before = at->play->verdicts;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    ENT_TRY(ent_subgame_share(at, concept->weight, &game, players));
    ENT_TRY(play_game(at, concept, &game, ent_concept_word(concept->kind), ent_concept_said(concept->kind)));
    for (ptrdiff_t v = before; v < at->play->verdicts; v++) at->play->verdict[v].weight = concept->weight;
    return ENT_OK;
}

/* log W [regions] of the threat, from a verdict that is there already, or solved now. NULL: the war was not reached. */
static ent_status threat_of(ent_table_of_play *at, const ent_concept *concept, const double **threat, ent_error *why,
                            ent_status *status)
{
    const ent_play *play = at->play;
    *threat = play->verdict[0].log_welfare;
    *status = ENT_OK;
    if (concept->threat == ENT_THREAT_STATUS_QUO) return ENT_OK;
    for (ptrdiff_t v = 1; v < play->verdicts; v++) {
        const ent_verdict *one = &play->verdict[v];
        if (one->concept->kind != ENT_CONCEPT_NASH || one->status != ENT_OK) continue;
        if (memcmp(one->concept->in, concept->in, (size_t)at->seats->seats) != 0) continue;
        *threat = one->log_welfare;
        return ENT_OK;
    }
    ent_game game;
    ent_player *players;
    ent_game_point *point = ent_new0(at->arena, ent_game_point, 1);
    if (point == NULL) return no_memory(at);
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    *status = ent_game_play(&game, &at->options.game, NULL, at->arena, point, why);
    *threat = *status == ENT_OK ? point->log_welfare : NULL;
    return ENT_OK;
}

/* Weights of players, given back by the game room, as weights of seats. */
static ent_status weights_of_seats(ent_table_of_play *at, const ent_concept *concept, const double *of_player,
                                   ent_verdict *verdict)
{
    ptrdiff_t player = 0;
    verdict->weight = ent_new0(at->arena, double, at->seats->seats);
    if (verdict->weight == NULL) return no_memory(at);
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        for (ptrdiff_t p = 0; p < at->seats->seat[s].count && concept->in[s]; p++)
            verdict->weight[s] += of_player[player++];
    return ENT_OK;
}

static ent_status play_talk(ent_table_of_play *at, const ent_concept *concept)
{
    const double began = ent_seconds();
    ent_game game;
    ent_player *players;
    ent_game_point point;
    const double *threat;
    ent_error why = {0};
    ent_status status;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    double *weight = ent_new0(at->arena, double, game.players);
    ENT_TRY(threat_of(at, concept, &threat, &why, &status));
    ent_verdict *verdict =
        ent_verdict_new(at, concept, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
    if (verdict == NULL || weight == NULL) return no_memory(at);
    if (status == ENT_OK && concept->kind == ENT_CONCEPT_EQUAL_GAIN)
        status = ent_game_equal_gain(&game, threat, &at->options.game, at->arena, weight, &point, &why);
    else if (status == ENT_OK)
        status = ent_game_bargain(&game, threat, &at->options.game, at->arena, weight, &point, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    ENT_TRY(ent_verdict_take(at, verdict, &point));
    ENT_TRY(weights_of_seats(at, concept, weight, verdict));
    verdict->tolerance = tolerance_of(at);
    verdict->starts = 1;
    verdict->seconds = ent_seconds() - began;
    return ENT_OK;
}

static ent_status play_concept(ent_table_of_play *at, const ent_concept *concept)
{
    switch (concept->kind) {
    case ENT_CONCEPT_FREE_TRADE:
        return play_free_trade(at, concept);
    case ENT_CONCEPT_OPTIMUM:
        return play_optimum(at, concept);
    case ENT_CONCEPT_NASH:
    case ENT_CONCEPT_MFN_NASH:
    case ENT_CONCEPT_BILATERAL_WAR:
        return play_war(at, concept);
    case ENT_CONCEPT_COOPERATIVE:
        return play_cooperative(at, concept);
    case ENT_CONCEPT_EQUAL_GAIN:
    case ENT_CONCEPT_NASH_BARGAINING:
        return play_talk(at, concept);
    default:
        return ent_fail(at->err, ENT_BAD_INPUT, "`%s` is not known to version %s", ent_concept_word(concept->kind),
                        ENT_VERSION);
    }
}

ent_status ent_contest_play(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_play *play,
                            ent_error *err)
{
    *play = (ent_play){.seats = seats};
    ent_table_of_play at = {.seats = seats, .arena = arena, .play = play, .err = err};
    if (options != NULL) at.options = *options;
    ent_verdict *quo = ent_verdict_new(&at, NULL, "status-quo", "status quo");
    if (quo == NULL) return no_memory(&at);
    ENT_TRY(ent_verdict_solve(&at, quo, &seats->policy));
    if (quo->status != ENT_OK)
        return ent_fail(err, quo->status, "%s: the status quo: %s", seats->contest->scenario.path, quo->why);
    for (ptrdiff_t c = 0; c < seats->concepts; c++) ENT_TRY(play_concept(&at, &seats->concept[c]));
    return ENT_OK;
}
