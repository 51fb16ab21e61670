/* products.c: a file of products: what is cut out of which sector, where it is made, who uses it, of what it is made.
 *
 *     name: critical-inputs
 *     fill: ras                                  # or proportional
 *     trade: trade.csv                           # exporter,importer,product,value_musd
 *     products:
 *       magnets:
 *         {label: Rare-earth magnets, hs: 8505.11, of: EEQ, world: 9.8 bn USD, made: {CHN: 94%, JPN: 3%},
 *          used: {VEH: 30%}, taken: {CHN: 60%}, inputs: {rare-earth-metals: 50%}, capacity: 60%, elasticity: 1.2}
 *
 * Shares that are not named are filled as the sector's (product.h). */
// SPDX-License-Identifier: MIT
#include "entente/product.h"
#include "scenario/choice.h"
#include "scenario/ground.h"
#include "scenario/quantity.h"
#include "text/records.h"
#include <math.h>

static const char FILE_KEYS[] = "name title description source fill trade products";
static const char PRODUCT_KEYS[] = "label hs of world made used taken inputs capacity elasticity source";

typedef struct {
    const ent_reading *reading;
    const ent_table *table;
    ent_arena *arena;
    ent_names codes; /* of the products */
    ent_product *item;
} listing;

static ent_status check_keys(const ent_reading *reading, const ent_yaml *mapping, const char *what, const char *keys)
{
    if (mapping->kind != YAML_MAPPING) {
        ENT_SCRATCH scratch = {0};
        const char *all = ent_words_joined(&scratch, keys, "and");
        if (all == NULL) return ent_reading_no_memory(reading);
        return ENT_REFUSE(reading, mapping, "%s is a mapping of keys: %s", what, all);
    }
    for (const ent_yaml *one = mapping->first; one != NULL; one = one->next)
        if (ent_words_find(keys, one->key->text) < 0) {
            ENT_SCRATCH scratch = {0};
            const char *key = ent_string_format(&scratch, "key of %s", what);
            if (key == NULL) return ent_reading_no_memory(reading);
            return ent_reading_unknown(reading, one->key, one->key->text, key, keys);
        }
    return ENT_OK;
}

/* The text of a key, copied; absent where the key is. */
static ent_status take_text(const listing *l, const ent_yaml *mapping, const char *key, const char *absent,
                            const char **text)
{
    const ent_yaml *node = ent_yaml_find(mapping, key);
    *text = absent;
    if (node == NULL) return ENT_OK;
    ENT_TRY(ent_reading_text(l->reading, node, text));
    *text = ent_string_copy(l->arena, *text);
    return *text == NULL ? ent_reading_no_memory(l->reading) : ENT_OK;
}

/* ---- shares by name ---- */

static ent_status take_share(const listing *l, const ent_yaml *node, double *share)
{
    ENT_TRY(ent_quantity_rate(l->reading, node, share));
    if (*share >= 0.0 && *share <= 1.0) return ENT_OK;
    return ENT_REFUSE(l->reading, node, "`%s: %s` is no share; it must lie between 0%% and 100%%", node->key->text,
                      ent_yaml_short(node->text).text);
}

/* {CHN: 94%, JPN: 3%}: `lists` one behind the other; NaN where nothing is said. */
static ent_status take_shares(const listing *l, const ent_yaml *product, const char *key, const ent_nameable *lists,
                              int count, const double **shares)
{
    const ent_yaml *node = ent_yaml_find(product, key);
    ptrdiff_t all = 0;
    *shares = NULL;
    if (node == NULL) return ENT_OK;
    if (node->kind != YAML_MAPPING)
        return ENT_REFUSE(l->reading, node, "`%s` takes shares by name, such as {%s: 60%%}", key,
                          lists[0].names->count > 0 ? lists[0].names->code[0] : "NAME");
    for (int which = 0; which < count; which++) all += lists[which].names->count;
    double *list = ent_new(l->arena, double, all);
    if (list == NULL) return ent_reading_no_memory(l->reading);
    for (ptrdiff_t c = 0; c < all; c++) list[c] = NAN;
    for (const ent_yaml *one = node->first; one != NULL; one = one->next) {
        ptrdiff_t base = 0, at = -1;
        for (int which = 0; which < count && at < 0; which++) {
            at = ent_nameable_find(&lists[which], one->key->text);
            if (at >= 0) at += base;
            base += lists[which].names->count;
        }
        if (at < 0) return ent_nameable_unknown(l->reading, one->key, &lists[0], one->key->text);
        if (!isnan(list[at]))
            return ENT_REFUSE(l->reading, one->key, "%s has a share already, by its other name", one->key->text);
        ENT_TRY(take_share(l, one, &list[at]));
    }
    *shares = list;
    return ENT_OK;
}

