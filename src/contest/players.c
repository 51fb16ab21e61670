/* players.c: `players:` of a game file: whose governments sit together, what they may set within which bounds, and what
 * they want. A bloc is one seat of several governments with the same objective. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include "scenario/ground.h"
#include "scenario/quantity.h"
#include "text/records.h"
#include <math.h>
#include <string.h>

static const char PLAYER_KEYS[] = "region name inside instruments objective";
static const char INSTRUMENTS[] = "import_duty export_tax"; /* in the order of ent_tax */
static const char INSTRUMENT_KEYS[] = "partner sector freedom least greatest";
static const char OBJECTIVE_KEYS[] = "weights lobby security";
static const char FREEDOMS[] = "partner-and-sector mfn partner uniform"; /* in the order of ent_freedom */
static const char INSIDE[] = "as-before free-trade joint";

/* Whose they are. */
typedef struct {
    const char *name;
    unsigned char *own; /* [regions] its members */
    int joint;          /* a bloc that sets duties within too */
} camp;

/* ---- form ---- */

static ent_status check_instrument(const ent_reading *reading, const ent_yaml *item)
{
    const ent_yaml *name = item->kind == YAML_MAPPING ? item->first->key : item;
    if (item->kind == YAML_SEQUENCE || (item->kind == YAML_MAPPING && item->count != 1))
        return ENT_REFUSE(reading, item,
                          "an item of `instruments` is import_duty or export_tax, with its keys: `- import_duty: "
                          "{partner: CHN, sector: goods}`");
    if (ent_words_find(INSTRUMENTS, name->text) < 0)
        return ent_reading_unknown(reading, name, name->text, "instrument", INSTRUMENTS);
    if (item->kind == YAML_SCALAR) return ENT_OK;
    if (item->first->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, item->first, "`%s` has no keys here; write it alone, or its keys in braces",
                          name->text);
    ENT_TRY(ent_keys_check(reading, item->first, "key of an instrument", INSTRUMENT_KEYS));
    for (const ent_yaml *value = item->first->first; value != NULL; value = value->next) {
        const int choice = strcmp(value->key->text, "partner") == 0 || strcmp(value->key->text, "sector") == 0;
        if (choice) ENT_TRY(ent_choice_check(reading, value));
    }
    return ENT_OK;
}

static ent_status check_instruments(const ent_reading *reading, const ent_yaml *list)
{
    if (list == NULL) return ENT_OK;
    if (list->kind == YAML_SEQUENCE && list->count == 0)
        return ENT_REFUSE(reading, list,
                          "this player has no instruments; write import_duty or export_tax, or leave "
                          "`instruments` out for all import duties on goods");
    if (list->kind != YAML_SEQUENCE)
        return ENT_REFUSE(reading, list, "`instruments` is a list: each item begins with a dash");
    for (const ent_yaml *item = list->first; item != NULL; item = item->next) ENT_TRY(check_instrument(reading, item));
    return ENT_OK;
}

static ent_status check_player(const ent_reading *reading, const ent_yaml *item)
{
    const char *text;
    if (item->kind == YAML_SCALAR) return ent_reading_text(reading, item, &text);
    if (item->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, item, "a player is a region, or a mapping with `region`");
    ENT_TRY(ent_keys_check(reading, item, "key of a player", PLAYER_KEYS));
    const ent_yaml *region = ent_yaml_find(item, "region"), *objective = ent_yaml_find(item, "objective");
    const ent_yaml *name = ent_yaml_find(item, "name");
    if (region == NULL) return ENT_REFUSE(reading, item, "a player needs `region`: one, or a list for a bloc");
    ENT_TRY(ent_choice_check(reading, region));
    if (name != NULL) ENT_TRY(ent_reading_text(reading, name, &text));
    ENT_TRY(check_instruments(reading, ent_yaml_find(item, "instruments")));
    if (objective == NULL) return ENT_OK;
    if (objective->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, objective, "`objective` is a mapping with weights, lobby or security");
    return ent_keys_check(reading, objective, "key of an objective", OBJECTIVE_KEYS);
}

ent_status ent_players_check(const ent_reading *reading, const ent_yaml *players)
{
    if (players->kind != YAML_SEQUENCE || players->count == 0)
        return ENT_REFUSE(reading, players, "`players` is a list of who plays, such as `players: [USA, CHN]`");
    for (const ent_yaml *item = players->first; item != NULL; item = item->next) ENT_TRY(check_player(reading, item));
    return ENT_OK;
}

