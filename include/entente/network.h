/* network.h: the benchmark as CES nodes, edges and lanes (MODEL.md 2), and the blueprints that lay it out (MODEL.md 3).
 * Knows tables. Does not know scenarios, solvers or results. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"

/* ---- blueprints ---- */
typedef enum {
    ENT_SOURCING_COMMON,
    ENT_SOURCING_BY_USE,
    ENT_SOURCING_TWO_TIER
} ent_sourcing;
typedef enum {
    ENT_USERS_EVERY,
    ENT_USERS_FINAL_INTERMEDIATE
} ent_users; /* who has a sourcing node of its own, by-use */
typedef enum {
    ENT_CLOSURE_FIXED,
    ENT_CLOSURE_BALANCED,
    ENT_CLOSURE_PROPORTIONAL
} ent_closure;
typedef enum {
    ENT_MARKET_PERFECT,
    ENT_MARKET_KRUGMAN,
    ENT_MARKET_MELITZ
} ent_market;
typedef enum {
    ENT_REVENUE_LUMP_SUM,
    ENT_REVENUE_INCOME_TAX
} ent_revenue; /* what the duties pay for (E17) */
typedef enum {
    ENT_NUMERAIRE_GDP,
    ENT_NUMERAIRE_CONSUMPTION
} ent_numeraire;
typedef enum {
    ENT_SCALE_BY_OUTPUT,
    ENT_SCALE_BY_LABOUR
} ent_scale_by;

typedef struct {
    const char *name; /* "default" or the preset's */
    ent_sourcing sourcing;
    ent_users users;
    ent_closure closure;
    ent_market market;
    ent_revenue revenue;
    ent_numeraire numeraire;
    ent_scale_by scale_by;     /* what a producer's scale is measured by */
    double *trade_elasticity;  /* [J]  θ_j: sourcing has σ = 1 + θ_j                       > 0 */
    double *home_elasticity;   /* [J]  σ_d home versus imports, two-tier                  >= 0, default (1 + θ_j)/2 */
    double *output_elasticity; /* [J]  σ_y value added versus materials                   >= 0, default 1 */
    double *factor_elasticity; /* [J]  σ_v among factors                                  >= 0, default 1 */
    double *material_elasticity; /* [J]  σ_m among materials, by using sector               >= 0, default 1 */
    double *product_elasticity; /* [J]  σ_h among the products of a bundle, one for all of them >= 0, default 1 + θ of
                                   the bundle's first */
    double consumption_elasticity; /*    σ_c among sectors in final use                     >= 0, default 1 */
    double *scale;                 /* [J]  ψ_j; used unless market is perfect                 default 1/θ_j */
    double labour_supply;          /* κ_s: L̂ = (ŵ/P̂)^κ_s of the first factor                 >= 0, default 0 */
    double *mobility;              /* [G]  κ_g between sectors, 1 specific, INFINITY mobile   >= 1, default INFINITY */
    double *entry_share; /* [R]  ν_n of spending in n that pays market entry there  in [0,1), default 0, melitz */
    int separate_nests;  /* keep nests apart whose elasticities agree: then each has a derivative of its own */
    double pareto_shape; /* θ' of E17, Pareto shape of firms' productivity          > 0, melitz */
} ent_blueprint;

/* The defaults for a table: MODEL.md 3. Fails where the table brings no trade elasticities and `theta` is NULL. */
ent_status ent_blueprint_default(const ent_table *table, ent_arena *arena, ent_blueprint *blueprint, ent_error *err);
/* Would they lay the same network from this table? Their names count too: reports show them. */
int ent_blueprint_same(const ent_blueprint *a, const ent_blueprint *b, const ent_table *table);

/* ---- the network ---- */
typedef enum {
    ENT_NODE_FACTOR,    /* region n's factor g, or sector j's part of it where mobility is imperfect */
    ENT_NODE_IMPORTS,   /* two-tier: foreign origins of sector j in n */
    ENT_NODE_SOURCING,  /* origins of sector j in n, for one user or for all */
    ENT_NODE_BUNDLE,    /* products cut out of one sector, as one user of n buys them */
    ENT_NODE_MATERIALS, /* materials bill of producer (n,k) */
    ENT_NODE_VALUE_ADDED,
    ENT_NODE_PRODUCER, /* sector j of region i: what is sold to the world */
    ENT_NODE_FINAL,    /* one final use of region n */
    ENT_NODE_HOUSEHOLD /* who receives a region's income and spends it */
} ent_node_kind;

#define ENT_SHARE_ROUNDING 1e-5 /* larger takes small taxes for rounding, smaller changes published exponents */

