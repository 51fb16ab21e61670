/* second.c: the ± to second order, for elasticities drawn as draws.c draws them: log θ_j = log θ̄_j − v_j/2 + √v_j x_j,
 * x_j = √(1−ρ) z_j + √ρ z_0, v_j = log(1 + (s_j/θ̄_j)²), z standard normal and independent. A *way* w is the change of
 * log θ by one z_w: the K own ones, and the common one; the drift D is log θ_j − v_j/2 for all j at once. To fourth
 * order in s, with V_w, V_wx, … derivatives along ways at θ̄:
 *
 *   var V = Σ_w V_w² + 2 Σ_w V_w V_wD + Σ_w V_w Σ_x V_wxx + ½ Σ_wx V_wx²
 *
 * The first term is the delta method (V_w from the adjoint, as the first order has it); the second is the skewness of
 * log-normal numbers; all three further terms are of one order, so none may be left out. (V = θ itself: v + v²/2 of
 * s²/θ̄² = exp(v) − 1.) Derivatives are differences over steps of 5 % of an elasticity: two equilibria a way, four a
 * pair of ways, shared by all headlines. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "sensitivity/stage.h"
#include <math.h>

#define PART 0.05 /* longest change of a log θ in a step: truncation some PART² of a term, rounding 1e-11 / PART³ */

enum {
    SLOTS = 4, /* equilibria of a task: of a way +, −; of a pair ++, +−, −+, −− */
    BLOCKS = 64
};

typedef struct {
    int32_t a, b; /* ways; b: the drift where b == ways; a way alone where b < 0 */
} task;

typedef struct {
    const ent_stage *stage;
    const ent_uncertainty *u;
    ptrdiff_t ways, tasks;
    double *way;   /* [ways + 1][K] change of log θ; the last is the drift */
    double *step;  /* [ways + 1] */
    double *first; /* [ways] V_w of one headline */
    double *bend;  /* [ways] Σ_x V_wxx of one headline */
    task *task;    /* [tasks] ways alone first, in order */
    double *value; /* [tasks][SLOTS][count] */
    int *reached;  /* [tasks][SLOTS] */
    ent_status status[BLOCKS];
} survey;

/* ---- ways and tasks ---- */

static void set_ways(survey *s)
{
    const ent_spread *spread = s->stage->spread;
    const ptrdiff_t K = spread->count;
    const double own = sqrt(1.0 - spread->correlation), common = sqrt(spread->correlation);
    for (ptrdiff_t p = 0; p < K; p++) {
        const double relative = spread->parameter[p].se / spread->parameter[p].value;
        const double v = log1p(relative * relative);
        if (own > 0.0) s->way[p * K + p] = own * sqrt(v);
        if (common > 0.0) s->way[(s->ways - 1) * K + p] = common * sqrt(v);
        s->way[s->ways * K + p] = -0.5 * v;
    }
    for (ptrdiff_t w = 0; w <= s->ways; w++) {
        double longest = 0.0;
        for (ptrdiff_t p = 0; p < K; p++) longest = fmax(longest, fabs(s->way[w * K + p]));
        s->step[w] = PART / longest;
    }
}

static void list_tasks(survey *s)
{
    for (ptrdiff_t a = 0; a < s->ways; a++) s->task[s->tasks++] = (task){(int32_t)a, -1};
    for (ptrdiff_t a = 0; a < s->ways; a++)
        for (ptrdiff_t b = a + 1; b <= s->ways; b++) s->task[s->tasks++] = (task){(int32_t)a, (int32_t)b};
}

