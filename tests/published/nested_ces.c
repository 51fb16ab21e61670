/* nested_ces.c: exact solutions of nested CES economies by other programs: five small open cases (data/nested-ces-open,
 * on the tables of data/boario: every user with its own origins, icebergs, mobile or fixed factors) and a closed one
 * with twenty shocks (data/bf-5, after Baqaee and Farhi 2019).
 *
 * The expected files have 12 and 13 digits; the tables are printed to a thousandth. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include "random_world.h"
#include <jansson.h>
#include <stdlib.h>

/* ---- tables ---- */

/* Split "A:device". */
static ent_status add_industry(ent_table *t, ent_arena *arena, const char *code)
{
    const char *colon = strchr(code, ':');
    if (colon == NULL) return ENT_BAD_INPUT;
    const char *region = ent_string_copy_n(arena, code, (size_t)(colon - code));
    if (ent_names_find(&t->regions, region) < 0) ENT_TRY(ent_names_add(&t->regions, arena, region, NULL, NULL));
    if (ent_names_find(&t->sectors, colon + 1) >= 0) return ENT_OK;
    return ent_names_add(&t->sectors, arena, colon + 1, NULL, NULL);
}

static ptrdiff_t cell_of(const ent_table *t, const char *code)
{
    const char *colon = strchr(code, ':');
    return ent_names_find_n(&t->regions, code, (size_t)(colon - code)) * t->sectors.count +
           ent_names_find(&t->sectors, colon + 1);
}

/* Z.csv and Y.csv; output is what is sold, value added what it leaves. */
static ent_status read_table(const char *folder, random_world *w)
{
    ent_table *t = &w->table;
    ent_arena *arena = &w->arena;
    expected z, y;
    *w = (random_world){.seed = 0};
    *t = (ent_table){.name = "boario"};
    ENT_TRY(expected_read(ent_string_format(arena, "%s/Z.csv", folder), arena, &z, &w->err));
    ENT_TRY(expected_read(ent_string_format(arena, "%s/Y.csv", folder), arena, &y, &w->err));
    for (ptrdiff_t row = 0; row < z.rows; row++) ENT_TRY(add_industry(t, arena, z.field[row * z.columns]));
    ENT_TRY(ent_names_add(&t->uses, arena, "C", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, arena, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, arena, &w->err));
    const ptrdiff_t cells = z.rows, R = t->regions.count;
    for (ptrdiff_t row = 0; row < cells; row++) {
        const ptrdiff_t ij = cell_of(t, z.field[row * z.columns]);
        for (ptrdiff_t c = 1; c < z.columns; c++)
            t->z[ij * cells + cell_of(t, z.name[c])] = strtod(z.field[row * z.columns + c], NULL);
        for (ptrdiff_t c = 1; c < y.columns; c++)
            t->f[ij * R + ent_names_find(&t->regions, y.name[c])] = strtod(y.field[row * y.columns + c], NULL);
    }
    for (ptrdiff_t ij = 0; ij < cells; ij++) {
        t->x[ij] = 0.0;
        for (ptrdiff_t nk = 0; nk < cells; nk++) t->x[ij] += t->z[ij * cells + nk];
        for (ptrdiff_t n = 0; n < R; n++) t->x[ij] += t->f[ij * R + n];
    }
    for (ptrdiff_t nk = 0; nk < cells; nk++) {
        t->va[nk] = t->x[nk];
        for (ptrdiff_t ij = 0; ij < cells; ij++) t->va[nk] -= t->z[ij * cells + nk];
    }
    return ent_table_check(t, &w->err);
}

/* ---- open cases ---- */

static ent_status lay_case(random_world *w, const json_t *one)
{
    ent_blueprint *b = &w->blueprint;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, b, &w->err));
    b->sourcing = ENT_SOURCING_BY_USE;
    b->consumption_elasticity = json_number_value(json_object_get(one, "sigma_consumption"));
    for (ptrdiff_t j = 0; j < w->table.sectors.count; j++) {
        const json_t *origins = json_array_get(json_object_get(one, "origin_substitution"), (size_t)j);
        b->trade_elasticity[j] = json_number_value(origins) - 1.0;
        b->output_elasticity[j] = json_number_value(json_object_get(one, "theta_value_added_vs_inputs"));
        b->material_elasticity[j] = json_number_value(json_object_get(one, "epsilon_between_inputs"));
    }
    if (strcmp(json_string_value(json_object_get(one, "factors")), "one fixed factor per industry") == 0)
        b->mobility[0] = 1.0;
    ENT_TRY(random_lay(w));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

