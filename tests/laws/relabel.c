/* relabel.c: names, order, units and cuts that mean nothing change nothing: regions and sectors in another order, money
 * in another unit, a sector or a region cut into two halves that are alike, another numeraire. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

/* ---- wedges by name, so that two networks of the same goods get the same ---- */

/* A number in [0, 1) from names, 0 for "no change" in two of five. A trailing * marks the twin of a cut thing. */
static double drawn(uint64_t seed, const char *a, const char *b, const char *c)
{
    dice d = {seed};
    const char *const words[] = {a, b, c};
    for (int w = 0; w < 3; w++)
        for (const char *letter = words[w]; *letter != 0 && *letter != '*'; letter++) {
            d.state = d.state * 31u + (uint64_t)*letter;
            (void)dice_roll(&d);
        }
    return dice_chance(&d, 0.4) ? 0.0 : dice_roll(&d);
}

/* Whether two regions are halves of one. */
static int same_but_for_star(const char *a, const char *b)
{
    const size_t n = strcspn(a, "*");
    return n == strcspn(b, "*") && strncmp(a, b, n) == 0;
}

static ent_status policy_by_name(random_world *w, double gain)
{
    const ent_network *net = &w->net;
    const ent_table *t = &w->table;
    ENT_TRY(ent_policy_none(net, &w->arena, &w->policy, &w->err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const char *i = t->regions.code[ent_lane_exporter(net, lane)], *n = t->regions.code[net->lane_region[lane]];
        const char *j = t->sectors.code[ent_lane_sector(net, lane)];
        if (same_but_for_star(i, n)) continue;
        w->policy.duty[lane] += 0.4 * drawn(w->seed, i, n, j);
        w->policy.export_tax[lane] += 0.2 * drawn(w->seed + 1, i, n, j);
        w->policy.log_trade_cost[lane] = 0.2 * drawn(w->seed + 2, i, n, j);
    }
    for (ptrdiff_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        const char *n = t->regions.code[net->node_region[k]], *j = t->sectors.code[net->node_sector[k]];
        w->policy.log_productivity[k] = 0.2 * gain * drawn(w->seed + 3, n, "", j);
        w->policy.subsidy[k] = 0.1 * gain * drawn(w->seed + 4, n, "", j);
    }
    return ENT_OK;
}

static double gain_of(const random_world *w)
{
    double steepest = 1.0;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) steepest = fmax(steepest, w->blueprint.output_elasticity[j]);
    return 1.0 / steepest;
}

/* Solve a second world of another table, with the blueprint of the first spread over its sectors, regions by maps. */
static ent_status solve_like(const random_world *first, const ptrdiff_t *region_of, const ptrdiff_t *sector_of,
                             random_world *w)
{
    const ent_blueprint *from = &first->blueprint;
    ent_blueprint *b = &w->blueprint;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, b, &w->err));
    double *const trade = b->trade_elasticity, *const home = b->home_elasticity, *const output = b->output_elasticity;
    double *const factor = b->factor_elasticity, *const material = b->material_elasticity, *const scale = b->scale;
    double *const product = b->product_elasticity;
    double *const mobility = b->mobility, *const entry = b->entry_share;
    *b = *from;
    b->trade_elasticity = trade, b->home_elasticity = home, b->output_elasticity = output;
    b->factor_elasticity = factor, b->material_elasticity = material, b->scale = scale;
    b->product_elasticity = product;
    b->mobility = mobility, b->entry_share = entry;
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) {
        const ptrdiff_t s = sector_of[j];
        trade[j] = from->trade_elasticity[s], home[j] = from->home_elasticity[s],
        output[j] = from->output_elasticity[s];
        factor[j] = from->factor_elasticity[s], material[j] = from->material_elasticity[s], scale[j] = from->scale[s];
    }
    for (ptrdiff_t g = 0; g < w->table.factors.count; g++) mobility[g] = from->mobility[g];
    for (ptrdiff_t n = 0; n < w->table.regions.count; n++) entry[n] = from->entry_share[region_of[n]];
    ENT_TRY(random_lay(w));
    ENT_TRY(policy_by_name(w, gain_of(first)));
    ENT_TRY(random_solve(w, 1e-11));
    return random_measure(w);
}

