/* contest.c: a game file, key by key. The scenario in it is read by the scenario room; what is left is who plays, what
 * is asked and what talks need. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include <string.h>

static const char KEYS[] = ENT_SCENARIO_KEYS " players concepts talks";

ent_status ent_keys_check(const ent_reading *reading, const ent_yaml *mapping, const char *what, const char *keys)
{
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next)
        if (ent_words_find(keys, value->key->text) < 0)
            return ent_reading_unknown(reading, value->key, value->key->text, what, keys);
    return ENT_OK;
}

ent_status ent_actions_upon(const ent_scenario *base, const ent_scenario *const *own, ptrdiff_t count, ent_arena *arena,
                            ent_scenario *whole)
{
    ptrdiff_t actions = base->file->action_count;
    for (ptrdiff_t k = 0; k < count; k++) actions += own[k]->file->action_count;
    ent_scenario_file *file = ent_new0(arena, ent_scenario_file, 1);
    ent_action *all = ent_new(arena, ent_action, actions + 1);
    if (file == NULL || all == NULL) return ENT_NO_MEMORY;
    *whole = *base;
    *file = *base->file;
    file->actions = all;
    file->action_count = 0;
    for (ptrdiff_t k = -1; k < count; k++) {
        const ent_scenario_file *from = k < 0 ? base->file : own[k]->file;
        for (ptrdiff_t a = 0; a < from->action_count; a++) all[file->action_count++] = from->actions[a];
    }
    whole->file = file;
    return ENT_OK;
}

/* One package, or a step of a ladder: a name and actions that are laid upon those of the status quo. */
static ent_status take_package(const ent_reading *reading, const ent_yaml *item, const char *what,
                               const ent_scenario *base, ent_package_file *package)
{
    if (item->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, item, "a %s is a mapping: {name: ..., actions: [...]}", what);
    const char *keys = ent_string_format(reading->arena, "key of a %s", what);
    if (keys == NULL) return ent_reading_no_memory(reading);
    ENT_TRY(ent_keys_check(reading, item, keys, "name actions"));
    const ent_yaml *name = ent_yaml_find(item, "name"), *actions = ent_yaml_find(item, "actions");
    if (name == NULL) return ENT_REFUSE(reading, item, "a %s needs `name`", what);
    if (actions == NULL)
        return ENT_REFUSE(reading, item, "a %s needs `actions`, the scenario's actions that make it", what);
    ent_scenario_file *own = ent_new0(reading->arena, ent_scenario_file, 1);
    ent_kept_file *kept = NULL;
    if (own == NULL) return ent_reading_no_memory(reading);
    *own = (ent_scenario_file){.path = reading->path, .folder = reading->folder};
    package->own = *base;
    ENT_TRY(ent_reading_text(reading, name, &package->own.name));
    ENT_TRY(ent_actions_read(reading, actions, ENT_ACTIONS, &kept, &own->actions, &own->action_count));
    package->actions = actions;
    package->own.file = own;
    const ent_scenario *const only = &package->own;
    if (ent_actions_upon(base, &only, 1, reading->arena, &package->whole) != ENT_OK)
        return ent_reading_no_memory(reading);
    package->whole.name = package->own.name;
    return ENT_OK;
}

/* what: "package"; each of another name. */
static ent_status take_list(const ent_reading *reading, const ent_yaml *list, const char *what,
                            const ent_scenario *base, ent_package_file **packages, ptrdiff_t *count)
{
    *packages = ent_new0(reading->arena, ent_package_file, list->count);
    if (*packages == NULL) return ent_reading_no_memory(reading);
    for (const ent_yaml *item = list->first; item != NULL; item = item->next) {
        ent_package_file *package = &(*packages)[*count];
        ENT_TRY(take_package(reading, item, what, base, package));
        for (ptrdiff_t p = 0; p < *count; p++)
            if (strcmp((*packages)[p].own.name, package->own.name) == 0)
                return ENT_REFUSE(reading, ent_yaml_find(item, "name"), "two %ss are called %s; rename one", what,
                                  ent_yaml_short(package->own.name).text);
        (*count)++;
    }
    return ENT_OK;
}

static ent_status take_packages(const ent_reading *reading, const ent_yaml *list, const ent_scenario *base,
                                ent_contest_file *file)
{
    if (list == NULL) return ENT_OK;
    if (list->kind != YAML_SEQUENCE || list->count == 0)
        return ENT_REFUSE(reading, list,
                          "`packages` is a list: each deal begins with a dash, and has `name` and `actions`");
    return take_list(reading, list, "package", base, &file->package, &file->packages);
}

