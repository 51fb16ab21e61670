/* cut.c: cut-offs: the closed form, autarky, what is not traded, and the same by hand. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

typedef struct {
    unsigned char sender[8], target[8], sector[8];
} lists;

static ent_cut pair(lists *l, ptrdiff_t sender, ptrdiff_t target)
{
    memset(l, 0, sizeof *l);
    l->sender[sender] = l->target[target] = 1;
    return (ent_cut){l->sender, l->target, NULL, 0};
}

/* Σ_s μ_s/(σ_s − 1) ln 1/(1 − λ_s), λ of all senders together. */
static double closed_form(const random_world *w, const ent_cut *cut, ptrdiff_t n)
{
    const ptrdiff_t J = w->net.sectors;
    double spent[8] = {0}, lost[8] = {0}, all = 0.0, loss = 0.0;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        if (w->net.lane_region[lane] != n) continue;
        const ptrdiff_t j = ent_lane_sector(&w->net, lane);
        spent[j] += w->eq.lane_value_usd[lane];
        if (cut->sender[ent_lane_exporter(&w->net, lane)]) lost[j] += w->eq.lane_value_usd[lane];
        all += w->eq.lane_value_usd[lane];
    }
    for (ptrdiff_t j = 0; j < J; j++)
        loss -= spent[j] / all / w->blueprint.trade_elasticity[j] * log1p(-lost[j] / spent[j]);
    return loss;
}

TEST(in_one_tier_the_formula_is_the_closed_form, "E3")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_cutter *cutter;
        MUST_IN(&w, choke_one_tier(&w, seed, 4));
        MUST_IN(&w, ent_cutter_open(&w.net, &w.policy, &w.eq, NULL, &w.arena, &cutter, &w.err));
        for (ptrdiff_t h = 0; h < w.net.regions; h++)
            for (ptrdiff_t n = 0; n < w.net.regions; n++) {
                lists l;
                ent_cut cut = pair(&l, h, n);
                ent_cut_effect effect;
                if (h == n) continue;
                const ptrdiff_t other = dice_pick(&w.dice, w.net.regions);
                l.sender[other] = other != n;
                if (ent_cutter_cut(cutter, &cut, ENT_CUT_FORMULA, &w.arena, &effect, &w.err) != ENT_OK) {
                    LAW(&w, 0, "%s", w.err.text);
                    continue;
                }
                const double wanted = closed_form(&w, &cut, n);
                LAW(&w, fabs(effect.formula[n] - wanted) <= 1e-12 * (1.0 + wanted), "%.17g, not %.17g",
                    effect.formula[n], wanted);
                for (ptrdiff_t i = 0; i < w.net.regions; i++) {
                    LAW(&w, i == n || fabs(effect.formula[i]) <= 1e-13, "a third region's prices move");
                    LAW(&w, isnan(effect.exact[i]), "what was not asked for is a number");
                }
            }
        random_close(&w);
    }
}

/* I10: together at least what they do one by one, at fixed wages. */
TEST(joint_threats_are_at_least_the_sum_of_the_single_ones, "I10")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_cutoff *single, *bloc;
        ent_joint *joint;
        ptrdiff_t singles, blocs, count;
        unsigned char senders[8] = {0};
        MUST_IN(&w, choke_one_tier(&w, seed, 4));
        for (ptrdiff_t i = 0; i < w.net.regions - 1; i++) senders[i] = 1;
        ent_cutoff_ask ask = {
            .net = &w.net, .policy = &w.policy, .eq = &w.eq, .sender = senders, .together = 1, .formula_only = 1};
        MUST_IN(&w, ent_cutoffs_measure(&ask, &w.arena, &single, &singles, &w.err));
        ask.bloc = 1;
        MUST_IN(&w, ent_cutoffs_measure(&ask, &w.arena, &bloc, &blocs, &w.err));
        MUST_IN(&w, ent_joint_measure(single, singles, bloc, blocs, &w.arena, &joint, &count, &w.err));
        LAW(&w, count == w.net.regions, "%td targets", count);
        for (ptrdiff_t k = 0; k < count; k++)
            LAW(&w, joint[k].joint_formula >= joint[k].single_formula - 1e-13 && isnan(joint[k].joint_exact),
                "together %.17g, one by one %.17g", joint[k].joint_formula, joint[k].single_formula);
        random_close(&w);
    }
}

/* Arkolakis, Costinot and Rodríguez-Clare: alone in the world a one-sector economy without inputs loses λ_nn^(1/θ). */
TEST(cut_off_from_everyone_real_income_falls_by_the_home_share, "E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(40); seed++) {
        random_world w;
        ent_cutter *cutter;
        MUST_IN(&w, choke_one_tier(&w, seed, 1));
        const ent_options tight = {.tolerance = 1e-12, .depth = 8, .passes = 500, .steps = 60, .threads = 1};
        MUST_IN(&w, ent_cutter_open(&w.net, &w.policy, &w.eq, &tight, &w.arena, &cutter, &w.err));
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            lists l;
            ent_cut cut = pair(&l, 0, n);
            ent_cut_effect effect;
            for (ptrdiff_t i = 0; i < w.net.regions; i++) l.sender[i] = i != n;
            cut.two_way = 1;
            double home = 0.0, all = 0.0;
            for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
                if (w.net.lane_region[lane] != n) continue;
                all += w.eq.lane_value_usd[lane];
                if (ent_lane_exporter(&w.net, lane) == n) home += w.eq.lane_value_usd[lane];
            }
            const double wanted = -log(home / all) / w.blueprint.trade_elasticity[0];
            const ent_status status =
                ent_cutter_cut(cutter, &cut, ENT_CUT_FORMULA | ENT_CUT_EXACT, &w.arena, &effect, &w.err);
            LAW(&w, status == ENT_OK, "%s", w.err.text);
            if (status != ENT_OK) continue;
            LAW(&w, fabs(effect.exact[n] - wanted) <= 1e-10, "%.17g, not %.17g", effect.exact[n], wanted);
            LAW(&w, fabs(effect.formula[n] - wanted) <= 1e-12, "%.17g, not %.17g", effect.formula[n], wanted);
        }
        random_close(&w);
    }
}

