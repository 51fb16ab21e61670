/* talks.c: what talks over a war come to: points to talk about, whether an agreement holds, and, for two sides, the
 * zone of agreement, offers in turn, a war of attrition, and an offer to take or leave.
 *
 * Two sides share the frontier between two ends: all gains over the war to one of them or to the other. A share is a
 * fraction of a side's own largest gain. Offers in turn are solved on the frontier as it bends: if x is what side 0
 * asks for when it offers and y what it is offered, x leaves the other side max(o1, d1 times what y leaves it), and y =
 * max(o0, d0 x); a straight frontier gives Rubinstein's x = (1 - d1)/(1 - d0 d1). The offer to take or leave treats one
 * side's share as what the other's leaves, as if the frontier were straight. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include <math.h>
#include <string.h>

typedef struct {
    ent_table_of_play at;
    ent_talks *talks;
    const ent_terms *terms;
    ent_game game;    /* of all seats */
    ent_seats *seats; /* with the concepts of talks */
} ent_parley;

/* ---- points ---- */

static ent_status add_concept(ent_parley *p, ent_concept concept)
{
    ent_seats *seats = p->seats;
    concept.in = ent_new(p->at.arena, unsigned char, seats->seats);
    concept.weight = ent_new0(p->at.arena, double, seats->seats);
    if (concept.in == NULL || concept.weight == NULL) return ent_play_no_memory(&p->at);
    memset(concept.in, 1, (size_t)seats->seats);
    concept.asker = concept.target = -1;
    seats->concept[seats->concepts++] = concept;
    return ENT_OK;
}

/* Agreements of more than two that the file asks for: they cost more, and may be out of reach within bounds. */
static int is_asked(const ent_concept *asked, ptrdiff_t seats)
{
    const int agreement = asked->kind == ENT_CONCEPT_EQUAL_GAIN || asked->kind == ENT_CONCEPT_NASH_IN_NASH ||
                          (asked->kind == ENT_CONCEPT_NASH_BARGAINING && asked->threat == ENT_THREAT_STATUS_QUO);
    return agreement && memchr(asked->in, 0, (size_t)seats) == NULL;
}

static ent_status list_concepts(ent_parley *p)
{
    const ent_concept *asked = p->seats->concept;
    const ptrdiff_t count = p->seats->concepts;
    p->seats->concepts = 0;
    p->seats->concept = ent_new0(p->at.arena, ent_concept, count + 8);
    if (p->seats->concept == NULL) return ent_play_no_memory(&p->at);
    ENT_TRY(add_concept(p, (ent_concept){.kind = ENT_CONCEPT_NASH}));
    ENT_TRY(add_concept(p, (ent_concept){.kind = ENT_CONCEPT_NASH_BARGAINING, .threat = ENT_THREAT_NASH}));
    for (ptrdiff_t c = 0; c < count && !p->talks->two; c++)
        if (is_asked(&asked[c], p->seats->seats)) ENT_TRY(add_concept(p, asked[c]));
    if (!p->talks->two) return ENT_OK;
    ENT_TRY(add_concept(p, (ent_concept){.kind = ENT_CONCEPT_NASH_BARGAINING, .threat = ENT_THREAT_STATUS_QUO}));
    ENT_TRY(add_concept(p, (ent_concept){.kind = ENT_CONCEPT_EQUAL_GAIN, .threat = ENT_THREAT_STATUS_QUO}));
    return add_concept(p, (ent_concept){.kind = ENT_CONCEPT_FRONTIER, .points = 21});
}

static const ent_verdict *point_of(const ent_parley *p, ptrdiff_t concept)
{
    for (ptrdiff_t v = 1; v < p->talks->play.verdicts; v++) {
        const ent_verdict *one = &p->talks->play.verdict[v];
        if (one->concept == &p->seats->concept[concept] && one->status == ENT_OK) return one;
    }
    return NULL;
}

