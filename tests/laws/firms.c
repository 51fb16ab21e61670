/* firms.c: E17 against the firms that it stands for. A world of three countries is written down with productivities,
 * cutoffs and free entry, and nothing of E17: firms draw a productivity from a Pareto distribution, sell at a constant
 * markup, and pay for entry into each market in its labour. Before and after new duties and export taxes its wages and
 * prices must move as blueprint `melitz` says.
 *
 *   X_jn spending on origin j in n, P_jn its price index, m = σ/(σ−1)      1/(η−1) = 1/ε + 1/(σ−1) − 1/k
 *   highest price sold at      p* = P_jn (X_jn/(σ (1+t) w_n f))^(1/(σ−1)),  least productivity m (1+t)(1+s) τ c_j/p*
 *   an export tax              falls on what comes home, after entry is paid */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    WORLD = 3
};

/* The Pareto shape, elasticities between varieties by market and ε; costs of trade, of entry, of setting up; labour,
 * its share in costs (the rest is the good itself), transfers as shares of world wages. */
typedef struct {
    double shape, epsilon, sigma[WORLD], eta[WORLD], trade[WORLD][WORLD], entry[WORLD][WORLD], set_up;
    double labour[WORLD], labour_share, transfer[WORLD];
} firms;

typedef struct {
    double duty[WORLD][WORLD], tax[WORLD][WORLD]; /* [j][n] seller, buyer */
} firms_policy;

/* An equilibrium: wages, firms, prices, spending; and by seller and buyer the price index, the value at the border and
 * what is paid for entry. */
typedef struct {
    double wage[WORLD], count[WORLD], price[WORLD], spending[WORLD], materials[WORLD];
    double index[WORLD][WORLD], border[WORLD][WORLD], entry[WORLD][WORLD];
    double gap;
} firms_world;

static void make_firms(dice *d, double labour_share, double transfers, firms *f)
{
    *f = (firms){.shape = 6.0, .epsilon = 4.0, .set_up = 0.05, .labour_share = labour_share};
    for (int n = 0; n < WORLD; n++) {
        f->sigma[n] = dice_between(d, 2.5, 5.0);
        f->eta[n] = 1.0 + 1.0 / (1.0 / f->epsilon + 1.0 / (f->sigma[n] - 1.0) - 1.0 / f->shape);
        f->labour[n] = dice_between(d, 0.7, 2.0);
        for (int j = 0; j < WORLD; j++) {
            f->trade[j][n] = j == n ? 1.0 : dice_between(d, 1.4, 1.7);
            f->entry[j][n] = dice_between(d, 0.2, 0.3);
        }
    }
    f->transfer[0] = 0.6 * transfers;
    f->transfer[1] = 0.4 * transfers;
    f->transfer[2] = -transfers;
}

static double cost_of(const firms *f, const firms_world *w, int j)
{
    return pow(w->wage[j], f->labour_share) * pow(w->price[j], 1.0 - f->labour_share);
}

/* Firms of j in n at the prices of w: index, border value, entry. */
static void sell(const firms *f, const firms_policy *p, firms_world *w, int j, int n)
{
    const double sigma = f->sigma[n], keep = 1.0 + p->duty[j][n], k = f->shape, reach = k - sigma + 1.0;
    const double spent = w->spending[n] * pow(w->index[j][n] / w->price[n], 1.0 - f->eta[n]);
    const double cost = keep * (1.0 + p->tax[j][n]) * f->trade[j][n] * cost_of(f, w, j) * sigma / (sigma - 1.0);
    const double entrance = w->wage[n] * f->entry[j][n];
    const double highest = w->index[j][n] * pow(spent / (sigma * keep * entrance), 1.0 / (sigma - 1.0));
    const double least = cost / highest;
    const double power = w->count[j] * pow(cost, 1.0 - sigma) * k / reach * pow(least, -reach);
    w->gap = fmax(w->gap, fabs(log(pow(power, 1.0 / (1.0 - sigma)) / w->index[j][n])));
    w->index[j][n] *= pow(pow(power, 1.0 / (1.0 - sigma)) / w->index[j][n], 0.3);
    w->border[j][n] = spent / keep;
    w->entry[j][n] = w->count[j] * pow(least, -k) * entrance;
}

