/* lever.h: what `entente lever` has found, on its way to the terminal and to files. */
// SPDX-License-Identifier: MIT
#pragma once
#include "ledger.h"
#include <entente/entente.h>

typedef enum {
    LEVER_RANK,
    LEVER_MATRIX,
    LEVER_EXPOSURE
} lever_question;

/* Everything that one call has found; what belongs to other questions is empty. */
typedef struct {
    lever_question question;
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    const char *where; /* "at the benchmark", "after …" */

    ent_objective objective; /* rank */
    double objective_usd, objective_level;
    const char *by; /* whose instruments, or NULL */
    ent_lever *levers;
    ptrdiff_t count, top;

    ent_leverage leverage; /* matrix, exposure */
    unsigned kinds;
    ent_lever_matrix matrix[ENT_LEVER_SUBSIDY];

    ent_exposure *exposure; /* [sectors + 1], the last: all trade; s NULL where nobody trades */
    ptrdiff_t sector;       /* what is printed: -1 all trade */
} lever_answer;

/* Text of at most 100 columns on stdout. */
void lever_print(const lever_answer *answer, ent_arena *arena);
/* The same in full, one row a record. */
ledger lever_ledger(const lever_answer *answer, ent_arena *arena);
const char *lever_file(lever_question question); /* "levers.csv" */
/* What report.html draws of it, as members of a JSON object that has been begun. */
void lever_page(const lever_answer *answer, ent_arena *arena, ent_json *json);
const char *lever_page_title(lever_question question);

/* The regions that fit: all, or the `most` with the largest incomes, in the table's order; 0 where memory is out. */
ptrdiff_t lever_regions(const lever_answer *answer, ptrdiff_t most, ent_arena *arena, ptrdiff_t **chosen);
/* d log real income of n / d log productivity of i in that sector, or in all (-1). */
double lever_in_model(const lever_answer *answer, ptrdiff_t n, ptrdiff_t i, ptrdiff_t sector);
/* What the numbers mean, in one sentence: for text, manifest and JSON. */
const char *lever_definition(lever_question question);
