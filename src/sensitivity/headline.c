/* headline.c: the numbers that a reader looks at first, and where an outcome holds them. */
// SPDX-License-Identifier: MIT
#include "sensitivity/stage.h"
#include <math.h>

const ent_region_variable ent_headline_variables[ENT_HEADLINE_VARIABLES] = {
    ENT_REGION_real_income, ENT_REGION_real_wage, ENT_REGION_price_index,
    ENT_REGION_exports,     ENT_REGION_imports,   ENT_REGION_tariff_revenue,
};

static double way(const ent_outcome *o, ptrdiff_t exporter, ptrdiff_t importer, const double *flows)
{
    double sum = 0.0;
    for (ptrdiff_t e = 0; e < o->flows; e++)
        if (o->flow_exporter[e] == exporter && o->flow_importer[e] == importer) sum += flows[e];
    return sum;
}

/* United States and China where the table has both; else the two whose trade changes most. */
static ent_status choose_pair(const ent_outcome *o, ent_uncertainty *u, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t R = o->regions;
    const ent_names *names = &o->net->table->regions;
    u->pair_a = ent_names_find(names, "USA");
    u->pair_b = ent_names_find(names, "CHN");
    if (u->pair_a >= 0 && u->pair_b >= 0) return ENT_OK;
    u->pair_a = u->pair_b = -1;
    double *change = ent_new0(&scratch, double, R *R), largest = -1.0;
    if (change == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for trade of %td regions", R);
    for (ptrdiff_t e = 0; e < o->flows; e++) {
        const ptrdiff_t at = ENT_FLOW_value * o->flows + e;
        change[o->flow_exporter[e] * R + o->flow_importer[e]] += o->flow_value[at] - o->flow_benchmark[at];
    }
    for (ptrdiff_t a = 0; a < R; a++)
        for (ptrdiff_t b = a + 1; b < R; b++) {
            const double here = fabs(change[a * R + b]) + fabs(change[b * R + a]);
            if (!(here > largest)) continue;
            largest = here;
            u->pair_a = a;
            u->pair_b = b;
        }
    return ENT_OK;
}

static ent_headline headline(ent_region_variable variable, ptrdiff_t region, ptrdiff_t partner)
{
    return (ent_headline){.variable = variable,
                          .region = region,
                          .partner = partner,
                          .se = NAN,
                          .se_second = NAN,
                          .shift = NAN,
                          .mean = NAN,
                          .sd = NAN,
                          .q05 = NAN,
                          .q50 = NAN,
                          .q95 = NAN};
}

ent_status ent_headlines_list(const ent_outcome *outcome, ent_arena *arena, ent_uncertainty *u, ent_error *err)
{
    const ptrdiff_t R = outcome->regions;
    u->regions = R;
    ENT_TRY(choose_pair(outcome, u, err));
    u->headline = ent_new0(arena, ent_headline, ENT_HEADLINE_VARIABLES * R + 3);
    if (u->headline == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for headline numbers of %td regions", R);
    for (int v = 0; v < ENT_HEADLINE_VARIABLES; v++)
        for (ptrdiff_t n = 0; n < R; n++) u->headline[u->count++] = headline(ent_headline_variables[v], n, -1);
    u->headline[u->count++] = headline(ENT_REGION_real_income, R, -1);
    if (u->pair_a >= 0) {
        u->headline[u->count++] = headline(ENT_REGION_exports, u->pair_a, u->pair_b);
        u->headline[u->count++] = headline(ENT_REGION_exports, u->pair_b, u->pair_a);
    }
    return ENT_OK;
}

void ent_headlines_read(const ent_uncertainty *u, const ent_outcome *outcome, double *out)
{
    for (ptrdiff_t h = 0; h < u->count; h++) {
        const ent_headline *one = &u->headline[h];
        if (one->region == u->regions)
            out[h] = outcome->world_real_income;
        else if (one->partner >= 0)
            out[h] = way(outcome, one->region, one->partner, outcome->flow_value + ENT_FLOW_value * outcome->flows);
        else
            out[h] = ent_outcome_region(outcome, one->variable, one->region);
    }
}
