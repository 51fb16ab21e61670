/* talk_tables.c: see talk_tables.h. Gains are log points times 100; shares are of a side's own largest gain. */
// SPDX-License-Identifier: MIT
#include "talk_tables.h"
#include <math.h>
#include <string.h>

/* ---- building ---- */

static talk_table *begin(talk_tables *all, const char *name, const char *title, const char *unit, const char *note)
{
    talk_table *t = &all->table[all->tables++];
    *t = (talk_table){.name = name, .title = title, .unit = unit, .note = note, .decimals = 4};
    return t;
}

static void column(talk_tables *all, talk_table *t, const char *format, const char *who)
{
    const char *label = who == NULL ? format : ent_string_format(all->arena, "%s %s", who, format);
    if (label == NULL || t->columns == TALK_CELLS) {
        all->failed |= label == NULL;
        return;
    }
    t->column[t->columns++] = label;
}

/* "all to USA": words with a name in them. */
static const char *named(talk_tables *all, const char *format, const char *who)
{
    const char *label = ent_string_format(all->arena, format, who);
    all->failed |= label == NULL;
    return label != NULL ? label : "";
}

static talk_row *add_row(talk_tables *all, talk_table *t, const char *label)
{
    if (t->rows == t->room) {
        talk_row *more = ent_new0(all->arena, talk_row, 2 * t->room + 8);
        if (more == NULL) {
            all->failed = 1;
            return &all->lost;
        }
        if (t->rows > 0) memcpy(more, t->row, (size_t)t->rows * sizeof *more);
        t->row = more;
        t->room = 2 * t->room + 8;
    }
    t->row[t->rows] = (talk_row){.label = label};
    for (int c = 0; c < TALK_CELLS; c++) t->row[t->rows].cell[c].number = NAN;
    return &t->row[t->rows++];
}

static const char *seat_name(const ent_talks *t, ptrdiff_t seat)
{
    return t->play.seats->seat[seat].name;
}

/* How many seats have columns of their own where each takes two. */
static ptrdiff_t shown_seats(const ent_talks *t)
{
    return t->play.seats->seats < TALK_CELLS / 2 ? t->play.seats->seats : TALK_CELLS / 2;
}

/* ---- what is on the table ---- */

static void add_gains(const ent_talks *t, const ent_verdict *v, talk_row *row)
{
    const ptrdiff_t shown = shown_seats(t);
    for (ptrdiff_t s = 0; s < shown && v->status == ENT_OK; s++) {
        row->cell[s].number = 100.0 * (v->objective[s] - t->play.verdict[0].objective[s]);
        row->cell[shown + s].number = 100.0 * (v->objective[s] - t->war->objective[s]);
    }
}

static void make_points(const ent_talks *t, talk_tables *all)
{
    talk_table *points = begin(all, "points", "Points to talk about", "gains, log points × 100", NULL);
    for (ptrdiff_t s = 0; s < shown_seats(t); s++) column(all, points, "over quo", seat_name(t, s));
    for (ptrdiff_t s = 0; s < shown_seats(t); s++) column(all, points, "over war", seat_name(t, s));
    for (ptrdiff_t v = 0; v < t->play.verdicts; v++) {
        const ent_verdict *one = &t->play.verdict[v];
        const char *label = one == t->war      ? "the war (Nash): the threat"
                            : one == t->agreed ? "bargain over the war"
                            : one == t->peace  ? "bargain over the status quo"
                                               : one->label;
        if (one->package == NULL && one->status == ENT_OK) add_gains(t, one, add_row(all, points, label));
    }
}

