/* match_page.c: what report.html of `entente war` and `entente talks` draws: the pay-off plane of two players, real
 * incomes and rates at every point, certificates. The page, with its figures, is the one of every report; here its data
 * are said, as JSON. Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "match.h"
#include <math.h>

static void say_number(ent_text *out, double value)
{
    if (isfinite(value))
        ent_text_say(out, "%.6g", value);
    else
        ent_text_say(out, "null");
}

static void say_pair(ent_text *out, const char *key, const char *value)
{
    ent_text_say(out, ",\n  \"%s\": ", key);
    ledger_quote(out, value);
}

/* ---- names ---- */

static void say_names(ent_text *out, const char *key, const ent_names *names)
{
    ent_text_say(out, ",\n  \"%s\": [", key);
    for (ptrdiff_t n = 0; n < names->count; n++) {
        ent_text_say(out, n > 0 ? ", {\"code\": " : "{\"code\": ");
        ledger_quote(out, names->code[n]);
        ent_text_say(out, ", \"label\": ");
        ledger_quote(out, names->label[n]);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

static void say_players(const match *m, ent_text *out)
{
    ent_text_say(out, ",\n  \"players\": [");
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        const ent_seat *seat = &m->seats.seat[s];
        ent_text_say(out, "%s{\"name\": ", s > 0 ? ",\n    " : "");
        ledger_quote(out, seat->name);
        ent_text_say(out, ", \"label\": ");
        ledger_quote(out, seat->count == 1 ? m->table.regions.label[m->seats.player[seat->first].region] : seat->name);
        ent_text_say(out, ", \"instruments\": ");
        ledger_quote(out, seat->instruments);
        ent_text_say(out, ", \"maximises\": ");
        ledger_quote(out, seat->objective);
        ent_text_say(out, ", \"regions\": [");
        for (ptrdiff_t p = 0; p < seat->count; p++)
            ent_text_say(out, "%s%td", p > 0 ? "," : "", m->seats.player[seat->first + p].region);
        ent_text_say(out, "]}");
    }
    ent_text_say(out, "]");
}

/* ---- points ---- */

static void say_rates(const match *m, const ent_verdict *v, double *room, ent_text *out)
{
    ent_text_say(out, ", \"rates\": [");
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        ent_text_say(out, s > 0 ? ",[" : "[");
        for (int tax = 0; tax < 2; tax++) {
            const ent_rates rates = ent_verdict_rates(&m->seats, v, s, (ent_tax)tax, room);
            if (tax > 0) ent_text_say(out, ",");
            say_number(out, 100.0 * rates.median);
            ent_text_say(out, ",");
            say_number(out, 100.0 * rates.mean);
        }
        ent_text_say(out, "]");
    }
    ent_text_say(out, "]");
}

static void say_point(const match *m, const ent_verdict *v, double *room, ent_text *out)
{
    const ent_verdict *quo = &m->play.verdict[0];
    ent_text_say(out, "{\"name\": ");
    ledger_quote(out, v->name);
    ent_text_say(out, ", \"label\": ");
    ledger_quote(out, v->label);
    ent_text_say(out, ", \"concept\": \"%s\", \"income\": [", match_concept_of(v));
    for (ptrdiff_t n = 0; n < m->net.regions; n++) {
        if (n > 0) ent_text_say(out, ",");
        say_number(out, 100.0 * expm1(v->log_welfare[n] - quo->log_welfare[n]));
    }
    ent_text_say(out, "], \"objective\": [");
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        if (s > 0) ent_text_say(out, ",");
        say_number(out, 100.0 * (v->objective[s] - quo->objective[s]));
    }
    ent_text_say(out, "]");
    say_rates(m, v, room, out);
    ent_text_say(out, ", \"found\": %td, \"starts\": %td, \"free\": %td, \"rounds\": %td, \"damped\": %s", v->found,
                 v->starts, v->free_duties, v->rounds, v->damped ? "true" : "false");
    ent_text_say(out, ", \"excess\": ");
    say_number(out, v->excess);
    ent_text_say(out, ", \"slope\": ");
    say_number(out, v->slope);
    ent_text_say(out, ", \"gain\": ");
    say_number(out, v->gain);
    ent_text_say(out, ", \"bend\": ");
    say_number(out, v->bend);
    ent_text_say(out, ", \"stand\": ");
    ledger_quote(out, isnan(v->gain) ? "" : ent_stand_words(ent_game_stand(v->bend)));
    ent_text_say(out, ", \"doubt\": ");
    ledger_quote(out, v->doubt != NULL ? v->doubt : "");
    ent_text_say(out, "}");
}

