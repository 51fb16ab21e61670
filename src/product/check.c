/* check.c: what products may say, and in which order they are met: every product after those that are made of it, so
 * that what its recipes need is known. */
// SPDX-License-Identifier: MIT
#include "product/draft.h"
#include <math.h>
#include <string.h>

#define SUM_OVER 1e-9 /* shares printed to a few digits may add up to a little more than one */

static ent_status check_number(const ent_product *p, const char *what, double value, double least, double below,
                               ent_error *err)
{
    if (value >= least && value < below) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "products: the %s of %s is %g; it must be at least %g and below %g", what,
                    p->code, value, least, below);
}

/* Shares are in [0,1], sum to at most one, and to one where none is left open. */
static ent_status check_shares(const ent_product *p, const char *what, const double *share, ptrdiff_t count,
                               ent_error *err)
{
    double sum = 0.0;
    int open = 0;
    for (ptrdiff_t c = 0; share != NULL && c < count; c++) {
        if (isnan(share[c])) {
            open = 1;
            continue;
        }
        if (!(share[c] >= 0.0 && share[c] <= 1.0))
            return ent_fail(err, ENT_BAD_INPUT,
                            "products: a share of %s, %s, is %g %%; it must lie between 0 and 100 %%", p->code, what,
                            100.0 * share[c]);
        sum += share[c];
    }
    if (share == NULL || (sum <= 1.0 + SUM_OVER && (open || sum >= 1.0 - 1e-6))) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "products: the shares of %s, %s, sum to %g %%%s", p->code, what, 100.0 * sum,
                    sum > 1.0 ? "; they must not exceed 100 %" : "; with all named they must sum to 100 %");
}

static ent_status check_recipe(const ent_cut *cut, ptrdiff_t h, ent_error *err)
{
    const ent_product *p = &cut->products->item[h];
    double sum = 0.0;
    for (ptrdiff_t m = 0; m < p->inputs; m++) {
        if (p->input[m].product < 0 || p->input[m].product >= cut->P || p->input[m].product == h)
            return ent_fail(err, ENT_BAD_INPUT,
                            "products: the recipe of %s names product number %td; another product of "
                            "the same list was meant",
                            p->code, p->input[m].product);
        ENT_TRY(check_number(p, "share of an input", p->input[m].share, 0.0, 1.0, err));
        for (ptrdiff_t other = 0; other < m; other++)
            if (p->input[other].product == p->input[m].product)
                return ent_fail(err, ENT_BAD_INPUT, "products: the recipe of %s names %s twice", p->code,
                                cut->products->item[p->input[m].product].code);
        sum += p->input[m].share;
    }
    if (p->inputs > 0 && cut->products->fill != ENT_FILL_RAS)
        return ent_fail(err, ENT_BAD_INPUT,
                        "products: %s has a recipe, whose needs must be met by sales; say `fill: ras`", p->code);
    return check_number(p, "sum of inputs", sum, 0.0, 1.0, err);
}

static ent_status check_trade(const ent_cut *cut, const ent_product *p, ent_error *err)
{
    for (ptrdiff_t c = 0; p->trade_usd != NULL && c < cut->R * cut->R; c++)
        if (!isnan(p->trade_usd[c]) && !(p->trade_usd[c] >= 0.0 && isfinite(p->trade_usd[c])))
            return ent_fail(err, ENT_BAD_INPUT, "products: the observed sales of %s of %s to %s are %g; they can't be",
                            p->code, cut->old->regions.label[c / cut->R], cut->old->regions.label[c % cut->R],
                            p->trade_usd[c]);
    return ENT_OK;
}

static int is_needed(const ent_cut *cut, ptrdiff_t h)
{
    for (ptrdiff_t p = 0; p < cut->P; p++)
        for (ptrdiff_t m = 0; m < cut->products->item[p].inputs; m++)
            if (cut->products->item[p].input[m].product == h) return 1;
    return 0;
}

