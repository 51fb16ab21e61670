/* haggle.c: offers of two parties on the frontier of their economy.
 *
 * Every point of the frontier is a weight a of party 1, with u_0 falling and u_1 rising in a. Alternating offers: x is
 * player 0's, y player 1's, d what they have while they talk, o outside options,
 *
 *   u_0(y) = max(o_0, (1 − δ_0) d_0 + δ_0 u_0(x))        u_1(x) = max(o_1, (1 − δ_1) d_1 + δ_1 u_1(y))
 *
 * For a given x the first line gives y by a root; what x leaves player 1 over what the second line asks rises with a_x,
 * and is zero at the offer. One offer against a hidden cost: with P the chance of refusal, uniform on [low, high] below
 * her war, u_0 (1 − P) + w_0 P is largest where (u_0 − w_0)/(high − low) = (1 − P) a/(1 − a), whose sides cross once.
 */
// SPDX-License-Identifier: MIT
#include "talk/joint.h"
#include <math.h>
#include <string.h>

#define WITHIN 1e-10 /* of goals: policies are no more exact */

typedef struct {
    ent_joint *joint;
    const ent_haggle *haggle;
    double threat[2];         /* of the parties, while they talk */
    double wanted;            /* of party 0, at y */
    double gain[2][2];        /* [x, y][party] */
    double weight[2];         /* of x and y */
    double low, high, war[2]; /* of one offer */
    int proposer;
} table;

static ent_status play_at(table *t, double a, double gain[2], ent_error *err)
{
    ent_joint_split(t->joint, a);
    ENT_TRY(ent_joint_play(t->joint, err));
    for (int i = 0; i < 2; i++) gain[i] = ent_joint_has(t->joint, i);
    return ENT_OK;
}

/* ---- alternating offers ---- */

static double waiting(const table *t, int i, double own_offer)
{
    const double d = t->haggle->discount[i];
    return (1.0 - d) * t->threat[i] + d * own_offer;
}

/* What y leaves player 0 over what he wants of it. */
static ent_status answer(void *who, double a, double *value, ent_error *err)
{
    table *t = who;
    ENT_TRY(play_at(t, a, t->gain[1], err));
    *value = t->gain[1][0] - t->wanted;
    return ENT_OK;
}

/* What x takes from player 1 of what she wants of it. */
static ent_status offer(void *who, double a, double *value, ent_error *err)
{
    table *t = who;
    ENT_TRY(play_at(t, a, t->gain[0], err));
    t->wanted = fmax(t->haggle->outside[0], waiting(t, 0, t->gain[0][0]));
    const double left = t->gain[0][1];
    ENT_TRY(ent_joint_cross(answer, t, t->weight[1], 0.1 * WITHIN, t->weight + 1, err));
    *value = fmax(t->haggle->outside[1], waiting(t, 1, t->gain[1][1])) - left;
    return ENT_OK;
}

static ent_status check(const ent_haggle *h, ent_error *err)
{
    for (int i = 0; i < 2; i++) {
        if (!(h->discount[i] >= 0.0) || !(h->discount[i] < 1.0))
            return ent_fail(err, ENT_BAD_INPUT,
                            "the discount factor of player %d between two offers is %g; it must be at least 0 and "
                            "below 1",
                            i + 1, h->discount[i]);
        if (isnan(h->outside[i]) || h->outside[i] == INFINITY)
            return ent_fail(err, ENT_BAD_INPUT,
                            "the outside option of player %d is %g; it must be a goal, or minus infinity", i + 1,
                            h->outside[i]);
    }
    return ENT_OK;
}

/* Do the two offers fit? Where threats take more than there is, roots ended at a corner. */
static ent_status fits(const table *t, ent_error *err)
{
    const double miss0 = t->gain[1][0] - fmax(t->haggle->outside[0], waiting(t, 0, t->gain[0][0]));
    const double miss1 = t->gain[0][1] - fmax(t->haggle->outside[1], waiting(t, 1, t->gain[1][1]));
    const int worth = t->gain[0][0] >= t->threat[0] && t->gain[1][1] >= t->threat[1];
    if (fabs(miss0) <= 1e-8 && fabs(miss1) <= 1e-8 && worth) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "there are no offers that both would accept: what the players have without them is more than they "
                    "can reach together, or the offers miss by %.3g",
                    fmax(fabs(miss0), fabs(miss1)));
}

