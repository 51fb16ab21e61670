/* routes.c: which request is answered by whom. From the rows come the dispatch, 404, 405 and Allow. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include "site.h"
#include <string.h>

/* POST /api/v1/<name>, and kinds of jobs. A path with a slash is no kind of job. */
static const struct {
    const char *name;
    web_question *question;
} questions[] = {
    {"run", web_ask_run},     {"lever", web_ask_lever},           {"war", web_ask_war},
    {"talks", web_ask_talks}, {"chokepoint", web_ask_chokepoint},
};

web_question *web_question_find(const char *name)
{
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++)
        if (strcmp(questions[q].name, name) == 0) return questions[q].question;
    return NULL;
}

const char *web_question_name(ptrdiff_t index)
{
    return index >= 0 && index < (ptrdiff_t)(sizeof questions / sizeof *questions) ? questions[index].name : NULL;
}

/* Below /api/v1; * is any one segment. */
static const struct {
    web_method method;
    const char *path;
    web_route *route;
    web_question *question;
} rows[] = {
    {WEB_GET, "", web_get_about, NULL},
    {WEB_GET, "worlds", web_get_worlds, NULL},
    {WEB_GET, "worlds/*", web_get_world, NULL},
    {WEB_GET, "actions", web_get_actions, NULL},
    {WEB_GET, "presets", web_get_presets, NULL},
    {WEB_GET, "blueprints", web_get_blueprints, NULL},
    {WEB_POST, "scenario/check", NULL, web_ask_scenario_check},
    {WEB_POST, "scenario/yaml", NULL, web_ask_scenario_yaml},
    {WEB_GET, "runs", web_get_runs, NULL},
    {WEB_GET, "runs/*", web_get_run, NULL},
    {WEB_PATCH, "runs/*", web_patch_run, NULL},
    {WEB_DELETE, "runs/*", web_delete_run, NULL},
    {WEB_GET, "runs/*/*", web_get_run_file, NULL},
    {WEB_GET, "jobs", web_get_jobs, NULL},
    {WEB_POST, "jobs", web_post_job, NULL},
    {WEB_GET, "jobs/*", web_get_job, NULL},
    {WEB_DELETE, "jobs/*", web_delete_job, NULL},
    {WEB_GET, "jobs/*/events", web_get_job_events, NULL},
    {WEB_POST, "link", web_post_link, NULL},
};
enum {
    ROWS = sizeof rows / sizeof *rows
};

static int is_api(const web_request *request)
{
    return request->segments >= 2 && strcmp(request->segment[0], "api") == 0 && strcmp(request->segment[1], "v1") == 0;
}

/* Does the path from segment `from` on look like the pattern? */
static int matches(const web_request *request, ptrdiff_t from, const char *pattern)
{
    ptrdiff_t s = from;
    const char *c = pattern;
    while (*c != 0 && s < request->segments) {
        const size_t length = strcspn(c, "/");
        const char *segment = request->segment[s++];
        if (*c != '*' && (strlen(segment) != length || strncmp(segment, c, length) != 0)) return 0;
        c += length + (c[length] == '/');
    }
    return *c == 0 && s == request->segments;
}

/* ---- refusals ---- */

static void say_absent(ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    ent_fail(&err, ENT_BAD_INPUT, "there is nothing at this address; docs/API.md lists what there is");
    web_say_error(404, &err, -1, arena, response);
}

static void say_methods(const char *allow, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    ent_fail(&err, ENT_BAD_INPUT, "this address takes %s", allow);
    web_say_error(405, &err, -1, arena, response);
    response->allow = allow;
}

static void say_wrong_method(const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text allow = {.arena = arena};
    for (int r = 0; r < ROWS; r++)
        if (matches(request, 2, rows[r].path))
            ent_text_say(&allow, "%s%s", allow.size > 0 ? ", " : "", web_method_word(rows[r].method));
    if (request->segments == 3 && web_question_find(request->segment[2]) != NULL) ent_text_say(&allow, "POST");
    if (allow.failed)
        web_say_no_memory(response);
    else if (allow.size == 0)
        say_absent(arena, response);
    else
        say_methods(allow.data, arena, response);
}

/* ---- the page ---- */

static void answer_page(const web_request *request, ent_arena *arena, web_response *response)
{
    const char *name = request->segments == 0 ? "index.html" : request->segment[0];
    const site_file *file = request->segments < 2 ? site_find(name) : NULL;
    if (file == NULL) {
        say_absent(arena, response);
        return;
    }
    if (request->method != WEB_GET) {
        say_methods("GET", arena, response);
        return;
    }
    response->is_page = 1;
    response->etag = file->etag;
    response->type = site_type(name);
    response->status = web_tag_matches(request->if_none_match, file->etag) ? 304 : 200;
    if (response->status == 200) response->body = (ent_bytes){file->start, (size_t)(file->end - file->start)};
}

/* ---- links ---- */

void web_post_link(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_error err = {0};
    char link[GUARD_SECRET];
    (void)request;
    if (app->guard.token == NULL) {
        ent_fail(&err, ENT_BAD_INPUT, "this server asks for no token, so it has no links");
        web_say_error(404, &err, -1, arena, response);
        return;
    }
    if (web_guard_link(&app->guard, link, &err) != ENT_OK) {
        web_say_error(500, &err, -1, arena, response);
        return;
    }
    ent_text_say(&text, "{\"link\":\"/enter/%s\"}", link);
    web_say_json(&text, response);
}

