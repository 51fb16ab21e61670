/* frontier.c: what two parties can reach together, where neither gains but at the other's expense.
 *
 * Every point maximises (1 − a) U_0 + a U_1, so that there the frontier falls by (1 − a)/a: the price of a
 * concession. The next weight is the one at which both ends of the widest gap are worth the same: the point that it
 * finds is the one farthest out from the chord, and where there is none, the frontier has a straight piece or a hole
 * there that no weight fills. */
// SPDX-License-Identifier: MIT
#include "talk/joint.h"
#include <math.h>
#include <string.h>

#define FLAT      1e-11 /* above the chord, of goals: less is the chord itself */
#define TOLERANCE 1e-9  /* of slopes: goals are then within 1e-15 of their best; finer costs time at the ends */

typedef struct {
    ent_joint *joint;
    ent_frontier *f;
    unsigned char *closed; /* [points] the gap after the point cannot be filled */
    ent_arena *arena;      /* the caller's */
} drawing;

static ent_status take_room(const ent_game *game, ptrdiff_t points, ent_arena *arena, ent_frontier *f, ent_error *err)
{
    *f = (ent_frontier){.weight = ent_new(arena, double, points),
                        .gain = {ent_new(arena, double, points), ent_new(arena, double, points)},
                        .price = ent_new(arena, double, points),
                        .price_usd = ent_new(arena, double, points),
                        .log_welfare = ent_new(arena, double, points * game->net->regions),
                        .policy = ent_new(arena, ent_policy, points)};
    if (f->weight == NULL || f->gain[0] == NULL || f->gain[1] == NULL || f->price == NULL || f->price_usd == NULL ||
        f->log_welfare == NULL || f->policy == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a frontier of %td points", points);
    return ENT_OK;
}

static void shift(double *list, ptrdiff_t width, ptrdiff_t at, ptrdiff_t count)
{
    memmove(list + (at + 1) * width, list + at * width, (size_t)((count - at) * width) * sizeof *list);
}

/* The joint's point becomes number `at`. */
static ent_status insert(drawing *d, ptrdiff_t at, double weight, ent_error *err)
{
    ent_frontier *f = d->f;
    const ent_network *net = d->joint->game.net;
    const ent_game_point *point = &d->joint->point;
    shift(f->weight, 1, at, f->points);
    for (int p = 0; p < 2; p++) shift(f->gain[p], 1, at, f->points);
    shift(f->log_welfare, net->regions, at, f->points);
    memmove(f->policy + at + 1, f->policy + at, (size_t)(f->points - at) * sizeof *f->policy);
    memmove(d->closed + at + 1, d->closed + at, (size_t)(f->points - at));
    d->closed[at] = 0;
    f->weight[at] = weight;
    for (int p = 0; p < 2; p++) f->gain[p][at] = ent_joint_has(d->joint, p);
    memcpy(f->log_welfare + at * net->regions, point->log_welfare, (size_t)net->regions * sizeof(double));
    f->slope = fmax(f->slope, point->slope);
    f->points++;
    return ent_joint_keep(net, &point->policy, d->arena, f->policy + at, err);
}

static ent_status play_at(drawing *d, double weight, ent_error *err)
{
    ent_joint_split(d->joint, weight);
    return ent_joint_play(d->joint, err);
}

static double width_of(const ent_frontier *f, ptrdiff_t at)
{
    return hypot(f->gain[0][at + 1] - f->gain[0][at], f->gain[1][at + 1] - f->gain[1][at]);
}

/* The widest gap that can still be filled; -1: none. */
static ptrdiff_t widest(const drawing *d)
{
    ptrdiff_t at = -1;
    for (ptrdiff_t k = 0; k + 1 < d->f->points; k++)
        if (!d->closed[k] && (at < 0 || width_of(d->f, k) > width_of(d->f, at))) at = k;
    return at;
}

/* A point within the gap, or the gap is closed. */
static ent_status fill(drawing *d, ptrdiff_t at, ent_error *err)
{
    ent_frontier *f = d->f;
    const double down = f->gain[0][at] - f->gain[0][at + 1], up = f->gain[1][at + 1] - f->gain[1][at];
    d->closed[at] = 1;
    if (!(down > 0.0) || !(up > 0.0)) return ENT_OK;
    const double weight = down / (down + up), chord = (1.0 - weight) * f->gain[0][at] + weight * f->gain[1][at];
    ent_joint_restart(d->joint, f->policy + at);
    const ent_status status = play_at(d, weight, err);
    if (status != ENT_OK) return status == ENT_NO_MEMORY ? status : ENT_OK; /* the gap stays, and the kink says so */
    const double value = (1.0 - weight) * ent_joint_has(d->joint, 0) + weight * ent_joint_has(d->joint, 1);
    if (!(value > chord + FLAT)) return ENT_OK;
    ENT_TRY(insert(d, at + 1, weight, err));
    d->closed[at] = 0;
    return ENT_OK;
}

/* One end: all weight on a player, or, where that policy is not reached, as much as lets it be. */
static ent_status end_at(drawing *d, int side, const ent_policy *middle, double *weight, ent_error *err)
{
    static const double least[] = {0.0, 0.02, 0.05, 0.1, 0.2};
    ent_status status = ENT_OK;
    for (size_t k = 0; k < sizeof least / sizeof *least; k++) {
        *weight = side == 0 ? least[k] : 1.0 - least[k];
        ent_joint_restart(d->joint, middle);
        status = play_at(d, *weight, err);
        if (status == ENT_OK || status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) break;
    }
    return status;
}

/* The middle, from which the ends are looked for; it is a point of the frontier if there is room. */
static ent_status ends(drawing *d, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_policy middle;
    double weight;
    ENT_TRY(play_at(d, 0.5, err));
    ENT_TRY(ent_joint_keep(d->joint->game.net, &d->joint->point.policy, &scratch, &middle, err));
    ENT_TRY(insert(d, 0, 0.5, err));
    ENT_TRY(end_at(d, 0, &middle, &weight, err));
    ENT_TRY(insert(d, 0, weight, err));
    ENT_TRY(end_at(d, 1, &middle, &weight, err));
    return insert(d, 2, weight, err);
}

static void price(drawing *d)
{
    ent_frontier *f = d->f;
    const double incomes = d->joint->parties.income[0] / d->joint->parties.income[1];
    for (ptrdiff_t k = 0; k < f->points; k++) {
        f->price[k] = f->weight[k] < 1.0 ? f->weight[k] / (1.0 - f->weight[k]) : INFINITY;
        f->price_usd[k] = f->price[k] * incomes;
    }
    for (ptrdiff_t k = 0; k + 1 < f->points; k++)
        if (d->closed[k]) f->kink = fmax(f->kink, width_of(f, k));
}

ent_status ent_talk_frontier(const ent_game *game, ptrdiff_t points, const ent_game_options *options, ent_arena *arena,
                             ent_frontier *frontier, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    if (points < 3) return ent_fail(err, ENT_BAD_INPUT, "a frontier has 3 points or more, not %td", points);
    ent_game_options own = options != NULL ? *options : (ent_game_options){0};
    if (own.tolerance == 0.0) own.tolerance = TOLERANCE;
    ENT_TRY(ent_joint_open(game, &own, &scratch, &joint, err));
    ENT_TRY(ent_joint_two(&joint.parties, "a frontier lies", err));
    ENT_TRY(take_room(game, points, arena, frontier, err));
    drawing d = {&joint, frontier, ent_new0(&scratch, unsigned char, points), arena};
    if (d.closed == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a frontier of %td points", points);
    ENT_TRY(ends(&d, err));
    for (ptrdiff_t at = widest(&d); at >= 0 && frontier->points < points; at = widest(&d)) ENT_TRY(fill(&d, at, err));
    price(&d);
    return ENT_OK;
}