static void place_case(random_world *w, const json_t *one)
{
    size_t at, s, n;
    const json_t *action, *supplier, *buyer;
    json_array_foreach(json_object_get(one, "icebergs"), at, action)
        json_array_foreach(json_object_get(action, "suppliers"), s, supplier) json_array_foreach(
            json_object_get(action, "buyers"), n, buyer) for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
    {
        const ptrdiff_t cell = cell_of(&w->table, json_string_value(supplier));
        if (w->net.seller[lane] == w->net.producer[cell] &&
            w->net.lane_region[lane] == ent_names_find(&w->table.regions, json_string_value(buyer)))
            w->policy.log_trade_cost[lane] = log(json_number_value(json_object_get(action, "factor")));
    }
    json_array_foreach(json_object_get(one, "productivity"), at, action)
    {
        const ptrdiff_t cell = cell_of(&w->table, json_string_value(json_object_get(action, "industry")));
        w->policy.log_productivity[w->net.producer[cell]] = log(json_number_value(json_object_get(action, "factor")));
    }
}

/* log ŵ of "A" (mobile) or "A:device" (fixed). */
static double log_wage(const random_world *w, const char *who)
{
    if (strchr(who, ':') == NULL) return w->eq.log_price[w->net.labour[ent_names_find(&w->table.regions, who)]];
    const ptrdiff_t cell = cell_of(&w->table, who), J = w->net.sectors;
    for (ptrdiff_t f = 0; f < w->net.level_first[1]; f++)
        if (w->net.node_region[f] == cell / J && w->net.node_sector[f] == cell % J) return w->eq.log_price[f];
    return NAN;
}

static double answer(const random_world *w, const char *what, const char *who)
{
    const ptrdiff_t cells = w->out.regions * w->out.sectors;
    if (strcmp(what, "dlog_wage") == 0) return log_wage(w, who);
    if (strchr(who, ':') == NULL) {
        const ptrdiff_t n = ent_names_find(&w->table.regions, who);
        return log(ent_outcome_region(
            &w->out, strcmp(what, "dlog_consumer_price") == 0 ? ENT_REGION_price_index : ENT_REGION_real_income, n));
    }
    const ent_sector_variable v = strcmp(what, "dlog_output") == 0 ? ENT_SECTOR_real_output : ENT_SECTOR_cost;
    return log(w->out.sector_value[v * cells + cell_of(&w->table, who)]);
}

TEST(nested_ces_economies_open_to_trade_come_out_as_other_solvers_have_them, "E3-E9")
{
    const char *root = test_data("boario");
    if (root == NULL) return;
    ENT_SCRATCH scratch = {0};
    const char *boario = ent_string_copy(&scratch, root), *data = test_data("nested-ces-open");
    if (data == NULL || boario == NULL) return;
    json_error_t mark;
    json_t *file = json_load_file(ent_string_format(&scratch, "%s/cases.json", data), 0, &mark);
    size_t at;
    const json_t *one;
    ptrdiff_t compared = 0;
    CHECK(file != NULL);
    json_array_foreach(json_object_get(file, "cases"), at, one)
    {
        random_world w;
        const char *table = json_string_value(json_object_get(one, "table"));
        MUST(read_table(ent_string_format(&scratch, "%s/tables/%s", boario, table), &w), w.err);
        MUST(lay_case(&w, one), w.err);
        place_case(&w, one);
        MUST(random_solve(&w, 1e-12), w.err);
        MUST(random_measure(&w), w.err);
        const char *what, *who;
        json_t *list, *value;
        json_object_foreach(json_object_get(one, "expected"), what, list) json_object_foreach(list, who, value)
        {
            const double is = answer(&w, what, who), wanted = json_number_value(value);
            if (!(fabs(is - wanted) <= 1e-9))
                test_fail(__FILE__, __LINE__, "%s, %s of %s is %.13g, not %.13g",
                          json_string_value(json_object_get(one, "id")), what, who, is, wanted);
            compared++;
        }
        random_close(&w);
    }
    CHECK(compared > 150);
    json_decref(file);
}

