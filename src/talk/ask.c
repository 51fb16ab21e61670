/* ask.c: the most that somebody can get while others keep a floor.
 *
 * With multipliers ν the optimum maximises Σ w log W + Σ ν_n log W_n: the weights engine again. What region n gets
 * rises with ν_n (revealed preference), so one floor is a root in log ν, sought outwards from a middling weight until
 * it is between two, for the ends, where somebody's duties serve only others, are the hardest policies to find. Several
 * floors are met together by Newton's steps in their log ν with Broyden's updates; one that is over-fulfilled with
 * hardly any weight left has none, and comes back if it is missed in the end. */
// SPDX-License-Identifier: MIT
#include "num/lu.h"
#include "talk/hold.h"
#include <math.h>
#include <string.h>

enum {
    MOST_STEPS = 80,
    HALVINGS = 12,
    FRESH = 10 /* steps before the Jacobian is made anew */
};
#define WITHIN 1e-10 /* of a floor, log points: the policies are no more exact */
#define MISSED 1e-8  /* of a floor that hardly any weight over-fulfils: less is the rounding of best policies */
#define FIRST  0.3   /* ν first tried, in units of the askers' weights */
#define FEWEST 1e-6  /* the same: less counts as none; more than its inverse as beyond reach */
#define NUDGE  1e-3  /* of log ν: smaller loses the derivative in the rounding of the policies, larger bends it */

typedef struct {
    ent_joint *joint;
    const double *weight; /* [regions] of the askers */
    double total;         /* what a weight is large or small against */
    /* the floors: Σ row goal >= least */
    ptrdiff_t floors;
    const double *row;          /* [floors][regions] */
    const double *least;        /* [floors] */
    const char *const *name;    /* [floors] whose */
    unsigned char *held;        /* [floors] has a weight */
    double *log_nu, *gap;       /* [floors] log(ν/total); what there is less the floor */
    double *jacobian, *factors; /* [floors][floors] d gap / d log ν, of those held */
    double *step, *trial, *next_gap;
    int32_t *pivot;
} asking;

/* The policy of these weights, and what every floor has over it. */
static ent_status play_at(asking *a, const double *log_nu, double *gap, ent_error *err)
{
    const ptrdiff_t R = a->joint->game.net->regions;
    double sum = a->total;
    memcpy(a->joint->weight, a->weight, (size_t)R * sizeof *a->weight);
    for (ptrdiff_t f = 0; f < a->floors; f++) {
        const double nu = a->held[f] ? a->total * exp(log_nu[f]) : 0.0;
        for (ptrdiff_t n = 0; n < R; n++) a->joint->weight[n] += nu * a->row[f * R + n];
        sum += nu;
    }
    for (ptrdiff_t n = 0; n < R; n++) a->joint->weight[n] /= sum;
    ENT_TRY(ent_joint_play(a->joint, err));
    for (ptrdiff_t f = 0; f < a->floors; f++) {
        gap[f] = -a->least[f];
        for (ptrdiff_t n = 0; n < R; n++)
            if (a->row[f * R + n] != 0.0) gap[f] += a->row[f * R + n] * a->joint->point.goal[n];
    }
    return ENT_OK;
}

static ent_status cannot(const asking *a, ptrdiff_t f, ent_error *err)
{
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "no free duties give %s the real income that it must keep: the most is %.4g %% over the benchmark, "
                    "and %.4g %% is asked for; lower the floor, or free more duties",
                    a->name[f], 100.0 * expm1(a->gap[f] + a->least[f]), 100.0 * expm1(a->least[f]));
}

/* ---- one floor ---- */

static ent_status missing(void *who, double at, double *value, ent_error *err)
{
    asking *a = who;
    *a->log_nu = at;
    ENT_TRY(play_at(a, a->log_nu, a->gap, err));
    *value = -*a->gap;
    return ENT_OK;
}

