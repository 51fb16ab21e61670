/* http.h: a request and a response as plain records, without sockets: what the routes and their tests see.
 * Knows no route and no noun of the model. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef enum {
    WEB_GET, /* and HEAD: the same without its body */
    WEB_POST,
    WEB_PATCH,
    WEB_DELETE,
    WEB_METHODS,
    WEB_UNKNOWN = WEB_METHODS
} web_method;
const char *web_method_word(web_method method);

enum {
    WEB_SEGMENTS = 8,
    WEB_PARAMETERS = 8,
    WEB_TARGET = 2048 /* bytes of path and query; longer is 414 */
};

/* Texts are borrowed from the arena that the request was parsed into, or from the connection. NULL: not sent. */
typedef struct {
    web_method method;
    const char *segment[WEB_SEGMENTS]; /* of the path, decoded; none is empty */
    ptrdiff_t segments;
    struct {
        const char *key, *value;
    } parameter[WEB_PARAMETERS];
    ptrdiff_t parameters;
    const char *host, *origin, *site, *authorization, *cookie, *content_type, *if_none_match;
    ent_bytes body;
} web_request;

typedef struct {
    int status;
    const char *type; /* of the body; NULL: there is none */
    ent_bytes body;
    const char *etag, *allow, *location, *cookie, *saved_as; /* headers; NULL: not sent */
    int retry_after;                                         /* seconds; 0: not sent */
    int is_page;                                             /* a file of the page: asked for again, not kept secret */
    const char *events; /* the body is the events of this job, as they come; NULL: it is not */
} web_response;

/* ---- http_parse.c: bytes -> request ---- */
web_method web_method_of(const char *word);
/* The target of a request line, such as "/api/v1/runs?limit=5", into segments and parameters. Returns 0, or the status
 * to refuse it with (400, 414) and a sentence. */
int web_target_parse(const char *target, ent_arena *arena, web_request *request, ent_error *err);
const char *web_parameter(const web_request *request, const char *key); /* NULL: not there */
int web_is_json(const char *content_type);
/* The value of a cookie, copied; NULL: not there. */
const char *web_cookie(const char *cookies, const char *name, ent_arena *arena);
/* Name and port of "name", "name:port", "1.2.3.4:80", "[::1]:80"; the name in lower case, without brackets; port 0
 * where none is said. 0: it is none of these. */
int web_host_parse(const char *host, char name[256], int *port);
int web_is_address(const char *name); /* a number (IPv4 or IPv6), no name */
/* Does an If-None-Match name this tag? */
int web_tag_matches(const char *if_none_match, const char *etag);
