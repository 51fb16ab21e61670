/* blueprint.c: settings of a blueprint from a mapping, a file, a preset or `--set`. All go one way: a small tree of
 * YAML is applied key by key, in the order of blueprint.def. Rows of that list say which member a key sets and within
 * which range; how members depend on each other is the network's to check. */
// SPDX-License-Identifier: MIT
#include "scenario/blueprint.h"
#include "scenario/choice.h"
#include "scenario/ground.h"
#include "scenario/quantity.h"
#include "text/records.h"
#include <math.h>
#include <string.h>

typedef enum {
    KEY_CHOICE,
    KEY_NUMBER,
    KEY_SECTORS,
    KEY_FACTORS,
    KEY_REGIONS
} key_kind;

typedef struct {
    key_kind kind;
    const char *key, *words;
    size_t member; /* offset in ent_blueprint, unless a choice */
    double least;
    int open;
    double below;
} key_row;

#define LIST_ROW(kind, key, member, least, open, below)                                                                \
    {kind, #key, "", offsetof(ent_blueprint, member), least, open, below},
#define CHOICE(key, type, words, preset, meaning)                 {KEY_CHOICE, #key, words, 0, 0.0, 0, 0.0},
#define NUMBER(key, member, least, open, below, preset, meaning)  LIST_ROW(KEY_NUMBER, key, member, least, open, below)
#define SECTORS(key, member, least, open, below, preset, meaning) LIST_ROW(KEY_SECTORS, key, member, least, open, below)
#define FACTORS(key, member, least, open, below, preset, meaning) LIST_ROW(KEY_FACTORS, key, member, least, open, below)
#define REGIONS(key, member, least, open, below, preset, meaning) LIST_ROW(KEY_REGIONS, key, member, least, open, below)
static const key_row rows[] = {
#include "scenario/blueprint.def"
};
#undef CHOICE
#undef NUMBER
#undef SECTORS
#undef FACTORS
#undef REGIONS
enum {
    ROWS = sizeof rows / sizeof *rows
};

static const char FREE_KEYS[] =
    "name source description preset"; /* of a file: who it is; of a mapping: what it changes */

/* For help, docs and the list of keys in sentences. */
#define CHOICE(key, type, words, preset, meaning)                 {#key, words, preset, meaning},
#define NUMBER(key, member, least, open, below, preset, meaning)  {#key, "a number", preset, meaning},
#define SECTORS(key, member, least, open, below, preset, meaning) {#key, "by sector", preset, meaning},
#define FACTORS(key, member, least, open, below, preset, meaning) {#key, "by factor", preset, meaning},
#define REGIONS(key, member, least, open, below, preset, meaning) {#key, "by region", preset, meaning},
static const ent_blueprint_key key_list[] = {
#include "scenario/blueprint.def"
};
#undef CHOICE
#undef NUMBER
#undef SECTORS
#undef FACTORS
#undef REGIONS

#define PRESET(name, settings, meaning, source) {name, settings, meaning, source},
static const ent_blueprint_preset presets[] = {
#include "scenario/presets.def"
};
#undef PRESET
#define PRESET(name, settings, meaning, source) name " "
static const char PRESET_NAMES[] =
#include "scenario/presets.def"
    ;
#undef PRESET
enum {
    PRESETS = sizeof presets / sizeof *presets
};

const ent_blueprint_key *ent_blueprint_key_at(ptrdiff_t index)
{
    return index >= 0 && index < ROWS ? &key_list[index] : NULL;
}

const ent_blueprint_preset *ent_blueprint_preset_at(ptrdiff_t index)
{
    return index >= 0 && index < PRESETS ? &presets[index] : NULL;
}

/* ---- form ---- */
static const key_row *find_row(const char *key)
{
    for (int r = 0; r < ROWS; r++)
        if (strcmp(rows[r].key, key) == 0) return &rows[r];
    return NULL;
}

ent_status ent_blueprint_check_preset(const ent_reading *reading, const ent_yaml *name)
{
    const char *text;
    ENT_TRY(ent_reading_text(reading, name, &text));
    if (ent_words_find(PRESET_NAMES, text) >= 0) return ENT_OK;
    return ent_reading_unknown(reading, name, text, "preset of a blueprint", PRESET_NAMES);
}

ent_status ent_blueprint_check_keys(const ent_reading *reading, const ent_yaml *mapping)
{
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) {
        const char *key = value->key->text;
        if (find_row(key) != NULL || ent_words_find(FREE_KEYS, key) >= 0) continue;
        ENT_SCRATCH scratch = {0};
        ent_text known = {.arena = &scratch};
        for (int r = 0; r < ROWS; r++) ent_text_say(&known, "%s ", rows[r].key);
        ent_text_say(&known, "preset");
        if (known.failed) return ent_reading_no_memory(reading);
        return ent_reading_unknown(reading, value->key, key, "key of a blueprint", known.data);
    }
    const ent_yaml *preset = ent_yaml_find(mapping, "preset");
    return preset == NULL ? ENT_OK : ent_blueprint_check_preset(reading, preset);
}

