/* routes_war.c: POST /war and POST /talks: a game file by the wire, played or talked over. Its text may name no files,
 * as a scenario's. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include "club_words.h"
#include "talk_tables.h"
#include <math.h>
#include <string.h>

typedef struct {
    const char *yaml, *world_name, *blueprint;
    ask_texts settings;
    double tolerance;
    ptrdiff_t rounds;
    int quick, rates;
    const char *file;
    const web_world *world;
    ent_contest contest;
    web_benchmark *base;
    ent_seats seats;
    ent_play play;
    int talking;     /* POST /talks: */
    ent_talks talks; /* its play is `play` */
    web_watch *watch;
} match;

static ent_status read_ask(const ent_json_value *body, ent_arena *arena, match *m, ent_error *err)
{
    const ask_member members[] = {
        {"yaml", ASK_TEXT, &m->yaml, NULL},
        {"world", ASK_TEXT, &m->world_name, NULL},
        {"blueprint", ASK_TEXT, &m->blueprint, NULL},
        {"set", ASK_TEXTS, &m->settings, NULL},
        {"tolerance", ASK_NUMBER, &m->tolerance, NULL},
        {"rounds", ASK_COUNT, &m->rounds, NULL},
        {"quick", ASK_TRUTH, &m->quick, NULL},
        {"rates", ASK_TRUTH, &m->rates, NULL},
    };
    ENT_TRY(ask_read(body, members, sizeof members / sizeof *members, arena, err));
    if (m->yaml == NULL) return ask_fail(err, body, "there is no game: `yaml` is its text");
    if (!(m->tolerance >= 1e-13 && m->tolerance <= 1e-3))
        return ask_fail(err, body, "`tolerance` must be between 1e-13 and 0.001");
    if (m->rounds < 1 || m->rounds > 100000) return ask_fail(err, body, "`rounds` must be between 1 and 100000");
    return m->blueprint == NULL || web_is_preset(m->blueprint, err) ? ENT_OK : ENT_BAD_INPUT;
}

/* ---- the game ---- */

