/* offers.c: alternating offers over a pie of 1, with inside and outside options.
 *
 * x is player 0's share in his own offer, y in the other's. A responder takes what is worth no less to him than walking
 * away or waiting for his own turn, with b_i a period in the meantime:
 *
 *   1 − x = max(o_1, (1 − δ_1) b_1 + δ_1 (1 − y))        y = max(o_0, (1 − δ_0) b_0 + δ_0 x)
 *
 * Each side of each max is a straight line, so four cases cover all; the map contracts by δ_0 δ_1 < 1, so one and only
 * one of them (up to ties) is consistent with itself. With b = o = 0, x = (1 − δ_1)/(1 − δ_0 δ_1). */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

static ent_status check(const ent_offers *o, ent_error *err)
{
    for (int i = 0; i < 2; i++) {
        if (!(o->discount[i] >= 0.0) || !(o->discount[i] <= 1.0))
            return ent_fail(err, ENT_BAD_INPUT, "a discount factor of offers lies between 0 and 1; player %d has %g",
                            i + 1, o->discount[i]);
        if (!(o->inside[i] >= 0.0) || !(o->outside[i] >= 0.0) || !isfinite(o->inside[i]) || !isfinite(o->outside[i]))
            return ent_fail(err, ENT_BAD_INPUT,
                            "inside and outside options are shares of the pie, not negative; player %d has %g and %g",
                            i + 1, o->inside[i], o->outside[i]);
    }
    if (o->discount[0] == 1.0 && o->discount[1] == 1.0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "where nobody minds waiting, offers have no one outcome: give one of the "
                        "players a discount factor below 1");
    return ENT_OK;
}

static double waiting(const ent_offers *o, int i, double own_offer)
{
    return (1.0 - o->discount[i]) * o->inside[i] + o->discount[i] * own_offer;
}

/* x where player 1 is held to her outside option (walks) or not, and player 0 likewise. */
static double offer_of_first(const ent_offers *o, int walks0, int walks1)
{
    const double *d = o->discount;
    if (walks1) return 1.0 - o->outside[1];
    if (walks0) return 1.0 - waiting(o, 1, 1.0 - o->outside[0]);
    const double kept0 = (1.0 - d[0]) * o->inside[0], kept1 = (1.0 - d[1]) * o->inside[1];
    return (1.0 - kept1 - d[1] * (1.0 - kept0)) / (1.0 - d[0] * d[1]);
}

ent_status ent_offers_solve(const ent_offers *o, ent_offers_result *result, ent_error *err)
{
    ENT_TRY(check(o, err));
    *result = (ent_offers_result){.first = NAN, .second = NAN};
    if (o->inside[0] + o->inside[1] > 1.0 || o->outside[0] + o->outside[1] > 1.0) return ENT_OK;
    double least = INFINITY;
    for (int walks = 0; walks < 4; walks++) {
        const double x = offer_of_first(o, walks & 1, walks >> 1);
        const double y = fmax(o->outside[0], waiting(o, 0, x));
        const double miss = fabs(1.0 - x - fmax(o->outside[1], waiting(o, 1, 1.0 - y)));
        if (!(miss < least)) continue;
        least = miss;
        result->first = x;
        result->second = y;
    }
    result->agreed = 1;
    result->outside_binds[0] = o->outside[0] > waiting(o, 0, result->first);
    result->outside_binds[1] = o->outside[1] > waiting(o, 1, 1.0 - result->second);
    return ENT_OK;
}

double ent_offers_limit(const double rate[2], const double inside[2])
{
    return inside[0] + (1.0 - inside[0] - inside[1]) * rate[1] / (rate[0] + rate[1]);
}
