/* talk_tables.c: see talk_tables.h. Gains are log points times 100; shares are of a side's own largest gain. Where
 * memory is out, tables, columns and rows get lost, and `failed` says so. */
// SPDX-License-Identifier: MIT
#include "talk_tables.h"
#include <math.h>
#include <string.h>

/* ---- building ---- */

static talk_table *begin(talk_tables *all, const char *name, const char *title, const char *unit, const char *note)
{
    if (all->tables == all->room) {
        talk_table *more = ent_new0(all->arena, talk_table, 2 * all->room + 16);
        if (more != NULL && all->tables > 0) memcpy(more, all->table, (size_t)all->tables * sizeof *more);
        if (more == NULL) {
            all->failed = 1;
            all->lost = (talk_table){.name = name, .title = title};
            return &all->lost;
        }
        all->table = more;
        all->room = 2 * all->room + 16;
    }
    talk_table *t = &all->table[all->tables++];
    *t = (talk_table){.name = name, .title = title, .unit = unit, .note = note, .decimals = 4};
    return t;
}

static void column(talk_tables *all, talk_table *t, const char *format, const char *who)
{
    const char *label = who == NULL ? format : ent_string_format(all->arena, "%s %s", who, format);
    if (t->columns == t->column_room) {
        const char **more = ent_new(all->arena, const char *, 2 * t->column_room + 8);
        if (more != NULL && t->columns > 0) memcpy(more, t->column, (size_t)t->columns * sizeof *more);
        if (more == NULL) {
            all->failed = 1;
            return;
        }
        t->column = more;
        t->column_room = 2 * t->column_room + 8;
    }
    all->failed |= label == NULL;
    t->column[t->columns++] = label != NULL ? label : "";
}

/* "all to USA": words with a name in them. */
static const char *named(talk_tables *all, const char *format, const char *who)
{
    const char *label = ent_string_format(all->arena, format, who);
    all->failed |= label == NULL;
    return label != NULL ? label : "";
}

/* A new row, all cells empty; columns come first. NULL: no memory. */
static talk_row *add_row(talk_tables *all, talk_table *t, const char *label)
{
    if (t->rows == t->room) {
        talk_row *more = ent_new0(all->arena, talk_row, 2 * t->room + 8);
        if (more != NULL && t->rows > 0) memcpy(more, t->row, (size_t)t->rows * sizeof *more);
        all->failed |= more == NULL;
        if (more == NULL) return NULL;
        t->row = more;
        t->room = 2 * t->room + 8;
    }
    talk_cell *cell = ent_new0(all->arena, talk_cell, t->columns + 1);
    all->failed |= cell == NULL;
    if (cell == NULL) return NULL;
    for (int c = 0; c < t->columns; c++) cell[c].number = NAN;
    t->row[t->rows] = (talk_row){label, cell, t->columns};
    return &t->row[t->rows++];
}

static void put(talk_row *row, ptrdiff_t at, double number)
{
    if (row != NULL && at < row->cells) row->cell[at].number = number;
}

static void say(talk_row *row, ptrdiff_t at, const char *text)
{
    if (row != NULL && at < row->cells) row->cell[at].text = text;
}

static const char *seat_name(const ent_talks *t, ptrdiff_t seat)
{
    return t->play.seats->seat[seat].name;
}

static void seat_columns(const ent_talks *t, talk_tables *all, talk_table *table, const char *what)
{
    for (ptrdiff_t s = 0; s < t->play.seats->seats; s++) column(all, table, what, seat_name(t, s));
}

/* ---- what is on the table ---- */

static void put_gains(const ent_talks *t, const ent_verdict *v, talk_row *row)
{
    const ptrdiff_t S = t->play.seats->seats;
    for (ptrdiff_t s = 0; s < S && v->status == ENT_OK; s++) {
        put(row, s, 100.0 * (v->objective[s] - t->play.verdict[0].objective[s]));
        put(row, S + s, 100.0 * (v->objective[s] - t->war->objective[s]));
    }
}

static const char *point_said(const ent_talks *t, const ent_verdict *one)
{
    return one == t->war              ? "the war (Nash): the threat"
           : one == t->agreed         ? "bargain over the war"
           : one == t->peace          ? "bargain over the status quo"
           : one == t->enforced_point ? "best that enforces itself"
                                      : one->label;
}

