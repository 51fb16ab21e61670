/* routes_run.c: POST /run: solve, keep, answer, in this order. */
// SPDX-License-Identifier: MIT
#include "kept.h"

static void say_head(const web_run *run, const char *created, int kept, ent_json *json)
{
    ent_json_open(json, '{');
    ent_json_pair(json, "id", run->id);
    ent_json_key(json, "kept");
    ent_json_truth(json, kept);
    ent_json_pair(json, "created", created);
    ent_json_key(json, "seconds");
    ent_json_rounded(json, run->report.seconds, 4);
    web_run_say_files(run, json);
    ent_json_key(json, "notes");
    ent_json_open(json, '[');
    if (run->notes.size > 0) ent_json_put(json, run->notes.data, run->notes.size);
    ent_json_close(json, ']');
}

/* The report as it is shown; its full form too, where the run is kept. */
static ent_status say_reports(const web_run *run, ent_text *shown, ent_text *full, ent_error *err)
{
    const ent_page_detail detail = (ent_page_detail)run->ask.detail;
    ENT_TRY(ent_report_page_json(&run->report, detail, shown, err));
    if (!run->ask.keep) return ENT_OK;
    if (detail != ENT_PAGE_FULL) return ent_report_page_json(&run->report, ENT_PAGE_FULL, full, err);
    *full = *shown;
    return ENT_OK;
}

static void answer(web_app *app, const web_run *run, ent_arena *arena, web_response *response)
{
    ent_text shown = {.arena = arena}, full = {.arena = arena}, text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    char created[32];
    int64_t when = web_now();
    const ent_status status = say_reports(run, &shown, &full, &err);
    if (status != ENT_OK) {
        web_say_failure(status, NULL, &err, -1, arena, response);
        return;
    }
    if (run->ask.keep) {
        const int refused = kept_add(app, run, (ent_bytes){full.data, full.size}, arena, &when, &err);
        if (refused != 0) {
            web_say_error(refused, &err, -1, arena, response);
            return;
        }
    }
    web_say_time(when, created);
    say_head(run, created, run->ask.keep, &json);
    ent_json_key(&json, "report");
    ent_json_put(&json, shown.data, shown.size);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

void web_ask_run(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena, web_response *response)
{
    run_ask ask;
    web_run run = {0};
    ent_error err = {0};
    ent_status status = run_ask_read(body, arena, &ask, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = web_run_prepare(app, &ask, arena, &run, &err);
    if (status == ENT_OK) status = web_run_solve(app, watch, arena, &run, &err);
    if (status == ENT_OK)
        answer(app, &run, arena, response);
    else
        web_say_failure(status, watch, &err, ask.texts.count > 1 ? run.wrong : -1, arena, response);
    web_run_close(app, &run);
}
