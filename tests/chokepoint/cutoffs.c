/* cutoffs.c: a ranking's rows are single cut-offs, for any number of threads; what is vital is said so. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

static ent_cutoff_ask everything(const random_world *w, const ent_options *options)
{
    return (ent_cutoff_ask){.net = &w->net, .policy = &w->policy, .eq = &w->eq, .options = options};
}

static const ent_options tight = {.tolerance = 1e-12, .depth = 8, .passes = 500, .steps = 60, .threads = 1};

TEST(rows_are_single_cut_offs_with_their_sums, "E13")
{
    int met = 0;
    for (uint64_t seed = 1; seed <= WORLDS(30); seed++) {
        random_world w;
        ent_cutter *cutter;
        ent_cutoff *list;
        ptrdiff_t count;
        MUST_IN(&w, choke_any(&w, seed));
        ent_cutoff_ask ask = everything(&w, &tight);
        ask.two_way = seed % 2 == 0;
        ask.together = seed % 3 == 0;
        if (ent_cutoffs_measure(&ask, &w.arena, &list, &count, &w.err) != ENT_OK) { /* somebody cannot be cut off */
            LAW(&w, strstr(w.err.text, "cut-off of ") == w.err.text, "%s", w.err.text);
            random_close(&w);
            continue;
        }
        MUST_IN(&w, ent_cutter_open(&w.net, &w.policy, &w.eq, &tight, &w.arena, &cutter, &w.err));
        for (ptrdiff_t k = 0; k < count; k++) {
            const ent_cutoff *t = &list[k];
            unsigned char sender[8] = {0}, target[8] = {0}, sector[8] = {0};
            ent_cut_effect effect;
            sender[t->sender] = target[t->target] = 1;
            if (t->sector >= 0) sector[t->sector] = 1;
            const ent_cut cut = {sender, target, t->sector >= 0 ? sector : NULL, ask.two_way};
            const ent_status status =
                ent_cutter_cut(cutter, &cut, ENT_CUT_FORMULA | ENT_CUT_EXACT, &w.arena, &effect, &w.err);
            LAW(&w, (status == ENT_NO_EQUILIBRIUM) == (t->kind == ENT_CUTOFF_VITAL), "kind %d", t->kind);
            if (status != ENT_OK) continue;
            met++;
            double others = 0.0;
            for (ptrdiff_t i = 0; i < w.net.regions; i++)
                if (i != t->target && i != t->sender) others -= w.eq.income_usd[i] * expm1(-effect.exact[i]);
            LAW(&w, t->trade_usd == effect.trade_usd || fabs(t->trade_usd - effect.trade_usd) <= 1e-9 * t->trade_usd,
                "trade");
            LAW(&w,
                t->formula == effect.formula[t->target] && t->exact == effect.exact[t->target] &&
                    t->own == effect.exact[t->sender],
                "losses of row %td", k);
            LAW(&w, fabs(t->exact_usd + w.eq.income_usd[t->target] * expm1(-t->exact)) <= 1e-9, "money");
            LAW(&w, fabs(t->own_usd + w.eq.income_usd[t->sender] * expm1(-t->own)) <= 1e-9, "own money");
            LAW(&w, fabs(t->others_usd - others) <= 1e-9 * (1.0 + fabs(others)), "others' money");
            LAW(&w, t->own_usd > 0.0 ? t->ratio == t->exact_usd / t->own_usd : isnan(t->ratio) != 0, "ratio");
        }
        random_close(&w);
    }
    CHECK(met > WORLDS(30) * 6);
}

TEST(no_bit_depends_on_threads_or_on_who_else_is_measured, "E13")
{
    random_world w;
    ent_cutoff *one, *three, *few;
    ptrdiff_t count, also, some;
    uint64_t seed = 1; /* a world with rows for several blocks */
    MUST(choke_plain(&w, seed, ENT_SOURCING_COMMON), w.err);
    while (w.net.regions * (w.net.regions - 1) * w.net.sectors <= 32) {
        random_close(&w);
        MUST(choke_plain(&w, ++seed, ENT_SOURCING_COMMON), w.err);
    }
    ent_cutoff_ask ask = everything(&w, NULL);
    MUST(ent_cutoffs_measure(&ask, &w.arena, &one, &count, &w.err), w.err);
    ask.threads = 3;
    MUST(ent_cutoffs_measure(&ask, &w.arena, &three, &also, &w.err), w.err);
    CHECK(count > 32 && count == also);
    CHECK(memcmp(one, three, (size_t)count * sizeof *one) == 0);
    unsigned char target[8] = {0};
    target[w.net.regions - 1] = 1;
    ask.target = target;
    MUST(ent_cutoffs_measure(&ask, &w.arena, &few, &some, &w.err), w.err);
    CHECK(some > 0 && memcmp(one + count - some, few, (size_t)some * sizeof *one) == 0);
    random_close(&w);
}