static void make_points(const ent_talks *t, talk_tables *all)
{
    talk_table *points = begin(all, "points", "Points to talk about", "gains, log points × 100", NULL);
    seat_columns(t, all, points, "over quo");
    seat_columns(t, all, points, "over war");
    for (ptrdiff_t v = 0; v < t->play.verdicts; v++) {
        const ent_verdict *one = &t->play.verdict[v];
        if (one->package == NULL && one->status == ENT_OK) put_gains(t, one, add_row(all, points, point_said(t, one)));
    }
}

static void make_packages(const ent_talks *t, talk_tables *all)
{
    const ptrdiff_t S = t->play.seats->seats;
    if (t->packages == 0) return;
    talk_table *deals = begin(all, "packages", "Deals in packages", "gains, log points × 100",
                              "Suits: nobody loses by it, over the status quo, over the war. Best: the largest product "
                              "of gains over the war, among these packages. Even: the largest least gain over the war. "
                              "Beaten: another of them is better for one and worse for nobody.");
    seat_columns(t, all, deals, "over quo");
    seat_columns(t, all, deals, "over war");
    column(all, deals, "suits", NULL);
    column(all, deals, "choice", NULL);
    for (ptrdiff_t k = 0; k < t->packages; k++) {
        const ent_verdict *v = t->package[k];
        talk_row *row = add_row(all, deals, v->label);
        put_gains(t, v, row);
        const int quo = t->over_quo.acceptable[k], war = t->over_war.acceptable[k];
        const int best = t->over_war.bargained == k, even = t->over_war.even == k;
        say(row, 2 * S, v->status != ENT_OK ? "no answer" : quo && war ? "both" : quo ? "quo" : war ? "war" : "none");
        say(row, 2 * S + 1,
            best && even                                       ? "best, even"
            : best                                             ? "best"
            : even                                             ? "even"
            : v->status == ENT_OK && !t->over_war.efficient[k] ? "beaten"
                                                               : "");
    }
}

static void make_zone(const ent_talks *t, talk_tables *all)
{
    const ent_zone *z = &t->zone;
    if (!t->two || t->zone_status != ENT_OK) return;
    talk_table *zone =
        begin(all, "zone", z->open ? "Zone of agreement over the war: open" : "Zone of agreement over the war: closed",
              "gains over the war, log points × 100; price: what the first gives up for one of the other's, in log "
              "points and in dollars",
              z->open ? NULL : "Neither can gain without loss of the other: there is nothing to talk about.");
    for (int side = 0; side < 2; side++) column(all, zone, "gain", seat_name(t, t->seat[side]));
    column(all, zone, "price", NULL);
    column(all, zone, "in dollars", NULL);
    for (int side = 0; side < 2 && z->open; side++) {
        talk_row *row = add_row(all, zone, named(all, "all to %s", seat_name(t, t->seat[side])));
        put(row, side, 100.0 * (z->best[side] - z->threat[side]));
        put(row, 1 - side, 0.0);
        put(row, 2, z->price[side]);
        put(row, 3, z->price_usd[side]);
    }
}

/* Three and more: what each could have, and what the others' floors cost it. */
static void make_most(const ent_talks *t, talk_tables *all)
{
    const ent_seats *seats = t->play.seats;
    if (t->most == NULL) return;
    talk_table *most = begin(
        all, "most", "The most that each can have, all others as in the war",
        "gains over the war, log points × 100; price: log points that it gives up for one more of that side's floor",
        "0: the floor does not bind.");
    seat_columns(t, all, most, "gain");
    seat_columns(t, all, most, "price");
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        if (t->most_why[s] != NULL) continue;
        talk_row *row = add_row(all, most, named(all, "all to %s", seat_name(t, s)));
        for (ptrdiff_t o = 0; o < seats->seats; o++) {
            const ptrdiff_t player = seats->seat[o].first;
            put(row, o, 100.0 * (t->most[s].has[player] - t->war->objective[o]));
            if (o != s) put(row, seats->seats + o, t->most[s].price[player]);
        }
    }
}

/* ---- does it hold? ---- */

static const char *periods_said(talk_tables *all, ptrdiff_t periods)
{
    if (periods == ENT_FOREVER) return "delta ever";
    const char *said = ent_string_format(all->arena, "delta %td", periods);
    all->failed |= said == NULL;
    return said != NULL ? said : "";
}

