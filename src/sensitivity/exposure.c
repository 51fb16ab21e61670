/* exposure.c: dependence of first order (Kleinman, Liu and Redding), sector by sector. [KLR] is the one-sector
 * Armington world without inputs, duties and imbalances; there it is the derivative of the solver (a test). Applied to
 * a sector of a larger world it says who depends on whom through that sector's trade alone.
 *
 *   M = T S − I            V = I − (T + θ T S)/(θ + 1) + Q           Q = 1 q'
 *   d log w = W d log z,   W = −θ/(θ + 1) V⁻¹ M
 *   d log U = U d log z,   U = (I − S) W + S                  (d log U = d log w − S (d log w − d log z))
 *
 * z productivity. Values are those at the border, without duties. Whoever sells nothing has T_ii = 1, which keeps V
 * regular, and NaN in the rows of W and U. */
// SPDX-License-Identifier: MIT
#include "entente/sensitivity.h"
#include "num/lu.h"
#include <math.h>
#include <string.h>

static ent_status take_room(ptrdiff_t R, ent_arena *arena, ent_exposure *x)
{
    double **const matrices[] = {&x->s, &x->t, &x->m, &x->v, &x->w, &x->u};
    x->q = ent_new0(arena, double, R);
    if (x->q == NULL) return ENT_NO_MEMORY;
    for (size_t k = 0; k < sizeof matrices / sizeof *matrices; k++) {
        *matrices[k] = ent_new0(arena, double, R *R);
        if (*matrices[k] == NULL) return ENT_NO_MEMORY;
    }
    return ENT_OK;
}

/* Sales at the border, S_ni unscaled; θ weighted by what crosses borders. */
static void add_sales(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq, ptrdiff_t sector,
                      const ent_licences *licences, ent_exposure *x)
{
    const double *theta = net->blueprint->trade_elasticity;
    double crossing = 0.0, weighted = 0.0;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane), j = ent_lane_sector(net, lane);
        const double value = eq->lane_value_usd[lane] / (1.0 + policy->duty[lane]) / licences->on_import[lane];
        if (sector >= 0 && j != sector) continue;
        x->s[n * x->regions + i] += value;
        crossing += i != n ? value : 0.0;
        weighted += i != n ? value * theta[j] : 0.0;
    }
    x->theta = sector >= 0 ? theta[sector] : weighted / crossing;
}

/* From values to shares of buyers (rows of S), of sellers (rows of T), of all (q). */
static void scale(ent_exposure *x)
{
    const ptrdiff_t R = x->regions;
    double world = 0.0;
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t i = 0; i < R; i++) {
            x->t[i * R + n] = x->s[n * R + i];
            x->q[i] += x->s[n * R + i];
            world += x->s[n * R + i];
        }
    for (ptrdiff_t n = 0; n < R; n++) {
        double spent = 0.0;
        for (ptrdiff_t i = 0; i < R; i++) spent += x->s[n * R + i];
        for (ptrdiff_t i = 0; i < R; i++) {
            x->s[n * R + i] = spent > 0.0 ? x->s[n * R + i] / spent : i == n;
            x->t[n * R + i] = x->q[n] > 0.0 ? x->t[n * R + i] / x->q[n] : i == n;
        }
    }
    for (ptrdiff_t i = 0; i < R; i++) x->q[i] /= world;
}

static ent_status solve(ent_exposure *x, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t R = x->regions;
    const double theta = x->theta;
    double *lu = ent_new(&scratch, double, R *R), *column = ent_new(&scratch, double, R);
    int32_t *pivot = ent_new(&scratch, int32_t, R);
    if (lu == NULL || column == NULL || pivot == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the exposure of %td regions", R);
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t n = 0; n < R; n++) {
            double ts = 0.0;
            for (ptrdiff_t k = 0; k < R; k++) ts += x->t[i * R + k] * x->s[k * R + n];
            x->m[i * R + n] = ts - (i == n);
            x->v[i * R + n] = (i == n) - (x->t[i * R + n] + theta * ts) / (theta + 1.0) + x->q[n];
        }
    memcpy(lu, x->v, (size_t)(R * R) * sizeof *lu);
    if (!ent_lu_factor(R, lu, pivot))
        return ent_fail(err, ENT_NOT_CONVERGED, "the exposure matrix V is singular: regions that do not trade at all?");
    for (ptrdiff_t n = 0; n < R; n++) {
        for (ptrdiff_t i = 0; i < R; i++) column[i] = -theta / (theta + 1.0) * x->m[i * R + n];
        ent_lu_solve(R, lu, pivot, column);
        for (ptrdiff_t i = 0; i < R; i++) x->w[i * R + n] = column[i];
    }
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t n = 0; n < R; n++) {
            double sw = 0.0;
            for (ptrdiff_t k = 0; k < R; k++) sw += x->s[i * R + k] * x->w[k * R + n];
            x->u[i * R + n] = x->w[i * R + n] - sw + x->s[i * R + n];
        }
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t n = 0; n < R && !(x->q[i] > 0.0); n++) x->w[i * R + n] = x->u[i * R + n] = NAN;
    return ENT_OK;
}

ent_status ent_exposure_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ptrdiff_t sector, ent_arena *arena, ent_exposure *exposure, ent_error *err)
{
    ent_exposure *x = exposure;
    if (sector < -1 || sector >= net->sectors)
        return ent_fail(err, ENT_BAD_INPUT, "exposure in sector number %td: there are %td", sector, net->sectors);
    *x = (ent_exposure){.regions = net->regions};
    if (take_room(net->regions, arena, x) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the exposure of %td regions", net->regions);
    ENT_SCRATCH scratch = {0};
    ent_licences licences;
    ENT_TRY(ent_licences_by_lane(net, policy, eq, &scratch, &licences, err));
    add_sales(net, policy, eq, sector, &licences, x);
    double crossing = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        for (ptrdiff_t i = 0; i < net->regions; i++) crossing += i != n ? x->s[n * net->regions + i] : 0.0;
    if (!(crossing > 0.0))
        return ent_fail(err, ENT_BAD_INPUT, "%s: nobody trades %s across borders, so nobody is exposed",
                        net->table->name, sector >= 0 ? net->table->sectors.code[sector] : "anything");
    scale(x);
    return solve(x, err);
}