static ent_status meet_one(asking *a, ent_error *err)
{
    ent_bracket b = {.at_low = NAN, .at_high = NAN, .within = WITHIN, .guess = NAN};
    double at = log(FIRST), value, pace = 0.5;
    a->held[0] = 1;
    while (isnan(b.at_low) || isnan(b.at_high)) {
        ENT_TRY(missing(a, at, &value, err));
        if (fabs(value) <= WITHIN) return ENT_OK;
        *(value > 0.0 ? &b.low : &b.high) = at;
        *(value > 0.0 ? &b.at_low : &b.at_high) = value;
        if (value > 0.0 && isnan(b.at_high) && at > -log(FEWEST)) return cannot(a, 0, err);
        if (value < 0.0 && isnan(b.at_low) && at < log(FEWEST)) {
            a->held[0] = 0;
            ENT_TRY(missing(a, at, &value, err));
            return value <= MISSED ? ENT_OK : cannot(a, 0, err);
        }
        at += value > 0.0 ? pace : -pace;
        pace *= 1.5;
    }
    return ent_joint_root(&b, missing, a, &at, &value, err);
}

/* ---- several ---- */

/* The largest gap of a floor with a weight, or miss of one without. */
static double largest_miss(const asking *a, const double *gap, ptrdiff_t *floor)
{
    double most = 0.0;
    for (ptrdiff_t f = 0; f < a->floors; f++) {
        const double miss = a->held[f] ? fabs(gap[f]) : -gap[f];
        if (!(miss > most)) continue;
        most = miss;
        *floor = f;
    }
    return most;
}

static ent_status differentiate(asking *a, ent_error *err)
{
    const ptrdiff_t F = a->floors;
    for (ptrdiff_t g = 0; g < F; g++) {
        memcpy(a->trial, a->log_nu, (size_t)F * sizeof *a->trial);
        a->trial[g] += NUDGE;
        if (a->held[g]) ENT_TRY(play_at(a, a->trial, a->next_gap, err));
        for (ptrdiff_t f = 0; f < F; f++) {
            const int both = a->held[f] && a->held[g];
            a->jacobian[f * F + g] = both ? (a->next_gap[f] - a->gap[f]) / NUDGE : f == g;
        }
    }
    return ENT_OK;
}

/* J += (Δgap − J s) sᵀ/|s|² */
static void update(asking *a)
{
    const ptrdiff_t F = a->floors;
    double size = 0.0;
    for (ptrdiff_t g = 0; g < F; g++) size += a->step[g] * a->step[g];
    for (ptrdiff_t f = 0; f < F; f++) {
        if (!a->held[f]) continue;
        double rest = a->next_gap[f] - a->gap[f];
        for (ptrdiff_t g = 0; g < F; g++) rest -= a->jacobian[f * F + g] * a->step[g];
        for (ptrdiff_t g = 0; g < F; g++) a->jacobian[f * F + g] += rest * a->step[g] / size;
    }
}

/* A Newton step, at most 1.5 in any log ν, halved until less is missed. *better 0: none was. */
static ent_status improve(asking *a, int halvings, int *better, ent_error *err)
{
    const ptrdiff_t F = a->floors;
    ptrdiff_t worst;
    const double miss = largest_miss(a, a->gap, &worst);
    double size = 0.0;
    *better = 0;
    memcpy(a->factors, a->jacobian, (size_t)(F * F) * sizeof *a->factors);
    if (!ent_lu_factor(F, a->factors, a->pivot)) return ENT_OK;
    for (ptrdiff_t f = 0; f < F; f++) a->step[f] = a->held[f] ? -a->gap[f] : 0.0;
    ent_lu_solve(F, a->factors, a->pivot, a->step);
    for (ptrdiff_t f = 0; f < F; f++) size = fmax(size, fabs(a->step[f]));
    double part = size > 1.5 ? 1.5 / size : 1.0;
    for (int half = 0; half < halvings && !*better; half++, part *= 0.5) {
        for (ptrdiff_t f = 0; f < F; f++) a->trial[f] = a->log_nu[f] + part * a->step[f];
        const ent_status status = play_at(a, a->trial, a->next_gap, err);
        if (status == ENT_NO_MEMORY) return status;
        *better = status == ENT_OK && largest_miss(a, a->next_gap, &worst) < miss; /* not reached: too far */
    }
    if (!*better) return ENT_OK;
    for (ptrdiff_t f = 0; f < F; f++) a->step[f] = a->trial[f] - a->log_nu[f];
    update(a);
    memcpy(a->log_nu, a->trial, (size_t)F * sizeof *a->trial);
    memcpy(a->gap, a->next_gap, (size_t)F * sizeof *a->gap);
    return ENT_OK;
}

/* Weights that floors no longer need are taken away, and given to those that are missed without one. *changed: the
 * Jacobian is of another set of floors. */
