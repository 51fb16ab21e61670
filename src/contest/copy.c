/* copy.c: a policy that was found, as a scenario file of its own: the game's scenario keys are written again from the
 * document, a package's actions and those of a club's members with them, files that they name come along under new
 * names, and rates that differ from what these say follow from a CSV file, new bans pair by pair. Numbers have 17
 * digits, so that the policy comes back to the bit. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include <math.h>
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

/* A club's policy has what members do as actions; but for a share of them, which has no words: see say_shares(). */
static int has_pledges(const ent_verdict *verdict)
{
    return verdict->club != NULL && verdict->club->form.level >= 1.0;
}

/* List number `which` of the actions that the policy says, NULL past the last: the game's, a package's, and those of
 * every member of a club. */
static const ent_yaml *list_of(const scribe *s, const ent_verdict *verdict, ptrdiff_t which)
{
    const ent_gathered *club = verdict->club;
    const ent_yaml *actions = ent_yaml_find(s->seats->contest->file->root, "actions");
    if (actions != NULL && which-- == 0) return actions;
    if (package_of(s, verdict) != NULL && which-- == 0) return package_of(s, verdict)->actions;
    for (ptrdiff_t p = 0; has_pledges(verdict) && p < club->players; p++) {
        const ent_yaml *list = club->level->pledge->list[club->seat[p]];
        if (club->form.member[p] && list != NULL && which-- == 0) return list;
    }
    return NULL;
}

/* What they come to. */
static ent_status place_said(const scribe *s, const ent_verdict *verdict, ent_arena *scratch, ent_policy *policy)
{
    const ent_gathered *club = verdict->club;
    const ent_package_file *package = package_of(s, verdict);
    ent_scenario whole = package != NULL ? package->whole : s->seats->contest->scenario;
    if (has_pledges(verdict)) {
        unsigned char *in = ent_new0(scratch, unsigned char, s->seats->seats);
        if (in == NULL) return no_memory(s);
        for (ptrdiff_t p = 0; p < club->players; p++) in[club->seat[p]] = club->form.member[p];
        if (ent_pledge_upon(s->seats, club->level->pledge, in, scratch, &whole) != ENT_OK) return no_memory(s);
    }
    return ent_scenario_place(&whole, s->seats->net, scratch, policy, s->err);
}

/* A file of its own, and the actions that read its columns. */
static ent_status say_columns(scribe *s, const char *name, const ent_text *csv, const char *actions[][2])
{
    if (csv->failed) return no_memory(s);
    for (int k = 0; actions[k][0] != NULL; k++) {
        ent_text_say(&s->yaml, "  - %s: {file: ", actions[k][0]);
        say_scalar(&s->yaml, name);
        ent_text_say(&s->yaml, ", column: %s}\n", actions[k][1]);
    }
    return add_piece(s, name, (ent_bytes){csv->data, csv->size});
}

/* Shares of a target: trade costs, productivity and subsidies as they stand, each over the status quo. */
static ent_status say_shares(scribe *s, const ent_verdict *verdict)
{
    const ent_network *net = s->seats->net;
    const ent_table *table = net->table;
    const ent_policy *now = &verdict->policy, *quo = &s->seats->policy;
    const char *costs[][2] = {{"trade_cost", "trade_cost_factor"}, {NULL, NULL}};
    const char *making[][2] = {{"productivity", "productivity_factor"}, {"subsidy", "subsidy_rate"}, {NULL, NULL}};
    ent_text lanes = {.arena = s->arena}, makers = {.arena = s->arena};
    ptrdiff_t cost = 0, made = 0;
    if (verdict->club == NULL || verdict->club->form.level >= 1.0) return ENT_OK;
    ent_text_say(&lanes, "importer,exporter,sector,trade_cost_factor\n");
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        if (now->log_trade_cost[e] == quo->log_trade_cost[e]) continue;
        ent_text_say(&lanes, "%s,%s,%s,%.17g\n", table->regions.code[net->lane_region[e]],
                     table->regions.code[ent_lane_exporter(net, e)], table->sectors.code[ent_lane_sector(net, e)],
                     exp(now->log_trade_cost[e] - quo->log_trade_cost[e]));
        cost++;
    }
    ent_text_say(&makers, "region,sector,productivity_factor,subsidy_rate\n");
    for (ptrdiff_t i = 0; i < net->regions * net->sectors; i++) {
        const ptrdiff_t k = net->producer[i];
        if (k < 0) continue;
        if (now->log_productivity[k] == quo->log_productivity[k] && now->subsidy[k] == quo->subsidy[k]) continue;
        ent_text_say(&makers, "%s,%s,%.17g,%.17g\n", table->regions.code[i / net->sectors],
                     table->sectors.code[i % net->sectors], exp(now->log_productivity[k] - quo->log_productivity[k]),
                     now->subsidy[k]);
        made++;
    }
    const char *first = ent_string_format(s->arena, "%s-costs.csv", verdict->name);
    const char *second = ent_string_format(s->arena, "%s-producers.csv", verdict->name);
    if (first == NULL || second == NULL) return no_memory(s);
    if (cost > 0) ENT_TRY(say_columns(s, first, &lanes, costs));
    return made > 0 ? say_columns(s, second, &makers, making) : ENT_OK;
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
    unsigned char *room = ent_new(scratch, unsigned char, s->seats->net->sectors);
    if (room == NULL) return no_memory(s);
    ENT_TRY(place_said(s, verdict, scratch, &d->said));
    say_rates(s, verdict, d);
    say_bans(s, verdict, d, room);
    return d->csv.failed || d->bans.failed ? no_memory(s) : ENT_OK;
}

static ent_status say_actions(scribe *s, const ent_verdict *verdict, const differences *d, const char *name)
{
    ent_text_say(&s->yaml, "actions:\n");
    const size_t none = s->yaml.size;
    for (ptrdiff_t k = 0; list_of(s, verdict, k) != NULL; k++) ENT_TRY(say_list(s, list_of(s, verdict, k)));
    ENT_TRY(say_shares(s, verdict));
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
    if (d->bans.size > 0) ent_text_add(&s->yaml, d->bans.data, d->bans.size);
    if (s->yaml.size == none && !s->yaml.failed) { /* nothing is done */
        s->yaml.size = none - 1;
        ent_text_say(&s->yaml, " []\n");
    }
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
