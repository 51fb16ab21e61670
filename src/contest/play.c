/* play.c: every concept of a game file by the calls of the game room; what they find as verdicts.
 *
 * Players who are not named by a concept stand at the status quo. A concept that is not reached spoils nobody else's
 * answer: its verdict has a status and a sentence instead of a point. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include "game/dials.h"
#include <math.h>
#include <string.h>

ent_status ent_verdict_certify(ent_table_of_play *at, const ent_game *game, const ent_game_point *point,
                               ent_verdict *verdict)
{
    ENT_SCRATCH scratch = {0};
    ent_game_certificate certificate;
    ent_error why = {0};
    if (!at->options.certify) return ENT_OK;
    const ent_status status = ent_game_certify(game, point, &at->options.game, &scratch, &certificate, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    verdict->gain = certificate.largest;
    verdict->bend = certificate.steepest;
    if (ent_game_certified(game, &certificate, &why)) return ENT_OK;
    verdict->doubt = ent_string_copy(at->arena, why.text);
    return verdict->doubt == NULL ? ent_play_no_memory(at) : ENT_OK;
}

double ent_play_tolerance(const ent_table_of_play *at)
{
    return at->options.game.tolerance > 0.0 ? at->options.game.tolerance : 1e-11;
}

/* Whoever looks for deviations also asks, of a war, whether answers to answers would lead back to it. */
static ent_game_options questions(const ent_table_of_play *at, const ent_concept *concept)
{
    ent_game_options ask = at->options.game;
    const int war = concept->kind == ENT_CONCEPT_NASH || concept->kind == ENT_CONCEPT_MFN_NASH ||
                    concept->kind == ENT_CONCEPT_BILATERAL_WAR || concept->kind == ENT_CONCEPT_BLOCS;
    ask.radius = war && at->options.certify;
    return ask;
}

/* Places of rest and what the certificate says of each: gain, bend, doubt, status of a verdict. */
typedef struct {
    ent_game_points points;
    ent_verdict *judged; /* [points.count] */
    ptrdiff_t rejected;  /* left out, for somebody gains there */
    double seconds;
} places;

static int is_sound(const ent_verdict *judged)
{
    return judged->status == ENT_OK && judged->doubt == NULL;
}

/* From the best place of all, where none is sound: who gains far from it goes there, until nobody does. */
static ent_status settle(ent_table_of_play *at, const ent_game *game, const ent_game_options *ask, places *p)
{
    ent_game_certificate certificate;
    ent_game_point *point = ent_new0(at->arena, ent_game_point, 1);
    ent_error why = {0};
    ptrdiff_t best = 0, rejected;
    if (point == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t k = 1; k < p->points.count; k++)
        if (p->points.point[k].objective[0] > p->points.point[best].objective[0]) best = k;
    const ent_status status =
        ent_game_settle(game, ask, &p->points.point[best].policy, at->arena, point, &certificate, &rejected, &why);
    if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return ent_fail(at->err, status, "%s", why.text);
    if (status != ENT_OK) return ENT_OK; /* all places are shown, with their doubts */
    p->rejected = p->points.count + rejected - 1;
    p->points.point = point;
    p->points.count = 1;
    p->judged[0] = (ent_verdict){.gain = certificate.largest, .bend = certificate.steepest};
    return ENT_OK;
}

/* What is no equilibrium is not shown as one, where there is one: a place of rest that somebody would leave is counted.
 */
static ent_status judge(ent_table_of_play *at, const ent_game *game, const ent_game_options *ask, places *p)
{
    ptrdiff_t sound = 0, kept = 0;
    p->judged = ent_new0(at->arena, ent_verdict, p->points.count);
    if (p->judged == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t k = 0; k < p->points.count; k++) {
        p->judged[k] = (ent_verdict){.gain = NAN, .bend = NAN};
        ENT_TRY(ent_verdict_certify(at, game, &p->points.point[k], &p->judged[k]));
        sound += is_sound(&p->judged[k]);
    }
    if (sound == 0) return settle(at, game, ask, p);
    for (ptrdiff_t k = 0; k < p->points.count; k++) {
        if (p->judged[k].status == ENT_OK && p->judged[k].doubt != NULL) continue;
        p->points.point[kept] = p->points.point[k];
        p->judged[kept++] = p->judged[k];
    }
    p->rejected = p->points.count - kept;
    p->points.count = kept;
    return ENT_OK;
}

