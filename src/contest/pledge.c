/* pledge.c: `club` of a game file: its core, its candidates, and what members do. Actions are written once, with the
 * word `member` where each of them stands; here they are written out for every seat that may be a member, as pieces of
 * the document, so that actions keep their marks and a club's policy can be written as a scenario again. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include "contest/play.h"
#include "scenario/quantity.h"
#include <string.h>

static const char LEVEL_KEYS[] = "name actions";
static const char TAXES[] = "own joint";
static const char SIDES[] = "importer exporter region from to"; /* keys under which `member` is somebody */
static const char MEMBER[] = "member";

/* ---- form ---- */

static int says_member(const ent_yaml *node)
{
    if (node->kind == YAML_SCALAR) return strcmp(node->text, MEMBER) == 0;
    for (const ent_yaml *part = node->first; part != NULL; part = part->next)
        if (says_member(part)) return 1;
    return 0;
}

static int is_members(const ent_yaml *action)
{
    for (const ent_yaml *value = action->first; value != NULL; value = value->next)
        if (ent_words_find(SIDES, value->key->text) >= 0 && says_member(value)) return 1;
    return 0;
}

/* Actions in their form; each of them is somebody's who joins. */
static ent_status check_actions(const ent_reading *reading, const ent_yaml *list)
{
    ent_kept_file *kept = NULL;
    ent_action *action;
    ptrdiff_t count;
    ENT_TRY(ent_actions_read(reading, list, ENT_ACTIONS, &kept, &action, &count));
    for (ptrdiff_t a = 0; a < count; a++)
        if (!is_members(action[a].at))
            return ENT_REFUSE(reading, action[a].at->key,
                              "what members do says `member` where each of them stands, such as {exporter: member, "
                              "importer: CHN}");
    return ENT_OK;
}

static ent_status check_level(const ent_reading *reading, const ent_yaml *item)
{
    const char *text;
    if (item->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, item, "a level is a mapping: {name: ..., actions: [...]}");
    ENT_TRY(ent_keys_check(reading, item, "key of a level", LEVEL_KEYS));
    const ent_yaml *name = ent_yaml_find(item, "name"), *actions = ent_yaml_find(item, "actions");
    if (name == NULL) return ENT_REFUSE(reading, item, "a level needs `name`");
    ENT_TRY(ent_reading_text(reading, name, &text));
    if (actions == NULL) return ENT_REFUSE(reading, item, "a level needs `actions`, what each member does");
    return check_actions(reading, actions);
}

static ent_status check_levels(const ent_reading *reading, const ent_yaml *levels)
{
    if (levels->kind != YAML_SEQUENCE || levels->count == 0)
        return ENT_REFUSE(reading, levels,
                          "`levels` is a list: each level begins with a dash, and has `name` and `actions`");
    for (const ent_yaml *item = levels->first; item != NULL; item = item->next) {
        ENT_TRY(check_level(reading, item));
        for (const ent_yaml *other = levels->first; other != item; other = other->next)
            if (strcmp(ent_yaml_find(other, "name")->text, ent_yaml_find(item, "name")->text) == 0)
                return ENT_REFUSE(reading, ent_yaml_find(item, "name"), "two levels are called %s; rename one",
                                  ent_yaml_short(ent_yaml_find(item, "name")->text).text);
    }
    return ENT_OK;
}

ent_status ent_club_check(const ent_reading *reading, const ent_yaml *name, const ent_yaml *keys)
{
    const ent_yaml none = {.kind = YAML_MAPPING}, *all = keys != NULL ? keys : &none;
    const ent_yaml *target = ent_yaml_find(all, "target"), *levels = ent_yaml_find(all, "levels");
    const ent_yaml *raise = ent_yaml_find(all, "raise");
    if (ent_yaml_find(all, "core") == NULL)
        return ENT_REFUSE(reading, name, "`club` needs `core`, a player or a list of players who move first");
    if (target != NULL && levels != NULL)
        return ENT_REFUSE(reading, levels->key,
                          "`target` and `levels` are one or the other: what members do, or a list of ever more");
    if (raise != NULL && target == NULL)
        return ENT_REFUSE(reading, raise->key,
                          "`raise` looks for the share of a `target` that keeps all; there is none");
    if (target != NULL) ENT_TRY(check_actions(reading, target));
    return levels != NULL ? check_levels(reading, levels) : ENT_OK;
}

/* ---- written out for each member ---- */

/* A copy of a piece of the document in which `member`, under a side of an action, is a name; NULL: no memory. */
static ent_yaml *named(ent_arena *arena, const ent_yaml *node, int side, const char *name)
{
    ent_yaml *copy = ent_new(arena, ent_yaml, 1), *last = NULL;
    if (copy == NULL) return NULL;
    *copy = *node;
    copy->next = NULL;
    if (node->kind == YAML_SCALAR) {
        if (side && strcmp(node->text, MEMBER) == 0) copy->text = name;
        return copy;
    }
    copy->first = NULL;
    for (const ent_yaml *part = node->first; part != NULL; part = part->next) {
        const int here = side || (part->key != NULL && ent_words_find(SIDES, part->key->text) >= 0);
        ent_yaml *one = named(arena, part, here, name);
        if (one == NULL) return NULL;
        if (last == NULL)
            copy->first = one;
        else
            last->next = one;
        last = one;
    }
    return copy;
}

