/* choke.h: the answer of `entente chokepoint` on its way to the terminal, to CSV and JSON, and to the page. */
// SPDX-License-Identifier: MIT
#pragma once
#include "ledger.h"
#include <entente/entente.h>

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    const char *where; /* "at the benchmark", "after: Truce" */
    const char *what;  /* what is cut, in words: "one way", … */
    ent_cutoff_ask ask;
    ent_cutoff *threats; /* [count] ranked */
    ptrdiff_t count, top;
    ent_cutoff *pairs; /* [pair_count] every sender alone with every target, the asked sectors together */
    ptrdiff_t pair_count;
    ent_joint *joint; /* [joint_count] of a bloc, as threats stood before they were ranked */
    ptrdiff_t joint_count;
    ent_suppliers suppliers;
    ent_reliance reliance;
    ent_remedy_list *remedies; /* [remedied] against the first threats */
    ptrdiff_t remedied;
    ent_remedy_sizes sizes;
    int matrix; /* show the pairs as squares */
} choke_answer;

const char *choke_definition(void);
void choke_print(const choke_answer *a, ent_arena *arena);
ledger choke_threats(const choke_answer *a, ent_arena *arena);                /* chokepoints.csv */
ledger choke_pairs(const choke_answer *a, ent_arena *arena);                  /* threats.csv */
ledger choke_suppliers(const choke_answer *a, ent_arena *arena);              /* suppliers.csv */
ledger choke_markets(const choke_answer *a, ent_arena *arena);                /* dependence.csv */
ledger choke_reliance(const choke_answer *a, ent_arena *arena);               /* reliance.csv */
ledger choke_remedies(const choke_answer *a, ent_arena *arena);               /* remedies.csv */
ent_status choke_page(const choke_answer *a, ent_json *json, ent_error *err); /* members of report.html's data */
ledger choke_joint(const choke_answer *a, ent_arena *arena);                  /* joint.csv */