static ent_status read_game(match *m, ent_arena *arena, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_bytes bytes = {m->yaml, strlen(m->yaml)};
    ENT_TRY(ent_contest_parse(bytes, "game", NULL, &scratch, &m->contest, err));
    const char *slug = web_slug(m->contest.scenario.name, arena);
    m->file = slug == NULL ? NULL : ent_string_format(arena, "%s.yaml", slug);
    if (m->file == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a game");
    return ent_contest_parse(bytes, m->file, NULL, arena, &m->contest, err);
}

static void say_progress(void *watch, const char *what, double slope)
{
    (void)slope;
    web_watch_say(watch, what, 0, 0);
}

static ent_status play(web_app *app, match *m, ent_arena *arena, ent_error *err)
{
    ent_options options = ent_options_default();
    options.tolerance = 1e-12;
    options.stop = web_watch_stop;
    options.stop_who = m->watch;
    ENT_TRY(read_game(m, arena, err));
    const ent_scenario *scenario = &m->contest.scenario;
    m->world = web_world_find(&app->worlds, m->world_name != NULL ? m->world_name : scenario->world, err);
    if (m->world == NULL) return ENT_BAD_INPUT;
    const web_choice choice = {.world = m->world,
                               .scenario = scenario,
                               .blueprint = m->blueprint,
                               .settings = m->settings.word,
                               .count = m->settings.count,
                               .options = &options};
    ENT_TRY(web_benchmark_take(&app->worlds, &choice, &m->base, err));
    ENT_TRY(ent_contest_seat(&m->contest, &m->base->net, arena, &m->seats, err));
    const ent_play_options how = {.game = {.tolerance = m->tolerance,
                                           .rounds = m->rounds,
                                           .progress = say_progress,
                                           .progress_who = m->watch,
                                           .stop = web_watch_stop,
                                           .stop_who = m->watch},
                                  .starts = m->quick ? 1 : 0,
                                  .certify = !m->quick,
                                  .threads = (int)app->setup->threads};
    if (m->talking) {
        ENT_TRY(ent_contest_talk(&m->seats, &how, arena, &m->talks, err));
        m->play = m->talks.play;
    } else {
        ENT_TRY(ent_contest_play(&m->seats, &how, arena, &m->play, err));
    }
    if (web_watch_stop(m->watch)) return ent_fail(err, ENT_NOT_CONVERGED, "the game was broken off");
    return ENT_OK;
}

/* ---- the answer ---- */

static double percent(double log_ratio)
{
    return 100.0 * expm1(log_ratio);
}

static void say_command(const match *m, ent_arena *arena, ent_json *json)
{
    ent_text line = {.arena = arena};
    ent_text_say(&line, m->talking ? "entente talks" : "entente war");
    web_say_word(&line, m->file);
    if (m->quick) ent_text_say(&line, " --quick");
    if (m->rounds != 400) ent_text_say(&line, " --rounds %td", m->rounds);
    if (m->tolerance < 1e-11 || m->tolerance > 1e-11) ent_text_say(&line, " --tolerance %.17g", m->tolerance);
    if (m->world_name != NULL || m->world->option != NULL)
        asked_say_option(&line, "world", m->world->option != NULL ? m->world->option : m->world_name);
    if (m->blueprint != NULL) asked_say_option(&line, "blueprint", m->blueprint);
    for (ptrdiff_t s = 0; s < m->settings.count; s++) asked_say_option(&line, "set", m->settings.word[s]);
    ent_text_say(&line, " --out answers");
    ent_json_pair(json, "command", line.failed ? NULL : line.data);
}

static void say_seats(const match *m, ent_json *json)
{
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        const ent_seat *seat = &m->seats.seat[s];
        ent_json_open(json, '{');
        ent_json_pair(json, "name", seat->name);
        ent_json_key(json, "regions");
        ent_json_open(json, '[');
        for (ptrdiff_t p = seat->first; p < seat->first + seat->count; p++)
            ent_json_string(json, m->world->table.regions.code[m->seats.player[p].region]);
        ent_json_close(json, ']');
        ent_json_pair(json, "instruments", seat->instruments);
        ent_json_pair(json, "objective", seat->objective);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_rate(const char *key, const ent_rates *rates, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '{');
    ent_json_pair_number(json, "median", rates->median);
    ent_json_pair_number(json, "mean", rates->mean);
    ent_json_pair_number(json, "least", rates->least);
    ent_json_pair_number(json, "greatest", rates->greatest);
    ent_json_close(json, '}');
}

static void say_players(const match *m, const ent_verdict *v, double *room, ent_json *json)
{
    const ent_verdict *quo = &m->play.verdict[0];
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "name", m->seats.seat[s].name);
        ent_json_pair_number(json, "objective", v->objective[s]);
        ent_json_pair_number(json, "gain", v->objective[s] - quo->objective[s]);
        ent_json_pair_number(json, "weight", v->weight != NULL ? v->weight[s] : (double)NAN);
        for (int tax = 0; tax < 2; tax++) {
            const ent_rates rates = ent_verdict_rates(&m->seats, v, s, tax, room);
            if (!isnan(rates.mean)) say_rate(tax ? "export_tax" : "duty", &rates, json);
        }
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_welfare(const match *m, const ent_verdict *v, ent_json *json)
{
    const ent_verdict *quo = &m->play.verdict[0];
    for (int gain = 0; gain < 2; gain++) {
        ent_json_key(json, gain ? "real_income_gain" : "real_income");
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < m->world->table.regions.count; n++)
            ent_json_number(json, percent(v->log_welfare[n] - (gain ? quo->log_welfare[n] : 0.0)));
        ent_json_close(json, ']');
    }
}

static void say_certificate(const ent_verdict *v, ent_json *json)
{
    ent_json_key(json, "certificate");
    ent_json_open(json, '{');
    ent_json_pair_number(json, "excess", v->excess);
    ent_json_pair_number(json, "tolerance_of_solver", v->tolerance_of_solver);
    ent_json_pair_number(json, "slope", v->slope);
    ent_json_pair_number(json, "tolerance", v->tolerance);
    ent_json_pair_number(json, "gain_far", v->gain);
    ent_json_pair_number(json, "second_order", v->bend);
    ent_json_pair(json, "stand", isnan(v->gain) ? NULL : ent_stand_words(ent_game_stand(v->bend)));
    ent_json_pair(json, "doubt", v->doubt);
    ent_json_pair_number(json, "radius", v->radius);
    ent_json_pair_integer(json, "found", v->found);
    ent_json_pair_integer(json, "starts", v->starts);
    ent_json_pair_integer(json, "rejected", v->rejected);
    ent_json_pair_integer(json, "free_rates", v->free_duties);
    ent_json_pair_integer(json, "rounds", v->rounds);
    ent_json_key(json, "damped");
    ent_json_truth(json, v->damped);
    ent_json_close(json, '}');
}

static int is_player(const match *m, ptrdiff_t region)
{
    for (ptrdiff_t p = 0; p < m->seats.players; p++)
        if (m->seats.player[p].region == region) return 1;
    return 0;
}

/* Every rate that is not the status quo's, and of the status quo (before and after are the same) every rate of the
 * players': [importer, exporter, sector, before, after], indices of the world's lists. */
