/* offer.c: one offer under private information: what a threat risks, and what any mediator could reach at most.
 *
 * Take it or leave it: with the responder's cost of war c uniform on [a, b], a demand x > p + a is refused where c < x
 * − p. x (1 − P) + (p − c_1) P with P = (x − p − a)/(b − a) is largest at x = p + (b − c_1)/2.
 *
 * Mediation: with v uniform up to v̄ and c uniform from c̲, virtual values are 2v − v̄ and 2c − c̲; the best mechanism
 * trades where v − c >= g, the least g >= 0 at which the virtual surplus of those trades pays for itself:
 *
 *   h(g) = 2 E[(D − g)⁺] + (2g − (v̄ − c̲)) P(D >= g) = 0,   D = v − c
 *
 * and P and E are third powers at most, because D is a difference of two uniform numbers. On [0, 1] twice, g = ¼. */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

ent_status ent_risk_return(double odds, double own_cost, double low, double high, ent_risk *risk, ent_error *err)
{
    if (!(odds >= 0.0) || !(odds <= 1.0))
        return ent_fail(err, ENT_BAD_INPUT, "the proposer's share of the pie in a war is %g; it lies between 0 and 1",
                        odds);
    if (!(own_cost >= 0.0) || !(low >= 0.0) || !(high > low) || !isfinite(high) || !isfinite(own_cost))
        return ent_fail(err, ENT_BAD_INPUT,
                        "costs of war are not negative, and the responder's lie between two different ones; given are "
                        "%g for the proposer, %g to %g for the responder",
                        own_cost, low, high);
    const double over = fmin(1.0 - odds, fmax(low, 0.5 * (high - own_cost))); /* what is asked for beyond the odds */
    risk->demand = odds + over;
    risk->risk = over > low ? (over - low) / (high - low) : 0.0;
    risk->proposer = risk->demand * (1.0 - risk->risk) + (odds - own_cost) * risk->risk;
    return ENT_OK;
}

typedef struct {
    double corner[4], area; /* v̄ − c̲, v̄ − c̄, v̲ − c̲, v̲ − c̄; product of the two lengths */
} difference;

static double above(double x)
{
    return x > 0.0 ? x : 0.0;
}

/* P(D >= g) and E[(D − g)⁺] */
static double chance(const difference *d, double g)
{
    double sum = 0.0;
    if (g <= d->corner[3]) return 1.0; /* to the bit: all types trade */
    for (int c = 0; c < 4; c++) {
        const double x = above(d->corner[c] - g);
        sum += (c == 0 || c == 3 ? 0.5 : -0.5) * x * x;
    }
    return sum / d->area;
}

static double excess(const difference *d, double g)
{
    double sum = 0.0;
    for (int c = 0; c < 4; c++) {
        const double x = above(d->corner[c] - g);
        sum += (c == 0 || c == 3 ? 1.0 : -1.0) * x * x * x / 6.0;
    }
    return sum / d->area;
}

static double budget(const difference *d, double g)
{
    return 2.0 * excess(d, g) + (2.0 * g - d->corner[0]) * chance(d, g);
}

ent_status ent_mediation_ceiling(const double value[2], const double cost[2], ent_ceiling *ceiling, ent_error *err)
{
    if (!(value[0] < value[1]) || !(cost[0] < cost[1]) || !isfinite(value[1] - value[0]) ||
        !isfinite(cost[1] - cost[0]))
        return ent_fail(err, ENT_BAD_INPUT,
                        "a private value lies between two different numbers; given are %g to %g and %g to %g", value[0],
                        value[1], cost[0], cost[1]);
    const difference d = {{value[1] - cost[0], value[1] - cost[1], value[0] - cost[0], value[0] - cost[1]},
                          (value[1] - value[0]) * (cost[1] - cost[0])};
    *ceiling = (ent_ceiling){.first_surplus = excess(&d, 0.0), .first_probability = chance(&d, 0.0)};
    double low = 0.0, high = 0.5 * above(d.corner[0]);
    if (budget(&d, 0.0) >= 0.0) high = 0.0; /* values and costs do not overlap: nothing stands in the way */
    for (int half = 0; half < 200 && low < high; half++) {
        const double middle = 0.5 * (low + high);
        if (middle == low || middle == high) break;
        if (budget(&d, middle) < 0.0)
            low = middle;
        else
            high = middle;
    }
    ceiling->margin = high;
    ceiling->probability = chance(&d, high);
    ceiling->surplus = excess(&d, high) + high * ceiling->probability;
    return ENT_OK;
}
