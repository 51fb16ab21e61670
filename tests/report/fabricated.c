/* fabricated.c: a report of invented numbers on a small world. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"

#define TAKE(pointer, type, count)                                                                                     \
    do {                                                                                                               \
        (pointer) = ent_new0(arena, type, count);                                                                      \
        if ((pointer) == NULL) return ENT_NO_MEMORY;                                                                   \
    } while (0)

void fabricated_region(fabricated *f, int s, ent_region_variable v, ptrdiff_t n, double benchmark, double value)
{
    const ptrdiff_t at = (ptrdiff_t)v * f->net.regions + n;
    f->outcome[s].region_benchmark[at] = benchmark;
    f->outcome[s].region_value[at] = value;
}

void fabricated_sector(fabricated *f, int s, ent_sector_variable v, ptrdiff_t n, ptrdiff_t j, double benchmark,
                       double value)
{
    const ptrdiff_t at = ((ptrdiff_t)v * f->net.regions + n) * f->net.sectors + j;
    f->outcome[s].sector_benchmark[at] = benchmark;
    f->outcome[s].sector_value[at] = value;
}

void fabricated_flow(fabricated *f, int s, ent_flow_variable v, ptrdiff_t importer, ptrdiff_t exporter, ptrdiff_t j,
                     double benchmark, double value)
{
    ent_outcome *o = &f->outcome[s];
    for (ptrdiff_t e = 0; e < o->flows; e++) {
        if (o->flow_importer[e] != importer || o->flow_exporter[e] != exporter || o->flow_sector[e] != j) continue;
        o->flow_benchmark[(ptrdiff_t)v * o->flows + e] = benchmark;
        o->flow_value[(ptrdiff_t)v * o->flows + e] = value;
    }
}

/* ---- values by formula: no two alike, ratios near one ---- */

static double invented(const ent_variable *v, int when, ptrdiff_t at, int s)
{
    const double wave = sin(1.7 * (double)at + 0.9 * s);
    if (v->kind == ENT_CHANGE) return when == 0 ? 0.0 : wave;
    if (v->kind == ENT_INDEX) return when == 0 ? 1.0 : 1.0 + 0.01 * wave;
    const double base = strcmp(v->unit, "million USD") == 0 ? 1000.0 * (2.0 + cos(0.3 * (double)at)) : 0.05;
    return when == 0 ? base : base * (1.0 + 0.02 * wave);
}

static void invent(const ent_variable *variables, int count, ptrdiff_t cells, double *benchmark, double *value, int s)
{
    for (ptrdiff_t v = 0; v < count; v++)
        for (ptrdiff_t c = 0; c < cells; c++) {
            benchmark[v * cells + c] = invented(&variables[v], 0, 31 * v + c, 0);
            value[v * cells + c] = invented(&variables[v], 1, 31 * v + c, s);
        }
}

static ent_status make_outcome(fabricated *f, int s, ent_arena *arena)
{
    ent_outcome *o = &f->outcome[s];
    const ptrdiff_t R = f->net.regions, J = f->net.sectors;
    *o = (ent_outcome){.net = &f->net,
                       .certificate = &f->equilibrium[s].certificate,
                       .regions = R,
                       .sectors = J,
                       .flows = R * (R - 1) * J,
                       .world_real_income = 0.9925};
    TAKE(o->region_benchmark, double, ENT_REGION_VARIABLES *R);
    TAKE(o->region_value, double, ENT_REGION_VARIABLES *R);
    TAKE(o->sector_benchmark, double, ENT_SECTOR_VARIABLES *R *J);
    TAKE(o->sector_value, double, ENT_SECTOR_VARIABLES *R *J);
    TAKE(o->flow_benchmark, double, ENT_FLOW_VARIABLES * o->flows);
    TAKE(o->flow_value, double, ENT_FLOW_VARIABLES * o->flows);
    TAKE(o->flow_importer, int32_t, o->flows);
    TAKE(o->flow_exporter, int32_t, o->flows);
    TAKE(o->flow_sector, int32_t, o->flows);
    ptrdiff_t e = 0;
    for (ptrdiff_t n = 0; n < R; n++)
        for (ptrdiff_t j = 0; j < J; j++)
            for (ptrdiff_t i = 0; i < R; i++) {
                if (i == n) continue;
                o->flow_importer[e] = (int32_t)n;
                o->flow_exporter[e] = (int32_t)i;
                o->flow_sector[e++] = (int32_t)j;
            }
    invent(ent_region_variables, ENT_REGION_VARIABLES, R, o->region_benchmark, o->region_value, s);
    invent(ent_sector_variables, ENT_SECTOR_VARIABLES, R * J, o->sector_benchmark, o->sector_value, s);
    invent(ent_flow_variables, ENT_FLOW_VARIABLES, o->flows, o->flow_benchmark, o->flow_value, s);
    return ENT_OK;
}

static ent_status make_network(fabricated *f, ent_arena *arena)
{
    const ptrdiff_t R = f->table.regions.count, J = f->table.sectors.count;
    f->net = (ent_network){.table = &f->table,
                           .blueprint = &f->blueprint,
                           .regions = R,
                           .sectors = J,
                           .factors = 1,
                           .nodes = R * J,
                           .notes = ""};
    TAKE(f->net.kind, unsigned char, R *J);
    TAKE(f->net.node_region, int32_t, R * J);
    TAKE(f->net.node_sector, int32_t, R * J);
    TAKE(f->net.node_user, int32_t, R * J);
    for (ptrdiff_t k = 0; k < R * J; k++) {
        f->net.kind[k] = ENT_NODE_PRODUCER;
        f->net.node_region[k] = (int32_t)(k / J);
        f->net.node_sector[k] = (int32_t)(k % J);
        f->net.node_user[k] = -1;
    }
    return ENT_OK;
}