/* ---- looking up ---- */

static ptrdiff_t seat_of(const ent_seats *seats, const ent_nameable *regions, const char *word)
{
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        if (strcmp(seats->seat[s].name, word) == 0) return s;
    const ptrdiff_t region = ent_nameable_find(regions, word);
    for (ptrdiff_t s = 0; s < seats->seats && region >= 0; s++)
        if (seats->seat[s].count == 1 && seats->player[seats->seat[s].first].region == region) return s;
    return -1;
}

ent_status ent_seat_find(const ent_seating *at, const ent_yaml *word, ptrdiff_t *seat)
{
    ENT_SCRATCH scratch = {0};
    const ent_naming naming = ent_naming_of(at->net->table);
    const char *text = word->text;
    ent_names names = {0};
    if (word->line != 0 || text == NULL) ENT_TRY(ent_reading_text(at->reading, word, &text));
    *seat = seat_of(at->seats, &naming.regions, text);
    if (*seat >= 0) return ENT_OK;
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        if (ent_names_add(&names, &scratch, at->seats->seat[s].name, NULL, NULL) == ENT_NO_MEMORY)
            return ent_reading_no_memory(at->reading);
    const char *near = ent_names_nearest(&names, text);
    return ENT_REFUSE(at->reading, word, "no player is called %s; %s %s%s", ent_yaml_short(text).text,
                      near != NULL ? "did you mean" : "the first is", near != NULL ? near : at->seats->seat[0].name,
                      near != NULL ? "?" : "");
}

ent_status ent_region_find(const ent_seating *at, const ent_yaml *word, ptrdiff_t *region)
{
    const ent_naming naming = ent_naming_of(at->net->table);
    const char *text;
    ENT_TRY(ent_reading_text(at->reading, word, &text));
    *region = ent_nameable_find(&naming.regions, text);
    return *region >= 0 ? ENT_OK : ent_nameable_unknown(at->reading, word, &naming.regions, text);
}

ent_status ent_by_seat(const ent_seating *at, const ent_yaml *mapping, double *values,
                       ent_status (*take)(const ent_reading *reading, const ent_yaml *node, double *value))
{
    if (mapping->kind != YAML_MAPPING)
        return ENT_REFUSE(at->reading, mapping, "`%s` is a mapping from players to numbers, such as {%s: ...}",
                          mapping->key != NULL ? mapping->key->text : "this", at->seats->seat[0].name);
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) {
        ptrdiff_t seat;
        ENT_TRY(ent_seat_find(at, value->key, &seat));
        ENT_TRY(take(at->reading, value, &values[seat]));
    }
    return ENT_OK;
}

/* ---- instruments ---- */

static ent_status take_rate(const ent_reading *reading, const ent_yaml *node, double absent, double *rate)
{
    *rate = absent;
    return node == NULL ? ENT_OK : ent_quantity_rate(reading, node, rate);
}

static ent_status check_bounds(const ent_reading *reading, const ent_yaml *where, const ent_instruments *instrument)
{
    if (!(instrument->least > -1.0))
        return ENT_REFUSE(reading, where, "`least` is %.10g %%; a rate must stay above -100 %%",
                          100.0 * instrument->least);
    if (instrument->least <= instrument->greatest && isfinite(instrument->greatest)) return ENT_OK;
    return ENT_REFUSE(reading, where,
                      "these bounds are impossible: `least` is %.10g %% and `greatest` %.10g %%; swap them",
                      100.0 * instrument->least, 100.0 * instrument->greatest);
}

