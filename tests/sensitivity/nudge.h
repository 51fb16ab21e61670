/* nudge.h: one number of a world moved a little, and the world solved again: what derivatives are held against. */
// SPDX-License-Identifier: MIT
#pragma once
#include "random_world.h"

/* Every class of instruments and elasticities that ent_derivatives has. */
#define NUDGE_LIST(X)                                                                                                  \
    X(DUTY, duty)                                                                                                      \
    X(EXPORT_TAX, export_tax)                                                                                          \
    X(TRADE_COST, trade_cost)                                                                                          \
    X(PRODUCTIVITY, productivity)                                                                                      \
    X(SUBSIDY, subsidy)                                                                                                \
    X(TRANSFER, transfer)                                                                                              \
    X(TRADE_ELASTICITY, trade_elasticity)                                                                              \
    X(HOME_ELASTICITY, home_elasticity)                                                                                \
    X(OUTPUT_ELASTICITY, output_elasticity)                                                                            \
    X(FACTOR_ELASTICITY, factor_elasticity)                                                                            \
    X(MATERIAL_ELASTICITY, material_elasticity)                                                                        \
    X(SCALE, scale)                                                                                                    \
    X(MOBILITY, mobility)                                                                                              \
    X(CONSUMPTION_ELASTICITY, consumption_elasticity)                                                                  \
    X(LABOUR_SUPPLY, labour_supply)                                                                                    \
    X(PARETO_SHAPE, pareto_shape)
typedef enum {
#define NUDGE_NAME(name, member) NUDGE_##name,
    NUDGE_LIST(NUDGE_NAME)
#undef NUDGE_NAME
    NUDGES
} nudge_kind;
extern const char *const nudge_words[NUDGES];

/* A world in equilibrium; all borrowed. `laid` is what the blueprint lays out where net was balanced afterwards. */
typedef struct {
    const ent_table *table;
    const ent_blueprint *blueprint;
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    double tolerance; /* of the solves */
} ground;

ptrdiff_t nudge_count(const ground *g, nudge_kind kind);
/* The derivatives of that class, [nudge_count]. */
const double *nudge_gradient(const ent_derivatives *d, nudge_kind kind);
/* The step that is natural for number k of that class, 0 where it can't be moved. */
double nudge_unit(const ground *g, nudge_kind kind, ptrdiff_t k);
/* Every number x_k of the class becomes x_k + step[k]; objectives are measured there (from the outcome, by their own
 * words), into values [count]. */
ent_status nudge_measure(const ground *g, nudge_kind kind, const double *step, const ent_objective *objectives,
                         ptrdiff_t count, double *values, ent_error *err);
/* The derivative along step/size, by four solves at ±size and ±2 size: error of fourth order. */
ent_status nudge_difference(const ground *g, nudge_kind kind, const double *direction, double size,
                            const ent_objective *objectives, ptrdiff_t count, double *slope, ent_error *err);
/* An objective's value from an outcome, by the report's own variables. */
double nudge_value(const ent_outcome *out, const ent_objective *objective);

enum {
    OBJECTIVES = ENT_TERMS + 1
};

/* One of each kind, of whom the dice say, and their sum; fewer where the network has nothing to measure. */
typedef struct {
    ent_term terms[ENT_TERMS];
    ent_objective list[OBJECTIVES];
} drawn_objectives;
ptrdiff_t draw_objectives(dice *d, const ent_network *net, drawn_objectives *o);
/* The derivative along a direction of one class against differences, the worst of all drawn_objectives: relative to the
 * sum of the sizes of its parts, and never to less than a thousandth (four solves at 1e-13 over a step of 1e-3). −1:
 * nothing of this class can be moved. */
double nudge_gap(const ground *g, nudge_kind kind, dice *d, const ent_objective *list, ptrdiff_t count,
                 const ent_derivatives *derivatives, double size, ent_status *status, ent_error *err);
