/* products.c: cutting products out of sectors changes nothing where the products are what the sector was: made with its
 * technology, replaced as its origins are, bought in its proportions. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "random_world.h"

enum {
    MOST_PRODUCTS = 4
};

typedef struct {
    ent_product item[MOST_PRODUCTS];
    ent_products list;
} cutting;

static cutting no_products(void)
{
    return (cutting){.list = {.fill = ENT_FILL_PROPORTIONAL}};
}

static void add_product(cutting *c, ent_arena *arena, ptrdiff_t sector, double world_usd, const double *made)
{
    c->item[c->list.count] = (ent_product){.code = ent_string_format(arena, "H%td", c->list.count + 1),
                                           .label = "a product",
                                           .hs = "",
                                           .source = "",
                                           .sector = sector,
                                           .world_usd = world_usd,
                                           .made = made,
                                           .trade_elasticity = NAN};
    c->list.count++;
    c->list.item = c->item;
}

static double world_output(const ent_table *t, ptrdiff_t j)
{
    double sum = 0.0;
    for (ptrdiff_t n = 0; n < t->regions.count; n++) sum += t->x[n * t->sectors.count + j];
    return sum;
}

/* The old sector of every sector of a refined table, by its code. */
static ptrdiff_t old_sector(const ent_table *old, const cutting *c, const char *code)
{
    const ptrdiff_t same = ent_names_find(&old->sectors, code);
    if (same >= 0) return same;
    for (ptrdiff_t h = 0; h < c->list.count; h++)
        if (strcmp(c->item[h].code, code) == 0) return c->item[h].sector;
    return ent_names_find_n(&old->sectors, code, strlen(code) - strlen("-other"));
}

/* Rates that depend on the old sector only. */
static double rate(uint64_t seed, ptrdiff_t a, ptrdiff_t b, ptrdiff_t c)
{
    dice d = {seed + (uint64_t)(a * 10007 + b * 101 + c)};
    (void)dice_roll(&d);
    return dice_chance(&d, 0.3) ? 0.0 : dice_roll(&d);
}

static ent_status policy_by_sector(random_world *w, const ptrdiff_t *sector_of, double gain)
{
    const ent_network *net = &w->net;
    ENT_TRY(ent_policy_none(net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(net, lane), n = net->lane_region[lane];
        const ptrdiff_t j = sector_of[ent_lane_sector(net, lane)];
        if (i == n) continue;
        w->policy.duty[lane] += 0.2 * rate(w->seed, i, n, j);
        w->policy.export_tax[lane] += 0.1 * rate(w->seed + 1, i, n, j);
        w->policy.log_trade_cost[lane] = 0.1 * rate(w->seed + 2, i, n, j);
    }
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++)
        w->policy.log_productivity[k] =
            0.2 * gain * rate(w->seed + 3, net->node_region[k], 0, sector_of[net->node_sector[k]]);
    return ENT_OK;
}

/* The blueprint of the first world for the sectors of the second, which is then solved. */
static ent_status solve_refined(const random_world *first, const ptrdiff_t *sector_of, double gain, random_world *w)
{
    const ent_blueprint *from = &first->blueprint;
    ent_blueprint *b = &w->blueprint;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, b, &w->err));
    const ent_blueprint own = *b;
    *b = *from;
    b->trade_elasticity = own.trade_elasticity, b->home_elasticity = own.home_elasticity;
    b->output_elasticity = own.output_elasticity, b->factor_elasticity = own.factor_elasticity;
    b->material_elasticity = own.material_elasticity, b->product_elasticity = own.product_elasticity;
    b->scale = own.scale;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) {
        const ptrdiff_t s = sector_of[j];
        b->trade_elasticity[j] = from->trade_elasticity[s], b->home_elasticity[j] = from->home_elasticity[s];
        b->output_elasticity[j] = from->output_elasticity[s], b->factor_elasticity[j] = from->factor_elasticity[s];
        b->material_elasticity[j] = from->material_elasticity[s], b->scale[j] = from->scale[s];
    }
    ENT_TRY(random_lay(w));
    ENT_TRY(policy_by_sector(w, sector_of, gain));
    ENT_TRY(random_solve(w, 1e-12));
    return random_measure(w);
}

