/* stage.h: where elasticities are changed while benchmark and policy stand still: a network that can be tuned, the
 * headline numbers that are read off its equilibria, and solves at other elasticities. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/uncertainty.h"

/* The centre: the point itself, or, where one of its nests or lanes stands for several uncertain elasticities (all of
 * them 1, say), the same benchmark laid again with these apart. */
typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    const ent_spread *spread;
    ent_options options; /* of one solve: one thread, silent */
    int threads;
    ent_network laid; /* room for one of its own */
    ent_blueprint blueprint;
    ent_policy own_policy;
    ent_equilibrium own_eq;
} ent_stage;

ent_status ent_stage_open(const ent_answer_point *point, const ent_spread *spread, ent_arena *arena, ent_stage *stage,
                          ent_error *err);

/* One worker's copy of the network. */
typedef struct {
    const ent_stage *stage;
    ent_network net;
    ent_blueprint blueprint;
} ent_hand;
ent_status ent_hand_open(const ent_stage *stage, ent_arena *arena, ent_hand *hand, ent_error *err);

/* Solve with the parameters' values [spread->count], from the centre; values of the headlines of u go to out
 * [u->count], NaN where no equilibrium was reached (ENT_OK all the same: *reached says so). */
ent_status ent_hand_solve(ent_hand *hand, const double *value, const ent_uncertainty *u, int *reached, double *out);

/* headline.c: which numbers; their values in an outcome [u->count]. */
ent_status ent_headlines_list(const ent_outcome *outcome, ent_arena *arena, ent_uncertainty *u, ent_error *err);
void ent_headlines_read(const ent_uncertainty *u, const ent_outcome *outcome, double *out);

/* curve.c: equilibria beside the centre, along each parameter, and along all of them in step with their errors. */
typedef struct {
    ptrdiff_t ways;   /* K + 1 */
    double *step;     /* [ways] in the parameter's unit; of the last: in standard errors */
    double *above;    /* [ways][count] headlines */
    double *below;    /* [ways][count] */
    ptrdiff_t failed; /* of 2 ways solves */
} ent_curve;
ent_status ent_curve_run(const ent_stage *stage, const ent_uncertainty *u, ent_arena *arena, ent_curve *curve,
                         ent_error *err);

/* second.c: se_second of every headline; gradient [count][K] by the elasticities. */
ent_status ent_second_order(const ent_stage *stage, const double *gradient, ent_uncertainty *u, ent_error *err);

/* partial.c: the file that keeps what is done. */
ent_status ent_partial_name(const ent_stage *stage, const ent_uncertainty *u, uint64_t seed, char hex[65],
                            ent_error *err);
/* *done 0 where there is no file; u->draw is filled as far as it goes. */
ent_status ent_partial_read(const char *path, const char *name, const ent_uncertainty *u, ptrdiff_t *done,
                            ent_error *err);
ent_status ent_partial_write(const char *path, const char *name, const ent_uncertainty *u, ptrdiff_t done,
                             ent_error *err);