static ent_status show(ent_table_of_play *at, const ent_concept *concept, const places *p, const char *name,
                       const char *label)
{
    for (ptrdiff_t k = 0; k < p->points.count; k++) {
        const ent_verdict *judged = &p->judged[k];
        ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
        if (verdict == NULL) return ent_play_no_memory(at);
        verdict->seconds = k == 0 ? p->seconds : 0.0;
        if (judged->status != ENT_OK) {
            verdict->status = judged->status;
            verdict->why = judged->why;
            continue;
        }
        ENT_TRY(ent_verdict_take(at, verdict, &p->points.point[k]));
        verdict->tolerance = ent_play_tolerance(at);
        verdict->found = p->points.starts > 1 ? p->points.count : 0;
        verdict->starts = p->points.starts;
        verdict->rejected = k == 0 ? p->rejected : 0;
        verdict->gain = judged->gain;
        verdict->bend = judged->bend;
        verdict->doubt = judged->doubt;
    }
    return ENT_OK;
}

ent_status ent_play_game(ent_table_of_play *at, const ent_concept *concept, const ent_game *game, const char *name,
                         const char *label)
{
    const double began = ent_seconds();
    ent_error why = {0};
    ent_game_point one = {0};
    places p = {.points = {.point = &one, .count = 1, .starts = 1}};
    const ent_game_options ask = questions(at, concept);
    const ent_status status = at->options.starts != 1 ? ent_game_search(game, &ask, at->arena, &p.points, &why)
                                                      : ent_game_play(game, &ask, NULL, at->arena, &one, &why);
    if (status != ENT_OK) {
        ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
        return verdict == NULL ? ent_play_no_memory(at) : ent_verdict_fail(at, verdict, status, &why);
    }
    ENT_TRY(judge(at, game, &ask, &p));
    p.seconds = ent_seconds() - began;
    return show(at, concept, &p, name, label);
}

/* ---- concepts ---- */

static ent_status play_optimum(ent_table_of_play *at, const ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    unsigned char *alone = ent_new0(at->arena, unsigned char, seats->seats);
    if (alone == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        ent_game game;
        ent_player *players;
        if (!concept->in[s]) continue;
        alone[s] = 1;
        ENT_TRY(ent_subgame(at, alone, &game, &players));
        alone[s] = 0;
        const char *name = ent_string_format(at->arena, "optimum-%s", seats->seat[s].name);
        const char *label = ent_string_format(at->arena, "optimum of %s", seats->seat[s].name);
        if (name == NULL || label == NULL) return ent_play_no_memory(at);
        ENT_TRY(ent_play_game(at, concept, &game, name, label));
    }
    return ENT_OK;
}

/* A copy of the player's instruments that may be changed. */
static ent_instruments *own_sets(ent_table_of_play *at, ent_player *player)
{
    ent_instruments *sets = ent_new(at->arena, ent_instruments, player->sets);
    if (sets == NULL) return NULL;
    memcpy(sets, player->instruments, (size_t)player->sets * sizeof *sets);
    player->instruments = sets;
    return sets;
}

static ent_status make_mfn(ent_table_of_play *at, ent_player *player)
{
    ent_instruments *sets = own_sets(at, player);
    if (sets == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t k = 0; k < player->sets; k++)
        if (sets[k].freedom == ENT_FREE_BY_PARTNER_AND_SECTOR)
            sets[k].freedom = ENT_FREE_BY_SECTOR;
        else if (sets[k].freedom == ENT_FREE_BY_PARTNER)
            sets[k].freedom = ENT_FREE_ONE;
    return ENT_OK;
}

/* Only partners who are members of `with` [regions] stay free; sets that are left without any are dropped. */
ent_status ent_player_keep(ent_table_of_play *at, ent_player *player, const unsigned char *with)
{
    const ptrdiff_t R = at->seats->net->regions;
    ent_instruments *sets = own_sets(at, player);
    ptrdiff_t kept = 0;
    if (sets == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t k = 0; k < player->sets; k++) {
        unsigned char *partner = ent_new0(at->arena, unsigned char, R);
        int any = 0;
        if (partner == NULL) return ent_play_no_memory(at);
        for (ptrdiff_t n = 0; n < R; n++) {
            partner[n] = with[n] && (sets[k].partner == NULL || sets[k].partner[n]);
            any |= partner[n];
        }
        sets[kept] = sets[k];
        sets[kept].partner = partner;
        kept += any;
    }
    player->sets = kept;
    return ENT_OK;
}

