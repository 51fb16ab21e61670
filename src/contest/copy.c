/* copy.c: a policy that was found, as a scenario file of its own: the game's scenario keys are written again from the
 * document, files that they name come along under new names, and rates that differ from the status quo follow from a
 * CSV file. Numbers have 17 digits, so that the policy comes back to the bit. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include <string.h>

typedef struct {
    const ent_seats *seats;
    const char *inputs; /* how copied files' names begin */
    ent_arena *arena;
    ent_scenario_copy *copy;
    ent_text yaml;
    ptrdiff_t room;
    ent_error *err;
} scribe;

static ent_status no_memory(const scribe *s)
{
    return ent_fail(s->err, ENT_NO_MEMORY, "no memory to write a policy as a scenario");
}

/* ---- text ---- */

static void say_quoted(ent_text *out, const char *text)
{
    ent_text_say(out, "\"");
    for (; *text != 0; text++)
        if (*text == '"' || *text == '\\')
            ent_text_say(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            ent_text_say(out, "\\x%02x", (unsigned)(unsigned char)*text);
        else
            ent_text_add(out, text, 1);
    ent_text_say(out, "\"");
}

/* A word that means itself in a flow mapping; anything else is quoted. */
static void say_scalar(ent_text *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.%+";
    if (*text != 0 && text[strspn(text, plain)] == 0)
        ent_text_say(out, "%s", text);
    else
        say_quoted(out, text);
}

/* ---- files ---- */

static ent_status add_piece(scribe *s, const char *name, ent_bytes bytes)
{
    ent_scenario_copy *copy = s->copy;
    if (copy->pieces == s->room) {
        ent_scenario_piece *more = ent_new0(s->arena, ent_scenario_piece, 2 * s->room + 8);
        if (more == NULL) return no_memory(s);
        if (copy->pieces > 0) memcpy(more, copy->piece, (size_t)copy->pieces * sizeof *more);
        copy->piece = more;
        s->room = 2 * s->room + 8;
    }
    copy->piece[copy->pieces++] = (ent_scenario_piece){name, bytes};
    return ENT_OK;
}

/* Ends of names say what is in a file: "duties.csv" → ".csv". */
static const char *ending(const char *name)
{
    const char *slash = strrchr(name, '/'), *dot = strrchr(slash != NULL ? slash : name, '.');
    return dot != NULL ? dot : "";
}

/* A file of the game under a name of its own: a file named twice is copied once. */
static ent_status say_file(scribe *s, const ent_yaml *node)
{
    const ent_contest_file *file = s->seats->contest->file;
    const ent_reading reading = {file->path, file->folder, s->arena, s->err};
    const char *path, *name;
    ent_bytes bytes;
    ENT_TRY(ent_reading_file(&reading, node, &path, &bytes));
    for (ptrdiff_t p = 0; p < s->copy->pieces; p++) {
        const ent_scenario_piece *piece = &s->copy->piece[p];
        if (piece->bytes.size != bytes.size || memcmp(piece->bytes.data, bytes.data, bytes.size) != 0) continue;
        if (strcmp(ending(piece->name), ending(path)) != 0) continue;
        say_scalar(&s->yaml, piece->name);
        return ENT_OK;
    }
    name = ent_string_format(s->arena, "%s%td%s", s->inputs, s->copy->pieces + 1, ending(path));
    if (name == NULL) return no_memory(s);
    say_scalar(&s->yaml, name);
    return add_piece(s, name, bytes);
}

/* ---- the document ---- */

static ent_status say_node(scribe *s, const ent_yaml *node)
{
    if (node->kind == YAML_SCALAR) {
        if (node->key != NULL && strcmp(node->key->text, "file") == 0) return say_file(s, node);
        say_scalar(&s->yaml, node->text);
        return ENT_OK;
    }
    const int mapping = node->kind == YAML_MAPPING;
    ent_text_say(&s->yaml, mapping ? "{" : "[");
    for (const ent_yaml *item = node->first; item != NULL; item = item->next) {
        if (item != node->first) ent_text_say(&s->yaml, ", ");
        if (mapping) {
            say_scalar(&s->yaml, item->key->text);
            ent_text_say(&s->yaml, ": ");
        }
        ENT_TRY(say_node(s, item));
    }
    ent_text_say(&s->yaml, mapping ? "}" : "]");
    return ENT_OK;
}

static ent_status say_list(scribe *s, const ent_yaml *list)
{
    for (const ent_yaml *item = list->first; item != NULL; item = item->next) {
        const int single = item->kind == YAML_MAPPING && item->count == 1;
        ent_text_say(&s->yaml, "  - ");
        if (single) {
            say_scalar(&s->yaml, item->first->key->text);
            ent_text_say(&s->yaml, ": ");
        }
        ENT_TRY(say_node(s, single ? item->first : item));
        ent_text_say(&s->yaml, "\n");
    }
    return ENT_OK;
}

/* One key of the scenario, as it stands in the game; `actions` and `name` are said elsewhere. */
static ent_status say_key(scribe *s, const ent_yaml *value)
{
    const char *key = value->key->text;
    const int place = strcmp(key, "world") == 0 || strcmp(key, "blueprint") == 0;
    if (strcmp(key, "name") == 0 || strcmp(key, "actions") == 0) return ENT_OK;
    if (strcmp(key, "world") == 0 && ent_is_path(value->text)) return ENT_OK;
    if (value->kind == YAML_SEQUENCE) {
        ent_text_say(&s->yaml, "%s:\n", key);
        return say_list(s, value);
    }
    ent_text_say(&s->yaml, "%s: ", key);
    if (place && value->kind == YAML_SCALAR && ent_is_path(value->text))
        ENT_TRY(say_file(s, value));
    else
        ENT_TRY(say_node(s, value));
    ent_text_say(&s->yaml, "\n");
    return ENT_OK;
}

/* ---- rates ---- */

typedef struct {
    ent_text csv;
    ptrdiff_t duties, export_taxes; /* that differ */
} rates_file;

static void say_rate(rates_file *rates, int differs, double value, ptrdiff_t *count)
{
    ent_text_say(&rates->csv, ",%.17g", value);
    *count += differs;
}

/* Lanes whose rates differ from what the status quo's actions leave. */
static ent_status say_rates(scribe *s, const ent_verdict *verdict, rates_file *rates)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = s->seats->net;
    const ent_table *table = net->table;
    ent_policy quo;
    ENT_TRY(ent_scenario_place(&s->seats->contest->scenario, net, &scratch, &quo, s->err));
    ent_text_say(&rates->csv, "importer,exporter,sector,duty_rate,export_tax_rate\n");
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        const int duty = verdict->policy.duty[e] != quo.duty[e];
        const int tax = verdict->policy.export_tax[e] != quo.export_tax[e];
        if (!duty && !tax) continue;
        ent_text_say(&rates->csv, "%s,%s,%s", table->regions.code[net->lane_region[e]],
                     table->regions.code[ent_lane_exporter(net, e)], table->sectors.code[ent_lane_sector(net, e)]);
        say_rate(rates, duty, verdict->policy.duty[e], &rates->duties);
        say_rate(rates, tax, verdict->policy.export_tax[e], &rates->export_taxes);
        ent_text_say(&rates->csv, "\n");
    }
    return rates->csv.failed ? no_memory(s) : ENT_OK;
}