/* new <- old (new/old)^step */
static void approach(double *old, double wanted, double step, double *gap)
{
    *gap = fmax(*gap, fabs(log(wanted / *old)));
    *old *= pow(wanted / *old, step);
}

/* Incomes of j from what its firms sell everywhere and from entry of all firms there. */
static void settle(const firms *f, const firms_policy *p, firms_world *w, double world, int j, double wanted[3])
{
    double profit = 0.0, home = 0.0, revenue = 0.0, entrants = 0.0;
    for (int n = 0; n < WORLD; n++) {
        const double after_tax = (w->border[j][n] - w->entry[j][n]) / (1.0 + p->tax[j][n]);
        const double sigma = f->sigma[n];
        profit += after_tax - w->border[j][n] / (1.0 + p->tax[j][n]) * (sigma - 1.0) / sigma;
        home += after_tax;
        revenue += p->tax[j][n] * after_tax + w->border[n][j] * p->duty[n][j];
        entrants += w->entry[n][j];
    }
    w->materials[j] = (1.0 - f->labour_share) * home;
    wanted[0] = (f->labour_share * home + entrants) / f->labour[j];
    wanted[1] = fmax(profit / (cost_of(f, w, j) * f->set_up), 0.5 * w->count[j]);
    wanted[2] = w->wage[j] * f->labour[j] + revenue + f->transfer[j] * world + w->materials[j];
}

/* By damped steps from where w is, to a gap of 1e-13. */
static void find_firms(const firms *f, const firms_policy *p, firms_world *w)
{
    for (int step = 0; step < 20000; step++) {
        double world = 0.0, wages = 0.0, labour = 0.0, wanted[WORLD][3];
        w->gap = 0.0;
        for (int n = 0; n < WORLD; n++)
            for (int j = 0; j < WORLD; j++) sell(f, p, w, j, n);
        for (int n = 0; n < WORLD; n++) {
            double sum = 0.0;
            for (int j = 0; j < WORLD; j++) sum += pow(w->index[j][n], 1.0 - f->eta[n]);
            approach(&w->price[n], pow(sum, 1.0 / (1.0 - f->eta[n])), 0.5, &w->gap);
            world += w->wage[n] * f->labour[n];
            labour += f->labour[n];
        }
        for (int j = 0; j < WORLD; j++) settle(f, p, w, world, j, wanted[j]);
        for (int j = 0; j < WORLD; j++) wages += wanted[j][0] * f->labour[j] / labour;
        for (int j = 0; j < WORLD; j++) {
            approach(&w->wage[j], wanted[j][0] / wages, 0.1, &w->gap);
            approach(&w->count[j], wanted[j][1], 0.2, &w->gap);
            approach(&w->spending[j], wanted[j][2] / wages, 0.2, &w->gap);
        }
        if (w->gap < 1e-13) return;
    }
}

static firms_world first_guess(const firms *f)
{
    firms_world w = {0};
    for (int n = 0; n < WORLD; n++) {
        w.wage[n] = w.price[n] = 1.0;
        w.count[n] = f->labour[n];
        w.spending[n] = f->labour[n] / f->labour_share;
        for (int j = 0; j < WORLD; j++) w.index[j][n] = 1.0;
    }
    return w;
}

