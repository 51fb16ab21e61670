/* coerce.c: sanctions with a weight on harm, and asks under the threat to cut the other off. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include <math.h>
#include <string.h>

/* ---- sanctions ---- */

/* Senders' instruments on the target alone. */
static ent_status senders_of(ent_table_of_play *at, const ent_concept *concept, ent_game *game)
{
    ent_player *players;
    unsigned char *target = ent_new0(at->arena, unsigned char, at->seats->net->regions);
    if (target == NULL) return ent_play_no_memory(at);
    target[concept->target] = 1;
    ENT_TRY(ent_subgame(at, concept->in, game, &players));
    for (ptrdiff_t p = 0; p < game->players; p++) ENT_TRY(ent_player_narrow(at, &players[p], target));
    return ENT_OK;
}

ent_status ent_sanctions_check(ent_table_of_play *at, const ent_concept *concept)
{
    ent_game game;
    return concept->kind == ENT_CONCEPT_SANCTIONS ? senders_of(at, concept, &game) : ENT_OK;
}

/* Whose they are is said where the file asks for several on one target. kappa NaN: of all. */
static ent_verdict *verdict_of_kappa(ent_table_of_play *at, const ent_concept *concept, double kappa)
{
    const ent_seats *seats = at->seats;
    const char *target = seats->net->table->regions.code[concept->target];
    ent_text name = {.arena = at->arena}, label = {.arena = at->arena};
    ptrdiff_t alike = 0;
    for (ptrdiff_t c = 0; c < seats->concepts; c++) {
        const ent_concept *other = &seats->concept[c];
        alike += other->kind == ENT_CONCEPT_SANCTIONS && other->target == concept->target;
    }
    ent_text_say(&name, "sanctions");
    for (ptrdiff_t s = 0; s < seats->seats && alike > 1; s++) {
        if (!concept->in[s]) continue;
        ent_text_say(&name, "-%s", seats->seat[s].name);
        ent_text_say(&label, "%s%s", label.size > 0 ? "+" : "", seats->seat[s].name);
    }
    ent_text_say(&name, "-%s", target);
    ent_text_say(&label, alike > 1 ? " on %s" : "sanctions on %s", target);
    if (!isnan(kappa)) {
        ent_text_say(&name, "-%g", kappa);
        ent_text_say(&label, ", κ=%g", kappa);
    }
    ent_verdict *verdict = name.failed || label.failed ? NULL : ent_verdict_new(at, concept, name.data, label.data);
    if (verdict != NULL) verdict->parameter = kappa;
    return verdict;
}

ent_status ent_play_sanctions(ent_table_of_play *at, const ent_concept *concept)
{
    const double began = ent_seconds();
    ent_game game;
    ent_sanctions trace;
    ent_error why = {0};
    const ent_sanction ask = {.target = concept->target, .kappa = concept->kappa, .count = concept->kappas};
    ENT_TRY(senders_of(at, concept, &game));
    const ent_status status = ent_talk_sanction(&game, &ask, &at->options.game, at->arena, &trace, &why);
    if (status != ENT_OK) { /* the trace is one piece of work */
        ent_verdict *all = verdict_of_kappa(at, concept, NAN);
        return all == NULL ? ent_play_no_memory(at) : ent_verdict_fail(at, all, status, &why);
    }
    for (ptrdiff_t k = 0; k < concept->kappas; k++) {
        ent_verdict *verdict = verdict_of_kappa(at, concept, concept->kappa[k]);
        if (verdict == NULL) return ent_play_no_memory(at);
        ENT_TRY(ent_verdict_take(at, verdict, &trace.point[k]));
        verdict->tolerance = ent_play_tolerance(at);
        verdict->starts = 2;
        verdict->found = 1;
        verdict->seconds = k == 0 ? ent_seconds() - began : 0.0;
    }
    return ENT_OK;
}

/* ---- asks ---- */

