/* pass.h: one pass over the network (E3-E11) with its tangent: the whole model as a map z -> G(z), whose fixed points
 * are the equilibria.
 *
 * Unknowns z, all logs of ratios to the benchmark:
 *   prices of producers and factors (they are met again round the circle, N3), then sales of producers, of nodes that
 *   measure somebody's scale (E4, E17), and of households (their income), then the licence factors of quotas (E12).
 * Prices run up the levels (sourcing -> materials -> producers -> households), sales run down, then factors and incomes
 * close the circle; news travels the whole production chain in one pass. A producer that buys no goods stands on
 * factors alone: it and its nests are early, priced before the border and paid after it, and are no unknowns. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/equilibrium.h"
#include "equilibrium/quotas.h"
#include "equilibrium/squares.h"
#include "num/boxcox.h"

/* How a region's border lanes can be read. */
typedef enum {
    ENT_LANES_ANY,   /* one by one */
    ENT_LANES_STEEP, /* all steep (boxcox.h): x is the weight */
    ENT_LANES_RUN    /* and neighbours in views too */
} ent_lanes;

/* How a node's edges are read: the first `head` one by one, the rest as a run of neighbouring lanes, which takes no
 * index; gaps in the run are filled with shares of 0. */
typedef struct {
    const double *share; /* [length] ω of the run */
    ptrdiff_t lane;      /* its first lane */
    int32_t length, head;
} ent_row;

/* Always true after ent_pass_open():
 *   (P1)  blocks of a level begin and end between regions, so that blocks never write to the same lane
 *   (P2)  nothing below depends on the number of threads but the time it takes */
typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    int threads;

    /* unknowns */
    ptrdiff_t states, prices, sales; /* states = prices + sales + quotas.count */
    int32_t *price_node;             /* [prices] producers, then factors */
    int32_t *sales_node;             /* [sales]  producers, then measures of scale, then households */
    int32_t *price_state;            /* [nodes] index into z, or -1 */
    int32_t *sales_state;            /* [nodes] index into z, or -1 */
    unsigned char *early;            /* [nodes] 1: no goods are bought by it, or below it */
    int any_early;

    /* views: one producer's price seen with one elasticity; border lanes share them */
    ptrdiff_t views;
    int32_t *view_node;      /* [views] */
    double *view_power;      /* [views] r = 1 − σ */
    int32_t *lane_view;      /* [borders] */
    int64_t *own_first;      /* [nodes+1] inner lanes that a node sells over */
    int32_t *own_lane;       /* [inner lanes] */
    ent_row *row;            /* [nodes] */
    unsigned char *lanes_of; /* [regions] ent_lanes: which kernel settles its border lanes */
    int64_t *region_first;   /* [regions+1] border lanes of a buyer region */

    /* wedges of the policy, ratios to the benchmark */
    double *wedge_shift;  /* [borders] ces_shift(w) */
    double *wedge_factor; /* [borders] exp(r w) */
    double *border_part;  /* [borders] B/V = 1/(1+t') */
    double *seller_part;  /* [borders] N/V = (1−ν)/((1+t')(1+s')) */
    double *levy_part;    /* [nodes]   1 − ℓ'_k */
    double *share_sum;    /* [nodes]   Σ_e ω_e: 1 but for the rounding of published exponents (N2) */
    double *whole;        /* [nodes]   Σ_e ω_e as the kernel of the pass adds it up */
    double *cost_shift;   /* [nodes]   −log Â_k, in the cost */
    double *price_shift;  /* [nodes]   log(1 − subsidy), in the price */
    double *transfer; /* [regions] Tr of the benchmark plus the policy's, million USD at the benchmark's world income */
    int any_export_tax;

    ent_quotas quotas;
    ent_squares squares; /* where this is such a world, lanes keep still in a pass, and are filled by ent_pass_show() */
    int shown;           /* lanes are those of the point */

    /* bans (bans.h) */
    unsigned char *shut; /* [nodes] 0, or ENT_SHUT_DRY, ENT_SHUT_IDLE */
    int any_shut;        /* some are not 0 */
    int any_gone;        /* the benchmark has border lanes over which nothing is sold any more */
    ptrdiff_t starved;   /* a producer or household that cannot do without what it lost, or -1 */

    const double *held; /* [nodes] what E4 and E17 add to log prices where scale stands still (formula.c), or NULL */

    /* blocks */
    ptrdiff_t blocks;      /* at most, of any level */
    int64_t *block_first;  /* [levels][blocks+1] nodes */
    int64_t *region_block; /* [blocks+1] regions, for border lanes */

    /* the point */
    double *log_cost;  /* [nodes] */
    double *log_price; /* [nodes] */
    double *unit;      /* [nodes] Σ_e ω_e exp(r u_e) = 1 + r y */
    double *spent;     /* [nodes] S_k */
    double *paid;      /* [nodes] z_k = (1−ℓ'_k) S_k/unit_k/Σ ω */
    double *view_x;    /* [views] ces_seen(log p) */
    double *delivered; /* [lanes] D = ces_seen(log of the price at the buyer's gate), see boxcox.h */
    double *bought;    /* [lanes] Σ_e ω_e z_k; V = weight × bought */
    double *sold;      /* [nodes] new S of nodes whose sales are unknowns */
    double *partial;   /* [blocks][views] sales of producers by block of buyer regions */
    double *taxed;     /* [blocks][regions] export taxes by block */
    double *duties, *export_taxes, *entry, *levies, *factor_income, *income; /* [regions] */
    double *group_income, *group_income0;                                    /* [regions*factors] */
    double *own_income, *own_income0;                                        /* [regions] before transfers */
    double *log_tax, *log_tax0; /* [regions] log τ of E9: what an income tax cut adds to the wage */
    double gdp0, gdp, shift;    /* world factor income; shift: the numeraire, subtracted from all logs (E11) */

    /* directions, for the tangent: the same shapes */
    double *d_log_price, *d_log_cost, *d_spent; /* [nodes] */
    double *d_view, *d_delivered, *d_bought;    /* [views], [lanes], [lanes] */
    double *d_duties, *d_export_taxes, *d_entry, *d_levies, *d_own_income, *d_income, *d_tax; /* [regions] */
    double *d_group_income, *d_sold; /* [regions*factors], [nodes] */
    ptrdiff_t passes, tangents;
} ent_pass;

