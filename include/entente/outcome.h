/* outcome.h: what an equilibrium means (MODEL.md E13): values in the benchmark and after, by region, sector and flow.
 * Knows equilibria. Does not know how anything is printed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/equilibrium.h"

/* The variables stand in three lists, outcome_regions.def, outcome_sectors.def and outcome_flows.def:
 *   VARIABLE(name, unit, kind, label)   kind: LEVEL (value in the unit), INDEX (benchmark = 1), CHANGE (only the
 * change) */
typedef enum {
    ENT_LEVEL,
    ENT_INDEX,
    ENT_CHANGE
} ent_variable_kind;
typedef struct {
    const char *name, *unit, *label;
    ent_variable_kind kind;
} ent_variable;

#define VARIABLE(name, unit, kind, label) ENT_REGION_##name,
typedef enum {
#include "entente/outcome_regions.def"
    ENT_REGION_VARIABLES
} ent_region_variable;
#undef VARIABLE
#define VARIABLE(name, unit, kind, label) ENT_SECTOR_##name,
typedef enum {
#include "entente/outcome_sectors.def"
    ENT_SECTOR_VARIABLES
} ent_sector_variable;
#undef VARIABLE
#define VARIABLE(name, unit, kind, label) ENT_FLOW_##name,
typedef enum {
#include "entente/outcome_flows.def"
    ENT_FLOW_VARIABLES
} ent_flow_variable;
#undef VARIABLE

extern const ent_variable ent_region_variables[ENT_REGION_VARIABLES];
extern const ent_variable ent_sector_variables[ENT_SECTOR_VARIABLES];
extern const ent_variable ent_flow_variables[ENT_FLOW_VARIABLES];

/* Values in the benchmark and in the scenario. NaN: not defined (a sector without output has no price). */
typedef struct {
    const ent_network *net;
    const ent_certificate *certificate;
    ptrdiff_t regions, sectors, flows;
    double *region_benchmark, *region_value; /* [ENT_REGION_VARIABLES][regions] */
    double *sector_benchmark, *sector_value; /* [ENT_SECTOR_VARIABLES][regions*sectors] (region n, sector j) */
    double *flow_benchmark,
        *flow_value; /* [ENT_FLOW_VARIABLES][flows], flows are the borders of the network in order */
    int32_t *flow_importer, *flow_exporter, *flow_sector; /* [flows] */
    double world_real_income;                             /* Σ I_n Ŵ_n / Σ I_n, weights of the benchmark */
} ent_outcome;

ent_status ent_outcome_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               ent_arena *arena, ent_outcome *outcome, ent_error *err);

double ent_outcome_region(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region);
double ent_outcome_region_ratio(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region);
/* The same of one outcome as if `base` were the benchmark (closure: balanced; two scenarios compared). */
ent_status ent_outcome_against(const ent_outcome *outcome, const ent_outcome *base, ent_arena *arena, ent_outcome *out,
                               ent_error *err);
