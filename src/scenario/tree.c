/* tree.c: a scenario as a tree and back: YAML as read -> JSON, JSON -> YAML text. Both sides have the same shape, so
 * neither knows what any key means; a text that is built of rows is read and checked as any other. */
// SPDX-License-Identifier: MIT
#include "scenario/plan.h"
#include "text/utf8.h"
#include <string.h>

/* ---- as JSON ---- */

/* Calls itself at most YAML_DEEPEST times. */
static void say_node(const ent_yaml *node, ent_json *json)
{
    if (node->kind == YAML_SCALAR) {
        ent_json_string(json, node->text);
        return;
    }
    const int mapping = node->kind == YAML_MAPPING;
    ent_json_open(json, mapping ? '{' : '[');
    for (const ent_yaml *one = node->first; one != NULL; one = one->next) {
        if (mapping) ent_json_key(json, one->key->text);
        say_node(one, json);
    }
    ent_json_close(json, mapping ? '}' : ']');
}

void ent_scenario_tree(const ent_scenario *scenario, ent_json *json)
{
    say_node(scenario->file->root, json);
}

int ent_scenario_place_at(const ent_scenario *scenario, ptrdiff_t action, int *line, int *column)
{
    const ent_scenario_file *file = scenario->file;
    if (action < 0 || action >= file->start_count + file->action_count) return 0;
    const ent_action *one =
        action < file->start_count ? &file->start[action] : &file->actions[action - file->start_count];
    *line = one->at->key->line;
    *column = one->at->key->column;
    return 1;
}

/* ---- as YAML ---- */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Plain scalars are those that nobody could take for anything else, in braces too. */
static int is_plain(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-./% ";
    const size_t length = strlen(text);
    const char *number = text + (*text == '-' || *text == '+');
    if (length == 0 || text[length - 1] == ' ' || text[strspn(text, allowed)] != 0) return 0;
    return strchr("_./% ", *number) == NULL && (number == text || is_digit(*number));
}

static void say_quoted(const char *text, ent_text *yaml)
{
    ent_text_add(yaml, "\"", 1);
    for (const unsigned char *c = (const unsigned char *)text; *c != 0;) {
        const size_t length = ent_utf8_length(c, strlen((const char *)c));
        if (*c == '"' || *c == '\\')
            ent_text_say(yaml, "\\%c", *c);
        else if (*c == '\n')
            ent_text_add(yaml, "\\n", 2);
        else if (*c < ' ' || *c == 0x7F)
            ent_text_say(yaml, "\\x%02x", *c);
        else if (*c == 0xC2 && c[1] < 0xA0)
            ent_text_say(yaml, "\\x%02x", c[1]);
        else if (strncmp((const char *)c, "\xE2\x80\xA8", 3) == 0 || strncmp((const char *)c, "\xE2\x80\xA9", 3) == 0)
            ent_text_say(yaml, "\\u20%02x", c[2] - 0x80);
        else if (strncmp((const char *)c, "\xEF\xBB\xBF", 3) == 0)
            ent_text_say(yaml, "\\ufeff");
        else
            ent_text_add(yaml, (const char *)c, length > 0 ? length : 1);
        c += length > 0 ? length : 1;
    }
    ent_text_add(yaml, "\"", 1);
}

static void say_text(const char *text, ent_text *yaml)
{
    if (is_plain(text))
        ent_text_add(yaml, text, strlen(text));
    else
        say_quoted(text, yaml);
}

static ent_status say_scalar(const ent_json_value *value, ent_text *yaml, ent_error *err)
{
    if (value->kind == ENT_JSON_NULL)
        return ent_fail(err, ENT_BAD_INPUT, "scenario: `%.60s` is null; write a text, or leave it out",
                        value->key != NULL ? value->key : "an item");
    const char *truth = value->kind == ENT_JSON_TRUE ? "true" : "false";
    say_text(value->text != NULL ? value->text : truth, yaml);
    return ENT_OK;
}

/* In braces, on one line. Calls itself at most ENT_JSON_DEPTH times. */
static ent_status say_flow(const ent_json_value *value, ent_text *yaml, ent_error *err)
{
    if (value->kind != ENT_JSON_OBJECT && value->kind != ENT_JSON_ARRAY) return say_scalar(value, yaml, err);
    const int object = value->kind == ENT_JSON_OBJECT;
    ent_text_add(yaml, object ? "{" : "[", 1);
    for (const ent_json_value *one = value->first; one != NULL; one = one->next) {
        if (one != value->first) ent_text_add(yaml, ", ", 2);
        if (object) {
            say_text(one->key, yaml);
            ent_text_add(yaml, ": ", 2);
        }
        ENT_TRY(say_flow(one, yaml, err));
    }
    ent_text_add(yaml, object ? "}" : "]", 1);
    return ENT_OK;
}

/* `- name: {…}`, or whatever else the item is. */
static ent_status say_item(const ent_json_value *item, ent_text *yaml, ent_error *err)
{
    ent_text_add(yaml, "  - ", 4);
    if (item->kind == ENT_JSON_OBJECT && item->count == 1) {
        say_text(item->first->key, yaml);
        ent_text_add(yaml, ": ", 2);
        item = item->first;
    }
    ENT_TRY(say_flow(item, yaml, err));
    ent_text_add(yaml, "\n", 1);
    return ENT_OK;
}

static ent_status say_member(const ent_json_value *member, ent_text *yaml, ent_error *err)
{
    say_text(member->key, yaml);
    ent_text_add(yaml, ":", 1);
    if (member->kind != ENT_JSON_ARRAY || member->count == 0) {
        ent_text_add(yaml, " ", 1);
        ENT_TRY(say_flow(member, yaml, err));
        ent_text_add(yaml, "\n", 1);
        return ENT_OK;
    }
    ent_text_add(yaml, "\n", 1);
    for (const ent_json_value *item = member->first; item != NULL; item = item->next)
        ENT_TRY(say_item(item, yaml, err));
    return ENT_OK;
}

ent_status ent_scenario_say(const ent_json_value *tree, ent_text *yaml, ent_error *err)
{
    if (tree->kind != ENT_JSON_OBJECT || tree->count == 0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "scenario: it must be an object with keys such as \"name\" and \"actions\"");
    for (const ent_json_value *member = tree->first; member != NULL; member = member->next)
        ENT_TRY(say_member(member, yaml, err));
    if (yaml->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for a scenario's text");
    return ENT_OK;
}
