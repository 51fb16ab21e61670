/* sanction.c: duties set to harm, traced over what the senders would pay for harm.
 *
 * For each κ the senders maximise Σ w log W_s − κ log W_target. Each optimum is looked for from the one before and from
 * no duties; then every point that was found for any κ stands trial for every other one, and where it is better the
 * search starts anew from it. So at the end no point of the trace is better for another's κ than its own, and then both
 * S and T fall with κ: S_a − κ_a T_a >= S_b − κ_a T_b and the same with a and b exchanged. */
// SPDX-License-Identifier: MIT
#include "game/dials.h"
#include "talk/joint.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_TRIALS = 8 /* rounds in which points of other κ are tried */
};
#define BETTER 1e-11 /* of an objective: less is rounding of the policies */

typedef struct {
    ent_joint *joint;
    const ent_sanction *sanction;
    ent_sanctions *s;
    ent_arena *arena;
    double *weight; /* [regions] of senders */
} tracing;

static ent_status check(const ent_game *game, const ent_sanction *s, ent_error *err)
{
    if (s->target < 0 || s->target >= game->net->regions)
        return ent_fail(err, ENT_BAD_INPUT, "the target of sanctions is region %td, but the world has regions 0 to %td",
                        s->target, game->net->regions - 1);
    for (ptrdiff_t p = 0; p < game->players; p++)
        if (game->player[p].region == s->target)
            return ent_fail(err, ENT_BAD_INPUT, "%s is the target of sanctions and one of those who set them",
                            game->net->table->regions.label[s->target]);
    if (s->count < 1)
        return ent_fail(err, ENT_BAD_INPUT, "sanctions are traced over one kappa or more, and there is none");
    for (ptrdiff_t k = 0; k < s->count; k++)
        if (!(s->kappa[k] >= 0.0) || !isfinite(s->kappa[k]) || (k > 0 && !(s->kappa[k] > s->kappa[k - 1])))
            return ent_fail(err, ENT_BAD_INPUT,
                            "the weights on harm must be numbers from 0 on and rise; number %td is %g", k + 1,
                            s->kappa[k]);
    for (ptrdiff_t n = 0; s->weight != NULL && n < game->net->regions; n++)
        if (!isfinite(s->weight[n]) || (n == s->target && s->weight[n] != 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "the weight of %s among the senders is %g; %s",
                            game->net->table->regions.label[n], s->weight[n],
                            n == s->target ? "the target's is kappa" : "it must be a number");
    return ENT_OK;
}

static ent_status take_room(const ent_sanction *sanction, ent_arena *arena, ent_sanctions *s, ent_error *err)
{
    const ptrdiff_t count = sanction->count;
    *s = (ent_sanctions){.count = count,
                         .point = ent_new0(arena, ent_game_point, count),
                         .senders = ent_new(arena, double, count),
                         .target = ent_new(arena, double, count),
                         .median_duty = ent_new(arena, double, count),
                         .at_bound = ent_new(arena, double, count),
                         .price = ent_new(arena, double, count)};
    if (s->point == NULL || s->senders == NULL || s->target == NULL || s->median_duty == NULL || s->at_bound == NULL ||
        s->price == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for sanctions at %td weights on harm", count);
    return ENT_OK;
}

static double senders_of(const tracing *t, const double *goal)
{
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < t->joint->game.net->regions; n++) sum += t->weight[n] * goal[n];
    return sum;
}

static double worth(const tracing *t, ptrdiff_t k, const double *goal)
{
    return senders_of(t, goal) - t->sanction->kappa[k] * goal[t->sanction->target];
}

/* Shares of benchmark spending among the senders. */
static void share_out(const ent_game *game, double *weight)
{
    double total = 0.0;
    for (ptrdiff_t p = 0; p < game->players; p++) total += ent_joint_income(game->net, game->player[p].region);
    for (ptrdiff_t p = 0; p < game->players; p++)
        weight[game->player[p].region] = ent_joint_income(game->net, game->player[p].region) / total;
}

/* The optimum for κ_k from the start that the joint has; kept where it beats what is known. */
static ent_status look(tracing *t, ptrdiff_t k, int *better, ent_error *err)
{
    ent_game_point *kept = t->s->point + k;
    memcpy(t->joint->weight, t->weight, (size_t)t->joint->game.net->regions * sizeof(double));
    t->joint->weight[t->sanction->target] = -t->sanction->kappa[k];
    *better = 0;
    ENT_TRY(ent_joint_play(t->joint, err));
    const double *found = t->joint->point.goal;
    if (kept->goal != NULL && !(worth(t, k, found) > worth(t, k, kept->goal) + BETTER)) return ENT_OK;
    *better = 1;
    return ent_joint_copy(t->joint, t->arena, kept, err);
}

/* From the last point, and from no duties. Only where both fail is there no answer. */
static ent_status first_looks(tracing *t, ptrdiff_t k, const ent_policy *none, ent_error *err)
{
    int better;
    ent_joint_restart(t->joint, k > 0 ? &t->s->point[k - 1].policy : NULL);
    const ent_status from_last = look(t, k, &better, err);
    if (from_last == ENT_NO_MEMORY || from_last == ENT_BAD_INPUT) return from_last;
    ent_joint_restart(t->joint, none);
    const ent_status from_none = look(t, k, &better, err);
    if (from_none == ENT_NO_MEMORY || (from_none != ENT_OK && from_last != ENT_OK)) return from_none;
    return ENT_OK;
}

/* Points of other κ that are better for κ_k than its own. */
static ent_status trials(tracing *t, int *any, ent_error *err)
{
    *any = 0;
    for (ptrdiff_t k = 0; k < t->s->count; k++)
        for (ptrdiff_t other = 0; other < t->s->count; other++) {
            int better;
            if (!(worth(t, k, t->s->point[other].goal) > worth(t, k, t->s->point[k].goal) + BETTER)) continue;
            ent_joint_restart(t->joint, &t->s->point[other].policy);
            ENT_TRY(look(t, k, &better, err));
            *any |= better;
        }
    return ENT_OK;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of the free rates, lane by lane, and the share of those at their bound. */
static ent_status summarise(tracing *t, const ent_dials *d, ptrdiff_t k, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const size_t lanes = (size_t)d->first[d->count];
    double *list = ent_new(&scratch, double, lanes);
    size_t count = 0, held = 0;
    if (list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the median of duties");
    for (ptrdiff_t dial = 0; dial < d->count; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const double rate = ent_dial_rates(d, dial, &t->s->point[k].policy)[d->lane[at]];
            list[count++] = rate;
            held += log1p(rate) >= d->greatest[dial] - 1e-12;
        }
    qsort(list, count, sizeof *list, by_size);
    t->s->median_duty[k] = count % 2 ? list[count / 2] : 0.5 * (list[count / 2 - 1] + list[count / 2]);
    t->s->at_bound[k] = (double)held / (double)count;
    t->s->senders[k] = senders_of(t, t->s->point[k].goal);
    t->s->target[k] = t->s->point[k].goal[t->sanction->target];
    t->s->price[k] = k > 0 ? (t->s->senders[k - 1] - t->s->senders[k]) / (t->s->target[k - 1] - t->s->target[k]) : NAN;
    return ENT_OK;
}

static ent_status trace(tracing *t, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    int any = 1;
    ent_policy none;
    ent_dials dials;
    ENT_TRY(ent_joint_keep(t->joint->game.net, t->joint->game.policy, &scratch, &none, err));
    memset(none.duty, 0, (size_t)t->joint->game.net->borders * sizeof *none.duty);
    memset(none.export_tax, 0, (size_t)t->joint->game.net->borders * sizeof *none.export_tax);
    for (ptrdiff_t k = 0; k < t->s->count; k++) ENT_TRY(first_looks(t, k, &none, err));
    for (int round = 0; round < MOST_TRIALS && any; round++) ENT_TRY(trials(t, &any, err));
    ENT_TRY(ent_dials_list(&t->joint->game, &scratch, &dials, err));
    for (ptrdiff_t k = 0; k < t->s->count; k++) ENT_TRY(summarise(t, &dials, k, err));
    if (err != NULL) err->text[0] = 0; /* a start that failed while another did not */
    return ENT_OK;
}

ent_status ent_talk_sanction(const ent_game *game, const ent_sanction *sanction, const ent_game_options *options,
                             ent_arena *arena, ent_sanctions *sanctions, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    ENT_TRY(ent_joint_open(game, options, &scratch, &joint, err));
    ENT_TRY(check(game, sanction, err));
    ENT_TRY(take_room(sanction, arena, sanctions, err));
    tracing t = {&joint, sanction, sanctions, arena, ent_new0(&scratch, double, game->net->regions)};
    if (t.weight == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the senders of sanctions");
    if (sanction->weight != NULL)
        memcpy(t.weight, sanction->weight, (size_t)game->net->regions * sizeof *t.weight);
    else
        share_out(game, t.weight);
    return trace(&t, err);
}
