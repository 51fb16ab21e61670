/* routes.c: requests are answered without sockets: every answer is a response, also where memory ends. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include "test.h"
#include <jansson.h>

static const web_setup setup = {
    .address = "127.0.0.1", .store = ":memory:", .threads = 1, .seconds = 30, .job_seconds = 30, .store_mb = 16};

static void ask(web_app *app, const char *method, const char *target, const char *body, ent_arena *arena,
                web_response *response)
{
    ent_error err = {0};
    web_request request = {.method = web_method_of(method), .host = "localhost", .content_type = "application/json"};
    CHECK(web_target_parse(target, arena, &request, &err) == 0);
    request.body = (ent_bytes){body, strlen(body)};
    web_answer(app, &request, arena, response);
}

/* Whatever it is: a status, and a body that another reader reads. */
static json_t *read_body(const web_response *response)
{
    CHECK(response->status >= 200 && response->status < 600);
    if (response->type == NULL || strcmp(response->type, "application/json") != 0) return NULL;
    json_error_t why;
    json_t *json = json_loadb(response->body.data, response->body.size, 0, &why);
    if (json == NULL) test_fail(__FILE__, __LINE__, "no JSON: %s in %.200s", why.text, response->body.data);
    if (json != NULL && response->status >= 400) {
        const json_t *error = json_object_get(json, "error");
        CHECK(json_integer_value(json_object_get(error, "status")) == response->status);
        CHECK(json_string_length(json_object_get(error, "sentence")) > 10);
    }
    return json;
}

static const char RUN[] =
    "{\"yaml\": \"actions:\\n  - duty: {importer: USA, exporter: CHN, sector: ELE, add: 25%}\\n\", "
    "\"decompose\": \"never\"}";

TEST(a_run_is_answered_and_kept, "web")
{
    ENT_SCRATCH scratch = {0};
    web_app app;
    web_response response;
    ent_error err = {0};
    MUST(web_app_open(&setup, &scratch, &app, &err), err);
    ask(&app, "POST", "/api/v1/run", RUN, &scratch, &response);
    CHECK(response.status == 200);
    json_t *run = read_body(&response);
    ask(&app, "GET", "/api/v1/runs", "", &scratch, &response);
    json_t *list = read_body(&response);
    const char *id = json_string_value(json_object_get(run, "id"));
    const json_t *first = json_array_get(json_object_get(list, "runs"), 0);
    CHECK_TEXT(json_string_value(json_object_get(first, "id")), id != NULL ? id : "none");
    json_decref(run);
    json_decref(list);
    web_app_close(&app);
}

TEST(whatever_is_asked_gets_a_response, "web")
{
    static const char *const methods[] = {"GET", "POST", "PATCH", "DELETE", "PUT"};
    static const char *const targets[] = {"/",
                                          "/page.js",
                                          "/nix",
                                          "/api",
                                          "/api/v1",
                                          "/api/v1/worlds",
                                          "/api/v1/worlds/x",
                                          "/api/v1/actions",
                                          "/api/v1/presets",
                                          "/api/v1/blueprints",
                                          "/api/v1/scenario/check",
                                          "/api/v1/scenario/yaml",
                                          "/api/v1/run",
                                          "/api/v1/runs",
                                          "/api/v1/runs/x",
                                          "/api/v1/runs/x/regions.csv",
                                          "/api/v1/runs/x/y",
                                          "/api/v1/lever",
                                          "/api/v1/war",
                                          "/api/v1/talks",
                                          "/api/v1/jobs",
                                          "/api/v1/jobs/x",
                                          "/api/v1/jobs/x/events",
                                          "/api/v1/link",
                                          "/enter/x",
                                          "/api/v1/run/x"};
    static const char *const bodies[] = {"",
                                         "{}",
                                         "[]",
                                         "null",
                                         "{\"yaml\": 1}",
                                         "{\"yaml\": \"\"}",
                                         "{\"yaml\": \"a: [\"}",
                                         "{\"kind\": \"run\", \"request\": {}}",
                                         "{\"scenario\": {\"actions\": {}}}",
                                         "{\"scenario\": {\"\": \"\"}}",
                                         "{\"question\": \"rank\", \"objective\": \"\"}",
                                         "{\"question\": \"exposure\", \"sector\": \"\"}",
                                         "{\"pinned\": true}",
                                         "{\"yaml\": \"actions: []\", \"set\": [\"\"]}",
                                         "{\"yaml\": \"actions: []\", \"options\": {\"passes\": -1}}"};
    ENT_SCRATCH house = {0};
    web_app app;
    ent_error err = {0};
    MUST(web_app_open(&setup, &house, &app, &err), err);
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
        for (size_t t = 0; t < sizeof targets / sizeof *targets; t++)
            for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++) {
                ENT_SCRATCH scratch = {0};
                web_response response;
                ask(&app, methods[m], targets[t], bodies[b], &scratch, &response);
                json_decref(read_body(&response));
                CHECK(response.status != 500);
            }
    web_app_close(&app);
}