static ent_status write_out(const ent_seating *at, const ent_yaml *list, const ent_concept *concept,
                            ent_club_pledge *pledge)
{
    const ent_seats *seats = at->seats;
    ent_kept_file *kept = NULL;
    pledge->list = ent_new0(at->reading->arena, const ent_yaml *, seats->seats);
    pledge->action = ent_new0(at->reading->arena, ent_action *, seats->seats);
    if (pledge->list == NULL || pledge->action == NULL) return ent_reading_no_memory(at->reading);
    for (ptrdiff_t s = 0; s < seats->seats && list != NULL; s++) {
        if (!concept->core[s] && !concept->candidate[s]) continue;
        const ptrdiff_t region = seats->player[seats->seat[s].first].region;
        pledge->list[s] = named(at->reading->arena, list, 0, at->net->table->regions.code[region]);
        if (pledge->list[s] == NULL) return ent_reading_no_memory(at->reading);
        ENT_TRY(ent_actions_read(at->reading, pledge->list[s], ENT_ACTIONS, &kept, &pledge->action[s], &pledge->count));
    }
    return ENT_OK;
}

ent_status ent_pledge_upon(const ent_seats *seats, const ent_club_pledge *pledge, const unsigned char *member,
                           ent_arena *arena, ent_scenario *whole)
{
    const ent_scenario *base = &seats->contest->scenario;
    ent_scenario *own = ent_new(arena, ent_scenario, seats->seats);
    ent_scenario_file *file = ent_new0(arena, ent_scenario_file, seats->seats);
    const ent_scenario **list = ent_new(arena, const ent_scenario *, seats->seats);
    ptrdiff_t count = 0;
    if (own == NULL || file == NULL || list == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        if (!member[s] || pledge->action[s] == NULL) continue;
        file[count] = (ent_scenario_file){.actions = pledge->action[s], .action_count = pledge->count};
        own[count] = (ent_scenario){.file = &file[count]};
        list[count] = &own[count];
        count++;
    }
    return ent_actions_upon(base, list, count, arena, whole);
}

