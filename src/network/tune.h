/* tune.h: a network with other elasticities. Benchmark shares are data and stay, so only numbers on nodes and lanes
 * change: one read of the edges, where laying the network anew sums the whole table again. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/network.h"

/* A copy that may be tuned: elasticities and scales of its own, with a blueprint of its own in *own; the rest is
 * borrowed. */
ent_status ent_network_tunable(const ent_network *net, ent_arena *arena, ent_network *copy, ent_blueprint *own,
                               ent_error *err);

/* Elasticities and scales as ent_network_lay() would set them from net->blueprint. The nests stay those that were laid:
 * where the blueprint now differs in what was one nest or one lane then, the caller lays the network apart first. */
void ent_network_tune(ent_network *net);