/* ---- one product ---- */

static ent_status unknown_product(const listing *l, const ent_yaml *at, const char *word)
{
    const char *near = ent_names_nearest(&l->codes, word);
    if (near != NULL)
        return ENT_REFUSE(l->reading, at, "no product of this file is called %s; did you mean %s?",
                          ent_yaml_short(word).text, near);
    return ENT_REFUSE(l->reading, at, "no product of this file is called %s", ent_yaml_short(word).text);
}

static ent_status take_inputs(const listing *l, const ent_yaml *node, ent_product *product)
{
    const ent_yaml *inputs = ent_yaml_find(node, "inputs");
    if (inputs == NULL) return ENT_OK;
    if (inputs->kind != YAML_MAPPING)
        return ENT_REFUSE(l->reading, inputs,
                          "`inputs` takes products with their shares in sales, such as {metal: 50%%}");
    ent_product_input *list = ent_new(l->arena, ent_product_input, inputs->count);
    if (list == NULL) return ent_reading_no_memory(l->reading);
    for (const ent_yaml *one = inputs->first; one != NULL; one = one->next) {
        ent_product_input *input = &list[product->inputs];
        input->product = ent_names_find(&l->codes, one->key->text);
        if (input->product < 0) return unknown_product(l, one->key, one->key->text);
        ENT_TRY(take_share(l, one, &input->share));
        product->inputs++;
    }
    product->input = list;
    return ENT_OK;
}

static ent_status take_sector(const listing *l, const ent_yaml *node, ptrdiff_t *sector)
{
    const ent_yaml *of = ent_yaml_find(node, "of");
    const ent_nameable sectors = ent_naming_of(l->table).sectors;
    const char *word = NULL;
    if (of == NULL)
        return ENT_REFUSE(l->reading, node->key, "out of which sector %s is cut is not said; write `of: SECTOR`",
                          node->key->text);
    ENT_TRY(ent_reading_text(l->reading, of, &word));
    *sector = ent_nameable_find(&sectors, word);
    return *sector >= 0 ? ENT_OK : ent_nameable_unknown(l->reading, of, &sectors, word);
}

static ent_status take_numbers(const listing *l, const ent_yaml *node, ent_product *product)
{
    const ent_yaml *world = ent_yaml_find(node, "world"), *capacity = ent_yaml_find(node, "capacity");
    const ent_yaml *elasticity = ent_yaml_find(node, "elasticity");
    product->world_usd = product->trade_elasticity = NAN;
    if (world != NULL) ENT_TRY(ent_quantity_amount(l->reading, world, &product->world_usd));
    if (capacity != NULL) ENT_TRY(take_share(l, capacity, &product->capacity));
    if (elasticity != NULL) ENT_TRY(ent_quantity_number(l->reading, elasticity, &product->trade_elasticity));
    return ENT_OK;
}

static ent_status take_product(const listing *l, const ent_yaml *node, ent_product *product)
{
    const ent_naming naming = ent_naming_of(l->table);
    const ent_groups none = {0};
    const ent_nameable users[] = {naming.sectors, {&l->table->uses, &none, "final use", naming.sectors.table}};
    *product = (ent_product){.code = ent_string_copy(l->arena, node->key->text)};
    if (product->code == NULL) return ent_reading_no_memory(l->reading);
    ENT_TRY(check_keys(l->reading, node, "a product", PRODUCT_KEYS));
    ENT_TRY(take_text(l, node, "label", product->code, &product->label));
    ENT_TRY(take_text(l, node, "hs", "", &product->hs));
    ENT_TRY(take_text(l, node, "source", "", &product->source));
    ENT_TRY(take_sector(l, node, &product->sector));
    ENT_TRY(take_numbers(l, node, product));
    ENT_TRY(take_shares(l, node, "made", &naming.regions, 1, &product->made));
    ENT_TRY(take_shares(l, node, "used", users, 2, &product->used));
    ENT_TRY(take_shares(l, node, "taken", &naming.regions, 1, &product->taken));
    return take_inputs(l, node, product);
}

/* ---- trade ---- */

enum {
    EXPORTER,
    IMPORTER,
    PRODUCT,
    VALUE,
    COLUMNS
};

