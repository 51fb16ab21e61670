/* action.c: the schema of actions. Everything that can be wrong without knowing a table's names is refused here, and
 * files are opened here, so that a missing one is known before the work begins. */
// SPDX-License-Identifier: MIT
#include "scenario/action.h"
#include "entente/scenario.h"
#include "scenario/choice.h"
#include "scenario/quantity.h"
#include "text/records.h"
#include <string.h>

/* One row an action, from action.def. */
static const ent_action_row rows[ENT_ACTIONS] = {
#define ACTION(name, said, takes, needs) {#name, said, takes, needs},
#include "scenario/action.def"
#undef ACTION
};

#define ACTION(name, said, takes, needs) #name " "
static const char ALL_ACTIONS[] =
#include "scenario/action.def"
    ;
#undef ACTION

static const char LATER_ACTIONS[] = "product";

const char *ent_action_name(ent_action_kind kind)
{
    return rows[kind].name;
}

const char *ent_action_said(ent_action_kind kind)
{
    return rows[kind].label;
}

const ent_action_row *ent_action_row_at(ptrdiff_t index)
{
    return index >= 0 && index < ENT_ACTIONS ? &rows[index] : NULL;
}

int ent_action_is_quota(ent_action_kind kind)
{
    return kind == ENT_ACTION_quota || kind == ENT_ACTION_guarantee || kind == ENT_ACTION_licence;
}

int ent_action_is_on_lanes(ent_action_kind kind)
{
    return kind == ENT_ACTION_duty || kind == ENT_ACTION_export_tax || kind == ENT_ACTION_trade_cost ||
           kind == ENT_ACTION_ban || ent_action_is_quota(kind);
}

/* ---- keys ---- */
static ent_status check_keys(const ent_reading *reading, const ent_action *action)
{
    ENT_SCRATCH scratch = {0};
    for (const ent_yaml *value = action->at->first; value != NULL; value = value->next) {
        if (ent_words_find(rows[action->kind].takes, value->key->text) >= 0) continue;
        const char *what = ent_string_format(&scratch, "key of `%s`", rows[action->kind].name);
        if (what == NULL) return ent_reading_no_memory(reading);
        return ent_reading_unknown(reading, value->key, value->key->text, what, rows[action->kind].takes);
    }
    return ENT_OK;
}

static ent_status check_needs(const ent_reading *reading, const ent_action *action)
{
    const int from_file = ent_yaml_find(action->at, "file") != NULL;
    const char *words = rows[action->kind].needs;
    while (*words != 0 && !from_file) {
        const size_t length = strcspn(words, " ");
        char key[16];
        memcpy(key, words, length);
        key[length] = 0;
        if (ent_yaml_find(action->at, key) == NULL)
            return ENT_REFUSE(reading, action->at->key, "`%s` needs `%s`", rows[action->kind].name, key);
        words += length + strspn(words + length, " ");
    }
    return ENT_OK;
}

static ent_status take_choice(const ent_reading *reading, const ent_action *action, const char *key,
                              const ent_yaml **choice)
{
    *choice = ent_yaml_find(action->at, key);
    return *choice == NULL ? ENT_OK : ent_choice_check(reading, *choice);
}

/* A product is a sector of a world that was refined: both words mean the same list. */
static ent_status take_sector(const ent_reading *reading, ent_action *action)
{
    const ent_yaml *sector = ent_yaml_find(action->at, "sector"), *product = ent_yaml_find(action->at, "product");
    if (sector != NULL && product != NULL)
        return ENT_REFUSE(reading, product->key,
                          "`sector` and `product` stand in one action; write all under one of them");
    return take_choice(reading, action, product != NULL ? "product" : "sector", &action->sector);
}