/* Partners are all other regions, but those of the seat's own bloc unless the bloc sets duties within jointly. */
static ent_status take_instrument(const ent_seating *at, const ent_yaml *item, const camp *whose,
                                  ent_instruments *instrument, ent_text *words)
{
    const ent_reading *reading = at->reading;
    const ent_naming naming = ent_naming_of(at->net->table);
    const ptrdiff_t R = at->net->regions;
    const ent_yaml none = {.kind = YAML_MAPPING}, *keys = item->kind == YAML_MAPPING ? item->first : &none;
    const char *name = item->kind == YAML_MAPPING ? item->first->key->text : item->text;
    const ent_yaml *partner = ent_yaml_find(keys, "partner"), *sector = ent_yaml_find(keys, "sector");
    const ent_yaml *freedom = ent_yaml_find(keys, "freedom");
    unsigned char *partners = ent_new(reading->arena, unsigned char, R);
    unsigned char *sectors = ent_new(reading->arena, unsigned char, at->net->sectors);
    unsigned char *others = ent_new(reading->arena, unsigned char, R);
    int index = 0;
    if (partners == NULL || sectors == NULL || others == NULL) return ent_reading_no_memory(reading);
    for (ptrdiff_t n = 0; n < R; n++) others[n] = !whose->own[n];
    ENT_TRY(ent_choice_resolve(reading, partner, "all", &naming.regions, others, partners));
    ENT_TRY(ent_choice_resolve(reading, sector, "goods", &naming.sectors, NULL, sectors));
    ptrdiff_t some = 0, members = 0;
    for (ptrdiff_t n = 0; n < R; n++) {
        members += whose->own[n];
        if (!whose->joint) partners[n] = partners[n] && !whose->own[n];
        some += partners[n];
    }
    if (some == 0 || (members == 1 && some == 1 && memcmp(partners, whose->own, (size_t)R) == 0))
        return ENT_REFUSE(reading, item->kind == YAML_MAPPING ? item->first->key : item,
                          "%s has nobody to tax: its partners are its own regions; name others", whose->name);
    if (freedom != NULL) ENT_TRY(ent_reading_word(reading, freedom, FREEDOMS, &index));
    *instrument = (ent_instruments){.tax = (ent_tax)ent_words_find(INSTRUMENTS, name),
                                    .freedom = (ent_freedom)index,
                                    .partner = partners,
                                    .sector = sectors};
    ENT_TRY(take_rate(reading, ent_yaml_find(keys, "least"), 0.0, &instrument->least));
    ENT_TRY(take_rate(reading, ent_yaml_find(keys, "greatest"), 10.0, &instrument->greatest));
    ENT_TRY(check_bounds(reading, item->kind == YAML_MAPPING ? item->first->key : item, instrument));
    ent_text_say(words, "%s%s", words->size > 0 ? "; " : "",
                 instrument->tax == ENT_TAX_IMPORT ? "import duties on " : "export taxes on sales to ");
    ent_choice_say(words, partner, "all", "region");
    ent_text_say(words, ", ");
    ent_choice_say(words, sector, "goods", "sector");
    ent_text_say(words, ", %s, from %.10g %% to %.10g %%", ent_freedom_words(instrument->freedom),
                 100.0 * instrument->least, 100.0 * instrument->greatest);
    return ENT_OK;
}

static ent_status take_instruments(const ent_seating *at, const ent_yaml *player, const camp *whose,
                                   ent_instruments **instruments, ptrdiff_t *count, const char **said)
{
    const ent_yaml *list = player->kind == YAML_MAPPING ? ent_yaml_find(player, "instruments") : NULL;
    const ent_yaml usual = {.kind = YAML_SCALAR, .text = "import_duty", .line = player->line, .column = player->column};
    ent_text words = {.arena = at->reading->arena};
    *count = 0;
    *instruments = ent_new0(at->reading->arena, ent_instruments, list != NULL ? list->count : 1);
    if (*instruments == NULL) return ent_reading_no_memory(at->reading);
    for (const ent_yaml *item = list != NULL ? list->first : &usual; item != NULL; item = item->next)
        ENT_TRY(take_instrument(at, item, whose, &(*instruments)[(*count)++], &words));
    *said = words.data;
    return words.failed ? ent_reading_no_memory(at->reading) : ENT_OK;
}

/* ---- objectives ---- */

/* weights: {USA: 1, EUU: 0.5} over regions. Without them a bloc's members count by their benchmark incomes, and a
 * government alone by its own real income (NULL). */