/* ---- values ---- */
/* A blueprint under change, and the table that gives its names. */
typedef struct {
    const ent_reading *reading;
    const ent_table *table;
    ent_blueprint *blueprint;
    int of_preset; /* its settings are our own: what they name and this world lacks needs no setting */
} drafting;

static ent_status check_range(const drafting *draft, const key_row *row, const char *path, const ent_yaml *at,
                              double value)
{
    if ((row->open ? value > row->least : value >= row->least) && value < row->below) return ENT_OK;
    if (row->kind == KEY_FACTORS && value == INFINITY) return ENT_OK;
    if (isfinite(row->below))
        return ent_yaml_fail(draft->reading->err, path, at, "%s is %.10g; it must be %s %g and below %g", row->key,
                             value, row->open ? "above" : "at least", row->least, row->below);
    return ent_yaml_fail(draft->reading->err, path, at, "%s is %.10g; it must be %s %g", row->key, value,
                         row->open ? "above" : "at least", row->least);
}

static ent_status take_number(const drafting *draft, const key_row *row, const ent_yaml *node, double *value)
{
    if (row->kind == KEY_FACTORS && node->kind == YAML_SCALAR) {
        const int word = ent_words_find("mobile specific", node->text);
        if (word >= 0) {
            *value = word == 0 ? INFINITY : 1.0;
            return ENT_OK;
        }
    }
    ENT_TRY(ent_quantity_number(draft->reading, node, value));
    return check_range(draft, row, draft->reading->path, node, *value);
}

static ent_nameable names_of(const drafting *draft, const key_row *row, const ent_groups *none)
{
    const ent_naming naming = ent_naming_of(draft->table);
    if (row->kind == KEY_SECTORS) return naming.sectors;
    if (row->kind == KEY_REGIONS) return naming.regions;
    return (ent_nameable){&draft->table->factors, none, "factor", naming.regions.table};
}

/* A value for members of a list: a number, or for `scale` a number of trade elasticities: "0.67/theta". */
typedef struct {
    const ent_yaml *at;
    double number;
    int over_theta;
} list_value;

static ent_status take_value(const drafting *draft, const key_row *row, const ent_yaml *node, list_value *value)
{
    *value = (list_value){.at = node};
    const char *slash = node->kind == YAML_SCALAR ? strchr(node->text, '/') : NULL;
    if (row->member != offsetof(ent_blueprint, scale) || slash == NULL || strcmp(slash, "/theta") != 0)
        return take_number(draft, row, node, &value->number);
    ENT_SCRATCH scratch = {0};
    ent_yaml before = *node;
    before.text = ent_string_copy_n(&scratch, node->text, (size_t)(slash - node->text));
    if (before.text == NULL) return ent_reading_no_memory(draft->reading);
    value->over_theta = 1;
    return take_number(draft, row, &before, &value->number);
}

static ent_status put_one(const drafting *draft, const ent_nameable *among, const list_value *value, ptrdiff_t m,
                          double *list)
{
    const double theta = value->over_theta ? draft->blueprint->trade_elasticity[m] : 1.0;
    if (isnan(theta))
        return ENT_REFUSE(draft->reading, value->at,
                          "%s has no trade elasticity of %s, over which this scale is said; give "
                          "`elasticities`",
                          among->table, among->names->code[m]);
    list[m] = value->number / theta;
    return ENT_OK;
}

static ent_status put(const drafting *draft, const ent_yaml *name, const ent_nameable *among, const list_value *value,
                      double *list)
{
    ENT_SCRATCH scratch = {0};
    unsigned char *member = ent_new0(&scratch, unsigned char, among->names->count);
    if (member == NULL) return ent_reading_no_memory(draft->reading);
    if (draft->of_preset && strcmp(name->text, "all") != 0 && ent_nameable_find(among, name->text) < 0 &&
        ent_names_find(&among->groups->names, name->text) < 0)
        return ENT_OK;
    ENT_TRY(ent_choice_resolve(draft->reading, name, "all", among, NULL, member));
    for (ptrdiff_t m = 0; m < among->names->count; m++)
        if (member[m]) ENT_TRY(put_one(draft, among, value, m, list));
    return ENT_OK;
}

