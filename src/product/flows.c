/* flows.c: who sells how much of a product to whom.
 *
 *   v[i,n,c]    sales of the product of i to user c of n, at most ENT_PRODUCT_MOST of what the sector sells there
 *   made[i]     Σ_nc v = world × share of i
 *   need[n,c]   Σ_i v  = what recipes need + what is left of the world × share of c × n's part of c's purchases
 *   observed    Σ_c v = the trade that was observed from i to n
 *
 * The start is the sector's own pattern; then each condition in turn scales its cells (RAS, iterative proportional
 * fitting: the nearest pattern in the sense of entropy), and cells are cut off where the sector has no more. Where
 * cells bind or conditions contradict each other, totals are missed: by how much goes into the table's history. The
 * rule `proportional` leaves users' totals as they come. */
// SPDX-License-Identifier: MIT
#include "product/draft.h"
#include <math.h>
#include <string.h>

enum {
    MOST_ROUNDS = 5000, /* more helps only where conditions contradict each other */
    PATIENCE = 200      /* rounds without progress after which they do */
};
#define CLOSE 1e-13 /* of the product's world: totals that agree */

typedef struct {
    ent_cut *cut;
    const ent_product *product;
    ptrdiff_t h;
    double world;
    double *v, *most; /* [R][R][C] */
    double *makes;    /* [R] */
    double *needs;    /* [R][C] */
    double *sum;      /* [R][C] */
} filling;

static double *cell_of(const filling *f, double *array, ptrdiff_t i, ptrdiff_t n)
{
    return array + (i * f->cut->R + n) * f->cut->C;
}

/* ---- conditions ---- */

/* What the sector still sells, after the products cut out before. */
static void find_room(const filling *f)
{
    const ent_cut *cut = f->cut;
    for (ptrdiff_t i = 0; i < cut->R; i++)
        for (ptrdiff_t n = 0; n < cut->R; n++)
            for (ptrdiff_t c = 0; c < cut->C; c++) {
                const double cell = ent_cut_cell(cut, i, f->product->sector, n, c);
                double room = cell > 0.0 ? ENT_PRODUCT_MOST * cell : 0.0;
                for (ptrdiff_t h = 0; h < cut->P; h++)
                    if (cut->products->item[h].sector == f->product->sector) room -= ent_cut_flow(cut, h, i, n)[c];
                cell_of(f, f->most, i, n)[c] = room > 0.0 ? room : 0.0;
                cell_of(f, f->v, i, n)[c] = cell > 0.0 ? cell : 0.0;
            }
}

/* Shares as said; what is left goes to those not mentioned, by weight. */
static void spread(const double *share, const double *weight, ptrdiff_t count, double total, double *out)
{
    double said = 0.0, open = 0.0;
    for (ptrdiff_t c = 0; c < count; c++) {
        if (share != NULL && !isnan(share[c]))
            said += share[c];
        else
            open += weight[c];
    }
    for (ptrdiff_t c = 0; c < count; c++) {
        if (share != NULL && !isnan(share[c]))
            out[c] = total * share[c];
        else
            out[c] = open > 0.0 ? total * fmax(0.0, 1.0 - said) * weight[c] / open : 0.0;
    }
}

static ent_status find_makers(const filling *f, ent_error *err)
{
    const ent_cut *cut = f->cut;
    double *weight = f->sum;
    for (ptrdiff_t i = 0; i < cut->R; i++) weight[i] = fmax(0.0, cut->old->x[i * cut->J + f->product->sector]);
    spread(f->product->made, weight, cut->R, f->world, f->makes);
    for (ptrdiff_t i = 0; i < cut->R; i++)
        if (f->makes[i] > weight[i])
            return ent_fail(
                err, ENT_BAD_INPUT,
                "products: %s is to make %.6g million of %s, more than all its %s, %.6g million; make less of "
                "it there",
                cut->old->regions.label[i], f->makes[i], f->product->code, cut->old->sectors.label[f->product->sector],
                weight[i]);
    return ENT_OK;
}

/* What users take beside recipes, started from the sector's sales, then scaled to shares by user and by region. */
typedef struct {
    double *weight, *wanted; /* [count] */
    const double *share;
    ptrdiff_t count, step, across, other_step;
} margin;

static double sum_along(const double *cell, const margin *m, ptrdiff_t at)
{
    double sum = 0.0;
    for (ptrdiff_t a = 0; a < m->across; a++) sum += cell[at * m->step + a * m->other_step];
    return sum;
}

static void scale_to(double *cell, const margin *m)
{
    for (ptrdiff_t at = 0; at < m->count; at++) {
        const double sum = sum_along(cell, m, at), by = sum > 0.0 ? m->wanted[at] / sum : 0.0;
        for (ptrdiff_t a = 0; a < m->across; a++) cell[at * m->step + a * m->other_step] *= by;
    }
}

