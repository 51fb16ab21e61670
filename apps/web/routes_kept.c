/* routes_kept.c: runs that are kept: listed, shown, marked, dropped, and their files. A kept run is its request; what
 * it came to is computed again, and its hash says whether that is what was seen. */
// SPDX-License-Identifier: MIT
#include "kept.h"
#include "site.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int status_of(store_status status)
{
    return status == STORE_FINE ? 0 : status == STORE_ABSENT ? 404 : status == STORE_FULL ? 507 : 500;
}

/* ---- keeping ---- */

/* What a list of runs shows: changes of real income in percent. */
static void say_scenarios(const web_run *run, ent_json *json)
{
    const ent_table *t = &run->world->table;
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < run->count; s++) {
        const run_future *f = &run->future[s];
        ent_json_open(json, '{');
        ent_json_pair(json, "name", f->scenario.name);
        ent_json_key(json, "lines");
        ent_json_open(json, '[');
        for (ptrdiff_t l = 0; l < f->line_count; l++) ent_json_string(json, f->lines[l]);
        ent_json_close(json, ']');
        ent_json_key(json, "world_real_income");
        ent_json_rounded(json, 100.0 * (f->outcome.world_real_income - 1.0), 6);
        ent_json_key(json, "real_income");
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < t->regions.count; n++) {
            const double ratio = ent_outcome_region_ratio(&f->outcome, ENT_REGION_real_income, n);
            ent_json_open(json, '[');
            ent_json_string(json, t->regions.code[n]);
            ent_json_rounded(json, 100.0 * (ratio - 1.0), 6);
            ent_json_close(json, ']');
        }
        ent_json_close(json, ']');
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

int kept_add(web_app *app, const web_run *run, ent_bytes report, ent_arena *arena, int64_t *when, ent_error *err)
{
    char hash[65];
    ent_text scenarios = {.arena = arena}, name = {.arena = arena};
    ent_json json = {.text = &scenarios};
    say_scenarios(run, &json);
    for (ptrdiff_t s = 0; s < run->count; s++)
        ent_text_say(&name, "%s%s", s > 0 ? " · " : "", run->future[s].scenario.name);
    if (scenarios.failed || name.failed) {
        ent_fail(err, ENT_NO_MEMORY, "out of memory; ask again, or for less");
        return 503;
    }
    ent_hash_hex(report.data, report.size, hash);
    const store_run row = {.created = *when,
                           .seconds = run->report.seconds,
                           .id = run->id,
                           .version = ENT_VERSION,
                           .world = run->world->table.name,
                           .world_hash = run->world->hash,
                           .name = name.data,
                           .command = run->command,
                           .request = run->canonical,
                           .result_hash = hash,
                           .scenarios = scenarios.data,
                           .note = ""};
    return status_of(store_keep(app->store, &row, when, err));
}

/* ---- showing ---- */

static void say_row(const store_run *run, ent_json *json)
{
    char created[32];
    web_say_time(run->created, created);
    ent_json_pair(json, "id", run->id);
    ent_json_pair(json, "created", created);
    ent_json_key(json, "seconds");
    ent_json_rounded(json, run->seconds, 4);
    ent_json_pair(json, "version", run->version);
    ent_json_pair(json, "world", run->world);
    ent_json_pair(json, "world_sha256", run->world_hash);
    ent_json_pair(json, "name", run->name);
    ent_json_pair(json, "command", run->command);
    ent_json_key(json, "pinned");
    ent_json_truth(json, run->pinned);
    ent_json_pair(json, "note", run->note);
    ent_json_pair(json, "result_sha256", run->result_hash);
    ent_json_key(json, "scenarios");
    ent_json_put(json, run->scenarios, strlen(run->scenarios));
}

static void refuse(int status, const ent_error *err, ent_arena *arena, web_response *response)
{
    ent_error said = *err;
    if (status == 404) ent_fail(&said, ENT_BAD_INPUT, "there is no such run");
    web_say_error(status, &said, -1, arena, response);
}

/* 1 .. 500, or -1 where it is no such number. */
static ptrdiff_t read_limit(const char *text)
{
    char *end;
    if (text == NULL) return 50;
    const long number = strtol(text, &end, 10);
    return end == text || *end != 0 || number < 1 || number > 500 ? -1 : number;
}

