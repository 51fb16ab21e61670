/* blueprint.c: settings from mappings, files, presets and options, and what is no setting. */
// SPDX-License-Identifier: MIT
#include "try.h"

#define BLUEPRINT(mapping) "blueprint: " mapping "\nactions: []\n"

TEST(a_mapping_changes_what_it_names, "")
{
    trial t;
    MUST(try_in(
             &t,
             BLUEPRINT("{sourcing: by-use, users: final-intermediate, closure: proportional, market: melitz, revenue: "
                       "income-tax, numeraire: consumption, scale_by: labour, elasticities: {all: 4, ELE: 4.5}, "
                       "output_elasticity: 0.5, material_elasticity: {goods: 0.1, services: 0.3}, "
                       "consumption_elasticity: 0.9, scale: 0.25, labour_supply: 0.5, mobility: {capital: specific}, "
                       "entry_share: {all: 0.1, USA: 0.25}, pareto_shape: 1.5}"),
             NULL),
         t.err);
    const ent_blueprint *b = &t.blueprint;
    CHECK(b->sourcing == ENT_SOURCING_BY_USE && b->users == ENT_USERS_FINAL_INTERMEDIATE);
    CHECK(b->closure == ENT_CLOSURE_PROPORTIONAL && b->market == ENT_MARKET_MELITZ);
    CHECK(b->revenue == ENT_REVENUE_INCOME_TAX && b->numeraire == ENT_NUMERAIRE_CONSUMPTION);
    CHECK(b->scale_by == ENT_SCALE_BY_LABOUR);
    CHECK(b->trade_elasticity[AGR] == 4.0 && b->trade_elasticity[ELE] == 4.5 && b->trade_elasticity[SER] == 4.0);
    CHECK(b->output_elasticity[AGR] == 0.5 && b->output_elasticity[SER] == 0.5);
    CHECK(b->factor_elasticity[AGR] == 1.0);
    CHECK(b->material_elasticity[AGR] == 0.1 && b->material_elasticity[ELE] == 0.1 &&
          b->material_elasticity[SER] == 0.3);
    CHECK(b->consumption_elasticity == 0.9 && b->labour_supply == 0.5 && b->pareto_shape == 1.5);
    CHECK(b->scale[ELE] == 0.25);
    CHECK(b->mobility[0] == INFINITY && b->mobility[1] == 1.0);
    CHECK(b->entry_share[USA] == 0.25 && b->entry_share[CHN] == 0.1);
    CHECK_TEXT(b->name, "default, changed");
    ent_arena_close(&t.arena);
}

TEST(nothing_said_is_the_default, "")
{
    trial t;
    MUST(try_in(&t, "actions: []\n", NULL), t.err);
    CHECK_TEXT(t.blueprint.name, "default");
    CHECK(t.blueprint.sourcing == ENT_SOURCING_COMMON && isnan(t.blueprint.trade_elasticity[0]));
    ent_arena_close(&t.arena);
    MUST(try_in(&t, BLUEPRINT("{}"), NULL), t.err);
    CHECK_TEXT(t.blueprint.name, "default");
    ent_arena_close(&t.arena);
}

TEST(every_preset_can_be_had_by_name, "")
{
    for (ptrdiff_t p = 0; ent_blueprint_preset_at(p) != NULL; p++) {
        trial t;
        char text[128];
        const ent_blueprint_preset *preset = ent_blueprint_preset_at(p);
        snprintf(text, sizeof text, "blueprint: {elasticities: 4, preset: %s}\nactions: []\n", preset->name);
        if (try_in(&t, text, NULL) != ENT_OK) test_fail(__FILE__, __LINE__, "%s", t.err.text);
        CHECK(ent_blueprint_read(preset->name, &t.world.table, &t.arena, &t.blueprint, &t.err) == ENT_OK);
        CHECK_TEXT(t.blueprint.name, preset->name);
        CHECK(preset->meaning[0] != 0 && preset->source[0] != 0);
        ent_arena_close(&t.arena);
    }
    CHECK(ent_blueprint_preset_at(-1) == NULL && ent_blueprint_preset_at(1000) == NULL);
    CHECK(ent_blueprint_key_at(-1) == NULL && ent_blueprint_key_at(1000) == NULL);
}

