/* match_page.c: what report.html of `entente war` and `entente talks` draws: the pay-off plane of two players, real
 * incomes and rates at every point, certificates. The page, with its figures, is the one of every report; here its data
 * are said, as JSON. Six digits, for pictures; the CSV beside the page has all. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
#include "match.h"
#include <math.h>

enum {
    DIGITS = 6
};

/* ---- names ---- */

static void say_names(const char *key, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open_dense(json, '[');
    for (ptrdiff_t n = 0; n < names->count; n++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", names->code[n]);
        ent_json_pair(json, "label", names->label[n]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_players(const match *m, ent_json *json)
{
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        const ent_seat *seat = &m->seats.seat[s];
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "name", seat->name);
        ent_json_pair(json, "label",
                      seat->count == 1 ? m->table.regions.label[m->seats.player[seat->first].region] : seat->name);
        ent_json_pair(json, "instruments", seat->instruments);
        ent_json_pair(json, "maximises", seat->objective);
        ent_json_key(json, "regions");
        ent_json_open(json, '[');
        for (ptrdiff_t p = 0; p < seat->count; p++) ent_json_integer(json, m->seats.player[seat->first + p].region);
        ent_json_close(json, ']');
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- points ---- */

/* Median and mean of each player's duties, then of its export taxes. */
static void say_rates(const match *m, const ent_verdict *v, double *room, ent_json *json)
{
    ent_json_key(json, "rates");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        ent_json_open(json, '[');
        for (int tax = 0; tax < 2; tax++) {
            const ent_rates rates = ent_verdict_rates(&m->seats, v, s, (ent_tax)tax, room);
            ent_json_rounded(json, 100.0 * rates.median, DIGITS);
            ent_json_rounded(json, 100.0 * rates.mean, DIGITS);
        }
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static void say_gains(const match *m, const ent_verdict *v, ent_json *json)
{
    const ent_verdict *quo = &m->play.verdict[0];
    ent_json_key(json, "income");
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < m->net.regions; n++)
        ent_json_rounded(json, 100.0 * expm1(v->log_welfare[n] - quo->log_welfare[n]), DIGITS);
    ent_json_close(json, ']');
    ent_json_key(json, "objective");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++)
        ent_json_rounded(json, 100.0 * (v->objective[s] - quo->objective[s]), DIGITS);
    ent_json_close(json, ']');
}

static void say_point(const match *m, const ent_verdict *v, double *room, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "name", v->name);
    ent_json_pair(json, "label", v->label);
    ent_json_pair(json, "concept", match_concept_of(v));
    say_gains(m, v, json);
    say_rates(m, v, room, json);
    ent_json_pair_integer(json, "found", v->found);
    ent_json_pair_integer(json, "starts", v->starts);
    ent_json_pair_integer(json, "rejected", v->rejected);
    ent_json_pair_integer(json, "free", v->free_duties);
    ent_json_pair_integer(json, "rounds", v->rounds);
    ent_json_pair_truth(json, "damped", v->damped);
    ent_json_pair_rounded(json, "excess", v->excess, DIGITS);
    ent_json_pair_rounded(json, "slope", v->slope, DIGITS);
    ent_json_pair_rounded(json, "gain", v->gain, DIGITS);
    ent_json_pair_rounded(json, "bend", v->bend, DIGITS);
    ent_json_pair(json, "stand", isnan(v->gain) ? "" : ent_stand_words(ent_game_stand(v->bend)));
    ent_json_pair(json, "doubt", v->doubt != NULL ? v->doubt : "");
    ent_json_pair_rounded(json, "radius", v->radius, DIGITS);
    ent_json_close(json, '}');
}

static void say_points(const match *m, double *room, ent_json *json)
{
    ent_json_key(json, "points");
    ent_json_open(json, '[');
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++)
        if (m->play.verdict[v].status == ENT_OK) say_point(m, &m->play.verdict[v], room, json);
    ent_json_close(json, ']');
}

/* ---- the frontier ---- */

