/* quotas.h: quantity controls (E12) as a floor of the pass: each quota of the policy is one unknown more, the log of
 * its licence factor, and licences are wedges on its lanes that a pass puts on from the state. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"

/* Licences of one lane by whom they are a wedge for: logs of their product. */
typedef struct {
    double export, import, waste;
} ent_licence;

/* What stands between two passes is the policy's; the point is that of the last pass. */
typedef struct {
    ptrdiff_t count;
    const ent_quota *quota;   /* [count] */
    ptrdiff_t lanes, entries; /* lanes under any quota, each once; pairs of quota and lane */
    int32_t *lane;            /* [lanes] */
    int64_t *first;           /* [lanes+1] */
    int32_t *on;              /* [entries] quotas on a lane, in the policy's order */
    int64_t *buyer_first;     /* [lanes+1] */
    int32_t *buyer;           /* [...] nodes that buy over a lane */
    double *share;            /* [lanes] ω where one node buys */
    double *log_wedge;        /* [lanes] w without licences */
    double *border, *seller;  /* [lanes] B/V and N/V without licences */
    double *benchmark_usd;    /* [count] Σ N of the benchmark, million US dollars */
    double *log_limit;        /* [count] log q̄, or log(1 + price), in force (a homotopy places a part) */
    double *speed;            /* [count] κ: 1/σ, averaged over the lanes */
    unsigned char *inert;     /* [count] its lanes are banned, or have no buyer left */

    unsigned char *gone; /* [lanes] banned */

    /* the point */
    double *log_factor;    /* [count] l */
    ent_licence *licence;  /* [lanes] */
    double *value;         /* [lanes] V */
    double *part;          /* [entries] of a lane in what its quota counts */
    double *log_quantity;  /* [count] log of what E12 counts, over its benchmark */
    double *answer;        /* [count] −dlog quantity/dlog licence, spending and prices held */
    unsigned char *active; /* [count] the licence follows the quantity */
    double *rents;         /* [regions] received, less what guarantees cost */
    double *rent;          /* [count] what the licences of a quota cost their users; negative: a subsidy */

    /* directions */
    ent_licence *d_licence; /* [lanes] */
    double *d_value;        /* [lanes] */
    double *d_rents;        /* [regions] */
    double *d_log_quantity; /* [count] */

    /* bars */
    double *quantity_bar;          /* [count] of log quantity */
    double *limit;                 /* [count] of log q̄; of a price, of log(1 + price) */
    double *kept_bar, *export_bar; /* [lanes] bars × what goes with N, and with the border value through export rents */
} ent_quotas;

/* The place of a lane among the licensed ones, or -1. */
ptrdiff_t ent_quotas_find(const ent_quotas *quotas, ptrdiff_t lane);
