/* uncertain.c: ± and draws in words, CSV, JSON and on the page, for an invented world and numbers by hand. */
// SPDX-License-Identifier: MIT
#include "report/uncertain.h"
#include "fabricated.h"
#include "report/files.h"
#include "report/print.h"
#include <jansson.h>

enum {
    HEADLINES = 2 * ENT_HEADLINE_VARIABLES + 3
};

typedef struct {
    fabricated f;
    ent_parameter parameter[2];
    ent_spread spread;
    ent_headline headline[HEADLINES];
    double draw[3 * HEADLINES];
    ent_uncertainty u;
    ent_view view;
} doubted;

/* value, ± */
static const double numbers[ENT_HEADLINE_VARIABLES][2][2] = {
    {{1.012, 0.002}, {0.98, 0.0046}}, {{1.0134, 0.003}, {0.97, 0.011}}, {{0.995, 0.0004}, {1.01, 0.0}},
    {{21000, 400}, {17100, 90}},      {{17100, 180}, {21000, 200}},     {{1710, 60}, {0, 0}},
};
static const double before[ENT_HEADLINE_VARIABLES][2] = {{1, 1},         {1, 1},         {1, 1},
                                                         {20000, 18000}, {18000, 20000}, {900, 0}};

static ent_headline headline(ent_region_variable variable, ptrdiff_t region, ptrdiff_t partner, double value, double se)
{
    return (ent_headline){.variable = variable,
                          .region = region,
                          .partner = partner,
                          .value = value,
                          .se = se,
                          .shift = -0.5 * se,
                          .mean = value + 0.5 * se,
                          .sd = 1.5 * se,
                          .q05 = value - 2.0 * se,
                          .q50 = value,
                          .q95 = value + 2.0 * se};
}

static ent_status by_hand(doubted *d, int draws, ent_arena *arena)
{
    fabricated *f = &d->f;
    ent_error err;
    ENT_TRY(fabricated_make(f, arena));
    for (int v = 0; v < ENT_HEADLINE_VARIABLES; v++)
        for (int n = 0; n < 2; n++) {
            d->headline[2 * v + n] = headline(ent_headline_variables[v], n, -1, numbers[v][n][0], numbers[v][n][1]);
            fabricated_region(f, 0, ent_headline_variables[v], n, before[v][n], numbers[v][n][0]);
        }
    for (int j = 0; j < 2; j++) {
        fabricated_flow(f, 0, ENT_FLOW_value, 0, 1, j, 5000, 6000);
        fabricated_flow(f, 0, ENT_FLOW_value, 1, 0, j, 4000, 2000);
    }
    d->headline[HEADLINES - 3] = headline(ENT_REGION_real_income, 2, -1, 1.001, 0.001);
    d->headline[HEADLINES - 2] = headline(ENT_REGION_exports, 0, 1, 4000, 80);
    d->headline[HEADLINES - 1] = headline(ENT_REGION_exports, 1, 0, 12000, 100);
    d->parameter[0] = (ent_parameter){ENT_PARAMETER_ELASTICITIES, 0, 4.5, 0.9};
    d->parameter[1] = (ent_parameter){ENT_PARAMETER_CONSUMPTION_ELASTICITY, -1, 1.0, 0.1};
    d->spread = (ent_spread){.source = "se.csv", .count = 2, .parameter = d->parameter, .correlation = 0.5};
    for (int h = 0; h < 3 * HEADLINES; h++) d->draw[h] = h < HEADLINES || h >= 2 * HEADLINES ? h : (double)NAN;
    d->u = (ent_uncertainty){.spread = &d->spread,
                             .regions = 2,
                             .count = HEADLINES,
                             .headline = d->headline,
                             .pair_a = 0,
                             .pair_b = 1,
                             .draws = draws,
                             .failed = draws > 0,
                             .seed = 7,
                             .draw = draws > 0 ? d->draw : NULL};
    f->answer[0].uncertainty = &d->u;
    f->report.count = 1;
    return ent_view_make(&f->report, arena, &d->view, &err);
}

static const char *block_of(const doubted *d, ent_arena *arena)
{
    ent_text text = {.arena = arena};
    ent_sheet sheet = {&text, 0};
    return ent_print_uncertain(&d->view, &sheet) == ENT_OK && !text.failed ? text.data : "no memory";
}

TEST(errors_stand_behind_every_headline, "report")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    MUST(by_hand(&d, 0, &scratch), err);
    CHECK_TEXT(block_of(&d, &scratch),
               "\n"
               "How sure  what not knowing the elasticities means\n"
               "± is one standard error, first order, from se.csv (2 elasticities, correlation 0.5).\n"
               "                              real          real     consumer      exports      imports       tariff\n"
               "                          income %        wage %     prices %            %            %  rev. bn USD\n"
               "Atlantis              +1.20±0.20     +1.34±0.30   -0.50±0.04   +5.00±2.00   -5.00±1.00     1.7±0.1\n"
               "Borduria, \"south\"     -2.00±0.46     -3.00±1.10   +1.00±0.00   -5.00±0.50   +5.00±1.00     0.0±0.0\n"
               "World                 +0.10±0.10\n"
               "ATL to BOR, exports                                           -50.00±1.00\n"
               "BOR to ATL, exports                                           +20.00±1.00\n");
}