static void say_curve(const match *m, const ent_curve *curve, ent_json *json)
{
    const ent_frontier *f = &curve->frontier;
    const ent_verdict *quo = &m->play.verdict[0];
    ent_json_open_dense(json, '{');
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (int side = 0; side < 2; side++) ent_json_integer(json, curve->seat[side]);
    ent_json_close(json, ']');
    ent_json_pair_rounded(json, "slope", f->slope, 3);
    ent_json_key(json, "points");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < f->points; k++) {
        ent_json_open(json, '[');
        for (int side = 0; side < 2; side++)
            ent_json_rounded(json, 100.0 * (f->gain[side][k] - quo->objective[curve->seat[side]]), DIGITS);
        ent_json_rounded(json, f->price[k], DIGITS);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

static void say_curves(const match *m, ent_json *json)
{
    ent_json_key(json, "frontiers");
    ent_json_open(json, '[');
    for (ptrdiff_t c = 0; c < m->play.curves; c++)
        if (m->play.curve[c].status == ENT_OK) say_curve(m, &m->play.curve[c], json);
    ent_json_close(json, ']');
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
static void say_rates_on(const taxes *t, ptrdiff_t partner, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair_integer(json, "partner", partner);
    ent_json_key(json, "rates");
    ent_json_open(json, '[');
    for (ptrdiff_t v = 0; v < t->m->play.verdicts; v++) {
        if (t->m->play.verdict[v].status != ENT_OK) continue;
        ent_json_open(json, '[');
        for (ptrdiff_t j = 0; j < t->m->net.sectors; j++)
            ent_json_rounded(json, rate_of(t, &t->m->play.verdict[v], partner, j), 4);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

/* Of one government, on partners where some point moves them; nothing where there is none. */
static void say_taxes(const taxes *t, ent_json *json)
{
    int any = 0;
    for (ptrdiff_t partner = 0; partner < t->m->net.regions; partner++) {
        if (!moves(t, partner)) continue;
        if (any++ == 0) {
            ent_json_open(json, '{');
            ent_json_pair_integer(json, "region", t->region);
            ent_json_pair(json, "tax", t->tax == ENT_TAX_IMPORT ? "import" : "export");
            ent_json_key(json, "partners");
            ent_json_open(json, '[');
        }
        say_rates_on(t, partner, json);
    }
    if (any == 0) return;
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

/* Import duties and export taxes of every government. */
static void say_duties(const match *m, ent_json *json)
{
    const ptrdiff_t *lane = cells_of(m) <= MOST_CELLS ? lanes_of(m) : NULL;
    ent_json_key(json, "duties");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < 2 * m->seats.players && lane != NULL; k++) {
        const taxes t = {m, lane, m->seats.player[k / 2].region, (ent_tax)(k % 2)};
        say_taxes(&t, json);
    }
    ent_json_close(json, ']');
}

/* ---- partitions and motives ---- */

/* Partitions that last, the grand coalition and everyone alone: real incomes over the status quo, percent. */
static void say_partition(const match *m, const ent_partitions *all, ptrdiff_t k, ent_json *json)
{
    const ent_bloc_table *t = &all->table;
    ENT_SCRATCH scratch = {0};
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "label", match_partition_name(m, all, k, &scratch));
    ent_json_pair_truth(json, "stable", all->stability.stable[k]);
    ent_json_key(json, "farsighted");
    if (all->farsighted == NULL)
        ent_json_string(json, NULL);
    else
        ent_json_truth(json, all->farsighted[k]);
    ent_json_key(json, "income");
    ent_json_open(json, '[');
    for (ptrdiff_t p = 0; p < t->players; p++) {
        const ptrdiff_t n = t->region[p];
        ent_json_rounded(json, 100.0 * expm1(t->log_welfare[k * t->regions + n] - m->play.verdict[0].log_welfare[n]),
                         DIGITS);
    }
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

static void say_table(const match *m, const ent_partitions *all, ent_json *json)
{
    const ent_bloc_table *t = &all->table;
    ent_json_open(json, '{');
    ent_json_pair_integer(json, "count", t->partitions);
    ent_json_pair_integer(json, "last", all->stability.survivors);
    ent_json_key(json, "regions");
    ent_json_open_dense(json, '[');
    for (ptrdiff_t p = 0; p < t->players; p++) ent_json_integer(json, t->region[p]);
    ent_json_close(json, ']');
    ent_json_key(json, "rows");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < t->partitions; k++)
        if (all->stability.stable[k] || k == 0 || k + 1 == t->partitions) say_partition(m, all, k, json);
    ent_json_close(json, ']');
    ent_json_key(json, "shares");
    share_json(all, json);
    ent_json_close(json, '}');
}

static void say_partitions(const match *m, ent_json *json)
{
    ent_json_key(json, "partitions");
    ent_json_open(json, '[');
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++)
        if (m->play.partitions[c].status == ENT_OK) say_table(m, &m->play.partitions[c], json);
    ent_json_close(json, ']');
}

static void say_motive(const match *m, const ent_revealed *one, ent_json *json)
{
    ENT_SCRATCH scratch = {0};
    const ent_game_motive *motive = &one->motive;
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "name", one->name);
    ent_json_pair(json, "label", one->label);
    ent_json_pair(json, "kind", ent_motive_words(one->concept->motive));
    ent_json_pair_integer(json, "conditions", motive->conditions);
    ent_json_pair_rounded(json, "fit", motive->fit, DIGITS);
    ent_json_pair_rounded(json, "slope", motive->left, DIGITS);
    ent_json_pair_rounded(json, "without", motive->before, DIGITS);
    ent_json_key(json, "weights");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < motive->weights; k++) {
        if (!match_has_weight(m, one, k)) continue;
        ent_json_open(json, '{');
        ent_json_pair(json, "code", match_weight_code(m, one, k, &scratch));
        ent_json_pair(json, "label", match_weight_label(m, one, k, &scratch));
        ent_json_pair_rounded(json, "weight", motive->weight[k], DIGITS);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

static void say_motives(const match *m, ent_json *json)
{
    ent_json_key(json, "motives");
    ent_json_open(json, '[');
    for (ptrdiff_t r = 0; r < m->play.revelations; r++)
        if (m->play.revealed[r].status == ENT_OK) say_motive(m, &m->play.revealed[r], json);
    ent_json_close(json, ']');
}

/* ---- all ---- */

static void say_sentence(const char *label, ent_status status, const char *why, ent_json *json)
{
    ENT_SCRATCH scratch = {0};
    if (status == ENT_OK) return;
    const char *line = ent_string_format(&scratch, "%s: %s", label, why);
    ent_json_string(json, line != NULL ? line : "");
}

static void say_missing(const match *m, ent_json *json)
{
    const ent_play *play = &m->play;
    ent_json_key(json, "missing");
    ent_json_open_dense(json, '[');
    for (ptrdiff_t v = 0; v < play->verdicts; v++)
        say_sentence(play->verdict[v].label, play->verdict[v].status, play->verdict[v].why, json);
    for (ptrdiff_t c = 0; c < play->curves; c++)
        say_sentence("frontier", play->curve[c].status, play->curve[c].why, json);
    for (ptrdiff_t t = 0; t < play->partition_tables; t++)
        say_sentence("blocs", play->partitions[t].status, play->partitions[t].why, json);
    for (ptrdiff_t r = 0; r < play->revelations; r++)
        say_sentence(play->revealed[r].label, play->revealed[r].status, play->revealed[r].why, json);
    ent_json_close(json, ']');
}

/* Where the game and its world come from. */
static void say_sources(const match *m, const char *hash, ent_json *json)
{
    const struct {
        const char *key, *value;
    } pairs[] = {{"version", ENT_VERSION},
                 {"name", m->contest.scenario.name},
                 {"origin", m->contest.scenario.source},
                 {"world", m->table.name},
                 {"title", m->table.title},
                 {"source", m->table.source},
                 {"licence", m->table.licence},
                 {"world_hash", hash},
                 {"blueprint", m->blueprint.name},
                 {"command", m->ask.line}};
    ent_json_pair(json, "kind", "game");
    ent_json_pair_integer(json, "year", m->table.year);
    ent_json_pair_rounded(json, "tolerance", m->ask.tolerance, 3);
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) ent_json_pair(json, pairs[k].key, pairs[k].value);
    ent_json_pair_strings(json, "actions", m->lines, m->line_count);
}

ent_status match_page(match *m, ent_text *out, ent_error *err)
{
    ent_text text = {.arena = m->house};
    ent_json json = {.text = &text};
    double *room = ent_new(m->house, double, m->net.borders + 1);
    const char *hash = ent_table_hash(&m->table, m->house);
    if (room == NULL || hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    ent_json_open(&json, '{');
    say_sources(m, hash, &json);
    say_names("regions", &m->table.regions, &json);
    say_names("sectors", &m->table.sectors, &json);
    say_players(m, &json);
    say_points(m, room, &json);
    say_curves(m, &json);
    say_duties(m, &json);
    say_partitions(m, &json);
    say_motives(m, &json);
    ent_json_key(&json, "clubs");
    club_json(&m->seats, &m->play, &json);
    say_missing(m, &json);
    if (m->more != NULL) m->more(m, &json);
    ent_json_close(&json, '}');
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    return ent_report_page_around(m->contest.scenario.name, (ent_bytes){text.data, text.size}, out, err);
}
