/* rungs.c: ladders of steps as a finite game. Every combination of steps is the status quo with the actions of all
 * sides' steps upon it, so that a step may be anything that a scenario may do; its equilibrium gives the payoffs. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "contest/file.h"
#include "contest/parley.h"
#include <math.h>
#include <string.h>

#define SLACK 1e-8 /* of payoffs, log points × 100: equilibria are no more exact */
#define SURE  1e-9 /* a probability that near to 1 is 1 */

typedef struct {
    const ent_parley *p;
    const ent_finite *game;
    double *payoff;        /* [profiles][ladders] */
    unsigned char *status; /* [profiles] */
    int political;         /* somebody has goals of his own */
} climb;

static ent_status combine(const climb *c, ptrdiff_t profile, ent_arena *arena, ent_policy *policy, ent_error *err)
{
    const ent_seats *seats = c->p->seats;
    const struct ent_contest_file *file = seats->contest->file;
    const ent_scenario *own[16];
    ptrdiff_t choice[16], acting = 0;
    ent_scenario whole;
    ent_finite_choice(c->game, profile, choice);
    for (ptrdiff_t l = 0; l < c->game->players; l++)
        if (choice[l] > 0) own[acting++] = &file->ladder[l].step[choice[l] - 1].own;
    ENT_TRY(ent_actions_upon(&seats->contest->scenario, own, acting, arena, &whole));
    return ent_seats_place(seats, &whole, arena, policy, err);
}

static ent_status pay(const climb *c, ptrdiff_t profile, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_seats *seats = c->p->seats;
    ent_policy policy;
    double *goal;
    ENT_TRY(combine(c, profile, &scratch, &policy, err));
    ENT_TRY(c->political ? ent_talk_goals(&c->p->game, &policy, &scratch, &goal, err)
                         : ent_talk_welfare(seats->net, &policy, NULL, &scratch, &goal, err));
    for (ptrdiff_t l = 0; l < c->game->players; l++) {
        const ptrdiff_t s = c->p->terms->ladder[l].seat;
        const double quo = c->p->talks->play.verdict[0].objective[s];
        c->payoff[profile * c->game->players + l] = 100.0 * (ent_seat_worth(seats, s, goal) - quo);
    }
    return ENT_OK;
}

static void pay_one(void *who, ptrdiff_t profile)
{
    const climb *c = who;
    c->status[profile] = (unsigned char)pay(c, profile, NULL);
}

/* "USA: chips, CHN: nothing" */
static const char *name_of(const ent_parley *p, const ent_finite *game, ptrdiff_t profile)
{
    ent_text text = {.arena = p->at.arena};
    ptrdiff_t choice[16];
    ent_finite_choice(game, profile, choice);
    for (ptrdiff_t l = 0; l < game->players; l++)
        ent_text_say(&text, "%s%s: %s", l > 0 ? ", " : "", p->seats->seat[p->terms->ladder[l].seat].name,
                     p->terms->ladder[l].step[choice[l]]);
    return text.failed ? "?" : text.data;
}

static ent_status pay_all(const ent_parley *p, ent_finite *game, ent_error *why)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t profiles = ent_finite_profiles(game);
    climb c = {.p = p,
               .game = game,
               .payoff = ent_new(p->at.arena, double, profiles * game->players),
               .status = ent_new0(&scratch, unsigned char, profiles)};
    if (c.payoff == NULL || c.status == NULL)
        return ent_fail(why, ENT_NO_MEMORY, "no memory for ladders with %td combinations", profiles);
    for (ptrdiff_t k = 0; k < p->seats->players; k++)
        c.political |= p->seats->player[k].lobby != NULL || p->seats->player[k].security != NULL;
    ent_blocks_run(profiles, p->at.options.threads, pay_one, &c);
    for (ptrdiff_t k = 0; k < profiles; k++) {
        ent_error inner = {0};
        if (c.status[k] == ENT_OK) continue;
        const ent_status status = pay(&c, k, &inner);
        return ent_fail(why, status, "%s: %s", name_of(p, game, k),
                        inner.text[0] != 0 ? inner.text : ent_status_words(status));
    }
    game->payoff = c.payoff;
    return ENT_OK;
}

/* Equilibria in which somebody mixes. */
static void keep_mixed(const ent_finite *game, ent_rungs *r)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t k = 0; k < r->mixed_count; k++) {
        const double *probability = r->mixed[k].probability;
        int mixes = 0;
        for (ptrdiff_t s = 0; s < game->strategies[0] + game->strategies[1]; s++)
            mixes |= probability[s] > SURE && probability[s] < 1.0 - SURE;
        if (mixes) r->mixed[kept++] = r->mixed[k];
    }
    r->mixed_count = kept;
}

static ent_status settle(const ent_parley *p, ent_rungs *r, ent_error *why)
{
    ENT_TRY(ent_finite_pure(&r->game, SLACK, p->at.arena, &r->pure, &r->pure_count, why));
    if (r->game.players == 2) {
        ENT_TRY(ent_finite_mixed(&r->game, p->at.arena, &r->mixed, &r->mixed_count, why));
        keep_mixed(&r->game, r);
    }
    return ent_finite_quantal(&r->game, p->terms->precision, p->at.arena, &r->quantal, why);
}

ent_status ent_parley_rungs(ent_parley *p)
{
    ent_rungs *r = &p->talks->rungs;
    const ptrdiff_t ladders = p->terms->ladders;
    ent_error why = {0};
    if (ladders == 0) return ENT_OK;
    ptrdiff_t *steps = ent_new(p->at.arena, ptrdiff_t, ladders);
    if (steps == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t l = 0; l < ladders; l++) steps[l] = p->terms->ladder[l].steps;
    r->game = (ent_finite){.players = ladders, .strategies = steps};
    r->status = pay_all(p, &r->game, &why);
    if (r->status != ENT_OK) return ent_parley_kept(p, r->status, &why, &r->why);
    const ent_status status = settle(p, r, &why);
    if (status != ENT_OK) r->quantal.probability = NULL;
    return ent_parley_kept(p, status, &why, &r->why);
}
