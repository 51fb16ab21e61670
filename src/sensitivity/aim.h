/* aim.h: an objective as a linear form at one equilibrium: what its terms ask of prices, sales and lanes. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/sensitivity.h"
#include "equilibrium/adjoint.h"

/* d V = Σ log_price d log p̂ + Σ log_spent d log S + Σ value dV_e + Σ log_duty d log(1 + t') in the units of the pass,
 * whose numeraire is world factor income. */
typedef struct {
    const ent_pass *pass;
    const ent_equilibrium *eq;
    double factor;          /* nominal values of the answer over those of the pass (E11: another numeraire) */
    double *log_price;      /* [nodes] */
    double *log_spent;      /* [nodes] */
    double *value;          /* [lanes] per million US dollars */
    double *log_duty;       /* [borders] directly, at given V */
    double *log_export_tax; /* [borders] likewise */
    double *licence;        /* [quotas] of log licence factors, likewise */
    double labour_supply;   /* κ_s, likewise */
    double degree;          /* of homogeneity in prices: what a change of the numeraire alone would do */
    double sum;             /* the objective's value */
    int any_value;          /* 1 where `value` is not 0 everywhere */
} ent_aim;

ent_status ent_aim_open(const ent_pass *pass, const ent_equilibrium *eq, ent_arena *arena, ent_aim *aim,
                        ent_error *err);
/* Fill the form; the objective has passed ent_objective_check(). The form given back borrows. */
ent_form ent_aim_set(ent_aim *aim, const ent_objective *objective);
/* Does a border lane belong to the trade that a term names? Home sales never do. */
int ent_term_trades(const ent_term *term, const ent_network *net, ptrdiff_t lane);