static ent_status play_packages(ent_parley *p)
{
    ent_talks *talks = p->talks;
    talks->packages = p->terms->packages;
    for (ptrdiff_t k = 0; k < talks->packages; k++) {
        const ent_package *package = &p->terms->package[k];
        ent_verdict *verdict = ent_verdict_new(&p->at, NULL, package->name, package->name);
        if (verdict == NULL) return ent_play_no_memory(&p->at);
        verdict->package = package;
        ENT_TRY(ent_verdict_solve(&p->at, verdict, &package->policy));
    }
    return ENT_OK;
}

/* The list of verdicts may have moved while it grew: places are looked up once it is whole. */
static ent_status find_points(ent_parley *p)
{
    ent_talks *talks = p->talks;
    const ent_play *play = &talks->play;
    ptrdiff_t k = 0;
    for (ptrdiff_t v = 1; v < play->verdicts; v++) {
        ent_verdict *one = &talks->play.verdict[v];
        if (one->concept == NULL || one->concept->kind != ENT_CONCEPT_NASH_BARGAINING) continue;
        const int war = one->concept->threat == ENT_THREAT_NASH;
        one->label = war ? "bargain over war" : "bargain over quo";
        one->name = war ? "bargain-over-war" : "bargain-over-status-quo";
    }
    talks->war = point_of(p, 0);
    talks->agreed = point_of(p, 1);
    for (ptrdiff_t c = 2; c < p->seats->concepts; c++)
        if (p->seats->concept[c].kind == ENT_CONCEPT_NASH_BARGAINING) talks->peace = point_of(p, c);
    talks->package = ent_new0(p->at.arena, const ent_verdict *, talks->packages + 1);
    if (talks->package == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t v = 1; v < play->verdicts; v++)
        if (play->verdict[v].package != NULL) talks->package[k++] = &play->verdict[v];
    return ENT_OK;
}

/* ---- packages ---- */

static ent_status weigh_over(ent_parley *p, const double *value, const ent_verdict *threat, ent_deal_table *table)
{
    return ent_deal_weigh(p->talks->packages, p->seats->seats, value, threat->objective, p->at.arena, table, p->at.err);
}

static ent_status weigh_packages(ent_parley *p)
{
    ent_talks *talks = p->talks;
    const ptrdiff_t S = p->seats->seats;
    double *value = ent_new(p->at.arena, double, talks->packages *S + 1);
    if (value == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t k = 0; k < talks->packages; k++)
        for (ptrdiff_t s = 0; s < S; s++)
            value[k * S + s] = talks->package[k]->status == ENT_OK ? talks->package[k]->objective[s] : NAN;
    if (talks->packages == 0) return ENT_OK;
    ENT_TRY(weigh_over(p, value, talks->war, &talks->over_war));
    return weigh_over(p, value, &talks->play.verdict[0], &talks->over_quo);
}

/* ---- does it hold? ---- */

static ent_status kept(ent_parley *p, ent_status status, const ent_error *why, const char **sentence)
{
    if (status == ENT_OK) return ENT_OK;
    if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return ent_fail(p->at.err, status, "%s", why->text);
    *sentence = ent_string_copy(p->at.arena, why->text);
    p->talks->play.failed++;
    return *sentence == NULL ? ent_play_no_memory(&p->at) : ENT_OK;
}

static ent_status test_truce(ent_parley *p)
{
    ent_talks *talks = p->talks;
    ent_error why = {0};
    ptrdiff_t periods = 1;
    for (ptrdiff_t k = p->terms->punishments - 1; k >= 0; k--)
        if (p->terms->punishment[k] != ENT_FOREVER) periods = p->terms->punishment[k];
    talks->truce_status = ENT_NOT_CONVERGED;
    if (talks->agreed == NULL) return ENT_OK;
    talks->truce_status = ent_talk_truce(&p->game, &talks->agreed->policy, talks->war->goal, periods,
                                         &p->at.options.game, p->at.arena, &talks->truce, &why);
    return kept(p, talks->truce_status, &why, &talks->truce_why);
}

/* ---- two sides ---- */

static ptrdiff_t region_of(const ent_parley *p, int side)
{
    return p->seats->player[p->seats->seat[p->talks->seat[side]].first].region;
}

static double reach(const ent_parley *p, int side)
{
    return p->talks->zone.best[side] - p->talks->zone.threat[side];
}

