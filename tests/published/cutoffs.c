/* cutoffs.c: cut-offs on the world of 2014 (WIOD, 44 regions × 16 sectors, one tier, no inputs, elasticity 4), as
 * published for it: formula, general equilibrium, costs to the sender, joint threats. Figures are percent of real
 * income, with as many digits as they have there. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "game/worlds.h"
#include <stdlib.h>

typedef struct {
    game_world w;
    ent_equilibrium eq;
    ptrdiff_t R;
} world_2014;

/* Cell of a file that has a row per exporter, importer and sector. */
static ptrdiff_t cell_of(const ent_table *t, const expected *e, ptrdiff_t row, ptrdiff_t *i, ptrdiff_t *n, ptrdiff_t *j)
{
    *i = ent_names_find(&t->regions, expected_text(e, row, "exporter"));
    *n = ent_names_find(&t->regions, expected_text(e, row, "importer"));
    *j = ent_names_find(&t->sectors, expected_text(e, row, "sector"));
    return (*i * t->regions.count + *n) * t->sectors.count + *j;
}

static ent_status read_table(game_world *w, const char *folder)
{
    ent_table *t = &w->table;
    expected flows, rates;
    ptrdiff_t i, n, j;
    *t = (ent_table){.name = "wiod2014", .year = 2014};
    ENT_TRY(expected_read(ent_path_join(&w->arena, folder, "flows.csv.gz"), &w->arena, &flows, &w->err));
    ENT_TRY(expected_read(ent_path_join(&w->arena, folder, "applied_tariffs.csv.gz"), &w->arena, &rates, &w->err));
    for (ptrdiff_t row = 0; row < flows.rows; row++) { /* a name that is there already is refused, and that is fine */
        ent_names_add(&t->regions, &w->arena, expected_text(&flows, row, "exporter"), NULL, NULL);
        ent_names_add(&t->sectors, &w->arena, expected_text(&flows, row, "sector"), NULL, NULL);
    }
    ENT_TRY(ent_names_add(&t->uses, &w->arena, "households", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, &w->arena, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, &w->arena, &w->err));
    t->duty_accounts = ENT_DUTIES_IN_TAXES;
    for (ptrdiff_t row = 0; row < rates.rows; row++) {
        const ptrdiff_t cell = cell_of(t, &rates, row, &i, &n, &j);
        if (i != n) t->duty[cell] = expected_number(&rates, row, "tariff");
    }
    for (ptrdiff_t row = 0; row < flows.rows; row++) {
        const ptrdiff_t cell = cell_of(t, &flows, row, &i, &n, &j);
        const double border = expected_number(&flows, row, "expenditure_musd") / (1.0 + t->duty[cell]);
        t->f[(i * t->sectors.count + j) * t->regions.count + n] += border;
        t->x[i * t->sectors.count + j] += border;
        t->va[i * t->sectors.count + j] += border;
    }
    t->trade_elasticity = ent_new(&w->arena, double, t->sectors.count);
    if (t->trade_elasticity == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t k = 0; k < t->sectors.count; k++) t->trade_elasticity[k] = 4.0;
    return ent_table_check(t, &w->err);
}

/* Final use alone, applied duties, trade balanced first. */
static ent_status open_2014(world_2014 *x, const char *folder)
{
    *x = (world_2014){0};
    game_world *w = &x->w;
    ent_network laid;
    ENT_TRY(read_table(w, folder));
    x->R = w->table.regions.count;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    w->blueprint.closure = ENT_CLOSURE_BALANCED;
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &laid, &w->err));
    ENT_TRY(ent_network_balance(&laid, NULL, &w->arena, &w->net, &w->err));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    return ent_equilibrium_solve(&w->net, &w->policy, NULL, NULL, &w->arena, &x->eq, &w->err);
}

static ptrdiff_t region(const world_2014 *x, const char *code)
{
    return ent_names_find(&x->w.table.regions, code);
}

static ent_status threats_of(world_2014 *x, const char *senders, int bloc, int two_way, ent_cutoff **list,
                             ptrdiff_t *count)
{
    unsigned char *mask = ent_new0(&x->w.arena, unsigned char, x->R);
    if (mask == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t i = 0; i < x->R; i++) mask[i] = strstr(senders, x->w.table.regions.code[i]) != NULL;
    const ent_cutoff_ask ask = {.net = &x->w.net,
                                .policy = &x->w.policy,
                                .eq = &x->eq,
                                .sender = mask,
                                .bloc = bloc,
                                .two_way = two_way,
                                .together = 1};
    return ent_cutoffs_measure(&ask, &x->w.arena, list, count, &x->w.err);
}

static const ent_cutoff *on(const world_2014 *x, const ent_cutoff *list, ptrdiff_t count, const char *target)
{
    for (ptrdiff_t k = 0; k < count; k++)
        if (list[k].target == region(x, target)) return &list[k];
    abort();
}

