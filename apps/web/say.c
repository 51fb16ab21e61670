/* say.c: bodies that all routes share: JSON as it is, and errors. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void web_say_no_memory(web_response *response)
{
    static const char body[] = "{\"error\":{\"status\":503,\"sentence\":\"out of memory; ask again, or for less\"}}\n";
    *response =
        (web_response){.status = 503, .type = "application/json", .body = {body, sizeof body - 1}, .retry_after = 5};
}

void web_say_json(ent_text *text, web_response *response)
{
    ent_text_add(text, "\n", 1);
    if (text->failed) {
        web_say_no_memory(response);
        return;
    }
    if (response->status == 0) response->status = 200;
    response->type = "application/json";
    response->body = (ent_bytes){text->data, text->size};
}

/* A place at the head of a sentence, `name:12:3: `; returns what follows it, or the sentence. */
static const char *take_place(const char *sentence, long *line, long *column)
{
    const char *colon = strchr(sentence, ':');
    char *end;
    if (colon == NULL || !isdigit((unsigned char)colon[1])) return sentence;
    *line = strtol(colon + 1, &end, 10);
    if (*end != ':' || !isdigit((unsigned char)end[1])) return sentence;
    *column = strtol(end + 1, &end, 10);
    return end[0] == ':' && end[1] == ' ' ? end + 2 : sentence;
}

void web_say_error(int status, const ent_error *err, ptrdiff_t scenario, ent_arena *arena, web_response *response)
{
    long line = 0, column = 0;
    const char *rest = take_place(err->text, &line, &column);
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_json_open(&json, '{');
    ent_json_key(&json, "error");
    ent_json_open(&json, '{');
    ent_json_pair_integer(&json, "status", status);
    ent_json_pair(&json, "sentence", rest);
    if (rest != err->text) {
        ent_json_pair_integer(&json, "line", line);
        ent_json_pair_integer(&json, "column", column);
    }
    if (scenario >= 0) ent_json_pair_integer(&json, "scenario", scenario);
    ent_json_close(&json, '}');
    ent_json_close(&json, '}');
    response->status = status;
    web_say_json(&text, response);
}

void web_say_failure(ent_status status, const web_watch *watch, const ent_error *err, ptrdiff_t scenario,
                     ent_arena *arena, web_response *response)
{
    ent_error said = *err;
    int number = 422;
    if (status == ENT_NO_MEMORY) {
        web_say_no_memory(response);
        return;
    }
    if (status == ENT_NOT_CONVERGED && watch != NULL && web_watch_late(watch)) {
        number = 504;
        ent_fail(&said, status, "the answer took longer than this server gives one; ask for it as a job");
    }
    if (said.text[0] == 0) ent_fail(&said, status, "%s", ent_status_words(status));
    web_say_error(number, &said, scenario, arena, response);
}

void web_say_wrong(ent_status status, const ent_error *err, ent_arena *arena, web_response *response)
{
    if (status == ENT_NO_MEMORY)
        web_say_no_memory(response);
    else
        web_say_error(400, err, -1, arena, response);
}
