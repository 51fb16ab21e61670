/* concepts.c: what is asked of a game: `concepts:` of a game file, first by its form, then with names looked up. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include "scenario/ground.h"
#include "scenario/quantity.h"
#include <math.h>
#include <string.h>

static const struct {
    const char *word, *keys, *said, *meaning;
} rows[ENT_CONCEPTS] = {
#define CONCEPT(name, word, keys, said, meaning) {word, keys, said, meaning},
#include "entente/concepts.def"
#undef CONCEPT
};

#define CONCEPT(name, word, keys, said, meaning) word " "
static const char ALL_CONCEPTS[] =
#include "entente/concepts.def"
    ;
#undef CONCEPT
static const char MOTIVES[] = "lobby security"; /* in the order of ent_motive_kind */

const char *ent_motive_words(ent_motive_kind kind)
{
    return kind == ENT_MOTIVE_LOBBY ? "lobby" : "security";
}

const char *ent_concept_word(ent_concept_kind kind)
{
    return rows[kind].word;
}

const char *ent_concept_said(ent_concept_kind kind)
{
    return rows[kind].said;
}

const char *ent_concept_meaning(ent_concept_kind kind)
{
    return rows[kind].meaning;
}

/* ---- form ---- */

/* An item is a word, or a word with keys: *name the word, *keys NULL or a mapping. */
static ent_status open_item(const ent_reading *reading, const ent_yaml *item, const ent_yaml **name,
                            const ent_yaml **keys)
{
    *keys = NULL;
    *name = item;
    if (item->kind == YAML_SCALAR) {
        const char *text;
        *name = item;
        return ent_reading_text(reading, item, &text);
    }
    if (item->kind != YAML_MAPPING || item->count != 1)
        return ENT_REFUSE(reading, item,
                          "an item of `concepts` is a word, or one word with its keys: `- nash` or `- frontier: "
                          "{points: 21}`");
    *name = item->first->key;
    *keys = item->first;
    if ((*keys)->kind == YAML_MAPPING) return ENT_OK;
    return ENT_REFUSE(reading, *keys, "`%s` has no keys here; write it alone, or its keys in braces",
                      ent_yaml_short((*name)->text).text);
}

static ent_status check_item(const ent_reading *reading, const ent_yaml *item)
{
    ENT_SCRATCH scratch = {0};
    const ent_yaml *name, *keys;
    ENT_TRY(open_item(reading, item, &name, &keys));
    const int kind = ent_words_find(ALL_CONCEPTS, name->text);
    if (kind < 0) return ent_reading_unknown(reading, name, name->text, "concept", ALL_CONCEPTS);
    if (keys == NULL) return kind == ENT_CONCEPT_CLUB ? ent_club_check(reading, name, NULL) : ENT_OK;
    const char *what = ent_string_format(&scratch, "key of `%s`", name->text);
    if (what == NULL) return ent_reading_no_memory(reading);
    ENT_TRY(ent_keys_check(reading, keys, what, rows[kind].keys));
    return kind == ENT_CONCEPT_CLUB ? ent_club_check(reading, name, keys) : ENT_OK;
}

ent_status ent_concepts_check(const ent_reading *reading, const ent_yaml *concepts)
{
    if (concepts->kind != YAML_SEQUENCE || concepts->count == 0)
        return ENT_REFUSE(reading, concepts,
                          "`concepts` is a list of what is asked, such as `concepts: [optimum, nash]`");
    for (const ent_yaml *item = concepts->first; item != NULL; item = item->next) ENT_TRY(check_item(reading, item));
    return ENT_OK;
}

/* ---- names ---- */

static ent_status mark_seat(const ent_seating *at, const ent_yaml *word, unsigned char *in)
{
    ptrdiff_t seat;
    ENT_TRY(ent_seat_find(at, word, &seat));
    in[seat] = 1;
    return ENT_OK;
}

