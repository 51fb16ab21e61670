/* back.h: the pass read backwards (E16): what the states, the policy and the elasticities add to a linear form of what
 * the pass computes. Prices, sales and incomes are taken in the reverse of their order; every edge is read twice, as in
 * the pass. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/pass.h"

/* A linear form in what one pass computes: Σ log_price[k] d log p̂_k + Σ log_cost[k] d log ĉ_k + Σ log_spent[k] d log
 * S_k
 * + Σ value[e] dV_e. Any member may be NULL. Arrays are adjoints, "bars". */
typedef struct {
    const double *log_price; /* [nodes] */
    const double *log_cost;  /* [nodes] */
    const double *log_spent; /* [nodes] */
    const double *value;     /* [lanes] of what is spent over a lane, million US dollars */
    const double *licence;   /* [quotas] of log licence factors, at given prices, sales and lanes */
} ent_form;

/* What early producers (pass.h) cost, straight from factors: shares at the point of pass->passes == pass_of. */
typedef struct {
    ptrdiff_t pass_of, count;
    int32_t *producer, *factor; /* [count], by producer */
    double *part;               /* [count] of cost */
} ent_early;

typedef struct {
    ent_pass *pass;
    /* adjoints of the pass's own variables; private but for the last groups */
    double *log_price, *log_cost, *spent, *sold;                  /* [nodes] */
    double *value, *price, *weighted;                             /* [lanes] of V; of log price at the gate; room */
    double *duties, *export_taxes, *entry, *levies, *tax, *group; /* [regions], group [regions*factors] */
    double *rents;                                                /* [regions] */
    double *spread;                                               /* [nodes] Σ V̄ V of a node, for elasticities */
    double *gate; /* [lanes] weight × log price at the gate, at the point of pass->passes == gate_pass */
    double *bend; /* [nodes] d log ĉ/dr there */
    ptrdiff_t gate_pass;
    int64_t *part_first; /* [levels][regions+1] nodes of a level by region */
    ent_early *early;    /* shared by twins */
    int32_t *told;       /* [regions] that a form speaks of */
    double *kept, *taxed,
        *seen;         /* [views] what a dollar kept by its seller is worth, less taxes; taxes; of its price */
    double *square[4]; /* [J*stride] bars of squares.h: x s; worth of what is paid, then; c; r z (d − ν e) */
    int squared;       /* 1 where the border is read by squares: lanes' bars are not kept */
    int whole;         /* 1 where every border lane's value and price are kept: a form asks for values, or policy */

    /* what comes out, filled when asked for: adjoints of the policy's changes and of the elasticities */
    double *log_duty;         /* [borders] of log(1 + t') */
    double *log_export_tax;   /* [borders] of log(1 + s') */
    double *log_trade_cost;   /* [borders] of log d̂ */
    double *log_productivity; /* [nodes]   of log Â */
    double *subsidy;          /* [nodes]   of the rate */
    double *transfer;         /* [regions] of Tr, per million US dollars at the benchmark's world income */
    double *elasticity;       /* [nodes]   of σ_k, its lanes with it */
    double *scale;            /* [nodes]   of ψ_k */
    double *labour_supply;    /* [regions] of κ_s, region by region */
    double *inverse_mobility; /* [nodes]   of 1/κ of a factor node */
} ent_back;

/* The bar of a seller's price goes to the unknown, or on to what makes the price (pass.h, early). */
static inline double *ent_price_bar(const ent_back *b, ptrdiff_t k, double *z_bar)
{
    return b->pass->price_state[k] >= 0 ? z_bar + b->pass->price_state[k] : b->log_price + k;
}

/* How much is asked for. */
enum {
    ENT_BACK_STATES = 0, /* z_bar alone */
    ENT_BACK_POLICY = 1, /* and the adjoints of policy and elasticities */
    ENT_BACK_WEDGES = 2  /* and those of policy alone */
};
ent_status ent_back_open(ent_pass *pass, ent_arena *arena, ent_back *back, ent_error *err);
/* At the point of the last ent_pass_run(): z_bar = (dG/dz)ᵀ out_bar + what `form` adds; out_bar may be NULL (0). With
 * `policy` the adjoints of policy (and elasticities) are filled too. z_bar [states] is overwritten. */
void ent_back_run(ent_back *back, const double *out_bar, const ent_form *form, int policy, double *z_bar);

/* The same for a form in prices and in sales that are unknowns, alone and for states: it reads only regions that the
 * form speaks of, where the border is read by squares. */
void ent_back_form(ent_back *back, const ent_form *form, double *z_bar);

/* Several at once, each as ent_back_run() for the states alone would have it, quotas allowed for one alone; where the
 * border is read by squares, what they share of it is read once. `twin` of `back`: another set of adjoints at the same
 * point. */
enum {
    ENT_BACK_MANY = 8
};
ent_status ent_back_open_twin(const ent_back *back, ent_arena *arena, ent_back *twin);
void ent_back_run_many(ent_back *const *back, ptrdiff_t many /* <= ENT_BACK_MANY */, const double *const *out_bar,
                       const ent_form *form, double *const *z_bar);

/* Where the border is read by squares, a run for the states alone leaves enough to read single lanes afterwards: */
int ent_back_is_enough(const ent_back *back);
/* and where no more is wanted than lanes and markets of some buyer regions, this reads those regions alone. Nothing
 * else of what a run leaves stands afterwards. */
void ent_back_read(ent_back *back, const double *out_bar, const ent_form *form, const int32_t *region,
                   ptrdiff_t regions, double *z_bar /* [states] room */);
/* Of a border lane, after such a run or one that gathered: V̄, what a dollar spent over it is worth; and the adjoints of
 * its log(1 + t') and log(1 + s'). */
double ent_back_value(const ent_back *back, ptrdiff_t lane);
double ent_back_log_duty(const ent_back *back, ptrdiff_t lane);
double ent_back_log_export_tax(const ent_back *back, ptrdiff_t lane);

/* The floors, in the order in which they are met. */
void ent_incomes_adjoint(ent_back *back, const double *out_bar, double shift_bar);
void ent_sales_adjoint_open(ent_back *back, double *z_bar);
void ent_sales_adjoint_close(ent_back *back, double *z_bar); /* after the border has been met, also by squares */
void ent_sales_adjoint_read(ent_back *back, const int32_t *region, ptrdiff_t regions, double *z_bar); /* see above */
void ent_prices_adjoint_open(ent_back *back, double *z_bar);
void ent_prices_adjoint_close(ent_back *back, double *z_bar); /* likewise */
void ent_prices_adjoint_read(ent_back *back, const int32_t *region, ptrdiff_t regions, double *z_bar);
void ent_prices_adjoint_hand(ent_back *back, double *z_bar); /* as close, early producers at once (early.c) */
/* Early producers, straight from factors: what their sales are worth, and from bars of their prices to factors'. */
ent_status ent_early_open(const ent_pass *pass, ent_arena *arena, ent_early **early);
void ent_early_sell_adjoint(const ent_back *back);
void ent_early_price_adjoint(const ent_back *back);
double ent_quotas_answer_adjoint(ent_back *back, const double *out_bar, double *z_bar); /* of the numeraire's shift */
void ent_quotas_settle_adjoint(ent_back *back, double *z_bar);
void ent_quotas_wedge_adjoint(ent_back *back, double *z_bar);
void ent_quotas_harvest(ent_back *back);
