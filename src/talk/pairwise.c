/* pairwise.c: bargains pair by pair, each given all others (Nash in Nash).
 *
 * Pair (a, b) sets its taxes on each other. With the weights (1 − x, x) it reaches a point of its own small frontier;
 * Nash's bargain over what the two get if only they fail is where
 *
 *   (1 − x) (W_a − d_a)/W_a  =  x (W_b − d_b)/W_b
 *
 * The left side falls in x and the right one rises, so x is found between 0 and 1 by where they cross, and where both
 * are negative at the crossing the pair has nothing to agree on and stays where it fails to. One pair after the other,
 * until a sweep over all moves nothing. */
// SPDX-License-Identifier: MIT
#include "game/dials.h"
#include "talk/joint.h"
#include "talk/slopes.h"
#include <math.h>
#include <string.h>

enum {
    SWEEPS = 60
};
#define REST   1e-8  /* the largest change of a log(1 + rate) in a last sweep; no less than a hundred tolerances */
#define WITHIN 1e-12 /* of the two sides of the bargain */

typedef struct {
    const ent_game *game;
    ent_failure failure;
    ent_game_options options;
    ent_pairwise *w;
} meeting;

/* One pair as a game over the policy as it stands. */
typedef struct {
    ent_game game;
    ent_player player[2];
    ent_instruments *instruments[2];
    unsigned char *partner; /* for every set of either: [regions] */
    ent_dials dials;
    ent_joint joint;
    double threat[2];
} pair;
#define ENT_PAIR __attribute__((cleanup(leave))) pair

static void leave(pair *p)
{
    ent_joint_close(&p->joint);
}

static const unsigned char *only(const unsigned char *partner, ptrdiff_t other, ptrdiff_t regions, unsigned char *mask)
{
    for (ptrdiff_t n = 0; n < regions; n++) mask[n] = n == other && (partner == NULL || partner[n]);
    return mask;
}

/* *meets 0: one of the two has nothing to set on the other, and there is no bargain. */
static ent_status sit_down(const meeting *m, ptrdiff_t k, ent_arena *arena, pair *p, int *meets, ent_error *err)
{
    const ptrdiff_t regions = m->game->net->regions, who[2] = {m->w->first[k], m->w->second[k]};
    *p = (pair){.game = {.net = m->game->net, .policy = &m->w->policy, .player = p->player, .players = 2}};
    *meets = 1;
    for (int i = 0; i < 2; i++) {
        const ent_player *own = m->game->player + who[i];
        const ptrdiff_t other = m->game->player[who[1 - i]].region;
        unsigned char *mask = ent_new(arena, unsigned char, (own->sets + 1) * regions);
        ent_instruments *sets = ent_new(arena, ent_instruments, own->sets);
        if (mask == NULL || sets == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a pair's bargain");
        p->player[i] = *own;
        p->player[i].partner = only(own->partner, other, regions, mask);
        p->player[i].instruments = sets;
        p->player[i].weight = NULL;
        for (ptrdiff_t s = 0; s < own->sets; s++) {
            sets[s] = own->instruments[s];
            sets[s].partner = only(sets[s].partner, other, regions, mask + (s + 1) * regions);
        }
        const ent_game alone = {m->game->net, &m->w->policy, p->player + i, 1};
        *meets = *meets && ent_game_check(&alone, NULL) == ENT_OK;
    }
    if (!*meets) return ENT_OK;
    ENT_TRY(ent_dials_list(&p->game, arena, &p->dials, err));
    return ent_joint_open(&p->game, &m->options, arena, &p->joint, err);
}

/* The policy if the pair fails, and what the two have then. */
static ent_status fail_to(const meeting *m, pair *p, ent_arena *arena, ent_policy *policy, ent_error *err)
{
    const ent_dials *d = &p->dials;
    double *goal;
    ENT_TRY(ent_joint_keep(m->game->net, &m->w->policy, arena, policy, err));
    for (ptrdiff_t dial = 0; dial < d->count && m->failure == ENT_FAIL_TO_POLICY; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++)
            ent_dial_rates(d, dial, policy)[d->lane[at]] = ent_dial_rates(d, dial, m->game->policy)[d->lane[at]];
    if (m->failure == ENT_FAIL_TO_WAR) {
        ent_game_point war;
        ENT_TRY(ent_game_play(&p->game, &m->options, NULL, arena, &war, err));
        ENT_TRY(ent_joint_keep(m->game->net, &war.policy, arena, policy, err));
    }
    ENT_TRY(ent_talk_goals(&p->game, policy, arena, &goal, err));
    for (int i = 0; i < 2; i++) p->threat[i] = goal[p->player[i].region];
    return ENT_OK;
}

/* Left side less right side of the bargain's condition at weight x. */
static ent_status tilt(void *who, double x, double *value, ent_error *err)
{
    pair *p = who;
    double gain[2];
    memset(p->joint.weight, 0, (size_t)p->game.net->regions * sizeof(double));
    p->joint.weight[p->player[0].region] = 1.0 - x;
    p->joint.weight[p->player[1].region] = x;
    ENT_TRY(ent_joint_play(&p->joint, err));
    for (int i = 0; i < 2; i++) gain[i] = -expm1(p->threat[i] - p->joint.point.goal[p->player[i].region]);
    *value = (1.0 - x) * gain[0] - x * gain[1];
    return ENT_OK;
}

/* The pair's rates of a policy become those that stand. *moved: the largest change of a log(1 + rate). */
static void settle(const meeting *m, const pair *p, const ent_policy *policy, double *moved)
{
    const ent_dials *d = &p->dials;
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            double *here = ent_dial_rates(d, dial, &m->w->policy) + d->lane[at];
            const double next = ent_dial_rates(d, dial, policy)[d->lane[at]];
            *moved = fmax(*moved, fabs(log1p(next) - log1p(*here)));
            *here = next;
        }
}

