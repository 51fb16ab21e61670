/* truce.c: would each player rather break an agreement once?
 *
 * u_C: the agreement; u_D: his best duties against the others' agreed ones, looked for from what was agreed and from
 * the war; u_N: the war. What patience that needs is in strategy.h.
 *
 * Penance of player p, for the test of renegotiation: he keeps his agreed duties for one period while all others answer
 * him with the duties that serve themselves best together (equal weights). They gain by punishing, so nobody wants to
 * forgive early; he can refuse by answering in turn, and is then punished anew. */
// SPDX-License-Identifier: MIT
#include "talk/joint.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_game *game;
    const ent_policy *agreed;
    const ent_policy *war; /* or NULL: another start */
    const ent_game_options *options;
    ent_truce *truce;
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

/* The most that player p gets by his own duties, the others' as in `policy`; from there and from the war's. */
static ent_status answer_to(const weighing *w, ptrdiff_t p, const ent_policy *policy, double *most, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_player alone = w->game->player[p];
    ent_game_point point;
    alone.weight = NULL;
    const ent_game game = {.net = w->game->net, .policy = policy, .player = &alone, .players = 1};
    const ent_status first = ent_game_play(&game, w->options, NULL, &scratch, &point, err);
    *most = first == ENT_OK ? point.goal[alone.region] : -INFINITY;
    if (first == ENT_NO_MEMORY || first == ENT_BAD_INPUT) return first;
    if (w->war != NULL) {
        const ent_status second = ent_game_play(&game, w->options, w->war, &scratch, &point, err);
        if (second == ENT_NO_MEMORY) return second;
        if (second == ENT_OK) *most = fmax(*most, point.goal[alone.region]);
        if (first != ENT_OK && second != ENT_OK) return second;
        return ENT_OK;
    }
    return first;
}

/* Everybody but p, as one, against p's agreed duties. */
static ent_status punish(const weighing *w, ptrdiff_t p, ent_arena *arena, ent_game_point *point, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t players = w->game->players;
    ent_player *others = ent_new(&scratch, ent_player, players);
    double *weight = ent_new0(&scratch, double, w->game->net->regions);
    if (others == NULL || weight == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the penance of a player");
    ptrdiff_t count = 0;
    for (ptrdiff_t q = 0; q < players; q++) {
        if (q == p) continue;
        others[count] = w->game->player[q];
        others[count++].weight = weight;
        weight[w->game->player[q].region] = 1.0;
    }
    const ent_game game = {.net = w->game->net, .policy = w->agreed, .player = others, .players = count};
    return ent_game_play(&game, w->options, NULL, arena, point, err);
}

static ent_status do_penance(const weighing *w, ptrdiff_t p, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_truce *t = w->truce;
    ent_game_point point;
    double *goal;
    const ptrdiff_t n = w->game->player[p].region;
    ENT_TRY(punish(w, p, &scratch, &point, err));
    ENT_TRY(ent_talk_goals(w->game, &point.policy, &scratch, &goal, err));
    t->penance[p] = goal[n];
    ENT_TRY(answer_to(w, p, &point.policy, t->refusal + p, err));
    t->others[p] = INFINITY;
    for (ptrdiff_t q = 0; q < w->game->players; q++)
        if (q != p) t->others[p] = fmin(t->others[p], goal[w->game->player[q].region] - t->agreed[q]);
    const double breaks = ent_truce_patience(t->agreed[p], t->temptation[p], t->penance[p], 1);
    const double refuses = ent_truce_penance(t->agreed[p], t->penance[p], t->refusal[p], 1);
    t->patience_P[p] = fmax(breaks, refuses);
    t->proof[p] = t->others[p] >= 0.0 && t->refusal[p] < t->agreed[p];
    return ENT_OK;
}

static ent_status weigh(const weighing *w, const double *war, ent_error *err)
{
    ent_truce *t = w->truce;
    for (ptrdiff_t p = 0; p < w->game->players; p++) {
        const ptrdiff_t n = w->game->player[p].region;
        t->agreed[p] = w->agreed_goal[n];
        t->punishment[p] = war[n];
        ENT_TRY(answer_to(w, p, w->agreed, t->temptation + p, err));
        /* keeping is one of his choices: where it is the best one, rounding shall not make a temptation of it */
        t->temptation[p] = fmax(t->temptation[p], t->agreed[p]);
        if (t->temptation[p] - t->agreed[p] < 1e-11) t->temptation[p] = t->agreed[p];
        t->patience[p] = ent_truce_patience(t->agreed[p], t->temptation[p], t->punishment[p], ENT_FOREVER);
        t->patience_T[p] = ent_truce_patience(t->agreed[p], t->temptation[p], t->punishment[p], t->periods);
        t->most = fmax(t->most, t->patience[p]);
        t->most_T = fmax(t->most_T, t->patience_T[p]);
    }
    for (ptrdiff_t p = 0; p < w->game->players && w->game->players > 1; p++) ENT_TRY(do_penance(w, p, err));
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
    weighing w = {.game = game, .agreed = agreed, .options = options, .truce = truce};
    ENT_TRY(ent_talk_goals(game, agreed, &scratch, &w.agreed_goal, err));
    if (war == NULL) {
        ENT_TRY(ent_game_play(game, options, NULL, &scratch, &nash, err));
        war = nash.goal;
        w.war = &nash.policy;
    }
    return weigh(&w, war, err);
}
