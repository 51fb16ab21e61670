/* tree.c: a scenario's text, its tree and the text made of that tree mean the same. */
// SPDX-License-Identifier: MIT
#include "test.h"

static ent_status parse(const char *yaml, ent_arena *arena, ent_scenario *scenario, ent_error *err)
{
    return ent_scenario_parse((ent_bytes){yaml, strlen(yaml)}, "", NULL, arena, scenario, err);
}

static const char *tree_of(const ent_scenario *scenario, ent_arena *arena)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_scenario_tree(scenario, &json);
    return text.failed ? "" : text.data;
}

/* text -> tree -> text -> tree: the second tree is the first; so are the actions in words. */
static void check_round(const char *yaml)
{
    ENT_SCRATCH scratch = {0};
    ent_scenario first, second;
    const ent_json_value *value;
    ent_error err = {0};
    ent_text again = {.arena = &scratch};
    const char *const *lines[2];
    ptrdiff_t count[2];
    MUST(parse(yaml, &scratch, &first, &err), err);
    const char *tree = tree_of(&first, &scratch);
    MUST(ent_json_read((ent_bytes){tree, strlen(tree)}, "tree", &scratch, &value, &err), err);
    MUST(ent_scenario_say(value, &again, &err), err);
    MUST(parse(again.data, &scratch, &second, &err), err);
    CHECK_TEXT(tree_of(&second, &scratch), tree);
    MUST(ent_scenario_lines(&first, &scratch, &lines[0], &count[0], &err), err);
    MUST(ent_scenario_lines(&second, &scratch, &lines[1], &count[1], &err), err);
    CHECK(count[0] == count[1]);
    for (ptrdiff_t l = 0; l < count[0] && l < count[1]; l++) CHECK_TEXT(lines[1][l], lines[0][l]);
}

TEST(a_text_made_of_a_tree_gives_the_tree_back, "scenario")
{
    check_round("actions: []\n");
    check_round("name: Steel\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: ELE, add: 25%}\n");
    check_round("name: \"quotes \\\" and \\\\, a: b # c, [x], {y}\"\nsource: >-\n  two\n  lines\nactions: []\n");
    check_round("name: \" blanks \"\nsource: \"tab\\t new\\nline \\x85 \\u2028 \\ufeff é 中 𐍈\"\nactions: []\n");
    check_round("name: '-'\nsource: '- a'\ndated: '?'\nactions: []\n");
    check_round("name: '&a'\nsource: '*a'\ndescription: '!t'\ndated: '%d'\nactions: []\n");
    check_round("name: 'null'\nsource: '~'\ndescription: 'yes'\ndated: 2025-06-03\nactions: []\n");
    check_round(
        "world: baseline2022\nblueprint: {sourcing: two-tier, elasticities: {ELE: 4.5, all: 3}}\nactions: []\n");
    check_round("start:\n  - duty: {importer: USA, exporter: {of: WEST, not: [CAN, MEX]}, set: -2.5%}\nactions:\n"
                "  - export_tax:\n      exporter: CHN\n      importer: [USA, 'Rest of the world']\n      set: 1e1 %\n"
                "  - transfer: {from: EUU, to: ROW, amount: 10e9 USD}\n"
                "  - trade_cost: {exporter: all, importer: rest, change: \xE2\x88\x92"
                "5%}\n");
}

TEST(a_tree_is_the_text_mapping_for_mapping, "scenario")
{
    ENT_SCRATCH scratch = {0};
    ent_scenario scenario;
    ent_error err = {0};
    int line = 0, column = 0;
    MUST(parse("name: A\nstart:\n  - duty: {importer: USA, exporter: CHN, set: 40%}\nactions:\n\n"
               "  - duty:\n      importer: [CAN, MEX]\n      exporter: {not: USA}\n      add: 010%\n",
               &scratch, &scenario, &err),
         err);
    CHECK_TEXT(
        tree_of(&scenario, &scratch),
        "{\"name\":\"A\",\"start\":[{\"duty\":{\"importer\":\"USA\",\"exporter\":\"CHN\",\"set\":\"40%\"}}],"
        "\"actions\":[{\"duty\":{\"importer\":[\"CAN\",\"MEX\"],\"exporter\":{\"not\":\"USA\"},\"add\":\"010%\"}}]}");
    CHECK(ent_scenario_place_at(&scenario, 0, &line, &column) && line == 3 && column == 5);
    CHECK(ent_scenario_place_at(&scenario, 1, &line, &column) && line == 6 && column == 5);
    CHECK(!ent_scenario_place_at(&scenario, 2, &line, &column) &&
          !ent_scenario_place_at(&scenario, -1, &line, &column));
}

