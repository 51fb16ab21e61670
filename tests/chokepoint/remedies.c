/* remedies.c: four equilibria tell what a remedy is worth; remedies of no size do nothing. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

static const ent_options tight = {.tolerance = 1e-12, .depth = 8, .passes = 500, .steps = 60, .threads = 1};

typedef struct {
    random_world w;
    ent_cutoff_ask ask;
    ent_cutoff *list;
    ptrdiff_t count;
} ground;

static ent_status open_ground(ground *g, uint64_t seed)
{
    random_world *w = &g->w;
    ENT_TRY(choke_plain(w, seed, ENT_SOURCING_COMMON));
    g->ask = (ent_cutoff_ask){.net = &w->net, .policy = &w->policy, .eq = &w->eq, .options = &tight};
    ENT_TRY(ent_cutoffs_measure(&g->ask, &w->arena, &g->list, &g->count, &w->err));
    ent_cutoffs_sort(g->list, g->count);
    return ENT_OK;
}

/* log real income of region n under a policy. */
static double income_under(random_world *w, const ent_policy *policy, ptrdiff_t n)
{
    ent_equilibrium eq;
    if (ent_equilibrium_solve(&w->net, policy, &tight, NULL, &w->arena, &eq, &w->err) != ENT_OK) return NAN;
    return log(eq.income_usd[n]) - eq.log_price[w->net.household[n]];
}

static double *copy_of(random_world *w, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(&w->arena, double, count + 1);
    if (copy != NULL) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

/* The remedy put on by hand. */
static ent_policy with_remedy(random_world *w, const ent_cutoff *t, const ent_remedy *r)
{
    ent_policy p = w->policy;
    p.duty = copy_of(w, p.duty, w->net.borders);
    p.log_trade_cost = copy_of(w, p.log_trade_cost, w->net.borders);
    p.subsidy = copy_of(w, p.subsidy, w->net.nodes);
    if (r->kind == ENT_REMEDY_HOME) p.subsidy[w->net.producer[t->target * w->net.sectors + t->sector]] = r->size;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        if (w->net.lane_region[lane] != t->target || ent_lane_exporter(&w->net, lane) != r->partner ||
            ent_lane_sector(&w->net, lane) != t->sector)
            continue;
        if (r->kind == ENT_REMEDY_PARTNER) p.duty[lane] = -r->size;
        if (r->kind == ENT_REMEDY_CHANNEL) p.log_trade_cost[lane] = log(1.0 + r->size);
    }
    return p;
}

static void cut(random_world *w, const ent_cutoff *t, ent_policy *p)
{
    p->banned = ent_new0(&w->arena, unsigned char, w->net.borders + 1);
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        p->banned[lane] = w->net.lane_region[lane] == t->target && ent_lane_exporter(&w->net, lane) == t->sender &&
                          ent_lane_sector(&w->net, lane) == t->sector;
}

TEST(a_remedy_is_the_difference_of_four_equilibria, "E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(12); seed++) {
        ground g = {0};
        random_world *w = &g.w;
        ent_remedy_list list;
        MUST_IN(w, open_ground(&g, seed));
        const ent_cutoff *t = &g.list[0];
        MUST_IN(w, ent_remedies_measure(&g.ask, t, NULL, &w->arena, &list, &w->err));
        ent_policy bare = w->policy;
        const double today = income_under(w, &bare, t->target);
        cut(w, t, &bare);
        const double lost = income_under(w, &bare, t->target);
        LAW(w, list.count == ENT_REMEDIES || w->net.regions == 2, "%td remedies", list.count);
        for (ptrdiff_t m = 0; m < list.count; m++) {
            const ent_remedy *r = &list.remedy[m];
            LAW(w, fabs(r->without - (today - lost)) <= 1e-9 && fabs(r->without - t->exact) <= 1e-9, "loss today");
            if (r->kind == ENT_REMEDY_STOCK) {
                LAW(w, fabs(r->left - r->without * (1.0 - 90.0 / 365.0)) <= 1e-12 && isnan(r->premium), "stock");
                continue;
            }
            LAW(w, r->partner == t->target || (r->partner != t->sender && r->kind != ENT_REMEDY_HOME), "partner");
            ent_policy p = with_remedy(w, t, r);
            const double calm = income_under(w, &p, t->target);
            cut(w, t, &p);
            const double both = income_under(w, &p, t->target);
            LAW(w, fabs(r->premium - (today - calm)) <= 1e-9, "premium %g, not %g", r->premium, today - calm);
            LAW(w, fabs(r->left - (calm - both)) <= 1e-9, "left %g, not %g", r->left, calm - both);
            LAW(w, fabs(r->with - (today - both)) <= 1e-9, "with %g, not %g", r->with, today - both);
            const double saved = r->without - r->with;
            if (r->premium > 0.0 && saved > 0.0) /* at these odds the gamble is fair */
                LAW(w, fabs(r->even * saved - (1.0 - r->even) * r->premium) <= 1e-12, "odds %g", r->even);
            if (r->premium > 0.0 && saved <= 0.0) LAW(w, isnan(r->even), "worth it although it saves nothing");
        }
        random_close(w);
    }
}

TEST(remedies_of_no_size_do_nothing_and_a_long_stock_covers_all, "E13")
{
    ground g = {0};
    random_world *w = &g.w;
    ent_remedy_list list;
    MUST(open_ground(&g, 3), w->err);
    const ent_remedy_sizes none = {.subsidy = 0.0, .channel = 0.0, .stock_days = 400.0, .cut_days = 365.0};
    MUST(ent_remedies_measure(&g.ask, &g.list[0], &none, &w->arena, &list, &w->err), w->err);
    for (ptrdiff_t m = 0; m < list.count; m++) {
        const ent_remedy *r = &list.remedy[m];
        if (r->kind == ENT_REMEDY_STOCK) {
            CHECK(r->left == 0.0);
            continue;
        }
        CHECK_NEAR(r->premium, 0.0, 1e-10);
        CHECK_NEAR(r->left, r->without, 1e-10);
    }
    for (ptrdiff_t kind = 0; kind < ENT_REMEDIES; kind++)
        CHECK(ent_remedy_word(kind) != NULL && ent_remedy_unit(kind) != NULL && ent_remedy_meaning(kind) != NULL);
    CHECK(ent_remedy_word(ENT_REMEDIES) == NULL);
    random_close(w);
}

TEST(sizes_that_cannot_be_are_refused, "input")
{
    ground g = {0};
    random_world *w = &g.w;
    ent_remedy_list list;
    MUST(open_ground(&g, 3), w->err);
    const ent_remedy_sizes all = {.subsidy = 1.0, .channel = 0.1, .stock_days = 90.0, .cut_days = 365.0};
    CHECK(ent_remedies_measure(&g.ask, &g.list[0], &all, &w->arena, &list, &w->err) == ENT_BAD_INPUT);
    CHECK_TEXT(w->err.text, "a remedy's subsidy and green channel lie between 0 and 1, not at 1 and 0.1");
    const ent_remedy_sizes never = {.subsidy = 0.1, .channel = 0.1, .stock_days = 90.0, .cut_days = 0.0};
    CHECK(ent_remedies_measure(&g.ask, &g.list[0], &never, &w->arena, &list, &w->err) == ENT_BAD_INPUT);
    CHECK_TEXT(w->err.text, "a stock lasts 0 days or more and a cut-off some days, not 90 and 0");
    random_close(w);
}
