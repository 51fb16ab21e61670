/* lay.c: a network of two regions and two sectors worked out by hand, every blueprint of the embedded world, and random
 * ones; and what a network cannot be laid from. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "random_world.h"
#include "table/tiny.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
} laid;

static ent_status lay_tiny(laid *l)
{
    *l = (laid){.err = {""}};
    ENT_TRY(tiny_table(&l->arena, &l->table, &l->err));
    ENT_TRY(ent_blueprint_default(&l->table, &l->arena, &l->blueprint, &l->err));
    ENT_TRY(ent_network_lay(&l->table, &l->blueprint, &l->arena, &l->net, &l->err));
    return ent_network_check(&l->net, &l->err);
}

enum {
    MEX,
    USA
};
enum {
    VEH,
    SRV
};

/* The share of `buyer`'s spending that goes over lanes of `seller`; 0 where there is none. */
static double share_of(const ent_network *net, ptrdiff_t buyer, ptrdiff_t seller)
{
    double share = 0.0;
    for (int64_t e = net->first[buyer]; e < net->first[buyer + 1]; e++)
        if (net->seller[net->edge_lane[e]] == seller) share += net->share[e];
    return share;
}

static ptrdiff_t sourcing_of(const ent_network *net, ptrdiff_t region, ptrdiff_t sector)
{
    for (ptrdiff_t k = net->level_first[2]; k < net->level_first[3]; k++)
        if (net->node_region[k] == region && net->node_sector[k] == sector) return k;
    return -1;
}

/* Mexican vehicles pay 10 % in the USA. By hand, from tiny.c:
 *   the USA buys vehicles for 4 (1.1) from Mexico and 25 at home                            29.4
 *   its vehicle makers spend 2 (1.1) + 9 on vehicles and 5 on services; value added is 1.5 + 12.25 less 0.2 of duties,
 *   which the accounts book in it; a tax of 0.25 makes up the sales of 30
 *   its households spend 1.1 + 10 + 2 on vehicles and 41 on services, 54.1; they earn 13.55 + 41.65 from factors, 0.5
 * of taxes and 0.4 of duties, 56.1, so 2 goes to Mexico */
TEST(a_world_of_two_by_two_is_laid_as_by_hand, "E3-E8 N1-N5")
{
    laid l;
    MUST(lay_tiny(&l), l.err);
    const ent_network *net = &l.net;
    const ptrdiff_t makers = net->producer[USA * 2 + VEH], vehicles = sourcing_of(net, USA, VEH);
    CHECK(net->regions == 2 && net->sectors == 2 && net->factors == 2 && net->users == 1);
    /* 4 factors, 4 sourcings, 4 producers, 2 households: everything above the origins is Cobb–Douglas, so one nest */
    CHECK(net->nodes == 14);
    CHECK(net->level_first[3] == net->level_first[4] && net->level_first[4] == net->level_first[5]);
    CHECK_NEAR(net->sales_usd[makers], 30.0, 1e-12);
    CHECK_NEAR(net->sales_usd[vehicles], 29.4, 1e-12);
    CHECK(net->elasticity[vehicles] == 5.0);
    CHECK_NEAR(share_of(net, vehicles, net->producer[MEX * 2 + VEH]), 4.4 / 29.4, 1e-15);
    CHECK_NEAR(share_of(net, vehicles, makers), 25.0 / 29.4, 1e-15);
    CHECK_NEAR(net->levy_share[makers], 0.25 / 30.0, 1e-15);
    CHECK_NEAR(share_of(net, makers, vehicles), 11.2 / 29.75, 1e-15);
    CHECK_NEAR(share_of(net, makers, sourcing_of(net, USA, SRV)), 5.0 / 29.75, 1e-15);
    CHECK_NEAR(share_of(net, makers, net->labour[USA]), 1.5 * (13.55 / 13.75) / 29.75, 1e-15);
    CHECK_NEAR(share_of(net, net->household[USA], vehicles), 13.1 / 54.1, 1e-15);
    CHECK_NEAR(net->sales_usd[net->household[USA]], 54.1, 1e-12);
    CHECK_NEAR(net->sales_usd[net->household[MEX]], 11.0, 1e-12);
    CHECK_NEAR(net->transfer_usd[USA], -2.0, 1e-12);
    CHECK_NEAR(net->transfer_usd[MEX], 2.0, 1e-12);
    CHECK_TEXT(net->notes, "");
    /* borders by importer, sector, exporter; Mexico sells no services to American households, but to their makers */
    CHECK(net->borders == 8);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const int taxed =
            net->lane_region[lane] == USA && ent_lane_sector(net, lane) == VEH && ent_lane_exporter(net, lane) == MEX;
        CHECK(net->duty[lane] == (taxed ? 0.1 : 0.0) && net->export_tax[lane] == 0.0);
        if (taxed) CHECK_NEAR(net->lane_value_usd[lane], 4.4, 1e-14);
    }
    ent_arena_close(&l.arena);
}