ent_status ent_seats_mark(const ent_seating *at, const ent_yaml *choice, unsigned char *in)
{
    const ptrdiff_t seats = at->seats->seats;
    memset(in, choice == NULL, (size_t)seats);
    if (choice == NULL) return ENT_OK;
    if (choice->kind == YAML_SCALAR) return mark_seat(at, choice, in);
    if (choice->kind != YAML_SEQUENCE || choice->count == 0)
        return ENT_REFUSE(at->reading, choice, "`%s` is a player or a list of players",
                          choice->key != NULL ? choice->key->text : "partition");
    for (const ent_yaml *word = choice->first; word != NULL; word = word->next) ENT_TRY(mark_seat(at, word, in));
    return ENT_OK;
}

static ptrdiff_t count_in(const ent_seating *at, const ent_concept *concept)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t s = 0; s < at->seats->seats; s++) count += concept->in[s];
    return count;
}

static ent_status refuse_count(const ent_seating *at, const ent_yaml *where, const ent_concept *concept,
                               ptrdiff_t count, const char *wanted)
{
    return ENT_REFUSE(at->reading, where, "`%s` is for %s, but %td %s; name them with `players: [...]`",
                      rows[concept->kind].word, wanted, count, count == 1 ? "plays" : "play");
}

static ent_status check_count(const ent_seating *at, const ent_yaml *where, const ent_concept *concept)
{
    const ptrdiff_t count = count_in(at, concept);
    switch (concept->kind) {
    case ENT_CONCEPT_BILATERAL_WAR:
    case ENT_CONCEPT_FRONTIER:
        return count == 2 ? ENT_OK : refuse_count(at, where, concept, count, "two players");
    case ENT_CONCEPT_COOPERATIVE:
    case ENT_CONCEPT_EQUAL_GAIN:
    case ENT_CONCEPT_NASH_BARGAINING:
    case ENT_CONCEPT_NASH_IN_NASH:
    case ENT_CONCEPT_BLOCS:
        return count >= 2 ? ENT_OK : refuse_count(at, where, concept, count, "two players or more");
    default:
        return ENT_OK;
    }
}

/* ---- values ---- */

static ent_status positive(const ent_reading *reading, const ent_yaml *node, double *value)
{
    ENT_TRY(ent_quantity_number(reading, node, value));
    if (*value > 0.0) return ENT_OK;
    return ENT_REFUSE(reading, node,
                      "the weight of %s is %s; it must be above 0, for who counts nothing would give all",
                      node->key != NULL ? node->key->text : "a player", ent_yaml_short(node->text).text);
}

/* Given ones divided by their sum; without them, shares of benchmark income. */
static ent_status take_weights(const ent_seating *at, const ent_yaml *weights, ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    double sum = 0.0;
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        concept->weight[s] = 0.0;
        for (ptrdiff_t p = seats->seat[s].first; p < seats->seat[s].first + seats->seat[s].count && weights == NULL;
             p++)
        concept->weight[s] += at->net->sales_usd[at->net->household[seats->player[p].region]];
    }
    if (weights != NULL) ENT_TRY(ent_by_seat(at, weights, concept->weight, positive));
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        if (weights != NULL && concept->in[s] && concept->weight[s] == 0.0)
            return ENT_REFUSE(at->reading, weights, "`weights` says nothing of %s, who plays", seats->seat[s].name);
        if (!concept->in[s]) concept->weight[s] = 0.0;
        sum += concept->weight[s];
    }
    for (ptrdiff_t s = 0; s < seats->seats; s++) concept->weight[s] /= sum;
    return ENT_OK;
}

