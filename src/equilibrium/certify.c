/* certify.c: see certify.h.
 *
 *   excess   largest e^|G(z) − z| − 1 over wages (a factor's income against ŵ L̂), sales, and households' budgets
 *   price    largest |G(z) − z| over producers' prices, against E3, E4
 *   walras   |Σ_n I_n/Σ_n spending of n − 1|: nothing is lost between E6, E8 and E10 */
// SPDX-License-Identifier: MIT
#include "equilibrium/certify.h"
#include <math.h>

void ent_certify(const ent_pass *p, const double *z, const double *image, double tolerance, ent_certificate *c)
{
    const ent_network *net = p->net;
    double worst = -1.0, income = 0.0, spending = 0.0;
    c->excess = c->price = 0.0;
    c->tolerance = tolerance;
    c->worst_node = -1;
    for (ptrdiff_t s = 0; s < p->states; s++) {
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
    c->converged = c->excess <= tolerance && c->price <= tolerance && c->walras <= tolerance;
}

double ent_certificate_worst(const ent_certificate *c)
{
    return fmax(c->excess, fmax(c->price, c->walras));
}
