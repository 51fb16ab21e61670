/* small_world.h: four regions, three sectors, made by hand, and the borders of a network over it.
 *
 * USA, CHN, EUU and MEX sell AGR, ELE (goods) and SER to each other and at home, but MEX sells no ELE to CHN and makes
 * no SER at all. Every foreign sale carries a duty of 2 % (SER: none). Household n spends 1000 (n + 1) million dollars.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/entente.h"
#include <string.h>

enum {
    USA,
    CHN,
    EUU,
    MEX,
    SMALL_REGIONS
};
enum {
    AGR,
    ELE,
    SER,
    SMALL_SECTORS
};

typedef struct {
    ent_table table;
    ent_network net;
} small_world;

static inline int small_sells(int i, int n, int j)
{
    return !(i == MEX && n == CHN && j == ELE) && !(i == MEX && j == SER);
}

static inline ent_status small_group(ent_groups *groups, ent_arena *arena, const char *code, const char *label,
                                     const unsigned char *members)
{
    ptrdiff_t at;
    groups->of = SMALL_REGIONS;
    if (groups->member == NULL) groups->member = ent_new0(arena, unsigned char, 16 * SMALL_REGIONS);
    if (groups->member == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_names_add(&groups->names, arena, code, label, &at));
    memcpy(groups->member + at * SMALL_REGIONS, members, SMALL_REGIONS);
    return ENT_OK;
}

static inline ent_status small_table(ent_arena *arena, ent_table *t, ent_error *err)
{
    static const char *const codes[] = {"USA", "CHN", "EUU", "MEX"}, *const sectors[] = {"AGR", "ELE", "SER"};
    static const char *const labels[] = {"United States", "China", "European Union", "Mexico"};
    static const unsigned char goods[] = {1, 1, 0}, west[] = {1, 0, 1, 1}, everyone[] = {1, 1, 1, 1};
    *t = (ent_table){.name = "small"};
    for (int n = 0; n < SMALL_REGIONS; n++) ENT_TRY(ent_names_add(&t->regions, arena, codes[n], labels[n], NULL));
    for (int j = 0; j < SMALL_SECTORS; j++) ENT_TRY(ent_names_add(&t->sectors, arena, sectors[j], NULL, NULL));
    ENT_TRY(ent_names_add(&t->uses, arena, "C", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, arena, "labour", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, arena, "capital", NULL, NULL));
    ENT_TRY(small_group(&t->region_groups, arena, "all", "All regions", everyone));
    ENT_TRY(small_group(&t->region_groups, arena, "WEST", "The West", west));
    t->is_good = ent_new(arena, unsigned char, SMALL_SECTORS);
    if (t->is_good == NULL) return ENT_NO_MEMORY;
    memcpy(t->is_good, goods, sizeof goods);
    ENT_TRY(ent_table_make(t, arena, err));
    for (int i = 0; i < SMALL_REGIONS; i++)
        for (int n = 0; n < SMALL_REGIONS; n++)
            for (int j = 0; j < SMALL_SECTORS; j++)
                if (i != n && j != SER) t->duty[(i * SMALL_REGIONS + n) * SMALL_SECTORS + j] = 0.02;
    return ENT_OK;
}

/* Producers are nodes i * 3 + j, households 12 + n. Borders by importer, sector, exporter (N5). */
static inline ent_status small_network(ent_arena *arena, const ent_table *t, ent_network *net)
{
    enum {
        LANES = SMALL_REGIONS * SMALL_REGIONS * SMALL_SECTORS,
        NODES = SMALL_REGIONS * (SMALL_SECTORS + 1)
    };
    *net = (ent_network){.table = t, .regions = SMALL_REGIONS, .sectors = SMALL_SECTORS, .factors = 2, .nodes = NODES};
    net->node_region = ent_new0(arena, int32_t, NODES);
    net->node_sector = ent_new0(arena, int32_t, NODES);
    net->sales_usd = ent_new0(arena, double, NODES);
    net->producer = ent_new0(arena, int32_t, SMALL_REGIONS * SMALL_SECTORS);
    net->household = ent_new0(arena, int32_t, SMALL_REGIONS);
    net->seller = ent_new0(arena, int32_t, LANES);
    net->lane_region = ent_new0(arena, int32_t, LANES);
    net->duty = ent_new0(arena, double, LANES);
    net->export_tax = ent_new0(arena, double, LANES);
    net->lane_value_usd = ent_new0(arena, double, LANES);
    net->transfer_usd = ent_new0(arena, double, SMALL_REGIONS);
    net->stated_usd = ent_new0(arena, double, SMALL_REGIONS);
    if (net->node_region == NULL || net->node_sector == NULL || net->sales_usd == NULL || net->producer == NULL ||
        net->household == NULL || net->seller == NULL || net->lane_region == NULL || net->duty == NULL ||
        net->export_tax == NULL || net->transfer_usd == NULL || net->stated_usd == NULL || net->lane_value_usd == NULL)
        return ENT_NO_MEMORY;
    for (int32_t lane = 0; lane < LANES; lane++) net->lane_value_usd[lane] = 10.0;
    for (int32_t p = 0; p < SMALL_REGIONS * SMALL_SECTORS; p++) {
        net->node_region[p] = p / SMALL_SECTORS;
        net->node_sector[p] = p % SMALL_SECTORS;
        net->producer[p] = p == MEX * SMALL_SECTORS + SER ? -1 : p;
    }
    for (int32_t n = 0; n < SMALL_REGIONS; n++) {
        net->household[n] = SMALL_REGIONS * SMALL_SECTORS + n;
        net->node_region[net->household[n]] = n;
        net->node_sector[net->household[n]] = -1;
        net->sales_usd[net->household[n]] = 1000.0 * (n + 1);
    }
    for (int n = 0; n < SMALL_REGIONS; n++)
        for (int j = 0; j < SMALL_SECTORS; j++)
            for (int i = 0; i < SMALL_REGIONS; i++) {
                if (!small_sells(i, n, j)) continue;
                net->seller[net->borders] = i * SMALL_SECTORS + j;
                net->lane_region[net->borders] = n;
                net->duty[net->borders++] = t->duty[(i * SMALL_REGIONS + n) * SMALL_SECTORS + j];
            }
    net->lanes = net->borders;
    return ENT_OK;
}

static inline ent_status small_make(ent_arena *arena, small_world *world, ent_error *err)
{
    ENT_TRY(small_table(arena, &world->table, err));
    return small_network(arena, &world->table, &world->net);
}

/* The border over which i sells j to n; -1: none. */
static inline ptrdiff_t small_lane(const small_world *world, int n, int i, int j)
{
    for (ptrdiff_t e = 0; e < world->net.borders; e++)
        if (world->net.lane_region[e] == n && world->net.seller[e] == i * SMALL_SECTORS + j) return e;
    return -1;
}
