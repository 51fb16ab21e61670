/* embedded.c: the embedded world under every blueprint that has a name, in a trade war of everyone against everyone and
 * in the one between the USA and China: what comes out satisfies the equations as the naive twin writes them. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "random_world.h"

static const char *const wars[] = {
    "actions:\n"
    "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 145%}\n"
    "  - duty: {importer: CHN, exporter: USA, sector: goods, add: 125%}\n",
    "actions:\n"
    "  - duty: {importer: all, exporter: all, sector: goods, add: 60%}\n"
    "  - export_tax: {exporter: CHN, importer: all, sector: ELE, set: 30%}\n"
    "  - trade_cost: {exporter: all, importer: CHN, sector: services, change: 20%}\n"
    "  - productivity: {region: USA, sector: ELE, change: -20%}\n"
    "  - subsidy: {region: USA, sector: ELE, rate: 10%}\n",
};

static const char *const blueprints[] = {
    "{}",
    "{sourcing: by-use}",
    "{sourcing: by-use, users: final-intermediate, closure: proportional}",
    "{sourcing: two-tier, output_elasticity: 0, material_elasticity: 0, factor_elasticity: 1.26}",
    "{output_elasticity: 0.5, factor_elasticity: 0.5, material_elasticity: 0.2, consumption_elasticity: 0.9}",
    "{market: krugman, scale: 0.05}",
    "{mobility: {all: specific}}",
    "{mobility: {all: 2}, closure: balanced}",
    "{labour_supply: 0.5, revenue: income-tax, numeraire: consumption}",
    "{market: melitz, entry_share: 0.05, pareto_shape: 5, scale: 0.05, scale_by: labour, labour_supply: 0.5}",
};

TEST(the_embedded_world_satisfies_the_equations_under_every_blueprint, "E3-E10")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_table table;
    MUST(ent_table_read("baseline2022", &scratch, &table, &err), err);
    for (size_t b = 0; b < sizeof blueprints / sizeof *blueprints; b++)
        for (size_t a = 0; a < sizeof wars / sizeof *wars; a++) {
            corridor c;
            char where[256];
            const char *yaml = ent_string_format(&scratch, "name: war\nblueprint: %s\n%s", blueprints[b], wars[a]);
            MUST(corridor_run(&c, &table, yaml, NULL, NULL), c.err);
            CHECK(c.eq.certificate.passes < 200); /* 15 to 130 when this was written */
            const double gap = naive_gap(&c.net, &c.policy, &c.eq, where);
            if (!(gap <= 1e-8))
                test_fail(__FILE__, __LINE__, "war %zu under %s: gap %g: %s", a, blueprints[b], gap, where);
            corridor_close(&c);
        }
}
