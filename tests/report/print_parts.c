/* print_parts.c: the block of exact parts, to the letter. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"

static void set_parts(fabricated *f, int s, ptrdiff_t n, const double part[10], double terms, double volume)
{
    for (int p = 0; p < 10; p++)
        fabricated_region(f, s, (ent_region_variable)(ENT_REGION_exact_terms_of_trade + p), n, 0.0, part[p]);
    fabricated_region(f, s, ENT_REGION_terms_of_trade_linear, n, 0.0, terms);
    fabricated_region(f, s, ENT_REGION_volume_of_trade_linear, n, 0.0, volume);
}

static const double unknown[10] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

TEST(exact_parts_stand_beside_the_linear_formula, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(fabricated_make(&f, &scratch), err);
    f.report.count = 1;
    set_parts(&f, 0, 0, (double[]){-0.4, 0.5, 0, 0, 0, 0, 0, 0, 0, 0.1}, -0.41, 1.72);
    set_parts(&f, 0, 1, (double[]){0.6, -2.5, 0, 0, 0, 0, 0, 0.0001, 0, -1.9}, 0.7, 0);
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
    CHECK(
        strstr(text.data,
               "\nWhat it is made of  exact parts of real income, 100 × log points; the linear formula beside them, %\n"
               "                                       terms of       duty               linear:    linear:\n"
               "                                          trade     wedges        sum      terms     volume\n"
               "Borduria, \"south\"                         +0.60      -2.50      -1.90      +0.70       0.00\n"
               "Atlantis                                  -0.40      +0.50      +0.10      -0.41      +1.72\n"
               "\n") != NULL);
}

TEST(a_scenario_without_parts_says_how_to_get_them, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch}, none = {.arena = &scratch};
    MUST(fabricated_make(&f, &scratch), err);
    set_parts(&f, 0, 0, (double[]){-0.4, 0.5, 0, 0, 0, 0, 0, 0, 0, 0.1}, -0.41, 1.72);
    set_parts(&f, 0, 1, (double[]){0.6, -2.5, 0, 0, 0, 0, 0, 0, 0, -1.9}, 0.7, 0);
    for (ptrdiff_t n = 0; n < 2; n++) set_parts(&f, 1, n, unknown, 1.0, 1.0);
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &text, &err), err);
    CHECK(strstr(text.data, "\nWar of attrition\n  not decomposed; --decompose always asks for it\n") != NULL);
    for (ptrdiff_t n = 0; n < 2; n++) set_parts(&f, 0, n, unknown, 1.0, 1.0);
    MUST(ent_report_print(&f.report, ENT_FORMAT_TEXT, 0, &none, &err), err);
    CHECK(strstr(none.data, "What it is made of") == NULL);
}