static void add_truce(const ent_talks *t, talk_tables *all, talk_table *truce, ptrdiff_t seat)
{
    const ent_terms *terms = &t->play.seats->terms;
    const ptrdiff_t p = t->play.seats->seat[seat].first;
    const double agreed = t->truce.agreed[p], breaks = t->truce.temptation[p], war = t->truce.punishment[p];
    ptrdiff_t c = 0, holds = 0;
    talk_row *row = add_row(all, truce, seat_name(t, seat));
    put(row, c++, 100.0 * (agreed - war));
    put(row, c++, 100.0 * (breaks - agreed));
    for (ptrdiff_t k = 0; k < terms->punishments; k++) {
        const double need = ent_truce_patience(agreed, breaks, war, terms->punishment[k]);
        put(row, c++, need);
        holds += terms->discount[seat] >= need;
    }
    put(row, c++, terms->discount[seat]);
    say(row, c, isnan(terms->discount[seat]) ? "-" : holds == terms->punishments ? "yes" : holds > 0 ? "some" : "no");
}

static void make_truce(const ent_talks *t, talk_tables *all)
{
    const ent_terms *terms = &t->play.seats->terms;
    if (t->truce_status != ENT_OK) return;
    talk_table *truce =
        begin(all, "truce", "Does the bargain over the war hold?",
              "gains over the war and from breaking once, log points × 100; delta: least discount "
              "factor a period at which keeping pays",
              "Whoever breaks is answered with the war for so many periods, or for ever. delta 0: no temptation; -: "
              "no patience is enough. Given: the file's own discount factor. "
              "Holds: at that factor, under each of these punishments; some: under some of them.");
    column(all, truce, "keeping", NULL);
    column(all, truce, "breaking", NULL);
    for (ptrdiff_t k = 0; k < terms->punishments; k++)
        column(all, truce, periods_said(all, terms->punishment[k]), NULL);
    column(all, truce, "given", NULL);
    column(all, truce, "holds", NULL);
    for (ptrdiff_t s = 0; s < t->play.seats->seats; s++) add_truce(t, all, truce, s);
}

static void make_penance(const ent_talks *t, talk_tables *all)
{
    const ent_seats *seats = t->play.seats;
    if (t->truce_status != ENT_OK || t->truce.proof == NULL) return;
    talk_table *penance =
        begin(all, "penance", "Would the punishment be renegotiated?",
              "over keeping, log points × 100: of who is punished, of his refusing, and of the other who gains least; "
              "delta as above",
              "Penance: who broke keeps the agreed rates for a period while all others answer with their best ones "
              "together; then all is forgiven. Proof: the others gain by it, and refusing it is worth less than the "
              "agreement (weakly, Farrell and Maskin).");
    const char *const columns[] = {"punished", "refusing", "others", "delta", "given", "proof"};
    for (int c = 0; c < 6; c++) column(all, penance, columns[c], NULL);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const ptrdiff_t p = seats->seat[s].first;
        talk_row *row = add_row(all, penance, seat_name(t, s));
        put(row, 0, 100.0 * (t->truce.penance[p] - t->truce.agreed[p]));
        put(row, 1, 100.0 * (t->truce.refusal[p] - t->truce.agreed[p]));
        put(row, 2, 100.0 * t->truce.others[p]);
        put(row, 3, t->truce.patience_P[p]);
        put(row, 4, seats->terms.discount[s]);
        say(row, 5, t->truce.proof[p] ? "yes" : "no");
    }
}

static void make_enforced(const ent_talks *t, talk_tables *all)
{
    const ent_seats *seats = t->play.seats;
    const ent_enforced *e = &t->enforced;
    if (!t->enforced_there) return;
    talk_table *own =
        begin(all, "self-enforcing", "The best agreement that enforces itself",
              "gains over the war, log points × 100, of the bargain and of this one; what breaking it once would bring "
              "on top",
              t->enforced_point == NULL
                  ? "The bargain over the war itself: nobody is tempted enough at the file's discount factors. Spare: "
                    "what keeping is worth beyond the temptation; price 0: that does not bind."
                  : "The bargain's weights and the file's discount factors, the war for ever as punishment. Spare: "
                    "what keeping is worth beyond the temptation; price: log points of the weighted sum for one more "
                    "of it.");
    const char *const columns[] = {"bargain", "this one", "breaking", "given", "spare", "price"};
    for (int c = 0; c < 6; c++) column(all, own, columns[c], NULL);
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        const ptrdiff_t p = seats->seat[s].first;
        talk_row *row = add_row(all, own, seat_name(t, s));
        put(row, 0, 100.0 * (t->agreed->objective[s] - t->war->objective[s]));
        put(row, 1, 100.0 * (e->agreed[p] - t->war->objective[s]));
        put(row, 2, 100.0 * (e->temptation[p] - e->agreed[p]));
        put(row, 3, seats->terms.discount[s]);
        put(row, 4, 100.0 * e->slack[p]);
        put(row, 5, e->multiplier[p]);
    }
}