static ent_status solve_plain(random_world *w, double gain)
{
    ptrdiff_t same[8];
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) same[j] = j;
    ENT_TRY(random_lay(w));
    ENT_TRY(policy_by_sector(w, same, gain));
    ENT_TRY(random_solve(w, 1e-12));
    return random_measure(w);
}

/* Largest relative difference of what regions feel and, summed over products, of what crosses borders. */
static double difference(const random_world *a, const random_world *b, const ptrdiff_t *sector_of)
{
    static const ent_region_variable felt[] = {ENT_REGION_real_income, ENT_REGION_price_index, ENT_REGION_welfare,
                                               ENT_REGION_real_gdp};
    const ptrdiff_t R = a->net.regions, J = a->net.sectors;
    double largest = 0.0, world = 0.0;
    for (ptrdiff_t n = 0; n < R; n++)
        for (size_t v = 0; v < sizeof felt / sizeof *felt; v++)
            largest = fmax(
                largest, fabs(ent_outcome_region(&b->out, felt[v], n) / ent_outcome_region(&a->out, felt[v], n) - 1.0));
    ENT_SCRATCH scratch = {0};
    double *sum = ent_new0(&scratch, double, R *R *J);
    if (sum == NULL) return INFINITY;
    for (ptrdiff_t lane = 0; lane < a->net.borders; lane++) {
        const double v = a->eq.lane_value_usd[lane];
        world += v;
        sum[(a->net.lane_region[lane] * R + ent_lane_exporter(&a->net, lane)) * J + ent_lane_sector(&a->net, lane)] +=
            v;
    }
    for (ptrdiff_t lane = 0; lane < b->net.borders; lane++)
        sum[(b->net.lane_region[lane] * R + ent_lane_exporter(&b->net, lane)) * J +
            sector_of[ent_lane_sector(&b->net, lane)]] -= b->eq.lane_value_usd[lane];
    for (ptrdiff_t c = 0; c < R * R * J; c++) largest = fmax(largest, fabs(sum[c]) / (1e-3 * world));
    return largest;
}

static ent_status refine_world(const random_world *w, const cutting *c, random_world *fine, ptrdiff_t *sector_of)
{
    *fine = (random_world){.seed = w->seed};
    ENT_TRY(ent_products_refine(&w->table, &c->list, &fine->arena, &fine->table, &fine->err));
    ENT_TRY(ent_table_check(&fine->table, &fine->err));
    for (ptrdiff_t j = 0; j < fine->table.sectors.count; j++)
        sector_of[j] = old_sector(&w->table, c, fine->table.sectors.code[j]);
    return ENT_OK;
}

TEST(cutting_a_sector_into_products_alike_changes_nothing_under_any_blueprint, "products E3-E13")
{
    int unsolved = 0;
    for (uint64_t seed = 1; seed <= WORLDS(120); seed++) {
        random_world w, fine;
        ptrdiff_t sector_of[16];
        MUST_IN(&w, random_table(&w, seed, &any_world));
        cutting c = no_products();
        for (ptrdiff_t h = 1 + dice_pick(&w.dice, MOST_PRODUCTS); h > 0; h--) {
            const ptrdiff_t j = dice_pick(&w.dice, w.table.sectors.count);
            if (world_output(&w.table, j) > 0.0)
                add_product(&c, &w.arena, j, dice_between(&w.dice, 0.05, 0.2) * world_output(&w.table, j), NULL);
        }
        if (c.list.count == 0) add_product(&c, &w.arena, 0, 0.5 * world_output(&w.table, 0), NULL);
        MUST_IN(&w, random_blueprint(&w));
        const double gain = 0.3;
        const ent_status plain = solve_plain(&w, gain);
        if (plain == ENT_NOT_CONVERGED) {
            random_close(&w); /* a world without an answer before has none after */
            unsolved++;
            continue;
        }
        MUST_IN(&w, plain);
        MUST_IN(&fine, refine_world(&w, &c, &fine, sector_of));
        MUST_IN(&fine, solve_refined(&w, sector_of, gain, &fine));
        const double gap = difference(&w, &fine, sector_of);
        LAW(&w, gap <= 1e-9, "cut into %td products the answer differs by %g", c.list.count, gap);
        random_close(&fine);
        random_close(&w);
    }
    CHECK(unsolved <= 2);
}

