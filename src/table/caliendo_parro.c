/* caliendo_parro.c: the layout `caliendo-parro`, flows and shares of a world with common sourcing, as a table.
 *
 *   M[i,n,j]  flow at border prices (net of duty), home sales among them     t[i,n,j]  duty
 *   Y[n,k]    output, Σ_m M[n,m,k]                                           b[n,k]    share of value added in it
 *   X[n,j]    what n pays for j, Σ_i M (1 + t)                               g[n,j,k]  share of j in k's materials
 *   D[n,j]    the part that producers buy, Σ_k m[n,j,k], with m[n,j,k] = g[n,j,k] (1 - b[n,k]) Y[n,k]
 *
 * All users of j in n share its origins, so
 *
 *   z[i,j,n,k] = M[i,n,j]/X[n,j] m[n,j,k],   f[i,j,n] = M[i,n,j] - Σ_k z[i,j,n,k],   va = b Y,   x = Y,
 *
 * and E1 is exact by construction. Duties on inputs are in the taxes: tls[n,k] = Y - va - Σ z, which is Σ z t plus what
 * closes E2, because published shares of materials sum to 1 only to some six digits.
 *
 * Final use is what is left, f = M (1 - D/X). Where it has been calibrated to nothing, D/X is 1 up to rounding: then
 * the producers buy all of it (z is scaled by X/D) and f is 0. Where D exceeds X by more, the folder is not in
 * equilibrium with its shares; with --balance the producers are scaled in the same way and their value added takes the
 * difference. */
// SPDX-License-Identifier: MIT
#include "table/history.h"
#include "table/parro.h"
#include <math.h>
#include <stdio.h>

#define ALL_MATERIALS 1e-9 /* |D/X - 1|: larger wipes out small final uses, smaller leaves rounding dust as a use */

typedef struct {
    double *output;     /* [R][J] Y */
    double *paid;       /* [R][J] X */
    double *materials;  /* [R][J] D */
    double *scale;      /* [R][J] of the producers' purchases, 1, or X/D */
    unsigned char *all; /* [R][J] 1: producers buy all of it */
    ptrdiff_t short_cells, worst;
    double short_value; /* million US dollars that producers would buy beyond what there is, summed */
} ent_parro_sums;

/* ---- sums ---- */

static void net_of_duty(ent_parro *p)
{
    if (!p->flows_with_duty) return;
    const ptrdiff_t cells = p->regions.count * p->regions.count * p->sectors.count;
    for (ptrdiff_t c = 0; c < cells; c++) p->flow[c] /= 1.0 + p->duty[c];
    p->flows_with_duty = 0;
}

static double materials_of(const ent_parro *p, const ent_parro_sums *s, ptrdiff_t n, ptrdiff_t j, ptrdiff_t k)
{
    const ptrdiff_t J = p->sectors.count, nk = n * J + k;
    return p->material_share[(n * J + j) * J + k] * (1.0 - p->va_share[nk]) * s->output[nk];
}

static ent_status sum_up(const ent_parro *p, ent_arena *scratch, ent_parro_sums *s)
{
    const ptrdiff_t R = p->regions.count, J = p->sectors.count;
    const ptrdiff_t cells = R * J;
    *s = (ent_parro_sums){.output = ent_new0(scratch, double, cells),
                          .paid = ent_new0(scratch, double, cells),
                          .materials = ent_new0(scratch, double, cells),
                          .scale = ent_new0(scratch, double, cells),
                          .all = ent_new0(scratch, unsigned char, cells),
                          .worst = -1};
    if (s->output == NULL || s->paid == NULL || s->materials == NULL || s->scale == NULL || s->all == NULL)
        return ENT_NO_MEMORY;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t n = 0; n < R; n++)
            for (ptrdiff_t j = 0; j < J; j++) {
                const ptrdiff_t c = (i * R + n) * J + j;
                s->output[i * J + j] += p->flow[c];
                s->paid[n * J + j] += p->flow[c] * (1.0 + p->duty[c]);
            }
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t k = 0; k < J; k++) s->materials[n * J + j] += materials_of(p, s, n, j, k);
    return ENT_OK;
}