/* ---- the closed economy ---- */

static double number_at(const json_t *model, const char *name, ptrdiff_t k)
{
    return json_number_value(json_array_get(json_object_get(model, name), (size_t)k));
}

/* One region, five sectors, GDP 1. */
static ent_status read_model(const json_t *model, random_world *w)
{
    ent_table *t = &w->table;
    *w = (random_world){.seed = 0};
    *t = (ent_table){.name = "bf-5"};
    enum {
        SECTORS = 5
    };
    ENT_TRY(ent_names_add(&t->regions, &w->arena, "A", NULL, NULL));
    for (int k = 0; k < SECTORS; k++)
        ENT_TRY(ent_names_add(&t->sectors, &w->arena, ent_string_format(&w->arena, "%d", k), NULL, NULL));
    ENT_TRY(ent_names_add(&t->uses, &w->arena, "C", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, &w->arena, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, &w->arena, &w->err));
    for (int k = 0; k < SECTORS; k++) {
        const double domar = number_at(model, "domar_weights", k), own = number_at(model, "value_added_share", k);
        const json_t *shares =
            json_array_get(json_object_get(model, "input_share_using_sector_by_supplier"), (size_t)k);
        t->va[k] = own * domar;
        t->f[k] = number_at(model, "consumption_share", k);
        for (int j = 0; j < SECTORS; j++)
            t->z[j * SECTORS + k] = (1.0 - own) * json_number_value(json_array_get(shares, (size_t)j)) * domar;
    }
    for (int j = 0; j < SECTORS; j++) {
        t->x[j] = t->f[j];
        for (int k = 0; k < SECTORS; k++) t->x[j] += t->z[j * SECTORS + k];
    }
    return ent_table_check(t, &w->err);
}

/* log of real consumption after the shock of a row. */
static ent_status consume(random_world *w, const expected *e, ptrdiff_t row, double mobility, double *log_real)
{
    ent_blueprint *b = &w->blueprint;
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, b, &w->err));
    b->mobility[0] = mobility;
    b->consumption_elasticity = expected_number(e, row, "sigma");
    for (ptrdiff_t k = 0; k < 5; k++) {
        b->trade_elasticity[k] = 4.0; /* there is nobody to trade with */
        b->output_elasticity[k] = expected_number(e, row, "epsilon");
        b->material_elasticity[k] = expected_number(e, row, "theta");
    }
    ENT_TRY(random_lay(w));
    ENT_TRY(ent_policy_none(&w->net, &w->arena, &w->policy, &w->err));
    w->policy.log_productivity[w->net.producer[(ptrdiff_t)expected_number(e, row, "sector")]] =
        log(expected_number(e, row, "A"));
    ENT_TRY(random_solve(w, 1e-13));
    ENT_TRY(random_measure(w));
    *log_real = log(ent_outcome_region(&w->out, ENT_REGION_real_income, 0));
    return ENT_OK;
}

TEST(the_closed_economy_of_baqaee_and_farhi_comes_out_with_mobile_and_with_fixed_labour, "E3-E9")
{
    const char *data = test_data("bf-5");
    if (data == NULL) return;
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    json_error_t mark;
    json_t *model = json_load_file(ent_string_format(&scratch, "%s/model.json", data), 0, &mark);
    expected e;
    MUST(expected_read(ent_string_format(&scratch, "%s/expected.csv", data), &scratch, &e, &err), err);
    CHECK(model != NULL && e.rows == 20);
    for (ptrdiff_t row = 0; row < e.rows; row++) {
        random_world w;
        double mobile, fixed;
        MUST(read_model(model, &w), w.err);
        MUST(consume(&w, &e, row, INFINITY, &mobile), w.err);
        MUST(consume(&w, &e, row, 1.0, &fixed), w.err);
        CHECK_NEAR(mobile, expected_number(&e, row, "mobile_dlogC"), 2e-13); /* 13 digits are printed */
        CHECK_NEAR(fixed, expected_number(&e, row, "immobile_dlogC"), 2e-13);
        random_close(&w);
    }
    json_decref(model);
}