TEST(duties_in_taxes_leave_value_added_alone, "E2")
{
    laid l = {.err = {""}};
    MUST(tiny_table(&l.arena, &l.table, &l.err), l.err);
    MUST(ent_blueprint_default(&l.table, &l.arena, &l.blueprint, &l.err), l.err);
    l.table.duty_accounts = ENT_DUTIES_IN_TAXES;
    MUST(ent_network_lay(&l.table, &l.blueprint, &l.arena, &l.net, &l.err), l.err);
    MUST(ent_network_check(&l.net, &l.err), l.err);
    const ptrdiff_t makers = l.net.producer[USA * 2 + VEH];
    /* 13.75 of factors and 16.2 of inputs leave 0.05 of the 0.25 of taxes: the rest was duty */
    CHECK_NEAR(l.net.levy_share[makers], 0.05 / 30.0, 1e-15);
    CHECK_NEAR(share_of(&l.net, makers, l.net.labour[USA]), 1.5 / 29.95, 1e-15);
    ent_arena_close(&l.arena);
}

TEST(nodes_have_names_for_sentences, "N3")
{
    laid l;
    MUST(lay_tiny(&l), l.err);
    CHECK_TEXT(ent_network_node_name(&l.net, l.net.producer[VEH], &l.arena), "Motor vehicles in Mexico");
    CHECK_TEXT(ent_network_node_name(&l.net, sourcing_of(&l.net, USA, VEH), &l.arena),
               "purchases of Motor vehicles in United States");
    CHECK_TEXT(ent_network_node_name(&l.net, l.net.household[USA], &l.arena), "spending of United States");
    CHECK_TEXT(ent_network_node_name(&l.net, l.net.labour[MEX], &l.arena), "Labour in Mexico");
    ent_arena_close(&l.arena);
}

TEST(every_blueprint_of_the_embedded_world_is_a_network, "N1-N5")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    ent_table table;
    MUST(ent_table_read("baseline2022", &scratch, &table, &err), err);
    static const char *const more[] = {"{sourcing: by-use, users: final-intermediate}",
                                       "{closure: proportional}",
                                       "{closure: balanced}",
                                       "{labour_supply: 0.5, revenue: income-tax}",
                                       "{market: melitz, entry_share: 0.1, pareto_shape: 4}",
                                       "{market: krugman, scale_by: labour}",
                                       "{mobility: {labour: 2, capital: specific}}",
                                       "{output_elasticity: 0.5, material_elasticity: 0.2, factor_elasticity: 1.3}"};
    ptrdiff_t presets = 0;
    while (ent_blueprint_preset_at(presets) != NULL) presets++;
    for (ptrdiff_t p = 0; p < presets + (ptrdiff_t)(sizeof more / sizeof *more); p++) {
        const char *settings = p < presets ? ent_blueprint_preset_at(p)->name : more[p - presets];
        corridor c;
        const char *yaml = ent_string_format(&scratch, "name: test\nblueprint: %s\nactions: []\n", settings);
        MUST(corridor_open(&c, &table, yaml, NULL), c.err); /* checks the network */
        CHECK(c.net.borders == 19 * 19 * 24 || c.net.borders < 19 * 19 * 24);
        double output = 0.0;
        for (ptrdiff_t k = c.net.level_first[5]; k < c.net.level_first[6]; k++) output += c.net.sales_usd[k];
        CHECK(output > 0.0);
        corridor_close(&c);
    }
    CHECK(presets >= 7);
}

TEST(any_blueprint_of_any_world_is_a_network, "N1-N5")
{
    for (uint64_t seed = 1; seed <= WORLDS(500); seed++) {
        random_world w;
        MUST_IN(&w, random_table(&w, seed, &any_world));
        MUST_IN(&w, random_blueprint(&w));
        MUST_IN(&w, random_lay(&w));
        double transfers = 0.0, spent = 0.0;
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            transfers += w.net.transfer_usd[n];
            spent += w.net.sales_usd[w.net.household[n]];
        }
        LAW(&w, fabs(transfers) <= 1e-12 * spent, "transfers sum to %g of %g", transfers, spent);
        random_close(&w);
    }
}