ent_status ent_player_narrow(ent_table_of_play *at, ent_player *player, const unsigned char *with)
{
    ENT_TRY(ent_player_keep(at, player, with));
    if (player->sets > 0) return ENT_OK;
    return ent_fail(at->err, ENT_BAD_INPUT,
                    "%s: %s has nothing to set against the other side; give it instruments with "
                    "that partner, or leave the concept out",
                    at->seats->contest->scenario.path, at->seats->net->table->regions.label[player->region]);
}

/* Duties of two seats on each other alone are free. */
static ent_status narrow(ent_table_of_play *at, const ent_concept *concept, ent_player *players)
{
    const ent_seats *seats = at->seats;
    ptrdiff_t player = 0;
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        unsigned char *with = ent_new0(at->arena, unsigned char, seats->net->regions);
        if (with == NULL) return ent_play_no_memory(at);
        for (ptrdiff_t t = 0; t < seats->seats; t++)
            for (ptrdiff_t q = 0; q < seats->seat[t].count && concept->in[t] && t != s; q++)
                with[seats->player[seats->seat[t].first + q].region] = 1;
        for (ptrdiff_t k = 0; k < seats->seat[s].count && concept->in[s]; k++)
            ENT_TRY(ent_player_narrow(at, &players[player++], with));
    }
    return ENT_OK;
}

