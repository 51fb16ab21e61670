/* match_files.c: a game's answers as files: tables with 17 digits, every policy as a scenario that `entente run` reads,
 * and the manifest. */
// SPDX-License-Identifier: MIT
#include "club_words.h"
#include "manifest.h"
#include "match.h"
#include <math.h>
#include <string.h>

/* ---- tables ---- */

static double percent(double log_ratio)
{
    return 100.0 * expm1(log_ratio);
}

typedef struct {
    ledger book;
    const ent_verdict *verdict;
} games_book;

static void add_row(games_book *games, const char *who, const char *label, const char *variable, const char *unit,
                    double value)
{
    ledger_text(&games->book, match_concept_of(games->verdict));
    ledger_text(&games->book, games->verdict->name);
    ledger_text(&games->book, who);
    ledger_text(&games->book, label);
    ledger_text(&games->book, variable);
    ledger_text(&games->book, unit);
    ledger_number(&games->book, value);
}

static void add_regions(const match *m, games_book *games)
{
    const ent_verdict *quo = &m->play.verdict[0], *v = games->verdict;
    for (ptrdiff_t n = 0; n < m->net.regions; n++) {
        const char *code = m->table.regions.code[n], *label = m->table.regions.label[n];
        add_row(games, code, label, "real_income", "percent over the benchmark", percent(v->log_welfare[n]));
        add_row(games, code, label, "real_income_gain", "percent over the status quo",
                percent(v->log_welfare[n] - quo->log_welfare[n]));
    }
}

static void add_rates(const match *m, games_book *games, ptrdiff_t seat, int export_tax, double *room)
{
    const char *name = m->seats.seat[seat].name;
    const ent_rates rates = ent_verdict_rates(&m->seats, games->verdict, seat, (ent_tax)export_tax, room);
    if (isnan(rates.mean)) return;
    add_row(games, name, name, export_tax ? "export_tax_median" : "duty_median", "percent", 100.0 * rates.median);
    add_row(games, name, name, export_tax ? "export_tax_mean" : "duty_mean", "percent, by benchmark trade",
            100.0 * rates.mean);
    add_row(games, name, name, export_tax ? "export_tax_least" : "duty_least", "percent", 100.0 * rates.least);
    add_row(games, name, name, export_tax ? "export_tax_greatest" : "duty_greatest", "percent", 100.0 * rates.greatest);
}

static void add_seats(const match *m, games_book *games, double *room)
{
    const ent_verdict *quo = &m->play.verdict[0], *v = games->verdict;
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        const char *name = m->seats.seat[s].name;
        add_row(games, name, name, "objective", "log points over the benchmark", v->objective[s]);
        add_row(games, name, name, "objective_gain", "log points over the status quo",
                v->objective[s] - quo->objective[s]);
        if (v->weight != NULL && v->weight[s] > 0.0) add_row(games, name, name, "weight", "share", v->weight[s]);
        add_rates(m, games, s, 0, room);
        add_rates(m, games, s, 1, room);
    }
}

static void add_certificate(games_book *games)
{
    const ent_verdict *v = games->verdict;
    add_row(games, "", "", "excess_demand", "share of sales", v->excess);
    add_row(games, "", "", "slope", "log points per log point of 1 + rate", v->slope);
    add_row(games, "", "", "gain_far", "log points", v->gain);
    add_row(games, "", "", "second_order", "log points per sigma V/I", v->bend);
    add_row(games, "", "", "certified", "0 or 1", isnan(v->gain) ? (double)NAN : (double)(v->doubt == NULL));
    if (!isnan(v->radius)) add_row(games, "", "", "radius", "a round", v->radius);
    add_row(games, "", "", "points_found", "count", (double)(v->found > 0 ? v->found : v->starts > 0));
    add_row(games, "", "", "starts", "count", (double)v->starts);
    add_row(games, "", "", "rejected", "count", (double)v->rejected);
    add_row(games, "", "", "free_rates", "count", (double)v->free_duties);
    add_row(games, "", "", "rounds", "count", (double)v->rounds);
    add_row(games, "", "", "damped", "0 or 1", (double)v->damped);
}

