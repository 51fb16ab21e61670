/* scale.c: where scale economies are strong, a world has more than one equilibrium, and the method decides which one is
 * found (MODEL.md 6.1). The preset stays on the safe side of that in the embedded world. */
// SPDX-License-Identifier: MIT
#include "corridor.h"

static const char *const plans[] = {
    "name: a tenth of a point\n"
    "blueprint: krugman\n"
    "actions:\n"
    "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 0.1%}\n",
    "name: thirty points\n"
    "blueprint: krugman\n"
    "actions:\n"
    "  - duty: {importer: USA, exporter: CHN, sector: goods, add: 30%}\n",
};

/* Largest difference in sales of any node. */
static double gap_of(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b)
{
    double gap = 0.0;
    for (ptrdiff_t k = 0; k < net->nodes; k++) gap = fmax(gap, fabs(a->sales_usd[k] / b->sales_usd[k] - 1.0));
    return gap;
}

TEST(with_the_scale_of_the_preset_all_methods_find_one_answer_in_the_embedded_world, "E4 5")
{
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++) {
        corridor c;
        ent_arena house = {0};
        ent_error err = {0};
        ent_table table;
        const ent_options tight = corridor_tolerance(1e-12);
        MUST(ent_table_read("baseline2022", &house, &table, &err), err);
        MUST(corridor_run(&c, &table, plans[p], NULL, &tight), c.err);
        for (ent_method method = ENT_METHOD_FIXED_POINT; method <= ENT_METHOD_HOMOTOPY; method++) {
            ent_options options = tight;
            ent_equilibrium eq;
            options.method = method;
            MUST(ent_equilibrium_solve(&c.net, &c.policy, &options, NULL, &c.arena, &eq, &c.err), c.err);
            CHECK_NEAR(gap_of(&c.net, &eq, &c.eq), 0.0, 1e-8); /* 1e-12 times what the inverse amplifies, some 400 */
        }
        corridor_close(&c);
        ent_arena_close(&house);
    }
}