static ent_status take_choices(const ent_reading *reading, ent_action *action)
{
    ENT_TRY(take_choice(reading, action, "importer", &action->importer));
    ENT_TRY(take_choice(reading, action, "exporter", &action->exporter));
    ENT_TRY(take_sector(reading, action));
    ENT_TRY(take_choice(reading, action, "region", &action->region));
    ENT_TRY(take_choice(reading, action, "from", &action->from));
    if (!ent_action_is_quota(action->kind)) ENT_TRY(take_choice(reading, action, "to", &action->to));
    if (ent_choice_says_rest(action->importer) && ent_choice_says_rest(action->exporter))
        return ENT_REFUSE(reading, action->exporter, "`rest` stands on both sides; name the regions on one of them");
    if (ent_choice_says_rest(action->from) && ent_choice_says_rest(action->to))
        return ENT_REFUSE(reading, action->to, "`rest` stands on both sides; name the regions on one of them");
    return ENT_OK;
}

/* ---- what changes, by how much ---- */
static const struct {
    const char *key;
    ent_change change;
} changes[] = {{"set", ENT_CHANGE_SET},  {"add", ENT_CHANGE_ADD},         {"scale", ENT_CHANGE_SCALE},
               {"rate", ENT_CHANGE_SET}, {"change", ENT_CHANGE_MULTIPLY}, {"amount", ENT_CHANGE_GIVE}};
enum {
    CHANGES = sizeof changes / sizeof *changes
};

/* "set, add, scale or file", of those that the action takes. */
static ent_status refuse_no_change(const ent_reading *reading, const ent_action *action)
{
    ENT_SCRATCH scratch = {0};
    ent_text taken = {.arena = &scratch};
    for (int c = 0; c < CHANGES; c++)
        if (ent_words_find(rows[action->kind].takes, changes[c].key) >= 0) ent_text_say(&taken, "%s ", changes[c].key);
    ent_text_say(&taken, "file");
    const char *all = taken.failed ? NULL : ent_words_joined(&scratch, taken.data, "or");
    if (all == NULL) return ent_reading_no_memory(reading);
    return ENT_REFUSE(reading, action->at->key, "`%s` says nothing of how much; write %s", rows[action->kind].name,
                      all);
}

/* The lower end of what a value may be; for a subsidy, the upper. */
static ent_status check_value(const ent_reading *reading, const ent_action *action, const ent_yaml *value)
{
    const ent_yaml_word written = ent_yaml_short(value->text);
    const int scaled = action->change == ENT_CHANGE_SCALE || action->change == ENT_CHANGE_GIVE;
    if (scaled) return ENT_OK;
    if (action->kind == ENT_ACTION_subsidy) {
        if (action->change == ENT_CHANGE_SET && action->value >= 1.0)
            return ENT_REFUSE(reading, value, "a subsidy of %s leaves a price of nothing; it must be below 100%%",
                              written.text);
        return ENT_OK;
    }
    if (action->change == ENT_CHANGE_ADD || action->value > -1.0) return ENT_OK;
    if (action->change == ENT_CHANGE_MULTIPLY)
        return ENT_REFUSE(reading, value, "a change of %s leaves nothing to multiply; it must be above -100%%",
                          written.text);
    return ENT_REFUSE(reading, value, "%s of %s makes the price zero or less; it must be above -100%%",
                      action->kind == ENT_ACTION_duty ? "a duty" : "an export tax", written.text);
}

static ent_status take_value(const ent_reading *reading, ent_action *action, const ent_yaml *value)
{
    if (action->change == ENT_CHANGE_SCALE) return ent_quantity_factor(reading, value, &action->value);
    if (action->change == ENT_CHANGE_GIVE) return ent_quantity_amount(reading, value, &action->value);
    return ent_quantity_rate(reading, value, &action->value);
}

/* ---- values from a file ---- */
static int ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* What the column's name says: rate, tariff_rate; tariff_2005_pct; factor. -1: nothing. */
static int unit_of_name(const char *column)
{
    if (strcmp(column, "rate") == 0 || ends_with(column, "_rate")) return ENT_UNIT_RATE;
    if (strcmp(column, "pct") == 0 || ends_with(column, "_pct")) return ENT_UNIT_PERCENT;
    if (strcmp(column, "factor") == 0 || ends_with(column, "_factor")) return ENT_UNIT_FACTOR;
    return -1;
}

