/* scarce_inputs.c: an input cut by a quota costs what one CES function says (Bachmann and others 2024); the examples
 * with rare earths and chips say what their comments say. */
// SPDX-License-Identifier: MIT
#include "corridor.h"

/* Home makes one good of labour and of energy that only the rest of the world has; the rest makes energy, and some of
 * the good for itself. Home's labour is all in that good, so its output is Y = [a E^((s−1)/s) + (1 − a)]^(s/(s−1)). */
static ent_status energy_table(ent_arena *arena, double a, ent_table *t, ent_error *err)
{
    static const char *const regions[] = {"HOM", "ROW"}, *const sectors[] = {"GOOD", "ENERGY"};
    *t = (ent_table){.name = "energy", .year = 2022};
    for (int i = 0; i < 2; i++) {
        ENT_TRY(ent_names_add(&t->regions, arena, regions[i], NULL, NULL));
        ENT_TRY(ent_names_add(&t->sectors, arena, sectors[i], NULL, NULL));
    }
    ENT_TRY(ent_names_add(&t->uses, arena, "households", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, arena, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, arena, err));
    enum {
        HOME_GOOD = 0,
        ROW_GOOD = 2,
        ROW_ENERGY = 3
    };
    t->z[ROW_ENERGY * 4 + HOME_GOOD] = 100.0 * a;
    t->f[HOME_GOOD * 2] = 100.0 * (1.0 - a);
    t->f[HOME_GOOD * 2 + 1] = 100.0 * a;
    t->f[ROW_GOOD * 2 + 1] = 50.0;
    t->x[HOME_GOOD] = 100.0;
    t->va[HOME_GOOD] = 100.0 * (1.0 - a);
    t->x[ROW_GOOD] = t->va[ROW_GOOD] = 50.0;
    t->x[ROW_ENERGY] = t->va[ROW_ENERGY] = 100.0 * a;
    t->trade_elasticity = ent_new(arena, double, 2);
    if (t->trade_elasticity == NULL) return ENT_NO_MEMORY;
    t->trade_elasticity[0] = t->trade_elasticity[1] = 3.0;
    return ent_table_check(t, err);
}

TEST(an_energy_cut_costs_what_one_ces_function_says, "E12")
{
    static const struct {
        double a, s, cut, percent; /* as published: GDP falls by so much */
    } rows[] = {{0.04, 0.04, 0.10, -1.5686}, {0.012, 0.1, 0.30, -2.7509}, {0.01, 0.1, 0.30, -2.3426}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {0};
        ent_table table;
        corridor c;
        char yaml[400];
        const ent_options tight = corridor_tolerance(1e-11);
        MUST(energy_table(&arena, rows[k].a, &table, &err), err);
        snprintf(yaml, sizeof yaml,
                 "name: cut\nblueprint: {output_elasticity: {GOOD: %g}}\nactions:\n"
                 "  - quota: {exporter: ROW, importer: HOM, sector: ENERGY, to: %g%%, rent: importer}\n",
                 rows[k].s, 100.0 - 100.0 * rows[k].cut);
        MUST(corridor_run(&c, &table, yaml, ".", &tight), c.err);
        const double output = c.out.sector_value[ENT_SECTOR_real_output * 4];
        const double power = (rows[k].s - 1.0) / rows[k].s;
        const double wanted = pow(rows[k].a * pow(1.0 - rows[k].cut, power) + 1.0 - rows[k].a, 1.0 / power);
        CHECK_NEAR(output, wanted, 1e-7);
        CHECK_NEAR(100.0 * (output - 1.0), rows[k].percent, 5e-5);
        corridor_close(&c);
    }
}

/* ---- examples ---- */

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
} world;

static ent_status play(world *w, const char *file, corridor *c)
{
    ent_bytes bytes;
    const char *path = ent_path_join(&w->arena, ENT_SOURCE_DIR "/examples/critical-inputs", file);
    ENT_TRY(ent_bytes_read(path, 0, &w->arena, &bytes, &w->err));
    return corridor_run(c, &w->table, bytes.data, ENT_SOURCE_DIR "/examples/critical-inputs", NULL);
}

static double real_income(const corridor *c, const char *region)
{
    return ent_outcome_region_ratio(&c->out, ENT_REGION_real_income, ent_names_find(&c->table.regions, region));
}

