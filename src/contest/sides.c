/* sides.c: what each side could have of an agreement over the war, and, of two, how they may get there: offers in turn,
 * a war of attrition, an offer to take or leave, and what a mediator could reach at best.
 *
 * Two sides share the frontier between two ends: all gains over the war to one of them or to the other. A share is a
 * fraction of a side's own largest gain; offers lie on the frontier as it bends.
 *
 * A mediator faces what each side knows of its own cost c of war alone. In log points of the first side, q the price of
 * the other's at the bargain, an agreement is worth S = g_0 + q g_1 over the war, g the gains at the bargain; no
 * agreement is worth more, for the policies of both maximise just that sum. The first side is willing to give up to
 * S + c_0, the other wants at least -q c_1: a buyer and a seller (Myerson and Satterthwaite). Since the frontier lies
 * below its tangent, what the best mechanism reaches on the tangent is a ceiling for any on the frontier. */
// SPDX-License-Identifier: MIT
#include "contest/parley.h"
#include <math.h>

static ptrdiff_t player_of(const ent_parley *p, ptrdiff_t seat)
{
    return p->seats->seat[seat].first;
}

/* What the war leaves every player's seat, as floors. NULL: no memory. */
static double *floors_of_war(const ent_parley *p)
{
    double *floor = ent_new(p->at.arena, double, p->seats->players);
    for (ptrdiff_t s = 0; s < p->seats->seats && floor != NULL; s++)
        for (ptrdiff_t k = 0; k < p->seats->seat[s].count; k++)
            floor[player_of(p, s) + k] = p->talks->war->objective[s];
    return floor;
}

/* ---- three and more ---- */

ent_status ent_parley_most(ent_parley *p)
{
    ent_talks *talks = p->talks;
    const ptrdiff_t S = p->seats->seats;
    const double *floor = floors_of_war(p);
    talks->most = ent_new0(p->at.arena, ent_most, S);
    talks->most_why = ent_new0(p->at.arena, const char *, S);
    if (floor == NULL || talks->most == NULL || talks->most_why == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t s = 0; s < S; s++) {
        ent_error why = {0};
        const ent_status status =
            ent_talk_most(&p->game, player_of(p, s), floor, &p->at.options.game, p->at.arena, &talks->most[s], &why);
        ENT_TRY(ent_parley_kept(p, status, &why, &talks->most_why[s]));
    }
    return ENT_OK;
}

/* ---- two: shares ---- */

static double reach(const ent_parley *p, int side)
{
    return p->talks->zone.best[side] - p->talks->zone.threat[side];
}

static double share_of(const ent_parley *p, int side, double has)
{
    return (has - p->talks->zone.threat[side]) / reach(p, side);
}

static ent_offer offer_of(const ent_parley *p, double has0, double has1)
{
    return (ent_offer){{share_of(p, 0, has0), share_of(p, 1, has1)}, {has0, has1}};
}

/* The deal on the frontier that gives a side just this much, and the other the most. */
static ent_status deal_at(ent_parley *p, int side, double has, ent_offer *offer, ent_error *why)
{
    const ptrdiff_t own = player_of(p, p->talks->seat[side]), other = player_of(p, p->talks->seat[1 - side]);
    ent_most most;
    double *floor = floors_of_war(p);
    if (floor == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t k = 0; k < p->seats->seat[p->talks->seat[side]].count; k++) floor[own + k] = has;
    ENT_TRY(ent_talk_most(&p->game, other, floor, &p->at.options.game, p->at.arena, &most, why));
    const double left = most.has[other];
    *offer = side == 0 ? offer_of(p, most.has[own], left) : offer_of(p, left, most.has[own]);
    return ENT_OK;
}

/* ---- offers in turn ---- */

