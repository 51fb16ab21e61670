/* quota.c: what is asked of a quota before anybody solves with it (E12). */
// SPDX-License-Identifier: MIT
#include "entente/scenario.h"
#include <math.h>

const char *ent_rent_words(ent_rent rent)
{
    switch (rent) {
    case ENT_RENT_EXPORTER:
        return "exporter";
    case ENT_RENT_IMPORTER:
        return "importer";
    case ENT_RENT_SHARED:
        return "shared";
    case ENT_RENT_WASTED:
        return "wasted";
    }
    return "unknown";
}

static const char *name_of(const ent_quota *quota, ptrdiff_t place, ent_arena *scratch)
{
    const char *name = quota->name != NULL ? quota->name : ent_string_format(scratch, "quota %td", place + 1);
    return name != NULL ? name : "a quota";
}

static ent_status check_numbers(const ent_quota *quota, const char *name, ent_error *err)
{
    const int price = quota->kind == ENT_QUOTA_PRICE;
    if (price && !(quota->limit > -1.0 && isfinite(quota->limit)))
        return ent_fail(err, ENT_BAD_INPUT, "%s: a licence price of %g %% leaves no price; it must be above -100 %%",
                        name, 100.0 * quota->limit);
    if (!price && quota->limit == 0.0)
        return ent_fail(err, ENT_BAD_INPUT, "%s: a limit of 0 %% is a ban; remove the lanes (`banned`) instead", name);
    if (!price && !(quota->limit > 0.0 && isfinite(quota->limit)))
        return ent_fail(err, ENT_BAD_INPUT, "%s: the limit is %g %% of the benchmark; it must be above 0", name,
                        100.0 * quota->limit);
    if (quota->rent == ENT_RENT_SHARED && !(quota->to_exporter >= 0.0 && quota->to_exporter <= 1.0))
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: the exporter's share of the rent is %g %%; it lies between 0 and 100 %%", name,
                        100.0 * quota->to_exporter);
    if (quota->kind == ENT_QUOTA_FLOOR && quota->rent == ENT_RENT_WASTED)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: a guarantee is kept by a subsidy, and somebody must pay it: the exporter or the importer",
                        name);
    return ENT_OK;
}

/* Bits of lanes seen would do; a policy's lists are short, and mark is cleared as it was set. */
static ent_status check_lanes(const ent_network *net, const ent_quota *quota, const char *name, unsigned char *mark,
                              ent_error *err)
{
    double trade = 0.0;
    for (ptrdiff_t c = 0; c < quota->lanes; c++) {
        const int32_t lane = quota->lane[c];
        if (lane < 0 || lane >= net->borders)
            return ent_fail(err, ENT_BAD_INPUT, "%s: lane %d is none of the %td borders", name, (int)lane,
                            net->borders);
        if (mark[lane]) return ent_fail(err, ENT_BAD_INPUT, "%s: lane %d stands in it twice", name, (int)lane);
        mark[lane] = 1;
        trade += net->lane_value_usd[lane];
    }
    for (ptrdiff_t c = 0; c < quota->lanes; c++) mark[quota->lane[c]] = 0;
    if (trade > 0.0) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%s: there is no trade in the benchmark that it could limit", name);
}

ent_status ent_quota_check(const ent_network *net, const ent_quota *quota, ptrdiff_t quotas, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    if (quotas == 0) return ENT_OK;
    unsigned char *mark = ent_new0(&scratch, unsigned char, net->borders);
    if (mark == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to check %td quotas", quotas);
    for (ptrdiff_t q = 0; q < quotas; q++) {
        const char *name = name_of(quota + q, q, &scratch);
        ENT_TRY(check_numbers(quota + q, name, err));
        ENT_TRY(check_lanes(net, quota + q, name, mark, err));
    }
    return ENT_OK;
}
