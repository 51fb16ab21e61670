/* routes_jobs.c: long work: asked for, listed, heard of, cancelled. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include <string.h>

static void refuse(int status, const ent_error *err, ent_arena *arena, web_response *response)
{
    web_say_error(status, err, -1, arena, response);
    if (status == 503) response->retry_after = 5;
}

void web_get_jobs(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_error err = {0};
    job_view *views;
    ptrdiff_t count;
    (void)request;
    const int status = jobs_list(app->jobs, arena, &views, &count, &err);
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    ent_text_say(&text, "{\"jobs\":[");
    for (ptrdiff_t k = 0; k < count; k++) {
        if (k > 0) ent_text_add(&text, ",", 1);
        job_say(&views[k], 0, &text);
    }
    ent_text_say(&text, "]}");
    web_say_json(&text, response);
}

/* The body's request in its own words: bytes from its { to its }. */
static ent_status read_ask(const web_request *request, ent_arena *arena, const char **kind, const char **ask,
                           ent_error *err)
{
    const ent_json_value *body, *inner = NULL;
    const ask_member members[] = {{"kind", ASK_TEXT, kind, NULL}, {"request", ASK_OBJECT, &inner, NULL}};
    ENT_TRY(ent_json_read(request->body, "body", arena, &body, err));
    ENT_TRY(ask_read(body, members, 2, arena, err));
    if (*kind == NULL || inner == NULL)
        return ask_fail(err, body, "a job has a `kind` and a `request`, the body that kind would be asked with");
    if (web_question_find(*kind) == NULL)
        return ask_fail(err, body, "there is no kind of job %.60s; GET /api/v1/ lists the features", *kind);
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_json_value_say(inner, &json);
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for a job");
    *ask = text.data;
    return ENT_OK;
}

void web_post_job(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    const char *kind = NULL, *ask = NULL;
    char id[JOB_ID + 1];
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    const ent_status read = read_ask(request, arena, &kind, &ask, &err);
    const int status = read == ENT_NO_MEMORY ? 503 : read != ENT_OK ? 400 : jobs_add(app->jobs, kind, ask, id, &err);
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    ent_json_pair(&json, "job", id);
    ent_json_pair(&json, "state", "waiting");
    ent_json_close(&json, '}');
    response->status = 202;
    response->location = ent_string_format(arena, "/api/v1/jobs/%s", id);
    web_say_json(&text, response);
}

void web_get_job(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_error err = {0};
    job_view view;
    const int status = jobs_find(app->jobs, request->segment[3], 1, arena, &view, &err);
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    job_say(&view, 1, &text);
    web_say_json(&text, response);
}

void web_get_job_events(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    job_view view;
    const int status = jobs_find(app->jobs, request->segment[3], 0, arena, &view, &err);
    if (status != 0) {
        refuse(status, &err, arena, response);
        return;
    }
    response->status = 200;
    response->type = "text/event-stream";
    response->events = request->segment[3];
}

void web_delete_job(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    const int status = jobs_drop(app->jobs, request->segment[3], &err);
    if (status == 0)
        response->status = 204;
    else
        refuse(status, &err, arena, response);
}