static void check_said(const char *tree, const char *wanted)
{
    ENT_SCRATCH scratch = {0};
    const ent_json_value *value;
    ent_error err = {0};
    ent_text yaml = {.arena = &scratch};
    MUST(ent_json_read((ent_bytes){tree, strlen(tree)}, "tree", &scratch, &value, &err), err);
    if (ent_scenario_say(value, &yaml, &err) == ENT_OK)
        CHECK_TEXT(yaml.data, wanted);
    else
        CHECK_TEXT(err.text, wanted);
}

TEST(rows_become_one_line_each_as_a_person_would_write_them, "scenario")
{
    check_said(
        "{\"name\": \"Steel\", \"actions\": [{\"duty\": {\"importer\": \"USA\", \"exporter\": [\"CHN\", \"IND\"], "
        "\"add\": \"25%\"}}]}",
        "name: Steel\nactions:\n  - duty: {importer: USA, exporter: [CHN, IND], add: 25%}\n");
    check_said("{\"name\": 12, \"actions\": []}", "name: 12\nactions: []\n");
    check_said("{\"name\": \"a: b\", \"blueprint\": {\"labour_supply\": 0.5}, \"actions\": [{\"x\": 1, \"y\": true}]}",
               "name: \"a: b\"\nblueprint: {labour_supply: 0.5}\nactions:\n  - {x: 1, y: true}\n");
    check_said("[]", "scenario: it must be an object with keys such as \"name\" and \"actions\"");
    check_said("{}", "scenario: it must be an object with keys such as \"name\" and \"actions\"");
    check_said("{\"name\": null}", "scenario: `name` is null; write a text, or leave it out");
}

TEST(a_strangers_setting_names_no_file, "scenario")
{
    ENT_SCRATCH scratch = {0};
    ent_table table;
    ent_blueprint blueprint;
    ent_error err = {0};
    MUST(ent_table_read("baseline2022", &scratch, &table, &err), err);
    MUST(ent_blueprint_default(&table, &scratch, &blueprint, &err), err);
    CHECK(ent_blueprint_set_plain("elasticities=/etc/passwd", &table, &scratch, &blueprint, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "--set elasticities=/etc/passwd: this text may not read files; write the numbers in place of "
                         "/etc/passwd");
    CHECK(ent_blueprint_set_plain("elasticities={file: x.csv, column: y}", &table, &scratch, &blueprint, &err) ==
          ENT_BAD_INPUT);
    CHECK(strstr(err.text, "this text may not read files") != NULL);
    MUST(ent_blueprint_set_plain("elasticities.ELE=4.5", &table, &scratch, &blueprint, &err), err);
    CHECK_NEAR(blueprint.trade_elasticity[ent_names_find(&table.sectors, "ELE")], 4.5, 0.0);
}

/* Words apart by blanks: is `word` one of them? */
static int has_word(const char *words, const char *word, size_t length)
{
    for (const char *c = words; *c != 0;) {
        const size_t here = strcspn(c, " ");
        if (here == length && strncmp(c, word, length) == 0) return 1;
        c += here + strspn(c + here, " ");
    }
    return 0;
}

TEST(every_action_has_a_row_and_takes_what_it_needs, "scenario")
{
    ptrdiff_t count = 0;
    for (const ent_action_row *row; (row = ent_action_row_at(count)) != NULL; count++) {
        CHECK(row->name[0] != 0 && row->label[0] != 0);
        for (const char *c = row->needs; *c != 0;) {
            const size_t length = strcspn(c, " ");
            if (!has_word(row->takes, c, length))
                test_fail(__FILE__, __LINE__, "%s needs %.*s but does not take it", row->name, (int)length, c);
            c += length + strspn(c + length, " ");
        }
    }
    CHECK(count >= 6 && ent_action_row_at(-1) == NULL);
}

TEST(the_nth_allocation_of_a_tree_and_its_text_fails_cleanly, "faults")
{
    static const char tree[] =
        "{\"name\": \"A\", \"actions\": [{\"duty\": {\"importer\": \"USA\", \"add\": \"25%\"}}]}";
    for (long n = 1;; n++) {
        ENT_SCRATCH scratch = {0};
        const ent_json_value *value;
        ent_error err = {0};
        ent_text yaml = {.arena = &scratch};
        test_fail_allocation(n);
        ent_status status = ent_json_read((ent_bytes){tree, strlen(tree)}, "tree", &scratch, &value, &err);
        if (status == ENT_OK) status = ent_scenario_say(value, &yaml, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
        CHECK(n < 100);
    }
}
