/* blueprint_check.c: what a blueprint may say, and what follows where it says nothing. */
// SPDX-License-Identifier: MIT
#include "network/blueprint.h"
#include <math.h>

double ent_blueprint_home_elasticity(const ent_blueprint *blueprint, ptrdiff_t sector)
{
    const double given = blueprint->home_elasticity[sector];
    return isnan(given) ? 0.5 * (1.0 + blueprint->trade_elasticity[sector]) : given; /* GTAP's rule of two */
}

double ent_blueprint_product_elasticity(const ent_blueprint *blueprint, ptrdiff_t first)
{
    const double given = blueprint->product_elasticity[first];
    return isnan(given) ? 1.0 + blueprint->trade_elasticity[first] : given; /* cutting a sector up changes nothing */
}

double ent_blueprint_scale(const ent_blueprint *blueprint, ptrdiff_t sector)
{
    if (blueprint->market == ENT_MARKET_PERFECT) return 0.0;
    const double given = blueprint->scale[sector];
    return isnan(given) ? 1.0 / blueprint->trade_elasticity[sector] : given;
}

/* (E17) φ_n = (1+θ')/((1−ν_n) θ') − 1/θ', written so that ν = 0 gives 1 to the bit. */
double ent_blueprint_duty_power(const ent_blueprint *blueprint, ptrdiff_t region)
{
    const double nu = blueprint->entry_share[region], shape = blueprint->pareto_shape;
    if (blueprint->market != ENT_MARKET_MELITZ || nu == 0.0) return 1.0;
    return 1.0 + nu * (1.0 + shape) / ((1.0 - nu) * shape);
}

static ent_status check_list(const ent_table *table, const char *what, const double *list, int positive, int may_be_nan,
                             ent_error *err)
{
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        if (isnan(list[j]) && may_be_nan) continue;
        if (isfinite(list[j]) && list[j] >= 0.0 && !(positive && list[j] == 0.0)) continue;
        if (isnan(list[j]))
            return ent_fail(
                err, ENT_BAD_INPUT,
                "blueprint: no %s for sector %s: the table %s brings none; give `elasticities:` in the scenario", what,
                table->sectors.code[j], table->name);
        return ent_fail(err, ENT_BAD_INPUT, "blueprint: the %s of sector %s is %g; it must be finite and %s 0", what,
                        table->sectors.code[j], list[j], positive ? "greater than" : "at least");
    }
    return ENT_OK;
}

/* Products of one bundle are bought together: with one elasticity. */
static ent_status check_bundles(const ent_table *table, const ent_blueprint *b, ent_error *err)
{
    ENT_TRY(check_list(table, "product elasticity", b->product_elasticity, 0, 1, err));
    for (ptrdiff_t j = 0; table->bundle != NULL && j < table->sectors.count; j++) {
        const ptrdiff_t first = (ptrdiff_t)table->bundle[j];
        const double here = b->product_elasticity[j], there = b->product_elasticity[first];
        if (here == there || (isnan(here) && isnan(there))) continue;
        return ent_fail(
            err, ENT_BAD_INPUT,
            "blueprint: the product elasticity of %s is %g and that of %s is %g, but they are bought together; "
            "give one for both",
            table->sectors.code[j], here, table->sectors.code[first], there);
    }
    return ENT_OK;
}

static ent_status check_melitz(const ent_table *table, const ent_blueprint *b, ent_error *err)
{
    int any = 0;
    for (ptrdiff_t n = 0; n < table->regions.count; n++) {
        if (!(b->entry_share[n] >= 0.0 && b->entry_share[n] < 1.0))
            return ent_fail(err, ENT_BAD_INPUT, "blueprint: entry_share of %s is %g; it must be at least 0 and below 1",
                            table->regions.code[n], b->entry_share[n]);
        any |= b->entry_share[n] > 0.0;
    }
    if (any && b->market != ENT_MARKET_MELITZ)
        return ent_fail(err, ENT_BAD_INPUT,
                        "blueprint: entry_share belongs to `market: melitz`; say so, or leave it out");
    if (b->market == ENT_MARKET_MELITZ && any && !(isfinite(b->pareto_shape) && b->pareto_shape > 0.0))
        return ent_fail(
            err, ENT_BAD_INPUT,
            "blueprint: `market: melitz` with entry_share needs pareto_shape (of firms' productivity, > 0)");
    if (b->market == ENT_MARKET_MELITZ && any && isfinite(b->mobility[0]))
        return ent_fail(err, ENT_BAD_INPUT,
                        "blueprint: market entry (melitz) is paid in mobile labour; leave out mobility");
    return ENT_OK;
}

ent_status ent_blueprint_check(const ent_table *table, const ent_blueprint *b, ent_error *err)
{
    ENT_TRY(check_list(table, "trade elasticity", b->trade_elasticity, 1, 0, err));
    ENT_TRY(check_list(table, "home elasticity", b->home_elasticity, 0, 1, err));
    ENT_TRY(check_list(table, "output elasticity", b->output_elasticity, 0, 0, err));
    ENT_TRY(check_list(table, "factor elasticity", b->factor_elasticity, 0, 0, err));
    ENT_TRY(check_list(table, "material elasticity", b->material_elasticity, 0, 0, err));
    ENT_TRY(check_list(table, "scale elasticity", b->scale, 0, 1, err));
    ENT_TRY(check_bundles(table, b, err));
    if (!(isfinite(b->consumption_elasticity) && b->consumption_elasticity >= 0.0))
        return ent_fail(err, ENT_BAD_INPUT, "blueprint: consumption_elasticity is %g; it must be finite and at least 0",
                        b->consumption_elasticity);
    if (!(isfinite(b->labour_supply) && b->labour_supply >= 0.0))
        return ent_fail(err, ENT_BAD_INPUT, "blueprint: labour_supply is %g; it must be finite and at least 0",
                        b->labour_supply);
    for (ptrdiff_t g = 0; g < table->factors.count; g++)
        if (!(b->mobility[g] >= 1.0))
            return ent_fail(err, ENT_BAD_INPUT, "blueprint: mobility of %s is %g; 1 is specific, larger is more mobile",
                            table->factors.code[g], b->mobility[g]);
    if (b->labour_supply > 0.0 && isfinite(b->mobility[0]))
        return ent_fail(err, ENT_BAD_INPUT, "blueprint: labour_supply needs mobile labour; leave out mobility of %s",
                        table->factors.code[0]);
    return check_melitz(table, b, err);
}