static ent_status open_survey(const ent_stage *stage, const ent_uncertainty *u, ent_arena *arena, survey *s,
                              ent_error *err)
{
    const ptrdiff_t K = stage->spread->count;
    const double rho = stage->spread->correlation;
    s->stage = stage;
    s->u = u;
    s->ways = (rho < 1.0 ? K : 0) + (rho > 0.0);
    const ptrdiff_t most = s->ways + s->ways * (s->ways + 1) / 2;
    s->way = ent_new0(arena, double, (s->ways + 1) * K);
    s->step = ent_new(arena, double, s->ways + 1);
    s->first = ent_new(arena, double, s->ways);
    s->bend = ent_new(arena, double, s->ways);
    s->task = ent_new(arena, task, most);
    s->value = ent_new(arena, double, most *SLOTS * u->count);
    s->reached = ent_new0(arena, int, most *SLOTS);
    if (s->way == NULL || s->step == NULL || s->first == NULL || s->bend == NULL || s->task == NULL ||
        s->value == NULL || s->reached == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the second order of %td elasticities", K);
    set_ways(s);
    list_tasks(s);
    return ENT_OK;
}

/* ---- equilibria ---- */

static ent_status solve_slot(const survey *s, ent_hand *hand, ptrdiff_t t, int slot, double *theta)
{
    const ent_spread *spread = s->stage->spread;
    const ptrdiff_t K = spread->count, a = s->task[t].a, b = s->task[t].b;
    const int single = b < 0;
    const double up = (single ? slot == 0 : slot < 2) ? 1.0 : -1.0, along = slot % 2 == 0 ? 1.0 : -1.0;
    for (ptrdiff_t p = 0; p < K; p++) {
        double change = up * s->step[a] * s->way[a * K + p];
        if (!single) change += along * s->step[b] * s->way[b * K + p];
        theta[p] = spread->parameter[p].value * exp(change);
    }
    return ent_hand_solve(hand, theta, s->u, &s->reached[t * SLOTS + slot],
                          s->value + (t * SLOTS + slot) * s->u->count);
}

static ent_status solve_block(const survey *s, ptrdiff_t block)
{
    ENT_SCRATCH scratch = {0};
    ent_hand hand;
    double *theta = ent_new(&scratch, double, s->stage->spread->count);
    if (theta == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_hand_open(s->stage, &scratch, &hand, NULL));
    for (ptrdiff_t t = s->tasks * block / BLOCKS; t < s->tasks * (block + 1) / BLOCKS; t++)
        for (int slot = 0; slot < (s->task[t].b < 0 ? 2 : SLOTS); slot++) ENT_TRY(solve_slot(s, &hand, t, slot, theta));
    return ENT_OK;
}

static void run_block(void *state, ptrdiff_t block)
{
    survey *s = state;
    s->status[block] = solve_block(s, block);
}

static ent_status solve_all(survey *s, ptrdiff_t *failed, ent_error *err)
{
    ent_blocks_run(BLOCKS, s->stage->threads, run_block, s);
    for (int b = 0; b < BLOCKS; b++)
        if (s->status[b] != ENT_OK)
            return ent_fail(err, s->status[b], "no memory to solve along pairs of %td elasticities",
                            s->stage->spread->count);
    for (ptrdiff_t t = 0; t < s->tasks; t++)
        for (int slot = 0; slot < (s->task[t].b < 0 ? 2 : SLOTS); slot++) *failed += !s->reached[t * SLOTS + slot];
    return ENT_OK;
}

/* ---- sums ---- */

static double slot_value(const survey *s, ptrdiff_t t, int slot, ptrdiff_t h)
{
    return s->value[(t * SLOTS + slot) * s->u->count + h];
}

/* V_w from the gradient by θ, ½ V_ww² and V_www. */
static double add_way(survey *s, ptrdiff_t w, ptrdiff_t h, const double *gradient)
{
    const ent_spread *spread = s->stage->spread;
    const double step = s->step[w], centre = s->u->headline[h].value;
    const double above = slot_value(s, w, 0, h), below = slot_value(s, w, 1, h);
    const double second = ((above - centre) - (centre - below)) / (step * step);
    s->first[w] = 0.0;
    for (ptrdiff_t p = 0; p < spread->count; p++)
        s->first[w] += gradient[p] * spread->parameter[p].value * s->way[w * spread->count + p];
    s->bend[w] = 6.0 * ((above - below) / (2.0 * step) - s->first[w]) / (step * step);
    return 0.5 * second * second;
}

/* V_ab² (twice ½), V_abb and V_aab; for the drift 2 V_a V_aD. */
static double add_pair(survey *s, ptrdiff_t t, ptrdiff_t h)
{
    const ptrdiff_t a = s->task[t].a, b = s->task[t].b;
    const double pp = slot_value(s, t, 0, h), pm = slot_value(s, t, 1, h);
    const double mp = slot_value(s, t, 2, h), mm = slot_value(s, t, 3, h);
    const double ha = s->step[a], hb = s->step[b], mixed = ((pp - pm) - (mp - mm)) / (4.0 * ha * hb);
    if (b == s->ways) return 2.0 * s->first[a] * mixed;
    const double a_up = slot_value(s, a, 0, h), a_down = slot_value(s, a, 1, h);
    const double b_up = slot_value(s, b, 0, h), b_down = slot_value(s, b, 1, h);
    s->bend[a] += ((pp - a_up) - (a_up - pm) - ((mp - a_down) - (a_down - mm))) / (2.0 * ha * hb * hb);
    s->bend[b] += ((pp - b_up) - (b_up - mp) - ((pm - b_down) - (b_down - mm))) / (2.0 * hb * ha * ha);
    return mixed * mixed;
}

static double variance(survey *s, ptrdiff_t h, const double *gradient)
{
    double sum = 0.0;
    for (ptrdiff_t t = 0; t < s->tasks; t++) sum += s->task[t].b < 0 ? add_way(s, t, h, gradient) : add_pair(s, t, h);
    for (ptrdiff_t w = 0; w < s->ways; w++) sum += s->first[w] * (s->first[w] + s->bend[w]);
    return sum;
}

ent_status ent_second_order(const ent_stage *stage, const double *gradient, ent_uncertainty *u, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_stage sharp = *stage;
    sharp.options.tolerance = fmin(stage->options.tolerance, 1e-11);
    survey *s = ent_new0(&scratch, survey, 1);
    if (s == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the second order");
    ENT_TRY(open_survey(&sharp, u, &scratch, s, err));
    ENT_TRY(solve_all(s, &u->curvature_failed, err));
    for (ptrdiff_t h = 0; h < u->count; h++) {
        const double var = variance(s, h, gradient + h * stage->spread->count);
        u->headline[h].se_second = var >= 0.0 ? sqrt(var) : (double)NAN; /* NaN too where a solve was not reached */
    }
    return ENT_OK;
}
