/* uncertainty.h: what not knowing the elasticities means for the headline numbers of an answer: ± by the delta method
 * (first order from one adjoint a headline, second order from curvature), and by drawing elasticities and solving
 * again. Knows outcomes and their derivatives. Does not know how anything is printed. docs/UNCERTAINTY.md */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/sensitivity.h"

/* ---- how uncertain elasticities are ---- */

/* Names are the keys of a blueprint (MODEL.md 3). */
typedef enum {
    ENT_PARAMETER_ELASTICITIES, /* θ_j, with all that the blueprint derives from it */
    ENT_PARAMETER_HOME_ELASTICITY,
    ENT_PARAMETER_OUTPUT_ELASTICITY,
    ENT_PARAMETER_FACTOR_ELASTICITY,
    ENT_PARAMETER_MATERIAL_ELASTICITY,
    ENT_PARAMETER_SCALE,
    ENT_PARAMETER_CONSUMPTION_ELASTICITY,
    ENT_PARAMETER_LABOUR_SUPPLY,
    ENT_PARAMETERS
} ent_parameter_kind;
const char *ent_parameter_words(ent_parameter_kind kind); /* "elasticities" */

typedef struct {
    ent_parameter_kind kind;
    ptrdiff_t sector; /* -1 where the key has one number for all */
    double value;     /* the blueprint's own: the mean */
    double se;        /* standard error, > 0 */
} ent_parameter;

typedef struct {
    const char *source; /* for reports: the file, or what the default is */
    ptrdiff_t count;
    ent_parameter *parameter; /* [count] those with se > 0 alone */
    double correlation;       /* between any two of them, in [0, 1]; 0 after reading */
} ent_spread;

/* Standard errors from a CSV file, or "default": those of the sectors of baseline2022, from the disagreement of eight
 * published sources (docs/UNCERTAINTY.md 2). Columns: `sector`, and one of `se` (or `theta_se`), in the elasticity's
 * own unit, and `relative_se`, a fraction of it; perhaps `key`, a key of the blueprint, `elasticities` where it is
 * missing or empty. Sector `all` is every sector that has no row of its own. Other columns are not read. */
ent_status ent_spread_read(const char *path, const ent_table *table, const ent_blueprint *blueprint, ent_arena *arena,
                           ent_spread *spread, ent_error *err);
ent_status ent_spread_parse(ent_bytes bytes, const char *path, const ent_table *table, const ent_blueprint *blueprint,
                            ent_arena *arena, ent_spread *spread, ent_error *err);

/* ---- what follows for an answer ---- */

/* One headline number, in the unit of outcome_regions.def: real_income as a ratio, exports in million USD. */
typedef struct {
    ent_region_variable variable;
    ptrdiff_t region;  /* R: the world (real_income alone) */
    ptrdiff_t partner; /* exports to this region alone; -1: all */
    double value;      /* of the equilibrium itself */
    double se;         /* first order: √Σ_jk V_j V_k cov_jk */
    double se_second;  /* second order: curvature, and skewness of log-normal elasticities, in the variance too; NaN
                          where  it was not asked for or reached, or where the terms add up to less than nothing */
    double shift; /* second order: mean less value, ½ Σ_jk V_jk cov_jk; NaN where it was not asked for or reached */
    double mean, sd, q05, q50, q95; /* of the draws that converged; NaN without any */
} ent_headline;

/* How far the delta method goes, for K uncertain elasticities. */
typedef enum {
    ENT_ORDER_FIRST, /* se, from one adjoint a headline */
    ENT_ORDER_SHIFT, /* and shift, by 2 (K + 1) solves */
    ENT_ORDER_SECOND /* and se_second, by some 2 K (K + 2) more */
} ent_order;

typedef struct {
    const ent_spread *spread;
    ent_order order;
    ptrdiff_t regions, count;
    ent_headline *headline;   /* [count] real_income, real_wage, price_index, exports, imports, tariff_revenue of every
                                 region in turn (headline v*R + n), the world's real income, then both ways of the pair */
    ptrdiff_t pair_a, pair_b; /* the pair whose trade is shown; -1 in a world of one region */
    ptrdiff_t curvature_failed; /* solves of the second order that were not reached: what needs them is NaN */
    ptrdiff_t draws, failed;    /* draws asked for and made; those that did not converge */
    uint64_t seed;
    double *draw; /* [draws][count] values in draw order, NaN in a failed one; NULL without */
    double seconds_delta, seconds_draws;
} ent_uncertainty;

enum {
    ENT_HEADLINE_VARIABLES = 6
};
/* The variables in their order. */
extern const ent_region_variable ent_headline_variables[ENT_HEADLINE_VARIABLES];

/* What stands still while elasticities change: a benchmark, a policy on it, and its equilibrium. */
typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *equilibrium;
    const ent_options *options; /* tolerance; threads: how many draws at once, which changes no bit of any result */
} ent_answer_point;

/* The delta method. Shifts and the second order see elasticities as the draws do, log-normal (second.c). */
ent_status ent_uncertainty_delta(const ent_answer_point *point, const ent_spread *spread, ent_order order,
                                 ent_arena *arena, ent_uncertainty *uncertainty, ent_error *err);

typedef struct {
    ptrdiff_t draws; /* 1 .. 10,000,000 */
    uint64_t seed;
    const char *partial; /* file that keeps what is done, so that a run that was killed goes on; NULL: none. Complete at
                            the end: remove it once the result is safe. It belongs to one benchmark, policy, spread and
                            seed, and is refused by others. */
    double save_seconds; /* between two savings; 0: after every batch */
    /* Called after every batch, or NULL. Anything but 0 stops: ENT_NOT_CONVERGED, and what is done stays in `partial`.
     */
    int (*progress)(void *who, ptrdiff_t done, ptrdiff_t draws);
    void *progress_who;
} ent_drawing;

/* Draw log-normal elasticities (mean: the blueprint's; standard deviation: se) and solve for each; needs an uncertainty
 * that ent_uncertainty_delta() has filled. A draw depends on seed and index alone. Memory: 8 bytes × draws × headlines.
 */
ent_status ent_uncertainty_draw(const ent_answer_point *point, const ent_drawing *drawing, ent_arena *arena,
                                ent_uncertainty *uncertainty, ent_error *err);

/* The elasticities of one draw, [spread->count], for those who want to know which made the difference. */
void ent_spread_draw(const ent_spread *spread, uint64_t seed, ptrdiff_t draw, double *value);
