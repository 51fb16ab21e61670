/* stop.c: a search that nobody waits for any more ends at its next pass; one that is waited for is not changed by the
 * question. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

typedef struct {
    ptrdiff_t asked, patience;
} waiting;

static int lose_patience(void *who)
{
    waiting *w = who;
    return ++w->asked > w->patience;
}

TEST(a_search_ends_at_the_pass_after_nobody_waits, "5")
{
    static const ent_method methods[] = {ENT_METHOD_AUTO, ENT_METHOD_FIXED_POINT, ENT_METHOD_NEWTON,
                                         ENT_METHOD_HOMOTOPY};
    for (uint64_t seed = 1; seed <= WORLDS(10); seed++) {
        random_world w;
        ent_network net;
        ent_policy policy;
        MUST(random_table(&w, seed, &plain_world), w.err);
        MUST(random_blueprint(&w), w.err);
        MUST(ent_network_lay(&w.table, &w.blueprint, &w.arena, &net, &w.err), w.err);
        MUST(ent_policy_none(&net, &w.arena, &policy, &w.err), w.err);
        for (ptrdiff_t lane = 0; lane < net.borders; lane++)
            if (ent_lane_exporter(&net, lane) != net.lane_region[lane]) policy.duty[lane] += 2.0;
        for (int m = 0; m < 4; m++) {
            waiting who = {.patience = 2};
            ent_equilibrium eq, same;
            ent_options options = ent_options_default(), patient;
            options.method = methods[m];
            patient = options;
            options.stop = patient.stop = lose_patience;
            options.stop_who = &who;
            const ent_status status = ent_equilibrium_solve(&net, &policy, &options, NULL, &w.arena, &eq, &w.err);
            CHECK(status == ENT_NOT_CONVERGED || eq.certificate.passes <= 4);
            CHECK(who.asked <= 40); /* each method of `auto` is asked once or twice more */
            waiting always = {.patience = PTRDIFF_MAX};
            patient.stop_who = &always;
            const ent_status with = ent_equilibrium_solve(&net, &policy, &patient, NULL, &w.arena, &eq, &w.err);
            patient.stop = NULL;
            const ent_status without = ent_equilibrium_solve(&net, &policy, &patient, NULL, &w.arena, &same, &w.err);
            CHECK(with == without);
            CHECK(memcmp(eq.log_price, same.log_price, (size_t)net.nodes * sizeof(double)) == 0);
        }
        random_close(&w);
    }
}