/* ---- two sides ---- */

static void put_offer(const ent_talks *t, const ent_offer *offer, talk_row *row)
{
    for (int side = 0; side < 2; side++) {
        put(row, side, offer->share[side]);
        put(row, 2 + side, 100.0 * (offer->goal[side] - t->zone.threat[side]));
    }
}

static void offer_columns(const ent_talks *t, talk_tables *all, talk_table *table)
{
    for (int side = 0; side < 2; side++) column(all, table, "share", seat_name(t, t->seat[side]));
    for (int side = 0; side < 2; side++) column(all, table, "gain", seat_name(t, t->seat[side]));
}

static void make_offers(const ent_talks *t, talk_tables *all)
{
    const int *binds = t->offers.outside_binds;
    if (!t->offers_there) return;
    talk_table *offers =
        begin(all, "offers", "Offers in turn (Rubinstein), accepted at once",
              "shares of each side's own largest gain over the war; gains, log points × 100",
              !t->offers.agreed      ? "Outside options take more than there is: the talks break up."
              : binds[0] || binds[1] ? "On the frontier. Bound: the side that answers is given its outside option."
                                     : "On the frontier; a side that answers is left what waiting is worth to it.");
    offer_columns(t, all, offers);
    column(all, offers, "bound", NULL);
    for (int first = 0; first < 2 && t->offers.agreed; first++) {
        talk_row *row = add_row(all, offers, named(all, "%s offers first", seat_name(t, t->seat[first])));
        put_offer(t, &t->offer[first], row);
        say(row, 4, binds[1 - first] ? seat_name(t, t->seat[1 - first]) : "");
    }
}

static void add_value(talk_tables *all, talk_table *t, const char *label, double value)
{
    put(add_row(all, t, label), 0, value);
}

static void make_attrition(const ent_talks *t, talk_tables *all)
{
    const ent_attrition_result *r = &t->attrition_result;
    if (!t->attrition_there) return;
    talk_table *war =
        begin(all, "attrition", "A war of attrition with reputation (Abreu and Gul)",
              "each insists on its claim until one gives in; rates a year, probabilities; expects: over the war, log "
              "points × 100",
              "Claims, priors and discount factors are the file's; what a side has in the war, on giving in and on the "
              "other's giving in is the model's. At once: gives in at the start. Expects: a side that can give in.");
    const char *const columns[] = {"claim", "then other", "prior", "rate", "at once", "gives in", "expects"};
    for (int c = 0; c < 7; c++) column(all, war, columns[c], NULL);
    for (int side = 0; side < 2; side++) {
        talk_row *row = add_row(all, war, seat_name(t, t->seat[side]));
        put(row, 0, t->demand[side].share[side]);
        put(row, 1, t->demand[side].share[1 - side]);
        put(row, 2, t->attrition.prior[side]);
        put(row, 3, r->hazard[side]);
        put(row, 4, r->at_once[side]);
        put(row, 5, r->gives_in[side]);
        put(row, 6, 100.0 * (r->payoff[side] - t->zone.threat[side]));
    }
    talk_table *when = begin(all, "agreement", "When, as the model implies", "probabilities; years from now",
                             "-: never with that probability.");
    column(all, when, "value", NULL);
    add_value(all, when, "agreement at some date", 1.0 - r->never);
    add_value(all, when, "agreement at once", ent_attrition_over_by(r, 0.0));
    add_value(all, when, "agreement within a year", ent_attrition_over_by(r, 1.0));
    add_value(all, when, "expected date, given one", r->expected_date);
    add_value(all, when, "median date", r->median_date);
    add_value(all, when, "only the stubborn are left", r->end);
}