static void say_points(const match *m, double *room, ent_text *out)
{
    int any = 0;
    ent_text_say(out, ",\n  \"points\": [");
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        if (m->play.verdict[v].status != ENT_OK) continue;
        ent_text_say(out, "%s\n    ", any ? "," : "");
        say_point(m, &m->play.verdict[v], room, out);
        any = 1;
    }
    ent_text_say(out, "]");
}

/* ---- the frontier ---- */

static void say_curve(const match *m, const ent_curve *curve, ent_text *out)
{
    const ent_frontier *f = &curve->frontier;
    const ent_verdict *quo = &m->play.verdict[0];
    ent_text_say(out, "{\"players\": [%td, %td], \"slope\": %.3g, \"points\": [", curve->seat[0], curve->seat[1],
                 f->slope);
    for (ptrdiff_t k = 0; k < f->points; k++) {
        ent_text_say(out, k > 0 ? ",[" : "[");
        for (int side = 0; side < 2; side++) {
            const ent_seat *seat = &m->seats.seat[curve->seat[side]];
            say_number(out, 100.0 * (f->gain[side][k] - quo->goal[m->seats.player[seat->first].region]));
            ent_text_say(out, ",");
        }
        say_number(out, f->price[k]);
        ent_text_say(out, "]");
    }
    ent_text_say(out, "]}");
}

static void say_curves(const match *m, ent_text *out)
{
    int any = 0;
    ent_text_say(out, ",\n  \"frontiers\": [");
    for (ptrdiff_t c = 0; c < m->play.curves; c++) {
        if (m->play.curve[c].status != ENT_OK) continue;
        ent_text_say(out, any ? ",\n    " : "");
        say_curve(m, &m->play.curve[c], out);
        any = 1;
    }
    ent_text_say(out, "]");
}

/* ---- rates by partner and sector, where a point moves them ---- */

/* [point][player][tax][sector][partner], only sectors and partners that the player may set; null where nothing is
 * traded or the player may not. Points × players past MOST are left to the CSV. */
enum {
    MOST_CELLS = 60000
};

static ptrdiff_t cells_of(const match *m)
{
    ptrdiff_t points = 0;
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) points += m->play.verdict[v].status == ENT_OK;
    return points * m->seats.seats * m->net.regions * m->net.sectors;
}

static double rate_of(const match *m, const ent_verdict *v, ptrdiff_t region, ptrdiff_t partner, ptrdiff_t sector,
                      const ptrdiff_t *lane)
{
    const ptrdiff_t e = lane[(region * m->net.regions + partner) * m->net.sectors + sector];
    return e >= 0 ? 100.0 * v->policy.duty[e] : NAN;
}

/* lane [R*R*J] of (importer, exporter, sector), -1: none. */
static ptrdiff_t *lanes_of(const match *m)
{
    const ptrdiff_t R = m->net.regions, J = m->net.sectors;
    ptrdiff_t *lane = ent_new(m->house, ptrdiff_t, R * R * J);
    for (ptrdiff_t c = 0; lane != NULL && c < R * R * J; c++) lane[c] = -1;
    for (ptrdiff_t e = 0; lane != NULL && e < m->net.borders; e++)
        lane[(m->net.lane_region[e] * R + ent_lane_exporter(&m->net, e)) * J + ent_lane_sector(&m->net, e)] = e;
    return lane;
}