ent_status ent_pledge_place(const ent_seats *seats, const ent_club_pledge *pledge, const unsigned char *member,
                            ent_arena *arena, ent_policy *policy, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_scenario whole;
    if (ent_pledge_upon(seats, pledge, member, &scratch, &whole) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for what members do");
    return ent_seats_place(seats, &whole, arena, policy, err);
}

/* In words, as written. */
static ent_status say_lines(const ent_seating *at, const ent_yaml *list, ent_club_level *level)
{
    ent_scenario own = at->seats->contest->scenario;
    ent_scenario_file file = {.path = own.file->path, .folder = own.file->folder};
    ent_kept_file *kept = NULL;
    if (list == NULL) return ENT_OK;
    ENT_TRY(ent_actions_read(at->reading, list, ENT_ACTIONS, &kept, &file.actions, &file.action_count));
    own.file = &file;
    return ent_scenario_lines(&own, at->reading->arena, &level->lines, &level->line_count, at->reading->err);
}

/* A rate that somebody sets as suits him best is nobody's pledge. */
static ent_status check_free(const ent_seating *at, const ent_yaml *list, const ent_concept *concept,
                             const ent_policy *policy)
{
    const ent_seats *seats = at->seats;
    const ent_table *table = at->net->table;
    for (int tax = 0; tax < 2; tax++)
        for (ptrdiff_t e = 0; e < at->net->borders; e++) {
            const double *now = tax == ENT_TAX_IMPORT ? policy->duty : policy->export_tax;
            const double *quo = tax == ENT_TAX_IMPORT ? seats->policy.duty : seats->policy.export_tax;
            if (now[e] == quo[e]) continue;
            for (ptrdiff_t s = 0; s < seats->seats; s++)
                if (concept->in[s] && ent_seat_sets(seats, &seats->seat[s], (ent_tax)tax, e))
                    return ENT_REFUSE(at->reading, list,
                                      "%s sets its %s on trade of %s with %s in %s as suits it best, so nothing can be "
                                      "asked of it; leave it out here, or out of the `instruments` of %s",
                                      seats->seat[s].name, ent_tax_words((ent_tax)tax),
                                      table->regions.code[ent_lane_exporter(at->net, e)],
                                      table->regions.code[at->net->lane_region[e]],
                                      table->sectors.code[ent_lane_sector(at->net, e)], seats->seat[s].name);
        }
    return ENT_OK;
}

/* Names and trade of every action are looked up now, with everybody in who may be. */
static ent_status take_level(const ent_seating *at, const ent_yaml *list, const char *name, ent_concept *concept)
{
    ENT_SCRATCH scratch = {0};
    ent_club_level *level = &concept->level[concept->levels++];
    ent_policy policy;
    unsigned char *all = ent_new(&scratch, unsigned char, at->seats->seats);
    *level = (ent_club_level){.name = name, .pledge = ent_new0(at->reading->arena, ent_club_pledge, 1)};
    if (level->pledge == NULL || all == NULL) return ent_reading_no_memory(at->reading);
    ENT_TRY(write_out(at, list, concept, level->pledge));
    ENT_TRY(say_lines(at, list, level));
    for (ptrdiff_t s = 0; s < at->seats->seats; s++) all[s] = concept->core[s] || concept->candidate[s];
    ENT_TRY(ent_pledge_place(at->seats, level->pledge, all, &scratch, &policy, at->reading->err));
    return list != NULL ? check_free(at, list, concept, &policy) : ENT_OK;
}

static ent_status take_levels(const ent_seating *at, const ent_yaml *target, const ent_yaml *levels,
                              ent_concept *concept)
{
    concept->level = ent_new0(at->reading->arena, ent_club_level, levels != NULL ? levels->count : 1);
    if (concept->level == NULL) return ent_reading_no_memory(at->reading);
    if (levels == NULL) return take_level(at, target, NULL, concept);
    for (const ent_yaml *item = levels->first; item != NULL; item = item->next)
        ENT_TRY(take_level(at, ent_yaml_find(item, "actions"), ent_yaml_find(item, "name")->text, concept));
    return ENT_OK;
}

/* ---- who ---- */

static ent_status take_sides(const ent_seating *at, const ent_yaml *name, const ent_yaml *keys, ent_concept *concept)
{
    const ent_yaml *core = ent_yaml_find(keys, "core"), *candidates = ent_yaml_find(keys, "candidates");
    const ent_seats *seats = at->seats;
    ptrdiff_t count = 0;
    ENT_TRY(ent_seats_mark(at, ent_yaml_find(keys, "players"), concept->in));
    ENT_TRY(ent_seats_mark(at, core, concept->core));
    ENT_TRY(ent_seats_mark(at, candidates, concept->candidate));
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const char *who = seats->seat[s].name;
        if (candidates == NULL) concept->candidate[s] = concept->in[s] && !concept->core[s];
        if ((concept->core[s] || concept->candidate[s]) && !concept->in[s])
            return ENT_REFUSE(at->reading, concept->core[s] ? core : candidates,
                              "%s is not among the `players` of this club; add it there, or leave it out", who);
        if (concept->core[s] && concept->candidate[s])
            return ENT_REFUSE(at->reading, candidates, "%s is in the core and a candidate; leave it in one", who);
        if (concept->in[s] && seats->seat[s].count != 1)
            return ENT_REFUSE(at->reading, name,
                              "`club` is for players of one region, but %s is a bloc; write its regions as players of "
                              "their own, or leave it out with `players`",
                              who);
        count += concept->candidate[s];
    }
    if (count > 0) return ENT_OK;
    return ENT_REFUSE(at->reading, name, "`club` has no candidates: everybody who plays is in its core");
}

/* Half a ban is none: only rates and sizes have shares. (A transfer has; but its share could not be written again.) */
static ent_status take_raise(const ent_seating *at, const ent_yaml *raise, ent_concept *concept)
{
    const ent_club_pledge *pledge = concept->level[0].pledge;
    if (raise == NULL) return ENT_OK;
    ENT_TRY(ent_quantity_rate(at->reading, raise, &concept->raise));
    if (!(concept->raise > 0.0 && concept->raise <= 0.5))
        return ENT_REFUSE(at->reading, raise, "`raise: %s` must be above 0%% and at most 50%%: how finely is looked",
                          ent_yaml_short(raise->text).text);
    for (ptrdiff_t s = 0; s < at->seats->seats; s++)
        for (ptrdiff_t a = 0; a < pledge->count && pledge->action[s] != NULL; a++) {
            const ent_action *action = &pledge->action[s][a];
            if (action->kind == ENT_ACTION_ban || action->kind == ENT_ACTION_transfer ||
                ent_action_is_quota(action->kind))
                return ENT_REFUSE(at->reading, action->at->key,
                                  "`raise` asks for shares of the target, and a %s has none; write `levels` instead",
                                  ent_action_name(action->kind));
        }
    return ENT_OK;
}

ent_status ent_club_seat(const ent_seating *at, const ent_yaml *name, const ent_yaml *keys, ent_concept *concept)
{
    const ent_yaml *taxes = ent_yaml_find(keys, "taxes");
    concept->core = ent_new0(at->reading->arena, unsigned char, at->seats->seats);
    concept->candidate = ent_new0(at->reading->arena, unsigned char, at->seats->seats);
    if (concept->core == NULL || concept->candidate == NULL) return ent_reading_no_memory(at->reading);
    ENT_TRY(take_sides(at, name, keys, concept));
    if (taxes != NULL) ENT_TRY(ent_reading_word(at->reading, taxes, TAXES, &concept->joint));
    ENT_TRY(take_levels(at, ent_yaml_find(keys, "target"), ent_yaml_find(keys, "levels"), concept));
    return take_raise(at, ent_yaml_find(keys, "raise"), concept);
}