static ent_status take_kappa(const ent_seating *at, const ent_yaml *list, ent_concept *concept)
{
    static const double usual[] = {0.0, 0.5, 1.0};
    const ptrdiff_t given = list == NULL ? 3 : list->kind == YAML_SEQUENCE ? list->count : 1;
    concept->kappa = ent_new(at->reading->arena, double, given + 1);
    if (concept->kappa == NULL) return ent_reading_no_memory(at->reading);
    concept->kappas = given;
    if (list == NULL) {
        memcpy(concept->kappa, usual, sizeof usual);
        return ENT_OK;
    }
    if (given == 0 || list->kind == YAML_MAPPING)
        return ENT_REFUSE(at->reading, list, "`kappa` is a number or a list of rising ones, such as [0, 0.5, 1]");
    const ent_yaml *node = list->kind == YAML_SEQUENCE ? list->first : list;
    for (ptrdiff_t k = 0; k < given; k++, node = node->next) {
        ENT_TRY(ent_quantity_number(at->reading, node, &concept->kappa[k]));
        if (concept->kappa[k] < 0.0 || (k > 0 && concept->kappa[k] <= concept->kappa[k - 1]))
            return ENT_REFUSE(at->reading, node, "`kappa` is at least 0 and rises along the list; %s does not",
                              ent_yaml_short(node->text).text);
    }
    return ENT_OK;
}

static ent_status take_points(const ent_seating *at, const ent_yaml *node, ptrdiff_t *points)
{
    double number = 21.0;
    *points = (ptrdiff_t)number;
    if (node == NULL) return ENT_OK;
    ENT_TRY(ent_quantity_number(at->reading, node, &number));
    if (number != floor(number) || number < 3.0 || number > 1001.0)
        return ENT_REFUSE(at->reading, node, "`points: %s` must be a whole number from 3 to 1001",
                          ent_yaml_short(node->text).text);
    *points = (ptrdiff_t)number;
    return ENT_OK;
}

/* [[USA, EUU], [CHN]]: blocs by their members; who is not named stands alone. */
static ent_status take_partition(const ent_seating *at, const ent_yaml *list, ent_concept *concept)
{
    const ptrdiff_t seats = at->seats->seats;
    if (list == NULL || (list->kind == YAML_SCALAR && strcmp(list->text, "all") == 0)) return ENT_OK;
    if (list->kind != YAML_SEQUENCE)
        return ENT_REFUSE(at->reading, list, "`partition` is `all`, or a list of blocs, such as [[USA, CAN], [CHN]]");
    unsigned char *bloc = ent_new(at->reading->arena, unsigned char, seats);
    unsigned char *in = ent_new(at->reading->arena, unsigned char, seats);
    if (bloc == NULL || in == NULL) return ent_reading_no_memory(at->reading);
    memset(bloc, 255, (size_t)seats);
    unsigned char next = 0;
    for (const ent_yaml *item = list->first; item != NULL; item = item->next, next++) {
        ENT_TRY(ent_seats_mark(at, item, in));
        for (ptrdiff_t s = 0; s < seats; s++) {
            if (!in[s]) continue;
            if (!concept->in[s])
                return ENT_REFUSE(at->reading, item,
                                  "%s stands in a bloc, but `players` leaves it out; name it there too",
                                  at->seats->seat[s].name);
            if (bloc[s] != 255)
                return ENT_REFUSE(at->reading, item, "%s stands in two blocs; leave it in one",
                                  at->seats->seat[s].name);
            bloc[s] = next;
        }
    }
    for (ptrdiff_t s = 0; s < seats; s++)
        if (bloc[s] == 255) bloc[s] = next++;
    concept->bloc = bloc;
    return ENT_OK;
}

static ent_status take_threat(const ent_seating *at, const ent_yaml *node, ent_threat absent, ent_threat *threat)
{
    int index = (int)absent;
    if (node != NULL) ENT_TRY(ent_reading_word(at->reading, node, "status-quo nash", &index));
    *threat = (ent_threat)index;
    return ENT_OK;
}

static ent_status take_target(const ent_seating *at, const ent_yaml *where, const ent_yaml *node, ent_concept *concept)
{
    if (node == NULL) return ENT_REFUSE(at->reading, where, "`%s` needs `target`, a region", rows[concept->kind].word);
    ENT_TRY(ent_region_find(at, node, &concept->target));
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        for (ptrdiff_t p = at->seats->seat[s].first; p < at->seats->seat[s].first + at->seats->seat[s].count; p++)
            if (concept->in[s] && at->seats->player[p].region == concept->target)
                return ENT_REFUSE(at->reading, node, "%s stands on both sides; a target is somebody else",
                                  ent_yaml_short(node->text).text);
    return ENT_OK;
}

