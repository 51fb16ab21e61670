/* routes_scenario.c: a scenario as text and as rows, both ways. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include <string.h>

static void say_checked(const ent_scenario *scenario, const web_world *world, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    const char *const *lines;
    ptrdiff_t count;
    int line, column;
    const ent_status status = ent_scenario_lines(scenario, arena, &lines, &count, &err);
    if (status != ENT_OK) {
        web_say_failure(status, NULL, &err, -1, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    ent_json_key(&json, "scenario");
    ent_scenario_tree(scenario, &json);
    ent_json_key(&json, "places");
    ent_json_open(&json, '[');
    for (ptrdiff_t a = 0; ent_scenario_place_at(scenario, a, &line, &column); a++) {
        ent_json_open(&json, '{');
        ent_json_pair_integer(&json, "line", line);
        ent_json_pair_integer(&json, "column", column);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_key(&json, "lines");
    ent_json_open(&json, '[');
    for (ptrdiff_t l = 0; l < count; l++) ent_json_string(&json, lines[l]);
    ent_json_close(&json, ']');
    ent_json_pair(&json, "world", world->table.name);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

/* Names are looked up as a run would: laid out and placed, so that what passes here can be run. */
static ent_status check(web_app *app, const char *yaml, const char *world_name, web_watch *watch, ent_arena *arena,
                        ent_scenario *scenario, const web_world **world, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_bytes bytes = {yaml, strlen(yaml)};
    ent_options options = ent_options_default();
    web_benchmark *base = NULL;
    ent_policy policy;
    options.stop = web_watch_stop;
    options.stop_who = watch;
    ENT_TRY(ent_scenario_parse(bytes, "", NULL, arena, scenario, err));
    *world = web_world_find(&app->worlds, world_name != NULL ? world_name : scenario->world, err);
    if (*world == NULL) return ENT_BAD_INPUT;
    const web_choice choice = {.world = *world, .scenario = scenario, .options = &options};
    ENT_TRY(web_benchmark_take(&app->worlds, &choice, &base, err));
    const ent_status status = ent_scenario_place(scenario, &base->net, &scratch, &policy, err);
    web_benchmark_give(&app->worlds, base);
    return status;
}

void web_ask_scenario_check(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena,
                            web_response *response)
{
    const char *yaml = NULL, *world_name = NULL;
    const ask_member members[] = {{"yaml", ASK_TEXT, &yaml, NULL}, {"world", ASK_TEXT, &world_name, NULL}};
    ent_scenario scenario;
    const web_world *world;
    ent_error err = {0};
    ent_status status = ask_read(body, members, 2, arena, &err);
    if (status == ENT_OK && yaml == NULL) status = ask_fail(&err, body, "there is no scenario: `yaml` is its text");
    if (status != ENT_OK || yaml == NULL) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = check(app, yaml, world_name, watch, arena, &scenario, &world, &err);
    if (status == ENT_OK)
        say_checked(&scenario, world, arena, response);
    else
        web_say_failure(status, watch, &err, -1, arena, response);
}

void web_ask_scenario_yaml(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena,
                           web_response *response)
{
    const ent_json_value *tree = NULL;
    const ask_member members[] = {{"scenario", ASK_OBJECT, &tree, NULL}};
    ent_text yaml = {.arena = arena}, text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    (void)app, (void)watch;
    ent_status status = ask_read(body, members, 1, arena, &err);
    if (status == ENT_OK && tree == NULL) status = ask_fail(&err, body, "there is no `scenario`, an object of rows");
    if (status == ENT_OK) status = ent_scenario_say(tree, &yaml, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    ent_json_pair(&json, "yaml", yaml.data);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}
