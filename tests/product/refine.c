/* refine.c: what is kept when products are cut out of a table, what is filled, and what is refused. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    MOST = 8
};

typedef struct {
    random_world w;
    ent_product item[4];
    ent_products list;
    double made[4][MOST], used[4][MOST], trade[MOST * MOST];
    ent_product_input input[4];
    ent_table fine;
} bench;

/* Three products of two sectors: H3 (of the last sector) is made of H1 and H2 (of the first). */
static ent_status open_bench(bench *b, uint64_t seed)
{
    static const world_kind kind = {2, 5, 2, 4, 3, 3, 0.1, 0.0, 0.3, 1, 1};
    *b = (bench){0};
    ENT_TRY(random_table(&b->w, seed, &kind));
    const ent_table *t = &b->w.table;
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count;
    for (ptrdiff_t h = 0; h < 3; h++) {
        static const char *const codes[] = {"H1", "H2", "H3"};
        const ptrdiff_t sector = h == 2 ? J - 1 : 0;
        double world = 0.0;
        for (ptrdiff_t n = 0; n < R; n++) world += t->x[n * J + sector];
        for (ptrdiff_t n = 0; n < R; n++) b->made[h][n] = NAN;
        for (ptrdiff_t c = 0; c < J + U; c++) b->used[h][c] = NAN;
        b->item[h] = (ent_product){.code = codes[h],
                                   .label = codes[h],
                                   .hs = h == 0 ? "8505.11" : "",
                                   .source = "dice",
                                   .sector = sector,
                                   .world_usd = 0.1 * world,
                                   .made = b->made[h],
                                   .used = b->used[h],
                                   .trade_elasticity = h == 1 ? 2.5 : NAN};
    }
    b->input[0] = (ent_product_input){.product = 0, .share = 0.02};
    b->input[1] = (ent_product_input){.product = 1, .share = 0.01};
    b->item[2].input = b->input;
    b->item[2].inputs = 2;
    b->list = (ent_products){.name = "fine", .fill = ENT_FILL_RAS, .item = b->item, .count = 3};
    return ENT_OK;
}

static ent_status refine(bench *b)
{
    return ent_products_refine(&b->w.table, &b->list, &b->w.arena, &b->fine, &b->w.err);
}

/* The map back from a refined table to what it was. */
static void map_back(const bench *b, ptrdiff_t *map)
{
    for (ptrdiff_t j = 0; j < b->fine.sectors.count; j++) {
        const char *code = b->fine.sectors.code[j];
        map[j] = ent_names_find(&b->w.table.sectors, code);
        for (ptrdiff_t h = 0; h < b->list.count; h++)
            if (strcmp(code, b->item[h].code) == 0) map[j] = b->item[h].sector;
        if (map[j] < 0) map[j] = ent_names_find_n(&b->w.table.sectors, code, strlen(code) - strlen("-other"));
    }
}

static double worst_ratio(const double *a, const double *b, ptrdiff_t count)
{
    double worst = 0.0;
    for (ptrdiff_t c = 0; c < count; c++) {
        const double gap = fabs(a[c] - b[c]), size = fabs(b[c]);
        if (gap > 1e-300) worst = fmax(worst, gap / size);
    }
    return worst;
}

TEST(a_sector_and_its_products_sum_to_the_sector_cell_by_cell, "E1 E2")
{
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        bench b;
        ent_table sum;
        ptrdiff_t map[16];
        MUST_IN(&b.w, open_bench(&b, seed));
        b.made[0][0] = 0.4;
        b.item[1].capacity = seed % 2 ? 0.3 : 0.0;
        MUST_IN(&b.w, refine(&b));
        MUST_IN(&b.w, ent_table_check(&b.fine, &b.w.err));
        map_back(&b, map);
        MUST_IN(&b.w, ent_table_group(&b.fine, NULL, NULL, map, &b.w.table.sectors, &b.w.arena, &sum, &b.w.err));
        const ent_table *t = &b.w.table;
        const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count, G = t->factors.count;
        LAW(&b.w, worst_ratio(sum.z, t->z, R * J * R * J) < 1e-12, "z");
        LAW(&b.w, worst_ratio(sum.f, t->f, R * J * R * U) < 1e-12, "f");
        LAW(&b.w, worst_ratio(sum.x, t->x, R * J) < 1e-12, "x");
        LAW(&b.w, worst_ratio(sum.duty, t->duty, R * R * J) < 1e-12, "duty");
        for (ptrdiff_t nk = 0; nk < R * J; nk++) {
            double before = 0.0, after = 0.0;
            for (ptrdiff_t g = 0; g < G; g++) before += t->va[nk * G + g];
            for (ptrdiff_t g = 0; g < sum.factors.count; g++) after += sum.va[nk * sum.factors.count + g];
            LAW(&b.w, fabs(after / before - 1.0) < 1e-11, "value added");
        }
        for (ptrdiff_t c = 0; c < b.fine.regions.count * b.fine.sectors.count; c++)
            LAW(&b.w, b.fine.x[c] >= 0.0, "output %td is %g", c, b.fine.x[c]);
        random_close(&b.w);
    }
}