static double share_of(const ent_parley *p, int side, double goal)
{
    return (goal - p->talks->zone.threat[side]) / reach(p, side);
}

/* The deal on the frontier that gives a side this share of its largest gain. */
static ent_status deal_at(ent_parley *p, int side, double share, ent_offer *offer, ent_error *why)
{
    const ptrdiff_t R = p->seats->net->regions, own = region_of(p, side), other = region_of(p, 1 - side);
    ent_asked asked;
    double *weight = ent_new0(p->at.arena, double, R), *floors = ent_new(p->at.arena, double, R);
    if (weight == NULL || floors == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < R; n++) floors[n] = -INFINITY;
    weight[other] = 1.0;
    floors[own] = p->talks->zone.threat[side] + share * reach(p, side);
    const ent_ask ask = {weight, floors};
    ENT_TRY(ent_talk_ask(&p->game, &ask, &p->at.options.game, p->at.arena, &asked, why));
    offer->goal[side] = asked.point.goal[own];
    offer->goal[1 - side] = asked.point.goal[other];
    for (int k = 0; k < 2; k++) offer->share[k] = share_of(p, k, offer->goal[k]);
    return ENT_OK;
}

/* What the other side has left, as a share, where side 0 has this one: between the frontier's points, straight. */
static double left_by(const ent_parley *p, double share)
{
    const ent_frontier *f = &p->talks->play.curve[0].frontier;
    double last_share = NAN, last_left = NAN;
    for (ptrdiff_t k = 0; k < f->points; k++) { /* from all to side 0 to all to side 1 */
        const double here = share_of(p, 0, f->gain[0][k]), left = share_of(p, 1, f->gain[1][k]);
        if (share >= here) {
            if (k == 0 || last_share == here) return left;
            return left + (last_left - left) * (share - here) / (last_share - here);
        }
        last_share = here;
        last_left = left;
    }
    return last_left;
}

/* How much more than it must side 0 leaves the other side when it asks for x; falls with x. */
static double generosity(const ent_parley *p, const ent_offers *o, double x)
{
    const double y = fmax(o->outside[0], o->discount[0] * x);
    return left_by(p, x) - fmax(o->outside[1], o->discount[1] * left_by(p, y));
}

static ent_status divide(ent_parley *p, const ent_offers *o, ent_offers_result *result)
{
    double low = o->outside[0], high = 1.0;
    *result = (ent_offers_result){.first = NAN, .second = NAN};
    if (left_by(p, o->outside[0]) < o->outside[1]) return ENT_OK; /* threats take more than there is */
    for (int half = 0; half < 100; half++) {
        const double middle = 0.5 * (low + high);
        if (generosity(p, o, middle) >= 0.0)
            low = middle;
        else
            high = middle;
    }
    result->agreed = 1;
    result->first = low;
    result->second = fmax(o->outside[0], o->discount[0] * low);
    result->outside_binds[0] = o->outside[0] > o->discount[0] * low;
    result->outside_binds[1] = o->outside[1] > o->discount[1] * left_by(p, result->second);
    return ENT_OK;
}

static ent_status offer_in_turn(ent_parley *p, ent_error *why)
{
    ent_talks *talks = p->talks;
    ent_offers offers = {0};
    if (talks->play.curves == 0 || talks->play.curve[0].status != ENT_OK) return ENT_OK;
    for (int side = 0; side < 2; side++) {
        const ptrdiff_t s = talks->seat[side];
        const double outside = p->terms->outside[s], quo = talks->play.verdict[0].goal[region_of(p, side)];
        if (isnan(p->terms->discount[s])) return ENT_OK;
        offers.discount[side] = p->terms->discount[s];
        offers.outside[side] = isnan(outside) ? 0.0 : fmax(0.0, share_of(p, side, quo + outside));
    }
    ENT_TRY(divide(p, &offers, &talks->offers));
    talks->offers_there = 1;
    if (!talks->offers.agreed) return ENT_OK;
    ENT_TRY(deal_at(p, 0, talks->offers.first, &talks->offer[0], why));
    return deal_at(p, 0, talks->offers.second, &talks->offer[1], why);
}

