/* talks.c: what talks over a war come to: points to talk about, packages, and whether an agreement holds (keep.c); for
 * two sides the zone of agreement and how they get there (sides.c); ladders of steps (rungs.c). */
// SPDX-License-Identifier: MIT
#include "contest/parley.h"
#include <math.h>
#include <string.h>

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
    talks->enforced_point = NULL;
    talks->war = point_of(p, 0);
    talks->agreed = point_of(p, 1);
    for (ptrdiff_t c = 2; c < p->seats->concepts; c++)
        if (p->seats->concept[c].kind == ENT_CONCEPT_NASH_BARGAINING) talks->peace = point_of(p, c);
    talks->package = ent_new0(p->at.arena, const ent_verdict *, talks->packages + 1);
    if (talks->package == NULL) return ent_play_no_memory(&p->at);
    for (ptrdiff_t v = 1; v < play->verdicts; v++)
        if (play->verdict[v].package != NULL)
            talks->package[k++] = &play->verdict[v];
        else if (play->verdict[v].enforced)
            talks->enforced_point = &play->verdict[v];
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

/* ---- all ---- */

ent_status ent_parley_kept(ent_parley *p, ent_status status, const ent_error *why, const char **sentence)
{
    if (status == ENT_OK) return ENT_OK;
    if (status == ENT_NO_MEMORY || status == ENT_BAD_INPUT) return ent_fail(p->at.err, status, "%s", why->text);
    *sentence = ent_string_copy(p->at.arena, why->text);
    p->talks->play.failed++;
    return *sentence == NULL ? ent_play_no_memory(&p->at) : ENT_OK;
}

/* Two who want the same have nothing to settle: they are one party (game.h). */
static ent_status check_apart(const ent_seats *seats, ent_error *err)
{
    const ptrdiff_t R = seats->net->regions;
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        for (ptrdiff_t t = 0; t < s; t++) {
            const ent_player *a = &seats->player[seats->seat[t].first], *b = &seats->player[seats->seat[s].first];
            int same = 1;
            for (ptrdiff_t n = 0; n < R && same; n++)
                same = (a->weight != NULL ? a->weight[n] : n == a->region) ==
                       (b->weight != NULL ? b->weight[n] : n == b->region);
            if (same)
                return ent_fail(err, ENT_BAD_INPUT,
                                "%s: %s and %s have the same objective, so they have nothing to settle; write them as "
                                "one player, or give them weights of their own",
                                seats->contest->scenario.path, seats->seat[t].name, seats->seat[s].name);
        }
    return ENT_OK;
}

static ent_status check(const ent_seats *seats, ent_error *err)
{
    if (seats->seats >= 2) return check_apart(seats, err);
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s: talks are for two players or more, but one plays; write the others under "
                    "`players`",
                    seats->contest->scenario.path);
}

ent_status ent_contest_talk(const ent_seats *seats, const ent_play_options *options, ent_arena *arena, ent_talks *talks,
                            ent_error *err)
{
    *talks = (ent_talks){0};
    ent_parley p = {.talks = talks, .terms = &seats->terms, .at = {.arena = arena, .play = &talks->play, .err = err}};
    ENT_TRY(check(seats, err));
    p.seats = ent_new(arena, ent_seats, 1);
    if (p.seats == NULL) return ent_play_no_memory(&p.at);
    *p.seats = *seats;
    p.at.seats = p.seats;
    ent_play_options_take(&p.at, options);
    p.game = (ent_game){seats->net, &p.seats->policy, seats->player, seats->players};
    talks->two = seats->seats == 2;
    talks->seat[1] = 1;
    ENT_TRY(list_concepts(&p));
    ENT_TRY(ent_contest_play(p.seats, options, arena, &talks->play, err));
    p.at.room = talks->play.verdicts;
    ENT_TRY(play_packages(&p));
    ENT_TRY(find_points(&p));
    if (talks->war == NULL)
        return ent_fail(err, ENT_NOT_CONVERGED, "%s: the war that talks are over was not reached: %s",
                        seats->contest->scenario.path, talks->play.verdict[1].why);
    ENT_TRY(ent_parley_enforce(&p)); /* may be one more point */
    ENT_TRY(find_points(&p));
    ENT_TRY(weigh_packages(&p));
    ENT_TRY(ent_parley_truce(&p));
    ENT_TRY(ent_parley_rungs(&p));
    return talks->two ? ent_parley_two(&p) : ent_parley_most(&p);
}