/* Weights that a policy reveals, and what is left of it. */
static void add_motive(const match *m, games_book *games, const ent_revealed *one)
{
    const ent_game_motive *motive = &one->motive;
    const int lobby = one->concept->motive == ENT_MOTIVE_LOBBY;
    const struct {
        const char *variable, *unit;
        double value;
    } rows[] = {
        {"conditions", "count", (double)motive->conditions},
        {"fit", "share of the squares of slopes", motive->fit},
        {"slope", "log points per log point of 1 + rate", motive->left},
        {"slope_without", "log points per log point of 1 + rate", motive->before},
    };
    for (size_t k = 0; k < (size_t)motive->weights + sizeof rows / sizeof *rows; k++) {
        const ptrdiff_t w = (ptrdiff_t)k, after = w - motive->weights;
        if (after < 0 && !match_has_weight(m, one, w)) continue;
        ledger_text(&games->book, "motive");
        ledger_text(&games->book, one->name);
        ledger_text(&games->book, after < 0 ? match_weight_code(m, one, w, m->house) : "");
        ledger_text(&games->book, after < 0 ? match_weight_label(m, one, w, m->house) : "");
        ledger_text(&games->book, after >= 0 ? rows[after].variable : lobby ? "lobby_weight" : "security_weight");
        ledger_text(&games->book, after >= 0 ? rows[after].unit
                                  : lobby    ? "of a dollar, mean 1"
                                             : "log points per log point of output");
        ledger_number(&games->book, after >= 0 ? rows[after].value : motive->weight[w]);
    }
}

ledger match_games(const match *m)
{
    static const ledger_column columns[] = {{"concept", 1},  {"point", 1}, {"code", 1}, {"label", 1},
                                            {"variable", 1}, {"unit", 1},  {"value", 0}};
    games_book games = {.book = ledger_begin(m->house, columns, 7)};
    double *room = ent_new(m->house, double, m->net.borders + 1);
    if (room == NULL) games.book.failed = 1;
    for (ptrdiff_t v = 0; v < m->play.verdicts && room != NULL; v++) {
        games.verdict = &m->play.verdict[v];
        if (games.verdict->status != ENT_OK) continue;
        add_regions(m, &games);
        add_seats(m, &games, room);
        add_certificate(&games);
    }
    for (ptrdiff_t r = 0; r < m->play.revelations; r++)
        if (m->play.revealed[r].status == ENT_OK) add_motive(m, &games, &m->play.revealed[r]);
    match_club_rows(m, &games.book);
    match_shares_rows(m, &games.book);
    return games.book;
}

/* Rates that differ from the benchmark's or that a player may set: all that a reader may ask for. */
static void add_lane(const match *m, ledger *book, const ent_verdict *v, ptrdiff_t e, const char *variable, double quo,
                     double value)
{
    ledger_text(book, v->name);
    ledger_text(book, m->table.regions.code[m->net.lane_region[e]]);
    ledger_text(book, m->table.regions.code[ent_lane_exporter(&m->net, e)]);
    ledger_text(book, m->table.sectors.code[ent_lane_sector(&m->net, e)]);
    ledger_text(book, variable);
    ledger_number(book, quo);
    ledger_number(book, value);
}