/* ladders: {USA: [{name: ..., actions: [...]}, ...], CHN: [...]} */
static ent_status take_ladders(const ent_reading *reading, const ent_yaml *ladders, const ent_scenario *base,
                               ent_contest_file *file)
{
    if (ladders == NULL) return ENT_OK;
    if (ladders->kind != YAML_MAPPING || ladders->count == 0)
        return ENT_REFUSE(reading, ladders,
                          "`ladders` is a mapping from players to lists of steps, such as {USA: [{name: ..., "
                          "actions: [...]}]}");
    file->ladder = ent_new0(reading->arena, ent_ladder_file, ladders->count);
    if (file->ladder == NULL) return ent_reading_no_memory(reading);
    for (const ent_yaml *list = ladders->first; list != NULL; list = list->next) {
        ent_ladder_file *ladder = &file->ladder[file->ladders++];
        ladder->side = list->key;
        if (list->kind != YAML_SEQUENCE || list->count == 0)
            return ENT_REFUSE(reading, list,
                              "the ladder of %s is a list of steps, each with `name` and `actions`; doing nothing is a "
                              "step already",
                              ent_yaml_short(list->key->text).text);
        ENT_TRY(take_list(reading, list, "step", base, &ladder->step, &ladder->steps));
        const ent_yaml *item = list->first;
        for (ptrdiff_t k = 0; k < ladder->steps; k++, item = item->next)
            if (strcmp(ladder->step[k].own.name, "nothing") == 0)
                return ENT_REFUSE(reading, ent_yaml_find(item, "name"),
                                  "doing nothing is everybody's first step already; leave it out, or call this one "
                                  "something else");
    }
    return ENT_OK;
}

static ent_status take(const ent_reading *reading, const ent_yaml *root, ent_contest *contest)
{
    ent_contest_file *file = contest->file;
    if (root->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, root, "a game is a mapping of keys: name, world, actions, players, concepts, talks");
    ENT_TRY(ent_keys_check(reading, root, "key of a game", KEYS));
    ENT_TRY(ent_scenario_take(reading, root, &contest->scenario));
    file->root = root;
    file->players = ent_yaml_find(root, "players");
    file->concepts = ent_yaml_find(root, "concepts");
    file->talks = ent_yaml_find(root, "talks");
    if (file->players == NULL)
        return ENT_REFUSE(reading, root, "the game has no `players`; write who plays, such as `players: [USA, CHN]`");
    ENT_TRY(ent_players_check(reading, file->players));
    if (file->concepts != NULL) ENT_TRY(ent_concepts_check(reading, file->concepts));
    if (file->talks == NULL) return ENT_OK;
    ENT_TRY(ent_terms_check(reading, file->talks));
    ENT_TRY(take_packages(reading, ent_yaml_find(file->talks, "packages"), &contest->scenario, file));
    return take_ladders(reading, ent_yaml_find(file->talks, "ladders"), &contest->scenario, file);
}

ent_status ent_contest_parse(ent_bytes bytes, const char *path, const char *folder, ent_arena *arena,
                             ent_contest *contest, ent_error *err)
{
    const ent_yaml *root;
    ent_reading reading;
    *contest = (ent_contest){0};
    ENT_TRY(ent_reading_begin(path, "game", folder, arena, &reading, err));
    contest->file = ent_new0(arena, ent_contest_file, 1);
    if (contest->file == NULL) return ent_reading_no_memory(&reading);
    contest->file->path = reading.path;
    contest->file->folder = reading.folder;
    ENT_TRY(ent_yaml_read(bytes, reading.path, arena, &root, err));
    ENT_TRY(take(&reading, root, contest));
    contest->scenario.path = path[0] != 0 ? reading.path : "";
    return ENT_OK;
}

ent_status ent_contest_read(const char *path, ent_arena *arena, ent_contest *contest, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    const char *folder = ent_path_folder(&scratch, path);
    if (folder == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", path);
    ENT_TRY(ent_bytes_read(path, YAML_LARGEST, &scratch, &bytes, err));
    return ent_contest_parse(bytes, path, folder, arena, contest, err);
}

ent_status ent_contest_seat(const ent_contest *contest, const ent_network *net, ent_arena *arena, ent_seats *seats,
                            ent_error *err)
{
    const ent_contest_file *file = contest->file;
    const ent_reading reading = {file->path, file->folder, arena, err};
    const ent_seating at = {&reading, net, seats};
    *seats = (ent_seats){.contest = contest, .net = net};
    ENT_TRY(ent_scenario_place(&contest->scenario, net, arena, &seats->policy, err));
    ENT_TRY(ent_players_seat(&at, file->players));
    ENT_TRY(ent_concepts_seat(&at, file->concepts));
    return ent_terms_seat(&at, file);
}
