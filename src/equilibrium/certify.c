/* certify.c: see certify.h.
 *
 *   excess   largest e^|G(z) − z| − 1 over wages (a factor's income against ŵ L̂), sales, and households' budgets
 *   price    largest |G(z) − z| over producers' prices, against E3, E4
 *   complementarity   largest |min(ρ, slack)| over the quotas, slack = 1 − quantity/ceiling (E12)
 *   walras   |Σ_n I_n/Σ_n spending of n − 1|: nothing is lost between E6, E8 and E10 */
// SPDX-License-Identifier: MIT
#include "equilibrium/certify.h"
#include <math.h>

/* |min(ρ, slack)| of a ceiling, of a floor the same with both signs turned; a price is what it shall be. */
static double complementarity(const ent_pass *p)
{
    const ent_quotas *s = &p->quotas;
    double worst = 0.0;
    for (ptrdiff_t q = 0; q < s->count; q++) {
        const double sign = s->quota[q].kind == ENT_QUOTA_FLOOR ? -1.0 : 1.0, price = expm1(s->log_factor[q]);
        const double quantity = s->log_quantity[q] - (s->quota[q].of_value ? p->shift : 0.0);
        const double slack = -expm1(quantity - s->log_limit[q]);
        const double gap = s->quota[q].kind == ENT_QUOTA_PRICE ? s->log_factor[q] - s->log_limit[q]
                           : s->inert[q]                       ? price
                                                               : fmin(sign * price, sign * slack);
        worst = fmax(worst, fabs(gap));
    }
    return worst;
}

void ent_certify(const ent_pass *p, const double *z, const double *image, double tolerance, ent_certificate *c)
{
    const ent_network *net = p->net;
    double worst = -1.0, income = 0.0, spending = 0.0;
    c->excess = c->price = 0.0;
    c->tolerance = tolerance;
    c->worst_node = -1;
    for (ptrdiff_t s = 0; s < ent_pass_core(p); s++) {
        const int is_price = s < p->prices;
        const int32_t k = is_price ? p->price_node[s] : p->sales_node[s - p->prices];
        const double gap = fabs(image[s] - z[s]);
        if (is_price && net->kind[k] == ENT_NODE_PRODUCER)
            c->price = fmax(c->price, gap);
        else
            c->excess = fmax(c->excess, expm1(gap));
        if (gap > worst) {
            worst = gap;
            c->worst_node = k;
        }
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        income += p->income[n];
        spending += p->spent[net->household[n]];
    }
    c->walras = fabs(income / spending - 1.0);
    c->complementarity = complementarity(p);
    c->converged =
        c->excess <= tolerance && c->price <= tolerance && c->walras <= tolerance && c->complementarity <= tolerance;
}

double ent_certificate_worst(const ent_certificate *c)
{
    return fmax(fmax(c->excess, c->price), fmax(c->walras, c->complementarity));
}