/* names: of the first `named`; more: of those behind. */
static ent_status set_margin(const filling *f, double left, const double *cell, const margin *m,
                             const char *const *names, ptrdiff_t named, const char *const *more, ent_error *err)
{
    for (ptrdiff_t at = 0; at < m->count; at++) m->weight[at] = sum_along(cell, m, at);
    spread(m->share, m->weight, m->count, left, m->wanted);
    for (ptrdiff_t at = 0; at < m->count; at++)
        if (m->wanted[at] > 0.0 && !(m->weight[at] > 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "products: %s is to be used by %s, which buys nothing of %s in %s",
                            f->product->code, at < named ? names[at] : more[at - named],
                            f->cut->old->sectors.label[f->product->sector], f->cut->old->name);
    return ENT_OK;
}

static ent_status add_users(const filling *f, double left, ent_arena *scratch, ent_error *err)
{
    const ent_cut *cut = f->cut;
    const ent_table *t = cut->old;
    const ptrdiff_t R = cut->R, C = cut->C;
    double *room = ent_new(scratch, double, 2 * (R + C));
    if (room == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the users of a product");
    const margin users = {room, room + C, f->product->used, C, 1, R, C};
    const margin regions = {room + 2 * C, room + 2 * C + R, f->product->taken, R, C, C, 1};
    memset(f->sum, 0, (size_t)(R * C) * sizeof *f->sum);
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t c = 0; c < R * C; c++) f->sum[c] += cell_of(f, f->v, i, 0)[c];
    ENT_TRY(set_margin(f, left, f->sum, &users, t->sectors.label, cut->J, t->uses.label, err));
    scale_to(f->sum, &users);
    if (f->product->taken != NULL) {
        ENT_TRY(set_margin(f, left, f->sum, &regions, t->regions.label, R, NULL, err));
        for (int round = 0; round < 200; round++) {
            scale_to(f->sum, &users);
            scale_to(f->sum, &regions);
        }
    }
    for (ptrdiff_t c = 0; c < R * C; c++) f->needs[c] += f->sum[c];
    return ENT_OK;
}

/* What recipes need of h, by maker and region. */
static double add_recipes(const filling *f)
{
    const ent_cut *cut = f->cut;
    double all = 0.0;
    for (ptrdiff_t p = 0; p < cut->P; p++) {
        const ent_product *maker = &cut->products->item[p];
        for (ptrdiff_t m = 0; m < maker->inputs; m++) {
            double *need = ent_cut_pair(cut, cut->need, f->h, p);
            for (ptrdiff_t n = 0; n < cut->R && maker->input[m].product == f->h; n++) {
                need[n] = maker->input[m].share * cut->made[p * cut->R + n];
                f->needs[n * cut->C + maker->sector] += need[n];
                all += need[n];
            }
        }
    }
    return all;
}

static ent_status find_users(filling *f, ent_error *err)
{
    const ent_cut *cut = f->cut;
    ENT_SCRATCH scratch = {0};
    const size_t bytes = (size_t)(cut->R * cut->C) * sizeof(double);
    memset(f->needs, 0, bytes);
    const double recipes = add_recipes(f);
    f->world = isnan(f->product->world_usd) ? recipes : f->product->world_usd;
    if (recipes > f->world * (1.0 + 1e-12))
        return ent_fail(
            err, ENT_BAD_INPUT,
            "products: recipes need %.6g million of %s, but the world makes only %.6g; make more of it, or put "
            "less into the recipes",
            recipes, f->product->code, f->world);
    return add_users(f, fmax(0.0, f->world - recipes), &scratch, err);
}

/* ---- fitting ---- */

/* Scale cells so that their sum is `wanted`; the gap before, as a share of the product's world. */
static double factor_for(const filling *f, double sum, double wanted, double *gap)
{
    *gap = fmax(*gap, fabs(sum - wanted) / f->world);
    return sum > 0.0 ? wanted / sum : 0.0;
}

static void fit_makers(const filling *f, double *gap)
{
    const ptrdiff_t cells = f->cut->R * f->cut->C;
    for (ptrdiff_t i = 0; i < f->cut->R; i++) {
        double *v = cell_of(f, f->v, i, 0), sum = 0.0;
        for (ptrdiff_t c = 0; c < cells; c++) sum += v[c];
        const double by = factor_for(f, sum, f->makes[i], gap);
        for (ptrdiff_t c = 0; c < cells; c++) v[c] *= by;
    }
}

static void fit_users(const filling *f, double *gap)
{
    const ptrdiff_t cells = f->cut->R * f->cut->C;
    memset(f->sum, 0, (size_t)cells * sizeof *f->sum);
    for (ptrdiff_t i = 0; i < f->cut->R; i++)
        for (ptrdiff_t c = 0; c < cells; c++) f->sum[c] += cell_of(f, f->v, i, 0)[c];
    for (ptrdiff_t c = 0; c < cells; c++) f->sum[c] = factor_for(f, f->sum[c], f->needs[c], gap);
    for (ptrdiff_t i = 0; i < f->cut->R; i++)
        for (ptrdiff_t c = 0; c < cells; c++) cell_of(f, f->v, i, 0)[c] *= f->sum[c];
}

static void fit_observed(const filling *f, double *gap)
{
    const ptrdiff_t R = f->cut->R, C = f->cut->C;
    for (ptrdiff_t pair = 0; f->product->trade_usd != NULL && pair < R * R; pair++) {
        const double wanted = f->product->trade_usd[pair];
        double *v = f->v + pair * C, sum = 0.0;
        if (isnan(wanted)) continue;
        for (ptrdiff_t c = 0; c < C; c++) sum += v[c];
        const double by = factor_for(f, sum, wanted, gap);
        for (ptrdiff_t c = 0; c < C; c++) v[c] *= by;
    }
}

static void cut_off(const filling *f)
{
    const ptrdiff_t cells = f->cut->R * f->cut->R * f->cut->C;
    for (ptrdiff_t c = 0; c < cells; c++) f->v[c] = fmin(f->v[c], f->most[c]);
}

/* Rounds until all conditions agree, or get no nearer. The largest miss of the last round. */
static double fit(const filling *f)
{
    double best = INFINITY;
    int since = 0;
    for (int round = 0; round < MOST_ROUNDS && since < PATIENCE; round++, since++) {
        double gap = 0.0;
        fit_makers(f, &gap);
        if (f->cut->products->fill == ENT_FILL_RAS) fit_users(f, &gap);
        fit_observed(f, &gap);
        cut_off(f);
        if (round > 0 && gap < 0.99 * best) {
            best = gap;
            since = 0;
        }
        if (round > 0 && gap < CLOSE) break;
    }
    return best;
}

/* ---- the answer ---- */

static void keep(const filling *f)
{
    ent_cut *cut = f->cut;
    double observed = 0.0, all = 0.0;
    for (ptrdiff_t i = 0; i < cut->R; i++) {
        double made = 0.0;
        for (ptrdiff_t n = 0; n < cut->R; n++) {
            const double *v = cell_of(f, f->v, i, n);
            double *flow = ent_cut_flow(cut, f->h, i, n), pair = 0.0;
            for (ptrdiff_t c = 0; c < cut->C; c++) {
                flow[c] = v[c] < ENT_PRODUCT_LEAST * f->world ? 0.0 : v[c];
                pair += flow[c];
            }
            made += pair;
            if (f->product->trade_usd != NULL && !isnan(f->product->trade_usd[i * cut->R + n])) observed += pair;
        }
        cut->made[f->h * cut->R + i] = made;
        all += made;
    }
    cut->observed[f->h] = all > 0.0 ? observed / all : 0.0;
    for (ptrdiff_t p = 0; p < cut->P; p++)
        for (ptrdiff_t n = 0; n < cut->R; n++) {
            const double needs = f->needs[n * cut->C + cut->products->item[p].sector];
            if (needs > 0.0)
                ent_cut_pair(cut, cut->part, f->h, p)[n] = ent_cut_pair(cut, cut->need, f->h, p)[n] / needs;
        }
}

ent_status ent_cut_flows(ent_cut *cut, ent_error *err)
{
    const ptrdiff_t cells = cut->R * cut->R * cut->C;
    cut->flow = ent_new0(cut->scratch, double, cut->P *cells);
    cut->need = ent_new0(cut->scratch, double, cut->P * cut->P * cut->R);
    cut->part = ent_new0(cut->scratch, double, cut->P * cut->P * cut->R);
    cut->made = ent_new0(cut->scratch, double, cut->P * cut->R);
    cut->missed = ent_new0(cut->scratch, double, cut->P);
    cut->observed = ent_new0(cut->scratch, double, cut->P);
    filling f = {.cut = cut,
                 .v = ent_new(cut->scratch, double, cells),
                 .most = ent_new(cut->scratch, double, cells),
                 .makes = ent_new(cut->scratch, double, cut->R),
                 .needs = ent_new(cut->scratch, double, cut->R * cut->C),
                 .sum = ent_new(cut->scratch, double, cut->R * cut->C)};
    if (cut->flow == NULL || cut->need == NULL || cut->part == NULL || cut->made == NULL || cut->missed == NULL ||
        cut->observed == NULL || f.v == NULL || f.most == NULL || f.makes == NULL || f.needs == NULL || f.sum == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the sales of %td products", cut->P);
    for (ptrdiff_t at = 0; at < cut->P; at++) {
        f.h = cut->order[at];
        f.product = &cut->products->item[f.h];
        find_room(&f);
        ENT_TRY(find_users(&f, err));
        ENT_TRY(find_makers(&f, err));
        cut->missed[f.h] = fit(&f);
        keep(&f);
    }
    return ENT_OK;
}
