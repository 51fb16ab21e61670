/* copy.c: a policy that was found, as a scenario file of its own: the game's scenario keys are written again from the
 * document, a package's actions with them, files that they name come along under new names, and rates that differ from
 * what these say follow from a CSV file, new bans pair by pair. Numbers have 17 digits, so that the policy comes back
 * to the bit. */
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

/* ---- what differs from what the actions say ---- */

typedef struct {
    ent_policy said; /* what the copied actions come to */
    ent_text csv, bans;
    ptrdiff_t duties, export_taxes; /* that differ */
} differences;

static const ent_package_file *package_of(const scribe *s, const ent_verdict *verdict)
{
    return verdict->package == NULL ? NULL
                                    : &s->seats->contest->file->package[verdict->package - s->seats->terms.package];
}

static void say_rate(differences *d, int differs, double value, ptrdiff_t *count)
{
    ent_text_say(&d->csv, ",%.17g", value);
    *count += differs;
}

static void say_rates(const scribe *s, const ent_verdict *verdict, differences *d)
{
    const ent_network *net = s->seats->net;
    const ent_table *table = net->table;
    ent_text_say(&d->csv, "importer,exporter,sector,duty_rate,export_tax_rate\n");
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        const int duty = verdict->policy.duty[e] != d->said.duty[e];
        const int tax = verdict->policy.export_tax[e] != d->said.export_tax[e];
        if (!duty && !tax) continue;
        ent_text_say(&d->csv, "%s,%s,%s", table->regions.code[net->lane_region[e]],
                     table->regions.code[ent_lane_exporter(net, e)], table->sectors.code[ent_lane_sector(net, e)]);
        say_rate(d, duty, verdict->policy.duty[e], &d->duties);
        say_rate(d, tax, verdict->policy.export_tax[e], &d->export_taxes);
        ent_text_say(&d->csv, "\n");
    }
}

static int is_new_ban(const ent_verdict *verdict, const differences *d, ptrdiff_t e)
{
    return verdict->policy.banned != NULL && verdict->policy.banned[e] &&
           (d->said.banned == NULL || !d->said.banned[e]);
}

/* One action a pair of regions between which something more is banned. room [sectors]. */
static void say_bans(const scribe *s, const ent_verdict *verdict, differences *d, unsigned char *room)
{
    const ent_network *net = s->seats->net;
    const ent_table *table = net->table;
    for (ptrdiff_t pair = 0; pair < net->regions * net->regions; pair++) {
        const ptrdiff_t n = pair / net->regions, i = pair % net->regions;
        int any = 0;
        memset(room, 0, (size_t)net->sectors);
        for (ptrdiff_t e = 0; e < net->borders; e++)
            if (net->lane_region[e] == n && ent_lane_exporter(net, e) == i && is_new_ban(verdict, d, e))
                room[ent_lane_sector(net, e)] = 1;
        for (ptrdiff_t j = 0; j < net->sectors; j++) {
            if (!room[j]) continue;
            if (any++ == 0) {
                ent_text_say(&d->bans, "  - ban: {importer: ");
                say_scalar(&d->bans, table->regions.code[n]);
                ent_text_say(&d->bans, ", exporter: ");
                say_scalar(&d->bans, table->regions.code[i]);
                ent_text_say(&d->bans, ", sector: [");
            } else {
                ent_text_say(&d->bans, ", ");
            }
            say_scalar(&d->bans, table->sectors.code[j]);
        }
        if (any) ent_text_say(&d->bans, "]}\n");
    }
}

static ent_status compare(scribe *s, const ent_verdict *verdict, ent_arena *scratch, differences *d)
{
    const ent_package_file *package = package_of(s, verdict);
    const ent_scenario *said = package != NULL ? &package->whole : &s->seats->contest->scenario;
    unsigned char *room = ent_new(scratch, unsigned char, s->seats->net->sectors);
    if (room == NULL) return no_memory(s);
    ENT_TRY(ent_scenario_place(said, s->seats->net, scratch, &d->said, s->err));
    say_rates(s, verdict, d);
    say_bans(s, verdict, d, room);
    return d->csv.failed || d->bans.failed ? no_memory(s) : ENT_OK;
}

static ent_status say_actions(scribe *s, const ent_verdict *verdict, const differences *d, const char *name)
{
    const ent_package_file *package = package_of(s, verdict);
    const ent_yaml *lists[] = {ent_yaml_find(s->seats->contest->file->root, "actions"),
                               package != NULL ? package->actions : NULL};
    ptrdiff_t count = d->duties + d->export_taxes + (ptrdiff_t)d->bans.size;
    for (int l = 0; l < 2; l++) count += lists[l] != NULL ? lists[l]->count : 0;
    ent_text_say(&s->yaml, "actions:%s\n", count == 0 ? " []" : "");
    for (int l = 0; l < 2; l++)
        if (lists[l] != NULL) ENT_TRY(say_list(s, lists[l]));
    if (d->duties > 0) {
        ent_text_say(&s->yaml, "  - duty: {file: ");
        say_scalar(&s->yaml, name);
        ent_text_say(&s->yaml, ", column: duty_rate}\n");
    }
    if (d->export_taxes > 0) {
        ent_text_say(&s->yaml, "  - export_tax: {file: ");
        say_scalar(&s->yaml, name);
        ent_text_say(&s->yaml, ", column: export_tax_rate}\n");
    }
    ent_text_add(&s->yaml, d->bans.data, d->bans.size);
    return s->yaml.failed ? no_memory(s) : ENT_OK;
}

ent_status ent_verdict_scenario(const ent_seats *seats, const ent_verdict *verdict, const char *rates_name,
                                const char *inputs, ent_arena *arena, ent_scenario_copy *copy, ent_error *err)
{
    scribe s = {.seats = seats, .inputs = inputs, .arena = arena, .copy = copy, .yaml = {.arena = arena}, .err = err};
    ENT_SCRATCH scratch = {0};
    differences d = {.csv = {.arena = arena}, .bans = {.arena = arena}};
    *copy = (ent_scenario_copy){0};
    ent_text_say(&s.yaml, "name: ");
    const char *name = ent_string_format(arena, "%s: %s", seats->contest->scenario.name, verdict->label);
    if (name == NULL) return no_memory(&s);
    say_quoted(&s.yaml, name);
    ent_text_say(&s.yaml, "\n");
    for (const ent_yaml *value = seats->contest->file->root->first; value != NULL; value = value->next)
        if (ent_words_find(ENT_SCENARIO_KEYS, value->key->text) >= 0) ENT_TRY(say_key(&s, value));
    ENT_TRY(compare(&s, verdict, &scratch, &d));
    ENT_TRY(say_actions(&s, verdict, &d, rates_name));
    if (d.duties + d.export_taxes > 0) ENT_TRY(add_piece(&s, rates_name, (ent_bytes){d.csv.data, d.csv.size}));
    copy->scenario = (ent_bytes){s.yaml.data, s.yaml.size};
    return ENT_OK;
}
