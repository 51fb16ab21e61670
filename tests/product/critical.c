/* critical.c: the numbers of data/critical-inputs are those of the data sets that its README names, to printed digits.
 */
// SPDX-License-Identifier: MIT
#include "corridor.h"

enum {
    REGIONS = 19
};

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table, fine;
    ent_products products;
} critical;

static ent_status open_critical(critical *c)
{
    *c = (critical){0};
    ENT_TRY(ent_table_read("baseline2022", &c->arena, &c->table, &c->err));
    ENT_TRY(ent_table_read("critical-inputs", &c->arena, &c->fine, &c->err));
    return ent_products_read(ENT_SOURCE_DIR "/data/critical-inputs/products.yaml", &c->table, &c->arena, &c->products,
                             &c->err);
}

static const ent_product *product(const critical *c, const char *code)
{
    for (ptrdiff_t h = 0; h < c->products.count; h++)
        if (strcmp(c->products.item[h].code, code) == 0) return &c->products.item[h];
    return NULL;
}

/* The region that a country belongs to; the rest of the world where none names it. */
static ptrdiff_t region_of(const ent_table *t, const char *iso3)
{
    const ptrdiff_t same = ent_names_find(&t->regions, iso3);
    for (ptrdiff_t n = 0; same < 0 && n < t->regions.count; n++)
        for (const char *at = t->members[n]; (at = strstr(at, iso3)) != NULL; at++)
            if (at[3] == ' ' || at[3] == 0) return n;
    return same >= 0 ? same : ent_names_find(&t->regions, "ROW");
}

static ent_status read_set(const char *set, const char *file, ent_arena *arena, expected *e, ent_error *err)
{
    const char *folder = test_data(set);
    if (folder == NULL) return ENT_NOT_CONVERGED;
    return expected_read(ent_path_join(arena, folder, file), arena, e, err);
}

TEST(observed_trade_is_what_the_census_says, "critical-inputs")
{
    static const struct {
        const char *hs, *code;
    } lines[] = {{"8542", "chips"},
                 {"8486", "chip-tools"},
                 {"2846", "rare-earth-compounds"},
                 {"280530", "rare-earth-metals"},
                 {"850511", "magnets"}};
    critical c;
    expected e;
    MUST(open_critical(&c), c.err);
    const ptrdiff_t usa = ent_names_find(&c.table.regions, "USA");
    if (test_data("us-trade") != NULL) {
        MUST(read_set("us-trade", "us_imports_2024_hs6_by_partner.csv.gz", &c.arena, &e, &c.err), c.err);
        for (size_t l = 0; l < sizeof lines / sizeof *lines; l++) {
            double sum[REGIONS] = {0};
            for (ptrdiff_t row = 0; row < e.rows; row++) {
                const char *partner = expected_text(&e, row, "partner");
                if (strncmp(expected_text(&e, row, "hs6"), lines[l].hs, strlen(lines[l].hs)) != 0) continue;
                if (strcmp(partner, "SVK") == 0) continue; /* inside EUU too */
                sum[region_of(&c.table, partner)] += 1e-6 * expected_number(&e, row, "imports_usd");
            }
            for (ptrdiff_t i = 0; i < REGIONS; i++) {
                const double here = product(&c, lines[l].code)->trade_usd[i * REGIONS + usa];
                if (i != usa) CHECK_NEAR(isnan(here) ? 0.0 : here, sum[i], 5.1e-4);
            }
        }
    }
    ent_arena_close(&c.arena);
}