static void say_rates(const match *m, const char *key, const double *before, const double *after, int taxes,
                      ent_json *json)
{
    const ent_network *net = &m->base->net;
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        const ptrdiff_t importer = net->lane_region[e], exporter = ent_lane_exporter(net, e);
        const int own = before == after && importer != exporter && is_player(m, taxes ? exporter : importer);
        if (!own && !(after[e] < before[e] || after[e] > before[e])) continue;
        ent_json_open(json, '[');
        ent_json_integer(json, importer);
        ent_json_integer(json, exporter);
        ent_json_integer(json, ent_lane_sector(net, e));
        ent_json_number(json, before[e]);
        ent_json_number(json, after[e]);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static void say_verdict(const match *m, const ent_verdict *v, double *room, ent_json *json)
{
    const ent_policy *quo = &m->play.verdict[0].policy;
    ent_json_open(json, '{');
    ent_json_pair(json, "concept", ent_verdict_kind(v));
    ent_json_pair(json, "name", v->name);
    ent_json_pair(json, "label", v->label);
    ent_json_key(json, "reached");
    ent_json_truth(json, v->status == ENT_OK);
    ent_json_pair(json, "why", v->status == ENT_OK ? NULL : v->why);
    if (v->status == ENT_OK) {
        say_welfare(m, v, json);
        say_players(m, v, room, json);
        say_certificate(v, json);
        if (m->rates) {
            say_rates(m, "duties", quo->duty, v->policy.duty, 0, json);
            say_rates(m, "export_taxes", quo->export_tax, v->policy.export_tax, 1, json);
        }
    }
    ent_json_close(json, '}');
}

/* Objectives over the status quo, log points, and the price of a point of the second player's in points of the first's.
 */
static void say_curve(const match *m, const ent_curve *curve, ent_json *json)
{
    const ent_frontier *f = &curve->frontier;
    const ent_verdict *quo = &m->play.verdict[0];
    ent_json_open(json, '{');
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (int side = 0; side < 2; side++) ent_json_integer(json, curve->seat[side]);
    ent_json_close(json, ']');
    ent_json_pair_number(json, "slope", f->slope);
    ent_json_key(json, "points");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < f->points; k++) {
        ent_json_open(json, '[');
        for (int side = 0; side < 2; side++)
            ent_json_number(json, f->gain[side][k] - quo->objective[curve->seat[side]]);
        ent_json_number(json, f->price[k]);
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

/* Every partition of a table with what its players gain, percent, and whether it lasts. */
static void say_partitions(const match *m, ent_json *json)
{
    const ent_verdict *quo = &m->play.verdict[0];
    ent_json_key(json, "partitions");
    ent_json_open(json, '[');
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++) {
        const ent_partitions *all = &m->play.partitions[c];
        const ent_bloc_table *t = &all->table;
        ent_json_open(json, '{');
        ent_json_key(json, "reached");
        ent_json_truth(json, all->status == ENT_OK);
        ent_json_pair(json, "why", all->why);
        ent_json_key(json, "regions");
        ent_json_open(json, '[');
        for (ptrdiff_t p = 0; p < t->players && all->status == ENT_OK; p++) ent_json_integer(json, t->region[p]);
        ent_json_close(json, ']');
        ent_json_key(json, "partitions");
        ent_json_open(json, '[');
        for (ptrdiff_t k = 0; k < t->partitions && all->status == ENT_OK; k++) {
            ent_json_open(json, '{');
            ent_json_key(json, "bloc");
            ent_json_open(json, '[');
            for (ptrdiff_t p = 0; p < t->players; p++) ent_json_integer(json, t->bloc[k * t->players + p]);
            ent_json_close(json, ']');
            ent_json_key(json, "lasts");
            ent_json_truth(json, all->stability.stable[k]);
            ent_json_key(json, "lasts_farsighted");
            if (all->farsighted != NULL)
                ent_json_truth(json, all->farsighted[k]);
            else
                ent_json_number(json, (double)NAN);
            ent_json_key(json, "real_income_gain");
            ent_json_open(json, '[');
            for (ptrdiff_t p = 0; p < t->players; p++) {
                const ptrdiff_t n = t->region[p];
                ent_json_number(json, percent(t->log_welfare[k * t->regions + n] - quo->log_welfare[n]));
            }
            ent_json_close(json, ']');
            ent_json_close(json, '}');
        }
        ent_json_close(json, ']');
        ent_json_key(json, "shares");
        share_json(all, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_clubs(const match *m, ent_json *json)
{
    ent_json_key(json, "clubs");
    club_json(&m->seats, &m->play, json);
}

/* Weights that the status quo reveals; null where the region makes nothing in the sector. */
static void say_motives(const match *m, ent_json *json)
{
    const ptrdiff_t J = m->base->net.sectors;
    ent_json_key(json, "motives");
    ent_json_open(json, '[');
    for (ptrdiff_t r = 0; r < m->play.revelations; r++) {
        const ent_revealed *one = &m->play.revealed[r];
        const ptrdiff_t own = m->seats.player[m->seats.seat[one->seat].first].region;
        const int lobby = one->concept->motive == ENT_MOTIVE_LOBBY, there = one->status == ENT_OK;
        ent_json_open(json, '{');
        ent_json_pair(json, "name", one->name);
        ent_json_pair(json, "label", one->label);
        ent_json_pair(json, "kind", ent_motive_words(one->concept->motive));
        ent_json_key(json, "reached");
        ent_json_truth(json, there);
        ent_json_pair(json, "why", one->why);
        ent_json_pair_integer(json, "conditions", one->motive.conditions);
        ent_json_pair_number(json, "fit", there ? one->motive.fit : (double)NAN);
        ent_json_pair_number(json, "slope", there ? one->motive.left : (double)NAN);
        ent_json_pair_number(json, "slope_without", there ? one->motive.before : (double)NAN);
        ent_json_key(json, "weights"); /* [region, sector, weight] */
        ent_json_open(json, '[');
        for (ptrdiff_t k = 0; k < one->motive.weights && there; k++) {
            const ptrdiff_t cell = lobby ? own * J + k : one->concept->cell[k];
            if (m->base->net.producer[cell] < 0) continue;
            ent_json_open(json, '[');
            ent_json_integer(json, cell / J);
            ent_json_integer(json, cell % J);
            ent_json_number(json, one->motive.weight[k]);
            ent_json_close(json, ']');
        }
        ent_json_close(json, ']');
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

/* ---- talks ---- */

static void say_why(const char *part, const char *why, ent_json *json)
{
    if (why == NULL) return;
    ent_json_open(json, '{');
    ent_json_pair(json, "part", part);
    ent_json_pair(json, "why", why);
    ent_json_close(json, '}');
}

/* What `entente talks --format json` has: the tables, their numbers with 17 digits, and why others are not there. */
static ent_status say_talks(const match *m, ent_arena *arena, ent_json *json, ent_error *err)
{
    const talk_tables tables = talk_tables_make(&m->talks, &m->world->table.regions, arena);
    const ledger book = talk_tables_ledger(&tables);
    if (tables.failed || book.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of talks");
    ent_json_key(json, "tables");
    talk_tables_page(&tables, json);
    ent_json_key(json, "implied");
    ledger_json(&book, json);
    ent_json_key(json, "missing");
    ent_json_open(json, '[');
    const char *part, *why;
    for (ptrdiff_t k = 0; talk_tables_missing(&m->talks, k, &part, &why); k++) say_why(part, why, json);
    ent_json_close(json, ']');
    return ENT_OK;
}

static ent_status answer(web_app *app, match *m, ent_arena *arena, ent_json *json, ent_error *err)
{
    ENT_TRY(play(app, m, arena, err));
    double *room = ent_new(arena, double, m->base->net.borders + 1);
    if (room == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers of a game");
    ent_json_open(json, '{');
    ent_json_pair(json, "name", m->contest.scenario.name);
    ent_json_pair(json, "world", m->world->table.name);
    ent_json_pair_integer(json, "year", m->world->table.year);
    ent_json_pair(json, "blueprint", m->base->blueprint.name);
    say_command(m, arena, json);
    asked_say_files(m->file, m->yaml, json);
    asked_say_codes("regions", &m->world->table.regions, json);
    say_seats(m, json);
    ent_json_pair_integer(json, "failed", m->play.failed);
    ent_json_key(json, "answers");
    ent_json_open(json, '[');
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) say_verdict(m, &m->play.verdict[v], room, json);
    ent_json_close(json, ']');
    say_curves(m, json);
    say_partitions(m, json);
    say_motives(m, json);
    say_clubs(m, json);
    if (m->talking) ENT_TRY(say_talks(m, arena, json, err));
    ent_json_close(json, '}');
    return ENT_OK;
}

static void ask(web_app *app, const ent_json_value *body, int talking, web_watch *watch, ent_arena *arena,
                web_response *response)
{
    match m = {.tolerance = 1e-11, .rounds = 400, .talking = talking, .watch = watch};
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    ent_status status = read_ask(body, arena, &m, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = answer(app, &m, arena, &json, &err);
    if (status == ENT_OK)
        web_say_json(&text, response);
    else
        web_say_failure(status, watch, &err, -1, arena, response);
    if (m.base != NULL) web_benchmark_give(&app->worlds, m.base);
}

void web_ask_war(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena, web_response *response)
{
    ask(app, body, 0, watch, arena, response);
}

void web_ask_talks(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena, web_response *response)
{
    ask(app, body, 1, watch, arena, response);
}