/* What importers buy of a product from China, by quantity, of the benchmark's. */
static double bought(const corridor *c, const char *importer, const char *product)
{
    const ptrdiff_t china = ent_names_find(&c->table.regions, "CHN"), j = ent_names_find(&c->table.sectors, product);
    const ptrdiff_t n = importer != NULL ? ent_names_find(&c->table.regions, importer) : -1;
    double now = 0.0, before = 0.0;
    for (ptrdiff_t e = 0; e < c->out.flows; e++) {
        const ptrdiff_t to = c->out.flow_importer[e];
        if (c->out.flow_exporter[e] != china || c->out.flow_sector[e] != j || to == china || (n >= 0 && to != n))
            continue;
        before += c->net.lane_value_usd[e] / (1.0 + c->net.duty[e]);
        now +=
            c->net.lane_value_usd[e] / (1.0 + c->net.duty[e]) * c->out.flow_value[ENT_FLOW_quantity * c->out.flows + e];
    }
    return now / before;
}

TEST(a_green_channel_spares_the_union_what_the_licences_cost, "E12")
{
    world w = {0};
    corridor licences, channel;
    MUST(ent_table_read("critical-inputs", &w.arena, &w.table, &w.err), w.err);
    MUST(play(&w, "rare-earths-april-2025.yaml", &licences), licences.err);
    MUST(play(&w, "green-channel.yaml", &channel), channel.err);
    CHECK_NEAR(bought(&licences, NULL, "magnets"), 0.25, 1e-6);
    CHECK_NEAR(bought(&licences, NULL, "rare-earth-metals"), 0.50, 1e-6);
    CHECK(real_income(&licences, "EUU") < 1.0 && real_income(&licences, "KOR") < 1.0);
    CHECK(real_income(&licences, "CHN") > 1.0); /* what the licences are worth */
    CHECK(bought(&channel, "EUU", "magnets") > 1.0);
    CHECK(real_income(&channel, "EUU") > real_income(&licences, "EUU"));
    corridor_close(&licences);
    corridor_close(&channel);
    ent_arena_close(&w.arena);
}

TEST(access_for_chips_is_better_for_both_than_controls_both_ways, "E12")
{
    world w = {0};
    corridor controls, deal;
    MUST(ent_table_read("critical-inputs", &w.arena, &w.table, &w.err), w.err);
    MUST(play(&w, "controls-both-ways.yaml", &controls), controls.err);
    MUST(play(&w, "access-for-chips.yaml", &deal), deal.err);
    CHECK(bought(&deal, "USA", "magnets") > 0.95 - 1e-6 || bought(&deal, "USA", "rare-earth-compounds") > 0.95 - 1e-6);
    CHECK(bought(&controls, "USA", "magnets") < 0.5);
    CHECK(real_income(&deal, "CHN") > real_income(&controls, "CHN"));
    CHECK(real_income(&deal, "USA") > real_income(&controls, "USA"));
    CHECK(real_income(&deal, "TWN") > real_income(&controls, "TWN"));
    /* and as packages of talks: over controls both ways nobody refuses the deal, which is their bargain */
    const ent_policy packages[] = {controls.policy, deal.policy};
    const ptrdiff_t R = controls.net.regions, usa = ent_names_find(&w.table.regions, "USA"),
                    china = ent_names_find(&w.table.regions, "CHN");
    double *value, of_parties[4];
    unsigned char *reached;
    ent_deal_table table;
    MUST(ent_deal_values(&controls.net, packages, 2, 1, &w.arena, &value, &reached, &w.err), w.err);
    CHECK(reached[0] && reached[1]);
    for (ptrdiff_t d = 0; d < 2; d++) {
        of_parties[2 * d] = value[d * R + usa];
        of_parties[2 * d + 1] = value[d * R + china];
    }
    CHECK_NEAR(of_parties[2] - of_parties[0], log(real_income(&deal, "USA") / real_income(&controls, "USA")), 1e-8);
    MUST(ent_deal_weigh(2, 2, of_parties, of_parties, &w.arena, &table, &w.err), w.err);
    CHECK(table.acceptable[1] && table.efficient[1] && !table.efficient[0] && table.bargained == 1);
    corridor_close(&controls);
    corridor_close(&deal);
    ent_arena_close(&w.arena);
}