TEST(where_nothing_is_traded_nothing_happens, "E13")
{
    int met = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_world w;
        ent_cutter *cutter;
        MUST_IN(&w, choke_any(&w, seed));
        MUST_IN(&w, ent_cutter_open(&w.net, &w.policy, &w.eq, NULL, &w.arena, &cutter, &w.err));
        for (ptrdiff_t h = 0; h < w.net.regions; h++)
            for (ptrdiff_t j = 0; j < w.net.sectors; j++) {
                const ptrdiff_t n = (h + 1) % w.net.regions;
                lists l;
                ent_cut cut = pair(&l, h, n);
                ent_cut_effect effect;
                double traded = 0.0;
                for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
                    if (w.net.lane_region[lane] == n && ent_lane_exporter(&w.net, lane) == h &&
                        ent_lane_sector(&w.net, lane) == j)
                        traded += w.eq.lane_value_usd[lane];
                if (traded > 0.0) continue;
                met++;
                l.sector[j] = 1;
                cut.sector = l.sector;
                LAW(&w,
                    ent_cutter_cut(cutter, &cut, ENT_CUT_FORMULA | ENT_CUT_EXACT, &w.arena, &effect, &w.err) == ENT_OK,
                    "%s", w.err.text);
                for (ptrdiff_t i = 0; i < w.net.regions; i++)
                    LAW(&w, effect.formula[i] == 0.0 && effect.exact[i] == 0.0, "region %td loses %g", i,
                        effect.exact[i]);
                LAW(&w, effect.trade_usd == 0.0, "trade of %g", effect.trade_usd);
            }
        random_close(&w);
    }
    CHECK(met > 0);
}

/* The exact loss is that of a policy with these lanes banned, solved cold. */
TEST(an_exact_loss_is_that_of_the_banned_lanes, "E13")
{
    int met = 0;
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        random_world w;
        ent_cutter *cutter;
        ent_equilibrium cold;
        ent_cut_effect effect;
        lists l;
        MUST_IN(&w, choke_any(&w, seed));
        const ent_options tight = {.tolerance = 1e-12, .depth = 8, .passes = 500, .steps = 60, .threads = 1};
        const ptrdiff_t R = w.net.regions, h = dice_pick(&w.dice, R), n = (h + 1 + dice_pick(&w.dice, R - 1)) % R;
        ent_cut cut = pair(&l, h, n);
        for (ptrdiff_t j = 0; j < w.net.sectors; j++) l.sector[j] = (unsigned char)dice_chance(&w.dice, 0.6);
        cut.sector = l.sector;
        cut.two_way = dice_chance(&w.dice, 0.5);
        ent_policy banned = w.policy;
        banned.banned = ent_new0(&w.arena, unsigned char, w.net.borders + 1);
        double trade = 0.0;
        for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) {
            const ptrdiff_t to = w.net.lane_region[lane], from = ent_lane_exporter(&w.net, lane);
            if (!l.sector[ent_lane_sector(&w.net, lane)]) continue;
            if (!((from == h && to == n) || (cut.two_way && from == n && to == h))) continue;
            banned.banned[lane] = 1;
            trade += w.eq.lane_value_usd[lane] / (1.0 + w.policy.duty[lane]);
        }
        MUST_IN(&w, ent_cutter_open(&w.net, &w.policy, &w.eq, &tight, &w.arena, &cutter, &w.err));
        const ent_status by_hand = ent_equilibrium_solve(&w.net, &banned, &tight, NULL, &w.arena, &cold, &w.err);
        const ent_status status = ent_cutter_cut(cutter, &cut, ENT_CUT_EXACT, &w.arena, &effect, &w.err);
        LAW(&w, (by_hand == ENT_NO_EQUILIBRIUM) == (status == ENT_NO_EQUILIBRIUM), "statuses %d and %d", by_hand,
            status);
        LAW(&w, fabs(effect.trade_usd - trade) <= 1e-9 * (1.0 + trade), "trade %g, not %g", effect.trade_usd, trade);
        if (by_hand == ENT_OK && status == ENT_OK) {
            met++;
            for (ptrdiff_t i = 0; i < R; i++) {
                const double before = log(w.eq.income_usd[i]) - w.eq.log_price[w.net.household[i]];
                const double after = log(cold.income_usd[i]) - cold.log_price[w.net.household[i]];
                LAW(&w, fabs(effect.exact[i] - (before - after)) <= 1e-8, "region %td loses %.12g, not %.12g", i,
                    effect.exact[i], before - after);
            }
        }
        random_close(&w);
    }
    CHECK(met > WORLDS(80) / 2);
}
