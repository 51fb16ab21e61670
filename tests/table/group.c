/* group.c: regions and sectors summed by maps. */
// SPDX-License-Identifier: MIT
#include "tiny.h"

static ent_status three_countries(ent_arena *house, ent_table *t, ent_error *err)
{
    static const char *const regions[3] = {"AAA", "BBB", "CCC"}, *const sectors[3] = {"food", "cars", "care"};
    *t = (ent_table){.name = "three", .year = 2001, .source = "invented", .duty_accounts = ENT_DUTIES_IN_TAXES};
    for (int c = 0; c < 3; c++) {
        ENT_TRY(ent_names_add(&t->regions, house, regions[c], NULL, NULL));
        ENT_TRY(ent_names_add(&t->sectors, house, sectors[c], NULL, NULL));
    }
    ENT_TRY(ent_names_add(&t->uses, house, "HFCE", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, house, "labour", NULL, NULL));
    t->is_good = ent_new0(house, unsigned char, 3);
    t->trade_elasticity = ent_new0(house, double, 3);
    if (t->is_good == NULL || t->trade_elasticity == NULL) return ENT_NO_MEMORY;
    t->is_good[0] = t->is_good[1] = 1;
    t->trade_elasticity[0] = 3.0;
    t->trade_elasticity[1] = 7.0;
    t->trade_elasticity[2] = 5.0;
    ENT_TRY(ent_table_make(t, house, err));
    for (int row = 0; row < 9; row++) { /* odd numbers, all different */
        for (int c = 0; c < 9; c++) t->x[row] += t->z[9 * row + c] = (double)((7 * row + 3 * c) % 11);
        for (int n = 0; n < 3; n++) t->x[row] += t->f[3 * row + n] = 60.0 + (double)((5 * row + n) % 13);
    }
    for (int k = 0; k < 9; k++) {
        double cost = t->tls[k] = 0.5 * k;
        for (int row = 0; row < 9; row++) cost += t->z[9 * row + k];
        t->va[k] = t->x[k] - cost;
    }
    for (int c = 0; c < 27; c++) t->duty[c] = c / 9 == c / 3 % 3 ? 0.0 : 0.01 * c;
    return ENT_OK;
}

static double sum(ptrdiff_t count, const double *value)
{
    double s = 0.0;
    for (ptrdiff_t c = 0; c < count; c++) s += value[c];
    return s;
}

static double trade(const ent_table *t, int i, int n, int j)
{
    return sum(3, t->z + (i * 3 + j) * 9 + n * 3) + t->f[(i * 3 + j) * 3 + n];
}

TEST(grouping_keeps_sums_and_balance, "E1")
{
    static const ptrdiff_t region_map[3] = {0, 1, 0}, sector_map[3] = {1, 1, 0};
    ENT_SCRATCH house = {0};
    ent_table fine, t;
    ent_error err = {{0}};
    ent_names regions = {0}, sectors = {0};
    MUST(three_countries(&house, &fine, &err), err);
    MUST(ent_table_check(&fine, &err), err);
    MUST(ent_names_add(&regions, &house, "A+C", "A and C", NULL), err);
    MUST(ent_names_add(&regions, &house, "B", NULL, NULL), err);
    MUST(ent_names_add(&sectors, &house, "services", NULL, NULL), err);
    MUST(ent_names_add(&sectors, &house, "things", NULL, NULL), err);
    MUST(ent_table_group(&fine, region_map, &regions, sector_map, &sectors, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    CHECK_NEAR(sum(16, t.z), sum(81, fine.z), 1e-9);
    CHECK_NEAR(sum(8, t.f), sum(27, fine.f), 1e-9);
    CHECK_NEAR(sum(4, t.va), sum(9, fine.va), 1e-9);
    CHECK_NEAR(sum(4, t.tls), sum(9, fine.tls), 1e-9);
    CHECK_NEAR(sum(4, t.x), sum(9, fine.x), 1e-9);
    /* services of A and C to things in B: care (2) of A (0), C (2) to food, cars (0, 1) of B (1) */
    CHECK_NEAR(t.z[0 * 4 + 3], fine.z[2 * 9 + 3] + fine.z[2 * 9 + 4] + fine.z[8 * 9 + 3] + fine.z[8 * 9 + 4], 1e-12);
    CHECK_TEXT(t.regions.label[0], "A and C");
    CHECK_TEXT(t.members[0], "AAA CCC");
    CHECK_TEXT(t.name, "three");
    CHECK(t.year == 2001 && t.duty_accounts == ENT_DUTIES_IN_TAXES);
    CHECK(t.is_good[0] == 0 && t.is_good[1] == 1);
    CHECK(strstr(t.history, "grouped: 3 regions to 2, 3 sectors to 2") != NULL);
}

TEST(duties_are_averaged_by_the_trade_they_are_levied_on, "E6")
{
    static const ptrdiff_t region_map[3] = {0, 1, 0}, sector_map[3] = {0, 0, 0};
    ENT_SCRATCH house = {0};
    ent_table fine, t;
    ent_error err = {{0}};
    ent_names regions = {0}, sectors = {0};
    double collected = 0.0, base = 0.0, weighted = 0.0, all = 0.0;
    MUST(three_countries(&house, &fine, &err), err);
    MUST(ent_names_add(&regions, &house, "A+C", NULL, NULL), err);
    MUST(ent_names_add(&regions, &house, "B", NULL, NULL), err);
    MUST(ent_names_add(&sectors, &house, "everything", NULL, NULL), err);
    MUST(ent_table_group(&fine, region_map, &regions, sector_map, &sectors, &house, &t, &err), err);
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n < 3; n++)
                if (i != n) {
                    weighted += trade(&fine, i, n, j) * fine.trade_elasticity[j];
                    all += trade(&fine, i, n, j);
                }
            if (i == 1) continue;
            collected += fine.duty[(i * 3 + 1) * 3 + j] * trade(&fine, i, 1, j); /* from A and C into B */
            base += trade(&fine, i, 1, j);
        }
    CHECK_NEAR(t.duty[0 * 2 + 1], collected / base, 1e-14);
    CHECK(t.duty[0] == 0.0 && t.duty[3] == 0.0);
    CHECK_NEAR(t.trade_elasticity[0], weighted / all, 1e-14);
}