/* The world as a table would have it, and the blueprint that stands for its firms. */
static ent_status lay_firms(const firms *f, const firms_policy *p, const firms_world *w, random_world *r)
{
    static const world_kind three = {3, 3, 1, 1, 1, 1, 0.0, 0.0, 0.0, 0, 1};
    ENT_TRY(random_table(r, 1, &three));
    ent_table *t = &r->table;
    for (int n = 0; n < WORLD; n++) t->x[n] = t->va[n] = 0.0;
    for (int j = 0; j < WORLD; j++)
        for (int n = 0; n < WORLD; n++) {
            const double used = w->materials[n] / w->spending[n], value = 1e6 * w->border[j][n];
            t->z[j * WORLD + n] = value * used;
            t->f[j * WORLD + n] = value * (1.0 - used);
            t->x[j] += value;
            t->va[j] += value;
            t->va[n] -= value * used;
            t->duty[j * WORLD + n] = p->duty[j][n];
        }
    t->duty_accounts = ENT_DUTIES_IN_VALUE_ADDED;
    for (int n = 0; n < WORLD; n++) t->tls[n] = 0.0;
    ENT_TRY(ent_table_check(t, &r->err));
    ENT_TRY(ent_blueprint_default(t, &r->arena, &r->blueprint, &r->err));
    r->blueprint.market = ENT_MARKET_MELITZ;
    r->blueprint.trade_elasticity[0] = f->epsilon;
    r->blueprint.pareto_shape = f->shape;
    r->blueprint.scale[0] = 1.0 / f->shape;
    for (int n = 0; n < WORLD; n++)
        r->blueprint.entry_share[n] = (f->shape - f->sigma[n] + 1.0) / (f->shape * f->sigma[n]);
    return random_lay(r);
}

/* After new duties and taxes: the largest gap of wages and prices, as ratios to before. */
static ent_status compare(const firms *f, const firms_policy *before, const firms_policy *after, double *moved,
                          double *gap, random_world *r)
{
    firms_world old = first_guess(f);
    find_firms(f, before, &old);
    firms_world new = old;
    find_firms(f, after, &new);
    *gap = *moved = 0.0;
    if (!(old.gap < 1e-12 && new.gap < 1e-12))
        return ent_fail(&r->err, ENT_NOT_CONVERGED, "the firms have not settled: %g, %g", old.gap, new.gap);
    ENT_TRY(lay_firms(f, before, &old, r));
    ENT_TRY(ent_policy_none(&r->net, &r->arena, &r->policy, &r->err));
    for (ptrdiff_t lane = 0; lane < r->net.borders; lane++) {
        r->policy.duty[lane] = after->duty[ent_lane_exporter(&r->net, lane)][r->net.lane_region[lane]];
        r->policy.export_tax[lane] = after->tax[ent_lane_exporter(&r->net, lane)][r->net.lane_region[lane]];
    }
    ENT_TRY(random_solve(r, 1e-13));
    ENT_TRY(random_measure(r));
    for (int n = 0; n < WORLD; n++) {
        const double wage = new.wage[n] / old.wage[n], price = new.price[n] / old.price[n];
        *moved = fmax(*moved, fabs(wage - 1.0));
        *gap = fmax(*gap, fabs(ent_outcome_region(&r->out, ENT_REGION_wage, n) / wage - 1.0));
        *gap = fmax(*gap, fabs(ent_outcome_region(&r->out, ENT_REGION_price_index, n) / price - 1.0));
    }
    return ENT_OK;
}

static void draw_policy(dice *d, double most_duty, double most_tax, firms_policy *p)
{
    for (int j = 0; j < WORLD; j++)
        for (int n = 0; n < WORLD; n++) {
            p->duty[j][n] = j == n ? 0.0 : dice_between(d, 0.0, most_duty);
            p->tax[j][n] = j == n ? 0.0 : dice_between(d, 0.0, most_tax);
        }
}

TEST(melitz_moves_as_its_firms_do, "E17")
{
    for (uint64_t seed = 1; seed <= 12; seed++) { /* with and without materials, transfers, duties before */
        dice d = {seed};
        random_world r = {.seed = seed};
        firms f;
        firms_policy before = {0}, after;
        double moved = 0.0, gap = 0.0;
        make_firms(&d, seed % 2 ? 1.0 : 0.6, seed % 4 < 2 ? 0.0 : 0.04, &f);
        if (seed % 3) draw_policy(&d, 0.1, 0.0, &before);
        draw_policy(&d, 0.4, 0.2, &after);
        MUST_IN(&r, compare(&f, &before, &after, &moved, &gap, &r));
        LAW(&r, moved > 1e-3, "wages move by %g alone", moved);
        LAW(&r, gap <= 1e-10, "wages or prices differ by %g from those of the firms", gap);
        random_close(&r);
    }
}