ledger match_duties(const match *m)
{
    static const ledger_column columns[] = {{"point", 1},    {"importer", 1},        {"exporter", 1}, {"sector", 1},
                                            {"variable", 1}, {"status_quo_rate", 0}, {"rate", 0}};
    ledger book = ledger_begin(m->house, columns, 7);
    const ent_policy *quo = &m->play.verdict[0].policy;
    for (ptrdiff_t k = 0; k < m->play.verdicts; k++) {
        const ent_verdict *v = &m->play.verdict[k];
        for (ptrdiff_t e = 0; e < m->net.borders && v->status == ENT_OK && k > 0; e++) {
            if (v->policy.duty[e] != quo->duty[e]) add_lane(m, &book, v, e, "duty", quo->duty[e], v->policy.duty[e]);
            if (v->policy.export_tax[e] != quo->export_tax[e])
                add_lane(m, &book, v, e, "export_tax", quo->export_tax[e], v->policy.export_tax[e]);
        }
    }
    return book;
}

ledger match_frontier(const match *m)
{
    static const ledger_column columns[] = {{"player", 1}, {"other", 1},         {"point", 0}, {"weight_of_other", 0},
                                            {"goal", 0},   {"goal_of_other", 0}, {"gain", 0},  {"gain_of_other", 0},
                                            {"price", 0},  {"price_usd", 0}};
    ledger book = ledger_begin(m->house, columns, 10);
    for (ptrdiff_t c = 0; c < m->play.curves; c++) {
        const ent_curve *curve = &m->play.curve[c];
        const ent_frontier *f = &curve->frontier;
        for (ptrdiff_t k = 0; curve->status == ENT_OK && k < f->points; k++) {
            double quo[2];
            for (int side = 0; side < 2; side++) {
                const ent_seat *seat = &m->seats.seat[curve->seat[side]];
                ledger_text(&book, seat->name);
                quo[side] = m->play.verdict[0].objective[curve->seat[side]];
            }
            ledger_number(&book, (double)(k + 1));
            ledger_number(&book, f->weight[k]);
            ledger_number(&book, f->gain[0][k]);
            ledger_number(&book, f->gain[1][k]);
            ledger_number(&book, f->gain[0][k] - quo[0]);
            ledger_number(&book, f->gain[1][k] - quo[1]);
            ledger_number(&book, f->price[k]);
            ledger_number(&book, f->price_usd[k]);
        }
    }
    return book;
}

const char *match_partition_name(const match *m, const ent_partitions *all, ptrdiff_t k, ent_arena *arena)
{
    const ent_bloc_table *t = &all->table;
    const unsigned char *bloc = t->bloc + k * t->players;
    ent_text text = {.arena = arena};
    for (ptrdiff_t b = 0; b < t->players; b++)
        for (ptrdiff_t p = 0, any = 0; p < t->players; p++)
            if (bloc[p] == b)
                ent_text_say(&text, "%s%s",
                             any++           ? "+"
                             : text.size > 0 ? " / "
                                             : "",
                             m->table.regions.code[t->region[p]]);
    return text.failed ? "" : text.data;
}

ledger match_partitions(const match *m)
{
    static const ledger_column columns[] = {{"partition", 1},
                                            {"code", 1},
                                            {"real_income_percent", 0},
                                            {"gain_percent", 0},
                                            {"objective_of_bloc", 0},
                                            {"exit", 0},
                                            {"admission", 0},
                                            {"merger", 0},
                                            {"stable", 0},
                                            {"farsighted", 0},
                                            {"slope", 0}};
    ledger book = ledger_begin(m->house, columns, 11);
    const ent_verdict *quo = &m->play.verdict[0];
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++) {
        const ent_partitions *all = &m->play.partitions[c];
        const ent_bloc_table *t = &all->table;
        for (ptrdiff_t k = 0; all->status == ENT_OK && k < t->partitions; k++)
            for (ptrdiff_t p = 0; p < t->players; p++) {
                const double w = t->log_welfare[k * t->regions + t->region[p]];
                ledger_text(&book, match_partition_name(m, all, k, m->house));
                ledger_text(&book, m->table.regions.code[t->region[p]]);
                ledger_number(&book, percent(w));
                ledger_number(&book, percent(w - quo->log_welfare[t->region[p]]));
                ledger_number(&book, t->objective[k * t->players + p]);
                ledger_number(&book, (double)all->stability.exit[k]);
                ledger_number(&book, (double)all->stability.admission[k]);
                ledger_number(&book, (double)all->stability.merger[k]);
                ledger_number(&book, (double)all->stability.stable[k]);
                ledger_number(&book, all->farsighted != NULL ? (double)all->farsighted[k] : (double)NAN);
                ledger_number(&book, t->slope[k]);
            }
    }
    return book;
}

