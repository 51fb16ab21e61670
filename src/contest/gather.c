/* gather.c: clubs of a game file: each level by the bloc room, and its last war once more as a point like any other,
 * with the certificate of its taxes; the certificate of its membership is the club's own. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include "contest/play.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_seats *seats;
    const ent_gathered *club;
} pledging;

/* Between the status quo and all that is pledged. Only a target of rates and sizes is asked for in shares (pledge.c).
 */
static void share_out(const ent_network *net, const ent_policy *quo, double level, ent_policy *policy)
{
    const struct {
        const double *from;
        double *to;
        ptrdiff_t count;
    } part[] = {
        {quo->duty, policy->duty, net->borders},
        {quo->export_tax, policy->export_tax, net->borders},
        {quo->log_trade_cost, policy->log_trade_cost, net->borders},
        {quo->log_productivity, policy->log_productivity, net->nodes},
        {quo->subsidy, policy->subsidy, net->nodes},
    };
    for (size_t k = 0; k < sizeof part / sizeof *part; k++)
        for (ptrdiff_t i = 0; i < part[k].count; i++)
            part[k].to[i] = part[k].from[i] + level * (part[k].to[i] - part[k].from[i]);
}

static ent_status pledged(void *who, const unsigned char *member, double level, ent_arena *arena, ent_policy *policy,
                          ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const pledging *p = who;
    unsigned char *in = ent_new0(&scratch, unsigned char, p->seats->seats);
    if (in == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for what members do");
    for (ptrdiff_t k = 0; k < p->club->players; k++) in[p->club->seat[k]] = member[k];
    ENT_TRY(ent_pledge_place(p->seats, p->club->level->pledge, in, arena, policy, err));
    if (level < 1.0) share_out(p->seats->net, &p->seats->policy, level, policy);
    return ENT_OK;
}

static ent_status gather(ent_table_of_play *at, ent_gathered *one, const ent_game *game, ent_error *why)
{
    const ent_concept *concept = one->concept;
    unsigned char core[32], candidate[32];
    pledging who = {at->seats, one};
    if (one->players > (ptrdiff_t)sizeof core)
        return ent_fail(why, ENT_BAD_INPUT, "%s: `club` is for %d players at most, and %td play",
                        at->seats->contest->scenario.path, (int)sizeof core, one->players);
    for (ptrdiff_t p = 0; p < one->players; p++) {
        core[p] = concept->core[one->seat[p]];
        candidate[p] = concept->candidate[one->seat[p]];
    }
    const ent_club club = {.core = core,
                           .candidate = candidate,
                           .policy = pledged,
                           .who = &who,
                           .level = 1.0,
                           .joint = concept->joint,
                           .threads = at->options.threads};
    one->kept = one->lost = NAN;
    if (concept->raise > 0.0)
        return ent_club_raise(game, &club, concept->raise, &at->options.game, at->arena, &one->form, &one->kept,
                              &one->lost, why);
    return ent_club_gather(game, &club, &at->options.game, at->arena, &one->form, why);
}

/* A second club of the same name is told apart by its point's. */
static void take_name(ent_gathered *one, const ent_verdict *verdict)
{
    one->name = verdict->name;
    one->label = verdict->label;
}

/* The last war as a point. */
static ent_status show(ent_table_of_play *at, ent_gathered *one)
{
    const ent_club_form *form = &one->form;
    ent_verdict *verdict = ent_verdict_new(at, one->concept, one->name, one->label);
    ent_error why = {0};
    ent_game_point point;
    if (verdict == NULL) return ent_play_no_memory(at);
    verdict->club = one;
    take_name(one, verdict);
    if (form->game.players == 0) return ent_verdict_solve(at, verdict, &form->policy);
    const ent_status status = ent_game_play(&form->game, &at->options.game, &form->policy, at->arena, &point, &why);
    if (status != ENT_OK) return ent_verdict_fail(at, verdict, status, &why);
    ENT_TRY(ent_verdict_take(at, verdict, &point));
    verdict->tolerance = ent_play_tolerance(at);
    verdict->starts = 1;
    ENT_TRY(ent_verdict_certify(at, &form->game, &point, verdict));
    verdict->seconds = form->seconds;
    return ENT_OK;
}

static ent_status play_level(ent_table_of_play *at, const ent_concept *concept, const ent_club_level *level,
                             const ent_game *game, const ptrdiff_t *seat)
{
    ent_error why = {0};
    ent_gathered *one = &at->play->club[at->play->clubs++];
    *one = (ent_gathered){.concept = concept,
                          .level = level,
                          .players = game->players,
                          .seat = ent_new(at->arena, ptrdiff_t, game->players)};
    one->name = level->name != NULL ? ent_string_format(at->arena, "club-%s", level->name) : "club";
    one->label = level->name != NULL ? ent_string_format(at->arena, "club: %s", level->name) : "club";
    if (one->seat == NULL || one->name == NULL || one->label == NULL) return ent_play_no_memory(at);
    memcpy(one->seat, seat, (size_t)game->players * sizeof *seat);
    one->status = gather(at, one, game, &why);
    if (one->status == ENT_OK) return show(at, one);
    ent_verdict *verdict = ent_verdict_new(at, concept, one->name, one->label);
    if (verdict == NULL) return ent_play_no_memory(at);
    ENT_TRY(ent_verdict_fail(at, verdict, one->status, &why));
    take_name(one, verdict);
    one->why = verdict->why;
    return ENT_OK;
}

static ptrdiff_t count_levels(const ent_seats *seats)
{
    ptrdiff_t levels = 0;
    for (ptrdiff_t c = 0; c < seats->concepts; c++) levels += seats->concept[c].levels;
    return levels;
}

ent_status ent_play_club(ent_table_of_play *at, const ent_concept *concept)
{
    const ent_seats *seats = at->seats;
    ent_play *play = at->play;
    ent_game game;
    ent_player *players;
    ptrdiff_t *seat = ent_new(at->arena, ptrdiff_t, seats->seats), count = 0;
    if (play->club == NULL) play->club = ent_new0(at->arena, ent_gathered, count_levels(seats));
    if (seat == NULL || play->club == NULL) return ent_play_no_memory(at);
    ENT_TRY(ent_subgame(at, concept->in, &game, &players));
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        if (concept->in[s]) seat[count++] = s;
    for (ptrdiff_t l = 0; l < concept->levels; l++) ENT_TRY(play_level(at, concept, &concept->level[l], &game, seat));
    return ENT_OK;
}