static ent_status fight_on(ent_parley *p, ent_error *why)
{
    ent_talks *talks = p->talks;
    ent_attrition *war = &talks->attrition;
    for (int side = 0; side < 2; side++) {
        const ptrdiff_t s = talks->seat[side];
        if (isnan(p->terms->discount[s]) || isnan(p->terms->stubborn[s])) return ENT_OK;
        war->rate[side] = ent_discount_rate(p->terms->discount[s], p->terms->years);
        war->prior[side] = p->terms->stubborn[s];
        ENT_TRY(deal_at(p, side, p->terms->claim[s], &talks->demand[side], why));
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

/* War gives a side its share at the bargain less what it loses by not agreeing, which is all of that share; the other
 * side loses its own share and a cost that it alone knows. */
static ent_status take_or_leave(ent_parley *p, int side, ent_error *why)
{
    ent_talks *talks = p->talks;
    const ptrdiff_t other = talks->seat[1 - side];
    const double least = p->terms->cost_least[other], greatest = p->terms->cost_greatest[other];
    if (isnan(least) || talks->agreed == NULL) return ENT_OK;
    const double odds = share_of(p, side, talks->agreed->goal[region_of(p, side)]);
    const double low = 1.0 - odds + log1p(least) / reach(p, 1 - side);
    const double high = 1.0 - odds + log1p(greatest) / reach(p, 1 - side);
    if (!(low >= 0.0 && odds > 0.0 && odds < 1.0)) return ENT_OK;
    ENT_TRY(ent_risk_return(odds, odds, low, high, &talks->risk[side], why));
    talks->risk_there[side] = 1;
    return ENT_OK;
}

static ent_status two_sides(ent_parley *p)
{
    ent_talks *talks = p->talks;
    ent_error why = {0};
    talks->zone_status =
        ent_talk_zone(&p->game, talks->war->goal, &p->at.options.game, p->at.arena, &talks->zone, &why);
    ENT_TRY(kept(p, talks->zone_status, &why, &talks->zone_why));
    if (talks->zone_status != ENT_OK || !talks->zone.open) return ENT_OK;
    ent_status status = offer_in_turn(p, &why);
    if (status == ENT_OK) status = fight_on(p, &why);
    if (status == ENT_OK) status = take_or_leave(p, 0, &why);
    if (status == ENT_OK) status = take_or_leave(p, 1, &why);
    if (status != ENT_OK) talks->offers_there = talks->attrition_there = 0;
    return kept(p, status, &why, &talks->zone_why);
}

ent_status ent_contest_talk(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_talks *talks,
                            ent_error *err)
{
    *talks = (ent_talks){0};
    ent_parley p = {.talks = talks, .terms = &seats->terms, .at = {.arena = arena, .play = &talks->play, .err = err}};
    p.seats = ent_new(arena, ent_seats, 1);
    if (p.seats == NULL) return ent_play_no_memory(&p.at);
    *p.seats = *seats;
    p.at.seats = p.seats;
    if (options != NULL) p.at.options = *options;
    p.game = (ent_game){seats->net, &p.seats->policy, seats->player, seats->players};
    talks->two = seats->seats == 2 && seats->seat[0].count == 1 && seats->seat[1].count == 1;
    talks->seat[1] = 1;
    if (seats->seats < 2)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: talks are for two players or more, but one plays; write the others under "
                        "`players`",
                        seats->contest->scenario.path);
    ENT_TRY(list_concepts(&p));
    ENT_TRY(ent_contest_play(p.seats, options, arena, &talks->play, err));
    p.at.room = talks->play.verdicts;
    ENT_TRY(play_packages(&p));
    ENT_TRY(find_points(&p));
    if (talks->war == NULL)
        return ent_fail(err, ENT_NOT_CONVERGED, "%s: the war that talks are over was not reached: %s",
                        seats->contest->scenario.path, talks->play.verdict[1].why);
    ENT_TRY(weigh_packages(&p));
    ENT_TRY(test_truce(&p));
    return talks->two ? two_sides(&p) : ENT_OK;
}