/* What is asked for and can be had, is had: makers' shares, recipes, users. */
TEST(makers_recipes_and_users_are_what_was_asked_for, "products")
{
    bench b;
    MUST(open_bench(&b, 7), b.w.err);
    const ptrdiff_t R = b.w.table.regions.count, first = 1; /* H1 stands behind what is left of sector 0 */
    const double world = b.item[0].world_usd = 0.002 * b.item[0].world_usd / 0.1, world3 = b.item[2].world_usd *= 0.02;
    b.item[1].world_usd *= 0.02;
    b.made[0][0] = 0.55;
    b.made[2][1] = 0.25;
    b.used[0][b.w.table.sectors.count - 1] = 0.0; /* beside the recipe */
    MUST(refine(&b), b.w.err);
    const ptrdiff_t J = b.fine.sectors.count, last = J - 1;
    CHECK_TEXT(b.fine.sectors.code[first], "H1");
    CHECK_TEXT(b.fine.sectors.code[last], "H3");
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) sum += b.fine.x[n * J + first];
    CHECK_NEAR(sum, world, 1e-9 * world);
    CHECK_NEAR(b.fine.x[0 * J + first], 0.55 * world, 1e-9 * world);
    CHECK_NEAR(b.fine.x[1 * J + last], 0.25 * world3, 1e-9 * world3);
    for (ptrdiff_t n = 0; n < R; n++) {
        double bought = 0.0;
        for (ptrdiff_t i = 0; i < R; i++) bought += b.fine.z[(i * J + first) * R * J + n * J + last];
        CHECK_NEAR(bought, 0.02 * b.fine.x[n * J + last], 1e-9 * world);
    }
    random_close(&b.w);
}

TEST(observed_trade_is_kept_and_what_cannot_be_is_in_the_history, "products")
{
    bench b;
    MUST(open_bench(&b, 11), b.w.err);
    const ptrdiff_t R = b.w.table.regions.count;
    b.list.count = 2;
    for (ptrdiff_t c = 0; c < R * R; c++) b.trade[c] = NAN;
    const double small = b.trade[0 * R + 1] = 0.004 * b.item[0].world_usd;
    b.item[0].trade_usd = b.trade;
    MUST(refine(&b), b.w.err);
    const ptrdiff_t J = b.fine.sectors.count, U = b.fine.uses.count;
    double sold = 0.0;
    for (ptrdiff_t k = 0; k < J; k++) sold += b.fine.z[(0 * J + 1) * R * J + 1 * J + k];
    for (ptrdiff_t u = 0; u < U; u++) sold += b.fine.f[((0 * J + 1) * R + 1) * U + u];
    CHECK_NEAR(sold, small, 1e-9 * b.item[0].world_usd);
    CHECK(strstr(b.fine.history, "product: H1 (HS 8505.11) cut out of S1:") != NULL);
    CHECK(strstr(b.fine.history, "% of its sales were observed, the rest is filled (ras); source: dice") != NULL);
    random_close(&b.w);
}