static ent_status play_war(ent_table_of_play *at, const ent_concept *concept)
{
    ent_game game;
    ent_player *players;
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    if (concept->kind == ENT_CONCEPT_BILATERAL_WAR) ENT_TRY(narrow(at, concept, players));
    for (ptrdiff_t p = 0; p < game.players && concept->kind == ENT_CONCEPT_MFN_NASH; p++)
        ENT_TRY(make_mfn(at, &players[p]));
    return ent_play_game(at, concept, &game, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
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
    const size_t bytes = (size_t)game.net->borders * sizeof(double);
    policy.duty = ent_new(at->arena, double, game.net->borders);
    policy.export_tax = ent_new(at->arena, double, game.net->borders);
    ent_verdict *verdict =
        ent_verdict_new(at, concept, ent_concept_word(concept->kind), ent_concept_said(concept->kind));
    if (turn == NULL || policy.duty == NULL || policy.export_tax == NULL || verdict == NULL)
        return ent_play_no_memory(at);
    memcpy(policy.duty, at->seats->policy.duty, bytes);
    memcpy(policy.export_tax, at->seats->policy.export_tax, bytes);
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
    ENT_TRY(ent_play_game(at, concept, &game, ent_concept_word(concept->kind), ent_concept_said(concept->kind)));
    for (ptrdiff_t v = before; v < at->play->verdicts; v++) at->play->verdict[v].weight = concept->weight;
    return ENT_OK;
}

/* log W [regions] of the threat, from a verdict that is there already, or solved now. NULL: the war was not reached. */
ent_status ent_threat_of(ent_table_of_play *at, const ent_concept *concept, const double **threat, ent_error *why,
                         ent_status *status)
{
    const ent_play *play = at->play;
    *threat = play->verdict[0].goal;
    *status = ENT_OK;
    if (concept->threat == ENT_THREAT_STATUS_QUO) return ENT_OK;
    for (ptrdiff_t v = 1; v < play->verdicts; v++) {
        const ent_verdict *one = &play->verdict[v];
        if (one->concept->kind != ENT_CONCEPT_NASH || one->status != ENT_OK) continue;
        if (memcmp(one->concept->in, concept->in, (size_t)at->seats->seats) != 0) continue;
        *threat = one->goal;
        return ENT_OK;
    }
    ent_game game;
    ent_player *players;
    ent_game_point *point = ent_new0(at->arena, ent_game_point, 1);
    if (point == NULL) return ent_play_no_memory(at);
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    *status = ent_game_play(&game, &at->options.game, NULL, at->arena, point, why);
    *threat = *status == ENT_OK ? point->goal : NULL;
    return ENT_OK;
}

/* Weights of players' parties, given back by the game room, as weights of seats. */
static ent_status weights_of_seats(ent_table_of_play *at, const ent_concept *concept, const double *of_player,
                                   ent_verdict *verdict)
{
    ptrdiff_t player = 0;
    verdict->weight = ent_new0(at->arena, double, at->seats->seats);
    if (verdict->weight == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t s = 0; s < at->seats->seats; s++) {
        if (!concept->in[s]) continue;
        verdict->weight[s] = of_player[player];
        player += at->seats->seat[s].count;
    }
    return ENT_OK;
}

/* "equal gain over the war": what is shared is said where it is not the concept's own base. */
static ent_verdict *verdict_of_talk(ent_table_of_play *at, const ent_concept *concept)
{
    const int equal = concept->kind == ENT_CONCEPT_EQUAL_GAIN;
    const char *word = ent_concept_word(concept->kind), *said = ent_concept_said(concept->kind);
    if (concept->threat == (equal ? ENT_THREAT_STATUS_QUO : ENT_THREAT_NASH))
        return ent_verdict_new(at, concept, word, said);
    const char *over = equal ? "war" : "status quo";
    const char *name = ent_string_format(at->arena, "%s-over-%s", word, over);
    const char *label = ent_string_format(at->arena, "%s over the %s", said, over);
    return name == NULL || label == NULL ? NULL : ent_verdict_new(at, concept, name, label);
}

/* Gains were shared by weights that were found: no policy is better for these weights. */
static ent_status certify_shares(ent_table_of_play *at, const ent_game *game, ent_player *players, const double *weight,
                                 const ent_game_point *point, ent_verdict *verdict)
{
    double *row = ent_new0(at->arena, double, game->net->regions);
    if (row == NULL) return ent_play_no_memory(at);
    for (ptrdiff_t p = 0; p < game->players; p++) row[players[p].region] = weight[p];
    for (ptrdiff_t p = 0; p < game->players; p++) players[p].weight = row;
    return ent_verdict_certify(at, game, point, verdict);
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
    ENT_TRY(ent_threat_of(at, concept, &threat, &why, &status));
    ent_verdict *verdict = verdict_of_talk(at, concept);
    if (verdict == NULL || weight == NULL) return ent_play_no_memory(at);
    if (status == ENT_OK && concept->kind == ENT_CONCEPT_EQUAL_GAIN)
        status = ent_game_equal_gain(&game, threat, &at->options.game, at->arena, weight, &point, &why);
    else if (status == ENT_OK)
        status = ent_game_bargain(&game, threat, &at->options.game, at->arena, weight, &point, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    ENT_TRY(ent_verdict_take(at, verdict, &point));
    ENT_TRY(weights_of_seats(at, concept, weight, verdict));
    ENT_TRY(certify_shares(at, &game, players, weight, &point, verdict));
    verdict->tolerance = ent_play_tolerance(at);
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
    case ENT_CONCEPT_FRONTIER:
        return ent_play_frontier(at, concept);
    case ENT_CONCEPT_BLOCS:
        return ent_play_blocs(at, concept);
    case ENT_CONCEPT_NASH_IN_NASH:
        return ent_play_pairwise(at, concept);
    case ENT_CONCEPT_SANCTIONS:
        return ent_play_sanctions(at, concept);
    case ENT_CONCEPT_MOTIVE:
        return ent_play_motive(at, concept);
    case ENT_CONCEPT_CLUB:
        return ent_play_club(at, concept);
    default:
        return ent_play_ask(at, concept);
    }
}

ent_status ent_contest_play(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_play *play,
                            ent_error *err)
{
    *play = (ent_play){.seats = seats};
    ent_table_of_play at = {.seats = seats, .arena = arena, .play = play, .err = err};
    ent_play_options_take(&at, options);
    ent_verdict *quo = ent_verdict_new(&at, NULL, "status-quo", "status quo");
    if (quo == NULL) return ent_play_no_memory(&at);
    ENT_TRY(ent_verdict_solve(&at, quo, &seats->policy));
    if (quo->status != ENT_OK)
        return ent_fail(err, quo->status, "%s: the status quo: %s", seats->contest->scenario.path, quo->why);
    for (ptrdiff_t c = 0; c < seats->concepts; c++) ENT_TRY(ent_sanctions_check(&at, &seats->concept[c]));
    for (ptrdiff_t c = 0; c < seats->concepts; c++) ENT_TRY(play_concept(&at, &seats->concept[c]));
    return ENT_OK;
}