/* Products from different places, so that no two of them have one price: what holds is that CES of CES with one
 * elasticity is one CES. Every user has its own origins here, as users differ in a random table. */
TEST(products_of_different_makers_add_up_to_the_sector, "products E3-E13")
{
    for (uint64_t seed = 1; seed <= WORLDS(80); seed++) {
        random_world w, fine;
        ptrdiff_t sector_of[16];
        double made[2][8];
        MUST_IN(&w, random_table(&w, seed, &any_world));
        const ptrdiff_t R = w.table.regions.count, J = w.table.sectors.count, j = dice_pick(&w.dice, J);
        cutting c = no_products();
        for (int h = 0; h < 2; h++) {
            double sum = 0.0;
            for (ptrdiff_t n = 0; n < R; n++)
                sum += made[h][n] = dice_between(&w.dice, 0.02, 0.4) * w.table.x[n * J + j];
            for (ptrdiff_t n = 0; n < R && sum > 0.0; n++) made[h][n] /= sum;
            if (sum > 0.0) add_product(&c, &w.arena, j, sum, made[h]);
        }
        if (c.list.count == 0) {
            random_close(&w);
            continue;
        }
        MUST_IN(&w, random_blueprint(&w));
        w.blueprint.sourcing = ENT_SOURCING_BY_USE;
        w.blueprint.users = ENT_USERS_EVERY;
        w.blueprint.market = ENT_MARKET_PERFECT;
        for (ptrdiff_t n = 0; n < R; n++) w.blueprint.entry_share[n] = 0.0;
        for (ptrdiff_t g = 0; g < w.table.factors.count; g++) w.blueprint.mobility[g] = INFINITY;
        MUST_IN(&w, solve_plain(&w, 0.3));
        MUST_IN(&fine, refine_world(&w, &c, &fine, sector_of));
        MUST_IN(&fine, solve_refined(&w, sector_of, 0.3, &fine));
        const double gap = difference(&w, &fine, sector_of);
        LAW(&w, gap <= 1e-9, "the answer differs by %g", gap);
        random_close(&fine);
        random_close(&w);
    }
}

static const char *const wars[] = {
    "actions:\n  - duty: {importer: USA, exporter: CHN, sector: goods, add: 145%}\n"
    "  - duty: {importer: CHN, exporter: USA, sector: goods, add: 125%}\n",
    "actions:\n  - export_tax: {exporter: CHN, importer: all, sector: ELE, set: 60%}\n"
    "  - trade_cost: {exporter: all, importer: EUU, sector: MAC, change: 20%}\n",
    "blueprint: {output_elasticity: 0.5, factor_elasticity: 0.5, material_elasticity: 0.2, consumption_elasticity: "
    "0.9}\n"
    "actions:\n  - productivity: {region: TWN, sector: ELE, change: -30%}\n",
};

TEST(products_of_the_embedded_world_add_up_to_its_sectors_in_every_war, "products E3-E13")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_table table, fine;
    MUST(ent_table_read("baseline2022", &scratch, &table, &err), err);
    const ptrdiff_t R = table.regions.count, ele = ent_names_find(&table.sectors, "ELE"),
                    mac = ent_names_find(&table.sectors, "MAC"), J = table.sectors.count;
    double *made = ent_new(&scratch, double, R), *tools = ent_new(&scratch, double, R), sum = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) sum += made[n] = (0.05 + 0.04 * (double)(n % 7)) * table.x[n * J + ele];
    cutting c = no_products();
    add_product(&c, &scratch, ele, sum, made);
    for (ptrdiff_t n = 0; n < R; n++) made[n] /= sum;
    sum = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) sum += tools[n] = (0.3 - 0.04 * (double)(n % 5)) * table.x[n * J + mac];
    for (ptrdiff_t n = 0; n < R; n++) tools[n] /= sum;
    add_product(&c, &scratch, mac, sum, tools);
    MUST(ent_products_refine(&table, &c.list, &scratch, &fine, &err), err);
    for (size_t a = 0; a < sizeof wars / sizeof *wars; a++) {
        corridor one, two;
        const ent_options options = corridor_tolerance(1e-12);
        const char *yaml = ent_string_format(&scratch, "name: war\n%s", wars[a]);
        MUST(corridor_run(&one, &table, yaml, NULL, &options), one.err);
        MUST(corridor_run(&two, &fine, yaml, NULL, &options), two.err);
        for (ptrdiff_t n = 0; n < R; n++)
            CHECK_NEAR(ent_outcome_region(&two.out, ENT_REGION_real_income, n),
                       ent_outcome_region(&one.out, ENT_REGION_real_income, n), 1e-9);
        corridor_close(&one);
        corridor_close(&two);
    }
}

