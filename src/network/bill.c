/* bill.c: the bill of every user at buyer prices, from the world table.
 *
 *   B[i,j,n,c]  border value of user c's purchases (z or f)         V = B (1 + t[i,n,j])
 *   S[i,j]      what the producer keeps: Σ (1 − ν_n) B              (E7; ν = 0 but for market entry, E17)
 *   factors     va less the duties that the accounts book in it (ENT_DUTIES_IN_VALUE_ADDED) and less market
 *               entry (which goes to the labour of the markets), in the proportions of the table; a shortfall becomes
 *               a production subsidy and is noted. */
// SPDX-License-Identifier: MIT
#include "network/draft.h"
#include <math.h>

static ent_status room(ent_draft *d, ent_error *err)
{
    ent_arena *arena = d->scratch;
    const ptrdiff_t cells = d->R * d->J;
    d->use = ent_new0(arena, double, cells * d->C);
    d->spend = ent_new0(arena, double, cells * d->Q);
    d->imported = ent_new0(arena, double, cells * d->Q);
    d->border = ent_new0(arena, double, cells * d->R);
    d->duties_paid = ent_new0(arena, double, d->R * d->C);
    d->sales = ent_new0(arena, double, cells);
    d->factor_pay = ent_new0(arena, double, cells * d->G);
    d->final_spend = ent_new0(arena, double, d->R);
    if (d->use == NULL || d->spend == NULL || d->imported == NULL || d->border == NULL || d->duties_paid == NULL ||
        d->sales == NULL || d->factor_pay == NULL || d->final_spend == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the bills of %td regions and %td sectors", d->R, d->J);
    return ENT_OK;
}

/* A by-product (T3) stays where the user is Cobb–Douglas and shares its sourcing with others: a negative exponent. */
static int may_be_negative(const ent_draft *d, ptrdiff_t c)
{
    return c < d->J && d->Q < d->C && d->blueprint->material_elasticity[c] == 1.0;
}

static ent_status negative_sale(const ent_draft *d, ptrdiff_t i, ptrdiff_t j, ptrdiff_t n, ptrdiff_t c, double b,
                                ent_error *err)
{
    const ent_table *t = d->table;
    return ent_fail(
        err, ENT_BAD_INPUT,
        "%s: sales of %s in %s to %s (%s) are %g; clean negative stock changes (see --stocks), and let negative "
        "inputs be Cobb–Douglas with common sourcing",
        t->name, t->sectors.label[j], t->regions.label[i], t->regions.label[n],
        c < d->J ? t->sectors.code[c] : t->uses.code[c - d->J], b);
}

/* One read of the table: spending by buyer, border flows, duties. */
static ent_status add_up(ent_draft *d, ent_error *err)
{
    for (ptrdiff_t n = 0; n < d->R; n++)
        for (ptrdiff_t j = 0; j < d->J; j++)
            for (ptrdiff_t i = 0; i < d->R; i++) {
                const double t = ent_draft_duty(d, i, j, n);
                double *use = d->use + (n * d->J + j) * d->C, *duties = d->duties_paid + n * d->C;
                double border = 0.0;
                for (ptrdiff_t c = 0; c < d->C; c++) {
                    const double b = ent_draft_sale(d, i, j, n, c);
                    if (!(b >= 0.0) && !may_be_negative(d, c)) return negative_sale(d, i, j, n, c, b, err);
                    border += b;
                    use[c] += b * (1.0 + t);
                    duties[c] += b * t;
                    d->spend[(n * d->J + j) * d->Q + d->user_node[c]] += b * (1.0 + t);
                    if (i != n) d->imported[(n * d->J + j) * d->Q + d->user_node[c]] += b * (1.0 + t);
                }
                if (border < 0.0) return negative_sale(d, i, j, n, 0, border, err);
                d->border[(n * d->J + j) * d->R + i] = border;
                d->sales[i * d->J + j] += border * (1.0 - d->blueprint->entry_share[n]);
            }
    return ENT_OK;
}

/* What the factors of (n,k) get. */
static void pay_factors(ent_draft *d, ptrdiff_t n, ptrdiff_t k, double entry_paid, ent_text *notes)
{
    const double *va = d->table->va + (n * d->J + k) * d->G;
    double *pay = d->factor_pay + (n * d->J + k) * d->G, positive = 0.0;
    double take = entry_paid;
    if (d->table->duty_accounts == ENT_DUTIES_IN_VALUE_ADDED) take += d->duties_paid[n * d->C + k];
    for (ptrdiff_t g = 0; g < d->G; g++) positive += va[g] > 0.0 ? va[g] : 0.0;
    const double keep = positive > take ? (positive - take) / positive : 0.0;
    for (ptrdiff_t g = 0; g < d->G; g++) pay[g] = va[g] > 0.0 ? va[g] * keep : 0.0;
    if (keep == 0.0 && positive > 0.0)
        ent_text_say(
            notes,
            "%s in %s: duties on inputs%s exceed its value added; it is left without factors, and the difference "
            "is a production subsidy\n",
            d->table->sectors.label[k], d->table->regions.label[n],
            entry_paid > 0.0 ? " and market entry in its customers' labour" : "");
}

ent_status ent_draft_bill(ent_draft *d, ent_text *notes, ent_error *err)
{
    ENT_TRY(room(d, err));
    ENT_TRY(add_up(d, err));
    for (ptrdiff_t n = 0; n < d->R; n++) {
        for (ptrdiff_t k = 0; k < d->J; k++) {
            double gross = 0.0; /* with the market entry that its customers' labour gets */
            for (ptrdiff_t m = 0; m < d->R; m++) gross += d->border[(m * d->J + k) * d->R + n];
            pay_factors(d, n, k, gross - d->sales[n * d->J + k], notes);
        }
        for (ptrdiff_t j = 0; j < d->J; j++)
            for (ptrdiff_t c = d->J; c < d->C; c++) d->final_spend[n] += d->use[(n * d->J + j) * d->C + c];
        if (!(d->final_spend[n] > 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "%s: %s has no final use at all; leave the region out or merge it",
                            d->table->name, d->table->regions.label[n]);
    }
    return ENT_OK;
}
