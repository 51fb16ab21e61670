/* managed.c: duties that enforce themselves while the volume of trade comes and goes: a fixed point in one number, the
 * leash, what the future is worth to who thinks of breaking.
 *
 * T(leash) = δ/(1 − δ) E gain(τ_c(v; leash)) rises with the leash, as duties then fall from the war's towards the
 * target and gains grow. From what the target would be worth, T falls step by step to its longest fixed point: every
 * leash on the way is too long. A guess where T(guess) >= guess is short enough: there is a fixed point at or above it.
 * Guesses are extrapolated from the steps, so that both ends close in; the gap between them is what is not known. */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

enum {
    MOST_ROUNDS = 10000,
    GRID = 64 /* steps from the target to the war in which the lowest duty that holds is looked for */
};
#define GOLDEN 0.618033988749894848
#define CLOSED 1e-14 /* gap of the leash, over what the target would be worth */
#define HARDLY 1e-13 /* of the range of duties: bisections end there */

typedef struct {
    const ent_managed *m;
    ent_managed_result *r;
} season;

static double payoff_of(const ent_managed *m, double own, double other, double volume)
{
    return m->payoff(m->who, own, other, volume);
}

/* The best own duty: golden section, then the top of the parabola through three points nearby. */
static double answer_to(const ent_managed *m, double other, double volume)
{
    double low = m->least, high = m->greatest;
    const double range = high - low, step = 1e-5 * range;
    double left = high - GOLDEN * range, right = low + GOLDEN * range;
    double at_left = payoff_of(m, left, other, volume), at_right = payoff_of(m, right, other, volume);
    while (high - low > 1e-7 * range) {
        if (at_left >= at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - GOLDEN * (high - low);
            at_left = payoff_of(m, left, other, volume);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + GOLDEN * (high - low);
            at_right = payoff_of(m, right, other, volume);
        }
    }
    const double middle = 0.5 * (low + high);
    if (middle - m->least < 2.0 * step || m->greatest - middle < 2.0 * step) {
        const double bound = middle - m->least < 2.0 * step ? m->least : m->greatest;
        return payoff_of(m, bound, other, volume) >= payoff_of(m, middle, other, volume) ? bound : middle;
    }
    const double here = payoff_of(m, middle, other, volume), before = payoff_of(m, middle - step, other, volume),
                 after = payoff_of(m, middle + step, other, volume);
    const double bend = before - 2.0 * here + after;
    const double move = bend < 0.0 ? 0.5 * step * (before - after) / bend : 0.0;
    return fabs(move) < step ? middle + move : middle;
}

static double temptation_of(const ent_managed *m, double duty, double volume)
{
    return payoff_of(m, answer_to(m, duty, volume), duty, volume) - payoff_of(m, duty, duty, volume);
}

/* Where the best answer to a duty is that duty. */
static double war_of(const ent_managed *m, double volume)
{
    double low = m->target, high = m->greatest;
    if (answer_to(m, low, volume) <= low) return low;
    if (answer_to(m, high, volume) >= high) return high;
    while (high - low > HARDLY * (m->greatest - m->least)) {
        const double middle = 0.5 * (low + high), answer = answer_to(m, middle, volume);
        if (answer > middle)
            low = middle;
        else
            high = middle;
        /* where answers hardly depend on the other, one step is all */
        if (fabs(answer_to(m, answer, volume) - answer) <= HARDLY * (m->greatest - m->least)) return answer;
    }
    return 0.5 * (low + high);
}

/* The lowest duty from the target on whose temptation the leash holds; at the war's there is none. */
static double lowest_duty(const season *s, ptrdiff_t k, double leash)
{
    const ent_managed *m = s->m;
    const double war = s->r->war[k], volume = m->volume[k], width = (war - m->target) / GRID;
    double low = m->target;
    if (temptation_of(m, low, volume) <= leash) return low;
    for (int g = 1; g <= GRID; g++) {
        double high = g < GRID ? m->target + g * width : war;
        if (g < GRID && temptation_of(m, high, volume) > leash) {
            low = high;
            continue;
        }
        while (high - low > HARDLY * (m->greatest - m->least)) {
            const double middle = 0.5 * (low + high);
            if (temptation_of(m, middle, volume) <= leash)
                high = middle;
            else
                low = middle;
        }
        return high;
    }
    return war;
}

static double gain_of(const season *s, ptrdiff_t k, double duty)
{
    const double volume = s->m->volume[k], war = s->r->war[k];
    return payoff_of(s->m, duty, duty, volume) - payoff_of(s->m, war, war, volume);
}

