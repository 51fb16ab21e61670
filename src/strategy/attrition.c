/* attrition.c: two who wait for the other to give in.
 *
 * Until one gives in, i has w_i a unit of time; then l_i if it was he, h_i if it was the other, for ever. To be
 * indifferent between giving in now and a moment later he must expect the other to give in at the rate
 *
 *   λ_j = r_i (l_i − w_i)/(h_i − l_i)
 *
 * With probability z_i he cannot give in. As the war goes on the belief that i is such a one grows at λ_i, and is 1 at
 * T_i = −ln z_i/λ_i. Both beliefs must arrive at once, at T_0 = min T: who would come later gives in at time 0 with the
 * mass m_i = 1 − z_i exp(λ_i T_0). Until T_0 the war lasts with
 *
 *   S(t) = (1 − m_0)(1 − m_1) exp(−(λ_0 + λ_1) t),   and for ever with S(T_0) = z_0 z_1
 *
 * Without priors T_0 is infinite and there are no masses: the stationary war (which is not the only equilibrium: that
 * one of them gives in at once, whoever it is, is another). */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

static ent_status check(const ent_attrition *w, ent_error *err)
{
    for (int i = 0; i < 2; i++) {
        if (!(w->war[i] < w->yield[i]) || !(w->yield[i] < w->win[i]) || !isfinite(w->war[i]) || !isfinite(w->win[i]))
            return ent_fail(err, ENT_BAD_INPUT,
                            "a war of attrition needs war < yielding < winning for each; player %d has %g, %g and %g",
                            i + 1, w->war[i], w->yield[i], w->win[i]);
        if (!(w->rate[i] > 0.0) || !isfinite(w->rate[i]))
            return ent_fail(err, ENT_BAD_INPUT, "the discount rate of player %d is %g; it must be above 0", i + 1,
                            w->rate[i]);
        if (!(w->prior[i] >= 0.0) || !(w->prior[i] < 1.0))
            return ent_fail(err, ENT_BAD_INPUT,
                            "the probability that player %d cannot give in is %g; it must be at least 0 and below 1",
                            i + 1, w->prior[i]);
    }
    return ENT_OK;
}

/* ∫ t Λ S dt over [0, T]: what delay costs, before it is divided by the probability of an agreement. */
static double mean_date(double still, double total, double end)
{
    if (!isfinite(end)) return still / total;
    const double gone = -expm1(-total * end);
    return still * (gone / total - end * (1.0 - gone));
}

/* The date by which the war is over with probability ½. */
static double median_date(const ent_attrition_result *r, double still)
{
    const double total = r->hazard[0] + r->hazard[1];
    if (still <= 0.5) return 0.0;
    const double date = log(2.0 * still) / total;
    return date <= r->end ? date : INFINITY;
}

ent_status ent_attrition_solve(const ent_attrition *w, ent_attrition_result *r, ent_error *err)
{
    ENT_TRY(check(w, err));
    *r = (ent_attrition_result){.never = w->prior[0] * w->prior[1]};
    for (int j = 0; j < 2; j++) {
        const int i = 1 - j;
        r->hazard[j] = w->rate[i] * (w->yield[i] - w->war[i]) / (w->win[i] - w->yield[i]);
        r->exhausted[j] = w->prior[j] > 0.0 ? -log(w->prior[j]) / r->hazard[j] : INFINITY;
    }
    r->end = fmin(r->exhausted[0], r->exhausted[1]);
    for (int i = 0; i < 2; i++) {
        const int later = r->exhausted[i] > r->end; /* no prior while the other has one: he gives in for sure */
        r->at_once[i] = later ? 1.0 - w->prior[i] * exp(r->hazard[i] * r->end) : 0.0;
    }
    const double still = (1.0 - r->at_once[0]) * (1.0 - r->at_once[1]), total = r->hazard[0] + r->hazard[1];
    const double gone = isfinite(r->end) ? -expm1(-total * r->end) : 1.0;
    for (int i = 0; i < 2; i++) {
        r->payoff[i] = w->win[i] * r->at_once[1 - i] + w->yield[i] * (1.0 - r->at_once[1 - i]);
        r->gives_in[i] = r->at_once[i] + still * gone * r->hazard[i] / total;
    }
    r->expected_date = mean_date(still, total, r->end) / (1.0 - r->never);
    r->median_date = median_date(r, still);
    return ENT_OK;
}

ent_attrition ent_attrition_demands(const double demand[2], const double rate[2], const double prior[2])
{
    ent_attrition w = {.war = {0.0, 0.0}};
    for (int i = 0; i < 2; i++) {
        w.yield[i] = 1.0 - demand[1 - i];
        w.win[i] = demand[i];
        w.rate[i] = rate[i];
        w.prior[i] = prior[i];
    }
    return w;
}

double ent_attrition_over_by(const ent_attrition_result *r, double date)
{
    const double still = (1.0 - r->at_once[0]) * (1.0 - r->at_once[1]);
    if (!(date >= 0.0)) return 0.0;
    return 1.0 - still * exp(-(r->hazard[0] + r->hazard[1]) * fmin(date, r->end));
}