TEST(draws_stand_beside_the_delta_method, "report")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    MUST(by_hand(&d, 3, &scratch), err);
    CHECK_TEXT(
        block_of(&d, &scratch),
        "\n"
        "How sure  what not knowing the elasticities means\n"
        "± is one standard error, first order, from se.csv (2 elasticities, correlation 0.5). 3 draws, seed\n"
        "7: 1 did not converge, left out below.\n"
        "                              real          real     consumer      exports      imports       tariff\n"
        "                          income %        wage %     prices %            %            %  rev. bn USD\n"
        "Atlantis              +1.20±0.20     +1.34±0.30   -0.50±0.04   +5.00±2.00   -5.00±1.00     1.7±0.1\n"
        "Borduria, \"south\"     -2.00±0.46     -3.00±1.10   +1.00±0.00   -5.00±0.50   +5.00±1.00     0.0±0.0\n"
        "World                 +0.10±0.10\n"
        "ATL to BOR, exports                                           -50.00±1.00\n"
        "BOR to ATL, exports                                           +20.00±1.00\n"
        "\n"
        "                       real income,   delta   method      draws\n"
        "                            trade %       ±    shift       mean     sd       5 %      50 %      95 %\n"
        "Atlantis                      +1.20    0.20    -0.10      +1.30   0.30     +0.80     +1.20     +1.60\n"
        "Borduria, \"south\"             -2.00    0.46    -0.23      -1.77   0.69     -2.92     -2.00     -1.08\n"
        "World                         +0.10    0.10    -0.05      +0.15   0.15     -0.10     +0.10     +0.30\n"
        "ATL to BOR, exports          -50.00    1.00    -0.50     -49.50   1.50    -52.00    -50.00    -48.00\n"
        "BOR to ATL, exports          +20.00    1.00    -0.50     +20.50   1.50    +18.00    +20.00    +22.00\n");
}

TEST(regions_csv_has_rows_of_errors_and_draws, "report")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(by_hand(&d, 0, &scratch), err);
    MUST(ent_regions_csv(&d.view, &text, NULL, &err), err);
    CHECK(strstr(text.data, "\nDeal,ATL,Atlantis,real_income_se,ratio,,0.002,\n") != NULL);
    CHECK(strstr(text.data, "\nDeal,ATL,Atlantis,exports_se,million USD,,400,\n") != NULL);
    CHECK(strstr(text.data, "\nDeal,WLD,World,real_income_se,ratio,,0.001,\n") != NULL);
    CHECK(strstr(text.data, "_mean") == NULL && strstr(text.data, "WLD,World,exports_se") == NULL);
    text.size = 0;
    MUST(by_hand(&d, 3, &scratch), err);
    MUST(ent_regions_csv(&d.view, &text, NULL, &err), err);
    CHECK(strstr(text.data, "\nDeal,ATL,Atlantis,tariff_revenue_q05,million USD,,1590,\n") != NULL);
    CHECK(strstr(text.data, "\nDeal,ATL,Atlantis,exports_sd,million USD,,600,\n") != NULL);
}

/* Elasticities of each draw are those that ent_spread_draw() gives; a failed draw has no values. */
TEST(draws_csv_has_a_row_a_draw, "report")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    double first[2];
    MUST(by_hand(&d, 3, &scratch), err);
    MUST(ent_draws_csv(&d.view, &text, NULL, &err), err);
    const char *end_of_head = strchr(text.data, '\n');
    CHECK_TEXT(ent_string_copy_n(&scratch, text.data, (size_t)(end_of_head - text.data)),
               "scenario,draw,converged,elasticities.FAR,consumption_elasticity,real_income.ATL,real_income.BOR,"
               "real_income.WLD,exports.ATL.BOR,exports.BOR.ATL");
    ent_spread_draw(&d.spread, 7, 0, first);
    const char *row = strstr(text.data, "\nDeal,1,1,");
    double theta = 0.0, sigma = 0.0;
    CHECK(row != NULL && sscanf(row, "\nDeal,1,1,%lf,%lf,0,1,12,13,14\n", &theta, &sigma) == 2);
    CHECK(theta == first[0] && sigma == first[1]);
    row = strstr(text.data, "\nDeal,2,0,");
    CHECK(row != NULL && strstr(row, ",,,,,\nDeal,3,1,") != NULL);
    CHECK(ent_view_has_draws(&d.view));
    d.u.draw = NULL;
    CHECK(!ent_view_has_draws(&d.view));
}

TEST(json_names_every_uncertain_elasticity_and_headline, "report")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(by_hand(&d, 3, &scratch), err);
    MUST(ent_print_json(&d.view, &text, &err), err);
    json_t *read = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    json_t *u = json_object_get(json_array_get(json_object_get(read, "scenarios"), 0), "uncertainty");
    CHECK(json_array_size(json_object_get(u, "elasticities")) == 2);
    CHECK(json_array_size(json_object_get(u, "headlines")) == HEADLINES);
    CHECK(json_integer_value(json_object_get(u, "failed")) == 1);
    CHECK(json_number_value(json_object_get(json_array_get(json_object_get(u, "headlines"), 1), "se")) == 0.0046);
    json_decref(read);
}

TEST(the_page_has_errors_in_points_of_what_it_shows, "page")
{
    ENT_SCRATCH scratch = {0};
    doubted d;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(by_hand(&d, 0, &scratch), err);
    MUST(ent_report_page(&d.view, &text, &err), err);
    const char *errors = strstr(text.data, "\"errors\":{\"real_income\":[0.2,0.46,0.1],");
    CHECK(errors != NULL);
    CHECK(errors != NULL && strstr(errors, "\"exports\":[2,0.5,null],") != NULL);
    CHECK(strstr(text.data, "\"errors_from\":\"se.csv\"") != NULL);
}
