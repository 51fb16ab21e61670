/* tune.c: see tune.h. */
// SPDX-License-Identifier: MIT
#include "network/tune.h"
#include "network/blueprint.h"
#include <string.h>

static double *copied(ent_arena *arena, const double *from, ptrdiff_t count)
{
    double *list = ent_new(arena, double, count);
    if (list != NULL) memcpy(list, from, (size_t)count * sizeof *list);
    return list;
}

static ent_status copy_blueprint(const ent_network *net, ent_arena *arena, ent_blueprint *own)
{
    const ent_blueprint *b = net->blueprint;
    *own = *b;
    own->trade_elasticity = copied(arena, b->trade_elasticity, net->sectors);
    own->home_elasticity = copied(arena, b->home_elasticity, net->sectors);
    own->output_elasticity = copied(arena, b->output_elasticity, net->sectors);
    own->factor_elasticity = copied(arena, b->factor_elasticity, net->sectors);
    own->material_elasticity = copied(arena, b->material_elasticity, net->sectors);
    own->product_elasticity = copied(arena, b->product_elasticity, net->sectors);
    own->scale = copied(arena, b->scale, net->sectors);
    return own->trade_elasticity == NULL || own->home_elasticity == NULL || own->output_elasticity == NULL ||
                   own->factor_elasticity == NULL || own->material_elasticity == NULL ||
                   own->product_elasticity == NULL || own->scale == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

ent_status ent_network_tunable(const ent_network *net, ent_arena *arena, ent_network *copy, ent_blueprint *own,
                               ent_error *err)
{
    *copy = *net;
    copy->blueprint = own;
    copy->elasticity = copied(arena, net->elasticity, net->nodes);
    copy->lane_elasticity = copied(arena, net->lane_elasticity, net->lanes);
    copy->scale = copied(arena, net->scale, net->nodes);
    if (copy_blueprint(net, arena, own) != ENT_OK || copy->elasticity == NULL || copy->lane_elasticity == NULL ||
        copy->scale == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the elasticities of %td nodes", net->nodes);
    return ENT_OK;
}

static double elasticity_of(const ent_network *net, ptrdiff_t k)
{
    const ent_blueprint *b = net->blueprint;
    const int32_t j = net->node_sector[k];
    const int two_tier = b->sourcing == ENT_SOURCING_TWO_TIER;
    const int final_level = net->level_first[6] < net->level_first[7];
    switch ((ent_node_kind)net->kind[k]) {
    case ENT_NODE_IMPORTS:
        return 1.0 + b->trade_elasticity[j];
    case ENT_NODE_SOURCING:
        if (net->lane_product != NULL && net->table->detail->trade_elasticity != NULL) {
            const int32_t product = net->lane_product[net->edge_lane[net->first[k]]];
            if (product >= 0) return 1.0 + net->table->detail->trade_elasticity[product];
        }
        return two_tier ? ent_blueprint_home_elasticity(b, j) : 1.0 + b->trade_elasticity[j];
    case ENT_NODE_BUNDLE:
        return ent_blueprint_product_elasticity(b, j);
    case ENT_NODE_MATERIALS:
        return b->material_elasticity[j];
    case ENT_NODE_VALUE_ADDED:
        return b->factor_elasticity[j];
    case ENT_NODE_PRODUCER:
        return b->output_elasticity[j];
    case ENT_NODE_FINAL:
        return b->consumption_elasticity;
    case ENT_NODE_HOUSEHOLD:
        return final_level ? 1.0 : b->consumption_elasticity;
    default:
        return net->elasticity[k];
    }
}

void ent_network_tune(ent_network *net)
{
    for (ptrdiff_t k = 0; k < net->nodes; k++) {
        net->elasticity[k] = elasticity_of(net, k);
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
            net->lane_elasticity[net->edge_lane[e]] = net->elasticity[k];
        if (net->kind[k] == ENT_NODE_PRODUCER && net->scale_size[k] >= 0)
            net->scale[k] = ent_blueprint_scale(net->blueprint, net->node_sector[k]);
    }
}