static void make_zone(const ent_talks *t, talk_tables *all)
{
    const ent_zone *z = &t->zone;
    if (!t->two || t->zone_status != ENT_OK) return;
    talk_table *zone =
        begin(all, "zone", z->open ? "Zone of agreement over the war: open" : "Zone of agreement over the war: closed",
              "gains over the war, log points × 100; price: log points that the first gives up for one of the other's",
              z->open ? NULL : "Neither can gain without loss of the other: there is nothing to talk about.");
    for (int side = 0; side < 2; side++) column(all, zone, "gain", seat_name(t, t->seat[side]));
    column(all, zone, "price", NULL);
    for (int side = 0; side < 2 && z->open; side++) {
        const char *label = named(all, "all to %s", seat_name(t, t->seat[side]));
        talk_row *row = add_row(all, zone, label);
        row->cell[side].number = 100.0 * (z->best[side] - z->threat[side]);
        row->cell[1 - side].number = 0.0;
        row->cell[2].number = z->price[side];
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

static void make_truce(const ent_talks *t, talk_tables *all)
{
    const ent_terms *terms = &t->play.seats->terms;
    if (t->truce_status != ENT_OK) return;
    talk_table *truce =
        begin(all, "truce", "Does the bargain over the war hold?",
              "gains over the war and from breaking once, log points × 100; delta: least discount "
              "factor a period at which keeping pays",
              "Whoever breaks is answered with the war for so many periods, or for ever. delta 0: no temptation; -: "
              "no patience is enough. Given: the "
              "file's own discount factor.");
    column(all, truce, "keeping", NULL);
    column(all, truce, "breaking", NULL);
    for (ptrdiff_t k = 0; k < terms->punishments && k < 4; k++)
        column(all, truce, periods_said(all, terms->punishment[k]), NULL);
    column(all, truce, "given", NULL);
    column(all, truce, "holds", NULL);
    for (ptrdiff_t p = 0; p < t->play.seats->players; p++) {
        ptrdiff_t seat = 0;
        while (p >= t->play.seats->seat[seat].first + t->play.seats->seat[seat].count) seat++;
        talk_row *row = add_row(all, truce, all->regions->label[t->play.seats->player[p].region]);
        int c = 0, holds = 0, shown = 0;
        row->cell[c++].number = 100.0 * (t->truce.agreed[p] - t->truce.punishment[p]);
        row->cell[c++].number = 100.0 * (t->truce.temptation[p] - t->truce.agreed[p]);
        for (ptrdiff_t k = 0; k < terms->punishments && k < 4; k++) {
            const double need = ent_truce_patience(t->truce.agreed[p], t->truce.temptation[p], t->truce.punishment[p],
                                                   terms->punishment[k]);
            row->cell[c++].number = need;
            holds += terms->discount[seat] >= need;
            shown++;
        }
        row->cell[c++].number = terms->discount[seat];
        row->cell[c].text = isnan(terms->discount[seat]) ? "-" : holds == shown ? "yes" : holds > 0 ? "some" : "no";
    }
}

/* ---- two sides ---- */

static void add_offer(const ent_talks *t, const ent_offer *offer, talk_row *row)
{
    for (int side = 0; side < 2; side++) {
        row->cell[side].number = offer->share[side];
        row->cell[2 + side].number = 100.0 * (offer->goal[side] - t->zone.threat[side]);
    }
}

static void offer_columns(const ent_talks *t, talk_tables *all, talk_table *table)
{
    for (int side = 0; side < 2; side++) column(all, table, "share", seat_name(t, t->seat[side]));
    for (int side = 0; side < 2; side++) column(all, table, "gain", seat_name(t, t->seat[side]));
}

static void make_offers(const ent_talks *t, talk_tables *all)
{
    if (!t->offers_there) return;
    talk_table *offers = begin(all, "offers", "Offers in turn (Rubinstein), accepted at once",
                               "shares of each side's own largest gain over the war; gains, log points × 100",
                               t->offers.agreed ? "Solved on the frontier, straight between its points."
                                                : "Outside options take more than there is: the talks break up.");
    offer_columns(t, all, offers);
    for (int first = 0; first < 2 && t->offers.agreed; first++) {
        const char *label = named(all, "%s offers first", seat_name(t, t->seat[first]));
        add_offer(t, &t->offer[first], add_row(all, offers, label));
    }
}

static void add_value(talk_tables *all, talk_table *t, const char *label, double value)
{
    add_row(all, t, label)->cell[0].number = value;
}

static void make_attrition(const ent_talks *t, talk_tables *all)
{
    const ent_attrition_result *r = &t->attrition_result;
    if (!t->attrition_there) return;
    talk_table *war =
        begin(all, "attrition", "A war of attrition with reputation (Abreu and Gul)",
              "each insists on its claim until one gives in; rates a year, probabilities",
              "Claims, priors and discount factors are the file's; what a side has in the war, on giving in and on the "
              "other's giving in is the model's.");
    const char *const columns[] = {"claim", "then other", "prior", "rate", "at once", "gives in"};
    for (int c = 0; c < 6; c++) column(all, war, columns[c], NULL);
    for (int side = 0; side < 2; side++) {
        talk_row *row = add_row(all, war, seat_name(t, t->seat[side]));
        row->cell[0].number = t->demand[side].share[side];
        row->cell[1].number = t->demand[side].share[1 - side];
        row->cell[2].number = t->attrition.prior[side];
        row->cell[3].number = r->hazard[side];
        row->cell[4].number = r->at_once[side];
        row->cell[5].number = r->gives_in[side];
    }
    talk_table *when = begin(all, "agreement", "When, as the model implies", "probabilities; years from now", NULL);
    column(all, when, "value", NULL);
    add_value(all, when, "agreement at some date", 1.0 - r->never);
    add_value(all, when, "agreement within a year", ent_attrition_over_by(r, 1.0));
    add_value(all, when, "expected date, given one", r->expected_date);
    add_value(all, when, "median date", r->median_date);
}

static void make_risk(const ent_talks *t, talk_tables *all)
{
    if (!t->risk_there[0] && !t->risk_there[1]) return;
    talk_table *risk =
        begin(all, "risk", "An offer to take or leave (risk and return)",
              "shares of what there is to gain over the war; probability of war",
              "The other side's cost of war is known to it alone, uniform between the file's two numbers.");
    column(all, risk, "asks for", NULL);
    column(all, risk, "risk of war", NULL);
    column(all, risk, "expects", NULL);
    for (int side = 0; side < 2; side++) {
        const char *label = named(all, "%s offers", seat_name(t, t->seat[side]));
        if (!t->risk_there[side]) continue;
        talk_row *row = add_row(all, risk, label);
        row->cell[0].number = t->risk[side].demand;
        row->cell[1].number = t->risk[side].risk;
        row->cell[2].number = t->risk[side].proposer;
    }
}

/* ---- packages ---- */

static void make_packages(const ent_talks *t, talk_tables *all)
{
    if (t->packages == 0) return;
    talk_table *deals = begin(all, "packages", "Deals in packages", "gains, log points × 100",
                              "Suits: nobody loses by it, over the status quo, over the war. Best: the largest product "
                              "of gains over the war, among "
                              "these packages.");
    const ptrdiff_t shown = shown_seats(t) < 3 ? shown_seats(t) : 3;
    for (ptrdiff_t s = 0; s < shown; s++) column(all, deals, "over quo", seat_name(t, s));
    for (ptrdiff_t s = 0; s < shown; s++) column(all, deals, "over war", seat_name(t, s));
    column(all, deals, "suits", NULL);
    column(all, deals, "best", NULL);
    for (ptrdiff_t k = 0; k < t->packages; k++) {
        const ent_verdict *v = t->package[k];
        talk_row *row = add_row(all, deals, v->label);
        for (ptrdiff_t s = 0; s < shown && v->status == ENT_OK; s++) {
            row->cell[s].number = 100.0 * (v->objective[s] - t->play.verdict[0].objective[s]);
            row->cell[shown + s].number = 100.0 * (v->objective[s] - t->war->objective[s]);
        }
        const int quo = t->over_quo.acceptable[k], war = t->over_war.acceptable[k];
        row->cell[2 * shown].text = v->status != ENT_OK ? "no answer"
                                    : quo && war        ? "both"
                                    : quo               ? "quo"
                                    : war               ? "war"
                                                        : "none";
        row->cell[2 * shown + 1].text = t->over_war.bargained == k ? "best" : "";
    }
}

talk_tables talk_tables_make(const ent_talks *talks, const ent_names *regions, ent_arena *arena)
{
    talk_tables all = {.arena = arena, .regions = regions};
    make_points(talks, &all);
    make_packages(talks, &all);
    make_zone(talks, &all);
    make_truce(talks, &all);
    make_offers(talks, &all);
    make_attrition(talks, &all);
    make_risk(talks, &all);
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

static void say_text_or_null(ent_text *out, const char *text)
{
    if (text != NULL)
        ledger_quote(out, text);
    else
        ent_text_say(out, "null");
}

static void say_row(const talk_table *t, const talk_row *row, ent_text *out)
{
    ent_text_say(out, "[");
    ledger_quote(out, row->label);
    for (int c = 0; c < t->columns; c++) {
        ent_text_say(out, ", ");
        if (row->cell[c].text != NULL)
            ledger_quote(out, row->cell[c].text);
        else if (isfinite(row->cell[c].number))
            ent_text_say(out, "%.6g", row->cell[c].number);
        else
            ent_text_say(out, "null");
    }
    ent_text_say(out, "]");
}

void talk_tables_page(const talk_tables *all, ent_text *out)
{
    ent_text_say(out, "[");
    for (ptrdiff_t k = 0; k < all->tables; k++) {
        const talk_table *t = &all->table[k];
        ent_text_say(out, "%s{\"name\": \"%s\", \"title\": ", k > 0 ? ",\n    " : "", t->name);
        ledger_quote(out, t->title);
        ent_text_say(out, ", \"unit\": ");
        say_text_or_null(out, t->unit);
        ent_text_say(out, ", \"note\": ");
        say_text_or_null(out, t->note);
        ent_text_say(out, ", \"columns\": [\"\"");
        for (int c = 0; c < t->columns; c++) {
            ent_text_say(out, ", ");
            ledger_quote(out, t->column[c]);
        }
        ent_text_say(out, "], \"rows\": [");
        for (ptrdiff_t r = 0; r < t->rows; r++) {
            ent_text_say(out, r > 0 ? ", " : "");
            say_row(t, &t->row[r], out);
        }
        ent_text_say(out, "]}");
    }
    ent_text_say(out, "]");
}
