/* truce.c: would each party rather break an agreement once?
 *
 * u_C: the agreement; u_D: its best duties against the others' agreed ones, looked for from what was agreed and from
 * the war; u_N: the war. What patience that needs is in strategy.h.
 *
 * Penance of party p, for the test of renegotiation: it keeps its agreed duties for one period while all others answer
 * it with the duties that serve themselves best together (equal weights). If one of them loses by that, they give the
 * party next after it the most that leaves no other of them below what was agreed, which they can: agreed duties do.
 * They gain by punishing, so nobody wants to forgive early; it can refuse by answering in turn, and is then punished
 * anew. A party breaks and refuses as a whole; what is said of it is said of each of its players. */
// SPDX-License-Identifier: MIT
#include "talk/joint.h"
#include <math.h>
#include <string.h>

#define WITHIN 1e-8 /* of what was agreed, log points: policies that keep a floor keep it no closer */

typedef struct {
    const ent_game *game;
    const ent_policy *agreed;
    const ent_policy *war;    /* or NULL: another start */
    ent_game_options options; /* goals of all players count, whoever moves */
    ent_truce *truce;
    ent_parties parties;
    double *agreed_goal; /* [regions] */
} weighing;

static ent_status take_room(const ent_game *game, ent_arena *arena, ent_truce *t, ent_error *err)
{
    double **const lists[] = {&t->agreed,  &t->temptation, &t->punishment, &t->patience,  &t->patience_T,
                              &t->penance, &t->refusal,    &t->others,     &t->patience_P};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        *lists[k] = ent_new0(arena, double, game->players);
        if (*lists[k] == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for a truce of %td players", game->players);
    }
    t->proof = ent_new0(arena, unsigned char, game->players);
    return t->proof == NULL ? ent_fail(err, ENT_NO_MEMORY, "no memory for a truce") : ENT_OK;
}

static double has(const weighing *w, ptrdiff_t party, const double *goal)
{
    return ent_party_has(&w->parties, party, goal);
}

