/* sensitivity.h: how any outcome answers to every instrument at once (MODEL.md E15, E16): one adjoint solve an
 * objective. Knows equilibria and outcomes. Does not know who asks: leverage, games, uncertainty, the page. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/outcome.h"

/* One term of an objective: weight × d log of a measure (d of it, for levels: MODEL.md E13). */
typedef enum {
    ENT_TERM_REAL_INCOME,    /* log Ŵ_n of a region */
    ENT_TERM_REAL_WAGE,      /* log of wage over consumer prices */
    ENT_TERM_PRICE_INDEX,    /* log P̂_n */
    ENT_TERM_INCOME,         /* log I_n */
    ENT_TERM_OUTPUT,         /* log of the value of sector j's output in n */
    ENT_TERM_REAL_OUTPUT,    /* log of its volume */
    ENT_TERM_PRODUCER_PRICE, /* log p̂ of (n, j) */
    ENT_TERM_EXPORTS,        /* log of n's exports at the border; of sector j, or all (-1); to partner, or all (-1) */
    ENT_TERM_IMPORTS,        /* log of n's imports at the border, likewise */
    ENT_TERM_TARIFF_REVENUE  /* n's tariff revenue, million USD (a level: it may be 0) */
} ent_term_kind;

typedef struct {
    ent_term_kind kind;
    double weight;
    ptrdiff_t region, sector, partner; /* -1: all */
} ent_term;

typedef struct {
    const char *name; /* for tables: "real income of USA" */
    const ent_term *terms;
    ptrdiff_t count;
} ent_objective;

/* Derivatives of one objective at an equilibrium. Rates are fractions: a duty of one percentage point is 0.01. */
typedef struct {
    double value_terms;       /* the objective's own value, Σ weight × log ratio (or level) */
    double *duty;             /* [borders] per unit of t' (rate) */
    double *export_tax;       /* [borders] per unit of s' */
    double *trade_cost;       /* [borders] per unit of log d */
    double *productivity;     /* [regions*sectors] per unit of log A of producer (n, j); 0 where nothing is made */
    double *subsidy;          /* [regions*sectors] per unit of the rate */
    double *transfer;         /* [regions] per million USD received (paid by nobody: take differences) */
    double *trade_elasticity; /* [sectors] per unit of θ_j, with all that the blueprint derives from it (ψ, σ_d) */
    double *home_elasticity, *output_elasticity, *factor_elasticity, *material_elasticity; /* [sectors] */
    double *scale; /* [sectors] ψ_j where the blueprint gives it */
    double consumption_elasticity, labour_supply;
    double *mobility; /* [factors] per unit of 1/κ_g */
    ptrdiff_t passes; /* of the linear solve */
} ent_derivatives;

/* What many objectives at one equilibrium share. Opaque. */
typedef struct ent_sensitivity ent_sensitivity;

ent_status ent_sensitivity_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_sensitivity **sensitivity, ent_error *err);
ent_status ent_sensitivity_adjoint(ent_sensitivity *sensitivity, const ent_objective *objective, ent_arena *arena,
                                   ent_derivatives *derivatives, ent_error *err);
