/* club.c: clubs by iterated elimination.
 *
 * A membership is a set of players by bits. Its war is that of part.c with the club as host: members are one bloc, all
 * others stand alone and tax members only, and what members do beside comes from the caller. Wars are kept by
 * membership, so that each is fought once. A round asks for several: they are fought at the same time, each from the
 * taxes of the club as it stands, which is known, so that no result depends on another thread's. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "bloc/part.h"
#include <math.h>
#include <string.h>

enum {
    MOST_PLAYERS = 32,
    FIRST_ROOM = 64
};
#define SLACK 1e-9 /* of a goal, as in stable.c */
#define WIDTH (1.0 / 64.0)

typedef struct {
    uint32_t set;
    ent_status status;
    ent_error why;
    double *goal;        /* [players] */
    double *log_welfare; /* [regions] */
    double *rate[2];     /* by ent_tax: [borders] */
    double slope;
} club_war;

typedef struct {
    const ent_game *game;
    const ent_club *club;
    ent_game_options options; /* without progress, which belongs to the caller's thread */
    const ent_game_options *told;
    ent_arena *arena; /* of the wars */
    ent_dials dials;
    double *spending_usd; /* [players] */
    double *none;         /* [players] goals without a club */
    uint32_t core, may;   /* who has to, who may be in */
    club_war **war;       /* [wars] as they were met */
    ptrdiff_t wars, room;
    ptrdiff_t first;      /* of those that are fought now */
    const club_war *near; /* whose taxes they start from, or NULL */
    uint32_t *set;        /* [rounds+1] after each round */
    ptrdiff_t rounds, most_rounds;
    double slack;
} gathering;

static int is_in(uint32_t set, ptrdiff_t player)
{
    return (int)(set >> player & 1);
}

/* ---- wars ---- */

static const club_war *find(const gathering *g, uint32_t set)
{
    for (ptrdiff_t k = 0; k < g->wars; k++)
        if (g->war[k]->set == set) return g->war[k];
    return NULL;
}

static ent_status add_war(gathering *g, uint32_t set)
{
    const ptrdiff_t borders = g->game->net->borders;
    if (g->wars == g->room) {
        const ptrdiff_t room = g->room > 0 ? 2 * g->room : FIRST_ROOM;
        club_war **more = ent_new(g->arena, club_war *, room);
        if (more == NULL) return ENT_NO_MEMORY;
        if (g->wars > 0) memcpy(more, g->war, (size_t)g->wars * sizeof(club_war *));
        g->war = more;
        g->room = room;
    }
    club_war *war = ent_new0(g->arena, club_war, 1);
    if (war == NULL) return ENT_NO_MEMORY;
    *war = (club_war){.set = set,
                      .goal = ent_new(g->arena, double, g->game->players),
                      .log_welfare = ent_new(g->arena, double, g->game->net->regions),
                      .rate = {ent_new(g->arena, double, borders), ent_new(g->arena, double, borders)}};
    if (war->goal == NULL || war->log_welfare == NULL || war->rate[0] == NULL || war->rate[1] == NULL)
        return ENT_NO_MEMORY;
    g->war[g->wars++] = war;
    return ENT_OK;
}

static void copy_out(const gathering *g, const ent_part *part, const ent_board *b, club_war *war)
{
    const size_t bytes = (size_t)g->game->net->borders * sizeof(double);
    const ent_policy *policy = b->dials.count > 0 && b->solved ? &b->policy : b->game->policy;
    ptrdiff_t player;
    for (ptrdiff_t p = 0; p < g->game->players; p++)
        war->goal[p] = ent_part_objective(&g->game->player[p], g->game->net->regions, b->goal);
    memcpy(war->log_welfare, b->log_welfare, (size_t)g->game->net->regions * sizeof(double));
    memcpy(war->rate[ENT_TAX_IMPORT], policy->duty, bytes);
    memcpy(war->rate[ENT_TAX_EXPORT], policy->export_tax, bytes);
    war->slope = part->game.players > 0 ? ent_board_slope(b, &player) : 0.0;
}

static ent_status lay_policy(const gathering *g, uint32_t set, ent_arena *arena, ent_policy *policy, ent_error *err)
{
    unsigned char member[MOST_PLAYERS];
    *policy = *g->game->policy;
    if (g->club->policy == NULL) return ENT_OK;
    for (ptrdiff_t p = 0; p < g->game->players; p++) member[p] = (unsigned char)is_in(set, p);
    return g->club->policy(g->club->who, member, g->club->level, arena, policy, err);
}

