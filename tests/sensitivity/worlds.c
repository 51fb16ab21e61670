/* worlds.c: derivatives against differences in real worlds: NAFTA, the duties of April 2025, the embedded world, and
 * the world of 2011, at the equilibrium of a shock and with every nest apart. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "published/liberation2025.h"
#include "random_world.h"
#include "sensitivity/nudge.h"

typedef struct {
    double tolerance, size;
    unsigned long kinds; /* bits of nudge_kind; 0: all */
} exam;

/* The network with its nests apart, solved again. */
static ent_status settle_apart(corridor *c, const exam *x)
{
    ent_options options = ent_options_default();
    options.tolerance = x->tolerance;
    c->blueprint.separate_nests = 1;
    ENT_TRY(ent_network_lay(&c->table, &c->blueprint, &c->arena, &c->net, &c->err));
    ENT_TRY(ent_scenario_place(&c->scenario, &c->net, &c->arena, &c->policy, &c->err));
    return ent_equilibrium_solve(&c->net, &c->policy, &options, NULL, &c->arena, &c->eq, &c->err);
}

static void examine(corridor *c, const exam *x)
{
    dice d = {7};
    drawn_objectives o;
    ent_sensitivity *s;
    ent_derivatives derivatives[OBJECTIVES];
    ptrdiff_t held = 0;
    MUST(settle_apart(c, x), c->err);
    MUST(ent_sensitivity_open(&c->net, &c->policy, &c->eq, &c->arena, &s, &c->err), c->err);
    const ptrdiff_t count = draw_objectives(&d, &c->net, &o);
    for (ptrdiff_t k = 0; k < count; k++)
        MUST(ent_sensitivity_adjoint(s, &o.list[k], &c->arena, &derivatives[k], &c->err), c->err);
    const ground g = {&c->table, &c->blueprint, &c->net, &c->policy, &c->eq, x->tolerance};
    for (int kind = 0; kind < NUDGES; kind++) {
        ent_status status = ENT_OK;
        if (x->kinds != 0 && (x->kinds >> kind & 1) == 0) continue;
        const double gap = nudge_gap(&g, (nudge_kind)kind, &d, o.list, count, derivatives, x->size, &status, &c->err);
        if (status != ENT_OK) test_fail(__FILE__, __LINE__, "%s: %s", nudge_words[kind], c->err.text);
        if (!(gap <= 1e-6))
            test_fail(__FILE__, __LINE__, "%s, %td nodes: derivatives by %s are off by %.2g", c->scenario.name,
                      c->net.nodes, nudge_words[kind], gap);
        held += gap >= 0.0;
    }
    CHECK(held >= 6);
    corridor_close(c);
}

TEST(derivatives_hold_for_nafta, "E16")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("cp2015");
    if (data == NULL) return;
    static const char *const yaml = "name: NAFTA\nactions:\n"
                                    "  - duty: {importer: [CAN, MEX, USA], exporter: [CAN, MEX, USA], file: "
                                    "tariffs.csv, column: tariff_2005_pct}\n";
    ent_table table;
    ent_error err = {0};
    corridor c;
    MUST(corridor_import(ENT_LAYOUT_CALIENDO_PARRO, ent_string_format(&scratch, "%s/base_deficit", data), &scratch,
                         &table, &err),
         err);
    /* θ reaches 65: a step of a thousandth would be one of 6 % in values. The published shares have negative inputs,
     * which only Cobb–Douglas can bear: nests are moved in the repaired table. */
    const unsigned long nests =
        1UL << NUDGE_OUTPUT_ELASTICITY | 1UL << NUDGE_MATERIAL_ELASTICITY | 1UL << NUDGE_FACTOR_ELASTICITY;
    MUST(corridor_open(&c, &table, yaml, data), c.err);
    examine(&c, &(exam){1e-12, 3e-4, ~nests});
    MUST(ent_table_repair(&table, &scratch, &err), err);
    MUST(corridor_open(&c, &table, yaml, data), c.err);
    examine(&c, &(exam){1e-12, 3e-4, 0});
}

TEST(derivatives_hold_for_the_duties_of_april_2025, "E16 E17")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("liberation2025");
    if (data == NULL) return;
    corridor c;
    MUST(liberation_run(data, "ustr", &scratch, &c), c.err);
    examine(&c, &(exam){1e-12, 1e-3, 0});
}

#define WAR                                                                                                            \
    "actions:\n"                                                                                                       \
    "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 60%}\n"                                              \
    "  - duty: {importer: CHN, exporter: USA, sector: goods, add: 60%}\n"                                              \
    "  - export_tax: {exporter: CHN, importer: all, sector: MIN, set: 30%}\n"

TEST(derivatives_hold_in_the_embedded_world, "E16")
{
    /* where sales lower prices, differences need smaller steps */
    static const struct {
        const char *blueprint;
        double size;
    } cases[] = {
        {"{sourcing: common}", 3e-4},
        {"{sourcing: by-use, labour_supply: 0.4, closure: proportional}", 3e-4},
        {"{sourcing: two-tier, mobility: 2, elasticities: 4}", 3e-4},
        {"{sourcing: common, market: krugman, scale: 0.05}", 1e-4},
        {"{market: melitz, entry_share: {all: 0.05}, pareto_shape: 5, scale: 0.02, revenue: income-tax, "
         "labour_supply: 0.3}",
         1e-4},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ENT_SCRATCH scratch = {0};
        ent_table table;
        ent_error err = {0};
        corridor c;
        MUST(ent_table_read("baseline2022", &scratch, &table, &err), err);
        MUST(corridor_open(&c, &table,
                           ent_string_format(&scratch, "name: war\nblueprint: %s\n%s", cases[k].blueprint, WAR), NULL),
             c.err);
        examine(&c, &(exam){1e-12, cases[k].size, 0});
    }
}

TEST(derivatives_hold_in_the_world_of_2011, "E16")
{
    ENT_SCRATCH scratch = {0};
    const char *data = test_data("wiod2013");
    if (data == NULL) return;
    ent_table table;
    ent_error err = {0};
    MUST(corridor_import(ENT_LAYOUT_WIOD_2013, ent_string_format(&scratch, "%s/wiot11_row.csv.gz", data), &scratch,
                         &table, &err),
         err);
    static const char *const sourcings[] = {"common", "two-tier", "by-use"};
    for (int k = 0; k < WORLDS(3); k++) {
        corridor c;
        MUST(corridor_open(&c, &table,
                           ent_string_format(&scratch,
                                             "name: war\nblueprint: {sourcing: %s, elasticities: 4}\nactions:\n"
                                             "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 25%%}\n",
                                             sourcings[k]),
                           NULL),
             c.err);
        const unsigned long few = 1UL << NUDGE_DUTY | 1UL << NUDGE_EXPORT_TAX | 1UL << NUDGE_TRADE_COST |
                                  1UL << NUDGE_PRODUCTIVITY | 1UL << NUDGE_TRANSFER | 1UL << NUDGE_TRADE_ELASTICITY;
        examine(&c, &(exam){1e-12, 1e-3, k == 2 ? few : 0});
    }
}