/* Sanctions and asks: who acts, and on whom. */
static ent_status take_coercion(const ent_seating *at, const ent_yaml *name, const ent_yaml *keys, ent_concept *concept)
{
    const ent_yaml none = {.kind = YAML_MAPPING}, *all = keys != NULL ? keys : &none;
    const ent_yaml *target = ent_yaml_find(all, "target");
    if (concept->kind == ENT_CONCEPT_SANCTIONS) {
        const ent_yaml *senders = ent_yaml_find(all, "senders");
        if (senders == NULL) return ENT_REFUSE(at->reading, name, "`sanctions` needs `senders`, one player or several");
        ENT_TRY(ent_seats_mark(at, senders, concept->in));
        ENT_TRY(take_kappa(at, ent_yaml_find(all, "kappa"), concept));
        return take_target(at, name, target, concept);
    }
    const ent_yaml *asker = ent_yaml_find(all, "asker");
    if (asker == NULL) return ENT_REFUSE(at->reading, name, "`ask` needs `asker`, a player");
    ENT_TRY(ent_seat_find(at, asker, &concept->asker));
    memset(concept->in, 0, (size_t)at->seats->seats);
    concept->in[concept->asker] = 1;
    return take_target(at, name, target, concept);
}

/* ---- motives ---- */

/* cells: {CHN: [ELE, MAC]}: whose output of what a weight is asked for, one each. */
static ent_status take_cells(const ent_seating *at, const ent_yaml *mapping, ent_concept *concept)
{
    const ent_reading *reading = at->reading;
    const ent_naming naming = ent_naming_of(at->net->table);
    const ptrdiff_t R = at->net->regions, J = at->net->sectors;
    unsigned char *sector = ent_new(reading->arena, unsigned char, J);
    unsigned char *chosen = ent_new0(reading->arena, unsigned char, R *J);
    concept->cell = ent_new(reading->arena, int32_t, R * J);
    if (sector == NULL || chosen == NULL || concept->cell == NULL) return ent_reading_no_memory(reading);
    if (mapping->kind != YAML_MAPPING || mapping->count == 0)
        return ENT_REFUSE(reading, mapping, "`cells` is a mapping from regions to sectors, such as {CHN: [ELE, MAC]}");
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) {
        ptrdiff_t n;
        ENT_TRY(ent_region_find(at, value->key, &n));
        ENT_TRY(ent_choice_check(reading, value));
        ENT_TRY(ent_choice_resolve(reading, value, "all", &naming.sectors, NULL, sector));
        for (ptrdiff_t j = 0; j < J; j++) {
            if (!sector[j] || chosen[n * J + j]) continue;
            if (at->net->producer[n * J + j] < 0)
                return ENT_REFUSE(reading, value,
                                  "%s makes nothing in %s, so no weight on it can be told; leave it out",
                                  at->net->table->regions.label[n], at->net->table->sectors.code[j]);
            chosen[n * J + j] = 1;
            concept->cell[concept->cells++] = (int32_t)(n * J + j);
        }
    }
    return ENT_OK;
}