/* The membership as a game; bloc [players] and policy are the caller's, as `how` keeps them. */
static ent_status lay_war(const gathering *g, uint32_t set, unsigned char *bloc, ent_policy *policy, ent_arena *arena,
                          ent_parting *how, ent_part *part, ent_error *err)
{
    *how = (ent_parting){.game = g->game,
                         .policy = policy,
                         .dials = &g->dials,
                         .spending_usd = g->spending_usd,
                         .bloc = bloc,
                         .inside = ENT_BLOC_FREE_TRADE,
                         .apart = !g->club->joint,
                         .rows = 1};
    ENT_TRY(lay_policy(g, set, arena, policy, err));
    ent_partition_alone(g->game->players, set, bloc);
    for (ptrdiff_t p = 0; p < g->game->players; p++)
        if (is_in(set, p)) how->host = bloc[p];
    return ent_part_make(how, arena, part);
}

static ent_status fight(const gathering *g, club_war *war)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    unsigned char bloc[MOST_PLAYERS];
    ent_policy policy, start;
    ent_part part;
    ent_parting how;
    ENT_TRY(lay_war(g, war->set, bloc, &policy, &scratch, &how, &part, &war->why));
    start = part.policy;
    if (g->near != NULL) {
        start.duty = g->near->rate[ENT_TAX_IMPORT];
        start.export_tax = g->near->rate[ENT_TAX_EXPORT];
    }
    ENT_TRY(ent_part_fight(&how, &part, g->near != NULL ? &start : NULL, &g->options, &scratch, &board, &war->why));
    copy_out(g, &part, &board, war);
    return ENT_OK;
}

static void work(void *state, ptrdiff_t block)
{
    const gathering *g = state;
    club_war *war = g->war[g->first + block];
    war->status = fight(g, war);
}

static void name_members(const gathering *g, uint32_t set, ent_text *text)
{
    const ent_names *regions = &g->game->net->table->regions;
    for (ptrdiff_t p = 0; p < g->game->players; p++)
        if (is_in(set, p))
            ent_text_say(text, "%s%s", text->size > 0 ? ", " : "", regions->label[g->game->player[p].region]);
}

static ent_status refuse_war(const gathering *g, const club_war *war, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text members = {.arena = &scratch};
    if (war->status == ENT_NO_MEMORY) return ent_fail(err, ENT_NO_MEMORY, "no memory for the wars of a club");
    if (war->status == ENT_BAD_INPUT) return ent_fail(err, ENT_BAD_INPUT, "%s", war->why.text);
    name_members(g, war->set, &members);
    return ent_fail(err, war->status, "the club of %s: %s", members.failed ? "" : members.data,
                    war->why.text[0] != 0 ? war->why.text : ent_status_words(war->status));
}

static ent_status ask_for(gathering *g, uint32_t set, ent_error *err)
{
    if (find(g, set) != NULL || add_war(g, set) == ENT_OK) return ENT_OK;
    return ent_fail(err, ENT_NO_MEMORY, "no memory for the wars of a club");
}

/* Those that were asked for and not fought yet, from the taxes of `near`. */
static ent_status fight_all(gathering *g, ptrdiff_t first, const club_war *near, ent_error *err)
{
    g->first = first;
    g->near = near;
    ent_blocks_run(g->wars - first, g->club->threads > 1 ? g->club->threads : 1, work, g);
    for (ptrdiff_t k = first; k < g->wars; k++)
        if (g->war[k]->status != ENT_OK) return refuse_war(g, g->war[k], err);
    if (g->told != NULL && g->told->progress != NULL)
        g->told->progress(g->told->progress_who, "club", 1.0 / (double)(1 + g->wars));
    return ENT_OK;
}

/* The war of a membership, and those with each of `flips` the other way. */
static ent_status play(gathering *g, uint32_t set, uint32_t flips, ent_error *err)
{
    ptrdiff_t first = g->wars;
    ENT_TRY(ask_for(g, set, err));
    ENT_TRY(fight_all(g, first, g->rounds > 0 ? find(g, g->set[g->rounds - 1]) : NULL, err));
    first = g->wars;
    for (ptrdiff_t p = 0; p < g->game->players; p++)
        if (is_in(flips, p)) ENT_TRY(ask_for(g, set ^ (uint32_t)1 << p, err));
    return fight_all(g, first, find(g, set), err);
}

static double goal_of(const gathering *g, uint32_t set, ptrdiff_t player)
{
    return find(g, set)->goal[player];
}

/* What the player gains by being in rather than out, the others as they are. */
static double worth_of_being_in(const gathering *g, uint32_t set, ptrdiff_t player)
{
    const uint32_t bit = (uint32_t)1 << player;
    return goal_of(g, set | bit, player) - goal_of(g, set & ~bit, player);
}

/* ---- rounds ---- */