TEST(presets_set_what_they_say, "")
{
    trial t;
    MUST(try_in(&t, BLUEPRINT("gtap-like"), NULL), t.err);
    CHECK(t.blueprint.sourcing == ENT_SOURCING_TWO_TIER && t.blueprint.output_elasticity[ELE] == 0.0);
    CHECK(t.blueprint.factor_elasticity[ELE] == 1.26 && isnan(t.blueprint.home_elasticity[ELE]));
    ent_arena_close(&t.arena);
    MUST(try_in(&t, BLUEPRINT("specific-factors"), NULL), t.err);
    CHECK(t.blueprint.mobility[0] == 1.0 && t.blueprint.mobility[1] == 1.0);
    ent_arena_close(&t.arena);
    MUST(try_in(&t, BLUEPRINT("{preset: krugman, elasticities: {all: 4, ELE: 5}}"), NULL), t.err);
    CHECK(t.blueprint.market == ENT_MARKET_KRUGMAN);
    CHECK(t.blueprint.scale[AGR] == 0.5 / 4.0 && t.blueprint.scale[ELE] == 0.5 / 5.0);
    ent_arena_close(&t.arena);
    MUST(try_in(&t, BLUEPRINT("{output_elasticity: 0.2, preset: gtap-like}"), NULL),
         t.err); /* the preset comes first */
    CHECK(t.blueprint.sourcing == ENT_SOURCING_TWO_TIER && t.blueprint.output_elasticity[ELE] == 0.2);
    CHECK_TEXT(t.blueprint.name, "gtap-like, changed");
    ent_arena_close(&t.arena);
}

TEST(lists_come_from_files, "")
{
    write_file("theta.csv", "sector,theta\nAGR,8.11\nELE,10.6\n");
    write_file("many.csv", "note,sector,other,sigma\nx,SER,1,0.5\n");
    const char *folder = write_file("nu.csv", "region,nu\nUnited States,0.27\n");
    trial t;
    MUST(try_in(
             &t,
             BLUEPRINT(
                 "{elasticities: theta.csv, material_elasticity: {file: many.csv, column: sigma}, entry_share: nu.csv, "
                 "scale: 0.5}"),
             folder),
         t.err);
    CHECK(t.blueprint.trade_elasticity[AGR] == 8.11 && t.blueprint.trade_elasticity[ELE] == 10.6);
    CHECK(isnan(t.blueprint.trade_elasticity[SER])); /* not in the file */
    CHECK(t.blueprint.material_elasticity[SER] == 0.5 && t.blueprint.material_elasticity[AGR] == 1.0);
    CHECK(t.blueprint.entry_share[USA] == 0.27 && t.blueprint.entry_share[CHN] == 0.0);
    ent_arena_close(&t.arena);
}