/* log real income of the European Union, in a world where China taxes exports of magnets. */
static ent_status magnets_taxed(const ent_table *table, double sigma, double tax, corridor *c, double *log_income)
{
    ENT_SCRATCH scratch = {0};
    const ent_options options = corridor_tolerance(1e-13);
    const char *yaml =
        ent_string_format(&scratch,
                          "name: tax\nblueprint: {preset: critical-months, product_elasticity: {all: 0.4, "
                          "EEQ: %.17g}}\nactions:\n"
                          "  - export_tax: {exporter: CHN, importer: EUU, product: magnets, set: %.17g%%}\n",
                          sigma, 100.0 * tax);
    ENT_TRY(corridor_run(c, table, yaml, NULL, &options));
    const ptrdiff_t euu = ent_names_find(&table->regions, "EUU");
    *log_income = log(ent_outcome_region(&c->out, ENT_REGION_real_income, euu));
    return ENT_OK;
}

TEST(derivatives_by_bundles_and_by_taxes_on_products_are_slopes, "E16")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_table table;
    ent_objective objective;
    ent_sensitivity *s;
    ent_derivatives d;
    corridor at, moved;
    const double h = 1e-4;
    double here, slope[2][2];
    MUST(ent_table_read("critical-inputs", &scratch, &table, &err), err);
    MUST(magnets_taxed(&table, 0.4, 1.0, &at, &here), at.err);
    MUST(ent_objective_parse("real_income:EUU", &at.net, &scratch, &objective, &err), err);
    MUST(ent_sensitivity_open(&at.net, &at.policy, &at.eq, &scratch, &s, &err), err);
    MUST(ent_sensitivity_adjoint(s, &objective, &scratch, &d, &err), err);
    for (int up = 0; up < 2; up++) {
        const double step = up ? h : -h;
        MUST(magnets_taxed(&table, 0.4 + step, 1.0, &moved, &slope[0][up]), moved.err);
        corridor_close(&moved);
        MUST(magnets_taxed(&table, 0.4, 1.0 + step, &moved, &slope[1][up]), moved.err);
        corridor_close(&moved);
    }
    const ptrdiff_t first = ent_names_find(&table.sectors, "EEQ-other"), euu = ent_names_find(&table.regions, "EUU"),
                    chn = ent_names_find(&table.regions, "CHN"), magnets = ent_names_find(&table.sectors, "magnets");
    double by_tax = NAN;
    for (ptrdiff_t lane = 0; lane < at.net.borders; lane++)
        if (at.net.lane_region[lane] == euu && ent_lane_exporter(&at.net, lane) == chn &&
            ent_lane_sector(&at.net, lane) == magnets)
            by_tax = d.export_tax[lane];
    const double by_sigma = (slope[0][1] - slope[0][0]) / (2.0 * h), by_rate = (slope[1][1] - slope[1][0]) / (2.0 * h);
    CHECK(by_sigma > 0.0 && by_rate < 0.0);
    CHECK_NEAR(d.product_elasticity[first], by_sigma, 1e-5 * by_sigma + 1e-10);
    CHECK_NEAR(by_tax, by_rate, -1e-5 * by_rate + 1e-10);
    corridor_close(&at);
}