/* The n-th allocation of an answer and all after it fail: a response says so, and the next request is answered. */
static void starve(const char *target, const char *body)
{
    ENT_SCRATCH house = {0};
    web_app app;
    ent_error err = {0};
    MUST(web_app_open(&setup, &house, &app, &err), err);
    for (long n = 1; n < 3000; n += n < 60 ? 1 : 17) {
        ENT_SCRATCH scratch = {0};
        web_response response;
        web_request request = {.method = WEB_POST, .host = "localhost", .content_type = "application/json"};
        CHECK(web_target_parse(target, &scratch, &request, &err) == 0);
        request.body = (ent_bytes){body, strlen(body)};
        test_fail_allocation(n);
        web_answer(&app, &request, &scratch, &response);
        test_fail_allocation(0);
        json_decref(read_body(&response));
        if (response.status == 200) break;
        if (response.status != 503 && response.status != 500) {
            test_fail(__FILE__, __LINE__, "%s without its %ldth allocation: %d %.200s", target, n, response.status,
                      response.body.data);
            break;
        }
    }
    web_app_close(&app);
}

TEST(without_memory_the_answer_is_503, "faults")
{
    starve("/api/v1/run", RUN);
    starve("/api/v1/scenario/check", "{\"yaml\": \"actions:\\n  - duty: {importer: USA, exporter: CHN, add: 5%}\\n\"}");
    starve("/api/v1/scenario/yaml", "{\"scenario\": {\"name\": \"x\", \"actions\": []}}");
    starve("/api/v1/lever", "{\"question\": \"rank\", \"objective\": \"real_income:CHN\", \"top\": 3}");
    starve("/api/v1/chokepoint",
           "{\"senders\": [\"CHN\"], \"targets\": [\"USA\"], \"products\": [\"ELE\"], \"markets\": true}");
}

TEST(questions_about_cut_offs_that_are_wrong_are_refused_by_name, "web")
{
    static const struct {
        const char *body;
        int status;
        const char *words;
    } cases[] = {
        {"{\"sender\": [\"CHN\"]}", 400, "did you mean `senders`?"},
        {"{\"senders\": [\"CHM\"]}", 422, "did you mean CHN?"},
        {"{\"products\": [\"ELF\"]}", 422, "did you mean ELE?"},
        {"{\"top\": -1}", 400, "`top` must be at least 0, which is all"},
        {"{\"senders\": \"CHN\"}", 400, "`senders` must be a list of texts"},
    };
    ENT_SCRATCH house = {0};
    web_app app;
    ent_error err = {0};
    MUST(web_app_open(&setup, &house, &app, &err), err);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ENT_SCRATCH scratch = {0};
        web_response response;
        ask(&app, "POST", "/api/v1/chokepoint", cases[k].body, &scratch, &response);
        if (response.status != cases[k].status || strstr(response.body.data, cases[k].words) == NULL)
            test_fail(__FILE__, __LINE__, "%s: %d %.200s", cases[k].body, response.status, response.body.data);
    }
    web_app_close(&app);
}

/* Purchases of a market are what its suppliers sell to it and what its users buy of it: two sides of one thing. */
TEST(suppliers_and_users_of_a_market_that_is_asked_about_are_worth_the_same, "web")
{
    ENT_SCRATCH house = {0};
    web_app app;
    web_response response;
    ent_error err = {0};
    MUST(web_app_open(&setup, &house, &app, &err), err);
    static const char *const bodies[] = {
        "{\"targets\": [\"USA\"], \"products\": [\"ELE\"], \"formula\": true, \"markets\": true}",
        "{\"targets\": [\"VNM\"], \"together\": true, \"formula\": true, \"markets\": true}"};
    for (int b = 0; b < 2; b++) {
        ask(&app, "POST", "/api/v1/chokepoint", bodies[b], &house, &response);
        json_t *body = read_body(&response), *markets = json_object_get(body, "markets"), *value;
        CHECK(json_array_size(markets) == 1);
        json_t *market = json_array_get(markets, 0);
        double sold = 0.0, used = 0.0;
        const char *code;
        size_t k;
        json_object_foreach(json_object_get(market, "suppliers"), code, value) sold += json_number_value(value);
        json_array_foreach(json_object_get(market, "by_sector"), k, value) used += json_number_value(value);
        json_array_foreach(json_object_get(market, "by_final"), k, value) used += json_number_value(value);
        CHECK(sold > 1e4);
        CHECK_NEAR(used / sold, 1.0, 1e-9);
        json_decref(body);
    }
    web_app_close(&app);
}

TEST(a_benchmark_is_laid_once_and_the_oldest_makes_room, "web")
{
    ENT_SCRATCH house = {0};
    web_app app;
    ent_error err = {0};
    MUST(web_app_open(&setup, &house, &app, &err), err);
    for (int k = 0; k < 2 * WEB_KEPT; k++) {
        ENT_SCRATCH scratch = {0};
        web_response response;
        const char *body = ent_string_format(
            &scratch, "{\"yaml\": \"actions: []\", \"detail\": \"regions\", \"set\": [\"elasticities.ELE=%d\"]}",
            3 + k % (WEB_KEPT + 2));
        ask(&app, "POST", "/api/v1/run", body, &scratch, &response);
        CHECK(response.status == 200);
    }
    int kept = 0;
    for (int k = 0; k < WEB_KEPT; k++) {
        kept += app.worlds.kept[k] != NULL;
        CHECK(app.worlds.kept[k] == NULL || app.worlds.kept[k]->users == 0);
    }
    CHECK(kept == WEB_KEPT);
    web_app_close(&app);
}
