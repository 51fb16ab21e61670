/* scenario.c: a scenario's file, key by key: who it is, where it plays, what is done. */
// SPDX-License-Identifier: MIT
#include "scenario/blueprint.h"
#include "scenario/plan.h"
#include <string.h>

static ent_status check_keys(const ent_reading *reading, const ent_yaml *root)
{
    if (root->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, root, "a scenario is a mapping of keys: name, world, blueprint, start, actions");
    for (const ent_yaml *value = root->first; value != NULL; value = value->next)
        if (ent_words_find(ENT_SCENARIO_KEYS, value->key->text) < 0)
            return ent_reading_unknown(reading, value->key, value->key->text, "key of a scenario", ENT_SCENARIO_KEYS);
    return ENT_OK;
}

static ent_status take_text(const ent_reading *reading, const ent_yaml *root, const char *key, const char *absent,
                            const char **text)
{
    const ent_yaml *value = ent_yaml_find(root, key);
    *text = absent;
    return value == NULL ? ENT_OK : ent_reading_text(reading, value, text);
}

/* A name as it is, a path from the scenario's folder. */
static ent_status take_place(const ent_reading *reading, const ent_yaml *value, const char **place)
{
    const char *text;
    ENT_TRY(ent_reading_text(reading, value, &text));
    if (ent_is_path(text) && reading->folder == NULL)
        return ENT_REFUSE(reading, value, "this text may not read files; write a name in place of %s",
                          ent_yaml_short(text).text);
    *place = ent_is_path(text) ? ent_path_join(reading->arena, reading->folder, text) : text;
    return *place == NULL ? ent_reading_no_memory(reading) : ENT_OK;
}

static ent_status take_blueprint(const ent_reading *reading, const ent_yaml *root, ent_scenario *scenario)
{
    const ent_yaml *value = ent_yaml_find(root, "blueprint");
    if (value == NULL) return ENT_OK;
    if (value->kind == YAML_MAPPING) {
        scenario->file->blueprint = value;
        return ent_blueprint_check_keys(reading, value);
    }
    ENT_TRY(take_place(reading, value, &scenario->blueprint));
    return ent_is_path(value->text) ? ENT_OK : ent_blueprint_check_preset(reading, value);
}

/* The file's name without folder and ending. */
static const char *stem(const ent_reading *reading, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *dot = strrchr(name, '.');
    if (*name == 0) return "scenario";
    return ent_string_copy_n(reading->arena, name, dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
}

static ent_status take_texts(const ent_reading *reading, const ent_yaml *root, ent_scenario *scenario)
{
    const char *ignored;
    const ent_yaml *world = ent_yaml_find(root, "world");
    ENT_TRY(take_text(reading, root, "name", NULL, &scenario->name));
    ENT_TRY(take_text(reading, root, "source", "", &scenario->source));
    ENT_TRY(take_text(reading, root, "description", "", &ignored));
    ENT_TRY(take_text(reading, root, "dated", "", &ignored));
    if (scenario->name == NULL) scenario->name = stem(reading, scenario->path);
    if (scenario->name == NULL) return ent_reading_no_memory(reading);
    return world == NULL ? ENT_OK : take_place(reading, world, &scenario->world);
}

static ent_status take_actions(const ent_reading *reading, const ent_yaml *root, ent_scenario_file *file)
{
    const ent_yaml *start = ent_yaml_find(root, "start"), *actions = ent_yaml_find(root, "actions");
    ent_kept_file *kept = NULL;
    if (start != NULL)
        ENT_TRY(ent_actions_read(reading, start, ENT_ACTION_duty, &kept, &file->start, &file->start_count));
    if (actions == NULL) return ENT_OK;
    return ent_actions_read(reading, actions, ENT_ACTIONS, &kept, &file->actions, &file->action_count);
}

ent_status ent_scenario_take(const ent_reading *reading, const ent_yaml *root, ent_scenario *scenario)
{
    *scenario = (ent_scenario){.path = reading->path, .source = ""};
    scenario->file = ent_new0(reading->arena, ent_scenario_file, 1);
    if (scenario->file == NULL) return ent_reading_no_memory(reading);
    scenario->file->path = reading->path;
    scenario->file->folder = reading->folder;
    scenario->file->root = root;
    ENT_TRY(take_texts(reading, root, scenario));
    ENT_TRY(take_blueprint(reading, root, scenario));
    return take_actions(reading, root, scenario->file);
}

ent_status ent_scenario_parse(ent_bytes bytes, const char *path, const char *folder, ent_arena *arena,
                              ent_scenario *scenario, ent_error *err)
{
    const ent_yaml *root;
    ent_reading reading;
    ENT_TRY(ent_reading_begin(path, "scenario", folder, arena, &reading, err));
    ENT_TRY(ent_yaml_read(bytes, reading.path, arena, &root, err));
    ENT_TRY(check_keys(&reading, root));
    if (ent_yaml_find(root, "actions") == NULL)
        return ENT_REFUSE(&reading, root, "the scenario has no `actions`; write `actions: []` where nothing is done");
    ENT_TRY(ent_scenario_take(&reading, root, scenario));
    scenario->path = path[0] != 0 ? reading.path : "";
    return ENT_OK;
}

ent_status ent_scenario_read(const char *path, ent_arena *arena, ent_scenario *scenario, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    const char *folder = ent_path_folder(&scratch, path);
    if (folder == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", path);
    ENT_TRY(ent_bytes_read(path, YAML_LARGEST, &scratch, &bytes, err));
    return ent_scenario_parse(bytes, path, folder, arena, scenario, err);
}