static ent_status meet(const meeting *m, ptrdiff_t k, double *moved, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_PAIR p = {.dials = {0}};
    ent_policy failed;
    int meets;
    double x;
    ENT_TRY(sit_down(m, k, &scratch, &p, &meets, err));
    m->w->weight[k] = m->w->threat[2 * k] = m->w->threat[2 * k + 1] = NAN;
    if (!meets) return ENT_OK;
    ENT_TRY(fail_to(m, &p, &scratch, &failed, err));
    for (int i = 0; i < 2; i++) m->w->threat[2 * k + i] = p.threat[i];
    ENT_TRY(ent_joint_cross(tilt, &p, m->w->last[k], WITHIN, &x, err));
    const double *goal = p.joint.point.goal;
    const int agreed = goal[p.player[0].region] > p.threat[0] && goal[p.player[1].region] > p.threat[1];
    settle(m, &p, agreed ? &p.joint.point.policy : &failed, moved);
    if (agreed) m->w->weight[k] = x;
    m->w->last[k] = x;
    return ENT_OK;
}

/* The pair's first-order condition where all stand at last. */
static ent_status feel(const meeting *m, ptrdiff_t k, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_PAIR p = {.dials = {0}};
    int meets;
    m->w->slope[k] = 0.0;
    if (isnan(m->w->weight[k])) return ENT_OK;
    ENT_TRY(sit_down(m, k, &scratch, &p, &meets, err));
    double *weight = ent_new0(&scratch, double, m->game->net->regions);
    if (weight == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a pair's slopes");
    weight[p.player[0].region] = 1.0 - m->w->weight[k];
    weight[p.player[1].region] = m->w->weight[k];
    return ent_slope_left(&p.game, &m->w->policy, weight, m->w->slope + k, err);
}

static ent_status open_table(const ent_game *game, ent_arena *arena, ent_pairwise *w, ent_error *err)
{
    const ptrdiff_t pairs = game->players * (game->players - 1) / 2;
    *w = (ent_pairwise){.pairs = pairs,
                        .first = ent_new(arena, int32_t, pairs),
                        .second = ent_new(arena, int32_t, pairs),
                        .weight = ent_new(arena, double, pairs),
                        .threat = ent_new(arena, double, 2 * pairs),
                        .slope = ent_new(arena, double, pairs),
                        .last = ent_new(arena, double, pairs)};
    if (w->first == NULL || w->second == NULL || w->weight == NULL || w->threat == NULL || w->slope == NULL ||
        w->last == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the bargains of %td pairs", pairs);
    for (ptrdiff_t a = 0, k = 0; a < game->players; a++)
        for (ptrdiff_t b = a + 1; b < game->players; b++, k++) {
            w->first[k] = (int32_t)a;
            w->second[k] = (int32_t)b;
            w->last[k] = NAN;
        }
    return ent_joint_keep(game->net, game->policy, arena, &w->policy, err);
}

static ent_status finish(const meeting *m, ent_arena *arena, double rest, ent_error *err)
{
    ent_pairwise *w = m->w;
    for (ptrdiff_t k = 0; k < w->pairs; k++) {
        ENT_TRY(feel(m, k, err));
        w->largest_slope = fmax(w->largest_slope, w->slope[k]);
    }
    ENT_TRY(ent_talk_welfare(m->game->net, &w->policy, NULL, arena, &w->log_welfare, err));
    ENT_TRY(ent_talk_goals(m->game, &w->policy, arena, &w->goal, err));
    if (w->moved <= rest) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "%td sweeps of bargains pair by pair did not come to rest: a log(1 + rate) still moves by %.3g, "
                    "accepted is %.3g",
                    w->sweeps, w->moved, rest);
}

ent_status ent_talk_pairwise(const ent_game *game, ent_failure failure, const ent_game_options *options,
                             ent_arena *arena, ent_pairwise *pairwise, ent_error *err)
{
    const double began = ent_seconds();
    const ent_game_options given = options != NULL ? *options : (ent_game_options){0};
    const ptrdiff_t sweeps = given.rounds > 0 ? given.rounds : SWEEPS;
    const double rest = fmax(REST, 100.0 * given.tolerance);
    ENT_TRY(ent_game_check(game, err));
    if (game->players < 2) return ent_fail(err, ENT_BAD_INPUT, "bargains pair by pair need 2 players or more, not 1");
    ENT_TRY(open_table(game, arena, pairwise, err));
    meeting m = {.game = game, .failure = failure, .options = given, .w = pairwise};
    m.options.rounds = 0;
    m.options.progress = NULL;
    for (int moves = 1; moves && pairwise->sweeps < sweeps; pairwise->sweeps++) {
        pairwise->moved = 0.0;
        for (ptrdiff_t k = 0; k < pairwise->pairs; k++) ENT_TRY(meet(&m, k, &pairwise->moved, err));
        if (given.progress != NULL) given.progress(given.progress_who, "pairs", pairwise->moved);
        moves = pairwise->moved > rest;
    }
    const ent_status status = finish(&m, arena, rest, err);
    pairwise->seconds = ent_seconds() - began;
    return status;
}