/* Nothing is sold between the asker's regions and the target. */
static ent_status cut_off(ent_table_of_play *at, const ent_concept *concept, ent_policy *policy)
{
    const ent_seats *seats = at->seats;
    const ent_network *net = seats->net;
    const ent_seat *asker = &seats->seat[concept->asker];
    *policy = seats->policy;
    policy->banned = ent_new0(at->arena, unsigned char, net->borders);
    if (policy->banned == NULL) return ent_play_no_memory(at);
    if (seats->policy.banned != NULL) memcpy(policy->banned, seats->policy.banned, (size_t)net->borders);
    for (ptrdiff_t e = 0; e < net->borders; e++)
        for (ptrdiff_t p = asker->first; p < asker->first + asker->count; p++) {
            const ptrdiff_t n = net->lane_region[e], i = ent_lane_exporter(net, e), own = seats->player[p].region;
            if ((n == own && i == concept->target) || (i == own && n == concept->target)) policy->banned[e] = 1;
        }
    return ENT_OK;
}

/* Asker and, where it is a player, the target: what both may set is what can be asked. */
static ent_status table_of_ask(ent_table_of_play *at, const ent_concept *concept, ent_game *game)
{
    const ent_seats *seats = at->seats;
    unsigned char *in = ent_new0(at->arena, unsigned char, seats->seats);
    ent_player *players;
    if (in == NULL) return ent_play_no_memory(at);
    in[concept->asker] = 1;
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        for (ptrdiff_t p = seats->seat[s].first; p < seats->seat[s].first + seats->seat[s].count; p++)
            if (seats->player[p].region == concept->target && seats->seat[s].count == 1) in[s] = 1;
    return ent_subgame(at, in, game, &players);
}

static ent_status ask_for(ent_table_of_play *at, const ent_concept *concept, const ent_game *game, const double *cut,
                          ent_asked *asked, ent_error *why)
{
    const ent_seats *seats = at->seats;
    const ptrdiff_t R = seats->net->regions;
    const ent_player *own = &seats->player[seats->seat[concept->asker].first];
    double *weight = ent_new0(at->arena, double, R), *floors = ent_new(at->arena, double, R);
    if (weight == NULL || floors == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < R; n++) {
        weight[n] = own->weight != NULL ? own->weight[n] : n == own->region;
        floors[n] = n == concept->target ? cut[n] : -INFINITY;
    }
    const ent_ask ask = {weight, floors};
    return ent_talk_ask(game, &ask, &at->options.game, at->arena, asked, why);
}

ent_status ent_play_ask(ent_table_of_play *at, const ent_concept *concept)
{
    const double began = ent_seconds();
    const char *code = at->seats->net->table->regions.code[concept->target],
               *who = at->seats->seat[concept->asker].name;
    ent_game game;
    ent_policy policy;
    ent_asked asked;
    double *cut;
    ent_error why = {0};
    ENT_TRY(table_of_ask(at, concept, &game));
    ENT_TRY(cut_off(at, concept, &policy));
    const char *threat_name = ent_string_format(at->arena, "cut-off-%s-%s", who, code);
    const char *threat_label = ent_string_format(at->arena, "%s cut off by %s", code, who);
    const char *name = ent_string_format(at->arena, "ask-%s-%s", who, code);
    const char *label = ent_string_format(at->arena, "ask of %s to %s", who, code);
    if (threat_name == NULL || threat_label == NULL || name == NULL || label == NULL) return ent_play_no_memory(at);
    ent_verdict *threat = ent_verdict_new(at, concept, threat_name, threat_label);
    if (threat == NULL) return ent_play_no_memory(at);
    ENT_TRY(ent_verdict_solve(at, threat, &policy));
    if (threat->status != ENT_OK) return ENT_OK;
    ent_status status = ent_talk_goals(&game, &policy, at->arena, &cut, &why);
    if (status == ENT_OK) status = ask_for(at, concept, &game, cut, &asked, &why);
    ent_verdict *verdict = ent_verdict_new(at, concept, name, label);
    if (verdict == NULL) return ent_play_no_memory(at);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    ENT_TRY(ent_verdict_take(at, verdict, &asked.point));
    verdict->parameter = asked.multiplier[concept->target];
    verdict->tolerance = ent_play_tolerance(at);
    verdict->starts = 1;
    verdict->seconds = ent_seconds() - began;
    return ENT_OK;
}