/* ---- values from a file ---- */
/* The column of values: as named, or the only one beside the names. */
static ent_status find_value_column(const drafting *draft, const ent_records *records, ptrdiff_t name,
                                    const ent_yaml *file, const ent_yaml *column, ptrdiff_t *value)
{
    if (column != NULL) return ent_records_column(records, column->text, value, draft->reading->err);
    *value = name == 0 ? 1 : 0;
    if (records->columns.count == 2) return ENT_OK;
    return ENT_REFUSE(draft->reading, file, "%s has %td columns; say which: {file: %s, column: ...}", records->csv.path,
                      records->columns.count, ent_yaml_short(file->text).text);
}

static ent_status put_row(const drafting *draft, const key_row *row, const ent_records *records, ptrdiff_t name,
                          ptrdiff_t column, const ent_nameable *among, ptrdiff_t *line, double *list)
{
    ENT_SCRATCH scratch = {0};
    const ent_field *field = &records->field[name], *number = &records->field[column];
    const char *word = ent_string_copy_n(&scratch, field->text, field->length);
    if (word == NULL) return ent_reading_no_memory(draft->reading);
    const ent_yaml at = {.line = (int)field->line, .column = (int)(field->start - field->line_start) + 1};
    const ent_yaml number_at = {.line = (int)number->line, .column = (int)(number->start - number->line_start) + 1};
    const ent_reading file = {.path = records->csv.path, .err = draft->reading->err};
    const ptrdiff_t m = ent_nameable_find(among, word);
    double value;
    if (m < 0) return ent_nameable_unknown(&file, &at, among, word);
    if (line[m] != 0)
        return ENT_REFUSE(&file, &at, "%s stands in line %td already; keep one of them", ent_yaml_short(word).text,
                          line[m]);
    ENT_TRY(ent_records_number(records, column, &value, draft->reading->err));
    ENT_TRY(check_range(draft, row, records->csv.path, &number_at, value));
    line[m] = field->line;
    list[m] = value;
    return ENT_OK;
}

static ent_status put_file(const drafting *draft, const key_row *row, const ent_yaml *file, const ent_yaml *column,
                           const ent_nameable *among, double *list)
{
    ENT_SCRATCH scratch = {0};
    const char *path, *text;
    ent_bytes bytes;
    ent_records records;
    ptrdiff_t name, value;
    if (column != NULL) ENT_TRY(ent_reading_text(draft->reading, column, &text));
    ENT_TRY(ent_reading_file(draft->reading, file, &path, &bytes));
    ENT_TRY(ent_records_open(&records, bytes, path, &scratch, draft->reading->err));
    ENT_TRY(ent_records_column(&records, among->what, &name, draft->reading->err));
    ENT_TRY(find_value_column(draft, &records, name, file, column, &value));
    ptrdiff_t *line = ent_new0(&scratch, ptrdiff_t, among->names->count);
    if (line == NULL) return ent_reading_no_memory(draft->reading);
    for (int found = 1; found;) {
        ENT_TRY(ent_records_next(&records, &found, draft->reading->err));
        if (found) ENT_TRY(put_row(draft, row, &records, name, value, among, line, list));
    }
    return ENT_OK;
}

static int names_a_file(const ent_yaml *node)
{
    const size_t length = node->kind == YAML_SCALAR ? strlen(node->text) : 0;
    if (length == 0 || !ent_is_path(node->text) || ent_is_number(node->text)) return 0;
    return length < 6 || strcmp(node->text + length - 6, "/theta") != 0;
}

/* One number for all, {all: 4, ELE: 4.5}, a path, or {file: ..., column: ...}. */
static ent_status put_list(const drafting *draft, const key_row *row, const ent_yaml *node)
{
    const ent_groups none = {0};
    const ent_nameable among = names_of(draft, row, &none);
    const ent_yaml all = {.kind = YAML_SCALAR, .text = "all"};
    double *list = *(double **)(void *)((char *)draft->blueprint + row->member);
    list_value value;
    if (names_a_file(node)) return put_file(draft, row, node, NULL, &among, list);
    if (node->kind == YAML_SCALAR) {
        ENT_TRY(take_value(draft, row, node, &value));
        return put(draft, &all, &among, &value, list);
    }
    if (node->kind == YAML_SEQUENCE)
        return ENT_REFUSE(draft->reading, node, "`%s` takes a number, a mapping of %ss or a file, not a list", row->key,
                          among.what);
    const ent_yaml *file = ent_yaml_find(node, "file"), *column = ent_yaml_find(node, "column");
    if (file != NULL && node->count == 1 + (column != NULL)) return put_file(draft, row, file, column, &among, list);
    for (const ent_yaml *one = node->first; one != NULL; one = one->next) {
        ENT_TRY(take_value(draft, row, one, &value));
        ENT_TRY(put(draft, one->key, &among, &value, list));
    }
    return ENT_OK;
}