/* Outside options that cannot both be met leave nothing to offer. */
static ent_status check_room(ent_parley *p, const double outside[2], int *room, ent_error *why)
{
    const ent_zone *zone = &p->talks->zone;
    ent_offer offer;
    *room = !(outside[0] > zone->best[0]) && !(outside[1] > zone->best[1]);
    if (!*room || (outside[0] <= zone->threat[0] && outside[1] <= zone->threat[1])) return ENT_OK;
    ENT_TRY(deal_at(p, 0, fmax(outside[0], zone->threat[0]), &offer, why));
    *room = offer.goal[1] >= outside[1];
    return ENT_OK;
}

static ent_status offer_in_turn(ent_parley *p, ent_error *why)
{
    ent_talks *talks = p->talks;
    ent_haggle haggle = {.threat = talks->war->goal};
    ent_haggled h;
    int room;
    for (int side = 0; side < 2; side++) {
        const ptrdiff_t s = talks->seat[side];
        const double outside = p->terms->outside[s];
        if (isnan(p->terms->discount[s])) return ENT_OK;
        haggle.discount[side] = p->terms->discount[s];
        haggle.outside[side] = isnan(outside) ? -INFINITY : talks->play.verdict[0].objective[s] + outside;
    }
    talks->offers = (ent_offers_result){.first = NAN, .second = NAN};
    ENT_TRY(check_room(p, haggle.outside, &room, why));
    talks->offers_there = 1;
    if (!room) return ENT_OK;
    ENT_TRY(ent_talk_offers(&p->game, &haggle, &p->at.options.game, p->at.arena, &h, why));
    for (int k = 0; k < 2; k++) {
        talks->offer[k] = offer_of(p, h.gain[k][0], h.gain[k][1]);
        talks->offers.outside_binds[k] = h.outside_binds[k];
    }
    talks->offers.first = talks->offer[0].share[0];
    talks->offers.second = talks->offer[1].share[0];
    talks->offers.agreed = 1;
    return ENT_OK;
}

/* ---- attrition ---- */

static ent_status fight_on(ent_parley *p, ent_error *why)
{
    ent_talks *talks = p->talks;
    ent_attrition *war = &talks->attrition;
    for (int side = 0; side < 2; side++) {
        const ptrdiff_t s = talks->seat[side];
        if (isnan(p->terms->discount[s]) || isnan(p->terms->stubborn[s])) return ENT_OK;
        war->rate[side] = ent_discount_rate(p->terms->discount[s], p->terms->years);
        war->prior[side] = p->terms->stubborn[s];
    }
    for (int side = 0; side < 2; side++) {
        const double claim = talks->zone.threat[side] + p->terms->claim[talks->seat[side]] * reach(p, side);
        ENT_TRY(deal_at(p, side, claim, &talks->demand[side], why));
    }
    for (int side = 0; side < 2; side++) {
        war->war[side] = talks->zone.threat[side];
        war->win[side] = talks->demand[side].goal[side];
        war->yield[side] = talks->demand[1 - side].goal[side];
        if (war->yield[side] < war->win[side] && war->yield[side] > war->war[side]) continue;
        talks->attrition_why =
            "the claims are compatible, or one leaves the other less than the war: nobody would wait, or "
            "nobody would give in; choose claims between the bargain and all";
        return ENT_OK;
    }
    ENT_TRY(ent_attrition_solve(war, &talks->attrition_result, why));
    talks->attrition_there = 1;
    return ENT_OK;
}

/* ---- hidden costs of war ---- */

/* Log points that a side loses by the war beyond what the model says; *there 0: the file does not say. */
static int cost_of(const ent_parley *p, int side, double cost[2])
{
    const ptrdiff_t s = p->talks->seat[side];
    if (isnan(p->terms->cost_least[s])) return 0;
    cost[0] = -log1p(-p->terms->cost_least[s]);
    cost[1] = -log1p(-p->terms->cost_greatest[s]);
    return 1;
}

