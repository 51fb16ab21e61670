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

/* What became of one quota, guarantee or licence of the policy, in its order (E12). */
typedef struct {
    const char *name; /* never NULL */
    ent_quota_kind kind;
    ent_rent rent;
    int of_value, binds; /* binds: the licence price is not 0 */
    double limit;        /* over the benchmark; of a licence NaN */
    double quantity;     /* over the benchmark */
    double price;        /* ρ, a rate; negative: the subsidy of a guarantee */
    double rent_usd;     /* what licences cost their users, million USD a year; negative: what the guarantee costs */
} ent_quota_outcome;

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
    ent_quota_outcome *quota;                             /* [quotas] */
    ptrdiff_t quotas;
    double world_real_income; /* Σ I_n Ŵ_n / Σ I_n, weights of the benchmark */
} ent_outcome;

ent_status ent_outcome_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                               ent_arena *arena, ent_outcome *outcome, ent_error *err);

double ent_outcome_region(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region);
double ent_outcome_region_ratio(const ent_outcome *outcome, ent_region_variable variable, ptrdiff_t region);
/* The same of one outcome as if `base` were the benchmark (closure: balanced; two scenarios compared). */
ent_status ent_outcome_against(const ent_outcome *outcome, const ent_outcome *base, ent_arena *arena, ent_outcome *out,
                               ent_error *err);

/* ---- exact decomposition (E14) ----
 * The parts of a region's ln Ŵ, Ŵ = Î/P̂ its real income, integrated along the way on which all wedges of the policy go
 * from the benchmark in a straight line of their logs, licence prices as found among them. In the order of the region
 * variables exact_… . */
typedef enum {
    ENT_PART_TERMS_OF_TRADE, /* exports at f.o.b. prices less imports, price changes before trade costs and duty */
    ENT_PART_DUTY_WEDGES,    /* duties × changes of the volume imported */
    ENT_PART_TAX_WEDGES,     /* export taxes and taxes on production × changes of the volume sold */
    ENT_PART_LICENCES,       /* licence prices × changes of the volume under them, and rents that change hands (E12) */
    ENT_PART_TRADE_COSTS,    /* iceberg costs of what is bought; bans, and rents wasted in queues */
    ENT_PART_PRODUCTIVITY,
    ENT_PART_SCALE,         /* variety with scale (E4), selection and market entry (E17) */
    ENT_PART_TRANSFERS,     /* received, in units of world factor income (E11) */
    ENT_PART_FACTOR_SUPPLY, /* labour supplied; factors that move between sectors add nothing of their own */
    ENT_PARTS
} ent_part;

typedef struct {
    ptrdiff_t regions, flows;
    double *part;     /* [ENT_PARTS][regions] log points; they sum to `sum` */
    double *part_usd; /* [ENT_PARTS][regions] the same before division by income: ∫ I dlnW, million USD at the
                         benchmark's world factor income; terms of trade sum to 0 over the world, and transfers too */
    double *sum;      /* [regions] Σ of the parts */
    double *exact;    /* [regions] ln Ŵ of the equilibrium */
    /* by flow (the borders of the network in order: importer, sector, exporter), log points */
    double *export_terms; /* [flows] of the exporter's ln Ŵ: price of what it sells there */
    double *import_terms; /* [flows] of the importer's ln Ŵ: price of what it buys there, with its minus */
    double *duty_wedge;   /* [flows] of the importer's */
    double *tax_wedge;    /* [flows] of the exporter's: export tax */
    double gap;           /* largest |sum − exact| over the regions */
    double change; /* largest change of a part when the points were last doubled: bounds what is left of its error */
    ptrdiff_t points, solves, passes; /* of the way; equilibria solved and their passes */
    double seconds;
} ent_decomposition;

/* Decompose the real incomes of an equilibrium of `policy` into their causes, exactly: points on the way are doubled
 * until the parts of every region sum to its ln Ŵ within 1e-8.
 *
 * Given     net, policy, eq  as solved;  options  of the solver, or NULL; its tolerance is tightened to 1e-12
 * Status    ENT_OK;  ENT_NOT_CONVERGED  a point on the way has no equilibrium within reach, or the parts do not sum up
 *           with 64 intervals; the sentence says which region misses by how much;  ENT_NO_MEMORY
 * Cost      some nine equilibria, each from the polynomial through its neighbours
 * Source    MODEL.md E14; derived in docs/DECOMPOSITION.md */
ent_status ent_outcome_decompose(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                 const ent_options *options, ent_arena *arena, ent_decomposition *decomposition,
                                 ent_error *err);
/* Write the parts into the outcome's region variables exact_…, in hundredths of log points; until then they are NaN. */
void ent_outcome_take_parts(ent_outcome *outcome, const ent_decomposition *decomposition);
