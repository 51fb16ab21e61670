/* products.c: product files: what is taken, and golden sentences for what is not. */
// SPDX-License-Identifier: MIT
#include "try.h"
#include <math.h>

typedef struct {
    ent_arena arena;
    ent_error err;
    small_world world;
    ent_products products;
} listing;

static ent_status read_list(listing *l, const char *text, const char *folder)
{
    *l = (listing){0};
    ENT_TRY(small_make(&l->arena, &l->world, &l->err));
    return ent_products_parse((ent_bytes){text, strlen(text)}, "p.yaml", folder, &l->world.table, &l->arena,
                              &l->products, &l->err);
}

TEST(a_product_file_says_who_makes_and_who_uses, "products")
{
    listing l;
    MUST(read_list(
             &l,
             "name: fine\nfill: ras\nproducts:\n"
             "  magnets: {label: Magnets, hs: 8505.11, of: ELE, world: 3 bn USD, made: {China: 60%, USA: 10%},\n"
             "    used: {AGR: 5%, C: 1%}, taken: {MEX: 2%}, inputs: {metal: 20%}, capacity: 50%, elasticity: 2.5}\n"
             "  metal: {of: AGR}\n",
             NULL),
         l.err);
    const ent_product *p = l.products.item;
    CHECK(l.products.count == 2 && l.products.fill == ENT_FILL_RAS);
    CHECK_TEXT(l.products.name, "fine");
    CHECK_TEXT(p->hs, "8505.11");
    CHECK_TEXT(p[1].label, "metal");
    CHECK(p->sector == ELE && p[1].sector == AGR && p->world_usd == 3000.0 && isnan(p[1].world_usd));
    CHECK(p->made[CHN] == 0.6 && p->made[USA] == 0.1 && isnan(p->made[MEX]));
    CHECK(p->used[AGR] == 0.05 && p->used[SMALL_SECTORS] == 0.01 && isnan(p->used[ELE]) && p->taken[MEX] == 0.02);
    CHECK(p->inputs == 1 && p->input->product == 1 && p->input->share == 0.2);
    CHECK(p->capacity == 0.5 && p->trade_elasticity == 2.5 && p[1].made == NULL && isnan(p[1].trade_elasticity));
    ent_arena_close(&l.arena);
}

TEST(observed_trade_comes_from_a_file_of_flows, "products")
{
    static const char text[] = "trade: %s\nproducts: {magnets: {of: ELE, world: 1 mn USD}}\n";
    const char *folder = test_temporary_folder();
    listing l = {0};
    ent_error err = {0};
    ENT_SCRATCH scratch = {0};
    const struct {
        const char *flows, *sentence;
    } wrong[] = {
        {"exporter,importer,product,value_musd\nCHN,USA,magnet,1\n",
         "flows.csv:2:9: 'magnet' is no product; is 'magnets' meant?"},
        {"exporter,importer,product,value_musd\nCHN,USA,magnets,-1\n",
         "flows.csv:2:17: a trade value is negative (-1)"},
        {"exporter,importer,product,value_musd\nCHN,USA,magnets,1\nCHN,USA,magnets,2\n",
         "flows.csv:3:1: this flow is there twice"},
    };
    const char *good = "exporter,importer,product,value_musd\nCHN,USA,magnets,1.5\n";
    MUST(ent_bytes_write(ent_path_join(&scratch, folder, "flows.csv"), good, strlen(good), &err), err);
    const char *yaml = ent_string_format(&scratch, text, "flows.csv");
    MUST(read_list(&l, yaml, folder), l.err);
    CHECK(l.products.item->trade_usd[CHN * SMALL_REGIONS + USA] == 1.5);
    CHECK(isnan(l.products.item->trade_usd[USA * SMALL_REGIONS + CHN]));
    ent_arena_close(&l.arena);
    for (size_t c = 0; c < sizeof wrong / sizeof *wrong; c++) {
        MUST(
            ent_bytes_write(ent_path_join(&scratch, folder, "flows.csv"), wrong[c].flows, strlen(wrong[c].flows), &err),
            err);
        CHECK(read_list(&l, yaml, folder) == ENT_BAD_INPUT);
        if (strstr(l.err.text, wrong[c].sentence) == NULL)
            test_fail(__FILE__, __LINE__, "%s does not say %s", l.err.text, wrong[c].sentence);
        ent_arena_close(&l.arena);
    }
    CHECK(read_list(&l, yaml, NULL) == ENT_BAD_INPUT);
    CHECK_TEXT(l.err.text, "p.yaml:1:8: this text may not read files; write the numbers in place of flows.csv");
    ent_arena_close(&l.arena);
}

