/* scenario.c: the keys of a scenario and what they come to before any table is known. */
// SPDX-License-Identifier: MIT
#include "try.h"

static ent_status parse(const char *text, const char *path, const char *folder, ent_arena *arena,
                        ent_scenario *scenario, ent_error *err)
{
    return ent_scenario_parse((ent_bytes){text, strlen(text)}, path, folder, arena, scenario, err);
}

TEST(the_header_of_a_scenario, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_scenario s;
    MUST(parse("name: Truce ends\nsource: https://example.org/a\ndescription: |\n  two\n  lines\ndated: 2025-06-12\n"
               "world: worlds/mine.nc\nblueprint: ../b.yaml\nactions: []\n",
               "dir/x.yaml", "dir", &arena, &s, &err),
         err);
    CHECK_TEXT(s.path, "dir/x.yaml");
    CHECK_TEXT(s.name, "Truce ends");
    CHECK_TEXT(s.source, "https://example.org/a");
    CHECK_TEXT(s.world, "dir/worlds/mine.nc");
    CHECK_TEXT(s.blueprint, "dir/../b.yaml");
    MUST(parse("world: baseline2022\nblueprint: gtap-like\nactions: []\n", "dir/the.war.yaml", "dir", &arena, &s, &err),
         err);
    CHECK_TEXT(s.name, "the.war"); /* the file's */
    CHECK_TEXT(s.source, "");
    CHECK_TEXT(s.world, "baseline2022");
    CHECK_TEXT(s.blueprint, "gtap-like");
    MUST(parse("blueprint: {closure: balanced}\nactions: []\n", "", NULL, &arena, &s, &err), err);
    CHECK_TEXT(s.name, "scenario");
    CHECK(s.world == NULL && s.blueprint == NULL);
}

TEST(a_scenario_is_read_from_its_file, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_scenario s;
    char path[512], wanted[600];
    write_file("duties.csv", "exporter,rate\nCHN,0.3\n");
    const char *folder =
        write_file("war.yaml", "actions:\n  - duty: {importer: USA, file: duties.csv, column: rate}\n");
    snprintf(path, sizeof path, "%s/war.yaml", folder);
    MUST(ent_scenario_read(path, &arena, &s, &err), err); /* the CSV file is found beside it */
    CHECK_TEXT(s.name, "war");
    snprintf(path, sizeof path, "%s/peace.yaml", folder);
    snprintf(wanted, sizeof wanted, "%s: No such file or directory", path);
    CHECK(ent_scenario_read(path, &arena, &s, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
    snprintf(wanted, sizeof wanted, "%s: is a folder; name a file in it", folder);
    CHECK(ent_scenario_read(folder, &arena, &s, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
}

TEST(wrong_keys_of_a_scenario_are_refused, "")
{
    REFUSED("name: x\nactoins: []\n", "s.yaml:2:1: no key of a scenario is called `actoins`; did you mean `actions`?");
    REFUSED("name: x\nblueprints: {}\n",
            "s.yaml:2:1: no key of a scenario is called `blueprints`; did you mean `blueprint`?");
    REFUSED("name: x\n1: []\n", "s.yaml:2:1: no key of a scenario is called `1`; write name, description, dated, "
                                "source, world, blueprint, start or "
                                "actions");
    REFUSED("- a\n- b\n", "s.yaml:1:1: a scenario is a mapping of keys: name, world, blueprint, start, actions");
    REFUSED("just words\n", "s.yaml:1:1: a scenario is a mapping of keys: name, world, blueprint, start, actions");
    REFUSED("name: x\n", "s.yaml:1:1: the scenario has no `actions`; write `actions: []` where nothing is done");
    REFUSED("name: [x]\nactions: []\n", "s.yaml:1:7: a list stands where `name` wants one word or number");
    REFUSED("name: {a: b}\nactions: []\n", "s.yaml:1:7: a mapping stands where `name` wants one word or number");
    REFUSED("name:\nactions: []\n", "s.yaml:1:1: `name` is empty; write its value, or leave it out");
    REFUSED("actions: []\nactions: []\n",
            "s.yaml:2:1: the key actions stands twice, first at line 1, column 1; keep one of them");
    REFUSED("world: /etc/w.nc\nactions: []\n",
            "s.yaml:1:8: this text may not read files; write a name in place of /etc/w.nc");
    REFUSED("blueprint: b.yaml\nactions: []\n",
            "s.yaml:1:12: this text may not read files; write a name in place of b.yaml");
    REFUSED("", "s.yaml: holds nothing; write `name:` and `actions:`");
}

TEST(a_text_without_a_path_is_called_scenario, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_scenario s;
    CHECK(parse("actions: {}\n", "", NULL, &arena, &s, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "scenario:1:10: `actions` is a list: each item begins with a dash; [] for none");
}
