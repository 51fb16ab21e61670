/* licences.c: the licences of an equilibrium, lane by lane. */
// SPDX-License-Identifier: MIT
#include "entente/equilibrium.h"

static double *ones(ent_arena *arena, ptrdiff_t count)
{
    double *list = ent_new(arena, double, count);
    for (ptrdiff_t c = 0; c < count && list != NULL; c++) list[c] = 1.0;
    return list;
}

ent_status ent_licences_by_lane(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_licences *licences, ent_error *err)
{
    *licences = (ent_licences){.on_export = ones(arena, net->borders),
                               .on_import = ones(arena, net->borders),
                               .wasted = ones(arena, net->borders)};
    if (licences->on_export == NULL || licences->on_import == NULL || licences->wasted == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the licences of %td borders", net->borders);
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        const ent_quota *quota = policy->quota + q;
        double *side = quota->rent == ENT_RENT_IMPORTER ? licences->on_import
                       : quota->rent == ENT_RENT_WASTED ? licences->wasted
                                                        : licences->on_export;
        for (ptrdiff_t c = 0; c < quota->lanes; c++) side[quota->lane[c]] *= 1.0 + eq->licence_price[q];
    }
    return ENT_OK;
}
