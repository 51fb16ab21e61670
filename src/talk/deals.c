/* deals.c: deals in packages: what each side has of every policy of a list, which of them all could accept, and ladders
 * of steps as a finite game. A package may hold anything that a policy holds, so duties can be paid with licences. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "talk/joint.h"
#include <math.h>
#include <string.h>

/* ---- values ---- */

typedef struct {
    const ent_network *net;
    const ent_policy *deal;
    double *value;          /* [deals][regions] */
    unsigned char *reached; /* [deals] */
    unsigned char *memory;  /* [deals] 1: out of it */
} valuing;

static void value_one(void *state, ptrdiff_t k)
{
    const valuing *v = state;
    ENT_SCRATCH scratch = {0};
    double *found;
    const ptrdiff_t regions = v->net->regions;
    const ent_status status = ent_talk_welfare(v->net, v->deal + k, NULL, &scratch, &found, NULL);
    v->reached[k] = status == ENT_OK;
    v->memory[k] = status == ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < regions; n++) v->value[k * regions + n] = status == ENT_OK ? found[n] : NAN;
}

ent_status ent_deal_values(const ent_network *net, const ent_policy *deal, ptrdiff_t deals, int threads,
                           ent_arena *arena, double **value, unsigned char **reached, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    *value = ent_new(arena, double, deals * net->regions);
    *reached = ent_new0(arena, unsigned char, deals);
    const valuing v = {net, deal, *value, *reached, ent_new0(&scratch, unsigned char, deals)};
    if (*value == NULL || *reached == NULL || v.memory == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the values of %td deals", deals);
    ent_blocks_run(deals, threads, value_one, (void *)&v);
    for (ptrdiff_t k = 0; k < deals; k++)
        if (v.memory[k]) return ent_fail(err, ENT_NO_MEMORY, "no memory for the value of deal %td", k + 1);
    return ENT_OK;
}

/* ---- who could accept what ---- */

/* Is deal b better for one party and worse for none? */
static int dominates(const double *b, const double *a, ptrdiff_t parties)
{
    int better = 0;
    for (ptrdiff_t p = 0; p < parties; p++) {
        if (!(b[p] >= a[p])) return 0;
        better |= b[p] > a[p];
    }
    return better;
}

static void weigh(ent_deal_table *t, const double *value, const double *threat)
{
    for (ptrdiff_t k = 0; k < t->deals; k++) {
        const double *mine = value + k * t->parties;
        int whole = 1; /* a deal without an equilibrium is none */
        double product = 0.0;
        t->least_gain[k] = INFINITY;
        for (ptrdiff_t p = 0; p < t->parties; p++) {
            const double gain = mine[p] - threat[p];
            whole = whole && isfinite(gain);
            t->least_gain[k] = fmin(t->least_gain[k], gain);
            product += gain > 0.0 ? log(exp(mine[p]) - exp(threat[p])) : -INFINITY;
        }
        if (!whole) t->least_gain[k] = NAN;
        t->product[k] = whole ? product : NAN;
        t->acceptable[k] = whole && t->least_gain[k] >= 0.0;
        t->efficient[k] = (unsigned char)whole;
        for (ptrdiff_t other = 0; other < t->deals && t->efficient[k]; other++)
            if (dominates(value + other * t->parties, mine, t->parties)) t->efficient[k] = 0;
    }
}

/* The first of the largest. */
static void choose(ent_deal_table *t)
{
    t->bargained = t->even = -1;
    for (ptrdiff_t k = 0; k < t->deals; k++) {
        t->open += t->acceptable[k] && t->efficient[k];
        if (!t->acceptable[k]) continue;
        if (t->product[k] > -INFINITY && (t->bargained < 0 || t->product[k] > t->product[t->bargained]))
            t->bargained = k;
        if (t->even < 0 || t->least_gain[k] > t->least_gain[t->even]) t->even = k;
    }
}

ent_status ent_deal_weigh(ptrdiff_t deals, ptrdiff_t parties, const double *value, const double *threat,
                          ent_arena *arena, ent_deal_table *t, ent_error *err)
{
    if (deals < 1 || parties < 2)
        return ent_fail(err, ENT_BAD_INPUT, "a table of deals needs a deal and two parties; it has %td and %td", deals,
                        parties);
    for (ptrdiff_t p = 0; p < parties; p++)
        if (!isfinite(threat[p]))
            return ent_fail(err, ENT_BAD_INPUT, "the threat of party %td is %g, which is not a number", p + 1,
                            threat[p]);
    *t = (ent_deal_table){.deals = deals,
                          .parties = parties,
                          .acceptable = ent_new0(arena, unsigned char, deals),
                          .efficient = ent_new0(arena, unsigned char, deals),
                          .least_gain = ent_new(arena, double, deals),
                          .product = ent_new(arena, double, deals)};
    if (t->acceptable == NULL || t->efficient == NULL || t->least_gain == NULL || t->product == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a table of %td deals", deals);
    weigh(t, value, threat);
    choose(t);
    return ENT_OK;
}

/* ---- ladders ---- */

typedef enum {
    IN_LOGS, /* of 1 + rate */
    IN_LEVELS
} adding;

/* list += step − base, in the way that its wedge adds up. */
static void add_step(ptrdiff_t count, adding how, const double *base, const double *step, double *list)
{
    for (ptrdiff_t k = 0; k < count; k++) {
        if (step[k] == base[k]) continue; /* to the bit: a side that does nothing moves nothing */
        list[k] =
            how == IN_LOGS ? expm1(log1p(list[k]) + log1p(step[k]) - log1p(base[k])) : list[k] + step[k] - base[k];
    }
}

static void add_policy(const ent_network *net, const ent_policy *base, const ent_policy *step, ent_policy *sum)
{
    add_step(net->borders, IN_LOGS, base->duty, step->duty, sum->duty);
    add_step(net->borders, IN_LOGS, base->export_tax, step->export_tax, sum->export_tax);
    add_step(net->borders, IN_LEVELS, base->log_trade_cost, step->log_trade_cost, sum->log_trade_cost);
    add_step(net->nodes, IN_LEVELS, base->log_productivity, step->log_productivity, sum->log_productivity);
    add_step(net->nodes, IN_LEVELS, base->subsidy, step->subsidy, sum->subsidy);
    add_step(net->regions, IN_LEVELS, base->transfer_usd, step->transfer_usd, sum->transfer_usd);
    for (ptrdiff_t lane = 0; lane < net->borders && step->banned != NULL; lane++)
        sum->banned[lane] |= step->banned[lane];
}

static void *copied(ent_arena *arena, const void *list, size_t count, size_t size)
{
    void *copy = ent_arena_take(arena, count, size);
    if (copy != NULL && count > 0) memcpy(copy, list, count * size);
    return copy;
}

static ent_status copy_policy(const ent_network *net, const ent_policy *from, ent_arena *arena, ent_policy *to,
                              ent_error *err)
{
    const size_t borders = (size_t)net->borders, nodes = (size_t)net->nodes, one = sizeof(double);
    *to = *from; /* what is not a wedge of its own here is the base's */
    to->duty = copied(arena, from->duty, borders, one);
    to->export_tax = copied(arena, from->export_tax, borders, one);
    to->log_trade_cost = copied(arena, from->log_trade_cost, borders, one);
    to->log_productivity = copied(arena, from->log_productivity, nodes, one);
    to->subsidy = copied(arena, from->subsidy, nodes, one);
    to->transfer_usd = copied(arena, from->transfer_usd, (size_t)net->regions, one);
    to->banned =
        from->banned != NULL ? copied(arena, from->banned, borders, 1) : ent_new0(arena, unsigned char, borders);
    if (to->duty == NULL || to->export_tax == NULL || to->log_trade_cost == NULL || to->log_productivity == NULL ||
        to->subsidy == NULL || to->transfer_usd == NULL || to->banned == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the policies of a ladder");
    return ENT_OK;
}

typedef struct {
    const ent_network *net;
    const ent_policy *base;
    const ent_ladder *side;
    const ent_finite *game;
    double *payoff;
    unsigned char *status; /* [profiles] ent_status */
} climbing;

static ent_status climb(const climbing *c, ptrdiff_t profile)
{
    ENT_SCRATCH scratch = {0};
    ent_policy sum;
    ptrdiff_t choice[16];
    double *found;
    ENT_TRY(copy_policy(c->net, c->base, &scratch, &sum, NULL));
    ent_finite_choice(c->game, profile, choice);
    for (ptrdiff_t p = 0; p < c->game->players; p++) add_policy(c->net, c->base, c->side[p].step + choice[p], &sum);
    ENT_TRY(ent_talk_welfare(c->net, &sum, NULL, &scratch, &found, NULL));
    for (ptrdiff_t p = 0; p < c->game->players; p++) {
        double *payoff = c->payoff + profile * c->game->players + p;
        *payoff = 0.0;
        for (ptrdiff_t n = 0; n < c->net->regions; n++) *payoff += c->side[p].weight[n] * found[n];
    }
    return ENT_OK;
}

static void climb_one(void *state, ptrdiff_t profile)
{
    const climbing *c = state;
    c->status[profile] = (unsigned char)climb(c, profile);
}

static ent_status lay_out(const ent_ladder *side, ptrdiff_t sides, ent_arena *arena, ent_finite *game, ent_error *err)
{
    if (sides < 1 || sides > 16)
        return ent_fail(err, ENT_BAD_INPUT, "ladders are climbed by 1 to 16 sides, not %td", sides);
    ptrdiff_t *steps = ent_new(arena, ptrdiff_t, sides);
    if (steps == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the ladders of %td sides", sides);
    double profiles = 1.0;
    for (ptrdiff_t p = 0; p < sides; p++) {
        if (side[p].steps < 1) return ent_fail(err, ENT_BAD_INPUT, "the ladder of side %td has no step", p + 1);
        profiles *= (double)(steps[p] = side[p].steps);
    }
    if (profiles > 1e6)
        return ent_fail(err, ENT_BAD_INPUT,
                        "ladders with %.3g combinations are too many equilibria to solve; 1000000 are the most",
                        profiles);
    *game = (ent_finite){.players = sides, .strategies = steps};
    return ENT_OK;
}

ent_status ent_deal_ladders(const ent_network *net, const ent_policy *base, const ent_ladder *side, ptrdiff_t sides,
                            int threads, ent_arena *arena, ent_finite *game, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_TRY(lay_out(side, sides, arena, game, err));
    for (ptrdiff_t p = 0; p < sides; p++)
        for (ptrdiff_t k = 0; k < side[p].steps; k++)
            if (side[p].step[k].quotas != base->quotas)
                return ent_fail(
                    err, ENT_BAD_INPUT,
                    "step %td of side %td has quotas of its own, which do not add up; put them into the base, "
                    "or give packages to be valued one by one",
                    k + 1, p + 1);
    const ptrdiff_t profiles = ent_finite_profiles(game);
    double *payoff = ent_new(arena, double, profiles *sides);
    unsigned char *status = ent_new0(&scratch, unsigned char, profiles);
    if (payoff == NULL || status == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for ladders with %td combinations", profiles);
    climbing c = {net, base, side, game, payoff, status};
    ent_blocks_run(profiles, threads, climb_one, &c);
    for (ptrdiff_t k = 0; k < profiles; k++)
        if (status[k] != ENT_OK)
            return ent_fail(err, (ent_status)status[k], "combination %td of the ladders: %s; its steps are too far",
                            k + 1, ent_status_words((ent_status)status[k]));
    game->payoff = payoff;
    return ENT_OK;
}