static void make_risk(const ent_talks *t, talk_tables *all)
{
    if (!t->risk_there[0] && !t->risk_there[1]) return;
    talk_table *risk =
        begin(all, "risk", "An offer to take or leave (risk and return)",
              "shares of each side's own largest gain over the war; probability of war",
              "The other side's cost of war is known to it alone, uniform between the file's two numbers; a side's own "
              "counts at the middle of its two. -: whatever is offered is refused.");
    column(all, risk, "asks for", NULL);
    column(all, risk, "leaves", NULL);
    column(all, risk, "risk of war", NULL);
    column(all, risk, "expects", NULL);
    for (int side = 0; side < 2; side++) {
        if (!t->risk_there[side]) continue;
        talk_row *row = add_row(all, risk, named(all, "%s offers", seat_name(t, t->seat[side])));
        put(row, 0, t->risk[side].demand);
        put(row, 1, t->risk_offer[side].share[1 - side]);
        put(row, 2, t->risk[side].risk);
        put(row, 3, t->risk[side].proposer);
    }
}

static void make_mediation(const ent_talks *t, talk_tables *all)
{
    const ent_ceiling *c = &t->mediation;
    if (!t->mediation_there) return;
    const char *unit =
        named(all, "probability of peace; surplus over the war, log points × 100 of %s", seat_name(t, t->seat[0]));
    talk_table *peace = begin(all, "mediation", "The ceiling of any mediation (Myerson and Satterthwaite)", unit,
                              "Costs of war as above, known to each side alone. Best: under the best rules that both "
                              "would take part in and that need no money from outside. The frontier counts as its "
                              "tangent at the bargain, so that it is a ceiling.");
    column(all, peace, "peace", NULL);
    column(all, peace, "surplus", NULL);
    talk_row *row = add_row(all, peace, "best mediation");
    put(row, 0, c->probability);
    put(row, 1, 100.0 * c->surplus);
    row = add_row(all, peace, "if all were known");
    put(row, 0, c->first_probability);
    put(row, 1, 100.0 * c->first_surplus);
}

/* ---- ladders ---- */

enum {
    MOST_LADDERS = 16
};

static int is_pure(const ent_rungs *r, ptrdiff_t profile)
{
    for (ptrdiff_t k = 0; k < r->pure_count; k++)
        if (r->pure[k] == profile) return 1;
    return 0;
}

static void make_profiles(const ent_talks *t, talk_tables *all)
{
    const ent_rungs *r = &t->rungs;
    const ent_finite *game = &r->game;
    const ent_terms *terms = &t->play.seats->terms;
    ptrdiff_t choice[MOST_LADDERS];
    talk_table *rungs = begin(all, "ladders", "Ladders of escalation: every combination of steps",
                              "gains over the status quo, log points × 100",
                              r->pure_count > 0 ? "Rest: nobody gains by another step of his own alone (pure Nash)."
                                                : "There is no combination at which nobody wants another step.");
    for (ptrdiff_t l = 0; l < game->players; l++) column(all, rungs, seat_name(t, terms->ladder[l].seat), NULL);
    column(all, rungs, "rest", NULL);
    for (ptrdiff_t k = 0; k < ent_finite_profiles(game); k++) {
        ent_text label = {.arena = all->arena};
        ent_finite_choice(game, k, choice);
        for (ptrdiff_t l = 0; l < game->players; l++)
            ent_text_say(&label, "%s%s", l > 0 ? " / " : "", terms->ladder[l].step[choice[l]]);
        all->failed |= label.failed;
        talk_row *row = add_row(all, rungs, label.failed ? "" : label.data);
        for (ptrdiff_t l = 0; l < game->players; l++) put(row, l, game->payoff[k * game->players + l]);
        say(row, game->players, is_pure(r, k) ? "rest" : "");
    }
}

static void make_steps(const ent_talks *t, talk_tables *all)
{
    const ent_rungs *r = &t->rungs;
    const ent_terms *terms = &t->play.seats->terms;
    const char *unit = ent_string_format(all->arena, "probabilities; precision %.6g", terms->precision);
    talk_table *steps = begin(all, "steps", "Which steps, as the model implies", unit,
                              "Quantal: steps are the likelier the more they bring; precision: by how much log odds "
                              "rise with one percent. Mixed: each side is kept indifferent (Lemke and Howson).");
    all->failed |= unit == NULL;
    if (r->quantal.probability != NULL) column(all, steps, "quantal", NULL);
    for (ptrdiff_t m = 0; m < r->mixed_count; m++) {
        const char *label = ent_string_format(all->arena, "mixed %td", m + 1);
        all->failed |= label == NULL;
        column(all, steps, label != NULL ? label : "", NULL);
    }
    for (ptrdiff_t l = 0, at = 0; l < r->game.players; l++)
        for (ptrdiff_t s = 0; s < r->game.strategies[l]; s++, at++) {
            const char *label =
                ent_string_format(all->arena, "%s: %s", seat_name(t, terms->ladder[l].seat), terms->ladder[l].step[s]);
            all->failed |= label == NULL;
            talk_row *row = add_row(all, steps, label != NULL ? label : "");
            ptrdiff_t c = 0;
            if (r->quantal.probability != NULL) put(row, c++, r->quantal.probability[at]);
            for (ptrdiff_t m = 0; m < r->mixed_count; m++) put(row, c++, r->mixed[m].probability[at]);
        }
}