void web_get_enter(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    if (app->guard.token == NULL || !web_guard_enter(&app->guard, request->segment[1])) {
        ent_fail(&err, ENT_BAD_INPUT, "this link was used already, or never was one; POST /api/v1/link makes another");
        web_say_error(401, &err, -1, arena, response);
        return;
    }
    response->status = 303;
    response->location = "/";
    response->cookie = ent_string_format(arena, "entente=%s; Path=/; HttpOnly; SameSite=Strict", app->guard.session);
    if (response->cookie == NULL) web_say_no_memory(response);
}

/* ---- all of them ---- */

static void ask(web_app *app, web_question *question, const web_request *request, ent_arena *arena,
                web_response *response)
{
    web_watch watch = {.deadline = ent_seconds() + (double)app->setup->seconds};
    const ent_json_value *body;
    ent_error err = {0};
    const ent_status status = ent_json_read(request->body, "body", arena, &body, &err);
    if (status == ENT_OK)
        question(app, body, &watch, arena, response);
    else
        web_say_wrong(status, &err, arena, response);
}

/* Bodies are JSON and say so: a form of another page can't. */
static int check_body(const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    if (request->method != WEB_POST && request->method != WEB_PATCH) return 1;
    if (request->segments == 3 && strcmp(request->segment[2], "link") == 0) return 1;
    if (web_is_json(request->content_type)) return 1;
    ent_fail(&err, ENT_BAD_INPUT, "the body must be JSON, with `Content-Type: application/json`");
    web_say_error(415, &err, -1, arena, response);
    return 0;
}

static void answer_api(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    web_question *question =
        request->segments == 3 && request->method == WEB_POST ? web_question_find(request->segment[2]) : NULL;
    web_route *route = NULL;
    for (int r = 0; r < ROWS && route == NULL && question == NULL; r++)
        if (rows[r].method == request->method && matches(request, 2, rows[r].path)) {
            route = rows[r].route;
            question = rows[r].question;
        }
    if (route == NULL && question == NULL)
        say_wrong_method(request, arena, response);
    else if (!check_body(request, arena, response))
        return;
    else if (question != NULL)
        ask(app, question, request, arena, response);
    else
        route(app, request, arena, response);
}

int web_is_quick(const web_request *request)
{
    return !is_api(request);
}

void web_answer(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    *response = (web_response){0};
    const int refused = web_guard_check(&app->guard, request, &err);
    if (refused != 0)
        web_say_error(refused, &err, -1, arena, response);
    else if (is_api(request))
        answer_api(app, request, arena, response);
    else if (request->segments == 2 && strcmp(request->segment[0], "enter") == 0 && request->method == WEB_GET)
        web_get_enter(app, request, arena, response);
    else
        answer_page(request, arena, response);
}

/* What a job asks. */
static void do_job(void *who, const char *kind, ent_bytes request, web_watch *watch, ent_arena *arena,
                   web_response *response)
{
    web_question *question = web_question_find(kind);
    const ent_json_value *body;
    ent_error err = {0};
    arena->limit = APP_MEMORY;
    const ent_status status = ent_json_read(request, "body", arena, &body, &err);
    if (status == ENT_OK && question != NULL) {
        question(who, body, watch, arena, response);
        return;
    }
    if (question == NULL) ent_fail(&err, ENT_BAD_INPUT, "there is no kind of job %.60s in this version", kind);
    web_say_error(400, &err, -1, arena, response);
}

/* ---- the app ---- */

static ent_status read_token(const char *path, ent_arena *arena, const char **token, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    ENT_TRY(ent_bytes_read(path, 4096, &scratch, &bytes, err));
    return web_guard_token(bytes, path, arena, token, err);
}

ent_status web_app_open(const web_setup *setup, ent_arena *arena, web_app *app, ent_error *err)
{
    *app = (web_app){.setup = setup, .guard = {.address = setup->address, .host = setup->host, .hosts = setup->hosts}};
    site_open();
    if (setup->token_file != NULL) ENT_TRY(read_token(setup->token_file, arena, &app->guard.token, err));
    if (app->guard.token == NULL && !web_is_loopback(setup->address))
        return ent_fail(err, ENT_BAD_INPUT,
                        "--listen %s: whoever reaches that address could ask; --token-file FILE with a secret of at "
                        "least 16 characters keeps strangers out",
                        setup->address);
    if (pthread_mutex_init(&app->netcdf, NULL) != 0) return ent_fail(err, ENT_NO_MEMORY, "no memory for a lock");
    ENT_TRY(web_guard_open(&app->guard, err));
    ENT_TRY(web_worlds_open(&app->worlds, setup->world, setup->worlds, arena, err));
    ENT_TRY(store_open(setup->store, setup->store_mb, &app->store, err));
    return jobs_open(app->store, do_job, app, (double)setup->job_seconds, APP_JOBS, &app->jobs, err);
}

void web_app_close(web_app *app)
{
    jobs_close(app->jobs);
    store_close(app->store);
    if (app->worlds.world != NULL) web_worlds_close(&app->worlds);
    web_guard_close(&app->guard);
    pthread_mutex_destroy(&app->netcdf);
}