ent_status ent_talk_offers(const ent_game *game, const ent_haggle *haggle, const ent_game_options *options,
                           ent_arena *arena, ent_haggled *h, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    table t = {.joint = &joint, .haggle = haggle, .weight = {NAN, NAN}};
    double ignored[2];
    ENT_TRY(check(haggle, err));
    ENT_TRY(ent_joint_open(game, options, &scratch, &joint, err));
    ENT_TRY(ent_joint_two(&joint.parties, "offers are made", err));
    for (int i = 0; i < 2; i++) t.threat[i] = ent_party_has(&joint.parties, i, haggle->threat);
    ENT_TRY(ent_joint_cross(offer, &t, NAN, WITHIN, t.weight, err));
    ENT_TRY(fits(&t, err));
    *h = (ent_haggled){.weight = {t.weight[0], t.weight[1]}};
    memcpy(h->gain, t.gain, sizeof h->gain);
    h->outside_binds[0] = haggle->outside[0] > waiting(&t, 0, t.gain[0][0]);
    h->outside_binds[1] = haggle->outside[1] > waiting(&t, 1, t.gain[1][1]);
    ENT_TRY(play_at(&t, t.weight[1], ignored, err));
    ENT_TRY(ent_joint_copy(&joint, arena, &h->second, err));
    ENT_TRY(play_at(&t, t.weight[0], ignored, err));
    return ent_joint_copy(&joint, arena, &h->first, err);
}

/* ---- take it or leave it ---- */

/* b: weight of who answers. > 0: to give more is worth it. */
static ent_status tempt(void *who, double b, double *value, ent_error *err)
{
    table *t = who;
    double *gain = t->gain[0];
    const int own = t->proposer, other = 1 - own;
    ENT_TRY(play_at(t, own == 0 ? b : 1.0 - b, gain, err));
    const double width = t->high - t->low, risk = (t->war[other] - gain[other] - t->low) / width;
    *value = risk >= 1.0 ? 1.0 : risk;
    if (risk <= 0.0 || risk >= 1.0) return ENT_OK;
    /* where no risk is best, the condition jumps there: its value is taken down to 0, so that roots are smooth */
    *value = fmin(risk, (gain[own] - t->war[own]) / width - (1.0 - risk) * b / (1.0 - b));
    return ENT_OK;
}

ent_status ent_talk_risk(const ent_game *game, int proposer, const double *war, double own_cost, double low,
                         double high, const ent_game_options *options, ent_arena *arena, ent_risky *r, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    const int own = proposer, other = 1 - proposer;
    table t = {.joint = &joint, .low = low, .high = high, .proposer = proposer};
    if (proposer < 0 || proposer > 1)
        return ent_fail(err, ENT_BAD_INPUT, "the proposer is party 0 or 1, not %d", proposer);
    if (!isfinite(own_cost))
        return ent_fail(err, ENT_BAD_INPUT, "the proposer's own cost of war is %g, which is not a number", own_cost);
    if (!isfinite(low) || !(high > low) || !isfinite(high))
        return ent_fail(err, ENT_BAD_INPUT, "the cost of war lies between two rising numbers; given are %g and %g", low,
                        high);
    ENT_TRY(ent_joint_open(game, options, &scratch, &joint, err));
    ENT_TRY(ent_joint_two(&joint.parties, "offers are made", err));
    for (int i = 0; i < 2; i++) t.war[i] = ent_party_has(&joint.parties, i, war);
    t.war[own] -= own_cost;
    ENT_TRY(ent_joint_cross(tempt, &t, NAN, WITHIN, t.weight, err));
    ENT_TRY(play_at(&t, own == 0 ? t.weight[0] : 1.0 - t.weight[0], t.gain[0], err));
    *r = (ent_risky){.risk = fmin(1.0, fmax(0.0, (t.war[other] - t.gain[0][other] - low) / (high - low)))};
    memcpy(r->demand, t.gain[0], sizeof r->demand);
    r->proposer = t.gain[0][own] * (1.0 - r->risk) + t.war[own] * r->risk;
    return ent_joint_copy(&joint, arena, &r->point, err);
}

/* ---- attrition ---- */

ent_status ent_talk_standoff(const ent_game *game, const ent_policy demand[2], const double *war, const double rate[2],
                             const double prior[2], ent_attrition *attrition, ent_attrition_result *result,
                             ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_parties parties;
    double *goal[2];
    ENT_TRY(ent_parties_list(game, &scratch, &parties, err));
    ENT_TRY(ent_joint_two(&parties, "a standoff lies", err));
    for (int k = 0; k < 2; k++) ENT_TRY(ent_talk_goals(game, demand + k, &scratch, goal + k, err));
    for (int i = 0; i < 2; i++) {
        attrition->war[i] = ent_party_has(&parties, i, war);
        attrition->win[i] = ent_party_has(&parties, i, goal[i]);
        attrition->yield[i] = ent_party_has(&parties, i, goal[1 - i]);
        attrition->rate[i] = rate[i];
        attrition->prior[i] = prior[i];
    }
    return ent_attrition_solve(attrition, result, err);
}
