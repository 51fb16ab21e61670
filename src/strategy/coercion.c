/* coercion.c: governments in the shadow of power (Cooley 2020).
 *
 * What it costs j to attack i is known to j alone; its inverse is drawn from a Frechet law, so that a gain of x is not
 * worth the cost with probability
 *
 *   exp(−h),   h = (1/C) (M_j/M_i)^g W^(−a_1) Y_j^(a_2) x^η,    x = V_j(i freed) − V_j > 0, else h = 0
 *
 * M military capability, W distance, Y the size of the attacker's economy. Costs of different attackers have nothing to
 * do with one another, so that i has peace with H = exp(−Σ h). It wants H V_i + (1 − H) V_i(attacked), and who attacks,
 * where somebody does, is j with the weight of h_j (of those who would, the first to move, at rates h). */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>

static ent_status check_law(const ent_coercion *law, ent_error *err)
{
    if (!(law->scale > 0.0) || !isfinite(law->scale) || !(law->gain > 0.0) || !isfinite(law->gain) ||
        !isfinite(law->capability) || !isfinite(law->distance) || !isfinite(law->size))
        return ent_fail(err, ENT_BAD_INPUT,
                        "the law of war costs needs a scale and an exponent of gains above 0; given are %g and %g, and "
                        "exponents %g, %g and %g of capability, distance and size",
                        law->scale, law->gain, law->capability, law->distance, law->size);
    return ENT_OK;
}

static ent_status check_attacker(const ent_attacker *a, ptrdiff_t j, ent_error *err)
{
    if (a->capability > 0.0 && a->distance > 0.0 && a->size > 0.0 && isfinite(a->capability) && isfinite(a->distance) &&
        isfinite(a->size) && isfinite(a->gain))
        return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT,
                    "attacker %td has capability %g, distance %g and size %g, which must be above 0, and a gain of %g, "
                    "which must be a number",
                    j + 1, a->capability, a->distance, a->size, a->gain);
}

/* In logs, so that large exponents of small numbers neither vanish nor overflow on the way. */
static double hazard_of(const ent_coercion *law, const ent_attacker *a)
{
    if (!(a->gain > 0.0)) return 0.0;
    return exp(law->capability * log(a->capability) - law->distance * log(a->distance) + law->size * log(a->size) +
               law->gain * log(a->gain) - log(law->scale));
}

ent_status ent_coercion_solve(const ent_coercion *law, ptrdiff_t attackers, const ent_attacker *attacker, double value,
                              ent_coerced *result, ent_error *err)
{
    double total = 0.0, attacked = 0.0;
    ENT_TRY(check_law(law, err));
    for (ptrdiff_t j = 0; j < attackers; j++) {
        ENT_TRY(check_attacker(attacker + j, j, err));
        result->hazard[j] = hazard_of(law, attacker + j);
        total += result->hazard[j];
    }
    result->peace = exp(-total);
    result->attacked = value;
    for (ptrdiff_t j = 0; j < attackers && total > 0.0; j++) {
        const double part = isfinite(total) ? result->hazard[j] / total : isinf(result->hazard[j]);
        result->by[j] = -expm1(-total) * part;
        attacked += part * attacker[j].left;
    }
    for (ptrdiff_t j = 0; j < attackers && !(total > 0.0); j++) result->by[j] = 0.0;
    if (total > 0.0) result->attacked = attacked;
    result->objective = result->peace * value - expm1(-total) * result->attacked;
    return ENT_OK;
}