/* What a region feels. */
static const ent_region_variable felt[] = {ENT_REGION_real_income, ENT_REGION_real_wage, ENT_REGION_price_index,
                                           ENT_REGION_welfare,     ENT_REGION_real_gdp,  ENT_REGION_employment};

static double largest_difference(const random_world *first, const random_world *second, const ptrdiff_t *region_of)
{
    double largest = 0.0;
    for (ptrdiff_t n = 0; n < second->table.regions.count; n++)
        for (size_t v = 0; v < sizeof felt / sizeof *felt; v++) {
            const double a = ent_outcome_region(&first->out, felt[v], region_of[n]);
            largest = fmax(largest, fabs(ent_outcome_region(&second->out, felt[v], n) / a - 1.0));
        }
    return largest;
}

/* ---- tables cut and shuffled ---- */

/* A table whose region n is region_of[n] of the old one and sector j sector_of[j], everything divided evenly among
 * those that came from one. */
static ent_status recut(const random_world *first, ptrdiff_t R, const ptrdiff_t *region_of, ptrdiff_t J,
                        const ptrdiff_t *sector_of, double unit, random_world *w)
{
    const ent_table *o = &first->table;
    ent_table *t = &w->table;
    *w = (random_world){.seed = first->seed};
    *t = (ent_table){.name = "recut", .uses = o->uses, .factors = o->factors, .duty_accounts = o->duty_accounts};
    double regions_from[16] = {0}, sectors_from[16] = {0};
    for (ptrdiff_t n = 0; n < R; n++) {
        const int again = regions_from[region_of[n]]++ > 0.0;
        const char *code = ent_string_format(&w->arena, "%s%s", o->regions.code[region_of[n]], again ? "*" : "");
        ENT_TRY(ent_names_add(&t->regions, &w->arena, code, NULL, NULL));
    }
    for (ptrdiff_t j = 0; j < J; j++) {
        const int again = sectors_from[sector_of[j]]++ > 0.0;
        const char *code = ent_string_format(&w->arena, "%s%s", o->sectors.code[sector_of[j]], again ? "*" : "");
        ENT_TRY(ent_names_add(&t->sectors, &w->arena, code, NULL, NULL));
    }
    ENT_TRY(ent_table_make(t, &w->arena, &w->err));
    const ptrdiff_t oR = o->regions.count, oJ = o->sectors.count, U = o->uses.count, G = o->factors.count;
    for (ptrdiff_t ij = 0; ij < R * J; ij++) {
        const ptrdiff_t i = region_of[ij / J], j = sector_of[ij % J], old = i * oJ + j;
        const double seller = regions_from[i] * sectors_from[j];
        t->x[ij] = unit * o->x[old] / seller;
        t->tls[ij] = unit * o->tls[old] / seller;
        for (ptrdiff_t g = 0; g < G; g++) t->va[ij * G + g] = unit * o->va[old * G + g] / seller;
        for (ptrdiff_t nk = 0; nk < R * J; nk++) {
            const ptrdiff_t n = region_of[nk / J], k = sector_of[nk % J];
            t->z[ij * R * J + nk] =
                unit * o->z[old * oR * oJ + n * oJ + k] / (seller * regions_from[n] * sectors_from[k]);
        }
        for (ptrdiff_t n = 0; n < R; n++) {
            for (ptrdiff_t u = 0; u < U; u++)
                t->f[(ij * R + n) * U + u] =
                    unit * o->f[(old * oR + region_of[n]) * U + u] / (seller * regions_from[region_of[n]]);
            if (region_of[n] != i) t->duty[(ij / J * R + n) * J + ij % J] = o->duty[(i * oR + region_of[n]) * oJ + j];
        }
    }
    return ent_table_check(t, &w->err);
}

static ent_status solve_first(random_world *w, uint64_t seed)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    ENT_TRY(policy_by_name(w, gain_of(w)));
    ENT_TRY(random_solve(w, 1e-11));
    return random_measure(w);
}