static ent_status review(asking *a, int *changed, ent_error *err)
{
    *changed = 0;
    for (ptrdiff_t f = 0; f < a->floors; f++) {
        const int spare = a->held[f] && a->gap[f] > 0.0 && a->log_nu[f] < log(FEWEST);
        const int missed = !a->held[f] && a->gap[f] < -WITHIN;
        if (missed && a->log_nu[f] < log(1e-3)) a->log_nu[f] = log(1e-3);
        if (!spare && !missed) continue;
        a->held[f] = !a->held[f];
        *changed = 1;
    }
    return *changed ? play_at(a, a->log_nu, a->gap, err) : ENT_OK;
}

static ent_status meet_many(asking *a, ent_error *err)
{
    ptrdiff_t age = FRESH, worst = 0;
    for (ptrdiff_t f = 0; f < a->floors; f++) a->log_nu[f] = log(FIRST), a->held[f] = 1;
    ENT_TRY(play_at(a, a->log_nu, a->gap, err));
    for (int step = 0; step < MOST_STEPS; step++) {
        int changed, better;
        ENT_TRY(review(a, &changed, err));
        if (changed) age = FRESH;
        if (largest_miss(a, a->gap, &worst) <= 10.0 * WITHIN) break;
        if (a->held[worst] && a->gap[worst] < 0.0 && a->log_nu[worst] > -log(FEWEST)) return cannot(a, worst, err);
        if (age >= FRESH) {
            ENT_TRY(differentiate(a, err));
            age = 0;
        }
        ENT_TRY(improve(a, age == 0 ? HALVINGS : 4, &better, err));
        if (!better && age == 0) break;
        age = better ? age + 1 : FRESH;
    }
    return play_at(a, a->log_nu, a->gap, err);
}

/* ---- the ask ---- */

static ent_status take_room(asking *a, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t room = a->floors + 1;
    a->held = ent_new0(arena, unsigned char, room);
    a->log_nu = ent_new0(arena, double, room);
    a->gap = ent_new0(arena, double, room);
    a->jacobian = ent_new0(arena, double, room *room);
    a->factors = ent_new0(arena, double, room *room);
    a->step = ent_new0(arena, double, room);
    a->trial = ent_new0(arena, double, room);
    a->next_gap = ent_new0(arena, double, room);
    a->pivot = ent_new0(arena, int32_t, room);
    if (a->held == NULL || a->log_nu == NULL || a->gap == NULL || a->jacobian == NULL || a->factors == NULL ||
        a->step == NULL || a->trial == NULL || a->next_gap == NULL || a->pivot == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an ask");
    return ENT_OK;
}

static ent_status meet_all(asking *a, double *missed, ent_error *err)
{
    ptrdiff_t worst = 0;
    *missed = 0.0;
    if (a->floors == 0) return play_at(a, a->log_nu, a->gap, err);
    ENT_TRY(a->floors == 1 ? meet_one(a, err) : meet_many(a, err));
    *missed = largest_miss(a, a->gap, &worst);
    if (*missed <= MISSED) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "the weights that keep every floor were not found: %s misses its own by %.3g log points; where no "
                    "weights do, the best policy jumps from one side of the floor to the other",
                    a->name[worst], *missed);
}

static ent_status check(const ent_game *game, const ent_ask *ask, ent_error *err)
{
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < game->net->regions; n++) {
        const char *name = game->net->table->regions.label[n];
        if (!(ask->weight[n] >= 0.0) || !isfinite(ask->weight[n]))
            return ent_fail(err, ENT_BAD_INPUT, "the weight of %s among those who ask is %g; it must not be negative",
                            name, ask->weight[n]);
        if (isnan(ask->floor[n]) || ask->floor[n] == INFINITY)
            return ent_fail(err, ENT_BAD_INPUT,
                            "the floor of %s is %g; it must be a log of real income, or minus infinity", name,
                            ask->floor[n]);
        sum += ask->weight[n];
    }
    if (!(sum > 0.0)) return ent_fail(err, ENT_BAD_INPUT, "nobody asks: all weights are 0");
    return ENT_OK;
}