static ent_status take_or_leave(ent_parley *p, int side, ent_error *why)
{
    ent_talks *talks = p->talks;
    ent_risky r;
    double cost[2], own[2] = {0.0, 0.0};
    if (!cost_of(p, 1 - side, cost)) return ENT_OK;
    cost_of(p, side, own); /* in the middle of what the other side thinks of it, or none */
    const double middle = 0.5 * (own[0] + own[1]);
    ENT_TRY(ent_talk_risk(&p->game, side, talks->war->goal, middle, cost[0], cost[1], &p->at.options.game, p->at.arena,
                          &r, why));
    talks->risk_offer[side] = offer_of(p, r.demand[0], r.demand[1]);
    talks->risk[side] = (ent_risk){share_of(p, side, r.demand[side]), r.risk, share_of(p, side, r.proposer)};
    if (!(r.risk < 1.0)) { /* whatever is offered is refused */
        talks->risk_offer[side] = offer_of(p, NAN, NAN);
        talks->risk[side].demand = NAN;
    }
    talks->risk_there[side] = 1;
    return ENT_OK;
}

static ent_status mediate(ent_parley *p, ent_error *why)
{
    ent_talks *talks = p->talks;
    double cost[2][2], gain[2];
    if (!cost_of(p, 0, cost[0]) || !cost_of(p, 1, cost[1]) || talks->agreed == NULL) return ENT_OK;
    for (int side = 0; side < 2; side++)
        gain[side] = talks->agreed->objective[talks->seat[side]] - talks->war->objective[talks->seat[side]];
    const double price = talks->agreed->weight[talks->seat[1]] / talks->agreed->weight[talks->seat[0]];
    const double pie = gain[0] + price * gain[1];
    const double value[2] = {pie + cost[0][0], pie + cost[0][1]};
    const double wanted[2] = {-price * cost[1][1], -price * cost[1][0]};
    ENT_TRY(ent_mediation_ceiling(value, wanted, &talks->mediation, why));
    talks->mediation_price = price;
    talks->mediation_there = 1;
    return ENT_OK;
}

/* ---- two ---- */

/* That there is no bargain is the answer where the zone over its threat is closed: over the war, or over a status quo
 * that is efficient already. */
static ent_status excuse_bargains(ent_parley *p)
{
    const ent_talks *talks = p->talks;
    for (ptrdiff_t v = 1; v < talks->play.verdicts; v++) {
        ent_verdict *one = &p->talks->play.verdict[v];
        ent_zone zone = talks->zone;
        ent_error why = {0};
        ent_status status = talks->zone_status;
        const int bargain = one->concept != NULL && one->concept->kind == ENT_CONCEPT_NASH_BARGAINING;
        if (!bargain || one->status != ENT_NOT_CONVERGED) continue;
        if (one->concept->threat == ENT_THREAT_STATUS_QUO)
            status =
                ent_talk_zone(&p->game, talks->play.verdict[0].goal, &p->at.options.game, p->at.arena, &zone, &why);
        if (status == ENT_NO_MEMORY) return ent_play_no_memory(&p->at);
        if (status != ENT_OK || zone.open) continue;
        one->excused = 1;
        p->talks->play.failed--;
    }
    return ENT_OK;
}

ent_status ent_parley_two(ent_parley *p)
{
    ent_talks *talks = p->talks;
    ent_error why = {0};
    talks->zone_status =
        ent_talk_zone(&p->game, talks->war->goal, &p->at.options.game, p->at.arena, &talks->zone, &why);
    ENT_TRY(ent_parley_kept(p, talks->zone_status, &why, &talks->zone_why));
    ENT_TRY(excuse_bargains(p));
    if (talks->zone_status != ENT_OK || !talks->zone.open) return ENT_OK;
    static ent_status (*const parts[])(ent_parley *, ent_error *) = {offer_in_turn, fight_on, mediate};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        const ent_status status = parts[k](p, &why);
        if (k == 0 && status != ENT_OK) talks->offers_there = 0;
        ENT_TRY(ent_parley_kept(p, status, &why, &talks->part_why[k]));
    }
    for (int side = 0; side < 2; side++) {
        const ent_status status = take_or_leave(p, side, &why);
        ENT_TRY(ent_parley_kept(p, status, &why, &talks->part_why[3 + side]));
    }
    return ENT_OK;
}
