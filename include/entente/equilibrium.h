/* equilibrium.h: the equilibrium of a network under a policy (MODEL.md E3-E12, section 5), with its certificate.
 * Knows networks and policies. Does not know what is reported. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"

typedef enum {
    ENT_METHOD_AUTO,
    ENT_METHOD_FIXED_POINT,
    ENT_METHOD_NEWTON,
    ENT_METHOD_HOMOTOPY
} ent_method;
const char *ent_method_words(ent_method method);

typedef struct {
#define OPTION(type, name, preset, least, greatest, unit, meaning) type name;
#include "entente/options.def"
#undef OPTION
    ent_method method;
    void (*progress)(void *who, const char *what, double residual); /* or NULL; called once a pass or step */
    void *progress_who;
    /* Asked once a pass, or NULL; from several threads at once where several solve. Anything but 0 ends the search:
     * ENT_NOT_CONVERGED. Answers that are given are the same with it and without. */
    int (*stop)(void *who);
    void *stop_who;
} ent_options;

ent_options ent_options_default(void);
ent_status ent_options_check(const ent_options *options, ent_error *err); /* ranges of options.def */

/* How far the point is from an equilibrium, and how it was found. Converged means: excess, price, walras and
 * complementarity are all within the tolerance asked for. */
typedef struct {
    double excess; /* largest relative excess demand over all markets: goods, factors, households' budgets (E7-E9) */
    double price;  /* largest |log| gap between a producer's price and what E3, E4 say */
    double complementarity; /* largest |min(ρ, slack)| over the quotas, slack = 1 − quantity/ceiling (E12) */
    double walras;          /* |world income less world spending|, share of the latter (E8, E10) */
    double tolerance;       /* what was asked for */
    ptrdiff_t worst_node;   /* where excess or price is largest */
    ptrdiff_t passes, tangents, newton_steps, homotopy_steps;
    double part; /* of the shock over which a path from the benchmark was followed; 1 where none was needed */
    double seconds;
    ent_method method; /* which one reached it */
    int converged;
} ent_certificate;

/* Always true of a converged one: finite, sums of E3-E8 within the certificate. */
typedef struct {
    double *log_price;            /* [nodes] log p̂, ratio to benchmark; households and final uses: price index */
    double *log_cost;             /* [nodes] log ĉ */
    double *sales_usd;            /* [nodes] S', as network.sales_usd */
    double *lane_value_usd;       /* [lanes] V' spending at buyer prices */
    double *log_factor_supply;    /* [nodes] log L̂ for factor nodes, 0 elsewhere */
    double *income_usd;           /* [regions] I_n */
    double *benchmark_income_usd; /* [regions] I_n of the benchmark, with surpluses as stated (network.stated_usd) */
    double *duties_usd;           /* [regions] collected by n */
    double *export_taxes_usd;     /* [regions] collected by n */
    double *levies_usd;           /* [regions] other taxes less subsidies */
    double *transfer_usd;         /* [regions] Tr'_n */
    double *rents_usd;            /* [regions] licence rents that n receives, less the subsidies of its guarantees */
    double *licence_price; /* [quotas] ρ, a rate; 0 where the quota does not bind, negative for a guarantee's subsidy */
    double *quota_quantity;   /* [quotas] what E12 counts, over its benchmark; NaN of what is banned */
    double *quota_rent_usd;   /* [quotas] what licences cost their users, received by anybody or wasted */
    double *state;            /* [states] the solver's unknowns, a warm start for a neighbour */
    ptrdiff_t states, quotas; /* the last `quotas` of the states are logs of licence factors */
    ent_certificate certificate;
} ent_equilibrium;

/* Solve a policy for its equilibrium (E3-E12).
 *
 * Given     net      the benchmark;  policy  wedges on it;  options  or NULL for the defaults of options.def
 *           start    an equilibrium of the same network to start from, or NULL for the benchmark
 * Returned  eq       in arena; filled also where the tolerance was not reached
 * Status    ENT_OK, ENT_NOT_CONVERGED (eq is the best point, the certificate says how far off), ENT_NO_EQUILIBRIUM,
 *           ENT_NO_MEMORY
 * Cost      some 10 to 30 passes, each two reads of the edges; threads do not change a bit of the result
 * Source    [BF] section 2; MODEL.md 5 */
ent_status ent_equilibrium_solve(const ent_network *net, const ent_policy *policy, const ent_options *options,
                                 const ent_equilibrium *start, ent_arena *arena, ent_equilibrium *eq, ent_error *err);

/* A solver keeps what all solves of one network share: the pass, the preconditioner, room. Games, draws and pages solve
 * one network thousands of times; the answers are those of ent_equilibrium_solve(), to the bit. It lives in `arena`,
 * borrows the network (whose shares and elasticities must stay what they are), and belongs to one thread at a time. */
typedef struct ent_solver ent_solver;
ent_status ent_solver_open(const ent_network *net, const ent_options *options, ent_arena *arena, ent_solver **solver,
                           ent_error *err);
ent_status ent_solver_solve(ent_solver *solver, const ent_policy *policy, const ent_equilibrium *start,
                            ent_arena *arena, ent_equilibrium *eq, ent_error *err);

/* Prices alone: what `policy` does to them where wages, incomes and scale stay what they are at an equilibrium `at` of
 * the same network (E3 with everything else held): the loss by formula of a cut-off, exact for any nests.
 *
 * Given     at_policy, at   what the prices are measured from, as solved
 * Returned  log_price       [nodes] of the caller; measured like at->log_price, and equal to it for policy = at_policy
 * Status    ENT_OK, ENT_NO_EQUILIBRIUM (a ban takes what a node can't do without), ENT_NOT_CONVERGED, ENT_NO_MEMORY
 * Cost      some ten readings of the edges */
ent_status ent_solver_prices(ent_solver *solver, const ent_policy *policy, const ent_policy *at_policy,
                             const ent_equilibrium *at, double *log_price, ent_error *err);

/* Licences by lane: factors over all quotas of a lane, 1 where there is none. */
typedef struct {
    double *on_export; /* [borders] part of the border price, received by the exporter's side */
    double *on_import; /* [borders] on top of the duty */
    double *wasted;    /* [borders] iceberg */
} ent_licences;
ent_status ent_licences_by_lane(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_licences *licences, ent_error *err);

/* The same network with an equilibrium as its new benchmark (E10 `balanced`; the next step of a game): shares, sales,
 * duties, taxes and transfers are those of the equilibrium; hats of later solves are relative to it. */
ent_status ent_network_rebase(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                              ent_arena *arena, ent_network *rebased, ent_error *err);

/* E10 `balanced`: the benchmark without transfers, solved alone. Returns net itself, copied, for other closures. */
ent_status ent_network_balance(const ent_network *net, const ent_options *options, ent_arena *arena,
                               ent_network *balanced, ent_error *err);