static double percent(double log_points)
{
    return -100.0 * expm1(-log_points);
}

TEST(an_american_embargo_costs_ireland_canada_and_mexico_what_is_published, "E3 E13")
{
    static const struct {
        const char *sender, *target;
        double formula, exact;
    } rows[] = {
        {"USA", "IRL", 4.06, 3.09}, {"USA", "CAN", 2.88, 2.14}, {"USA", "MEX", 2.60, 1.84}, {"DEU", "HUN", 2.67, 2.19}};
    const char *folder = test_data("wiod2014_44x16");
    world_2014 x;
    if (folder == NULL) return;
    MUST(open_2014(&x, folder), x.w.err);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        ent_cutoff *list;
        ptrdiff_t count;
        MUST(threats_of(&x, rows[k].sender, 0, 0, &list, &count), x.w.err);
        const ent_cutoff *t = on(&x, list, count, rows[k].target);
        CHECK_NEAR(percent(t->formula), rows[k].formula, 0.005);
        CHECK_NEAR(percent(t->exact), rows[k].exact, 0.005);
        if (k == 0) CHECK_NEAR(percent(t->own), 0.036, 0.0005);
    }
    game_close(&x.w);
}

TEST(two_ways_mexico_loses_more_and_so_does_the_sender, "E13")
{
    const char *folder = test_data("wiod2014_44x16");
    world_2014 x;
    ent_cutoff *list;
    ptrdiff_t count;
    if (folder == NULL) return;
    MUST(open_2014(&x, folder), x.w.err);
    MUST(threats_of(&x, "USA", 0, 1, &list, &count), x.w.err);
    const ent_cutoff *t = on(&x, list, count, "MEX");
    CHECK_NEAR(percent(t->exact), 3.71, 0.005);
    CHECK_NEAR(percent(t->own), 0.22, 0.005);
    game_close(&x.w);
}

/* Wages adjust: in 169 of the 172 pairs of China, Germany, Russia and America with all others the formula is above the
 * equilibrium. */
TEST(the_formula_overstates_in_169_of_172_pairs, "E3 E13")
{
    const char *folder = test_data("wiod2014_44x16");
    world_2014 x;
    ent_cutoff *list;
    ptrdiff_t count, above = 0;
    double most = 0.0, least = 0.0;
    if (folder == NULL) return;
    MUST(open_2014(&x, folder), x.w.err);
    MUST(threats_of(&x, "CHN DEU RUS USA", 0, 0, &list, &count), x.w.err);
    for (ptrdiff_t k = 0; k < count; k++) {
        const double gap = percent(list[k].formula) - percent(list[k].exact);
        above += gap > 0.0;
        most = fmax(most, gap);
        least = fmin(least, gap);
    }
    CHECK_NEAR((double)count, 172.0, 0.0);
    CHECK_NEAR((double)above, 169.0, 0.0);
    CHECK_NEAR(most, 0.97, 0.005);
    CHECK_NEAR(-least, 0.015, 0.0005);
    game_close(&x.w);
}

TEST(threats_of_america_and_china_together_are_more_than_their_sum, "I10")
{
    static const struct {
        const char *target;
        double america, china, both;
    } rows[] = {{"JPN", .133, .323, .470}, {"MEX", 1.837, .436, 2.544}};
    const char *folder = test_data("wiod2014_44x16");
    world_2014 x;
    ent_cutoff *single, *bloc;
    ent_joint *joint;
    ptrdiff_t singles, blocs, count;
    if (folder == NULL) return;
    MUST(open_2014(&x, folder), x.w.err);
    MUST(threats_of(&x, "USA CHN", 0, 0, &single, &singles), x.w.err);
    MUST(threats_of(&x, "USA CHN", 1, 0, &bloc, &blocs), x.w.err);
    MUST(ent_joint_measure(single, singles, bloc, blocs, &x.w.arena, &joint, &count, &x.w.err), x.w.err);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        double alone[2] = {0};
        for (ptrdiff_t s = 0; s < singles; s++)
            if (single[s].target == region(&x, rows[k].target))
                alone[single[s].sender == region(&x, "CHN")] = single[s].exact;
        CHECK_NEAR(percent(alone[0]), rows[k].america, 0.0005);
        CHECK_NEAR(percent(alone[1]), rows[k].china, 0.0005);
        CHECK_NEAR(percent(on(&x, bloc, blocs, rows[k].target)->exact), rows[k].both, 0.0005);
        for (ptrdiff_t c = 0; c < count; c++)
            if (joint[c].target == region(&x, rows[k].target)) {
                CHECK(joint[c].joint_exact > joint[c].single_exact);
                CHECK(joint[c].joint_formula > joint[c].single_formula);
            }
    }
    game_close(&x.w);
}