/* Who would change: of those outside who join, or of those inside who leave. */
static uint32_t movers(const gathering *g, uint32_t set, uint32_t asked)
{
    uint32_t moved = 0;
    for (ptrdiff_t p = 0; p < g->game->players; p++) {
        if (!is_in(asked, p)) continue;
        const double gain = worth_of_being_in(g, set, p);
        if ((is_in(set, p) ? -gain : gain) > g->slack) moved |= (uint32_t)1 << p;
    }
    return moved;
}

static int was_met(const gathering *g, uint32_t set)
{
    for (ptrdiff_t r = 0; r <= g->rounds; r++)
        if (g->set[r] == set) return 1;
    return 0;
}

/* Those who gain come in; where nobody does, those who gain by it drop out. */
static ent_status run_rounds(gathering *g, ent_club_form *form, ent_error *err)
{
    uint32_t now = g->core;
    g->set[0] = now;
    form->monotone = 1;
    for (;;) {
        ENT_TRY(play(g, now, g->may & ~now, err));
        uint32_t moved = movers(g, now, g->may & ~now);
        if (moved == 0) {
            ENT_TRY(play(g, now, g->may & now, err));
            moved = movers(g, now, g->may & now);
            if (moved == 0) return ENT_OK;
            form->monotone = 0;
        }
        now ^= moved;
        form->circular = was_met(g, now) || g->rounds + 1 >= g->most_rounds;
        g->set[++g->rounds] = now;
        if (form->circular) return play(g, now, g->may, err);
    }
}

/* ---- what came of it ---- */

static void tell_player(const gathering *g, ptrdiff_t p, ent_club_form *form)
{
    const uint32_t last = g->set[g->rounds], bit = (uint32_t)1 << p;
    form->member[p] = (unsigned char)is_in(last, p);
    form->joined[p] = -1;
    form->gain_joining[p] = form->gain_staying[p] = NAN;
    form->goal[p] = goal_of(g, last, p);
    form->gain_none[p] = form->goal[p] - g->none[p];
    for (ptrdiff_t r = g->rounds; r >= 0 && is_in(g->set[r], p); r--) form->joined[p] = r;
    if (!is_in(g->may, p)) return;
    const double gain = worth_of_being_in(g, last, p);
    form->gain_staying[p] = form->member[p] ? gain : -gain;
    if (!form->member[p]) return;
    const uint32_t before = g->set[form->joined[p] - 1];
    form->gain_joining[p] = goal_of(g, before | bit, p) - goal_of(g, before, p);
    if (form->gain_staying[p] < form->gain_joining[p] - g->slack) form->rising = 0;
}