static ent_status check_product(const ent_cut *cut, ptrdiff_t h, ent_error *err)
{
    const ent_product *p = &cut->products->item[h];
    if (isnan(p->world_usd) && !is_needed(cut, h))
        return ent_fail(err, ENT_BAD_INPUT,
                        "products: how much the world makes of %s is not said, and no recipe needs it; say `world`",
                        p->code);
    if (!isnan(p->world_usd) && !(p->world_usd > 0.0 && isfinite(p->world_usd)))
        return ent_fail(err, ENT_BAD_INPUT, "products: the world makes %g million of %s; say an amount above 0",
                        p->world_usd, p->code);
    if (!isnan(p->trade_elasticity) && !(p->trade_elasticity > 0.0 && isfinite(p->trade_elasticity)))
        return ent_fail(err, ENT_BAD_INPUT, "products: the trade elasticity of %s is %g; it must be above 0", p->code,
                        p->trade_elasticity);
    if (!isnan(p->trade_elasticity) && cut->old->trade_elasticity == NULL)
        return ent_fail(err, ENT_BAD_INPUT,
                        "products: %s has a trade elasticity, but %s has none for its sectors; leave it out, and say "
                        "`elasticities` in the scenario",
                        p->code, cut->old->name);
    ENT_TRY(check_number(p, "capacity share", p->capacity, 0.0, 1.0, err));
    ENT_TRY(check_shares(p, "where it is made", p->made, cut->R, err));
    ENT_TRY(check_shares(p, "who uses it", p->used, cut->C, err));
    ENT_TRY(check_shares(p, "where it is used", p->taken, cut->R, err));
    if ((p->used != NULL || p->taken != NULL) && cut->products->fill != ENT_FILL_RAS)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "products: who uses %s is said, which the rule `proportional` leaves as it comes; say `fill: ras`",
            p->code);
    ENT_TRY(check_trade(cut, p, err));
    return check_recipe(cut, h, err);
}

/* What is left of a sector is called CODE-other. */
static int is_left(const ent_cut *cut, const char *code, ent_error *err)
{
    const size_t length = strlen(code), ending = strlen("-other");
    if (length <= ending || strcmp(code + length - ending, "-other") != 0) return 0;
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        const char *sector = cut->old->sectors.code[cut->products->item[h].sector];
        if (strlen(sector) != length - ending || strncmp(sector, code, length - ending) != 0) continue;
        ent_fail(err, ENT_BAD_INPUT, "products: %s is what is left of %s without its products; use another code", code,
                 sector);
        return 1;
    }
    return 0;
}

static ent_status check_codes(const ent_cut *cut, ent_error *err)
{
    const ent_products *all = cut->products;
    for (ptrdiff_t j = 0; j < cut->J; j++)
        if (is_left(cut, cut->old->sectors.code[j], err)) return ENT_BAD_INPUT;
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        const char *code = all->item[h].code;
        if (is_left(cut, code, err)) return ENT_BAD_INPUT;
        for (ptrdiff_t other = 0; other < h; other++)
            if (strcmp(all->item[other].code, code) == 0)
                return ent_fail(err, ENT_BAD_INPUT, "products: %s is there twice", code);
        if (ent_names_find(&cut->old->sectors, code) >= 0)
            return ent_fail(err, ENT_BAD_INPUT, "products: %s is a sector of %s already; give the product another code",
                            code, cut->old->name);
        if (ent_names_find(&cut->old->sector_groups.names, code) >= 0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "products: %s is a group of sectors of %s; give the product another code", code,
                            cut->old->name);
    }
    return ENT_OK;
}

/* Is every product that is made of h in the list already? */
static int is_free(const ent_cut *cut, ptrdiff_t h, const unsigned char *listed)
{
    for (ptrdiff_t p = 0; p < cut->P; p++)
        for (ptrdiff_t m = 0; m < cut->products->item[p].inputs; m++)
            if (cut->products->item[p].input[m].product == h && !listed[p]) return 0;
    return 1;
}

static ent_status find_order(ent_cut *cut, ent_error *err)
{
    unsigned char *listed = ent_new0(cut->scratch, unsigned char, cut->P);
    cut->order = ent_new(cut->scratch, ptrdiff_t, cut->P);
    if (listed == NULL || cut->order == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td products", cut->P);
    for (ptrdiff_t found = 0; found < cut->P; found++) {
        ptrdiff_t h = 0;
        while (h < cut->P && (listed[h] || !is_free(cut, h, listed))) h++;
        if (h == cut->P) {
            for (h = 0; listed[h]; h++) continue;
            return ent_fail(err, ENT_BAD_INPUT,
                            "products: the recipes go round in a circle in which %s needs itself; take "
                            "one of its inputs out",
                            cut->products->item[h].code);
        }
        listed[h] = 1;
        cut->order[found] = h;
    }
    return ENT_OK;
}

ent_status ent_cut_check(ent_cut *cut, ent_error *err)
{
    if (cut->P == 0) return ent_fail(err, ENT_BAD_INPUT, "products: the list is empty; name at least one");
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        const ent_product *p = &cut->products->item[h];
        if (p->sector < 0 || p->sector >= cut->J)
            return ent_fail(err, ENT_BAD_INPUT, "products: %s is cut out of sector number %td; %s has %td", p->code,
                            p->sector, cut->old->name, cut->J);
    }
    ENT_TRY(check_codes(cut, err));
    for (ptrdiff_t h = 0; h < cut->P; h++) ENT_TRY(check_product(cut, h, err));
    return find_order(cut, err);
}