/* How much of what producers want of each product there is. */
static void find_scale(const ent_parro *p, ent_parro_sums *s)
{
    double deepest = 0.0;
    for (ptrdiff_t c = 0; c < p->regions.count * p->sectors.count; c++) {
        const double D = s->materials[c], X = s->paid[c], over = D - X;
        s->scale[c] = 1.0;
        if (D == 0.0) continue;
        s->all[c] =
            over > ALL_MATERIALS * X || (fabs(over) <= ALL_MATERIALS * X && (over > 0.0 || p->final_share[c] == 0.0));
        if (s->all[c]) s->scale[c] = X / D;
        if (over <= ALL_MATERIALS * X) continue;
        s->short_cells++;
        s->short_value += over;
        if (over / D > deepest) {
            deepest = over / D;
            s->worst = c;
        }
    }
}

static ent_status refuse_short(const ent_parro_sources *sources, const ent_parro *p, const ent_parro_sums *s,
                               ent_error *err)
{
    const ptrdiff_t J = p->sectors.count, c = s->worst;
    char more[64] = "";
    if (s->short_cells > 1)
        snprintf(more, sizeof more, ", and in %td more cell%s", s->short_cells - 1, s->short_cells == 2 ? "" : "s");
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s: the sectors of %s need %.6g million US dollars of %s by their input shares, but only %.6g are "
                    "bought there, so final use would be negative%s; --balance scales their purchases down",
                    sources->folder, p->regions.label[c / J], s->materials[c], p->sectors.label[c % J], s->paid[c],
                    more);
}

/* ---- the table ---- */

static void fill_sales(const ent_parro *p, const ent_parro_sums *s, ent_table *table)
{
    const ptrdiff_t R = p->regions.count, J = p->sectors.count, rows = R * J;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t n = 0; n < R; n++) {
                const ptrdiff_t row = i * J + j, nj = n * J + j;
                const double flow = p->flow[(i * R + n) * J + j];
                double *z = table->z + row * rows + n * J, sold = 0.0;
                if (flow == 0.0) continue;
                for (ptrdiff_t k = 0; k < J; k++) {
                    z[k] = flow / s->paid[nj] * s->scale[nj] * materials_of(p, s, n, j, k);
                    sold += z[k];
                }
                const double left = flow - sold;
                table->f[row * R + n] = s->all[nj] || left < 0.0 ? 0.0 : left;
            }
}

/* Value added takes what producers were scaled down by; taxes take duties and the rounding of the shares. Outputs are
 * the row sums as they came out, so that E1 holds to the last digit. */
static void fill_costs(const ent_parro *p, const ent_parro_sums *s, ent_table *table, double *widest_closing)
{
    const ptrdiff_t R = p->regions.count, J = p->sectors.count, rows = R * J;
    *widest_closing = 0.0;
    for (ptrdiff_t nk = 0; nk < rows; nk++) {
        const ptrdiff_t n = nk / J, k = nk % J;
        double inputs = 0.0, duties = 0.0, missed = 0.0, sold = 0.0;
        for (ptrdiff_t ij = 0; ij < rows; ij++) {
            const double z = table->z[ij * rows + nk];
            inputs += z;
            duties += z * p->duty[(ij / J * R + n) * J + ij % J];
        }
        for (ptrdiff_t j = 0; j < J; j++)
            missed += s->scale[n * J + j] < 1.0 - ALL_MATERIALS
                          ? (1.0 - s->scale[n * J + j]) * materials_of(p, s, n, j, k)
                          : 0.0;
        for (ptrdiff_t c = 0; c < rows; c++) sold += table->z[nk * rows + c];
        for (ptrdiff_t c = 0; c < R; c++) sold += table->f[nk * R + c];
        table->x[nk] = sold;
        table->va[nk] = p->va_share[nk] * s->output[nk] + missed;
        table->tls[nk] = sold - table->va[nk] - inputs;
        const double closing = fabs(table->tls[nk] - duties);
        if (closing > *widest_closing * sold) *widest_closing = closing / sold;
    }
}