static void identity(ptrdiff_t count, ptrdiff_t *map)
{
    for (ptrdiff_t k = 0; k < count; k++) map[k] = k;
}

static void shuffle(dice *d, ptrdiff_t count, ptrdiff_t *map)
{
    identity(count, map);
    for (ptrdiff_t k = count - 1; k > 0; k--) {
        const ptrdiff_t other = dice_pick(d, k + 1), here = map[k];
        map[k] = map[other];
        map[other] = here;
    }
}

enum {
    MOST = 16
};

TEST(the_order_of_regions_and_sectors_means_nothing, "6")
{
    ptrdiff_t moved = 0;
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        MUST_IN(&w, solve_first(&w, seed));
        moved += fabs(ent_outcome_region(&w.out, ENT_REGION_real_income, 0) - 1.0) > 1e-3;
        shuffle(&w.dice, w.table.regions.count, regions);
        shuffle(&w.dice, w.table.sectors.count, sectors);
        MUST_IN(&v, recut(&w, w.table.regions.count, regions, w.table.sectors.count, sectors, 1.0, &v));
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        const double gap = largest_difference(&w, &v, regions);
        LAW(&w, gap <= 1e-9, "another order moves something by %g", gap);
        random_close(&w);
        random_close(&v);
    }
    CHECK(moved > WORLDS(150) * 3 / 4); /* the shocks are felt */
}

TEST(the_unit_of_money_means_nothing, "6")
{
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        MUST_IN(&w, solve_first(&w, seed));
        identity(w.table.regions.count, regions);
        identity(w.table.sectors.count, sectors);
        MUST_IN(&v, recut(&w, w.table.regions.count, regions, w.table.sectors.count, sectors, 1e4, &v));
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        const double gap = largest_difference(&w, &v, regions);
        LAW(&w, gap <= 1e-9, "another unit moves something by %g", gap);
        random_close(&w);
        random_close(&v);
    }
}

/* The halves of a sector are treated alike, so their prices move alike, whatever the elasticity between them. */
TEST(a_sector_cut_into_two_halves_changes_nothing, "6")
{
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        MUST_IN(&w, solve_first(&w, seed));
        const ptrdiff_t J = w.table.sectors.count;
        identity(w.table.regions.count, regions);
        identity(J, sectors);
        sectors[J] = dice_pick(&w.dice, J);
        MUST_IN(&v, recut(&w, w.table.regions.count, regions, J + 1, sectors, 1.0, &v));
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        const double gap = largest_difference(&w, &v, regions);
        LAW(&w, gap <= 1e-9, "cutting %s moves something by %g", w.table.sectors.code[sectors[J]], gap);
        random_close(&w);
        random_close(&v);
    }
}

/* The halves of a region have no wedge between them and the same wedges to others. Others feel nothing, and the halves
 * have the same answers: so merging two such regions changes nothing either. (Two-tier sourcing is left out: there a
 * half would be a foreigner to the other, and foreigners are another kind of good.) */
TEST(a_region_cut_into_two_halves_changes_nothing_and_the_halves_are_alike, "6")
{
    ptrdiff_t done = 0;
    for (uint64_t seed = 1; seed <= WORLDS(200); seed++) {
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        MUST_IN(&w, solve_first(&w, seed));
        const ptrdiff_t R = w.table.regions.count;
        if (w.blueprint.sourcing == ENT_SOURCING_TWO_TIER) {
            random_close(&w);
            continue;
        }
        identity(R, regions);
        identity(w.table.sectors.count, sectors);
        regions[R] = dice_pick(&w.dice, R);
        MUST_IN(&v, recut(&w, R + 1, regions, w.table.sectors.count, sectors, 1.0, &v));
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        const double gap = largest_difference(&w, &v, regions);
        LAW(&w, gap <= 1e-9, "cutting %s moves something by %g", w.table.regions.code[regions[R]], gap);
        done++;
        random_close(&w);
        random_close(&v);
    }
    CHECK(done >= WORLDS(200) / 2);
}