static ent_status take_motive(const ent_seating *at, const ent_yaml *name, const ent_yaml *keys, ent_concept *concept)
{
    const ent_yaml none = {.kind = YAML_MAPPING}, *all = keys != NULL ? keys : &none;
    const ent_yaml *kind = ent_yaml_find(all, "kind"), *cells = ent_yaml_find(all, "cells");
    const ent_yaml *player = ent_yaml_find(all, "player");
    int index = 0;
    ENT_TRY(ent_seats_mark(at, player, concept->in));
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        if (concept->in[s] && at->seats->seat[s].count != 1)
            return ENT_REFUSE(at->reading, player != NULL ? player : name,
                              "`motive` is for a player of one region, but %s is a bloc; ask for another with `player`",
                              at->seats->seat[s].name);
    if (kind != NULL) ENT_TRY(ent_reading_word(at->reading, kind, MOTIVES, &index));
    concept->motive = (ent_motive_kind)index;
    if (concept->motive == ENT_MOTIVE_LOBBY)
        return cells == NULL ? ENT_OK
                             : ENT_REFUSE(at->reading, cells->key,
                                          "`cells` are for `kind: security`; lobby weights are asked for all sectors");
    if (cells != NULL) return take_cells(at, cells, concept);
    return ENT_REFUSE(at->reading, kind,
                      "security weights need `cells`: whose output of what, such as {CHN: [ELE, MAC]}");
}

static ent_status take_concept(const ent_seating *at, const ent_yaml *item, ent_concept *concept)
{
    const ent_yaml *name, *keys, none = {.kind = YAML_MAPPING};
    const ptrdiff_t seats = at->seats->seats;
    ENT_TRY(open_item(at->reading, item, &name, &keys));
    *concept = (ent_concept){.kind = (ent_concept_kind)ent_words_find(ALL_CONCEPTS, name->text),
                             .in = ent_new0(at->reading->arena, unsigned char, seats),
                             .weight = ent_new0(at->reading->arena, double, seats),
                             .asker = -1,
                             .target = -1};
    if (concept->in == NULL || concept->weight == NULL) return ent_reading_no_memory(at->reading);
    if (concept->kind == ENT_CONCEPT_SANCTIONS || concept->kind == ENT_CONCEPT_ASK)
        return take_coercion(at, name, keys, concept);
    if (concept->kind == ENT_CONCEPT_MOTIVE) return take_motive(at, name, keys, concept);
    if (concept->kind == ENT_CONCEPT_CLUB) return ent_club_seat(at, name, keys, concept);
    if (keys == NULL) keys = &none;
    const ent_yaml *over = ent_yaml_find(keys, "over"), *inside = ent_yaml_find(keys, "inside");
    ENT_TRY(ent_seats_mark(at, ent_yaml_find(keys, "players"), concept->in));
    ENT_TRY(check_count(at, name, concept));
    ENT_TRY(take_weights(at, ent_yaml_find(keys, "weights"), concept));
    ENT_TRY(take_points(at, ent_yaml_find(keys, "points"), &concept->points));
    ENT_TRY(take_partition(at, ent_yaml_find(keys, "partition"), concept));
    if (inside != NULL) ENT_TRY(ent_reading_word(at->reading, inside, "free-trade as-before joint", &concept->inside));
    if (concept->kind == ENT_CONCEPT_EQUAL_GAIN) return take_threat(at, over, ENT_THREAT_STATUS_QUO, &concept->threat);
    const ent_threat absent = concept->kind == ENT_CONCEPT_NASH_BARGAINING ? ENT_THREAT_NASH : ENT_THREAT_STATUS_QUO;
    return take_threat(at, ent_yaml_find(keys, "threat"), absent, &concept->threat);
}

/* Without `concepts`: every optimum and the war. */
ent_status ent_concepts_seat(const ent_seating *at, const ent_yaml *concepts)
{
    const ent_yaml nash = {.kind = YAML_SCALAR, .text = "nash"};
    const ent_yaml optimum = {.kind = YAML_SCALAR, .text = "optimum", .next = &nash};
    const ent_yaml usual = {.kind = YAML_SEQUENCE, .count = 2, .first = &optimum};
    if (concepts == NULL) concepts = &usual;
    at->seats->concept = ent_new0(at->reading->arena, ent_concept, concepts->count);
    if (at->seats->concept == NULL) return ent_reading_no_memory(at->reading);
    for (const ent_yaml *item = concepts->first; item != NULL; item = item->next)
        ENT_TRY(take_concept(at, item, &at->seats->concept[at->seats->concepts++]));
    return ENT_OK;
}