static ent_status floors_of_regions(asking *a, const ent_ask *ask, ent_arena *arena, ent_error *err)
{
    const ent_names *regions = &a->joint->game.net->table->regions;
    const ptrdiff_t R = a->joint->game.net->regions;
    for (ptrdiff_t n = 0; n < R; n++) {
        a->total += ask->weight[n];
        a->floors += ask->floor[n] > -INFINITY;
    }
    double *row = ent_new0(arena, double, a->floors *R + 1), *least = ent_new(arena, double, a->floors + 1);
    const char **name = ent_new(arena, const char *, a->floors + 1);
    if (row == NULL || least == NULL || name == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for an ask");
    for (ptrdiff_t n = 0, f = 0; n < R; n++) {
        if (!(ask->floor[n] > -INFINITY)) continue;
        row[f * R + n] = 1.0;
        least[f] = ask->floor[n];
        name[f++] = regions->label[n];
    }
    a->row = row;
    a->least = least;
    a->name = name;
    return ENT_OK;
}

static double multiplier_of(const asking *a, ptrdiff_t floor)
{
    return a->held[floor] ? a->total * exp(a->log_nu[floor]) : 0.0;
}

ent_status ent_talk_ask(const ent_game *game, const ent_ask *ask, const ent_game_options *options, ent_arena *arena,
                        ent_asked *asked, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    asking a = {.joint = &joint, .weight = ask->weight};
    ENT_TRY(check(game, ask, err));
    ENT_TRY(ent_joint_open(game, options, &scratch, &joint, err));
    *asked = (ent_asked){.multiplier = ent_new0(arena, double, game->net->regions)};
    if (asked->multiplier == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the multipliers of an ask");
    ENT_TRY(floors_of_regions(&a, ask, &scratch, err));
    ENT_TRY(take_room(&a, &scratch, err));
    ENT_TRY(meet_all(&a, &asked->missed, err));
    ENT_TRY(ent_joint_copy(&joint, arena, &asked->point, err));
    for (ptrdiff_t n = 0, f = 0; n < game->net->regions; n++) {
        asked->objective += ask->weight[n] * asked->point.goal[n];
        if (ask->floor[n] > -INFINITY) asked->multiplier[n] = multiplier_of(&a, f++);
    }
    return ENT_OK;
}

/* ---- one party's own most ---- */

static ent_status floors_of_parties(asking *a, ptrdiff_t asker, const double *floor, ent_arena *arena, ent_error *err)
{
    const ent_parties *parties = &a->joint->parties;
    const ptrdiff_t R = parties->regions;
    double *row = ent_new(arena, double, parties->count *R), *least = ent_new(arena, double, parties->count);
    const char **name = ent_new(arena, const char *, parties->count);
    if (row == NULL || least == NULL || name == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for an ask");
    for (ptrdiff_t k = 0; k < parties->count; k++) {
        if (k == asker || floor[parties->first[k]] == -INFINITY) continue;
        memcpy(row + a->floors * R, parties->row + k * R, (size_t)R * sizeof *row);
        least[a->floors] = floor[parties->first[k]];
        name[a->floors++] = parties->name[k];
    }
    a->row = row;
    a->least = least;
    a->name = name;
    a->weight = parties->row + asker * R;
    a->total = 1.0; /* an objective against another */
    return ENT_OK;
}

static ent_status check_most(const ent_game *game, ptrdiff_t player, const double *floor, ent_error *err)
{
    if (player < 0 || player >= game->players)
        return ent_fail(err, ENT_BAD_INPUT, "the player who asks is one of 0 to %td, not %td", game->players - 1,
                        player);
    for (ptrdiff_t p = 0; p < game->players; p++)
        if (isnan(floor[p]) || floor[p] == INFINITY)
            return ent_fail(err, ENT_BAD_INPUT,
                            "the floor of %s is %g; it must be a log of real income, or minus infinity",
                            game->net->table->regions.label[game->player[p].region], floor[p]);
    return ENT_OK;
}

/* Where the best policy of weights jumps over a floor: by the method of multipliers, from where the weights came to and
 * from the game's own policy; the better one counts. The first sentence stays where neither comes to rest. */
static ent_status meet_without_weights(const asking *a, const ent_game *game, ptrdiff_t asker, const double *floor,
                                       const ent_game_options *options, ent_arena *arena, ent_most *most,
                                       ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_parties *parties = &a->joint->parties;
    const ent_policy *const starts[] = {&a->joint->start, game->policy};
    double *weight = ent_new0(&scratch, double, game->players), *floors = ent_new(&scratch, double, game->players);
    int any = 0;
    if (weight == NULL || floors == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for an ask");
    for (ptrdiff_t p = 0; p < game->players; p++) {
        weight[p] = parties->of[p] == asker;
        floors[p] = parties->of[p] == asker ? -INFINITY : floor[p];
    }
    for (int k = 0; k < 2; k++) {
        ent_held held;
        const ent_status status = ent_hold_floors(game, weight, floors, starts[k], options, arena, &held, NULL);
        if (status == ENT_NO_MEMORY) return ent_fail(err, status, "no memory for an ask");
        if (status != ENT_OK || (any && held.has[asker] <= most->has[parties->first[asker]])) continue;
        any = 1;
        most->point = held.point;
        most->missed = held.missed;
        for (ptrdiff_t p = 0; p < game->players; p++) {
            const ptrdiff_t own = parties->of[p];
            most->has[p] = held.has[own];
            most->price[p] = held.multiplier[own];
            most->price_usd[p] = most->price[p] * parties->income[asker] / parties->income[own];
        }
    }
    return any ? ENT_OK : ENT_NOT_CONVERGED;
}

ent_status ent_talk_most(const ent_game *game, ptrdiff_t player, const double *floor, const ent_game_options *options,
                         ent_arena *arena, ent_most *most, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    asking a = {.joint = &joint};
    ENT_TRY(check_most(game, player, floor, err));
    ENT_TRY(ent_joint_open(game, options, &scratch, &joint, err));
    const ent_parties *parties = &joint.parties;
    const ptrdiff_t asker = parties->of[player];
    *most = (ent_most){.has = ent_new0(arena, double, game->players),
                       .price = ent_new0(arena, double, game->players),
                       .price_usd = ent_new0(arena, double, game->players)};
    if (most->has == NULL || most->price == NULL || most->price_usd == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the prices of an ask");
    ENT_TRY(floors_of_parties(&a, asker, floor, &scratch, err));
    ENT_TRY(take_room(&a, &scratch, err));
    const ent_status status = meet_all(&a, &most->missed, err);
    if (status == ENT_NOT_CONVERGED && joint.any)
        return meet_without_weights(&a, game, asker, floor, options, arena, most, err);
    if (status != ENT_OK) return status;
    ENT_TRY(ent_joint_copy(&joint, arena, &most->point, err));
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const ptrdiff_t k = parties->of[p];
        ptrdiff_t f = 0;
        most->has[p] = ent_joint_has(&joint, k);
        if (k == asker || floor[parties->first[k]] == -INFINITY) continue;
        for (ptrdiff_t before = 0; before < k; before++)
            f += before != asker && floor[parties->first[before]] > -INFINITY;
        most->price[p] = multiplier_of(&a, f);
        most->price_usd[p] = most->price[p] * parties->income[asker] / parties->income[k];
    }
    return ENT_OK;
}

/* ---- the zone of agreement ---- */

ent_status ent_talk_zone(const ent_game *game, const double *threat, const ent_game_options *options, ent_arena *arena,
                         ent_zone *zone, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_parties parties;
    ENT_TRY(ent_game_check(game, err));
    ENT_TRY(ent_parties_list(game, &scratch, &parties, err));
    ENT_TRY(ent_joint_two(&parties, "a zone of agreement lies", err));
    double *floor = ent_new(&scratch, double, game->players);
    if (floor == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a zone of agreement");
    *zone = (ent_zone){.open = 1, .best = {NAN, NAN}, .price = {NAN, NAN}};
    for (int k = 0; k < 2; k++) zone->threat[k] = ent_party_has(&parties, k, threat);
    for (ptrdiff_t p = 0; p < game->players; p++) floor[p] = zone->threat[parties.of[p]];
    for (int k = 0; k < 2; k++) {
        const ptrdiff_t own = parties.first[k], other = parties.first[1 - k];
        ENT_TRY(ent_talk_most(game, own, floor, options, arena, zone->end + k, err));
        zone->best[k] = zone->end[k].has[own];
        const double nu = zone->end[k].price[other], nu_usd = zone->end[k].price_usd[other];
        zone->price[k] = k == 0 ? nu : 1.0 / nu;
        zone->price_usd[k] = k == 0 ? nu_usd : 1.0 / nu_usd;
        if (!(zone->best[k] > zone->threat[k] + MISSED)) zone->open = 0;
    }
    return ENT_OK;
}
