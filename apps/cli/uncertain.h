/* uncertain.h: `entente run --uncertain`: what its options ask for, and the work on one answer. */
// SPDX-License-Identifier: MIT
#pragma once
#include "progress.h"
#include <entente/entente.h>

typedef struct {
    const char *path; /* of the standard errors, or "default"; NULL: not asked for */
    double correlation;
    ptrdiff_t draws, seed;
    int second; /* ± to second order */
} uncertain_ask;

/* 0 and a sentence in err where the options do not go together. */
ent_status uncertain_check(const uncertain_ask *ask, ent_error *err);
/* Both in the arena; draws that are done are kept in the file `partial` of `folder`, or not at all (NULL). */
ent_status uncertain_measure(const uncertain_ask *ask, const ent_answer_point *point, const char *folder,
                             const char *partial, progress *line, ent_arena *arena, ent_uncertainty *uncertainty,
                             ent_error *err);
