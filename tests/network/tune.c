/* tune.c: a tuned network is the one that would have been laid, bit by bit. */
// SPDX-License-Identifier: MIT
#include "network/tune.h"
#include "random_world.h"

static ent_status open_any(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    return random_lay(w);
}

/* Other numbers wherever there are some; equal ones stay equal, so that the nests do. */
static void change_trade(random_world *w, ent_blueprint *b)
{
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) {
        b->trade_elasticity[j] *= dice_between(&w->dice, 0.5, 2.0);
        b->home_elasticity[j] *= dice_between(&w->dice, 0.5, 2.0); /* NaN stays NaN */
        b->scale[j] *= 0.5;
    }
}

/* Numbers that differ from each other everywhere. */
static void set_apart(random_world *w, ent_blueprint *b, double from)
{
    const ptrdiff_t J = w->table.sectors.count;
    for (ptrdiff_t j = 0; j < J; j++) {
        b->output_elasticity[j] = from + 0.010 * (double)j;
        b->factor_elasticity[j] = from + 0.100 + 0.010 * (double)j;
        b->material_elasticity[j] = from + 0.200 + 0.010 * (double)j;
    }
    b->consumption_elasticity = from + 0.3;
}

static void hold_equal(random_world *w, const ent_network *tuned, const ent_network *laid)
{
    LAW(w, tuned->nodes == laid->nodes && tuned->lanes == laid->lanes, "the nests are others");
    if (tuned->nodes != laid->nodes || tuned->lanes != laid->lanes) return;
    for (ptrdiff_t k = 0; k < laid->nodes; k++)
        LAW(w, tuned->elasticity[k] == laid->elasticity[k] && tuned->scale[k] == laid->scale[k],
            "node %td (kind %d): %.17g, %.17g, not %.17g, %.17g", k, laid->kind[k], tuned->elasticity[k],
            tuned->scale[k], laid->elasticity[k], laid->scale[k]);
    for (ptrdiff_t k = 0; k < laid->nodes; k++) /* lanes inside regions may be numbered otherwise */
        for (int64_t e = tuned->first[k]; e < tuned->first[k + 1]; e++)
            LAW(w, tuned->lane_elasticity[tuned->edge_lane[e]] == laid->elasticity[k], "an input of node %td", k);
    for (ptrdiff_t lane = 0; lane < laid->borders; lane++)
        LAW(w, tuned->lane_elasticity[lane] == laid->lane_elasticity[lane], "lane %td: %.17g, not %.17g", lane,
            tuned->lane_elasticity[lane], laid->lane_elasticity[lane]);
}

TEST(a_tuned_network_is_the_one_that_would_have_been_laid, "E3")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w;
        ent_network tuned, laid;
        ent_blueprint own;
        MUST_IN(&w, open_any(&w, seed));
        if (seed % 2 == 0) {
            set_apart(&w, &w.blueprint, 0.5);
            MUST_IN(&w, random_lay(&w));
        }
        MUST_IN(&w, ent_network_tunable(&w.net, &w.arena, &tuned, &own, &w.err));
        change_trade(&w, &own);
        if (seed % 2 == 0) set_apart(&w, &own, 2.5);
        ent_network_tune(&tuned);
        MUST_IN(&w, ent_network_lay(&w.table, &own, &w.arena, &laid, &w.err));
        hold_equal(&w, &tuned, &laid);
        /* and the network it was copied from is what it was */
        MUST_IN(&w, ent_network_lay(&w.table, &w.blueprint, &w.arena, &laid, &w.err));
        hold_equal(&w, &w.net, &laid);
        random_close(&w);
    }
}

TEST(no_memory_for_a_tunable_copy_is_said, "faults")
{
    random_world w;
    MUST(open_any(&w, 3), w.err);
    long nth = 1;
    for (;; nth++) {
        ENT_SCRATCH scratch = {0};
        ent_network tuned;
        ent_blueprint own;
        test_fail_allocation(nth);
        const ent_status status = ent_network_tunable(&w.net, &scratch, &tuned, &own, &w.err);
        test_fail_allocation(0);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY);
    }
    CHECK(nth > 1);
    random_close(&w);
}
