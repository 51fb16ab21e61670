/* manifest.c: the manifest is JSON that another reader takes, and nothing that matters is missing from it. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"
#include "report/files.h"
#include <jansson.h>

static json_t *manifest(fabricated *f, ent_arena *arena)
{
    ent_error err = {{0}};
    ent_view view;
    ent_text text = {.arena = arena};
    if (ent_view_make(&f->report, arena, &view, &err) != ENT_OK) return NULL;
    if (ent_manifest_json(&view, &text, &err) != ENT_OK) return NULL;
    json_error_t where;
    json_t *read = json_loads(text.data, JSON_REJECT_DUPLICATES, &where);
    if (read == NULL) test_fail(__FILE__, __LINE__, "line %d: %s", where.line, where.text);
    return read;
}

TEST(manifest_has_every_option_by_its_name, "manifest")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    f.options.tolerance = 1e-9;
    json_t *read = manifest(&f, &scratch), *options = json_object_get(read, "options");
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    CHECK_NEAR(json_number_value(json_object_get(options, #name)), (double)f.options.name, 0);
#include "entente/options.def"
#undef OPTION
    CHECK_TEXT(json_string_value(json_object_get(options, "method")), ent_method_words(ENT_METHOD_AUTO));
    json_decref(read);
}

TEST(manifest_says_world_actions_elasticities_and_certificate, "manifest")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    f.scenario[0].source = "</script><b> & \"quotes\", Türkiye";
    json_t *read = manifest(&f, &scratch);
    json_t *world = json_object_get(read, "world"), *deal = json_array_get(json_object_get(read, "scenarios"), 0);
    json_t *blueprint = json_object_get(deal, "blueprint"), *certificate = json_object_get(deal, "certificate");
    CHECK_TEXT(json_string_value(json_object_get(read, "version")), ENT_VERSION);
    CHECK_TEXT(json_string_value(json_object_get(read, "command")), "entente run deal.yaml war.yaml");
    CHECK_TEXT(json_string_value(json_object_get(world, "sha256")), "c0ffee");
    CHECK(json_integer_value(json_object_get(world, "year")) == 2001);
    CHECK_TEXT(json_string_value(json_object_get(deal, "source")), "</script><b> & \"quotes\", Türkiye");
    CHECK_TEXT(json_string_value(json_array_get(json_object_get(deal, "actions"), 0)),
               "duty: Atlantis on Borduria, all sectors: set to 10 %");
    CHECK_NEAR(json_number_value(json_object_get(json_object_get(blueprint, "trade_elasticity"), "IND")), 5.5, 0);
    CHECK_TEXT(json_string_value(json_object_get(json_object_get(blueprint, "mobility"), "LAB")), "infinite");
    CHECK(json_is_true(json_object_get(certificate, "converged")));
    CHECK_NEAR(json_number_value(json_object_get(certificate, "excess")), 2.5e-12, 0);
    CHECK_TEXT(json_string_value(json_object_get(certificate, "worst")), "Industry in Atlantis");
    json_decref(read);
}

TEST(the_clock_stands_under_seconds_alone, "manifest")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    json_t *first = manifest(&f, &scratch);
    f.report.seconds = 99.0;
    f.equilibrium[0].certificate.seconds = f.equilibrium[1].certificate.seconds = 77.0;
    json_t *second = manifest(&f, &scratch);
    CHECK(!json_equal(first, second));
    json_object_del(first, "seconds");
    json_object_del(second, "seconds");
    CHECK(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

TEST(json_of_the_outcome_names_every_variable, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(fabricated_make(&f, &scratch), err);
    fabricated_region(&f, 1, ENT_REGION_wage, 0, 1.0, (double)NAN);
    MUST(ent_report_print(&f.report, ENT_FORMAT_JSON, 0, &text, &err), err);
    json_t *read = json_loads(text.data, JSON_REJECT_DUPLICATES, NULL);
    CHECK(read != NULL);
    json_t *war = json_array_get(json_object_get(read, "scenarios"), 1);
    json_t *atlantis = json_object_get(json_object_get(war, "regions"), "ATL");
    for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
        json_t *cell = json_object_get(atlantis, ent_region_variables[v].name);
        if (v == ENT_REGION_wage)
            CHECK(json_is_null(json_object_get(cell, "value")));
        else
            CHECK_NEAR(json_number_value(json_object_get(cell, "value")), f.outcome[1].region_value[2 * v], 0);
    }
    CHECK(json_array_size(json_object_get(war, "flows")) == 4);
    json_decref(read);
}
