/* place_quota.c: quotas, guarantees and licences onto the lanes that an action names: one over all of them, or one for
 * each importer, exporter, sector or flow. */
// SPDX-License-Identifier: MIT
#include "scenario/plan.h"
#include <string.h>

/* The group of a lane, before groups without lanes are dropped. */
static ptrdiff_t group_of(ent_each each, const ent_network *net, ptrdiff_t lane)
{
    switch (each) {
    case ENT_EACH_IMPORTER:
        return net->lane_region[lane];
    case ENT_EACH_EXPORTER:
        return ent_lane_exporter(net, lane);
    case ENT_EACH_SECTOR:
        return ent_lane_sector(net, lane);
    case ENT_EACH_FLOW:
        return lane;
    case ENT_EACH_NONE:
        break;
    }
    return 0;
}

static ptrdiff_t most_groups(ent_each each, const ent_network *net)
{
    switch (each) {
    case ENT_EACH_IMPORTER:
    case ENT_EACH_EXPORTER:
        return net->regions;
    case ENT_EACH_SECTOR:
        return net->sectors;
    case ENT_EACH_FLOW:
        return net->borders;
    case ENT_EACH_NONE:
        break;
    }
    return 1;
}

/* Home sales are never touched. With `lane` NULL they are counted only. */
static ptrdiff_t choose(const ent_network *net, const ptrdiff_t *block, const unsigned char *const chosen[3],
                        int32_t *lane)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t n = 0; n < net->regions; n++)
        for (ptrdiff_t j = 0; chosen[0][n] && j < net->sectors; j++)
            for (ptrdiff_t e = block[n * net->sectors + j]; chosen[2][j] && e < block[n * net->sectors + j + 1]; e++) {
                const ptrdiff_t i = ent_lane_exporter(net, e);
                if (i == n || !chosen[1][i]) continue;
                if (lane != NULL) lane[count] = (int32_t)e;
                count++;
            }
    return count;
}

/* Codes of the group that a quota is for, or "". */
static const char *group_name(const ent_action *action, const ent_network *net, ptrdiff_t lane, ent_arena *arena)
{
    const ent_table *t = net->table;
    const char *importer = t->regions.code[net->lane_region[lane]];
    const char *exporter = t->regions.code[ent_lane_exporter(net, lane)];
    const char *sector = t->sectors.code[ent_lane_sector(net, lane)];
    switch (action->each) {
    case ENT_EACH_IMPORTER:
        return ent_string_format(arena, " (%s)", importer);
    case ENT_EACH_EXPORTER:
        return ent_string_format(arena, " (%s)", exporter);
    case ENT_EACH_SECTOR:
        return ent_string_format(arena, " (%s)", sector);
    case ENT_EACH_FLOW:
        return ent_string_format(arena, " (%s to %s, %s)", exporter, importer, sector);
    case ENT_EACH_NONE:
        break;
    }
    return "";
}

/* One quota a group that has lanes; they are sorted into groups by counting. */
static ent_status add_quotas(const ent_reading *reading, const ent_action *action, const ent_network *net,
                             const int32_t *lane, ptrdiff_t count, ent_arena *arena, ent_policy *policy)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t most = most_groups(action->each, net);
    ptrdiff_t *first = ent_new0(&scratch, ptrdiff_t, most + 1), groups = 0;
    int32_t *sorted = ent_new(arena, int32_t, count);
    if (first == NULL || sorted == NULL) return ent_reading_no_memory(reading);
    for (ptrdiff_t c = 0; c < count; c++) first[group_of(action->each, net, lane[c]) + 1]++;
    for (ptrdiff_t g = 0; g < most; g++) groups += first[g + 1] > 0;
    for (ptrdiff_t g = 0; g < most; g++) first[g + 1] += first[g];
    for (ptrdiff_t c = count - 1; c >= 0; c--) sorted[--first[group_of(action->each, net, lane[c]) + 1]] = lane[c];
    ent_quota *list = ent_new(arena, ent_quota, policy->quotas + groups);
    const char *line = ent_action_line(&scratch, action, "");
    if (list == NULL || line == NULL) return ent_reading_no_memory(reading);
    if (policy->quotas > 0) memcpy(list, policy->quota, (size_t)policy->quotas * sizeof *list);
    for (ptrdiff_t g = 0; g < most; g++) { /* the sort has left first[g+1] where group g begins */
        const ptrdiff_t from = first[g + 1], to = g + 1 < most ? first[g + 2] : count;
        if (from == to) continue;
        const char *group = group_name(action, net, sorted[from], &scratch);
        ent_quota *quota = list + policy->quotas++;
        *quota = action->quota;
        quota->lane = sorted + from;
        quota->lanes = to - from;
        quota->name = group != NULL ? ent_string_format(arena, "%s%s", line, group) : NULL;
        if (quota->name == NULL) return ent_reading_no_memory(reading);
    }
    policy->quota = list;
    return ENT_OK;
}

ent_status ent_quota_place(const ent_reading *reading, const ent_action *action, const ent_network *net,
                           const ptrdiff_t *block, const unsigned char *const chosen[3], ent_arena *arena,
                           ent_policy *policy, ptrdiff_t *touched)
{
    ENT_SCRATCH scratch = {0};
    *touched = choose(net, block, chosen, NULL);
    if (*touched == 0) return ENT_OK;
    int32_t *lane = ent_new(&scratch, int32_t, *touched);
    if (lane == NULL) return ent_reading_no_memory(reading);
    choose(net, block, chosen, lane);
    return add_quotas(reading, action, net, lane, *touched, arena, policy);
}