/* The last war and its policy, in the caller's arena. */
static ent_status tell_war(const gathering *g, const club_war *war, ent_arena *arena, ent_club_form *form,
                           ent_error *err)
{
    const ptrdiff_t borders = g->game->net->borders;
    ent_part *part = ent_new(arena, ent_part, 1);
    ent_policy *policy = ent_new(arena, ent_policy, 1);
    unsigned char bloc[MOST_PLAYERS];
    ent_parting how;
    if (part == NULL || policy == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the war of a club");
    ENT_TRY(lay_war(g, war->set, bloc, policy, arena, &how, part, err));
    form->game = part->game;
    form->policy = part->policy;
    form->policy.duty = ent_new(arena, double, borders);
    form->policy.export_tax = ent_new(arena, double, borders);
    if (form->policy.duty == NULL || form->policy.export_tax == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the policy of a club");
    memcpy(form->policy.duty, war->rate[ENT_TAX_IMPORT], (size_t)borders * sizeof(double));
    memcpy(form->policy.export_tax, war->rate[ENT_TAX_EXPORT], (size_t)borders * sizeof(double));
    memcpy(form->log_welfare, war->log_welfare, (size_t)form->regions * sizeof(double));
    form->slope = war->slope;
    return ENT_OK;
}

static ent_status tell(const gathering *g, ent_arena *arena, ent_club_form *form, ent_error *err)
{
    const ptrdiff_t players = g->game->players;
    const uint32_t last = g->set[g->rounds];
    form->rounds = g->rounds;
    form->wars = g->wars;
    form->in = ent_new(arena, unsigned char, (g->rounds + 1) * players);
    if (form->in == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the rounds of a club");
    for (ptrdiff_t r = 0; r <= g->rounds; r++)
        for (ptrdiff_t p = 0; p < players; p++) form->in[r * players + p] = (unsigned char)is_in(g->set[r], p);
    form->rising = 1;
    form->core_gains = 1;
    for (ptrdiff_t p = 0; p < players; p++) {
        tell_player(g, p, form);
        if (is_in(g->core, p) && !(form->gain_none[p] > g->slack)) form->core_gains = 0;
    }
    form->nash = movers(g, last, g->may) == 0;
    form->all = last == (g->core | g->may);
    return tell_war(g, find(g, last), arena, form, err);
}

/* ---- the beginning ---- */

static ent_status check(const ent_game *game, const ent_club *club, gathering *g, ent_error *err)
{
    ENT_TRY(ent_game_check(game, err));
    if (game->players > MOST_PLAYERS)
        return ent_fail(err, ENT_BAD_INPUT, "a club is formed by %d players at most, not %td", (int)MOST_PLAYERS,
                        game->players);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        if (club->core[p])
            g->core |= (uint32_t)1 << p;
        else if (club->candidate == NULL || club->candidate[p])
            g->may |= (uint32_t)1 << p;
    }
    if (g->core == 0) return ent_fail(err, ENT_BAD_INPUT, "a club needs a core: a player who moves first");
    if (g->may == 0) return ent_fail(err, ENT_BAD_INPUT, "a club needs candidates: players who may join its core");
    return ENT_OK;
}

/* Goals under the policy as it is. */
static ent_status without_club(gathering *g, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    double *goal = ent_new(&scratch, double, g->game->net->regions);
    if (goal == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the goals of governments");
    ENT_TRY(ent_board_open(g->game, NULL, &g->options, &scratch, &board, err));
    ENT_TRY(ent_board_base(&board, goal, err));
    for (ptrdiff_t p = 0; p < g->game->players; p++)
        g->none[p] = ent_part_objective(&g->game->player[p], g->game->net->regions, goal);
    return ENT_OK;
}

static ent_status open_form(const ent_game *game, ent_arena *arena, ent_club_form *form, ent_error *err)
{
    const ptrdiff_t players = game->players;
    *form = (ent_club_form){.players = players,
                            .regions = game->net->regions,
                            .member = ent_new0(arena, unsigned char, players),
                            .joined = ent_new(arena, ptrdiff_t, players),
                            .gain_joining = ent_new(arena, double, players),
                            .gain_staying = ent_new(arena, double, players),
                            .gain_none = ent_new(arena, double, players),
                            .goal = ent_new(arena, double, players),
                            .log_welfare = ent_new(arena, double, game->net->regions)};
    if (form->member == NULL || form->joined == NULL || form->gain_joining == NULL || form->gain_staying == NULL ||
        form->gain_none == NULL || form->goal == NULL || form->log_welfare == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a club of %td players", players);
    return ENT_OK;
}

ent_status ent_club_gather(const ent_game *game, const ent_club *club, const ent_game_options *options,
                           ent_arena *arena, ent_club_form *form, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    gathering g = {.game = game,
                   .club = club,
                   .told = options,
                   .arena = &scratch,
                   .most_rounds = 4 * game->players + 16,
                   .slack = club->slack > 0.0 ? club->slack : SLACK};
    if (options != NULL) g.options = *options;
    g.options.progress = NULL;
    ENT_TRY(check(game, club, &g, err));
    ENT_TRY(open_form(game, arena, form, err));
    form->level = club->level;
    g.spending_usd = ent_new(&scratch, double, game->players);
    g.none = ent_new(&scratch, double, game->players);
    g.set = ent_new(&scratch, uint32_t, g.most_rounds + 2);
    if (g.spending_usd == NULL || g.none == NULL || g.set == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a club of %td players", game->players);
    ent_part_spending(game, g.spending_usd);
    ENT_TRY(ent_dials_list(game, &scratch, &g.dials, err));
    ENT_TRY(without_club(&g, err));
    ENT_TRY(run_rounds(&g, form, err));
    ENT_TRY(tell(&g, arena, form, err));
    form->seconds = ent_seconds() - began;
    return ENT_OK;
}

/* ---- how much can be asked ---- */

ent_status ent_club_raise(const ent_game *game, const ent_club *club, double width, const ent_game_options *options,
                          ent_arena *arena, ent_club_form *form, double *kept, double *lost, ent_error *err)
{
    ent_club here = *club;
    *kept = *lost = NAN;
    const double end = width > 0.0 ? width : WIDTH;
    for (int step = 0; step < 2; step++) { /* all of it, else nothing of it */
        here.level = step == 0 ? 1.0 : 0.0;
        ENT_TRY(ent_club_gather(game, &here, options, arena, form, err));
        if (form->all && form->nash) {
            *kept = here.level;
            break;
        }
        *lost = here.level;
    }
    while (isfinite(*kept) && isfinite(*lost) && *lost - *kept > end) {
        ent_club_form trial;
        here.level = 0.5 * (*kept + *lost);
        ENT_TRY(ent_club_gather(game, &here, options, arena, &trial, err));
        if (trial.all && trial.nash) {
            *kept = here.level;
            *form = trial;
        } else {
            *lost = here.level;
        }
    }
    return ENT_OK;
}
