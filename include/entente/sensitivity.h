/* sensitivity.h: how any outcome answers to every instrument at once (MODEL.md E15, E16): one adjoint solve an
 * objective. Knows equilibria and outcomes. Does not know who asks: leverage, games, uncertainty, the page. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/outcome.h"

/* ---- objectives ---- */

/* TERM(NAME, word, sector, partner, meaning): what can be measured, of a region n; sector, partner: what else a term
 * names: NONE, ONE (must), or ANY (-1 stands for all). */
#define ENT_TERM_LIST(TERM)                                                                                            \
    TERM(REAL_INCOME, real_income, NONE, NONE, "log of real income")                                                   \
    TERM(REAL_WAGE, real_wage, NONE, NONE, "log of wage over consumer prices")                                         \
    TERM(PRICE_INDEX, price_index, NONE, NONE, "log of consumer prices")                                               \
    TERM(INCOME, income, NONE, NONE, "log of income")                                                                  \
    TERM(OUTPUT, output, ANY, NONE, "log of the value of output")                                                      \
    TERM(REAL_OUTPUT, real_output, ONE, NONE, "log of the volume of output")                                           \
    TERM(PRODUCER_PRICE, producer_price, ONE, NONE, "log of the producer price")                                       \
    TERM(EXPORTS, exports, ANY, ANY, "log of exports, value at the border")                                            \
    TERM(IMPORTS, imports, ANY, ANY, "log of imports, value at the border")                                            \
    TERM(TARIFF_REVENUE, tariff_revenue, NONE, NONE, "tariff revenue, million USD")

typedef enum {
#define ENT_TERM_NAME(name, word, sector, partner, meaning) ENT_TERM_##name,
    ENT_TERM_LIST(ENT_TERM_NAME)
#undef ENT_TERM_NAME
    ENT_TERMS
} ent_term_kind;

/* One term of an objective: weight × log of a ratio to the benchmark (MODEL.md E13); but tariff revenue is a level in
 * million US dollars, for it may be 0. */
typedef struct {
    ent_term_kind kind;
    double weight;
    ptrdiff_t region, sector, partner; /* -1: all, or none */
} ent_term;

typedef struct {
    const char *name; /* for tables and sentences: "real income of USA"; may be NULL */
    const ent_term *terms;
    ptrdiff_t count;
} ent_objective;

/* An objective in words: terms with + and − between blanks, each perhaps with a weight:
 *
 *     real_income:USA     output:CHN:ELE     exports:USA:CHN     imports:USA:all:ELE     tariff_revenue:USA
 *     real_income:USA - 0.5*real_income:CHN              real_income:all (the world's, weights: benchmark incomes)
 *
 * Codes of the network's table. ENT_BAD_INPUT gives the nearest name. */
ent_status ent_objective_parse(const char *text, const ent_network *net, ent_arena *arena, ent_objective *objective,
                               ent_error *err);
/* Is it defined here? Indices within the table, something made or traded where a log is taken. */
ent_status ent_objective_check(const ent_objective *objective, const ent_network *net, ent_error *err);
/* Words of the kinds, for help and for other programs; NULL past the last. */
const char *ent_term_word(ptrdiff_t kind);
const char *ent_term_meaning(ptrdiff_t kind);

/* ---- derivatives ---- */

/* Derivatives of one objective at an equilibrium, the benchmark's shares and values held fixed. Rates are fractions: a
 * duty of one percentage point is 0.01. An elasticity that a blueprint does not use has derivative 0; NaN: it has none
 * of its own, because nests with equal elasticities were merged (ent_blueprint.separate_nests keeps them apart), or a
 * factor is mobile without end, or ψ is 0. */
typedef struct {
    double value;             /* the objective's own value, Σ weight × log ratio (or level) */
    double *duty;             /* [borders] per unit of t' (rate); home lanes (exporter = importer) too */
    double *export_tax;       /* [borders] per unit of s' */
    double *trade_cost;       /* [borders] per unit of log d */
    double *productivity;     /* [regions*sectors] per unit of log A of producer (n, j); 0 where nothing is made */
    double *subsidy;          /* [regions*sectors] per unit of the rate */
    double *transfer;         /* [regions] per million USD received (paid by nobody: take differences) */
    double *trade_elasticity; /* [sectors] per unit of θ_j, with all that the blueprint derives from it (ψ, σ_d) */
    double *home_elasticity;  /* [sectors] σ_d, given or derived, alone */
    double *output_elasticity, *factor_elasticity, *material_elasticity; /* [sectors] σ_y, σ_v, σ_m */
    double *scale;                 /* [sectors] ψ_j, given or derived, alone; 0 where market is perfect */
    double consumption_elasticity; /* σ_c */
    double labour_supply;          /* κ_s, from above where it is 0 */
    double pareto_shape;           /* θ' of E17, by the power of duties and selection; ψ held */
    double *mobility;              /* [factors] per unit of 1/κ_g */
    ptrdiff_t passes;              /* of the linear solve */
} ent_derivatives;

/* What many objectives at one equilibrium share: the point, and a preconditioner. Opaque; one thread at a time. */
typedef struct ent_sensitivity ent_sensitivity;

/* Given     net, policy, eq  an equilibrium, as ent_equilibrium_solve() left it; all are borrowed
 * Returned  sensitivity      in arena
 * Status    ENT_OK, ENT_NO_MEMORY, ENT_NOT_CONVERGED where eq is no equilibrium of net and policy
 * Cost      some two passes and the factors of the domestic blocks */
ent_status ent_sensitivity_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_sensitivity **sensitivity, ent_error *err);
/* Every derivative of one objective (E16): F_zᵀ μ = V_z, dV/dx = V_x − F_xᵀ μ.
 *
 * Returned  derivatives  in arena
 * Status    ENT_OK, ENT_BAD_INPUT (ent_objective_check()), ENT_NO_MEMORY, ENT_NOT_CONVERGED (a turning point)
 * Cost      some 15 to 30 readings of the edges */
ent_status ent_sensitivity_adjoint(ent_sensitivity *sensitivity, const ent_objective *objective, ent_arena *arena,
                                   ent_derivatives *derivatives, ent_error *err);