/* A node buys through edges; edges reach sellers over lanes. A lane is one seller's good delivered at one buyer
 * region's gate under one set of wedges, seen with one elasticity: all edges that share these share the lane, so policy
 * lives on lanes and a table with every user apart (18 million edges) has its duties once (328 thousand lanes).
 *
 * Always true, and checked by ent_network_check():
 *   (N1)  edges are grouped by buyer: node k buys through edges first[k] .. first[k+1]-1
 *   (N2)  shares of one buyer sum to 1 within 1e-12 and are > 0, but for Cobb–Douglas production: by-products (T3) are
 *         negative shares, and exponents stay as the table has them where they miss 1 by the rounding of a published
 *         file, at most ENT_SHARE_ROUNDING; the difference in money is a levy that labour gets. In a benchmark that was
 *         an equilibrium under bans, what they removed has a share of 0, and a node that they shut sells nothing
 *   (N3)  nodes stand in the order of evaluation: a node's sellers come before it, except producers and factors that
 *         are met again round the circle (state nodes, whose prices and sales are unknowns)
 *   (N4)  each seller's sales are what its lanes bring (E7), and each household's income what E8 says, within 1e-9 (and
 *         the rounding of N2)
 *   (N5)  the first `borders` lanes lead from producers (i,j) to region n, ordered by n, then j, then product where the
 *         table has trade by product, then i; the rest is inside a region and carries no wedge */
typedef struct {
    const ent_table *table;         /* names and shape; borrowed */
    const ent_blueprint *blueprint; /* borrowed */
    ptrdiff_t regions, sectors, factors, nodes, edges, lanes, borders, levels;
    ptrdiff_t users; /* sourcing nodes a region and sector: 1 common; 2 intermediate, final; J + U every user */

    /* nodes */
    unsigned char *kind;  /* [nodes] ent_node_kind */
    int32_t *node_region; /* [nodes] owner n */
    int32_t *node_sector; /* [nodes] j or k; of a bundle its first; -1 for households */
    int32_t *node_user;   /* [nodes] sourcing: q, 0 .. users-1, who uses it (see `users`); bundles: using sector k, or
                             sectors + u; factor nodes: g; final: u; else -1 */
    int64_t *first;       /* [nodes+1] see N1 */
    double *elasticity;   /* [nodes] σ_k >= 0 between inputs (unused for factors) */
    double *sales_usd; /* [nodes] S_k: what is spent on it net of wedges; households and final uses: what they spend */
    double *scale;     /* [nodes] ψ_k: log p = log c - ψ (log Ŝ_size - log p̂_base) */
    int32_t *scale_size;  /* [nodes] node whose sales measure size; -1 where ψ = 0 */
    int32_t *scale_base;  /* [nodes] node whose price deflates them; -1: this node's own unit cost */
    double *levy_share;   /* [nodes] ℓ_k: share of a producer's sales that is tax less subsidy on production, paid to
                             the region's household; may be negative; 0 elsewhere */
    int64_t *level_first; /* [levels+1] nodes of one level: level_first[v] .. level_first[v+1]-1, sorted by region */

    /* edges */
    int32_t *edge_lane; /* [edges] */
    double *share;      /* [edges] ω_e benchmark cost share at buyer prices, see N2 */

    /* lanes */
    int32_t *seller;         /* [lanes] node l */
    int32_t *lane_region;    /* [lanes] buyer region n */
    double *lane_elasticity; /* [lanes] σ of every node that buys over it */
    int32_t *lane_product;   /* [borders] of table->detail, -1: the sector has none; NULL: the table has no detail */
    double *duty;            /* [borders] t  benchmark rate */
    double *duty_power;      /* [regions] φ_n of E17, 1 without */
    double *entry_share;     /* [regions] ν_n of E17: of the border value, goes to labour of n, not to the seller */
    double *export_tax; /* [borders] s  benchmark rate (0 in a table; an equilibrium may have become the benchmark) */
    double *lane_value_usd; /* [lanes] V benchmark spending at buyer prices */

    /* households and factors, one household a region */
    int32_t *household;   /* [regions] node */
    int32_t *labour;      /* [regions] node of the first factor where it is mobile, else -1 */
    double *transfer_usd; /* [regions] Tr_n benchmark: spending less income (E8) */
    double *stated_usd; /* [regions] Tr_n that a policy starts from: −S_n where the table states a surplus that differs
                           from Tr_n by its rounding only, else Tr_n itself */
    int32_t *producer;  /* [regions*sectors] node of (i,j), -1 where nothing is made */
    int32_t *factor_group;    /* [nodes] for factor nodes: (n, g) group n*factors + g; else -1 */
    double *inverse_mobility; /* [nodes] 1/κ, 0 for a freely mobile factor */
    const char *notes;        /* what laying it changed (production subsidies implied, cells dropped), one line each */
} ent_network;

ent_status ent_network_lay(const ent_table *table, const ent_blueprint *blueprint, ent_arena *arena, ent_network *net,
                           ent_error *err);
ent_status ent_network_check(const ent_network *net, ent_error *err);
/* "Motor vehicles in Mexico", for sentences about node k. */
const char *ent_network_node_name(const ent_network *net, ptrdiff_t node, ent_arena *arena);

/* The lane's seller side, for borders: exporter i and sector j. */
ptrdiff_t ent_lane_exporter(const ent_network *net, ptrdiff_t lane);
ptrdiff_t ent_lane_sector(const ent_network *net, ptrdiff_t lane);
ptrdiff_t ent_lane_product(const ent_network *net, ptrdiff_t lane); /* of table->detail; -1: none */
