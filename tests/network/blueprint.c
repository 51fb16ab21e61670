/* blueprint.c: two blueprints are the same where every key is. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(blueprints_are_the_same_where_every_key_is, "blueprint")
{
    static const char *const keys[] = {
        "elasticities.MIN=3",   "home_elasticity.MIN=2",   "output_elasticity.MIN=0.5",  "factor_elasticity.MIN=0.5",
        "product_elasticity=2", "material_elasticity=0.5", "consumption_elasticity=0.5", "labour_supply=0.5",
        "sourcing=two-tier",    "market=krugman",          "closure=balanced",           "revenue=income-tax",
        "mobility.capacity=2"};
    ENT_SCRATCH arena = {0};
    ent_error err = {{0}};
    ent_table table;
    ent_blueprint plain, again, other;
    MUST(ent_table_read("critical-inputs", &arena, &table, &err), err);
    MUST(ent_blueprint_default(&table, &arena, &plain, &err), err);
    MUST(ent_blueprint_default(&table, &arena, &again, &err), err);
    CHECK(ent_blueprint_same(&plain, &again, &table));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        MUST(ent_blueprint_default(&table, &arena, &other, &err), err);
        MUST(ent_blueprint_set(keys[k], &table, &arena, &other, &err), err);
        if (ent_blueprint_same(&plain, &other, &table)) printf("%s makes no difference\n", keys[k]);
        CHECK(!ent_blueprint_same(&plain, &other, &table));
    }
}