TEST(what_a_product_file_cannot_say_is_refused_with_its_place, "products")
{
    static const struct {
        const char *text, *sentence;
    } wrong[] = {
        {"fill: rass\nproducts: {a: {of: ELE}}\n", "p.yaml:1:7: `fill` is proportional or ras, not `rass`"},
        {"products: {a: {off: ELE}}\n", "p.yaml:1:16: no key of a product is called `off`; did you mean `of`?"},
        {"products: {a: {of: EEL}}\n", "p.yaml:1:20: small has no sector or group called EEL; did you mean ELE?"},
        {"products: {a: {label: A}}\n", "p.yaml:1:12: out of which sector a is cut is not said; write `of: SECTOR`"},
        {"products: {a: {of: ELE, world: 5}}\n",
         "p.yaml:1:32: `world: 5` has no unit; write 5 USD, mn USD, bn USD or tn USD"},
        {"products: {a: {of: ELE, made: {CHN: 60}}}\n",
         "p.yaml:1:37: `CHN: 60` carries no %: was 60 % meant, or 6000 % (60 = 6000 %)? Write its %"},
        {"products: {a: {of: ELE, made: {CHN: 160%}}}\n",
         "p.yaml:1:37: `CHN: 160%` is no share; it must lie between 0% and 100%"},
        {"products: {a: {of: ELE, made: {CHN: 60%, China: 6%}}}\n",
         "p.yaml:1:42: China has a share already, by its other name"},
        {"products: {a: {of: ELE, inputs: {b: 6%}}}\n", "p.yaml:1:34: no product of this file is called b"},
        {"products: {a: {of: ELE, used: 6%}}\n", "p.yaml:1:31: `used` takes shares by name, such as {AGR: 60%}"},
        {"products: []\n", "p.yaml:1:11: `products` is a mapping of codes to products; name at least one"},
        {"name: x\n", "p.yaml:1:1: `products` is a mapping of codes to products; name at least one"},
    };
    for (size_t c = 0; c < sizeof wrong / sizeof *wrong; c++) {
        listing l;
        CHECK(read_list(&l, wrong[c].text, NULL) == ENT_BAD_INPUT);
        CHECK_TEXT(l.err.text, wrong[c].sentence);
        ent_arena_close(&l.arena);
    }
}

TEST(a_product_file_without_memory_says_so, "faults")
{
    static const char text[] =
        "products: {a: {of: ELE, world: 5 USD, made: {CHN: 60%}, inputs: {b: 6%}}, b: {of: AGR}}\n";
    small_world world;
    ent_error err = {0};
    ENT_SCRATCH arena = {0};
    MUST(small_make(&arena, &world, &err), err);
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status == ENT_NO_MEMORY && nth < 3000; nth++) {
        ENT_SCRATCH room = {0};
        ent_products products;
        err.text[0] = 0;
        test_fail_allocation(nth);
        status =
            ent_products_parse((ent_bytes){text, strlen(text)}, "p.yaml", NULL, &world.table, &room, &products, &err);
        test_fail_allocation(0);
        if (status == ENT_NO_MEMORY) CHECK(err.text[0] != 0);
    }
    CHECK(status == ENT_OK);
}
