/* match_page.c: what report.html of `entente war` and `entente talks` draws: the pay-off plane of two players, real
 * incomes and rates at every point, certificates. The page, with its figures, is the one of every report; here its data
 * are said, as JSON. Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
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
    ent_text_say(out,
                 ", \"found\": %td, \"starts\": %td, \"rejected\": %td, \"free\": %td, \"rounds\": %td, \"damped\": %s",
                 v->found, v->starts, v->rejected, v->free_duties, v->rounds, v->damped ? "true" : "false");
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
    ent_text_say(out, ", \"radius\": ");
    say_number(out, v->radius);
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
            say_number(out, 100.0 * (f->gain[side][k] - quo->objective[curve->seat[side]]));
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

/* A player's taxes of one kind: on what it buys from each partner, or sells there. */
typedef struct {
    const match *m;
    const ptrdiff_t *lane;
    ptrdiff_t region;
    ent_tax tax;
} taxes;

static double rate_of(const taxes *t, const ent_verdict *v, ptrdiff_t partner, ptrdiff_t sector)
{
    const ptrdiff_t R = t->m->net.regions, J = t->m->net.sectors;
    const ptrdiff_t importer = t->tax == ENT_TAX_IMPORT ? t->region : partner,
                    exporter = t->tax == ENT_TAX_IMPORT ? partner : t->region;
    const ptrdiff_t e = t->lane[(importer * R + exporter) * J + sector];
    return e < 0 ? NAN : 100.0 * (t->tax == ENT_TAX_IMPORT ? v->policy.duty[e] : v->policy.export_tax[e]);
}

/* Some point has another rate on this partner than the status quo. */
static int moves(const taxes *t, ptrdiff_t partner)
{
    const ent_play *play = &t->m->play;
    for (ptrdiff_t v = 1; v < play->verdicts; v++)
        for (ptrdiff_t j = 0; j < t->m->net.sectors && play->verdict[v].status == ENT_OK; j++) {
            const double before = rate_of(t, &play->verdict[0], partner, j);
            if (isfinite(before) && rate_of(t, &play->verdict[v], partner, j) != before) return 1;
        }
    return 0;
}

/* [point][sector], percent. */
static void say_rates_on(const taxes *t, ptrdiff_t partner, ent_text *out)
{
    int any = 0;
    ent_text_say(out, "{\"partner\": %td, \"rates\": [", partner);
    for (ptrdiff_t v = 0; v < t->m->play.verdicts; v++) {
        if (t->m->play.verdict[v].status != ENT_OK) continue;
        ent_text_say(out, any++ ? ",[" : "[");
        for (ptrdiff_t j = 0; j < t->m->net.sectors; j++) {
            const double rate = rate_of(t, &t->m->play.verdict[v], partner, j);
            ent_text_say(out, j > 0 ? "," : "");
            if (isfinite(rate))
                ent_text_say(out, "%.4g", rate);
            else
                ent_text_say(out, "null");
        }
        ent_text_say(out, "]");
    }
    ent_text_say(out, "]}");
}

/* Import duties and export taxes of every government on partners where some point moves them. */
static void say_duties(const match *m, ent_text *out)
{
    const ptrdiff_t *lane = cells_of(m) <= MOST_CELLS ? lanes_of(m) : NULL;
    int any_player = 0;
    ent_text_say(out, ",\n  \"duties\": [");
    for (ptrdiff_t k = 0; k < 2 * m->seats.players && lane != NULL; k++) {
        const taxes t = {m, lane, m->seats.player[k / 2].region, (ent_tax)(k % 2)};
        int any = 0;
        for (ptrdiff_t partner = 0; partner < m->net.regions; partner++) {
            if (!moves(&t, partner)) continue;
            if (any++ == 0)
                ent_text_say(out, "%s{\"region\": %td, \"tax\": \"%s\", \"partners\": [", any_player++ ? ",\n    " : "",
                             t.region, t.tax == ENT_TAX_IMPORT ? "import" : "export");
            else
                ent_text_say(out, ",\n      ");
            say_rates_on(&t, partner, out);
        }
        if (any) ent_text_say(out, "]}");
    }
    ent_text_say(out, "]");
}

/* ---- partitions and motives ---- */

/* Partitions that last, the grand coalition and everyone alone: real incomes over the status quo, percent. */
static void say_partition(const match *m, const ent_partitions *all, ptrdiff_t k, ent_text *out)
{
    const ent_bloc_table *t = &all->table;
    ENT_SCRATCH scratch = {0};
    ent_text_say(out, "{\"label\": ");
    ledger_quote(out, match_partition_name(m, all, k, &scratch));
    ent_text_say(out, ", \"stable\": %s, \"farsighted\": %s, \"income\": [",
                 all->stability.stable[k] ? "true" : "false",
                 all->farsighted == NULL ? "null"
                 : all->farsighted[k]    ? "true"
                                         : "false");
    for (ptrdiff_t p = 0; p < t->players; p++) {
        const ptrdiff_t n = t->region[p];
        ent_text_say(out, p > 0 ? "," : "");
        say_number(out, 100.0 * expm1(t->log_welfare[k * t->regions + n] - m->play.verdict[0].log_welfare[n]));
    }
    ent_text_say(out, "]}");
}

