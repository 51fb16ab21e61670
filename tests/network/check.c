/* check.c: every invariant of network.h is seen when it breaks. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static ent_status lay(random_world *w)
{
    ENT_TRY(random_table(w, 11, &plain_world));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    return random_lay(w);
}

typedef void spoil(ent_network *net);

static void see(const char *file, int line, spoil *change, const char *starts_with)
{
    random_world w;
    if (lay(&w) != ENT_OK) {
        test_fail(file, line, "%s", w.err.text);
        return;
    }
    change(&w.net);
    if (ent_network_check(&w.net, &w.err) != ENT_BAD_INPUT) test_fail(file, line, "not seen: %s", starts_with);
    if (strncmp(w.err.text, starts_with, strlen(starts_with)) != 0)
        test_fail(file, line, "it says\n    %s\n  not\n    %s …", w.err.text, starts_with);
    random_close(&w);
}
#define SEEN(change, starts_with) see(__FILE__, __LINE__, change, starts_with)

static void edge_to_nowhere(ent_network *net)
{
    net->edge_lane[0] = (int32_t)net->lanes;
}
static void share_too_large(ent_network *net)
{
    net->share[net->first[net->level_first[2]]] += 1e-9;
}
static void share_of_zero(ent_network *net)
{
    const int64_t e = net->first[net->level_first[2]];
    net->share[e + 1] += net->share[e];
    net->share[e] = 0.0;
}
static void later_seller(ent_network *net)
{
    net->seller[net->edge_lane[net->first[net->level_first[2]]]] = net->household[net->regions - 1];
    net->borders = 0; /* else it is out of order first */
}
static void sales_that_nobody_brings(ent_network *net)
{
    net->sales_usd[net->producer[0]] *= 1.0 + 1e-6;
}
static void money_from_nowhere(ent_network *net)
{
    net->transfer_usd[0] += 1.0;
}
static void borders_out_of_order(ent_network *net)
{
    const int32_t first = net->seller[0];
    net->seller[0] = net->seller[1];
    net->seller[1] = first;
}
static void another_elasticity(ent_network *net)
{
    net->lane_elasticity[0] += 1.0;
}
static void another_region(ent_network *net)
{
    net->lane_region[net->lanes - 1] = net->lane_region[net->lanes - 1] == 0;
}

TEST(broken_invariants_are_seen, "N1-N5")
{
    SEEN(edge_to_nowhere, "N1: edge 0 leads nowhere");
    SEEN(share_too_large, "N2: shares of node ");
    SEEN(share_of_zero, "N2: node ");
    SEEN(later_seller, "N3: node ");
    SEEN(sales_that_nobody_brings, "N4: node ");
    SEEN(money_from_nowhere, "N4: R1 spends ");
    SEEN(borders_out_of_order, "N5: border lane 1 is out of order");
    SEEN(another_elasticity, "a lane of node ");
    SEEN(another_region, "a lane of node ");
}