/* ---- refused ---- */

/* Lay tiny with one thing spoilt. */
typedef void spoil(laid *l);

static void refuse(const char *file, int line, spoil *change, const char *wanted)
{
    laid l = {.err = {""}};
    if (tiny_table(&l.arena, &l.table, &l.err) != ENT_OK ||
        ent_blueprint_default(&l.table, &l.arena, &l.blueprint, &l.err) != ENT_OK)
        test_fail(file, line, "%s", l.err.text);
    change(&l);
    const ent_status status = ent_network_lay(&l.table, &l.blueprint, &l.arena, &l.net, &l.err);
    if (status != ENT_BAD_INPUT) test_fail(file, line, "%s, though it is wrong", ent_status_words(status));
    if (strcmp(l.err.text, wanted) != 0)
        test_fail(file, line, "the sentence is\n    %s\n  not\n    %s", l.err.text, wanted);
    ent_arena_close(&l.arena);
}
#define REFUSED(change, wanted) refuse(__FILE__, __LINE__, change, wanted)

static void no_theta(laid *l)
{
    l->blueprint.trade_elasticity[1] = NAN;
}
static void zero_theta(laid *l)
{
    l->blueprint.trade_elasticity[0] = 0.0;
}
static void negative_home(laid *l)
{
    l->blueprint.home_elasticity[0] = -1.0;
}
static void infinite_output(laid *l)
{
    l->blueprint.output_elasticity[1] = INFINITY;
}
static void negative_factor(laid *l)
{
    l->blueprint.factor_elasticity[1] = -0.5;
}
static void unknown_material(laid *l)
{
    l->blueprint.material_elasticity[1] = NAN;
}
static void negative_scale(laid *l)
{
    l->blueprint.scale[0] = -0.1;
}
static void negative_consumption(laid *l)
{
    l->blueprint.consumption_elasticity = -2.0;
}
static void negative_supply(laid *l)
{
    l->blueprint.labour_supply = -1.0;
}
static void immobile(laid *l)
{
    l->blueprint.mobility[1] = 0.5;
}
static void elastic_and_specific(laid *l)
{
    l->blueprint.labour_supply = 0.5;
    l->blueprint.mobility[0] = 1.0;
}
static void entry_of_all(laid *l)
{
    l->blueprint.market = ENT_MARKET_MELITZ;
    l->blueprint.entry_share[USA] = 1.0;
}
static void entry_without_melitz(laid *l)
{
    l->blueprint.entry_share[USA] = 0.1;
}
static void melitz_without_shape(laid *l)
{
    l->blueprint.market = ENT_MARKET_MELITZ;
    l->blueprint.entry_share[USA] = 0.1;
}
static void melitz_with_specific_labour(laid *l)
{
    melitz_without_shape(l);
    l->blueprint.pareto_shape = 4.0;
    l->blueprint.mobility[0] = 3.0;
}

TEST(wrong_blueprints_are_refused_with_a_sentence_each, "blueprint")
{
    REFUSED(no_theta,
            "blueprint: no trade elasticity for sector SRV: the table tiny brings none; give `elasticities:` in "
            "the scenario");
    REFUSED(zero_theta, "blueprint: the trade elasticity of sector VEH is 0; it must be finite and greater than 0");
    REFUSED(negative_home, "blueprint: the home elasticity of sector VEH is -1; it must be finite and at least 0");
    REFUSED(infinite_output, "blueprint: the output elasticity of sector SRV is inf; it must be finite and at least 0");
    REFUSED(negative_factor,
            "blueprint: the factor elasticity of sector SRV is -0.5; it must be finite and at least 0");
    REFUSED(unknown_material, "blueprint: no material elasticity for sector SRV: the table tiny brings none; give "
                              "`elasticities:` in the scenario");
    REFUSED(negative_scale, "blueprint: the scale elasticity of sector VEH is -0.1; it must be finite and at least 0");
    REFUSED(negative_consumption, "blueprint: consumption_elasticity is -2; it must be finite and at least 0");
    REFUSED(negative_supply, "blueprint: labour_supply is -1; it must be finite and at least 0");
    REFUSED(immobile, "blueprint: mobility of capital is 0.5; 1 is specific, larger is more mobile");
    REFUSED(elastic_and_specific, "blueprint: labour_supply needs mobile labour; leave out mobility of labour");
    REFUSED(entry_of_all, "blueprint: entry_share of USA is 1; it must be at least 0 and below 1");
    REFUSED(entry_without_melitz, "blueprint: entry_share belongs to `market: melitz`; say so, or leave it out");
    REFUSED(melitz_without_shape, "blueprint: `market: melitz` with entry_share needs pareto_shape (of firms' "
                                  "productivity, > 0)");
    REFUSED(melitz_with_specific_labour,
            "blueprint: market entry (melitz) is paid in mobile labour; leave out mobility");
}