static void say_partitions(const match *m, ent_text *out)
{
    int any = 0;
    ent_text_say(out, ",\n  \"partitions\": [");
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++) {
        const ent_partitions *all = &m->play.partitions[c];
        const ent_bloc_table *t = &all->table;
        int row = 0;
        if (all->status != ENT_OK) continue;
        ent_text_say(out, "%s{\"count\": %td, \"last\": %td, \"regions\": [", any++ ? ",\n    " : "", t->partitions,
                     all->stability.survivors);
        for (ptrdiff_t p = 0; p < t->players; p++) ent_text_say(out, "%s%td", p > 0 ? "," : "", t->region[p]);
        ent_text_say(out, "], \"rows\": [");
        for (ptrdiff_t k = 0; k < t->partitions; k++) {
            if (!all->stability.stable[k] && k > 0 && k + 1 < t->partitions) continue;
            ent_text_say(out, row++ ? ",\n      " : "");
            say_partition(m, all, k, out);
        }
        ent_text_say(out, "], \"shares\": ");
        share_json(all, out);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]");
}

static void say_motive(const match *m, const ent_revealed *one, ent_text *out)
{
    ENT_SCRATCH scratch = {0};
    const ent_game_motive *motive = &one->motive;
    int any = 0;
    ent_text_say(out, "{\"name\": ");
    ledger_quote(out, one->name);
    ent_text_say(out, ", \"label\": ");
    ledger_quote(out, one->label);
    ent_text_say(out, ", \"kind\": \"%s\", \"conditions\": %td, \"fit\": ", ent_motive_words(one->concept->motive),
                 motive->conditions);
    say_number(out, motive->fit);
    ent_text_say(out, ", \"slope\": ");
    say_number(out, motive->left);
    ent_text_say(out, ", \"without\": ");
    say_number(out, motive->before);
    ent_text_say(out, ", \"weights\": [");
    for (ptrdiff_t k = 0; k < motive->weights; k++) {
        if (!match_has_weight(m, one, k)) continue;
        ent_text_say(out, any++ ? ", {\"code\": " : "{\"code\": ");
        ledger_quote(out, match_weight_code(m, one, k, &scratch));
        ent_text_say(out, ", \"label\": ");
        ledger_quote(out, match_weight_label(m, one, k, &scratch));
        ent_text_say(out, ", \"weight\": ");
        say_number(out, motive->weight[k]);
        ent_text_say(out, "}");
    }
    ent_text_say(out, "]}");
}

static void say_motives(const match *m, ent_text *out)
{
    int any = 0;
    ent_text_say(out, ",\n  \"motives\": [");
    for (ptrdiff_t r = 0; r < m->play.revelations; r++) {
        if (m->play.revealed[r].status != ENT_OK) continue;
        ent_text_say(out, any++ ? ",\n    " : "");
        say_motive(m, &m->play.revealed[r], out);
    }
    ent_text_say(out, "]");
}

/* ---- all ---- */

static void say_sentence(const char *label, const char *why, int *any, ent_text *out)
{
    ENT_SCRATCH scratch = {0};
    const char *line = ent_string_format(&scratch, "%s: %s", label, why);
    ent_text_say(out, (*any)++ ? ", " : "");
    ledger_quote(out, line != NULL ? line : "");
}

static void say_missing(const match *m, ent_text *out)
{
    const ent_play *play = &m->play;
    int any = 0;
    ent_text_say(out, ",\n  \"missing\": [");
    for (ptrdiff_t v = 0; v < play->verdicts; v++)
        if (play->verdict[v].status != ENT_OK) say_sentence(play->verdict[v].label, play->verdict[v].why, &any, out);
    for (ptrdiff_t c = 0; c < play->curves; c++)
        if (play->curve[c].status != ENT_OK) say_sentence("frontier", play->curve[c].why, &any, out);
    for (ptrdiff_t t = 0; t < play->partition_tables; t++)
        if (play->partitions[t].status != ENT_OK) say_sentence("blocs", play->partitions[t].why, &any, out);
    for (ptrdiff_t r = 0; r < play->revelations; r++)
        if (play->revealed[r].status != ENT_OK) say_sentence(play->revealed[r].label, play->revealed[r].why, &any, out);
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
    say_partitions(m, &json);
    say_motives(m, &json);
    ent_text_say(&json, ",\n  \"clubs\": ");
    club_json(&m->seats, &m->play, &json);
    say_missing(m, &json);
    if (m->more != NULL) m->more(m, &json);
    ent_text_say(&json, "}");
    if (json.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    return ent_report_page_around(m->contest.scenario.name, (ent_bytes){json.data, json.size}, out, err);
}