/* ---- the manifest ---- */

static void say_verdict(const ent_verdict *v, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "point", v->name);
    ent_json_pair(json, "label", v->label);
    ent_json_pair_truth(json, "reached", v->status == ENT_OK);
    if (v->status != ENT_OK) {
        ent_json_pair(json, "why", v->why);
    } else {
        ent_json_pair_rounded(json, "excess_demand", v->excess, 3);
        ent_json_pair_rounded(json, "slope", v->slope, 3);
        ent_json_pair_rounded(json, "gain_far", v->gain, 3);
        ent_json_pair_rounded(json, "second_order", v->bend, 3);
        if (!isnan(v->gain)) ent_json_pair(json, "stand", ent_stand_words(ent_game_stand(v->bend)));
        if (v->doubt != NULL) ent_json_pair(json, "doubt", v->doubt);
        ent_json_pair_rounded(json, "radius", v->radius, 3);
        ent_json_pair_integer(json, "points_found", v->found);
        ent_json_pair_integer(json, "starts", v->starts);
        ent_json_pair_integer(json, "rejected", v->rejected);
        ent_json_pair_integer(json, "free_rates", v->free_duties);
        ent_json_pair_integer(json, "rounds", v->rounds);
        ent_json_pair_truth(json, "damped", v->damped);
    }
    ent_json_close(json, '}');
}

static void say_revealed(const ent_revealed *one, ent_json *json)
{
    ent_json_open_dense(json, '{');
    ent_json_pair(json, "point", one->name);
    ent_json_pair(json, "label", one->label);
    ent_json_pair_truth(json, "reached", one->status == ENT_OK);
    if (one->status != ENT_OK) {
        ent_json_pair(json, "why", one->why);
    } else {
        ent_json_pair_integer(json, "weights", one->motive.weights);
        ent_json_pair_integer(json, "conditions", one->motive.conditions);
        ent_json_pair_rounded(json, "fit", one->motive.fit, 3);
        ent_json_pair_rounded(json, "slope", one->motive.left, 3);
        ent_json_pair_rounded(json, "slope_without", one->motive.before, 3);
    }
    ent_json_close(json, '}');
}