/* T(leash); the duties and gains on the way. */
static double worth_of(const season *s, double leash)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < s->m->volumes; k++) {
        s->r->duty[k] = lowest_duty(s, k, leash);
        s->r->gain[k] = gain_of(s, k, s->r->duty[k]);
        sum += s->m->probability[k] * s->r->gain[k];
    }
    return s->m->discount / (1.0 - s->m->discount) * sum;
}

static double worth_of_target(const season *s)
{
    double sum = 0.0, worst = 0.0;
    for (ptrdiff_t k = 0; k < s->m->volumes; k++) {
        sum += s->m->probability[k] * gain_of(s, k, s->m->target);
        worst = fmax(worst, temptation_of(s->m, s->m->target, s->m->volume[k]));
    }
    s->r->patience = worst <= 0.0 ? 0.0 : sum > 0.0 ? worst / (worst + sum) : INFINITY;
    return s->m->discount / (1.0 - s->m->discount) * sum;
}

static ent_status shorten(const season *s, ent_error *err)
{
    ent_managed_result *r = s->r;
    const double most = fmax(0.0, worth_of_target(s));
    double high = most, low = 0.0, step = 0.0;
    for (r->rounds = 1; r->rounds <= MOST_ROUNDS; r->rounds++) {
        const double next = fmin(high, fmax(0.0, worth_of(s, high))), fell = high - next;
        const double rate = step > 0.0 ? fell / step : 0.0;
        high = next;
        step = fell;
        if (fell <= 0.0 || high - low <= CLOSED * most) break;
        if (r->rounds % 3 != 0 || !(rate > 0.0 && rate < 1.0)) continue;
        const double guess = high - fell * rate / (1.0 - rate) * (1.0 + 1e-6) - CLOSED * most;
        if (guess > low && worth_of(s, guess) >= guess) low = guess;
    }
    r->leash = high;
    r->slack = step <= 0.0 ? 0.0 : high - low;
    (void)worth_of(s, high);
    for (ptrdiff_t k = 0; k < s->m->volumes; k++) r->temptation[k] = temptation_of(s->m, r->duty[k], s->m->volume[k]);
    if (r->rounds <= MOST_ROUNDS) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED, "the leash of managed trade lies between %g and %g after %d rounds", low,
                    high, (int)MOST_ROUNDS);
}

static ent_status check(const ent_managed *m, ent_error *err)
{
    double sum = 0.0;
    if (!(m->discount >= 0.0 && m->discount < 1.0))
        return ent_fail(err, ENT_BAD_INPUT, "a discount factor of %g is not in [0, 1)", m->discount);
    if (!(isfinite(m->least) && isfinite(m->greatest) && m->least <= m->target && m->target < m->greatest))
        return ent_fail(err, ENT_BAD_INPUT, "duties from %g to %g have no room above a target of %g", m->least,
                        m->greatest, m->target);
    for (ptrdiff_t k = 0; k < m->volumes; k++) {
        if (!(m->probability[k] > 0.0) || !isfinite(m->volume[k]))
            return ent_fail(err, ENT_BAD_INPUT, "volume %td is %g with probability %g; that is above 0", k + 1,
                            m->volume[k], m->probability[k]);
        sum += m->probability[k];
    }
    if (fabs(sum - 1.0) <= 1e-9) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "the probabilities of the volumes sum to %g, not to 1", sum);
}

ent_status ent_managed_solve(const ent_managed *m, ent_arena *arena, ent_managed_result *r, ent_error *err)
{
    ENT_TRY(check(m, err));
    *r = (ent_managed_result){.duty = ent_new(arena, double, m->volumes),
                              .war = ent_new(arena, double, m->volumes),
                              .temptation = ent_new(arena, double, m->volumes),
                              .gain = ent_new(arena, double, m->volumes)};
    if (r->duty == NULL || r->war == NULL || r->temptation == NULL || r->gain == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td volumes of trade", m->volumes);
    const season s = {m, r};
    for (ptrdiff_t k = 0; k < m->volumes; k++) r->war[k] = war_of(m, m->volume[k]);
    return shorten(&s, err);
}

/* ---- linear demand and supply ---- */

/* One market at duty t, over free trade: import surplus and revenue, and export surplus. With D = demand, S = supply
 * the price rises by S t/(D + S) for who buys and falls by D t/(D + S) for who sells; trade is volume − t D S/(D + S).
 */
double ent_linear_payoff(void *who, double own, double other, double volume)
{
    const ent_linear_trade *l = who;
    const double both = l->demand + l->supply, lost = l->demand * l->supply / both, ends = volume / lost;
    const double mine = fmin(own, ends), theirs = fmin(other, ends);
    const double rise = mine * l->supply / both, fall = theirs * l->demand / both;
    const double buying = -volume * rise + 0.5 * l->demand * rise * rise + mine * (volume - lost * mine);
    return buying - volume * fall + 0.5 * l->supply * fall * fall;
}