TEST(the_numeraire_means_nothing_to_real_quantities, "E11")
{
    for (uint64_t seed = 1; seed <= WORLDS(150); seed++) {
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        MUST_IN(&w, solve_first(&w, seed));
        identity(w.table.regions.count, regions);
        identity(w.table.sectors.count, sectors);
        MUST_IN(&v, recut(&w, w.table.regions.count, regions, w.table.sectors.count, sectors, 1.0, &v));
        const ent_numeraire drawn_one = w.blueprint.numeraire;
        w.blueprint.numeraire = drawn_one == ENT_NUMERAIRE_GDP ? ENT_NUMERAIRE_CONSUMPTION : ENT_NUMERAIRE_GDP;
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        const double shift = v.eq.log_price[0] - w.eq.log_price[0];
        double gap = 0.0, gdp0 = 0.0, gdp = 0.0, cost = 0.0, spent = 0.0;
        for (ptrdiff_t n = 0; n < w.table.regions.count; n++)
            gap = fmax(gap, fabs(ent_outcome_region(&v.out, ENT_REGION_real_income, n) /
                                     ent_outcome_region(&w.out, ENT_REGION_real_income, n) -
                                 1.0));
        for (ptrdiff_t k = 0; k < w.net.nodes; k++)
            gap = fmax(gap, fabs(v.eq.log_price[k] - w.eq.log_price[k] - shift));
        LAW(&w, gap <= 1e-9, "another numeraire moves something real by %g", gap);
        const random_world *by_gdp = drawn_one == ENT_NUMERAIRE_GDP ? &w : &v, *by_use = by_gdp == &w ? &v : &w;
        for (ptrdiff_t f = 0; f < w.net.level_first[1]; f++) {
            gdp0 += by_gdp->net.sales_usd[f];
            gdp += by_gdp->eq.sales_usd[f];
        }
        for (ptrdiff_t n = 0; n < w.net.regions; n++) {
            const ptrdiff_t h = by_use->net.household[n];
            spent += by_use->net.sales_usd[h];
            cost += by_use->net.sales_usd[h] * exp(by_use->eq.log_price[h]);
        }
        LAW(&w, fabs(gdp / gdp0 - 1.0) <= 1e-12, "world GDP is not held: %.17g", gdp / gdp0);
        LAW(&w, fabs(cost / spent - 1.0) <= 1e-12, "the cost of the world's consumption is not held: %.17g",
            cost / spent);
        random_close(&w);
        random_close(&v);
    }
}

/* ---- governments ---- */

/* What the two regions do to each other and to the rest, each with all its duties. A region that buys nothing abroad
 * does not play. */
static ent_status fight(random_world *w, const ptrdiff_t who[2], const ent_policy *start, ent_game_point *war)
{
    const ent_game_options easy = {.tolerance = 1e-10};
    ent_player players[2];
    ptrdiff_t count = 0;
    for (int p = 0; p < 2; p++) {
        players[count] = (ent_player){.region = who[p], .greatest = 1.0};
        const ent_game alone = {&w->net, &w->policy, players + count, 1};
        count += ent_game_check(&alone, NULL) == ENT_OK;
    }
    const ent_game game = {&w->net, &w->policy, players, count};
    return ent_game_play(&game, &easy, start, &w->arena, war, &w->err);
}

/* A duty by name; NaN where there is no trade. Users with sourcing of their own pay the same. */
static double duty_of(const ent_network *net, const ent_policy *policy, ptrdiff_t n, ptrdiff_t i, ptrdiff_t j)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (net->lane_region[lane] == n && ent_lane_exporter(net, lane) == i && ent_lane_sector(net, lane) == j)
            return policy->duty[lane];
    return NAN;
}

static ptrdiff_t place_of(ptrdiff_t old, const ptrdiff_t *map)
{
    ptrdiff_t at = 0;
    while (map[at] != old) at++;
    return at;
}