static void say_players(const match *m, ent_json *json)
{
    ent_json_key(json, "players");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        ent_json_open_dense(json, '{');
        ent_json_pair(json, "name", m->seats.seat[s].name);
        ent_json_pair(json, "instruments", m->seats.seat[s].instruments);
        ent_json_pair(json, "maximises", m->seats.seat[s].objective);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_options(const match *m, ent_json *json)
{
    ent_json_key(json, "options");
    ent_json_open_dense(json, '{');
    ent_json_pair_rounded(json, "tolerance", m->ask.tolerance, 6);
    ent_json_pair_integer(json, "rounds", m->ask.rounds);
    ent_json_pair_truth(json, "quick", m->ask.quick);
    ent_json_close(json, '}');
}

ent_status match_manifest(match *m, ent_json *json, ent_error *err)
{
    const char *hash = ent_table_hash(&m->table, m->house);
    if (hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a manifest");
    ent_json_pair(json, "program", "entente");
    ent_json_pair(json, "version", ENT_VERSION);
    ent_json_pair(json, "command", m->ask.line);
    ent_json_pair(json, "game", m->contest.scenario.name);
    ent_json_pair(json, "source", m->contest.scenario.source);
    ent_json_pair(json, "world", m->table.name);
    ent_json_pair(json, "world_hash", hash);
    ent_json_pair(json, "world_source", m->table.source);
    ent_json_pair(json, "blueprint", m->blueprint.name);
    ent_json_pair_strings(json, "settings", m->ask.settings.word, m->ask.settings.count);
    ent_json_pair_strings(json, "status_quo", m->lines, m->line_count);
    say_players(m, json);
    say_options(m, json);
    manifest_elasticities(&m->table, &m->blueprint, json);
    ent_json_key(json, "certificates");
    ent_json_open(json, '[');
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) say_verdict(&m->play.verdict[v], json);
    for (ptrdiff_t r = 0; r < m->play.revelations; r++) say_revealed(&m->play.revealed[r], json);
    ent_json_close(json, ']');
    if (m->play.clubs > 0) {
        ent_json_key(json, "clubs");
        club_json(&m->seats, &m->play, json);
    }
    return ENT_OK;
}

/* ---- files ---- */

static ent_status write_book(match *m, const char *name, const ledger *book, ent_error *err)
{
    ent_text text = {.arena = m->house};
    if (book->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for %s", name);
    ledger_csv(book, &text);
    return files_write(m->ask.out, name, &text, m->house, err);
}

/* policies/NAME.yaml and the files that it names. */
static ent_status write_policy(match *m, const ent_verdict *verdict, ent_error *err)
{
    ent_scenario_copy copy;
    const char *rates = ent_string_format(m->house, "%s.csv", verdict->name);
    const char *name = ent_string_format(m->house, "policies/%s.yaml", verdict->name);
    if (rates == NULL || name == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy's files");
    ENT_TRY(ent_verdict_scenario(&m->seats, verdict, rates, "input-", m->house, &copy, err));
    for (ptrdiff_t p = 0; p < copy.pieces; p++) {
        const char *path = ent_string_format(m->house, "%s/policies/%s", m->ask.out, copy.piece[p].name);
        if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy's files");
        ENT_TRY(ent_bytes_write(path, copy.piece[p].bytes.data, copy.piece[p].bytes.size, err));
    }
    const char *path = ent_path_join(m->house, m->ask.out, name);
    if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy's files");
    return ent_bytes_write(path, copy.scenario.data, copy.scenario.size, err);
}

static ent_status write_policies(match *m, ent_error *err)
{
    const char *folder = ent_path_join(m->house, m->ask.out, "policies");
    if (folder == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy's files");
    ENT_TRY(ent_folder_make(folder, err));
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++)
        if (m->play.verdict[v].status == ENT_OK) ENT_TRY(write_policy(m, &m->play.verdict[v], err));
    return ENT_OK;
}

ent_status match_write(match *m, ent_error *err)
{
    ent_text manifest = {.arena = m->house}, page = {.arena = m->house};
    ent_json json = manifest_open(&manifest);
    const ledger games = match_games(m), duties = match_duties(m);
    ENT_TRY(ent_folder_make(m->ask.out, err));
    ENT_TRY(write_book(m, "games.csv", &games, err));
    ENT_TRY(write_book(m, "duties.csv", &duties, err));
    if (m->play.curves > 0) {
        const ledger frontier = match_frontier(m);
        ENT_TRY(write_book(m, "frontier.csv", &frontier, err));
    }
    if (m->play.partition_tables > 0) {
        const ledger partitions = match_partitions(m);
        ENT_TRY(write_book(m, "partitions.csv", &partitions, err));
    }
    ENT_TRY(match_write_outcomes(m, err));
    ENT_TRY(write_policies(m, err));
    ENT_TRY(match_page(m, &page, err));
    ENT_TRY(files_write(m->ask.out, "report.html", &page, m->house, err));
    ENT_TRY(match_manifest(m, &json, err));
    manifest_close(&json);
    return files_write(m->ask.out, "manifest.json", &manifest, m->house, err);
}