static ent_status take_unit(const ent_reading *reading, const ent_action *action, const ent_yaml *column,
                            ent_unit *unit)
{
    static const char UNITS[] = "rate percent factor";
    const ent_yaml *said = ent_yaml_find(action->at, "unit");
    const int named = unit_of_name(column->text);
    int index = named;
    if (said != NULL) ENT_TRY(ent_reading_word(reading, said, UNITS, &index));
    if (index < 0)
        return ENT_REFUSE(reading, column,
                          "the name of column %s doesn't end in _rate, _pct or _factor; write `unit: rate` "
                          "(0.25), `unit: percent` (25) or `unit: factor` (1.25)",
                          ent_yaml_short(column->text).text);
    if (said != NULL && named >= 0 && named != index)
        return ENT_REFUSE(reading, said, "column %s is in another unit by its name than `unit: %s`; leave out `unit`",
                          ent_yaml_short(column->text).text, said->text);
    *unit = (ent_unit)index;
    return ENT_OK;
}

static ent_status take_mode(const ent_reading *reading, ent_action *action)
{
    const ent_yaml *mode = ent_yaml_find(action->at, "mode");
    int index = 0;
    action->change = ent_words_find(rows[action->kind].takes, "mode") >= 0 ? ENT_CHANGE_SET : ENT_CHANGE_MULTIPLY;
    if (mode == NULL) return ENT_OK;
    ENT_TRY(ent_reading_word(reading, mode, "set add", &index));
    action->change = index == 0 ? ENT_CHANGE_SET : ENT_CHANGE_ADD;
    return ENT_OK;
}

/* The bytes of the file, from what was read before or from the disk. */
static ent_status take_bytes(const ent_reading *reading, const ent_yaml *file, ent_kept_file **kept,
                             ent_value_file *values)
{
    const char *name;
    ENT_TRY(ent_reading_text(reading, file, &name));
    ENT_SCRATCH scratch = {0};
    const char *path = ent_path_join(&scratch, reading->folder, name);
    if (path == NULL) return ent_reading_no_memory(reading);
    for (const ent_kept_file *one = *kept; one != NULL && reading->folder != NULL; one = one->next) {
        if (strcmp(one->path, path) != 0) continue;
        values->path = one->path;
        values->bytes = one->bytes;
        return ENT_OK;
    }
    ENT_TRY(ent_reading_file(reading, file, &values->path, &values->bytes));
    ent_kept_file *fresh = ent_new(reading->arena, ent_kept_file, 1);
    if (fresh == NULL) return ent_reading_no_memory(reading);
    *fresh = (ent_kept_file){values->path, values->bytes, *kept};
    *kept = fresh;
    return ENT_OK;
}

static ent_status take_file(const ent_reading *reading, ent_action *action, const ent_yaml *file, ent_kept_file **kept)
{
    ENT_SCRATCH scratch = {0};
    ent_value_file *values = ent_new0(reading->arena, ent_value_file, 1);
    const ent_yaml *column = ent_yaml_find(action->at, "column");
    ent_records records;
    if (values == NULL) return ent_reading_no_memory(reading);
    if (column == NULL) return ENT_REFUSE(reading, file, "`file` needs `column`, the column that holds the values");
    ENT_TRY(ent_reading_text(reading, column, &values->column));
    ENT_TRY(take_unit(reading, action, column, &values->unit));
    ENT_TRY(take_mode(reading, action));
    ENT_TRY(take_bytes(reading, file, kept, values));
    ENT_TRY(ent_records_open(&records, values->bytes, values->path, &scratch, reading->err));
    if (ent_names_find(&records.columns, values->column) < 0) {
        const char *near = ent_names_nearest(&records.columns, values->column);
        return ENT_REFUSE(reading, column, "%s has no column %s; %s%s", values->path,
                          ent_yaml_short(values->column).text, near != NULL ? "did you mean " : "its first is ",
                          near != NULL ? near : records.columns.code[0]);
    }
    action->file = values;
    return ENT_OK;
}