static ent_status put_choice(const drafting *draft, const key_row *row, const ent_yaml *node)
{
    int index;
    ENT_TRY(ent_reading_word(draft->reading, node, row->words, &index));
#define CHOICE(chosen, type, words, preset, meaning)                                                                   \
    if (strcmp(row->key, #chosen) == 0) draft->blueprint->chosen = (type)index;
#define NUMBER(key, member, least, open, below, preset, meaning)
#define SECTORS(key, member, least, open, below, preset, meaning)
#define FACTORS(key, member, least, open, below, preset, meaning)
#define REGIONS(key, member, least, open, below, preset, meaning)
#include "scenario/blueprint.def"
#undef CHOICE
#undef NUMBER
#undef SECTORS
#undef FACTORS
#undef REGIONS
    return ENT_OK;
}

/* ---- mappings ---- */
static ent_status apply_preset(const drafting *draft, const char *name);

static ent_status apply_row(const drafting *draft, const key_row *row, const ent_yaml *mapping)
{
    const ent_yaml *node = ent_yaml_find(mapping, row->key);
    if (node == NULL) return ENT_OK;
    if (row->kind == KEY_CHOICE) return put_choice(draft, row, node);
    if (row->kind != KEY_NUMBER) return put_list(draft, row, node);
    return take_number(draft, row, node, (double *)(void *)((char *)draft->blueprint + row->member));
}

/* The preset first, so that the mapping's other keys change it; but its scale may be said over trade elasticities, and
 * those of the mapping are meant. */
static ent_status apply_mapping(const drafting *draft, const ent_yaml *mapping)
{
    ENT_TRY(ent_blueprint_check_keys(draft->reading, mapping));
    const ent_yaml *preset = ent_yaml_find(mapping, "preset");
    if (preset != NULL) {
        ENT_TRY(apply_row(draft, find_row("elasticities"), mapping));
        ENT_TRY(apply_preset(draft, preset->text));
    }
    for (int r = 0; r < ROWS; r++) ENT_TRY(apply_row(draft, &rows[r], mapping));
    return ENT_OK;
}

/* Settings of presets are our own text: they know no preset, so this goes no deeper. */
static ent_status apply_preset(const drafting *draft, const char *name)
{
    const ent_blueprint_preset *preset = &presets[ent_words_find(PRESET_NAMES, name)];
    const ent_yaml *settings;
    const ent_reading reading = {preset->name, NULL, draft->reading->arena, draft->reading->err};
    const drafting inner = {&reading, draft->table, draft->blueprint, 1};
    const ent_bytes bytes = {preset->settings, strlen(preset->settings)};
    ENT_TRY(ent_yaml_read(bytes, preset->name, reading.arena, &settings, reading.err));
    ENT_TRY(apply_mapping(&inner, settings));
    draft->blueprint->name = preset->name;
    return ENT_OK;
}

/* "default, changed": a blueprint with settings of its own no longer is what it was called. */
static ent_status name_changed(const drafting *draft, ent_arena *arena)
{
    const char *name = draft->blueprint->name, *tail = strrchr(name, ',');
    if (tail != NULL && strcmp(tail, ", changed") == 0) return ENT_OK;
    draft->blueprint->name = ent_string_format(arena, "%s, changed", name);
    return draft->blueprint->name == NULL ? ent_reading_no_memory(draft->reading) : ENT_OK;
}

static int changes_something(const ent_yaml *mapping)
{
    for (int r = 0; r < ROWS; r++)
        if (ent_yaml_find(mapping, rows[r].key) != NULL) return 1;
    return 0;
}

ent_status ent_scenario_blueprint(const ent_scenario *scenario, const ent_table *table, ent_arena *arena,
                                  ent_blueprint *blueprint, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_scenario_file *file = scenario->file;
    const ent_reading reading = {file->path, file->folder, &scratch, err};
    const drafting draft = {&reading, table, blueprint, 0};
    if (scenario->blueprint != NULL) return ent_blueprint_read(scenario->blueprint, table, arena, blueprint, err);
    if (file->blueprint == NULL) return ENT_OK;
    ENT_TRY(apply_mapping(&draft, file->blueprint));
    return changes_something(file->blueprint) ? name_changed(&draft, arena) : ENT_OK;
}

static ent_status apply_file(const char *path, const ent_table *table, ent_arena *arena, ent_blueprint *blueprint,
                             ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_yaml *root, *name;
    ent_bytes bytes;
    const ent_reading reading = {path, ent_path_folder(&scratch, path), &scratch, err};
    const drafting draft = {&reading, table, blueprint, 0};
    if (reading.folder == NULL) return ent_reading_no_memory(&reading);
    ENT_TRY(ent_bytes_read(path, YAML_LARGEST, &scratch, &bytes, err));
    ENT_TRY(ent_yaml_read(bytes, path, &scratch, &root, err));
    if (root->kind != YAML_MAPPING)
        return ENT_REFUSE(&reading, root, "a blueprint is a mapping of keys, such as `sourcing: two-tier`");
    ENT_TRY(apply_mapping(&draft, root));
    name = ent_yaml_find(root, "name");
    const char *text = path;
    if (name != NULL) ENT_TRY(ent_reading_text(&reading, name, &text));
    blueprint->name = ent_string_copy(arena, text);
    return blueprint->name == NULL ? ent_reading_no_memory(&reading) : ENT_OK;
}

ent_status ent_blueprint_read(const char *name_or_path, const ent_table *table, ent_arena *arena,
                              ent_blueprint *blueprint, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    if (ent_is_path(name_or_path)) return apply_file(name_or_path, table, arena, blueprint, err);
    const ent_reading reading = {"blueprint", NULL, &scratch, err};
    const drafting draft = {&reading, table, blueprint, 0};
    const ent_yaml name = {.kind = YAML_SCALAR, .text = name_or_path};
    ENT_TRY(ent_blueprint_check_preset(&reading, &name));
    return apply_preset(&draft, name_or_path);
}

/* KEY=VALUE becomes {KEY: VALUE}, and KEY.NAME=VALUE {KEY: {NAME: VALUE}}. */
static ent_status assign(const char *assignment, const char *folder, const ent_table *table, ent_arena *arena,
                         ent_blueprint *blueprint, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const char *equals = strchr(assignment, '=');
    if (equals == NULL || equals == assignment || equals[1] == 0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "--set %s: write KEY=VALUE, such as closure=balanced or elasticities.ELE=4.5",
                        ent_yaml_short(assignment).text);
    const char *path = ent_string_format(&scratch, "--set %s", ent_yaml_short(assignment).text);
    char *key = ent_string_copy_n(&scratch, assignment, (size_t)(equals - assignment));
    const ent_reading reading = {path, folder, &scratch, err};
    const drafting draft = {&reading, table, blueprint, 0};
    if (path == NULL || key == NULL) return ent_fail(err, ENT_NO_MEMORY, "--set: no memory");
    char *dot = strchr(key, '.');
    if (dot != NULL) *dot = 0;
    const ent_yaml *parsed;
    ent_error why = {0};
    const ent_status status = ent_yaml_read((ent_bytes){equals + 1, strlen(equals + 1)}, path, &scratch, &parsed, &why);
    if (status == ENT_NO_MEMORY) return ent_reading_no_memory(&reading);
    if (status != ENT_OK)
        return ent_fail(err, ENT_BAD_INPUT, "%s: what stands behind = is no word, no number and no {NAME: NUMBER}",
                        path);
    const ent_yaml outer_key = {.kind = YAML_SCALAR, .text = key};
    const ent_yaml inner_key = {.kind = YAML_SCALAR, .text = dot != NULL ? dot + 1 : ""};
    ent_yaml value = *parsed, inner = {.kind = YAML_MAPPING, .count = 1, .first = &value, .key = &outer_key};
    value.key = dot != NULL ? &inner_key : &outer_key;
    value.line = 0; /* columns of an option's value are not those of a file */
    const ent_yaml root = {.kind = YAML_MAPPING, .count = 1, .first = dot != NULL ? &inner : &value};
    ENT_TRY(apply_mapping(&draft, &root));
    return name_changed(&draft, arena);
}

ent_status ent_blueprint_set(const char *assignment, const ent_table *table, ent_arena *arena, ent_blueprint *blueprint,
                             ent_error *err)
{
    return assign(assignment, "", table, arena, blueprint, err);
}

ent_status ent_blueprint_set_plain(const char *assignment, const ent_table *table, ent_arena *arena,
                                   ent_blueprint *blueprint, ent_error *err)
{
    return assign(assignment, NULL, table, arena, blueprint, err);
}