TEST(a_refined_table_knows_its_bundles_groups_and_elasticities, "products")
{
    bench b;
    ent_table again;
    ent_error err = {0};
    MUST(open_bench(&b, 3), b.w.err);
    b.item[2].capacity = 0.5;
    MUST(refine(&b), b.w.err);
    const ptrdiff_t J = b.fine.sectors.count, h2 = ent_names_find(&b.fine.sectors, "H2");
    CHECK_TEXT(b.fine.name, "fine");
    CHECK_TEXT(b.fine.sectors.code[0], "S1-other");
    CHECK(b.fine.bundle[0] == 0.0 && b.fine.bundle[1] == 0.0 && b.fine.bundle[2] == 0.0);
    CHECK(b.fine.bundle[J - 1] == (double)(J - 2));
    CHECK(b.fine.trade_elasticity[h2] == 2.5 && b.fine.trade_elasticity[1] == b.w.table.trade_elasticity[0]);
    const ptrdiff_t whole = ent_names_find(&b.fine.sector_groups.names, "S1"),
                    products = ent_names_find(&b.fine.sector_groups.names, "products");
    CHECK(whole >= 0 && products >= 0);
    for (ptrdiff_t j = 0; j < J && whole >= 0 && products >= 0; j++) {
        CHECK(b.fine.sector_groups.member[whole * J + j] == (j < 3));
        CHECK(b.fine.sector_groups.member[products * J + j] == (j == 1 || j == 2 || j == J - 1));
    }
    CHECK_TEXT(b.fine.factors.code[b.fine.factors.count - 1], "capacity");
    const char *path = ent_string_format(&b.w.arena, "%s/fine.nc", test_temporary_folder());
    MUST(ent_table_write(&b.fine, path, &err), err);
    MUST(ent_table_read(path, &b.w.arena, &again, &err), err);
    CHECK_TEXT(ent_table_hash(&again, &b.w.arena), ent_table_hash(&b.fine, &b.w.arena));
    random_close(&b.w);
}

static void refused(bench *b, const char *sentence)
{
    CHECK(refine(b) == ENT_BAD_INPUT);
    CHECK_TEXT(b->w.err.text, sentence);
    random_close(&b->w);
}

#define WRONG(b)                                                                                                       \
    bench b;                                                                                                           \
    MUST(open_bench(&b, 5), b.w.err)

TEST(what_products_cannot_be_is_refused_by_name, "products")
{
    {
        WRONG(b);
        b.item[1].code = "H1";
        refused(&b, "products: H1 is there twice");
    }
    {
        WRONG(b);
        b.item[1].code = "S2";
        refused(&b, "products: S2 is a sector of random already; give the product another code");
    }
    {
        WRONG(b);
        b.made[0][0] = 0.7;
        b.made[0][1] = 0.4;
        refused(&b, "products: the shares of H1, where it is made, sum to 110 %; they must not exceed 100 %");
    }
    {
        WRONG(b);
        b.used[1][0] = -0.1;
        refused(&b, "products: a share of H2, who uses it, is -10 %; it must lie between 0 and 100 %");
    }
    {
        WRONG(b);
        b.item[0].world_usd = -3.0;
        refused(&b, "products: the world makes -3 million of H1; say an amount above 0");
    }
    {
        WRONG(b);
        b.item[2].world_usd = NAN;
        refused(&b, "products: how much the world makes of H3 is not said, and no recipe needs it; say `world`");
    }
    {
        WRONG(b);
        b.list.fill = ENT_FILL_PROPORTIONAL;
        refused(&b, "products: who uses H1 is said, which the rule `proportional` leaves as it comes; say `fill: ras`");
    }
    {
        WRONG(b);
        b.input[2] = (ent_product_input){.product = 2, .share = 0.1};
        b.item[0].input = b.input + 2;
        b.item[0].inputs = 1;
        refused(&b, "products: the recipes go round in a circle in which H1 needs itself; take one of its inputs out");
    }
    {
        WRONG(b);
        b.item[0].world_usd = 1e-3;
        b.item[0].made = NULL;
        CHECK(refine(&b) == ENT_BAD_INPUT);
        CHECK(strstr(b.w.err.text,
                     "million of H1, but the world makes only 0.001; make more of it, or put less into the "
                     "recipes") != NULL);
        random_close(&b.w);
    }
    {
        WRONG(b);
        b.w.table.trade_elasticity = NULL;
        refused(&b, "products: H2 has a trade elasticity, but random has none for its sectors; leave it out, and say "
                    "`elasticities` in the scenario");
    }
    {
        WRONG(b);
        b.list.count = 0;
        refused(&b, "products: the list is empty; name at least one");
    }
    {
        WRONG(b);
        b.item[0].capacity = 1.0;
        refused(&b, "products: the capacity share of H1 is 1; it must be at least 0 and below 1");
    }
}

TEST(a_refinement_without_memory_says_so, "faults")
{
    bench b;
    MUST(open_bench(&b, 2), b.w.err);
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status == ENT_NO_MEMORY && nth < 2000; nth++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {0};
        test_fail_allocation(nth);
        status = ent_products_refine(&b.w.table, &b.list, &arena, &b.fine, &err);
        test_fail_allocation(0);
        if (status == ENT_NO_MEMORY) CHECK(err.text[0] != 0);
    }
    CHECK(status == ENT_OK);
    random_close(&b.w);
}
