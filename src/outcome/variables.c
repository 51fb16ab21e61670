/* variables.c: the lists of what is measured, from the .def files; and the two short answers about a region. */
// SPDX-License-Identifier: MIT
#include "entente/outcome.h"

#define LEVEL                             ENT_LEVEL
#define INDEX                             ENT_INDEX
#define CHANGE                            ENT_CHANGE
#define VARIABLE(name, unit, kind, label) {#name, unit, label, kind},

const ent_variable ent_region_variables[ENT_REGION_VARIABLES] = {
#include "entente/outcome_regions.def"
};
const ent_variable ent_sector_variables[ENT_SECTOR_VARIABLES] = {
#include "entente/outcome_sectors.def"
};
const ent_variable ent_flow_variables[ENT_FLOW_VARIABLES] = {
#include "entente/outcome_flows.def"
};
#undef VARIABLE

double ent_outcome_region(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region)
{
    return outcome->region_value[variable * outcome->regions + region];
}

double ent_outcome_region_ratio(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region)
{
    const ptrdiff_t at = variable * outcome->regions + region;
    return outcome->region_value[at] / outcome->region_benchmark[at];
}