static void negative_sale(laid *l)
{
    l->table.f[1 * 4 + 1] = -2.0; /* Mexican services to Mexican inventories */
}
static void negative_input_of_leontief(laid *l)
{
    l->table.z[2] = -0.001;
    l->blueprint.material_elasticity[VEH] = 0.5;
}
static void nothing_final(laid *l)
{
    for (int row = 0; row < 4; row++) l->table.f[row * 4] = l->table.f[row * 4 + 1] = 0.0;
}
static void buys_nothing(laid *l)
{
    for (int row = 0; row < 4; row++) l->table.z[row * 4 + 1] = 0.0;
    l->table.va[2] = l->table.va[3] = 0.0;
}
static void no_factor(laid *l)
{
    l->table.factors.count = 0;
}
static void no_labour_for_entry(laid *l)
{
    melitz_without_shape(l);
    l->blueprint.pareto_shape = 4.0;
    l->table.va[4] = l->table.va[6] = 0.0;
}
static void duties_above_wages(laid *l)
{
    l->blueprint.labour_supply = 0.5;
    l->blueprint.revenue = ENT_REVENUE_INCOME_TAX;
    l->table.duty[2] = 2.0; /* 8 of duties; wages 1.5 (9.75/13.75 + 39.75/41.75) */
}

TEST(tables_that_make_no_network_are_refused_with_a_sentence_each, "E7 E8")
{
    REFUSED(negative_sale,
            "tiny: sales of Services in Mexico to Mexico (INVNT) are -2; clean negative stock changes (see "
            "--stocks), and let negative inputs be Cobb–Douglas with common sourcing");
    REFUSED(
        negative_input_of_leontief,
        "tiny: sales of Motor vehicles in Mexico to United States (VEH) are -0.001; clean negative stock changes (see "
        "--stocks), and let negative inputs be Cobb–Douglas with common sourcing");
    REFUSED(nothing_final, "tiny: Mexico has no final use at all; leave the region out or merge it");
    REFUSED(buys_nothing,
            "tiny: Services in Mexico sells but buys nothing, neither inputs nor factors; fix its column");
    REFUSED(no_factor, "tiny: a network needs a region, a sector, a final use and a factor; the table has 2, 2, 2, 0");
    REFUSED(no_labour_for_entry, "tiny: market entry in United States is paid in labour, but it has none");
    REFUSED(duties_above_wages,
            "tiny: the duties of United States bring 8, more than its labour earns, 2.49178, so they "
            "cannot go into a lower income tax; say `revenue: lump-sum`");
}

/* Duties on inputs above value added: the sector keeps its sales, is left without factors, and the note says so. */
TEST(duties_above_value_added_become_a_subsidy_and_a_note, "E2")
{
    laid l = {.err = {""}};
    MUST(tiny_table(&l.arena, &l.table, &l.err), l.err);
    MUST(ent_blueprint_default(&l.table, &l.arena, &l.blueprint, &l.err), l.err);
    l.table.duty[2] = 10.0; /* 20 on the inputs of American vehicle makers, who add 13.75 */
    MUST(ent_network_lay(&l.table, &l.blueprint, &l.arena, &l.net, &l.err), l.err);
    MUST(ent_network_check(&l.net, &l.err), l.err);
    CHECK_TEXT(l.net.notes,
               "Motor vehicles in United States: duties on inputs exceed its value added; it is left without "
               "factors, and the difference is a production subsidy\n");
    const ptrdiff_t makers = l.net.producer[USA * 2 + VEH];
    CHECK_NEAR(l.net.levy_share[makers], 1.0 - (2.0 * 11.0 + 9.0 + 5.0) / 30.0, 1e-14);
    CHECK(share_of(&l.net, makers, l.net.labour[USA]) == 0.0);
    ent_arena_close(&l.arena);
}