int talk_tables_missing(const ent_talks *talks, ptrdiff_t k, const char **part, const char **why)
{
    static const char *const parts[ENT_TALK_PARTS] = {"offers in turn", "war of attrition", "mediation",
                                                      "offer to take or leave", "offer to take or leave"};
    const char *const first[] = {talks->truce_why, talks->enforced_why, talks->zone_why, talks->attrition_why,
                                 talks->rungs.why};
    static const char *const names[] = {"truce", "self-enforcing agreement", "zone of agreement", "no war of attrition",
                                        "ladders"};
    const ptrdiff_t fixed = sizeof names / sizeof *names, rest = k - fixed - ENT_TALK_PARTS;
    if (k < fixed) {
        *part = names[k];
        *why = first[k];
    } else if (rest < 0) {
        *part = parts[k - fixed];
        *why = talks->part_why[k - fixed];
    } else {
        if (talks->most_why == NULL || rest >= talks->play.seats->seats) return 0;
        *part = "most of a side";
        *why = talks->most_why[rest];
    }
    return 1;
}

talk_tables talk_tables_make(const ent_talks *talks, const ent_names *regions, ent_arena *arena)
{
    talk_tables all = {.arena = arena, .regions = regions};
    make_points(talks, &all);
    make_packages(talks, &all);
    make_zone(talks, &all);
    make_most(talks, &all);
    make_truce(talks, &all);
    make_penance(talks, &all);
    make_enforced(talks, &all);
    make_offers(talks, &all);
    make_attrition(talks, &all);
    make_risk(talks, &all);
    make_mediation(talks, &all);
    if (talks->rungs.game.payoff != NULL) {
        make_profiles(talks, &all);
        make_steps(talks, &all);
    }
    return all;
}

/* ---- CSV and the page ---- */

ledger talk_tables_ledger(const talk_tables *all)
{
    static const ledger_column columns[] = {{"table", 1}, {"row", 1}, {"column", 1}, {"text", 1}, {"value", 0}};
    ledger book = ledger_begin(all->arena, columns, 5);
    for (ptrdiff_t k = 0; k < all->tables; k++) {
        const talk_table *t = &all->table[k];
        for (ptrdiff_t r = 0; r < t->rows; r++)
            for (int c = 0; c < t->columns; c++) {
                ledger_text(&book, t->name);
                ledger_text(&book, t->row[r].label);
                ledger_text(&book, t->column[c]);
                ledger_text(&book, t->row[r].cell[c].text != NULL ? t->row[r].cell[c].text : "");
                ledger_number(&book, t->row[r].cell[c].text != NULL ? NAN : t->row[r].cell[c].number);
            }
    }
    book.failed |= all->failed;
    return book;
}

static void say_row(const talk_table *t, const talk_row *row, ent_json *json)
{
    ent_json_open(json, '[');
    ent_json_string(json, row->label);
    for (int c = 0; c < t->columns; c++)
        if (row->cell[c].text != NULL)
            ent_json_string(json, row->cell[c].text);
        else
            ent_json_rounded(json, row->cell[c].number, 6);
    ent_json_close(json, ']');
}

static void say_table(const talk_table *t, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "name", t->name);
    ent_json_pair(json, "title", t->title);
    ent_json_pair(json, "unit", t->unit);
    ent_json_pair(json, "note", t->note);
    ent_json_key(json, "columns");
    ent_json_open(json, '[');
    ent_json_string(json, ""); /* above the rows' labels */
    for (int c = 0; c < t->columns; c++) ent_json_string(json, t->column[c]);
    ent_json_close(json, ']');
    ent_json_key(json, "rows");
    ent_json_open(json, '[');
    for (ptrdiff_t r = 0; r < t->rows; r++) say_row(t, &t->row[r], json);
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

void talk_tables_page(const talk_tables *all, ent_json *json)
{
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < all->tables; k++) say_table(&all->table[k], json);
    ent_json_close(json, ']');
}