ent_status ent_pass_open(const ent_network *net, int threads, ent_arena *arena, ent_pass *pass, ent_error *err);
/* Lists for the quotas of policies to come, whose lanes and kinds are these (limits may differ); a policy with others
 * needs lists of its own. The lists live in `arena` as long as such policies are set. */
ent_status ent_pass_take_quotas(ent_pass *pass, const ent_policy *policy, ent_arena *arena, ent_error *err);
/* Put a policy on it, or the part λ of it in logs (homotopy): 0 is the benchmark, 1 the whole. */
void ent_pass_set_policy(ent_pass *pass, const ent_policy *policy, double part);
/* The same as another pass of the same network has put on itself, without quotas: no exponential again. */
void ent_pass_copy_policy(ent_pass *pass, const ent_pass *from);
/* Take room for tangents; a second call does nothing. */
ent_status ent_pass_open_tangent(ent_pass *pass, ent_arena *arena, ent_error *err);
/* out = G(z). z and out [states], not the same array. 0: it left the numbers (overflow, income below zero). */
int ent_pass_run(ent_pass *pass, const double *z, double *out);
/* Let every lane show the point of the last ent_pass_run(): `delivered` and `bought`. What reads lanes asks for it. */
void ent_pass_show(ent_pass *pass);
/* out = (dG/dz) v at the point of the last ent_pass_run(). v, out [states]. */
void ent_pass_tangent(ent_pass *pass, const double *v, double *out);

/* Σ ω x[lane] over the edges of node k. */
double ent_row_sum(const ent_pass *pass, ptrdiff_t k, const double *x);

/* The floors of the pass. */
void ent_prices_weigh(ent_pass *pass);                             /* fills `whole` */
void ent_prices_run(ent_pass *pass, const double *z, double *out); /* E3, E4 */
void ent_prices_tangent(ent_pass *pass, const double *v, double *out);
void ent_prices_show(ent_pass *pass);
void ent_sales_run(ent_pass *pass, const double *z); /* E5-E7 */
void ent_sales_show(ent_pass *pass);
void ent_sales_tangent(ent_pass *pass, const double *v);
int ent_incomes_run(ent_pass *pass, const double *z, double *out);            /* E8-E11 */
void ent_quotas_place(ent_pass *pass, double part);                           /* after the policy's own wedges */
void ent_quotas_wedge(ent_pass *pass, const double *z);                       /* licences onto lanes, before prices */
void ent_quotas_settle(ent_pass *pass, const double *z);                      /* quantities and rents, after sales */
int ent_quotas_answer(ent_pass *pass, const double *z, double *out);          /* E12, after incomes */
double ent_pass_log_wedge(const ent_pass *pass, ptrdiff_t lane, double part); /* the policy's own */
double ent_sales_value(const ent_pass *pass, ptrdiff_t lane);                 /* V of a border lane, also in squares */
double ent_sales_value_tangent(const ent_pass *pass, ptrdiff_t lane);
/* Their rows of the preconditioner: a residual over its own response. */
void ent_quotas_precondition(const ent_pass *pass, const double *r, double *out);
void ent_quotas_wedge_tangent(ent_pass *pass, const double *v);
void ent_quotas_deliver_tangent(ent_pass *pass); /* adds to the lanes' directions of prices */
void ent_quotas_settle_tangent(ent_pass *pass, const double *v);
void ent_quotas_answer_tangent(ent_pass *pass, const double *v, double d_shift, double *out);
void ent_incomes_tangent(ent_pass *pass, const double *v, double *out);

enum {
    ENT_SHUT_DRY = 1, /* no input is left, or one that it cannot do without has gone: it is not to be had */
    ENT_SHUT_IDLE = 2 /* nobody is left who buys it: its sales are 0, and their state stands still */
};
static inline int ent_is_shut(const ent_pass *p, ptrdiff_t k)
{
    return p->any_shut && p->shut[k] != 0;
}
static inline int ent_is_dry(const ent_pass *p, ptrdiff_t k)
{
    return p->any_shut && p->shut[k] == ENT_SHUT_DRY;
}
/* Log price of a node that sells over lanes, at the unknowns z: of a producer what buyers reckon with. */
static inline double ent_price_at(const ent_pass *p, const double *z, ptrdiff_t k)
{
    return p->price_state[k] >= 0 ? z[p->price_state[k]] : p->log_price[k];
}
/* Unknowns that every policy has. */
static inline ptrdiff_t ent_pass_core(const ent_pass *p)
{
    return p->prices + p->sales;
}
static inline double ent_lane_power(const ent_network *net, ptrdiff_t lane)
{
    return 1.0 - net->lane_elasticity[lane];
}
/* The lane's price to the power r. */
static inline double ent_lane_weight(const ent_pass *p, ptrdiff_t lane)
{
    return ces_weight(p->delivered[lane], ent_lane_power(p->net, lane));
}
