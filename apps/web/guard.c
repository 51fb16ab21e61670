/* guard.c: see guard.h. */
// SPDX-License-Identifier: MIT
#include "guard.h"
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#define COOKIE "entente"

static ent_status make_secret(char secret[GUARD_SECRET], ent_error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"; /* 64 */
    unsigned char noise[GUARD_SECRET];
    if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
        return ent_fail(err, ENT_BAD_INPUT, "the system gives no random bytes for a secret");
    for (int c = 0; c < GUARD_SECRET - 1; c++) secret[c] = letters[noise[c] & 63];
    secret[GUARD_SECRET - 1] = 0;
    return ENT_OK;
}

ent_status web_guard_open(web_guard *guard, ent_error *err)
{
    if (pthread_mutex_init(&guard->lock, NULL) != 0) return ent_fail(err, ENT_NO_MEMORY, "no memory for a lock");
    return make_secret(guard->session, err);
}

void web_guard_close(web_guard *guard)
{
    pthread_mutex_destroy(&guard->lock);
}

/* Takes as long wherever the two differ; lengths are no secret. */
static int same_secret(const char *one, const char *two)
{
    const size_t length = strlen(one);
    int differs = 0;
    if (strlen(two) != length) return 0;
    for (size_t c = 0; c < length; c++) differs |= one[c] ^ two[c];
    return differs == 0;
}

/* 127.0.0.1.evil.example begins like one and is a name. */
int web_is_loopback(const char *address)
{
    return (strncmp(address, "127.", 4) == 0 && web_is_address(address)) || strcmp(address, "::1") == 0;
}

static int is_ours(const web_guard *guard, const char *name)
{
    for (ptrdiff_t h = 0; h < guard->hosts; h++)
        if (strcasecmp(guard->host[h], name) == 0) return 1;
    if (web_is_loopback(guard->address)) return strcmp(name, "localhost") == 0 || web_is_loopback(name);
    return web_is_address(name); /* a number can't be bent */
}

static int refuse(ent_error *err, int status, const char *sentence)
{
    ent_fail(err, ENT_BAD_INPUT, "%s", sentence);
    return status;
}

static int check_origin(const web_request *request, ent_error *err)
{
    const char *origin = request->origin;
    if (request->site != NULL && strcmp(request->site, "same-origin") != 0 && strcmp(request->site, "none") != 0)
        return refuse(err, 403, "a page from elsewhere may not ask here");
    if (origin == NULL) return 0;
    const char *host = strncmp(origin, "http://", 7) == 0    ? origin + 7
                       : strncmp(origin, "https://", 8) == 0 ? origin + 8
                                                             : "";
    if (strcasecmp(host, request->host) != 0) return refuse(err, 403, "a page from elsewhere may not ask here");
    return 0;
}

static int has_token(const web_guard *guard, const web_request *request)
{
    ENT_SCRATCH scratch = {0};
    const char *bearer = request->authorization;
    if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0 && same_secret(guard->token, bearer + 7)) return 1;
    const char *cookie = web_cookie(request->cookie, COOKIE, &scratch);
    return cookie != NULL && same_secret(guard->session, cookie);
}

int web_guard_check(const web_guard *guard, const web_request *request, ent_error *err)
{
    char name[256];
    int port;
    if (request->host == NULL || !web_host_parse(request->host, name, &port))
        return refuse(err, 400, "the request says no host, or one that is no name");
    if (!is_ours(guard, name))
        return refuse(err, 403, "this server does not answer under that host's name; --host NAME would let it");
    const int early = check_origin(request, err);
    if (early != 0) return early;
    const int enters = request->segments == 2 && strcmp(request->segment[0], "enter") == 0;
    if (guard->token == NULL || enters || has_token(guard, request)) return 0;
    return refuse(err, 401,
                  "this server wants its token: `Authorization: Bearer ...`, or the cookie that its link sets");
}

ent_status web_guard_link(web_guard *guard, char link[GUARD_SECRET], ent_error *err)
{
    ENT_TRY(make_secret(link, err));
    pthread_mutex_lock(&guard->lock);
    memcpy(guard->link[guard->next_link], link, GUARD_SECRET);
    guard->next_link = (guard->next_link + 1) % GUARD_LINKS;
    pthread_mutex_unlock(&guard->lock);
    return ENT_OK;
}

int web_guard_enter(web_guard *guard, const char *link)
{
    int found = 0;
    pthread_mutex_lock(&guard->lock);
    for (int k = 0; k < GUARD_LINKS; k++)
        if (guard->link[k][0] != 0 && same_secret(guard->link[k], link)) {
            guard->link[k][0] = 0;
            found = 1;
        }
    pthread_mutex_unlock(&guard->lock);
    return found;
}

ent_status web_guard_token(ent_bytes file, const char *path, ent_arena *arena, const char **token, ent_error *err)
{
    const size_t length = strcspn(file.data, "\r\n");
    for (size_t c = 0; c < length; c++)
        if (file.data[c] <= ' ' || file.data[c] > '~')
            return ent_fail(err, ENT_BAD_INPUT, "%s: a token has no blanks and no characters beyond ASCII", path);
    if (length < 16)
        return ent_fail(
            err, ENT_BAD_INPUT,
            "%s: its first line has %zu characters; a token has at least 16, such as `openssl rand -hex 20` "
            "makes",
            path, length);
    *token = ent_string_copy_n(arena, file.data, length);
    return *token == NULL ? ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", path) : ENT_OK;
}