static ent_status take_flow(const listing *l, const ent_records *r, const ptrdiff_t column[COLUMNS], double **trade)
{
    ptrdiff_t i, n, h;
    double value;
    const ptrdiff_t R = l->table->regions.count;
    ent_error *err = l->reading->err;
    ENT_TRY(ent_records_known(r, column[EXPORTER], &l->table->regions, "region", &i, err));
    ENT_TRY(ent_records_known(r, column[IMPORTER], &l->table->regions, "region", &n, err));
    ENT_TRY(ent_records_known(r, column[PRODUCT], &l->codes, "product", &h, err));
    ENT_TRY(ent_records_number(r, column[VALUE], &value, err));
    if (value < 0.0) return ENT_RECORDS_FAIL(r, column[VALUE], err, "a trade value is negative (%g)", value);
    if (trade[h] == NULL) {
        trade[h] = ent_new(l->arena, double, R *R);
        if (trade[h] == NULL) return ent_reading_no_memory(l->reading);
        for (ptrdiff_t c = 0; c < R * R; c++) trade[h][c] = NAN;
    }
    if (!isnan(trade[h][i * R + n])) return ENT_RECORDS_FAIL(r, column[EXPORTER], err, "this flow is there twice");
    trade[h][i * R + n] = value;
    return ENT_OK;
}

static ent_status take_trade(const listing *l, const ent_yaml *root)
{
    static const char *const columns[COLUMNS] = {"exporter", "importer", "product", "value_musd"};
    ENT_SCRATCH scratch = {0};
    const ent_yaml *node = ent_yaml_find(root, "trade");
    const char *path = NULL;
    ent_bytes bytes;
    ent_records r;
    ptrdiff_t column[COLUMNS];
    int found = 1;
    if (node == NULL) return ENT_OK;
    ENT_TRY(ent_reading_file(l->reading, node, &path, &bytes));
    ENT_TRY(ent_records_open(&r, bytes, path, &scratch, l->reading->err));
    for (int c = 0; c < COLUMNS; c++) ENT_TRY(ent_records_column(&r, columns[c], &column[c], l->reading->err));
    double **trade = ent_new0(&scratch, double *, l->codes.count);
    if (trade == NULL) return ent_reading_no_memory(l->reading);
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, l->reading->err));
        if (!found) break;
        ENT_TRY(take_flow(l, &r, column, trade));
    }
    for (ptrdiff_t h = 0; h < l->codes.count; h++) l->item[h].trade_usd = trade[h];
    return ENT_OK;
}

/* ---- the file ---- */

static ent_status take_products(listing *l, const ent_yaml *root, ent_products *products)
{
    const ent_yaml *list = ent_yaml_find(root, "products");
    ptrdiff_t h = 0;
    if (list == NULL || list->kind != YAML_MAPPING || list->count == 0)
        return ENT_REFUSE(l->reading, list != NULL ? list : root,
                          "`products` is a mapping of codes to products; name at least one");
    l->item = ent_new(l->arena, ent_product, list->count);
    if (l->item == NULL) return ent_reading_no_memory(l->reading);
    for (const ent_yaml *one = list->first; one != NULL; one = one->next)
        if (ent_names_add(&l->codes, l->reading->arena, one->key->text, NULL, NULL) != ENT_OK)
            return ent_reading_no_memory(l->reading);
    for (const ent_yaml *one = list->first; one != NULL; one = one->next) ENT_TRY(take_product(l, one, &l->item[h++]));
    ENT_TRY(take_trade(l, root));
    products->item = l->item;
    products->count = h;
    return ENT_OK;
}

ent_status ent_products_parse(ent_bytes bytes, const char *path, const char *folder, const ent_table *table,
                              ent_arena *arena, ent_products *products, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_reading reading = {path, folder, &scratch, err};
    listing l = {.reading = &reading, .table = table, .arena = arena};
    const ent_yaml *root, *fill;
    int rule = ENT_FILL_RAS;
    *products = (ent_products){0};
    ENT_TRY(ent_yaml_read(bytes, path, &scratch, &root, err));
    ENT_TRY(check_keys(&reading, root, "a product file", FILE_KEYS));
    ENT_TRY(take_text(&l, root, "name", NULL, &products->name));
    ENT_TRY(take_text(&l, root, "title", NULL, &products->title));
    ENT_TRY(take_text(&l, root, "source", NULL, &products->source));
    fill = ent_yaml_find(root, "fill");
    if (fill != NULL) ENT_TRY(ent_reading_word(&reading, fill, "proportional ras", &rule));
    products->fill = (ent_fill)rule;
    return take_products(&l, root, products);
}

ent_status ent_products_read(const char *path, const ent_table *table, ent_arena *arena, ent_products *products,
                             ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    const char *folder = ent_path_folder(&scratch, path);
    if (folder == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", path);
    ENT_TRY(ent_bytes_read(path, YAML_LARGEST, &scratch, &bytes, err));
    return ent_products_parse(bytes, path, folder, table, arena, products, err);
}