TEST(a_bloc_of_one_is_that_one_and_an_empty_list_has_no_rows, "E13")
{
    random_world w;
    ent_cutoff *one, *bloc, *none;
    ptrdiff_t count, also, nothing;
    unsigned char sender[8] = {1}, nobody[8] = {0};
    MUST(choke_plain(&w, 5, ENT_SOURCING_COMMON), w.err);
    ent_cutoff_ask ask = everything(&w, &tight);
    ask.sender = sender;
    MUST(ent_cutoffs_measure(&ask, &w.arena, &one, &count, &w.err), w.err);
    ask.bloc = 1;
    MUST(ent_cutoffs_measure(&ask, &w.arena, &bloc, &also, &w.err), w.err);
    CHECK(count > 0 && count == also);
    for (ptrdiff_t k = 0; k < count && k < also; k++) {
        CHECK(one[k].exact == bloc[k].exact && one[k].share == bloc[k].share && bloc[k].sender == -1);
        CHECK_NEAR(bloc[k].own, one[k].own, 1e-15);
    }
    ask.sender = nobody;
    MUST(ent_cutoffs_measure(&ask, &w.arena, &none, &nothing, &w.err), w.err);
    CHECK(nothing == 0);
    ent_cutoffs_sort(none, nothing);
    random_close(&w);
}

/* Who has one supplier left and makes nothing of it himself cannot be cut off from it. */
TEST(the_last_supplier_is_vital, "E5")
{
    random_world w;
    ent_cutoff *list;
    ptrdiff_t count;
    MUST(choke_one_tier(&w, 3, 3), w.err);
    ent_policy last = w.policy;
    ent_equilibrium eq;
    last.banned = ent_new0(&w.arena, unsigned char, w.net.borders);
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) /* region 0 buys sector 0 from region 1 alone */
        last.banned[lane] = (unsigned char)(w.net.lane_region[lane] == 0 && ent_lane_sector(&w.net, lane) == 0 &&
                                            ent_lane_exporter(&w.net, lane) != 1);
    MUST(ent_equilibrium_solve(&w.net, &last, &tight, &w.eq, &w.arena, &eq, &w.err), w.err);
    const ent_cutoff_ask ask = {.net = &w.net, .policy = &last, .eq = &eq, .options = &tight};
    MUST(ent_cutoffs_measure(&ask, &w.arena, &list, &count, &w.err), w.err);
    ent_cutoffs_sort(list, count);
    CHECK(list[0].kind == ENT_CUTOFF_VITAL && list[0].sender == 1 && list[0].target == 0 && list[0].sector == 0);
    CHECK(list[0].formula == INFINITY && list[0].exact == INFINITY && isnan(list[0].own_usd));
    CHECK_NEAR(list[0].share, 1.0, 1e-12);
    for (ptrdiff_t k = 1; k < count; k++) {
        CHECK(list[k].kind == ENT_CUTOFF_MEASURED);
        CHECK(k == 1 || list[k].exact <= list[k - 1].exact);
    }
    random_close(&w);
}

TEST(a_cut_off_that_is_not_reached_is_named, "E13")
{
    random_world w;
    ent_cutoff *list;
    ptrdiff_t count;
    const ent_options hasty = {.tolerance = 1e-14, .depth = 0, .passes = 1, .steps = 1, .threads = 1};
    MUST(choke_plain(&w, 2, ENT_SOURCING_COMMON), w.err);
    const ent_cutoff_ask ask = everything(&w, &hasty);
    CHECK(ent_cutoffs_measure(&ask, &w.arena, &list, &count, &w.err) == ENT_NOT_CONVERGED);
    CHECK(strstr(w.err.text, "cut-off of ") == w.err.text && strstr(w.err.text, "not converged") != NULL);
    random_close(&w);
}

TEST(lost_memory_is_said_by_all_of_the_room, "faults")
{
    random_world w;
    MUST(choke_plain(&w, 6, ENT_SOURCING_COMMON), w.err);
    unsigned char sender[8] = {1};
    ent_cutoff_ask ask = everything(&w, NULL);
    ask.sender = sender;
    ask.together = 1;
    for (long nth = 1;; nth++) {
        ent_arena arena = {0};
        ent_cutoff *list, *bloc;
        ent_joint *joint;
        ent_remedy_list remedies;
        ent_reliance reliance;
        ent_users_of users;
        ptrdiff_t count, blocs, joints;
        w.err.text[0] = 0;
        test_fail_allocation(nth);
        ent_status status = ent_cutoffs_measure(&ask, &arena, &list, &count, &w.err);
        ask.bloc = 1;
        if (status == ENT_OK) status = ent_cutoffs_measure(&ask, &arena, &bloc, &blocs, &w.err);
        ask.bloc = 0;
        if (status == ENT_OK) status = ent_joint_measure(list, count, bloc, blocs, &arena, &joint, &joints, &w.err);
        if (status == ENT_OK) status = ent_remedies_measure(&ask, list, NULL, &arena, &remedies, &w.err);
        if (status == ENT_OK) status = ent_reliance_measure(&w.net, &w.policy, &w.eq, &arena, &reliance, &w.err);
        if (status == ENT_OK) status = ent_users_of_measure(&w.net, &w.policy, &w.eq, 0, 0, &arena, &users, &w.err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        if (status == ENT_OK) {
            CHECK(nth > 20);
            break;
        }
        CHECK(status == ENT_NO_MEMORY);
        CHECK(w.err.text[0] != 0);
        if (status != ENT_NO_MEMORY || w.err.text[0] == 0) {
            printf("nth %ld: %s\n", nth, w.err.text);
            break;
        }
    }
    random_close(&w);
}