static ent_status take_weights(const ent_seating *at, const ent_yaml *weights, const unsigned char *own, double **row,
                               ent_text *words)
{
    const ent_network *net = at->net;
    const ptrdiff_t R = net->regions;
    ptrdiff_t members = 0;
    double total = 0.0;
    for (ptrdiff_t n = 0; n < R; n++) members += own[n];
    *row = NULL;
    ent_text_say(words, "log real income");
    if (weights == NULL && members == 1) return ENT_OK;
    *row = ent_new0(at->reading->arena, double, R);
    if (*row == NULL) return ent_reading_no_memory(at->reading);
    for (ptrdiff_t n = 0; n < R && weights == NULL; n++) total += own[n] ? net->sales_usd[net->household[n]] : 0.0;
    for (ptrdiff_t n = 0; n < R && weights == NULL; n++)
        if (own[n]) (*row)[n] = net->sales_usd[net->household[n]] / total;
    if (weights == NULL) {
        ent_text_say(words, " of its members, weighted by benchmark incomes");
        return ENT_OK;
    }
    if (weights->kind != YAML_MAPPING || weights->count == 0)
        return ENT_REFUSE(at->reading, weights,
                          "`weights` is a mapping from regions to numbers, such as {USA: 1, EUU: 0.5}");
    for (const ent_yaml *value = weights->first; value != NULL; value = value->next) {
        ptrdiff_t region;
        ENT_TRY(ent_region_find(at, value->key, &region));
        ENT_TRY(ent_quantity_number(at->reading, value, &(*row)[region]));
        if (!isfinite((*row)[region])) return ENT_REFUSE(at->reading, value, "this weight is not a number");
        ent_text_say(words, "%s%.10g × %s", value == weights->first ? ": " : " + ", (*row)[region],
                     net->table->regions.code[region]);
        total += fabs((*row)[region]);
    }
    if (!(total > 0.0))
        return ENT_REFUSE(at->reading, weights, "all these weights are 0: the player would want nothing; give it one");
    return ENT_OK;
}

/* ---- seats ---- */

static const char *name_of(const ent_seating *at, const ent_yaml *item, const unsigned char *own)
{
    const ent_yaml *name = item->kind == YAML_MAPPING ? ent_yaml_find(item, "name") : NULL;
    ent_text text = {.arena = at->reading->arena};
    if (name != NULL) return name->text;
    for (ptrdiff_t n = 0; n < at->net->regions; n++)
        if (own[n]) ent_text_say(&text, "%s%s", text.size > 0 ? "+" : "", at->net->table->regions.code[n]);
    return text.failed ? NULL : text.data;
}

static ent_status check_apart(const ent_seating *at, const ent_yaml *item, const unsigned char *own, const char *name)
{
    const ent_seats *seats = at->seats;
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        if (strcmp(seats->seat[s].name, name) == 0)
            return ENT_REFUSE(at->reading, item, "two players are called %s; rename one", ent_yaml_short(name).text);
    for (ptrdiff_t p = 0; p < seats->players; p++)
        if (own[seats->player[p].region])
            return ENT_REFUSE(at->reading, item, "%s plays twice; a region has one government",
                              at->net->table->regions.code[seats->player[p].region]);
    return ENT_OK;
}

/* lobby: {ELE: 1.2, farm: 1.5}: sectors or groups of them; who is not named counts 1. */
static ent_status lobby_of_words(const ent_seating *at, const ent_yaml *mapping, double *lobby, ent_text *words)
{
    const ent_naming naming = ent_naming_of(at->net->table);
    const ptrdiff_t J = at->net->sectors;
    unsigned char *member = ent_new(at->reading->arena, unsigned char, J);
    if (member == NULL) return ent_reading_no_memory(at->reading);
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) {
        double weight;
        ENT_TRY(ent_choice_resolve(at->reading, value->key, "all", &naming.sectors, NULL, member));
        ENT_TRY(ent_quantity_number(at->reading, value, &weight));
        if (!(weight >= 0.0 && isfinite(weight)))
            return ENT_REFUSE(at->reading, value, "a dollar of %s counts %s; it must count at least 0",
                              ent_yaml_short(value->key->text).text, ent_yaml_short(value->text).text);
        for (ptrdiff_t j = 0; j < J; j++)
            if (member[j]) lobby[j] = weight;
        ent_text_say(words, "%s %.10g%s", value->key->text, weight, value->next != NULL ? ", " : ", others 1)");
    }
    return ENT_OK;
}

/* lobby: {file: weights.csv, column: US}: a row a sector, named in the column `sector`. */
static ent_status lobby_of_file(const ent_seating *at, const ent_yaml *mapping, double *lobby, ent_text *words)
{
    ENT_SCRATCH scratch = {0};
    const ent_reading *reading = at->reading;
    const ent_yaml *column = ent_yaml_find(mapping, "column");
    const char *path, *name;
    ent_bytes bytes;
    ent_records records;
    ptrdiff_t sector, value, j;
    int found = 1;
    ENT_TRY(ent_keys_check(reading, mapping, "key of `lobby` from a file", "file column"));
    if (column == NULL) return ENT_REFUSE(reading, mapping, "`file` needs `column`, the column that holds the weights");
    ENT_TRY(ent_reading_text(reading, column, &name));
    ENT_TRY(ent_reading_file(reading, ent_yaml_find(mapping, "file"), &path, &bytes));
    ent_text_say(words, "%s of %s)", name, path);
    ENT_TRY(ent_records_open(&records, bytes, path, &scratch, reading->err));
    ENT_TRY(ent_records_column(&records, "sector", &sector, reading->err));
    ENT_TRY(ent_records_column(&records, name, &value, reading->err));
    for (;;) {
        ENT_TRY(ent_records_next(&records, &found, reading->err));
        if (!found) return ENT_OK;
        ENT_TRY(ent_records_known(&records, sector, &at->net->table->sectors, "sector", &j, reading->err));
        ENT_TRY(ent_records_number(&records, value, &lobby[j], reading->err));
        if (!(lobby[j] >= 0.0))
            return ENT_RECORDS_FAIL(&records, value, reading->err, "a dollar of %s counts %g; it must count at least 0",
                                    at->net->table->sectors.code[j], lobby[j]);
    }
}