static ent_status take_change(const ent_reading *reading, ent_action *action, ent_kept_file **kept)
{
    const ent_yaml *file = ent_yaml_find(action->at, "file"), *chosen = file;
    for (int c = 0; c < CHANGES; c++) {
        const ent_yaml *value = ent_yaml_find(action->at, changes[c].key);
        if (value == NULL) continue;
        if (chosen != NULL)
            return ENT_REFUSE(reading, value->key,
                              "`%s` and `%s` stand in one action; write one here and the other in an action "
                              "of its own, for they go in order",
                              chosen->key->text, changes[c].key);
        chosen = value;
        action->change = changes[c].change;
    }
    if (chosen == NULL) return refuse_no_change(reading, action);
    if (file != NULL) return take_file(reading, action, file, kept);
    static const char *const file_keys[] = {"column", "unit", "mode"};
    for (int k = 0; k < 3; k++) {
        const ent_yaml *lone = ent_yaml_find(action->at, file_keys[k]);
        if (lone != NULL)
            return ENT_REFUSE(reading, lone->key, "`%s` belongs to `file`, which is missing", file_keys[k]);
    }
    ENT_TRY(take_value(reading, action, chosen));
    return check_value(reading, action, chosen);
}

/* ---- one action, and the list ---- */
static ent_status take_kind(const ent_reading *reading, const ent_yaml *name, ent_action_kind only,
                            ent_action_kind *kind)
{
    const int index = ent_words_find(ALL_ACTIONS, name->text);
    if (index < 0 && ent_words_find(LATER_ACTIONS, name->text) >= 0) {
        ENT_SCRATCH scratch = {0};
        const char *known = ent_words_joined(&scratch, ALL_ACTIONS, "and");
        if (known == NULL) return ent_reading_no_memory(reading);
        return ENT_REFUSE(reading, name, "`%s` is not known to version %s; it knows %s", name->text, ENT_VERSION,
                          known);
    }
    if (index < 0) return ent_reading_unknown(reading, name, name->text, "action", ALL_ACTIONS);
    if (only != ENT_ACTIONS && (ent_action_kind)index != only)
        return ENT_REFUSE(
            reading, name,
            "`start` takes `%s` alone, the duties under which the table was observed; move `%s` to `actions`",
            rows[only].name, name->text);
    *kind = (ent_action_kind)index;
    return ENT_OK;
}

static ent_status read_action(const ent_reading *reading, const ent_yaml *item, ent_action_kind only,
                              ent_kept_file **kept, ent_action *action)
{
    if (item->kind != YAML_MAPPING || item->count == 0)
        return ENT_REFUSE(reading, item,
                          "an item of `actions` is an action and its keys, such as `- duty: {importer: USA, "
                          "exporter: CHN, add: 30%%}`");
    *action = (ent_action){.at = item->first};
    ENT_TRY(take_kind(reading, item->first->key, only, &action->kind));
    if (item->count > 1)
        return ENT_REFUSE(reading, item->first->next->key,
                          "`%s` stands beside `%s` in one item; give each action a dash of its own, "
                          "and indent its keys deeper than its name",
                          ent_yaml_short(item->first->next->key->text).text, item->first->key->text);
    if (action->at->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, action->at, "`%s` has no keys; write them below it or in braces",
                          rows[action->kind].name);
    ENT_TRY(check_keys(reading, action));
    ENT_TRY(take_choices(reading, action));
    ENT_TRY(check_needs(reading, action));
    if (action->kind == ENT_ACTION_ban) return ENT_OK;
    if (ent_action_is_quota(action->kind)) return ent_action_take_quota(reading, action);
    return take_change(reading, action, kept);
}

ent_status ent_actions_read(const ent_reading *reading, const ent_yaml *list, ent_action_kind only,
                            ent_kept_file **kept, ent_action **actions, ptrdiff_t *count)
{
    if (list->kind != YAML_SEQUENCE)
        return ENT_REFUSE(reading, list, "`%s` is a list: each item begins with a dash; [] for none", list->key->text);
    *actions = ent_new(reading->arena, ent_action, list->count + 1);
    *count = 0;
    if (*actions == NULL) return ent_reading_no_memory(reading);
    for (const ent_yaml *item = list->first; item != NULL; item = item->next)
        ENT_TRY(read_action(reading, item, only, kept, &(*actions)[(*count)++]));
    return ENT_OK;
}
