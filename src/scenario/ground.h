/* ground.h: where actions act: rates on lanes, cell by cell, whether they are a network's borders or a table's duties.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "scenario/choice.h"
#include "scenario/plan.h"

/* Names of a table, for choices. */
typedef struct {
    ent_nameable regions, sectors;
} ent_naming;
ent_naming ent_naming_of(const ent_table *table);

/* What an action chooses, and from a file its values. For actions on regions alone (subsidy, productivity) importer and
 * exporter are the same and mean the region. */
typedef struct {
    unsigned char *importer, *exporter; /* [R] 1 where chosen */
    unsigned char *sector;              /* [J] */
    double *value; /* [R][R][J] (importer, exporter, sector), NaN: none; [1][R][J] for regions; NULL:
                      the action's own value everywhere */
    ptrdiff_t regions, sectors;
} ent_reach;

/* Both sides of an action; `rest` on one of them is all that the other leaves. here, there, rest: [R]. */
ent_status ent_sides_resolve(const ent_reading *reading, const ent_yaml *choice_here, const ent_yaml *choice_there,
                             const ent_nameable *regions, unsigned char *here, unsigned char *there,
                             unsigned char *rest);

/* Look up an action's names and read its file. */
ent_status ent_reach_of(const ent_reading *reading, const ent_action *action, const ent_naming *naming,
                        ent_reach *reach);

/* The value for a cell: from the file, or the action's. NaN: leave it. */
static inline double ent_reach_value(const ent_reach *reach, const ent_action *action, ptrdiff_t n, ptrdiff_t i,
                                     ptrdiff_t j)
{
    return reach->value == NULL ? action->value : reach->value[(n * reach->regions + i) * reach->sectors + j];
}

/* A rate after an action, from the rate before it. */
static inline double ent_rate_after(ent_change change, double before, double value)
{
    return change == ENT_CHANGE_SET ? value : change == ENT_CHANGE_ADD ? before + value : before * value;
}