TEST(grouping_by_nothing_changes_nothing, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table fine, t;
    ent_error err = {{0}};
    MUST(tiny_table(&house, &fine, &err), err);
    MUST(ent_table_group(&fine, NULL, NULL, NULL, NULL, &house, &t, &err), err);
    CHECK_TEXT(ent_table_hash(&t, &house), ent_table_hash(&fine, &house));
}

TEST(a_new_name_without_parts_is_refused, "golden")
{
    static const ptrdiff_t map[2] = {0, 0};
    ENT_SCRATCH house = {0};
    ent_table fine, t;
    ent_error err = {{0}};
    ent_names names = {0};
    MUST(tiny_table(&house, &fine, &err), err);
    MUST(ent_names_add(&names, &house, "all", NULL, NULL), err);
    MUST(ent_names_add(&names, &house, "none", NULL, NULL), err);
    CHECK(ent_table_group(&fine, map, &names, NULL, NULL, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "no region is mapped to 'none'");
    CHECK(ent_table_group(&fine, NULL, NULL, map, &names, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "no sector is mapped to 'none'");
}

TEST(a_grouped_table_stands_alone, "memory")
{
    static const ptrdiff_t map[2] = {0, 0};
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {{0}};
    {
        ENT_SCRATCH finer = {0}; /* closed before the grouped table is read: a sanitizer sees what was borrowed */
        ent_table fine;
        ent_names names = {0};
        MUST(tiny_table(&finer, &fine, &err), err);
        MUST(ent_names_add(&names, &finer, "world", NULL, NULL), err);
        MUST(ent_table_group(&fine, map, &names, NULL, NULL, &house, &t, &err), err);
    }
    MUST(ent_table_check(&t, &err), err);
    CHECK_TEXT(t.regions.code[0], "world");
    CHECK_TEXT(t.members[0], "MEX USA");
    CHECK(strlen(ent_table_hash(&t, &house)) == 64);
    CHECK(ent_names_find(&t.region_groups.names, "all") >= 0 && ent_names_find(&t.sector_groups.names, "goods") >= 0);
}

TEST(grouping_fails_cleanly_at_every_allocation, "faults")
{
    static const ptrdiff_t map[2] = {0, 0};
    for (long nth = 1; nth < 200; nth++) {
        ENT_SCRATCH house = {0}, room = {0};
        ent_table fine, t;
        ent_error err = {{0}};
        ent_names names = {0};
        MUST(tiny_table(&house, &fine, &err), err);
        MUST(ent_names_add(&names, &house, "world", NULL, NULL), err);
        test_fail_allocation(nth);
        const ent_status status = ent_table_group(&fine, map, &names, NULL, NULL, &room, &t, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) return;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
    }
    test_fail(__FILE__, __LINE__, "two hundred allocations were not enough");
}

TEST(import_groups_by_mapping_files, "E1")
{
    ENT_SCRATCH house = {0};
    ent_table fine, t;
    ent_table_balance a, b;
    ent_error err = {{0}};
    char path[4200], map[4200];
    if (test_data("cp2015") == NULL) return;
    snprintf(path, sizeof path, "%s/base_deficit", test_data("cp2015"));
    snprintf(map, sizeof map, "%s/regions.csv", test_temporary_folder());
    const char *const paths[1] = {path};
    ent_import ask = {.layout = ENT_LAYOUT_CALIENDO_PARRO, .paths = paths, .path_count = 1};
    MUST(ent_table_import(&ask, &house, &fine, &err), err);
    ent_text text = {.arena = &house};
    ent_text_say(&text, "from,to,label\n");
    for (ptrdiff_t n = 0; n < fine.regions.count; n++)
        ent_text_say(&text, "%s,%s,\n", fine.regions.code[n], n % 2 ? "odd" : "even");
    MUST(ent_bytes_write(map, text.data, text.size, &err), err);
    ask.region_map = map;
    MUST(ent_table_import(&ask, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    ent_table_measure(&fine, &a);
    ent_table_measure(&t, &b);
    CHECK(t.regions.count == 2 && t.sectors.count == 40);
    CHECK_NEAR(b.world_output, a.world_output, 1e-9 * a.world_output);
    CHECK_NEAR(b.world_final_use, a.world_final_use, 1e-9 * a.world_output);
    CHECK(b.world_trade < a.world_trade);
}