void web_get_runs(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    store_run *runs;
    ptrdiff_t count;
    const char *pinned = web_parameter(request, "pinned");
    const ptrdiff_t most = read_limit(web_parameter(request, "limit"));
    if (most < 0) {
        ent_fail(&err, ENT_BAD_INPUT, "`limit` must be a whole number from 1 to 500");
        web_say_error(400, &err, -1, arena, response);
        return;
    }
    const int only = pinned != NULL && strcmp(pinned, "true") == 0;
    const int status =
        status_of(store_list(app->store, web_parameter(request, "before"), only, most + 1, arena, &runs, &count, &err));
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    ent_json_key(&json, "runs");
    ent_json_open(&json, '[');
    for (ptrdiff_t r = 0; r < count && r < most; r++) {
        ent_json_open(&json, '{');
        say_row(&runs[r], &json);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_pair(&json, "next", count > most ? runs[most - 1].id : NULL);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

/* ---- one run, again ---- */

typedef struct {
    store_run row;
    web_run run;
    web_watch watch;
    ent_error err;
    ent_status status;
} again;

/* Find it and solve it anew; 0, or the status of an error that has been said. web_run_close() it in either case. */
static int solve_again(web_app *app, const char *id, ent_arena *arena, again *a, web_response *response)
{
    run_ask ask = {0};
    const ent_json_value *body;
    *a = (again){.watch = {.deadline = ent_seconds() + (double)app->setup->seconds}};
    const int status = status_of(store_find(app->store, id, arena, &a->row, &a->err));
    if (status != 0) {
        refuse(status, &a->err, arena, response);
        return status;
    }
    const ent_bytes request = {a->row.request, strlen(a->row.request)};
    a->status = ent_json_read(request, "store", arena, &body, &a->err);
    if (a->status == ENT_OK) a->status = run_ask_read(body, arena, &ask, &a->err);
    if (a->status == ENT_OK) a->status = web_run_prepare(app, &ask, arena, &a->run, &a->err);
    if (a->status == ENT_OK) a->status = web_run_solve(app, &a->watch, arena, &a->run, &a->err);
    if (a->status == ENT_OK) return 0;
    web_say_failure(a->status, &a->watch, &a->err, ask.texts.count > 1 ? a->run.wrong : -1, arena, response);
    return response->status;
}

static void say_again(const again *a, ent_arena *arena, web_response *response)
{
    ent_text report = {.arena = arena}, text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    char hash[65];
    const ent_status status = ent_report_page_json(&a->run.report, ENT_PAGE_FULL, &report, &err);
    if (status != ENT_OK) {
        web_say_failure(status, NULL, &err, -1, arena, response);
        return;
    }
    ent_hash_hex(report.data, report.size, hash);
    ent_json_open(&json, '{');
    say_row(&a->row, &json);
    ent_json_key(&json, "request");
    ent_json_put(&json, a->row.request, strlen(a->row.request));
    ent_json_key(&json, "files");
    ent_json_open(&json, '[');
    for (ptrdiff_t s = 0; s < a->run.count; s++) {
        ent_json_open(&json, '{');
        ent_json_pair(&json, "name", a->run.future[s].file);
        ent_json_pair(&json, "yaml", a->run.ask.texts.word[s]);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_key(&json, "same");
    ent_json_truth(&json, strcmp(hash, a->row.result_hash) == 0);
    ent_json_key(&json, "report");
    ent_json_put(&json, report.data, report.size);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

void web_get_run(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    again a;
    if (solve_again(app, request->segment[3], arena, &a, response) == 0) say_again(&a, arena, response);
    web_run_close(app, &a.run);
}

static void say_file(web_app *app, const again *a, const char *name, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    ent_bytes bytes;
    pthread_mutex_lock(&app->netcdf);
    const ent_status status = ent_report_file(&a->run.report, name, arena, &bytes, &err);
    pthread_mutex_unlock(&app->netcdf);
    if (status == ENT_BAD_INPUT) {
        web_say_error(404, &err, -1, arena, response);
        return;
    }
    if (status != ENT_OK) {
        web_say_failure(status, NULL, &err, -1, arena, response);
        return;
    }
    response->status = 200;
    response->type = site_type(name);
    response->body = bytes;
    response->saved_as = ent_string_copy(arena, name);
}

void web_get_run_file(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    static const char *const names[] = {"regions.csv", "sectors.csv", "flows.csv",    "draws.csv",
                                        "results.nc",  "report.html", "manifest.json"};
    again a;
    size_t n = 0;
    while (n < sizeof names / sizeof *names && strcmp(names[n], request->segment[4]) != 0) n++;
    if (n == sizeof names / sizeof *names) {
        ent_error err = {0};
        ent_fail(&err, ENT_BAD_INPUT,
                 "a run has no such file; it has regions.csv, sectors.csv, flows.csv, results.nc, "
                 "report.html, manifest.json, and draws.csv where draws were made");
        web_say_error(404, &err, -1, arena, response);
        return;
    }
    if (solve_again(app, request->segment[3], arena, &a, response) == 0) say_file(app, &a, names[n], arena, response);
    web_run_close(app, &a.run);
}

/* ---- marks ---- */

static ent_status read_marks(const web_request *request, ent_arena *arena, int *pinned, const char **note,
                             ent_error *err)
{
    const ask_member members[] = {{"pinned", ASK_TRUTH, pinned, NULL}, {"note", ASK_TEXT, note, NULL}};
    const ent_json_value *body;
    ENT_TRY(ent_json_read(request->body, "body", arena, &body, err));
    ENT_TRY(ask_read(body, members, 2, arena, err));
    if (*note != NULL && strlen(*note) > 4000) return ask_fail(err, body, "`note` has more than 4000 bytes");
    if (*pinned < 0 && *note == NULL) return ask_fail(err, body, "say `pinned`, `note` or both");
    return ENT_OK;
}

void web_patch_run(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    store_run row;
    int pinned = -1;
    const char *note = NULL;
    const ent_status read = read_marks(request, arena, &pinned, &note, &err);
    if (read != ENT_OK) {
        web_say_wrong(read, &err, arena, response);
        return;
    }
    int status = status_of(store_mark(app->store, request->segment[3], pinned, note, &err));
    if (status == 0) status = status_of(store_find(app->store, request->segment[3], arena, &row, &err));
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    say_row(&row, &json);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

void web_delete_run(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    const int status = status_of(store_drop(app->store, request->segment[3], &err));
    if (status == 0)
        response->status = 204;
    else
        refuse(status, &err, arena, response);
}