static ent_status make_blueprint(fabricated *f, ent_arena *arena)
{
    ent_blueprint *b = &f->blueprint;
    const ptrdiff_t J = f->table.sectors.count;
    *b = (ent_blueprint){.name = "default", .consumption_elasticity = 1.0};
    TAKE(b->trade_elasticity, double, J);
    TAKE(b->output_elasticity, double, J);
    TAKE(b->factor_elasticity, double, J);
    TAKE(b->material_elasticity, double, J);
    TAKE(b->mobility, double, 1);
    b->mobility[0] = (double)INFINITY;
    for (ptrdiff_t j = 0; j < J; j++) {
        b->trade_elasticity[j] = 4.5 + (double)j;
        b->output_elasticity[j] = b->factor_elasticity[j] = b->material_elasticity[j] = 1.0;
    }
    return ENT_OK;
}

static void make_answers(fabricated *f)
{
    static const char *const deal[] = {"duty: Atlantis on Borduria, all sectors: set to 10 %"};
    static const char *const war[] = {"duty: Atlantis on Borduria, all sectors: add 30 %",
                                      "duty: Borduria on Atlantis, Farming: set to 145 %"};
    f->scenario[0] = (ent_scenario){.path = "deal.yaml", .name = "Deal", .source = "a wish"};
    f->scenario[1] = (ent_scenario){.path = "war.yaml", .name = "War of attrition", .source = ""};
    for (int s = 0; s < 2; s++) {
        f->equilibrium[s] = (ent_equilibrium){.certificate = {.excess = 2.5e-12,
                                                              .price = 1e-13,
                                                              .walras = -3e-16,
                                                              .tolerance = 1e-10,
                                                              .worst_node = 1,
                                                              .passes = 14 + s,
                                                              .seconds = 0.004,
                                                              .method = ENT_METHOD_FIXED_POINT,
                                                              .converged = 1}};
        f->answer[s] = (ent_answer){&f->scenario[s],     &f->outcome[s], &f->equilibrium[s],
                                    s == 0 ? deal : war, s == 0 ? 1 : 2, NULL};
    }
    f->options = ent_options_default();
    f->report = (ent_report){.answers = f->answer,
                             .count = 2,
                             .table = &f->table,
                             .options = &f->options,
                             .world_hash = "c0ffee",
                             .command = "entente run deal.yaml war.yaml",
                             .seconds = 0.01};
}

static ent_status make_rest(fabricated *f, ent_arena *arena)
{
    ent_error err;
    ent_names *factors = &f->table.factors, *uses = &f->table.uses;
    ptrdiff_t at;
    ENT_TRY(ent_names_add(factors, arena, "LAB", "labour", &at));
    ENT_TRY(ent_names_add(uses, arena, "HFC", "households", &at));
    ENT_TRY(ent_table_make(&f->table, arena, &err));
    ENT_TRY(make_blueprint(f, arena));
    ENT_TRY(make_network(f, arena));
    for (int s = 0; s < 2; s++) ENT_TRY(make_outcome(f, s, arena));
    make_answers(f);
    return ENT_OK;
}

ent_status fabricated_shape(fabricated *f, ptrdiff_t regions, ptrdiff_t sectors, ent_arena *arena)
{
    ptrdiff_t at;
    *f = (fabricated){.table = {.name = "invented",
                                .title = "",
                                .source = "",
                                .licence = "",
                                .history = "",
                                .unit = "million US dollars",
                                .elasticity_source = "",
                                .year = 2001}};
    for (ptrdiff_t n = 0; n < regions; n++) {
        const char *code = ent_string_format(arena, "R%td", n + 1),
                   *label = ent_string_format(arena, "Region %td", n + 1);
        if (code == NULL || label == NULL) return ENT_NO_MEMORY;
        ENT_TRY(ent_names_add(&f->table.regions, arena, code, label, &at));
    }
    for (ptrdiff_t j = 0; j < sectors; j++) {
        const char *code = ent_string_format(arena, "S%td", j + 1),
                   *label = ent_string_format(arena, "Sector %td", j + 1);
        if (code == NULL || label == NULL) return ENT_NO_MEMORY;
        ENT_TRY(ent_names_add(&f->table.sectors, arena, code, label, &at));
    }
    return make_rest(f, arena);
}

ent_status fabricated_make(fabricated *f, ent_arena *arena)
{
    ptrdiff_t at;
    *f = (fabricated){.table = {.name = "invented",
                                .title = "An invented world",
                                .source = "Nobody, 2001",
                                .licence = "none",
                                .history = "",
                                .unit = "million US dollars",
                                .elasticity_source = "a guess",
                                .year = 2001}};
    ENT_TRY(ent_names_add(&f->table.regions, arena, "ATL", "Atlantis", &at));
    ENT_TRY(ent_names_add(&f->table.regions, arena, "BOR", "Borduria, \"south\"", &at));
    ENT_TRY(ent_names_add(&f->table.sectors, arena, "FAR", "Farming", &at));
    ENT_TRY(ent_names_add(&f->table.sectors, arena, "IND", "Industry", &at));
    return make_rest(f, arena);
}
