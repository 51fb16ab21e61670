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
    TERM(TARIFF_REVENUE, tariff_revenue, NONE, NONE, "tariff revenue, million USD")                                    \
    TERM(WELFARE, welfare, NONE, NONE, "log of welfare, with the value of leisure where labour supply responds")

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
    double value;         /* the objective's own value, Σ weight × log ratio (or level) */
    double *duty;         /* [borders] per unit of t' (rate); home lanes (exporter = importer) too */
    double *export_tax;   /* [borders] per unit of s' */
    double *trade_cost;   /* [borders] per unit of log d */
    double *productivity; /* [regions*sectors] per unit of log A of producer (n, j); 0 where nothing is made */
    double *subsidy;      /* [regions*sectors] per unit of the rate */
    double *transfer;     /* [regions] per million USD received (paid by nobody: take differences) */
    double *quota;        /* [quotas] per unit of log limit (of a price: of log(1 + ρ)); 0 where it does not bind */
    double *trade_elasticity; /* [sectors] per unit of θ_j, with all that the blueprint derives from it (ψ, σ_d) */
    double *home_elasticity;  /* [sectors] σ_d, given or derived, alone */
    double *output_elasticity, *factor_elasticity, *material_elasticity; /* [sectors] σ_y, σ_v, σ_m */
    double *product_elasticity;    /* [sectors] σ_h, at the first of a bundle; 0 elsewhere */
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
/* Be told how many of all solves are done, where a call makes one a region; called before each. */
void ent_sensitivity_watch(ent_sensitivity *sensitivity, void (*progress)(void *who, ptrdiff_t done, ptrdiff_t all),
                           void *who);
/* Every derivative of one objective (E16): F_zᵀ μ = V_z, dV/dx = V_x − F_xᵀ μ.
 *
 * Returned  derivatives  in arena
 * Status    ENT_OK, ENT_BAD_INPUT (ent_objective_check()), ENT_NO_MEMORY, ENT_NOT_CONVERGED (a turning point)
 * Cost      some 15 to 30 readings of the edges */
ent_status ent_sensitivity_adjoint(ent_sensitivity *sensitivity, const ent_objective *objective, ent_arena *arena,
                                   ent_derivatives *derivatives, ent_error *err);

/* ---- leverage ---- */

/* LEVER(NAME, word, holder, meaning): instruments of one region, by one percentage point more. */
#define ENT_LEVER_LIST(LEVER)                                                                                          \
    LEVER(DUTY, duty, IMPORTER, "import duty")                                                                         \
    LEVER(EXPORT_TAX, export_tax, EXPORTER, "export tax")                                                              \
    LEVER(TRADE_COST, trade_cost, IMPORTER, "import barrier that nobody collects (iceberg)")                           \
    LEVER(SUBSIDY, subsidy, OWNER, "production subsidy")

typedef enum {
#define ENT_LEVER_NAME(name, word, holder, meaning) ENT_LEVER_##name,
    ENT_LEVER_LIST(ENT_LEVER_NAME)
#undef ENT_LEVER_NAME
    ENT_LEVERS
} ent_lever_kind;
const char *ent_lever_word(ptrdiff_t kind); /* NULL past the last; so its meaning */
const char *ent_lever_meaning(ptrdiff_t kind);

#define ENT_POINT 0.01 /* one percentage point */

/* What one point does to the real incomes (equivalent variations, million US dollars) of its two sides. NaN where it
 * was not asked for. */
typedef struct {
    const ent_network *net;
    double *income_usd;                      /* [regions] what one log point of real income is worth: I_n Ŵ_n */
    double *importer_usd[ENT_LEVER_SUBSIDY]; /* by kind of border lever: [borders] to the importer's region */
    double *exporter_usd[ENT_LEVER_SUBSIDY]; /* [borders] to the exporter's region */
    double *subsidy_usd;                     /* [regions*sectors] to the region that pays */
    double *productivity;                    /* [regions][regions*sectors] d log real income of n / d log A of (i, j) */
    ptrdiff_t passes;                        /* of all linear solves */
} ent_leverage;

/* One adjoint a region; `region` -1 for all, else only what that one feels is filled. */
ent_status ent_leverage_measure(ent_sensitivity *sensitivity, ptrdiff_t region, ent_arena *arena,
                                ent_leverage *leverage, ent_error *err);

/* One instrument, one point more of it. */
typedef struct {
    ent_lever_kind kind;
    int32_t holder, target, sector; /* target: the region on the other side of the border; the holder itself */
    ptrdiff_t place;                /* border lane, or region*sectors + sector */
    double effect;     /* on the objective, in its own unit: log points, or million US dollars of revenue */
    double effect_usd; /* million US dollars, where the objective is an amount of money; else NaN */
    double own_usd;    /* on the holder's real income */
    double ratio;      /* effect_usd per dollar that the holder loses; NaN where it gains (the lever is free) */
} ent_lever;

/* All instruments of the holder (-1: of everyone) in the kinds of the mask (1 << kind), largest |effect| first. */
ent_status ent_lever_rank(ent_sensitivity *sensitivity, const ent_objective *objective, ptrdiff_t holder,
                          unsigned kinds, ent_arena *arena, ent_lever **levers, ptrdiff_t *count, ent_error *err);
/* What one unit of the objective is worth in million US dollars at the equilibrium: one term that is money, or the
 * world's real income; NaN otherwise. */
double ent_objective_usd(const ent_sensitivity *sensitivity, const ent_objective *objective);

/* Who can hurt whom with one kind of border lever: h (row) its holder, n (column) the other side.
 *   all sectors   one point on everything that crosses the border between them: losses are sums over sectors
 *   best sector   the sector where a dollar of h's own loss costs n most, among those where both lose */
typedef struct {
    double *loss_usd;   /* [regions][regions] of n, positive is a loss */
    double *own_usd;    /* [regions][regions] of h */
    double *ratio;      /* [regions][regions] loss/own where h loses, NaN where h gains or there is no trade */
    double *best_ratio; /* [regions][regions] NaN: there is no such sector */
    int32_t *best;      /* [regions][regions] that sector, or -1 */
    int32_t *free;      /* [regions][regions] sectors where h gains and n loses */
} ent_lever_matrix;
ent_status ent_lever_matrix_make(const ent_leverage *leverage, ent_lever_kind kind, ent_arena *arena,
                                 ent_lever_matrix *matrix, ent_error *err);

/* ---- exposure ---- */

/* First-order dependence of Kleinman, Liu and Redding of regions on each other's productivities, as if one sector (or
 * all trade together, `sector` -1, with the trade-weighted θ) were the whole economy: balanced, without inputs and
 * duties. d log w = W d log z, d log U = U d log z. Rows and columns are regions; NaN in the rows of those that do not
 * sell. */
typedef struct {
    ptrdiff_t regions;
    double theta;
    double *s; /* [R][R] S_ni  share of n's spending that goes to i */
    double *t; /* [R][R] T_in  share of i's sales that go to n */
    double *q; /* [R]    q_i   share of i in the sales of all; Q = 1 q' */
    double *m; /* [R][R] M = T S − I, cross-substitution */
    double *v; /* [R][R] V = I − (T + θ T S)/(θ + 1) + Q */
    double *w; /* [R][R] W = −θ/(θ + 1) V⁻¹ M */
    double *u; /* [R][R] U = (I − S) W + S */
} ent_exposure;
ent_status ent_exposure_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ptrdiff_t sector, ent_arena *arena, ent_exposure *exposure, ent_error *err);
