/* curve.c: how headlines bend. Along each parameter two equilibria, a twentieth of it above and below;
 * along all at once, in step with their standard errors, two more, for correlated ones. Differences of values, not of
 * gradients: every headline then shares the same 2 (K + 1) solves. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "sensitivity/stage.h"
#include <math.h>

#define PART 0.05 /* of a parameter: truncation some PART² of the second derivative, rounding 1e-11 / PART² */

typedef struct {
    const ent_stage *stage;
    const ent_uncertainty *u;
    ent_curve *curve;
    ent_status *status; /* [ways] */
    int *reached;       /* [ways][2] */
} walk;

static ent_status walk_way(const walk *w, ptrdiff_t way)
{
    ENT_SCRATCH scratch = {0};
    const ent_spread *spread = w->stage->spread;
    const ptrdiff_t K = spread->count;
    ent_hand hand;
    double *value = ent_new(&scratch, double, K);
    if (value == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_hand_open(w->stage, &scratch, &hand, NULL));
    for (int side = 0; side < 2; side++) {
        const double step = side == 0 ? w->curve->step[way] : -w->curve->step[way];
        for (ptrdiff_t p = 0; p < K; p++)
            value[p] =
                spread->parameter[p].value + (way == K ? step * spread->parameter[p].se : (p == way ? step : 0.0));
        ENT_TRY(ent_hand_solve(&hand, value, w->u, &w->reached[2 * way + side],
                               (side == 0 ? w->curve->above : w->curve->below) + way * w->u->count));
    }
    return ENT_OK;
}

static void walk_block(void *state, ptrdiff_t way)
{
    const walk *w = state;
    w->status[way] = walk_way(w, way);
}

static void choose_steps(const ent_spread *spread, ent_curve *curve)
{
    double least = INFINITY;
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        curve->step[p] = PART * spread->parameter[p].value;
        least = fmin(least, curve->step[p] / spread->parameter[p].se);
    }
    curve->step[spread->count] = spread->count > 0 ? least : 0.0;
}

ent_status ent_curve_run(const ent_stage *stage, const ent_uncertainty *u, ent_arena *arena, ent_curve *curve,
                         ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t K = stage->spread->count;
    ent_stage sharp = *stage;
    sharp.options.tolerance = fmin(stage->options.tolerance, 1e-11);
    *curve = (ent_curve){.ways = K + 1,
                         .step = ent_new(arena, double, K + 1),
                         .above = ent_new(arena, double, (K + 1) * u->count),
                         .below = ent_new(arena, double, (K + 1) * u->count)};
    walk w = {&sharp, u, curve, ent_new0(&scratch, ent_status, K + 1), ent_new0(&scratch, int, 2 * (K + 1))};
    if (curve->step == NULL || curve->above == NULL || curve->below == NULL || w.status == NULL || w.reached == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the curvature along %td elasticities", K);
    choose_steps(stage->spread, curve);
    ent_blocks_run(K + 1, stage->threads, walk_block, &w);
    for (ptrdiff_t way = 0; way <= K; way++) {
        if (w.status[way] != ENT_OK)
            return ent_fail(err, w.status[way], "no memory to solve along %td elasticities", K);
        curve->failed += !w.reached[2 * way] + !w.reached[2 * way + 1];
    }
    return ENT_OK;
}