static ent_status take_lobby(const ent_seating *at, const ent_yaml *mapping, double **lobby, ent_text *words)
{
    const ptrdiff_t J = at->net->sectors;
    *lobby = NULL;
    if (mapping == NULL) return ENT_OK;
    if (mapping->kind != YAML_MAPPING || mapping->count == 0)
        return ENT_REFUSE(
            at->reading, mapping,
            "`lobby` is a mapping from sectors to what a dollar of their income counts, such as {ELE: 1.2}, "
            "or {file: ..., column: ...}");
    *lobby = ent_new(at->reading->arena, double, J);
    if (*lobby == NULL) return ent_reading_no_memory(at->reading);
    for (ptrdiff_t j = 0; j < J; j++) (*lobby)[j] = 1.0;
    ent_text_say(words, ", incomes of sectors weighted by lobbies (");
    return ent_yaml_find(mapping, "file") != NULL ? lobby_of_file(at, mapping, *lobby, words)
                                                  : lobby_of_words(at, mapping, *lobby, words);
}

/* security: {CHN: {ELE: -0.05}}: of log real output, negative for what is feared. */
static ent_status take_security(const ent_seating *at, const ent_yaml *mapping, double **security, ent_text *words)
{
    const ent_naming naming = ent_naming_of(at->net->table);
    const ptrdiff_t J = at->net->sectors;
    unsigned char *member = ent_new(at->reading->arena, unsigned char, J);
    *security = NULL;
    if (mapping == NULL) return ENT_OK;
    if (mapping->kind != YAML_MAPPING || mapping->count == 0)
        return ENT_REFUSE(at->reading, mapping,
                          "`security` is a mapping from regions to sectors and weights, such as {CHN: {ELE: -0.05}}");
    *security = ent_new0(at->reading->arena, double, at->net->regions *J);
    if (*security == NULL || member == NULL) return ent_reading_no_memory(at->reading);
    for (const ent_yaml *region = mapping->first; region != NULL; region = region->next) {
        ptrdiff_t n;
        ENT_TRY(ent_region_find(at, region->key, &n));
        if (region->kind != YAML_MAPPING || region->count == 0)
            return ENT_REFUSE(at->reading, region, "`%s` is a mapping from sectors to weights, such as {ELE: -0.05}",
                              region->key->text);
        ent_text_say(words, "%s%s (", region == mapping->first ? ", and log real output of " : ", ", region->key->text);
        for (const ent_yaml *value = region->first; value != NULL; value = value->next) {
            double weight;
            ENT_TRY(ent_choice_resolve(at->reading, value->key, "all", &naming.sectors, NULL, member));
            ENT_TRY(ent_quantity_number(at->reading, value, &weight));
            for (ptrdiff_t j = 0; j < J; j++)
                if (member[j]) (*security)[n * J + j] = weight;
            ent_text_say(words, "%s%s %.10g", value != region->first ? ", " : "", value->key->text, weight);
        }
        ent_text_say(words, ")");
    }
    return ENT_OK;
}

/* What a seat wants. */
typedef struct {
    double *weight, *lobby, *security; /* as in ent_player */
} wants;

static ent_status take_objective(const ent_seating *at, const ent_yaml *objective, const unsigned char *own,
                                 wants *want, const char **said)
{
    const ent_yaml none = {.kind = YAML_MAPPING}, *keys = objective != NULL ? objective : &none;
    ent_text words = {.arena = at->reading->arena};
    ENT_TRY(take_weights(at, ent_yaml_find(keys, "weights"), own, &want->weight, &words));
    ENT_TRY(take_lobby(at, ent_yaml_find(keys, "lobby"), &want->lobby, &words));
    ENT_TRY(take_security(at, ent_yaml_find(keys, "security"), &want->security, &words));
    *said = words.data;
    return words.failed ? ent_reading_no_memory(at->reading) : ENT_OK;
}