static ent_status begin_table(const ent_parro_sources *sources, const ent_parro *p, const ent_import *ask,
                              ent_arena *arena, ent_table *table, ent_error *err)
{
    *table = (ent_table){.name = ask->name != NULL ? ent_string_copy(arena, ask->name)
                                                   : ent_source_name(sources->folder, arena),
                         .unit = "million US dollars, current, at border prices",
                         .year = ask->year != 0 ? ask->year : p->year,
                         .regions = p->regions,
                         .sectors = p->sectors,
                         .is_good = p->is_good,
                         .trade_elasticity = p->theta,
                         .duty = p->duty,
                         .surplus = p->surplus,
                         .duty_accounts = ENT_DUTIES_IN_TAXES};
    table->elasticity_source =
        ent_string_copy(arena, ent_source_base(sources->file[ENT_PARRO_ELASTICITIES].bytes.data != NULL
                                                   ? sources->file[ENT_PARRO_ELASTICITIES].path
                                                   : sources->file[ENT_PARRO_SECTORS].path));
    table->title =
        ent_string_format(arena, "World of %td countries and %td sectors in the layout of Caliendo and Parro (2015)",
                          p->regions.count, p->sectors.count);
    if (table->name == NULL || table->title == NULL || table->elasticity_source == NULL ||
        ent_names_add(&table->uses, arena, "FINAL", "Final use", NULL) != ENT_OK ||
        ent_names_add(&table->factors, arena, "labour", "Labour", NULL) != ENT_OK ||
        ent_members_fill(table, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", sources->folder);
    return ent_table_make(table, arena, err);
}

static ent_status tell(const ent_parro_sources *sources, const ent_parro *p, const ent_parro_sums *s, int with_duty,
                       double widest_closing, ent_arena *arena, ent_table *table)
{
    ENT_TRY(
        ent_history_add(table, arena,
                        "imported from the caliendo-parro layout: %s, benchmark duties from column %s of %s; flows "
                        "taken as %s; origins are the same for all users of a product",
                        ent_source_base(sources->file[ENT_PARRO_FLOWS].path), p->duty_column,
                        ent_source_base(sources->file[ENT_PARRO_TARIFFS].path),
                        with_duty ? "buyers' expenditure with duties in it, and divided by 1 + duty" : "net of duty"));
    ENT_TRY(ent_history_add(table, arena,
                            "final use is what producers leave of each flow; taxes less subsidies are the duties on "
                            "inputs and at most %.2g of output that closes the rounding of the input shares",
                            widest_closing));
    if (s->short_cells == 0) return ENT_OK;
    return ent_history_add(table, arena,
                           "balanced: %td product%s bought by producers beyond what there is (%.6g million US "
                           "dollars); purchases scaled down, the using sectors' value added raised by as much",
                           s->short_cells, s->short_cells == 1 ? " was" : "s were", s->short_value);
}

ent_status ent_caliendo_parro_read(const ent_parro_sources *sources, const ent_import *ask, ent_arena *arena,
                                   ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_parro parro;
    ent_parro_sums sums;
    double widest_closing;
    ENT_TRY(ent_parro_parse(sources, ask->duty_column, arena, &parro, err));
    const int with_duty = parro.flows_with_duty;
    net_of_duty(&parro);
    if (sum_up(&parro, &scratch, &sums) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", sources->folder);
    find_scale(&parro, &sums);
    if (sums.short_cells > 0 && !ask->balance) return refuse_short(sources, &parro, &sums, err);
    ENT_TRY(begin_table(sources, &parro, ask, arena, table, err));
    fill_sales(&parro, &sums, table);
    fill_costs(&parro, &sums, table, &widest_closing);
    if (tell(sources, &parro, &sums, with_duty, widest_closing, arena, table) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", sources->folder);
    return ENT_OK;
}