/* Import duties of every player's first region on partners whose duties some point moves. */
static void say_duties(const match *m, ent_text *out)
{
    const ptrdiff_t *lane = cells_of(m) <= MOST_CELLS ? lanes_of(m) : NULL;
    const ent_verdict *quo = &m->play.verdict[0];
    ent_text_say(out, ",\n  \"duties\": [");
    int any_player = 0;
    for (ptrdiff_t p = 0; p < m->seats.players && lane != NULL; p++) {
        const ptrdiff_t n = m->seats.player[p].region;
        int any = 0;
        ent_text_say(out, "%s{\"region\": %td, \"partners\": [", any_player++ ? ",\n    " : "", n);
        for (ptrdiff_t i = 0; i < m->net.regions; i++) {
            int moves = 0;
            for (ptrdiff_t v = 1; v < m->play.verdicts && !moves; v++)
                for (ptrdiff_t j = 0; j < m->net.sectors && m->play.verdict[v].status == ENT_OK && !moves; j++) {
                    const double before = rate_of(m, quo, n, i, j, lane),
                                 now = rate_of(m, &m->play.verdict[v], n, i, j, lane);
                    moves = isfinite(before) && now != before;
                }
            if (!moves) continue;
            ent_text_say(out, "%s{\"partner\": %td, \"rates\": [", any++ ? ",\n      " : "", i);
            int first = 1;
            for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
                if (m->play.verdict[v].status != ENT_OK) continue;
                ent_text_say(out, first ? "[" : ",[");
                first = 0;
                for (ptrdiff_t j = 0; j < m->net.sectors; j++) {
                    if (j > 0) ent_text_say(out, ",");
                    const double rate = rate_of(m, &m->play.verdict[v], n, i, j, lane);
                    if (isfinite(rate))
                        ent_text_say(out, "%.4g", rate);
                    else
                        ent_text_say(out, "null");
                }
                ent_text_say(out, "]");
            }
            ent_text_say(out, "]}");
        }
        ent_text_say(out, "]}");
    }
    ent_text_say(out, "]");
}

/* ---- all ---- */

static void say_missing(const match *m, ent_text *out)
{
    int any = 0;
    ent_text_say(out, ",\n  \"missing\": [");
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        if (m->play.verdict[v].status == ENT_OK) continue;
        ent_text_say(out, any++ ? ", " : "");
        ENT_SCRATCH scratch = {0};
        const char *line = ent_string_format(&scratch, "%s: %s", m->play.verdict[v].label, m->play.verdict[v].why);
        ledger_quote(out, line != NULL ? line : "");
    }
    ent_text_say(out, "]");
}

ent_status match_page(match *m, ent_text *out, ent_error *err)
{
    ent_text json = {.arena = m->house};
    double *room = ent_new(m->house, double, m->net.borders + 1);
    const char *hash = ent_table_hash(&m->table, m->house);
    if (room == NULL || hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ent_text_say(&json, "{\"kind\": \"game\", \"year\": %d, \"tolerance\": %.3g", m->table.year, m->ask.tolerance);
    say_pair(&json, "version", ENT_VERSION);
    say_pair(&json, "name", m->contest.scenario.name);
    say_pair(&json, "origin", m->contest.scenario.source);
    say_pair(&json, "world", m->table.name);
    say_pair(&json, "title", m->table.title);
    say_pair(&json, "source", m->table.source);
    say_pair(&json, "licence", m->table.licence);
    say_pair(&json, "world_hash", hash);
    say_pair(&json, "blueprint", m->blueprint.name);
    say_pair(&json, "command", m->ask.line);
    ent_text_say(&json, ",\n  \"actions\": [");
    for (ptrdiff_t l = 0; l < m->line_count; l++) {
        ent_text_say(&json, l > 0 ? ", " : "");
        ledger_quote(&json, m->lines[l]);
    }
    ent_text_say(&json, "]");
    say_names(&json, "regions", &m->table.regions);
    say_names(&json, "sectors", &m->table.sectors);
    say_players(m, &json);
    say_points(m, room, &json);
    say_curves(m, &json);
    say_duties(m, &json);
    say_missing(m, &json);
    if (m->more != NULL) m->more(m, &json);
    ent_text_say(&json, "}");
    if (json.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    return ent_report_page_around(m->contest.scenario.name, (ent_bytes){json.data, json.size}, out, err);
}