/* Welfare of all, to what slopes of 1e-10 leave open; duties where somebody buys enough for them to be determined. */
static void compare_wars(const random_world *w, const ent_game_point *a, const random_world *v, const ent_game_point *b,
                         const ptrdiff_t *region_of, const ptrdiff_t *sector_of)
{
    for (ptrdiff_t n = 0; n < v->net.regions; n++) {
        const double gap = b->log_welfare[n] - a->log_welfare[region_of[n]];
        LAW(w, fabs(gap) <= 1e-8, "welfare of %s is %g away", v->table.regions.code[n], gap);
    }
    for (ptrdiff_t lane = 0; lane < v->net.borders; lane++) {
        const ptrdiff_t n = v->net.lane_region[lane], i = ent_lane_exporter(&v->net, lane);
        const double share = v->net.lane_value_usd[lane] / v->net.sales_usd[v->net.household[n]];
        if (i == n || share < 1e-3) continue;
        const double old =
            duty_of(&w->net, &a->policy, region_of[n], region_of[i], sector_of[ent_lane_sector(&v->net, lane)]);
        LAW(w, fabs(b->policy.duty[lane] - old) <= 1e-5, "a duty of %s is %.9g, not %.9g", v->table.regions.code[n],
            b->policy.duty[lane], old);
    }
}

/* The duties that two of v's regions ended with, in w. */
static ent_status translate(const random_world *v, const ent_policy *ended, random_world *w, const ptrdiff_t who[2],
                            const ptrdiff_t *region_of, const ptrdiff_t *sector_of, ent_policy *start)
{
    *start = w->policy;
    start->duty = ent_new(&w->arena, double, w->net.borders);
    if (start->duty == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++) {
        const ptrdiff_t n = w->net.lane_region[lane], i = ent_lane_exporter(&w->net, lane);
        const double there = duty_of(&v->net, ended, place_of(n, region_of), place_of(i, region_of),
                                     place_of(ent_lane_sector(&w->net, lane), sector_of));
        start->duty[lane] = (n == who[0] || n == who[1]) && i != n && !isnan(there) ? there : w->policy.duty[lane];
    }
    return ENT_OK;
}

/* Order, unit, a sector in halves and the numeraire mean nothing to who sets duties either. A war may have several
 * places of rest: where one world comes to rest the other does too, and nearly always both find the same by themselves.
 */
TEST(order_unit_halves_and_numeraire_mean_nothing_to_a_war, "I2")
{
    int fought = 0, alike = 0;
    for (uint64_t seed = 1; seed <= WORLDS(100); seed++) {
        const int how = (int)(seed % 4);
        random_world w, v;
        ptrdiff_t regions[MOST], sectors[MOST];
        ent_game_point before, after;
        MUST_IN(&w, solve_first(&w, seed));
        const ptrdiff_t R = w.table.regions.count, J = w.table.sectors.count, cut = how == 2;
        if (R < 2) {
            random_close(&w);
            continue;
        }
        identity(R, regions);
        identity(J, sectors);
        if (how == 0) shuffle(&w.dice, R, regions), shuffle(&w.dice, J, sectors);
        if (how == 2) sectors[J] = dice_pick(&w.dice, J);
        if (how == 3)
            w.blueprint.numeraire =
                w.blueprint.numeraire == ENT_NUMERAIRE_GDP ? ENT_NUMERAIRE_CONSUMPTION : ENT_NUMERAIRE_GDP;
        const ptrdiff_t who[2] = {0, 1}, same[2] = {place_of(0, regions), place_of(1, regions)};
        MUST_IN(&v, recut(&w, R, regions, J + cut, sectors, how == 1 ? 1e4 : 1.0, &v));
        MUST_IN(&v, solve_like(&w, regions, sectors, &v));
        if (fight(&w, who, NULL, &before) == ENT_OK && fight(&v, same, NULL, &after) == ENT_OK) {
            ent_policy start;
            fought++;
            alike += fabs(before.objective[0] - after.objective[0]) <= 1e-8;
            MUST_IN(&w, translate(&v, &after.policy, &w, who, regions, sectors, &start));
            MUST_IN(&w, fight(&w, who, &start, &before));
            compare_wars(&w, &before, &v, &after, regions, sectors);
        }
        random_close(&w);
        random_close(&v);
    }
    CHECK(fought >= WORLDS(100) * 2 / 3 && alike >= fought - fought / 20);
}
