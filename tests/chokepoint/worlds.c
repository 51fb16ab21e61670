/* worlds.c: see worlds.h. */
// SPDX-License-Identifier: MIT
#include "worlds.h"

ent_status choke_one_tier(random_world *w, uint64_t seed, ptrdiff_t most_sectors)
{
    world_kind kind = simple_world;
    kind.least_regions = 3;
    kind.most_regions = 6;
    kind.most_sectors = most_sectors;
    ENT_TRY(random_table(w, seed, &kind));
    ent_table *t = &w->table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, cells = R * J;
    for (int round = 0; round < 3000; round++) /* each spends what it sells */
        for (ptrdiff_t n = 0; n < R; n++) {
            double sold = 0.0, spent = 0.0;
            for (ptrdiff_t c = 0; c < cells; c++) spent += t->f[c * R + n];
            for (ptrdiff_t j = 0; j < J; j++)
                for (ptrdiff_t i = 0; i < R; i++) sold += t->f[(n * J + j) * R + i];
            for (ptrdiff_t c = 0; c < cells; c++) t->f[c * R + n] *= sold / spent;
        }
    memset(t->z, 0, (size_t)(cells * cells) * sizeof *t->z);
    for (ptrdiff_t c = 0; c < cells; c++) {
        t->x[c] = t->tls[c] = 0.0;
        for (ptrdiff_t n = 0; n < R; n++) t->x[c] += t->f[c * R + n];
        t->va[c] = t->x[c];
    }
    ENT_TRY(ent_blueprint_default(t, &w->arena, &w->blueprint, &w->err));
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (w->net.lane_region[lane] != ent_lane_exporter(&w->net, lane))
            w->policy.log_trade_cost[lane] = dice_between(&w->dice, -0.2, 0.3);
    return random_solve(w, 1e-13);
}

ent_status choke_any(random_world *w, uint64_t seed)
{
    world_kind kind = any_world;
    kind.least_regions = 2;
    kind.most_regions = 4;
    kind.most_sectors = 4;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    ENT_TRY(random_policy(w, 0.3));
    return random_solve(w, 1e-13);
}

ent_status choke_plain(random_world *w, uint64_t seed, ent_sourcing sourcing)
{
    world_kind kind = plain_world;
    kind.least_regions = 2;
    kind.most_regions = 4;
    kind.most_sectors = 4;
    ENT_TRY(random_table(w, seed, &kind));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    w->blueprint.sourcing = sourcing;
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    return random_solve(w, 1e-13);
}
