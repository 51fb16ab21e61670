/* columns.c: what a product is made of.
 *
 *   s      part of the sector's output in n that is the product
 *   q      what the product pays for its recipe: its part of what the sector buys of those products
 *   M, Q   materials of the whole sector in n; what all recipes in it take of them
 *   F                  what the sector buys of products beside recipes
 *   o = s M − q        the product's other materials, in the sector's proportions: o/(M − Q) of each cell; who has a
 *                      recipe takes no other products than it names: o/(M − Q − F) of the cells that are none
 *
 *   e = max(0, q − s M)   where a recipe is more than all the sector's materials, value added gives way
 *
 * Value added and taxes are else the sector's, by s; so the product's column adds up to its sales, and the columns of
 * the sector's products and its rest to the sector's. A product without a recipe has the sector's technology. */
// SPDX-License-Identifier: MIT
#include "product/draft.h"

static double materials_of(const ent_cut *cut, ptrdiff_t n, ptrdiff_t k)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < cut->R; i++)
        for (ptrdiff_t j = 0; j < cut->J; j++) sum += ent_cut_cell(cut, i, j, n, k);
    return sum;
}

static double recipe_of(const ent_cut *cut, ptrdiff_t p, ptrdiff_t n)
{
    const ptrdiff_t k = cut->products->item[p].sector;
    double paid = 0.0;
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        const double part = ent_cut_pair(cut, cut->part, h, p)[n];
        for (ptrdiff_t i = 0; i < cut->R && part > 0.0; i++) paid += part * ent_cut_flow(cut, h, i, n)[k];
    }
    return paid;
}

static double value_added_of(const ent_cut *cut, ptrdiff_t n, ptrdiff_t k)
{
    double sum = 0.0;
    for (ptrdiff_t g = 0; g < cut->G; g++) sum += cut->old->va[(n * cut->J + k) * cut->G + g];
    return sum;
}

static double free_products_of(const ent_cut *cut, ptrdiff_t n, ptrdiff_t k)
{
    double sum = 0.0;
    for (ptrdiff_t h = 0; h < cut->P; h++)
        for (ptrdiff_t i = 0; i < cut->R; i++) sum += ent_cut_free(cut, h, n, k) * ent_cut_flow(cut, h, i, n)[k];
    return sum;
}

static ent_status find_column(const ent_cut *cut, ptrdiff_t p, ptrdiff_t n, double recipes, ent_error *err)
{
    const ptrdiff_t k = cut->products->item[p].sector, at = p * cut->R + n;
    const double x = cut->old->x[n * cut->J + k], s = x > 0.0 ? cut->made[at] / x : 0.0;
    const double materials = materials_of(cut, n, k), other = s * materials - cut->recipe_usd[at];
    const double earned = s * value_added_of(cut, n, k);
    cut->kept[at] = other < 0.0 && earned > 0.0 ? 1.0 + other / earned : 1.0;
    if (other < 0.0 && !(cut->kept[at] > 0.05))
        return ent_fail(
            err, ENT_BAD_INPUT,
            "products: in %s %s pays %.4g %% of its sales for its recipe; %s pays %.4g %% for materials and "
            "has %.4g %% of value added, which leaves too little to make it; put less into the recipe",
            cut->old->regions.label[n], cut->products->item[p].code, 100.0 * cut->recipe_usd[at] / cut->made[at],
            cut->old->sectors.label[k], 100.0 * materials / x, 100.0 * earned / cut->made[at]);
    const double shared = materials - recipes - (cut->products->item[p].inputs > 0 ? free_products_of(cut, n, k) : 0.0);
    cut->column[at] = other > 0.0 && shared > 0.0 ? other / shared : 0.0;
    return ENT_OK;
}

/* Of the sector's materials, something stays for what is left of it. */
static ent_status something_is_left(const ent_cut *cut, ptrdiff_t n, ptrdiff_t k, ent_error *err)
{
    double taken = 0.0;
    for (ptrdiff_t p = 0; p < cut->P; p++)
        if (cut->products->item[p].sector == k) taken += cut->column[p * cut->R + n];
    if (taken <= 1.0) return ENT_OK;
    return ent_fail(
        err, ENT_BAD_INPUT,
        "products: in %s the products of %s and their recipes take more than all its materials; make less of "
        "them, or put less into the recipes",
        cut->old->regions.label[n], cut->old->sectors.label[k]);
}

ent_status ent_cut_columns(ent_cut *cut, ent_error *err)
{
    cut->recipe_usd = ent_new0(cut->scratch, double, cut->P * cut->R);
    cut->column = ent_new0(cut->scratch, double, cut->P * cut->R);
    cut->kept = ent_new0(cut->scratch, double, cut->P * cut->R);
    if (cut->recipe_usd == NULL || cut->column == NULL || cut->kept == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the recipes of %td products", cut->P);
    for (ptrdiff_t p = 0; p < cut->P; p++)
        for (ptrdiff_t n = 0; n < cut->R; n++) cut->recipe_usd[p * cut->R + n] = recipe_of(cut, p, n);
    for (ptrdiff_t p = 0; p < cut->P; p++)
        for (ptrdiff_t n = 0; n < cut->R; n++) {
            double recipes = 0.0;
            for (ptrdiff_t h = 0; h < cut->P; h++)
                if (cut->products->item[h].sector == cut->products->item[p].sector)
                    recipes += cut->recipe_usd[h * cut->R + n];
            ENT_TRY(find_column(cut, p, n, recipes, err));
        }
    for (ptrdiff_t k = 0; k < cut->J; k++)
        for (ptrdiff_t n = 0; n < cut->R; n++) ENT_TRY(something_is_left(cut, n, k, err));
    return ENT_OK;
}
