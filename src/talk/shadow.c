/* shadow.c: who would rather attack than live with somebody's duties, with what that is worth from the solver. The
 * probabilities are those of strategy.h. */
// SPDX-License-Identifier: MIT
#include "game/dials.h"
#include "talk/joint.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_game *game;
    const ent_policy *policy;
    const ent_shadow *shadow;
    ent_parties parties;
    ent_dials dials;
    ent_shadowed *s;
} looming;

static ent_status check(const looming *l, ent_error *err)
{
    const ent_game *game = l->game;
    const ptrdiff_t R = game->net->regions;
    if (l->parties.count < 2)
        return ent_fail(err, ENT_BAD_INPUT, "attacks are between two parties or more, and this game has %td",
                        l->parties.count);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const ptrdiff_t n = game->player[p].region;
        if (!(l->shadow->capability[p] > 0.0) || !isfinite(l->shadow->capability[p]))
            return ent_fail(err, ENT_BAD_INPUT, "the capability of %s is %g; it must be above 0",
                            game->net->table->regions.label[n], l->shadow->capability[p]);
        for (ptrdiff_t q = 0; q < game->players; q++) {
            const double far = l->shadow->distance[n * R + game->player[q].region];
            if (q != p && (!(far > 0.0) || !isfinite(far)))
                return ent_fail(err, ENT_BAD_INPUT, "the distance between %s and %s is %g; it must be above 0",
                                game->net->table->regions.label[n],
                                game->net->table->regions.label[game->player[q].region], far);
        }
    }
    return ENT_OK;
}

static ent_status take_room(looming *l, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t K = l->parties.count;
    ent_shadowed *s = l->s;
    double **const lists[] = {&s->value, &s->peace, &s->objective}, **const squares[] = {&s->freed, &s->left, &s->by};
    *s = (ent_shadowed){.parties = K, .of = ent_new(arena, ptrdiff_t, l->game->players)};
    int there = s->of != NULL;
    for (int k = 0; k < 3; k++) {
        there &= (*lists[k] = ent_new0(arena, double, K)) != NULL;
        there &= (*squares[k] = ent_new0(arena, double, K *K)) != NULL;
    }
    if (!there) return ent_fail(err, ENT_NO_MEMORY, "no memory for the attacks of %td parties", K);
    memcpy(s->of, l->parties.of, (size_t)l->game->players * sizeof *s->of);
    return ENT_OK;
}

/* Import duties of party i on what comes from party j (or from anybody) are as near to none as bounds let them. */
static void open_market(const looming *l, ptrdiff_t i, ptrdiff_t j, ent_policy *opened)
{
    const ent_dials *d = &l->dials;
    const ent_network *net = l->game->net;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        if (l->parties.of[d->player[dial]] != i || d->tax[dial] != ENT_TAX_IMPORT) continue;
        const double none = expm1(ent_dial_within(d, dial, 0.0));
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const ptrdiff_t from = ent_lane_exporter(net, d->lane[at]);
            int hit = l->shadow->to_all;
            for (ptrdiff_t q = 0; q < l->game->players && !hit; q++)
                hit = l->parties.of[q] == j && l->game->player[q].region == from;
            if (hit) opened->duty[d->lane[at]] = none;
        }
    }
}

static ent_status win(looming *l, ptrdiff_t i, ptrdiff_t j, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t K = l->parties.count;
    ent_policy opened;
    double *goal;
    ENT_TRY(ent_joint_keep(l->game->net, l->policy, &scratch, &opened, err));
    open_market(l, i, j, &opened);
    ENT_TRY(ent_talk_goals(l->game, &opened, &scratch, &goal, err));
    l->s->freed[i * K + j] = ent_party_has(&l->parties, j, goal);
    l->s->left[i * K + j] = ent_party_has(&l->parties, i, goal);
    return ENT_OK;
}

static double capability_of(const looming *l, ptrdiff_t party)
{
    double sum = 0.0;
    for (ptrdiff_t p = 0; p < l->game->players; p++)
        if (l->parties.of[p] == party) sum += l->shadow->capability[p];
    return sum;
}

static double distance_of(const looming *l, ptrdiff_t i, ptrdiff_t j)
{
    const ptrdiff_t R = l->game->net->regions;
    double least = INFINITY;
    for (ptrdiff_t p = 0; p < l->game->players; p++)
        for (ptrdiff_t q = 0; q < l->game->players; q++)
            if (l->parties.of[p] == i && l->parties.of[q] == j)
                least = fmin(least, l->shadow->distance[l->game->player[q].region * R + l->game->player[p].region]);
    return least;
}

static ent_status threaten(looming *l, ptrdiff_t i, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t K = l->parties.count;
    double largest = 0.0;
    ent_attacker *attacker = ent_new(&scratch, ent_attacker, K);
    ent_coerced c = {.hazard = ent_new(&scratch, double, K), .by = ent_new(&scratch, double, K)};
    if (attacker == NULL || c.hazard == NULL || c.by == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the attacks of %td parties", K);
    for (ptrdiff_t k = 0; k < K; k++) largest = fmax(largest, l->parties.income[k]);
    for (ptrdiff_t j = 0, at = 0; j < K; j++) {
        if (j == i) continue;
        attacker[at++] = (ent_attacker){.capability = capability_of(l, j) / capability_of(l, i),
                                        .distance = distance_of(l, i, j),
                                        .size = l->parties.income[j] / largest,
                                        .gain = l->s->freed[i * K + j] - l->s->value[j],
                                        .left = l->s->left[i * K + j]};
    }
    ENT_TRY(ent_coercion_solve(&l->shadow->law, K - 1, attacker, l->s->value[i], &c, err));
    l->s->peace[i] = c.peace;
    l->s->objective[i] = c.objective;
    for (ptrdiff_t j = 0, at = 0; j < K; j++)
        if (j != i) l->s->by[i * K + j] = c.by[at++];
    return ENT_OK;
}

ent_status ent_talk_shadow(const ent_game *game, const ent_policy *policy, const ent_shadow *shadow, ent_arena *arena,
                           ent_shadowed *shadowed, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    looming l = {.game = game, .policy = policy, .shadow = shadow, .s = shadowed};
    double *goal;
    ENT_TRY(ent_game_check(game, err));
    ENT_TRY(ent_parties_list(game, &scratch, &l.parties, err));
    ENT_TRY(check(&l, err));
    ENT_TRY(ent_dials_list(game, &scratch, &l.dials, err));
    ENT_TRY(take_room(&l, arena, err));
    ENT_TRY(ent_talk_goals(game, policy, &scratch, &goal, err));
    const ptrdiff_t K = l.parties.count;
    for (ptrdiff_t k = 0; k < K; k++) shadowed->value[k] = ent_party_has(&l.parties, k, goal);
    for (ptrdiff_t i = 0; i < K; i++)
        for (ptrdiff_t j = 0; j < K; j++) {
            if (j != i)
                ENT_TRY(win(&l, i, j, err));
            else
                shadowed->freed[i * K + i] = shadowed->left[i * K + i] = shadowed->value[i];
        }
    for (ptrdiff_t i = 0; i < K; i++) ENT_TRY(threaten(&l, i, err));
    return ENT_OK;
}