/* Free trade within a bloc. */
static ent_status lift_within(const ent_seating *at, const unsigned char *own)
{
    ent_seats *seats = at->seats;
    const ent_network *net = at->net;
    const size_t bytes = (size_t)net->borders * sizeof(double);
    if (seats->outer == NULL) {
        seats->outer = ent_new(at->reading->arena, double, net->borders);
        if (seats->outer == NULL) return ent_reading_no_memory(at->reading);
        memcpy(seats->outer, seats->policy.duty, bytes);
    }
    for (ptrdiff_t e = 0; e < net->borders; e++)
        if (own[net->lane_region[e]] && own[net->node_region[net->seller[e]]]) seats->policy.duty[e] = 0.0;
    return ENT_OK;
}

ent_status ent_seats_place(const ent_seats *seats, const ent_scenario *whole, ent_arena *arena, ent_policy *policy,
                           ent_error *err)
{
    ENT_TRY(ent_scenario_place(whole, seats->net, arena, policy, err));
    for (ptrdiff_t e = 0; e < seats->net->borders && seats->outer != NULL; e++)
        if (policy->duty[e] == seats->outer[e]) policy->duty[e] = seats->policy.duty[e];
    return ENT_OK;
}

static ent_status take_player(const ent_seating *at, const ent_yaml *item)
{
    ent_seats *seats = at->seats;
    const ent_naming naming = ent_naming_of(at->net->table);
    const ent_yaml none = {.kind = YAML_MAPPING}, *keys = item->kind == YAML_MAPPING ? item : &none;
    const ent_yaml *region = item->kind == YAML_MAPPING ? ent_yaml_find(item, "region") : item;
    const ent_yaml *objective = ent_yaml_find(keys, "objective"), *inside = ent_yaml_find(keys, "inside");
    unsigned char *own = ent_new0(at->reading->arena, unsigned char, at->net->regions);
    ent_seat *seat = &seats->seat[seats->seats];
    ent_instruments *sets;
    wants want;
    ptrdiff_t count;
    int within = 0;
    if (own == NULL) return ent_reading_no_memory(at->reading);
    ENT_TRY(ent_choice_resolve(at->reading, region, "all", &naming.regions, NULL, own));
    const char *name = name_of(at, item, own);
    if (name == NULL) return ent_reading_no_memory(at->reading);
    ENT_TRY(check_apart(at, item, own, name));
    if (inside != NULL) ENT_TRY(ent_reading_word(at->reading, inside, INSIDE, &within));
    *seat = (ent_seat){.name = name, .first = seats->players};
    const camp whose = {name, own, within == 2};
    ENT_TRY(take_instruments(at, item, &whose, &sets, &count, &seat->instruments));
    ENT_TRY(take_objective(at, objective, own, &want, &seat->objective));
    for (ptrdiff_t n = 0; n < at->net->regions; n++) {
        if (!own[n]) continue;
        seats->player[seats->players++] = (ent_player){.region = n,
                                                       .weight = want.weight,
                                                       .instruments = sets,
                                                       .sets = count,
                                                       .lobby = want.lobby,
                                                       .security = want.security};
        seat->count++;
    }
    if (inside != NULL && seat->count == 1)
        return ENT_REFUSE(at->reading, inside, "`inside` is for a bloc, but %s is one region; leave it out", name);
    seats->seats++;
    return within == 1 ? lift_within(at, own) : ENT_OK;
}

ent_status ent_players_seat(const ent_seating *at, const ent_yaml *players)
{
    ent_seats *seats = at->seats;
    seats->seat = ent_new0(at->reading->arena, ent_seat, players->count);
    seats->player = ent_new0(at->reading->arena, ent_player, at->net->regions);
    if (seats->seat == NULL || seats->player == NULL) return ent_reading_no_memory(at->reading);
    for (const ent_yaml *item = players->first; item != NULL; item = item->next) ENT_TRY(take_player(at, item));
    const ent_game game = {at->net, &seats->policy, seats->player, seats->players};
    ent_error why = {0};
    const ent_status status = ent_game_check(&game, &why);
    if (status == ENT_NO_MEMORY) return ent_reading_no_memory(at->reading);
    return status == ENT_OK ? ENT_OK : ENT_REFUSE(at->reading, players, "%s", why.text);
}