TEST(makers_shares_are_those_of_the_surveys, "critical-inputs")
{
    critical c;
    expected e;
    MUST(open_critical(&c), c.err);
    const double *ores = product(&c, "rare-earth-ores")->made, *gallium = product(&c, "gallium")->made;
    const double *compounds = product(&c, "rare-earth-compounds")->made, *magnets = product(&c, "magnets")->made;
    const ptrdiff_t chn = region_of(&c.table, "CHN"), usa = region_of(&c.table, "USA"),
                    anz = region_of(&c.table, "ANZ"), ase = region_of(&c.table, "ASE");
    if (test_data("critical-minerals") != NULL) {
        MUST(read_set("critical-minerals", "rare_earth_stage_shares.csv", &c.arena, &e, &c.err), c.err);
        for (ptrdiff_t row = 0; row < e.rows; row++) {
            const char *stage = expected_text(&e, row, "stage"), *country = expected_text(&e, row, "country");
            const double share = 0.01 * expected_number(&e, row, "share_pct"), year = expected_number(&e, row, "year");
            if (strcmp(stage, "mining") == 0 && year == 2024.0 && strcmp(country, "MMR") != 0)
                CHECK_NEAR(ores[region_of(&c.table, country)], share, 5e-4);
            if (strcmp(stage, "separation") == 0) CHECK_NEAR(compounds[chn], share, 1e-12);
            if (strcmp(stage, "refining") == 0 && strcmp(country, "MYS") == 0) CHECK_NEAR(compounds[ase], share, 1e-12);
            if (strcmp(stage, "magnets") == 0) CHECK_NEAR(magnets[chn], share, 1e-12);
        }
    }
    CHECK_NEAR(ores[usa], 45500.0 / 380000.0, 5e-4);
    CHECK_NEAR(ores[anz], 29000.0 / 380000.0, 5e-4);
    CHECK_NEAR(ores[ase], (27000.0 + 2100.0 + 140.0) / 380000.0, 5e-4);
    CHECK_NEAR(gallium[chn], 839.0 / 848.0, 6e-4);
    CHECK_NEAR(product(&c, "gallium")->world_usd, 0.848 * 439.0, 0.5);
    ent_arena_close(&c.arena);
}

TEST(chip_tools_are_made_where_comtrade_says_they_are_exported_from, "critical-inputs")
{
    critical c;
    expected e;
    MUST(open_critical(&c), c.err);
    if (test_data("semiconductors") != NULL) {
        MUST(read_set("semiconductors", "comtrade_sme_by_reporter_2016_2020.csv.gz", &c.arena, &e, &c.err), c.err);
        double sum[REGIONS] = {0}, all = 0.0;
        for (ptrdiff_t row = 0; row < e.rows; row++) {
            if (strcmp(expected_text(&e, row, "year"), "2020") != 0 ||
                strcmp(expected_text(&e, row, "flow"), "Export") != 0 ||
                strcmp(expected_text(&e, row, "hs6"), "848620") != 0)
                continue;
            const char *reporter = expected_text(&e, row, "reporter");
            const double value = expected_number(&e, row, "value_usd");
            all += value;
            sum[region_of(&c.table, *reporter == 0 ? "TWN" : reporter)] += value; /* unnamed Asia */
        }
        const double *made = product(&c, "chip-tools")->made;
        for (ptrdiff_t n = 0; n < REGIONS; n++)
            if (!isnan(made[n])) CHECK_NEAR(made[n], sum[n] / all, 5.1e-4);
    }
    ent_arena_close(&c.arena);
}

/* The embedded world is baseline2022 in other clothes. */
TEST(critical_inputs_sum_to_the_embedded_world, "critical-inputs")
{
    critical c;
    ent_table sum;
    ptrdiff_t map[64];
    MUST(open_critical(&c), c.err);
    const ent_table *t = &c.table;
    for (ptrdiff_t j = 0; j < c.fine.sectors.count; j++) {
        const char *code = c.fine.sectors.code[j];
        const ent_product *p = product(&c, code);
        map[j] = p != NULL ? p->sector : ent_names_find_n(&t->sectors, code, 3);
    }
    MUST(ent_table_check(&c.fine, &c.err), c.err);
    MUST(ent_table_group(&c.fine, NULL, NULL, map, &t->sectors, &c.arena, &sum, &c.err), c.err);
    const ptrdiff_t cells = REGIONS * t->sectors.count;
    for (ptrdiff_t x = 0; x < cells * cells; x++) CHECK_NEAR(sum.z[x], t->z[x], 1e-12 * t->z[x]);
    for (ptrdiff_t x = 0; x < cells * REGIONS * t->uses.count; x++) CHECK_NEAR(sum.f[x], t->f[x], 1e-12 * t->f[x]);
    ent_arena_close(&c.arena);
}