/* The most that a party gets by its own duties, the others' as in `policy`; from there and from the war's. */
static ent_status answer_to(const weighing *w, ptrdiff_t party, const ent_policy *policy, double *most, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_game_point point;
    ent_player *players = ent_new(&scratch, ent_player, w->game->players);
    if (players == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the temptation of a party");
    ent_game game = ent_joint_part(w->game, &w->parties, party, 0, players);
    game.policy = policy;
    const ent_status first = ent_game_play(&game, &w->options, NULL, &scratch, &point, err);
    *most = first == ENT_OK ? point.objective[0] : -INFINITY;
    if (first == ENT_NO_MEMORY || first == ENT_BAD_INPUT) return first;
    if (w->war != NULL) {
        const ent_status second = ent_game_play(&game, &w->options, w->war, &scratch, &point, err);
        if (second == ENT_NO_MEMORY) return second;
        if (second == ENT_OK) *most = fmax(*most, point.objective[0]);
        if (first != ENT_OK && second != ENT_OK) return second;
        return ENT_OK;
    }
    return first;
}

/* Everybody but the party, as one, against its agreed duties. */
static ent_status punish(const weighing *w, ptrdiff_t party, ent_arena *arena, ent_policy *policy, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_game_point point;
    ent_player *others = ent_new(&scratch, ent_player, w->game->players);
    double *weight = ent_new0(&scratch, double, w->game->net->regions);
    if (others == NULL || weight == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the penance of a party");
    ent_game game = ent_joint_part(w->game, &w->parties, party, 1, others);
    for (ptrdiff_t k = 0; k < w->parties.count; k++)
        if (k != party) ent_party_add(&w->parties, k, 1.0, weight);
    for (ptrdiff_t q = 0; q < game.players; q++) others[q].weight = weight;
    game.policy = w->agreed;
    ENT_TRY(ent_game_play(&game, &w->options, NULL, &scratch, &point, err));
    return ent_joint_keep(w->game->net, &point.policy, arena, policy, err);
}

/* The same, and none of them below what was agreed: the first of the others gets the most of that. */
static ent_status punish_gently(const weighing *w, ptrdiff_t party, ent_arena *arena, ent_policy *policy,
                                ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_most most;
    ptrdiff_t count = 0, asker = 0;
    ent_player *others = ent_new(&scratch, ent_player, w->game->players);
    double *floor = ent_new(&scratch, double, w->game->players);
    if (others == NULL || floor == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the penance of a party");
    ent_game game = ent_joint_part(w->game, &w->parties, party, 1, others);
    game.policy = w->agreed;
    for (ptrdiff_t p = 0; p < w->game->players; p++) {
        if (w->parties.of[p] == party) continue;
        if (w->parties.of[p] == (party + 1) % w->parties.count) asker = count;
        floor[count++] = w->truce->agreed[p];
    }
    ENT_TRY(ent_talk_most(&game, asker, floor, &w->options, &scratch, &most, err));
    return ent_joint_keep(w->game->net, &most.point.policy, arena, policy, err);
}

/* What the one of the others who gains least gains by a punishment. */
static double least_gain(const weighing *w, ptrdiff_t party, const double *goal)
{
    double least = INFINITY;
    for (ptrdiff_t k = 0; k < w->parties.count; k++)
        if (k != party) least = fmin(least, has(w, k, goal) - w->truce->agreed[w->parties.first[k]]);
    return least;
}

static ent_status choose_penance(const weighing *w, ptrdiff_t party, ent_arena *arena, ent_policy *policy,
                                 double **goal, ent_error *err)
{
    ent_policy gentle;
    ENT_TRY(punish(w, party, arena, policy, err));
    ENT_TRY(ent_talk_goals(w->game, policy, arena, goal, err));
    if (least_gain(w, party, *goal) >= 0.0 || w->parties.count < 3) return ENT_OK;
    const ent_status status = punish_gently(w, party, arena, &gentle, err);
    if (status != ENT_OK) return status == ENT_NO_MEMORY ? status : ENT_OK; /* what was found first stays */
    *policy = gentle;
    return ent_talk_goals(w->game, policy, arena, goal, err);
}

static ent_status do_penance(const weighing *w, ptrdiff_t party, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_truce *t = w->truce;
    ent_policy policy;
    double *goal, refusal;
    const ptrdiff_t first = w->parties.first[party];
    const double agreed = t->agreed[first];
    ENT_TRY(choose_penance(w, party, &scratch, &policy, &goal, err));
    ENT_TRY(answer_to(w, party, &policy, &refusal, err));
    const double others = least_gain(w, party, goal);
    const double penance = has(w, party, goal);
    const double breaks = ent_truce_patience(agreed, t->temptation[first], penance, 1);
    const double refuses = ent_truce_penance(agreed, penance, refusal, 1);
    for (ptrdiff_t p = 0; p < w->game->players; p++) {
        if (w->parties.of[p] != party) continue;
        t->penance[p] = penance;
        t->refusal[p] = refusal;
        t->others[p] = others;
        t->patience_P[p] = fmax(breaks, refuses);
        t->proof[p] = others >= -WITHIN && refusal < agreed;
    }
    return ENT_OK;
}

static ent_status tempt(const weighing *w, ptrdiff_t party, const double *war, ent_error *err)
{
    ent_truce *t = w->truce;
    const double agreed = has(w, party, w->agreed_goal), punished = has(w, party, war);
    double most;
    ENT_TRY(answer_to(w, party, w->agreed, &most, err));
    /* keeping is one of its choices: where it is the best one, rounding shall not make a temptation of it */
    if (most - agreed < 1e-11) most = agreed;
    for (ptrdiff_t p = 0; p < w->game->players; p++) {
        if (w->parties.of[p] != party) continue;
        t->agreed[p] = agreed;
        t->punishment[p] = punished;
        t->temptation[p] = most;
        t->patience[p] = ent_truce_patience(agreed, most, punished, ENT_FOREVER);
        t->patience_T[p] = ent_truce_patience(agreed, most, punished, t->periods);
        t->most = fmax(t->most, t->patience[p]);
        t->most_T = fmax(t->most_T, t->patience_T[p]);
    }
    return ENT_OK;
}

static ent_status weigh(const weighing *w, const double *war, ent_error *err)
{
    for (ptrdiff_t k = 0; k < w->parties.count; k++) ENT_TRY(tempt(w, k, war, err));
    for (ptrdiff_t k = 0; k < w->parties.count && w->parties.count > 1; k++) ENT_TRY(do_penance(w, k, err));
    return ENT_OK;
}

ent_status ent_talk_truce(const ent_game *game, const ent_policy *agreed, const double *war, ptrdiff_t periods,
                          const ent_game_options *options, ent_arena *arena, ent_truce *truce, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_game_point nash;
    ENT_TRY(ent_game_check(game, err));
    if (periods < 1) return ent_fail(err, ENT_BAD_INPUT, "a punishment lasts one period or more, not %td", periods);
    *truce = (ent_truce){.periods = periods};
    ENT_TRY(take_room(game, arena, truce, err));
    weighing w = {
        .game = game, .agreed = agreed, .options = options != NULL ? *options : (ent_game_options){0}, .truce = truce};
    if (w.options.whole == NULL) w.options.whole = game;
    ENT_TRY(ent_parties_list(game, &scratch, &w.parties, err));
    ENT_TRY(ent_talk_goals(game, agreed, &scratch, &w.agreed_goal, err));
    if (war == NULL) {
        ENT_TRY(ent_game_play(game, options, NULL, &scratch, &nash, err));
        war = nash.goal;
        w.war = &nash.policy;
    }
    return weigh(&w, war, err);
}
