/* http_body.c: a request as it comes by the wire: a line with method, target and headers' values, then the body.
 * Whatever the bytes are, there is one response with a status; the store is in memory, and nothing listens. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static web_app app;

static void open_app(void)
{
    static const web_setup setup = {
        .address = "127.0.0.1", .store = ":memory:", .threads = 1, .seconds = 2, .job_seconds = 1, .store_mb = 64};
    static ent_arena house;
    static int opened;
    ent_error err = {0};
    if (!opened && web_app_open(&setup, &house, &app, &err) != ENT_OK) abort();
    opened = 1;
}

/* The next piece up to a tab or the end of the line. */
static char *take(char **at)
{
    char *piece = *at, *end = piece + strcspn(piece, "\t\n");
    *at = *end == '\t' ? end + 1 : end;
    if (*end == '\t') *end = 0;
    return piece;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ENT_SCRATCH scratch = {0};
    web_request request = {0};
    web_response response = {0};
    ent_error err = {0};
    scratch.limit = (size_t)256 << 20;
    char *text = ent_string_copy_n(&scratch, (const char *)data, size);
    if (text == NULL || size > 1 << 16) return 0;
    open_app();
    char *at = text, *end = text + strcspn(text, "\n");
    const int has_body = *end == '\n';
    request.body = (ent_bytes){has_body ? end + 1 : end, has_body ? size - (size_t)(end + 1 - text) : 0};
    if ((size_t)(request.body.data - text) > size) request.body.size = 0;
    *end = 0;
    request.method = web_method_of(take(&at));
    const char *target = take(&at);
    request.host = take(&at);
    request.content_type = take(&at);
    request.origin = *at != 0 ? take(&at) : NULL;
    request.cookie = at;
    web_cookie(request.cookie, "entente", &scratch);
    web_tag_matches(request.cookie, "\"a\"");
    if (web_target_parse(target, &scratch, &request, &err) != 0) return 0;
    if (request.segments == 3 && strcmp(request.segment[2], "jobs") == 0)
        return 0; /* they work in a thread of their own */
    web_answer(&app, &request, &scratch, &response);
    assert(response.status >= 200 && response.status < 600);
    return 0;
}