static ent_status say_actions(scribe *s, const rates_file *rates, const char *name)
{
    const ent_yaml *actions = ent_yaml_find(s->seats->contest->file->root, "actions");
    const int none = (actions == NULL || actions->count == 0) && rates->duties + rates->export_taxes == 0;
    ent_text_say(&s->yaml, "actions:%s\n", none ? " []" : "");
    if (actions != NULL) ENT_TRY(say_list(s, actions));
    if (rates->duties > 0) {
        ent_text_say(&s->yaml, "  - duty: {file: ");
        say_scalar(&s->yaml, name);
        ent_text_say(&s->yaml, ", column: duty_rate}\n");
    }
    if (rates->export_taxes > 0) {
        ent_text_say(&s->yaml, "  - export_tax: {file: ");
        say_scalar(&s->yaml, name);
        ent_text_say(&s->yaml, ", column: export_tax_rate}\n");
    }
    return s->yaml.failed ? no_memory(s) : ENT_OK;
}

ent_status ent_verdict_scenario(const ent_seats *seats, const ent_verdict *verdict, const char *rates_name,
                                const char *inputs, ent_arena *arena, ent_scenario_copy *copy, ent_error *err)
{
    scribe s = {.seats = seats, .inputs = inputs, .arena = arena, .copy = copy, .yaml = {.arena = arena}, .err = err};
    rates_file rates = {.csv = {.arena = arena}};
    *copy = (ent_scenario_copy){0};
    ent_text_say(&s.yaml, "name: ");
    const char *name = ent_string_format(arena, "%s: %s", seats->contest->scenario.name, verdict->label);
    if (name == NULL) return no_memory(&s);
    say_quoted(&s.yaml, name);
    ent_text_say(&s.yaml, "\n");
    for (const ent_yaml *value = seats->contest->file->root->first; value != NULL; value = value->next)
        if (ent_words_find(ENT_SCENARIO_KEYS, value->key->text) >= 0) ENT_TRY(say_key(&s, value));
    ENT_TRY(say_rates(&s, verdict, &rates));
    ENT_TRY(say_actions(&s, &rates, rates_name));
    if (rates.duties + rates.export_taxes > 0)
        ENT_TRY(add_piece(&s, rates_name, (ent_bytes){rates.csv.data, rates.csv.size}));
    copy->scenario = (ent_bytes){s.yaml.data, s.yaml.size};
    return ENT_OK;
}