TEST(a_blueprint_is_a_file_of_its_own, "")
{
    ENT_SCRATCH scratch = {0};
    trial t;
    ent_error err = {0};
    write_file("e.csv", "sector,theta\nELE,7\n");
    const char *folder = write_file("b.yaml", "name: mine\nsource: a paper\nclosure: balanced\nelasticities: e.csv\n");
    const char *path = ent_string_format(&scratch, "%s/b.yaml", folder), *wanted;
    MUST(try_in(&t, "actions: []\n", NULL), t.err);
    MUST(ent_blueprint_read(path, &t.world.table, &t.arena, &t.blueprint, &err), err);
    CHECK_TEXT(t.blueprint.name, "mine");
    CHECK(t.blueprint.closure == ENT_CLOSURE_BALANCED && t.blueprint.trade_elasticity[ELE] == 7.0);
    MUST(ent_blueprint_read("complements", &t.world.table, &t.arena, &t.blueprint, &err), err);
    CHECK(t.blueprint.consumption_elasticity == 0.9);
    CHECK(ent_blueprint_read("complement", &t.world.table, &t.arena, &t.blueprint, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "blueprint: no preset of a blueprint is called `complement`; did you mean `complements`?");
    write_file("l.yaml", "- a\n");
    path = ent_string_format(&scratch, "%s/l.yaml", folder);
    wanted =
        ent_string_format(&scratch, "%s:1:1: a blueprint is a mapping of keys, such as `sourcing: two-tier`", path);
    CHECK(ent_blueprint_read(path, &t.world.table, &t.arena, &t.blueprint, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
    ent_arena_close(&t.arena);
}

TEST(options_set_one_key, "")
{
    trial t;
    ent_error err = {0};
    MUST(try_in(&t, "actions: []\n", NULL), t.err);
#define SET(option) ent_blueprint_set(option, &t.world.table, &t.arena, &t.blueprint, &err)
    MUST(SET("closure=balanced"), err);
    MUST(SET("elasticities=4"), err);
    MUST(SET("elasticities.ELE=4.5"), err);
    MUST(SET("elasticities.services=9"), err);
    MUST(SET("output_elasticity={AGR: 0.2, ELE: 0.3}"), err);
    MUST(SET("mobility=specific"), err);
    CHECK(t.blueprint.closure == ENT_CLOSURE_BALANCED);
    CHECK(t.blueprint.trade_elasticity[AGR] == 4.0 && t.blueprint.trade_elasticity[ELE] == 4.5);
    CHECK(t.blueprint.trade_elasticity[SER] == 9.0 && t.blueprint.output_elasticity[ELE] == 0.3);
    CHECK(t.blueprint.mobility[0] == 1.0);
    CHECK_TEXT(t.blueprint.name, "default, changed");
    static const struct {
        const char *option, *sentence;
    } wrong[] = {
        {"closure", "--set closure: write KEY=VALUE, such as closure=balanced or elasticities.ELE=4.5"},
        {"=3", "--set =3: write KEY=VALUE, such as closure=balanced or elasticities.ELE=4.5"},
        {"closure=", "--set closure=: write KEY=VALUE, such as closure=balanced or elasticities.ELE=4.5"},
        {"closure=balnced", "--set closure=balnced: `closure` is fixed, balanced or proportional, not `balnced`"},
        {"clusure=fixed", "--set clusure=fixed: no key of a blueprint is called `clusure`; did you mean `closure`?"},
        {"elasticities.ELF=4", "--set elasticities.ELF=4: small has no sector or group called ELF; did you mean ELE?"},
        {"elasticities.ELE=-1", "--set elasticities.ELE=-1: elasticities is -1; it must be above 0"},
        {"elasticities.ELE=x",
         "--set elasticities.ELE=x: `ELE: x` is no number; write it with a decimal point, such as 4.5"},
        {"scale=0.67/theta2", "--set scale=0.67/theta2: 0.67/theta2: No such file or directory"},
        {"closure.x=fixed", "--set closure.x=fixed: a mapping stands where `closure` wants one word or number"},
        {"elasticities=[1", "--set elasticities=[1: what stands behind = is no word, no number and no {NAME: NUMBER}"},
    };
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        CHECK(SET(wrong[w].option) == ENT_BAD_INPUT);
        CHECK_TEXT(err.text, wrong[w].sentence);
    }
    ent_arena_close(&t.arena);
}

TEST(wrong_blueprints_are_refused, "")
{
    REFUSED(BLUEPRINT("armingtn"),
            "s.yaml:1:12: no preset of a blueprint is called `armingtn`; did you mean `armington`?");
    REFUSED(BLUEPRINT("{preset: krugmann}"),
            "s.yaml:1:21: no preset of a blueprint is called `krugmann`; did you mean `krugman`?");
    REFUSED(BLUEPRINT("[common]"), "s.yaml:1:12: a list stands where `blueprint` wants one word or number");
    REFUSED(BLUEPRINT("{sourcings: common}"),
            "s.yaml:1:13: no key of a blueprint is called `sourcings`; did you mean `sourcing`?");
    REFUSED(BLUEPRINT("{sourcing: by_use}"), "s.yaml:1:23: `sourcing` is common, by-use or two-tier, not `by_use`");
    REFUSED(BLUEPRINT("{market: [krugman]}"), "s.yaml:1:21: a list stands where `market` wants one word or number");
    REFUSED(BLUEPRINT("{elasticities: {ELE: four}}"),
            "s.yaml:1:33: `ELE: four` is no number; write it with a decimal point, such as 4.5");
    REFUSED(BLUEPRINT("{elasticities: {ELE: 0}}"), "s.yaml:1:33: elasticities is 0; it must be above 0");
    REFUSED(BLUEPRINT("{elasticities: {ELE: 450%}}"),
            "s.yaml:1:33: `ELE: 450%` is no number; write it with a decimal point, such as 4.5");
    REFUSED(BLUEPRINT("{elasticities: {Elephants: 4}}"),
            "s.yaml:1:28: small has no sector or group called Elephants; `entente world show` lists them");
    REFUSED(BLUEPRINT("{elasticities: [4, 5, 6]}"),
            "s.yaml:1:27: `elasticities` takes a number, a mapping of sectors or a file, not a list");
    REFUSED(BLUEPRINT("{elasticities: theta.csv}"),
            "s.yaml:1:27: this text may not read files; write the numbers in place of theta.csv");
    REFUSED(BLUEPRINT("{output_elasticity: -0.1}"), "s.yaml:1:32: output_elasticity is -0.1; it must be at least 0");
    REFUSED(BLUEPRINT("{scale: 0.5/theta}"),
            "s.yaml:1:20: small has no trade elasticity of AGR, over which this scale is said; give `elasticities`");
    REFUSED(BLUEPRINT("{scale: -1/theta}"), "s.yaml:1:20: scale is -1; it must be at least 0");
    REFUSED(BLUEPRINT("{scale: half/theta}"),
            "s.yaml:1:20: `scale: half` is no number; write it with a decimal point, such as 4.5");
    REFUSED(BLUEPRINT("{output_elasticity: 1/theta}"),
            "s.yaml:1:32: `output_elasticity: 1/theta` is no number; write it with a decimal point, such as 4.5");
    REFUSED(BLUEPRINT("{mobility: 0.5}"), "s.yaml:1:23: mobility is 0.5; it must be at least 1");
    REFUSED(BLUEPRINT("{mobility: {land: specific}}"),
            "s.yaml:1:24: small has no factor or group called land; `entente world show` lists them");
    REFUSED(BLUEPRINT("{entry_share: {USA: 1}}"), "s.yaml:1:32: entry_share is 1; it must be at least 0 and below 1");
    REFUSED(BLUEPRINT("{labour_supply: -1}"), "s.yaml:1:28: labour_supply is -1; it must be at least 0");
    REFUSED(BLUEPRINT("{pareto_shape: 0}"), "s.yaml:1:27: pareto_shape is 0; it must be above 0");
}

static void refused_file(const char *csv, const char *mapping, const char *sentence)
{
    ENT_SCRATCH scratch = {0};
    const char *folder = write_file("w.csv", csv);
    const char *text = ent_string_format(&scratch, BLUEPRINT("%s"), mapping);
    check_refused(__FILE__, __LINE__, text, folder, ent_string_format(&scratch, sentence, folder));
}

TEST(wrong_lists_in_files_are_refused, "")
{
    refused_file("sector,theta\nELF,4\n", "{elasticities: w.csv}",
                 "%s/w.csv:2:1: small has no sector or group called ELF; did you mean ELE?");
    refused_file("sector,theta\nELE,4\nELE,5\n", "{elasticities: w.csv}",
                 "%s/w.csv:3:1: ELE stands in line 2 already; keep one of them");
    refused_file("sector,theta\nELE,0\n", "{elasticities: w.csv}",
                 "%s/w.csv:2:5: elasticities is 0; it must be above 0");
    refused_file("sector,theta,sigma\nELE,4,5\n", "{elasticities: w.csv}",
                 "s.yaml:1:27: %s/w.csv has 3 columns; say which: {file: w.csv, column: ...}");
    refused_file("secteur,theta\nELE,4\n", "{elasticities: w.csv}",
                 "%s/w.csv: has no column 'sector'; is 'secteur' meant?");
    refused_file("sector,theta\nELE,4\n", "{elasticities: {file: w.csv, column: thetta}}",
                 "%s/w.csv: has no column 'thetta'; is 'theta' meant?");
    refused_file("sector\nELE\n", "{elasticities: w.csv}",
                 "s.yaml:1:27: %s/w.csv has 1 columns; say which: {file: w.csv, column: ...}");
}

TEST(the_manual_lists_every_key_and_preset, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_bytes manual;
    MUST(ent_bytes_read(ENT_SOURCE_DIR "/docs/SCENARIOS.md", 0, &arena, &manual, &err), err);
    for (ptrdiff_t k = 0; ent_blueprint_key_at(k) != NULL; k++) {
        const ent_blueprint_key *key = ent_blueprint_key_at(k);
        const char *row =
            ent_string_format(&arena, "| `%s` | %s | %s | %s |", key->key, key->values, key->preset, key->meaning);
        if (strstr(manual.data, row) == NULL) test_fail(__FILE__, __LINE__, "docs/SCENARIOS.md has no row\n%s", row);
    }
    for (ptrdiff_t p = 0; ent_blueprint_preset_at(p) != NULL; p++) {
        const ent_blueprint_preset *preset = ent_blueprint_preset_at(p);
        const char *row = ent_string_format(&arena, "| `%s` | `%s` | %s | %s |", preset->name, preset->settings,
                                            preset->meaning, preset->source);
        if (strstr(manual.data, row) == NULL) test_fail(__FILE__, __LINE__, "docs/SCENARIOS.md has no row\n%s", row);
    }
}
